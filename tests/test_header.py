"""Front matter typed, in the spellings of many generators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from feeds import front_matter, header, header_keys
from feeds.model import Enclosure, Findings, Header, Mailing, Person

if TYPE_CHECKING:
    from datetime import datetime


def read(yaml: str) -> tuple[Header, list[str]]:
    """The header of some YAML lines, and its problems as `line code message`."""
    findings = Findings("post.md")
    matter = front_matter.split(f"---\n{yaml}\n---\n", findings)
    typed = header.read(matter, ZoneInfo("Europe/Lisbon"), findings)
    return typed, [f"{p.line} {p.severity} {p.code} {p.message}" for p in findings.problems]


def iso(moment: datetime | None) -> str:
    """The moment as ISO 8601, or nothing."""
    return moment.isoformat() if moment else ""


@pytest.mark.parametrize(
    ("yaml", "field", "expected"),
    [
        ("title: Hi", "title", "Hi"),
        ("Title: Hi", "title", "Hi"),
        ("title: 2025", "title", "2025"),
        ("title:\n  two\n  lines", "title", "two lines"),
        ("title: [a]", "title", ""),
        ("slug: /my/slug/", "slug", "my/slug"),
        ("url: /a/b/", "url", "/a/b/"),
        ("permalink: /a/b/", "url", "/a/b/"),
        ("id: urn:x:1", "id", "urn:x:1"),
        ("guid: https://old.example/?p=1", "id", "https://old.example/?p=1"),
        ("lang: pt_BR", "language", "pt-BR"),
        ("language: fa", "language", "fa"),
        ("dir: RTL", "direction", "rtl"),
        ("dir: auto", "direction", ""),
        ("direction: ltr", "direction", "ltr"),
        ("description: d\nsummary: s", "summary", "d"),
        ('description: ""\nsubtitle: s', "summary", "s"),
        ('description: ""\nsubtitle: ""', "summary", ""),
        ("excerpt: e", "summary", "e"),
        ("image: /a.png", "image", "/a.png"),
        ("cover:\n  image: /a.png", "image", "/a.png"),
        ("images: [/a.png, /b.png]", "image", "/a.png"),
        ("image: {caption: none}", "image", ""),
        ("extra:\n  image: /a.png", "image", "/a.png"),
        ("extra:\n  title: not ours", "title", ""),
    ],
)
def test_texts(yaml: str, field: str, expected: str) -> None:
    """Each key of text is found in all its spellings; an empty one is absent."""
    typed, problems = read(yaml)
    assert (expected, []) == (getattr(typed, field), problems)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("tags: [2025, true, No, 1.10, 010]", ("2025", "true", "No", "1.10", "010")),
        ("tags: one", ("one",)),
        ("tags: Developer Tools", ("Developer Tools",)),
        ("tags: a, b ,c", ("a", "b", "c")),
        ("tag: a", ("a",)),
        ("Tags:\n  - a\n  - b\n  - a", ("a", "b")),
        ("tags: [[a, b], [c]]", ("a", "b", "c")),
        ("tags: [C, C++, C#]", ("C", "C++", "C#")),
        ('tags: ["", "--", ~, a]', ("a",)),
        ("tags:", ()),
        ("tags: []", ()),
        ('tags: ""', ()),
        ("taxonomies:\n  tags: [a]", ("a",)),
        ("tags: [top]\ntaxonomies:\n  tags: [nested]", ("top",)),
    ],
)
def test_tags_are_exactly_as_written(yaml: str, expected: tuple[str, ...]) -> None:
    """Lists, one name, names between commas: none changes its spelling, none comes twice."""
    typed, problems = read(yaml)
    assert (expected, []) == (typed.tags, problems)


def test_category_is_one_value() -> None:
    """`category: Developer Tools` is one category, not two."""
    assert ("Developer Tools",) == read("category: Developer Tools")[0].categories


def test_tags_that_are_a_mapping_are_named() -> None:
    """What cannot be a list of names is a warning with its line; the post is still published."""
    typed, problems = read("title: x\ntags:\n  a: b")
    assert ((), ["4 warning terms-invalid tags is a mapping, not a list of names"]) == (typed.tags, problems)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("author: Ana", [Person(name="Ana")]),
        ("author: Davis, Jr.", [Person(name="Davis, Jr.")]),
        ("authors: Ana, Rui; Eva", [Person(name="Ana"), Person(name="Rui"), Person(name="Eva")]),
        ("author: Ana <ana@example.org>", [Person(name="Ana", email="ana@example.org")]),
        ("author: <ana@example.org>", [Person(name="ana", email="ana@example.org")]),
        ("author: [Ana, Rui]", [Person(name="Ana"), Person(name="Rui")]),
        ('author: "[Ana](https://a.example)"', [Person(name="Ana", url="https://a.example")]),
        (
            'author: "[Ana](https://a.example), [Rui](https://r.example)"',
            [Person(name="Ana", url="https://a.example"), Person(name="Rui", url="https://r.example")],
        ),
        ('author: "Ana ([@ana](https://a.example))"', [Person(name="Ana", url="https://a.example")]),
        (
            "authors:\n  - name: Ana\n    email: a@example.org\n    link: https://a.example",
            [Person(name="Ana", email="a@example.org", url="https://a.example")],
        ),
        ("by: Ana", [Person(name="Ana")]),
        ("author: {twitter: ana}", []),
        ("extra:\n  author: Ana", [Person(name="Ana")]),
        ("author:", []),
    ],
)
def test_authors(yaml: str, expected: list[Person]) -> None:
    """People are read from every way to write them down."""
    assert expected == list(read(yaml)[0].authors)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("draft: true", "draft"),
        ("draft: yes", "draft"),
        ("draft: false", ""),
        ("published: false", "draft"),
        ("published: true", ""),
        ("status: draft", "draft"),
        ("status: hidden", "hidden"),
        ("status: pending", "draft"),
        ("status: seedling", ""),
        ("publish: false", "draft"),
        ("draft:", ""),
        ("status: published", ""),
        ("hidden: true", "hidden"),
        ("unlisted: true", "hidden"),
        ("visibility: members", "not public"),
        ("visibility: public", ""),
    ],
)
def test_what_keeps_a_post_back(yaml: str, expected: str) -> None:
    """Each dialect of draft holds the post back, by reason."""
    assert expected == read(yaml)[0].withheld


@pytest.mark.parametrize(
    ("yaml", "published", "updated"),
    [
        ("date: 2025-01-31", "2025-01-31T00:00:00+00:00", ""),
        ("date: 2025-01-31\nlastmod: 2025-02-01", "2025-01-31T00:00:00+00:00", "2025-02-01T00:00:00+00:00"),
        (
            "pubDate: 2025-01-31\nupdatedAt: 2025-02-01",
            "2025-01-31T00:00:00+00:00",
            "2025-02-01T00:00:00+00:00",
        ),
        ("published: 2025-01-31", "2025-01-31T00:00:00+00:00", ""),
        ("published: true", "", ""),
        ("published: true\ndate: 2025-01-31", "2025-01-31T00:00:00+00:00", ""),
        ("date: 0001-01-01\ncreated: 2025-01-31", "2025-01-31T00:00:00+00:00", ""),
        ("title: undated", "", ""),
    ],
)
def test_dates_are_found_under_their_many_names(yaml: str, published: str, updated: str) -> None:
    """`published: true` is a switch and no date; Hugo's zero date is none."""
    typed, problems = read(yaml)
    assert (published, updated, []) == (iso(typed.published), iso(typed.updated), problems)


def test_an_unreadable_date_is_named_with_its_line() -> None:
    """It never becomes now."""
    typed, problems = read("title: x\ndate: 2025-02-30")
    assert typed.published is None
    assert ["3 error date-invalid '2025-02-30' is not a date: day is out of range for month"] == problems


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("publishDate: soon\ndate: 2025-01-31", "2 error date-invalid"),
        ("expiryDate: soon\ndate: 2025-01-31", "2 error date-invalid"),
        ("lastmod: soon\ndate: 2025-01-31", "2 warning date-invalid"),
        ("date: soon\ndraft: true", "2 warning date-invalid"),
    ],
)
def test_what_could_publish_too_early_keeps_the_post_back(yaml: str, expected: str) -> None:
    """An unreadable embargo or expiry costs the post; an unreadable update does not."""
    (problem,) = read(yaml)[1]
    assert problem.startswith(expected)


@pytest.mark.parametrize(
    ("yaml", "field", "problem"),
    [
        (
            "lang: 'en\" onload=\"x'",
            "language",
            "2 warning language-invalid 'en\" onload=\"x' is not a language tag",
        ),
        (
            "url: javascript:alert(1)",
            "url",
            "2 warning url-invalid 'javascript:alert(1)' is not the address of a post",
        ),
    ],
)
def test_what_is_not_what_it_should_be_is_left_out(yaml: str, field: str, problem: str) -> None:
    """With a warning; the post is published."""
    typed, problems = read(yaml)
    assert ("", [problem]) == (getattr(typed, field), problems)


@pytest.mark.parametrize("yaml", ["draft: tru", "draft: [true]", "draft: 2025-01-01", "draft: {}"])
def test_a_draft_that_is_neither_yes_nor_no_is_kept_back(yaml: str) -> None:
    """Nobody writes `draft:` on a finished post."""
    typed, problems = read(yaml)
    assert "draft" == typed.withheld
    assert problems[0].startswith("2 warning draft-unclear")


@pytest.mark.parametrize(
    ("yaml", "field"),
    [
        ("image: 'javascript:alert(1)'", "image"),
        ("enclosure: file:///etc/passwd", "enclosures"),
        ("title: x\nauthor: {name: A, url: 'javascript:alert(1)'}", "authors"),
    ],
)
def test_what_is_not_on_the_web_is_left_out(yaml: str, field: str) -> None:
    """With a warning at its line; the post is published."""
    typed, problems = read(yaml)
    assert "javascript" not in str(getattr(typed, field))
    assert "file:" not in str(getattr(typed, field))
    assert [f"{yaml.count(chr(10)) + 2} warning address-invalid"] == [
        " ".join(p.split()[:3]) for p in problems
    ]


def test_embargo_and_expiry() -> None:
    """Hugo's `publishDate` and `expiryDate` are read beside `date`."""
    typed, _ = read("date: 2025-01-01\npublishDate: 2025-02-01\nexpiryDate: 2025-03-01")
    assert ("2025-01-01", "2025-02-01", "2025-03-01") == tuple(
        iso(moment)[:10] for moment in (typed.published, typed.embargo, typed.expires)
    )


@pytest.mark.parametrize(
    ("yaml", "expected", "problems"),
    [
        ("enclosure: /a.mp3", [Enclosure(url="/a.mp3", media_type="audio/mpeg")], []),
        (
            "enclosure:\n  url: /a.bin\n  type: audio/ogg\n  length: 12",
            [Enclosure(url="/a.bin", media_type="audio/ogg", length=12)],
            [],
        ),
        (
            "podcast:\n  file: a.m4a\n  length: '7'",
            [Enclosure(url="a.m4a", media_type="audio/mp4", length=7)],
            [],
        ),
        (
            "enclosures: [a.pdf, {url: b.zzz}]",
            [
                Enclosure(url="a.pdf", media_type="application/pdf"),
                Enclosure(url="b.zzz", media_type="application/octet-stream"),
            ],
            [],
        ),
        (
            f"enclosure:\n  url: http://[x/a.mp3\n  length: {'9' * 16}",
            [Enclosure(url="http://[x/a.mp3", media_type="audio/mpeg")],
            [f"3 warning enclosure-length '{'9' * 16}' is not a length in bytes"],
        ),
        (
            "enclosure:\n  url: a.mp3\n  length: 3 MB",
            [Enclosure(url="a.mp3", media_type="audio/mpeg")],
            ["3 warning enclosure-length '3 MB' is not a length in bytes"],
        ),
        ("enclosure: {title: no file}", [], []),
        ("enclosure: [[a.mp3]]", [], []),
    ],
)
def test_enclosures(yaml: str, expected: list[Enclosure], problems: list[str]) -> None:
    """A file that comes with a post is read from text, a mapping or a list of either."""
    typed, found = read(yaml)
    assert (expected, problems) == (list(typed.enclosures), found)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        (
            "newsletter:\n  subject: S\n  preheader: P\n  intro: I\n  skip: yes",
            Mailing(subject="S", preheader="P", intro="I", skip=True),
        ),
        ("newsletter: false", Mailing(skip=True)),
        ("newsletter: true", Mailing()),
        ("title: x", Mailing()),
    ],
)
def test_newsletter(yaml: str, expected: Mailing) -> None:
    """What the mail of a post is to say, or that there is to be none."""
    assert expected == read(yaml)[0].mailing


def test_keys_of_others_are_left_alone() -> None:
    """Front matter is open: what we do not know is no problem."""
    assert [] == read("layout: post\nmath: true\nweight: 3\naliases: [/old/]")[1]


@pytest.mark.parametrize("value", ["x", "[x]", "{x: y}", "", "[[x], {y: z}]", "true", "2025-01-31"])
@pytest.mark.parametrize("key", sorted({k for spellings in header_keys.KEYS.values() for k in spellings}))
def test_any_value_under_any_key_is_read(key: str, value: Any) -> None:
    """No value under a key of ours makes reading fail."""
    typed, _ = read(f"{key}: {value}")
    assert isinstance(typed, Header)
