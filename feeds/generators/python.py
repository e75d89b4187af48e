"""Python configuration (Pelican, Nikola) as text: what is assigned at the top, as far as it is plain.

The program is parsed and never run. What depends on anything but literals and earlier assignments is None.
"""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEEPEST = 30
_LARGEST = 64  # bits of a number: Python refuses to write large ones in digits
_LONGEST = 100_000  # characters, lest `X = X + X` grow without end


def read(content: str) -> tuple[dict[str, Any], dict[tuple[str, ...], int]]:
    """The values of the names that a program assigns, and the line of each.

    Raises SyntaxError, and ValueError, RecursionError or MemoryError for what Python cannot parse.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes that Python will not have for ever
        tree = ast.parse(content)
    values: dict[str, Any] = {}
    lines: dict[tuple[str, ...], int] = {}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign) and node.value:
            targets = [node.target]
        for target in targets:
            if not isinstance(node, ast.Assign | ast.AnnAssign) or not node.value:
                continue
            if isinstance(target, ast.Name):
                values[target.id] = _value(node.value, values)
                lines[target.id,] = node.lineno
            elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                table, key = values.get(target.value.id), _value(target.slice, values)
                if isinstance(table, dict) and isinstance(key, str):
                    values[target.value.id] = table | {key: _value(node.value, values)}
    return values, lines


def _value(node: ast.expr, names: Mapping[str, object], depth: int = 0) -> object:
    """What an expression is worth; None for what only running it would tell."""
    if depth > _DEEPEST:
        return None

    def inner(part: ast.expr) -> object:
        return _value(part, names, depth + 1)

    if isinstance(node, ast.Constant):
        is_huge = isinstance(node.value, int) and node.value.bit_length() > _LARGEST
        return node.value if isinstance(node.value, str | int | float) and not is_huge else None
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [inner(part) for part in node.elts]
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {str(inner(key)): inner(value) for key, value in pairs if key is not None}
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _sum(inner(node.left), inner(node.right))
    if isinstance(node, ast.JoinedStr):
        parts = [inner(part.value if isinstance(part, ast.FormattedValue) else part) for part in node.values]
        return _joined(parts)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        if name == "dict" and not node.args:
            return {each.arg: inner(each.value) for each in node.keywords if each.arg}
        # The second argument of these is what holds when the environment says nothing.
        if name in {"get", "getenv"} and len(node.args) == 2:  # noqa: PLR2004 - a name and a default
            return inner(node.args[1])
    return None


def _sum(left: object, right: object) -> object:
    if isinstance(left, list) and isinstance(right, list):
        return left + right if len(left) + len(right) < _LONGEST else None
    return _joined([left, right])


def _joined(parts: list[object]) -> str | None:
    if not all(isinstance(part, str | int) for part in parts):
        return None
    text = "".join(str(part) for part in parts[:_LONGEST])
    return text if len(text) < _LONGEST else None
