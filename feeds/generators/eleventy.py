"""Eleventy: the folders that its configuration names, and the site's data below `_data`.

https://www.11ty.dev/docs/config/ - what addresses look like is said beside the posts, not in one place.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, first, relative
from feeds.generators.reading import read, script
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    "url": ("url", "siteUrl", "siteURL", "baseUrl", "base", "domain", "origin"),
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

_COMMENT = re.compile(r"(?m)(?<![:\w])//.*$|/\*[^*]*\*/")


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
    found.url(first(*said["url"]), prefix.text)
    found.text("description", *said["description"])
    found.language(*said["language"])
    found.author(*said["author"])
    built = relative(output.text) or "_site"
    _posts(found, source, folder, built)
    found.output(output, "_site")


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
        said["author"].append(Clue({"name": person.value, "email": email.value}, person.place))
    return said


def _posts(found: Found, source: str, clue: Clue, built: str) -> None:
    """Note the folder that holds the dated files, and the addresses that Eleventy gives them."""
    inside = found.root if source == "." else found.root / source
    seen = survey(inside, (built,))
    below = seen.folder()
    folder = "/".join(part for part in (source, below) if part != ".") or "."
    found.content(folder, clue.place)
    found.left_out(seen.outside(below), folder)
    for given in _addresses(found, folder, source):
        if given.text in {"false", "False"}:  # no page of its own
            continue
        # What Eleventy takes for a file's path begins at its input folder.
        path = "" if below == "." else f"/{below}"
        text = re.sub(r"(\{\{|\$\{)(?=[^{}]*\bfilePathStem\b)", rf"{path}/\1", given.text)
        found.permalink(given, patterns.eleventy(text))
        return
    place = "" if below == "." else f"/{below}"
    found.set(("content", "permalink"), f"{place}{patterns.DEFAULTS['eleventy']}")


def _addresses(found: Found, folder: str, source: str) -> Iterator[Clue]:
    """The `permalink` of the directory data files of the posts' folder, and of those above it."""
    while True:
        stem = folder.rpartition("/")[2]
        config = read(found, f"{folder}/{stem}.json", f"{folder}/{stem}.11tydata.json")
        program = script(found, *(f"{folder}/{stem}.11tydata.{ending}" for ending in _SCRIPTS))
        clues = config.get("permalink"), program.find("permalink"), _computed(program)
        yield from (clue for clue in clues if clue.text)
        if folder in {source, "."}:
            return
        folder = folder.rpartition("/")[0] or "."


def _computed(program: Script) -> Clue:
    """The permalink that a program works out: the text that it fills in, or the beginning of its code."""
    code = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), program.content)
    for found in _COMPUTED.finditer(code):
        if found["text"] or re.search(r"\(|=>", found[0]):
            place = f"{program.name}:{code.count(chr(10), 0, found.start()) + 1}"
            return Clue(found["text"] or found[0].split("\n")[0] + "…", place)
    return Clue()
