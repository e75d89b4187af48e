"""Markdown to the HTML of a feed (**the Markdown wall**).

    body ─ shortcodes ─▶ ─ blocks ─▶ ─ Python-Markdown ─▶ ─ stash ─▶ ─ links ─▶ ─ sanitize ─▶ HTML

Shortcodes, code and raw HTML are finished before Markdown and travel through it as tokens, so that
Markdown only ever sees text. Sanitising is last: nothing is added to what it let through.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import markdown as library
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from pymdownx.magiclink import MagiclinkExtension
from pymdownx.tilde import DeleteSubExtension

from feeds.body.blocks import Reader
from feeds.body.links import absolutise
from feeds.body.normalise import normalise
from feeds.body.sanitize import clean, plain
from feeds.body.shortcodes import expand
from feeds.body.stash import Stash, without_tokens
from feeds.model import Problem

if TYPE_CHECKING:
    from feeds.model import Page

_DEPTH = 256  # elements; parsers downstream drop content below it, or crash
_PUNCTUATION = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")  # what a backslash escapes in CommonMark
_MORE = re.compile(
    r"<!--\s*(?:more|truncate|excerpt|PELICAN_(?:BEGIN|END)_SUMMARY|TEASER_END)\s*-->", re.IGNORECASE
)
# Unpaired backticks can make us see code where Markdown sees none: no shortcode leaks even then.
_LEAK = re.compile(
    r"(<code>(?:(?!<code>).)*?</code>)|\{\{(?:&lt;|<|%)(?:(?!\{\{).){0,1000}?(?:&gt;|>|%)\}\}", re.DOTALL
)
_SUMMARY_BEGINS = re.compile(r"<!--\s*PELICAN_BEGIN_SUMMARY\s*-->", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
# Void elements, and those whose end tag people leave out: neither nests by itself.
_SHALLOW = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "option", "optgroup", "rp", "rt", "tr", "td", "th", "tbody",
    "thead", "tfoot", "colgroup",
})  # fmt: skip
_SWALLOWING = re.compile(
    r"<(/?)(script|style|title|textarea|xmp|iframe|noembed|noframes|noscript|template|select|svg|math|plaintext)"
    r"(?=[\s>/])",
    re.IGNORECASE,
)


def to_html(markdown: str, page: Page) -> tuple[str, tuple[Problem, ...]]:
    """Return a body's HTML, sanitised and with absolute URLs only, and what was lost or guessed on the way.

    A body that cannot be rendered gives "" and the error `body-unrenderable`. Never raises.
    """
    stash = Stash(markdown)
    try:
        expanded, problems = expand(markdown, page, stash, _inline)
        html = stash.restore(_LEAK.sub(r"\1", _convert(normalise(expanded, stash))))
    except Exception as error:  # noqa: BLE001 - Python-Markdown and its extensions raise anything
        return "", (_unrenderable(page, f"the Markdown cannot be rendered ({type(error).__name__})"),)
    html = _without_swallowing(html)
    if _depth(html) > _DEPTH:
        return "", (_unrenderable(page, f"the HTML is nested more than {_DEPTH} deep"),)
    html, dangling = absolutise(html, page, markdown)
    return clean(html).strip(), (*problems, *dangling)


def first_heading(markdown: str) -> str:
    """Return the plain text of the first top heading (`# Text`, or underlined with `=`), "" for none."""
    reader = Reader()
    paragraph: list[str] = []
    for text in markdown.split("\n"):
        line = reader.read(text)
        if line.kind == "heading" and not reader.containers:
            underlined = line.text.strip()
            if underlined.startswith("# "):
                return plain(_inline(underlined.strip("# ")))
            if underlined.startswith("=") and paragraph:
                return plain(_inline(" ".join(paragraph)))
        paragraph = [*paragraph, line.text.strip()] if line.kind == "text" and not reader.containers else []
    return ""


def before_more(markdown: str) -> str:
    """Return the part of a body before its "read more" mark, "" if it has none.

    Pelican's summary is what stands between its two marks.
    """
    reader = Reader()
    before: list[str] = []
    for text in markdown.split("\n"):
        line = reader.read(text)
        mark = _MORE.search(text) if line.kind in {"html", "text"} and "<!--" in text else None
        if mark is not None and _SUMMARY_BEGINS.match(mark[0]):
            before = [text[mark.end() :]]
        elif mark is not None:
            return "\n".join([*before, text[: mark.start()]]).strip()
        else:
            before.append(text)
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
    return renderer


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


def _without_swallowing(html: str) -> str:
    """Escape `<title>`, `<script>` and the like where no end tag follows: they would take all that follows.

    People name them in prose and forget the backticks (GFM §6.11 does the same to some of them).
    """
    last: dict[str, int] = {}
    for match in _SWALLOWING.finditer(html):
        if match[1]:
            last[match[2].lower()] = match.start()

    def shown(match: re.Match[str]) -> str:
        ends = match[1] or last.get(match[2].lower(), -1) > match.start()
        return match[0] if ends else "&lt;" + match[0][1:]

    return _SWALLOWING.sub(shown, html)
