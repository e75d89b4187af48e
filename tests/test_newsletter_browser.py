"""The letter in a real browser: desktop and phone, light and dark, and with every style sheet gone."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from feeds.model import Enclosure, Issue, Person, Post
from feeds.newsletter import slots
from feeds.newsletter.compose import compose
from feeds.settings import Look, Newsletter, Settings, Site, Workspace
from samples import a_post

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SETTINGS = Settings(
    site=Site(title="The example blog", url="https://example.org"),
    newsletter=Newsletter(
        greeting="Dear {name|reader},",
        footer="Also on [Mastodon](https://social.example/@us).",
        look=Look(logo="/logo.png", logo_width=120),
    ),
)
GIVEN = {
    "unsubscribe": "https://example.org/leave/",
    "web": "https://example.org/newsletter/1/",
    "name": "Zoë",
    "address": "Rua das Flores 12<br>Porto",
}
LONG = "https://example.org/" + "a-very-long-address-without-a-place-to-break" * 6
RICH = f"""
<p>A date is <a href="https://example.org/x/">an instant</a>, such as <code>2026-04-11T09:30:00+01:00</code>. {"Words " * 60}</p>
<p>{LONG} <code>{LONG}</code></p>
<h2>A part with {LONG}</h2>
<pre><code>def f(x):
    return "{"x" * 300}"
</code></pre>
<table><thead><tr>{"<th>Column</th>" * 9}</tr></thead><tbody><tr>{"<td>something</td>" * 9}</tr></tbody></table>
<blockquote><p>Quoted words.</p></blockquote>
<ul><li>one<ul><li>two<ul><li>{LONG}</li></ul></li></ul></li></ul>
<p><img src="https://example.org/wide.png" alt="A wide picture" width="2000" height="900"></p>
<figure><img src="https://example.org/wide.png" alt="A picture"><figcaption>A caption</figcaption></figure>
<p>A badge <img src="https://example.org/wide.png" alt="of honour" width="90"> in text.</p>
"""
# The contrast of every element that shows text of its own, or an image's description (WCAG 2.2, 1.4.3).
CONTRAST = """() => {
  const shows = element => element.checkVisibility() && (element.localName === 'img' ||
    [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  const levels = text => text.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const [r, g, b, a = 1] = levels(getComputedStyle(element).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const luminance = color => {
    const [r, g, b] = color.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll('body *')].filter(shows).map(element => {
    const [one, two] = [levels(getComputedStyle(element).color).slice(0, 3), ground(element)].map(luminance);
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  });
}"""


def make_post(**changes: Any) -> Post:
    """A post with everything in it that is hard to lay out, with `changes`."""
    values: dict[str, Any] = {
        "id": "1",
        "path": "content/posts/hello.md",
        "url": "https://example.org/posts/hello/",
        "title": "What a feed reader expects from your dates",
        "published": datetime(2026, 4, 11, 9, 30, tzinfo=UTC),
        "updated": datetime(2026, 4, 11, 9, 30, tzinfo=UTC),
        "authors": (Person(name="Ines Carvalho"),),
        "summary": "A date without a zone is a small lie",
        "html": RICH,
    }
    return a_post(**values | changes)


PROSE = "The calendar is a social agreement, and so is the clock; a feed is where two such agreements meet. "
POSTS = {
    "prose": make_post(
        html=f"<p>{PROSE * 30}</p>",
        image="https://example.org/lead.png",
        enclosures=(Enclosure(url="https://example.org/e.mp3", media_type="audio/mpeg", duration=90),),
    ),
    "english": make_post(),
    "persian": make_post(
        title="خوراک چیست و چرا باید آن را داشته باشید؟",
        language="fa",
        direction="rtl",
        html=RICH + "<p>متن</p>",
    ),
    "japanese": make_post(
        title="フィードとは何か", language="ja", html=RICH + "<p>" + "日本語の文章です。" * 20 + "</p>"
    ),
}
KINDS = (*POSTS, "digest")


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x88" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def show(
    browser: Browser, kind: str, folder: Path, *, width: int, dark: bool = False, bare: bool = False
) -> Page:
    """The letter of a kind, in a window `width` pixels wide."""
    posts = tuple(POSTS.values()) if kind == "digest" else (POSTS[kind],)
    issue = Issue(
        number=1,
        id="1",
        posts=posts,
        when=posts[0].published,
        subject="Five posts of a month" if kind == "digest" else posts[0].title,
        preheader="Words for the list of mails",
        intro=f"What we *wrote*, at {LONG}",
    )
    letter = compose(issue, Workspace(root=folder, file=folder / "feeds.toml", settings=SETTINGS)).letter
    html = slots.fill(letter.html, letter.token, GIVEN)
    if bare:
        html = re.sub(r"<style\b.*?</style>", "", html, flags=re.DOTALL)
    scheme = "dark" if dark else "light"
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.route("**/*", lambda route: route.fulfill(content_type="image/png", body=png(1600, 700)))
    page.set_content(html, wait_until="load")
    return page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("bare", [False, True], ids=["styled", "bare"])
@pytest.mark.parametrize("width", [320, 375, 800])
def test_nothing_scrolls_sideways(
    browser: Browser, kind: str, width: int, tmp_path: Path, *, bare: bool
) -> None:
    """No word, picture, table or line of code is wider than the screen."""
    page = show(browser, kind, tmp_path, width=width, bare=bare)
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    page.close()
    assert wide <= seen


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("dark", "ground", "ink"),
    [(False, "rgb(255, 255, 255)", "rgb(31, 35, 40)"), (True, "rgb(22, 24, 28)", "rgb(230, 232, 235)")],
    ids=["light", "dark"],
)
def test_every_text_stands_out_from_its_ground(
    browser: Browser, kind: str, ground: str, ink: str, tmp_path: Path, *, dark: bool
) -> None:
    """In both schemes: WCAG's 4.5 to 1 for text, links, code, captions and the small print."""
    page = show(browser, kind, tmp_path, width=800, dark=dark)
    assert ground == page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ink == page.evaluate("getComputedStyle(document.querySelector('.post p')).color")
    ratios = page.evaluate(CONTRAST)
    page.close()
    assert len(ratios) > 10
    assert min(ratios) >= 4.5


def test_outlooks_dark_mode_is_answered_too(browser: Browser, tmp_path: Path) -> None:
    """Outlook on the web marks the page instead of asking for a scheme."""
    page = show(browser, "english", tmp_path, width=800)
    page.evaluate("['data-ogsb', 'data-ogsc'].map(name => document.documentElement.setAttribute(name, ''))")
    ratios = page.evaluate(CONTRAST)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.close()
    assert ground == "rgb(22, 24, 28)"
    assert min(ratios) >= 4.5


@pytest.mark.parametrize("kind", KINDS)
def test_the_letter_reads_well_with_every_style_sheet_gone(
    browser: Browser, kind: str, tmp_path: Path
) -> None:
    """Gmail's app drops them for accounts of other services: one column, title first, nothing hidden shown."""
    page = show(browser, kind, tmp_path, width=1200, bare=True)
    boxes = page.evaluate(
        "['.masthead', '.title', '.post', '.footer'].map(name => document.querySelector(name).getBoundingClientRect())"
        ".map(box => [box.left, box.top, box.width])"
    )
    seen = page.inner_text("body")
    size = page.evaluate("getComputedStyle(document.querySelector('.post p')).fontSize")
    page.close()
    assert [top for _, top, _ in boxes] == sorted(top for _, top, _ in boxes)
    assert all(width <= 600 for _, _, width in boxes)
    assert 250 <= boxes[0][0] <= 350
    title = "Five posts of a month" if kind == "digest" else POSTS[kind].title
    assert [line for line in seen.splitlines() if line.strip()][1] == title
    assert "Words for the list" not in seen
    assert int(size.removesuffix("px")) >= 17


def test_lines_are_comfortably_long(browser: Browser, tmp_path: Path) -> None:
    """Some 66 characters on a desktop, some 40 on a phone."""
    count = """() => {
      const prose = [...document.querySelectorAll('.post p')].find(each => each.textContent.length > 999);
      return prose.textContent.length / (prose.offsetHeight / parseInt(getComputedStyle(prose).lineHeight));
    }"""
    lengths = []
    for width in (800, 375):
        page = show(browser, "prose", tmp_path, width=width)
        lengths.append(page.evaluate(count))
        page.close()
    assert 55 <= lengths[0] <= 75
    assert 32 <= lengths[1] <= 45


def test_code_runs_left_to_right_in_a_right_to_left_letter(browser: Browser, tmp_path: Path) -> None:
    """The text is mirrored, programs are not."""
    page = show(browser, "persian", tmp_path, width=800)
    sides = page.evaluate(
        "['.post p:not(.mailed)', '.post pre', '.post code', '.title', '.post ul'].map(name => "
        "getComputedStyle(document.querySelector(name)).direction)"
    )
    page.close()
    assert sides == ["rtl", "ltr", "ltr", "rtl", "rtl"]


def test_the_way_out_is_large_enough_for_a_thumb(browser: Browser, tmp_path: Path) -> None:
    """44 pixels, as the guides for touch screens ask."""
    page = show(browser, "english", tmp_path, width=375)
    heights = page.evaluate("[...document.querySelectorAll('.links a')].map(link => link.offsetHeight)")
    page.close()
    assert len(heights) == 2
    assert min(heights) >= 44


def test_each_post_of_a_digest_runs_in_its_own_direction(browser: Browser, tmp_path: Path) -> None:
    """A Persian one among English ones, aligned as its readers expect."""
    page = show(browser, "digest", tmp_path, width=800)
    entries = page.evaluate(
        "[...document.querySelectorAll('.entry')].map(entry => [entry.lang, "
        "getComputedStyle(entry).direction, getComputedStyle(entry).textAlign])"
    )
    page.close()
    assert ["fa", "rtl", "right"] in entries
    assert {("ltr", "left")} == {(way, side) for language, way, side in entries if language != "fa"}


def test_a_logo_made_for_light_ground_has_one_in_the_dark(browser: Browser, tmp_path: Path) -> None:
    """Dark ink on nothing would be gone."""
    page = show(browser, "english", tmp_path, width=800, dark=True)
    style = page.evaluate(
        "(({backgroundColor, backgroundImage, paddingLeft}) => [backgroundColor, backgroundImage, paddingLeft])"
        "(getComputedStyle(document.querySelector('.logo')))"
    )
    page.close()
    assert style == ["rgb(255, 255, 255)", "linear-gradient(rgb(255, 255, 255), rgb(255, 255, 255))", "12px"]


def test_the_preheader_is_read_by_nobody_who_sees_the_letter(browser: Browser, tmp_path: Path) -> None:
    """It is for the list of mails only."""
    page = show(browser, "english", tmp_path, width=375, bare=True)
    height = page.evaluate("document.querySelector('.preheader').offsetHeight")
    page.close()
    assert height == 0
