"""What a mail looks like before it is opened: the row in the inbox of a phone.

Programs differ; these are the widths that iOS Mail and Gmail have at 375 px with their usual letter sizes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.body.columns import columns, wrapped
from feeds.newsletter.report.text import cut, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 46
"""Columns of small letters; the subject's are larger."""
_SUBJECT = 40
_LINES = 2  # of the preheader
_SHORTEST, _LONGEST = 40, 110  # characters of a preheader


def row(sender: str, subject: str, preheader: str, date: str) -> tuple[str, ...]:
    """The lines of the row, cut where a phone cuts them."""
    name = cut(sender.partition("<")[0].strip().strip('"') or sender, WIDTH - columns(date) - 2)
    gap = " " * (WIDTH - columns(name) - columns(date))
    shown = wrapped(printable(" ".join(preheader.split())), WIDTH)[: _LINES + 1]
    if len(shown) > _LINES:
        shown = [*shown[: _LINES - 1], cut(f"{shown[_LINES - 1]} {shown[_LINES]}", WIDTH)]
    return (name + gap + date, cut(subject, _SUBJECT), *(cut(line, WIDTH) for line in shown if line))


def remarks(subject: str, preheader: str) -> Iterator[str]:
    """What to think of: a subject or a preheader that is cut, missing, too short, or said twice."""
    if columns(subject) > _SUBJECT:
        yield f"The subject has {columns(subject)} columns, of which a phone shows some {_SUBJECT}."
    if not preheader:
        yield "There is no preheader: programs show the first words of the mail there."
    elif preheader.casefold().startswith(subject.casefold()) and subject:
        yield "The preheader repeats the subject."
    elif not _SHORTEST <= len(preheader) <= _LONGEST:
        yield f"The preheader has {len(preheader)} characters; {_SHORTEST} to {_LONGEST} do best."
