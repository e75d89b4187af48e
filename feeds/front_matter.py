"""A content file's text → its front matter and its body.

The fences are found here, because python-frontmatter publishes as body whatever it does not recognise. Every
value is the text that its author wrote, in YAML (`feeds.yaml_text`) as in TOML and JSON; what it means is for
`feeds.header` to say.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from feeds import text, toml_lines, yaml_text
from feeds.yaml_text import Place, Unreadable, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.model import Findings

_Load = Callable[[str, int, "Findings"], tuple[dict[str, Value], dict[str, Place]]]

MAX_BYTES = 64 * 1024

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


def split(content: str, findings: Findings) -> FrontMatter:
    """Part `content` into front matter and body.

    Reads YAML between `---`, TOML between `+++`, JSON (a leading object, or between `;;;`) and Pelican's
    `Key: value` lines. What cannot be read is an error in `findings`, with its line in the file.
    """
    try:
        found = _split(content, findings)
        return replace(found, values=_cleaned(found, findings))
    except Unreadable as error:
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
        raise Unreadable(
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
        raise Unreadable(
            "front-matter-too-large",
            f"the front matter has {size} bytes, more than {MAX_BYTES}",
            (first + 1, 1),
            "is its closing fence missing?",
        )


def _yaml(header: str, offset: int, findings: Findings) -> tuple[dict[str, Value], dict[str, Place]]:
    value, places = yaml_text.load(header, offset, findings)
    return _mapping_of(value, offset), places


def _mapping_of(value: Value, offset: int) -> dict[str, Value]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else "plain text"
        raise Unreadable(
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
        raise Unreadable("front-matter-invalid", f"not valid TOML: {reason}", place) from error
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


def _bad_json(error: Exception, offset: int) -> Unreadable:
    if isinstance(error, json.JSONDecodeError):
        return Unreadable(
            "front-matter-invalid",
            f"not valid JSON: {error.msg.lower()}",
            (error.lineno + offset, error.colno),
        )
    return Unreadable("front-matter-too-deep", "values nest too deeply", (offset + 1, 1))


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
            raise Unreadable(
                "front-matter-invalid",
                "this line is neither `Key: value` nor blank",
                (number + 1, 1),
                "end the metadata with an empty line",
            )
        number += 1
    return FrontMatter(values, places, "\n".join(lines[number:]), number + 1, present=True)
