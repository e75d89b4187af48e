"""Links that lead somewhere from a mail, and footnotes that are read without any.

Jumping inside a mail works in few programs, whatever anchors are called (caniemail: html-anchor-links),
so the number of a note is plain text, and the notes stand at the end with their numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.content.tree import Element, text_of

if TYPE_CHECKING:
    from feeds.newsletter.content.manuscript import Manuscript, Spot
    from feeds.newsletter.content.tree import Node

_FOLLOWED = re.compile(r"(?i)https?://[^/]|mailto:.|tel:.")
# What people may want to copy; `feeds.body.sanitize` lets no others through.
_COPIED = re.compile(r"(?i)(?:ftp|gemini|geo|ircs?|magnet|matrix|sms|webcal|xmpp):\S{1,150}$")
_NOTES = re.compile("footnotes?|endnotes?")
_TO_NOTE = re.compile(r"#(?:user-content-)?(?:fn|footnote|cite_note|_ftn)(?:\d|[-:_.](?!ref))")
_WAY_BACK = re.compile(r"#(?:user-content-)?(?:fnref|cite_ref|footnote-?ref|_ftnref)")


def anchor(
    node: Element, attributes: dict[str, str], children: list[Node], spot: Spot, manuscript: Manuscript
) -> list[Node]:
    """A link, or what is left of it: its text, and an address that only other programs than mail's follow."""
    target = node.get("href").strip()
    if is_reference(node, spot.tag) or spot.linked:
        return children
    if target.startswith("#"):
        target = manuscript.post.url + target
    if _FOLLOWED.match(target):
        if not any(isinstance(child, Element) for child in children) and not text_of(children).strip():
            return children  # there is nothing to click on
        return [Element("a", attributes | {"href": target}, children)]
    if _COPIED.match(target) and target.partition(":")[2] not in text_of(children):
        return [*children, f" ({target})"]
    return children


def is_reference(node: Element, parent: str) -> bool:
    """Whether a link is the number of a footnote, in the text."""
    return (
        "footnote-ref" in node.get("class")
        or node.get("role") == "doc-noteref"
        or (parent == "sup" and _TO_NOTE.search(node.get("href")) is not None)
    )


def is_way_back(node: Element) -> bool:
    """Whether a link leads from a note to its number: in a mail it would lead away to the web."""
    return (
        "footnote-backref" in node.get("class")
        or node.get("role") == "doc-backlink"
        or _WAY_BACK.search(node.get("href")) is not None
    )


def holds_notes(node: Element) -> bool:
    """Whether a box is that of the footnotes."""
    return _NOTES.search(f"{node.get('class')} {node.get('role')}") is not None


def is_number(node: Node) -> bool:
    """Whether a node is the raised number of a note; two in a row would be read as one number."""
    return (
        isinstance(node, Element)
        and node.tag == "sup"
        and any(each.tag == "a" and is_reference(each, "sup") for each in node.elements())
    )
