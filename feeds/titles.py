"""What a post is called: its title, and what stands for it where it has none.

Notes, as those of Micro.blog and Mastodon, have no title, and feeds leave it out (in RSS 2.0 an item has a
title or a description). A post goes without one when nobody wrote any: there is none in the front matter, no
heading, and no file name that people would read.
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from feeds.body import markup, sanitize
from feeds.body.summary import summarise
from feeds.content.text import one_line

if TYPE_CHECKING:
    from feeds.model import Source

LABEL_LENGTH = 60  # characters

_TOP_HEADING = re.compile(r"\s*<(h[1-6])[^>]*>(.*?)</\1>\s*", re.DOTALL)
# Names of notes that are no titles: dates, numbers of slip boxes, and what was made for an address.
_MADE_FOR_MACHINES = re.compile(r"[\d\W_]+|[a-z0-9]+(?:[-_][a-z0-9]+)+")
# Names that programs give: dates and other numbers, moments, then hashes and identifiers (UUID, ULID). In a
# hash digits and letters take turns; in `face2face` they hardly do.
_SAYS_NOTHING = re.compile(
    r"[\d\s!-/:-@\[-`{-~]*"
    r"|\d{4}-?\d\d-?\d\d[Tt ]\d\d[-:.]?\d\d(?:[-:.]?\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d[-:.]?\d\d)?"
    r"|(?=.*\d[A-Fa-f]+\d)[0-9A-Fa-f]{6,}(?:-[0-9A-Fa-f]{4,})*"
    r"|[0-7][0-9A-HJKMNP-TV-Z]{25}"
)
_PLAYERS = frozenset({"audio", "video"})
_JOINER = "\u200d"


def title_of(source: Source, html: str, dialect: str) -> str:
    """Return the title as plain text, or nothing for a post that has none.

    It is that of the front matter, else the first heading of the body's `html`, else the file's name made
    readable. One that the front matter leaves empty on purpose can only stand at the very top.

    In a vault the file's name is the title, by which all other notes link to it.
    """
    given = sanitize.plain_line(source.header.title)
    if given:
        return given
    if source.header.untitled:
        return _top_heading(html)
    name = title_of_name(source, dialect)
    if dialect == "obsidian" and name and not _MADE_FOR_MACHINES.fullmatch(name):
        return name
    return _heading(html, dialect) or name


def title_of_name(source: Source, dialect: str) -> str:
    """Return the file's name as a title, or nothing when it is one that programs give, such as a date."""
    name = source.name.strip()
    if _SAYS_NOTHING.fullmatch(name):
        return ""
    if dialect == "jekyll":  # which shows its readers just this
        return " ".join(word.capitalize() for word in name.split("-")).strip()
    if dialect == "obsidian" or " " in name:
        return name
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def label_of(title: str, html: str, url: str) -> str:
    """Return what to call a post where there must be a name.

    The beginning of its text, else of whatever else is in it, such as a caption, else what its first picture
    shows, else its URL.
    """
    if title or (said := _beginning(summarise(html))):
        return title or said
    other = _OtherText()
    other.feed(html)
    other.close()
    return next(filter(None, map(_beginning, (one_line(" ".join(other.parts)), *other.pictures))), url)


class _OtherText(HTMLParser):
    """Gathers what a body without prose has: captions, headings, code; and what its pictures show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pictures: list[str] = []
        self._players = 0  # what is in one is for browsers that have none

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.pictures.append(one_line(dict(attrs).get("alt") or ""))
        self._players += tag in _PLAYERS

    def handle_endtag(self, tag: str) -> None:
        self._players -= tag in _PLAYERS

    def handle_data(self, data: str) -> None:
        if not self._players:
            self.parts.append(data)


def without_title(html: str, title: str) -> str:
    """The body without a heading at its top that only says the title again: every reader shows that."""
    heading = _TOP_HEADING.match(html)
    says_it = heading is not None and sanitize.plain(heading[2]).split() == title.split()
    return html[heading.end() :] if heading and says_it else html


def _heading(html: str, dialect: str) -> str:
    """The heading that is the title; Docusaurus (`contentTitle`) has none but an `h1` at the very top."""
    return _top_heading(html) if dialect in {"docusaurus", "obsidian"} else markup.first_heading(html)


def _top_heading(html: str) -> str:
    found = _TOP_HEADING.match(html)
    return sanitize.plain(found[2]) if found and found[1] == "h1" else ""


def _beginning(text: str) -> str:
    """The words that have room in a label; in scripts without spaces, the characters."""
    if len(text) <= LABEL_LENGTH:
        return text
    end = LABEL_LENGTH - 1
    space = text.rfind(" ", 0, end)
    if text[end].isalnum() and space >= LABEL_LENGTH // 2:
        end = space
    while end and _belongs_to_the_one_before(text, end):
        end -= 1
    return text[:end].rstrip(" ,;:.–—-") + "…"


def _belongs_to_the_one_before(text: str, at: int) -> bool:
    """Whether a cut here would take an accent from its letter, or an emoji apart."""
    return bool(unicodedata.combining(text[at])) or text[at] in "\ufe0f\u200d" or text[at - 1] == _JOINER
