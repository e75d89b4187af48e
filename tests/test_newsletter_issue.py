"""Which post is mailed, and what its subject line says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import UsageError
from feeds.model import Mailing, Post
from feeds.newsletter.issue import choose, means, one_line, shorten
from samples import a_post


def make(slug: str, **changes: Any) -> Post:
    """A post at `/posts/SLUG/`, with `changes`."""
    values: dict[str, Any] = {
        "id": f"tag:example.org,2026:{slug}",
        "path": f"content/posts/2026-04-11-{slug}.md",
        "url": f"https://example.org/posts/{slug}/",
        "title": f"About {slug}",
        "published": datetime(2026, 4, 11, tzinfo=UTC),
        "updated": datetime(2026, 4, 11, tzinfo=UTC),
        "html": "<p>Hello</p>",
    }
    values |= changes
    return a_post(**{"label": values["title"], **values})


SKIPPED = make("errata", mailing=Mailing(skip=True), categories=("Notes",))
NEWEST = make("dates", categories=("News",), tags=("feeds", "2025"))
BUNDLE = make("zones", path="content/notes/zones/index.md", url="https://example.org/notes/2025/zones/")
OLDEST = make("hello", categories=("Notes",), tags=("C#", "Hand\u00a0tools"))
POSTS = (SKIPPED, NEWEST, BUNDLE, OLDEST)


def test_the_latest_post_is_chosen_unless_it_says_skip() -> None:
    """Without a name, the newest post that wants to be mailed is."""
    assert NEWEST == choose(POSTS).post


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({"category": "notes"}, OLDEST),
        ({"category": "NEWS"}, NEWEST),
        ({"tag": "c#"}, OLDEST),
        ({"tag": "hand tools"}, OLDEST),
        ({"tag": "2025"}, NEWEST),
        ({"tag": "feeds", "category": "News"}, NEWEST),
    ],
)
def test_a_category_or_tag_narrows_the_choice_whatever_its_case(
    criteria: dict[str, str], expected: Post
) -> None:
    """The latest of a category or tag, as people type it."""
    assert expected == choose(POSTS, **criteria).post


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("content/posts/2026-04-11-hello.md", OLDEST),
        ("./content/posts/2026-04-11-hello.md", OLDEST),
        ("posts/2026-04-11-hello.md", OLDEST),
        ("posts/hello", OLDEST),
        ("hello", OLDEST),
        ("2026-04-11-hello", OLDEST),
        ("https://example.org/posts/hello/", OLDEST),
        ("https://example.org/posts/hello", OLDEST),
        ("tag:example.org,2026:hello", OLDEST),
        ("zones", BUNDLE),
        ("notes/zones", BUNDLE),
        ("content/notes/zones/index.md", BUNDLE),
        ("content/notes/zones/", BUNDLE),
        ("notes/2025/zones", BUNDLE),
        ("errata", SKIPPED),
    ],
)
def test_a_post_is_found_by_any_of_its_names(name: str, expected: Post) -> None:
    """Path, key, slug, URL and id all work; asking by name overrules skip."""
    assert expected == choose(POSTS, name=name).post


@pytest.mark.parametrize(
    ("criteria", "message", "hint"),
    [
        ({"name": "helo"}, "there is no post helo", "did you mean hello"),
        ({"name": "qqqqqq"}, "there is no post qqqqqq", "`feeds list` shows all of them"),
        ({"category": "Note"}, "no post has the category Note", "did you mean Notes?"),
        ({"tag": "20"}, "no post has the tag 20", "`feeds list feeds` shows all of them"),
        ({"name": "hell"}, "there is no post hell", "did you mean hello"),
        ({"name": "ho"}, "there is no post ho", "`feeds list` shows all of them"),
        ({"tag": "zzzzzz"}, "no post has the tag zzzzzz", "`feeds list feeds` shows all of them"),
        ({"name": "hello", "category": "News"}, "there is no post hello", "`feeds list` shows all of them"),
    ],
)
def test_nothing_found_is_an_error_that_names_the_nearest(
    criteria: dict[str, str], message: str, hint: str
) -> None:
    """A typo is answered with what was probably meant."""
    with pytest.raises(UsageError) as caught:
        choose(POSTS, **criteria)
    assert message == caught.value.message
    assert caught.value.hint.startswith(hint)


WITHHELD = {
    "notes/2026-05-01-plan.md": "draft",
    "notes/later/index.md": "scheduled",
    "notes/gone.md": "expired",
    "notes/secret.md": "hidden",
    "notes/page.md": "without a date",
    "notes/bad.md": "broken",
    "notes/odd.md": "in a new state",
    "notes/hello.md": "draft",
}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("notes/2026-05-01-plan.md", "notes/2026-05-01-plan.md is a draft"),
        ("./plan", "notes/2026-05-01-plan.md is a draft"),
        ("later", "notes/later/index.md is scheduled for later"),
        ("gone", "notes/gone.md has expired"),
        ("secret.md", "notes/secret.md is hidden"),
        ("page", "notes/page.md has no date, so it is no post"),
        ("bad", "notes/bad.md is broken"),
        ("odd", "notes/odd.md is not published: in a new state"),
    ],
)
@pytest.mark.parametrize("posts", [POSTS, ()])
def test_a_file_that_is_not_published_is_answered_with_the_reason(
    name: str, message: str, posts: tuple[Post, ...]
) -> None:
    """Rather than with other posts' names, and whether or not there is another post."""
    with pytest.raises(UsageError) as caught:
        choose(posts, name=name, withheld=WITHHELD)
    assert message == caught.value.message
    assert "did you mean" not in caught.value.hint


def test_a_published_post_wins_over_a_draft_of_its_name() -> None:
    """What can be mailed is meant."""
    assert OLDEST == choose(POSTS, name="hello", withheld=WITHHELD).post


@pytest.mark.parametrize(
    ("name", "expected"),
    [("bad", True), ("bad.md", True), ("posts/bad", True), ("ad", False), ("index.md", False), ("", False)],
)
def test_which_file_a_name_means(name: str, *, expected: bool) -> None:
    """Its path from any folder down."""
    assert expected == (means(name, "content/posts/bad.md") or means(name, "content/posts/other/index.md"))


def test_a_name_that_fits_two_posts_is_an_error_that_shows_both() -> None:
    """Nothing is mailed on a guess."""
    twin = make("hello", path="content/notes/hello.md", url="https://example.org/notes/hello/", id="twin")
    with pytest.raises(UsageError) as caught:
        choose((OLDEST, twin), name="hello")
    assert caught.value.hint == "say which: content/posts/2026-04-11-hello.md, content/notes/hello.md"
    assert twin == choose((OLDEST, twin), name="notes/hello").post


@pytest.mark.parametrize("posts", [(), (SKIPPED,)])
def test_no_post_to_mail_is_an_error(posts: tuple[Post, ...]) -> None:
    """An empty site, and one where every post says skip, give no mail."""
    with pytest.raises(UsageError):
        choose(posts)


def test_the_front_matter_has_the_last_word_on_subject_and_preheader() -> None:
    """`newsletter: {subject, preheader}` win over title and summary."""
    own = make("a", summary="Summary", mailing=Mailing(subject="Own\nsubject", preheader="Own words"))
    assert ("Own subject", "Own words") == (choose((own,)).subject, choose((own,)).preheader)
    plain = make("a", summary="Summary")
    assert ("About a", "Summary") == (choose((plain,)).subject, choose((plain,)).preheader)


@pytest.mark.parametrize(
    ("label", "mailing", "expected"),
    [
        ("Rain all day, and a boat…", Mailing(), ("Rain all day, and a boat…", "that came in late.")),
        ("Rain all day", Mailing(), ("Rain all day", "and a boat that came in late.")),
        ("Rain all day, and a boat that came in late.", Mailing(), ("Rain all day, and a boat that came in late.", "")),
        ("https://example.org/posts/a/", Mailing(), ("https://example.org/posts/a/", "Rain all day, and a boat that came in late.")),
        ("Rain all day…", Mailing(subject="Rain"), ("Rain", "Rain all day, and a boat that came in late.")),
        ("Rain all day…", Mailing(preheader="Rain all day, dear"), ("Rain all day…", "Rain all day, dear")),
    ],
)  # fmt: skip
def test_a_note_without_a_title_is_called_by_its_first_words(
    label: str, mailing: Mailing, expected: tuple[str, str]
) -> None:
    """They are the subject, and what stands beside it in the inbox goes on from there."""
    text = "Rain all day, and a boat that came in late."
    issue = choose((make("a", title="", label=label, summary=text, mailing=mailing),))
    assert expected == (issue.subject, issue.preheader)


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("one two, three", 10, "one two…"),
        ("one two three", 8, "one two…"),
        ("日本語の長い文章です", 5, "日本語の…"),
        ("averyveryverylongword", 10, "averyvery…"),
    ],
)
def test_text_is_cut_at_a_word(text: str, length: int, expected: str) -> None:
    """A preheader ends after a word, or within one that is too long."""
    assert expected == shorten(text, length)


@given(st.text(), st.integers(2, 200))
def test_cut_text_is_never_longer_than_asked(text: str, length: int) -> None:
    """Whatever the text, the cut holds."""
    assert len(shorten(text, length)) <= length


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_one_line_has_no_character_that_could_end_a_header(text: str) -> None:
    """No line break of any kind, no control character, nothing that UTF-8 cannot hold."""
    line = one_line(text)
    line.encode()
    assert not {chr(code) for code in (*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029)} & set(line)
