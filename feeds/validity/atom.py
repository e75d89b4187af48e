"""The lint of Atom documents: what stands where in a feed and its entries (RFC 4287 section 4.1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.validity import atom_parts as parts
from feeds.validity import atom_rules, atom_text, extensions, namespaces, shared
from feeds.validity.namespaces import ATOM, KNOWN, THREADING, XML

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

RULES = atom_rules.RULES

_HEAD = frozenset(
    "author category contributor generator icon id link logo rights subtitle title updated".split()  # noqa: SIM905
)
_CHILDREN = {
    "feed": _HEAD | {"entry"},
    "source": _HEAD,
    "entry": frozenset(
        "author category content contributor id link published rights source summary title updated".split()  # noqa: SIM905
    ),
    "author": frozenset({"name", "uri", "email"}),
    "contributor": frozenset({"name", "uri", "email"}),
}
_OFTEN = frozenset({"author", "category", "contributor", "link", "entry"})
_ATTRIBUTES = {
    "category": "term scheme label",
    "content": "type src",
    "generator": "uri version",
    "link": "href rel type hreflang title length",
    "rights": "type",
    "subtitle": "type",
    "summary": "type",
    "title": "type",
}
_TEXTS = frozenset({"title", "subtitle", "summary", "rights"})
_MANY = 10  # entries, of which all having one id is a mistake of the whole feed


def lint(document: Document, url: str = "", *, now: datetime | None = None) -> Iterator[Finding]:
    """Judge a document that will be read from `url`; dates to come are noticed when `now` is given."""
    root = document.root
    yield from namespaces.lint(document)
    if root.namespace != ATOM or root.name not in {"feed", "entry"}:
        yield RULES["atom-root"].broken(f"the outermost element is <{root.label}>", line=root.line)
    elif root.name == "entry":
        yield from _named(_entry(root, document, now, author=False), root)
    else:
        yield from _feed(root, document, url, now)


def _feed(feed: Element, document: Document, url: str, now: datetime | None) -> Iterator[Finding]:
    yield from _structure(feed)
    for name in ("id", "title", "updated"):
        if feed.first(name, ATOM) is None:
            yield RULES[f"atom-feed-{name}"].broken(f"<feed> has no <{name}>", line=feed.line, field=name)
    for finding in _children(feed, document, now):
        # The settings call the same by another name than a post does.
        yield replace(finding, field="copyright") if finding.field == "rights" else finding
    yield from _order(feed)
    yield from _self_links(feed, url)
    if not feed.get(f"{{{XML}}}lang"):
        yield RULES["atom-language-given"].broken("<feed> has no xml:lang", line=feed.line, field="language")
    has_author = feed.first("author", ATOM) is not None
    entries = feed.all("entry", ATOM)
    for entry in entries:
        yield from _named(_entry(entry, document, now, author=has_author), entry)
    yield from _together(feed, entries)


def _named(findings: Iterator[Finding], entry: Element) -> Iterator[Finding]:
    name = parts.name_of(entry)
    return (replace(finding, entry=finding.entry or name) for finding in findings)


def _entry(entry: Element, document: Document, now: datetime | None, *, author: bool) -> Iterator[Finding]:
    """Judge an entry; `author` says whether the feed names one for it."""
    yield from _structure(entry)
    for name in ("id", "title", "updated"):
        if entry.first(name, ATOM) is None:
            message = f"<entry> has no <{name}>"
            yield RULES[f"atom-entry-{name}"].broken(message, line=entry.line, field=name)
    source = entry.first("source", ATOM)
    named = entry.first("author", ATOM) or (source and source.first("author", ATOM))
    if not author and named is None:
        message = "<entry> has no <author>, and nor has its feed"
        yield RULES["atom-entry-author"].broken(message, line=entry.line, field="authors")
    yield from _children(entry, document, now)
    for rule, message in _what_it_says(entry):
        yield RULES[rule].broken(message, line=entry.line, field="body")
    published, updated = (shared.rfc3339(entry.value(name, ATOM)).when for name in ("published", "updated"))
    if published and updated and updated < published:
        message = f"it was changed at {updated.isoformat()}, before it was published"
        yield RULES["atom-entry-updated-later"].broken(message, line=entry.line, field="updated")
    terms = Counter((each.get("scheme") or "", each.get("term")) for each in entry.all("category", ATOM))
    for (scheme, term), number in terms.items():
        if number > 1:
            message = f"the term {term!r} stands {number} times" + (f" in {scheme}" if scheme else "")
            yield RULES["atom-category-once"].broken(
                message, line=entry.line, field="tags", excerpt=term or ""
            )


def _what_it_says(entry: Element) -> Iterator[tuple[str, str]]:
    """Rules about content, summary and the link to the page, which can stand in for each other."""
    said, has_summary = entry.first("content", ATOM), entry.first("summary", ATOM) is not None
    if said is None:
        if not has_summary:
            yield "atom-entry-text", "<entry> has neither <content> nor <summary>"
        if not any(parts.relation(link) == "alternate" for link in entry.all("link", ATOM)):
            yield "atom-entry-content", "<entry> has neither <content> nor a link to its page"
    elif not has_summary:
        kind = said.get("type") or ""
        if said.get("src") is not None:
            yield "atom-entry-summary", "<entry> has content that lies elsewhere, and no <summary>"
        elif not atom_text.is_text(kind):
            yield "atom-entry-summary", f"<entry> has content of the type {kind}, and no <summary>"


def _structure(element: Element) -> Iterator[Finding]:
    """Judge which elements, attributes and texts stand in an element of Atom."""
    yield from _bare(element)
    counted: Counter[str] = Counter()
    for child in element.children:
        if child.namespace != ATOM:
            if not child.namespace:
                message = f"<{child.name}> in <{element.label}> has no namespace"
                yield RULES["atom-element-named"].broken(message, line=child.line)
            continue
        counted[child.name] += 1
        if child.name not in _CHILDREN[element.name]:
            message = f"<{child.label}> has no place in <{element.label}>"
            yield RULES["atom-element-placed"].broken(message, line=child.line)
        elif child.name not in _OFTEN and counted[child.name] == 2:  # noqa: PLR2004 - told once
            message = f"<{child.label}> stands twice in <{element.label}>"
            field = parts.FIELDS.get(child.name, "")
            yield RULES["atom-element-once"].broken(message, line=child.line, field=field)
    if element.text.strip():
        message = f"<{element.label}> has the text {element.text.strip()[:40]!r} between its elements"
        yield RULES["atom-text-placed"].broken(message, line=element.line, excerpt=element.text.strip()[:40])
    yield from _alternates(element)


def _bare(element: Element) -> Iterator[Finding]:
    """Judge the attributes of an element of Atom, which those of other vocabularies may stand beside."""
    known = set(_ATTRIBUTES.get(element.name, "").split())
    for name in element.attributes:
        namespace, _, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
        is_free = namespace == XML or (namespace and namespace not in KNOWN)
        is_reply = namespace == THREADING and element.name == "link"
        if not is_free and not is_reply and (namespace or local not in known):
            message = f"<{element.label}> has the attribute {local}"
            yield RULES["atom-attribute-known"].broken(message, line=element.line)


def _alternates(element: Element) -> Iterator[Finding]:
    seen = set()
    for link in element.all("link", ATOM):
        kind = (link.get("type") or "", link.get("hreflang") or "")
        if parts.relation(link) != "alternate":
            continue
        if kind in seen:
            message = f"there are two alternates of the type {kind[0]!r} and the language {kind[1]!r}"
            yield RULES["atom-link-alternate-once"].broken(message, line=link.line, field="url")
        seen.add(kind)


def _children(element: Element, document: Document, now: datetime | None) -> Iterator[Finding]:
    """Judge what stands in a feed, a source or an entry."""
    for child in element.children:
        if child.namespace == ATOM and child.name in _CHILDREN[element.name]:
            yield from _bare(child) if child.name not in _CHILDREN else ()
            yield from _child(child, document, now)
    place: extensions.Place = "item" if element.name == "entry" else "channel"
    yield from extensions.lint(element, document, place)


def _child(child: Element, document: Document, now: datetime | None) -> Iterator[Finding]:
    field = parts.FIELDS.get(child.name, "")
    if child.name in _TEXTS:
        yield from atom_text.text(child, document, field=field)
    elif child.name == "content":
        yield from atom_text.contents(child, document)
    elif child.name in {"author", "contributor"}:
        yield from _structure(child)
        for inner in child.children:
            yield from _bare(inner) if inner.namespace == ATOM else ()
        yield from parts.person(child, document)
    elif child.name == "link":
        yield from parts.link(child, document)
    elif child.name == "category":
        yield from parts.category(child, document)
    elif child.name in {"published", "updated"}:
        yield from parts.moment(child, field=field, now=now)
    elif child.name == "id":
        yield from parts.identifier(child)
    elif child.name in {"icon", "logo"}:
        yield from parts.address(child, "atom-image-address")
    elif child.name == "generator":
        yield from _generator(child, document)
    elif child.name == "source":
        yield from _source(child, document, now)


def _generator(generator: Element, document: Document) -> Iterator[Finding]:
    if not generator.text.strip():
        yield RULES["atom-generator-named"].broken("<generator> is empty", line=generator.line)
    uri = generator.get("uri")
    if uri is not None and (fault := shared.uri_fault(uri, absolute=False)):
        message = f"<generator uri> {fault}: {uri!r}"
        yield RULES["atom-generator-address"].broken(message, line=generator.line)
    yield from parts.plain(generator, document)


def _source(source: Element, document: Document, now: datetime | None) -> Iterator[Finding]:
    yield from _structure(source)
    missing = [name for name in ("id", "title", "updated") if source.first(name, ATOM) is None]
    if missing:
        message = f"<source> has no {' and no '.join(f'<{name}>' for name in missing)}"
        yield RULES["atom-source-complete"].broken(message, line=source.line, field="origin")
    for finding in _children(source, document, now):
        yield replace(finding, field="origin")


def _order(feed: Element) -> Iterator[Finding]:
    has_entry = False
    for child in feed.children:
        has_entry = has_entry or (child.namespace == ATOM and child.name == "entry")
        if has_entry and child.namespace == ATOM and child.name in _HEAD:
            message = f"<{child.label}> stands behind an entry"
            yield RULES["atom-metadata-first"].broken(message, line=child.line)


def _self_links(feed: Element, url: str) -> Iterator[Finding]:
    links = [link for link in feed.all("link", ATOM) if parts.relation(link) == "self"]
    if not links:
        yield RULES["atom-link-self"].broken("<feed> has no link to itself", line=feed.line)
    for link in links:
        href = link.get("href") or ""
        if url and href and href.partition("#")[0] != url:
            message = f"the feed is at {url!r}, and says that it is at {href!r}"
            yield RULES["atom-link-self-location"].broken(message, line=link.line)


def _together(feed: Element, each: list[Element]) -> Iterator[Finding]:
    """Judge the entries of a feed beside each other."""
    ids = [entry.value("id", ATOM) for entry in each]
    if len(each) >= _MANY and len(set(ids)) == 1 and ids[0]:
        yield RULES["atom-entry-ids-differ"].broken(f"all entries have the id {ids[0]!r}", line=each[0].line)
        return
    first: dict[str, Element] = {}
    first_at: dict[str, Element] = {}
    newest = None
    for name, entry in zip(ids, each, strict=True):
        updated = entry.value("updated", ATOM)
        other = first.setdefault(name, entry) if name else entry
        if other is not entry:
            message = f"the entry of line {other.line} has the same id"
            same = other.value("updated", ATOM) == updated
            rule = RULES["atom-entry-version" if same else "atom-entry-id-unique"]
            yield rule.broken(message, line=entry.line, entry=name, field="id")
        other = first_at.setdefault(updated, entry) if updated else entry
        if other is not entry and other.value("id", ATOM) != name:
            message = f"the entry of line {other.line} changed at the same moment, {updated}"
            rule = RULES["atom-entry-updated-unique"]
            yield rule.broken(
                message, line=entry.line, entry=parts.name_of(entry), field="updated", excerpt=updated
            )
        when = shared.rfc3339(updated).when
        newest = max(filter(None, (newest, when)), default=None)
    own = shared.rfc3339(feed.value("updated", ATOM)).when
    if own and newest and own < newest:
        message = f"the feed changed at {own.isoformat()}, and an entry at {newest.isoformat()}"
        yield RULES["atom-feed-updated-newest"].broken(message, line=feed.line)
