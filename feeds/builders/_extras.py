"""What RSS and Atom say with the same elements: links of every kind, and pictures.

RSS takes its links from Atom (RSS Advisory Board, best-practices profile, "atom:link"), so that a relation is
said in one way in both. Only the name of the element differs, which is `link` here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import media_types
from feeds.builders._elements import MEDIA, Element, element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.builders._entry import Entry, Head


def links_of_feed(head: Head, link: str) -> Iterator[Element]:
    """Yield where a feed is announced (WebSub section 4), and where its other documents are (RFC 5005)."""
    for hub in head.hubs:
        yield element(link, href=hub, rel="hub")
    if head.current:
        yield element(link, href=head.current, rel="current", type=head.media_type)
    if head.previous:
        yield element(link, href=head.previous, rel="prev-archive", type=head.media_type)


def links_of_entry(entry: Entry, link: str) -> Iterator[Element]:
    """Yield what an entry is about, where it was found (RFC 4287, 4.2.7.2) and its licence (RFC 4946)."""
    if entry.subject:
        yield element(link, href=entry.subject, rel="related")
    if entry.via:
        yield element(link, href=entry.via, rel="via")
    if re.fullmatch(r"https?://\S+", entry.rights):
        yield element(link, href=entry.rights, rel="license")


def images_of_entry(entry: Entry) -> Iterator[Element]:
    """Yield the lead image.

    Bare, not in a media:group: a group is for several renditions of one thing (Media RSS 1.5.1). And without
    a media:thumbnail, because readers that know both would show the picture twice.
    """
    if entry.image:
        known = media_types.of(entry.image)
        kind = known if known.startswith("image/") else ""
        yield element(f"{{{MEDIA}}}content", url=entry.image, medium="image", type=kind)
