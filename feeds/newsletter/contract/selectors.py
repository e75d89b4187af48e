"""Which elements a selector means: by names, classes, ids, attributes and how they stand to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.newsletter.contract.page import Element

Specificity = tuple[int, int, int]

_ATTRIBUTE = r"""\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*("[^"]*"|'[^']*'|[\w-]+)\s*[iIsS]?\s*)?\]"""
_SIMPLE = re.compile(rf"\.([\w-]+)|#([\w-]+)|{_ATTRIBUTE}|(::?[\w-]+(?:\([^()]*\))?)|([\w-]+|\*)")
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_AT_REST = {":link", ":root", ":any-link"}
_OUTLOOK = {"data-ogsc", "data-ogsb", "data-ogac", "data-ogab"}


@dataclass(frozen=True, slots=True)
class Compound:
    """Simple selectors of one element. `before` is how that on its left stands to it; empty for the first."""

    tag: str
    classes: tuple[str, ...]
    ids: tuple[str, ...]
    attributes: tuple[tuple[str, str, str], ...]
    is_root: bool
    is_link: bool
    before: str


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector from left to right, and how much it weighs (Selectors Level 4, section 17)."""

    compounds: tuple[Compound, ...]
    weight: Specificity

    @property
    def is_outlook(self) -> bool:
        """Whether it is for what Outlook adds in its dark mode."""
        return any(name in _OUTLOOK for each in self.compounds for name, _, _ in each.attributes)


@lru_cache(maxsize=1024)
def parse(text: str) -> tuple[Selector, ...]:
    """The selectors of a list, but for those that are unknown or mean a state, such as `:hover`."""
    found = (_one(each.strip()) for each in text.split(","))
    return tuple(each for each in found if each)


def _one(text: str) -> Selector | None:
    compounds: list[Compound] = []
    ids = classes = tags = 0
    at, before = 0, ""
    while at < len(text):
        parts: list[re.Match[str]] = []
        while simple := _SIMPLE.match(text, at):
            parts.append(simple)
            at = simple.end()
        pseudo = {part[6].lower() for part in parts if part[6]}
        if not parts or not pseudo <= _AT_REST:
            return None
        compound = Compound(
            tag=next((part[7].lower() for part in parts if part[7] and part[7] != "*"), ""),
            classes=tuple(part[1] for part in parts if part[1]),
            ids=tuple(part[2] for part in parts if part[2]),
            attributes=tuple(
                (part[3].lower(), part[4] or "", (part[5] or "").strip("\"'")) for part in parts if part[3]
            ),
            is_root=":root" in pseudo,
            is_link=bool(pseudo & {":link", ":any-link"}),
            before=before,
        )
        compounds.append(compound)
        ids += len(compound.ids)
        classes += len(compound.classes) + len(compound.attributes) + len(pseudo)
        tags += bool(compound.tag)
        if at < len(text):
            joint = _COMBINATOR.match(text, at)
            if joint is None or joint.end() == len(text):
                return None
            before, at = joint[1] or " ", joint.end()
    return Selector(tuple(compounds), (ids, classes, tags)) if compounds else None


def matches(selector: Selector, element: Element) -> bool:
    """Whether a selector means an element. Outlook's own attributes are taken to be there."""
    return _matches(selector.compounds, element)


def _matches(compounds: tuple[Compound, ...], element: Element) -> bool:
    """From the right to the left, with all the elements that a compound can mean."""
    if not _is(compounds[-1], element):
        return False
    candidates = [element]
    for at in range(len(compounds) - 1, 0, -1):
        compound, found = compounds[at - 1], []
        for each in candidates:
            found += [other for other in _before(each, compounds[at].before) if _is(compound, other)]
        candidates = list({id(each): each for each in found}.values())
        if not candidates:
            return False
    return True


def _before(element: Element, how: str) -> list[Element]:
    if how == " ":
        return list(element.above())
    if how == ">":
        return [element.parent] if element.parent else []
    if how == "+":
        return [element.previous] if element.previous else []
    found = []
    at = element.previous
    while at is not None:
        found.append(at)
        at = at.previous
    return found


def _is(compound: Compound, element: Element) -> bool:
    if compound.tag and compound.tag != element.tag:
        return False
    if compound.classes and not set(compound.classes) <= set(element.attributes.get("class", "").split()):
        return False
    if compound.ids and any(element.attributes.get("id") != each for each in compound.ids):
        return False
    if compound.is_root and element.tag != "html":
        return False
    if compound.is_link and (element.tag != "a" or "href" not in element.attributes):
        return False
    return all(_has(element, *each) for each in compound.attributes)


def _has(element: Element, name: str, how: str, wanted: str) -> bool:
    if name in _OUTLOOK:
        return element.tag == "html"
    value = element.attributes.get(name)
    if value is None:
        return False
    return {
        "": True,
        "=": value == wanted,
        "~=": wanted in value.split(),
        "|=": value == wanted or value.startswith(wanted + "-"),
        "^=": bool(wanted) and value.startswith(wanted),
        "$=": bool(wanted) and value.endswith(wanted),
        "*=": bool(wanted) and wanted in value,
    }[how]
