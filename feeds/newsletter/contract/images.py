"""D6 and D7: images that arrive, at a width that all programs keep to, with words for who sees none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeds.newsletter.contract import wire
from feeds.newsletter.contract.links import is_of_web
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.page import Element
    from feeds.newsletter.contract.rules import Finding

_KNOWN_BY_FEW = {
    "svg": "SVG",
    "svgz": "SVG",
    "webp": "WebP",
    "avif": "AVIF",
    "jxl": "JPEG XL",
    "heic": "HEIC",
}
_FILE_NAME = re.compile(r"(?i)[\w%-]+\.(?:png|jpe?g|gif|svg|webp|avif)|(?:img|dsc|screenshot)[_-]?\d+")
_PIXELS = re.compile(r"(\d+(?:\.\d+)?)px")

RULES = table(
    [
        (
            "image-source",
            "D6",
            "error",
            "An image has an address of https, or the cid of a part of the message.",
            "mail programs load nothing else; Gmail no data:",
        ),
        (
            "image-embedded",
            "D6",
            "error",
            "The cid of an image is that of a part of the message, and every such part is shown.",
            "RFC 2392",
        ),
        (
            "image-format",
            "D6",
            "warning",
            "An image is a PNG, a JPEG or a GIF.",
            "Outlook on Windows shows no SVG, WebP or AVIF, Gmail no SVG",
        ),
        (
            "image-alt",
            "D7",
            "error",
            "An image has an alt, empty when it is decoration.",
            "WCAG 2.2 success criterion 1.1.1; HTML standard section 4.8.4.4",
        ),
        (
            "image-alt-words",
            "D7",
            "warning",
            "The alt of an image says what is seen, and is not the name of a file.",
            "WCAG 2.2, failure F30",
        ),
        (
            "image-width",
            "D7",
            "error",
            "An image has a width of whole pixels, no wider than the column.",
            "Outlook on Windows knows no max-width",
        ),
        (
            "column-width",
            "D7",
            "error",
            "Nothing has a fixed width above that of the column, newsletter.look.width.",
            "the mail would scroll sideways",
        ),
    ]
)


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the images, and how wide anything is."""
    embedded = {part.content_id.strip("<>") for part in wire.walk(mail.wire.top) if part.content_id}
    used: set[str] = set()
    for image in mail.page.elements("img"):
        source = image.attributes.get("src", "").strip()
        if source.lower().startswith("cid:"):
            used.add(source[4:])
            if source[4:] not in embedded:
                yield _broken("image-embedded", f"{source[:60]} is no part of the message", mail, image)
        elif not (is_of_web(source) and source.lower().startswith("https://")):
            yield _broken("image-source", f"the image {source[:80]!r} has no address of https", mail, image)
        elif name := _format(source):
            yield _broken("image-format", f"the image {source[:80]} is {name}", mail, image)
        yield from _described(mail, image)
        yield from _width(mail, image)
    for name in sorted(embedded - used):
        message = f"the part <{name[:60]}> is shown nowhere"
        yield RULES["image-embedded"].broken(message, part="message")
    yield from _columns(mail)


def _format(source: str) -> str:
    """What few programs show, by the ending of the address; empty for others."""
    return _KNOWN_BY_FEW.get(urlsplit(source).path.rpartition(".")[2].lower(), "")


def _described(mail: Mail, image: Element) -> Iterator[Finding]:
    alt = image.attributes.get("alt")
    source = image.attributes.get("src", "")
    if alt is None:
        yield _broken("image-alt", f"the image {source[:80]} has no alt", mail, image)
    elif _FILE_NAME.fullmatch(alt.strip()):
        yield _broken("image-alt-words", f"the alt of an image is {alt[:60]!r}", mail, image, alt)


def _width(mail: Mail, image: Element) -> Iterator[Finding]:
    width, most = image.attributes.get("width", ""), mail.settings.newsletter.look.width
    if not re.fullmatch(r"[1-9]\d{0,5}", width):
        said = f"the width {width[:20]!r}" if width else "no width"
        yield _broken(
            "image-width", f"the image {image.attributes.get('src', '')[:80]} has {said}", mail, image
        )
    elif int(width) > most:
        message = (
            f"the image {image.attributes.get('src', '')[:80]} is {width} pixels wide, and the column {most}"
        )
        yield _broken("image-width", message, mail, image)


def _columns(mail: Mail) -> Iterator[Finding]:
    most = mail.settings.newsletter.look.width
    for element in mail.page.elements():
        if element.tag == "img":
            continue
        said = (
            [element.attributes.get("width", "")] if element.tag in {"table", "td", "th", "col", "hr"} else []
        )
        widest = [int(each) for each in said if each.isascii() and each.isdigit() and len(each) < 10]  # noqa: PLR2004 - no wider
        widest += (
            int(float(found[1]))
            for name, value, _ in element.style
            if name in {"width", "min-width"}
            and (found := _PIXELS.fullmatch(value.lower()))
            and len(found[1]) < 10  # noqa: PLR2004 - likewise
        )
        if any(each > most for each in widest):
            message = f"<{element.tag}> is {max(widest)} pixels wide, and the column {most}"
            yield RULES["column-width"].broken(
                message, part="html", line=element.line, entry=mail.entry(f'width="{max(widest)}"')
            )


def _broken(rule: str, message: str, mail: Mail, image: Element, excerpt: str = "") -> Finding:
    """Found in the post by its address; one that was fitted for mail, by its bare name, or its text."""
    source, alt = image.attributes.get("src", ""), image.attributes.get("alt", "")
    named = [excerpt, source, source.rpartition("/")[2].rpartition(".")[0], alt]
    wanted = next((each for each in named if len(each) > 2 and mail.entry(each)), excerpt or source)  # noqa: PLR2004 - worth a search
    return RULES[rule].broken(message, part="html", line=image.line, entry=mail.entry(wanted), excerpt=wanted)
