"""What was noticed in one body, without saying the same a thousand times."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.problems import Problem

_ALIKE = 20  # problems with the same message that are reported each with its place
_OF_A_CODE = 200  # and problems with the same code


class Reports:
    """The problems of a body: the first few of those alike, and how many more there are."""

    def __init__(self) -> None:
        self._kept: dict[Problem, None] = {}
        self._seen: Counter[tuple[str, str]] = Counter()  # by code and message; "" stands for all messages
        self._more: Counter[tuple[str, str]] = Counter()

    def has_room(self, code: str, message: str) -> bool:
        """Count a problem, and tell whether it is to be added; else it is only one more."""
        for kind, most in (((code, message), _ALIKE), ((code, ""), _OF_A_CODE)):
            if self._seen[kind] >= most:
                self._more[kind] += 1
                return False
        self._seen.update(((code, message), (code, "")))
        return True

    def add(self, problem: Problem) -> None:
        """Keep a problem; the same at the same place is one."""
        self._kept[problem] = None

    def take(self, problems: Iterable[Problem]) -> None:
        """Add problems as far as there is room for them; for errors there always is."""
        for problem in problems:
            if problem.severity == "error" or self.has_room(problem.code, problem.message):
                self.add(problem)

    def all(self) -> tuple[Problem, ...]:
        """Return what was kept, with a last one for all of a kind that were too many."""
        last = {key: problem for problem in self._kept for key in _kinds(problem)}
        more = (
            replace(
                last[kind],
                message=f"… and {count:,} more like this{': ' if kind[1] else ''}{kind[1]}",
                hint="" if kind[1] else last[kind].hint,
            )
            for kind, count in self._more.items()
        )
        return (*self._kept, *more)


def _kinds(problem: Problem) -> tuple[tuple[str, str], tuple[str, str]]:
    return (problem.code, problem.message), (problem.code, "")
