"""What the settings say of one channel: its own table before its grouping's, and that before `[feeds]`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds import slugs
from feeds.body import addresses
from feeds.taxonomies import TAXONOMIES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from feeds.model import Extent
    from feeds.settings import Custom, Options, Settings

SITE = "site"
_IN_PATHS = "!$&'()*+,/:;=@~"  # what RFC 3986 section 3.3 lets stand there


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What holds for one channel. `title` is empty when the settings give none; `home_url` is absolute.

    `own_title` is what they give this channel alone. `limit` is 0 when only `[feeds]` has one.
    """

    title: str
    description: str
    home_url: str
    limit: int
    extent: Extent
    formats: tuple[str, ...]
    own_title: str = ""


def path_of(key: str, paths: Collection[str]) -> str:
    """Return the one of `paths` that a channel's name in the settings stands for, or an empty text.

    The name may be the path itself or have the term in any of its spellings: `tags/C++`. The site's own
    channel is `site`, though its path is empty.
    """
    key = key.strip("/")
    return key if key in paths else spelt if (spelt := _spelt(key)) in paths else ""


def _spelt(key: str) -> str:
    kind, _, name = key.partition("/")
    return f"{kind}/{TAXONOMIES[kind].slug_of(name)}" if kind in TAXONOMIES and name else key


class Choices:
    """`[feeds.channels]`, looked up by path. The path of the site's own channel is empty."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        exact = {key.strip("/"): options for key, options in settings.feeds.channels.items()}
        # The path itself wins over a name that only comes to the same.
        self._by_path = {_spelt(key): options for key, options in exact.items()} | exact

    def of(self, kind: str, name: str, path: str, key: str = "") -> Chosen:
        """Return what holds for the site's channel, or for that of a term, which has a key and a name.

        In titles, descriptions and home pages `{name}` stands for the term, and in home pages `{slug}` for
        what the site's generator makes of its key.
        """
        own = self._by_path.get(path or SITE)
        layers = [own, self._by_path.get(kind) if path else None]
        found = self._chosen([options for options in layers if options], kind, name, key or name)
        return replace(found, own_title=found.title) if own and own.title else found

    def of_custom(self, custom: Custom) -> Chosen:
        """Return what holds for a feed of the site's own choice."""
        found = self._chosen([custom], "custom", custom.name, custom.name)
        return replace(found, own_title=found.title)

    def _chosen(self, layers: Sequence[Options], kind: str, name: str, key: str) -> Chosen:
        feeds, site = self._settings.feeds, self._settings.site
        contents = [each.content for each in layers if each.content != "default"]
        home = next((each.home for each in layers if each.home), "")
        return Chosen(
            title=next((each.title for each in layers if each.title), "").replace("{name}", name),
            description=next((each.description for each in layers if each.description), "").replace(
                "{name}", name
            )
            or site.description,
            home_url=self._home(home, kind, name, key) if home else f"{site.url}/",
            limit=next((each.limit for each in layers if each.limit), 0),
            extent=next((_extent(content) for content in contents), feeds.content),
            formats=tuple(next((each.formats for each in layers if each.formats), feeds.formats)),
        )

    def _home(self, home: str, kind: str, name: str, key: str) -> str:
        content = self._settings.content
        makers = slugs.makers(content.dialect, in_unicode=content.slug_letters == "unicode")
        if kind == "sections":
            slug = "/".join(makers.folder(part) for part in key.split("/"))
        else:
            slug = makers.category(key)
        path, mark, query = home.partition("?")
        filled = _filled(path, slug, name, safe=_IN_PATHS) + mark + _filled(query, slug, name, safe="")
        return addresses.url(filled, self._settings.site.url)


def _filled(text: str, slug: str, name: str, *, safe: str) -> str:
    """A part of an address with the term in it, of which nothing may end that part: `C#` is `C%23`."""
    written = {
        "{slug}": quote(slug, safe=safe, errors="replace"),
        "{name}": quote(name, safe=safe, errors="replace"),
    }
    return re.sub("{slug}|{name}", lambda mark: written[mark[0]], text)


def _extent(content: str) -> Extent:
    return "full" if content == "full" else "summary"
