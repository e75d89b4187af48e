"""Obsidian: a vault, which is no site yet, and Quartz, which makes one of it.

https://quartz.jzhao.xyz/configuration - what Obsidian itself knows is in files below `.obsidian`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, relative
from feeds.generators.exclusions import exactly, expression, glob, take_over
from feeds.generators.reading import read, script
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from feeds.generators.found import Found

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.md")
_QUARTZ = "quartz.config.ts"
_FOLDERS = (("templates.json", "folder"), ("daily-notes.json", "folder"))
_PLUGINS = (("templater-obsidian", ("templates_folder",)),)
_PERIODIC = tuple(
    ("periodic-notes", (period, "folder")) for period in ("daily", "weekly", "monthly", "quarterly", "yearly")
)


def read_site(found: Found) -> None:
    """Find out what there is to know about a vault."""
    if (found.root / _QUARTZ).is_file():
        _quartz(found)
        return
    found.generator = "Obsidian"
    found.url(Clue())
    found.language(Clue())
    # The whole vault: links reach everywhere in it, and addresses have all its folders.
    found.content(".")
    seen = survey(found.root, hidden := _hidden(found, "."), dialect="obsidian")
    folder = seen.folder().partition("/")[0]
    outside = seen.outside(folder)
    found.left_out(outside, folder)
    others = (
        f"{exactly(top)}/**" if below else exactly(top)
        for top, _, below in (path.partition("/") for path in outside)
    )
    found.exclude(dict.fromkeys((*(f"{exactly(path)}/**" for path in hidden), *others)), ".obsidian")
    take_over(found, _ignored(found, ""), _filter)
    days = [path for path in seen.dated if _DAY.fullmatch(path.rpartition("/")[2]) and path not in outside]
    if days:
        found.doubt(
            f"notes named by a day alone become posts as well ({len(days)}, such as {days[-1]}); "
            "if they are a diary, add them to exclude under [content]"
        )
    found.set(("content", "permalink"), patterns.DEFAULTS["obsidian"])
    found.doubt("permalink: a vault does not say where it is published; its folders and names are taken")
    found.output(Clue(), "public")


def _quartz(found: Found) -> None:
    found.generator, found.build = "Quartz", "npx quartz build"
    program = script(found, _QUARTZ)
    found.text("title", program.find("pageTitle"))
    found.url(program.find("baseUrl"))
    found.language(program.find("locale"))
    found.content("content")
    ignored = program.listed("ignorePatterns")
    globs = [clue.text.strip("/") for clue in ignored if not clue.text.startswith(".")]
    hidden = [f"{exactly(path)}/**" for path in _hidden(found, "content")]
    # A pattern without a slash is the name of a folder or file anywhere, as in a .gitignore.
    anywhere = (each for name in globs for each in (f"**/{name}", f"**/{name}/**"))
    found.exclude(dict.fromkeys((*anywhere, *hidden)), _QUARTZ)
    take_over(found, _ignored(found, "content/"), _filter, base="content")
    found.set(("content", "permalink"), patterns.DEFAULTS["obsidian"])
    found.output(Clue(), "public", ("index.xml",))


def _hidden(found: Found, vault: str) -> list[str]:
    """The folders of a vault that are not for others: templates, daily notes, what is ignored."""
    home = "" if vault == "." else f"{vault}/"
    clues = [read(found, f"{home}.obsidian/{name}").get(key) for name, key in _FOLDERS]
    clues += [
        read(found, f"{home}.obsidian/plugins/{name}/data.json").get(*keys)
        for name, keys in (*_PLUGINS, *_PERIODIC)
    ]
    clues += [clue for clue in _ignored(found, home) if clue.text[:1] != "/" and clue.text.endswith("/")]
    return [path for path in dict.fromkeys(relative(clue.text) for clue in clues) if path not in {"", "."}]


def _ignored(found: Found, home: str) -> list[Clue]:
    """What a vault hides from its searches: the beginnings of paths, and expressions between slashes."""
    ignored = read(found, f"{home}.obsidian/app.json").get("userIgnoreFilters")
    listed = ignored.value if isinstance(ignored.value, list) else []
    return [Clue(each, ignored.place) for each in listed if isinstance(each, str)]


def _filter(text: str) -> str | None:
    if re.fullmatch("/.+/", text):
        return expression(text[1:-1])
    made = glob(text)
    return made if made is None or made.endswith(("**", ".md")) else f"{made}**"
