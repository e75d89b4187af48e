"""A content file's text → its front matter and its body.

The fences are found here, because python-frontmatter publishes as body whatever it does not recognise. Every
value is the text that its author wrote (`mappings`, `metadata`); what it means is for `header` to say. What
is front matter to a reader's eye, and cannot be read, is an error and never body.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from feeds.content import fences, mappings, metadata, text, unfenced
from feeds.content.fences import CLOSERS
from feeds.content.yaml_text import Place, Unreadable, Value
from feeds.problems import Findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.content.mappings import Load, Located

_INVISIBLE = "\ufeff\u200b\u2060"  # before the first fence, from an editor or a web form
_YAML_FENCE = re.compile(r"-{3,}[ \t]*(\w*)")
_KEY_LINE = re.compile(r"[\"']?[A-Za-z_][\w .-]*[\"']?[ \t]*:(?:[ \t]|$)")
_LOADS = {
    **dict.fromkeys(("", "yaml", "yml"), mappings.yaml),
    **dict.fromkeys(("js", "javascript"), mappings.javascript),
    "toml": mappings.toml,
    "json": mappings.json,
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above the body.

    `places` says where each top-level key's value is in the file, and `key_places` where the key is.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    present: bool = False
    key_places: Mapping[str, Place] = field(default_factory=dict)


def split(content: str, findings: Findings) -> FrontMatter:
    """Part `content` into front matter and body.

    Reads YAML between `---`, TOML between `+++`, JSON (a leading object, or between `;;;`), Pelican's
    `Key: value` lines and Nikola's comments. What cannot be read is an error in `findings`, with its line in
    the file.
    """
    try:
        found = _split(content, findings)
        return replace(found, values=_cleaned(found, findings))
    except Unreadable as error:
        findings.add("error", error.code, error.message, at=error.place, hint=error.hint)
        return FrontMatter(present=True)


def _split(content: str, findings: Findings) -> FrontMatter:
    lines = content.lstrip(_INVISIBLE).split("\n")
    top = fences.first(lines)
    lines[top] = lines[top].lstrip(_INVISIBLE)
    found: FrontMatter | None
    if comment := unfenced.in_comment(lines, top, findings):
        located, last, rest = comment
        lines[last] = rest
        found = _made(located, lines, last if rest.strip() else last + 1)
    else:
        top = _below_comments(lines, top)
        found = _fenced(lines, top, findings)
    if not found and (open_ended := unfenced.read(lines, top, findings)):
        found = _made(open_ended[0], lines, open_ended[1])
    if not found:
        fences.refuse_raw(lines, top)
        return FrontMatter(body=content)
    fences.refuse_second(found.body, found.body_line, empty=not found.values)
    return found


def _below_comments(lines: list[str], top: int) -> int:
    """The number of the first line below HTML comments, if a fence is there."""
    number = top
    while lines[number].lstrip().startswith("<!--"):
        end = next((n for n in range(number, len(lines)) if "-->" in lines[n]), None)
        if end is None or lines[end].partition("-->")[2].strip():
            return top
        number = fences.first(lines, end + 1)
        if number <= end:
            return top
    return number if lines[number].rstrip() in {"---", "+++", ";;;"} else top


def _fenced(lines: list[str], top: int, findings: Findings) -> FrontMatter | None:
    opener = lines[top].strip()
    if fence := _YAML_FENCE.fullmatch(opener):
        language = fence[1].lower()
        if language not in _LOADS:
            return _of_language(lines, top, language)
        if not language and _is_toml(lines, top):
            return _between(lines, top, CLOSERS["-"], mappings.toml, findings)
        if _LOADS[language] is mappings.yaml and not _is_yaml(lines, top):
            return None
        return _between(lines, top, CLOSERS["-"], _LOADS[language], findings)
    if re.fullmatch(r"\+{3,}", opener):
        return _between(lines, top, CLOSERS["+"], mappings.toml, findings)
    if re.fullmatch(r";{3,}", opener):
        return _between(lines, top, CLOSERS[";"], mappings.json, findings)
    if re.match(r"\{\s*(\"|\}|$)", lines[top]):
        return _leading_json(lines, top, findings)
    return None


def _of_language(lines: list[str], top: int, language: str) -> FrontMatter | None:
    """Nothing for a line of prose that starts with dashes; an error for what is closed."""
    if fences.end(lines, top, CLOSERS["-"]) is None:
        return None
    raise Unreadable(
        "front-matter-invalid",
        f"front matter in {language} cannot be read",
        (top + 1, 1),
        "write it as YAML, TOML or JSON",
    )


def _is_yaml(lines: list[str], top: int) -> bool:
    """Whether what is below `---` is front matter: otherwise that is a thematic break, and prose after it."""
    following = next((line for line in lines[top + 1 :] if line.strip() and not line.startswith("#")), "")
    following = fences.dedented(following, fences.indent(lines[top]))
    if _KEY_LINE.match(following) or CLOSERS["-"].fullmatch(following) or following[:1] in {"{", "["}:
        return True
    end = fences.end(lines, top, CLOSERS["-"])
    if end is None:
        return metadata.is_key(following)
    block = lines[top + 1 : end]
    if any(map(metadata.is_key, block)):
        return True
    if not block[0].strip():
        return False
    try:
        return bool(mappings.yaml("\n".join(block), 0, Findings("")).values)
    except Unreadable:
        return following.startswith("- ")


def _is_toml(lines: list[str], top: int) -> bool:
    """Whether there is TOML between the fences of YAML: its first line sets a key as only TOML does."""
    following = next((line for line in lines[top + 1 :] if line.strip() and not line.startswith("#")), "")
    return (
        fences.TOML_LINE.match(fences.dedented(following, fences.indent(lines[top]))) is not None
        and fences.end(lines, top, CLOSERS["-"]) is not None
    )


def _between(
    lines: list[str], top: int, closer: re.Pattern[str], load: Load, findings: Findings
) -> FrontMatter:
    end = fences.end(lines, top, closer)
    if end is None:
        raise Unreadable(
            "front-matter-unclosed",
            f"the front matter that starts with {lines[top].strip()} is never closed",
            (top + 1, 1),
            fences.closing_hint(lines, top),
        )
    width = fences.indent(lines[top])
    header = "\n".join(fences.dedented(line, width) for line in lines[top + 1 : end])
    fences.check_size(header, top + 1)
    return _made(load(header, top + 1, findings), lines, end + 1)


def _made(found: Located, lines: list[str], below: int) -> FrontMatter:
    """The front matter, and as body all lines from the number `below` on."""
    body = "\n".join(lines[below:])
    return FrontMatter(found.values, found.places, body, below + 1, present=True, key_places=found.keys)


def _leading_json(lines: list[str], top: int, findings: Findings) -> FrontMatter:
    below = "\n".join(lines[top:])
    try:
        data, end = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode(below)
    except (json.JSONDecodeError, RecursionError) as error:
        raise mappings.bad_json(error, top) from error
    fences.check_size(below[:end], top + 1)
    found = mappings.located_json(data, below[:end], top, findings)
    rest = below[end:].split("\n")
    number = top + below.count("\n", 0, end)
    if rest[0].strip() and not CLOSERS[";"].fullmatch(rest[0]):
        body, body_line = "\n".join(rest), number + 1
    else:
        closed = len(rest) > 1 and CLOSERS[";"].fullmatch(rest[1]) is not None
        body, body_line = "\n".join(rest[1 + closed :]), number + 2 + closed
    return FrontMatter(found.values, found.places, body, body_line, present=True, key_places=found.keys)


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
