"""Docusaurus: its blog, as docusaurus.config.js tells of it (https://docusaurus.io/docs/blog)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.generators.clues import Clue, relative
from feeds.generators.reading import read, script
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.generators.found import Found

CONFIGURATION = tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs", "mts"))
_SLUG = re.compile(rb"(?m)^slug:[ \t]*\S")
_DATED_NAME = re.compile(r"(?:.*/)?\d{4}[-/]\d{1,2}[-/]\d{1,2}[-/]?")


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Docusaurus."""
    found.generator, found.build = "Docusaurus", "npm run build"
    site = script(found, *CONFIGURATION)
    found.text("title", site.find("blog", "blogTitle"), site.find("title"))
    base = site.find("baseUrl")
    found.url(site.find("url"), base.text)
    found.text("description", site.find("blog", "blogDescription"), site.find("tagline"))
    found.language(site.find("i18n", "defaultLocale"), Clue("en"))
    path = site.find("blog", "path")
    folder = relative(path.text) or "blog"
    found.content(folder, path.place)
    found.set(("content", "dialect"), "plain")
    people = read(found, f"{folder}/authors.yml", f"{folder}/authors.yaml", f"{folder}/authors.json")
    found.authors(people.values, people.name)
    route = site.find("blog", "routeBasePath")
    start = (route.text or "blog").strip("/")
    _permalink(found, folder, route, f"/{start}" if start else "")
    found.output(Clue(), "build", ("rss.xml", "atom.xml", "feed.json") if not start else ())


def _permalink(found: Found, folder: str, clue: Clue, start: str) -> None:
    """Note the pattern that most posts follow.

    A `slug:` is all of the address below the blog; without one, the date in the file's name becomes folders.
    """
    posts = survey(found.root / folder)
    paths = [path for path in posts.dated if not path.startswith("_")]
    slugs = [path for path in paths if _has_slug(found.root / folder / path)]
    dated = [path for path in paths if path not in slugs and _DATED_NAME.match(path)]
    plain = len(paths) - len(slugs) - len(dated)
    if not paths or (len(dated) > len(slugs) and len(dated) >= plain):
        pattern, others = f"{start}/{{year}}/{{month}}/{{day}}/{{section}}/{{name}}", len(slugs) + plain
    elif len(slugs) >= plain:
        pattern, others = f"{start}/{{slug}}", len(paths) - len(slugs)
    else:
        pattern, others = f"{start}/{{section}}/{{slug}}", len(dated)
    found.permalink(clue, pattern)
    if others:
        found.doubt(
            f"{others} of {len(paths)} posts do not follow {pattern}: a `slug:` and a date in a file's name "
            "make different addresses; give those a `url:`",
            clue.place,
        )


def _has_slug(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(_SLUG.search(file.read(4096)))
    except OSError:
        return False
