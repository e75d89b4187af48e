"""Three feed readers that people use, behind one face: poll, look, read everything.

Nothing of what they decide is decided here: which entry is new, which is an old one again, and what of it is
shown are the readers' own doing.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
from calendar import timegm
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import feedparser
import pytest
import reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

NEWSBOAT = Path("/usr/bin/newsboat")  # where Debian's package puts it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a reader holds of a post. `enclosures` are addresses; `unread` is what its user would be told."""

    id: str
    title: str
    link: str
    text: str
    published: datetime | None
    author: str
    enclosures: tuple[str, ...]
    unread: bool


class Subscriber(Protocol):
    """A reader that is subscribed to a feed."""

    def poll(self) -> None:
        """Ask for what is new, as its timer would; an error of any kind fails the test."""

    def entries(self) -> list[Entry]:
        """All that it holds, by publication; an entry that it has twice is there twice."""

    def read_all(self) -> None:
        """Mark everything as read, as its user does."""


def subscriptions() -> Iterator[object]:
    """Every reader with every format that it can read, as parameters for tests.

    feedparser 6.0 and newsboat 2.21 know no JSON Feed; reader does.
    """
    for name, (subscribe, formats) in _READERS.items():
        for format_name in formats:
            yield pytest.param((subscribe, format_name), id=f"{name}-{format_name}")


class _Feedparser:
    """feedparser with the least that a program does around it: its validators, and entries by id."""

    def __init__(self, urls: Iterable[str], folder: Path) -> None:
        del folder  # it has no memory of its own
        self._validators: dict[str, dict[str, str]] = {url: {} for url in urls}
        self._entries: dict[tuple[str, str], Entry] = {}
        self._read: set[tuple[str, str]] = set()

    def poll(self) -> None:
        for url, validators in self._validators.items():
            found = feedparser.parse(url, **validators)
            assert not found.bozo, found.get("bozo_exception")
            self._validators[url] = {name: found[name] for name in ("etag", "modified") if name in found}
            for entry in found.entries:
                self._entries[url, entry.id] = _of_feedparser(entry)

    def entries(self) -> list[Entry]:
        return _by_date(replace(entry, unread=key not in self._read) for key, entry in self._entries.items())

    def read_all(self) -> None:
        self._read |= self._entries.keys()


def _of_feedparser(entry: feedparser.FeedParserDict) -> Entry:
    moment = entry.get("published_parsed")
    return Entry(
        id=entry.id,
        title=entry.get("title", ""),
        link=entry.get("link", ""),
        text="".join(content.value for content in entry.get("content", ())) or entry.get("summary", ""),
        published=datetime.fromtimestamp(timegm(moment), UTC) if moment else None,
        author=", ".join(person.name for person in entry.get("authors", ())),
        enclosures=tuple(enclosure.href for enclosure in entry.get("enclosures", ())),
        unread=True,
    )


class _Reader:
    """The library `reader` with its database."""

    def __init__(self, urls: Iterable[str], folder: Path) -> None:
        self._database = str(folder / "reader.sqlite")
        with self._open() as opened:
            for url in urls:
                opened.add_feed(url)

    def _open(self) -> AbstractContextManager[reader.Reader]:
        return closing(reader.make_reader(self._database))

    def poll(self) -> None:
        with self._open() as opened:
            # Whatever its timetable says: whether enough time has passed is no question here.
            for result in opened.update_feeds_iter(scheduled=False):
                assert not isinstance(result.value, Exception), repr(result.value.__cause__)

    def entries(self) -> list[Entry]:
        with self._open() as opened:
            return _by_date(
                Entry(
                    id=entry.id,
                    title=entry.title or "",
                    link=entry.link or "",
                    text="".join(content.value for content in entry.content) or entry.summary or "",
                    published=entry.published,
                    author=", ".join(author.name or "" for author in entry.authors),
                    enclosures=tuple(enclosure.href for enclosure in entry.enclosures),
                    unread=not entry.read,
                )
                for entry in opened.get_entries()
            )

    def read_all(self) -> None:
        with self._open() as opened:
            for entry in opened.get_entries(read=False):
                opened.mark_entry_as_read(entry)


class _Newsboat:
    """The program `newsboat` without its screen, with files of its own and nobody's proxy."""

    def __init__(self, urls: Iterable[str], folder: Path) -> None:
        if not NEWSBOAT.exists():
            if os.environ.get("CI") == "true":
                pytest.fail(f"{NEWSBOAT} is missing, and CI must see what readers see")
            pytest.skip(f"{NEWSBOAT} is missing: apt-get install newsboat")
        self._folder = folder
        self._cache = folder / "cache.db"
        self._complaints = folder / "errors.log"
        (folder / "urls").write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
        (folder / "config").write_text(f'error-log "{self._complaints}"\nuse-proxy no\n', encoding="utf-8")

    def poll(self) -> None:
        files = ("-u", "urls", "-c", "cache.db", "-C", "config")
        done = subprocess.run(
            [NEWSBOAT, "--quiet", *files, "--execute", "reload", "print-unread"],
            cwd=self._folder,
            env={"HOME": str(self._folder), "LC_ALL": "C.UTF-8", "NO_PROXY": "127.0.0.1"},
            check=True,
            timeout=30,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        complaints = self._complaints.read_text(encoding="utf-8") if self._complaints.exists() else ""
        assert complaints == ""
        # What it tells its user is what we read in its cache.
        assert f"{sum(entry.unread for entry in self.entries())} unread articles\n" == done.stdout

    def entries(self) -> list[Entry]:
        with closing(sqlite3.connect(self._cache)) as cache:
            rows = cache.execute(
                "SELECT guid, title, url, content, pubDate, author, enclosure_url, unread FROM rss_item"
                " WHERE deleted = 0"
            ).fetchall()
        return _by_date(
            Entry(
                id=guid,
                title=title,
                link=link,
                text=content,
                published=datetime.fromtimestamp(moment, UTC),
                author=author,
                enclosures=(enclosure,) if enclosure else (),
                unread=bool(unread),
            )
            for guid, title, link, content, moment, author, enclosure, unread in rows
        )

    def read_all(self) -> None:
        with closing(sqlite3.connect(self._cache)) as cache, cache:
            cache.execute("UPDATE rss_item SET unread = 0")


_READERS: dict[str, tuple[Callable[[Iterable[str], Path], Subscriber], tuple[str, ...]]] = {
    "feedparser": (_Feedparser, ("rss", "atom")),
    "reader": (_Reader, ("rss", "atom", "json")),
    "newsboat": (_Newsboat, ("rss", "atom")),
}


def _by_date(entries: Iterable[Entry]) -> list[Entry]:
    never = datetime(1970, 1, 1, tzinfo=UTC)
    return sorted(entries, key=lambda entry: (entry.published or never, entry.id))
