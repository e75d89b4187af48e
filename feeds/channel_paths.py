"""No two files at one place: what would be written where, before anything is."""

from __future__ import annotations

import posixpath
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.aliases import file_of
from feeds.errors import ConfigError
from feeds.taxonomies import TAXONOMIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeds.model import Channel
    from feeds.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """A file, what it is, and where somebody asked for it."""

    path: str
    what: str
    where: str


def refuse_clashes(planned: Sequence[Channel], settings: Settings) -> None:
    """Raise ConfigError, naming both, when two files have one place or one is where another has a folder.

    Places that differ only in case, or in how accents are encoded, are one on many disks and hosts.
    """
    claims = list(_claims(planned, settings))
    taken: dict[str, _Claim] = {}
    for claim in claims:
        other = taken.setdefault(_folded(claim.path), claim)
        if other is not claim:
            raise _clash(other, claim, f"two files would be at `{claim.path}`")
    for claim in claims:
        folder = posixpath.dirname(_folded(claim.path))
        while folder:
            if folder in taken:
                file = taken[folder]
                raise _clash(file, claim, f"`{file.path}` would be a file and a folder")
            folder = posixpath.dirname(folder)


def _clash(one: _Claim, other: _Claim, message: str) -> ConfigError:
    where = one.where if one.where == other.where else f"{one.where} and {other.where}"
    hint = "rename one of them, or leave it out"
    return ConfigError(f"{message}: {one.what} and {other.what}", where=where, hint=hint)


def _claims(planned: Sequence[Channel], settings: Settings) -> Iterator[_Claim]:
    names, aliases = settings.output.names, settings.feeds.aliases
    yield _Claim(path=names.opml, what="the list of all feeds", where="[output.names] opml")
    yield _Claim(path=names.page, what="the subscribe page", where="[output.names] page")
    if aliases:
        yield _Claim(path=names.redirects, what="the redirects", where="[output.names] redirects")
    for channel in planned:
        what, where = _origin(channel)
        for part in (channel, *channel.archives):
            of = "an archive" if part is not channel else "the feed"
            yield from (_Claim(path=feed.path, what=f"{of} of {what}", where=where) for feed in part.feeds)
        if channel.kind == "newsletter":
            yield _Claim(path=f"{channel.path}/index.html", what="the list of its issues", where=where)
            for issue in channel.posts:
                number = issue.url.rstrip("/").rpartition("/")[2]
                page = f"{channel.path}/{number}/index.html"
                yield _Claim(path=page, what=f"the page of its issue {number}", where=where)
    for old, new in aliases.items():
        yield _Claim(path=file_of(old, new), what=f"the old place of `{new}`", where="[feeds.aliases]")


def _origin(channel: Channel) -> tuple[str, str]:
    """What the channel is, and where it was asked for: in the settings, or in a post."""
    if channel.kind == "custom":
        return f"[[feeds.custom]] `{channel.name}`", "[[feeds.custom]]"
    if channel.kind == "newsletter":
        return "the newsletter", "[newsletter] archive"
    if channel.kind in TAXONOMIES:
        field = TAXONOMIES[channel.kind].field
        return f"the {field} `{channel.name}`", channel.posts[0].path
    return "the site", "[output.names]"


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
