"""RSS 2.0, by the best-practices profile of the RSS Advisory Board."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from feeds import media_types
from feeds.builders import _extras, _feedgen, _podcast
from feeds.builders._elements import DUBLIN_CORE, HISTORY, element
from feeds.builders._entry import cleaned, entry_of, head_of, mail_date
from feeds.builders._plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeds.builders._elements import Element
    from feeds.builders._entry import Entry, Head
    from feeds.model import Channel, Enclosure, Extent, Feed, Post
    from feeds.settings import Settings

_ATOM = "{http://www.w3.org/2005/Atom}"
_PICTURES = frozenset({"image/gif", "image/jpeg", "image/png"})  # all that an RSS image may be (RSS 2.0)


def build(channel: Channel, feed: Feed, settings: Settings) -> bytes:
    """Write `channel` as an RSS document in UTF-8."""
    entries = [_item(post, settings, extent=channel.extent) for post in channel.posts]
    head = head_of(channel, feed, settings)
    extras = cleaned(tuple(_of_channel(head, entries, settings, is_podcast=channel.is_podcast)))
    icon = head.icon if media_types.of(head.icon) in _PICTURES else ""
    head = replace(head, icon=icon, extras=extras, updated=mail_date(head.updated))
    return plain(_feedgen.rss(head, entries))


def _of_channel(
    head: Head, entries: Sequence[Entry], settings: Settings, *, is_podcast: bool
) -> Iterator[Element]:
    yield from _extras.links_of_feed(head, f"{_ATOM}link")
    if head.current:
        yield element(f"{{{HISTORY}}}archive")
    yield from _podcast.of_feed(head, settings, entries, is_podcast=is_podcast)


def _item(post: Post, settings: Settings, *, extent: Extent) -> Entry:
    """What RSS says about a post.

    A description is HTML (profile, "item description"), so that a summary which mentions `<br>` must be
    escaped to be read as it was written. Titles and all else are plain text. An item has one of the two.
    """
    entry = entry_of(post, settings, extent=extent)
    summary = entry.summary if entry.summary or entry.title or entry.html else entry.label
    entry = replace(
        entry,
        summary=escape(summary, quote=False),
        enclosures=_enclosure(entry.enclosures),
        published=mail_date(entry.published),
    )
    return replace(entry, extras=tuple(_of_item(entry, settings)))


def _enclosure(enclosures: tuple[Enclosure, ...]) -> tuple[Enclosure, ...]:
    """The one enclosure that an item has (profile, "enclosure"): what can be played goes before its notes."""
    return tuple(
        sorted(enclosures, key=lambda each: not each.media_type.startswith(("audio/", "video/")))[:1]
    )


def _of_item(entry: Entry, settings: Settings) -> Iterator[Element]:
    # RSS wants a mail address for an author, where people expect a name.
    yield from (element(f"{{{DUBLIN_CORE}}}creator", person.name) for person in entry.authors)
    if entry.updated != entry.published:
        yield element(f"{_ATOM}updated", entry.updated.isoformat())
    if entry.language:
        yield element(f"{{{DUBLIN_CORE}}}language", entry.language)
    if entry.rights:
        yield element(f"{{{DUBLIN_CORE}}}rights", entry.rights)
    yield from _extras.links_of_entry(entry, f"{_ATOM}link")
    yield from _extras.images_of_entry(entry)
    yield from _podcast.of_entry(entry, settings)
