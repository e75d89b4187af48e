"""The lines of a plain text as they are written: paragraphs, what indents them, and blank lines between."""

from __future__ import annotations

from typing import NamedTuple

from feeds.body.columns import columns

_DEEPEST = 12  # levels of indentation that are shown
_NARROWEST = 24  # columns that remain for text, however deep it is
_TASKS = ("☐ ", "☑ ")
_BULLET = "• "


class _Level(NamedTuple):
    """What stands before the first line of what is indented, and before the others."""

    first: str
    rest: str


class Sheet:
    """Lines of at most `width` columns, under levels of indentation that open and close."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []
        self._levels: list[_Level] = []
        self._fresh = 0  # how many of the levels have not written their first line yet
        self._gap = False

    @property
    def depth(self) -> int:
        """How many levels are open."""
        return len(self._levels)

    @property
    def is_fresh(self) -> bool:
        """Whether the innermost level has nothing in it yet."""
        return self._fresh > 0

    def indent(self, first: str, rest: str) -> None:
        """Open a level whose first line begins with `first`, and the others with `rest`."""
        self._levels.append(_Level(first, rest))
        self._fresh += 1

    def outdent(self) -> None:
        """Close the innermost level, if there is one."""
        if self._levels:
            self._levels.pop()
        self._fresh = min(self._fresh, len(self._levels))

    def part(self) -> None:
        """Have a blank line before what is written next."""
        self._gap = True

    def room(self) -> int:
        """Return how many columns there are for text."""
        indentation = sum(columns(level.rest) for level in self._levels[:_DEEPEST])
        return max(self.width - indentation, min(self.width, _NARROWEST))

    def write(self, lines: list[str], *, verbatim: bool = False) -> None:
        """Write lines at the current level; blank space at their ends stays if they are `verbatim`."""
        levels = self._levels[:_DEEPEST]
        old = max(len(self._levels) - self._fresh, 0)
        if self._gap and self.lines:
            self.lines.append("".join(level.rest for level in levels[:old]).rstrip())
        self._gap = False
        first = "".join(level.rest if at < old else level.first for at, level in enumerate(levels))
        rest = "".join(level.rest for level in levels)
        self._fresh = 0
        if lines[0].startswith(_TASKS) and first.endswith(_BULLET):
            first = first.removesuffix(_BULLET)  # a box is bullet enough
        for at, line in enumerate(lines):
            whole = (rest if at else first) + line
            self.lines.append(whole if verbatim and line else whole.rstrip())

    def text(self) -> str:
        """Return all that was written, "" for nothing."""
        written = "\n".join(self.lines).strip("\n")
        return written + "\n" if written else ""
