"""Wrapping text by the columns it takes on a screen, where CJK characters are two wide and break anywhere."""

from __future__ import annotations

import re
import unicodedata

_BREAKABLE = "\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60\U00020000-\U0003fffd"
_ANY_BREAKABLE = re.compile(f"[{_BREAKABLE}]")
# A line may end between two CJK characters, but not before closing marks, nor after opening ones.
_OPENING = "「『（〔［｛〈《【“‘"
_CLOSING = "、。，．・：；？！」』）〕］｝〉》】”’ー…ぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
_BREAK = re.compile(
    f"(?<=[{_BREAKABLE}])(?<![{_OPENING}])(?![{_CLOSING}])|(?<!^)(?=[{_BREAKABLE}])(?<![{_OPENING}])(?![{_CLOSING}])"
)
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_JOINERS = re.compile("(?<!\\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\\S)")


def columns(text: str) -> int:
    """Return how many columns `text` takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
        if not unicodedata.combining(character) and character not in "\u200c\u200d\ufe0f"
    )


def joined(parts: list[str]) -> str:
    """Return pieces of text as lines without surplus spaces, or anything that cannot be seen.

    The joiners that Persian and emoji need inside words stay.
    """
    text = _INVISIBLE.sub("", "".join(parts)).replace("\u2028", "\n").replace("\u2029", "\n")
    if "\u200c" in text or "\u200d" in text:
        text = _JOINERS.sub("", text)
    return "\n".join(" ".join(re.split(r"[ \t\r\f]+", line)).strip(" ") for line in text.split("\n")).strip(
        "\n"
    )


def wrapped(text: str, width: int) -> list[str]:
    """Return one line of text as lines of at most `width` columns; a word that is longer gets its own."""
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for word in text.split(" "):
        pieces = _BREAK.split(word) if _ANY_BREAKABLE.search(word) and "://" not in word else [word]
        space = 1 if line else 0
        for piece in pieces:
            size = columns(piece)
            if line and used + space + size > width:
                lines.append("".join(line))
                line, used, space = [], 0, 0
            line.append(" " * space + piece)
            used += space + size
            space = 0
    lines.append("".join(line))
    return [one.replace("\u00a0", " ").replace("\u202f", " ") for one in lines]
