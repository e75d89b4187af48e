"""Keys that are nearly ones that mean something: `catagories:`, `pulished:`."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from feeds.content.header_keys import KEYS, SWITCHES, fold, said
from feeds.content.withheld import keeps_back
from feeds.content.yaml_text import duplicate

if TYPE_CHECKING:
    from feeds.content.front_matter import FrontMatter
    from feeds.content.header_keys import Keys
    from feeds.problems import Findings

_SPELLINGS = (*(spelling for row in KEYS.values() for spelling in row), *SWITCHES)
_KNOWN = frozenset(_SPELLINGS)
# Short words, and words with many neighbours: to be near to one of these means nothing.
_CROWDED = frozenset(
    {
        *("file", "path", "episode", "build", "render", "locale"),
        *("audiofile", "audiourl", "mp3url", "podcastfile", "podcasturl", "imgpath"),
    }
)
# Everyday words, which others use for much else; of these fields only what is long and plain can be missed.
_EVERYDAY = ("in_feeds", "extent", "corrections", "comments", "rights", "via", "subject", "origin", "episode")
_PLAIN = frozenset(
    {
        *(
            "excludefromfeed",
            "excludefromfeeds",
            "excludefromrss",
            "disablefeed",
            "feedcontent",
            "hidefromfeed",
        ),
        *("correction", "corrections", "discussionurl", "externalurl", "itunesepisode", "itunesduration"),
        *("itunesexplicit", "podcast"),
    }
)
_QUIET = frozenset(spelling for field in _EVERYDAY for spelling in KEYS[field]) - _PLAIN
_MEANT = tuple(
    spelling
    for spelling in dict.fromkeys(_SPELLINGS)
    if len(spelling) >= 4 and spelling not in _CROWDED | _QUIET  # noqa: PLR2004 - letters
)
_LONG = 7  # letters of a key that may have two slips
_MOST = 24  # letters of a key that is looked at
_MOST_KEYS = 100  # of one post
# Which know no key `tag`; others read it, and of most we do not know.
_PLURAL = frozenset({"docusaurus", "eleventy", "hugo", "nikola", "pelican", "zola"})

# Keys of generators, themes and people that are near to one of ours, and mean something else.
_OTHERS = frozenset(
    {
        *(
            "data",
            "gate",
            "late",
            "rate",
            "state",
            "tab",
            "tabs",
            "tagged",
            "tagline",
            "link",
            "long",
            "plug",
        ),
        *("tile", "title2", "stats", "statuses", "over", "color", "core", "code", "pass", "passwords"),
        *(
            "publisher",
            "public",
            "privacy",
            "creator",
            "creators",
            "related",
            "updates",
            "updater",
            "modifier",
        ),
        *(
            "directory",
            "directions",
            "directed",
            "except",
            "languages",
            "listed",
            "lists",
            "audience",
            "audit",
        ),
        *("expired", "expert", "experts", "heading", "headline", "imaged", "summaries", "subtype"),
        *(
            "podcasts",
            "collection",
            "collections",
            "connection",
            "connections",
            "thumbnails",
            "drift",
            "draught",
            "pubdata",
            "uuid",
            "lastmodifiedby",
            "subtitled",
            "cuid",
            "seotitle",
        ),
    }
)


def note(matter: FrontMatter, keys: Keys, dialect: str, findings: Findings) -> None:
    """Note the keys at the top that are probably meant to be one of ours, which is not there.

    Warn of one that was to keep the post back, and does not, and of one of ours that is there in two
    spellings, such as `Date` and `date`.
    """
    written_before: dict[str, str] = {}
    for written in islice(matter.values, _MOST_KEYS):
        key = fold(written)
        place = matter.key_places.get(written, matter.places.get(written, (1, 1)))
        if said(matter.values[written]):
            before = written_before.setdefault(key, written)
            if before != written and key in _KNOWN:
                duplicate(written, matter.key_places.get(before, (1, 1))[0], place, findings)
        if key == "tag" and dialect in _PLURAL and not said(keys.values.get("tags")):
            findings.add(
                "note", "key-misspelt", f"`{written}` is read as `tags`", at=place, hint="write `tags`"
            )
        target = nearest(key)
        if not target or said(keys.values.get(target)):
            continue
        if keeps_back(target, matter.values[written]) and said(matter.values[written]):
            findings.add(
                "warning",
                "key-misspelt",
                f"there is no key `{written}`, so it does not keep the post back",
                at=place,
                hint=f"did you mean `{target}`?",
            )
            continue
        if any(said(keys.values.get(other)) for other in _field(target)):
            continue
        findings.add(
            "note",
            "key-misspelt",
            f"there is no key `{written}`",
            at=place,
            hint=f"did you mean `{target}`?",
        )


def _field(spelling: str) -> tuple[str, ...]:
    """The spellings that say the same as this one."""
    return next((row for row in KEYS.values() if spelling in row), (spelling,))


@lru_cache(maxsize=4096)
def nearest(key: str) -> str:
    """The key of ours that a folded key is nearly, or nothing.

    One letter may be wrong, missing, too many or changed places with the next; in a long key, two.
    """
    if key in _KNOWN or key in _OTHERS or len(key) > _MOST:
        return ""
    best, fewest = "", 3
    for spelling in _MEANT:
        # The plural of a key is mostly a thing of its own.
        if key == spelling + "s" or abs(len(key) - len(spelling)) >= fewest:
            continue
        slips = _distance(key, spelling)
        allowed = 2 if min(len(key), len(spelling)) >= _LONG and key[0] == spelling[0] else 1
        if slips <= allowed and slips < fewest:
            best, fewest = spelling, slips
    return best


def _distance(one: str, other: str) -> int:
    """How many letters have to be put in, left out, replaced or changed places with the next."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, wanted in enumerate(other, start=1):
            slips = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                slips = min(slips, before[column - 2] + 1)
            line.append(slips)
        before, above = above, line
    return above[-1]
