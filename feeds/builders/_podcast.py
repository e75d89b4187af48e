"""What podcast programs are told in RSS, the one format they all read: Apple's tags and Podcasting 2.0.

An episode's tags depend on its post and on whether the site has a podcast at all, and stand in every feed
that the post appears in. Those of the show are for the feed that the settings name; the part of them that
Apple's tags in an item call for (W3C feed validator, "Missing itunes element") stands wherever there is such
an item.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from feeds import mailboxes
from feeds.body import addresses
from feeds.builders._elements import ITUNES, PODCAST, Element, element
from feeds.builders._entry import told
from feeds.model import Episode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeds.builders._entry import Entry, Head
    from feeds.model import Person
    from feeds.settings import Settings

_SHOWS = uuid.UUID(
    "ead4c236-bf58-58c6-a2c6-a6b28d128cb6"
)  # the namespace of podcasts (Podcasting 2.0, `guid`)
_LONGEST_NAME = 255  # characters of an author's or owner's name (W3C feed validator, "Too long")
_LONGEST_LABEL = (
    128  # characters that programs show of a person, a link or a season (Podcasting 2.0, `person` …)
)
_LONGEST_DISPLAY = (
    32  # characters that are shown in the place of an episode's number (Podcasting 2.0, `episode`)
)
_CHAPTERS = "application/json+chapters"


def of_entry(entry: Entry, settings: Settings) -> Iterator[Element]:
    """Yield what is known of an entry as an episode: nothing when its author says nothing of the kind.

    Nothing either when the settings name no podcast: validators would miss what only they can say.
    There is no itunes:title, summary or author: they would repeat the item's own, which are read instead.
    """
    if not settings.podcast.channel:
        return
    episode = entry.episode or Episode()
    said = [
        _itunes("duration", _number(max((file.duration for file in entry.enclosures[:1]), default=0))),
        _itunes("season", _number(episode.season)),
        # Apple counts whole episodes only.
        _itunes("episode", _number(episode.number) if episode.number == int(episode.number) else ""),
        _itunes("episodeType", episode.kind),
        _itunes("explicit", {None: "", True: "true", False: "false"}[episode.explicit]),
        element(f"{{{ITUNES}}}image", href=episode.image),
    ]
    yield from (each for each in said if each.text or each.attributes)
    yield from _of_episode(episode)


def _of_episode(episode: Episode) -> Iterator[Element]:
    if episode.season:
        yield _podcast("season", _number(episode.season), name=episode.season_name[:_LONGEST_LABEL])
    if episode.number:
        yield _podcast("episode", _number(episode.number), display=episode.display[:_LONGEST_DISPLAY])
    for file in episode.transcripts:
        yield _podcast(
            "transcript",
            url=file.url,
            type=file.media_type,
            language=file.language,
            rel="captions" if file.captions else "",
        )
    if episode.chapters:
        yield _podcast("chapters", url=episode.chapters, type=_CHAPTERS)
    for person in (each for each in episode.people if each.name.strip()):
        yield _podcast(
            "person",
            person.name[:_LONGEST_LABEL],
            role=person.role,
            group=person.group,
            img=person.image,
            href=person.url,
        )


def of_feed(
    head: Head, settings: Settings, entries: Iterable[Entry], *, is_podcast: bool
) -> Iterator[Element]:
    """Yield what is known of the show: all of it in its own feed, elsewhere what its episodes call for."""
    apple = f"{{{ITUNES}}}"
    has_episode = any(each.name.startswith(apple) for entry in entries for each in entry.extras)
    if is_podcast or has_episode:
        yield from _of_show(head, settings)
    if is_podcast:
        yield from _of_channel(head, settings)
    elif has_episode:  # a directory must not take it for a show of its own
        yield _itunes("block", "yes")


def _of_show(head: Head, settings: Settings) -> Iterator[Element]:
    show = settings.podcast
    author = told(show.author) or (head.author.name if head.author else head.title)
    yield _itunes("author", author[:_LONGEST_NAME])
    if cover := show.image or settings.site.icon:
        yield element(f"{{{ITUNES}}}image", href=addresses.url(cover, settings.site.url))
    for category in show.categories:
        outer, _, inner = (part.strip() for part in category.partition(">"))
        within = (element(f"{{{ITUNES}}}category", text=inner),) if inner else ()
        yield element(f"{{{ITUNES}}}category", "", *within, text=outer)
    yield _itunes("explicit", "true" if show.explicit == "yes" else "false")
    if owner := _owner(head, settings):
        name = (_itunes("name", told(owner.name)[:_LONGEST_NAME]),) if owner.name else ()
        yield element(f"{{{ITUNES}}}owner", "", *name, _itunes("email", owner.email))


def _of_channel(head: Head, settings: Settings) -> Iterator[Element]:
    show = settings.podcast
    owner = _owner(head, settings)
    yield _itunes("type", show.type)
    yield _podcast("guid", show.guid or _guid(head, settings))
    yield _podcast("medium", show.medium)
    yield _podcast("locked", show.locked, owner=owner.email if owner else "")
    if show.funding:
        yield _podcast("funding", head.title[:_LONGEST_LABEL], url=show.funding)


def _owner(head: Head, settings: Settings) -> Person | None:
    """Whom directories write to: an address that the settings give to be published, or nobody."""
    author = head.author if head.author and head.author.email else None
    return mailboxes.mailbox(settings.podcast.owner) or author


def _guid(head: Head, settings: Settings) -> str:
    """The id of the podcast: that which lasts when the site or the feed moves, if the settings have one."""
    lasting = settings.site.id
    return str(uuid.uuid5(_SHOWS, lasting)) if lasting else guid(head.current or head.url)


def guid(url: str) -> str:
    """Return the lasting id of the podcast whose feed is at `url` (Podcasting 2.0, `guid`)."""
    return str(uuid.uuid5(_SHOWS, url.partition("://")[2].rstrip("/")))


def _itunes(name: str, text: str) -> Element:
    return element(f"{{{ITUNES}}}{name}", text)


def _podcast(name: str, text: str = "", /, **attributes: str) -> Element:
    return element(f"{{{PODCAST}}}{name}", text, **attributes)


def _number(number: float) -> str:
    return str(number) if number > 0 else ""
