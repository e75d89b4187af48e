"""`feeds newsletter` from the command line to the files: which issue, what is remembered, where it goes."""

from __future__ import annotations

import email
import json
from email import policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from feeds import _fs
from feeds.newsletter.exports import EXPORTS
from feeds.publish import lock

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from conftest import Ran

    Run = Callable[..., Ran]
    MakeSite = Callable[..., Path]

NOW = "2026-06-01"
MINIMAL = '[site]\ntitle = "Example"\nurl = "https://example.org"\n'
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
SUMMARY = (
    "A summary that is long enough to stand beside the subject in an inbox and to say what the post is about."
)
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
        name: (folder / name).read_bytes()
        for name in names(folder)
        if not name.startswith((".feeds", "content"))
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
        (["--last", 2], "Three, and one more post", ["Three", "Two"]),
        (["--last", 9], "Three, and 2 more posts", ["Three", "Two", "One"]),
        (["--since", "2026-05-02"], "Three, and one more post", ["Three", "Two"]),
        (["--since", "2026-05-02", "--last", 1], "Three", ["Three"]),
        (["--tag", "boats", "--last", 5], "Three, and one more post", ["Three", "One"]),
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
        (["--output", "a.html", "--format", "html", "--format", "text"], "name a folder for several formats"),
        (["--json"], "--json is for --check"),
        (["--tag", ""], "--tag is empty"),
        (["--since", ""], "--since is empty"),
        ([""], "POST is empty"),
        (["--issue", 1, "--tag", "boats"], "--issue and --tag say different things"),
        (["--check", "--format", "html"], "--check and --preview write no issue"),
        (["--embed-images", "--format", "html"], "--embed-images is for eml and mbox"),
        (["--category", ""], "--category is empty"),
        (
            ["--preview", "x.html", "--output", "x"],
            "--check and --preview write no issue: leave out --output",
        ),
        (["--check", "--embed-images"], "--check and --preview write no issue: leave out --embed-images"),
        (["--format", "custom"], "the format custom needs a template"),
        (["--output", "a.pdf"], "which format a.pdf is to have"),
        (["--tag", "boots"], "boots"),
        (["--unsent"], "no issue is on record"),
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
    assert [1, 2, 3] == [shown(mail(*asked, *AS_JSON))[0] for asked in (["one"], ["two"], ["--last", 2])]
    assert [1, 2, 3] == [shown(mail(*asked, *AS_JSON))[0] for asked in (["one"], ["two"], ["--last", 2])]
    assert ["0001.json", "0002.json", "0003.json"] == names(site / "issues")


def test_the_folder_of_an_issue_has_its_number_and_what_it_is(site: Path, mail: Callable[..., Ran]) -> None:
    """Paths are printed, one a line, in the order of the formats."""
    first = mail("one", "--format", "text", "--format", "eml", "--format", "text")
    assert (0, "") == (first.code, first.err)
    folder = site / "outbox/0001-one"
    assert [str(folder / "issue.txt"), str(folder / "issue.eml")] == first.out.splitlines()
    second = mail("--last", 2)
    assert [
        str(site / "outbox/0002-digest" / EXPORTS[name].file) for name in ("eml", "html", "text", "json")
    ] == (second.out.splitlines())


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
    assert (2, "", True) == (
        ran.code,
        ran.out,
        "issue 1 cannot be made anew: One is not published" in ran.err,
    )
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
    assert 0 == again.code
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
@pytest.mark.parametrize(
    "arguments", [[], ["--unsent"], ["--issue", 2, "--revise"], ["--check"], ["--preview", "p.html"]]
)
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


def test_beside_a_damaged_record_the_others_are_written_again(site: Path, mail: Callable[..., Ran]) -> None:
    """What was mailed then does not depend on it; of the damaged one its file is named."""
    mail("one")
    expected = mail("two", *AS_JSON).out
    (site / "issues/0001.json").write_text("{")
    again = mail("--issue", 2, *AS_JSON)
    assert (0, expected) == (again.code, again.out)
    damaged = mail("--issue", 1, *AS_JSON)
    assert (2, "", True) == (damaged.code, damaged.out, "issues/0001.json" in damaged.err)


def test_a_build_goes_on_with_the_records_that_can_be_read(
    site: Path, mail: Callable[..., Ran], run: Run
) -> None:
    """The feeds are not held up, and the pages that readers' mails lead to stay as they are."""
    mail("one")
    mail("two")
    before = contents(site / "public")
    (site / "issues/0001.json").write_text("{")
    ran = run("-C", site, "build", "--now", NOW)
    assert (1, True) == (ran.code, "issues/0001.json" in ran.err)
    assert before == {name: data for name, data in contents(site / "public").items() if name in before}
    assert ["newsletter/1/index.html", "newsletter/2/index.html"] == [
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
    (site / "content/four.md").write_text(a_file(4, "Four"))
    assert (2, "Four", ["Four"]) == shown(mail("--unsent", *AS_JSON))
    before = contents(site)
    ran = mail("--unsent")
    assert (6, "") == (ran.code, ran.out)
    assert [
        "no post is new since issue 2",
        "  hint: `feeds newsletter --issue 2 --revise` makes the last one anew, `--issue 2` writes it again",
    ] == ran.err.splitlines()
    assert before == contents(site)
    (site / "content/six.md").write_text(a_file(6, "Six"))
    (site / "content/five.md").write_text(a_file(5, "Five"))
    assert (3, "Six, and one more post", ["Six", "Five"]) == shown(mail("--unsent", *AS_JSON))


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
    assert "Three" == shown(mail(*AS_JSON))[1]
    (site / "content/four.md").write_text(a_file(4, "Four", "newsletter: false"))
    assert (6, "every new post says `newsletter: {skip: true}`") == (
        (ran := mail("--unsent")).code,
        ran.err.splitlines()[0],
    )
    assert (2, "Four", ["Four"]) == shown(mail("four", *AS_JSON))


# --- formats and where they go ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_every_format_goes_to_stdout_as_it_goes_to_a_file(
    site: Path, mail: Callable[..., Ran], name: str
) -> None:
    """Byte for byte: pipes and files are the same to a service."""
    assert 0 == mail("one", "--format", name).code
    piped = mail("one", "--format", name, "--output", "-")
    assert (0, (site / "outbox/0001-one" / EXPORTS[name].file).read_bytes()) == (
        piped.code,
        piped.out.encode(),
    )


def test_stdout_writes_no_file_but_the_record(site: Path, mail: Callable[..., Ran]) -> None:
    """An issue that left through a pipe is an issue, and is on the web."""
    mail("one", "--format", "html", "--output", "-")
    assert not (site / "outbox").exists()
    assert ["0001.json"] == names(site / "issues")
    assert (site / "public/newsletter/1/index.html").is_file()


@pytest.mark.parametrize(
    ("output", "formats", "written"),
    [
        ("mail", [], ["issue.eml", "issue.html", "issue.json", "issue.txt"]),
        ("mail", ["text"], ["issue.txt"]),
        ("mail/", ["mbox", "ghost"], ["ghost.json", "issue.mbox"]),
        ("mail.d/", ["text"], ["issue.txt"]),
        ("deep/er/letter.html", [], ["letter.html"]),
        ("letter.EML", [], ["letter.EML"]),
        ("letter.mbox", [], ["letter.mbox"]),
        ("letter.txt", [], ["letter.txt"]),
        ("letter.json", [], ["letter.json"]),
        ("letter.out", ["html"], ["letter.out"]),
        ("there.d", ["html"], ["issue.html"]),
    ],
)
def test_an_output_is_a_file_or_a_folder(
    site: Path, mail: Callable[..., Ran], tmp_path: Path, output: str, formats: list[str], written: list[str]
) -> None:
    """A name with a suffix is a file's, unless it is a folder that exists or ends in a slash."""
    (tmp_path / "there.d").mkdir()
    target = f"{tmp_path}/{output}"
    ran = mail("one", "--output", target, *(word for name in formats for word in ("--format", name)))
    is_folder = output in {"mail", "mail/", "mail.d/", "there.d"}
    folder = tmp_path / output if is_folder else (tmp_path / output).parent
    assert (0, written) == (ran.code, [name for name in names(folder) if "/" not in name])
    assert written == sorted(line.rpartition("/")[2] for line in ran.out.splitlines())
    assert not (site / "outbox").exists()


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.eml", "From: "),
        ("a.mbox", "From "),
        ("a.html", "<!DOCTYPE html>"),
        ("a.txt", "One"),
        ("a.json", "{"),
    ],
)
def test_a_suffix_says_which_format(mail: Callable[..., Ran], tmp_path: Path, name: str, begins: str) -> None:
    """The plain formats have suffixes of their own; of those that share `.json` it is the general one."""
    mail("one", "--output", tmp_path / name)
    text = (tmp_path / name).read_text()
    assert text.startswith(begins)
    if name == "a.json":
        assert "subject" in json.loads(text)


def test_an_address_with_a_point_is_a_folder_of_the_outbox(make_site: MakeSite, run: Run) -> None:
    """And no name of one file."""
    site = make_site({"content/one.md": a_file(1, "One", "url: /notes/version-1.2/")}, settings=SETTINGS)
    ran = run("-C", site, "newsletter", "--now", NOW, "--format", "html", "--format", "text")
    assert (0, 2) == (ran.code, len(ran.out.splitlines()))
    assert ["issue.html", "issue.txt"] == [name.rpartition("/")[2] for name in names(site / "outbox")]


def test_formats_of_the_settings(make_site: MakeSite, run: Run) -> None:
    """What is written without `--format`; with it, only what it says."""
    site = make_site({"content/one.md": ONE}, settings=SETTINGS + 'formats = ["postmark", "text"]\n')
    assert 0 == run("-C", site, "newsletter", "--now", NOW).code
    assert ["0001-one/issue.txt", "0001-one/postmark.json"] == names(site / "outbox")
    run("-C", site, "newsletter", "--now", NOW, "--format", "html", "--output", site / "only")
    assert ["issue.html"] == names(site / "only")


def test_a_template_of_ones_own(make_site: MakeSite, run: Run) -> None:
    """`custom` writes what the template says, under its name; the other formats have theirs."""
    template = "# {{ subject }} & {{ number }} of {{ newsletter }}, {{ slug }}, {{ site_title }}\n"
    template += "{{ unsubscribe_url }} {{ postal_address }}\n"
    site = make_site(
        {"content/one.md": ONE, "templates/newsletter/for.md": template},
        settings=SETTINGS + 'template = "for.md"\n',
    )
    arguments = ("--now", NOW, "--format", "custom", "--format", "text")
    ran = run("-C", site, "newsletter", *arguments)
    folder = site / "outbox/0001-one"
    assert (0, [f"{folder}/for.md", f"{folder}/issue.txt"]) == (ran.code, ran.out.splitlines())
    assert [
        "# One & 1 of Letters, one, Example",
        "https://example.org/leave/ Example, Quay 3, Lisbon",
    ] == (folder / "for.md").read_text().splitlines()
    (site / "feeds.toml").write_text(f'{MINIMAL}[newsletter]\ntemplate = "for.md"\n')
    run("-C", site, "newsletter", *arguments, "--allow-errors")
    assert ["# One & 1 of Example, one, Example", " "] == (folder / "for.md").read_text().splitlines()


def exported(mail: Callable[..., Ran], name: str, *arguments: object) -> Any:
    """An issue as a service gets it."""
    ran = mail(*arguments, "--format", name, "--output", "-")
    assert 0 == ran.code, ran.err
    return ran.json


def test_services_that_have_posts_get_the_title_and_the_address_of_the_post(
    site: Path, mail: Callable[..., Ran]
) -> None:
    """The subject is for the mail; a digest is on no other page, and has its subject as title."""
    (site / "content/four.md").write_text(a_file(4, "Four", "newsletter: {subject: Tea at four}"))
    (post,) = exported(mail, "ghost", "four")["posts"]
    assert ("Four", "Tea at four", "https://example.org/four/") == (
        post["title"],
        post["email_subject"],
        post["canonical_url"],
    )
    (digest,) = exported(mail, "ghost", "--last", 2)["posts"]
    assert digest["title"] == digest["email_subject"]
    assert "Four, and one more post" == digest["title"]
    assert "canonical_url" not in digest
    body = exported(mail, "beehiiv", "--issue", 1)
    assert ("Four", "Tea at four") == (body["title"], body["email_settings"]["email_subject_line"])


def test_a_service_has_a_name_to_say_and_one_for_the_sender(make_site: MakeSite, run: Run) -> None:
    """The word for who has no name is text, in both parts; a sender without a name has an address."""
    settings = SETTINGS.replace("Example <letters@example.org>", "letters@example.org")
    settings += 'greeting = "Dear {name|R & <D>},"\n'
    site = make_site({"content/one.md": ONE}, settings=settings)
    campaign, content = exported(lambda *a: run("-C", site, "newsletter", *a, "--now", NOW), "mailchimp")[
        "requests"
    ]
    assert "letters@example.org" == campaign["body"]["settings"]["from_name"]
    assert "Dear *|IF:FNAME|**|FNAME|**|ELSE:|*R &amp; &lt;D&gt;*|END:IF|*," in content["body"]["html"]
    assert "Dear *|IF:FNAME|**|FNAME|**|ELSE:|*R & <D>*|END:IF|*," in content["body"]["plain_text"]


def test_what_the_settings_say_is_text_in_the_html(make_site: MakeSite, run: Run) -> None:
    """Escaped, without the blanks and the empty lines that settings have in them."""
    settings = SETTINGS.replace('"Example, Quay 3, Lisbon"', '"""\n  Bits & Bytes \n\n Quay <3>\n"""')
    settings = settings.replace('"https://example.org/leave/"', '" https://example.org/leave/?a=1&b=2 "')
    site = make_site({"content/one.md": ONE}, settings=settings + 'greeting = "Dear {name|R & <D>},"\n')
    ran = run("-C", site, "newsletter", "--format", "html", "--format", "text", "--now", NOW)
    html, text = [Path(line).read_text() for line in ran.out.splitlines()]
    assert "Dear R &amp; &lt;D&gt;," in html
    assert "Bits &amp; Bytes<br>Quay &lt;3&gt;" in html
    assert 'href="https://example.org/leave/?a=1&amp;b=2"' in html
    for said in ("Dear R & <D>,", "\nBits & Bytes\nQuay <3>\n", ": https://example.org/leave/?a=1&b=2\n"):
        assert said in text


def test_a_refused_format_has_no_file_and_the_others_have(site: Path, mail: Callable[..., Ran]) -> None:
    """Exit code 1, the service, the tag and the post; what can be written is."""
    (site / "content/four.md").write_text(a_file(4, "On {{ x }}"))
    ran = mail("--format", "sendgrid", "--format", "text", "--format", "postmark")
    assert 1 == ran.code
    assert [
        "content/four.md: error[mail-merge-tag]: SendGrid would take '{{ x }}' in the subject for a merge tag",
    ] == ran.err.splitlines()[:1]
    assert "issue 1 is not remembered: mend what is named and ask again, or" in ran.err
    assert not (site / "issues").exists()
    assert ["0001-four/issue.txt", "0001-four/postmark.json"] == names(site / "outbox")
    assert 2 == len(ran.out.splitlines())


@pytest.mark.parametrize("output", ["-", "letter.json"])
def test_a_refused_format_leaves_nothing_to_send(
    site: Path, mail: Callable[..., Ran], tmp_path: Path, output: str
) -> None:
    """No byte on stdout, no file."""
    (site / "content/four.md").write_text(a_file(4, "On {{ x }}"))
    ran = mail("--format", "sendgrid", "--output", output if output == "-" else tmp_path / output)
    assert (1, "", False) == (ran.code, ran.out, (tmp_path / output).exists())


def test_what_a_service_cannot_carry_is_said_and_written(site: Path, mail: Callable[..., Ran]) -> None:
    """A warning for the text part: exit code 0, and the file is there."""
    (site / "content/four.md").write_text(a_file(4, "Four", body="Write `{{ x }}` there."))
    ran = mail("--format", "sendgrid")
    assert (0, True) == (ran.code, "content/four.md: warning[mail-merge-tag]" in ran.err)
    assert ["0001-four/sendgrid.json"] == names(site / "outbox")


def test_a_disk_that_is_in_the_way(mail: Callable[..., Ran], tmp_path: Path) -> None:
    """Exit code 4 and the place."""
    (tmp_path / "file").write_text("")
    ran = mail("--output", tmp_path / "file/letter.html")
    assert (4, "", True) == (ran.code, ran.out, "file" in ran.err)


# --- pictures in the mail --------------------------------------------------------------------------------


@pytest.fixture
def with_picture(make_site: MakeSite) -> Path:
    """A site whose post has a picture beside it."""
    files = {
        "content/one/index.md": a_file(1, "One", body="![A cup](cup.png)"),
        "content/one/cup.png": PNG,
    }
    return make_site(files, settings=SETTINGS)


@pytest.mark.parametrize("name", ["eml", "mbox"])
def test_pictures_are_embedded_where_files_can_be(with_picture: Path, run: Run, name: str) -> None:
    """Byte for byte, referred to by their Content-ID, related to the HTML; not so without the option."""
    plain = run("-C", with_picture, "newsletter", "--now", NOW, "--format", name, "--output", "-")
    ran = run(
        "-C", with_picture, "newsletter", "--now", NOW, "--embed-images", "--format", name, "--output", "-"
    )
    assert (0, "") == (ran.code, ran.err)
    text = ran.out.partition("\n")[2] if name == "mbox" else ran.out
    message: EmailMessage = email.message_from_string(text, policy=policy.default)
    assert "multipart/alternative" == message.get_content_type()
    (image,) = [part for part in message.walk() if part.get_content_maintype() == "image"]
    assert PNG == image.get_payload(decode=True)
    body = message.get_body(("html",))
    assert body is not None
    assert f'src="cid:{image["Content-ID"][1:-1]}"' in body.get_content()
    assert "https://example.org/one/cup.png" not in body.get_content()
    assert "image/png" not in plain.out


def test_a_picture_that_is_too_large_stays_on_the_web(with_picture: Path, run: Run) -> None:
    """A mail with it would be refused; that is said, and the rest goes out."""
    (with_picture / "content/one/cup.png").write_bytes(PNG + bytes(10_000_000))
    ran = run("-C", with_picture, "newsletter", "--now", NOW, "--embed-images", "--format", "eml")
    assert (0, True) == (ran.code, "warning[mail-image]: 'cup.png' is not embedded" in ran.err)
    assert (with_picture / "outbox/0001-one/issue.eml").stat().st_size < 100_000


def test_other_formats_keep_their_links(with_picture: Path, run: Run) -> None:
    """A file for a form has nowhere to put a picture, and neither has the record."""
    arguments = ("--format", "html", "--format", "eml", "--format", "listmonk")
    ran = run("-C", with_picture, "newsletter", "--now", NOW, "--embed-images", *arguments)
    assert 0 == ran.code
    html = (with_picture / "outbox/0001-one/issue.html").read_text()
    assert ("cid:" in html, 'src="https://example.org/' in html) == (False, True)
    for path in ("outbox/0001-one/listmonk.json", "issues/0001.json", "public/newsletter/1/index.html"):
        assert "cid:" not in (with_picture / path).read_text()
    again = run(
        "-C",
        with_picture,
        "newsletter",
        "--issue",
        1,
        "--embed-images",
        *arguments,
        "--output",
        with_picture / "x",
    )
    assert 0 == again.code
    assert contents(with_picture / "outbox/0001-one") == contents(with_picture / "x")


# --- looking at it ---------------------------------------------------------------------------------------

LOOKS = [
    ["--check"],
    ["--check", "--json"],
    ["--preview", "page.html"],
    ["--check", "--preview", "page.html"],
]


@pytest.mark.parametrize("arguments", LOOKS)
def test_to_look_changes_nothing(
    site: Path,
    mail: Callable[..., Ran],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
) -> None:
    """No issue, no file but the page that was asked for; not for a new issue, an old one or a revision."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert (0, []) == (mail(*arguments).code, [n for n in names(site) if not n.startswith("content")][1:])
    mail("one")
    mail("two")
    (site / "content/one.md").write_text(ONE.replace("First", "Other"))
    before = contents(site)
    for asked in ([], ["one"], ["--issue", 1], ["--issue", 1, "--revise"], ["--since", "2026-05-01"]):
        assert 0 == mail(*asked, *arguments).code
    assert before == contents(site)
    assert (["page.html"] if "--preview" in arguments else []) == names(elsewhere)


@pytest.mark.parametrize("arguments", LOOKS)
def test_to_look_waits_for_nobody(
    site: Path,
    mail: Callable[..., Ran],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
) -> None:
    """While another run is at work; to write is for one at a time, and says so."""
    monkeypatch.chdir(tmp_path)
    with lock(site):
        assert 0 == mail(*arguments).code
        for asked in ([], ["--issue", 1], ["--format", "html", "--output", "-"]):
            ran = mail(*asked)
            assert (3, "", True) == (ran.code, ran.out, "another run is working on this site" in ran.err)
    assert [] == [name for name in names(site) if not name.startswith((".feeds", "content", "feeds.toml"))]


def test_the_report_is_of_the_issue_that_would_be_written(mail: Callable[..., Ran]) -> None:
    """Its number, subject, sender, day and size, with nothing to mend."""
    mail("one")
    ran = mail("--check")
    assert (0, "") == (ran.code, ran.err)
    lines = ran.out.splitlines()
    assert ["Issue 2: Three", "", "Contract: every clause is kept"] == lines[:3]
    assert "  │ Example                             2026-05-03" in lines
    size = mail("--check", "--json").json["bytes"]["html"]
    assert any(line.startswith(f"Bytes: {size:,} of 99,000") for line in lines)


def test_the_report_as_data(mail: Callable[..., Ran]) -> None:
    """One object on stdout; its keys are an interface."""
    ran = mail("two", "--check", "--json")
    assert (0, "") == (ran.code, ran.err)
    found = ran.json
    assert ["issue", "problems", "inbox", "support", "bytes", "contrast", "reading"] == list(found)
    assert {
        "number": 1,
        "subject": "Two",
        "preheader": SUMMARY,
        "sender": '"Example" <letters@example.org>',
        "date": "2026-05-02",
    } == found["issue"]
    assert [] == found["problems"]
    assert 99_000 == found["bytes"]["most"]
    assert found["bytes"]["html"] == sum(part["bytes"] for part in found["bytes"]["parts"])
    assert len(mail("two", *AS_JSON).json["html"].encode()) <= found["bytes"]["html"]
    assert {True} == {each["ratio"] >= 4.5 for each in found["contrast"]}
    assert any(stop["kind"] == "heading" and stop["said"] == "Two" for stop in found["reading"])


def test_the_audience_weighs_the_report(make_site: MakeSite, run: Run) -> None:
    """The shares are those of the settings."""
    settings = SETTINGS + "[newsletter.audience]\ngmail = 3\napple-mail = 1\n"
    site = make_site({"content/one.md": ONE}, settings=settings)
    ran = run("-C", site, "newsletter", "--check", "--now", NOW)
    assert ["75 %", "25 %"] == [
        line.split("%")[0].split()[-1] + " %"
        for line in ran.out.splitlines()
        if line.startswith(("  Gmail ", "  Apple Mail "))
    ]
    assert run("-C", site, "newsletter", "--check", "--json", "--now", NOW).json["support"]["weighted"]


def test_a_preview_is_one_file_with_the_pictures_of_the_site(
    with_picture: Path, run: Run, tmp_path: Path
) -> None:
    """Its path is printed; pictures that are not yet on the web are in it."""
    page = tmp_path / "deep/page.html"
    ran = run("-C", with_picture, "newsletter", "--preview", page, "--now", NOW)
    assert (0, f"{page}\n", "") == (ran.code, ran.out, ran.err)
    text = page.read_text()
    assert "data:image/png;base64,iVBORw0KGgo" in text
    assert "One" in text
    before = page.stat().st_mtime_ns
    run("-C", with_picture, "newsletter", "--preview", page, "--now", NOW)
    assert before == page.stat().st_mtime_ns


# --- findings --------------------------------------------------------------------------------------------


def found(ran: Ran) -> list[tuple[str, int, str, str]]:
    """Place, severity and the rule of each problem in a report as data."""
    return [
        (problem["path"], problem["line"], problem["severity"], problem["code"])
        for problem in ran.json["problems"]
    ]


FAULTS = {
    "description": (
        {"content/four.md": a_file(4, "Four", body="Words.\n\n![](https://example.org/a.png)\n")},
        "",
        ("content/four.md", 8, "note", "mail-advice"),
    ),
    "colour": (
        {},
        '[newsletter.look.colours]\naccent = "#0b57d0"\ntext = "#bbbbbb"\n',
        ("feeds.toml", 13, "error", "mail-invalid"),
    ),
    "front matter": (
        {"content/four.md": a_file(4, "Four").replace(SUMMARY, "Short")},
        "",
        ("content/four.md", 4, "warning", "mail-advice"),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_findings_are_at_the_line_that_makes_them(make_site: MakeSite, run: Run, name: str) -> None:
    """Of the post, of its front matter or of the settings; with and without `--check`."""
    files, settings, expected = FAULTS[name]
    site = make_site({"content/three.md": THREE, **files}, settings=SETTINGS + settings)
    checked = run("-C", site, "newsletter", "--check", "--json", "--now", NOW)
    assert expected in found(checked)
    code = int(expected[2] == "error")
    path, line, severity, rule = expected
    ran = run("-C", site, "newsletter", "--now", NOW)
    assert (code, code) == (checked.code, ran.code)
    assert any(
        said.startswith(f"{path}:{line}:") and f" {severity}[{rule}]" in said for said in ran.err.splitlines()
    ), ran.err
    assert (site / "outbox").is_dir()


def test_findings_in_ones_own_theme(make_site: MakeSite, run: Run) -> None:
    """They are at the line of the template."""
    theme = '{% extends theme["base.html"] %}\n{% block letter %}\n<script>x()</script>\n{{ body }}\n{% endblock %}\n'
    site = make_site(
        {"content/one.md": ONE, "templates/newsletter/default/letter.html": theme}, settings=SETTINGS
    )
    ran = run("-C", site, "newsletter", "--check", "--json", "--now", NOW)
    assert ("templates/newsletter/default/letter.html", 3, "error", "mail-invalid") in found(ran)
    assert 1 == ran.code


def test_settings_in_a_pyproject_are_cited_there(make_site: MakeSite, run: Run) -> None:
    """At their line of that file."""
    settings = SETTINGS.replace("[site]", "[tool.feeds.site]").replace(
        "[newsletter]", "[tool.feeds.newsletter]"
    )
    settings += '[tool.feeds.newsletter.look.colours]\ntext = "#bbbbbb"\n'
    site = make_site({"content/one.md": ONE, "pyproject.toml": settings})
    (site / "feeds.toml").unlink()
    ran = run("-C", site, "newsletter", "--check", "--json", "--now", NOW)
    assert ("pyproject.toml", 12, "error", "mail-invalid") in found(ran)


def test_what_is_not_in_the_settings_is_told_of_the_file(make_site: MakeSite, run: Run) -> None:
    """Without a line that says nothing of it."""
    site = make_site({"content/one.md": ONE}, settings=SETTINGS.replace("postal_address", "# postal_address"))
    ran = run("-C", site, "newsletter", "--now", NOW)
    assert any(line.startswith("feeds.toml: ") and "postal_address" in line for line in ran.err.splitlines())


# --- on the web ------------------------------------------------------------------------------------------


def test_the_link_in_the_mail_leads_to_a_page(site: Path, mail: Callable[..., Ran]) -> None:
    """Right after the run, listed, with feeds, and nothing else is published."""
    text = mail("one", "--format", "text", "--output", "-").out
    assert "https://example.org/newsletter/1/" in text
    expected = ["newsletter/1/index.html", *(f"newsletter/{name}" for name in PAGES)]
    assert sorted(expected) == names(site / "public")
    assert "First words." in (site / "public/newsletter/1/index.html").read_text()
    mail("two")
    listed = (site / "public/newsletter/index.html").read_text()
    assert listed.index('href="2/"') < listed.index('href="1/"')
    assert "newsletter/2/index.html" in names(site / "public")
    feed = json.loads((site / "public/newsletter/feed.json").read_text())
    assert ["Two", "One"] == [item["title"] for item in feed["items"]]


def test_a_build_writes_the_same_pages(site: Path, mail: Callable[..., Ran], run: Run) -> None:
    """Byte for byte, after a build too, and after a revision."""
    mail("one")
    mail("--last", 2)
    before = contents(site / "public")
    assert 0 == run("-C", site, "build", "--now", NOW).code
    assert before == {name: data for name, data in contents(site / "public").items() if name in before}
    (site / "content/one.md").write_text(ONE.replace("First", "Better"))
    mail("--issue", 1, "--revise")
    revised = contents(site / "public")
    assert "Better words." in revised["newsletter/1/index.html"].decode()
    ran = run("-C", site, "build", "--now", NOW, "--json")
    assert [] == [name for name in ran.json["written"] if name.startswith("newsletter/")]
    assert before["newsletter/2/index.html"] == (site / "public/newsletter/2/index.html").read_bytes()


def test_a_newsletter_removes_nothing_that_a_build_published(
    site: Path, mail: Callable[..., Ran], run: Run
) -> None:
    """And the next build still knows what is its own."""
    run("-C", site, "build", "--now", NOW)
    before = contents(site / "public")
    mail("one")
    assert before == {name: data for name, data in contents(site / "public").items() if name in before}
    ran = run("-C", site, "build", "--now", NOW, "--json")
    assert ([], ["feeds.opml", "subscribe.html"]) == (ran.json["removed"], sorted(ran.json["written"]))


def test_somebody_elses_page_stays(site: Path, mail: Callable[..., Ran]) -> None:
    """A note says so; the issue is written, remembered and on the web but for that page."""
    own = site / "public/newsletter/index.html"
    own.parent.mkdir(parents=True)
    own.write_text("<h1>Sign up</h1>")
    ran = mail("one")
    assert (0, "<h1>Sign up</h1>") == (ran.code, own.read_text())
    assert [
        "public/newsletter/index.html: note[newsletter-foreign]: this file is not ours, so the newsletter's is "
        "not written",
        "  hint: move it, or set archive under [newsletter] to another folder",
    ] == ran.err.splitlines()
    assert (site / "public/newsletter/1/index.html").is_file()
    assert (site / "issues/0001.json").is_file()


def test_without_an_archive_nothing_is_on_the_web(make_site: MakeSite, run: Run) -> None:
    """Letters then lead to their post, and digests to the site."""
    site = make_site({"content/one.md": ONE, "content/two.md": TWO}, settings=SETTINGS + 'archive = ""\n')
    letter = run("-C", site, "newsletter", "one", "--format", "text", "--output", "-", "--now", NOW)
    assert (0, True) == (letter.code, "https://example.org/one/" in letter.out)
    digest = run("-C", site, "newsletter", "--last", 2, "--format", "text", "--output", "-", "--now", NOW)
    assert "View in browser: https://example.org/\n" in digest.out
    assert not (site / "public").exists()
    assert ["0001.json", "0002.json"] == names(site / "issues")


def test_pages_follow_the_settings(make_site: MakeSite, run: Run) -> None:
    """Where the archive is, and the output."""
    settings = SETTINGS + 'archive = "mail/letters"\n[output]\ndir = "www"\n'
    site = make_site({"content/one.md": ONE}, settings=settings)
    ran = run("-C", site, "newsletter", "--format", "text", "--output", "-", "--now", NOW)
    assert "https://example.org/mail/letters/1/" in ran.out
    assert (site / "www/mail/letters/1/index.html").is_file()


# --- the files that are written --------------------------------------------------------------------------


def test_what_is_the_same_is_not_touched(site: Path, mail: Callable[..., Ran]) -> None:
    """Dates of files stand: of the issue, its record and its pages."""
    mail("one", "--format", "eml")
    watched = [path for path in site.rglob("*") if path.is_file() and path.name != "lock"]
    before = {path: path.stat().st_mtime_ns for path in watched}
    assert 0 == mail("one", "--format", "eml").code
    assert before == {path: path.stat().st_mtime_ns for path in watched}


def test_the_record_comes_last(site: Path, mail: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be written was not mailed: the same command then ends what it began."""
    write, order = _fs.write, []

    def noted(path: Path, data: bytes, *rest: object) -> None:
        order.append(path.relative_to(site).parts[0])
        write(path, data, *rest)

    monkeypatch.setattr(_fs, "write", noted)
    mail("one", "--format", "eml")
    assert ["outbox", "issues"] == [name for name in order if name in {"issues", "outbox"}]


def test_titles_that_are_words_of_addresses_are_no_fault(site: Path, mail: Callable[..., Ran]) -> None:
    """The preheader of this digest is `two`, which the address of that post ends with."""
    (site / "content/two.md").write_text(TWO.replace('"Two"', '"two"'))
    assert (0, True) == ((ran := mail("--last", 2)).code, "mail-invalid" not in ran.err)


def test_what_could_not_be_written_is_not_remembered(site: Path, mail: Callable[..., Ran]) -> None:
    """The next run makes it, with the number that it was to have."""
    (site / "blocked").write_text("a file, and no folder")
    assert 4 == mail("one", "--format", "eml", "--output", site / "blocked/letter.eml").code
    assert not (site / "issues").exists()
    assert (1, "One", ["One"]) == shown(mail("one", *AS_JSON))


def test_a_mail_with_an_error_is_remembered_only_when_told_to(site: Path, mail: Callable[..., Ran]) -> None:
    """It is written, so that one can look."""
    (site / "content/four.md").write_text(a_file(4, "Four", body="![x](http://x.example/x.png)"))
    ran = mail("four", "--format", "html")
    assert (1, True) == (ran.code, "issue 1 is not remembered" in ran.err)
    assert (["0001-four/issue.html"], False) == (names(site / "outbox"), (site / "issues").exists())
    assert 0 == mail("four", "--format", "html", "--allow-errors").code
    assert ["0001.json"] == names(site / "issues")


def test_what_is_wrong_elsewhere_does_not_stop_an_issue(site: Path, mail: Callable[..., Ran]) -> None:
    """A broken post is counted, one with a warning is not; neither is of the mail."""
    (site / "content/bad.md").write_text("---\ntitle: x: y\n---\n")
    (site / "content/four.md").write_text(a_file(1, "Four", body="[x](gone.md)"))
    ran = mail("two")
    assert (0, ["1 post is broken: `feeds check` names it"]) == (ran.code, ran.err.splitlines())
    assert ["0001.json"] == names(site / "issues")


@pytest.mark.parametrize("arguments", [["--format", "sendgrid"], ["--format", "custom"]])
def test_an_issue_that_nobody_got_is_still_unsent(
    site: Path, mail: Callable[..., Ran], arguments: list[str]
) -> None:
    """What was refused is on no record and on no page, and the next run has it."""
    mail("three")
    before = contents(site)
    (site / "content/four.md").write_text(a_file(4, "Four {{ x }}"))
    assert 0 != mail("--unsent", *arguments).code
    assert before == contents(site)
    assert (2, "Four {{ x }}", ["Four {{ x }}"]) == shown(mail("--unsent", *AS_JSON))


def test_of_a_refused_format_no_older_file_stays(site: Path, mail: Callable[..., Ran]) -> None:
    """A script that hands over what lies there must not hand over the last week's."""
    assert 0 == mail("two", "--format", "sendgrid").code
    (site / "content/two.md").write_text(TWO.replace('"Two"', '"Two {{ x }}"'))
    assert 1 == mail("two", "--format", "sendgrid").code
    assert [] == [name for name in names(site / "outbox") if "sendgrid" in name]


def test_without_any_record_the_pages_stay_and_no_number_is_given_again(
    site: Path, mail: Callable[..., Ran], run: Run
) -> None:
    """Readers' mails lead to these pages."""
    mail("one")
    (site / "issues/0001.json").unlink()
    ran = run("-C", site, "build", "--now", NOW)
    assert (0, True) == (ran.code, "no issue is on record" in ran.err)
    assert (site / "public/newsletter/1/index.html").exists()
    again = mail("two")
    assert (2, True) == (again.code, "this would be issue 1, which is on the site already" in again.err)


def test_what_is_said_of_one_issue(mail: Callable[..., Ran]) -> None:
    """Subject, preheader and intro of a digest; they stay when it is made anew."""
    said = (
        "--subject",
        "The week",
        "--preheader",
        "What came in with the tide",
        "--intro",
        "Hello *friends*",
    )
    first = mail("--last", 2, *said, *AS_JSON).json
    assert ("The week", "What came in with the tide") == (first["subject"], first["preheader"])
    assert "Hello <em" in first["html"]
    assert first == mail("--last", 2, *AS_JSON).json


def test_a_long_post_is_cut_and_the_report_of_the_record_has_no_parts(
    site: Path, mail: Callable[..., Ran]
) -> None:
    """Where the bytes went is said when it is made; of an old issue it is not known any more."""
    (site / "content/four.md").write_text(a_file(4, "Four", body="\n\n".join(["word " * 200] * 120)))
    made = mail("four", "--format", "html")
    first, second = made.err.splitlines()
    assert "too long for a mail: the HTML continues on the web, the text is whole" == first
    sizes = [
        int(part.rpartition(" ")[2].replace(",", "")) for part in second.removeprefix("  bytes: ").split(", ")
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert 0 not in sizes
    mail("one")
    again = mail("--issue", 1, "--format", "html")
    assert "too long for a mail: the HTML continues on the web, the text is whole" in again.err
