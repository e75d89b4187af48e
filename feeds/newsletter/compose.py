"""An issue as a finished letter: headers, HTML and text, filled from the theme's four templates.

A theme is a folder `templates/newsletter/NAME/` with `letter.html`, `letter.txt`, `inline.css` (rules that
end up in the elements) and `keep.css` (rules that stay in the head: media queries and dark mode).
"""

from __future__ import annotations

import math
import re
import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING

from feeds import templates
from feeds.body.columns import wrapped
from feeds.body.plaintext import to_text
from feeds.errors import ConfigError
from feeds.model import Letter
from feeds.newsletter import envelope
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

    When the HTML would pass `BUDGET`, the post is cut between two blocks, continues on the web, and the
    letter says `cut`. The text part is whole all the same: the limit is one of programs that show the HTML,
    and who reads the text may have nothing to follow a link with. Raises ConfigError when the theme or a
    setting of `[newsletter]` cannot be used.
    """
    text = to_text(issue.post.html, width=_TEXT_WIDTH)
    values = _values(issue, settings, text)
    html, cut = _html(issue.post, values, settings, root)
    return Letter(
        issue=issue,
        headers=envelope.headers(issue, settings),
        html=html,
        text=_text(text, values, settings, root),
        cut=cut,
    )


def _filled(root: Path, settings: Settings, file: str, values: dict[str, object]) -> str:
    return templates.fill(root, f"newsletter/{settings.newsletter.theme}/{file}", values)


def _text(body: str, values: dict[str, object], settings: Settings, root: Path) -> str:
    """The text part. Whatever stands on lines of its own around `body` is wrapped like it."""
    own = {
        name: "\n".join(wrapped(one_line(str(values[name])), _TEXT_WIDTH))
        for name in ("title", "meta", "intro")
    }
    address = str(values["postal_address"]).split("\n")
    own["postal_address"] = "\n".join(part for line in address for part in wrapped(line, _TEXT_WIDTH))
    return _filled(root, settings, "letter.txt", {**values, **own, "body": body.strip("\n")}).rstrip() + "\n"


def _html(post: Post, values: dict[str, object], settings: Settings, root: Path) -> tuple[str, bool]:
    """The HTML part, and whether the post is cut in it."""
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
        return head + "".join(inlined) + tail, False
    room = BUDGET - _CONTINUED - len((head + tail).encode())
    return letter("\n".join(_fitting(blocks, inlined, room)), continued=True), True


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
        "postal_address": "\n".join(filter(None, map(one_line, newsletter.postal_address.splitlines()))),
        "extra": settings.extra,
    }


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
