"""Every URL in a page made absolute, and references between posts resolved (**the selectolax wall**)."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feeds.body.references import CHECK, UNKNOWN, advice
from feeds.body.reports import Reports
from feeds.body.targets import PELICAN, followed, image, resolved
from feeds.problems import Problem

if TYPE_CHECKING:
    from feeds.body.page import Page

_CANDIDATE = re.compile(r"[\s,]*+(\S*[^\s,])(\s+[^,]+)?")
_NAMED = re.compile(r"(?:\]\(|\]:|=)\s*[<\"']?([^\s()<>\"']+)")  # where a body names its links' targets
_WORD = re.compile(r"[^\s()<>\"'\[\]]+")
_ADVISED = 20  # dangling links of a page that are each given a hint of their own
_SOUGHT = 100  # those whose place is looked for in the whole text
_ATTRIBUTES = ("href", "src", "poster", "cite", "background", "longdesc", "data", "action", "formaction")
_LAZY = {
    "src": ("data-src", "data-original", "data-lazy-src"),
    "srcset": ("data-srcset", "data-lazy-srcset"),
    "poster": ("data-poster",),
}
_PLAYERS = (
    (
        re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)"),
        "https://www.youtube.com/watch?v={}",
    ),
    (re.compile(r"https?://player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
)


def absolutise(html: str, page: Page, markdown: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Return `html` with every URL in it absolute, and a warning for each link to a post that is not there.

    `markdown` is the body that the HTML was made from: the warnings' lines are looked up in it.

    An address that only the site's generator knows is none: the link's text stays, and the image's.

    Images that a script would load are promoted to real ones. What a feed cannot carry (`iframe`,
    `embed`, `object`) becomes a link to its target; `video` and `audio` get one inside.
    """
    tree = LexborHTMLParser(f"<!DOCTYPE html><body>{html}")
    body = tree.body
    assert body is not None  # noqa: S101 - the parser makes a body for anything
    for node in body.css("img, source, video, iframe"):
        _promote(node)
    dangling = _resolve_all(body, page)
    for node in body.css("img + img"):
        _drop_second(node)
    embedded = sum(_drop_unloadable(node) for node in body.css("img"))
    for node in body.css("iframe, embed, object"):
        _replace_embed(node, tree)
    for node in body.css("video, audio"):
        _add_fallback(node, tree)
    places = _Places(markdown)
    reports = Reports()
    for number, reference in enumerate(dangling):
        message = f"no post is called {unquote(reference.strip())!r}"
        if reports.has_room("link-dangling", message):
            place = places.find(reference)
            reports.add(_dangling(reference, message, page, place, advised=number < _ADVISED))
    if embedded:
        reports.add(_embedded(embedded, page, places.find("data:")))
    return (body.inner_html or "").replace(UNKNOWN, ""), reports.all()


class _Places:
    """Where a body names the targets of its links: line, from 0, and column, from 1."""

    def __init__(self, markdown: str) -> None:
        self._text = markdown
        self._known: dict[str, int] | None = None
        self._lines: list[int] = []
        self._sought = 0

    def find(self, reference: str) -> tuple[int, int]:
        """Return the place of a reference: the first link to it, else its first mention, else (0, 0)."""
        if self._known is None:
            self._lines = [match.start() for match in re.finditer("\n", self._text)]
            self._known = {}
            for pattern in (_NAMED, _WORD):
                for match in pattern.finditer(self._text):
                    self._known.setdefault(match[match.re.groups], match.start(match.re.groups))
        at = self._known.get(reference.strip(), -1)
        if at < 0 and self._sought < _SOUGHT:
            self._sought += 1
            spellings = (reference, reference.strip(), unquote(reference))
            at = next((found for one in spellings if (found := self._text.find(one)) >= 0), -1)
        if at < 0:
            return 0, 0
        line = bisect_left(self._lines, at)
        return line, at - (self._lines[line - 1] if line else -1)


def _resolve_all(body: LexborNode, page: Page) -> dict[str, None]:
    """Make every URL absolute, and return the references to posts that are not there."""
    dangling: dict[str, None] = {}
    for node in body.css(", ".join(f"[{name}]" for name in (*_ATTRIBUTES, "srcset"))):
        for name, value in node.attributes.items():
            if UNKNOWN in (value or "") and (name in _ATTRIBUTES or name == "srcset"):
                del node.attrs[name]
                if name == "href" and node.tag == "a":
                    node.unwrap()
            elif name == "href" and node.tag in {"a", "area"}:
                node.attrs[name] = followed(value or "", page, dangling)
            elif name in _ATTRIBUTES:
                written = image(value or "", page) if name in _LAZY else value or ""
                node.attrs[name] = resolved(written, page, dangling)
            elif name == "srcset":
                node.attrs[name] = _srcset(value or "", page, dangling)
    return dangling


def _srcset(value: str, page: Page, dangling: dict[str, None]) -> str:
    written: list[str] = []
    for match in _CANDIDATE.finditer(value.strip(", \t\n\r\f")):
        address = resolved(image(match[1], page), page, dangling).replace(",", "%2C")
        written.append(f"{address} {(match[2] or '').strip()}".rstrip())
    return ", ".join(written)


def _dangling(reference: str, message: str, page: Page, place: tuple[int, int], *, advised: bool) -> Problem:
    return Problem(
        code="link-dangling",
        message=message,
        path=page.path,
        line=page.line + place[0],
        column=place[1],
        hint=advice(PELICAN.sub("", unquote(reference.strip())), page) if advised else CHECK,
        severity="warning",
    )


def _embedded(count: int, page: Page, place: tuple[int, int]) -> Problem:
    return Problem(
        code="image-embedded",
        message=f"{count} image{'s' if count > 1 else ''} inside the text (data: URL) cannot go into a feed",
        path=page.path,
        line=page.line + place[0],
        column=place[1],
        hint="save it as a file and link to that",
        severity="warning",
    )


def _drop_unloadable(node: LexborNode) -> bool:
    """Put the alternative text in the place of an image that no reader can load; True for a data: URL."""
    source = node.attributes.get("src") or ""
    if source.startswith(("http://", "https://")) or (not source and node.attributes.get("srcset")):
        return False
    node.replace_with(node.attributes.get("alt") or "")
    return source.startswith("data:")


def _drop_second(node: LexborNode) -> None:
    """Remove a picture that stands before it already: lazy loading repeats each in a `<noscript>`.

    Three stars in a row are three pictures.
    """
    before = node.prev
    if (
        before is not None
        and before.tag == "img"
        and any(before.attributes.get(name) for lazy in _LAZY.values() for name in lazy)
        and node.attributes.get("src")
        and before.attributes.get("src") == node.attributes["src"]
    ):
        node.decompose()


def _promote(node: LexborNode) -> None:
    """Give an image what a lazy-loading script would give it."""
    attributes = node.attributes
    for name, lazy in _LAZY.items():
        for candidate in lazy:
            if attributes.get(candidate):
                node.attrs[name] = attributes[candidate]
                break


def _replace_embed(node: LexborNode, tree: LexborHTMLParser) -> None:
    attributes = node.attributes
    target = attributes.get("src") or attributes.get("data") or ""
    for player, watch in _PLAYERS:
        if match := player.match(target):
            target = watch.format(match[1])
    if not target.startswith(("http://", "https://")):
        if node.tag != "object":
            node.decompose()
        return
    link = _link(tree, target, (attributes.get("title") or "").strip() or _shown(target))
    parent = node.parent
    if parent is not None and parent.tag in {"body", "div", "section", "article", "blockquote"}:
        paragraph = tree.create_node("p")
        paragraph.insert_child(link)
        link = paragraph
    if node.tag == "object" and (node.text(deep=True) or "").strip():
        node.insert_before(link)
    else:
        node.replace_with(link)


def _shown(target: str) -> str:
    return target.partition("://")[2].removeprefix("www.")


def _add_fallback(node: LexborNode, tree: LexborHTMLParser) -> None:
    """Put a link into a player, for readers that drop the player."""
    node.attrs["controls"] = ""
    source = node if node.attributes.get("src") else node.css_first("source[src]")
    target = (source.attributes.get("src") or "") if source is not None else ""
    if target and node.css_first("a[href]") is None:
        name = unquote(target.partition("?")[0].rstrip("/").rpartition("/")[2])
        node.insert_child(_link(tree, target, name or target))


def _link(tree: LexborHTMLParser, target: str, text: str) -> LexborNode:
    link = tree.create_node("a")
    link.attrs["href"] = target
    link.insert_child(text)
    return link
