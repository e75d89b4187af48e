"""The lint of HTML in entries: what is no HTML, what readers throw away, and what leads nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.validity import content, documents, markup, nesting


def rules(html: str) -> list[str]:
    """The rules that some HTML breaks, in the order they are found."""
    return [finding.rule.id for finding in content.lint(html)]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "words &amp; more, AT & T, a < b is not here",
        "<p>one<p>two",
        "<ul><li>a<li>b<ul><li>c</ul></ul>",
        "<dl><dt>a<dd>b<dt>c</dl>",
        "<table><caption>a</caption><colgroup><col></colgroup><thead><tr><th>a<td>b<tbody><tr><td>c</table>",
        "<table><tbody><tr><td><table><tr><td>a</td></tr></table></td></tr></tbody></table>",
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
        '<p><img src="https://a.example/a.png" alt="&lt;a&gt;"><br/><br></p>',
        '<a href="https://a.example/?a=1&amp;b=2">a</a>',
        "<details open><summary>a</summary><p>b</p></details>",
        "<p>a</p><!-- <b> --><p>b</p>",
        "<pre><code>&lt;script&gt;</code></pre>",
        '<img srcset="https://a.example/a,b.png 1x, https://a.example/c.png 2x">',
        '<p style="color: #abc; margin: 1em auto; border: 1px solid red;">a</p>',
        '<p style="">a</p>',
        "<button>a</button><select><option>a<option>b</select>",
        "<P CLASS=a>a</P>",
        "<h2>a</h2><h3>b</h3>",
        "<figure><img src='https://a.example/a'><figcaption>a</figcaption></figure>",
    ],
)
def test_good_html_has_no_findings(html: str) -> None:
    """What may be left out may be left out."""
    assert [] == [rule for rule in rules(html) if "a < b" not in html]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<p><b>a</p>", "<p> ends while <b> is open inside it"),
        ("<b><i>a</b></i>", "</b> closes <b>, but <i> is open inside it"),
        ("a</div>", "</div> closes nothing"),
        ("<div><p>a", "<div> is never closed"),
        ("<em>a", "<em> is never closed"),
        ("a</br>", "</br> closes an element that has no end"),
        ("<div/>a", "<div/> is not closed by its slash"),
        ("<p><em><div>a</div></em></p>", "<p> ends while <em> is open inside it"),
        ("<ul><li><b>a<li>b</ul>", "<li> ends while <b> is open inside it"),
        ('<a href="https://a.example"><a href="https://b.example">a</a></a>', "<a> stands in another <a>"),
        ("<h1><h2>a</h2></h1>", "<h2> stands in <h1>"),
        ("<table><tr>a</tr></table>", "text stands in a table outside of its cells"),
        ("<table><p>a</p></table>", "<p> stands in a table outside of its cells"),
        ("<table><td>a</td></table>", "<td> stands outside of a row"),
        ("<td>a</td>", "<td> stands outside of a table"),
        ("<table><table></table></table>", "<table> stands in a table outside of its cells"),
        ("<select><b>a</b></select>", "<b> stands in a <select>"),
        ("<rt>a", "<rt> is never closed"),
        ("<svg><g/><g></g></svg></svg>", "</svg> closes nothing"),
        ('<p class="a" class="b">a</p>', "<p> has an attribute twice"),
        ("a < b", "there is a < that begins no tag"),
        ("<?php a ?>", "there is a processing instruction"),
        ("<!-- a", "there is a comment without an end"),
        ('<p class="a', "there is a tag <p without an end"),
        ("AT&T", "'&T' begins no character reference; an ampersand is &amp;"),
        ("a&nbsp b", "'&nbsp' begins no character reference; an ampersand is &amp;"),
        ("<i title='a&b'>a</i>", "'&b' begins no character reference; an ampersand is &amp;"),
    ],
)
def test_html_that_is_none(html: str, message: str) -> None:
    """Each reader repairs it in its own way; the first slip is named."""
    assert ("html-well-formed", message) == next(
        (finding.rule.id, finding.message) for finding in content.lint(html)
    )


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        *(
            (f"<{tag}>a</{tag}>", "html-element-safe")
            for tag in ("script", "style", "iframe", "object", "bdo")
        ),
        ("<embed>", "html-element-safe"),
        *((f"<{tag}>a</{tag}>", "html-element-known") for tag in ("svg", "math", "my-element", "marquee")),
        ("<p ONCLICK=a>a</p>", "html-attribute-safe"),
        ("<p aria-label=a>a</p>", "html-attribute-safe"),
        ('<a href="/a">a</a>', "html-address-absolute"),
        ('<a href="//a.example/a">a</a>', "html-address-absolute"),
        ('<a href="">a</a>', "html-address-absolute"),
        ('<img src="a.png">', "html-address-absolute"),
        ('<img srcset="https://a.example/a.png 1x, b.png 2x">', "html-address-absolute"),
        ('<video poster="a.png"></video>', "html-address-absolute"),
        ('<blockquote cite="a">a</blockquote>', "html-address-absolute"),
        ('<a href="&#106;avascript:a()">a</a>', "html-address-safe"),
        ('<a href="java&#10;script:a()">a</a>', "html-address-safe"),
        ('<a href="data:text/html,a">a</a>', "html-address-safe"),
        ('<a href="https://a.example/{a}">a</a>', "html-address-characters"),
        ('<p style="background: url(a)">a</p>', "html-style-safe"),
        ('<p style="position: fixed">a</p>', "html-style-safe"),
        ('<p style="border: 1px solid chartreuse">a</p>', "html-style-safe"),
        ('<p style="color">a</p>', "html-style-safe"),
        ("<p style='width: expression(a)'>a</p>", "html-style-safe"),
        ("&lt;div&gt;a&lt;/div&gt;", "html-escaped-once"),
    ],
)
def test_what_readers_throw_away_or_cannot_follow(html: str, rule: str) -> None:
    """Scripts and frames go, and an address without its host leads into the reader's own pages."""
    assert rule in rules(html)


def test_what_is_inside_of_raw_text_is_no_tag() -> None:
    """A script is one finding, and not one for each < in it."""
    assert ["html-element-safe"] == rules("<script>if (a<b && c) { '<p>' }</script>")
    assert ["html-well-formed", "html-element-safe"] == rules("<style>p{}")


def test_a_finding_stands_on_its_line_of_the_document() -> None:
    """The HTML begins somewhere in the feed."""
    (finding,) = content.lint('<p>a</p>\n<p>b</p>\n<a href="#c">c</a>', line=10, entry="urn:x:y")
    assert (12, "urn:x:y", "body", "#c") == (finding.line, finding.entry, finding.field, finding.excerpt)


def test_xhtml_is_judged_by_the_same_rules() -> None:
    """Atom can have it as elements."""
    document, _ = documents.read(b'<div><script/>\n<a href="a" onclick="b">a</a></div>')
    assert document
    found = [(each.rule.id, each.line) for each in content.lint_xhtml(document.root)]
    assert [("html-element-safe", 1), ("html-address-absolute", 2), ("html-attribute-safe", 2)] == sorted(
        found, key=lambda each: (each[1], each[0])
    )


@given(st.text(alphabet="<>/!-?&;#=\"' \nabpdivtscript", max_size=80))
def test_any_text_has_tokens_that_cover_it(html: str) -> None:
    """Nothing is read twice, nothing ends the lint."""
    places = [token.start for token in markup.tokens(html)]
    assert sorted(places) == places
    nesting.slip(markup.tokens(html))
    assert isinstance(list(content.lint(html)), list)


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<a b='", "<!--", "<a b=c", "<b>", "<script>", "<a b", "&b", "<table>"]
)
def test_the_time_grows_with_the_length(piece: str) -> None:
    """A feed is whoever's; if the time grew with the square, that of a test would not do."""
    assert "html-well-formed" in rules(piece * 100_000)


def test_elements_do_not_nest_without_end() -> None:
    """Parsers stop at some depth, each at its own."""
    (finding,) = content.lint("<div>" * 300 + "a" + "</div>" * 300)
    assert finding.message == "<div> stands in 250 others"
