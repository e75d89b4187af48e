"""The JavaScript in MDX, read as far as it takes to know where it ends: modules, expressions, JSX tags.

Nothing is run. The value of an expression is known when it is a string, a number, or names an imported file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 20_000  # characters of one expression, tag or import; a longer one is a mistake
_FAILURES = 20  # expressions and imports without an end, each of which costs as much
_GOES_ON = re.compile(r"(?:[=,+?:(\[{]|=>|&&|\|\||\bfrom|\bimport|\bexport)[ \t]*$")
_FROM = re.compile(r"(?:\bfrom[ \t]*|^import[ \t]*)[\"']([^\"'\n]+)[\"']")
_DEFAULT = re.compile(r"import[ \t]+([A-Za-z_$][\w$]*)")
_NAME = re.compile(r"\s*([A-Za-z_$][\w$:.-]*)\s*")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`", re.DOTALL)
_CONSTANT = re.compile(
    rf"export[ \t]+const[ \t]+(?P<name>[\w$]+)[ \t]*=[ \t]*(?P<value>{_STRING.pattern});?", re.DOTALL
)
_IN_TEMPLATE = re.compile(r"\\.|`|\$\{", re.DOTALL)
_OPEN_STRING = re.compile(r"[\"'`]|/\*|//|[{}()\[\]]")
_ALONE_BEFORE = re.compile(r"(?:^|\n)[ \t]*\Z")
_ALONE_BEHIND = re.compile(r"[ \t]*(?:\n|\Z)")
_CALL = re.compile(
    r"(?P<name>require|useBaseUrl|url|withBase)\(\s*([\"'])(?P<path>[^\"'\n]+)\2\s*\)(?:\.default)?"
)
_BASED = re.compile(r"^(?![/#]|\w+:)")  # what `useBaseUrl` puts the site's address in front of
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TAG_END = re.compile(r"\s*(/?)>")
_SPREAD = re.compile(r"\s*\{")
_EQUALS = re.compile(r"=\s*")
_ATTRIBUTE = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s>{}\"']+")


class Tag(NamedTuple):
    """A JSX tag: where it ends, the attributes whose value can be known, and whether it closes itself.

    `unknown` has the expressions of the other attributes.
    """

    end: int
    attributes: dict[str, str]
    alone: bool
    unknown: dict[str, str]


class Scanner:
    """One text, asked where what begins at a position ends. `known` are expressions whose text is known."""

    def __init__(self, text: str, known: Mapping[str, str]) -> None:
        self.text = text
        self._texts = dict(known)
        self._imported: dict[str, str] = {}
        self._failures = 0

    def line_end(self, position: int) -> int:
        """Return where the next line begins."""
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end + 1

    def module(self, start: int) -> int:
        """Return where the `import` or `export` at `start` ends, 0 if it is none."""
        at, depth, limit = start, 0, start + LONGEST
        if self._failures > _FAILURES:
            return 0
        while at < min(len(self.text), limit):
            end = self.line_end(at)
            depth, end = self._balance(at, end, depth)
            statement = self.text[start:end]
            if depth <= 0 and not _GOES_ON.search(self.text[at:end].rstrip("\n")):
                source = _FROM.search(statement)
                if statement.startswith("import") and source is None:
                    return 0  # "import taxes rose": prose
                if source and (name := _DEFAULT.match(statement)):
                    self._imported[name[1]] = source[1]
                if constant := _CONSTANT.fullmatch(statement.rstrip()):
                    self._texts[constant["name"]] = quoted(constant["value"]) or ""
                return end
            at = end
        self._failures += 1
        return 0

    def _balance(self, start: int, end: int, depth: int) -> tuple[int, int]:
        """Return how many brackets are open at the end of a line, and that end: strings may go beyond it."""
        at = start
        while (mark := _OPEN_STRING.search(self.text, at, max(end, at))) is not None:
            at = mark.end()
            if mark[0] in "{([":
                depth += 1
            elif mark[0] in "})]":
                depth -= 1
            elif mark[0] == "//":
                at = end
            elif mark[0] == "/*":
                at = max(self.text.find("*/", at, start + LONGEST) + 2, at)
            elif mark[0] == "`":
                at = self._template(mark.start(), start + LONGEST) or at
            else:
                string = _STRING.match(self.text, mark.start(), min(len(self.text), start + LONGEST))
                at = string.end() if string else at
            if at > end:
                end = self.line_end(at)
        return depth, end

    def _template(self, start: int, limit: int) -> int:
        """Return where the template literal at `start` ends, 0 if it does not: `a ${b + `c`} d`."""
        opened, at = ["`"], start + 1
        while opened and self._failures <= _FAILURES:
            pattern = _IN_TEMPLATE if opened[-1] == "`" else _OPEN_STRING
            mark = pattern.search(self.text, at, min(len(self.text), limit))
            if mark is None:
                self._failures += 1
                return 0
            at = mark.end()
            if mark[0] == "}" or (mark[0] == "`" and opened[-1] == "`"):
                opened.pop()
            elif mark[0] in {"`", "{", "${"}:
                opened.append(mark[0][-1])
            elif mark[0] in "\"'" and (string := _STRING.match(self.text, mark.start(), limit)):
                at = string.end()
        return 0 if opened else at

    def is_alone(self, start: int, end: int) -> bool:
        """Tell whether a tag has its line, or lines, for itself."""
        return (
            _ALONE_BEFORE.search(self.text, max(start - 200, 0), start) is not None
            and _ALONE_BEHIND.match(self.text, end) is not None
        )

    def braces(self, position: int) -> int:
        """Return where the braces end that open at `position`, 0 if they do not."""
        depth, at, limit = 0, position, min(len(self.text), position + LONGEST)
        if self._failures > _FAILURES:
            return 0
        while (mark := _OPEN_STRING.search(self.text, at, limit)) is not None:
            at = mark.end()
            if mark[0] == "{":
                depth += 1
            elif mark[0] == "}":
                depth -= 1
                if depth == 0:
                    return at
            elif mark[0] == "/*":
                end = self.text.find("*/", at, limit)
                if end < 0:
                    break
                at = end + 2
            elif mark[0] == "`":
                at = self._template(mark.start(), limit) or at
            elif mark[0] in "\"'" and (string := _STRING.match(self.text, mark.start(), limit)):
                at = string.end()
        self._failures += 1
        return 0

    def tag(self, at: int) -> Tag | None:
        """Return the rest of a tag whose name ends at `at`, None if it is no tag."""
        attributes: dict[str, str] = {}
        unknown: dict[str, str] = {}
        limit = min(len(self.text), at + LONGEST)
        while (end := _TAG_END.match(self.text, at, limit)) is None:
            if spread := _SPREAD.match(self.text, at, limit):
                at = self.braces(spread.end() - 1)
                if not at:
                    return None
                continue
            name = _NAME.match(self.text, at, limit)
            if name is None:
                return None
            at, value = name.end(), ""
            if equals := _EQUALS.match(self.text, at, limit):
                at, value = self._attribute(equals.end(), limit)
                if not at:
                    return None
            if value or not equals:
                attributes.setdefault(name[1], value)
            elif self.text.startswith("{", equals.end()):
                unknown.setdefault(name[1], self.text[equals.end() + 1 : at - 1])
        return Tag(end.end(), attributes, bool(end[1]), unknown)

    def text_of(self, expression: str) -> str | None:
        """Return the text that an expression is, as a string or the name of a known one; else None."""
        text = quoted(expression)
        return self._texts.get(expression) if text is None else text

    def _attribute(self, start: int, limit: int) -> tuple[int, str]:
        """Return where the value of an attribute ends, 0 if nowhere, and the value; "" if nobody knows it."""
        if self.text.startswith("{", start):
            end = self.braces(start)
            return end, self._value(self.text[start + 1 : end - 1].strip()) if end else ""
        found = _ATTRIBUTE.match(self.text, start, limit)
        return (found.end(), found[0].strip("\"'")) if found else (0, "")

    def _value(self, expression: str) -> str:
        """Return what an attribute's expression is, "" if only a program could tell."""
        if (text := self.text_of(expression)) is not None:
            return text
        if call := _CALL.fullmatch(expression):
            return (
                _BASED.sub("/", call["path"], 1)
                if call["name"] in {"useBaseUrl", "withBase"}
                else call["path"]
            )
        if _NUMBER.fullmatch(expression):
            return expression
        return self._imported.get(expression.removesuffix(".src"), "")


def quoted(expression: str) -> str | None:
    """Return the text of an expression that is nothing but a string, None if it is another."""
    if not _STRING.fullmatch(expression):
        return None
    return re.sub(r"\\(?:n|(.))", lambda escaped: escaped[1] or "\n", expression[1:-1], flags=re.DOTALL)
