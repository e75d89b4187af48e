"""HTML into its tokens, with the place of each: what the judge of contents looks at, and never repairs.

The grammar is that of the HTML standard, section 13.2.5, as far as a fragment needs it. Time grows with the
length of the text, whatever it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905 - words
RAW = frozenset("iframe noembed noframes plaintext script style textarea title xmp".split())  # noqa: SIM905 - likewise

Kind = Literal["start", "end", "text", "comment", "odd"]

_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_BETWEEN = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"'][^\s>]*))?""")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of HTML from `start` on: a tag by its lower-case name, or text as it is written.

    `attributes` are names in lower case and values as written. `is_closed` says that a start tag ends in
    `/>`.
    """

    kind: Kind
    value: str
    start: int
    attributes: tuple[tuple[str, str], ...] = ()
    is_closed: bool = False


def tokens(html: str) -> Iterator[Token]:
    """The tokens of a fragment; what is none, such as a tag without an end, is `odd`."""
    at = 0
    while at < len(html):
        begin = html.find("<", at)
        begin = len(html) if begin < 0 else begin
        if begin > at:
            yield Token("text", html[at:begin], at)
        if begin == len(html):
            return
        token, at = _tag(html, begin)
        yield token
        if token.kind == "start" and token.value in RAW:
            end = _end_of_raw(html, token.value, at)
            if end > at:
                yield Token("text", "", at)  # nothing that is looked into
            at = end


def _tag(html: str, begin: int) -> tuple[Token, int]:
    """The token that begins with a `<`, and where it ends."""
    if html.startswith("<!--", begin):
        end = html.find("-->", begin + 4)
        if end < 0:
            return Token("odd", "a comment without an end", begin), len(html)
        return Token("comment", html[begin + 4 : end], begin), end + 3
    name = _NAME.match(html, begin)
    if name is None:
        said = "a processing instruction" if html.startswith("<?", begin) else "a < that begins no tag"
        return Token("odd", said, begin), begin + 1
    at = name.end()
    attributes = []
    while True:
        blank = _BETWEEN.match(html, at)
        assert blank  # noqa: S101 - it matches nothing as well
        at = blank.end()
        if html.startswith(">", at):
            break
        found = _ATTRIBUTE.match(html, at)
        if found is None:
            return Token("odd", f"a tag <{name[1]} without an end", begin), len(html)
        attributes.append((found[1].lower(), _unquoted(found[2] or "")))
        at = found.end()
    kind: Kind = "end" if html.startswith("</", begin) else "start"
    is_closed = kind == "start" and blank[0].endswith("/")
    return Token(kind, name[1].lower(), begin, tuple(attributes), is_closed), at + 1


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in {'"', "'"} else value


def _end_of_raw(html: str, tag: str, at: int) -> int:
    found = re.compile(rf"</{re.escape(tag)}[\s/>]", re.IGNORECASE).search(html, at)
    return found.start() if found else len(html)
