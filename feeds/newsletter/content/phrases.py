"""What means something within a text, made visible without a style sheet, a mouse or a new program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.newsletter.content.tree import Element, text_of

if TYPE_CHECKING:
    from feeds.newsletter.content.manuscript import Manuscript, Spot
    from feeds.newsletter.content.tree import Node


def abbreviation(
    attributes: dict[str, str], children: list[Node], spot: Spot, manuscript: Manuscript
) -> list[Node]:
    """An abbreviation, and behind its first mention in the running text what it is short for.

    Fingers cannot point, so nobody sees a title on a phone.
    """
    short, long = text_of(children).strip(), " ".join(attributes.get("title", "").split())
    if not long or spot.silent or short in manuscript.written_out:
        return [Element("abbr", attributes, children)]
    manuscript.written_out.add(short)
    if long.casefold() in " ".join(text_of(manuscript.nodes).split()).casefold():
        return [Element("abbr", attributes, children)]  # the author has written it out
    del attributes["title"]
    return [Element("abbr", attributes, children), f" ({long})"]


def quoted(children: list[Node], *, inside: bool) -> list[Node]:
    """A short quotation between marks: browsers make them by style sheet, Outlook makes none."""
    begin, end = ("\u2018", "\u2019") if inside else ("\u201c", "\u201d")
    return [begin, *children, end]


def marked(attributes: dict[str, str], children: list[Node]) -> Element:
    """Highlighted text. Outlook knows no `mark`, so that it is bold there, and where styles are gone."""
    return Element("b", {**attributes, "class": "mark"}, children)


def annotated(attributes: dict[str, str], children: list[Node]) -> Element:
    """Ruby with brackets around each reading, which show where only its text comes through, as in Gmail."""
    fitted: list[Node] = []
    for at, child in enumerate(children):
        if not isinstance(child, Element) or child.tag != "rt":
            fitted.append(child)
            continue
        before, after = children[at - 1] if at else "", children[at + 1] if at + 1 < len(children) else ""
        if not _is_bracket(before):
            fitted.append(Element("rp", {}, ["\uff08"]))
        fitted.append(child)
        if not _is_bracket(after):
            fitted.append(Element("rp", {}, ["\uff09"]))
    return Element("ruby", attributes, fitted)


def _is_bracket(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "rp"
