"""Addresses and ids of posts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs

from feeds import identity, permalinks
from feeds.dialects import DIALECTS
from feeds.model import Header, Person, Source
from feeds.settings import PLACEHOLDERS, Content, Settings, Site, with_dialect

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
    permalink: str = "/{section}/{slug}/",
    url: str = "https://example.org",
    site_id: str = "",
    *,
    dialect: str = "plain",
    permalinks: dict[str, str] | None = None,
) -> Settings:
    """Settings with permalink patterns."""
    content = Content(permalink=permalink, permalinks=permalinks or {})
    made = Settings(site=Site(title="T", url=url, id=site_id, author="Ann Lee <a@b.c>"), content=content)
    return with_dialect(made, dialect)


def replace_site(made: Settings, **changes: str) -> Settings:
    """The settings with something else said of the site."""
    return structs.replace(made, site=structs.replace(made.site, **changes))


def path(source: Source, pattern: str = "/{section}/{slug}/", dialect: str = "plain") -> str:
    """The path of a post's address, decoded."""
    return unquote(urlsplit(permalinks.of(source, settings(pattern, dialect=dialect))).path)


def post(name: str = "hello", *, prefix: str = "", section: str = "posts", **header: object) -> Source:
    """A post with some front matter."""
    head = replace(SOURCE.header, **header)  # type: ignore[arg-type] # fields of a header
    key = f"{section}/2025-01-31-{name}"
    return replace(SOURCE, name=name, key=key, section=section, prefix=prefix, header=head)


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
        ({"url": "https://other.example/a%2Fb//index.html"}, "https://other.example/a%2Fb//index.html"),
        ({"url": "https://other.example/%00"}, "https://other.example/"),
        ({"url": "https://other.example/ ./a\x01b/"}, "https://other.example/ab/"),
        ({"url": "https://other.example/%252e%252e/a%250Ab?q=%00#.."}, "https://other.example/ab?q=%00#.."),
        ({"url": "https://other.example/%2e%3F%00"}, "https://other.example/.%3F"),
        ({"url": "/100% sure/"}, "https://example.org/blog/100%25%20sure/"),
        ({"url": "/a?b#c/"}, "https://example.org/blog/a%3Fb%23c/"),
        ({"url": "/../../etc/passwd"}, "https://example.org/blog/etc/passwd"),
        ({"url": "https://example.org/blog/a/../b/"}, "https://example.org/blog/a/b/"),
        ({"url": "https://example.org/blog/?p=12"}, "https://example.org/blog/?p=12"),
        ({"url": "/a//b///c.html"}, "https://example.org/blog/a/b/c.html"),
        ({"url": "/a/index.html"}, "https://example.org/blog/a/"),
        ({"url": "/my-index.html"}, "https://example.org/blog/my-index.html"),
        ({"slug": "2024/hello"}, "https://example.org/blog/posts/2024/hello/"),
        ({"slug": ".."}, "https://example.org/blog/posts/hello/"),
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


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("/{year}/{short_year}/{month}/{month_number}/{day}/{day_number}/", "/2025/25/03/3/04/4/"),
        ("/{month_name}/{short_month}/{weekday}/{short_day}/", "/march/mar/tuesday/tue/"),
        ("/{yearday}/{week}/{hour}-{minute}-{second}/", "/063/10/05-06-07/"),
        ("/{section}/{first_section}/", "/posts/sub/posts/"),
        ("/{category}/{categories}/", "/dev-tools/dev-tools/c_plus_plus/"),
        ("/{author}/{language}/", "/ines-cole/pt-br/"),
        ("/{title}/{slug}/{name}/", "/hello-world/given/hello/"),
        ("/{slug_or_title}/{filename}/{slug_or_filename}/", "/given/2025-01-31-hello/given/"),
        ("/{plain_slug}/{plain_filename}/", "/given/2025-01-31-hello/"),
    ],
)
def test_placeholders_say_what_the_settings_promise(pattern: str, expected: str) -> None:
    """Each has the form that the table of settings gives."""
    full = post(
        section="posts/sub",
        published=datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC),
        title="Hello, World",
        slug="given",
        categories=("Dev Tools", "C++", "Dev-tools"),
        authors=(Person(name="Ines Cole"), Person(name="B")),
        language="pt-BR",
    )
    assert expected == path(full, pattern)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("/{title}/{slug_or_title}/{slug_or_filename}/", "/hello/hello/2025-01-31-hello/"),
        ("/{category}/{slug}/", "/hello/"),
        ("/{categories}/{year}/{slug}", "/2025/hello"),
        ("/{author}/{language}/", "/ann-lee/en/"),
        ("/{first_section}/{section}/{slug}/index.html", "/hello/"),
    ],
)
def test_what_is_not_given_falls_back_or_goes(pattern: str, expected: str) -> None:
    """No empty segments: names stand in for titles, and the site for authors and languages."""
    assert expected == path(post(section="", categories=()), pattern)


def test_dates_are_those_of_the_author() -> None:
    """A post of New Year's Eve in Auckland is not of the day before."""
    late = datetime(2025, 1, 1, 8, 0, tzinfo=timezone(timedelta(hours=13)))
    assert path(post(published=late), "/{year}/{month}/{day}/") == "/2025/01/01/"


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [("jekyll", "/2025/02/01/hello"), ("hexo", "/2025/02/01/hello"), ("hugo", "/2025/01/31/hello")],
)
def test_days_of_the_sites_zone(dialect: str, expected: str) -> None:
    """Jekyll and Hexo take a post's day from where the site is, others from what the post says."""
    late = post(published=datetime(2025, 1, 31, 20, 30, tzinfo=UTC))
    made = settings("/{year}/{month}/{day}/{slug}", dialect=dialect)
    there = replace_site(made, timezone="Asia/Kolkata")
    assert f"https://example.org{expected}" == permalinks.of(late, there)


@pytest.mark.parametrize(
    ("pattern", "header", "expected"),
    [
        ("/{slug_or_title}.html", {"title": "Été", "language": "fr"}, "/ete-fr.html"),
        ("/{slug_or_title}.html", {"title": "Summer", "language": "en"}, "/summer.html"),
        ("/{slug_or_title}.html", {"title": "Summer"}, "/summer.html"),
        ("/{language}/{slug}/", {"language": "fr"}, "/fr/hello/"),
        ("/{year}/{slug}/", {"language": "fr"}, "/2025/hello-fr/"),
        ("/{slug}/", {"language": "fr", "url": "own/"}, "/own/"),
        ("/{slug}/", {"language": "fr", "url": "own/{slug}/"}, "/own/hello/"),
    ],
)
def test_translations_for_pelican(pattern: str, header: dict[str, str], expected: str) -> None:
    """Its `ARTICLE_LANG_URL` has the language behind the slug; folders say nothing of languages to it."""
    assert expected == path(post(prefix="fr", **header), pattern, "pelican")


@pytest.mark.parametrize(
    ("dialect", "pattern", "expected"),
    [
        ("eleventy", "/{section}/{name}/", "/notes/hello/"),
        ("eleventy", "/blog/{section}/{name}/", "/blog/notes/hello/"),
        ("eleventy", "/{section}/{filename}/", "/notes/hello/"),
        ("eleventy", "/{section}/{name}.html", "/notes/hello/hello.html"),
        ("hugo", "/{section}/{name}/", "/notes/hello/hello/"),
    ],
)
def test_a_file_named_like_its_folder(dialect: str, pattern: str, expected: str) -> None:
    """Eleventy makes one folder of the two."""
    source = replace(post(section="notes/hello"), key="notes/hello/hello")
    assert expected == path(source, pattern, dialect)


@pytest.mark.parametrize(
    ("pattern", "header", "expected"),
    [
        ("/{plain_slug}.html", {}, "/hello-world-2.html"),
        ("/{plain_slug}.html", {"slug": "My_Slug!"}, "/my-slug.html"),
        ("/{plain_slug}.html", {"slug": "!"}, "/_bang.html"),
        ("/{plain_filename}/", {"slug": "x"}, "/2025-01-31-hello-world-2/"),
        ("/{plain_categories}/x", {"categories": ("C# & .NET", "A_b", "a b")}, "/c-net/a-b/x"),
        ("/{plain_categories}/x", {"categories": ()}, "/x"),
        ("/{slug}.html", {}, "/Hello_World.2.html"),
    ],
)
def test_plain_names_of_jekyll(pattern: str, header: dict[str, object], expected: str) -> None:
    """Its `:slug` has less in it than its `:title`."""
    assert expected == path(post("Hello_World.2", **header), pattern, "jekyll")


@pytest.mark.parametrize(
    ("key", "name", "expected"),
    [
        ("2021-02-04-My_Post name", "My_Post name", "/My_Post name/"),
        ("My_Post name", "My_Post name", "/My-Post-name/"),
        ("ignored/i", "i", "/ignored-i/"),
        ("tech/2021-02-04-sub_dir", "sub_dir", "/tech-2021-02-04-sub-dir/"),
        ("2021/2021-02-04-x_y", "x_y", "/2021/x_y/"),
        ("___", "___", "/___/"),
    ],
)
def test_names_of_hexo_that_do_not_begin_with_a_date(key: str, name: str, expected: str) -> None:
    """Where all others do, their whole path is made into one name."""
    source = replace(post(name), key=key, section=key.rpartition("/")[0])
    assert expected == path(source, "/{section}/{name}/", "hexo")


@pytest.mark.parametrize(
    ("key", "slug", "expected"),
    [
        ("2022-2-6-unpadded", "", "/blog/2022/2/6/unpadded"),
        ("tutorials/2024-02-02-deep", "", "/blog/2024/02/02/tutorials/deep"),
        ("2024/01-01-x", "", "/blog/2024/01/01/x"),
        ("releases/2.0", "", "/blog/releases/2.0"),
        ("2024-02-02-deep", "releases/1.0", "/blog/releases/1.0"),
        ("Hello There", "", "/blog/Hello There"),
    ],
)
def test_paths_of_docusaurus(key: str, slug: str, expected: str) -> None:
    """A date in the path becomes folders in front of the others, unless the post has a slug."""
    folder, _, name = key.rpartition("/")
    source = replace(post(name, section=folder, slug=slug), key=key)
    assert expected == path(source, "/blog/{slug_or_path}", "docusaurus")


@pytest.mark.parametrize(
    ("dialect", "pattern", "section", "header", "expected"),
    [
        ("jekyll", "/{year}/{slug}.html", "", {}, "/About Me.html"),
        ("jekyll", "/{year}/{slug}/", "", {}, "/About Me/"),
        ("jekyll", "/{year}/{slug}/", "_docs/start", {"slug": "x"}, "/docs/start/About Me/"),
        ("pelican", "/{slug_or_title}/", "pages", {"title": "À propos"}, "/pages/a-propos.html"),
        ("pelican", "/{slug_or_title}/", "pages", {"title": "À propos", "slug": "me"}, "/pages/me.html"),
        ("hugo", "/{slug}/", "", {}, "/about-me/"),
        ("hugo", "/{slug}/", "", {"slug": "me"}, "/me/"),
        ("hugo", "/{slug}/", "", {"url": "/who/"}, "/who/"),
    ],
)
def test_pages(dialect: str, pattern: str, section: str, header: dict[str, str], expected: str) -> None:
    """A page without a date is where its generator puts it."""
    page = post("About Me", section=section, **header)
    url = permalinks.of_page(page, settings(pattern, dialect=dialect))
    assert expected == unquote(urlsplit(url).path)


def test_own_addresses_for_hexo() -> None:
    """What is no file is a folder there."""
    assert [path(post(url=url), dialect="hexo") for url in ("a/b", "/a/b/", "a.html")] == [
        "/a/b/",
        "/a/b/",
        "/a.html",
    ]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("", "/hello"),
        ("posts", "/p/hello/"),
        ("posts/deep/er", "/deep/hello/"),
        ("posts/other", "/p/hello/"),
        ("postscript", "/hello"),
    ],
)
def test_sections_have_patterns_of_their_own(section: str, expected: str) -> None:
    """The closest folder counts, and a folder's name counts as a whole."""
    patterns = {"posts": "/p/{slug}/", "/posts/deep/": "/deep/{slug}/"}
    found = permalinks.of(post(section=section), settings("/{slug}", permalinks=patterns))
    assert f"https://example.org{expected}" == found


@pytest.mark.parametrize(
    ("dialect", "name", "header", "expected"),
    [
        ("plain", "My Café", {}, "/My Posts/my-café/"),
        ("hugo", "What's New", {}, "/my-posts/whats-new/"),
        ("hugo", "a", {"slug": "C++ & Más"}, "/my-posts/c++-más/"),
        ("jekyll", "What's New", {}, "/My Posts/What's-New/"),
        ("jekyll", "a", {"slug": "Hello World!?"}, "/My Posts/Hello-World!/"),
        ("jekyll", "a", {"title": "Other"}, "/My Posts/a/"),
        ("zola", "Crème_brûlée", {}, "/My Posts/creme-brulee/"),
        ("eleventy", "What's New", {}, "/My Posts/What's New/"),
        ("eleventy", "100%41", {}, "/My Posts/100%41/"),
        ("pelican", "L'été", {"title": "Other"}, "/My Posts/lete/"),
        ("pelican", "file", {"title": "C'est l'été!", "slug": "ete_1"}, "/My Posts/ete_1/"),
        ("pelican", "file", {}, "/My Posts/file/"),
        ("obsidian", "My Note", {}, "/My-Posts/My-Note/"),
        ("hexo", "Java 集合", {}, "/My Posts/Java 集合/"),
        ("zola", "Привет", {}, "/My Posts/privet/"),
        ("zola", "🎉", {}, "/My Posts/🎉/"),
        ("nikola", "Ñoño: C++", {}, "/My Posts/nono-c++/"),
        ("docusaurus", "What's New", {}, "/My Posts/What's New/"),
        ("auto", "My Café", {}, "/My Posts/my-café/"),
    ],
)
def test_slugs_are_those_of_the_generator(
    dialect: str, name: str, header: dict[str, str], expected: str
) -> None:
    """The same name has another address with each of them."""
    if dialect in {"plain", "auto"}:
        expected = expected.replace("My Posts", "my-posts")
    assert expected == path(post(name, section="My Posts", **header), dialect=dialect)


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        ("hugo", "/january/fri/dev-tools/hi-there/"),
        ("jekyll", "/January/Fri/dev tools/Hi-There/"),
        ("pelican", "/January/Fri/dev-tools/hi-there/"),
        ("eleventy", "/January/Fri/dev-tools/hi-there/"),
        ("zola", "/january/fri/dev-tools/hi-there/"),
        ("obsidian", "/January/Fri/Dev-Tools/Hi-There/"),
        ("hexo", "/January/Fri/Dev-Tools/hi-there/"),
    ],
)
def test_words_are_those_of_the_generator(dialect: str, expected: str) -> None:
    """Months, days, categories and titles in the way each writes them."""
    pattern = "/{month_name}/{short_day}/{category}/{title}/"
    assert expected == path(post("a", title="Hi There"), pattern, dialect)


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [("pelican", "/misc/misc/"), ("hexo", "/uncategorized/uncategorized/"), ("jekyll", "/")],
)
def test_a_post_without_a_category_is_where_its_generator_puts_it(dialect: str, expected: str) -> None:
    """Pelican and Hexo have a category for those."""
    source = replace(SOURCE, header=replace(SOURCE.header, categories=()))
    assert expected == path(source, "/{category}/{categories}/", dialect)


@pytest.mark.parametrize(
    ("dialect", "expected", "kept"),
    [
        ("pelican", "/privet-mir/zametki/", "/привет-мир/заметки/"),
        ("zola", "/privet-mir/zametki/", "/Привет_мир/Заметки/"),
        ("hugo", "/привет-мир/заметки/", "/привет-мир/заметки/"),
    ],
)
def test_other_scripts_can_stay(dialect: str, expected: str, kept: str) -> None:
    """`SLUGIFY_USE_UNICODE` of Pelican, `slugify.paths = "safe"` of Zola."""
    source, pattern = post("a", title="Привет мир", categories=("Заметки",)), "/{title}/{category}/"
    assert expected == path(source, pattern, dialect)
    made = settings(pattern, dialect=dialect)
    in_unicode = structs.replace(made, content=structs.replace(made.content, slug_letters="unicode"))
    assert kept == unquote(urlsplit(permalinks.of(source, in_unicode)).path)


def test_a_name_keeps_its_date_only_where_it_is_asked_for() -> None:
    """The date and the language of a file's name are not in `{name}`, and only the date is in `{filename}`."""
    translated = replace(post(prefix="ja"), key="posts/2025-01-31-hello.ja")
    assert path(translated, "/{name}/{filename}/") == "/ja/hello/2025-01-31-hello/"
    odd = replace(post(), key="posts/other")
    assert path(odd, "/{filename}/") == "/other/"


@pytest.mark.parametrize(
    ("dialect", "pattern", "url", "expected"),
    [
        ("hugo", "/{section}/{slug}/", "", "/ja/posts/hello/"),
        ("pelican", "/{language}/{slug}/", "", "/ja/hello/"),
        ("hugo", "/{slug}/", "/a/b/", "/a/b/"),
        ("hugo", "/{slug}/", "a/b", "/ja/a/b/"),
        ("hugo", "/{slug}/", "/:year/:filename", "/2025/2025-01-31-hello/"),
        ("hugo", "/{slug}/", ":year/:filename", "/ja/2025/2025-01-31-hello/"),
        ("jekyll", "/{slug}/", "/:year/:title/", "/2025/hello/"),
        ("jekyll", "/{slug}/", "/{% x %}/", "/ja/hello/"),
        ("zola", "/{slug}/", "a/b", "/a/b/"),
    ],
)
def test_a_language_stands_in_front(dialect: str, pattern: str, url: str, expected: str) -> None:
    """Once, and not in front of a path that the post gives as a whole."""
    assert expected == path(post(prefix="ja", url=url), pattern, dialect)


@pytest.mark.parametrize(
    ("dialect", "url", "expected"),
    [
        ("jekyll", "/:year/:title/", "/2025/hello/"),
        ("jekyll", "/:categories/:title:output_ext", "/dev tools/b/hello.html"),
        ("jekyll", "pretty", "/dev tools/b/2025/01/31/hello/"),
        ("plain", "none", "/dev-tools/b/hello.html"),
        ("hugo", "/:year/:slug/", "/2025/the-title/"),
        ("hugo", "/:sections[0]/x", "/posts/x/"),
        ("hugo", "/:year/x/:slug.html", "/2025/x/the-title.html"),
        ("hugo", "/:year/v1.0/:slug/", "/2025/v1.0/the-title/"),
        ("hugo", "pretty", "/pretty/"),
        ("hugo", "/a/b.html", "/a/b.html"),
        ("zola", "a/b", "/a/b/"),
        ("eleventy", "/blog/{{ page.fileSlug }}/", "/blog/hello/"),
        ("eleventy", "/{{ title | slugify }}/index.html", "/the-title/"),
        ("eleventy", "{{ page.date | date: '%Y' }}/{{ page.fileSlug }}.html", "/2025/hello.html"),
        ("pelican", "{date:%Y}/{slug}.html", "/2025/the-title.html"),
        ("plain", "/{year}/{slug}/", "/2025/hello/"),
        ("plain", "https://example.org/:year/:title/", "/2025/hello/"),
    ],
)
def test_a_pattern_in_front_matter_is_filled_in(dialect: str, url: str, expected: str) -> None:
    """As the site's generator fills it in."""
    source = post(url=url, title="The Title")
    assert expected == path(source, dialect=dialect)


@pytest.mark.parametrize(
    "header",
    [
        {"url": "/{% if a %}b{% endif %}/"},
        {"url": "/{{ collections.posts | length }}/"},
        {"url": "/:year/:mystery/"},
        {"url": "/{unknown}/"},
        {"url": "/<%= slug %>/"},
        {"url": "/{{ unclosed/"},
        {"url": "https://other.example/{{ slug }}/"},
        {"slug": "{{ title | slugify }}"},
    ],
)
@pytest.mark.parametrize("dialect", ["plain", "hugo", "jekyll", "eleventy"])
def test_code_never_becomes_an_address(header: dict[str, str], dialect: str) -> None:
    """What cannot be filled in gives way to the site's pattern."""
    source = post(**header)
    assert path(source, dialect=dialect) == "/posts/hello/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/%2e%2e/a/", "/a/"),
        ("/a/%2E./b/", "/a/b/"),
        ("/%252e%252e/%25252e/a", "/a"),
        ("/..%2f..%5cetc/", "/etc/"),
        ("/a%252f..%252fb/", "/a/b/"),
        ("/%2%65%2%65/a/", "/a/"),
        ("\\\\host\\share\\..\\a", "/host/share/a"),
        ("//host/a", "/host/a"),
        ("/a\0/.\0./b%00c/", "/a/bc/"),
        ("/ .. /a/", "/a/"),
        ("/CON/nul.txt", "/CON/nul.txt"),
        ("/..", "/"),
        ("/%E4%BD%A0/%zz/", "/你/%zz/"),
    ],
)
def test_no_path_leads_out_of_the_site(url: str, expected: str) -> None:
    """However it is spelt, and however often it is decoded."""
    assert expected == path(post(url=url))


_NASTY = st.sampled_from(
    (
        *(
            "..",
            ".",
            "/",
            "\\",
            "%2e",
            "%252e",
            "%2",
            "%25",
            "5",
            "%2f",
            "%5c",
            "%00",
            "\0",
            " ",
            "CON",
            "~",
            ":",
        ),
        *("{slug}", ":title", "{{ slug }}", "https://example.org/", "//", "#", "?", "é", "\ud800", "\u202e"),
        "index.html",
    )
)
_NASTY_TEXT = st.one_of(st.text(max_size=30), st.lists(_NASTY, max_size=8).map("".join))


@example(
    name="0", slug="", url="https://example.org/%00", title="", section="", category="", dialect="docusaurus"
)
@example(name="0", slug="", url="https://example.org/ .", title="", section="", category="", dialect="plain")
@given(
    name=_NASTY_TEXT.filter(bool),
    slug=_NASTY_TEXT,
    url=_NASTY_TEXT.filter(lambda text: "?" not in text and "#" not in text),
    title=_NASTY_TEXT,
    section=_NASTY_TEXT,
    category=_NASTY_TEXT,
    dialect=st.sampled_from([*DIALECTS, "auto"]),
)
def test_every_address_is_plain_ascii_below_the_site(
    name: str, slug: str, url: str, title: str, section: str, category: str, dialect: str
) -> None:
    """Nothing that a post says makes an address with spaces, controls or dot segments, or one that is elsewhere."""
    if not url.lower().startswith("https://example.org"):
        url = re.sub("(?i)^https?:", "", url)
    source = post(name, section=section, slug=slug, url=url, title=title, categories=(category,))
    pattern = "/{section}/{first_section}/{slug}/{title}/{filename}/{categories}/{author}"
    found = permalinks.of(source, settings(pattern, url="https://example.org/blog", dialect=dialect))
    assert found.isascii()
    assert found.isprintable()
    assert not set(found) & set(' {}<>"\\^`|')
    if not url.lower().startswith("https://example.org"):
        assert found.startswith("https://example.org/blog/")
    decoded = urlsplit(found).path
    for _ in range(6):
        assert not {".", ".."} & {part.strip() for part in re.split(r"[/\\]", decoded)}
        assert not any(
            unicodedata.category(character) == "Cc" and character < "\x80" for character in decoded
        )
        decoded = unquote(decoded)


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


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        ("plain", "/posts/hello/"),
        ("hugo", "/posts/2025-01-31-hello/"),
        ("jekyll", "/2025/01/31/hello.html"),
        ("zola", "/posts/hello/"),
        ("eleventy", "/posts/2025-01-31-hello/"),
    ],
)
def test_without_a_pattern_it_is_the_generators_own(dialect: str, expected: str) -> None:
    """Somebody who has changed nothing there need set nothing here."""
    assert expected == path(replace(SOURCE, header=replace(SOURCE.header, categories=())), "", dialect)


def test_a_date_that_only_the_name_gives_is_not_in_hugos_address() -> None:
    """Hugo dates a post by its name if it is told to, and then names it without the date."""
    assert "/posts/hello/" == path(replace(SOURCE, dated_by_path=True), "", "hugo")
    assert "/posts/2025-01-31-hello/" == path(replace(SOURCE, dated_by_path=True), "", "obsidian") + "/"


@pytest.mark.parametrize(
    ("file", "pattern", "dialect", "expected"),
    [
        ("index.md", "/{section}/{filename}.html", "plain", "/posts/hello/"),
        ("index.md", "/{section}/{filename}", "plain", "/posts/hello/"),
        ("README.md", "/b/{section}/{filename}.html", "plain", "/b/posts/hello/"),
        ("index.md", "/{section}/{slug}.html", "plain", "/posts/hello.html"),
        ("index.md", "/{section}/{filename}.html", "hugo", "/posts/hello.html"),
        ("other.md", "/{section}/{filename}.html", "plain", "/posts/hello.html"),
    ],
)
def test_the_page_of_a_folder_has_the_address_of_the_folder(
    file: str, pattern: str, dialect: str, expected: str
) -> None:
    """Where addresses are those of files, as VitePress has them."""
    source = replace(SOURCE, path=f"posts/hello/{file}", key="posts/hello")
    assert expected == path(source, pattern, dialect)
