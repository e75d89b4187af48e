"""The vocabularies that feeds are extended with, and whether a document names them rightly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.validity import documents, shared
from feeds.validity.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
MEDIA = "http://search.yahoo.com/mrss/"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
SLASH = "http://purl.org/rss/1.0/modules/slash/"
THREADING = "http://purl.org/syndication/thread/1.0"
HISTORY = "http://purl.org/syndication/history/1.0"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
LICENSE = "http://backend.userland.com/creativeCommonsRssModule"

# Each with the prefix that everybody gives it.
KNOWN = {
    ATOM: "atom",
    XHTML: "xhtml",
    XML: "xml",
    DC: "dc",
    DCTERMS: "dcterms",
    CONTENT: "content",
    MEDIA: "media",
    ITUNES: "itunes",
    PODCAST: "podcast",
    SLASH: "slash",
    THREADING: "thr",
    HISTORY: "fh",
    TOMBSTONES: "at",
    LICENSE: "creativeCommons",
    "http://web.resource.org/cc/": "cc",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://webns.net/mvcb/": "admin",
    "http://backend.userland.com/blogChannelModule": "blogChannel",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
    "http://a9.com/-/spec/opensearchrss/1.0/": "opensearch10",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.opengis.net/gml": "gml",
    "http://purl.org/rss/1.0/": "rss1",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "mathml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/2007/app": "app",
    "http://www.opml.org/spec2": "opml",
    "http://base.google.com/ns/1.0": "g",
    "urn:atom-extension:indexing": "indexing",
    "http://www.microsoft.com/schemas/rss/core/2005": "cf",
    "http://feedsync.org/2007/feedsync": "sx",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "http://purl.org/rss/1.0/modules/link/": "l",
    "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
    "http://purl.org/rss/1.0/modules/wiki/": "wiki",
}
_PREFIXES = {prefix: uri for uri, prefix in KNOWN.items()}
_ALSO = {
    "wiki": {"http://www.usemod.com/cgi-bin/mb.pl?ModWiki"},
    "thr": {"http://purl.org/rss/1.0/modules/threading/"},
}
_OBSOLETE = {
    "http://www.usemod.com/cgi-bin/mb.pl?ModWiki": "http://purl.org/rss/1.0/modules/wiki/",
    "http://purl.org/atom/ns#": ATOM,
}

RULES = table(
    "rss atom opml",
    [
        (
            "namespace-known",
            "warning",
            "Every namespace is one that readers know; those of Podcasting 2.0 and RFC 6721 are judged here.",
            "W3C validator: UnknownNamespace, UnsupportedNamespace",
        ),
        (
            "namespace-prefix-usual",
            "warning",
            "A prefix that everybody has for one namespace does not stand for another.",
            "W3C validator: ReservedPrefix",
        ),
        (
            "namespace-media",
            "error",
            "The namespace of Media RSS has a slash at its end.",
            "Media RSS 1.5.1, namespace; W3C validator: MediaRssNamespace",
        ),
        (
            "namespace-current",
            "error",
            "No namespace is one that was given up for another.",
            "W3C validator: ObsoleteNamespace, ObsoleteWikiNamespace",
        ),
        (
            "namespace-prefix-avoided",
            "warning",
            "In an Atom feed, the namespaces of Atom and XHTML stand without a prefix.",
            "W3C validator: AvoidNamespacePrefix",
        ),
        (
            "xml-language",
            "error",
            "xml:lang is a language tag.",
            "XML 1.0 section 2.12; W3C validator: InvalidLanguage",
        ),
        ("xml-base", "error", "xml:base is an address.", "W3C validator: InvalidIRI"),
        (
            "text-decoded-once",
            "warning",
            "No text has gone through the wrong encoding: no U+FFFD, no C1 controls, no Ã© for é.",
            "W3C validator: BadCharacters",
        ),
    ],
)
_GARBLED = re.compile("[\x80-\x9f\ufffd]")
_TWICE = re.compile("[\xc2\xc3][\x80-\xbf]")


def lint(document: Document) -> Iterator[Finding]:
    """Judge what a document declares, and the texts and attributes that every element can have."""
    is_atom = document.root.namespace == ATOM
    for element in document.root.walk():
        for prefix, uri in element.declared.items():
            yield from _declared(prefix, uri, element.line, is_atom=is_atom)
        yield from _attributes(element)
        for text in (element.text, *element.attributes.values()):
            if bad := _garbled(text):
                message = f"<{element.label}> has {bad!r} in it"
                rule = RULES["text-decoded-once"]
                yield rule.broken(
                    message, line=element.line, entry=_entry(element), field="body", excerpt=bad
                )


def _entry(element: Element | None) -> str:
    """The id or the address of the entry that an element is in; empty when it is in none."""
    while element and element.name not in {"item", "entry"}:
        element = element.parent
    names = ("guid", "id", "link") if element else ()
    return next((text for name in names if element and (text := element.value(name, element.namespace))), "")


def _declared(prefix: str, uri: str, line: int, *, is_atom: bool) -> Iterator[Finding]:
    def found(rule: str, message: str) -> Finding:
        return (RULES.get(rule) or documents.RULES[rule]).broken(message, line=line)

    named = f"xmlns:{prefix}" if prefix else "xmlns"
    if uri == MEDIA.removesuffix("/"):
        yield found("namespace-media", f"{named} is {uri!r}, which lacks its slash")
    elif uri in _OBSOLETE:
        yield found("namespace-current", f"{named} is {uri!r}, which is {_OBSOLETE[uri]!r} today")
    elif fault := shared.uri_fault(uri, international=True) if uri else "":
        yield found("namespace-address", f"{named} {fault}: {uri!r}")
    elif prefix in _PREFIXES and uri != _PREFIXES[prefix] and uri not in _ALSO.get(prefix, ()):
        yield found("namespace-prefix-usual", f"{named} stands for {_PREFIXES[prefix]!r} elsewhere")
    elif is_atom and prefix and uri in {ATOM, XHTML}:
        yield found("namespace-prefix-avoided", f"{named} is {uri!r}")
    elif uri and uri not in KNOWN and uri not in set().union(*_ALSO.values()):
        near = next((known for known in KNOWN if _bare(known) == _bare(uri)), "")
        hint = f"; {near!r} may be meant" if near else ""
        yield found("namespace-known", f"{named} is {uri!r}{hint}")


def _bare(uri: str) -> str:
    """A namespace without what people get wrong of it."""
    return re.sub(r"^https?://(?:www\.)?|\W+$", "", uri.lower())


def _attributes(element: Element) -> Iterator[Finding]:
    language = element.get(f"{{{XML}}}lang")
    if language and not shared.is_language(language):
        message = f"xml:lang is {language!r}"
        yield RULES["xml-language"].broken(message, line=element.line, field="language", excerpt=language)
    base = element.get(f"{{{XML}}}base")
    if base and (fault := shared.uri_fault(base, absolute=False, international=True)):
        yield RULES["xml-base"].broken(f"xml:base {fault}: {base!r}", line=element.line)


def _garbled(text: str) -> str:
    """What shows that a text was decoded wrongly."""
    if found := _GARBLED.search(text):
        return found[0]
    if found := _TWICE.search(text):
        try:
            text.encode("latin-1").decode()
        except UnicodeError:
            return ""
        return found[0]
    return ""
