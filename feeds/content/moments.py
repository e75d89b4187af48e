"""The dates of a header: of publication, change, embargo and expiry, in whatever shape they are given."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from feeds.content import dates
from feeds.content.header_keys import KEYS, line, truth

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from feeds.content.header_keys import Keys
    from feeds.content.yaml_text import Place, Value
    from feeds.problems import Findings, Severity

_DAILY_NOTE = re.compile(
    r"\[\[(?:[^\[\]|]*/)?([^\[\]|/]+)(?:\|[^\[\]]*)?\]\]"
)  # the link to one, in Obsidian
_FILE_TIMES = frozenset({"created", "last modified", "git created", "git last modified"})  # Eleventy's
# In a mapping under the key of another field: `date: {created, updated}` of MkDocs' blogs
_PARTS = {"published": "created", "updated": "updated"}


def read(keys: Keys, zone: ZoneInfo, findings: Findings, field: str, severity: Severity) -> datetime | None:
    """Return the first date under the keys of `field`; one that cannot be read is a problem of `severity`.

    `zone` is where dates without a zone are.
    """
    for key in (*KEYS[field], *_also(keys, field)):
        value = keys.values.get(key)
        if isinstance(value, dict):  # Docusaurus' `last_update: {date, author}`
            value = value.get(_PARTS.get(field, ""), value.get("date", value))
        value = _without_link(value)
        text = line(value)
        if value in (None, []) or (isinstance(value, str) and not text):
            continue
        # `published: true` and `lastUpdated: false` are switches
        if key != "date" and truth(value) is not None:
            continue
        written, place = keys.written[key], keys.places[key]
        hint = f"write {written}: 2025-01-31, or 2025-01-31T18:30:00+01:00"
        if text.lower() in _FILE_TIMES:
            hint += "; what the file system says differs from one machine to the next"
        if not isinstance(value, str):
            kind = "a list" if isinstance(value, list) else "a mapping"
            findings.add(severity, "date-invalid", f"{written} is {kind}, not a date", at=place, hint=hint)
            return None
        try:
            moment = dates.read(text, zone, gap=partial(_note_gap, findings, text, zone, place))
        except ValueError as error:
            findings.add(severity, "date-invalid", str(error), at=place, hint=hint)
            return None
        if moment is not None:
            return moment
    return None


def _also(keys: Keys, field: str) -> tuple[str, ...]:
    """The key of another field that says something of this one."""
    date = keys.values.get("date")
    return ("date",) if field == "updated" and isinstance(date, dict) and "updated" in date else ()


def _without_link(value: Value) -> Value:
    """The name of the daily note that a date links to in Obsidian: `"[[2025-01-31]]"`, else the value.

    A property whose type is list is a list of one.
    """
    match value:
        case str() as text if note := _DAILY_NOTE.fullmatch(text.strip()):
            return note[1]
        case [str() as day] | [[str() as day]]:  # the link without quotes, which is a list to YAML
            return day
        case _:
            return value


def _note_gap(findings: Findings, text: str, zone: ZoneInfo, place: Place, moved: datetime) -> None:
    findings.add(
        "note",
        "date-gap",
        f"in {moved.tzinfo or zone} the clocks skipped {text!r}, so it is taken for {moved:%H:%M}",
        at=place,
        hint="write another time, or one with a zone: 2025-01-31T18:30:00+01:00",
    )
