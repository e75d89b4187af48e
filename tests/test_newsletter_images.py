"""What the images of a post are, from the site's own files."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds import site_files
from feeds.newsletter.content.fitting import fit
from feeds.newsletter.content.images import kind_of, look_up, substitute
from feeds.settings import Content, Settings, Site, Workspace
from samples import a_post

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings(site=Site(title="E", url="https://example.org/blog"), content=Content(dir="src/posts"))
URL = "https://example.org/blog/trip/"


def png(width: int, height: int = 10) -> bytes:
    """The start of a PNG file of that many pixels."""
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", width, height) + bytes(9)
    )


WEBP = b"RIFF\x1e\0\0\0WEBPVP8L\x11\0\0\0/\x3f\x80\x0f" + bytes(12)  # 64 pixels wide, 63 high
SVG = b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def site(root: Path) -> site_files.Site:
    """The site in the folder `root`, seen from a post."""
    return site_files.Site(root, SETTINGS, URL, "trip")


def put(root: Path, file: str, data: bytes) -> None:
    """Write a file of the site."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def fitted(root: Path, html: str) -> tuple[str, list[str]]:
    """A post with the text `html` made fit for mail, and the codes of what was noticed."""
    workspace = Workspace(root=root, file=root / "feeds.toml", settings=SETTINGS)
    found = fit(a_post(path="trip/index.md", url=URL, html=html), workspace, column=544)
    return "".join(found.blocks), [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    ("file", "url", "expected"),
    [
        ("src/posts/trip/a b.png", "https://example.org/blog/trip/a%20b.png", 321),
        ("src/posts/trip/sub/a.png", "https://example.org/blog/trip/sub/a.png?v=2", 321),
        ("static/images/a.png", "https://example.org/blog/images/a.png", 321),
        ("static/images/a@2x.png", "https://example.org/blog/images/a@2x.png", 161),
        ("src/posts/images/a.png", "https://example.org/blog/images/a.png", 321),
        ("static/images/a.png", "https://example.org/images/a.png", 0),
        ("static/images/a.png", "https://elsewhere.org/blog/images/a.png", 0),
        ("static/images/a.png", "https://example.org/blog/images/", 0),
        ("static/images/a.png", "https://example.org/blog/%00.png", 0),
        ("secret.png", "https://example.org/blog/../secret.png", 321),
    ],
)
def test_a_width_is_read_from_the_file_that_the_url_shows(
    file: str, url: str, expected: int, tmp_path: Path
) -> None:
    """A page bundle, `static/` and the content folder are looked into, and only for the site's own URLs."""
    (tmp_path / "static").mkdir()
    put(tmp_path, file, png(321))
    assert expected == look_up(url, site(tmp_path)).width


@pytest.mark.parametrize("data", [b"", b"not an image", png(1)[:14], b"\xff\xd8\xff\xe0\0\x10JFIF\0", png(0)])
def test_a_file_that_is_no_image_has_no_width(data: bytes, tmp_path: Path) -> None:
    """A broken file is no reason to stop."""
    put(tmp_path, "static/a.png", data)
    found = look_up("https://example.org/blog/a.png", site(tmp_path))
    assert (found.width, found.height) == (0, 0)


MAGIC = [
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF89a",
    b"RIFF\0\0\0\0WEBP",
    b"\0\0\0\x20ftypavif",
    b"<svg",
]


@given(st.sampled_from(MAGIC), st.binary(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damaged_file_raises(tmp_path: Path, magic: bytes, rest: bytes) -> None:
    """Whatever follows the first bytes of a picture."""
    put(tmp_path, "static/a.png", magic + rest)
    found = look_up("https://example.org/blog/a.png", site(tmp_path))
    assert found.kind == (kind_of(magic + rest) or "png")
    assert found.width >= 0


def test_what_the_reader_of_sizes_raises_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its releases differ in that."""

    def get(_: object) -> tuple[int, int]:
        raise struct.error

    monkeypatch.setattr("imagesize.get", get)
    put(tmp_path, "static/a.png", png(5))
    assert look_up("https://example.org/blog/a.png", site(tmp_path)).width == 0


def test_files_outside_the_site_are_not_opened(tmp_path: Path) -> None:
    """Neither dots nor a symbolic link lead out."""
    root = tmp_path / "site"
    (root / "static").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(png(7))
    (root / "static/link.png").symlink_to(tmp_path / "secret.png")
    for name in ("link.png", "%2e%2e/%2e%2e/secret.png", "../../secret.png"):
        assert look_up(f"https://example.org/blog/{name}", site(root)).width == 0


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (png(1), "png"), (b"\xff\xd8\xff\xe0", "jpeg"), (b"GIF87a", "gif"), (WEBP, "webp"), (SVG, "svg"),
        (b"\xef\xbb\xbf<!DOCTYPE svg PUBLIC 'x'><svg>", "svg"), (b"\0\0\0\x1cftypheic", "heic"),
        (b"\0\0\0\x1cftypavif", "avif"), (b"<html><svg>", ""), (b"", ""),
    ],
)  # fmt: skip
def test_a_file_is_what_it_holds(data: bytes, kind: str, tmp_path: Path) -> None:
    """Whatever it is called: a WebP named `.jpg` is none that Outlook shows."""
    put(tmp_path, "static/a.jpg", data)
    assert (kind or "jpeg") == look_up("https://example.org/blog/a.jpg", site(tmp_path)).kind


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"d.png": png(200)}, "d.png"),
        ({"d.jpg": b"\xff\xd8\xff\xe0", "d.gif": b"GIF89a"}, "d.jpg"),
        ({"d.png": WEBP, "d.gif": b"GIF89a"}, "d.gif"),
        ({"d.png": SVG}, ""),
        ({"other.png": png(200)}, ""),
    ],
)
def test_a_substitute_has_the_same_name(files: dict[str, bytes], expected: str, tmp_path: Path) -> None:
    """And is what its name says."""
    for name, data in files.items():
        put(tmp_path, f"src/posts/trip/{name}", data)
    assert expected == substitute(URL + "d.svg", site(tmp_path)).removeprefix(URL)


@pytest.mark.parametrize("name", ["d.svg", "d.webp", "d.avif"])
def test_mails_take_the_picture_beside_one_that_they_do_not_show(name: str, tmp_path: Path) -> None:
    """With its own size, and without a word."""
    put(tmp_path, "src/posts/trip/d.png", png(200, 100))
    html, codes = fitted(tmp_path, f'<p><img src="{URL}{name}" alt="D"></p>')
    assert html == f'<p><img src="{URL}d.png" alt="D" width="200" class="block"></p>'
    assert codes == []


def test_mails_take_what_a_picture_offers(tmp_path: Path) -> None:
    """The first that every program shows, of its sources and of the image's."""
    one, two = "https://e.org/a.avif", "https://e.org/a.jpg"
    html, codes = fitted(
        tmp_path,
        f'<picture><source srcset="{one} 1x, {two} 2x"><source><img src="https://e.org/a.webp" alt="D"></picture>',
    )
    assert html == f'<p><img src="{two}" alt="D" width="544" class="block natural"></p>'
    assert codes == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p><img src="{0}d.svg" alt="D"></p>', '<p><a href="{0}d.svg">D</a></p>'),
        ('<p><img src="{0}my%20d.svg" alt=""></p>', '<p><a href="{0}my%20d.svg">my d.svg</a></p>'),
        (
            '<figure><img src="{0}d.svg" alt="D"><figcaption>C</figcaption></figure>',
            '<div class="figure"><p><a href="{0}d.svg">D</a></p><div class="caption">C</div></div>',
        ),
        (
            '<p><img src="{0}d.webp" alt="D" width="9"></p>',
            '<p><a href="{0}d.webp"><img src="{0}d.webp" alt="D" width="9" class="block"></a></p>',
        ),
        (
            '<p>a <img src="{0}d.webp" alt="D" width="9"></p>',
            '<p>a <img src="{0}d.webp" alt="D" width="9"></p>',
        ),
    ],
)
def test_a_picture_that_is_not_shown_can_be_opened(html: str, expected: str, tmp_path: Path) -> None:
    """SVG is a link. WebP stays, which all but Outlook on Windows and old programs show, and is one as well."""
    made, codes = fitted(tmp_path, html.format(URL))
    assert expected.format(URL) == made
    assert codes == ["mail-image"]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [("", 400), ('height="50"', 200), ('width="80"', 80), ('width="50%"', 272), ('width="auto"', 400)],
)
def test_the_ratio_is_that_of_the_file(attributes: str, expected: int, tmp_path: Path) -> None:
    """A height alone says the width as well, which is all that the mail says."""
    put(tmp_path, "src/posts/trip/a.png", png(400, 100))
    made, _ = fitted(tmp_path, f'<p><img src="{URL}a.png" alt="A" {attributes}></p>')
    assert made == f'<p><img src="{URL}a.png" alt="A" width="{expected}" class="block"></p>'


def test_a_still_beside_a_video_is_its_poster(tmp_path: Path) -> None:
    """As a substitute is beside a picture."""
    put(tmp_path, "src/posts/trip/v.png", png(700, 100))
    made, codes = fitted(tmp_path, f'<video src="{URL}v.mp4"></video>')
    assert f'<img src="{URL}v.png" alt="" width="544" class="block">▶ Watch' in made
    assert codes == []


def test_a_spacer_is_known_by_its_file(tmp_path: Path) -> None:
    """Nobody wants it as wide as the column."""
    put(tmp_path, "src/posts/trip/s.gif", b"GIF89a\x01\0\x01\0\0\0\0")
    made, codes = fitted(tmp_path, f'<p>a <img src="{URL}s.gif" alt=""></p>')
    assert 'width="1" height="1"' in made
    assert codes == []
