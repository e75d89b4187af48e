"""Docusaurus: its blog, as docusaurus.config.js tells of it (https://docusaurus.io/docs/blog)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.generators.clues import Clue, relative
from feeds.generators.reading import read, script

if TYPE_CHECKING:
    from feeds.generators.found import Found

_TRANSLATED = "i18n/*/docusaurus-plugin-content-blog/**/*"
_SCRIPTS = tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs", "mts"))


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Docusaurus."""
    found.generator, found.build = "Docusaurus", "npm run build"
    site = script(found, *_SCRIPTS)
    found.text("title", site.find("blog", "blogTitle"), site.find("title"))
    base = site.find("baseUrl")
    found.url(site.find("url"), base.text)
    found.text("description", site.find("blog", "blogDescription"), site.find("tagline"))
    found.language(site.find("i18n", "defaultLocale"), Clue("en"))
    path = site.find("blog", "path")
    folder = relative(path.text) or "blog"
    found.content(folder, path.place)
    found.exclude_partials(folder)
    names = (site.find("blog", "authorsMapPath").text, "authors.yml", "authors.yaml", "authors.json")
    people = read(found, *(f"{folder}/{name}" for name in names if name))
    found.authors(people.values, people.name)
    route = site.find("blog", "routeBasePath")
    start = (route.text or "blog").strip("/")
    # A `slug:` is all of the address below the blog; without one, a date in the path becomes folders.
    found.permalink(route, f"/{start}/{{slug_or_path}}" if start else "/{slug_or_path}")
    others = sum(path.suffix in {".md", ".mdx"} for path in found.root.glob(_TRANSLATED))
    if others:
        found.doubt(
            f"a site here has one content folder, and the translations in i18n are left out: {others}"
        )
    found.output(Clue(), "build", ("rss.xml", "atom.xml", "feed.json") if not start else ())
