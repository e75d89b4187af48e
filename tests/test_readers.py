"""Readers are the judges: feedparser, reader and newsboat are subscribed while a blog lives on.

Each story is told to every reader in every format that it can read; `tests/readers/subscribers.py` says which.
A day in it is: the blog is built, the reader polls, its user looks at what is unread and has read it.
"""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from feeds import identity
from feeds.formats import FORMATS
from readers.server import Host, fetch, serving
from readers.site import NOW, Blog
from readers.subscribers import Entry, Subscriber, subscriptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOMORROW = "2026-03-02T12:00:00Z"
NEXT_WEEK = "2026-03-08T12:00:00Z"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing between a reader and the host, whatever this machine is set to.

    And `reader` with the feedparser that is installed: its own copy does not load without a module of old.
    """
    monkeypatch.setenv("READER_NO_VENDORED_FEEDPARSER", "1")
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """Where the blog is served."""
    with serving(tmp_path / "blog" / "public") as host:
        yield host


@pytest.fixture
def blog(tmp_path: Path, host: Host) -> Blog:
    """Three posts by Ana, the newest first in the feed."""
    blog = Blog(tmp_path / "blog")
    blog.set("site", title="Example", url=host.url, id="example.org", author="Ana <ana@example.org>")
    blog.write("one.md", "The *first* text.", title="One", date="2026-01-01T08:00:00Z")
    blog.write("two.md", "The *second* text.", title="Two", date="2026-01-02T08:00:00Z", tags=["Python"])
    blog.write("three.md", "The *third* text.", title="Three", date="2026-01-03T08:00:00Z")
    return blog


@dataclass(slots=True)
class Life:
    """A blog, its host, and one reader that is subscribed to the blog's feed in one format."""

    blog: Blog
    host: Host
    reader: Subscriber
    format: str
    subscribe: Callable[..., Subscriber]
    url: str

    def day(self, now: str = NOW) -> list[Entry]:
        """Build at `now`, poll, and return what was unread."""
        self.blog.build(now)
        self.reader.poll()
        unread = [entry for entry in self.reader.entries() if entry.unread]
        self.reader.read_all()
        return unread

    @property
    def titles(self) -> list[str]:
        """The titles of all that the reader holds, oldest first."""
        return titles(self.reader.entries())

    def entry(self, title: str) -> Entry:
        """The one entry of that title."""
        (found,) = [entry for entry in self.reader.entries() if entry.title == title]
        return found


@pytest.fixture(params=subscriptions())
def life(request: pytest.FixtureRequest, blog: Blog, host: Host, tmp_path: Path) -> Life:
    """Every reader with every format that it can read, one after the other."""
    subscribe, format_name = request.param
    url = f"{host.url}/{FORMATS[format_name].file_name}"
    return Life(blog, host, subscribe([url], folder(tmp_path, "reader")), format_name, subscribe, url)


def folder(parent: Path, name: str) -> Path:
    """A new folder for what a reader remembers."""
    made = parent / name
    made.mkdir()
    return made


def titles(entries: list[Entry]) -> list[str]:
    """The titles of entries."""
    return [entry.title for entry in entries]


def test_the_first_poll(life: Life) -> None:
    """All posts are there with title, text, date, author, link and enclosure."""
    sound = {"url": "/media/four.mp3", "type": "audio/mpeg", "length": 1234}
    life.blog.write(
        "four.md", "It's <b>4</b>.", title="4 & <five>", date="2026-01-04T10:00:00+02:00", enclosure=sound
    )
    assert ["One", "Two", "Three", "4 & <\u2060five>"] == titles(life.day())  # which nobody takes for HTML
    *_, four = life.reader.entries()
    assert f"{life.host.url}/four/" == four.link
    assert "<b>4</b>" in four.text
    assert datetime(2026, 1, 4, 8, tzinfo=UTC) == four.published
    assert "Ana" == four.author
    assert (f"{life.host.url}/media/four.mp3",) == four.enclosures


def test_a_rebuild_without_a_change(life: Life) -> None:
    """No file is touched, the reader's own validators get it a 304, and nothing is new."""
    life.day()
    files = life.blog.files()
    assert [] == life.day(TOMORROW)  # newsboat 2.21 remembers a feed's validators from the second answer on
    assert [] == life.day(NEXT_WEEK)
    assert files == life.blog.files()
    asked = [answer.status for answer in life.host.answers if answer.conditional]
    assert [304] * len(asked) == asked
    assert life.host.answers[-1].conditional
    assert ["One", "Two", "Three"] == life.titles


def test_one_new_post(life: Life) -> None:
    """There is exactly one new entry, and the old ones stay read."""
    life.day()
    life.blog.write("four.md", title="Four", date="2026-03-02T08:00:00Z")
    assert ["Four"] == titles(life.day(TOMORROW))
    assert ["One", "Two", "Three", "Four"] == life.titles


@pytest.mark.parametrize("keys", [{}, {"updated": "2026-03-02T08:00:00Z"}], ids=["quietly", "dated"])
def test_an_edited_post(life: Life, keys: dict[str, Any]) -> None:
    """The reader shows the new text in the place of the old, with the date it had, as no new entry."""
    life.day()
    life.blog.write("two.md", "Written *anew*.", title="Two", date="2026-01-02T08:00:00Z", **keys)
    assert [] == life.day(TOMORROW)
    assert ["One", "Two", "Three"] == life.titles
    assert "Written <em>anew</em>." in life.entry("Two").text
    assert datetime(2026, 1, 2, 8, tzinfo=UTC) == life.entry("Two").published


def renamed_slug(blog: Blog) -> None:
    """The author gives the post another address."""
    blog.write("two.md", title="Two", date="2026-01-02T08:00:00Z", slug="zwei")


def renamed_title(blog: Blog) -> None:
    """The author changes their mind, and the address is made of the title."""
    blog.set("content", permalink="/{title}/")
    blog.write("two.md", title="Number two", date="2026-01-02T08:00:00Z")


def another_pattern(blog: Blog) -> None:
    """The site generator was replaced by one that files posts by year."""
    blog.set("content", permalink="/{year}/{slug}/")


def another_date(blog: Blog) -> None:
    """The post is dated anew."""
    blog.write("two.md", title="Two", date="2026-01-02T09:30:00Z")


@pytest.mark.parametrize(
    ("change", "title", "path"),
    [
        (renamed_slug, "Two", "/zwei/"),
        (renamed_title, "Number two", "/number-two/"),
        (another_pattern, "Two", "/2026/two/"),
        (another_date, "Two", "/two/"),
    ],
    ids=["slug", "title", "pattern", "date"],
)
def test_a_post_that_is_called_another_name(
    life: Life, change: Callable[[Blog], None], title: str, path: str
) -> None:
    """A new slug, title, address pattern or date makes no new entry; the old one leads to the new address."""
    life.day()
    change(life.blog)
    assert [] == life.day(TOMORROW)
    assert sorted(["One", title, "Three"]) == sorted(life.titles)
    assert f"{life.host.url}{path}" == life.entry(title).link


def test_another_domain(life: Life) -> None:
    """With `[site] id` kept, the blog moves to another domain, the old one redirects, and nothing is new."""
    life.day()
    with serving(life.blog.public) as new:
        life.blog.set("site", url=new.url)
        life.host.moved_to = new.url
        assert [] == life.day(TOMORROW)
        assert ["One", "Two", "Three"] == life.titles
        assert f"{new.url}/two/" == life.entry("Two").link
        life.blog.write("four.md", title="Four", date="2026-03-03T08:00:00Z")
        assert ["Four"] == titles(life.day(NEXT_WEEK))


@pytest.mark.parametrize("how", ["file", "key", "tombstone"])
def test_a_deletion(life: Life, how: str, tmp_path: Path) -> None:
    """The post is gone for new subscribers; the old one gets no error, nothing twice and nothing again."""
    life.blog.set("feeds", tombstones="on" if how == "tombstone" else "off")
    life.day()
    if how == "file":
        life.blog.remove("two.md")
    else:
        life.blog.write("two.md", title="Two", date="2026-01-02T08:00:00Z", deleted="2026-03-02T08:00:00Z")
    assert [] == life.day(TOMORROW)
    assert {"One", "Three"} <= set(life.titles) <= {"One", "Two", "Three"}
    assert len(set(life.titles)) == len(life.titles)
    assert [] == life.day(NEXT_WEEK)
    assert ["One", "Three"] == newcomer(life, tmp_path)
    assert (how == "tombstone" and life.format == "atom") == (b"deleted-entry" in fetch(life.url).body)


def newcomer(life: Life, tmp_path: Path) -> list[str]:
    """The titles that somebody gets who subscribes only now."""
    reader = life.subscribe([life.url], folder(tmp_path, "newcomer"))
    reader.poll()
    return titles(reader.entries())


def test_a_deletion_brings_no_old_post_back(life: Life) -> None:
    """A post that fell out of a full feed, and comes back into it for a deleted one, is known by its id."""
    life.blog.set("feeds", limit=3)
    life.day()
    life.blog.write("four.md", title="Four", date="2026-03-02T08:00:00Z")
    assert ["Four"] == titles(life.day(TOMORROW))
    life.blog.remove("four.md")
    assert [] == life.day(NEXT_WEEK)
    assert len(set(life.titles)) == len(life.titles)


def test_a_correction_of_an_archived_post(life: Life, tmp_path: Path) -> None:
    """Years later the feed has it again, with the correction on top; the reader changes the entry it has."""
    life.blog.set("feeds", limit=3)
    life.day("2026-02-01T12:00:00Z")
    for number in range(10, 14):
        life.blog.write(f"{number}.md", title=f"No. {number}", date=f"2026-02-{number}T08:00:00Z")
        assert [f"No. {number}"] == titles(life.day(f"2026-02-{number}T12:00:00Z"))
    known = life.titles
    correction = {"date": "2026-03-02T08:00:00Z", "text": "It was the other way round."}
    life.blog.write(
        "one.md", "The first text.", title="One", date="2026-01-01T08:00:00Z", correction=correction
    )
    assert [] == life.day(TOMORROW)
    assert known == life.titles
    assert "It was the other way round." in life.entry("One").text
    assert ["One", "No. 11", "No. 12", "No. 13"] == newcomer(life, tmp_path)


def test_a_post_that_was_scheduled(life: Life) -> None:
    """Nobody sees it before its time; then it comes up by itself, once, dated as its author said."""
    life.blog.write("four.md", title="Four", date="2026-03-02T08:00:00Z")
    assert ["One", "Two", "Three"] == titles(life.day())
    (four,) = life.day(TOMORROW)
    assert ("Four", datetime(2026, 3, 2, 8, tzinfo=UTC)) == (four.title, four.published)
    assert [] == life.day(NEXT_WEEK)


def test_a_post_that_expires(life: Life, tmp_path: Path) -> None:
    """After its time new subscribers do not get it, and old ones nothing again."""
    life.blog.write("four.md", title="Four", date="2026-01-04T08:00:00Z", expires="2026-03-02T08:00:00Z")
    assert ["One", "Two", "Three", "Four"] == titles(life.day())
    assert [] == life.day(TOMORROW)
    assert {"One", "Two", "Three"} <= set(life.titles)
    assert ["One", "Two", "Three"] == newcomer(life, tmp_path)


def test_a_post_that_is_taken_back_for_a_while(life: Life) -> None:
    """A post that becomes a draft again and then returns is the one that its readers have."""
    life.day()
    life.blog.write("two.md", title="Two", date="2026-01-02T08:00:00Z", draft=True)
    assert [] == life.day(TOMORROW)
    life.blog.write("two.md", title="Two", date="2026-01-02T08:00:00Z")
    assert [] == life.day(NEXT_WEEK)
    assert ["One", "Two", "Three"] == life.titles


FORMER_FEEDS = {  # what another program had published: one post, with an id of its own make
    "rss": """<rss version="2.0"><channel><title>T</title><link>https://old.example/</link><description>D</description>
        <item><title>Old</title><link>https://old.example/?p=7</link><description>Text</description>
        <guid isPermaLink="false">https://old.example/?p=7</guid>
        <pubDate>Thu, 01 May 2025 08:00:00 GMT</pubDate></item></channel></rss>""",
    "atom": """<feed xmlns="http://www.w3.org/2005/Atom"><id>https://old.example/</id><title>T</title>
        <updated>2025-05-01T08:00:00Z</updated><entry><id>https://old.example/?p=7</id><title>Old</title>
        <updated>2025-05-01T08:00:00Z</updated><published>2025-05-01T08:00:00Z</published>
        <link href="https://old.example/?p=7"/><content>Text</content></entry></feed>""",
    "json": """{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "https://old.example/?p=7",
        "title": "Old", "content_text": "Text", "date_published": "2025-05-01T08:00:00Z"}]}""",
}


@pytest.mark.parametrize("key", ["id", "guid"])
def test_a_blog_that_comes_from_elsewhere(life: Life, key: str) -> None:
    """Posts that keep the id they had are no new entries in the feed that takes the place of the former one."""
    feed = life.blog.public / FORMATS[life.format].file_name
    feed.parent.mkdir(parents=True)
    feed.write_text(FORMER_FEEDS[life.format], encoding="utf-8")
    long_ago = datetime(2025, 6, 1, tzinfo=UTC).timestamp()
    os.utime(feed, (long_ago, long_ago))
    life.reader.poll()
    life.reader.read_all()
    assert ["Old"] == life.titles
    feed.unlink()
    life.blog.write("old.md", title="Old", date="2025-05-01T08:00:00Z", **{key: "https://old.example/?p=7"})
    assert ["One", "Two", "Three"] == titles(life.day())
    assert ["Old", "One", "Two", "Three"] == life.titles
    assert f"{life.host.url}/old/" == life.entry("Old").link


def test_posts_without_titles(life: Life) -> None:
    """A note is an entry like any other: told apart from the next by its id, shown by its text."""
    life.day()
    life.blog.write("20260302.md", "It *rains* on Porto.", title=None, date="2026-03-02T08:00:00Z")
    life.blog.write("20260303.md", "It *rains* on Porto.", title=None, date="2026-03-03T08:00:00Z")
    notes = life.day(NEXT_WEEK)
    assert 2 == len({note.id for note in notes})
    assert ["It <em>rains</em> on Porto."] * 2 == [
        note.text.removeprefix("<p>").removesuffix("</p>") for note in notes
    ]
    # Atom must have a title (RFC 4287 section 4.1.2). In RSS and JSON a made-up one would be shown above the
    # text, so there is none; newsboat then makes one of the address, for its list must have a line.
    expected = "It rains on Porto." if life.format == "atom" else ""
    assert titles(notes) in ([expected] * 2, ["20260302", "20260303"])


def test_a_post_that_stays_out_of_feeds(life: Life) -> None:
    """A post with `feed: false` never arrives, and one that gets the key later does not come again."""
    life.blog.write("four.md", title="Four", date="2026-01-04T08:00:00Z", feed=False)
    assert ["One", "Two", "Three"] == titles(life.day())
    life.blog.write("two.md", title="Two", date="2026-01-02T08:00:00Z", tags=["Python"], feed=False)
    assert [] == life.day(TOMORROW)
    assert {"One", "Three"} <= set(life.titles) <= {"One", "Two", "Three"}


def test_a_feed_that_has_moved(life: Life, tmp_path: Path) -> None:
    """`[feeds.aliases]`: the old address gets the same bytes, so the same ids, and nothing is new."""
    name = f"index{Path(life.url).suffix}"
    life.blog.set("output.names", **{life.format: name})
    former = f"{life.host.url}/{name}"
    life.reader = life.subscribe([former], folder(tmp_path, "faithful"))
    assert ["One", "Two", "Three"] == titles(life.day())
    del life.blog.settings["output.names"]
    life.blog.set("feeds.aliases", **{name: FORMATS[life.format].file_name})
    assert [] == life.day(TOMORROW)
    assert ["One", "Two", "Three"] == life.titles
    assert fetch(life.url).body == fetch(former).body
    life.blog.write("four.md", title="Four", date="2026-03-03T08:00:00Z")
    assert ["Four"] == titles(life.day(NEXT_WEEK))


def test_somebody_who_follows_a_tag_as_well(life: Life, tmp_path: Path) -> None:
    """A post has one id in both feeds, so that readers which sort this out can."""
    tag = life.url.replace(life.host.url, f"{life.host.url}/tags/python")
    life.reader = life.subscribe([life.url, tag], folder(tmp_path, "both"))
    life.day()
    found = [entry.id for entry in life.reader.entries() if entry.title == "Two"]
    assert 1 <= len(found) <= 2
    assert 1 == len(set(found))
    assert [] == life.day(TOMORROW)


def test_several_authors(life: Life) -> None:
    """Readers that know of several authors show all; those that know of one take the last that a feed names."""
    life.blog.write("four.md", title="Four", date="2026-01-04T08:00:00Z", authors=["Ana", "Bo"])
    life.day()
    assert life.entry("Four").author in {"Ana, Bo", "Bo"}


def test_the_judges_are_not_blind(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids made anew in each build, as many a program makes them, and every reader shows every post again."""
    monkeypatch.setattr(identity, "of_post", lambda *_, **__: uuid.uuid4().urn)
    life.day()
    assert ["One", "Two", "Three"] == titles(life.day(TOMORROW))
    assert ["One", "One", "Two", "Two", "Three", "Three"] == sorted(
        life.titles, key=["One", "Two", "Three"].index
    )
