"""Eleventy: the data of folders, and how they are merged with one another and with those of a post.

https://www.11ty.dev/docs/data-template-dir/ - programs are read as far as they are plain, and never run.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds.generators import javascript

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeds.content.default_files import DefaultFiles
    from feeds.content.yaml_text import Value

_CONFIGURATION = (
    ".eleventy.js",
    *(f"eleventy.config.{ending}" for ending in ("js", "mjs", "cjs", "ts", "mts")),
)
_EXPORT = re.compile(r"(?:module\.exports\s*=|export\s+default\b)\s*(?=\{)")
# A name where a value is expected, and what puts values together.
_CODE = re.compile(r"[:\[{,]\s*(?!(?:true|false|null)\b)[A-Za-z_$][\w$.]*\s*[,}\]\n]|[|&?+(]|\.\.\.|\$\{|=>")
# What a program says plainly, and keeps the posts of its folder back.
_HOLDING_BACK = (("permalink", "false"), ("eleventyExcludeFromCollections", "true"), ("draft", "true"))
_AT_THE_TOP = frozenset({(), ("exports",)})
_OVERRIDE = "override:"  # before a key, to keep away what is farther off


def config(files: DefaultFiles) -> javascript.Script:
    """The plain values of the configuration."""
    for name in _CONFIGURATION:
        if content := files.text(PurePosixPath(name)):
            return javascript.read(content, name)
    return javascript.Script()


def of_folder(
    files: DefaultFiles, folder: PurePosixPath
) -> Iterator[tuple[Mapping[str, Value], tuple[str, int]]]:
    """The data of a folder's files, which are named after it: values, and where a permalink is in them."""
    name = folder.name or files.root.resolve().name
    for ending in (".json", ".11tydata.json"):
        path = folder / f"{name}{ending}"
        found = files.mapping(path)
        if found.values:
            yield found.values, (str(path), found.places.get("permalink", (1, 1))[0])
    for program in files.names(folder, f"{name}.11tydata.", "js"):
        content = files.text(folder / program)
        plain_code = javascript.uncommented(content).strip()
        opening = _EXPORT.match(plain_code)
        literal = plain_code[opening.end() :] if opening else ""
        emptied = javascript.data(literal)
        if emptied and not _CODE.search(emptied) and (values := files.literal(literal)):
            yield values, (str(folder / program), 0)
            continue
        held = _held_back(javascript.read(content, program))
        if held:
            yield held, ("", 0)
        files.note(
            folder / program,
            "this is a program, which is not run: "
            f"what {'else ' if held else ''}it says of posts is not known",
            hint=f"write what matters for feeds into {name}.11tydata.json",
            severity="note",
        )


def _held_back(program: javascript.Script) -> dict[str, Value]:
    said = {(path[-1], value) for path, value, _ in program.entries if path[:-1] in _AT_THE_TOP}
    return {key: value for key, value in _HOLDING_BACK if (key, value) in said}


def plain(key: str) -> str:
    """A key without the prefix that keeps what stands there from being merged."""
    return key.removeprefix(_OVERRIDE)


def merged(nearer: Mapping[str, Value], farther: Mapping[str, Value]) -> dict[str, Value]:
    """The nearer data with what the farther ones add to the same keys; their other keys are not in it."""
    made: dict[str, Value] = {}
    for key, value in nearer.items():
        name = plain(key)
        above = None if name != key else farther.get(name)
        made[name] = _both(_tags(value), _tags(above)) if name == "tags" and above else _both(value, above)
    return made


def _both(nearer: Value, farther: Value) -> Value:
    if isinstance(nearer, list) and isinstance(farther, list):
        return [*farther, *nearer]
    if isinstance(nearer, dict) and isinstance(farther, dict):
        return farther | merged(nearer, farther)
    return nearer


def _tags(value: Value) -> Value:
    """Tags as a list, as which they are merged also where they are one text."""
    return [tag.strip() for tag in value.split(",")] if isinstance(value, str) and value else value
