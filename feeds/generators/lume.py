"""Lume: _config.ts, and the data of all pages in _data.yml (https://lume.land/docs/configuration/config-file/)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.generators.reading import read, script
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from feeds.generators.found import Found

CONFIGURATION = ("_config.ts", "_config.js")


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Lume."""
    found.generator, found.build = "Lume", "deno task build"
    site = script(found, *CONFIGURATION)
    source = found.folder(site.find("src"), ".")
    data = read(found, *(f"{source}/_data.{ending}" for ending in ("yml", "yaml", "json")))
    found.text("title", data.get("metas", "site"), data.get("site", "title"), data.get("title"))
    found.url(site.find("URL"))  # `location: new URL("https://example.org")`
    found.text("description", data.get("metas", "description"), data.get("description"))
    found.language(data.get("lang"), data.get("metas", "lang"))
    inside = found.root / source
    seen = survey(inside, ("_site",))
    below = seen.folder()
    folder = "/".join(part for part in (source, below) if part != ".") or "."
    found.content(folder)
    found.left_out(seen.outside(below), folder)
    found.exclude_partials(folder)
    start = "" if below == "." else f"/{below}"
    end = ".html" if site.find("prettyUrls").value == "false" else "/"
    found.set(("content", "permalink"), f"{start}/{{section}}/{{name}}{end}")
    found.set(("content", "dialect"), "plain")
    found.output(site.find("dest"), "_site")
