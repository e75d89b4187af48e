"""Atom, read again by a strict parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import feedparser
import msgspec
import pytest

from feeds.model import Origin, Post
from feeds.settings import Author, Settings, Site
from written import (
    ATOM,
    CONTENT,
    EPISODE,
    EVERYTHING,
    LANGUAGE,
    LATER,
    LISBON,
    MEDIA,
    NOBODY,
    SETTINGS,
    SLIDES,
    WEB,
    atom,
    atom_entry,
    built,
    chained,
    channel,
    feed_json,
    links,
    post,
    rss,
    texts,
    whole,
)


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
        {"term": "Guides", "scheme": "https://example.org/categories/"},
        {"term": "2025", "scheme": "https://example.org/tags/"},
        {"term": "C++", "scheme": "https://example.org/tags/"},
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


def test_atom_says_all_that_a_post_says() -> None:
    """Every link with its relation, the rights as words, and the feed that the entry comes from."""
    entry = atom_entry(channel(post(**EVERYTHING)))
    assert [
        {"href": "https://example.org/posts/1/", "rel": "alternate", "type": "text/html"},
        {"href": SLIDES.url, "rel": "enclosure", "type": "application/pdf"},
        {
            "href": EPISODE.url,
            "rel": "enclosure",
            "type": "audio/mpeg",
            "length": "4096",
            "title": "The talk <\u2060in full>",
        },
        {"href": EVERYTHING["subject"], "rel": "related"},
        {"href": EVERYTHING["via"], "rel": "via"},
        {"href": EVERYTHING["rights"], "rel": "license"},
        {"href": EVERYTHING["comments"], "rel": "replies", "type": "text/html"},
    ] == links(entry)
    assert EVERYTHING["rights"] == entry.findtext(f"{ATOM}rights")
    assert "pt" == entry.get(LANGUAGE)
    source = entry.find(f"{ATOM}source")
    assert {"id": "tag:other.example,2026:f", "title": "Another <\u2060feed>"} == {
        name: source.findtext(ATOM + name) for name in ("id", "title")
    }
    assert entry.findtext(f"{ATOM}updated") == source.findtext(f"{ATOM}updated")
    assert LATER.isoformat() == whole(source.findtext(f"{ATOM}updated"))
    assert [{"href": "https://other.example/atom.xml", "rel": "self"}] == links(source)


def test_feedparser_reads_all_that_atom_says() -> None:
    """A reader that knows nothing of us finds every field where it looks for it."""
    (entry,) = feedparser.parse(built("atom", channel(post(**EVERYTHING)))).entries
    assert (2026, 8, 1, 6) == entry.updated_parsed[:4]
    assert ("pt", EVERYTHING["rights"]) == (entry.title_detail.language, entry.rights)
    assert ("tag:other.example,2026:f", "Another <\u2060feed>") == (entry.source.id, entry.source.title)
    assert {"related", "via", "license", "replies", "enclosure", "alternate"} == {
        link.rel for link in entry.links
    }
    assert [f"{WEB}/a.png"] == [each["url"] for each in entry.media_content]
    assert [SLIDES.url, EPISODE.url] == [each.href for each in entry.enclosures]
    assert "https://example.org/posts/1/" == entry.link


def test_atom_source_of_little() -> None:
    """A feed of which only the address is known is known by it."""
    source = atom_entry(channel(post(origin=Origin(title="", url="https://o.example/")))).find(
        f"{ATOM}source"
    )
    assert ["https://o.example/"] * 2 == [source.findtext(ATOM + name) for name in ("id", "title")]


def test_atom_entry_without_a_title() -> None:
    """Atom must have a title, so a note is called by its beginning; and text, be it only that."""
    first, bare = atom(
        channel(post(title="", label="About…"), post(2, title="", summary="", html="", label="Two"))
    ).findall(f"{ATOM}entry")
    assert ("About…", "About 1") == (first.findtext(f"{ATOM}title"), first.findtext(f"{ATOM}summary"))
    assert ("Two", "Two") == (bare.findtext(f"{ATOM}title"), bare.findtext(f"{ATOM}summary"))


@pytest.mark.parametrize(("icon", "shown"), [("/icon.svg", f"{WEB}/icon.svg"), ("", None)])
def test_atom_icon(icon: str, shown: str | None) -> None:
    """The site's icon is square, as an icon is and a logo is not (RFC 4287, 4.2.5 and 4.2.8)."""
    config = msgspec.structs.replace(SETTINGS, site=msgspec.structs.replace(SETTINGS.site, icon=icon))
    feed = atom(channel(), config)
    assert (shown, None) == (feed.findtext(f"{ATOM}icon"), feed.findtext(f"{ATOM}logo"))


def test_atom_is_in_the_channel_s_language() -> None:
    """A feed says its own language, and an entry its own where that is not the site's."""
    feed = atom(channel(post(1), post(2, language="pt"), language="pt"))
    assert ["pt", None, "pt"] == [each.get(LANGUAGE) for each in (feed, *feed.findall(f"{ATOM}entry"))]


# ── when an entry changed ───────────────────────────────────────────────────────────────────────────────

DAY = datetime(2026, 7, 20, tzinfo=LISBON)


def of_one_day(count: int) -> list[Post]:
    """Posts that say no more of their date than the day."""
    return [
        post(id=f"tag:example.org,2026:post/{number}", published=DAY, updated=DAY) for number in range(count)
    ]


def changed(source: object, config: Settings = SETTINGS) -> dict[str, str]:
    """When each entry of the channel's Atom feed changed, by its id."""
    feed = atom(source, config)  # type: ignore[arg-type]
    return dict(
        zip(texts(feed, f"{ATOM}entry/{ATOM}id"), texts(feed, f"{ATOM}entry/{ATOM}updated"), strict=True)
    )


def test_posts_of_one_day_changed_at_different_moments() -> None:
    """Programs can tell posts of one day apart, all within its first second; they were published as they say."""
    source = channel(*of_one_day(40))
    found = changed(source)
    assert 40 == len(set(found.values()))
    assert {DAY.isoformat()} == {whole(moment) for moment in found.values()}
    assert {DAY.isoformat()} == set(texts(atom(source), f"{ATOM}entry/{ATOM}published"))
    assert not [item for item in feed_json(source)["items"] if "date_modified" in item]
    assert [] == texts(rss(source), f"item/{ATOM}updated")


FIRST, SECOND, *MORE = of_one_day(6)


@pytest.mark.parametrize(
    ("source", "config"),
    [
        (channel(SECOND, FIRST), SETTINGS),  # in another order
        (channel(*MORE, FIRST, SECOND), SETTINGS),  # after others of that day were added
        (channel(post(9, published=LATER, updated=LATER), FIRST, SECOND), SETTINGS),
        (channel(FIRST, SECOND, extent="summary"), NOBODY),
        (channel(FIRST, SECOND, id="tag:example.org,2026:o", language="pt", updated=LATER), SETTINGS),
        (chained(channel(FIRST, SECOND), previous="1", current="2"), SETTINGS),
        (channel(replace(FIRST, title="Edited", html="<p>Edited"), replace(SECOND, url=f"{WEB}/moved/")), SETTINGS),
    ],
    ids=["order", "more of the day", "newer", "summary", "another channel", "archive", "edited"],
)  # fmt: skip
def test_when_an_entry_changed_is_its_own(source: object, config: Settings) -> None:
    """The moment is the same in every feed and lasts: no program takes a post for changed that was not."""
    found = changed(source, config)
    assert changed(channel(FIRST, SECOND)) == {each.id: found[each.id] for each in (FIRST, SECOND)}


def test_what_one_commit_changed_is_told_apart() -> None:
    """Also when the moment is known to the second, which stays as it is."""
    moment = DAY + timedelta(hours=7, seconds=30)
    posts = [post(number, published=DAY, updated=moment) for number in (1, 2)]
    found = changed(channel(*posts)).values()
    assert (2, {moment.isoformat()}) == (len(set(found)), {whole(each) for each in found})


def test_a_feed_changed_with_its_newest_entry() -> None:
    """No entry is newer than its feed, which says the newest one's moment and not another."""
    source = channel(post(15), *of_one_day(5))
    assert max(changed(source).values()) == atom(source).findtext(f"{ATOM}updated")


def test_a_feed_changed_after_its_entries() -> None:
    """A change that no entry shows, as when a post is taken back, is told to the second."""
    source = channel(*of_one_day(2), updated=LATER)
    assert LATER.isoformat() == atom(source).findtext(f"{ATOM}updated")
    assert DAY.isoformat() == atom(channel(updated=DAY)).findtext(f"{ATOM}updated")
