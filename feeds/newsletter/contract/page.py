"""HTML as its elements and its text, in order, each with its line: what is judged, and never repaired.

Nothing here calls itself, so no depth is special, and time grows with the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from feeds.validity.markup import RAW, VOID, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeds.validity.markup import Token

_DOCTYPE = re.compile(r"\s*<!doctype[^>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_DECLARATION = re.compile(r"""((?:"[^"]*"|'[^']*'|\([^()]*\)|[^;"'(]|["'(])*)(?:;|\Z)""")
_IMPORTANT = re.compile(r"!\s*important\s*$", re.IGNORECASE)

Declaration = tuple[str, str, bool]
"""A property in lower case, its value, and whether it is important."""


@dataclass(slots=True, eq=False)
class Element:
    """An element. Of an attribute that stands twice the first counts; `hidden` is by styles of any above."""

    tag: str
    attributes: Mapping[str, str]
    parent: Element | None
    line: int
    previous: Element | None = None  # the sibling before it
    hidden: bool = False
    holds: list[str] = field(default_factory=list)  # the text that is directly in it
    begin: int = 0  # the first of the page's nodes in it, and the first behind it
    end: int = 0

    def above(self) -> Iterator[Element]:
        """The elements that it stands in, from the nearest on."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent

    @property
    def style(self) -> tuple[Declaration, ...]:
        """What its `style` declares."""
        return declarations(self.attributes.get("style", ""))


@dataclass(slots=True, eq=False)
class Text:
    """A piece of text, with its character references read."""

    data: str
    parent: Element | None
    line: int


@dataclass(slots=True, eq=False)
class Comment:
    """A comment, without its ends."""

    data: str
    parent: Element | None
    line: int


@dataclass(frozen=True, slots=True)
class Page:
    """HTML: its nodes in order, and what is not well-formed, as lines and messages."""

    source: str
    nodes: tuple[Element | Text | Comment, ...]
    faults: tuple[tuple[int, str], ...]

    def elements(self, *tags: str) -> Iterator[Element]:
        """The elements with one of these names, or all of them."""
        for node in self.nodes:
            if isinstance(node, Element) and (not tags or node.tag in tags):
                yield node

    def texts(self) -> Iterator[Text]:
        """The text that readers see."""
        for node in self.nodes:
            if isinstance(node, Text) and is_shown(node.parent):
                yield node

    def comments(self) -> Iterator[Comment]:
        """The comments, conditional ones among them."""
        for node in self.nodes:
            if isinstance(node, Comment):
                yield node

    def visible(self) -> str:
        """All the text that readers see, a line break between blocks."""
        return "".join(_spaced(self.nodes))


_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})  # fmt: skip


def _spaced(nodes: tuple[Element | Text | Comment, ...]) -> Iterator[str]:
    block: Element | None = None
    for node in nodes:
        if isinstance(node, Element) and node.tag in _BLOCKS:
            yield "\n"
        elif isinstance(node, Text) and is_shown(node.parent):
            own = next((each for each in _chain(node.parent) if each.tag in _BLOCKS), None)
            yield node.data if own is block else "\n" + node.data
            block = own


def _chain(element: Element | None) -> Iterator[Element]:
    if element is not None:
        yield element
        yield from element.above()


def is_shown(element: Element | None) -> bool:
    """Whether text in an element is seen: not in the head, and hidden by no style."""
    return element is None or not (
        element.hidden or element.tag in {"style", "script", "title", "head", "html"}
    )


def text_of(element: Element, page: Page, *, hidden: bool = False) -> str:
    """The text in an element that readers see, or with `hidden` all of it."""
    return "".join(
        node.data
        for node in page.nodes[element.begin : element.end]
        if isinstance(node, Text) and (hidden or is_shown(node.parent))
    )


@lru_cache(maxsize=1024)
def declarations(style: str) -> tuple[Declaration, ...]:
    """What a list of declarations says, in order; what is none is left out."""
    found = []
    for one in _DECLARATION.finditer(_COMMENT.sub("", style)):
        name, colon, value = one[1].partition(":")
        if colon and name.strip():
            is_important = _IMPORTANT.search(value)
            plain = value[: is_important.start()] if is_important else value
            found.append((name.strip().lower(), plain.strip(), bool(is_important)))
    return tuple(found)


def hides(style: tuple[Declaration, ...]) -> bool:
    """Whether a style makes an element unseen."""
    values = {name: value.lower() for name, value, _ in style}
    return (
        values.get("display") == "none"
        or values.get("visibility") in {"hidden", "collapse"}
        or values.get("mso-hide") == "all"
        or _is_zero(values.get("opacity", "1"))
        or _is_zero(values.get("font-size", "1"))
        or (_is_zero(values.get("max-height", "1")) and values.get("overflow") == "hidden")
    )


def _is_zero(value: str) -> bool:
    return re.fullmatch(r"0*\.?0+(?:px|em|rem|pt|%)?", value) is not None


def read(html: str) -> Page:
    """Read a document or a fragment, whatever it is."""
    doctype = _DOCTYPE.match(html)
    start = doctype.end() if doctype else 0
    return _Reader(html, start).page()


class _Reader:
    def __init__(self, html: str, start: int) -> None:
        self.html = html
        self.start = start
        self.breaks = [found.end() for found in re.finditer("\n", html)]
        self.nodes: list[Element | Text | Comment] = []
        self.faults: list[tuple[int, str]] = []
        self.open: list[Element] = []
        self.counted: Counter[str] = Counter()
        self.last: dict[int, Element] = {}  # the last child so far, by the identity of its parent

    def page(self) -> Page:
        raw: tuple[Element, int] | None = None
        found = list(tokens(self.html[self.start :]))
        for at, token in enumerate(found):
            line = self.line(token.start)
            end = found[at + 1].start if at + 1 < len(found) else len(self.html) - self.start
            if raw and raw[1] == at and token.kind == "text":
                # What stands in a style or a title is not taken apart, and only a title has references.
                text = self.html[self.start + token.start : self.start + end]
                self.nodes.append(Text(unescape(text) if raw[0].tag == "title" else text, raw[0], line))
                raw[0].holds.append(text)
                continue
            self.one(token, line)
            opened = self.nodes[-1] if self.nodes else None
            is_raw = token.kind == "start" and token.value in RAW and isinstance(opened, Element)
            raw = (opened, at + 1) if is_raw and isinstance(opened, Element) else None
        for each in self.open:
            each.end = len(self.nodes)
        self.faults += ((each.line, f"<{each.tag}> is not closed") for each in self.open)
        return Page(self.html, tuple(self.nodes), tuple(sorted(self.faults)))

    def line(self, start: int) -> int:
        return bisect_right(self.breaks, self.start + start) + 1

    def one(self, token: Token, line: int) -> None:
        top = self.open[-1] if self.open else None
        if token.kind == "text":
            data = unescape(token.value)
            self.nodes.append(Text(data, top, line))
            if top is not None:
                top.holds.append(data)
        elif token.kind == "comment":
            self.nodes.append(Comment(token.value, top, line))
        elif token.kind == "odd":
            self.faults.append((line, f"there is {token.value}"))
        elif token.kind == "start":
            self.begin(token, top, line)
        else:
            self.end(token.value, line)

    def begin(self, token: Token, top: Element | None, line: int) -> None:
        attributes: dict[str, str] = {}
        for name, value in token.attributes:
            if name in attributes:
                self.faults.append((line, f"<{token.value}> has {name} twice"))
            else:
                attributes[name] = unescape(value)
        element = Element(token.value, attributes, top, line, self.last.get(id(top)))
        element.hidden = (top is not None and top.hidden) or hides(element.style) or "hidden" in attributes
        self.last[id(top)] = element
        self.nodes.append(element)
        element.begin = element.end = len(self.nodes)
        if token.value not in VOID:
            self.open.append(element)
            self.counted[token.value] += 1

    def end(self, tag: str, line: int) -> None:
        if not self.counted[tag]:
            self.faults.append((line, f"</{tag}> closes nothing"))
            return
        while True:
            closed = self.open.pop()
            self.counted[closed.tag] -= 1
            closed.end = len(self.nodes)
            if closed.tag == tag:
                return
            self.faults.append((closed.line, f"<{closed.tag}> is not closed"))
