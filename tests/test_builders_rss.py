"""RSS, read again by a strict parser."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import feedparser
import msgspec
import pytest

from feeds.model import Origin
from written import (
    ATOM,
    CONTENT,
    CREATOR,
    DUBLIN_CORE,
    EPISODE,
    EVERYTHING,
    LATER,
    MEDIA,
    NOBODY,
    SETTINGS,
    SLIDES,
    TALK,
    WEB,
    built,
    channel,
    json_item,
    links,
    post,
    rss,
    rss_item,
    texts,
)

if TYPE_CHECKING:
    from feeds.settings import Settings


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
    found = {child.tag: child.text for child in rss(channel(description="", language="pt-BR"), NOBODY)}
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
    assert [{"url": "https://example.org/a.png", "medium": "image", "type": "image/png"}] == [
        dict(image.attrib) for image in item.findall(MEDIA)
    ]


def test_rss_enclosure_of_unknown_length() -> None:
    """RSS wants a length even where nobody knows it: zero."""
    assert "0" == rss(channel(post(enclosures=(SLIDES,)))).find("item/enclosure").get("length")


def test_rss_summary_feed() -> None:
    """A feed of summaries holds no full text."""
    item = rss(channel(post(), extent="summary")).find("item")
    assert ("About 1", None) == (item.findtext("description"), item.findtext(CONTENT))


def test_rss_says_all_that_a_post_says() -> None:
    """Comments, rights, licence, what it is about, where it was found and comes from, its language and its edit."""
    item = rss_item(channel(post(**EVERYTHING)))
    assert f"{WEB}/posts/1/#comments" == item.findtext("comments")
    assert EVERYTHING["rights"] == item.findtext(f"{DUBLIN_CORE}rights")
    assert "pt" == item.findtext(f"{DUBLIN_CORE}language")
    assert LATER.isoformat() == item.findtext(f"{ATOM}updated")
    assert [
        {"href": EVERYTHING["subject"], "rel": "related"},
        {"href": EVERYTHING["via"], "rel": "via"},
        {"href": EVERYTHING["rights"], "rel": "license"},
    ] == links(item)
    source = item.find("source")
    assert ("https://other.example/atom.xml", "Another <\u2060feed>") == (source.get("url"), source.text)


def test_feedparser_reads_all_that_rss_says() -> None:
    """A reader that knows nothing of us finds every field where it looks for it."""
    (entry,) = feedparser.parse(built("rss", channel(post(**EVERYTHING)))).entries
    assert (2026, 8, 1, 6) == entry.updated_parsed[:4]
    assert (2026, 7, 29, 17) == entry.published_parsed[:4]
    assert ("pt", EVERYTHING["rights"], EVERYTHING["comments"]) == (
        entry.language,
        entry.rights,
        entry.comments,
    )
    assert {"href": "https://other.example/atom.xml", "title": "Another <\u2060feed>"} == entry.source
    assert {
        ("related", EVERYTHING["subject"]),
        ("via", EVERYTHING["via"]),
        ("license", EVERYTHING["rights"]),
    } <= {(link.rel, link.href) for link in entry.links}
    assert [f"{WEB}/a.png"] == [each["url"] for each in entry.media_content]
    assert [TALK.url] == [each.href for each in entry.enclosures]
    assert "https://example.org/posts/1/" == entry.link


def test_rss_carries_what_can_be_played() -> None:
    """An item has one enclosure, and that is the episode even when its slides come first."""
    assert EPISODE.url == rss_item(channel(post(enclosures=(SLIDES, EPISODE)))).find("enclosure").get("url")
    assert SLIDES.url == rss_item(channel(post(enclosures=(SLIDES,)))).find("enclosure").get("url")


def test_rss_rights_that_are_words() -> None:
    """A notice is no link."""
    item = rss_item(channel(post(rights="© Bo, see https://example.org/rights")))
    assert [] == links(item)
    assert "© Bo, see https://example.org/rights" == item.findtext(f"{DUBLIN_CORE}rights")


def test_rss_item_without_a_title() -> None:
    """A note has its text and no title; when it has no text either, what it is called is its text."""
    first, bare = rss(
        channel(post(title="", label="About"), post(2, title="", summary="", html="", label="<Two>"))
    ).findall("item")
    assert (None, "About 1") == (first.findtext("title"), first.findtext("description"))
    assert (None, "&lt;\u2060Two&gt;") == (bare.findtext("title"), bare.findtext("description"))
    assert None is bare.find(CONTENT)


def test_rss_says_the_language_of_foreign_posts_only() -> None:
    """What the site's language is decides, whatever the channel's: an entry is the same everywhere."""
    own, foreign = rss(channel(post(1), post(2, language="pt"), language="pt")).findall("item")
    assert (None, "pt") == tuple(item.findtext(f"{DUBLIN_CORE}language") for item in (own, foreign))


def test_rss_source_without_a_title() -> None:
    """A feed that is not named is called by its address."""
    source = rss_item(channel(post(origin=Origin(title=" ", url="https://o.example/")))).find("source")
    assert ("https://o.example/", "https://o.example/") == (source.text, source.get("url"))


@pytest.mark.parametrize(
    ("icon", "shown"),
    [
        ("/icon.png", f"{WEB}/icon.png"),
        ("https://cdn.example/i.jpeg", "https://cdn.example/i.jpeg"),
        ("/icon.svg", None),
        ("/favicon.ico", None),
        ("", None),
    ],
)
def test_rss_image(icon: str, shown: str | None) -> None:
    """The icon is the channel's image when it is of a kind that RSS allows, with the channel's title and link."""
    top = rss(channel(title="A <title>"), with_icon(icon))
    assert shown == top.findtext("image/url")
    if shown:
        assert ["url", "title", "link"] == [child.tag for child in top.find("image")]
        assert ("A <\u2060title>", "https://example.org/") == (
            top.findtext("image/title"),
            top.findtext("image/link"),
        )


def with_icon(icon: str) -> Settings:
    """The settings of a site with `icon`."""
    return msgspec.structs.replace(SETTINGS, site=msgspec.structs.replace(SETTINGS.site, icon=icon))


def test_rss_dates_of_odd_zones_are_given_in_utc() -> None:
    """Offsets like Nepal's are beyond what some programs read in a mail's date; the other formats keep them."""
    nepal = timezone(timedelta(hours=5, minutes=45))
    moment = datetime(2026, 7, 29, 5, 45, tzinfo=nepal)
    source = channel(post(published=moment, updated=moment), updated=moment)
    assert ["Wed, 29 Jul 2026 00:00:00 +0000"] == texts(rss(source), "item/pubDate")
    assert ["Wed, 29 Jul 2026 00:00:00 +0000"] == texts(rss(source), "lastBuildDate")
    assert "2026-07-29T05:45:00+05:45" == json_item(source)["date_published"]
    assert [] == texts(rss(source), f"item/{ATOM}updated")


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ann <ann@bücher.example>", "ann@xn--bcher-kva.example (Ann)"),
        ("Ann <ann@localhost>", None),
    ],
)
def test_rss_mail_address_of_the_site(author: str, expected: str | None) -> None:
    """It is one that programs can use: its host in ASCII, and of the net."""
    config = msgspec.structs.replace(SETTINGS, site=msgspec.structs.replace(SETTINGS.site, author=author))
    assert expected == rss(channel(post()), config).findtext("managingEditor")
