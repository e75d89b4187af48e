"""Addresses and ids of posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import identity, permalinks
from feeds.model import Header, Source
from feeds.settings import PLACEHOLDERS, Content, Settings, Site

SOURCE = Source(
    path="posts/2025-01-31-hello.md",
    key="posts/2025-01-31-hello",
    name="hello",
    section="posts",
    folder="posts",
    header=Header(published=datetime(2025, 1, 31, tzinfo=UTC), categories=("Dev Tools", "b")),
    body="",
    body_line=1,
)


def settings(
    permalink: str = "/{section}/{slug}/", url: str = "https://example.org", site_id: str = ""
) -> Settings:
    """Settings with one permalink pattern."""
    return Settings(site=Site(title="T", url=url, id=site_id), content=Content(permalink=permalink))


@pytest.mark.parametrize(
    ("permalink", "expected"),
    [
        ("/{section}/{slug}/", "https://example.org/posts/hello/"),
        ("/{year}/{month}/{day}/{slug}.html", "https://example.org/2025/01/31/hello.html"),
        ("/{category}/{name}", "https://example.org/dev-tools/hello"),
        ("/", "https://example.org/"),
    ],
)
def test_the_pattern_is_filled_in(permalink: str, expected: str) -> None:
    """Every placeholder has its value."""
    assert expected == permalinks.of(SOURCE, settings(permalink))


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_placeholder_that_the_settings_take_is_filled(name: str) -> None:
    """The rule on patterns and their filling agree."""
    assert "{" not in permalinks.of(SOURCE, settings(f"/{{{name}}}/"))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"slug": "my-slug"}, "https://example.org/blog/posts/my-slug/"),
        ({"slug": "Ünï cödé"}, "https://example.org/blog/posts/%C3%BCn%C3%AF-c%C3%B6d%C3%A9/"),
        ({"url": "/a/b.html"}, "https://example.org/blog/a/b.html"),
        ({"url": "a/b/"}, "https://example.org/blog/a/b/"),
        ({"url": "https://other.example/x y/?q=1#f"}, "https://other.example/x%20y/?q=1#f"),
        ({"url": "https://b\u00fccher.example/"}, "https://xn--bcher-kva.example/"),
        ({"url": "/100% sure/"}, "https://example.org/blog/100%25%20sure/"),
        ({"url": "/a?b#c/"}, "https://example.org/blog/a%3Fb%23c/"),
        ({"url": "/../../etc/passwd"}, "https://example.org/blog/etc/passwd"),
        ({"url": "/:year/:title/"}, "https://example.org/blog/posts/hello/"),
        ({"url": "pretty"}, "https://example.org/blog/posts/hello/"),
    ],
)
def test_what_the_post_says_wins(header: dict[str, str], expected: str) -> None:
    """`slug:` and `url:` beat the pattern, and cannot leave the site's own path."""
    source = replace(SOURCE, header=replace(SOURCE.header, **header))  # type: ignore[arg-type] # texts only
    assert expected == permalinks.of(source, settings(url="https://example.org/blog"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"section": ""}, "https://example.org/hello/"),
        ({"section": "a/B c"}, "https://example.org/a/b-c/hello/"),
        ({"name": "???"}, "https://example.org/posts/_question_question_question/"),
        ({"name": "Hello World"}, "https://example.org/posts/hello-world/"),
    ],
)
def test_paths_become_addresses(change: dict[str, str], expected: str) -> None:
    """Sections may be empty or nested, and a name of punctuation still has an address."""
    assert expected == permalinks.of(replace(SOURCE, **change), settings())  # type: ignore[arg-type] # texts only


@given(name=st.text(min_size=1), slug=st.text(), url=st.text())
def test_every_address_is_plain_ascii_below_the_site(name: str, slug: str, url: str) -> None:
    """Nothing in a post's front matter makes an address with spaces, controls or dot segments."""
    source = replace(SOURCE, name=name, header=replace(SOURCE.header, slug=slug, url=url))
    found = permalinks.of(source, settings())
    assert found.isascii()
    assert found.isprintable()
    assert " " not in found
    if not url.lower().startswith(("http:", "https:")):
        assert found.startswith("https://example.org/")
        assert not {".", ".."} & set(found.split("/"))


def test_ids_do_not_hang_on_what_may_change() -> None:
    """Title, date, slug, URL and order are not in an id; the key and the site are."""
    base = identity.of_post("posts/a", "", settings())
    assert base == identity.of_post("posts/a", "", settings("/{slug}"))
    assert base != identity.of_post("posts/b", "", settings())
    assert base != identity.of_post("posts/a", "", settings(url="https://other.example"))
    assert base == identity.of_post("posts/a", "", settings(url="http://example.org"))
    assert base == identity.of_post(
        "posts/a", "", settings(url="https://new.example", site_id="https://example.org/")
    )
    assert base.startswith("urn:uuid:")


def test_ids_are_those_that_were_published() -> None:
    """A change here would make every reader show every post again."""
    assert "urn:uuid:fef30138-3af4-5d01-a961-b8cb4f0e0c61" == identity.of_post("posts/a", "", settings())
    assert "urn:uuid:9fd6041e-2639-5fc6-90ab-0fa6d4d3e9e1" == identity.of_channel("tags/a", settings())


@pytest.mark.parametrize("given_id", ["https://old.example/?p=12", "tag:old.example,2019:/a", "urn:x:y"])
def test_an_id_of_its_own_wins(given_id: str) -> None:
    """Imported posts keep the id that readers know them by."""
    assert given_id == identity.of_post("posts/a", given_id, settings())


@pytest.mark.parametrize("given_id", ["12", "not an iri", "a b:c d"])
def test_an_id_that_is_no_iri_is_the_seed_of_one(given_id: str) -> None:
    """Atom takes absolute IRIs only; the id then hangs on the given text and not on the path."""
    made = identity.of_post("posts/a", given_id, settings())
    assert made.startswith("urn:uuid:")
    assert made == identity.of_post("posts/b", given_id, settings())
