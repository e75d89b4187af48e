"""What a mail header can hold: mailboxes, host names, lists' identifiers and links.

One grammar for two rooms: `feeds.setting_rules` refuses what does not fit it, and `feeds.newsletter` reads
with it, so settings that are accepted always make a mail.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from feeds.body.addresses import ascii_host
from feeds.body.addresses import url as absolute
from feeds.model import Person

LONGEST_LINK = 900  # characters: a link is never folded, and a line ends at 998 (RFC 5322 section 2.1.1)
_LONGEST_LOCAL, _LONGEST_HOST = 64, 253  # octets (RFC 5321 section 4.5.3.1, RFC 1035 section 2.3.4)

# What ends a header, a line of text, or cannot be written as UTF-8.
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_MAILBOX = re.compile(
    r"""\s*(?:(?P<name>"(?:[^"\\]|\\.)*"|[^<>"]*?)\s*<(?P<inside>[^<>\s]+)>|(?P<bare>[^<>\s]+))\s*"""
)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)*(?!\d+$){_LABEL}")  # all digits at the end are an IP address's


def mailbox(text: str) -> Person | None:
    """Read `Name <mail@example.org>` or a bare address (RFC 5322 section 3.4); None when it is not one.

    The domain comes back in ASCII (UTS 46). What is before the @ must be ASCII: beyond it lies RFC 6531,
    which few servers speak.
    """
    found = None if _BREAKS.search(text) else _MAILBOX.fullmatch(text)
    if found is None:
        return None
    local, _, domain = (found["inside"] or found["bare"]).rpartition("@")
    host = host_name(domain)
    if host is None or len(local) > _LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        return None
    name = (found["name"] or "").strip()
    if name.startswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return Person(name=name, email=f"{local}@{host}")


def host_name(text: str) -> str | None:
    """Read a host name, into lower-case ASCII; None when it is not one. An IP address is not."""
    name = ascii_host(text)
    return name if len(name) <= _LONGEST_HOST and _HOST.fullmatch(name) else None


def list_id(text: str) -> str | None:
    """Read a list's identifier, a host name of at least two parts (RFC 2919 section 3), or None."""
    name = host_name(text)
    return name if name and "." in name else None


def site_host(url: str) -> str:
    """The host name that a site's mail and list are named after when no setting names them.

    A site without one, such as `https://[::1]`, gets `localhost`, which RFC 2919 section 3 keeps for lists
    that no domain stands behind.
    """
    return host_name((urlsplit(url).hostname or "").removesuffix(".")) or "localhost"


def header_link(url: str) -> str | None:
    """`url` for a List-* header, in angle brackets and ASCII; None when no header line can hold it."""
    address = absolute(url, url)
    return f"<{address}>" if len(address) <= LONGEST_LINK else None
