"""What the text of a setting must look like: one rule per key, each a pure function of the value.

Types, choices and unknown keys are the business of `feeds.config`, which calls this when those are right.
"""

from __future__ import annotations

import posixpath
import re
import zoneinfo
from itertools import combinations
from typing import TYPE_CHECKING, Any

from feeds import itunes, languages, mailboxes, where
from feeds import setting_values as values
from feeds.content.text import FORBIDDEN
from feeds.newsletter.clients import audience
from feeds.settings import PLACEHOLDERS, Colours, Names, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from feeds.setting_values import Fault


def closest(name: str, names: Iterable[str], *, alike: float = 0.6) -> str:
    """The one of `names` that `name` is most likely to stand for, or an empty string.

    `alike` is how much of the two must be the same, of 1.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake should pay for it

    plain = {known.casefold(): known for known in sorted(names)}
    match = get_close_matches(name.casefold().replace("-", "_"), plain, n=1, cutoff=alike)
    match = match or get_close_matches(name.casefold(), plain, n=1, cutoff=alike)
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
    archive = "newsletter", "archive"
    if good.get(archive, "").strip("/").casefold() in good.get(("feeds", "taxonomies"), []):
        yield (archive,), (f"`archive` cannot be `{good[archive]}`", "that is the folder of their feeds")
    for key, folder in _OURS.items():
        folders = key, ("content", "dir")
        if all(each in good for each in folders):
            outer, inner = (posixpath.normpath(good[each]) for each in folders)
            # The other way round is well: posts are not looked for in our folders.
            if outer in {inner, "."} or inner.startswith(f"{outer}/"):
                message = f"the {folder} `{outer}` must not hold the posts of `{inner}`"
                yield folders, (message, "keep what you write apart from what is published")


def _title(value: str) -> Fault | None:
    if not value.strip():
        return "is empty", 'write the name that readers will see: title = "Example"'
    return values.line(value)


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
    return values.line(value)


def _output_folder(value: str) -> Fault | None:
    found = values.folder(value)
    hint = "write it relative to this file, or use `feeds build --output DIR`"
    return (found[0], hint) if found and found[0].endswith("site's folder") else found


def _author(value: str) -> Fault | None:
    return values.mailbox(value) if re.search(r"[<>@]", value) else values.line(value)


def _unsubscribe_url(value: str) -> Fault | None:
    if not mailboxes.header_link(value):
        return "does not fit into a mail header", f"shorten it to {mailboxes.LONGEST_LINK} characters"
    return values.line(value)


def _archive(value: str) -> Fault | None:
    return values.feed_name(value.strip("/")) if value.strip("/") else None


def _template(value: str) -> Fault | None:
    return values.file_name(value) if value else None


def _subject(value: str) -> Fault | None:
    known = ("title", "number", "newsletter", "count")
    for name in re.findall(r"\{([^{}]*)\}", value):
        if name not in known:
            guess = closest(name, known)
            hint = (
                f"did you mean {{{guess}}}?"
                if guess
                else "choose from " + " ".join(f"{{{k}}}" for k in known)
            )
            return f"has an unknown placeholder {{{name}}}", hint
    return values.line(value)


def _where(value: str) -> Fault | None:
    try:
        where.parse(value)
    except where.Invalid as error:
        return f"cannot be read at column {error.column}: {error.message}", error.hint
    return None


def _program(value: str) -> Fault | None:
    names = audience.names()
    if value in names:
        return None
    guess = closest(value, names)
    families = ", ".join(sorted({name.partition("-")[0] for name in names}))
    hint = f"did you mean `{guess}`?" if guess else f"the programs are {families}, and `gmail-ios` is one"
    return "is no mail program that is known", hint


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
_OURS = {
    ("output", "dir"): "output folder",
    ("newsletter", "dir"): "outbox",
    ("newsletter", "issues"): "folder of issues",
}

_RULES: Mapping[tuple[str, str], Callable[[str], Fault | None]] = {
    ("site", "title"): _title,
    ("site", "url"): values.url,
    ("site", "language"): _language,
    ("site", "timezone"): _timezone,
    ("site", "author"): _author,
    ("site", "id"): values.line,
    ("site", "icon"): values.home,
    ("content", "dir"): values.folder,
    ("content", "permalink"): _permalink,
    ("content", "permalinks"): _permalink,
    ("content", "exclude"): _glob,
    ("feeds", "hubs"): values.web_address,
    ("feeds", "comments"): values.reference,
    ("feeds", "aliases"): values.feed_path,
    ("feeds", "aliases keys"): values.place,
    **{(table, "title"): values.line for table in _OPTIONS},
    **{(table, "home"): values.home for table in _OPTIONS},
    ("custom", "name"): values.feed_name,
    ("custom", "where"): _where,
    ("podcast", "channel"): values.line,
    ("podcast", "author"): values.line,
    ("podcast", "owner"): values.mailbox,
    ("podcast", "image"): values.home,
    ("podcast", "categories"): _category,
    ("podcast", "guid"): _uuid,
    ("podcast", "media"): values.home,
    ("podcast", "funding"): values.web_address,
    ("authors", "name"): values.line,
    ("authors", "email"): values.mail_address,
    ("authors", "url"): values.home,
    ("output", "dir"): _output_folder,
    **dict.fromkeys(_NAMES, values.file_name),
    ("newsletter", "sender"): values.mailbox,
    ("newsletter", "reply_to"): values.mailbox,
    ("newsletter", "list_id"): values.list_id,
    ("newsletter", "unsubscribe_url"): _unsubscribe_url,
    ("newsletter", "theme"): values.file_name,
    ("newsletter", "audience keys"): _program,
    ("newsletter", "dir"): values.folder,
    ("newsletter", "issues"): values.folder,
    ("newsletter", "archive"): _archive,
    ("newsletter", "template"): _template,
    ("newsletter", "title"): values.line,
    ("newsletter", "unsubscribe_mail"): values.mail_address,
    ("newsletter", "subject"): _subject,
    ("newsletter", "digest_subject"): _subject,
    ("newsletter", "greeting"): values.line,
    ("newsletter", "reason"): values.line,
    ("newsletter", "footer"): values.line,
    ("look", "logo"): values.home,
    ("look", "font"): values.font,
    **dict.fromkeys(
        [(table, row.name) for table in ("colours", "dark") for row in rows(Colours)], values.colour
    ),
}
