"""`[newsletter.audience]`: which mail programs the readers use, as a weight for each program of the table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from feeds.newsletter.clients.support import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OTHERS = "other"
"""Readers whose program nobody knows: they count among all readers, and are never said to be hit."""

ALSO = {
    "hotmail": "outlook-web",
    "iphone": "apple-mail-ios",
    "outlook-com": "outlook-web",
    "proton": "protonmail",
}
"""Other names of programs."""

_RETIRED = frozenset({"outlook-windows-mail"})  # Windows Mail, which ended in 2024: only where it is named
_PLATFORMS = {
    "android": "Android",
    "ios": "iOS",
    "macos": "Mac",
    "mobile-web": "mobile web",
    "web": "web",
    "windows": "Windows",
    "windows-mail": "Windows Mail",
}
_TESTED = 0.8  # of the features: of a program that was tested on fewer, nothing can be said


def names() -> tuple[str, ...]:
    """Every name that `[newsletter.audience]` may have: programs, and each of their platforms."""
    return tuple(sorted({*table().families, *table().clients, *ALSO, OTHERS}))


def weights(audience: Mapping[str, int]) -> dict[str, float]:
    """The share of readers, of 1, that each program has, and what is left for others.

    A family's readers are spread evenly over its platforms that are not named themselves. Without any named
    readers, every family that was tested on most features counts the same. Names that are not known count as
    `OTHERS`.
    """
    given = {ALSO.get(name, name): max(0, weight) for name, weight in audience.items()}
    total = sum(given.values())
    if not total:
        given = dict.fromkeys(_tested(), 1)
        total = len(given)
    shares = dict.fromkeys(table().clients, 0.0)
    for name, weight in given.items():
        share = weight / total
        if name in shares:
            shares[name] += share
        elif platforms := _platforms(name, given):
            for client in platforms:
                shares[client] += share / len(platforms)
        else:
            shares[OTHERS] = shares.get(OTHERS, 0.0) + share
    return {client: share for client, share in shares.items() if share}


def _platforms(family: str, given: Mapping[str, int]) -> list[str]:
    """The platforms of a family over which its readers are spread."""
    own = [client for client in table().clients if table().family_of(client) == family]
    open_ = [
        client for client in own if client not in given and client not in _RETIRED and _is_tested(client)
    ]
    return open_ or own


def _tested() -> list[str]:
    return [family for family in table().families if any(map(_is_tested, _platforms(family, {})))]


@cache
def _is_tested(client: str) -> bool:
    column = table().clients.index(client)
    signs = [feature.support[column][0] for feature in table().features.values()]
    return sum(sign in "yan" for sign in signs) >= _TESTED * len(signs)


def named(clients: Iterable[str]) -> list[str]:
    """Programs as people call them, in their order, those of a family together: `Outlook (Windows)`."""
    listed = tuple(clients)
    said = []
    for family in dict.fromkeys(table().family_of(client) for client in listed):
        label = table().families[family]
        mine = [client for client in listed if table().family_of(client) == family]
        rest = [client for client in _platforms(family, {}) if client not in mine]
        where = [client.removeprefix(f"{family}-") for client in mine]
        if rest:
            said.append(f"{label} ({', '.join(_PLATFORMS[each] for each in where)})")
        else:
            said.append(label)
    return said
