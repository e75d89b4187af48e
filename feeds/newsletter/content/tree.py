"""A small tree of HTML elements, for input that is sanitised and well formed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DEEPEST = 100  # levels; libxml2, which the inliner stands on, silently drops what is nested deeper than 255
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905 - words read better
)


@dataclass(slots=True)
class Element:
    """A tag with its attributes, and what is inside: elements, and text with no entities in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """The value of an attribute; empty when it is not there."""
        return self.attributes.get(name, "")

    def elements(self) -> Iterator[Element]:
        """All elements below this one, in the order of the document."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.elements()


Node = Element | str


def parse(html: str) -> list[Node]:
    """Read a fragment. Comments go; elements nested too deep for mail lose their tags and keep their text."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root.children


def text_of(nodes: Iterable[Node]) -> str:
    """All text in some nodes, as it stands."""
    return "".join(node if isinstance(node, str) else text_of(node.children) for node in nodes)


def write(node: Node) -> str:
    """Write a node as HTML; of an element without a name, what is in it."""
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    if node.tag in VOID:
        return f"<{node.tag}{attributes}>"
    inside = "".join(write(child) for child in node.children)
    if not node.tag:
        return inside
    return f"<{node.tag}{attributes}>{inside}</{node.tag}>"


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("body")
        self.open = [self.root]
        self.tags = ["body"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1]
        element = Element(tag, {name: value or "" for name, value in attrs})
        shallow = len(self.open) < _DEEPEST
        if shallow or tag in VOID:
            parent.children.append(element)
        if tag not in VOID:
            self.open.append(element if shallow else parent)
            self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.tags[1:]:
            while self.tags.pop() != tag:
                self.open.pop()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
