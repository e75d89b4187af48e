"""Dates as people write them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content import dates

if TYPE_CHECKING:
    from datetime import datetime

LISBON = ZoneInfo("Europe/Lisbon")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-31", "2025-01-31T00:00:00+00:00"),
        ("2025-07-31", "2025-07-31T00:00:00+01:00"),
        ("2025-1-3", "2025-01-03T00:00:00+00:00"),
        ("2025/01/31", "2025-01-31T00:00:00+00:00"),
        ("2025.01.31", "2025-01-31T00:00:00+00:00"),
        ("20250131", "2025-01-31T00:00:00+00:00"),
        ("20250131T101500Z", "2025-01-31T10:15:00+00:00"),
        ("2025-01-31 9:05", "2025-01-31T09:05:00+00:00"),
        ("2025-01-31 9:05 pm", "2025-01-31T21:05:00+00:00"),
        ("2025-01-31 12:05 AM", "2025-01-31T00:05:00+00:00"),
        ("2025-01-31T10:15", "2025-01-31T10:15:00+00:00"),
        ("2025-01-31t10:15:20z", "2025-01-31T10:15:20+00:00"),
        ("2016-05-12 10:00:00 +0000", "2016-05-12T10:00:00+00:00"),
        ("2016-05-12 10:00:00 +05:30", "2016-05-12T10:00:00+05:30"),
        ("2016-05-12T10:00:00-0330", "2016-05-12T10:00:00-03:30"),
        ("2016-05-12T10:00:00+2", "2016-05-12T10:00:00+02:00"),
        ("2016-05-12T10:00:00.123456789Z", "2016-05-12T10:00:00.123456+00:00"),
        ("2016-05-12T10:00:00,5Z", "2016-05-12T10:00:00.500000+00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("1600000000", "2020-09-13T12:26:40+00:00"),
        ("1600000000000", "2020-09-13T12:26:40+00:00"),
        ("Fri, 03 Sep 2021 11:21:31 +0200", "2021-09-03T11:21:31+02:00"),
        ("Fri, 03 Sep 2021 11:21:31 GMT", "2021-09-03T11:21:31+00:00"),
        ("3 September 2021", "2021-09-03T00:00:00+01:00"),
        ("3-Sep-2021", "2021-09-03T00:00:00+01:00"),
        ("September 3, 2021 15:04 PST", "2021-09-03T15:04:00-08:00"),
        ("Sept. 3rd, 2021", "2021-09-03T00:00:00+01:00"),
        ("Fri Sep  3 11:21:31 CEST 2021", "2021-09-03T11:21:31+02:00"),
        ("Fri Jan 31 10:15:00 CET 2025", "2025-01-31T10:15:00+01:00"),
        ("Fri, 31 Jan 2025 10:15:00 EST", "2025-01-31T10:15:00-05:00"),
        ("  2025-01-31  ", "2025-01-31T00:00:00+00:00"),
        ("'2025-01-31'", "2025-01-31T00:00:00+00:00"),
        ('" 2025-01-31 10:15 "', "2025-01-31T10:15:00+00:00"),
        ("2025-1-3 9:5", "2025-01-03T09:05:00+00:00"),
        ("2025-01-31, 10:15", "2025-01-31T10:15:00+00:00"),
        ("2025-01-31T24:00:00", "2025-02-01T00:00:00+00:00"),
        ("2025-12-31 24:00", "2026-01-01T00:00:00+00:00"),
        ("2025-01-31Z", "2025-01-31T00:00:00+00:00"),
        ("2025-01-31 +01:00", "2025-01-31T00:00:00+01:00"),
        ("2025-01-31 -0330", "2025-01-31T00:00:00-03:30"),
        ("202501311015", "2025-01-31T10:15:00+00:00"),
        ("20250131101530", "2025-01-31T10:15:30+00:00"),
        ("2016-05-12T10:00:00.000+0000", "2016-05-12T10:00:00+00:00"),
        ("2015-01-01 10:00:00 UTC", "2015-01-01T10:00:00+00:00"),
        ("2015-01-01 10:00:00 UTC-03:00", "2015-01-01T10:00:00-03:00"),
        ("2015-07-01 10:00 Europe/Madrid", "2015-07-01T10:00:00+02:00"),
        ("2015-07-01T10:00:00[Europe/Madrid]", "2015-07-01T10:00:00+02:00"),
        ("2015-07-01T10:00:00+02:00[Europe/Madrid]", "2015-07-01T10:00:00+02:00"),
        ("2021-09-03 11:21:31.5 -0700 MST", "2021-09-03T11:21:31.500000-07:00"),
        (
            "Fri Sep 03 2021 11:21:31 GMT+0200 (Central European Summer Time)",
            "2021-09-03T11:21:31+02:00",
        ),
        ("Fri 03 Sep 2021 11:21:31 AM CEST", "2021-09-03T11:21:31+02:00"),
        ("January 31, 2025 at 10:15 AM", "2025-01-31T10:15:00+00:00"),
        ("Fri, 31 Jan 03 10:15:00 GMT", "2003-01-31T10:15:00+00:00"),
        ("Fri, 31 Jan 97 10:15:00 +0100", "1997-01-31T10:15:00+01:00"),
        ("Monday, 02-Jan-06 15:04:05 GMT", "2006-01-02T15:04:05+00:00"),
        ("Mon Jan 02 15:04:05 -0700 2006", "2006-01-02T15:04:05-07:00"),
        ("2025-Jan-31", "2025-01-31T00:00:00+00:00"),
        ("Jul 08 2022", "2022-07-08T00:00:00+01:00"),
        ("2025年1月31日", "2025-01-31T00:00:00+00:00"),
        ("2025年01月31日 10:15", "2025-01-31T10:15:00+00:00"),
        ("1600000000.5", "2020-09-13T12:26:40.500000+00:00"),
        ("-1600000000.5", "1919-04-20T11:33:19.500000+00:00"),
        ("1600000000123", "2020-09-13T12:26:40.123000+00:00"),
        ("-100000000", "1966-10-31T14:13:20+00:00"),
        ("0002-01-01T00:00:00Z", "0002-01-01T00:00:00+00:00"),
        ("9998-12-31T23:59:59Z", "9998-12-31T23:59:59+00:00"),
        ("1850-01-01 10:00", "1850-01-01T10:36:45+00:00"),  # Lisbon had an offset with seconds then
    ],
)
def test_every_shape_is_read(text: str, expected: str) -> None:
    """Each shape found in real posts names the moment that its author meant."""
    found = dates.read(text, LISBON)
    assert found is not None
    assert expected == found.isoformat()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2025", "'2025' is not a date"),
        ("11/04/2025", "'11/04/2025' is not a date"),
        ("2025-02-30", "'2025-02-30' is not a date: there is no day 30 in month 2 of 2025"),
        ("2025-13-01", "'2025-13-01' is not a date: there is no month 13"),
        ("2025-01-31 25:00", "'2025-01-31 25:00' is not a date: there is no hour 25"),
        ("2025-01-31 10:15:99", "there is no second 99"),
        ("2025-01-31 10:60", "'2025-01-31 10:60' is not a date: there is no minute 60"),
        ("2025-01-31 13:00 pm", "'2025-01-31 13:00 pm' is not a date: there is no 13 pm"),
        ("00:10::00 -03:00", "'00:10::00 -03:00' is not a date"),
        ("2025-01-31 10:00 IST", "the zone IST is not known, write +hh:mm"),
        ("2025-01-31 10:00 +25:00", "there is no zone +25:00"),
        ("3 Septober 2021", "there is no month Septober"),
        ("9999-12-31", "is not a date that feeds can carry"),
        ("0000-01-01", "there is no year 0"),
        ("-0001-01-01", "'-0001-01-01' is not a date"),
        ("12021-01-01", "'12021-01-01' is not a date"),
        ("2025-01-31T24:00:01", "there is no hour 24"),
        ("2025-01", "'2025-01' is not a date"),
        ("2025-01-31 2025-02-01", "is not a date"),
        ("2025-01-31 10:00 Europe/Nowhere", "there is no zone Europe/Nowhere"),
        ("2025-01-31 10:00 America/Argentina", "there is no zone America/Argentina"),
        ("31 Jan 03", "'31 Jan 03' is not a date"),
        ("Last Modified", "'Last Modified' is not a date"),
        ("x" * 500, "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' is not a date"),
        ("yesterday", "'yesterday' is not a date"),
    ],
)
def test_what_is_no_date_is_never_guessed(text: str, reason: str) -> None:
    """An unreadable date says why, and never becomes now."""
    with pytest.raises(ValueError, match="is not a date") as caught:
        dates.read(text, LISBON)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2025-07-31T10:15:20+05:30-hello", "2025-07-31T10:15:20+05:30"),
        ("2025-07-31T10-15-hello", "2025-07-31T10:15:00+01:00"),
        ("2025-07-31T10-15-20Z-hello", "2025-07-31T10:15:20+00:00"),
        ("2025-07-31T101520", "2025-07-31T10:15:20+01:00"),
        ("2025-07-31T10-15-2-hello", "2025-07-31T10:15:00+01:00"),
    ],
)
def test_times_in_names(name: str, expected: str) -> None:
    """As file systems take them, which not all take colons."""
    found = dates.in_path("posts", name, LISBON)[0]
    assert found
    assert expected == found.isoformat()


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "0000-00-00 00:00:00", "0000-00-00"])
def test_zero_dates_are_no_dates(text: str) -> None:
    """Year 1 is how Hugo prints an absent date, and zeros how WordPress does."""
    assert dates.read(text, LISBON) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-30 01:30", "2025-03-30T02:30:00+01:00"),  # the clocks skip this half hour
        ("2025-10-26 01:30", "2025-10-26T01:30:00+01:00"),  # it comes twice: the first one
        ("2025-10-26 02:30", "2025-10-26T02:30:00+00:00"),
        ("2025-03-30 02:30 Europe/Madrid", "2025-03-30T03:30:00+02:00"),
    ],
)
def test_clock_changes(text: str, expected: str) -> None:
    """Local times that do not exist, or exist twice, have one meaning."""
    found = dates.read(text, LISBON)
    assert found is not None
    assert expected == found.isoformat()


@pytest.mark.parametrize(
    ("text", "zone", "moved"),
    [
        ("2025-03-30 01:30", "Europe/Lisbon", ["02:30"]),
        ("2025-03-30 02:30", "Europe/Lisbon", []),
        ("2025-10-26 01:30", "Europe/Lisbon", []),
        ("2025-03-30 01:30Z", "Europe/Lisbon", []),
        ("2017-10-15", "America/Sao_Paulo", []),  # a day without its midnight; nobody wrote a time
        ("2017-10-15 00:30", "America/Sao_Paulo", ["01:30"]),
    ],
)
def test_a_time_that_the_clocks_skipped_is_told(text: str, zone: str, moved: list[str]) -> None:
    """Whoever wrote it can then be told what became of it."""
    told: list[str] = []
    dates.read(text, ZoneInfo(zone), gap=lambda moment: told.append(f"{moment:%H:%M}"))
    assert moved == told


@pytest.mark.parametrize(
    ("folders", "stem", "expected"),
    [
        ("posts", "2025-01-31-hello", ("2025-01-31", "hello")),
        ("posts", "2025-01-31_hello", ("2025-01-31", "hello")),
        ("posts", "2025-1-3-hello", ("2025-01-03", "hello")),
        ("posts", "2025-01-31", ("2025-01-31", "2025-01-31")),
        ("2024/07/25", "name", ("2024-07-25", "name")),
        ("blog/2024/07/25/name", "name", ("2024-07-25", "name")),
        ("posts", "2025-13-45-hello", (None, "2025-13-45-hello")),
        ("posts", "2025-01-311", (None, "2025-01-311")),
        ("posts", "hello", (None, "hello")),
        ("", "2025-01-31--hello", ("2025-01-31", "hello")),
        ("posts", "2022-10-01T12:30:00Z-hello", ("2022-10-01", "hello")),
        ("posts", "2022-10-01T12-30-hello", ("2022-10-01", "hello")),
        ("posts", "2022-10-01T12-30-59-hello", ("2022-10-01", "hello")),
        ("posts", "2022-10-01T1230", ("2022-10-01", "2022-10-01T1230")),
        ("posts", "2022-10-01T12.30 hello", ("2022-10-01", "hello")),
        ("posts", "2022-10-01Thoughts", (None, "2022-10-01Thoughts")),
        ("2024/07/25", "2024-08-01-hello", ("2024-08-01", "hello")),
        ("2024/07/25", "2025-13-45-hello", ("2024-07-25", "2025-13-45-hello")),
        ("2024-07-25", "hello", ("2024-07-25", "hello")),
        ("blog/2021/05", "28-hello", ("2021-05-28", "28-hello")),
        ("posts", "20250131-hello", ("2025-01-31", "20250131-hello")),
        ("posts", "202501311015 hello", ("2025-01-31", "202501311015 hello")),
        ("posts", "2025_01_31", ("2025-01-31", "2025_01_31")),
        ("posts", "20251331-hello", (None, "20251331-hello")),
        ("posts", "12345678-hello", (None, "12345678-hello")),
    ],
)
def test_dates_in_paths(folders: str, stem: str, expected: tuple[str | None, str]) -> None:
    """File names and folders can date a post."""
    found, name = dates.in_path(folders, stem, LISBON)
    assert expected == (found and f"{found:%Y-%m-%d}", name)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("2024/07/25/name", "2024-07-25"),
        ("/2024/07/25/name/", "2024-07-25"),
        ("/blog/2024-07-25-name.html", "2024-07-25"),
        ("https://blog.example/2024/07/25/", "2024-07-25"),
        ("/name/?2024/07/25", ""),
        ("/2024/13/25/name/", ""),
        ("/name/", ""),
        ("", ""),
    ],
)
def test_dates_in_addresses(address: str, expected: str) -> None:
    """A post's own address can date it, when nothing else does."""
    found = dates.in_address(address, LISBON)
    assert expected == (f"{found:%Y-%m-%d}" if found else "")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_path_is_dated_or_not(folders: str, stem: str) -> None:
    """No name of a file or folder makes reading it fail, and none becomes empty."""
    assert dates.in_path(folders, stem, LISBON)[1] or not stem
    dates.in_address(f"{folders}/{stem}", LISBON)


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ][0-9:.+Z-]{1,20})?"))
def test_only_value_errors_escape(text: str) -> None:
    """No text can make the reader of dates fail in another way than it says."""
    with contextlib.suppress(ValueError):
        found = dates.read(text, LISBON)
        assert found is None or found.timestamp() is not None


@given(st.datetimes(timezones=st.timezones()).filter(lambda moment: 1 < moment.year < 9999))
def test_what_python_prints_is_read_back(moment: datetime) -> None:
    """ISO 8601 as the standard library writes it comes back as the same moment."""
    text = moment.isoformat()
    if text.count(":") > 3 or text[-6:-5] not in {"+", "-"}:
        return  # offsets with seconds, of the nineteenth century
    found = dates.read(text, LISBON)
    assert found is not None
    assert moment.timestamp() == found.timestamp()
