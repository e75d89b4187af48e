"""Where the keys of a TOML document stand: `tomllib` says what they are worth, but not that.

A scanner, not a parser: it trusts that `tomllib` has accepted the text, and only follows the brackets, to say
on which line a key path such as `("site", "url")` or `("people", 0, "name")` is.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KeyPath = tuple[str | int, ...]

# The quantifiers that end in + never give back what they took: time is linear in the length of the text. They
# stand after single characters only, since CPython before 3.11.5 matches wrongly when they follow a group.
_PIECE = re.compile(
    r"""
      [ \t\r]++ | \#[^\n]*+
    | (?P<piece> \"{3}(?:[^"\\]++|\\.|"(?!""))*"{3,5} | '{3}(?:[^']++|'(?!''))*'{3,5}
               | "(?:[^"\\\n]++|\\.)*" | '[^'\n]*+' | [A-Za-z0-9_-]++ | . )
    """,
    re.VERBOSE | re.DOTALL,
)

_DEEPEST = 64  # longer paths belong to nobody, and a tuple for each part of one would take quadratic space


@dataclass(slots=True)
class _Frame:
    """A table or array being read: its path, and that of the value we are in (None while in a key)."""

    path: KeyPath
    is_array: bool = False
    value: KeyPath | None = None
    index: int = 0

    def step(self) -> None:
        """Go on to the next item or key."""
        self.index += 1
        self.value = (*self.path, self.index) if self.is_array else None


@dataclass(slots=True)
class _Scan:
    """What is known while the text goes by, piece by piece."""

    found: dict[KeyPath, int] = field(default_factory=dict)
    lengths: dict[KeyPath, int] = field(default_factory=dict)  # of the arrays made by [[headers]]
    frames: list[_Frame] = field(default_factory=lambda: [_Frame(())])
    words: list[tuple[str, int]] = field(default_factory=list)  # of the key being read
    brackets: int = 0  # opened by the header being read

    def take(self, piece: str, offset: int) -> None:
        """Read a word, a mark or a line break."""
        frame, nested = self.frames[-1], len(self.frames) > 1
        if piece == ("," if nested else "\n"):
            frame.step()
        elif piece == "\n":
            return
        elif nested and piece in "]}":
            self.frames.pop()
        elif frame.value is None:
            self._key(frame, piece, offset)
        else:
            if frame.is_array:
                _record(self.found, frame.value, offset)
            if piece in "[{":
                self._open(frame.value, is_array=piece == "[")

    def _open(self, path: KeyPath, *, is_array: bool) -> None:
        self.frames.append(_Frame(path, is_array, (*path, 0) if is_array else None))

    def _key(self, frame: _Frame, piece: str, offset: int) -> None:
        if piece == "=":
            frame.value = self._name(frame.path)
        elif piece == "[":
            self.brackets += 1
        elif piece == "]" and self.words:
            frame.path = self._name((), brackets=self.brackets)
            self.brackets = 0
        elif piece not in ".]":
            self.words.append((_plain(piece), offset))

    def _name(self, path: KeyPath, *, brackets: int = 0) -> KeyPath:
        """Give the words that were read a place below `path`, as a key or as the header of a table."""
        words, self.words = self.words, []
        for number, (name, offset) in enumerate(words[: _DEEPEST + 1], start=1):
            path = (*path, name)
            is_header = brackets > 0 and number == len(words)
            if is_header and brackets > 1:
                self.lengths[path] = self.lengths.get(path, 0) + 1
            _record(self.found, path, offset, again=is_header and brackets == 1)
            if brackets and path in self.lengths:
                path = (*path, self.lengths[path] - 1)
                _record(self.found, path, offset)
        return path


def locate(text: str) -> Mapping[KeyPath, tuple[int, int]]:
    """The line and column, from 1, of every key, table and array item of a valid TOML document.

    A table that is named more than once stands where its own header is, or else where it is first named.
    Items have their index in the path; those of `[[x]]` stand at the `x`. Paths of more than 64 parts are
    left out.
    """
    scan = _Scan()
    for match in _PIECE.finditer(text):
        if match.lastgroup == "piece":
            scan.take(match[0], match.start())
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return {path: _position(starts, offset) for path, offset in scan.found.items()}


def _plain(word: str) -> str:
    return next(iter(tomllib.loads(f"{word} = 0"))) if word[0] in "\"'" else word


def _record(found: dict[KeyPath, int], path: KeyPath, offset: int, *, again: bool = False) -> None:
    if len(path) <= _DEEPEST and (again or path not in found):
        found[path] = offset


def _position(starts: list[int], offset: int) -> tuple[int, int]:
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
