"""Sources → placed sources: every post gets its id and its URL before anything is rendered.

Both are decided once, here, from the whole site: links between posts, duplicates and whatever remembers posts
from run to run rest on them.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import identity, permalinks
from feeds.model import Placed
from feeds.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.model import Source
    from feeds.settings import Settings


def place(
    sources: Iterable[Source], settings: Settings, known: Mapping[str, str] = identity.NOTHING_KNOWN
) -> tuple[tuple[Placed, ...], tuple[Problem, ...]]:
    """Give each dated source its id and URL, in the order they come.

    `known` are the ids of earlier runs, by key. What has the URL or the id of an earlier source is left out,
    with a problem that names both: readers would show only one of the two.
    """
    placed: list[Placed] = []
    problems: list[Problem] = []
    urls: dict[str, Source] = {}
    ids: dict[str, Source] = {}
    for source in sources:
        here = _placed(source, settings, known)
        if other := urls.get(here.url):
            problems.append(_clash(source, other, "url", f"{here.url} is already the address", settings))
        elif other := ids.get(identity.as_iri(here.id, settings)):
            problems.append(_clash(source, other, "id", f"{here.id} is already the id", settings))
        else:
            urls[here.url] = ids[identity.as_iri(here.id, settings)] = source
            placed.append(here)
    return tuple(placed), tuple(problems)


def place_deleted(
    deleted: Iterable[Source],
    placed: Iterable[Placed],
    settings: Settings,
    known: Mapping[str, str] = identity.NOTHING_KNOWN,
) -> tuple[Placed, ...]:
    """Give each deleted source the id and the URL that it had, beside those that are `placed`.

    A new post may have the old one's URL; what has its id is the same post to readers.
    """
    taken = {each.id for each in placed}
    gone: list[Placed] = []
    for source in deleted:
        here = _placed(source, settings, known)
        if here.id not in taken:
            taken.add(here.id)
            gone.append(here)
    return tuple(gone)


def _placed(source: Source, settings: Settings, known: Mapping[str, str]) -> Placed:
    return Placed(
        source=source,
        id=identity.of_post(source.key, source.header.id, settings, known),
        url=permalinks.of(source, settings),
    )


_HINTS = {
    "url": "give one of them another slug, or use {section}, {year} or {name} in the permalink",
    "id": "an id is for one post only: remove it from the copy",
}
_SAID_BY = {"url": ("url", "slug", "title"), "id": ("id",)}  # the fields that may have made them


def _clash(source: Source, other: Source, of: str, what: str, settings: Settings) -> Problem:
    folder = PurePosixPath(settings.content.dir)
    places = (source.header.places.get(field) for field in _SAID_BY[of])
    line, column = next(filter(None, places), (0, 0))
    return Problem(
        code="post-duplicate",
        message=f"{what} of {folder / other.path}",
        path=str(folder / source.path),
        line=line,
        column=column,
        hint=_HINTS[of],
    )
