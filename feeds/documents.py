"""The pages and documents of a Jekyll site beside its posts: where links to their files lead.

They are none of ours to publish, but posts link to them: `{% link _pages/about.md %}`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import permalinks

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.settings import Workspace

_WITHOUT = frozenset(
    {"_data", "_drafts", "_includes", "_layouts", "_plugins", "_posts", "_sass", "_site", "_templates"}
)
_MOST = 1_000  # files of a site
_HEAD = 4_096  # characters of a file that are looked at
_PERMALINK = re.compile(
    r"\A---$.*?^permalink:[ \t]*[\"']?(?P<path>/[^\s\"':]*)[\"']?[ \t]*$", re.DOTALL | re.MULTILINE
)


def of_site(workspace: Workspace) -> dict[str, str]:
    """Return the absolute URLs of the pages and documents, by their paths in the site's folder."""
    settings, root = workspace.settings, workspace.root
    if settings.content.dialect != "jekyll" or settings.content.dir == ".":
        return {}
    files = sorted(root.glob("*.md"))
    for folder in sorted(root.glob("_*")):
        files += [] if folder.name in _WITHOUT else sorted(folder.rglob("*.md"))
    found: dict[str, str] = {}
    for file in files[:_MOST]:
        path = file.relative_to(root).as_posix()
        if path.isprintable() and not file.is_relative_to(root / settings.content.dir):
            found[path] = permalinks.of_document(path.removesuffix(".md"), _own(file), settings)
    return found


def _own(file: Path) -> str:
    """The address that a page's front matter gives; empty for none."""
    try:
        if not file.is_file():  # a named pipe would hold the run up for ever
            return ""
        with file.open(encoding="utf-8", errors="replace") as opened:
            found = _PERMALINK.match(opened.read(_HEAD))
    except OSError:
        return ""
    return found["path"] if found else ""
