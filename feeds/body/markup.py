"""Markdown to the HTML of a feed .

    body ─ mdx ─▶ shortcodes ─▶ normalise ─▶ Python-Markdown ─▶ stash ─▶ tags ─▶ links ─▶ leaks
         ─▶ highlight ─▶ sanitize ─▶ leaks ─▶ HTML

Shortcodes, code and raw HTML are finished before Markdown and travel through it as tokens, so that
Markdown only ever sees text. After sanitising, nothing is added to what it let through.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from feeds.body.callouts import from_fences, from_tabs
from feeds.body.engine import convert
from feeds.body.highlight import highlighted, unmarked
from feeds.body.leaks import without_leaks
from feeds.body.limits import LARGEST, TooLargeError, is_too_large
from feeds.body.links import absolutise
from feeds.body.mdx import as_markdown, is_mdx
from feeds.body.nesting import TOO_DEEP, TooIntricateError, check
from feeds.body.normalise import normalise
from feeds.body.sanitize import clean, plain
from feeds.body.shortcodes import expand
from feeds.body.stash import Stash
from feeds.body.tags import as_meant
from feeds.content.text import FORBIDDEN
from feeds.problems import Problem

if TYPE_CHECKING:
    from feeds.body.page import Page

_MORE = re.compile(
    r"<!--\s*+(?:more|truncate|excerpt|PELICAN_(?:BEGIN|END)_SUMMARY|TEASER_END(?::[^<>]{0,200})?)\s*+-->",
    re.IGNORECASE,
)
_SIZE_BEHIND = re.compile(
    r'(<img [^<>]{0,2000}?src="[^"\s<>]{1,2000}) =(?P<width>\d{0,4})x(?P<height>\d{0,4})"'
)
_ALIGNED = re.compile(r'(<img [^<>]{0,2000}?src="[^"\s<>]{1,2000}) align=" title="(?:center|left|right)"')
_SIZE_IN_TEXT = re.compile(
    r'(<img [^<>]{0,2000}?alt="[^"<>|]{0,1000})\|(?P<width>\d{1,4})(?:x(?P<height>\d{1,4}))?"'
)
_HEADING = re.compile(r"<(?P<end>/?)(?:blockquote|li)\b[^>]*>|<h1[^>]*>(?P<inner>.*?)</h1>", re.DOTALL)
_LOWER_HEADING = re.compile(r"\s*<(?P<name>h[2-6])\b[^>]*>(?P<inner>.*?)</(?P=name)>", re.DOTALL)
_SUMMARY_BEGINS = re.compile(r"<!--\s*PELICAN_BEGIN_SUMMARY\s*-->", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));?")


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
    noticed: list[Problem] = []
    try:
        return _body(markdown, page, noticed)
    except TooLargeError:
        problem = _too_large(page)
    except TooIntricateError as error:
        problem = _unrenderable(page, str(error))
    except RecursionError:
        problem = _unrenderable(page, TOO_DEEP)
    except Exception as error:  # noqa: BLE001 - Python-Markdown and its extensions raise anything
        problem = _unrenderable(page, f"the Markdown cannot be rendered ({type(error).__name__})")
    return Body("", (*noticed, problem))


def _body(markdown: str, page: Page, noticed: list[Problem]) -> Body:
    stash = Stash(markdown)
    text = from_tabs(from_fences(markdown))
    if is_mdx(text, page):
        text, problems = as_markdown(text, page, stash)
        noticed += problems
    expanded, problems = expand(text, page, stash, _inline)
    noticed += problems
    text = normalise(expanded, stash, page.dialect, _inline, hard_wraps=page.hard_wraps)
    html = as_meant(_sized(stash.restore(convert(text, _key(page)))))
    check(html)
    html, problems = absolutise(html, page, markdown)
    noticed += problems
    html = unmarked(without_leaks(html), page.dialect)
    if page.highlight == "weight":
        html = highlighted(html)
    opening, html = (
        # Once more, for what a comment or a tag that is gone now had kept apart.
        stash.shown(without_leaks(clean(part), attributes=False)).strip()
        for part in (_opening(html), html)
    )
    if is_too_large(html, markdown):
        raise TooLargeError
    noticed += _forbidden(html, markdown, page)
    return Body(FORBIDDEN.sub("", html), tuple(noticed), FORBIDDEN.sub("", opening))


def _forbidden(html: str, markdown: str, page: Page) -> tuple[Problem, ...]:
    """Return a warning of the first character that XML forbids: a body can only name it by its number."""
    found = FORBIDDEN.search(html)
    if found is None:
        return ()
    number = ord(found[0])
    references = _REFERENCE.finditer(markdown)
    at = next(
        (each.start() for each in references if number == (int(each[1], 16) if each[1] else int(each[2]))), 0
    )
    return (
        Problem(
            code="character-forbidden",
            message=f"the control character U+{number:04X} may not appear in a feed and was left out",
            path=page.path,
            line=page.line + markdown.count("\n", 0, at),
            column=at - markdown.rfind("\n", 0, at),
            hint="delete the reference to it",
            severity="warning",
        ),
    )


def first_heading(html: str) -> str:
    """Return the plain text of the first `h1` of a body's HTML, outside quotes and lists; "" for none.

    Where there is none, a lower heading will do if nothing stands above it.
    """
    depth = 0
    for found in _HEADING.finditer(html):
        if found["inner"] is None:
            depth += -1 if found["end"] else 1
        elif depth == 0:
            return plain(found["inner"])
    lower = _LOWER_HEADING.match(html)
    return plain(lower["inner"]) if lower else ""


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
    """Return `html` with the sizes of images that people write into address or text: `=300x200`, `|300`.

    Hashnode writes `align="center"` there, which goes.
    """
    html = _ALIGNED.sub(r'\1"', html) if ' align="' in html else html
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
