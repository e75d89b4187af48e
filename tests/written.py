"""A channel to write down, and what its documents say, for the tests of all builders."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml import etree

from feeds.formats import FORMATS
from feeds.model import Channel, Enclosure, Episode, Feed, Origin, Participant, Person, Post, Transcript
from feeds.settings import Settings, Site
from samples import a_post

SITE = Site(
    title="The harbour",
    url="https://example.org",
    author="Ada Ito <ada@example.org>",
    copyright="CC BY 4.0",
)
SETTINGS = Settings(site=SITE)
NOBODY = Settings(site=Site(title="The harbour", url="https://example.org/", language="pt-BR"))
LISBON = ZoneInfo("Europe/Lisbon")
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"
MEDIA = "{http://search.yahoo.com/mrss/}content"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
EPISODE = Enclosure(url="https://cdn.example.org/1.mp3", media_type="audio/mpeg", length=4096)
SLIDES = Enclosure(url="https://cdn.example.org/1.pdf", media_type="application/pdf")


WEB = "https://example.org"
LATER = datetime(2026, 8, 1, 7, tzinfo=LISBON)
TALK = Enclosure(
    url="https://cdn.example.org/1.mp3",
    media_type="audio/mpeg",
    length=4096,
    duration=1805,
    title="The talk <in full>",
)
EVERYTHING: dict[str, Any] = {
    "updated": LATER,
    "language": "pt",
    "image": f"{WEB}/a.png",
    "enclosures": (SLIDES, TALK),
    "comments": f"{WEB}/posts/1/#comments",
    "rights": "https://creativecommons.org/licenses/by/4.0/",
    "via": "https://via.example/found",
    "subject": "https://subject.example/about",
    "origin": Origin(
        title="Another <feed>", url="https://other.example/atom.xml", id="tag:other.example,2026:f"
    ),
    "episode": Episode(
        season=2,
        number=7,
        kind="bonus",
        explicit=False,
        image=f"{WEB}/cover-7.jpg",
        transcripts=(
            Transcript(url=f"{WEB}/7.vtt", media_type="text/vtt", language="pt", captions=True),
            Transcript(url=f"{WEB}/7.txt", media_type="text/plain"),
        ),
        chapters=f"{WEB}/7.json",
        people=(
            Participant(
                name="Di Ng",
                role="guest",
                group="cast",
                image=f"{WEB}/di.jpg",
                url="https://di.example/",
            ),
            Participant(name="Cy"),
        ),
    ),
}
"""What a post can say beyond the plain."""


def post(number: int = 1, **changes: object) -> Post:
    """A post; the higher its number, the older it is."""
    moment = datetime(2026, 7, 30 - number, 18, 5, 9, tzinfo=LISBON)
    made = a_post(
        id=f"tag:example.org,2026:post/{number}",
        path=f"content/posts/{number}.md",
        url=f"https://example.org/posts/{number}/",
        title=f"Post {number}",
        published=moment,
        updated=moment,
        categories=("Guides",),
        tags=("2025", "C++"),
        authors=(
            Person(name="Bo Lind", email="bo@example.org", url="https://bo.example/"),
            Person(name="Cy"),
        ),
        summary=f"About {number}",
        html=f'<p>Body {number} <a href="https://example.org/x">x</a></p>',
    )
    return replace(made, **changes)  # type: ignore[arg-type]


FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}


def channel(*posts: Post, **changes: object) -> Channel:
    """The site's channel, with `posts`, in all formats."""
    made = Channel(
        kind="site",
        name="The harbour",
        slug="",
        path="",
        id="tag:example.org,2026:site",
        title="The harbour",
        description="What comes in with the tide",
        home_url="https://example.org/",
        language="en",
        extent="full",
        updated=max((each.updated for each in posts), default=datetime(2026, 7, 29, 18, 5, 9, tzinfo=LISBON)),
        feeds=tuple(
            Feed(
                format=name, media_type=FORMATS[name].media_type, path=file, url=f"https://example.org/{file}"
            )
            for name, file in FILES.items()
        ),
        posts=posts,
        total=len(posts),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def chained(source: Channel, *, previous: str = "", current: str = "") -> Channel:
    """`source` with feeds that say where the older posts are, and for an archive where the newest are."""
    feeds = tuple(
        replace(
            feed,
            previous=previous and f"{WEB}/archive/{previous}/{FILES[feed.format]}",
            current=current and f"{WEB}/{FILES[feed.format]}",
            url=f"{WEB}/archive/{current}/{FILES[feed.format]}" if current else feed.url,
        )
        for feed in source.feeds
    )
    return replace(source, feeds=feeds)


def built(name: str, source: Channel, config: Settings = SETTINGS) -> bytes:
    """The bytes of one of the channel's feeds."""
    feed = next(feed for feed in source.feeds if feed.format == name)
    return FORMATS[name].build(source, feed, config)


def rss(source: Channel, config: Settings = SETTINGS) -> etree._Element:
    """The channel element of its RSS feed, by a strict parser."""
    (element,) = etree.fromstring(built("rss", source, config))
    return element


def atom(source: Channel, config: Settings = SETTINGS) -> etree._Element:
    """The feed element of its Atom feed, by a strict parser."""
    return etree.fromstring(built("atom", source, config))


def feed_json(source: Channel, config: Settings = SETTINGS) -> dict[str, Any]:
    """The JSON feed."""
    return json.loads(built("json", source, config))


def rss_item(source: Channel, config: Settings = SETTINGS) -> etree._Element:
    """The first item of its RSS feed."""
    return rss(source, config).find("item")


def atom_entry(source: Channel, config: Settings = SETTINGS) -> etree._Element:
    """The first entry of its Atom feed."""
    return atom(source, config).find(f"{ATOM}entry")


def json_item(source: Channel, config: Settings = SETTINGS) -> dict[str, Any]:
    """The first item of its JSON feed."""
    return feed_json(source, config)["items"][0]


def links(element: etree._Element) -> list[dict[str, str]]:
    """The attributes of all Atom links right below `element`, in order."""
    return [dict(link.attrib) for link in element.findall(f"{ATOM}link")]


def texts(element: etree._Element, path: str) -> list[str]:
    """The texts of all elements at `path`."""
    return [found.text or "" for found in element.findall(path)]


# ── an independent checker ──

RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d [+-]\d{4}"
)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
ATOM_UPDATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?[+-]\d\d:\d\d")
REFERENCE = re.compile(r'(?:href|src|poster)="([^"]*)"')


SINGLE = ("title", "link", "guid", "comments", "source", f"{ATOM}updated", f"{DUBLIN_CORE}language")


def whole(moment: str) -> str:
    """`moment` without the fraction of a second that tells entries of one moment apart in Atom."""
    return re.sub(r"\.\d{6}(?=[+-])", "", moment)


def relative_references(html: str) -> list[str]:
    """What in `html` only means something on the page it came from."""
    return [f"relative {url}" for url in REFERENCE.findall(html) if not urlsplit(url).scheme]


def faults_of_rss(data: bytes) -> list[str]:
    """What the specification and the best-practices profile would not have."""
    root = etree.fromstring(data)
    top = root[0]
    faults = [f"no channel {name}" for name in ("title", "link", "description") if not top.findtext(name)]
    faults += [f"{name} twice" for name in ("title", "link", "language") if len(top.findall(name)) > 1]
    if [link.get("rel") for link in top.findall(f"{ATOM}link")].count("self") != 1:
        faults.append("not exactly one self link")
    tags = [child.tag for child in top]
    if "item" in tags and set(tags[tags.index("item") :]) != {"item"}:
        faults.append("something after an item")
    faults += [f"date {text}" for text in texts(top, "lastBuildDate") if not RFC_822.fullmatch(text)]
    guids = texts(top, "item/guid")
    if len(guids) != len(set(guids)) or len(guids) != len(top.findall("item")):
        faults.append("guid missing or not unique")
    for item in top.findall("item"):
        faults += [f"no item {name}" for name in ("link", "pubDate") if not item.findtext(name)]
        if not item.findtext("title") and not item.findtext("description"):
            faults.append("neither title nor description")
        faults += [f"date {text}" for text in texts(item, f"{ATOM}updated") if not RFC_3339.fullmatch(text)]
        faults += [f"{name} twice" for name in SINGLE if len(item.findall(name)) > 1]
        faults += [f"empty {child.tag}" for child in item if not (child.text or child.attrib or len(child))]
        faults += [f"date {text}" for text in texts(item, "pubDate") if not RFC_822.fullmatch(text)]
        if item.find("author") is not None:
            faults.append("author next to dc:creator")
        if len(item.findall("enclosure")) > 1:
            faults.append("two enclosures")
        for enclosure in item.findall("enclosure"):
            if not {"url", "length", "type"} <= set(enclosure.keys()):
                faults.append("incomplete enclosure")
        order = [child.tag for child in item if child.tag in {"description", CONTENT}]
        if order not in (["description"], ["description", CONTENT], []):
            faults.append("content before description")
        faults += relative_references(item.findtext(CONTENT) or item.findtext("description") or "")
    return faults


HISTORY_LINKS = {"current", "first", "last", "next", "next-archive", "prev-archive", "previous"}


def faults_of_moments(feed: etree._Element) -> list[str]:
    """Where the dates of an Atom feed say what cannot be."""
    faults = []
    newest = datetime.fromisoformat(feed.findtext(f"{ATOM}updated"))
    for entry in feed.findall(f"{ATOM}entry"):
        published, updated = (
            datetime.fromisoformat(entry.findtext(ATOM + name)) for name in ("published", "updated")
        )
        if updated < published:
            faults.append("changed before it was published")
        if updated > newest:
            faults.append("changed after its feed")
    return faults


def faults_of_atom(data: bytes) -> list[str]:
    """What RFC 4287 would not have."""
    root = etree.fromstring(data)
    faults = [] if root.find(f"{ATOM}author/{ATOM}name") is not None else ["no feed author"]
    entries = root.findall(f"{ATOM}entry")
    ids = texts(root, f"{ATOM}entry/{ATOM}id")
    if len(ids) != len(set(ids)):
        faults.append("id not unique")
    for element in (root, *entries):
        single = {name: texts(element, ATOM + name) for name in ("id", "title", "updated")}
        faults += [
            f"not one {name}" for name, found in single.items() if len(found) != 1 or not found[0].strip()
        ]
        dates = texts(element, f"{ATOM}published")
        faults += [f"date {text}" for text in dates if not RFC_3339.fullmatch(text)]
        dates = texts(element, f"{ATOM}updated") + texts(element, f"{ATOM}source/{ATOM}updated")
        faults += [f"date {text}" for text in dates if not ATOM_UPDATED.fullmatch(text)]
        if not urlsplit(element.findtext(f"{ATOM}id") or "").scheme:
            faults.append("id is not an IRI")
        links = element.findall(f"{ATOM}link")
        faults += [f"relative {link.get('href')}" for link in links if not urlsplit(link.get("href")).scheme]
        if element is not root and {link.get("rel") for link in links} & HISTORY_LINKS:
            faults.append("paging inside an entry")
        faults += [f"blank {name} of a link" for link in links for name, text in link.items() if not text]
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in links
            if link.get("rel") in {None, "alternate"}
        ]
        if len(alternates) != 1:
            faults.append("not exactly one alternate")
    rels = {link.get("rel") for link in root.findall(f"{ATOM}link")}
    if root.find(f"{HISTORY}archive") is not None and not {"current", "prev-archive"} <= rels:
        faults.append("an archive out of the chain")
    if not any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")):
        faults.append("no self link")
    faults += faults_of_moments(root)
    for entry in entries:
        faults += relative_references(entry.findtext(f"{ATOM}content") or "")
        texts_of = [element for element in entry.iter() if element.tag not in {f"{ATOM}link", MEDIA}]
        kinds = {element.get("type") for element in texts_of}
        faults += [f"type {kind}" for kind in kinds - {None, "text", "html"}]
        if entry.find(f"{ATOM}content") is None and not entry.findtext(f"{ATOM}summary"):
            faults.append("no text at all")
        for source in entry.findall(f"{ATOM}source"):
            needed = ("id", "title", "updated")
            faults += [f"source without {name}" for name in needed if not source.findtext(ATOM + name)]
    return faults


def faults_of_json(data: bytes) -> list[str]:
    """What JSON Feed 1.1 would not have."""
    feed = json.loads(data)
    faults = [f"no {name}" for name in ("version", "title", "items") if name not in feed]
    ids = [item.get("id") for item in feed["items"]]
    if len(ids) != len(set(ids)) or not all(isinstance(name, str) and name for name in ids):
        faults.append("id missing, not text or not unique")
    for item in feed["items"]:
        if "content_html" not in item and "content_text" not in item:
            faults.append("no content")
        dates = [item[name] for name in ("date_published", "date_modified") if name in item]
        faults += [f"date {text}" for text in dates if not RFC_3339.fullmatch(text)]
        if any(not {"url", "mime_type"} <= set(attachment) for attachment in item.get("attachments", [])):
            faults.append("incomplete attachment")
        if "author" in item or "author" in feed:
            faults.append("author is of version 1")
        faults += relative_references(item.get("content_html", ""))
    return faults


FAULTS = {"rss": faults_of_rss, "atom": faults_of_atom, "json": faults_of_json}
