"""A letter's HTML as its author wrote it, cut at its tags, so that style can be written into nothing else.

An HTML parser would mend and reorder what it reads. Here every byte outside the tags stays: comments for
Outlook, slots, entities, line breaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

MARK = "data-feeds-n"
"""The attribute that has an element's number in a skeleton."""

_ATTRIBUTES = r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*"
_PIECE = re.compile(
    rf"<!--.*?-->"
    rf"|<(?P<raw>style|script|title|textarea)\b(?P<raw_attributes>{_ATTRIBUTES})>(?P<inside>.*?)</(?P=raw)\s*>"
    rf"|<(?P<name>[a-z][^\s/<>]*)(?P<attributes>{_ATTRIBUTES})>"
    rf"|</(?P<end>[a-z][^\s/<>]*)[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s=/\"'<>]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>=`]+))?")
_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
_NUMBERED = re.compile(rf"<[a-z][^\s/<>]*\b({_ATTRIBUTES})>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag, or an element that holds no others with all that is in it, and where it is in the HTML."""

    name: str
    attributes: Mapping[str, str]
    start: int
    end: int
    inside: str | None = None
    """The text of an element that has no others in it, such as `style`; None for all others."""


@dataclass(frozen=True, slots=True)
class Close:
    """An end tag."""

    name: str


def read(html: str) -> tuple[Element | Close, ...]:
    """The tags of a document in order, names in lower case, and no comments."""
    return tuple(_tags(html))


def _tags(html: str) -> Iterator[Element | Close]:
    for found in _PIECE.finditer(html):
        if found["end"]:
            yield Close(found["end"].lower())
        elif name := found["name"] or found["raw"]:
            attributes = found["attributes"] if found["name"] else found["raw_attributes"]
            yield Element(name.lower(), _read_attributes(attributes), *found.span(), found["inside"])


def skeleton(tags: tuple[Element | Close, ...], shown: Collection[str]) -> str:
    """The document without its texts: the elements, numbered as in `tags`, with the attributes in `shown`.

    Rows get the `tbody` around them that browsers imagine, as not every parser does.
    """
    written = ["<!DOCTYPE html>"]
    tables: list[str] = []
    for number, tag in enumerate(tags):
        if isinstance(tag, Close):
            written.append(f"</{tag.name}>")
            if tag.name in tables:
                while tables.pop() != tag.name:
                    pass
        elif tag.inside is not None:
            written.append("<script></script>")  # it has no style, and counts as a sibling
        else:
            if tag.name == "tr" and tables[-1:] == ["table"]:
                written.append("<tbody>")
                tables.append("tbody")
            if tag.name in _TABLE_PARTS:
                tables.append(tag.name)
            kept = (f' {name}="{escape(tag.attributes[name])}"' for name in tag.attributes if name in shown)
            written.append(f'<{tag.name} {MARK}="{number}"{"".join(kept)}>')
    return "".join(written)


def styles(skeleton: str) -> dict[int, str]:
    """What an engine wrote into the `style` of a skeleton's elements, by their numbers."""
    found: dict[int, str] = {}
    for tag in _NUMBERED.finditer(skeleton):
        attributes = _read_attributes(tag[1])
        if MARK in attributes and "style" in attributes:
            found.setdefault(int(attributes[MARK]), attributes["style"])
    return found


def styled(html: str, element: Element, style: str) -> str:
    """The tag of an element with the `style`, where it had one or else at its end."""
    tag = html[element.start : element.end]
    written = f'style="{escape(style, quote=False).replace(chr(34), "&quot;")}"' if style else ""
    if old := next((found for found in _ATTRIBUTE.finditer(tag) if found[1].lower() == "style"), None):
        before = tag[: old.start()]
        return (before if written else before.rstrip()) + written + tag[old.end() :]
    end = len(tag) - (2 if tag.endswith("/>") else 1)
    return f"{tag[:end].rstrip()} {written}{' ' * (end < len(tag) - 1)}{tag[end:]}" if written else tag


def _read_attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text):
        bare = value[1:-1] if value[:1] in {'"', "'"} else value
        found.setdefault(name.lower(), unescape(bare))
    return found
