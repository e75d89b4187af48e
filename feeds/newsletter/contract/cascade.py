"""The colours that every element has, however the mail is shown: the cascade, as far as it concerns these."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.newsletter.contract import colours, selectors
from feeds.newsletter.contract.sheet import Sheet, Variant, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeds.newsletter.contract.colours import Colour
    from feeds.newsletter.contract.page import Declaration, Element, Page
    from feeds.newsletter.contract.selectors import Selector, Specificity
    from feeds.newsletter.contract.sheet import StyleRule

Weight = tuple[int, "Specificity", int]
Candidates = list[tuple[Weight, str, str]]

# What programs begin with, by whether they are dark: text, ground and links.
_PLAIN: Mapping[bool, tuple[Colour, Colour, Colour]] = {
    False: (colours.BLACK, colours.WHITE, (0.0, 0.0, 238 / 255, 1.0)),
    True: (colours.WHITE, (30 / 255, 30 / 255, 30 / 255, 1.0), (158 / 255, 158 / 255, 1.0, 1.0)),
}
_MARKED: Colour = (1.0, 1.0, 0.0, 1.0)
_HINT, _SHEET, _INLINE, _SHEET_IMPORTANT, _INLINE_IMPORTANT = range(5)
_NOTHING: Specificity = (0, 0, 0)
_KEPT = frozenset({"color", "background", "background-color", "display", "visibility", "opacity"})


@dataclass(frozen=True, slots=True)
class Look:
    """What an element has: the colour of its text, its ground, how opaque it is, and whether it is unseen.

    `is_known` says, in Outlook's own dark mode, whether both colours are of the sheet.
    """

    text: Colour
    ground: Colour
    opaque: float = 1.0
    is_hidden: bool = False
    has_text: bool = True
    has_ground: bool = True


class Cascade:
    """The rules of a sheet that concern each element of a page: found once, for any number of variants."""

    def __init__(self, page: Page, sheet: Sheet) -> None:
        self.page = page
        self.is_dark_declared = any(
            each.attributes.get("name", "").lower() == "color-scheme"
            and "dark" in each.attributes.get("content", "").lower().split()
            for each in page.elements("meta")
        )
        self.rules = _indexed(sheet)
        self.matched = {
            id(element): [
                (selector, rule, order)
                for selector, rule, order in self._candidates(element)
                if selectors.matches(selector, element)
            ]
            for element in page.elements()
        }

    def _candidates(self, element: Element) -> Iterator[tuple[Selector, StyleRule, int]]:
        for key in ("*", element.tag, *(f".{name}" for name in element.attributes.get("class", "").split())):
            yield from self.rules.get(key, ())

    def looks(self, variant: Variant) -> dict[int, Look]:
        """What each element has in a variant, by its identity; that of 0 is what there is around all."""
        text, ground, link = _PLAIN[variant.is_dark and self.is_dark_declared]
        known = not variant.is_outlook
        found = {0: Look(text, ground, has_text=known, has_ground=known)}
        for element in self.page.elements():
            above = found[id(element.parent) if element.parent else 0]
            found[id(element)] = self._look(element, above, variant, link)
        return found

    def _look(self, element: Element, above: Look, variant: Variant, link: Colour) -> Look:
        said = self._said(element, variant)
        text, has_text = above.text, above.has_text
        if element.tag == "a" and "href" in element.attributes:
            text = link
        ground, has_ground = above.ground, above.has_ground
        if element.tag == "mark":
            text, ground = colours.BLACK, _MARKED
        given = said.get("color", "")
        if (colour := colours.parse(given)) is not None:
            text, has_text = colour, True
        elif given in {"inherit", "unset"}:
            text = above.text
        if (colour := _of_ground(said)) is not None:
            ground = colours.over(colour, ground)
            has_ground = has_ground or colour[3] == 1
        opaque = above.opaque * _number(said.get("opacity", "1"))
        hidden = (
            above.is_hidden
            or said.get("display") == "none"
            or said.get("visibility") in {"hidden", "collapse"}
        )
        return Look(text, ground, opaque, hidden, has_text, has_ground)

    def _said(self, element: Element, variant: Variant) -> dict[str, str]:
        """The values that win, by property."""
        found: Candidates = []
        if not variant.is_outlook:
            found += ((_hint(0), name, value) for name, value in _hints(element))
            found += _weighed(element.style, _INLINE, _NOTHING, 0)
        if variant.has_sheet:
            for selector, rule, order in self.matched[id(element)]:
                if selector.is_outlook == variant.is_outlook and holds(rule, variant):
                    found += _weighed(rule.style, _SHEET, selector.weight, order)
        return {name: value for _, name, value in sorted(found, key=lambda one: one[0])}


def _hint(order: int) -> Weight:
    return _HINT, _NOTHING, order


def _hints(element: Element) -> Iterator[tuple[str, str]]:
    """What attributes say of colours (HTML standard section 15.3)."""
    if value := element.attributes.get("bgcolor", ""):
        yield "background-color", value.lower()
    if value := element.attributes.get("color" if element.tag == "font" else "text", ""):
        yield "color", value.lower()


def _weighed(style: tuple[Declaration, ...], origin: int, weight: Specificity, order: int) -> Candidates:
    found: Candidates = []
    for at, (name, value, is_important) in enumerate(style):
        if name in _KEPT and _is_known(name, value.lower()):
            level = origin + (2 if is_important else 0)
            # A short form sets the colour of the ground as well, so the two are one property here.
            property_ = "background-color" if name == "background" else name
            found.append(((level, weight, order * 1000 + at), property_, value.lower()))
    return found


def _is_known(name: str, value: str) -> bool:
    """Whether programs take a value; of one that they do not, the declaration is as if it were not there."""
    if name == "color":
        return colours.parse(value) is not None or value in {"inherit", "unset", "initial", "currentcolor"}
    return (
        name != "background-color"
        or colours.parse(value) is not None
        or value in {"inherit", "initial", "unset"}
    )


def _of_ground(said: Mapping[str, str]) -> Colour | None:
    """The colour of a ground: one word of `background`, or all of `background-color`."""
    value = said.get("background-color", "")
    if (colour := colours.parse(value)) is not None:
        return colour
    return next((colour for word in _words(value) if (colour := colours.parse(word)) is not None), None)


def _words(value: str) -> Iterator[str]:
    """The words of a value; what is in parentheses is part of one."""
    word, depth = "", 0
    for character in value + " ":
        depth += (character == "(") - (character == ")")
        if character.isspace() and depth <= 0:
            if word:
                yield word
            word = ""
        else:
            word += character


def _number(value: str) -> float:
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 1.0


def _indexed(sheet: Sheet) -> Mapping[str, list[tuple[Selector, StyleRule, int]]]:
    """The rules by what their last element must have: a class, else a name, else anything."""
    found: defaultdict[str, list[tuple[Selector, StyleRule, int]]] = defaultdict(list)
    for order, rule in enumerate(sheet.rules):
        if not any(name in _KEPT for name, _, _ in rule.style):
            continue
        for selector in selectors.parse(rule.selectors):
            last = selector.compounds[-1]
            key = f".{last.classes[0]}" if last.classes else last.tag or "*"
            found[key].append((selector, rule, order))
    return found
