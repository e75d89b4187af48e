"""Hexo: its _config.yml, which is not Jekyll's (https://hexo.io/docs/configuration)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, is_on
from feeds.generators.exclusions import glob, take_over
from feeds.generators.reading import read

if TYPE_CHECKING:
    from feeds.generators.found import Found

_USUAL = ":year/:month/:day/:title/"
_UNSORTED = "uncategorized"
_FEED_PLUGIN = "hexo-generator-feed"


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Hexo."""
    found.generator, found.build = "Hexo", "hexo generate"
    site = read(found, "_config.yml", "_config.yaml", "_config.json")
    found.text("title", site.get("title"))
    found.url(site.get("url"), site.get("root"))
    found.text("description", site.get("description"), site.get("subtitle"))
    languages = site.get("language")
    listed = (
        [each for each in languages.value if each != "default"] if isinstance(languages.value, list) else []
    )
    found.language(Clue(listed[0], languages.place) if listed else languages)
    if len(listed) > 1:
        said = ", ".join(map(str, listed))
        found.doubt(
            f"the site has several languages ({said}); the settings are those of the first", languages.place
        )
    found.timezone(site.get("timezone"), otherwise="the zone of the machine")
    found.author(site.get("author"))
    found.text("copyright", site.get("copyright"))
    source = site.get("source_dir")
    top = found.folder(source, "source")
    found.content(f"{top}/_posts", source.place)
    found.exclude_partials(f"{top}/_posts")
    take_over(found, _listed(site.get("skip_render")), glob, base=top)
    take_over(found, _listed(site.get("ignore")), glob)
    wrapped = site.get("marked", "breaks")
    if wrapped.value is not None and not is_on(wrapped.value):
        found.set(("content", "hard_wraps"), "off", wrapped.place)
    given = site.get("permalink")
    given = given if given.text else Clue(_USUAL)
    dated = ":day" in site.get("new_post_name").text
    pattern = patterns.hexo(given.text, dated=dated)
    if pattern and site.get("pretty_urls", "trailing_html").text == "false":
        pattern = pattern.removesuffix(".html")
    found.permalink(given, pattern)
    if ":category" in given.text:
        usual = site.get("default_category").text or _UNSORTED
        if usual != _UNSORTED:
            said = (
                f"permalink: the address of a post without a category has {_UNSORTED!r} here, not {usual!r}"
            )
            found.doubt(said, given.place)
    if site.get("category_map").value and ":category" in given.text:
        said = "category_map is not followed: addresses here have the categories' own names"
        found.doubt(said, site.place("category_map"))
    own = site.get("permalink_defaults")
    if isinstance(own.value, dict) and any(f":{key}" in given.text for key in own.value):
        found.doubt("permalink_defaults are not followed: addresses here are made without them", own.place)
    # Its plugin for feeds writes atom.xml (or what it is told) at the top.
    feed = [site.get("feed", "path")]
    if isinstance(feed[0].value, list):
        feed = [Clue(each) for each in feed[0].value]
    package = read(found, "package.json")
    used = package.get("dependencies", _FEED_PLUGIN).value is not None
    writes = [each.text for each in feed if each.text] or (["atom.xml"] if used else [])
    found.output(site.get("public_dir"), "public", writes)


def _listed(clue: Clue) -> list[Clue]:
    """The values of a key that may have one or several."""
    return [Clue(each, clue.place) for each in clue.value] if isinstance(clue.value, list) else [clue]
