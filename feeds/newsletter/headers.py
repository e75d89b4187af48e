"""Header fields as they are on the wire: phrases and addresses, encoded words, folding.

The standard library's own folding is not used: it splits a long List-Unsubscribe into encoded words, which no
mail program reads, and in older releases turns an encoded word in a title into a header (CVE-2024-6923).
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from feeds.model import MailingList, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NAMES = frozenset(
    {
        *("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Content-Language"),
        *("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Archive", "List-Post"),
    }
)
"""The headers that an issue has, before those of its parts."""

LINE = 76  # characters: the longest line with an encoded word (RFC 2047 section 2)
LONGEST_LINE = 998  # characters, the line break not among them (RFC 5322 section 2.1.1)
_WORD = 75  # characters: the longest encoded word, likewise

# What can break a header or a line of text: C0 and C1 controls and the Unicode line and paragraph separators.
_BREAKS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+")
_NOT_IN_ADDRESS = re.compile(r"[^\x21-\x7e]+|[<>,;:()]+")

_PRINTABLE = re.compile(r"[\x20-\x7e]*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LITERAL = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_SPACE = ord(" ")


def field(name: str, value: str | Person | MailingList) -> str:
    """The header field `name` with its line end. Text is free in a subject and verbatim anywhere else.

    Whatever a value holds, the field is one header: a record of an issue is a file, which anybody may have
    edited. A verbatim value is folded only where it would pass the longest line there may be.
    """
    if isinstance(value, Person):
        address = _NOT_IN_ADDRESS.sub("", value.email)
        return _folded(name, [*_phrase(value.name, len(name) + 2), f"<{address}>" if value.name else address])
    if isinstance(value, MailingList):
        identifier = _NOT_IN_ADDRESS.sub("", value.identifier)
        return _folded(name, [*_phrase(value.name, len(name) + 2), f"<{identifier}>"])
    if name == "Subject":
        return _unstructured(name, one_line(value))
    line = f"{name}: {_NOT_ASCII.sub(' ', value).strip()}"
    return f"{line}\r\n" if len(line) <= LONGEST_LINE else _folded(name, line.split(" ")[1:])


def one_line(text: str) -> str:
    """Text for a header: control characters and line breaks become a space, a lone surrogate U+FFFD."""
    return _SURROGATES.sub("\ufffd", _BREAKS.sub(" ", text)).strip(" ")


def shown(value: str | Person | MailingList) -> str:
    """A field's value as one line of Unicode text, as mail programs show it."""
    if isinstance(value, str):
        return one_line(value)
    name = one_line(value.name)
    if isinstance(value, MailingList):
        return f"{name} <{value.identifier}>".lstrip()
    return f"{_quoted(name)} <{value.email}>" if name else value.email


def _unstructured(name: str, value: str) -> str:
    plain = _PRINTABLE.fullmatch(value) and "=?" not in value and "  " not in value
    words = value.split(" ") if plain else []
    if plain and all(len(word) < LINE - len(name) for word in words):
        return _folded(name, words)
    return _folded(name, encoded_words(value, len(name) + 2))


def encoded_words(text: str, offset: int) -> list[str]:
    """`text` as encoded words (RFC 2047) of UTF-8, in B or Q, the shorter; the first starts at `offset`."""
    ways = [list(_packed(text, offset, *way)) for way in (("b", _b_length, _b), ("q", _q_length, _q))]
    return min(ways, key=lambda words: sum(map(len, words)))


def _packed(
    text: str, offset: int, letter: str, length: Callable[[bytes], int], encode: Callable[[bytes], str]
) -> Iterator[str]:
    frame = len("=?utf-8?b??=")
    room = min(_WORD, LINE - offset) - frame
    chunk = b""
    for character in text:
        data = character.encode()
        if chunk and length(chunk + data) > room:
            yield f"=?utf-8?{letter}?{encode(chunk)}?="
            chunk, room = b"", _WORD - frame
        chunk += data
    yield f"=?utf-8?{letter}?{encode(chunk)}?="


def _b_length(data: bytes) -> int:
    return (len(data) + 2) // 3 * 4


def _b(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _q_length(data: bytes) -> int:
    return sum(1 if byte in _LITERAL or byte == _SPACE else 3 for byte in data)


def _q(data: bytes) -> str:
    return "".join(chr(byte) if byte in _LITERAL else f"={byte:02X}" for byte in data).replace("=20", "_")


def _phrase(name: str, offset: int) -> list[str]:
    """A display name: as it is, quoted, or as encoded words (RFC 5322 section 3.2.5, RFC 2047 section 5)."""
    name = one_line(name)
    if not name:
        return []
    if _ATOMS.fullmatch(name) and "=?" not in name and max(map(len, name.split(" "))) < LINE - offset:
        return name.split(" ")
    if _PRINTABLE.fullmatch(name) and "=?" not in name and len(name) < LINE // 2:
        return [_quoted(name)]
    return encoded_words(name, offset)


def _quoted(name: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'


def _folded(name: str, words: Iterable[str]) -> str:
    """`words` with a space between them, a line break before the space where a line would pass `LINE`."""
    lines = [name + ":"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > LINE and lines[-1] != name + ":":
            lines.append("")
        lines[-1] += " " + word
    return "\r\n".join(lines) + "\r\n"
