"""Docusaurus: its blog, as docusaurus.config.js tells of it (https://docusaurus.io/docs/blog)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.generators import javascript
from feeds.generators.clues import Clue, is_on, relative
from feeds.generators.exclusions import glob, take_over
from feeds.generators.reading import read, script

if TYPE_CHECKING:
    from feeds.generators.found import Found
    from feeds.generators.javascript import Script

_TRANSLATED = "i18n/*/docusaurus-plugin-content-blog/**/*"
_SCRIPTS = tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs", "mts"))
_PLUGIN = "plugin-content-blog"


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Docusaurus."""
    found.generator, found.build = "Docusaurus", "npm run build"
    site = script(found, *_SCRIPTS)
    blog, inside = _blog(site)
    found.text("title", blog.find(*inside, "blogTitle"), site.find("title"))
    base = site.find("baseUrl")
    found.url(site.find("url"), base)
    found.text("description", blog.find(*inside, "blogDescription"), site.find("tagline"))
    found.language(site.find("i18n", "defaultLocale"), Clue("en"))
    path = blog.find(*inside, "path")
    folder = relative(path.text) or "blog"
    found.content(folder, path.place)
    found.exclude_partials(folder)
    take_over(found, blog.listed(*inside, "exclude"), glob, base=folder)
    names = (blog.find(*inside, "authorsMapPath").text, "authors.yml", "authors.yaml", "authors.json")
    people = read(found, *(f"{folder}/{name}" for name in names if name))
    found.authors(people.values, people.name)
    route = blog.find(*inside, "routeBasePath")
    start = (route.text or "blog").strip("/")
    # A `slug:` is all of the address below the blog; without one, a date in the path becomes folders.
    end = "/" if is_on(site.find("trailingSlash").value) else ""
    found.permalink(route, f"/{start}/{{slug_or_path}}{end}" if start else f"/{{slug_or_path}}{end}")
    others = sum(path.suffix in {".md", ".mdx"} for path in found.root.glob(_TRANSLATED))
    if others:
        found.doubt(
            f"a site here has one content folder, and the translations in i18n are left out: {others}"
        )
    found.output(Clue(), "build", ("rss.xml", "atom.xml", "feed.json") if not start else ())


def _blog(site: Script) -> tuple[Script, tuple[str, ...]]:
    """The program, and the keys in it that the blog is configured under: of a preset or of a plugin."""
    before, named, behind = site.content.partition(_PLUGIN)
    if site.find("blog").value != "false" or not named:
        return site, ("blog",)
    # What stands before is left out but for its lines, and so is the quote that closes the name.
    return javascript.read("\n" * before.count("\n") + behind[1:], site.name), ()
