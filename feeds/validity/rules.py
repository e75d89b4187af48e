"""What a rule is, and what it finds: the values that every room of the lint speaks in.

A format's module has `RULES`, made by `table`, and `lint(document, url) -> Iterator[Finding]`, where
`document` is a `documents.Document` or what JSON says, and `url` where the feed will be
read from; empty for unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a feed must do, or had better do.

    `formats` are those it holds for. `asks` is one sentence that says what a feed does which keeps it, and
    `source` where that is written: a section of a specification, or the message of the W3C feed validator.
    """

    id: str
    severity: Severity
    formats: tuple[str, ...]
    asks: str
    source: str

    def broken(
        self, message: str, *, line: int = 0, entry: str = "", field: str = "", excerpt: str = ""
    ) -> Finding:
        """A place where it is not kept."""
        return Finding(rule=self, message=message, line=line, entry=entry, field=field, excerpt=excerpt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A place where a rule is broken.

    `message` says how, in lower case and without a full stop. `line` is that of the feed's document, from 1;
    0 means unknown. `entry` is the id of the entry, else its address, and empty for what the whole feed is at
    fault for. `field` names the field of `model.Header` that it likely comes from ("title", "published",
    "enclosures"), or is "body". `excerpt` is the offending text, to be looked for in the post.
    """

    rule: Rule
    message: str
    line: int = 0
    entry: str = ""
    field: str = ""
    excerpt: str = ""


def table(formats: str, rows: Iterable[tuple[str, Severity, str, str]]) -> Mapping[str, Rule]:
    """Rules by id, of rows (id, severity, what it asks, source); `formats` has blanks between its names."""
    return {
        name: Rule(name, severity, tuple(formats.split()), asks, source)
        for name, severity, asks, source in rows
    }
