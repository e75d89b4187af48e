"""A message as it is on the wire: its header lines by a reader of our own, its parts by the standard library.

Neither has a part in writing the message. The header lines are read here because what is judged is how they
are written: the standard library's parser would mend them.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_LINE = re.compile(rb"\r\n|\n|\r")
_FIELD = re.compile(r"([!-9;-~]+):(.*)", re.DOTALL)  # RFC 5322 section 2.2: no colon and no blank in a name
_UTF_8 = re.compile(r"(?i)utf-?8")

ENCODED_WORD = re.compile(r"=\?([^?\s]*)\?([^?\s]*)\?([^?\s]*)\?=")
"""An encoded word (RFC 2047 section 2): its character set, its encoding and its text."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: `lines` as they are written, `raw` its value unfolded, `line` the number of the first."""

    name: str
    raw: str
    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part. `payload` are its bytes as they are sent, `data` as they are meant; a multipart has none."""

    media_type: str
    charset: str
    encoding: str
    content_id: str
    boundary: str
    payload: bytes
    data: bytes
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Wire:
    """What a message holds. `odd` are lines of its head that are no fields.

    `top` is None when the standard library cannot read it, and `defects` is what it says against it.
    """

    data: bytes
    fields: tuple[Field, ...]
    odd: tuple[tuple[int, str], ...]
    body: bytes
    top: Part | None
    defects: tuple[str, ...]

    def named(self, name: str) -> list[Field]:
        """The fields of a name, which is compared without case."""
        return [field for field in self.fields if field.name.lower() == name.lower()]


def read(data: bytes) -> Wire:
    """Read a message, whatever it holds."""
    head, body = _halves(data)
    fields, odd = _fields(head)
    top, defects = _parts(data)
    return Wire(data, tuple(fields), tuple(odd), body, top, defects)


def walk(part: Part | None) -> Iterator[Part]:
    """Yield a part and all in it, in order."""
    todo = [part] if part else []
    while todo:
        one = todo.pop()
        yield one
        todo += reversed(one.parts)


def _halves(data: bytes) -> tuple[bytes, bytes]:
    """The head and the body, which an empty line parts."""
    start = 0
    for found in _LINE.finditer(data):
        if found.start() == start:
            return data[:start], data[found.end() :]
        start = found.end()
    return data, b""


def _fields(head: bytes) -> tuple[list[Field], list[tuple[int, str]]]:
    groups: list[tuple[int, list[str]]] = []
    odd: list[tuple[int, str]] = []
    text = head.decode("latin-1")
    for number, line in enumerate(
        re.split(r"\r\n|\n|\r", text)[: -1 if head.endswith((b"\r", b"\n")) else None], 1
    ):
        if line[:1] in {" ", "\t"} and groups:
            groups[-1][1].append(line)
        elif line:
            groups.append((number, [line]))
    fields = []
    for number, lines in groups:
        found = _FIELD.fullmatch("".join(lines))
        if found is None or not lines[0].startswith(found[1] + ":"):
            odd.append((number, lines[0]))
            continue
        fields.append(Field(found[1], found[2].strip(" \t"), tuple(lines), number))
    return fields, odd


def _parts(data: bytes) -> tuple[Part | None, tuple[str, ...]]:
    try:
        message = message_from_bytes(data, policy=policy.default)
        defects: list[str] = []
        return _part(message, defects, 0), tuple(defects)
    except Exception as error:  # noqa: BLE001 - it raises many things at many odd headers, and that is an answer
        return None, (f"{type(error).__name__}: {error}",)


_DEEPEST = 20  # parts within parts; three are enough for a mail with pictures


def _part(message: Message, defects: list[str], depth: int) -> Part:
    defects += (type(defect).__name__ for defect in message.defects)
    content_type = message["Content-Type"]
    defects += (type(defect).__name__ for defect in getattr(content_type, "defects", ()))
    inside = message.get_payload() if message.is_multipart() and depth < _DEEPEST else []
    assert isinstance(inside, list)  # noqa: S101 - so it is when it is a multipart
    payload = b"" if message.is_multipart() else _bytes(message.get_payload())
    decoded = b"" if message.is_multipart() else message.get_payload(decode=True)
    return Part(
        media_type=message.get_content_type(),
        charset=str(message.get_param("charset", "")),
        encoding=str(message.get("Content-Transfer-Encoding", "")).strip().lower(),
        content_id=str(message.get("Content-ID", "")).strip(),
        boundary=str(message.get_param("boundary", "")),
        payload=payload,
        data=decoded if isinstance(decoded, bytes) else b"",
        parts=tuple(_part(each, defects, depth + 1) for each in inside if not isinstance(each, str)),
    )


def _bytes(payload: object) -> bytes:
    return str(payload).encode("utf-8", "surrogateescape")


def decoded(value: str) -> str:
    """A header's value as mail programs show it: encoded words as what they stand for (RFC 2047)."""
    joined = re.sub(rf"({ENCODED_WORD.pattern})[ \t]+(?==\?[^?\s]*\?[^?\s]*\?[^?\s]*\?=)", r"\1", value)
    return ENCODED_WORD.sub(lambda found: word(found) or found[0], joined)


def word(found: re.Match[str]) -> str | None:
    """What an encoded word stands for; None when it is not whole text in UTF-8."""
    if not _UTF_8.fullmatch(found[1].partition("*")[0]):
        return None
    try:
        if found[2].lower() == "b":
            data = binascii.a2b_base64(found[3].encode("latin-1"), strict_mode=True)
        elif found[2].lower() == "q":
            data = binascii.a2b_qp(found[3].encode("latin-1"), header=True)
        else:
            return None
        return data.decode()
    except ValueError:  # of both: binascii.Error and UnicodeDecodeError are such
        return None
