"""Git's history → when each content file was last changed, for posts that do not say it themselves.

Git is asked twice, whatever the number of posts, and only about what is on this disk. What it says is about
commits alone: times of files and changes that are not committed are different on every machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from feeds.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from feeds.model import Placed
    from feeds.settings import Workspace

_PATIENCE = 120  # seconds; a history of twenty thousand commits takes one
# A repository's own configuration can name programs to run, and may be anybody's. Git is told not to.
_CAREFUL = (
    *("--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.quotepath=false", "-c", "log.showSignature=false", "-c", "log.follow=false"),
    *("-c", "safe.bareRepository=explicit"),  # a folder of posts that looks like one is none
)
_LOG = (
    *("log", "-z", "--raw", "--no-abbrev", "--relative", "--root", "--format=%aI"),
    # Renames with the same content only: for others the files themselves are compared, which takes long, and
    # in a partial clone would fetch them.
    *("--find-renames=100%", f"-O{os.devnull}"),
    # Whatever the clocks of the authors say, a commit comes after those that it builds on.
    *("--date-order", "--reverse"),
    *("--no-color", "--no-ext-diff", "--no-textconv", "--", "."),
)
# What a user says of this machine, and not of one repository.
_WHERE_GIT_LOOKS = frozenset(
    {
        *("GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM"),
        *("GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH"),
    }
)
_CHANGE = re.compile(r"\n?:\d+ \d+ (?P<before>[0-9a-f]+) (?P<after>[0-9a-f]+) (?P<kind>[A-Z])\d*")
_FRONT_MATTER_ONLY = 'or set updated = "front-matter" under [content]'


@dataclass(frozen=True, slots=True)
class Changes:
    """When files of the content folder were last changed, by their path in it, and why it cannot be told."""

    dates: Mapping[str, datetime]
    problems: tuple[Problem, ...] = ()


class _GitError(Exception):
    """What git says when it fails."""


def last_changes(workspace: Workspace) -> Changes:
    """Return when each file was last changed: the author date of the last commit that changed what is in it.

    The commit that added a file is no change, so that neither an import nor a first commit makes everything
    new; nor is a move or a change of mode. A file that was moved and edited in one commit is a new one. When
    git can tell nothing, or only of the newest commits, there are no dates, and one problem that says why.
    """
    folder = workspace.root / workspace.settings.content.dir
    try:
        if _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true":
            return _unavailable(
                workspace,
                "this clone is shallow, so git does not know when posts were changed",
                "fetch all of it (git fetch --unshallow, fetch-depth: 0 in a workflow)",
            )
        return Changes(_read(_git(folder, *_LOG)))
    except _GitError as error:
        return _failed(workspace, str(error))


def with_changes(placed: Iterable[Placed], changes: Changes, *, now: datetime) -> tuple[Placed, ...]:
    """Give the sources that do not say when they were changed the date that git has, if it is not to come."""
    return tuple(_with_change(each, changes.dates, now) for each in placed)


def _with_change(placed: Placed, dates: Mapping[str, datetime], now: datetime) -> Placed:
    source = placed.source
    date = dates.get(source.path)
    if source.header.updated or date is None or date > now:
        return placed
    return replace(placed, source=replace(source, header=replace(source.header, updated=date)))


def _failed(workspace: Workspace, said: str) -> Changes:
    if "does not have any commits yet" in said:
        return Changes({})
    if "dubious ownership" in said:
        return _unavailable(
            workspace,
            "git does not trust the repository, which belongs to somebody else",
            f"git config --global --add safe.directory {_top(workspace.root)}",
        )
    if "not a git repository" in said:
        return _unavailable(workspace, "the posts are in no git repository", "commit them to one")
    return _unavailable(workspace, said, "look at what `git log` says in the content folder")


def _top(folder: Path) -> Path:
    """The repository's folder, as far as it can be seen without git."""
    inside = folder.resolve()
    return next((each for each in (inside, *inside.parents) if (each / ".git").exists()), inside)


def _unavailable(workspace: Workspace, message: str, hint: str) -> Changes:
    problem = Problem(
        code="git-unavailable",
        message=message,
        path=workspace.file.name,
        hint=f"{hint}, {_FRONT_MATTER_ONLY}",
        severity="warning",
    )
    return Changes({}, (problem,))


def _git(folder: Path, *arguments: str) -> str:
    """What git answers in `folder`. Raises _GitError with what it says when it does not."""
    program = shutil.which("git")
    if program is None:
        raise _GitError("there is no git on this machine")
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and nothing of it comes from content
            [program, *_CAREFUL, *arguments],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise _GitError(f"git took more than {_PATIENCE} seconds") from error
    except OSError as error:
        raise _GitError(f"git cannot be run: {(error.strerror or str(error)).lower()}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _GitError("git says: " + (said[0].removeprefix("fatal: ") if said else "nothing"))
    return os.fsdecode(done.stdout)


def _environment() -> dict[str, str]:
    """Ours, without what would lead git to another repository; with what keeps it quiet and off the net."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _WHERE_GIT_LOOKS
    }
    return ours | {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",  # for versions of git before 2.45, which do not know the line above
    }


def _read(log: str) -> dict[str, datetime]:
    """The dates by path, from a log that begins with the oldest commit."""
    dates: dict[str, datetime | None] = {}
    for date, kind, paths in _changes(log):
        if kind == "R":
            dates[paths[1]] = dates.pop(paths[0], None)
        elif kind == "D":
            dates.pop(paths[0], None)
        else:
            dates[paths[0]] = None if kind == "A" else date
    return {path: date for path, date in dates.items() if date}


def _changes(log: str) -> Iterator[tuple[datetime | None, str, tuple[str, ...]]]:
    """Each change of a file's content or place: when its author made it, its kind, and one path or two."""
    tokens = iter(log.split("\0"))
    date: datetime | None = None
    for token in tokens:
        change = _CHANGE.fullmatch(token)
        if change is None:
            date = _date(token)
        else:
            paths = tuple(next(tokens) for _ in range(2 if change["kind"] == "R" else 1))
            if change["kind"] == "R" or change["before"] != change["after"]:
                yield date, change["kind"], paths


def _date(text: str) -> datetime | None:
    """A commit's date; one that no calendar has counts for nothing."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None
