"""Every issue that the tool writes keeps the contract: of the project's own posts, and of posts of many kinds."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feeds import config, pipeline
from feeds.newsletter import compose, contract, issue
from feeds.newsletter.exports import EXPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.pipeline import Gathered
    from feeds.settings import Workspace

TOP = Path(__file__).parent.parent
NOW = datetime(2026, 12, 1, tzinfo=UTC)
SETTINGS = """\
[site]
title = "Ann & Bob's <letters>"
url = "https://example.org"
[newsletter]
sender = "Ann & Bob <post@example.org>"
list_id = "news.example.org"
postal_address = "Rua das Flores 12 & 14\\nPorto"
unsubscribe_url = "https://example.org/leave/?list=1&who=me"
unsubscribe_mail = "leave@example.org"
"""


def wanted(gathered: Gathered) -> Iterator[issue.Wanted]:
    """Each post, and a digest."""
    for post in gathered.posts:
        yield issue.Wanted(name=post.path)
    yield issue.Wanted(last=5)


def judged(site: Workspace) -> dict[str, list[str]]:
    """What is wrong with every issue of a site, by what was asked for: the errors only."""
    gathered = pipeline.gather(site, now=NOW)
    found = {}
    for each in wanted(gathered):
        chosen = issue.choose(gathered.posts, each, (), site.settings)
        letter = compose.compose(chosen, site).letter
        data = EXPORTS["eml"].write(letter, site).data
        findings = contract.judge(data, letter, site.settings)
        found[each.name or "digest"] = [
            f"{one.rule.id}: {one.message}" for one in findings if one.rule.severity == "error"
        ]
    return found


def test_the_issues_of_our_own_posts_keep_the_contract() -> None:
    """Those in content/, with the settings that the project itself has."""
    found = judged(config.load(TOP))
    assert [] == [(name, each) for name, listed in found.items() for each in listed]
    assert len(found) > 10


@pytest.mark.parametrize(
    "more", ["", '[newsletter.look]\nfont = "serif"\nwidth = 480\n'], ids=["default", "narrow"]
)
def test_the_issues_of_many_kinds_of_posts_keep_the_contract(more: str, tmp_path: Path) -> None:
    """Right to left, wide characters, tables, raw HTML, a long read, an episode, code about templates."""
    shutil.copytree(TOP / "tests/letters/posts", tmp_path / "content")
    shutil.copytree(TOP / "tests/letters/static", tmp_path / "static")
    (tmp_path / "feeds.toml").write_text(SETTINGS + more, encoding="utf-8")
    found = judged(config.load(tmp_path))
    assert [] == [(name, each) for name, listed in found.items() for each in listed]
    assert len(found) > 10


def test_an_issue_without_settings_says_what_is_missing(tmp_path: Path) -> None:
    """By warnings that name the settings; nothing else is wrong with it."""
    shutil.copytree(TOP / "tests/letters/posts", tmp_path / "content")
    plain = '[site]\ntitle = "E"\nurl = "https://example.org"\n'
    (tmp_path / "feeds.toml").write_text(plain, encoding="utf-8")
    site = config.load(tmp_path)
    gathered = pipeline.gather(site, now=NOW)
    chosen = issue.choose(gathered.posts, issue.Wanted(name="japanese.md"), (), site.settings)
    letter = compose.compose(chosen, site).letter
    findings = contract.judge(EXPORTS["eml"].write(letter, site).data, letter, site.settings)
    assert {
        *(("setting-sender", "sender"), ("setting-list-id", "list_id")),
        ("setting-unsubscribe", "unsubscribe_url"),
        ("setting-postal-address", "postal_address"),
    } == {(one.rule.id, one.setting) for one in findings}
