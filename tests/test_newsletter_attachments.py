"""`--embed-images`: pictures as parts of the mail."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from feeds.model import Issue
from feeds.newsletter.content import attachments
from feeds.newsletter.content.attachments import Embedded, embed
from feeds.settings import Settings, Site, Workspace
from samples import a_post

if TYPE_CHECKING:
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
URL = "https://example.org/posts/hello/"


def cid(data: bytes) -> str:
    """The Content-ID that a file has."""
    return f"{sha256(data).hexdigest()[:32]}@example.org"


def embedded(root: Path, html: str, *, posts: int = 1) -> Embedded:
    """`html` with its pictures, in an issue of the site in the folder `root`."""
    settings = Settings(site=Site(title="E", url="https://example.org:8443"))
    if "8443" not in html:
        settings = Settings(site=Site(title="E", url="https://example.org"))
    workspace = Workspace(root=root, file=root / "feeds.toml", settings=settings)
    all_posts = [
        a_post(path="posts/hello/index.md", url=URL, html=html),
        a_post(path="posts/second/index.md", url="https://example.org/posts/second/", html=html),
    ]
    post = all_posts[0]
    issue = Issue(
        number=1, id="i", posts=tuple(all_posts[:posts]), when=post.published, subject="s", preheader=""
    )
    return embed(html, issue, workspace)


def put(root: Path, file: str, data: bytes) -> None:
    """Write a file of the site."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_a_picture_of_the_site_becomes_a_part_once(tmp_path: Path) -> None:
    """However often it is shown, and under whatever names; the rest of the HTML stays byte for byte."""
    put(tmp_path, "content/posts/hello/a b.png", PNG)
    put(tmp_path, "static/logo.png", PNG)
    rest = "<!--[if mso]><p title='a > b'>&amp;&#123;x</p><![endif]-->"
    html = (
        f'{rest}<img alt="a > b" src="{URL}a%20b.png" width="9"><img src=\'{URL}a%20b.png\'>'
        '<IMG SRC="https://example.org/logo.png"><p src="x">'
    )
    found = embedded(tmp_path, html)
    name = cid(PNG)
    assert found.html == (
        f'{rest}<img alt="a > b" src="cid:{name}" width="9"><img src="cid:{name}">'
        f'<IMG SRC="cid:{name}"><p src="x">'
    )
    (attachment,) = found.attachments
    assert (attachment.cid, attachment.media_type, attachment.name, attachment.data) == (
        name, "image/png", "a-b.png", PNG,
    )  # fmt: skip
    assert found.problems == ()


def test_the_same_mail_has_the_same_parts(tmp_path: Path) -> None:
    """In order of appearance, with the same names."""
    put(tmp_path, "static/b.png", PNG + b"b")
    put(tmp_path, "static/a.gif", b"GIF89a")
    html = '<img src="https://example.org/b.png"><img src="https://example.org/a.gif">'
    found = embedded(tmp_path, html)
    assert found == embedded(tmp_path, html)
    assert [each.media_type for each in found.attachments] == ["image/png", "image/gif"]


def test_a_digest_has_the_pictures_of_all_its_posts(tmp_path: Path) -> None:
    """Each lies beside its own post."""
    put(tmp_path, "content/posts/second/a.png", PNG)
    html = '<img src="https://example.org/posts/second/a.png">'
    assert len(embedded(tmp_path, html, posts=2).attachments) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://elsewhere.example/a.png">',
        '<img src="https://example.org/lost.png">',
        '<img src="https://example.org/a.svg?x=&#123;">',
        '<img alt="src=">',
        '<img src="cid:x@y">',
        '<p>&lt;img src="https://example.org/a.png"></p>',
    ],
)
def test_what_is_no_picture_of_the_site_stays(html: str, tmp_path: Path) -> None:
    """Byte for byte, and without a word: it is shown as ever."""
    put(tmp_path, "static/a.svg", b"<svg>")
    put(tmp_path, "static/a.png", PNG)
    assert embedded(tmp_path, html) == Embedded(html, (), ())


def test_a_mail_does_not_grow_beyond_what_is_delivered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no longer fits stays on the web, by name; what comes after may still fit."""
    monkeypatch.setattr(attachments, "MOST", 500_000)
    put(tmp_path, "static/huge.png", PNG + bytes(600_000))
    put(tmp_path, "static/large.png", PNG + bytes(80_000))
    put(tmp_path, "static/small.png", PNG)
    html = "".join(
        f'<img src="https://example.org/{name}.png">' for name in ("huge", "large", "small", "huge")
    )
    found = embedded(tmp_path, html)
    assert [each.name for each in found.attachments] == ["small.png"]
    assert [problem.message for problem in found.problems] == [
        "'huge.png' is not embedded, and stays on the web: more than 500000 bytes, so it is not read",
        "'large.png' is not embedded, and stays on the web: the mail would have more than 500,000 bytes",
    ]
    assert {(each.code, each.severity, each.path) for each in found.problems} == {
        ("mail-image", "warning", "content/posts/hello/index.md")
    }
    assert html.replace("https://example.org/small.png", f"cid:{cid(PNG)}") == found.html


def test_a_port_is_no_part_of_a_content_id(tmp_path: Path) -> None:
    """RFC 5322 knows none there."""
    put(tmp_path, "static/a.png", PNG)
    (attachment,) = embedded(tmp_path, '<img src="https://example.org:8443/a.png">').attachments
    assert attachment.cid == cid(PNG)


def test_a_name_cannot_break_a_header(tmp_path: Path) -> None:
    """Files may be called anything."""
    put(tmp_path, 'static/a"\r\nBcc: x@y.png', PNG)
    html = '<img src="https://example.org/a%22%0D%0ABcc:%20x@y.png">'
    (attachment,) = embedded(tmp_path, html).attachments
    assert attachment.name == "a-Bcc-x-y.png"
