"""What every format says the same way: who wrote it, when, filed under what, in which characters.

The formats agree because they start from the same `Head` and `Entry`. An entry depends on its post, on the
site's settings and on the channel's extent, and on nothing else of the channel: so the same bytes can serve
every feed that a post appears in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, TypeVar, cast

from feeds import authors, mailboxes
from feeds.body import addresses
from feeds.body.syndicated import syndicated
from feeds.content.text import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feeds.builders._elements import Element
    from feeds.model import Channel, Enclosure, Episode, Extent, Feed, Origin, Person, Post
    from feeds.settings import Settings

T = TypeVar("T")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A term that an entry is filed under. `scheme` is the absolute URL that tells categories from tags."""

    term: str
    scheme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a feed says about itself. `url` is its own address, `home_url` that of the page it belongs to.

    `previous` and `current` are those of `model.Feed`, and `hubs` what the feed is announced at. `extras` are
    the elements that a format adds.
    """

    id: str
    title: str
    description: str
    language: str
    url: str
    media_type: str
    home_url: str
    updated: datetime
    rights: str
    author: Person | None
    icon: str
    hubs: tuple[str, ...]
    previous: str
    current: str
    extras: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says about a post. `summary` is plain text; `html` is empty in a feed of summaries.

    `title` is empty for a note without one, and `label` is what stands in for it where it must. `language` is
    only set where it is not the site's. `links` and `extras` are the elements that a format adds.
    """

    id: str
    url: str
    title: str
    label: str
    published: datetime
    updated: datetime
    authors: tuple[Person, ...]
    categories: tuple[Category, ...]
    summary: str
    html: str
    language: str
    image: str
    enclosures: tuple[Enclosure, ...]
    comments: str
    rights: str
    via: str
    subject: str
    origin: Origin | None
    episode: Episode | None
    links: tuple[Element, ...] = ()
    extras: tuple[Element, ...] = ()


def legal(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids, which can make a whole feed unreadable.

    Content has passed the text gate already; settings, file names and what a template says have not.
    """
    return FORBIDDEN.sub("", text)


def told(text: str) -> str:
    """`text` for an element of plain text: legal, without blank space around it, and without tags.

    Readers that strip tags from titles would lose the `<div>` that a title is about, however it is escaped,
    and validators warn. With a word joiner behind it (U+2060), which nobody sees, `<` is text to all of them.
    """
    return _TAG.sub("<\u2060", legal(text).strip())


def cleaned(value: T) -> T:
    """`value` with all its text made legal, inside tuples and dataclasses too."""
    result: object = value
    if isinstance(value, str):
        result = legal(value)
    elif isinstance(value, tuple):
        result = tuple(cleaned(part) for part in value)
    elif is_dataclass(value) and not isinstance(value, type):
        result = replace(value, **{part.name: cleaned(getattr(value, part.name)) for part in fields(value)})
    return cast("T", result)


def instant(moment: datetime) -> datetime:
    """`moment` as the formats can write it: whole seconds, and an offset in whole minutes (RFC 3339, 5.6).

    Zones had offsets like +00:19:32 before they were standardised; such a moment is given in UTC.
    """
    moment = moment.replace(microsecond=0)
    offset = moment.utcoffset() or timedelta()
    return moment.astimezone(UTC) if offset % timedelta(minutes=1) else moment


def mail_date(moment: datetime) -> datetime:
    """`moment` as RSS and OPML write it (RFC 822): offsets like +05:45 are too rare for some programs.

    Such a moment is given in UTC (W3C feed validator, ProblematicalRFC822Date).
    """
    moment = instant(moment)
    offset = moment.utcoffset() or timedelta()
    return moment.astimezone(UTC) if offset % timedelta(minutes=30) else moment


def head_of(channel: Channel, feed: Feed, settings: Settings) -> Head:
    """What `feed` says about itself."""
    site = settings.site
    return cleaned(
        Head(
            id=channel.id,
            title=told(channel.title) or channel.home_url,
            description=told(channel.description),
            language=channel.language,
            url=feed.url,
            media_type=feed.media_type,
            home_url=channel.home_url,
            updated=instant(channel.updated),
            rights=told(site.copyright),
            author=next((_named(author) for author in authors.of_site(settings)), None),
            icon=addresses.url(site.icon, site.url) if site.icon else "",
            # Nothing is announced of an archive, which never changes.
            hubs=() if feed.current else tuple(addresses.url(hub, site.url) for hub in settings.feeds.hubs),
            previous=feed.previous,
            current=feed.current,
        )
    )


def entry_of(post: Post, settings: Settings, *, extent: Extent) -> Entry:
    """What any feed says about `post`."""
    return cleaned(
        Entry(
            id=post.id,
            url=post.url,
            title=told(post.title),
            label=told(post.title) or told(post.label) or post.url,
            published=instant(post.published),
            updated=instant(post.updated),
            authors=_authors(post),
            categories=tuple(_categories(post, settings)),
            summary=told(post.summary),
            html=_html(post) if (post.extent or extent) == "full" else "",
            language="" if post.language == settings.site.language else post.language,
            image=post.image,
            enclosures=tuple(replace(each, title=told(each.title)) for each in post.enclosures),
            comments=post.comments,
            rights=told(post.rights),
            via=post.via,
            subject=post.subject,
            origin=replace(post.origin, title=told(post.origin.title)) if post.origin else None,
            episode=_episode(post.episode) if post.episode else None,
        )
    )


def _authors(post: Post) -> tuple[Person, ...]:
    """Who wrote `post`, without mail addresses.

    People put their address into front matter for an avatar or a colleague, not for every harvester that
    reads feeds, and what was published once cannot be taken back. Only the address that the settings give
    as the site's own is published, by the feed and not by each entry.
    """
    return tuple(replace(_named(author), email="") for author in post.authors if told(author.name))


def _named(person: Person) -> Person:
    """Somebody as feeds call them; a mail address only if it is one of the net, its host in ASCII."""
    box = mailboxes.mailbox(person.email) if person.email else None
    is_of_the_net = box is not None and "." in box.email.rpartition("@")[2]
    return replace(person, name=told(person.name), email=box.email if box and is_of_the_net else "")


def _episode(episode: Episode) -> Episode:
    return replace(
        episode,
        people=tuple(replace(each, name=told(each.name)) for each in episode.people),
        season_name=told(episode.season_name),
        display=told(episode.display),
    )


def _categories(post: Post, settings: Settings) -> Iterator[Category]:
    for taxonomy, terms in (("categories", post.categories), ("tags", post.tags)):
        for term in filter(None, map(told, terms)):
            yield Category(term=term, scheme=f"{settings.site.url}/{taxonomy}/")


def _html(post: Post) -> str:
    """The post's HTML, which says itself when it runs from right to left: no feed format can say it."""
    html = syndicated(post.html)
    return f'<div dir="rtl">{html}</div>' if post.direction == "rtl" and html else html
