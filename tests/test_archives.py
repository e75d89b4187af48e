"""What a feed holds and what its archives do: all is reachable, and what is closed stays as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds import archives, channels
from feeds.archives import Budget, divide
from feeds.formats import FORMATS
from feeds.model import (
    Correction,
    Enclosure,
    Episode,
    Origin,
    Participant,
    Person,
    Post,
    Tombstone,
    Transcript,
)
from feeds.settings import Author, Custom, Feeds, Podcast, Settings, Site
from feeds.weights import Weights
from samples import a_post

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Channel, Feed

START = datetime(2025, 1, 1, tzinfo=UTC)


def post(number: int, **changes: object) -> Post:
    """The post of a day, counted from 2025."""
    moment = START + timedelta(days=number)
    return replace(
        a_post(
            id=f"urn:x:{number}",
            url=f"https://example.org/{number}/",
            published=moment,
            updated=moment,
            html="<p>",
        ),
        **changes,  # type: ignore[arg-type] # fields of a post
    )


def newest(*numbers: int) -> list[Post]:
    """Posts of these days, newest first."""
    return [post(number) for number in sorted(numbers, reverse=True)]


def days(posts: Sequence[Post]) -> list[int]:
    """The numbers that posts were made from."""
    return [(each.published - START).days for each in posts]


def by_html(each: Post) -> int:
    """A weight that the tests can choose: the length of the text."""
    return len(each.html)


WEIGHTS = st.lists(st.integers(1, 12), max_size=40)
BUDGETS = st.builds(
    lambda posts, sizes: Budget(posts=posts, size=max(sizes), filed=min(sizes)),
    st.integers(1, 6),
    st.tuples(st.integers(0, 30), st.integers(0, 30)),
)


def budget(posts: int, size: int) -> Budget:
    """One for the feed and its archives alike."""
    return Budget(posts=posts, size=size, filed=size)


def weighing(weights: Sequence[int]) -> list[Post]:
    """Posts of these weights, newest first."""
    return [post(number, html="x" * weight) for number, weight in enumerate(weights)][::-1]


@pytest.mark.parametrize(
    ("weights", "posts", "size", "expected"),
    [
        ([5, 4, 4, 4], 3, 100, [3, 2, 1]),
        ([5, 4, 4, 4], 9, 12, [3, 2, 1]),
        ([5, 4, 4, 4], 9, 11, [3, 2]),
        ([5, 4, 4, 4], 9, 1, [3]),
        ([1, 9, 1], 9, 9, [2]),
        ([], 9, 9, []),
    ],
)
def test_a_feed_holds_the_newest(weights: list[int], posts: int, size: int, expected: list[int]) -> None:
    """As many as its budget has room for, one after the other, and the first one in any case."""
    divided = divide(weighing(weights), budget(posts, size), by_html, archived=False)
    assert (expected, (), ()) == (days(divided.window), divided.republished, divided.archives)


CORRECTIONS = st.dictionaries(st.integers(0, 39), st.integers(0, 60), max_size=8)


def with_corrections(posts: Sequence[Post], corrections: dict[int, int]) -> list[Post]:
    """The posts, some of them corrected on other days."""
    return [
        replace(each, corrected=START + timedelta(days=corrections[number]))
        if (number := days([each])[0]) in corrections
        else each
        for each in posts
    ]


@given(WEIGHTS, BUDGETS, CORRECTIONS)
@example([1, 2, 1, 1], Budget(posts=6, size=4, filed=3), {0: 9, 1: 9})
def test_everything_is_in_the_feed_or_in_one_archive(
    weights: list[int], limits: Budget, corrections: dict[int, int]
) -> None:
    """No post is out of reach, none is archived twice, and what is together keeps to the budget."""
    posts = with_corrections(weighing(weights), corrections)
    divided = divide(posts, limits, by_html, archived=True)
    filed = [each for archive in reversed(divided.archives) for each in archive]
    assert filed == posts[len(posts) - len(filed) :]
    assert set(posts) == {*divided.window, *filed}
    assert list(divided.window) == posts[: len(divided.window)]
    assert not set(divided.window) & set(divided.republished)
    feed = divided.window + divided.republished
    assert len(divided.window) <= 1 or sum(map(by_html, feed)) <= limits.size
    assert max(len(divided.window), len(divided.republished)) <= limits.posts
    for archive in divided.archives:
        assert len(archive) <= limits.posts
        assert len(archive) <= 1 or sum(map(by_html, archive)) <= limits.filed
    assert all(archive[-1] not in divided.window for archive in divided.archives)


@given(WEIGHTS, BUDGETS, CORRECTIONS)
@example([3] * 40, Budget(posts=5, size=30, filed=30), {})
def test_new_posts_leave_archives_alone(
    weights: list[int], limits: Budget, corrections: dict[int, int]
) -> None:
    """An archive that is there once is there for ever, post by post, with the same archive before it.

    With corrections, archives may be needed earlier, and never others.
    """
    posts = weighing(weights)
    known: tuple[tuple[Post, ...], ...] = ()
    for count in range(len(posts) + 1):
        found = divide(posts[len(posts) - count :], limits, by_html, archived=True).archives
        other = divide(
            with_corrections(posts[len(posts) - count :], corrections), limits, by_html, archived=True
        ).archives
        assert [days(each) for each in found] == [days(each) for each in other[: len(found)]]
        assert known == found[: len(known)]
        known = found


@given(WEIGHTS, BUDGETS, st.data())
def test_what_changes_below_is_felt_up_to_a_boundary(
    weights: list[int], limits: Budget, data: st.DataObject
) -> None:
    """Archives that begin behind a boundary are the same with an old post and without it."""
    posts = weighing(weights)
    if not posts:
        return
    gone = data.draw(st.integers(0, len(posts) - 1))
    with_it = divide(posts, limits, by_html, archived=True).archives
    without = divide([p for p in posts if p != posts[gone]], limits, by_html, archived=True).archives
    ends = [at for at in range(gone) if archives.is_boundary(posts[at], by_html(posts[at]), limits)]
    if ends:
        behind = set(posts[: max(ends)])
        assert [a for a in with_it if set(a) <= behind] == [a for a in without if set(a) <= behind]


def test_boundaries_come_often_enough() -> None:
    """A deletion in a thousand posts leaves nearly all archives as they were."""
    posts = newest(*range(1000))
    limits = budget(20, 10_000)
    before = divide(posts, limits, by_html, archived=True).archives
    assert 50 <= len(before) <= 100
    for gone in (10, 500, 900):
        after = divide([p for p in posts if days([p]) != [gone]], limits, by_html, archived=True).archives
        assert len(set(before) - set(after)) <= 6


def test_a_small_site_has_no_archives() -> None:
    """They hold what is no longer in the feed, and so there are none until something is not."""
    limits = budget(20, 10_000)
    assert () == divide(newest(*range(20)), limits, by_html, archived=True).archives
    first = divide(newest(*range(21)), limits, by_html, archived=True).archives
    assert 0 == days(first[0])[-1]


def test_posts_of_one_moment_have_one_order() -> None:
    """It goes by URL, so that archives do not depend on the order of files."""
    twins = [
        post(1, id=f"urn:x:{letter}", url=f"https://example.org/{letter}/") for letter in "abcdefghijklmnopq"
    ]
    limits = budget(3, 100)
    assert divide(channels.newest_first(twins), limits, by_html, archived=True) == divide(
        channels.newest_first(reversed(twins)), limits, by_html, archived=True
    )


def test_archives_are_named_by_what_they_hold() -> None:
    """By the day of the first post, and by all of them: who knows an archive by its address knows its posts."""
    archive = (post(9), post(3, published=datetime(987, 1, 2, tzinfo=UTC)))
    assert "0987-01-02-" == archives.name_of(archive)[:11]
    others = (archive[1:], (replace(archive[0], id="urn:x:other"), archive[1]))
    assert 3 == len({archives.name_of(each) for each in (archive, *others)})
    assert archives.name_of(archive) == archives.name_of((replace(archive[0], html="edited"), archive[1]))


CORRECTED = {
    2: START + timedelta(days=30),
    5: START + timedelta(days=40),
    7: START + timedelta(days=10),
    19: START + timedelta(days=50),
}


@pytest.mark.parametrize(
    ("posts", "size", "window", "expected"),
    [
        (3, 100, [19, 18, 17], [5, 2]),
        (3, 9, [19, 18, 17], [5, 2]),
        (3, 6, [19, 18, 17], [5]),
        (3, 5, [19, 18, 17], []),
        (1, 100, [19], [5]),  # no more than the newest may be
        (9, 9, [19, 18, 17], [5, 2]),  # bytes are the limit: the newest make room
        (9, 8, [19, 18, 17], [5]),
    ],
)
def test_corrected_posts_come_back(posts: int, size: int, window: list[int], expected: list[int]) -> None:
    """Those in archives that readers saw before the correction, in their share of the bytes, the latest first."""
    given_posts = [
        replace(each, corrected=CORRECTED.get(days([each])[0]), html="x" if days([each])[0] > 16 else "xxx")
        for each in newest(*range(20))
    ]
    divided = divide(given_posts, Budget(posts=posts, size=size, filed=3), by_html, archived=True)
    assert (window, expected) == (days(divided.window), days(divided.republished))
    assert () == divide(given_posts, budget(3, 100), by_html, archived=False).republished


# Whole channels, as they are written.


def chosen(**feeds: object) -> Settings:
    """Settings with some of `[feeds]`."""
    return Settings(
        site=Site(title="S", url="https://example.org/blog"),
        feeds=Feeds(**({"taxonomies": []} | feeds)),  # type: ignore[arg-type] # keys of a section
    )


def documents(channel: Channel, given: Settings) -> dict[str, bytes]:
    """The channel's files, by address."""
    return {
        feed.url: FORMATS[feed.format].build(part, feed, given)
        for part in (channel, *channel.archives)
        for feed in part.feeds
    }


def walk(channel: Channel, format_name: str) -> list[Feed]:
    """Follow `previous` from the feed on, as a reader that wants it all does."""
    known = {feed.url: feed for part in (channel, *channel.archives) for feed in part.feeds}
    (feed,) = (feed for feed in channel.feeds if feed.format == format_name)
    path = [feed]
    while feed.previous:
        feed = known[feed.previous]
        assert feed not in path
        path.append(feed)
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_a_reader_can_walk_to_the_beginning(name: str) -> None:
    """Through every archive once, in its own format; each says which feed is the current one."""
    (site,) = channels.plan(newest(*range(90)), chosen(limit=7))
    path = walk(site, name)
    assert len(path) == len(site.archives) + 1
    assert {name} == {feed.format for feed in path}
    assert [""] + [path[0].url] * len(site.archives) == [feed.current for feed in path]
    assert [archive.path for archive in reversed(site.archives)] == [
        feed.path.rpartition("/")[0] for feed in path[1:]
    ]


def test_an_archive_is_a_part_of_its_channel() -> None:
    """With the same id and title, and a place below the channel's that its first post names."""
    posts = [replace(each, tags=("Go",)) for each in newest(*range(9))]
    planned = channels.plan(posts, chosen(limit=2, archives="all", taxonomies=["tags"], formats=["atom"]))
    tag = next(channel for channel in planned if channel.kind == "tags")
    first = tag.archives[0]
    assert (tag.id, tag.title, tag.kind, tag.extent, ()) == (
        first.id,
        first.title,
        first.kind,
        first.extent,
        first.archives,
    )
    assert f"tags/go/archive/2025-01-01-{archives.name_of(first.posts)[-8:]}" == first.path
    assert f"https://example.org/blog/{first.path}/atom.xml" == first.feeds[0].url
    assert (first.posts[0].updated, len(first.posts)) == (first.updated, first.total)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("site", {"site"}), ("all", {"site", "tags", "custom"}), ("none", set())],
)
def test_the_settings_say_what_has_archives(mode: str, expected: set[str]) -> None:
    """The site's own channel, all, or none, whose feeds then lead nowhere."""
    posts = [replace(each, tags=("go",)) for each in newest(*range(30))]
    given = chosen(limit=2, archives=mode, taxonomies=["tags"], custom=[Custom(name="x", where="tag:go")])
    planned = channels.plan(posts, given)
    assert expected == {channel.kind for channel in planned if channel.archives}
    assert expected == {channel.kind for channel in planned if channel.feeds[0].previous}


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 6), st.integers(8_000, 20_000))
def test_growth_never_changes_the_bytes_of_an_archive(limit: int, size: int) -> None:
    """What a host or a reader keeps of an archive stays right for ever."""
    given = chosen(limit=limit, max_bytes=size)
    known: dict[str, bytes] = {}
    for count in range(4, 25, 3):
        (site,) = channels.plan(newest(*range(count)), given)
        current = {feed.url for feed in site.feeds}
        found = {url: data for url, data in documents(site, given).items() if url not in current}
        assert known.items() <= found.items()
        known = found
    assert known


TEXT = st.text(
    st.sampled_from(["a", "<", "&", '"', "\\", "\n", "\r", "\t", "é", "知", "🎉", "'", ">", "\x01"]),
    max_size=300,
)
URL = st.sampled_from(
    ["https://example.org/a/", "https://example.org/?a=1&b=2&c=3", "https://example.org/" + "%C3" * 40]
)
MOMENT = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone below
PERSON = st.builds(Person, name=TEXT, email=TEXT, url=URL)
EPISODE = st.builds(
    Episode,
    season=st.integers(0, 9),
    number=st.integers(0, 999),
    kind=st.sampled_from(["", "full", "bonus"]),
    explicit=st.sampled_from([None, True, False]),
    image=URL,
    transcripts=st.lists(
        st.builds(
            Transcript,
            url=URL,
            media_type=st.just("text/vtt"),
            language=st.just("en"),
            captions=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    chapters=URL,
    people=st.lists(
        st.builds(Participant, name=TEXT, role=st.just("guest"), group=st.just("cast"), image=URL, url=URL),
        max_size=3,
    ).map(tuple),
)
POSTS = st.builds(
    a_post,
    title=TEXT,
    label=TEXT.map(lambda text: f"a{text}"),
    summary=TEXT,
    html=st.one_of(TEXT, st.integers(0, 3000).map(lambda count: '<p>"é&amp;"</p>\n' * count)),
    categories=st.lists(TEXT, max_size=4).map(tuple),
    tags=st.lists(TEXT, max_size=4).map(tuple),
    authors=st.lists(PERSON, max_size=3).map(tuple),
    published=MOMENT,
    language=st.sampled_from(["en", "zh-Hant"]),
    direction=st.sampled_from(["ltr", "rtl"]),
    image=st.one_of(st.just(""), URL),
    enclosures=st.lists(
        st.builds(
            Enclosure,
            url=URL,
            media_type=st.sampled_from(["audio/mpeg", "video/mp4"]),
            length=st.integers(0, 10**10),
            duration=st.integers(0, 10**5),
            title=TEXT,
        ),
        max_size=3,
    ).map(tuple),
    extent=st.sampled_from(["", "", "full", "summary"]),
    comments=st.one_of(st.just(""), URL),
    rights=TEXT,
    via=st.one_of(st.just(""), URL),
    subject=st.one_of(st.just(""), URL),
    origin=st.one_of(st.none(), st.builds(Origin, title=TEXT, url=URL, id=st.just(""))),
    episode=st.one_of(st.none(), EPISODE),
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(POSTS, max_size=12),
    st.sampled_from([5_000, 20_000, 60_000, 200_000]),
    st.sampled_from(["full", "summary"]),
    st.booleans(),
)
def test_no_file_is_larger_than_the_settings_allow(
    posts: list[Post],
    most: int,
    content: str,
    podcast: bool,  # noqa: FBT001 - drawn
) -> None:
    """In no format, unless it holds one post alone: readers give up on large files."""
    posts = [
        replace(each, id=f"urn:x:{at}", url=f"{each.url}{at}/", updated=each.published)
        for at, each in enumerate(posts)
    ]
    given = Settings(
        site=Site(
            title="S" * 50,
            url="https://example.org/blog",
            author="ada",
            copyright="© & <all>",
            description="<&>" * 50,
        ),
        authors={"ada": Author(name="Ada Lovelace", email="ada@example.org", url="/ada/")},
        feeds=Feeds(
            max_bytes=most, content=content, taxonomies=[], tombstones="on", hubs=["https://hub.example/?a&b"]
        ),
        podcast=Podcast(
            channel="site" if podcast else "",
            author="Ada & Co",
            owner="Ada <ada@example.org>",
            image="/cover.jpg",
            categories=["Technology", "Society & Culture > History"],
            funding="https://example.org/fund",
        ),
    )
    gone = [
        Tombstone(post=post(number), when=datetime(2031, 1, 1, tzinfo=UTC)) for number in range(most // 400)
    ]
    (site,) = channels.plan(channels.newest_first(posts), given, gone)
    for part in (site, *site.archives):
        for feed in part.feeds:
            size = len(FORMATS[feed.format].build(part, feed, given))
            assert len(part.posts) < 2 or size <= most, (feed.format, size)


@settings(deadline=None, max_examples=60)
@given(POSTS, st.integers(1, 8), st.sampled_from(["full", "summary"]))
@example(a_post(summary="&<>" * 400), 8, "full")
@example(a_post(summary="&<>" * 400), 8, "summary")
@example(a_post(), 8, "full")
def test_no_guess_is_too_low(drawn: Post, count: int, content: str) -> None:
    """What entries weigh is never less than what is written for them, nor is the head."""
    given = chosen(content=content)
    posts = [
        replace(drawn, id=f"urn:x:{at}", url=f"{drawn.url}{at}/", updated=drawn.published + timedelta(days=1))
        for at in range(count)
    ]
    weights = Weights(given)
    (one,), (all_of_them,) = channels.plan(posts[:1], given), channels.plan(posts, given)
    head = weights.head((one.title, one.description, one.home_url), one.path)
    guesses = [weights.post(each, one.extent) for each in all_of_them.posts]
    small, large = documents(one, given), documents(all_of_them, given)
    current = {feed.url for feed in one.feeds}
    for url in current:
        assert len(large[url]) - len(small[url]) <= sum(guesses) - guesses[0]
        assert len(large[url]) <= head + sum(guesses)


def test_what_a_feed_says_of_itself_is_counted() -> None:
    """A description may be long."""
    given = Settings(
        site=Site(title="S", url="https://example.org", description="x" * 20_000),
        feeds=Feeds(taxonomies=[], max_bytes=300_000),
    )
    posts = [replace(each, html="x" * 9_500) for each in newest(*range(40))]
    (site,) = channels.plan(posts, given)
    assert len(site.posts) < 20
    assert max(map(len, documents(site, given).values())) <= 300_000


def test_most_of_the_room_is_used() -> None:
    """The guess may be high, but not by much: an ordinary blog's feed holds what its budget says."""
    text = '<p>Words and <a href="https://example.org/">links</a>, as people write them.</p>\n' * 120
    posts = [
        replace(each, html=text, summary="A short one.", tags=("a", "b", "c"), authors=(Person(name="Ada"),))
        for each in newest(*range(60))
    ]
    given = chosen(limit=60, max_bytes=300_000)
    (site,) = channels.plan(posts, given)
    assert 20 <= len(site.posts) < 60
    assert max(map(len, documents(site, given).values())) > 240_000


def test_a_correction_is_no_part_of_the_weight_of_others() -> None:
    """What is republished leaves the newest where they are."""
    posts = newest(*range(30))
    fixed = replace(posts[25], corrected=START + timedelta(days=99), updated=START + timedelta(days=99))
    assert Correction(when=START, text="x").when == START
    (before,) = channels.plan(posts, chosen(limit=5))
    (after,) = channels.plan([*posts[:25], fixed, *posts[26:]], chosen(limit=5))
    assert before.posts == after.posts[:5]
    assert (fixed,) == after.posts[5:]
    assert (fixed.updated, posts[0].updated) == (after.updated, before.updated)
