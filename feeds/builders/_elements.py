"""XML elements as plain values: what feedgen cannot say, chosen by the formats and written by `_feedgen`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"  # the slash at the end is part of the name
HISTORY = "http://purl.org/syndication/history/1.0"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"

# The prefixes that everybody uses: some programs look for these and not for the namespaces.
_PREFIXES = {
    "dc": DUBLIN_CORE,
    "media": MEDIA,
    "fh": HISTORY,
    "at": TOMBSTONES,
    "itunes": ITUNES,
    "podcast": PODCAST,
}


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its name is `{namespace}name`, or `name` alone in the format's own vocabulary."""

    name: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element, ...] = ()


def element(name: str, text: str = "", /, *children: Element, **attributes: str) -> Element:
    """Make an element, without the attributes that are empty."""
    said = tuple((key, value) for key, value in attributes.items() if value)
    return Element(name, text, said, children)


def namespaces(elements: Iterable[Element]) -> dict[str, str]:
    """Return the namespaces that `elements` are in, by prefix, in an order that does not depend on theirs.

    Declared on the root, they leave each element the same bytes in every document that holds it.
    """
    used = {each.name.partition("}")[0].removeprefix("{") for each in elements}
    return {prefix: namespace for prefix, namespace in _PREFIXES.items() if namespace in used}
