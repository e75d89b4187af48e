"""VitePress and VuePress, as `.vitepress/config.*` or `.vuepress/config.*` tell of them.

https://vitepress.dev/reference/site-config and https://vuepress.vuejs.org/reference/config.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, first, is_on, relative
from feeds.generators.reading import script
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.generators.found import Found

_FOLDERS = {".vitepress": "VitePress", ".vuepress": "VuePress"}
_SCRIPTS = tuple(
    f"{stem}.{ending}" for stem in ("config", "config/index") for ending in ("mts", "ts", "mjs", "js", "cjs")
)


def home(root: Path) -> str:
    """The folder with the configuration, relative to the site's: `docs/.vitepress`; empty for none."""
    places = (
        path for name in _FOLDERS for pattern in (name, f"*/{name}") for path in sorted(root.glob(pattern))
    )
    return next((str(path.relative_to(root)) for path in places if path.is_dir()), "")


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with VitePress or VuePress."""
    folder = home(found.root)
    top, _, name = folder.rpartition("/")
    found.generator, found.build = _FOLDERS[name], f"{_FOLDERS[name].lower()} build"
    site = script(found, *(f"{folder}/{each}" for each in _SCRIPTS))
    found.text("title", site.find("title"))
    found.url(first(site.find("hostname"), site.find("siteUrl"), site.find("domain")), site.find("base").text)
    found.text("description", site.find("description"))
    found.language(site.find("lang"))
    # Pages have the addresses of their files, seen from here.
    pages = "/".join(filter(None, (top, relative(site.find("srcDir").text).strip(".")))) or "."
    below = survey(found.root / pages).folder()
    posts = "/".join(part for part in (pages, below) if part != ".") or "."
    found.content(posts)
    found.set(("content", "dialect"), "plain")
    clue = first(site.find("permalinkPattern"), site.find("permalink"))
    _permalink(found, clue, below, "" if is_on(site.find("cleanUrls").value) else ".html")
    found.output(site.find("outDir"), f"{folder}/dist")


def _permalink(found: Found, clue: Clue, below: str, ending: str) -> None:
    if clue.text:
        found.permalink(clue, patterns.jekyll(clue.text))
    elif below.rpartition("/")[2] == "_posts":  # of VuePress' plugin for blogs
        found.permalink(clue, "/{year}/{month}/{day}/{name}/")
    else:
        start = "" if below == "." else f"/{below}"
        found.permalink(clue, f"{start}/{{section}}/{{filename}}{ending}")
