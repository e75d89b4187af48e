"""What kinds of texts settings can be, one rule for each: what is wrong with a value, or None."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import urlsplit

from feeds import mailboxes

Fault = tuple[str, str]
"""The end of a sentence that starts with the key ("must be …"), and what to do about it."""

CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def line(value: str) -> Fault | None:
    """One line of text."""
    return ("must be one line", "leave out the line break") if CONTROL.search(value) else None


def url(value: str) -> Fault | None:
    """The address of a site: a scheme, a host, perhaps a path."""
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
    if re.search(r"\s", value) or CONTROL.search(value):
        return "must not hold spaces", "write %20 for a space"
    return None


def home(value: str) -> Fault | None:
    """An address, or a path on the site."""
    if value.startswith("/") and not value.startswith("//"):
        return line(value)
    if re.match(r"https?:", value, re.IGNORECASE):
        return url(value)
    return "must be an address, or a path that starts with one /", f'write "/{value.lstrip("./")}"'


def file_name(value: str) -> Fault | None:
    """The name of a file, without folders."""
    # It becomes part of a URL as it is, so nothing that would need escaping there.
    if re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", value) and not value.endswith("."):
        return None
    return "must be a plain file name", "use letters, digits, `-`, `_` and `.`, and no folder"


def folder(value: str) -> Fault | None:
    """A folder inside the site's."""
    # The settings travel with the site, and whoever builds a site they were sent must not have it read or
    # written anywhere else on their disk. `--output` is for the one who runs the command.
    if not value.strip():
        return "is empty", 'write "." for the folder of the site itself'
    if CONTROL.search(value) or "\\" in value:
        return "must be a path with / between its folders", 'write it like "blog/posts"'
    plain = posixpath.normpath(value)
    if value.startswith(("/", "~")) or re.match(r"[A-Za-z]:", value) or plain.split("/")[0] == "..":
        return "must stay inside the site's folder", "write it relative to this file"
    if plain.split("/")[0] == ".feeds":
        return "must not be in .feeds", "that folder is for files that may be deleted at any time"
    return None


def mailbox(value: str) -> Fault | None:
    """`Name <mail@example.org>`, or an address alone."""
    if mailboxes.mailbox(value):
        return None
    if re.search(r"[^\x00-\x7f][^\s<>]*@", value):
        return "must have plain letters before the @", "few mail servers take others"
    return "is not a mail address", 'write "Name <mail@example.org>"'


def mail_address(value: str) -> Fault | None:
    """A mail address alone."""
    return mailbox(value) if "<" not in value else ("must be an address alone", 'write "mail@example.org"')


def reference(value: str) -> Fault | None:
    """An address, absolute or seen from a page."""
    if re.search(r"\s", value) or CONTROL.search(value):
        return "must not hold spaces", "write %20 for a space"
    if re.match(r"(?!https?://)[A-Za-z][A-Za-z0-9+.-]*:", value):
        return "must be on the web", "write a path, `#comments`, or an address that starts with https://"
    return None


def web_address(value: str) -> Fault | None:
    """An address with its scheme and host."""
    parts = urlsplit(value)
    if parts.scheme in {"http", "https"} and parts.hostname and not re.search(r"\s", value):
        return ("must not hold a user name or password", "leave it out") if "@" in parts.netloc else None
    return "must start with https:// or http:// and a host", 'write one such as "https://hub.example.org/"'


def place(value: str) -> Fault | None:
    """A file below the output folder, or a folder with a slash at its end."""
    parts = value.removeprefix("/").removesuffix("/").split("/")
    if not all(parts) or {".", ".."} & set(parts):
        return "must be a path below the output folder", 'write it like "feed.xml" or "blog/index.xml"'
    if re.search(r"[\s\\?#:*]", value) or CONTROL.search(value):
        return "must be a plain path", "leave out spaces, ?, #, :, * and \\"
    return None


def feed_path(value: str) -> Fault | None:
    """A file below the output folder."""
    return place(value) or (("must be a file", 'write it like "rss.xml"') if value.endswith("/") else None)


def feed_name(value: str) -> Fault | None:
    """What a feed of the site is called: a path without spaces."""
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


def colour(value: str) -> Fault | None:
    """A colour with six digits."""
    if re.fullmatch("#[0-9a-fA-F]{6}", value):
        return None
    return "must be a colour with six digits", "write one such as #0b57d0"


def font(value: str) -> Fault | None:
    """Names of fonts."""
    if re.fullmatch(r"[\w -]+(?:,[\w -]+)*", value):
        return None
    return (
        "must be names of fonts",
        "write `sans`, `serif`, or names with commas between them, without quotes",
    )


def list_id(value: str) -> Fault | None:
    """A list's lasting name (RFC 2919)."""
    if mailboxes.list_id(value):
        return None
    return "is not a list's name", "write one such as news.example.org, without < and >"
