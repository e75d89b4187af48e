"""`feeds newsletter` from the command line to the files: which issue, what is remembered, where it goes."""

from __future__ import annotations

import email
import json
from email import policy
from typing import TYPE_CHECKING

import pytest

from feeds import _fs
from feeds.newsletter.exports import EXPORTS
from feeds.publish import lock

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]
    MakeSite = Callable[..., Path]

NOW = "2026-06-01"
SETTINGS = """\
[site]
title = "Example"
url = "https://example.org"

[newsletter]
name = "Letters"
sender = "Example <letters@example.org>"
list_id = "letters.example.org"
postal_address = "Example, Quay 3, Lisbon"
unsubscribe_url = "https://example.org/leave/"
"""
SUMMARY = "A summary that is long enough to stand beside the subject in an inbox."
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PAGES = ["index.html", "atom.xml", "feed.json", "rss.xml"]


def a_file(day: int, title: str, *more: str, body: str = "Words.") -> str:
    """A post of a day in May."""
    front = [f"title: {json.dumps(title)}", f"date: 2026-05-{day:02}", f"summary: {SUMMARY}", *more]
    return "\n".join(["---", *front, "---", body, ""])


ONE = a_file(1, "One", "tags: [boats]", body="First words.")
TWO = a_file(2, "Two", "categories: [Notes]", body="Second words.")
THREE = a_file(3, "Three", "tags: [boats]", body="Third words.")


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    """A site with three posts and whole settings."""
    return make_site(
        {"content/one.md": ONE, "content/two.md": TWO, "content/three.md": THREE}, settings=SETTINGS
    )


@pytest.fixture
def mail(site: Path, run: Run) -> Callable[..., Ran]:
    """Run `feeds newsletter ARGUMENTS` on the site."""

    def command(*arguments: object) -> Ran:
        return run("-C", site, "newsletter", *arguments, "--now", NOW)

    return command


def names(folder: Path) -> list[str]:
    """Every file below a folder; none when there is no folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name, but for what only we need."""
    return {
        name: (folder / name).read_bytes() for name in names(folder) if not name.startswith((".feeds", "content"))
    }


def shown(ran: Ran) -> tuple[int, str, list[str]]:
    """The number, the subject and the posts of an issue that was written as JSON to stdout."""
    assert 0 == ran.code, ran.err
    found = ran.json
    return found["number"], found["subject"], [post["title"] for post in found["posts"]]


AS_JSON = ("--format", "json", "--output", "-")


# --- which posts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "subject", "posts"),
    [
        ([], "Three", ["Three"]),
        (["two"], "Two", ["Two"]),
        (["--category", "notes"], "Two", ["Two"]),
        (["--tag", "Boats"], "Three", ["Three"]),
        (["--last", 1], "Three", ["Three"]),
        (["--last", 2], "Three, and 1 more post", ["Three", "Two"]),
        (["--last", 9], "Three, and 2 more posts", ["Three", "Two", "One"]),
        (["--since", "2026-05-02"], "Three, and 1 more post", ["Three", "Two"]),
        (["--since", "2026-05-02", "--last", 1], "Three", ["Three"]),
        (["--tag", "boats", "--last", 5], "Three, and 1 more post", ["Three", "One"]),
        (["--category", "notes", "--since", "2026-05-01"], "Two", ["Two"]),
        (["one", "--tag", "boats"], "One", ["One"]),
    ],
)
def test_the_posts_that_are_asked_for(
    mail: Callable[..., Ran], arguments: list[object], subject: str, posts: list[str]
) -> None:
    """By name, category, tag, number and day; one post is a letter, several are a digest."""
    assert (1, subject, posts) == shown(mail(*arguments, *AS_JSON))


@pytest.mark.parametrize("path", ["content/two.md", "./content/two.md", "two.md", "./two.md"])
def test_a_file_is_named_as_seen_from_here_or_from_the_site(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Shells complete paths from the folder they are in."""
    monkeypatch.chdir(site / "content" if "content" not in path else site)
    assert (1, "Two", ["Two"]) == shown(run("-C", site, "newsletter", path, "--now", NOW, *AS_JSON))


def test_a_file_outside_the_content_is_no_post_of_the_site(
    mail: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name is looked for among the posts, and found there or not."""
    (tmp_path / "notes.md").write_text("mine")
    monkeypatch.chdir(tmp_path)
    ran = mail("notes.md")
    assert (2, "", True) == (ran.code, ran.out, "notes.md" in ran.err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["one", "--since", "2026-05-01"], "POST and --since say different things: choose one"),
        (["one", "--last", 2], "POST and --last say different things: choose one"),
        (["one", "--unsent"], "POST and --unsent say different things: choose one"),
        (["one", "--issue", 1], "POST and --issue say different things: choose one"),
        (["--issue", 1, "--last", 2], "--issue and --last say different things: choose one"),
        (
            ["--issue", 1, "--unsent", "--since", "2026-05-01"],
            "--issue and --since and --unsent say different things: choose one",
        ),
        (["--revise"], "--revise needs --issue N, the issue that is to be made anew"),
        (["one", "--revise"], "--revise needs --issue N, the issue that is to be made anew"),
        (["--issue", 0], "0 is not in the range x>=1"),
        (["--last", 0], "0 is not in the range x>=1"),
        (["--since", "soon"], "'soon' is not a date"),
        (["--issue", 7], "there is no issue 7"),
        (["--output", "-"], "stdout takes one format"),
        (["--output", "-", "--format", "html", "--format", "text"], "stdout takes one format"),
        (["--output", "a.html", "--format", "html", "--format", "text"], "which format a.html is to have"),
        (["--output", "a.pdf"], "which format a.pdf is to have"),
        (["--tag", "boots"], "boots"),
        (["--unsent"], "no issue is on record"),
        (["--format", "custom"], "template"),
    ],
)
def test_what_makes_no_sense_is_refused(
    site: Path, mail: Callable[..., Ran], arguments: list[object], said: str
) -> None:
    """Exit code 2 and the reason; nothing is written, not even a record."""
    before = contents(site)
    ran = mail(*arguments)
    assert (2, "", True) == (ran.code, ran.out, said in ran.err), ran.err
    assert before == contents(site)


# --- numbers and what is remembered ----------------------------------------------------------------------


def test_issues_count_and_keep_their_numbers(site: Path, mail: Callable[..., Ran]) -> None:
    """Each new choice of posts is a new issue; a folder and a record for each."""
    assert [1, 2, 3] == [
        shown(mail(*asked, *AS_JSON))[0] for asked in (["one"], ["two"], ["--last", 2])
    ]
    assert [1, 2, 3] == [shown(mail(*asked, *AS_JSON))[0] for asked in (["one"], ["two"], ["--last", 2])]
    assert ["0001.json", "0002.json", "0003.json"] == names(site / "issues")


def test_the_folder_of_an_issue_has_its_number_and_what_it_is(site: Path, mail: Callable[..., Ran]) -> None:
    """Paths are printed, one a line, in the order of the formats."""
    first = mail("one", "--format", "text", "--format", "eml", "--format", "text")
    assert (0, "") == (first.code, first.err)
    folder = site / "outbox/0001-one"
    assert [str(folder / "issue.txt"), str(folder / "issue.eml")] == first.out.splitlines()
    second = mail("--last", 2)
    assert [str(site / "outbox/0002-digest" / EXPORTS[name].file) for name in ("eml", "html", "text", "json")] == (
        second.out.splitlines()
    )


def test_the_last_issue_is_made_anew_while_it_is_on_the_desk(site: Path, mail: Callable[..., Ran]) -> None:
    """Write, look, mend, look again: one number, one id, the words of now."""
    mail("one")
    before = mail("one", *AS_JSON).json
    (site / "content/one.md").write_text(ONE.replace("First words", "Better words"))
    after = mail("one", *AS_JSON)
    assert "" == after.err
    assert (before["number"], before["id"]) == (after.json["number"], after.json["id"])
    assert "Better words." in after.json["text"]
    again = mail("--issue", 1, *AS_JSON)
    assert after.out == again.out


def test_an_issue_that_others_came_after_stands(site: Path, mail: Callable[..., Ran]) -> None:
    """It is written as it was, and that is said."""
    before = mail("one", *AS_JSON)
    mail("two")
    record = (site / "issues/0001.json").read_bytes()
    (site / "content/one.md").write_text(ONE.replace("First words", "Better words"))
    after = mail("one", *AS_JSON)
    assert (0, before.out) == (after.code, after.out)
    assert [
        "issue 1 carried this already, and others came after it: it is written as it was; "
        "--issue 1 --revise makes it anew"
    ] == after.err.splitlines()
    assert record == (site / "issues/0001.json").read_bytes()


def test_revise_makes_an_old_issue_anew(site: Path, mail: Callable[..., Ran]) -> None:
    """Number and id stay, the revision and with it the Message-ID do not; later it stands as revised."""
    before = mail("one", *AS_JSON).json
    first = mail("--issue", 1, "--format", "eml", "--output", "-").out
    mail("two")
    (site / "content/one.md").write_text(ONE.replace("First words", "Better words"))
    revised = mail("--issue", 1, "--revise", *AS_JSON).json
    assert [before[key] for key in ("number", "id")] == [revised[key] for key in ("number", "id")]
    assert "Better words." in revised["text"]
    second = mail("--issue", 1, "--format", "eml", "--output", "-").out
    ids = [email.message_from_string(text, policy=policy.default)["Message-ID"] for text in (first, second)]
    assert 2 == len(set(ids))
    assert "Better words." in second
    assert "Better words." in mail("one", *AS_JSON).json["text"]
    assert 2 == json.loads((site / "issues/0002.json").read_text())["number"]
    assert [0, 1] == [
        json.loads((site / f"issues/000{number}.json").read_text())["revision"] for number in (2, 1)
    ]


def test_revise_of_an_issue_whose_post_is_gone(site: Path, mail: Callable[..., Ran]) -> None:
    """It cannot be made anew; as it was it can be written all the same."""
    before = mail("one", *AS_JSON)
    record = (site / "issues/0001.json").read_bytes()
    (site / "content/one.md").unlink()
    ran = mail("--issue", 1, "--revise")
    assert (2, "", True) == (ran.code, ran.out, "issue 1 cannot be made anew: One is not published" in ran.err)
    assert record == (site / "issues/0001.json").read_bytes()
    assert before.out == mail("--issue", 1, *AS_JSON).out


ALL = [name for name in EXPORTS if name != "custom"]


def test_any_past_issue_is_written_again_byte_for_byte(site: Path, mail: Callable[..., Ran]) -> None:
    """In every format, whatever became of its posts and the theme, and of the number of issues."""
    formats = [word for name in ALL for word in ("--format", name)]
    assert 0 == mail("--last", 2, *formats).code
    before = contents(site / "outbox")
    assert len(ALL) == len(before)
    mail("one")
    (site / "content/three.md").unlink()
    (site / "content/two.md").write_text(a_file(2, "Other", body="Nothing of before."))
    theme = site / "templates/newsletter/default"
    theme.mkdir(parents=True)
    (theme / "inline.css").write_text(".title { color: #123456 }")
    for path in (site / "outbox").rglob("*.*"):
        path.unlink()
    record = (site / "issues/0001.json").read_bytes()
    again = mail("--issue", 1, *formats)
    assert (0, "") == (again.code, again.err)
    assert before == contents(site / "outbox")
    assert record == (site / "issues/0001.json").read_bytes()


def test_what_is_written_first_is_what_the_record_holds(site: Path, mail: Callable[..., Ran]) -> None:
    """The first writing of an issue and the one from its record have the same bytes."""
    formats = [word for name in ALL for word in ("--format", name)]
    mail("two", *formats)
    before = contents(site / "outbox")
    mail("--issue", 1, *formats, "--output", site / "again")
    assert before == {f"0001-two/{name}": data for name, data in contents(site / "again").items()}


def test_an_issue_needs_no_post_to_be_written_again(site: Path, mail: Callable[..., Ran]) -> None:
    """Nothing is gathered: what is broken in the posts of today is no matter of an old issue."""
    mail("one")
    (site / "content/bad.md").write_text("---\ntitle: x: y\n---\n")
    ran = mail("--issue", 1)
    assert (0, "") == (ran.code, ran.err)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<<<<<<< ours\n{}\n", "a merge left its marks"),
        (b"{", "cannot be read"),
        (b"{}", "cannot be read"),
        (b"\xff\xfe", "it is not UTF-8"),
    ],
)
@pytest.mark.parametrize("arguments", [[], ["--unsent"], ["--issue", 2], ["--check"], ["--preview", "p.html"]])
def test_a_damaged_record_stops_every_new_issue(
    site: Path, mail: Callable[..., Ran], data: bytes, reason: str, arguments: list[object]
) -> None:
    """For then nobody knows what was mailed: exit code 2, the file named, nothing written."""
    mail("one")
    mail("two")
    (site / "issues/0001.json").write_bytes(data)
    before = contents(site)
    ran = mail(*arguments)
    assert (2, "") == (ran.code, ran.out)
    assert "issues/0001.json: error[issue-unreadable]" in ran.err
    assert reason in ran.err
    assert before == contents(site)


def test_a_build_goes_on_with_the_records_that_can_be_read(
    site: Path, mail: Callable[..., Ran], run: Run
) -> None:
    """The feeds are not held up; the page of the damaged one is what is missing."""
    mail("one")
    mail("two")
    (site / "issues/0001.json").write_text("{")
    ran = run("-C", site, "build", "--now", NOW)
    assert (1, True) == (ran.code, "issues/0001.json" in ran.err)
    assert ["newsletter/2/index.html"] == [
        name for name in names(site / "public") if name.startswith("newsletter/") and name.count("/") > 1
    ]


def test_a_record_that_is_lost_is_numbered_over_only_at_the_end(site: Path, mail: Callable[..., Ran]) -> None:
    """The others keep their numbers."""
    for name in ("one", "two", "three"):
        mail(name)
    (site / "issues/0001.json").unlink()
    assert 4 == shown(mail("one", *AS_JSON))[0]


def test_issues_are_kept_where_the_settings_say(make_site: MakeSite, run: Run) -> None:
    """And the outbox is where they say."""
    settings = SETTINGS + 'issues = "past/letters"\ndir = "mails"\n'
    site = make_site({"content/one.md": ONE}, settings=settings)
    assert 0 == run("-C", site, "newsletter", "--now", NOW, "--format", "text").code
    assert ["past/letters/0001.json"] == [f"past/{name}" for name in names(site / "past")]
    assert ["0001-one/issue.txt"] == names(site / "mails")


# --- nothing new -----------------------------------------------------------------------------------------


def test_unsent_is_what_no_issue_has_carried(site: Path, mail: Callable[..., Ran]) -> None:
    """From the first issue on; then nothing is new, which is exit code 6 and no file."""
    mail("two")
    assert (2, "Three", ["Three"]) == shown(mail("--unsent", *AS_JSON))
    before = contents(site)
    ran = mail("--unsent")
    assert (6, "") == (ran.code, ran.out)
    assert [
        "no post is new since issue 2",
        "  hint: `feeds newsletter --issue 2` writes the latest issue again",
    ] == ran.err.splitlines()
    assert before == contents(site)
    (site / "content/four.md").write_text(a_file(4, "Four"))
    (site / "content/five.md").write_text(a_file(5, "Five"))
    assert (3, "Five, and 1 more post", ["Five", "Four"]) == shown(mail("--unsent", *AS_JSON))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--since", "2026-05-04"],
        ["--since", "2026-05-04", "--tag", "boats"],
        ["--since", "2026-05-04", "--format", "html", "--output", "-"],
        ["--since", "2026-05-04", "--check"],
        ["--since", "2026-05-04", "--check", "--json"],
        ["--since", "2026-05-04", "--preview", "page.html"],
    ],
)
def test_nothing_new_leaves_nothing(site: Path, mail: Callable[..., Ran], arguments: list[object]) -> None:
    """No file, nothing on stdout for a script to send, exit code 6."""
    ran = mail(*arguments)
    assert 6 == ran.code
    assert "no post was published since 2026-05-04" in ran.err
    assert ["content/one.md", "content/three.md", "content/two.md", "feeds.toml"] == [
        name for name in names(site) if not name.startswith(".feeds")
    ]


def test_a_post_that_skips_the_mail(site: Path, mail: Callable[..., Ran]) -> None:
    """It is in no digest and never the latest, but comes when asked for by name."""
    (site / "content/four.md").write_text(a_file(4, "Four", "newsletter: false"))
    assert "Three" == shown(mail(*AS_JSON))[1]
    assert (6, "every new post says `newsletter: {skip: true}`") == (
        (ran := mail("--unsent")).code,
        ran.err.splitlines()[0],
    )
    assert (2, "Four", ["Four"]) == shown(mail("four", *AS_JSON))


# --- formats and where they go ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_every_format_goes_to_stdout_as_it_goes_to_a_file(
    site: Path, run: Run, mail: Callable[..., Ran], capfdbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    """Byte for byte: pipes and files are the same to a service."""
    assert 0 == mail("one", "--format", name).code
    expected = (site / "outbox/0001-one" / EXPORTS[name].file).read_bytes()
    del run
    with pytest.raises(SystemExit):
        _command(site, "one", "--format", name, "--output", "-")
    assert expected == capfdbinary.readouterr().out


def _command(site: Path, *arguments: str) -> None:
    from feeds import cli  # noqa: PLC0415 - the one test that needs the bytes of stdout

    cli.main(["-C", str(site), "newsletter", *arguments, "--now", NOW])
