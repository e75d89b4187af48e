"""What clients can do by the specifications alone: walk all history, find the hub, follow a feed that moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from feeds.formats import FORMATS
from readers import history, websub
from readers.server import Host, fetch, serving
from readers.site import Blog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOMORROW = "2026-03-02T12:00:00Z"
HUBS = ["https://hub.example.org/", "https://push.example.net/"]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """Where the blog is served."""
    with serving(tmp_path / "blog" / "public") as host:
        yield host


@pytest.fixture
def blog(tmp_path: Path, host: Host) -> Blog:
    """Sixty posts, every third of them about Python, and feeds of ten."""
    blog = Blog(tmp_path / "blog")
    blog.set("site", title="Example", url=host.url, author="Ana")
    blog.set("feeds", limit=10)
    write(blog, range(60))
    return blog


def write(blog: Blog, numbers: range, **keys: object) -> None:
    """Write the posts of these numbers, one for each day from December 2025 on."""
    for number in numbers:
        day = (datetime(2025, 12, 1, 8, tzinfo=UTC) + timedelta(days=number)).isoformat()
        tags = ["Python"] if number % 3 == 0 else []
        text = f"This is text {number}." + "\n\nIt goes on, and on." * 40
        blog.write(f"{number}.md", text, title=f"No. {number}", date=day, id=id_of(number), tags=tags, **keys)


def id_of(number: int) -> str:
    """The id that post has on purpose, so that what must be found is known beforehand."""
    return f"tag:example.org,2025:{number}"


def addresses(host: Host, folder: str = "") -> dict[str, str]:
    """The URLs of a channel's feeds, by format."""
    return {name: f"{host.url}/{folder}{row.file_name}" for name, row in FORMATS.items()}


def walks(host: Host, folder: str = "") -> dict[str, list[history.Page]]:
    """What a client finds that walks all history of a channel, by format."""
    return {name: history.walk(url) for name, url in addresses(host, folder).items()}


def ids(pages: list[history.Page]) -> set[str]:
    """The ids of all entries in some documents."""
    return set(history.everything(pages))


@pytest.mark.parametrize(
    "settings", [{"limit": 10}, {"limit": 1000, "max_bytes": 20_000}], ids=["count", "bytes"]
)
def test_a_newcomer_finds_all_history(blog: Blog, host: Host, settings: dict[str, Any]) -> None:
    """From the feed through its archives there is every post with its own text, and nothing else."""
    blog.set("feeds", **settings)
    blog.build(TOMORROW)
    for pages in walks(host).values():
        found = history.everything(pages)
        assert {id_of(number) for number in range(60)} == found.keys()
        assert all(f"This is text {number}." in found[id_of(number)] for number in range(60))
        assert len(pages) >= 5
        assert max(len(page.texts) for page in pages) <= settings["limit"]


def test_archives_do_not_change(blog: Blog, host: Host) -> None:
    """After ten more posts every archive is still there, answers 304 to who has it, and leads on to the rest."""
    blog.build(TOMORROW)
    before = walks(host)
    write(blog, range(60, 70))
    blog.build("2026-04-01T12:00:00Z")
    for name, pages in walks(host).items():
        archives = before[name][1:]
        assert [304] * len(archives) == [fetch(page.url, if_none_match=page.etag).status for page in archives]
        assert 0 < len(archives) < len(pages) - 1
        assert {page.url for page in archives} <= {page.url for page in pages}
        assert {id_of(number) for number in range(70)} == ids(pages)


def test_archives_name_their_feed(blog: Blog, host: Host) -> None:
    """Who comes upon an archive finds the feed to subscribe to (RFC 5005 section 4)."""
    blog.build(TOMORROW)
    for name, (feed, *archives) in walks(host).items():
        assert archives
        assert [page.url for page in (feed, *archives)] == [page.links["self"] for page in (feed, *archives)]
        if name != "json":  # which has no word for it
            assert {feed.url} == {page.links["current"] for page in archives}


def test_a_newcomer_finds_no_deleted_post(blog: Blog, host: Host) -> None:
    """A post that is deleted long after it was archived is in no document any more, and no link is broken."""
    blog.build(TOMORROW)
    blog.remove("17.md")
    blog.build("2026-03-03T12:00:00Z")
    expected = {id_of(number) for number in range(60) if number != 17}
    assert dict.fromkeys(FORMATS, expected) == {name: ids(pages) for name, pages in walks(host).items()}


def test_a_newcomer_gets_corrected_posts(blog: Blog, host: Host) -> None:
    """A correction of an archived post stands in the feed, and wins over what any archive may say."""
    blog.build(TOMORROW)
    write(
        blog, range(5, 6), correction={"date": "2026-03-03T08:00:00Z", "text": "It was the other way round."}
    )
    blog.build("2026-03-03T12:00:00Z")
    for pages in walks(host).values():
        assert "It was the other way round." in pages[0].texts[id_of(5)]
        assert "It was the other way round." in history.everything(pages)[id_of(5)]
        assert {id_of(number) for number in range(60)} == ids(pages)


@pytest.mark.parametrize(("archives", "expected"), [("all", 20), ("site", 10), ("none", 10)])
def test_the_history_of_a_tag(blog: Blog, host: Host, archives: str, expected: int) -> None:
    """Which channels have archives is the author's choice."""
    blog.set("feeds", archives=archives)
    blog.build(TOMORROW)
    found = {name: ids(pages) for name, pages in walks(host, "tags/python/").items()}
    newest = {id_of(number) for number in range(0, 60, 3)[-expected:]}
    assert dict.fromkeys(FORMATS, newest) == found


def test_one_id_everywhere(blog: Blog, host: Host) -> None:
    """A post has the same id in the site's feed and in its tag's, in every format, also one that was minted."""
    blog.write("new.md", "Brand new.", title="New", date="2026-03-01T09:00:00Z", tags=["Python"])
    blog.build(TOMORROW)
    documents = [pages[0] for folder in ("", "tags/python/") for pages in walks(host, folder).values()]
    found = [id_ for page in documents for id_, text in page.texts.items() if "Brand new." in text]
    assert 2 * len(FORMATS) == len(found)
    assert 1 == len(set(found))


def test_an_alias_is_the_same_feed(blog: Blog, host: Host) -> None:
    """The old address has the bytes and the ETag of the new one; hosts that read redirects send readers on."""
    old = {"rss": "index.xml", "atom": "feed/atom.xml", "json": "feed/index.json"}
    blog.set("feeds.aliases", **{old[name]: row.file_name for name, row in FORMATS.items()})
    blog.build(TOMORROW)
    redirects = (blog.public / "_redirects").read_text(encoding="utf-8").splitlines()
    for name, url in addresses(host).items():
        former, current = fetch(f"{host.url}/{old[name]}"), fetch(url)
        assert (200, current.body) == (former.status, former.body)
        assert former.headers["etag"] == current.headers["etag"]
        assert [f"/{old[name]}", url.removeprefix(host.url), "301"] in [line.split() for line in redirects]


@pytest.mark.parametrize("hubs", [HUBS, []], ids=["two hubs", "no hub"])
@pytest.mark.parametrize("folder", ["", "tags/python/"], ids=["site", "tag"])
def test_hubs_can_be_discovered(blog: Blog, host: Host, folder: str, hubs: list[str]) -> None:
    """Every feed names all hubs there are, and itself once, by the address that it is served at."""
    blog.set("feeds", hubs=hubs)
    blog.build(TOMORROW)
    urls = addresses(host, folder)
    expected = {name: websub.Topic(hubs=tuple(hubs), selves=(url,)) for name, url in urls.items()}
    assert expected == {name: websub.discover(url) for name, url in urls.items()}
