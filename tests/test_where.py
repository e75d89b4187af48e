"""The expressions of `[[feeds.custom]] where`: which posts they mean, and what is said of the others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds import where
from feeds.model import Enclosure, Episode, Person
from samples import a_post

POST = a_post(
    tags=("Python", "C++", "and", "5'6\""),
    categories=("Week Notes",),
    authors=(Person(name="Ada Lovelace"),),
    section="Posts/Linux",
    language="en-GB",
    published=datetime(2025, 3, 9, 23, 30, tzinfo=UTC),
    image="https://example.org/i.jpg",
    enclosures=(Enclosure(url="https://example.org/a.mp3", media_type="audio/mpeg"),),
)
BARE = a_post(title="", published=datetime(2024, 12, 31, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tag:python", True),
        ("tag:PYTHON", True),
        ("TAG:python", True),
        ('tag:"python"', True),
        ("tag:'python'", True),
        ("tag:c++", True),
        ("tag:c", False),
        ("tag:and", True),
        ("tag:5'6\"", True),
        ("category:week-notes", True),
        ('category:"week notes"', True),
        ('author:"ada  LOVELACE"', True),
        ("author:ada", False),
        ("section:posts", True),
        ("section:posts/linux", True),
        ("section:/posts/linux/", True),
        ("section:linux", False),
        ("language:en", True),
        ("language:EN-gb", True),
        ("language:e", False),
        ("language:en-GB-x", False),
        ("has:enclosure has:audio has:image has:title", True),
        ("has:video or has:episode", False),
        ("has:AUDIO", True),
        ("year:2025", True),
        ("year:2024", False),
        ("since:2025-03-09 until:2025-03-09", True),
        ("since:2025-03 and until:2025-03", True),
        ("since:2025-03-10", False),
        ("until:2025-02", False),
        ("until:2025", True),
        ("since:2026", False),
        ("tag:*", True),
        ('tag:"*"', False),
        ("section:*", True),
        ("not tag:python", False),
        ("-tag:python", False),
        ("-tag:rust", True),
        ("not not tag:python", True),
        ("-(tag:rust or tag:go)", True),
        ("tag:python -tag:c++", False),
        ("tag:python tag:c++", True),
        ("tag:python tag:rust", False),
        ("tag:python and not tag:meta and category:'week notes'", True),
        ("tag:rust or tag:go or tag:python", True),
        ("tag:python or tag:rust and tag:go", True),
        ("(tag:python or tag:rust) and tag:go", False),
        ("NOT tag:rust AND tag:python", True),
        ("not tag:rust or tag:go", True),
        ("(tag:python)(tag:c++)", True),
        ("\n tag:python\n and tag:c++ \n", True),
    ],
)
def test_what_an_expression_means(text: str, expected: bool) -> None:  # noqa: FBT001 - of a table
    """`not` binds closer than `and`, and that closer than `or`; terms side by side must all hold."""
    assert expected is where.parse(text).matches(POST)


@pytest.mark.parametrize(
    "text", ["tag:*", "author:*", "section:*", "has:title", "has:image", "has:enclosure", "since:2025"]
)
def test_what_a_post_lacks(text: str) -> None:
    """A star stands for any term, and a bare post has none."""
    assert not where.parse(text).matches(BARE)


def test_an_author_is_known_by_id_and_by_name() -> None:
    """What the site's register has of somebody may be said either way."""
    told = a_post(authors=(Person(id="ada", name="Ada Lovelace"),))
    assert all(
        where.parse(text).matches(told) for text in ("author:ADA", 'author:"ada lovelace"', "author:*")
    )
    assert not where.parse("author:lovelace").matches(told)


def test_video_and_episodes() -> None:
    """A podcast's feed can be told by what its posts bring along."""
    film = a_post(
        enclosures=(Enclosure(url="https://example.org/a.mp4", media_type="video/mp4"),), episode=Episode()
    )
    assert where.parse("has:video and has:episode and not has:audio").matches(film)


def test_an_empty_tag_is_no_star() -> None:
    """Names are compared as the paths of feeds are made."""
    assert where.parse('tag:"jit compiler"').matches(a_post(tags=("JIT-Compiler",)))


@pytest.mark.parametrize(
    ("text", "message", "column", "hint"),
    [
        ("", "it is empty", 1, "write a term such as tag:python"),
        (" \t", "it is empty", 1, "write a term such as tag:python"),
        ("tags:python", "`tags:` is no field", 1, "did you mean tag:?"),
        ("tag:a and categories:b", "`categories:` is no field", 11, "did you mean category:?"),
        (
            "zzz:b",
            "`zzz:` is no field",
            1,
            "choose from category: tag: author: section: language: has: year: since: until:",
        ),
        ("python", "`python` names no field", 1, "did you mean tag:python?"),
        ("#python", "`#python` names no field", 1, "did you mean tag:python?"),
        ("tag=python", "`tag=python` names no field", 1, "write tag:python"),
        (
            "category:week notes",
            "`notes` names no field",
            15,
            'a value of several words wants quotes: category:"week notes"',
        ),
        ("tag:a && tag:b", "`&&` names no field", 7, "write and"),
        ("tag:a || tag:b", "`||` names no field", 7, "write or"),
        ("! tag:a", "`!` names no field", 1, "write not"),
        (":a", "`:a` names no field", 1, "did you mean tag:a?"),
        (":", "`:` names no field", 1, "write a term such as tag:python"),
        ("tag:", "`tag:` has nothing behind it", 5, "write the value without a space before it, as in tag:x"),
        (
            "tag: a",
            "`tag:` has nothing behind it",
            5,
            "write the value without a space before it, as in tag:x",
        ),
        (
            'tag:""',
            "`tag:` has nothing behind it",
            5,
            "write the value without a space before it, as in tag:x",
        ),
        ('tag:"a', "a quote is never closed", 5, 'add the "'),
        ('"a"', "a quote has no field before it", 1, "put the field before it, as in tag:"),
        ("(tag:a", "a `(` is never closed", 1, "add the `)`"),
        ("tag:b  ( tag:a or tag:c", "a `(` is never closed", 8, "add the `)`"),
        ("tag:a)", "a `)` has no `(`", 6, "leave it out, or open it"),
        ("()", "a `)` stands where a term should be", 2, "write a term such as tag:python"),
        ("tag:a and", "it ends where a term should be", 10, "write a term such as tag:python"),
        ("not", "it ends where a term should be", 4, "write a term such as tag:python"),
        ("-", "it ends where a term should be", 2, "write a term such as tag:python"),
        ("or tag:a", "`or` stands where a term should be", 1, "a term stands on each side of it"),
        ("tag:a and or tag:b", "`or` stands where a term should be", 11, "a term stands on each side of it"),
        ("has:vdeo", "`has:vdeo` is nothing that a post has", 1, "did you mean has:video?"),
        (
            "has:x",
            "`has:x` is nothing that a post has",
            1,
            "choose from enclosure audio video image title episode",
        ),
        ("year:25", "`year:25` is no year", 1, "write year:2025"),
        ("year:0000", "`year:0000` is no year", 1, "write year:2025"),
        ("year:2025-01", "`year:2025-01` is no year", 1, "write year:2025"),
        (
            "tag:a since:٢٠٢٥",
            "`since:٢٠٢٥` is no date",
            7,
            "write since:2025-01-31, since:2025-01 or since:2025",
        ),
        (
            "until:2025-02-30",
            "`until:2025-02-30` is no date",
            1,
            "write until:2025-01-31, until:2025-01 or until:2025",
        ),
        ("tag:" + "a" * 2000, "it is longer than 2000 characters", 2001, "split it into several feeds"),
        ("(" * 40 + "tag:a" + ")" * 40, "it nests deeper than 32 levels", 33, "write it more plainly"),
        ("not " * 40 + "tag:a", "it nests deeper than 32 levels", 129, "write it more plainly"),
    ],
)
def test_what_is_said_of_other_texts(text: str, message: str, column: int, hint: str) -> None:
    """Where it is wrong, what was expected, and the closest right word."""
    with pytest.raises(where.Invalid) as caught:
        where.parse(text)
    assert (message, column, hint) == (caught.value.message, caught.value.column, caught.value.hint)
    assert f"{message} (column {column})" == str(caught.value)


def test_terms_say_where_they_stand() -> None:
    """For what is said later of a name that no post has."""
    terms = where.parse("tag:a or -(section:b has:title)").terms
    assert [("tag", "a", 1), ("section", "b", 12), ("has", "title", 22)] == [
        (term.field, term.value, term.column) for term in terms
    ]
    assert ["tags", "sections", None] == [term.taxonomy and term.taxonomy.name for term in terms]


PIECES = st.sampled_from(
    [
        *("tag:", "has:", "year:", "since:", "section:", "a", "*", "2025", "title", "and", "or", "not", "-"),
        *("(", ")", '"', "'", " ", "\n", ":", "=", "#", "\\", "🎉", "\ud800", "ſ", "K"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)))
@example("tag:\ud800")
@example("(" * 2000)
@example("-" * 2000)
def test_any_text_is_an_expression_or_said_not_to_be(text: str) -> None:
    """Nothing else comes out, and what comes out can be asked of any post."""
    try:
        found = where.parse(text)
    except where.Invalid as error:
        said = (1 <= error.column <= len(text) + 1, bool(error.hint))
    else:
        said = (found.matches(POST) in {True, False}, found.matches(BARE) in {True, False})
    assert (True, True) == said


TERMS = st.sampled_from(["tag:python", "tag:rust", "has:audio", "year:2024"])
TREES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        inner.map(lambda one: f"not ({one})"),
        st.tuples(inner, st.sampled_from([" and ", " or ", " "]), inner).map(
            lambda each: f"({''.join(each)})"
        ),
    ),
    max_leaves=12,
)


@given(TREES)
def test_expressions_are_logic(text: str) -> None:
    """Whatever is written says of a post what Python would say."""
    truth = {"tag:python": "True", "tag:rust": "False", "has:audio": "True", "year:2024": "False"}
    python = text
    for term, value in truth.items():
        python = python.replace(term, value)
    for left in ("True", "False", ")"):
        for right in ("True", "False", "(", "not"):
            python = python.replace(f"{left} {right}", f"{left} and {right}")
    assert eval(python) is where.parse(text).matches(POST)  # noqa: S307 - our own text
