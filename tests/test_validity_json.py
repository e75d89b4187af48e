"""JSON Feed as the lint has it: every rule broken by one small change to a feed without faults."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from validity_cases import GONE, JSON_CASES, JSON_FEED, JSON_URL, changed

from feeds.validity import content, json_reading, jsonfeed

NOW = datetime(2026, 6, 1, tzinfo=UTC)
# Those that no change of one member breaks.
ELSEWHERE = {"json-object", "json-version-first"}


def found(feed: object) -> set[str]:
    """The ids of the rules that a feed breaks."""
    return {finding.rule.id for finding in jsonfeed.lint(feed, JSON_URL, now=NOW)}


def test_a_full_feed_has_no_faults() -> None:
    """Every member that JSON Feed has, at its best."""
    assert [] == [(each.rule.id, each.message) for each in jsonfeed.lint(JSON_FEED, JSON_URL, now=NOW)]


@pytest.mark.parametrize(("rule", "path", "broken", "kept"), JSON_CASES)
def test_a_rule_is_broken_and_kept(rule: str, path: str, broken: object, kept: object) -> None:
    """One change breaks it, another close by does not."""
    assert rule in found(changed(path, broken))
    if kept is not GONE or path in {"items/0/image", "items/0/summary"}:
        assert rule not in found(changed(path, kept))


def test_no_rule_is_dead() -> None:
    """Each row of the table is broken by some case."""
    assert {case[0] for case in JSON_CASES} | ELSEWHERE == set(jsonfeed.RULES)


@pytest.mark.parametrize("document", [None, [], "feed", 1, 1.5, True])
def test_a_feed_is_an_object(document: object) -> None:
    """And nothing else is looked at."""
    assert {"json-object"} == found(document)


def test_the_version_comes_first() -> None:
    """So that programs can tell early what they read."""
    assert {"json-version-first"} == found(dict(reversed(JSON_FEED.items())))


def test_both_ways_to_name_an_author_are_fine_together() -> None:
    """Older readers need the one that is outdated."""
    assert set() == found(JSON_FEED | {"author": {"name": "Ada Example"}})


def test_the_html_is_judged() -> None:
    """By the same rules as in the other formats."""
    broken = changed("items/0/content_html", '<p>It <script src="x.js"></script>')
    assert found(broken) & set(content.RULES)
    (finding, *_) = jsonfeed.lint(broken, JSON_URL)
    assert ("tag:example.org,2026:first", "body") == (finding.entry, finding.field)


def test_findings_have_lines_where_the_document_was_read() -> None:
    """Of the member, else of the object that lacks it."""
    feed = changed("items/1/url", GONE) | {"icon": "icon.png"}
    text = json.dumps(feed, indent=2)
    value, faults = json_reading.read(text.encode())
    assert () == faults
    assert feed == value
    lines = text.split("\n")
    by_rule = {each.rule.id: each for each in jsonfeed.lint(value, JSON_URL)}
    assert '  "icon": "icon.png",' == lines[by_rule["json-address"].line - 1]
    assert '      "id": "tag:example.org,2026:note",' == lines[by_rule["json-item-url"].line]


@pytest.mark.parametrize(
    ("rule", "data", "line"),
    [
        ("json-readable", b'{"a": 1,}', 1),
        ("json-readable", b'{"a" 1}', 1),
        ("json-readable", b"{1: 2}", 1),
        ("json-readable", b'{"a": 1 "b": 2}', 1),
        ("json-readable", b"[1, 2,\n]", 2),
        ("json-readable", b'{"a": 1}\n{}', 2),
        ("json-readable", b"", 1),
        ("json-readable", b'{"a": nul}', 1),
        ("json-readable", b'{"a": "tab\there"}', 1),
        ("json-readable", b"[" * 200 + b"]" * 200, 1),
        ("json-readable", b"1" * 5_000, 1),
        ("json-utf-8", b'{"a":\n"\xff"}', 2),
        ("json-utf-8", '{"a": 1}'.encode("utf-16"), 1),
        ("json-byte-order-mark-absent", b"\xef\xbb\xbf{}", 1),
        ("json-member-once", b'{"a": 1,\n"a": 2}', 2),
        ("json-number-finite", b'[\n{"a": NaN}]', 2),
        ("json-number-finite", b"[-Infinity]", 1),
        ("json-number-finite", b"1e999", 1),
        ("json-character-whole", rb'{"a": "\ud83d"}', 1),
        ("json-size", b'"' + b"x" * 1_000_000 + b'"', 1),
        ("json-size", b" " * 20_000_001, 1),
    ],
)
def test_what_is_no_json_is_told_with_its_line(rule: str, data: bytes, line: int) -> None:
    """Whatever it is, by one finding."""
    _, faults = json_reading.read(data)
    assert [(rule, line)] == [(each.rule.id, each.line) for each in faults]


@pytest.mark.parametrize(
    "data",
    [
        b' {"a" : [ 1 , 2.5e1,true,null,"\\u00e9\\ud83d\\ude00" ] , "b":{}}\r\n',
        b"[]",
        b'"\xc3\xa9"',
        b"-0.0",
        b'"' + b"x" * 999_000 + b'"',
    ],
)
def test_what_is_json_is_read_as_python_reads_it(data: bytes) -> None:
    """With nothing to say about it."""
    assert (json.loads(data), ()) == json_reading.read(data)


def test_no_rule_of_reading_is_dead() -> None:
    """Each row of the table is broken by some case."""
    (mark,) = [
        each
        for each in test_what_is_no_json_is_told_with_its_line.pytestmark  # type: ignore[attr-defined]
        if each.name == "parametrize"
    ]
    assert {case[0] for case in mark.args[1]} == set(json_reading.RULES)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_whatever_json_says_is_read(value: object) -> None:
    """Indented or not, it is what was written."""
    for indent in (None, 2):
        assert (value, ()) == json_reading.read(json.dumps(value, indent=indent).encode())


@given(st.text(alphabet='{}[],:"\\ \n0123e.-truefalsnNIy', max_size=60))
def test_any_text_is_judged_like_python_does(text: str) -> None:
    """What Python's own reader refuses, ours does as well, and the other way round."""
    try:
        json.loads(text)
        readable = True
    except ValueError:
        readable = False
    _, faults = json_reading.read(text.encode())
    assert readable == ("json-readable" not in {each.rule.id for each in faults})


@given(st.sampled_from(sorted({case[1] for case in JSON_CASES})), VALUES)
def test_any_value_anywhere_can_be_judged(path: str, value: object) -> None:
    """Whatever a member is, a verdict comes out."""
    list(jsonfeed.lint(changed(path, value), JSON_URL, now=NOW))
