"""A site's settings: `feeds.toml`, or `[tool.feeds]` in pyproject.toml, found from anywhere inside the site.

Every fault of the file is reported in one go, with its line, what was expected and the closest right key.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from typing import TYPE_CHECKING, Any

from feeds import dialects
from feeds.errors import ConfigError
from feeds.problems import Problem
from feeds.setting_faults import faults
from feeds.settings import Settings, Workspace, json_schema, rows, settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from msgspec import Struct

    from feeds.setting_faults import Fault

_SYNTAX = {  # how tomllib's messages start, what we say instead, and the hint
    "Cannot declare": ("a table is there twice", "put its keys together"),
    "Cannot overwrite": ("a key is there twice", "keep one of them"),
    "Expected '='": ("a key needs = and a value", 'write key = "value"'),
    "Illegal character '\\n'": ("a text does not end", "close the quote on the same line"),
    "Invalid value": ("this is not a value", "put text in double quotes"),
}


def find(start: Path) -> Path:
    """The settings file of the site that the folder `start` is in: the nearest, and `feeds.toml` first.

    Raises ConfigError when there is none.
    """
    folder = start.resolve()
    if not folder.is_dir():
        raise ConfigError(
            "there is no such folder", where=str(start), hint="`feeds init DIR` makes a new site"
        )
    for candidate in (folder, *folder.parents):
        if (candidate / "feeds.toml").is_file():
            return candidate / "feeds.toml"
        if _holds_settings(candidate / "pyproject.toml"):
            return candidate / "pyproject.toml"
    raise ConfigError(
        "there is no feeds.toml here or in a folder above",
        where=str(start),
        hint="`feeds init` makes a new site, and `-C DIR` names another folder",
    )


def load(start: Path) -> Workspace:
    """Find and read the settings of the site that `start` is in. Raises ConfigError with every problem."""
    file = find(start)
    try:
        text = _read(file)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        hint = "save the file as UTF-8"
        raise _refused(file.name, [_syntax(file.name, "is not UTF-8", hint, line=line)]) from error
    except OSError as error:
        raise ConfigError(f"the file cannot be read: {error.strerror}", where=str(file)) from error
    found = dialects.settled(parse(text, file.name), file.parent)
    return Workspace(root=file.parent, file=file, settings=found)


def parse(text: str, name: str = "feeds.toml") -> Settings:
    """Read the text of a settings file called `name`. Raises ConfigError with every problem, in line order.

    The text of a `pyproject.toml` must have a table `[tool.feeds]`. The site's URL becomes a URI without a
    slash at its end, and folders and former places lose dots and slashes that mean nothing.
    """
    try:
        tree: dict[str, Any] = tomllib.loads(f"{text}\n")  # a file without a last line break is whole, too
    except (ValueError, RecursionError) as error:
        raise _refused(name, [_syntax_problem(text, name, error)]) from error
    prefix = ("tool", "feeds") if name == "pyproject.toml" else ()
    for part in prefix:
        tree = tree[part]
    if found := faults(tree, prefix):
        raise _refused(name, _located(found, text, name))
    tree["site"]["url"] = _as_uri(tree["site"]["url"]).rstrip("/")
    if former := tree.get("feeds", {}).get("aliases"):
        tree["feeds"]["aliases"] = {old.lstrip("/"): new.lstrip("/") for old, new in former.items()}
    for table in ("content", "output", "newsletter"):
        if "dir" in tree.get(table, {}):
            tree[table]["dir"] = posixpath.normpath(tree[table]["dir"])
    if "issues" in (newsletter := tree.get("newsletter", {})):
        newsletter["issues"] = posixpath.normpath(newsletter["issues"])
    if "archive" in newsletter:
        newsletter["archive"] = newsletter["archive"].strip("/")
    return settings(tree)


def _as_uri(address: str) -> str:
    """The address as feeds may hold it (RFC 3986): a host in other letters is written in IDNA's."""
    if address.isascii():
        return address
    from feeds.body import addresses  # noqa: PLC0415 - few sites need it, and each run would pay for it

    return addresses.url(address, address)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `feeds.toml`, which ships as feeds.schema.json."""
    parts = json_schema()["$defs"]
    _describe(parts, Settings)
    root = parts.pop("Settings")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **root,
        "title": "feeds.toml",
        "description": "The settings of a Feedwright site.",
        "$defs": parts,
    }


def _describe(parts: dict[str, Any], table: type[Struct]) -> None:
    """Complete the schema of a table: msgspec sorts choices and leaves out some defaults and descriptions."""
    properties = parts[table.__name__]["properties"]
    for row in rows(table):
        entry = properties[row.name]
        entry["description"] = row.description
        if row.kind == "list":
            entry["items"] = {"enum": list(row.choices)}
        if row.kind in {"list", "texts", "list of tables"}:
            entry["default"] = row.default
        if row.kind == "choice":
            entry["enum"] = list(row.choices)
        if row.table:
            _describe(parts, row.table)


def _read(file: Path) -> str:
    # Notepad puts a byte order mark in front, which TOML does not know.
    return file.read_bytes().decode("utf-8-sig")


def _holds_settings(file: Path) -> bool:
    text = ""
    try:
        text = _read(file)
        return isinstance(tomllib.loads(text)["tool"]["feeds"], dict)
    except (LookupError, TypeError, OSError):
        return False
    except (ValueError, RecursionError):
        return "[tool.feeds" in text  # ours, so that the error in it is reported and not passed over


def _refused(name: str, problems: list[Problem]) -> ConfigError:
    count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
    return ConfigError(f"{name} has {count}", where=name, problems=tuple(problems))


def _syntax(name: str, message: str, hint: str = "", *, line: int = 0, column: int = 0) -> Problem:
    return Problem(path=name, code="config-syntax", message=message, hint=hint, line=line, column=column)


def _syntax_problem(text: str, name: str, error: Exception) -> Problem:
    said = re.fullmatch(r"(.+) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL)
    if said is None:  # thousands of digits, or of brackets in brackets
        return _syntax(name, "holds a value that is too large to read", "make it smaller")
    if said[2] is None:
        last = text.rstrip("\n").count("\n") + 1
        return _syntax(name, "is not TOML: it ends too early", "close what is open", line=last)
    own = (words for start, words in _SYNTAX.items() if said[1].startswith(start))
    message, hint = next(own, (said[1][0].lower() + said[1][1:], ""))
    return _syntax(name, f"is not TOML: {message}", hint, line=int(said[2]), column=int(said[3]))


def _located(found: Iterable[Fault], text: str, name: str) -> list[Problem]:
    from feeds.toml_lines import locate  # noqa: PLC0415 - only a mistake should pay for it

    positions = locate(text)

    def position(path: tuple[str | int, ...]) -> tuple[int, int]:
        """Where the key is or, when it is not given, the nearest table around it."""
        return positions.get(path) or position(path[:-1]) if path else (1, 1)

    problems = []
    for path, code, message, hint in found:
        line, column = position(path)
        problems.append(Problem(path=name, line=line, column=column, code=code, message=message, hint=hint))
    return sorted(problems, key=lambda problem: (problem.line, problem.column))
