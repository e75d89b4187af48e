"""Metadata without fences, in the ways of several programs.

These are Pelican's `Key: value` lines, Nikola's `.. key: value` in an HTML comment, Pandoc's `%` lines,
reStructuredText's `:key: value` and Org's `#+KEY: value`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.content import yaml_text
from feeds.content.mappings import Located
from feeds.content.yaml_text import Place, Unreadable, Value
from feeds.problems import Findings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
# A part of metadata that are damaged, or of YAML, JSON or TOML
_PART = re.compile(r"[-\]})|]|[\"']?[^\W\d][\w-]*[\"']?[ \t]*(?::(?!//)|=)")
_ITEM = re.compile(r"-[ \t]")
_FIELD = re.compile(r":(?P<key>[A-Za-z][\w -]*):(?:[ \t]+(?P<value>.*))?")
_ORG_LINE = re.compile(r"#\+(?P<key>[A-Za-z]\w*):(?P<value>.*)")
_ORG_DATE = re.compile(r"[<\[](\d{4}-\d{2}-\d{2})(?: [^\W\d]+\.?)?( \d{1,2}:\d{2})?[>\]]")
_PANDOC_LINE = re.compile(r"%(?:[ \t]+(?P<value>.*))?")
_PANDOC = ("title", "author", "date")  # https://pandoc.org/MANUAL.html#extension-pandoc_title_block
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

    Prose may follow at once, as it may in Pelican. Raises Unreadable for a line that is something else.
    """
    hint = "end the metadata with an empty line, or put --- above and below it"
    found, end = _listed(lines, first, findings, _key_line, ("`Key: value`", hint), closers)
    closed = end < len(lines) and closers.fullmatch(lines[end]) is not None
    return found, end + 1 if closed else end


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


def pandoc(lines: Sequence[str], first: int, findings: Findings) -> tuple[Located, int] | None:
    """Read Pandoc's `% Title`, `% Author; Author` and `% Date`: the mapping, and the next line's number.

    One such line alone is prose, and so are more than three, and what no blank line ends.
    """
    taken = _Taken(findings)
    number = first
    fields: list[str] = []
    while number < len(lines) and (line := lines[number]).strip():
        if found := _PANDOC_LINE.fullmatch(line.rstrip()):
            if len(fields) == len(_PANDOC):
                return None
            fields.append(_PANDOC[len(fields)])
            taken.add(fields[-1], (found["value"] or "").strip(), (number + 1, 3))
        elif fields and line[:1].isspace():
            mark = "; " if fields[-1] == "author" else " "
            taken.values[fields[-1]] = f"{taken.values[fields[-1]]}{mark}{line.strip()}"
        else:
            return None
        number += 1
    if len(fields) < 2:  # noqa: PLR2004 - of the lines that make it a block
        return None
    authors: list[Value] = [each.strip() for each in str(taken.values["author"]).split(";")]
    taken.values["author"] = authors if len(authors) > 1 else authors[0]
    return Located(taken.values, taken.places, taken.keys), number


def opens_fields(lines: Sequence[str], first: int) -> bool:
    """Whether a list of fields starts here: with one that posts have, and another below it."""
    below = lines[first + 1] if first + 1 < len(lines) else ""
    found = _FIELD.fullmatch(lines[first].rstrip())
    if found is None or not found["value"] or found["key"].lower() not in KEYS:
        return False
    return _FIELD.fullmatch(below.rstrip()) is not None or (not below.strip() and found["key"] == "title")


def fields(lines: Sequence[str], first: int, findings: Findings) -> tuple[Located, int]:
    """Read `:key: value` lines to a blank one: the mapping, and that line's number.

    Raises Unreadable for a line that is something else.
    """
    hint = "end the fields with an empty line, or write them as key: value between two lines of ---"
    return _listed(lines, first, findings, _FIELD.fullmatch, ("`:key: value`", hint))


def _listed(
    lines: Sequence[str],
    first: int,
    findings: Findings,
    key_line: Callable[[str], re.Match[str] | None],
    expected: tuple[str, str],
    closers: re.Pattern[str] | None = None,
) -> tuple[Located, int]:
    """Read lines with a key each, and indented ones that go on, to a blank one or one of `closers`.

    `expected` says what a line must be, and what to do where it is not. Only what a fence may close may be
    followed by prose.
    """
    taken = _Taken(findings)
    number, key = first, ""
    while number < len(lines) and (line := lines[number]).strip():
        if closers and closers.fullmatch(line):
            break
        if found := key_line(line.rstrip()):
            key, value = found["key"], found["value"] or ""
            taken.add(key, value, (number + 1, found.start("value") + 1 if value else 1))
        elif key and line[:1].isspace():
            taken.values[key] = f"{taken.values[key]} {line.strip()}".strip()
        elif (
            closers and len(taken.keys) > 1 and _is_prose(lines, number, closers, empty=not taken.values[key])
        ):
            break
        else:
            message = f"this line is neither {expected[0]} nor blank"
            raise Unreadable("front-matter-invalid", message, (number + 1, 1), expected[1])
        number += 1
    return Located(taken.values, taken.places, taken.keys), number


def _is_prose(lines: Sequence[str], start: int, closers: re.Pattern[str], *, empty: bool) -> bool:
    """Whether the body starts in this line, and no metadata stand below it before the next blank one.

    `empty` says that the key above has no value yet: then an item of a list is one of YAML's.
    """
    if _PART.match(lines[start]) and (empty or not _ITEM.match(lines[start])):
        return False
    for line in lines[start + 1 :]:
        if not line.strip():
            break
        if is_key(line) or closers.fullmatch(line):
            return False
    return True


def opens_org(line: str) -> bool:
    """Whether a line sets a keyword of a file of Org's."""
    return _ORG_LINE.fullmatch(line.rstrip()) is not None


def org(lines: Sequence[str], first: int, findings: Findings) -> tuple[Located, int]:
    """Read `#+KEY: value` lines down to the first other one: the mapping, and that line's number."""
    taken = _Taken(findings)
    number = first
    while number < len(lines) and (found := _ORG_LINE.fullmatch(lines[number].rstrip())):
        key = found["key"].lower().removeprefix("hugo_")
        value = _ORG_DATE.sub(r"\1\2", found["value"].strip())
        place = (number + 1, len(found["key"]) + 4 + len(found["value"]) - len(found["value"].lstrip()))
        if key == "filetags":  # `:one:two:`
            taken.add("tags", value, place)
            taken.values["tags"] = [tag for tag in re.split(r"[:\s]+", value) if tag]
        else:
            taken.add(key, value, place)
        number += 1
    return Located(taken.values, taken.places, taken.keys), number


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
