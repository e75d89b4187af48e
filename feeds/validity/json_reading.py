"""JSON, whoever wrote it, with the lines that its objects and members stand on (RFC 8259)."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

from feeds.validity.rules import table

if TYPE_CHECKING:
    from feeds.validity.rules import Finding

LARGEST = 20_000_000  # bytes; more is not read at all
BURDEN = 1_000_000  # bytes

RULES = table(
    "json",
    [
        ("json-readable", "error", "The document is JSON.", "RFC 8259 section 2"),
        (
            "json-utf-8",
            "error",
            "The document is in UTF-8.",
            "RFC 8259 section 8.1; JSON Feed 1.1, suggestions",
        ),
        (
            "json-byte-order-mark-absent",
            "error",
            "The document has no byte order mark.",
            "RFC 8259 section 8.1",
        ),
        (
            "json-member-once",
            "warning",
            "A name stands once in its object; readers take the first, the last, or nothing.",
            "RFC 8259 section 4",
        ),
        ("json-number-finite", "error", "Numbers are finite: there is no NaN.", "RFC 8259 section 6"),
        (
            "json-character-whole",
            "error",
            "There are no halves of characters, which cannot be written in UTF-8.",
            "RFC 8259 section 8.2",
        ),
        (
            "json-size",
            "warning",
            "The document has less than 1 MB, which readers bear well.",
            "JSON Feed 1.1, suggestions for publishers",
        ),
    ],
)

_BLANKS = re.compile(r"[ \t\n\r]*")
_HALF = re.compile("[\ud800-\udfff]")
_DEEPEST = 100


class Members(dict[str, object]):
    """An object with the line it begins on, and the line of each member."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


def read(data: bytes) -> tuple[object, tuple[Finding, ...]]:
    """Read a document, with what is wrong with it as JSON. What cannot be read is None, as `null` is."""
    findings: list[Finding] = []
    if len(data) >= BURDEN:
        findings.append(RULES["json-size"].broken(f"it has {len(data):,} bytes", line=1))
    if len(data) > LARGEST:
        return None, tuple(findings)
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        message = "it begins with a byte order mark"
        findings.append(RULES["json-byte-order-mark-absent"].broken(message, line=1))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        findings.append(RULES["json-utf-8"].broken(f"it is not UTF-8: {error.reason}", line=line))
        return None, tuple(findings)
    reader = _Reader(text)
    try:
        value = reader.document()
    except json.JSONDecodeError as error:
        message = f"it is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        findings.append(RULES["json-readable"].broken(message, line=error.lineno))
        return None, tuple(findings)
    except ValueError:  # Python's own limit on the digits of a number
        findings.append(RULES["json-readable"].broken("it has a number of thousands of digits", line=1))
        return None, tuple(findings)
    return value, (*findings, *reader.findings)


class _Reader:
    """Walks through objects and arrays, and leaves the rest to Python's own decoder."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.findings: list[Finding] = []
        self._decoder = json.JSONDecoder()
        self._counted = (0, 1)  # a place, and its line: lines are only counted onward

    def document(self) -> object:
        value, at = self._value(self._skip(0), 0)
        at = self._skip(at)
        if at < len(self.text):
            raise json.JSONDecodeError("there is more behind it", self.text, at)
        return value

    def _skip(self, at: int) -> int:
        blanks = _BLANKS.match(self.text, at)
        return blanks.end() if blanks else at

    def _line(self, at: int) -> int:
        before, line = self._counted
        self._counted = (at, line + self.text.count("\n", before, at))
        return self._counted[1]

    def _value(self, at: int, depth: int) -> tuple[object, int]:
        """The value that begins at a place, and where it ends."""
        if depth > _DEEPEST:
            raise json.JSONDecodeError("it is nested too deeply", self.text, at)
        if self.text.startswith("{", at):
            return self._object(at, depth)
        if self.text.startswith("[", at):
            return self._array(at, depth)
        line = self._line(at)
        value, end = self._decoder.raw_decode(self.text, at)
        if isinstance(value, float) and not math.isfinite(value):
            said = self.text[at:end]
            message = f"{said} is no number that can be written"
            self.findings.append(RULES["json-number-finite"].broken(message, line=line, excerpt=said))
        if isinstance(value, str) and _HALF.search(value):
            message = "a text has half a character in it"
            self.findings.append(RULES["json-character-whole"].broken(message, line=line))
            value = _HALF.sub("\ufffd", value)
        return value, end

    def _array(self, at: int, depth: int) -> tuple[list[object], int]:
        values: list[object] = []
        at = self._skip(at + 1)
        while not self.text.startswith("]", at):
            value, at = self._value(at, depth + 1)
            values.append(value)
            at = self._next(at, "]")
        return values, at + 1

    def _object(self, at: int, depth: int) -> tuple[Members, int]:
        members = Members(self._line(at))
        at = self._skip(at + 1)
        while not self.text.startswith("}", at):
            line = self._line(at)
            name, at = self._value(at, depth + 1)
            if not isinstance(name, str):
                raise json.JSONDecodeError("a name is no text in quotes", self.text, at)
            at = self._skip(at)
            if not self.text.startswith(":", at):
                raise json.JSONDecodeError("a colon is missing", self.text, at)
            if name in members:
                message = f"the name {name!r} stands more than once"
                self.findings.append(RULES["json-member-once"].broken(message, line=line, excerpt=name))
            members[name], at = self._value(self._skip(at + 1), depth + 1)
            members.lines[name] = line
            at = self._next(at, "}")
        return members, at + 1

    def _next(self, at: int, end: str) -> int:
        """Where the next member begins, or where the array or object ends."""
        at = self._skip(at)
        if self.text.startswith(end, at):
            return at
        if not self.text.startswith(",", at):
            raise json.JSONDecodeError("a comma is missing", self.text, at)
        at = self._skip(at + 1)
        if self.text.startswith(end, at):
            raise json.JSONDecodeError("a comma is too many", self.text, at)
        return at
