"""Ids: what a feed reader knows a post or a feed by.

An id is an opaque name that readers compare character by character (RFC 4287 section 4.2.6). It is derived
from the site's id and the post's key, never from title, date, slug, URL or order, so none of these can make a
reader show an old post as new. A post's own `id:` wins, so that posts from elsewhere keep the one they had.
"""

from __future__ import annotations

import re
import uuid
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.settings import Settings

NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})

_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`\x00-\x1f\x7f]+')
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)


def of_post(key: str, given: str, settings: Settings, known: Mapping[str, str] = NOTHING_KNOWN) -> str:
    """Return the id of the post called `key`.

    `given` is what its front matter says, and the id to the byte, whatever it is: the feeds that the post was
    in before said the same. Without it the post keeps the id that `known` has for its key, from an earlier
    run, else gets a new one.
    """
    return given or known.get(key) or _mint(f"post:{key}", settings)


def as_iri(name: str, settings: Settings) -> str:
    """Return the id of a post for Atom, which wants an absolute IRI (RFC 4287 section 4.2.6).

    One that is an IRI (RFC 3987) stays as it is, a bare UUID becomes its URN (RFC 9562 section 4), and of
    any other text one is made.
    """
    if _IRI.fullmatch(name):
        return name
    return f"urn:uuid:{name.lower()}" if _UUID.fullmatch(name) else _mint(f"id:{name}", settings)


def of_channel(path: str, settings: Settings) -> str:
    """Return the id of the channel at `path` below the output folder; the empty path is the whole site."""
    return _mint(f"channel:{path}", settings)


def _mint(name: str, settings: Settings) -> str:
    # A version 5 UUID (RFC 9562 section 5.5): the same on every machine, and nobody takes it for a link.
    return uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, _seed(settings)), name).urn


def _seed(settings: Settings) -> str:
    """What the site is known by, without what changes at the commonest moves: to https, to or from www.

    `[site] id` loses it as well, for it may be the old address, whose seed had none of it.
    """
    site = settings.site.id or settings.site.url
    start = _ADDRESS.match(site)
    host, slash, path = site[start.end() if start else 0 :].partition("/")
    return f"{host.lower() if start and start[0] else host}{slash}{path}".rstrip("/")
