"""Dates as people write them in front matter and file names.

A closed list of shapes, each unambiguous: a library that guesses turns `2025` into today's day and reads
11/04 the American way. A date without a zone is local time of the site.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

# The zone names of RFC 822 section 5 (hence CST is the American one), and those that `date` prints in Europe.
# IST and its like mean several zones and nobody has said which, so they are not here.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0,
    "wet": 0, "west": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip

_CLOCK = r"""
    (?P<hour>\d{1,2}) : (?P<minute>\d{2}) (?: : (?P<second>\d{2}) (?: [.,] (?P<fraction>\d{1,9}) )? )?
    (?: \s* (?P<half>[ap]m)\b )?
"""
_ZONE = r"(?P<zone> [+-]\d{1,2}:?\d{2} | [+-]\d{1,2} | [a-z]{1,4} )"
_WEEKDAY = r"(?: (?:mon|tue|wed|thu|fri|sat|sun)[a-z]* \.? ,? \s+ )?"

_SHAPES = tuple(
    re.compile(shape, re.VERBOSE | re.IGNORECASE | re.ASCII)
    for shape in (
        # 2025-01-31, 2025/1/31, with a time after `T` or spaces, and a zone
        rf"(?P<year>\d{{4}}) (?P<mark>[-/.]) (?P<month>\d{{1,2}}) (?P=mark) (?P<day>\d{{1,2}})"
        rf"(?: (?: t | \s+ ) {_CLOCK} (?: \s* {_ZONE} )? )?",
        # 20250131, 20250131T101500Z
        r"(?P<year>\d{4}) (?P<month>\d{2}) (?P<day>\d{2})"
        rf"(?: t (?P<hour>\d{{2}}) (?P<minute>\d{{2}}) (?P<second>\d{{2}})? (?: {_ZONE} )? )?",
        # RFC 822: Fri, 31 Jan 2025 10:15:00 +0100
        rf"{_WEEKDAY} (?P<day>\d{{1,2}}) (?:st|nd|rd|th)? [ -] (?P<name>[a-z]+) \.? ,? [ -] (?P<year>\d{{4}})"
        rf"(?: ,? \s+ {_CLOCK} (?: \s* {_ZONE} )? )?",
        # January 31, 2025 10:15
        rf"{_WEEKDAY} (?P<name>[a-z]+) \.? \s+ (?P<day>\d{{1,2}}) (?:st|nd|rd|th)? ,? \s+ (?P<year>\d{{4}})"
        rf"(?: ,? \s+ {_CLOCK} (?: \s* {_ZONE} )? )?",
        # as the command `date` prints it: Fri Jan 31 10:15:00 CET 2025
        rf"{_WEEKDAY} (?P<name>[a-z]+) \s+ (?P<day>\d{{1,2}}) \s+ {_CLOCK} (?: \s+ {_ZONE} )?"
        r"\s+ (?P<year>\d{4})",
    )
)
_EPOCH = re.compile(r"-?\d{9,10}|-?\d{12,13}", re.ASCII)
_IN_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[-_ .])[-_ .]*", re.ASCII)
_IN_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?=/|$)", re.ASCII)


def read(text: str, zone: tzinfo) -> datetime | None:
    """Return the moment that `text` names, in the zone it names or else in `zone`.

    A local time that a clock change skips is moved past the gap; one that occurs twice is the first of the
    two. Hugo's zero date (year 1) is no date. Raises ValueError, saying why, for anything else that is none.
    """
    text = " ".join(text.split())
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text.lstrip("-")) > 10 else 1)
        return datetime.fromtimestamp(seconds, tz=UTC)
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            return _moment(found.groupdict(), text, zone)
    raise ValueError(f"{text!r} is not a date")


def _moment(part: dict[str, str | None], text: str, zone: tzinfo) -> datetime | None:
    name = part.get("name")
    month = _MONTHS.get(name.lower()) if name else int(part["month"] or 0)
    year, day = int(part["year"] or 0), int(part["day"] or 0)
    if month is None:
        raise ValueError(f"{text!r} is not a date: there is no month {name}")
    if year == 1:
        return None
    if year == 9999:  # the last hours of it have no UTC
        raise ValueError(f"{text!r} is not a date that feeds can carry")
    hour, minute = int(part.get("hour") or 0), int(part.get("minute") or 0)
    second = int(part.get("second") or 0)
    if second == 60:  # a leap second, which has no place in a datetime
        second = 59
    if half := (part.get("half") or "").lower():
        if not 1 <= hour <= 12:
            raise ValueError(f"{text!r} is not a date: there is no {hour} {half}")
        hour = hour % 12 + (12 if half == "pm" else 0)
    microsecond = int((part.get("fraction") or "0").ljust(6, "0")[:6])
    given = _zone(part.get("zone"), text)
    try:
        moment = datetime(year, month, day, hour, minute, second, microsecond, tzinfo=given or zone)
        if given is None:
            # Through UTC and back: a local time inside a gap comes out as the clocks showed it.
            moment = moment.astimezone(UTC).astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is not a date: {error}") from error
    return moment


def _zone(text: str | None, whole: str) -> tzinfo | None:
    if not text:
        return None
    if text[0] in "+-":
        digits = text[1:].replace(":", "")
        hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
        if hours > 23 or minutes > 59:
            raise ValueError(f"{whole!r} is not a date: there is no zone {text}")
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if text[0] == "-" else offset) if offset else UTC
    minutes_east = _ZONES.get(text.lower())
    if minutes_east is None:
        raise ValueError(f"{whole!r} is not a date: the zone {text} is not known, write +hh:mm")
    return timezone(timedelta(minutes=minutes_east)) if minutes_east else UTC


def in_path(folders: str, stem: str, zone: tzinfo) -> tuple[datetime | None, str]:
    """Return the date that a file's name or folders give, and the name without it.

    `2025-01-31-hello` is (2025-01-31, "hello"); `2025/01/31` among the folders dates `hello` likewise.
    """
    found, rest = _IN_NAME.match(stem), stem
    if found:
        rest = stem[found.end() :] or stem
    else:
        found = _IN_FOLDERS.search(folders)
    if not found:
        return None, stem
    try:
        return read("-".join(found.groups()), zone), rest
    except ValueError:
        return None, stem
