"""What podcast programs read: Apple's itunes: elements, and those of Podcasting 2.0."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.validity import content, shared
from feeds.validity.namespaces import ITUNES
from feeds.validity.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

RULES = table(
    "rss atom",
    [
        (
            "itunes-element-known",
            "error",
            "Every itunes: element is one of Apple's, where it belongs.",
            "Apple's podcast RSS feed requirements; W3C validator: UndefinedElement",
        ),
        (
            "itunes-element-unique",
            "error",
            "Every itunes: element but category stands once.",
            "Apple's podcast RSS feed requirements; W3C validator: DuplicateElement",
        ),
        (
            "itunes-attribute",
            "error",
            "An image has its href and a category its text, and no element has others.",
            "Apple's podcast RSS feed requirements; W3C validator: MissingAttribute, UnexpectedAttribute",
        ),
        (
            "itunes-category",
            "error",
            "A category and the one inside it are of Apple's list.",
            "Apple's podcast categories; W3C validator: InvalidItunesCategory, ObsoleteItunesCategory",
        ),
        (
            "itunes-choice",
            "error",
            (
                "explicit is true or false, block is yes, type is episodic or serial, episodeType is "
                "full, trailer or bonus."
            ),
            (
                "Apple's podcast RSS feed requirements; W3C validator: InvalidTrueFalse, "
                "InvalidYesNoClean, InvalidItunesChannelType, InvalidItunesEpisodeType"
            ),
        ),
        (
            "itunes-duration",
            "error",
            "A duration is in seconds, or hours, minutes and seconds: 3723 or 1:02:03.",
            "Apple's podcast RSS feed requirements; W3C validator: InvalidDuration",
        ),
        (
            "itunes-number",
            "error",
            "Seasons and episodes are numbers from 1.",
            "Apple's podcast RSS feed requirements; W3C validator: InvalidPositiveInteger",
        ),
        (
            "itunes-length",
            "error",
            "A summary has at most 4000 characters, and what else is text at most 255.",
            "W3C validator: TooLong",
        ),
        (
            "itunes-keywords",
            "warning",
            "Keywords have commas between them.",
            "W3C validator: InvalidKeywords",
        ),
        (
            "itunes-address",
            "error",
            "Images and the new feed are http(s) addresses.",
            "Apple's podcast RSS feed requirements; W3C validator: InvalidURLAttribute, InvalidFullLink",
        ),
        (
            "itunes-mail",
            "error",
            "The owner has a mail address, and a valid one.",
            "W3C validator: MissingElement, InvalidContact",
        ),
        (
            "itunes-channel-complete",
            "warning",
            "A podcast has a language, itunes:category, itunes:image, itunes:explicit and itunes:owner.",
            "Apple's podcast RSS feed requirements; W3C validator: MissingItunesElement, MissingItunesEmail",
        ),
        (
            "itunes-image-format",
            "warning",
            "Covers are JPEG or PNG files, and are called so: .jpg, .jpeg or .png.",
            "Apple's podcast RSS feed requirements",
        ),
        (
            "itunes-enclosure-format",
            "warning",
            "Episodes are files that Apple plays: m4a, mp3, mov, mp4, m4v, pdf or epub.",
            "Apple's podcast RSS feed requirements; W3C validator: UnsupportedItunesFormat",
        ),
        ("itunes-utf-8", "warning", "A podcast is in UTF-8.", "W3C validator: NotUTF8"),
        (
            "podcast-element-known",
            "warning",
            "Every podcast: element is one of Podcasting 2.0, where it belongs.",
            "Podcasting 2.0 namespace",
        ),
        (
            "podcast-guid",
            "warning",
            "podcast:guid is a UUID.",
            "Podcasting 2.0 namespace, podcast:guid",
        ),
        (
            "podcast-attribute-required",
            "warning",
            "Transcripts and chapters have a url and a type.",
            "Podcasting 2.0 namespace, podcast:transcript, podcast:chapters",
        ),
        (
            "podcast-address",
            "warning",
            "Addresses are absolute, and start with https.",
            "Podcasting 2.0 namespace",
        ),
        (
            "podcast-value",
            "warning",
            (
                "Seasons are whole numbers, episodes numbers, persons have names, locked is yes or no, "
                "its owner a mail address."
            ),
            "Podcasting 2.0 namespace, podcast:season, podcast:episode, podcast:person, podcast:locked",
        ),
    ],
)
_BOTH = {"author", "block", "explicit", "keywords", "subtitle", "summary", "image"}
_PLACES = {
    "channel": _BOTH | {"owner", "category", "pubDate", "new-feed-url", "type", "complete", "title"},
    "item": _BOTH | {"duration", "title", "episode", "season", "episodeType"},
}
_CHOICES = {
    "explicit": {"true", "false"},
    "block": {"yes", "no", "clean"},
    "type": {"episodic", "serial"},
    "episodeType": {"full", "trailer", "bonus"},
    "complete": {"yes", "no"},
}
_CASELESS = {"explicit", "block", "complete"}
_LENGTHS = {"author": 255, "keywords": 255, "subtitle": 255, "summary": 4000}
_DURATION = re.compile(r"\d+(?::[0-5]\d(?::[0-5]\d)?)?", re.ASCII)
_IMAGE = re.compile(r"\.(?:jpe?g|png)$", re.IGNORECASE)
_FORMATS = ("m4a", "mp3", "mov", "mp4", "m4v", "pdf", "epub")
_CATEGORIES = {
    "Arts": "Books|Design|Fashion & Beauty|Food|Performing Arts|Visual Arts",
    "Business": "Careers|Entrepreneurship|Investing|Management|Marketing|Non-Profit",
    "Comedy": "Comedy Interviews|Improv|Stand-Up",
    "Education": "Courses|How To|Language Learning|Self-Improvement",
    "Fiction": "Comedy Fiction|Drama|Science Fiction",
    "Government": "",
    "History": "",
    "Health & Fitness": "Alternative Health|Fitness|Medicine|Mental Health|Nutrition|Sexuality",
    "Kids & Family": "Education for Kids|Parenting|Pets & Animals|Stories for Kids",
    "Leisure": "Animation & Manga|Automotive|Aviation|Crafts|Games|Hobbies|Home & Garden|Video Games",
    "Music": "Music Commentary|Music History|Music Interviews",
    "News": "Business News|Daily News|Entertainment News|News Commentary|Politics|Sports News|Tech News",
    "Religion & Spirituality": "Buddhism|Christianity|Hinduism|Islam|Judaism|Religion|Spirituality",
    "Science": "Astronomy|Chemistry|Earth Sciences|Life Sciences|Mathematics|Natural Sciences|Nature|Physics"
    "|Social Sciences",
    "Society & Culture": "Documentary|Personal Journals|Philosophy|Places & Travel|Relationships",
    "Sports": "Baseball|Basketball|Cricket|Fantasy Sports|Football|Golf|Hockey|Rugby|Running|Soccer|Swimming"
    "|Tennis|Volleyball|Wilderness|Wrestling",
    "Technology": "",
    "True Crime": "",
    "TV & Film": "After Shows|Film History|Film Interviews|Film Reviews|TV Reviews",
}
_TWO_POINT_ZERO = {
    "channel": "guid locked funding person location trailer license value medium images liveItem txt "
    "remoteItem podroll updateFrequency podping block chat publisher image",
    "item": "transcript chapters soundbite person location season episode license alternateEnclosure value "
    "socialInteract txt image images chat contentLink funding",
}
_NAMED = {"transcript": ("url", "type"), "chapters": ("url", "type")}
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def itunes(element: Element, document: Document, place: str, entry: str) -> Iterator[Finding]:
    """Judge an itunes: element of a channel or item."""

    def found(rule: str, message: str, excerpt: str = "") -> Finding:
        field = "episode" if entry else ""
        return RULES[rule].broken(message, line=element.line, entry=entry, field=field, excerpt=excerpt)

    name, text = element.name, element.text.strip()
    if name not in _PLACES[place]:
        yield found("itunes-element-known", f"<{element.label}> is unknown in <{place}>")
        return
    if name != "category" and element.parent and element.parent.first(name, ITUNES) is not element:
        yield found("itunes-element-unique", f"<{element.label}> stands twice")
    allowed = {"image": "href", "category": "text"}.get(name, "")
    for attribute in element.attributes:
        if attribute != allowed and attribute[0] != "{":
            yield found("itunes-attribute", f"<{element.label}> has the attribute {attribute}")
    if allowed and not element.get(allowed):
        yield found("itunes-attribute", f"<{element.label}> has no {allowed}")
    value = element.get("href") or "" if name == "image" else text
    if rule := _bad_itunes(name, value):
        yield found(rule, f"<{element.label}> is {value[:60]!r}", value[:60])
    if name in _LENGTHS or name == "title":
        yield from content.plain(element, document, entry=entry)
    if name == "category":
        yield from (found("itunes-category", message, excerpt) for message, excerpt in _categories(element))
    if name == "owner":
        mail = element.value("email", ITUNES)
        if not shared.is_mail(mail):
            yield found("itunes-mail", f"the mail address of <{element.label}> is {mail!r}", mail)


def _bad_itunes(name: str, value: str) -> str:
    """The rule that the value of an itunes: element breaks."""
    broken = {
        "itunes-choice": name in _CHOICES
        and (value.lower() if name in _CASELESS else value) not in _CHOICES[name],
        "itunes-duration": name == "duration" and not _DURATION.fullmatch(value),
        "itunes-number": name in {"episode", "season"} and not shared.is_whole(value, least=1),
        "itunes-length": len(value) > _LENGTHS.get(name, len(value)),
        "itunes-keywords": name == "keywords" and " " in value and "," not in value,
        "itunes-address": (name == "image" and bool(value) and bool(shared.web_fault(value)))
        or (name == "new-feed-url" and bool(shared.uri_fault(value))),
        "itunes-image-format": name == "image"
        and bool(value)
        and not _IMAGE.search(re.split("[?#]", value)[0]),
    }
    return next((rule for rule, is_broken in broken.items() if is_broken), "")


def _categories(element: Element) -> Iterator[tuple[str, str]]:
    name = element.get("text") or ""
    if name and name not in _CATEGORIES:
        yield f"there is no category {name!r}", name
        return
    for inner in element.all("category", ITUNES):
        part = inner.get("text") or ""
        if part not in _CATEGORIES.get(name, "").split("|") or not part:
            yield f"there is no category {part!r} in {name!r}", part


def whole_podcast(channel: Element, document: Document, items: list[Element]) -> Iterator[Finding]:
    """Judge a channel with itunes: elements in it or in its items, and the items' enclosures."""

    def found(rule: str, message: str) -> Finding:
        return RULES[rule].broken(message, line=channel.line)

    marked = [item for item in items if any(child.namespace == ITUNES for child in item.children)]
    if not marked and not any(child.namespace == ITUNES for child in channel.children):
        return
    if document.encoding != "utf-8":
        yield found("itunes-utf-8", f"the encoding is {document.encoding}")
    missing = [name for name in ("category", "image", "explicit", "owner") if not channel.first(name, ITUNES)]
    for name in (
        *(f"itunes:{name}" for name in missing),
        *([] if channel.first("language") else ["language"]),
    ):
        yield found("itunes-channel-complete", f"there is no <{name}>")
    for item in marked:
        for enclosure in item.all("enclosure"):
            url = enclosure.get("url") or ""
            if url.rpartition(".")[2] not in _FORMATS:
                yield RULES["itunes-enclosure-format"].broken(
                    f"the enclosure is {url!r}",
                    line=enclosure.line,
                    entry=item.value("guid") or item.value("link"),
                    field="enclosures",
                    excerpt=url,
                )


def _insecure(address: str) -> str:
    return "is http, not https" if address.lower().startswith("http:") else ""


def podcasting(element: Element, place: str, entry: str) -> Iterator[Finding]:
    """Judge a podcast: element of a channel or item."""

    def found(rule: str, message: str, excerpt: str = "") -> Finding:
        field = "episode" if entry else ""
        return RULES[rule].broken(message, line=element.line, entry=entry, field=field, excerpt=excerpt)

    name, text = element.name, element.text.strip()
    if name not in _TWO_POINT_ZERO[place].split():
        yield found("podcast-element-known", f"<{element.label}> is unknown in <{place}>")
        return
    for attribute in _NAMED.get(name, ()):
        if not element.get(attribute):
            yield found("podcast-attribute-required", f"<{element.label}> has no {attribute}")
    for attribute in ("url", "href", "img"):
        value = element.get(attribute)
        if value and (fault := shared.uri_fault(value) or _insecure(value)):
            yield found("podcast-address", f"<{element.label} {attribute}> {fault}: {value!r}", value)
    if name == "guid" and not _UUID.fullmatch(text):
        yield found("podcast-guid", f"<{element.label}> is {text!r}", text)
    if name == "locked" and not shared.is_mail(element.get("owner") or "mail@example.org"):
        yield found("podcast-value", f"the owner of <{element.label}> is {element.get('owner')!r}")
    good = {
        "season": shared.is_whole(text),
        "episode": bool(_NUMBER.fullmatch(text)),
        "person": bool(text),
        "locked": text in {"yes", "no"},
    }
    if not good.get(name, True):
        yield found("podcast-value", f"<{element.label}> is {text!r}", text)
