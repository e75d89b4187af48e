"""The site's register of people, `[authors]`: who is meant by an id."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from feeds import slugs
from feeds.body import addresses
from feeds.content.people import person
from feeds.model import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.settings import Settings


def of_post(given: Iterable[Person], url: str, settings: Settings) -> tuple[Person, ...]:
    """Return the people that the post at `url` names, each once and with all that is known of them.

    What the post says of somebody comes before what the register says.
    """
    found: dict[object, Person] = {}
    for each in given:
        somebody = _known(each, url, settings)
        found.setdefault(somebody.id or somebody, somebody)
    return tuple(found.values())


def of_site(settings: Settings) -> tuple[Person, ...]:
    """Return who `[site] author` names: one person, or nobody."""
    author = person(settings.site.author)
    return (_known(author, settings.site.url, settings),) if author else ()


def _known(given: Person, base: str, settings: Settings) -> Person:
    register = settings.authors
    identity = given.name if given.name in register else _id_of(given.name, settings)
    if not identity:
        return Person(name=given.name, email=given.email, url=_url(given.url, base))
    author = register[identity]
    return Person(
        id=identity,
        name=author.name,
        email=given.email or author.email,
        url=_url(given.url, base) or _url(author.url, settings.site.url),
    )


def _id_of(name: str, settings: Settings) -> str:
    """The first id of the register that `name` is another spelling of, else the first with such a name."""
    register, wanted = settings.authors, _folded(name)
    ids = (identity for identity in register if _folded(identity) == wanted)
    names = (identity for identity, author in register.items() if _folded(author.name) == wanted)
    return next(ids, "") or next(names, "")


@lru_cache(maxsize=1 << 12)
def _folded(name: str) -> str:
    return slugs.term(name)  # what has one path is one person


def _url(reference: str, base: str) -> str:
    return addresses.url(reference, base) if reference else ""
