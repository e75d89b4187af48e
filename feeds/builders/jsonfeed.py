"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

What the format has no member for stands in `_feedwright`, an extension as the format allows. Deletions are
not among it: no reader would look for them there.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feeds.builders._entry import entry_of, head_of
from feeds.formats import MARK

if TYPE_CHECKING:
    from feeds.builders._entry import Entry
    from feeds.model import Channel, Enclosure, Episode, Feed, Person
    from feeds.settings import Settings


def build(channel: Channel, feed: Feed, settings: Settings) -> bytes:
    """Write `channel` as a JSON document in UTF-8.

    It is indented, because people open feeds to see what is in them; the HTML outweighs the spaces.
    """
    head = head_of(channel, feed, settings)
    document: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "_feedwright": _said(
            {"generator": MARK, "current": head.current}
        ),  # early: our mark is near the start
        "title": head.title,
        "home_page_url": head.home_url,
        "feed_url": head.url,
        "description": head.description,
        "next_url": head.previous,
        "icon": head.icon,
        "language": head.language,
        "authors": [_author(head.author)] if head.author else [],
        "hubs": [{"type": "WebSub", "url": hub} for hub in head.hubs],
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
            "external_url": entry.subject,
            "title": entry.title,
            "content_html": entry.html,
            "content_text": "" if entry.html else entry.summary or entry.label,
            "summary": entry.summary if entry.html else "",
            "image": entry.image,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat() if entry.updated != entry.published else "",
            "authors": [_author(person) for person in entry.authors],
            "tags": list(dict.fromkeys(terms)),
            "language": entry.language,
            "attachments": [_attachment(enclosure) for enclosure in entry.enclosures],
            "_feedwright": _extension(entry),
        }
    )


def _author(person: Person) -> dict[str, object]:
    return _said({"name": person.name, "url": person.url})


def _attachment(enclosure: Enclosure) -> dict[str, object]:
    return _said(
        {
            "url": enclosure.url,
            "mime_type": enclosure.media_type,
            "title": enclosure.title,
            "size_in_bytes": enclosure.length,
            "duration_in_seconds": enclosure.duration,
        }
    )


def _extension(entry: Entry) -> dict[str, object]:
    origin = entry.origin
    return _said(
        {
            "comments_url": entry.comments,
            "rights": entry.rights,
            "via_url": entry.via,
            "source": _said({"title": origin.title, "url": origin.url, "id": origin.id}) if origin else None,
            "episode": _episode(entry.episode) if entry.episode else None,
        }
    )


def _episode(episode: Episode) -> dict[str, object]:
    said = _said(
        {
            "season": episode.season,
            "season_name": episode.season_name,
            "number": episode.number,
            "display": episode.display,
            "type": episode.kind,
            "image": episode.image,
            "chapters_url": episode.chapters,
            "transcripts": [
                _said(
                    {
                        "url": file.url,
                        "mime_type": file.media_type,
                        "language": file.language,
                        "captions": file.captions,
                    }
                )
                for file in episode.transcripts
            ],
            "people": [
                _said(
                    {
                        "name": person.name,
                        "role": person.role,
                        "group": person.group,
                        "image": person.image,
                        "url": person.url,
                    }
                )
                for person in episode.people
            ],
        }
    )
    # That an episode is for everybody is something said, too.
    return said if episode.explicit is None else said | {"explicit": episode.explicit}


def _said(members: dict[str, object]) -> dict[str, object]:
    """Leave out what is empty: a reader takes a missing member for unknown, and an empty one at its word."""
    return {name: value for name, value in members.items() if value}
