"""The blocks that a post consists of: where a letter that is too long may be cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.content import links
from feeds.newsletter.content.tree import Element, Node, write

if TYPE_CHECKING:
    from collections.abc import Iterable

GONE = re.compile("base|embed|link|meta|noscript|object|param|script|source|style|template|track")
BOX = re.compile("address|article|aside|details|div|fieldset|footer|header|main|nav|section")
BLOCK = re.compile(
    BOX.pattern
    + "|blockquote|dd|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|table|tbody|td|tfoot|th|thead|tr|ul"
)

_SENTENCE = re.compile(r".+?(?:[.!?…]\s+|[。！？]|$)", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_VERY_LONG = 32_768  # bytes of a paragraph or a block of code, of which a letter shows what it has room for
_PARTED = 16_384  # bytes of a block that is divided, so that a letter too long is not cut far above the limit


def opened(nodes: list[Node]) -> tuple[list[Node], dict[str, str]]:
    """What is in the box around everything, which would leave no place to cut; its language and direction."""
    around: dict[str, str] = {}
    while (
        len(visible := shown(nodes)) == 1
        and isinstance(box := visible[0], Element)
        and BOX.fullmatch(box.tag)
    ):
        if links.holds_notes(box):
            break
        around |= {name: value for name in ("lang", "dir") if (value := box.get(name))}
        nodes = box.children
    return nodes, around


def wrapped(node: Node, around: dict[str, str]) -> Node:
    """A block in a box that says the language and the direction of all of them, if there are any."""
    if not around or not write(node).strip():
        return node
    aligned = {"rtl": {"align": "right"}, "ltr": {"align": "left"}}.get(around.get("dir", ""), {})
    return Element("div", around | aligned, [node])


def joined(nodes: list[Node]) -> list[Node]:
    """The nodes of a block as one: a run of text and inline elements is a paragraph, which has margins."""
    if holds_blocks(nodes):
        return nodes
    return [paragraph(nodes) if shown(nodes) else Element("", {}, nodes)]


def paragraph(nodes: list[Node], attributes: dict[str, str] | None = None) -> Element:
    """Text and inline elements as a paragraph, unless there is nothing in it to be seen."""
    is_seen = any(not _is_pixel(node) for node in shown(nodes))
    is_inline = not any(
        holds_blocks([node]) or holds_blocks(node.elements()) for node in nodes if isinstance(node, Element)
    )
    return Element("p" if is_seen and is_inline else "div", attributes or {}, nodes)


def _is_pixel(node: Node) -> bool:
    """Whether a node is an image that takes up no space: no other has a height."""
    return isinstance(node, Element) and node.tag == "img" and "height" in node.attributes


def parted(node: Node) -> list[Node]:
    """A long list, box or quotation as several, which look like one; very long text, code and tables too."""
    if isinstance(node, Element) and (pieces := _pieces(node)) and len(write(node)) > _VERY_LONG:
        return _grouped(node, pieces)
    if (
        isinstance(node, str)
        or node.tag not in {"ul", "ol", "div", "blockquote"}
        or len(write(node)) <= _PARTED
    ):
        return [node]
    if node.tag == "ol" and (
        "reversed" in node.attributes or any("value" in each.attributes for each in node.elements())
    ):
        return [node]
    return _grouped(node, node.children)


def _pieces(node: Element) -> list[Node]:
    """Between what a paragraph or a block of code may be divided: sentences, and lines."""
    end = {"p": _SENTENCE, "pre": _LINE}.get(node.tag)
    if end is None:
        return []
    return [
        piece
        for child in node.children
        for piece in ([found[0] for found in end.finditer(child)] if isinstance(child, str) else [child])
    ]


def _grouped(node: Element, pieces: Iterable[Node]) -> list[Node]:
    number = int(start) if (start := node.get("start")).lstrip("-").isdecimal() else 1
    parts: list[Node] = []
    taken: list[Node] = []
    size = items = 0
    for child in pieces:
        length = len(write(child))
        if taken and size + length > _PARTED // 2:
            parts.append(_part(node, taken, number))
            number, taken, size, items = number + items, [], 0, 0
        taken.append(child)
        size += length
        items += isinstance(child, Element) and child.tag == "li"
    return [*parts, _part(node, taken, number)]


def _part(node: Element, children: list[Node], number: int) -> Element:
    attributes = dict(node.attributes)
    if node.tag == "ol" and number != 1:
        attributes["start"] = str(number)
    return Element(node.tag, attributes, children)


def apart(nodes: list[Node]) -> list[list[Node]]:
    """Split into what may be cut apart: each block element, and each run of text and inline elements."""
    blocks: list[list[Node]] = [[]]
    for node in nodes:
        if isinstance(node, Element) and BLOCK.fullmatch(node.tag):
            blocks += [[node], []]
        else:
            blocks[-1].append(node)
    return blocks


def shown(nodes: Iterable[Node]) -> list[Node]:
    """The nodes that have something to say in a mail."""
    return [
        node for node in nodes if (node.strip() if isinstance(node, str) else not GONE.fullmatch(node.tag))
    ]


def holds_blocks(nodes: Iterable[Node]) -> bool:
    """Whether there is a block among the nodes."""
    return any(isinstance(node, Element) and BLOCK.fullmatch(node.tag) for node in nodes)
