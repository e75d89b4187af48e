"""Wrapping text by the columns it takes on a screen, where CJK characters are two wide and break anywhere."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

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
_NO_BREAK = re.compile("[\u00a0\u202f]")

# What a screen shows as one picture, two columns wide (https://www.unicode.org/reports/tr51/): a flag, a
# keycap, or a picture with its skin tone, its tags and whatever else is joined to it.
_TOUCHED = "[\U0001f3fb-\U0001f3ff\ufe0f\U000e0020-\U000e007f]"
_PICTURE = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[0-9#*]\ufe0f?\u20e3"
    "|[\u00a9\u00ae\u2000-\u3300\U0001f000-\U0001faff]"
    f"(?:{_TOUCHED}+(?:\u200d[\u2000-\u3300\U0001f000-\U0001faff]{_TOUCHED}*)*"
    f"|(?:\u200d[\u2000-\u3300\U0001f000-\U0001faff]{_TOUCHED}*)+)"
)
_ZERO_WIDE = frozenset({"Mn", "Me", "Cf"})
_JAMO = range(0x1160, 0x1200)  # vowels and finals, which share the columns of the initial before them


def columns(text: str) -> int:
    """Return how many columns `text` takes: two for a wide character or an emoji, none for an accent."""
    if text.isascii():
        return len(text)
    pictures, text = _without_pictures(text)
    return 2 * pictures + sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
        if unicodedata.category(character) not in _ZERO_WIDE and ord(character) not in _JAMO
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
    """Return one line of text as lines of at most `width` columns; a word that is longer gets its own.

    What no-break spaces hold together stays on one line where a line can hold it, and has spaces in the end.
    """
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for word in text.split(" "):
        for space, piece in _pieces(word, width):
            size = columns(piece)
            between = space if line else 0
            if line and used + between + size > width:
                lines.append("".join(line))
                line, used, between = [], 0, 0
            line.append(" " * between + piece)
            used += between + size
    lines.append("".join(line))
    return [_NO_BREAK.sub(" ", one) for one in lines]


def _pieces(word: str, width: int) -> list[tuple[int, str]]:
    """Return what a word may be broken into, each with the number of spaces before it."""
    if not _ANY_BREAKABLE.search(word):
        held = _NO_BREAK.split(word) if _NO_BREAK.search(word) and columns(word) > width else [word]
        return [(1, piece) for piece in held]
    ends = [0, *(found.start() for found in _BREAK.finditer(word) if found.start()), len(word)]
    return [(0 if start else 1, word[start:end]) for start, end in pairwise(ends) if start < end]


def _without_pictures(text: str) -> tuple[int, str]:
    rest, count = _PICTURE.subn("", text)
    return count, rest
