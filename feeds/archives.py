"""Which posts a feed holds, and which of its archives (RFC 5005 section 4).

The feed has the newest posts, as many as its budget allows. Archives are filled from the oldest post on, by
the same budget. An archive is closed when it is full, or behind a post that is a boundary; then no newer post
can change it. What is in none that is closed fits into the feed, so nothing is ever out of reach.

A boundary is a matter of the post alone. So when an old post is deleted or comes late, the archives behind
the next boundary are again what they were, and nobody must remember how they were filled.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from feeds.model import Post

    Weigh = Callable[[Post], int]

_HASHES = 1 << 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What fits into one document: so many posts, and so many bytes for all entries together."""

    posts: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A channel's posts by document, newest first in each.

    `window` are those of the feed itself, `republished` older ones that were corrected since. `archives` are
    the oldest first: those that hold a post which is no longer in the window. `left` are the bytes that the
    feed still has room for.
    """

    window: tuple[Post, ...]
    republished: tuple[Post, ...]
    archives: tuple[tuple[Post, ...], ...]
    left: int


def divide(posts: Sequence[Post], budget: Budget, weigh: Weigh, *, archived: bool) -> Division:
    """Divide `posts`, which are newest first, among the feed and its archives, if it is to have any."""
    count, left = _window(posts, budget, weigh)
    window, older = tuple(posts[:count]), posts[count:]
    if not archived or not older:
        return Division(window=window, republished=(), archives=(), left=left)
    again: set[int] = set()
    for place, post in _corrected(older, since=window[-1].published):
        weight = weigh(post)
        if weight <= left:
            again.add(place)
            left -= weight
    archives: list[tuple[Post, ...]] = []
    filed = 0
    for archive in _closed(posts, budget, weigh):
        if filed >= len(older):
            break
        archives.append(archive)
        filed += len(archive)
    return Division(
        window=window,
        republished=tuple(older[place] for place in sorted(again)),
        archives=tuple(archives),
        left=left,
    )


def name_of(archive: Sequence[Post]) -> str:
    """Return the folder of an archive: the day of its first post and a digest of that post's id."""
    first = archive[-1]
    return f"{first.published.date().isoformat()}-{_digest(first).hex()[:8]}"


def is_boundary(post: Post, weight: int, budget: Budget) -> bool:
    """Whether an archive ends with this post: one in as many as fit into a document, by number or by bytes.

    A post that alone is as large as the budget always is.
    """
    number = int.from_bytes(_digest(post)[:8])
    return number * budget.posts < _HASHES or number * max(budget.size, 1) < weight * _HASHES


def _window(posts: Sequence[Post], budget: Budget, weigh: Weigh) -> tuple[int, int]:
    """How many of the newest posts a feed has room for, the first one in any case, and how much is left."""
    left = budget.size
    for place, post in enumerate(posts[: budget.posts]):
        weight = weigh(post)
        if place and weight > left:
            return place, left
        left -= weight
    return min(len(posts), budget.posts), left


def _corrected(posts: Sequence[Post], since: datetime) -> list[tuple[int, Post]]:
    """Those of `posts` that were corrected after `since`, with their places, the latest correction first."""
    found = [
        (post.corrected, place, post)
        for place, post in enumerate(posts)
        if post.corrected and post.corrected > since
    ]
    found.sort(key=lambda each: (-each[0].timestamp(), each[1]))
    return [(place, post) for _, place, post in found]


def _closed(posts: Sequence[Post], budget: Budget, weigh: Weigh) -> Iterator[tuple[Post, ...]]:
    """Fill archives from the oldest post on, and yield those that no newer post can change."""
    filling: list[Post] = []
    left = budget.size
    for post in reversed(posts):
        weight = weigh(post)
        if filling and weight > left:
            yield tuple(reversed(filling))
            filling, left = [], budget.size
        filling.append(post)
        left -= weight
        if len(filling) == budget.posts or is_boundary(post, weight, budget):
            yield tuple(reversed(filling))
            filling, left = [], budget.size


def _digest(post: Post) -> bytes:
    return hashlib.sha256(post.id.encode(errors="surrogatepass")).digest()
