"""What a new site starts with."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.config import parse
from feeds.settings import TABLES, Settings, rows
from feeds.starter import Value, imported, merge_gitignore, settings_file, starter

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2026, 3, 4)


def _new(name: str = "my-blog", author: str = "", language: str = "") -> dict[str, str]:
    documents = starter(Path("/") / name, today=TODAY, author=author, language=language)
    return {document.path: document.data.decode() for document in documents}


def _keys(table: Any) -> Iterator[str]:
    for row in rows(table):
        if row.kind == "table":
            yield from _keys(row.table)
        elif row.kind not in TABLES:
            yield row.name


def _settings(text: str) -> Settings:
    return parse(text)


def test_the_files_of_a_new_site() -> None:
    """Settings, one post and what git should leave alone; nothing else."""
    assert ["feeds.toml", "content/posts/first-post.md", ".gitignore"] == list(_new())


def test_a_site_has_an_identity_of_its_own() -> None:
    """What ids are made from does not hang on the address, which may change."""
    documents = starter(Path("/blog"), today=TODAY, identity="urn:uuid:1")
    assert "urn:uuid:1" == _settings(documents[0].data.decode()).site.id
    documents = imported(
        Path("/blog"), {("site", "url"): "https://a.example"}, own_output=True, identity="x:1"
    )
    assert "x:1" == _settings(documents[0].data.decode()).site.id


def test_what_is_guessed_is_filled_in() -> None:
    """Title, author and language come from what the machine knows; the address is there to be changed."""
    files = _new("my-blog", "Ines Carvalho <ines@example.org>", "pt_PT.UTF-8")
    site = _settings(files["feeds.toml"]).site
    assert ("My blog", "https://example.org", "Ines Carvalho <ines@example.org>", "pt-PT") == (
        site.title,
        site.url,
        site.author,
        site.language,
    )
    assert 'url = "https://example.org"  # change this to your own\n' in files["feeds.toml"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("my_new--blog", "My new blog"),
        ("example.org", "Example.org"),
        ('Ana\'s "quoted" \\ blog', 'Ana\'s "quoted" \\ blog'),
        ("été\n\x7f2025", "Été 2025"),
        ("caf\udce9", "Caf"),
        ("日本語", "日本語"),
        ("--", "My site"),
        ("", "My site"),
    ],
)
def test_titles_from_folder_names(name: str, title: str) -> None:
    """Any folder name gives a title that a reader can be shown, and a file that can be read."""
    assert title == _settings(_new(name)["feeds.toml"]).site.title


@pytest.mark.parametrize(
    ("author", "language"), [("Ines <>", "C"), ("", "POSIX"), ("a\nb", "C.UTF-8"), ("", "")]
)
def test_bad_guesses_are_left_out(author: str, language: str) -> None:
    """What git and the locale say is used only when it makes sense."""
    site = _settings(_new(author=author, language=language)["feeds.toml"]).site
    assert ("", "en") == (site.author, site.language)


def test_defaults_are_shown_as_they_are() -> None:
    """Every key is in the file, and taking the # from all of them changes nothing."""
    text = _new()["feeds.toml"]
    assert _settings(text) == _settings(re.sub(r"(?m)^#(\w+ = )", r"\1", text))
    assert [*_keys(Settings)] == re.findall(r"(?m)^#?(\w+) = ", text)


def test_each_commented_key_loads_by_itself() -> None:
    """Taking the # from any one key leaves a file that can be used."""
    text = _new()["feeds.toml"]
    starts = [found.start() for found in re.finditer(r"(?m)^#\w+ = ", text)]
    assert len(starts) > 20
    assert all(_settings(text) == _settings(text[:at] + text[at + 1 :]) for at in starts)


def test_the_first_post_is_of_today() -> None:
    """It shows a figure, code and a table, and is dated so that it comes out at once."""
    post = _new()["content/posts/first-post.md"]
    assert "\ndate: 2026-03-04\n" in post
    assert "\ntags: [first post, 2026]\n" in post
    assert all(piece in post for piece in ("{{< figure src=", "```python\n", "|---", "[^note]: "))


@pytest.mark.parametrize(
    ("language", "said"), [("", False), ("en_US.UTF-8", False), ("en", False), ("eng", True)]
)
def test_the_first_post_says_when_it_is_not_in_the_sites_language(language: str, *, said: bool) -> None:
    """The post is in English, whatever the site is in."""
    assert said is ("\nlanguage: en\n" in _new(language=language)["content/posts/first-post.md"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "/.feeds/\n/public/\n"),
        ("*.pyc", "*.pyc\n/.feeds/\n/public/\n"),
        ("public\n", "public\n/.feeds/\n"),
        ("  /.feeds/  \npublic/", "  /.feeds/  \npublic/"),
        ("a\r\n/public/\r\n", "a\r\n/public/\r\n/.feeds/\r\n"),
    ],
)
def test_gitignore_gets_only_what_is_missing(old: str, new: str) -> None:
    """The lines of an existing .gitignore stay as they are, and merging twice is merging once."""
    assert new == merge_gitignore(old)
    assert new == merge_gitignore(new)


def test_what_is_known_is_written_where_it_belongs() -> None:
    """A table's own keys come before the tables in it, and names that TOML would misread are quoted."""
    settings = _settings(
        settings_file(
            {
                ("content", "permalinks", "field notes"): "/notes/{slug}/",
                ("authors", "ines.c", "url"): "/about/",
                ("authors", "ines.c", "name"): "Ines",
                ("authors", "rui", "name"): 'Rui "R" Almeida',
                ("content", "exclude"): ["about.md", "drafts/**"],
                ("site", "title"): "Letters",
                ("output", "names", "rss"): "feed.rss",
            }
        )
    )
    assert {"field notes": "/notes/{slug}/"} == settings.content.permalinks
    assert ["about.md", "drafts/**"] == settings.content.exclude
    assert ["ines.c", "rui"] == list(settings.authors)
    assert ("Ines", "/about/", 'Rui "R" Almeida') == (
        settings.authors["ines.c"].name,
        settings.authors["ines.c"].url,
        settings.authors["rui"].name,
    )
    assert ("Letters", "https://example.org", "feed.rss") == (
        settings.site.title,
        settings.site.url,
        settings.output.names.rss,
    )


def test_an_author_starts_with_the_name() -> None:
    """The order is that of the settings, whatever was found first."""
    text = settings_file({("authors", "ines", "url"): "/about/", ("authors", "ines", "name"): "Ines"})
    assert '[authors.ines]\nname = "Ines"\nurl = "/about/"\n' in text


def test_without_authors_there_is_an_example() -> None:
    """One table, each of its keys explained, and none of it in force."""
    assert '\n# [authors.ID]\n# name = ""  # the name that readers see\n' in settings_file({})


@pytest.mark.parametrize(("own_output", "ignored"), [(True, "/.feeds/\n/public/\n"), (False, "/.feeds/\n")])
def test_the_files_of_a_site_that_is_there_already(*, own_output: bool, ignored: str) -> None:
    """No post, and git goes on keeping what the generator builds if it did so before."""
    documents = imported(Path("/my-blog"), {("site", "url"): "https://a.example"}, own_output=own_output)
    assert ["feeds.toml", ".gitignore"] == [document.path for document in documents]
    assert ignored == documents[1].data.decode()
    site = _settings(documents[0].data.decode()).site
    assert ("My blog", "https://a.example") == (site.title, site.url)
    assert "change this" not in documents[0].data.decode()


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@given(
    st.dictionaries(
        st.tuples(st.just("authors"), TEXT, st.just("name"))
        | st.tuples(st.just("content"), st.just("permalinks"), TEXT)
        | st.just(("site", "description"))
        | st.just(("site", "copyright")),
        TEXT,
    )
)
def test_any_text_can_be_written(values: dict[tuple[str, ...], Value]) -> None:
    """What goes into the file comes out of it."""
    values = {path: "/{slug}/" if path[1] == "permalinks" else value for path, value in values.items()}
    settings = _settings(settings_file(values))
    for path, value in values.items():
        if path[0] == "authors":
            assert value == settings.authors[path[1]].name
        elif path[0] == "content":
            assert value == settings.content.permalinks[path[2]]
        else:
            assert value == getattr(settings.site, path[1])
