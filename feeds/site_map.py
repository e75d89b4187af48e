"""What links and shortcodes of any post may refer to, from all posts and the files beside them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds import documents, permalinks
from feeds.body import addresses
from feeds.body.page import SiteMap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from feeds.content.collect import Collected
    from feeds.model import Placed
    from feeds.settings import Workspace

_HOMES = frozenset({"README.md", "index.md", "readme.md"})
_LARGEST = 2**20  # bytes of a template
_PAGE = re.compile(r"\.html?$|/$")  # the end of a page's address
_SHORTCODES = PurePosixPath("templates/shortcodes")


def site_map(placed: Sequence[Placed], collected: Collected, workspace: Workspace) -> SiteMap:
    """Map the posts, and the other pages and files of the content folder.

    What lies in a post's own folder, a page bundle, is found below the post's URL; other files are where
    their path says. Pages without a date are there too, for generators make them.
    """
    site = workspace.settings.site.url
    dialect = workspace.settings.content.dialect
    # A vault holds many notes that are nobody's but its owner's.
    pages = () if dialect == "obsidian" else collected.pages
    bundles = {each.source.folder: _folder_of(each.url) for each in placed if _is_bundle(each)}
    if dialect == "hexo":  # where a post's own files are in a folder that is called like it
        bundles |= {each.source.key: f"{_PAGE.sub('', each.url)}/" for each in placed}
    return SiteMap(
        references={each.source.path: each.url for each in placed}
        | dict.fromkeys(_homes(collected), f"{site}/"),
        files=documents.of_site(workspace)
        | {file: _url(file, bundles, site) for file in collected.files if _is_text(file)}
        | {page.path: permalinks.of_page(page, workspace.settings) for page in pages},
        aliases={alias: each.url for each in reversed(placed) for alias in each.source.header.aliases},
        titles={each.url: each.source.header.title for each in placed if each.source.header.title},
        shortcodes=_shortcodes(workspace.root),
    )


def _is_bundle(placed: Placed) -> bool:
    source = placed.source
    return bool(source.folder) and PurePosixPath(source.path).name.startswith(("index.", "+page."))


def _homes(collected: Collected) -> list[str]:
    """The files that are the home page: no post, but people link to it."""
    return [
        path
        for path, why in collected.withheld.items()
        if (why in {"excluded", "list page", "no post"} and path in _HOMES)
        or (why == "list page" and not PurePosixPath(path).name.startswith("_index"))
    ]


def _folder_of(page: str) -> str:
    """The address that what lies beside a page begins with."""
    return page if page.endswith("/") else page.rpartition("/")[0] + "/"


def _url(file: str, bundles: dict[str, str], site: str) -> str:
    for folder in PurePosixPath(file).parents:
        if above := bundles.get(str(folder)):
            below = PurePosixPath(file).relative_to(folder)
            return addresses.url(above + quote(str(below)), site)
    return addresses.url(f"{site}/{quote(file)}", site)


def _is_text(path: str) -> bool:
    """Whether a name can be part of a URL at all; one that is not UTF-8 cannot."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shortcodes(root: Path) -> dict[str, str]:
    """The site's own templates for shortcodes, below its `templates/`, by the names of the shortcodes."""
    folder, inside = root / _SHORTCODES, root.resolve()
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path.relative_to(folder.parent).as_posix()
        for ending in ("md", "html")  # which wins over the other
        for path in sorted(folder.rglob(f"*.{ending}"))
        # A link could put any file of this machine into the feeds.
        if path.is_file() and path.resolve().is_relative_to(inside) and path.stat().st_size <= _LARGEST
    }
