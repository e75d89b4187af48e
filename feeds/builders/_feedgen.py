"""The feedgen wall: RSS and Atom are written by feedgen, and its defects are repaired here and nowhere else.

What feedgen 1.0.0 gets wrong, and what is done about it:

- Atom entry links lose `rel`, `type` and `length` (python-feedgen issues 135 and 143), which turns an
  enclosure into a second alternate: our extension writes the links anew, in their place.
- It knows few link relations in entries, an Atom source without id and date, and no namespace but its own
  extensions', which have faults of their own: our extension writes what the formats choose as elements.
- RSS authors without a mail address vanish, and feedgen is never told of an author there.
- RSS takes the last link of any kind as the channel's: the home page is added last.
- Both `updated` default to the present moment: they are always set.
- One generator serves both formats with one self link: every feed gets a generator of its own.

feedgen switches the process's locale while it writes RSS dates, so build in processes, not in threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.builders._elements import DUBLIN_CORE, MEDIA, namespaces
from feeds.formats import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element as Node

    from feeds.builders._elements import Element
    from feeds.builders._entry import Entry, Head
    from feeds.model import Person

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def rss(head: Head, entries: Sequence[Entry]) -> bytes:
    """Write an RSS 2.0 document. `summary` and `html` are both HTML here, and no entry has two enclosures.

    A stylesheet instruction would go between the XML declaration, which is the first line, and the rest.
    """
    feed = _feed(head)
    feed.register_extension("feedwright", _RssFeed, _RssItem, atom=False)
    feed.feedwright.take(head, entries, dc=DUBLIN_CORE, media=MEDIA)
    feed.description(head.description or head.title)
    feed.docs("")
    if head.author and head.author.email:
        feed.managingEditor(f"{head.author.email} ({head.author.name})")
    if head.icon:
        feed.image(url=head.icon)  # with the channel's title and link, as the profile asks for
    for entry in entries:
        item = _item(feed, entry)
        item.link(href=entry.url, rel="alternate")
        for enclosure in entry.enclosures:
            item.enclosure(enclosure.url, enclosure.length, enclosure.media_type)
        if entry.comments:
            item.comments(entry.comments)
        if entry.origin:
            item.source(entry.origin.url, entry.origin.title.strip() or entry.origin.url)
    return bytes(feed.rss_str(pretty=True))


def atom(head: Head, author: Person, entries: Sequence[Entry]) -> bytes:
    """Write an Atom 1.0 document. `summary` is plain text; `language` is only written where it is set.

    `author` wrote the entries that name nobody. A stylesheet instruction would go where it goes in RSS.
    """
    feed = _feed(head)
    feed.register_extension("feedwright", _AtomFeed, _AtomEntry, rss=False)
    feed.feedwright.take(head, entries, media=MEDIA)
    if head.description:
        feed.subtitle(head.description)
    if head.icon:
        feed.icon(head.icon)
    feed.author(_author(author))
    for entry in entries:
        item = _item(feed, entry)
        item.updated(entry.updated)
        item.link(href=entry.url, rel="alternate")  # marks the place; see _AtomEntry
        item.author([_author(person) for person in entry.authors])
        if entry.rights:
            item.rights(entry.rights)
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
    item.title(entry.title or None)
    item.published(entry.published)
    item.guid(entry.id, permalink=False)  # also the Atom id
    if entry.categories:  # all at once: each call goes through those of the calls before
        item.category([{"term": each.term, "scheme": each.scheme} for each in entry.categories])
    if entry.summary:
        item.summary(entry.summary, type="text")
    if entry.html:
        item.content(entry.html, type="html")
    return item


def _author(person: Person) -> dict[str, str]:
    return {"name": person.name, "email": person.email, "uri": person.url}


def _mark_first(parent: Node) -> None:
    """Put `generator` before everything else: a description of any length must not push our mark away."""
    parent[:0] = parent.findall("generator")


def _node(element: Element) -> Node:
    """Make a node of `element`; what has no namespace is RSS's, or Atom's, whose own feedgen adds last."""
    node = etree.Element(element.name, dict(element.attributes))
    node.text = element.text or None
    node.extend(_node(child) for child in element.children)
    return node


class _Feed:
    """The part of our extension that stands for the whole feed."""

    def take(self, head: Head, entries: Iterable[Entry], **always: str) -> None:
        """Keep what is written, and the namespaces of the root: those of entries too, and `always` some."""
        self.extras = head.extras
        used = namespaces((*head.extras, *(extra for entry in entries for extra in entry.extras)))
        self.namespaces = always | used

    def extend_ns(self) -> dict[str, str]:
        return self.namespaces

    def extend(self, parent: Node) -> None:
        """Write all extras at the end of `parent`, which holds no entry yet."""
        parent.extend(_node(extra) for extra in self.extras)
        _mark_first(parent)


class _RssFeed(_Feed):
    """The channel's part of our extension."""

    def extend_rss(self, root: Node) -> None:
        self.extend(root[0])


class _AtomFeed(_Feed):
    """The feed's part of our extension."""

    def extend_atom(self, root: Node) -> None:
        self.extend(root)


class _RssItem:
    """An item's part of our extension."""

    entry: Entry

    def extend_rss(self, item: Node) -> None:
        item.extend(_node(extra) for extra in self.entry.extras)


class _AtomEntry:
    """An entry's part of our extension. feedgen's Atom elements have no namespace until they are written."""

    entry: Entry

    def extend_atom(self, node: Node) -> None:
        broken = node.findall("link")
        place = node.index(broken[0])
        for link in broken:
            node.remove(link)
        node[place:place] = [_node(link) for link in self.entry.links]
        if self.entry.language:
            node.set(_LANGUAGE, self.entry.language)
        node.extend(_node(extra) for extra in self.entry.extras)
