"""The subscribe page: all feeds in one place, for people who may not know what a feed is."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds import languages, templates
from feeds.builders._entry import legal
from feeds.builders.opml import grouped, preferred
from feeds.formats import COMMENT_MARK, FORMATS, MARK, is_marked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from feeds.model import Channel, Feed, Post
    from feeds.settings import Settings

_PREVIEWED = 5  # posts; enough to judge a site by, and still one glance


def build(channels: Sequence[Channel], settings: Settings, root: Path) -> bytes:
    """Fill `subscribe.html` with `channels`, in UTF-8. `root` is the site's folder.

    The page links to the feeds from where it lies, so it works opened from disk, and shows the addresses
    that readers need, which are absolute. Raises ConfigError when the site's own template does not work.
    """
    site, names = settings.site, settings.output.names
    home = next((channel for channel in channels if channel.kind == "site"), None)
    offered = list(grouped(channels))
    values = {
        "generator": MARK,
        "site": {
            "title": site.title,
            "url": site.url,
            "description": site.description,
            "language": site.language,
            "direction": languages.direction(site.language),
        },
        "channel": _channel(home, settings) if home else None,
        "groups": [
            {"kind": kind, "channels": [_channel(channel, settings) for channel in members]}
            for kind, members in offered
            if kind != "site"
        ],
        "opml": {
            "href": _from_page(names.opml, names.page),
            "count": sum(len(members) for _, members in offered),
        },
        "posts": [_post(post) for post in (home.posts[:_PREVIEWED] if home else ())],
    }
    html = legal(templates.fill(root, "subscribe.html", values)).encode()
    # A template of the site's own may not name us, and the next build must know the page for ours.
    return html if is_marked(html) else html + f"{COMMENT_MARK}\n".encode()


def _channel(channel: Channel, settings: Settings) -> dict[str, object]:
    """A channel as the template gets it."""
    recommended = preferred(channel, settings) if channel.feeds else None
    return {
        "name": channel.label or channel.name,
        "title": channel.title,
        "description": channel.description,
        "home_url": channel.home_url,
        "language": channel.language,
        "count": len(channel.posts),
        "capped": channel.total > len(channel.posts),
        "is_podcast": channel.is_podcast,
        "feeds": [_feed(feed, channel, settings) for feed in channel.feeds],
        "recommended": _feed(recommended, channel, settings) if recommended else None,
    }


def _feed(feed: Feed, channel: Channel, settings: Settings) -> dict[str, object]:
    label = FORMATS[feed.format].label
    return {
        "label": label,
        "title": f"{channel.title} ({label})",
        "media_type": feed.media_type,
        "href": _from_page(feed.path, settings.output.names.page),
        "url": feed.url,
    }


def _post(post: Post) -> dict[str, object]:
    return {
        "title": post.title or post.label,
        "url": post.url,
        "summary": post.summary if post.title else "",  # a note's label is the beginning of its summary
        "day": post.published.date().isoformat(),
        "moment": post.published.isoformat(timespec="seconds"),
        "language": post.language,
        "direction": post.direction,
    }


def _from_page(path: str, page: str) -> str:
    """The relative URL of `path`, seen from `page`; both are relative to the output folder."""
    return quote(posixpath.relpath(f"/{path}", posixpath.dirname(f"/{page}")))
