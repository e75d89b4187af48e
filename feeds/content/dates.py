"""Dates as people write them in front matter, file names and paths.

A closed list of shapes, each unambiguous: a library that guesses turns `2025` into today's day and reads
11/04 the American way. A date without a zone is local time of the site.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

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
    (?P<hour>\d{1,2}) : (?P<minute>\d{1,2}) (?: : (?P<second>\d{1,2}) (?: [.,] (?P<fraction>\d{1,9}) )? )?
    (?: \s* (?P<half>[ap]m)\b )?
"""
# +01:00, UTC-3, CEST, Europe/Paris; behind it may stand its name, as JavaScript and Go print it.
_ZONE = r"""
    (?P<zone> (?: utc | gmt )? [+-]\d{1,2} (?: :?\d{2} )? | [a-z]{1,4}
            | \[? [a-z]+ (?: / [a-z_+-]+ ){1,2} \]? )
    (?: \s [a-z]{3,5} )? (?: \s* \( [^()]* \) | \[ [^\[\]]* \] )?
"""
_TIME = rf"(?: ,? \s+ (?: at \s+ )? {_CLOCK} (?: \s* {_ZONE} )? )?"
_WEEKDAY = r"(?: (?:mon|tue|wed|thu|fri|sat|sun)[a-z]* \.? ,? \s+ )?"

_SHAPES = tuple(
    re.compile(shape, re.VERBOSE | re.IGNORECASE | re.ASCII)
    for shape in (
        # 2025-01-31, 2025/1/31, with a time after `T` or spaces, and a zone
        rf"(?P<year>\d{{4}}) (?P<mark>[-/.]) (?P<month>\d{{1,2}}) (?P=mark) (?P<day>\d{{1,2}})"
        rf"(?: (?: t | ,? \s+ ) {_CLOCK} (?: \s* {_ZONE} )? )?",
        # 2025-01-31Z, 2025-01-31 +01:00: midnight there
        r"(?P<year>\d{4}) - (?P<month>\d{2}) - (?P<day>\d{2})"
        r"(?P<zone> z | \s* [+-]\d{2}:\d{2} | \s [+-]\d{4} )",
        # 20250131, 20250131T101500Z
        r"(?P<year>\d{4}) (?P<month>\d{2}) (?P<day>\d{2})"
        rf"(?: t (?P<hour>\d{{2}}) (?P<minute>\d{{2}}) (?P<second>\d{{2}})? (?: {_ZONE} )? )?",
        # 202501311015, 20250131101500; as milliseconds, the former would be of the year 1976
        r"(?P<year> (?:19|20)\d{2} ) (?P<month> 0[1-9] | 1[0-2] ) (?P<day> 0[1-9] | [12]\d | 3[01] )"
        r"(?P<hour> [01]\d | 2[0-3] ) (?P<minute> [0-5]\d ) (?P<second> [0-5]\d )?",
        # RFC 822: Fri, 31 Jan 2025 10:15:00 +0100
        rf"{_WEEKDAY} (?P<day>\d{{1,2}}) (?:st|nd|rd|th)? [ -] (?P<name>[a-z]+) \.? ,? [ -] (?P<year>\d{{4}})"
        rf"{_TIME}",
        # the same with a year of two digits; with less around it, which number is the year would be a guess
        r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* , \s (?P<day>\d{1,2}) [ -] (?P<name>[a-z]{3}) [ -]"
        rf"(?P<year>\d{{2}}) \s {_CLOCK} \s {_ZONE}",
        # 2025-Jan-31, 2025 January 31
        rf"(?P<year>\d{{4}}) [ -] (?P<name>[a-z]+) [ -] (?P<day>\d{{1,2}}) {_TIME}",
        # January 31, 2025 10:15
        rf"{_WEEKDAY} (?P<name>[a-z]+) \.? \s+ (?P<day>\d{{1,2}}) (?:st|nd|rd|th)? ,? \s+ (?P<year>\d{{4}})"
        rf"{_TIME}",
        # as the command `date` prints it: Fri Jan 31 10:15:00 CET 2025
        rf"{_WEEKDAY} (?P<name>[a-z]+) \s+ (?P<day>\d{{1,2}}) \s+ {_CLOCK} (?: \s+ {_ZONE} )?"
        r"\s+ (?P<year>\d{4})",
        # 2025年1月31日 10:15
        rf"(?P<year>\d{{4}}) \s? 年 \s? (?P<month>\d{{1,2}}) \s? 月 \s? (?P<day>\d{{1,2}}) \s? 日"
        rf"(?: \s* {_CLOCK} (?: \s* {_ZONE} )? )?",
    )
)
_LONGEST = 100  # characters
_SECONDS = re.compile(r"(-?)(\d{9,10})(?:\.(\d+))?", re.ASCII)
_MILLISECONDS = re.compile(r"(-?)(\d{9,10})(\d{3})(?:\.\d+)?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# 2025-01-31-hello, 2025/01/31/hello, 2025/01-31-hello; with Zola's time of day, or one that every file
# system takes: 2025-01-31T10:15Z-hello, 2025-01-31T10-15-hello
_IN_PATH = re.compile(
    r"(?:^|/)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})"
    r"(?P<time>T[0-2]\d(?P<mark>[-:.]?)[0-5]\d(?:(?P=mark)[0-5]\d(?=$|[-_ ./Z+]))?(?:Z|[+-]\d{2}:\d{2})?)?"
    r"(?=$|[-_ ./])",
    re.ASCII,
)
# What no generator takes for a date, and people do: 20250131-hello, 2025_01_31, 2025.01.31 hello
_IN_NAME = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<mark>[_.]?)(?P<month>\d{2})(?P=mark)(?P<day>\d{2})"
    r"(?P<clock>\d{4}(?:\d{2})?)?(?=$|[-_ .])",
    re.ASCII,
)


def read(text: str, zone: tzinfo, *, gap: Callable[[datetime], None] | None = None) -> datetime | None:
    """Return the moment that `text` names, in the zone it names or else in `zone`.

    A local time that a clock change skips is moved past the gap, and `gap` is called with what it became; one
    that occurs twice is the first of the two. Hugo's zero date (year 1) and that of databases (`0000-00-00`)
    are no date. Raises ValueError, saying why, for anything else that is none.
    """
    text = " ".join(text.split())
    if text[:1] in {"'", '"'} and text[:1] == text[-1:]:  # of YAML, in metadata that know no quotes
        text = text[1:-1].strip()
    if len(text) > _LONGEST:
        raise ValueError(f"{text[:40] + '…'!r} is not a date")
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            return _moment(found.groupdict(), text, zone, gap)
    if found := _SECONDS.fullmatch(text) or _MILLISECONDS.fullmatch(text):
        after = timedelta(seconds=int(found[2]), microseconds=_microseconds(found[3]))
        return _EPOCH - after if found[1] else _EPOCH + after
    raise ValueError(f"{text!r} is not a date")


def _moment(
    part: dict[str, str | None], text: str, zone: tzinfo, gap: Callable[[datetime], None] | None
) -> datetime | None:
    name = part.get("name")
    month = _MONTHS.get(name.lower()) if name else int(part["month"] or 0)
    year, day = int(part["year"] or 0), int(part["day"] or 0)
    if month is None:
        raise ValueError(f"{text!r} is not a date: there is no month {name}")
    if len(part["year"] or "") == 2:
        year += 2000 if year < 50 else 1900  # RFC 5322 section 4.3
    if year == 1 or not (year or month or day):
        return None
    if year == 9999:  # the last hours of it have no UTC
        raise ValueError(f"{text!r} is not a date that feeds can carry")
    given = _zone(part.get("zone"), text)
    clock, days = _clock(part, text)
    if fault := _fault(year, month, day, clock):
        raise ValueError(f"{text!r} is not a date: {fault}")
    # At first as if the clocks were never put forward or back.
    wall = datetime(year, month, day, *clock, tzinfo=UTC) + timedelta(days=days)
    # Through UTC and back: a local time inside a gap comes out as the clocks showed it.
    moment = wall.replace(tzinfo=given or zone).astimezone(UTC).astimezone(given or zone)
    if gap and part.get("hour") and moment.replace(tzinfo=UTC) != wall:
        gap(moment)
    offset = moment.utcoffset() or timedelta()
    # Before there were time zones, offsets had seconds, which no feed can say.
    return moment.astimezone(UTC) if offset % timedelta(minutes=1) else moment


def _fault(year: int, month: int, day: int, clock: tuple[int, int, int, int]) -> str:
    """What of a date does not exist; empty if all of it does."""
    if not year:
        return "there is no year 0"
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    if not 1 <= day <= monthrange(year, month)[1]:
        return f"there is no day {day} in month {month} of {year}"
    names = ("hour", "minute", "second")
    limits = (23, 59, 59)
    wrong = (
        f"there is no {name} {part}"
        for name, part, most in zip(names, clock, limits, strict=False)
        if part > most
    )
    return next(wrong, "")


def _clock(part: dict[str, str | None], text: str) -> tuple[tuple[int, int, int, int], int]:
    """The time of day down to microseconds, and by how many days it is later than the day says."""
    hour, minute = int(part.get("hour") or 0), int(part.get("minute") or 0)
    second = int(part.get("second") or 0)
    if half := (part.get("half") or "").lower():
        if not 1 <= hour <= 12:
            raise ValueError(f"{text!r} is not a date: there is no {hour} {half}")
        hour = hour % 12 + (12 if half == "pm" else 0)
    if (hour, minute, second) == (24, 0, 0):  # ISO 8601's end of the day
        return (0, 0, 0, 0), 1
    if second == 60:  # a leap second, which has no place in a datetime
        second = 59
    return (hour, minute, second, _microseconds(part.get("fraction"))), 0


def _microseconds(fraction: str | None) -> int:
    """The digits behind a second's decimal point."""
    return int((fraction or "0").ljust(6, "0")[:6])


def _zone(text: str | None, whole: str) -> tzinfo | None:
    if not text:
        return None
    text = text.strip(" []")
    if "/" in text:
        try:
            return ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{whole!r} is not a date: there is no zone {text}") from None
    if found := re.search(r"[+-]", text):
        digits = text[found.end() :].replace(":", "")
        hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
        if hours > 23 or minutes > 59:
            raise ValueError(f"{whole!r} is not a date: there is no zone {text}")
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if found[0] == "-" else offset) if offset else UTC
    minutes_east = _ZONES.get(text.lower())
    if minutes_east is None:
        raise ValueError(f"{whole!r} is not a date: the zone {text} is not known, write +hh:mm")
    return timezone(timedelta(minutes=minutes_east)) if minutes_east else UTC


def in_path(folders: str, stem: str, zone: tzinfo) -> tuple[datetime | None, str]:
    """Return the date that a file's name or folders give, and the name without it.

    `2025-01-31-hello` is (2025-01-31, "hello"); `2025/01/31` or `2025-01-31` among the folders dates `hello`
    likewise. A name keeps what generators keep in it: `20250131-hello` is dated, and stays as it is.
    """
    whole = f"{folders}/{stem}" if folders else stem
    begin = len(whole) - len(stem)
    for found in reversed(list(_IN_PATH.finditer(whole))):
        time = re.sub(r"^T(\d\d)[-:.]?(\d\d)(?:[-:.]?(\d\d))?", _with_colons, found["time"] or "")
        date = _quietly(found["date"].replace("/", "-") + time, zone)
        if date:
            return date, (whole[found.end() :].lstrip("-_ .") or stem) if found.start(
                "date"
            ) >= begin else stem
    if name := _IN_NAME.match(stem):
        clock = re.sub(r"(\d\d)(?=\d)", r"\1:", name["clock"] or "")
        return _quietly(f"{name['year']}-{name['month']}-{name['day']} {clock}", zone), stem
    return None, stem


def _with_colons(time: re.Match[str]) -> str:
    return "T" + ":".join(part for part in time.groups() if part)


def in_address(address: str, zone: tzinfo) -> datetime | None:
    """Return the date in a post's address, such as `/2024/07/25/name/`."""
    path = re.split(r"[?#]", re.sub(r"^[a-z]+://[^/]*", "", address, flags=re.IGNORECASE))[0].strip("/")
    folders, _, name = path.rpartition("/")
    return in_path(folders, name, zone)[0]


def _quietly(text: str, zone: tzinfo) -> datetime | None:
    try:
        return read(text, zone)
    except ValueError:
        return None
