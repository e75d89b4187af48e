"""The settings as data: one row for each key of a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec import Meta as Key
from msgspec.structs import FieldInfo, fields

if TYPE_CHECKING:
    from collections.abc import Mapping


Kind = Literal[
    "text",
    "number",
    "choice",
    "list",
    "texts",
    "table",
    "open table",
    "named texts",
    "named numbers",
    "tables",
    "list of tables",
]
TABLES = frozenset({"table", "open table", "named texts", "named numbers", "tables", "list of tables"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One key of a table, as data.

    `choices` are the values a "choice" or the items of a "list" may have, `least` is the smallest number or
    the fewest items and `most` the largest number. `table` is the table that a "table" holds, that each name
    in "tables" stands for, or that each item of a "list of tables" is. In an "open table" anything goes;
    "named texts" are texts by names that are the site's own, "named numbers" whole numbers from 0. A required
    key has no `default`.
    """

    name: str
    kind: Kind
    description: str
    required: bool
    default: Any = None
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    table: type[Struct] | None = None


@lru_cache
def rows(table: type[Struct]) -> tuple[Row, ...]:
    """The keys of a table, in the order they are written above."""
    return tuple(_row(info) for info in fields(table))


def _row(info: FieldInfo) -> Row:
    kind, key = get_args(info.type) if get_origin(info.type) is Annotated else (info.type, Key())
    inner = get_args(kind)[-1] if get_origin(kind) in {list, dict} else kind
    table = inner if isinstance(inner, type) and issubclass(inner, Struct) else None
    made = info.default_factory is not NODEFAULT
    return Row(
        name=info.name,
        kind=_kind(kind, inner),
        description=key.description or (table.__doc__ or "").strip(),
        required=info.required,
        default=info.default_factory() if made else None if info.required else info.default,
        choices=get_args(inner) if get_origin(inner) is Literal else (),
        least=int(key.ge) if key.ge is not None else key.min_length,
        most=None if key.le is None else int(key.le),
        table=table,
    )


def _kind(kind: object, inner: object) -> Kind:
    """What a row of the type `kind` is, whose items, if it has any, are of the type `inner`."""
    kinds: Mapping[object, Kind] = {str: "text", int: "number"}
    if get_origin(kind) is dict:
        named: Mapping[object, Kind] = {Any: "open table", str: "named texts", int: "named numbers"}
        return named.get(inner, "tables")
    if get_origin(kind) is list:
        is_table = isinstance(inner, type) and issubclass(inner, Struct)
        return "list of tables" if is_table else "texts" if inner is str else "list"
    return "choice" if get_origin(kind) is Literal else kinds.get(kind, "table")
