"""What a rule of the contract is, and what it finds: the values that every room of the judge speaks in.

Each room has `RULES`, made by `table`, and `lint(mail) -> Iterator[Finding]`, where `mail` is a `mail.Mail`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Severity = Literal["error", "warning"]
Part = Literal["message", "headers", "html", "text"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a mail must do (an error when it does not), or had better do (a warning).

    `clause` is that of the contract, such as D7. `asks` is one sentence that says what a mail does which
    keeps the rule, and `source` where that is written, or which mail programs ask for it.
    """

    id: str
    clause: str
    severity: Severity
    asks: str
    source: str

    def broken(
        self,
        message: str,
        *,
        part: Part,
        line: int = 0,
        entry: str = "",
        field: str = "",
        setting: str = "",
        excerpt: str = "",
    ) -> Finding:
        """A place where it is not kept."""
        return Finding(
            rule=self,
            message=message,
            part=part,
            line=line,
            entry=entry,
            field=field,
            setting=setting,
            excerpt=excerpt,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A place where a rule is broken.

    `message` says how, in lower case and without a full stop. `line` is that of the decoded part, or of the
    message for what is in its headers, from 1; 0 means unknown. `entry` is the id of the post that it comes
    from, empty when it comes from the frame around the posts. `field` is what the front matter may call it
    ("title", "preheader"), `setting` a key of `[newsletter]`, and `excerpt` the offending text, to be looked
    for in the post or in the theme.
    """

    rule: Rule
    message: str
    part: Part
    line: int = 0
    entry: str = ""
    field: str = ""
    setting: str = ""
    excerpt: str = ""


def table(rows: Iterable[tuple[str, str, Severity, str, str]]) -> Mapping[str, Rule]:
    """Rules by id, of rows (id, clause, severity, what it asks, source)."""
    return {row[0]: Rule(*row) for row in rows}
