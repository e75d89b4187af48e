"""Where the bytes of a letter went, so that its author knows what to change."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Weights = tuple[tuple[str, int], ...]
"""Rows of a name and a number of bytes."""

HEAD, PREHEADER, FRAME = "head and style sheet", "preheader", "frame"
TEXT, STYLE, LINKS, IMAGES, CODE = "text", "style attributes", "links", "images", "code"

_ATTRIBUTES = r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*"
_TAG = re.compile(rf"<[a-z]{_ATTRIBUTES}>", re.IGNORECASE)
_STYLE = re.compile(r"\sstyle=(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_PARTS = re.compile(
    rf"(?P<code><(pre|code|kbd|samp)\b{_ATTRIBUTES}>.*?</\2>)"
    rf"|(?P<images><img\b{_ATTRIBUTES}>)"
    rf"|(?P<links><a\b{_ATTRIBUTES}>|</a>)",
    re.DOTALL | re.IGNORECASE,
)
_HEAD_END = re.compile(r"</head\s*>\s*", re.IGNORECASE)
_HIDDEN = re.compile(
    r"<(?P<name>div|span|p|td)\b[^<>]*\bstyle=\"[^\"]*(?:mso-hide|display:\s*none)[^\"]*\"[^<>]*>.*?</(?P=name)>",
    re.DOTALL | re.IGNORECASE,
)


def weigh(frame: Sequence[str], sections: Sequence[Sequence[str]], size: Callable[[str], int]) -> Weights:
    """Rows of a name and its bytes, as `size` counts them; they sum up to the size of the whole letter.

    `frame` is what stands before, between and behind the `sections`, which are the blocks of each post. The
    rows of posts are `text`, `style attributes`, `links`, `images` and `code`, and begin with `post 2: ` and
    the like when there are several. What takes no bytes has no row.
    """
    first, *others = frame
    found = _HEAD_END.search(first)
    end = found.end() if found else 0
    hidden = _HIDDEN.search(first, end)
    rows = {HEAD: size(first[:end]), PREHEADER: size(hidden[0]) if hidden else 0}
    rows[FRAME] = sum(map(size, [first[end:], *others])) - rows[PREHEADER]
    for number, blocks in enumerate(sections, start=1):
        parts: Counter[str] = Counter()
        for block in blocks:
            parts.update(_parts(block, size))
        before = f"post {number}: " if len(sections) > 1 else ""
        rows |= {f"{before}{name}": parts[name] for name in (TEXT, STYLE, LINKS, IMAGES, CODE)}
    return tuple((name, taken) for name, taken in rows.items() if taken)


def _parts(block: str, size: Callable[[str], int]) -> dict[str, int]:
    styles = 0
    plain = Counter[str]()
    rest = 0
    for found in _PARTS.finditer(block):
        name = {"code": CODE, "images": IMAGES, "links": LINKS}[str(found.lastgroup)]
        for kind, piece in ((TEXT, block[rest : found.start()]), (name, found[0])):
            style = _style(piece, size)
            styles += style
            plain[kind] += size(piece) - style
        rest = found.end()
    style = _style(block[rest:], size)
    plain[TEXT] += size(block[rest:]) - style
    return {**plain, STYLE: styles + style}


def _style(piece: str, size: Callable[[str], int]) -> int:
    """The bytes of the `style` attributes in tags."""
    return sum(size(found) for tag in _TAG.findall(piece) for found in _STYLE.findall(tag))
