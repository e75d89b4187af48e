"""Obsidian: a vault, which is no site yet: its name, and the folder with the dated notes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, relative
from feeds.generators.plain import posts
from feeds.generators.reading import read

if TYPE_CHECKING:
    from feeds.generators.found import Found

_FOLDERS = (("templates.json", "folder"), ("daily-notes.json", "folder"))
_PLUGINS = (("templater-obsidian", "templates_folder"),)


def read_site(found: Found) -> None:
    """Find out what there is to know about a vault."""
    found.generator = "Obsidian"
    found.url(Clue())
    found.language(Clue())
    clues = [read(found, f".obsidian/{name}").get(key) for name, key in _FOLDERS]
    clues += [read(found, f".obsidian/plugins/{name}/data.json").get(key) for name, key in _PLUGINS]
    ignored = read(found, ".obsidian/app.json").get("userIgnoreFilters")
    listed = ignored.value if isinstance(ignored.value, list) else []
    clues += [Clue(each, ignored.place) for each in listed if isinstance(each, str) and each.endswith("/")]
    without = {relative(clue.text): clue for clue in clues if relative(clue.text) not in {"", "."}}
    posts(found, tuple(without))
    folder = str(found.settings["content", "dir"])
    inside = [path for path in without if folder == "." or path.startswith(f"{folder}/")]
    found.exclude((f"{path.removeprefix(f'{folder}/')}/**" for path in inside), ".obsidian")
    found.set(("content", "permalink"), patterns.DEFAULTS["obsidian"])
    found.doubt("permalink: a vault does not say where it is published; its folders and names are taken")
    found.output(Clue(), "public")
