"""A table in plain text: in columns if they fit, else row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

from feeds.body.columns import columns, wrapped

_GAP = "  "  # between a table's columns


@dataclass(slots=True)
class Table:
    """The cells that were read, and how many of the first row are heads."""

    rows: list[list[str]] = field(default_factory=list)
    heads: int = 0

    def lines(self, width: int) -> list[str]:
        """Return the table as lines of at most `width` columns, none if nothing is in it."""
        rows = [row for row in self.rows if any(row)]
        if not rows:
            return []
        count = max(len(row) for row in rows)
        sizes = [
            max((columns(row[at]) for row in rows if at < len(row)), default=0)
            for at in range(min(count, width))
        ]
        headed = self.heads > 1 or (self.heads == 1 and count == 1)
        if sum(sizes) + len(_GAP) * (count - 1) > width:
            return _row_by_row(rows, width, headed=headed)
        lines = [
            _GAP.join(_padded(cell, size) for cell, size in zip(row, sizes, strict=False)) for row in rows
        ]
        if headed:
            lines.insert(1, _GAP.join("-" * size for size in sizes))
        return lines


def _row_by_row(rows: list[list[str]], width: int, *, headed: bool) -> list[str]:
    """Return a table that is too wide as one paragraph per row, each cell on a line of its own."""
    complete = len(rows) > 1 and all(len(row) == len(rows[0]) for row in rows)
    heads = rows[0] if headed and complete else []
    lines: list[str] = []
    for row in rows[1:] if heads else rows:
        for at, cell in enumerate(row):
            name = heads[at] + ": " if at < len(heads) and heads[at] else ""
            lines += wrapped(name + cell, width)
        lines.append("")
    return lines[:-1]


def _padded(cell: str, size: int) -> str:
    return cell + " " * (size - columns(cell))
