"""Pictures as every mail program shows them: a format that it knows, a width that it obeys, and words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeds import site_files
from feeds.newsletter.content import images
from feeds.newsletter.content.tree import Element

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.newsletter.content.images import Image
    from feeds.newsletter.content.manuscript import Manuscript, Spot
    from feeds.newsletter.content.tree import Node

_INLINE_WIDTH = 120  # pixels: an image of unknown size amid text, for Outlook, which needs a number
_PIXEL = 3  # pixels: what is no larger is not there to be looked at

_SOURCE = re.compile(r"(?i)https?://|cid:")
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*")
_PERCENT = re.compile(r"\s*(\d{1,3})(?:\.\d+)?%\s*")
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])")
# How the author of a picture says nothing about it, and how one says that there is nothing to say.
_UNSAID = re.compile(r"!\[\s*\]|!\[\[|<img\b")
_EMPTY_ALT = re.compile(r"""\balt\s*=\s*(?:""|'')""")

# Gmail makes JPEGs of these, and Apple's programs know them: only Outlook on Windows and old ones show none.
_RARE = {"webp": "WebP", "avif": "AVIF"}
_NEVER = {
    "svg": "SVG", "svgz": "SVG", "heic": "HEIC", "heif": "HEIC", "jxl": "JPEG XL", "tif": "TIFF",
    "tiff": "TIFF", "mp4": "a film as a picture", "webm": "a film as a picture", "mov": "a film as a picture",
}  # fmt: skip


def picture(node: Element, spot: Spot, manuscript: Manuscript, *, given: Iterable[str] = ()) -> Node:
    """Make an `img` fit: its source in a format for mail, an alt text, and an integer width within the room.

    There is no height: where a program makes the picture narrower it would be distorted (Yahoo and Gmail's
    apps take `height: auto` for `min-height`, hteumeuleu/email-bugs#9). Where its format is one that hardly
    any program shows, a link to the file takes its place. `given` are other files that the author gives for
    the same picture.
    """
    source = node.get("src")
    alt = _words(node.get("alt")) or _words(node.get("title"))
    if not _SOURCE.match(source):
        return alt  # mail programs show no data: images
    manuscript.meet(source)
    image = images.look_up(source, manuscript.files)
    if _is_pixel(node, image):
        block = {"class": "block"} if spot.alone else {}
        return Element("img", {"src": source, "alt": "", "width": "1", "height": "1"} | block)
    is_missing = image.path is None and site_files.has_place_for(source, manuscript.files)
    shown = source
    if image.kind in _RARE or image.kind in _NEVER:
        offered = (one for one in given if _SOURCE.match(one) and _is_shown(one, manuscript))
        shown = next(offered, "") or images.substitute(source, manuscript.files)
        if not shown and not is_missing:
            _warn(source, image.kind, manuscript)
    if is_missing and shown in {source, ""}:
        manuscript.note(
            "warning",
            "mail-image",
            f"there is no file for the picture {_name(source)!r}, and a mail that is out cannot be mended",
            source,
            "put it beside the post or among the static files, or mend its name",
        )
    if not shown and image.kind in _NEVER:
        return _instead(source, alt, spot)
    if not alt and not spot.captioned and _is_unsaid(manuscript.line(source)):
        manuscript.note(
            "note",
            "mail-advice",
            f"{_name(source)!r} has no description, which many readers see in the picture's place",
            source,
            "say what it shows: ![a harbour at night](harbour.jpg)",
        )
    if shown and shown != source:
        image = images.look_up(shown, manuscript.files)
    img = _element(node, shown or source, alt, image, spot)
    if not shown and spot.alone and not spot.linked:
        return Element("a", {"href": source}, [img])  # whose program does not show it can still open it
    return img


def others(node: Element) -> list[str]:
    """The further files that a `picture` or its `img` offers, in order."""
    sources = [each.get("srcset") or each.get("src") for each in node.elements()]
    return [
        found[1]
        for source in (*sources, node.get("srcset"))
        for part in source.split(", ")
        if (found := _CANDIDATE.match(part))
    ]


def _element(node: Element, source: str, alt: str, image: Image, spot: Spot) -> Element:
    known = _declared(node, image, spot)
    width = min(known or (spot.room if spot.alone else _INLINE_WIDTH), spot.room)
    attributes = {"src": source, "alt": alt, "width": str(width)}
    if (title := _words(node.get("title"))) and title != alt:
        attributes["title"] = title
    classes = [name for name, wanted in (("block", spot.alone), ("natural", not known)) if wanted]
    if classes:
        attributes["class"] = " ".join(classes)
    return Element("img", attributes)


def _declared(node: Element, image: Image, spot: Spot) -> int:
    """How wide the author wants the picture, else how wide it is; 0 for unknown."""
    width, height = node.get("width"), _pixels(node.get("height"))
    if pixels := _pixels(width):
        return pixels
    if (part := _PERCENT.fullmatch(width)) and int(part[1]):
        return max(1, spot.room * min(int(part[1]), 100) // 100)
    if height and image.height:
        return max(1, round(height * image.width / image.height))
    return image.width


def _pixels(value: str) -> int:
    found = _PIXELS.fullmatch(value)
    return int(found[1]) if found else 0


def _is_pixel(node: Element, image: Image) -> bool:
    """Whether it is there to be loaded, and not to be seen: it must not grow."""
    width, height = _pixels(node.get("width")), _pixels(node.get("height"))
    sizes = [size for size in (width or image.width, height or image.height) if size]
    return len(sizes) == 2 and max(sizes) < _PIXEL  # noqa: PLR2004 - width and height


def _is_unsaid(line: str) -> bool:
    return _UNSAID.search(line) is not None and not _EMPTY_ALT.search(line)


def _is_shown(url: str, manuscript: Manuscript) -> bool:
    return images.look_up(url, manuscript.files).kind in images.SHOWN


def _instead(source: str, alt: str, spot: Spot) -> Node:
    text = alt or _name(source)
    if spot.linked:
        return text
    link = Element("a", {"href": source}, [text])
    return Element("p", {}, [link]) if spot.tag in {"div", "figure"} and spot.alone else link


def _warn(source: str, kind: str, manuscript: Manuscript) -> None:
    name = _name(source)
    what = _RARE.get(kind) or _NEVER[kind]
    who = "Outlook on Windows does not show" if kind in _RARE else "hardly any mail program shows"
    becomes = "" if kind in _RARE else ", so it is a link there"
    stem = name.rpartition(".")[0] or name
    hint = f"put {stem}.png or {stem}.jpg beside it, which mails then take"
    if not site_files.is_of_site(source, manuscript.files):
        hint = "refer to a PNG or a JPEG in its place"
    manuscript.note(
        "warning",
        "mail-image",
        f"{who} {what}: {name!r}{becomes}",
        source,
        hint,
    )


def _name(url: str) -> str:
    return unquote(re.split(r"[?#]", url)[0].rstrip("/").rpartition("/")[2]) or url


def _words(text: str) -> str:
    return " ".join(text.split())
