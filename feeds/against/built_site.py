"""A site as its generator built it: which pages there are, from its folder or its sitemap.

Nothing is fetched. Sitemaps (https://www.sitemaps.org/protocol.html) come from anywhere, so they are read
within bounds, and without a document type, in which entities could multiply.
"""

from __future__ import annotations

import gzip
import os
import re
import unicodedata
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.parsers import expat

from feeds.body import addresses
from feeds.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeds.settings import Settings

MAX_SITEMAP_BYTES = 50 * 1024 * 1024  # the protocol's own limit, unpacked
_MOST_SITEMAPS = 1000
_DEEPEST = 16  # elements in elements; the protocol has three, and extensions add a few
_LONGEST_ADDRESS = 2048  # characters, by the protocol
_LOCATIONS = (["url", "loc"], ["sitemap", "loc"])  # below the root element
_MOST_REDIRECT_BYTES = 8192  # a page that only redirects is small; a larger one has content of its own
_INDEX = re.compile(r"index\.x?html?", re.IGNORECASE)
_PAGE = re.compile(r"\.x?html?", re.IGNORECASE)
_REFRESH = re.compile(r"""<meta\s[^>]*http-equiv\s*=\s*["']?refresh\b[^>]*>""", re.IGNORECASE)
_TARGET = re.compile(r"""url\s*=\s*(?:'([^'>]+)|"([^">]+)|([^"'>\s]+))""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A page that serves an address. `remark` names what a host must do for it; empty for nothing."""

    path: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What a site consists of. Paths are below the site's URL, decoded, without a slash in front.

    `pages` are those that people read (`posts/hello/`, `about.html`), each with the address that it only
    redirects to, or nothing. `files` are all the others. `listed` says that a sitemap names the pages: it
    knows whether an address has a slash at the end, where a folder on a host is found either way.
    """

    pages: Mapping[str, str]
    files: frozenset[str] = frozenset()
    listed: bool = False
    _composed: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._composed.update((unicodedata.normalize("NFC", path), path) for path in self.pages)

    def find(self, path: str) -> Found | None:
        """The page or file that a host shows at `path`, if there is one."""
        if path in self.pages or path in self.files:
            return Found(path)
        if f"{path}/" in self.pages:  # hosts redirect to the folder
            return Found(f"{path}/", "slash" if self.listed else "")
        if (folder := _served(path)) in self.pages:
            return Found(folder)
        for ending in (".html", ".htm"):
            if path and f"{path}{ending}" in self.pages:
                return Found(f"{path}{ending}", "ending")
        if path.endswith("/") and path[:-1] in self.pages:
            return Found(path[:-1], "slash")
        if other := self._composed.get(unicodedata.normalize("NFC", path)):
            return Found(other, "form")
        return None


def read(given: Path, settings: Settings) -> BuiltSite:
    """Read the folder that the generator built, or its sitemap.

    Raises UsageError when there is nothing to be read, or no page of the site in it.
    """
    return (
        _from_folder(given, settings.output.names.page)
        if given.is_dir()
        else _from_sitemap(given, settings.site.url)
    )


def below(url: str, site_url: str) -> str | None:
    """The path of `url` below the site's, decoded; None when it is not a part of the site.

    `http` and `https` are one site.
    """
    authority, root = _home(site_url)
    page = addresses.split(addresses.url(url, site_url))
    if page.authority != authority or not f"{page.path}/".startswith(root):
        return None
    return unquote(page.path[len(root) :])


@lru_cache(maxsize=1)
def _home(site_url: str) -> tuple[str | None, str]:
    site = addresses.split(addresses.url(site_url, ""))
    return site.authority, site.path.rstrip("/") + "/"


def _served(path: str) -> str:
    """The address that people see of a file: without the `index.html` of a folder."""
    return path[: path.rfind("/") + 1] if _INDEX.fullmatch(path, path.rfind("/") + 1) else path


# ── the folder ───────────────────────────────────────────────────────────────────────────────────────────


def _from_folder(folder: Path, ours: str) -> BuiltSite:
    pages: dict[str, str] = {}
    files: set[str] = set()
    for path, file in _walk(folder, PurePosixPath()):
        if str(path) == ours:  # not the generator's
            continue
        if _INDEX.fullmatch(path.name):
            pages[_served(str(path))] = _redirect(file)
        elif _PAGE.fullmatch(path.suffix):
            pages[str(path)] = _redirect(file)
        else:
            files.add(str(path))
    if not pages:
        raise UsageError(
            "there is no page in this folder",
            where=str(folder),
            hint="build the site first, and name the folder that its generator writes",
        )
    return BuiltSite(pages, frozenset(files))


def _walk(folder: Path, below: PurePosixPath) -> Iterator[tuple[PurePosixPath, Path]]:
    """Every file below `folder` that is published, by name: not `.git/`.

    Links to folders are not followed: they could lead in a circle.
    """
    try:
        with os.scandir(folder / below) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot list the folder: {reason}", where=str(folder / below)) from error
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and entry.name.startswith(".") and entry.name != ".well-known":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder, below / entry.name)
        elif entry.is_file():
            yield below / entry.name, Path(entry.path)


def _redirect(file: Path) -> str:
    """Where a page leads whose only purpose is to lead there; empty for any other."""
    try:
        if file.stat().st_size > _MOST_REDIRECT_BYTES:
            return ""
        text = file.read_bytes().decode(errors="replace")
    except OSError:
        return ""
    refresh = _REFRESH.search(text)
    target = _TARGET.search(unescape(refresh[0])) if refresh else None
    return next(group for group in target.groups() if group).strip() if target else ""


# ── the sitemap ──────────────────────────────────────────────────────────────────────────────────────────


def _from_sitemap(file: Path, site_url: str) -> BuiltSite:
    kind, locations = _locations(file)
    if kind == "sitemapindex":
        if len(locations) > _MOST_SITEMAPS:
            raise UsageError(f"names more than {_MOST_SITEMAPS} sitemaps", where=str(file))
        parts = [_beside(file, location, site_url) for location in locations]
        locations = [location for part in parts for location in _locations(part, nested=True)[1]]
    paths = [_served(path) for location in locations if (path := below(location, site_url)) is not None]
    if not paths:
        other = addresses.split(locations[0]) if locations else None
        raise UsageError(
            f"there is no page of {site_url} in this sitemap",
            where=str(file),
            hint=f"its pages are at {other.scheme}://{other.authority}: is that the site's url?"
            if other and other.authority
            else "build the site first, and name the sitemap that its generator writes",
        )
    return BuiltSite(dict.fromkeys(paths, ""), listed=True)


def _beside(index: Path, location: str, site_url: str) -> Path:
    """The file of a sitemap that an index names: at its place below the index's folder, or next to it."""
    folder = index.parent.resolve()
    path = below(location, site_url) or unquote(addresses.split(location).path)
    for name in (path.lstrip("/"), path.rpartition("/")[2]):
        try:
            file = (folder / name).resolve()
            if name and file.is_relative_to(folder) and file.is_file():
                return file
        except (OSError, ValueError):  # a name that is none: too long, or with a NUL
            continue
    raise UsageError(
        f"names {location}, which is not beside it",
        where=str(index),
        hint="put all sitemaps into one folder, as they are on the site",
    )


def _locations(file: Path, *, nested: bool = False) -> tuple[str, list[str]]:
    """The kind of a sitemap, which is the name of its root element, and all addresses in it."""
    try:
        with file.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        with gzip.GzipFile(file, "rb") if packed else file.open("rb") as unpacked:
            data = unpacked.read(MAX_SITEMAP_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"the file cannot be read: {reason.lower()}", where=str(file)) from error
    if len(data) > MAX_SITEMAP_BYTES:
        raise UsageError(f"has more than {MAX_SITEMAP_BYTES} bytes", where=str(file))
    sitemap = _Sitemap()
    try:
        sitemap.read(data)
    except (expat.ExpatError, ValueError) as error:
        raise UsageError(
            f"is neither a folder nor a sitemap: {error}", where=str(file), hint=_WHAT_TO_NAME
        ) from error
    if sitemap.kind not in ({"urlset"} if nested else {"urlset", "sitemapindex"}):
        raise UsageError(f"is no sitemap, but a <{sitemap.kind}>", where=str(file), hint=_WHAT_TO_NAME)
    return sitemap.kind, sitemap.locations


_WHAT_TO_NAME = "name the folder of the built site, or its sitemap.xml"


class _Sitemap:
    """What expat tells of a sitemap: the root element, and the text of every `<loc>` of an entry."""

    def __init__(self) -> None:
        self.kind = ""
        self.locations: list[str] = []
        self._open: list[str] = []
        self._text = ""

    def read(self, data: bytes) -> None:
        """Read a whole document. Raises ValueError for a document type, and ExpatError for bad XML."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no name for it

    def _doctype(self, *_: object) -> None:
        raise ValueError("it has a document type")

    def _start(self, name: str, _: dict[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            raise ValueError("it is nested too deeply")
        local = name.rpartition(" ")[2]
        self.kind = self.kind or local
        self._open.append(local)
        self._text = ""

    def _data(self, text: str) -> None:
        if self._open[1:] in _LOCATIONS and len(self._text) < _LONGEST_ADDRESS:
            self._text += text

    def _end(self, _: str) -> None:
        if self._open[1:] in _LOCATIONS and self._text.strip():
            self.locations.append(self._text.strip())
        self._open.pop()
