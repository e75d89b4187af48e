"""Atom as the lint has it: every rule broken by one small change to a feed without faults, and kept by another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from validity_cases import ATOM_CASES, ATOM_FEED, ATOM_SECOND, ATOM_URL

from feeds.validity import atom, documents, history, together
from feeds.validity.canonical import canonical
from feeds.validity.together import Item, Published

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def found(text: str, url: str = ATOM_URL) -> set[str]:
    """The ids of the rules of Atom and history that a feed breaks."""
    document, _ = documents.read(text.encode())
    assert document is not None
    ours = atom.RULES | history.RULES
    both = [*atom.lint(document, url, now=NOW), *history.lint(document, url)]
    return {finding.rule.id for finding in both} & set(ours)


def every(text: str) -> list[str]:
    """Everything that any room says of a feed."""
    document, faults = documents.read(text.encode())
    assert document is not None
    both = [*faults, *atom.lint(document, ATOM_URL, now=NOW), *history.lint(document, ATOM_URL)]
    return [f"{each.rule.id} {each.line} {each.message}" for each in both]


def test_a_full_feed_has_no_faults() -> None:
    """Every element that Atom has, at its best."""
    assert [] == every(ATOM_FEED)


@pytest.mark.parametrize(("rule", "place", "broken", "kept"), ATOM_CASES)
def test_a_rule_is_broken_and_kept(rule: str, place: str, broken: str, kept: str | None) -> None:
    """One change breaks it, another close by does not, and no rule is broken that is not meant to be."""
    assert place in ATOM_FEED
    assert rule in found(ATOM_FEED.replace(place, broken))
    if kept is not None:
        assert rule not in found(ATOM_FEED.replace(place, kept))


def test_no_rule_is_dead() -> None:
    """Each row of the tables is broken by some case."""
    assert {case[0] for case in ATOM_CASES} == set(atom.RULES | history.RULES)


def test_a_finding_says_where_it_is() -> None:
    """The line of the document, the entry, the field of the front matter, and the words to look for."""
    text = ATOM_FEED.replace("2026-03-01T10:00:00Z</updated>", "yesterday</updated>")
    document, _ = documents.read(text.encode())
    assert document is not None
    (finding,) = [each for each in atom.lint(document, ATOM_URL) if each.rule.id == "atom-date-form"]
    line = text[: text.index("yesterday")].count("\n") + 1
    assert (line, "https://example.org/fourth/", "updated", "yesterday") == (
        finding.line,
        finding.entry,
        finding.field,
        finding.excerpt,
    )


def test_an_entry_without_an_id_is_called_by_its_address() -> None:
    """So that its post is found all the same."""
    document, _ = documents.read(ATOM_FEED.replace("<id>tag:example.org,2026:first</id>", "").encode())
    assert document is not None
    (finding,) = [each for each in atom.lint(document, ATOM_URL) if each.rule.id == "atom-entry-id"]
    assert "https://example.org/first/" == finding.entry


def test_an_entry_document_names_its_own_author() -> None:
    """An entry alone has no feed to say who wrote it."""
    head = '<entry xmlns="http://www.w3.org/2005/Atom">'
    alone = ATOM_SECOND.replace("<entry>", head)
    assert {"atom-entry-author"} == found(alone)
    named = alone.replace("<title>Elsewhere", "<author><name>Di</name></author><title>Elsewhere")
    assert set() == found(named)


def test_dates_to_come_are_fine_while_nobody_says_what_time_it_is() -> None:
    """The lint has no clock."""
    document, _ = documents.read(ATOM_FEED.replace("2026-03-01T10:00:00Z<", "2096-03-01T10:00:00Z<").encode())
    assert document is not None
    assert {"atom-feed-updated-newest"} == {each.rule.id for each in atom.lint(document, ATOM_URL)}


@pytest.mark.parametrize(
    ("written", "simple"),
    [
        ("HTTP://Example.ORG:80", "http://example.org/"),
        ("https://example.org:443/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/a/..", "https://example.org/"),
        ("https://example.org/..", "https://example.org/"),
        (
            "https://example.org:8080/%7euser/%c3%a9?q=%41#%2f",
            "https://example.org:8080/~user/%C3%A9?q=A#%2F",
        ),
        ("https://me@example.org./", "https://me@example.org/"),
        ("https://www.example.org./x", "https://www.example.org/x"),
        ("https://[::1]:443/", "https://[::1]/"),
        ("https://a:b:c/", "https://a:b:c/"),
        ("TAG:example.org,2026:%61/../b", "tag:example.org,2026:a/../b"),
        ("/a/./b", "/a/b"),
        ("a/./b", "a/./b"),
    ],
)
def test_an_address_is_simplified(written: str, simple: str) -> None:
    """As RFC 3986 (section 6.2) has it."""
    assert simple == canonical(written)


@given(st.text())
def test_simplifying_is_done_once(text: str) -> None:
    """What is simple stays as it is, and no text is too odd."""
    once = canonical(f"https://example.org/{text}")
    assert once == canonical(once)


@given(st.text(alphabet="<>&;\"'=/ abxdivfeedentrycontent:{}\n", max_size=200))
def test_any_document_can_be_judged(text: str) -> None:
    """Whatever stands in a feed, a verdict comes out."""
    document, _ = documents.read(f'<feed xmlns="http://www.w3.org/2005/Atom">{text}</feed>'.encode())
    if document is not None:
        assert list(atom.lint(document, ATOM_URL, now=NOW))
        list(history.lint(document, ATOM_URL))


RSS = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0">
<channel><title>Notes</title><link>https://example.org/</link><description>All</description>
<atom:link rel="self" href="https://example.org/rss.xml"/>
<atom:link rel="hub" href="https://hub.example.org/"/>
<atom:link rel="prev-archive" href="https://example.org/archive/rss.xml"/>
<item><guid isPermaLink="false">tag:example.org,2026:first</guid><link>https://example.org/first/</link></item>
<item><guid>https://example.org/second/</guid></item>
</channel></rss>"""


def test_rss_has_a_history_as_well() -> None:
    """RFC 5005 (appendix B) and WebSub hold for RSS, by Atom's links."""
    document, _ = documents.read(RSS.encode())
    assert document is not None
    assert [] == list(history.lint(document))
    document, _ = documents.read(RSS.replace("<item>", "<fh:archive/><item>", 1).encode())
    assert document is not None
    assert ["history-archive-current"] == [each.rule.id for each in history.lint(document)]
    document, _ = documents.read(b"<opml/>")
    assert document is not None
    assert [] == list(history.lint(document))


def test_what_feeds_say_of_each_other_is_read() -> None:
    """Ids, addresses and pages, from every format."""
    document, _ = documents.read(RSS.encode())
    assert document is not None
    url = "https://example.org/rss.xml"
    assert together.of_xml(document, url) == Published(
        url=url,
        format="rss",
        own=url,
        previous="https://example.org/archive/rss.xml",
        items=(
            Item("tag:example.org,2026:first", "https://example.org/first/", 6),
            Item("https://example.org/second/", "https://example.org/second/", 7),
        ),
    )
    document, _ = documents.read(ATOM_FEED.encode())
    assert document is not None
    published = together.of_xml(document, ATOM_URL)
    assert published is not None
    assert ("atom", "tag:example.org,2026:feed", ATOM_URL, "https://example.org/archive/2025/atom.xml") == (
        published.format,
        published.id,
        published.own,
        published.previous,
    )
    assert Item("tag:example.org,2026:first", "https://example.org/first/", 19) == published.items[0]
    feed = {
        "feed_url": "https://example.org/f",
        "next_url": "https://example.org/g",
        "items": [{"id": "1"}, 2],
    }
    assert together.of_json(feed, "https://example.org/f") == Published(
        url="https://example.org/f",
        format="json",
        own="https://example.org/f",
        previous="https://example.org/g",
        items=(Item("1", ""),),
    )
    assert together.of_json([], "") is None
    document, _ = documents.read(b"<opml/>")
    assert document is not None
    assert together.of_xml(document, "") is None


def site(**changes: Published | None) -> list[Published]:
    """A feed in two formats with two archives, every one of which can be changed or left out."""
    top = "https://example.org/"
    items = (Item("tag:example.org,2026:1", f"{top}1/"),)
    older = (Item("tag:example.org,2025:0", f"{top}0/"),)
    everything: dict[str, Published | None] = {
        "atom": Published(
            url=f"{top}atom",
            format="atom",
            id="urn:f-f:1",
            own=f"{top}atom",
            previous=f"{top}two",
            items=items,
        ),
        "two": Published(
            url=f"{top}two",
            format="atom",
            id="urn:f-f:1",
            own=f"{top}two",
            previous=f"{top}one",
            current=f"{top}atom",
            is_archive=True,
            items=items,
        ),
        "one": Published(
            url=f"{top}one",
            format="atom",
            id="urn:f-f:1",
            own=f"{top}one",
            following=f"{top}two",
            current=f"{top}atom",
            is_archive=True,
            items=older,
        ),
        "json": Published(
            url=f"{top}json", format="json", own=f"{top}json", previous=f"{top}more", items=items
        ),
        "more": Published(url=f"{top}more", format="json", own=f"{top}more", items=older),
    }
    return [each for each in (everything | changes).values() if each is not None]


def changed(name: str, **fields: str | bool | tuple[Item, ...]) -> dict[str, Published]:
    """One document of the site with other fields."""
    from dataclasses import replace  # noqa: PLC0415 - of this one helper

    (each,) = [each for each in site() if each.url.endswith(f"/{name}")]
    return {name: replace(each, **fields)}


@pytest.mark.parametrize(
    ("rule", "url", "changes"),
    [
        ("set-address", "json", changed("json", own="https://example.org/feed")),
        ("set-archive-there", "two", {"one": None}),
        ("set-archive-there", "json", {"more": None}),
        ("set-archive-format", "json", changed("json", previous="https://example.org/one")),
        ("set-archive-ends", "json", changed("more", previous="https://example.org/json")),
        ("set-archive-ends", "atom", changed("one", previous="https://example.org/two")),
        ("set-archive-marked", "two", changed("one", is_archive=False)),
        ("set-archive-reached", "two", changed("atom", previous="")),
        ("set-archive-reached", "one", changed("one", current="https://example.org/none")),
        ("set-archive-reached", "one", changed("one", current="")),
        ("set-archive-next", "one", changed("one", following="https://example.org/atom", previous="")),
        ("set-archive-next", "one", changed("one", following="https://example.org/three")),
        ("set-archive-id", "two", changed("one", id="urn:f-f:2")),
        (
            "set-feed-id",
            "b",
            {
                "b": Published(
                    url="https://example.org/b", format="atom", id="urn:f-f:1", own="https://example.org/b"
                )
            },
        ),
        ("set-entry-id", "json", changed("json", items=(Item("urn:x-y:1", "https://example.org/1/"),))),
        (
            "set-entry-id",
            "two",
            changed("two", items=(Item("tag:example.org,2026:2", "https://example.org/1/"),)),
        ),
        ("set-entry-id", "more", changed("json", items=(Item("0", "https://example.org/0/"),))),
        (
            "set-entry-address",
            "json",
            changed("json", items=(Item("tag:example.org,2026:1", "https://example.org/one/", 7),)),
        ),
    ],
)
def test_feeds_agree(rule: str, url: str, changes: dict[str, Published | None]) -> None:
    """What is said in one document holds in the others."""
    assert (rule, f"https://example.org/{url}") in {
        (each.rule.id, at) for at, each in together.lint(site(**changes))
    }


def test_feeds_that_agree_have_no_findings() -> None:
    """Also with a copy where the feed once was."""
    (feed, *_) = site()
    copy = {"old": changed("atom", url="https://example.org/old")["atom"]}
    assert feed.url != copy["old"].url
    assert [] == list(together.lint(site(**copy)))


def test_an_id_from_elsewhere_stays_where_it_may() -> None:
    """Atom wants an IRI; a bare UUID, or a number, is as good in the other formats."""
    names = ("5f3a9c", "1225c695-cfb8-4ebb-aaaa-80da344efa6a", "https//example.org/1", "tag:1")
    for name in names:
        assert [] == list(
            together.lint(site(**changed("json", items=(Item(name, "https://example.org/1/"),))))
        )


def test_no_rule_of_sets_is_dead() -> None:
    """Each row of the table is broken by some case."""
    (mark,) = [each for each in test_feeds_agree.pytestmark if each.name == "parametrize"]  # type: ignore[attr-defined]
    assert {case[0] for case in mark.args[1]} == set(together.RULES)


def test_a_circle_is_told_once() -> None:
    """Though every document of it is in it."""
    found = [
        each.rule.id
        for _, each in together.lint(site(**changed("more", previous="https://example.org/json")))
    ]
    assert 1 == found.count("set-archive-ends")


@pytest.mark.parametrize(
    ("place", "broken", "field"),
    [
        ("<title>Notes</title>", "<title>Notes &lt;/p></title>", "title"),
        ("&lt;em&gt;of all", "&lt;script&gt;of all", "description"),
        ("<rights>CC BY 4.0</rights>", "<rights/>", "copyright"),
        ("<name>Ada Example</name>", "<name/>", "authors"),
        (' xml:lang="en"', "", "language"),
    ],
)
def test_what_a_feed_says_of_itself_is_called_as_the_settings_do(place: str, broken: str, field: str) -> None:
    """So that the line of the settings is found."""
    document, _ = documents.read(ATOM_FEED.replace(place, broken).encode())
    assert document is not None
    assert {("", field)} == {(each.entry, each.field) for each in atom.lint(document, ATOM_URL)}


def test_a_feed_is_where_it_says_when_nobody_knows_better() -> None:
    """As in a folder that some other program wrote; and one that does not say is left out."""
    document, _ = documents.read(ATOM_FEED.encode())
    assert document is not None
    assert together.of_xml(document, "") == together.of_xml(document, ATOM_URL)
    feed = {"feed_url": "https://example.org/f", "items": []}
    assert together.of_json(feed, "") == together.of_json(feed, "https://example.org/f")
    nowhere = together.of_json({"items": [], "next_url": "https://example.org/none"}, "")
    assert nowhere is not None
    assert [] == list(together.lint([nowhere]))
