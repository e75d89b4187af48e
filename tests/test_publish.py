"""Documents into the output folder: whole, ours only, untouched when equal."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from feeds import _fs
from feeds.errors import ConfigError, LockedError, PublishError
from feeds.model import Document
from feeds.publish import apply, lock, plan
from feeds.settings import Custom, Feeds, Settings, Site

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings(site=Site(title="T", url="https://example.org"))
OURS = "<generator>Feedwright</generator>"


@dataclass(frozen=True)
class Published:
    """What a run did, by path."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def put(
    root: Path, files: dict[str, str], *, force: bool = False, output: str = "public", mark: str = OURS
) -> Published:
    """Publish some files below `root/public`, each with our mark."""
    documents = [Document(path=path, data=(mark + text).encode()) for path, text in files.items()]
    planned = plan(documents, root / output, root, SETTINGS, force=force)
    apply(planned, root / output, root)
    written = tuple(sorted(document.path for document in planned.write))
    return Published(written, planned.unchanged, planned.remove)


def tree(root: Path) -> dict[str, str]:
    """What lies below the output folder, without our mark."""
    public = root / "public"
    files = [path for path in sorted(public.rglob("*")) if path.is_file()]
    return {path.relative_to(public).as_posix(): path.read_text().removeprefix(OURS) for path in files}


def test_files_are_written_once(tmp_path: Path) -> None:
    """A second run with the same documents touches nothing, so dates and ETags stand."""
    first = put(tmp_path, {"tags/a/rss.xml": "A", "rss.xml": "S"})
    assert (("rss.xml", "tags/a/rss.xml"), (), ()) == (first.written, first.unchanged, first.removed)
    before = (tmp_path / "public/rss.xml").stat()
    second = put(tmp_path, {"tags/a/rss.xml": "A", "rss.xml": "S"})
    assert ((), ("rss.xml", "tags/a/rss.xml"), ()) == (second.written, second.unchanged, second.removed)
    after = (tmp_path / "public/rss.xml").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    """Also when the length stays the same."""
    put(tmp_path, {"rss.xml": "one", "atom.xml": "two"})
    assert ("rss.xml",) == put(tmp_path, {"rss.xml": "ONE", "atom.xml": "two"}).written
    assert {"rss.xml": "ONE", "atom.xml": "two"} == tree(tmp_path)


def test_force_writes_everything(tmp_path: Path) -> None:
    """For a disk that lost something we cannot see."""
    put(tmp_path, {"rss.xml": "one"})
    assert ("rss.xml",) == put(tmp_path, {"rss.xml": "one"}, force=True).written


def test_what_is_no_longer_wanted_is_removed_with_its_empty_folders(tmp_path: Path) -> None:
    """Folders that hold somebody else's files stay."""
    put(tmp_path, {"rss.xml": "S", "tags/a/rss.xml": "A", "tags/b/rss.xml": "B"})
    (tmp_path / "public/tags/b/index.html").write_text("the generator's")
    done = put(tmp_path, {"rss.xml": "S"})
    assert ("tags/a/rss.xml", "tags/b/rss.xml") == done.removed
    assert {"rss.xml": "S", "tags/b/index.html": "the generator's"} == tree(tmp_path)
    assert not (tmp_path / "public/tags/a").exists()
    (tmp_path / "public/tags/b/index.html").unlink()
    assert () == put(tmp_path, {"rss.xml": "S"}).removed


def test_a_file_that_vanished_is_written_again(tmp_path: Path) -> None:
    """A site generator that empties its folder costs nothing but the writing."""
    put(tmp_path, {"rss.xml": "S", "tags/a/rss.xml": "A"})
    (tmp_path / "public/rss.xml").unlink()
    assert ("rss.xml",) == put(tmp_path, {"rss.xml": "S", "tags/a/rss.xml": "A"}).written
    (tmp_path / "public/tags/a/rss.xml").unlink()
    assert () == put(tmp_path, {"rss.xml": "S"}).removed


def test_a_foreign_file_in_the_way_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """The hint says how to go on; nothing has changed."""
    public = tmp_path / "public"
    public.mkdir()
    (public / "rss.xml").write_text("<rss>the generator's own, about Feedwright</rss>")
    with pytest.raises(ConfigError, match="not ours") as caught:
        put(tmp_path, {"atom.xml": "A", "rss.xml": "S"})
    assert (str(public / "rss.xml"), 2) == (caught.value.where, caught.value.exit_code)
    assert "[output.names]" in caught.value.hint
    assert {"rss.xml": "<rss>the generator's own, about Feedwright</rss>"} == tree(tmp_path)


@pytest.mark.parametrize(
    "mark",
    [
        OURS,
        '<generator uri="https://x.example">Feedwright</generator>',
        '{"_feedwright": {}}',
        "<!-- written by Feedwright -->",
        '<meta name="generator" content="Feedwright">',
        " " * 9000 + OURS,
    ],
)
def test_our_own_files_are_known_without_the_manifest(tmp_path: Path, mark: str) -> None:
    """Deleting `.feeds/` loses nothing: marked files are replaced, and removed when no longer wanted."""
    old = {"rss.xml": mark, "tags/a/rss.xml": mark + "a"}
    put(tmp_path, old, mark="")
    for file in (tmp_path / ".feeds").iterdir():
        file.unlink()
    done = put(tmp_path, {"rss.xml": mark + "new"}, mark="")
    assert (("rss.xml",), ("tags/a/rss.xml",)) == (done.written, done.removed)
    assert {"rss.xml": (mark + "new").removeprefix(OURS)} == tree(tmp_path)


@pytest.mark.parametrize("broken", ["", "{", "[1]", '["../../etc/passwd"]', '["/etc/passwd"]', '{"a": 1}'])
def test_a_broken_manifest_is_found_again(tmp_path: Path, broken: str) -> None:
    """Nor can a forged one make us remove a file outside the output folder."""
    put(tmp_path, {"rss.xml": "", "tags/a/rss.xml": ""})
    (manifest,) = (tmp_path / ".feeds").glob("published-*.json")
    manifest.write_text(broken)
    assert ("tags/a/rss.xml",) == put(tmp_path, {"rss.xml": ""}).removed


def test_every_kind_of_feed_is_found_without_the_manifest(tmp_path: Path) -> None:
    """Nested sections, archives, feeds of the settings' own, former places; nothing of other sites' folders."""
    given = Settings(
        site=Site(title="T", url="https://example.org"),
        feeds=Feeds(
            aliases={"old/index.xml": "rss.xml", "former/": "rss.xml"},
            custom=[Custom(name="work/podcast", where="has:audio")],
        ),
    )
    ours = [
        "_redirects",
        "archive/2019-05-12-3f9a1c00/feed.json",
        "authors/ada-lovelace/rss.xml",
        "languages/pt-br/atom.xml",
        "old/index.xml",
        "sections/posts/linux/archive/2019-05-12-3f9a1c00/atom.xml",
        "sections/posts/linux/rss.xml",
        "subscribe.html",
        "work/podcast/archive/2019-05-12-3f9a1c00/rss.xml",
        "work/podcast/rss.xml",
    ]
    others = ["blog/rss.xml", "tags/a/rss.xml", "tags/a/index.html"]
    for path in (*ours, *others):
        file = tmp_path / "public" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("theirs" if path.startswith("tags") else OURS)
    document = Document(path="rss.xml", data=OURS.encode())
    planned = plan([document], tmp_path / "public", tmp_path, given)
    assert tuple(ours) == planned.remove


def test_what_somebody_wrote_over_ours_is_theirs(tmp_path: Path) -> None:
    """A generator that writes `rss.xml` after us, or a page put where a feed of ours was: refused, or left."""
    put(tmp_path, {"rss.xml": "S", "tags/a/rss.xml": "A"})
    (tmp_path / "public/tags/a/rss.xml").write_text("the owner's own")
    done = put(tmp_path, {"rss.xml": "S"})
    assert ((), {"rss.xml": "S", "tags/a/rss.xml": "the owner's own"}) == (done.removed, tree(tmp_path))
    (tmp_path / "public/rss.xml").write_text("the generator's own")
    with pytest.raises(ConfigError, match="not ours"):
        put(tmp_path, {"rss.xml": "S2"})


def test_a_folder_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    """Neither to write, nor to remove, nor to look for lost files."""
    put(tmp_path, {"rss.xml": "S", "tags/a/rss.xml": "A"})
    outside = tmp_path / "outside"
    (tmp_path / "public/tags").rename(outside)
    (tmp_path / "public/tags").symlink_to(outside)
    with pytest.raises(ConfigError, match="not ours"):
        put(tmp_path, {"rss.xml": "S", "tags/a/rss.xml": "new"})
    assert () == put(tmp_path, {"rss.xml": "S"}).removed
    for file in (tmp_path / ".feeds").glob("published-*"):
        file.unlink()
    assert () == put(tmp_path, {"rss.xml": "S"}).removed
    assert OURS + "A" == (outside / "a/rss.xml").read_text()


def test_planning_writes_nothing(tmp_path: Path) -> None:
    """`check` does all but the last step."""
    document = Document(path="rss.xml", data=OURS.encode())
    planned = plan([document], tmp_path / "public", tmp_path, SETTINGS)
    assert ((document,), (), ()) == (planned.write, planned.unchanged, planned.remove)
    assert [] == list(tmp_path.iterdir())


def test_every_new_folder_reaches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder whose own entry is lost in a power cut takes its files along."""
    settled: set[Path] = set()
    real = _fs.settle
    monkeypatch.setattr(_fs, "settle", lambda folders: real(settled.update(folders) or folders))
    put(tmp_path, {"tags/a/rss.xml": "A"})
    public = tmp_path / "public"
    assert {tmp_path, public, public / "tags", public / "tags/a", tmp_path / ".feeds"} == settled


def test_links_are_never_written_through(tmp_path: Path) -> None:
    """Neither a linked file nor a linked folder below the output folder is ours."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text(OURS)
    public = tmp_path / "public"
    public.mkdir()
    (public / "rss.xml").symlink_to(outside / "precious")
    (public / "tags").symlink_to(outside)
    for path in ("rss.xml", "tags/a/rss.xml"):
        with pytest.raises(ConfigError, match="not ours"):
            put(tmp_path, {path: "S"})
    assert OURS == (outside / "precious").read_text()
    assert not (outside / "a").exists()


def test_a_file_where_a_folder_must_be_is_refused(tmp_path: Path) -> None:
    """`tags` may be a page of the site."""
    (tmp_path / "public").mkdir()
    (tmp_path / "public/tags").write_text("a page")
    with pytest.raises(ConfigError, match="not ours"):
        put(tmp_path, {"tags/a/rss.xml": "S"})


@pytest.mark.parametrize("umask", [0o077, 0o000])
def test_files_are_readable_by_servers_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    """Cron jobs run with odd masks."""
    old = os.umask(umask)
    try:
        put(tmp_path, {"tags/a/rss.xml": "A"})
    finally:
        os.umask(old)
    public = tmp_path / "public"
    modes = [
        stat.S_IMODE(path.stat().st_mode) for path in (public, public / "tags", public / "tags/a/rss.xml")
    ]
    assert [0o755, 0o755, 0o644] == modes


def test_a_killed_run_leaves_nothing_behind(tmp_path: Path) -> None:
    """Temporary files of a run that died are swept by the next one."""
    put(tmp_path, {"rss.xml": "S", "tags/a/rss.xml": "A"})
    (tmp_path / "public/.rss.xml.feeds-tmp").write_text("half")
    (tmp_path / "public/tags/a/.gone.xml.feeds-tmp").write_text("half")
    put(tmp_path, {"rss.xml": "new", "tags/a/rss.xml": "A"})
    assert {"rss.xml": "new", "tags/a/rss.xml": "A"} == tree(tmp_path)


@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EDQUOT])
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    """The error names the path and gives exit code 4; no temporary file is left."""
    put(tmp_path, {"rss.xml": "old"})
    real = getattr(os, call)

    def fail(first: object, *rest: object, **options: object) -> object:
        if call == "fsync" or "rss.xml.feeds-tmp" in str(first):
            raise OSError(number, os.strerror(number))
        return real(first, *rest, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(PublishError) as caught:
            put(tmp_path, {"rss.xml": "new"})
    assert (4, str(tmp_path / "public/rss.xml")) == (caught.value.exit_code, caught.value.where)
    assert os.strerror(number).lower() in caught.value.message
    assert {"rss.xml": "old"} == tree(tmp_path)
    assert ("rss.xml",) == put(tmp_path, {"rss.xml": "new"}).written


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """The second is told at once, with exit code 3."""
    with lock(tmp_path), pytest.raises(LockedError) as caught, lock(tmp_path):
        pytest.fail("two runs hold the lock")
    assert 3 == caught.value.exit_code
    with lock(tmp_path):
        pass


def test_a_site_that_cannot_be_locked_is_a_disk_fault(tmp_path: Path) -> None:
    """A folder where the lock should be."""
    (tmp_path / ".feeds/lock").mkdir(parents=True)
    with pytest.raises(PublishError) as caught, lock(tmp_path):
        pytest.fail("the lock was taken")
    assert str(tmp_path / ".feeds/lock") == caught.value.where


def test_output_folders_have_separate_manifests(tmp_path: Path) -> None:
    """`--output` elsewhere neither removes nor forgets what is in the usual place."""
    put(tmp_path, {"rss.xml": "S"})
    put(tmp_path, {"atom.xml": "A"}, output="elsewhere")
    assert ((), ("rss.xml",)) == (
        put(tmp_path, {"rss.xml": "S"}).removed,
        put(tmp_path, {"rss.xml": "S"}).unchanged,
    )


def test_removing_what_is_gone_is_no_fault(tmp_path: Path) -> None:
    """The seam's removals are idempotent."""
    _fs.remove(tmp_path / "nothing")
    _fs.sweep(tmp_path / "nowhere")
    _fs.settle([tmp_path / "nowhere"])
    assert _fs.remove_empty(tmp_path / "nowhere")
    assert not _fs.holds(tmp_path / "nothing", b"")
