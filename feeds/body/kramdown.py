"""Kramdown's own mark-up, as Jekyll's authors write it: attributes `{: .note}`, extensions `{::comment}`.

https://kramdown.gettalong.org/syntax.html#inline-attribute-lists. Python-Markdown takes up the lists that
stand behind what they are for; all others are looks, and go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.body.shortcodes import Expander

_LIST = r"(?:\s*(?:[.#][\w:-]+|[\w:-]+=(?:\"[^\"<>\n]*\"|'[^'<>\n]*'|[\w-]+)|toc))+"
_ATTRIBUTES = re.compile(
    rf" {{0,3}}\{{{_LIST}\s*\}} *$| {{0,3}}\{{:(?:[\w-]+:)?(?:{_LIST}|\s*[\w-]+)?\s*\}} *$"
)
_TABLE_OF_CONTENTS = re.compile(r" *\{:(?:[^{}]* )?toc(?: [^{}]*)?\} *$")
_EXTENSION = re.compile(r"\{:(?::(?P<name>[a-z]+)(?P<rest>[^{}\n]*)|/[a-z]*)\}")
LEFT_OVER = rf"\{{:{_LIST}\s*\}}"


def is_attributes(line: str) -> bool:
    """Tell whether a line is an attribute list and nothing else."""
    return "{" in line and _ATTRIBUTES.match(line) is not None


def is_contents(line: str) -> bool:
    """Tell whether a line turns the list above it into a table of contents."""
    return "{:" in line and _TABLE_OF_CONTENTS.match(line) is not None


def extension(expander: Expander, position: int) -> tuple[int, str | None]:
    """Drop the `{::extension}` at `position`: where it ends, and "" (None: itself). A comment goes whole."""
    match = _EXTENSION.match(expander.text, position)
    if match is None:
        return position + 2, None
    if match["name"] != "comment" or match["rest"].endswith("/"):
        return match.end(), ""
    ends = [
        found + len(close)
        for close in ("{:/comment}", "{:/}")
        if (found := expander.ahead.find(close, match.end())) >= 0
    ]
    if not ends:
        expander.warn_unterminated(position)
    return min(ends, default=match.end()), ""
