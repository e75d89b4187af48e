"""Python configuration (Pelican, Nikola) as text: what is assigned at the top, as far as it is plain.

The program is parsed and never run. What depends on anything but literals and earlier assignments is None.
"""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, field
from typing import Any

_DEEPEST = 30
_LARGEST = 64  # bits of a number: Python refuses to write large ones in digits
_LONGEST = 100_000  # characters, lest `X = X + X` grow without end
_MOST = 500_000  # values in values: `X = [X, X]` thirty times would be a thousand million
_SHORT = 64  # characters that are no more work than a value


@dataclass(slots=True)
class _Program:
    """What was assigned so far, the tables that nothing else holds, and how much work may still be done."""

    values: dict[str, Any] = field(default_factory=dict)
    owned: set[str] = field(default_factory=set)
    left: int = _MOST

    def pay(self, amount: int) -> None:
        """Note work that was done. Raises ValueError when it is more than any configuration needs."""
        self.left -= amount
        if self.left < 0:
            raise ValueError("the values in the program are too many")

    def counted(self, value: object) -> object:
        """A value whose parts are noted as work, for somebody copies them; None when they nest too deeply."""
        todo = [(value, 0)]
        while todo:
            part, depth = todo.pop()
            self.pay(1)
            if depth > _DEEPEST:
                return None
            if isinstance(part, dict | list):
                todo += [(each, depth + 1) for each in (part.values() if isinstance(part, dict) else part)]
        return value

    def named(self, name: str) -> object:
        """The value of a name, which is held by something else from now on."""
        self.owned.discard(name)
        return self.values.get(name)

    def put(self, name: str, key: str, value: object) -> None:
        """Set a key of the table that has a name, and of no other that is equal to it."""
        table = self.values[name]
        if name not in self.owned:
            self.pay(len(table))
            table = dict(table)
            self.owned.add(name)
        table[key] = value
        self.values[name] = table


def read(content: str) -> tuple[dict[str, Any], dict[tuple[str, ...], int]]:
    """The values of the names that a program assigns, and the line of each.

    Raises SyntaxError, and ValueError, RecursionError or MemoryError for what Python cannot parse, and for
    more values than any configuration has.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes that Python will not have for ever
        tree = ast.parse(content)
    program = _Program()
    lines: dict[tuple[str, ...], int] = {}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign) and node.value:
            targets = [node.target]
        for target in targets:
            if not isinstance(node, ast.Assign | ast.AnnAssign) or not node.value:
                continue
            if isinstance(target, ast.Name):
                program.values[target.id] = program.counted(_value(node.value, program))
                program.owned.discard(target.id)
                lines[target.id,] = node.lineno
            elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                key, value = _value(target.slice, program), program.counted(_value(node.value, program))
                if isinstance(program.values.get(target.value.id), dict) and isinstance(key, str):
                    program.put(target.value.id, key, value)
    return program.values, lines


def _value(node: ast.expr, program: _Program, depth: int = 0) -> object:
    """What an expression is worth; None for what only running it would tell."""
    if depth > _DEEPEST:
        return None

    def inner(part: ast.expr) -> object:
        return _value(part, program, depth + 1)

    if isinstance(node, ast.Constant):
        is_huge = isinstance(node.value, int) and node.value.bit_length() > _LARGEST
        return node.value if isinstance(node.value, str | int | float) and not is_huge else None
    if isinstance(node, ast.Name):
        return program.named(node.id)
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [inner(part) for part in node.elts]
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {str(inner(key)): inner(value) for key, value in pairs if key is not None}
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _sum(inner(node.left), inner(node.right), program)
    if isinstance(node, ast.JoinedStr):
        parts = [inner(part.value if isinstance(part, ast.FormattedValue) else part) for part in node.values]
        return _joined(parts, program)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        if name == "dict" and not node.args:
            return {each.arg: inner(each.value) for each in node.keywords if each.arg}
        # The second argument of these is what holds when the environment says nothing.
        if name in {"get", "getenv"} and len(node.args) == 2:  # noqa: PLR2004 - a name and a default
            return inner(node.args[1])
    return None


def _sum(left: object, right: object, program: _Program) -> object:
    if isinstance(left, list) and isinstance(right, list):
        program.pay(len(left) + len(right))
        return left + right if len(left) + len(right) < _LONGEST else None
    return _joined([left, right], program)


def _joined(parts: list[object], program: _Program) -> str | None:
    if not all(isinstance(part, str | int) for part in parts):
        return None
    text = "".join(str(part) for part in parts[:_LONGEST])
    program.pay(len(text) // _SHORT)
    return text if len(text) < _LONGEST else None
