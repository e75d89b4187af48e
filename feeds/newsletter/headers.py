"""Header fields as bytes on the wire: addresses, encoded words, folding.

The standard library's own folding is not used: it splits a long List-Unsubscribe into encoded words, which no
mail program reads, and in older releases turns an encoded word in a title into a header (CVE-2024-6923).
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from feeds.body.addresses import ascii_host
from feeds.body.addresses import url as absolute
from feeds.errors import ConfigError
from feeds.model import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LINE = 76  # characters: the longest line with an encoded word (RFC 2047 section 2)
_WORD = 75  # characters: the longest encoded word, likewise
_LONGEST_LINK = 900  # characters: a link is never folded, and a line ends at 998 (RFC 5322 section 2.1.1)

_MAILBOX = re.compile(
    r"""\s*(?:(?P<name>"(?:[^"\\]|\\.)*"|[^<>"]*?)\s*<(?P<inside>[^<>\s]+)>|(?P<bare>[^<>\s]+))\s*"""
)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_HOST = re.compile(
    r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*"
)
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LITERAL = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_SPACE = ord(" ")


def mailbox(text: str, *, where: str) -> Person:
    """Read `Name <mail@example.org>` or a bare address; its domain comes back in ASCII (IDNA 2008).

    Raises ConfigError, naming the setting `where`, when it is not one address.
    """
    found = _MAILBOX.fullmatch(text)
    address = (found["inside"] or found["bare"]) if found else ""
    local, _, host = address.rpartition("@")
    if found is None or not _LOCAL.fullmatch(local):
        raise ConfigError(
            f"{text} is not a mail address", where=where, hint="write it as `Name <mail@example.org>`"
        )
    name = (found["name"] or "").strip()
    if name.startswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return Person(name=name, email=f"{local}@{domain(host, where=where)}")


def domain(host: str, *, where: str) -> str:
    """A host name in lower-case ASCII. Raises ConfigError, naming the setting `where`, when it is not one."""
    name = ascii_host(host)
    if not _HOST.fullmatch(name):
        raise ConfigError(
            f"{host} is not a host name", where=where, hint="write it as in an address, without port"
        )
    return name


def link(url: str, *, where: str) -> str:
    """`url` for a List-* header: in angle brackets and ASCII.

    Raises ConfigError, naming where the address comes from, when no header line can hold it.
    """
    address = absolute(url, url)
    if len(address) > _LONGEST_LINK:
        raise ConfigError(
            f"an address of {len(address)} characters does not fit into a mail header",
            where=where,
            hint=f"shorten it to at most {_LONGEST_LINK}",
        )
    return f"<{address}>"


def unstructured(name: str, value: str) -> str:
    """A field of free text, such as a subject. `value` is one line."""
    plain = _PRINTABLE.fullmatch(value) and "=?" not in value and "  " not in value
    words = value.split(" ") if plain else []
    if plain and all(len(word) < LINE - len(name) for word in words):
        return _folded(name, words)
    return _folded(name, encoded_words(value, len(name) + 2))


def mailboxes(name: str, person: Person) -> str:
    """A field that holds one address, such as From."""
    address = f"<{person.email}>" if person.name else person.email
    return _folded(name, [*_phrase(person.name, len(name) + 2), address])


def list_id(name: str, label: str, identifier: str) -> str:
    """A List-Id field (RFC 2919): what the list is called, and its identifier in angle brackets."""
    return _folded(name, [*_phrase(label, len(name) + 2), f"<{identifier}>"])


def verbatim(name: str, value: str) -> str:
    """A field that is never folded or encoded: links, ids, dates."""
    return f"{name}: {value}\r\n"


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
    if not name:
        return []
    if _ATOMS.fullmatch(name) and "=?" not in name and max(map(len, name.split(" "))) < LINE - offset:
        return name.split(" ")
    if _PRINTABLE.fullmatch(name) and "=?" not in name and len(name) < LINE // 2:
        return ['"' + re.sub(r'(["\\])', r"\\\1", name) + '"']
    return encoded_words(name, offset)


def _folded(name: str, words: Iterable[str]) -> str:
    """`words` with a space between them, a line break before the space where a line would pass `LINE`."""
    lines = [name + ":"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > LINE and lines[-1] != name + ":":
            lines.append("")
        lines[-1] += " " + word
    return "\r\n".join(lines) + "\r\n"
