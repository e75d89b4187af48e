"""People as authors and settings write them down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.content.header_keys import line_of
from feeds.content.text import one_line
from feeds.model import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.content.yaml_text import Value

_LINK = r"\[[^\[\]]*\]\([^()\s]+\)"
_SHAPES = tuple(
    re.compile(shape, re.VERBOSE | re.IGNORECASE)
    for shape in (
        # a link: [Name](url)
        r"\[(?P<name>[^\[\]]+)\]\((?P<url>[^()\s]+)\)",
        # Name ([@handle](url))
        r"(?P<name>[^\[(<]+?) \s* \( \s* \[[^\[\]]*\]\((?P<url>[^()\s]+)\) \s* \)",
        # Name (https://…) and Name <https://…>
        r"(?P<name>[^\[(<]+?) \s* [(<] \s* (?P<url>https?://[^()<>\s]+) \s* [)>]",
        # Name <mail>, and <mail> alone
        r"(?P<name>[^<]*?) \s* < (?P<email>[^<>\s]+@[^<>\s]+) >",
        # mail (Name), as RSS has it
        r"(?P<email>[^()<>\s]+@[^()<>\s]+) \s* \( (?P<name>[^()]+) \)",
        # a mail address alone
        r"(?P<name>) (?P<email>[^()<>\s@,;]+@[^()<>\s@,;]+\.[^()<>\s@,;]+)",
        # <a href="url">Name</a>
        r"""<a \s [^<>]*? href=["'](?P<url>[^"'<>\s]+)["'] [^<>]*> (?P<name>[^<>]+) </a>""",
        # [[Name]] and [[note|Name]], as Obsidian has it
        r"\[\[ (?:[^\[\]|]*\|)? (?P<name>[^\[\]|]+) \]\]",
    )
)
# A mark between two people; inside brackets, it would be part of a name or an address.
_BRACKETS_OR_MARK = re.compile(
    r"\[[^\[\]]*\]|\([^()]*(?:\([^()]*\)[^()]*)*\)|(?P<mark>[,;]\s*(?:and\s|&)?|\s(?:and|&)\s|(?<=\))\s(?=\[))"
)
_LONGEST = 1000  # characters; nobody's name has more
_LAST_TWO = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
_ADDRESSES = ("url", "link", "website", "homepage", "web", "uri")


def person(text: str) -> Person | None:
    """Read `Name`, `Name <mail>`, `[Name](url)`, `Name ([@handle](url))` and their like; None for nobody."""
    text = one_line(text)
    for shape in _SHAPES if len(text) <= _LONGEST else ():
        if found := shape.fullmatch(text):
            part = found.groupdict()
            email, url = part.get("email") or "", part.get("url") or ""
            if url.lower().startswith("mailto:"):
                email, url = url[len("mailto:") :], ""
            return Person(name=part["name"].strip() or email.partition("@")[0], email=email, url=url)
    return Person(name=text) if text else None


def people(value: Value, *, plural: bool) -> Iterable[Person]:
    """Everybody that a value names.

    Only under a plural key are several people written in one text: `author: Sammy Davis, Jr.` is one person.
    Links part people under either. An id that the site's settings know stands as the name.
    """
    if isinstance(value, str):
        yield from (somebody for text in _parted(value, plural=plural) if (somebody := person(text)))
    elif isinstance(value, list):
        for item in value:
            yield from people(item, plural=False)
    elif isinstance(value, dict):
        yield from _mapped(value)


def _mapped(value: dict[str, Value]) -> Iterable[Person]:
    if name := line_of(value, ("name", "displayname", "key", "id")):
        yield Person(name=name, email=line_of(value, ("email", "mail")), url=line_of(value, _ADDRESSES))
        return
    for identity, item in value.items():  # a registry: ids, and what is to be known of each
        if isinstance(item, dict):
            yield from _mapped({"name": identity, **item})


def _parted(text: str, *, plural: bool) -> list[str]:
    links = len(re.findall(_LINK, text))
    if links:
        return _between(text) if links > 1 or plural else [text]
    if not plural:
        return [text]
    if ";" in text:
        return text.split(";")
    *others, last = text.split(",")
    return [*others, *_LAST_TWO.split(re.sub(r"^\s*(?:and\s|&)", "", last))] if others else [last]


def _between(text: str) -> list[str]:
    """The text at each mark between people that is in no brackets."""
    parts, begin = [], 0
    for found in _BRACKETS_OR_MARK.finditer(text):
        if found["mark"]:
            parts.append(text[begin : found.start()])
            begin = found.end()
    return [*parts, text[begin:]]
