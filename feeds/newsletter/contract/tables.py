"""D8: tables that lay out say so, and tables of data name their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.newsletter.contract.mail import squeezed
from feeds.newsletter.contract.page import text_of
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.rules import Finding

RULES = table(
    [
        (
            "table-role",
            "D8",
            "error",
            "A table has role=presentation, or cells <th> when it is one of data.",
            "WAI-ARIA 1.2, presentation; WCAG 2.2 success criterion 1.3.1",
        ),
        (
            "table-data",
            "D8",
            "error",
            "A table with role=presentation has neither <th> nor a caption.",
            "WAI-ARIA 1.2, presentation: screen readers would be told nothing of them",
        ),
    ]
)


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the tables."""
    headed: set[int] = set()
    for cell in mail.page.elements("th", "caption"):
        if own := next((up for up in cell.above() if up.tag == "table"), None):
            headed.add(id(own))
    for each in mail.page.elements("table"):
        is_layout = each.attributes.get("role", "").lower() in {"presentation", "none"}
        if is_layout == (id(each) in headed):
            words = squeezed(text_of(each, mail.page))[:40]
            rule = "table-data" if is_layout else "table-role"
            said = (
                "has role=presentation, and heads" if is_layout else "has neither role=presentation nor <th>"
            )
            message = f"the table {words!r} {said}"
            yield RULES[rule].broken(
                message, part="html", line=each.line, entry=mail.entry(words), excerpt=words
            )
