"""`feeds list`, of sites that have more than the simplest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]
    MakeSite = Callable[..., Path]

NOW = "2026-01-01"
SETTINGS = """\
[site]
title = "S"
url = "https://example.org"
author = "Ada"
[content]
dir = "content"
[feeds]
limit = 2
formats = ["atom"]
[[feeds.custom]]
name = "own/feed"
title = "Our own"
where = "tag:a"
[[feeds.custom]]
name = "none"
where = "tag:b"
"""


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    """Nine posts, one of them in no feed and one without a title, and one that was deleted."""
    posts = {
        f"content/posts/{day}.md": f"---\ntitle: Day {day}\ndate: 2025-01-0{day}\ntags: [a]\n---\nHello.\n"
        for day in range(1, 8)
    }
    posts["content/hidden.md"] = "---\ntitle: Hidden\ndate: 2025-01-08\nfeed: false\n---\nHello.\n"
    posts["content/notes/9.md"] = "---\ntitle:\ndate: 2025-01-09\n---\nJust a note.\n"
    posts["content/gone.md"] = (
        "---\ntitle: Gone\ndate: 2025-01-05\ndeleted: 2025-02-01\ntags: [a]\n---\nBye.\n"
    )
    return make_site(posts, SETTINGS)


def test_feeds_are_listed_with_their_archives_counted(site: Path, run: Run) -> None:
    """Archives are nothing to subscribe to; programs are told how many there are, and of what is amiss."""
    lines = run("-C", site, "list", "feeds", "--now", NOW).out.splitlines()
    assert [
        "site\tS\t2025-01-09\t8\thttps://example.org/atom.xml",
        "tags\ta\t2025-01-07\t7\thttps://example.org/tags/a/atom.xml",
        "authors\tAda\t2025-01-09\t8\thttps://example.org/authors/ada/atom.xml",
        "custom\tOur own\t2025-01-07\t7\thttps://example.org/own/feed/atom.xml",
    ] == lines
    found = run("-C", site, "list", "feeds", "--json", "--now", NOW).json
    whole, *others = found["channels"]
    assert whole["archives"] >= 3
    assert whole["feeds"][0]["previous"].startswith("https://example.org/archive/2025-01-0")
    assert [0] * 3 == [channel["archives"] for channel in others]
    assert ("own/feed", "own/feed", "Our own", False) == tuple(
        others[-1][key] for key in ("path", "name", "label", "is_podcast")
    )
    assert ["feed-empty"] == [problem["code"] for problem in found["problems"]]


def test_posts_are_listed_with_what_to_call_them(site: Path, run: Run) -> None:
    """A note without a title goes by its text; a post of no feed is a post all the same."""
    lines = run("-C", site, "list", "--now", NOW).out.splitlines()
    assert ["Just a note.", "Hidden"] == [line.split("\t")[1] for line in lines[:2]]
    note, hidden, *_ = run("-C", site, "list", "--json", "--now", NOW).json["posts"]
    assert ("", "Just a note.", "notes", True) == tuple(
        note[key] for key in ("title", "label", "section", "in_feeds")
    )
    assert not hidden["in_feeds"]
