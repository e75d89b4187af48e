"""OPML 2.0 (http://opml.org/spec2.opml): all feeds in one file, which feed readers import."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from feeds.builders._entry import instant, legal
from feeds.formats import COMMENT_MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Channel, Feed
    from feeds.settings import Settings


def build(channels: Sequence[Channel], settings: Settings) -> bytes:
    """Write the subscription list of `channels` in UTF-8, one folder for each kind of channel."""
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    head.append(ET.Comment(COMMENT_MARK.removeprefix("<!--").removesuffix("-->")))
    ET.SubElement(head, "title").text = settings.site.title
    if channels:
        newest = max(channel.updated for channel in channels)
        ET.SubElement(head, "dateModified").text = format_datetime(instant(newest))
    body = ET.SubElement(root, "body")
    for kind in dict.fromkeys(channel.kind for channel in channels):
        group = ET.SubElement(body, "outline", text=kind.capitalize(), title=kind.capitalize())
        for channel in channels:
            if channel.kind == kind and channel.feeds:
                ET.SubElement(group, "outline", _outline(channel, preferred(channel, settings)))
    ET.indent(root)
    # Never through tostring's own declaration: for text it names the locale's encoding.
    text = ET.tostring(root, encoding="unicode")
    return legal(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n').encode()


def preferred(channel: Channel, settings: Settings) -> Feed:
    """The feed to offer where only one can be: the settings' first, but JSON last, as few readers know it."""
    order: dict[str, int] = {name: place for place, name in enumerate(settings.feeds.formats)}
    return min(channel.feeds, key=lambda feed: (feed.format == "json", order.get(feed.format, len(order))))


def _outline(channel: Channel, feed: Feed) -> dict[str, str]:
    """An entry of the list. Its type is `rss` whatever the format, as OPML 2.0 asks for."""
    attributes = {
        "type": "rss",
        "text": channel.title,
        "title": channel.title,
        "description": channel.description,
        "xmlUrl": feed.url,
        "htmlUrl": channel.home_url,
    }
    return {name: value for name, value in attributes.items() if value}
