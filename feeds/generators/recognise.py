"""Which generator a site is made with, and what its own configuration says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import dialects, regular
from feeds.generators import (
    bridgetown,
    docusaurus,
    eleventy,
    hexo,
    hugo,
    jekyll,
    logseq,
    lume,
    mkdocs,
    nikola,
    obsidian,
    pelican,
    plain,
    quarto,
    vitepress,
    zola,
)
from feeds.generators.found import Found
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_READERS: dict[str, Callable[[Found], None]] = {
    "bridgetown": bridgetown.read_site,
    "docusaurus": docusaurus.read_site,
    "eleventy": eleventy.read_site,
    "hexo": hexo.read_site,
    "hugo": hugo.read_site,
    "jekyll": jekyll.read_site,
    "logseq": logseq.read_site,
    "lume": lume.read_site,
    "mkdocs": mkdocs.read_site,
    "nikola": nikola.read_site,
    "obsidian": obsidian.read_site,
    "pelican": pelican.read_site,
    "plain": plain.read_site,
    "quarto": quarto.read_site,
    "vitepress": vitepress.read_site,
    "zola": zola.read_site,
}
# Generators without a dialect of their own: the files that they are told by, and what must stand in these.
_MARKS: dict[str, tuple[tuple[str, str], ...]] = {
    "bridgetown": (*((name, "") for name in bridgetown.CONFIGURATION), (bridgetown.PROGRAM, "Bridgetown")),
    "logseq": ((logseq.CONFIGURATION, ""),),
    "lume": tuple((name, r"""["'](?:npm:|jsr:)?[\w:/.@]*\blume[@/]""") for name in lume.CONFIGURATION),
    "mkdocs": (("mkdocs.yml", ""), ("mkdocs.yaml", "")),
    "quarto": tuple((name, "") for name in quarto.CONFIGURATION),
}
# Octopress was Jekyll, with its posts where Hexo, which learnt from it, has them.
_OCTOPRESS = r"(?m)^(?:source|destination|markdown|pygments|plugins|gems)\s*:"
_HEAD = 200_000  # bytes of a file that are looked at


def find_out(root: Path) -> Found:
    """Read what the generator of the site in the folder `root` says about it. Nothing is run or fetched."""
    found = Found(root)
    name = generator(root)
    _READERS[name](found)
    if name in dialects.DIALECTS:
        found.set(("content", "dialect"), name)
    _look_at_the_posts(found)
    return found


def generator(root: Path) -> str:
    """The name of the generator that the site in the folder `root` is made with, or `plain`."""
    name = dialects.detect(root)
    if name != "docusaurus" and vitepress.home(root):
        return "vitepress"
    like_hexo = (root / "source/_posts").is_dir() and not _holds(root, "_config.yml", _OCTOPRESS)
    if name == "jekyll" and (like_hexo or _holds(root, "package.json", r'"hexo"')):
        return "hexo"
    if name == "plain":
        marked = (
            other for other, marks in _MARKS.items() if any(_holds(root, file, text) for file, text in marks)
        )
        return next(marked, name)
    return name


def _holds(root: Path, name: str, pattern: str) -> bool:
    if not (root / name).is_file():
        return False
    head = regular.beginning(root / name, root, _HEAD)
    return re.search(pattern, head.decode(errors="replace")) is not None


def _look_at_the_posts(found: Found) -> None:
    """Say what of the content folder cannot be read, or that there is none."""
    name = str(found.settings["content", "dir"])
    folder = found.root / name
    if not folder.is_dir():
        found.doubt(f"there is no folder {name} yet, where the posts would be")
        return
    seen = survey(folder, (str(found.settings["output", "dir"]),) if name == "." else ())
    if seen.other:
        counts = ", ".join(f"{count} {ending}" for ending, count in sorted(seen.other.items()))
        found.doubt(f"only Markdown is read; there are other files in {name} as well: {counts}")
    if not seen.dated:
        found.doubt(f"no file in {name} has a date, so there are no posts yet")
