"""What the tests with real readers tell, as a table: for the README, and for whoever checks what it claims.

A story is a test function in one of `FILES`, and its docstring is what it says; nothing is written down twice.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = ("test_readers.py", "test_readers_protocols.py")


@dataclass(frozen=True, slots=True)
class Story:
    """A test by its name, such as `test_readers.py::test_a_deletion`, and what it shows."""

    test: str
    says: str


def stories() -> Iterator[Story]:
    """Every story, in the order of the files."""
    for name in FILES:
        tree = ast.parse((Path(__file__).parents[1] / name).read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield Story(f"{name}::{node.name}", (ast.get_docstring(node) or "").partition("\n")[0])


def table() -> str:
    """The stories as a table in Markdown."""
    rows = [f"| {story.says} | `{story.test}` |" for story in stories()]
    return "\n".join(["| What readers see | Test |", "|---|---|", *rows, ""])
