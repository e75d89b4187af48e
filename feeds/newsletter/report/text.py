"""Text for a terminal of 80 columns: paragraphs, counts, shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.body.columns import columns, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 80
INDENT = "  "


def paragraph(text: str, indent: str, *, hang: str = "") -> Iterator[str]:
    """Text in lines of 80 columns; a word that is longer is cut."""
    hang = hang or indent
    first, *rest = wrapped(printable(" ".join(text.split())), WIDTH - len(hang))
    yield indent + cut(first, WIDTH - len(indent))
    yield from (hang + cut(line, WIDTH - len(hang)) for line in rest)


def cut(text: str, most: int) -> str:
    """Text on one line, of at most `most` columns, with an ellipsis where it goes on."""
    line = printable(" ".join(text.split()))
    if columns(line) <= most:
        return line
    while line and columns(line) > most - 1:
        line = line[:-1]
    return line.rstrip() + "…"


def percent(share: float) -> str:
    """A share of 1 as `12 %`, right-aligned in five columns; a small one is not none."""
    return f"{'<1' if 0 < share < 0.01 else round(share * 100):>3} %"  # noqa: PLR2004 - one of a hundred


def plural(count: int, noun: str) -> str:
    """`1 loss`, `2 losses`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}{'es' if noun.endswith('s') else 's'}"


def printable(text: str) -> str:
    """Text in which nothing can move the cursor or forge a line of a log. Joiners of words and emoji stay."""
    return "".join(
        c if c.isprintable() or c in "\u200c\u200d" else c.encode("unicode_escape").decode() for c in text
    )
