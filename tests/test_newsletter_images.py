"""How wide the images of a post are, from the site's own files."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feeds.newsletter.images import width_of
from feeds.settings import Content, Settings, Site
from samples import a_post

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings(site=Site(title="E", url="https://example.org/blog"), content=Content(dir="src/posts"))
POST = a_post(
    id="1",
    path="trip/index.md",
    url="https://example.org/blog/trip/",
    title="T",
    published=datetime(2026, 1, 1, tzinfo=UTC),
    updated=datetime(2026, 1, 1, tzinfo=UTC),
    html="",
)


def png(width: int) -> bytes:
    """The start of a PNG file that is `width` pixels wide."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", width, 10) + bytes(9)


@pytest.mark.parametrize(
    ("file", "url", "expected"),
    [
        ("src/posts/trip/a b.png", "https://example.org/blog/trip/a%20b.png", 321),
        ("src/posts/trip/sub/a.png", "https://example.org/blog/trip/sub/a.png?v=2", 321),
        ("static/images/a.png", "https://example.org/blog/images/a.png", 321),
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
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "static").mkdir(exist_ok=True)
    path.write_bytes(png(321))
    assert expected == width_of(url, POST, SETTINGS, tmp_path)


@pytest.mark.parametrize("data", [b"", b"not an image", png(1)[:14], b"\xff\xd8\xff\xe0\0\x10JFIF\0"])
def test_a_file_that_is_no_image_has_no_width(data: bytes, tmp_path: Path) -> None:
    """A broken file is no reason to stop."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static/a.png").write_bytes(data)
    assert width_of("https://example.org/blog/a.png", POST, SETTINGS, tmp_path) == 0


def test_files_outside_the_site_are_not_opened(tmp_path: Path) -> None:
    """Neither dots nor a symbolic link lead out."""
    site = tmp_path / "site"
    (site / "static").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(png(7))
    (site / "static/link.png").symlink_to(tmp_path / "secret.png")
    for name in ("link.png", "%2e%2e/%2e%2e/secret.png", "../../secret.png"):
        assert width_of(f"https://example.org/blog/{name}", POST, SETTINGS, site) == 0
