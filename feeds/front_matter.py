"""A content file's text → its front matter and its body (the python-frontmatter wall).

The fences are found here, because python-frontmatter publishes as body whatever it does not recognise; its
handler loads the YAML, through a loader that keeps every scalar as its author wrote it: the tag `2025` is
"2025" and `No` is "No", where YAML 1.1 would say 2025 and false. TOML and JSON values become text likewise.
What a value means is for `feeds.header` to say.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import yaml
from frontmatter.default_handlers import YAMLHandler

from feeds import text, toml_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.model import Findings

Value = str | list["Value"] | dict[str, "Value"] | None
Place = tuple[int, int]  # line and column in the file, both from 1

_Load = Callable[[str, int, "Findings"], tuple[dict[str, "Value"], dict[str, Place]]]

MAX_BYTES = 64 * 1024
_MAX_DEPTH = 32
_MAX_NODES = 20_000  # counted with what aliases stand for: a few lines of them can mean millions

_YAML_FENCE = re.compile(r"(-{3,})[ \t]*(\w*)[ \t]*")
_YAML_CLOSER = re.compile(r"(-{3,}|\.{3})[ \t]*")
_KEY_LINE = re.compile(r"[\"']?[A-Za-z_][\w .-]*[\"']?[ \t]*:(?:[ \t]|$)")
_METADATA_LINE = re.compile(r"([A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(.*)|$)")
# Without fences around them, only these first keys say that a file opens with metadata and not with prose.
_METADATA_KEYS = frozenset(
    {
        *("title", "date", "modified", "category", "categories", "tags", "slug"),
        *("author", "authors", "summary", "status", "lang", "template"),
    }
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above the body. `places` says where each top-level key's value is in the file."""

    values: Mapping[str, Value] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    present: bool = False


class _Unreadable(Exception):  # noqa: N818 - never leaves this room
    def __init__(self, code: str, message: str, place: Place, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.place, self.hint = code, message, place, hint


def split(content: str, findings: Findings) -> FrontMatter:
    """Part `content` into front matter and body.

    Reads YAML between `---`, TOML between `+++`, JSON (a leading object, or between `;;;`) and Pelican's
    `Key: value` lines. What cannot be read is an error in `findings`, with its line in the file.
    """
    try:
        found = _split(content, findings)
        return replace(found, values=_cleaned(found, findings))
    except _Unreadable as error:
        findings.add("error", error.code, error.message, at=error.place, hint=error.hint)
        return FrontMatter(present=True)


def _split(content: str, findings: Findings) -> FrontMatter:
    lines = content.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    opener = lines[first]
    if fence := _YAML_FENCE.fullmatch(opener):
        language = fence[2].lower()
        if language == "toml":
            return _fenced(lines, first, _YAML_CLOSER, _toml, findings)
        if language in {"json", "js", "javascript"}:
            return _fenced(lines, first, _YAML_CLOSER, _json, findings)
        if language in {"", "yaml", "yml"}:
            return _yaml_or_rule(lines, first, findings)
    if opener.rstrip() == "+++":
        return _fenced(lines, first, re.compile(r"\+{3}[ \t]*"), _toml, findings)
    if opener.rstrip() == ";;;":
        return _fenced(lines, first, re.compile(r";{3}[ \t]*"), _json, findings)
    if opener.startswith("{") and re.match(r"\{\s*(\"|\}|$)", opener):
        return _leading_json(lines, first, findings)
    found = _METADATA_LINE.fullmatch(opener)
    if found and found[1].lower() in _METADATA_KEYS:
        return _metadata(lines, first, findings)
    return FrontMatter(body=content)


def _yaml_or_rule(lines: list[str], first: int, findings: Findings) -> FrontMatter:
    following = next((line for line in lines[first + 1 :] if line.strip() and not line.startswith("#")), "")
    if not (_KEY_LINE.match(following) or _YAML_CLOSER.fullmatch(following) or following[:1] in {"{", "["}):
        closer = next((n for n in range(first + 1, len(lines)) if _YAML_CLOSER.fullmatch(lines[n])), None)
        if closer is None:  # a thematic break, and prose after it
            return FrontMatter(body="\n".join(lines))
    return _fenced(lines, first, _YAML_CLOSER, _yaml, findings)


def _fenced(
    lines: list[str],
    first: int,
    closer: re.Pattern[str],
    load: _Load,
    findings: Findings,
) -> FrontMatter:
    end = next((n for n in range(first + 1, len(lines)) if closer.fullmatch(lines[n])), None)
    if end is None:
        raise _Unreadable(
            "front-matter-unclosed",
            f"the front matter that starts with {lines[first].strip()} is never closed",
            (first + 1, 1),
            f"put {lines[first].strip()[:3]} on a line of its own after the last key",
        )
    header = "\n".join(lines[first + 1 : end])
    _check_size(header, first)
    values, places = load(header, first + 1, findings)
    return FrontMatter(values, places, "\n".join(lines[end + 1 :]), end + 2, present=True)


def _cleaned(found: FrontMatter, findings: Findings) -> dict[str, Value]:
    """The values without the control characters that escape sequences carry past the text gate."""

    def clean(value: Value, place: Place) -> Value:
        if isinstance(value, str):
            return text.drop_forbidden(value, place, findings)
        if isinstance(value, list):
            return [clean(item, place) for item in value]
        if isinstance(value, dict):
            return {str(clean(key, place)): clean(item, place) for key, item in value.items()}
        return value

    return {key: clean(value, found.places.get(key, (1, 1))) for key, value in found.values.items()}


def _check_size(header: str, first: int) -> None:
    if (size := len(header.encode())) > MAX_BYTES:
        raise _Unreadable(
            "front-matter-too-large",
            f"the front matter has {size} bytes, more than {MAX_BYTES}",
            (first + 1, 1),
            "is its closing fence missing?",
        )


# ── YAML ─────────────────────────────────────────────────────────────────────────────────────────────────


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
            raise _Unreadable(
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
            raise _Unreadable(
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
            raise _Unreadable("front-matter-too-deep", message, self._place(event))
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


def _yaml(header: str, offset: int, findings: Findings) -> tuple[dict[str, Value], dict[str, Place]]:
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
        raise _Unreadable(
            "front-matter-invalid",
            f"not valid YAML: {reason}",
            (line, column),
            _yaml_hint(header, line - 1 - offset),
        ) from error
    return _mapping_of(value, offset), places


def _yaml_hint(header: str, line: int) -> str:
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


def _mapping_of(value: Value, offset: int) -> dict[str, Value]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else "plain text"
        raise _Unreadable(
            "front-matter-invalid",
            f"the front matter is {kind}, not `key: value` lines",
            (offset + 1, 1),
        )
    return value


# ── TOML and JSON ────────────────────────────────────────────────────────────────────────────────────────


def _toml(header: str, offset: int, findings: Findings) -> tuple[dict[str, Value], dict[str, Place]]:  # noqa: ARG001 - a loader like the others
    try:
        data = tomllib.loads(header, parse_float=str)
        values = {key: _as_text(value) for key, value in data.items()}
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        place = (int(found[1]) + offset, int(found[2])) if found else (offset + header.count("\n") + 1, 1)
        reason = str(error).partition(" (at ")[0] or "values nest too deeply"
        raise _Unreadable("front-matter-invalid", f"not valid TOML: {reason}", place) from error
    places = {
        str(path[0]): (place[0] + offset, place[1])
        for path, place in toml_lines.locate(header).items()
        if len(path) == 1
    }
    return values, places


def _json(header: str, offset: int, findings: Findings) -> tuple[dict[str, Value], dict[str, Place]]:  # noqa: ARG001 - a loader like the others
    try:
        data = json.loads(header, parse_int=str, parse_float=str)
    except (json.JSONDecodeError, RecursionError) as error:
        raise _bad_json(error, offset) from error
    return _mapping_of(_as_text(data), offset), _json_places(header, offset)


def _leading_json(lines: list[str], first: int, findings: Findings) -> FrontMatter:  # noqa: ARG001 - a reader like the others
    below = "\n".join(lines[first:])
    try:
        data, end = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode(below)
    except (json.JSONDecodeError, RecursionError) as error:
        raise _bad_json(error, first) from error
    _check_size(below[:end], first)
    body_line = first + 1 + below.count("\n", 0, end)
    rest = below[end:]
    if rest.startswith("\n"):
        rest, body_line = rest[1:], body_line + 1
    places = _json_places(below[:end], first)
    return FrontMatter(_mapping_of(_as_text(data), first), places, rest, body_line, present=True)


def _bad_json(error: Exception, offset: int) -> _Unreadable:
    if isinstance(error, json.JSONDecodeError):
        return _Unreadable(
            "front-matter-invalid",
            f"not valid JSON: {error.msg.lower()}",
            (error.lineno + offset, error.colno),
        )
    return _Unreadable("front-matter-too-deep", "values nest too deeply", (offset + 1, 1))


def _json_places(header: str, offset: int) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for number, line in enumerate(header.split("\n"), start=offset + 1):
        if found := re.match(r'\s*\{?\s*"([^"\\]+)"\s*:', line):
            places.setdefault(found[1], (number, found.start(1)))
    return places


def _as_text(value: object) -> Value:
    """Turn a typed value back into what its author wrote, as near as TOML and JSON let us."""
    if isinstance(value, dict):
        return {str(key): _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


# ── Pelican ──────────────────────────────────────────────────────────────────────────────────────────────


def _metadata(lines: list[str], first: int, findings: Findings) -> FrontMatter:  # noqa: ARG001 - a reader like the others
    values: dict[str, Value] = {}
    places: dict[str, Place] = {}
    key = ""
    number = first
    while number < len(lines):
        line = lines[number]
        if not line.strip():
            break
        if _YAML_CLOSER.fullmatch(line):
            number += 1
            break
        found = _METADATA_LINE.fullmatch(line.rstrip())
        if found:
            key = found[1]
            values[key] = found[2] or ""
            places[key] = (number + 1, found.start(2) + 1 if found[2] else 1)
        elif key and line[:1].isspace():
            values[key] = f"{values[key]} {line.strip()}".strip()
        else:
            raise _Unreadable(
                "front-matter-invalid",
                "this line is neither `Key: value` nor blank",
                (number + 1, 1),
                "end the metadata with an empty line",
            )
        number += 1
    return FrontMatter(values, places, "\n".join(lines[number:]), number + 1, present=True)
