"""Shortcodes and template tags in a body: the known ones become HTML, of the others only the text stays.

One pass from left to right. `expand` knows where code is (nothing in it is touched) and what becomes of a
name; `hugo`, `liquid`, `kramdown` and `obsidian` know how each dialect is spelt.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.body import directives, embeds, hugo, kramdown, liquid, obsidian, references, verbatim
from feeds.body.addresses import url
from feeds.body.blocks import Reader
from feeds.body.lookahead import Lookahead
from feeds.body.references import CHECK, UNKNOWN, advice
from feeds.body.reports import Reports
from feeds.problems import Problem

if TYPE_CHECKING:
    from feeds.body.embeds import Embed, Inline
    from feeds.body.page import Page
    from feeds.body.stash import Stash
    from feeds.problems import Severity

_MARK = re.compile(
    rf"{directives.MARKS}"
    r"|\\.|`+|\{\{[<%]?|\{%|\{:[:/]|%%|!?\[\[|<!--|<(?:code|kbd|samp|pre|script|style)\b|\$\$?"
    r"|(?<!=)==(?!=)|(?<![^\n ])\^(?=[A-Za-z0-9-]+[ \t]*$)",
    re.MULTILINE,
)
_BEGINS_LINE = re.compile(r"(?:\A|\n)[ \t]*\Z")
_ENDS_LINE = re.compile(r"[ \t]*(?:\n|\Z)")
_MANY_BLANK = re.compile(r"\n{100,}(?=\n)")  # nobody's code has a hole like that
_END_TAG = re.compile(r"\{\{[<%]-?\s*/|\{%-?\s*end")
_BRACES = re.compile(r"\{\{|\{%")
# What stands before a part of an address, in Markdown and HTML.
_ADDRESS = re.compile(
    r"(?:\]\(\s*<?|\]:[ \t]*<?|\b(?:href|src|srcset|poster|cite|data(?:-\w+)?)\s*=\s*[\"']?)"
    r"(?:\{[{%][^{}\n]*[}%]\}|[^\s\"'<>(){])*\Z"
)
_SECTION = re.compile(r"\n[ \t]*\n(?=#{2,6}[ \t])")
_HTML_END = re.compile(r"</pre\s*>", re.IGNORECASE)
_RAW_ENDS = re.compile(r".*?(?:</(?:pre|script|style|textarea)\s*>|-->)", re.IGNORECASE)
_MATH = re.compile(r"\$(?![\s\d$])(?=[^$\n]*[\\_^{])[^$\n]{1,1000}(?<!\s)\$(?!\d)")
_SHORTCODE = re.compile(r"\{\{[<%]|\{%-?[ \t]*[A-Za-z_][^{}%]{0,200}%\}")  # which no formula has
_FORMULA = re.compile(r"[\\_^=]")
_LONGEST_FORMULA = 1_000  # characters
_ADVISED = 20  # references to no post that are each given a hint of their own
_DEEPEST = 8  # captures in captures


def expand(markdown: str, page: Page, stash: Stash, inline: Inline) -> tuple[str, tuple[Problem, ...]]:
    """Return the body with its shortcodes put into `stash`, and a warning for each one that is not known.

    `inline` renders one line of Markdown, for captions.
    """
    return Expander(markdown, page, stash, inline).run()


class Expander:
    """The state of one pass: what was written, what was found wrong, which ends were looked up."""

    def __init__(self, markdown: str, page: Page, stash: Stash, inline: Inline) -> None:
        self.text = markdown
        self.ahead = Lookahead(markdown)
        self.page = page
        self.stash = stash
        self.inline = inline
        self.has_tabs = "{% tabs" in markdown or "{% timeline" in markdown
        self.in_html = False  # where backticks are backticks
        self.one_line = False  # a heading or a table's row, whose code ends with it
        self.last = -1  # where the last shortcode ended
        self.open: list[str] = []  # what Zola's `{% end %}` closes
        self._nothing = stash.put("")
        self._nothing_alone = stash.put("", block=True)
        self._written: list[str] = []
        self.reports = Reports()
        self._counted = (0, 0)
        self.defined: frozenset[str] | None = None  # the link references of the body
        self.comment_ends: list[int] | None = None  # where its lines of nothing but `%%` end
        self.comment_marks: list[int] | None = None  # where comments may begin or end, in a vault
        self.credits: list[str] = []  # of the quotations that are open
        self.endings: dict[int, tuple[int, str]] = {}  # by where they begin: where they end, what is written
        self.variables: dict[str, str] = {}  # what the body has set so far
        self.counters: dict[str, int] = {}  # what Liquid's `increment` has counted
        self._raw: tuple[int, int] | None = None  # the end tag of a `raw` that begins in code
        self.inserted = 0  # characters that they have added to it
        self.failed: set[str] = set()  # the site's templates that do not work
        self.filled = 0  # characters that the others have made
        self._advised = 0
        self._depth = 0

    def run(self) -> tuple[str, tuple[Problem, ...]]:
        """Expand the whole body."""
        reader = Reader(self.page.dialect)
        start, in_pre = 0, False
        while start <= len(self.text):
            end = self.ahead.line_end(start)
            text = self.text[start:end]
            line = reader.read(text)
            if not in_pre and line.raw and (label := liquid.tab(self, text)):
                self._written.append(label)
                start = end
            elif in_pre or line.kind in {"fence", "code"} or line.raw:
                ended = None if line.kind in {"fence", "code"} else _RAW_ENDS.match(text)
                in_pre = in_pre and ended is None
                shown = len(text) if ended is None else ended.end()
                code = self._code(start, start + shown)
                if text.strip() and not code.strip():
                    start = end + 1  # a line of nothing but `raw`
                    continue
                self._written.append(code)
                start += shown
            if not in_pre and start < end:
                self.in_html = line.kind == "html"
                self.one_line = line.kind == "heading" or line.text.lstrip().startswith("|")
                end = self._line(start, end)
                in_pre = self._opens_pre(start, end)
            self._written.append("\n")
            if line.kind == "blank" and (many := _MANY_BLANK.match(self.text, end)):
                end = many.end()
            start = end + 1
        self._written.pop()
        return "".join(self._written), self.reports.all()

    def nested(self, markdown: str, line: int) -> str | None:
        """Expand a text that stands on the file's line `line`; None for one in too many others."""
        if self._depth >= _DEEPEST:
            return None
        inner = Expander(markdown, replace(self.page, line=line), self.stash, self.inline)
        inner.variables, inner.failed, inner.counters = self.variables, self.failed, self.counters
        inner.filled, inner.inserted = self.filled, self.inserted
        inner.reports, inner._depth = self.reports, self._depth + 1
        expanded, _ = inner.run()
        self.filled, self.inserted = inner.filled, inner.inserted
        return expanded

    def line_at(self, position: int) -> int:
        """Return the file's line on which `position` is, which never goes back."""
        was, line = self._counted
        line += self.text.count("\n", was, position)
        self._counted = (max(was, position), line)
        return self.page.line + line

    def warn(
        self, code: str, message: str, hint: str, position: int, *, severity: Severity = "warning"
    ) -> None:
        """Note a problem with what stands at `position`, which never goes back."""
        if not self.reports.has_room(code, message):
            return
        self.reports.add(
            Problem(
                code=code,
                message=message,
                path=self.page.path,
                line=self.line_at(position),
                column=0 if self._depth else position - self.text.rfind("\n", 0, position),
                hint=hint,
                severity=severity,
            )
        )

    def dangling(self, reference: str, position: int) -> None:
        """Warn of a reference at `position` to a post that is not there."""
        self._advised += 1
        hint = advice(reference, self.page) if self._advised <= _ADVISED else CHECK
        self.warn("link-dangling", f"no post is called {reference!r}", hint, position)

    def unknown(self, name: str, position: int) -> str:
        """Warn of a shortcode that is not known, and return what stands for it."""
        message, hint = f"no shortcode is called {name!r}", "its mark-up is dropped, the text inside it stays"
        if name in {"case", "if", "ifchanged", "unless"}:
            message = f"{name!r} asks what is not known here"
            hint = "its mark-up is dropped, the text of all its branches stays"
        elif name in {"for", "tablerow"}:
            message = f"a {name!r} loop cannot be run"
        self.warn("shortcode-unknown", message, hint, position)
        return self.gap(position)

    def gap(self, position: int) -> str:
        """Return what is written for what nobody knows: nothing, or a sign by which an address is none."""
        if _ADDRESS.search(self.text, max(position - 300, 0), position) is None:
            return ""
        return self.stash.put(UNKNOWN, UNKNOWN)

    def warn_unterminated(self, position: int) -> None:
        """Warn of a shortcode without an end."""
        hint = "close it, or put it between backticks to show it"
        self.warn("shortcode-unterminated", "a shortcode is not closed", hint, position)

    def unterminated(self, position: int) -> int:
        """Warn of a tag without an end, and return how far it is dropped: to the next, or the line's end."""
        self.warn_unterminated(position)
        end = self.ahead.line_end(position)
        other = _BRACES.search(self.text, position + 2, end)
        return other.start() if other else end

    def section_end(self, position: int) -> int:
        """Return where the section ends: behind a blank line, before a heading that no comment looks like."""
        found = _SECTION.search(self.text, position)
        return found.start() if found else len(self.text)

    def put(self, embed: Embed) -> str:
        """Put an embed into the stash and return its token."""
        return self.stash.put(embed.html, embed.text, block=embed.block)

    def literal(self, text: str) -> str:
        """Put text that is shown as it is into the stash, unseen by the guard, and return its token."""
        return self.put(embeds.literal(self.stash.hidden(text)))

    def reference(self, reference: str, position: int) -> str:
        """Return the URL of the post or the file that `reference` names in any way, for use in Markdown."""
        path, hash_sign, fragment = reference.strip().partition("#")
        found = references.anywhere(path, self.page) if path else self.page.url
        if found is None:
            self.dangling(reference, position)
            found = f"{self.page.site_url}{path}" if path.startswith("/") else path
        return url(found + hash_sign + fragment, self.page.url).replace("(", "%28").replace(")", "%29")

    def _code(self, start: int, end: int) -> str:
        """Return code as it is shown, which is not always as it is written."""
        code = hugo.unescaped(self.text[start:end])
        if self.page.dialect == "zola":
            return verbatim.unescaped(code)
        running = self.page.dialect in verbatim.RUNNING and self.page.templates
        if not running or not ("{%" in code or "{{" in code or self._raw):
            return code
        code, self._raw = verbatim.without_raw(self.ahead, start, end, self._raw)
        return code

    def _line(self, start: int, end: int) -> int:
        """Expand a line of text, and return where the line ends that the last shortcode of it ends on."""
        while match := _MARK.search(self.text, start, end):
            position = match.start()
            self._written.append(self.text[start:position])
            start, replacement = self._mark(match[0], position, end)
            if replacement is None:
                replacement = self._code(position, start)
            else:
                self.last = start
                replacement = self._placed(replacement, position, start)
            self._written.append(replacement)
            if start > end:
                end = self.ahead.line_end(start)
        self._written.append(self.text[start:end])
        return end

    def _placed(self, replacement: str, position: int, end: int) -> str:
        """Return what is written for the shortcode from `position` to `end`, with regard to its neighbours.

        Blank lines keep a block that begins a line from being taken for the end of a list, or a table's row.
        They would pull apart a list whose item it is indented for; an end tag may do that.
        What leaves nothing leaves a token even so: what follows must not come to stand at a line's beginning.
        """
        begins = _BEGINS_LINE.search(self.text, max(position - 100, 0), position)
        ends = _ENDS_LINE.match(self.text, end) is not None
        if not replacement:
            alone = begins is not None and ends
            replacement = self._nothing_alone if alone else self._nothing
        if begins is None or not self.stash.is_block(replacement):
            return replacement
        if begins[0].strip("\n") and not _END_TAG.match(self.text, position):
            return replacement
        return f"\n{begins[0].strip(chr(10))}{replacement}" + ("\n" if ends else "")

    def _mark(self, mark: str, position: int, end: int) -> tuple[int, str | None]:
        """Return where what begins at `position` ends, and what is written for it: None for itself."""
        if position in self.endings:
            return self.endings.pop(position)
        if mark[0] == "\\":
            return self._formula_end(mark, position) or position + 2, None
        if mark[0] == "`" and self.in_html:
            return position + len(mark), None
        if mark[0] == "`":
            after = self.ahead.code_end(mark, position)
            return after if after <= end or not self.one_line else position + len(mark), None
        if mark.startswith(("{{", "{%")) and not self.page.templates:
            return position + len(mark), self.literal(mark)
        if mark in {"{{<", "{{%"}:
            return hugo.shortcode(self, position)
        if mark == "{{":
            return liquid.output(self, position)
        if mark == "{%":
            return liquid.tag(self, position)
        if (
            mark in {"<%", "{#", "{>>", "%[", "<<<", "::"}
            or mark[0] == "-"
            or (mark[0] == "[" and mark[1] != "[")
        ):
            return directives.mark(self, mark, position)
        if mark[0] == "<":
            close = "-->" if mark == "<!--" else f"</{mark[1:].lower()}"
            found = self.ahead.find(close, position)
            return (found + len(close) if 0 <= found < end else position + len(mark)), None
        if mark[0] == "{":
            return kramdown.extension(self, position)
        return self._math(mark, position) if mark[0] == "$" else obsidian.mark(self, mark, position, end)

    def _math(self, mark: str, position: int) -> tuple[int, str | None]:
        if mark == "$$":
            end = self.text.find("$$", position + 2, self.ahead.paragraph_end(position))
            if end < 0 or _SHORTCODE.search(self.text, position, end):
                return position + 2, None
            return end + 2, self.literal(self.text[position : end + 2])
        match = _MATH.match(self.text, position)
        if match is None or _SHORTCODE.search(match[0]):
            return position + 1, None
        return match.end(), self.literal(match[0])

    def _formula_end(self, mark: str, position: int) -> int:
        r"""Return where `\(a {{ b }}^2\)` ends, whose braces are nobody's template; 0 if it is no formula."""
        close = {"\\(": "\\)", "\\[": "\\]"}.get(mark)
        end = self.ahead.find(close, position + 2) if close else -1
        if not 0 <= end - position <= _LONGEST_FORMULA:
            return 0
        inner = self.text[position + 2 : end]
        if "{{" not in inner or "\n" in inner or not _FORMULA.search(inner.replace("{{", "")):
            return 0
        return end + 2

    def _opens_pre(self, start: int, end: int) -> bool:
        """Tell whether a line leaves a `<pre>` open that is closed further on."""
        at = self.text.rfind("<pre", start, end)
        return at >= 0 and _HTML_END.search(self.text, at, end) is None and self.ahead.find("</pre", end) >= 0
