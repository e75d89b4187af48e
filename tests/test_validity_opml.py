"""OPML as the lint has it: every rule broken by one small change to a list without faults."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.validity import documents, opml

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head>
<title>Feeds</title>
<dateCreated>Wed, 04 Mar 2026 10:00:00 GMT</dateCreated>
<dateModified>Wed, 04 Mar 2026 10:00:00 +0100</dateModified>
<ownerName>Ada Example</ownerName>
<ownerEmail>ada@example.org</ownerEmail>
<ownerId>https://example.org/ada</ownerId>
<docs>http://opml.org/spec2.opml</docs>
<expansionState>1, 2,5</expansionState>
<vertScrollState>1</vertScrollState>
<windowTop>-61</windowTop>
</head>
<body>
<outline text="Site" isComment="false" created="Wed, 04 Mar 2026 10:00:00 GMT">
<outline type="rss" text="Notes" title="Notes" description="All of them" language="en" version="RSS2"
 xmlUrl="https://example.org/rss.xml" htmlUrl="https://example.org/"/>
<outline type="rss" text="Tea" title="Tea" xmlUrl="https://example.org/tea.xml"/>
</outline>
<outline type="link" text="More" url="https://example.org/more.opml"/>
</body>
</opml>
"""
TEA = '<outline type="rss" text="Tea" title="Tea" xmlUrl="https://example.org/tea.xml"/>'
BODY = LIST[LIST.index("<body>") : LIST.index("</opml>")]
HEAD = LIST[LIST.index("<head>") : LIST.index("<body>")]


def found(text: str) -> set[str]:
    """The ids of the rules that a list breaks."""
    document, _ = documents.read(text.encode())
    assert document is not None
    return {finding.rule.id for finding in opml.lint(document)}


CASES: list[tuple[str, str, str, str | None]] = [
    ("opml-root", "opml version", 'outlines xmlns="urn:x-y:z" version', None),
    ("opml-version", 'version="2.0"', 'version="1.0"', None),
    ("opml-version", ' version="2.0"', "", None),
    ("opml-head", HEAD, "", HEAD),
    ("opml-head", HEAD, HEAD * 2, "<head><title>F</title></head>"),
    ("opml-body", BODY, "", None),
    ("opml-body", BODY, BODY * 2, BODY),
    ("opml-body", HEAD + BODY, BODY + HEAD, None),
    (
        "opml-body-outline",
        BODY,
        "<body/>",
        '<body><outline type="link" text="a" url="https://e.org/"/></body>',
    ),
    (
        "opml-element-known",
        "<title>Feeds",
        "<subtitle/><title>Feeds",
        '<x:s xmlns:x="urn:x-y:z"/><title>Feeds',
    ),
    ("opml-element-known", TEA, TEA.replace("/>", "><title/></outline>"), TEA.replace("/>", "></outline>")),
    ("opml-element-once", "<docs>", "<title>More</title><docs>", "<!-- <title/> --><docs>"),
    ("opml-text-absent", TEA, TEA + "and more", TEA + "<!-- and more -->"),
    ("opml-title", "<title>Feeds</title>", "", "<title>F</title>"),
    ("opml-date", "04 Mar 2026 10:00:00 +0100", "2026-03-04T10:00:00Z", "04 Mar 2026 10:00:00 EST"),
    (
        "opml-date",
        "Wed, 04 Mar 2026 10:00:00 +0100",
        "Thu, 04 Mar 2026 10:00:00 GMT",
        "04 Mar 2026 10:00 GMT",
    ),
    ("opml-date", 'created="Wed, 04 Mar 2026 10:00:00 GMT"', 'created="yesterday"', None),
    ("opml-owner", "ada@example.org", "Ada", "ada@mail.example.org"),
    ("opml-owner", "https://example.org/ada", "example.org/ada", "http://example.org/ada"),
    ("opml-owner", "http://opml.org/spec2.opml", "spec2", None),
    ("opml-state", "1, 2,5", "1; 2", ""),
    ("opml-state", "<windowTop>-61", "<windowTop>high", "<windowTop>0"),
    ("opml-outline-text", 'text="Tea" ', "", 'text="T" '),
    ("opml-outline-text", 'text="Tea" ', 'text="" ', None),
    ("opml-outline-plain", 'text="Tea"', 'text="&lt;b>Tea&lt;/b>"', 'text="Tea &lt; coffee"'),
    (
        "opml-outline-plain",
        'description="All of them"',
        'description="All&lt;br/>of them"',
        'description="A &amp;amp; b&amp;nbsp;&lt;\u2060b>"',
    ),
    ("opml-attribute-known", 'text="Tea"', 'text="Tea" icon="x"', 'text="Tea" category="/hot"'),
    ("opml-attribute-known", 'version="2.0"', 'version="2.0" lang="en"', 'version="2.0" xml:lang="en"'),
    ("opml-outline-type", 'type="rss" text="Tea"', 'text="Tea"', None),
    ("opml-outline-type", 'type="rss" text="Tea"', 'type="atom" text="Tea"', 'type="RSS" text="Tea"'),
    ("opml-outline-feed", ' xmlUrl="https://example.org/tea.xml"', "", None),
    ("opml-outline-feed", ' url="https://example.org/more.opml"', "", None),
    ("opml-outline-title", ' title="Tea"', "", ' title="T"'),
    ("opml-outline-version", 'version="RSS2"', 'version="ATOM1"', 'version="RSS"'),
    ("opml-address", "https://example.org/tea.xml", "/tea.xml", "https://example.org/té.xml"),
    ("opml-address", 'htmlUrl="https://example.org/"', 'htmlUrl=""', None),
    ("opml-language", 'language="en"', 'language="english language"', 'language="en-GB"'),
    ("opml-truth", 'isComment="false"', 'isComment="no"', 'isComment="true"'),
    ("opml-feed-once", TEA, TEA * 2, TEA + TEA.replace("tea.xml", "coffee.xml")),
    ("opml-group", TEA, TEA + '<outline text="Empty"/>', TEA + f'<outline text="Full">{TEA}</outline>'),
]


def test_a_full_list_has_no_faults() -> None:
    """Every element and attribute that OPML has, at its best."""
    assert set() == found(LIST)


@pytest.mark.parametrize(("rule", "place", "broken", "kept"), CASES)
def test_a_rule_is_broken_and_kept(rule: str, place: str, broken: str, kept: str | None) -> None:
    """One change breaks it, another close by does not."""
    assert place in LIST
    text = LIST.replace(place, broken)
    assert rule in found(text.replace("</opml>", "</outlines>") if "outlines" in broken else text)
    if kept is not None:
        assert rule not in found(LIST.replace(place, kept))


def test_no_rule_is_dead() -> None:
    """Each row of the table is broken by some case."""
    assert {case[0] for case in CASES} == set(opml.RULES)


def test_a_group_may_be_in_a_group() -> None:
    """As deep as people nest their folders."""
    nested = f'<outline text="a"><outline text="b"><outline text="c">{TEA}</outline></outline></outline>'
    assert set() == found(LIST.replace(TEA, nested))


@given(st.text(alphabet="<>&;\"'=/ outlinexmUrtyphad\n", max_size=200))
def test_any_list_can_be_judged(text: str) -> None:
    """Whatever stands in it, a verdict comes out."""
    document, _ = documents.read(f'<opml version="2.0">{text}</opml>'.encode())
    if document is not None:
        assert list(opml.lint(document))
