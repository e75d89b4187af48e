"""How far the lines of MDX are indented for looks: it has no indented code, and Markdown has.

In lists indentation means what it always does, and stays.
"""

from __future__ import annotations

import re

from feeds.body.blocks import CODE_INDENT

_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)]|\[\^[^\]\s]+\]:)(?:\s|$)")  # of a list, or a footnote
_INSIDE = 2  # columns that an item's text is indented by, at the least


class Margin:
    """The indentation that lines have in common, which is read line by line."""

    def __init__(self) -> None:
        self._width = 0  # characters
        self._in_list = False

    def note(self, line: str, *, after_blank: bool) -> None:
        """Take up the next line that is no code's."""
        text = line.lstrip(" \t")
        if not text.strip():
            return
        indent = len(line) - len(text)
        if indent < self._width:
            self._width, self._in_list = 0, False
        columns = len(line[self._width : indent].expandtabs(CODE_INDENT))
        item = _ITEM.match(text) is not None
        if after_blank and columns < _INSIDE and not item:
            self._in_list = False
        if columns >= CODE_INDENT and not self._in_list:
            self._width = indent
        self._in_list = self._in_list or item

    def of(self, line: str) -> int:
        """Return how many characters of a line are before the margin."""
        return min(len(line) - len(line.lstrip(" \t")), self._width)
