"""What there is to subscribe to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import channels
from feeds.errors import ConfigError
from feeds.model import Person, Tombstone
from feeds.settings import Content, Custom, Feeds, Names, Options, Output, Podcast, Settings, Site
from samples import a_post

if TYPE_CHECKING:
    from feeds.model import Channel, Post

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
        ({"max_bytes": 1024}, [4]),
        ({"max_bytes": 40_000}, [4, 3, 2]),
        ({"max_bytes": 40_000, "content": "summary"}, [4, 3, 2, 1]),
        ({"max_bytes": 500_000}, [4, 3, 2, 1]),
        ({"max_bytes": 500_000, "limit": 2}, [4, 3]),
    ],
)
def test_a_feed_holds_no_more_than_readers_bear(given: dict[str, object], expected: list[int]) -> None:
    """The newest post is there however long it is, and in a feed of summaries its text counts for nothing."""
    posts = [post(day, html="x" * 10_000) for day in (4, 3, 2, 1)]
    (site,) = channels.plan(posts, settings(**given))
    assert (expected, 4) == ([each.published.day for each in site.posts], site.total)


def test_a_post_of_its_own_extent_is_weighed_so() -> None:
    """`feed_content: summary` in a long post leaves room for others."""
    posts = [post(day, html="x" * 10_000, extent="summary") for day in (4, 3, 2, 1)]
    (site,) = channels.plan(posts, settings(max_bytes=20_000))
    assert 4 == len(site.posts)


def test_updated_is_that_of_the_newest_change() -> None:
    """An old post that was corrected moves the feed."""
    changed = datetime(2025, 2, 1, tzinfo=UTC)
    (site,) = channels.plan((post(3), post(1, updated=changed)), settings())
    assert changed == site.updated


def test_a_site_without_posts_has_a_feed_with_a_fixed_date() -> None:
    """The clock is not in it."""
    (site,) = channels.plan((), settings())
    assert ((), datetime(2000, 1, 1, tzinfo=UTC)) == (site.posts, site.updated)


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


def shape(planned: tuple[Channel, ...]) -> list[tuple[str, list[int]]]:
    """Paths and days."""
    return [(channel.path, [each.published.day for each in channel.posts]) for channel in planned]


ADA, BOB = Person(name="Ada Lovelace"), Person(name="Bob", email="bob@example.org")


def test_every_author_has_a_feed() -> None:
    """A name is a person, whatever their address; whoever wrote everything has one, too."""
    posts = (
        post(3, authors=(ADA, BOB)),
        post(2, authors=(Person(name="ada lovelace", url="https://ada.example/"),)),
        post(1, authors=(Person(name=" "),)),
    )
    planned = channels.plan(posts, settings())
    assert [("", [3, 2, 1]), ("authors/ada-lovelace", [3, 2]), ("authors/bob", [3])] == shape(planned)
    assert ["S", "S – @Ada Lovelace", "S – @Bob"] == [channel.title for channel in planned]
    assert [("", [3]), ("authors/ada-lovelace", [3]), ("authors/bob", [3])] == shape(
        channels.plan(posts[:1], settings())
    )


def test_what_feeds_there_are_hangs_on_their_own_posts() -> None:
    """When somebody else's post is gone, nobody's subscribers get an error."""
    chosen = settings(taxonomies=["authors", "sections"])
    posts = (
        post(3, authors=(ADA,), section="eng/data/ml"),
        post(2, authors=(ADA,), section="eng/data/ml"),
        post(1, authors=(BOB,), section="eng/data/ops"),
    )
    before = {channel.path for channel in channels.plan(posts, chosen)}
    after = {channel.path for channel in channels.plan(posts[:2], chosen)}
    assert {"authors/bob", "sections/eng/data/ops"} == before - after
    assert set() == after - before


def test_an_author_in_the_register_has_a_lasting_place() -> None:
    """By the id: no other name moves the feed, and settings may say either."""
    bare = post(1, authors=(Person(name="alice"),))
    for name in ("Alice Ng", "Alice Smith"):
        known = Person(id="alice", name=name)
        options = {"authors/alice": Options(limit=1), "authors": Options(home="/people/{slug}/#{name}")}
        custom = [Custom(name="x", where="author:alice"), Custom(name="y", where=f'author:"{name}"')]
        posts = (post(2, authors=(known,)), post(1, authors=(known,)))
        planned = channels.plan(posts, settings(channels=options, custom=custom))
        assert [("", [2, 1]), ("authors/alice", [2]), ("x", [2, 1]), ("y", [2, 1])] == shape(planned)
        author, (_, before) = planned[1], channels.plan((bare,), settings(channels=options))
        assert (name, "alice", f"S – @{name}") == (author.name, author.slug, author.title)
        assert (before.id, before.path, before.home_url.partition("#")[0]) == (
            author.id,
            author.path,
            author.home_url.partition("#")[0],
        )


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("2026", []),
        ("2026/09", []),
        ("2026/9/1", []),
        ("posts/2026/09/01", ["posts"]),
        ("posts/2026-09/notes", ["posts", "posts/2026-09/notes"]),
        ("posts/2026-09-01", ["posts"]),
        ("2026/2026-09/2026-09-30", []),
        ("2026/09/01/02", ["2026/09/01/02"]),
        ("09", ["09"]),
        ("2026/13", ["2026/13"]),
        ("2026/09/32", ["2026/09/32"]),
        ("1700/01", ["1700", "1700/01"]),
        ("posts/09/2026", ["posts", "posts/09"]),
        ("2026/linux/09", ["2026/linux", "2026/linux/09"]),
    ],
)
def test_folders_that_only_date_a_post_are_no_sections(section: str, expected: list[str]) -> None:
    """Neither for feeds nor for expressions: else every day of a microblog had one."""
    custom = [Custom(name="any", where="section:*"), Custom(name="it", where=f"section:{section}")]
    planned = channels.plan((post(1, section=section),), settings(taxonomies=["sections"], custom=custom))
    assert expected == [channel.name for channel in planned if channel.kind == "sections"]
    assert [*["any"][: len(expected)], *["it"][: expected.count(section)]] == [
        channel.name for channel in planned if channel.kind == "custom"
    ]


def test_a_post_is_in_its_section_and_in_those_above() -> None:
    """Paths are made of the folders' names, if the settings ask for sections."""
    posts = (
        post(5, section="posts/Linux/deep"),
        post(4, section="posts/Linux/deep"),
        post(3, section="posts/C++"),
        post(2, section="posts"),
        post(1),
    )
    assert [
        ("", [5, 4, 3, 2, 1]),
        ("sections/posts", [5, 4, 3, 2]),
        ("sections/posts/c_plus_plus", [3]),
        ("sections/posts/linux", [5, 4]),
        ("sections/posts/linux/deep", [5, 4]),
    ] == shape(channels.plan(posts, settings(taxonomies=["sections"])))
    assert "S – posts/Linux/" == channels.plan(posts, settings(taxonomies=["sections"]))[3].title
    assert [("", [5, 4, 3, 2, 1])] == shape(channels.plan(posts, settings()))


def test_languages_have_feeds_in_their_language() -> None:
    """Those that are asked for hang on no other: also the only language has one."""
    posts = (post(3, language="pt-BR"), post(2, language="pt-br"), post(1))
    planned = channels.plan(posts, settings(taxonomies=["languages"]))
    assert [("", [3, 2, 1]), ("languages/en", [1]), ("languages/pt-br", [3, 2])] == shape(planned)
    assert [("en", "S"), ("en", "S (en)"), ("pt-BR", "S (pt-BR)")] == [
        (channel.language, channel.title) for channel in planned
    ]
    single = channels.plan((post(2), post(1)), settings(taxonomies=["languages"]))
    assert [("", [2, 1]), ("languages/en", [2, 1])] == shape(single)


def test_one_name_for_many_things_has_many_titles() -> None:
    """A reader's list shows titles, and nothing else."""
    posts = (post(2, tags=("x",), categories=("x",), authors=(Person(name="x"),), section="x"), post(1))
    kinds = ["categories", "tags", "authors", "sections"]
    planned = channels.plan(posts, settings(taxonomies=kinds, custom=[Custom(name="x", where="tag:x")]))
    assert 6 == len(planned) == len({channel.title for channel in planned})
    assert 6 == len({channel.id for channel in planned})


def test_a_post_may_be_in_no_feed() -> None:
    """`feed: false` counts for nothing."""
    posts = (post(2, tags=("a",), language="pt", in_feeds=False), post(1))
    assert [("", [1])] == shape(channels.plan(posts, settings()))
    buried = Tombstone(post=post(2, in_feeds=False), when=datetime(2026, 1, 1, tzinfo=UTC))
    (site,) = channels.plan(posts, settings(), [buried])
    assert ((), post(1).updated) == (site.tombstones, site.updated)


def test_the_settings_may_name_feeds_of_their_own() -> None:
    """After all others, in the order of the settings; one without posts is left out."""
    custom = [
        Custom(name="work/podcast", where="has:title and not tag:b", title="Talk", limit=1, formats=["rss"]),
        Custom(name="none", where="tag:zzz"),
        Custom(name="a", where="tag:A", content="summary", description="All of {name}", home="/a/"),
    ]
    posts = (post(3, tags=("b",)), post(2, tags=("a",)), post(1))
    planned = channels.plan(posts, settings(custom=custom, taxonomies=[]))
    assert [("", [3, 2, 1]), ("work/podcast", [2]), ("a", [2])] == shape(planned)
    podcast, other = planned[1:]
    assert ("custom", "work/podcast", "work/podcast", "Talk", 2) == (
        podcast.kind,
        podcast.name,
        podcast.slug,
        podcast.title,
        podcast.total,
    )
    assert ["work/podcast/rss.xml"] == [feed.path for feed in podcast.feeds]
    assert ("S – a", "summary", "All of a", "https://example.org/a/") == (
        other.title,
        other.extent,
        other.description,
        other.home_url,
    )


def test_a_where_that_is_wrong_is_a_fault_of_the_settings() -> None:
    """Should the check of the settings be left out."""
    with pytest.raises(ConfigError, match="column 1") as caught:
        channels.plan((), settings(custom=[Custom(name="x", where="tgas:a")]))
    assert "[[feeds.custom]] x" == caught.value.where


def test_a_channel_of_a_grouping_may_be_different() -> None:
    """Its own table is nearest, then that of its grouping, then `[feeds]`; a name may be in any spelling."""
    options = {
        "site": Options(title="All of S", limit=1),
        "tags": Options(title="S on {name}", description="About {name}", limit=2, content="summary"),
        "tags/C++": Options(title="See plus plus", formats=["json"], content="full"),
        "sections/A/b": Options(limit=1),
    }
    posts = (*(post(day, tags=("c++", "Go"), section="a/b") for day in (4, 3, 2)), post(1, section="a"))
    site, cpp, go, *_ = channels.plan(posts, settings(channels=options, taxonomies=["tags", "sections"]))
    assert ("All of S", "D", [4]) == (site.title, site.description, [p.published.day for p in site.posts])
    assert ("See plus plus", "About c++", "full", ["json"], 2) == (
        cpp.title,
        cpp.description,
        cpp.extent,
        [feed.format for feed in cpp.feeds],
        len(cpp.posts),
    )
    assert ("S on Go", "summary", 3) == (go.title, go.extent, len(go.feeds))
    assert ["sections/a/b"] == [
        c.path
        for c in channels.plan(posts, settings(channels=options, taxonomies=["sections"]))
        if c.kind == "sections" and len(c.posts) == 1
    ]
    assert ["All of S", "See plus plus", "Go"] == [site.label, cpp.label, go.label]


@pytest.mark.parametrize(
    ("home", "dialect", "expected"),
    [
        ("", "plain", "https://example.org/"),
        ("/tags/", "plain", "https://example.org/tags/"),
        ("/tags/{slug}/", "plain", "https://example.org/tags/c_plus_plus_-x/"),
        ("/tags/{slug}/", "hugo", "https://example.org/tags/c++-x/"),
        ("/tags/{name}", "plain", "https://example.org/tags/C++%20X"),
        ("https://other.example/{slug}", "hugo", "https://other.example/c++-x"),
        ("/?tag={slug}&x={name}", "hugo", "https://example.org/?tag=c%2B%2B-x&x=C%2B%2B%20X"),
    ],
)
def test_a_channel_may_have_a_page(home: str, dialect: str, expected: str) -> None:
    """That of a term is where the site's generator puts it."""
    given = Settings(
        site=Site(title="S", url="https://example.org"),
        content=Content(dialect=dialect),  # type: ignore[arg-type] # of a table
        feeds=Feeds(channels={"tags": Options(home=home)}),
    )
    tag = channels.plan((post(1, tags=("C++ X",)),), given)[1]
    assert expected == tag.home_url


@pytest.mark.parametrize(
    ("tag", "home", "dialect", "expected"),
    [
        ("c#", "/tags/{slug}/", "hugo", "/tags/c%23/"),
        ("c#", "/tags/{slug}/", "jekyll", "/tags/c%23/"),
        ("Q/#1", "/tags/{slug}/", "hugo", "/tags/q/%231/"),
        ("a?b", "/tags/{slug}/", "jekyll", "/tags/a%3Fb/"),
        ("a?b#c", "/tags/{name}/", "plain", "/tags/a%3Fb%23c/"),
        ("100%", "/tags/{name}/", "plain", "/tags/100%25/"),
        ("%23", "/tags/{name}/", "plain", "/tags/%2523/"),
        ("知乎", "/tags/{slug}/", "hugo", "/tags/%E7%9F%A5%E4%B9%8E/"),
        ("{name}", "/tags/{name}/", "plain", "/tags/%7Bname%7D/"),
        ("R&B", "/?tag={name}#top", "plain", "/?tag=R%26B#top"),
    ],
)
def test_no_term_ends_the_path_of_its_page(tag: str, home: str, dialect: str, expected: str) -> None:
    """What is in a name stays in its place of the address."""
    given = Settings(
        site=Site(title="S", url="https://example.org"),
        content=Content(dialect=dialect),  # type: ignore[arg-type] # of a table
        feeds=Feeds(channels={"tags": Options(home=home)}),
    )
    assert f"https://example.org{expected}" == channels.plan((post(1, tags=(tag,)),), given)[1].home_url


def test_a_channel_is_called_by_a_title_of_its_own() -> None:
    """What its own table or that of a custom feed says; what all of a grouping have would say too little."""
    options = {
        "site": Options(title="All"),
        "tags": Options(title="S on {name}"),
        "tags/b": Options(title="B, {name}"),
    }
    custom = [Custom(name="x", where="tag:a", title="X of {name}"), Custom(name="y", where="tag:a")]
    planned = channels.plan((post(1, tags=("a", "b")),), settings(channels=options, custom=custom))
    assert ["All", "a", "B, b", "X of x", "y"] == [channel.label for channel in planned]


@pytest.mark.parametrize(
    ("podcast", "given", "expected"),
    [
        ("", {}, [20, 20, 20]),
        ("show", {}, [20, 20, 30]),
        ("site", {}, [30, 20, 20]),
        ("tags/a", {}, [20, 30, 20]),
        ("show", {"limit": 5}, [5, 5, 30]),
        ("show", {"custom": [Custom(name="show", where="tag:a", limit=7)]}, [20, 20, 7]),
        ("tags/a", {"channels": {"tags": Options(limit=8)}}, [20, 8, 20]),
        ("site", {"channels": {"site": Options(limit=9)}}, [9, 20, 20]),
        ("show", {"max_bytes": 30_000}, None),
    ],
)
def test_a_podcast_holds_all_of_its_episodes(
    podcast: str, given: dict[str, object], expected: list[int] | None
) -> None:
    """Directories show what is in the feed, and nothing else; a limit of the channel's own is meant so."""
    posts = [post(day, tags=("a",)) for day in range(30, 0, -1)]
    custom = [Custom(name="show", where="tag:a")]
    chosen = Settings(
        site=Site(title="S", url="https://example.org"),
        feeds=Feeds(**{"custom": custom, **given}),  # type: ignore[arg-type] # keys of a section
        podcast=Podcast(channel=podcast),
    )
    site, tag, show = channels.plan(posts, chosen)
    if expected:
        assert expected == [len(site.posts), len(tag.posts), len(show.posts)]
    else:
        assert 5 < len(show.posts) < 30, "what has no room is not there"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", []),
        ("site", [""]),
        ("tags/C++", ["tags/c_plus_plus"]),
        ("tags/c_plus_plus", ["tags/c_plus_plus"]),
        ("show", ["show"]),
        ("tags", []),
        ("none", []),
    ],
)
def test_one_channel_is_the_podcast(name: str, expected: list[str]) -> None:
    """The one that the settings name, with its archives."""
    given = Settings(
        site=Site(title="S", url="https://example.org"),
        feeds=Feeds(limit=1, archives="all", custom=[Custom(name="show", where="tag:c++")]),
        podcast=Podcast(channel=name),
    )
    planned = channels.plan((post(3, tags=("C++",)), post(2, tags=("C++",)), post(1)), given)
    assert expected == [channel.path for channel in planned if channel.is_podcast]
    assert all(part.is_podcast == channel.is_podcast for channel in planned for part in channel.archives)


def test_the_page_of_a_section_is_below_those_of_others() -> None:
    """Folders stay folders."""
    given = settings(channels={"sections": Options(home="/{slug}/")}, taxonomies=["sections"])
    planned = channels.plan((post(2, section="notes/My Day"), post(1, section="notes"), post(3)), given)
    assert ["https://example.org/notes/", "https://example.org/notes/my-day/"] == [
        channel.home_url for channel in planned[1:]
    ]


def buried(day: int, when: datetime, **changes: object) -> Tombstone:
    """What is left of a post of January 2025."""
    return Tombstone(post=post(day, id=f"urn:gone:{day}", **changes), when=when)


def test_a_deletion_is_news_in_the_channels_that_the_post_was_in() -> None:
    """As long as it is newer than the oldest post shown; the latest first."""
    late, early = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 2, 1, tzinfo=UTC)
    gone = [
        buried(9, early, tags=("a",)),
        buried(8, late, tags=("A",), categories=("only",)),
        buried(7, datetime(2025, 1, 2, tzinfo=UTC), tags=("a",)),
    ]
    posts = (post(3, tags=("a",)), post(2, tags=("b",)))
    custom = [Custom(name="x", where="tag:a or tag:b")]
    planned = channels.plan(posts, settings(custom=custom), gone)
    assert [
        ("", late, [8, 9]),
        ("tags/a", late, [8, 9]),
        ("tags/b", post(2).updated, []),
        ("x", late, [8, 9]),
    ] == [(c.path, c.updated, [each.post.published.day for each in c.tombstones]) for c in planned]


def test_deletions_move_a_site_that_has_nothing_else() -> None:
    """All posts of a site may be gone."""
    when = datetime(2025, 3, 1, tzinfo=UTC)
    (site,) = channels.plan((), settings(), [buried(1, when, tags=("a",))])
    assert (when, 1, ()) == (site.updated, len(site.tombstones), site.posts)


def test_tombstones_do_not_push_posts_out() -> None:
    """They take what room is left, and the feed's date is still that of the latest."""
    when = datetime(2025, 3, 1, tzinfo=UTC)
    gone = [buried(1 + number % 28, when + timedelta(seconds=number)) for number in range(200)]
    posts = tuple(post(day, html="x" * 4_000) for day in (4, 3, 2))
    (before,) = channels.plan(posts, settings(max_bytes=30_000))
    (after,) = channels.plan(posts, settings(max_bytes=30_000), gone)
    assert before.posts == after.posts
    assert 1 < len(after.tombstones) < 200
    assert gone[-1].when == after.updated == after.tombstones[0].when


@pytest.mark.parametrize(
    ("feeds", "names", "posts", "message", "where"),
    [
        (
            {"custom": [Custom(name="tags/a", where="tag:a")]},
            {},
            (post(1, tags=("a",), path="posts/x.md"),),
            "two files would be at `tags/a/rss.xml`: the feed of the tag `a` and the feed of "
            "[[feeds.custom]] `tags/a`",
            "posts/x.md and [[feeds.custom]]",
        ),
        (
            {"custom": [Custom(name="One", where="tag:a"), Custom(name="one", where="tag:a")]},
            {},
            (post(1, tags=("a",)),),
            "two files would be at `one/rss.xml`: the feed of [[feeds.custom]] `One` and the feed of "
            "[[feeds.custom]] `one`",
            "[[feeds.custom]]",
        ),
        (
            {"custom": [Custom(name="RSS.xml", where="has:title")]},
            {},
            (post(1),),
            "`rss.xml` would be a file and a folder: the feed of the site and the feed of "
            "[[feeds.custom]] `RSS.xml`",
            "[output.names] and [[feeds.custom]]",
        ),
        (
            {"custom": [Custom(name="list", where="has:title")]},
            {"opml": "list"},
            (post(1),),
            "`list` would be a file and a folder: the list of all feeds and the feed of [[feeds.custom]] `list`",
            "[output.names] opml and [[feeds.custom]]",
        ),
        (
            {"aliases": {"tags/A/rss.xml": "rss.xml"}},
            {},
            (post(1, tags=("a",), path="posts/x.md"),),
            "two files would be at `tags/A/rss.xml`: the feed of the tag `a` and the old place of `rss.xml`",
            "posts/x.md and [feeds.aliases]",
        ),
        (
            {"aliases": {"subscribe.html": "rss.xml"}},
            {},
            (),
            "two files would be at `subscribe.html`: the subscribe page and the old place of `rss.xml`",
            "[output.names] page and [feeds.aliases]",
        ),
        (
            {"aliases": {"_redirects/x.xml": "rss.xml"}},
            {},
            (),
            "`_redirects` would be a file and a folder: the redirects and the old place of `rss.xml`",
            "[output.names] redirects and [feeds.aliases]",
        ),
        (
            {"aliases": {"feed": "rss.xml", "feed/index.xml": "atom.xml"}},
            {},
            (),
            "two files would be at `feed/index.xml`: the old place of `rss.xml` and the old place of `atom.xml`",
            "[feeds.aliases]",
        ),
    ],
)
def test_two_files_at_one_place_are_refused(
    feeds: dict[str, object], names: dict[str, str], posts: tuple[Post, ...], message: str, where: str
) -> None:
    """Before anything is written, with what both are and where each was asked for."""
    given = Settings(
        site=Site(title="S", url="https://example.org"),
        feeds=Feeds(**feeds),  # type: ignore[arg-type] # keys of a section
        output=Output(names=Names(**names)),
    )
    with pytest.raises(ConfigError) as caught:
        channels.plan(posts, given)
    assert (message, where) == (caught.value.message, caught.value.where)


def test_folders_that_are_only_redirected_are_no_files() -> None:
    """`"feed/" = "rss.xml"` stands in nobody's way."""
    given = settings(aliases={"feed/": "rss.xml"}, custom=[Custom(name="feed", where="has:title")])
    assert ["", "feed"] == [channel.path for channel in channels.plan((post(1),), given)]


WORDS = st.lists(st.sampled_from(["a", "A", "b-c", "B C", "ü", "x/y", "…"]), max_size=3).map(tuple)


@given(
    st.lists(
        st.builds(
            a_post,
            tags=WORDS,
            categories=WORDS,
            section=WORDS.map("/".join),
            authors=WORDS.map(lambda names: tuple(Person(name=name) for name in names)),
            language=st.sampled_from(["en", "pt-BR"]),
            in_feeds=st.booleans(),
        ),
        max_size=8,
    )
)
def test_every_post_is_where_it_belongs(drawn: list[Post]) -> None:
    """No channel is empty, none is there twice, and each keeps the order of the site."""
    posts = channels.newest_first(
        replace(each, id=f"urn:x:{at}", url=f"https://example.org/{at}/") for at, each in enumerate(drawn)
    )
    kinds = ["categories", "tags", "authors", "sections", "languages"]
    planned = channels.plan(posts, settings(taxonomies=kinds))
    shown = [each for each in posts if each.in_feeds]
    assert shown == list(planned[0].posts)
    assert len(planned) == len({channel.path for channel in planned}) == len({c.title for c in planned})
    for channel in planned[1:]:
        assert channel.posts
        assert [each for each in shown if each in channel.posts] == list(channel.posts)
