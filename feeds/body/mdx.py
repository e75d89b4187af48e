"""MDX as Docusaurus, Astro and Next.js read it (https://mdxjs.com/docs/what-is-mdx/), into plain Markdown.

Nothing is run. Imports, exports, expressions and comments go, with a warning of what only a program knows;
of components the text inside them stays, and the few that say what they are (a call-out, a picture, a link,
a tab's label) become it. Code is left alone.
Every line keeps its number, as what is taken away leaves its line ends, but for blank lines around blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from feeds.body import embeds
from feeds.body.components import meaning
from feeds.body.embeds import Arguments, Embed
from feeds.body.jsx import LONGEST, Scanner, quoted
from feeds.body.lookahead import Lookahead
from feeds.body.margin import Margin
from feeds.body.reports import Reports
from feeds.problems import Problem

if TYPE_CHECKING:
    from feeds.body.jsx import Tag
    from feeds.body.page import Page
    from feeds.body.stash import Stash

_IS_MDX = re.compile(
    r"\s*import[ \t]+(?:(?:[\w$]+[ \t]*,[ \t]*)?(?:\{[^{};\n]*\}|\*[ \t]+as[ \t]+[\w$]+)|[\w$]+)[ \t]*"
    r"(?<=[ \t}])from[ \t]*[\"'][^\"'\n]+[\"'];?[ \t]*(?:\n|\Z)"
)
_TRUNCATE = re.compile(r"^\{/\*[ \t]*truncate[ \t]*\*/\}[ \t]*$", re.MULTILINE)
_FENCE = re.compile(
    r"[ \t]*(?:[-*+>][ \t]+|\d{1,9}[.)][ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE
)
# https://docusaurus.io/docs/i18n/crowdin#mdx-solutions
_WRAPPING = re.compile(r"(?P<fence>`{3,}|~{3,})[ \t]*mdx-code-block")
_MODULE = re.compile(
    r"import\b[ \t]*[\w*{\"']|export[ \t]+(?:default|const|let|var|function|async|class|type|[{*])"
)
_MARK = re.compile(r"\\.|`+|\$\$?|\{|<!--|</?(?:[A-Za-z_$][\w$.:-]*(?=[\s/>{])|(?=>))", re.DOTALL)
_MATH = re.compile(r"\$(?![\s\d$])[^$\n]{1,1000}(?<![\s\\])\$(?!\d)")
_BRACES = re.compile(r"\{+")
_HEADING_ID = re.compile(r"\{#[\w:.-]+\}")
_COMMENT_ID = re.compile(r"#[\w:.-]+")
_EXCERPT = re.compile(r"(?:more|truncate|excerpt)", re.IGNORECASE)
_DIRECTIVE = re.compile(r"(?:^|\n)[ \t]*:{2,}[ \t]*[\w-]+(?:\[[^\]\n]*\])?\Z")  # its attributes follow
_ADDRESSES = frozenset({"href", "src", "to"})
_SHOWN = 60  # characters of an expression
_RENAMED = {"classname": "class", "htmlfor": "for"}


@dataclass(slots=True)
class _Component:
    """A component that is open: what its end tag becomes, and by how much its content is indented.

    `indent` is that of its tag; `inside` is not known (-1) before its first line.
    """

    name: str
    closing: str
    indent: int
    inside: int


def is_mdx(markdown: str, page: Page) -> bool:
    """Tell whether a body is MDX: all of Docusaurus are, others by the file's name or the first import."""
    return (
        page.dialect == "docusaurus"
        or page.path.endswith(".mdx")
        or _IS_MDX.match(markdown) is not None
        or _TRUNCATE.search(markdown) is not None
    )


def as_markdown(markdown: str, page: Page, stash: Stash) -> tuple[str, tuple[Problem, ...]]:
    """Return the Markdown of an MDX body, and a warning for each component that is not known.

    What becomes HTML here goes into `stash`.
    """
    reader = _Reader(markdown, page, stash)
    reader.run()
    return "".join(reader.written), reader.reports.all()


class _Reader:
    """One pass from left to right."""

    def __init__(self, text: str, page: Page, stash: Stash) -> None:
        self.text = text
        self.page = page
        self.stash = stash
        self.written: list[str] = []
        self.reports = Reports()
        self._missed: set[str] = set()
        self._open: list[_Component] = []
        self._opened: Counter[str] = Counter()
        self._after_blank = True
        self._margin = Margin()
        self._unwrapped: list[str] = []  # the fences of what is no code
        self._ahead = Lookahead(text)
        titles = ("frontmatter.title", "frontMatter.title") if page.title else ()
        self._scanner = Scanner(text, dict.fromkeys(titles, page.title))

    def run(self) -> None:
        """Read the whole body."""
        start = 0
        while start < len(self.text):
            end = self._scanner.line_end(start)
            line = self.text[start:end]
            if self._after_blank and _MODULE.match(line) and (after := self._scanner.module(start)):
                self._drop(start, after)
                start = after
                continue
            if self._is_wrapping(line):
                self._drop(start, end)
                start, self._after_blank = end, True
                continue
            self._margin.note(self.text[self._in_component(start, end) : end], after_blank=self._after_blank)
            if fence := _FENCE.match(self.text, start, end):
                start = self._fence(start, fence["fence"])
            else:
                start = self._inline(self._dedented(start, end), end)
            self._after_blank = not line.strip()

    def _drop(self, start: int, end: int) -> None:
        self.written.append("\n" * self.text.count("\n", start, end))

    def _is_wrapping(self, line: str) -> bool:
        """Tell whether a line begins or ends a fence that Docusaurus unwraps, for what is in it is MDX."""
        bare = line.strip()
        if begins := _WRAPPING.fullmatch(bare):
            self._unwrapped.append(begins["fence"])
        elif self._unwrapped and bare.startswith(self._unwrapped[-1]) and not bare.strip(bare[0]):
            self._unwrapped.pop()
        else:
            return False
        return True

    def _dedented(self, start: int, end: int) -> int:
        """Return where a line begins without the indentation that would make it code in Markdown."""
        start = self._in_component(start, end)
        return start + self._margin.of(self.text[start:end])

    def _in_component(self, start: int, end: int) -> int:
        """Return where a line begins without the indentation that it has for standing in a component."""
        if not self._open:
            return start
        line = self.text[start:end]
        indent = len(line) - len(line.lstrip(" \t"))
        last = self._open[-1]
        if last.inside < 0 and line.strip() and not line.startswith("</", indent):
            around = max(self._open[-2].inside, 0) if len(self._open) > 1 else 0
            last.inside = around + max(indent - last.indent, 0)
        return start + min(indent, max(last.inside, 0))

    def _fence(self, start: int, fence: str) -> int:
        """Copy fenced code, without the indentation of the component around it; return where it ends."""
        begin = start
        while start < len(self.text):
            end = self._scanner.line_end(start)
            line = self.text[self._dedented(start, end) : end]
            self.written.append(line)
            bare = line.strip().lstrip("> ")
            start, first = end, start == begin
            if not first and bare.startswith(fence) and not bare.strip(fence[0]):
                break
        return start

    def _inline(self, start: int, end: int) -> int:
        """Write a line of text, and return where the line ends that the last mark of it ends on."""
        while match := _MARK.search(self.text, start, end):
            self.written.append(self.text[start : match.start()])
            start = self._mark(match)
            if start > end:
                end = self._scanner.line_end(start) if self.text[start - 1] != "\n" else start
        self.written.append(self.text[start:end])
        return end

    def _mark(self, match: re.Match[str]) -> int:
        """Write what begins at a mark, and return where it ends."""
        mark, position = match[0], match.start()
        if mark[0] == "\\":
            return self._copy(position, match.end())
        if mark[0] == "`":
            return self._copy(position, self._ahead.code_end(mark, position))
        if mark == "$$":
            end = self.text.find("$$", match.end(), position + LONGEST)
            return self._copy(position, end + 2 if end >= 0 else match.end())
        if mark == "$":
            formula = _MATH.match(self.text, position)
            return self._copy(position, formula.end() if formula else match.end())
        if mark == "<!--":
            end = self.text.find("-->", match.end(), position + LONGEST)
            return self._copy(position, end + 3 if end >= 0 else match.end())
        if mark[0] == "{":
            return self._expression(position)
        return self._element(mark, position)

    def _copy(self, start: int, end: int) -> int:
        self.written.append(self.text[start:end])
        return end

    def _expression(self, position: int) -> int:
        """Leave out the expression at `position`, but for text that it only quotes."""
        if heading := _HEADING_ID.match(self.text, position):
            return self._copy(position, heading.end())
        if _DIRECTIVE.search(self.text, max(position - 300, 0), position):
            return self._copy(position, position + 1)
        end = self._scanner.braces(position)
        if not end:
            braces = _BRACES.match(self.text, position)
            assert braces is not None  # noqa: S101 - one of them stands at `position`
            self._block(embeds.literal(self.stash.hidden(braces[0])), alone=False)
            return braces.end()  # they are shown as they are, and are nobody's template
        inner = self.text[position + 1 : end - 1].strip()
        if inner.startswith("/*") and inner.endswith("*/"):
            said = inner[2:-2].strip()
            if _EXCERPT.fullmatch(said):
                self.written.append(f"<!-- {said} -->")
            elif _COMMENT_ID.fullmatch(said):
                self.written.append(f"{{{said}}}")
            self._drop(position, end)
        elif (text := self._scanner.text_of(inner)) is not None:
            if text.strip():
                self._block(embeds.literal(text), alone=False)
            else:
                self.written.append(text)
        else:
            if inner:
                self._warn_of(inner, position)
            self._drop(position, end)
        return end

    def _element(self, mark: str, position: int) -> int:
        """Write what a tag becomes, and return where it ends."""
        name = mark.lstrip("</")
        tag = self._scanner.tag(position + len(mark))
        if tag is None:
            return self._copy(position, position + len(mark))
        for key in sorted(_ADDRESSES & tag.unknown.keys()):
            self._warn_of(tag.unknown[key], position)
        if not name:
            pass
        elif mark.startswith("</"):
            self._close(name, position, tag.end)
        elif name[0].islower() and "." not in name:
            self._html(name, tag, position)
        else:
            return self._component(name, tag, position)
        self._drop(position, tag.end)
        return tag.end

    def _html(self, name: str, tag: Tag, position: int) -> None:
        """Write an HTML element as HTML: without what only a program knows."""
        attributes = "".join(
            f' {_RENAMED.get(key.lower(), key)}="{escape(value)}"' if value else f" {key}"
            for key, value in tag.attributes.items()
        )
        if (
            not tag.alone
            and self._scanner.is_alone(position, tag.end)
            and name not in {"pre", "script", "style", "table"}
        ):
            attributes += ' markdown="1"'  # what follows on the next line is Markdown here
        self.written.append(f"<{name}{attributes}{' /' if tag.alone else ''}>")

    def _component(self, name: str, tag: Tag, position: int) -> int:
        """Write what stands for a component, and return where that was read to."""
        kind = name.rpartition(".")[2].lower()
        given = Arguments(named=tag.attributes)
        alone = self._scanner.is_alone(position, tag.end)
        if kind == "codeblock" and not tag.alone:
            return self._code_block(name, tag, position, given.get("language", "lang"))
        meant = meaning(kind, given, holds_text=not tag.alone)
        if meant is None:
            self._unknown(name, position)
        elif meant.opening:
            self._block(meant.opening, alone=alone)
        if not tag.alone:
            indent = position - self.text.rfind("\n", 0, position) - 1
            self._open.append(_Component(name, meant.closing if meant else "", indent, -1 if alone else 0))
            self._opened[name] += 1
        self._drop(position, tag.end)
        return tag.end

    def _close(self, name: str, position: int, end: int) -> None:
        """Write what closes a component, or the end tag of an element."""
        alone = self._scanner.is_alone(position, end)
        if not self._opened[name]:
            if name[0].islower() and "." not in name:
                self.written.append(f"</{name}>")
            return
        opened = ""
        while opened != name:
            component = self._open.pop()
            opened = component.name
            self._opened[opened] -= 1
            if component.closing:
                embed = Embed(component.closing, block=component.closing != "</a>")
                self._block(embed, alone=alone)

    def _block(self, embed: Embed, *, alone: bool) -> None:
        """Write what became HTML; if it is `alone` on its line, as nobody's continuation."""
        token = self.stash.put(embed.html, embed.text, block=embed.block)
        indented = self.written and self.written[-1].endswith((" ", "\t"))
        self.written.append(f"\n{token}\n" if alone and embed.block and not indented else token)

    def _code_block(self, name: str, tag: Tag, position: int, language: str) -> int:
        """Write the code that a component is given as text or as a quoted one; return where it ends."""
        closing = f"</{name}>"
        end = self.text.find(closing, tag.end)
        inner = self.text[tag.end : end if end >= 0 else tag.end].strip("\n")
        if inner.strip().startswith("{"):
            expression = inner.strip()[1:-1].strip()
            inner = quoted(expression) or ""
            if not inner and not expression.startswith("/*"):
                self._warn_of(expression, position)
        if inner.strip():
            self._block(embeds.code(inner, language), alone=True)
        after = end + len(closing) if end >= 0 else tag.end
        self._drop(position, after)
        return after

    def _unknown(self, name: str, position: int) -> None:
        if name not in self._missed:
            self._missed.add(name)
            hint = "its mark-up is dropped, the text inside it stays"
            self._warn(f"no component is called <{name}>", hint, position)

    def _warn_of(self, expression: str, position: int) -> None:
        shown = " ".join(expression[:_SHOWN].split())
        shown = f"{shown} …" if len(expression) > _SHOWN else shown
        hint = "write what it shows, or put it between backticks to show it as it is"
        self._warn(f"the value of {shown!r} is not known here", hint, position)

    def _warn(self, message: str, hint: str, position: int) -> None:
        if not self.reports.has_room("shortcode-unknown", message):
            return
        self.reports.add(
            Problem(
                code="shortcode-unknown",
                message=message,
                path=self.page.path,
                line=self.page.line + self.text.count("\n", 0, position),
                hint=hint,
                severity="warning",
            )
        )
