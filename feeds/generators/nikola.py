"""Nikola: conf.py (https://getnikola.com/handbook.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.generators.clues import Clue, first, relative
from feeds.generators.reading import read

if TYPE_CHECKING:
    from feeds.generators.found import Found
    from feeds.generators.reading import Config

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Nikola."""
    found.generator, found.build = "Nikola", "nikola build"
    site = read(found, "conf.py")
    found.text("title", _own(site, "BLOG_TITLE"))
    found.url(first(site.get("BASE_URL"), site.get("SITE_URL")))
    found.text("description", _own(site, "BLOG_DESCRIPTION"))
    found.language(site.get("DEFAULT_LANG"), Clue("en"))
    found.timezone(site.get("TIMEZONE"))
    found.author(_own(site, "BLOG_AUTHOR"))
    _posts(found, site)
    found.output(site.get("OUTPUT_FOLDER"), "output", ("rss.xml",))
    others = site.get("TRANSLATIONS").value
    if isinstance(others, dict) and len(others) > 1:
        said = f"the site has several languages ({', '.join(others)})"
        found.doubt(f"{said}; the settings are those of the default one", site.place("TRANSLATIONS"))


def _own(site: Config, key: str) -> Clue:
    """A setting, which may be given by language."""
    clue = site.get(key)
    if isinstance(clue.value, dict):
        language = site.get("DEFAULT_LANG").text or "en"
        return Clue(clue.value.get(language), clue.place)
    return clue


def _target(site: Config, value: object) -> str:
    """Where posts go, which may be given by language."""
    if isinstance(value, dict):
        value = value.get(site.get("DEFAULT_LANG").text or "en", "")
    return str(value)


def _posts(found: Found, site: Config) -> None:
    """Note where the posts are and where they go: `("posts/*.md", "posts", "post.tmpl")`."""
    clue = site.get("POSTS")
    listed = clue.value if isinstance(clue.value, list) else []
    rows = [
        (str(row[0]), _target(site, row[1]))
        for row in listed
        if isinstance(row, list) and len(row) > 1 and str(row[0]).endswith(_MARKDOWN)
    ] or [("posts/*.md", "posts")]
    folders = dict.fromkeys((relative(glob.rpartition("/")[0]) or ".", target) for glob, target in rows)
    folder, target = next(iter(folders))
    found.content(folder, clue.place)
    if len(folders) > 1:
        others = ", ".join(sorted({other for other, _ in folders} - {folder}))
        found.doubt(f"the posts in {others} are left out: a site here has one content folder", clue.place)
    pretty = site.get("PRETTY_URLS").value is not False
    # Only this setting of Nikola's takes a name apart; without it, a date there is a part of the slug.
    slug = "{slug}" if "?P<slug>" in site.get("FILE_METADATA_REGEXP").text else "{slug_or_filename}"
    below = "/".join(part for part in (relative(target), "{section}", slug) if part not in {"", "."})
    found.permalink(clue, f"/{below}/" if pretty else f"/{below}.html")
