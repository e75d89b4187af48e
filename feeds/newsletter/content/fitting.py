"""A post's HTML as mail programs can show it: what they cannot show becomes a link, what they ignore goes.

No class, id or style of the author's survives: a mail has one style sheet, the theme's. What the theme can
count on: `img.block` (stands alone), `img.natural` (of unknown size), `div.wide` (around a table),
`div.notes` (around the footnotes), `div.turned` (runs against what is around it), `div.figure` and
`div.caption`, `b.mark` (highlighted text); and with `[newsletter] highlight` `pre b` and `pre i`, which are
the keywords and the comments of code. HTML5's own
elements are none of these, because Yahoo, Outlook.com and Outlook on Windows drop their tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.newsletter.content import code, links, phrases, pictures, players, tables
from feeds.newsletter.content.blocks import (
    BLOCK,
    BOX,
    GONE,
    apart,
    holds_blocks,
    joined,
    opened,
    paragraph,
    parted,
    shown,
    wrapped,
)
from feeds.newsletter.content.manuscript import Manuscript, Spot
from feeds.newsletter.content.tree import Element, Node, write

if TYPE_CHECKING:
    from feeds.model import Post
    from feeds.problems import Problem
    from feeds.settings import Workspace

_UNWRAPPED = re.compile("body|button|data|font|form|head|html|label|picture|span|time")
_HEADING = re.compile("h[1-6]")
_WRAPPED = re.compile("blockquote|dl|figure|ol|table|ul")  # blocks that have no `align` of their own
_ATTRIBUTE = re.compile(
    "abbr|align|alt|colspan|dir|href|lang|reversed|rowspan|scope|span|src|start|title|type|value"
)
_INDENTS = {"li": 26, "dd": 26, "blockquote": 21}  # pixels, in the theme
_NARROWEST = 40  # pixels


@dataclass(frozen=True, slots=True)
class Fitted:
    """A post's top-level blocks in order, between which a letter may be cut, and what was noticed."""

    blocks: tuple[str, ...]
    problems: tuple[Problem, ...]


def fit(post: Post, workspace: Workspace, *, column: int, highest: int = 1) -> Fitted:
    """Make a post fit for a mail in which there are `column` pixels for its text.

    Every image gets an alt text and a whole width of at most `column`: the declared one, else its file's,
    else the whole column if it stands alone. Players become links with a picture. What is lost, or what an
    author should give, is among the problems, with the line of the post's file. With `highest` above 1, as
    below the title of a post of several, headings go down a level, and none is above that one.
    """
    manuscript = Manuscript(post, workspace)
    nodes, around = opened(manuscript.nodes)
    rtl = (around.get("dir") or post.direction) == "rtl"
    if rtl != (post.direction == "rtl"):
        around["class"] = "turned"
    spot = Spot(column, rtl=rtl)
    blocks = [
        write(wrapped(_lowered(part, highest), around)).strip()
        for block in apart(nodes)
        for node in joined(_inside(Element("div", {}, block), spot, manuscript))
        for part in parted(node)
    ]
    return Fitted(tuple(block for block in blocks if block), manuscript.problems)


def _lowered(node: Node, highest: int) -> Node:
    """A node with its headings below what stands above it."""
    if highest > 1 and isinstance(node, Element):
        for each in (node, *node.elements()):
            if _HEADING.fullmatch(each.tag):
                each.tag = f"h{min(max(int(each.tag[1]) + 1, highest), 6)}"
    return node


def _inside(parent: Element, spot: Spot, manuscript: Manuscript) -> list[Node]:
    """The children of `parent`, made fit; `spot` is that of `parent`."""
    visible = [node for node in shown(parent.children) if isinstance(node, str) or node.tag != "figcaption"]
    alone = len(visible) == 1 and (spot.alone or BLOCK.fullmatch(parent.tag) is not None)
    here = _spot_in(parent, replace(spot, alone=alone or parent.tag == "figure"))
    fitted: list[Node] = []
    before: Node = ""
    for node in parent.children:
        if links.is_number(node) and links.is_number(before):
            fitted.append(Element("sup", {}, [", "]))
        before = node
        if isinstance(node, str):
            fitted.append(node)
        elif node.tag == "a" and links.is_way_back(node):
            if fitted and isinstance(last := fitted[-1], str):
                fitted[-1] = last.rstrip()
        elif not GONE.fullmatch(node.tag):
            fitted += _fitted(node, parent, here, manuscript)
    return fitted


def _spot_in(parent: Element, spot: Spot) -> Spot:
    """The spot of what is in `parent`."""
    tag = parent.tag
    room = spot.room - _INDENTS.get(tag, 0)
    if tag == "tr":
        room = tables.room_in_cell(parent, spot.room)
    return replace(
        spot,
        room=max(room, _NARROWEST),
        tag="div" if BOX.fullmatch(tag) else tag,
        rtl=parent.get("dir").lower() == "rtl" if parent.get("dir") in {"rtl", "ltr"} else spot.rtl,
        linked=spot.linked or tag == "a",
        cramped=spot.cramped or tag in {"li", "table", "dl"},
        captioned=spot.captioned
        or (tag == "figure" and any(each.tag == "figcaption" for each in parent.elements())),
        coded=spot.coded or (tag == "code" and spot.tag == "pre" and code.is_highlighted(parent)),
        silent=spot.silent or tag in {"pre", "code", "th", "a"} or _HEADING.fullmatch(tag) is not None,
    )


def _fitted(node: Element, parent: Element, spot: Spot, manuscript: Manuscript) -> list[Node]:
    """What becomes of an element in `parent`; `spot` is where it stands."""
    match node.tag:
        case "img":
            return [pictures.picture(node, spot, manuscript, given=pictures.others(node))]
        case "picture" if image := next((each for each in node.elements() if each.tag == "img"), None):
            given = [*pictures.others(image), *pictures.others(node)]
            return [pictures.picture(image, spot, manuscript, given=given)]
        case tag if tag in players.PLAYERS:
            return players.player(node, spot, manuscript)
        case "input":
            return [_checkbox(node)]
        case "a" if spot.alone and (linked := players.embed(node, spot, manuscript)):
            return [linked]
        case "p" if code.is_formula(node):
            return [code.formula(node)]
    children = _inside(node, spot, manuscript)
    if node.tag in {"b", "i"} and spot.coded and not manuscript.colours:
        return children
    if node.tag == "code" and parent.tag == "pre":
        return children
    attributes = _kept(node)
    if _UNWRAPPED.fullmatch(node.tag):
        marks = {name: value for name, value in attributes.items() if name in {"dir", "lang"}}
        return [Element("span", marks, children)] if marks and node.tag == "span" else children
    return _element(node, attributes, children, spot, manuscript)


def _element(
    node: Element, attributes: dict[str, str], children: list[Node], spot: Spot, manuscript: Manuscript
) -> list[Node]:
    match node.tag:
        case "a":
            return links.anchor(node, attributes, children, spot, manuscript)
        case "abbr":
            return phrases.abbreviation(attributes, children, spot, manuscript)
        case "q":
            return phrases.quoted(children, inside=spot.tag == "q")
        case "mark":
            return [phrases.marked(attributes, children)]
        case "ruby":
            return [phrases.annotated(attributes, children)]
        case "pre":
            return [code.block(attributes, children)]
        case "p" | "summary" if not shown(children):
            return []
        case "summary" if not holds_blocks(children):
            children = [Element("strong", {}, children)]
    rtl = _spot_in(node, spot).rtl
    element = _built(node, attributes | _given(node, spot, rtl=rtl), children)
    if node.tag == "table":
        element = tables.boxed(element)
    return [element if rtl == spot.rtl else _turned(element, rtl=rtl)]


def _given(node: Element, spot: Spot, *, rtl: bool) -> dict[str, str]:
    """The attributes that an element gets from us."""
    match node.tag:
        case "figure":
            return {"class": "figure"}
        case "figcaption":
            return {"class": "caption"}
        case "tr":
            return {"valign": "top"}
        case tag if tag in tables.CELLS:
            return tables.alignment(node, rtl=rtl)
        case tag if tag in code.INLINE and spot.rtl:
            return {"dir": "ltr"}
        case tag if BOX.fullmatch(tag) and links.holds_notes(node):
            return {"class": "notes"}
    return {}


def _built(node: Element, attributes: dict[str, str], children: list[Node]) -> Element:
    """The element that stands for another in a mail; a box of text is a paragraph, which has margins."""
    tag = node.tag
    if tag == "figure" and sum(map(_is_picture, children)) > 1:
        children = [Element("p", {}, [child]) if _is_picture(child) else child for child in children]
    if tag in {"p", "summary"} or (BOX.fullmatch(tag) and not links.holds_notes(node) and shown(children)):
        return paragraph(children, attributes)
    return Element(
        "div" if BOX.fullmatch(tag) or tag in {"figure", "figcaption"} else tag, attributes, children
    )


def _is_picture(node: Node) -> bool:
    return isinstance(node, Element) and node.tag in {"a", "img"}


def _turned(element: Element, *, rtl: bool) -> Element:
    """A block that runs against what is around it: `dir` alone leaves its text on the wrong side."""
    align = "right" if rtl else "left"
    if element.tag == "p" or _HEADING.fullmatch(element.tag) or element.tag in {"div", *tables.CELLS}:
        element.attributes.setdefault("align", align)
        if element.tag in {"div", *tables.CELLS} and not element.get("class"):
            element.attributes["class"] = "turned"
    elif _WRAPPED.fullmatch(element.tag):
        around = {"class": "turned", "dir": element.attributes.pop("dir"), "align": align}
        return Element("div", around, [element])
    return element


def _kept(node: Element) -> dict[str, str]:
    return {name: value for name, value in node.attributes.items() if _ATTRIBUTE.fullmatch(name)}


def _checkbox(node: Element) -> str:
    if node.get("type") != "checkbox":
        return ""
    return "\u2611 " if "checked" in node.attributes else "\u2610 "
