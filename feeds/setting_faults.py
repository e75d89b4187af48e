"""What is wrong with a settings tree: unknown keys, missing keys, wrong types, values that will not do.

msgspec stops at the first fault and speaks Python; this walks the whole tree and speaks TOML.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.setting_rules import clashes, closest, fault_of
from feeds.settings import TABLES, Settings, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from msgspec import Struct

    from feeds.settings import Row

_TYPES: Mapping[str, tuple[type, str]] = {
    "text": (str, "text"),
    "choice": (str, "text"),
    "number": (int, "a whole number"),
    "list": (list, "a list"),
    "texts": (list, "a list"),
    **dict.fromkeys(TABLES, (dict, "a table")),
    "list of tables": (list, "a list of tables"),
}
_ELSEWHERE = 0.75  # of 1: how alike a key of another table must be to be meant
_FOUND: Mapping[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a fraction",
    date: "a date",
    datetime: "a date",
    time: "a time",
    list: "a list",
    dict: "a table",
}

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """A fault at a key path, before anybody asked which line that is on."""

    path: tuple[str | int, ...]
    code: str
    message: str
    hint: str


def faults(tree: Mapping[str, Any], prefix: Path = ()) -> list[Fault]:
    """Every fault of a tree as `tomllib` reads it. `prefix` is the path of the tree in its file."""
    good: dict[Path, Any] = {}  # values that are right by themselves, by the last two parts of their path
    found = [*_table(tree, Settings, prefix, good)]
    for keys, said in clashes(good):
        paths = [(*prefix, "output", *key) if key[0] == "names" else (*prefix, *key) for key in keys]
        path = next((path for path in paths if _is_given(tree, path[len(prefix) :])), paths[0])
        found.append(Fault(path, "config-value", *said))
    return found


def _table(
    given: Mapping[str, Any], table: type[Struct], path: Path, good: dict[Path, Any], rules: str = ""
) -> Iterator[Fault]:
    """The faults of a table. `rules` is the table that `feeds.setting_rules` knows its keys by."""
    known = rows(table)
    names = {row.name for row in known}
    yield from (_unknown(path, name, value, known) for name, value in given.items() if name not in names)
    for row in known:
        here = (*path, row.name)
        value = given.get(row.name, {} if row.kind == "table" else row.default)
        if row.required and row.name not in given and row.kind != "table":
            hint = f"add `{row.name}`: {row.description}"
            yield Fault(path, "config-missing", f"`{row.name}` is missing {_in(path)}", hint)
        elif type(value) is not _TYPES[row.kind][0]:  # exactly, for true is an int to Python
            yield _wrong_type(here, row, value)
        elif row.table:
            yield from _tables(here, row, value, good)
        elif found := [*_value(here, row, value, rules or str(("", *path)[-1]))]:
            yield from found
        else:
            good[here[-2:]] = value


def _tables(path: Path, row: Row, value: object, good: dict[Path, Any]) -> Iterator[Fault]:
    """The faults of the table that a row stands for, or of each table in it."""
    assert row.table  # noqa: S101 - the caller has looked
    if row.kind == "table" and isinstance(value, dict):
        yield from _table(value, row.table, path, good)
        return
    named = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    for name, entry in named:
        here = (*path, name)
        if isinstance(entry, dict):
            yield from _table(entry, row.table, here, {}, row.name)
        else:
            message = f"`{name}` must be a table, not {_FOUND[type(entry)]}"
            if row.kind == "list of tables":
                message = f"`{row.name}` must hold tables, not {_FOUND[type(entry)]}"
            yield Fault(here, "config-type", message, f"write {_label(here)} above its keys")


def _value(path: Path, row: Row, value: object, rules: str) -> Iterator[Fault]:
    if row.kind == "choice":
        yield from _choice(path, row, value)
    elif row.kind == "texts" and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _text((*path, index), row.name, (rules, row.name), item)
    elif isinstance(value, dict):
        yield from _named(path, row, value, rules)
    elif isinstance(value, list):
        yield from _choices(path, row, value)
    elif isinstance(value, int):
        yield from _number(path, row, value)
    elif isinstance(value, str) and value != row.default and (said := fault_of(rules, row.name, value)):
        yield _value_fault(path, row.name, said)


def _named(path: Path, row: Row, value: Mapping[str, object], rules: str) -> Iterator[Fault]:
    """The faults of texts or numbers that have names of the site's own."""
    for name, item in value.items():
        here = (*path, name)
        if said := fault_of(rules, f"{row.name} keys", name):
            yield _value_fault(here, name, said)
        if row.kind == "named texts":
            yield from _text(here, row.name, (rules, row.name), item)
        elif row.kind == "named numbers" and (type(item) is not int or item < 0):
            yield _value_fault(here, name, ("must be a whole number from 0", f"write it like `{name} = 40`"))


def _choices(path: Path, row: Row, value: list[object]) -> Iterator[Fault]:
    if len(value) < (row.least or 0):
        yield _value_fault(path, row.name, ("is empty", f"choose from {_listed(row.choices)}"))
    for index, item in enumerate(value):
        yield from _choice((*path, index), row, item)
        if item in row.choices and item in value[:index]:
            yield _value_fault((*path, index), row.name, (f"names `{item}` twice", "keep one of them"))


def _number(path: Path, row: Row, value: int) -> Iterator[Fault]:
    for limit, end, broken in (
        (row.least, "least", row.least is not None and value < row.least),
        (row.most, "most", row.most is not None and value > row.most),
    ):
        if broken:
            said = f"must be at {end} {limit}", f"the default is {row.default}"
            yield _value_fault(path, row.name, said)


def _text(path: tuple[str | int, ...], name: str, rule: tuple[str, str], item: object) -> Iterator[Fault]:
    """The fault of one text in a list or a table of texts called `name`."""
    own = path[-1] if isinstance(path[-1], str) else name
    if not isinstance(item, str):
        hint = "write it in quotes"
        yield Fault(path, "config-type", f"`{own}` must be text, not {_FOUND[type(item)]}", hint)
    elif said := fault_of(*rule, item):
        yield _value_fault(path, own, said)


def _choice(path: tuple[str | int, ...], row: Row, value: object) -> Iterator[Fault]:
    if value not in row.choices:
        guess = closest(value, row.choices) if isinstance(value, str) else ""
        hint = f"did you mean `{guess}`?" if guess else f"choose from {_listed(row.choices)}"
        shown = f"`{value}`" if isinstance(value, str) else _FOUND[type(value)]
        yield _value_fault(path, row.name, (f"cannot be {shown}", hint))


def _value_fault(path: tuple[str | int, ...], name: str, said: tuple[str, str]) -> Fault:
    return Fault(path, "config-value", f"`{name}` {said[0]}", said[1])


def _wrong_type(path: Path, row: Row, value: object) -> Fault:
    if row.kind in TABLES:
        is_list = row.kind == "list of tables"
        hint = f"write {_label((*path, 0) if is_list else path)} above its keys"
    else:
        example = "…" if row.kind == "text" else row.default
        hint = f"write it like {row.name} = {json.dumps(example, ensure_ascii=False)}"
    expected, found = _TYPES[row.kind][1], _FOUND[type(value)]
    return Fault(path, "config-type", f"`{row.name}` must be {expected}, not {found}", hint)


def _unknown(path: Path, name: str, value: object, known: tuple[Row, ...]) -> Fault:
    start = path[: path.index("feeds") + 1] if path[:1] == ("tool",) else ()
    homes: dict[str, list[str]] = {}
    for key, table in _keys(Settings, start):
        homes.setdefault(key, []).append(_label(table))
    is_table = isinstance(value, dict)
    names = [row.name for row in known if (row.kind in TABLES) is is_table]
    if name in homes and not is_table:
        hint = f"it belongs in {_listed(homes[name])}"
    elif guess := closest(name, names):
        hint = f"did you mean {_label((*path, guess)) if is_table else f'`{guess}`'}?"
    elif guess := closest(name, homes, alike=_ELSEWHERE):
        hint = f"did you mean `{guess}` in {_listed(homes[guess])}?"
    else:
        hint = f"choose from {_listed(f'`{row.name}`' for row in known)}"
    message = f"table {_label((*path, name))}" if is_table else f"`{name}` {_in(path)}"
    return Fault((*path, name), "config-unknown-key", f"there is no {message}", hint)


def _keys(table: type[Struct], path: Path) -> Iterator[tuple[str, Path]]:
    """Every key that is not a table, with the path of the table it belongs in."""
    for row in rows(table):
        if row.kind == "table" and row.table:
            yield from _keys(row.table, (*path, row.name))
        elif row.kind not in TABLES:
            yield row.name, path


def _is_given(tree: Mapping[Any, Any], path: Path) -> bool:
    for name in path[:-1]:
        tree = tree.get(name, {})
    return path[-1] in tree


def _label(path: Path) -> str:
    """A table's header: that of an item in a list of tables has two brackets, and no number."""
    named = (part for part in path if isinstance(part, str))
    names = ".".join(part if re.fullmatch(r"[\w-]+", part) else json.dumps(part) for part in named)
    return f"[{names}]" if all(isinstance(part, str) for part in path) else f"[[{names}]]"


def _in(path: Path) -> str:
    return f"in {_label(path)}" if path else "at the top of the file"


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
