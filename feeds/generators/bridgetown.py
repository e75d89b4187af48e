"""Bridgetown: bridgetown.config.yml, config/initializers.rb, and the site's data in site_metadata.yml.

https://www.bridgetownrb.com/docs/configuration - it comes from Jekyll, and its posts are read like Jekyll's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, first
from feeds.generators.reading import lines, read

if TYPE_CHECKING:
    from feeds.generators.found import Found

CONFIGURATION = ("bridgetown.config.yml", "bridgetown.config.yaml")
PROGRAM = "config/initializers.rb"
# https://www.bridgetownrb.com/docs/content/permalinks#built-in-formats
_STYLES = {
    "pretty": "/:categories/:year/:month/:day/:slug/",
    "pretty_ext": "/:categories/:year/:month/:day/:slug.*",
    "simple": "/:categories/:slug/",
    "simple_ext": "/:categories/:slug.*",
}
_LINE = re.compile(r"\s*(?:config\.)?(\w+)(?:\s*=\s*|\s+)(?:\"([^\"]*)\"|'([^']*)'|:?([\w/]+))\s*(?:#.*)?$")


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Bridgetown."""
    found.generator, found.build = "Bridgetown", "bin/bridgetown build"
    site = read(found, *CONFIGURATION)
    said: dict[str, Clue] = {}
    for line in lines(found, PROGRAM):
        if match := _LINE.fullmatch(str(line.value)):
            said[match[1]] = Clue(match[2] or match[3] or match[4], line.place)

    def get(key: str) -> Clue:
        return first(said.get(key, Clue()), site.get(key))

    source = found.folder(get("source"), "src")
    data = read(found, f"{source}/_data/site_metadata.yml", f"{source}/_data/site_metadata.yaml")
    found.text("title", data.get("title"), get("title"))
    found.url(get("url"), first(get("base_path"), get("baseurl")))
    found.text("description", data.get("description"), data.get("tagline"), get("description"))
    found.language(data.get("lang"), get("default_locale"), Clue("en"))
    found.timezone(get("timezone"))
    found.author(data.get("author"))
    found.content(f"{source}/_posts", get("source").place)
    given = first(get("permalink"), Clue("pretty"))
    pattern = _STYLES.get(given.text, given.text).replace("/:locale", "").replace(":slug", ":title")
    found.permalink(given, patterns.jekyll(re.sub(r"\.\*$|(?<=[a-z]):output_ext$", ".html", pattern)))
    found.set(("content", "dialect"), "jekyll")
    found.output(get("destination"), "output", ("feed.xml",))
