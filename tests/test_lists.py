"""The two lists of everything that can be subscribed to: the OPML file and the subscribe page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import msgspec
import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from feeds.builders import opml, page
from feeds.errors import ConfigError
from feeds.formats import FORMATS, MARK
from feeds.model import Channel, Feed, Post
from feeds.settings import Feeds, Names, Output, Settings, Site
from samples import a_post

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SETTINGS = Settings(site=Site(title="The harbour", url="https://example.org", description="What comes in"))
FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
EAST = timezone(timedelta(hours=9))


def post(number: int, **changes: object) -> Post:
    """A post; the higher its number, the older it is."""
    moment = datetime(2026, 7, 30 - number, 1, 5, tzinfo=EAST)
    made = a_post(
        id=f"tag:example.org,2026:post/{number}",
        path=f"content/posts/{number}.md",
        url=f"https://example.org/posts/{number}/",
        title=f"Post {number}",
        published=moment,
        updated=moment,
        summary=f"About {number}",
        html="<p>Body</p>",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def channel(
    kind: str, slug: str, /, *, posts: int = 1, formats: tuple[str, ...] = tuple(FILES), **changes: object
) -> Channel:
    """A channel with that many posts, in `formats`."""
    path = "" if kind == "site" else f"{kind}/{slug}"
    made = Channel(
        kind=kind,
        name=slug,
        slug=slug,
        path=path,
        id=f"tag:example.org,2026:{path}",
        title=slug if kind == "site" else f"{slug} – The harbour",
        description="",
        home_url=f"https://example.org/{path}",
        language="en",
        extent="full",
        updated=datetime(2026, 7, 29, 1, 5, tzinfo=EAST),
        feeds=tuple(
            Feed(
                format=row,
                media_type=FORMATS[row].media_type,
                path=f"{path}/{FILES[row]}".lstrip("/"),
                url=f"https://example.org/{path}/{FILES[row]}",
            )
            for row in formats
        ),
        posts=tuple(post(number) for number in range(1, posts + 1)),
        total=posts,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


CHANNELS = (
    channel("site", "The harbour", posts=7, description="What comes in with the tide"),
    channel("categories", "Boats", posts=20, total=31),
    channel("tags", "ropes & knots", posts=3),
    channel("categories", "Nets", updated=datetime(2026, 8, 1, 12, 0, 0, 5, tzinfo=UTC)),
    channel("tags", "لغة"),
)


def outlines(channels: tuple[Channel, ...] = CHANNELS, config: Settings = SETTINGS) -> etree._Element:
    """The OPML document, by a strict parser."""
    return etree.fromstring(opml.build(channels, config))


def subscribe(
    tmp_path: Path, channels: tuple[Channel, ...] = CHANNELS, config: Settings = SETTINGS
) -> LexborHTMLParser:
    """The subscribe page, by an HTML5 parser."""
    return LexborHTMLParser(page.build(channels, config, tmp_path).decode())


def told(**changes: object) -> Settings:
    """The settings, with other words about the site."""
    return msgspec.structs.replace(SETTINGS, site=msgspec.structs.replace(SETTINGS.site, **changes))


# ── OPML ────────────────────────────────────────────────────────────────────────────────────────────────


def test_opml_groups_feeds_by_kind() -> None:
    """Each kind of channel is a folder, in the order that channels come in, whatever mixes them."""
    assert [
        ("Site", ["The harbour"]),
        ("Categories", ["Boats – The harbour", "Nets – The harbour"]),
        ("Tags", ["ropes & knots – The harbour", "لغة – The harbour"]),
    ] == [(group.get("text"), [feed.get("text") for feed in group]) for group in outlines().find("body")]


KINDS = ("languages", "authors", "custom", "topics", "tags", "site", "sections", "categories")
OF_ALL_KINDS = tuple(channel(kind, f"one of {kind}", posts=1 + (kind == "site")) for kind in KINDS)


def test_opml_folders() -> None:
    """The widest choice comes first, whatever order channels come in; a kind that is new here comes last."""
    assert ["Site", "Selections", "Categories", "Tags", "Authors", "Sections", "Languages", "Topics"] == [
        group.get("text") for group in outlines(OF_ALL_KINDS).find("body")
    ]


def test_opml_tells_what_is_in_another_language() -> None:
    """Only a feed that is not in the site's language says its own."""
    found = outlines((channel("site", "a"), channel("site", "b", language="pt"))).findall(
        "body/outline/outline"
    )
    assert [None, "pt"] == [feed.get("language") for feed in found]


def test_opml_has_no_empty_folder() -> None:
    """A kind of channel of which nothing can be subscribed to is not shown."""
    assert [] == list(outlines((channel("tags", "x", formats=()),)).find("body"))


def test_opml_feed() -> None:
    """A feed has what readers look for, and nothing empty."""
    assert {
        "type": "rss",
        "text": "The harbour",
        "title": "The harbour",
        "description": "What comes in with the tide",
        "xmlUrl": "https://example.org//rss.xml",
        "htmlUrl": "https://example.org/",
    } == dict(outlines().find("body/outline/outline").attrib)
    assert "description" not in outlines().findall("body/outline/outline")[1].attrib


@pytest.mark.parametrize(
    ("formats", "offered"),
    [
        (["rss", "atom", "json"], "rss.xml"),
        (["atom", "rss"], "atom.xml"),
        (["json", "atom"], "atom.xml"),
        (["json"], "feed.json"),
    ],
)
def test_opml_offers_the_preferred_format(formats: list[str], offered: str) -> None:
    """The first format of the settings is offered, but JSON only when there is no other."""
    config = msgspec.structs.replace(SETTINGS, feeds=Feeds(formats=formats))  # type: ignore[arg-type]
    source = channel("site", "The harbour", formats=tuple(sorted(formats)))
    (feed,) = outlines((source,), config).findall("body/outline/outline")
    assert feed.get("xmlUrl").endswith(offered)


def test_opml_is_dated_by_what_is_in_it() -> None:
    """The date is the newest channel's, with its zone; no channels, no date."""
    assert "Sat, 01 Aug 2026 12:00:00 +0000" == outlines().findtext("head/dateModified")
    assert ["The harbour"] == [
        child.text for child in outlines(()).find("head") if isinstance(child.tag, str) and child.text
    ]
    assert [] == list(outlines(()).find("body"))


def test_nobody_is_offered_the_same_thing_twice(tmp_path: Path) -> None:
    """An author or a section of all posts is the site again, and a lone folder the one around it."""
    channels = (
        channel("site", "s", posts=3),
        channel("authors", "Ann", posts=3),
        channel("authors", "Bob", posts=2),
        channel("sections", "eng", posts=2),
        channel("sections", "eng/data", posts=2),
        channel("sections", "eng/data/ml", posts=1),
        channel("sections", "all", posts=3, is_podcast=True),
        channel("tags", "t", posts=3),
        channel("languages", "pt", posts=2),
    )
    tree = subscribe(tmp_path, channels)
    assert ["t", "Bob", "eng", "eng/data/ml", "all", "pt"] == [
        name.text() for name in tree.css(".terms .name")
    ]
    assert "Download the list of 7 feeds" == tree.css_first(".opml").text(strip=True)
    assert 7 == len(outlines(channels).findall("body/outline/outline"))


def test_opml_leaves_out_a_channel_without_feeds() -> None:
    """There is nothing to subscribe to in a channel that is written in no format."""
    assert [] == outlines((channel("site", "x", formats=()),)).findall("body/outline/outline")


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=())))
def test_no_text_can_break_the_lists(text: str) -> None:
    """Whatever a channel is called, the lists are well-formed and show no more than its legal characters."""
    source = (channel("site", "s", title=text, description=text), channel("tags", "t", name=text))
    config = told(title=f"t{text}", description=text)
    assert 2 == len(outlines(source, config).findall("body/outline/outline"))
    assert b"\x00" not in page.build(source, config, Path("/nowhere"))


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────


def test_page_lists_every_feed(tmp_path: Path) -> None:
    """Every feed of every channel is linked, so that it works from disk, and nothing is linked twice."""
    links = [link.attributes["href"] for link in subscribe(tmp_path).css("main a[type]")]
    feeds = [feed.path for channel in CHANNELS for feed in channel.feeds]
    assert sorted([*feeds, "feeds.opml"]) == sorted(unquote(link) for link in links)
    assert not [link for link in links if urlsplit(link).scheme or link.startswith("/")]


def test_page_groups_feeds_by_what_people_choose_from(tmp_path: Path) -> None:
    """Each kind has a heading in plain words, in the order of the OPML file, and is told apart by its note."""
    tree = subscribe(tmp_path, OF_ALL_KINDS)
    headings = [title.text(strip=True) for title in tree.css("section:has(.terms) h2")]
    assert [
        "Picked for you",
        "By category",
        "By tag",
        "By author",
        "By section",
        "By language",
        "topics",
    ] == headings
    notes = [note.text() for note in tree.css("section:has(.terms) .note")]
    assert 6 == len(set(notes))


def test_page_says_what_a_feed_is_about(tmp_path: Path) -> None:
    """A feed's own description stands below its name; the site's is not repeated for each."""
    config = told(description="All of it")
    channels = (
        channel("custom", "a", description="Long reads & talks"),
        channel("tags", "b", description="All of it"),
        channel("tags", "c"),
    )
    assert ["Long reads & talks"] == [
        text.text() for text in subscribe(tmp_path, channels, config).css(".terms p")
    ]


def test_page_calls_feeds_as_the_settings_do(tmp_path: Path) -> None:
    """By a title of their own; the podcast is known as one."""
    channels = (channel("custom", "show", label="The Tide Show", is_podcast=True), channel("custom", "x"))
    tree = subscribe(tmp_path, channels)
    assert ["The Tide Show", "x"] == [name.text() for name in tree.css(".terms .name")]
    assert ["for podcast programs"] == [mark.text() for mark in tree.css(".terms .mark")]
    assert "The Tide Show: RSS" == tree.css_first(".terms .links a").text()


def test_page_marks_names_in_another_language(tmp_path: Path) -> None:
    """A screen reader says the name of a Portuguese channel in Portuguese."""
    channels = (channel("languages", "Português", language="pt"), channel("languages", "English"))
    names = subscribe(tmp_path, channels).css(".terms .name")
    assert [("Português", "pt"), ("English", None)] == [
        (name.text(), name.attributes.get("lang")) for name in names
    ]


def test_page_calls_a_note_by_its_beginning(tmp_path: Path) -> None:
    """A post without a title is listed by its label, and its text does not begin twice."""
    note = replace(post(1), title="", label="Saw a seal today…", summary="Saw a seal today, and it saw me.")
    tree = subscribe(tmp_path, (replace(channel("site", "x"), posts=(note,)),))
    assert ["Saw a seal today…"] == [title.text(strip=True) for title in tree.css(".posts h3")]
    assert [] == tree.css(".posts p")


def test_page_shows_absolute_addresses(tmp_path: Path) -> None:
    """What people copy into a reader is an absolute address."""
    tree = subscribe(tmp_path)
    assert [feed.url for feed in CHANNELS[0].feeds] == [
        field.attributes["value"] for field in tree.css("main input")
    ]
    assert [source.feeds[0].url for source in CHANNELS if source.kind == "categories"] == [
        code.text() for code in tree.css("section[aria-labelledby=categories-title] code")
    ]


def test_page_advises_one_format(tmp_path: Path) -> None:
    """Who cannot choose is told which to take; where there is no choice, nothing is said."""
    config = msgspec.structs.replace(SETTINGS, feeds=Feeds(formats=["json", "atom"]))
    (card,) = subscribe(tmp_path, (channel("site", "x", formats=("json", "atom")),), config).css(".advised")
    assert "Atom" == card.css_first("a").text()
    assert [] == subscribe(tmp_path, (channel("site", "x", formats=("rss",)),)).css(".advised")


def test_page_is_discovered(tmp_path: Path) -> None:
    """A browser or reader that gets the page's address finds the site's feeds."""
    assert [
        ("application/rss+xml", "The harbour (RSS)", "rss.xml"),
        ("application/atom+xml", "The harbour (Atom)", "atom.xml"),
        ("application/feed+json", "The harbour (JSON Feed)", "feed.json"),
    ] == [
        (link.attributes["type"], link.attributes["title"], link.attributes["href"])
        for link in subscribe(tmp_path).css("head link[rel=alternate]")
    ]


def test_page_counts_posts(tmp_path: Path) -> None:
    """Each term says how many posts its feed holds, and when those are only the newest."""
    assert ["newest 20 posts", "1 post", "3 posts", "1 post"] == [
        count.text(strip=True) for count in subscribe(tmp_path).css(".terms .count")
    ]


def test_page_previews_the_newest_posts(tmp_path: Path) -> None:
    """The five newest posts of the site, with their date as it is where they were written."""
    tree = subscribe(tmp_path)
    assert [f"Post {number}" for number in range(1, 6)] == [
        title.text(strip=True) for title in tree.css(".posts h3")
    ]
    first = tree.css_first(".posts time")
    assert ("2026-07-29", "2026-07-29T01:05:00+09:00") == (first.text(), first.attributes["datetime"])


def test_page_in_a_folder_of_its_own(tmp_path: Path) -> None:
    """Links are relative to where the page lies, and are percent-encoded."""
    config = msgspec.structs.replace(SETTINGS, output=Output(names=Names(page="feeds/here/subscribe.html")))
    links = [link.attributes["href"] for link in subscribe(tmp_path, config=config).css("main a[type]")]
    assert "../../rss.xml" in links
    assert "../../tags/%D9%84%D8%BA%D8%A9/rss.xml" in links
    assert "../../tags/ropes%20%26%20knots/rss.xml" in links


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("en", "ltr"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("pa-Arab-PK", "rtl"),
        ("ug-Latn", "ltr"),
        ("zh-yue-Hant", "ltr"),
        ("EN-gb", "ltr"),
    ],
)
def test_page_speaks_the_language_of_the_site(tmp_path: Path, language: str, direction: str) -> None:
    """The page is marked with the site's language and direction; its own English words with theirs."""
    tree = subscribe(tmp_path, config=told(language=language))
    assert (language, direction) == (tree.root.attributes["lang"], tree.root.attributes["dir"])
    foreign = not language.lower().startswith("en")
    assert ("en" if foreign else None) == tree.css_first("#feeds-title").attributes.get("lang")


def test_page_escapes_what_it_shows(tmp_path: Path) -> None:
    """Markup in titles and names is shown, not obeyed."""
    attack = '"><script>alert(1)</script>'
    source = channel(
        "site",
        attack,
        title=attack,
        posts=0,
        path="",
    )
    source = replace(source, posts=(post(1, title=attack, summary=attack),))
    data = page.build(
        (source, channel("tags", "t", name=attack)), told(title=attack, description=attack), tmp_path
    )
    assert [] == LexborHTMLParser(data.decode()).css("script")
    assert escape(attack, quote=False).encode()[3:] in data


def test_page_without_posts_or_terms(tmp_path: Path) -> None:
    """A site that has published nothing yet can be subscribed to all the same."""
    tree = subscribe(tmp_path, (channel("site", "The harbour", posts=0),))
    assert ([], []) == (tree.css(".posts"), tree.css(".terms"))
    assert 3 == len(tree.css(".formats a"))
    assert "Download the list" == tree.css_first(".opml").text(strip=True)
    assert [] == subscribe(tmp_path, ()).css(".formats")
    assert [] == subscribe(tmp_path, (channel("tags", "t", formats=()),)).css(".address")


def test_page_is_sound(tmp_path: Path) -> None:
    """One title and one main, headings without gaps, unique ids, named sections and fields."""
    data = page.build(CHANNELS, SETTINGS, tmp_path)
    tree = LexborHTMLParser(data.decode())
    assert (1, 1, 1, 1) == tuple(len(tree.css(name)) for name in ("title", "h1", "main", "footer"))
    levels = [int(heading.tag[1]) for heading in tree.css("h1, h2, h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [element.attributes["id"] for element in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {section.attributes["aria-labelledby"] for section in tree.css("section")} <= set(ids)
    assert all(field.attributes["aria-label"] for field in tree.css("input"))
    assert tree.css_first("a.skip").attributes["href"].lstrip("#") in ids
    assert [] == tree.css("script, img, iframe, link[rel=stylesheet]")
    assert MARK == tree.css_first("meta[name=generator]").attributes["content"]


def test_a_site_can_bring_its_own_page(tmp_path: Path) -> None:
    """The site's own template wins, and its faults name the file."""
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates" / "subscribe.html"
    own.write_text("{{ generator }}: {{ channel.feeds[0].url }}", encoding="utf-8")
    made = b"Feedwright: https://example.org//rss.xml<!-- written by Feedwright -->\n"
    assert made == page.build(CHANNELS, SETTINGS, tmp_path)


def test_a_fault_in_the_own_page_is_told(tmp_path: Path) -> None:
    """A template that does not work is an error of the site's, with its name."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "subscribe.html").write_text("{{ nothing }}", encoding="utf-8")
    with pytest.raises(ConfigError, match="nothing") as caught:
        page.build(CHANNELS, SETTINGS, tmp_path)
    assert "templates/subscribe.html" in caught.value.where


def test_lists_do_not_depend_on_the_day(tmp_path: Path) -> None:
    """The same channels give the same bytes, with our mark near the start."""
    built = []
    for year in (2031, 2044):
        with time_machine.travel(datetime(year, 1, 2, tzinfo=UTC)):
            built.append((opml.build(CHANNELS, SETTINGS), page.build(CHANNELS, SETTINGS, tmp_path)))
    assert built[0] == built[1]
    assert all(MARK.encode() in data[:4096] for data in built[0])


def colours(style: str) -> list[dict[str, str]]:
    """The palettes of the page: light, then dark."""
    return [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, "contrast ratio")."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
        channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_page_can_be_read_in_any_light(tmp_path: Path) -> None:
    """All text has a contrast of 4.5 or more on every ground it may stand on, by day and by night."""
    palettes = colours(subscribe(tmp_path).css_first("style").text())
    assert 2 == len(palettes)
    for palette in palettes:
        for text in ("ink", "soft", "accent"):
            for ground in ("paper", "card", "wash", "field"):
                assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground)
        assert contrast(palette["accent"], palette["accent-ink"]) >= 4.5


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 375, 1200])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_page_in_a_browser(tmp_path: Path, browser: Browser, language: str, width: int) -> None:
    """Opened from disk, on a phone and on a desk: asks nothing of any server, complains of nothing, fits."""
    file = tmp_path / "subscribe.html"
    file.write_bytes(page.build(CHANNELS, told(language=language, title="W" * 80), tmp_path))
    seen: list[str] = []
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.on("console", lambda message: seen.append(message.text))
    tab.on("request", lambda request: seen.append(request.url))
    tab.goto(file.as_uri())
    assert [file.as_uri()] == [found for found in seen if not found.startswith("data:")]
    assert width == tab.evaluate("document.documentElement.scrollWidth")
    tab.keyboard.press("Tab")
    assert "Skip to the feeds" == tab.evaluate("document.activeElement.textContent")
    tab.keyboard.press("Enter")
    assert "#feeds" == tab.evaluate("location.hash")
    tab.close()
