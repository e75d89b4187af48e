"""Where links to the pages and documents of a Jekyll site lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feeds import config, documents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = '[site]\ntitle = "T"\nurl = "https://example.org/b"\n[content]\ndir = "{}"\ndialect = "jekyll"\n'


def of_site(make_site: Callable[..., Path], files: dict[str, str], folder: str = "_posts") -> dict[str, str]:
    """The documents of a site with these files, without the beginning of their addresses."""
    site = make_site(files, settings=SETTINGS.format(folder))
    found = documents.of_site(config.load(site))
    return {path: url.removeprefix("https://example.org/b") for path, url in found.items()}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("about.md", "", "/about/"),
        ("_pages/me/cv.md", "", "/me/cv.html"),
        ("_tabs/about.md", "---\ntitle: x\n---\n", "/about.html"),
        ("_projects/rope.md", "---\npermalink: /r/\n---\n", "/r/"),
        ("_projects/rope.md", '---\npermalink: "/r/" # here\n---\n', "/r/"),
        ("_projects/rope.md", "\ufeff---\r\npermalink: /r/\r\n---\r\n", "/r/"),
        ("_projects/rope.md", "---\npermalink: /:title/\n---\n", "/projects/rope.html"),
        ("_projects/rope.md", "---\ntitle: x\n---\n\npermalink: /in-the-text/\n", "/projects/rope.html"),
        ("_projects/rope.md", "permalink: /in-the-text/\n", "/projects/rope.html"),
        ("_includes/x.md", "", None),
        ("docs/x.md", "", None),
        ("_posts/2025-01-31-a.md", "", None),
    ],
)
def test_a_document_is_where_it_says_or_where_jekyll_puts_it(
    make_site: Callable[..., Path], path: str, text: str, expected: str | None
) -> None:
    """What its front matter says wins; pages are at the top, documents in their collection."""
    files = {"_posts/a.md": "", path: text}
    assert ({path: expected} if expected else {}) == of_site(make_site, files)


def test_the_source_may_be_a_folder_of_the_site(make_site: Callable[..., Path]) -> None:
    """Jekyll's links begin there."""
    files = {"docs/_posts/a.md": "", "docs/_notes/b.md": "", "_notes/c.md": ""}
    assert {"_notes/b.md": "/notes/b.html"} == of_site(make_site, files, "docs/_posts")


def test_links_are_not_followed(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """They could lead anywhere."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("---\npermalink: /secret/\n---\n")
    site = make_site({"_posts/a.md": "", "_notes/b.md": ""}, settings=SETTINGS.format("_posts"))
    (site / "_linked").symlink_to(outside)
    (site / "_notes" / "c.md").symlink_to(outside / "secret.md")
    assert ["_notes/b.md"] == list(documents.of_site(config.load(site)))
