"""Quarto: _quarto.yml (https://quarto.org/docs/reference/projects/websites.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.generators.clues import Clue
from feeds.generators.reading import read
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from feeds.generators.found import Found

CONFIGURATION = ("_quarto.yml", "_quarto.yaml")


def read_site(found: Found) -> None:
    """Find out what there is to know about a website made with Quarto."""
    found.generator, found.build = "Quarto", "quarto render"
    site = read(found, *CONFIGURATION)
    found.text("title", site.get("website", "title"), site.get("title"))
    found.url(site.get("website", "site-url"), site.get("website", "site-path"))
    found.text("description", site.get("website", "description"))
    found.language(site.get("lang"), Clue("en"))
    found.author(site.get("author"))
    output = site.get("project", "output-dir")
    below = survey(found.root, (output.text or "_site",)).folder()
    found.content(below)
    found.exclude_partials(below)
    start = "" if below == "." else f"/{below}"
    found.set(("content", "permalink"), f"{start}/{{section}}/{{filename}}.html")
    found.set(("content", "dialect"), "plain")
    found.output(output, "_site", ("index.xml",))
