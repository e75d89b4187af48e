"""H1 and H2: who the mail is from, when and about what, in header lines that say this and nothing else."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from feeds.model import MailingList, Person
from feeds.newsletter.contract import wire
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.rules import Finding
    from feeds.newsletter.contract.wire import Field

LONGEST_LINE = 998
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
"""A quoted string (RFC 5322 section 3.2.4), in which nothing means anything."""

_LONGEST_WITH_WORDS = 76
_LONGEST_WORD = 75
_ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version")
# What mail has besides what a letter says: MIME's own, and what servers add on the way.
_KNOWN = frozenset({
    "mime-version", "content-type", "content-transfer-encoding", "dkim-signature", "authentication-results",
    "received", "received-spf", "return-path", "delivered-to", "x-received",
})  # fmt: skip
_ADDRESS = re.compile(r"<([^<>\s@]+@[^<>\s@]+)>\s*$|^([^<>\s@]+@[^<>\s@]+)$")
_MESSAGE_ID = re.compile(r"<([^<>@\s]{16,})@([^<>@\s]+)>")
_FORBIDDEN = re.compile(r"[^\t\x20-\x7e]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")

RULES = table(
    [
        (
            "header-once",
            "H1",
            "error",
            "From, To, Subject, Date, Message-ID and MIME-Version stand once each.",
            "RFC 5322 section 3.6; RFC 2045 section 4",
        ),
        (
            "header-line",
            "H1",
            "error",
            "Every line of the head is a field, or goes on with the one above it.",
            "RFC 5322 section 2.2",
        ),
        (
            "header-known",
            "H1",
            "error",
            "There are the headers of the letter and no others, whatever the front matter says.",
            "header injection, as in CVE-2024-6923",
        ),
        (
            "header-as-written",
            "H1",
            "error",
            "Subject, From and To say what the letter says, letter by letter.",
            "RFC 5322 section 3.6",
        ),
        (
            "header-control",
            "H1",
            "error",
            "No header has a line break or another control character, encoded or not.",
            "RFC 5322 section 2.2",
        ),
        (
            "header-recipient",
            "H1",
            "error",
            "There is one recipient, and neither Cc nor Bcc: a reader never sees another's address.",
            "RFC 5322 section 3.6.3",
        ),
        (
            "header-date",
            "H1",
            "error",
            "The date is that of the issue, with its zone.",
            "RFC 5322 section 3.3",
        ),
        (
            "header-ascii",
            "H1",
            "error",
            "Headers are ASCII; other characters are encoded words.",
            "RFC 5322 section 2.2; RFC 2047",
        ),
        (
            "header-line-length",
            "H1",
            "error",
            "A header line has at most 998 characters.",
            "RFC 5322 section 2.1.1",
        ),
        (
            "header-word-length",
            "H1",
            "error",
            "An encoded word has at most 75 characters, and a line with one at most 76.",
            "RFC 2047 section 2",
        ),
        (
            "header-word-whole",
            "H1",
            "error",
            "Each encoded word is UTF-8 by itself and can be decoded.",
            "RFC 2047 section 5",
        ),
        (
            "header-message-id",
            "H2",
            "error",
            "The Message-ID is a hash at the domain of the sender, so a rebuild has the same.",
            "RFC 5322 section 3.6.4",
        ),
        (
            "setting-sender",
            "H1",
            "warning",
            "The settings say who the mail is from.",
            "DMARC asks that From is a domain of yours",
        ),
    ]
)


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the fields that every mail has."""
    yield from _lines(mail)
    yield from _words(mail)
    yield from _said(mail)
    yield from _people(mail)
    yield from _date(mail)
    yield from _identifier(mail)
    if not mail.settings.newsletter.sender.strip():
        yield RULES["setting-sender"].broken(
            "newsletter.sender is not set: the mail is from an address made up from the site's host",
            part="headers",
            setting="sender",
        )


def field_of(name: str) -> str:
    """What the front matter may call what a header says."""
    return "subject" if name.lower() == "subject" else ""


def _entry(mail: Mail, name: str) -> str:
    return mail.letter.issue.post.id if field_of(name) and mail.letter.issue.posts else ""


def setting_of(name: str) -> str:
    """The key of `[newsletter]` that says what a header says."""
    return {
        "from": "sender",
        "to": "sender",
        "reply-to": "reply_to",
        "list-id": "list_id",
        "list-unsubscribe": "unsubscribe_url",
    }.get(name.lower(), "")


def _lines(mail: Mail) -> Iterator[Finding]:
    for name in _ONCE:
        count = len(mail.wire.named(name))
        if count != 1:
            yield RULES["header-once"].broken(
                f"there {'is no' if not count else f'are {count} of'} {name}", part="headers"
            )
    for line, text in mail.wire.odd:
        yield RULES["header-line"].broken(f"{text[:40]!r} is no header field", part="headers", line=line)
    declared = {name.lower() for name, _ in mail.letter.headers} | _KNOWN
    for field in mail.wire.fields:
        name = field.name.lower()
        if name not in declared and not name.startswith("arc-"):
            yield RULES["header-known"].broken(
                f"the letter has no header {field.name}", part="headers", line=field.line
            )
        if any(len(line) > LONGEST_LINE for line in field.lines):
            yield RULES["header-line-length"].broken(
                f"a line of {field.name} has {max(map(len, field.lines))} characters",
                part="headers",
                line=field.line,
                setting=setting_of(field.name),
            )
        if odd := _FORBIDDEN.search(field.raw):
            rule = "header-control" if _CONTROL.match(odd[0]) and odd[0] < "\x80" else "header-ascii"
            yield _of(mail, field, rule, f"{field.name} has U+{ord(odd[0]):04X}")


def _of(mail: Mail, field: Field, rule: str, message: str) -> Finding:
    return RULES[rule].broken(
        message,
        part="headers",
        line=field.line,
        entry=_entry(mail, field.name),
        field=field_of(field.name),
        setting=setting_of(field.name),
    )


def _words(mail: Mail) -> Iterator[Finding]:
    for field in mail.wire.fields:
        for line in field.lines:
            found = list(wire.ENCODED_WORD.finditer(line))
            if found and len(line) > _LONGEST_WITH_WORDS:
                message = f"a line of {field.name} with an encoded word has {len(line)} characters"
                yield _of(mail, field, "header-word-length", message)
            for one in found:
                if len(one[0]) > _LONGEST_WORD:
                    message = f"an encoded word of {field.name} has {len(one[0])} characters"
                    yield _of(mail, field, "header-word-length", message)
                if wire.word(one) is None:
                    message = f"an encoded word of {field.name} is not whole text in UTF-8: {one[0][:40]}"
                    yield _of(mail, field, "header-word-whole", message)
        control = _CONTROL.search(wire.decoded(field.raw).replace("\t", " "))
        if control and control[0] not in field.raw:
            message = f"{field.name} has U+{ord(control[0]):04X} when it is decoded"
            yield _of(mail, field, "header-control", message)


def _said(mail: Mail) -> Iterator[Finding]:
    for name, value in mail.letter.headers:
        for field in mail.wire.named(name):
            shown = wire.decoded(field.raw)
            if isinstance(value, Person):
                is_right = address(field.raw) == value.email and _name(shown) == " ".join(value.name.split())
            elif isinstance(value, MailingList):
                continue  # which has rules of its own
            else:
                is_right = shown == value
            if not is_right:
                message = f"{field.name} says {shown[:80]!r} and not {_shown(value)[:80]!r}"
                yield _of(mail, field, "header-as-written", message)


def _shown(value: str | Person) -> str:
    return value if isinstance(value, str) else f"{value.name} <{value.email}>"


def address(value: str) -> str:
    """The mail address of a field with one mailbox; empty when it has none."""
    found = _ADDRESS.search(QUOTED.sub("", value).strip())
    return (found[1] or found[2]) if found else ""


def _name(shown: str) -> str:
    """The display name of a mailbox that is decoded already."""
    name = shown.rpartition("<")[0].strip()
    quoted = QUOTED.fullmatch(name)
    return " ".join((re.sub(r"\\(.)", r"\1", name[1:-1]) if quoted else name).split())


def _people(mail: Mail) -> Iterator[Finding]:
    for field in mail.wire.named("To"):
        if "," in QUOTED.sub("", field.raw) or not address(field.raw):
            yield _of(mail, field, "header-recipient", f"To is not one mailbox: {field.raw[:60]}")
    for name in ("Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"):
        for field in mail.wire.named(name):
            yield _of(mail, field, "header-recipient", f"there is {field.name}")
    for field in mail.wire.named("From"):
        if "," in QUOTED.sub("", field.raw) or not address(field.raw):
            yield _of(mail, field, "header-as-written", f"From is not one mailbox: {field.raw[:60]}")


def _date(mail: Mail) -> Iterator[Finding]:
    for field in mail.wire.named("Date"):
        when = _moment(field.raw)
        if when is None:
            yield _of(mail, field, "header-date", f"the date {field.raw[:60]!r} is none, or has no zone")
        elif abs(when - mail.letter.issue.when) >= timedelta(seconds=1):
            yield _of(
                mail,
                field,
                "header-date",
                f"the date is {field.raw}, and the issue's {mail.letter.issue.when}",
            )


def _moment(value: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when if when.tzinfo else None


def _identifier(mail: Mail) -> Iterator[Finding]:
    sender = next((address(field.raw) for field in mail.wire.named("From")), "")
    for field in mail.wire.named("Message-ID"):
        found = _MESSAGE_ID.fullmatch(field.raw)
        if found is None:
            message = f"{field.raw[:60]!r} is not <hash@domain>"
            yield _of(mail, field, "header-message-id", message)
        elif found[2].lower() != sender.rpartition("@")[2].lower():
            message = f"the Message-ID is of {found[2]} and not of the sender's domain"
            yield _of(mail, field, "header-message-id", message)
