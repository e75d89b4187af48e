"""Git's history: which commits change a post, and what is said where git cannot tell."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feeds import config, history
from feeds.model import Header, Placed, Source

if TYPE_CHECKING:
    from feeds.settings import Workspace


pytestmark = pytest.mark.usefixtures("with_git")


SETTINGS = '[site]\ntitle = "T"\nurl = "https://example.org"\n'
DAY = datetime(2024, 3, 1, 12, tzinfo=UTC)


def day(number: int) -> datetime:
    """The day of a commit."""
    return DAY + timedelta(days=number)


class Repository:
    """A repository with a site in it. Each commit is made at noon of the day that is named."""

    def __init__(self, folder: Path, site: str = "") -> None:
        self.folder = folder
        self.site = folder / site
        (self.site / "content").mkdir(parents=True)
        (self.site / "feeds.toml").write_text(SETTINGS, encoding="utf-8")
        self.git("init", "--quiet", "--initial-branch=main")

    def git(
        self, *arguments: str, date: datetime = DAY, inside: Path | None = None, given: bytes = b""
    ) -> bytes:
        """Run git as somebody who has no configuration; returns what it says."""
        moment = date.isoformat()
        done = subprocess.run(
            ["git", *("-c", "protocol.file.allow=always", "-c", "commit.gpgsign=false"), *arguments],
            cwd=inside or self.folder,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_NOSYSTEM": "1",
                **{f"GIT_{who}_NAME": "Ines" for who in ("AUTHOR", "COMMITTER")},
                **{f"GIT_{who}_EMAIL": "ines@example.org" for who in ("AUTHOR", "COMMITTER")},
                **{f"GIT_{who}_DATE": moment for who in ("AUTHOR", "COMMITTER")},
            },
            input=given,
            check=True,
            capture_output=True,
        )
        return done.stdout

    def sign(self) -> None:
        """Put a signature under the last commit, which git would ask a program about."""
        head, message = self.git("cat-file", "commit", "HEAD").split(b"\n\n", 1)
        mark = b"-----%s PGP SIGNATURE-----"
        signed = b"\n ".join([head + b"\ngpgsig " + mark % b"BEGIN", b"", b"iQ==", mark % b"END"])
        made = self.git("hash-object", "-t", "commit", "-w", "--stdin", given=signed + b"\n\n" + message)
        self.git("reset", "--quiet", "--soft", made.decode().strip())

    def write(self, files: dict[str, str | None]) -> None:
        """Write content files; None removes one."""
        for name, text in files.items():
            path = self.site / "content" / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")

    def commit(self, number: int, files: dict[str, str | None], *, at: datetime | None = None) -> None:
        """Commit these files on that day."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", f"Day {number}", date=at or day(number))

    def move(self, number: int, old: str, new: str) -> None:
        """Commit that a file has another name."""
        target = self.site / "content" / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.site / "content" / old).rename(target)
        self.commit(number, {})


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty one, whose site is its folder."""
    return Repository(tmp_path / "repository")


def at(folder: Path) -> Workspace:
    """The site in a folder."""
    return config.Workspace(root=folder, file=folder / "feeds.toml", settings=config.parse(SETTINGS))


def dates(repository: Repository) -> dict[str, datetime]:
    """When git says that its files were changed; it must be able to."""
    changes = history.last_changes(at(repository.site))
    assert () == changes.problems
    return dict(changes.dates)


def test_a_change_is_one_after_the_first_commit(repository: Repository) -> None:
    """What an import or a first commit brings was not changed by it, nor is what was never touched since."""
    repository.commit(0, {"a.md": "one", "b.md": "one", "notes/c.md": "one"})
    assert {} == dates(repository)
    repository.commit(1, {"a.md": "two", "notes/c.md": "two"})
    repository.commit(2, {"a.md": "three", "d.md": "new"})
    assert {"a.md": day(2), "notes/c.md": day(1)} == dates(repository)


def test_the_zone_is_the_authors(repository: Repository) -> None:
    """The moment is kept as the author's clock showed it."""
    repository.commit(0, {"a.md": "one"})
    moment = datetime.fromisoformat("2024-03-02T23:30:00-05:00")
    repository.commit(1, {"a.md": "two"}, at=moment)
    assert moment.isoformat() == dates(repository)["a.md"].isoformat()


def test_the_author_and_not_who_applied_it(repository: Repository) -> None:
    """Rebasing a branch changes nothing for readers."""
    repository.commit(0, {"a.md": "one"})
    repository.commit(1, {"a.md": "two"})
    repository.git("commit", "--quiet", "--amend", "--no-edit", f"--date={day(1).isoformat()}", date=day(9))
    assert {"a.md": day(1)} == dates(repository)


def test_what_is_not_committed_counts_for_nothing(repository: Repository) -> None:
    """It is different on every machine."""
    repository.commit(0, {"a.md": "one"})
    repository.write({"a.md": "two", "b.md": "new"})
    assert {} == dates(repository)


def test_a_move_is_no_change(repository: Repository) -> None:
    """The history of a file goes on under its new name, through any number of them."""
    repository.commit(0, {"a.md": "one\n" * 9, "b.md": "other"})
    repository.move(1, "a.md", "x/a.md")
    assert {} == dates(repository)
    repository.commit(2, {"x/a.md": "two\n" * 9})
    repository.move(3, "x/a.md", "y/z.md")
    repository.move(4, "b.md", "a.md")
    assert {"y/z.md": day(2)} == dates(repository)
    repository.commit(5, {"a.md": "changed"})
    assert {"y/z.md": day(2), "a.md": day(5)} == dates(repository)


def test_a_file_that_is_moved_and_edited_at_once_is_a_new_one(repository: Repository) -> None:
    """Whether it is the same would be a guess."""
    repository.commit(0, {"a.md": "one\n" * 50})
    repository.commit(1, {"a.md": "one\n" * 50 + "two\n"})
    repository.commit(2, {"a.md": None, "b.md": "one\n" * 50 + "two\nthree\n"})
    assert {} == dates(repository)
    repository.commit(3, {"b.md": "three"})
    assert {"b.md": day(3)} == dates(repository)


def test_a_file_that_came_back_is_a_new_one(repository: Repository) -> None:
    """What went away has no history, whatever has its name later."""
    repository.commit(0, {"a.md": "one"})
    repository.commit(1, {"a.md": "two"})
    repository.commit(2, {"a.md": None})
    assert {} == dates(repository)
    repository.commit(3, {"a.md": "three"})
    assert {} == dates(repository)


def test_a_change_of_mode_is_none(repository: Repository) -> None:
    """Readers cannot see it."""
    repository.commit(0, {"a.md": "one"})
    (repository.site / "content" / "a.md").chmod(0o755)
    repository.git("update-index", "--chmod=+x", "content/a.md")
    repository.git("commit", "--quiet", "--message", "Mode", date=day(1))
    assert {} == dates(repository)


def test_a_merge_is_no_change(repository: Repository) -> None:
    """The commits that it brings are."""
    repository.commit(0, {"a.md": "one", "b.md": "one"})
    repository.git("switch", "--quiet", "--create", "side")
    repository.commit(1, {"a.md": "two"})
    repository.git("switch", "--quiet", "main")
    repository.commit(2, {"b.md": "two"})
    repository.git("merge", "--quiet", "--no-edit", "side", date=day(3))
    assert {"a.md": day(1), "b.md": day(2)} == dates(repository)


def test_clocks_that_go_wrong(repository: Repository) -> None:
    """The last commit is the one that builds on all others, whatever its date."""
    repository.commit(0, {"a.md": "one"})
    repository.commit(5, {"a.md": "two"})
    repository.commit(3, {"a.md": "three"})
    assert {"a.md": day(3)} == dates(repository)


@pytest.mark.parametrize(
    "name", ["Grüße.md", "日記/一.md", "two words.md", "a\nb.md", 'quo"te\\.md', ":(top)x.md"]
)
def test_any_name(repository: Repository, name: str) -> None:
    """Names are those of the files, not as git shows them."""
    repository.commit(0, {name: "one"})
    repository.commit(1, {name: "two"})
    assert {name: day(1)} == dates(repository)


def test_a_site_below_its_repository(tmp_path: Path) -> None:
    """Paths are those in the content folder, and what is outside is nobody's post."""
    repository = Repository(tmp_path / "r", "docs/blog")
    repository.commit(0, {"a.md": "one", "../a.md": "one"})
    repository.commit(1, {"a.md": "two", "../a.md": "two"})
    assert {"a.md": day(1)} == dates(repository)


def test_a_site_behind_a_link(repository: Repository, tmp_path: Path) -> None:
    """So it may be with the content folder alone."""
    repository.commit(0, {"a.md": "one"})
    repository.commit(1, {"a.md": "two"})
    whole, part = tmp_path / "whole", tmp_path / "part"
    whole.symlink_to(repository.folder)
    part.mkdir()
    (part / "content").symlink_to(repository.folder / "content")
    for site in (whole, part):
        assert {"a.md": day(1)} == history.last_changes(at(site)).dates


def test_a_worktree(repository: Repository, tmp_path: Path) -> None:
    """A second folder of the same repository has the history of its branch."""
    repository.commit(0, {"a.md": "one"})
    repository.commit(1, {"a.md": "two"})
    repository.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "HEAD~1")
    assert {} == history.last_changes(at(tmp_path / "tree")).dates
    repository.git("commit", "--quiet", "--allow-empty", "--message", "None", inside=tmp_path / "tree")
    assert {"a.md": day(1)} == dates(repository)


def test_content_in_a_submodule(repository: Repository, tmp_path: Path) -> None:
    """Its own history is asked."""
    posts = Repository(tmp_path / "posts")
    posts.commit(0, {"a.md": "one"})
    posts.commit(1, {"a.md": "two"})
    (repository.site / "content").rmdir()
    repository.git("submodule", "--quiet", "add", str(posts.folder), "content")
    repository.commit(2, {})
    changes = history.last_changes(at(repository.site))
    assert ({"content/a.md": day(1)}, ()) == (changes.dates, changes.problems)


def test_no_commit_yet(repository: Repository) -> None:
    """Then nothing was changed, and nothing is wrong."""
    repository.write({"a.md": "one"})
    assert {} == dates(repository)


def test_whatever_the_repository_s_settings(repository: Repository, tmp_path: Path) -> None:
    """Those of a repository may be anybody's: they neither run programs nor change what is told."""
    repository.commit(0, {"a.md": "one"})
    repository.commit(1, {"a.md": "two"})
    repository.move(2, "a.md", "b.md")
    repository.sign()
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n", encoding="utf-8")
    trap.chmod(0o755)
    (repository.folder / ".git" / "hooks" / "post-index-change").symlink_to(trap)
    (repository.folder / ".gitattributes").write_text("*.md diff=own\n", encoding="utf-8")
    for key, value in {
        **dict.fromkeys(("core.fsmonitor", "core.pager", "gpg.program", "diff.external"), str(trap)),
        **dict.fromkeys(("diff.own.textconv", "diff.own.command", "core.sshCommand"), str(trap)),
        **dict.fromkeys(("log.showSignature", "log.follow", "log.decorate", "diff.noprefix"), "true"),
        "color.ui": "always",
        "core.quotePath": "true",
        "diff.mnemonicPrefix": "true",
        "diff.orderFile": "/nowhere",
        "diff.relative": "false",
        "diff.renames": "false",
        "format.notes": "*",
        "format.pretty": "fuller",
        "log.date": "relative",
        "log.showRoot": "false",
    }.items():
        repository.git("config", key, value)
    assert {"b.md": day(1)} == dates(repository)
    assert not (tmp_path / "sprung").exists()


def test_whatever_the_environment(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git's own variables, as a hook has them, mean another repository."""
    repository.commit(0, {"a.md": "one"})
    repository.commit(1, {"a.md": "two"})
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_TRACE", "1")
    monkeypatch.setenv("LANGUAGE", "de")
    assert {"a.md": day(1)} == dates(repository)


def test_a_promised_file_is_not_fetched(repository: Repository, tmp_path: Path) -> None:
    """A clone without the files' contents has all the dates; nothing goes over the net for them."""
    repository.commit(0, {"a.md": "one"})
    repository.commit(1, {"a.md": "two"})
    repository.commit(2, {"a.md": None, "b.md": "three"})
    repository.commit(3, {"b.md": "four"})
    clone = tmp_path / "clone"
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git(
        "clone", "--quiet", "--filter=blob:none", "--no-checkout", f"file://{repository.folder}", str(clone)
    )
    (clone / "content").mkdir()
    repository.folder.rename(tmp_path / "gone")
    changes = history.last_changes(at(clone))
    assert ({"b.md": day(3)}, ()) == (changes.dates, changes.problems)


UNAVAILABLE = 'set updated = "front-matter" under [content]'


def problem_of(folder: Path) -> tuple[str, str]:
    """The one problem: its message and hint. There are no dates."""
    changes = history.last_changes(at(folder))
    assert {} == changes.dates
    (problem,) = changes.problems
    assert ("git-unavailable", "warning", "feeds.toml") == (problem.code, problem.severity, problem.path)
    assert problem.hint.endswith(UNAVAILABLE)
    return problem.message, problem.hint


def test_a_shallow_clone_is_told(repository: Repository, tmp_path: Path) -> None:
    """Its oldest commit would look like the one that added everything, and its newest like a change of all."""
    repository.commit(0, {"a.md": "one"})
    repository.commit(1, {"a.md": "two"})
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.folder}", str(tmp_path / "clone"))
    message, hint = problem_of(tmp_path / "clone")
    assert "this clone is shallow, so git does not know when posts were changed" == message
    assert "fetch-depth: 0" in hint


def test_no_repository_is_told(tmp_path: Path) -> None:
    """The settings ask for what is not there."""
    (tmp_path / "content").mkdir()
    assert "the posts are in no git repository" == problem_of(tmp_path)[0]


def test_a_folder_that_looks_like_a_repository_is_none(tmp_path: Path) -> None:
    """Content may be anybody's: a bare repository in it could name programs to run."""
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "content"], check=True)
    problem_of(tmp_path)


def test_a_broken_repository_is_told_in_gits_words(repository: Repository) -> None:
    """The first line of what it says."""
    repository.commit(0, {"a.md": "one"})
    (repository.folder / ".git" / "refs" / "heads" / "main").write_text("0" * 39 + "1\n", encoding="utf-8")
    message, hint = problem_of(repository.site)
    assert message.startswith("git says: ")
    assert "git log" in hint


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (
            "echo \"fatal: detected dubious ownership in repository at '/r'\" >&2; exit 128",
            "git does not trust the repository, which belongs to somebody else",
        ),
        ("exit 3", "git says: nothing"),
        ("exec sleep 30", "git took more than 0.2 seconds"),
        (None, "there is no git on this machine"),
        ("", "git cannot be run: exec format error"),
    ],
)
def test_a_git_that_does_not_answer(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, expected: str
) -> None:
    """Whatever it is, the posts are published without."""
    programs = tmp_path / "bin"
    programs.mkdir()
    if script is not None:
        (programs / "git").write_text(f"#!/bin/sh\n{script}\n" if script else "\0", encoding="utf-8")
        (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/bin" if script == "exec sleep 30" else str(programs))
    if "sleep" in (script or ""):
        monkeypatch.setattr(history, "_PATIENCE", 0.2)
    message, hint = problem_of(repository.site)
    assert expected == message
    assert ("safe.directory" in hint) is ("trust" in message)


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("", {}),
        ("2024-03-01T12:00:00Z\0\n:100644 100644 aa bb M\0a.md\0", {"a.md": DAY}),
        ("no date\0\n:100644 100644 aa bb M\0a.md\0", {}),
        ("2024-03-01T12:00:00Z\0\n:100644 120000 aa bb T\0a.md\0", {"a.md": DAY}),
    ],
)
def test_what_git_writes(log: str, expected: dict[str, datetime], monkeypatch: pytest.MonkeyPatch) -> None:
    """UTC has two spellings among its versions; a date that no calendar has counts for nothing."""
    monkeypatch.setattr(history, "_git", lambda _, command, *__: log if command == "log" else "false\n")
    assert expected == history.last_changes(at(Path("/nowhere"))).dates


@pytest.mark.parametrize(
    ("said", "git", "expected"),
    [
        (None, day(3), day(3)),
        (day(1), day(3), day(1)),
        (day(4), day(3), day(4)),
        (None, None, None),
        (None, day(11), None),
        (None, day(10), day(10)),
    ],
)
def test_the_front_matter_has_the_last_word(
    said: datetime | None, git: datetime | None, expected: datetime | None
) -> None:
    """Git's date is for posts that give none, and not when it is still to come."""
    source = Source(
        path="a.md",
        key="a",
        name="a",
        section="",
        folder="",
        header=Header(published=DAY, updated=said),
        body="",
        body_line=1,
    )
    placed = Placed(source=source, id="urn:x:a", url="https://example.org/a/")
    changes = history.Changes({"a.md": git, "b.md": DAY} if git else {})
    (found,) = history.with_changes([placed], changes, now=day(10))
    assert expected == found.source.header.updated
