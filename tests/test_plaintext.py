"""The text part of a mail, read as a person would."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.body.columns import columns
from feeds.body.plaintext import to_text
from feeds.body.summary import summarise

LONG = "https://ex.org/" + "long" * 40


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("<p> </p>", ""),
        ("plain", "plain\n"),
        ("<p>one\n  two</p><p>three</p>", "one two\n\nthree\n"),
        ("<p>one<p>two", "one\n\ntwo\n"),
        ("<div>one</div><div>two</div>", "one\ntwo\n"),
        ("<h1>One</h1><p>a</p><h2>Two é</h2>b<h3>Three</h3>c", "One\n===\n\na\n\nTwo é\n-----\n\nb\n\nThree\n\nc\n"),
        ("<h2>日本</h2>", "日本\n----\n"),
        ("<p>a<br>b<br/>c</p>", "a\nb\nc\n"),
        ("<p>a<script>b<b></script><style>c</style>d</p>", "ad\n"),
        ("<template>a<template>b</template>c</template>d<wbr>e", "de\n"),
        ("<p>AT&amp;T &lt;b&gt; &copy; a&nbsp;b</p>", "AT&T <b> © a b\n"),
        ("<p>a</p><hr><p>b</p>", "a\n\n·  ·  ·\n\nb\n"),
        ("<p><q>a</q> x<sup>2</sup> 4<sup>th</sup> <ruby>漢<rt>かん</rt></ruby></p>", "“a” x² 4th 漢（かん）\n"),
        ("<dl><dt>A</dt><dd>a</dd><dt>B</dt><dd>b</dd><dd>c</dd></dl>", "A\n    a\nB\n    b\n    c\n"),
        ("<details><summary>More</summary><p>text</p></details>", "More\n\ntext\n"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>", "• a\n• b\n  • c\n• d\n"),
        ("<ul><li>a<li>b</ul>c", "• a\n• b\n\nc\n"),
        ('<ol start="9"><li>a</li><li>b<p>c</p></li></ol>', "9. a\n10. b\n\n    c\n"),
        ('<ol start="x"><li>a</li></ol><ol reversed><li>b</li></ol>', "1. a\n\n1. b\n"),
        ("<li>stray</li>", "• stray\n"),
        ("<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", "• a\n\n  b\n\n• c\n"),
        ("<ul><li><ul><li>a</li></ul></li></ul>", "• • a\n"),
        ("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc\n"),
        ("<blockquote><ul><li>a</li></ul><blockquote>b</blockquote></blockquote>", "> • a\n>\n> > b\n"),
        ("<p>a</p><pre><code>x\n\n\t- y\n</code></pre><p>b</p>", "a\n\n    x\n\n    \t- y\n\nb\n"),
        ("<pre><code class='language-py'><b>def</b> f(*a): <i># *b*</i>\n</code></pre>", "    def f(*a): # *b*\n"),
        ("<ul><li>a<pre>x\n  y</pre></li></ul>", "• a\n\n      x\n        y\n"),
        ('<p><img src="https://x.y/a.png" alt="a  cat"> <img src="https://x.y/b.png"></p>',
         "[image: a cat] https://x.y/a.png [image] https://x.y/b.png\n"),
        ("</p></div>a</table></ul></a></sup>", "a\n"),
    ],
)  # fmt: skip
def test_each_element_reads_as_text(html: str, expected: str) -> None:
    """Paragraphs, headings, lists, quotes, code and the rest have a shape of their own."""
    assert expected == to_text(html)


def test_links_are_numbered_and_stand_whole_at_the_end() -> None:
    """An address has one number, is never broken, and is not repeated where the text is the address."""
    html = (
        f'<p><a href="{LONG}">one</a>, <a href="https://b.example">two</a>, <a href="{LONG}">three</a>, '
        '<a href="https://c.example/">https://c.example/</a>, <a href="mailto:a@b.c">a@b.c</a>, <a>none</a>'
        '<a href="https://d.example"><img src="https://x.y/i.png" alt="i"></a> <a href="https://e.example"></a></p>'
    )
    assert (
        "one [1], two [2], three [1], https://c.example/, a@b.c, none [image: i]\n"
        "https://x.y/i.png [3] [4]\n\n"
        f"[1] {LONG}\n[2] https://b.example\n[3] https://d.example\n[4] https://e.example\n"
    ) == to_text(html)


def test_footnotes_read_without_jumping() -> None:
    """A reference is a raised number, and the same number begins the note; the way back is gone."""
    html = (
        '<p>Text<sup id="fnref:1"><a class="footnote-ref" href="https://ex.org/#fn:1">1</a></sup>.</p>'
        '<div class="footnote"><hr><ol><li id="fn:1"><p>The note.&nbsp;'
        '<a class="footnote-backref" href="https://ex.org/#fnref:1">↩</a></p></li></ol></div>'
        "<ol><li>after</li></ol>"
    )
    assert "Text¹.\n\n·  ·  ·\n\n¹ The note.\n\n1. after\n" == to_text(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<table><caption>Cap</caption><thead><tr><th>Name</th><th>日本</th></tr></thead>"
            "<tbody><tr><td>a</td><td>b &amp; c</td></tr><tr><td>long one</td></tr></tbody></table>after",
            "Cap\n\nName      日本\n--------  -----\na         b & c\nlong one\n\nafter\n",
        ),
        ("<table><tr><td>a<td>b<tr><td><p>c</p><p>d</p><td><ul><li>e</ul></table>", "a    b\nc d  e\n"),
        ("<table><td>a</table>", "a\n"),
        ("<table><tr><td></td></tr></table>x", "x\n"),
        (
            f"<table><tr><th>One</th><th>Two</th></tr><tr><td>a</td><td>{'word ' * 20}</td></tr>"
            "<tr><td>b</td><td>c</td></tr></table>",
            "One: a\nTwo: " + ("word " * 14).strip() + "\n" + ("word " * 6).strip() + "\n\nOne: b\nTwo: c\n",
        ),
        (f"<table><tr><td>{'wide ' * 20}</td><td>b</td></tr></table>", ("wide " * 15).strip() + "\n" + ("wide " * 5).strip() + "\nb\n"),
        ('<table><tr><td><a href="https://x.y">a</a></td></tr></table>', "a [1]\n\n[1] https://x.y\n"),
        ("<table><tr><td>a<table><tr><td>inner</table><td>b</table>", "a\ninner\n\nb\n"),
        ("<table><tr><td>open", "open\n"),
    ],
)  # fmt: skip
def test_tables_are_aligned_or_read_row_by_row(html: str, expected: str) -> None:
    """Columns line up, wide characters counted twice; a table that is too wide becomes lines with names."""
    assert expected == to_text(html)


def test_prose_fits_the_width_in_every_script() -> None:
    """Lines are at most 78 columns, CJK breaks between characters and never before a full stop."""
    text = to_text(
        "<p>"
        + "吾輩は猫である。名前はまだ無い。" * 12
        + "</p><blockquote><p>"
        + "word " * 60
        + "</p></blockquote>"
    )
    assert 78 >= max(columns(line) for line in text.splitlines())
    assert [] == [line for line in text.splitlines() if line.startswith(("。", "、"))]
    assert 60 == text.count("word")


def test_a_narrow_width_is_kept() -> None:
    """The width is the caller's."""
    assert "aaa bbb\nccc\n" == to_text("<p>aaa bbb ccc</p>", width=8)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>soft&shy;hyphen zero&#8203;width &#xFEFF;mark</p>", "softhyphen zerowidth mark\n"),
        ("<p>می‌خواهم ‌ x</p>", "می‌خواهم x\n"),
        ("<p>👩‍💻 a&#x2028;b</p>", "👩‍💻 a\nb\n"),
    ],
)
def test_nothing_invisible_but_joiners_inside_words(html: str, expected: str) -> None:
    """Persian and emoji keep their joiners; soft hyphens and the like go."""
    assert expected == re.sub(r" +", " ", to_text(html))


@pytest.mark.parametrize(
    "tag", ["div", "blockquote", "ul><li", "ol><li", "dl><dd", "table><tr><td", "b", "sup", "pre", "q"]
)
def test_depth_is_no_limit(tag: str) -> None:
    """Five thousand levels neither raise nor lose the text, and indentation stays readable."""
    text = to_text(f"<{tag}>" * 5000 + "sentinel" + f"</{tag.partition('>')[0]}>" * 5000 + "<p>after</p>")
    assert "sentinel" in text
    assert "after" in text
    assert 200 > max(len(line) for line in text.splitlines() if "“" not in line)


TAGS = st.sampled_from(
    ["<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<ol>", "</ol>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<table>", "<tr>", "<td>", "</table>", "<h1>", "</h1>", "<a href='https://x.y'>", "</a>", "<sup>", "</sup>", "<dl>", "<dd>", "</dd>", "</dl>", "<br>", "<hr>", "<img src='https://x.y/i'>"]
)  # fmt: skip


@given(st.lists(st.one_of(TAGS, st.from_regex(r"word[0-9]{1,4} ", fullmatch=True))))
def test_no_word_is_lost(parts: list[str]) -> None:
    """However tags are nested or left open, every word of the text is there, in order."""
    expected = [part.strip() for part in parts if part.startswith("word")]
    assert expected == re.findall(r"word[0-9]+", to_text("".join(parts)))


@given(st.text(), st.integers(1, 300))
def test_any_text_can_be_written(html: str, limit: int) -> None:
    """Nothing raises, and a summary keeps to its limit."""
    to_text(html)
    assert len(summarise(html, limit)) <= limit


@pytest.mark.parametrize(
    ("html", "limit", "expected"),
    [
        ("<h1>Title</h1><p>First one. Second one.</p>", 280, "First one. Second one."),
        ("<p>First one. Second one is long.</p>", 16, "First one."),
        ("<p>First one is long</p>", 12, "First one…"),
        ("<p>Firstverylongword</p>", 10, "Firstvery…"),
        ("<p>吾輩は猫である。名前はまだ無い。</p>", 10, "吾輩は猫である。"),
        ("<p>Version 1.5 of it. Done and more words</p>", 20, "Version 1.5 of it."),
        ("<p>a</p><pre>code</pre><table><tr><td>t</table><figure><figcaption>f</figcaption></figure><p>b</p>", 280, "a b"),
        ('<p>a<sup id="fnref:1"><a class="footnote-ref" href="#">1</a></sup> b</p><div class="footnote">n</div>', 280, "a b"),
        ("<ul><li>one</li><li>two</li></ul>three<br>four", 280, "one two three four"),
        ("<p>He said “stop!” and “go!” again and again</p>", 18, "He said “stop!”"),
        ("", 280, ""),
    ],
)  # fmt: skip
def test_a_summary_is_the_beginning_of_the_prose(html: str, limit: int, expected: str) -> None:
    """Headings, code, tables, figures and notes are skipped; it ends with a sentence or a word."""
    assert expected == summarise(html, limit)
