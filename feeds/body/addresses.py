"""Addresses: joining a reference to its page, and writing it so that every reader understands it.

Joining follows RFC 3986 §5.2, with what browsers do beyond it (https://url.spec.whatwg.org/): backslashes
are slashes, tabs and line ends inside a URL are nothing, and no input is refused.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

_PARTS = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)
_HOST = re.compile(r"(.*?)(:\d*)?$", re.DOTALL)
_ADDRESS = re.compile(r"\[[0-9A-Fa-f:.]+\]$")
_ESCAPE = re.compile(r"%[0-9a-f]{2}")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SENTENCE = frozenset("?!.,:*_~^'\"")
_PAIRS = {")": "(", "]": "["}
_ENTITY_AT_END = re.compile(r"&[0-9A-Za-z]+;\Z|;\Z")
_SEPARATE = frozenset({"http", "https", "ftp"})  # schemes whose URLs are a host and a path


class Parts(NamedTuple):
    """A URL taken apart; what is absent is None (RFC 3986 §5.2.2)."""

    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None


def url(reference: str, base: str) -> str:
    """Return what a browser makes of `reference` on the page `base`: absolute, in ASCII, encoded once.

    References with a scheme of their own that is not the web's (`mailto:`, `obsidian:`) and Zola's `@/` are
    not joined. Never raises.
    """
    reference = re.sub(r"[\t\n\r]", "", reference.strip(" \t\n\r\f\v\0"))
    if reference.startswith("@/"):
        return reference
    parts = split(reference)
    if parts.scheme is not None and parts.scheme not in _SEPARATE:
        return _quote(reference, safe="!#$&'()*+,/:;=?@[]~")
    if parts.scheme is None:
        parts = _join(split(_slashed(reference)), split(_slashed(base)))
    else:
        parts = split(_slashed(reference))
        parts = parts._replace(path=_without_dots(parts.path))
    return _written(parts)


def ascii_host(host: str) -> str:
    """Return a host name as the DNS has it (UTS 46); one that is no such name comes back percent-encoded."""
    if host.isascii():
        return (
            host.lower()
            if _ADDRESS.match(host)
            else _quote(_ESCAPE.sub(lambda escape: escape[0].upper(), host.lower()), safe="!$&'()*+,;=~")
        )
    import idna  # noqa: PLC0415 - its tables take 20 ms to load, and few hosts need them

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError:
        return _quote(host, safe="!$&'()*+,;=~")


def without_punctuation(address: str) -> str:
    """Return a bare address without what belongs to the sentence around it (GFM section 6.9)."""
    surplus = {closer: address.count(closer) - address.count(opener) for closer, opener in _PAIRS.items()}
    while address:
        last = address[-1]
        if last in _SENTENCE:
            address = address[:-1]
        elif surplus.get(last, 0) > 0:
            surplus[last] -= 1
            address = address[:-1]
        elif found := _ENTITY_AT_END.search(address[-40:]):
            address = address[: -len(found[0])]
        else:
            break
    return address


def split(reference: str) -> Parts:
    """Take a URL apart; anything has parts."""
    match = _PARTS.match(reference)
    scheme, authority, path, query, fragment = (
        match.groups() if match else (None, None, reference, None, None)
    )
    return Parts(scheme.lower() if scheme else None, authority, path or "", query, fragment)


def _slashed(reference: str) -> str:
    """Return a web reference with slashes where its author wrote backslashes."""
    end = next((at for at, character in enumerate(reference) if character in "?#"), len(reference))
    return reference[:end].replace("\\", "/") + reference[end:]


def _join(reference: Parts, base: Parts) -> Parts:
    """Resolve a reference without a scheme (RFC 3986 §5.2.2)."""
    if reference.authority is not None:
        return reference._replace(scheme="https", path=_without_dots(reference.path))
    query = reference.query
    if not reference.path:
        path = base.path
        query = base.query if query is None else query
    elif reference.path.startswith("/"):
        path = _without_dots(reference.path)
    else:
        path = _without_dots(base.path.rpartition("/")[0] + "/" + reference.path)
    return Parts(base.scheme, base.authority, path, query, reference.fragment)


def _without_dots(path: str) -> str:
    """Return `path` without `.` and `..` (RFC 3986 §5.2.4)."""
    if "." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)


def _written(parts: Parts) -> str:
    text = f"{parts.scheme}://{_authority(parts.authority or '')}" + _quote(
        parts.path, safe="!$&'()*+,/:;=@~"
    )
    if parts.query is not None:
        text += "?" + _quote(parts.query, safe="!$&'()*+,/:;=?@~")
    if parts.fragment is not None:
        text += "#" + _quote(parts.fragment, safe="!$&'()*+,/:;=?@~")
    return text


def _authority(authority: str) -> str:
    user, at, place = authority.rpartition("@")
    match = _HOST.match(place)
    host, port = (match[1], match[2] or "") if match else (place, "")
    return _quote(user, safe="!$&'()*+,:;=~") + at + ascii_host(host) + port


def _quote(text: str, *, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=safe + "%", errors="replace")
