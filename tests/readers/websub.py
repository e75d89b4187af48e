"""What a WebSub subscriber does first: find out which hubs a feed has, and under what address they know it.

By section 4 of the specification: links of the HTTP answer win; else those inside of the document. A JSON Feed
says the same by `hubs`, of type "WebSub", and `feed_url` (JSON Feed 1.1, "Subscribing to Real-time Notifications").
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from readers.server import fetch

_LINK = "{http://www.w3.org/2005/Atom}link"
_HEADER = re.compile(r'<([^>]*)>\s*;[^,]*?\brel="?([^";,]+)"?')


@dataclass(frozen=True, slots=True)
class Topic:
    """What was found: the hubs, and each address that the feed gives for itself (there must be just one)."""

    hubs: tuple[str, ...]
    selves: tuple[str, ...]


def discover(url: str) -> Topic:
    """The hubs of the feed at `url`, and its canonical address."""
    answer = fetch(url)
    links = [
        (relation, href)
        for href, relations in _HEADER.findall(answer.headers.get("link", ""))
        for relation in relations.split()
    ]
    if not any(relation == "hub" for relation, _ in links):
        links = _inside(answer.body)
    return Topic(
        hubs=tuple(href for relation, href in links if relation == "hub"),
        selves=tuple(href for relation, href in links if relation == "self"),
    )


def _inside(data: bytes) -> list[tuple[str, str]]:
    if data.startswith(b"{"):
        document = json.loads(data)
        hubs = [("hub", hub["url"]) for hub in document.get("hubs", ()) if hub["type"] == "WebSub"]
        return [*hubs, ("self", document["feed_url"])]
    root = ET.fromstring(data)  # noqa: S314 - we wrote it
    return [
        (link.get("rel", ""), link.get("href", ""))
        for head in (root, root[0])
        for link in head.findall(_LINK)
    ]
