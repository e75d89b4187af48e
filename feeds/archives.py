"""Which posts a feed holds, and which of its archives (RFC 5005 section 4).

The feed has the newest posts, as many as its budget allows, and older ones that were corrected. Archives are
filled from the oldest post on. One is closed when it is full, or behind a post that is a boundary; then no
newer post can change it. An archive is never larger than what the feed keeps free for the newest posts, so
what is in none that is closed fits into the feed, and nothing is ever out of reach.

A boundary is a matter of the post alone. So when an old post is deleted or comes late, the archives behind
the next boundary are again what they were, and nobody must remember how they were filled.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from feeds.model import Post

    Weigh = Callable[[Post], int]

_HASHES = 1 << 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What fits into one document: so many posts, and so many bytes for all entries together.

    `size` is that of the feed, and `filed` that of an archive, which is no larger.
    """

    posts: int
    size: int
    filed: int


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
    count, left = _window(posts, budget.posts, budget.size, weigh)
    if not archived or count == len(posts):
        return Division(window=tuple(posts[:count]), republished=(), archives=(), left=left)
    again, taken = _corrected(posts, count, budget, weigh)
    if again:
        count, left = _window(posts, budget.posts, budget.size - taken, weigh)
    archives: list[tuple[Post, ...]] = []
    filed = 0
    for archive in _closed(posts, budget, weigh):
        if filed >= len(posts) - count:
            break
        archives.append(archive)
        filed += len(archive)
    return Division(
        window=tuple(posts[:count]),
        republished=tuple(posts[place] for place in again if place >= count),
        archives=tuple(archives),
        left=left,
    )


def name_of(archive: Sequence[Post]) -> str:
    """Return the folder of an archive: the day of its first post, and a digest of all its posts' ids.

    Readers that walk back stop at an archive they know (RFC 5005 section 4.2): one with other posts in it
    must be one that they do not know.
    """
    digest = hashlib.sha256(b"".join(map(_digest, archive))).hexdigest()
    return f"{archive[-1].published.date().isoformat()}-{digest[:8]}"


def is_boundary(post: Post, weight: int, budget: Budget) -> bool:
    """Whether an archive ends with this post: one in as many as fit into a document, by number or by bytes.

    A post that alone is as large as the budget always is.
    """
    number = int.from_bytes(_digest(post)[:8])
    return number * budget.posts < _HASHES or number * max(budget.filed, 1) < weight * _HASHES


def _window(posts: Sequence[Post], most: int, size: int, weigh: Weigh) -> tuple[int, int]:
    """How many of the newest posts a feed has room for, the first one in any case, and how much is left."""
    left = size
    for place, post in enumerate(posts[:most]):
        weight = weigh(post)
        if place and weight > left:
            return place, left
        left -= weight
    return min(len(posts), most), left


def _corrected(posts: Sequence[Post], count: int, budget: Budget, weigh: Weigh) -> tuple[list[int], int]:
    """The places of posts to be published again, and the bytes that they take from the newest ones.

    Those that were corrected after the oldest of the `count` newest posts came out, the latest corrections
    first. None while all of them are among the newest anyway; else also those that the others push out.
    """
    since = posts[count - 1].published
    found = [
        (-post.corrected.timestamp(), place)
        for place, post in enumerate(posts)
        if post.corrected and post.corrected > since
    ]
    if all(place < count for _, place in found):
        return [], 0
    kept, _ = _window(posts, budget.posts, budget.filed, weigh)  # whatever is published again
    room = budget.size - budget.filed
    again: list[int] = []
    for _, place in sorted(found):
        weight = weigh(posts[place])
        if place >= kept and weight <= room and len(again) < budget.posts:
            again.append(place)
            room -= weight
    return sorted(again), budget.size - budget.filed - room


def _closed(posts: Sequence[Post], budget: Budget, weigh: Weigh) -> Iterator[tuple[Post, ...]]:
    """Fill archives from the oldest post on, and yield those that no newer post can change."""
    filling: list[Post] = []
    left = budget.filed
    for post in reversed(posts):
        weight = weigh(post)
        if filling and weight > left:
            yield tuple(reversed(filling))
            filling, left = [], budget.filed
        filling.append(post)
        left -= weight
        if len(filling) == budget.posts or is_boundary(post, weight, budget):
            yield tuple(reversed(filling))
            filling, left = [], budget.filed


def _digest(post: Post) -> bytes:
    return hashlib.sha256(post.id.encode(errors="surrogatepass")).digest()
