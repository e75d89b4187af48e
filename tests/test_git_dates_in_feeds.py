"""`[content] updated = "git"`, from commits to what feeds say: with a real git, through the command line."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    MakeSite = Callable[..., Path]
    Run = Callable[..., Ran]

NOW = "2026-01-01"
SITE = '[site]\ntitle = "S"\nurl = "https://example.org"\n[content]\n'
FROM_GIT = SITE + 'updated = "git"\n'
PUBLISHED, WRITTEN, CHANGED = (
    "2024-03-01T12:00:00+00:00",
    "2024-03-02T12:00:00+00:00",
    "2024-05-06T07:08:09+00:00",
)
POST = f"---\ntitle: A\ndate: {PUBLISHED}\n{{}}---\n{{}}\n"
ATOM = "{http://www.w3.org/2005/Atom}"


pytestmark = pytest.mark.usefixtures("with_git")


def git(folder: Path, *arguments: str, date: str = WRITTEN) -> None:
    """Run git as somebody who has no configuration."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    given |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        given |= {f"GIT_{who}_NAME": "Ines", f"GIT_{who}_EMAIL": "i@example.org", f"GIT_{who}_DATE": date}
    options = ("-c", "protocol.file.allow=always", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *options, *arguments], cwd=folder, env=given, check=True, capture_output=True)


def commit(folder: Path, date: str) -> None:
    """Commit all there is."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=.", date=date)


def changed_twice(make_site: MakeSite, settings: str, said: str = "") -> Path:
    """A site in a repository, with one post that two commits made."""
    site = make_site({"content/a.md": POST.format(said, "One.")}, settings)
    (site / ".gitignore").write_text(".feeds/\npublic/\n", encoding="utf-8")
    git(site, "init", "--quiet", "--initial-branch=main")
    commit(site, WRITTEN)
    (site / "content/a.md").write_text(POST.format(said, "Two."), encoding="utf-8")
    commit(site, CHANGED)
    return site


def dates_of(site: Path) -> tuple[str | None, str, str]:
    """When the post was changed in JSON, in Atom, and when Atom's feed was."""
    item = json.loads((site / "public/feed.json").read_bytes())["items"][0]
    atom = etree.parse(site / "public/atom.xml").getroot()
    # Atom tells posts of one second apart by fractions of it.
    entry, feed = (
        datetime.fromisoformat(atom.findtext(place)).replace(microsecond=0).isoformat()
        for place in (f"{ATOM}entry/{ATOM}updated", f"{ATOM}updated")
    )
    return item.get("date_modified"), entry, feed


@pytest.mark.parametrize(
    ("settings", "said", "expected"),
    [
        (FROM_GIT, "", CHANGED),
        (FROM_GIT, "updated: 2024-04-04T04:04:04Z\n", "2024-04-04T04:04:04+00:00"),
        (SITE, "", None),
    ],
)
def test_feeds_say_when_a_post_was_committed(
    make_site: MakeSite, run: Run, settings: str, said: str, expected: str | None
) -> None:
    """If the settings ask for it, and unless its author says it; in every format that says it at all."""
    site = changed_twice(make_site, settings, said)
    ran = run("-C", site, "build", "--json", "--now", NOW)
    assert (0, []) == (ran.code, ran.json["problems"])
    shown = expected or PUBLISHED
    assert (expected, shown, shown) == dates_of(site)
    rss = (site / "public/rss.xml").read_text(encoding="utf-8")
    assert "<pubDate>Fri, 01 Mar 2024 12:00:00 +0000</pubDate>" in rss


def test_a_shallow_clone_is_told_by_every_command(make_site: MakeSite, run: Run, tmp_path: Path) -> None:
    """It knows no dates, so feeds say when posts were published, as `check` and `build` remark."""
    site = changed_twice(make_site, FROM_GIT)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{site}", str(clone))
    for command in ("check", "build"):
        ran = run("-C", clone, command, "--json", "--now", NOW)
        assert ["git-unavailable"] == [problem["code"] for problem in ran.json["problems"]]
        assert 0 == ran.code
    assert (None, PUBLISHED) == dates_of(clone)[:2]


def test_an_edit_that_is_not_committed_is_no_change_yet(make_site: MakeSite, run: Run) -> None:
    """The same commit makes the same bytes, wherever it is checked out and whenever its files were written."""
    site = changed_twice(make_site, FROM_GIT)
    os.utime(site / "content/a.md", (0, 0))
    (site / "content/a.md").write_text(POST.format("", "Three."), encoding="utf-8")
    run("-C", site, "build", "--now", NOW)
    assert CHANGED == dates_of(site)[0]
