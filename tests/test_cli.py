"""The commands as people and scripts use them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import feeds
from feeds import _fs, cli
from feeds.errors import PublishError
from feeds.publish import lock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]
    MakeSite = Callable[..., Path]

NOW = "2026-01-01"
GOOD = "---\ntitle: Good\ndate: 2025-01-31\ntags: [a, 2025]\ncategories: [c]\n---\nHello *you*.\n"
NEWER = "---\ntitle: Newer\ndate: 2025-02-01\n---\nNews.\n"
BROKEN = "---\ntitle: x: y\n---\n"
COMMANDS = ["build", "newsletter", "list", "check", "init"]


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    """A site with two good posts, a broken one and a draft."""
    return make_site(
        {
            "content/posts/good.md": GOOD,
            "content/posts/newer.md": NEWER,
            "content/posts/bad.md": BROKEN,
            "content/posts/draft.md": GOOD.replace("tags", "draft: true\ntags"),
        }
    )


@pytest.fixture
def clean_site(make_site: MakeSite) -> Path:
    """A site in which nothing is wrong."""
    return make_site({"content/posts/good.md": GOOD, "content/posts/newer.md": NEWER})


def names(folder: Path) -> list[str]:
    """Every file below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_build_writes_every_feed(clean_site: Path, run: Run) -> None:
    """The layout that others link to: site, categories, tags, each in three formats, and the two lists."""
    ran = run("-C", clean_site, "build", "--now", NOW)
    assert (0, "") == (ran.code, ran.out)
    folders = ["", "categories/c/", "tags/2025/", "tags/a/"]
    feeds_of_all = [f"{folder}{name}" for folder in folders for name in ("rss.xml", "atom.xml", "feed.json")]
    assert sorted([*feeds_of_all, "feeds.opml", "subscribe.html"]) == names(clean_site / "public")
    assert [
        "2 posts in 4 channels",
        "public: 14 written, 0 unchanged, 0 removed",
    ] == ran.err.splitlines()


def test_a_second_build_changes_nothing(clean_site: Path, run: Run) -> None:
    """And says so."""
    run("-C", clean_site, "build", "--now", NOW)
    ran = run("-C", clean_site, "build", "--now", NOW)
    assert "public: 0 written, 14 unchanged, 0 removed" in ran.err


def test_one_broken_post_is_named_and_the_rest_published(site: Path, run: Run) -> None:
    """Exit code 1, with file, line, column, what and hint."""
    ran = run("-C", site, "build", "--now", NOW)
    assert 1 == ran.code
    assert [
        "content/posts/bad.md:2:9: error[front-matter-invalid]: not valid YAML: mapping values are not allowed "
        "in this context",
        '  hint: a value with a colon goes in quotes: title: "x: y"',
        "2 posts in 4 channels; left out: 1 broken, 1 draft",
        "public: 14 written, 0 unchanged, 0 removed",
        "1 error",
    ] == ran.err.splitlines()
    assert (site / "public/rss.xml").is_file()


def test_a_spell_of_warnings_hides_no_error(make_site: MakeSite, run: Run) -> None:
    """The first warnings are shown, the others counted; errors come last, all of them."""
    links = "\n".join(f"[x](gone{n}.md)" for n in range(30))
    site = make_site({"content/posts/a.md": GOOD + links, "content/posts/bad.md": BROKEN})
    lines = run("-C", site, "build", "--now", NOW).err.splitlines()
    assert 20 == sum("warning[link-dangling]" in line for line in lines)
    assert 1 == sum("hint: check the path" in line for line in lines)
    assert "… and 10 more of these; feeds check groups and counts them" in lines
    assert lines.index("… and 10 more of these; feeds check groups and counts them") < next(
        n for n, line in enumerate(lines) if "error[" in line
    )
    assert 30 == run("-C", site, "check", "--all", "--now", NOW).out.count("warning[link-dangling]")
    assert "warning" not in run("-C", site, "build", "--now", NOW, "--quiet").err


def test_quiet_says_nothing_but_errors(site: Path, clean_site: Path, run: Run) -> None:
    """Cron mails whatever is printed."""
    assert 2 == len(run("-C", site, "build", "-q", "--now", NOW).err.splitlines())
    (clean_site / "content/posts/bad.md").unlink()
    assert (0, "", "") == tuple(vars(run("-C", clean_site, "build", "-q", "--now", NOW)).values())


def test_json_is_one_object_on_stdout(site: Path, run: Run) -> None:
    """Its keys are an interface."""
    ran = run("-C", site, "build", "--json", "--now", NOW)
    assert (1, "") == (ran.code, ran.err)
    found = ran.json
    assert [
        "posts",
        "channels",
        "held",
        "written",
        "unchanged",
        "removed",
        "problems",
        "counts",
        "durations",
    ] == list(found)
    assert (2, 4, {"broken": 1, "draft": 1}, 14) == (
        found["posts"],
        found["channels"],
        found["held"],
        len(found["written"]),
    )
    assert [
        {
            "code": "front-matter-invalid",
            "message": "not valid YAML: mapping values are not allowed in this context",
            "path": "content/posts/bad.md",
            "line": 2,
            "column": 9,
            "hint": 'a value with a colon goes in quotes: title: "x: y"',
            "severity": "error",
        }
    ] == found["problems"]
    assert {"front-matter-invalid": {"error": 1}} == found["counts"]
    assert {"collect", "render", "build", "publish"} == set(found["durations"])


def test_check_finds_the_same_and_writes_nothing(site: Path, run: Run) -> None:
    """The real path minus the last step; the findings are data. More on them is in test_check.py."""
    before = names(site)
    ran = run("-C", site, "check", "--now", NOW)
    assert 1 == ran.code
    assert ran.out.startswith("content/posts/bad.md:2:9: error[front-matter-invalid]")
    assert ["2 posts in 4 channels; left out: 1 broken, 1 draft", "1 error"] == ran.err.splitlines()
    found = run("-C", site, "check", "--json", "--now", NOW).json
    assert ([], 1) == (found["written"], len(found["problems"]))
    assert before == names(site)


def test_check_of_a_sound_site(clean_site: Path, run: Run) -> None:
    """Exit code 0 and a word."""
    ran = run("-C", clean_site, "check", "--now", NOW)
    assert (0, "", "no problems") == (ran.code, ran.out, ran.err.splitlines()[-1])


def test_list_posts(site: Path, run: Run) -> None:
    """Newest first, in columns for other programs; broken posts are named beside."""
    ran = run("-C", site, "list", "--now", NOW)
    assert [
        "2025-02-01\tNewer\t\t\thttps://example.org/posts/newer/",
        "2025-01-31\tGood\tc\ta, 2025\thttps://example.org/posts/good/",
    ] == ran.out.splitlines()
    assert (1, True) == (ran.code, ran.err.startswith("content/posts/bad.md:2:9: error"))
    found = run("-C", site, "list", "posts", "--json", "--now", NOW).json
    assert ["Newer", "Good"] == [post["title"] for post in found["posts"]]
    assert {"broken": 1, "draft": 1} == found["held"]


def test_list_feeds(clean_site: Path, run: Run) -> None:
    """Every address there is to subscribe to."""
    ran = run("-C", clean_site, "list", "feeds", "--now", NOW)
    assert 12 == len(ran.out.splitlines())
    assert "tags\t2025\t2025-01-31\t1\thttps://example.org/tags/2025/rss.xml" in ran.out.splitlines()
    found = run("-C", clean_site, "list", "feeds", "--json", "--now", NOW).json
    assert ["site", "categories", "tags", "tags"] == [channel["kind"] for channel in found["channels"]]


def test_list_on_a_terminal_is_a_table(clean_site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With heads, and readable without colour."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    ran = run("-C", clean_site, "list", "--now", NOW)
    assert ["date", "title", "categories", "tags", "url"] == ran.out.splitlines()[0].split()


def test_a_scheduled_post_appears_at_its_time(clean_site: Path, run: Run) -> None:
    """`--now` is read in the site's zone."""
    assert "1 post " in run("-C", clean_site, "build", "--now", "2025-01-31T23:59").err
    assert "2 posts " in run("-C", clean_site, "build", "--now", "2025-02-01T00:00").err


@pytest.mark.parametrize("time", ["soon", "2025", "0001-01-01"])
def test_a_time_that_is_none_is_refused(clean_site: Path, run: Run, time: str) -> None:
    """It never becomes the present."""
    ran = run("-C", clean_site, "build", "--now", time)
    assert (2, True) == (ran.code, "--now" in ran.err)
    assert not (clean_site / "public").exists()


def test_commands_work_from_anywhere_inside_the_site(
    clean_site: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings are looked for upwards; -C may stand before or behind the command."""
    monkeypatch.chdir(clean_site / "content/posts")
    assert 0 == run("build", "--now", NOW).code
    assert (clean_site / "public/rss.xml").is_file()
    monkeypatch.chdir("/")
    assert 0 == run("build", "-C", clean_site, "--now", NOW).code


def test_output_can_go_elsewhere(clean_site: Path, run: Run, tmp_path: Path) -> None:
    """Such as into a site generator's own folder."""
    assert 0 == run("-C", clean_site, "build", "--output", tmp_path / "out", "--now", NOW).code
    assert (tmp_path / "out/rss.xml").is_file()
    assert not (clean_site / "public").exists()


def test_the_number_of_processes_changes_no_byte(make_site: MakeSite, run: Run, tmp_path: Path) -> None:
    """Nor does deleting everything disposable."""
    posts = {
        f"content/p{n}.md": f"---\ntitle: P{n}\ndate: 2025-01-{n % 28 + 1}\ntags: [t{n % 7}]\n---\nBody[^1] {n}\n\n[^1]: n\n"
        for n in range(170)
    }
    site = make_site(posts)
    trees = []
    for jobs in (1, 2):
        run("-C", site, "build", "--jobs", jobs, "--output", tmp_path / f"out{jobs}", "--now", NOW)
        out = tmp_path / f"out{jobs}"
        trees.append({name: (out / name).read_bytes() for name in names(out)})
    assert 53 == len(trees[0])  # feeds of the site and of seven tags, nine archives, two lists
    assert trees[0] == trees[1]


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "POSIX"},
    ],
)
def test_another_machine_makes_the_same_bytes(
    clean_site: Path, run: Run, tmp_path: Path, environment: dict[str, str]
) -> None:
    """Neither hash seed nor time zone nor locale is in a feed or a mail."""
    command = [sys.executable, "-P", "-m", "feeds", "-C", str(clean_site)]
    elsewhere = os.environ | environment
    subprocess.run(
        [*command, "build", "--now", NOW, "--output", tmp_path / "there"], env=elsewhere, check=True
    )
    run("-C", clean_site, "build", "--now", NOW, "--output", tmp_path / "here")
    mail = subprocess.run(
        [*command, "newsletter", "--now", NOW, "--format", "eml", "--output", "-"],
        env=elsewhere,
        check=True,
        capture_output=True,
    )
    run("-C", clean_site, "newsletter", "--now", NOW, "--output", tmp_path / "mail")
    here, there = (
        {name: (tmp_path / where / name).read_bytes() for name in names(tmp_path / where)}
        for where in ("here", "there")
    )
    assert here == there
    assert (tmp_path / "mail/issue.eml").read_bytes() == mail.stdout


def test_long_work_draws_a_bar_on_a_terminal_only(
    make_site: MakeSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is gone at the end; into a file nothing of it is written."""
    site = make_site({f"content/p{n}.md": GOOD for n in range(120)})
    assert "rendering" not in run("-C", site, "build", "--now", NOW).err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "rendering" in run("-C", site, "build", "--now", NOW).err


def test_a_site_is_needed(run: Run, tmp_path: Path) -> None:
    """Without one, the hint says how to make one."""
    ran = run("-C", tmp_path, "build")
    assert (2, True) == (ran.code, "feeds init" in ran.err)


def test_all_faults_of_the_settings_are_named_at_once(make_site: MakeSite, run: Run) -> None:
    """Each with its line and the closest right key; nothing is written."""
    site = make_site(settings='[site]\ntitle = 1\nurl = "example.org"\ntimezon = "UTC"\n')
    ran = run("-C", site, "build")
    assert 2 == ran.code
    assert ["feeds.toml:2:1: error[", "feeds.toml:3:1: error[", "feeds.toml:4:1: error["] == [
        line[:22] for line in ran.err.splitlines() if not line.startswith("  ")
    ]
    assert "timezone" in ran.err
    assert not (site / "public").exists()


def test_a_run_at_work_is_not_disturbed(clean_site: Path, run: Run) -> None:
    """Exit code 3."""
    with lock(clean_site):
        ran = run("-C", clean_site, "build")
    assert (3, True) == (ran.code, "another run" in ran.err)


def test_a_failing_disk_is_exit_code_4(clean_site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path is named."""

    def fail(path: Path, *_: object, **__: object) -> None:
        raise PublishError("cannot write: no space left on device", where=str(path))

    monkeypatch.setattr(_fs, "write", fail)
    ran = run("-C", clean_site, "build")
    assert (4, True) == (ran.code, "no space left on device" in ran.err)


def test_a_foreign_file_is_never_replaced(clean_site: Path, run: Run) -> None:
    """Exit code 2, nothing changed, and a hint."""
    public = clean_site / "public"
    public.mkdir()
    (public / "atom.xml").write_text("Zola's own")
    ran = run("-C", clean_site, "build", "--now", NOW)
    assert (2, ["atom.xml"], True) == (ran.code, names(public), "[output.names]" in ran.err)


def test_newsletter_writes_the_latest_post(clean_site: Path, run: Run) -> None:
    """All formats into the outbox; paths on stdout; what is missing on stderr."""
    ran = run("-C", clean_site, "newsletter", "--now", NOW)
    assert 0 == ran.code
    folder = clean_site / "outbox/0001-newer"
    assert [
        str(folder / f"issue.{suffix}") for suffix in ("eml", "html", "txt", "json")
    ] == ran.out.splitlines()
    assert ["issue.eml", "issue.html", "issue.json", "issue.txt"] == names(folder)
    assert all(name in ran.err for name in ("sender", "postal_address", "unsubscribe_url"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["good"],
        ["content/posts/good.md"],
        ["posts/good.md"],
        ["https://example.org/posts/good/"],
        ["--tag", "2025"],
        ["--category", "C"],
    ],
)
def test_newsletter_of_another_post(clean_site: Path, run: Run, arguments: list[str]) -> None:
    """By its file, slug or URL, or the latest of a tag or category."""
    ran = run("-C", clean_site, "newsletter", *arguments, "--format", "json", "--output", "-", "--now", NOW)
    assert (0, "Good") == (ran.code, ran.json["subject"])


@pytest.mark.parametrize(
    ("output", "arguments", "written"),
    [
        ("mail", [], ["issue.eml", "issue.html", "issue.json", "issue.txt"]),
        ("mail", ["--format", "text"], ["issue.txt"]),
        ("mail/letter.html", [], ["letter.html"]),
        ("mail/letter.htm", ["--format", "html"], ["letter.htm"]),
        ("mail/letter", ["--format", "html"], ["letter/issue.html"]),
        ("mail/letter.html/", ["--format", "text"], ["letter.html/issue.txt"]),
    ],
)
def test_newsletter_to_a_file_or_folder(
    clean_site: Path, run: Run, tmp_path: Path, output: str, arguments: list[str], written: list[str]
) -> None:
    """A name with a suffix is a file's, and says which format it is to have."""
    ran = run("-C", clean_site, "newsletter", "--output", f"{tmp_path}/{output}", *arguments, "--now", NOW)
    assert (0, written) == (ran.code, names(tmp_path / "mail"))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["nonsense"], "nonsense"),
        (["--tag", "nonsense"], "nonsense"),
        (["--output", "-"], "--format"),
        (["--output", "letter.xyz"], "--format"),
        (["--format", "pdf"], "pdf"),
    ],
)
def test_newsletter_requests_that_cannot_be_met(
    clean_site: Path, run: Run, arguments: list[str], word: str
) -> None:
    """Exit code 2, naming what is wrong; nothing is written."""
    ran = run("-C", clean_site, "newsletter", *arguments, "--now", NOW)
    assert (2, True) == (ran.code, word in ran.err)
    assert not (clean_site / "outbox").exists()


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (GOOD.replace("tags", "draft: true\ntags"), 2, ["error: posts/20-more.md is a draft"]),
        (GOOD.replace("2025", "2027"), 2, ["error: posts/20-more.md is scheduled for later"]),
        (
            BROKEN,
            2,
            [
                "content/posts/20-more.md:2:9: error[front-matter-invalid]: not valid YAML: "
                "mapping values are not allowed in this context",
                '  hint: a value with a colon goes in quotes: title: "x: y"',
                "1 post is broken: `feeds check` names it",
                "error: posts/20-more.md is broken",
            ],
        ),
    ],
)
@pytest.mark.parametrize("name", ["content/posts/20-more.md", "content/posts/20-more", "20-more"])
def test_newsletter_of_a_file_that_is_not_published(
    make_site: MakeSite, run: Run, name: str, content: str, code: int, said: list[str]
) -> None:
    """It is told why, not offered other posts; only a broken file's own faults are shown."""
    others = {"content/posts/bad.md": BROKEN} if len(said) > 1 else {}
    site = make_site({"content/posts/20-mine.md": GOOD, "content/posts/20-more.md": content, **others})
    ran = run("-C", site, "newsletter", name, "--now", NOW)
    lines = [line for line in ran.err.splitlines() if not line.startswith("  hint: ") or line in said]
    assert (code, said) == (ran.code, lines)
    assert not (site / "outbox").exists()


def test_newsletter_only_counts_what_is_broken_elsewhere(site: Path, run: Run) -> None:
    """`feeds check` names them; the mail is none the worse."""
    (site / "content/posts/worse.md").write_text(BROKEN)
    ran = run("-C", site, "newsletter", "--now", NOW)
    assert (0, "2 posts are broken: `feeds check` names them") == (ran.code, ran.err.splitlines()[0])
    assert "bad.md" not in ran.err


def test_newsletter_says_that_an_issue_is_cut(make_site: MakeSite, run: Run) -> None:
    """On stderr and in the JSON; the text part is whole."""
    body = "\n\n".join(f"Paragraph {n}. " + "words and more " * 80 for n in range(200))
    site = make_site({"content/a.md": GOOD + body})
    ran = run("-C", site, "newsletter", "--now", NOW, "--format", "json", "--output", "-")
    assert "too long for a mail: the HTML continues on the web, the text is whole\n  bytes: " in ran.err
    assert (True, False, True) == (
        ran.json["cut"],
        "Paragraph 199." in ran.json["html"],
        "Paragraph 199." in ran.json["text"],
    )


def test_newsletter_waits_for_no_other_run(clean_site: Path, run: Run) -> None:
    """Exit code 3, and nothing written: two runs must not give one number to two issues. To look is free."""
    with lock(clean_site):
        ran = run("-C", clean_site, "newsletter", "--now", NOW)
        piped = run("-C", clean_site, "newsletter", "--now", NOW, "--format", "text", "--output", "-")
        looked = run("-C", clean_site, "newsletter", "--now", NOW, "--check")
    assert (3, "", True) == (ran.code, ran.out, "another run" in ran.err)
    assert (3, "") == (piped.code, piped.out)
    assert not (clean_site / "outbox").exists()
    assert (0, True) == (looked.code, looked.out.startswith("Issue 1: Newer\n"))


def test_newsletters_of_two_posts_do_not_share_a_folder(make_site: MakeSite, run: Run) -> None:
    """Two languages, one day, one slug."""
    site = make_site({"content/en/hello.md": GOOD, "content/fr/hello.md": GOOD.replace("Good", "Bon")})
    for name in ("en/hello", "fr/hello"):
        assert 0 == run("-C", site, "newsletter", name, "--now", NOW, "--format", "text").code
    assert ["0001-hello/issue.txt", "0002-hello/issue.txt"] == names(site / "outbox")


def test_newsletter_twice_is_the_same(clean_site: Path, run: Run) -> None:
    """And an unchanged file is not touched."""
    run("-C", clean_site, "newsletter", "--now", NOW)
    path = clean_site / "outbox/0001-newer/issue.eml"
    before = path.stat().st_mtime_ns
    run("-C", clean_site, "newsletter", "--now", "2027-01-01")
    assert before == path.stat().st_mtime_ns


def test_init_makes_a_site_that_builds(run: Run, tmp_path: Path) -> None:
    """The first five minutes of a newcomer."""
    ran = run("init", tmp_path / "my-blog")
    assert 0 == ran.code
    assert [".gitignore", "content/posts/first-post.md", "feeds.toml"] == names(tmp_path / "my-blog")
    built = run("-C", tmp_path / "my-blog", "build")
    assert (0, True) == (built.code, "1 post in" in built.err)


def test_init_never_overwrites(run: Run, tmp_path: Path) -> None:
    """What is there stays; only a .gitignore is added to."""
    (tmp_path / "feeds.toml").write_text("mine")
    (tmp_path / ".gitignore").write_text("node_modules/")
    ran = run("-C", tmp_path, "init")
    assert (0, "mine") == (ran.code, (tmp_path / "feeds.toml").read_text())
    assert "stays as it is" in ran.err
    assert "node_modules/\n/.feeds/\n/public/\n" == (tmp_path / ".gitignore").read_text()
    again = run("-C", tmp_path, "init")
    assert (0, "") == (again.code, again.out)


def test_init_puts_no_sample_among_posts(run: Run, tmp_path: Path) -> None:
    """It would go out to the readers of the blog that is there already."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/mine.md").write_text(GOOD)
    assert 0 == run("init", tmp_path).code
    assert [".gitignore", "content/mine.md", "feeds.toml"] == names(tmp_path)


def test_init_beside_a_gitignore_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    """It is named, not overwritten."""
    (tmp_path / ".gitignore").write_bytes(b"\xff\xfe")
    assert 4 == run("init", tmp_path).code
    assert b"\xff\xfe" == (tmp_path / ".gitignore").read_bytes()


@pytest.mark.parametrize("git", ["missing", "fails", "hangs"])
def test_init_does_without_git(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, git: str) -> None:
    """The author's name is a guess that may fail."""
    if git == "missing":
        monkeypatch.setattr("shutil.which", lambda _: None)
    else:
        error = OSError() if git == "fails" else subprocess.TimeoutExpired("git", 5)
        monkeypatch.setattr("subprocess.run", lambda *_, **__: (_ for _ in ()).throw(error))
    assert 0 == run("init", tmp_path / "site").code


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(run: Run, command: str) -> None:
    """Each command says how it is used."""
    ran = run(command, "--help")
    assert (0, True) == (ran.code, "Example" in ran.out)


def test_help_lists_the_commands(run: Run) -> None:
    """And nothing else."""
    ran = run("--help")
    assert 0 == ran.code
    assert all(f"\n  {command} " in ran.out for command in COMMANDS)
    assert 2 == run("nonsense").code


def test_version(run: Run) -> None:
    """As the package says."""
    assert f"feeds {feeds.__version__}\n" == run("--version").out


def test_a_crash_is_not_taken_for_skipped_posts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has an exit code of its own, and no traceback unless asked for."""

    def crash(**_: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr(cli.app, "main", crash)
    ran = run("build")
    assert (70, True, False) == (ran.code, "RuntimeError: oops" in ran.err, "Traceback" in ran.err)
    monkeypatch.setenv("FEEDS_TRACEBACK", "1")
    assert "Traceback" in run("build").err


def test_json_says_what_ended_the_run(make_site: MakeSite, run: Run) -> None:
    """Scripts need not read stderr."""
    site = make_site(settings='[site]\ntitle = "T"\n')
    ran = run("-C", site, "check", "--json")
    assert (2, "config-missing") == (ran.code, ran.json["problems"][0]["code"])
    (site / "feeds.toml").unlink()
    assert "feeds init" in run("-C", site, "check", "--json").json["error"]["hint"]


def test_check_finds_what_would_stop_a_build(clean_site: Path, run: Run) -> None:
    """Such as a foreign file in the way."""
    (clean_site / "public").mkdir()
    (clean_site / "public/rss.xml").write_text("another's")
    assert 2 == run("-C", clean_site, "check", "--now", NOW).code


def test_a_template_without_our_mark_is_no_trap(clean_site: Path, run: Run) -> None:
    """The page is known for ours all the same, also when `.feeds/` is gone."""
    (clean_site / "templates").mkdir()
    (clean_site / "templates/subscribe.html").write_text("<p>mine</p>")
    run("-C", clean_site, "build", "--now", NOW)
    shutil.rmtree(clean_site / ".feeds")
    (clean_site / "templates/subscribe.html").write_text("<p>changed</p>")
    assert 0 == run("-C", clean_site, "build", "--now", NOW).code
    assert (clean_site / "public/subscribe.html").read_text().startswith("<p>changed</p>")


def test_slips_of_the_finger_get_a_hint(run: Run) -> None:
    """For commands as for keys."""
    ran = run("buidl")
    assert (2, True) == (ran.code, "Did you mean build?" in ran.err)


def test_no_color(site: Path) -> None:
    """https://no-color.org, also on a terminal."""
    pseudo, terminal = os.openpty()
    subprocess.run(
        [sys.executable, "-P", "-m", "feeds", "-C", str(site), "build", "--now", NOW],
        stderr=terminal,
        env=os.environ | {"NO_COLOR": "1"},
        check=False,
    )
    os.close(terminal)
    said = os.read(pseudo, 10_000)
    os.close(pseudo)
    assert b"error[front-matter-invalid]" in said
    assert b"\x1b" not in said


def test_interrupts_end_the_run_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C gives the exit code that shells expect, and no traceback."""

    def interrupt(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.app, "main", interrupt)
    assert 130 == run("build").code


def test_a_closed_pipe_ends_the_run_quietly(clean_site: Path) -> None:
    """As when the output goes to `head`."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as stdout:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "feeds", "-C", str(clean_site), "list", "--now", NOW],
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert b"" == done.stderr


def test_problems_cannot_move_the_cursor(make_site: MakeSite, run: Run) -> None:
    """A file name with an escape in it must not repaint a terminal or forge a line."""
    site = make_site({"content/a\x1b[2J\nforged: error[x].md": BROKEN})
    ran = run("-C", site, "build", "--now", NOW)
    assert "\x1b" not in ran.err.replace("\x1b[31m", "").replace("\x1b[0m", "")
    assert "a\\x1b[2J\\nforged" in ran.err
    assert not [line for line in ran.err.splitlines() if line.startswith("forged")]


@pytest.mark.parametrize("name", ["feeds", "feedwright", "module"])
def test_the_commands_are_installed(name: str, clean_site: Path) -> None:
    """`feeds`, `feedwright` and `python -m feeds` are one program, also without a locale or a home."""
    bin_folder = os.path.dirname(sys.executable)  # noqa: PTH120 - the link in the environment, not what it points to
    command = [sys.executable, "-P", "-m", "feeds"] if name == "module" else [os.path.join(bin_folder, name)]  # noqa: PTH118
    environment = {key: value for key, value in os.environ.items() if key in {"PATH", "PYTHONPATH"}}
    environment |= {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    post = clean_site / "content/posts/good.md"
    post.write_text(GOOD.replace("title: Good", "title: Čšž 知"), encoding="utf-8")
    done = subprocess.run(
        [*command, "-C", str(clean_site), "list", "--json", "--now", NOW],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (0, b"") == (done.returncode, done.stderr)
    assert "Čšž 知" in {post["title"] for post in json.loads(done.stdout.decode("utf-8"))["posts"]}


def test_completion_is_offered(clean_site: Path) -> None:
    """Shells complete the commands."""
    environment = os.environ | {"_FEEDS_COMPLETE": "bash_source"}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "feeds"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=clean_site,
    )
    assert "_feeds_completion" in done.stdout
