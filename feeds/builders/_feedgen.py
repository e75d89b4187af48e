"""The feedgen wall: RSS and Atom are written by feedgen, and its defects are repaired here and nowhere else.

What feedgen 1.0.0 gets wrong, and what is done about it:

- Atom entry links lose `rel`, `type` and `length` (python-feedgen issues 135 and 143), which turns an
  enclosure into a second alternate: our extension writes the links anew, in their place.
- RSS authors without a mail address vanish, and RSS wants a bare address where people expect a name: our
  extension writes `dc:creator` for each, and feedgen is never told of an author.
- RSS takes the last link of any kind as the channel's: the home page is added last.
- Both `updated` default to the present moment: they are always set.
- One generator serves both formats with one self link: every feed gets a generator of its own.

feedgen switches the process's locale while it writes RSS dates, so build in processes, not in threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.formats import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from feeds.builders._entry import Entry, Head
    from feeds.model import Person

_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_MEDIA = "http://search.yahoo.com/mrss/"  # the slash at the end is part of the name
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def rss(head: Head, entries: Iterable[Entry]) -> bytes:
    """Write an RSS 2.0 document. `summary` and `html` are both HTML here; the first enclosure wins.

    A stylesheet instruction would go between the XML declaration, which is the first line, and the rest.
    """
    feed = _feed(head)
    feed.register_extension("feedwright", _RssFeed, _RssItem, atom=False)
    feed.description(head.description or head.title)
    feed.docs("")
    if head.author and head.author.email:
        feed.managingEditor(f"{head.author.email} ({head.author.name})")
    for entry in entries:
        item = _item(feed, entry)
        item.link(href=entry.url, rel="alternate")
        for enclosure in entry.enclosures[:1]:
            item.enclosure(enclosure.url, enclosure.length, enclosure.media_type)
    return bytes(feed.rss_str(pretty=True))


def atom(head: Head, author: Person, entries: Iterable[Entry]) -> bytes:
    """Write an Atom 1.0 document. `summary` is plain text; `language` is only written where it is set.

    `author` wrote the entries that name nobody. A stylesheet instruction would go where it goes in RSS.
    """
    feed = _feed(head)
    feed.register_extension("feedwright", _AtomFeed, _AtomEntry, rss=False)
    if head.description:
        feed.subtitle(head.description)
    feed.author(_author(author))
    for entry in entries:
        item = _item(feed, entry)
        item.updated(entry.updated)
        item.link(href=entry.url, rel="alternate")  # marks the place; see _AtomEntry
        item.author([_author(person) for person in entry.authors])
    return bytes(feed.atom_str(pretty=True))


def _feed(head: Head) -> FeedGenerator:
    """Make a generator, with what both formats have in common."""
    feed = FeedGenerator()
    feed.id(head.id)
    feed.title(head.title)
    feed.language(head.language)
    feed.updated(head.updated)
    feed.generator(MARK)
    if head.rights:
        feed.rights(head.rights)
    feed.link(href=head.url, rel="self", type=head.media_type)
    feed.link(href=head.home_url, rel="alternate", type="text/html")
    return feed


def _item(feed: FeedGenerator, entry: Entry) -> FeedGenerator:
    """Add an entry to `feed`, with what both formats have in common."""
    item = feed.add_entry(order="append")
    item.feedwright.entry = entry
    item.title(entry.title)
    item.published(entry.published)
    item.guid(entry.id, permalink=False)  # also the Atom id
    if entry.categories:  # all at once: each call goes through those of the calls before
        item.category(
            [{"term": each.term, "scheme": each.scheme, "label": each.term} for each in entry.categories]
        )
    if entry.summary:
        item.summary(entry.summary, type="text")
    if entry.html:
        item.content(entry.html, type="html")
    return item


def _author(person: Person) -> dict[str, str]:
    return {"name": person.name, "email": person.email, "uri": person.url}


def _mark_first(parent: Element) -> None:
    """Put `generator` before everything else: a description of any length must not push our mark away."""
    parent[:0] = parent.findall("generator")


def _add_image(element: Element, entry: Entry) -> None:
    # Bare, not in a media:group: a group is for several renditions of one thing (Media RSS 1.5.1).
    if entry.image:
        etree.SubElement(element, f"{{{_MEDIA}}}content", url=entry.image, medium="image")


class _RssFeed:
    """The channel's part of our extension. Namespaces stand here whether or not an entry uses them."""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": "http://purl.org/dc/elements/1.1/", "media": _MEDIA}

    def extend_rss(self, root: Element) -> None:
        _mark_first(root[0])


class _RssItem:
    """An item's part of our extension."""

    entry: Entry

    def extend_rss(self, item: Element) -> None:
        for person in self.entry.authors:
            etree.SubElement(item, _CREATOR).text = person.name
        _add_image(item, self.entry)


class _AtomFeed:
    """The feed's part of our extension."""

    def extend_ns(self) -> dict[str, str]:
        return {"media": _MEDIA}

    def extend_atom(self, root: Element) -> None:
        _mark_first(root)


class _AtomEntry:
    """An entry's part of our extension. feedgen's Atom elements have no namespace until they are written."""

    entry: Entry

    def extend_atom(self, element: Element) -> None:
        broken = element.findall("link")
        place = element.index(broken[0])
        for link in broken:
            element.remove(link)
        for offset, attributes in enumerate(self._links()):
            element.insert(place + offset, etree.Element("link", attributes))
        if self.entry.language:
            element.set(_LANGUAGE, self.entry.language)
        _add_image(element, self.entry)

    def _links(self) -> Iterator[dict[str, str]]:
        yield {"href": self.entry.url, "rel": "alternate", "type": "text/html"}
        for enclosure in self.entry.enclosures:
            link = {"href": enclosure.url, "rel": "enclosure", "type": enclosure.media_type}
            # An unknown length is left out: it is a hint (RFC 4287, 4.2.7.6), and 0 would be a false one.
            yield link | ({"length": str(enclosure.length)} if enclosure.length else {})
