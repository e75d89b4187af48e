"""How posts are grouped: the rows that `[feeds] taxonomies` chooses from, and the terms that posts have."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from feeds import slugs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from feeds.model import Post

# What folders say of a date: how much was said before, how much then is, and their shape. No year is a month.
_DATES = tuple(
    (before, after, re.compile(shape).fullmatch)
    for before, after, shape in (
        (0, 1, "(?:19|20)[0-9]{2}"),
        (0, 2, "(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])"),
        (0, 3, "(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-[0-3][0-9]"),
        (1, 2, "0?[1-9]|1[0-2]"),
        (1, 2, "(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])"),
        (2, 3, "0?[1-9]|[12][0-9]|3[01]"),
        (2, 3, "(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-[0-3][0-9]"),
    )
)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One way to group posts.

    `name` stands in the settings and in paths, `field` in the feeds of the settings' own (`tag:python`).
    `terms_of` gives a post's terms, each by its key and its name; `slug_of` makes a path of the key, which is
    the name where there is nothing more lasting. `title` is made of the site's and the term's; its marks keep
    a tag, a category, an author and a section of one name apart in a reader's list.
    """

    name: str
    field: str
    terms_of: Callable[[Post], Iterable[tuple[str, str]]]
    title: str
    slug_of: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The posts of one term, in the order they came in. `key` and `name` are those that most posts have."""

    slug: str
    key: str
    name: str
    posts: tuple[Post, ...]


@lru_cache(maxsize=1 << 16)
def _slug(name: str) -> str:
    return slugs.term(name)


def _path(section: str) -> str:
    return "/".join(_slug(part) for part in section.split("/"))


def _named(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def _authors(post: Post) -> list[tuple[str, str]]:
    """By the id in the site's register, so that a feed stays where it is when its author's name changes."""
    return [(author.id or author.name, author.name) for author in post.authors if author.name.strip()]


def _sections(post: Post) -> list[tuple[str, str]]:
    """The post's section and all above it: `posts`, then `posts/linux`; not folders that only date it."""
    found: list[str] = []
    period = 0  # how much of a date the folders before have said: the year, the month, the day
    parts = post.section.split("/") if post.section else []
    for number, part in enumerate(parts, start=1):
        period = next((after for before, after, shape in _DATES if before == period and shape(part)), 0)
        if not period:
            found.append("/".join(parts[:number]))
    return _named(found)


def _languages(post: Post) -> list[tuple[str, str]]:
    return _named((post.language,) if post.language else ())


TAXONOMIES = {
    row.name: row
    for row in (
        Taxonomy("categories", "category", lambda post: _named(post.categories), "{site} – {name}", _slug),
        Taxonomy("tags", "tag", lambda post: _named(post.tags), "{site} – #{name}", _slug),
        Taxonomy("authors", "author", _authors, "{site} – @{name}", _slug),
        Taxonomy("sections", "section", _sections, "{site} – {name}/", _path),
        Taxonomy("languages", "language", _languages, "{site} ({name})", _slug),
    )
}


def terms_of(taxonomy: Taxonomy, post: Post) -> dict[str, tuple[str, str]]:
    """Return the terms of a post: each one's slug, with key and name in the first of its spellings."""
    return {taxonomy.slug_of(term[0]): term for term in reversed([*taxonomy.terms_of(post)])}


def groups(taxonomy: Taxonomy, posts: Sequence[Post]) -> list[Group]:
    """Return the terms that get a channel, by slug.

    Spellings of a name that differ in case or dashes only are one term, named by the commonest of them. A
    term's channel hangs on no other term, for people have subscribed to it.
    """
    spellings: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    filed: defaultdict[str, list[Post]] = defaultdict(list)
    for post in posts:
        for slug, term in terms_of(taxonomy, post).items():
            spellings[slug][term] += 1
            filed[slug].append(post)
    found: list[Group] = []
    for slug in sorted(filed):
        key, name = min(spellings[slug], key=lambda term: (-spellings[slug][term], term))
        found.append(Group(slug=slug, key=key, name=name, posts=tuple(filed[slug])))
    return found
