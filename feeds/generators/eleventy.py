"""Eleventy: the folders that its configuration names, and the site's data below `_data`.

https://www.11ty.dev/docs/config/ - what addresses look like is said beside the posts, not in one place.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import languages, patterns
from feeds.content.wildcards import matches
from feeds.generators.clues import Clue, first, relative
from feeds.generators.exclusions import below, glob, take_over
from feeds.generators.javascript import uncommented
from feeds.generators.reading import lines, read, script
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeds.generators.found import Found
    from feeds.generators.javascript import Script

_CONFIGURATION = (
    ".eleventy.js",
    *(f"eleventy.config.{ending}" for ending in ("js", "mjs", "cjs", "ts", "mts")),
)
_DATA = ("site", "metadata", "meta", "config", "globals")
_SCRIPTS = ("js", "mjs", "cjs", "ts")
_KEYS = {
    "title": ("title", "name", "sitename", "siteName"),
    "url": ("url", "siteUrl", "siteURL", "baseUrl", "baseURL", "base", "domain", "origin"),
    "description": ("description", "desc", "tagline"),
    "language": ("language", "lang", "locale"),
    "author": ("author", "authorName"),
}
# A permalink that a function gives, when that does nothing but fill in a text.
_COMPUTED = re.compile(
    r"""\bpermalink["']? \s* :? \s*
        (?: (?:async\s+)? (?:function\s*)? \([^()]{0,200}\) \s* | \w+ \s* (?==>) )?
        (?:=>)? \s* (?:\{ \s* return\b)? \s*
        (?: (?P<quote>[`"']) (?P<text>[^`\n]{1,300}?) (?P=quote) (?=\s*(?:[;,}]|$)) )?""",
    re.VERBOSE,
)

_IGNORES = re.compile(r"""\bignores\.add\(\s*(?P<quote>["'`])(?P<text>[^"'`\n]{1,300})(?P=quote)""")


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Eleventy."""
    found.generator, found.build = "Eleventy", "npx @11ty/eleventy"
    program = script(found, *_CONFIGURATION)
    folder = first(program.find("dir", "input"), program.find("setInputDirectory"))
    source = found.folder(folder, ".")
    output = first(program.find("dir", "output"), program.find("setOutputDirectory"))
    data = first(program.find("dir", "data"), program.find("setDataDirectory"))
    said = _data(found, relative(posixpath.normpath(f"{source}/{data.text or '_data'}")) or "_data")
    found.text("title", *said["title"])
    prefix = program.find("pathPrefix")
    found.url(first(*said["url"]), prefix)
    found.text("description", *said["description"])
    found.language(*said["language"])
    found.author(*said["author"])
    built = relative(output.text) or "_site"
    _posts(found, source, folder, built)
    _left_out(found, source, program)
    found.output(output, "_site")


def _left_out(found: Found, source: str, program: Script) -> None:
    """Leave out the posts that Eleventy ignores; of other files, nobody wants to read."""
    content = found.root / str(found.settings["content", "dir"])
    seen = survey(content)
    posts = [str(path) for path in (*seen.dated, *seen.undated)]
    reached = {folder for path in posts for folder in (path, *map(str, PurePosixPath(path).parents))} - {"."}
    names = [".eleventyignore", *([f"{source}/.eleventyignore"] if source != "." else [])]
    names += [".gitignore"] if program.find("setUseGitIgnore").value != "false" else []
    clues = [(clue, name.rpartition("/")[0] or ".") for name in names for clue in lines(found, name)]
    code = uncommented(program.content)
    for match in _IGNORES.finditer(code):
        line = code.count("\n", 0, match.start()) + 1
        clues.append((Clue(match["text"], f"{program.name}:{line}"), "."))
    for clue, base in clues:
        made = glob(clue.text)
        inside = below(made, base, str(found.settings["content", "dir"])) if made else ""
        if made is None or (inside and any(matches(inside, path) for path in reached)):
            take_over(found, [clue], glob, base=base)


def _data(found: Found, folder: str) -> dict[str, list[Clue]]:
    """What the site's data say, whatever the file and the keys are called."""
    said: dict[str, list[Clue]] = {key: [] for key in _KEYS}
    for stem in _DATA:
        config = read(found, *(f"{folder}/{stem}.{ending}" for ending in ("json", "yaml", "yml", "toml")))
        program = script(found, *(f"{folder}/{stem}.{ending}" for ending in _SCRIPTS))
        for key, names in _KEYS.items():
            for name in names:
                nested = (config.get("site", name), config.get("author") if key == "author" else Clue())
                said[key] += [clue for clue in (config.get(name), *nested) if clue.value is not None]
                said[key].append(program.find(name))
        person, email = program.find("author", "name"), program.find("author", "email")
        said["author"].append(
            Clue(
                {"name": person.value, "email": email.value}, person.place, person.variable or email.variable
            )
        )
    return said


def _posts(found: Found, source: str, clue: Clue, built: str) -> None:
    """Note the folder that holds the dated files, and the addresses that Eleventy gives them."""
    inside = found.root if source == "." else found.root / source
    seen = survey(inside, (built,))
    below = seen.folder()
    folder = "/".join(part for part in (source, below) if part != ".") or "."
    found.content(folder, clue.place)
    found.left_out(seen.outside(below), folder)
    # What Eleventy takes for a file's path begins at its input folder.
    place = "" if below == "." else f"/{below}"
    above = (each for name in _upward(folder, source) for each in _addresses(found, name))
    given = next(above, None)
    if given:
        found.permalink(given, _translated(given, place))
    else:
        found.set(("content", "permalink"), f"{place}{patterns.DEFAULTS['eleventy']}")
    start = "" if below == "." else f"{below}/"
    inner = {
        name: clues[0]
        for name in _folders_of(path.removeprefix(start) for path in seen.dated if path.startswith(start))
        if (clues := list(_addresses(found, name if folder == "." else f"{folder}/{name}")))
    }
    for name, own in _by_language(found, inner, place).items():
        found.permalink(own, _translated(own, place), name)


def _translated(clue: Clue, place: str) -> str | None:
    """What a permalink means in our terms, `place` being the content folder in Eleventy's input folder."""
    text = re.sub(r"(\{\{|\$\{)(?=[^{}]*\bfilePathStem\b)", rf"{place}/\1", clue.text)
    return patterns.eleventy(text)


def _upward(folder: str, top: str) -> Iterator[str]:
    """A folder and those around it, up to `top`."""
    yield folder
    while folder not in {top, "."}:
        folder = folder.rpartition("/")[0] or "."
        yield folder


def _folders_of(paths: Iterable[str]) -> list[str]:
    """The folders that paths lead through."""
    found = {name for path in paths if "/" in path for name in _upward(path.rpartition("/")[0], ".")}
    return sorted(found - {"."})


def _by_language(found: Found, inner: dict[str, Clue], place: str) -> dict[str, Clue]:
    """The folders with a pattern of their own, but for those of languages, which are no sections.

    Where these have one and the same pattern but for the language in it, it is that of the whole site.
    """
    tops = [name for name in inner if languages.is_known(name)]
    if len(tops) < 2:  # noqa: PLR2004 - one alone may be called like a language
        return inner
    common = {
        re.sub(rf"(^|/){re.escape(name)}/", r"\1{language}/", pattern, count=1) if pattern else None
        for name in tops
        for pattern in [_translated(inner[name], place)]
    }
    pattern = common.pop()
    clue = inner[tops[0]]
    if not common and pattern and "{language}" in pattern:
        found.permalink(clue, pattern)
    else:
        named = ", ".join(tops)
        found.doubt(
            f"permalink: each of the folders {named} has its own, which is not taken over", clue.place
        )
    return {name: clue for name, clue in inner.items() if name not in tops}


def _addresses(found: Found, folder: str) -> Iterator[Clue]:
    """The `permalink` of a folder's data files, but for one that says that there is to be no page."""
    stem = folder.rpartition("/")[2]
    config = read(found, f"{folder}/{stem}.json", f"{folder}/{stem}.11tydata.json")
    program = script(found, *(f"{folder}/{stem}.11tydata.{ending}" for ending in _SCRIPTS))
    clues = config.get("permalink"), program.find("permalink"), _computed(program)
    yield from (clue for clue in clues if clue.text and clue.text not in {"false", "False"})


def _computed(program: Script) -> Clue:
    """The permalink that a program works out: the text that it fills in, or the beginning of its code."""
    code = uncommented(program.content)
    for found in _COMPUTED.finditer(code):
        if found["text"] or re.search(r"\(|=>", found[0]):
            place = f"{program.name}:{code.count(chr(10), 0, found.start()) + 1}"
            return Clue(found["text"] or found[0].split("\n")[0] + "…", place)
    return Clue()
