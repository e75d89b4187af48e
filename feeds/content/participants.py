"""Who is heard in an episode, in every shape that front matter gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.content import fetchable
from feeds.content.header_keys import fold, line_of
from feeds.content.people import people
from feeds.model import Participant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.content.yaml_text import Place, Value
    from feeds.problems import Findings

_NAMES = ("name", "displayname", "fullname")
_IMAGES = ("img", "image", "avatar", "photo", "picture", "thumbnail")
_URLS = ("href", "url", "link", "website", "homepage", "web", "uri")
_ROLES = {"host": "host", "hosts": "host", "guest": "guest", "guests": "guest"}


def participants(value: Value, role: str, place: Place, findings: Findings) -> Iterator[Participant]:
    """Everybody that a value names; `role` is that of those who have no other."""
    if isinstance(value, list):
        for item in value:
            yield from participants(item, role, place, findings)
    elif isinstance(value, dict):
        yield from _mapped(value, role, place, findings)
    else:
        for person in people(value, plural=True):
            url = person.url if not person.url or fetchable.check(person.url, place, findings) else ""
            yield Participant(name=person.name, role=role, url=url)


def _mapped(given: dict[str, Value], role: str, place: Place, findings: Findings) -> Iterator[Participant]:
    if name := line_of(given, _NAMES):
        image, url = line_of(given, _IMAGES), line_of(given, _URLS)
        yield Participant(
            name=name,
            role=line_of(given, ("role",)) or role,
            group=line_of(given, ("group",)),
            image=image if image and fetchable.check(image, place, findings) else "",
            url=url if url and fetchable.check(url, place, findings) else "",
        )
        return
    for key, item in given.items():
        if fold(key) in _ROLES:
            yield from participants(item, _ROLES[fold(key)], place, findings)
        elif isinstance(item, dict):  # ids, and what is to be known of each
            yield from _mapped({"name": key, **item}, role, place, findings)
