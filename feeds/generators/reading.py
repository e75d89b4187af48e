"""Configuration files into values: YAML, TOML, JSON, and programs read as text. Each value keeps its line.

A file that cannot be read costs what it would have said: it is named among the doubts, with its line.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from feeds import regular
from feeds.content import yaml_text
from feeds.content.text import decode
from feeds.generators import javascript, python
from feeds.generators.clues import Clue
from feeds.generators.javascript import Script
from feeds.problems import Findings
from feeds.toml_lines import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.generators.found import Found, KeyPath

MAX_BYTES = 512 * 1024
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_VARIABLE = re.compile(
    r"""\b(?:process|import\.meta)\.env\.(\w+)
        (?:[ \t]*(?:\|\||\?\?)[ \t]*(?:"[^"\n]*"|'[^'\n]*'|`[^`\n]*`))?""",
    re.VERBOSE,
)
# The file has passwords in it, so only a variable that is named after what feeds show is looked at: any other
# word in its name, as in API_URL or SITE_KEY, means something else.
_SHOWN = re.compile(
    r"""(?ix) (?: (?: next | nuxt | public | gatsby | vite | vue | react | astro | eleventy | app | site
                | website | web | blog | base | root | home | main | default | canonical | prod
                | production | meta | author | page | my ) _? )*
        (?: url | site | website | base | base_?path | path_?prefix | domain | origin | title | name | tagline
          | description | author | lang | language | locale )"""
)
_USER = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*@", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"(?:export[ \t]+)?(\w+)[ \t]*=(.*)")
ENDINGS = ("toml", "yaml", "yml", "json")


@dataclass(frozen=True, slots=True)
class Config:
    """What a file says: nested values, and the line of each key path that is known."""

    name: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[KeyPath, int] = field(default_factory=dict)

    def get(self, *path: str) -> Clue:
        """The value at a key path, and where it stands."""
        value: Any = self.values
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        return Clue(value, self.place(*path)) if value is not None else Clue()

    def place(self, *path: str) -> str:
        """Where a key path stands, or the nearest table around it: `hugo.toml:3`."""
        for length in range(len(path), 0, -1):
            if line := self.lines.get(path[:length]):
                return f"{self.name}:{line}"
        return self.name


class Layers:
    """Several files that are one configuration: what an earlier one says wins."""

    def __init__(self, configs: Iterable[Config]) -> None:
        self.configs = tuple(configs)

    def get(self, *path: str) -> Clue:
        """The value at a key path, and where it stands."""
        found = (config.get(*path) for config in self.configs)
        return next((clue for clue in found if clue.value is not None), Clue())

    def table(self, *path: str) -> dict[str, Clue]:
        """The entries of a table, whichever files they come from."""
        entries: dict[str, Clue] = {}
        for config in self.configs:
            value = config.get(*path).value
            for name in value if isinstance(value, dict) else ():
                entries.setdefault(name, config.get(*path, name))
        return entries


def read(found: Found, *names: str, fold: bool = False) -> Config:
    """The first of the files `names` that is there; an empty one if none is, or it cannot be read.

    With `fold` all keys are in lower case, for a generator that does not mind.
    """
    for name in names:
        if (found.root / name).is_file():
            text = _text(found, name)
            config = _parsed(found, name, text, name.rpartition(".")[2]) if text is not None else Config(name)
            return _folded(config) if fold else config
    return Config()


def front_matter(found: Found, name: str) -> Config:
    """What stands between the fences at the top of a Markdown file, in YAML; empty if nothing does."""
    match = _FRONT_MATTER.match(content_of(found, name))
    return _parsed(found, name, "\n" + match[1], "yml") if match else Config(name)


def script(found: Found, *names: str) -> Script:
    """The first of the JavaScript files `names` that is there; an empty one if none is."""
    for name in names:
        if (found.root / name).is_file():
            return _with_environment(found, _text(found, name) or "", name)
    return Script()


def _with_environment(found: Found, program: str, name: str) -> Script:
    """A program read with what the file .env says of the environment where it asks for that."""
    asked = {match[1] for match in _VARIABLE.finditer(program) if _SHOWN.fullmatch(match[1])}
    known = _environment(found, asked) if asked else {}

    def value(match: re.Match[str]) -> str:
        return json.dumps(known[match[1]], ensure_ascii=False) if match[1] in known else match[0]

    script = javascript.read(_VARIABLE.sub(value, program), name)
    return replace(script, content=program, environment={text: name for name, text in known.items()})


def _environment(found: Found, asked: set[str]) -> dict[str, str]:
    """What the file .env says of the variables `asked`, but for what is only for its owner."""
    known = {}
    for line in lines(found, ".env"):
        pair = _ASSIGNMENT.fullmatch(str(line.value).strip())
        value = pair[2].strip().strip("\"'") if pair else ""
        if not pair or pair[1] not in asked or not value:
            continue
        if _USER.match(value):
            found.doubt(f"{pair[1]} is an address with a user in it, which is not taken over", line.place)
        else:
            known[pair[1]] = value
    return known


def content_of(found: Found, name: str) -> str:
    """A text file as it is; nothing if it is not there, or cannot be read."""
    return (_text(found, name) or "") if (found.root / name).is_file() else ""


def lines(found: Found, name: str) -> list[Clue]:
    """The lines of a text file that are neither empty nor comments behind a #, each with its place."""
    numbered = enumerate(content_of(found, name).split("\n"), start=1)
    return [Clue(line, f"{name}:{at}") for at, line in numbered if line.strip() and line.strip()[0] != "#"]


def _text(found: Found, name: str) -> str | None:
    try:
        data = regular.whole(found.root / name, found.root, MAX_BYTES)
    except regular.Refused as refused:
        found.doubt(str(refused), name)
        return None
    findings = Findings(name)
    content = decode(data, findings)
    _report(found, findings)
    return None if findings.fatal else content


def _report(found: Found, findings: Findings) -> None:
    for problem in findings.problems:
        found.doubt(problem.message, f"{problem.path}:{problem.line}" if problem.line else problem.path)


def _parsed(found: Found, name: str, content: str, ending: str) -> Config:
    loaded: object
    lines: dict[KeyPath, int]
    try:
        if ending == "toml":
            values = tomllib.loads(content)
            found_at = {tuple(map(str, path)): line for path, (line, _) in locate(content).items()}
            return Config(name, values, found_at)
        if ending in {"yaml", "yml"}:
            findings = Findings(name)
            loaded, _, places = yaml_text.load(content, 0, findings)
            _report(found, findings)
            lines = {(key,): line for key, (line, _) in places.items()}
        elif ending == "py":
            loaded, lines = python.read(content)
        else:
            loaded, lines = json.loads(content), {}
    except yaml_text.Unreadable as error:
        found.doubt(error.message, f"{name}:{error.place[0]}")
    except SyntaxError as error:
        found.doubt(f"not valid Python: {error.msg}", f"{name}:{error.lineno or 1}")
    except json.JSONDecodeError as error:
        found.doubt(f"not valid JSON: {error.msg.lower()}", f"{name}:{error.lineno}")
    except tomllib.TOMLDecodeError as error:
        said, _, at = str(error).partition(" (at ")
        line = at.split(",")[0].removeprefix("line ")
        line = line if line.isdecimal() else str(content.count("\n") + 1)
        found.doubt(f"not valid TOML: {said[:1].lower()}{said[1:]}", f"{name}:{line}")
    except (ValueError, RecursionError, MemoryError) as error:
        found.doubt(f"cannot be read ({type(error).__name__})", name)
    else:
        if not isinstance(loaded, dict | list | None):
            found.doubt("no settings are in it, if it is text at all; save it as UTF-8", name)
        return Config(name, loaded if isinstance(loaded, dict) else {}, lines)
    return Config(name)


def _folded(config: Config) -> Config:
    lines = {
        tuple(str(part).lower() for part in path): line for path, line in reversed([*config.lines.items()])
    }
    values = _lower(config.values)
    return Config(config.name, values if isinstance(values, dict) else {}, lines)


def _lower(value: object) -> object:
    if isinstance(value, dict):
        return {str(key).lower(): _lower(inner) for key, inner in value.items()}
    return value
