"""How `feeds check` shows what it found: grouped by code, with the line at fault, and counted.

Errors come last, next to the prompt, and are never left out. Of the others the first of each code are shown,
and how to see the rest is said below them.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TextIO

import click

from feeds.body.columns import columns
from feeds.cli import talk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from feeds.problems import Problem, Severity

SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")  # in the order they are shown
_FIRST = 3  # problems of a code, before the others of it are only counted
_NO_TERMINAL = 100  # columns of a line of the file, where nobody says how wide the output is
_FAR = 400  # characters around a fault that could come into view
_ROOM_AT_LEAST = 20


@dataclass(frozen=True, slots=True)
class Group:
    """What is shown in a row, and how many more there are of that code."""

    problems: tuple[Problem, ...]
    left_out: int = 0


def counted(found: Iterable[Problem]) -> list[tuple[Severity, str, int]]:
    """How many problems there are of each severity and code; the gravest last, then the rarest."""
    counts = Counter((problem.severity, problem.code) for problem in found)
    rows = [(severity, code, count) for (severity, code), count in counts.items()]
    return sorted(rows, key=lambda row: (SEVERITIES.index(row[0]), -row[2], row[1]))


def groups(found: Sequence[Problem], *, everything: bool = False) -> list[Group]:
    """What is to be shown: all errors, and of every other code the first, or `everything` by file."""
    if everything:
        alike = [
            [problem for problem in found if problem.severity != "error"],
            [problem for problem in found if problem.severity == "error"],
        ]
        return [Group(tuple(problems)) for problems in alike if problems]
    shown = []
    for severity, code, count in counted(found):
        problems = [problem for problem in found if (problem.severity, problem.code) == (severity, code)]
        # "And 1 more" would take the place of the one.
        whole = severity == "error" or count <= _FIRST + 1
        kept = problems if whole else problems[:_FIRST]
        shown.append(Group(tuple(kept), count - len(kept)))
    return shown


def excerpts(root: Path, stream: TextIO) -> Callable[[Problem], list[str]]:
    """What gives the line that a problem names in a file below `root`, as it fits on `stream`."""
    width = _width(stream)
    read = cache(_lines)  # several faults of one file stand in a row

    def excerpt(problem: Problem) -> list[str]:
        lines = read(root / problem.path) if problem.line else []
        if not 0 < problem.line <= len(lines):
            return []
        return marked(lines[problem.line - 1], problem.line, problem.column, width)

    return excerpt


def _width(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or _NO_TERMINAL
    except OSError:  # a pipe, a file
        return _NO_TERMINAL


def show(found: Sequence[Problem], root: Path, *, everything: bool = False) -> None:
    """Print problems of the site in the folder `root` on stdout, and how many there are of each code."""
    excerpt = excerpts(root, sys.stdout)
    shown = groups(found, everything=everything)
    for number, group in enumerate(shown):
        if number:
            click.echo()
        talk.problems(group.problems, err=False, excerpt=excerpt)
        if group.left_out:
            code = group.problems[0].code
            click.echo(f"… and {group.left_out} more like this: feeds check --code {code}")
    table = counted(found)
    if len(table) < len(found):
        click.echo()
        for line in _table(table):
            click.echo(line)


def _table(rows: Sequence[tuple[Severity, str, int]]) -> list[str]:
    digits = max(len(str(count)) for _, _, count in rows)
    longest = max(len(severity) for severity, _, _ in rows)
    return [
        f"{count:>{digits}}  {talk.coloured(severity)}{' ' * (longest - len(severity))}  {code}"
        for severity, code, count in rows
    ]


def marked(line: str, number: int, column: int, width: int) -> list[str]:
    """One line of a file in at most `width` columns, and a caret below the character `column` (0 for none).

    A line that is too long is cut on both sides. Characters that cannot be printed are written as escapes.
    """
    if not line.strip():
        return []
    gutter = f"{number:>5} | "
    room = max(width - len(gutter) - 1, _ROOM_AT_LEAST)
    at = min(max(column - 1, 0), len(line))
    first = max(at - _FAR, 0)
    pieces = [talk.printable(" " if c == "\t" else c) for c in line[first : at + _FAR].rstrip()]
    at = min(at - first, len(pieces))
    start, end = _window([columns(piece) for piece in pieces], at, room)
    before = "…" if first + start else ""
    after = "…" if first + end < len(line.rstrip()) else ""
    shown = [f"{gutter}{before}{''.join(pieces[start:end])}{after}".rstrip()]
    if column:
        indent = columns(before + "".join(pieces[start:at]))
        shown.append(f"{' ' * (len(gutter) - 2)}| {' ' * indent}^")
    return shown


def _window(widths: list[int], at: int, room: int) -> tuple[int, int]:
    """The part around `at` of characters with these widths that has room, with two marks where it is cut."""
    if sum(widths) <= room:
        return 0, len(widths)
    room -= 2
    start = at
    used = 0
    while start and used + widths[start - 1] <= room * 2 // 3:
        start -= 1
        used += widths[start]
    end = at
    while end < len(widths) and used + widths[end] <= room:
        used += widths[end]
        end += 1
    while start and used + widths[start - 1] <= room:  # near the end of the line more fits in front
        start -= 1
        used += widths[start]
    return start, end


def _lines(path: Path) -> list[str]:
    """The lines of a file, as `feeds.content.text` counts them; none if it cannot be read now."""
    try:
        data = path.read_bytes() if path.is_file() else b""
    except OSError:
        return []
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if wide else "utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
