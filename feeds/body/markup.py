"""Markdown to the HTML of a feed (**the Markdown wall**).

    body ─ shortcodes ─▶ normalise ─▶ Python-Markdown ─▶ stash ─▶ tags ─▶ links ─▶ leaks ─▶ sanitize ─▶ HTML

Shortcodes, code and raw HTML are finished before Markdown and travel through it as tokens, so that
Markdown only ever sees text. Sanitising is last: nothing is added to what it let through.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import markdown as library
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.inlinepatterns import LinkInlineProcessor
from pymdownx.magiclink import MagiclinkExtension
from pymdownx.tilde import DeleteSubExtension

from feeds.body.leaks import without_leaks
from feeds.body.links import absolutise
from feeds.body.normalise import normalise
from feeds.body.sanitize import clean, plain
from feeds.body.shortcodes import expand
from feeds.body.stash import Stash, without_tokens
from feeds.body.tags import as_meant
from feeds.model import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.model import Page

_DEPTH = 256  # elements; parsers downstream drop content below it, or crash
_PUNCTUATION = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")  # what a backslash escapes in CommonMark
_BRACKETS = re.compile(r"[\[\]]")
_PARENTHESES = re.compile(r"[()]")
_BRACKETED = 32  # brackets inside the text of a link, or parentheses inside its target
_LINKS = ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref")
_TITLE = 300  # characters
_MORE = re.compile(
    r"<!--\s*(?:more|truncate|excerpt|PELICAN_(?:BEGIN|END)_SUMMARY|TEASER_END)\s*-->", re.IGNORECASE
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

    A body that cannot be rendered gives "" and the error `body-unrenderable`. Never raises.
    """
    stash = Stash(markdown)
    try:
        expanded, problems = expand(markdown, page, stash, _inline)
        html = stash.restore(_convert(normalise(expanded, stash)))
    except Exception as error:  # noqa: BLE001 - Python-Markdown and its extensions raise anything
        problem = _unrenderable(page, f"the Markdown cannot be rendered ({type(error).__name__})")
        return Body("", (problem,))
    html = as_meant(html)
    if _depth(html) > _DEPTH:
        return Body("", (_unrenderable(page, f"the HTML is nested more than {_DEPTH} deep"),))
    html, dangling = absolutise(html, page, markdown)
    html = stash.shown(without_leaks(html))
    return Body(clean(html).strip(), (*problems, *dangling), clean(_opening(html)).strip())


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


@lru_cache(maxsize=1)
def _renderer() -> library.Markdown:
    renderer = library.Markdown(
        output_format="html",
        extensions=[
            "sane_lists",
            "attr_list",
            "def_list",
            TableExtension(use_align_attribute=True),
            FootnoteExtension(SEPARATOR=":", BACKLINK_TEXT="↩", BACKLINK_TITLE=""),
            TocExtension(marker="", slugify=_slug),
            DeleteSubExtension(subscript=False),
            MagiclinkExtension(),
        ],
    )
    # Blocks of raw HTML are in the stash by now; this step would only look for more, in quadratic time.
    renderer.preprocessors.deregister("html_block")
    renderer.ESCAPED_CHARS = _PUNCTUATION
    for name in _LINKS:
        pattern = renderer.inlinePatterns[name]
        assert isinstance(pattern, LinkInlineProcessor)  # noqa: S101 - as its documentation says
        pattern.getText = _bracketed  # type: ignore[method-assign,assignment] # its own takes quadratic time
        pattern.getLink = partial(_target, pattern.getLink)  # type: ignore[method-assign] # as above
    return renderer


def _bracketed(text: str, start: int) -> tuple[str, int, bool]:
    """Return the text up to the bracket that closes, where it ends, and whether there is one.

    Python-Markdown's own looks through the whole text for each bracket that is never closed.
    """
    depth = 1
    for bracket in _BRACKETS.finditer(text, start):
        depth += 1 if bracket[0] == "[" else -1
        if depth in {0, _BRACKETED}:
            return text[start : bracket.start()], bracket.end(), depth == 0
    return "", start, False


def _target(
    read: Callable[[str, int], tuple[str, str | None, int, bool]], text: str, start: int
) -> tuple[str, str | None, int, bool]:
    """Return what Python-Markdown reads for a link's target; it would look for the end everywhere."""
    depth = 0
    near = start
    for parenthesis in _PARENTHESES.finditer(text, start):
        depth += 1 if parenthesis[0] == "(" else -1
        if depth in {0, _BRACKETED}:
            near = start if depth else parenthesis.end()
            break
    # A title may hold parentheses of its own.
    target, title, end, found = read(text[start : near + _TITLE], 0)
    return target, title, start + end, found


def _slug(text: str, separator: str) -> str:
    return str(slugify_unicode(without_tokens(text), separator))


def _convert(markdown: str) -> str:
    try:
        return _renderer().reset().convert(markdown)
    except BaseException:
        _renderer.cache_clear()  # what is left of this body in it must not reach the next
        raise


def _inline(markdown: str) -> str:
    """Return the HTML of one line of Markdown, such as a caption."""
    html = _convert(" ".join(markdown.split()))
    match = re.fullmatch(r"<p>((?:(?!<p>).)*)</p>", html, re.DOTALL)
    return match[1] if match else html


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
