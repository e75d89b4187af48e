"""Where the file behind an address is on this disk, for its size: nothing is ever fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeds.body import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feeds.settings import Settings

_ASSETS = ("static", "assets", "public", "")  # where site generators keep what is served as it is


def find(url: str, *, post_url: str, folder: str, settings: Settings, root: Path) -> Path | None:
    """Return the regular file of the site that is served at `url`, or None when no file is known to be.

    It may lie beside the post, whose URL is `post_url` and whose folder below the content folder is `folder`,
    or where generators keep static files. Only files inside the site's folder `root` count.
    """
    inside = root.resolve()
    for path in _candidates(url, post_url, folder, settings, root):
        try:
            if path.is_file() and path.resolve().is_relative_to(inside):
                return path
        except (OSError, ValueError):  # a name that no file can have
            continue
    return None


def _candidates(url: str, post_url: str, folder: str, settings: Settings, root: Path) -> Iterator[Path]:
    content = root / settings.content.dir
    if beside := _below(url, post_url):
        yield content / folder / beside
    if below_site := _below(url, settings.site.url):
        for assets in _ASSETS:
            yield root / assets / below_site
        yield content / below_site


def _below(url: str, base: str) -> str:
    """The decoded path of `url` below `base`, or nothing when it is elsewhere."""
    here, there = addresses.split(url), addresses.split(base)
    above = there.path.rstrip("/") + "/"
    if (here.scheme, here.authority) != (there.scheme, there.authority) or not here.path.startswith(above):
        return ""
    return unquote(here.path.removeprefix(above)).lstrip("/")
