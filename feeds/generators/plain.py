"""A folder of no generator that we know: what its files alone say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, first
from feeds.generators.reading import read, script
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from feeds.generators.found import Found

_OUTPUTS = ("public", "dist", "build", "out", "_site", "output", "site")
# Programs that many generators are configured with, and the keys that they share.
_SCRIPTS = tuple(
    f"{stem}.{ending}"
    for stem in ("astro.config", "gatsby-config", "quartz.config", "src/consts", "src/config")
    for ending in ("mjs", "js", "ts", "mts", "cjs")
)


def read_site(found: Found) -> None:
    """Find out what there is to know about a folder of posts."""
    programs = [script(found, name) for name in _SCRIPTS]
    book = read(found, "mkdocs.yml", "mkdocs.yaml", "book.toml")
    titles = ("siteMetadata", "title"), ("pageTitle",), ("SITE_TITLE",), ("SITE", "title")
    found.text(
        "title", *(program.find(*keys) for program in programs for keys in titles), book.get("site_name")
    )
    urls = ("siteMetadata", "siteUrl"), ("baseUrl",), ("SITE", "website"), ("SITE_URL",), ("site",)
    addresses = [program.find(*keys) for program in programs for keys in urls]
    found.url(
        first(*addresses, book.get("site_url")), first(*(program.find("base") for program in programs)).text
    )
    texts = ("siteMetadata", "description"), ("SITE_DESCRIPTION",)
    found.text(
        "description",
        *(program.find(*keys) for program in programs for keys in texts),
        book.get("site_description"),
    )
    tags = ("siteMetadata", "language"), ("siteMetadata", "lang"), ("locale",), ("defaultLocale",)
    found.language(*(program.find(*keys) for program in programs for keys in tags))
    built = [name for name in _OUTPUTS if (found.root / name).is_dir()]
    found.built = next((name for name in built if (found.root / name / "index.html").is_file()), "")
    posts(found, tuple(built))
    collection = str(found.settings["content", "dir"]).partition("src/content/")[2]
    if collection:  # as Astro has it
        found.set(("content", "permalink"), f"/{collection}{patterns.DEFAULTS['plain']}")
    found.output(Clue(), "public")
    found.doubt(
        "permalink: no file says what addresses look like; `feeds check --against` suggests a pattern"
    )


def posts(found: Found, without: tuple[str, ...] = ()) -> None:
    """Note the folder that most of the dated files are in, looking outside of the folders `without`."""
    seen = survey(found.root, without)
    folder = seen.folder()
    found.content(folder)
    found.left_out(seen.outside(folder), folder)
