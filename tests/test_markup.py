"""Bodies as people write them, and what readers get to see."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.body.markup import first_heading, to_html
from feeds.model import Page

PAGE = Page(
    path="content/posts/a.md",
    line=9,
    folder="posts",
    url="https://ex.org/posts/a/",
    site_url="https://ex.org",
    references={"posts/hello.md": "https://ex.org/posts/hello/"},
)


def html(markdown: str) -> str:
    """The HTML of a body, without the blank space that means nothing."""
    rendered, problems, _ = to_html(markdown, PAGE)
    assert () == problems
    parts = re.split(r"(<pre>.*?</pre>)", rendered, flags=re.DOTALL)
    return "".join(
        part if at % 2 else re.sub(r"\s*\n\s*", "\n", part) for at, part in enumerate(parts)
    ).replace(">\n<", "><")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("", ""),
        ("a *b* **c** `d` ~~e~~ ***f*** snake_case_word", "<p>a <em>b</em> <strong>c</strong> <code>d</code> <del>e</del> <strong><em>f</em></strong> snake_case_word</p>"),
        ("H~2~O a\\*b\\* \\~~c\\~~ \\| C:\\new", "<p>H~2~O a*b* ~~c~~ | C:\\new</p>"),
        ("a  \nb\\\nc\\\\\nd\\", "<p>a<br>\nb<br>\nc\\\nd\\</p>"),
        ("# One\n\nTwo\n===\n\n### Three {#own}\n# One", '<h1 id="one">One</h1><h1 id="two">Two</h1><h3 id="own">Three</h3><h1 id="one_1">One</h1>'),
        ("#hashtag and\n##Heading", '<p>#hashtag and</p><h2 id="heading">Heading</h2>'),
        ("https://ex.org/a_b_c and www.ex.org, <me@ex.org>", '<p><a href="https://ex.org/a_b_c">https://ex.org/a_b_c</a> and <a href="http://www.ex.org">www.ex.org</a>, <a href="mailto:me@ex.org">me@ex.org</a></p>'),
        ('[a](hello.md#x) [b](#c) ![d](e f.png "t")', '<p><a href="https://ex.org/posts/hello/#x">a</a> <a href="https://ex.org/posts/a/#c">b</a> <img alt="d" src="https://ex.org/posts/a/e%20f.png" title="t"></p>'),
        ("[a][r]\n\n[r]: /x (T)", '<p><a href="https://ex.org/x" title="T">a</a></p>'),
        ('[a]\n\n[a]: <https://x.y/a b>\n  "T"', '<p><a href="https://x.y/a%20b" title="T">a</a></p>'),
        ('[[a] [b](c "(") ![d](e', '<p>[[a] <a href="https://ex.org/posts/a/c" title="(">b</a> ![d](e</p>'),
        ("AT&T &copy; &lt;b&gt; a < b", "<p>AT&amp;T © &lt;b&gt; a &lt; b</p>"),
        ("a\n***\nb\n\n---", "<p>a</p><hr><p>b</p><hr>"),
        ("1986\\. a", "<p>1986. a</p>"),
    ],
)  # fmt: skip
def test_text(markdown: str, expected: str) -> None:
    """Emphasis, headings, links and escapes are GitHub's."""
    assert expected == html(markdown)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a:\n- b\n- c", "<p>a:</p><ul><li>b</li><li>c</li></ul>"),
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        (
            "- a\n    - b\n        - c\n- d",
            "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>",
        ),
        ("-\ta\n\t-\tb", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("1. a\n  - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("3) a\n4) b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("a\n2. b", "<p>a\n2. b</p>"),
        ("- a\nlazy\n\nb", "<ul><li>a\nlazy</li></ul><p>b</p>"),
        ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("- a\n- \n- b", "<ul><li>a</li><li></li><li>b</li></ul>"),
        ("- [ ] a\n- [x] b\n  1. [X] c", "<ul><li>☐ a</li><li>☑ b<ol><li>☑ c</li></ol></li></ul>"),
        ("- a\n> b", "<ul><li>a</li></ul><blockquote><p>b</p></blockquote>"),
        ("> a\n- b", "<blockquote><p>a</p></blockquote><ul><li>b</li></ul>"),
        ("- a\n# b", '<ul><li>a</li></ul><h1 id="b">b</h1>'),
        ("> a\nb\n>> c", "<blockquote><p>a\nb</p><blockquote><p>c</p></blockquote></blockquote>"),
        ("- > a\n\n  b", "<ul><li><blockquote><p>a</p></blockquote><p>b</p></li></ul>"),
        ("> - a\n>\n>   b", "<blockquote><ul><li><p>a</p><p>b</p></li></ul></blockquote>"),
        ("- a\n* b\n+ c", "<ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li></ul>"),
        ("1) a\n1. b", "<ol><li>a</li></ol><ol><li>b</li></ol>"),
        ("- a\n\n  ***\n- b", "<ul><li><p>a</p><hr></li><li><p>b</p></li></ul>"),
        ("- a\n\n  > b\n- c", "<ul><li><p>a</p><blockquote><p>b</p></blockquote></li><li><p>c</p></li></ul>"),
        (
            "- a\n\n  - b\n\n    c\n- d",
            "<ul><li><p>a</p><ul><li><p>b</p><p>c</p></li></ul></li><li><p>d</p></li></ul>",
        ),
        ("- a\n\n  # b\n- c", '<ul><li><p>a</p><h1 id="b">b</h1></li><li><p>c</p></li></ul>'),
        ("- a\n\n  <div>b</div>\n- c", "<ul><li><p>a</p><div>b</div></li><li><p>c</p></li></ul>"),
        (
            "- > a\n  > b\n  >\n  > c\n- d",
            "<ul><li><blockquote><p>a\nb</p><p>c</p></blockquote></li><li><p>d</p></li></ul>",
        ),
        (
            "- x\n  - > a\n    > b",
            "<ul><li>x<ul><li><blockquote><p>a\nb</p></blockquote></li></ul></li></ul>",
        ),
        (
            "- > - > a\n  >   > b",
            "<ul><li><blockquote><ul><li><blockquote><p>a\nb</p></blockquote></li></ul></blockquote></li></ul>",
        ),
        ("####### seven", "<p>####### seven</p>"),
        ("Term\n: Def\n: Two\n\nx", "<dl><dt>Term</dt><dd>Def</dd><dd>Two</dd></dl><p>x</p>"),
    ],
)
def test_lists_and_quotes(markdown: str, expected: str) -> None:
    """Lists nest by two or four spaces, need no blank line, and end where GitHub ends them."""
    assert expected == html(markdown)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("```python title='x' {1,3}\na < b\n\n\tc\n```", '<pre><code class="language-python">a &lt; b\n\n\tc\n</code></pre>'),
        ("~~~ {.c++ .x}\n```\n~~~", '<pre><code class="language-c++">```\n</code></pre>'),
        ("````\n```\n*a*\n```\n````", "<pre><code>```\n*a*\n```\n</code></pre>"),
        ("```\nopen\n# a", "<pre><code>open\n# a\n</code></pre>"),
        ("a\n```\nb\n```\nc\n```\nd\n```\n---", "<p>a</p><pre><code>b\n</code></pre><p>c</p><pre><code>d\n</code></pre><hr>"),
        ("- a\n  ```sh\n  $ b\n    c\n  ```\n- d", '<ul><li>a\n<pre><code class="language-sh">$ b\n  c\n</code></pre></li><li>d</li></ul>'),
        ("- a\n\n  ```\n  b\n  ```\n- c", "<ul><li><p>a</p><pre><code>b\n</code></pre></li><li><p>c</p></li></ul>"),
        ("- a\n\n      b\n- c", "<ul><li><p>a</p><pre><code>b\n</code></pre></li><li><p>c</p></li></ul>"),
        ("- ```\n  a\n  ```", "<ul><li><pre><code>a\n</code></pre></li></ul>"),
        ("> ```\n> a\nb", "<blockquote><pre><code>a\n</code></pre></blockquote><p>b</p>"),
        ("    a\n\n      b\n\nc", "<pre><code>a\n\n  b\n</code></pre><p>c</p>"),
        ("a\n    b", "<p>a\nb</p>"),
        ("- a\n\n      b", "<ul><li><p>a</p><pre><code>b\n</code></pre></li></ul>"),
        ("`` ` `` `a  b` `<b>`", "<p><code>`</code> <code>a  b</code> <code>&lt;b&gt;</code></p>"),
        ("``` not a fence ```", "<p><code>not a fence</code></p>"),
        ('```"><script>alert(1)</script>\na\n```', "<pre><code>a\n</code></pre>"),
    ],
)  # fmt: skip
def test_code_is_verbatim(markdown: str, expected: str) -> None:
    """Fenced, indented and inline code keeps every character, wherever it stands."""
    assert expected == html(markdown)


TABLE = '<table><thead><tr><th>a</th><th align="right">b</th></tr></thead><tbody><tr><td>c</td><td align="right">{}</td></tr></tbody></table>'


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("| a | b |\n|---|--:|\n| c | d |", TABLE.format("d")),
        ("a | b\n--- | --:\nc | `x|y`", TABLE.format("<code>x|y</code>")),
        (
            "text\nmore\n| a | b |\n|---|--:|\n| c | d \\| e |\n\nx",
            "<p>text\nmore</p>" + TABLE.format("d | e") + "<p>x</p>",
        ),
        ("| a | b |\n|---|--:|\n| c | d |\n# e", TABLE.format("d") + '<h1 id="e">e</h1>'),
        ("| a | b |\n|---|--:|\n| c | d |\n```\ne\n```", TABLE.format("d") + "<pre><code>e\n</code></pre>"),
        (
            "| a | b |\n|---|--:|\n| c | d |\n> e\n- f",
            TABLE.format("d") + "<blockquote><p>e</p></blockquote><ul><li>f</li></ul>",
        ),
        ("| a | b |\n|---|--:|\n| c | d |\n---\n{: .x}", TABLE.format("d") + "<hr>"),
        ("| a | b |\n|---|--:|\n| c | d |\n{: .x}\n\ne", TABLE.format("d") + "<p>e</p>"),
        ("| a | b |\n|---|--:|\n| c | `d \\| e` |", TABLE.format("<code>d | e</code>")),
        (
            "| a |\n|---|\n| b |\ntext",
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr><tr><td>text</td></tr></tbody></table>",
        ),
        (
            "- x\n\n  | a | b |\n  |---|--:|\n  | c | d |",
            "<ul><li><p>x</p>" + TABLE.format("d") + "</li></ul>",
        ),
    ],
)
def test_tables(markdown: str, expected: str) -> None:
    """Tables need no blank line before them and carry their alignment without a style."""
    assert expected == html(markdown)


CALLOUT = "<blockquote><p><strong>{}</strong></p><p>a <em>b</em></p></blockquote>"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("> [!NOTE]\n> a *b*", CALLOUT.format("Note")),
        ("> [!warning]- Take *care*\n> a *b*", CALLOUT.format("Take <em>care</em>")),
        (":::tip\na *b*\n:::\nc", CALLOUT.format("Tip") + "<p>c</p>"),
        ("::: info A title\n\na *b*\n\n:::", CALLOUT.format("A title")),
        (":::note[In brackets]\na *b*\n:::", CALLOUT.format("In brackets")),
        ('!!! note "Titled"\n    a *b*\nc', CALLOUT.format("Titled") + "<p>c</p>"),
        ("??? question\n    a *b*", CALLOUT.format("Question")),
        (
            ":::x\n- a\n\n  b\n  :::\nc",
            "<blockquote><p><strong>X</strong></p><ul><li><p>a</p><p>b</p></li></ul></blockquote><p>c</p>",
        ),
        (":::\na", "<p>:::\na</p>"),
    ],
)
def test_callouts_become_quotes(markdown: str, expected: str) -> None:
    """GitHub's, Obsidian's, Docusaurus's and Material's call-outs are quotes with a title."""
    assert expected == html(markdown)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<details>\n<summary>S</summary>\n\na *b*\n\n- c\n\n</details>", "<details><summary>S</summary><p>a <em>b</em></p><ul><li>c</li></ul></details>"),
        ('<div markdown="1">\n*a*\n</div>', "<div><p><em>a</em></p></div>"),
        ("<table>\n  <tr>\n\n    <td>*a*</td>\n\n  </tr>\n</table>", "<table><tbody><tr><td>*a*</td></tr></tbody></table>"),
        ("a <kbd>b</kbd> <!-- c --> <b onclick='x'>*d*</b>", "<p>a <kbd>b</kbd>  <b><em>d</em></b></p>"),
        ("<pre>\n- a\n\n  *b*\n</pre>", "<pre>- a\n\n  *b*\n</pre>"),
        ("<!--\na\n\nb\n-->\nc", "<p>c</p>"),
        ("<!DOCTYPE html>\n<?php x ?>\n\na", "<p>a</p>"),
        ("a\n\n<path>\n\nb", "<p>a</p><p>&lt;path&gt;</p><p>b</p>"),
        ("Vec<u8>, Map<String, u8> and cp <path>/a `<b>`", "<p>Vec&lt;u8&gt;, Map&lt;String, u8&gt; and cp &lt;path&gt;/a <code>&lt;b&gt;</code></p>"),
        ("<x-note kind=a>b</x-note> <text>c</text> <view/> </set> d", "<p>b c  &lt;/set&gt; d</p>"),
        ("<lite-youtube id=x></lite-youtube>\n\na", "<p></p><p>a</p>"),
        ('<svg viewBox="0"><path d="x"/><text>no</text></svg>\n\na <math><mi>x</mi></math> b', "<p>a  b</p>"),
        ("use <svg>\n\nand </svg> or <option>", "<p>use &lt;svg&gt;</p><p>and  or &lt;option&gt;</p>"),
        ('<plaintext> a </plaintext> <b title="<x>">c</b>', '<p>&lt;plaintext&gt; a  <b title="&lt;x&gt;">c</b></p>'),
        ("the <title> and <script> tags", "<p>the &lt;title&gt; and &lt;script&gt; tags</p>"),
        ("a <script>alert(1)</script> b", "<p>a  b</p>"),
        ('<iframe src="https://www.youtube.com/embed/x"></iframe>', '<p><a href="https://www.youtube.com/watch?v=x">youtube.com/watch?v=x</a></p>'),
        ("# a {: onclick='x' style='y'}\n\n[b](javascript:x){: target=_blank }", '<h1 id="a">a</h1><p><a>b</a></p>'),
        ("a <https://ex.org/?a=b&c=d>", '<p>a <a href="https://ex.org/?a=b&amp;c=d">https://ex.org/?a=b&amp;c=d</a></p>'),
        ("<span>a</span> *b*", "<p><span>a</span> <em>b</em></p>"),
    ],
)  # fmt: skip
def test_raw_html(markdown: str, expected: str) -> None:
    """HTML blocks end at blank lines, Markdown between them is Markdown, and nothing dangerous remains."""
    assert expected == html(markdown)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# A\n{: .x}\nb", '<h1 id="a">A</h1><p>b</p>'),
        ("```\na\n```\n{: .x #y z='1'}\n\nb", "<pre><code>a\n</code></pre><p>b</p>"),
        ("> a\n{: .x}\n> b", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("* TOC\n{:toc}\n\na", "<p>a</p>"),
        ("1. TOC\n   {:toc .x}\n\na", "<p>a</p>"),
        ("- a\n- b\n{: .x}\n\nc", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
        ("- a\n\n  ```\n  b\n  ```\n  {: .x}\n- c", "<ul><li><p>a</p><pre><code>b\n</code></pre></li><li><p>c</p></li></ul>"),
        ("{:refdef: .x}\na {:.y} `b`{:.z} *c*{: #d}\n{: #e}", '<p id="e">a <code>b</code> <em id="d">c</em></p>'),
    ],
)  # fmt: skip
def test_attribute_lists_are_never_seen(markdown: str, expected: str) -> None:
    """Kramdown's lists of classes are taken up or dropped; the items around them stay."""
    assert expected == html(markdown)


def test_footnotes() -> None:
    """A note's number links to the note at the end and back, by absolute addresses."""
    expected = (
        '<p>a<sup id="fnref:x"><a class="footnote-ref" href="https://ex.org/posts/a/#fn:x">1</a></sup></p>'
        '<div class="footnote"><hr><ol><li id="fn:x"><p>One</p><p>two&nbsp;'
        '<a class="footnote-backref" href="https://ex.org/posts/a/#fnref:x">↩</a></p></li></ol></div>'
    )
    assert expected == html("a[^x]\n\n[^x]: One\n\n    two\n")
    assert "<p>One\ntwo&nbsp;" in html("a[^x] b[^y]\n\n[^x]: One\ntwo\n[^y]: Three")


def test_a_body_does_not_depend_on_the_one_before() -> None:
    """Footnotes, references and ids of one post do not reach the next, nor does a failure."""
    first = "# A\n\n[b] c[^1]\n\n[b]: /x\n[^1]: d\n"
    alone = to_html(first, PAGE)
    to_html("# A\n\n[^1]: other\n\nx[^1] [b]\n\n[b]: /y", PAGE)
    to_html("- " * 500 + "x", PAGE)
    assert alone == to_html(first, PAGE)
    assert "<p>[b] c[^1]</p>" == to_html("[b] c[^1]", PAGE)[0]


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("- " * 500 + "x", "the Markdown cannot be rendered (RecursionError)"),
        ("<div>" * 300, "the HTML is nested more than 256 deep"),
    ],
)
def test_what_cannot_be_rendered_is_a_problem(markdown: str, message: str) -> None:
    """A hostile body is an error with the file's name and line, not an exception."""
    rendered, problems, _ = to_html(markdown, PAGE)
    assert "" == rendered
    assert [("body-unrenderable", "error", "content/posts/a.md", 9, message)] == [
        (problem.code, problem.severity, problem.path, problem.line, problem.message) for problem in problems
    ]


def test_long_flat_html_is_not_deep() -> None:
    """Elements that people leave open do not count as nesting."""
    assert 300 == to_html("<p>a<br>\n" * 300, PAGE)[0].count("<p>a")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("text\n# The *one* & `code` <b>x</b> #\n# Two", "The one & code x"),
        ("The one\n===", "The one"),
        ("# Learning C#", "Learning C#"),
        ('# Hi {{< icon "x" >}}there', "Hi there"),
        ("## Only a second", ""),
        ("```\n# code\n```\n\n    # code\n\n> # quoted\n\n- # item\n\n# Real", "Real"),
        ("#hashtag\n\nTwo\n---", ""),
        ("# About `<link>` &amp; more", "About <link> & more"),
        ("===\n# A", "A"),
        ("%%\n# Private\n%%\n# A", "A"),
        ("%% never closed\n%%\n# A\n", "A"),
        ("", ""),
    ],
)
def test_the_first_heading(markdown: str, expected: str) -> None:
    """It is the first top-level one outside code, quotes and lists, as plain text."""
    assert expected == first_heading(to_html(markdown, PAGE).html)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a\n\n<!--more-->\n\nb", "<p>a</p>"),
        ("a <!-- more --> b", "<p>a </p>"),
        ("a\n<!--truncate-->\nb", "<p>a</p>"),
        ("a\n<!-- TEASER_END -->\nb", "<p>a</p>"),
        ("x\n\n<!-- PELICAN_BEGIN_SUMMARY -->\n\na\n\n<!-- PELICAN_END_SUMMARY -->\n\nb", "<p>a</p>"),
        ("[a][1]\n\n<!--more-->\n\n[1]: https://x.example/", '<p><a href="https://x.example/">a</a></p>'),
        ("- a\n- b\n\n  <!--more-->\n- c", "<ul>\n<li>a</li>\n<li>\n<p>b</p>\n</li></ul>"),
        ("```\n<!--more-->\n```\nb", ""),
        ("no mark", ""),
        ("<!-- more -->b", ""),
    ],
)
def test_the_part_before_more(markdown: str, expected: str) -> None:
    """Each generator's mark ends the opening; in code it is only text."""
    assert expected == to_html(markdown, PAGE).opening


FRAGMENTS = st.sampled_from(
    [
        "- ", "  ", "    ", "> ", "1. ", "\n", "\n\n", "# ", "```\n", "`", "*", "**", "_", "~~", "[", "](", ")", "![", "<", ">", "<div>",
        "</div>", "<script>", "</script>", "<a href='javascript:x'>", "<img src=x onerror=x>", "{: onclick=x }", "|", "---", "===", "[^1]",
        "[^1]: ", ": ", "&", "&#106;", "javascript:x", "https://x.y", "\\", ":::", ":::note", "!!! a", "<!--", "-->", "word ", "\t", "$",
        "<svg onload=x>", "<details>", "<pre>", "é", "\u200d", "$$", "<style>", "<iframe src='javascript:x'>", '"', "'",
    ]
)  # fmt: skip
HANDLER = re.compile(r"<[^>\"']*(?:\"[^\"]*\"[^>\"']*)*\son\w+=", re.IGNORECASE)


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=40).map("".join)))
def test_no_body_raises_or_acts(markdown: str) -> None:
    """Any body gives HTML without scripts, handlers or script URLs, and the same every time."""
    rendered, problems, _ = to_html(markdown, PAGE)
    assert "<script" not in rendered.lower()
    assert HANDLER.search(rendered) is None
    assert re.search(r"=\"\s*javascript:", rendered, re.IGNORECASE) is None
    assert (rendered, problems) == to_html(markdown, PAGE)[:2]
    first_heading(rendered)


@given(
    st.lists(
        st.sampled_from(
            ["- ", "  - ", "> ", "1. ", "\n", "    ", "# ", "```\n", "<div>\n", "\n\n", ":::x\n"]
        ),
        max_size=25,
    )
)
def test_no_word_is_lost(marks: list[str]) -> None:
    """Every word of a text reaches the reader, in order, whatever structure is around it."""
    markdown = "".join(f"{mark}w{at}q " for at, mark in enumerate(marks))
    expected = [f"w{at}q" for at in range(len(marks))]
    text = re.sub(r"<[^<>]*>", "", to_html(markdown, PAGE)[0])
    assert expected == re.findall(r"w\d+q", text)


TAKING = {"svg", "math", "title", "option", "select", "button"}  # with an end they are what they are
NAMES = st.one_of(
    st.sampled_from(
        [
            "int", "in", "sum", "set", "text", "path", "list", "vector", "matrix", "max", "min",
            "and", "or", "not", "filter", "line", "view", "use", "switch", "root", "log", "limit",
            "g", "mask", "pattern", "desc", "metadata", "a:b", "table", "object", "body", "link",
            "p", "li", "T", "String", "your-name", "svg", "title", "option", "select", "button",
            "math",
        ]
    ),
    st.from_regex(r"[a-zA-Z][a-pr-z0-9,-]{0,8}", fullmatch=True),
).filter(lambda name: name.lower() not in {"script", "style"})  # fmt: skip


@given(
    st.lists(
        st.tuples(NAMES, st.sampled_from([" ", "\n", "\n\n", "/", "- ", "| "]), st.booleans()), max_size=12
    )
)
def test_no_tag_takes_text_away(tags: list[tuple[str, str, bool]]) -> None:
    """Whatever stands between `<` and `>` in a text, the words around it reach the reader."""
    markdown = "".join(
        f"w{at}q <{'/' * (end and name not in TAKING)}{name}>{then}"
        for at, (name, then, end) in enumerate(tags)
    )
    text = re.sub(r"<[^<>]*>", "", to_html(markdown, PAGE)[0])
    assert sorted(f"w{at}q" for at in range(len(tags))) == sorted(re.findall(r"w\d+q", text))
