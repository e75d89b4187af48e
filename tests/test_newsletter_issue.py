"""Which post is mailed, and what its subject line says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import config
from feeds.content import front_matter, header
from feeds.errors import NothingNew, UsageError
from feeds.model import Issue, Letter, Mailing, Post
from feeds.newsletter import issue as room
from feeds.newsletter import records
from feeds.newsletter.issue import Said, Wanted, again, numbered, shorten, standing
from feeds.newsletter.naming import means
from feeds.newsletter.theme import words
from feeds.problems import Findings, Problem
from samples import a_post

SITE = '[site]\ntitle = "Harbour Log"\nurl = "https://example.org"\n'


def choose(
    posts: Any,
    made: Any = (),
    settings: str = "",
    withheld: Any = None,
    said: Said = room.NOTHING_SAID,
    **wanted: Any,
) -> Issue:
    """What `feeds newsletter` chooses from these, with `settings` of `[newsletter]`."""
    typed = config.parse(f"{SITE}[newsletter]\n{settings}")
    return room.choose(posts, Wanted(**wanted), made, typed, withheld or {}, said)


def letter(issue: Issue, token: str = "") -> Letter:
    """An issue as it is on record."""
    return Letter(issue=issue, headers=(), html="", text="", content="", token=token)


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


def on(day: int, slug: str, **changes: Any) -> Post:
    """A post of that day in May."""
    moment = datetime(2026, 5, day, tzinfo=UTC)
    return make(slug, **{"published": moment, "updated": moment} | changes)


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
    criteria: dict[str, Any], expected: Post
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
    criteria: dict[str, Any], message: str, hint: str
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
        ("one two three", 10, "one two…"),
        ("one twothreefour", 9, "one twot…"),
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


@given(st.text(alphabet=st.characters(exclude_categories=())), st.text())
def test_no_title_can_end_a_subject(title: str, subject: str) -> None:
    """No line break of any kind, no control character, nothing that UTF-8 cannot hold; alone or in a digest."""
    post = make("a", title=title, label=title, summary=title, mailing=Mailing(subject=subject))
    for found in (choose((post,)), choose((post, ONE), last=2), choose((ONE, post), last=2)):
        line = found.subject + found.preheader + found.id
        line.encode()
        assert not {chr(code) for code in (*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029)} & set(line)


# Newest first, as they always come.
FOUR = on(4, "four", tags=("t",))
THREE = on(3, "three", categories=("Notes",))
TWO = on(2, "two", tags=("t",), categories=("Notes",))
ONE = on(1, "one")
DIARY = (FOUR, THREE, TWO, ONE)


def recorded(*carried: tuple[Post, ...]) -> list[Letter]:
    """Issues with these posts, one after the other, each when no later post was there."""
    made: list[Letter] = []
    for posts in carried:
        made.append(letter(choose(posts, made, last=len(posts))))
    return made


def on_record(posts: tuple[Post, ...], **wanted: Any) -> list[Letter]:
    """The first issue of a site that has these posts."""
    return [letter(choose(posts, **wanted))]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, (FOUR,)),
        ({"last": 2}, (FOUR, THREE)),
        ({"last": 9}, DIARY),
        ({"last": 2, "tag": "T"}, (FOUR, TWO)),
        ({"last": 2, "category": "notes", "tag": "t"}, (TWO,)),
        ({"since": datetime(2026, 5, 3, tzinfo=UTC)}, (FOUR, THREE)),
        ({"since": datetime(2026, 5, 2, tzinfo=UTC), "last": 2}, (FOUR, THREE)),
        ({"since": datetime(2026, 5, 2, tzinfo=UTC), "category": "Notes"}, (THREE, TWO)),
        ({"unsent": True}, (FOUR, THREE)),
        ({"unsent": True, "tag": "t"}, (FOUR,)),
        ({"unsent": True, "last": 1}, (FOUR,)),
    ],
)
def test_a_digest_holds_what_was_asked_for(wanted: dict[str, Any], expected: tuple[Post, ...]) -> None:
    """The last so many, those since a moment, those that no issue has carried, of a category and tag or of all."""
    found = choose(DIARY, recorded((TWO,)), **wanted)
    assert expected == found.posts
    assert (expected[0], expected[0].published, len(expected) > 1) == (
        found.post,
        found.when,
        found.is_digest,
    )


def test_posts_that_say_skip_are_in_no_digest() -> None:
    """They were not to be mailed, with others either."""
    quiet = on(4, "quiet", mailing=Mailing(skip=True))
    assert (THREE, TWO) == choose((quiet, THREE, TWO), last=2).posts


def test_unsent_knows_posts_that_came_late_and_not_those_from_before_the_newsletter() -> None:
    """Whoever begins with a newsletter does not want the whole blog mailed, nor lose a post with an old date."""
    made = recorded((TWO,), (FOUR,))
    assert (THREE,) == choose(DIARY, made, unsent=True).posts


@pytest.mark.parametrize("first", [{"name": "one"}, {"tag": "t"}, {"last": 2}, {}])
def test_the_newsletter_begins_with_what_is_new_after_its_first_issue(first: dict[str, Any]) -> None:
    """Whatever that was: an old favourite, to try the tool, mails no archive with the next one."""
    made = on_record((THREE, TWO, ONE), **first)
    with pytest.raises(NothingNew):
        choose((THREE, TWO, ONE), made, unsent=True)
    assert (FOUR,) == choose(DIARY, made, unsent=True).posts


def test_when_the_newsletter_began_is_known_for_good() -> None:
    """Its first issue says so, also made anew or revised; no other does."""
    made = on_record((THREE, TWO, ONE), name="one")
    assert THREE.published == made[0].issue.began
    assert THREE.published == choose(DIARY, made, name="one").began
    assert THREE.published == again(made[0], DIARY, config.parse(SITE)).began
    assert choose(DIARY, made, name="four").began is None


def test_the_same_issue_says_the_same_whether_or_not_it_is_on_record() -> None:
    """To the last letter: the slots of a letter are made of it, and the same posts give the same bytes."""
    moment = datetime(2026, 5, 3, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
    posts = (on(3, "a", published=moment), TWO, ONE)
    first = choose(posts, name="one")
    assert repr(first) == repr(choose(posts, [records.kept(letter(first, token="slotabcdef"))], name="one"))  # noqa: S106 - of slots


def test_a_first_issue_that_does_not_say_when_it_was_is_as_old_as_its_newest_post() -> None:
    """As in the records of an earlier version."""
    made = [letter(replace(each.issue, began=None)) for each in on_record(DIARY, name="two")]
    assert (FOUR, THREE) == choose(DIARY, made, unsent=True).posts


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"since": datetime(2026, 5, 3, tzinfo=UTC)}, (FOUR, THREE)),
        ({"last": 1}, (FOUR,)),
        ({"since": datetime(2026, 5, 2, tzinfo=UTC), "last": 2}, (FOUR, THREE)),
    ],
)
def test_unsent_that_says_where_to_begin_needs_no_issue(
    wanted: dict[str, Any], expected: tuple[Post, ...]
) -> None:
    """One line of a script serves the first week too."""
    assert expected == choose(DIARY, unsent=True, **wanted).posts


def test_a_date_reaches_what_came_late_with_an_older_one() -> None:
    """A post that was written offline, and one from before the newsletter: whoever names a date means it."""
    made = on_record((FOUR, TWO, ONE))
    with pytest.raises(NothingNew):
        choose(DIARY, made, unsent=True)
    since = datetime(2026, 5, 2, tzinfo=UTC)
    assert (THREE, TWO) == choose(DIARY, made, unsent=True, since=since).posts


def since_long_ago(posts: tuple[Post, ...]) -> list[Letter]:
    """These as the first issue of a newsletter that began before all of them."""
    first = choose(posts, last=len(posts))
    return [letter(replace(first, began=datetime(2026, 4, 1, tzinfo=UTC)))]


SENT = on(
    3,
    "three",
    title="Tide table 13",
    summary="High water at noon.",
    path="Letters/Tide table 13.md",
    url="https://example.org/letters/tide/?p=13#top",
)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": SENT.id},
        {"url": SENT.url},
        {"url": "http://new.example/letters/tide?p=13"},
        {"path": SENT.path},
        {"published": SENT.published, "label": SENT.label},
        {"published": SENT.published.astimezone(ZoneInfo("Asia/Tokyo")), "label": SENT.label},
        {"published": SENT.published, "summary": SENT.summary},
    ],
)
def test_a_post_that_was_renamed_or_moved_is_not_mailed_twice(changes: dict[str, Any]) -> None:
    """The note's file has another name, its folder another place, the site another address: any trace will do."""
    with pytest.raises(NothingNew):
        choose((on(9, "moved", **changes),), since_long_ago((SENT, TWO)), unsent=True)


@pytest.mark.parametrize(
    ("sent", "changes"),
    [
        (SENT, {}),
        (SENT, {"label": SENT.label, "summary": SENT.summary}),
        (SENT, {"published": SENT.published + timedelta(days=6)}),
        (replace(SENT, summary=""), {"published": SENT.published}),
        (replace(SENT, url="https://example.org/#a"), {"url": "https://example.org/#b"}),
    ],
)
def test_what_only_looks_alike_is_another_post(sent: Post, changes: dict[str, Any]) -> None:
    """A column has the same title each week, and notes have no summary."""
    other = on(9, "other", **changes)
    assert (other,) == choose((other, sent), since_long_ago((sent,)), unsent=True).posts


def test_what_was_taken_for_mailed_by_mistake_can_be_mailed_by_its_name() -> None:
    """Under a number of its own."""
    twin = on(3, "twin", title=SENT.title)
    found = choose((twin, SENT), since_long_ago((SENT,)), name="twin")
    assert (2, (twin,)) == (found.number, found.posts)


@pytest.mark.parametrize(
    ("made", "wanted", "message"),
    [
        (recorded((TWO,), DIARY), {"unsent": True}, "no post is new since issue 2"),
        (recorded((TWO,), DIARY), {"unsent": True, "tag": "t"}, "no post is new since issue 2"),
        ([], {"since": datetime(2026, 6, 1, tzinfo=UTC)}, "no post was published since 2026-06-01"),
        (
            [],
            {"since": datetime(2026, 6, 1, 7, 30, tzinfo=UTC)},
            "no post was published since 2026-06-01 07:30",
        ),
    ],
)
def test_nothing_new_is_told_apart_from_a_mistake(
    made: list[Letter], wanted: dict[str, Any], message: str
) -> None:
    """A script that runs each night ends well, and writes nothing."""
    with pytest.raises(NothingNew) as caught:
        choose(DIARY, made, **wanted)
    assert (message, 6) == (caught.value.message, caught.value.exit_code)
    hint = "`feeds newsletter --issue 2 --revise` makes the last one anew, `--issue 2` writes it again"
    assert (hint if made else "") == caught.value.hint


def test_new_posts_that_say_skip_are_nothing_new() -> None:
    """The same script must not fail because of them."""
    quiet = on(5, "quiet", mailing=Mailing(skip=True))
    with pytest.raises(NothingNew, match="every new post says"):
        choose((quiet, *DIARY), recorded(DIARY), unsent=True)
    with pytest.raises(NothingNew):
        choose((), since=datetime(2026, 5, 1, tzinfo=UTC))
    with pytest.raises(NothingNew, match="no post is published yet"):
        choose((), unsent=True, last=1)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"unsent": True}, "no issue is on record, so every post there is would be new"),
        ({"name": "one", "last": 2}, "one post by name and a digest cannot both be asked for"),
        ({"name": "one", "unsent": True}, "one post by name and a digest cannot both be asked for"),
        ({"last": 2, "tag": "tt"}, "no post has the tag tt"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_way_out(wanted: dict[str, Any], message: str) -> None:
    """The hint says what to write instead."""
    with pytest.raises(UsageError) as caught:
        choose(DIARY, **wanted)
    assert message == caught.value.message
    assert caught.value.hint


def test_numbers_count_up_and_the_same_posts_keep_theirs() -> None:
    """In whatever way they were asked for, and whatever has happened to their titles and dates."""
    made = recorded((TWO,), (FOUR, THREE))
    assert [1, 2] == [each.issue.number for each in made]
    assert 1 == choose(DIARY, made, name="two").number
    moved = on(6, "three", title="Another title")
    same = choose((moved, FOUR), made, last=2)
    assert (2, made[1].issue.id) == (same.number, same.id)
    assert 3 == choose(DIARY, made, last=3).number


def test_numbers_are_not_given_again() -> None:
    """Where a record is missing in between, the number after the highest is the next."""
    assert 3 == choose(DIARY, recorded((TWO,), (FOUR,))[1:], name="one").number


def test_an_issue_is_known_by_its_posts() -> None:
    """One of one post has the post's id, and a digest another than any other digest."""
    assert ONE.id == choose(DIARY, name="one").id == choose((ONE,), last=3).id
    ids = {choose(DIARY, last=count).id for count in (2, 3, 4)}
    assert 3 == len(ids)
    assert all(name.startswith("urn:uuid:") for name in ids)


@pytest.mark.parametrize(
    ("settings", "wanted", "expected"),
    [
        ("", {}, "About four"),
        ('subject = "{newsletter} {number}: {title}"', {}, "Harbour Log 3: About four"),
        ('subject = "{newsletter}"\nname = "Quay"', {}, "Quay"),
        ('subject = " "', {}, "About four"),
        ("", {"last": 3}, "About four, and 2 more posts"),
        ('digest_subject = "{title} +{count} #{number}"', {"last": 3}, "About four +3 #3"),
    ],
)
def test_the_subject_is_as_the_settings_word_it(settings: str, wanted: dict[str, Any], expected: str) -> None:
    """With the title, the number, the newsletter's name and how many posts there are."""
    assert expected == choose(DIARY, recorded((TWO,), (ONE,)), settings, **wanted).subject


def test_a_title_about_placeholders_is_only_a_title() -> None:
    """Nor can it break a subject line."""
    post = make("a", title="{number} is\r\nBcc: x", label="{number} is\r\nBcc: x")
    assert "New: {number} is Bcc: x" == choose((post,), settings='subject = "New: {title}"').subject


def test_the_front_matter_words_the_subject_of_its_own_post_only() -> None:
    """A digest is more than its newest post."""
    own = on(5, "five", mailing=Mailing(subject="Five, {number}", preheader="P", intro="*Hello*"))
    alone = choose((own,), settings='subject = "{newsletter}"')
    assert ("Five, {number}", "P", "*Hello*") == (alone.subject, alone.preheader, alone.intro)
    several = choose((own, *DIARY), last=2, settings='digest_subject = "Two"')
    assert ("Two", "About five · About four", "") == (several.subject, several.preheader, several.intro)


SAID = Said(subject="Own\nwords", preheader="Beside\nthem", intro=" *Hello*\n\nall ")


@pytest.mark.parametrize("last", [1, 2])
def test_what_is_said_of_an_issue_wins(last: int) -> None:
    """Over front matter and settings, of one post and of a digest."""
    own = on(5, "five", mailing=Mailing(subject="S", preheader="P", intro="I"))
    found = choose((own, *DIARY), settings='subject = "A"\ndigest_subject = "B"', said=SAID, last=last)
    assert ("Own words", "Beside them", "*Hello*\n\nall") == (found.subject, found.preheader, found.intro)


def test_what_was_said_of_an_issue_stays_when_it_is_made_anew() -> None:
    """Unless it is said anew: who mends a post does not say all of it again."""
    made = [letter(choose(DIARY, said=SAID, last=2))]
    same = choose(DIARY, made, said=Said(intro="Later"), last=2)
    assert ("Own words", "Beside them", "Later") == (same.subject, same.preheader, same.intro)
    revised = again(letter(same), DIARY, config.parse(SITE), Said(subject="Mended"))
    assert ("Mended", "Beside them", "Later") == (revised.subject, revised.preheader, revised.intro)
    assert Said(subject="Mended", preheader="Beside them", intro="Later") == revised.said


def test_half_a_character_from_a_terminal_is_no_part_of_an_issue() -> None:
    """Records and mails are UTF-8."""
    found = choose(DIARY, said=Said(subject="a\ud800", preheader="b\ud800", intro="c\ud800"))
    assert ("a\ufffd", "b\ufffd", "c?") == (found.subject, found.preheader, found.intro)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([("fa", "rtl"), ("fa", "rtl")], ("fa", "rtl")),
        ([("fa", "rtl"), ("de", "ltr")], ("en", "ltr")),
        ([("az", "ltr"), ("az", "rtl")], ("en", "ltr")),
    ],
)
def test_a_letter_speaks_the_language_of_all_its_posts_or_of_the_site(
    kinds: list[tuple[Any, Any]], expected: tuple[str, str]
) -> None:
    """Readers of an English newsletter find the way to unsubscribe in English."""
    posts = [
        on(9 - at, f"post {at}", language=language, direction=direction)
        for at, (language, direction) in enumerate(kinds)
    ]
    found, alone = choose(posts, last=2), choose(posts)
    assert (*expected, words.digest_subject(expected[0], "About post 0", 2)) == (
        found.language,
        found.direction,
        found.subject,
    )
    assert (*kinds[0], "About post 0") == (alone.language, alone.direction, alone.subject)


def test_in_several_languages_a_letter_runs_as_the_language_of_the_site_does() -> None:
    """From right to left on a Persian site."""
    typed = config.parse(f'{SITE}language = "fa"\n')
    posts = (on(2, "a", language="de"), on(1, "b"))
    found = room.choose(posts, Wanted(last=2), (), typed)
    assert ("fa", "rtl") == (found.language, found.direction)


def test_dates_never_go_back() -> None:
    """An old favourite is dated like the issue before it, or mail programs file it where nobody looks."""
    made = recorded((TWO,), (FOUR,))
    old = choose(DIARY, made, name="one")
    assert (3, FOUR.published) == (old.number, old.when)
    assert FOUR.published == choose(DIARY, [*made, letter(old)], name="one").when
    assert FOUR.published == choose(DIARY, made, name="four").when
    earlier = on(1, "four")
    assert TWO.published == choose((TWO, earlier), made, name="four").when
    assert FOUR.published == again(made[1], (TWO, earlier), config.parse(SITE)).when
    later = on(7, "four")
    assert later.published == again(made[1], (later, TWO), config.parse(SITE)).when


def test_beside_the_subject_of_a_digest_stand_the_other_titles() -> None:
    """As many as fit, without the one that the subject names."""
    assert "About three · About two" == choose(DIARY, last=3).preheader
    many = [make(f"number-{number}") for number in range(30)]
    assert len(choose(many, last=30).preheader) <= room.PREHEADER_LENGTH


def test_a_recorded_issue_is_found_by_its_number() -> None:
    """And a number that is none is answered with those there are."""
    made = recorded((TWO,), (FOUR,))
    assert made[1] == numbered(made, 2)
    for known, number, hint in (
        (made, 7, "there are 1 to 2"),
        (made[:1], 7, "there is only 1"),
        ([], 7, "no issue was made yet: `feeds newsletter` makes the first"),
        ([made[0], letter(replace(made[1].issue, number=3))], 2, "there are 1 to 3, without 2"),
    ):
        with pytest.raises(UsageError, match=f"there is no issue {number}") as caught:
            numbered(known, number)
        assert hint == caught.value.hint


def test_an_issue_is_found_beside_records_that_cannot_be_read() -> None:
    """And one that is not found may be one of these."""
    made = recorded((TWO,), (FOUR,))
    damaged = Problem(code="issue-unreadable", message="it is not JSON", path="issues/0003.json")
    assert made[0] == numbered(made, 1, [damaged])
    with pytest.raises(UsageError) as caught:
        numbered(made, 3, [damaged])
    assert "it may be issues/0003.json: it is not JSON" == caught.value.hint


def test_an_issue_stands_once_another_has_followed() -> None:
    """The last may still be written anew; what went out before is what readers have, unless it is revised."""
    made = recorded((TWO,), (FOUR,))
    assert standing(choose(DIARY, made, name="four"), made) is None
    assert standing(choose(DIARY, made, name="one"), made) is None
    assert made[0] == standing(choose(DIARY, made, name="two"), made)
    assert standing(again(made[0], DIARY, config.parse(SITE)), made) is None


def test_a_revision_is_the_same_issue_from_its_posts_as_they_are_now() -> None:
    """With its number and id, one revision later, which it keeps until the next."""
    made = recorded((THREE, TWO), (FOUR,))
    mended = on(3, "three", title="Mended")
    revised = again(made[0], (FOUR, mended, TWO), config.parse(SITE))
    assert (1, made[0].issue.id, 1) == (revised.number, revised.id, revised.revision)
    assert (mended, TWO) == revised.posts
    made[0] = letter(revised)
    assert 1 == choose((mended, TWO), made, last=2).revision


def test_a_revision_needs_all_of_its_posts() -> None:
    """What is no longer published cannot be mailed anew, but as it was."""
    made = recorded((THREE, TWO))
    with pytest.raises(UsageError) as caught:
        again(made[0], (FOUR, TWO), config.parse(SITE))
    assert "issue 1 cannot be made anew: About three is not published any more" == caught.value.message
    assert "--issue 1" in caught.value.hint


def test_all_of_the_last_say_skip_is_an_error() -> None:
    """There is a way to mail one all the same."""
    with pytest.raises(UsageError, match="every post that fits says"):
        choose((SKIPPED,), last=2)


def read(yaml: str) -> tuple[Mailing, list[str]]:
    """What some YAML lines say of a post's mail, and its problems."""
    findings = Findings("post.md")
    matter = front_matter.split(f"---\n{yaml}\n---\n", findings)
    typed = header.read(matter, ZoneInfo("UTC"), findings)
    return typed.mailing, [
        f"{p.line} {p.severity} {p.code} {p.message} | {p.hint}" for p in findings.problems
    ]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("newsletter: {Subject: S, pre-header: P, intro: ' *I* ', skip: no}", Mailing(subject="S", preheader="P", intro="*I*")),
        ("newsletter: false", Mailing(skip=True)),
        ("newsletter: skip", Mailing(skip=True)),
        ("newsletter: {skip: true}", Mailing(skip=True)),
        ("newsletter: true", Mailing()),
        ("newsletter:", Mailing()),
        ("newsletter: {}", Mailing()),
        ("newsletter: {skip: }", Mailing()),
        ("newsletter: {subject: [], intro: {}, skip: []}", Mailing()),
        ("newsletter: {skip: On}", Mailing(skip=True)),
    ],
)  # fmt: skip
def test_the_front_matter_of_a_mail(yaml: str, expected: Mailing) -> None:
    """In the spellings that people use, and with nothing to say of it."""
    assert (expected, []) == read(yaml)


@pytest.mark.parametrize(
    ("yaml", "problem"),
    [
        (
            "title: x\nnewsletter:\n  skp: true",
            "4 warning key-misspelt `newsletter:` has no key `skp` | did you mean `skip`?",
        ),
        (
            "newsletter: {preheading: x}",
            "2 warning key-misspelt `newsletter:` has no key `preheading` | did you mean `preheader`?",
        ),
        (
            "newsletter: {colour: red}",
            "2 warning key-misspelt `newsletter:` has no key `colour` | it knows subject, preheader, intro and skip",
        ),
    ],
)
def test_a_key_that_means_nothing_is_told(yaml: str, problem: str) -> None:
    """Or a post would be mailed that was to be skipped."""
    assert (Mailing(), [problem]) == read(yaml)


BY_NAME = "is not understood, so the post is mailed only by its name"


@pytest.mark.parametrize(
    ("yaml", "expected", "problem"),
    [
        ("newsletter: {skip: ja}", Mailing(skip=True), f"`skip: ja` {BY_NAME} | `skip: true` keeps"),
        ("newsletter: {Skip: [no]}", Mailing(skip=True), f"`skip: […]` {BY_NAME} | `skip: true` keeps"),
        ("newsletter: {skip: {a: b}}", Mailing(skip=True), f"`skip: {{…}}` {BY_NAME} | `skip: true` keeps"),
        ("newsletter: never", Mailing(skip=True), f"`newsletter: never` {BY_NAME} | `newsletter: false`"),
        ("newsletter: yes please", Mailing(skip=True), f"`newsletter: yes please` {BY_NAME} | `newsletter:"),
        ("Newsletter: [a]", Mailing(skip=True), f"`Newsletter: […]` {BY_NAME} | `Newsletter: false`"),
        ("newsletter: {subject: [1, 2], skip: no}", Mailing(), "`subject: […]` is no text | write one text"),
        ("newsletter: {Intro: {a: b}}", Mailing(), "`Intro: {…}` is no text | write one text"),
    ],
)
def test_what_is_not_understood_is_told_and_does_not_mail(yaml: str, expected: Mailing, problem: str) -> None:
    """A mail that was not to be cannot be taken back."""
    typed, (told,) = read(f"title: x\n{yaml}")
    assert expected == typed
    assert told.startswith(f"3 warning newsletter-unclear {problem}")


def test_defaults_of_many_posts_are_not_told_of_with_each() -> None:
    """Those of a folder are its generator's."""
    findings = Findings("post.md")
    matter = front_matter.split("---\ntitle: x\n---\n", findings)
    values: tuple[Any, ...] = ({"skip": "true", "x": "y"}, {"skip": "ja", "intro": ["a"]}, "never")
    for value in values:
        typed = header.read(matter, ZoneInfo("UTC"), findings, defaults={"newsletter": value})
        assert (Mailing(skip=True), ()) == (typed.mailing, findings.problems)
