"""YAML with every scalar as its author wrote it (the python-frontmatter wall).

python-frontmatter's handler loads it, through a loader of ours: the tag `2025` is "2025" and `No` is "No",
where YAML 1.1 would say 2025 and false; and nothing that nests or repeats itself without end gets built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from frontmatter.default_handlers import YAMLHandler

if TYPE_CHECKING:
    from feeds.model import Findings

Value = str | list["Value"] | dict[str, "Value"] | None
Place = tuple[int, int]  # line and column in the file, both from 1

_MAX_DEPTH = 32
_MAX_NODES = 20_000  # counted with what aliases stand for: a few lines of them can mean millions


class Unreadable(Exception):  # noqa: N818 - caught by `feeds.front_matter`, which makes a problem of it
    """What keeps front matter from being read, and where in the file."""

    def __init__(self, code: str, message: str, place: Place, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.place, self.hint = code, message, place, hint


class _AsWritten(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # libyaml where it is built in
    """A loader that builds text, lists and mappings straight from the parser's events.

    Events come one at a time, so depth and aliases are bounded before anything is built from them: the
    composer of libyaml recurses in C and can be crashed by nesting.
    """

    offset: int  # lines of the file above the header
    findings: Findings

    def get_single_data(self) -> tuple[Value, dict[str, Place]]:
        self._anchors: dict[str, tuple[Value, int]] = {}
        self._nodes = 0
        self._places: dict[str, Place] = {}
        self.get_event()  # the stream starts
        if self.check_event(yaml.StreamEndEvent):
            return None, {}
        self.get_event()  # the document starts
        value = self._value(0, in_list=False)
        self.get_event()  # the document ends
        if not self.check_event(yaml.StreamEndEvent):
            raise Unreadable(
                "front-matter-invalid",
                "the front matter holds a second document",
                self._place(self.get_event()),
            )
        return value, self._places

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return (mark.line + 1 + self.offset, mark.column + 1) if mark else (self.offset + 1, 1)

    def _value(self, depth: int, *, in_list: bool) -> Value:
        event = self.get_event()
        before = self._nodes
        self._nodes += 1
        value: Value
        if isinstance(event, yaml.AliasEvent):
            value, size = self._anchors.get(event.anchor or "", (None, 0))
            self._nodes += size
        elif isinstance(event, yaml.ScalarEvent):
            value = event.value
            if not event.style and (
                event.value in {"", "~"} or (not in_list and event.value in {"null", "Null", "NULL"})
            ):
                value = None
        elif depth >= _MAX_DEPTH:
            raise Unreadable(
                "front-matter-too-deep", f"values nest deeper than {_MAX_DEPTH} levels", self._place(event)
            )
        elif isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not self.check_event(yaml.SequenceEndEvent):
                items.append(self._value(depth + 1, in_list=True))
            self.get_event()
            value = items
        else:
            value = self._mapping(depth)
        if self._nodes > _MAX_NODES:
            message = f"the front matter stands for more than {_MAX_NODES} values"
            raise Unreadable("front-matter-too-deep", message, self._place(event))
        if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
            self._anchors[event.anchor] = (value, self._nodes - before)
        return value

    def _mapping(self, depth: int) -> Value:
        mapping: dict[str, Value] = {}
        inherited: dict[str, Value] = {}
        lines: dict[str, int] = {}
        while not self.check_event(yaml.MappingEndEvent):
            key_place = self._place(self.peek_event())
            key = self._value(depth + 1, in_list=True)
            value_place = self._place(self.peek_event())
            value = self._value(depth + 1, in_list=False)
            if not isinstance(key, str):
                continue
            if key == "<<" and isinstance(value, dict):
                inherited.update(value)
                continue
            if key in lines:
                self.findings.add(
                    "warning",
                    "key-duplicate",
                    f"{key} is already set in line {lines[key]}; this line wins",
                    at=key_place,
                    hint="keep one of the two",
                )
            lines[key] = key_place[0]
            mapping[key] = value
            if depth == 0:
                self._places[key] = value_place if value is not None else key_place
        self.get_event()
        return inherited | mapping


def load(header: str, offset: int, findings: Findings) -> tuple[Value, dict[str, Place]]:
    """Read the YAML below line `offset` of the file: its value, and where each top-level value is.

    Raises Unreadable, with the place in the file and a guess at what is wrong.
    """

    def loader(stream: str) -> _AsWritten:
        opened = _AsWritten(stream)
        opened.offset, opened.findings = offset, findings
        return opened

    try:
        value, places = YAMLHandler().load(header, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = (mark.line if mark else 0) + 1 + offset
        column = (mark.column if mark else 0) + 1
        reason = getattr(error, "problem", None) or str(error)
        raise Unreadable(
            "front-matter-invalid",
            f"not valid YAML: {reason}",
            (line, column),
            _hint(header, line - 1 - offset),
        ) from error
    return value, places


def _hint(header: str, line: int) -> str:
    """What is most often wrong about the line that YAML stumbled on, or about the one above it."""
    lines = header.split("\n")
    for number in (line, line - 1):
        if not 0 <= number < len(lines):
            continue
        line_text = lines[number]
        key, colon, value = line_text.partition(":")
        value = value.strip()
        if "\t" in line_text[: len(line_text) - len(line_text.lstrip())]:
            return "indent with spaces, not tabs"
        if colon and value[:1] in {"@", "`", "%"}:
            return f'put the value in quotes: {key.strip()}: "{value}"'
        if colon and value[:1] in {'"', "'"} and (len(value) == 1 or not value.endswith(value[0])):
            return f"close the quote: {value[0]}"
        if colon and ": " in value + " " and value[:1] not in {'"', "'", "[", "{"}:
            quoted = value.replace('"', '\\"')
            return f'a value with a colon goes in quotes: {key.strip()}: "{quoted}"'
    return ""
