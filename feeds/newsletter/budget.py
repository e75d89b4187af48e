"""How much of its posts a letter shows: as much as fits, cut between two blocks, never more.

Gmail hides what comes after some 102,000 bytes of HTML, and with it the link to unsubscribe. What counts is
the letter as it is sent, so it is measured with its style written into the elements and its slots filled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import accumulate
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.newsletter import slots
from feeds.newsletter.weighing import weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feeds.newsletter.weighing import Weights

ALLOWED = {"unsubscribe": 300, "web": 300, "name": 100, "address": 500, "tag": 300}
"""Bytes that each kind of slot is taken to need, once filled: services make long addresses for readers."""

_CONTINUED = 600  # bytes: a first guess at what "continue reading" takes, in the style of most themes
_CUT = "<!--feeds-cut-->"  # no author can write one, as comments in posts are dropped

_SLOT = re.compile(
    rf"(?:<!--)?slot[0-9a-f]{{20}}(?:(?P<tag>tag)\d+|(?P<name>{'|'.join(slots.NAMES)})(?P<mark>start|url|end))z"
    r"(?:-->)?"
)
_HEADING = re.compile(r"\s*<h[1-6]\b", re.IGNORECASE)
_RULE = re.compile(r"\s*<hr\b[^<>]*>\s*\Z", re.IGNORECASE)
_PICTURE = re.compile(r"\s*(?:<(?:p|div|figure|center)\b[^<>]*>)?\s*(?:<a\b[^<>]*>)?\s*<img\b", re.IGNORECASE)
_CAPTION = re.compile(r"\s*<(?:figcaption\b|[a-z]+\b[^<>]*\bclass=\"[^\"]*\bcaption\b)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\s*<p\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_ANNOUNCING = (":", "：")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a letter shows of a post: its first `blocks`, and whether it is `continued` on the web.

    A post that is continued and has no blocks is a title and a link.
    """

    blocks: tuple[str, ...]
    continued: bool


@dataclass(frozen=True, slots=True)
class Budgeted:
    """A letter that fits: its HTML, whether a post is cut in it, what it shows of each, and its weights.

    The weights are rows of a name and a number of bytes, which sum up to what counts against the budget.
    """

    html: str
    cut: bool
    shown: tuple[Shown, ...]
    weights: Weights


@dataclass(frozen=True, slots=True)
class _Written:
    frame: tuple[str, ...]  # what stands before, between and behind the sections that have blocks
    sections: tuple[tuple[str, ...], ...]  # the blocks of each section, as they came out
    shown: tuple[Shown, ...]

    @property
    def html(self) -> str:
        parts = [self.frame[0]]
        places = iter(self.frame[1:])
        for section in self.sections:
            parts += [*section, next(places)] if section else []
        return "".join(parts)


def within(sections: Sequence[Sequence[str]], write: Callable[[Sequence[Shown]], str], most: int) -> Budgeted:
    """The letter that `write` makes of the `sections`, with so much of them that it has at most `most` bytes.

    A section is the blocks of a post of the issue, in order. `write` makes the whole HTML, style and all, of
    what is shown of each; it is called once when all fits, and usually twice when not. The longest posts are
    cut, and short ones stay whole. No post is left out: one that has no room becomes a title and a link. A
    letter is not cut behind a heading, a line, a paragraph that announces what follows, or a picture with a
    caption.

    Raises ConfigError when not even the titles fit, and when `write` does not show every block once.
    """
    whole = _write(sections, [len(blocks) for blocks in sections], write)
    size = expanded(whole.html)
    if size <= most:
        return _done(whole, cut=False)
    sizes = [[expanded(block) for block in blocks] for blocks in whole.sections]
    room = most - size + sum(map(sum, sizes))
    shown = sum(map(len, sections))
    while shown:
        counts = _fitting(sections, sizes, room, shown)
        written = _write(sections, counts, write)
        size, shown = expanded(written.html), sum(counts)
        if size <= most:
            return _done(written, cut=True)
        room -= size - most
    raise ConfigError(
        f"the newsletter takes {size:,} bytes without any text of its posts, and {most:,} are allowed",
        hint="put fewer posts into the issue, or make the theme shorter",
    )


def expanded(html: str) -> int:
    """The bytes of a letter, or of a part of one, once its slots are filled: each as `ALLOWED` says."""
    grown = 0
    for found in _SLOT.finditer(html):
        allowed = 0 if found["mark"] in {"start", "end"} else ALLOWED[found["tag"] or found["name"]]
        grown += allowed - len(found[0])
    return len(html.encode()) + grown


def _write(
    sections: Sequence[Sequence[str]], counts: Sequence[int], write: Callable[[Sequence[Shown]], str]
) -> _Written:
    shown = tuple(
        Shown(tuple(blocks[:count]), continued=count < len(blocks))
        for blocks, count in zip(sections, counts, strict=True)
    )
    html = write([Shown(_marked(each.blocks), each.continued) for each in shown])
    first, *pieces = html.split(_CUT)
    expected = sum(len(each.blocks) + 1 for each in shown if each.blocks)
    if len(pieces) != expected:
        raise ConfigError(
            "the newsletter theme does not show the blocks of every post once",
            hint="show {{ body }} once for each post, in a place for paragraphs",
        )
    frame, parts = [first], []
    rest = iter(pieces)
    for each in shown:
        parts.append(tuple(next(rest) for _ in each.blocks))
        if each.blocks:
            frame.append(next(rest))
    return _Written(tuple(frame), tuple(parts), shown)


def _marked(blocks: tuple[str, ...]) -> tuple[str, ...]:
    """The blocks with a mark before each and one behind the last."""
    if not blocks:
        return ()
    *before, last = (f"{_CUT}{block}" for block in blocks)
    return (*before, f"{last}{_CUT}")


def _fitting(
    sections: Sequence[Sequence[str]], sizes: Sequence[Sequence[int]], room: int, fewer_than: int
) -> list[int]:
    """How many blocks of each section fit into `room` bytes, and in all fewer than `fewer_than`.

    Each section has the same share of the room, and what one does not need is for the others.
    """
    totals = [sum(each) for each in sizes]
    share = _share(totals, room)
    counts = [
        len(blocks) if total <= share else _most(blocks, of_section, share - _CONTINUED)
        for blocks, of_section, total in zip(sections, sizes, totals, strict=True)
    ]
    spare = room - _needed(sections, sizes, counts)
    for at, blocks in enumerate(sections):
        taken = sum(sizes[at][: counts[at]])
        if counts[at] < len(blocks):
            counts[at] = max(counts[at], _most(blocks, sizes[at], taken + spare, before=len(blocks)))
        spare -= sum(sizes[at][: counts[at]]) - taken
    while sum(counts) >= fewer_than:
        longest = max(range(len(counts)), key=lambda at: sum(sizes[at][: counts[at]]))
        counts[longest] = _most(sections[longest], sizes[longest], totals[longest], before=counts[longest])
    return counts


def _share(totals: Sequence[int], room: int) -> int:
    """How many bytes a section may have at most, so that all of them have `room`."""
    share = room
    for left, total in zip(range(len(totals), 0, -1), sorted(totals), strict=True):
        share = room // left
        if total > share:
            break
        room -= total
    return share


def _needed(sections: Sequence[Sequence[str]], sizes: Sequence[Sequence[int]], counts: Sequence[int]) -> int:
    """The bytes of the first `counts` blocks of each section, with the links to the rest."""
    return sum(
        sum(of_section[:count]) + _CONTINUED * (count < len(blocks))
        for blocks, of_section, count in zip(sections, sizes, counts, strict=True)
    )


def _most(blocks: Sequence[str], sizes: Sequence[int], room: int, before: int | None = None) -> int:
    """How many first blocks have at most `room` bytes and may end a letter; fewer than `before`, if given."""
    fitting = [
        count
        for count, size in enumerate(accumulate(sizes[:before]), start=1)
        if size <= room and (before is None or count < before) and _may_end(blocks, count)
    ]
    return max(fitting, default=0)


def _may_end(blocks: Sequence[str], count: int) -> bool:
    """Whether a letter may be cut behind the first `count` blocks, or ends there."""
    if count == len(blocks):
        return True
    last, following = blocks[count - 1], blocks[count]
    announcing = _PARAGRAPH.match(last) and unescape(_TAG.sub("", last)).rstrip().endswith(_ANNOUNCING)
    captioned = _PICTURE.match(last) and _CAPTION.match(following)
    return not (_HEADING.match(last) or _RULE.match(last) or announcing or captioned)


def _done(written: _Written, *, cut: bool) -> Budgeted:
    rows = weigh(written.frame, written.sections, expanded)
    return Budgeted(written.html, cut, written.shown, rows)
