"""Channels → documents: every file of the site, in the order to write them in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeds import aliases, channels
from feeds.builders import issues, opml, page
from feeds.formats import FORMATS, HASH_MARK
from feeds.model import Document
from feeds.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from feeds.model import Channel, Letter
    from feeds.settings import Settings, Workspace


def documents(
    planned: Sequence[Channel], workspace: Workspace, letters: Sequence[Letter] = ()
) -> Iterator[Document]:
    """Yield every file, first those that others link to: archives, terms, the site's own feeds, the lists.

    `letters` are the newsletter's issues, whose pages come first. `planned` has their channel.

    Feeds that had another place before are there as well, byte for byte: hosts that cannot redirect serve
    readers all the same. Raises ConfigError when the site's own template does not work.
    """
    settings = workspace.settings
    former = _former(settings.feeds.aliases)
    yield from issues.documents(letters, settings, workspace.root)
    for channel in reversed(planned):
        for document in _feeds(channel, settings):
            yield document
            yield from (replace(document, path=path) for path in former.get(document.path, ()))
    names = settings.output.names
    yield Document(path=names.opml, data=opml.build(planned, settings))
    yield Document(path=names.page, data=page.build(planned, settings, workspace.root))
    if lines := redirects(planned, settings):
        yield Document(path=names.redirects, data="\n".join((HASH_MARK, *lines, "")).encode())


def of_newsletter(letters: Sequence[Letter], workspace: Workspace) -> tuple[Document, ...]:
    """Return the files that `letters` alone make: the pages of the newsletter and its feeds.

    They have the bytes that they have among all `documents`. Raises ConfigError as those do.
    """
    settings = workspace.settings
    channel = channels.of_issues(issues.entries(letters, settings), settings)
    feeds = _feeds(channel, settings) if channel else ()
    return (*issues.documents(letters, settings, workspace.root), *feeds)


def foreign_newsletter(paths: Sequence[str], settings: Settings) -> Problem:
    """What to say of the newsletter's files at whose `paths` are others that are not ours."""
    more = f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""
    return Problem(
        path=f"{settings.output.dir}/{paths[0]}",
        code="newsletter-foreign",
        message=f"this file is not ours, so the newsletter's is not written{more}",
        hint="move it, or set archive under [newsletter] to another folder",
        severity="note",
    )


def lost_issues(settings: Settings) -> Problem:
    """What to say of a site that has the newsletter's pages, and no record of any issue."""
    pages = f"{settings.output.dir}/{settings.newsletter.archive}"
    return Problem(
        path=settings.newsletter.issues,
        code="issue-unreadable",
        message=f"no issue is on record, and {pages} has pages of issues: they stay as they are",
        hint="take the folder from your version control, or remove the pages if the newsletter is over",
        severity="warning",
    )


def redirects(planned: Sequence[Channel], settings: Settings) -> tuple[str, ...]:
    """The rules that send readers on: `/from /to 301` for each of `[feeds.aliases]`.

    Netlify and Cloudflare Pages read them from `_redirects`. Hosts prefer a file to a rule or not; either is
    right, since the file has the same bytes.
    """
    served = {feed.path: urlsplit(feed.url).path for channel in planned for feed in channel.feeds}
    base = urlsplit(settings.site.url).path
    return tuple(
        f"{base}/{address} {served[new]} 301"
        for old, new in settings.feeds.aliases.items()
        if new in served
        for address in aliases.addresses_of(old)
    )


def _feeds(channel: Channel, settings: Settings) -> Iterator[Document]:
    """The feeds of a channel, behind those of its archives."""
    for part in (*channel.archives, channel):
        for feed in part.feeds:
            yield Document(path=feed.path, data=FORMATS[feed.format].build(part, feed, settings))


def _former(given: Mapping[str, str]) -> dict[str, list[str]]:
    """The files at the old places of each feed."""
    places: dict[str, list[str]] = {}
    for old, new in given.items():
        places.setdefault(new, []).append(aliases.file_of(old, new))
    return places
