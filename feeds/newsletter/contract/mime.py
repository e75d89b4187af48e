"""M1 to M3: two parts that every mail program reads, in lines that every server carries."""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING

from feeds.newsletter.contract import wire
from feeds.newsletter.contract.headers import LONGEST_LINE
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.rules import Finding
    from feeds.newsletter.contract.wire import Part

_LONGEST_ENCODED = 76
_SPARED = 1.1  # two ways to write quoted-printable differ by less
_IN_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")

RULES = table(
    [
        (
            "mime-readable",
            "M1",
            "error",
            "A parser that had no part in writing the message reads it without complaint.",
            "RFC 2045; RFC 2046",
        ),
        (
            "mime-alternative",
            "M1",
            "error",
            "The message is multipart/alternative: the text first, the HTML last.",
            "RFC 2046 section 5.1.4",
        ),
        (
            "mime-related",
            "M1",
            "error",
            (
                "A multipart/related stands around the HTML only, which comes first in it; the rest are "
                "pictures with a Content-ID."
            ),
            "RFC 2387",
        ),
        (
            "mime-charset",
            "M2",
            "error",
            "Both parts are UTF-8 and say so.",
            "RFC 2046 section 4.1.2",
        ),
        (
            "mime-encoding",
            "M2",
            "error",
            "Every part is quoted-printable or base64, so that the message is ASCII.",
            "RFC 2045 section 6",
        ),
        (
            "mime-shorter",
            "M2",
            "error",
            "Of quoted-printable and base64, a part has the shorter one.",
            "RFC 2045 section 6; of a mail in Persian, base64 is half as long",
        ),
        (
            "mime-line-end",
            "M2",
            "error",
            "Lines end in CR LF, and there is no CR or LF without the other.",
            "RFC 5322 section 2.3; RFC 5321 section 2.3.8",
        ),
        (
            "mime-line-length",
            "M2",
            "error",
            "No line has more than 998 octets, and none of an encoded part more than 76.",
            "RFC 5322 section 2.1.1; RFC 2045 section 6.7",
        ),
        (
            "mime-octets",
            "M2",
            "error",
            "There are only the characters of ASCII, and no NUL.",
            "RFC 5321 section 4.5.3.1",
        ),
        (
            "mime-boundary",
            "M3",
            "error",
            "A boundary is a legal one, and stands in no part.",
            "RFC 2046 section 5.1.1",
        ),
    ]
)


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the message as such."""
    for defect in dict.fromkeys(mail.wire.defects):
        yield RULES["mime-readable"].broken(f"a parser says {defect}", part="message")
    yield from _octets(mail.wire.data)
    yield from _structure(mail)
    for part in wire.walk(mail.wire.top):
        if part.parts or part.boundary:
            yield from _boundary(part, mail.wire.data)
        elif part.media_type != "message/rfc822":
            yield from _leaf(part)


def _octets(data: bytes) -> Iterator[Finding]:
    if bare := re.search(rb"\r(?!\n)|(?<!\r)\n", data):
        line = data.count(b"\n", 0, bare.start()) + 1
        name = "CR" if bare[0] == b"\r" else "LF"
        yield RULES["mime-line-end"].broken(f"there is a bare {name}", part="message", line=line)
    if odd := re.search(rb"[\x00\x80-\xff]", data):
        line = data.count(b"\n", 0, odd.start()) + 1
        yield RULES["mime-octets"].broken(f"there is an octet 0x{odd[0][0]:02X}", part="message", line=line)
    for number, line_of in enumerate(data.split(b"\n"), 1):
        if len(line_of.rstrip(b"\r")) > LONGEST_LINE:
            message = f"a line has {len(line_of)} octets"
            yield RULES["mime-line-length"].broken(message, part="message", line=number)


def _structure(mail: Mail) -> Iterator[Finding]:
    top = mail.wire.top
    if top is None:
        return
    types = [part.media_type for part in top.parts]
    if top.media_type != "multipart/alternative" or types not in (
        ["text/plain", "text/html"],
        ["text/plain", "multipart/related"],
    ):
        shown = f"{top.media_type} of {', '.join(types)}" if types else top.media_type
        yield RULES["mime-alternative"].broken(f"the message is {shown}", part="message")
    for part in wire.walk(top):
        if part.media_type != "multipart/related":
            continue
        inside = [each.media_type for each in part.parts]
        named = all(re.fullmatch(r"<[^<>\s@]+@[^<>\s@]+>", each.content_id) for each in part.parts[1:])
        if (
            inside[:1] != ["text/html"]
            or not all(each.startswith("image/") for each in inside[1:])
            or not named
        ):
            message = f"a multipart/related holds {', '.join(inside)}"
            message += "" if named else ", and not each picture has a Content-ID"
            yield RULES["mime-related"].broken(message, part="message")


def _leaf(part: Part) -> Iterator[Finding]:
    name = part.media_type
    if part.encoding not in {"quoted-printable", "base64"}:
        message = f"the part {name} is {part.encoding or '7bit'}"
        yield RULES["mime-encoding"].broken(message, part="message")
    elif (longest := max(map(len, part.payload.split(b"\r\n")))) > _LONGEST_ENCODED:
        message = f"a line of the part {name} has {longest} octets"
        yield RULES["mime-line-length"].broken(message, part="message")
    if not name.startswith("text/"):
        return
    try:
        part.data.decode()
        is_utf_8 = part.charset.lower() == "utf-8"
    except UnicodeDecodeError:
        is_utf_8 = False
    if not is_utf_8:
        message = f"the part {name} is not UTF-8, or says {part.charset or 'nothing'}"
        yield RULES["mime-charset"].broken(message, part="message")
    sizes = {
        "quoted-printable": len(binascii.b2a_qp(part.data, istext=True)),
        "base64": (len(part.data) + 2) // 3 * 4 * 78 // 76,
    }
    if part.encoding in sizes and sizes[part.encoding] > _SPARED * min(sizes.values()):
        other = min(sizes, key=lambda way: sizes[way])
        message = f"the part {name} is {part.encoding}, and would be shorter in {other}"
        yield RULES["mime-shorter"].broken(message, part="message")


def _boundary(part: Part, data: bytes) -> Iterator[Finding]:
    if not _IN_BOUNDARY.fullmatch(part.boundary):
        yield RULES["mime-boundary"].broken(f"{part.boundary[:80]!r} is no boundary", part="message")
        return
    # Once in the header, once before each part and once after the last.
    count = data.count(part.boundary.encode())
    if count != len(part.parts) + 2:
        message = f"the boundary {part.boundary!r} stands {count} times, and not {len(part.parts) + 2}"
        yield RULES["mime-boundary"].broken(message, part="message")
    decoded = (each.data for each in wire.walk(part))
    if any(part.boundary.encode() in each for each in decoded):
        yield RULES["mime-boundary"].broken(f"the boundary {part.boundary!r} is in a part", part="message")
