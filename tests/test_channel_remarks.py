"""What the settings say of feeds that comes to nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feeds import channels, config
from feeds.channel_remarks import remarks
from feeds.model import Enclosure, Episode
from feeds.settings import Workspace
from samples import a_post

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.problems import Problem

SITE = '[site]\ntitle = "S"\nurl = "https://example.org"\n'
POSTS = (
    a_post(tags=("Python", "Web Design"), published=datetime(2025, 1, 2, tzinfo=UTC), section="posts"),
    a_post(
        id="urn:x:2",
        url="https://example.org/2/",
        published=datetime(2025, 1, 1, tzinfo=UTC),
        tags=("draft",),
        in_feeds=False,
    ),
)


def said(folder: Path, text: str, name: str = "feeds.toml") -> list[Problem]:
    """The remarks on a site with these settings."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    site = Workspace(root=folder, file=file, settings=config.parse(text, name))
    return list(remarks(channels.plan(POSTS, site.settings), POSTS, site))


def test_episodes_without_a_podcast(tmp_path: Path) -> None:
    """Whoever writes down seasons wants podcast programs to know them, and they need to be told of the show."""
    heard = (a_post(episode=Episode(season=2)), a_post(id="urn:x:2", episode=Episode(), in_feeds=False))
    for more, expected in (("", ["podcast-unset"]), ("[podcast]\nchannel = 'site'\n", [])):
        site = Workspace(root=tmp_path, file=tmp_path / "feeds.toml", settings=config.parse(SITE + more))
        found = list(remarks(channels.plan(heard, site.settings), heard, site))
        assert expected == [each.code for each in found]
        assert all(each.message.startswith("a post is an episode, ") for each in found)


HEARD = tuple(
    a_post(
        id=f"urn:x:{day}",
        url=f"https://example.org/{day}/",
        published=datetime(2025, 1, day, tzinfo=UTC),
        tags=("show", "new") if day > 24 else ("show",),
        html="x" * 2_000,
        enclosures=(Enclosure(url="https://example.org/a.mp3", media_type="audio/mpeg"),) if day % 2 else (),
    )
    for day in range(28, 0, -1)
)
CUSTOM = "[[feeds.custom]]\nname = 'x'\nwhere = 'has:audio'\n"


@pytest.mark.parametrize(
    ("text", "severity", "lacks", "hint"),
    [
        ("[podcast]\nchannel = 'site'\n", "", 0, ""),
        ("[podcast]\nchannel = 'tags/new'\n", "", 0, ""),
        ("[podcast]\nchannel = 'x'\n" + CUSTOM.replace("has:audio", "tag:new"), "", 0, ""),
        ("[feeds]\nlimit = 3\n[podcast]\nchannel = 'site'\n", "", 0, ""),
        (
            "[podcast]\nchannel = 'site'\n[feeds.channels.site]\nlimit = 7\n",
            "note",
            11,
            "raise the limit of 7 or take it out: only `[feeds] max_bytes` holds then",
        ),
        (
            "[podcast]\nchannel = 'tags/show'\n[feeds.channels.tags]\nlimit = 28\n",
            "",
            0,
            "",
        ),
        (
            "[podcast]\nchannel = 'x'\n" + CUSTOM + "limit = 2\n",
            "note",
            12,
            "raise the limit of 2 or take it out: only `[feeds] max_bytes` holds then",
        ),
        (
            "[podcast]\nchannel = 'x'\n[feeds]\nmax_bytes = 20_000\n" + CUSTOM,
            "warning",
            None,
            'raise `[feeds] max_bytes`, which is 20_000, or set content = "summary" for that feed',
        ),
        (
            "[podcast]\nchannel = 'tags/show'\n[feeds]\nmax_bytes = 15_000\ncontent = 'summary'\n",
            "warning",
            None,
            "raise `[feeds] max_bytes`, which is 15_000",
        ),
    ],
)
def test_episodes_that_are_not_in_the_podcast(
    tmp_path: Path, text: str, severity: str, lacks: int | None, hint: str
) -> None:
    """No directory shows them, so their author should know; posts that are no episodes do not count."""
    file = tmp_path / "feeds.toml"
    file.write_text(SITE + text, encoding="utf-8")
    site = Workspace(root=tmp_path, file=file, settings=config.parse(SITE + text))
    planned = channels.plan(HEARD, site.settings)
    found = list(remarks(planned, HEARD, site))
    (podcast,) = (channel for channel in planned if channel.is_podcast)
    if lacks is None:
        lacks = 14 - sum(bool(each.enclosures) for each in podcast.posts)
        assert 0 < lacks < 14
    message = f"the podcast's feed lacks {lacks} of 14 episodes, so directories do, too"
    expected = [("podcast-cut", severity, message, hint)] if severity else []
    assert expected == [(each.code, each.severity, each.message, each.hint) for each in found]
    assert all((SITE + text).splitlines()[each.line - 1].startswith("channel = ") for each in found)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", ["feed-languages"]),
        ("[feeds]\ntaxonomies = ['languages']\n", []),
        ("[[feeds.custom]]\nname = 'x'\nwhere = 'language:pt'\n", []),
    ],
)
def test_languages_that_no_feed_tells_apart(tmp_path: Path, more: str, expected: list[str]) -> None:
    """A reader who knows one of them would want a feed of it."""
    posts = (a_post(language="pt"), a_post(id="urn:x:2", url="https://example.org/2/", language="en"))
    site = Workspace(root=tmp_path, file=tmp_path / "feeds.toml", settings=config.parse(SITE + more))
    assert expected == [each.code for each in remarks(channels.plan(posts, site.settings), posts, site)]


def custom(where: str) -> str:
    """A site with one feed of its own."""
    return f"{SITE}[[feeds.custom]]\nname = 'x'\nwhere = '{where}'\n"


@pytest.mark.parametrize(
    ("where", "severity", "hint"),
    [
        ("tag:pyton", "warning", "no post has `tag:pyton`; did you mean `tag:Python`?"),
        (
            "has:title and tag:web-desing",
            "warning",
            'no post has `tag:web-desing`; did you mean `tag:"Web Design"`?',
        ),
        (
            "tag:pyton or tag:kk or tag:pyton",
            "warning",
            "no post has `tag:pyton`; did you mean `tag:Python`? no post has `tag:kk`",
        ),
        ('tag:"no such"', "warning", 'no post has `tag:"no such"`'),
        ("tag:draft", "warning", "no post has `tag:draft`"),
        ("category:*", "warning", "no post has `category:*`"),
        ("tag:python year:1999", "note", "no post is all that its `where` asks for"),
        ("has:episode", "note", "no post is all that its `where` asks for"),
    ],
)
def test_a_feed_without_posts_is_remarked_on(tmp_path: Path, where: str, severity: str, hint: str) -> None:
    """A name that no post has is likely misspelt; else the feed may wait for its first post."""
    (problem,) = said(tmp_path, custom(where))
    assert ("feed-empty", severity, "the feed `x` holds no post, and is not written", hint) == (
        problem.code,
        problem.severity,
        problem.message,
        problem.hint,
    )
    assert ("feeds.toml", 6, 1) == (problem.path, problem.line, problem.column)


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (
            '[feeds.channels."tags/pyton"]\nlimit = 3\n',
            4,
            "there is no channel `tags/pyton`",
            "did you mean `tags/python`?",
        ),
        ("[feeds.channels.tag]\nlimit = 3\n", 4, "there is no channel `tag`", "did you mean `tags`?"),
        ("[feeds.channels.zzz]\n", 4, "there is no channel `zzz`", "`feeds list feeds` shows all there are"),
        (
            '[feeds]\ntaxonomies = ["tags"]\n[feeds.channels.authors]\n',
            6,
            "there is no channel `authors`",
            "add `authors` to `[feeds] taxonomies`",
        ),
        (
            "[podcast]\nchannel = 'sections/posts'\n",
            5,
            "there is no channel `sections/posts`",
            "add `sections` to `[feeds] taxonomies`",
        ),
        (
            "[[feeds.custom]]\nname = 'site-feed'\nwhere = 'has:title'\n[feeds.channels.site-feed]\n",
            7,
            "`site-feed` has a table of its own",
            "move these keys into its [[feeds.custom]]",
        ),
        (
            "[podcast]\nchannel = 'tags/pythn'\n",
            5,
            "there is no channel `tags/pythn`",
            "did you mean `tags/python`?",
        ),
        (
            "[feeds.aliases]\n'old.xml' = 'rsss.xml'\n",
            5,
            "there is no feed `rsss.xml`",
            "did you mean `rss.xml`?",
        ),
    ],
)
def test_names_that_nothing_has_are_remarked_on(
    tmp_path: Path, text: str, line: int, message: str, hint: str
) -> None:
    """With the closest that something has, and the line."""
    (problem,) = said(tmp_path, SITE + text)
    assert ("feed-unknown", "warning", message, hint, line) == (
        problem.code,
        problem.severity,
        problem.message,
        problem.hint,
        problem.line,
    )


def test_what_is_right_is_not_remarked_on(tmp_path: Path) -> None:
    """Groupings, the site, terms in any spelling, and feeds of the site's own."""
    text = (
        "[feeds]\ntaxonomies = ['tags', 'sections']\n[feeds.channels.site]\n[feeds.channels.sections]\n[feeds.channels.'tags/Web  design']\n"
        "[[feeds.custom]]\nname = 'own'\nwhere = 'tag:python'\n"
        "[feeds.aliases]\n'old/' = 'own/rss.xml'\n[podcast]\nchannel = 'site'\n"
    )
    assert [] == said(tmp_path, SITE + text)


def test_lines_are_found_in_pyproject(tmp_path: Path) -> None:
    """Where the tables have a longer name."""
    text = (
        "[tool.feeds.site]\ntitle = 'S'\nurl = 'https://example.org'\n[tool.feeds.podcast]\nchannel = 'x'\n"
    )
    (problem,) = said(tmp_path, text, "pyproject.toml")
    assert ("pyproject.toml", 5) == (problem.path, problem.line)


def test_a_settings_file_that_is_gone_has_no_lines(tmp_path: Path) -> None:
    """The remark is made all the same."""
    settings = config.parse(custom("tag:x"))
    site = Workspace(root=tmp_path, file=tmp_path / "feeds.toml", settings=settings)
    (problem,) = remarks(channels.plan(POSTS, settings), POSTS, site)
    assert (0, 0) == (problem.line, problem.column)
