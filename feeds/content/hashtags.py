"""The `#tags` in the text of a note, which are as good as those of its front matter in Obsidian.

They stay in the text. https://help.obsidian.md/tags says how they look.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import slugs
from feeds.body.blocks import Reader
from feeds.body.lookahead import Lookahead

if TYPE_CHECKING:
    from collections.abc import Iterator

# Anything but white space and punctuation; scripts need their marks, and gardeners their emoji.
_CHARACTER = (
    r"[^\s!-,.:-@\[-^`{-~\x7f-\xbf\u2000-\u200c\u200e-\u206f\u2e00-\u2e7f"
    r"\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]"
)
_TAG = rf"(?<!\S)#(?P<tag>{_CHARACTER}{{1,200}})"
_ANY = re.compile(_TAG)
# What may hold a `#` that is none, by its beginning; of links, all of it.
_MARK = re.compile(
    rf"\\.|`+|%%|<!--|\[\[|\$\$?|<(?=[A-Za-z/])|\[[^\[\]\n]{{0,300}}\]\([^()\n]{{0,1000}}\)|{_TAG}"
)
_ENDS = {"%%": "%%", "<!--": "-->", "[[": "]]", "$$": "$$", "<": ">"}
_OVER_LINES = frozenset({"%%", "<!--", "$$"})
_MATH = re.compile(r"\$(?!\s)[^$\n]{1,1000}(?<!\s)\$(?!\d)")
_LETTER = re.compile(r"[^\W\d_]|[^\x00-\x7f]")
# With a figure, or of the same letters: `#cafe` is a word. So are `b2b` and `e2e`.
_COLOUR = re.compile(
    r"(?![a-f]2[a-f]$)(?=.*\d)(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|(?P<one>[a-f])(?P=one){2,7}"
    r"|(?:(?P<pair>[a-f])(?P=pair)){3}",
    re.IGNORECASE,
)


def with_hashtags(tags: tuple[str, ...], body: str) -> tuple[str, ...]:
    """Return `tags`, and those of the body that are not among them, in the spelling that comes first.

    Code, links, comments, formulas and HTML hold none, nor is a number one (`#123`) or a colour (`#1a2b3c`).
    """
    if not _ANY.search(body):
        return tags
    known = {slugs.key(tag) for tag in tags}
    added = []
    for name in _hashtags(_text(body)):
        if (key := slugs.key(name)) not in known:
            known.add(key)
            added.append(name)
    return (*tags, *added)


def _text(body: str) -> str:
    """Return the body without its blocks of code and of raw HTML; blank lines are in their place."""
    reader = Reader("obsidian")
    lines = []
    for written in body.split("\n"):
        line = reader.read(written)
        lines.append(line.text if line.kind in {"text", "heading"} else "")
    return "\n".join(lines)


def _hashtags(text: str) -> Iterator[str]:
    ahead = Lookahead(text)
    position = 0
    while match := _MARK.search(text, position):
        position = match.end()
        if match["tag"]:
            name = match["tag"].strip("/")
            if _LETTER.search(name) and not _COLOUR.fullmatch(name):
                yield name
        elif match[0][0] == "`":
            position = ahead.code_end(match[0], match.start())
        elif match[0] == "$":
            formula = _MATH.match(text, match.start())
            position = formula.end() if formula else position
        elif closing := _ENDS.get(match[0]):
            limit = len(text) if match[0] in _OVER_LINES else ahead.line_end(position)
            end = ahead.find(closing, position)
            position = end + len(closing) if 0 <= end < limit else position
