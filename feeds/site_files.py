"""Where a file that a post names is served, and is on this disk, for its size: nothing is ever fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from feeds.body import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feeds.settings import Settings

_ASSETS = ("static", "assets", "public", "")  # where site generators keep what is served as it is


class Site(NamedTuple):
    """The site in the folder `root`, seen from a post: its URL, and its folder below the content folder."""

    root: Path
    settings: Settings
    post_url: str
    folder: str


def is_bare(reference: str) -> bool:
    """Whether a reference is a name alone, such as `one.mp3` or `audio/one.mp3`, which may lie anywhere."""
    parts = addresses.split(reference)
    return (
        parts.scheme is None
        and parts.authority is None
        and bool(parts.path)
        and parts.path[0] not in "/\\"
        and parts.path.split("/")[0] not in {".", ".."}
    )


def address(reference: str, site: Site) -> str:
    """Return the absolute URL of the recording, transcript or the like that a post names.

    A bare name is that of the file beside the post, else of one below `[podcast] media`, or, without that
    setting, of one where generators keep static files. What is nowhere would be beside the post.
    """
    beside = addresses.url(reference, site.post_url)
    if not is_bare(reference) or find(beside, site):
        return beside
    base = site.settings.site.url
    if media := site.settings.podcast.media:
        return addresses.url(reference, f"{addresses.url(media, base).rstrip('/')}/")
    at_root = addresses.url(reference, f"{base.rstrip('/')}/")
    return at_root if find(at_root, site) else beside


def find(url: str, site: Site) -> Path | None:
    """Return the regular file of the site that is served at `url`, or None when no file is known to be.

    It may lie beside the post, or where generators keep static files. Only files inside the site's folder
    count.
    """
    inside = site.root.resolve()
    for path in _candidates(url, site):
        try:
            if path.is_file() and path.resolve().is_relative_to(inside):
                return path
        except (OSError, ValueError):  # a name that no file can have
            continue
    return None


def is_of_site(url: str, site: Site) -> bool:
    """Whether `url` is an address of this site."""
    return any(_candidates(url, site))


def has_place_for(url: str, site: Site) -> bool:
    """Whether a folder is here that the file at `url` would lie in, and that is for such files.

    The folders of the site and of the content are there always, and the output folder only after a build.
    """
    settings = site.settings
    of_all = {site.root, site.root / settings.content.dir, site.root / settings.output.dir}
    for path in _candidates(url, site):
        try:
            if path.parent not in of_all and path.parent.is_dir():
                return True
        except (OSError, ValueError):
            continue
    return False


def _candidates(url: str, site: Site) -> Iterator[Path]:
    content = site.root / site.settings.content.dir
    if beside := _below(url, site.post_url):
        yield content / site.folder / beside
    if below_site := _below(url, site.settings.site.url):
        for assets in _ASSETS:
            yield site.root / assets / below_site
        yield content / below_site


def _below(url: str, base: str) -> str:
    """The decoded path of `url` below `base`, or nothing when it is elsewhere."""
    here, there = addresses.split(url), addresses.split(base)
    above = there.path.rstrip("/") + "/"
    if (here.scheme, here.authority) != (there.scheme, there.authority) or not here.path.startswith(above):
        return ""
    return unquote(here.path.removeprefix(above)).lstrip("/")
