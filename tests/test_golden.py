"""Whole sites, compared byte for byte with the trees that were reviewed.

`make golden` writes the trees anew; what changed shows in the diff.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feeds import config, pipeline
from feeds.cli import talk
from feeds.newsletter import compose, exports, issue

if TYPE_CHECKING:
    from feeds.model import Report
    from feeds.settings import Workspace

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
SITES = sorted(path.name for path in (HERE / "sites").iterdir() if path.is_dir())
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def publish(folder: Path) -> tuple[Workspace, Report]:
    """Build the feeds of the site in `folder`, and the issue of its latest post."""
    site = config.load(folder)
    done = pipeline.build(site, now=NOW)
    posts = pipeline.gather(site, now=NOW).posts
    letter = compose.compose(issue.choose(posts), site.settings, site.root)
    for export in exports.EXPORTS.values():
        path = site.root / "outbox" / export.file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(export.write(letter))
    return site, done


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def compare(actual: dict[str, bytes], expected: Path, *, update: bool) -> None:
    """Hold a tree against the one in the repository, or put it there."""
    if update:
        shutil.rmtree(expected, ignore_errors=True)
        for name, data in actual.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_bytes(data)
    wanted = tree(expected)
    assert sorted(wanted) == sorted(actual)
    for name in sorted(wanted):
        assert wanted[name].decode().splitlines() == actual[name].decode().splitlines(), name
        assert wanted[name] == actual[name], name


@pytest.mark.parametrize("name", SITES)
def test_sites(name: str, tmp_path: Path, *, update_golden: bool) -> None:
    """Feeds, lists, mail and problems of each site are what was reviewed."""
    shutil.copytree(HERE / "sites" / name, tmp_path / "site", symlinks=True)
    site, done = publish(tmp_path / "site")
    report = talk.report(done)
    del report["durations"]
    actual = {f"public/{path}": data for path, data in tree(site.root / "public").items()}
    actual |= {f"outbox/{path}": data for path, data in tree(site.root / "outbox").items()}
    actual["report.json"] = (json.dumps(report, indent=2, ensure_ascii=False) + "\n").encode()
    compare(actual, HERE / "golden" / name, update=update_golden)


def test_the_repositorys_own_site(tmp_path: Path, *, update_golden: bool) -> None:
    """The project's own blog: which feed holds which entries, and the whole feed of the site.

    A listing rather than all bytes, so that a change of one post is a diff that can be read.
    """
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    site, done = publish(tmp_path)
    assert () == done.problems
    lines = [f"left out: {reason} {count}" for reason, count in done.held.items()]
    for path in sorted(tree(site.root / "public")):
        lines.append(path)
        if path.endswith(".json"):
            feed = json.loads((site.root / "public" / path).read_bytes())
            lines += [
                f"  {item['date_published']} {item['id']} {item['url']} {item['title']}"
                for item in feed["items"]
            ]
    compare(
        {"listing.txt": ("\n".join(lines) + "\n").encode()}, HERE / "golden" / "own", update=update_golden
    )
