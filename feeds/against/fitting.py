"""The permalink pattern that a built site's pages follow, found from the pages and the posts.

Each post votes for every pattern that would put it on a page that could be its own: one whose last segment
holds the post's slug, name or title. The patterns with most votes are then tried out, by `feeds.permalinks`
itself: nothing is suggested that was not seen to fit.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import islice, product
from typing import TYPE_CHECKING

from feeds import permalinks
from feeds.against.built_site import below
from feeds.settings import PLACEHOLDERS, with_permalinks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from feeds.against.built_site import BuiltSite
    from feeds.model import Source
    from feeds.settings import Settings

_MOST_VOTERS = 150  # of a section; more would only say the same
_MOST_BALLOTS = 300  # patterns that one page could stand for
_MOST_PAGES = 20  # that could be one post's
_TRIED = 16  # patterns with most votes

_NAMES = (
    "slug",
    "name",
    "title",
    "slug_or_title",
    "filename",
    "slug_or_filename",
    "plain_slug",
    "plain_filename",
)  # tell a post from its neighbours
_CHANCE = ("category", "categories", "author", "language", "plain_categories")
_FOLDERS = ("section", "first_section", *_CHANCE)
_SPELT = ("month_name", "short_month", "weekday", "short_day")
_TOGETHER = ("{year}{month}{day}", "{short_year}{month}{day}", "{year}{month}", "{month}{day}")
_BEFORE = re.compile(r"^(?:\d+[-_.])+")  # a name there may be a date,
_BEHIND = re.compile(r"(?:[-_.]\d+)+$")  # or behind it


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pattern, with those of sections that have their own, and how many of the `posts` they fit."""

    permalink: str
    permalinks: Mapping[str, str] = field(default_factory=dict)
    fits: int = 0
    posts: int = 0


def fitting(sources: Iterable[Source], settings: Settings, site: BuiltSite) -> int:
    """How many sources have a page of their own on the site, by these settings.

    One with another slash at the end is not counted: readers get there, but the site calls it something else.
    """
    found = set()
    for source in sources:
        path = below(permalinks.of(source, settings), settings.site.url)
        page = site.find(path) if path is not None else None
        if page and page.remark != "slash" and not site.pages.get(page.path):
            found.add(page.path)
    return len(found)


def suggest(sources: Sequence[Source], settings: Settings, site: BuiltSite) -> Suggestion | None:
    """The pattern that fits more posts than the present one, and at least half of them, if there is one.

    A section whose posts are better off with another pattern gets its own.
    """
    pages = _by_name(site)
    present = fitting(sources, settings, site)
    best = _best(sources, settings, site, pages) if present < len(sources) else None
    if best is None:
        return None
    sections: dict[str, str] = {}
    common = with_permalinks(settings, best, {})
    for section, members in sorted(_sections(sources).items()):
        fits = fitting(members, common, site)
        own = _best(members, settings, site, pages) if fits < len(members) else None
        if own and own != best and fitting(members, with_permalinks(settings, own, {}), site) > fits:
            sections[section] = own
    fits = fitting(sources, with_permalinks(settings, best, sections), site)
    if fits <= present or fits * 2 < len(sources):
        return None
    return Suggestion(best, sections, fits, len(sources))


def _sections(sources: Iterable[Source]) -> dict[str, list[Source]]:
    members: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        members[source.section.partition("/")[0]].append(source)
    return {section: listed for section, listed in members.items() if section and len(members) > 1}


def _best(
    sources: Sequence[Source], settings: Settings, site: BuiltSite, pages: Mapping[str, Sequence[str]]
) -> str | None:
    voters = sources[:: max(1, len(sources) // _MOST_VOTERS)]
    votes: Counter[str] = Counter()
    for source in voters:
        votes.update(set(_ballot(source, settings, pages)))
    tried = sorted(votes, key=lambda pattern: (-votes[pattern], _rank(pattern)))[:_TRIED]
    fits = {pattern: fitting(voters, with_permalinks(settings, pattern, {}), site) for pattern in tried}
    best = min(tried, key=lambda pattern: (-fits[pattern], _rank(pattern)), default=None)
    return best if best and fits[best] else None


def _rank(pattern: str) -> tuple[int, int, int, str]:
    """The likelier of two patterns that fit alike comes first.

    That posts have one category or author in common is chance; a word in all their addresses is meant, and
    more so the section's.
    """
    order = list(PLACEHOLDERS)
    used = re.findall(r"\{(\w+)\}", pattern)
    chance = sum(name in _CHANCE for name in used)
    literal = re.sub(r"\{\w+\}|\.html|\W", "", pattern)
    return chance, len(literal), sum(map(order.index, used)), pattern


# ── the votes ────────────────────────────────────────────────────────────────────────────────────────────


def _by_name(site: BuiltSite) -> dict[str, list[str]]:
    """The pages by the last segment of their path, with and without the date around it."""
    pages: dict[str, list[str]] = defaultdict(list)
    for path, target in site.pages.items():
        if not target:
            last = re.sub(r"\.html?$", "", path.rstrip("/").rpartition("/")[2]).casefold()
            for name in sorted({last, _BEFORE.sub("", last), _BEHIND.sub("", last)}):
                pages[name].append(path)
    return pages


def _ballot(source: Source, settings: Settings, pages: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every pattern by which a page that could be the source's is its page."""
    values = _values(source, settings)
    names = {values[key].rpartition("/")[2].casefold(): None for key in map(_braced, _NAMES) if key in values}
    candidates = [path for name in names for path in pages.get(name, ())][:_MOST_PAGES]
    for path in candidates:
        if "{" not in path and "}" not in path:  # no pattern can say those
            inside = path.removeprefix(f"{source.prefix}/") if source.prefix else path
            yield from islice(_patterns(inside, values), _MOST_BALLOTS)


def _braced(name: str) -> str:
    return f"{{{name}}}"


def _values(source: Source, settings: Settings) -> dict[str, str]:
    """What each placeholder stands for in the source's path; what stands for nothing is left out."""
    templates = (*map(_braced, PLACEHOLDERS), *_TOGETHER)
    values = {template: value for template in templates if (value := _value(template, source, settings))}
    for template in [key for key in values if key.startswith("{plain_")]:
        if values[template] == values.get(
            template.replace("plain_", "")
        ):  # as for most: one is enough to try
            del values[template]
    return values


def _value(template: str, source: Source, settings: Settings) -> str:
    """What `feeds.permalinks` makes of a part of a pattern."""
    plain = replace(source, prefix="", header=replace(source.header, url=""))
    url = permalinks.of(plain, with_permalinks(settings, f"/{template}", {}))
    return (below(url, settings.site.url) or "").strip("/")


def _patterns(path: str, values: Mapping[str, str]) -> Iterator[str]:
    """The patterns that `path` could come from."""
    ending = next((ending for ending in (".html", ".htm") if path.endswith(ending)), "")
    segments = path.removesuffix(ending).split("/")
    for filled in _filled(segments, values):
        if any(_braced(name) in "".join(filled) for name in _NAMES):
            yield f"/{'/'.join(filled)}{ending}"


def _filled(segments: Sequence[str], values: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Each way to write the segments of a path with placeholders."""
    if not segments:
        yield ()
        return
    taken: dict[str, int] = {}  # the templates that a path could go on with, and how many segments each is
    for template, value in values.items():
        length = value.count("/") + 1
        if value == "/".join(segments[:length]):
            taken[template] = length
    named = any(_braced(name) in taken for name in _NAMES)
    if segments[0] and not named:
        taken.update(dict.fromkeys(_compound(segments[0], values), 1))
    # A word of the pattern's own, unless it is the post's name or a date.
    if not named and not (taken and segments[0].isdecimal()):
        taken[segments[0]] = 1
    for template, length in taken.items():
        for rest in _filled(segments[length:], values):
            yield (template, *rest)


def _compound(segment: str, values: Mapping[str, str]) -> Iterator[str]:
    """Templates of a segment that has a name and a date in it: `2025-01-31-hello`."""
    for key in map(_braced, _NAMES):
        before, found, after = segment.partition(values.get(key, "\0"))
        if found and before + after and not (before + after).strip("-_.0123456789"):
            pieces = [*re.findall(r"\d+|\D+", before), key, *re.findall(r"\d+|\D+", after)]
            yield from map("".join, product(*(_piece(piece, values) for piece in pieces)))


def _piece(piece: str, values: Mapping[str, str]) -> list[str]:
    if not piece.isdecimal():
        return [piece]
    places = (*_NAMES, *_FOLDERS)
    dates = [key for key, value in values.items() if value == piece and key.strip("{}") not in places]
    return dates or [piece]


# ── other pages ──────────────────────────────────────────────────────────────────────────────────────────


def alike(sources: Iterable[Source], settings: Settings, site: BuiltSite, taken: set[str]) -> Iterator[str]:
    """The pages that the settings' pattern could have made, but for those in `taken`.

    A pattern that says nothing of the place, such as `/{slug}/`, could have made any page: then there are
    none.
    """
    given = list(sources)
    shapes = [
        _shape(pattern, given, settings)
        for pattern in (permalinks.of_site(settings), *settings.content.permalinks.values())
        if re.match(r"/\w+/", pattern) or re.search(r"\{(section|first_section|year)\}", pattern)
    ]
    for path, target in site.pages.items():
        if not target and path not in taken and any(shape.fullmatch(path) for shape in shapes):
            yield path


def _shape(pattern: str, sources: Iterable[Source], settings: Settings) -> re.Pattern[str]:
    """What the addresses that a pattern makes look like, with the folders that these sources have."""
    parts = re.split(r"(\{\w+\})", pattern.lstrip("/"))
    folders = {
        part: {_value(part, s, settings) for s in sources} - {""}
        for part in parts
        if part.strip("{}") in _FOLDERS
    }

    def expression(part: str) -> str:
        if not part.startswith("{"):
            return re.escape(part)
        if part in folders:
            return f"(?:{'|'.join(map(re.escape, sorted(folders[part])))})"
        name = part.strip("{}")
        return r"[^/]+" if name in _NAMES else r"[a-z]+" if name in _SPELT else r"\d+"

    return re.compile("".join(map(expression, parts)))
