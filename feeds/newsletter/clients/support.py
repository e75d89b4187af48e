"""What mail programs know, by the data of caniemail.com: support.json, which docs/caniemail.py makes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.newsletter.clients.uses import Use

Known = Literal["yes", "partly", "no", "unknown"]
_KNOWN: Mapping[str, Known] = {"y": "yes", "a": "partly", "n": "no"}


@dataclass(frozen=True, slots=True)
class Condition:
    """When a program's partial support concerns a mail, and what it is then; see docs/caniemail.py."""

    only: frozenset[str] = frozenset()
    exempt: frozenset[str] = frozenset()
    value: str = ""
    where: str = ""
    beside: str = ""
    never: bool = False
    says: str = ""

    def concerns(self, use: Use) -> bool:
        """Whether a use is such that the program fails at it."""
        if self.never or (self.where and use.where != self.where):
            return False
        if self.only and use.element and use.element not in self.only:
            return False
        if use.element and use.element in self.exempt:
            return False
        if self.value and not re.search(self.value, use.value):
            return False
        return not self.beside or any(name.startswith(self.beside) for name in use.style)


@dataclass(frozen=True, slots=True)
class Feature:
    """A row of the table. `support` has a cell for each of `Table.clients`: its sign, and its conditions."""

    slug: str
    title: str
    tested: str
    support: tuple[tuple[str, tuple[Condition, ...]], ...]

    @property
    def url(self) -> str:
        """The page that tells more."""
        return f"https://www.caniemail.com/features/{self.slug}/"

    def known(self, column: int, use: Use) -> tuple[Known, str]:
        """How much of a use a program knows, and what it does of it when that is a part."""
        sign, conditions = self.support[column]
        if sign != "a":
            return _KNOWN.get(sign, "unknown"), ""
        failing = [condition for condition in conditions if condition.concerns(use)]
        if conditions and not failing:
            return "yes", ""
        return "partly", max((each.says for each in failing), key=len, default="") or "in part"


@dataclass(frozen=True, slots=True)
class Table:
    """The whole of it. `clients` are `family-platform`, `families` names by family, `date` the data's.

    `by` has the features that a kind and name of use stand for, each with a pattern of values, or none.
    """

    date: str
    families: Mapping[str, str]
    clients: tuple[str, ...]
    features: Mapping[str, Feature]
    by: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]

    def features_of(self, use: Use) -> tuple[Feature, ...]:
        """The features that a use is one of."""
        return tuple(
            self.features[slug]
            for slug, pattern in self.by.get((use.kind, use.name), ())
            if not pattern or re.search(pattern, use.value, re.IGNORECASE)
        )

    def family_of(self, client: str) -> str:
        """The family that a client is of: `gmail` for `gmail-ios`."""
        return next(name for name in self.families if client.startswith(f"{name}-"))


@cache
def table() -> Table:
    """The table that ships with the package."""
    data = json.loads(Path(__file__).with_name("support.json").read_text(encoding="utf-8"))
    by: dict[tuple[str, str], list[tuple[str, str]]] = {}
    features = {}
    for slug, row in data["features"].items():
        conditions = {number: _condition(said) for number, said in row.get("notes", {}).items()}
        cells = tuple(
            (cell[0], tuple(conditions[number] for number in cell[1:].split("+") if number))
            for cell in row["support"].split()
        )
        features[slug] = Feature(slug, row["title"], row["tested"], cells)
        for said in row["is"]:
            kind, name, pattern = [*said.split(" ", 2), ""][:3]
            by.setdefault((kind, name), []).append((slug, pattern))
    return Table(
        date=data["about"]["date"],
        families=data["families"],
        clients=tuple(data["clients"]),
        features=features,
        by={key: tuple(slugs) for key, slugs in by.items()},
    )


def _condition(said: Mapping[str, str]) -> Condition:
    return Condition(
        only=frozenset(said.get("only", "").split()),
        exempt=frozenset(said.get("except", "").split()),
        value=said.get("value", ""),
        where=said.get("where", ""),
        beside=said.get("beside", ""),
        never="never" in said,
        says=said.get("says", ""),
    )
