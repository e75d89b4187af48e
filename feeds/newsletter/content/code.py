"""Code, and mathematics in TeX, with every line, every indent, and from left to right in every letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.content.tree import Element, text_of

if TYPE_CHECKING:
    from feeds.newsletter.content.tree import Node

INLINE = frozenset({"code", "kbd", "samp", "tt", "var"})

_FORMULA = re.compile(r"\s*(?:\$\$.+\$\$|\\\[.+\\\]|\\begin\{(\w+\*?)\}.+\\end\{\1\})\s*", re.DOTALL)


def block(attributes: dict[str, str], children: list[Node]) -> Element:
    """A block of code. Empty lines at its edges would make its box larger, and parsers drop the first one."""
    _stripped(children, at=0)
    _stripped(children, at=-1)
    return Element("pre", {"dir": "ltr"} | attributes, children)


def is_highlighted(node: Element) -> bool:
    """Whether a `code` in a `pre` may hold what `feeds.body.highlight` puts in."""
    return "language-" in node.get("class")


def is_formula(node: Element) -> bool:
    """Whether a paragraph is one formula: its lines are what a matrix is read by."""
    if any(each.tag != "br" for each in node.elements()):
        return False
    return _FORMULA.fullmatch(text_of(node.children)) is not None


def formula(node: Element) -> Element:
    """A paragraph that is one formula, in the lines in which it was written."""
    lines = [child for child in node.children if isinstance(child, str)]
    text = "".join(lines) if len(lines) == 1 else "\n".join(line.strip("\n") for line in lines)
    return block({}, [text])


def _stripped(children: list[Node], *, at: int) -> None:
    """Remove line breaks at one end of what is in a block, however deep they are."""
    while children:
        node = children[at]
        if isinstance(node, Element):
            _stripped(node.children, at=at)
            return
        rest = re.sub(r"\A(?:[ \t]*\n)+", "", node) if at == 0 else node.rstrip()
        if rest:
            children[at] = rest
            return
        children.pop(at)
