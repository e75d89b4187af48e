"""A post's HTML made fit for mail."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.body.sanitize import clean
from feeds.newsletter.content.fitting import fit
from feeds.settings import Newsletter, Settings, Site, Workspace
from samples import a_post

if TYPE_CHECKING:
    from feeds.problems import Problem

URL = "https://example.org/posts/hello/"
PNG = "https://elsewhere.example/a.png"
COLUMN = 544


def a_workspace(root: Path = Path("/nowhere"), *, highlight: str = "off", **words: str) -> Workspace:
    """A site in the folder `root`."""
    newsletter = Newsletter(highlight=highlight, words=words)  # type: ignore[arg-type] # one of two
    settings = Settings(site=Site(title="E", url="https://example.org"), newsletter=newsletter)
    return Workspace(root=root, file=root / "feeds.toml", settings=settings)


def blocks(html: str, *, language: str = "en", rtl: bool = False, highlight: str = "off") -> tuple[str, ...]:
    """The blocks of a post with the text `html`."""
    post = a_post(html=html, url=URL, language=language, direction="rtl" if rtl else "ltr")
    return fit(post, a_workspace(highlight=highlight), column=COLUMN).blocks


def fitted(html: str, *, language: str = "en", rtl: bool = False, highlight: str = "off") -> str:
    """`html` fit for mail."""
    return "".join(blocks(html, language=language, rtl=rtl, highlight=highlight))


def noticed(tmp_path: Path, html: str, source: str) -> tuple[Problem, ...]:
    """What is noticed in a post with the text `html`, whose file holds `source`."""
    path = tmp_path / "content/posts/hello.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    for name in re.findall(rf'src="{URL}([^"]+)"', html):
        picture = path.parent / unquote(name)
        picture.parent.mkdir(exist_ok=True)
        picture.write_bytes(b"")
    return fit(a_post(html=html, url=URL), a_workspace(tmp_path), column=COLUMN).problems


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            f'<p><img src="{PNG}" width="300"></p>',
            f'<p><img src="{PNG}" alt="" width="300" class="block"></p>',
        ),
        (
            f'<p><img src="{PNG}" alt="A" width="900px" height="4"></p>',
            f'<p><img src="{PNG}" alt="A" width="544" class="block"></p>',
        ),
        (
            f'<p><img src="{PNG}" alt="A" width="50%"></p>',
            f'<p><img src="{PNG}" alt="A" width="272" class="block"></p>',
        ),
        (
            f'<p><img src="{PNG}" alt="A" height="40"></p>',
            f'<p><img src="{PNG}" alt="A" width="544" class="block natural"></p>',
        ),
        (
            f'<p><img src="{PNG}" alt="A" width="0%"></p>',
            f'<p><img src="{PNG}" alt="A" width="544" class="block natural"></p>',
        ),
        (
            f'<p>x <img src="{PNG}" alt=" A\n b" title="T" width="90" srcset="b 2x" loading="lazy"> y</p>',
            f'<p>x <img src="{PNG}" alt="A b" width="90" title="T"> y</p>',
        ),
        (
            f'<p><img src="{PNG}" alt="" title="T"></p>',
            f'<p><img src="{PNG}" alt="T" width="544" class="block natural"></p>',
        ),
        (
            f'<p><a href="{URL}"><img src="{PNG}" alt="A"></a></p>',
            f'<p><a href="{URL}"><img src="{PNG}" alt="A" width="544" class="block natural"></a></p>',
        ),
        (
            f'<p>x <img src="{PNG}" alt="A"></p>',
            f'<p>x <img src="{PNG}" alt="A" width="120" class="natural"></p>',
        ),
        (
            f'<figure class="center"><img src="{PNG}" alt="A"><figcaption>C</figcaption></figure>',
            f'<div class="figure"><img src="{PNG}" alt="A" width="544" class="block natural">'
            '<div class="caption">C</div></div>',
        ),
        (
            f'<figure><img src="{PNG}" alt="A" width="9"><img src="{PNG}" alt="B" width="8"></figure>',
            f'<div class="figure"><p><img src="{PNG}" alt="A" width="9" class="block"></p>'
            f'<p><img src="{PNG}" alt="B" width="8" class="block"></p></div>',
        ),
        (
            f'<picture><source srcset="b.webp"><img src="{PNG}" alt="A" width="10"></picture>',
            f'<p><img src="{PNG}" alt="A" width="10" class="block"></p>',
        ),
        ("<p><picture></picture>a</p>", "<p>a</p>"),
        ('<p><img src="data:image/png;base64,AA" alt="A dot"></p>', "<p>A dot</p>"),
        (
            f'<ul><li><img src="{PNG}" alt="A" width="900"></li></ul>',
            f'<ul><li><img src="{PNG}" alt="A" width="518" class="block"></li></ul>',
        ),
    ],
)
def test_every_image_gets_an_alt_text_and_a_whole_width(html: str, expected: str) -> None:
    """Declared width first, then the column for an image that stands alone; never more than there is room."""
    assert expected == fitted(html)


def test_an_image_in_a_table_is_no_wider_than_its_column() -> None:
    """Outlook would make the table, and with it the mail, wider than the screen."""
    row = f'<td><img src="{PNG}" alt="A" width="900"></td><td colspan="3">b</td><td colspan="x">c</td>'
    assert 'width="92"' in fitted(f"<table><tr>{row}</tr></table>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            f'<p>a <img src="{PNG}" width="1" height="1" alt=""> b</p>',
            f'<p>a <img src="{PNG}" alt="" width="1" height="1"> b</p>',
        ),
        (
            f'<p>a</p><p><img src="{PNG}" width="1" height="1"></p>',
            f'<p>a</p><div><img src="{PNG}" alt="" width="1" height="1" class="block"></div>',
        ),
    ],
)
def test_a_counting_pixel_stays_a_pixel(html: str, expected: str) -> None:
    """It takes no space and is no picture that lacks a description."""
    assert expected == fitted(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<video src="https://e.org/v.mp4" controls></video>',
            '<p><a href="https://e.org/v.mp4">▶ Watch the video</a></p>',
        ),
        (
            '<div><p>x</p><audio><source src="https://e.org/a.mp3">'
            '<source src="https://e.org/a.ogg"><a href="https://e.org/a.mp3">a.mp3</a></audio></div>',
            '<p>x</p><p><a href="https://e.org/a.mp3">▶ Listen to the recording</a></p>',
        ),
        (
            '<figure><iframe src="https://e.org/e" title="A talk"></iframe></figure>',
            '<div class="figure"><p><a href="https://e.org/e">▶ A talk</a></p></div>',
        ),
        ('<iframe src="https://www.e.org/e"></iframe>', '<p><a href="https://www.e.org/e">▶ e.org/e</a></p>'),
        (
            f'<p><video src="https://e.org/v.mp4" poster="{PNG}" title="The talk"></video></p>',
            f'<p><a href="https://e.org/v.mp4"><img src="{PNG}" alt="Watch the video" width="544"'
            ' class="block natural">▶ The talk</a></p>',
        ),
        (
            f'<p><a href="https://e.org/"><video src="https://e.org/v.mp4" poster="{PNG}"></video></a></p>',
            f'<p><a href="https://e.org/"><img src="{PNG}" alt="" width="544" class="block natural">'
            "▶ Watch the video</a></p>",
        ),
        ("<p>a<video></video>b</p>", "<p>ab</p>"),
        ('<p>a<iframe src="javascript:x"></iframe>b</p>', "<p>ab</p>"),
    ],
)
def test_players_and_frames_become_links_with_their_posters(html: str, expected: str) -> None:
    """What cannot play in a mail is one click away."""
    assert expected == fitted(html)


def test_players_are_labelled_in_the_language_of_the_post() -> None:
    """Or in English, marked as such, where we do not speak it."""
    video = '<video src="https://e.org/v.mp4"></video>'
    assert '<p><a href="https://e.org/v.mp4">▶ Das Video ansehen</a></p>' == fitted(video, language="de")
    assert '▶ <span lang="en">Watch the video</span>' in fitted(video, language="tlh")


STILL = '<img src="https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg" alt="YouTube" width="544" class="block">'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        *(
            (f'<p><a href="{url}">My talk</a></p>', f'<p><a href="{url}">{STILL}▶ My talk</a></p>')
            for url in (
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                "https://m.youtube.com/watch?t=1&v=dQw4w9WgXcQ",
                "https://youtu.be/dQw4w9WgXcQ?t=9",
                "https://www.youtube.com/shorts/dQw4w9WgXcQ",
            )
            if "&" not in url
        ),
        *(
            (
                f'<p><a href="https://youtu.be/dQw4w9WgXcQ">{text}</a></p>',
                f'<p><a href="https://youtu.be/dQw4w9WgXcQ">{STILL}▶ Watch the video</a></p>',
            )
            for text in ("YouTube: youtube.com/watch?v=x", "youtu.be/dQw4w9WgXcQ", "YouTube video player")
        ),
        (
            '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0" title="A"></iframe>',
            f'<p><a href="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0">{STILL}▶ A</a></p>',
        ),
        (
            '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>',
            f'<p><a href="https://www.youtube.com/embed/dQw4w9WgXcQ">{STILL}▶ Watch the video</a></p>',
        ),
        (
            '<p>See <a href="https://youtu.be/dQw4w9WgXcQ">it</a></p>',
            '<p>See <a href="https://youtu.be/dQw4w9WgXcQ">it</a></p>',
        ),
        (
            '<ul><li><a href="https://youtu.be/dQw4w9WgXcQ">it</a></li></ul>',
            '<ul><li><a href="https://youtu.be/dQw4w9WgXcQ">it</a></li></ul>',
        ),
        (
            '<p><a href="https://vimeo.com/12">Vimeo: vimeo.com/12</a></p>',
            '<p><a href="https://vimeo.com/12">▶ Vimeo: vimeo.com/12</a></p>',
        ),
        (
            f'<p><a href="https://youtu.be/dQw4w9WgXcQ"><img src="{PNG}" alt="Mine" width="9"></a></p>',
            f'<p><a href="https://youtu.be/dQw4w9WgXcQ"><img src="{PNG}" alt="Mine" width="9" class="block"></a></p>',
        ),
    ],
)
def test_an_embedded_video_is_a_picture_that_leads_to_it(html: str, expected: str) -> None:
    """YouTube's own still, if the author gives no picture; a link in a sentence stays one."""
    assert expected == fitted(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="x" id="y" style="color:red" onclick="z">a</p>', "<p>a</p>"),
        ("<p>a<script>b</script><style>c</style></p>", "<p>a</p>"),
        ("<form><p>a</p><button>b</button></form>", "<p>a</p>b"),
        ("<p>a</p><p> </p><p></p>", "<p>a</p>"),
        (
            "<details><summary>A</summary><p>b</p></details><p>c</p>",
            "<div><p><strong>A</strong></p><p>b</p></div><p>c</p>",
        ),
        (
            "<details><summary><h3>A</h3></summary><p>b</p></details><p>c</p>",
            "<div><div><h3>A</h3></div><p>b</p></div><p>c</p>",
        ),
        ("<details><summary></summary>b</details><p>c</p>", "<p>b</p><p>c</p>"),
        ("<section><h2>A</h2></section><p>b</p>", "<div><h2>A</h2></div><p>b</p>"),
        ('<ul><li><input type="checkbox" checked disabled> a</li></ul>', "<ul><li>\u2611  a</li></ul>"),
        ('<ul><li><input type="checkbox"> a</li></ul>', "<ul><li>\u2610  a</li></ul>"),
        ('<p><input type="text">a</p>', "<p>a</p>"),
        (
            '<ol start="3" reversed><li value="4">a</li></ol>',
            '<ol start="3" reversed=""><li value="4">a</li></ol>',
        ),
        ("<ul><li>a<p>b</ul></li>c", "<ul><li>a<p>b</p></li></ul><p>c</p>"),
        ("<p>a<br>b<!-- c -->d</p>", "<p>a<br>bd</p>"),
        ("<p>1 &lt; 2 &amp; &copy;</p>", "<p>1 &lt; 2 &amp; ©</p>"),
        ('<p>a <span lang="fr">b</span> <span>c</span></p>', '<p>a <span lang="fr">b</span> c</p>'),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<h1>a</h1><h2>b</h2><hr>", "<h1>a</h1><h2>b</h2><hr>"),
        (
            "<p><del>a</del><ins>b</ins><sub>c</sub><kbd>d</kbd> 😀👩🏽\u200d🚀</p>",
            "<p><del>a</del><ins>b</ins><sub>c</sub><kbd>d</kbd> 😀👩🏽\u200d🚀</p>",
        ),
    ],
)
def test_only_what_mail_programs_know_is_left(html: str, expected: str) -> None:
    """No attribute, element or script that a mail program ignores, strips or distrusts."""
    assert expected == fitted(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><mark>a</mark></p>", '<p><b class="mark">a</b></p>'),
        ("<p><q>a <q>b</q></q></p>", "<p>“a ‘b’”</p>"),
        (
            "<p><ruby>漢<rt>kan</rt></ruby></p>",
            "<p><ruby>漢<rp>（</rp><rt>kan</rt><rp>）</rp></ruby></p>",
        ),
        (
            "<p><ruby>漢<rt>kan</rt>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby></p>",
            "<p><ruby>漢<rp>（</rp><rt>kan</rt><rp>）</rp>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby></p>",
        ),
        (
            '<p><abbr title="Cascading Style Sheets">CSS</abbr>, <abbr title="Cascading Style Sheets">CSS</abbr></p>',
            '<p><abbr>CSS</abbr> (Cascading Style Sheets), <abbr title="Cascading Style Sheets">CSS</abbr></p>',
        ),
        (
            '<p>Cascading\nstyle sheets: <abbr title="Cascading Style Sheets">CSS</abbr></p>',
            '<p>Cascading\nstyle sheets: <abbr title="Cascading Style Sheets">CSS</abbr></p>',
        ),
        (
            '<h2><abbr title="A B">AB</abbr></h2><p><abbr title="A B">AB</abbr> <abbr>C</abbr></p>',
            '<h2><abbr title="A B">AB</abbr></h2><p><abbr>AB</abbr> (A B) <abbr>C</abbr></p>',
        ),
    ],
)
def test_what_means_something_is_visible_without_styles(html: str, expected: str) -> None:
    """Nor does it need a mouse, or an element that Yahoo and Outlook drop."""
    assert expected == fitted(html)


@pytest.mark.parametrize(
    ("html", "rtl", "expected"),
    [
        (
            '<pre class="language-py"><code><span class="k">def</span> x\n  y\n</code></pre>',
            False,
            '<pre dir="ltr">def x\n  y</pre>',
        ),
        ("<pre><code>\n \n\ta\n\n  b\n</code></pre>", False, '<pre dir="ltr">\ta\n\n  b</pre>'),
        ("<pre><code>a <em>b\n</em>\n</code></pre>", False, '<pre dir="ltr">a <em>b</em></pre>'),
        ("<pre><code></code></pre>", False, '<pre dir="ltr"></pre>'),
        ('<pre dir="rtl">شعر</pre>', False, '<pre dir="rtl">شعر</pre>'),
        ("<p><code>a</code></p>", False, "<p><code>a</code></p>"),
        (
            "<p><code>a</code> <kbd>b</kbd></p>",
            True,
            '<p><code dir="ltr">a</code> <kbd dir="ltr">b</kbd></p>',
        ),
        ("<p>$$\n a &amp; b\n$$</p>", True, '<pre dir="ltr">$$\n a &amp; b\n$$</pre>'),
        ("<p>\\[ a<br>\n b \\]</p>", False, '<pre dir="ltr">\\[ a\n b \\]</pre>'),
        ("<p>$$a$$ <em>b</em> $$c$$</p>", False, "<p>$$a$$ <em>b</em> $$c$$</p>"),
        ("<p>Inline $x^2$.</p>", False, "<p>Inline $x^2$.</p>"),
    ],
)
def test_code_keeps_its_lines_and_its_direction(html: str, expected: str, *, rtl: bool) -> None:
    """Code and formulas are left to right in every post."""
    assert expected == fitted(html, rtl=rtl)


CODE = '<pre><code class="language-python"><b>def</b> f(): <i># why</i>\n    <b>pass</b>\n</code></pre>'


def test_the_weights_of_code_are_left_out_unless_asked_for() -> None:
    """They cost four times the bytes of the code; what an author writes is another thing."""
    assert '<pre dir="ltr">def f(): # why\n    pass</pre>' == fitted(CODE)
    assert '<pre dir="ltr"><b>a</b></pre>' == fitted("<pre><code><b>a</b></code></pre>")
    deep = '<pre><code class="language-python"><i># <b>why</b></i></code></pre>'
    assert '<pre dir="ltr"># why</pre>' == fitted(deep)


def test_code_has_colours_when_asked_for() -> None:
    """The theme gives them to `pre b` and `pre i`, also when feeds have none."""
    expected = '<pre dir="ltr"><b>def</b> <b>f</b>(): <i># why</i>\n    <b>pass</b></pre>'
    plain = '<pre><code class="language-python">def f(): # why\n    pass\n</code></pre>'
    assert expected == fitted(plain, highlight="on")
    assert "<i># why</i>" in fitted(CODE, highlight="on")


def test_footnotes_are_read_without_jumping() -> None:
    """Numbers are plain, and told apart; the notes stand at the end, without a way back into the web."""
    html = (
        '<p>a<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'
        '<sup><a class="footnote-ref" href="#fn:2">2</a></sup></p>'
        '<div class="footnote"><hr><ol><li id="fn:1"><p>Note.&nbsp;'
        '<a class="footnote-backref" href="#fnref:1">↩</a></p></li><li><p>Two <b>b</b>'
        '<a href="#fnref:2">↩</a></p></li></ol></div>'
    )
    assert (
        "<p>a<sup>1</sup><sup>, </sup><sup>2</sup></p>"
        '<div class="notes"><hr><ol><li><p>Note.</p></li><li><p>Two <b>b</b></p></li></ol></div>'
    ) == fitted(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<sup><a href="#fn1">[1]</a></sup>', "<sup>[1]</sup>"),
        ('<a role="doc-noteref" href="#x">1</a>', "1"),
        ('a<a role="doc-backlink" href="#x">back</a>', "a"),
        (
            '<sup><a href="https://e.org/#fnord">x</a></sup>',
            '<sup><a href="https://e.org/#fnord">x</a></sup>',
        ),
        ("10<sup>2</sup><sup>3</sup>", "10<sup>2</sup><sup>3</sup>"),
        ('see <a href="#fn-1">note 1</a>', f'see <a href="{URL}#fn-1">note 1</a>'),
    ],
)
def test_footnotes_of_other_programs_are_known_too(html: str, expected: str) -> None:
    """And exponents are no footnotes."""
    assert f"<p>{expected}</p>" == fitted(f"<p>{html}</p>")


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://e.org/?a=1&b=2", '<a href="https://e.org/?a=1&amp;b=2">x</a>'),
        ("mailto:a@e.org", '<a href="mailto:a@e.org">x</a>'),
        ("tel:+1", '<a href="tel:+1">x</a>'),
        ("#part", f'<a href="{URL}#part">x</a>'),
        ("ftp://e.org/f", "x (ftp://e.org/f)"),
        ("xmpp:x", "x"),
        ("/rooted", "x"),
        ("javascript:alert(1)", "x"),
        ("https:", "x"),
        ("", "x"),
    ],
)
def test_links_are_absolute_or_text(href: str, expected: str) -> None:
    """A link that could lead nowhere from a mail is not one."""
    assert f"<p>{expected}</p>" == fitted(f'<p><a href="{escape(href)}" target="_blank">x</a></p>')


def test_no_link_is_empty_and_none_in_another() -> None:
    """Screen readers would read out an address, and parsers close the first one."""
    assert "<p>a b</p>" == fitted('<p>a<a href="https://e.org/"> </a>b</p>')
    nested = '<p><a href="https://e.org/">a <b><a href="https://e.org/b">b</a></b></a></p>'
    assert fitted(nested) == '<p><a href="https://e.org/">a <b>b</b></a></p>'
    svg = '<p><a href="https://e.org/"><img src="https://e.org/a.svg" alt="A"></a></p>'
    assert '<p><a href="https://e.org/">A</a></p>' == fitted(svg)


def test_a_data_table_keeps_its_headers_and_scrolls_in_a_box() -> None:
    """Header cells are aligned where the text starts; alignment from Markdown survives."""
    html = (
        '<table><caption>C</caption><tr><th scope="col">A</th><th style="text-align: right;">B</th></tr>'
        '<tr><td align="center">1</td></tr></table>'
    )
    assert (
        '<div class="wide"><table cellpadding="8" cellspacing="0" border="0"><caption>C</caption>'
        '<tr valign="top"><th scope="col" align="left">A</th><th align="right">B</th></tr>'
        '<tr valign="top"><td align="center">1</td></tr></table></div>'
    ) == fitted(html)
    assert '<th scope="col" align="right">A</th>' in fitted(html, rtl=True)
    assert "<td>1</td>" in fitted("<table><tr><th>A</th></tr><tr><td>1</td></tr></table>")


def test_a_table_without_headers_is_marked_as_layout() -> None:
    """Screen readers do not announce rows and columns that mean nothing."""
    assert 'role="presentation"' in fitted("<table><tr><td>1</td></tr></table>")


@pytest.mark.parametrize(
    ("html", "rtl", "expected"),
    [
        ('<p dir="rtl">م</p><p>a</p>', False, '<p dir="rtl" align="right">م</p><p>a</p>'),
        ('<h2 dir="ltr">a</h2><p>م</p>', True, '<h2 dir="ltr" align="left">a</h2><p>م</p>'),
        ('<p dir="rtl">م</p><p>a</p>', True, '<p dir="rtl">م</p><p>a</p>'),
        (
            '<ul dir="rtl"><li>م</li></ul><p>a</p>',
            False,
            '<div class="turned" dir="rtl" align="right"><ul><li>م</li></ul></div><p>a</p>',
        ),
        (
            '<p dir="rtl">م <code>a</code></p><p>a</p>',
            False,
            '<p dir="rtl" align="right">م <code dir="ltr">a</code></p><p>a</p>',
        ),
        (
            '<table dir="rtl"><tr><th>م</th></tr></table><p>a</p>',
            False,
            '<div class="wide" dir="rtl" align="right"><table cellpadding="8" cellspacing="0" border="0">'
            '<tr valign="top"><th align="right">م</th></tr></table></div><p>a</p>',
        ),
        ('<p>a <bdo dir="rtl">b</bdo></p>', False, '<p>a <bdo dir="rtl">b</bdo></p>'),
        (
            '<div lang="fa" dir="rtl"><p>م</p>\n<p>ن <code>x</code></p></div>',
            False,
            '<div lang="fa" dir="rtl" class="turned" align="right"><p>م</p></div>'
            '<div lang="fa" dir="rtl" class="turned" align="right"><p>ن <code dir="ltr">x</code></p></div>',
        ),
        ('<div lang="fr"><p>a</p></div>', False, '<div lang="fr"><p>a</p></div>'),
    ],
)
def test_a_block_in_the_other_direction_is_aligned_there(html: str, expected: str, *, rtl: bool) -> None:
    """`dir` alone would leave its text at the side where the letter begins."""
    assert expected == fitted(html, rtl=rtl)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p>\n<p>b</p>", ("<p>a</p>", "<p>b</p>")),
        ("a <em>b</em><p>c</p>d", ("<p>a <em>b</em></p>", "<p>c</p>", "<p>d</p>")),
        ("<div><article><p>a</p><hr></article></div>", ("<p>a</p>", "<hr>")),
        ('<div class="footnotes"><p>a</p></div>', ('<div class="notes"><p>a</p></div>',)),
        (" \n", ()),
        ("", ()),
    ],
)
def test_blocks_can_be_cut_apart(html: str, expected: tuple[str, ...]) -> None:
    """Each block stands for itself, also inside a box around everything."""
    assert expected == blocks(html)


def test_a_long_list_can_be_cut_too() -> None:
    """A letter of links in one list would otherwise be cut before the first; its numbers go on."""
    items = "".join(f"<li>{'words ' * 50}{number}</li>" for number in range(3, 103))
    parts = blocks(f'<ol start="3">{items}</ol>')
    assert len(parts) > 3
    assert max(map(len, parts)) < 9_000
    for part in parts:
        found = re.match(r'<ol start="(\d+)"><li>(?:words )*(\d+)<', part)
        assert found is not None
        assert found[1] == found[2]
    assert items == "".join(re.sub("</?ol.*?>", "", part) for part in parts)
    assert blocks(f"<ol>{items}</ol>")[0].startswith("<ol><li>")
    assert len(blocks(f"<ol reversed>{items}</ol>")) == 1
    assert len(blocks(f'<ol>{items}<li value="1">a</li></ol>')) == 1


def test_deep_nesting_loses_tags_but_no_text() -> None:
    """libxml2 would drop what is deeper than 255 levels without a word."""
    deep = fitted("<blockquote>" * 3000 + "deep<br>" + "</blockquote>" * 3000 + "<p>after</p>")
    assert "deep<br>" in deep
    assert deep.endswith("<p>after</p>")
    assert deep.count("<blockquote>") < 100


NOT_ALT = "![](a.png)"
CASES = [
    ("svg", '<p><img src="{0}d.svg" alt="D"></p>', "x\n\n![D](d.svg)\n", "warning mail-image", (3, 6)),
    ("webp", '<p><img src="{0}i/d.webp" alt="D"></p>', "![D](i/d.webp)\n", "warning mail-image", (1, 6)),
    ("elsewhere", '<p><img src="https://e.org/d.avif" alt="D"></p>', "<https://e.org/d.avif>", "warning mail-image", (1, 2)),
    ("no alt", '<p><img src="{0}a.png" alt=""></p>', "---\nimage: a.png\n---\n![](a.png)", "note mail-advice", (4, 5)),
    ("vault", '<p><img src="{0}my%20a.png" alt=""></p>', "![[my a.png]]", "note mail-advice", (1, 4)),
    ("video", '<video src="{0}v.mp4"></video>', 'a\n<video src="v.mp4">', "note mail-media", (2, 13)),
    ("vimeo", '<p><a href="https://vimeo.com/123">x</a></p>', "+123\n\nhttps://player.vimeo.com/video/123", "note mail-media", (3, 32)),
    ("figure", '<figure><img src="{0}a.png" alt=""></figure>', NOT_ALT, "note mail-advice", (1, 5)),
    ("beside a caption", '<blockquote><p><img src="{0}a.png" alt=""></p><figure><img src="{0}b.png" alt="B"><figcaption>C</figcaption></figure></blockquote>', NOT_ALT, "note mail-advice", (1, 5)),
    ("beside a described one", '<p><img src="{0}b.png" alt="B"> <img src="{0}a.png" alt=""></p>', "![B](b.png) ![](a.png)", "note mail-advice", (1, 17)),
    ("one fence", '<p><img src="{0}a.png" alt=""></p>', "---\n![](a.png)", "note mail-advice", (2, 5)),
    ("lost", '<p><img src="{0}d.svg" alt="D"></p>', "{{< made-up >}}", "warning mail-image", (0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("html", "source", "kind", "place"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])  # fmt: skip
def test_what_is_lost_is_told_with_its_line(
    html: str, source: str, kind: str, place: tuple[int, int], tmp_path: Path
) -> None:
    """The author reads which line of which file to mend."""
    (problem,) = noticed(tmp_path, html.format(URL), source)
    assert kind == f"{problem.severity} {problem.code}"
    assert place == (problem.line, problem.column)
    assert problem.path == "content/posts/hello.md"
    assert problem.hint


@pytest.mark.parametrize(
    ("source", "said", "hint"),
    [
        (f"{URL}d.webp", "Outlook on Windows does not show WebP: 'd.webp'", "put d.png or d.jpg beside it"),
        (f"{URL}d.svg", "hardly any mail program shows SVG: 'd.svg', so it is a link there", "put d.png or"),
        (
            "https://e.org/d.avif",
            "Outlook on Windows does not show AVIF: 'd.avif'",
            "refer to a PNG or a JPEG",
        ),
    ],
)
def test_who_does_not_see_a_picture_and_what_to_do(source: str, said: str, hint: str, tmp_path: Path) -> None:
    """A file can be put beside one's own; of somebody else's picture another address is needed."""
    (problem,) = noticed(tmp_path, f'<p><img src="{source}" alt="D"></p>', "")
    assert (said, True) == (problem.message, problem.hint.startswith(hint))


def test_of_two_pictures_the_one_that_is_meant_is_named(tmp_path: Path) -> None:
    """The first mention has a description, and the second has none."""
    html = f'<p><img src="{URL}a.png" alt="A"></p><p><img src="{URL}a.png" alt=""></p>'
    (problem,) = noticed(tmp_path, html, "![A](a.png)\n\n![](a.png)\n")
    assert problem.line == 3


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ('<p><img src="{0}a.png" alt=""></p>', '<img src="a.png" alt="">'),
        ('<p><img src="{0}a.png" alt=""></p>', "---\nimage: a.png\n---\n"),
        ('<figure><img src="{0}a.png" alt=""><figcaption>C</figcaption></figure>', "![](a.png)"),
        ('<p><img src="{0}a.gif" width="1" height="1" alt=""></p>', "![](a.gif)"),
        ('<audio src="{0}a.mp3"></audio>', "a.mp3"),
    ],
)
def test_what_is_meant_so_is_not_told(html: str, source: str, tmp_path: Path) -> None:
    """A picture that is said to be decoration, one with a caption, a pixel, a recording."""
    assert noticed(tmp_path, html.format(URL), source) == ()


@pytest.mark.parametrize("name", ["nowhere.png", "nowhere.svg"])
def test_a_picture_that_has_no_file_is_told(name: str, tmp_path: Path) -> None:
    """Programs ask for it once, when the mail is out."""
    source = f"x\n\n![N]({name})\n"
    noticed(tmp_path, "", source)
    post = a_post(html=f'<p><img src="{URL}{name}" alt="N"></p>', url=URL)
    (problem,) = fit(post, a_workspace(tmp_path), column=COLUMN).problems
    assert ("warning", "mail-image", 3) == (problem.severity, problem.code, problem.line)
    assert f"there is no file for the picture '{name}'" in problem.message


def test_headings_go_down_below_the_title_of_their_post() -> None:
    """In a letter of several posts, whose titles are of the second level."""
    html = "<h1>a</h1><h2>b</h2><blockquote><h3>c</h3></blockquote><h6>d</h6>"
    made = fit(a_post(html=html, url=URL), a_workspace(), column=COLUMN, highest=3).blocks
    assert "<h3>a</h3><h3>b</h3><blockquote><h4>c</h4></blockquote><h6>d</h6>" == "".join(made)


@pytest.mark.parametrize(
    ("html", "tag", "end"),
    [
        (f"<p>{'A sentence of 3.5 words. ' * 4_000}</p>", "p", ". "),
        (f"<p>{'日本語の文章です。' * 4_000}</p>", "p", "。"),
        (
            f"<pre><code>{'a = 1' * 3}\n".ljust(20) + f"{'b = 2' * 10}\n" * 2_000 + "</code></pre>",
            "pre",
            "\n",
        ),
    ],
    ids=["prose", "Japanese", "code"],
)
def test_what_is_too_long_for_any_letter_can_be_cut(html: str, tag: str, end: str) -> None:
    """At the end of a sentence or of a line; nothing is lost."""
    parts = blocks(html)
    assert len(parts) > 1
    assert max(map(len, parts)) < 20_000
    assert all(part.startswith(f"<{tag}") and part.endswith(f"</{tag}>") for part in parts)
    texts = [re.sub("<[^>]*>", "", part) for part in parts]
    assert re.sub(r"<[^>]*>|\s", "", html) == re.sub(r"\s", "", "".join(texts))
    assert all(text.endswith(end) for text in texts[:-1])


def test_a_post_without_a_file_has_no_lines(tmp_path: Path) -> None:
    """As when it was deleted since."""
    post = a_post(html=f'<p><img src="{URL}a.svg" alt=""></p>', url=URL)
    (problem,) = fit(post, a_workspace(tmp_path), column=COLUMN).problems
    assert problem.line == 0


class _Tags(HTMLParser):
    """What a parser sees: tags as they open and close, text, and images."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not {name for name, _ in attrs} & {"id", "style", "srcset"}
        if tag == "img":
            self.images.append(dict(attrs))
        if tag == "a":
            assert "a" not in self.open
            self.links.append(dict(attrs)["href"] or "")
        if tag not in {"img", "br", "hr", "wbr", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)


TEXT = st.text(alphabet="abc \n&<$\u00a0م漢", max_size=12).map(lambda text: escape(text, quote=False))
LEAF = TEXT | st.sampled_from(
    [
        f'<img src="{PNG}" alt="x" width="900" id="i">',
        '<img src="https://e.org/a.svg">',
        '<img src="https://e.org/a.webp" srcset="https://e.org/a.jpg 2x">',
        f'<img src="{PNG}" width="70%">',
        "<br>",
        "<hr>",
    ]
)
TAGS = [
    "p", "div", "ul", "ol", "li", "table", "tr", "td", "th", "em", "code", "pre", "blockquote", "figure",
    "figcaption", "details", "summary", "mark", "ruby", "rt", "abbr title='t'", "p dir='rtl'", "ul dir='rtl'",
    "a href='https://e.org/'", "a href='ftp://e.org'", "a href='https://youtu.be/dQw4w9WgXcQ'", "sup", "h1",
    "span lang='fa'", "section class='footnotes'", "dl", "dd",
]  # fmt: skip
TREE = st.recursive(
    LEAF,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(st.lists(TREE, max_size=5).map("".join), st.booleans())
def test_no_word_is_lost_and_every_block_is_whole(html: str, rtl: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever a post holds, its mail has all its words, and pictures and links that work."""
    sanitised = clean(html)
    before = Counter("".join(_Words(sanitised).text).split())
    made = blocks(sanitised, rtl=rtl)
    seen = [_Tags(block) for block in made]
    after = Counter(word for tags in seen for word in "".join(tags.text).split())
    joined = "".join("".join(tags.text) for tags in seen)
    assert not {
        letter: n for letter, n in Counter(before_letters(before)).items() if joined.count(letter) < n
    }
    assert after or not before
    for tags in seen:
        assert tags.open == []
        assert all(re.match("https?://|mailto:|tel:", link) for link in tags.links)
        for image in tags.images:
            assert image["alt"] is not None
            assert 0 < int(image["width"] or "") <= COLUMN
            assert (image["src"] or "").startswith("https://")


def before_letters(words: Counter[str]) -> str:
    """The letters of some words: elements that are put in may part a word, and lose none of it."""
    return "".join(word * count for word, count in words.items())


class _Words(HTMLParser):
    """The text of a post."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@given(st.text(alphabet="<>/=\"'& abpdivtrem", max_size=60))
def test_hostile_markup_never_breaks_the_tree(html: str) -> None:
    """Whatever the input, what comes out is stable: making it fit again changes nothing."""
    once = fitted(html)
    assert once == fitted(once)
