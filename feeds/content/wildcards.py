"""Patterns of paths with `*`, `**`, `?` and `{a,b}`, matched in time that grows with their lengths alone."""

from __future__ import annotations

import re

_MOST = 64  # patterns that the alternatives in one stand for
_PIECE = re.compile(r"\*+|.", re.DOTALL)
_CHOICE = re.compile(r"\{([^{}]*)\}")


def matches(pattern: str, path: str) -> bool:
    """Whether all of `path` fits `pattern`.

    `*` stands for any characters but slashes, `**` for any at all, `**/` for folders or none, `?` for one
    character that is no slash, and `{a,b}` for one of both.
    """
    return any(_fits(each, path) for each in _alternatives(pattern.replace("**/", "{**/,}")))


def _alternatives(pattern: str) -> list[str]:
    todo, done = [pattern], list[str]()
    while todo and len(todo) + len(done) < _MOST:
        each = todo.pop()
        found = _CHOICE.search(each)
        if not found:
            done.append(each)
            continue
        todo += [each[: found.start()] + choice + each[found.end() :] for choice in found[1].split(",")]
    return done


def _fits(pattern: str, path: str) -> bool:
    """Step through the path, with all places in the pattern where one could be: nothing is tried twice."""
    pieces = _PIECE.findall(pattern)
    if not any("*" in piece or piece == "?" for piece in pieces):
        return pattern == path

    def rested(places: set[int]) -> set[int]:
        """The places, and those behind stars that stand for nothing."""
        reached = set(places)
        for place in range(min(places, default=0), len(pieces)):
            if place in reached and pieces[place][0] == "*":
                reached.add(place + 1)
        return reached

    places = rested({0})
    for letter in path:
        stepped = set()
        for place in places:
            piece = pieces[place] if place < len(pieces) else ""
            if piece == letter or (piece == "?" and letter != "/"):
                stepped.add(place + 1)
            elif piece[:1] == "*" and (letter != "/" or len(piece) > 1):
                stepped.add(place)
        places = rested(stepped)
        if not places:
            return False
    return len(pieces) in places
