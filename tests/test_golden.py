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

from feeds import config, mailing, pipeline
from feeds.cli import talk
from feeds.newsletter import exports, issue

if TYPE_CHECKING:
    from feeds.model import Report
    from feeds.pipeline import Gathered
    from feeds.settings import Workspace

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
SITES = sorted(path.name for path in (HERE / "sites").iterdir() if path.is_dir())
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def publish(folder: Path) -> tuple[Workspace, Report]:
    """Build the feeds of the site in `folder`, and the issue of its latest post."""
    site = config.load(folder)
    made = mailing.chosen(pipeline.gather(site, now=NOW), issue.Wanted(), (), site)
    mailing.remember(made.letter, (), site)
    for name in site.settings.newsletter.formats:
        export = exports.EXPORTS[name]
        path = site.root / "outbox" / export.file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(export.write(made.letter, site).data)
    return site, pipeline.build(site, now=NOW)


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
    for folder in ("outbox", "issues"):
        actual |= {f"{folder}/{path}": data for path, data in tree(site.root / folder).items()}
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


@pytest.fixture(scope="module")
def almanac(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Gathered]:
    """The site of tests/letters, whose posts are of the kinds that break mails."""
    folder = tmp_path_factory.mktemp("letters") / "site"
    shutil.copytree(HERE / "letters", folder)
    site = config.load(folder)
    return site, pipeline.gather(site, now=NOW)


LETTERS = {
    path.stem if path.stem != "index" else path.parent.name: issue.Wanted(
        name=path.relative_to(HERE / "letters/posts").as_posix()
    )
    for path in sorted((HERE / "letters/posts").rglob("*.md"))
} | {"digest": issue.Wanted(last=5)}


@pytest.mark.parametrize("name", LETTERS)
def test_letters(
    name: str, almanac: tuple[Workspace, Gathered], tmp_path: Path, *, update_golden: bool
) -> None:
    """Each mail is what was reviewed, keeps every rule, and comes again with the same bytes."""
    site, gathered = almanac
    made, again = (mailing.chosen(gathered, LETTERS[name], (), site) for _ in range(2))
    assert made == again
    errors = [each for each in mailing.judged(made, {}, site) if each.severity == "error"]
    assert [] == errors
    mail = exports.EXPORTS["eml"].write(made.letter, site).data
    assert b"List-Unsubscribe: <https://tidewater.example/letters/leave/?from=mail>" in mail
    head = mail.partition(b"\r\n\r\n")[0].replace(b"\r\n", b"\n") + b"\n"
    actual = {f"{name}.headers": head}
    for part, suffix in (("html", "html"), ("text", "txt")):
        actual[f"{name}.{suffix}"] = exports.EXPORTS[part].write(made.letter, site).data
    folder = tmp_path / "golden"
    folder.mkdir()
    for file in sorted((HERE / "golden/letters").glob(f"{name}.*")):
        shutil.copy(file, folder)
    if update_golden:
        for file, data in actual.items():
            (HERE / "golden/letters").mkdir(exist_ok=True)
            (HERE / "golden/letters" / file).write_bytes(data)
            (folder / file).write_bytes(data)
    compare(actual, folder, update=False)


def test_every_reviewed_letter_is_of_a_post() -> None:
    """One whose post is gone would be held against nothing."""
    assert sorted(LETTERS) == sorted({path.stem for path in (HERE / "golden/letters").iterdir()})
