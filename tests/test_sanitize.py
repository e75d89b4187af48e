"""What gets through the allow-list, and what does not."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.body.sanitize import clean, plain, plain_line

PAYLOADS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "<script>alert(1)",
    "<<script>script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<img src=x onerror=alert(1)//",
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    '<img src="javascript:alert(1)">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<img srcset="javascript:alert(1) 1x, https://a.example/b.png 2x">',
    '<img src="https://a.example/a.png" style="background:url(javascript:alert(1))">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="&#106;avascript&colon;alert(1)">x</a>',
    '<a href="&#x6A&#x61&#x76&#x61script:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<a href="blob:https://a.example/1">x</a>',
    '<a href="view-source:javascript:alert(1)">x</a>',
    '<a href="https://a.example" onclick="alert(1)">x</a>',
    '<a href="https://a.example" onmouseover=alert(1)>x</a>',
    '<a href="https://a.example" formaction="javascript:alert(1)" ping="https://evil.example">x</a>',
    '<a xlink:href="javascript:alert(1)">x</a>',
    '<a target="_blank" download href="file:///etc/passwd">x</a>',
    "<body onload=alert(1)>",
    '<svg onload="alert(1)"></svg>',
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    '<svg><use href="data:image/svg+xml,x#x"></use></svg>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><foreignObject><iframe onload=alert(1)></foreignObject></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<math href="javascript:alert(1)">x</math>',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="javascript:alert(1)">',
    '<applet code="x"></applet>',
    '<form action="javascript:alert(1)"><input type=submit></form>',
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)></select>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    '<button formaction="javascript:alert(1)">x</button>',
    "<details open ontoggle=alert(1)>x</details>",
    '<video src="javascript:alert(1)" onerror=alert(1)></video>',
    "<video><source onerror=alert(1)></video>",
    '<video poster="javascript:alert(1)"></video>',
    '<audio src="data:audio/x,1" onloadstart=alert(1)></audio>',
    "<marquee onstart=alert(1)>x</marquee>",
    '<link rel=stylesheet href="javascript:alert(1)">',
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    '<base href="javascript:alert(1)//">',
    "<style>@import 'javascript:alert(1)'</style>",
    '<div style="width:expression(alert(1))">x</div>',
    '<p style="position:fixed;inset:0">x</p>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<template><script>alert(1)</script></template>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<![CDATA[<script>alert(1)</script>]]>",
    '<blockquote cite="javascript:alert(1)">x</blockquote>',
    '<q cite="data:text/html,x">x</q>',
    '<table background="javascript:alert(1)"><td>x</table>',
    '<isindex action="javascript:alert(1)" type=image>',
    '<p id="x" contenteditable onpaste=alert(1) tabindex=1 accesskey=x>x</p>',
    "<title><img src=x onerror=alert(1)></title>",
)  # fmt: skip

FORBIDDEN_TAGS = frozenset(
    [
        "applet",
        "base",
        "body",
        "button",
        "embed",
        "form",
        "frame",
        "frameset",
        "iframe",
        "input",
        "isindex",
        "link",
        "marquee",
        "math",
        "meta",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "xmp",
    ]
)
URLS = frozenset("action background cite data formaction href longdesc ping poster src".split())  # noqa: SIM905


class Inspector(HTMLParser):
    """Collects what a reader would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.dangers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN_TAGS:
            self.dangers.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc", "ping", "target"}:
                self.dangers.append(name)
            if name in URLS and not re.match(r"(?:https?|mailto|tel|ftp):", value or "", re.IGNORECASE):
                self.dangers.append(f"{name}={value}")
            if name == "srcset" and not all(part.startswith("http") for part in (value or "").split(", ")):
                self.dangers.append(f"{name}={value}")

    def handle_comment(self, data: str) -> None:
        self.dangers.append(data)

    def handle_pi(self, data: str) -> None:
        self.dangers.append(data)


def dangers(html: str) -> list[str]:
    """What is dangerous in a page."""
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.dangers


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_acts_gets_through(payload: str) -> None:
    """An attack leaves nothing behind that could run or load."""
    assert [] == dangers(clean(payload))
    assert [] == dangers(clean(f"<p>before {payload} after</p>"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_cleaning_is_final(payload: str) -> None:
    """What was cleaned is not changed by being cleaned again: it is not parsed differently the next time."""
    assert clean(payload) == clean(clean(payload))


@given(
    st.lists(
        st.sampled_from([*PAYLOADS, "<table>", "<p>", "</p>", "<a href='https://x.y'>", "text", "<ul><li>"])
    )
)
def test_attacks_in_any_company_are_harmless(parts: list[str]) -> None:
    """Payloads do not become dangerous by standing together."""
    assert [] == dangers(clean("".join(parts)))


@pytest.mark.parametrize(
    "html",
    [
        "<h1>a</h1><p>b <em>c</em> <strong>d</strong> <code>e</code> <del>f</del> <kbd>g</kbd> <mark>h</mark></p>",
        '<figure class="center"><img src="https://x.y/a.png" alt="a" title="t" width="1" height="2">'
        "<figcaption>c</figcaption></figure>",
        '<picture><source srcset="https://x.y/a.webp 1x, https://x.y/b.webp 2x" type="image/webp">'
        '<img src="https://x.y/a.png" alt=""></picture>',
        '<table><thead><tr><th align="right" scope="col">a</th></tr></thead>'
        '<tbody><tr><td colspan="2" align="center">b</td></tr></tbody></table>',
        '<video src="https://x.y/a.mp4" controls=""><a href="https://x.y/a.mp4">a.mp4</a></video>',
        '<ol start="3" reversed="" type="a"><li value="4">a</li></ol>',
        '<sup id="fnref:1"><a class="footnote-ref" href="https://x.y/p#fn:1" role="doc-noteref">1</a></sup>',
        '<div class="footnote"><hr><ol><li id="fn:1">a</li></ol></div>',
        '<pre><code class="language-c++">a &lt; b</code></pre>',
        '<details open=""><summary>a</summary>b</details>',
        '<p dir="rtl" lang="fa">a <bdi>b</bdi> <time datetime="2026-01-01">c</time> <abbr title="x">d</abbr></p>',
        "<dl><dt>a</dt><dd>b</dd></dl><ruby>a<rt>b</rt></ruby><blockquote>c</blockquote>",
        '<a href="mailto:a@x.y">a</a><a href="tel:+1">b</a>',
    ],
)
def test_what_a_text_is_made_of_stays(html: str) -> None:
    """Structure, tables, figures, media and footnotes go through unchanged."""
    assert html == clean(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<script>b</script>c</p>", "<p>ac</p>"),
        ("<style>p{}</style>a", "a"),
        ("<form>keep <input name=x> this</form>", "keep  this"),
        ("<font color=red>a</font> <center>b</center>", "a b"),
        ('<a href="/relative">a</a>', "<a>a</a>"),
        ('<a href="obsidian://x">a</a>', "<a>a</a>"),
        ('<div class="footer hidden">a</div>', "<div>a</div>"),
        ('<pre class="highlight"><code class="language-x evil">a</code></pre>', '<pre><code class="language-x">a</code></pre>'),
        ('<a href="https://x.y" title="">a</a>', '<a href="https://x.y">a</a>'),
        ("a & b < c", "a &amp; b &lt; c"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_goes_leaves_its_text(html: str, expected: str) -> None:
    """Dropped mark-up keeps the words inside it, unless they were never to be read."""
    assert expected == clean(html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AT&amp;T & friends", "AT&T & friends"),
        ("a < b and c > d", "a < b and c > d"),
        ("<strike>old</strike> <b>new</b>", "old new"),
        ("The <link> element and <main>", "The <link> element and <main>"),
        ("Why `<b>` is `code`", "Why <b> is code"),
        ("&lt;em&gt; is &#8220;it&#x201D;", "<em> is “it”"),
        ("R&D; 5 &copy 2 &unknown; &amp;lt;", "R&D; 5 &copy 2 &unknown; &lt;"),
        ("one<br>two\n three<p>four</p>", "one two three four"),
        ('<a href="x">text</a><!-- gone -->', "text"),
        ("  \t\n ", ""),
        ("`` a ` b ``", "a ` b"),
        ("2025", "2025"),
        ("\u00a0Bon\u00a0jour&nbsp;\u202f! \u2007 1\u2028\u20032 ", "Bon\u00a0jour\u00a0\u202f! \u2007 1 2"),
    ],
)
def test_a_title_is_one_line_of_what_was_meant(text: str, expected: str) -> None:
    """Formatting goes, entities are decoded once, and what only looks like mark-up is text."""
    assert expected == plain(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold** move", "bold move"),
        ("The *real* and the _other thing_, **A**: b", "The real and the other thing, A: b"),
        ("*x* and _x_, 5 * 3 * 2, 2*3*4", "*x* and _x_, 5 * 3 * 2, 2*3*4"),
        (
            "__init__.py, snake_case_name, **kwargs, f(*args, *more)",
            "__init__.py, snake_case_name, **kwargs, f(*args, *more)",
        ),
        ("`*a*`, `**b**` and `<b>`", "*a*, **b** and <b>"),
        ("\\*not this\\*", "\\*not this\\*"),
        ("关于**中文**的", "关于中文的"),
        ("<link>, `<link>`, <strike>x</strike>, AT&amp;T & R&D", "<link>, <link>, x, AT&T & R&D"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
    ],
)
def test_a_title_of_the_front_matter_loses_its_emphasis(text: str, expected: str) -> None:
    """Marks around words go; those that stand for themselves, and those in code, stay."""
    assert expected == plain_line(text)


@given(st.text())
def test_no_text_breaks_the_cleaner(text: str) -> None:
    """Any text can be cleaned and made plain."""
    assert [] == dangers(clean(text))
    assert "\n" not in plain(text)
    assert "\n" not in plain_line(text)


@pytest.mark.parametrize("text", ["a&#8;b", "a&#xFFFE;b", "a&#12;b", "a`&#x8;`b"])
def test_a_title_has_no_character_that_xml_forbids(text: str) -> None:
    """Not even by its number; in code that is what is meant."""
    assert ("a&#x8;b" if "`" in text else "ab") == plain(text) == plain_line(text)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("&notify; &notanentity; &copy &lt;b&gt;&amp;&#38;&#x3c;", "&amp;notify; &amp;notanentity; &amp;copy &lt;b&gt;&amp;&amp;&lt;"),
        ("a&nbsp;b\u00a0c&eacute;", "a&nbsp;b&nbsp;cé"),
        ('<p title="&lt;&amp;&quot;&gt;">x</p>', '<p title="&lt;&amp;&quot;&gt;">x</p>'),
        ("a\ufdd0b\ufdd1script\ufdd2", "abscript"),
        ("&#" * 9, "&amp;#" * 9),
    ],
)  # fmt: skip
def test_only_entities_are_entities(html: str, expected: str) -> None:
    """What no semicolon ends is text (CommonMark 6.2), and nothing that is text becomes a tag."""
    assert expected == clean(html)


@pytest.mark.parametrize("text", ["Tom &notify; me", "&notanentity; &copy", "a &b;"])
def test_what_is_no_entity_stays_in_plain_text(text: str) -> None:
    """A name that begins like an entity is not taken apart."""
    assert text == plain(text)
