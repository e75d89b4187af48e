"""What a generator is told to leave out of the site, as patterns of `[content] exclude`.

What it leaves out its authors mean to keep for themselves, so what no pattern of ours can say is named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.content.text import FORBIDDEN
from feeds.content.wildcards import matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from feeds.generators.clues import Clue
    from feeds.generators.found import Found

    Translate = Callable[[str], str | None]

_ONLY_THERE = re.compile(r"[\[\]!\\()]")  # in a pattern: sets of characters, negations, and what escapes
_PIECE = re.compile(r"\\.|\.[*+]\??|.", re.DOTALL)  # of a regular expression


def take_over(found: Found, clues: Iterable[Clue], translate: Translate, *, base: str = ".") -> None:
    """Leave out the posts that `clues` name, which `translate` turns into patterns of ours.

    Those patterns start at the folder `base` of the site, and count where they reach the content folder.
    """
    for clue in clues:
        if not clue.text:
            continue
        made = translate(clue.text)
        if made is None:
            found.doubt(
                f"{found.generator} leaves out {clue.shown()}, which is not taken over; "
                "add what it stands for to exclude under [content]",
                clue.place,
            )
        elif inside := below(made, base, str(found.settings["content", "dir"])):
            found.exclude([inside], of=clue)


def below(pattern: str, base: str, content: str) -> str:
    """A pattern from the folder `base` as one from the folder `content`; empty if it leads elsewhere."""
    within = f"{content}/".removeprefix("" if base == "." else f"{base}/").rstrip("/")
    if within in {"", "."} or pattern.startswith("**"):
        return pattern
    if pattern.startswith(f"{within}/"):
        return pattern.removeprefix(f"{within}/")
    parts = within.split("/")
    above = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
    return (
        "**" if any(matches(pattern, folder) or matches(pattern, f"{folder}/x") for folder in above) else ""
    )


def exactly(path: str) -> str:
    """A pattern for one path: any character stands for what patterns and settings do not have as it is."""
    return FORBIDDEN.sub("?", re.sub(r"[*?{}\[\]\\]|[^\S ]", "?", path))


def glob(text: str) -> str | None:
    """A pattern in which `*` stays within a folder and `**` does not; None for what ours cannot say."""
    text = text.strip().removeprefix("./").lstrip("/")
    if _ONLY_THERE.search(text):
        return None
    return f"{text}**" if text.endswith("/") else text


def anywhere(text: str) -> str | None:
    """A pattern for a file's name, or for the end of its path."""
    made = glob(text)
    return made and f"**/{made.removeprefix('**/')}"


def wide(text: str) -> str | None:
    """A pattern for the end of a path in which `*` does not stop at slashes."""
    made = anywhere(text)
    return made and re.sub(r"\*+", "**", made).replace("**/**", "**")


def expression(text: str) -> str | None:
    """A regular expression that is found somewhere in a path, as far as it is literals, `.` and `.*`."""
    ends = re.search(r"(?<!\\)(?:\\\\)*\$\Z", text) is not None
    inner = text.removeprefix("^").removesuffix("$" if ends else "")
    made = ["" if text.startswith("^") else "**"]
    for piece in _PIECE.findall(inner):
        if len(piece) > 1 and piece[0] == ".":
            made.append("**")
        elif piece == ".":
            made.append("?")
        elif piece[-1] in "*?{},[]()|+^$" or (piece[0] == "\\" and piece[-1].isalnum()):
            return None
        else:
            made.append(piece[-1])
    made.append("" if ends else "**")
    return re.sub(r"\*{2,}", "**", "".join(made))
