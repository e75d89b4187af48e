"""VitePress and VuePress, as `.vitepress/config.*` or `.vuepress/config.*` tell of them.

https://vitepress.dev/reference/site-config and https://vuepress.vuejs.org/reference/config.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, first, is_on, relative
from feeds.generators.exclusions import glob, take_over
from feeds.generators.reading import script
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.generators.found import Found
    from feeds.generators.javascript import Script

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
    found.url(first(site.find("hostname"), site.find("siteUrl"), site.find("domain")), site.find("base"))
    found.text("description", site.find("description"))
    found.language(site.find("lang"))
    # Pages have the addresses of their files, seen from here.
    pages = "/".join(filter(None, (top, relative(site.find("srcDir").text).strip(".")))) or "."
    below = survey(found.root / pages).folder()
    posts = "/".join(part for part in (pages, below) if part != ".") or "."
    found.content(posts)
    if (found.root / posts / "index.md").is_file():
        found.exclude(["index.md"])  # the home page, or the one that lists the posts
    take_over(found, site.listed("srcExclude"), glob, base=pages)
    found.set(("content", "dialect"), "plain")
    if place := _place_of_rewrites(site):
        found.doubt(
            "rewrites give files other addresses, and those here are as if there were none; "
            "`feeds check --against` suggests a pattern",
            place,
        )
    own = [entry for entry in site.entries if entry[0][-1] == "itemPermalink"]
    if len({value for _, value, _ in own}) > 1:
        found.doubt(
            "each of the blog's directories has an itemPermalink of its own, and the first is taken",
            f"{site.name}:{own[1][2]}",
        )
    clue = first(site.find("permalinkPattern"), site.find("permalink"), site.find("itemPermalink"))
    _permalink(found, clue, below, "" if is_on(site.find("cleanUrls").value) else ".html")
    found.output(site.find("outDir"), f"{folder}/dist")


def _place_of_rewrites(site: Script) -> str:
    """Where files are given addresses of other files; empty if nowhere."""
    rows = [line for path, _, line in site.entries if "rewrites" in path]
    return f"{site.name}:{min(rows)}" if rows else ""


def _permalink(found: Found, clue: Clue, below: str, ending: str) -> None:
    if clue.text:
        found.permalink(clue, patterns.vuepress(clue.text))
    elif below.rpartition("/")[2] == "_posts":  # of VuePress' plugin for blogs
        found.permalink(clue, "/{year}/{month}/{day}/{name}/")
    else:
        start = "" if below == "." else f"/{below}"
        found.permalink(clue, f"{start}/{{section}}/{{filename}}{ending}")
