"""What the settings say of feeds that comes to nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feeds import channels, config
from feeds.channel_remarks import remarks
from feeds.model import Episode
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
            "`feeds list feeds` shows all there are",
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
        "[feeds.channels.site]\n[feeds.channels.sections]\n[feeds.channels.'tags/Web  design']\n"
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
