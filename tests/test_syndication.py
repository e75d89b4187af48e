"""What front matter says of a post among others: in which feeds it is, what was corrected, where it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content import front_matter, header
from feeds.model import Header, Origin
from feeds.problems import Findings

if TYPE_CHECKING:
    from feeds.content.yaml_text import Value


def read(yaml: str, **defaults: Value) -> tuple[Header, list[str]]:
    """The header of some YAML lines, and its problems as `line:column severity code message | hint`."""
    findings = Findings("post.md")
    matter = front_matter.split(f"---\n{yaml}\n---\n", findings)
    typed = header.read(matter, ZoneInfo("UTC"), findings, defaults=defaults)
    return typed, [
        f"{p.line}:{p.column} {p.severity} {p.code} {p.message} | {p.hint}" for p in findings.problems
    ]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("title:", True),
        ('title: ""', True),
        ("title: '  '", True),
        ("title: null", True),
        ("title: []", True),
        ("date: 2025-01-31", False),
        ("title: 0", False),
        ("title: '{{ page.title }}'", False),
        ("extra: {title: ''}", False),
    ],
)
def test_notes_without_a_title(yaml: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """An empty title is one on purpose, and its place is known."""
    typed, problems = read(yaml)
    assert (expected, expected, []) == (typed.untitled, "untitled" in typed.places, problems)


def test_a_title_that_holds_for_the_folder_is_one() -> None:
    """Then the post has a title."""
    typed, _ = read("title:", title="Notes")
    assert (False, "Notes") == (typed.untitled, typed.title)


@pytest.mark.parametrize(
    "yaml",
    [
        "feed: false",
        "feed: off",
        "rss: no",
        "in_feeds: false",
        "show_in_rss: false",
        "include_in_feeds: false",
        "generate_feeds: false",
        "exclude_from_feed: true",
        "exclude_from_feeds: true",
        "excludeFromRSS: true",
        "feed_exclude: true",
        "hide_rss: true",
        "hiddenInRss: true",
        "disable_feed: true",
        "DisableFeed: true",
        "noRSS: yes",
        "rss_ignore: true",
        "feed: {exclude: true}",
        "rss: {exclude: true}",
        "feed: {disabled: true}",
        "feed: {include: false}",
        "feed: true\nexclude_from_feed: true",
        "extra: {include_in_feeds: false}",
        "params: {feed: false}",
    ],
)
def test_posts_that_are_kept_out_of_feeds(yaml: str) -> None:
    """Every theme has its own word for it; they all work, and the post is published."""
    typed, problems = read(yaml)
    assert (False, "", []) == (typed.in_feeds, typed.withheld, problems)
    assert "in_feeds" in typed.places


@pytest.mark.parametrize(
    "yaml",
    [
        "feed: true",
        "rss: /feed.xml",
        "exclude_from_feed: false",
        "hide_rss: no",
        "feed: {exclude: false}",
        "feed: {include: true}",
        "feed: {title: x}",
        "show_in_rss: {exclude: true}",
        "feed: [a]",
        "exclude_from_feed: {}",
    ],
)
def test_posts_that_are_in_feeds(yaml: str) -> None:
    """A switch that is not thrown, and what is no switch, keeps nothing out."""
    typed, problems = read(yaml)
    assert (True, []) == (typed.in_feeds, problems)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("feed_content: full", "full"),
        ("feed_content: Full-Text", "full"),
        ("feedContent: summary", "summary"),
        ("rss_content: excerpt", "summary"),
        ("feed: {excerpt_only: true}", "summary"),
        ("feed: {excerpt_only: false}", "full"),
        ("feed: {content: summary}", "summary"),
        ("feed: {title: x, excerpt_only: maybe}", ""),
        ("feed: summary", "summary"),
        ("rss: full", "full"),
        ("rss_full_text: true", "full"),
        ("rss_full_text: no", "summary"),
        ("feed: /feed.xml", ""),
        ("feed_content:", ""),
        ("extra: {feed_content: summary}", "summary"),
    ],
)
def test_how_much_of_a_post_feeds_hold(yaml: str, expected: str) -> None:
    """All of it or a summary, whatever the feed does otherwise."""
    typed, problems = read(yaml)
    assert (expected, bool(expected), []) == (typed.extent, "extent" in typed.places, problems)


@pytest.mark.parametrize(
    ("yaml", "problem"),
    [
        (
            "feed_content: lots",
            "2:15 warning extent-unclear feed_content: 'lots' is neither full nor summary, so the feed's own "
            "setting is taken | write feed_content: full or feed_content: summary",
        ),
        (
            "feed: {content: [full]}",
            "2:7 warning extent-unclear content: what it holds is neither full nor summary, so the feed's own "
            "setting is taken | write content: full or content: summary",
        ),
    ],
)
def test_an_extent_that_is_none(yaml: str, problem: str) -> None:
    """The feed's own setting is taken, and the author is told."""
    typed, problems = read(yaml)
    assert ("", [problem]) == (typed.extent, problems)


@pytest.mark.parametrize(
    ("yaml", "defaults", "in_feeds", "extent"),
    [
        ("title: x", {"feed": "false"}, False, ""),
        ("feed: true", {"exclude_from_feed": "true"}, True, ""),
        ("exclude_from_feed: false", {"feed": "false"}, True, ""),
        ("feed_content: full", {"feed": "false"}, False, "full"),
        ("title: x", {"feed_content": "summary"}, True, "summary"),
        ("feed_content: full", {"feed_content": "summary"}, True, "full"),
    ],
)
def test_what_holds_for_a_folder_of_notes(
    yaml: str,
    defaults: dict[str, Value],
    in_feeds: bool,  # noqa: FBT001 - a table
    extent: str,
) -> None:
    """A folder may be kept out of the feeds, and a post of it put in again."""
    typed, _ = read(yaml, **defaults)
    assert (in_feeds, extent) == (typed.in_feeds, typed.extent)


@pytest.mark.parametrize(
    ("yaml", "when", "withheld"),
    [
        ("deleted: 2026-02-01", "2026-02-01T00:00:00+00:00", ""),
        ("withdrawn_at: 2026-02-01T10:00:00+01:00", "2026-02-01T10:00:00+01:00", ""),
        ("deleted: true", None, "deleted"),
        ("withdrawn: yes", None, "deleted"),
        ("deleted: false", None, ""),
        ("deleted:", None, ""),
        ("deleted: true\nhidden: true", None, "hidden"),
    ],
)
def test_deletions(yaml: str, when: str | None, withheld: str) -> None:
    """A date says from when on; without one the post is just kept back."""
    typed, problems = read(yaml)
    deleted = typed.deleted.isoformat() if typed.deleted else None
    assert (when, withheld, []) == (deleted, typed.withheld, problems)


def test_a_deletion_that_is_unclear_publishes_nothing() -> None:
    """Who wrote `deleted` does not want it read."""
    assert [
        "2:10 error date-invalid 'soon' is not a date | "
        "write deleted: 2025-01-31, or 2025-01-31T18:30:00+01:00"
    ] == read("deleted: soon")[1]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("correction: {date: 2026-02-01, text: It was *two*.}", [("2026-02-01", "It was *two*.")]),
        ("correction: '2026-02-01: what'", [("2026-02-01", "what")]),
        ("correction: 2026-02-01 10:15 – what", [("2026-02-01", "what")]),
        ("correction: 'February 1, 2026: what: more'", [("2026-02-01", "what: more")]),
        ("correction: {2026-02-01: what}", [("2026-02-01", "what")]),
        ("corrections: {2026-02-01: [one, two]}", [("2026-02-01", "one"), ("2026-02-01", "two")]),
        ("correction: one\nupdated: 2026-02-01", [("2026-02-01", "one")]),
        ("correction: 'Wrong: the sum'\nupdated: 2026-02-01", [("2026-02-01", "Wrong: the sum")]),
        (
            "corrections:\n  - {when: 2026-02-01, what: a}\n  - 2026-01-01: b\n  - {on: 2026-02-01, note: a}",
            [("2026-01-01", "b"), ("2026-02-01", "a")],
        ),
        ("correction: >\n  2026-02-01: two\n  lines", [("2026-02-01", "two lines")]),
        ("correction: false", []),
        ("corrections: []", []),
        ("correction:", []),
        ("extra: {correction: {date: 2026-02-01, text: a}}", [("2026-02-01", "a")]),
    ],
)
def test_corrections(yaml: str, expected: list[tuple[str, str]]) -> None:
    """A date and a text in any shape; the oldest comes first."""
    typed, problems = read(yaml)
    assert (expected, []) == (
        [(f"{each.when:%Y-%m-%d}", each.text) for each in typed.corrections],
        problems,
    )


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("what", "has no date"),
        ("true", "has no text"),
        ("2026-02-01", "has no text"),
        ("{date: 2026-02-01}", "has no text"),
        ("{text: what}", "has no date"),
        ("{date: never, text: what}", "has no date: 'never' is not a date"),
        ("{soon: what}", "has no date: 'soon' is not a date"),
        ("{date: '0000-00-00', text: what}", "has no date"),
        ("[[what]]", "has no text"),
        ("{2026-02-01: {a: b}}", "has no text"),
    ],
)
def test_corrections_that_cannot_be_shown(value: str, fault: str) -> None:
    """Without a date readers would not notice, and without a text not know what."""
    typed, problems = read(f"correction: {value}")
    assert [
        f"2:13 warning correction-invalid a correction {fault}, and is not shown | "
        "write correction: {date: 2025-01-31, text: what was wrong}"
    ] == problems
    assert typed.corrections == ()


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("comments: https://c.example/1", "https://c.example/1"),
        ("comments: '#comments'", "#comments"),
        ("comments: /talk/1", "/talk/1"),
        ("comments: true", ""),
        ("comments: giscus", ""),
        ("comments: [{author: Ana}]", ""),
        ("comment: There is more to say, see https://x.example", ""),
        ("comments: 'See: https://x.example'", ""),
        ("comments: false", None),
        ("comments: closed", None),
        ("comment: {enable: false}", None),
        ("comment_status: closed", None),
        ("comment_status: open", ""),
        ("disable_comments: true", None),
        ("disable_comments: false", ""),
        ("comments: {host: Social.example, username: ana, id: 1095}", "https://social.example/@ana/1095"),
        (
            "comments: {instance: 'https://social.example/', user: '@ana@other.example', id: 7}",
            "https://social.example/@ana@other.example/7",
        ),
        ("comments: {host: 'evil.example/x?', username: ana, id: 7}", ""),
        ("comments: {host: social.example, username: 'a/b', id: 7}", ""),
        ("comments: {host: social.example, username: ana, id: '7/../8'}", ""),
        ("comments: {id: 7}", ""),
        ("comments: {url: https://c.example/1}", "https://c.example/1"),
        ("comments: {provider: giscus, url: giscus}", ""),
        ("comments: true\ndiscussion: https://news.example/1", "https://news.example/1"),
        ("comments: false\ncomments_url: https://c.example/1", "https://c.example/1"),
        ("commentsUrl: /c/1", "/c/1"),
        ("mastodon_toot_url: https://social.example/@ana/1", "https://social.example/@ana/1"),
        ("extra: {comments: false}", None),
    ],
)
def test_comments(yaml: str, expected: str | None) -> None:
    """Where they are, that there are none, or nothing; names of services and switches are no addresses."""
    typed, problems = read(yaml)
    assert (expected, []) == (typed.comments, problems)


def test_comments_by_mail_are_no_page() -> None:
    """Feeds can only point to what can be opened."""
    typed, problems = read("comments: mailto:ana@example.org")
    assert ("", ["2:11 warning address-invalid"]) == (typed.comments, [p[:28] for p in problems])


@pytest.mark.parametrize(
    ("yaml", "field", "expected"),
    [
        ("rights: CC BY 4.0", "rights", "CC BY 4.0"),
        ("license: https://cc.example/by", "rights", "https://cc.example/by"),
        ("licence: {name: CC BY, url: https://cc.example/by}", "rights", "CC BY (https://cc.example/by)"),
        ("license: {url: https://cc.example/by}", "rights", "https://cc.example/by"),
        ("license: {title: CC BY}", "rights", "CC BY"),
        ("copyright: 2018 John Henry\nlicense: CC0", "rights", "CC0"),
        ("license: true\ncopyright: 2018 John", "rights", "2018 John"),
        ("copyright: '{{ site.year }} Ana'", "rights", ""),
        ("license: [a]", "rights", ""),
        ("via: https://d.example/x", "via", "https://d.example/x"),
        ("via: '[Daring](https://d.example/x)'", "via", "https://d.example/x"),
        ("via: 'Daring <https://d.example/x>'", "via", "https://d.example/x"),
        ("via: {name: Daring, url: https://d.example/x}", "via", "https://d.example/x"),
        ("via: [https://d.example/x, https://e.example]", "via", "https://d.example/x"),
        ("via: Daring", "via", ""),
        ("via: [{a: b}]", "via", ""),
        ("via: {name: Daring, url: x}", "via", ""),
        ("via: []", "via", ""),
        ("link: http://p.example/useful.html", "subject", "http://p.example/useful.html"),
        ("external-url: http://o.example/post/", "subject", "http://o.example/post/"),
        ("linkurl: https://o.example", "subject", "https://o.example"),
        ("externalUrl: https://o.example", "subject", "https://o.example"),
        ("original_url: https://o.example", "subject", "https://o.example"),
        ("bookmark-of: https://o.example", "subject", "https://o.example"),
        ("extra: {link_to: https://o.example}", "subject", "https://o.example"),
        ("link: {url: https://o.example, title: x}", "subject", "https://o.example"),
        ("link: /about/", "subject", ""),
        ("link: https:///x", "subject", ""),
        ("link: javascript:alert(1)", "subject", ""),
        ("link: 'https://{{ x }}'", "subject", ""),
        ("link: https://o.example/a.mp3", "subject", ""),
        ("link: https://old.example/x\nwordpress_id: 5", "subject", ""),
        ("canonical_url: https://o.example", "subject", ""),
        (
            "source: {title: Planet, feed: https://p.example/feed, id: 'urn:1'}",
            "origin",
            Origin(title="Planet", url="https://p.example/feed", id="urn:1"),
        ),
        (
            "source: {title: Planet, url: https://p.example/feed}",
            "origin",
            Origin(title="Planet", url="https://p.example/feed"),
        ),
        (
            "origin: {name: Planet, feed_url: https://p.example/feed}",
            "origin",
            Origin(title="Planet", url="https://p.example/feed"),
        ),
        ("source: {name: The Times, url: https://t.example/article}", "origin", None),
        ("source: {title: Planet}", "origin", None),
        ("source: {title: Planet, feed: /feed}", "origin", None),
        ("source: https://t.example/article", "origin", None),
        ("source: Ana", "origin", None),
        ("canonicalURL: https://o.example", "origin", None),
    ],
)
def test_other_places(yaml: str, field: str, expected: object) -> None:
    """What is clear is read, what could mean something else is not, and neither is complained of."""
    typed, problems = read(yaml)
    assert (expected, []) == (getattr(typed, field), problems)
    assert not expected or field in typed.places


@pytest.mark.parametrize(
    ("defaults", "field", "expected"),
    [
        ({"comments": "false"}, "comments", None),
        ({"license": "CC0"}, "rights", "CC0"),
        (
            {"source": {"title": "P", "feed": "https://p.example"}},
            "origin",
            Origin(title="P", url="https://p.example"),
        ),
        ({"deleted": "2025-01-31"}, "deleted", None),
        ({"corrections": "2025-01-31: x"}, "corrections", ()),
        ({"link": "https://o.example"}, "subject", ""),
        ({"via": "https://o.example"}, "via", ""),
    ],
)
def test_what_holds_for_a_folder(defaults: dict[str, Value], field: str, expected: object) -> None:
    """Rights and comments may; what was corrected or deleted is a post's own."""
    typed, _ = read("title: x", **defaults)
    assert (expected, False) == (getattr(typed, field), field in typed.places)


FIELDS = st.sampled_from(
    ["feed", "feed_content", "corrections", "comments", "license", "via", "link", "source"]
)
TEXTS = st.text(max_size=12) | st.sampled_from(
    ["2026-02-01", "2026-02-01: x", "https://x.example/", "true", "full"]
)
VALUES = st.recursive(
    st.none() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["url", "title", "feed", "date", "text", "host", "id", "content"]), inner
        )
    ),
    max_leaves=6,
)


@given(st.dictionaries(FIELDS, VALUES, max_size=5))
def test_whatever_is_said_of_other_places_is_one(values: dict[str, Value]) -> None:
    """No address that is not of the web comes out, and no correction without a text."""
    findings = Findings("post.md")
    matter = front_matter.FrontMatter(values=values, present=True)
    typed = header.read(matter, ZoneInfo("UTC"), findings)
    for url in (typed.via, typed.subject, typed.origin.url if typed.origin else ""):
        assert not url or url.lower().startswith(("http://", "https://"))
    assert all(each.text and "\n" not in each.text for each in typed.corrections)
    assert list(typed.corrections) == sorted(typed.corrections, key=lambda each: each.when)
    assert typed.extent in {"", "full", "summary"}
