"""Logseq: a graph, of which it publishes only the pages that say so (https://docs.logseq.com/#/page/publishing).

Everything else in it is private, so what does not say that it is public is left out by its name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, relative
from feeds.generators.exclusions import exactly
from feeds.generators.reading import content_of
from feeds.generators.survey import beginning, survey

if TYPE_CHECKING:
    from feeds.generators.found import Found

CONFIGURATION = "logseq/config.edn"
_MOST = 200  # names in a setting
_PUBLIC = re.compile(rb"(?im)^[-\t ]*public::[ \t]*true\b|^(?:public|publish)[ \t]*:[ \t]*true\b")
_JOURNALS = re.compile(r':journals-directory\s+"([^"]+)"')
_ALL_PUBLIC = re.compile(r":publishing/all-pages-public\?\s+true\b")
_COMMENT = re.compile(r"(?m);.*$")


def read_site(found: Found) -> None:
    """Find out what there is to know about a graph."""
    found.generator = "Logseq"
    program = _COMMENT.sub("", content_of(found, CONFIGURATION))
    found.url(Clue())
    found.language(Clue())
    found.content(".")
    named = _JOURNALS.search(program)
    journals = relative(named[1].strip("/")).strip(".") if named else ""
    journals = journals or "journals"
    found.exclude([f"{journals}/**", "logseq/**", "whiteboards/**"], CONFIGURATION)
    if not _ALL_PUBLIC.search(program):
        _private(found, journals)
    found.set(("content", "permalink"), patterns.DEFAULTS["obsidian"])
    found.set(("content", "dialect"), "plain")
    found.doubt("permalink: a graph does not say where it is published; its folders and names are taken")
    found.output(Clue(), "public")


def _private(found: Found, journals: str) -> None:
    seen = survey(found.root, (journals, "logseq", "whiteboards"))
    paths = [*seen.dated, *seen.undated]
    private = [path for path in paths if not _PUBLIC.search(beginning(found.root, path))]
    said = "Logseq publishes pages with public:: true only, and that line is not read here: "
    if len(private) > _MOST:
        found.exclude(["**"])
        found.doubt(
            f"{said}the other pages, {len(private)}, are too many to name, so exclude under [content] leaves "
            "everything out; put what is public into a folder of its own, and name it in dir"
        )
    else:
        found.exclude(map(exactly, private))
        found.doubt(
            f"{said}the pages without it are left out by name, and so is the journal; "
            "add each page that is to stay private to exclude under [content]"
        )
    found.doubt(
        "lines such as date:: 2025-01-31 are not read: a page is a post once its title and date stand at the "
        "top, between two lines of ---"
    )
