"""HTML to the text part of a mail.

Written for people who read mail as text: nothing in it is mark-up, every link is numbered in the text and
stands unbroken at the end, code stays as it is, and lines fit 78 columns, counting wide characters twice.
One pass over the parser's events with the open elements on a list: no depth and no size is special.
"""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import NamedTuple

from feeds.body.columns import columns, joined, wrapped
from feeds.body.tables import Table

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "ul", "video", "audio",
})  # fmt: skip
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
_SKIPPED = frozenset({"script", "style", "template", "title", "head"})
_CELLS = frozenset({"td", "th"})
_IN_TABLE = _CELLS | {"tr", "thead", "tbody", "tfoot", "caption", "colgroup"}
_TIGHT = frozenset({"li", "div", "dt", "dd", "body", "tr"})  # no blank line around them by themselves
_UNDERLINES = {"h1": "=", "h2": "-"}
_DEEPEST = 12  # levels of indentation that are shown
_NARROWEST = 24  # columns that remain for text, however deep it is
_SUPERSCRIPTS = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")


class _Level(NamedTuple):
    """An open element that indents: what stands before its first line, and before the others."""

    tag: str
    first: str
    rest: str


class _Writer(HTMLParser):
    """Collects lines. Text of a block is gathered in `run` and wrapped when the block ends."""

    def __init__(self, width: int) -> None:
        super().__init__(convert_charrefs=True)
        self.width = width
        self.lines: list[str] = []
        self.urls: dict[str, int] = {}
        self._run: list[str] = []
        self._open: list[str] = []
        self._opened: Counter[str] = Counter()
        self._levels: list[_Level] = []
        self._fresh = 0  # how many of the levels have not written their first line yet
        self._gap = False
        self._counters: list[int | None] = []
        self._links: list[tuple[str, int]] = []
        self._skip = ""
        self._skip_depth = 0
        self._pre = 0
        self._code: list[str] = []
        self._tables: list[Table] = []
        self._superscript = 0
        self._footnotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self._skip:
            self._skip_depth += tag == self._skip
            return
        if tag in _SKIPPED or "footnote-backref" in attributes.get("class", ""):
            self._skip, self._skip_depth = tag, 1
            return
        if tag == "br":
            self._text("\n")
        elif tag == "img":
            self._image(attributes)
        elif tag == "wbr" or (tag in VOID and tag != "hr"):
            return
        elif self._tables and (tag in _IN_TABLE or tag in BLOCKS):
            self._cell(tag)
        elif tag in BLOCKS or tag in _IN_TABLE:
            self._start_block(tag, attributes)
        elif tag == "a":
            self._start_link(attributes)
        elif tag == "sup":
            self._superscript = self._superscript or len(self._run) + 1
        elif tag == "q":
            self._text("“")
        elif tag == "rt":
            self._text("（")

    def handle_endtag(self, tag: str) -> None:
        if self._skip:
            self._skip_depth -= tag == self._skip
            if not self._skip_depth:
                self._skip = ""
            return
        if self._tables and tag != "table" and (tag in _IN_TABLE or tag in BLOCKS):
            self._text(" ")
        elif tag in BLOCKS or tag in _IN_TABLE:
            self._end_block(tag)
        elif tag == "a" and self._links:
            self._end_link()
        elif tag == "sup" and self._superscript:
            self._end_superscript()
        elif tag == "q":
            self._text("”")
        elif tag == "rt":
            self._text("）")

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        if self._pre and not self._tables:
            self._code.append(data)
        else:
            self._text(re.sub(r"[ \t\n\r\f]+", " ", data))

    def finished(self) -> str:
        """Return the text, with the links' addresses at its end."""
        while self._tables:
            self._end_table()
        self._flush()
        if self.urls:
            self.lines += ["", *(f"[{number}] {address}" for address, number in self.urls.items())]
        return "\n".join(line.rstrip() for line in self.lines).strip("\n") + "\n" if self.lines else ""

    def _text(self, text: str) -> None:
        self._run.append(text)

    def _start_block(self, tag: str, attributes: dict[str, str]) -> None:
        self._flush()
        if tag in {"p", "li", "dd", "dt"}:
            self._close_implied(tag)
        self._open.append(tag)
        self._opened[tag] += 1
        if (
            tag not in _TIGHT
            and not (self._fresh and tag in {"ul", "ol", "p"})
            and not self._nested_list(tag)
        ):
            self._gap = True
        if tag in {"ul", "ol"}:
            self._counters.append(_first_number(attributes) if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag == "blockquote":
            self._level(tag, "> ", "> ")
        elif tag == "dd":
            self._level(tag, "    ", "    ")
        elif tag == "pre":
            self._pre += 1
        elif tag == "table":
            self._tables.append(Table())
        elif tag == "hr":
            self._open.pop()
            self._opened[tag] -= 1
            self._write([("·  " * 3).rstrip()])
            self._gap = True
        elif "footnote" in attributes.get("class", "").split():
            self._footnotes = len(self._open)

    def _end_block(self, tag: str) -> None:
        if not self._opened[tag]:
            return
        if tag == "table" and self._tables:
            self._end_table()
        self._flush(heading=tag)
        while True:
            closed = self._open.pop()
            self._opened[closed] -= 1
            self._closed(closed)
            if closed == tag:
                break
        if tag not in _TIGHT and not self._nested_list(tag):
            self._gap = True

    def _nested_list(self, tag: str) -> bool:
        return tag in {"ul", "ol"} and bool(self._counters)

    def _closed(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._counters:
            self._counters.pop()
        elif tag == "pre":
            self._pre -= 1
        elif tag in {"li", "blockquote", "dd"} and self._levels:
            self._levels.pop()
            self._fresh = min(self._fresh, len(self._levels))
        elif len(self._open) < self._footnotes:
            self._footnotes = 0

    def _close_implied(self, tag: str) -> None:
        """End the element that a browser ends when another of its kind begins."""
        if self._open and self._open[-1] == tag:
            self._end_block(tag)

    def _level(self, tag: str, first: str, rest: str) -> None:
        self._levels.append(_Level(tag, first, rest))
        self._fresh += 1

    def _item(self) -> None:
        if not self._counters or self._counters[-1] is None:
            marker = "• "
        else:
            number = int(self._counters[-1])
            self._counters[-1] = number + 1
            marker = f"{str(number).translate(_SUPERSCRIPTS)} " if self._footnotes else f"{number}. "
        self._level("li", marker, " " * len(marker))

    def _flush(self, heading: str = "") -> None:
        """Write the text gathered so far as a paragraph, a heading or code."""
        if self._pre and self._code:
            lines = "".join(self._code).strip("\n").split("\n")
            self._code.clear()
            self._gap = True
            self._write(["    " + line for line in lines])
            self._gap = True
        if not self._run:
            return
        text = joined(self._run)
        self._run.clear()
        self._superscript = 0
        if not text:
            return
        width = self._room()
        lines = [line for part in text.split("\n") for line in wrapped(part, width)]
        if heading in _UNDERLINES:
            lines.append(_UNDERLINES[heading] * min(max(columns(line) for line in lines), width))
        self._write(lines)

    def _room(self) -> int:
        """Return how many columns there are for text."""
        indentation = sum(columns(level.rest) for level in self._shown())
        return max(self.width - indentation, min(self.width, _NARROWEST))

    def _shown(self) -> list[_Level]:
        return self._levels[:_DEEPEST]

    def _write(self, lines: list[str]) -> None:
        levels = self._shown()
        rest = "".join(level.rest for level in levels)
        if self._gap and self.lines:
            behind = levels[: max(len(self._levels) - self._fresh, 0)]
            self.lines.append("".join(level.rest for level in behind))
        self._gap = False
        old = max(len(self._levels) - self._fresh, 0)
        first = "".join(level.rest if index < old else level.first for index, level in enumerate(levels))
        self._fresh = 0
        self.lines += [(rest if index else first) + line for index, line in enumerate(lines)]

    def _image(self, attributes: dict[str, str]) -> None:
        alt = " ".join(attributes.get("alt", "").split())
        self._text(f" [image: {alt}] " if alt else " [image] ")
        self._text(attributes.get("src", "") + " ")

    def _start_link(self, attributes: dict[str, str]) -> None:
        self._links.append((attributes.get("href", ""), len(self._run)))
        if "footnote-ref" in attributes.get("class", ""):
            self._links[-1] = ("", len(self._run))

    def _end_link(self) -> None:
        target, start = self._links.pop()
        text = "".join(self._run[start:]).strip()
        target = "".join(target.split())
        if not target or target in {text, f"mailto:{text}"}:
            return
        number = self.urls.setdefault(target, len(self.urls) + 1)
        space = " " if text and self._run[-1].endswith(" ") else ""
        if text:
            self._run[-1] = self._run[-1].rstrip(" ")
        self._text(f"\u00a0[{number}]{space}" if text else f"[{number}]")  # on the line where the text ends

    def _end_superscript(self) -> None:
        start = self._superscript - 1
        text = "".join(self._run[start:])
        if re.fullmatch(r"[0-9+\-=()]+", text):
            self._run[start:] = [text.translate(_SUPERSCRIPTS)]
        self._superscript = 0

    def _cell(self, tag: str) -> None:
        table = self._tables[-1]
        if tag in {"table", "caption", "tr"}:
            self._end_cell()
            if tag == "tr":
                table.rows.append([])
        elif tag in _CELLS:
            self._end_cell()
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append("")
            table.heads += tag == "th" and len(table.rows) == 1
        else:
            self._text(" ")

    def _end_cell(self) -> None:
        """Put the text gathered into the cell that is open; before the first one it is the caption."""
        text = " ".join(joined(self._run).split())
        rows = self._tables[-1].rows
        if text and not rows:
            self._flush()
        elif text and rows[-1]:
            rows[-1][-1] = f"{rows[-1][-1]} {text}".strip()
        elif text:
            rows[-1].append(text)
        self._run.clear()

    def _end_table(self) -> None:
        self._end_cell()
        table = self._tables.pop()
        lines = table.lines(self._room())
        if not lines:
            return
        self._gap = True
        self._write(lines)
        self._gap = True


def to_text(html: str, *, width: int = 78) -> str:
    """Return the text part of a mail for a post's HTML: lines of at most `width` columns, "" for nothing.

    Only what may not be broken is longer: code, and URLs.
    """
    writer = _Writer(width)
    writer.feed(html)
    writer.close()
    return writer.finished()


def _first_number(attributes: dict[str, str]) -> int:
    start = attributes.get("start", "")
    return int(start) if re.fullmatch(r"[0-9]{1,9}", start) else 1
