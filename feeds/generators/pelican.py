"""Pelican: pelicanconf.py, with what publishconf.py sets for the published site.

https://docs.getpelican.com/en/latest/settings.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, is_on, one_line, relative
from feeds.generators.exclusions import anywhere, exactly, take_over
from feeds.generators.reading import Layers, read
from feeds.generators.survey import beginning, survey

if TYPE_CHECKING:
    from feeds.generators.found import Found

_USUAL = "{slug}.html"
_LANGUAGE = re.compile(r"(?mi)^lang[ \t]*:[ \t]*([\w-]+)")
_USUAL_OF_TRANSLATIONS = "{slug}-{lang}.html"
# Pelican's own, which many configurations start their list with.
_USUAL_SUBSTITUTIONS = [[r"[^\w\s-]", ""], [r"(?u)\A\s*", ""], [r"(?u)\s*\Z", ""], [r"[-\s]+", "-"]]
# The beginning of the settings that substitute something in a part of an address.
_SHAPED = {"SLUG": "slug|category|author", "CATEGORY": "category", "AUTHOR": "author"}


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Pelican."""
    found.generator, found.build = "Pelican", "pelican content -s publishconf.py"
    site = Layers([read(found, "publishconf.py"), read(found, "pelicanconf.py", "settings.py")])
    found.text("title", site.get("SITENAME"))
    found.url(site.get("SITEURL"))
    found.text(
        "description", site.get("SITESUBTITLE"), site.get("SITEDESCRIPTION"), site.get("SITE_DESCRIPTION")
    )
    found.language(site.get("DEFAULT_LANG"), Clue("en"))
    found.timezone(site.get("TIMEZONE"))
    found.text("copyright", site.get("COPYRIGHT"))
    found.author(site.get("AUTHOR"))
    _content(found, site)
    address = site.get("ARTICLE_URL")
    address = address if address.text else Clue(_USUAL)
    slug = _slug(site)
    pattern = patterns.pelican(address.text, slug)
    found.permalink(address, pattern)
    others = site.get("ARTICLE_LANG_URL")
    heads = _heads(found)
    if not others.text and _is_translated(heads, str(found.settings.get(("site", "language"), "en"))):
        others = Clue(_USUAL_OF_TRANSLATIONS, address.place)
    if others.text and pattern and patterns.pelican(others.text, slug) != patterns.of_translations(pattern):
        taken = patterns.of_translations(pattern)
        found.doubt(f"articles in other languages are at {others.text}, not at {taken} as here", others.place)
    _say_what_differs(found, site, address.text)
    letters = site.get("SLUGIFY_USE_UNICODE")
    if is_on(letters.value):
        found.set(("content", "slug_letters"), "unicode", letters.place)
    feeds = [site.get(key).text for key in ("FEED_ATOM", "FEED_RSS", "FEED_ALL_ATOM", "FEED_ALL_RSS")]
    found.output(site.get("OUTPUT_PATH"), "output", feeds)
    if site.get("I18N_SUBSITES").value:
        clue = site.get("I18N_SUBSITES")
        found.doubt("the site has other languages; the settings are those of the default one", clue.place)


def _heads(found: Found) -> list[str]:
    """The beginnings of all articles."""
    folder = found.root / str(found.settings["content", "dir"])
    seen = survey(folder)
    return [beginning(folder, path).decode(errors="replace") for path in (*seen.dated, *seen.undated)]


def _is_translated(heads: list[str], own: str) -> bool:
    """Whether any article says that it is in another language than the site."""
    said = {line[1].lower() for head in heads for line in _LANGUAGE.finditer(head)}
    return bool(said - {own.lower(), own.lower().partition("-")[0]})


def _slug(site: Layers) -> str:
    """The placeholder for what Pelican takes for a slug: something of the file's name, or the title."""
    names = site.get("FILENAME_METADATA").text
    if "?P<slug>" in names:
        return "slug" if "?P<date>" in names else "slug_or_filename"
    return "slug_or_filename" if site.get("SLUGIFY_SOURCE").text == "basename" else "slug_or_title"


def _say_what_differs(found: Found, site: Layers, address: str) -> None:
    """Name the settings that shape addresses, or date articles, in ways that are not followed here."""
    parts = [part for part, of in _SHAPED.items() if re.search(rf"\{{(?:{of})\b", address)]
    for key in (f"{part}_{kind}" for kind in ("REGEX_SUBSTITUTIONS", "SUBSTITUTIONS") for part in parts):
        config = next((config for config in site.configs if key in config.values), None)
        # None is what only running the program would tell.
        if config and config.values[key] not in ([], _USUAL_SUBSTITUTIONS):
            said = f"{key} is not followed: addresses here are made as if it were not there"
            found.doubt(said, config.place(key))
    if is_on((case := site.get("SLUGIFY_PRESERVE_CASE")).value):
        said = "SLUGIFY_PRESERVE_CASE is not followed: addresses here are made as if it were False"
        found.doubt(said, case.place)
    dated = site.get("DEFAULT_DATE")
    if dated.text == "fs":
        found.doubt(
            "DEFAULT_DATE is 'fs', the time of the file, which differs from one machine to the next; "
            "articles without a date are left out",
            dated.place,
        )


def _content(found: Found, site: Layers) -> None:
    """Note where the articles are: in the content folder, but not with its pages."""
    clue = site.get("PATH")
    folder = found.folder(clue, "content" if (found.root / "content").is_dir() else ".")
    named = site.get("ARTICLE_PATHS")
    paths = ([relative(one_line(each)) or "." for each in named.value] if _is_list(named) else []) or ["."]
    # Pelican's paths and categories start at its own folder, which may be above that of the articles.
    found.content(folder, clue.place)
    pages = site.get("PAGE_PATHS")
    excluded = site.get("ARTICLE_EXCLUDES")
    listed = [
        *(pages.value if _is_list(pages) else ["pages"]),
        *(excluded.value if _is_list(excluded) else ()),
    ]
    left_out = [below for each in listed if (below := relative(one_line(each))) not in {"", "."}]
    if paths != ["."]:
        tops = {path.split("/")[0] for path in paths}
        left_out += [name for name in found.subfolders(folder) if name not in tops]
    there = (path for path in left_out if (found.root / folder / path).exists())
    found.exclude((f"{exactly(path)}/**" for path in there), named.place)
    ignored = site.get("IGNORE_FILES")
    listed = [one_line(each) for each in ignored.value] if _is_list(ignored) else []
    # Names that start with a dot are nobody's posts.
    shown = (Clue(each, ignored.place) for each in listed if not each.removeprefix("**/").startswith("."))
    take_over(found, shown, anywhere)


def _is_list(clue: Clue) -> bool:
    return isinstance(clue.value, list)
