"""What readers get: every feed parsed again with tools that had no part in writing it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import feedparser
import msgspec
import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.builders._entry import legal, told
from feeds.formats import FORMATS, MARK
from feeds.model import Enclosure, Episode, Origin, Participant, Person, Transcript
from feeds.settings import Feeds, Podcast, Settings
from written import (
    ATOM,
    CONTENT,
    DUBLIN_CORE,
    EPISODE,
    EVERYTHING,
    FAULTS,
    ITUNES,
    LATER,
    LISBON,
    NOBODY,
    PODCAST,
    SETTINGS,
    SLIDES,
    atom,
    atom_entry,
    built,
    chained,
    channel,
    feed_json,
    json_item,
    links,
    post,
    rss,
    rss_item,
    texts,
    whole,
)

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
    "everything": channel(post(**EVERYTHING), post(2)),
    "everything in short": channel(post(**EVERYTHING), extent="summary"),
    "no title": channel(post(title="", label="About"), post(2, title="", summary="", html="", label="Two")),
    "no title in short": channel(post(title="", summary="", label="About"), extent="summary"),
    "podcast": channel(post(**EVERYTHING), is_podcast=True),
    "with archives": chained(channel(post(**EVERYTHING)), previous="2"),
    "archive": chained(channel(post(**EVERYTHING)), previous="1", current="2"),
    "oldest archive": chained(channel(post(**EVERYTHING)), current="1"),
}
FULL = msgspec.structs.replace(
    SETTINGS,
    site=msgspec.structs.replace(SETTINGS.site, icon="/icon.png"),
    feeds=Feeds(hubs=["https://hub.example/", "https://hub2.example/?a=1&b=2"], tombstones="on"),
    podcast=Podcast(
        channel="site",
        owner="Ada Ito <show@example.org>",
        image="/cover.jpg",
        categories=["Society & Culture > Documentary", "Technology"],
    ),
)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("case", CHANNELS)
@pytest.mark.parametrize("config", [SETTINGS, NOBODY, FULL], ids=["author", "nobody", "full"])
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


@pytest.mark.parametrize("name", ["rss", "atom"])
@pytest.mark.parametrize("case", CHANNELS)
def test_no_feed_names_a_stylesheet_of_xslt(name: str, case: str) -> None:
    """Browsers are removing it, and warn across the page."""
    assert not re.search(rb"<\?xml-stylesheet[^>]*xsl", built(name, CHANNELS[case]))


@pytest.mark.parametrize("name", FORMATS)
def test_our_mark_is_near_the_start(name: str) -> None:
    """A file is known as ours, however much its site says about itself; no version stands there."""
    data = built(name, channel(post(), title="t" * 3000, description="d" * 9000))
    assert MARK.encode() in data[:4096]
    assert b"0.1" not in data[:1024].partition(MARK.encode())[2][:80]


PATTERNS = {
    "rss": rb"(?s)<item>.*?</item>",
    "atom": rb"(?s)<entry.*?</entry>",
    "json": rb'(?s)\{\n      "id".*?\n    \}',
}
PLACES = {
    "alone": channel,
    "after another": lambda made: channel(post(3), made),
    "after one that says all": lambda made: channel(post(3, **EVERYTHING), made),
    "another channel": lambda made: channel(
        made, title="Other", id="tag:example.org,2026:o", home_url="https://e.org/"
    ),
    "a channel in another language": lambda made: channel(made, language="pt"),
    "podcast": lambda made: channel(made, is_podcast=True),
    "with archives": lambda made: chained(channel(made), previous="1"),
    "archive": lambda made: chained(channel(made), previous="1", current="2"),
    "oldest archive": lambda made: chained(channel(made), current="1"),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "says", [{}, EVERYTHING, {"title": "", "label": "A note"}], ids=["plain", "all", "note"]
)
def test_an_entry_is_the_same_in_every_channel(name: str, place: str, says: dict[str, object]) -> None:
    """An entry's bytes do not depend on the feed it stands in, so that it can be written once."""
    made = post(2, **says)
    (alone,) = re.findall(PATTERNS[name], built(name, channel(made), FULL))
    assert alone == re.findall(PATTERNS[name], built(name, PLACES[place](made), FULL))[-1]


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
    """Every date is written as its author wrote it: same wall clock, same offset, no fractions.

    But for Atom's `updated`, which has one.
    """
    source = channel(post(published=moment, updated=moment), updated=moment)
    assert ([rfc_822], [rfc_822]) == (texts(rss(source), "lastBuildDate"), texts(rss(source), "item/pubDate"))
    entry = atom(source).find(f"{ATOM}entry")
    assert rfc_3339 == entry.findtext(f"{ATOM}published")
    for element in (atom(source), entry):
        updated = element.findtext(f"{ATOM}updated")
        assert rfc_3339 == whole(updated)
        assert updated != rfc_3339
    assert rfc_3339 == feed_json(source)["items"][0]["date_published"]


def test_an_edit_shows() -> None:
    """Every format tells when a post was changed, and when it was published; RSS with Atom's word for it."""
    source = channel(post(updated=LATER))
    assert "2026-08-01T07:00:00+01:00" == rss_item(source).findtext(f"{ATOM}updated")
    assert None is rss_item(channel(post())).find(f"{ATOM}updated")
    assert "2026-08-01T07:00:00+01:00" == whole(atom_entry(source).findtext(f"{ATOM}updated"))
    assert "2026-07-29T18:05:09+01:00" == atom(source).findtext(f"{ATOM}entry/{ATOM}published")
    assert "2026-08-01T07:00:00+01:00" == feed_json(source)["items"][0]["date_modified"]
    assert "date_modified" not in feed_json(channel(post()))["items"][0]
    assert ["Wed, 29 Jul 2026 18:05:09 +0100"] == texts(rss(source), "item/pubDate")


# ── every format ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", FORMATS)
def test_addresses_of_authors_are_not_published(name: str) -> None:
    """A mail address in a post's front matter goes into no feed; the site's own may."""
    assert b"bo@example.org" not in built(name, channel(post()))


TITLES = ["<b>bold</b>", "AT&T &amp; co", "]]>", "שלום, עולם", "👩‍👩‍👧 family", "a < b", "\"quotes\" 'here'"]


@pytest.mark.parametrize("title", TITLES)
def test_titles_are_read_as_they_were_written(title: str) -> None:
    """A title is text in every format, escaped once; no tag can be seen in it (U+2060)."""
    source = channel(post(title=title), title=title)
    assert [re.sub("<(?=[b/])", "<\u2060", title)] * 6 == [
        rss(source).findtext("title"),
        rss(source).findtext("item/title"),
        atom(source).findtext(f"{ATOM}title"),
        atom(source).findtext(f"{ATOM}entry/{ATOM}title"),
        feed_json(source)["title"],
        feed_json(source)["items"][0]["title"],
    ]


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_plain_text_is_marked_as_such(name: str) -> None:
    """A title that mentions HTML, or a name with an ampersand, cannot be taken for HTML; HTML and addresses can."""
    made = post(
        title="The <template> element, &lt; & more",
        authors=(Person(name="A & B"),),
        url="https://example.org/?a=1&b=2",
        html="<p>a &amp; b</p>",
        summary="x < y",
    )
    data = built(name, channel(made, title="R&D", description="<dl> & co"))
    assert b">The &#x3C;\xe2\x81\xa0template&gt; element, &#x26;lt; &#x26; more<" in data
    assert b">R&#x26;D<" in data
    assert b">A &#x26; B<" in data
    assert b">&#x3C;\xe2\x81\xa0dl&gt; &#x26; co<" in data
    assert b"&lt;p&gt;a &amp;amp; b&lt;/p&gt;" in data
    assert b"?a=1&amp;b=2" in data
    assert {"rss": b">x &amp;lt; y<", "atom": b">x &#x3C; y<"}[name] in data


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
    kept = told(title)
    item, entry = rss(source).find("item"), atom(source).find(f"{ATOM}entry")
    content = item.findtext(CONTENT) or ""
    assert [kept] * 3 == [
        item.findtext("title") or "",
        (entry.findtext(f"{ATOM}title") or "").removeprefix("" if kept else "Hello"),
        feed_json(source)["items"][0].get("title", ""),
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
        assert (told(title) or {"rss": "", "atom": "Hello"}[name]) == found.entries[0].get("title", "")


ANY = st.text(st.characters(exclude_categories=()))


@settings(deadline=None, max_examples=100)
@given(words=st.lists(ANY, min_size=12, max_size=12))
def test_no_field_can_break_a_feed(words: list[str]) -> None:
    """Whatever stands in the fields of a post and of the settings, feeds parse, and keep what is legal of it."""
    a, b, c, d, e, f, g, h, i, j, k, m = words
    made = post(
        title="",
        label=a,
        comments=f"x{b}",
        rights=f"x{c}",
        via=f"x{d}",
        subject=f"x{e}",
        language=f"x{f}",
        origin=Origin(title=f"x{g}", url=f"x{h}", id=f"x{i}"),
        enclosures=(Enclosure(url=f"x{j}", media_type=f"audio/x{k}", title=f"x{m}", duration=1),),
        episode=Episode(
            image=f"x{a}",
            chapters=f"x{b}",
            transcripts=(Transcript(url=f"x{c}", media_type=f"x{d}", language=f"x{e}"),),
            people=(Participant(name=f"x{f}", role=g, group=h, image=i, url=j),),
        ),
    )
    config = msgspec.structs.replace(
        FULL,
        feeds=Feeds(hubs=[f"x{k}"], tombstones="on"),
        podcast=Podcast(
            channel="site",
            author=f"x{m}",
            categories=[f"x{a} > y{b}"],
            guid=f"x{c}",
            image=f"x{d}",
            funding=f"x{e}",
        ),
    )
    source = chained(channel(made, is_podcast=True), previous="1")
    top, read = rss(source, config), json_item(source, config)
    item = top.find("item")
    assert [told(f"x{c}"), legal(f"x{f}"), legal(f"x{b}")] == [
        item.findtext(f"{DUBLIN_CORE}rights"),
        item.findtext(f"{DUBLIN_CORE}language"),
        item.findtext("comments"),
    ]
    assert told(f"x{f}")[:128] == item.findtext(f"{PODCAST}person")
    assert legal(f"x{a}") == item.find(f"{ITUNES}image").get("href")
    assert told(f"x{m}")[:255] == top.findtext(f"{ITUNES}author")
    assert (told(a) or made.url) == atom_entry(source, config).findtext(f"{ATOM}title")
    assert told(f"x{m}") == links(atom_entry(source, config))[1]["title"]
    assert legal(f"x{d}") == read["_feedwright"]["via_url"]


HOSTILE = [
    "<b>&amp; ]]> \"quotes\" 'here'</b>",
    "line\none\ttab\r",
    "x" * 100_000,
    "שלום, עולם 👩‍👩‍👧",
    "<!-- & -->",
    "<?xml version='1.0'?>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_fields_are_read_as_they_were_written(text: str) -> None:
    """What is said in a field is text in every format, escaped once, in attributes too."""
    source = channel(
        post(
            origin=Origin(title=text, url="https://o.example/"),
            rights=text,
            enclosures=(Enclosure(url="https://e.example/a.mp3", media_type="audio/mpeg", title=text),),
        )
    )
    found = [
        rss_item(source).findtext("source").strip(),
        rss_item(source).findtext(f"{DUBLIN_CORE}rights"),
        atom_entry(source).findtext(f"{ATOM}rights"),
        links(atom_entry(source))[1]["title"],
        json_item(source)["_feedwright"]["source"]["title"].strip(),
    ]
    assert [text.strip()] * 5 == [each.replace("\u2060", "") for each in found]


def test_a_note_from_right_to_left() -> None:
    """A note in Hebrew is called by its beginning, says its language, and its text says its direction."""
    source = channel(post(title="", label="שלום…", language="he", direction="rtl", html="<p>שלום, עולם</p>"))
    assert "שלום…" == atom_entry(source).findtext(f"{ATOM}title")
    assert '<div dir="rtl"><p>שלום, עולם</p></div>' == json_item(source)["content_html"]
    assert "he" == rss_item(source).findtext(f"{DUBLIN_CORE}language")


def test_a_category_without_a_name_is_none() -> None:
    """What is left of a tag made of control characters is nothing, and is not said."""
    source = channel(post(tags=("\x02", " ", "a")))
    assert ["Guides", "a"] == texts(rss_item(source), "category") == json_item(source)["tags"]


def test_addresses_of_the_podcast_are_those_of_the_settings() -> None:
    """Of all the mail addresses around, a podcast shows the owner's, which was given for that."""
    data = built("rss", channel(post(**EVERYTHING), is_podcast=True), FULL)
    assert b"show@example.org" in data
    assert b"bo@example.org" not in data
