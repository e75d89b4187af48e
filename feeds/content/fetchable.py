"""Addresses in front matter: which text is one, and whether readers can fetch what it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import media_types
from feeds.content.header_keys import line, line_of, truth

if TYPE_CHECKING:
    from feeds.content.yaml_text import Place, Value
    from feeds.problems import Findings

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
TEMPLATE = re.compile(r"\{\{|\{%|<%")  # of a generator, which alone could fill it in
_WEB = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_URLS = ("url", "href", "link", "src", "uri")
_IMAGES = ("url", "src", "path", "image", "relative", "feature")


def check(reference: str, place: Place, findings: Findings) -> bool:
    """Whether readers can fetch what `reference` names: a path, or an address of the web."""
    scheme = SCHEME.match(reference)
    if not TEMPLATE.search(reference) and (not scheme or scheme[1].lower() in {"http", "https"}):
        return True
    findings.add(
        "warning",
        "address-invalid",
        f"{reference!r} is not an address that readers can fetch, and was left out",
        at=place,
        hint="write a path on the site, or an address that starts with https://",
    )
    return False


def is_web(text: str) -> bool:
    """Whether a text is an address of the web, and nothing else."""
    return bool(_WEB.fullmatch(text)) and not TEMPLATE.search(text)


def is_media(reference: str) -> bool:
    """Whether an address names a file to listen to or to watch."""
    return media_types.of(reference).startswith(("audio/", "video/"))


def url_of(value: Value) -> str:
    """The address that is given as text, or as a mapping; empty for none, and for a switch."""
    text = line_of(value, _URLS) if isinstance(value, dict) else line(value)
    return text if truth(text) is None else ""


def image_of(value: Value) -> str:
    """The address of an image that is given as text, as a mapping, or first in a list of those."""
    if isinstance(value, list):
        return image_of(value[0]) if value else ""
    text = line_of(value, _IMAGES) if isinstance(value, dict) else line(value)
    return text if truth(text) is None else ""  # `cover: false` is a switch of a theme
