"""Names into path segments.

`term` serves tags and categories: their feeds live at these paths for years, so two different names never
share one, whatever else the site holds. Only case, white space, dashes and Unicode compatibility forms are
folded, for readers see no difference there. Punctuation is spelt out (`C++` is `c_plus_plus`, `C#` is
`c_sharp`), other scripts stay readable. `_` marks what was spelt out; as a character of a name it counts as
a space, so the spelling is unambiguous.

`post` serves the addresses of posts, which a site generator has usually given already: it does what Hugo
and its peers do to file names.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_WORDS = {
    "!": "bang",
    '"': "quote",
    "#": "sharp",
    "$": "dollar",
    "%": "percent",
    "&": "and",
    "'": "apostrophe",
    "(": "open",
    ")": "close",
    "*": "star",
    "+": "plus",
    ",": "comma",
    ".": "dot",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "<": "less",
    "=": "equals",
    ">": "greater",
    "?": "question",
    "@": "at",
    "[": "bracket",
    "\\": "backslash",
    "]": "unbracket",
    "^": "caret",
    "`": "backtick",
    "{": "brace",
    "|": "bar",
    "}": "unbrace",
    "~": "tilde",
}
_SPELT = frozenset(_WORDS.values())
_DASHES = frozenset("-_‐‑‒–—―−﹘﹣-")
_JOINERS = frozenset("‌‍")  # ZWNJ and ZWJ: part of Persian words and of emoji
_NEVER = 0xFFFE  # the last two code points of every plane are for no character, ever
_LONGEST = 100  # bytes of UTF-8; file systems stop at 255, and a name gets percent-encoded in URLs

# What Windows will not have as a file name, with or without an extension.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)")


def key(name: str) -> str:
    """What makes two names one term: `Go` and `go`, `JIT Compiler` and `JIT-Compiler`; not `C` and `C#`."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    dashed = "".join("-" if c in _DASHES or c.isspace() else c for c in folded)
    return re.sub("-+", "-", dashed).strip("-")


def term(name: str) -> str:
    """Return the path segment of a tag or category: lower case, at most 100 bytes, never empty.

    Equal results mean equal `key`s. The segment is safe on any file system and as one segment of a URL path
    once it is percent-encoded.
    """
    spelt = _spell(key(name))
    if len(spelt.encode()) > _LONGEST:
        digest = hashlib.sha256(spelt.encode()).hexdigest()[:16]
        cut = spelt.encode()[: _LONGEST - 18].decode(errors="ignore").rstrip("._")
        return f"{cut}_~{digest}"
    return spelt


def _spell(folded: str) -> str:
    pieces: list[str] = []
    plain = ""
    for position, character in enumerate(folded):
        inner = 0 < position < len(folded) - 1
        if _readable(character) or (
            # a dot between letters is at home in file names: node.js, 1.10
            character == "." and inner and folded[position - 1].isalnum() and folded[position + 1].isalnum()
        ):
            plain += character
            continue
        if plain:
            pieces.append(_plain(plain, first=not pieces))
            plain = ""
        pieces.append("_" + _WORDS.get(character, f"{ord(character):x}~"))
    if plain:
        pieces.append(_plain(plain, first=not pieces))
    spelt = "".join(pieces) or "_empty"
    return "_" + spelt if _RESERVED.match(spelt) else spelt


def _plain(run: str, *, first: bool) -> str:
    """A run of kept characters. After a spelt-out one, what could be mistaken for another gets two marks."""
    if first:
        return run
    return "__" + run if run in _SPELT else "_" + run


def _readable(character: str) -> bool:
    if character == "-" or character in _JOINERS:
        return True
    if character.isascii():
        return character.isalnum()
    # Letters, marks, numbers and symbols (emoji) of any script; not controls, spaces or bidi overrides.
    return _category(character)[0] in "LMNSP" and not "\ufff0" <= character <= "\uffff"


def _category(character: str) -> str:
    """The character's Unicode category, with letters for what this Python's tables do not know yet.

    The next Python's may know it, and an address must not move for that.
    """
    category = unicodedata.category(character)
    never = ord(character) & _NEVER == _NEVER or "\ufdd0" <= character <= "\ufdef"
    return "Lo" if category == "Cn" and not never else category


def post(name: str) -> str:
    """Return the path segment of a post called `name`: white space to dashes, lower case, as Hugo does it."""
    folded = unicodedata.normalize("NFC", name).strip().lower()
    dashed = re.sub(r"\s+", "-", folded)
    kept = "".join(c for c in dashed if c in "_.+~-" or c in _JOINERS or _category(c)[0] in "LMN")
    return re.sub(r"-{2,}", "-", kept).strip("-.")
