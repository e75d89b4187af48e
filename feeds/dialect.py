"""Markdown as people write it for GitHub, put down in the one spelling that Python-Markdown reads right.

Python-Markdown wants four spaces where everyone writes two, a blank line before a list, and knows nothing of
call-outs; and it reads the inside of raw HTML in its own way. Code and raw HTML are finished here.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from feeds.blocks import CODE_INDENT, Reader

if TYPE_CHECKING:
    from feeds.blocks import Container, Line
    from feeds.stash import Stash

_LANGUAGE = re.compile(r"[\s{.]*([A-Za-z0-9][\w+#.-]*)")
_DELIMITER_ROW = re.compile(r"(?=.*[|:])(?=.*-) *\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *$")
_TASK = re.compile(r"\[(?P<state>[ xX])\] +(?=\S)")
_TABLE = -1_000_000_000  # how many lines a paragraph would need to stop being a table


def normalise(markdown: str, stash: Stash) -> str:
    """Return `markdown` as Python-Markdown reads it: same meaning, four spaces, blank lines where it wants them.

    Fenced code and raw HTML are finished and go into `stash`.
    """
    reader = Reader()
    written: list[str] = []
    buffer: list[str] = []
    place = 0
    was: Line | None = None
    in_item = False
    paragraph_lines = 0

    def close() -> None:
        """Write the fence or the HTML block that has just ended, where it began."""
        nonlocal was
        if was is not None:
            html = "\n".join(buffer) if was.kind == "html" else _code(buffer, was)
            written[place] += stash.put(html, block=True)
            if not in_item:
                written.append(written[place][: -len(written[place].lstrip(" >"))].rstrip())
            buffer.clear()
        was = None

    for text in markdown.split("\n"):
        paragraph = reader.paragraph
        before = reader.containers[:]
        line = reader.read(text)
        if was is not None and (line.opens or line.opened or line.kind != was.kind) and not (
            was.kind == "code" and line.kind == "blank" and len(before) == len(reader.containers)
        ):  # fmt: skip
            close()
        if was is not None:
            if line.closes:
                close()
            else:
                buffer.append(line.text)
            continue
        containers = reader.containers
        outer = "".join(one.rest for one in containers[: len(containers) - line.opened])
        prefix = outer + "".join(one.first for one in containers[len(containers) - line.opened :])
        in_item = any(one.rest == "    " for one in containers)
        if line.kind == "blank" and not line.opened:
            written.append("".join(one.rest for one in containers).rstrip())
            paragraph_lines = 0
            continue
        if _needs_gap(before, containers, line, paragraph=paragraph, lines=paragraph_lines):
            written.append(outer.rstrip())
        title = next((one.title for one in containers[len(containers) - line.opened :] if one.title), "")
        if title:
            rest = "".join(one.rest for one in containers)
            written += [prefix + f"**{title}**", rest.rstrip()]
            prefix = rest
            paragraph_lines = 0
            if line.kind == "blank":
                continue
        if line.kind in {"fence", "html", "code"}:
            if not in_item:
                written.append(outer.rstrip())
            place = len(written)
            written.append(prefix)
            was = line
            buffer[:] = [] if line.kind == "fence" else [line.text]
            paragraph_lines = 0
            continue
        paragraph_lines = paragraph_lines + 1 if line.kind == "text" and line.lazy else 1
        if line.kind == "text":
            paragraph_lines = _mend_previous(written, line, outer, paragraph_lines)
            line.text = _text(line)
        written.append(prefix + line.text)
        if line.kind in {"heading", "rule"} and not in_item:
            written.append(outer.rstrip())
    close()
    return "\n".join(written)


def _needs_gap(
    before: list[Container], now: list[Container], line: Line, *, paragraph: bool, lines: int
) -> bool:
    """Tell whether Python-Markdown sees what `line` opens and closes only after a blank line."""
    depth = len(now) - line.opened
    if not line.opened:
        return depth < len(before)
    opened = now[depth]
    if depth < len(before):  # it takes the place of another: a list may follow one of the other kind
        return opened.kind == "item" and opened.first[0].isdigit() != before[depth].first[0].isdigit()
    nested = depth > 0 and now[depth - 1].rest == "    "
    return paragraph and opened.first != ":   " and not (nested and lines == 1)


def _mend_previous(written: list[str], line: Line, outer: str, lines: int) -> int:
    """Put right what only this line shows of the one before: a hard break, and a table in a paragraph.

    `lines` counts the paragraph's lines with this one; what is returned goes on counting, or says with a
    negative number that they are a table's.
    """
    if line.lazy and written[-1].endswith("\\") and not written[-1].endswith("\\\\"):
        written[-1] = written[-1][:-1] + "  "
    if lines > 1 and "|" in written[-1] and _DELIMITER_ROW.match(line.text):
        if lines > 2:  # noqa: PLR2004 - the table's head and this row of dashes
            written.insert(-1, outer.rstrip())
        return _TABLE
    return lines


def _text(line: Line) -> str:
    text = line.text.lstrip(" ") if line.lazy else line.text
    if line.opened and (match := _TASK.match(text)):
        return ("☐ " if match["state"] == " " else "☑ ") + text[match.end() :]
    if text.startswith("#") and text[1:2] not in {"#", " ", ""}:
        return "\\" + text  # a hashtag, which Python-Markdown takes for a heading
    return text


def _code(lines: list[str], block: Line) -> str:
    if block.kind == "code":
        lines = "\n".join(line[CODE_INDENT:] for line in lines).rstrip().split("\n")
    language = _LANGUAGE.match(block.info)
    attribute = f' class="language-{escape(language[1].rstrip("."))}"' if language else ""
    return f"<pre><code{attribute}>{escape(chr(10).join([*lines, '']), quote=False)}</code></pre>"
