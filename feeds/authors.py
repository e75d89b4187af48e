"""The site's register of people, `[authors]`: who is meant by an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    return tuple(dict.fromkeys(_known(each, url, settings) for each in given))


def of_site(settings: Settings) -> tuple[Person, ...]:
    """Return who `[site] author` names: one person, or nobody."""
    author = person(settings.site.author)
    return (_known(author, settings.site.url, settings),) if author else ()


def _known(given: Person, base: str, settings: Settings) -> Person:
    register = settings.authors
    folded = {_folded(name): author for name, author in reversed(register.items())}
    author = register.get(given.name) or folded.get(_folded(given.name))
    if author is None:
        return Person(name=given.name, email=given.email, url=_url(given.url, base))
    return Person(
        name=author.name,
        email=given.email or author.email,
        url=_url(given.url, base) or _url(author.url, settings.site.url),
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _url(reference: str, base: str) -> str:
    return addresses.url(reference, base) if reference else ""
