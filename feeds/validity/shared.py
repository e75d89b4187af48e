"""Values that several formats have in common, judged as the W3C feed validator judges them.

A function whose name ends in `fault` returns what is wrong with a text, as the end of a message, and an empty
text when nothing is.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal, NamedTuple

from feeds import languages

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""What the W3C validator takes for the beginning of plausible dates."""

HTML_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|cite|code|del|div|em|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|script|small"
    r"|span|strong|style|sub|sup|table|tt|u|ul|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""A tag that stands in plain text by mistake; `List<String>` and `&nbsp;` are what somebody wrote."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZONES = {"UT": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5}
_ZONES |= {"MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_RFC822 = re.compile(
    rf"(?:(?P<weekday>{'|'.join(_DAYS)}), )?(?P<day>\d\d?) (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}}) "
    rf"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))? (?P<zone>[+-]\d\d[0-5]\d|{'|'.join(_ZONES)})",
    re.ASCII,
)
# What RFC 822 allows, and programs often fail at: blanks anywhere, any case, two digits of a year, odd zones.
_LOOSE = re.compile(
    rf"(?:(?:{'|'.join(_DAYS)})\s*,\s*)?\d\d?\s+(?:{'|'.join(_MONTHS)})\s+\d\d(?:\d\d)?\s+\d\d:\d\d(?::\d\d)?"
    rf"\s+(?:[+-]\d{{4}}|{'|'.join(_ZONES)}|[A-IK-Z])?",
    re.ASCII | re.IGNORECASE,
)
_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII
)
_W3CDTF = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|([+-])(\d\d):(\d\d)))?)?)?",
    re.ASCII,
)
_WIDEST = timedelta(hours=23, minutes=59)

_TOKEN = r"[^\s()<>,;:\\\"/\[\]?=]+"  # noqa: S105 - of a media type
_MEDIA_TYPE = re.compile(rf"{_TOKEN}/{_TOKEN}(?:\s*;\s*{_TOKEN}=(?:\"[^\"]*\"|{_TOKEN}))*")
_MAIL = re.compile(r"[A-Za-z0-9_+.'!#$%&*/=?^`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9][A-Za-z0-9-]*")
_MAIL_WITH_NAME = re.compile(r"(?P<mail>\S+) \((?P<name>[^()]+)\)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_URI = re.compile(r"[A-Za-z0-9;/?:@&=+$.\-_!~*'()%,#\[\]]*")
_IRI = re.compile(r"[A-Za-z0-9;/?:@&=+$.\-_!~*'()%,#\[\]\u00a0-\ud7ff\uf900-\ufffc\U00010000-\U000efffd]*")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TAG_URI = re.compile(
    r"tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(?:-\d\d(?:-\d\d)?)?:[A-Za-z0-9;/?:@&=+$.\-_!~*'()%,]*"
    r"(?:#[A-Za-z0-9;/?:@&=+$.\-_!~*'()%,]*)?"
)
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:(?:[a-z0-9()+,.:=@;$_!*'/?#-]|%[0-9a-f]{2})+", re.IGNORECASE)
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WEB = re.compile(
    r"https?://(?:\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9][A-Za-z0-9-]*)(?::\d+)?(?:/.*)?",
    re.IGNORECASE | re.DOTALL,
)
_REGISTERED = frozenset(
    "about acct cap cid crid data dav dict dns file ftp geo go gopher h323 http https icap im imap info ipp "  # noqa: SIM905
    "irc ldap magnet mailto matrix mid msrp news nfs nntp opaquelocktoken pop pres rtsp service sip sips sms "
    "snmp tag tel telnet tftp thismessage tv urn webcal ws wss xmpp".split()
)
_LETTERS_OF_CODE = 2  # of ISO 639-1; the next part of ISO 639 has three


class Moment(NamedTuple):
    """A date that was read, and what is wrong: nothing, the weekday, or only the way it is written."""

    when: datetime | None
    fault: Literal["", "invalid", "weekday", "odd"]


def rfc822(text: str) -> Moment:
    """Read a date as RSS has it (RFC 822, with four digits of the year)."""
    found = _RFC822.fullmatch(text)
    if found is None:
        return Moment(None, "odd" if _LOOSE.fullmatch(text.strip()) else "invalid")
    try:
        when = datetime(
            int(found["year"]),
            _MONTHS.index(found["month"]) + 1,
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            min(int(found["second"] or 0), 59) if found["second"] == "60" else int(found["second"] or 0),
            tzinfo=timezone(_offset(found["zone"])),
        )
    except (ValueError, OverflowError):
        return Moment(None, "invalid")
    if found["weekday"] and _DAYS[when.weekday()] != found["weekday"]:
        return Moment(when, "weekday")
    return Moment(when, "")


def _offset(zone: str) -> timedelta:
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    return (-1 if zone[0] == "-" else 1) * timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))


def rfc3339(text: str) -> Moment:
    """Read a date as Atom and JSON Feed have it (RFC 3339): all of it, with a time zone."""
    return _iso(_RFC3339, text)


def w3cdtf(text: str) -> Moment:
    """Read a date as Dublin Core has it (the W3C's note on date and time): year, month, day or moment."""
    return _iso(_W3CDTF, text)


def _iso(pattern: re.Pattern[str], text: str) -> Moment:
    found = pattern.fullmatch(text)
    if found is None:
        return Moment(None, "invalid")
    year, month, day, hour, minute, second, sign, *zone = found.groups()
    shift = timedelta(hours=int(zone[0] or 0), minutes=int(zone[1] or 0))
    offset = -shift if sign == "-" else shift
    whole = "59" if second == "60" else second  # a leap second (RFC 3339 section 5.7), which Python has not
    try:
        day_of = datetime(int(year), int(month or 1), int(day or 1), tzinfo=timezone(offset))
        when = day_of.replace(hour=int(hour or 0), minute=int(minute or 0), second=int(whole or 0))
    except ValueError:
        return Moment(None, "invalid")
    return Moment(when, "")


def is_implausible(when: datetime, now: datetime | None) -> bool:
    """Whether a date is before 1990, or after `now` by more than ten minutes."""
    return when < EARLIEST or (now is not None and when - now > timedelta(minutes=10))


def uri_fault(text: str, *, absolute: bool = True, international: bool = False) -> str:
    """What is wrong with an address or URN (RFC 3986, or RFC 3987 for an `international` one)."""
    kept = (_IRI if international else _URI).match(text)
    end = kept.end() if kept else 0
    if end < len(text):
        odd = text[end]
        return f"has the character {odd!r}" + (" in it" if odd.isascii() else ", which wants to be escaped")
    if _PERCENT.search(text):
        return "has a % that begins no escape"
    found = _SCHEME.fullmatch(text)
    if found is None:
        return ("is empty" if not text else "is relative") if absolute else ""
    scheme = found[1].lower()
    if scheme == "tag":
        return "" if _TAG_URI.fullmatch(text) else "is no tag URI (RFC 4151)"
    if text.lower().startswith("urn:uuid:"):
        return "" if _UUID.fullmatch(text) else "is no UUID (RFC 9562)"
    if scheme == "urn":
        return "" if _URN.fullmatch(text) else "is no URN (RFC 8141)"
    if scheme in {"http", "https", "ftp"} and not re.match(r"//[^/?#]", found[2]):
        return "names no host"
    return "" if found[2] else "ends behind its scheme"


def unregistered_scheme(text: str) -> str:
    """The scheme of an address that is none of the registered ones (IANA); empty when it is."""
    found = _SCHEME.fullmatch(text)
    scheme = found[1].lower() if found else ""
    return scheme if scheme.isalpha() and scheme not in _REGISTERED else ""


def web_fault(text: str) -> str:
    """What is wrong with the address of a file on the web, as enclosures and podcasts' images need it."""
    if not _WEB.fullmatch(text):
        return "is no http(s) address with a host of at least two parts"
    return uri_fault(text)


def is_media_type(text: str) -> bool:
    """Whether a text is a media type, with or without parameters (RFC 2045 section 5.1)."""
    return bool(_MEDIA_TYPE.fullmatch(text))


def is_language(text: str) -> bool:
    """Whether a text is a language tag (BCP 47) whose language exists (ISO 639)."""
    primary = text.partition("-")[0]
    known = len(primary) > _LETTERS_OF_CODE or languages.is_known(primary)
    return known and languages.is_tag(text)


def is_mail(text: str) -> bool:
    """Whether a text is a mail address, and nothing but that."""
    return bool(_MAIL.fullmatch(text))


def mail_with_name_fault(text: str) -> Literal["", "no address", "no name", "other form"]:
    """What is wrong with `mail@example.org (Name)`, which RSS has for people."""
    found = _MAIL_WITH_NAME.fullmatch(text)
    if found and is_mail(found["mail"]):
        return ""
    if "@" not in text:
        return "no address"
    if is_mail(text):
        return "no name"
    return "no address" if found else "other form"


def is_whole(text: str, *, least: int = 0) -> bool:
    """Whether a text is a whole number in digits, of at least `least`."""
    return text.isascii() and text.isdigit() and len(text) <= 19 and int(text) >= least  # noqa: PLR2004 - 64 bits
