"""What the text of a setting must look like: one rule per key, each a pure function of the value.

Types, choices and unknown keys are the business of `feeds.config`, which calls this when those are right.
"""

from __future__ import annotations

import posixpath
import re
import zoneinfo
from itertools import combinations
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeds import itunes, languages, mailboxes, where
from feeds.content.text import FORBIDDEN
from feeds.settings import PLACEHOLDERS, Names, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Fault = tuple[str, str]
"""The end of a sentence that starts with the key ("must be …"), and what to do about it."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def closest(name: str, names: Iterable[str]) -> str:
    """The one of `names` that `name` is most likely to stand for, or an empty string."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake should pay for it

    plain = {known.casefold(): known for known in sorted(names)}
    match = get_close_matches(name.casefold().replace("-", "_"), plain, n=1) or get_close_matches(
        name.casefold(), plain, n=1
    )
    return plain[match[0]] if match else ""


def fault_of(table: str, key: str, value: str) -> Fault | None:
    """What is wrong with the text of `key` in `[table]`, or None."""
    if FORBIDDEN.search(value):
        return "holds a control character", "leave it out"
    rule = _RULES.get((table, key))
    return rule(value) if rule else None


def clashes(
    good: Mapping[tuple[str | int, ...], Any],
) -> Iterator[tuple[tuple[tuple[str, str], ...], Fault]]:
    """The settings that cannot both be, among those that are right by themselves: their keys, and why.

    Here the reason is the whole sentence.
    """
    names = {key: good[key] for key in _NAMES if key in good}
    for one, other in combinations(names, 2):
        if names[one].casefold() == names[other].casefold():
            message = f"`{one[1]}` and `{other[1]}` are both `{names[other]}`"
            yield (other, one), (message, "give each file its own name")
    for key, name in names.items():
        if name.casefold() in good.get(("feeds", "taxonomies"), []):
            yield (key,), (f"`{key[1]}` cannot be `{name}`", "that is the folder of their feeds")
    folders = ("output", "dir"), ("content", "dir")
    if all(key in good for key in folders):
        outer, inner = (posixpath.normpath(good[key]) for key in folders)
        # The other way round is well: posts are not looked for in the output folder.
        if outer in {inner, "."} or inner.startswith(f"{outer}/"):
            message = f"the output folder `{outer}` must not hold the posts of `{inner}`"
            yield folders, (message, "keep what you write apart from what is published")


def _line(value: str) -> Fault | None:
    return ("must be one line", "leave out the line break") if _CONTROL.search(value) else None


def _title(value: str) -> Fault | None:
    if not value.strip():
        return "is empty", 'write the name that readers will see: title = "Example"'
    return _line(value)


def _url(value: str) -> Fault | None:
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is not an address", "write one such as https://example.org"
    if parts.scheme not in {"http", "https"} or not host:
        bare = re.fullmatch(r"(?:/+)?([\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[^\s?#]*)?)", value)
        example = f"https://{bare[1]}" if bare else "https://example.org"
        return "must start with https:// or http:// and a host", f'write "{example}"'
    if parts.query or parts.fragment or value[-1] in "?#":
        return "must not have a query or fragment", "leave out the ? or # and what follows"
    if "@" in parts.netloc:
        return "must not hold a user name or password", "it would be published in every feed"
    if re.search(r"\s", value) or _CONTROL.search(value):
        return "must not hold spaces", "write %20 for a space"
    return None


def _language(value: str) -> Fault | None:
    if languages.is_tag(value):
        return None
    guess = value.partition(".")[0].replace("_", "-")
    known = guess != value and languages.is_tag(guess)
    return (
        "is not a language tag",
        f"did you mean `{guess}`?" if known else "write one such as en, pt-BR or zh-Hant",
    )


def _timezone(value: str) -> Fault | None:
    if value == "localtime":
        return "must be the same on every machine", "write the zone's name, such as Europe/Lisbon"
    try:
        zoneinfo.ZoneInfo(value)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        guess = _closest_zone(value.replace(" ", "_"))
        return (
            "is not a time zone",
            f"did you mean `{guess}`?" if guess else "write one such as Europe/Lisbon",
        )
    return None


def _closest_zone(value: str) -> str:
    if len(value) < 5:  # an abbreviation: CEST is not nearly EST  # noqa: PLR2004
        return ""
    names = sorted(zoneinfo.available_timezones(), reverse=True)
    known = {name if "/" in value else name.rpartition("/")[2]: name for name in names}
    return known.get(closest(value, known), "")


def _permalink(value: str) -> Fault | None:
    if not value.startswith("/") or value.startswith("//"):
        return "must start with one /", f'write "/{value.lstrip("/")}"'
    if re.search(r"[\s?#\\]", value) or ".." in value.split("/"):
        return (
            "must be a plain path, without spaces, ?, #, \\ or ..",
            'write one such as "/{section}/{slug}/"',
        )
    names = re.findall(r"\{([^{}]*)\}", value)
    if len(names) != value.count("{") or len(names) != value.count("}"):
        return "has a brace without its partner", 'write one such as "/{section}/{slug}/"'
    hugo = [name for name in re.findall(r":(\w+)", value) if name in PLACEHOLDERS]
    if hugo:
        return f"has `:{hugo[0]}`, which stands for nothing here", f"write {{{hugo[0]}}}"
    for name in names:
        if name not in PLACEHOLDERS:
            guess = closest(name, PLACEHOLDERS)
            known = "choose from " + " ".join(f"{{{known}}}" for known in PLACEHOLDERS)
            return f"has an unknown placeholder {{{name}}}", f"did you mean {{{guess}}}?" if guess else known
    return None


def _glob(value: str) -> Fault | None:
    if not value.strip("/") or value.startswith("/") or ".." in value.split("/"):
        return (
            "must name files below the content folder",
            'write it like "about.md", "notes/**" or "**/draft-*"',
        )
    return _line(value)


def _mail_address(value: str) -> Fault | None:
    return _mailbox(value) if "<" not in value else ("must be an address alone", 'write "mail@example.org"')


def _home(value: str) -> Fault | None:
    if value.startswith("/") and not value.startswith("//"):
        return _line(value)
    if re.match(r"https?:", value, re.IGNORECASE):
        return _url(value)
    return "must be an address, or a path that starts with one /", f'write "/{value.lstrip("./")}"'


def _file_name(value: str) -> Fault | None:
    # It becomes part of a URL as it is, so nothing that would need escaping there.
    if re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", value) and not value.endswith("."):
        return None
    return "must be a plain file name", "use letters, digits, `-`, `_` and `.`, and no folder"


def _folder(value: str) -> Fault | None:
    # The settings travel with the site, and whoever builds a site they were sent must not have it read or
    # written anywhere else on their disk. `--output` is for the one who runs the command.
    if not value.strip():
        return "is empty", 'write "." for the folder of the site itself'
    if _CONTROL.search(value) or "\\" in value:
        return "must be a path with / between its folders", 'write it like "blog/posts"'
    plain = posixpath.normpath(value)
    if value.startswith(("/", "~")) or re.match(r"[A-Za-z]:", value) or plain.split("/")[0] == "..":
        return "must stay inside the site's folder", "write it relative to this file"
    if plain.split("/")[0] == ".feeds":
        return "must not be in .feeds", "that folder is for files that may be deleted at any time"
    return None


def _output_folder(value: str) -> Fault | None:
    found = _folder(value)
    hint = "write it relative to this file, or use `feeds build --output DIR`"
    return (found[0], hint) if found and found[0].endswith("site's folder") else found


def _mailbox(value: str) -> Fault | None:
    if mailboxes.mailbox(value):
        return None
    if re.search(r"[^\x00-\x7f][^\s<>]*@", value):
        return "must have plain letters before the @", "few mail servers take others"
    return "is not a mail address", 'write "Name <mail@example.org>"'


def _author(value: str) -> Fault | None:
    return _mailbox(value) if re.search(r"[<>@]", value) else _line(value)


def _list_id(value: str) -> Fault | None:
    if mailboxes.list_id(value):
        return None
    return "is not a list's name", "write one such as news.example.org, without < and >"


def _unsubscribe_url(value: str) -> Fault | None:
    if not mailboxes.header_link(value):
        return "does not fit into a mail header", f"shorten it to {mailboxes.LONGEST_LINK} characters"
    return _line(value)


def _reference(value: str) -> Fault | None:
    if re.search(r"\s", value) or _CONTROL.search(value):
        return "must not hold spaces", "write %20 for a space"
    if re.match(r"(?!https?://)[A-Za-z][A-Za-z0-9+.-]*:", value):
        return "must be on the web", "write a path, `#comments`, or an address that starts with https://"
    return None


def _web_address(value: str) -> Fault | None:
    parts = urlsplit(value)
    if parts.scheme in {"http", "https"} and parts.hostname and not re.search(r"\s", value):
        return ("must not hold a user name or password", "leave it out") if "@" in parts.netloc else None
    return "must start with https:// or http:// and a host", 'write one such as "https://hub.example.org/"'


def _place(value: str) -> Fault | None:
    """A file below the output folder, or a folder with a slash at its end."""
    parts = value.removeprefix("/").removesuffix("/").split("/")
    if not all(parts) or {".", ".."} & set(parts):
        return "must be a path below the output folder", 'write it like "feed.xml" or "blog/index.xml"'
    if re.search(r"[\s\\?#:*]", value) or _CONTROL.search(value):
        return "must be a plain path", "leave out spaces, ?, #, :, * and \\"
    return None


def _feed_path(value: str) -> Fault | None:
    return _place(value) or (("must be a file", 'write it like "rss.xml"') if value.endswith("/") else None)


def _feed_name(value: str) -> Fault | None:
    if value == "site":
        return (
            "cannot be `site`, which is the feed of all posts",
            "choose another name; `title` can be anything",
        )
    parts = value.split("/")
    if all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", part) for part in parts):
        return None
    return (
        "must be a plain path",
        "use letters, digits, `-`, `_` and `.`, such as `podcast`; `title` can hold more",
    )


def _where(value: str) -> Fault | None:
    try:
        where.parse(value)
    except where.Invalid as error:
        return f"cannot be read at column {error.column}: {error.message}", error.hint
    return None


def _category(value: str) -> Fault | None:
    if itunes.is_category(value):
        return None
    guess = closest(value, itunes.names())
    return (
        "is none of Apple's categories",
        f"did you mean `{guess}`?" if guess else "write one such as `Arts > Books`",
    )


def _uuid(value: str) -> Fault | None:
    if re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", value, re.IGNORECASE):
        return None
    return "is not a UUID", "write one such as 917393e3-1b1e-5cef-ace4-edaa54e1f810"


_NAMES = [("names", row.name) for row in rows(Names)]
_OPTIONS = ("channels", "custom")

_RULES: Mapping[tuple[str, str], Callable[[str], Fault | None]] = {
    ("site", "title"): _title,
    ("site", "url"): _url,
    ("site", "language"): _language,
    ("site", "timezone"): _timezone,
    ("site", "author"): _author,
    ("site", "id"): _line,
    ("site", "icon"): _home,
    ("content", "dir"): _folder,
    ("content", "permalink"): _permalink,
    ("content", "permalinks"): _permalink,
    ("content", "exclude"): _glob,
    ("feeds", "hubs"): _web_address,
    ("feeds", "comments"): _reference,
    ("feeds", "aliases"): _feed_path,
    ("feeds", "aliases keys"): _place,
    **{(table, "title"): _line for table in _OPTIONS},
    **{(table, "home"): _home for table in _OPTIONS},
    ("custom", "name"): _feed_name,
    ("custom", "where"): _where,
    ("podcast", "channel"): _line,
    ("podcast", "author"): _line,
    ("podcast", "owner"): _mailbox,
    ("podcast", "image"): _home,
    ("podcast", "categories"): _category,
    ("podcast", "guid"): _uuid,
    ("podcast", "media"): _home,
    ("podcast", "funding"): _web_address,
    ("authors", "name"): _line,
    ("authors", "email"): _mail_address,
    ("authors", "url"): _home,
    ("output", "dir"): _output_folder,
    **dict.fromkeys(_NAMES, _file_name),
    ("newsletter", "sender"): _mailbox,
    ("newsletter", "reply_to"): _mailbox,
    ("newsletter", "list_id"): _list_id,
    ("newsletter", "unsubscribe_url"): _unsubscribe_url,
    ("newsletter", "theme"): _file_name,
    ("newsletter", "dir"): _folder,
}
