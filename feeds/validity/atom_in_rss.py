"""Atom's elements in an RSS feed: above all the links, which RSS has no words for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from feeds.validity import content, shared
from feeds.validity.namespaces import ATOM, THREADING
from feeds.validity.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

RULES = table(
    "rss",
    [
        (
            "atom-element-known",
            "error",
            "Every atom: element is one that an RSS feed has a use for.",
            "W3C validator: UndefinedElement",
        ),
        (
            "atom-element-unique",
            "error",
            "Every atom: element but author, category, contributor, link and content stands once.",
            "W3C validator: DuplicateElement",
        ),
        (
            "atom-link-attribute",
            "error",
            "A link has only the attributes that RFC 4287 and RFC 4685 give it, the latter to replies.",
            "RFC 4287 section 4.2.7; W3C validator: UnexpectedAttribute, NoThrWhen",
        ),
        (
            "atom-link-href",
            "error",
            "A link has an href, which is an address.",
            "RFC 4287 section 4.2.7.1; W3C validator: MissingHref, InvalidIRI",
        ),
        (
            "atom-link-rel",
            "warning",
            "What a link is for is a registered relation or an address.",
            "RFC 4287 section 4.2.7.2; W3C validator: UnregisteredAtomLinkRel, AttrNotBlank",
        ),
        (
            "atom-link-type",
            "error",
            "The type of a link is a media type.",
            "RFC 4287 section 4.2.7.3; W3C validator: InvalidMIMEType",
        ),
        (
            "atom-link-value",
            "error",
            "The length of a link is a whole number, its hreflang a language tag, its title not blank.",
            "RFC 4287 section 4.2.7; W3C validator: InvalidNonNegativeInteger, InvalidLanguage, AttrNotBlank",
        ),
        (
            "atom-link-empty",
            "warning",
            "Nothing stands in a link.",
            "W3C validator: AtomLinkNotEmpty",
        ),
        (
            "atom-link-self-type",
            "warning",
            "The type of the link to the feed itself is that of RSS.",
            "W3C validator: SelfNotAtom",
        ),
        (
            "atom-link-self-absolute",
            "warning",
            "The link to the feed itself is absolute.",
            "W3C validator: RelativeSelf",
        ),
        (
            "atom-link-self-true",
            "warning",
            "The link to the feed itself names the address that it is read from.",
            "RSS profile, atom:link; W3C validator: SelfDoesntMatchLocation",
        ),
        (
            "atom-date",
            "error",
            "Dates of Atom are in the format of RFC 3339.",
            "RFC 4287 section 3.3; W3C validator: InvalidRFC3339Date",
        ),
        (
            "atom-person",
            "error",
            "A person has a name, and a mail address and an address of a page only if they are such.",
            "RFC 4287 section 3.2; W3C validator: MissingElement, InvalidAddrSpec, InvalidIRI",
        ),
        (
            "atom-id",
            "error",
            "atom:id, atom:icon and atom:logo are addresses.",
            "RFC 4287 section 4.2.6; W3C validator: InvalidFullLink",
        ),
        (
            "atom-semantics-once",
            "warning",
            "What RSS has a word for is not said in Atom's as well: titles, descriptions, dates, ids.",
            "W3C validator: DuplicateDescriptionSemantics, DuplicateItemSemantics",
        ),
    ],
)
_CHANNEL = [
    "author",
    "category",
    "contributor",
    "generator",
    "icon",
    "id",
    "link",
    "logo",
    "rights",
    "subtitle",
    "title",
    "updated",
]
_ITEM = ["author", "contributor", "content", "id", "link", "published", "summary", "title", "updated"]
_OFTEN = {"author", "category", "contributor", "link", "content"}
_LINK = {"href", "hreflang", "length", "rel", "title", "type"}
_REPLIES = {f"{{{THREADING}}}count", f"{{{THREADING}}}updated"}
_RELATIONS = frozenset(
    "alternate current describedby edit edit-media enclosure first hub last license next next-archive "  # noqa: SIM905
    "payment prev-archive previous related replies search self service up via".split()
)
_FEEDS = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
_REGISTRY = "http://www.iana.org/assignments/relation/"
# What RSS says itself, by the element of Atom's that says it again.
_SAID = {
    "id": "guid",
    "published": "pubDate",
    "title": "title",
    "subtitle": "description",
    "content": "description",
}
_SAID |= {"rights": "copyright"}


def lint(element: Element, document: Document, place: str, *, entry: str, url: str) -> Iterator[Finding]:
    """Judge an atom: element of a channel or item."""

    def found(rule: str, message: str, excerpt: str = "") -> Finding:
        return RULES[rule].broken(message, line=element.line, entry=entry, field="url", excerpt=excerpt)

    name, text, parent = element.name, element.text.strip(), element.parent
    if name not in (_CHANNEL if place == "channel" else _ITEM):
        yield found("atom-element-known", f"<{element.label}> is unknown in <{place}>")
        return
    if name not in _OFTEN and parent and parent.first(name, ATOM) is not element:
        yield found("atom-element-unique", f"<{element.label}> stands twice")
    if name in _SAID and parent and parent.first(_SAID[name]):
        yield found("atom-semantics-once", f"<{element.label}> says what <{_SAID[name]}> says")
    if name in {"updated", "published"} and shared.rfc3339(text).fault:
        yield found("atom-date", f"<{element.label}> is {text!r}", text)
    elif name in {"id", "icon", "logo"} and (fault := shared.uri_fault(text)):
        yield found("atom-id", f"<{element.label}> {fault}: {text!r}", text)
    elif name in {"author", "contributor"}:
        yield from _person(element, entry)
    elif name == "link":
        yield from _link(element, document, place, entry=entry, url=url)


def _person(element: Element, entry: str) -> Iterator[Finding]:
    mail, page = element.value("email", ATOM), element.value("uri", ATOM)
    faults = {
        "has no name": not element.value("name", ATOM),
        f"has the mail address {mail!r}": bool(mail) and not shared.is_mail(mail),
        f"has the address {page!r}": bool(page) and bool(shared.uri_fault(page, international=True)),
    }
    for fault, is_so in faults.items():
        if is_so:
            message = f"<{element.label}> {fault}"
            yield RULES["atom-person"].broken(message, line=element.line, entry=entry, field="authors")


def _link(element: Element, document: Document, place: str, *, entry: str, url: str) -> Iterator[Finding]:
    relation = (element.get("rel") or "alternate").removeprefix(_REGISTRY)
    for rule, message, excerpt in (*_link_faults(element, relation), *_link_values(element, relation)):
        yield RULES[rule].broken(message, line=element.line, entry=entry, field="url", excerpt=excerpt)
    if title := element.get("title"):
        yield from content.plain(element, document, entry=entry, text=title)
    href = element.get("href")
    if relation == "self" and place == "channel" and href:
        rule, message = "", ""
        if not urlsplit(href).netloc:
            rule, message = "atom-link-self-absolute", f"<{element.label}> is {href!r}"
        elif url and urldefrag(href).url != urldefrag(url).url:
            rule, message = (
                "atom-link-self-true",
                f"<{element.label}> is {href!r}, and the feed is at {url!r}",
            )
        if rule:
            yield RULES[rule].broken(message, line=element.line)


def _link_faults(element: Element, relation: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a link: rule, message, excerpt."""
    label = element.label
    allowed = _LINK | (_REPLIES if relation == "replies" else set())
    for attribute in element.attributes:
        is_foreign = attribute[0] == "{" and not attribute.startswith(f"{{{THREADING}}}")
        if attribute not in allowed and not is_foreign:
            yield "atom-link-attribute", f"<{label}> has the attribute {attribute}", ""
    href = element.get("href")
    if href is None:
        yield "atom-link-href", f"<{label}> has no href", ""
    elif fault := shared.uri_fault(href, absolute=False, international=True):
        yield "atom-link-href", f"<{label} href> {fault}: {href!r}", href
    if element.get("rel") == "" or (relation not in _RELATIONS and shared.uri_fault(relation)):
        yield "atom-link-rel", f"<{label} rel> is {element.get('rel')!r}", ""
    if element.text.strip():
        yield "atom-link-empty", f"<{label}> has text in it", ""


def _link_values(element: Element, relation: str) -> Iterator[tuple[str, str, str]]:
    for attribute, value in element.attributes.items():
        broken = {
            "atom-link-type": attribute == "type" and not shared.is_media_type(value),
            "atom-link-self-type": attribute == "type"
            and relation == "self"
            and value.partition(";")[0] not in _FEEDS,
            "atom-link-value": (attribute == "length" and not shared.is_whole(value))
            or (attribute == "hreflang" and not shared.is_language(value))
            or (attribute == "title" and not value.strip()),
        }
        rule = next((rule for rule, is_broken in broken.items() if is_broken), "")
        if rule:
            yield rule, f"<{element.label} {attribute}> is {value!r}", value
