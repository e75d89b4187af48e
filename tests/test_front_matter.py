"""Front matter and bodies told apart, whatever the fences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import front_matter
from feeds.model import Findings


def split(text: str) -> tuple[front_matter.FrontMatter, list[str]]:
    """The front matter, and its problems as `line:column code message | hint`."""
    findings = Findings("post.md")
    found = front_matter.split(text, findings)
    return found, [f"{p.line}:{p.column} {p.code} {p.message} | {p.hint}" for p in findings.problems]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Hi\n---\nbody",
        "--- \ntitle: Hi\n---\t\nbody",
        "------\ntitle: Hi\n------\nbody",
        "---\ntitle: Hi\n...\nbody",
        "---yaml\ntitle: Hi\n---\nbody",
        "---\n# a comment\ntitle: Hi\n---\nbody",
        '---\n"title": Hi\n---\nbody',
        "---\n{title: Hi}\n---\nbody",
        "\n\n---\ntitle: Hi\n---\nbody",
        "+++\ntitle = 'Hi'\n+++\nbody",
        "---toml\ntitle = 'Hi'\n---\nbody",
        ';;;\n{"title": "Hi"}\n;;;\nbody',
        '---json\n{"title": "Hi"}\n---\nbody',
        '{"title": "Hi"}\nbody',
        '{\n  "title": "Hi"\n}\nbody',
        "Title: Hi\n\nbody",
        "title: Hi\n---\nbody",
    ],
)
def test_every_fence_is_read(text: str) -> None:
    """YAML, TOML, JSON and Pelican's metadata, with each fence that real files have."""
    found, problems = split(text)
    values = {key.lower(): value for key, value in found.values.items()}
    assert ({"title": "Hi"}, "body", True, []) == (values, found.body.strip(), found.present, problems)
    assert "body" == text.split("\n")[found.body_line - 1] or not text.split("\n")[found.body_line - 1]


@pytest.mark.parametrize(
    "text",
    [
        "just prose",
        "---\n\nprose after a rule\n",
        "# Heading\n\n---\n\nmore",
        "Note: this is prose, not metadata\nand goes on",
        "{{< figure src=x >}}",
        "{not json}",
        "",
    ],
)
def test_a_file_without_front_matter_is_all_body(text: str) -> None:
    """What merely looks like front matter stays in the body."""
    found, problems = split(text)
    assert (text, False, []) == (found.body, found.present, problems)


def test_scalars_stay_as_written() -> None:
    """YAML 1.1 would make these 2025, True, None, 1.1, 8, 750 and False."""
    found, _ = split("---\ntags: [2025, true, null, 1.10, 010, 12:30, No, C++]\n---\n")
    assert ["2025", "true", "null", "1.10", "010", "12:30", "No", "C++"] == found.values["tags"]


def test_toml_and_json_values_become_text() -> None:
    """The formats agree on what a value is once it is read."""
    toml, _ = split("+++\ntags = [2025, 1.10, true]\ndate = 2025-01-31T10:00:00Z\nnone = {a = 1}\n+++\n")
    assert {
        "tags": ["2025", "1.10", "true"],
        "date": "2025-01-31 10:00:00+00:00",
        "none": {"a": "1"},
    } == dict(toml.values)
    loaded, _ = split('{"tags": [2025, 1.10, true, null]}\n')
    assert ["2025", "1.10", "true", None] == loaded.values["tags"]


def test_empty_yaml_values_are_absent() -> None:
    """`key:` and `key: ~` say nothing; a quoted empty text is for the header to judge."""
    found, _ = split('---\na:\nb: ~\nc: null\nd: ""\ne: "~"\n---\n')
    assert {"a": None, "b": None, "c": None, "d": "", "e": "~"} == dict(found.values)


def test_anchors_aliases_and_merge_keys() -> None:
    """YAML's own ways to repeat a value work; the mapping's own keys win over merged ones."""
    found, problems = split("---\nbase: &b {x: 1, y: 2}\nmore:\n  <<: *b\n  y: 3\nagain: *b\n---\n")
    assert ({"x": "1", "y": "3"}, {"x": "1", "y": "2"}, []) == (
        found.values["more"],
        found.values["again"],
        problems,
    )


def test_places_are_those_of_the_file() -> None:
    """Line and column point at the value, fences and blank lines counted."""
    found, _ = split("---\ntitle: Hi\n\ndate: 2025-01-31\ntags:\n  - a\n---\nbody")
    assert {"title": (2, 8), "date": (4, 7), "tags": (6, 3)} == dict(found.places)
    assert 8 == found.body_line
    toml, _ = split("+++\ntitle = 'Hi'\n\ndate = 2025-01-31\n+++\nbody")
    assert {"title": (2, 1), "date": (4, 1)} == dict(toml.places)
    json, _ = split('{\n"title": "Hi",\n  "date": "2025-01-31"\n}\nbody')
    assert {"title": (2, 1), "date": (3, 3)} == dict(json.places)
    pelican, _ = split("Title: Hi\nSummary: one\n  two\nDate: 2025-01-31\n\nbody")
    assert ({"Title": (1, 8), "Summary": (2, 10), "Date": (4, 7)}, "one two") == (
        dict(pelican.places),
        pelican.values["Summary"],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "---\ntitle: a: b\n---\n",
            "2:9 front-matter-invalid not valid YAML: mapping values are not allowed in this context | "
            'a value with a colon goes in quotes: title: "a: b"',
        ),
        (
            "---\ntitle: x\nauthor: @bob\n---\n",
            "3:9 front-matter-invalid not valid YAML: found character that cannot start any token | "
            'put the value in quotes: author: "@bob"',
        ),
        (
            "---\na:\n\tb: c\n---\n",
            "3:1 front-matter-invalid not valid YAML: found character that cannot start any token | "
            "indent with spaces, not tabs",
        ),
        (
            "---\ntitle: x\ndate: 2025-01-31\n",
            "1:1 front-matter-unclosed the front matter that starts with --- is never closed | "
            "put --- on a line of its own after the last key",
        ),
        (
            "---\n- a\n- b\n---\n",
            "2:1 front-matter-invalid the front matter is a list, not `key: value` lines | ",
        ),
        (
            "---\na: 1\n--- # no fence\nb: 2\n---\n",
            "3:1 front-matter-invalid the front matter holds a second document | ",
        ),
        (
            "+++\ntitle = Hi\n+++\n",
            "2:9 front-matter-invalid not valid TOML: Invalid value | ",
        ),
        (
            "+++\ntitle = 'Hi'\n",
            "1:1 front-matter-unclosed the front matter that starts with +++ is never closed | "
            "put +++ on a line of its own after the last key",
        ),
        ('{\n"title" "Hi"}\n', "2:9 front-matter-invalid not valid JSON: expecting ':' delimiter | "),
        (";;;\n[1]\n;;;\n", "2:1 front-matter-invalid the front matter is a list, not `key: value` lines | "),
        (
            "Title: Hi\nno key here\n\nbody",
            "2:1 front-matter-invalid this line is neither `Key: value` nor blank | "
            "end the metadata with an empty line",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, expected: str) -> None:
    """Every fault comes with line, column, reason and, where it can be guessed, the way out."""
    found, problems = split(text)
    assert ([expected], {}, "") == (problems, dict(found.values), found.body)


def test_a_duplicate_key_is_a_warning_with_both_lines() -> None:
    """The last one wins, as everywhere, but not silently."""
    found, problems = split("---\ntitle: one\ntags: []\ntitle: two\n---\n")
    assert "two" == found.values["title"]
    assert [
        "4:1 key-duplicate title is already set in line 2; this line wins | keep one of the two"
    ] == problems


@pytest.mark.parametrize(
    "header",
    [
        "a: " + "[" * 30_000,
        "a: " + "{x: " * 30_000,
        "a: &a [x,x,x,x,x,x,x,x]\nb: &b ["
        + "*a," * 10
        + "]\nc: &c ["
        + "*b," * 10
        + "]\nd: &d ["
        + "*c," * 10
        + "]\ne: ["
        + "*d," * 10
        + "]",
        "\n".join(f"k{n}: {'v' * 100}" for n in range(1000)),
    ],
    ids=["brackets", "braces", "aliases", "huge"],
)
def test_bombs_are_refused(header: str) -> None:
    """What crashes the composer of libyaml, or unfolds without end, is an error like any other."""
    _, problems = split(f"---\n{header}\n---\nbody")
    assert 1 == len(problems)
    assert "front-matter-too" in problems[0]


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000])
def test_numbers_without_end_are_refused(number: str) -> None:
    """Python will not turn thousands of digits into a number; the post is named, nothing crashes."""
    _, problems = split(f"+++\na = {number}\n+++\n")
    assert 1 == len(problems)
    assert "front-matter-invalid" in problems[0]


@pytest.mark.parametrize(
    "text", ['---\ntitle: "a\\x07b"\n---\n', '+++\ntitle = "a\\u0007b"\n+++\n', '{\n"title": "a\\u0007b"}\n']
)
def test_control_characters_behind_escapes_are_left_out(text: str) -> None:
    """They pass the text gate as plain letters, and would cost the feed as much as bare ones."""
    found, problems = split(text)
    assert ("ab", 1) == (found.values["title"], len(problems))
    assert "character-forbidden" in problems[0]
    assert problems[0].startswith("2:")


def test_an_alias_to_nothing_is_absent() -> None:
    """An unknown anchor is no reason to lose a post, nor is one that holds itself."""
    found, _ = split("---\na: &a [*a]\n---\n")
    assert {"a": [None]} == dict(found.values)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=200))
def test_nothing_but_problems_comes_of_any_text(text: str) -> None:
    """Whatever stands between fences, reading ends with values or with a problem in that file's lines."""
    for fence in ("---", "+++", ";;;", ""):
        findings = Findings("post.md")
        found = front_matter.split(f"{fence}\n{text}\n{fence}\nbody", findings)
        assert found.values is not None
        assert all(0 < problem.line <= text.count("\n") + 5 for problem in findings.problems)
