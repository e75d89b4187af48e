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
_PAIRED = re.compile(
    r"^(?:[ \t>]|[-*+][ \t])*(?P<fence>`{3,}|~{3,})|(?P<ticks>`+)"
    r"|\{\{(?P<kind>[<%])-?\s*(?P<close>/)?\s*(?P<hugo>[\w./:-]*[\w:])"
    r"|\{%-?\s*(?P<liquid>[A-Za-z_][\w:./-]*)\s*(?P<call>\()?",
    re.MULTILINE,
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
        self._partners: dict[int, tuple[int, int]] | None = None
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

    def partner(self, position: int) -> tuple[int, int] | None:
        """Return where the end tag begins and ends that closes the tag at `position`, None if none does.

        An end tag closes the last open one of its name: those before that are without an end. Zola's
        `{% end %}` closes the last call.
        """
        if self._partners is None:
            self._partners = Lookahead(self.text).paired()
        return self._partners.get(position)

    def paired(self) -> dict[int, tuple[int, int]]:
        """Return the end tags by the beginnings of the tags that they close, outside code."""
        partners: dict[int, tuple[int, int]] = {}
        opened: dict[str, list[int]] = {}
        position = 0
        while match := _PAIRED.search(self.text, position):
            position, start = match.end(), match.start()
            if match["fence"] or match["ticks"]:
                position = self._behind_code(match)
                continue
            name, closes = _tag(match)
            if not closes:
                opened.setdefault(name, []).append(start)
            elif opened.get(name) and (closer := _CLOSER.match(self.text, start)):
                partners[opened[name].pop()] = closer.span()
        return partners

    def _behind_code(self, match: re.Match[str]) -> int:
        if match["ticks"]:
            return self.code_end(match["ticks"], match.start())
        end = self.find(match["fence"], self.line_end(match.end()))
        return match.end() if end < 0 else self.line_end(end)

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


def _tag(match: re.Match[str]) -> tuple[str, bool]:
    """Return what a tag is called, with its kind, and whether it is an end tag."""
    if match["hugo"]:
        return "/" + match["hugo"].lower(), bool(match["close"])
    name = match["liquid"].lower()
    if match["call"] or name == "end":
        return "{%", name == "end"
    return "end" + name.removeprefix("end"), name.startswith("end")
