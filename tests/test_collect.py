"""The content folder as sources: which files are posts, and why the others are not."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feeds import config
from feeds.content import collect, front_matter, header
from feeds.errors import ConfigError, PublishError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def gather(folder: Path) -> tuple[list[str], dict[str, int], list[str]]:
    """Which posts were collected, how many were held back by reason, and the problems."""
    found = collect.collect(config.load(folder), now=NOW)
    held = dict(sorted(Counter(found.withheld.values()).items()))
    problems = [f"{p.path}:{p.line}:{p.column} {p.severity} {p.code} {p.message}" for p in found.problems]
    return [source.path for source in found.sources], held, problems


def post(date: str = "2025-01-31", more: str = "") -> str:
    """A small post."""
    return f"---\ntitle: T\ndate: {date}\n{more}---\nbody\n"


def test_posts_are_found_at_any_depth(make_site: Callable[..., Path]) -> None:
    """Every extension of Markdown counts, in every folder, in an order of its own."""
    site = make_site(
        {
            "content/b.md": post(),
            "content/a.markdown": post(),
            "content/deep/er/c.MD": post(),
            "content/image.png": b"\x89PNG",
            "content/.hidden/d.md": post(),
            "content/.e.md": post(),
        }
    )
    assert (["a.markdown", "b.md", "deep/er/c.MD"], {}, []) == gather(site)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("_index.md", "list page"),
        ("_index.pt-br.md", "list page"),
        ("README.md", "no post"),
        ("readme.markdown", "no post"),
        ("template.md", "no post"),
        ("Map.excalidraw.md", "no post"),
        ("2025-01-31-hello.Rmd", "not Markdown"),
        ("hello.svx", "not Markdown"),
        ("CHANGELOG.md", "no post"),
        ("CONTRIBUTING.md", "no post"),
        ("LICENSE.md", "no post"),
        ("SECURITY.md", "no post"),
        ("CODE_OF_CONDUCT.md", "no post"),
        ("2025-01-31-hello.rst", "not Markdown"),
        ("hello.adoc", "not Markdown"),
        ("2025-01-31-hello.html", "not Markdown"),
    ],
)
def test_files_that_are_no_posts_are_passed_over(
    make_site: Callable[..., Path], name: str, reason: str
) -> None:
    """Section pages and readmes are not posts even when they have a date; they are counted."""
    assert ([], {reason: 1}, []) == gather(make_site({f"content/posts/{name}": post()}))


def test_what_the_settings_exclude_is_not_read(make_site: Callable[..., Path]) -> None:
    """A pattern names files or whole folders; one star stays within a folder."""
    site = make_site(
        {
            f"content/{path}": post()
            for path in (
                *("about.md", "notes/a.md", "notes/b/c.md", "posts/draft-x.md", "posts/y.md", "x.md"),
                *("draft-z.md", "q.md", "posts/q.md"),
            )
        },
        settings='[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\n'
        'exclude = ["about.md", "notes/**", "**/draft-*", "*/x.md", "{q,r}.md"]\n',
    )
    assert (["posts/q.md", "posts/y.md", "x.md"], {"excluded": 6}, []) == gather(site)


def test_a_whole_site_can_be_the_content_folder(make_site: Callable[..., Path]) -> None:
    """What was built, and what pages are made with, holds no posts, nor do other people's packages."""
    settings = (
        '[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\ndir = "."\n[output]\ndir = "_out"\n'
    )
    folders = ("_posts", "_out", "outbox", "_layouts", "node_modules/x", "vendor/bundle/y", "vendor/z")
    site = make_site({f"{folder}/2025-01-31-a.md": post() for folder in folders}, settings=settings)
    assert (["_posts/2025-01-31-a.md", "vendor/z/2025-01-31-a.md"], {"no post": 1}, []) == gather(site)


@pytest.mark.parametrize(
    ("path", "dialect", "published"),
    [
        ("posts/templates/a.md", "plain", True),
        ("posts/Archetypes/a.md", "hugo", True),
        ("templates/a.md", "plain", False),
        ("Templates/deep/er/a.md", "hugo", False),
        ("archetypes/a.md", "hugo", False),
        ("posts/_templates/a.md", "plain", False),
        ("_data/_index.md", "plain", False),
        ("posts/_includes/a.md", "jekyll", False),
        ("notes/Templates/a.md", "obsidian", False),
    ],
)
def test_what_pages_are_made_with_is_no_post(
    make_site: Callable[..., Path], path: str, dialect: str, *, published: bool
) -> None:
    """Where templates are expected, all Markdown in them is counted; elsewhere they are a section."""
    settings = f'[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\ndialect = "{dialect}"\n'
    site = make_site({f"content/{path}": post(), f"content/{path}x.png": b""}, settings=settings)
    assert ([path] if published else [], {} if published else {"no post": 1}, []) == gather(site)


def test_files_beside_the_posts_are_listed(make_site: Callable[..., Path]) -> None:
    """Links and wikilinks find them, in the order of their names: the first of several is meant."""
    names = ("content/b/x 1.png", "content/a.pdf", "content/z.pdf", "content/b/a/c.png")
    site = make_site({**dict.fromkeys(names, b""), "content/a.md": post()})
    assert ("a.pdf", "b/a/c.png", "b/x 1.png", "z.pdf") == collect.collect(config.load(site), now=NOW).files


def _in_dialect(make_site: Callable[..., Path], dialect: str, *paths: str) -> collect.Collected:
    settings = (
        '[site]\ntitle = "T"\nurl = "https://example.org"\nlanguage = "en"\n'
        f'[content]\ndialect = "{dialect}"\n'
    )
    site = make_site({f"content/{path}": post() for path in paths}, settings=settings)
    return collect.collect(config.load(site), now=NOW)


@pytest.mark.parametrize(
    ("dialect", "path", "expected"),
    [
        ("hugo", "posts/a.ja.md", ("posts/a.ja", "a", "posts", "ja", "ja")),
        ("hugo", "posts/a/index.ja.md", ("posts/a.ja", "a", "posts", "ja", "ja")),
        ("hugo", "posts/a/index.en.md", ("posts/a.en", "a", "posts", "en", "")),
        ("hugo", "en/posts/a.md", ("en/posts/a", "a", "posts", "en", "")),
        ("hugo", "zh-CN/posts/a.md", ("zh-CN/posts/a", "a", "posts", "zh-CN", "zh-cn")),
        ("zola", "posts/2025-01-31-a.fr.md", ("posts/2025-01-31-a.fr", "a", "posts", "fr", "fr")),
        ("plain", "ja/posts/a.md", ("ja/posts/a", "a", "posts", "ja", "ja")),
        ("plain", "posts/a.js.md", ("posts/a.js", "a.js", "posts", "", "")),
        ("plain", "posts/a.it.md", ("posts/a.it", "a.it", "posts", "", "")),
        ("plain", "it/a.md", ("it/a", "a", "it", "", "")),
        ("plain", "ml/a.md", ("ml/a", "a", "ml", "", "")),
        ("plain", "FR/a.md", ("FR/a", "a", "FR", "", "")),
        ("jekyll", "fr/2025-01-31-a.md", ("fr/2025-01-31-a", "a", "fr", "", "")),
        ("hexo", "CS/a.md", ("CS/a", "a", "CS", "", "")),
        ("hexo", "en/a.ja.md", ("en/a.ja", "a.ja", "en", "en", "")),
        ("pelican", "a.fr.md", ("a.fr", "a.fr", "", "", "")),
        ("jekyll", "news/_posts/2025-01-31-a.md", ("news/_posts/2025-01-31-a", "a", "news", "", "")),
    ],
)
def test_what_a_path_says(
    make_site: Callable[..., Path], dialect: str, path: str, expected: tuple[str, ...]
) -> None:
    """Key, name, section, language, and what stands in front of the address for it."""
    (source,) = _in_dialect(make_site, dialect, path).sources
    assert expected == (source.key, source.name, source.section, source.header.language, source.prefix)


def test_a_suffix_is_a_language_where_the_post_has_several(make_site: Callable[..., Path]) -> None:
    """Elsewhere than in Hugo and Zola it could be part of the name."""
    found = _in_dialect(make_site, "plain", "a.md", "a.it.md", "b.it.md").sources
    said = [(source.path, source.name, source.header.language, source.prefix) for source in found]
    assert [("a.it.md", "a", "it", "it"), ("a.md", "a", "", ""), ("b.it.md", "b.it", "", "")] == said


HUGO = """
defaultContentLanguage = "en"
disableLanguages = ["de"]
[languages.en]
[languages.zh-cn]
languageCode = "zh-CN"
[languages.ja]
contentDir = "content/nihongo"
[languages.fr]
disabled = true
"""


@pytest.mark.parametrize(
    ("files", "path", "expected"),
    [
        ({"hugo.toml": HUGO}, "posts/a.zh-cn.md", ("a", "posts", "zh-CN", "zh-cn")),
        ({"hugo.toml": HUGO}, "posts/a.en.md", ("a", "posts", "en", "")),
        ({"hugo.toml": HUGO}, "nihongo/posts/a.md", ("a", "posts", "ja", "ja")),
        ({"hugo.toml": HUGO}, "it/a.md", ("a", "it", "", "")),
        ({"hugo.toml": HUGO}, "posts/a.it.md", ("a.it", "posts", "", "")),
        ({"hugo.toml": HUGO}, "posts/a.fr.md", {"in a language that is switched off": 1}),
        ({"hugo.toml": HUGO}, "posts/a.de.md", {"in a language that is switched off": 1}),
        ({"hugo.toml": 'disableLanguages = [""]\n'}, "posts/a.md", ("a", "posts", "", "")),
        ({"hugo.toml": 'disableLanguages = "de"\n'}, "posts/a.de.md", {"in a language that is switched off": 1}),
        (
            {"hugo.toml": 'contentDir = "content/english"\n[languages.en]\n[languages.ja]\ncontentDir = "content/ja"\n'},
            "english/posts/a.md",
            ("a", "posts", "en", ""),
        ),
        ({"hugo.toml": "[languages.zh-TW]\n"}, "posts/a.zh-tw.md", ("a", "posts", "zh-TW", "zh-tw")),
        ({"hugo.yaml": "title: T\n"}, "en/a.md", ("a", "en", "", "")),
        ({"hugo.yaml": "title: T\n"}, "posts/a.en.md", ("a", "posts", "en", "")),
        ({"config/_default/languages.toml": "[it]\n", "config/_default/hugo.toml": "x = 1\n"}, "a.it.md", ("a", "", "it", "it")),
        ({"config/_default/languages.it.toml": "a = 1\n", "config/_default/hugo.toml": "x = 1\n"}, "a.it.md", ("a", "", "it", "it")),
        ({}, "it/a.md", ("a", "it", "", "")),
        ({}, "ja/a.md", ("a", "", "ja", "ja")),
    ],
)  # fmt: skip
def test_languages_of_hugo_are_those_that_it_is_told_of(
    make_site: Callable[..., Path],
    files: dict[str, str],
    path: str,
    expected: tuple[str, ...] | dict[str, int],
) -> None:
    """Name, section, language and what stands in front of the address, or why the post is kept back."""
    settings = (
        '[site]\ntitle = "T"\nurl = "https://example.org"\nlanguage = "en"\n[content]\ndialect = "hugo"\n'
    )
    site = make_site({f"content/{path}": post(), **files}, settings=settings)
    found = collect.collect(config.load(site), now=NOW)
    if isinstance(expected, dict):
        assert expected == dict(Counter(found.withheld.values()))
    else:
        (source,) = found.sources
        assert expected == (source.name, source.section, source.header.language, source.prefix)


def test_settings_of_hugo_that_cannot_be_read_are_named_once(make_site: Callable[..., Path]) -> None:
    """A language that is switched off in them would be published."""
    files = {"hugo.toml": "[languages\ncascade = 1\n", "content/a.md": post()}
    settings = '[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\ndialect = "hugo"\n'
    paths, _, problems = gather(make_site(files, settings=settings))
    assert (["a.md"], 1) == (paths, len(problems))
    assert problems[0].startswith("hugo.toml:1:")


def test_the_front_matter_says_the_language_best(make_site: Callable[..., Path]) -> None:
    """A file name is only a hint."""
    site = make_site({"content/ja/a.md": post(more="lang: de\n")})
    (source,) = collect.collect(config.load(site), now=NOW).sources
    assert ("de", "ja") == (source.header.language, source.prefix)


@pytest.mark.parametrize(
    ("dialect", "path", "more", "expected"),
    [
        ("jekyll", "news/big/_posts/2025-01-31-a.md", "", ("news", "big")),
        ("jekyll", "news/_posts/2025-01-31-a.md", "category: own\n", ("news", "own")),
        ("jekyll", "_posts/news/2025-01-31-a.md", "", ()),
        ("pelican", "films/a.md", "", ("films",)),
        ("pelican", "films/a.md", "category: own\n", ("own",)),
        ("pelican", "a.md", "", ()),
        ("hugo", "films/a.md", "", ()),
    ],
)
def test_folders_are_categories_in_some_dialects(
    make_site: Callable[..., Path], dialect: str, path: str, more: str, expected: tuple[str, ...]
) -> None:
    """Jekyll adds those above `_posts`; Pelican takes the post's folder if it says no other."""
    settings = f'[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\ndialect = "{dialect}"\n'
    site = make_site({f"content/{path}": post(more=more)}, settings=settings)
    (source,) = collect.collect(config.load(site), now=NOW).sources
    assert expected == source.header.categories


def test_markdown_in_a_bundle_of_hugos_is_part_of_its_page(make_site: Callable[..., Path]) -> None:
    """Hugo makes no page of it; other generators do."""
    paths = ("posts/a/index.md", "posts/a/index.ja.md", "posts/a/more.md", "posts/a/deep/er.md", "posts/b.md")
    found = _in_dialect(make_site, "hugo", *paths)
    assert ["posts/a/index.ja.md", "posts/a/index.md", "posts/b.md"] == [each.path for each in found.sources]
    assert dict.fromkeys(["posts/a/more.md", "posts/a/deep/er.md"], "part of a bundle") == found.withheld
    assert 5 == len(_in_dialect(make_site, "plain", *paths).sources)


def test_in_a_vault_some_of_which_is_marked_the_rest_is_private(make_site: Callable[..., Path]) -> None:
    """`publish: true` on one note says that the others are not to be published, whatever dates they have."""
    notes = {
        "content/Diary.md": post(),
        "content/Home.md": "---\npublish: true\n---\n",
        "content/Essay.md": post(more="publish: true\n"),
        "content/Garden.md": post(more="dg-publish: true\n"),
    }
    vault = '[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\ndialect = "{}"\n'
    paths, held, _ = gather(make_site(notes, vault.format("obsidian")))
    assert (["Essay.md", "Garden.md"], {"not marked publish": 1, "without a date": 1}) == (paths, held)
    paths, held, _ = gather(make_site(notes, vault.format("plain")))
    assert (["Diary.md", "Essay.md", "Garden.md"], {"without a date": 1}) == (paths, held)


def test_in_a_vault_without_marks_every_dated_note_is_a_post(make_site: Callable[..., Path]) -> None:
    """There, nothing is known to be private but what says so."""
    site = make_site(
        {
            "content/.obsidian/app.json": "{}",
            "content/a.md": post(),
            "content/b.md": post(more="publish: false\n"),
        }
    )
    assert (["a.md"], {"draft": 1}) == gather(site)[:2]


def test_a_page_of_jekylls_needs_no_date(make_site: Callable[..., Path]) -> None:
    """Its posts are in `_posts`; what is elsewhere and has no date is a page, and no mistake."""
    settings = '[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\ndir = "."\ndialect = "jekyll"\n'
    page = "---\ntitle: About\n---\n"
    site = make_site({"about.md": page, "_posts/hello.md": page}, settings=settings)
    found, held, problems = gather(site)
    assert ([], {"without a date": 2}) == (found, held)
    assert ["_posts/hello.md:1:1 note date-missing"] == [said.partition(" there")[0] for said in problems]


def test_a_post_of_nikolas_in_two_files(make_site: Callable[..., Path]) -> None:
    """What is said of it stands beside it: as Nikola writes it, and as it did before its version 7."""
    settings = '[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\ndialect = "nikola"\n'
    files = {
        "content/one.md": "body",
        "content/one.meta": ".. title: One\n.. slug: first\n.. date: 2014-01-02 10:00\n.. tags: a, b\n",
        "content/two.md": "body",
        "content/two.meta": "Two\nsecond\n2014/01/03 10:00\nc\n",
        "content/three.md": post(),
        "content/three.meta": ".. title: Not asked\n",
        "content/four.md": "body",
        "content/four.meta": "",
    }
    found = collect.collect(config.load(make_site(files, settings=settings)), now=NOW)
    assert [
        ("one.md", "One", "first", ("a", "b")),
        ("three.md", "T", "", ()),
        ("two.md", "Two", "second", ("c",)),
    ] == [(each.path, each.header.title, each.header.slug, each.header.tags) for each in found.sources]
    assert {"four.md": "without a date"} == found.withheld


def test_a_post_of_jekylls_has_its_date_in_its_name(make_site: Callable[..., Path]) -> None:
    """Jekyll makes no page of another, whatever its front matter says; its drafts are something else."""
    settings = '[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\ndir = "."\ndialect = "jekyll"\n'
    paths = ("_posts/2025-01-31-a.md", "_posts/b.md", "life/_posts/c.md", "_drafts/d.md", "e.md")
    found, held, problems = gather(make_site(dict.fromkeys(paths, post()), settings=settings))
    assert ["_posts/2025-01-31-a.md", "e.md"] == found
    assert {"draft": 1, "without a date in its name": 2} == held
    said = "the file's name does not start with a date, so Jekyll makes no post of it"
    assert [
        f"{path}:1:1 note date-missing {said}" for path in ("_posts/b.md", "life/_posts/c.md")
    ] == problems


@pytest.mark.parametrize(
    ("path", "more", "reason"),
    [
        ("content/a.md", "draft: true\n", "draft"),
        ("content/_drafts/a.md", "", "draft"),
        ("content/a.md", "publishDate: 2027-01-01\n", "scheduled"),
        ("content/a.md", "expiryDate: 2025-12-31\n", "expired"),
        ("content/a.md", "deleted: 2025-12-31\n", "deleted"),
        ("content/a.md", "withdrawn: true\n", "deleted"),
        ("content/a.md", "deleted: true\ndraft: true\n", "draft"),
        ("content/a.md", "hidden: true\n", "hidden"),
    ],
)
def test_what_is_not_due_is_held_by_reason(
    make_site: Callable[..., Path], path: str, more: str, reason: str
) -> None:
    """Drafts, future and expired posts stay out, counted."""
    assert ([], {reason: 1}, []) == gather(make_site({path: post(more=more)}))


@pytest.mark.parametrize(
    ("date", "held"),
    [
        ("2026-01-01T00:00:00Z", {}),
        ("2026-01-01T00:00:01Z", {"scheduled": 1}),
        ("2025-12-31T23:59-01:00", {"scheduled": 1}),
    ],
)
def test_a_post_appears_at_its_very_moment(
    make_site: Callable[..., Path], date: str, held: dict[str, int]
) -> None:
    """Moments are compared, whatever zone they are written in."""
    assert held == gather(make_site({"content/a.md": post(date)}))[1]


@pytest.mark.parametrize(
    ("moment", "held"),
    [
        ("2026-01-01T00:00:00Z", {"expired": 1}),
        ("2025-12-31T22:59:59-01:00", {"expired": 1}),
        ("2026-01-01T00:00:01Z", {}),
    ],
)
def test_a_post_goes_at_its_very_moment(
    make_site: Callable[..., Path], moment: str, held: dict[str, int]
) -> None:
    """It is gone when the moment comes, and not one run later."""
    assert held == gather(make_site({"content/a.md": post(more=f"expiryDate: {moment}\n")}))[1]


def test_dates_come_from_the_name_when_the_header_has_none(make_site: Callable[..., Path]) -> None:
    """File names and folders date a post; without any front matter nothing else can."""
    site = make_site(
        {
            "content/2025-01-31-a.md": "no front matter\n",
            "content/2024/07/25/b.md": "---\ntitle: B\n---\n",
            "content/notes.md": "no front matter\n",
        }
    )
    found = collect.collect(config.load(site), now=NOW)
    assert [("b", "2024-07-25"), ("a", "2025-01-31")] == [
        (source.name, f"{source.header.published:%Y-%m-%d}") for source in found.sources
    ]
    assert {"notes.md": "without a date"} == found.withheld
    assert [("date-missing", "content/notes.md", 1)] == [(p.code, p.path, p.line) for p in found.problems]


def test_notes_of_a_vault_are_not_all_named(make_site: Callable[..., Path]) -> None:
    """Most of them are for nobody else."""
    site = make_site(
        {"content/notes.md": "no front matter\n"},
        settings='[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\ndialect = "obsidian"\n',
    )
    assert ([], {"without a date": 1}, []) == gather(site)


def test_a_page_without_a_date_is_named(make_site: Callable[..., Path]) -> None:
    """Somebody may have forgotten it; but pages such as `about` are no fault."""
    paths, held, problems = gather(make_site({"content/about.md": "---\ntitle: About\n---\n"}))
    assert ([], {"without a date": 1}) == (paths, held)
    assert [
        "content/about.md:1:1 note date-missing there is no date in the front matter, the file name or the "
        "folders, so this is no post"
    ] == problems


def test_an_unreadable_date_falls_back_to_the_name_or_costs_the_post(make_site: Callable[..., Path]) -> None:
    """A broken date never becomes now: either the name helps, with a warning, or the post waits."""
    site = make_site(
        {
            "content/2025-01-31-a.md": post("2025-02-30"),
            "content/b.md": post("2025-02-30"),
            "content/c.md": post("2025-02-30", "draft: true\n"),
        }
    )
    paths, held, problems = gather(site)
    assert (["2025-01-31-a.md"], {"broken": 1, "draft": 1}) == (paths, held)
    assert ["warning date-invalid", "error date-invalid", "warning date-invalid"] == [
        " ".join(problem.split()[1:3]) for problem in problems
    ]
    assert all(
        problem.startswith(("content/2025-01-31-a.md:3:7 ", "content/b.md:3:7 ", "content/c.md:3:7 "))
        for problem in problems
    )


def test_front_matter_beats_the_name_with_a_note(make_site: Callable[..., Path]) -> None:
    """When both give a date and differ, the author is told which one counts."""
    site = make_site({"content/2025-01-31-a.md": post("2025-03-01")})
    paths, _, problems = gather(site)
    assert (["2025-01-31-a.md"], 1) == (paths, len(problems))
    assert "note date-differs the front matter says 2025-03-01 and the name 2025-01-31" in problems[0]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("posts/hello.md", ("posts/hello", "hello", "posts", "posts")),
        ("posts/hello/index.md", ("posts/hello", "hello", "posts", "posts/hello")),
        ("hello.md", ("hello", "hello", "", "")),
        ("hello/index.md", ("hello", "hello", "", "hello")),
        ("a/b/2025-01-31-hello.md", ("a/b/2025-01-31-hello", "hello", "a/b", "a/b")),
        ("a/2025-01-31-hello/index.md", ("a/2025-01-31-hello", "hello", "a", "a/2025-01-31-hello")),
        ("a/(b)/hello/+page.md", ("a/(b)/hello", "hello", "a", "a/(b)/hello")),
        ("a/(b)/hello/page.mdx", ("a/(b)/hello", "hello", "a", "a/(b)/hello")),
        ("a/(b)/page.md", ("a/(b)/page", "page", "a/(b)", "a/(b)")),
    ],
)
def test_what_a_post_is_called(make_site: Callable[..., Path], path: str, expected: tuple[str, ...]) -> None:
    """A page bundle is the post that its folder names; so are SvelteKit's and Next.js' pages."""
    found = collect.collect(config.load(make_site({f"content/{path}": post()})), now=NOW)
    assert [expected] == [(s.key, s.name, s.section, s.folder) for s in found.sources]


def test_broken_files_are_named_and_the_others_collected(make_site: Callable[..., Path]) -> None:
    """One bad file never stops the others."""
    site = make_site(
        {
            "content/a.md": b"\xff\xfeb",
            "content/b.md": "---\ntitle: caf\xe9\n---\n".encode("latin-1"),
            "content/c.md": "---\ntitle: x: y\n---\n",
            "content/d.md": b"x" * (2 * 1024 * 1024 + 1),
            "content/good.md": post(),
        }
    )
    paths, held, problems = gather(site)
    assert (["good.md"], {"broken": 4}) == (paths, held)
    assert [
        "content/a.md:1:1 error encoding-invalid byte 0 (0x62) is not UTF-16-LE",
        "content/b.md:2:11 error encoding-invalid byte 14 (0xe9) is not UTF-8",
        "content/c.md:2:9 error front-matter-invalid not valid YAML: mapping values are not allowed in this context",
        "content/d.md:0:0 error file-too-large the file has 2097153 bytes, more than 2097152",
    ] == problems


def test_any_encoding_with_a_mark_and_any_line_end_is_read(make_site: Callable[..., Path]) -> None:
    """UTF-8 with a mark, UTF-16, Windows' and old Macs' line ends give the same post."""
    text = post(more="tags: [é]\n")
    site = make_site(
        {
            "content/a.md": text,
            "content/b.md": text.encode("utf-8-sig"),
            "content/c.md": text.encode("utf-16"),
            "content/d.md": text.replace("\n", "\r\n"),
            "content/e.md": text.replace("\n", "\r"),
        }
    )
    found = collect.collect(config.load(site), now=NOW)
    assert 5 == len(found.sources)
    assert 1 == len({(source.header, source.body, source.body_line) for source in found.sources})


def test_control_characters_are_left_out_with_a_warning(make_site: Callable[..., Path]) -> None:
    """They would cost the whole feed, for XML forbids them."""
    site = make_site({"content/a.md": "---\ntitle: T\ndate: 2025-01-31\n---\none\ntw\x08o\x0b\n"})
    found = collect.collect(config.load(site), now=NOW)
    assert "one\ntwo\n" == found.sources[0].body
    assert [("character-forbidden", 6, 3, "warning")] == [
        (p.code, p.line, p.column, p.severity) for p in found.problems
    ]


def test_only_regular_files_inside_the_content_folder_are_read(
    make_site: Callable[..., Path], tmp_path: Path
) -> None:
    """Links that lead out, pipes and dangling links are refused; links inside are followed."""
    secret = tmp_path / "secret.md"
    secret.write_text(post())
    site = make_site({"content/good.md": post(), "content/folder.md/inner.md": post()})
    (site / "content/out.md").symlink_to(secret)
    (site / "content/outdir").symlink_to(tmp_path)
    (site / "content/in.md").symlink_to("good.md")
    (site / "content/gone.md").symlink_to("nowhere.md")
    os.mkfifo(site / "content/pipe.md")
    (site / "content/self.md").symlink_to("self.md")
    paths, held, problems = gather(site)
    assert (["folder.md/inner.md", "good.md", "in.md"], {"broken": 5}) == (paths, held)
    assert ["file-unreadable", "link-outside", "link-outside", "file-special", "file-unreadable"] == [
        problem.split()[2] for problem in problems
    ]
    hints = {problem.hint for problem in collect.collect(config.load(site), now=NOW).problems}
    assert {
        "the link leads nowhere: delete it, or put the file itself there",
        "put the file itself there",
        "move the pipe, socket or device out of the content folder",
    } == hints


def test_a_link_to_a_folder_is_named(make_site: Callable[..., Path]) -> None:
    """Its posts are missing from the feeds, and that must not go unnoticed."""
    site = make_site({"content/posts/a.md": post()})
    (site / "content/more").symlink_to("posts")
    paths, held, problems = gather(site)
    assert (["posts/a.md"], {"broken": 1}) == (paths, held)
    assert ["content/more:0:0 error link-folder a link to a folder, which is not followed"] == problems


def test_a_folder_that_cannot_be_listed_stops_the_run(
    make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its posts are there, only unseen; to go on would remove them from every feed."""
    site = make_site({"content/good.md": post(), "content/closed/a.md": post()})
    real = os.scandir

    def scandir(folder: Path) -> object:
        if folder.name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(PublishError, match="cannot list the folder: permission denied") as caught:
        gather(site)
    assert (4, str(site / "content/closed")) == (caught.value.exit_code, caught.value.where)


def test_a_name_that_is_not_text_costs_one_post(make_site: Callable[..., Path]) -> None:
    """No address can be made of it; the others are collected."""
    site = make_site({"content/good.md": post()})
    (site / os.fsdecode(b"content/bad\xff.md")).write_text(post())
    paths, held, problems = gather(site)
    assert (["good.md"], {"broken": 1}) == (paths, held)
    assert problems[0].startswith("content/bad\ufffd.md:0:0 error name-invalid")


def test_a_slip_of_ours_costs_one_post(
    make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named as ours, and the others are collected."""
    real = header.read

    def fail(matter: front_matter.FrontMatter, *rest: object, **options: object) -> object:
        if matter.values["title"] == "bad":
            raise KeyError("oops")
        return real(matter, *rest, **options)  # type: ignore[arg-type] # handed through

    monkeypatch.setattr(header, "read", fail)
    site = make_site({"content/bad.md": post().replace("T", "bad"), "content/good.md": post()})
    paths, held, problems = gather(site)
    assert (["good.md"], {"broken": 1}) == (paths, held)
    assert "a fault in Feedwright (KeyError: 'oops')" in problems[0]


def test_a_change_that_is_still_to_come_does_not_count(make_site: Callable[..., Path]) -> None:
    """No feed is dated in the future."""
    site = make_site({"content/a.md": post(more="lastmod: 2026-02-01\n")})
    found = collect.collect(config.load(site), now=NOW)
    assert (None, ["date-future"]) == (found.sources[0].header.updated, [p.code for p in found.problems])
    later = collect.collect(config.load(site), now=datetime(2026, 2, 2, tzinfo=UTC))
    assert later.sources[0].header.updated is not None


def test_a_missing_content_folder_stops_the_run(make_site: Callable[..., Path]) -> None:
    """An unmounted disk must not look like a site without posts."""
    site = make_site()
    (site / "content").rmdir()
    with pytest.raises(ConfigError, match="there is no folder content"):
        gather(site)


JEKYLL = "title: x\ndefaults:\n- scope: {path: '', type: posts}\n  values: "


@pytest.mark.parametrize(
    ("files", "content", "expected"),
    [
        ({"_config.yml": "title: x\npermalink: /blog/:title/\n"}, "", "_config.yml:2 (/blog/:title/)"),
        ({"_config.yml": "permalink: '/blog/:title/' # short\n"}, "", "_config.yml:1 (/blog/:title/)"),
        ({"_config.yml": "permalink: date\n"}, "", ""),
        ({"_config.yml": "title: x\n"}, "", ""),
        ({"_config.yml": "permalink: /blog/:title/\n"}, 'permalink = "/{slug}/"\n', ""),
        ({"_config.yml": "source_dir: source\npermalink: :title/\n"}, "", "_config.yml:2 (:title/)"),
        ({"_config.yml": "source_dir: source\npermalink: :year/:month/:day/:title/\n"}, "", ""),
        ({"hugo.toml": "title = 'x'\n[permalinks]\nposts = '/:slug/'\n"}, "", "hugo.toml:2"),
        ({"config.yaml": "baseURL: /\npermalinks:\n  posts: /:slug/\n"}, "", "config.yaml:2"),
        ({"hugo.toml": "[permalinks.page]\nposts = '/:slug/'\n"}, 'dialect = "plain"\n', ""),
        ({"pelicanconf.py": "ARTICLE_URL = 'a/{slug}/'\n"}, "", "pelicanconf.py:1 (a/{slug}/)"),
        ({"pelicanconf.py": "ARTICLE_URL = '{slug}.html'\n"}, "", ""),
        ({"pelicanconf.py/a": ""}, "", ""),
        ({"hugo.json": '{\n  "permalinks": {"posts": "/:slug/"}}'}, "", "hugo.json:2"),
        ({"config/_default/hugo.toml": "\n[permalinks.page]\n"}, "", "config/_default/hugo.toml:2"),
        ({"config/_default/permalinks.yaml": "posts: /:slug/\n"}, "", "config/_default/permalinks.yaml:1"),
        ({"hugo.toml": "[languages.en.permalinks]\nposts = '/:slug/'\n"}, "", "hugo.toml:1"),
        ({"hugo.toml": "[permalinks.term]\ntags = '/:slug/'\n"}, "", ""),
        ({"_config.yml": f"{JEKYLL}{{permalink: /blog/:title/}}\n"}, "", "_config.yml:3 (/blog/:title/)"),
        ({"_config.yml": f"{JEKYLL}{{permalink: date}}\n"}, "", ""),
        ({"_config.yml": f"{JEKYLL}{{permalink: /:title/}}\n"}, 'permalink = "/{slug}/"\n', ""),
        ({"_config.yml": f"{JEKYLL}{{permalink: /:title/}}\n".replace("posts", "notes")}, "", ""),
        (
            {".eleventy.js": "", "content/content.json": '{\n"permalink": "/x/{{ page.fileSlug }}/"}'},
            "",
            "content/content.json:2 (/x/{{ page.fileSlug }}/)",
        ),
        ({".eleventy.js": "", "content/content.json": '{"permalink": false}'}, "", ""),
    ],
)
def test_a_pattern_that_only_the_generator_knows(
    make_site: Callable[..., Path], files: dict[str, str], content: str, expected: str
) -> None:
    """It is said once, with its line, that addresses will differ from the site's."""
    settings = f'[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\n{content}'
    _, _, problems = gather(make_site({"content/a.md": post(), **files}, settings=settings))
    place, _, given = expected.partition(" ")
    said = f"addresses are set here{f' {given}' if given else ''}, and not in feeds.toml"
    assert ([f"{place}:0 note permalink-unset {said}"] if expected else []) == problems


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("_config.yml", "title: x\nfuture: true\n", "_config.yml"),
        ("_config.yml", "source_dir: source\nfuture: true\n", "_config.yml"),
        ("hugo.toml", "buildFuture = true\n", "hugo.toml"),
        ("hugo.json", '{\n  "buildFuture": true}', "hugo.json"),
        ("_config.yml", "title: x\nfuture: false\n", ""),
        ("_config.yml", "title: x\n# future: true\n", ""),
        ("zola.toml", "future = true\n", ""),
    ],
)
def test_a_post_that_the_site_shows_before_its_day(
    make_site: Callable[..., Path], name: str, text: str, expected: str
) -> None:
    """Feeds still wait for the day, and that is said where the date stands."""
    posts = {"content/2031-02-03-b.md": "---\ntitle: T\ndate: 2031-02-03\n---\n", "content/a.md": post()}
    paths, held, problems = gather(make_site({name: text, **posts}))
    said = f"2031-02-03 is still to come, so feeds get the post then; {expected} has the site show it now"
    assert (["a.md"], {"scheduled": 1}) == (paths, held)
    assert ([f"content/2031-02-03-b.md:3:7 note date-future {said}"] if expected else []) == problems


@pytest.mark.parametrize(
    ("more", "when"),
    [
        ("deleted: 2025-06-01T10:00:00Z\n", "2025-06-01T10:00:00+00:00"),
        ("deleted: 2025-01-31\n", "2025-01-31T00:00:00+00:00"),
        ("deleted: 2026-01-01T00:00:00Z\n", "2026-01-01T00:00:00+00:00"),
        ("expires: 2025-06-01T10:00:00Z\n", "2025-06-01T10:00:00+00:00"),
        ("expires: 2025-05-01T10:00:00Z\ndeleted: 2025-06-01T10:00:00Z\n", "2025-05-01T10:00:00+00:00"),
        ("expires: 2025-05-01T10:00:00Z\ndeleted: 2027-01-01\n", "2025-05-01T10:00:00+00:00"),
        ("expires: 2025-05-01T10:00:00Z\ndeleted: true\n", "2025-05-01T10:00:00+00:00"),
        ("deleted: 2026-01-01T00:00:01Z\n", None),
        ("deleted: true\n", None),
        ("deleted: 2025-06-01\ndraft: true\n", None),
        ("deleted: 2025-01-30\n", None),
        ("publishDate: 2025-07-01\ndeleted: 2025-06-01\n", None),
        ("deleted: soon\n", None),
    ],
)
def test_what_is_gone_is_known_by_when(make_site: Callable[..., Path], more: str, when: str | None) -> None:
    """A post that was published leaves a moment behind; one that never was, or is still there, none."""
    found = collect.collect(config.load(make_site({"content/a.md": post(more=more)})), now=NOW)
    deleted = [source.header.deleted for source in found.deleted]
    assert ([when] if when else []) == [moment.isoformat() for moment in deleted if moment]


def test_what_is_deleted_in_the_future_is_still_there(make_site: Callable[..., Path]) -> None:
    """Its day is known, and counts from then on."""
    assert (["a.md"], {}, []) == gather(make_site({"content/a.md": post(more="deleted: 2026-01-02\n")}))


def test_an_undated_page_that_is_deleted_is_no_post(make_site: Callable[..., Path]) -> None:
    """It never was in a feed."""
    site = make_site({"content/a.md": "---\ntitle: T\ndeleted: true\nexpires: 2025-01-01\n---\n"})
    found = collect.collect(config.load(site), now=NOW)
    assert ((), {"a.md": "deleted"}) == (found.deleted, found.withheld)


def test_what_a_vault_never_marked_leaves_nothing_behind(make_site: Callable[..., Path]) -> None:
    """Private notes are not announced by their deletion."""
    site = make_site(
        {
            "content/a.md": post(more="publish: true\ndeleted: 2025-06-01\n"),
            "content/b.md": post(more="deleted: 2025-06-01\n"),
            "feeds.toml": '[site]\ntitle = "T"\nurl = "https://example.org"\n[content]\ndialect = "obsidian"\n',
        }
    )
    assert ["a.md"] == [source.path for source in collect.collect(config.load(site), now=NOW).deleted]


def test_corrections_that_are_still_to_come_wait(make_site: Callable[..., Path]) -> None:
    """Readers distrust what is from the future; what is past stays."""
    more = "corrections:\n  - 2025-12-31: past\n  - 2026-01-02: to come\n"
    site = make_site({"content/a.md": post(more=more)})
    [source] = collect.collect(config.load(site), now=NOW).sources
    assert ["past"] == [each.text for each in source.header.corrections]
    assert [
        "content/a.md:5:3 note date-future the correction of 2026-01-02 is still to come, and is not shown until then"
    ] == gather(site)[2]
