"""What is wrong with a file, as a value: problems travel beside the posts, and are never raised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from feeds.codes import CODES

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with one file.

    An `error` means that the post is not published, a `warning` that it is, with something lost or guessed.
    `path` is relative to the site's folder; `line` and `column` count from 1, and 0 means unknown.
    """

    code: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""
    severity: Severity = "error"

    def __post_init__(self) -> None:
        assert self.code in CODES, f"{self.code} is not in feeds.codes"  # noqa: S101 - a slip of ours, for tests to find


class Findings:
    """The problems found so far in one file: what a reading room writes into while it goes on reading."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._problems: list[Problem] = []

    def add(
        self,
        severity: Severity,
        code: str,
        message: str,
        *,
        at: tuple[int, int] = (0, 0),
        hint: str = "",
    ) -> None:
        """Note one problem; `at` is its line and column in the file."""
        self._problems.append(
            Problem(
                code=code,
                message=message,
                path=self.path,
                line=at[0],
                column=at[1],
                hint=hint,
                severity=severity,
            )
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything noted, in the order it was found."""
        return tuple(self._problems)

    @property
    def fatal(self) -> bool:
        """Whether the file cannot be published."""
        return any(problem.severity == "error" for problem in self._problems)
