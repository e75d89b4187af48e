"""How posts are grouped: the rows that `[feeds] taxonomies` chooses from, and the terms that posts have."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from feeds import slugs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feeds.model import Post


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One way to group posts.

    `name` stands in the settings and in paths, `field` in the feeds of the settings' own (`tag:python`).
    `terms_of` gives the names of a post's terms. `title` is made of the site's and the term's; its marks
    keep a tag, a category, an author and a section of one name apart in a reader's list. `slug_of` makes a
    name's path. With `only_parts`, a term of all posts has no feed, for it would be the site's again.
    """

    name: str
    field: str
    terms_of: Callable[[Post], tuple[str, ...]]
    title: str
    slug_of: Callable[[str], str]
    only_parts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The posts of one term, in the order they came in. `name` is the commonest spelling of the term."""

    slug: str
    name: str
    posts: tuple[Post, ...]


@lru_cache(maxsize=1 << 16)
def _slug(name: str) -> str:
    return slugs.term(name)


def _path(section: str) -> str:
    return "/".join(_slug(part) for part in section.split("/"))


def _authors(post: Post) -> tuple[str, ...]:
    return tuple(author.name for author in post.authors if author.name.strip())


def _sections(post: Post) -> tuple[str, ...]:
    """The post's section and all above it: `posts`, then `posts/linux`."""
    parts = post.section.split("/") if post.section else []
    return tuple("/".join(parts[: number + 1]) for number in range(len(parts)))


TAXONOMIES = {
    row.name: row
    for row in (
        Taxonomy("categories", "category", lambda post: post.categories, "{site} – {name}", _slug),
        Taxonomy("tags", "tag", lambda post: post.tags, "{site} – #{name}", _slug),
        Taxonomy("authors", "author", _authors, "{site} – @{name}", _slug, only_parts=True),
        Taxonomy("sections", "section", _sections, "{site} – {name}/", _path, only_parts=True),
        Taxonomy(
            "languages",
            "language",
            lambda post: (post.language,) if post.language else (),
            "{site} ({name})",
            _slug,
            only_parts=True,
        ),
    )
}


def terms_of(taxonomy: Taxonomy, post: Post) -> dict[str, str]:
    """Return the terms of a post: each one's slug, with the first of its spellings."""
    return {taxonomy.slug_of(name): name for name in reversed(taxonomy.terms_of(post))}


def groups(taxonomy: Taxonomy, posts: Sequence[Post]) -> list[Group]:
    """Return the terms that get a channel, by slug.

    Spellings of a name that differ in case or dashes only are one term, named by the commonest of them. A
    section whose posts are all in one folder of its own is left to the upper one, whose posts are the same.
    """
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    filed: defaultdict[str, list[Post]] = defaultdict(list)
    for post in posts:
        for slug, name in terms_of(taxonomy, post).items():
            spellings[slug][name] += 1
            filed[slug].append(post)

    def repeats(slug: str) -> bool:
        above = filed.get(slug.rpartition("/")[0], posts)  # what is in a folder is in those above, too
        return taxonomy.only_parts and len(filed[slug]) in {len(above), len(posts)}

    return [
        Group(
            slug=slug,
            name=min(spellings[slug], key=lambda name: (-spellings[slug][name], name)),
            posts=tuple(filed[slug]),
        )
        for slug in sorted(filed)
        if not repeats(slug)
    ]
