"""The languages of a Hugo site, from its settings: no other makes a language of a file's name or a folder.

https://gohugo.io/configuration/languages/
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import languages
from feeds.content.default_files import DefaultFiles
from feeds.content.header_keys import fold, line, truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feeds.content.yaml_text import Value
    from feeds.problems import Problem

_ENDINGS = ("toml", "yaml", "yml", "json")
_NAMES = ("hugo", "config", "config/_default/hugo", "config/_default/config")
_TABLES = "config/_default"  # where `languages.toml` and `languages.fr.toml` are


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the settings say, by codes in lower case.

    `tags` are the languages as BCP 47 has them. `folders` are those of the content folder that a language
    has to itself, and `off` the languages that are not built. `problems` are those of the files.
    """

    tags: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def declared(root: Path, content: str) -> Declared | None:
    """Read the settings of the site in `root`, with its posts in the folder `content`; None for none."""
    files = DefaultFiles(root, content)
    tables = [files.mapping(PurePosixPath(f"{name}.{end}")).values for name in _NAMES for end in _ENDINGS]
    if not any(tables):
        return Declared(problems=tuple(files.problems)) if files.problems else None
    tags: dict[str, str] = {}
    folders: dict[str, str] = {}
    off: set[str] = set()
    top = ""  # the folder of the languages that have none of their own
    for table in map(_folded, tables):
        switched = table.get("disablelanguages")
        listed = switched if isinstance(switched, list) else [switched]
        off |= {code for each in listed if (code := line(each).lower())}
        if own := line(table.get("defaultcontentlanguage")):
            tags.setdefault(own.lower(), own)
        top = _below(line(table.get("contentdir")), content) or top
    main = next(iter(tags), "en")
    for written, given in _each(files, tables):
        code, said = written.lower(), _folded(given)
        tag = (line(said.get("locale")) or line(said.get("languagecode"))).replace("_", "-")
        tags[code] = tag if languages.is_tag(tag) else written
        if folder := _below(line(said.get("contentdir")), content):
            folders[folder] = code
        if truth(said.get("disabled")):
            off.add(code)
    if top:
        tags.setdefault(main, main)
        folders.setdefault(top, main)
    known = {code: code for code in off} | (tags or {"en": "en"})
    return Declared(tags=known, folders=folders, off=frozenset(off), problems=tuple(files.problems))


def _each(
    files: DefaultFiles, tables: list[Mapping[str, Value]]
) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Yield each language's code and its table, wherever they are."""
    for table in tables:
        found = _folded(table).get("languages")
        yield from _tables(found if isinstance(found, dict) else {})
    for name in sorted(
        name for end in _ENDINGS for name in files.names(PurePosixPath(_TABLES), "languages.", end)
    ):
        values = files.mapping(PurePosixPath(_TABLES) / name).values
        code = name.split(".")[1:-1]
        yield from _tables({code[0]: dict(values)} if code else values)


def _tables(found: Mapping[str, Value]) -> Iterator[tuple[str, Mapping[str, Value]]]:
    rows = ((code.strip(), given) for code, given in found.items() if isinstance(given, dict))
    yield from ((code, given) for code, given in rows if code)


def _folded(table: Mapping[str, Value]) -> dict[str, Value]:
    return {fold(key): value for key, value in table.items()}


def _below(folder: str, content: str) -> str:
    """The first folder of a path below the content folder; empty for none."""
    path = PurePosixPath(folder)
    if not folder or path == PurePosixPath(content) or not path.is_relative_to(content):
        return ""
    return path.relative_to(content).parts[0]
