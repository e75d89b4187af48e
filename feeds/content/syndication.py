"""Whether a post goes into feeds, and how much of it, in the words of many generators and themes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from feeds.content.header_keys import KEYS, NOWHERE, fold, line, truth

if TYPE_CHECKING:
    from feeds.content.header_keys import Keys
    from feeds.content.yaml_text import Place, Value
    from feeds.model import Extent
    from feeds.problems import Findings

_NO = re.compile(r"exclude|disable|hide|hidden|skip|ignore|^no")  # in a key: a yes to it keeps the post out
_YES = frozenset({"include", "included", "enable", "enabled", "show"})  # in a mapping
_SWITCHES = frozenset({"feedfulltext", "rssfulltext"})
_GROUPS = ("feed", "feeds", "rss")
_CONTENT = ("content", "extent", "feedcontent")
_EXTENTS: dict[str, Extent] = {
    **dict.fromkeys(("full", "fulltext", "all", "content"), "full"),
    **dict.fromkeys(("summary", "excerpt", "description"), "summary"),
}


def in_feeds(keys: Keys) -> bool:
    """Whether the post may be in feeds; one key that keeps it out is enough."""
    return not any(_excludes(key, keys.values[key]) for key in KEYS["in_feeds"] if key in keys.values)


def _excludes(key: str, value: Value) -> bool:
    if isinstance(value, dict):  # jekyll-feed and PaperMod: `feed: {exclude: true}`
        return key in _GROUPS and any(
            truth(item) is False
            if fold(name) in _YES
            else truth(item) is True and bool(_NO.search(fold(name)))
            for name, item in value.items()
        )
    return truth(value) is bool(_NO.search(key))


def extent(keys: Keys, findings: Findings) -> tuple[Extent | Literal[""], Place]:
    """How much of the post an entry is to hold, empty when the author does not say; and the place."""
    key, value = keys.first("extent")
    if key:
        return _named(key, value, keys.written[key], keys.places[key], findings), keys.places[key]
    for group in _GROUPS:
        given = keys.values.get(group)
        for written, value in given.items() if isinstance(given, dict) else ():
            if fold(written) == "excerptonly" and (only := truth(value)) is not None:  # of jekyll-feed
                return ("summary" if only else "full"), keys.places[group]
            if fold(written) in _CONTENT:
                return _named(fold(written), value, written, keys.places[group], findings), keys.places[group]
        if isinstance(given, str) and (named := _EXTENTS.get(fold(line(given)))):
            return named, keys.places[group]
    return "", NOWHERE


def _named(key: str, value: Value, written: str, place: Place, findings: Findings) -> Extent | Literal[""]:
    switch = truth(value)
    if key in _SWITCHES and switch is not None:
        return "full" if switch else "summary"
    named = _EXTENTS.get(fold(line(value)))
    if named is None:
        shown = repr(line(value)) if isinstance(value, str) else "what it holds"
        findings.add(
            "warning",
            "extent-unclear",
            f"{written}: {shown} is neither full nor summary, so the feed's own setting is taken",
            at=place,
            hint=f"write {written}: full or {written}: summary",
        )
    return named or ""
