"""The formats of an issue, one row each. A new format is a row here and the function that it names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds import slugs
from feeds.newsletter.issue import last_segment
from feeds.newsletter.message import to_eml

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.model import Issue, Letter

_LONGEST_SLUG = 100  # bytes; with the date in front, far below the 255 of every file system


@dataclass(frozen=True, slots=True)
class Export:
    """A way to write an issue down. `name` is what the command line calls it."""

    name: str
    file: str
    write: Callable[[Letter], bytes]


def to_html(letter: Letter) -> bytes:
    """The HTML part, as a page that a browser shows."""
    return letter.html.encode()


def to_text(letter: Letter) -> bytes:
    """The text part."""
    return letter.text.encode()


def to_json(letter: Letter) -> bytes:
    """Everything as one JSON object, for scripts that hand it to a mail service."""
    post = letter.issue.post
    issue = {
        "subject": letter.issue.subject,
        "preheader": letter.issue.preheader,
        "headers": dict(letter.headers),
        "html": letter.html,
        "text": letter.text,
        "post": {"id": post.id, "url": post.url, "title": post.title, "date": post.published.isoformat()},
    }
    return (json.dumps(issue, ensure_ascii=False, indent=2) + "\n").encode()


EXPORTS = {
    row.name: row
    for row in (
        Export("eml", "issue.eml", to_eml),
        Export("html", "issue.html", to_html),
        Export("text", "issue.txt", to_text),
        Export("json", "issue.json", to_json),
    )
}


def folder_name(issue: Issue) -> str:
    """The folder of an issue, `YYYY-MM-DD-SLUG`: one path segment that every file system takes."""
    slug = slugs.post(last_segment(issue.post.url)) or "post"
    short = slug.encode()[:_LONGEST_SLUG].decode(errors="ignore").rstrip("-.")
    return f"{issue.post.published.date().isoformat()}-{short}"
