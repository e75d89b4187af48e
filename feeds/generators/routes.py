"""Frameworks whose folders are addresses: where Astro, Gatsby, Next.js and SvelteKit have the pages of posts.

A folder in brackets stands for what is different from page to page: `app/blog/[slug]/page.tsx` makes
`/blog/SLUG` of every post, wherever its file is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.survey import paths

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_ENDINGS = ("mjs", "js", "ts", "mts", "cjs")
_MARKS = {
    "Astro": "astro.config",
    "Gatsby": "gatsby-config",
    "Next.js": "next.config",
    "SvelteKit": "svelte.config",
    "Nuxt": "nuxt.config",
}
_ROOTS = {
    "Astro": ("src/pages",),
    "Next.js": ("app", "src/app", "pages", "src/pages"),
    "SvelteKit": ("src/routes",),
}
# Where Markdown is a page itself; groups in round brackets are not part of addresses.
_FILES = {
    "Astro": re.compile(r"src/pages(?=/|$)"),
    "Gatsby": re.compile(r"src/pages(?=/|$)"),
    "Next.js": re.compile(r"(?:src/)?(?:app|pages)(?=/|$)"),
    "SvelteKit": re.compile(r"src/routes(?=/|$)"),
}
_ANY_POST = re.compile(r"\[+(?:\.{3})?(?:slug|id|post\w*|name|path)\]+(?:\.\w+)?")
_PAGE = re.compile(r"(?:\+page|page)\.\w+")
_SLASHED = frozenset({"Astro", "Gatsby"})


def framework(root: Path) -> str:
    """The framework that the site in the folder `root` has a configuration of; empty for none."""
    named = (
        name
        for name, stem in _MARKS.items()
        if any((root / f"{stem}.{ending}").is_file() for ending in _ENDINGS)
    )
    return next(named, "")


def pattern(root: Path, name: str, folder: str, posts: Iterable[str], *, slash: bool) -> str:
    """The addresses of the posts in `folder`, whose paths below it are `posts`; empty when no file says.

    `name` is the framework's, and `slash` says that its addresses end in one whatever it does usually.
    """
    end = "/" if slash or name in _SLASHED else ""
    below = _FILES[name].match(folder) if name in _FILES else None
    routed = not folder.startswith(("app", "src/app", "src/routes"))
    if below and (routed or any(_PAGE.fullmatch(path.rpartition("/")[2]) for path in posts)):
        return _joined(folder[below.end() :], end)
    routes = {route for place in _ROOTS.get(name, ()) for route in _of_any_post(root, place)}
    return _joined(routes.pop(), end) if len(routes) == 1 else ""


def of_collection(folder: str) -> str:
    """The addresses that most of Astro's themes give a collection: they are called like it."""
    collection = folder.partition("src/content/")[2]
    return f"/{collection}{patterns.DEFAULTS['plain']}" if collection else ""


def _of_any_post(root: Path, pages: str) -> set[str]:
    """The folders in which a page is made of each post."""
    found = set()
    for path in paths(root, pages):
        above = str(path.parent)
        if _ANY_POST.fullmatch(path.name) and "[" not in above:
            found.add(above.removeprefix("."))
    # One at the top is for all pages that nobody else makes.
    return found - {""} or found


def _joined(folder: str, end: str) -> str:
    below = [part for part in folder.split("/") if part and part[:1] != "("]
    return "/".join(("", *below, "{section}", "{slug}")) + end
