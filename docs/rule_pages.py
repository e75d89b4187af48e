"""docs/rules.md: every rule of the lint, with what it asks and where that is written."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from feeds import validity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeds.validity.rules import Rule

START = """\
<!-- made by docs/rule_pages.py from feeds/validity/: change that, and run `make docs` -->
# Rules

`feeds check --output` judges the feeds that a build would write, and `feeds check --output DIR` any feeds
below a folder, whichever program wrote them, by the {count} rules below. They are those of the formats, what
the W3C feed validator raises as an error or a warning, and a few that readers have taught us. Each names its
source. What that validator remarks on though no feed can help it is not among them: it knows neither
Podcasting 2.0 nor tombstones nor languages of ISO 639-3, and takes `<` and `&` in OPML for HTML.

A rule that is broken is a problem with the code [`feed-invalid`](problems/feed-invalid.md) (an error, and the
exit code is 1) or [`feed-advice`](problems/feed-advice.md) (a warning), at the line of the post that it comes
from, as near as can be told; without such a post, at the line of the feed.

```text
$ feeds check --output
content/episodes/tide.md:4:7: error[feed-invalid]: <enclosure type> is 'mp3' (rss-enclosure-type in \
public/rss.xml:21; RSS 2.0, <enclosure>; W3C validator: MissingAttribute, InvalidMIMEAttribute)
```
"""


def rules_page() -> str:
    """The text of docs/rules.md."""
    rules = validity.RULES.values()
    return START.format(count=len(rules)) + "".join(_sections(rules))


def _sections(rules: Iterable[Rule]) -> Iterator[str]:
    """A table for each set of formats, in the order that the rules are looked at."""
    ordered = sorted(rules, key=lambda rule: (-len(rule.formats), rule.formats))
    for formats, group in groupby(ordered, key=lambda rule: rule.formats):
        names = [validity.FORMATS[name] for name in formats]
        yield f"\n## {' · '.join(names)}\n\n| rule | | asks | source |\n|---|---|---|---|\n"
        for rule in group:
            yield f"| `{rule.id}` | {rule.severity} | {_cell(rule.asks)} | {_cell(rule.source)} |\n"


def _cell(text: str) -> str:
    """Text for a cell of a table, with no HTML in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
