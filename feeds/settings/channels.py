"""`[feeds]` and `[podcast]`: what can be subscribed to, and what an entry holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta as Key
from msgspec import Struct, field

from feeds.formats import FORMATS

if TYPE_CHECKING:
    FormatName = str
else:
    FormatName = Literal[tuple(FORMATS)]  # mypy knows no literals that are made


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is different for one channel, or for one grouping: `[feeds.channels."tags/python"]`."""

    title: Annotated[
        str,
        Key(description="its name, instead of the site's with the term behind it; `{name}` is the term"),
    ] = ""
    description: Annotated[
        str, Key(description="one sentence about it, instead of the site's; `{name}` is the term")
    ] = ""
    home: Annotated[
        str,
        Key(
            description="its page on the site: an address, or a path such as `/tags/{slug}/`, where "
            "`{slug}` is what the site's generator makes of the term"
        ),
    ] = ""
    limit: Annotated[int, Key(ge=0, description="how many posts it holds; 0 for `[feeds] limit`")] = 0
    content: Annotated[
        Literal["default", "full", "summary"],
        Key(description="what its entries carry; `default` is `[feeds] content`"),
    ] = "default"
    formats: Annotated[
        list[FormatName],
        Key(
            description="the formats it is written in; none for `[feeds] formats`",
            extra_json_schema={"uniqueItems": True},
        ),
    ] = field(default_factory=list)


class Custom(Options, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed of the site's own choice: those posts that `where` is true of."""

    name: Annotated[
        str,
        Key(
            min_length=1,
            description="what it is called, and its folder below the output folder, such as `podcast`",
        ),
    ]
    where: Annotated[
        str,
        Key(
            min_length=1,
            description='which posts it holds, such as `tag:python and not category:"week notes"`',
        ),
    ]


class Feeds(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which feeds are written, and what an entry holds."""

    formats: Annotated[
        list[FormatName],
        Key(
            min_length=1,
            description="the formats that every channel is written in",
            extra_json_schema={"uniqueItems": True},
        ),
    ] = field(default_factory=lambda: list(FORMATS))
    limit: Annotated[int, Key(ge=1, description="how many of the newest posts a feed holds")] = 20
    max_bytes: Annotated[
        int,
        Key(
            ge=1024,
            le=5_000_000,
            description="the largest file a feed may be, since readers give up on large ones; the newest "
            "post is always there",
        ),
    ] = 500_000
    content: Annotated[
        Literal["full", "summary"],
        Key(
            description="whether entries carry the whole post or its summary; a post's own `feed_content:` "
            "wins"
        ),
    ] = "full"
    taxonomies: Annotated[
        list[Literal["categories", "tags", "authors", "sections", "languages"]],
        Key(
            description="the groupings that get a feed for each of their terms; `sections` are the folders "
            "of the posts, without those that only date them",
            extra_json_schema={"uniqueItems": True},
        ),
    ] = field(default_factory=lambda: ["categories", "tags", "authors"])
    archives: Annotated[
        Literal["site", "all", "none"],
        Key(
            description="which channels keep their older posts in archives (RFC 5005), where readers that "
            "want all of them find them: the site's own, all, or none"
        ),
    ] = "site"
    tombstones: Annotated[
        Literal["off", "on"],
        Key(
            description="whether Atom feeds say which posts were deleted (RFC 6721); validators do not know "
            "the element and remark on it"
        ),
    ] = "off"
    hubs: Annotated[
        list[str],
        Key(description="the addresses of WebSub hubs, which tell readers at once of what is new"),
    ] = field(default_factory=list)
    comments: Annotated[
        str,
        Key(
            description="where the comments on a post are, seen from it, such as `#comments`; a post's own "
            "`comments:` wins"
        ),
    ] = ""
    aliases: Annotated[
        dict[str, str],
        Key(
            description='where feeds were before: `"index.xml" = "rss.xml"`. The old place gets the same '
            "bytes, and hosts that read `_redirects` send readers on"
        ),
    ] = field(default_factory=dict)
    channels: Annotated[
        dict[str, Options],
        Key(
            description="what is different for `site`, for a grouping such as `tags`, or for one channel "
            "such as `tags/python`, one table for each"
        ),
    ] = field(default_factory=dict)
    custom: Annotated[
        list[Custom], Key(description="feeds of the site's own choice, one `[[feeds.custom]]` for each")
    ] = field(default_factory=list)


class Podcast(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The site's podcast, if it has one: what directories want to know of the whole."""

    channel: Annotated[
        str,
        Key(
            description="the channel that podcast programs subscribe to: `site`, `categories/show`, or the "
            'name of a custom feed such as one with `where = "has:enclosure"`'
        ),
    ] = ""
    author: Annotated[str, Key(description="who makes it, when that is not `[site] author`")] = ""
    owner: Annotated[
        str,
        Key(description="whom directories write to: `Name <mail@example.org>`, which the feed then shows"),
    ] = ""
    image: Annotated[
        str, Key(description="its cover, square, 1400 to 3000 pixels wide; without it `[site] icon`")
    ] = ""
    categories: Annotated[
        list[str],
        Key(description="Apple's names for what it is about: `Technology`, `Society & Culture > Philosophy`"),
    ] = field(default_factory=list)
    explicit: Annotated[Literal["no", "yes"], Key(description="whether it is for adults")] = "no"
    type: Annotated[
        Literal["episodic", "serial"],
        Key(description="`serial` when its episodes are to be heard from the first one on"),
    ] = "episodic"
    medium: Annotated[
        Literal["podcast", "music", "video", "film", "audiobook", "newsletter", "blog"],
        Key(description="what it is"),
    ] = "podcast"
    guid: Annotated[
        str,
        Key(
            description="its lasting UUID, if it had one before; else it is made from `[site] id`, or "
            "without that from the feed's address"
        ),
    ] = ""
    locked: Annotated[
        Literal["no", "yes"], Key(description="whether other hosts must not import it without asking")
    ] = "no"
    media: Annotated[
        str,
        Key(
            description="where the recordings, transcripts and chapters are that posts name by a bare "
            "`name.mp3` and that are not beside them: `https://cdn.example.org/show/`, or a path on the "
            "site; without it such names are looked for among the site's static files"
        ),
    ] = ""
    funding: Annotated[str, Key(description="where listeners can give money: an https address")] = ""
