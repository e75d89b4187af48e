"""What podcast programs are told: tags of episodes in every feed, and those of the show in one."""

from __future__ import annotations

import uuid
from dataclasses import replace

import feedparser
import msgspec
import pytest
from lxml import etree

from feeds.builders import _podcast
from feeds.model import Enclosure, Episode, Participant
from feeds.settings import Podcast, Settings
from written import (
    EPISODE,
    EVERYTHING,
    ITUNES,
    NOBODY,
    PODCAST,
    SETTINGS,
    SLIDES,
    WEB,
    atom,
    built,
    chained,
    channel,
    json_item,
    post,
    rss,
    rss_item,
    texts,
)

NAMES = {"itunes": ITUNES[1:-1], "podcast": PODCAST[1:-1]}
GUID = "ead4c236-bf58-58c6-a2c6-a6b28d128cb6"
SHOW = Podcast(
    channel="site",
    author="Ada & friends",
    owner="Ada Ito <show@example.org>",
    image="/cover.jpg",
    categories=["Society & Culture > Documentary", "Technology"],
    explicit="yes",
    type="serial",
    medium="music",
    locked="yes",
    funding="https://fund.example/",
)


def podcast(**changes: object) -> Settings:
    """The settings of a site with a podcast."""
    return msgspec.structs.replace(SETTINGS, podcast=msgspec.structs.replace(SHOW, **changes))


def show(config: Settings, **changes: object) -> etree._Element:
    """The channel of the podcast's feed."""
    return rss(channel(post(**EVERYTHING), is_podcast=True, **changes), config)


def said(element: etree._Element) -> list[tuple[str, str, dict[str, str]]]:
    """The podcast's elements right below `element`: name, text and attributes, in order."""
    prefixes = {namespace: prefix for prefix, namespace in NAMES.items()}
    return [
        (f"{prefixes[name.namespace]}:{name.localname}", (child.text or "").strip(), dict(child.attrib))
        for child in element
        if (name := etree.QName(child)).namespace in prefixes
    ]


def test_an_episode() -> None:
    """Everything that the post says of itself as an episode, in both vocabularies."""
    assert [
        ("itunes:duration", "1805", {}),
        ("itunes:season", "2", {}),
        ("itunes:episode", "7", {}),
        ("itunes:episodeType", "bonus", {}),
        ("itunes:explicit", "false", {}),
        ("itunes:image", "", {"href": f"{WEB}/cover-7.jpg"}),
        ("podcast:season", "2", {}),
        ("podcast:episode", "7", {}),
        (
            "podcast:transcript",
            "",
            {"url": f"{WEB}/7.vtt", "type": "text/vtt", "language": "pt", "rel": "captions"},
        ),
        ("podcast:transcript", "", {"url": f"{WEB}/7.txt", "type": "text/plain"}),
        ("podcast:chapters", "", {"url": f"{WEB}/7.json", "type": "application/json+chapters"}),
        (
            "podcast:person",
            "Di Ng",
            {"role": "guest", "group": "cast", "img": f"{WEB}/di.jpg", "href": "https://di.example/"},
        ),
        ("podcast:person", "Cy", {}),
    ] == said(rss_item(channel(post(**EVERYTHING)), podcast()))


def test_feedparser_reads_an_episode() -> None:
    """A program that knows nothing of us finds what Apple's tags say."""
    (entry,) = feedparser.parse(built("rss", channel(post(**EVERYTHING)), podcast())).entries
    assert ("1805", "2", "7", "bonus") == (
        entry.itunes_duration,
        entry.itunes_season,
        entry.itunes_episode,
        entry.itunes_episodetype,
    )
    assert f"{WEB}/cover-7.jpg" == entry.image.href


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ({"enclosures": (EPISODE,)}, []),
        ({"episode": Episode()}, []),
        ({"episode": Episode(people=(Participant(name=" "),))}, []),
        ({"enclosures": (replace(EPISODE, duration=61),), "authors": ()}, [("itunes:duration", "61", {})]),
        ({"enclosures": (replace(SLIDES), replace(EPISODE, duration=61)), "authors": ()}, [("itunes:duration", "61", {})]),
        ({"episode": Episode(explicit=True), "authors": ()}, [("itunes:explicit", "true", {})]),
        ({"episode": Episode(number=15.5)}, [("podcast:episode", "15.5", {})]),
        ({"episode": Episode(season_name="The sea", display="Ch. 3")}, []),
        ({"episode": Episode(season=2, number=3, season_name="The <i>sea", display=" Ch. 3\x00"), "authors": ()}, [
            ("itunes:season", "2", {}),
            ("itunes:episode", "3", {}),
            ("podcast:season", "2", {"name": "The <\u2060i>sea"}),
            ("podcast:episode", "3", {"display": "Ch. 3"}),
        ]),
        ({"episode": Episode(chapters="https://e.org/c.json")}, [
            ("podcast:chapters", "", {"url": "https://e.org/c.json", "type": "application/json+chapters"}),
        ]),
    ],
)  # fmt: skip
def test_an_episode_says_only_what_it_was_told(says: dict[str, object], expected: object) -> None:
    """A post with a recording and no more is told as one: no tag is there for its own sake."""
    assert expected == said(rss_item(channel(post(**says)), podcast()))


def test_the_show() -> None:
    """The podcast's feed has what directories ask for: cover, categories, owner, and an id that lasts."""
    top = show(podcast())
    assert [
        ("itunes:author", "Ada & friends", {}),
        ("itunes:image", "", {"href": f"{WEB}/cover.jpg"}),
        ("itunes:category", "", {"text": "Society & Culture"}),
        ("itunes:category", "", {"text": "Technology"}),
        ("itunes:explicit", "true", {}),
        ("itunes:owner", "", {}),
        ("itunes:type", "serial", {}),
        ("podcast:guid", str(uuid.uuid5(uuid.UUID(GUID), "example.org/rss.xml")), {}),
        ("podcast:medium", "music", {}),
        ("podcast:locked", "yes", {"owner": "show@example.org"}),
        ("podcast:funding", "The harbour", {"url": "https://fund.example/"}),
    ] == said(top)
    assert ["Documentary"] == top.xpath("itunes:category/itunes:category/@text", namespaces=NAMES)
    assert ["Ada Ito", "show@example.org"] == top.xpath("itunes:owner/*/text()", namespaces=NAMES)
    assert "en" == top.findtext("language")


def test_a_show_of_which_little_is_known() -> None:
    """The site stands in for who makes it and for its cover, and its author for the owner."""
    bare = podcast(author="", owner="", image="", categories=[], locked="no", funding="", explicit="no")
    config = msgspec.structs.replace(bare, site=msgspec.structs.replace(bare.site, icon="/icon.png"))
    assert [
        ("itunes:author", "Ada Ito", {}),
        ("itunes:image", "", {"href": f"{WEB}/icon.png"}),
        ("itunes:explicit", "false", {}),
        ("itunes:owner", "", {}),
    ] == said(show(config))[:4]
    assert ["ada@example.org"] == texts(show(config), f"{ITUNES}owner/{ITUNES}email")
    assert [{"owner": "ada@example.org"}] == [
        dict(found.attrib) for found in show(config).iter(f"{PODCAST}locked")
    ]


def test_a_show_of_nobody() -> None:
    """Nobody's address is made up."""
    top = rss(channel(is_podcast=True), msgspec.structs.replace(NOBODY, podcast=Podcast(channel="site")))
    assert ["The harbour"] == texts(top, f"{ITUNES}author")
    assert [[], [{}]] == [
        top.findall(f"{ITUNES}owner"),
        [dict(found.attrib) for found in top.iter(f"{PODCAST}locked")],
    ]


def test_an_owner_without_a_name() -> None:
    """An address alone is enough."""
    owner = show(podcast(owner="show@example.org")).find(f"{ITUNES}owner")
    assert [(f"{ITUNES}email", "show@example.org")] == [(child.tag, child.text) for child in owner]


@pytest.mark.parametrize(
    ("url", "expected"),
    [  # the examples of the tag's own documentation
        ("https://podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("http://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("https://podnews.net/rss//", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_the_id_of_a_podcast(url: str, expected: str) -> None:
    """It is made from the feed's address as everybody makes it, whatever scheme and slashes it has."""
    assert expected == _podcast.guid(url)


@pytest.mark.parametrize(
    "identity",
    ["urn:uuid:0b3ae6f4-6d5e-4a6c-9a26-7d1f0e4b5c11", "https://old.example/", "tag:a.example,2020:x"],
)
def test_the_id_of_a_podcast_is_of_the_site_that_has_one(identity: str) -> None:
    """Neither another domain nor another name of the feed changes it."""
    config = podcast()
    config = msgspec.structs.replace(config, site=msgspec.structs.replace(config.site, id=identity))
    moved = msgspec.structs.replace(config.site, url="https://new.example/shows")
    source = channel(post(), is_podcast=True)
    feeds = tuple(replace(feed, url=f"https://new.example/{feed.path}/x") for feed in source.feeds)
    found = {
        *texts(rss(source, config), f"{PODCAST}guid"),
        *texts(rss(chained(source, current="2"), config), f"{PODCAST}guid"),
        *texts(
            rss(replace(source, feeds=feeds), msgspec.structs.replace(config, site=moved)), f"{PODCAST}guid"
        ),
    }
    assert {str(uuid.uuid5(uuid.UUID(GUID), identity))} == found


def test_the_id_of_a_podcast_lasts() -> None:
    """What the settings give wins, and an archive has the id of the feed that it belongs to."""
    assert ["kept"] == texts(show(podcast(guid="kept")), f"{PODCAST}guid")
    source = channel(post(), is_podcast=True)
    archive = chained(source, previous="1", current="2")
    assert texts(rss(source, podcast()), f"{PODCAST}guid") == texts(rss(archive, podcast()), f"{PODCAST}guid")


def test_episodes_elsewhere() -> None:
    """A feed with an episode in it says what validators ask for beside that, and that it is no show to list."""
    names = [name for name, _, _ in said(rss(channel(post(**EVERYTHING)), podcast()))]
    shown = {"itunes:category", "itunes:explicit", "itunes:owner", "itunes:author", "itunes:image"}
    assert shown | {"itunes:block"} == set(names)
    assert "itunes:block" not in [name for name, _, _ in said(show(podcast()))]


@pytest.mark.parametrize(
    ("source", "config"),
    [
        (channel(post(enclosures=(EPISODE,))), podcast()),  # no episode in the feed
        (channel(post(**EVERYTHING)), SETTINGS),  # no podcast in the settings
    ],
)
def test_feeds_that_are_no_podcast(source: object, config: Settings) -> None:
    """Nothing of a show is said where there is none."""
    assert [] == said(rss(source, config))  # type: ignore[arg-type]


def test_namespaces_are_declared_where_they_are_used() -> None:
    """A feed with an episode declares both, once and for all; Atom has nothing of podcasts ever."""
    root = rss(channel(post(**EVERYTHING)), podcast()).getparent()
    assert NAMES.items() <= root.nsmap.items()
    assert all(each.nsmap == root.nsmap for each in root.iter())
    assert not [
        each
        for each in atom(channel(post(**EVERYTHING), is_podcast=True), podcast()).iter()
        if "itunes" in each.tag
    ]


@pytest.mark.parametrize("says", [{}, {"enclosures": (replace(EPISODE, duration=61),)}, EVERYTHING])
@pytest.mark.parametrize("config", [SETTINGS, NOBODY, podcast(channel="")])
def test_without_a_podcast_in_the_settings(says: dict[str, object], config: Settings) -> None:
    """A site that names no podcast has nothing of one in its feeds, and keeps the recordings themselves."""
    source = channel(post(**says))
    root = rss(source, config).getparent()
    assert [] == [said(each) for each in root.iter() if said(each)]
    assert not set(NAMES.values()) & set(root.nsmap.values())
    data = built("rss", source, config)
    assert not [word for word in (b"itunes", b"podcast") if word in data]
    assert len(texts(root, "channel/item/enclosure")) == bool(says)


def test_long_labels_are_cut() -> None:
    """Programs show no more of a season's name, and of what stands for a number."""
    episode = Episode(season=1, number=1, season_name="s" * 300, display="d" * 300)
    item = rss_item(channel(post(episode=episode)), podcast())
    assert [128, 32] == [
        len(value)
        for name, _, attributes in said(item)
        if name[:8] == "podcast:"
        for value in attributes.values()
    ]


def test_all_of_an_episode_in_json() -> None:
    """The extension has what RSS has."""
    episode = Episode(season=2, number=15.5, season_name="The sea", display="Ch. 3")
    assert {"season": 2, "season_name": "The sea", "number": 15.5, "display": "Ch. 3"} == json_item(
        channel(post(episode=episode))
    )["_feedwright"]["episode"]


def test_long_names_are_cut() -> None:
    """Names are as long as directories take them."""
    top = show(podcast(author="a" * 300, owner=f"{'b' * 300} <show@example.org>"), title="t" * 300)
    assert [255] == [len(text) for text in texts(top, f"{ITUNES}author")]
    assert [255] == [len(text) for text in texts(top, f"{ITUNES}owner/{ITUNES}name")]
    assert [128] == [len(text) for text in texts(top, f"{PODCAST}funding")]
    person = Episode(people=(Participant(name="p" * 300),))
    assert [128] == [
        len(text) for text in texts(rss_item(channel(post(episode=person)), podcast()), f"{PODCAST}person")
    ]


def test_an_enclosure_that_cannot_be_played_has_no_length_in_time() -> None:
    """The duration told is that of the file which the item carries."""
    book = Enclosure(url=f"{WEB}/b.pdf", media_type="application/pdf", duration=5)
    assert ["61"] == texts(
        rss_item(channel(post(enclosures=(book, replace(EPISODE, duration=61)))), podcast()),
        f"{ITUNES}duration",
    )
