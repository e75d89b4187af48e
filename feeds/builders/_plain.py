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
# The validator takes an end tag for HTML however it is written, and so do readers that strip tags from titles.
# With a word joiner in it (U+2060), which nobody sees, it is text to all.
_NO_END_TAG = b"&#x3C;&#x2060;/"


def plain(document: bytes) -> bytes:
    """Return an RSS or Atom document as lxml writes it, with the references that mark plain text.

    A channel's description is text, and an item's is HTML.
    """
    head, item, rest = document.partition(b"<item>")
    return _OF_FEEDS.sub(_referenced, head) + item + _OF_ENTRIES.sub(_referenced, rest)


def joined(text: str) -> str:
    """Plain text for an attribute, in which no end tag can be seen."""
    return text.replace("</", "<\u2060/")


def _referenced(element: re.Match[bytes]) -> bytes:
    def written(text: re.Match[bytes]) -> bytes:
        plain = text[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")
        return plain.replace(b"&#x3C;/", _NO_END_TAG)

    return _TEXT.sub(written, element[0])
