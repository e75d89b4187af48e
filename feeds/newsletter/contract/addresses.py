"""Addresses compared: two spellings of one are the same."""

from __future__ import annotations

import contextlib
import re
from urllib.parse import unquote, urlsplit

_WEB = re.compile(r"(?i)(https?)://([^/?#]*)(.*)", re.DOTALL)


def host(url: str) -> str:
    """The host of a web address, in lower case; empty when it is none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme.lower() in {"http", "https"} else ""
    except ValueError:
        return ""


def comparable(url: str) -> str:
    """A web address with its host in Unicode and without escapes; what comes behind `mailto:` and `tel:`."""
    found = _WEB.fullmatch(url)
    if found is None:
        return unquote(re.sub(r"(?i)^(?:mailto|tel):", "", url))
    authority = found[2].lower()
    with contextlib.suppress(UnicodeError):
        authority = authority.encode("ascii").decode("idna")
    return f"{found[1].lower()}://{authority}{unquote(found[3])}"
