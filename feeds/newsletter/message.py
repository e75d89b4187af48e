"""A letter as a mail message: headers (RFC 5322) and parts, text before HTML (RFC 2045, RFC 2046)."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from email import quoprimime
from email.parser import BytesHeaderParser
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from feeds.newsletter import headers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feeds.model import Letter

_DOT = re.compile(rb"^\.(?=\r?$)", re.MULTILINE)  # which, alone on a line, ends a message for careless relays
_QUOTED_LINE = 76  # octets (RFC 2045 section 6.7)
_NEWLINE = re.compile(r"\r\n?|\n")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*")
_CONTENT_ID = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.@-]+")
_TOKEN = re.compile(r"[A-Za-z0-9._-]+")
_PIECES = re.compile("(?:%..|[^%]){1,18}")  # of an encoded name, a line each
_LONGEST_NAME = 60  # characters of a file's name
_FROM_LINE = re.compile(rb"(?m)^(>*From )")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Attachment(Protocol):
    """A picture that the HTML shows from within the mail, as `cid:` and `cid` (RFC 2392)."""

    @property
    def cid(self) -> str: ...  # noqa: D102 - the class says it

    @property
    def media_type(self) -> str: ...  # noqa: D102 - likewise

    @property
    def name(self) -> str: ...  # noqa: D102 - likewise

    @property
    def data(self) -> bytes: ...  # noqa: D102 - likewise


def to_eml(letter: Letter, html: str, text: str, attachments: Sequence[Attachment] = ()) -> bytes:
    """Write `letter` as a message that any mail program opens: ASCII, CRLF, body lines of at most 76 octets.

    `html` and `text` are its two parts, with their slots filled. `attachments` go with the HTML alone, as a
    `multipart/related` (RFC 2387), so that text before HTML remains the only choice there is. Raises
    ValueError when the `cid` of one cannot be a Content-ID.

    The same letter gives the same bytes: boundaries are made from the content. They start with `=_`, which
    neither quoted-printable nor base64 can hold, so no part can contain them.
    """
    rich = _text_part("html", html)
    if attachments:
        rich = _multipart("related", [rich, *map(_attached, attachments)], '; type="text/html"')
    head = "".join(headers.field(name, value) for name, value in letter.headers)
    return (
        f"{head}MIME-Version: 1.0\r\n".encode("ascii")
        + _multipart("alternative", [_text_part("plain", text), rich])
        + b"\r\n"
    )


def to_mbox(messages: Iterable[bytes]) -> bytes:
    r"""Write messages as one mailbox (RFC 4155), each `From ` in them quoted as "mboxrd" readers expect.

    Lines end in `\n` alone. The line before a message has its own sender and date, so that the same messages
    give the same bytes.
    """
    return b"".join(
        _from_line(message) + _FROM_LINE.sub(rb">\1", message.replace(b"\r\n", b"\n")).rstrip(b"\n") + b"\n\n"
        for message in messages
    )


def _multipart(subtype: str, parts: Sequence[bytes], parameters: str = "") -> bytes:
    boundary = "=_" + hashlib.sha256(subtype.encode() + b"\0".join(parts)).hexdigest()[:32]
    head = f'Content-Type: multipart/{subtype}{parameters};\r\n boundary="{boundary}"\r\n'.encode("ascii")
    delimiter = f"\r\n--{boundary}".encode("ascii")
    return head + b"".join(delimiter + b"\r\n" + part for part in parts) + delimiter + b"--"


def _text_part(subtype: str, text: str) -> bytes:
    data = _NEWLINE.sub("\r\n", _SURROGATES.sub("\ufffd", text)).encode()
    ways = {"quoted-printable": _quoted_printable(data), "base64": _base64(data)}
    encoding = min(ways, key=lambda way: len(ways[way]))
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode("ascii") + ways[encoding]


def _quoted_printable(data: bytes) -> bytes:
    # Not by binascii, whose lines are too long where one of 74 octets ends with a space.
    lines = data.decode("latin-1").replace("\r\n", "\n")
    quoted = quoprimime.body_encode(lines, maxlinelen=_QUOTED_LINE, eol="\r\n").encode("ascii")
    return _DOT.sub(b"=2E", quoted)


def _attached(attachment: Attachment) -> bytes:
    if not _CONTENT_ID.fullmatch(attachment.cid):
        raise ValueError(f"{attachment.cid!r} cannot be a Content-ID")
    known = _MEDIA_TYPE.fullmatch(attachment.media_type)
    head = (
        f"Content-Type: {attachment.media_type if known else 'application/octet-stream'}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-ID: <{attachment.cid}>\r\n"
        f"Content-Disposition: inline{_file_name(attachment.name)}\r\n\r\n"
    )
    return head.encode("ascii") + _base64(attachment.data)


def _file_name(name: str) -> str:
    """A file's name as a parameter; what is not plain ASCII is written as RFC 2231 has it."""
    name = headers.one_line(name)
    stem, dot, suffix = name.rpartition(".")
    if stem:
        name = stem[: max(_LONGEST_NAME - len(suffix) - 1, 1)] + dot + suffix
    name = name[-_LONGEST_NAME:]
    if _TOKEN.fullmatch(name):
        return f';\r\n filename="{name}"'
    pieces = _PIECES.findall(quote(name, safe=""))
    numbers = [""] if len(pieces) == 1 else [f"*{number}" for number in range(len(pieces))]
    return "".join(
        f";\r\n filename{number}*={charset}{piece}"
        for number, charset, piece in zip(numbers, ["utf-8''", *[""] * len(pieces)], pieces, strict=False)
    )


def _base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def _from_line(message: bytes) -> bytes:
    found = BytesHeaderParser().parsebytes(message)
    sender = parseaddr(found["From"] or "")[1] or "MAILER-DAEMON"
    when = _moment(found["Date"] or "")
    # Not with strftime, whose names of days and months are those of the machine's language.
    day, month = _WEEKDAYS[when.weekday()], _MONTHS[when.month - 1]
    return f"From {sender} {day} {month} {when.day:2} {when:%H:%M:%S} {when.year:04}\n".encode(
        "ascii", "replace"
    )


def _moment(date: str) -> datetime:
    """A date in UTC; the record of an issue that somebody edited may hold none."""
    try:
        found = parsedate_to_datetime(date)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
