"""What readers get: every feed parsed again with tools that had no part in writing it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import feedparser
import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds.builders._entry import legal
from feeds.formats import FORMATS, MARK
from feeds.model import Channel, Enclosure, Feed, Person, Post
from feeds.settings import Author, Settings, Site
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
MEDIA = "{http://search.yahoo.com/mrss/}content"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
EPISODE = Enclosure(url="https://cdn.example.org/1.mp3", media_type="audio/mpeg", length=4096)
SLIDES = Enclosure(url="https://cdn.example.org/1.pdf", media_type="application/pdf")


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


def channel(*posts: Post, **changes: object) -> Channel:
    """The site's channel, with `posts`, in all formats."""
    names = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
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
        updated=datetime(2026, 7, 29, 18, 5, 9, tzinfo=LISBON),
        feeds=tuple(
            Feed(
                format=name, media_type=FORMATS[name].media_type, path=file, url=f"https://example.org/{file}"
            )
            for name, file in names.items()
        ),
        posts=posts,
        total=len(posts),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


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


def feed_json(source: Channel, config: Settings = SETTINGS) -> dict[str, object]:
    """The JSON feed."""
    return json.loads(built("json", source, config))


def texts(element: etree._Element, path: str) -> list[str]:
    """The texts of all elements at `path`."""
    return [found.text or "" for found in element.findall(path)]


# ── an independent checker ──────────────────────────────────────────────────────────────────────────────

RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d [+-]\d{4}"
)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
REFERENCE = re.compile(r'(?:href|src|poster)="([^"]*)"')


def relative_references(html: str) -> list[str]:
    """What in `html` only means something on the page it came from."""
    return [f"relative {url}" for url in REFERENCE.findall(html) if not urlsplit(url).scheme]


def faults_of_rss(data: bytes) -> list[str]:
    """What the specification and the best-practices profile would not have."""
    root = etree.fromstring(data)
    top = root[0]
    faults = [f"no channel {name}" for name in ("title", "link", "description") if not top.findtext(name)]
    faults += [f"{name} twice" for name in ("title", "link", "language") if len(top.findall(name)) > 1]
    if [link.get("rel") for link in top.findall(f"{ATOM}link")] != ["self"]:
        faults.append("not exactly one self link")
    tags = [child.tag for child in top]
    if "item" in tags and set(tags[tags.index("item") :]) != {"item"}:
        faults.append("something after an item")
    faults += [f"date {text}" for text in texts(top, "lastBuildDate") if not RFC_822.fullmatch(text)]
    guids = texts(top, "item/guid")
    if len(guids) != len(set(guids)) or len(guids) != len(top.findall("item")):
        faults.append("guid missing or not unique")
    for item in top.findall("item"):
        faults += [f"no item {name}" for name in ("title", "link", "pubDate") if not item.findtext(name)]
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
        dates = texts(element, f"{ATOM}updated") + texts(element, f"{ATOM}published")
        faults += [f"date {text}" for text in dates if not RFC_3339.fullmatch(text)]
        if not urlsplit(element.findtext(f"{ATOM}id") or "").scheme:
            faults.append("id is not an IRI")
        links = element.findall(f"{ATOM}link")
        faults += [f"relative {link.get('href')}" for link in links if not urlsplit(link.get("href")).scheme]
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in links
            if link.get("rel") in {None, "alternate"}
        ]
        if len(alternates) != 1:
            faults.append("not exactly one alternate")
    if not any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")):
        faults.append("no self link")
    for entry in entries:
        faults += relative_references(entry.findtext(f"{ATOM}content") or "")
        texts_of = [element for element in entry.iter() if element.tag not in {f"{ATOM}link", MEDIA}]
        kinds = {element.get("type") for element in texts_of}
        faults += [f"type {kind}" for kind in kinds - {None, "text", "html"}]
        if entry.find(f"{ATOM}content") is None and entry.find(f"{ATOM}link[@rel='alternate']") is None:
            faults.append("neither content nor alternate")
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

CHANNELS = {
    "full": channel(post(1, enclosures=(EPISODE, SLIDES), image="https://example.org/a.png"), post(2)),
    "summary": channel(post(1, enclosures=(SLIDES,)), post(2), extent="summary"),
    "empty": channel(),
    "bare": channel(
        post(authors=(), categories=(), tags=(), summary="", html=""), description="", extent="summary"
    ),
    "bare and full": channel(post(authors=(), categories=(), tags=(), summary="", html="")),
    "hostile": channel(
        post(
            1,
            title="<b>bold</b> & ]]> \x00 \ud800",
            summary="a < b ]]>\x1f",
            html="<p>]]>&amp;\x0b\ufffe</p>",
        ),
        post(2, title="\x01", tags=("\x02",), authors=(Person(name="\x03"),)),
        post(3, title="שלום 👩‍👩‍👧 \u202e", language="he", direction="rtl"),
        title="\x04",
        description="\x05",
    ),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("case", CHANNELS)
@pytest.mark.parametrize("config", [SETTINGS, NOBODY], ids=["author", "nobody"])
def test_the_rules_of_each_format_hold(name: str, case: str, config: Settings) -> None:
    """No feed breaks a rule of its format, whatever a post says or leaves out."""
    assert [] == FAULTS[name](built(name, CHANNELS[case], config))


@pytest.mark.parametrize("name", ["rss", "atom"])
@pytest.mark.parametrize("case", CHANNELS)
def test_feedparser_has_nothing_to_complain_about(name: str, case: str) -> None:
    """The parser that most Python readers use finds a well-formed feed with all its entries, in order."""
    found = feedparser.parse(built(name, CHANNELS[case]))
    assert not found.bozo
    assert {"rss": "rss20", "atom": "atom10"}[name] == found.version
    assert [entry.id for entry in CHANNELS[case].posts] == [entry.id for entry in found.entries]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_channel_gives_the_same_bytes(name: str) -> None:
    """Nothing comes from the clock: what is built on another day is equal, and ends with a line's end."""
    with time_machine.travel(datetime(2031, 1, 2, tzinfo=UTC)):
        first = [built(name, channel(*posts)) for posts in ((), (post(1), post(2)))]
    with time_machine.travel(datetime(2044, 8, 9, tzinfo=UTC)):
        assert first == [built(name, channel(*posts)) for posts in ((), (post(1), post(2)))]
    assert all(data.endswith(b"\n") for data in first)


@pytest.mark.parametrize("name", FORMATS)
def test_our_mark_is_near_the_start(name: str) -> None:
    """A file is known as ours, however much its site says about itself; no version stands there."""
    data = built(name, channel(post(), title="t" * 3000, description="d" * 9000))
    assert MARK.encode() in data[:4096]
    assert b"0.1" not in data[:1024].partition(MARK.encode())[2][:80]


@pytest.mark.parametrize("name", FORMATS)
def test_an_entry_is_the_same_in_every_channel(name: str) -> None:
    """An entry's bytes do not depend on the feed it stands in, so that it can be written once."""
    pattern = {
        "rss": rb"(?s)<item>.*?</item>",
        "atom": rb"(?s)<entry>.*?</entry>",
        "json": rb'(?s)\{\n      "id".*?\n    \}',
    }
    one = re.findall(pattern[name], built(name, channel(post(2), title="Other", id="tag:example.org,2026:o")))
    both = re.findall(pattern[name], built(name, channel(post(1), post(2))))
    assert (1, 2) == (len(one), len(both))
    assert one[0] == both[1]


# ── dates ───────────────────────────────────────────────────────────────────────────────────────────────

DATES = [
    (
        datetime(2026, 1, 5, 8, 0, 7, 999_999, tzinfo=LISBON),
        "Mon, 05 Jan 2026 08:00:07 +0000",
        "2026-01-05T08:00:07+00:00",
    ),
    (datetime(2026, 7, 5, 8, tzinfo=LISBON), "Sun, 05 Jul 2026 08:00:00 +0100", "2026-07-05T08:00:00+01:00"),
    (
        datetime(2026, 3, 1, 23, 59, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
        "Sun, 01 Mar 2026 23:59:00 -0330",
        "2026-03-01T23:59:00-03:30",
    ),
    # Local mean time has seconds in its offset, and no format can say that.
    (
        datetime(1890, 5, 1, 12, tzinfo=ZoneInfo("Europe/Lisbon")),
        "Thu, 01 May 1890 12:36:45 +0000",
        "1890-05-01T12:36:45+00:00",
    ),
]


@pytest.mark.parametrize(("moment", "rfc_822", "rfc_3339"), DATES)
def test_dates_keep_their_zone(moment: datetime, rfc_822: str, rfc_3339: str) -> None:
    """Every date is written as its author wrote it: same wall clock, same offset, no fractions."""
    source = channel(post(published=moment, updated=moment), updated=moment)
    assert ([rfc_822], [rfc_822]) == (texts(rss(source), "lastBuildDate"), texts(rss(source), "item/pubDate"))
    entry = atom(source).find(f"{ATOM}entry")
    assert [rfc_3339] * 3 == [
        atom(source).findtext(f"{ATOM}updated"),
        entry.findtext(f"{ATOM}updated"),
        entry.findtext(f"{ATOM}published"),
    ]
    assert rfc_3339 == feed_json(source)["items"][0]["date_published"]


def test_an_edit_shows_where_the_format_can_say_it() -> None:
    """Atom and JSON tell when a post was changed, and RSS keeps the date of publication."""
    later = datetime(2026, 8, 1, 7, tzinfo=LISBON)
    source = channel(post(updated=later))
    assert "2026-08-01T07:00:00+01:00" == atom(source).findtext(f"{ATOM}entry/{ATOM}updated")
    assert "2026-07-29T18:05:09+01:00" == atom(source).findtext(f"{ATOM}entry/{ATOM}published")
    assert "2026-08-01T07:00:00+01:00" == feed_json(source)["items"][0]["date_modified"]
    assert "date_modified" not in feed_json(channel(post()))["items"][0]
    assert ["Wed, 29 Jul 2026 18:05:09 +0100"] == texts(rss(source), "item/pubDate")


# ── RSS ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_rss_channel() -> None:
    """The channel says whose it is, where its page and it itself are, and nothing else."""
    found = {child.tag: child.text for child in rss(channel())}
    assert {
        "generator": "Feedwright",
        "title": "The harbour",
        "link": "https://example.org/",
        "description": "What comes in with the tide",
        f"{ATOM}link": None,
        "copyright": "CC BY 4.0",
        "language": "en",
        "lastBuildDate": "Wed, 29 Jul 2026 18:05:09 +0100",
        "managingEditor": "ada@example.org (Ada Ito)",
    } == found
    assert {"href": "https://example.org/rss.xml", "rel": "self", "type": "application/rss+xml"} == dict(
        rss(channel()).find(f"{ATOM}link").attrib
    )


def test_rss_says_only_what_it_was_told() -> None:
    """Without author, rights and description there is no editor, no copyright, and the title stands in."""
    found = {child.tag: child.text for child in rss(channel(description=""), NOBODY)}
    assert "The harbour" == found["description"]
    assert "pt-BR" == found["language"]
    assert not {"managingEditor", "copyright", "docs", "ttl", "pubDate"} & set(found)


def test_rss_item() -> None:
    """An item carries summary and full text, every author, all terms, the image and one enclosure."""
    source = channel(
        post(enclosures=(EPISODE, SLIDES), image="https://example.org/a.png", summary="1 < 2 & so")
    )
    item = rss(source).find("item")
    assert "1 &lt; 2 &amp; so" == item.findtext("description")
    assert source.posts[0].html == item.findtext(CONTENT)
    assert ["Bo Lind", "Cy"] == texts(item, CREATOR)
    assert {"isPermaLink": "false"} == dict(item.find("guid").attrib)
    assert source.posts[0].id == item.findtext("guid")
    assert [
        ("https://example.org/categories/", "Guides"),
        ("https://example.org/tags/", "2025"),
        ("https://example.org/tags/", "C++"),
    ] == [(category.get("domain"), category.text) for category in item.findall("category")]
    assert [{"url": EPISODE.url, "length": "4096", "type": "audio/mpeg"}] == [
        dict(enclosure.attrib) for enclosure in item.findall("enclosure")
    ]
    assert [{"url": "https://example.org/a.png", "medium": "image"}] == [
        dict(image.attrib) for image in item.findall(MEDIA)
    ]


def test_rss_enclosure_of_unknown_length() -> None:
    """RSS wants a length even where nobody knows it: zero."""
    assert "0" == rss(channel(post(enclosures=(SLIDES,)))).find("item/enclosure").get("length")


def test_rss_summary_feed() -> None:
    """A feed of summaries holds no full text."""
    item = rss(channel(post(), extent="summary")).find("item")
    assert ("About 1", None) == (item.findtext("description"), item.findtext(CONTENT))


# ── Atom ────────────────────────────────────────────────────────────────────────────────────────────────


def test_atom_feed() -> None:
    """The feed names its author with the address that the settings publish, its links and its rights."""
    feed = atom(channel())
    assert ["Ada Ito"] == texts(feed, f"{ATOM}author/{ATOM}name")
    assert ["ada@example.org"] == texts(feed, f"{ATOM}author/{ATOM}email")
    assert [
        {"href": "https://example.org/atom.xml", "rel": "self", "type": "application/atom+xml"},
        {"href": "https://example.org/", "rel": "alternate", "type": "text/html"},
    ] == [dict(link.attrib) for link in feed.findall(f"{ATOM}link")]
    assert "tag:example.org,2026:site" == feed.findtext(f"{ATOM}id")
    assert "What comes in with the tide" == feed.findtext(f"{ATOM}subtitle")
    assert "CC BY 4.0" == feed.findtext(f"{ATOM}rights")
    assert "en" == feed.get(LANGUAGE)


def test_atom_feed_of_nobody() -> None:
    """Where nobody is named, the site is the author that RFC 4287 asks for."""
    feed = atom(channel(post(authors=()), description=""), NOBODY)
    assert ["The harbour"] == texts(feed, f"{ATOM}author/{ATOM}name")
    assert None is feed.find(f"{ATOM}subtitle")
    assert None is feed.find(f"{ATOM}entry/{ATOM}author")


def test_the_feed_s_author_by_id() -> None:
    """Readers see who the id of the settings stands for."""
    site = Site(title="The harbour", url="https://example.org", author="ines")
    people = {"ines": Author(name="Ines Carvalho", email="ines@example.org", url="/people/ines/")}
    settings = Settings(site=site, authors=people)
    feed = atom(channel(post(authors=())), settings)
    assert ["Ines Carvalho"] == texts(feed, f"{ATOM}author/{ATOM}name")
    assert ["https://example.org/people/ines/"] == texts(feed, f"{ATOM}author/{ATOM}uri")
    assert [{"name": "Ines Carvalho", "url": "https://example.org/people/ines/"}] == feed_json(
        channel(post()), settings
    )["authors"]


def test_atom_entry() -> None:
    """An entry keeps rel, type and length of every enclosure, next to a single alternate."""
    entry = atom(channel(post(enclosures=(EPISODE, SLIDES), image="https://example.org/a.png"))).find(
        f"{ATOM}entry"
    )
    assert [
        {"href": "https://example.org/posts/1/", "rel": "alternate", "type": "text/html"},
        {"href": EPISODE.url, "rel": "enclosure", "type": "audio/mpeg", "length": "4096"},
        {"href": SLIDES.url, "rel": "enclosure", "type": "application/pdf"},
    ] == [dict(link.attrib) for link in entry.findall(f"{ATOM}link")]
    assert ["Bo Lind", "Cy"] == texts(entry, f"{ATOM}author/{ATOM}name")
    assert ["https://bo.example/"] == texts(entry, f"{ATOM}author/{ATOM}uri")
    assert ("html", post().html) == (
        entry.find(f"{ATOM}content").get("type"),
        entry.findtext(f"{ATOM}content"),
    )
    assert ("text", "About 1") == (entry.find(f"{ATOM}summary").get("type"), entry.findtext(f"{ATOM}summary"))
    assert [
        {"term": "Guides", "scheme": "https://example.org/categories/", "label": "Guides"},
        {"term": "2025", "scheme": "https://example.org/tags/", "label": "2025"},
        {"term": "C++", "scheme": "https://example.org/tags/", "label": "C++"},
    ] == [dict(category.attrib) for category in entry.findall(f"{ATOM}category")]
    assert "https://example.org/a.png" == entry.find(MEDIA).get("url")
    assert None is entry.get(LANGUAGE)


def test_feedparser_sees_the_enclosures_of_atom() -> None:
    """A podcast client finds the episode in Atom as it does in RSS."""
    source = channel(post(enclosures=(EPISODE,)))
    for name in ("rss", "atom"):
        (entry,) = feedparser.parse(built(name, source)).entries
        assert [(EPISODE.url, "audio/mpeg", "4096")] == [(e.href, e.type, e.length) for e in entry.enclosures]
        assert "https://example.org/posts/1/" == entry.link


def test_atom_summary_feed() -> None:
    """A feed of summaries holds no content, and then the alternate link is a must."""
    entry = atom(channel(post(), extent="summary")).find(f"{ATOM}entry")
    assert None is entry.find(f"{ATOM}content")
    assert "About 1" == entry.findtext(f"{ATOM}summary")


def test_an_entry_in_another_language_says_so() -> None:
    """Language is marked where it is not the site's, and HTML that runs from right to left says that too."""
    source = channel(post(language="he", direction="rtl", html="<p>שלום</p>"))
    entry = atom(source).find(f"{ATOM}entry")
    assert "he" == entry.get(LANGUAGE)
    wrapped = '<div dir="rtl"><p>שלום</p></div>'
    assert wrapped == entry.findtext(f"{ATOM}content") == rss(source).findtext(f"item/{CONTENT}")
    assert ("he", wrapped) == tuple(
        feed_json(source)["items"][0][name] for name in ("language", "content_html")
    )


# ── JSON Feed ───────────────────────────────────────────────────────────────────────────────────────────


def test_json_feed() -> None:
    """The whole document, members in a fixed order."""
    source = channel(
        post(enclosures=(EPISODE, SLIDES), image="https://example.org/a.png", tags=("Guides", "2025"))
    )
    expected = {
        "version": "https://jsonfeed.org/version/1.1",
        "_feedwright": {"generator": "Feedwright"},
        "title": "The harbour",
        "home_page_url": "https://example.org/",
        "feed_url": "https://example.org/feed.json",
        "description": "What comes in with the tide",
        "language": "en",
        "authors": [{"name": "Ada Ito"}],
        "items": [
            {
                "id": "tag:example.org,2026:post/1",
                "url": "https://example.org/posts/1/",
                "title": "Post 1",
                "content_html": post().html,
                "summary": "About 1",
                "image": "https://example.org/a.png",
                "date_published": "2026-07-29T18:05:09+01:00",
                "authors": [{"name": "Bo Lind", "url": "https://bo.example/"}, {"name": "Cy"}],
                "tags": ["Guides", "2025"],
                "language": "en",
                "attachments": [
                    {"url": EPISODE.url, "mime_type": "audio/mpeg", "size_in_bytes": 4096},
                    {"url": SLIDES.url, "mime_type": "application/pdf"},
                ],
            }
        ],
    }
    assert json.dumps(expected) == json.dumps(feed_json(source))


def test_json_is_readable() -> None:
    """Text stands in the file as people write it, not in escapes."""
    assert "Ação 日本 👩‍👩‍👧" in built("json", channel(post(title="Ação 日本 👩‍👩‍👧"))).decode()


def test_json_summary_feed() -> None:
    """A feed of summaries offers the summary as its content; a post without one, its title."""
    short, shorter = feed_json(channel(post(1), post(2, summary=""), extent="summary"))["items"]
    assert ("About 1", "Post 2") == (short["content_text"], shorter["content_text"])
    assert not {"content_html", "summary"} & (set(short) | set(shorter))


def test_json_says_nothing_empty() -> None:
    """What was not given is absent, even the list of authors; items are there even when there are none."""
    assert ["version", "_feedwright", "title", "home_page_url", "feed_url", "language", "items"] == list(
        feed_json(channel(description=""), NOBODY)
    )


# ── every format ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", FORMATS)
def test_addresses_of_authors_are_not_published(name: str) -> None:
    """A mail address in a post's front matter goes into no feed; the site's own may."""
    assert b"bo@example.org" not in built(name, channel(post()))


TITLES = ["<b>bold</b>", "AT&T &amp; co", "]]>", "שלום, עולם", "👩‍👩‍👧 family", "a < b", "\"quotes\" 'here'"]


@pytest.mark.parametrize("title", TITLES)
def test_titles_are_read_as_they_were_written(title: str) -> None:
    """A title is text in every format, escaped once."""
    source = channel(post(title=title), title=title)
    assert [title] * 6 == [
        rss(source).findtext("title"),
        rss(source).findtext("item/title"),
        atom(source).findtext(f"{ATOM}title"),
        atom(source).findtext(f"{ATOM}entry/{ATOM}title"),
        feed_json(source)["title"],
        feed_json(source)["items"][0]["title"],
    ]


@settings(deadline=None, max_examples=150)
@given(
    title=st.text(st.characters(exclude_categories=()), min_size=1),
    html=st.text(st.characters(exclude_categories=()), min_size=1),
    name=st.text(st.characters(exclude_categories=())),
)
def test_no_text_can_break_a_feed(title: str, html: str, name: str) -> None:
    """Whatever characters a post holds, feeds parse, and hold it to the last legal character."""
    source = channel(
        post(
            title=title, html=html, authors=(Person(name=name),), tags=(name,), image=f"https://e.org/{name}"
        ),
        title=title,
        description=title,
    )
    kept = legal(title).strip() or source.posts[0].url
    item, entry = rss(source).find("item"), atom(source).find(f"{ATOM}entry")
    content = item.findtext(CONTENT) or ""
    assert [kept] * 3 == [
        item.findtext("title"),
        entry.findtext(f"{ATOM}title"),
        feed_json(source)["items"][0]["title"],
    ]
    assert [legal(html)] * 2 == [content, entry.findtext(f"{ATOM}content") or ""]
    assert legal(html) == feed_json(source)["items"][0].get("content_html", "")


def unambiguous(title: str) -> bool:
    """Whether feedparser leaves `title` alone: it mends what looks like HTML, or UTF-8 read as Latin-1."""
    try:
        title.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return not {"<", "&"} & set(title)
    return title.isascii() and not {"<", "&"} & set(title)


@settings(deadline=None, max_examples=100)
@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1).filter(unambiguous)
)
def test_feedparser_reads_any_title(title: str) -> None:
    """A reader that guesses what a title is, as feedparser does, still gets the words."""
    for name in ("rss", "atom"):
        found = feedparser.parse(built(name, channel(post(title=title))), sanitize_html=False)
        assert not found.bozo
        assert (legal(title) or post().url) == found.entries[0].title
