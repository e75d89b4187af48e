"""What feeds say of each other: all formats of all feeds of a site and their archives, as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.validity import shared
from feeds.validity.atom_parts import relation
from feeds.validity.history import head_of
from feeds.validity.namespaces import ATOM, HISTORY
from feeds.validity.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

RULES = table(
    "rss atom json",
    [
        (
            "set-address",
            "error",
            "A feed is where it says that it is, or the same as the feed there.",
            "RFC 4287 section 4.1.1; JSON Feed 1.1, feed_url; W3C validator: SelfDoesntMatchLocation",
        ),
        (
            "set-archive-there",
            "error",
            "The older pages that a feed links to are there.",
            "RFC 5005 section 4; JSON Feed 1.1, top-level: next_url",
        ),
        (
            "set-archive-format",
            "error",
            "The older pages of a feed are in its format.",
            "RFC 5005 section 4; JSON Feed 1.1, top-level: next_url",
        ),
        (
            "set-archive-ends",
            "error",
            "Who follows the older pages of a feed comes to an end.",
            "RFC 5005 section 4; JSON Feed 1.1, top-level: next_url",
        ),
        (
            "set-archive-marked",
            "error",
            "What a feed calls an archive says so itself, or which feed is the current one.",
            "RFC 5005 section 4",
        ),
        (
            "set-archive-reached",
            "error",
            "Every archive is found by following the older pages of its current feed.",
            "RFC 5005 section 4",
        ),
        (
            "set-archive-next",
            "error",
            "What an archive calls the next one calls it the previous one.",
            "RFC 5005 section 4",
        ),
        (
            "set-archive-id",
            "error",
            "A feed and its archives have one id, because they are one feed.",
            "RFC 4287 section 4.2.6; RFC 5005 section 4",
        ),
        ("set-feed-id", "error", "Different feeds have different ids.", "RFC 4287 section 4.2.6"),
        (
            "set-entry-id",
            "error",
            "An entry has the same id in every feed and format; what is no IRI may have one in Atom.",
            "RFC 4287 section 4.2.6; JSON Feed 1.1, items: id",
        ),
        (
            "set-entry-address",
            "error",
            "An id stands for the same page in every feed and format.",
            "RFC 4287 section 4.2.6; JSON Feed 1.1, items: id",
        ),
    ],
)


@dataclass(frozen=True, slots=True)
class Item:
    """What an entry is known by, and its line; 0 is unknown."""

    id: str
    url: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a feed says of itself and of others.

    `url` is where it is, `own` where it says that it is. `previous` are older pages, `following` newer ones,
    and `current` is what people subscribe to. `id` is empty in formats that have none. What is marked as an
    archive is one, and what names another document as the current one.
    """

    url: str
    format: str
    id: str = ""
    own: str = ""
    previous: str = ""
    following: str = ""
    current: str = ""
    is_archive: bool = False
    items: tuple[Item, ...] = ()


def of_xml(document: Document, url: str) -> Published | None:
    """What a feed in Atom or RSS says; None when it is neither. Without a `url`, it is where it says."""
    head = head_of(document)
    if head is None:
        return None
    links: dict[str, str] = {}
    for link in head.all("link", ATOM):
        links.setdefault(relation(link), link.get("href") or "")
    is_atom = head.namespace == ATOM
    place = url or links.get("self", "")
    own = {place, links.get("self", place)}
    return Published(
        url=place,
        format="atom" if is_atom else "rss",
        id=head.value("id", ATOM) if is_atom else "",
        own=links.get("self", ""),
        previous=links.get("prev-archive", ""),
        following=links.get("next-archive", ""),
        current=links.get("current", ""),
        is_archive=head.first("archive", HISTORY) is not None or links.get("current", place) not in own,
        items=tuple(_entry(each) if is_atom else _item(each) for each in head.all(*_NAMES[is_atom])),
    )


def of_json(document: object, url: str) -> Published | None:
    """What a JSON feed says; None when it is none. Without a `url`, it is where it says."""
    if not isinstance(document, dict):
        return None
    items = document.get("items")
    each = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return Published(
        url=url or _said(document, "feed_url"),
        format="json",
        own=_said(document, "feed_url"),
        previous=_said(document, "next_url"),
        items=tuple(Item(_said(item, "id"), _said(item, "url"), getattr(item, "line", 0)) for item in each),
    )


def lint(published: Iterable[Published]) -> Iterator[tuple[str, Finding]]:
    """Judge all feeds of a site, but for those nobody knows the address of.

    Each finding comes with the address of the document that it is in.
    """
    everything = {each.url: each for each in published if each.url}
    feeds = {url: each for url, each in everything.items() if not _is_copy(each, everything)}
    for each in feeds.values():
        if each.own and each.own != each.url:
            message = f"the feed is at {each.url!r}, and says that it is at {each.own!r}"
            yield each.url, RULES["set-address"].broken(message)
    for each in feeds.values():
        yield from ((each.url, finding) for finding in _links(each, feeds))
    yield from _chains(feeds)
    yield from _ids(feeds)
    yield from _entries(feeds)


_NAMES = {True: ("entry", ATOM), False: ("item", "")}


def _entry(entry: Element) -> Item:
    links = [link for link in entry.all("link", ATOM) if relation(link) == "alternate"]
    return Item(entry.value("id", ATOM), (links[0].get("href") or "") if links else "", entry.line)


def _item(item: Element) -> Item:
    guid = item.first("guid")
    name = item.value("guid")
    is_address = guid is not None and guid.get("isPermaLink") != "false"
    return Item(name, item.value("link") or (name if is_address else ""), item.line)


def _said(holder: Mapping[str, object], name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""


def _is_copy(each: Published, everything: Mapping[str, Published]) -> bool:
    """Whether a document is kept where the feed once was, and says the same as the one where it is now."""
    there = everything.get(each.own)
    return there is not None and there.url != each.url and replace(each, url=there.url) == there


def _links(each: Published, feeds: Mapping[str, Published]) -> Iterator[Finding]:
    if each.previous:
        older = feeds.get(each.previous)
        if older is None:
            message = f"the older page {each.previous!r} is not there"
            yield RULES["set-archive-there"].broken(message)
        elif older.format != each.format:
            message = f"the older page {each.previous!r} is in another format"
            yield RULES["set-archive-format"].broken(message)
        elif each.format != "json" and not older.is_archive:
            message = f"the older page {each.previous!r} does not say that it is an archive"
            yield RULES["set-archive-marked"].broken(message)
        elif older.id != each.id:
            message = f"the id is {each.id!r} here, and {older.id!r} in the older page {older.url!r}"
            yield RULES["set-archive-id"].broken(message)
    if each.following and (each.following not in feeds or feeds[each.following].previous != each.url):
        message = f"{each.following!r} does not have this as the older page"
        yield RULES["set-archive-next"].broken(message)


def _chains(feeds: Mapping[str, Published]) -> Iterator[tuple[str, Finding]]:
    """Follow the older pages from every feed that is no archive; a circle is told once."""
    reached: dict[str, set[str]] = {}
    circles: set[str] = set()
    for start in (each for each in feeds.values() if not each.is_archive):
        seen = {start.url}
        here = feeds.get(start.previous)
        while here is not None and here.url not in seen:
            seen.add(here.url)
            here = feeds.get(here.previous)
        reached[start.url] = seen
        if here is not None and not seen & circles:
            circles |= seen
            message = f"who follows the older pages comes back to {here.url!r}"
            yield start.url, RULES["set-archive-ends"].broken(message)
    for each in (each for each in feeds.values() if each.is_archive):
        if each.current not in reached:
            said = (
                f"the current feed {each.current!r} is not there"
                if each.current
                else "it has no current feed"
            )
            yield each.url, RULES["set-archive-reached"].broken(said)
        elif each.url not in reached[each.current]:
            message = f"the older pages of {each.current!r} do not lead here"
            yield each.url, RULES["set-archive-reached"].broken(message)


def _ids(feeds: Mapping[str, Published]) -> Iterator[tuple[str, Finding]]:
    first: dict[str, str] = {}
    for each in feeds.values():
        if each.id and not each.is_archive and first.setdefault(each.id, each.url) != each.url:
            message = f"{first[each.id]!r} has the same id, {each.id!r}"
            yield each.url, RULES["set-feed-id"].broken(message)


def _entries(feeds: Mapping[str, Published]) -> Iterator[tuple[str, Finding]]:
    """Judge ids and addresses of entries against the first feed that has them; a difference is told once."""
    ids: dict[tuple[str, bool], tuple[str, str]] = {}  # by address and whether in Atom: the id, and its feed
    addresses: dict[str, tuple[str, str]] = {}  # by id: the address, and the feed that has it
    told: set[tuple[str, str, bool]] = set()
    for each in feeds.values():
        is_atom = each.format == "atom"
        for item in each.items:
            if not item.id or not item.url or (item.id, item.url, is_atom) in told:
                continue
            told.add((item.id, item.url, is_atom))
            same = ids.setdefault((item.url, is_atom), (item.id, each.url))
            other = ids.get((item.url, not is_atom), same)
            fits = _is_made_of(item.id, other[0]) if is_atom else _is_made_of(other[0], item.id)
            own, where = other if same[0] == item.id and not fits else same
            if own != item.id:
                message = f"{item.url!r} has the id {item.id!r} here, and {own!r} in {where!r}"
                yield (
                    each.url,
                    RULES["set-entry-id"].broken(message, line=item.line, entry=item.id, field="id"),
                )
            own, where = addresses.setdefault(item.id, (item.url, each.url))
            if own != item.url:
                message = f"{item.id!r} is at {item.url!r} here, and at {own!r} in {where!r}"
                rule = RULES["set-entry-address"]
                yield each.url, rule.broken(message, line=item.line, entry=item.id, field="url")


def _is_made_of(id_of_atom: str, name: str) -> bool:
    """Whether an id in Atom can stand for what other formats call the entry, which may be no IRI there."""
    return id_of_atom == name or bool(shared.uri_fault(name, international=True))
