"""The contract of a mail: each rule finds what breaks it, and nothing beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from feeds.newsletter import contract
from feeds.newsletter.contract import wire
from feeds.settings import Colours, Dark
from mail_cases import (
    CASES,
    HEAD,
    HTML,
    LETTER,
    OTHER_CASES,
    PLAIN,
    SETTINGS,
    TEXT,
    changed,
    edited,
    eml,
    judged,
)

if TYPE_CHECKING:
    from feeds.newsletter.contract import Finding


def names(found: tuple[Finding, ...]) -> set[str]:
    """The rules that are broken."""
    return {finding.rule.id for finding in found}


def test_a_correct_mail_breaks_no_rule() -> None:
    """Else everything below would mean nothing."""
    assert [] == [finding.message for finding in judged(eml())]


@pytest.mark.parametrize(("rule", "where", "old", "new", "near"), CASES)
def test_an_edit_breaks_the_rule(rule: str, where: str, old: str, new: str, near: str | None) -> None:
    """And one close by, if there is one, breaks nothing at all of what it is near to."""
    assert rule in names(judged(edited(where, old, new)))
    if near is not None:
        assert rule not in names(judged(edited(where, old, near)))


@pytest.mark.parametrize(("rule", "settings", "letter", "issue", "data"), OTHER_CASES)
def test_what_was_asked_for_is_in_the_mail(
    rule: str, settings: dict[str, Any], letter: dict[str, Any], issue: dict[str, Any], data: bytes | None
) -> None:
    """A mail can be right by itself, and not be what the settings and the letter say."""
    other = replace(LETTER if letter else PLAIN, issue=replace(LETTER.issue, **issue), **letter)
    found = judged(data or eml(), other, changed(SETTINGS, **settings))
    assert rule in names(found)


def test_every_rule_has_a_case() -> None:
    """One that nothing breaks would be a hope."""
    elsewhere = {"mime-related", "mime-shorter", "dkim-aligned", "dkim-covers", "dkim-body"}
    cases = {case[0] for case in CASES} | {case[0] for case in OTHER_CASES} | elsewhere
    assert set(contract.RULES) == cases


def test_every_clause_has_a_rule() -> None:
    """Headers, MIME, HTML and text, as the contract numbers them."""
    clauses = Counter(rule.clause for rule in contract.RULES.values())
    wanted = [*(f"H{n}" for n in range(1, 8)), *(f"M{n}" for n in range(1, 4))]
    wanted += [*(f"D{n}" for n in range(1, 13)), *(f"T{n}" for n in range(1, 5))]
    assert sorted(wanted) == sorted(clauses)


@pytest.mark.parametrize("rule", contract.RULES.values(), ids=list(contract.RULES))
def test_a_rule_says_what_it_asks_and_why(rule: contract.Rule) -> None:
    """One sentence, and its source."""
    assert rule.asks.endswith(".")
    assert rule.source
    assert rule.asks[0].isupper() or rule.asks.startswith("<")


def test_a_mail_with_merge_tags_is_right_when_they_are_declared() -> None:
    """The theme's own, and the one of the settings to unsubscribe."""
    link = "https://example.org/leave/?who=me"
    html = HTML.replace("Green", "{{ Sort }}").replace(link, "{{ leave }}")
    text = TEXT.replace("Green", "{{ Sort }}").replace(link, "{{ leave }}")
    head = HEAD.replace(f"<{link}>,\n ", "").replace(
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n", ""
    )
    headers = [
        (name, "<mailto:leave@example.org>" if name == "List-Unsubscribe" else value)
        for name, value in LETTER.headers
    ]
    letter = replace(LETTER, headers=tuple(headers), tags=("{{ Sort }}",))
    found = judged(eml(head, html, text), letter, changed(SETTINGS, unsubscribe_url="{{ leave }}"))
    assert [] == [finding.message for finding in found]


def test_a_tag_in_a_region_may_be_left_out() -> None:
    """A format that has nothing to put there leaves out the region."""
    token = LETTER.token
    html = f"<!--{token}unsubscribestartz-->{token}tag0z<!--{token}unsubscribeendz-->"
    assert [] == [*judged(eml(), replace(LETTER, html=html, tags=("{{ Sort }}",)))]


def test_what_is_cut_is_not_told_that_it_is_long() -> None:
    """It is as long as it may be."""
    data = edited("html", "<td>Green", f"<!--{'x' * 89_000}--><td>Green")
    assert {"html-size-near"} == names(judged(data))
    assert [] == [*judged(data, replace(PLAIN, cut=True))]


COLOURS = [
    ("#1f2328", "#8b949e", {"colours": Colours(text="#8b949e")}, "look.colours.text"),
    ("#e6e8eb", "#57606a", {"dark": Dark(text="#57606a")}, "look.dark.text"),
]


@pytest.mark.parametrize(("old", "new", "look", "setting"), COLOURS)
def test_a_colour_of_the_settings_is_told_by_its_key(
    old: str, new: str, look: dict[str, Any], setting: str
) -> None:
    """Who chose it can choose another."""
    (found, *_) = judged(edited("html", old, new), settings=changed(SETTINGS, look=look))
    assert ("contrast", setting) == (found.rule.id, found.setting)


def test_a_colour_of_the_author_is_told_at_the_post() -> None:
    """And one of the theme at nothing in particular."""
    data = edited("html", "<p>Write to", '<p style="color:#abcdef">Write to')
    (found,) = judged(data, settings=changed(SETTINGS, look={"colours": Colours(text="#000000")}))
    assert (LETTER.issue.post.id, "Write to") == (found.entry, found.excerpt)
    assert "'Write to' is #abcdef on #ffffff without style sheets, 1.65 to 1" == found.message


def test_the_frame_may_have_a_quoted_name() -> None:
    """In which brackets mean nothing."""
    head = HEAD.replace("List-Id: The Log", 'List-Id: "The <Log>"')
    assert () == judged(eml(head))


def test_an_issue_on_no_page_of_its_own_links_to_the_post() -> None:
    """With `archive = ""`; a digest links to the site."""
    for posts, url in ((1, "https://example.org/tea/"), (2, "https://example.org")):
        issue = replace(LETTER.issue, posts=LETTER.issue.posts * posts)
        parts = [each.replace("https://example.org/newsletter/3/", url) for each in (HEAD, HTML, TEXT)]
        headers = [(name, f"<{url}>" if name == "List-Archive" else value) for name, value in LETTER.headers]
        letter = replace(PLAIN, issue=issue, headers=tuple(headers))
        assert () == judged(eml(*parts), letter, changed(SETTINGS, archive=""))


def test_an_address_that_no_header_can_hold_is_left_out() -> None:
    """List-Archive is optional; the mail is not."""
    url = "https://example.org/" + "x" * 900
    post = replace(LETTER.issue.post, url=url)
    head = HEAD.replace("List-Archive: <https://example.org/newsletter/3/>\n", "")
    parts = [each.replace("https://example.org/newsletter/3/", url) for each in (HTML, TEXT)]
    letter = replace(PLAIN, issue=replace(LETTER.issue, posts=(post,)))
    assert () == judged(eml(head, *parts), letter, changed(SETTINGS, archive=""))


def test_code_may_have_what_prose_may_not() -> None:
    """Its lines stay as long as they are, and so do its characters."""
    code = "x = '" + "y" * 90 + "\u200b' &amp;nbsp; &lt;em> [[ ]]"
    html = HTML.replace("pour( 2 )", code.replace("[[", "&#91;&#91;"))
    post = replace(LETTER.issue.post, html=LETTER.issue.post.html.replace("pour( 2 )", code))
    text = TEXT.replace("pour( 2 )", code.replace("&lt;", "<").replace("&amp;", "&"))
    letter = replace(PLAIN, issue=replace(LETTER.issue, posts=(post,)))
    assert () == judged(eml(html=html, text=text), letter)


def test_a_word_that_cannot_be_broken_may_be_long() -> None:
    """On a line of its own, with the mark of a list."""
    word = "y" * 90
    html, text = HTML.replace("Green", word), TEXT.replace("Green", f"• {word}")
    assert () == judged(eml(html=html, text=text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>", '<span style="display:none"></span><h1>'),
        (".wide{", '@charset "utf-8";.wide{'),
        ("<h1>", '<h1 style="opacity:inherit">'),
        ("<h1>", '<h1 style="font:bold 30px/37px serif">'),
        ("<h1>", '<h1 id="a" title="a > b"><a name="x"></a>'),
        ("Green", "<!-- a remark -->Green"),
        ("<body ", '<body bgcolor="#ffffff" '),
        ("</h1>", "</h1>\n\n\t"),
        ('alt="A cup"', "alt='A \"cup\"'"),
    ],
)
def test_what_is_allowed_breaks_nothing(old: str, new: str) -> None:
    """Not one rule."""
    assert () == judged(edited("html", old, new))


def test_text_that_tags_part_is_found_in_its_post() -> None:
    """Words are looked for as they are read."""
    (found, *_) = judged(edited("html", "<p>Write to", '<p style="display:none">Write to'))
    assert ("hidden-text", LETTER.issue.post.id) == (found.rule.id, found.entry)


def test_a_cell_outside_a_table_heads_none() -> None:
    """And is no end of the judge."""
    assert "table-role" in names(
        judged(edited("html", "<table><tr><th>Sort</th></tr>", "<th>Sort</th><table>"))
    )


def test_a_letter_without_slots_is_judged() -> None:
    """As one from a record of long ago."""
    assert () == judged(eml(), replace(LETTER, token=""))


def test_a_parser_that_fails_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard library raises at some headers; other programs will have trouble too."""

    def fail(*_: Any, **__: Any) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(wire, "message_from_bytes", fail)
    found = judged(eml())
    assert "a parser says IndexError: list index out of range" == next(
        each.message for each in found if each.rule.id == "mime-readable"
    )
    assert "text-there" in names(found)


def test_a_merge_tag_may_make_a_line_long() -> None:
    """It stands for an address, which is never broken."""
    tag = "{{ unsubscribe_url_of_a_service_with_a_long_name }}"
    given = changed(SETTINGS, unsubscribe_url=tag)
    text = TEXT.replace(
        "Unsubscribe: https://example.org/leave/?who=me", f"Unsubscribe, if you like to: {tag * 2}"
    )
    assert "text-columns" not in names(judged(eml(text=text), settings=given))
