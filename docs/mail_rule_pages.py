"""docs/mail-rules.md: every rule of the contract of mails, with what it asks and where that is written."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from feeds.newsletter import contract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeds.newsletter.contract import Rule

START = """\
<!-- made by docs/mail_rule_pages.py from feeds/newsletter/contract/: change that, and run `make docs` -->
# Rules for mails

Every issue that `feeds newsletter` writes is judged by the {count} rules below, from its finished message, by
code that had no part in writing it. A rule that is broken is a problem with the code
[`mail-invalid`](problems/mail-invalid.md) (an error) or [`mail-advice`](problems/mail-advice.md) (a
warning), at the line of the post, the setting or the template of the theme that it comes from, as near as
can be told.

What is missing because a setting is empty is a warning that names the setting, and what is set and not in the
mail an error. Contrast is measured in light and in dark, on a wide window and a phone, with the colours of
elements alone, and in Outlook's own dark mode as far as the theme speaks to it. The rules hold for a theme of
your own too.

```text
$ feeds newsletter --check
content/tea.md:12:1: error[mail-invalid]: the image https://example.org/cup.png has no alt (D7 image-alt \
in the html, line 63; WCAG 2.2 success criterion 1.1.1; HTML standard section 4.8.4.4)
```
"""

TITLES = {
    "H": "Headers",
    "M": "The message",
    "D": "The HTML",
    "T": "The text",
}


def mail_rules_page() -> str:
    """The text of docs/mail-rules.md."""
    rules = contract.RULES.values()
    return START.format(count=len(rules)) + "".join(_sections(rules))


def _sections(rules: Iterable[Rule]) -> Iterator[str]:
    """A table for each part of the contract, clause by clause."""
    order = list(TITLES)
    ordered = sorted(rules, key=lambda rule: (order.index(rule.clause[0]), int(rule.clause[1:])))
    for letter, group in groupby(ordered, key=lambda rule: rule.clause[0]):
        yield f"\n## {TITLES[letter]}\n\n| clause | rule | | asks | source |\n|---|---|---|---|---|\n"
        for rule in group:
            cells = (rule.clause, f"`{rule.id}`", rule.severity, _cell(rule.asks), _cell(rule.source))
            yield f"| {' | '.join(cells)} |\n"


def _cell(text: str) -> str:
    """Text for a cell of a table, with no HTML in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
