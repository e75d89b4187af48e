"""Kramdown's own mark-up, as Jekyll's authors write it: attributes `{: .note}`, extensions `{::comment}`.

https://kramdown.gettalong.org/syntax.html#inline-attribute-lists. Python-Markdown takes up the lists that
stand behind what they are for; all others are looks, and go. Braces around anything else are text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.body.lookahead import Lookahead

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.body.shortcodes import Expander

_PIECE = r"[.#][\w:-]++|[\w:-]++=(?:\"[^\"<>{}\n]*+\"|'[^'<>{}\n]*+'|[^\s\"'<>{}=]++)"
_LIST = rf"(?:\s*+(?:{_PIECE}|toc\b))+"
_ATTRIBUTES = re.compile(
    rf" {{0,3}}\{{{_LIST}\s*\}} *$| {{0,3}}\{{:(?:[\w-]+:)?(?:{_LIST}|\s*[\w-]+)?\s*\}} *$"
)
# As the Markdown of any generator writes them, `{.note #id}`; only behind a colon, a word may be the first.
_MORE = rf"(?=(?:\s*+(?:{_PIECE}|[\w-]++))+\s*+\}}) *([^{{}}\n]*)\}}"
INLINE = rf"\{{(?::|(?=\s*+(?:{_PIECE}))){_MORE}"
IN_HEADING = rf"\{{(?::|(?=\s*+(?:{_PIECE}|-\}}))){_MORE}"  # Pandoc's `{-}` is one
_TABLE_OF_CONTENTS = re.compile(r" *\{:(?:[^{}]* )?toc(?: [^{}]*)?\} *$")
_EXTENSION = re.compile(r"\{:(?::(?P<name>[a-z]+)(?P<rest>[^{}\n]*)|/[a-z]*)\}")
_ROW = re.compile(r" {0,3}\|.*\S")
_BARS = re.compile(r"(?<!`)(`+)(?!`).{1,1000}?(?<!`)\1(?!`)|\\.|\|")
_TAG = re.compile(r"<(?P<name>[A-Za-z][\w-]*+)(?P<attributes>[^<>]*+)>")
_MARKDOWN = re.compile(r"\smarkdown=[\"']?(?:1|span)\b")
_BLOCK = re.compile(
    r"<(?:blockquote|d[dlt]|div|figure|h[1-6r]|li|ol|p|pre|section|t[adhr]\w*|ul)[\s/>]", re.IGNORECASE
)
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


def table(lines: list[str], start: int) -> tuple[list[str], int] | None:
    """Return a table as GitHub has it, and the number of the line behind it; None if no other begins there.

    Kramdown's need no head, which is an empty one then, and may have rows of dashes or `=` anywhere:
    https://kramdown.gettalong.org/syntax.html#tables.
    """
    rows: list[str] = []
    separators: list[tuple[int, str]] = []  # how many rows are above each
    end = start
    while end < len(lines) and _ROW.match(lines[end]):
        line = lines[end].strip()
        if _is_separator(line):
            separators.append((len(rows), line))
        else:
            rows.append(line)
        end += 1
    if not rows or (end < len(lines) and lines[end].strip() and not is_attributes(lines[end])):
        return None
    if not rows[-1].endswith("|") and (len(rows) == 1 or rows[0].count("|") == 1):
        return None  # a sentence that begins with a bar
    marks = next((line for above, line in separators if above and "-" in line), "")
    columns = max(len(_cells(row)) for row in rows)
    head = _cells(rows.pop(0)) if marks else []
    sides = [re.sub("-+", "-", cell.replace(" ", "")) for cell in marks.replace("+", "|").split("|")[1:]]
    sides = [side if side in {":-", "-:", ":-:"} else "-" for side in [*sides, *[""] * columns]]
    return [_row([*head, *[" "] * columns], columns), _row(sides, columns), *rows], end


def _is_separator(line: str) -> bool:
    marks = set(line)
    return (marks <= set("|+:- ") and "-" in marks) or (marks <= set("|+:= ") and "=" in marks)


def _row(cells: list[str], columns: int) -> str:
    return f"|{'|'.join(cells[:columns])}|"


def _cells(row: str) -> list[str]:
    """Return the cells of a row that begins with a bar; a bar that is escaped or in code parts none."""
    bars = [match.start() for match in _BARS.finditer(row) if match[0] == "|"]
    cells = [row[start + 1 : end] for start, end in zip(bars, [*bars[1:], len(row)], strict=True)]
    return cells if len(cells) == 1 or cells[-1].strip() else cells[:-1]


def spans(html: str, inline: Callable[[str], str]) -> str:
    """Return HTML with the Markdown in elements that say `markdown="span"` rendered by `inline`."""
    if "markdown" not in html:
        return html
    ahead = Lookahead(html)
    written: list[str] = []
    start = 0
    for tag in _TAG.finditer(html):
        if tag.start() < start or not _MARKDOWN.search(tag["attributes"]):
            continue
        end = ahead.find(f"</{tag['name']}", tag.end())
        if end >= 0 and not _BLOCK.search(html, tag.end(), end):
            written += [html[start : tag.end()], inline(html[tag.end() : end])]
            start = end
    return "".join(written) + html[start:]
