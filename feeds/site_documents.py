"""Channels → documents: every file of the site, in the order to write them in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeds import aliases
from feeds.builders import opml, page
from feeds.formats import FORMATS, HASH_MARK
from feeds.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from feeds.model import Channel
    from feeds.settings import Settings, Workspace


def documents(planned: Sequence[Channel], workspace: Workspace) -> Iterator[Document]:
    """Yield every file, first those that others link to: archives, terms, the site's own feeds, the lists.

    Feeds that had another place before are there as well, byte for byte: hosts that cannot redirect serve
    readers all the same. Raises ConfigError when the site's own template does not work.
    """
    settings = workspace.settings
    former = _former(settings.feeds.aliases)
    for channel in reversed(planned):
        for part in (*channel.archives, channel):
            for feed in part.feeds:
                document = Document(path=feed.path, data=FORMATS[feed.format].build(part, feed, settings))
                yield document
                yield from (replace(document, path=path) for path in former.get(feed.path, ()))
    names = settings.output.names
    yield Document(path=names.opml, data=opml.build(planned, settings))
    yield Document(path=names.page, data=page.build(planned, settings, workspace.root))
    if lines := redirects(planned, settings):
        yield Document(path=names.redirects, data="\n".join((HASH_MARK, *lines, "")).encode())


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


def _former(given: Mapping[str, str]) -> dict[str, list[str]]:
    """The files at the old places of each feed."""
    places: dict[str, list[str]] = {}
    for old, new in given.items():
        places.setdefault(new, []).append(aliases.file_of(old, new))
    return places
