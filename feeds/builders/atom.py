"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.builders import _feedgen
from feeds.builders._entry import entry_of, head_of, legal
from feeds.model import Person

if TYPE_CHECKING:
    from feeds.builders._entry import Entry
    from feeds.model import Channel, Extent, Feed, Post
    from feeds.settings import Settings


def build(channel: Channel, feed: Feed, settings: Settings) -> bytes:
    """Write `channel` as an Atom document in UTF-8.

    The feed always has an author, because an entry may have none (RFC 4287, 4.1.1): the site itself, when
    the settings name nobody.
    """
    head = head_of(channel, feed, settings)
    site = Person(name=legal(settings.site.title).strip() or head.home_url)
    entries = [_entry(post, settings, extent=channel.extent) for post in channel.posts]
    return _feedgen.atom(head, head.author or site, entries)


def _entry(post: Post, settings: Settings, *, extent: Extent) -> Entry:
    """What Atom says about a post; its language only where the feed's own does not hold."""
    entry = entry_of(post, settings, extent=extent)
    return replace(entry, language="" if entry.language == settings.site.language else entry.language)
