"""A post's HTML made fit for mail."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.newsletter.content import fit

URL = "https://example.org/posts/hello/"
PNG = "https://example.org/a.png"


def fitted(html: str, *, known: int = 0, rtl: bool = False) -> str:
    """`html` fit for mail, where every image is `known` pixels wide."""
    return "".join(fit(html, url=URL, width_of=lambda _: known, rtl=rtl))


@pytest.mark.parametrize(
    ("html", "known", "expected"),
    [
        (
            f'<p><img src="{PNG}" width="300"></p>',
            0,
            f'<p><img src="{PNG}" alt="" width="300" class="block"></p>',
        ),
        (
            f'<p><img src="{PNG}" alt="A" width="900px" height="4"></p>',
            0,
            f'<p><img src="{PNG}" alt="A" width="544" class="block"></p>',
        ),
        (
            f'<p><img src="{PNG}" alt="A" width="50%"></p>',
            1200,
            f'<p><img src="{PNG}" alt="A" width="544" class="block"></p>',
        ),
        (
            f'<p>x <img src="{PNG}" alt="A" title="T" srcset="b 2x" loading="lazy"> y</p>',
            90,
            f'<p>x <img src="{PNG}" alt="A" width="90" title="T"> y</p>',
        ),
        (
            f'<p><a href="{URL}"><img src="{PNG}" alt="A"></a></p>',
            0,
            f'<p><a href="{URL}"><img src="{PNG}" alt="A" width="544" class="block natural"></a></p>',
        ),
        (
            f'<p>x <img src="{PNG}" alt="A"></p>',
            0,
            f'<p>x <img src="{PNG}" alt="A" width="120" class="natural"></p>',
        ),
        (
            f'<figure class="center"><img src="{PNG}" alt="A"><figcaption>C</figcaption></figure>',
            0,
            f'<figure><img src="{PNG}" alt="A" width="544" class="block natural"><figcaption>C</figcaption></figure>',
        ),
        (
            f'<picture><source srcset="b.webp"><img src="{PNG}" alt="A"></picture>',
            10,
            f'<img src="{PNG}" alt="A" width="10" class="block">',
        ),
        ('<p><img src="data:image/png;base64,AA" alt="A dot"></p>', 0, "<p>A dot</p>"),
    ],
)
def test_every_image_gets_an_alt_text_and_a_whole_width(html: str, known: int, expected: str) -> None:
    """Declared width first, then the file's, then the column for an image that stands alone."""
    assert expected == fitted(html, known=known)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<video src="https://e.org/v.mp4" controls></video>',
            '<p><a href="https://e.org/v.mp4">Watch the video</a></p>',
        ),
        (
            '<div><p>x</p><audio><source src="https://e.org/a.mp3"><p>No sound</p></audio></div>',
            '<p>x</p><p><a href="https://e.org/a.mp3">Listen to the recording</a></p>',
        ),
        (
            '<figure><iframe src="https://e.org/e" title="A talk"></iframe></figure>',
            '<figure><p><a href="https://e.org/e">A talk</a></p></figure>',
        ),
        (
            f'<p><video src="https://e.org/v.mp4" poster="{PNG}"></video></p>',
            f'<p><a href="https://e.org/v.mp4"><img src="{PNG}" alt="Watch the video" width="544"'
            ' class="block natural"></a></p>',
        ),
        ("<p>a<video></video>b</p>", "<p>ab</p>"),
        ('<p>a<iframe src="javascript:x"></iframe>b</p>', "<p>ab</p>"),
    ],
)
def test_players_and_frames_become_links(html: str, expected: str) -> None:
    """What cannot play in a mail is one click away."""
    assert expected == fitted(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="x" id="y" style="color:red" onclick="z">a</p>', "<p>a</p>"),
        ("<p>a<script>b</script><style>c</style></p>", "<p>a</p>"),
        ("<form><p>a</p><button>b</button></form>", "<p>a</p>b"),
        (
            "<details><summary>A</summary><p>b</p></details><p>c</p>",
            "<div><p><strong>A</strong></p><p>b</p></div><p>c</p>",
        ),
        ("<section><h2>A</h2></section><p>b</p>", "<div><h2>A</h2></div><p>b</p>"),
        ('<ul><li><input type="checkbox" checked disabled> a</li></ul>', "<ul><li>\u2611  a</li></ul>"),
        ('<ul><li><input type="checkbox"> a</li></ul>', "<ul><li>\u2610  a</li></ul>"),
        ('<p><input type="text">a</p>', "<p>a</p>"),
        (
            '<ol start="3" reversed><li value="4">a</li></ol>',
            '<ol start="3" reversed=""><li value="4">a</li></ol>',
        ),
        ("<ul><li>a<p>b</ul></li>c", "<ul><li>a<p>b</p></li></ul>c"),
        ("<p>a<br>b<!-- c -->d</p>", "<p>a<br>bd</p>"),
        ("<p>1 &lt; 2 &amp; &copy;</p>", "<p>1 &lt; 2 &amp; ©</p>"),
    ],
)
def test_only_what_mail_programs_know_is_left(html: str, expected: str) -> None:
    """No attribute, element or script that a mail program ignores, strips or distrusts."""
    assert expected == fitted(html)


@pytest.mark.parametrize(
    ("html", "rtl", "expected"),
    [
        (
            '<pre class="language-py"><code><span class="k">def</span> x\n  y</code></pre>',
            False,
            '<pre dir="ltr">def x\n  y</pre>',
        ),
        ("<p><code>a</code></p>", False, "<p><code>a</code></p>"),
        (
            "<p><code>a</code> <kbd>b</kbd></p>",
            True,
            '<p><code dir="ltr">a</code> <kbd dir="ltr">b</kbd></p>',
        ),
    ],
)
def test_code_keeps_its_lines_and_its_direction(html: str, expected: str, *, rtl: bool) -> None:
    """Code is left to right in every post, and not coloured."""
    assert expected == fitted(html, rtl=rtl)


def test_footnote_numbers_are_plain_and_the_notes_are_marked() -> None:
    """Jumping inside a mail works hardly anywhere, so nothing pretends to."""
    html = (
        '<p>a<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
        '<div class="footnote"><hr><ol><li id="fn:1"><p>Note.&nbsp;'
        '<a class="footnote-backref" href="#fnref:1">↩</a></p></li></ol></div>'
    )
    assert ('<p>a<sup>1</sup></p><div class="notes"><hr><ol><li><p>Note.\xa0</p></li></ol></div>') == fitted(
        html
    )


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://e.org/?a=1&b=2", '<a href="https://e.org/?a=1&amp;b=2">x</a>'),
        ("mailto:a@e.org", '<a href="mailto:a@e.org">x</a>'),
        ("#part", f'<a href="{URL}#part">x</a>'),
        ("/rooted", "x"),
        ("javascript:alert(1)", "x"),
        ("", "x"),
    ],
)
def test_links_are_absolute_or_text(href: str, expected: str) -> None:
    """A link that could lead nowhere from a mail is not one."""
    assert f"<p>{expected}</p>" == fitted(f'<p><a href="{escape(href)}" target="_blank">x</a></p>')


def test_a_data_table_keeps_its_headers_and_scrolls_in_a_box() -> None:
    """Header cells are aligned where the text starts; alignment from Markdown survives."""
    html = '<table><tr><th>A</th><th style="text-align: right;">B</th></tr><tr><td align="center">1</td></tr></table>'
    assert (
        '<div class="wide"><table cellpadding="8" cellspacing="0" border="0">'
        '<tr valign="top"><th align="left">A</th><th align="right">B</th></tr>'
        '<tr valign="top"><td align="center">1</td></tr></table></div>'
    ) == fitted(html)
    assert '<th align="right">A</th>' in fitted(html, rtl=True)


def test_a_table_without_headers_is_marked_as_layout() -> None:
    """Screen readers do not announce rows and columns that mean nothing."""
    assert 'role="presentation"' in fitted("<table><tr><td>1</td></tr></table>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p>\n<p>b</p>", ("<p>a</p>", "<p>b</p>")),
        ("a <em>b</em><p>c</p>d", ("a <em>b</em>", "<p>c</p>", "d")),
        ("<div><article><p>a</p><hr></article></div>", ("<p>a</p>", "<hr>")),
        (" \n", ()),
        ("", ()),
    ],
)
def test_blocks_can_be_cut_apart(html: str, expected: tuple[str, ...]) -> None:
    """Each block stands for itself, also inside a box around everything."""
    assert expected == fit(html, url=URL, width_of=lambda _: 0)


def test_deep_nesting_loses_tags_but_no_text() -> None:
    """libxml2 would drop what is deeper than 255 levels without a word."""
    deep = fitted("<blockquote>" * 3000 + "deep<br>" + "</blockquote>" * 3000 + "<p>after</p>")
    assert "deep<br>" in deep
    assert deep.endswith("<p>after</p>")
    assert deep.count("<blockquote>") < 100


@given(st.text(alphabet="<>/=\"'& abpdivtrem", max_size=60))
def test_hostile_markup_never_breaks_the_tree(html: str) -> None:
    """Whatever the input, what comes out is stable: making it fit again changes nothing."""
    once = fitted(html)
    assert once == fitted(once)
