"""JSON Feed, read again."""

from __future__ import annotations

import json

import msgspec

from feeds.settings import Feeds
from written import (
    EPISODE,
    EVERYTHING,
    NOBODY,
    SETTINGS,
    SLIDES,
    WEB,
    built,
    chained,
    channel,
    feed_json,
    json_item,
    post,
)


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


def test_json_says_all_that_a_post_says() -> None:
    """What JSON Feed has a member for stands there, and the rest in our extension."""
    found = json_item(channel(post(**EVERYTHING)))
    assert ("https://subject.example/about", "pt") == (found["external_url"], found["language"])
    assert {
        "url": EPISODE.url,
        "mime_type": "audio/mpeg",
        "title": "The talk <\u2060in full>",
        "size_in_bytes": 4096,
        "duration_in_seconds": 1805,
    } == found["attachments"][1]
    assert {
        "comments_url": f"{WEB}/posts/1/#comments",
        "rights": "https://creativecommons.org/licenses/by/4.0/",
        "via_url": "https://via.example/found",
        "source": {
            "title": "Another <\u2060feed>",
            "url": "https://other.example/atom.xml",
            "id": "tag:other.example,2026:f",
        },
        "episode": {
            "season": 2,
            "number": 7,
            "type": "bonus",
            "image": f"{WEB}/cover-7.jpg",
            "chapters_url": f"{WEB}/7.json",
            "transcripts": [
                {"url": f"{WEB}/7.vtt", "mime_type": "text/vtt", "language": "pt", "captions": True},
                {"url": f"{WEB}/7.txt", "mime_type": "text/plain"},
            ],
            "people": [
                {
                    "name": "Di Ng",
                    "role": "guest",
                    "group": "cast",
                    "image": f"{WEB}/di.jpg",
                    "url": "https://di.example/",
                },
                {"name": "Cy"},
            ],
            "explicit": False,
        },
    } == found["_feedwright"]


def test_json_item_without_a_title() -> None:
    """A note has no title; when it has no text either, what it is called is its content."""
    first, bare = feed_json(
        channel(post(title="", label="A"), post(2, title="", summary="", html="", label="Two"))
    )["items"]
    assert "title" not in first
    assert ("Two", "title" in bare) == (bare["content_text"], False)


def test_json_feed_of_a_site_with_icon_and_hubs() -> None:
    """The icon is absolute, and every hub has its type."""
    config = msgspec.structs.replace(
        SETTINGS,
        site=msgspec.structs.replace(SETTINGS.site, icon="/icon.png"),
        feeds=Feeds(hubs=["https://hub.example/", "https://two.example/"]),
    )
    found = feed_json(channel(), config)
    assert f"{WEB}/icon.png" == found["icon"]
    assert [
        {"type": "WebSub", "url": "https://hub.example/"},
        {"type": "WebSub", "url": "https://two.example/"},
    ] == found["hubs"]


def test_json_walks_back_through_the_archives() -> None:
    """The next document is the one with older posts; an archive says besides where the newest are."""
    assert f"{WEB}/archive/2/feed.json" == feed_json(chained(channel(), previous="2"))["next_url"]
    oldest = feed_json(chained(channel(), current="1"))
    assert ("next_url" in oldest, f"{WEB}/feed.json") == (False, oldest["_feedwright"]["current"])
    assert f"{WEB}/archive/1/feed.json" == oldest["feed_url"]
