"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from feeds import identity
from feeds.builders import _extras, _feedgen
from feeds.builders._elements import HISTORY, TOMBSTONES, element
from feeds.builders._entry import cleaned, entry_of, head_of, instant, told
from feeds.builders._plain import plain
from feeds.model import Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feeds.builders._elements import Element
    from feeds.builders._entry import Entry, Head
    from feeds.model import Channel, Extent, Feed, Origin, Post
    from feeds.settings import Settings


def build(channel: Channel, feed: Feed, settings: Settings) -> bytes:
    """Write `channel` as an Atom document in UTF-8.

    The feed always has an author, because an entry may have none (RFC 4287, 4.1.1): the site itself, when
    the settings name nobody.
    """
    head = head_of(channel, feed, settings)
    site = Person(name=told(settings.site.title) or head.home_url)
    entries = [_entry(post, settings, extent=channel.extent) for post in channel.posts]
    head = replace(head, updated=max([head.updated, *(entry.updated for entry in entries)]))
    extras = cleaned(tuple(_of_feed(head, channel, settings)))
    return plain(_feedgen.atom(replace(head, extras=extras), head.author or site, entries))


def _of_feed(head: Head, channel: Channel, settings: Settings) -> Iterator[Element]:
    yield from _extras.links_of_feed(head, "link")
    # Only where there is a link to the one before: the W3C feed validator takes fh:archive without it for a
    # broken chain. `current` says the same of the oldest archive.
    if head.current and head.previous:
        yield element(f"{{{HISTORY}}}archive")
    if settings.feeds.tombstones == "on":
        alive = {post.id for post in channel.posts}
        for stone in channel.tombstones:
            if stone.post.id not in alive:
                when = instant(stone.when).isoformat()
                ref = identity.as_iri(stone.post.id, settings)
                yield element(f"{{{TOMBSTONES}}}deleted-entry", ref=ref, when=when)


def _entry(post: Post, settings: Settings, *, extent: Extent) -> Entry:
    """What Atom says about a post, which has a title and text of some kind (RFC 4287, 4.1.2 and 4.1.1.1)."""
    entry = entry_of(post, settings, extent=extent)
    summary = entry.summary if entry.summary or entry.html else entry.label
    updated = _told_apart(entry.updated, entry.id)
    name = identity.as_iri(entry.id, settings)
    entry = replace(entry, id=name, title=entry.label, summary=summary, updated=updated)
    return replace(entry, links=tuple(_links(entry)), extras=tuple(_of_entry(entry, settings)))


def _told_apart(moment: datetime, name: str) -> datetime:
    """`moment` with a fraction of a second that comes from the entry's id.

    Posts that say no more than their day, or that one commit changed, would all have changed at one moment,
    which leaves programs without an order (W3C feed validator, DuplicateUpdated).
    """
    digest = hashlib.sha256(name.encode()).digest()
    return moment.replace(microsecond=int.from_bytes(digest[:8], "big") % 1_000_000)


def _links(entry: Entry) -> Iterator[Element]:
    yield element("link", href=entry.url, rel="alternate", type="text/html")
    for enclosure in entry.enclosures:
        yield element(
            "link",
            href=enclosure.url,
            rel="enclosure",
            type=enclosure.media_type,
            # An unknown length is left out: it is a hint (RFC 4287, 4.2.7.6), and 0 would be a false one.
            length=str(enclosure.length or ""),
            title=enclosure.title.strip(),
        )
    yield from _extras.links_of_entry(entry, "link")
    if entry.comments:
        yield element("link", href=entry.comments, rel="replies", type="text/html")  # RFC 4685, 4


def _of_entry(entry: Entry, settings: Settings) -> Iterator[Element]:
    if entry.origin:
        yield _source(entry, entry.origin, settings)
    yield from _extras.images_of_entry(entry)


def _source(entry: Entry, origin: Origin, settings: Settings) -> Element:
    """Where an entry comes from (RFC 4287, 4.2.11). When that feed last changed, only the entry can tell."""
    return element(
        "source",
        "",
        element("id", identity.as_iri(origin.id or origin.url, settings)),
        element("title", origin.title.strip() or origin.url),
        element("updated", entry.updated.isoformat()),
        element("link", href=origin.url, rel="self"),
    )
