"""Slots: the places in a letter that each mail service fills in its own way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import templates
from feeds.newsletter import slots

OF = slots.token(["a post"])
HTML = slots.values(OF, html=True)
TEXT = slots.values(OF, html=False)


def filled(template: str, values: dict[str, object]) -> str:
    """A template such as `{unsubscribe.start}` with the marks of the slots."""
    for name in slots.NAMES:
        for mark, text in values[name].items():  # type: ignore[attr-defined]
            template = template.replace(f"{{{name}.{mark}}}", str(text))
    return template


LINK = '<p>{unsubscribe.start}<a href="{unsubscribe.url}">Leave</a>{unsubscribe.end} now</p>'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://x.example/?a=1&amp;b", '<p><a href="https://x.example/?a=1&amp;b">Leave</a> now</p>'),
        ("{{ UnsubscribeURL }}", '<p><a href="{{ UnsubscribeURL }}">Leave</a> now</p>'),
        (None, "<p> now</p>"),
    ],
)
def test_a_slot_is_filled_as_it_is_or_goes_with_its_region(value: str | None, expected: str) -> None:
    """A service that writes its own link needs none of ours, nor the words around it."""
    assert expected == slots.fill(filled(LINK, HTML), OF, {"unsubscribe": value})


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, "Hello\n\nBye\n"), ("https://x.example/", "Hello\nLeave: https://x.example/\n\nBye\n")],
)
def test_marks_that_are_alone_take_their_line_along(value: str | None, expected: str) -> None:
    """The text part has no holes where regions begin and end."""
    letter = filled("Hello\n{web.start}\nLeave: {web.url}\n{web.end}\n\nBye\n", TEXT)
    assert expected == slots.fill(letter, OF, {"web": value})


def test_regions_can_hold_others() -> None:
    """Within what goes nothing is written."""
    letter = filled("a{web.start}b{name.start}c{name.url}{name.end}{unsubscribe.url}{web.end}d", TEXT)
    assert "ad" == slots.fill(letter, OF, {"web": None, "name": "n", "unsubscribe": "u"})
    assert "abcnud" == slots.fill(letter, OF, {"web": "w", "name": "n", "unsubscribe": "u"})
    assert "abud" == slots.fill(letter, OF, {"web": "w", "name": None, "unsubscribe": "u"})


def test_the_themes_own_tags_are_written_as_they_are() -> None:
    """A site with a theme for its service says more than we know of."""
    letter = f"Dear {slots.tag(OF, 1)} and {slots.tag(OF, 0)},"
    assert "Dear *|LNAME|* and {{ first }}," == slots.fill(letter, OF, {}, ["{{ first }}", "*|LNAME|*"])
    assert ["tag", "tag"] == slots.names(letter, OF)


def test_a_comment_stays_around_a_tag_or_a_link() -> None:
    """Only the marks of regions are comments of ours: what is in a theme's own comment nobody shall see."""
    letter = filled("<!--" + slots.tag(OF, 0) + "--><!--{web.url}-->", HTML)
    assert "<!--*|MC:SUBJECT|*--><!--https://x.example/-->" == slots.fill(
        letter, OF, {"web": "https://x.example/"}, ["*|MC:SUBJECT|*"]
    )


def test_all_that_is_between_is_escaped() -> None:
    """What the author wrote is for readers, and nothing for a service."""
    letter = filled("{{ a }} {web.url} {{ b }}", TEXT)
    expected = "[[ a }} https://x.example/{{ [[ b }}"
    assert expected == slots.fill(
        letter, OF, {"web": "https://x.example/{{"}, escape=lambda text: text.replace("{{", "[[")
    )


@given(st.lists(st.text()), st.text(), st.text())
def test_no_author_can_write_a_slot(said: list[str], before: str, behind: str) -> None:
    """The tokens are made of all that was said, and change with it."""
    of = slots.token(said)
    assert not any(of in each for each in said)
    letter = before + "<!--" + str(templates.safe(of)) + "weburlz" + behind
    assert before + "<!--X" + behind == slots.fill(letter, of, {"web": "X"})
