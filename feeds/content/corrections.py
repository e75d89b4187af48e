"""Corrections: what an author says to have changed in a post, for readers to notice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.content import dates
from feeds.content.header_keys import line, line_of, truth
from feeds.model import Correction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from feeds.content.header_keys import Keys
    from feeds.content.yaml_text import Value
    from feeds.problems import Findings

_DATES = ("date", "when", "on", "at", "day")
_TEXTS = ("text", "what", "note", "message", "correction", "description", "body")
_MARK = re.compile(
    r":\s+|\s+[–—-]+\s+"
)  # between a date and a text; a time of day has no space behind its colon
_LONGEST_DATE = 60  # characters, with its mark
_MOST = 100


def read(keys: Keys, zone: ZoneInfo, updated: datetime | None, findings: Findings) -> tuple[Correction, ...]:
    """The corrections, the oldest first.

    `zone` is where dates without a zone are, and `updated` when the post was last changed: the date of a text
    that has none. One without either, or without a text, is a warning.
    """
    key, value = keys.first("corrections")
    items = value if isinstance(value, list) else [] if truth(value) is False else [value]
    found: list[Correction] = []
    for item in items[:_MOST]:
        for day, text in _parts(item, zone):
            try:
                when = dates.read(day, zone) if day else updated
                fault = "has no date" if text else "has no text"
            except ValueError as error:
                when, fault = None, f"has no date: {error}"
            if when and text:
                found.append(Correction(when=when, text=text))
            else:
                findings.add(
                    "warning",
                    "correction-invalid",
                    f"a correction {fault}, and is not shown",
                    at=keys.places[key],
                    hint=f"write {keys.written[key]}: {{date: 2025-01-31, text: what was wrong}}",
                )
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.when))


def _parts(item: Value, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """The date and the text of each correction in an item; empty for what it does not say."""
    if isinstance(item, dict):
        day, text = line_of(item, _DATES), line_of(item, _TEXTS)
        if day or text:
            yield day, text
            return
        for key, value in item.items():  # dates, and what was changed on each
            for each in value if isinstance(value, list) else [value]:
                yield key, line(each)
    elif isinstance(item, str) and line(item):
        yield _parted("" if truth(item) else line(item), zone)
    elif isinstance(item, list):
        yield "", ""


def _parted(text: str, zone: ZoneInfo) -> tuple[str, str]:
    """The date that a text begins with, and the rest of it."""
    ends = [(mark.start(), mark.end()) for mark in _MARK.finditer(text[:_LONGEST_DATE])]
    for end, begin in [*ends, (len(text), len(text))]:
        try:
            if dates.read(text[:end], zone):
                return text[:end], text[begin:]
        except ValueError:
            continue
    return "", text
