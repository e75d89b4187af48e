"""The house as drawn: rooms import downwards only, and each library has one wall."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import feeds

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(feeds.__file__).parent

# From the ground up; a module may import from lower floors, and where marked from its own.
FLOORS = (
    {"feeds", "feeds.errors", "feeds.codes", "feeds.model", "feeds.settings", "feeds.progress"},
    {"feeds.formats", "feeds.text", "feeds.slugs", "feeds.dates", "feeds.media_types", "feeds.toml_lines"},
)

WALLS = {
    "frontmatter": {"feeds.front_matter"},
    "yaml": {"feeds.front_matter"},
    "markdown": {"feeds.body.markup"},
    "pymdownx": {"feeds.body.markup"},
    "feedgen": {"feeds.builders._feedgen"},
    "lxml": {"feeds.builders._feedgen"},
    "jinja2": {"feeds.templates"},
    "premailer": {"feeds.newsletter.inline"},
    "cssutils": {"feeds.newsletter.inline"},
    "nh3": {"feeds.body.sanitize"},
    "selectolax": {"feeds.body.links"},
    "imagesize": {"feeds.newsletter.images"},
    "filelock": {"feeds.publish"},
    "idna": {"feeds.body.addresses"},
}

# Nobody but the seam writes files, and nobody talks to the network.
FORBIDDEN = {"socket", "http", "urllib.request", "requests", "urllib3", "pickle", "smtplib", "dateutil"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the package with its syntax tree."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """What a module imports when it runs or is called: not what only its types need."""
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(name: str, known: set[str]) -> str | None:
    """The module of ours that an import means: `feeds.model.Post` is in `feeds.model`."""
    while name:
        if name in known:
            return name
        name = name.rpartition(".")[0]
    return None


GRAPH = {name: set(imports(tree)) for name, tree in modules()}
EDGES = {
    name: {found for item in wanted if (found := ours(item, set(GRAPH))) and found != name}
    for name, wanted in GRAPH.items()
}


def reachable(start: str) -> set[str]:
    """Every module of ours that importing `start` brings along, directly or not."""
    seen: set[str] = set()
    todo = [start]
    while todo:
        for other in EDGES[todo.pop()] - seen:
            seen.add(other)
            todo.append(other)
    return seen


@pytest.mark.parametrize("name", sorted(GRAPH))
def test_no_room_leads_back_to_itself(name: str) -> None:
    """Imports point downwards: a room never needs, by any way, a room that needs it."""
    assert name not in reachable(name) - {name} | (EDGES[name] & {name})
    assert all(name not in reachable(other) for other in EDGES[name] if other != "feeds")


@pytest.mark.parametrize(("library", "walls"), sorted(WALLS.items()))
def test_each_library_has_one_wall(library: str, walls: set[str]) -> None:
    """Only the wall knows the library, so that a defect of it is mended in one place."""
    users = {name for name, wanted in GRAPH.items() if any(w.split(".")[0] == library for w in wanted)}
    assert walls == users


@pytest.mark.parametrize("name", sorted(GRAPH))
def test_nothing_reaches_for_the_network_or_unsafe_code(name: str) -> None:
    """A build works with the network cut off, and no cache can run code."""
    found = {w for w in GRAPH[name] if w in FORBIDDEN or w.split(".")[0] in FORBIDDEN}
    assert set() == found


def test_ground_floors_stand_on_nothing_above_them() -> None:
    """The types and the small rooms can be used by any other."""
    below: set[str] = set()
    for floor in FLOORS:
        below |= floor
        for name in floor:
            assert EDGES[name] <= below, name


def test_the_newsletter_knows_neither_builders_nor_publishing() -> None:
    """Feeds and mails are two branches of one tree."""
    for name in GRAPH:
        if name.startswith("feeds.newsletter"):
            assert not {
                other for other in reachable(name) if other.startswith(("feeds.builders", "feeds.publish"))
            }


def test_builders_know_neither_content_nor_disk() -> None:
    """What a feed says is decided from posts and settings alone."""
    for name in GRAPH:
        if name.startswith("feeds.builders"):
            assert not reachable(name) & {
                "feeds.collect",
                "feeds.body.markup",
                "feeds._fs",
                "feeds.publish",
                "feeds.render",
            }


def test_only_the_command_line_prints() -> None:
    """The rest returns values."""
    for name, tree in modules():
        if not name.startswith("feeds.cli"):
            called = {
                n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
            }
            assert not called & {"print", "input", "exit"}, name
