"""D12: text that can be read on its ground, in light and in dark, on phones, without style sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from feeds.newsletter.contract import colours, style
from feeds.newsletter.contract.cascade import Cascade
from feeds.newsletter.contract.mail import squeezed
from feeds.newsletter.contract.rules import table
from feeds.newsletter.contract.sheet import Variant, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.colours import Colour
    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.page import Element
    from feeds.newsletter.contract.rules import Finding

LEAST = 4.5
WIDE, NARROW = 800, 375
VARIANTS = (
    Variant("without style sheets", is_dark=False, width=WIDE, has_sheet=False),
    Variant("in light", is_dark=False, width=WIDE),
    Variant("in light on phones", is_dark=False, width=NARROW),
    Variant("in dark", is_dark=True, width=WIDE),
    Variant("in dark on phones", is_dark=True, width=NARROW),
    Variant("in Outlook's dark mode", is_dark=True, width=WIDE, is_outlook=True),
)
_LETTER = re.compile(r"\w")

RULES = table(
    [
        (
            "contrast",
            "D12",
            "error",
            (
                "Text stands out from its ground by 4.5 to 1, in light and in dark, with style sheets and "
                "without."
            ),
            "WCAG 2.2 success criterion 1.4.3",
        ),
    ]
)


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the colours of all text, and of the texts that stand for images. Two colours are told of once."""
    told: set[tuple[str, str]] = set()
    for each in _seen(mail):
        pair = (colours.shown(each.text), colours.shown(each.ground))
        if each.ratio >= LEAST or pair in told:
            continue
        told.add(pair)
        ratio = int(each.ratio * 100) / 100
        message = f"{each.words!r} is {pair[0]} on {pair[1]} {each.variant.name}, {ratio} to 1"
        setting = _setting(mail, pair[0], is_dark=each.variant.is_dark)
        yield RULES["contrast"].broken(
            message,
            part="html",
            line=each.line,
            entry="" if setting else mail.entry(each.words),
            setting=setting,
            excerpt=each.words,
        )


def lowest(mail: Mail) -> list[tuple[str, float, str]]:
    """By variant: how much the text stands out that stands out least, to 1, and which text that is."""
    found: dict[str, tuple[float, str]] = {}
    for each in _seen(mail):
        name = each.variant.name
        found[name] = min(found.get(name, (each.ratio, each.words)), (each.ratio, each.words))
    return [(name, ratio, words) for name, (ratio, words) in found.items()]


class _Seen(NamedTuple):
    """A text as it is seen in one variant: its colour, that of its ground, and their contrast."""

    variant: Variant
    words: str
    line: int
    text: Colour
    ground: Colour
    ratio: float


def _seen(mail: Mail) -> Iterator[_Seen]:
    cascade = Cascade(mail.page, parse(style.css(mail)))
    for variant in VARIANTS:
        looks = cascade.looks(variant)
        for element, text, line in _readable(mail):
            look = looks[id(element) if element else 0]
            if look.is_hidden or not (look.has_text and look.has_ground):
                continue
            shown = colours.over((*look.text[:3], look.text[3] * look.opaque), look.ground)
            ratio = colours.contrast(shown, look.ground)
            yield _Seen(variant, squeezed(text)[:40], line, shown, look.ground, ratio)


def _readable(mail: Mail) -> Iterator[tuple[Element | None, str, int]]:
    for text in mail.page.texts():
        if _LETTER.search(text.data):
            yield text.parent, text.data, text.line
    for image in mail.page.elements("img"):
        if not image.hidden and _LETTER.search(image.attributes.get("alt", "")):
            yield image, image.attributes["alt"], image.line


def _setting(mail: Mail, text: str, *, is_dark: bool) -> str:
    """The setting that the colour of a text is of; empty when it is the theme's or an author's own."""
    look = mail.settings.newsletter.look
    table_, of = ("dark", look.dark) if is_dark else ("colours", look.colours)
    for name in ("text", "muted", "accent"):
        given = colours.parse(getattr(of, name))
        if given is not None and colours.shown(given) == text:
            return f"look.{table_}.{name}"
    return ""
