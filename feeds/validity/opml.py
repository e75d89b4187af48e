"""The lint of subscription lists: OPML 2.0 (http://opml.org/spec2.opml)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.validity import namespaces, shared
from feeds.validity.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

RULES = table(
    "opml",
    [
        ("opml-root", "error", "The outermost element is opml.", "OPML 2.0, opml"),
        (
            "opml-version",
            "error",
            "The version is 2.0.",
            "OPML 2.0, opml; W3C validator: MissingAttribute, InvalidOPMLVersion",
        ),
        ("opml-head", "error", "There is one head.", "OPML 2.0, opml; W3C validator: MissingElement"),
        (
            "opml-body",
            "error",
            "One body stands behind the head.",
            "OPML 2.0, opml; W3C validator: MissingElement",
        ),
        (
            "opml-body-outline",
            "error",
            "The body has at least one outline.",
            "OPML 2.0, body; W3C validator: MissingElement",
        ),
        (
            "opml-element-known",
            "error",
            "Elements without a namespace are those of OPML, where it has them.",
            "OPML 2.0, extending OPML; W3C validator: UndefinedElement",
        ),
        (
            "opml-element-once",
            "error",
            "An element of the head stands once.",
            "OPML 2.0, head; W3C validator: DuplicateElement",
        ),
        (
            "opml-text-absent",
            "error",
            "Outlines say everything in attributes; there is no text between elements.",
            "OPML 2.0, outline; W3C validator: UnexpectedText",
        ),
        (
            "opml-title",
            "warning",
            "The list has a title, which programs show before they import it.",
            "OPML 2.0, head",
        ),
        (
            "opml-date",
            "error",
            "Dates are those of RFC 822, with a whole year.",
            "OPML 2.0, head, outline; W3C validator: InvalidRFC2822Date, IncorrectDOW",
        ),
        (
            "opml-owner",
            "error",
            "ownerEmail is a mail address, ownerId and docs are addresses on the web.",
            "OPML 2.0, head; W3C validator: InvalidContact, InvalidURLAttribute",
        ),
        (
            "opml-state",
            "error",
            "expansionState is a list of numbers, and a window's place is one each.",
            "OPML 2.0, head; W3C validator: InvalidExpansionState, InvalidPositiveInteger",
        ),
        (
            "opml-outline-text",
            "error",
            "An outline has text, which is what people see of it.",
            "OPML 2.0, outline, text attribute; W3C validator: MissingAttribute",
        ),
        (
            "opml-outline-plain",
            "warning",
            "Text, title and description of a subscription are plain text.",
            "OPML 2.0, subscription lists",
        ),
        (
            "opml-attribute-known",
            "error",
            "Attributes are those of OPML: programs that know no others lose what they say.",
            "OPML 2.0, outline; W3C validator: UnexpectedAttribute",
        ),
        (
            "opml-outline-type",
            "warning",
            "An outline that names a feed is of the type rss, whatever the feed's format is.",
            "OPML 2.0, subscription lists; W3C validator: MissingOutlineType",
        ),
        (
            "opml-outline-feed",
            "error",
            "An outline of the type rss has xmlUrl, and one of the type link or include has url.",
            "OPML 2.0, subscription lists, inclusion; W3C validator: MissingXmlURL, MissingUrlAttr",
        ),
        (
            "opml-outline-title",
            "warning",
            "A subscription has a title, which some programs read in place of its text.",
            "OPML 2.0, subscription lists; W3C validator: MissingTitleAttr",
        ),
        (
            "opml-outline-version",
            "warning",
            "The version of a feed is RSS, RSS1, RSS2 or scriptingNews; other formats leave it out.",
            "OPML 2.0, subscription lists; W3C validator: InvalidOutlineVersion",
        ),
        (
            "opml-address",
            "error",
            "Addresses are absolute.",
            "OPML 2.0, subscription lists; W3C validator: InvalidFullLink",
        ),
        (
            "opml-language",
            "error",
            "A language is a language tag.",
            "OPML 2.0, subscription lists; W3C validator: InvalidLanguage",
        ),
        (
            "opml-truth",
            "error",
            "isComment and isBreakpoint are true or false.",
            "OPML 2.0, outline; W3C validator: InvalidTrueFalse",
        ),
        (
            "opml-feed-once",
            "warning",
            "A group has a feed once: people would subscribe to it twice.",
            "OPML 2.0, subscription lists",
        ),
        (
            "opml-group",
            "warning",
            "A group has at least one feed in it.",
            "OPML 2.0, subscription lists",
        ),
    ],
)

_HEAD = frozenset(
    "title dateCreated dateModified ownerName ownerEmail ownerId docs expansionState vertScrollState "  # noqa: SIM905
    "windowTop windowLeft windowBottom windowRight".split()
)
_ATTRIBUTES = frozenset(
    "category created description htmlUrl isBreakpoint isComment language text title type url version "  # noqa: SIM905
    "xmlUrl".split()
)
_VERSIONS = frozenset({"RSS", "RSS1", "RSS2", "scriptingNews"})
_OF_FEEDS = ("xmlUrl", "htmlUrl", "description", "language", "title", "version")
_NUMBERS = re.compile(r"(?:\d+(?:,\s*\d+)*)?", re.ASCII)


def lint(document: Document, url: str = "") -> Iterator[Finding]:  # noqa: ARG001 - what formats are called with
    """Judge a subscription list; it names no place of its own."""
    root = document.root
    yield from namespaces.lint(document)
    if root.name != "opml" or root.namespace:
        yield RULES["opml-root"].broken(f"the outermost element is <{root.label}>", line=root.line)
        return
    if root.get("version") != "2.0":
        yield RULES["opml-version"].broken(f"the version is {root.get('version')!r}", line=root.line)
    yield from _attributes(root, frozenset({"version"}))
    yield from _children(root, frozenset({"head", "body"}))
    heads, bodies = root.all("head"), root.all("body")
    if len(heads) != 1:
        yield RULES["opml-head"].broken(f"there are {len(heads)} heads", line=root.line)
    names = [child.name for child in root.children if child.name in {"head", "body"}]
    if len(bodies) != 1:
        yield RULES["opml-body"].broken(f"there are {len(bodies)} bodies", line=root.line)
    elif names[0] == "body" and heads:
        yield RULES["opml-body"].broken("the body stands before the head", line=bodies[0].line)
    for head in heads:
        yield from _head(head)
    for body in bodies:
        yield from _children(body, frozenset({"outline"}))
        if not body.all("outline"):
            yield RULES["opml-body-outline"].broken("the body has no outline", line=body.line)
        yield from _group(body)


def _children(element: Element, known: frozenset[str]) -> Iterator[Finding]:
    for child in element.children:
        if not child.namespace and child.name not in known:
            message = f"<{child.name}> has no place in <{element.name}>"
            yield RULES["opml-element-known"].broken(message, line=child.line)
    if element.text.strip():
        message = f"<{element.name}> has the text {element.text.strip()[:40]!r} in it"
        yield RULES["opml-text-absent"].broken(message, line=element.line)


def _attributes(element: Element, known: frozenset[str]) -> Iterator[Finding]:
    for name in element.attributes:
        if not name.startswith("{") and name not in known:
            message = f"<{element.name}> has the attribute {name}"
            yield RULES["opml-attribute-known"].broken(message, line=element.line)


def _head(head: Element) -> Iterator[Finding]:
    yield from _children(head, _HEAD)
    if not head.value("title"):
        yield RULES["opml-title"].broken("the list has no title", line=head.line)
    for child in head.children:
        if child.namespace or child.name not in _HEAD:
            continue
        if head.first(child.name) is not child:
            yield RULES["opml-element-once"].broken(f"<{child.name}> stands twice", line=child.line)
        value = child.text.strip()
        if rule := _bad_value(child.name, value):
            yield RULES[rule].broken(f"<{child.name}> is {value!r}", line=child.line)


def _bad_value(name: str, value: str) -> str:
    """The rule that an element of the head breaks with its text."""
    if name in {"dateCreated", "dateModified"}:
        return "opml-date" if shared.rfc822(value).fault else ""
    if name == "ownerEmail":
        return "" if shared.is_mail(value) else "opml-owner"
    if name in {"ownerId", "docs"}:
        return "opml-owner" if shared.web_fault(value) else ""
    if name == "expansionState":
        return "" if _NUMBERS.fullmatch(value) else "opml-state"
    if name.startswith(("window", "vert")):
        return "" if shared.is_whole(value.removeprefix("-")) else "opml-state"
    return ""


def _group(group: Element) -> Iterator[Finding]:
    """Judge the outlines inside a body or outline, and those inside them."""
    seen = set()
    for outline in group.all("outline"):
        for rule, message in _outline(outline):
            yield RULES[rule].broken(message, line=outline.line)
        yield from _attributes(outline, _ATTRIBUTES)
        yield from _children(outline, frozenset({"outline"}))
        feed = outline.get("xmlUrl")
        if feed and feed in seen:
            message = f"the feed {feed!r} stands twice in its group"
            yield RULES["opml-feed-once"].broken(message, line=outline.line)
        seen.add(feed)
        yield from _group(outline)


def _outline(outline: Element) -> Iterator[tuple[str, str]]:
    get = outline.get
    if not (get("text") or "").strip():
        yield "opml-outline-text", "an outline has no text"
    kind = (get("type") or "").lower()
    if (
        not kind
        and any(get(name) is not None for name in _OF_FEEDS)
        and (get("xmlUrl") or not outline.children)
    ):
        yield "opml-outline-type", f"the outline {get('text')!r} names a feed, and has no type"
    elif not kind and get("title") is not None:
        yield (
            "opml-outline-type",
            f"the outline {get('text')!r} has a title, as subscriptions have, and no type",
        )
    elif kind and get("xmlUrl") and kind != "rss":
        yield (
            "opml-outline-type",
            f"the outline {get('text')!r} names a feed, and is of the type {get('type')!r}",
        )
    if kind == "rss":
        if not get("xmlUrl"):
            yield "opml-outline-feed", f"the subscription {get('text')!r} has no xmlUrl"
        if get("title") is None:
            yield "opml-outline-title", f"the subscription {get('text')!r} has no title"
    elif kind in {"link", "include"} and not get("url"):
        yield "opml-outline-feed", f"the outline {get('text')!r} of the type {kind} has no url"
    elif not kind and not get("xmlUrl") and not outline.all("outline"):
        yield "opml-group", f"the outline {get('text')!r} is neither a feed nor a group of any"
    yield from _values(outline)


def _values(outline: Element) -> Iterator[tuple[str, str]]:
    for name, value in outline.attributes.items():
        if name in {"xmlUrl", "htmlUrl", "url"} and (fault := shared.uri_fault(value, international=True)):
            yield "opml-address", f"{name} {fault}: {value!r}"
        elif name == "created" and shared.rfc822(value).fault:
            yield "opml-date", f"created is {value!r}"
        elif name == "language" and not shared.is_language(value):
            yield "opml-language", f"language is {value!r}"
        elif name in {"isComment", "isBreakpoint"} and value not in {"true", "false"}:
            yield "opml-truth", f"{name} is {value!r}"
        elif name == "version" and value not in _VERSIONS:
            yield "opml-outline-version", f"version is {value!r}"
        elif name in {"text", "title", "description"} and (found := shared.HTML_TAG.search(value)):
            yield "opml-outline-plain", f"{name} has {found[0]!r} in it"
