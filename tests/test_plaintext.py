"""The text part of a mail, read as a person would."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from feeds import config, pipeline
from feeds.body.columns import columns
from feeds.body.markup import to_html
from feeds.body.page import Page
from feeds.body.plaintext import to_text
from feeds.body.summary import summarise

if TYPE_CHECKING:
    from feeds.model import Post

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
         "[image: a cat] [1] [image] [2]\n\n[1] https://x.y/a.png\n[2] https://x.y/b.png\n"),
        ('<a href="https://x.y/a.png"><img src="https://x.y/a.png" alt="a"></a><img alt="none">',
         "[image: a] [1] [image: none]\n\n[1] https://x.y/a.png\n"),
        ('<figure><img src="https://x.y/a.png" alt="a"><figcaption>Cap</figcaption></figure><p>b</p>',
         "[image: a] [1]\nCap\n\nb\n\n[1] https://x.y/a.png\n"),
        ("<p><del>one</del> two <s>three</s></del></p>", "[deleted: one] two [deleted: three]\n"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rp>(<rt>じ</rt></ruby>x", "漢（かん）字（じ）x\n"),
        ("<ul><li>☐ a<ul><li>☑ b</li></ul></li><li>c</li></ul>", "☐ a\n  ☑ b\n• c\n"),
        ("<ol><li value='7'>a</li><li>b</li></ol>", "7. a\n8. b\n"),
        ("<p>run <code>a  b</code> and <kbd>Ctrl C</kbd></p>", "run a  b and Ctrl C\n"),
        ('<p><img alt="a" src="https://x.y/">, b</p>', "[image: a] [1], b\n\n[1] https://x.y/\n"),
        ("<p>so <span>\\[\n  a\n\\]</span> it</p>", "so \\[\na\n\\] it\n"),
        ("<p>so $$\n a \\\\\n b\n$$ and $$5 or $$6\n x</p>", "so $$\na \\\\\nb\n$$ and $$5 or $$6 x\n"),
        ("<a href='https://x.y/'>", "[1]\n\n[1] https://x.y/\n"),
        ('a<a href="https://x.y/"></a>b', "a [1] b\n\n[1] https://x.y/\n"),
        ('<a href="https://日本.example/日">https://日本.example/日</a>',
         "https://日本.example/日 [1]\n\n[1] https://日本.example/日\n"),
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
        "one [1], two [2], three [1], https://c.example/, a@b.c, none\n[image: i] [3] [4] [5]\n\n"
        f"[1] {LONG}\n[2] https://b.example\n[3] https://x.y/i.png\n[4] https://d.example\n"
        "[5] https://e.example\n"
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
            f"One  Two\n---  {'-' * 73}\na    " + ("word " * 14).strip() + "\n     " + ("word " * 6).strip() + "\n\nb    c\n",
        ),
        (
            f"<table><tr><th>One</th><th>Two</th></tr><tr><td>a</td><td>{LONG}</td></tr>"
            "<tr><td>b</td><td></td></tr><tr><td>c</td></tr></table>",
            f"One: a\nTwo:\n{LONG}\n\nOne: b\n\nOne: c\n",
        ),
        (
            f"<table><tr>{'<th>Head</th>' * 6}</tr><tr>{'<td>some more words</td>' * 6}</tr></table>",
            "Head: some more words\n" * 6,
        ),
        (f"<table><tr>{'<td>x</td>' * 60}</tr></table>", "x\n" * 60),
        (
            f"<table><tr>{'<td>twelve words</td>' * 4}<td>{'x' * 40}</td></tr></table>",
            "twelve words\n" * 4 + "x" * 40 + "\n",
        ),
        (
            '<table><tr><th>a</th><th align="right">price</th><th align="center">mid</th></tr>'
            '<tr><td>b</td><td align="right">1.5</td><td align="center">日</td></tr></table>',
            "a  price  mid\n-  -----  ---\nb    1.5  日\n",
        ),
        (
            '<table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr>'
            '<tr><td>e</td><td>f</td><td rowspan="9">g</td></tr><tr><td>h</td></tr></table>',
            "a  b\n   c  d\ne  f  g\nh\n",
        ),
        ("<table><tr><td>a</td><td><pre>x\n  y\n</pre>b</td></tr><tr><td>c</td></tr></table>", "a\n\n    x\n      y\n\nb\n\nc\n"),
        (
            f"<table><tr><td>{'wide ' * 20}</td><td>b</td></tr></table>",
            ("wide " * 15).strip() + "   b\n" + ("wide " * 5).strip() + "\n",
        ),
        ('<table><tr><td><a href="https://x.y">a</a></td></tr></table>', "a [1]\n\n[1] https://x.y\n"),
        ("<table><tr><td>a<table><tr><td>inner</table><td>b</table>", "a\ninner\n\nb\n"),
        ("<table><tr><td>open", "open\n"),
        ("<table><tr>loose<td>a</td></tr>b</table>", "loose  a b\n"),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", 1), ("é", 1), ("e\u0301", 1), ("日本", 4), ("각", 2), ("\u1100\u1161\u11a8", 2), ("กี่", 1), ("می‌خواهم", 7),
        ("❤", 1), ("❤️", 2), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("👩🏾‍💻", 2), ("👩‍❤️‍💋‍👨", 2), ("🏳️‍🌈", 2), ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", 2), ("🇵🇹", 2),
        ("🇵🇹🇯🇵", 4), ("1️⃣", 2), ("#⃣", 2), ("12", 2), ("©", 1), ("©️", 2), ("☕", 2), ("👍👍", 4), ("a👍🏽b", 4), ("🇵", 1),
    ],
)  # fmt: skip
def test_columns_are_those_of_a_terminal(text: str, expected: int) -> None:
    """A family, a flag, a thumb of any colour and a keycap are one picture each, of two columns."""
    assert expected == columns(text)


def test_inline_code_stays_on_one_line_where_one_can_hold_it() -> None:
    """A command that is broken is copied broken; one that no line holds breaks at its spaces."""
    command = "git commit --message 'two words'"
    assert command in to_text(f"<p>{'word ' * 12}<code>{command}</code></p>").splitlines()
    long = "make " + "target " * 20
    assert 78 >= max(map(len, to_text(f"<p><code>{long}</code></p>").splitlines()))


def test_code_is_as_its_author_wrote_it() -> None:
    """Tabs, blanks at the ends of lines, blank lines, what looks like mark-up: only an indentation is added."""
    code = "\tdef f():\n\n\t\treturn 1   \n  \n&amp; &lt;b&gt; **x** \u200b\u00a0.\n"
    lines = ["\tdef f():", "", "\t\treturn 1   ", "  ", "& <b> **x** \u200b\u00a0."]
    expected = "".join("    " + line + "\n" if line else "\n" for line in lines)
    assert expected == to_text(f"<pre><code>{code}</code></pre>")
    quoted = "> a\n>\n" + "".join(">     " + line + "\n" if line else ">\n" for line in lines)
    assert quoted == to_text(f"<blockquote><p>a</p><pre><code>{code}</code></pre></blockquote>")


def test_code_that_is_a_link_keeps_its_address() -> None:
    """The code is as it was, and the address stands with the others."""
    assert "    a b\n\n[1]\n\n[1] https://x.y/\n" == to_text(
        '<pre><code>a <a href="https://x.y/">b</a>\n</code></pre>'
    )


def a_link(number: int) -> str:
    """A link to an address of its own."""
    return f'<a href="https://x.y/{number}">link</a>'


def test_in_a_long_post_addresses_stand_at_the_end_of_each_section() -> None:
    """A number is never far from what it stands for; what was said in an earlier section is said again."""
    words = "<p>" + "word " * 3000 + "</p>"
    text = to_text(
        f"<h2>One</h2><p>{a_link(1)} {a_link(2)}</p><h2>Two</h2><p>{a_link(1)}</p><h3>Three</h3><p>none</p>"
        f"<blockquote><h2>Four</h2><p>{a_link(3)}</p></blockquote>{words}<div class='footnote'><hr><p>{a_link(4)}</p></div>"
    )
    assert (
        "One\n---\n\nlink [1] link [2]\n\n[1] https://x.y/1\n[2] https://x.y/2\n\n"
        "Two\n---\n\nlink [1]\n\n[1] https://x.y/1\n\nThree\n\nnone\n\n> Four\n> ----\n>\n> link [3]\n\nword "
    ) == text[: text.index("word ") + 5]
    assert text.endswith("word\n\n[3] https://x.y/3\n\n·  ·  ·\n\nlink [4]\n\n[4] https://x.y/4\n")


def test_a_list_of_many_links_has_their_addresses_between() -> None:
    """After each ten, at the end of an item; never within one."""
    items = "".join(f"<li>{a_link(number)}<ul><li>why</li></ul></li>" for number in range(25))
    lines = to_text(f"<ul>{items}</ul>").splitlines()
    assert [20, 52, 74] == [at for at, line in enumerate(lines) if not line][0::2]
    assert [f"[{n + 1}] https://x.y/{n}" for n in range(10)] == lines[21:31]
    assert "[25] https://x.y/24" == lines[-1]


def test_ten_links_of_a_short_post_stand_at_its_end() -> None:
    """Where one look finds them all."""
    text = to_text("".join(f"<h2>{n}</h2><p>{a_link(n)}</p>" for n in range(10)))
    assert [f"[{n + 1}] https://x.y/{n}" for n in range(10)] == text.splitlines()[-10:]


def test_the_words_for_what_text_cannot_show_are_the_callers() -> None:
    """In the language of the post."""
    html = '<p><img src="https://x.y/i" alt="گربه"> <del>نه</del></p>'
    assert "[تصویر: گربه] [1] [حذف‌شده: نه]\n\n[1] https://x.y/i\n" == to_text(
        html, words={"image": "تصویر", "deleted": "حذف‌شده"}
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>a</p><video src="https://x.y/v.mp4">Your browser has no <a href="https://x.y/v.mp4">video</a>.</video><p>b</p>', "a\n\nWatch\u00a0[7]\n\nb\n\n[7] https://x.y/v.mp4\n"),
        ('<audio title="The  tide"><source src="https://x.y/a.ogg"><source src="https://x.y/a.mp3"></audio>', "The tide\u00a0[7]\n\n[7] https://x.y/a.ogg\n"),
        ("<p>a</p><audio>none</audio><p>b</p>", "a\n\nb\n"),
        ('<table><tr><td>x<video src="https://x.y/v.mp4"></video></td></tr></table>', "x Watch\u00a0[7]\n\n[7] https://x.y/v.mp4\n"),
    ],
)  # fmt: skip
def test_a_player_is_its_name_and_its_address(html: str, expected: str) -> None:
    """As in the HTML of a mail, without what is for browsers that cannot play; numbered from where it says."""
    found = to_text(html, first=7, words={"video": "Watch"})
    assert expected.replace("\u00a0", " ") == found.replace("\u00a0", " ")


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


PAGE = Page(path="content/a.md", line=1, folder="", url="https://ex.org/a/", site_url="https://ex.org")
HOSTS = st.sampled_from(
    ["example.org", "sub.example.org/a/b", "xn--bcher-kva.example", "e.org/" + "long/" * 30]
)
QUERIES = st.sampled_from(["", "?a=1&b=2", "#part", "?q=%E6%97%A5", "/(x)", "?c=1&copy=1"])
URLS = st.builds("https://{}{}".format, HOSTS, QUERIES)
WORDS = st.sampled_from(
    [
        "word",
        "Straße",
        "été",
        "日本語の文章",
        "中文，字",
        "می‌خواهم",
        "слово",
        "👩🏾‍💻",
        "x²",
        "AT&T",
        "5 < 6",
        "a-b",
        "“so”",
        "한국어",
        "R&D;",
    ]
)
CODE_LINES = st.sampled_from(
    ["def f():", "    return 1", "x = 1   ", "", "# not a heading", "**bold** _it_", "<b>&amp;</b>", "{{ x }} {% y %}", "日本",
     "- item", "a" * 120, "[link](https://no.example)", "> q", "$$ x", "  two  spaces"]
)  # fmt: skip
CJK = re.compile(r"[\u3040-\u9fff]")


def escaped(word: str) -> str:
    """A word as Markdown text."""
    return re.sub(r"([&<])", r"\\\1", word)


class Markdown:
    """Random Markdown, with what its text has to hold."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.words: list[str] = []
        self.urls: list[str] = []
        self.listing: list[str] = []

    def inline(self) -> str:
        """A line of words, links and code."""
        parts = []
        for kind in self.draw(st.lists(st.sampled_from("wwwwlibc"), min_size=1, max_size=12)):
            word = self.draw(WORDS)
            if kind != "c":
                self.words += word.split()
            parts.append(getattr(self, f"inline_{kind}")(word))
        return " ".join(parts)

    def inline_w(self, word: str) -> str:
        return escaped(word)

    def inline_b(self, word: str) -> str:
        return f"**{escaped(word)}**"

    def inline_l(self, word: str) -> str:
        self.urls.append(self.draw(URLS))
        return f"[{escaped(word)}](<{self.urls[-1]}>)"

    def inline_i(self, word: str) -> str:
        self.urls.append(self.draw(URLS) + ".png")
        return f"![{escaped(word)}](<{self.urls[-1]}>)"

    def inline_c(self, _word: str) -> str:
        code = self.draw(st.sampled_from(["a_b_c", "f(*x)", "<b>", "x  y"]))
        self.words += code.split()
        return f"`{code}`"

    def block(self, depth: int = 0) -> list[str]:
        """Lines of a block, without one before or after it."""
        kinds = ["paragraph", "heading", "code", "items", "quote", "table"]
        kind = self.draw(st.sampled_from(kinds if depth < 2 else kinds[:3]))
        lines: list[str] = getattr(self, kind)(depth)
        return lines

    def paragraph(self, _depth: int) -> list[str]:
        return ["so " + self.inline()]

    def heading(self, depth: int) -> list[str]:
        return self.paragraph(depth) if depth else ["## Of " + self.inline()]

    def code(self, _depth: int) -> list[str]:
        lines = self.draw(st.lists(CODE_LINES, min_size=1, max_size=5))
        self.listing += lines
        return ["```text", *lines, "```"]

    def items(self, depth: int) -> list[str]:
        marker = self.draw(st.sampled_from(["-   ", "1.  "]))
        lines = []
        for _ in range(self.draw(st.integers(1, 3))):
            first, *rest = ["so " + self.inline(), "", *self.block(depth + 1)]
            lines += [marker + first, *("    " + line if line else "" for line in rest), ""]
        return lines

    def quote(self, depth: int) -> list[str]:
        return ["> " + line for line in self.block(depth + 1)]

    def table(self, depth: int) -> list[str]:
        if depth:
            return self.paragraph(depth)
        rows = [[self.inline() for _ in range(2)] for _ in range(self.draw(st.integers(1, 3)))]
        return ["| one | two |", "|--|--|", *("| " + " | ".join(row) + " |" for row in rows)]


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, Markdown]:
    """A whole post, and what must be in its text."""
    made = Markdown(draw)
    blocks = [made.block() for _ in range(draw(st.integers(1, 6)))]
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n", made


@settings(deadline=None)
@given(documents())
def test_the_text_of_any_markdown_has_its_links_words_and_code(document: tuple[str, Markdown]) -> None:
    """From the source to the mail: contract T1 to T4, in any nesting of lists, quotes, tables and code."""
    source, made = document
    body = to_html(source, PAGE)
    assert () == body.problems
    text = to_text(body.html)
    lines = text.splitlines()
    addresses = [line.split(" ")[-1] for line in lines if re.match(r"\[\d+\] \S+$", line)]
    assert set(made.urls) <= set(addresses)
    prose = re.sub(r"\[\d+\] ?|\n[> ]*", " ", text)
    squeezed = "".join(prose.split())
    # What has no spaces is broken anywhere, and in a table's cell goes on below its other cells.
    assert [] == [word for word in made.words if word not in squeezed and not CJK.match(word)]
    assert set("".join(made.words)) <= set(squeezed)
    for code in filter(None, made.listing):
        assert any(line.endswith("    " + code) for line in lines), code
    of_code = {line for line in lines if any(line.endswith("    " + code) for code in made.listing if code)}
    plain = [line for line in lines if line not in of_code]
    assert 78 >= max((columns(line) for line in plain if "://" not in line), default=0)
    assert not re.search(r"\*\*|\]\(|```|&amp;|&lt;|</|[\u200b\ufeff]", "\n".join(plain))


LETTERS = Path(__file__).parent / "letters"


@pytest.fixture(scope="module")
def letters() -> list[Post]:
    """The posts of `tests/letters`, which are of the kinds that break mails."""
    return list(pipeline.gather(config.load(LETTERS), now=datetime(2026, 7, 1, tzinfo=UTC)).posts)


def test_every_letter_has_its_links_words_and_code(letters: list[Post]) -> None:
    """Contract T1 to T4, judged by another HTML parser; no word is lost but the numbers of notes."""
    assert 13 == len(letters)
    for post in letters:
        text = to_text(post.html)
        lines = text.splitlines()
        tree = HTMLParser(post.html)
        for link in tree.css("a[href]:not(.footnote-ref):not(.footnote-backref)"):
            address = str(link.attributes["href"])
            assert any(address in line for line in lines), address
        for picture in tree.css("img"):
            assert str(picture.attributes["src"]) in text
        for code in tree.css("pre"):
            for line in code.text().strip("\n").split("\n"):
                assert not line or any(each.endswith("    " + line) for each in lines), line
        for node in tree.css("sup, rp, .footnote-backref, pre, video, audio"):
            node.decompose()
        assert tree.body
        words = re.sub("[\u00ad\u200b\u2060\ufeff]", "", tree.body.text(separator=" ")).split()
        squeezed = "".join(re.sub(r"\n[> ]*", " ", text).split())
        lost = [word for word in words if word not in squeezed]
        assert len(lost) <= len(words) / 100, (post.path, lost)
        in_code = {line for line in lines if line.lstrip("> ") and "    " in line}
        prose = [line for line in lines if line not in in_code and "://" not in line and " " in line.strip()]
        assert 78 >= max(map(columns, prose))
        assert not re.search("[\u00ad\u034f\u200b\u2060\ufeff]", text)


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
