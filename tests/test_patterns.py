"""The permalink patterns of other generators, in our words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import patterns
from feeds.settings import PLACEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date", "/{categories}/{year}/{month}/{day}/{slug}.html"),
        ("pretty", "/{categories}/{year}/{month}/{day}/{slug}/"),
        ("ordinal", "/{categories}/{year}/{yearday}/{slug}.html"),
        ("weekdate", "/{categories}/{year}/W{week}/{short_day}/{slug}.html"),
        ("none", "/{categories}/{slug}.html"),
        ("/blog/:title", "/blog/{slug}"),
        (" :year/:title/ ", "/{year}/{slug}/"),
        ("/:year-:month-:day-:title:output_ext", "/{year}-{month}-{day}-{slug}.html"),
        ("/:year_:month/:slug.html", "/{year}_{month}/{plain_slug}.html"),
        (
            "/:short_year/:i_month/:i_day/:y_day/:week/:name",
            "/{short_year}/{month_number}/{day_number}/{yearday}/{week}/{plain_filename}",
        ),
        (
            "/:short_month/:long_month/:short_day/:long_day/",
            "/{short_month}/{month_name}/{short_day}/{weekday}/",
        ),
        ("/:hour:minute:second/:slugified_categories/", "/{hour}{minute}{second}/{plain_categories}/"),
        ("/:collection/:path:output_ext", "/posts/{section}/{filename}.html"),
        ("/a/index.html", "/a/"),
        ("/:w_year/:title/", None),
        ("/:nothing/:title/", None),
        ("/a b/:title/", None),
        ("/../:title/", None),
        ("/{x}/:title/", None),
    ],
)
def test_jekyll(text: str, expected: str | None) -> None:
    """Styles have names, and `:title` never means the title."""
    assert expected == patterns.jekyll(text)


def test_vuepress() -> None:
    """Its tokens are called like Jekyll's, and its slug is nothing but a name."""
    assert patterns.vuepress(":year/:month/:slug.html") == "/{year}/{month}/{slug}.html"
    assert patterns.vuepress("/:raw") is None


def test_a_collection_of_jekyll_has_its_name() -> None:
    """Posts are only one of its collections."""
    assert patterns.jekyll("/:collection/:title/", "notes") == "/notes/{slug}/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/:year/:month/:slug/", "/{year}/{month}/{slug_or_title}/"),
        ("/:section/:title", "/{first_section}/{title}/"),
        ("/:sections/:slugorfilename/", "/{section}/{slug_or_filename}/"),
        ("/:sections[0]/:filename/", "/{first_section}/{filename}/"),
        ("/:sections[:1]/:sections[0:]/", "/{first_section}/{section}/"),
        ("/:sectionslugs/:contentbasename/", "/{section}/{filename}/"),
        (
            "/:monthname/:weekdayname/:day/:slugorcontentbasename",
            "/{month_name}/{weekday}/{day}/{slug_or_filename}/",
        ),
        ("/:2006/:01/:02/:slug/", "/{year}/{month}/{day}/{slug_or_title}/"),
        (
            "/:06-:1-:2-:Jan-:January/",
            "/{short_year}-{month_number}-{day_number}-{short_month}-{month_name}/",
        ),
        ("/:002-:Mon-:Monday/:15:04:05/", "/{yearday}-{short_day}-{weekday}/{hour}{minute}{second}/"),
        ("posts/:title/", "/posts/{title}/"),
        ("/:year/:slug.html", "/{year}/{slug_or_title}.html/"),
        ("/:sections[1:]/:slug/", None),
        ("/:sections[last]/:slug/", None),
        ("/:section[0]/:slug/", None),
        ("/:yearday/:slug/", None),
        ("/:weekday/:slug/", None),
    ],
)
def test_hugo(text: str, expected: str | None) -> None:
    """`:slug` falls back to the title there, and every page is a folder."""
    assert expected == patterns.hugo(text)


def test_hugo_can_have_pages_as_files_and_slugs_from_names() -> None:
    """`uglyURLs`, and `:filename` among the sources of dates."""
    assert patterns.hugo("/:year/:slug/", ugly=True) == "/{year}/{slug_or_title}.html"
    assert patterns.hugo("/:slug/", dated=True) == "/{slug}/"
    assert patterns.hugo("/:slugorfilename/:filename/", dated=True) == "/{slug}/{filename}/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":year/:month/:day/:title/", "/{year}/{month}/{day}/{section}/{filename}/"),
        (":i_month/:i_day/:name.html", "/{month_number}/{day_number}/{filename}.html"),
        (":lang/:category/:post_title/", "/{language}/{categories}/{title}/"),
        (":hour:minute:second/:title", "/{hour}{minute}{second}/{section}/{filename}"),
        ("posts/:id/", None),
        ("posts/:hash/", None),
        ("posts/:abbrlink.html", "/posts/{slug}.html"),
        (":urlname/", "/{slug}/"),
    ],
)
def test_hexo(text: str, expected: str | None) -> None:
    """Numbers and hashes of a post are known to Hexo alone."""
    assert expected == patterns.hexo(text)


def test_hexo_can_have_dates_in_names() -> None:
    """`new_post_name: :year-:month-:day-:title.md`."""
    assert patterns.hexo(":title/:name/", dated=True) == "/{section}/{name}/{name}/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{slug}.html", "/{slug_or_title}.html"),
        ("{date:%Y}/{date:%b}/{date:%d}/{slug}/index.html", "/{year}/{short_month}/{day}/{slug_or_title}/"),
        ("posts/{date:%Y/%-m/%-d}/{slug}/", "/posts/{year}/{month_number}/{day_number}/{slug_or_title}/"),
        ("{lang}/{category}/{author}/{slug}", "/{language}/{category}/{author}/{slug_or_title}"),
        (
            "{date:%H%M%S%j%V%A%a%B%y%e%m}/",
            "/{hour}{minute}{second}{yearday}{week}{weekday}{short_day}"
            "{month_name}{short_year}{day_number}{month}/",
        ),
        ("{date:%Q}/{slug}", None),
        ("{date:%Y%%}/{slug}", None),
        ("{date}/{slug}", None),
        ("{modified:%Y}/{slug}", None),
        ("{foo}/{slug}", None),
    ],
)
def test_pelican(text: str, expected: str | None) -> None:
    """The slug is made of the title there, and an index is its folder."""
    assert expected == patterns.pelican(text)


def test_slugs_of_pelican_can_come_from_names() -> None:
    """`SLUGIFY_SOURCE = "basename"`."""
    assert patterns.pelican("{slug}/", slug="slug_or_filename") == "/{slug_or_filename}/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/blog/{{ page.fileSlug }}/", "/blog/{name}/"),
        ("/blog/{{page.fileSlug}}/index.html", "/blog/{name}/"),
        ("{{- page.fileSlug -}}/", "/{name}/"),
        ("{{ page.filePathStem }}.html", "/{section}/{name}.html"),
        ("{{ title | slugify }}/", "/{title}/"),
        ("{{ title | slug | url }}/", None),
        ("/{{ page.date | date: '%Y/%m/%d' }}/{{ title | slug }}/", "/{year}/{month}/{day}/{title}/"),
        ('/{{ page.date | date("YYYY-MM-DD") }}/{{ page.fileSlug }}/', "/{year}-{month}-{day}/{name}/"),
        ("/{{ date | dateFormat('yyyy/LL/dd') }}/", "/{year}/{month}/{day}/"),
        (
            "/{{ date | date: 'MMMM/MMM/M/D/YY/HH' }}/",
            "/{month_name}/{short_month}/{month_number}/{day_number}/{short_year}/{hour}/",
        ),
        ("/{{ page.date | date: 'Do' }}/", None),
        ("/{{ page.date | readableDate }}/", None),
        ("/{{ page.date.getFullYear() }}/{{ slug }}/", "/{year}/{slug}/"),
        ("/{{ slug or (title | slugify) }}/", "/{slug_or_title}/"),
        ("/{{ slug | default: page.fileSlug }}/", "/{slug}/"),
        ("/{{ slug || page.fileSlug }}/", "/{slug}/"),
        ("/{{ categories | first | slugify }}/{{ categories[0] }}/", "/{category}/{category}/"),
        ("/{{ lang }}/{{ page.fileSlug | slugify }}/", "/{language}/{name}/"),
        ("/notes/${data.page.fileSlug}/", "/notes/{name}/"),
        ("/notes/${this.slugify(data.title)}/", "/notes/{title}/"),
        ("/{% if draft %}x{% endif %}/", None),
        ("/{# note #}/", None),
        ("/{{ collections.all | length }}/", None),
        ("/{{ unclosed/", None),
    ],
)
def test_eleventy(text: str, expected: str | None) -> None:
    """Nunjucks, Liquid and template literals say the same things in three ways."""
    assert expected == patterns.eleventy(text)


@pytest.mark.parametrize("pattern", patterns.DEFAULTS.values())
def test_defaults_are_patterns_of_ours(pattern: str) -> None:
    """What `feeds init` writes without being told is taken by `feeds build`."""
    assert pattern == patterns.ours(pattern)


@pytest.mark.parametrize(
    ("text", "translate", "expected"),
    [
        ("/:year/:id/:title/", patterns.hexo, ":id"),
        ("/:section/:sections[1:]/:slug/", patterns.hugo, ":sections[1:]"),
        ("/{slug}/{foo}/", patterns.pelican, "{foo}"),
        ("{date:%Y}/{date:%Q}", patterns.pelican, "{date:%Q}"),
        ("/{{ slug }}/{% if x %}/", patterns.eleventy, "{% if x %}"),
        ("/${title}/{{ x.y }}/", patterns.eleventy, "{{ x.y }}"),
        ("/a b/", patterns.jekyll, "/a b/"),
    ],
)
def test_what_is_not_known_has_a_name(
    text: str, translate: Callable[[str], str | None], expected: str
) -> None:
    """A message can say which token it is."""
    assert expected == patterns.unknown(text, translate)


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("/:year/:title/", "jekyll", "/{year}/{slug}/"),
        ("/:year/:title/", "plain", "/{year}/{slug}/"),
        ("/:year/:title/", "hugo", "/{year}/{title}/"),
        ("/:year/x/:slug.html", "hugo", "/{year}/x/{slug_or_title}.html"),
        (":section/:slug", "plain", "/{first_section}/{slug_or_title}/"),
        ("/:post_title/", "plain", "/{title}/"),
        ("/blog:title/", "jekyll", "/blog{slug}/"),
        ("pretty", "jekyll", "/{categories}/{year}/{month}/{day}/{slug}/"),
        ("/{{ page.fileSlug }}/", "hugo", "/{name}/"),
        ("/{year}/{slug}/", "zola", "/{year}/{slug}/"),
        ("/{slug}/", "pelican", "/{slug_or_title}/"),
        ("{date:%Y}/{slug}/", "plain", "/{year}/{slug_or_title}/"),
        ("/{{< ref a >}}/", "hugo", None),
        ("/<%= slug %>/", "plain", None),
        ("https://example.org/:title/", "jekyll", None),
    ],
)
def test_a_post_may_give_a_pattern(text: str, dialect: str, expected: str | None) -> None:
    """It is read as the site's generator would, and then as the others would."""
    assert patterns.is_template(text, dialect)
    assert expected == patterns.of_post(text, dialect)


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("/a/b.html", "jekyll"),
        ("/date/", "jekyll"),
        ("pretty", "hugo"),
        ("/12:30/", "plain"),
        ("https://example.org:8080/a/", "plain"),
        ("/$100/", "plain"),
        ("", "plain"),
    ],
)
def test_an_address_is_no_pattern(text: str, dialect: str) -> None:
    """What holds no token is taken as it is."""
    assert not patterns.is_template(text, dialect)


_TOKENS = st.sampled_from(
    [":year", ":title", ":sections[1:]", "{slug}", "{date:%Y}", "{{ title }}", "${a}", "{%", "/", ".", " "]
)


@given(st.lists(st.one_of(_TOKENS, st.text(max_size=5)), max_size=8).map("".join))
def test_whatever_comes_in_a_pattern_of_ours_comes_out(text: str) -> None:
    """A translation holds placeholders that exist, and nothing that a pattern may not hold; code never stays."""
    found = (patterns.jekyll(text), patterns.hugo(text), patterns.hexo(text), patterns.pelican(text))
    for made in (*found, patterns.eleventy(text), patterns.ours(text), patterns.of_post(text, "plain")):
        if made is not None:
            assert made.startswith("/")
            assert not made.startswith("//")
            assert set(re.findall(r"\{(.*?)\}", made)) <= set(PLACEHOLDERS)
            assert not re.search(r"[\s{}\\?#]", re.sub(r"\{\w+\}", "", made))
