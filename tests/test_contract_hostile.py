"""The judge and what nobody should send: it answers, and does not raise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.newsletter import contract
from feeds.newsletter.contract import colours, mail, page, selectors, sheet
from mail_cases import CASES, HEAD, HTML, LETTER, SETTINGS, TEXT, eml

if TYPE_CHECKING:
    from feeds.newsletter.contract import Finding

PIECES = (
    *("<", ">", "<!--", "-->", "<!", "<![if", "[endif]", "<p", "</p>", "<a href='", "<style>", "</style>", "<title>"),
    *('"', "'", "=", "&", ";", "{", "}", "@media ", "(", ")", "var(", "!important", "url(", "{{", "*|", "%", "style='"),
    *("display:none", "color:red", "\n", " ", "x", "é", "茶", "\u0000", "\ud800", "<img src=", "<table>", "<body>"),
    *("prefers-color-scheme:dark", ".a", "#b", ":is(", ">", "+", "~", "[data-ogsc]", "rgb(", "hsl(1,2,3)", "//", "\\"),
)  # fmt: skip
SOUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
TEXTS = SOUP | st.text(max_size=60)


def judged(data: bytes) -> tuple[Finding, ...]:
    """What the contract says of it, as problems too."""
    found = contract.judge(data, LETTER, SETTINGS)
    assert len(contract.problems(found, {})) <= len(found)
    return found


def clean(text: str) -> str:
    """Text that can be sent."""
    return text.encode("utf-8", "replace").decode()


@given(st.binary(max_size=400))
def test_any_bytes_are_judged(data: bytes) -> None:
    """And found wanting."""
    assert judged(data)


@given(TEXTS)
@settings(max_examples=60)
def test_any_html_is_judged(html: str) -> None:
    """As the whole part, and within a mail that is right otherwise."""
    judged(eml(html=clean(html)))
    judged(eml(html=HTML.replace("Green", clean(html))))
    judged(eml(html=HTML.replace(".wide{border:0}", clean(html))))
    judged(eml(html=HTML.replace("margin:0", clean(html))))


@given(TEXTS)
def test_any_text_is_judged(text: str) -> None:
    """Likewise."""
    judged(eml(text=clean(text)))
    judged(eml(text=TEXT.replace("Green", clean(text))))


@given(st.integers(0, HEAD.count("\n") - 1), st.text(st.characters(codec="latin-1"), max_size=60))
def test_any_header_is_judged(at: int, value: str) -> None:
    """The standard library raises at some; that is a finding."""
    lines = HEAD.split("\n")
    lines[at] = lines[at].partition(":")[0] + ": " + value
    data = eml(head="\n".join(lines))
    judged(data)
    judged(data.replace(value.encode(), value.encode("latin-1")))


@given(st.integers(0, len(eml())), st.binary(max_size=6))
def test_a_mail_that_was_damaged_is_judged(at: int, data: bytes) -> None:
    """At any place."""
    whole = eml()
    judged(whole[:at] + data + whole[at + len(data) :])


@given(st.text(max_size=80))
def test_the_author_may_write_anything(text: str) -> None:
    """A title, a post and settings of any text break nothing here."""
    post = replace(LETTER.issue.post, title=text, html=text, summary=text)
    letter = replace(
        LETTER, issue=replace(LETTER.issue, posts=(post,), subject=text, preheader=text), tags=(text,)
    )
    contract.judge(eml(), letter, SETTINGS)


@given(SOUP)
def test_any_style_sheet_is_read(css: str) -> None:
    """Every rule of it is one that stands there."""
    for rule in sheet.parse(css).rules:
        assert rule.selectors in css
        for selector in selectors.parse(rule.selectors):
            assert selector.compounds
    for name, value, _ in page.declarations(css):
        assert name
        colours.parse(value)


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 3000,
        "<!--" * 5000,
        "<a href=" * 3000,
        "<p style='" + "(" * 5000,
        "<style>" + "{" * 5000,
        "<style>a" + " a" * 300 + "{color:red}",
    ],
    ids=["depth", "comments", "attributes", "parentheses", "braces", "selectors"],
)
def test_depth_and_length_are_not_special(html: str) -> None:
    """Nothing calls itself, and nothing takes long."""
    judged(eml(html=html))


def test_a_head_without_a_body_is_judged() -> None:
    """As half a message."""
    assert "mime-alternative" in {each.rule.id for each in judged(b"From: a@example.org")}
    assert [("From", "a@example.org")] == [
        (each.name, each.raw) for each in mail.read(b"From: a@example.org", LETTER, SETTINGS).wire.fields
    ]


def test_cases_are_of_known_rules() -> None:
    """Else a spelling mistake would test nothing."""
    assert {case[0] for case in CASES} <= set(contract.RULES)
