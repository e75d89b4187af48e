"""Style sheets and style attributes, read as they stand: what a mail program that knows all of CSS would see.

This is for reports. It takes any text, and makes the best of what is not CSS, as browsers do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"?|' + r"'(?:[^'\\\n]|\\.)*'?", re.DOTALL)
_DEEPEST = 20  # blocks within each other


@dataclass(frozen=True, slots=True)
class Declaration:
    """`name: value`, the name in lower case. `offset` is where it begins in its text."""

    name: str
    value: str
    offset: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector, or what stands behind an at-rule, with what is in its braces.

    `at` is the at-rule's name in lower case, empty for a selector. `around` are the rules that it is in, from
    the outermost. `offset` is where it begins in its text.
    """

    at: str
    prelude: str
    declarations: tuple[Declaration, ...]
    around: tuple[Rule, ...]
    offset: int


def without_comments(css: str) -> str:
    """CSS with spaces in place of the comments, so that every place stays where it is."""
    return COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), css)


def declarations(css: str, offset: int = 0) -> tuple[Declaration, ...]:
    """What a style attribute, or the inside of a rule without rules in it, declares."""
    found = []
    for start, end, _ in _pieces(css, ";"):
        name, colon, value = css[start:end].partition(":")
        if colon and name.strip():
            lead = len(name) - len(name.lstrip())
            found.append(Declaration(name.strip().lower(), value.strip(), offset + start + lead))
    return tuple(found)


def rules(css: str) -> Iterator[Rule]:
    """Every rule of a style sheet without comments, each before those that are in it."""
    yield from _rules(css, 0, ())


def _rules(css: str, offset: int, around: tuple[Rule, ...]) -> Iterator[Rule]:
    for start, end, stop in _pieces(css, ";{"):
        prelude = css[start:end]
        at, said = _at(prelude.strip())
        place = offset + start + len(prelude) - len(prelude.lstrip())
        if stop < 0:
            if at:
                yield Rule(at, said, (), around, place)
            continue
        inside = css[end + 1 : stop]
        plain = "" if _is_of_rules(at) else _plain(inside)
        rule = Rule(at, said, declarations(plain, offset + end + 1), around, place)
        yield rule
        if "{" in inside and len(around) < _DEEPEST:
            yield from _rules(inside, offset + end + 1, (*around, rule))


def _at(prelude: str) -> tuple[str, str]:
    if not prelude.startswith("@"):
        return "", prelude
    name = re.match(r"@([\w-]*)", prelude)
    assert name is not None  # noqa: S101 - it starts with one
    return name[1].lower() or "-", prelude[name.end() :].strip()


def _plain(inside: str) -> str:
    """What is declared before the first rule within a rule."""
    brace = inside.find("{")
    return inside if brace < 0 else inside[: inside.rfind(";", 0, brace) + 1]


def _is_of_rules(at: str) -> bool:
    return at in {"media", "supports", "keyframes", "-webkit-keyframes", "layer", "container"}


def _pieces(css: str, ends: str) -> Iterator[tuple[int, int, int]]:
    """Where pieces begin and end, outside strings and parentheses, and where the block behind ends, or -1."""
    start = at = depth = 0
    while at < len(css):
        character = css[at]
        if character in "\"'" and (string := _STRING.match(css, at)):
            at = string.end()
            continue
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif character == "{" and "{" in ends:
            stop = _closing(css, at)
            yield start, at, stop
            start, depth, at = stop + 1, 0, stop
        elif character in ends and not depth:
            yield start, at, -1
            start = at + 1
        at += 1
    if start < len(css):
        yield start, len(css), -1


def _closing(css: str, at: int) -> int:
    """Where the block that opens at `at` is closed; the end of the text when it is not."""
    depth = 0
    while at < len(css):
        character = css[at]
        if character in "\"'" and (string := _STRING.match(css, at)):
            at = string.end()
            continue
        depth += (character == "{") - (character == "}")
        if not depth:
            return at
        at += 1
    return len(css)
