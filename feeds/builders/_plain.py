"""Plain text that nobody takes for HTML.

Readers have to guess whether a title is text or HTML. What has `&#x3C;` for `<` and `&#x26;` for `&` is text:
so the best-practices profile of the RSS Advisory Board asks, under "Character Data", and so the W3C feed
validator decides. To an XML parser it is all the same.
"""

from __future__ import annotations

import re

# Of both formats, and none of their elements that hold HTML or addresses.
_NAMES = (
    "title|subtitle|summary|category|copyright|rights|source|name|managingEditor|dc:creator|dc:rights|"
    "itunes:author|itunes:name|podcast:person|podcast:funding"
)
_OF_ENTRIES = re.compile(rf"<({_NAMES})(?: [^<>]*)?>[^<&]*&[^<]*</\1>".encode())
_OF_FEEDS = re.compile(rf"<({_NAMES}|description)(?: [^<>]*)?>[^<&]*&[^<]*</\1>".encode())
_TEXT = re.compile(rb">[^<]*<")


def plain(document: bytes) -> bytes:
    """Return an RSS or Atom document as lxml writes it, with the references that mark plain text.

    A channel's description is text, and an item's is HTML.
    """
    head, item, rest = document.partition(b"<item>")
    return _OF_FEEDS.sub(_referenced, head) + item + _OF_ENTRIES.sub(_referenced, rest)


def _referenced(element: re.Match[bytes]) -> bytes:
    def written(text: re.Match[bytes]) -> bytes:
        return text[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")

    return _TEXT.sub(written, element[0])
