"""Everything that whole sites publish, read back by parsers that are not ours."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from lxml import etree

from feeds import config, mailing, pipeline
from feeds.newsletter import exports, issue

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SITES = sorted(path.name for path in (HERE / "sites").iterdir() if path.is_dir())
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module", params=[*SITES, "own"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site with the mail of its latest post; `own` is this repository's."""
    folder = tmp_path_factory.mktemp("output") / str(request.param)
    if request.param == "own":
        shutil.copytree(HERE.parent / "content", folder / "content")
        shutil.copy(HERE.parent / "pyproject.toml", folder)
    else:
        shutil.copytree(HERE / "sites" / request.param, folder, symlinks=True)
    found = config.load(folder)
    pipeline.build(found, now=NOW)
    letter = mailing.chosen(pipeline.gather(found, now=NOW), issue.Wanted(), (), found).letter
    (folder / "issue.eml").write_bytes(exports.EXPORTS["eml"].write(letter, found).data)
    (folder / "issue.html").write_bytes(exports.EXPORTS["html"].write(letter, found).data)
    return folder


def channels(site: Path) -> list[Path]:
    """The folder of every channel."""
    return sorted(path.parent for path in (site / "public").rglob("feed.json"))


def read_json(folder: Path) -> dict[str, Any]:
    """A channel's JSON feed."""
    found: dict[str, Any] = json.loads((folder / "feed.json").read_bytes())
    return found


def left_over(text: str) -> list[str]:
    """Template code in a text, other than what its author shows as such: raw, or in a summary's code."""
    for shown in ("{% if page %}", "{% for %}"):
        text = text.replace(shown, "")
    return re.findall(r"\{\{[<%]|\{%|%\}|[%>]\}\}", text)


class Content(HTMLParser):
    """What a reader would do with a piece of HTML: its addresses, its elements, its text outside code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.elements: set[str] = set()
        self.text = ""
        self._code = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element and its addresses."""
        self.elements.add(tag)
        self._code += tag in {"code", "pre"}
        for name, value in attrs:
            if name in {"href", "src", "poster", "cite", "data"}:
                self.addresses.append(value or "")
            elif name == "srcset":
                self.addresses += [candidate.split()[0] for candidate in re.split(r",\s+", value or "")]
            elif name.startswith("on"):
                self.handlers.append(name)

    def handle_endtag(self, tag: str) -> None:
        """Leave code."""
        self._code -= tag in {"code", "pre"}

    def handle_data(self, data: str) -> None:
        """Keep what is not code."""
        if self._code <= 0:
            self.text += data


def test_feeds_parse_and_agree(site: Path) -> None:
    """RSS, Atom and JSON of each channel hold the same entries, newest first, under the same ids."""
    for folder in channels(site):
        items = read_json(folder)["items"]
        ids = [item["id"] for item in items]
        assert len(ids) == len(set(ids))
        for name in ("rss.xml", "atom.xml"):
            data = (folder / name).read_bytes()
            etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
            parsed = feedparser.parse(data)
            assert not parsed.bozo, parsed.get("bozo_exception")
            assert ids == [entry.id for entry in parsed.entries]
            assert [item["url"] for item in items] == [entry.link for entry in parsed.entries]
        moments = [datetime.fromisoformat(item["date_published"]) for item in items]
        assert moments == sorted(moments, reverse=True)


def test_feeds_are_dated_by_their_newest_entry(site: Path) -> None:
    """Never by the clock; and every date has a zone."""
    for folder in channels(site):
        root = etree.parse(folder / "atom.xml").getroot()
        entries = [datetime.fromisoformat(e.text) for e in root.iterfind(f"{ATOM}entry/{ATOM}updated")]
        updated = datetime.fromisoformat(root.findtext(f"{ATOM}updated"))
        assert updated == max(entries, default=datetime(2000, 1, 1, tzinfo=UTC))
        assert updated <= NOW
        rss = etree.parse(folder / "rss.xml").getroot()
        for element in [*rss.iter("pubDate"), *rss.iter("lastBuildDate")]:
            assert re.fullmatch(
                r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}", element.text
            )


def test_feeds_know_where_they_are(site: Path) -> None:
    """The self link of each is the address that its path has on the site."""
    settings = config.load(site).settings
    for folder in channels(site):
        place = folder.relative_to(site / "public").as_posix()
        base = f"{settings.site.url}/{'' if place == '.' else place + '/'}"
        atom = etree.parse(folder / "atom.xml").getroot()
        assert [f"{base}atom.xml"] == [
            unquote(link.get("href")) for link in atom.iterfind(f"{ATOM}link[@rel='self']")
        ]
        rss = etree.parse(folder / "rss.xml").getroot()
        assert [f"{base}rss.xml"] == [unquote(link.get("href")) for link in rss.iter(f"{ATOM}link")]
        assert f"{base}feed.json" == unquote(read_json(folder)["feed_url"])


def test_content_is_whole_clean_and_absolute(site: Path) -> None:
    """No relative address, no script, no handler, no template code outside code, in any format."""
    for item in read_json(site / "public")["items"]:
        found = Content(item.get("content_html", ""))
        for address in found.addresses:
            assert urlsplit(address).scheme in {"http", "https", "mailto", "tel"}, (item["url"], address)
            assert " " not in address
        assert [] == found.handlers
        assert set() == found.elements & {
            "script",
            "style",
            "iframe",
            "form",
            "object",
            "embed",
            "svg",
            "link",
        }
        assert not left_over(found.text), item["url"]


def test_formats_carry_the_same_content(site: Path) -> None:
    """What JSON says in HTML, Atom and RSS say escaped: whole posts, in `content:encoded`."""
    html = {item["id"]: item.get("content_html", "") for item in read_json(site / "public")["items"]}
    atom = etree.parse(site / "public/atom.xml").getroot()
    assert html == {
        e.findtext(f"{ATOM}id"): e.findtext(f"{ATOM}content", "") for e in atom.iter(f"{ATOM}entry")
    }
    rss = etree.parse(site / "public/rss.xml").getroot()
    for item in rss.iter("item"):
        # feedgen writes the content of an entry without a summary as its description
        written = item.findtext(f"{CONTENT}encoded") or item.findtext("description", "")
        assert html[item.findtext("guid")] == written


def test_every_address_is_one_of_the_web(site: Path) -> None:
    """Links, images, enclosures, authors' pages: absolute in every format, and nothing that could run."""

    def values(item: object) -> Iterator[str]:
        if isinstance(item, dict):
            for key, value in item.items():
                if key in {"url", "image", "feed_url", "home_page_url", "external_url"}:
                    yield value
                yield from values(value)
        elif isinstance(item, list):
            for value in item:
                yield from values(value)

    for folder in channels(site):
        found = [*values(read_json(folder))]
        for name in ("atom.xml", "rss.xml"):
            root = etree.parse(folder / name).getroot()
            found += [
                e.get(key) for e in root.iter() for key in ("href", "url", "domain", "scheme") if e.get(key)
            ]
            found += [e.text for e in root.iter(f"{ATOM}uri", "link") if e.text and e.text.strip()]
        assert found
        for address in found:
            assert re.match(r"https?://[^/]", address), address


def test_everybody_who_wrote_is_named(site: Path) -> None:
    """Authors are in every format, in RSS through dc:creator."""
    items = read_json(site / "public")["items"]
    expected = [[author["name"] for author in item.get("authors", [])] for item in items]
    atom = etree.parse(site / "public/atom.xml").getroot()
    found = [[n.text for n in e.iterfind(f"{ATOM}author/{ATOM}name")] for e in atom.iterfind(f"{ATOM}entry")]
    assert expected == found
    rss = etree.parse(site / "public/rss.xml").getroot()
    assert expected == [[n.text for n in i.iterfind(f"{DUBLIN_CORE}creator")] for i in rss.iter("item")]


def test_enclosures_stay_enclosures(site: Path) -> None:
    """With address, type and length, in every format."""
    items = read_json(site / "public")["items"]
    expected = [
        (attachment["url"], attachment["mime_type"], str(attachment.get("size_in_bytes", 0)))
        for item in items
        for attachment in item.get("attachments", [])
    ]
    atom = etree.parse(site / "public/atom.xml").getroot()
    links = atom.iterfind(f"{ATOM}entry/{ATOM}link[@rel='enclosure']")
    assert expected == [(x.get("href"), x.get("type"), x.get("length", "0")) for x in links]
    for entry in atom.iterfind(f"{ATOM}entry"):
        assert 1 == len(entry.findall(f"{ATOM}link[@rel='alternate']"))


def test_the_lists_name_every_channel(site: Path) -> None:
    """OPML and page agree with what is on disk, but for an author of everything; every relative link opens."""
    opml = etree.parse(site / "public/feeds.opml").getroot()
    everybody = [*(site / "public/authors").glob("*/")]
    offered = len(opml.findall(".//outline[@xmlUrl]"))
    assert 0 <= len(channels(site)) - offered <= (len(everybody) == 1)
    page = (site / "public/subscribe.html").read_text(encoding="utf-8")
    relative = [a for a in Content(page).addresses if not urlsplit(a).scheme and not a.startswith("#")]
    assert len(relative) >= 3 * offered
    for address in relative:
        assert (site / "public" / unquote(address)).is_file(), address


def test_nothing_disposable_is_needed(site: Path) -> None:
    """Without `.feeds/` a build finds everything as it is; without `public/` it makes the same bytes."""
    found = config.load(site)
    before = {path: path.read_bytes() for path in sorted((site / "public").rglob("*")) if path.is_file()}
    shutil.rmtree(site / ".feeds")
    again = pipeline.build(found, now=datetime(2026, 11, 25, tzinfo=UTC))
    assert ((), (), len(before)) == (again.written, again.removed, len(again.unchanged))
    shutil.rmtree(site / "public")
    pipeline.build(found, now=NOW)
    assert before == {
        path: path.read_bytes() for path in sorted((site / "public").rglob("*")) if path.is_file()
    }


def test_the_mail_parses(site: Path) -> None:
    """An independent parser finds both parts, whole, and the headers that were meant."""
    mail = message_from_bytes((site / "issue.eml").read_bytes(), policy=default)
    assert [] == mail.defects
    plain, html = mail.iter_parts()  # type: ignore[attr-defined] # an EmailMessage
    assert ("text/plain", "text/html") == (plain.get_content_type(), html.get_content_type())
    assert (site / "issue.html").read_text(encoding="utf-8").split() == html.get_content().split()
    assert {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "List-Id"} <= set(mail.keys())
    assert len(mail.keys()) == len(set(mail.keys()))


def test_the_mail_is_clean(site: Path) -> None:
    """Absolute addresses, no script, no template code; every link is in the text part too."""
    mail = message_from_bytes((site / "issue.eml").read_bytes(), policy=default)
    plain, html = (part.get_content() for part in mail.iter_parts())  # type: ignore[attr-defined]
    found = Content(html)
    for address in found.addresses:
        assert urlsplit(address).scheme in {"http", "https", "mailto", "tel"} or address.startswith("#")
        if urlsplit(address).scheme in {"http", "https"}:
            assert address in plain
    assert [] == found.handlers
    assert set() == found.elements & {"script", "iframe", "form", "object", "embed", "svg", "link"}
    assert not left_over(found.text)
    assert len(html.encode()) <= 99_000
