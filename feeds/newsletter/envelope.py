"""Who a letter is from, which list it belongs to and how to leave that: an issue's headers."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING, TypeVar

from feeds import mailboxes
from feeds.errors import ConfigError
from feeds.model import MailingList, Person
from feeds.newsletter.inline import MERGE_TAG
from feeds.newsletter.issue import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from feeds.model import Issue
    from feeds.settings import Settings

_Read = TypeVar("_Read")

_ADDRESS = re.compile(r"(?i)https?://|mailto:")


def headers(issue: Issue, settings: Settings) -> tuple[tuple[str, str | Person | MailingList], ...]:
    """The headers in order; `feeds.newsletter.headers` knows how they look on the wire.

    The letter is addressed to its own sender: it is the master copy, from which a mail service or a later run
    makes one for each reader, and sent by accident it reaches nobody else.
    """
    given, title = settings.newsletter, one_line(settings.site.title)
    host = mailboxes.site_host(settings.site.url)
    sender = _read("sender", given.sender, mailboxes.mailbox) or Person(
        name=title, email=f"newsletter@{host}"
    )
    reply_to = _read("reply_to", given.reply_to, mailboxes.mailbox)
    list_id = _read("list_id", given.list_id, mailboxes.list_id) or f"newsletter.{host}"
    digest = hashlib.sha256(f"{list_id}\n{issue.post.id}".encode()).hexdigest()[:32]
    rows: list[tuple[str, str | Person | MailingList | None]] = [
        ("From", sender),
        ("To", sender),
        ("Reply-To", reply_to),
        ("Subject", issue.subject),
        ("Date", _rfc_5322_date(issue.post.published)),
        ("Message-ID", f"<{digest}@{sender.email.rpartition('@')[2]}>"),
        ("List-Id", MailingList(name=title, identifier=list_id)),
        *_unsubscribe(given.unsubscribe_url.strip()),
        ("List-Archive", mailboxes.header_link(issue.post.url)),
    ]
    return tuple((name, value) for name, value in rows if value is not None)


def _unsubscribe(url: str) -> Iterator[tuple[str, str | Person | MailingList | None]]:
    """One click (RFC 8058) for an https link; nothing for a merge tag, whose service writes the header."""
    if not _ADDRESS.match(url) or MERGE_TAG.search(url):
        return
    yield "List-Unsubscribe", _read("unsubscribe_url", url, mailboxes.header_link)
    if url.lower().startswith("https:"):
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _read(key: str, text: str, reader: Callable[[str], _Read | None]) -> _Read | None:
    """What a setting says, or None when it is not set. Settings that came from a file are right already."""
    if not text.strip():
        return None
    found = reader(text.strip())
    if found is None:
        raise ConfigError(f"{text} cannot be in a mail header", where=f"newsletter.{key}")
    return found


def _rfc_5322_date(moment: datetime) -> str:
    """RFC 5322 knows no seconds in an offset; the zones of the 19th century have them."""
    offset = moment.utcoffset()
    return format_datetime(moment.astimezone(UTC) if offset and offset.total_seconds() % 60 else moment)
