"""The text of one line, which is neither a quote's nor a list's: rows, headings, tasks, code, notes in place.

CommonMark calls these blocks leaves (https://spec.commonmark.org/0.31.2/#leaf-blocks).
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from feeds.body.blocks import CODE_INDENT, UNDERLINE

if TYPE_CHECKING:
    from feeds.body.blocks import Line

# Pelican's first line of indented code, which goes; a script's own, with its path, stays.
_PELICAN_LANGUAGE = re.compile(r"(?::::|#!)(?P<name>[A-Za-z][\w+#.-]*)(?:[ \t]+hl_lines=.*)?$")
_LANGUAGE = re.compile(r"[\s{.]*([A-Za-z0-9][\w+#.-]*)")
_DELIMITER_ROW = re.compile(r"(?=.*[|:])(?=.*-) *\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *$")
_NOT_CLOSING = re.compile(r"(?<=[^#\s])#+$")  # as in `# Learning C#` (CommonMark 4.2)
_TRAILING = re.compile(r"#+$")  # which would close a heading with `#` before it
_TASK = re.compile(r"\[(?P<state>[ xX])\] +(?=\S)")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.{1,1000}?)(?<!`)\1(?!`)")
_TARGET = re.compile(r" {0,3}\[[^\[\]]+\]: *<[^<>]*>")
_SHEBANG = re.compile(r"#! ?/\S*?(?:/env +)?(?P<name>[a-z]+)[\d.]*(?:\s|$)")
_LISTS = re.compile(r"(?<=[\w\"'])\}\{:\s*(?=[\w.#])")  # kramdown's attributes in several lists
_FORMULA = re.compile(r" {0,3}(?P<begin>\$\$|\\{1,2}\[) *$")
_FORMULA_END = {"$$": "$$", "\\[": "\\]", "\\\\[": "\\\\]"}
_LONGEST_FORMULA = 100  # lines
_INLINE_NOTE = re.compile(
    r"(?<!\\)\^\[(?P<text>(?=[^\[\]\n]{0,1000} )"
    r"(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\](?:\([^()\s]{0,500}\))?){1,1000})\](?!\()"
)


def text(line: Line) -> str:
    """Return a paragraph's line, with what only Python-Markdown would take for a mark escaped."""
    written = line.text.lstrip(" ") if line.lazy else line.text
    if "}{:" in written:
        written = _LISTS.sub(" ", written)
    if line.opened and (match := _TASK.match(written)):
        return ("☐ " if match["state"] == " " else "☑ ") + written[match.end() :]
    if line.lazy and UNDERLINE.match(written):
        return "\\" + written.lstrip()  # below a quote or an item that the line is not in
    if written.startswith("#######") or (written.startswith("#") and written[1:2] not in {"#", " ", ""}):
        return "\\" + written  # a hashtag, which Python-Markdown takes for a heading
    if target := _TARGET.match(written):
        return target[0].rstrip().replace(" ", "%20").replace(":%20", ": ", 1) + written[target.end() :]
    return written


def heading(written: str) -> str:
    """Return a heading's line, whose last `#` may be the last letter."""
    return _NOT_CLOSING.sub(_escaped, written.rstrip())


def underlined(lines: list[str], underline: str) -> str:
    """Return the heading that a paragraph of any number of lines turns out to be (CommonMark 4.3)."""
    written = " ".join(line.strip().rstrip("\\") for line in lines)
    return f"{'#' if '=' in underline else '##'} {_TRAILING.sub(_escaped, written)}"


def is_delimiter_row(written: str) -> bool:
    """Tell whether a line is what makes a table of the one before it."""
    return _DELIMITER_ROW.match(written) is not None


def row(written: str, head: str) -> str:
    """Return a table's row with the pipe before it that its head has, or without."""
    mended = cells(written.lstrip())
    if head.startswith("|"):
        return mended if mended.startswith("|") else f"| {mended}"
    return mended.removeprefix("|")


def cells(written: str) -> str:
    """Return a row whose code has the pipes that are escaped in it for the table's sake."""
    if "\\|" not in written:
        return written
    return _CODE_SPAN.sub(lambda span: span[0].replace("\\|", "|"), written)


def with_notes(written: str, notes: list[str]) -> str:
    """Return a line with references for its `^[inline notes]`, whose texts are added to `notes`."""
    if "^[" not in written:
        return written
    spans = [match.span() for match in _CODE_SPAN.finditer(written)]

    def reference(match: re.Match[str]) -> str:
        if any(start < match.start() < end for start, end in spans):
            return match[0]
        notes.append(match["text"])
        return f"[^inline-{len(notes)}]"

    return _INLINE_NOTE.sub(reference, written)


def code(lines: list[str], block: Line) -> str:
    """Return a block of fenced or indented code as HTML, with the language that it says it is in."""
    language = _LANGUAGE.match(block.info)
    name = language[1].rstrip(".") if language else ""
    if block.kind == "code":
        lines = "\n".join(line[CODE_INDENT:] for line in lines).rstrip().split("\n")
        if match := _PELICAN_LANGUAGE.match(lines[0]):
            name, lines = match["name"], lines[1:]
        elif match := _SHEBANG.match(lines[0]):
            name = match["name"]
    attribute = f' class="language-{escape(name)}"' if name else ""
    return f"<pre><code{attribute}>{escape(chr(10).join([*lines, '']), quote=False)}</code></pre>"


def formula(lines: list[str], start: int) -> tuple[str, int] | None:
    """Return the HTML of a formula and the number of its last line, None if `start` begins none.

    Its marks stand alone on their lines; nothing between them is Markdown, not even a blank line.
    """
    match = _FORMULA.match(lines[start])
    if match is None:
        return None
    closing = _FORMULA_END[match["begin"]]
    last = start + 1
    for line in lines[start + 1 : start + _LONGEST_FORMULA]:
        if line.strip() == closing:
            text = "\n".join(lines[start : last + 1]).strip()
            if len(closing) > len(r"\]"):  # who escapes the first backslash escapes them all
                text = text.replace("\\\\", "\\")
            return escape(text, quote=False), last
        last += 1
    return None


def _escaped(marks: re.Match[str]) -> str:
    return marks[0].replace("#", "\\#")
