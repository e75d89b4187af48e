"""Markdown as people write it for GitHub, put down in the one spelling that Python-Markdown reads right.

Python-Markdown wants four spaces where everyone writes two, a blank line before a list, and knows nothing of
call-outs; and it reads the inside of raw HTML in its own way. Code and raw HTML are finished here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.body import kramdown, leaf
from feeds.body.blocks import Reader
from feeds.body.kramdown import is_attributes, is_contents
from feeds.body.limits import Budget

if TYPE_CHECKING:
    from feeds.body.blocks import Container, Line
    from feeds.body.embeds import Inline
    from feeds.body.stash import Stash

_NOTHING = "<!-- -->"  # in an empty item, whose dash would underline the item before
_CELL = len("<td></td>\n")
_DEFINITION = ":   "
_OPEN_TAG = re.compile(r"<[A-Za-z/][^<>]*\Z")
_TABLE = -1_000_000_000  # how many lines a paragraph would need to stop being a table


def normalise(markdown: str, stash: Stash, dialect: str, inline: Inline, *, hard_wraps: bool = False) -> str:
    """Return `markdown` with the same meaning, four spaces, and blank lines where Python-Markdown wants them.

    Fenced code, indented code and raw HTML are finished and go into `stash`; `inline` renders one line of
    Markdown, for what is such in the HTML. With `hard_wraps` each end of a line in a paragraph is a `<br>`.
    """
    writer = _Writer(stash, dialect, inline, hard_wraps=hard_wraps)
    lines = markdown.split("\n")
    at = 0
    while at < len(lines):
        formula = None if writer.is_verbatim else leaf.formula(lines, at)
        table = kramdown.table(lines, at) if dialect == "jekyll" and writer.awaits_block else None
        if formula is not None:
            html, at = formula
            writer.write(stash.put(html))
            at += 1
        elif table is not None:
            written, at = table
            for line in written:
                writer.write(line)
        else:
            writer.write(lines[at])
            at += 1
    return writer.finished()


class _Writer:
    """Reads line by line and writes what was read; `block` is the code or the raw HTML that is open."""

    def __init__(self, stash: Stash, dialect: str, inline: Inline, *, hard_wraps: bool) -> None:
        self._stash = stash
        self._inline = inline
        self._breaks = hard_wraps
        self._in_tag = False  # whether the paragraph's last line ends inside one
        self._reader = Reader(dialect)
        self._written: list[str] = []
        self._block: Line | None = None
        self._buffer: list[str] = []
        self._tight = False  # whether it stands in a list item
        self._place = 0  # where in `written` the block's token goes
        self._lines = 0  # of the paragraph so far
        self._first = False  # whether that is the first thing in its list item
        self._head = ""  # the line before, which may be a table's head
        self._paragraph: list[str] = []  # its lines so far
        self._paragraph_start = ("", 0)  # what stands before it, and where in `written` it begins
        self._columns = 0  # of the table that is open
        self._cells = Budget()
        self._notes: list[str] = []  # those written where they are referred to: `^[like this]`
        self._quote_ended = -1  # how many containers are around the quote that has just ended, if one has
        self._starts: list[int] = []  # where in `written` each open container begins
        self._flush: frozenset[int] = frozenset()  # the items whose lines are written without indentation

    @property
    def is_verbatim(self) -> bool:
        """Whether code or HTML is open, in which nothing has a meaning of its own."""
        return self._reader.is_verbatim

    @property
    def awaits_block(self) -> bool:
        """Whether the next line goes on with nothing."""
        return not self.is_verbatim and not self._reader.paragraph

    def write(self, text: str) -> None:
        """Write the next line."""
        paragraph, before = self._reader.paragraph, self._reader.containers[:]
        line = self._reader.read(text)
        containers = self._reader.containers
        if self._in_block(line, same=len(before) == len(containers)):
            return
        depth = len(containers) - line.opened
        old, new = containers[:depth], containers[depth:]
        if _is_quote(before[len(containers) :]):
            self._quote_ended = len(containers)
        if line.kind == "blank" and not new:
            self._blank(containers)
            return
        in_table = self._lines < 0
        if in_table and line.underline:
            line.underline, line.lazy = False, "=" in line.text
            line.kind = "text" if line.lazy else "rule"
        if not new and (line.kind == "attributes" or (in_table and is_attributes(line.text))):
            self._attributes(line, before)
            return
        another = self._another(before, containers, depth)
        if (
            another
            or (in_table and not line.lazy)
            or self._parted(before, line, depth)
            or _needs_gap(before, containers, line, paragraph=paragraph, first=self._first)
        ):
            self._blank(old)
        if another:
            self._written.append(self._rest(old) + self._stash.put("", block=True))
            self._blank(old)
        outer = self._rest(old)
        prefix = outer + "".join(one.first for one in new)
        del self._starts[depth:]
        self._starts += [len(self._written)] * line.opened
        self._flush |= _flush(new, depth)
        if title := next((one.title for one in new if one.title), ""):
            rest = self._rest(containers)
            self._written += [f"{prefix}**{title}**", rest.rstrip()]
            prefix = rest
            self._lines = 0
        if line.kind in {"fence", "html", "code"}:
            self._open(line, prefix, outer)
        elif line.kind == "blank" and new[-1].kind != "quote" and not new[-1].marker:
            self._begun(new[-1], prefix)
        elif line.kind != "blank" or not title:
            self._leaf(line, prefix, outer)

    def _in_block(self, line: Line, *, same: bool) -> bool:
        """Tell whether a line belongs to the block that is open, and write it or the block then."""
        if self._block is not None and not _continues(self._block, line, same=same):
            self._close()
        if self._block is None:
            return False
        if line.closes:
            self._close()
        else:
            self._buffer.append(line.text)
        return True

    def finished(self) -> str:
        """Return all that was written."""
        self._close()
        self._written += [f"\n[^inline-{number}]: {text}" for number, text in enumerate(self._notes, 1)]
        return "\n".join(self._written)

    def _begun(self, container: Container, prefix: str) -> None:
        """Write the first line of a note or a call-out whose text begins on another line."""
        if container.first.startswith("[^"):
            self._written.append(prefix.rstrip())
            self._lines = 0
        else:
            self._blank(self._reader.containers)

    def _blank(self, containers: list[Container]) -> None:
        """Write a blank line in these containers."""
        self._nothing(self._rest(containers).rstrip())
        self._lines = 0

    def _nothing(self, line: str) -> None:
        """Write a blank line; a second one would end a note or an item."""
        if not self._written or self._written[-1] != line:
            self._written.append(line)

    def _rest(self, containers: list[Container]) -> str:
        """Return what stands before a line in these containers that is not their first.

        Python-Markdown finds a quote that begins an item again only at the margin, until a blank line.
        """
        if self._flush:
            open_ones = self._flush.intersection(range(len(containers) - 1))
            self._flush = open_ones if self._written[-1] else frozenset()
        return "".join("" if at in self._flush else one.rest for at, one in enumerate(containers))

    def _parted(self, before: list[Container], line: Line, depth: int) -> bool:
        """Tell whether `line` begins an item, and blank lines are in the one that it ends.

        Python-Markdown sees the new one only behind a blank line then.
        """
        if not line.opened or depth >= len(before) or before[depth].kind != "item":
            return False
        nothing = self._rest(before[:depth]).rstrip()
        blank = [one == nothing for one in self._written[self._starts[depth] :]]
        return any(blank) and not blank[-1]

    def _another(self, before: list[Container], now: list[Container], depth: int) -> bool:
        """Tell whether a list or a quote begins that Python-Markdown would take for more of the last."""
        ended, self._quote_ended = self._quote_ended, -1
        if _is_quote(now[depth:]):
            return ended == depth or _is_quote(before[depth:])
        return _another_list(before, now, depth)

    def _attributes(self, line: Line, before: list[Container]) -> None:
        """Leave out kramdown's attributes, which are looks, and the item that the contents would replace."""
        in_item = bool(before) and before[-1].kind == "item"
        if is_contents(line.text) and in_item and self._starts[len(before) - 1] == len(self._written) - 1:
            self._written.pop()
        if not self._in_item():
            self._blank(self._reader.containers)
        self._lines = 0
        del self._starts[len(self._reader.containers) :]

    def _leaf(self, line: Line, prefix: str, outer: str) -> None:
        self._lines = self._lines + 1 if line.kind == "text" and line.lazy else 1
        self._first = self._first if line.lazy else line.opened > 0
        if line.underline:
            prefix, start = self._paragraph_start
            line.text = leaf.underlined(self._paragraph, line.text)
            del self._written[start:]
        elif line.kind == "heading":
            line.text = leaf.heading(leaf.with_notes(line.text, self._notes))
        elif line.kind == "blank":
            line.text = _NOTHING
        elif line.kind == "text":
            self._text(line, outer)
        if line.kind == "text" and line.lazy:
            self._paragraph.append(line.text)
        else:
            self._paragraph, self._paragraph_start = [line.text], (prefix, len(self._written))
        self._written.append(prefix + line.text)
        if line.kind in {"heading", "rule"} and not self._in_item():
            self._nothing(outer.rstrip())

    def _text(self, line: Line, outer: str) -> None:
        self._lines = _mend_previous(self._written, line, outer, self._lines)
        if self._lines == _TABLE:
            self._columns = line.text.count("|") + 1
        if self._lines < 0:
            self._cells.spend(self._columns * _CELL)
            line.text = leaf.row(line.text, self._head)
        else:
            line.text = leaf.text(line)
            self._head = line.text
            if self._breaks and line.lazy and not self._in_tag:
                self._written[-1] = self._written[-1].rstrip() + "  "
            goes_on = self._in_tag and line.lazy and ">" not in line.text
            self._in_tag = goes_on or _OPEN_TAG.search(line.text) is not None
        line.text = leaf.with_notes(line.text, self._notes)

    def _open(self, line: Line, prefix: str, outer: str) -> None:
        self._tight = self._in_item()
        if not self._tight:
            self._nothing(outer.rstrip())
        self._place = len(self._written)
        self._written.append(prefix)
        self._block = line
        self._buffer = [] if line.kind == "fence" else [line.text]
        self._lines = 0

    def _close(self) -> None:
        """Write the token of the block that has just ended, where it began."""
        if self._block is None:
            return
        if self._block.kind != "html":
            html = leaf.code(self._buffer, self._block)
        else:
            html = "\n".join(self._buffer)
            html = html if self._block.raw else kramdown.spans(html, self._inline)
        prefix = self._written[self._place]
        self._written[self._place] += self._stash.put(html, block=True)
        if not self._tight:
            self._nothing(prefix.rstrip())
        self._block = None

    def _in_item(self) -> bool:
        """Tell whether blank lines would pull a list's items apart."""
        return any(one.rest == "    " for one in self._reader.containers)


def _continues(block: Line, line: Line, *, same: bool) -> bool:
    """Tell whether `line` is still part of `block`; `same` says that no container was closed in between."""
    if line.opens or line.opened:
        return False
    return line.kind == block.kind or (block.kind == "code" and line.kind == "blank" and same)


def _needs_gap(
    before: list[Container], now: list[Container], line: Line, *, paragraph: bool, first: bool
) -> bool:
    """Tell whether Python-Markdown sees what `line` opens and closes only after a blank line.

    `paragraph` says that one is open, `first` that it is the first thing in its item.
    """
    depth = len(now) - line.opened
    if not line.opened:
        return depth < len(before)
    opened = now[depth]
    if depth < len(before):
        closed = before[depth]
        if closed.kind != opened.kind or closed.first[:1].isdigit() != opened.first[:1].isdigit():
            return True
        if opened.first.startswith("[^"):
            return True  # each note is a block, or Python-Markdown searches all of them again for each
        return opened.kind == "item" and (opened.first == _DEFINITION or (paragraph and not first))
    nested = depth > 0 and now[depth - 1].rest == "    " and not now[depth - 1].first.startswith("[^")
    return paragraph and opened.first != _DEFINITION and not (nested and first)


def _another_list(before: list[Container], now: list[Container], depth: int) -> bool:
    """Tell whether an item begins a list of its own by its other marker: `*` after `-`, `1)` after `1.`.

    Inside an item this is not told apart: what it takes would also loosen the item.
    """
    if depth >= min(len(before), len(now)) or any(one.kind == "item" for one in now[:depth]):
        return False
    closed, opened = before[depth], now[depth]
    alike = closed.first[:1].isdigit() == opened.first[:1].isdigit()
    return alike and bool(closed.marker and opened.marker) and closed.marker != opened.marker


def _is_quote(containers: list[Container]) -> bool:
    return bool(containers) and containers[0].rest == "> "


def _flush(new: list[Container], depth: int) -> set[int]:
    """Return which of the containers that a line opens are list items with a quote for their beginning."""
    last = max((at for at, one in enumerate(new) if one.rest == "> "), default=0)
    return {depth + at for at, one in enumerate(new[:last]) if one.marker in {*"-*+.)"}}


def _mend_previous(written: list[str], line: Line, outer: str, lines: int) -> int:
    """Put right what only this line shows of the one before: a hard break, and a table in a paragraph.

    `lines` counts the paragraph's lines with this one; what is returned goes on counting, or says with a
    negative number that they are a table's.
    """
    if line.lazy and written[-1].endswith("\\") and not written[-1].endswith("\\\\"):
        written[-1] = written[-1][:-1] + "  "
    if lines > 1 and "|" in written[-1] and leaf.is_delimiter_row(line.text):
        if lines > 2:  # noqa: PLR2004 - the table's head and this row of dashes
            written[-2] = written[-2].rstrip()
            written.insert(-1, outer.rstrip())
        written[-1] = leaf.cells(written[-1])
        return _TABLE
    return lines
