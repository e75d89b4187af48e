"""Issues are remembered as files, which lose nothing, and of which one that is broken costs no other."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import ConfigError
from feeds.model import Issue, Letter, MailingList, Person, Said
from feeds.newsletter import addresses, records
from feeds.newsletter.exports import EXPORTS
from feeds.newsletter.record_fields import Unreadable
from feeds.settings import Workspace, settings
from letters_for_targets import a_letter as a_letter_with_slots
from samples import a_post

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = (
    ("unsubscribe", "*|UNSUB|*"),
    ("web", "https://example.org/newsletter/7/"),
    ("address", "Quay 1\nPorto"),
    ("newsletter", "Letters"),
    ("site_title", "Harbour Log"),
    ("site_url", "https://example.org"),
)
INES = Person(name="Inês", email="ines@example.org", url="https://example.org/ines/", id="ines")


def a_letter(number: int = 7, **changes: Any) -> Letter:
    """A letter with something in every field."""
    post = a_post(
        title="Olá — \u2028 «mundo»",
        summary="Um resumo",
        language="pt",
        categories=("Notas",),
        tags=("a", "b"),
        authors=(INES,),
        image="https://example.org/a.png",
        html="",
    )
    issue = Issue(
        number=number,
        id=post.id,
        posts=(post, replace(post, id="urn:x:2", direction="rtl", image="")),
        when=datetime(2026, 4, 11, 9, 30, 5, 250_000, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        subject="Subject",
        preheader="Preheader",
        intro="One\n\n*two*",
        revision=2,
        language="fa",
        direction="rtl",
        said=Said(subject="Subject", preheader="", intro="One\n\n*two*"),
        began=datetime(2026, 4, 10, tzinfo=UTC),
    )
    letter = Letter(
        issue=issue,
        headers=(
            ("From", INES),
            ("Subject", "Olá"),
            ("List-Id", MailingList(name="L", identifier="l.example")),
        ),
        html="<p>\r\nslotabcdeftag0z</p>\n\n",
        text="Text\n  more\t\n",
        content="<p>Hello</p>",
        token="slotabcdef",  # noqa: S106 - what slots begin with
        addressee="reader",
        tags=("*|A|*",),
        cut=True,
        given=GIVEN,
    )
    return replace(letter, **changes)


def test_a_record_gives_the_letter_back() -> None:
    """To the last blank, and again the same bytes."""
    data = records.to_bytes(a_letter())
    assert a_letter() == records.from_bytes(data)
    assert data == records.to_bytes(records.from_bytes(data))


def test_a_record_of_an_earlier_version_is_read() -> None:
    """What it does not say yet is as it was then: the letter spoke the language of its newest post."""
    record = json.loads(records.to_bytes(a_letter()))
    for key in ("language", "direction", "said", "began", "given"):
        del record[key]
    whole = a_letter()
    issue = replace(whole.issue, language="pt", direction="ltr", said=Said(), began=None)
    assert replace(whole, issue=issue, given=()) == records.from_bytes(json.dumps(record).encode())


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]))
# By their offsets, as they come back: in the hour that a clock skips, Python takes no two moments for one.
MOMENTS = (
    st.datetimes(timezones=st.timezones())
    .filter(lambda moment: 1 < moment.year < 9999)
    .map(lambda moment: datetime.fromisoformat(moment.isoformat()))
)


@given(TEXT, TEXT, LINE, MOMENTS, st.lists(TEXT))
def test_any_text_comes_back_as_it_was(
    one: str, other: str, line: str, moment: datetime, several: list[str]
) -> None:
    """Whatever authors write, at whatever time of whatever zone."""
    post = a_post(title=one, label=other, summary=one, tags=tuple(several), published=moment, html="")
    letter = a_letter(
        issue=replace(
            a_letter().issue,
            posts=(post,),
            subject=line,
            intro=other,
            when=moment,
            began=moment,
            said=Said(subject=line, preheader=line, intro=one),
        ),
        html=one,
        text=other,
        content=one,
        headers=(("Subject", line), ("From", Person(name=line))),
        addressee=line,
        tags=tuple(several),
        given=tuple((key, value if "://" in value else one) for key, value in GIVEN),
    )
    assert letter == records.from_bytes(records.to_bytes(letter))


def test_people_can_read_a_record() -> None:
    """Texts are lists of lines, names are in their own letters, and what it is stands at its top."""
    text = records.to_bytes(a_letter()).decode()
    assert text.startswith('{\n "what": "feedwright issue",\n "version": 1,\n "number": 7,\n')
    assert text.endswith("\n}\n")
    assert '"Inês"' in text
    assert '  "Text",\n  "  more\\t",\n' in text


def test_a_record_holds_the_letter_and_not_the_posts() -> None:
    """What the formats are first written from is what is there the next time."""
    post = a_post(html="<p>Secret</p>", comments="https://example.org/comments/")
    whole = a_letter(issue=replace(a_letter().issue, posts=(post,)))
    assert b"Secret" not in records.to_bytes(whole)
    assert replace(post, html="", comments="") == records.kept(whole).issue.post
    assert records.to_bytes(whole) == records.to_bytes(records.kept(whole))


def test_the_letters_come_in_order_of_their_numbers(tmp_path: Path) -> None:
    """Not of the names of files, which are for people."""
    for number in (10_000, 2, 1):
        letter = a_letter(number)
        letter = replace(letter, issue=replace(letter.issue, number=number))
        (tmp_path / records.file_name(letter.issue)).write_bytes(records.to_bytes(letter))
    (tmp_path / "README.md").write_text("Our issues")
    (tmp_path / "notes").mkdir()
    found = records.read(tmp_path)
    assert ([1, 2, 10_000], ()) == ([each.issue.number for each in found.letters], found.problems)
    assert ["0001.json", "0002.json", "10000.json", "README.md", "notes"] == sorted(
        p.name for p in tmp_path.iterdir()
    )
    assert found.letters == records.complete(found)


def test_no_folder_is_no_issues(tmp_path: Path) -> None:
    """As on every site before its first issue."""
    assert records.Records(letters=(), problems=()) == records.read(tmp_path / "issues")


def spoilt(**changes: Any) -> bytes:
    """A record with `changes`."""
    return json.dumps(json.loads(records.to_bytes(a_letter())) | changes).encode()


def spoilt_post(**changes: Any) -> bytes:
    """A record with `changes` in its post."""
    record = json.loads(records.to_bytes(a_letter()))
    record["posts"][0] |= changes
    return json.dumps(record).encode()


BROKEN = {
    "empty": (b"", "it is not JSON"),
    "cut off": (records.to_bytes(a_letter())[:500], "it is not JSON"),
    "of a merge": (b"<<<<<<< ours\n" + records.to_bytes(a_letter()), "a merge left its marks"),
    "deep": (b"[" * 100_000, "it is not JSON"),
    "latin": ("{} é".encode("latin-1"), "it is not UTF-8"),
    "a list": (b"[]", "it is something else"),
    "foreign": (b'{"name": "x", "version": "1.0"}', "it is something else"),
    "of the future": (spoilt(version=2), "it is of version 2, and this program knows 1"),
    "numbered by a text": (spoilt(number="7"), "its `number` is missing or of another kind"),
    "numbered by a switch": (spoilt(number=True), "its `number` is missing or of another kind"),
    "numbered 0": (spoilt(number=0), "it has no number"),
    "numbered high": (spoilt(number=10**9), "it has no number"),
    "without posts": (spoilt(posts=[]), "it has no posts"),
    "posts as texts": (spoilt(posts=["a"]), "its `posts` is missing or of another kind"),
    "without a date": (spoilt(when="yesterday"), "its `when` is missing or of another kind"),
    "without a zone": (spoilt(when="2026-01-01T00:00:00"), "its `when` is missing or of another kind"),
    "of the year 1": (spoilt(when="0001-01-01T00:00:00+14:00"), "its `when` is missing or of another kind"),
    "half a letter": (spoilt(html="<p>"), "its `html` is missing or of another kind"),
    "half a character": (spoilt(subject="\ud800"), "its `subject` is missing or of another kind"),
    "half a line": (spoilt(text=["a", 1]), "its `text` is missing or of another kind"),
    "cut or not": (spoilt(cut="no"), "its `cut` is missing or of another kind"),
    "with a pattern": (spoilt(token="(a+)+"), "its `token` is none"),  # noqa: S106 - of slots
    "without a token": (spoilt(token=""), "its `token` is none"),
    "short of tags": (spoilt(tags=[]), "it uses more than its `tags`"),
    "short of many tags": (spoilt(text=["slotabcdeftag" + "9" * 5000 + "z"]), "it uses more than its `tags`"),
    "a third header": (spoilt(headers=[["To"]]), "its `headers` is missing or of another kind"),
    "an injected header": (spoilt(headers=[["To", "a\r\nBcc: b"]]), "its `headers` is missing or of another kind"),
    "an injected name": (spoilt(headers=[["To: b\nBcc", "a"]]), "its `headers` is missing or of another kind"),
    "an injected person": (
        spoilt(headers=[["To", {"name": "a\nBcc: b", "email": "", "url": "", "id": ""}]]),
        "its `headers` is missing or of another kind",
    ),
    "a path upwards": (spoilt_post(path="../../.ssh/id_rsa"), "its `path` is missing or of another kind"),
    "a path of the root": (spoilt_post(path="/etc/passwd"), "its `path` is missing or of another kind"),
    "an address that runs": (spoilt_post(url="javascript:alert(1)"), "its `url` is missing or of another kind"),
    "an image that runs": (spoilt_post(image="data:text/html,x"), "its `image` is missing or of another kind"),
    "a direction": (spoilt_post(direction="up"), "its `direction` is missing or of another kind"),
    "half of what was said": (spoilt(said={"subject": "a"}), "its `preheader` is missing or of another kind"),
    "what was said as a list": (spoilt(said=[]), "its `said` is missing or of another kind"),
    "half of what is given": (spoilt(given={"web": "https://example.org"}), "its `unsubscribe` is missing or of another kind"),
    "a page that runs": (spoilt(given=dict(GIVEN) | {"web": "javascript:alert(1)"}), "its `web` is missing or of another kind"),
    "begun some day": (spoilt(began="then"), "its `began` is missing or of another kind"),
    "a way to run": (spoilt(direction="up"), "its `direction` is missing or of another kind"),
    "an author": (spoilt_post(authors=[{"name": "x"}]), "its `email` is missing or of another kind"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_record_is_a_problem_and_loses_no_other(tmp_path: Path, data: bytes, reason: str) -> None:
    """It is named, with what is wrong; and nobody may number a new issue past it."""
    (tmp_path / "0007.json").write_bytes(data)
    good = replace(a_letter(), issue=replace(a_letter().issue, number=8))
    (tmp_path / "0008.json").write_bytes(records.to_bytes(good))
    found = records.read(tmp_path, "mail/issues")
    assert (good,) == found.letters
    (problem,) = found.problems
    assert ("mail/issues/0007.json", "issue-unreadable", "error") == (
        problem.path,
        problem.code,
        problem.severity,
    )
    assert f"the record of an issue cannot be read: {reason}" == problem.message
    with pytest.raises(ConfigError, match="what was mailed is not known") as caught:
        records.complete(found)
    assert ("mail/issues/0007.json", found.problems) == (caught.value.where, caught.value.problems)


def test_one_number_has_one_file(tmp_path: Path) -> None:
    """A copy, and a file that was renamed, are not issues of their own."""
    data = records.to_bytes(a_letter())
    for name in ("0007.json", "7.json", "0009.json", "0007 (copy).json"):
        (tmp_path / name).write_bytes(data)
    found = records.read(tmp_path)
    assert (a_letter(),) == found.letters
    assert [
        ("0007 (copy).json", "it holds issue 7, which belongs into 0007.json"),
        ("0009.json", "it holds issue 7, which belongs into 0007.json"),
        ("7.json", "there is a file with issue 7 already"),
    ] == [(each.path.rpartition("/")[2], each.message.partition(": ")[2]) for each in found.problems]
    with pytest.raises(ConfigError, match=r"\(and 2 more\)"):
        records.complete(found)


@pytest.mark.parametrize(
    ("name", "data", "hint"),
    [
        (
            "0007.json",
            b"<<<<<<< ours\n",
            "if two branches made an issue with this number, keep both: give the one that went out later the "
            "next free number, in its name and in `number`",
        ),
        (
            "0008.json",
            records.to_bytes(a_letter()),
            "if it is another issue, give it the next free number, in its name and in `number`; if it is a "
            "copy, move it elsewhere",
        ),
        ("0007.json", b"{", "take it from your version control, or move it elsewhere if it is no issue"),
    ],
)
def test_two_issues_of_one_number_are_both_to_stay(tmp_path: Path, name: str, data: bytes, hint: str) -> None:
    """Who takes one side of a merge mails the posts of the other again."""
    (tmp_path / name).write_bytes(data)
    assert [hint] == [problem.hint for problem in records.read(tmp_path).problems]


def test_a_record_is_never_a_link_out_of_its_folder(tmp_path: Path) -> None:
    """Nor a folder: who sends somebody a site must not have other files read."""
    (tmp_path / "issues/0008.json").mkdir(parents=True)
    (tmp_path / "secret").write_bytes(records.to_bytes(a_letter()))
    (tmp_path / "issues/0007.json").symlink_to(tmp_path / "secret")
    found = records.read(tmp_path / "issues")
    assert () == found.letters
    assert ["issues/0007.json", "issues/0008.json"] == [each.path for each in found.problems]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(json.loads(records.to_bytes(a_letter())))), JSON)
def test_any_value_in_any_place_is_a_letter_or_unreadable(key: str, value: Any) -> None:
    """Never another exception; and what is read can be written."""
    try:
        letter = records.from_bytes(spoilt(**{key: value}))
    except Unreadable:
        return
    assert letter == records.from_bytes(records.to_bytes(letter))


@given(st.binary())
def test_any_bytes_are_a_letter_or_unreadable(data: bytes) -> None:
    """Files are damaged in all ways."""
    with pytest.raises(Unreadable):
        records.from_bytes(data)


def test_half_a_character_does_not_keep_an_issue_from_being_recorded() -> None:
    """Nothing lets one through to here, and if something did the issue would still be remembered."""
    letter = a_letter(addressee="a\ud800")
    assert "a?" == records.from_bytes(records.to_bytes(letter)).addressee


def test_a_moment_is_the_one_its_author_wrote() -> None:
    """With its offset, for the date of a mail is that of the writer's clock."""
    offset = records.from_bytes(records.to_bytes(a_letter())).issue.when.utcoffset()
    assert timedelta(hours=5, minutes=45) == offset
    assert UTC.utcoffset(None) != offset


TEMPLATE = (
    "{{ unsubscribe_url }} {{ postal_address }} {{ newsletter }} {{ site_title }} {{ site_url }} {{ url }} "
    "{{ html }} {{ text }} {{ content }}"
)


def a_site(root: Path, url: str, **newsletter: Any) -> Workspace:
    """A site at `url`."""
    tree = {"site": {"title": f"Log of {url}", "url": url}, "newsletter": newsletter | {"template": "a.txt"}}
    return Workspace(root=root, file=root / "feeds.toml", settings=settings(tree))


@pytest.mark.parametrize("name", ["eml", "mbox", "html", "text", "json", "custom"])
@pytest.mark.parametrize("leave", ["https://old.example/leave/?a=1&b=2", "*|UNSUB|*", ""])
def test_an_issue_of_the_record_is_the_same_whatever_the_settings_are_now(
    tmp_path: Path, name: str, leave: str
) -> None:
    """Its links are those that went out, and those that its headers have."""
    (tmp_path / "templates/newsletter").mkdir(parents=True)
    (tmp_path / "templates/newsletter/a.txt").write_text(TEMPLATE)
    address = " Quay  1\n\nPorto & more " if leave else ""
    then = a_site(tmp_path, "https://old.example", unsubscribe_url=leave, postal_address=address, name="Old")
    now = a_site(
        tmp_path,
        "https://new.example",
        unsubscribe_url="https://new.example/go/",
        postal_address="Elsewhere 2",
        archive="letters",
    )
    written = a_letter_with_slots()
    letter = replace(written, given=addresses.given(written.issue, then.settings))
    first = EXPORTS[name].write(letter, then).data
    assert first == EXPORTS[name].write(records.kept(letter), now).data
    assert first == EXPORTS[name].write(written, then).data  # which says nothing of its own
    assert b"new.example" not in first
    assert first != EXPORTS[name].write(written, now).data
