"""Under which keys front matter says what, where each value stands, and what a value says as text.

Front matter is open, for other generators share the files: keys that are not ours are left alone. Ours are
found in any case, with or without `_` and `-` (`publishDate`, `publish_date`), and in the spellings of Hugo,
Jekyll, Zola, Eleventy, Pelican, Hexo, Nikola, Docusaurus, Astro, Gatsby and Obsidian.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from feeds.content.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.content.front_matter import FrontMatter
    from feeds.content.yaml_text import Place, Value

# What is said of an episode, in a mapping of its own or at the top of the front matter.
EPISODE = {
    "season": ("season", "seasonnumber"),
    "number": ("number", "episode", "episodenumber"),
    "display": ("display",),
    "kind": ("episodetype", "kind", "type"),
    "explicit": ("explicit",),
    "duration": ("duration", "durationformatted"),
    "image": ("image", "cover", "artwork", "poster", "episodeimage", "episodecover", "episodeartwork"),
    "transcripts": ("transcripts", "transcript", "transcripturl"),
    "chapters": ("chapters", "chaptersurl", "chaptersfile"),
    "people": ("people", "persons", "person", "contributors"),
    "hosts": ("hosts", "host"),
    "guests": ("guests", "guest"),
}
# At the top these may say anything, unless a prefix says that they are of an episode.
_VAGUE = frozenset(
    {"number", "display", "kind", "type", "image", "cover", "artwork", "poster", "person", "contributors"}
)
_PREFIXES = ("itunes", "itunes:", "podcast", "podcast:")
PREFIXED = {
    f"{prefix}{spelling}": field
    for field, spellings in EPISODE.items()
    for spelling in spellings
    for prefix in _PREFIXES
    if spelling != "host"  # which `podcast_host` is to its files
}
UNPREFIXED = {
    spelling: field
    for field, spellings in EPISODE.items()
    for spelling in spellings
    if spelling not in _VAGUE
}

# One row per field: the spellings of its key, the first one present wins.
KEYS = {
    "title": ("title",),
    "published": (
        *("date", "pubdate", "publishdate", "publisheddate", "datepublished", "publishedat", "publishedon"),
        *(
            "published",
            "pubdatetime",
            "publicationdate",
            "postdate",
            "created",
            "createdat",
            "createdon",
            "createddate",
            "datecreated",
        ),
    ),
    "embargo": ("publishdate",),
    "updated": (
        *("updated", "lastmod", "lastmodifiedat", "lastmodified", "modified", "modifieddate", "datemodified"),
        *("updatedat", "updatedon", "updateddate", "dateupdated", "moddatetime", "lastupdated", "lastupdate"),
    ),
    "expires": ("expirydate", "expires", "expiry", "unpublishdate"),
    "categories": ("categories", "category"),
    "tags": ("tags", "tag", "keywords"),
    "authors": ("authors", "author", "by", "byline"),
    "summary": ("description", "summary", "subtitle", "excerpt"),
    "slug": ("slug", "abbrlink", "urlname"),  # the last two are of plugins for Hexo
    "url": ("url", "permalink", "path"),
    "aliases": ("aliases", "alias", "redirectfrom"),
    "id": ("id", "guid"),
    "language": ("language", "lang", "locale"),
    "direction": ("direction", "dir"),
    "image": (
        *("image", "cover", "coverimage", "thumbnail", "featuredimage", "featureimage", "heroimage"),
        *("headerimage", "headerimg", "previewimage", "socialimage", "ogimage", "images"),
    ),
    "enclosures": (
        "mediaoverride",  # of Castanet, a theme of Hugo's: played in the place of the others
        *("enclosure", "enclosures", "podcast", "episode", "audio", "audiourl", "audiofile", "mp3", "mp3url"),
        *("podcastfile", "podcasturl", "podcastlink", "file", "url", "link"),
    ),
    "media_folder": ("mediasubpath", "imgpath"),  # of Chirpy, a theme of Jekyll's
    "newsletter": ("newsletter",),
    "in_feeds": (
        *("feed", "feeds", "rss", "infeed", "infeeds", "inrss", "includeinfeed", "includeinfeeds"),
        *("includeinrss", "showinfeed", "showinfeeds", "showinrss", "generatefeed", "generatefeeds"),
        *("excludefromfeed", "excludefromfeeds", "excludefromrss", "feedexclude", "rssexclude"),
        *("excludefeed", "excluderss", "disablefeed", "disablefeeds", "disablerss", "nofeed", "norss"),
        *("hidefromfeed", "hidefromfeeds", "hidefromrss", "hidefeed", "hiderss", "hiddeninfeed"),
        *("hiddeninrss", "hiddenfromfeed", "hiddenfromrss", "skipfeed", "skiprss", "feedignore"),
        *("rssignore", "ignorefeed", "ignorerss"),
    ),
    "extent": ("feedcontent", "feedextent", "rsscontent", "feedfulltext", "rssfulltext"),
    "deleted": ("deleted", "deletedat", "deletedon", "withdrawn", "withdrawnat", "withdrawnon"),
    "corrections": ("corrections", "correction"),
    "comments": (
        *("commentsurl", "commenturl", "commentslink", "commentlink", "discussionurl", "discussionlink"),
        *("discussion", "mastodontooturl", "mastodonurl", "tooturl", "comments", "comment"),
        *("disablecomments", "nocomments", "hidecomments", "commentstatus"),
    ),
    "rights": ("rights", "license", "licence", "copyright"),
    "via": ("via", "viaurl", "vialink", "hattip"),
    "subject": (
        *("linkurl", "linkto", "externalurl", "externallink", "originalurl", "bookmarkof", "likeof"),
        *("repostof", "link"),
    ),
    "origin": ("origin", "source"),
    "episode": ("podcast", *UNPREFIXED, *PREFIXED),
}
# Each of these says one thing of its own; `feeds.content.withheld` knows what.
SWITCHES = (
    *(
        "draft",
        "isdraft",
        "wip",
        "published",
        "ispublished",
        "publish",
        "dgpublish",
        "hidden",
        "hide",
        "unlisted",
    ),
    *("private", "eleventyexcludefromcollections", "headless", "build", "render", "status", "visibility"),
    "password",
)
# What belongs to a single post: as a default of many it could only be a pattern, which the settings have.
_OWN = frozenset(
    {
        *("url", "permalink", "path", "slug", "id", "guid", "aliases", "alias", "redirectfrom"),
        *(key for field in ("deleted", "corrections", "subject", "via") for key in KEYS[field]),
    }
)

# Zola and many Hugo themes group keys. Of a group that is not only ours, only these are taken.
_SHARED = frozenset(
    {
        *("author", "authors", "image", "cover", "lang", "enclosure", "enclosures"),
        *("audio", "audiourl", "audiofile", "mp3", "podcastfile", "podcasturl", "mediaoverride"),
        *(
            key
            for field in (
                *("in_feeds", "extent", "deleted", "corrections", "comments", "rights", "via", "subject"),
                *("origin", "episode"),
            )
            for key in KEYS[field]
        ),
    }
)
_GROUPS = {
    "taxonomies": None,
    "extra": _SHARED,
    "params": _SHARED,
    "eleventycomputed": frozenset({"permalink"}),
}

_YES = frozenset({"true", "yes", "on", "1", "y"})
_NO = frozenset({"false", "no", "off", "0", "n"})

NOWHERE: Place = (0, 0)
NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """A value, its key as written, and the key at the top that it stands under."""

    value: Value
    written: str
    top: str


class Keys:
    """The front matter's values, their places in the file and their keys as written, by folded key.

    `defaults` are values that hold where the front matter says nothing on their field; they have no place.
    `own` and `shared` are what the front matter and the defaults say by themselves.
    """

    def __init__(self, matter: FrontMatter, defaults: Mapping[str, Value] = NOTHING) -> None:
        self.own = flat(matter.values)
        self.shared = flat(defaults)
        entries = self.own | _unsaid(self.shared, self.own) if defaults else self.own
        self.values = {key: entry.value for key, entry in entries.items()}
        self.written = {key: entry.written for key, entry in entries.items()}
        self.places: dict[str, Place] = {
            key: matter.places.get(entry.top, (1, 1)) if entry is self.own.get(key) else NOWHERE
            for key, entry in entries.items()
        }

    def first(self, field: str) -> tuple[str, Value]:
        """The first spelling of `field` that says something, and its value."""
        for key in KEYS[field]:
            value = self.values.get(key)
            if value not in (None, "", [], {}):
                return key, value
        return "", None

    def said(self, **known: Place) -> dict[str, Place]:
        """Where the file itself says something, by field; of some it is `known` better."""
        places = {field: self.places.get(self.first(field)[0], NOWHERE) for field in KEYS} | known
        return {field: place for field, place in places.items() if place != NOWHERE}


def flat(values: Mapping[str, Value]) -> dict[str, Entry]:
    """The values by folded key, with those from groups."""
    entries = {fold(key): Entry(value, key, key) for key, value in values.items()}
    for group, taken in _GROUPS.items():
        nested = entries[group].value if group in entries else None
        for key, value in nested.items() if isinstance(nested, dict) else ():
            # What stands at the top wins.
            if fold(key) not in entries and (taken is None or fold(key) in taken):
                entries[fold(key)] = Entry(value, key, entries[group].written)
    return entries


def over(nearer: Mapping[str, Value], farther: Mapping[str, Value]) -> dict[str, Value]:
    """Defaults of a folder, and those of the folders around it where it says nothing on their field."""
    left = _unsaid(flat(farther), flat(nearer), shared=True)
    return {entry.written: entry.value for entry in left.values()} | dict(nearer)


def said(value: Value) -> bool:
    """Whether a value says anything; an empty list says that there is to be none."""
    return value not in (None, "")


def _unsaid(
    defaults: Mapping[str, Entry], own: Mapping[str, Entry], *, shared: bool = False
) -> dict[str, Entry]:
    """Those `defaults` on whose field, in whatever spelling, `own` says nothing."""
    spoken = {key for key, entry in own.items() if said(entry.value)}
    covered = spoken | {
        key for field in KEYS.values() if not spoken.isdisjoint(field) for key in field if key not in SWITCHES
    }
    return {
        key: entry
        for key, entry in defaults.items()
        if key not in covered and (shared or key not in _OWN or truth(entry.value) is False)
    }


def fold(key: str) -> str:
    """A key as it is compared: `publish_date`, `Publish-Date` and `publishDate` are one."""
    return re.sub(r"[_\s-]", "", key).lower()


def line(value: Value) -> str:
    """One line of text; anything else is absent."""
    return one_line(value) if isinstance(value, str) else ""


def truth(value: Value) -> bool | None:
    """What a switch says, if it says anything."""
    text = line(value).lower()
    return True if text in _YES else False if text in _NO else None


def line_of(given: dict[str, Value], keys: Iterable[str]) -> str:
    """The text under the first of the folded `keys` that has one in a mapping; empty for none."""
    folded = {fold(key): value for key, value in reversed(given.items())}
    return next((text for key in keys if (text := line(folded.get(key)))), "")
