"""Markdown to the HTML of a feed .

    body ─ mdx ─▶ shortcodes ─▶ normalise ─▶ Python-Markdown ─▶ stash ─▶ tags ─▶ links ─▶ leaks
         ─▶ highlight ─▶ sanitize ─▶ HTML

Shortcodes, code and raw HTML are finished before Markdown and travel through it as tokens, so that
Markdown only ever sees text. Sanitising is last: nothing is added to what it let through.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from feeds.body.engine import convert
from feeds.body.highlight import highlighted
from feeds.body.leaks import without_leaks
from feeds.body.limits import LARGEST, TooLargeError, is_too_large
from feeds.body.links import absolutise
from feeds.body.mdx import as_markdown, is_mdx
from feeds.body.normalise import normalise
from feeds.body.sanitize import clean, plain
from feeds.body.shortcodes import expand
from feeds.body.stash import Stash
from feeds.body.tags import as_meant
from feeds.model import Problem

if TYPE_CHECKING:
    from feeds.model import Page

_DEPTH = 256  # elements; parsers downstream drop content below it, or crash
_MORE = re.compile(
    r"<!--\s*+(?:more|truncate|excerpt|PELICAN_(?:BEGIN|END)_SUMMARY|TEASER_END(?::[^<>]{0,200})?)\s*+-->",
    re.IGNORECASE,
)
_SIZE_BEHIND = re.compile(
    r'(<img [^<>]{0,2000}?src="[^"\s<>]{1,2000}) =(?P<width>\d{0,4})x(?P<height>\d{0,4})"'
)
_SIZE_IN_TEXT = re.compile(
    r'(<img [^<>]{0,2000}?alt="[^"<>|]{0,1000})\|(?P<width>\d{1,4})(?:x(?P<height>\d{1,4}))?"'
)
_HEADING = re.compile(r"<(?P<end>/?)(?:blockquote|li)\b[^>]*>|<h1[^>]*>(?P<inner>.*?)</h1>", re.DOTALL)
_SUMMARY_BEGINS = re.compile(r"<!--\s*PELICAN_BEGIN_SUMMARY\s*-->", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
# Void elements, and those whose end tag people leave out: neither nests by itself.
_SHALLOW = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "option", "optgroup", "rp", "rt", "tr", "td", "th", "tbody",
    "thead", "tfoot", "colgroup",
})  # fmt: skip


class Body(NamedTuple):
    """A rendered body: its HTML, what was lost or guessed, and the HTML above its "read more" mark."""

    html: str
    problems: tuple[Problem, ...]
    opening: str = ""


def to_html(markdown: str, page: Page) -> Body:
    """Return a body's HTML, sanitised and with absolute URLs only.

    A body that cannot be rendered gives "" and the error `body-unrenderable`, one whose HTML would be larger
    than 5 MiB, or out of proportion to the text, `html-too-large`. Raises no `Exception`; what interrupts it
    from outside (a deadline) goes through and leaves nothing behind.
    """
    try:
        return _body(markdown, page)
    except TooLargeError:
        return Body("", (_too_large(page),))
    except Exception as error:  # noqa: BLE001 - Python-Markdown and its extensions raise anything
        problem = _unrenderable(page, f"the Markdown cannot be rendered ({type(error).__name__})")
        return Body("", (problem,))


def _body(markdown: str, page: Page) -> Body:
    stash = Stash(markdown)
    text, problems = as_markdown(markdown, page, stash) if is_mdx(markdown, page) else (markdown, ())
    expanded, more = expand(text, page, stash, _inline)
    html = as_meant(_sized(stash.restore(convert(normalise(expanded, stash), _key(page)))))
    if _depth(html) > _DEPTH:
        return Body("", (_unrenderable(page, f"the HTML is nested more than {_DEPTH} deep"),))
    html, dangling = absolutise(html, page, markdown)
    html = stash.shown(without_leaks(html))
    if page.highlight == "weight":
        html = highlighted(html)
    opening, html = clean(_opening(html)).strip(), clean(html).strip()
    if is_too_large(html, markdown):
        raise TooLargeError
    return Body(html, (*problems, *more, *dangling), opening)


def first_heading(html: str) -> str:
    """Return the plain text of the first `h1` of a body's HTML, outside quotes and lists; "" for none."""
    depth = 0
    for found in _HEADING.finditer(html):
        if found["inner"] is None:
            depth += -1 if found["end"] else 1
        elif depth == 0:
            return plain(found["inner"])
    return ""


def _opening(html: str) -> str:
    """The part above the "read more" mark; Pelican's summary is what stands between its two marks."""
    start = 0
    for mark in _MORE.finditer(html):
        if _SUMMARY_BEGINS.match(mark[0]):
            start = mark.end()
        else:
            return html[start : mark.start()]
    return ""


def _inline(markdown: str) -> str:
    """Return the HTML of one line of Markdown, such as a caption."""
    html = convert(" ".join(markdown.split()))
    match = re.fullmatch(r"<p>((?:(?!<p>).)*)</p>", html, re.DOTALL)
    return match[1] if match else html


def _key(page: Page) -> str:
    """Return what the ids of a post's footnotes have in common, at every run, and with no other post's."""
    return sha256(page.path.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _sized(html: str) -> str:
    """Return `html` with the sizes of images that people write into address or text: `=300x200`, `|300`."""
    html = _SIZE_BEHIND.sub(lambda image: image[1] + _sizes(image), html) if " =" in html else html
    return _SIZE_IN_TEXT.sub(lambda image: image[1] + _sizes(image), html) if "|" in html else html


def _sizes(image: re.Match[str]) -> str:
    found = (("width", image["width"]), ("height", image["height"]))
    return '"' + "".join(f' {name}="{value}"' for name, value in found if value)


def _too_large(page: Page) -> Problem:
    return Problem(
        code="html-too-large",
        message=f"the HTML has more than {LARGEST // 2**20} MiB, or far more than the text it is made of",
        path=page.path,
        line=page.line,
        hint="split the post; look for one reference or one table that is used over and over",
    )


def _unrenderable(page: Page, message: str) -> Problem:
    return Problem(
        code="body-unrenderable",
        message=message,
        path=page.path,
        line=page.line,
        hint="simplify the deepest lists, quotes or HTML of this post",
    )


def _depth(html: str) -> int:
    """Return how deep the HTML may nest, counted without building the tree."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _SHALLOW:
            depth = max(depth - 1, 0) if match[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest
