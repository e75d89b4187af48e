"""Whether tags match, as the parser of the HTML standard has it (section 13.2.6), up to the first slip.

A reader repairs what is amiss, each in its own way; in one that does not, an open tag swallows the posts
below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feeds.validity.markup import VOID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.validity.markup import Token


class Slip(NamedTuple):
    """What is amiss, at which place of the text, and the tag to look for."""

    message: str
    at: int
    tag: str


_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())  # noqa: SIM905 - words
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"tbody", "thead", "tfoot"})
_IMPLIED = frozenset({"dd", "dt", "li", "option", "optgroup", "p", "rp", "rt"})
_MAY_BE_LEFT = _IMPLIED | _CELLS | _ROWS | {"tr", "colgroup"}
_MAY_END_UNCLOSED = _CELLS | _ROWS | {"dd", "dt", "li", "p", "tr"}
_CLOSES_PARAGRAPH = frozenset(
    "address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure "  # noqa: SIM905
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table "
    "ul".split()
)
# What a start tag ends, and up to which element around it.
_ENDS = {
    "li": ({"li"}, {"ol", "ul", "menu", "dir"}),
    "dd": ({"dd", "dt"}, {"dl"}),
    "dt": ({"dd", "dt"}, {"dl"}),
    "option": ({"option"}, {"select", "datalist"}),
    "td": (_CELLS, {"tr"}),
    "th": (_CELLS, {"tr"}),
    "tr": ({"tr"}, {"table"}),
    "tbody": (_ROWS | {"colgroup"}, {"table"}),
    "thead": (_ROWS | {"colgroup"}, {"table"}),
    "tfoot": (_ROWS | {"colgroup"}, {"table"}),
}
_IN_TABLE = frozenset("caption col colgroup script style tbody td template tfoot th thead tr".split())  # noqa: SIM905
_IN_SELECT = frozenset({"option", "optgroup", "script", "template"})
_FOREIGN = frozenset({"svg", "math"})
_DEEPEST = 250  # elements; readers stop at 256 or 512, and time grows with it
_SCOPE = frozenset({"table", "td", "th", "caption", "button", "object", "template"})


def slip(tokens: Iterable[Token]) -> Slip | None:
    """The first thing amiss; None when there is nothing."""
    nest = _Nest()
    for token in tokens:
        message = ""
        if token.kind == "start":
            message = nest.start(token)
        elif token.kind == "end":
            message = nest.end(token.value)
        elif token.kind == "text":
            message = nest.text(token.value)
        elif token.kind == "odd":
            message = f"there is {token.value}"
        if message:
            return Slip(message, token.start, token.value if token.kind in {"start", "end"} else "")
    left = next((tag for tag in nest.open if tag not in _MAY_END_UNCLOSED), "")
    return Slip(f"<{left}> is never closed", 0, left) if left else None


class _Nest:
    """The elements that are open."""

    def __init__(self) -> None:
        self.open: list[str] = []

    def start(self, token: Token) -> str:
        """Open an element. Returns what is amiss."""
        tag = token.value
        if len({name for name, _ in token.attributes}) < len(token.attributes):
            return f"<{tag}> has an attribute twice"
        if len(self.open) >= _DEEPEST:
            return f"<{tag}> stands in {_DEEPEST} others"
        if any(each in _FOREIGN for each in self.open):
            if not token.is_closed:
                self.open.append(tag)
            return ""
        message = self._amiss(tag)
        if tag in _CLOSES_PARAGRAPH and not message and self._within("p", _SCOPE):
            message = self._close("p")
        ended, limit = _ENDS.get(tag, (frozenset(), frozenset()))
        for each in sorted(ended):
            if not message and self._within(each, limit | (_SCOPE - ended)):
                message = self._close(each)
        if tag in VOID:
            return message
        if token.is_closed and tag not in _FOREIGN:
            return message or f"<{tag}/> is not closed by its slash"
        if not token.is_closed:
            self.open.append(tag)
        return message

    def _amiss(self, tag: str) -> str:
        top = self.open[-1] if self.open else ""
        if top in _ROWS | {"table", "tr"} and tag not in _IN_TABLE:
            return f"<{tag}> stands in a table outside of its cells"
        if tag in _CELLS and top in _ROWS | {"table"}:
            return f"<{tag}> stands outside of a row"
        if tag in _CELLS | _ROWS | {"tr", "caption"} and "table" not in self.open:
            return f"<{tag}> stands outside of a table"
        if tag in {"a", "button", "form", "nobr"} and self._within(tag, _SCOPE - {"button"}):
            return f"<{tag}> stands in another <{tag}>"
        if "select" in self.open and tag not in _IN_SELECT:
            return f"<{tag}> stands in a <select>"
        if tag in _HEADINGS and top in _HEADINGS:
            return f"<{tag}> stands in <{top}>"
        return ""

    def end(self, tag: str) -> str:
        """Close an element. Returns what is amiss."""
        if tag in VOID:
            return f"</{tag}> closes an element that has no end"
        if tag not in self.open:
            return f"</{tag}> closes nothing"
        if tag in _FORMATTING and self.open[-1] != tag:
            return f"</{tag}> closes <{tag}>, but <{self.open[-1]}> is open inside it"
        return self._close(tag)

    def text(self, text: str) -> str:
        """Look at text. Returns what is amiss."""
        top = self.open[-1] if self.open else ""
        if top in _ROWS | {"table", "tr"} and text.strip():
            return "text stands in a table outside of its cells"
        return ""

    def _within(self, tag: str, limit: frozenset[str] | set[str]) -> bool:
        """Whether an element is open, nearer than any of those that limit its scope."""
        for each in reversed(self.open):
            if each == tag:
                return True
            if each in limit:
                return False
        return False

    def _close(self, tag: str) -> str:
        implied = _MAY_BE_LEFT if tag in _ROWS | {"table", "tr"} else _IMPLIED
        message = ""
        while (top := self.open.pop()) != tag:
            if top not in implied and not message:
                message = f"<{tag}> ends while <{top}> is open inside it"
        return message
