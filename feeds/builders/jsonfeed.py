"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feeds.builders._entry import entry_of, head_of
from feeds.formats import MARK

if TYPE_CHECKING:
    from feeds.builders._entry import Entry
    from feeds.model import Channel, Enclosure, Feed, Person
    from feeds.settings import Settings


def build(channel: Channel, feed: Feed, settings: Settings) -> bytes:
    """Write `channel` as a JSON document in UTF-8.

    It is indented, because people open feeds to see what is in them; the HTML outweighs the spaces.
    """
    head = head_of(channel, feed, settings)
    document: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "_feedwright": {"generator": MARK},  # early, so that our mark is near the start
        "title": head.title,
        "home_page_url": head.home_url,
        "feed_url": head.url,
        "description": head.description,
        "language": head.language,
        "authors": [_author(head.author)] if head.author else [],
    }
    items = [_item(entry_of(post, settings, extent=channel.extent)) for post in channel.posts]
    text = json.dumps(_said(document) | {"items": items}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def _item(entry: Entry) -> dict[str, object]:
    """One item. It must have content of either kind, and a title or a summary is no content."""
    terms = (category.term for category in entry.categories)
    return _said(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "content_html": entry.html,
            "content_text": "" if entry.html else entry.summary or entry.title,
            "summary": entry.summary if entry.html else "",
            "image": entry.image,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat() if entry.updated != entry.published else "",
            "authors": [_author(person) for person in entry.authors],
            "tags": list(dict.fromkeys(terms)),
            "language": entry.language,
            "attachments": [_attachment(enclosure) for enclosure in entry.enclosures],
        }
    )


def _author(person: Person) -> dict[str, object]:
    return _said({"name": person.name, "url": person.url})


def _attachment(enclosure: Enclosure) -> dict[str, object]:
    return _said({"url": enclosure.url, "mime_type": enclosure.media_type, "size_in_bytes": enclosure.length})


def _said(members: dict[str, object]) -> dict[str, object]:
    """Leave out what is empty: a reader takes a missing member for unknown, and an empty one at its word."""
    return {name: value for name, value in members.items() if value}
