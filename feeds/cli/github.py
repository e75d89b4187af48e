"""Problems as GitHub shows them beside the lines of a pull request.

The form is that of workflow commands: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from feeds import config
from feeds.cli.talk import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeds.errors import FeedsError
    from feeds.problems import Problem

# GitHub shows ten of each kind for a step, so the order matters only within a kind.
_KINDS = {"error": "error", "warning": "warning", "note": "notice"}


def commands(found: Iterable[Problem], root: Path) -> Iterator[str]:
    """One workflow command for each problem of the site in the folder `root`, errors first."""
    folder = _below_repository(root)
    order = list(_KINDS)
    for problem in sorted(found, key=lambda problem: order.index(problem.severity)):
        properties = {
            "file": printable(f"{folder}/{problem.path}".lstrip("/")) if problem.path else "",
            "line": str(problem.line or ""),
            "col": str(problem.column or ""),
            "title": problem.code,
        }
        named = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
        text = printable(problem.message)
        if problem.hint:
            text += f"\nhint: {printable(problem.hint)}"
        yield f"::{_KINDS[problem.severity]} {named}::{_data(text)}"


def failure(error: FeedsError, start: Path) -> Iterator[str]:
    """The workflow commands for what ended a run that started in the folder `start`."""
    if found := getattr(error, "problems", ()):
        yield from commands(found, config.find(start).parent)
        return
    where = f"{error.where}: " if error.where else ""
    hint = f"\nhint: {printable(error.hint)}" if error.hint else ""
    yield f"::error::{_data(printable(where + error.message) + hint)}"


def _below_repository(root: Path) -> str:
    """The site's folder as the repository knows it: empty when the two are the same, or there is none."""
    root = root.resolve()
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if workspace and root.is_relative_to(Path(workspace).resolve()):
        top = Path(workspace).resolve()
    else:  # in a work tree of git's, `.git` is a file
        top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    folder = root.relative_to(top).as_posix()
    return "" if folder == "." else folder


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
