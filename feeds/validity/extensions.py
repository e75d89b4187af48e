"""Elements of other vocabularies in a channel, feed, item or entry.

Dublin Core, the RSS modules, threading, history, licences and places are judged here by table; Media RSS,
podcasts and Atom's elements in RSS have files of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from feeds.validity import atom_in_rss, content, media, podcasts, shared
from feeds.validity.namespaces import (
    ATOM,
    ITUNES,
    KNOWN,
    MEDIA,
    PODCAST,
    XHTML,
)
from feeds.validity.rules import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

Place = Literal["channel", "item"]

RULES = table(
    "rss atom",
    [
        (
            "extension-element-known",
            "error",
            "An element of a known namespace is one that it has, where it belongs.",
            "W3C validator: UndefinedElement, NoThrWhen, QuestionableUsage",
        ),
        (
            "extension-element-unique",
            "error",
            "An element that says one thing about a post or feed stands once.",
            "W3C validator: DuplicateElement",
        ),
        (
            "extension-attribute-known",
            "error",
            "An element of a known namespace has only the attributes that it has there.",
            "W3C validator: UnexpectedAttribute",
        ),
        (
            "extension-empty",
            "error",
            "fh:archive and fh:complete are empty.",
            "RFC 5005 sections 2 and 4; W3C validator: UnexpectedText",
        ),
        (
            "extension-date",
            "error",
            (
                "Dates of Dublin Core and sy:updateBase are in the W3C's format, such as "
                "2025-01-31T18:30:00+01:00."
            ),
            "W3C's note on date and time; W3C validator: InvalidW3CDTFDate",
        ),
        (
            "extension-address",
            "error",
            "Addresses are absolute.",
            "W3C validator: InvalidFullLink, InvalidIRI",
        ),
        (
            "extension-number",
            "error",
            "Counts and frequencies are whole numbers, latitudes and longitudes in their range.",
            (
                "W3C validator: InvalidNonNegativeInteger, InvalidPositiveInteger, InvalidInteger, "
                "InvalidCommaSeparatedIntegers, InvalidLatitude, InvalidLongitude"
            ),
        ),
        (
            "extension-coordinates",
            "error",
            "A place is pairs of latitude and longitude with blanks between them: 38.7 -9.1.",
            "GeoRSS Simple; W3C validator: InvalidCoord, InvalidCoordList, InvalidFloat",
        ),
        (
            "extension-coordinates-comma",
            "warning",
            "Latitude and longitude have a blank between them, and no comma.",
            "GeoRSS Simple; W3C validator: CoordComma",
        ),
        (
            "extension-robots",
            "error",
            (
                "What robots are told is one of the words for it: index or noindex, follow or nofollow; yes "
                "or no."
            ),
            "W3C validator: InvalidMetaName, InvalidMetaContent, InvalidYesNo",
        ),
        (
            "extension-event",
            "error",
            "The dates of an event are in the format of ISO 8601.",
            "RSS 1.0 module Event; W3C validator: InvalidISO8601DateTime",
        ),
        ("extension-language", "error", "dc:language is a language tag.", "W3C validator: InvalidLanguage"),
        (
            "extension-period",
            "error",
            "sy:updatePeriod is hourly, daily, weekly, monthly or yearly.",
            "RSS 1.0 module Syndication; W3C validator: InvalidUpdatePeriod",
        ),
        (
            "extension-media-type",
            "error",
            "The type of thr:in-reply-to is a media type.",
            "RFC 4685 section 3; W3C validator: InvalidMIMEType",
        ),
        (
            "extension-reply",
            "error",
            "thr:in-reply-to has a ref.",
            "RFC 4685 section 3",
        ),
        (
            "extension-spelling",
            "warning",
            "wfw:commentRss is written so, and not wfw:commentRSS.",
            "W3C validator: CommentRSS",
        ),
        (
            "extension-xhtml",
            "warning",
            "XHTML does not stand beside the elements of a feed.",
            "W3C validator: MisplacedXHTMLContent",
        ),
    ],
)


@dataclass(frozen=True, slots=True)
class _Row:
    """What an element's value is, and how often it may stand."""

    kind: str
    unique: bool


def _rows(*rows: tuple[str, str]) -> dict[str, _Row]:
    """Rows by element; names with `!` behind them stand once."""
    return {
        name.rstrip("!"): _Row(kind, name.endswith("!")) for kind, names in rows for name in names.split()
    }


_DC = _rows(
    ("text", "title! description! publisher contributor type! format! identifier source! relation coverage"),
    ("text", "creator subject"),
    ("date", "date!"),
    ("language", "language!"),
    ("plain", "rights!"),
)
_DCTERMS = _rows(
    ("text", "alternative abstract! dateAccepted! dateCopyrighted! dateSubmitted! audience mediator!"),
    ("date", "created! issued! modified!"),
    ("positive", "extent!"),
    ("any", "tableOfContents! isVersionOf hasVersion isReplacedBy replaces isRequiredBy requires isPartOf"),
    (
        "any",
        "hasPart isReferencedBy references isFormatOf hasFormat conformsTo valid available spatial temporal",
    ),
    (
        "any",
        "accessRights accrualMethod accrualPeriodicity accrualPolicy bibliographicCitation educationLevel",
    ),
    ("any", "instructionalMethod license provenance rightsHolder"),
)
_GEO = {
    "geo": _rows(("any", "Point alt"), ("latitude", "lat"), ("longitude", "long")),
    "georss": _rows(
        ("any", "where featureTypeTag relationshipTag featureName elev floor"),
        ("pair", "point"),
        ("pairs", "line polygon box"),
        ("decimal", "radius"),
    ),
}
_ANYWHERE = {"dc": _DC, "dcterms": _DCTERMS, "rdf": _rows(("any", "RDF type Description")), **_GEO}
_ANYWHERE["rdfs"] = _rows(("any", "seeAlso"))
_CHANNEL = {
    "sy": _rows(("period", "updatePeriod!"), ("positive", "updateFrequency!"), ("date", "updateBase!")),
    "fh": _rows(("empty", "archive! complete!")),
    "admin": _rows(("any", "generatorAgent! errorReportsTo!")),
    "blogChannel": _rows(("address", "blogRoll! mySubscriptions! blink! changes!")),
    "opensearch": _rows(("count", "totalResults! itemsPerPage!"), ("whole", "startIndex!"), ("any", "Query")),
    "feedburner": _rows(
        ("any", "awareness! browserFriendly! emailServiceId! feedFlare info feedburnerHostname!")
    ),
    "creativeCommons": _rows(("address", "license")),
    "cc": _rows(("any", "license")),
    "thr": _rows(("reply", "in-reply-to")),
    "wiki": _rows(("text", "interwiki")),
    "cf": _rows(("any", "listinfo treatAs")),
    "sx": _rows(("any", "sharing")),
    "foaf": _rows(("any", "maker")),
    "taxo": _rows(("any", "topics")),
    "l": _rows(("any", "link")),
    "xhtml": _rows(("any", "div"), ("robots", "meta")),
}
_CHANNEL["opensearch10"] = _CHANNEL["opensearch"]
_ITEM = {
    "content": _rows(("any", "encoded! items!")),  # the HTML is judged with the item
    "slash": _rows(("count", "comments!"), ("text", "section department"), ("counts", "hit_parade!")),
    "thr": _rows(("count", "total!"), ("reply", "in-reply-to")),
    "wfw": _rows(("address", "comment! commentRss! commentRSS!")),
    "trackback": _rows(("address", "ping! about")),
    "creativeCommons": _rows(("address", "license")),
    "cc": _rows(("any", "license")),
    "feedburner": _rows(("address", "awareness! origEnclosureLink! origLink!")),
    "ev": _rows(("event", "startdate! enddate!"), ("any", "location organizer type!")),
    "foaf": _rows(("any", "maker primaryTopic")),
    "wiki": _rows(("text", "diff history importance status version")),
    "sx": _rows(("any", "sync")),
    "taxo": _rows(("any", "topics")),
    "l": _rows(("any", "link permalink")),
    "app": _rows(("any", "edited! control!")),
    "xhtml": _rows(("any", "body")),
}
# Vocabularies that nothing is known about here, so that any element of theirs is fine.
_UNCHECKED = frozenset({"g", "gml", "svg", "mathml", "xlink", "opml", "at", "indexing", "rss1", "xml"})
_ATTRIBUTES = {"in-reply-to": {"ref", "href", "source", "type"}}
_FREE = frozenset({"any", "robots"})  # kinds with attributes of their own
_FIELDS = {
    "creator": "authors",
    "subject": "tags",
    "date": "published",
    "language": "language",
    "rights": "rights",
}
_FIELDS |= {"license": "rights", "comments": "comments", "comment": "comments", "modified": "updated"}
_ROBOTS = re.compile("all|none|(?:no)?(?:index|follow)(?:,(?:no)?(?:index|follow))?")
_PERIODS = {"hourly", "daily", "weekly", "monthly", "yearly"}


def lint(
    parent: Element, document: Document, place: Place, *, entry: str = "", url: str = ""
) -> Iterator[Finding]:
    """Judge the children of a channel or feed, or of an item or entry, that are in another namespace than it.

    `url` is where the feed will be read from.
    """
    if (said := parent.get("{urn:atom-extension:indexing}index")) not in {None, "yes", "no"}:
        message = f"indexing:index is {said!r}"
        yield RULES["extension-robots"].broken(message, line=parent.line, entry=entry)
    for child in parent.children:
        if child.namespace in {"", parent.namespace}:
            continue
        if child.namespace == MEDIA:
            yield from media.lint(child, document, entry)
        elif child.namespace == ITUNES:
            yield from podcasts.itunes(child, document, place, entry)
        elif child.namespace == PODCAST:
            yield from podcasts.podcasting(child, place, entry)
        elif child.namespace == ATOM:
            yield from atom_in_rss.lint(child, document, place, entry=entry, url=url)
        else:
            yield from _by_table(child, document, place, entry)


def _by_table(element: Element, document: Document, place: Place, entry: str) -> Iterator[Finding]:
    name = element.name
    field = _FIELDS.get(name, "")
    prefix = KNOWN.get(element.namespace, "")
    if not prefix or prefix in _UNCHECKED:
        return
    rows = _ANYWHERE.get(prefix) or (_CHANNEL if place == "channel" else _ITEM).get(prefix, {})
    row = rows.get(name.partition(".")[0] if prefix == "dc" else name)
    if row is None:
        rule = RULES["extension-xhtml" if element.namespace == XHTML else "extension-element-known"]
        yield rule.broken(f"<{element.label}> is unknown in <{place}>", line=element.line, entry=entry)
        return
    for id_, message, excerpt in _faults(element, row):
        yield RULES[id_].broken(message, line=element.line, entry=entry, field=field, excerpt=excerpt)
    if row.kind == "plain":
        yield from content.plain(element, document, entry=entry, field=field)


def _faults(element: Element, row: _Row) -> Iterator[tuple[str, str, str]]:
    """What is wrong with an element: rule, message, excerpt."""
    name, label, text = element.name, element.label, element.text.strip()
    if row.unique and element.parent and element.parent.first(name, element.namespace) is not element:
        yield "extension-element-unique", f"<{label}> stands twice", ""
    if row.kind not in _FREE:
        for attribute in element.attributes:
            if attribute not in _ATTRIBUTES.get(name, ()) and attribute[0] != "{":
                yield "extension-attribute-known", f"<{label}> has the attribute {attribute}", ""
        for child in element.children:
            yield "extension-element-known", f"<{child.label}> is unknown in <{label}>", ""
    if name == "commentRSS":
        yield "extension-spelling", f"it is <{label}>", ""
    if row.kind == "reply":
        yield from _reply(element)
    elif row.kind == "robots":
        yield from _robots(element)
    elif judge := _JUDGES.get(row.kind):
        rule, is_good = judge
        if rule == "extension-coordinates" and "," in text:
            yield "extension-coordinates-comma", f"<{label}> is {text[:60]!r}", text[:60]
            text = text.replace(",", " ")
        if not is_good(text):
            yield rule, f"<{label}> is {text[:60]!r}", text[:60]


def _robots(element: Element) -> Iterator[tuple[str, str, str]]:
    name, said = element.get("name") or "", element.get("content") or ""
    if name.lower() != "robots" or not _ROBOTS.fullmatch(said.lower()):
        yield "extension-robots", f"<{element.label} name={name!r}> says {said!r}", ""


def _reply(element: Element) -> Iterator[tuple[str, str, str]]:
    if not element.get("ref"):
        yield "extension-reply", f"<{element.label}> has no ref", ""
    for attribute in ("ref", "href", "source"):
        value = element.get(attribute)
        if value and (fault := shared.uri_fault(value, international=True)):
            yield "extension-address", f"<{element.label} {attribute}> {fault}: {value!r}", value
    media_type = element.get("type")
    if media_type and not shared.is_media_type(media_type):
        yield "extension-media-type", f"<{element.label} type> is {media_type!r}", media_type


def _are_pairs(text: str, least: int, most: int = 0) -> bool:
    """Whether a text is pairs of numbers: at least so many, and no more than `most` if that is given."""
    numbers = text.split()
    count = len(numbers) // 2
    is_even = len(numbers) % 2 == 0
    return is_even and least <= count <= (most or count) and all(map(_DECIMAL.fullmatch, numbers))


def _between(text: str, limit: float) -> bool:
    try:
        return -limit <= float(text) <= limit
    except ValueError:
        return False


_DECIMAL = re.compile(r"[-+]?\d+(?:\.\d*)?", re.ASCII)
_EVENT = re.compile(r"(?P<day>[\d-]+)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)


def _is_event(text: str) -> bool:
    """Whether a text is a date of ISO 8601, of which the zone may be left out."""
    found = _EVENT.fullmatch(text)
    return found is not None and not shared.w3cdtf(found["day"]).fault


_JUDGES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "date": ("extension-date", lambda text: not shared.w3cdtf(text).fault),
    "address": ("extension-address", lambda text: not shared.uri_fault(text)),
    "count": ("extension-number", shared.is_whole),
    "positive": ("extension-number", lambda text: shared.is_whole(text, least=1)),
    "whole": ("extension-number", lambda text: shared.is_whole(text.removeprefix("-"))),
    "counts": (
        "extension-number",
        lambda text: all(shared.is_whole(part.strip()) for part in text.split(",")),
    ),
    "latitude": ("extension-number", lambda text: _between(text, 90)),
    "longitude": ("extension-number", lambda text: _between(text, 180)),
    "pair": ("extension-coordinates", lambda text: _are_pairs(text, 1, 1)),
    "pairs": ("extension-coordinates", lambda text: _are_pairs(text, 2)),
    "decimal": ("extension-coordinates", lambda text: bool(_DECIMAL.fullmatch(text))),
    "event": ("extension-event", _is_event),
    "language": ("extension-language", shared.is_language),
    "period": ("extension-period", lambda text: text in _PERIODS),
    "empty": ("extension-empty", lambda text: not text),
}
