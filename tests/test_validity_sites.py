"""Whole sites judged by the lint: nothing that we write breaks a rule, whatever stands in the posts.

These are the sites and posts that other tests hold against what is expected of them. Here it is the other way
round: the rules, which know nothing of how feeds are made, are held against all of them, once with the settings
of each site and once with everything switched on that a feed can have.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from feeds import config, pipeline
from feeds.cli import published
from feeds.settings.channels import Custom, Feeds, Options, Podcast

if TYPE_CHECKING:
    from feeds.settings import Workspace

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
SITES = sorted(path.name for path in (HERE / "sites").iterdir() if path.is_dir())
CORPUS = HERE / "corpus"
ROWS = sorted(path.name for path in CORPUS.iterdir())
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FEWEST_POSTS = 500
FEWEST_FEEDS = 4
PLAIN = '[site]\ntitle = "Example"\nurl = "https://example.org"\ntimezone = "Europe/Berlin"\n'

EVERYTHING = Feeds(
    limit=3,
    max_bytes=20_000,
    archives="all",
    tombstones="on",
    hubs=["https://hub.example.org/", "https://hub.example.net/websub"],
    comments="#comments",
    aliases={"old/feed.xml": "rss.xml"},
    channels={
        "site": Options(description="All <em>of</em> it &amp; more</p>"),
        "tags": Options(title="<b>{name}</b>"),
    },
    custom=[Custom(name="spoken", where="has:enclosure"), Custom(name="some", where="not tag:none")],
)
SHOW = Podcast(
    channel="site",
    author="The <b>crew</b> & friends",
    owner="Ada Ito <ada@example.org>",
    categories=["Society & Culture > Philosophy", "Technology"],
    funding="https://example.org/give?a=1&b=2",
    type="serial",
    locked="yes",
)

_RULE = re.compile(r".* \(([\w-]+) in ", re.DOTALL)

# What is an author's own doing, by row: the rule, and the post that breaks it.
OWN_DOING = {
    # References to characters that there are none of, such as &#x0;, stand for U+FFFD in HTML.
    "control-characters": {("text-decoded-once", "as-an-entity.md")},
    # A date that is right is told all the same, and readers believe it or not.
    "dates": {
        (rule, "year-before-1970.md")
        for rule in ("rss-date-plausible", "atom-date-plausible", "json-item-date-plausible")
    },
}


def everything_on(site: Workspace) -> Workspace:
    """The site with all that feeds can have."""
    settings = site.settings
    named = structs.replace(settings.site, icon="/images/icon.png")
    changed = structs.replace(settings, site=named, feeds=EVERYTHING, podcast=SHOW)
    return replace(site, settings=changed)


def found(site: Workspace) -> set[tuple[str, str]]:
    """The rules that the feeds of the site break, each with the name of the file that it is said of."""
    verdict = published.of_build(pipeline.gather(site, now=NOW), site, NOW)
    assert verdict.feeds >= FEWEST_FEEDS
    rules = [_RULE.match(problem.message) for problem in verdict.problems]
    files = [Path(problem.path).name for problem in verdict.problems]
    return {(rule[1] if rule else "?", file) for rule, file in zip(rules, files, strict=True)}


def copy_of(name: str, folder: Path) -> Path:
    """A copy of a site of tests/sites; of the repository's own when `name` is empty."""
    if name:
        shutil.copytree(HERE / "sites" / name, folder / name, symlinks=True)
        return folder / name
    for part in ("content", "templates"):
        shutil.copytree(REPOSITORY / part, folder / part)
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    return folder


def write_row(row: str, folder: Path) -> int:
    """Write all posts of a row of the corpus that need no settings or files of their own; returns how many."""
    written = 0
    (folder / "content").mkdir(parents=True)
    (folder / "feeds.toml").write_text(PLAIN, encoding="utf-8")
    for expectation in sorted((CORPUS / row).glob("*.json")):
        expected: dict[str, Any] = json.loads(expectation.read_text(encoding="utf-8"))
        if expected.keys() & {"site", "content", "files", "repeat"}:
            continue
        (post,) = [each for each in expectation.parent.glob(f"{expectation.stem}.*") if each != expectation]
        path = folder / "content" / expected.get("path", f"posts/{post.name}")
        if path.exists():
            path = folder / "content" / expectation.stem / path.name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(post, path)
        written += 1
    return written


@pytest.mark.parametrize("name", ["", *SITES], ids=lambda name: name or "own")
def test_a_site_keeps_every_rule(name: str, tmp_path: Path) -> None:
    """With its own settings, and with everything that feeds can have."""
    site = config.load(copy_of(name, tmp_path))
    assert set() == found(site)
    assert set() == found(everything_on(site))


@pytest.mark.parametrize("row", ROWS)
def test_odd_posts_keep_every_rule(row: str, tmp_path: Path) -> None:
    """All posts of a row of the corpus as one site, but for what is their authors' own doing."""
    write_row(row, tmp_path)
    site = config.load(tmp_path)
    assert OWN_DOING.get(row, set()) == found(site)
    assert OWN_DOING.get(row, set()) == found(everything_on(site))


def test_most_posts_of_the_corpus_are_judged(tmp_path: Path) -> None:
    """Not only those of a few rows, and what is said to be somebody's own doing is in some row."""
    written = {row: write_row(row, tmp_path / row) for row in ROWS}
    assert sum(written.values()) >= FEWEST_POSTS
    assert set() == OWN_DOING.keys() - {row for row, count in written.items() if count}


def test_a_fault_would_be_found(tmp_path: Path) -> None:
    """What is held against the rules is what a build would write."""
    write_row("dates", tmp_path)
    site = everything_on(config.load(tmp_path))
    odd = structs.replace(site.settings.podcast, categories=["Society & Culture > Knots"])
    broken = replace(site, settings=structs.replace(site.settings, podcast=odd))
    assert {("itunes-category", "rss.xml")} == found(broken) - OWN_DOING["dates"]
