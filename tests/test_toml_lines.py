"""Finding out on which line a TOML key stands."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.toml_lines import locate

SMALL = {
    "tables and dotted keys": (
        "a = 1\n[b]\nc.d = 2\n  e   =3\n[f.g]\nh = 4\n",
        {
            ("a",): (1, 1),
            ("b",): (2, 2),
            ("b", "c"): (3, 1),
            ("b", "c", "d"): (3, 3),
            ("b", "e"): (4, 3),
            ("f",): (5, 2),
            ("f", "g"): (5, 4),
            ("f", "g", "h"): (6, 1),
        },
    ),
    "a table's own header is where it stands": (
        "[a.b]\n[a]\nc = 1\n",
        {("a",): (2, 2), ("a", "b"): (1, 4), ("a", "c"): (3, 1)},
    ),
    "arrays of tables, nested": (
        "[[a]]\n[[a.b]]\nx = 1\n[a.c]\ny = 2\n[[ a ]]\nb = 3\n",
        {
            ("a",): (1, 3),
            ("a", 0): (1, 3),
            ("a", 0, "b"): (2, 5),
            ("a", 0, "b", 0): (2, 5),
            ("a", 0, "b", 0, "x"): (3, 1),
            ("a", 0, "c"): (4, 4),
            ("a", 0, "c", "y"): (5, 1),
            ("a", 1): (6, 4),
            ("a", 1, "b"): (7, 1),
        },
    ),
    "inline tables in an array over several lines": (
        "a = [ # [no]\n  {b = 1, c.d = [2]},\n  {},\n] # e = 1\nf = 2\n",
        {
            ("a",): (1, 1),
            ("a", 0): (2, 3),
            ("a", 0, "b"): (2, 4),
            ("a", 0, "c"): (2, 11),
            ("a", 0, "c", "d"): (2, 13),
            ("a", 0, "c", "d", 0): (2, 18),
            ("a", 1): (3, 3),
            ("f",): (5, 1),
        },
    ),
    "quoted keys": (
        '"a.b" = 1\n\'c=\'."\\u00e9 \\"" = 2\n["["]\nd = 3\n',
        {
            ("a.b",): (1, 1),
            ("c=",): (2, 1),
            ("c=", 'é "'): (2, 6),
            ("[",): (3, 2),
            ("[", "d"): (4, 1),
        },
    ),
    "text that looks like keys": (
        (
            'a = """\nb = 1\n[c]\\\n\\"""" # d = 1\n'
            "e = '''\nf = 1\n'''''\ng = \"#\"  # h = \"\ni = '\\'\nj = 2\n"
        ),
        {("a",): (1, 1), ("e",): (5, 1), ("g",): (8, 1), ("i",): (9, 1), ("j",): (10, 1)},
    ),
    "quotes at the end of a long text": (
        'a = ["""x"""", \'y\', """""""", \'\', "z"]\nb = 1\n',
        {("a",): (1, 1), **{("a", n): (1, at) for n, at in enumerate((6, 16, 21, 31, 35))}, ("b",): (2, 1)},
    ),
    "values in pieces": (
        "a = 1979-05-27 07:32:00.5Z\nb = -1.5e+3\nc = [1.5, +inf]\nd = true\n",
        {
            ("a",): (1, 1),
            ("b",): (2, 1),
            ("c",): (3, 1),
            ("c", 0): (3, 6),
            ("c", 1): (3, 11),
            ("d",): (4, 1),
        },
    ),
    "Windows line ends": ("[a]\r\nb = 1\r\n", {("a",): (1, 2), ("a", "b"): (2, 1)}),
    "nothing": ("", {}),
}


@pytest.mark.parametrize(("text", "expected"), SMALL.values(), ids=SMALL)
def test_small_documents(text: str, expected: dict[tuple[str | int, ...], tuple[int, int]]) -> None:
    """Every key, table and item of these documents is where one would put the finger."""
    tomllib.loads(text)
    assert expected == locate(text)


def test_very_long_paths_are_left_out() -> None:
    """A key of thousands of parts costs no more than its text, and is not in the way of the next one."""
    long = ".".join(["a"] * 20_000)
    found = locate(f"[{long}]\nb = 1\n[c]\n{long} = [{{d = 1}}]\ne = 2\n[[f.{long}]]\ng = 1\n")
    assert max(map(len, found)) == 64
    assert {("a",): (1, 2), ("c",): (3, 2), ("c", "e"): (5, 1), ("f",): (6, 3)}.items() <= found.items()
    assert not {path for path in found if path[-1] in {"b", "d", "g"}}


ODD = st.text("ab=[]{}#,. é字\n\t\"'\\\x7f", max_size=9)
KEYS = st.text("ab-_1", min_size=1, max_size=3) | ODD
GAPS = st.sampled_from(["", " ", "\n", " # ] } x = 1\n"])
SPACES = st.sampled_from(["", " ", "\t"])


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if re.fullmatch("[a-z1_-]+", name) else _string(name)


SCALARS = st.one_of(
    st.sampled_from(["1", "-2", "true", "1.5e3", "1979-05-27 07:32:00", "07:32:00", "inf"]),
    ODD.map(_string),
    ODD.map("'''\n{}'''".format),
    ODD.map('"""{}"""'.format),
)


@st.composite
def _dotted(draw: st.DrawFn) -> str:
    keys = draw(st.lists(KEYS, min_size=1, max_size=3))
    return f"{draw(SPACES)}.{draw(SPACES)}".join(map(_key, keys))


@st.composite
def _array(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    return "[" + ",".join(f"{draw(GAPS)}{v}{draw(GAPS)}" for v in draw(st.lists(values, max_size=3))) + "]"


@st.composite
def _inline(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    pairs = draw(st.lists(st.tuples(_dotted(), SPACES, values), max_size=3))
    return "{" + ", ".join(f"{key}{space}={space}{value}" for key, space, value in pairs) + "}"


VALUES = st.recursive(SCALARS, lambda inner: _array(inner) | _inline(inner), max_leaves=6)
LINES = st.one_of(
    st.tuples(_dotted(), VALUES).map(" = ".join),
    _dotted().map("[{}]".format),
    _dotted().map("[[ {} ]]".format),
    st.just("# a = 1"),
    st.just(""),
)


def _paths(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path}.union(*(_paths(inner, (*path, name)) for name, inner in parts))


@given(st.lists(LINES, max_size=8))
@example(["[a]", "b = {c = 1}", "[a.d]", "[[a.e]]", "[[a.e]]", "[a.e.f]"])
def test_agrees_with_tomllib(lines: list[str]) -> None:
    """The paths found are those that `tomllib` finds, and each position is where the key is written."""
    kept: list[str] = []
    for line in lines:
        try:
            tomllib.loads("\n".join([*kept, line]))
        except tomllib.TOMLDecodeError:
            continue
        kept.append(line)
    text = "\n".join(kept)
    found = locate(text)
    assert _paths(tomllib.loads(text)) == {(), *found}
    rows = text.split("\n")
    for path, (line_number, column) in found.items():
        if isinstance(key := path[-1], str):
            assert rows[line_number - 1][column - 1 :].startswith(_key(key))
