"""A table in plain text: in columns, with lines wrapped inside them if need be; else row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from feeds.body.columns import columns, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GAP = "  "  # between a table's columns
_LEAST = 12  # columns that a cell is given, if it needs them, before lines are wrapped in it
_SIDE_BY_SIDE = 5  # columns of a table that are still read at a glance when lines are wrapped in them
_WIDEST_SPAN = 100  # columns; no more fit into a mail


@dataclass(slots=True)
class Cell:
    """A cell: what it says, and how many columns and rows it spans."""

    text: str = ""
    is_head: bool = False
    align: str = ""
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class Table:
    """The rows that were read, with their cells as HTML has them."""

    rows: list[list[Cell]] = field(default_factory=list)

    def start_cell(self, cell: Cell) -> None:
        """Begin a cell, in a row of its own if there is none."""
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append(cell)

    def say(self, text: str) -> None:
        """Put text into the cell that is open; what stands between cells has one of its own."""
        if not self.rows or not self.rows[-1]:
            self.start_cell(Cell())
        cell = self.rows[-1][-1]
        cell.text = f"{cell.text} {text}".strip()

    def lines(self, width: int) -> list[str]:
        """Return the table as lines of at most `width` columns, none if nothing is in it."""
        rows = [row for row in _grid(self.rows) if any(row)]
        if not rows:
            return []
        first = next((row for row in self.rows if any(cell.text for cell in row)), [])
        heads = sum(cell.is_head for cell in first)
        headed = heads > 1 or (heads == 1 and max(map(len, rows)) == 1)
        sizes = _sizes(rows, width)
        if not sizes:
            return _row_by_row(rows, width, headed=headed)
        return _side_by_side(rows, sizes, self._aligned(), headed=headed)

    def _aligned(self) -> dict[int, str]:
        """How each column is aligned, as its first cell that says so has it."""
        found: dict[int, str] = {}
        for row in self.rows:
            for at, cell in enumerate(row):
                if cell.align:
                    found.setdefault(at, cell.align)
        return found


def _grid(rows: Sequence[Sequence[Cell]]) -> Iterator[list[str]]:
    """Return the rows with an empty cell wherever another reaches to from the left or from above."""
    reaching: dict[int, int] = {}  # by column, the rows that a cell above still spans
    for row in rows:
        texts: list[str] = []
        for cell in row:
            while _reached(reaching, len(texts)):
                texts.append("")
            for at in range(min(cell.across, _WIDEST_SPAN)):
                if cell.down > 1 and len(texts) < _WIDEST_SPAN:
                    reaching[len(texts)] = cell.down - 1
                texts.append("" if at else cell.text)
        for column in [column for column in reaching if column >= len(texts)]:
            _reached(reaching, column)
        yield texts


def _reached(reaching: dict[int, int], column: int) -> bool:
    """Whether a cell above spans this row, too; then it spans one row less."""
    left = reaching.pop(column, 0)
    if left > 1:
        reaching[column] = left - 1
    return left > 0


def _sizes(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the width of each column, or none when they do not fit beside each other."""
    cells = list(zip_longest(*rows, fillvalue=""))
    room = width - len(_GAP) * (len(cells) - 1)
    if len(cells) > room:
        return []
    whole = [max(map(columns, column)) for column in cells]
    if sum(whole) <= room:
        return whole
    if len(cells) > _SIDE_BY_SIDE:
        return []
    longest = [max(columns(word) for cell in column for word in wrapped(cell, 1)) for column in cells]
    least = [max(word, min(size, _LEAST)) for word, size in zip(longest, whole, strict=True)]
    if sum(least) > room:
        return []
    level = max(
        level
        for level in range(room + 1)
        if sum(max(low, min(size, level)) for low, size in zip(least, whole, strict=True)) <= room
    )
    return [max(low, min(size, level)) for low, size in zip(least, whole, strict=True)]


def _side_by_side(
    rows: Sequence[Sequence[str]], sizes: Sequence[int], aligned: dict[int, str], *, headed: bool
) -> list[str]:
    """Return a table with its columns beside each other; rows of several lines have blank lines between."""
    written = [[wrapped(cell, size) for cell, size in zip(row, sizes, strict=False)] for row in rows]
    apart = any(len(cell) > 1 for row in written for cell in row)
    lines: list[str] = []
    for number, row in enumerate(written):
        if apart and number > headed:
            lines.append("")
        lines += [
            _GAP.join(
                _padded(text, size, aligned.get(at, ""))
                for at, (text, size) in enumerate(zip(texts, sizes, strict=False))
            )
            for texts in zip_longest(*row, fillvalue="")
        ]
        if headed and not number:
            lines.append(_GAP.join("-" * size for size in sizes))
    return lines


def _row_by_row(rows: Sequence[Sequence[str]], width: int, *, headed: bool) -> list[str]:
    """Return a table that is too wide as one paragraph per row, each cell on a line of its own."""
    complete = len(rows) > 1 and all(len(row) <= len(rows[0]) for row in rows)
    heads = rows[0] if headed and complete else []
    lines: list[str] = []
    for row in rows[1:] if heads else rows:
        for at, cell in enumerate(row):
            name = heads[at] + ": " if at < len(heads) and heads[at] else ""
            lines += wrapped(name + cell, width) if cell else []
        lines.append("")
    return lines[:-1]


def _padded(cell: str, size: int, align: str) -> str:
    space = size - columns(cell)
    before = {"right": space, "center": space // 2}.get(align, 0)
    return " " * before + cell + " " * (space - before)
