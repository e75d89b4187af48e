"""What fences of front matter look like, and which lines stand between two of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.content import metadata
from feeds.content.yaml_text import Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BYTES = 64 * 1024

CLOSERS = {
    "-": re.compile(r"(?:-{3,}|\.{3})[ \t]*"),
    "+": re.compile(r"\+{3,}[ \t]*"),
    ";": re.compile(r";{3,}[ \t]*"),
}
TOML_LINE = re.compile(r"[A-Za-z_][\w-]*[ \t]*=[ \t]*[\"'\[\d{tf]")

_INDENT = re.compile(r" {0,3}(?=[-+;])")  # four spaces would make a block of code of it
# A line that was meant to be a fence: of other dashes, too few of them, or with more behind them.
_NEARLY = re.compile(r"[ \t]*(?:[-–—−]+|={3,}|\*{3,}|_{3,}|~{3,}|[+;]{2,})[ \t]*(?:[#\w<{].*)?")
_NEARLY_CLOSER = re.compile(r"[ \t]*(?:[-–—−]+|[+;]{2,})[ \t]*(?:[#\w<{].*)?")
_MOST_LINES = 200  # that are searched for what may have been meant as the end
_CODE = re.compile(r" {0,3}(?:`{3}|~{3})")
_LIST_ITEM = re.compile(r"[ \t]*-[ \t]")


def first(lines: Sequence[str], start: int = 0) -> int:
    """The number of the first line from `start` on that is not blank; 0 if there is none."""
    return next((number for number in range(start, len(lines)) if lines[number].strip()), 0)


def end(lines: Sequence[str], opener: int, closer: re.Pattern[str]) -> int | None:
    """The number of the first line below `opener` that closes what it opens."""
    width = indent(lines[opener])
    return next(
        (n for n in range(opener + 1, len(lines)) if closer.fullmatch(dedented(lines[n], width))), None
    )


def indent(line: str) -> int:
    """By how many spaces a fence, and with it the front matter, is indented."""
    found = _INDENT.match(line)
    return len(found[0]) if found else 0


def dedented(line: str, width: int) -> str:
    """The line without so many of the spaces at its start."""
    return line[min(width, len(line) - len(line.lstrip(" "))) :]


def check_size(header: str, offset: int) -> None:
    """Raise Unreadable for a header, below line `offset`, that is larger than any that people write."""
    if (size := len(header.encode())) > MAX_BYTES:
        raise Unreadable(
            "front-matter-too-large",
            f"the front matter has {size} bytes, more than {MAX_BYTES}",
            (max(offset, 1), 1),
            "is its closing fence missing?",
        )


def closing_hint(lines: Sequence[str], opener: int) -> str:
    """How to close what is never closed: there may be a line that was meant to do it."""
    fence = lines[opener].strip()[:3]
    for number in range(opener + 1, min(opener + _MOST_LINES, len(lines))):
        if _NEARLY_CLOSER.fullmatch(lines[number]) and not _LIST_ITEM.match(lines[number]):
            return f"line {number + 1} is nearly its end: write {fence} there, on a line of its own"
    return f"put {fence} on a line of its own after the last key"


def is_block(lines: Sequence[str], opener: int) -> bool:
    """Whether front matter between `---` or `+++` starts in a line, with a key that posts have."""
    fence, following = lines[opener].rstrip(), lines[opener + 1] if opener + 1 < len(lines) else ""
    if fence == "---":
        return metadata.is_key(following) and end(lines, opener, CLOSERS["-"]) is not None
    return (
        fence == "+++"
        and TOML_LINE.match(following) is not None
        and end(lines, opener, CLOSERS["+"]) is not None
    )


def refuse_raw(lines: Sequence[str], top: int) -> None:
    """Raise Unreadable for what is front matter to a reader's eye, in a file where none was found.

    Its fences are damaged, or it is not at the top. Nobody wants to see it published as body.
    """
    following = lines[top + 1] if top + 1 < len(lines) else ""
    if metadata.is_key(following) and _NEARLY.fullmatch(lines[top]) and not _LIST_ITEM.match(lines[top]):
        raise Unreadable(
            "front-matter-invalid",
            f"{lines[top].strip()!r} is not the fence of front matter",
            (top + 1, 1),
            "write --- on a line of its own, above the first key and below the last",
        )
    if TOML_LINE.match(lines[top]) and TOML_LINE.match(following):
        raise Unreadable(
            "front-matter-invalid",
            "the front matter has no fences",
            (top + 1, 1),
            "put +++ above and below it",
        )
    second = first(lines, top + 1)
    if second > top and is_block(lines, second) and not _CODE.match(lines[top]):
        raise Unreadable(
            "front-matter-invalid",
            "the front matter is not at the top of the file",
            (second + 1, 1),
            f"delete or move what is in line {top + 1}",
        )


def refuse_second(body: str, body_line: int, *, empty: bool) -> None:
    """Raise Unreadable for a body that starts with front matter of its own, or with all of an `empty` one."""
    lines = body.split("\n")
    top = first(lines)
    if empty and metadata.is_key(lines[0]):
        raise Unreadable(
            "front-matter-invalid",
            "the front matter is closed before its first key",
            (body_line, 1),
            f"delete line {body_line - 1}",
        )
    if is_block(lines, top):
        raise Unreadable(
            "front-matter-invalid",
            "there is a second front matter here",
            (body_line + top, 1),
            "make one of the two",
        )
