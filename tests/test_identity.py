"""Ids: nothing that may change about a post changes what readers know it by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies

from feeds import config, identity, placement
from feeds.model import Header, Source

if TYPE_CHECKING:
    from feeds.settings import Settings

DAY = datetime(2025, 1, 31, tzinfo=UTC)
ID = 'id = "tag:example.org,2026:site"'
words = strategies.text("abc-é日 &", min_size=1, max_size=12)
days = strategies.integers(-9999, 9999).map(lambda count: DAY + timedelta(days=count))


def settings(url: str = "https://example.org", site: str = "", content: str = "") -> Settings:
    """A site's settings, with more lines in two tables."""
    return config.parse(f'[site]\ntitle = "T"\nurl = "{url}"\n{site}\n[content]\n{content}\n')


def source(key: str, **header: Any) -> Source:
    """A dated post."""
    header.setdefault("published", DAY)
    name = key.rpartition("/")[2]
    return Source(
        path=f"{key}.md",
        key=key,
        name=name,
        section="",
        folder="",
        header=Header(**header),
        body="",
        body_line=1,
    )


def ids(sources: list[Source], its: Settings, **known: Any) -> dict[str, str]:
    """The ids by key."""
    placed, _ = placement.place(sources, its, **known)
    return {each.source.key: each.id for each in placed}


@given(
    header=strategies.fixed_dictionaries(
        {},
        optional={
            "title": words,
            "slug": words,
            "url": words.map(lambda word: f"/{word}/"),
            "published": days,
            "updated": days,
            "tags": strategies.lists(words, max_size=2).map(tuple),
        },
    ),
    others=strategies.lists(strategies.sampled_from(["a", "b/c", "notes/hello-2", "zz"]), unique=True),
    host=strategies.sampled_from(["example.org", "www.example.org", "new.example", "new.example/blog"]),
    scheme=strategies.sampled_from(["http", "https"]),
    pattern=strategies.sampled_from(["", "/{year}/{slug}/", "/{section}/{title}.html"]),
)
def test_no_change_of_a_post_or_its_site_changes_its_id(
    header: dict[str, Any], others: list[str], host: str, scheme: str, pattern: str
) -> None:
    """Not title, date, slug, URL or tags; not the domain, the scheme or the addresses' pattern; no other post."""
    before = ids([source("notes/hello")], settings(site=ID))["notes/hello"]
    its = settings(f"{scheme}://{host}", ID, f'permalink = "{pattern}"' if pattern else "")
    posts = [source("notes/hello", **header), *(source(other) for other in others)]
    assert before == ids(posts, its)["notes/hello"]
    apart = [source(other, url=f"/other/{number}/") for number, other in enumerate(others)]
    assert before == ids([*apart, posts[0]], its)["notes/hello"]


@pytest.mark.parametrize(
    ("url", "site", "same"),
    [
        ("http://example.org", "", True),
        ("https://www.example.org", "", True),
        ("http://www.example.org/", "", True),
        ("https://Example.org", "", True),
        ("https://new.example", 'id = "https://example.org"', True),
        ("https://new.example", 'id = "https://www.example.org/"', True),
        ("https://new.example", 'id = "http://WWW.example.org"', True),
        ("https://new.example", 'id = "example.org"', True),
        ("https://new.example", "", False),
        ("https://example.org/blog", "", False),
        ("https://blog.example.org", "", False),
        ("https://example.org:8080", "", False),
        ("https://example.org", 'id = "tag:example.org,2026:"', False),
    ],
)
def test_which_moves_of_a_site_keep_its_ids(url: str, site: str, *, same: bool) -> None:
    """To https and to or from www by themselves, to any other address with `[site] id`; feeds have theirs likewise."""
    here, there = settings(), settings(url, site)
    assert same is (identity.of_post("a", "", here) == identity.of_post("a", "", there))
    assert same is (identity.of_channel("tags/a", here) == identity.of_channel("tags/a", there))


def test_a_path_keeps_its_case() -> None:
    """In it, other than in a host's name, case tells two apart."""
    upper, lower = settings("https://example.org/Blog"), settings("https://example.org/blog")
    assert identity.of_post("a", "", upper) != identity.of_post("a", "", lower)


@pytest.mark.parametrize(
    "mine",
    [
        "https://old.example/?p=123",
        "HTTP://Old.example/a%2fb#c",
        "tag:blogger.com,1999:blog-1.post-2",
        "urn:uuid:C9AE3F6E-6B0A-4C38-9D55-4B5A2E3F1D0C",
        "http://www.example.org/à-la/日記/",
        "at://did:plc:abc/app.bsky.feed.post/3k",
    ],
)
def test_an_address_of_its_own_is_kept_to_the_byte(mine: str) -> None:
    """Readers compare ids character by character, so what an import brings must not even be tidied."""
    for key, its in (("a", settings()), ("b", settings("https://new.example", ID))):
        assert mine == identity.of_post(key, mine, its, {key: "urn:x:earlier"})
        assert mine == identity.as_iri(mine, its)


@pytest.mark.parametrize(
    "mine", ["c9ae3f6e-6b0a-4c38-9d55-4b5a2e3f1d0c", "C9AE3F6E-6B0A-4C38-9D55-4B5A2E3F1D0C"]
)
def test_a_bare_uuid_is_one_anywhere(mine: str) -> None:
    """It is the same post on another site; Atom has it as a URN."""
    expected = "urn:uuid:c9ae3f6e-6b0a-4c38-9d55-4b5a2e3f1d0c"
    for its in (settings(), settings("https://new.example")):
        assert mine == identity.of_post("a", mine, its)
        assert expected == identity.as_iri(mine, its)


@pytest.mark.parametrize(
    "mine", ["123", "post-123", "a b:c", "c9ae3f6e", "tag:a b", "note:<1>", "x:{{ url }}"]
)
def test_any_other_text_is_kept_too(mine: str) -> None:
    """Ghost's and Squarespace's ids are no addresses, and are kept; for Atom, which wants one, one is made."""
    for key in ("a", "b"):
        assert mine == identity.of_post(key, mine, settings(), {key: "urn:x:earlier"})
    made = identity.as_iri(mine, settings())
    assert made.startswith("urn:uuid:")
    assert made == identity.as_iri(mine, settings("https://www.example.org"))
    assert made != identity.as_iri(f"{mine}.", settings())


def test_what_was_minted_once_is_kept() -> None:
    """An id of an earlier run comes before a new one, and after the front matter's."""
    known = {"a": "urn:x:earlier", "b": "urn:x:other", "gone": "urn:x:gone"}
    posts = [source("a"), source("b", id="urn:x:mine"), source("c")]
    new = identity.of_post("c", "", settings())
    assert {"a": "urn:x:earlier", "b": "urn:x:mine", "c": new} == ids(posts, settings(), known=known)
    (deleted,) = placement.place_deleted([source("gone")], (), settings(), known)
    assert "urn:x:gone" == deleted.id


@given(strategies.text(max_size=40), strategies.text(max_size=40))
def test_any_text_gives_an_absolute_id(key: str, mine: str) -> None:
    """Without spaces, and the same every time."""
    made = identity.as_iri(identity.of_post(key, mine, settings()), settings())
    assert ":" in made
    assert made.split() == [made]
    assert made == identity.as_iri(identity.of_post(key, mine, settings()), settings())


def test_a_deleted_post_keeps_the_id_it_had() -> None:
    """Also beside a new post that took its URL; but not when that took its id, for then nothing went."""
    gone = [source("old/hello", url="/hello/"), source("moved", id="urn:x:1"), source("twice", id="urn:x:2")]
    gone.append(replace(gone[-1], path="copy.md", key="copy"))
    live, problems = placement.place([source("hello", url="/hello/", id="urn:x:1")], settings())
    assert () == problems
    before, _ = placement.place(gone, settings())
    deleted = placement.place_deleted(gone, live, settings())
    assert [before[0], before[2]] == list(deleted)


def test_two_posts_with_one_id() -> None:
    """The first is published; the problem names both, and where the second says it."""
    copy = source("b", id="urn:x:1", places={"id": (4, 1)})
    placed, (problem,) = placement.place([source("a", id="urn:x:1"), copy], settings())
    assert ["a"] == [each.source.key for each in placed]
    assert ("post-duplicate", "content/b.md", 4, 1) == (
        problem.code,
        problem.path,
        problem.line,
        problem.column,
    )
    assert "urn:x:1 is already the id of content/a.md" == problem.message
