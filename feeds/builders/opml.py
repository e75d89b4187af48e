"""OPML 2.0 (http://opml.org/spec2.opml): all feeds in one file, which feed readers import."""

from __future__ import annotations

from email.utils import format_datetime
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from feeds.builders._entry import legal, mail_date, told
from feeds.formats import COMMENT_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeds.model import Channel, Feed
    from feeds.settings import Settings

# What people choose from, the widest first: each kind of channel, and the name of its folder.
_FOLDERS = {
    "site": "Site",
    "custom": "Selections",
    "categories": "Categories",
    "tags": "Tags",
    "authors": "Authors",
    "sections": "Sections",
    "languages": "Languages",
}


def build(channels: Sequence[Channel], settings: Settings) -> bytes:
    """Write the subscription list of `channels` in UTF-8, one folder for each kind of channel.

    What holds only what another one holds is not in it: nobody is asked to subscribe twice. The folders are
    named in English: a reader shows them among its own.
    """
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    head.append(ET.Comment(COMMENT_MARK.removeprefix("<!--").removesuffix("-->")))
    ET.SubElement(head, "title").text = told(settings.site.title)
    if channels:
        newest = max(channel.updated for channel in channels)
        ET.SubElement(head, "dateModified").text = format_datetime(mail_date(newest))
    body = ET.SubElement(root, "body")
    for kind, members in grouped(channels):
        folder = _FOLDERS.get(kind, kind.capitalize())
        group = ET.SubElement(body, "outline", text=folder)
        for channel in members:
            ET.SubElement(group, "outline", _outline(channel, preferred(channel, settings), settings))
    ET.indent(root)
    # Never through tostring's own declaration: for text it names the locale's encoding.
    text = ET.tostring(root, encoding="unicode")
    return legal(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n').encode()


def grouped(channels: Sequence[Channel]) -> Iterator[tuple[str, tuple[Channel, ...]]]:
    """Yield each kind of channel with those of it to be offered, in the order in which people choose.

    All that have feeds are, but for an author, a language and a section with all that the site has, and a
    section with all that the one around it has.
    """
    places = {kind: place for place, kind in enumerate(_FOLDERS)}
    totals = {channel.path: channel.total for channel in channels}

    def by_kind(channel: Channel) -> tuple[int, str]:
        return places.get(channel.kind, len(places)), channel.kind

    def is_another_again(channel: Channel) -> bool:
        if channel.kind not in {"authors", "sections", "languages"} or channel.is_podcast:
            return False
        around = channel.path.rpartition("/")[0]
        return channel.total in {totals.get(""), totals.get(around)}

    offered = sorted(
        (channel for channel in channels if channel.feeds and not is_another_again(channel)), key=by_kind
    )
    for (_, kind), members in groupby(offered, key=by_kind):
        yield kind, tuple(members)


def preferred(channel: Channel, settings: Settings) -> Feed:
    """The feed to offer where only one can be: the settings' first, but JSON last, as few readers know it."""
    order: dict[str, int] = {name: place for place, name in enumerate(settings.feeds.formats)}
    return min(channel.feeds, key=lambda feed: (feed.format == "json", order.get(feed.format, len(order))))


def _outline(channel: Channel, feed: Feed, settings: Settings) -> dict[str, str]:
    """An entry of the list. Its type is `rss` whatever the format, as OPML 2.0 asks for."""
    foreign = channel.language != settings.site.language
    attributes = {
        "type": "rss",
        "text": told(channel.title),
        "title": told(channel.title),
        "description": told(channel.description),
        "xmlUrl": feed.url,
        "htmlUrl": channel.home_url,
        "language": channel.language if foreign else "",
    }
    return {name: value for name, value in attributes.items() if value}
