"""The feed formats, one row each. A new one is a row here and a builder's file.

Settings, channels, the subscribe page and publishing follow from the rows. This module imports no builder, so
that asking what formats exist costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.model import Channel, Feed
    from feeds.settings import Settings

MARK = "Feedwright"
"""The generator that every file we write names, so that publish can tell ours from somebody else's.

It names no version: an upgrade must not change the bytes of a feed whose posts did not change.
"""

COMMENT_MARK = f"<!-- written by {MARK} -->"
HASH_MARK = f"# written by {MARK}"  # the first line of files whose comments begin so

# Not the bare word: a post may well talk about us, but in its text every one of these would be escaped.
_MARKS = re.compile(
    rf"<generator[^<>]*>{MARK}</generator>|{COMMENT_MARK}|"
    rf'"_feedwright"|<meta name="generator" content="{MARK}">'.encode()
)
_MARK_WITHIN = 4096  # bytes from the start or the end of a file


def is_marked(data: bytes) -> bool:
    """Whether the start or the end of `data` says that it is ours."""
    if data.startswith(f"{HASH_MARK}\n".encode()):
        return True
    return bool(_MARKS.search(data[:_MARK_WITHIN]) or _MARKS.search(data[-_MARK_WITHIN:]))


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a channel down.

    `name` is also what `[feeds] formats` and the key in `[output.names]` call it, `file_name` the default
    there. `module` has `build(channel, feed, settings) -> bytes`.
    """

    name: str
    label: str
    media_type: str
    file_name: str
    module: str

    def build(self, channel: Channel, feed: Feed, settings: Settings) -> bytes:
        """Write `channel` as the bytes of `feed`."""
        builder = import_module(self.module)
        write = cast("Callable[[Channel, Feed, Settings], bytes]", builder.build)
        return write(channel, feed, settings)


FORMATS = {
    row.name: row
    for row in (
        Format("rss", "RSS", "application/rss+xml", "rss.xml", "feeds.builders.rss"),
        Format("atom", "Atom", "application/atom+xml", "atom.xml", "feeds.builders.atom"),
        Format("json", "JSON Feed", "application/feed+json", "feed.json", "feeds.builders.jsonfeed"),
    )
}
