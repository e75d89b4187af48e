"""The schemas: what they accept and refuse, member by member, and that they agree with the lint."""

from __future__ import annotations

import copy
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from validity_cases import ATOM_CASES, ATOM_FEED, GONE, JSON_CASES, JSON_FEED, changed

from feeds import validity
from feeds.validity import (
    atom,
    atom_in_rss,
    documents,
    history,
    json_reading,
    jsonfeed,
    opml,
    schemas,
    together,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.validity.rules import Finding

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
MEDIA = "{http://search.yahoo.com/mrss/}"
TOMB = "{http://purl.org/atompub/tombstones/1.0}"
REPLY = "{http://purl.org/syndication/thread/1.0}"

# The rules that say more than a grammar can: about other elements, other documents, or what a text means.
BEYOND_ATOM = {
    *("atom-address-absolute", "atom-category-label", "atom-category-once", "atom-content-address-type"),
    *("atom-content-base64", "atom-content-whole", "atom-date-plausible", "atom-element-named", "hub-once"),
    *(
        "atom-entry-author",
        "atom-entry-content",
        "atom-entry-id-unique",
        "atom-entry-ids-differ",
        "hub-topic",
    ),
    *("atom-entry-summary", "atom-entry-text", "atom-entry-updated-later", "atom-entry-updated-unique"),
    *("atom-entry-version", "atom-feed-updated-newest", "atom-generator-named", "atom-id-ascii"),
    *("atom-id-canonical", "atom-language-given", "atom-link-address", "atom-link-alternate-once"),
    *("atom-link-replies", "atom-link-self", "atom-link-self-location", "atom-link-self-media-type"),
    *("atom-link-title", "atom-link-without-text", "atom-metadata-first", "atom-person-name-plain"),
    *("atom-scheme-registered", "atom-source-complete", "atom-text-blank", "atom-text-xhtml", "hub-address"),
    *("history-archive-current", "history-archive-links", "history-archive-other", "history-complete"),
    *("history-link-address", "history-link-elsewhere", "history-link-once", "history-links-in-head"),
    *("tombstone-once", "tombstone-true"),
}
BEYOND_JSON = {
    *("json-author-current", "json-feed-url", "json-feed-url-location"),
    *(
        "json-home-page-url",
        "json-hub-topic",
        "json-hub-type",
        "json-item-content-blank",
        "json-item-date-order",
    ),
    *("json-item-date-plausible", "json-item-id-unique", "json-item-tag-once", "json-item-url"),
    *("json-language-given", "json-next-url", "json-scheme-registered", "json-text-blank", "json-text-plain"),
    "json-version-current",
}
# What a grammar finds only in its plainer forms.
PARTLY = {
    *("atom-attribute-known", "atom-category-term", "atom-content-address", "atom-content-type"),
    *("atom-id-absolute", "atom-image-address", "atom-link-relation", "atom-person-name"),
    *("atom-text-without-elements", "json-address", "json-item-date", "json-title"),
}


def of_atom(text: str | bytes) -> list[Finding]:
    """What the schema says against an Atom document."""
    data = text if isinstance(text, bytes) else text.encode()
    document, faults = documents.read(data)
    assert document is not None, faults
    return list(schemas.lint_atom(document))


def test_full_feeds_are_accepted() -> None:
    """Every element and member that the formats have."""
    assert [] == of_atom(ATOM_FEED)
    assert [] == list(schemas.lint_json(JSON_FEED))


@pytest.mark.parametrize(("rule", "place", "broken", "kept"), ATOM_CASES)
def test_relax_ng_agrees_with_the_lint(rule: str, place: str, broken: str, kept: str | None) -> None:
    """What breaks a rule of structure breaks the schema; what keeps it does not."""
    refused = bool(of_atom(ATOM_FEED.replace(place, broken)))
    assert rule in PARTLY or refused == (rule not in BEYOND_ATOM)
    assert kept is None or not of_atom(ATOM_FEED.replace(place, kept))


@pytest.mark.parametrize(("rule", "path", "broken", "kept"), JSON_CASES)
def test_the_json_schema_agrees_with_the_lint(rule: str, path: str, broken: object, kept: object) -> None:
    """What breaks a rule of structure breaks the schema; what keeps it does not."""
    refused = bool(list(schemas.lint_json(changed(path, broken))))
    assert rule in PARTLY or refused == (rule not in BEYOND_JSON)
    assert kept is GONE or not list(schemas.lint_json(changed(path, kept)))


def nodes(root: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """Every element below the root with the one that it is in, but for those inside XHTML."""
    for child in root:
        yield root, child
        if not child.tag.startswith(XHTML):
            yield from nodes(child)


def path_of(parent: ET.Element, child: ET.Element) -> str:
    """A name for an element in a test."""
    names = [each.tag.rpartition("}")[2] for each in (parent, child)]
    return f"{names[0]}/{names[1]}/{list(parent).index(child)}"


TREE = ET.fromstring(ATOM_FEED.encode())  # noqa: S314 - our own
NUMBERED = list(enumerate(nodes(TREE)))
NAMES = [f"{number}-{path_of(*pair)}" for number, pair in NUMBERED]
REQUIRED = {
    *((f"{ATOM}feed", f"{ATOM}{name}") for name in ("id", "title", "updated")),
    *((f"{ATOM}entry", f"{ATOM}{name}") for name in ("id", "title", "updated")),
    *((f"{ATOM}{name}", f"{ATOM}name") for name in ("author", "contributor")),
    (f"{TOMB}by", f"{ATOM}name"),
    (f"{ATOM}title", f"{XHTML}div"),
    (f"{ATOM}content", f"{XHTML}div"),
}
OFTEN = {f"{ATOM}{name}" for name in ("author", "contributor", "category", "link", "entry")}
OFTEN |= {f"{MEDIA}content", f"{TOMB}deleted-entry", f"{REPLY}in-reply-to"}


def mutated(number: int, change: str) -> bytes:
    """The full feed with one element removed, doubled, or holding what it must not."""
    root = copy.deepcopy(TREE)
    parent, child = list(nodes(root))[number]
    if change == "removed":
        parent.remove(child)
    elif change == "doubled":
        parent.insert(list(parent).index(child), copy.deepcopy(child))
    elif change == "attribute":
        child.set("odd", "1")
    elif change == "foreign attribute":
        child.set("{urn:x-y:z}odd", "1")
    else:
        ET.SubElement(child, {"element": f"{ATOM}odd", "foreign element": "{urn:x-y:z}odd"}[change])
    return ET.tostring(root)


@pytest.mark.parametrize(("number", "pair"), NUMBERED, ids=NAMES)
def test_what_is_required_cannot_be_removed(number: int, pair: tuple[ET.Element, ET.Element]) -> None:
    """And everything else can."""
    is_required = (pair[0].tag, pair[1].tag) in REQUIRED
    assert is_required == bool(of_atom(mutated(number, "removed")))


@pytest.mark.parametrize(("number", "pair"), NUMBERED, ids=NAMES)
def test_what_may_stand_once_cannot_be_doubled(number: int, pair: tuple[ET.Element, ET.Element]) -> None:
    """And what may stand often can."""
    assert (pair[1].tag not in OFTEN) == bool(of_atom(mutated(number, "doubled")))


@pytest.mark.parametrize(("number", "pair"), NUMBERED, ids=NAMES)
def test_unknown_attributes_are_refused(number: int, pair: tuple[ET.Element, ET.Element]) -> None:
    """Those without a namespace; others belong to whoever defined them, and Media RSS and XHTML are others."""
    is_other = pair[1].tag.startswith((MEDIA, XHTML))
    assert is_other != bool(of_atom(mutated(number, "attribute")))
    assert [] == of_atom(mutated(number, "foreign attribute"))


HOLDERS = {
    "entry",
    "author",
    "contributor",
    "source",
    "link",
    "category",
    "deleted-entry",
    "by",
    "in-reply-to",
}


@pytest.mark.parametrize(("number", "pair"), NUMBERED, ids=NAMES)
def test_unknown_elements_are_refused(number: int, pair: tuple[ET.Element, ET.Element]) -> None:
    """Those of Atom everywhere, those of others in what is only text."""
    is_free = pair[1].tag.startswith((MEDIA, XHTML)) or (
        "/" in pair[1].get("type", "") and "content" in pair[1].tag
    )
    is_open = pair[1].tag.rpartition("}")[2] in HOLDERS and pair[1].get("src") is None
    if pair[1].get("src") is None:
        assert is_free != bool(of_atom(mutated(number, "element")))
        assert (is_free or is_open) != bool(of_atom(mutated(number, "foreign element")))


def test_an_entry_alone_is_a_document() -> None:
    """And a deleted one as well (RFC 6721 section 4)."""
    entry = ATOM_FEED[ATOM_FEED.index("<entry>\n<id>urn") : ATOM_FEED.index("<entry>\n<id>https")]
    alone = entry.replace("<entry>", '<entry xmlns="http://www.w3.org/2005/Atom">')
    assert [] == of_atom(alone)
    (finding,) = of_atom(alone.replace("<updated>2026-03-03", "<updated>the 3rd", 1))
    assert "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a" == finding.entry
    stone = f'<deleted-entry xmlns="{TOMB[1:-1]}" ref="urn:x-y:z" when="2026-03-01T00:00:00Z"/>'
    assert [] == of_atom(stone)
    assert of_atom(stone.replace("when", "on"))


def test_each_entry_is_told_with_its_line() -> None:
    """Not only the first fault of a document."""
    text = ATOM_FEED.replace("<title>Notes</title>", "")
    text = text.replace("<title>The third</title>", "").replace("iVBORw0KGgo=</content>", "</content><odd/>")
    head, third, fourth = of_atom(text)
    assert "" == head.entry
    assert ("https://example.org/third/", "https://example.org/fourth/") == (third.entry, fourth.entry)
    lines = text.split("\n")
    assert "<entry>" == lines[third.line - 1]
    assert "<odd/>" in lines[fourth.line - 1]


def test_what_the_rules_have_told_is_not_told_again() -> None:
    """A schema has the word only where they have found no error."""
    document, _ = documents.read(ATOM_FEED.replace("<title>The third</title>", "").encode())
    assert document is not None
    (said,) = schemas.lint_atom(document)
    assert [] == list(schemas.untold(atom.lint(document), [said]))
    assert [said] == list(schemas.untold([], [said]))
    warning = opml.RULES["opml-title"].broken("no title", entry=said.entry)
    assert [said] == list(schemas.untold([warning], [said]))


def objects(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a feed with its path, but for extensions."""
    if isinstance(value, dict):
        yield path, value
        for name, inner in value.items():
            if not name.startswith("_"):
                yield from objects(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from objects(inner, f"{path}/{place}")


MEMBERS = [(f"{path}/{name}".strip("/"), name) for path, each in objects(JSON_FEED) for name in each]
NEEDED = {"version", "title", "items", "hubs/0/type", "hubs/0/url", "items/0/id", "items/1/id"}
NEEDED |= {"items/0/attachments/0/url", "items/0/attachments/0/mime_type"}
NEEDED |= {"items/1/content_text", "items/0/authors/0/name"}  # the only one of those of which one is needed


@pytest.mark.parametrize(("path", "name"), MEMBERS)
def test_what_json_feed_requires_cannot_be_removed(path: str, name: str) -> None:
    """And everything else can."""
    assert not name.startswith("/")
    assert (path in NEEDED) == bool(list(schemas.lint_json(changed(path, GONE))))


@pytest.mark.parametrize(("path", "name"), MEMBERS)
def test_members_have_their_type(path: str, name: str) -> None:
    """No other will do, and null is none."""
    value: Any = JSON_FEED
    for part in path.split("/"):
        value = value[int(part)] if part.isdigit() else value[part]
    assert name
    for other in (None, "text", 7, True, [], {}):
        is_same = type(other) is type(value) or (isinstance(value, float) and other == 7)
        if not is_same or isinstance(other, bool) != isinstance(value, bool):
            assert list(schemas.lint_json(changed(path, other))), other


@pytest.mark.parametrize("path", [path for path, _ in objects(JSON_FEED)])
def test_only_extensions_can_be_added(path: str) -> None:
    """To every object, and extensions are objects."""
    assert list(schemas.lint_json(changed(f"{path}/odd".strip("/"), 1)))
    assert list(schemas.lint_json(changed(f"{path}/_odd".strip("/"), 1)))
    assert [] == list(schemas.lint_json(changed(f"{path}/_odd".strip("/"), {"a": [1, {"b.c": 2}]})))


@pytest.mark.parametrize("document", [None, [], 1, "feed", {"items": 1}])
def test_a_feed_is_an_object_with_items(document: object) -> None:
    """And nothing else."""
    assert list(schemas.lint_json(document))


def test_each_item_is_told_with_its_line() -> None:
    """Not only the first fault of a document."""
    feed = changed("items/0/url", 1) | {"title": 2}
    del feed["items"][1]["content_text"]
    text = json.dumps(feed, indent=1)
    value, _ = json_reading.read(text.encode())
    found = list(schemas.lint_json(value))
    assert ["", "tag:example.org,2026:first", "tag:example.org,2026:note"] == [each.entry for each in found]
    lines = text.split("\n")
    assert ["{", "  {", "  {"] == [lines[each.line - 1] for each in found]
    assert found[1].message.startswith("item 1.url must be")
    assert found[2].message.startswith("item 2 ")


@given(st.sampled_from([path for path, _ in MEMBERS]), st.text() | st.integers() | st.lists(st.integers()))
def test_what_the_schema_refuses_the_lint_has_a_rule_for(path: str, value: object) -> None:
    """The two were written apart, and say the same of structure."""
    feed = changed(path, value)
    if list(schemas.lint_json(feed)):
        assert [each for each in jsonfeed.lint(feed) if each.rule.id not in BEYOND_JSON]


def test_rules_have_names_of_their_own() -> None:
    """Every table of the lint can stand in one list."""
    tables = (atom.RULES, atom_in_rss.RULES, history.RULES, json_reading.RULES, jsonfeed.RULES, opml.RULES)
    ids = [each for table in (*tables, schemas.RULES, together.RULES) for each in table]
    assert sorted(set(ids)) == sorted(ids)
    for rule in (rule for table in (*tables, schemas.RULES, together.RULES) for rule in table.values()):
        other = validity.RULES.get(rule.id, rule)
        assert rule == other


def test_the_schemas_need_nothing_from_elsewhere() -> None:
    """A reference to another place would be fetched."""
    schema = json.dumps(json.loads((files("feeds.validity") / "jsonfeed.schema.json").read_bytes()))
    references = re.findall(r'"\$ref": "([^"]*)"', schema)
    assert references
    assert all(reference.startswith("#") for reference in references)
    grammar = (files("feeds.validity") / "atom.rng").read_text(encoding="utf-8")
    assert not re.search(r"<(?:externalRef|include)\b", grammar)
