"""Metadata without fences: Pelican's `Key: value` lines, and Nikola's `.. key: value` in an HTML comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.content import yaml_text
from feeds.content.mappings import Located
from feeds.content.yaml_text import Place, Unreadable, Value
from feeds.model import Findings

if TYPE_CHECKING:
    from collections.abc import Sequence

# Without fences around them, only these first keys say that a file opens with metadata and not with prose.
_FIRST = frozenset(
    {
        *("title", "date", "modified", "category", "categories", "tags", "slug"),
        *("author", "authors", "summary", "status", "lang", "template"),
    }
)
# With a fence below them, or where a fence was meant to be, these do as well.
KEYS = _FIRST | {
    *("subtitle", "description", "updated", "published", "pubdate", "draft", "layout", "permalink"),
}
_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(?P<value>.*)|$)")
_TIGHT_LINE = re.compile(r"(?P<key>[A-Za-z]\w*):(?P<value>[^ \t].*)")
_NIKOLA_LINE = re.compile(r"[ \t]*\.\.[ \t]+(?P<key>[A-Za-z][\w-]*):(?P<value>.*)")
_BARE_LINES = ("title", "slug", "date", "tags", "link", "description", "type")
_KEPT_BACK = frozenset({"draft", "private"})  # tags by which Nikola once knew such posts


def opens(line: str) -> bool:
    """Whether a file that starts with this line starts with metadata."""
    found = _key_line(line)
    return found is not None and found["key"].lower() in _FIRST


def is_key(line: str) -> bool:
    """Whether a line sets one of the keys that posts have."""
    found = _key_line(line.strip().replace('"', "").replace("'", "", 2))
    return found is not None and found["key"].lower() in KEYS


def opens_nikola(line: str) -> bool:
    """Whether a line is one of Nikola's."""
    return _NIKOLA_LINE.fullmatch(line) is not None


def pelican(
    lines: Sequence[str], first: int, findings: Findings, closers: re.Pattern[str]
) -> tuple[Located, int]:
    """Read `Key: value` lines to a blank one or a closing fence: the mapping, and the next line's number.

    Raises Unreadable for a line that is something else.
    """
    taken = _Taken(findings)
    number, key = first, ""
    while number < len(lines) and (line := lines[number]).strip():
        if closers.fullmatch(line):
            number += 1
            break
        if found := _key_line(line.rstrip()):
            key, value = found["key"], found["value"] or ""
            taken.add(key, value, (number + 1, found.start("value") + 1 if value else 1))
        elif key and line[:1].isspace():
            taken.values[key] = f"{taken.values[key]} {line.strip()}".strip()
        else:
            raise Unreadable(
                "front-matter-invalid",
                "this line is neither `Key: value` nor blank",
                (number + 1, 1),
                "end the metadata with an empty line, or put --- above and below it",
            )
        number += 1
    return Located(taken.values, taken.places, taken.keys), number


def nikola(lines: Sequence[str], first: int, findings: Findings) -> tuple[Located, int]:
    """Read `.. key: value` lines down to the first other one: the mapping, and that line's number."""
    taken = _Taken(findings)
    number = first
    while number < len(lines) and (found := _NIKOLA_LINE.fullmatch(lines[number])):
        value = found["value"].strip()
        column = found.start("value") + len(found["value"]) - len(found["value"].lstrip()) + 1
        taken.add(found["key"], value, (number + 1, column))
        number += 1
    tags = {tag.strip().lower() for tag in str(taken.values.get("tags", "")).split(",")}
    if kept_back := tags & _KEPT_BACK:
        taken.values.setdefault("status", min(kept_back))
    return Located(taken.values, taken.places, taken.keys), number


def nikola_beside(content: str) -> dict[str, Value]:
    """What a file beside a post of Nikola's says of it: `.. key: value` lines, or as before version 7."""
    lines = content.strip().split("\n")
    if _NIKOLA_LINE.fullmatch(lines[0]):
        return dict(nikola(lines, 0, Findings(""))[0].values)
    return {key: line.strip() for key, line in zip(_BARE_LINES, lines, strict=False)}


def _key_line(line: str) -> re.Match[str] | None:
    if found := _LINE.fullmatch(line):
        return found
    tight = _TIGHT_LINE.fullmatch(line)
    return tight if tight and tight["key"].lower() in KEYS else None


class _Taken:
    """The keys so far; the last of two with one name wins, with a warning."""

    def __init__(self, findings: Findings) -> None:
        self.values: dict[str, Value] = {}
        self.places: dict[str, Place] = {}
        self.keys: dict[str, Place] = {}
        self._findings = findings

    def add(self, key: str, value: str, place: Place) -> None:
        line = place[0]
        if key in self.values:
            yaml_text.duplicate(key, self.keys[key][0], (line, 1), self._findings)
        self.values[key], self.places[key], self.keys[key] = value, place, (line, 1)
