"""`feeds check --against`: every post's URL exists in the site as it was built, or the pattern that fits is named."""

from __future__ import annotations

import contextlib
import gzip
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import config, permalinks
from feeds.against import built_site, fitting
from feeds.against.compare import compare
from feeds.errors import UsageError
from feeds.model import Header, Source
from samples import a_post

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from conftest import Ran

    from feeds.settings import Settings

    Run = Callable[..., Ran]
    MakeSite = Callable[..., Path]

NOW = "2026-01-01"
PAGE = "<!DOCTYPE html><p>Hello.</p>"
URLSET = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
INDEX = (
    '<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
)


def settings(url: str = "https://example.org", **content: str) -> Settings:
    """Settings of a site at `url`."""
    keys = "".join(f'{key} = "{value}"\n' for key, value in content.items())
    return config.parse(f'[site]\ntitle = "T"\nurl = "{url}"\n[content]\n{keys}')


def built(folder: Path, *paths: str, **more: str) -> Path:
    """A built site with pages at these paths; `more` are by name what else is in its top folder."""
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE)
    for name, text in more.items():
        (folder / name).write_text(text)
    return folder


def sitemap(*urls: str) -> str:
    """A sitemap of these pages."""
    return (
        URLSET
        + "".join(f"<url><loc>{url}</loc><lastmod>2025-01-01</lastmod></url>" for url in urls)
        + "</urlset>"
    )


def verdict(given: Path, url: str, site: Settings | None = None) -> tuple[int, dict[str, int], str]:
    """How many posts are missing when one has this URL, what was remarked, and the hint."""
    compared = compare([a_post(url=url)], [], site or settings(), given)
    return compared.missing, dict(compared.remarks), "".join(each.hint for each in compared.problems)


@pytest.mark.parametrize(
    ("file", "path", "remark"),
    [
        ("posts/a/index.html", "/posts/a/", ""),
        ("posts/a/index.html", "/posts/a", ""),
        ("posts/a/index.html", "/posts/a/index.html", ""),
        ("posts/a/index.htm", "/posts/a/", ""),
        ("posts/a.html", "/posts/a.html", ""),
        ("posts/a.html", "/posts/a", "ending"),
        ("posts/a.htm", "/posts/a", "ending"),
        ("index.html", "/", ""),
        ("index.html", "", ""),
        ("index.html", "/index.html", ""),
        ("posts/a b & ü/index.html", "/posts/a%20b%20%26%20%C3%BC/", ""),
        ("posts/知乎/index.html", "/posts/%E7%9F%A5%E4%B9%8E/", ""),
        ("posts/100%/index.html", "/posts/100%25/", ""),
        (f"posts/{unicodedata.normalize('NFD', 'é')}/index.html", "/posts/%C3%A9/", "form"),
        ("posts/a/index.html", "/posts/a/?utm=1#top", ""),
        ("a.pdf", "/a.pdf", ""),
    ],
)
def test_a_file_serves_an_address(tmp_path: Path, file: str, path: str, remark: str) -> None:
    """As static hosts do; what only some of them do is remarked."""
    built(tmp_path, "other/index.html", file)
    assert (0, {remark: 1} if remark else {}, "") == verdict(tmp_path, f"https://example.org{path}")


@pytest.mark.parametrize(
    ("file", "path", "hint"),
    [
        (
            "posts/Hello/index.html",
            "/posts/hello/",
            "the site has /posts/Hello/, and most hosts tell upper and lower case apart",
        ),
        ("posts/hello.html", "/posts/hello/", "the closest page is /posts/hello.html"),
        (
            "2025/01/hello-world/index.html",
            "/posts/hello-world/",
            "the closest page is /2025/01/hello-world/",
        ),
        (
            "2025/01/hello-big-world/index.html",
            "/posts/hello-world/",
            "the closest page is /2025/01/hello-big-world/",
        ),
        (
            "about/index.html",
            "/posts/hello/",
            "build the site anew, give the post its address with `url:`, or exclude it as the site does",
        ),
        (
            "posts/hello/desk.jpg",
            "/posts/hello/",
            "build the site anew, give the post its address with `url:`, or exclude it as the site does",
        ),
    ],
)
def test_a_missing_page_is_named_with_the_closest(tmp_path: Path, file: str, path: str, hint: str) -> None:
    """Somebody who knows the site sees at once what is different."""
    built(tmp_path, "imprint/index.html", file)
    assert (1, {}, hint) == verdict(tmp_path, f"https://example.org{path}")


def test_what_is_said_of_a_missing_page(tmp_path: Path) -> None:
    """The URL, and where it was looked for."""
    compared = compare([a_post()], [], settings(), built(tmp_path, "index.html"))
    found = compared.problems[0]
    assert ("url-missing", "warning", "content/posts/hello.md") == (found.code, found.severity, found.path)
    assert f"https://example.org/posts/hello/ is not in {tmp_path}" == found.message


@pytest.mark.parametrize(
    ("page", "target"),
    [
        (
            '<!DOCTYPE html><html lang="en"><head><title>https://example.org/new/</title><link rel="canonical" '
            'href="https://example.org/new/"><meta charset="utf-8"><meta http-equiv="refresh" '
            'content="0; url=https://example.org/new/"></head></html>',
            "https://example.org/new/",
        ),
        ("<meta content='0;URL=/new/' HTTP-EQUIV=Refresh>", "/new/"),
        ('<meta http-equiv="refresh" content="0; url=&#x27;/a?b&amp;c&#x27;">', "/a?b&c"),
        ('<meta http-equiv="refresh" content="30">', ""),
        ('<meta name="refresh" content="0; url=/new/">', ""),
        ('<meta http-equiv="refresh" content="0; url=/new/">' + "x" * 9000, ""),
    ],
)
def test_an_old_address_is_not_the_page(tmp_path: Path, page: str, target: str) -> None:
    """Hugo, Zola and Jekyll leave pages at aliases that lead to the post's own."""
    built(tmp_path, "old/index.html", "index.html", "new/index.html")
    (tmp_path / "old/index.html").write_text(page)
    compared = compare([a_post(url="https://example.org/old/")], [], settings(), tmp_path)
    said = [(each.message, each.hint) for each in compared.problems]
    assert said == (
        [
            (
                f"https://example.org/old/ only redirects to {target}",
                "that is an old address of the page: give the post its present one with `url:`",
            )
        ]
        if target
        else []
    )


@pytest.mark.parametrize(
    ("url", "path", "expected"),
    [
        ("https://example.org/blog/a/", "https://example.org/blog", "a/"),
        ("http://example.org/blog/a/", "https://example.org/blog", "a/"),
        ("https://EXAMPLE.org/blog/a/", "https://example.org/blog", "a/"),
        ("https://example.org/blog", "https://example.org/blog", ""),
        ("https://example.org/blog/", "https://example.org/blog", ""),
        ("https://example.org/blogs/a/", "https://example.org/blog", None),
        ("https://example.org/a/", "https://example.org/blog", None),
        ("https://www.example.org/a/", "https://example.org", None),
        ("https://example.org:8080/a/", "https://example.org", None),
        ("https://bücher.example/a/", "https://xn--bcher-kva.example", "a/"),
        ("https://example.org/%E7%9F%A5/", "https://example.org", "知/"),
        ("https://example.org/知/", "https://example.org", "知/"),
    ],
)
def test_an_address_below_the_site(url: str, path: str, expected: str | None) -> None:
    """The site's url may have a path of its own, which is the root of the folder."""
    assert expected == built_site.below(url, path)


@given(st.text(), st.sampled_from(["https://example.org", "https://example.org/blog"]))
def test_any_address_is_below_the_site_or_not(url: str, site: str) -> None:
    """Those in sitemaps and front matter come from anywhere."""
    assert isinstance(built_site.below(url, site), str | None)


def test_a_post_elsewhere_is_not_looked_for(tmp_path: Path) -> None:
    """Its author says that it lives on another site."""
    compared = compare(
        [a_post(url="https://other.example/a/")], [], settings(), built(tmp_path, "index.html")
    )
    assert (1, 1, 0) == (compared.posts, compared.elsewhere, compared.missing)


def test_a_site_in_a_folder(tmp_path: Path) -> None:
    """Hints give the address as the browser shows it."""
    built(tmp_path, "2025/hello/index.html")
    site = settings("https://example.org/blog")
    assert 0 == verdict(tmp_path, "https://example.org/blog/2025/hello/", site)[0]
    assert (1, {}, "the closest page is /blog/2025/hello/") == verdict(
        tmp_path, "https://example.org/blog/hello/", site
    )


def test_a_page_that_cannot_be_read_is_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it redirects cannot be told; it is there."""

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert 0 == verdict(built(tmp_path, "a/index.html"), "https://example.org/a/")[0]


# ── sitemaps ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("listed", "wanted", "expected"),
    [
        ("https://example.org/a/", "https://example.org/a/", (0, {})),
        ("  http://example.org/a/\n", "https://example.org/a/", (0, {})),
        ("https://example.org/a", "https://example.org/a/", (0, {"slash": 1})),
        ("https://example.org/a/", "https://example.org/a", (0, {"slash": 1})),
        ("https://example.org/a/index.html", "https://example.org/a/", (0, {})),
        ("https://example.org/b&amp;c/", "https://example.org/b&c/", (0, {})),
        ("https://example.org/知/", "https://example.org/%E7%9F%A5/", (0, {})),
        ("https://example.org/b/", "https://example.org/a/", (1, {})),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap(
    tmp_path: Path,
    listed: str,
    wanted: str,
    expected: tuple[int, Mapping[str, int]],
    packed: bool,  # noqa: FBT001 - of a table
) -> None:
    """Plain or packed, by what is in it."""
    data = sitemap("https://example.org/", listed).encode()
    file = tmp_path / "sitemap.xml"
    file.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    assert expected == verdict(file, wanted)[:2]


def test_only_addresses_of_pages_count(tmp_path: Path) -> None:
    """Not those of their images and other languages."""
    file = tmp_path / "sitemap.xml"
    file.write_text(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="http://www.google.com/schemas/'
        'sitemap-image/1.1" xmlns:x="http://www.w3.org/1999/xhtml"><url><loc>https://example.org/a/</loc>'
        '<i:image><i:loc>https://example.org/b/</i:loc></i:image><x:link href="https://example.org/c/"/>'
        "</url><url><loc/></url></urlset>"
    )
    assert ["a/"] == list(built_site.read(file, settings()).pages)


@pytest.mark.parametrize(
    ("site", "names"),
    [
        ("https://example.org", {"posts.xml": "https://example.org/posts.xml"}),
        ("https://example.org", {"ja/sitemap.xml": "https://example.org/ja/sitemap.xml"}),
        ("https://example.org/blog", {"ja/sitemap.xml": "https://example.org/blog/ja/sitemap.xml"}),
        ("https://example.org", {"posts.xml": "https://cdn.example/maps/posts.xml"}),
        ("https://example.org", {"posts.xml.gz": "https://example.org/posts.xml.gz"}),
        (
            "https://example.org",
            {"a.xml": "https://example.org/a.xml", "b c.xml": "https://example.org/b%20c.xml"},
        ),
    ],
)
def test_an_index_of_sitemaps(tmp_path: Path, site: str, names: Mapping[str, str]) -> None:
    """The sitemaps are found beside it, where their addresses say."""
    index = tmp_path / "sitemap.xml"
    index.write_text(
        INDEX + "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in names.values()) + "</sitemapindex>"
    )
    for number, name in enumerate(names):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        data = sitemap(f"{site}/{number}/").encode()
        file.write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
    assert [f"{number}/" for number in range(len(names))] == list(
        built_site.read(index, settings(site)).pages
    )


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + URLSET.partition("?>")[2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is neither a folder nor a sitemap: no element found"),
        ("hello", "is neither a folder nor a sitemap: syntax error"),
        (
            BOMB + "<url><loc>&b;</loc></url></urlset>",
            "is neither a folder nor a sitemap: it has a document type",
        ),
        ("<a>" * 100, "is neither a folder nor a sitemap: it is nested too deeply"),
        ("<rss></rss>", "is no sitemap, but a <rss>"),
        (URLSET + "</urlset>", "there is no page of https://example.org in this sitemap"),
        (sitemap("http://localhost:1313/a/"), "there is no page of https://example.org in this sitemap"),
        (
            INDEX + "<sitemap><loc>https://example.org/no.xml</loc></sitemap></sitemapindex>",
            "names https://example.org/no.xml",
        ),
        (
            INDEX + "<sitemap><loc>https://example.org/%2e%2e/out.xml</loc></sitemap></sitemapindex>",
            "names https://example.org/",
        ),
        (INDEX + "<sitemap><loc>/a%00.xml</loc></sitemap></sitemapindex>", "names /a%00.xml"),
        (
            INDEX + "<sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>",
            "is no sitemap, but a <sitemapindex>",
        ),
        (
            INDEX + "<sitemap><loc>/x.xml</loc></sitemap>" * 1001 + "</sitemapindex>",
            "names more than 1000 sitemaps",
        ),
        ("\x1f\x8b nonsense", "is neither a folder nor a sitemap"),
    ],
)
def test_what_is_no_sitemap_of_the_site(tmp_path: Path, text: str, message: str) -> None:
    """It is refused with a word on what it is, before anything of it grows."""
    (tmp_path / "out.xml").write_text(sitemap("https://example.org/a/"))
    file = tmp_path / "built/sitemap.xml"
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(UsageError) as caught:
        built_site.read(file, settings())
    assert caught.value.message.startswith(message)


def test_a_site_built_for_another_address_is_recognised(tmp_path: Path) -> None:
    """As a preview is; otherwise every single post would be called missing."""
    file = tmp_path / "sitemap.xml"
    file.write_text(sitemap("http://localhost:1313/a/"))
    with pytest.raises(UsageError) as caught:
        built_site.read(file, settings())
    assert "its pages are at http://localhost:1313: is that the site's url?" == caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(b"x" * 100, mtime=0)[:-9],
        gzip.compress(b"x", mtime=0)[:4] + b"\xff" * 40,
    ],
)
def test_a_damaged_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    """In words of ours."""
    (tmp_path / "sitemap.xml.gz").write_bytes(data)
    with pytest.raises(UsageError, match="cannot be read"):
        built_site.read(tmp_path / "sitemap.xml.gz", settings())


@pytest.mark.parametrize("packed", [False, True])
def test_a_giant_sitemap_is_not_read_whole(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    packed: bool,  # noqa: FBT001 - of a table
) -> None:
    """Also when it is small until it is unpacked."""
    monkeypatch.setattr(built_site, "MAX_SITEMAP_BYTES", 1000)
    data = sitemap(*[f"https://example.org/{n}/" for n in range(100)]).encode()
    (tmp_path / "sitemap.xml").write_bytes(gzip.compress(data, mtime=0) if packed else data)
    with pytest.raises(UsageError, match="more than 1000 bytes"):
        built_site.read(tmp_path / "sitemap.xml", settings())


@given(
    st.binary(max_size=200)
    | st.text().map(lambda text: (URLSET + f"<url><loc>{text}</loc></url></urlset>").encode(errors="replace"))
)
def test_any_sitemap_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Only our error escapes."""
    file = tmp_path_factory.getbasetemp() / "any.xml"
    file.write_bytes(data)
    with contextlib.suppress(UsageError):
        assert built_site.read(file, settings()).pages


def test_a_folder_without_pages_is_no_site(tmp_path: Path) -> None:
    """The output folder before the generator has run."""
    (tmp_path / "rss.xml").write_text("<rss/>")
    built(tmp_path, "subscribe.html", ".git/x.html")  # ours, and nobody's
    with pytest.raises(UsageError, match="there is no page in this folder"):
        built_site.read(tmp_path, settings())


def test_links_are_not_followed(tmp_path: Path) -> None:
    """They could lead round in a circle; and a page that vanishes is just not a redirection."""
    built(tmp_path, "a/index.html")
    (tmp_path / "a/again").symlink_to(tmp_path)
    (tmp_path / "a/gone.html").symlink_to(tmp_path / "gone.html")
    assert ["a/"] == list(built_site.read(tmp_path, settings()).pages)


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its posts would all be called missing."""

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(UsageError, match="cannot list the folder: permission denied"):
        built_site.read(tmp_path, settings())


# ── the pattern ──────────────────────────────────────────────────────────────────────────────────────────

WORDS = ("harbour", "tide", "rope", "sail", "anchor", "gull", "pier", "net", "crew", "mast", "keel", "deck")


def sources(count: int = 24, start: int = 0, **changes: object) -> list[Source]:
    """Posts with names, sections, dates, and a slug here and there."""
    made = []
    for n in range(start, start + count):
        name = f"{WORDS[n % 12]}-{WORDS[n * 5 % 12]}-{n}"
        head = Header(
            title=f"On {name.replace('-', ' ')}",
            published=datetime(2019 + n % 5, 1 + n % 12, 1 + n * 7 % 28, 9, tzinfo=UTC),
            slug=f"my-{name}" if n % 6 == 5 else "",
            categories=("Craft",) if n % 2 else ("Sea", "Craft"),
        )
        keys = {
            "path": f"posts/{name}.md",
            "key": f"posts/{name}",
            "name": name,
            "section": "posts",
            "folder": "posts",
            "header": head,
            "body": "",
            "body_line": 1,
        }
        made.append(Source(**(keys | changes)))  # type: ignore[arg-type]
    return made


def at(pattern: str, source: Source) -> str:
    """The file that a generator with this pattern makes of a source."""
    date = source.header.published
    assert date
    path = pattern.format(
        year=f"{date:%Y}",
        month=f"{date:%m}",
        n=date.month,
        day=f"{date:%d}",
        slug=source.header.slug or source.name,
        name=source.name,
        section=source.section,
        category=source.header.categories[0].lower(),
    ).lstrip("/")
    return f"{path}index.html" if path.endswith("/") else path


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("/{year}/{month}/{slug}/", "/{year}/{month}/{slug}/"),
        ("/{year}/{month}/{day}/{name}.html", "/{year}/{month}/{day}/{name}.html"),
        ("/{year}/{n}/{slug}/", "/{year}/{month_number}/{slug}/"),
        ("/{slug}/", "/{slug}/"),
        ("/blog/{slug}/", "/blog/{slug}/"),
        ("/{section}/{year}-{month}-{day}-{slug}/", "/{section}/{year}-{month}-{day}-{slug}/"),
        ("/{year}{month}{day}/{slug}/", "/{year}{month}{day}/{slug}/"),
        ("/{category}/{slug}.html", "/{category}/{slug}.html"),
        ("/archive/{year}/{slug}.htm", "/archive/{year}/{slug}.htm"),
    ],
)
@pytest.mark.parametrize("home", ["https://example.org", "https://example.org/log"])
def test_the_pattern_of_the_site_is_found(tmp_path: Path, pattern: str, expected: str, home: str) -> None:
    """Among pages that are no posts, and one that a post is missing from."""
    posts = sources()
    built(tmp_path, *(at(pattern, source) for source in posts[1:]))
    built(
        tmp_path,
        "index.html",
        "about/index.html",
        "tags/rope/index.html",
        *(f"craft/page/{n}/index.html" for n in range(9)),
    )
    site = settings(home)
    found = fitting.suggest(posts, site, built_site.read(tmp_path, site))
    assert fitting.Suggestion(expected, {}, 23, 24) == found


@pytest.mark.parametrize(
    ("present", "listed"),
    [("/{section}/{slug}", "/{section}/{slug}/"), ("/{section}/{slug}/", "/{section}/{slug}")],
)
def test_a_sitemap_tells_of_the_slash_at_the_end(tmp_path: Path, present: str, listed: str) -> None:
    """Hosts redirect, so that no post is missing; but the pattern with the site's own addresses is suggested."""
    posts, site = sources(), settings(permalink=present)
    file = tmp_path / "sitemap.xml"
    there = [at(listed, source).removesuffix("index.html") for source in posts]
    file.write_text(sitemap(*(f"https://example.org/{path}" for path in there)))
    made = [a_post(url=permalinks.of(source, site), path=source.path) for source in posts]
    compared = compare(made, posts, site, file)
    assert (0, {"slash": 24}, 0) == (compared.missing, dict(compared.remarks), compared.present)
    assert fitting.Suggestion(listed, {}, 24, 24) == compared.suggestion


def test_plain_names_of_jekyll_are_found(tmp_path: Path) -> None:
    """Where `:title` would have kept capitals and underscores."""
    names = {source: source.name.replace("-", "_").title() for source in sources()}
    posts = [replace(source, name=name, key=f"posts/2025-01-31-{name}") for source, name in names.items()]
    built(tmp_path, *(f"b/{(s.header.slug or s.name).lower().replace('_', '-')}.html" for s in posts))
    site = settings(dialect="jekyll")
    found = fitting.suggest(posts, site, built_site.read(tmp_path, site))
    assert fitting.Suggestion("/b/{plain_slug}.html", {}, 24, 24) == found


def test_a_section_gets_its_own_pattern(tmp_path: Path) -> None:
    """Where its posts are better off with one."""
    posts, notes = sources(20), sources(8, 50, section="notes", folder="notes")
    built(
        tmp_path,
        *(at("/{year}/{slug}/", source) for source in posts),
        *(at("/notes/{slug}.html", source) for source in notes),
    )
    found = fitting.suggest([*posts, *notes], settings(), built_site.read(tmp_path, settings()))
    assert fitting.Suggestion("/{year}/{slug}/", {"notes": "/{section}/{slug}.html"}, 28, 28) == found


@pytest.mark.parametrize(
    "paths",
    [
        ["index.html", "about/index.html"],
        ["posts/index.html"],  # which is every post's section, and no post
        ["{slug}/harbour-harbour-0/index.html", "x/index.html"],
    ],
)
def test_no_pattern_is_better_than_a_bad_one(tmp_path: Path, paths: list[str]) -> None:
    """Nothing is suggested that fits a few posts by chance."""
    built(tmp_path, *paths, "posts/harbour-harbour-0/index.html")
    assert (
        fitting.suggest(sources(), settings(permalink="/x/{slug}/"), built_site.read(tmp_path, settings()))
        is None
    )


def test_languages_have_the_same_pattern(tmp_path: Path) -> None:
    """Their code stands in front of it."""
    posts, others = sources(8), sources(8, 30, prefix="ja")
    built(tmp_path, *(at("/{year}/{slug}/", source) for source in posts))
    built(tmp_path, *(f"ja/{at('/{year}/{slug}/', source)}" for source in others))
    found = fitting.suggest([*posts, *others], settings(), built_site.read(tmp_path, settings()))
    assert fitting.Suggestion("/{year}/{slug}/", {}, 16, 16) == found


def test_a_page_is_for_one_post(tmp_path: Path) -> None:
    """A pattern that leads all posts to the page of their section fits one at most."""
    site = built_site.read(built(tmp_path, "posts/index.html"), settings())
    assert 1 == fitting.fitting(sources(), settings(permalink="/{section}/"), site)


def test_a_word_of_all_addresses_is_meant(tmp_path: Path) -> None:
    """That all posts so far have a category of that name is chance."""
    posts = sources(12, header=Header(published=datetime(2025, 1, 1, tzinfo=UTC), categories=("Blog",)))
    built(tmp_path, *(f"blog/{source.name}/index.html" for source in posts))
    found = fitting.suggest(posts, settings(), built_site.read(tmp_path, settings()))
    assert fitting.Suggestion("/blog/{slug}/", {}, 12, 12) == found


def test_a_pattern_that_fits_needs_no_other(tmp_path: Path) -> None:
    """Nor does a site without posts."""
    built(tmp_path, *(at("/posts/{slug}/", source) for source in sources()))
    site = built_site.read(tmp_path, settings())
    assert (None, 24) == (
        fitting.suggest(sources(), settings(), site),
        fitting.fitting(sources(), settings(), site),
    )
    assert fitting.suggest([], settings(), site) is None


def test_other_pages_that_look_like_posts(tmp_path: Path) -> None:
    """What the site has and the feeds would not; a pattern that any page fits says nothing of that."""
    posts = sources()
    built(tmp_path, *(at("/{year}/{month}/{slug}/", source) for source in posts))
    built(
        tmp_path,
        "2021/07/forgotten/index.html",
        "2021/07/index.html",
        "about/index.html",
        "2021/x/y/index.html",
    )
    compared = compare([], posts, settings(permalink="/{year}/{month}/{slug}/"), tmp_path)
    assert 25 == len(compared.others)  # no post is ours here
    flat = settings(permalink="/{slug}/")
    assert (
        () == compare([], posts, flat, built(tmp_path / "flat", *(at("/{slug}/", s) for s in posts))).others
    )


def test_check_against_the_built_site(make_site: MakeSite, run: Run) -> None:
    """What somebody sees who has just pointed the tool at their blog."""
    posts = {
        f"content/posts/2025-01-{n:02}-{WORDS[n % 12]}-{n}.md": f"---\ntitle: T{n}\n---\nHello.\n"
        for n in range(1, 13)
    }
    site = make_site(posts)
    built(
        site / "_site",
        "index.html",
        *(f"2025/01/{WORDS[n % 12]}-{n}/index.html" for n in range(1, 12)),
        "2025/01/more/index.html",
    )
    ran = run("-C", site, "check", "--against", site / "_site", "--now", NOW)
    assert 1 == ran.code
    assert ran.out.startswith(
        "content/posts/2025-01-01-tide-1.md: warning[url-missing]: https://example.org/posts/tide-1/ is not in "
    )
    assert (
        '  hint: its page is /2025/01/tide-1/, as permalink = "/{year}/{month}/{slug}/" has it'
        in ran.out.splitlines()
    )
    assert "… and 9 more like this: feeds check --code url-missing" in ran.out
    assert [
        "12 posts in 1 channel",
        "0 of 12 posts found in the site",
        'permalink = "/{year}/{month}/{slug}/" fits 11 of 12 posts; now 0',
        "12 warnings",
    ] == [line for line in ran.err.splitlines() if "look like" not in line]
    assert {
        "posts": 12,
        "missing": 12,
        "elsewhere": 0,
        "remarks": {},
        "fits": 0,
        "suggestion": {"permalink": "/{year}/{month}/{slug}/", "permalinks": {}, "fits": 11, "of": 12},
        "others": [],
    } == run("-C", site, "check", "--json", "--against", site / "_site", "--now", NOW).json["against"]
    assert 0 == run("-C", site, "check", "--now", NOW).code


def test_check_against_says_all_it_found(make_site: MakeSite, run: Run) -> None:
    """Remarks, posts elsewhere, pages that are not ours, and patterns of sections."""
    post = "---\ntitle: T\ndate: 2025-03-0{}\n---\nHello.\n"
    texts = {f"content/a/{word}.md": post.format(1) for word in WORDS}
    texts |= {f"content/b/{word}.md": post.format(2) for word in WORDS[:6]}
    texts["content/x.md"] = "---\ndate: 2025-01-01\nurl: https://other.example/x/\n---\nHello.\n"
    site = make_site(texts)
    folder = site / "out"
    built(folder, *(f"a/{word}.html" for word in WORDS), *(f"b/03/{word}/index.html" for word in WORDS[:6]))
    built(folder, *(f"b/03/{word}/index.html" for word in WORDS[6:10]))
    ran = run("-C", site, "check", "--against", folder, "--now", NOW)
    assert [
        "19 posts in 1 channel",
        "0 of 19 posts found in the site",
        "  1 at an address of another site, which was not looked for",
        "  pages that look like posts and are none of these: 4 (/b/03/crew/, /b/03/mast/, /b/03/net/, …)",
        "these patterns fit 18 of 18 posts; now 0:",
        "  [content]",
        '  permalink = "/{section}/{slug}.html"',
        "  [content.permalinks]",
        '  "b" = "/{section}/{month}/{slug}/"',
        "18 warnings",
    ] == ran.err.splitlines()
    settings_file = site / "feeds.toml"
    settings_file.write_text(settings_file.read_text() + '[content]\npermalink = "/{section}/{slug}"\n')
    ran = run("-C", site, "check", "--against", folder, "--now", NOW)
    assert (
        "  12 at a file with an ending that the URL has not: see that the host serves it without" in ran.err
    )


def test_check_against_a_site_that_has_all(make_site: MakeSite, run: Run) -> None:
    """Exit code 0, and how many there were."""
    site = make_site({"content/posts/a.md": "---\ndate: 2025-01-01\n---\nHello.\n"})
    ran = run("-C", site, "check", "--against", built(site / "_site", "posts/a/index.html"), "--now", NOW)
    assert (0, "", ["1 of 1 post found in the site", "no problems"]) == (
        ran.code,
        ran.out,
        ran.err.splitlines()[1:],
    )


def test_check_against_a_folder_of_the_site(make_site: MakeSite, run: Run) -> None:
    """What is not below the current folder is looked for in the site's."""
    site = make_site({"content/posts/a.md": "---\ntitle: T\ndate: 2025-01-31\n---\nb\n"})
    built(site / "_site", "posts/a/index.html")
    assert 0 == run("-C", site, "check", "--against", "_site", "--now", NOW).code


def test_check_against_nothing(make_site: MakeSite, run: Run) -> None:
    """Exit code 2, and what to name."""
    site = make_site()
    ran = run("-C", site, "check", "--against", "nowhere")
    assert (2, True) == (ran.code, f"and no {site / 'nowhere'}" in " ".join(ran.err.split()))
    ran = run("-C", site, "check", "--against", site / "feeds.toml")
    assert (2, True) == (ran.code, "name the folder of the built site" in ran.err)
