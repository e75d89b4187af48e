"""JavaScript and TypeScript configuration as text: the plain values in its object literals.

A scanner, not a parser: it follows brackets past comments, strings and regular expressions, and keeps what
stands as `key: value`, `name = value` or `name(value)`. Nothing is run, so what is computed is not there.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feeds.generators.clues import Clue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Path = tuple[str, ...]

# Every token ends somewhere, an unclosed one at the end of its line or of the text, and the quantifiers that
# end in + never give back what they took: time is linear.
_TOKEN = re.compile(
    r"""
      (?P<space> \s++ | //[^\n]*+ | /\*[^*]*+(?:\*(?!/)[^*]*+)*(?:\*/|\Z) )
    | (?P<text> "(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\\?\Z) | '(?:[^'\\\n]|\\.)*(?:'|(?=\n)|\\?\Z)
              | `(?:[^`\\]|\\.)*(?:`|\\?\Z) )
    | (?P<word> [A-Za-z_$][\w$]*+ )
    | (?P<number> \d[\w.]*+ )
    | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)
# What stands behind it holds where nothing is set, as on the machine of somebody new.
_ENVIRONMENT = re.compile(r"\b(?:process|import\.meta)\.env\.\w+[ \t]*(?:\|\||\?\?)")
_PATTERN = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,200}\]){1,500}/[a-z]*+")
_BEFORE_PATTERN = frozenset({*"(,=:[!&|?{};", "return", ""})
_ENDS = frozenset({",", "}", ")", "]", ";", ""})
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|u\{0*([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
_DEEPEST = 64  # brackets; more belong to nobody's configuration


@dataclass(frozen=True, slots=True)
class Script:
    """The values that a program holds, each with the keys around it and its line, in the order they stand.

    `items` are the texts that stand in lists, and `content` is the whole program. `environment` has the
    names of the variables that values come from.
    """

    name: str = ""
    entries: tuple[tuple[Path, str, int], ...] = ()
    items: tuple[tuple[Path, str, int], ...] = ()
    content: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)

    def listed(self, *keys: str) -> list[Clue]:
        """The texts in the list that the last of `keys` names."""
        return [
            Clue(text, f"{self.name}:{at}", self.environment.get(text, ""))
            for path, text, at in self.items
            if path[-len(keys) :] == keys
        ]

    def find(self, *keys: str) -> Clue:
        """The value of the last of `keys`, in an object that the ones before it name; the outermost one."""
        found = [entry for entry in self.entries if entry[0][-len(keys) :] == keys]
        if not found:
            return Clue()
        _, value, line = min(found, key=lambda entry: len(entry[0]))
        return Clue(value, f"{self.name}:{line}", self.environment.get(value, ""))


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a program: its kind is one of the groups of `_TOKEN`."""

    kind: str
    text: str
    line: int

    @property
    def name(self) -> str:
        """What it is as the key of an object; empty if it cannot be one."""
        return _text(self.text) if self.kind == "text" else self.text if self.kind == "word" else ""


def read(content: str, name: str) -> Script:
    """The plain values of the program `content` in the file `name`."""
    entries: list[tuple[Path, str, int]] = []
    items: list[tuple[Path, str, int]] = []
    names: dict[str, str] = {}
    open_marks = [""]
    open_keys = [""]  # of each open bracket, the key that it is the value of
    last = [Token("", "", 1)] * 4
    for token in _tokens(_ENVIRONMENT.sub("", content)):
        before, key, mark, value = last
        # What follows says whether the value ends here: `"a" + b` is computed.
        if mark.text in {":", "=", "("} and (token.text in _ENDS or token.kind == "word"):
            known = _value(value, names)
            if key.name and known and before.text != "?":
                entries.append(((*filter(None, open_keys), key.name), known, value.line))
            if mark.text == "=" and known:
                names.setdefault(key.name, known)
        elif (
            mark.text in {"{", ","}
            and value.kind == "word"
            and token.text in {",", "}"}
            and value.text in names
        ):
            entries.append(((*filter(None, open_keys), value.text), names[value.text], value.line))
        elif mark.text in {"[", ","} and value.kind == "text" and open_marks[-1] == "[":
            items.append((tuple(filter(None, open_keys)), _text(value.text), value.line))
        if token.text in {"{", "[", "("} and token.kind == "mark":
            open_marks.append(token.text)
            open_keys.append(mark.name if value.text in {":", "="} else "")
            if len(open_keys) > _DEEPEST:
                break
        elif token.text in {"}", "]", ")"} and token.kind == "mark":
            del open_keys[max(1, len(open_keys) - 1) :]
            del open_marks[max(1, len(open_marks) - 1) :]
        last = [*last[1:], token]
    return Script(name, tuple(entries), tuple(items), content)


def uncommented(content: str) -> str:
    """A program without its comments, its lines being where they were."""
    return "".join(
        "\n" * token.text.count("\n") or " " if token.kind == "space" and token.text[0] == "/" else token.text
        for token in _pieces(content)
    )


def data(content: str) -> str:
    """A literal of data with every text in it emptied; nothing when it has what no data have."""
    made = []
    for token in _pieces(content):
        if (token.kind == "text" and not _is_closed(token.text)) or (
            token.kind == "mark" and len(token.text) > 1
        ):
            return ""
        made.append('""' if token.kind == "text" else token.text)
    return "".join(made)


def _tokens(content: str) -> Iterator[Token]:
    """The tokens of a program, without its comments; one without text stands for its end."""
    line = 1
    for token in _pieces(content):
        if token.kind != "space":
            yield token
        line = token.line + token.text.count("\n")
    yield Token("", "", line)


def _pieces(content: str) -> Iterator[Token]:
    """All that a program consists of, in order."""
    at, line, before = 0, 1, ""
    while at < len(content):
        kind, text = _next(content, at, before)
        yield Token(kind, text, line)
        before = before if kind == "space" else text
        at, line = at + len(text), line + text.count("\n")


def _value(token: Token, names: Mapping[str, str]) -> str:
    """What a token is worth, `names` being the constants that came before."""
    if token.kind == "text":
        return _text(token.text)
    if token.text in {"true", "false"}:
        return token.text
    return names.get(token.text, "") if token.kind == "word" else ""


def _next(content: str, at: int, before: str) -> tuple[str, str]:
    """The kind of the token at an offset, and the token."""
    if content[at] == "/" and before in _BEFORE_PATTERN and content[at + 1 : at + 2] not in {"/", "*"}:
        pattern = _PATTERN.match(content, at)
        if pattern:
            return "mark", pattern[0]
    token = _TOKEN.match(content, at)
    assert token and token.lastgroup  # noqa: S101, PT018 - every character is a token
    return token.lastgroup, token[0]


def _is_closed(literal: str) -> bool:
    """Whether the end of a string literal is a quote that no backslash escapes."""
    inner = literal[1:-1]
    escapes = len(inner) - len(inner.rstrip("\\"))
    return len(literal) > 1 and literal[-1] == literal[0] and escapes % 2 == 0


def _text(literal: str) -> str:
    """What a string literal stands for; nothing if it is a template with something computed in it."""
    quote, inner = literal[0], literal[1:]
    inner = inner.removesuffix(quote)
    if quote == "`" and "${" in inner:
        return ""
    # Beyond the first 65,536, a character may be written as two halves.
    return _ESCAPE.sub(_character, inner).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(escape: re.Match[str]) -> str:
    *numbers, letter = escape.groups()
    number = next((int(digits, 16) for digits in numbers if digits), None)
    if number is None:
        return _ESCAPES.get(letter, letter)
    return chr(min(number, sys.maxunicode))
