"""What there is to subscribe to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from feeds import channels
from feeds.settings import Feeds, Names, Output, Settings, Site
from samples import a_post

if TYPE_CHECKING:
    from feeds.model import Post

POST = a_post(
    id="urn:x:0",
    path="a.md",
    url="https://example.org/a/",
    title="A",
    published=datetime(2025, 1, 1, tzinfo=UTC),
    updated=datetime(2025, 1, 1, tzinfo=UTC),
    html="",
)


def post(day: int, **changes: object) -> Post:
    """A post of January 2025."""
    moment = datetime(2025, 1, day, tzinfo=UTC)
    given = {
        "id": f"urn:x:{day}",
        "url": f"https://example.org/{day}/",
        "published": moment,
        "updated": moment,
    }
    return replace(POST, **(given | changes))  # type: ignore[arg-type] # fields of a post


def settings(**feeds: object) -> Settings:
    """Settings with some of `[feeds]`."""
    return Settings(
        site=Site(title="S", url="https://example.org", description="D"),
        feeds=Feeds(**feeds),  # type: ignore[arg-type] # keys of a section
    )


def test_posts_are_newest_first_and_ties_go_by_url() -> None:
    """The order hangs on moments, not on how they are written."""
    early = post(
        1,
        published=datetime(2025, 1, 1, 23, tzinfo=timezone(timedelta(hours=2))),
        url="https://example.org/z/",
    )
    late = post(1, published=datetime(2025, 1, 1, 22, tzinfo=UTC), url="https://example.org/y/")
    twin = replace(late, url="https://example.org/x/")
    assert (twin, late, early) == channels.newest_first([early, late, twin])
    assert (twin, late, early) == channels.newest_first([twin, early, late])


def test_there_is_a_channel_for_the_site_and_for_every_term() -> None:
    """Each holds its own posts, newest first."""
    posts = (post(3, tags=("b", "a")), post(2, categories=("c",), tags=("a",)), post(1))
    planned = channels.plan(posts, settings())
    assert [
        ("site", "S", "", [3, 2, 1]),
        ("categories", "c", "categories/c", [2]),
        ("tags", "a", "tags/a", [3, 2]),
        ("tags", "b", "tags/b", [3]),
    ] == [(c.kind, c.name, c.path, [p.published.day for p in c.posts]) for c in planned]


def test_titles_tell_channels_apart() -> None:
    """A tag and a category of one name have two titles."""
    planned = channels.plan((post(1, tags=("x",), categories=("x",)),), settings())
    assert ["S", "S – x", "S – #x"] == [channel.title for channel in planned]
    assert 3 == len({channel.id for channel in planned})


def test_spellings_that_meet_are_one_term_named_by_the_commonest() -> None:
    """Case and dashes do not split a tag, not even within one post; punctuation does."""
    posts = (
        post(4, tags=("Go", "go", "C")),
        post(3, tags=("go", "C++")),
        post(2, tags=("GO", "C#")),
        post(1, tags=("Go",)),
    )
    terms = [(c.slug, c.name, len(c.posts)) for c in channels.plan(posts, settings())[1:]]
    assert [("c", "C", 1), ("c_plus_plus", "C++", 1), ("c_sharp", "C#", 1), ("go", "Go", 4)] == terms


def test_the_limit_keeps_the_newest() -> None:
    """`updated` is that of the posts shown."""
    posts = (post(3), post(2), post(1, updated=datetime(2025, 2, 1, tzinfo=UTC)))
    (site,) = channels.plan(posts, settings(limit=2))
    assert ([3, 2], 3) == ([p.published.day for p in site.posts], site.total)
    assert datetime(2025, 1, 3, tzinfo=UTC) == site.updated


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"max_bytes": 8}, [4, 3]),
        ({"max_bytes": 7}, [4]),
        ({"max_bytes": 1}, [4]),
        ({"max_bytes": 12}, [4, 3]),
        ({"max_bytes": 13}, [4, 3, 2, 1]),
        ({"max_bytes": 1, "content": "summary"}, [4, 3, 2, 1]),
    ],
)
def test_a_feed_holds_no_more_than_readers_bear(given: dict[str, object], expected: list[int]) -> None:
    """Bytes of text are counted as they are sent; the newest post is there however long it is."""
    posts = [post(day, html=html) for day, html in ((4, "four"), (3, "éé"), (2, "12345"), (1, ""))]
    (site,) = channels.plan(posts, settings(**given))
    assert (expected, 4) == ([each.published.day for each in site.posts], site.total)


def test_updated_is_that_of_the_newest_change() -> None:
    """An old post that was corrected moves the feed."""
    changed = datetime(2025, 2, 1, tzinfo=UTC)
    (site,) = channels.plan((post(3), post(1, updated=changed)), settings())
    assert changed == site.updated


def test_a_site_without_posts_has_a_feed_with_a_fixed_date() -> None:
    """The clock is not in it."""
    (site,) = channels.plan((), settings())
    assert ((), datetime(1970, 1, 1, tzinfo=UTC)) == (site.posts, site.updated)


@pytest.mark.parametrize(
    ("feeds", "kinds"),
    [({"taxonomies": ["tags"]}, {"site", "tags"}), ({"taxonomies": []}, {"site"})],
)
def test_taxonomies_can_be_chosen(feeds: dict[str, object], kinds: set[str]) -> None:
    """Only those named in the settings get feeds."""
    planned = channels.plan((post(1, tags=("a",), categories=("b",)),), settings(**feeds))
    assert kinds == {channel.kind for channel in planned}


def test_feeds_have_paths_and_addresses() -> None:
    """Names come from the settings; addresses are percent-encoded."""
    chosen = Settings(
        site=Site(title="S", url="https://example.org/blog"),
        feeds=Feeds(formats=["atom", "json"], content="summary"),
        output=Output(names=Names(atom="index.xml")),
    )
    site, tag = channels.plan((post(1, tags=("知乎",)),), chosen)
    assert [("atom", "index.xml"), ("json", "feed.json")] == [(f.format, f.path) for f in site.feeds]
    assert "https://example.org/blog/tags/%E7%9F%A5%E4%B9%8E/index.xml" == tag.feeds[0].url
    assert ("tags/知乎/index.xml", "application/atom+xml", False) == (
        tag.feeds[0].path,
        tag.feeds[0].media_type,
        tag.extent == "full",
    )
