"""What authors wrote is no merge tag to any service, and reads as they wrote it."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import chevron
import jinja2
import pytest
from django.template import Context, Engine
from hypothesis import given
from hypothesis import strategies as st

from feeds.newsletter import slots
from feeds.newsletter.literals import in_html

PIECES = [
    *[
        "{",
        "}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "*|",
        "|*",
        "%",
        "%%",
        "<%",
        "%>",
        "${",
        "[[",
        "]]",
        "[%",
    ],
    *[
        "%recipient.name%",
        "%unsubscribe_url%",
        "[unsubscribe]",
        "@TrackLink",
        "https://e.org/",
        "&",
        "&#123;",
    ],
    *["<", ">", '"', "'", " ", "\n", "x", "name", "if", "end", "raw", "-", "!", "é", "日", "\\"],
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
TEXTS = SOUP | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)

TAGS = re.compile(
    r"\{\{|\{%|\{#|\*\||\|\*|%%|<%|[$#]\{|\[\[|\[%|@TrackLink|%[A-Za-z_]{3,}[\w.]*%|\[(?:unsubscribe|weblink)\]"
)


class Seen(HTMLParser):
    """The texts and attribute values of HTML, as Python's own parser has them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.values: list[str | None] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - of the base
        self.values += [value for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def page(text: str, value: str) -> str:
    """A small page with a text and a value of an attribute, both escaped as HTML wants it."""
    return f'<p title="{escape(value)}">{escape(text, quote=False)}</p>\n'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{{ name }}", "&#123;{ name }}"),
        ("{{{ raw }}}", "&#123;&#123;{ raw }}}"),
        ("{% if x %}", "&#123;% if x %}"),
        ("{# note #}", "&#123;# note #}"),
        ("*|FNAME|*", "&#42;|FNAME&#124;*"),
        ("%%{uuid}%%", "&#37;%{uuid}&#37;%"),
        ("%recipient.name%", "&#37;recipient.name%"),
        ("<%= x %>", "&#60;%= x %>"),
        ("${PATH}", "&#36;{PATH}"),
        ("a[[0]]", "a&#91;[0]]"),
        ("[unsubscribe]", "&#91;unsubscribe]"),
        ("https://e.org@TrackLink", "https://e.org&#64;TrackLink"),
        (
            "100 % of {x} in [1] | 5 * 3 #4 @me $5 %E2%80%99",
            "100 % of {x} in [1] | 5 * 3 #4 @me $5 %E2%80%99",
        ),
    ],
)
def test_what_a_service_takes_for_a_tag_is_a_reference(written: str, expected: str) -> None:
    """In texts and in attribute values alike; whatever no service looks at stays as it is."""
    assert f"<p>{expected}</p>" == in_html(f"<p>{written}</p>")
    assert f"<a href=\"{expected}\" title='{expected}'>" == in_html(
        f"<a href=\"{written}\" title='{written}'>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<style>@media x{#a{b:c}}</style>",
        "<STYLE>a{{b}}</STYLE >",
        "<!--[if mso]><style>a{{b}}</style><table><tr><![endif]--><!--[if !mso]><!-->",
        "<!-- {{ x }} -->",
        "<!--[if mso]>{{ x }}-->",
        "<script>x = {{a: 1}}</script>",
        "<!DOCTYPE html>",
        '<td style="width:100%;height:50%">',
        "<!-- {{ never closed",
        "<style>{{ never closed",
    ],
)
def test_what_nobody_reads_stays(html: str) -> None:
    """Style sheets, comments and declarations are the theme's."""
    assert html == in_html(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<!--[if mso]><td title="{{ x }}">*|FNAME|*<![endif]-->{{',
            '<!--[if mso]><td title="&#123;{ x }}">&#42;|FNAME&#124;*<![endif]-->&#123;{',
        ),
        (
            "<!--[if (gte mso 9)|(IE)]>{{ a<![endif]--><!--[if mso]>%%{b<![endif]-->",
            "<!--[if (gte mso 9)|(IE)]>&#123;{ a<![endif]--><!--[if mso]>&#37;%{b<![endif]-->",
        ),
        (
            "<!--[if !mso]><!-->{{ a }}<!--<![endif]-->",
            "<!--[if !mso]><!-->&#123;{ a }}<!--<![endif]-->",
        ),
    ],
)
def test_what_only_outlook_reads_is_html(html: str, expected: str) -> None:
    """A theme may say the title to it once more, and services run what is in comments."""
    assert expected == in_html(html)
    assert expected == in_html(expected)


def test_a_slot_in_a_comment_for_outlook_stays() -> None:
    """Also one whose region is marked by comments, which would else end that for Outlook."""
    of = slots.token(["x"])
    link = {key: str(value) for key, value in slots.values(of, html=True)["unsubscribe"].items()}  # type: ignore[attr-defined] # as it makes them
    button = f'{link["start"]}<v:roundrect href="{link["url"]}">{{}}</v:roundrect>{link["end"]}'
    html = f"<!--[if mso]>{button.format('{{ x }}')}<![endif]-->"
    assert f"<!--[if mso]>{button.format('&#123;{ x }}')}<![endif]-->" == in_html(html)


def test_slots_stay_and_their_neighbours_cannot_complete_them() -> None:
    """A brace before a slot would be part of the tag that comes there."""
    of = slots.token(["x"])
    values = slots.values(of, html=True)
    name = {key: str(value) for key, value in values["name"].items()}  # type: ignore[attr-defined] # as it makes them
    html = f'<p>{{{name["start"]}{{{name["url"]}}}{name["end"]}}} <a href="{{{name["url"]}}}">x</a>{slots.tag(of, 0)}%</p>'
    done = in_html(html)
    assert ["name", "name", "tag"] == slots.names(done, of)
    filled = slots.fill(done, of, {"name": "{{X}}"}, ["*|Y|*"])
    assert "<p>&#123;&#123;{{X}}&#125;&#125;" in filled
    assert '<a href="&#123;{{X}}&#125;">' in filled
    assert "*|Y|*&#37;</p>" in filled
    assert f"<p>&#37;recipient{name['url']}</p>" == in_html(f"<p>%recipient{name['url']}</p>")


@given(TEXTS, TEXTS)
def test_readers_see_what_was_written(text: str, value: str) -> None:
    """References are read as what they stand for, nothing is left for a service, and twice is once."""
    done = in_html(page(text, value))
    seen = Seen(done)
    assert (text + "\n", [value]) == ("".join(seen.texts), seen.values)
    assert not TAGS.search(done)
    assert done == in_html(done)


@given(TEXTS, TEXTS)
def test_no_engine_finds_anything_to_run(text: str, value: str) -> None:
    """Jinja, Django and Mustache give back the very page."""
    done = in_html(page(text, value))
    assert done == jinja2.Environment(keep_trailing_newline=True, autoescape=True).from_string(done).render()
    assert done == Engine().from_string(done).render(Context())
    assert done == chevron.render(done, {})


@given(st.text(max_size=60))
def test_any_text_at_all_is_taken(html: str) -> None:
    """Broken HTML, too, and the same twice."""
    done = in_html(html)
    assert done == in_html(done)
