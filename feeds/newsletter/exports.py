"""The formats of an issue, one row each. A new format is a row here and the function that it names."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeds import slugs
from feeds.newsletter import headers
from feeds.newsletter.message import to_eml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from feeds.model import Letter, Post

_PAGE = re.compile(r"(?:^index)?\.html?$")  # of the file that a server sends, not of the post's name
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
        "headers": {name: headers.shown(value) for name, value in letter.headers},
        "html": letter.html,
        "text": letter.text,
        "cut": letter.cut,
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


def folder_name(post: Post, posts: Iterable[Post]) -> str:
    """The folder for the issue of `post`, `YYYY-MM-DD-SLUG`: one path segment that every file system takes.

    Where another of the site's `posts` of that day has the same slug, as in `/en/hello/` and `/fr/hello/`,
    the folders before it in the address tell the two apart: `en-hello`. No two posts get the same name, in
    whatever order `posts` come.
    """
    others = [
        _slugs(other)
        for other in posts
        if other.id != post.id and other.published.date() == post.published.date()
    ]
    own = _slugs(post)
    slug = next((each for each in own if not any(each in ends for ends in others)), own[-1])
    if any(slug == ends[-1] for ends in others):  # as of /en-hello/ and /en/hello/
        slug += "-" + hashlib.sha256(post.id.encode()).hexdigest()[:8]
    return f"{post.published.date().isoformat()}-{slug}"


def _slugs(post: Post) -> list[str]:
    """The ends of the post's address as slugs, from its last part to all of it."""
    segments = [slugs.post(unquote(each)) for each in urlsplit(post.url).path.split("/")]
    segments[-1] = _PAGE.sub("", segments[-1])
    kept = [each for each in segments if each] or ["post"]
    ends = ("-".join(kept[start:]) for start in reversed(range(len(kept))))
    return [end.encode()[:_LONGEST_SLUG].decode(errors="ignore").rstrip("-.") for end in ends]
