"""HTML in feeds is such as readers and validators take."""

from __future__ import annotations

import pytest

from feeds.body.syndicated import syndicated

WEB = "https://example.org"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            f'<video src="{WEB}/a%20b.mp4" controls="" width="640"></video>',
            f'<video src="{WEB}/a%20b.mp4" width="640"></video><br><a href="{WEB}/a%20b.mp4">a b.mp4</a>',
        ),
        (
            f'<p><audio controls=""><source src="{WEB}/a.ogg"><source src="{WEB}/a.mp3"></audio></p>',
            f'<p><audio><source src="{WEB}/a.ogg"><source src="{WEB}/a.mp3"></audio><br>'
            f'<a href="{WEB}/a.ogg">a.ogg</a></p>',
        ),
        (
            f'<video controls="" src="{WEB}/?v=1&amp;w=2"></video>',
            f'<video src="{WEB}/?v=1&amp;w=2"></video><br><a href="{WEB}/?v=1&amp;w=2">video</a>',
        ),
        (
            f'<audio controls src="{WEB}/%3Cb%3E.mp3"></audio>',
            f'<audio src="{WEB}/%3Cb%3E.mp3"></audio><br><a href="{WEB}/%3Cb%3E.mp3">&lt;b&gt;.mp3</a>',
        ),
    ],
)
def test_what_has_controls_gets_a_link(html: str, expected: str) -> None:
    """By the file's name, as people read it; the first of several files."""
    assert expected == syndicated(html)


@pytest.mark.parametrize(
    "html",
    [
        f'<video src="{WEB}/loop.mp4" muted="" loop="" playsinline=""></video>',
        '<video controls=""></video>',
        '<p>the attribute controls="" of &lt;video controls=""&gt;</p>',
        f'<img src="{WEB}/a.png" alt="controls">',
    ],
)
def test_what_needs_no_link_stays(html: str) -> None:
    """Loops, players of nothing, and text about them."""
    assert html == syndicated(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<section class="footnotes" role="doc-endnotes"><p>a</p></section>',
            '<section class="footnotes"><p>a</p></section>',
        ),
        ('<p><bdo dir="rtl">abc</bdo></p>', '<p><span dir="rtl">abc</span></p>'),
        ('<p>&lt;p role="note"&gt; and role="x"</p>', '<p>&lt;p role="note"&gt; and role="x"</p>'),
    ],
)
def test_what_the_validator_takes_for_a_risk_goes(html: str, expected: str) -> None:
    """Roles, which only a page needs, and overrides of direction; what text says of them stays."""
    assert expected == syndicated(html)
