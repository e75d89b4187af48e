"""The doors of the house, and what must hold for anything that comes in by one of them.

Each door takes bytes that somebody made up, and raises whatever gets past our own errors, or an AssertionError
when a promise does not hold. `inputs.py` makes the bytes up, `stretch.py` runs a door.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from zlib import crc32
from zoneinfo import ZoneInfo

from feeds import config, permalinks, slugs
from feeds.body import links, markup, plaintext, sanitize
from feeds.body.page import Page
from feeds.body.summary import summarise
from feeds.content import dates, front_matter, header, text
from feeds.dialects import DIALECTS
from feeds.model import Header, Source
from feeds.problems import Findings

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE = ZoneInfo("America/New_York")  # it has gaps, folds and a past of odd offsets
DAY = datetime(2025, 1, 31, tzinfo=UTC)
PAGE = Page(
    path="content/posts/a.md",
    line=1,
    folder="posts",
    url="https://example.org/posts/a/",
    site_url="https://example.org",
    title="A title",
    references={"posts/b.md": "https://example.org/posts/b/", "c.md": "https://example.org/c/"},
)
# One for every dialect; which of them an input meets depends on nothing but itself.
PAGES = tuple(replace(PAGE, dialect=name) for name in DIALECTS)
SETTINGS = config.parse('[site]\ntitle = "T"\nurl = "https://example.org"\n')

# Words that stand above and below what was made up: no mark-up in between may take them along.
FIRST, LAST = "zqfirst", "zqlast"
_SECRET = "zqsecret"  # noqa: S105 - the value of a key in front matter, which is never published

# Code and formulas are shown as they are, and what Hugo's authors write in this way is about shortcodes.
_SHOWN = re.compile(r"<(pre|code)\b.*?</\1>|\$[^$\n]+\$", re.DOTALL)
_WRITTEN_ABOUT = re.compile(r"\{\{[<%]/\*.*?\*/[>%]\}\}", re.DOTALL)
# A lone `{%` is text.
_TEMPLATE = re.compile(r"\{\{(?:&lt;|%)|\{%-?\s*[A-Za-z_]")
_SAFE = re.compile(r"(?:https?|mailto|tel|[a-z+.-]+):|#|$", re.IGNORECASE)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_FENCE = re.compile(r"(?m)^\s*(?:-{3,}|\.{3}|\+{3}|;{3})")
_VOID = {"area", "br", "col", "hr", "img", "source", "track", "wbr"}


def header_door(data: bytes) -> None:
    """Front matter: read, or refused with a place in the file."""
    content = _text(data)
    findings = Findings("content/a.md")
    matter = front_matter.split(content, findings)
    head = header.read(matter, ZONE, findings)
    lines = content.count("\n") + 1
    for problem in findings.problems:
        assert problem.line <= lines, f"{problem.code} in line {problem.line} of {lines}"
        assert "\n" not in problem.message, f"{problem.code} says more than a line"
    if not findings.fatal:
        assert content.endswith(matter.body), "the body is not the end of the file"
        assert 1 <= matter.body_line <= lines + 1, "the body begins in a line that is not there"
    for moment in (head.published, head.updated, head.expires, head.embargo):
        _check_moment(moment)
    for name in (*head.tags, *head.categories, *(each.name for each in head.authors)):
        assert name == text.one_line(name), f"{name!r} is not one line"
        assert name, "a name is empty"


def date_door(data: bytes) -> None:
    """Dates: a moment with a zone, or a ValueError."""
    content = _text(data)
    try:
        moment = dates.read(content, ZONE)
    except ValueError as error:
        moment, said = None, str(error)
    else:
        said = ""
    assert "\n" not in said, "the error says more than a line"
    _check_moment(moment)
    _check_moment(dates.in_path("2024/05/06/x", content, ZONE)[0])
    _check_moment(dates.in_path(content, "name", ZONE)[0])


def slug_door(data: bytes) -> None:
    """Names: safe path segments, one for each name that is not the same for readers."""
    given = _text(data)
    names = [*given.split("\n")[:4], given.swapcase()]
    for name in names:
        term = slugs.term(name)
        assert term, f"{name!r} has no path"
        _check_segment(term)
        assert _SEEN.setdefault(term, slugs.key(name)) == slugs.key(name), f"{name!r} shares {term!r}"
        post = slugs.post(name)
        if post:
            assert not re.search(r"[/\\\x00-\x1f]", post), f"{post!r} is not one segment"
            assert post not in {".", ".."}, f"{post!r} leads elsewhere"
    if len(_SEEN) > 200_000:  # some dozens of megabytes
        _SEEN.clear()
    url = permalinks.of(_source(names), SETTINGS)
    assert url.isascii(), f"{url!r} is not ASCII"
    assert not re.search(r"[\s\"<>\\^`{|}]", url), f"{url!r} is not a URL"
    if "//" not in names[-2]:
        assert url.startswith("https://example.org/"), f"{url!r} is not on the site"
        assert not re.search(r"/(?:\.|%2e){1,2}(?:/|$)", url, re.IGNORECASE), f"{url!r} leads elsewhere"


_SEEN: dict[str, str] = {}


def markdown_door(data: bytes) -> None:
    """Bodies: HTML without anything of a template, and with all the text around what was made up."""
    middle = _text(data)
    page = PAGES[crc32(data) % len(PAGES)]
    body = markup.to_html(f"{FIRST}\n\n{middle}\n\n{LAST}\n", page)
    if not any(problem.severity == "error" for problem in body.problems):
        _check_body(body.html, middle)
        _check_templates(body.html, middle, page)


def html_door(data: bytes) -> None:
    """HTML: clean and well-formed, and as text."""
    given = _text(data)
    absolute, _ = links.absolutise(f"<p>{FIRST}</p>{given}", PAGE)
    html = sanitize.clean(absolute)
    assert FIRST in html, "text before the HTML is lost"
    _check_html(html)
    _check_html(links.absolutise(html, PAGE)[0])  # as another parser reads it
    said = plaintext.to_text(html)
    assert FIRST in said, "text before the HTML is lost from the text part"
    summarise(html)
    markup.first_heading(html)


def file_door(data: bytes) -> None:
    """Whole files: from bytes to HTML. What stands in the front matter is never published."""
    findings = Findings("content/a.md")
    raw, _, rest = data.partition(b"\0")
    content = text.decode(raw, findings)
    header_lines = text.decode(rest, Findings("content/a.md"))
    if findings.fatal:
        return
    if header_lines and not _FENCE.search(header_lines):
        content = f"---\nkey: {_SECRET}\n{header_lines}\n---\n{content}"
    matter = front_matter.split(content, findings)
    header.read(matter, ZONE, findings)
    if findings.fatal:
        return
    page = PAGES[crc32(data) % len(PAGES)]
    body = markup.to_html(matter.body, page)
    assert _SECRET not in body.html, "front matter is published"
    _check_templates(body.html, matter.body, page)
    _check_html(body.html)
    assert text.FORBIDDEN.search(body.html) is None, "a character that XML forbids comes through"


DOORS: dict[str, Callable[[bytes], None]] = {
    "header": header_door,
    "date": date_door,
    "slug": slug_door,
    "Markdown": markdown_door,
    "HTML": html_door,
    "file": file_door,
}


def _text(data: bytes) -> str:
    """What the text gate would let through."""
    content = data.decode("utf-8", "ignore").replace("\r\n", "\n").replace("\r", "\n")
    return text.FORBIDDEN.sub("", content)


def _source(names: list[str]) -> Source:
    slug, url = names[0], names[-2]
    return Source(
        path="a.md",
        key="a",
        name=names[0] or "a",
        section=names[-1],
        folder="",
        header=Header(published=DAY, slug=slug.strip("/"), url=url, title=names[0]),
        body="",
        body_line=1,
    )


def _check_moment(moment: datetime | None) -> None:
    if moment is not None:
        assert moment.utcoffset() is not None, "a moment has no zone"
        assert moment.astimezone(UTC).year < 10_000, "a moment is out of reach"


def _check_segment(segment: str) -> None:
    assert len(segment.encode()) <= 100, f"{segment!r} is too long"
    assert not re.search(r"[/\\:*?\"<>|\x00-\x1f\x7f]", segment), f"{segment!r} is not a file name"
    assert segment not in {".", ".."}, f"{segment!r} leads elsewhere"
    assert not segment.endswith((".", " ")), f"Windows would cut {segment!r} short"
    assert not _RESERVED.match(segment), f"Windows keeps {segment!r} to itself"
    assert segment == unicodedata.normalize("NFC", segment), f"{segment!r} is another name on a Mac"


def _check_body(html: str, middle: str) -> None:
    assert FIRST in html, "text above is lost"
    # In a comment, or in what Liquid calls one, text is meant to go.
    if not re.search(r"<!|<\?|\{%|%%|\{\{|\{::", middle):
        assert LAST in html, "text below is lost"
    _check_html(html)


def _check_html(html: str) -> None:
    _Checker().check(html)


def _check_templates(html: str, markdown: str, page: Page) -> None:
    if page.dialect == "docusaurus" or _WRITTEN_ABOUT.search(markdown):
        return  # Docusaurus has no templates: braces are JavaScript's, or text
    for leaked in _TEMPLATE.findall(_SHOWN.sub(".", html)):
        raise AssertionError(f"{leaked!r} of a template comes through")


class _Checker(HTMLParser):
    """Every element is closed in its turn, and none of them does anything."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[str] = []

    def check(self, html: str) -> None:
        self.feed(html)
        self.close()
        assert not self._open, f"{self._open[-1]} is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "style", "iframe", "form", "object", "embed", "svg", "math"}, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name != "style", name
            if name in {"href", "src", "poster", "cite"}:
                bare = re.sub(r"[\x00-\x20]", "", value or "").lower()
                assert not bare.startswith(("javascript:", "vbscript:", "data:")), bare
                assert _SAFE.match(bare), f"{bare!r} is not absolute"
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"{tag} is not open"
        assert self._open[-1] == tag, f"{tag} is closed inside {self._open[-1]}"
        self._open.pop()
