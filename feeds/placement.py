"""Sources → placed sources: every post gets its id and its URL before anything is rendered.

Both are decided once, here, from the whole site: links between posts, duplicates and whatever remembers posts
from run to run rest on them.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import identity, permalinks
from feeds.model import Placed, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.model import Source
    from feeds.settings import Settings


def place(sources: Iterable[Source], settings: Settings) -> tuple[tuple[Placed, ...], tuple[Problem, ...]]:
    """Give each dated source its id and URL, in the order they come.

    What has the URL or the id of an earlier one is left out, with a problem that names both: readers would
    show only one of the two.
    """
    placed: list[Placed] = []
    problems: list[Problem] = []
    urls: dict[str, Source] = {}
    ids: dict[str, Source] = {}
    for source in sources:
        here = Placed(
            source=source,
            id=identity.of_post(source.key, source.header.id, settings),
            url=permalinks.of(source, settings),
        )
        if other := urls.get(here.url):
            problems.append(_clash(source, other, f"{here.url} is already the address", _URL_HINT, settings))
        elif other := ids.get(here.id):
            problems.append(_clash(source, other, f"{here.id} is already the id", _ID_HINT, settings))
        else:
            urls[here.url] = ids[here.id] = source
            placed.append(here)
    return tuple(placed), tuple(problems)


_URL_HINT = "give one of them another slug, or use {section}, {year} or {name} in the permalink"
_ID_HINT = "an id is for one post only: remove it from the copy"


def _clash(source: Source, other: Source, what: str, hint: str, settings: Settings) -> Problem:
    folder = PurePosixPath(settings.content.dir)
    return Problem(
        code="post-duplicate",
        message=f"{what} of {folder / other.path}",
        path=str(folder / source.path),
        hint=hint,
    )
