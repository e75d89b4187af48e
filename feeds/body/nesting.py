"""How deep HTML nests once a parser has read it, counted without building the tree.

Parsers take quadratic time for what is nested in itself, in native code that no deadline can interrupt, and
what is downstream drops what is too deep, or crashes. So this comes before any of them: it follows HTML's
rules of tree construction (https://html.spec.whatwg.org/#parsing-main-inbody) for what `tags` has left, and
where those are intricate it takes more to be open than is.
"""

from __future__ import annotations

import re

from feeds.body.limits import Budget
from feeds.body.tags import TAG

_DEEPEST = 256  # elements
TOO_DEEP = f"the HTML is nested more than {_DEEPEST} deep"
_ATTRIBUTES = 10_000  # different names
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s]++)")
_VOID = frozenset(
    "area br col embed hr img input keygen param source track wbr".split()  # noqa: SIM905
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())  # noqa: SIM905
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer "  # noqa: SIM905
    "header hgroup listing main menu nav ol pre search section summary ul".split()
)
_ITEMS = frozenset({"li", "dd", "dt"})
_SECTIONS = frozenset({"tbody", "tfoot", "thead"})
_CELLS = frozenset({"td", "th"})
_IN_TABLE = _SECTIONS | _CELLS | {"caption", "col", "colgroup", "tr"}
_CLEARING = _CELLS | {"caption"}
_PLAYERS = frozenset({"marquee", "object"})
_SCOPES = _CELLS | _PLAYERS | {"caption", "table"}
_SPECIAL = (
    _BLOCKS | _ITEMS | _IN_TABLE | _PLAYERS | _VOID - {"keygen"} | {"p", "table"}
)  # fmt: skip
_RUBY = frozenset({"rb", "rp", "rt"})
_SAME = 3  # formatting elements that are alike and are reopened ("Noah's Ark")
_MOVES = 8  # blocks that an end tag in them takes its formatting element through


class TooIntricateError(Exception):
    """The HTML is such that parsers take too long for it; the message says how."""


class _Element:
    __slots__ = ("name", "opened", "tag")

    def __init__(self, name: str, tag: str) -> None:
        self.name = name
        self.tag = tag
        self.opened = True


def check(html: str) -> None:
    """Raise `TooIntricateError` for HTML that a parser would nest too deep, or that has no end of attributes.

    Formatting that is never ended is begun again in every paragraph: if that comes to more than a body may
    have, it raises `TooLargeError`. `html` is what `tags.as_meant` has written.
    """
    tree = _Tree()
    end = 0
    names: set[str] = set()
    for tag in TAG.finditer(html):
        if tag.start() > end:
            tree.reopen()
        end = tag.end()
        name = tag["name"].lower()
        if tag["end"]:
            tree.end(name)
        else:
            tree.start(name, tag)
        if tag["attributes"]:
            names.update(_VALUE.sub(" ", tag["attributes"]).lower().split())
        _limit(tree, names)
    tree.reopen()
    _limit(tree, names)


def _limit(tree: _Tree, names: set[str]) -> None:
    if len(tree.open) > _DEEPEST:
        raise TooIntricateError(TOO_DEEP)
    if len(names) > _ATTRIBUTES:
        raise TooIntricateError(f"the HTML has attributes of more than {_ATTRIBUTES:,} names")


class _Tree:
    """The elements that are open, and the formatting that is begun again where it was cut off."""

    def __init__(self) -> None:
        self.open: list[_Element] = []
        self._formatting: list[_Element | None] = []  # None: what is before it stays outside of a cell
        self._budget = Budget()

    def reopen(self) -> None:
        """Begin again the formatting that ended with a block before its own end tag came."""
        at = len(self._formatting)
        while at and (last := self._formatting[at - 1]) is not None and not last.opened:
            at -= 1
        for index in range(at, len(self._formatting)):
            old = self._formatting[index]
            assert old is not None  # noqa: S101 - the loop above stopped behind it
            self._budget.spend(len(old.tag))
            self._formatting[index] = self._push(old.name, old.tag)

    def start(self, name: str, tag: re.Match[str]) -> None:
        """Take in a start tag."""
        if name in _IN_TABLE:
            self._in_table(name)
        elif name in _FORMATTING:
            self._format(name, tag[0])
        elif name in _VOID:
            if name == "hr":
                self._close({"p"})
            elif name not in {"param", "source", "track"}:
                self.reopen()
        elif name in _BLOCKS or name in _ITEMS or name in {"p", "table"}:
            self._block(name)
        elif name in _RUBY or name == "rtc":
            if len(self.open) > 1 and self.open[-1].name in _RUBY and self.open[-2].name == "ruby":
                self._pop(len(self.open) - 1)
            self._push(name)
        else:
            self.reopen()
            self._push(name)
            if name in _PLAYERS:
                self._formatting.append(None)

    def end(self, name: str) -> None:
        """Take in an end tag, which closes nothing unless such an element is open."""
        if name == "table" or name in _IN_TABLE:
            self._end_in_table(name)
        elif name in _FORMATTING:
            self._end_format(name)
        elif name in _HEADINGS:
            self._close(_HEADINGS)
        elif name in _BLOCKS or name in _ITEMS or name == "p":
            self._close({name}, ("ol", "ul") if name == "li" else ())
        elif name in _PLAYERS:
            if self._close({name}):
                self._clear()
        elif name not in _VOID:
            self._end_other(name)

    def _push(self, name: str, tag: str = "") -> _Element:
        element = _Element(name, tag)
        self.open.append(element)
        return element

    def _pop(self, at: int) -> None:
        """Close all from the element at `at` on."""
        for element in self.open[at:]:
            element.opened = False
        del self.open[at:]

    def _close(self, names: frozenset[str] | set[str], bounds: tuple[str, ...] = ()) -> bool:
        """Close the last element called so with all in it, unless what bounds its scope is in between."""
        for at in range(len(self.open) - 1, -1, -1):
            name = self.open[at].name
            if name in names:
                self._pop(at)
                return True
            if name in _SCOPES or name in bounds:
                return False
        return False

    def _block(self, name: str) -> None:
        if name in _ITEMS:
            alike = {"li"} if name == "li" else {"dd", "dt"}
            for at in range(len(self.open) - 1, -1, -1):
                other = self.open[at].name
                if other in alike:
                    self._pop(at)
                elif other not in _SPECIAL or other in {"address", "div", "p"}:
                    continue
                break
        self._close({"p"})
        if name == "table" and (table := self._table()) >= 0 and self._cell(table) < 0:
            self._pop(table)
        if name in _HEADINGS and self.open and self.open[-1].name in _HEADINGS:
            self._pop(len(self.open) - 1)
        self._push(name)

    def _table(self) -> int:
        """Return the place of the innermost table, -1 for none."""
        return next((at for at in range(len(self.open) - 1, -1, -1) if self.open[at].name == "table"), -1)

    def _in_table(self, name: str) -> None:
        """Take in a cell or what is around cells, with the rows and sections that are not written."""
        table = self._table()
        if table < 0:
            return
        self._leave_cell(table)
        around = {"tr": _SECTIONS, "td": {"tr"}, "th": {"tr"}}.get(name, frozenset())
        inside = [at for at in range(table + 1, len(self.open)) if self.open[at].name in around]
        if name in _CELLS and not inside:
            self._in_table("tr")
            inside = [len(self.open) - 1]
        elif name == "tr" and not inside:
            self._pop(table + 1)
            self._push("tbody")
            inside = [table + 1]
        self._pop((inside[0] if inside else table) + 1)
        if name != "col":
            self._push(name)
        if name in _CLEARING:
            self._formatting.append(None)

    def _end_in_table(self, name: str) -> None:
        table = self._table()
        at = next((at for at in range(max(table, 0), len(self.open)) if self.open[at].name == name), -1)
        if table < 0 or at < 0:
            return
        self._leave_cell(table)
        if at < len(self.open):
            self._pop(at)

    def _cell(self, table: int) -> int:
        """Return the place of the cell or the caption that is open in a table, -1 for none."""
        return next((at for at in range(table, len(self.open)) if self.open[at].name in _CLEARING), -1)

    def _leave_cell(self, table: int) -> None:
        cell = self._cell(table)
        if cell >= 0:
            self._pop(cell)
            self._clear()

    def _clear(self) -> None:
        """Forget the formatting that was begun in the cell, or whatever else is left."""
        while self._formatting and self._formatting.pop() is not None:
            pass

    def _format(self, name: str, tag: str) -> None:
        if name in {"a", "nobr"}:
            self._end_format(name)
        self.reopen()
        element = self._push(name, tag)
        alike = []
        for at in range(len(self._formatting) - 1, -1, -1):
            other = self._formatting[at]
            if other is None:
                break
            if other.tag == tag:
                alike.append(at)
        if len(alike) >= _SAME:
            del self._formatting[alike[-1]]
        self._formatting.append(element)

    def _end_format(self, name: str) -> None:
        """The "adoption agency": close a formatting element, or take it out from around a block."""
        at = len(self._formatting) - 1
        while at >= 0 and (last := self._formatting[at]) is not None and last.name != name:
            at -= 1
        element = self._formatting[at] if at >= 0 else None
        if element is None:
            self._end_other(name)
        elif not element.opened:
            del self._formatting[at]
        else:
            place = self.open.index(element)
            inside = [each.name for each in self.open[place + 1 :] if each.name in _SPECIAL]
            if not _SCOPES.isdisjoint(inside) or len(inside) >= _MOVES:
                return
            del self._formatting[at]
            if inside:
                element.opened = False
                del self.open[place]
            else:
                self._pop(place)

    def _end_other(self, name: str) -> None:
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at].name == name:
                self._pop(at)
                return
            if self.open[at].name in _SPECIAL:
                return
