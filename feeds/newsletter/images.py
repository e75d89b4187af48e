"""How wide an image is (the imagesize wall): looked up in the site's own files, never fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import imagesize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feeds.model import Post
    from feeds.settings import Settings


def width_of(url: str, post: Post, settings: Settings, root: Path) -> int:
    """The width in pixels of the image at `url`, an absolute URL in `post`; 0 when no file of the site says.

    The file may stand beside the post (a page bundle), in `static/`, or in the content folder; only regular
    files inside the site's folder `root` are opened.
    """
    inside = root.resolve()
    for path in _candidates(url, post, settings, root):
        try:
            if not path.resolve().is_relative_to(inside) or not path.is_file():
                continue
            width, _ = imagesize.get(path)
        except (OSError, ValueError):  # unreadable, or a name that no file can have
            continue
        if width > 0:
            return int(width)
    return 0


def _candidates(url: str, post: Post, settings: Settings, root: Path) -> Iterator[Path]:
    content = root / settings.content.dir
    beside = _below(url, post.url)
    if beside:
        yield (root / post.path).parent / beside
        yield (content / post.path).parent / beside
    below_site = _below(url, settings.site.url)
    if below_site:
        yield root / "static" / below_site
        yield content / below_site


def _below(url: str, base: str) -> str:
    """The decoded path of `url` relative to `base`, or nothing when it is elsewhere."""
    here, there = urlsplit(url), urlsplit(base)
    folder = there.path.rstrip("/") + "/"
    if (here.scheme, here.netloc) != (there.scheme, there.netloc) or not here.path.startswith(folder):
        return ""
    return unquote(here.path.removeprefix(folder)).lstrip("/")
