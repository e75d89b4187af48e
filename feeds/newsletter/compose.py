"""An issue as a finished letter: headers, HTML and text, filled from the theme's four templates.

A theme is a folder `templates/newsletter/NAME/` with `letter.html`, `letter.txt`, `inline.css` (rules that
end up in the elements) and `keep.css` (rules that stay in the head: media queries and dark mode).
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from datetime import UTC
from email.utils import format_datetime
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeds import templates
from feeds.body.columns import wrapped
from feeds.body.plaintext import to_text
from feeds.errors import ConfigError
from feeds.model import Letter, Person
from feeds.newsletter import headers
from feeds.newsletter.content import fit
from feeds.newsletter.images import width_of
from feeds.newsletter.inline import MERGE_TAG, inline
from feeds.newsletter.issue import one_line

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from feeds.model import Enclosure, Issue, Post
    from feeds.settings import Settings

BUDGET = 99_000  # bytes of HTML; Gmail hides what comes after some 102,000, and with it the footer
_CONTINUED = 600  # bytes: what the "continue reading" paragraph takes
_TEXT_WIDTH = 78  # columns
_WORDS_A_MINUTE, _IDEOGRAPHS_A_MINUTE = 220, 500

# An invisible filler, so that no mail program shows the start of the body after the preheader.
_FILLER = "\u2007\u034f "
_PREVIEWED = 160  # characters: the longest preview that a mail program shows

_CUT = "<!--cut-->"
_ADDRESS = re.compile(r"(?i)https?://|mailto:")
_HEADING = re.compile(r"<h[1-6]\b")
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - reads better than twelve strings
)
_CJK = ("zh", "ja", "ko")
_ARABIC_SCRIPT = ("ar", "ckb", "fa", "ps", "sd", "ug", "ur")
_ABSENT = {
    "sender": "the mail is from an address made up from the site's host",
    "postal_address": "the footer has no postal address, which the law of many countries asks for",
    "unsubscribe_url": "readers have no link to unsubscribe, and mail services will not deliver for long",
    "list_id": "the list is named after the site's host, and moves when the site does",
}


def missing(settings: Settings) -> tuple[str, ...]:
    """What the mail lacks because `[newsletter]` leaves it out: one line for each key."""
    return tuple(
        f"newsletter.{name} is not set: {what}"
        for name, what in _ABSENT.items()
        if not getattr(settings.newsletter, name).strip()
    )


def compose(issue: Issue, settings: Settings, root: Path) -> Letter:
    """Write the letter for `issue` with the theme of the site in the folder `root`.

    When the HTML would pass `BUDGET`, the post is cut between two blocks and continues on the web; the text
    part always holds all of it. Raises ConfigError when the theme or a setting of `[newsletter]` cannot be
    used.
    """
    text = to_text(issue.post.html, width=_TEXT_WIDTH)
    values = _values(issue, settings, text)
    return Letter(
        issue=issue,
        headers=_headers(issue, settings),
        html=_html(issue.post, values, settings, root),
        text=_text(text, values, settings, root),
    )


def _filled(root: Path, settings: Settings, file: str, values: dict[str, object]) -> str:
    return templates.fill(root, f"newsletter/{settings.newsletter.theme}/{file}", values)


def _text(body: str, values: dict[str, object], settings: Settings, root: Path) -> str:
    """The text part. Whatever stands on lines of its own around `body` is wrapped like it."""
    own = {
        name: "\n".join(wrapped(one_line(str(values[name])), _TEXT_WIDTH))
        for name in ("title", "meta", "intro", "postal_address")
    }
    return _filled(root, settings, "letter.txt", {**values, **own, "body": body.strip("\n")}).rstrip() + "\n"


def _html(post: Post, values: dict[str, object], settings: Settings, root: Path) -> str:
    css = _filled(root, settings, "inline.css", values)
    keep = templates.safe(_filled(root, settings, "keep.css", values))
    blocks = fit(
        post.html,
        url=post.url,
        width_of=lambda url: width_of(url, post, settings, root),
        rtl=post.direction == "rtl",
    )

    def letter(body: str, *, continued: bool) -> str:
        filled = {**values, "keep_css": keep, "body": templates.safe(body), "continued": continued}
        return inline(_filled(root, settings, "letter.html", filled), css).rstrip() + "\n"

    whole = letter(_CUT + "".join(f"{block}\n{_CUT}" for block in blocks), continued=False)
    if whole.count(_CUT) != len(blocks) + 1:
        raise ConfigError(
            "the newsletter theme must show {{ body }} once, in a place for paragraphs",
            where=f"templates/newsletter/{settings.newsletter.theme}/letter.html",
        )
    head, *inlined, tail = whole.split(_CUT)
    if len(whole.encode()) - len(_CUT) * (len(blocks) + 1) <= BUDGET:
        return head + "".join(inlined) + tail
    room = BUDGET - _CONTINUED - len((head + tail).encode())
    return letter("\n".join(_fitting(blocks, inlined, room)), continued=True)


def _fitting(blocks: tuple[str, ...], inlined: list[str], room: int) -> list[str]:
    """The first `blocks` whose `inlined` forms take at most `room` bytes, not ending in a heading."""
    ends = accumulate(len(styled.encode()) for styled in inlined)
    fitting = [block for block, end in zip(blocks, ends, strict=True) if end <= room]
    while fitting and _HEADING.match(fitting[-1]):
        fitting.pop()
    return fitting


def _values(issue: Issue, settings: Settings, text: str) -> dict[str, object]:
    """What every template of the theme is handed."""
    post, newsletter = issue.post, settings.newsletter
    language = post.language.lower().split("-")[0]
    unsubscribe = newsletter.unsubscribe_url.strip()
    date, minutes = _date(post.published, language), _minutes(text)
    authors = ", ".join(author.name for author in post.authors)
    return {
        "subject": issue.subject,
        "title": post.title,
        "preheader": issue.preheader,
        "padding": _FILLER * max(8, (_PREVIEWED - len(issue.preheader)) // 2),
        "intro": post.mailing.intro,
        "language": post.language,
        "direction": post.direction,
        "start": "right" if post.direction == "rtl" else "left",
        "script": "cjk" if language in _CJK else "arabic" if language in _ARABIC_SCRIPT else "latin",
        "site_title": settings.site.title,
        "site_url": settings.site.url,
        "url": post.url,
        "date": date,
        "authors": authors,
        "minutes": minutes,
        "meta": " · ".join(filter(None, (settings.site.title, date, authors, f"{minutes} min read"))),
        "enclosures": [{"url": each.url, "label": _label(each)} for each in post.enclosures],
        "unsubscribe_url": templates.safe(unsubscribe) if MERGE_TAG.fullmatch(unsubscribe) else unsubscribe,
        "postal_address": newsletter.postal_address.strip(),
        "extra": settings.extra,
    }


def _headers(issue: Issue, settings: Settings) -> tuple[tuple[str, str], ...]:
    """The headers in order, each one line of Unicode text; `message` knows how they look on the wire.

    The letter is addressed to its own sender: it is the master copy, from which a mail service or a later run
    makes one for each reader, and sent by accident it reaches nobody else.
    """
    newsletter, post = settings.newsletter, issue.post
    host = headers.domain(urlsplit(settings.site.url).hostname or "", where="site.url")
    sender = _sender(settings, host)
    list_id = _list_id(newsletter.list_id.strip(), host)
    digest = hashlib.sha256(f"{list_id}\n{post.id}".encode()).hexdigest()[:32]
    unsubscribe = newsletter.unsubscribe_url.strip()
    rows = [
        ("From", _mailbox(sender)),
        ("To", _mailbox(sender)),
        ("Subject", issue.subject),
        ("Date", _rfc_5322_date(post.published)),
        ("Message-ID", f"<{digest}@{sender.email.rpartition('@')[2]}>"),
        ("List-Id", f"{one_line(settings.site.title)} <{list_id}>"),
    ]
    if reply_to := newsletter.reply_to.strip():
        rows.insert(
            2, ("Reply-To", _mailbox(headers.mailbox(one_line(reply_to), where="newsletter.reply_to")))
        )
    if _ADDRESS.match(unsubscribe) and not MERGE_TAG.search(unsubscribe):
        rows.append(("List-Unsubscribe", headers.link(unsubscribe, where="newsletter.unsubscribe_url")))
        if unsubscribe.lower().startswith("https:"):
            rows.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    rows.append(("List-Archive", headers.link(post.url, where=post.path)))
    return tuple(rows)


def _sender(settings: Settings, host: str) -> Person:
    if sender := settings.newsletter.sender.strip():
        return headers.mailbox(one_line(sender), where="newsletter.sender")
    return Person(name=one_line(settings.site.title), email=f"newsletter@{host}")


def _list_id(given: str, host: str) -> str:
    return headers.domain(given.strip("<>"), where="newsletter.list_id") if given else f"newsletter.{host}"


def _mailbox(person: Person) -> str:
    if not person.name:
        return person.email
    name = person.name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{name}" <{person.email}>'


def _rfc_5322_date(moment: datetime) -> str:
    """RFC 5322 knows no seconds in an offset; the zones of the 19th century have them."""
    offset = moment.utcoffset()
    return format_datetime(moment.astimezone(UTC) if offset and offset.total_seconds() % 60 else moment)


def _date(moment: datetime, language: str) -> str:
    """A date as the reader's language writes it, or in the one way that every language reads."""
    if language == "en":
        return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    return f"{moment:%Y-%m-%d}"


def _minutes(text: str) -> int:
    """How long `text` takes to read: at least a minute."""
    ideographs = sum(
        1 for character in text if unicodedata.category(character) == "Lo" and character > "\u2e7f"
    )
    words = len(text.split())
    return max(1, math.ceil(words / _WORDS_A_MINUTE + ideographs / _IDEOGRAPHS_A_MINUTE))


def _label(enclosure: Enclosure) -> str:
    kind = enclosure.media_type.partition("/")[0]
    labels = {"audio": "Listen to the recording", "video": "Watch the video"}
    return labels.get(kind, "Download the file that comes with it")
