"""Zola: zola.toml, or config.toml.

https://www.getzola.org/documentation/getting-started/configuration/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue
from feeds.generators.exclusions import take_over, wide
from feeds.generators.reading import read

if TYPE_CHECKING:
    from feeds.generators.found import Found

_DATED = "/{section}/{slug_or_filename}/"  # with the date that a file's name starts with


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Zola."""
    found.generator, found.build = "Zola", "zola build"
    site = read(found, "zola.toml", "config.toml")
    found.text("title", site.get("title"))
    found.url(site.get("base_url"))
    found.text("description", site.get("description"), site.get("extra", "description"))
    language = site.get("default_language")
    found.language(language, Clue("en"))
    found.author(site.get("author"), site.get("extra", "author"))
    found.text("copyright", site.get("extra", "copyright"))
    found.content("content")
    ignored = site.get("ignored_content")
    listed = ignored.value if isinstance(ignored.value, list) else []
    take_over(found, (Clue(each, ignored.place) for each in listed), wide)
    dated = site.get("slugify", "paths_keep_dates").value is True
    found.set(("content", "permalink"), _DATED if dated else patterns.DEFAULTS["zola"])
    feeds = [site.get(key) for key in ("generate_feeds", "generate_feed", "generate_rss")]
    names = site.get("feed_filenames").value
    if not isinstance(names, list):
        names = [site.get("feed_filename").text or site.get("rss_filename").text or "atom.xml"]
    # Feeds of sections and of terms have the same names, and may be on when that of the site is off.
    own = any(clue.value is True for clue in feeds) or _of_terms(site.get("taxonomies").value)
    found.output(site.get("output_dir"), "public", map(str, names) if own else ())
    if isinstance(others := site.get("languages").value, dict) and others:
        named = ", ".join(others)
        found.doubt(
            f"the site has other languages ({named}); the settings are those of the default one",
            site.place("languages"),
        )
    how = site.get("slugify", "paths")
    if how.text and how.text != "on":
        found.set(("content", "slug_letters"), "unicode", how.place)
    if how.text == "off":
        said = "slugify.paths is 'off'; addresses here are made as if it were 'safe', with _ for white space"
        found.doubt(said, how.place)


def _of_terms(taxonomies: object) -> bool:
    rows = taxonomies if isinstance(taxonomies, list) else ()
    return any(isinstance(row, dict) and (row.get("feed") or row.get("rss")) for row in rows)
