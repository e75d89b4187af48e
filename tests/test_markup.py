"""Bodies as people write them, and what readers get to see."""

from __future__ import annotations

import re
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.inlinepatterns import InlineProcessor

from feeds.body import markup
from feeds.body.markup import first_heading, to_html
from feeds.body.page import Page
from samples import compact

PAGE = Page(
    path="content/posts/a.md",
    line=9,
    folder="posts",
    url="https://ex.org/posts/a/",
    site_url="https://ex.org",
    references={"posts/hello.md": "https://ex.org/posts/hello/"},
)

LONG_PAGE = replace(PAGE, url="https://ex.org/" + "long-name/" * 50)


def html(markdown: str, page: Page = PAGE) -> str:
    """The HTML of a body, without the blank space that means nothing."""
    rendered, problems, _ = to_html(markdown, page)
    assert () == problems
    return compact(rendered)


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
        ("a\nb #\n===\nc\\\nd\n---\ne", '<h1 id="a-b">a b #</h1><h2 id="c-d">c d</h2><p>e</p>'),
        ("> a\n===\n- b\n  ===", '<blockquote><p>a\n===</p></blockquote><ul><li><h1 id="b">b</h1></li></ul>'),
        ("---\na\n---\nb", '<hr><h2 id="a">a</h2><p>b</p>'),
        ("# a # \n## C#\n### d {#e}", '<h1 id="a">a</h1><h2 id="c">C#</h2><h3 id="e">d</h3>'),
        ("$a_b*c*d$ and $$\n\\frac{a_1}{b_2}\n$$", "<p>$a_b*c*d$ and $$\n\\frac{a_1}{b_2}\n$$</p>"),
        ("\\(a_b*c*d\\) \\[\nx_1 < y\n\\] `\\(a_b\\)`", "<p><span>\\(a_b*c*d\\)</span> <span>\\[\nx_1 &lt; y\n\\]</span> <code>\\(a_b\\)</code></p>"),
        (r"\\[ x_1 * y * z \\] \\[ a_1 \\\\", r"<p><span>\[ x_1 * y * z \]</span> \[ a_1 \\</p>"),
        ("\\\\[\na_1 \\\\\\\\\n- b < c\n\\\\]\n\n\\[\na\n+ b\n\\]", "<p>\\[\na_1 \\\\\n- b &lt; c\n\\]</p><p>\\[\na\n+ b\n\\]</p>"),
        ("$$\nx_1 < y_2 \\\\\n\nz\n$$\n\n```\n$$\n\n$$\n```\n\n$$\n*a*", "<p>$$\nx_1 &lt; y_2 \\\\\nz\n$$</p><pre><code>$$\n\n$$\n</code></pre><p>$$\n<em>a</em></p>"),
        ("\\[a\\](b) \\(c\\)", "<p>[a](b) (c)</p>"),
        ("The HTML\n*[HTML]: Hyper Text\n\n*[W3C]: World\n\na", "<p>The HTML</p><p>a</p>"),
        ("[TOC]\n\na [TOC] b", "<p>a [TOC] b</p>"),
        ('a :smile: <kbd>b</kbd> "c" -- d...', '<p>a :smile: <kbd>b</kbd> "c" -- d...</p>'),
        ("![a](b.png =300x200) ![c](d.png =50x) ![e|80](f.png) ![g|9x8](h.png) ![i|j](k.png)", '<p><img alt="a" src="https://ex.org/posts/a/b.png" width="300" height="200"> <img alt="c" src="https://ex.org/posts/a/d.png" width="50"> <img alt="e" width="80" src="https://ex.org/posts/a/f.png"> <img alt="g" width="9" height="8" src="https://ex.org/posts/a/h.png"> <img alt="i|j" src="https://ex.org/posts/a/k.png"></p>'),
        ("see https://z.org/a<br>b <em>https://y.org/b</em>", '<p>see <a href="https://z.org/a">https://z.org/a</a><br>b <em><a href="https://y.org/b">https://y.org/b</a></em></p>'),
        ("https://a.org/x&nbsp;y https://b.org/?c=1&amp;d=2&copy=3", '<p><a href="https://a.org/x">https://a.org/x</a>&nbsp;y <a href="https://b.org/?c=1&amp;d=2&amp;copy=3">https://b.org/?c=1&amp;d=2&amp;copy=3</a></p>'),
        ("https://a.org/x\\_y`z` https://<b>c</b>", '<p><a href="https://a.org/x_y">https://a.org/x_y</a><code>z</code> https://<b>c</b></p>'),
        ("Tom &notify; &notanentity; &copy; a&b", "<p>Tom &amp;notify; &amp;notanentity; © a&amp;b</p>"),
        ("a\u00a0b\u3000c\u200cd", "<p>a&nbsp;b\u3000c\u200cd</p>"),
        ("www.ex.org/a_(b) (https://ex.org/x).", '<p><a href="http://www.ex.org/a_(b)">www.ex.org/a_(b)</a> (<a href="https://ex.org/x">https://ex.org/x</a>).</p>'),
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
        (
            "> a\n\n> b\n\nc\n> d",
            "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote><p>c</p><blockquote><p>d</p></blockquote>",
        ),
        ("7. a\n8. b\n\n0. c", '<ol start="7"><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ol>'),
        ("2024. A year", '<ol start="2024"><li>A year</li></ol>'),
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
            "- a\n- b\n\n  c\n- d\n  - e",
            "<ul><li><p>a</p></li><li><p>b</p><p>c</p></li><li><p>d</p><ul><li>e</li></ul></li></ul>",
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
        ("    :::python\n    a", '<pre><code class="language-python">a\n</code></pre>'),
        ("    #!python hl_lines='1'\n    a", '<pre><code class="language-python">a\n</code></pre>'),
        ("    #!/usr/bin/env python3\n    a", '<pre><code class="language-python">#!/usr/bin/env python3\na\n</code></pre>'),
        ("```python:a.py\na\n```\n```rust,editable\nb\n```", '<pre><code class="language-python">a\n</code></pre><pre><code class="language-rust">b\n</code></pre>'),
        ("```js {1,3-4} title=x\na\n```\n``` {r, echo=FALSE}\nb\n```", '<pre><code class="language-js">a\n</code></pre><pre><code class="language-r">b\n</code></pre>'),
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
        ("a | b\n--- | --:\n| c | d |", TABLE.format("d")),
        ("| a | b |\n|---|--:|\nc | d | more", TABLE.format("d")),
        ("| a | b |\n|---|--:|\n| c |", TABLE.format("")),
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
        (':::danger{title="X y"}\na *b*\n:::', CALLOUT.format("X y")),
        (":::note{.c #d}\na *b*\n:::", CALLOUT.format("Note")),
        ("::: {.callout-tip title='Hi'}\na *b*\n:::", CALLOUT.format("Hi")),
        ("::: {.callout-tip}\na *b*\n:::", CALLOUT.format("Tip")),
        (":::{note} MyST\na *b*\n:::", CALLOUT.format("MyST")),
        ("::: {.column width='50%'}\na\n:::\n\n::: code-group\nb\n:::\nc", "<p>a</p><p>b</p><p>c</p>"),
        ('!!! note ""\n    a', "<blockquote><p>a</p></blockquote>"),
        ('!!! note inline end "Titled"\n    a *b*', CALLOUT.format("Titled")),
        ("??? a\n    a *b*\n\n???+ b\n    a *b*", CALLOUT.format("A") + CALLOUT.format("B")),
        ("> [!NOTE]\n> a *b*\n\n> [!TIP]\n> a *b*", CALLOUT.format("Note") + CALLOUT.format("Tip")),
        (":::a\na *b*\n:::\n\n:::b\na *b*\n:::", CALLOUT.format("A") + CALLOUT.format("B")),
        (
            "::::a\n\n:::b\na *b*\n:::\n\nc\n::::\nd",
            "<blockquote><p><strong>A</strong></p>" + CALLOUT.format("B") + "<p>c</p></blockquote><p>d</p>",
        ),
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
        ("> a\n{: .x}\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
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


def notes(markdown: str, page: Page = PAGE) -> str:
    """The HTML of a body with the key of its notes as K."""
    return re.sub(r"\b(fn(?:ref\d*)?):[0-9a-f]{10}:", r"\1:K:", html(markdown, page))


def note(name: str, text: str, number: str = "") -> str:
    """One note of a list, with the way back."""
    return (
        f'<li id="fn:K:{name}">{text}&nbsp;'
        f'<a class="footnote-backref" href="https://ex.org/posts/a/#fnref{number}:K:{name}">↩</a></p></li>'
    )


def reference(name: str, number: int, times: str = "") -> str:
    """A reference to a note."""
    target = f"https://ex.org/posts/a/#fn:K:{name}"
    return f'<sup id="fnref{times}:K:{name}"><a class="footnote-ref" href="{target}">{number}</a></sup>'


@pytest.mark.parametrize(
    ("markdown", "expected", "items"),
    [
        ("a[^x]\n\n[^x]: One\n\n    two\n", f"<p>a{reference('x', 1)}</p>", note("x", "<p>One</p><p>two")),
        ("a[^b] c[^d]\n\n[^d]: D\ne\n[^b]: B", f"<p>a{reference('b', 1)} c{reference('d', 2)}</p>", note("b", "<p>B") + note("d", "<p>D\ne")),
        ("a[^x]\n\n[^x]: One\n[^x]: Two\n[^y]: Nobody's", f"<p>a{reference('x', 1)}</p>", note("x", "<p>One")),
        ("a[^b] c[^d]\n\n[^b]: B\n\n[^d]:\n    D", f"<p>a{reference('b', 1)} c{reference('d', 2)}</p>", note("b", "<p>B") + note("d", "<p>D")),
        ("a[^x]\n\n[^x]:\n\n    ```py\n    d\n    ```", f"<p>a{reference('x', 1)}</p>", note("x", '<pre><code class="language-py">d\n</code></pre><p>')),
        ("a[^a_b*c*]\n\n[^a_b*c*]: One", f"<p>a{reference('a_b*c*', 1)}</p>", note("a_b*c*", "<p>One")),
        ("a^[One *b* [c](/d)] `^[x y]` \\^[e f] g^[h]", f"<p>a{reference('inline-1', 1)} <code>^[x y]</code> ^[e f] g^[h]</p>", note("inline-1", '<p>One <em>b</em> <a href="https://ex.org/d">c</a>')),
        ("| a^[b c] |\n|---|\n| d[^x] |\n\n[^x]: e", f"<table><thead><tr><th>a{reference('inline-1', 1)}</th></tr></thead><tbody><tr><td>d{reference('x', 2)}</td></tr></tbody></table>", note("inline-1", "<p>b c") + note("x", "<p>e")),
        ("a[^x]\n\n[^x]: One\n    - b\n    - c\n\n    ```py\n    d\n    ```\n\ne", f"<p>a{reference('x', 1)}</p><p>e</p>", note("x", '<p>One</p><ul><li>b</li><li>c</li></ul><pre><code class="language-py">d\n</code></pre><p>')),
    ],
)  # fmt: skip
def test_footnotes(markdown: str, expected: str, items: str) -> None:
    """A note's number links to the note at the end and back, by absolute addresses, as GitHub numbers them."""
    assert f'{expected}<div class="footnote"><hr><ol>{items}</ol></div>' == notes(markdown)


def test_a_note_that_is_referred_to_twice_leads_back_twice() -> None:
    """Each reference has an id of its own."""
    found = notes("a[^x] b[^x]\n\n[^x]: One")
    assert f"<p>a{reference('x', 1)} b{reference('x', 1, '2')}</p>" in found
    assert ["#fnref:K:x", "#fnref2:K:x"] == re.findall(r'backref" href="https://ex.org/posts/a/(.*?)"', found)


@pytest.mark.parametrize("markdown", ["a[^x] b[^y z]\n\n[^y z]: c", "a[^]", "[^x]: y"])
def test_notes_that_are_none(markdown: str) -> None:
    """A reference without a note stays text, and a note without a reference goes."""
    assert "footnote" not in html(markdown)
    assert ("a[^" in html(markdown)) is markdown.startswith("a")


def test_two_posts_on_one_page_share_no_footnote() -> None:
    """The ids of a post are the same at every run, and those of another post are others."""
    other = replace(PAGE, path="content/posts/b.md", url="https://ex.org/posts/b/")
    first, second = (to_html("a[^1] b[^1] c^[d e]\n\n[^1]: f", page).html for page in (PAGE, other))
    ids = re.findall(r' id="([^"]+)"', first + second)
    assert len(ids) == len(set(ids)) == 10
    for rendered, page in ((first, PAGE), (second, other)):
        targets = re.findall(r'href="([^"#]+)#([^"]+)"', rendered)
        assert {page.url} == {target for target, _ in targets}
        assert set(re.findall(r' id="([^"]+)"', rendered)) >= {name for _, name in targets}
    assert first == to_html("a[^1] b[^1] c^[d e]\n\n[^1]: f", PAGE).html


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
        ("- " * 500 + "x", "the HTML is nested more than 256 deep"),
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


class Late(BaseException):
    """What a deadline raises in the midst of anything."""


def test_what_interrupts_goes_through_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A post that is late is late, and the next one is rendered as if it had never been."""
    alone = to_html("a[^1] [b]\n\n[^1]: c\n[b]: /d", PAGE)

    def late(*_: object) -> tuple[str, ...]:
        raise Late

    for owner, name in ((InlineProcessor, "getCompiledRegExp"), (markup, "absolutise"), (markup, "clean")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, late)
            with pytest.raises(Late):
                to_html("x[^1] [b] ^[a b]\n\n[^1]: y\n[b]: /z", PAGE)
        assert alone == to_html("a[^1] [b]\n\n[^1]: c\n[b]: /d", PAGE)


@pytest.mark.parametrize(
    "markdown",
    [
        "[a]: http://x.example/" + "b" * 40_000 + "\n\n" + "[a] " * 10_000,
        "[a]: /b '" + "c" * 40_000 + "'\n\n" + "![d][a]\n" * 10_000,
        "[a]: /b '$$" + "c" * 40_000 + "$$'\n\n" + "[a] " * 10_000,
        "|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n" + "b\n" * 20_000,
        "[](b) " * 4_000,
    ],
)
def test_what_would_be_too_large_is_a_problem(markdown: str) -> None:
    """A text that multiplies itself is an error with the file's name and line, before the memory is gone."""
    rendered, problems, opening = to_html(markdown, LONG_PAGE)
    assert ("", "") == (rendered, opening)
    assert [("html-too-large", "error", "content/posts/a.md", 9)] == [
        (problem.code, problem.severity, problem.path, problem.line) for problem in problems
    ]


def test_a_long_post_is_not_too_large() -> None:
    """A megabyte of text is one of HTML."""
    assert () == to_html("```\n" + ("word " * 20 + "\n") * 12_000 + "```", PAGE).problems


@pytest.mark.parametrize(
    "text",
    [
        *("[", "![", "[](", "[[]", "<a", "<![CDATA[", "[^", "^[", "[^1]", "`a", "*a **a", "_a", "~~", "> ", "|"),
        *("[a][", "[a](b", "www.", "http://", "<http://a", "a@", "```\n", ":::a\n", "\\(", "\\[", "- a\n", "*[a]: b\n"),
        *("![a|1", "![a](b =1", "$", "{", "{{<", "[^1]: a\n", ": a\n", "[a]: b\n", "a\n=\n", "> [!NOTE]\n"),
    ],
)  # fmt: skip
def test_repetition_costs_what_it_is_long(text: str) -> None:
    """No shape makes the rest of the text be gone through for each of its marks: calls are counted, not time."""
    short, long = (steps(text * (size // len(text))) for size in (1_000, 4_000))
    assert long < 8 * short + 10_000


def steps(markdown: str) -> int:
    """How many calls of Python's and C's functions a body takes."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    to_html("warm", PAGE)
    sys.setprofile(counted)
    try:
        to_html(markdown, PAGE)
    finally:
        sys.setprofile(None)
    return count


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
        ("## Only a second", "Only a second"),
        ("a\n\n## Below a text", ""),
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
        ("- a\n- b\n\n  <!--more-->\n- c", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li></ul>"),
        ("a\n\n<!-- TEASER_END: Read on -->\n\nb", "<p>a</p>"),
        ("a\n\n<!-- excerpt -->\n\nb", "<p>a</p>"),
        (
            "{{% note %}}\na\n\n<!--more-->\n\nb\n{{% /note %}}",
            "<blockquote><p><strong>Note</strong></p>\n<p>a</p>\n</blockquote>",
        ),
        ("a\n\n<!-- end -->\n\nb\n\n---more---", ""),
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
        "[^1]: ", ": ", "&", "&#106;", "javascript:x", "https://x.y", "\\", ":::", ":::note", "!!! a", "<!--", "-->", "word ", "\t", "$", "^[", "*[a]: b\n", "[TOC]\n", "\\(", "\\)", ":::{.b}\n", "??? a\n", "[^1]", "![a|1](b =2x)",
        "| a |\n", "|===|\n", "{:.b}", "{c}", "<i markdown=1>", "</i>", "<hr>\n",
        "<svg onload=x>", "<details>", "<pre>", "é", "\u200d", "$$", "<style>", "<iframe src='javascript:x'>", '"', "'",
    ]
)  # fmt: skip
HANDLER = re.compile(r"<[^>\"']*(?:\"[^\"]*\"[^>\"']*)*\son\w+=", re.IGNORECASE)


@given(
    st.one_of(st.text(), st.lists(FRAGMENTS, max_size=40).map("".join)),
    st.sampled_from(["hexo", "jekyll", "plain"]),
)
def test_no_body_raises_or_acts(markdown: str, dialect: str) -> None:
    """Any body gives HTML without scripts, handlers or script URLs, and the same every time."""
    page = replace(PAGE, dialect=dialect)
    rendered, problems, _ = to_html(markdown, page)
    assert "<script" not in rendered.lower()
    assert HANDLER.search(rendered) is None
    assert re.search(r"=\"\s*javascript:", rendered, re.IGNORECASE) is None
    assert (rendered, problems) == to_html(markdown, page)[:2]
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


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("<div></b>" * 300, "the HTML is nested more than 256 deep"),
        ("<b><div></b>" * 300, "the HTML is nested more than 256 deep"),
        ("<ul><li>" * 150, "the HTML is nested more than 256 deep"),
        ("<table><td>" * 100, "the HTML is nested more than 256 deep"),
        ("<p><div>" * 300, "the HTML is nested more than 256 deep"),
        ("<object></p>" * 300, "the HTML is nested more than 256 deep"),
        ('<a b=="><div>">' * 300, "the HTML is nested more than 256 deep"),
        ("<svg><style><div></style></svg>" + "<!-- --!><div> -->" * 300, ""),
        ("".join(f"<p><font color={n}>x" for n in range(300)), "the HTML is nested more than 256 deep"),
        ("".join(f"<i a{n}=x b{n}>x</i>" for n in range(6000)), "the HTML has attributes of more than 10,000 names"),
    ],
    ids=range(10),
)  # fmt: skip
def test_what_parsers_take_too_long_for_does_not_reach_them(markdown: str, message: str) -> None:
    """Depth is counted as a parser does: stray end tags close nothing, and cut-off formatting begins again."""
    rendered, problems, _ = to_html(markdown, PAGE)
    assert ([message] if message else []) == [problem.message for problem in problems]
    assert "" == rendered


@pytest.mark.parametrize(
    "unit",
    [
        "<p>a<p>b", "<li>a<li>b", "<p><b>x</p>", "<b><i>x</b></i>", "<b><p>x</b></p>", "<h1>a<h2>b</h1></h2>",
        "<dl><dt>a<dd>b</dl>", "<table><tr><td>a<td>b<tr><th>c</table>", "<table><caption>a<tr>b</table>",
        "<table><table>", "<ruby>a<rt>b<rt>c</ruby>", "<a href=x>y", "<nobr>a<nobr>b</nobr></nobr>",
        "<object><b>x</object>", "<div><span>a</div>", "a<br>b<hr>", "<td>x", "<p><table><td><b>x</table>",
        "<table><colgroup><col><thead><tr><th>a<tbody><tr><td>b</tbody></table>", "</td></p></li></b></h1></object></x>",
        "<ul><li><b>a</ul>", "<section><em>a</section>", "<video src=a></video>", "<div><ul><li>x</div>",
    ],
)  # fmt: skip
def test_ends_that_are_left_out_are_no_depth(unit: str) -> None:
    """A long page of any tags that are ended, or that the next one ends, is rendered."""
    rendered, problems, _ = to_html("<main>" + unit * 300, PAGE)
    assert () == problems
    assert rendered


def test_formatting_that_never_ends_is_too_large() -> None:
    """A parser would begin it again in every paragraph, with all its attributes."""
    markdown = f'<p><font color="{"x" * 9000}"></p>' + "<p>x</p>" * 900
    assert ["html-too-large"] == [problem.code for problem in to_html(markdown, PAGE)[1]]


def test_too_many_attributes_are_text() -> None:
    """Parsers compare each attribute of a tag with all its others."""
    names = " ".join(f"a{n}=1" for n in range(300))
    assert f"<p>&lt;img {names}&gt;</p>" == html(f"x <img {names}>").replace("<p>x ", "<p>")
    assert '<img src="https://x.y/z">' == html(f"<img {names[:900]} src=https://x.y/z>".replace("=1", ""))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("zqfirst\n\n<pre\n\nzqlast", "<p>zqfirst</p>\n&lt;pre\n\nzqlast"),
        ("</p><a href='` <frameset>\n\nzqlast", "<p></p>&lt;a href='` \n<p>zqlast</p>"),
        ("a <!-- b\n\nc", "<p>a &lt;!-- b</p>\n<p>c</p>"),
        ("<a title='b>it</a>\n\ndon't <b>c</b>", "<p>&lt;a title='b>it</p>\n<p>don't <b>c</b></p>"),
        ('<p><img src="a.png"alt="b""> c</p>', '<p><img src="https://ex.org/posts/a/a.png" alt="b"> c</p>'),
        ("<math>\n\ntext", "&lt;math&gt;\n<p>text</p>"),
        ("a <svg><title>b</title><path d='x'/></svg> c", "<p>a  c</p>"),
        ("<iframe src=https://a.b/1 /> x <iframe src=https://a.b/2></iframe>", '<p><a href="https://a.b/1">a.b/1</a></p> x <p><a href="https://a.b/2">a.b/2</a></p>'),
        ("<form>a <input> <label>b</label></form> </script> c", "a  b &lt;/script&gt; c"),
        ("<?php a ?><![CDATA[b]]><!DOCTYPE html>c <svg/>", "c"),
        ("<!DOCTYPE html [<!ENTITY a 'b'>]>\n\nc", "<p>c</p>"),
        ("<noscript><p title='</noscript><img src=x>'></noscript> c", '<p title="&lt;/noscript>&lt;img src=x>"> c</p>'),
        ('<noscript><p>a</p><img src="b.png"></noscript>', '<p>a</p><img src="https://ex.org/posts/a/b.png">'),
        ("use <noscript> here", "<p>use &lt;noscript&gt; here</p>"),
        ('<iframe srcdoc="<p>a</p>" src="https://a.b/1"></iframe>', '<p><a href="https://a.b/1">a.b/1</a></p>'),
        ('<div data-x="<p>y</p>">z</div>', "<div>z</div>"),
    ],
)  # fmt: skip
def test_an_unfinished_tag_is_text(markdown: str, expected: str) -> None:
    """What is no whole tag is text, as GitHub shows it."""
    rendered, problems, _ = to_html(markdown, PAGE)
    assert () == problems
    assert re.sub(r"&gt;|>", ">", expected) == re.sub(r"&gt;|>", ">", rendered)


@pytest.mark.parametrize(
    ("markdown", "expected", "place", "number"),
    [
        ("a &#12; b\n\nx &#8; y", "<p>a  b</p>\n<p>x  y</p>", (9, 3), "000C"),
        ('`&#8;` b\n\n![c&#x8;](d "&#xFFFE;")', '<p><code>&amp;#8;</code> b</p>\n<p><img alt="c" src="https://ex.org/posts/a/d" title=""></p>', (9, 2), "0008"),
        ("# T&#x0000b;&#127;\n\na<!--more-->b", '<h1 id="t">T</h1>\n<p>ab</p>', (9, 4), "000B"),
    ],
)  # fmt: skip
def test_characters_that_xml_forbids_go(
    markdown: str, expected: str, place: tuple[int, int], number: str
) -> None:
    """A reference to one may stand in code; elsewhere it is dropped with a warning."""
    rendered, problems, opening = to_html(markdown, PAGE)
    assert (expected, False) == (rendered, "\x0b" in opening)
    assert [("character-forbidden", "warning", place)] == [
        (problem.code, problem.severity, (problem.line, problem.column)) for problem in problems
    ]
    assert f"U+{number}" in problems[0].message


def test_what_is_wrong_everywhere_is_said_a_few_times() -> None:
    """The first with their lines, and how many more there are: of a message, and of a code."""
    problems = to_html("{{< nope >}}\n" * 13_000, PAGE)[1]
    assert [*range(9, 29)] == [problem.line for problem in problems[:-1]]
    assert (28, "… and 12,980 more like this: no shortcode is called 'nope'") == (
        problems[-1].line,
        problems[-1].message,
    )
    problems = to_html("".join(f"{{{{< nope{n} >}}}}\n" for n in range(1000)), PAGE)[1]
    assert (201, "… and 800 more like this") == (len(problems), problems[-1].message)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("x ~one~ ~~two~~ (~a *b*~).", "<p>x <del>one</del> <del>two</del> (<del>a <em>b</em></del>).</p>"),
        ("~5 to ~10, (~5)-(~6), ~/a:~/b, H~2~O, \\~a~ b~, ~ a~", "<p>~5 to ~10, (~5)-(~6), ~/a:~/b, H~2~O, ~a~ b~, ~ a~</p>"),
        ("[a](b (t)) [c](d_(e)) ![f](g.png (u v))", '<p><a href="https://ex.org/posts/a/b" title="t">a</a> <a href="https://ex.org/posts/a/d_(e)">c</a> <img alt="f" src="https://ex.org/posts/a/g.png" title="u v"></p>'),
        ("\\\\(x_1 * y_2 * z\\\\) \\\\(x\\\\)", "<p><span>\\(x_1 * y_2 * z\\)</span> \\(x\\)</p>"),
        ("a\n{.lead}\n\n| b |\n|---|\n| d |\n{.table .striped}\n\nc `{.d}`", "<p>a</p><table><thead><tr><th>b</th></tr></thead><tbody><tr><td>d</td></tr></tbody></table><p>c <code>{.d}</code></p>"),
        ('[b](#x){: .btn}{:target="_blank"} c', '<p><a href="https://ex.org/posts/a/#x">b</a> c</p>'),
        ("me@ex.org me.@ex.org a@b x@y.z1 @c.de", '<p><a href="mailto:me@ex.org">me@ex.org</a> me.@ex.org a@b x@y.z1 @c.de</p>'),
        ("\n" * 100_000 + "a\n" + "\n" * 500 + "b", "<p>a</p><p>b</p>"),
    ],
)  # fmt: skip
def test_more_of_github(markdown: str, expected: str) -> None:
    """Struck-out text, titles in parentheses, formulas, attributes, addresses."""
    assert expected == html(markdown)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ('[a](#x){:target="_blank"} and {b} c', '<p><a href="https://ex.org/posts/a/#x">a</a> and {b} c</p>'),
        ("*a*{b} then {c} `d`{e}, *f*{:g => 1} *h*{i} }", "<p><em>a</em>{b} then {c} <code>d</code>{e}, <em>f</em>{:g =&gt; 1} <em>h</em>{i} }</p>"),
        ("*a*{.b} *c*{: .d #e} *f*{:g} ![h](i.png){width=50%} *j*{.k l m='n o'}", '<p><em>a</em> <em id="e">c</em> <em>f</em> <img alt="h" src="https://ex.org/posts/a/i.png" width="50%"> <em>j</em></p>'),
        ("# a {b}\n\n## c {-}\n\n### d {#e f} #", '<h1 id="a-b">a {b}</h1><h2 id="c">c</h2><h3 id="e">d</h3>'),
        ("| a {b} | c {.d} |\n|-|-|\n| {e} | f {g=h} |", "<table><thead><tr><th>a {b}</th><th>c</th></tr></thead><tbody><tr><td>{e}</td><td>f</td></tr></tbody></table>"),
        ("a\n{b}\n\nc\n{: .d}\n\n- e\n  {:.f}", "<p>a\n{b}</p><p>c</p><ul><li>e</li></ul>"),
    ],
)  # fmt: skip
def test_only_attributes_are_taken_for_such(markdown: str, expected: str) -> None:
    """A word in braces is text, and so is all that stands behind them."""
    assert expected == html(markdown)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("| a | *b* |\n| c | d |", [["a", "<em>b</em>"], ["c", "d"]]),
        ("# T\n| a | b |\n| `c|d` | e \\| f", [["a", "b"], ["<code>c|d</code>", "e | f"]]),
        ("|---+---|\n| a | b |\n| c |\n|===|===|", [["a", "b"], ["c", ""]]),
        ("| a |\n| b |\n| c | d |", [["a", ""], ["b", ""], ["c", "d"]]),
        ("|a| is a", None),
        ("|a\n|b", None),
        ("| a | b |\nc", None),
        ("a | b\nc | d", None),
        ("x\n| a | b |", None),
        ("|---|\n|===|", None),
        ("    | a | b |", None),
        ("```\n| a | b |\n```", None),
        ("<div>\n| a | b |\n</div>", None),
    ],
)
def test_tables_of_kramdown_need_no_head(markdown: str, expected: list[list[str]] | None) -> None:
    """Rows of bars are one in Jekyll; a sentence with bars is none."""
    found = html(markdown, replace(PAGE, dialect="jekyll"))
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", found)]
    assert (expected or []) == rows
    assert "<thead>" not in found
    assert "<table>" not in html("| a | *b* |\n| c | d |")


def test_tables_of_kramdown_may_have_many_rows_of_dashes() -> None:
    """The first that is not at the top ends the head and says how the columns stand; the others are looks."""
    found = html(
        "|----+---|\n| a | b |\n|:--:|--:|\n| c | d |\n|----+---|\n| e | f |\n|====+===|\n| g | h |\n{: .wide}",
        replace(PAGE, dialect="jekyll"),
    )
    assert '<thead><tr><th align="center">a</th><th align="right">b</th></tr></thead>' in found
    assert ["c", "d", "e", "f", "g", "h"] == re.findall(r"<td align=\"(?:center|right)\">(.)</td>", found)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ('<img src="/a.png">\n*b*', '<p><img src="https://ex.org/a.png"><em>b</em></p>'),
        ("<br>\n**a**", "<p><br><strong>a</strong></p>"),
        ("<span>\n*a*\n</span>", "<p><span><em>a</em></span></p>"),
        ("<!-- a --> **b**", "<p><strong>b</strong></p>"),
        ("<!-- a --> <!-- b -->\n\nc", "<p>c</p>"),
        ("<!-- a\n*b* -->\n\nc", "<p>c</p>"),
        ("<div>\n*a*\n</div>", "<div>*a*</div>"),
        ("</span>\n*a*", "<p><em>a</em></p>"),
        ("<center>\n<i>*a*</i>\n</center>\n*b*", "<i>*a*</i><p><em>b</em></p>"),
        ("<p>a</p>\n*b*", "<p>a</p><p><em>b</em></p>"),
        ("<div><div>\n*a*</div>\n*b*\n</div>\n*c*", "<div><div>*a*</div>*b*</div><p><em>c</em></p>"),
        ("<hr>\n*a*", "<hr><p><em>a</em></p>"),
        ("<div>\n\n*a*\n\n</div>\n*b*", "<div><p><em>a</em></p></div><p><em>b</em></p>"),
        ("<div>\n\n    <p>a</p>\n    *b*\n</div>\n\nc", "<div><p>a</p>*b*</div><p>c</p>"),
        ("<p>a\n*b*", "<p>a*b*</p>"),
    ],
)
def test_what_kramdown_takes_for_a_part_of_a_line(markdown: str, expected: str) -> None:
    """Jekyll's captions stand right below their images."""
    found = html(markdown, replace(PAGE, dialect="jekyll"))
    assert expected == re.sub(r"\n|(?<=>) ", "", found)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ('<p>\n<i markdown="span">*a*</i> <i markdown=1>`b`</i></p>', "<p><i><em>a</em></i> <i><code>b</code></i></p>"),
        ('<div>\n<i markdown="1">*a*\n*b*</i></div>', "<div><i><em>a</em> <em>b</em></i></div>"),
        ('<div><i markdown="1">*a*</div>', "<div><i>*a*</i></div>"),
        ('<div markdown="1"><p>*a*</p></div>', "<div><p>*a*</p></div>"),
        ('<div markdown="0">\n*a*\n</div>', "<div>*a*</div>"),
        ('<div>\n<div markdown="1">\n*a*\n</div></div>', "<div><div><p><em>a</em></p></div></div>"),
    ],
)  # fmt: skip
def test_markdown_in_raw_html(markdown: str, expected: str) -> None:
    """Where an element says so, and nowhere else."""
    assert expected == html(markdown).replace("\n", "")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a\nb  \nc\\\nd", "<p>a<br>\nb<br>\nc<br>\nd</p>"),
        ("<a\nhref=/b\ntitle=c>d</a>\ne", '<p><a href="https://ex.org/b" title="c">d</a><br>\ne</p>'),
        ("a\n| b |\n|---|\n| c |", "<p>a</p><table><thead><tr><th>b</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>"),
        ("a\nb\n===", '<h1 id="a-b">a b</h1>'),
        ("[a]: /b\n[c]: /d\n\n[a], [c]", '<p><a href="https://ex.org/b">a</a>, <a href="https://ex.org/d">c</a></p>'),
    ],
)  # fmt: skip
def test_ends_of_lines_are_breaks_where_they_should(markdown: str, expected: str) -> None:
    """In paragraphs, and not in what is made of several lines."""
    assert expected == html(markdown, replace(PAGE, hard_wraps=True))


@pytest.mark.parametrize(
    "beginning",
    [
        "*a*{:.x}", '*a*{:x="{', "*a*{x ", "{x=a", "*a*{:x x", "<i markdown=1 ", "<div markdown=1>\n", "<i markdown=1>\n*a*",
        "| a |\n", "| `", "|-\n", "<!-- a --> ", "<img>\n", "<a\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("dialect", ["hexo", "jekyll"])
def test_twenty_thousand_beginnings_are_soon_done(beginning: str, dialect: str) -> None:
    """Time grows with the length, not its square: this ends well inside the test's own deadline."""
    to_html(beginning * 20_000, replace(PAGE, dialect=dialect))
    to_html("<div>" + beginning * 20_000, replace(PAGE, dialect=dialect))


def test_a_note_is_found_however_its_name_is_written() -> None:
    """GitHub does not tell capitals in the names of notes from small letters."""
    assert html("x[^a]\n\n[^a]: note") == html("x[^A]\n\n[^a]: note") == html("x[^a]\n\n[^A]: note")


def test_a_long_text_is_parsed_in_parts() -> None:
    """Lists, notes and code that begin before such a part go on in it."""
    filler = "word " * 4000
    assert html(f"{filler}\n\n- a\n\n  b\n\n[^1]: c\n\n    d\n\ne[^1]").endswith(
        html("- a\n\n  b\n\n[^1]: c\n\n    d\n\ne[^1]")
    )
    assert html(f"- {filler}\n\n  b\n- c").endswith("<p>b</p></li><li><p>c</p></li></ul>")


def test_a_body_that_fails_says_all_that_is_wrong() -> None:
    """Too large or too deep, it still has its other problems."""
    problems = to_html("{{< nope >}}\n" + "<div>" * 300, PAGE)[1]
    assert ["shortcode-unknown", "body-unrenderable"] == [problem.code for problem in problems]
