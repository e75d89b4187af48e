"""Under which keys front matter says what: the spellings of many generators, and where each value stands.

Front matter is open, for other generators share the files: keys that are not ours are left alone. Ours are
found in any case, with or without `_` and `-` (`publishDate`, `publish_date`), and in the spellings that
Hugo, Jekyll, Zola, Eleventy, Pelican and Obsidian use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.front_matter import FrontMatter
    from feeds.yaml_text import Place, Value

# One row per field: the spellings of its key, the first one present wins.
KEYS = {
    "title": ("title",),
    "published": ("date", "pubdate", "publishdate", "publishedat", "published", "created", "createdat"),
    "embargo": ("publishdate",),
    "updated": (
        "updated",
        "lastmod",
        "lastmodifiedat",
        "lastmodified",
        "modified",
        "updatedat",
        "lastupdated",
    ),
    "expires": ("expirydate", "expires", "expiry", "unpublishdate"),
    "categories": ("categories", "category"),
    "tags": ("tags", "tag", "keywords"),
    "authors": ("authors", "author", "by"),
    "summary": ("description", "summary", "subtitle", "excerpt"),
    "slug": ("slug",),
    "url": ("url", "permalink"),
    "id": ("id", "guid"),
    "language": ("language", "lang", "locale"),
    "direction": ("direction", "dir"),
    "image": (
        "image",
        "cover",
        "thumbnail",
        "featuredimage",
        "featureimage",
        "heroimage",
        "ogimage",
        "images",
    ),
    "enclosures": ("enclosure", "enclosures", "podcast", "audio"),
    "newsletter": ("newsletter",),
}

# Zola and many Hugo themes group keys. Of a group that is not only ours, only these are taken.
_SHARED = frozenset({"author", "authors", "image", "cover", "lang", "enclosure"})
_GROUPS = {"taxonomies": None, "extra": _SHARED, "params": _SHARED}


class Keys:
    """The front matter's values, their places in the file and their keys as written, by folded key."""

    def __init__(self, matter: FrontMatter) -> None:
        self.values: dict[str, Value] = {}
        self.places: dict[str, Place] = {}
        self.written: dict[str, str] = {}
        for key, value in matter.values.items():
            self._take(key, value, matter.places.get(key, (1, 1)))
        for group, taken in _GROUPS.items():
            nested = self.values.get(group)
            for key, value in nested.items() if isinstance(nested, dict) else ():
                # What stands at the top wins.
                if _fold(key) not in self.values and (taken is None or _fold(key) in taken):
                    self._take(key, value, self.places[group])

    def first(self, field: str) -> tuple[str, Value]:
        """The first spelling of `field` that says something, and its value."""
        for key in KEYS[field]:
            value = self.values.get(key)
            if value not in (None, "", [], {}):
                return key, value
        return "", None

    def _take(self, key: str, value: Value, place: Place) -> None:
        folded = _fold(key)
        self.values[folded] = value
        self.places[folded] = place
        self.written[folded] = key


def _fold(key: str) -> str:
    return re.sub(r"[_\s-]", "", key).lower()
