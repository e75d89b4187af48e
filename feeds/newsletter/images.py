"""How wide an image is (the imagesize wall): looked up in the site's own files, never fetched."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import imagesize

from feeds import site_files

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.model import Post
    from feeds.settings import Settings


def width_of(url: str, post: Post, settings: Settings, root: Path) -> int:
    """The width in pixels of the image at `url`, an absolute URL in `post`; 0 when no file says."""
    folder = str(PurePosixPath(post.path).parent)
    path = site_files.find(url, site_files.Site(root, settings, post.url, folder))
    if path is None:
        return 0
    try:
        width, _ = imagesize.get(path)
    except (OSError, ValueError):  # unreadable, or damaged
        return 0
    return max(0, int(width))
