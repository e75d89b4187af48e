"""The texts and contents of Atom documents: plain, HTML, XHTML or other (RFC 4287 sections 3.1, 4.1.3)."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from feeds.validity import content, shared
from feeds.validity.atom_parts import absolute, plain
from feeds.validity.atom_rules import RULES
from feeds.validity.namespaces import XHTML

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

_TYPES = frozenset({"text", "html", "xhtml"})
_ESCAPED_TAG = re.compile(r"</(p|div|a|em|strong|b|i|span|ul|ol|li|h[1-6]|blockquote)>")


def text(element: Element, document: Document, *, field: str = "") -> Iterator[Finding]:
    """Judge a text construct (section 3.1)."""
    kind = element.get("type")
    kind = "text" if kind is None else kind
    if kind not in _TYPES:
        yield RULES["atom-text-type"].broken(
            f"<{element.label}> has the type {kind!r}", line=element.line, field=field, excerpt=kind
        )
    elif not element.text.strip() and not element.children:
        yield RULES["atom-text-blank"].broken(f"<{element.label}> is empty", line=element.line, field=field)
    else:
        yield from _marked(element, document, kind, field)


def contents(element: Element, document: Document) -> Iterator[Finding]:
    """Judge the content of an entry (section 4.1.3)."""
    written, source = element.get("type"), element.get("src")
    if source is not None:
        yield from _elsewhere(element, source)
    kind = "text" if written is None else written
    is_named = written is None or (kind in _TYPES and source is None)
    if not is_named and (kind.startswith("multipart/") or not shared.is_media_type(kind)):
        message = f"<content> has the type {kind!r}"
        yield RULES["atom-content-type"].broken(message, line=element.line, field="body", excerpt=kind)
    elif source is not None:
        return
    elif not element.text.strip() and not element.children:
        yield RULES["atom-text-blank"].broken("<content> is empty", line=element.line, field="body")
    elif is_named:
        yield from _marked(element, document, kind, "body")
    else:
        yield from _foreign(element, kind)


def is_text(kind: str) -> bool:
    """Whether content of this type can be read in the feed without being decoded (section 4.1.3.3)."""
    return "/" not in kind or kind.startswith("text/") or kind.endswith(("+xml", "/xml"))


def _elsewhere(element: Element, source: str) -> Iterator[Finding]:
    if fault := shared.uri_fault(source, absolute=False, international=True):
        message = f"<content src> {fault}: {source!r}"
        yield RULES["atom-content-address"].broken(message, excerpt=source, line=element.line, field="body")
    if element.text.strip() or element.children:
        message = "<content> lies elsewhere and is not empty"
        yield RULES["atom-content-address"].broken(message, line=element.line, field="body")
    if element.get("type") is None:
        message = "<content> lies elsewhere and has no type"
        yield RULES["atom-content-address-type"].broken(message, line=element.line, field="body")
    yield from absolute(element, "src", source, field="body")


def _foreign(element: Element, kind: str) -> Iterator[Finding]:
    if not is_text(kind):
        try:
            base64.b64decode("".join(element.text.split()), validate=True)
        except (binascii.Error, ValueError):
            message = f"<content> of the type {kind} is not Base64"
            yield RULES["atom-content-base64"].broken(message, line=element.line, field="body")
    names = {child.name for child in element.children}
    if (kind == "text/html" and "<html" not in element.text.lower()) or (
        kind == "application/xhtml+xml" and names != {"html"}
    ):
        message = f"<content> of the type {kind} is a fragment"
        yield RULES["atom-content-whole"].broken(message, line=element.line, field="body")
    if kind == "text/html":
        yield from content.lint(element.text, line=element.line)
    if kind.startswith("text/") and element.children:
        yield _has_elements(element, "body")


def _marked(element: Element, document: Document, kind: str, field: str) -> Iterator[Finding]:
    """Judge text, HTML or XHTML by its type."""
    if kind == "xhtml":
        yield from _division(element, field)
    elif element.children:
        yield _has_elements(element, field)
    elif kind == "html":
        yield from content.lint(element.text, line=element.line, field=field)
    else:
        yield from plain(element, document, field=field)


def _has_elements(element: Element, field: str) -> Finding:
    child = element.children[0]
    message = f"<{element.label}> has the element <{child.label}> in it"
    return RULES["atom-text-without-elements"].broken(message, line=child.line, field=field)


def _division(element: Element, field: str) -> Iterator[Finding]:
    first = element.children[0] if element.children else None
    if element.text.strip() or len(element.children) != 1 or first is None or first.name != "div":
        message = f"<{element.label}> of the type xhtml is not a single div"
        yield RULES["atom-text-division"].broken(message, line=element.line, field=field)
    elif first.namespace != XHTML:
        message = f"the div in <{element.label}> is not in the namespace of XHTML"
        yield RULES["atom-text-division"].broken(message, line=first.line, field=field)
    for child in element.children:
        yield from content.lint_xhtml(child, field=field)
        for inner in child.walk():
            if inner is not first and inner.namespace != XHTML:
                message = f"<{inner.label}> in <{element.label}> is not XHTML"
                yield RULES["atom-text-xhtml"].broken(
                    message, line=inner.line, field=field, excerpt=inner.name
                )
            if tag := _ESCAPED_TAG.search(inner.text):
                message = f"<{element.label}> of the type xhtml has {tag[0]} escaped in it"
                yield RULES["atom-text-xhtml"].broken(message, line=inner.line, field=field, excerpt=tag[0])
