"""Jekyll: _config.yml, and who writes in _data/authors.yml.

https://jekyllrb.com/docs/configuration/ and https://jekyllrb.com/docs/permalinks/
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import patterns
from feeds.content.wildcards import matches
from feeds.generators.clues import Clue, first, is_on, one_line, relative
from feeds.generators.exclusions import exactly
from feeds.generators.reading import ENDINGS, read
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feeds.generators.found import Found
    from feeds.generators.reading import Config

_POSTS = "_posts"
_FEEDS = ("rss.xml", "atom.xml", "feed.json", "subscribe.html")
_BUILTIN_COLLECTIONS = {"posts", "drafts"}


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Jekyll."""
    found.generator, found.build = "Jekyll", "jekyll build"
    site = read(found, "_config.yml", "_config.yaml", "_config.toml")
    found.text("title", site.get("title"), site.get("name"))
    found.url(site.get("url"), site.get("baseurl"))
    found.text("description", site.get("description"), site.get("tagline"), site.get("subtitle"))
    found.language(site.get("lang"), site.get("locale"), site.get("language"), site.get("default_lang"))
    found.timezone(site.get("timezone"), otherwise="the zone of the machine")
    found.text("copyright", site.get("copyright"))
    people = read(found, *(f"_data/authors.{ending}" for ending in ENDINGS))
    found.authors(people.values, people.name)
    found.author(site.get("author"), site.get("social", "name"))
    output = relative(site.get("destination").text) or "_site"
    _posts(found, site, output)
    _excluded(found, site)
    style = first(
        _default(site), site.get("collections", "posts", "permalink"), site.get("permalink"), Clue("date")
    )
    found.permalink(style, patterns.jekyll(style.text))
    # Many sites have templates of feeds at the top of their source; the plugin for feeds is told a path.
    source = relative(site.get("source").text) or "."
    own = (name for name in _FEEDS if (found.root / source / name).is_file())
    found.output(site.get("destination"), "_site", (*own, site.get("feed", "path").text))
    collections = site.get("collections").value
    names = map(one_line, collections) if isinstance(collections, list | dict) else ()
    if others := [name for name in names if name not in _BUILTIN_COLLECTIONS]:
        found.doubt(f"collections are not read as posts: {', '.join(others)}", site.place("collections"))
    if is_on((wrapped := site.get("kramdown", "hard_wrap")).value):
        found.set(("content", "hard_wraps"), "on", wrapped.place)
    if is_on((future := site.get("future")).value):
        found.not_before(future)


def _default(site: Config) -> Clue:
    """The permalink that the front matter defaults give all posts."""
    defaults = site.get("defaults")
    for entry in defaults.value if isinstance(defaults.value, list) else ():
        scope, values = (entry.get(key) if isinstance(entry, dict) else None for key in ("scope", "values"))
        scope = scope if isinstance(scope, dict) else {}
        if (
            not scope.get("path")
            and one_line(scope.get("type")) in {"", "posts"}
            and isinstance(values, dict)
        ):
            given = Clue(values.get("permalink"), defaults.place)
            if given.text:
                return given
    return Clue()


def _posts(found: Found, site: Config, output: str) -> None:
    """Note where the posts are: in `_posts`, of which a site may have several."""
    top = relative(site.get("collections_dir").text)
    source = relative(site.get("source").text) or "."
    above = "/".join(part for part in (source, top) if part not in {"", "."})
    base = found.root / above
    folders, others = _folders(base, (output, f"{above}/{output}".lstrip("/")))
    place = (site.place("collections_dir") if top else site.place("source")) if above else ""
    if not folders or folders == {_POSTS}:
        found.content(f"{above}/{_POSTS}".lstrip("/"), place)
        return
    # The folders above each `_posts` are categories, so they must be inside the content folder.
    found.content(above or ".", place)
    found.exclude(others, place)


def _excluded(found: Found, site: Config) -> None:
    """Leave out the posts that `exclude:` names, which stands for all that begins like one of its entries.

    https://jekyllrb.com/docs/configuration/options/ - a star there does not stop at a slash.
    """
    clue = site.get("exclude")
    source = PurePosixPath(relative(site.get("source").text) or ".")
    content = PurePosixPath(str(found.settings["content", "dir"]))
    if not content.is_relative_to(source):  # a name that the settings would not have
        return
    seen = survey(found.root / content)
    posts = {path: str((content / path).relative_to(source)) for path in (*seen.dated, *seen.undated)}
    for entry in map(one_line, clue.value if isinstance(clue.value, list) else [clue.value]):
        pattern = entry.removeprefix("./").lstrip("/")
        named = {
            path for path, full in posts.items() if full.startswith(pattern) or fnmatchcase(full, pattern)
        }
        if not pattern or not named:
            continue
        below = pattern.removeprefix("" if content == source else f"{content.relative_to(source)}/")
        fits = (glob for glob in _globs(below) if named == {path for path in posts if matches(glob, path)})
        if glob := next(fits, ""):
            found.exclude([glob], clue.place)
        else:
            found.doubt(f"exclude: {entry!r} names posts ({len(named)}), and is not taken over", clue.place)


def _globs(entry: str) -> Iterator[str]:
    """What an entry of `exclude:` may be as a pattern of ours, the plainest first."""
    wide = re.sub(r"\*+", "**", entry)
    yield from (entry, f"{entry.rstrip('/')}/**", wide, f"{entry}**", f"{wide}**", "**")


def _folders(base: Path, without: tuple[str, ...]) -> tuple[set[str], list[str]]:
    """The folders called `_posts` below `base`, and globs for the dated files that are in none of them."""
    seen = survey(base, without)
    folders: set[str] = set()
    for path in (*seen.dated, *seen.undated):
        parts = path.split("/")
        if _POSTS in parts[:-1]:
            folders.add("/".join(parts[: parts.index(_POSTS) + 1]))
    pages = [path for path in seen.dated if not {_POSTS, "_drafts"} & set(path.split("/")[:-1])]
    globs: dict[str, None] = {}
    for path in pages:
        # The highest folder above the page that holds no posts stands for all that is in it.
        parts = path.split("/")
        starts = ("/".join(parts[:length]) for length in range(1, len(parts)))
        free = (start for start in starts if not any(f"{each}/".startswith(f"{start}/") for each in folders))
        start = next(free, "")
        globs[f"{exactly(start)}/**" if start else exactly(path)] = None
    return folders, list(globs)
