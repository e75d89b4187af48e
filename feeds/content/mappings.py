"""YAML, TOML and JSON → one mapping of texts, and where its keys and values are in the file.

The three agree on what a value is: the text that its author wrote, as near as each of them lets us.
"""

from __future__ import annotations

import json as json_format
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feeds import toml_lines
from feeds.content import yaml_text
from feeds.content.yaml_text import Place, Unreadable, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.problems import Findings

_DEEPEST = 32
_ONCE = "keep one of the two"
_NEXT = re.compile(r"\S|\Z")
_CODE = re.compile(
    r"""(?s)(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|//[^\n]*)|=>|(?<![\w$.])(?:new\s+)?[\w$.]+\("""
)
_JSON_PIECE = re.compile(r'"(?:[^"\\]++|\\.)*"|[\[\]{}:]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Located:
    """A mapping, the place of the value under each key at its top, and that of the key itself."""

    values: Mapping[str, Value] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    keys: Mapping[str, Place] = field(default_factory=dict)


Load = Callable[[str, int, "Findings"], Located]
"""Reads a text that stands below so many lines of its file. Raises Unreadable with the place in the file."""


def yaml(header: str, offset: int, findings: Findings) -> Located:
    """Read YAML; duplicate keys are warnings."""
    value, places, keys = yaml_text.load(header, offset, findings)
    return Located(_mapping(value, header, offset), places, keys)


def toml(header: str, offset: int, findings: Findings) -> Located:  # noqa: ARG001 - a loader like the others
    """Read TOML."""
    try:
        data = tomllib.loads(header, parse_float=str)
        values = {key: as_text(value) for key, value in data.items()}
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (header.count("\n") + 1, 1)
        if isinstance(error, RecursionError):
            raise _too_deep((line + offset, column)) from error
        reason, hint = _toml_fault(error, header.split("\n")[line - 1])
        column = 1 if hint == _ONCE else column
        raise Unreadable(
            "front-matter-invalid", f"not valid TOML: {reason}", (line + offset, column), hint
        ) from error
    places = {
        str(path[0]): (place[0] + offset, place[1])
        for path, place in toml_lines.locate(header).items()
        if len(path) == 1
    }
    return Located(values, places, places)


def _toml_fault(error: ValueError, line: str) -> tuple[str, str]:
    """What is wrong with TOML, in words of ours where Python's are about Python, and what to do about it."""
    if not isinstance(error, tomllib.TOMLDecodeError):  # of a number with thousands of digits
        return "a number is too long", ""
    said = str(error).partition(" (at ")[0]
    reason = said[:1].lower() + said[1:]
    return reason, _ONCE if re.search("overwrite|declare .* twice", reason) else _toml_hint(line)


def _toml_hint(line: str) -> str:
    """What is most often wrong about a line that is no TOML."""
    if found := re.match(r"\s*([\w-]+)\s*:\s", line):
        return f"between +++ the keys are written as in TOML: {found[1]} = …"
    if found := re.match(r"\s*([\w-]+)\s*=\s*([^\s\"'\[{\d][^\"']*)$", line):
        return f'put the value in quotes: {found[1]} = "{found[2].strip()}"'
    if re.match(r"\s*[\w-]+\s*=\s*[\"'“‘”]", line):
        return 'close the quote; inside "…", a quote is written \\" and a backslash \\\\'
    return ""


def json(header: str, offset: int, findings: Findings) -> Located:
    """Read JSON, also without the braces around it, as Hexo has it; duplicate keys are warnings."""
    if header.lstrip().startswith('"'):
        header, offset = f"{{\n{header}\n}}", offset - 1
    try:
        data = json_format.loads(header, parse_int=str, parse_float=str)
    except (json_format.JSONDecodeError, RecursionError) as error:
        raise bad_json(error, offset) from error
    return located_json(data, header, offset, findings)


def javascript(header: str, offset: int, findings: Findings) -> Located:
    """Read a literal of JavaScript. What is more than data is an error, for we run nothing."""
    try:
        return json(header, offset, findings)
    except Unreadable:
        pass
    if code := next((found for found in _CODE.finditer(header) if not found["text"]), None):
        line = header.count("\n", 0, code.start())
        raise _program((line + 1 + offset, code.start() - header.rfind("\n", 0, code.start())))
    try:
        # A flow mapping of YAML has bare keys, both kinds of quotes and commas at the end, as JavaScript has.
        quoted = re.sub(r"`([^`$\\\n]*)`", lambda found: json_format.dumps(found[1]), header)
        return yaml(re.sub(r"(?m)^[ \t]*//.*$", "", quoted).rstrip("; \n"), offset, findings)
    except Unreadable as error:
        raise _program(error.place) from error


def _program(place: Place) -> Unreadable:
    return Unreadable(
        "front-matter-invalid",
        "only data can be read from JavaScript, not a program",
        place,
        "write the front matter as YAML or JSON",
    )


def located_json(data: object, header: str, offset: int, findings: Findings) -> Located:
    """The mapping that JSON holds, with the places of its keys in `header`."""
    try:
        values = _mapping(as_text(data), header, offset)
    except RecursionError as error:
        raise bad_json(error, offset) from error
    keys: dict[str, Place] = {}
    places: dict[str, Place] = {}
    depth, line, position = 0, offset + 1, 0
    last: tuple[str, Place] | None = None
    for found in _JSON_PIECE.finditer(header):
        line += header.count("\n", position, found.start())
        position = found.start()
        piece = found[0]
        if piece in "{[":
            depth += 1
        elif piece in "}]":
            depth -= 1
        elif piece == ":" and last:
            key, place = last
            if key in keys:
                yaml_text.duplicate(key, keys[key][0], place, findings)
            keys[key] = place
            begin = _NEXT.search(header, found.end()).start()  # type: ignore[union-attr] # it matches anything
            line_of_value = line + header.count("\n", position, begin)
            places[key] = (line_of_value, begin - header.rfind("\n", 0, begin))
        last = None
        if piece[0] == '"' and depth == 1:
            column = position - header.rfind("\n", 0, position)
            last = str(json_format.loads(piece)), (line, column)
    return Located(values, places, keys)


def bad_json(error: Exception, offset: int) -> Unreadable:
    """What is wrong with a text that is no JSON."""
    if isinstance(error, json_format.JSONDecodeError):
        return Unreadable(
            "front-matter-invalid",
            f"not valid JSON: {error.msg.lower()}",
            (error.lineno + offset, error.colno),
            _hint_for_json(error),
        )
    return _too_deep((offset + 1, 1))


def _hint_for_json(error: json_format.JSONDecodeError) -> str:
    """What is most often wrong about JSON where the parser stumbles."""
    if re.search(r",\s*$", error.doc[: error.pos]) or error.doc[error.pos : error.pos + 1] == ",":
        return "delete the comma before the closing bracket: nothing follows it"
    if "delimiter" in error.msg:
        return "look for a comma or a colon that is missing before this"
    if "control character" in error.msg or "Unterminated" in error.msg:
        return 'close the quote with ", and write a line break in a text as \\n'
    if "escape" in error.msg:
        return "write a backslash twice: \\\\"
    return 'JSON wants keys and texts in "double quotes", and no comments'


def _too_deep(place: Place) -> Unreadable:
    return Unreadable("front-matter-too-deep", "values nest too deeply", place)


def as_text(value: object, depth: int = 0) -> Value:
    """Turn a typed value back into what its author wrote, as near as TOML and JSON let us."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, dict):
        return {str(key): as_text(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item, depth + 1) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _mapping(value: Value, header: str, offset: int) -> dict[str, Value]:
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    kind, hint = "plain text", yaml_text.spacing(header)
    if isinstance(value, list):
        kind, hint = "a list", "write keys with their values, one a line, such as title: Hello"
    raise Unreadable(
        "front-matter-invalid",
        f"the front matter is {kind}, not `key: value` lines",
        (offset + 1, 1),
        hint,
    )
