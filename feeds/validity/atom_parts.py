"""The parts of Atom documents: people, links, categories, dates and ids (RFC 4287 sections 3 and 4.2)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from feeds.validity import content, shared
from feeds.validity.atom_rules import RULES
from feeds.validity.canonical import canonical
from feeds.validity.namespaces import ATOM, THREADING, XML

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

FEED_TYPES = frozenset({"application/atom+xml", "application/rss+xml", "application/rdf+xml"})
RELATIONS = frozenset(  # those of the registry that the W3C validator knows
    "alternate current describedby edit edit-media enclosure first hub last license next next-archive "  # noqa: SIM905
    "payment prev-archive previous related replies search self service up via".split()
)
FIELDS = {  # where a post's front matter says what an element says
    "title": "title",
    "subtitle": "description",
    "summary": "summary",
    "content": "body",
    "published": "published",
    "updated": "updated",
    "rights": "rights",
    "category": "tags",
    "author": "authors",
    "id": "id",
    "source": "origin",
}

_LINKS = {
    "alternate": "url",
    "enclosure": "enclosures",
    "via": "via",
    "related": "subject",
    "replies": "comments",
}
_REGISTRY = "http://www.iana.org/assignments/relation/"
_MAIL_INSIDE = re.compile(r"<?[\w.+'-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}>?")
_SOON = timedelta(minutes=10)  # what clocks may differ by, as the W3C validator has it


def plain(
    element: Element, document: Document, *, field: str = "", text: str | None = None
) -> Iterator[Finding]:
    """Judge plain text, of an element or one of its attributes. Unlike in RSS a lone < misleads nobody."""
    for finding in content.plain(element, document, field=field, text=text):
        if finding.rule.id == "text-without-markup" or not finding.excerpt.startswith("<"):
            yield finding


def person(element: Element, document: Document) -> Iterator[Finding]:
    """Judge a person construct (section 3.2)."""
    name, mail, uri = (element.first(each, ATOM) for each in ("name", "email", "uri"))
    if name is None or not name.text.strip():
        message = f"<{element.label}> has no name"
        yield RULES["atom-person-name"].broken(message, line=element.line, field="authors")
    else:
        for found in plain(name, document, field="authors"):
            yield RULES["atom-person-name-plain"].broken(
                found.message, line=found.line, field="authors", excerpt=found.excerpt
            )
        if inside := _MAIL_INSIDE.search(name.text):
            message = f"the name has the mail address {inside[0]!r} in it"
            yield RULES["atom-person-name-plain"].broken(
                message, line=name.line, field="authors", excerpt=inside[0]
            )
    if mail is not None and not shared.is_mail(mail.text.strip()):
        message = f"{mail.text.strip()!r} is no mail address"
        yield RULES["atom-person-mail"].broken(
            message, line=mail.line, field="authors", excerpt=mail.text.strip()
        )
    if uri is not None:
        yield from address(uri, "atom-person-address", field="authors", international=True)


def address(
    element: Element, rule: str, *, field: str = "", international: bool = False
) -> Iterator[Finding]:
    """Judge an element whose text is the address of something."""
    value = element.text.strip()
    fault = shared.uri_fault(value, absolute=False, international=international) if value else "is empty"
    if fault:
        message = f"<{element.label}> {fault}: {value!r}"
        yield RULES[rule].broken(message, line=element.line, field=field, excerpt=value)
    else:
        yield from absolute(element, "", value, field=field)
    yield from without_blanks(element, field)


def without_blanks(element: Element, field: str) -> Iterator[Finding]:
    """Judge whether a text that is a value stands alone in its element."""
    if element.text != element.text.strip():
        message = f"blanks stand around the text of <{element.label}>"
        yield RULES["atom-value-without-blanks"].broken(message, line=element.line, field=field)


def absolute(element: Element, attribute: str, value: str, *, field: str = "") -> Iterator[Finding]:
    """Judge whether an address can be followed without knowing where the document is."""
    where = f"<{element.label} {attribute}>" if attribute else f"<{element.label}>"
    if scheme := shared.unregistered_scheme(value):
        message = f"{where} has the scheme {scheme!r}"
        yield RULES["atom-scheme-registered"].broken(message, line=element.line, field=field, excerpt=value)
    if not shared.uri_fault(value, international=True):
        return
    bases = []
    above: Element | None = element
    while above is not None:
        bases.append(above.get(f"{{{XML}}}base") or "")
        above = above.parent
    base = ""
    for each in reversed(bases):
        base = urljoin(base, each)
    if not base:
        message = f"{where} is relative, and there is no xml:base: {value!r}"
    elif urljoin(base, value).partition("#")[0] == base.partition("#")[0]:
        message = f"{where} is the document itself by its xml:base: {value!r}"
    else:
        message = f"{where} is relative to xml:base, which few readers heed: {value!r}"
    yield RULES["atom-address-absolute"].broken(message, line=element.line, field=field, excerpt=value)


def category(element: Element, document: Document) -> Iterator[Finding]:
    """Judge a category (section 4.2.2)."""
    term, scheme, label = (element.get(name) for name in ("term", "scheme", "label"))
    if not term:
        message = "<category> has no term" if term is None else "<category> has an empty term"
        yield RULES["atom-category-term"].broken(message, line=element.line, field="tags")
    if scheme is not None and (fault := shared.uri_fault(scheme, international=True)):
        message = f"<category scheme> {fault}: {scheme!r}"
        yield RULES["atom-category-scheme"].broken(message, line=element.line, field="tags", excerpt=scheme)
    if label is not None:
        for found in plain(element, document, text=label):
            message = f"<category label> is not plain: {found.excerpt!r}"
            yield RULES["atom-category-label"].broken(
                message, line=element.line, field="tags", excerpt=found.excerpt
            )


def relation(element: Element) -> str:
    """The relation that a link has, as it is called in the registry (section 4.2.7.2)."""
    return (element.get("rel") or "alternate").removeprefix(_REGISTRY)


def name_of(entry: Element) -> str:
    """What findings call an entry: its id, else its address."""
    if found := entry.value("id", ATOM):
        return found
    links = (each for each in entry.all("link", ATOM) if relation(each) == "alternate")
    return next((each.get("href") or "" for each in links), "")


def link(element: Element, document: Document) -> Iterator[Finding]:
    """Judge a link (section 4.2.7)."""
    rel, href = relation(element), element.get("href")
    field = _LINKS.get(rel, "")
    for rule, message, excerpt in _link(element, rel):
        yield RULES[rule].broken(message, line=element.line, field=field, excerpt=excerpt)
    if href is None:
        yield RULES["atom-link-address-given"].broken("<link> has no href", line=element.line, field=field)
    elif fault := shared.uri_fault(href, absolute=False, international=True):
        message = f"<link href> {fault}: {href!r}"
        yield RULES["atom-link-address"].broken(message, line=element.line, field=field, excerpt=href)
    else:
        yield from absolute(element, "href", href, field=field)
    title = element.get("title")
    for found in plain(element, document, text=title) if title else ():
        message = f"<link title> is not plain: {found.excerpt!r}"
        yield RULES["atom-link-title"].broken(message, line=element.line, field=field, excerpt=found.excerpt)


def _link(element: Element, rel: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a link but for its address: rule, message, excerpt."""
    written, kind, language = element.get("rel"), element.get("type"), element.get("hreflang")
    if written is not None and not written.strip():
        yield "atom-link-relation", "<link> has an empty rel", ""
    elif rel not in RELATIONS and shared.uri_fault(rel):
        yield "atom-link-relation", f"<link> has the relation {rel!r}", rel
    if kind is not None and not shared.is_media_type(kind):
        yield "atom-link-media-type", f"<link> has the type {kind!r}", kind
    elif rel == "self" and kind is not None and kind.partition(";")[0].strip() not in FEED_TYPES:
        yield "atom-link-self-media-type", f"the link to itself has the type {kind!r}", kind
    if language is not None and not shared.is_language(language):
        yield "atom-link-language", f"<link> has the language {language!r}", language
    if element.get("title") == "":
        yield "atom-link-title", "<link> has an empty title", ""
    length = element.get("length")
    if length is not None and not shared.is_whole(length):
        yield "atom-link-length", f"<link> has the length {length!r}", length
    if element.text.strip():
        yield (
            "atom-link-without-text",
            f"<link> has text in it: {element.text.strip()[:40]!r}",
            element.text.strip()[:40],
        )
    for message in _replies(element, rel):
        yield "atom-link-replies", message, ""


def _replies(element: Element, rel: str) -> Iterator[str]:
    count, updated = element.get(f"{{{THREADING}}}count"), element.get(f"{{{THREADING}}}updated")
    if rel != "replies" and (count is not None or updated is not None):
        yield f"a link to {rel} has the number or date of replies"
    if count is not None and not shared.is_whole(count):
        yield f"thr:count is {count!r}"
    if updated is not None and shared.rfc3339(updated).fault:
        yield f"thr:updated is {updated!r}"
    if element.get(f"{{{THREADING}}}when") is not None:
        yield "thr:when is the name that thr:updated had in a draft"


def moment(element: Element, *, field: str, now: datetime | None) -> Iterator[Finding]:
    """Judge a date construct (section 3.3); whether it is still to come, when `now` is known."""
    value = element.text.strip()
    when, fault = shared.rfc3339(value)
    yield from without_blanks(element, field)
    if fault or when is None:
        message = f"<{element.label}> is {value!r}"
        yield RULES["atom-date-form"].broken(message, line=element.line, field=field, excerpt=value)
    elif when < shared.EARLIEST or (now is not None and when > now + _SOON):
        said = "before 1990" if when < shared.EARLIEST else "still to come"
        message = f"<{element.label}> is {said}: {value}"
        yield RULES["atom-date-plausible"].broken(message, line=element.line, field=field, excerpt=value)


def identifier(element: Element) -> Iterator[Finding]:
    """Judge an id (section 4.2.6)."""
    yield from without_blanks(element, "id")
    value = element.text.strip()
    rule, message = "", ""
    if fault := shared.uri_fault(value, international=True):
        rule, message = "atom-id-absolute", f"<id> {fault}: {value!r}"
    elif not value.isascii():
        rule, message = "atom-id-ascii", f"<id> has characters beyond ASCII: {value!r}"
    elif canonical(value) != value:
        rule, message = "atom-id-canonical", f"<id> is simpler written {canonical(value)!r}"
    elif scheme := shared.unregistered_scheme(value):
        rule, message = "atom-scheme-registered", f"<id> has the scheme {scheme!r}"
    if rule:
        yield RULES[rule].broken(message, line=element.line, field="id", excerpt=value)
