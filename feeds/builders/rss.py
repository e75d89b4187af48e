"""RSS 2.0, by the best-practices profile of the RSS Advisory Board."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from feeds.builders import _feedgen
from feeds.builders._entry import entry_of, head_of

if TYPE_CHECKING:
    from feeds.builders._entry import Entry
    from feeds.model import Channel, Extent, Feed, Post
    from feeds.settings import Settings


def build(channel: Channel, feed: Feed, settings: Settings) -> bytes:
    """Write `channel` as an RSS document in UTF-8."""
    entries = [_item(post, settings, extent=channel.extent) for post in channel.posts]
    return _feedgen.rss(head_of(channel, feed, settings), entries)


def _item(post: Post, settings: Settings, *, extent: Extent) -> Entry:
    """What RSS says about a post.

    A description is HTML (profile, "item description"), so that a summary which mentions `<br>` must be
    escaped to be read as it was written. Titles and all else are plain text.
    """
    entry = entry_of(post, settings, extent=extent)
    return replace(entry, summary=escape(entry.summary, quote=False))
