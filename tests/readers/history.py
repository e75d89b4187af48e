"""A client that wants all there ever was: it walks a feed's archives (RFC 5005 section 4) over HTTP.

It knows nothing of how the archives were made. JSON Feed has no archives by that name, but `next_url`, which is
for the same: a URL with the items that come after these.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from readers.server import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_FURTHEST = 1000  # documents; a chain without an end must not hang the test


@dataclass(frozen=True, slots=True)
class Page:
    """One document on the way: its address, its ETag, what it links to by relation, its texts by entry id."""

    url: str
    etag: str
    links: dict[str, str]
    texts: dict[str, str]


def walk(url: str) -> list[Page]:
    """The subscription document at `url` and every archive behind it, newest first."""
    pages: list[Page] = []
    while url:
        assert url not in [page.url for page in pages], f"the chain comes back to {url}"
        assert len(pages) < _FURTHEST
        answer = fetch(url)
        assert answer.status == 200, f"{url} answers {answer.status}"
        links, texts = _json(answer.body) if answer.body.startswith(b"{") else _xml(answer.body)
        pages.append(Page(url, answer.headers["etag"], links, texts))
        url = links.get("prev-archive", "")
    return pages


def everything(pages: list[Page]) -> dict[str, str]:
    """All texts by entry id. An entry that stands in several documents is what the newest of them says."""
    return {id_: text for page in reversed(pages) for id_, text in page.texts.items()}


def _xml(data: bytes) -> tuple[dict[str, str], dict[str, str]]:
    root = ET.fromstring(data)  # noqa: S314 - we wrote it
    head = root if root.tag == f"{_ATOM}feed" else root[0]
    links = {link.get("rel", "alternate"): link.get("href", "") for link in head.findall(f"{_ATOM}link")}
    return links, dict(_entries(head))


def _entries(head: ET.Element) -> Iterator[tuple[str, str]]:
    for entry in head.findall(f"{_ATOM}entry"):
        yield entry.findtext(f"{_ATOM}id", ""), entry.findtext(f"{_ATOM}content", "")
    for item in head.findall("item"):
        yield item.findtext("guid", ""), item.findtext(_CONTENT) or item.findtext("description", "")


def _json(data: bytes) -> tuple[dict[str, str], dict[str, str]]:
    document: dict[str, Any] = json.loads(data)
    links = {"self": document.get("feed_url", ""), "prev-archive": document.get("next_url", "")}
    return links, {
        item["id"]: item.get("content_html", item.get("content_text", "")) for item in document["items"]
    }
