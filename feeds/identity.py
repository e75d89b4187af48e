"""Ids: what a feed reader knows a post or a feed by.

An id is an opaque name that readers compare character by character (RFC 4287 section 4.2.6). It is derived
from the site's id and the post's key, never from title, date, slug, URL or order, so none of these can make a
reader show an old post as new. A post's own `id:` wins, so that posts from elsewhere keep the one they had.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.settings import Settings

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def of_post(key: str, given: str, settings: Settings) -> str:
    """Return the id of the post called `key`: `given`, if it is an absolute IRI, or one made from either."""
    if _IRI.fullmatch(given):
        return given
    return _mint(f"id:{given}" if given else f"post:{key}", settings)


def of_channel(path: str, settings: Settings) -> str:
    """Return the id of the channel at `path` below the output folder; the empty path is the whole site."""
    return _mint(f"channel:{path}", settings)


def _mint(name: str, settings: Settings) -> str:
    # A version 5 UUID (RFC 9562 section 5.5): the same on every machine, and nobody takes it for a link.
    # Without the scheme, for the move from http to https is the commonest of all.
    seed = re.sub(r"^https?://", "", settings.site.id or settings.site.url).rstrip("/")
    site = uuid.uuid5(uuid.NAMESPACE_URL, seed)
    return uuid.uuid5(site, name).urn
