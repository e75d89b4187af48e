"""A folder that some program published → the feeds in it, whatever their names say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from feeds import regular
from feeds.validity import documents, format_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDINGS = {"", ".atom", ".json", ".opml", ".rdf", ".rss", ".xml"}
_WITHOUT = {"node_modules", "__pycache__"}
_HEAD = 4_096  # bytes that say what a file is


def feeds_below(top: Path) -> Iterator[tuple[str, bytes]]:
    """The feeds in a folder and those inside it, by path below it; hidden folders and links are left out.

    Of a file that is too large to be judged, one byte more than that is given.
    """
    for here, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name not in _WITHOUT and not name.startswith("."))
        for name in sorted(names):
            file = Path(here) / name
            if file.suffix.lower() not in _ENDINGS or file.is_symlink():
                continue
            if not format_of(regular.beginning(file, top, _HEAD)):
                continue
            data = regular.beginning(file, top, documents.LARGEST + 1)
            yield file.relative_to(top).as_posix(), data
