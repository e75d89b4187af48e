"""Where a post lives on the site: the permalink pattern filled in, unless the post says it itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import slugs
from feeds.body import addresses

if TYPE_CHECKING:
    from feeds.model import Source
    from feeds.settings import Settings

# `permalink: /:year/:title/` is a pattern of Jekyll's, not an address.
_PATTERN = re.compile(r"/:[a-z_]+|^(?:date|pretty|ordinal|weekdate|none)$")


def of(source: Source, settings: Settings) -> str:
    """Return the absolute, percent-encoded URL of a dated source."""
    given = source.header.url
    if re.match(r"https?://", given, re.IGNORECASE):
        return addresses.url(given, settings.site.url)
    path = given if given and not _PATTERN.search(given) else _filled(settings.content.permalink, source)
    inside = _inside(path).replace("?", "%3F").replace("#", "%23")
    return addresses.url(f"{settings.site.url}/{inside}", settings.site.url)


def _filled(pattern: str, source: Source) -> str:
    published = source.header.published
    assert published is not None, "only dated sources have an address"  # noqa: S101 - the collector saw to it
    name = slugs.post(source.name) or slugs.term(source.name)
    slug = source.header.slug
    values = {
        "section": "/".join(slugs.post(part) for part in source.section.split("/")),
        "slug": slugs.post(slug) or name,
        "name": name,
        "year": f"{published.year:04}",
        "month": f"{published:%m}",
        "day": f"{published:%d}",
        "category": slugs.term(source.header.categories[0]) if source.header.categories else "",
    }
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], pattern)


def _inside(path: str) -> str:
    """The path without empty, `.` and `..` segments: whatever a post says, it stays below the site."""
    kept = [part for part in path.split("/") if part.strip() not in {"", ".", ".."}]
    return "/".join(kept) + ("/" if kept and path.endswith("/") else "")
