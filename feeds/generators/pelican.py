"""Pelican: pelicanconf.py, with what publishconf.py sets for the published site.

https://docs.getpelican.com/en/latest/settings.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, one_line, relative
from feeds.generators.reading import Layers, read

if TYPE_CHECKING:
    from feeds.generators.found import Found

_USUAL = "{slug}.html"


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
    if others.text and pattern and patterns.pelican(others.text, slug) != patterns.of_translations(pattern):
        taken = patterns.of_translations(pattern)
        found.doubt(f"articles in other languages are at {others.text}, not at {taken} as here", others.place)
    if "{category" in address.text:
        usual = site.get("DEFAULT_CATEGORY").text or "misc"
        said = f"permalink: the address of an article without a category lacks {usual!r} here"
        found.doubt(said, address.place)
    feeds = [site.get(key).text for key in ("FEED_ATOM", "FEED_RSS", "FEED_ALL_ATOM", "FEED_ALL_RSS")]
    found.output(site.get("OUTPUT_PATH"), "output", feeds)
    if site.get("I18N_SUBSITES").value:
        clue = site.get("I18N_SUBSITES")
        found.doubt("the site has other languages; the settings are those of the default one", clue.place)


def _slug(site: Layers) -> str:
    """The placeholder for what Pelican takes for a slug: something of the file's name, or the title."""
    names = site.get("FILENAME_METADATA").text
    if "?P<slug>" in names:
        return "slug" if "?P<date>" in names else "slug_or_filename"
    return "slug_or_filename" if site.get("SLUGIFY_SOURCE").text == "basename" else "slug_or_title"


def _content(found: Found, site: Layers) -> None:
    """Note where the articles are: in the content folder, but not with its pages."""
    clue = site.get("PATH")
    folder = found.folder(clue, "content" if (found.root / "content").is_dir() else ".")
    named = site.get("ARTICLE_PATHS")
    paths = ([relative(one_line(each)) or "." for each in named.value] if _is_list(named) else []) or ["."]
    by_folder = site.get("USE_FOLDER_AS_CATEGORY").value
    if by_folder is False and len(paths) == 1 and paths[0] != ".":
        found.content(f"{folder}/{paths[0]}".removeprefix("./"), named.place)
        return
    # Pelican's paths and categories start at its own folder, which may be above that of the articles.
    found.content(folder, clue.place)
    pages = site.get("PAGE_PATHS")
    excluded = site.get("ARTICLE_EXCLUDES")
    listed = [
        *(pages.value if _is_list(pages) else ["pages"]),
        *(excluded.value if _is_list(excluded) else ()),
    ]
    globs = [f"{below}/**" for each in listed if (below := relative(one_line(each))) not in {"", "."}]
    if paths != ["."]:
        tops = {path.split("/")[0] for path in paths}
        globs += [f"{name}/**" for name in found.subfolders(folder) if name not in tops]
    found.exclude(
        dict.fromkeys(g for g in globs if (found.root / folder / g.removesuffix("/**")).exists()), named.place
    )


def _is_list(clue: Clue) -> bool:
    return isinstance(clue.value, list)
