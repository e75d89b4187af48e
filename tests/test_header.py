"""Front matter typed, in the spellings of many generators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content import dates, front_matter, header, header_keys, misspelt
from feeds.dialects import DIALECTS
from feeds.model import Enclosure, Header, Mailing, Person
from feeds.problems import Findings

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.content.yaml_text import Value


def read(yaml: str, dialect: str = "plain", **defaults: Value) -> tuple[Header, list[str]]:
    """The header of some YAML lines, and its problems as `line code message`."""
    findings = Findings("post.md")
    matter = front_matter.split(f"---\n{yaml}\n---\n", findings)
    typed = header.read(matter, ZoneInfo("Europe/Lisbon"), findings, dialect=dialect, defaults=defaults)
    return typed, [f"{p.line} {p.severity} {p.code} {p.message}" for p in findings.problems]


def iso(moment: datetime | None) -> str:
    """The moment as ISO 8601, or nothing."""
    return moment.isoformat() if moment else ""


@pytest.mark.parametrize(
    ("yaml", "field", "expected"),
    [
        ("title: Hi", "title", "Hi"),
        ("Title: Hi", "title", "Hi"),
        ("title: 2025", "title", "2025"),
        ("title:\n  two\n  lines", "title", "two lines"),
        ("title: '{{ page.name }}'", "title", ""),
        ("title: <% tp.file.title %>", "title", ""),
        ("title: Why {{ and }} and {% x %}", "title", "Why {{ and }} and {% x %}"),
        ("title: '{{ page.title }}'", "title", ""),
        ("summary: 'Why `{{ x }}` and {{ }} stay, {{ y }}'", "summary", "Why `{{ x }}` and {{ }} stay,"),
        ("description: 'Uses {{ page.x }} and {% foo %} here'", "summary", "Uses and here"),
        ("description: '{% include x %}'\nsummary: s", "summary", "s"),
        ("slug: my/slug/", "slug", "my/slug"),
        ("slug: {a: b}", "slug", ""),
        ("slug: '{{ title | slug }}-x'", "slug", ""),
        ("slug: /my/slug/", "url", "/my/slug/"),
        ("slug: /my/slug/\nurl: /other/", "url", "/other/"),
        ("path: /a/b", "url", "/a/b"),
        ("path: a/b", "url", "a/b"),
        ("path: a", "url", ""),
        ("path: posts/a.md", "url", ""),
        ("permalink: true", "url", ""),
        ("url: /talk.mp3\npermalink: /a/", "url", "/a/"),
        ("url: /a/b/", "url", "/a/b/"),
        ("permalink: /a/b/", "url", "/a/b/"),
        ("id: urn:x:1", "id", "urn:x:1"),
        ("guid: https://old.example/?p=1", "id", "https://old.example/?p=1"),
        ("lang: pt_BR", "language", "pt-BR"),
        ("language: fa", "language", "fa"),
        ("dir: RTL", "direction", "rtl"),
        ("dir: auto", "direction", ""),
        ("direction: ltr", "direction", "ltr"),
        ("description: d\nsummary: s", "summary", "d"),
        ('description: ""\nsubtitle: s', "summary", "s"),
        ('description: ""\nsubtitle: ""', "summary", ""),
        ("excerpt: e", "summary", "e"),
        ("image: /a.png", "image", "/a.png"),
        ("cover:\n  image: /a.png", "image", "/a.png"),
        ("images: [/a.png, /b.png]", "image", "/a.png"),
        ("image: {caption: none}", "image", ""),
        ("extra:\n  image: /a.png", "image", "/a.png"),
        ("extra:\n  title: not ours", "title", ""),
        ("cover: false\nthumbnail: /a.png", "image", "/a.png"),
        ("featured_image: /a.png", "image", "/a.png"),
        ("header-img: /a.png", "image", "/a.png"),
        ("images: []", "image", ""),
        ("aliases: [/a/, b, /a/, [c]]", "aliases", ("/a/", "b")),
        ("aliases: First name, Second name", "aliases", ("First name", "Second name")),
        ("redirect_from: /old/\nalias: older.html", "aliases", ("older.html", "/old/")),
        ("aliases: {a: b}", "aliases", ()),
    ],
)
def test_texts(yaml: str, field: str, expected: str | tuple[str, ...]) -> None:
    """Each key of text is found in all its spellings; an empty one is absent."""
    typed, problems = read(yaml)
    assert (expected, []) == (getattr(typed, field), problems)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("tags: [2025, true, No, 1.10, 010]", ("2025", "true", "No", "1.10", "010")),
        ("tags: one", ("one",)),
        ("tags: Developer Tools", ("Developer Tools",)),
        ("tags: a, b ,c", ("a", "b", "c")),
        ("keywords: a", ("a",)),
        ('tags: "#a #b/c"', ("a", "b/c")),
        ('tags: "#a, #b"', ("a", "b")),
        ('tags: ["#a", "#", C#, a/b]', ("a", "C#", "a/b")),
        ("tags: [{label: a, permalink: /a}, {name: b}, {slug: c}, {x: y}, d]", ("a", "b", "c", "d")),
        ("tags: {label: a}", ("a",)),
        ("tags: \"[a, 'b c']\"", ("a", "b c")),
        ("tags: a b", ("a b",)),
        ("Tags:\n  - a\n  - b\n  - a", ("a", "b")),
        ("tags: [[a, b], [c]]", ("a", "b", "c")),
        ("tags: [C, C++, C#]", ("C", "C++", "C#")),
        ('tags: ["", "--", ~, a]', ("a",)),
        ("tags:", ()),
        ("tags: []", ()),
        ('tags: ""', ()),
        ("taxonomies:\n  tags: [a]", ("a",)),
        ("tags: [top]\ntaxonomies:\n  tags: [nested]", ("top",)),
    ],
)
def test_tags_are_exactly_as_written(yaml: str, expected: tuple[str, ...]) -> None:
    """Lists, one name, names between commas: none changes its spelling, none comes twice."""
    typed, problems = read(yaml)
    assert (expected, []) == (typed.tags, problems)


@pytest.mark.parametrize("dialect", ["plain", "jekyll", "hugo"])
def test_category_is_one_value(dialect: str) -> None:
    """`category: Developer Tools` is one category, not two."""
    assert ("Developer Tools",) == read("category: Developer Tools", dialect)[0].categories


@pytest.mark.parametrize(
    ("yaml", "dialect", "tags", "categories"),
    [
        ("tags: a b\ncategories: x y", "jekyll", ("a", "b"), ("x", "y")),
        ("tags: a b, c\ncategories: [x y]", "jekyll", ("a b", "c"), ("x y",)),
        ("tags: a b\ncategories: x y", "hugo", ("a b",), ("x y",)),
        ("tags: a b\ncategories: x y", "auto", ("a b",), ("x y",)),
        ("tags: a; b, c\ncategory: x", "pelican", ("a", "b, c"), ("x",)),
        ("tags: a; b, c\ncategory: x", "hugo", ("a; b", "c"), ("x",)),
        ("categories: '#1 hits'", "plain", (), ("#1 hits",)),
        ("tags: [posts, all, posts_en, wood, postscript]", "eleventy", ("wood", "postscript"), ()),
        ("tags: [posts, wood]\ncategory: posts", "hugo", ("posts", "wood"), ("posts",)),
        (
            "category: '[[Essays]]'\ntags: ['[[Kinds/Wood]]', '[[x|Oak]]']",
            "plain",
            ("Wood", "Oak"),
            ("Essays",),
        ),
    ],
)
def test_terms_by_dialect(
    yaml: str, dialect: str, tags: tuple[str, ...], categories: tuple[str, ...]
) -> None:
    """Spaces part names in Jekyll's plural keys alone, and semicolons in Pelican's.

    Eleventy collects posts by tags that are for no reader; a link of Obsidian's is the name of its note.
    """
    typed, problems = read(yaml, dialect)
    assert (tags, categories, []) == (typed.tags, typed.categories, problems)


@pytest.mark.parametrize(
    ("yaml", "dialect", "slug", "url"),
    [
        ("slug: /a/b", "hugo", "a/b", ""),
        ("slug: /a/b", "plain", "a/b", "/a/b"),
        ("path: about", "zola", "", "about"),
        ("path: about", "plain", "", ""),
    ],
)
def test_addresses_by_dialect(yaml: str, dialect: str, slug: str, url: str) -> None:
    """Where a slug is one segment of the path, a slash before it is no root of the site."""
    typed, _ = read(yaml, dialect)
    assert (slug, url) == (typed.slug, typed.url)


@pytest.mark.parametrize(
    "value", ["'[[2025-01-31]]'", "[[2025-01-31]]", "'[[days/2025-01-31|last day]]'", "'[[2025-01-31|x]]'"]
)
def test_a_date_may_link_to_a_daily_note(value: str) -> None:
    """As it does in Obsidian."""
    typed, problems = read(f"date: {value}")
    assert ("2025-01-31T00:00:00+00:00", []) == (iso(typed.published), problems)


def test_a_list_of_several_is_no_date() -> None:
    """Neither is a link to something else."""
    assert (None, ["2 error date-invalid date is a list, not a date"]) == (
        (read("date: [2025-01-31, 2025-02-01]")[0].published),
        read("date: [2025-01-31, 2025-02-01]")[1],
    )
    assert ["2 error date-invalid 'Home' is not a date"] == read("date: '[[Home]]'")[1]


@pytest.mark.parametrize("key", ["kanban-plugin: basic", "excalidraw-plugin: parsed"])
def test_files_of_obsidian_s_plugins_are_no_posts(key: str) -> None:
    """What they hold is for the plugin to read."""
    assert "no post" == read(f"date: 2025-01-31\n{key}")[0].withheld


@pytest.mark.parametrize(
    ("yaml", "field", "expected"),
    [
        ("category: Notes\ncategories: [Travel, notes]", "categories", ("Notes", "Travel")),
        ("tag: x\ntags: [y]\nkeywords: [z]", "tags", ("x", "y")),
        ("tags: []\nkeywords: [z]", "tags", ("z",)),
        (
            "tags: [Go, go, C, C++, c++, JIT Compiler, jit-compiler]",
            "tags",
            ("Go", "C", "C++", "JIT Compiler"),
        ),
        ("tags: [R&amp;D, d&#039;ici, a&b;, AT&T]", "tags", ("R&D", "d'ici", "a&b;", "AT&T")),
    ],
)
def test_terms_of_both_keys_and_each_once(yaml: str, field: str, expected: tuple[str, ...]) -> None:
    """The singular and the plural both count; another spelling of a term is the same; entities are read."""
    assert expected == getattr(read(yaml)[0], field)


@pytest.mark.parametrize("dialect", ["docusaurus", "hexo", "hugo", "nikola"])
def test_a_slug_may_start_with_a_slash(dialect: str) -> None:
    """It is below where posts are, and not the whole address."""
    typed = read("slug: /releases/1.0", dialect)[0]
    assert ("releases/1.0", "") == (typed.slug, typed.url)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("header:\n  teaser: /t.jpg\n  overlay_image: /o.jpg", "/o.jpg"),
        ("header:\n  teaser: /t.jpg\n  image: /i.jpg", "/i.jpg"),
        ("header: {teaser: /t.jpg}\nimage: /a.jpg", "/a.jpg"),
        ("header: A headline", ""),
        ("header: {image: 'data:x'}", ""),
    ],
)
def test_images_of_minimal_mistakes(yaml: str, expected: str) -> None:
    """That theme of Jekyll's has them below `header`."""
    assert expected == read(yaml)[0].image


def test_a_key_in_two_spellings() -> None:
    """It is there twice, which only its author can set right; keys of others are left alone."""
    _, problems = read("date: 2025-01-31\ntitle: x\nDate: 2025-02-01\nFoo: 1\nfoo: 2\nTitle:")
    assert ["4 warning key-duplicate Date is already set in line 2; this line wins"] == problems


def test_tags_that_are_a_mapping_are_named() -> None:
    """What cannot be a list of names is a warning with its line; the post is still published."""
    typed, problems = read("title: x\ntags:\n  a: b")
    assert ((), ["4 warning terms-invalid tags is a mapping, not a list of names"]) == (typed.tags, problems)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("author: Ana", [Person(name="Ana")]),
        ("author: Davis, Jr.", [Person(name="Davis, Jr.")]),
        ("authors: Ana, Rui,, Eva", [Person(name="Ana"), Person(name="Rui"), Person(name="Eva")]),
        ("authors: Ana, Rui and Eva", [Person(name="Ana"), Person(name="Rui"), Person(name="Eva")]),
        ("authors: 'Ana, Rui, & Eva'", [Person(name="Ana"), Person(name="Rui"), Person(name="Eva")]),
        ("authors: Silva, Ana; Costa, Rui", [Person(name="Silva, Ana"), Person(name="Costa, Rui")]),
        ("authors: Ana and Rui", [Person(name="Ana and Rui")]),
        ("authors: [Ana, Ana]", [Person(name="Ana")]),
        (
            "author: '[Ana](https://a.example), [Rui](https://r.example) and Eva'",
            [
                Person(name="Ana", url="https://a.example"),
                Person(name="Rui", url="https://r.example"),
                Person(name="Eva"),
            ],
        ),
        (
            "author: 'Ana ([@ana](https://a.example)), Rui ([@rui, too](https://r.example))'",
            [Person(name="Ana", url="https://a.example"), Person(name="Rui", url="https://r.example")],
        ),
        (
            "authors: ['Ana ([@ana](https://a.example))', Rui]",
            [Person(name="Ana", url="https://a.example"), Person(name="Rui")],
        ),
        ("author: '[Ana](mailto:a@example.org)'", [Person(name="Ana", email="a@example.org")]),
        ("author: Ana (https://a.example)", [Person(name="Ana", url="https://a.example")]),
        ("author: a@example.org (Ana)", [Person(name="Ana", email="a@example.org")]),
        ("author: ana@example.org", [Person(name="ana", email="ana@example.org")]),
        ("author: '<a href=\"https://a.example\">Ana</a>'", [Person(name="Ana", url="https://a.example")]),
        ("author: '[[people/ana|Ana]]'", [Person(name="Ana")]),
        ("author: [[Ana]]", [Person(name="Ana")]),
        ("author: '@ana'", [Person(name="@ana")]),
        (f"author: {'a' * 2000}", [Person(name="a" * 2000)]),
        (
            "authors:\n  ana: {name: Ana}\n  rui: {url: https://r.example}\n  eva: ~",
            [Person(name="Ana"), Person(name="rui", url="https://r.example")],
        ),
        (
            "authors:\n  - ana\n  - key: rui\n  - {name: Eva, title: x, url: /e, mail: e@x.org, socials: {x: e}}",
            [Person(name="ana"), Person(name="rui"), Person(name="Eva", email="e@x.org", url="/e")],
        ),
        ("author: Ana <ana@example.org>", [Person(name="Ana", email="ana@example.org")]),
        ("author: <ana@example.org>", [Person(name="ana", email="ana@example.org")]),
        ("author: [Ana, Rui]", [Person(name="Ana"), Person(name="Rui")]),
        ('author: "[Ana](https://a.example)"', [Person(name="Ana", url="https://a.example")]),
        (
            'author: "[Ana](https://a.example), [Rui](https://r.example)"',
            [Person(name="Ana", url="https://a.example"), Person(name="Rui", url="https://r.example")],
        ),
        ('author: "Ana ([@ana](https://a.example))"', [Person(name="Ana", url="https://a.example")]),
        (
            "authors:\n  - name: Ana\n    email: a@example.org\n    link: https://a.example",
            [Person(name="Ana", email="a@example.org", url="https://a.example")],
        ),
        ("by: Ana", [Person(name="Ana")]),
        ("author: {twitter: ana}", []),
        ("extra:\n  author: Ana", [Person(name="Ana")]),
        ("author:", []),
    ],
)
def test_authors(yaml: str, expected: list[Person]) -> None:
    """People are read from every way to write them down."""
    assert expected == list(read(yaml)[0].authors)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("draft: true", "draft"),
        ("draft: yes", "draft"),
        ("wip: true", "draft"),
        ("isPublished: false", "draft"),
        ("draft: false", ""),
        ("published: false", "draft"),
        ("published: true", ""),
        ("status: draft", "draft"),
        ("status: hidden", "hidden"),
        ("status: pending", "draft"),
        ("status: DRAFT", "draft"),
        ("status: Private", "hidden"),
        ("status: unlisted", "hidden"),
        ("status: seedling", ""),
        ("publish: false", "draft"),
        ("draft:", ""),
        ("status: published", ""),
        ("hide: true", "hidden"),
        ("hidden: true", "hidden"),
        ("unlisted: true", "hidden"),
        ("visibility: members", "not public"),
        ("visibility: public", ""),
        ("permalink: false", "hidden"),
        ("eleventyExcludeFromCollections: true", "hidden"),
        ("eleventyExcludeFromCollections: [posts]", ""),
        ("headless: true", "hidden"),
        ("_build:\n  list: never", "hidden"),
        ("build: {render: false}", "hidden"),
        ("build: {render: always, list: local}", ""),
        ("render: false", "hidden"),
        ("password: secret", "not public"),
        ("password: [a, b]", "not public"),
        ('password: ""', ""),
        ("password: false", ""),
        ("is_draft: true", "draft"),
        ("dg-publish: false", "draft"),
        ("noindex: true", ""),
        ("status: draft\ndraft: false", "draft"),
        ("status: [private]", "hidden"),
        ("status: [published, draft]", "draft"),
        ("status: members", "not public"),
        ("status: [seedling, evergreen]", ""),
        ("status: final", ""),
    ],
)
def test_what_keeps_a_post_back(yaml: str, expected: str) -> None:
    """Each dialect of draft holds the post back, by reason."""
    assert expected == read(yaml)[0].withheld


@pytest.mark.parametrize(
    "yaml",
    [
        "visibility: [members]",
        "visibility:\n  - paid",
        "visibility: [public, members]",
        "visibility: tiers\ntiers: [gold]",
        "visibility: {web: {nonMember: false}}",
        "visibility: [[{to: members}]]",
        "visibility: only me",
        "visibility: false",
        "visibility: public, members",
        "access: members",
        "access: Members only",
        "access: [public, premium]",
        "access: {level: paid-members}",
        "access: {members: true}",
        "access_level: subscribers",
        "audience: only_paid",
        "audience: founding",
        "privacy: private",
        "privileges: private",
        "tier: paid",
        "tiers: [free, premium]",
        "members_only: true",
        "membersOnly: true",
        "isMembersOnly: true",
        "members-only: yes please",
        "member_only: [gold]",
        "subscribers_only: true",
        "paid_subscribers_only: 1",
        "premium: true",
        "isPremium: yes",
        "paid: true",
        "paid: members",
        "paywall: true",
        "paywalled: true",
        "paywall: hard",
        "restricted: true",
        "restricted: members",
        "visibility: none",
        "visibility: only_free",
        "protected: true",
        "requires_login: true",
        "public: false",
        "is_public: no",
        "feed: members",
        "params: {members_only: true}",
        "params: {visibility: [members]}",
        "extra: {access: members}",
        "extra: {premium: true}",
        "params: {private: true}",
        "isPrivate: true",
    ],
)
def test_what_is_for_members_is_in_no_public_feed(yaml: str) -> None:
    """However a member system or a theme writes it, and in whatever shape: to publish it would be a leak."""
    assert "not public" == read(yaml)[0].withheld


@pytest.mark.parametrize(
    "yaml",
    [
        "visibility: [public]",
        "visibility: Everyone",
        "visibility: [free, all]",
        "visibility: {public: true}",
        "visibility: anyone",
        "visibility:",
        "visibility: []",
        "access: public",
        "access: free",
        "access: by ferry only",
        "access: [wheelchair, bus]",
        "audience: everyone",
        "audience: [developers, beginners]",
        "tier: 1",
        "tier: S",
        "tiers: [gold, silver]",
        "members_only: false",
        "members_only:",
        "members_only: []",
        "members_only: public",
        "paid: false",
        "paid: 25 EUR",
        "premium: no",
        "premium: oil",
        "paywall: none",
        "restricted: false",
        "restricted: diet",
        "protected: wetlands",
        "public: true",
        "public: transport",
        "members: [ann, bob]",
        "subscription: monthly",
        "privacy: 2026 policy",
        "tags: [members, premium, paid]",
        "categories: private",
        "title: Members only",
        "params: {visibility: public, tier: 2}",
    ],
)
def test_what_only_sounds_like_it_is_published(yaml: str) -> None:
    """A key that may speak of something else keeps nothing back unless its value is clear."""
    assert "" == read(yaml)[0].withheld


@pytest.mark.parametrize(
    ("yaml", "published", "updated"),
    [
        ("date: 2025-01-31", "2025-01-31T00:00:00+00:00", ""),
        ("date: 2025-01-31\nlastmod: 2025-02-01", "2025-01-31T00:00:00+00:00", "2025-02-01T00:00:00+00:00"),
        (
            "pubDate: 2025-01-31\nupdatedAt: 2025-02-01",
            "2025-01-31T00:00:00+00:00",
            "2025-02-01T00:00:00+00:00",
        ),
        ("published: 2025-01-31", "2025-01-31T00:00:00+00:00", ""),
        ("published: true", "", ""),
        ("published: true\ndate: 2025-01-31", "2025-01-31T00:00:00+00:00", ""),
        ("date: 0001-01-01\ncreated: 2025-01-31", "2025-01-31T00:00:00+00:00", ""),
        ("title: undated", "", ""),
        ("date:\ncreated: 2025-01-31", "2025-01-31T00:00:00+00:00", ""),
        ('date: ""\npublished_at: 2025-01-31', "2025-01-31T00:00:00+00:00", ""),
        ("date created: 2025-01-31", "2025-01-31T00:00:00+00:00", ""),
        ("last_update: {date: 2025-02-01, author: x}", "", "2025-02-01T00:00:00+00:00"),
        ("lastUpdated: false", "", ""),
        (
            "pubDatetime: 2025-01-31T10:00:00Z\nmodDatetime: 2025-02-01",
            "2025-01-31T10:00:00+00:00",
            "2025-02-01T00:00:00+00:00",
        ),
        ("path: 2024/07/25/name", "2024-07-25T00:00:00+01:00", ""),
        ("slug: 2024-07-25-name", "2024-07-25T00:00:00+01:00", ""),
        ("url: https://x.example/2024/07/25/name", "2024-07-25T00:00:00+01:00", ""),
        ("url: /2024/07/25/name\ndate: 2025-01-31", "2025-01-31T00:00:00+00:00", ""),
    ],
)
def test_dates_are_found_under_their_many_names(yaml: str, published: str, updated: str) -> None:
    """`published: true` is a switch and no date; Hugo's zero date is none."""
    typed, problems = read(yaml)
    assert (published, updated, []) == (iso(typed.published), iso(typed.updated), problems)


def test_an_unreadable_date_is_named_with_its_line() -> None:
    """It never becomes now."""
    typed, problems = read("title: x\ndate: 2025-02-30")
    assert typed.published is None
    assert [
        "3 error date-invalid '2025-02-30' is not a date: there is no day 30 in month 2 of 2025"
    ] == problems


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("publishDate: soon\ndate: 2025-01-31", "2 error date-invalid"),
        ("expiryDate: soon\ndate: 2025-01-31", "2 error date-invalid"),
        ("lastmod: soon\ndate: 2025-01-31", "2 warning date-invalid"),
        ("date: soon\ndraft: true", "2 warning date-invalid"),
        ("date: soon\npermalink: /2025/01/31/x/", "2 warning date-invalid"),
        ("publishDate: soon\npermalink: /2025/01/31/x/", "2 error date-invalid"),
        ("date: [2025-01-31, x]", "2 error date-invalid date is a list, not a date"),
        ("date: {{ date }}", "2 error date-invalid date is a mapping, not a date"),
        ("date: yes", "2 error date-invalid 'yes' is not a date"),
        ("lastmod: [x, y]\ndate: 2025-01-31", "2 warning date-invalid lastmod is a list, not a date"),
    ],
)
def test_what_could_publish_too_early_keeps_the_post_back(yaml: str, expected: str) -> None:
    """An unreadable embargo or expiry costs the post; an unreadable update does not."""
    (problem,) = read(yaml)[1]
    assert problem.startswith(expected)


@pytest.mark.parametrize(
    ("yaml", "field", "problem"),
    [
        (
            "lang: 'en\" onload=\"x'",
            "language",
            "2 warning language-invalid 'en\" onload=\"x' is not a language tag",
        ),
        ("title: [Rope, knots]", "title", "2 warning title-invalid title is a list, not a text"),
        ("title: {a: b}", "title", "2 warning title-invalid title is a mapping, not a text"),
        (
            "url: javascript:alert(1)",
            "url",
            "2 warning url-invalid 'javascript:alert(1)' is not the address of a post",
        ),
        (
            "permalink: '/blog/{{ collections.x | length }}/'",
            "url",
            "2 warning url-template '/blog/{{ collections.x | length }}/' is a template that only its generator can fill in",
        ),
    ],
)
def test_what_is_not_what_it_should_be_is_left_out(yaml: str, field: str, problem: str) -> None:
    """With a warning; the post is published."""
    typed, problems = read(yaml)
    assert ("", [problem]) == (getattr(typed, field), problems)


@pytest.mark.parametrize("yaml", ["draft: tru", "draft: [true]", "draft: 2025-01-01", "draft: {}"])
def test_a_draft_that_is_neither_yes_nor_no_is_kept_back(yaml: str) -> None:
    """Nobody writes `draft:` on a finished post."""
    typed, problems = read(yaml)
    assert "draft" == typed.withheld
    assert problems[0].startswith("2 warning draft-unclear")


@pytest.mark.parametrize(
    ("yaml", "field"),
    [
        ("image: 'javascript:alert(1)'", "image"),
        ("enclosure: file:///etc/passwd/", "enclosures"),
        ("image: '{{ site.url }}/javascript.png'", "image"),
        ("title: x\nauthor: {name: A, url: 'javascript:alert(1)'}", "authors"),
    ],
)
def test_what_is_not_on_the_web_is_left_out(yaml: str, field: str) -> None:
    """With a warning at its line; the post is published."""
    typed, problems = read(yaml)
    assert "javascript" not in str(getattr(typed, field))
    assert "file:" not in str(getattr(typed, field))
    assert [f"{yaml.count(chr(10)) + 2} warning address-invalid"] == [
        " ".join(p.split()[:3]) for p in problems
    ]


def test_eleventys_words_for_the_times_of_a_file() -> None:
    """They would date a post by when it was checked out, and never do."""
    findings = Findings("post.md")
    matter = front_matter.split("---\ndate: git Last Modified\n---\n", findings)
    assert header.read(matter, ZoneInfo("UTC"), findings).published is None
    assert "differs from one machine to the next" in findings.problems[0].hint


def test_a_time_that_the_clocks_skipped_is_noted() -> None:
    """With what it became, and the zone that skipped it."""
    typed, problems = read("date: 2025-03-30 01:30")
    assert "2025-03-30T02:30:00+01:00" == iso(typed.published)
    assert [
        "2 note date-gap in Europe/Lisbon the clocks skipped '2025-03-30 01:30', so it is taken for 02:30"
    ] == problems


def test_the_date_of_the_path_wins_over_that_of_the_address() -> None:
    """A file's name is nearer to the post than a permalink."""
    findings = Findings("post.md")
    matter = front_matter.split("---\npermalink: /2024/07/25/x/\n---\n", findings)
    zone = ZoneInfo("Europe/Lisbon")
    typed = header.read(matter, zone, findings, path_date=dates.read("2025-01-31", zone))
    assert "2025-01-31T00:00:00+00:00" == iso(typed.published)


@pytest.mark.parametrize("key", ["expiryDate", "expires", "expiry", "unpublishDate"])
def test_embargo_and_expiry(key: str) -> None:
    """Hugo's `publishDate` and `expiryDate`, and its older names, are read beside `date`."""
    typed, _ = read(f"date: 2025-01-01\npublishDate: 2025-02-01\n{key}: 2025-03-01")
    assert ("2025-01-01", "2025-02-01", "2025-03-01") == tuple(
        iso(moment)[:10] for moment in (typed.published, typed.embargo, typed.expires)
    )


@pytest.mark.parametrize(
    ("yaml", "expected", "problems"),
    [
        ("enclosure: /a.mp3", [Enclosure(url="/a.mp3", media_type="audio/mpeg")], []),
        (
            "enclosure:\n  url: /a.bin\n  type: audio/ogg\n  length: 12",
            [Enclosure(url="/a.bin", media_type="audio/ogg", length=12)],
            [],
        ),
        (
            "podcast:\n  file: a.m4a\n  length: '7'",
            [Enclosure(url="a.m4a", media_type="audio/mp4", length=7)],
            [],
        ),
        (
            "enclosures: [a.pdf, {url: b.zzz}]",
            [
                Enclosure(url="a.pdf", media_type="application/pdf"),
                Enclosure(url="b.zzz", media_type="application/octet-stream"),
            ],
            [],
        ),
        (
            f"enclosure:\n  url: http://[x/a.mp3\n  length: {'9' * 16}",
            [Enclosure(url="http://[x/a.mp3", media_type="audio/mpeg")],
            [f"3 warning enclosure-length '{'9' * 16}' is not a length in bytes"],
        ),
        (
            "enclosure:\n  url: a.mp3\n  length: 3 MB",
            [Enclosure(url="a.mp3", media_type="audio/mpeg")],
            ["3 warning enclosure-length '3 MB' is not a length in bytes"],
        ),
        (
            "file: //media.example/a.mp3\nlength: '12,345,678'\nduration: '35:10'\ntype: episode",
            [Enclosure(url="//media.example/a.mp3", media_type="audio/mpeg", length=12345678, duration=2110)],
            [],
        ),
        (
            "url: https://media.example/a.mp3\nsize: 12 345 bytes",
            [Enclosure(url="https://media.example/a.mp3", media_type="audio/mpeg", length=12345)],
            [],
        ),
        (
            "podcast:\n  enclosure: {url: a.mp3, bytes: 7}\n  duration: 754",
            [Enclosure(url="a.mp3", media_type="audio/mpeg", length=7, duration=754)],
            [],
        ),
        (
            "podcast:\n  audio_url: a.mp3\n  file_size: 7\n  mime_type: audio/x-m4a",
            [Enclosure(url="a.mp3", media_type="audio/mp4", length=7)],
            [],
        ),
        ("podcast: {feed: a.mp3}", [Enclosure(url="a.mp3", media_type="audio/mpeg")], []),
        ("podcast: {long: a.mp3, short: b.mp3}", [], []),
        ("mp3: /a.mp3", [Enclosure(url="/a.mp3", media_type="audio/mpeg")], []),
        ("audio-url: /a.ogg", [Enclosure(url="/a.ogg", media_type="audio/ogg")], []),
        ("episode: {file: /a.mp3}", [Enclosure(url="/a.mp3", media_type="audio/mpeg")], []),
        (
            'enclosure: "https://x.example/a.mp3\\n123\\naudio/mpeg\\n"',
            [Enclosure(url="https://x.example/a.mp3", media_type="audio/mpeg", length=123)],
            [],
        ),
        (
            "enclosure: /download/42",
            [Enclosure(url="/download/42", media_type="application/octet-stream")],
            [],
        ),
        ("audio: true", [], []),
        ("audio: {url: true}", [], []),
        ("podcast: My show", [], []),
        ("episode: 12", [], []),
        ("episode: {url: /page/}", [], []),
        ("file: paper.pdf", [], []),
        ("url: /page/\nlength: 7", [], []),
        ("enclosure:\npodcast: a.mp3", [Enclosure(url="a.mp3", media_type="audio/mpeg")], []),
        (
            "podcast: {file: a.mp3, length: '35:10'}",
            [Enclosure(url="a.mp3", media_type="audio/mpeg")],
            ["2 warning enclosure-length '35:10' is not a length in bytes"],
        ),
        ("enclosure: {title: no file}", [], []),
        (
            "enclosure: {src: /download/42}",
            [Enclosure(url="/download/42", media_type="application/octet-stream")],
            [],
        ),
        ("mp3: /a.mp3?token=x.y#t=5", [Enclosure(url="/a.mp3?token=x.y#t=5", media_type="audio/mpeg")], []),
        (
            "extra: {enclosure: /a.mp3, lost: 1}",
            [Enclosure(url="/a.mp3", media_type="audio/mpeg")],
            [],
        ),
        ("params:\n  enclosure: /a.mp3", [Enclosure(url="/a.mp3", media_type="audio/mpeg")], []),
        (
            "enclosure: {url: a.mp3, length: -1}",
            [Enclosure(url="a.mp3", media_type="audio/mpeg")],
            ["2 warning enclosure-length '-1' is not a length in bytes"],
        ),
        (
            "enclosure: {url: a.mp3, length: 12\u00a0345}",
            [Enclosure(url="a.mp3", media_type="audio/mpeg", length=12345)],
            [],
        ),
        ("enclosure: [[a.mp3]]", [], []),
        (
            "audio: {mp3: e.mp3, ogg: e.ogg, title: T}",
            [
                Enclosure(url="e.mp3", media_type="audio/mpeg", title="T"),
                Enclosure(url="e.ogg", media_type="audio/ogg", title="T"),
            ],
            [],
        ),
        (
            "episode:\n  title: One\n  audio: [{url: /a.m4a, size: 7, title: M4A, duration: '1:00'}, {url: /a.mp3}, x]",
            [
                Enclosure(url="/a.m4a", media_type="audio/mp4", length=7, title="M4A", duration=60),
                Enclosure(url="/a.mp3", media_type="audio/mpeg", title="One"),
            ],
            [],
        ),
        (
            "episode: {filename: a b.mp3, size: 7}",
            [Enclosure(url="a b.mp3", media_type="audio/mpeg", length=7)],
            [],
        ),
        (
            "podcast_link: /a.mp3\npodcast_file_size: 13.7 MB\npodcast_length: 136",
            [Enclosure(url="/a.mp3", media_type="audio/mpeg", length=136)],
            [],
        ),
        (
            "podcast_file: a.mp3\npodcast_bytes: '123'",
            [Enclosure(url="a.mp3", media_type="audio/mpeg", length=123)],
            [],
        ),
        (
            "link: https://x.example/a.mp3",
            [Enclosure(url="https://x.example/a.mp3", media_type="audio/mpeg")],
            [],
        ),
        ("link: https://x.example/a", [], []),
        ("extra: {audio: /a.mp3}", [Enclosure(url="/a.mp3", media_type="audio/mpeg")], []),
        (
            "enclosure: {url: a.mp3, duration: soon}",
            [Enclosure(url="a.mp3", media_type="audio/mpeg")],
            ["2 warning podcast-invalid 'soon' is not a duration, and was left out"],
        ),
    ],
)
def test_enclosures(yaml: str, expected: list[Enclosure], problems: list[str]) -> None:
    """A file that comes with a post is read from text, a mapping or a list of either."""
    typed, found = read(yaml)
    assert (expected, problems) == (list(typed.enclosures), found)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        (
            "newsletter:\n  subject: S\n  preheader: P\n  intro: I\n  skip: yes",
            Mailing(subject="S", preheader="P", intro="I", skip=True),
        ),
        ("newsletter: false", Mailing(skip=True)),
        ("newsletter: true", Mailing()),
        ("title: x", Mailing()),
    ],
)
def test_newsletter(yaml: str, expected: Mailing) -> None:
    """What the mail of a post is to say, or that there is to be none."""
    assert expected == read(yaml)[0].mailing


@pytest.mark.parametrize(
    ("yaml", "problem"),
    [
        ("title: x\ncatagories: [a]", "note 3:1 there is no key `catagories` | did you mean `categories`?"),
        (
            "pulished: false",
            "warning 2:1 there is no key `pulished`, so it does not keep the post back | did you mean `published`?",
        ),
        ("dat: 2025-01-31", "note 2:1 there is no key `dat` | did you mean `date`?"),
        ("titel: x", "note 2:1 there is no key `titel` | did you mean `title`?"),
        ("Discription: x", "note 2:1 there is no key `Discription` | did you mean `description`?"),
        ("autor: x", "note 2:1 there is no key `autor` | did you mean `author`?"),
        (
            "drfat: true",
            "warning 2:1 there is no key `drfat`, so it does not keep the post back | did you mean `draft`?",
        ),
        ("drfat: false", "note 2:1 there is no key `drfat` | did you mean `draft`?"),
        (
            "expiry_dtae: x",
            "warning 2:1 there is no key `expiry_dtae`, so it does not keep the post back | did you mean `expirydate`?",
        ),
        (
            "date: 2025-01-31\npubished: false",
            "warning 3:1 there is no key `pubished`, so it does not keep the post back | did you mean `published`?",
        ),
        (
            "date: 2025-01-31\npublihsed: no",
            "warning 3:1 there is no key `publihsed`, so it does not keep the post back | did you mean `published`?",
        ),
        (
            "hiden: true",
            "warning 2:1 there is no key `hiden`, so it does not keep the post back | did you mean `hidden`?",
        ),
        (
            "unlistd: true",
            "warning 2:1 there is no key `unlistd`, so it does not keep the post back | did you mean `unlisted`?",
        ),
        (
            "expirydat: 2025-01-31",
            "warning 2:1 there is no key `expirydat`, so it does not keep the post back | did you mean `expirydate`?",
        ),
        (
            "deletd: true",
            "warning 2:1 there is no key `deletd`, so it does not keep the post back | did you mean `deleted`?",
        ),
        ("delete: false", "note 2:1 there is no key `delete` | did you mean `deleted`?"),
        (
            "exclude_from_fed: true",
            "note 2:1 there is no key `exclude_from_fed` | did you mean `excludefromfeed`?",
        ),
        (
            "date: 2025-01-31\npublishdat: 2099-01-01",
            "warning 3:1 there is no key `publishdat`, so it does not keep the post back | did you mean `publishdate`?",
        ),
        ("keyword: x", "note 2:1 there is no key `keyword` | did you mean `keywords`?"),
    ],
)
def test_near_misses_get_a_hint(yaml: str, problem: str) -> None:
    """A slip of the pen is told with its place, and costs nothing else."""
    findings = Findings("post.md")
    header.read(front_matter.split(f"---\n{yaml}\n---\n", findings), ZoneInfo("UTC"), findings)
    assert [f"key-misspelt {problem}"] == [
        f"{p.code} {p.severity} {p.line}:{p.column} {p.message} | {p.hint}" for p in findings.problems
    ]


@pytest.mark.parametrize(
    ("yaml", "dialect"),
    [
        ("catagories: [a]\ncategory: b", "plain"),
        ("tag: a\ntags: [b]", "plain"),
        ("tag: a", "jekyll"),
        ("tag: a", "hexo"),
        ("tag: a", "obsidian"),
        ("tag: a", "plain"),
        ("dates: x\ntitles: x\nslugs: x", "plain"),
    ],
)
def test_no_hint_where_none_is_needed(yaml: str, dialect: str) -> None:
    """The field has a value under another key, or the key is a word of its own."""
    assert [] == read(yaml, dialect)[1]


def test_keys_of_others_are_left_alone() -> None:
    """Front matter is open: what generators, themes and people use for themselves is no slip of the pen."""
    keys = """
        layout type weight menu menus toc math mathjax katex comments series series_order sidebar sidebar_label
        sidebar_position pagination_label hide_title hide_table_of_contents toc_min_heading_level custom_edit_url
        displayed_sidebar last_modified_by markup outputs resources cascade linkTitle linktitle isCJKLanguage
        videos audio_title sitemap rss no_list template in_search_index page_template sort_by paginate_by
        insert_anchor_links redirect_to transparent generate_feeds eleventyNavigation eleventyComputed pagination
        tags_list related related_posts relatedPosts read_time readingTime reading_time link links external_link
        featured featuredpost pinned sticky top order position nav_order parent has_children grand_parent nav_exclude
        css js cssclass cssclasses cssClass bibliography csl output theme color colour background banner hero
        location place mood music source via credit credits license copyright canonical canonical_url canonicalURL
        robots noindex sitemap_exclude show_date showDate showToc ShowToc TocOpen disableShare disableHLJS hidemeta
        hideSummary UseHugoToc editPost searchHidden ShowReadingTime ShowBreadCrumbs ShowPostNavLinks version project
        projects event event_date eventDate start end time state stats rating review isbn book books artist album
        podcast_guid episode_number season number explicit duration transcript chapters host guests people person
        meta metadata og twitter facebook social share excerpt_separator read_more more sub_heading headline kicker
        lead intro abstract tldr preview teaser teaser_image image_alt image_caption imageAlt alt caption gallery
        photos photo video youtube vimeo slideshow presentation code repo github demo website homepage data table
        chart note notes todo done priority due rank score level difficulty topic topics subject course module
        lesson unit chapter section group collection collections kind class style format engine permalink_style
        disqus disqus_id disqus_identifier wordpress_id wp_id post_id postid nid uuid key name label header footer
        directory directories directions languages translationKey translation_key i18n ref refs creator publisher
        related_links stage growth planted planted_on tended tended_on maturity confidence importance epistemic
        collection collections connection connections reason seed feeds feed need course resource resources links
        lights nights right licensed quests posts hosting people's implicit chapter discussions objects related
        public privacy access acl role roles target audience cta button buttons form active enabled visible visibleOn
        cuid seoTitle comment_id comments_id commentable pingback trackback syndication syndicate webmentions in_reply_to like_of
    """
    assert [] == [key for key in keys.split() if misspelt.nearest(header_keys.fold(key))]
    assert [] == read("layout: post\nmath: true\nweight: 3\naliases: [/old/]")[1]


@pytest.mark.parametrize(
    ("yaml", "defaults", "field", "expected"),
    [
        ("title: x", {"author": "Ana"}, "authors", (Person(name="Ana"),)),
        ("by: Rui", {"author": "Ana"}, "authors", (Person(name="Rui"),)),
        ("params: {author: Rui}", {"authors": ["Ana"]}, "authors", (Person(name="Rui"),)),
        ("title: x", {"params": {"author": "Ana"}}, "authors", (Person(name="Ana"),)),
        ("category: a", {"categories": ["b"]}, "categories", ("a",)),
        ("tags: []", {"tags": ["b"]}, "tags", ()),
        ("tags:", {"tags": ["b"]}, "tags", ("b",)),
        ("title: x", {"draft": "true"}, "withheld", "draft"),
        ("draft: false", {"draft": "true"}, "withheld", ""),
        ("date: 2025-01-31", {"published": "false"}, "withheld", "draft"),
        ("title: x", {"_build": {"list": "never"}}, "withheld", "hidden"),
        ("title: x", {"permalink": "false"}, "withheld", "hidden"),
        ("title: x", {"permalink": "/:year/:title/", "slug": "y", "aliases": ["z"], "id": "1"}, "url", ""),
        ("title: x", {"slug": "y"}, "slug", ""),
        ("title: x", {"lang": "fr"}, "language", "fr"),
    ],
)
def test_defaults_hold_where_the_post_says_nothing(
    yaml: str, defaults: dict[str, Value], field: str, expected: object
) -> None:
    """Whatever spelling either has; what belongs to one post alone cannot be a default."""
    typed, problems = read(yaml, **defaults)
    assert (expected, []) == (getattr(typed, field), problems)


def test_what_is_wrong_with_a_default_has_no_place_in_the_post() -> None:
    """No line of the post is to blame."""
    assert ["0 warning language-invalid"] == [p[:26] for p in read("title: x", lang="a b")[1]]


@pytest.mark.parametrize("value", ["x", "[x]", "{x: y}", "", "[[x], {y: z}]", "true", "2025-01-31"])
@pytest.mark.parametrize("key", sorted({k for spellings in header_keys.KEYS.values() for k in spellings}))
def test_any_value_under_any_key_is_read(key: str, value: Any) -> None:
    """No value under a key of ours makes reading fail."""
    typed, _ = read(f"{key}: {value}")
    assert isinstance(typed, Header)


VALUES = st.recursive(
    st.none()
    | st.text(max_size=20)
    | st.sampled_from(["true", "false", "2025-01-31", "[a](b), [c](d)", "/a.mp3"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "url", "date"]), inner)
    ),
    max_leaves=6,
)
SPELLINGS = st.sampled_from(
    sorted({k for row in header_keys.KEYS.values() for k in row} | set(header_keys.SWITCHES))
)


@given(
    st.dictionaries(SPELLINGS | st.text(max_size=8), VALUES, max_size=6),
    st.dictionaries(SPELLINGS, VALUES, max_size=4),
    st.sampled_from([*DIALECTS, "auto"]),
)
def test_any_front_matter_is_typed(
    values: dict[str, Value], defaults: dict[str, Value], dialect: str
) -> None:
    """Whatever stands under whatever key, in the post and around it, reading ends with a header."""
    findings = Findings("post.md")
    matter = front_matter.FrontMatter(values=values, present=True)
    typed = header.read(matter, ZoneInfo("Europe/Lisbon"), findings, dialect=dialect, defaults=defaults)
    assert all(isinstance(tag, str) and tag.strip() for tag in typed.tags + typed.categories)
    assert all(person.name for person in typed.authors)
