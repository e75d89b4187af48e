"""A folder of no generator that we know: what its files alone say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.generators import routes
from feeds.generators.clues import Clue, first, is_on
from feeds.generators.exclusions import exactly
from feeds.generators.reading import content_of, front_matter, read, script
from feeds.generators.survey import beginning, paths, survey

if TYPE_CHECKING:
    from feeds.generators.found import Found
    from feeds.generators.javascript import Script
    from feeds.generators.survey import Survey

_OUTPUTS = ("public", "dist", "build", "out", "_site", "output", "site")
_COLLECTIONS = tuple(f"src/{stem}.ts" for stem in ("content.config", "content/config"))
# Programs that many generators are configured with, and the keys that they share.
_SCRIPTS = tuple(
    f"{stem}.{ending}"
    for stem in (
        "astro.config",
        "gatsby-config",
        "nuxt.config",
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
_NEXT = tuple(f"next.config.{ending}" for ending in ("js", "mjs", "ts", "mts", "cjs"))
_LAYOUTS = tuple(
    f"{place}/layout.{ending}" for place in ("app", "src/app") for ending in ("tsx", "jsx", "js")
)
_SITE_MAPS = tuple(f"{place}/sitemap.{ending}" for place in ("app", "src/app") for ending in ("ts", "js"))
_HTML = re.compile(r"<html\b[^<>]*\blang=[\"']([\w-]+)[\"']")
_IMAGES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
_BUILT_IMAGES = {"Astro": "/_astro/", "Gatsby": "/static/"}
_NO_POST = re.compile(rb"(?m)^type:[ \t]*[\"']?(?:page|posts|tag)[\"']?[ \t]*$")  # of Nextra's blogs


def read_site(found: Found) -> None:
    """Find out what there is to know about a folder of posts."""
    found.generator = framework = routes.framework(found.root)
    own = [script(found, name) for name in _OWN_SCRIPTS]
    programs = [*(script(found, name) for name in _SCRIPTS), *own]
    book = read(found, "book.toml")
    layout, site_map = script(found, *_LAYOUTS), script(found, *_SITE_MAPS)
    titles = ("siteMetadata", "title"), ("pageTitle",), ("SITE_TITLE",), ("SITE", "title"), ("site", "name")
    found.text(
        "title",
        *(program.find(*keys) for program in programs for keys in titles),
        *(program.find("title") for program in own),
        layout.find("title", "default"),
        layout.find("title"),
        book.get("book", "title"),
    )
    urls = (
        ("siteMetadata", "siteUrl"),
        ("baseUrl",),
        ("SITE", "website"),
        ("SITE_URL",),
        ("site", "url"),
        ("site",),
    )
    addresses = [program.find(*keys) for program in programs for keys in urls]
    addresses += [program.find("url") for program in own]
    found.url(
        first(*addresses, site_map.find("baseUrl"), layout.find("URL")),
        first(*(program.find("base") for program in programs)),
    )
    texts = ("siteMetadata", "description"), ("SITE_DESCRIPTION",), ("SITE", "desc")
    found.text(
        "description",
        *(program.find(*keys) for program in programs for keys in texts),
        *(program.find("description") for program in own),
        layout.find("description"),
        book.get("book", "description"),
    )
    writers = ("siteMetadata", "author", "name"), ("siteMetadata", "author"), ("SITE", "author"), ("AUTHOR",)
    found.author(
        *(program.find(*keys) for program in programs for keys in writers),
        *(program.find("author") for program in own),
    )
    tags = (
        ("siteMetadata", "language"),
        ("siteMetadata", "lang"),
        ("SITE", "lang"),
        ("locale",),
        ("defaultLocale",),
    )
    languages = (program.find(*keys) for program in programs for keys in tags)
    found.language(*languages, _of_html(layout), book.get("book", "language"))
    found.timezone(first(*(program.find("SITE", "timezone") for program in programs)))
    built = [name for name in _OUTPUTS if (found.root / name).is_dir()]
    found.built = next((name for name in built if (found.root / name / "index.html").is_file()), "")
    seen = posts(found, tuple(built))
    folder = str(found.settings["content", "dir"])
    if framework == "Astro":
        # A loader of its own may leave out files alone, and so may use folders with an underscore for order.
        loaders = script(found, *_COLLECTIONS).content
        found.exclude_partials(folder, files="[^_]*." in loaders)
    if '"nextra' in content_of(found, "package.json"):
        _nextra(found, seen)
    _people(found)
    found.output(Clue(), "public")
    _addresses(found, framework, folder, seen)
    _images(found, framework, folder)


def posts(found: Found, without: tuple[str, ...] = ()) -> Survey:
    """Note the folder that most of the dated files are in, looking outside of the folders `without`."""
    seen = survey(found.root, without)
    folder = seen.folder()
    found.content(folder)
    found.left_out(seen.outside(folder), folder)
    return seen


def _of_html(layout: Script) -> Clue:
    """The language that the element around every page is in."""
    match = _HTML.search(layout.content)
    return Clue(match[1], layout.name) if match else Clue()


def _addresses(found: Found, framework: str, folder: str, seen: Survey) -> None:
    """Note the addresses that the folders of a framework say, or that none does."""
    slash = is_on(script(found, *_NEXT).find("trailingSlash").value)
    inside = [path for path in seen.dated if path.startswith(f"{folder}/")]
    if made := routes.pattern(found.root, framework, folder, inside, slash=slash):
        found.set(("content", "permalink"), made)
        return
    if made := routes.of_collection(folder):
        found.set(("content", "permalink"), made)
        said = "no file says what addresses look like, so the collection's name is taken"
    else:
        said = "no file says what addresses look like"
    found.doubt(f"permalink: {said}; `feeds check --against` suggests a pattern")


def _people(found: Found) -> None:
    """Take over the people of a site with a page for each, as blogs with Contentlayer have them."""
    for path in sorted((found.root / "data/authors").glob("*.md*")):
        person = front_matter(found, f"data/authors/{path.name}")
        if person.get("name").text:
            found.authors({path.stem: person.values}, person.name)


def _nextra(found: Found, seen: Survey) -> None:
    """Leave out what Nextra has dates on and makes pages of: the home page, the list of posts, tags."""
    found.generator = "Nextra"
    folder = str(found.settings["content", "dir"])
    start = "" if folder == "." else f"{folder}/"
    pages = [path for path in seen.dated if path.startswith(start) and _is_no_post(found, path)]
    found.exclude(exactly(path.removeprefix(start)) for path in pages)


def _is_no_post(found: Found, path: str) -> bool:
    return _NO_POST.search(beginning(found.root, path)) is not None


def _images(found: Found, framework: str, folder: str) -> None:
    """Say where pictures get addresses that only the built site knows."""
    place = _BUILT_IMAGES.get(framework)
    # The whole site has pictures of other people's programs in it.
    folders = [name for name in ("src/assets", "src/images", folder) if name != "."]
    if place and any(path.suffix.lower() in _IMAGES for name in folders for path in paths(found.root, name)):
        found.doubt(
            f"{framework} gives pictures beside posts and in src/ addresses below {place} that only the "
            "built site knows, and here they lead nowhere; those in the folder of static files are right"
        )
