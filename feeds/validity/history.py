"""What a document says of older and newer ones, of deleted entries and of hubs.

RFC 5005 (paging and archives) and RFC 6721 (deleted entries) in Atom and RSS, and WebSub. What documents say
of each other is judged in `together`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeds.validity import shared
from feeds.validity.atom_parts import relation
from feeds.validity.namespaces import ATOM, HISTORY, TOMBSTONES
from feeds.validity.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

RULES = table(
    "rss atom",
    [
        (
            "history-links-in-head",
            "warning",
            "Links to other pages of the feed stand in its head, not in an entry.",
            "RFC 5005 sections 3, 4; W3C validator: FeedHistoryRelInEntry",
        ),
        (
            "history-link-once",
            "error",
            "There is one link of each relation to other pages of the feed.",
            "RFC 5005 sections 3, 4",
        ),
        (
            "history-link-address",
            "error",
            "A link to another page of the feed has an absolute http(s) address.",
            "RFC 5005 sections 3, 4",
        ),
        (
            "history-link-elsewhere",
            "error",
            "A link to an older or newer page leads to another document.",
            "RFC 5005 sections 3, 4; W3C validator: LinkPastEnd",
        ),
        (
            "history-complete",
            "error",
            "A complete feed has no other pages; its current page is itself.",
            "RFC 5005 section 2; W3C validator: FeedRelInCompleteFeed, CurrentNotSelfInCompleteFeed",
        ),
        (
            "history-archive-links",
            "warning",
            "An Atom archive marked as one links to the one before or behind it.",
            "RFC 5005 section 4; W3C validator: ArchiveIncomplete",
        ),
        (
            "history-archive-current",
            "warning",
            "An archive links to the feed that people subscribe to (rel current).",
            "RFC 5005 section 4; W3C validator: MissingCurrentInArchive",
        ),
        (
            "history-archive-other",
            "error",
            "An archive is another document than the feed that people subscribe to.",
            "RFC 5005 section 4",
        ),
        (
            "tombstone-form",
            "error",
            "A deleted entry names the id that it had and when it was deleted.",
            "RFC 6721 section 3",
        ),
        (
            "tombstone-placed",
            "error",
            "Deleted entries stand beside those of an Atom feed; by, comment, links and source are inside.",
            "RFC 6721 section 3",
        ),
        ("tombstone-once", "error", "A deletion stands once.", "RFC 6721 section 3"),
        (
            "tombstone-true",
            "warning",
            "An entry is not shown and deleted at once, unless it changed after its deletion.",
            "RFC 6721 section 3",
        ),
        (
            "hub-address",
            "error",
            "A hub has an absolute http(s) address.",
            "WebSub section 4",
        ),
        (
            "hub-topic",
            "error",
            "A feed with a hub has one link to itself, which is what people subscribe to there.",
            "WebSub section 4",
        ),
        ("hub-once", "warning", "A hub stands once.", "WebSub section 4"),
    ],
)

PAGES = ("current", "first", "last", "next", "previous", "prev-archive", "next-archive")
_AROUND = frozenset({"next", "previous", "prev-archive", "next-archive"})
_INSIDE = frozenset({"by", "comment"})


def lint(document: Document, url: str = "") -> Iterator[Finding]:
    """Judge a feed in Atom or RSS that will be read from `url`."""
    head = head_of(document)
    if head is None:
        return
    links = head.all("link", ATOM)
    own = {link.get("href") or "" for link in links if relation(link) == "self"} | ({url} if url else set())
    pages = [link for link in links if relation(link) in PAGES]
    yield from _pages(pages, own)
    yield from _kind(head, pages, own)
    yield from _hubs(head, links)
    entries = [child for child in head.children if child.name in {"entry", "item"}]
    for entry in entries if head.namespace == ATOM else ():
        for link in entry.all("link", ATOM):
            if relation(link) in PAGES:
                message = f"an entry has a link to {relation(link)}"
                name = entry.value("id", ATOM)
                yield RULES["history-links-in-head"].broken(message, line=link.line, entry=name)
    yield from _tombstones(head, entries)


def head_of(document: Document) -> Element | None:
    """The element with what a feed says about itself: an Atom feed, or the channel of an RSS one."""
    root = document.root
    if root.name == "feed" and root.namespace == ATOM:
        return root
    return root.first("channel") if root.name == "rss" else None


def _pages(links: list[Element], own: set[str]) -> Iterator[Finding]:
    seen = set()
    for link in links:
        rel, href = relation(link), link.get("href") or ""
        if rel in seen:
            yield RULES["history-link-once"].broken(f"there are two links to {rel}", line=link.line)
        seen.add(rel)
        if fault := _web_fault(href) if href else "":
            message = f"the link to {rel} {fault}: {href!r}"
            yield RULES["history-link-address"].broken(message, line=link.line)
        if rel in _AROUND and href in own:
            message = f"the link to {rel} is the document itself: {href!r}"
            yield RULES["history-link-elsewhere"].broken(message, line=link.line)
    by_relation = {relation(link): link for link in links}
    for end, past in (("first", "previous"), ("last", "next")):
        if end in by_relation and by_relation[end].get("href") in own and past in by_relation:
            message = f"the {end} page has a link to {past}"
            yield RULES["history-link-elsewhere"].broken(message, line=by_relation[past].line)


def _kind(head: Element, links: list[Element], own: set[str]) -> Iterator[Finding]:
    archive, complete = (head.first(name, HISTORY) for name in ("archive", "complete"))
    relations = {relation(link): link for link in links}
    if complete is not None:
        for rel, link in relations.items():
            if rel != "current" or link.get("href") not in own:
                message = f"a complete feed has a link to {rel}"
                yield RULES["history-complete"].broken(message, line=link.line)
    if archive is None or complete is not None:
        return
    if head.namespace == ATOM and not relations.keys() & {"prev-archive", "next-archive"}:
        message = "the archive links to no other"
        yield RULES["history-archive-links"].broken(message, line=archive.line)
    current = relations.get("current")
    if current is None:
        message = "the archive has no link to the current feed"
        yield RULES["history-archive-current"].broken(message, line=archive.line)
    elif current.get("href") in own:
        message = f"the archive is its own current feed: {current.get('href')!r}"
        yield RULES["history-archive-other"].broken(message, line=current.line)


def _hubs(head: Element, links: list[Element]) -> Iterator[Finding]:
    hubs = [link for link in links if relation(link) == "hub"]
    seen = set()
    for hub in hubs:
        href = hub.get("href") or ""
        if fault := _web_fault(href):
            yield RULES["hub-address"].broken(f"the hub {fault}: {href!r}", line=hub.line)
        if href in seen:
            yield RULES["hub-once"].broken(f"the hub {href!r} stands twice", line=hub.line)
        seen.add(href)
    number = sum(relation(link) == "self" for link in links)
    if hubs and number != 1:
        message = f"the feed has a hub, and {number} links to itself"
        yield RULES["hub-topic"].broken(message, line=head.line)


def _tombstones(head: Element, entries: list[Element]) -> Iterator[Finding]:
    updated = {entry.value("id", ATOM): entry.value("updated", ATOM) for entry in entries}
    seen = set()
    for holder in (head, *entries):
        for stone in holder.all("deleted-entry", TOMBSTONES):
            ref, when = stone.get("ref") or "", stone.get("when") or ""
            for rule, message in _tombstone(stone, holder is head and head.namespace == ATOM):
                yield RULES[rule].broken(message, line=stone.line, entry=ref)
            if (ref, when) in seen:
                yield RULES["tombstone-once"].broken(f"{ref!r} is deleted twice", line=stone.line, entry=ref)
            seen.add((ref, when))
            shown, gone = shared.rfc3339(updated.get(ref, "")).when, shared.rfc3339(when).when
            if shown and gone and shown <= gone:
                message = f"{ref!r} is deleted and still there"
                yield RULES["tombstone-true"].broken(message, line=stone.line, entry=ref)


def _tombstone(stone: Element, is_placed: bool) -> Iterator[tuple[str, str]]:  # noqa: FBT001 - of one caller
    ref, when = stone.get("ref"), stone.get("when")
    fault = "is not given" if ref is None else shared.uri_fault(ref, international=True)
    if fault:
        yield "tombstone-form", f"the ref of <{stone.label}> {fault}"
    if when is None or shared.rfc3339(when).fault:
        yield "tombstone-form", f"the when of <{stone.label}> is {when!r}"
    if not is_placed:
        yield "tombstone-placed", f"<{stone.label}> stands in no Atom feed"
    for child in stone.children:
        is_ours = child.namespace == TOMBSTONES and child.name in _INSIDE
        is_atoms = child.namespace == ATOM and child.name in {"link", "source"}
        if child.namespace in {TOMBSTONES, ATOM, ""} and not is_ours and not is_atoms:
            yield "tombstone-placed", f"<{child.label}> has no place in <{stone.label}>"


def _web_fault(address: str) -> str:
    """What is wrong with an address that programs fetch; the host may be one of a network of one's own."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "is no http(s) address with a host"
    return shared.uri_fault(address, international=True)
