"""The members of JSON Feed's objects: which there are, and what each holds."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from feeds.validity import shared
from feeds.validity.jsonfeed_rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from feeds.validity.rules import Finding

# What each object has: members by what they are.
FEED = {
    "version": "text",
    "title": "plain",
    "home_page_url": "address",
    "feed_url": "address",
    "description": "plain",
    "user_comment": "text",
    "next_url": "address",
    "icon": "address",
    "favicon": "address",
    "authors": "list",
    "author": "object",
    "language": "language",
    "expired": "truth",
    "hubs": "list",
    "items": "list",
}
ITEM = {
    "id": "id",
    "url": "address",
    "external_url": "address",
    "title": "plain",
    "content_html": "content",
    "content_text": "content",
    "summary": "plain",
    "image": "address",
    "banner_image": "address",
    "date_published": "date",
    "date_modified": "date",
    "authors": "list",
    "author": "object",
    "tags": "list",
    "language": "language",
    "attachments": "list",
}
AUTHOR = {"name": "plain", "url": "address", "avatar": "address"}
HUB = {"type": "text", "url": "address"}
ATTACHMENT = {
    "url": "address",
    "mime_type": "text",
    "title": "plain",
    "size_in_bytes": "number",
    "duration_in_seconds": "number",
}
_TYPES: dict[str, tuple[type, ...]] = {
    "list": (list,),
    "object": (dict,),
    "truth": (bool,),
    "number": (int, float),
}
_NAMES = {
    list: "a list",
    dict: "an object",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
}
_FIELDS = {  # where a post's front matter says what an item's members say
    "title": "title",
    "description": "description",
    "summary": "summary",
    "content_html": "body",
    "content_text": "body",
    "date_published": "published",
    "date_modified": "updated",
    "authors": "authors",
    "author": "authors",
    "tags": "tags",
    "language": "language",
    "attachments": "enclosures",
    "image": "image",
    "id": "id",
    "url": "url",
    "external_url": "subject",
}
_EXTENSION = re.compile(r"_[^\W\d_][^.]*")
_SOON = timedelta(minutes=10)  # what clocks may differ by, as the W3C validator has it


def line_of(members: Mapping[str, object], name: str = "") -> int:
    """The line of a member, else of its object; 0 when it is not known."""
    own: int = getattr(members, "line", 0)
    lines: dict[str, int] = getattr(members, "lines", {})
    return lines.get(name, own)


def kind_of(value: object) -> str:
    """What a value is, in words."""
    return _NAMES.get(type(value), "null")


def wrong_elements(holder: dict[str, object], kinds: Mapping[str, type]) -> Iterator[Finding]:
    """Judge whether lists hold what they are lists of; `kinds` are by the list's name."""
    for name, kind in kinds.items():
        value = holder.get(name)
        for each in value if isinstance(value, list) else []:
            if not isinstance(each, kind):
                message = f"{name} has {kind_of(each)} in it, where {_NAMES[kind]} is due"
                yield RULES["json-type"].broken(
                    message, line=line_of(holder, name), field=_FIELDS.get(name, "")
                )


def judged(
    holder: dict[str, object], kinds: Mapping[str, str], whose: str, now: datetime | None
) -> Iterator[Finding]:
    """Judge every member of an object by what it is."""
    for name, value in holder.items():
        kind = kinds.get(name, "")
        line, field = line_of(holder, name), _FIELDS.get(name, "")
        for rule, message, excerpt in _member(name, value, kind, whose, now):
            yield RULES[rule].broken(message, line=line, field=field, excerpt=excerpt)


def _member(
    name: str, value: object, kind: str, whose: str, now: datetime | None
) -> Iterator[tuple[str, str, str]]:
    if not kind:
        yield from _extension(name, value, whose)
        return
    wanted = _TYPES.get(kind, (str,))
    if not isinstance(value, wanted) or (kind == "number" and isinstance(value, bool)):
        if kind != "id" and not (name == "items" and whose == "the feed"):  # those have rules of their own
            yield "json-type", f"{name} of {whose} is {kind_of(value)}, not {_NAMES[wanted[0]]}", ""
    elif isinstance(value, str):
        yield from _text(name, value, kind, now)


def _text(name: str, value: str, kind: str, now: datetime | None) -> Iterator[tuple[str, str, str]]:
    if kind == "address":
        if fault := shared.uri_fault(value, international=True):
            yield "json-address", f"{name} {fault}: {value!r}", value
        elif scheme := shared.unregistered_scheme(value):
            yield "json-scheme-registered", f"{name} has the scheme {scheme!r}", value
    elif kind == "language":
        if not shared.is_language(value):
            yield "json-language", f"{name} is {value!r}", value
    elif kind == "date":
        when = moment(value)
        if when is None:
            yield "json-item-date", f"{name} is {value!r}", value
        elif when < shared.EARLIEST or (now is not None and when > now + _SOON):
            said = "before 1990" if when < shared.EARLIEST else "still to come"
            yield "json-item-date-plausible", f"{name} is {said}: {value}", value
    elif kind == "plain":
        if found := shared.HTML_TAG.search(value):
            yield "json-text-plain", f"{name} has {found[0]!r} in it", found[0]
        elif not value.strip():
            yield "json-text-blank", f"{name} is empty", ""


def moment(value: object) -> datetime | None:
    """A date of RFC 3339, whose letters may be small (section 5.6)."""
    return shared.rfc3339(value.upper()).when if isinstance(value, str) else None


def _extension(name: str, value: object, whose: str) -> Iterator[tuple[str, str, str]]:
    if not name.startswith("_"):
        yield "json-member-known", f"{whose} has the member {name!r}", name
        return
    if not _EXTENSION.fullmatch(name):
        yield "json-extension-name", f"{whose} has the extension {name!r}", name
    if not isinstance(value, dict):
        yield "json-type", f"the extension {name!r} of {whose} is {kind_of(value)}, not an object", name
        return
    for inner in value:
        if inner.startswith("_") or "." in inner:
            yield "json-extension-name", f"the extension {name!r} has the member {inner!r}", inner
