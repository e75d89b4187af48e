"""The preview of a mail: one page with all its frames, which loads, runs and sends nothing."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.newsletter.report import preview
from feeds.problems import Problem

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page, Route

NOWHERE = Path("/nonexistent")
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="
HTML = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>.x{color:#111111}
@media (max-width:480px){.x{font-size:21px}}
@media (prefers-color-scheme: dark){body{background:#16181c !important}.x{color:#eeeeee}}
</style></head>
<body style="background:#ffffff"><h1 class="x">A harbour</h1>
<p><a href="https://example.org/">a link</a> <a href="javascript:alert(1)">evil</a></p>
<img src="https://example.org/a.png" srcset="https://example.org/b.png 2x" alt="The harbour" width="200" height="100">
<img src="https://example.org/known.png" alt="A pixel" width="40">
<table background="https://example.org/c.png"><tr><td style="background:url(https://example.org/d.png)">x</td></tr></table>
<script>top.document.title = "evil"</script>
</body></html>"""
LABELS = ["Desktop, light", "Desktop, dark", "Phone, light", "Phone, dark", "No style sheet", "Images off"]


def page(**changes: Any) -> str:
    """A preview with `changes`."""
    given: dict[str, Any] = {
        "subject": "A <b>harbour",
        "preheader": "What stands behind the subject",
        "sender": "The Blog <post@example.org>",
        "date": "11 Apr",
        "html": HTML,
        "text": "A harbour\n\n<https://example.org/>\n",
        "folder": NOWHERE,
    }
    return preview.page(**(given | changes)).decode()


class _Frames(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            attributes = dict(attrs)
            self.found[attributes["title"] or ""] = attributes


def frames(html: str) -> dict[str, dict[str, str | None]]:
    """The attributes of each frame of a page, by its title."""
    reader = _Frames()
    reader.feed(html)
    return reader.found


def inside(name: str, **changes: Any) -> str:
    """The document in a frame."""
    return frames(page(**changes))[name]["srcdoc"] or ""


def test_every_frame_is_there_and_sandboxed() -> None:
    """With no rights at all: no script, no form, no way out."""
    found = frames(page())
    assert LABELS == list(found)
    assert {""} == {attributes["sandbox"] or "" for attributes in found.values()}
    assert all("src" not in attributes for attributes in found.values())


def test_the_page_s_policy_allows_no_network_and_no_scripts() -> None:
    """Before anything else in the head."""
    html = page()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert {"default-src 'none'", "img-src data:", "form-action 'none'"} <= set(policy[1].split("; "))
    assert "script" not in policy[1]
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert "<script" not in re.sub(r'srcdoc="[^"]*"', "", html)


def test_what_authors_write_is_text() -> None:
    """In the page around the frames."""
    html = page(subject='"><script>1</script>', text="</pre><script>2</script>", sender="<script>3</script>")
    assert "<script" not in re.sub(r'srcdoc="[^"]*"', "", html)
    assert "&lt;script&gt;2" in html


@pytest.mark.parametrize(
    ("frame", "dark", "light", "meta"),
    [
        ("Desktop, light", "(max-width:0px)", "(min-width:0px)", "light"),
        ("Phone, dark", "(min-width:0px)", "(max-width:0px)", "dark"),
    ],
)
def test_schemes_are_forced_by_the_media_query(frame: str, dark: str, light: str, meta: str) -> None:
    """In style sheets only: an author who writes about them is left alone."""
    html = (
        '<meta name="color-scheme" content="light dark"><style>@media screen and ( PREFERS-color-scheme :dark )'
        "{a{}}</style><style>@media (prefers-color-scheme:light){b{}}</style><p>(prefers-color-scheme:dark)</p>"
    )
    found = inside(frame, html=html)
    assert f"@media screen and {dark}" in found
    assert f"@media {light}" in found
    assert "<p>(prefers-color-scheme:dark)</p>" in found
    assert f'<meta name="color-scheme" content="{meta}">' in found


def test_without_style_sheets_none_is_left() -> None:
    """Also one that is never closed."""
    assert "<style" not in inside("No style sheet")
    assert "<p>x</p>" == inside("No style sheet", html="<p>x</p><STYLE>a{")


def test_with_images_off_there_is_no_address_of_an_image() -> None:
    """Alternative texts are shown in the place of what cannot be."""
    found = inside("Images off", images={"https://example.org/known.png": PIXEL})
    assert not set(re.findall(r"https://example\.org/\w+", found)) - {"https://example.org/"}
    assert PIXEL not in found
    assert '<img src="data:," alt="The harbour" width="200" height="100">' in " ".join(found.split())


def test_code_about_backgrounds_is_left_alone() -> None:
    """Images behind the text are not shown; what an author writes about them is."""
    said = '<code>td background="a.png", url(b.png), &lt;img src="c.png"&gt;</code>'
    html = f'<td background="a.png" style="background:url(b.png)">{said}</td><style>a{{background:url(c.png)}}</style>'
    expected = f'<td background="" style="background:none">{said}</td><style>a{{background:none}}</style>'
    assert expected == inside("Phone, light", html=html)
    assert expected == inside("Images off", html=html)


def test_images_at_hand_are_shown_and_the_others_are_boxes_of_their_size() -> None:
    """So that the layout is that of the mail."""
    found = inside("Desktop, light", images={"https://example.org/known.png": PIXEL})
    assert f'src="{PIXEL}"' in found
    assert "example.org/a.png" not in found
    assert "example.org/b.png" not in found
    assert "width%3D%22200%22%20height%3D%22100%22" in found
    assert "1 image is a grey box" in page(images={"https://example.org/known.png": PIXEL})
    assert "2 images are grey boxes" in page()
    assert "grey box" not in page(html="<p>x</p>")
    assert f'<img src="{PIXEL}">' == inside("Desktop, light", html=f'<img src="{PIXEL}">')


@pytest.mark.parametrize(
    ("attributes", "width", "height"),
    [
        ('width="90"', 90, 60),
        ("", 300, 200),
        ('width="100%" height="x"', 300, 200),
        ('width="30px" height=20', 30, 20),
    ],
)
def test_boxes_have_some_size(attributes: str, width: int, height: int) -> None:
    """A third less high than wide, where nobody says."""
    found = inside("Desktop, light", html=f'<img {attributes} src="https://e.org/a.png">')
    assert f"width%3D%22{width}%22%20height%3D%22{height}%22" in found


def test_problems_come_first_with_their_place() -> None:
    """As the command line has them."""
    problem = Problem(
        code="mail-invalid", message="no <alt>", path="content/a.md", line=12, column=3, hint="write it"
    )
    html = page(problems=[problem, Problem(code="mail-advice", message="large", severity="warning")])
    assert "<code>content/a.md:12:3</code>" in html
    assert "no &lt;alt&gt;" in html
    assert "write it" in html
    assert html.index("What was found") < html.index("In the inbox")
    assert "What was found" not in page()


@pytest.mark.parametrize(
    ("sender", "name", "sign"),
    [
        ('"Ana" <a@e.org>', "Ana", "A"),
        ("a@e.org", "a@e.org", "A"),
        ("«é» <x@e.org>", "«é»", "É"),
        ("", "", "?"),
    ],
)
def test_the_inbox_has_the_sender_s_name(sender: str, name: str, sign: str) -> None:
    """And a sign, as inboxes do."""
    html = page(sender=sender)
    assert f'aria-hidden="true">{sign}</span>' in html
    assert f'<b dir="auto">{name}</b>' in html


def test_the_bytes_are_the_same_every_time() -> None:
    """A preview that is kept in git differs only when the mail does."""
    assert page() == page()


def test_a_site_may_have_a_preview_of_its_own(tmp_path: Path) -> None:
    """Like every template."""
    own = tmp_path / "templates" / "newsletter_preview"
    own.mkdir(parents=True)
    (own / "preview.html").write_text("{{ subject }} only", encoding="utf-8")
    assert "A &lt;b&gt;harbour only" == page(folder=tmp_path)


@given(st.text(max_size=80), st.text(max_size=300))
def test_any_mail_has_a_preview(subject: str, html: str) -> None:
    """The frames hold what the mail is, and nothing gets out of them."""
    made = page(subject=subject, html=html, text=html)
    assert LABELS == list(frames(made))
    assert "<script" not in re.sub(r'srcdoc="[^"]*"', "", made)


@given(
    st.lists(
        st.sampled_from(
            ["<img ", "src=", '"', "'", ">", "<style", "</style>", "(prefers-color-scheme:dark)", "url(", ")"]
        ),
        max_size=200,
    )
)
def test_hostile_pieces_are_read_in_no_time(pieces: list[str]) -> None:
    """No pattern goes astray in what is never closed."""
    assert LABELS == list(frames(page(html="".join(pieces) * 20)))


# -- in a browser


def show(
    browser: Browser, html: str, tmp_path: Path, *, width: int = 1400, dark: bool = False
) -> tuple[Page, list[str]]:
    """The page in a window, and what it asked the network for."""
    file = tmp_path / "preview.html"
    file.write_text(html, encoding="utf-8")
    asked: list[str] = []
    shown = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    shown.route(lambda url: url.startswith("http"), answer)
    shown.goto(file.as_uri())
    return shown, asked


def frame(shown: Page, name: str) -> Frame:
    """A frame by its title."""
    element = shown.query_selector(f'iframe[title="{name}"]')
    assert element
    found = element.content_frame()
    assert found
    return found


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True])
def test_frames_have_their_own_scheme_in_any_browser(browser: Browser, tmp_path: Path, *, dark: bool) -> None:
    """Dark is dark on a light desktop, and light is light on a dark one."""
    shown, asked = show(browser, page(), tmp_path, dark=dark)
    colours = {
        name: frame(shown, name).evaluate("getComputedStyle(document.querySelector('.x')).color")
        for name in LABELS
    }
    title = shown.title()
    shown.close()
    assert {name for name in LABELS if "dark" in name} == {
        n for n, c in colours.items() if c == "rgb(238, 238, 238)"
    }
    assert "rgb(17, 17, 17)" == colours["Phone, light"]
    assert "rgb(0, 0, 0)" == colours["No style sheet"]
    assert "Preview: A <b>harbour" == title
    assert [] == asked


@pytest.mark.browser
def test_phones_are_as_wide_as_phones(browser: Browser, tmp_path: Path) -> None:
    """The mail's own rules for narrow screens hold in them, and only there."""
    shown, _ = show(browser, page(), tmp_path)
    widths = {name: frame(shown, name).evaluate("innerWidth") for name in LABELS}
    size = "getComputedStyle(document.querySelector('.x')).fontSize"
    sizes = [frame(shown, name).evaluate(size) for name in ("Phone, light", "Desktop, light")]
    shown.close()
    assert 360 <= widths["Phone, light"] <= 375
    assert widths["Desktop, light"] >= 600
    assert "21px" == sizes[0] != sizes[1]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 375, 768, 1400])
def test_the_page_itself_fits_every_screen(browser: Browser, tmp_path: Path, width: int) -> None:
    """No sideways scroll, and the desktop stays one."""
    html = page(subject="A-very-long-subject-without-a-place-to-break" * 4, text="x" * 900)
    shown, _ = show(browser, html, tmp_path, width=width)
    wide, seen = shown.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    desktop = frame(shown, "Desktop, light").evaluate("innerWidth")
    shown.close()
    assert wide <= seen
    assert desktop >= 600


@pytest.mark.browser
def test_the_page_can_be_used_from_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    """Links to the frames, longer frames, and a text that scrolls."""
    shown, _ = show(browser, page(), tmp_path)
    before = shown.evaluate("document.querySelector('iframe').offsetHeight")
    shown.focus("#long")
    shown.keyboard.press("Space")
    after = shown.evaluate("document.querySelector('iframe').offsetHeight")
    targets = shown.evaluate(
        "[...document.querySelectorAll('nav a')].map(a => !!document.querySelector(a.hash))"
    )
    shown.focus("pre")
    focused = shown.evaluate("document.activeElement.localName")
    shown.close()
    assert after > 3 * before
    assert [True] * 4 == targets
    assert "pre" == focused


@pytest.mark.browser
def test_a_link_in_a_frame_leads_nowhere(browser: Browser, tmp_path: Path) -> None:
    """Neither the page nor the network is touched by a slip of the hand."""
    shown, asked = show(browser, page(), tmp_path)
    shown.frame_locator('iframe[title="Desktop, light"]').locator("a").first.click()
    address = shown.url
    shown.close()
    assert address.startswith("file:")
    assert [] == asked


def test_frames_hold_the_mail_unchanged_but_for_what_is_forced() -> None:
    """What one sees is what is sent."""
    assert HTML.partition("<body")[0].splitlines()[0] == inside("Phone, light").splitlines()[0]
    assert "<p>a &amp; b “c”</p>" == inside("Phone, light", html="<p>a &amp; b “c”</p>")
    assert "a & b" == unescape(re.search("<pre[^>]*>(.*?)</pre>", page(text="a & b"), re.DOTALL)[1])  # type: ignore[index] # it is there
