"""A letter as a mail message: headers (RFC 5322) and two parts, text before HTML (RFC 2045, RFC 2046)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import TYPE_CHECKING

from feeds.newsletter import headers

if TYPE_CHECKING:
    from feeds.model import Letter

_NEWLINE = re.compile(r"\r\n?|\n")


def to_eml(letter: Letter) -> bytes:
    """Write `letter` as a message that any mail program opens: ASCII, CRLF, body lines of at most 76 octets.

    The same letter gives the same bytes: the boundary is made from the content. It starts with `=_`, which
    neither quoted-printable nor base64 can hold, so no part can contain it.
    """
    text, html = _part("plain", letter.text), _part("html", letter.html)
    boundary = "=_" + hashlib.sha256(text + html).hexdigest()[:32]
    head = "".join(headers.field(name, value) for name, value in letter.headers)
    head += "MIME-Version: 1.0\r\n"
    head += f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n'
    delimiter = f"\r\n--{boundary}".encode()
    body = delimiter + b"\r\n" + text + delimiter + b"\r\n" + html + delimiter + b"--\r\n"
    return head.encode("ascii") + body


def _part(subtype: str, text: str) -> bytes:
    data = _NEWLINE.sub("\r\n", text).encode()
    ways = {
        "quoted-printable": binascii.b2a_qp(data, istext=True),
        "base64": base64.encodebytes(data).replace(b"\n", b"\r\n"),
    }
    encoding = min(ways, key=lambda way: len(ways[way]))
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode("ascii") + ways[encoding]
