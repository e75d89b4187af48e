"""Where a feed is announced, where its older posts are, and what became of those that are gone."""

from __future__ import annotations

from datetime import datetime

import feedparser
import msgspec
import pytest
from lxml import etree

from feeds.formats import FORMATS
from feeds.model import Tombstone
from feeds.settings import Feeds
from written import (
    ATOM,
    HISTORY,
    LISBON,
    SETTINGS,
    TOMBSTONES,
    WEB,
    atom,
    built,
    chained,
    channel,
    links,
    post,
    rss,
)

HUBS = ["https://hub.example/", "https://hub2.example/?a=1&b=2"]
ANNOUNCED = msgspec.structs.replace(SETTINGS, feeds=Feeds(hubs=HUBS))
KEPT = msgspec.structs.replace(SETTINGS, feeds=Feeds(tombstones="on"))
READ = {"rss": rss, "atom": atom}
FILE = {"rss": "rss.xml", "atom": "atom.xml"}


def related(name: str, rel: str, **changes: str) -> list[str]:
    """Where the feed's links of one relation lead."""
    source = chained(channel(post()), **changes)
    return [link["href"] for link in links(READ[name](source, ANNOUNCED)) if link["rel"] == rel]


@pytest.mark.parametrize("name", READ)
def test_hubs(name: str) -> None:
    """Every hub is named in the feed, and none in an archive, of which nothing is ever announced."""
    assert HUBS == related(name, "hub")
    assert [] == related(name, "hub", previous="1", current="2")
    (found,) = [
        link for link in feedparser.parse(built(name, channel(), ANNOUNCED)).feed.links if link.rel == "hub"
    ][:1]
    assert HUBS[0] == found.href


@pytest.mark.parametrize("name", READ)
def test_the_chain_of_archives(name: str) -> None:
    """From the feed to the newest archive, from each to the one before, and from each back to the feed."""
    file = FILE[name]
    assert [f"{WEB}/archive/2/{file}"] == related(name, "prev-archive", previous="2")
    assert [] == related(name, "current", previous="2")
    assert [f"{WEB}/archive/1/{file}"] == related(name, "prev-archive", previous="1", current="2")
    assert [f"{WEB}/{file}"] == related(name, "current", previous="1", current="2")
    assert [] == related(name, "next-archive", previous="1", current="2")
    assert [f"{WEB}/archive/2/{file}"] == related(name, "self", previous="1", current="2")


@pytest.mark.parametrize("name", READ)
def test_an_archive_says_that_it_is_one(name: str) -> None:
    """The mark is there in archives only, and so is its namespace."""
    marked = READ[name](chained(channel(post()), previous="1", current="2"))
    assert 1 == len(marked.findall(f"{HISTORY}archive"))
    for plain in (channel(post()), chained(channel(post()), previous="2")):
        assert b"purl.org/syndication/history" not in built(name, plain)


def test_the_oldest_archive() -> None:
    """It says in RSS that it is one; in Atom, validators want a link to another for that, and it has none."""
    oldest = chained(channel(post()), current="1")
    assert 1 == len(rss(oldest).findall(f"{HISTORY}archive"))
    assert 0 == len(atom(oldest).findall(f"{HISTORY}archive"))
    assert [f"{WEB}/atom.xml"] == related("atom", "current", current="1")


def tombstones(*numbers: int) -> tuple[Tombstone, ...]:
    """What is left of some posts."""
    when = datetime(2026, 8, 2, 10, 0, 0, 5, tzinfo=LISBON)
    return tuple(Tombstone(post=post(number, html=""), when=when) for number in numbers)


def test_tombstones() -> None:
    """Atom tells which posts are gone and since when, before its entries, and not of a post that is back."""
    source = channel(post(1), tombstones=tombstones(7, 1, 8))
    feed = atom(source, KEPT)
    found = feed.findall(f"{TOMBSTONES}deleted-entry")
    assert [
        {"ref": f"tag:example.org,2026:post/{number}", "when": "2026-08-02T10:00:00+01:00"}
        for number in (7, 8)
    ] == [dict(each.attrib) for each in found]
    assert feed.index(found[-1]) < feed.index(feed.find(f"{ATOM}entry"))
    assert not feedparser.parse(built("atom", source, KEPT)).bozo


@pytest.mark.parametrize("name", FORMATS)
def test_tombstones_are_asked_for(name: str) -> None:
    """Nothing of them stands in a feed unless the settings say so, and then only in Atom."""
    source = channel(post(1), tombstones=tombstones(7))
    assert built(name, channel(post(1))) == built(name, source)
    assert (name == "atom") == (built(name, source) != built(name, source, KEPT))


def test_prefixes_stand_on_the_root() -> None:
    """Every namespace is declared once, on the root, by the prefix that everybody uses."""
    source = chained(channel(post(1), tombstones=tombstones(7)), previous="1", current="2")
    root = etree.fromstring(built("atom", source, KEPT))
    assert {"fh", "at", "media", None} == set(root.nsmap)
    assert all(each.nsmap == root.nsmap for each in root.iter())
