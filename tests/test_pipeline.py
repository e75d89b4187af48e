"""From content files to posts and reports: what the front matter left open is filled in, clashes are named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import config, pipeline
from feeds.body import markup
from feeds.content import header_keys
from feeds.model import Person
from feeds.problems import Problem
from feeds.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeds.body.page import Page
    from feeds.model import Post

    MakeSite = Callable[..., Path]

NOW = datetime(2026, 1, 1, tzinfo=UTC)
AUTHORED = (
    '[site]\ntitle = "T"\nurl = "https://example.org"\nauthor = "Ana <ana@example.org>"\nlanguage = "pt"\n'
)


def gather(folder: Path) -> tuple[list[Post], list[str]]:
    """The posts of a site, and its problems as `path:line severity code message`."""
    found = pipeline.gather(config.load(folder), now=NOW)
    return list(found.posts), [f"{p.path}:{p.line} {p.severity} {p.code} {p.message}" for p in found.problems]


def only(folder: Path) -> Post:
    """The one post of a site without problems."""
    posts, problems = gather(folder)
    assert [] == problems
    (post,) = posts
    return post


@pytest.mark.parametrize(
    ("path", "title", "body", "expected"),
    [
        ("a.md", "title: Given", "# Heading\n\ntext", "Given"),
        ("a.md", "title: 2025", "text", "2025"),
        ("a.md", 'title: "<em>One</em> &amp; two"', "text", "One & two"),
        ("a.md", "title: a < b", "text", "a < b"),
        ("a.md", "", "text\n\n# The *first* heading\n", "The first heading"),
        ("my-long_name.md", "", "text", "My long name"),
        ("---.md", "", "text", ""),
        ("2025-02-01.md", "", "text", ""),
    ],
)
def test_titles(make_site: MakeSite, path: str, title: str, body: str, expected: str) -> None:
    """Plain text from the front matter, else the first heading, else the file's name, if it says anything."""
    site = make_site({f"content/{path}": f"---\n{title}\ndate: 2025-01-31\n---\n{body}\n"})
    assert expected == only(site).title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("", "<p>text</p>"),
        ("title: The heading", "<p>text</p>"),
        ("title: T", '<h1 id="the-heading">The <em>heading</em></h1>'),
    ],
)
def test_the_title_is_not_said_twice(make_site: MakeSite, title: str, expected: str) -> None:
    """A heading at the top that repeats the title is left out; another one stays."""
    site = make_site({"content/a.md": f"---\n{title}\ndate: 2025-01-31\n---\n# The *heading*\n\ntext\n"})
    assert only(site).html.startswith(expected)


@pytest.mark.parametrize(
    ("header", "body", "expected"),
    [
        ("description: Given *in Markdown*, 5 * 3", "Body.", "Given in Markdown, 5 * 3"),
        ('description: ""', "Body text.", "Body text."),
        ("subtitle:", "Opening **words**.\n\n<!--more-->\n\nThe rest.", "Opening words."),
        ("x: y", "## Heading\n\nFirst sentence.\n\n```\ncode\n```\n", "First sentence."),
        ("x: y", "", ""),
    ],
)
def test_summaries(make_site: MakeSite, header: str, body: str, expected: str) -> None:
    """The author's words, else what stands above the marker, else the opening of the text."""
    site = make_site({"content/a.md": f"---\ntitle: T\ndate: 2025-01-31\n{header}\n---\n{body}\n"})
    assert expected == only(site).summary


def test_what_a_post_does_not_say_the_site_says(make_site: MakeSite) -> None:
    """Author and language."""
    post = only(make_site({"content/a.md": "---\ntitle: T\ndate: 2025-01-31\n---\n"}, AUTHORED))
    assert ((Person(name="Ana", email="ana@example.org"),), "pt", "ltr") == (
        post.authors,
        post.language,
        post.direction,
    )


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("lang: fa", ("fa", "rtl")),
        ("lang: he-IL", ("he-IL", "rtl")),
        ("lang: az-Arab", ("az-Arab", "rtl")),
        ("lang: ks-Latn", ("ks-Latn", "ltr")),
        ("lang: fa\ndir: ltr", ("fa", "ltr")),
        ("dir: rtl", ("en", "rtl")),
    ],
)
def test_direction_follows_the_language(make_site: MakeSite, header: str, expected: tuple[str, str]) -> None:
    """Unless the post says it itself."""
    post = only(make_site({"content/a.md": f"---\ntitle: T\ndate: 2025-01-31\n{header}\n---\n"}))
    assert expected == (post.language, post.direction)


def test_an_update_never_comes_before_publication(make_site: MakeSite) -> None:
    """Some generators write the first commit's date there."""
    post = only(make_site({"content/a.md": "---\ndate: 2025-01-31\nlastmod: 2024-01-01\n---\n"}))
    assert post.published == post.updated


def test_files_beside_the_post_are_measured(make_site: MakeSite) -> None:
    """The length of an enclosure in a page bundle is that of the file; elsewhere it is what the author says."""
    enclosures = ["talk one.mp3", "{url: /far.mp3, length: 9}", "/static.mp3", "../../../secret.mp3"]
    lines = "".join(f"  - {each}\n" for each in [*enclosures, "https://elsewhere.example/talk.mp3"])
    site = make_site(
        {
            "content/posts/a/index.md": f"---\ntitle: T\ndate: 2025-01-31\nenclosures:\n{lines}---\n",
            "content/posts/a/talk one.mp3": b"12345",
            "static/static.mp3": b"123",
        }
    )
    (site.parent / "secret.mp3").write_bytes(b"1")
    (post,), problems = gather(site)
    assert ["/far.mp3", "../../../secret.mp3"] == [each.split("'")[1] for each in problems]
    assert [
        ("https://example.org/posts/a/talk%20one.mp3", 5),
        ("https://example.org/far.mp3", 9),
        ("https://example.org/static.mp3", 3),
        ("https://example.org/secret.mp3", 0),
        ("https://elsewhere.example/talk.mp3", 0),
    ] == [(each.url, each.length) for each in post.enclosures]


def test_a_file_has_one_address(make_site: MakeSite) -> None:
    """Whether the front matter names it or the text: where the site has it, beside the post's file."""
    text = "---\ntitle: T\ndate: 2025-01-31\nimage: a b.png\nenclosure: talk.mp3\n---\n![x](<a b.png>) [talk](talk.mp3)\n"
    for folder, name in (("", "a.md"), ("posts/", "a.md"), ("posts/a/", "index.md")):
        files = {
            f"content/{folder}{name}": text,
            f"content/{folder}a b.png": b"1",
            f"content/{folder}talk.mp3": b"1",
        }
        post = only(make_site(files))
        assert post.image in post.html
        assert post.enclosures[0].url in post.html
        for path in files:
            (make_site({}) / path).unlink()


def test_two_posts_with_one_address_are_named_both(make_site: MakeSite) -> None:
    """The first by path is published: readers and browsers could show only one."""
    post = "---\ntitle: {}\ndate: 2025-01-{}\nslug: same\n---\n"
    site = make_site({"content/a.md": post.format("A", "01"), "content/b.md": post.format("B", "02")})
    posts, problems = gather(site)
    assert ["A"] == [found.title for found in posts]
    assert [
        "content/b.md:4 error post-duplicate https://example.org/same/ is already the address of content/a.md"
    ] == problems


def test_two_posts_with_one_id_are_named_both(make_site: MakeSite) -> None:
    """A copied file often keeps the id of the original."""
    post = "---\ntitle: T\ndate: 2025-01-01\nid: urn:x:1\n---\n"
    posts, problems = gather(make_site({"content/a.md": post, "content/b.md": post}))
    assert (1, ["content/b.md:4 error post-duplicate urn:x:1 is already the id of content/a.md"]) == (
        len(posts),
        problems,
    )


def test_a_body_that_defeats_us_costs_one_post(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is counted and named like any other broken post."""
    real = markup.to_html

    def fail(markdown: str, page: Page) -> markup.Body:
        if "defeat" in markdown:
            return markup.Body("", (Problem(code="body-unrenderable", message="too much", path=page.path),))
        return real(markdown, page)

    monkeypatch.setattr(markup, "to_html", fail)
    post = "---\ntitle: T\ndate: 2025-01-01\n---\n"
    site = make_site(
        {"content/a.md": post + "defeat", "content/b.md": post, "content/c.md": "---\n[x\n---\n"}
    )
    found = pipeline.gather(config.load(site), now=NOW)
    assert (1, {"broken": 2}) == (len(found.posts), found.held)


def test_a_slip_of_ours_costs_one_post(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named as ours, and the others are published."""

    def fail(markdown: str, _: Page) -> markup.Body:
        return markup.Body(str(1 // 0) if "bad" in markdown else "<p>x</p>", ())

    monkeypatch.setattr(markup, "to_html", fail)
    post = "---\ntitle: T\ndate: 2025-01-01\n---\n"
    posts, problems = gather(make_site({"content/a.md": post + "bad", "content/b.md": post}))
    assert ["b.md"] == [each.path for each in posts]
    assert "content/a.md:0 error post-failed" in problems[0]


def test_an_id_may_be_the_address_of_another_post(make_site: MakeSite) -> None:
    """Imports keep the ids they had, and those were often addresses."""
    post = "---\ntitle: T\ndate: 2025-01-01\n"
    site = make_site(
        {"content/a.md": f"{post}id: https://example.org/b/\n---\n", "content/b.md": f"{post}---\n"}
    )
    posts, problems = gather(site)
    assert (2, []) == (len(posts), problems)


NASTY = st.sampled_from(
    [
        "",
        "x",
        "true",
        "[x]",
        "{x: y}",
        "9" * 5000,
        "http://[x",
        "//[x",
        "https://ex\u2100mple.org",
        "../../..",
        "\\",
        "#",
        "2025-02-30",
    ]
) | st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=20)
KEYS = sorted({key for spellings in header_keys.KEYS.values() for key in spellings} | {"draft", "status"})


@given(st.dictionaries(st.sampled_from(KEYS), NASTY), st.text(max_size=60))
def test_no_front_matter_stops_the_others(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, str], body: str
) -> None:
    """Whatever one post says, the good one is published, and nothing fails through a fault of ours."""
    folder = tmp_path_factory.mktemp("nasty")
    (folder / "content").mkdir()
    (folder / "feeds.toml").write_text('[site]\ntitle = "T"\nurl = "https://example.org"\n')
    lines = "".join(f"{key}: {value}\n" for key, value in {"date": "2025-01-01", **values}.items())
    (folder / "content/a.md").write_bytes(f"---\n{lines}---\n{body}".encode(errors="replace"))
    (folder / "content/good.md").write_text("---\ntitle: Good\ndate: 2025-01-01\nid: urn:x:good\n---\ntext\n")
    posts, problems = gather(folder)
    assert "good.md" in {post.path for post in posts}
    assert not [problem for problem in problems if "post-failed" in problem]


def test_links_between_posts_lead_to_their_addresses(make_site: MakeSite) -> None:
    """Whatever folder they are in; one that leads nowhere is named with its line."""
    header = "---\ntitle: T\ndate: 2025-01-01\n---\n"
    site = make_site(
        {
            "content/posts/a.md": header + "[b](b.md) and [c](../notes/c.md#x) and\n[gone](gone.md)\n",
            "content/posts/b.md": header,
            "content/notes/c.md": header,
        }
    )
    posts, problems = gather(site)
    html = next(post.html for post in posts if post.path == "posts/a.md")
    assert 'href="https://example.org/posts/b/"' in html
    assert 'href="https://example.org/notes/c/#x"' in html
    assert 1 == len(problems)
    assert problems[0].startswith("content/posts/a.md:6 warning link-dangling")


@pytest.mark.parametrize("name", ["index.md", "+page.md"])
def test_pictures_of_a_bundle_are_below_its_address(make_site: MakeSite, name: str) -> None:
    """The page of a folder has the folder's files beside it, wherever its address is."""
    settings = '[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\npermalink = "/{year}/{slug}/"\n'
    post = "---\ntitle: T\ndate: 2025-01-31\n---\n![[desk.png]]\n"
    site = make_site({f"content/a/hello/{name}": post, "content/a/hello/desk.png": b""}, settings)
    assert "https://example.org/2025/hello/desk.png" in only(site).html


def test_progress_hears_of_every_post(make_site: MakeSite) -> None:
    """A bar that is fed from it ends at its end."""
    heard: list[int] = []

    class Ears(Progress):
        def start(self, total: int) -> None:
            heard.append(total)

        def advance(self, count: int) -> None:
            heard.append(-count)

    post = "---\ntitle: T\ndate: 2025-01-01\n---\n"
    site = make_site({f"content/{n}.md": post for n in range(45)})
    pipeline.gather(config.load(site), now=NOW, progress=Ears())
    assert (45, 0) == (heard[0], sum(heard))
