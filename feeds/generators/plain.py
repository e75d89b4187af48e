"""A folder of no generator that we know: what its files alone say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, first
from feeds.generators.reading import read, script
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.generators.found import Found

_OUTPUTS = ("public", "dist", "build", "out", "_site", "output", "site")
_ASTRO = tuple(f"astro.config.{ending}" for ending in ("mjs", "js", "ts", "mts", "cjs"))
# Programs that many generators are configured with, and the keys that they share.
_SCRIPTS = tuple(
    f"{stem}.{ending}"
    for stem in (
        "astro.config",
        "gatsby-config",
        "data/siteMetadata",
        "lib/siteMetadata",
        "src/consts",
        "src/config",
    )
    for ending in ("mjs", "js", "ts", "mts", "cjs")
)
# Programs of which a `title` can only be the site's
_OWN_SCRIPTS = tuple(
    f"{stem}.{ending}"
    for stem in ("src/lib/config", "src/lib/site", "src/site.config", "site.config", "lib/config")
    for ending in ("ts", "js", "mjs")
)
# Folders that are addresses: SvelteKit's and Next.js', whose groups in brackets are not part of them.
_ROUTES = re.compile(r"(?:src/routes|(?:src/)?app)(?=/|$)")


def read_site(found: Found) -> None:
    """Find out what there is to know about a folder of posts."""
    own = [script(found, name) for name in _OWN_SCRIPTS]
    programs = [*(script(found, name) for name in _SCRIPTS), *own]
    book = read(found, "mkdocs.yml", "mkdocs.yaml", "book.toml")
    titles = ("siteMetadata", "title"), ("pageTitle",), ("SITE_TITLE",), ("SITE", "title")
    found.text(
        "title",
        *(program.find(*keys) for program in programs for keys in titles),
        *(program.find("title") for program in own),
        book.get("site_name"),
    )
    urls = ("siteMetadata", "siteUrl"), ("baseUrl",), ("SITE", "website"), ("SITE_URL",), ("site",)
    addresses = [program.find(*keys) for program in programs for keys in urls]
    addresses += [program.find("url") for program in own]
    found.url(
        first(*addresses, book.get("site_url")), first(*(program.find("base") for program in programs)).text
    )
    texts = ("siteMetadata", "description"), ("SITE_DESCRIPTION",)
    found.text(
        "description",
        *(program.find(*keys) for program in programs for keys in texts),
        *(program.find("description") for program in own),
        book.get("site_description"),
    )
    writers = ("siteMetadata", "author", "name"), ("siteMetadata", "author"), ("SITE", "author"), ("AUTHOR",)
    found.author(
        *(program.find(*keys) for program in programs for keys in writers),
        *(program.find("author") for program in own),
    )
    tags = ("siteMetadata", "language"), ("siteMetadata", "lang"), ("locale",), ("defaultLocale",)
    found.language(*(program.find(*keys) for program in programs for keys in tags))
    built = [name for name in _OUTPUTS if (found.root / name).is_dir()]
    found.built = next((name for name in built if (found.root / name / "index.html").is_file()), "")
    posts(found, tuple(built))
    folder = str(found.settings["content", "dir"])
    if collection := folder.partition("src/content/")[2]:  # as Astro has it
        found.set(
            ("content", "permalink"), f"/{_astro_route(found.root) or collection}{patterns.DEFAULTS['plain']}"
        )
    elif route := _ROUTES.match(folder):
        below = [part for part in folder[route.end() :].split("/") if part and not part.startswith("(")]
        found.set(("content", "permalink"), "/".join(("", *below, "{section}", "{slug}")))
    if any((found.root / name).is_file() for name in _ASTRO):
        found.exclude_partials(str(found.settings["content", "dir"]))
    found.output(Clue(), "public")
    found.doubt(
        "permalink: no file says what addresses look like; `feeds check --against` suggests a pattern"
    )


def _astro_route(root: Path) -> str:
    """The folder of the only page that Astro makes of each post: `[...slug].astro` is in it."""
    pages = root / "src/pages"
    folders = {path.parent.relative_to(pages) for path in pages.rglob("[[]*slug[]]*")}
    found = [folder for folder in folders if str(folder) != "." and "[" not in str(folder)]
    return str(found[0]) if len(found) == 1 else ""


def posts(found: Found, without: tuple[str, ...] = ()) -> None:
    """Note the folder that most of the dated files are in, looking outside of the folders `without`."""
    seen = survey(found.root, without)
    folder = seen.folder()
    found.content(folder)
    found.left_out(seen.outside(folder), folder)
