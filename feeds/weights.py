"""How many bytes a post takes in a feed, before anything is written: never less than in the largest format.

Which posts a document holds must be known before it is built. What counts is the text as the formats escape
it; their mark-up is guessed upwards, by less than a kilobyte for an ordinary post.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from feeds.body.syndicated import syndicated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.model import Extent, Post, Tombstone
    from feeds.settings import Settings

_ENTRY = 400  # the elements that every entry has, with their names, blank space and dates
_ELEMENT = 250  # one more of several parts: an author, an enclosure, a transcript
_TERM = 120  # one more of a single part
_TWICE = 2  # texts stand in two places, such as a term and its label, or are escaped twice: RSS summaries
_HEAD = 2_500  # the document without entries: declarations of namespaces and the rest of its own mark-up
_MENTIONS = 8  # of the feed's addresses and of its texts in its head
_TOMBSTONE = 200
_APART = {"html", "mailing", "path"}  # weighed on their own, or in no feed


def escaped(text: str) -> int:
    """The bytes of `text` in the format that makes most of it: XML in elements and attributes, or JSON."""
    if not text:  # most of a post's fields
        return 0
    in_utf8 = len(text) if text.isascii() else len(text.encode(errors="replace"))
    xml = 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
    # Only JSON escapes the backslash, and only attributes in XML these others, to at most six bytes.
    return in_utf8 + xml + 5 * (text.count('"') + text.count("\r")) + text.count("\\")


def markup(html: str) -> int:
    """The bytes of a post's HTML, which stands in an element in XML and between quotes in JSON."""
    in_utf8 = len(html) if html.isascii() else len(html.encode(errors="replace"))
    xml = 4 * html.count("&") + 3 * (html.count("<") + html.count(">")) + 4 * html.count("\r")
    json = sum(html.count(mark) for mark in '"\\\n\r\t')
    return in_utf8 + max(xml, json)


class Weights:
    """What posts, tombstones and the heads of documents weigh on one site, in bytes at most.

    Each post is weighed once, however many channels it is in.
    """

    def __init__(self, settings: Settings) -> None:
        self._site = len(settings.site.url)
        self._posts: dict[int, tuple[Post, int, int]] = {}
        self._head = _head(settings)

    def post(self, post: Post, extent: Extent) -> int:
        """The bytes of an entry in a channel of this extent."""
        # By identity: to compare two posts is to compare their whole text. Its own entry keeps it alive.
        if id(post) not in self._posts:
            terms = len(post.categories) + len(post.tags)
            rest = _ENTRY + terms * self._site + _rest(post)
            self._posts[id(post)] = post, rest, markup(syndicated(post.html))
        _, rest, html = self._posts[id(post)]
        return rest + (html if (post.extent or extent) == "full" else 0)

    def head(self, texts: Iterable[str], path: str) -> int:
        """The bytes of a document without entries; `texts` are the channel's own, `path` is its folder."""
        return self._head + _MENTIONS * (3 * len(path.encode()) + sum(escaped(text) for text in texts))

    def tombstone(self, buried: Tombstone) -> int:
        """The bytes of a deleted entry in Atom (RFC 6721)."""
        return _TOMBSTONE + escaped(buried.post.id) + escaped(buried.post.url)


def _head(settings: Settings) -> int:
    """The bytes of a document's head, but for what is the channel's own."""
    podcast, site, hubs = settings.podcast, settings.site, settings.feeds.hubs
    texts = [site.title, site.description, site.url, site.author, site.copyright, site.icon, *hubs]
    texts += (podcast.author, podcast.owner, podcast.image, podcast.guid, podcast.funding)
    person = max(
        (escaped(each.name) + escaped(each.email) + escaped(each.url) for each in settings.authors.values()),
        default=0,
    )
    parts = len(hubs) + len(podcast.categories)
    text = sum(escaped(each) for each in (*texts, *podcast.categories))
    return _HEAD + _MENTIONS * text + _TWICE * person + _ELEMENT * parts


def _rest(value: object) -> int:
    """All texts in `value`, with the mark-up around each part."""
    if isinstance(value, str):
        return _TWICE * escaped(value)
    if isinstance(value, tuple):
        return sum((_TERM if isinstance(part, str) else 0) + _rest(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = (part.name for part in fields(value) if part.name not in _APART)
        return _ELEMENT + sum(_rest(getattr(value, name)) for name in names)
    return 0 if value is None or isinstance(value, bool) else 40 if isinstance(value, datetime) else 20
