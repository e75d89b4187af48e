"""`feeds check`: nothing grave is hidden, the line at fault is shown, and other programs are served."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import termios
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.body.columns import columns
from feeds.cli import diagnosis, github
from feeds.errors import UsageError
from feeds.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]
    MakeSite = Callable[..., Path]

NOW = "2026-01-01"
GOOD = "---\ntitle: Good\ndate: 2025-01-31\n---\nHello *you*.\n"
BROKEN = "---\ntitle: x: y\n---\n"
IMPOSSIBLE = "---\ntitle: A\ndate: 2025-02-30\n---\n"


def problem(severity: str = "warning", code: str = "link-dangling", **changes: object) -> Problem:
    """Some problem."""
    given = {"path": "a.md", "message": "no", "severity": severity, "code": code} | changes
    return Problem(**given)  # type: ignore[arg-type]


@pytest.fixture
def spell(make_site: MakeSite) -> Path:
    """A site with many warnings, a few notes and two kinds of errors."""
    return make_site(
        {f"content/{n:03}.md": f"{GOOD}\n[x](gone{n}.md)\n" for n in range(100)}
        | {f"content/2025-01-{n:02}-b{n}.md": GOOD.replace("31", "05") for n in range(11, 16)}
        | {f"content/z{n}.md": BROKEN for n in range(7)}
        | {"content/zz.md": IMPOSSIBLE}
    )


def test_a_spell_of_warnings_hides_no_error(spell: Path, run: Run) -> None:
    """Of each code the first are shown and the others counted; errors come last, all of them."""
    ran = run("-C", spell, "check", "--now", NOW)
    assert 1 == ran.code
    assert (3, 3, 7, 1) == tuple(
        ran.out.count(f"[{code}]")
        for code in ("date-differs", "link-dangling", "front-matter-invalid", "date-invalid")
    )
    assert "\n… and 97 more like this: feeds check --code link-dangling\n" in ran.out
    assert ran.out.rindex("warning[") < ran.out.index("error[")
    assert [
        "  5  note     date-differs",
        "100  warning  link-dangling",
        "  7  error    front-matter-invalid",
        "  1  error    date-invalid",
    ] == ran.out.splitlines()[-4:]
    assert "8 errors, 100 warnings, 5 notes" == ran.err.splitlines()[-1]


@pytest.mark.parametrize(("count", "shown"), [(1, 1), (4, 4), (5, 3)])
def test_one_more_is_not_worth_a_line(count: int, shown: int) -> None:
    """The line that would count it takes the same room."""
    groups = diagnosis.groups([problem()] * count)
    assert [(shown, count - shown)] == [(len(group.problems), group.left_out) for group in groups]


def test_one_code_is_printed_whole(spell: Path, run: Run) -> None:
    """As the line that counts the others says; the exit code is that of the site."""
    ran = run("-C", spell, "check", "--now", NOW, "--code", "link-dangling")
    assert (1, 100, 0) == (ran.code, ran.out.count("[link-dangling]"), ran.out.count("error["))
    assert "more like this" not in ran.out
    both = run("-C", spell, "check", "--now", NOW, "--code", "date-invalid", "--code", "date-differs")
    assert ["date-differs"] * 5 + ["date-invalid"] == [
        line.partition("[")[2].partition("]")[0] for line in both.out.splitlines() if ".md:" in line
    ]
    assert 6 == len(
        run("-C", spell, "check", "--json", "--code", "date-invalid", "--code", "date-differs").json[
            "problems"
        ]
    )


def test_an_unknown_code_is_refused(spell: Path, run: Run) -> None:
    """With the one that was meant."""
    ran = run("-C", spell, "check", "--code", "link-dangeling")
    assert (2, True) == (ran.code, "Did you mean link-dangling?" in ran.err)
    assert "there is no code xyz." in run("-C", spell, "check", "--code", "xyz").err


def test_all_is_file_by_file(spell: Path, run: Run) -> None:
    """For mending one file after the other; errors are last all the same."""
    out = run("-C", spell, "check", "--now", NOW, "--all").out
    heads = [line for line in out.splitlines() if line.startswith("content/")]
    assert 113 == len(heads)
    warnings = [line.partition(":")[0] for line in heads[:105]]
    assert sorted(warnings) == warnings
    assert ["error["] * 8 == [line.partition(": ")[2][:6] for line in heads[105:]]


def test_the_line_at_fault_is_shown(make_site: MakeSite, run: Run) -> None:
    """With a caret below its beginning, as a compiler does; nothing is counted that is there but once."""
    site = make_site({"content/a.md": IMPOSSIBLE})
    assert [
        "content/a.md:3:7: error[date-invalid]: '2025-02-30' is not a date: there is no day 30 in month 2 of 2025",
        "    3 | date: 2025-02-30",
        "      |       ^",
        "  hint: write date: 2025-01-31, or 2025-01-31T18:30:00+01:00",
    ] == run("-C", site, "check").out.splitlines()


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("date: x", 7, ["    9 | date: x", "      |       ^"]),
        ("date: x", 0, ["    9 | date: x"]),
        ("\tdate: x", 8, ["    9 |  date: x", "      |        ^"]),
        ("標題: x", 5, ["    9 | 標題: x", "      |       ^"]),
        ("a\x1b[2Jb", 6, ["    9 | a\\x1b[2Jb", "      |         ^"]),
        ("date:", 6, ["    9 | date:", "      |      ^"]),
        ("date:", 99, ["    9 | date:", "      |      ^"]),
        ("date: x   ", 1, ["    9 | date: x", "      | ^"]),
        ("   ", 1, []),
        ("", 0, []),
        ("x" * 100, 0, ["    9 | " + "x" * 29 + "…"]),
        (
            "x" * 50 + "Y" + "x" * 50,
            51,
            ["    9 | …" + "x" * 19 + "Y" + "x" * 9 + "…", "      | " + " " * 20 + "^"],
        ),
        ("x" * 99 + "Y", 100, ["    9 | …" + "x" * 28 + "Y", "      | " + " " * 29 + "^"]),
    ],
)
def test_the_line_fits_and_the_caret_points(line: str, column: int, expected: list[str]) -> None:
    """Whatever the line holds, in 40 columns."""
    assert expected == diagnosis.marked(line, 9, column, 40)


@given(st.text(), st.integers(0, 2000), st.integers(1, 200))
def test_no_line_is_too_wide_or_moves_the_cursor(line: str, column: int, width: int) -> None:
    """Lines come from anywhere."""
    for shown in diagnosis.marked(line, 7, column, width):
        assert columns(shown) <= max(width, 30)
        assert all(character.isprintable() or character in "\u200c\u200d" for character in shown)


def test_a_giant_line_costs_little(make_site: MakeSite, run: Run) -> None:
    """It is cut around the fault."""
    site = make_site({"content/a.md": GOOD + "x " * 500_000 + "[x](gone.md)"})
    assert max(map(len, run("-C", site, "check").out.splitlines())) <= 120


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike(make_site: MakeSite, run: Run, encoding: str, end: str) -> None:
    """However the file is written, the line that is shown is the one that is meant."""
    site = make_site({"content/a.md": IMPOSSIBLE.replace("\n", end).encode(encoding)})
    assert "    3 | date: 2025-02-30" in run("-C", site, "check").out.splitlines()


def test_a_file_that_is_gone_is_shown_without_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may vanish while we look at it, or become shorter."""
    (tmp_path / "short.md").write_text("one")
    (tmp_path / "folder").mkdir()
    found = [problem(path=path, line=3, column=1) for path in ("gone.md", "short.md", "folder")]
    diagnosis.show(found, tmp_path)
    assert ["gone.md", "short.md", "folder", "", "3  warning  link-dangling"] == [
        line.partition(":")[0] for line in capsys.readouterr().out.splitlines()
    ]


def test_an_unreadable_file_is_shown_without_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The problem itself is what matters."""
    (tmp_path / "a.md").write_text("one")

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    diagnosis.show([problem(line=1)], tmp_path)
    assert ["a.md:1: warning[link-dangling]: no"] == capsys.readouterr().out.splitlines()


def test_on_a_terminal_it_is_the_same_in_colour(spell: Path, run: Run) -> None:
    """Grouped there as in a pipe, with lines of the files as wide as the terminal."""
    (spell / "content/000.md").write_text(f"{GOOD}{'words ' * 30}[x](gone0.md)\n")
    pseudo, terminal = os.openpty()
    termios.tcsetwinsize(terminal, (40, 60))
    command = [sys.executable, "-P", "-m", "feeds", "-C", str(spell), "check", "--now", NOW]
    subprocess.run(command, stdout=terminal, stderr=subprocess.DEVNULL, check=False)
    os.close(terminal)
    said = os.read(pseudo, 60_000).decode().replace("\r\n", "\n")
    os.close(pseudo)
    assert "\x1b[31merror\x1b[0m[date-invalid]" in said
    for mark in ("\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[0m"):
        said = said.replace(mark, "")
    lines, piped = said.splitlines(), run("-C", spell, "check", "--now", NOW).out.splitlines()
    wide = [number for number, line in enumerate(piped) if "words" in line]
    assert [1] == [len(wide)]
    assert (True, True) == (60 < len(piped[wide[0]]), len(lines[wide[0]]) < 60)
    del lines[wide[0] : wide[0] + 2], piped[wide[0] : wide[0] + 2]  # and the caret below it
    assert piped == lines


def test_json_counts_by_code(spell: Path, run: Run) -> None:
    """And holds every problem; `--json` is short for `--format json`."""
    found = run("-C", spell, "check", "--now", NOW, "--format", "json").json
    assert 113 == len(found["problems"])
    assert {
        "date-differs": {"note": 5},
        "date-invalid": {"error": 1},
        "front-matter-invalid": {"error": 7},
        "link-dangling": {"warning": 100},
    } == found["counts"]
    assert found["problems"] == run("-C", spell, "check", "--now", NOW, "--json").json["problems"]


def test_a_fault_of_the_settings_is_shown_with_its_line(make_site: MakeSite, run: Run) -> None:
    """As one of a post is."""
    ran = run("-C", make_site(settings='[site]\ntitle = "T"\nurl = 1\n'), "check")
    assert (2, "") == (ran.code, ran.out)
    assert ["    3 | url = 1", "      | ^"] == ran.err.splitlines()[1:3]


# ── GitHub ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            problem(
                "error",
                "date-invalid",
                path="content/a.md",
                line=4,
                column=7,
                message="no date",
                hint="write one",
            ),
            "::error file=content/a.md,line=4,col=7,title=date-invalid::no date%0Ahint: write one",
        ),
        (problem(line=4), "::warning file=a.md,line=4,title=link-dangling::no"),
        (problem("note", "date-differs"), "::notice file=a.md,title=date-differs::no"),
        (problem(path=""), "::warning title=link-dangling::no"),
        (
            problem(path="50%: a,b\n.md", message="100%, and: more\r\n::error::forged"),
            r"::warning file=50%25%3A a%2Cb\n.md,title=link-dangling::100%25, and: more\r\n::error::forged",
        ),
        (problem(message="a\x1b[2J"), r"::warning file=a.md,title=link-dangling::a\x1b[2J"),
    ],
)
def test_a_workflow_command(tmp_path: Path, given: Problem, expected: str) -> None:
    """As the runner reads it: one line, in which no file name or message can say anything else."""
    assert [expected] == list(github.commands([given], tmp_path))


def test_errors_are_annotated_first(tmp_path: Path) -> None:
    """GitHub shows ten of a step."""
    found = [problem("note"), problem("warning"), problem("error")]
    assert ["::error", "::warning", "::notice"] == [
        line.partition(" ")[0] for line in github.commands(found, tmp_path)
    ]


@pytest.mark.parametrize(
    ("site", "workspace", "git", "expected"),
    [
        ("repo/blog", "repo", "", "blog/a.md"),
        ("repo", "repo", "", "a.md"),
        ("repo/.site/x", "repo", "", ".site/x/a.md"),
        ("repo/docs/blog", "elsewhere", "repo", "docs/blog/a.md"),
        ("repo/docs/blog", "", "repo", "docs/blog/a.md"),
        ("repo/docs/blog", "", "repo/docs", "blog/a.md"),
        ("alone", "", "", "a.md"),
    ],
)
def test_paths_are_those_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: str, workspace: str, git: str, expected: str
) -> None:
    """The site may be in a folder of it; where there is no repository, they are the site's own."""
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    (tmp_path / site).mkdir(parents=True)
    if workspace:
        monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / workspace))
    if git:
        (tmp_path / git / ".git").write_text("gitdir: a work tree's")
    assert [f"::warning file={expected},title=link-dangling::no"] == list(
        github.commands([problem()], tmp_path / site)
    )


def test_check_for_github(spell: Path, run: Run) -> None:
    """Every problem is annotated; the totals are in the log."""
    ran = run("-C", spell, "check", "--now", NOW, "--format", "github")
    assert (1, 113) == (ran.code, len(ran.out.splitlines()))
    assert ran.out.splitlines()[0].startswith("::error file=content/z0.md,line=2,col=9,title=front-matter-")
    assert "8 errors, 100 warnings, 5 notes" == ran.err.splitlines()[-1]


def test_faults_of_the_settings_are_annotated(make_site: MakeSite, run: Run, tmp_path: Path) -> None:
    """A pull request may break the settings, too."""
    site = make_site(settings='[site]\ntitle = "T"\nurl = 1\n')
    ran = run("-C", site, "check", "--format", "github")
    assert (2, 1) == (ran.code, len(ran.out.splitlines()))
    assert ran.out.startswith("::error file=feeds.toml,line=3,col=1,title=config-type::")
    assert "config-type" in ran.err
    ran = run("-C", tmp_path, "check", "--format", "github")
    assert (2, True) == (ran.code, ran.out.startswith("::error::"))
    assert "%0Ahint: `feeds init`" in ran.out
    assert ["::error::oops"] == list(github.failure(UsageError("oops"), tmp_path))


@pytest.mark.parametrize("option", [["--json"], ["--format", "json"]])
def test_json_says_what_ended_the_run(make_site: MakeSite, run: Run, option: list[str]) -> None:
    """However it was asked for."""
    site = make_site(settings="[site]\n")
    ran = run("-C", site, "check", *option)
    assert (2, 2) == (ran.code, len(json.loads(ran.out)["problems"]))
