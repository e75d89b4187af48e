"""What Zola's templates expect of theirs, which are Tera: filters with other names for what they are given.

https://keats.github.io/tera/docs/#built-in-filters. Only those that a shortcode has a use for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _replace(text: str, *, to: str = "", **given: str) -> str:
    return text.replace(given.get("from") or "", to) if given.get("from") else text


def _split(text: str, pat: str = " ") -> list[str]:
    return text.split(pat) if pat else [*text]


def _join(items: list[object], sep: str = "") -> str:
    return sep.join(map(str, items))


def _slugify(text: str) -> str:
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _truncate(text: str, length: int = 255, end: str = "…") -> str:
    return text if len(text) <= length else text[:length] + end


def _url(text: str) -> str:
    return quote(text, safe="/")


def _whole(text: object) -> int:
    return int(float(str(text)))


FILTERS: Mapping[str, Callable[..., object]] = {
    "as_str": str,
    "int": _whole,
    "join": _join,
    "linebreaksbr": lambda text: text.replace("\n", "<br>"),
    "replace": _replace,
    "slugify": _slugify,
    "split": _split,
    "spaceless": lambda text: re.sub(r">\s+<", "><", text),
    "trim_end": str.rstrip,
    "trim_start": str.lstrip,
    "truncate": _truncate,
    "urlencode": _url,
}
