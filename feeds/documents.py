"""The pages and documents of a Jekyll site beside its posts: where links to their files lead.

They are none of ours to publish, but posts link to them: `{% link _pages/about.md %}`.
"""

from __future__ import annotations

import os
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from feeds import permalinks, regular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.settings import Workspace

_WITHOUT = frozenset(
    {"_data", "_drafts", "_includes", "_layouts", "_plugins", "_posts", "_sass", "_site", "_templates"}
)
_MOST = 1_000  # files of a site
_HEAD = 4_096  # bytes of a file that are looked at
_PERMALINK = re.compile(
    r"^permalink:[ \t]*(?P<quote>[\"']?)(?P<path>/[^\s\"':]*)(?P=quote)[ \t]*(?:#.*)?$", re.MULTILINE
)


def of_site(workspace: Workspace) -> dict[str, str]:
    """Return the absolute URLs of the pages and documents, by their paths in Jekyll's source folder."""
    settings = workspace.settings
    if settings.content.dialect != "jekyll" or settings.content.dir == ".":
        return {}
    content = workspace.root / settings.content.dir
    found: dict[str, str] = {}
    for file in islice(_files(content.parent, content), _MOST):
        path = file.relative_to(content.parent).as_posix()
        if path.isprintable():
            found[path] = permalinks.of_document(
                path.removesuffix(".md"), _own(file, content.parent), settings
            )
    return found


def _files(source: Path, content: Path) -> Iterator[Path]:
    """Yield the Markdown in a folder, and in its folders with an underscore; links are not followed."""
    for here, folders, names in os.walk(source):
        top = Path(here) == source
        folders[:] = sorted(
            name
            for name in folders
            if not top or (name.startswith("_") and name not in _WITHOUT and source / name != content)
        )
        files = (Path(here) / name for name in sorted(names) if name.endswith(".md"))
        yield from (file for file in files if not file.is_symlink())


def _own(file: Path, source: Path) -> str:
    """The address that a page's front matter gives; empty for none."""
    text = regular.beginning(file, source, _HEAD).decode("utf-8-sig", "replace").replace("\r", "")
    start, fence, rest = text.partition("---")
    found = _PERMALINK.search(rest.partition("\n---")[0]) if fence and not start.strip() else None
    return found["path"] if found else ""
