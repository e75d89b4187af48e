"""What was found out about a site, each setting with the place it comes from, and what could not be told."""

from __future__ import annotations

import os.path
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from feeds import languages, mailboxes, regular
from feeds.content.text import FORBIDDEN
from feeds.formats import is_marked
from feeds.generators.clues import Clue, first, one_line, plain, relative
from feeds.setting_rules import fault_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

KeyPath = tuple[str, ...]
Value = str | list[str]

_UNKNOWN = Clue()
_LARGEST_FEED = 64 * 1024 * 1024  # bytes of what the site has built


class Doubt(NamedTuple):
    """Something that could not be told, and the place that raises the question; empty when it is missing."""

    text: str
    place: str


# Of the files that we write, what they are called when the generator writes one of that name itself.
_OTHER_NAMES = {
    "rss": ("rss.xml", "feed.rss"),
    "atom": ("atom.xml", "feed.atom"),
    "json": ("feed.json", "posts.json"),
    "opml": ("feeds.opml", "posts.opml"),
    "page": ("subscribe.html", "feeds.html"),
}
_DOMAIN_FILES = ("CNAME", "static/CNAME", "source/CNAME", "content/extra/CNAME", "public/CNAME")
_EXAMPLES = re.compile(r"(?:www\.)?(?:example\.(?:com|org|net)|yoursite\.com|your-?domain\.com)")
_RSS_PERSON = re.compile(r"(\S+@\S+) \(([^()]+)\)")  # as RSS 2.0 has it
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[^\s?#]*)?")


class Found:
    """What the reading rooms of the generators write into, while they read the site in the folder `root`.

    `settings` maps key paths (`("site", "title")`) to values that `feeds.config` will take, `places` the
    same key paths to where they come from. `doubts` are what the user has to decide.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.generator = ""
        self.build = ""  # the command that makes the site
        self.built = ""  # where that may have put it, when not into the output folder
        self.settings: dict[KeyPath, Value] = {}
        self.places: dict[KeyPath, str] = {}
        self.doubts: list[Doubt] = []

    def doubt(self, text: str, place: str = "") -> None:
        """Note something that could not be told."""
        self.doubts.append(Doubt(text, place))

    def set(self, path: KeyPath, value: Value, place: str = "", *, of: Clue = _UNKNOWN) -> bool:
        """Keep a setting, whether it may be one; a value that would be refused becomes a doubt.

        It was made of the clue `of`, whose place it has when no other is given.
        """
        place = place or of.place
        items = value if isinstance(value, list) else [value]
        table, key = ("authors", path[-1]) if path[0] == "authors" else path[-2:]
        if path[:2] == ("content", "permalinks"):
            table, key = "content", "permalinks"
        for item in items:
            fault = fault_of(table, key, item)
            if fault or any(FORBIDDEN.search(part) for part in path):
                said = f": it {fault[0]}" if fault else ""
                self.doubt(f"{'.'.join(path[1:])} = {of.shown(item)} cannot be taken over{said}", place)
                return False
        self.settings[path] = value
        self.places[path] = place
        return True

    def text(self, key: str, *clues: Clue) -> None:
        """The first of `clues` that says something becomes `[site] key`."""
        clue = first(*clues)
        value = plain(clue.text)
        if re.search(r"\{[{%]|\$\{|\{\w+\}", value):
            self.doubt(
                f"{key}: {clue.shown(value)} is a template that only its generator can fill in", clue.place
            )
        elif value:
            self.set(("site", key), value, of=clue)

    def url(self, clue: Clue, base: Clue = _UNKNOWN) -> None:
        """The site's address, with the path `base` that the generator puts behind it."""
        address, below = clue.text.rstrip("/"), base.text.strip("/")
        if address.startswith("//"):
            address = f"https:{address}"
        if not re.match("https?://", address, re.IGNORECASE):
            domain = self._domain()
            if _HOST.fullmatch(address):
                address = f"https://{address}"
            elif domain.value:
                base = base if below else clue
                below = below or address.strip("/")
                clue, address = domain, f"https://{domain.value}"
            else:
                said = f"{clue.shown(address)} is no address" if address else "no file says what it is"
                self.doubt(f"url: {said}; set it in feeds.toml", clue.place)
                return
        if below and not address.endswith(f"/{below}"):
            address = f"{address}/{below}"
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            host = ""
        clue = clue._replace(variable=clue.variable or base.variable)
        if _EXAMPLES.fullmatch(host) or host in {"localhost", "127.0.0.1"}:
            shown = clue.shown() if clue.variable else address
            self.doubt(f"url: {shown} is only an example; set it in feeds.toml", clue.place)
        self.set(("site", "url"), address, of=clue)

    def _domain(self) -> Clue:
        """The domain that GitHub Pages serves the site at."""
        for name in _DOMAIN_FILES:
            domain = regular.beginning(self.root / name, self.root, 300).decode(errors="replace").strip()
            if _HOST.fullmatch(domain):
                return Clue(domain, name)
        return Clue()

    def language(self, *clues: Clue) -> None:
        """The language most posts are in, from a tag or a locale such as `pt_BR.UTF-8`."""
        clue = first(*clues)
        tag = re.split("[.@]", clue.text)[0].replace("_", "-")
        if not tag:
            self.doubt("language: no file says what it is, so en is taken")
        elif languages.is_tag(tag):
            self.set(("site", "language"), tag, of=clue)
        else:
            self.doubt(f"language: {clue.shown()} is not a language tag, so en is taken", clue.place)

    def timezone(self, clue: Clue, *, otherwise: str = "UTC") -> None:
        """The zone of dates without one. `otherwise` is what the generator takes when it is not told."""
        if clue.text:
            self.set(("site", "timezone"), clue.text, of=clue)
        elif otherwise != "UTC":
            self.doubt(
                f"timezone: no file says what it is, so UTC is taken; {self.generator} takes {otherwise}"
            )

    def author(self, *clues: Clue) -> None:
        """Who writes when a post does not say: a name, a `name` with an `email`, or an id in `[authors]`."""
        for clue in clues:
            value = clue.value[0] if isinstance(clue.value, list) and clue.value else clue.value
            parts = value if isinstance(value, dict) else {"name": value}
            name, email = one_line(parts.get("name")), one_line(parts.get("email"))
            if as_in_rss := _RSS_PERSON.fullmatch(name):
                email, name = as_in_rss.groups()
            if not name:
                continue
            name = name if "@" in name else plain(name)
            both = f"{name} <{email}>"
            known = bool(email) and "<" not in name and mailboxes.mailbox(both) is not None
            self.set(("site", "author"), both if known else name, of=clue)
            return

    def authors(self, people: Mapping[str, Any], place: str) -> None:
        """The people that posts name by an id, from a map of ids to maps (or names)."""
        for key, person in people.items():
            parts = person if isinstance(person, dict) else {"name": person}
            if person is None or not key:
                continue
            name = first(*(Clue(parts.get(part)) for part in ("name", "display_name"))).text
            if not self.set(("authors", key, "name"), plain(name) or key, place):
                continue
            email = one_line(parts.get("email"))
            if email and mailboxes.mailbox(email):
                self.set(("authors", key, "email"), email, place)
            url = first(*(Clue(parts.get(part)) for part in ("url", "uri", "website", "web", "home"))).text
            if url.startswith(("http://", "https://", "/")):
                self.set(("authors", key, "url"), url, place)

    def permalink(self, clue: Clue, pattern: str | None, section: str = "") -> None:
        """The permalink pattern, `pattern` being what `clue` means in our terms; None for nothing we have."""
        path = ("content", "permalinks", section) if section else ("content", "permalink")
        if pattern is None:
            of = f" of {section}" if section else ""
            self.doubt(
                f"permalink{of}: {clue.shown()} holds what no placeholder of ours stands for; "
                "`feeds check --against` suggests one that fits",
                clue.place,
            )
        else:
            self.set(path, pattern, of=clue)

    def folder(self, clue: Clue, otherwise: str) -> str:
        """A folder that a configuration names, or else the usual one."""
        folder = relative(clue.text)
        if clue.text and not folder:
            where = f"so {otherwise} is taken"
            self.doubt(f"the folder {clue.shown()} is outside of the site, {where}", clue.place)
        return folder or otherwise

    def subfolders(self, folder: str) -> list[str]:
        """The names of the folders right in a folder of the site."""
        return sorted(path.name for path in (self.root / folder).glob("*") if path.is_dir())

    def content(self, folder: str, place: str = "") -> None:
        """Note the folder with the posts; for a name that the settings would not have, the whole site."""
        if not self.set(("content", "dir"), folder, place):
            self.set(("content", "dir"), ".")

    def left_out(self, paths: Sequence[str], folder: str) -> None:
        """Say which files with a date are not in the content folder."""
        named = ", ".join(paths[:3]) + (" …" if len(paths) > 3 else "")  # noqa: PLR2004 - enough to recognise them
        if len(paths) == 1:
            self.doubt(f"1 file with a date is not in {folder}, and is left out: {named}")
        elif paths:
            self.doubt(f"{len(paths)} files with a date are not in {folder}, and are left out: {named}")

    def exclude(self, globs: Iterable[str], place: str = "", *, of: Clue = _UNKNOWN) -> None:
        """Files and folders below the content folder that hold no posts, besides those that are known.

        Each counts by itself: one that would be refused becomes a doubt.
        """
        path = ("content", "exclude")
        listed = dict.fromkeys(self.settings.get(path, []))
        for glob in dict.fromkeys(globs):
            if glob not in listed and self.set(path, [glob], place, of=of):
                listed[glob] = None
        if listed:
            self.settings[path] = list(listed)

    def not_before(self, clue: Clue) -> None:
        """Say that the site shows posts before the day that they are dated, which no feed can."""
        self.doubt(
            f"{self.generator} publishes posts whose date is still to come; feeds get them on that day, for "
            "readers distrust entries from the future",
            clue.place,
        )

    def exclude_partials(self, folder: str, *, files: bool = False) -> None:
        """Leave out what has an underscore in front, where a generator takes that for pieces of pages.

        With `files` this goes for Markdown files only, and not for folders.
        """
        pattern = "_*.{md,mdx}" if files else "_*"
        if next((self.root / folder).rglob("_*.md*" if files else "_*"), None):
            self.exclude([f"**/{pattern}"])

    def output(self, clue: Clue, otherwise: str, writes: Iterable[str] = ()) -> None:
        """The folder that the generator builds into, where feeds belong as well.

        What it writes there itself (`writes`, and what of it is there already) keeps its name: ours get
        others.
        """
        content = self.settings["content", "dir"]
        folder = self.folder(clue, otherwise)
        if clue.text and (folder in {".", content} or f"{content}/".startswith(f"{folder}/")):
            self.doubt(
                f"feeds cannot be written into {folder}, where the posts are; they go to public", clue.place
            )
            folder, clue = "public", Clue()
        self.set(("output", "dir"), folder, clue.place)
        taken = set(writes)
        for key, (usual, other) in _OTHER_NAMES.items():
            if usual in taken or _is_foreign(self.root / folder / usual):
                self.set(("output", "names", key), other, clue.place)
                self.doubt(f"the site writes {usual} itself, so ours is {other}")


def _is_foreign(path: Path) -> bool:
    """Whether something that we did not write has this name."""
    try:
        return os.path.lexists(path) and not is_marked(regular.whole(path, path.parent, _LARGEST_FEED))
    except regular.Refused:
        return True
