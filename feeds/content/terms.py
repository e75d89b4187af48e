"""Tags and categories, from every way to write several names down."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, TypeVar

from feeds import slugs
from feeds.content.header_keys import line, line_of
from feeds.content.text import one_line
from feeds.dialects import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.content.header_keys import Keys
    from feeds.content.yaml_text import Value
    from feeds.problems import Findings

Item = TypeVar("Item")

_NAMES = ("label", "name", "title", "tag", "slug")  # of a tag that is a mapping, as Docusaurus has it
_MOST = 100  # names under one key
_PAIRS = {"categories": ("category", "categories"), "tags": ("tag", "tags")}
_IN_BRACKETS = re.compile(r"\[[^\[\]]*\]")  # a list, written where text is all there is
_WIKILINK = re.compile(
    r"\[\[(?:[^\[\]|]*[/|])?([^\[\]|/]+)\]\]"
)  # Obsidian: `[[Essays]]`, `[[Kinds/Essays|Essays]]`
# What blogs made with Eleventy collect their posts by, for each language where there are several, and hide.
_COLLECTIONS = re.compile(r"all|nav|(?:blog[-_ ]?)?posts?(?:[-_][a-z]{2})?", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,30});")
_HASHTAGS = re.compile(r"#[^\s,#]+(?:[\s,]+#[^\s,#]+)+")


def read(keys: Keys, field: str, dialect: str, findings: Findings) -> tuple[str, ...]:
    """The names under `categories` or `tags`, exactly as written, each once.

    A text is one name, or several between commas; how else it may be parted, the dialect says.
    """
    names = _distinct(
        name for key in _spoken(keys, field) for name in _under(keys, key, field, dialect, findings)
    )
    return at_most(names, keys, field, findings)


def at_most(items: Iterable[Item], keys: Keys, field: str, findings: Findings) -> tuple[Item, ...]:
    """The first hundred items of a field; each tag has a feed, with all the tags of its posts in it."""
    found = tuple(items)
    if len(found) > _MOST:
        key = keys.first(field)[0]
        findings.add(
            "warning",
            "names-many",
            f"there are {len(found)} names under {keys.written[key]}; only the first {_MOST} count",
            at=keys.places[key],
            hint="keep those by which readers look for the post",
        )
    return found[:_MOST]


def _spoken(keys: Keys, field: str) -> tuple[str, ...]:
    """The keys that say something: singular and plural both count, and others only for want of these."""
    both = [key for key in _PAIRS[field] if keys.values.get(key) not in (None, "", [], {})]
    return tuple(both) or tuple(filter(None, (keys.first(field)[0],)))


def _distinct(names: Iterable[str]) -> Iterable[str]:
    """The names, but for another spelling of one before: `go` behind `Go`."""
    seen = set()
    for name in names:
        if (key := slugs.key(name)) not in seen:
            seen.add(key)
            yield name


def _under(keys: Keys, key: str, field: str, dialect: str, findings: Findings) -> Iterable[str]:
    """The names under one key."""
    value = keys.values[key]
    if isinstance(value, dict) and not line_of(value, _NAMES):
        findings.add(
            "warning",
            "terms-invalid",
            f"{keys.written[key]} is a mapping, not a list of names",
            at=keys.places[key],
            hint=f"write {keys.written[key]}: [one, two]",
        )
        return ()
    names = _parted(value, key, dialect) if isinstance(value, str) else _flat([value])
    if field == "tags":
        names = (name.lstrip("#") for name in names)
        if dialect == "eleventy":
            names = (name for name in names if not _COLLECTIONS.fullmatch(name.strip()))
    plain = (_ENTITY.sub(lambda entity: unescape(entity[0]), name) for name in names)  # of WordPress
    named = (_WIKILINK.sub(r"\1", one_line(name)) for name in plain)
    return [name for name in named if name.strip("-_ ")]


def _parted(text: str, key: str, dialect: str) -> Iterable[str]:
    text = text.strip()
    if _IN_BRACKETS.fullmatch(text):
        return (name.strip(" \"'") for name in text[1:-1].split(","))
    if _HASHTAGS.fullmatch(text):
        return re.split(r"[\s,]+", text)
    if dialect == "pelican" and ";" in text:
        return text.split(";")
    row = DIALECTS.get(dialect)
    if row and row.spaces_part_terms and key in {"categories", "tags"} and "," not in text:
        return text.split()
    return text.split(",")


def _flat(items: list[Value]) -> Iterable[str]:
    """The names in a list, and in the lists inside it (Hexo's nested categories)."""
    for item in items:
        if isinstance(item, list):
            yield from _flat(item)
        elif isinstance(item, dict):
            yield line_of(item, _NAMES)
        else:
            yield line(item)
