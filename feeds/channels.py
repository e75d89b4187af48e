"""Posts → channels: what there is to subscribe to, which posts each holds, and where its feeds go."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds import identity, slugs
from feeds.formats import FORMATS
from feeds.model import Channel, Feed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from feeds.model import Post
    from feeds.settings import Settings


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """How posts are grouped. `name` stands in `[feeds] taxonomies` and paths, `mark` before terms in titles.

    The mark keeps a tag and a category of the same name apart in a reader's list.
    """

    name: str
    terms_of: Callable[[Post], tuple[str, ...]]
    mark: str = ""


TAXONOMIES = {
    row.name: row
    for row in (
        Taxonomy("categories", lambda post: post.categories),
        Taxonomy("tags", lambda post: post.tags, mark="#"),
    )
}

# Atom wants a date even of a feed without entries (RFC 4287 section 4.1.1), and the clock must not be it.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Order posts by publication, newest first; posts of one moment by URL."""
    return tuple(sorted(posts, key=lambda post: (-post.published.timestamp(), post.url)))


def plan(posts: Sequence[Post], settings: Settings) -> tuple[Channel, ...]:
    """Return the site's channel, then one per term of each taxonomy, by slug. `posts` are newest first.

    Spellings of a name that differ in case or dashes only are one term, named by the commonest of them.
    """
    site = _channel("site", settings.site.title, "", posts, settings)
    terms = [
        _channel(taxonomy, name, slug, tagged, settings)
        for taxonomy in settings.feeds.taxonomies
        if taxonomy in TAXONOMIES
        for slug, name, tagged in _terms(TAXONOMIES[taxonomy].terms_of, posts)
    ]
    return (site, *terms)


def _terms(
    terms_of: Callable[[Post], tuple[str, ...]], posts: Sequence[Post]
) -> list[tuple[str, str, list[Post]]]:
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    tagged: defaultdict[str, list[Post]] = defaultdict(list)
    for post in posts:
        for slug, name in {slugs.term(name): name for name in reversed(terms_of(post))}.items():
            spellings[slug][name] += 1
            tagged[slug].append(post)
    return [
        (slug, min(spellings[slug], key=lambda name: (-spellings[slug][name], name)), tagged[slug])
        for slug in sorted(tagged)
    ]


def _channel(kind: str, name: str, slug: str, posts: Sequence[Post], settings: Settings) -> Channel:
    path = f"{kind}/{slug}" if slug else ""
    shown = tuple(_newest(posts, settings))
    title = settings.site.title
    if slug:
        title = f"{title} – {TAXONOMIES[kind].mark}{name}"
    return Channel(
        kind=kind,
        name=name,
        slug=slug,
        path=path,
        id=identity.of_channel(path, settings),
        title=title,
        description=settings.site.description,
        # A page for each term is the site generator's to make or not; the home page is always there.
        home_url=settings.site.url + "/",
        language=settings.site.language,
        extent=settings.feeds.content,
        updated=max((post.updated for post in shown), default=_NEVER),
        feeds=tuple(_feed(path, name, settings) for name in settings.feeds.formats),
        posts=shown,
        total=len(posts),
    )


def _newest(posts: Sequence[Post], settings: Settings) -> Iterator[Post]:
    """Yield the newest posts that a feed has room for, the first one in any case."""
    room = settings.feeds.max_bytes
    for number, post in enumerate(posts[: settings.feeds.limit]):
        room -= len(post.html.encode()) if settings.feeds.content == "full" else 0
        if room < 0 and number:
            return
        yield post


def _feed(folder: str, name: str, settings: Settings) -> Feed:
    file_name: str = getattr(settings.output.names, name)
    path = f"{folder}/{file_name}" if folder else file_name
    return Feed(
        format=name,
        media_type=FORMATS[name].media_type,
        path=path,
        url=f"{settings.site.url}/{quote(path)}",
    )
