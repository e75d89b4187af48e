"""Addresses as simple as they can be (RFC 3986 section 6.2): ids are compared by their characters."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

_PARTS = re.compile(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_AUTHORITY = re.compile(r"(?:(.*)@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_PORTS = {
    "http": "80",
    "https": "443",
    "ftp": "21",
    "telnet": "23",
    "gopher": "70",
    "news": "119",
    "nntp": "119",
}


def canonical(address: str) -> str:
    """The same address with small letters in scheme and host, no needless port, dots or escapes."""
    found = _PARTS.fullmatch(address)
    assert found is not None  # noqa: S101 - every part of the pattern matches nothing as well
    scheme, authority, path, query, fragment = found.groups()
    scheme = (scheme or "").lower()
    result = f"{scheme}:" if scheme else ""
    if authority is not None:
        result += f"//{_authority(authority, scheme)}"
    hierarchical = authority is not None or path.startswith("/")
    result += _unescaped(_without_dots(path) if hierarchical else path)
    result += "" if query is None else f"?{_unescaped(query)}"
    return result + ("" if fragment is None else f"#{_unescaped(fragment)}")


def _authority(authority: str, scheme: str) -> str:
    found = _AUTHORITY.fullmatch(authority)
    if found is None:
        return authority
    user, host, port = found.groups()
    host = host.lower()
    if host.count(".") > 1:
        host = host.removesuffix(".")
    kept = f":{port}" if port and port != _PORTS.get(scheme) else ""
    return f"{user}@{host}{kept}" if user else f"{host}{kept}"


def _without_dots(path: str) -> str:
    """A path without the segments `.` and `..` (section 5.2.4), and never empty."""
    kept: list[str] = []
    segments = path.split("/")[1:] or [""]
    for place, segment in enumerate(segments):
        is_last = place == len(segments) - 1
        if segment == ".." and kept:
            kept.pop()
        if segment not in {".", ".."}:
            kept.append(segment)
        elif is_last:
            kept.append("")
    return "/" + "/".join(kept)


def _unescaped(part: str) -> str:
    """A part without escapes of what needs none, and the others in large letters."""
    return _ESCAPES.sub(_escape, part)


def _escape(found: re.Match[str]) -> str:
    return "".join(
        chr(byte) if _UNRESERVED.match(chr(byte)) else f"%{byte:02X}" for byte in unquote_to_bytes(found[0])
    )
