"""What the rooms of the judge are handed: a message taken apart, beside the letter and settings it is of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

from feeds.newsletter.contract import page as pages
from feeds.newsletter.contract import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.model import Letter
    from feeds.newsletter.contract.page import Page
    from feeds.newsletter.contract.wire import Part, Wire
    from feeds.settings import Settings

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: on the wire, its HTML and its text (empty when it has none), and what it should say.

    `posts` are those of the letter by their ids, as Markdown gave them. Lines of both parts end in a newline.
    """

    wire: Wire
    html_part: Part | None
    text_part: Part | None
    html: str
    text: str
    page: Page
    posts: Mapping[str, Page]
    letter: Letter
    settings: Settings

    def entry(self, excerpt: str) -> str:
        """The id of the post that has a piece of text or of HTML; empty when it is the frame that has it."""
        wanted = excerpt.strip()
        if not wanted:
            return ""
        for identifier, post in self.posts.items():
            if wanted in post.source or escape(wanted) in post.source or wanted in unescape(post.source):
                return identifier
        squeezed = _BLANKS.sub(" ", wanted)
        for identifier, post in self.posts.items():
            if squeezed in _BLANKS.sub(" ", post.visible()):
                return identifier
        return ""


def read(data: bytes, letter: Letter, settings: Settings) -> Mail:
    """Take a message apart."""
    message = wire.read(data)
    leaves = [part for part in wire.walk(message.top) if not part.parts]
    html_part = next((part for part in leaves if part.media_type == "text/html"), None)
    text_part = next((part for part in leaves if part.media_type == "text/plain"), None)
    html = _text(html_part)
    return Mail(
        wire=message,
        html_part=html_part,
        text_part=text_part,
        html=html,
        text=_text(text_part),
        page=pages.read(html),
        posts={post.id: pages.read(post.html) for post in letter.issue.posts},
        letter=letter,
        settings=settings,
    )


def _text(part: Part | None) -> str:
    return part.data.decode("utf-8", "replace").replace("\r\n", "\n") if part else ""


def squeezed(text: str) -> str:
    """Text with one blank where there are several, of whatever kind."""
    return _BLANKS.sub(" ", text).strip()
