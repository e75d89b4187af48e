"""The text gate: bytes of a content file → text that every later room can hold.

Past this gate there is no byte order mark, no carriage return and no character that XML 1.0 forbids
(https://www.w3.org/TR/xml/#charsets), so no single character can cost a feed.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.problems import Findings

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_FOLDED = re.compile("[^\\S\u00a0\u2007\u202f]+")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def drop_forbidden(text: str, at: tuple[int, int], findings: Findings) -> str:
    """Leave out what XML forbids, with a warning. `at` is the place of the text's first character."""
    found = FORBIDDEN.search(text)
    if not found:
        return text
    before = text[: found.start()]
    breaks = before.count("\n")
    column = found.start() - before.rfind("\n") if breaks else at[1] + found.start()
    findings.add(
        "warning",
        "character-forbidden",
        f"the control character U+{ord(found.group()):04X} may not appear in a feed and was left out",
        at=(at[0] + breaks, column),
        hint="delete it; an editor that shows invisible characters helps",
    )
    return FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """The text in one line, with one space for any white space in it.

    No-break spaces stay, as characters that their author chose: French has them before `!` and `?`.
    """
    return _FOLDED.sub(" ", text).strip()


def decode(data: bytes, findings: Findings) -> str:
    """Read `data` as UTF-8, or as what its byte order mark says.

    Bytes that are not text are an error in `findings` (the result is then empty); forbidden characters are
    dropped with a warning.
    """
    encoding = "utf-8"
    for mark, name in _MARKS:
        if data.startswith(mark):
            encoding, data = name, data[len(mark) :]
            break
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = re.split("\r\n|\r|\n", data[: error.start].decode(encoding, errors="replace"))
        findings.add(
            "error",
            "encoding-invalid",
            f"byte {error.start} (0x{data[error.start]:02x}) is not {encoding.upper()}",
            at=(len(before), len(before[-1]) + 1),
            hint="save the file as UTF-8" + (", it may be in Windows-1252" if encoding == "utf-8" else ""),
        )
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return drop_forbidden(text, (1, 1), findings)
