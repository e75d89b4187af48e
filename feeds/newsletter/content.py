"""A post's HTML as mail programs can show it: what they cannot show becomes a link, what they ignore goes.

No class, id or style of the author's survives: a mail has one style sheet, the theme's. The classes that the
theme can count on are `block` and `natural` on images, `wide` around tables and `notes` around footnotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.newsletter.tree import Element, Node, parse, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

COLUMN = 544  # pixels: the theme's 600 less its padding
_INLINE_WIDTH = 120  # pixels: an image of unknown size amid text, for Outlook, which needs a number

_GONE = re.compile("base|embed|link|meta|noscript|object|param|script|source|style|template|track")
_UNWRAPPED = re.compile("body|button|font|form|head|html|label|picture|span")
_BOX = re.compile("address|article|aside|details|div|fieldset|footer|header|main|nav|section")
_BLOCK = re.compile(
    _BOX.pattern
    + "|blockquote|dd|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|table|tbody|td|tfoot|th|thead|tr|ul"
)
_ATTRIBUTE = re.compile(
    "abbr|align|alt|colspan|dir|href|lang|reversed|rowspan|scope|src|start|title|type|value"
)
_CODE = frozenset({"code", "kbd", "pre", "samp"})
_PLAYERS = {
    "audio": "Listen to the recording",
    "video": "Watch the video",
    "iframe": "Open the embedded page",
}

_LINK = re.compile(r"(?i)https?://|mailto:|tel:")
_SOURCE = re.compile(r"(?i)https?://|cid:")
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*")
_NOTES = re.compile("footnote|endnote")
_ALIGNED = re.compile(r"text-align:\s*(left|right|center)")


@dataclass(frozen=True, slots=True)
class _Letter:
    url: str
    width_of: Callable[[str], int]
    rtl: bool


def fit(html: str, *, url: str, width_of: Callable[[str], int], rtl: bool = False) -> tuple[str, ...]:
    """Make the `html` of the post at `url` fit for mail, and return its top-level blocks in order.

    Every image gets an alt text and an integer width of at most `COLUMN` pixels: the declared one, else what
    `width_of(src)` says (0 for unknown), else the whole column if it stands alone. Players and frames become
    links, code is left to right even when `rtl`, tables without header cells are marked as layout. Numbers of
    footnotes are plain, because jumping works in few mail programs; the notes still stand at the end.
    """
    letter = _Letter(url, width_of, rtl)
    nodes = parse(html)
    while len(shown := _shown(nodes)) == 1 and isinstance(shown[0], Element) and _BOX.fullmatch(shown[0].tag):
        nodes = shown[0].children  # a box around everything would leave no place to cut
    written = (
        "".join(map(write, _inside(Element("div", {}, block), letter))).strip() for block in _blocks(nodes)
    )
    return tuple(block for block in written if block)


def _blocks(nodes: list[Node]) -> list[list[Node]]:
    """Split into what may be cut apart: each block element, and each run of text and inline elements."""
    blocks: list[list[Node]] = [[]]
    for node in nodes:
        if isinstance(node, Element) and _BLOCK.fullmatch(node.tag):
            blocks += [[node], []]
        else:
            blocks[-1].append(node)
    return blocks


def _shown(nodes: Iterable[Node]) -> list[Node]:
    return [
        node for node in nodes if (node.strip() if isinstance(node, str) else not _GONE.fullmatch(node.tag))
    ]


def _inside(parent: Element, letter: _Letter, *, alone: bool = True) -> list[Node]:
    """The children of `parent`, made fit. `alone` says that nothing shares the block with `parent`."""
    shown = [node for node in _shown(parent.children) if isinstance(node, str) or node.tag != "figcaption"]
    single = len(shown) == 1 and (alone or _BLOCK.fullmatch(parent.tag) is not None)
    fitted: list[Node] = []
    for node in parent.children:
        if isinstance(node, str):
            fitted.append(node)
        elif not _GONE.fullmatch(node.tag):
            fitted += _fitted(node, parent, letter, alone=single)
    return fitted


def _fitted(node: Element, parent: Element, letter: _Letter, *, alone: bool) -> list[Node]:
    if node.tag == "img":
        return [_image(node, letter, alone=alone)]
    if node.tag in _PLAYERS:
        return [_player(node, parent, letter)]
    if node.tag == "input":
        return [_checkbox(node)]
    children = _inside(node, letter, alone=alone)
    if node.tag == "a":
        return _anchor(node, parent, children, letter)
    if _UNWRAPPED.fullmatch(node.tag) or (node.tag == "code" and parent.tag == "pre"):
        return children
    return [_element(node, children, letter)]


def _element(node: Element, children: list[Node], letter: _Letter) -> Element:
    attributes = _kept(node)
    match node.tag:
        case "table":
            return _table(Element("table", attributes, children))
        case "summary":
            return Element("p", {}, [Element("strong", {}, children)])
        case "th":
            attributes.setdefault("align", "right" if letter.rtl else "left")
        case "tr":
            attributes["valign"] = "top"
        case tag if tag == "pre" or (tag in _CODE and letter.rtl):
            attributes["dir"] = "ltr"
        case tag if _BOX.fullmatch(tag):
            if _NOTES.search(node.get("class") + node.get("role")):
                attributes["class"] = "notes"
            return Element("div", attributes, children)
    return Element(node.tag, attributes, children)


def _kept(node: Element) -> dict[str, str]:
    kept = {name: value for name, value in node.attributes.items() if _ATTRIBUTE.fullmatch(name)}
    if node.tag in {"td", "th"} and (aligned := _ALIGNED.search(node.get("style"))):
        kept["align"] = aligned[1]
    return kept


def _anchor(node: Element, parent: Element, children: list[Node], letter: _Letter) -> list[Node]:
    target = node.get("href")
    if "#fnref" in target:
        return []  # the way back from a footnote: in a mail it would lead away to the web
    if target.startswith("#"):
        target = letter.url + target
    if not _LINK.match(target) or (parent.tag == "sup" and "#fn" in target):
        return children
    return [Element("a", _kept(node) | {"href": target}, children)]


def _checkbox(node: Element) -> str:
    if node.get("type") != "checkbox":
        return ""
    return "\u2611 " if "checked" in node.attributes else "\u2610 "


def _image(node: Element, letter: _Letter, *, alone: bool) -> Node:
    source = node.get("src")
    if not _SOURCE.match(source):
        return node.get("alt")  # mail programs show no data: images
    declared = _PIXELS.fullmatch(node.get("width"))
    known = (int(declared[1]) if declared else 0) or letter.width_of(source)
    width = min(known or (COLUMN if alone else _INLINE_WIDTH), COLUMN)
    attributes = {"src": source, "alt": node.get("alt"), "width": str(width)}
    if title := node.get("title"):
        attributes["title"] = title
    classes = [name for name, wanted in (("block", alone), ("natural", not known)) if wanted]
    if classes:
        attributes["class"] = " ".join(classes)
    return Element("img", attributes)


def _player(node: Element, parent: Element, letter: _Letter) -> Node:
    sources = [node.get("src"), *(child.get("src") for child in node.elements() if child.tag == "source")]
    target = next((source for source in sources if _LINK.match(source)), "")
    if not target:
        return ""
    label = node.get("title") or _PLAYERS[node.tag]
    poster = Element("img", {"src": node.get("poster"), "alt": label})
    link = Element("a", {"href": target}, [_image(poster, letter, alone=True)])
    return Element("p", {}, [link]) if _BOX.fullmatch(parent.tag) or parent.tag == "figure" else link


def _table(table: Element) -> Element:
    """The table in a box, which scrolls when the table is wider than the screen."""
    if all(element.tag != "th" for element in table.elements()):
        table.attributes["role"] = "presentation"
    table.attributes |= {"cellpadding": "8", "cellspacing": "0", "border": "0"}
    return Element("div", {"class": "wide"}, [table])
