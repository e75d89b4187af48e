"""Where things end in a text, looked up in linear time however many of them there are.

Searching for an end that is not there costs the rest of the text, so a body made of nothing but
beginnings would cost its square. Every answer is therefore remembered.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_CLOSER = re.compile(
    r"\{\{[<%]-?\s*(?P<hugo>/\s*[\w./:-]*[\w:])\s*-?[>%]\}\}|\{%-?\s*(?P<liquid>end[\w:./-]*?)\s*-?%\}"
)
_BOUNDARY = re.compile(
    r"\n[ \t]*(?:\n|\Z|>|"
    r"(?:[-*+]|\d{1,9}[.)])[ \t]|#{1,6} |```|~~~|:::|!!!|</?[A-Za-z!]|[=-]+[ \t]*(?:\n|\Z))"
)


class Lookahead:
    """One text, asked from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[str, tuple[int, int]] = {}
        self._closers: dict[str, list[tuple[int, int]]] | None = None
        self._ticks: dict[int, list[int]] | None = None
        self._boundary = -1

    def find(self, text: str, position: int) -> int:
        """Return where `text` is next, -1 if nowhere."""
        asked, found = self._found.get(text, (0, -2))
        if not (asked <= position and (found == -1 or position <= found)):
            found = self.text.find(text, position)
            self._found[text] = (position, found)
        return found

    def closer(self, name: str, position: int) -> tuple[int, int] | None:
        """Return where the next end tag called `name` (`/details`, `endnote`) begins and ends."""
        if self._closers is None:
            self._closers = {}
            for match in _CLOSER.finditer(self.text):
                found = (match["liquid"] or match["hugo"].replace(" ", "")).lower()
                self._closers.setdefault(found, []).append(match.span())
        places = self._closers.get(name.lower(), [])
        index = bisect_left(places, (position, 0))
        return places[index] if index < len(places) else None

    def code_end(self, ticks: str, position: int) -> int:
        """Return where the code span ends that begins here, or the end of its backticks if none does."""
        if self._ticks is None:
            self._ticks = {}
            for match in re.finditer("`+", self.text):
                self._ticks.setdefault(len(match[0]), []).append(match.start())
        after = position + len(ticks)
        places = self._ticks.get(len(ticks), [])
        index = bisect_left(places, after)
        if index == len(places) or places[index] > self.paragraph_end(after):
            return after
        return places[index] + len(ticks)

    def paragraph_end(self, position: int) -> int:
        """Return where the paragraph ends."""
        if position > self._boundary:
            match = _BOUNDARY.search(self.text, position)
            self._boundary = match.start() if match else len(self.text)
        return self._boundary

    def line_end(self, position: int) -> int:
        """Return where the line ends."""
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end
