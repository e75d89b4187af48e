"""What one deletion does to archives of long posts, where bytes fill them and not the number of posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from feeds import archives, channels
from feeds.archives import Budget
from feeds.formats import FORMATS
from feeds.settings import Feeds, Settings, Site
from samples import a_post

if TYPE_CHECKING:
    from feeds.model import Post

START = datetime(2020, 1, 1, tzinfo=UTC)
LONG = 2_000


def posts_of(count: int) -> list[Post]:
    """Long posts of as many days, newest first."""
    return [
        replace(
            a_post(html="x" * LONG),
            id=f"urn:x:{number}",
            url=f"https://example.org/{number}/",
            published=START + timedelta(days=number),
            updated=START + timedelta(days=number),
        )
        for number in reversed(range(count))
    ]


def without(posts: list[Post], number: int) -> list[Post]:
    """The posts but for that of a day."""
    return [post for post in posts if post.id != f"urn:x:{number}"]


@pytest.mark.parametrize("gone", [10, 300, 500, 900])
def test_boundaries_come_often_enough_by_bytes(gone: int) -> None:
    """A deletion in a thousand posts leaves nearly all archives as they were, whatever the limit."""
    posts = posts_of(1000)
    budget = Budget(posts=10_000, size=10 * LONG, filed=10 * LONG)

    def filed(given: list[Post]) -> set[tuple[Post, ...]]:
        return set(archives.divide(given, budget, lambda post: len(post.html), archived=True).archives)

    before, after = filed(posts), filed(without(posts, gone))
    assert 100 <= len(before) <= 250
    assert len(before - after) <= 8


def documents(posts: list[Post]) -> dict[str, bytes]:
    """The archives' files by their paths."""
    settings = Settings(
        site=Site(title="S", url="https://example.org"),
        feeds=Feeds(taxonomies=[], formats=["atom"], limit=10_000, max_bytes=100_000, archives="site"),
    )
    (site,) = channels.plan(posts, settings)
    return {
        feed.path: FORMATS[feed.format].build(archive, feed, settings)
        for archive in site.archives
        for feed in archive.feeds
    }


@pytest.mark.parametrize("gone", [3, 250, 450])
def test_a_deletion_leaves_most_archives_bytes_alone(gone: int) -> None:
    """What readers walked through is what they find again, but for the neighbourhood of the post."""
    posts = posts_of(600)
    before, after = documents(posts), documents(without(posts, gone))
    assert len(before) > 20
    changed = [path for path, data in before.items() if after.get(path) != data]
    assert 1 <= len(changed) <= 10
