"""What a picture is (the imagesize wall): looked up in the site's own files, never fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import imagesize

from feeds import regular, site_files

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.site_files import Site

SHOWN = ("png", "jpg", "jpeg", "gif")
"""What every mail program shows, as extensions, in the order in which a substitute is looked for."""

_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,5})$")
_TWICE = re.compile(r"@([234])x\.[A-Za-z0-9]+$")  # how pictures for dense screens are called
_MAGIC = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "avif"),
    (re.compile(rb"....ftyp(?:hei[cx]|hevc|mif1)", re.DOTALL), "heic"),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>|<!DOCTYPE[^>]*>|<!--.*?-->|\s)*<svg\b", re.DOTALL),
        "svg",
    ),
)
_SIZED = frozenset({"png", "jpeg", "gif", "webp", "avif", "heic"})  # SVG is XML, which can say anything
_BEGINNING = 1024  # bytes


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: what its format is called ("jpeg"; empty when nothing tells), and its size in pixels.

    The size is that at which it is to be shown, and 0 by 0 when no file of the site says. `path` is the file.
    """

    kind: str
    width: int = 0
    height: int = 0
    path: Path | None = None


def look_up(url: str, site: Site) -> Image:
    """What the picture at an absolute URL is: by the file of the site that is served there, or its name."""
    name = _path(url)
    told = _EXTENSION.search(name)
    kind = told[1].lower().replace("jpg", "jpeg") if told else ""
    path = site_files.find(url, site)
    if path is None:
        return Image(kind)
    found = kind_of(regular.beginning(path, site.root, _BEGINNING))
    width, height = _size(path) if found in _SIZED else (0, 0)
    dense = _TWICE.search(name)
    scale = int(dense[1]) if dense else 1
    return Image(found or kind, -(-width // scale), -(-height // scale), path)


def kind_of(data: bytes) -> str:
    """What the format of a file is called whose beginning is given; empty when it is none of pictures."""
    return next((kind for magic, kind in _MAGIC if magic.match(data)), "")


def substitute(url: str, site: Site) -> str:
    """The URL of a picture for every program, of the same name beside the file at `url`; empty for none."""
    name = _path(url)
    stem = name[: found.start()] if (found := _EXTENSION.search(name)) else name
    for extension in SHOWN:
        other = f"{stem}.{extension}"
        if other != name and (path := site_files.find(other, site)) and _is_shown(path, site):
            return other
    return ""


def _is_shown(path: Path, site: Site) -> bool:
    return kind_of(regular.beginning(path, site.root, _BEGINNING)) in SHOWN


def _path(url: str) -> str:
    return re.split(r"[?#]", url)[0]


def _size(path: Path) -> tuple[int, int]:
    try:
        width, height = imagesize.get(path)
    except Exception:  # noqa: BLE001 - a reader of damaged files raises anything
        return 0, 0
    return (int(width), int(height)) if width > 0 and height > 0 else (0, 0)
