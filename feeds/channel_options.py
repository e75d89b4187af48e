"""What the settings say of one channel: its own table before its grouping's, and that before `[feeds]`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds import slugs
from feeds.body import addresses
from feeds.taxonomies import TAXONOMIES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from feeds.model import Extent
    from feeds.settings import Options, Settings

SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What holds for one channel. `title` is empty when the settings give none; `home_url` is absolute."""

    title: str
    description: str
    home_url: str
    limit: int
    extent: Extent
    formats: tuple[str, ...]


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

    def of(self, kind: str, name: str, path: str) -> Chosen:
        """Return what holds for the site's channel, or for that of a term."""
        own = [self._by_path.get(path or SITE), self._by_path.get(kind) if path else None]
        return self.chosen([options for options in own if options], kind, name)

    def chosen(self, layers: Sequence[Options], kind: str, name: str) -> Chosen:
        """Return what the first of `layers` says that says anything.

        In titles, descriptions and home pages `{name}` stands for the term, and in home pages `{slug}` for
        what the site's generator makes of it.
        """
        feeds, site = self._settings.feeds, self._settings.site
        contents = [each.content for each in layers if each.content != "default"]
        home = next((each.home for each in layers if each.home), "")
        return Chosen(
            title=next((each.title for each in layers if each.title), "").replace("{name}", name),
            description=next((each.description for each in layers if each.description), "").replace(
                "{name}", name
            )
            or site.description,
            home_url=self._home(home, kind, name) if home else f"{site.url}/",
            limit=next((each.limit for each in layers if each.limit), feeds.limit),
            extent=next((_extent(content) for content in contents), feeds.content),
            formats=tuple(next((each.formats for each in layers if each.formats), feeds.formats)),
        )

    def _home(self, home: str, kind: str, name: str) -> str:
        content = self._settings.content
        makers = slugs.makers(content.dialect, in_unicode=content.slug_letters == "unicode")
        if kind == "sections":
            slug = "/".join(makers.folder(part) for part in name.split("/"))
        else:
            slug = makers.category(name)
        return addresses.url(home.replace("{slug}", slug).replace("{name}", name), self._settings.site.url)


def _extent(content: str) -> Extent:
    return "full" if content == "full" else "summary"
