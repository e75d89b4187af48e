"""The block structure of Markdown: which line is code, which is in a list, which is raw HTML.

`Reader` is CommonMark's first phase (https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy) with
GitHub's footnotes, PHP Markdown Extra's definitions, and the call-outs of several generators: it keeps the
open containers and says of every line what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from feeds.body import callouts
from feeds.body.kramdown import is_attributes, is_contents
from feeds.body.tags import begins_block

Kind = Literal["text", "blank", "attributes", "heading", "rule", "fence", "code", "html"]

_DEPTH = 64  # containers deeper than this are not a text that anybody reads
CODE_INDENT = 4

_INDENT = re.compile(r" *")
_LEADING = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])(?=[ \t]))?[ \t]*")
_QUOTE = re.compile(r" {0,3}> ?")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})[ ]*(?P<info>.*)$")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_HEADING = re.compile(r" {0,3}#{1,6}(?= |$)")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *$")
_ITEM = re.compile(r"(?P<indent> {0,3})(?P<marker>[-*+]|(?P<number>\d{1,9})[.)])(?P<space> +(?=\S)| *$)")
_DEFINITION = re.compile(r"(?P<indent> {0,3})(?P<marker>:)(?P<space> {1,3})(?=\S)")
_FOOTNOTE = re.compile(r"(?P<indent> {0,3})(?P<marker>\[\^[^\]\s]+\]:)(?P<space> *)")
_COLONS_END = re.compile(r" {0,3}:{3,} *$")
_CONTENTS = re.compile(r" {0,3}@?(?:\[TOC\]|\[\[_?TOC_?\]\]|\$\{toc\}) *$", re.IGNORECASE)
_ABBREVIATION = re.compile(r" {0,3}\*\[[^\[\]]{1,100}\]: *\S")

_HTML_UNTIL = (
    (re.compile(r" {0,3}<(?:pre|script|style|textarea)(?=[ >]|$)", re.IGNORECASE),
     re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)),
    (re.compile(r" {0,3}<!--"), re.compile(r"-->")),
    (re.compile(r" {0,3}<(?:\?|![A-Za-z\[])"), re.compile(r">")),
)  # fmt: skip
_HTML_BLOCK = re.compile(
    r" {0,3}</?(?:address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|"
    r"div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|"
    r"main|menu|menuitem|nav|noscript|object|ol|optgroup|option|p|param|picture|search|section|summary|svg|table|"
    r"tbody|td|tfoot|th|thead|title|tr|track|ul|video|audio)(?=[ >]|/>|$)",
    re.IGNORECASE,
)
_HTML_ALONE = re.compile(r" {0,3}</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?> *$")
# What kramdown takes for a part of the paragraph that it begins.
_HTML_SPAN = re.compile(
    r" {0,3}<(?:a|abbr|acronym|b|bdo|big|br|cite|code|del|dfn|em|i|img|ins|kbd|label|mark|q|s|samp|small|"
    r"span|strong|sub|sup|time|tt|u|var|wbr)(?=[\s/>])",
    re.IGNORECASE,
)
_COMMENTED = re.compile(r"(?<=-->)[ \t]*(?!<!)\S")  # what stands behind a comment
_TAG_NAME = re.compile(r"</?[A-Za-z][\w-]*")
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})
_BLANK = re.compile(r"(?!)")  # never in a line: the block ends at a blank one


@dataclass(slots=True)
class Container:
    """A quote, a list item or the like, that is open.

    A line is inside when it is indented by `need` columns, of which `width` are taken away; a quote wants
    its `>` instead and a colon fence takes everything. `first` and `rest` are what is written before the
    first line and before the others.
    """

    kind: Literal["quote", "item", "colons"]
    first: str
    rest: str
    need: int = 0
    width: int = 0
    title: str = ""
    marker: str = ""  # a list item's: another one begins another list
    strict: bool = False  # not CommonMark's: a line that is not indented is outside, whatever it follows


@dataclass(slots=True)
class Line:
    """What a line is: its text without the marks of its containers, and how many of those it opened.

    `opens` is set on the first line of a fence or an HTML block, `closes` on a fence's last.
    """

    kind: Kind
    text: str
    opened: int = 0
    opens: bool = False
    closes: bool = False
    lazy: bool = False
    raw: bool = False  # HTML whose text is not HTML, or not shown: a script, a comment
    info: str = ""
    underline: bool = False  # of the paragraph before it, which is a heading then


class Reader:
    """Reads a body line by line; Jekyll's Markdown begins blocks of HTML with fewer elements than others."""

    def __init__(self, dialect: str = "plain") -> None:
        self._kramdown = dialect == "jekyll"
        self._element = ""  # what the open HTML block is, if its end tag is its end
        self._depth = 0
        self.containers: list[Container] = []
        self.paragraph = False
        self._fence = ""
        self._fence_indent = 0
        self._html: re.Pattern[str] | None = None
        self._after_html = False
        self._inside = False  # an HTML block whose parts are indented like code
        self._blank = False

    def read(self, line: str) -> Line:
        """Say what the next line is, and note what it opens and closes."""
        if not line and self._blank:
            return Line("blank", "")  # another one changes nothing
        read = self._read(line)
        self._blank = read.kind == "blank" and not read.opened and not self.is_verbatim
        return read

    @property
    def is_verbatim(self) -> bool:
        """Whether a fence or an HTML block is open."""
        return bool(self._fence or self._html)

    def _read(self, line: str) -> Line:
        verbatim = self.is_verbatim and not self.containers
        line = line if verbatim or "\t" not in line else _expand(line)
        position, depth = self._matched(line)
        if self.is_verbatim:
            if depth == len(self.containers):
                return self._continued(line[position:])
            self._fence, self._html = "", None
        return self._started(line, position, depth)

    def _matched(self, line: str) -> tuple[int, int]:
        """Return where the line's own text starts, and how many of the open containers it is inside of."""
        position = 0
        for depth, container in enumerate(self.containers):
            if container.kind == "quote":
                match = _QUOTE.match(line, position)
                if match is None:
                    return position, depth
                position = match.end()
            elif container.kind == "item":
                indent = _indent(line, position)
                if position + indent == len(line):
                    position = len(line)
                elif indent >= container.need:
                    position += min(indent, container.width)
                else:
                    return position, depth
        return position, len(self.containers)

    def _continued(self, text: str) -> Line:
        if self._fence:
            stripped = text.strip()
            if stripped[:1] == self._fence[0] and not stripped.strip(self._fence[0]) and (
                len(stripped) >= len(self._fence)
            ):  # fmt: skip
                self._fence = ""
                return Line("fence", "", closes=True)
            return Line("fence", text[min(_indent(text), self._fence_indent) :])
        if self._html is _BLANK and not text.strip():
            self._html = None
            return Line("blank", "")
        raw = self._html is not _BLANK
        if self._html is not None and (self._html.search(text) or (not raw and self._ends(text))):
            self._html = None
        return Line("html", text, raw=raw)

    def _started(self, line: str, position: int, depth: int) -> Line:
        inside = depth == len(self.containers)
        if not inside and self.containers[depth].strict:
            self.paragraph = False
        opened = 0
        after_html, self._after_html = self._after_html, False
        self._inside = False
        while True:
            text = line[position:]
            indent = _indent(text)
            if indent == len(text):
                if not opened:
                    self._after_html = after_html
                del self.containers[depth:]
                self.paragraph = False
                return Line("blank", "", opened)
            in_paragraph = self.paragraph and inside and not opened
            if indent >= CODE_INDENT and after_html and text.lstrip().startswith("<"):
                text = text.lstrip()  # the inside of an HTML block that has blank lines
                self._inside = True
            elif indent >= CODE_INDENT:
                return self._indented(text, depth, opened)
            container, end = self._container(text, in_paragraph=in_paragraph)
            if container is None or len(self.containers) >= _DEPTH:
                return self._leaf(text, depth, opened, in_paragraph=in_paragraph)
            if not opened:
                del self.containers[depth:]
            self.paragraph = False
            if container.kind == "colons" and _COLONS_END.match(text):
                self._close_colons()
                return Line("blank", "")
            self.containers.append(container)
            depth = len(self.containers)
            opened += 1
            position += end
            inside = True

    def _indented(self, text: str, depth: int, opened: int) -> Line:
        if self.paragraph and not opened:
            return Line("text", text, lazy=True)
        del self.containers[depth:]
        return Line("code", text, opened)

    def _leaf(self, text: str, depth: int, opened: int, *, in_paragraph: bool) -> Line:
        line = self._special(text, opened, in_paragraph=in_paragraph)
        if line is None:
            lazy = self.paragraph and not opened
            if not lazy:
                del self.containers[depth:]
            self.paragraph = True
            return Line("text", text, opened, lazy=lazy)
        del self.containers[depth:]
        self.paragraph = False
        return line

    def _special(self, text: str, opened: int, *, in_paragraph: bool) -> Line | None:
        """Return the line if it is anything but a paragraph's."""
        if match := _FENCE.match(text):
            self._fence, self._fence_indent = match["fence"], _indent(text)
            return Line("fence", "", opened, opens=True, info=match["info"])
        if _HEADING.match(text):
            return Line("heading", text, opened)
        if in_paragraph and UNDERLINE.match(text):
            return Line("heading", text, underline=True)
        if _RULE.match(text):
            return Line("rule", text, opened)
        if (not in_paragraph and (is_attributes(text) or _CONTENTS.match(text))) or is_contents(text):
            return Line("attributes", text, opened)
        if _ABBREVIATION.match(text):
            return Line("attributes", text, opened)
        if text.lstrip().startswith("<"):
            return self._html_start(text, opened, in_paragraph=in_paragraph)
        return None

    def _html_start(self, text: str, opened: int, *, in_paragraph: bool) -> Line | None:
        line = Line("html", text, opened, opens=True)
        for start, end in _HTML_UNTIL:
            if match := start.match(text):
                ended = end.search(text, match.end())
                if self._kramdown and ended and _COMMENTED.match(text, ended.end()):
                    return None
                self._html = None if ended else end
                line.raw = True
                return line
        if self._kramdown and _HTML_SPAN.match(text):
            return None
        if _HTML_BLOCK.match(text) or (
            not in_paragraph and _HTML_ALONE.match(text) and begins_block(text.strip())
        ):
            name = _TAG_NAME.search(text) if self._kramdown and not self._inside else None
            self._element, self._depth = name[0].strip("</").lower() if name else "", 0
            self._html = None if self._ends(text) else _BLANK
            self._after_html = True
            return line
        return None

    def _ends(self, text: str) -> bool:
        """Tell whether a line ends an HTML block that could go on: Markdown follows, or its element ends."""
        names = [match[0].lower() for match in _TAG_NAME.finditer(text)] if self._element else []
        self._depth += names.count(f"<{self._element}") - names.count(f"</{self._element}")
        ended = self._depth <= 0 or self._element in _VOID
        return _ends_in_markdown(text) or (bool(self._element) and ended)

    def _container(self, text: str, *, in_paragraph: bool) -> tuple[Container | None, int]:
        """Return the container that starts here, and where its content does."""
        if match := _QUOTE.match(text):
            callout = callouts.CALLOUT.match(text, match.end())
            title = callouts.title(callout) if callout else ""
            return Container("quote", "> ", "> ", title=title), len(text) if callout else match.end()
        if unusual := self._unusual(text):
            return unusual
        match = None if _RULE.match(text) else _ITEM.match(text)
        if match is None or (
            in_paragraph and (not match["space"].strip("\n") or match["number"] not in {None, "1"})
        ):
            return None, 0
        return _item(match, "- " if match["number"] is None else match["number"] + ". "), match.end()

    def _unusual(self, text: str) -> tuple[Container, int] | None:
        """Return the container that starts here, if it is none of CommonMark's."""
        if match := _FOOTNOTE.match(text):
            return Container("item", match["marker"] + " ", "    ", need=4, width=4), match.end()
        if match := _DEFINITION.match(text):
            return _item(match, ":   "), match.end()
        if match := callouts.ADMONITION.match(text):
            title = callouts.title(match)
            return Container("item", "> ", "> ", need=4, width=4, title=title, strict=True), len(text)
        if match := callouts.COLONS.match(text):
            title, quoted = callouts.colons(match)
            mark = "> " if quoted else ""
            return Container("colons", mark, mark, title=title), len(text)
        if _COLONS_END.match(text) and self._in_colons():
            return Container("colons", "> ", "> "), len(text)
        return None

    def _in_colons(self) -> bool:
        return any(container.kind == "colons" for container in self.containers)

    def _close_colons(self) -> None:
        while self.containers and self.containers.pop().kind != "colons":
            pass


def _item(match: re.Match[str], first: str) -> Container:
    indent, space = len(match["indent"]), len(match["space"])
    width = indent + len(match["marker"]) + (space if 1 <= space <= CODE_INDENT else 1)
    return Container(
        "item", first, "    ", need=min(width, indent + 2), width=width, marker=match["marker"][-1]
    )


def _ends_in_markdown(text: str) -> bool:
    """Tell whether a line's last tag says that what comes behind it is Markdown."""
    tag = text[text.rfind("<") :].rstrip(" ")
    return tag.endswith(">") and re.search(r"\smarkdown=[\"']?[^0>\"']", tag) is not None


def _indent(text: str, position: int = 0) -> int:
    match = _INDENT.match(text, position)
    return match.end() - position if match else 0


def _expand(line: str) -> str:
    match = _LEADING.match(line)
    end = match.end() if match else 0
    return line[:end].expandtabs(4) + line[end:]
