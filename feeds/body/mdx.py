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
from feeds.body.embeds import Arguments, Embed
from feeds.body.jsx import LONGEST, Scanner, quoted
from feeds.body.lookahead import Lookahead
from feeds.body.reports import Reports
from feeds.model import Problem

if TYPE_CHECKING:
    from feeds.body.jsx import Tag
    from feeds.body.stash import Stash
    from feeds.model import Page

_IS_MDX = re.compile(r"\s*import[ \t]+[\w$*{][^;\n]*?[ \t}]from[ \t]*[\"'][^\"'\n]+[\"'];?[ \t]*(?:\n|\Z)")
_TRUNCATE = re.compile(r"^\{/\*[ \t]*truncate[ \t]*\*/\}[ \t]*$", re.MULTILINE)
_FENCE = re.compile(
    r"[ \t]*(?:[-*+>][ \t]+|\d{1,9}[.)][ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE
)
_MODULE = re.compile(
    r"import\b[ \t]*[\w*{\"']|export[ \t]+(?:default|const|let|var|function|async|class|type|[{*])"
)
_MARK = re.compile(r"\\.|`+|\$\$?|\{|<!--|</?(?:[A-Za-z_$][\w$.:-]*(?=[\s/>{])|(?=>))", re.DOTALL)
_MATH = re.compile(r"\$(?![\s\d$])[^$\n]{1,1000}(?<![\s\\])\$(?!\d)")
_BRACES = re.compile(r"\{+")
_HEADING_ID = re.compile(r"\{#[\w:.-]+\}")
_COMMENT_ID = re.compile(r"#[\w:.-]+")
_EXCERPT = re.compile(r"(?:more|truncate|excerpt)", re.IGNORECASE)
_ALONE_BEFORE = re.compile(r"(?:^|\n)[ \t]*\Z")
_ALONE_BEHIND = re.compile(r"[ \t]*(?:\n|\Z)")
_DIRECTIVE = re.compile(r"(?:^|\n)[ \t]*:{2,}[ \t]*[\w-]+(?:\[[^\]\n]*\])?\Z")  # its attributes follow
_ADDRESSES = frozenset({"href", "src", "to"})
_SHOWN = 60  # characters of an expression
_TYPED = frozenset({"admonition", "alert", "aside", "callout"})
_NOTES = _TYPED | {"caution", "danger", "hint", "important", "info", "note", "tip", "warning"}
_FOLDED = frozenset({"accordion", "collapsible", "details"})
_SILENT = frozenset({
    "cardgroup", "cards", "codegroup", "codetabs", "fragment", "steps", "tabs", "toc", "tocinline",
})  # fmt: skip
_LABELLED = frozenset({"tab", "tabitem", "tabpanel"})
_PICTURES = frozenset({"figure", "image", "img", "themedimage", "zoomableimage"})
_LINKS = frozenset({"link", "navlink", "nextlink"})
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
        self._ahead = Lookahead(text)
        self._scanner = Scanner(text)

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
            if fence := _FENCE.match(self.text, start, end):
                start = self._fence(start, fence["fence"])
            else:
                start = self._inline(self._dedented(start, end), end)
            self._after_blank = not line.strip()

    def _drop(self, start: int, end: int) -> None:
        self.written.append("\n" * self.text.count("\n", start, end))

    def _dedented(self, start: int, end: int) -> int:
        """Return where a line begins without the indentation that it has for standing in a component.

        Indentation is no code in MDX, but it would be in Markdown.
        """
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
        elif (text := quoted(inner)) is not None:
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
            and self._is_alone(position, tag.end)
            and name not in {"pre", "script", "style", "table"}
        ):
            attributes += ' markdown="1"'  # what follows on the next line is Markdown here
        self.written.append(f"<{name}{attributes}{' /' if tag.alone else ''}>")

    def _component(self, name: str, tag: Tag, position: int) -> int:
        """Write what stands for a component, and return where that was read to."""
        kind = name.rpartition(".")[2].lower()
        given = Arguments(named=tag.attributes)
        alone = self._is_alone(position, tag.end)
        closing = ""
        if kind == "codeblock" and not tag.alone:
            return self._code_block(name, tag, position, given.get("language", "lang"))
        if kind in _NOTES and not tag.alone:
            said = given.get("type", "variant") if kind in _TYPED else kind
            title = given.get("title") or (said or "note").capitalize()
            self._block(Embed(f"<blockquote><p><strong>{escape(title)}</strong></p>"), alone=alone)
            closing = "</blockquote>"
        elif kind in _FOLDED and not tag.alone:
            summary = escape(given.get("summary", "title") or "…")
            self._block(Embed(f"<details><summary>{summary}</summary>"), alone=alone)
            closing = "</details>"
        elif kind in _LABELLED:
            if label := given.get("label", "title", "value", "name"):
                self._block(Embed(f"<p><strong>{escape(label)}</strong></p>"), alone=alone)
        elif kind in _PICTURES:
            self._picture(given, alone=alone)
        elif kind in _LINKS:
            if target := given.get("to", "href"):
                self._block(Embed(f'<a href="{escape(target)}">', block=False), alone=False)
                closing = "</a>"
        elif embed := embeds.service(
            kind, Arguments(named={"id": given.get("id", "videoId", "url", "tweetId")})
        ):
            self._block(embed, alone=alone)
        elif kind not in _SILENT:
            self._unknown(name, position)
        if not tag.alone:
            indent = position - self.text.rfind("\n", 0, position) - 1
            self._open.append(_Component(name, closing, indent, -1 if alone else 0))
            self._opened[name] += 1
        self._drop(position, tag.end)
        return tag.end

    def _close(self, name: str, position: int, end: int) -> None:
        """Write what closes a component, or the end tag of an element."""
        alone = self._is_alone(position, end)
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

    def _picture(self, given: Arguments, *, alone: bool) -> None:
        source, alt, caption = given.get("src", "source", "light"), given.get("alt"), given.get("caption")
        sizes = {"width": given.get("width"), "height": given.get("height")}
        if source and caption:
            figure = {"src": source, "alt": alt, "caption": caption, **sizes}
            self._block(embeds.figure(Arguments(named=figure), escape), alone=alone)
        elif source:
            self._block(embeds.image(source, alt=alt, **sizes), alone=alone)
        elif alt:
            self._block(embeds.literal(alt), alone=False)

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

    def _is_alone(self, start: int, end: int) -> bool:
        """Tell whether a tag has its line, or lines, for itself."""
        return (
            _ALONE_BEFORE.search(self.text, max(start - 200, 0), start) is not None
            and _ALONE_BEHIND.match(self.text, end) is not None
        )
