"""HTML to the text part of a mail.

Written for people who read mail as text: nothing in it is mark-up, code stays as it is, and lines fit 78
columns, counting wide characters twice. Links are numbers in the text, so that it can be read on, and their
addresses stand unbroken where the eye finds them: at the end of a short post, else at the end of each
section, and nearer where there are many. One pass over the parser's events with the open elements on a list:
no depth and no size is special.
"""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from types import MappingProxyType
from typing import TYPE_CHECKING

from feeds.body.columns import columns, joined, wrapped
from feeds.body.sheet import Sheet
from feeds.body.tables import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "ul",
})  # fmt: skip
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
_SKIPPED = frozenset({"script", "style", "template", "title", "head", "rp"})
_CELLS = frozenset({"td", "th"})
_IN_TABLE = _CELLS | {"tr", "thead", "tbody", "tfoot", "caption", "colgroup"}
_TIGHT = frozenset({"li", "div", "dt", "dd", "body", "tr", "figcaption"})  # no blank line around them
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNDERLINES = {"h1": "=", "h2": "-"}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_DELETED = frozenset({"del", "s", "strike"})
_RULE = "·  ·  ·"
_SUPERSCRIPTS = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_BEFORE = {"q": "“", "rt": "（"}
_AFTER = {"q": "”", "rt": "）"}
_CLOSING = frozenset(".,;:!?)")
_WORDS = MappingProxyType({"image": "image", "deleted": "deleted", "video": "Video", "audio": "Audio"})
_PLAYERS = frozenset({"video", "audio"})
_BLANK = re.compile(r"[ \t\n\r\f]+")

# A post of one or two screens with few addresses has them all at its end.
_SHORT = 12_000  # characters of HTML
_FEW = 10  # addresses; in longer posts no more of them wait for the end of their section
_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_PARAGRAPHS = frozenset({"p", "li", "dd", "table", "pre", "blockquote", "ul", "ol", "dl"})


class _Writer(HTMLParser):
    """Gathers the text of a block in `run`, and writes it when the block ends."""

    def __init__(self, width: int, *, sections: bool, first: int, words: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.sheet = Sheet(width)
        self._sections = sections  # whether addresses stand at the end of each section
        self._first = first
        self._words = words
        self._playing = ""  # the label of a player whose address has not come yet
        self._numbers: dict[str, int] = {}
        self._waiting: dict[str, int] = {}  # the addresses that the text has the numbers of, and not yet them
        self._run: list[str] = []
        self._open: list[str] = []
        self._opened: Counter[str] = Counter()
        self._counters: list[int | None] = []
        self._links: list[tuple[str, int]] = []
        self._skip = ""
        self._skip_depth = 0
        self._pre = 0
        self._inline_code = 0
        self._deleted = 0
        self._code: list[str] = []
        self._tables: list[Table] = []
        self._superscript = 0
        self._footnotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self._skip and not self._ends_implied():
            self._skip_depth += tag == self._skip
            if tag == "source" and self._playing:
                self._play(self._playing, attributes)
        elif tag in _PLAYERS:
            self._skip, self._skip_depth = tag, 1
            self._play(" ".join(attributes.get("title", "").split()) or self._words[tag], attributes)
        elif tag in _SKIPPED or _is_way_back(attributes):
            self._skip, self._skip_depth = tag, 1
        elif self._tables and tag != "pre" and (tag in _IN_TABLE or tag in BLOCKS):
            self._cell(tag, attributes)
        elif tag in BLOCKS or tag in _IN_TABLE:
            self._start_block(tag, attributes)
        else:
            self._start_inline(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if self._skip and not self._ends_implied():
            self._skip_depth -= tag == self._skip
            if not self._skip_depth:
                self._skip = self._playing = ""
        elif self._tables and tag not in {"table", "pre"} and (tag in _IN_TABLE or tag in BLOCKS):
            self._text(" ")
        elif tag in BLOCKS or tag in _IN_TABLE:
            self._end_block(tag)
        else:
            self._end_inline(tag)

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        if self._pre:
            self._code.append(data)
        elif self._inline_code:
            self._text(_BLANK.sub(lambda blank: "\u00a0" * len(blank[0]), data))
        else:
            self._text(_displayed(data))

    def finished(self) -> str:
        """Return the text, with the addresses that still wait at its end."""
        while self._links:
            self._end_link()
        while self._tables:
            self._end_table()
        self._flush()
        while self.sheet.depth:
            self.sheet.outdent()
        self._write_addresses()
        return self.sheet.text()

    def _ends_implied(self) -> bool:
        """Whether what is skipped ends here, as an `rp` does with any tag."""
        if self._skip != "rp":
            return False
        self._skip = ""
        return True

    def _text(self, text: str) -> None:
        if text[:1] in _CLOSING and self._run and self._run[-1].endswith("] "):
            self._run[-1] = self._run[-1].rstrip(" ")  # the space behind a picture's number
        self._run.append(text)

    def _start_inline(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self._text("\n")
        elif tag == "img":
            self._image(attributes)
        elif tag == "a":
            self._start_link(attributes)
        elif tag == "sup":
            self._superscript = self._superscript or len(self._run) + 1
        elif tag in _BEFORE:
            self._text(_BEFORE[tag])
        elif tag in _CODE:
            self._inline_code += 1
        elif tag in _DELETED and not self._pre:
            self._deleted += 1
            self._text(f"[{self._words['deleted']}:\u00a0")

    def _end_inline(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._end_link()
        elif tag == "sup" and self._superscript:
            self._end_superscript()
        elif tag in _AFTER:
            self._text(_AFTER[tag])
        elif tag in _CODE:
            self._inline_code = max(self._inline_code - 1, 0)
        elif tag in _DELETED and self._deleted:
            self._deleted -= 1
            self._text("]")

    def _start_block(self, tag: str, attributes: dict[str, str]) -> None:
        if self._tables:
            self._end_cell()
            self._write_table(self._tables[-1])
            self._tables[-1] = Table()
        self._flush()
        if tag in {"p", "li", "dd", "dt"}:
            self._close_implied(tag)
        is_note = "footnote" in attributes.get("class", "").split()
        if self._sections and not self.sheet.depth and (tag in _HEADINGS or is_note):
            self._write_addresses()
        self._open.append(tag)
        self._opened[tag] += 1
        if (
            tag not in _TIGHT
            and not (self.sheet.is_fresh and tag in {"ul", "ol", "p"})
            and not self._nested_list(tag)
        ):
            self.sheet.part()
        if is_note:
            self._footnotes = len(self._open)
        self._enter(tag, attributes)

    def _enter(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin what the block just opened is known by: its bullet, its indentation, its line."""
        if tag in {"ul", "ol"}:
            self._counters.append(_number(attributes, "start", 1) if tag == "ol" else None)
        elif tag == "li":
            self._item(attributes)
        elif tag == "blockquote":
            self.sheet.indent("> ", "> ")
        elif tag == "dd":
            self.sheet.indent("    ", "    ")
        elif tag == "pre":
            self._pre += 1
        elif tag == "table":
            self._tables.append(Table())
        elif tag == "hr":
            self._open.pop()
            self._opened[tag] -= 1
            self.sheet.write([_RULE])
            self.sheet.part()

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
            self.sheet.part()
        many = self._sections and len(self._waiting) >= _FEW
        if many and tag in _PARAGRAPHS and not self.sheet.depth and not self._tables:
            self._write_addresses()

    def _nested_list(self, tag: str) -> bool:
        return tag in {"ul", "ol"} and bool(self._counters)

    def _closed(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._counters:
            self._counters.pop()
        elif tag == "pre":
            self._pre -= 1
        elif tag in {"li", "blockquote", "dd"}:
            self.sheet.outdent()
        elif len(self._open) < self._footnotes:
            self._footnotes = 0

    def _close_implied(self, tag: str) -> None:
        """End the element that a browser ends when another of its kind begins."""
        if self._open and self._open[-1] == tag:
            self._end_block(tag)

    def _item(self, attributes: dict[str, str]) -> None:
        if not self._counters or self._counters[-1] is None:
            marker = "• "
        else:
            number = _number(attributes, "value", self._counters[-1])
            self._counters[-1] = number + 1
            marker = f"{str(number).translate(_SUPERSCRIPTS)} " if self._footnotes else f"{number}. "
        self.sheet.indent(marker, " " * len(marker))

    def _flush(self, heading: str = "") -> None:
        """Write the text gathered so far as a paragraph, a heading or code."""
        if self._pre and self._code:
            lines = "".join(self._code).strip("\n").split("\n")
            self._code.clear()
            self.sheet.part()
            self.sheet.write(["    " + line if line else "" for line in lines], verbatim=True)
            self.sheet.part()
        text = joined(self._run)
        self._run.clear()
        self._superscript = 0
        if not text:
            return
        width = self.sheet.room()
        lines = [line for part in text.split("\n") for line in wrapped(part, width)]
        if heading in _UNDERLINES:
            lines.append(_UNDERLINES[heading] * min(max(columns(line) for line in lines), width))
        self.sheet.write(lines)

    def _write_addresses(self) -> None:
        """Write the addresses that wait, each whole on its line."""
        if self._waiting:
            self.sheet.part()
            self.sheet.write(
                [f"[{number}] {address}" for address, number in self._waiting.items()], verbatim=True
            )
            self.sheet.part()
            self._waiting.clear()

    def _mark(self, address: str) -> str:
        """Return the number that stands for an address, which is now one of those that wait."""
        number = self._waiting[address] = self._numbers.setdefault(address, len(self._numbers) + self._first)
        return f"[{number}]"

    def _image(self, attributes: dict[str, str]) -> None:
        alt = " ".join(attributes.get("alt", "").split())
        address = "".join(attributes.get("src", "").split())
        name = self._words["image"]
        mark = f"\u00a0{self._mark(address)}" if address else ""
        self._text(f" [{name}:\u00a0{alt}]{mark} " if alt else f" [{name}]{mark} ")

    def _play(self, label: str, attributes: dict[str, str]) -> None:
        """Write what a player is called and where it plays, or remember it until there is an address."""
        address = "".join(attributes.get("src", "").split())
        self._playing = "" if address else label
        if address and self._tables:
            self._text(f" {label}\u00a0{self._mark(address)} ")
        elif address:
            self._start_block("figure", {})
            self._text(f"{label}\u00a0{self._mark(address)}")
            self._end_block("figure")

    def _start_link(self, attributes: dict[str, str]) -> None:
        is_note = (
            "footnote-ref" in attributes.get("class", "").split() or attributes.get("role") == "doc-noteref"
        )
        self._links.append(("" if is_note else attributes.get("href", ""), len(self._run)))

    def _end_link(self) -> None:
        target, start = self._links.pop()
        text = "".join(self._run[start:]).strip()
        target = "".join(target.split())
        if not target or (target in {text, f"mailto:{text}"} and text.isascii()):
            return
        mark = self._mark(target)
        if not text:
            self._text(f" {mark} ")
        elif not text.endswith(f"\u00a0{mark}"):  # of an image that is a link to itself
            space = " " if self._run[-1].endswith(" ") else ""
            self._run[-1] = self._run[-1].rstrip(" ")
            self._text(f"\u00a0{mark}{space}")  # on the line where the text ends

    def _end_superscript(self) -> None:
        start = self._superscript - 1
        text = "".join(self._run[start:])
        if re.fullmatch(r"[0-9+\-=()]+", text):
            self._run[start:] = [text.translate(_SUPERSCRIPTS)]
        self._superscript = 0

    def _cell(self, tag: str, attributes: dict[str, str]) -> None:
        table = self._tables[-1]
        if tag in {"table", "caption", "tr"}:
            self._end_cell()
            if tag == "tr":
                table.rows.append([])
        elif tag in _CELLS:
            self._end_cell()
            table.start_cell(
                Cell(
                    is_head=tag == "th",
                    align=attributes.get("align", ""),
                    across=_number(attributes, "colspan", 1),
                    down=_number(attributes, "rowspan", 1),
                )
            )
        else:
            self._text(" ")

    def _end_cell(self) -> None:
        """Put the text gathered into the cell that is open; before the first one it is the caption."""
        text = " ".join(joined(self._run).split(" ")).replace("\n", " ")
        rows = self._tables[-1].rows
        if text and not rows:
            self._flush()
        elif text:
            self._tables[-1].say(text)
        self._run.clear()
        self._superscript = 0

    def _end_table(self) -> None:
        self._end_cell()
        self._write_table(self._tables.pop())

    def _write_table(self, table: Table) -> None:
        lines = table.lines(self.sheet.room())
        if lines:
            self.sheet.part()
            self.sheet.write(lines)
            self.sheet.part()


def to_text(html: str, *, width: int = 78, first: int = 1, words: Mapping[str, str] = _WORDS) -> str:
    """Return the text part of a mail for a post's HTML: lines of at most `width` columns, "" for nothing.

    Only what may not be broken is longer: code, and URLs. The addresses are numbered from `first`. `words`
    are those, in the language of the post, for an `image` and for text that is `deleted`, and what a `video`
    and an `audio` without a title are called.
    """
    few = len(set(_ADDRESS.findall(html))) <= _FEW
    writer = _Writer(width, sections=not few or len(html) > _SHORT, first=first, words={**_WORDS, **words})
    writer.feed(html)
    writer.close()
    return writer.finished()


def _is_way_back(attributes: dict[str, str]) -> bool:
    """Whether an element leads from a footnote back to the text, where no mail program follows."""
    return "footnote-backref" in attributes.get("class", "") or attributes.get("role") == "doc-backlink"


def _number(attributes: dict[str, str], name: str, otherwise: int) -> int:
    value = attributes.get(name, "")
    return int(value) if re.fullmatch(r"[0-9]{1,9}", value) else otherwise


def _displayed(text: str) -> str:
    """Return text with one space for any blank space in it; displayed formulae keep their lines."""
    if text.startswith("\\[\n"):
        return _in_lines(text)
    parts = text.split("$$") if "$$" in text else [text]
    return "$$".join(
        _in_lines(part) if at % 2 and part.startswith("\n") and at + 1 < len(parts) else _BLANK.sub(" ", part)
        for at, part in enumerate(parts)
    )


def _in_lines(text: str) -> str:
    return "\n".join(_BLANK.sub(" ", line).strip() for line in text.split("\n"))
