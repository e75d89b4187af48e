"""Who a letter is from, which list it belongs to and how to leave that: an issue's headers."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING, TypeVar

from feeds import languages, mailboxes
from feeds.errors import ConfigError
from feeds.model import MailingList, Person
from feeds.newsletter import headers as fields
from feeds.newsletter.addresses import web_url
from feeds.newsletter.headers import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from feeds.model import Issue
    from feeds.settings import Settings

_Read = TypeVar("_Read")
_Row = tuple[str, "str | Person | MailingList | None"]

_LONGEST_NAME = 200  # characters of a list's name
_LONGEST_LIST_ID = 255  # characters of the header (RFC 2919 section 2, contract H3)
_ADDRESS = re.compile(r"(?i)https?://|mailto:")
# An address with a merge tag in it is none before its service has filled that in, and then writes the header.
_MERGE_TAG = re.compile(r"\{\{|\{%|\*\||\|\*|<%|%>|%%|\[\[|\$\{|%(?![0-9A-Fa-f]{2})")


def headers(issue: Issue, settings: Settings) -> tuple[tuple[str, str | Person | MailingList], ...]:
    """The headers in order; `feeds.newsletter.headers` knows how they look on the wire.

    The letter is addressed to its own sender: it is the master copy, from which a mail service or a later run
    makes one for each reader, and sent by accident it reaches nobody else. The date is that of the issue, and
    the Message-ID is of the list, the issue and its revision, so that the same issue is the same mail on any
    day, and one that was revised is another.
    """
    given, site = settings.newsletter, settings.site
    title = one_line(given.name) or one_line(site.title)
    host = mailboxes.site_host(site.url)
    sender = _read("sender", given.sender, mailboxes.mailbox) or Person(
        name=title, email=f"newsletter@{host}"
    )
    list_id = _read("list_id", given.list_id, mailboxes.list_id) or f"newsletter.{host}"
    digest = hashlib.sha256(f"{list_id}\n{issue.id}\n{issue.revision}".encode(errors="replace")).hexdigest()
    language = issue.language or issue.post.language
    rows: list[_Row] = [
        ("From", sender),
        ("To", sender),
        ("Reply-To", _read("reply_to", given.reply_to, mailboxes.mailbox)),
        ("Subject", one_line(issue.subject)),
        ("Date", _rfc_5322_date(issue.when)),
        ("Message-ID", f"<{digest[:32]}@{sender.email.rpartition('@')[2]}>"),
        ("Content-Language", language if languages.is_tag(language) else None),
        ("List-Id", _named(title, list_id)),
        *_unsubscribe(given.unsubscribe_url.strip(), given.unsubscribe_mail.strip()),
        ("List-Archive", mailboxes.header_link(_archive(issue, settings))),
        ("List-Post", "NO"),
    ]
    return tuple((name, value) for name, value in rows if value is not None)


def _named(title: str, identifier: str) -> MailingList:
    """The list, by as much of its name as its header holds; in some scripts that is not much."""
    name = title[:_LONGEST_NAME]
    while name:
        found = MailingList(name=name, identifier=identifier)
        if len(fields.field("List-Id", found)) <= _LONGEST_LIST_ID:
            return found
        name = name[:-1].rstrip()
    return MailingList(name="", identifier=identifier)


def _unsubscribe(url: str, mail: str) -> Iterator[_Row]:
    """How to leave (RFC 2369 section 3.2), with one click (RFC 8058) for an https link, which comes first.

    A merge tag is no address yet: its service writes the header.
    """
    links: list[str | None] = []
    if _ADDRESS.match(url) and not _MERGE_TAG.search(url):
        links.append(_read("unsubscribe_url", url, mailboxes.header_link))
    if mail and not url.lower().startswith("mailto:"):
        box = _read("unsubscribe_mail", mail, mailboxes.mailbox)
        links.append(mailboxes.header_link(f"mailto:{box.email}?subject=unsubscribe") if box else None)
    if any(links):
        yield "List-Unsubscribe", ", ".join(filter(None, links))
    if links and url.lower().startswith("https:") and str(links[0]).startswith("<https:"):
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _archive(issue: Issue, settings: Settings) -> str:
    """Where past issues are on the web; without a place for them the post itself, or of a digest the site."""
    folder = settings.newsletter.archive.strip("/")
    return f"{settings.site.url.rstrip('/')}/{folder}/" if folder else web_url(issue, settings)


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
