"""Media RSS (version 1.5.1): the images, sounds and films of an entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.validity import content, shared
from feeds.validity.namespaces import MEDIA
from feeds.validity.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

RULES = table(
    "rss atom",
    [
        (
            "media-element-known",
            "error",
            "Every media: element is one of Media RSS, where it belongs.",
            "Media RSS 1.5.1; W3C validator: UndefinedElement",
        ),
        (
            "media-element-unique",
            "error",
            "Title, description, copyright and adult stand once.",
            "Media RSS 1.5.1, optional elements; W3C validator: DuplicateElement",
        ),
        (
            "media-attribute-known",
            "error",
            "Every attribute is one of Media RSS.",
            "Media RSS 1.5.1; W3C validator: UnexpectedAttribute",
        ),
        (
            "media-attribute-required",
            "error",
            "A thumbnail or player has its url, a restriction its relationship, content a url or a player.",
            "Media RSS 1.5.1; W3C validator: MissingAttribute",
        ),
        (
            "media-address",
            "error",
            "Addresses are absolute.",
            "Media RSS 1.5.1; W3C validator: InvalidFullLink",
        ),
        (
            "media-number",
            "error",
            "Sizes, rates and durations are numbers in digits.",
            "Media RSS 1.5.1, media:content; W3C validator: InvalidPositiveInteger, InvalidFloat",
        ),
        (
            "media-type",
            "error",
            "The type is a media type.",
            "Media RSS 1.5.1, media:content; W3C validator: InvalidMIMEAttribute",
        ),
        (
            "media-choice",
            "error",
            (
                "medium, expression, isDefault, the type of a text, and what a restriction is about are of "
                "those that the specification lists."
            ),
            (
                "Media RSS 1.5.1; W3C validator: InvalidMediaMedium, InvalidMediaExpression, "
                "InvalidMediaTextType, InvalidMediaRestrictionRel, InvalidMediaRestrictionType, "
                "InvalidMediaRestriction, InvalidCountryCode, InvalidTrueFalse"
            ),
        ),
        ("media-language", "error", "lang is a language tag.", "W3C validator: InvalidLanguage"),
        (
            "media-time",
            "error",
            "Times are normal play times, such as 00:01:30.5.",
            "Media RSS 1.5.1, media:thumbnail; W3C validator: InvalidNPTTime",
        ),
        (
            "media-hash",
            "error",
            "A hash is one of MD5 or SHA-1, in hexadecimal digits.",
            "Media RSS 1.5.1, media:hash; W3C validator: InvalidMediaHash",
        ),
        (
            "media-rating",
            "error",
            "A rating is one that its scheme has.",
            "Media RSS 1.5.1, media:rating; W3C validator: InvalidMediaRating",
        ),
        (
            "media-credit",
            "error",
            "The role of a credit is written in lower case.",
            "Media RSS 1.5.1, media:credit; W3C validator: InvalidCreditRole",
        ),
        (
            "media-adult",
            "warning",
            "media:rating has taken the place of media:adult.",
            "Media RSS 1.5.1, media:adult; W3C validator: DeprecatedMediaAdult",
        ),
        (
            "media-group",
            "error",
            "A group has at least two contents, of which a reader takes one.",
            "Media RSS 1.5.1, media:group; W3C validator: MediaGroupWithoutAlternatives",
        ),
    ],
)
ATTRIBUTES = {
    "adult": "",
    "category": "scheme label",
    "content": "url fileSize type medium isDefault expression bitrate framerate samplingrate channels "
    "duration height width lang",
    "copyright": "url",
    "credit": "role scheme",
    "description": "type",
    "group": "",
    "hash": "algo",
    "keywords": "",
    "player": "url height width",
    "rating": "scheme",
    "restriction": "relationship type",
    "text": "type lang start end",
    "thumbnail": "url height width time",
    "title": "type",
}
_UNIQUE = {"title", "description", "copyright", "adult"}
_CHOICES = {
    ("content", "medium"): {"image", "audio", "video", "document", "executable"},
    ("content", "expression"): {"sample", "full", "nonstop"},
    ("content", "isDefault"): {"true", "false"},
    ("title", "type"): {"plain", "html"},
    ("description", "type"): {"plain", "html"},
    ("text", "type"): {"plain", "html"},
    ("restriction", "relationship"): {"allow", "deny"},
    ("restriction", "type"): {"country", "uri", "sharing"},
}
_WHOLE = {"fileSize", "height", "width"}
_DECIMAL = {"bitrate", "framerate", "samplingrate", "duration", "channels"}
_TIMES = {"time", "start", "end"}
_TIME = re.compile(r"now|\d+(?:\.\d+)?|\d+:\d\d:\d\d(?:\.\d+)?", re.ASCII)
_REQUIRED = {"thumbnail": "url", "player": "url", "restriction": "relationship"}
_HASH_LENGTHS = {"md5": 32, "sha-1": 40}
_RATINGS = {
    "urn:simple": {"adult", "nonadult"},
    "urn:mpaa": {"g", "m", "nc-17", "pg", "pg-13", "r", "x"},
    "urn:v-chip": {
        *("14+", "18+", "c", "c8", "g", "pg", "tv-14", "tv-g", "tv-ma", "tv-pg", "tv-y", "tv-y7", "tv-y7-fv"),
    },
}
_COUNTRIES = re.compile(r"[A-Za-z]{2}(?: [A-Za-z]{2})*")  # ISO 3166
_FEWEST = 2  # contents of a group


def lint(element: Element, document: Document, entry: str) -> Iterator[Finding]:
    """Judge a media: element and those inside it."""
    if element.name not in ATTRIBUTES or (element.name == "content" and _above(element) == "content"):
        message = f"<{element.label}> is unknown here"
        yield RULES["media-element-known"].broken(message, line=element.line, entry=entry, field="image")
        return
    for rule, message, excerpt in _faults(element):
        yield RULES[rule].broken(message, line=element.line, entry=entry, field="image", excerpt=excerpt)
    yield from _text(element, document, entry)
    for child in element.children:
        if child.namespace == MEDIA:
            yield from lint(child, document, entry)


def _faults(element: Element) -> Iterator[tuple[str, str, str]]:
    """What is wrong with an element: rule, message, excerpt."""
    name, text = element.name, element.text.strip()
    for attribute, value in element.attributes.items():
        if attribute not in ATTRIBUTES[name].split() and attribute[0] != "{":
            yield "media-attribute-known", f"<{element.label}> has the attribute {attribute}", ""
        elif rule := _bad_attribute(name, attribute, value):
            yield rule, f"<{element.label} {attribute}> is {value!r}", value
    required = _REQUIRED.get(name, "")
    if required and not element.get(required):
        yield "media-attribute-required", f"<{element.label}> has no {required}", ""
    if name == "content" and not (element.get("url") or element.first("player", MEDIA)):
        yield "media-attribute-required", f"<{element.label}> has neither url nor player", ""
    if name in _UNIQUE and element.parent and element.parent.first(name, MEDIA) is not element:
        yield "media-element-unique", f"<{element.label}> stands twice", ""
    if name == "adult":
        yield "media-adult", f"<{element.label}> was given up", ""
    if name == "group" and len(element.all("content", MEDIA)) < _FEWEST:
        yield "media-group", f"<{element.label}> has fewer than two contents", ""
    if rule := _bad_text(element):
        yield rule, f"<{element.label}> is {text!r}", text


def _above(element: Element) -> str:
    return element.parent.name if element.parent and element.parent.namespace == MEDIA else ""


def _text(element: Element, document: Document, entry: str) -> Iterator[Finding]:
    if element.name in {"title", "description", "text"}:
        if element.get("type") == "html":
            yield from content.lint(element.text, line=element.line, entry=entry)
        else:
            yield from content.plain(element, document, entry=entry, field="body")
    elif element.name in {"copyright", "category"}:
        yield from content.plain(element, document, entry=entry)


def _bad_attribute(name: str, attribute: str, value: str) -> str:
    """The rule that the value of an attribute breaks."""
    broken = {
        "media-address": attribute in {"url", "scheme"} and bool(shared.uri_fault(value)),
        "media-number": (attribute in _WHOLE and not shared.is_whole(value, least=1))
        or (attribute in _DECIMAL and not re.fullmatch(r"\d+(?:\.\d*)?", value, re.ASCII)),
        "media-type": name == "content" and attribute == "type" and not shared.is_media_type(value),
        "media-choice": value not in _CHOICES.get((name, attribute), {value}),
        "media-language": attribute == "lang" and not shared.is_language(value),
        "media-time": attribute in _TIMES and not _TIME.fullmatch(value),
        "media-hash": attribute == "algo" and value not in _HASH_LENGTHS,
        "media-credit": attribute == "role" and value != value.lower(),
    }
    return next((rule for rule, is_broken in broken.items() if is_broken), "")


def _bad_text(element: Element) -> str:
    """The rule that the text of an element breaks."""
    text = element.text.strip()
    if element.name == "hash":
        length = _HASH_LENGTHS.get(element.get("algo") or "md5", len(text))
        return "" if re.fullmatch(rf"[0-9A-Za-z]{{{length}}}", text) else "media-hash"
    if element.name == "rating":
        known = _RATINGS.get(element.get("scheme") or "urn:simple", {text})
        return "" if text in known else "media-rating"
    if element.name == "restriction":
        kind = element.get("type") or ""
        good = {"": text in {"", "all", "none"}, "country": bool(_COUNTRIES.fullmatch(text))}
        return "" if good.get(kind, True) else "media-choice"
    return ""
