"""What the command line says, and where: stdout is data, stderr is talk.

Everything is readable without colour, and in a log file: one line a fact, `hint:` below it.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from feeds.errors import NothingNew
from feeds.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rich.progress import Progress as Drawn

    from feeds.errors import FeedsError
    from feeds.model import Report
    from feeds.problems import Problem

_MOST_WARNINGS = 20
_LONG_WORK = 100  # posts: about half a second
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def say(line: str) -> None:
    """Tell the person at the terminal something."""
    click.echo(printable(line), err=True)


def printable(text: str) -> str:
    """Text in which nothing can move the cursor or forge a line of a log. Joiners of words and emoji stay."""
    return "".join(
        c if c.isprintable() or c in "\u200c\u200d" else c.encode("unicode_escape").decode() for c in text
    )


def data(value: Mapping[str, object]) -> None:
    """Print one JSON object."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def error(error: FeedsError, *, as_json: bool = False) -> None:
    """Say what ended the run, with every problem of a settings file; also as data, if asked for."""
    found = getattr(error, "problems", ())
    if as_json:
        said = {"message": error.message, "where": error.where, "hint": error.hint}
        data({"error": said, "problems": [asdict(problem) for problem in found]})
    if found:
        problems(found)
        return
    where = f"{error.where}: " if error.where else ""
    kind = "" if isinstance(error, NothingNew) else f"{coloured('error')}: "
    click.echo(f"{printable(where)}{kind}{printable(error.message)}", err=True)
    if error.hint:
        say(f"  hint: {error.hint}")


def crash(error: Exception) -> None:
    """Say that we failed, and how to show where. A traceback can hold secrets, so it is not for every log."""
    if os.environ.get("FEEDS_TRACEBACK"):
        traceback.print_exception(error)
    kind = type(error).__name__
    click.echo(f"{coloured('error')}: Feedwright itself failed: {kind}: {printable(str(error))}", err=True)
    say("  hint: please report it; FEEDS_TRACEBACK=1 in the environment shows where it happened")


def coloured(severity: str) -> str:
    """The word in its colour; https://no-color.org says when not."""
    return _styled(severity, fg=_COLOURS[severity])


def _styled(text: str, *, fg: str | None = None, bold: bool | None = None) -> str:
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=fg, bold=bold)


def problems(
    found: Iterable[Problem],
    *,
    err: bool = True,
    excerpt: Callable[[Problem], Iterable[str]] = lambda _: (),
) -> None:
    """Print problems the way compilers do; a hint that many share is printed once in a row.

    `excerpt` gives the lines of the file that are to stand below the message.
    """
    hint = ""
    for problem in found:
        place = problem.path
        if problem.line:
            place += f":{problem.line}"
            if problem.column:
                place += f":{problem.column}"
        kind = f"{coloured(problem.severity)}[{problem.code}]"
        where = f"{_styled(printable(place), bold=True)}: " if place else ""
        click.echo(f"{where}{kind}: {printable(problem.message)}", err=err)
        for line in excerpt(problem):
            click.echo(line, err=err)
        if problem.hint and problem.hint != hint:
            click.echo(f"  hint: {printable(problem.hint)}", err=err)
        hint = problem.hint


def main_problems(found: Sequence[Problem]) -> None:
    """Print all errors and the first other problems: a spell of warnings must not hide what matters."""
    errors = [problem for problem in found if problem.severity == "error"]
    others = [problem for problem in found if problem.severity != "error"]
    problems(others[:_MOST_WARNINGS])
    if len(others) > _MOST_WARNINGS:
        say(f"… and {len(others) - _MOST_WARNINGS} more of these; feeds check groups and counts them")
    problems(errors)


def report(done: Report) -> dict[str, object]:
    """Turn a report into what `--json` prints."""
    return {
        "posts": done.posts,
        "channels": done.channels,
        "held": dict(done.held),
        "written": list(done.written),
        "unchanged": list(done.unchanged),
        "removed": list(done.removed),
        "problems": [asdict(problem) for problem in done.problems],
        "counts": tally(done.problems),
        "durations": {stage: round(seconds, 4) for stage, seconds in done.durations.items()},
    }


def tally(found: Iterable[Problem]) -> dict[str, dict[str, int]]:
    """How many problems there are, by code and severity."""
    counts: dict[str, dict[str, int]] = {}
    for problem in sorted(found, key=lambda problem: (problem.code, problem.severity)):
        of_code = counts.setdefault(problem.code, {})
        of_code[problem.severity] = of_code.get(problem.severity, 0) + 1
    return counts


def counts(done: Report) -> str:
    """How many posts and channels there are, and which files are left out."""
    line = f"{plural(done.posts, 'post')} in {plural(done.channels, 'channel')}"
    if done.held:
        line += "; left out: " + ", ".join(f"{count} {reason}" for reason, count in done.held.items())
    return line


def severities(found: Iterable[Problem]) -> str:
    """How many problems of each severity there are; empty when there is none."""
    listed = [problem.severity for problem in found]
    return ", ".join(
        plural(listed.count(severity), severity)
        for severity in ("error", "warning", "note")
        if severity in listed
    )


def plural(count: int, noun: str) -> str:
    """`1 post`, `2 posts`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def exit_code(found: Iterable[Problem]) -> int:
    """1 when some post was skipped for a fault, else 0."""
    return int(any(problem.severity == "error" for problem in found))


class Bar(Progress):
    """A progress bar on stderr, for work long enough to wonder about; on a terminal only."""

    def __init__(self) -> None:
        self._bar: Drawn | None = None

    def start(self, total: int) -> None:
        """Draw the bar, if there is somebody to see it."""
        if total >= _LONG_WORK and sys.stderr.isatty():
            from rich.console import Console  # noqa: PLC0415 - a run from cron never draws
            from rich.progress import Progress as Drawn  # noqa: PLC0415

            self._bar = Drawn(console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("rendering", total=total)
            self._bar.start()

    def advance(self, count: int) -> None:
        """Move it on."""
        if self._bar is not None:
            self._bar.advance(self._task, count)

    def stop(self) -> None:
        """Take it away, and give the terminal its cursor back."""
        if self._bar is not None:
            self._bar.stop()
