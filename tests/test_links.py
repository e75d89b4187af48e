"""Addresses joined and encoded, and pages whose every URL is absolute."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.body.addresses import ascii_host, url
from feeds.body.links import absolutise
from feeds.body.page import Page
from feeds.body.references import lookup, named

PAGE = Page(
    path="content/posts/a.md",
    line=11,
    folder="posts",
    url="https://ex.org/posts/a/",
    site_url="https://ex.org/blog",
    references={
        "posts/hello.md": "https://ex.org/posts/hello/",
        "posts/2019-01-07-old.md": "https://ex.org/old/",
        "blog/x/index.md": "https://ex.org/blog/x/",
        "a/same.md": "https://ex.org/a/same/",
        "b/same.md": "https://ex.org/b/same/",
        "with space.md": "https://ex.org/with-space/",
        "posts/bundle/index.md": "https://ex.org/blog/bundle/",
        "cafe\u0301.md": "https://ex.org/blog/caf%C3%A9/",
    },
    files={
        "posts/desk.jpg": "https://ex.org/blog/posts/desk.jpg",
        "posts/img/a b.png": "https://ex.org/blog/posts/img/a%20b.png",
        "posts/notes.md": "https://ex.org/blog/posts/notes.md",
        "i/y.png": "https://ex.org/blog/files/y.png",
    },
    aliases={
        "/former/hello/": "https://ex.org/posts/hello/",
        "/was.html": "https://ex.org/old/",
        "https://ex.org/blog/full": "https://ex.org/old/",
        "/posts/hello": "https://ex.org/old/",
        "/two": "https://ex.org/old/",
        "two/": "https://ex.org/posts/hello/",
        "Old name": "https://ex.org/old/",
    },
)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("b.png", "https://ex.org/posts/a/b.png"),
        ("./b.png", "https://ex.org/posts/a/b.png"),
        ("../b.png", "https://ex.org/posts/b.png"),
        ("../../../../b.png", "https://ex.org/b.png"),
        ("..", "https://ex.org/posts/"),
        ("/b/./c/../d", "https://ex.org/b/d"),
        ("", "https://ex.org/posts/a/"),
        ("#part", "https://ex.org/posts/a/#part"),
        ("?q=1", "https://ex.org/posts/a/?q=1"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("https://other.example", "https://other.example"),
        ("HTTP://Other.Example/A/../B?x=[1]#é", "http://other.example/B?x=%5B1%5D#%C3%A9"),
        ("a b|[c]{d}.png", "https://ex.org/posts/a/a%20b%7C%5Bc%5D%7Bd%7D.png"),
        ("a%20b%zz%C3%A9", "https://ex.org/posts/a/a%20b%25zz%C3%A9"),
        ("日本/語?漢#字", "https://ex.org/posts/a/%E6%97%A5%E6%9C%AC/%E8%AA%9E?%E6%BC%A2#%E5%AD%97"),
        (r"img\x.png?a\b", "https://ex.org/posts/a/img/x.png?a%5Cb"),
        ("  spaced.png\n", "https://ex.org/posts/a/spaced.png"),
        ("ja\nva\tscript:alert(1)", "javascript:alert(1)"),
        ("mailto:a b@ex.org?subject=x y", "mailto:a%20b@ex.org?subject=x%20y"),
        ("obsidian://open?vault=x y", "obsidian://open?vault=x%20y"),
        ("@/blog/x.md", "@/blog/x.md"),
        ("http://bücher.example/ß", "http://xn--bcher-kva.example/%C3%9F"),
        ("http://user:pä@h.example:8080/x", "http://user:p%C3%A4@h.example:8080/x"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("http://[bad", "http://%5Bbad"),
        ("http://a b/", "http://a%20b/"),
        ("http:///x", "http:///x"),
        ("\udc80", "https://ex.org/posts/a/%3F"),
    ],
)
def test_a_reference_becomes_what_a_browser_makes_of_it(reference: str, expected: str) -> None:
    """Relative, odd and foreign references are joined and encoded, once."""
    assert expected == url(reference, PAGE.url)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("EX.org", "ex.org"),
        ("faß.de", "xn--fa-hia.de"),
        ("日本.jp", "xn--wgv71a.jp"),
        ("ü" * 80, "%C3%BC" * 80),
    ],
)
def test_hosts_are_written_as_the_dns_has_them(host: str, expected: str) -> None:
    """International names are encoded as browsers do; what is no name does no harm."""
    assert expected == ascii_host(host)


@given(st.text())
def test_joining_never_raises_and_is_stable(reference: str) -> None:
    """Any text gives an ASCII URL, which encoded again is the same."""
    once = url(reference, PAGE.url)
    assert once.isascii()
    assert once == url(once, PAGE.url)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="hello.md#x">a</a>', '<a href="https://ex.org/posts/hello/#x">a</a>'),
        ('<a href="./hello.md?q">a</a>', '<a href="https://ex.org/posts/hello/?q">a</a>'),
        ('<a href="../blog/x/index.md">a</a>', '<a href="https://ex.org/blog/x/">a</a>'),
        ('<a href="/blog/x/index.md">a</a>', '<a href="https://ex.org/blog/x/">a</a>'),
        ('<a href="/content/posts/hello.md">a</a>', '<a href="https://ex.org/posts/hello/">a</a>'),
        ('<a href="../with%20space.md">a</a>', '<a href="https://ex.org/with-space/">a</a>'),
        ('<a href="@/blog/x/index.md#f">a</a>', '<a href="https://ex.org/blog/x/#f">a</a>'),
        ('<a href="{filename}hello.md">a</a>', '<a href="https://ex.org/posts/hello/">a</a>'),
        ('<a href="|filename|/posts/hello.md">a</a>', '<a href="https://ex.org/posts/hello/">a</a>'),
        ('<a href="%7Bstatic%7D/i/x.png">a</a>', '<a href="https://ex.org/blog/i/x.png">a</a>'),
        ('<img src="{static}../i/x.png">', '<img src="https://ex.org/blog/i/x.png">'),
        ('<a href="{index}">a</a>', '<a href="https://ex.org/blog/">a</a>'),
        ('<img src="{static}/i/y.png">', '<img src="https://ex.org/blog/files/y.png">'),
        ('<img src="{attach}x.png">', '<img src="https://ex.org/posts/a/x.png">'),
        ('<img src="{attach}../x.png">', '<img src="https://ex.org/blog/x.png">'),
        ('<img src="{filename}/i/x.png">', '<img src="https://ex.org/blog/i/x.png">'),
        ('<a href="{tag}Big Data!#x">a</a>', '<a href="https://ex.org/blog/tag/big-data.html#x">a</a>'),
        ('<a href="|category|a&amp;b">a</a>', '<a href="https://ex.org/blog/category/ab.html">a</a>'),
        ('<a href="{author}Zoë - B">a</a>', '<a href="https://ex.org/blog/author/zo%C3%AB-b.html">a</a>'),
        ('<a href="@/blog/_index.md">a</a>', '<a href="https://ex.org/blog/blog/">a</a>'),
        ('<a href="_index.md">a</a>', '<a href="https://ex.org/blog/posts/">a</a>'),
        ('<a href="/café.md">a</a>', '<a href="https://ex.org/blog/caf%C3%A9/">a</a>'),
        ('<a href="notes.md#x">a</a>', '<a href="https://ex.org/blog/posts/notes/#x">a</a>'),
        ('<a href="/posts/notes.md">a</a>', '<a href="https://ex.org/blog/posts/notes/">a</a>'),
        ('<img src="@/i/y.png"><img src="@/i/a b.png">', '<img src="https://ex.org/blog/files/y.png"><img src="https://ex.org/blog/i/a%20b.png">'),
        ('<a href="./hello">a</a>', '<a href="https://ex.org/posts/hello/">a</a>'),
        ('<a href="hello?q#x">a</a>', '<a href="https://ex.org/posts/hello/?q#x">a</a>'),
        ('<a href="../with%20space/">a</a>', '<a href="https://ex.org/with-space/">a</a>'),
        ('<a href="bundle">a</a>', '<a href="https://ex.org/blog/bundle/">a</a>'),
        ('<a href="/with space">a</a>', '<a href="https://ex.org/with-space/">a</a>'),
        ('<a href="hello.html">a</a>', '<a href="https://ex.org/posts/a/hello.html">a</a>'),
        ('<a href="../hello/">a</a>', '<a href="https://ex.org/posts/hello/">a</a>'),
        ('<a href=".">a</a><a href="..">b</a>', '<a href="https://ex.org/posts/a/">a</a><a href="https://ex.org/posts/">b</a>'),
        ('<img src="hello">', '<img src="https://ex.org/posts/a/hello">'),
        ('<img src="desk.jpg">', '<img src="https://ex.org/blog/posts/desk.jpg">'),
        ('<img src="./desk.jpg?w=1#x">', '<img src="https://ex.org/blog/posts/desk.jpg?w=1#x">'),
        ('<img src="img/a%20b.png" srcset="img/a%20b.png 2x">', '<img src="https://ex.org/blog/posts/img/a%20b.png" srcset="https://ex.org/blog/posts/img/a%20b.png 2x">'),
        (r'<img src="img\a b.png">', '<img src="https://ex.org/blog/posts/img/a%20b.png">'),
        ('<img src="/desk.jpg">', '<img src="https://ex.org/desk.jpg">'),
        ('<a href="/former/hello">a</a>', '<a href="https://ex.org/posts/hello/">a</a>'),
        ('<a href="https://ex.org/blog/former/hello/index.html?q#x">a</a>', '<a href="https://ex.org/posts/hello/?q#x">a</a>'),
        ('<a href="/was.html">a</a>', '<a href="https://ex.org/old/">a</a>'),
        ('<a href="//EX.org/blog/full/">a</a>', '<a href="https://ex.org/old/">a</a>'),
        ('<a href="/posts/hello/">a</a>', '<a href="https://ex.org/posts/hello/">a</a>'),
        ('<a href="/two">a</a>', '<a href="https://ex.org/two">a</a>'),
        ('<a href="https://other.example/former/hello/">a</a>', '<a href="https://other.example/former/hello/">a</a>'),
        ('<a href="former/hello/">a</a>', '<a href="https://ex.org/posts/a/former/hello/">a</a>'),
        ('<img src="/former/hello/">', '<img src="https://ex.org/former/hello/">'),
        ('<a href="#top">a</a>', '<a href="https://ex.org/posts/a/#top">a</a>'),
        ('<a href="https://github.example/README.md">a</a>', '<a href="https://github.example/README.md">a</a>'),
        (
            '<img src="a.png" srcset="a.png 1x,b,c.png 2x, /d.png">',
            '<img src="https://ex.org/posts/a/a.png" srcset="https://ex.org/posts/a/a.png 1x, '
            'https://ex.org/posts/a/b%2Cc.png 2x, https://ex.org/d.png">',
        ),
        (
            '<img data-src="a.png" src="data:image/gif;base64,R0" alt="">',
            '<img data-src="a.png" src="https://ex.org/posts/a/a.png" alt="">',
        ),
        (
            '<video poster="p.png" src="v%20w.mp4"></video>',
            '<video poster="https://ex.org/posts/a/p.png" src="https://ex.org/posts/a/v%20w.mp4" controls="">'
            '<a href="https://ex.org/posts/a/v%20w.mp4">v w.mp4</a></video>',
        ),
        (
            '<audio><source src="a.mp3"><p><a href="/x">own</a></p></audio>',
            '<audio controls=""><source src="https://ex.org/posts/a/a.mp3"><p><a href="https://ex.org/x">own</a></p></audio>',
        ),
        ("<video></video>", '<video controls=""></video>'),
        ('<blockquote cite="x">a</blockquote>', '<blockquote cite="https://ex.org/posts/a/x">a</blockquote>'),
    ],
)  # fmt: skip
def test_every_url_of_a_page_is_absolute(html: str, expected: str) -> None:
    """Links, images, candidates, posters and references between posts are resolved without a complaint."""
    assert (expected, ()) == absolutise(html, PAGE)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<iframe src="https://www.youtube-nocookie.com/embed/abc?start=1" title="A film"></iframe>',
            '<p><a href="https://www.youtube.com/watch?v=abc">A film</a></p>',
        ),
        (
            '<p>x <iframe src="//player.vimeo.com/video/12"></iframe></p>',
            '<p>x <a href="https://vimeo.com/12">vimeo.com/12</a></p>',
        ),
        (
            '<div><embed src="/x.swf"></div>',
            '<div><p><a href="https://ex.org/x.swf">ex.org/x.swf</a></p></div>',
        ),
        ('a<iframe src="javascript:alert(1)"></iframe>b<embed>', "ab"),
        (
            '<object data="/x.pdf">text</object>',
            '<p><a href="https://ex.org/x.pdf">ex.org/x.pdf</a></p><object data="https://ex.org/x.pdf">text</object>',
        ),
        ("<object>text</object>", "<object>text</object>"),
    ],
)
def test_what_a_feed_cannot_carry_becomes_a_link(html: str, expected: str) -> None:
    """Frames and plug-ins leave a link to what they show."""
    assert expected == absolutise(html, PAGE)[0]


@pytest.mark.parametrize(
    ("reference", "href"),
    [
        ("nope.md", "https://ex.org/posts/a/nope.md"),
        ("@/nope.md", "@/nope.md"),
        ("{filename}nope.md", "https://ex.org/posts/a/nope.md"),
        ("/posts/nope.md?q#x", "https://ex.org/posts/nope.md?q#x"),
    ],
)
def test_a_link_to_no_post_is_a_warning_with_its_line(reference: str, href: str) -> None:
    """The warning names the reference and the line of the file that it is written on."""
    html, problems = absolutise(f'<a href="{reference}">a</a>', PAGE, f"one\n\n[a]({reference})\n")
    assert f'<a href="{href}">a</a>' == html
    assert [("link-dangling", 13, "warning", f"no post is called {reference!r}")] == [
        (problem.code, problem.line, problem.severity, problem.message) for problem in problems
    ]


HINTS = {
    "helo.md": "did you mean 'posts/hello.md'?",
    "../hello.md": "did you mean 'posts/hello.md'?",
    "@/posts/bundl/index.md": "did you mean 'posts/bundle/index.md'?",
    "2019-01-07-odl.md": "did you mean 'posts/2019-01-07-old.md'?",
    "{filename}/helllo.md": "did you mean 'posts/hello.md'?",
    "quite-another.md": "check the path, or whether that post is a draft",
}


@pytest.mark.parametrize(("reference", "hint"), HINTS.items())
def test_a_dangling_link_names_what_may_be_meant(reference: str, hint: str) -> None:
    """One with a name like it, wherever it is."""
    problems = absolutise(f'<a href="{reference}">a</a>', replace(PAGE, dialect="hugo"))[1]
    assert [hint] == [problem.hint for problem in problems]


@pytest.mark.parametrize(
    ("markdown", "place"),
    [
        ("`helo.md` [a](helo.md)", (11, 15)),
        ("a\n\n  <a href='helo.md'>a</a>", (13, 12)),
        ("[a]\n\n[a]: <helo.md>", (13, 7)),
        ("[a](< helo.md >)", (11, 7)),
        ("see helo.md", (11, 5)),
        ("made by a shortcode", (11, 0)),
    ],
)
def test_a_dangling_link_is_found_in_the_file(markdown: str, place: tuple[int, int]) -> None:
    """Line and column are those of the target, in a link before any other mention."""
    problems = absolutise('<a href="helo.md">a</a>', PAGE, markdown)[1]
    assert [place] == [(problem.line, problem.column) for problem in problems]


def test_a_page_of_dangling_links_is_soon_done() -> None:
    """Only the first of very many are compared with every name, and searched for everywhere."""
    numbers = range(1000)
    html = "".join(f'<a href="hel%20o{number}.md">a</a>' for number in numbers)
    problems = absolutise(html, PAGE, "".join(f"[a](<hel o{number}.md>)\n" for number in numbers))[1]
    assert "… and 800 more like this" == problems[-1].message
    assert (11, 6, "did you mean 'posts/hello.md'?") == (
        problems[0].line,
        problems[0].column,
        problems[0].hint,
    )
    assert HINTS["quite-another.md"] == problems[-1].hint


@pytest.mark.parametrize(
    ("reference", "vault", "elsewhere"),
    [
        ("i/y.png", "https://ex.org/blog/files/y.png", "https://ex.org/posts/a/i/y.png"),
        ("/i/y.png", "https://ex.org/blog/files/y.png", "https://ex.org/i/y.png"),
        ("X.md", "https://ex.org/blog/x/", "https://ex.org/posts/a/X.md"),
    ],
)
def test_in_a_vault_paths_begin_at_its_top(reference: str, vault: str, elsewhere: str) -> None:
    """Obsidian writes the shortest path that is the only one; other programs know no such thing."""
    html = f'<a href="{reference}">a</a>'
    assert f'<a href="{vault}">a</a>' == absolutise(html, replace(PAGE, dialect="obsidian"))[0]
    assert f'<a href="{elsewhere}">a</a>' == absolutise(html, replace(PAGE, dialect="hugo"))[0]


def test_an_image_inside_the_text_is_replaced_and_reported() -> None:
    """A data: image cannot travel: its text stays and its author is told."""
    html, problems = absolutise(
        '<p><img src="data:image/png;base64,AA" alt="a cat"></p>', PAGE, "x\n![a](data:)"
    )
    assert "<p>a cat</p>" == html
    assert [("image-embedded", 12)] == [(problem.code, problem.line) for problem in problems]


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("Hello", "https://ex.org/posts/hello/"),
        ("old", "https://ex.org/old/"),
        ("2019-01-07-old", "https://ex.org/old/"),
        ("x", "https://ex.org/blog/x/"),
        ("same", None),
        ("a/same", "https://ex.org/a/same/"),
        ("A/Same.md", "https://ex.org/a/same/"),
        ("posts/old", "https://ex.org/old/"),
        ("nobody", None),
    ],
)
def test_posts_are_found_by_their_names(stem: str, expected: str | None) -> None:
    """A name finds its post in any folder, unless two share it."""
    assert expected == named(stem, PAGE.references)


@pytest.mark.parametrize("accent", ["e\u0301", "é", "e%CC%81", "%C3%A9"])
def test_accents_may_be_written_either_way(accent: str) -> None:
    """A Mac writes a letter and its accent apart in file names, and editors write them together."""
    assert "https://ex.org/blog/caf%C3%A9/" == lookup(f"/caf{accent}.md", PAGE)


def test_files_are_looked_for_from_the_page_and_from_the_root() -> None:
    """A reference is relative to the page first, then to the content folder."""
    assert "https://ex.org/posts/hello/" == lookup("hello.md", PAGE)
    assert "https://ex.org/posts/hello/" == lookup("posts/hello.md", PAGE)
    assert lookup("../../etc/passwd", PAGE) is None


class _Urls(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base's
        for name, value in attrs:
            if name in {"href", "src", "poster", "cite"}:
                self.found.append(value or "")
            if name == "srcset":
                self.found += [
                    candidate.strip().split(" ")[0] for candidate in (value or "").split(", ") if candidate
                ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a href", "img src", "video poster", "q cite", "img srcset", "source srcset", "iframe src"]),
            st.one_of(st.text(), st.sampled_from(["a.png 1x, b c.png 2x", "x.md", "//h", "data:,", "@/x.md", "[|"])),
        )
    )
)  # fmt: skip
def test_no_relative_url_is_left(tags: list[tuple[str, str]]) -> None:
    """Whatever the attributes hold, afterwards every URL has a scheme, or is Zola's own."""
    html = "".join(f'<{tag}="{value.replace(chr(34), "")}">' for tag, value in tags)
    urls = _Urls()
    urls.feed(absolutise(html, PAGE)[0])
    assert [] == [one for one in urls.found if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|@/", one)]


def test_posts_are_found_from_the_sites_folder_too() -> None:
    """As editors complete paths, whatever the content folder is called."""
    page = Page(
        path="blog/posts/a.md",
        line=1,
        folder="posts",
        url="https://example.org/posts/a/",
        site_url="https://example.org",
        references={"posts/b.md": "https://example.org/posts/b/"},
    )
    html, problems = absolutise('<a href="blog/posts/b.md">b</a>', page)
    assert ('<a href="https://example.org/posts/b/">b</a>', ()) == (html, problems)


@pytest.mark.parametrize("reference", ["/content/blog/x.md", "/blog/x.md", "/x.md", "x.md"])
def test_a_path_may_begin_at_any_folder_of_the_content(reference: str) -> None:
    """Eleventy's is that of all input, of which the posts are one folder."""
    page = replace(PAGE, path="content/blog/a.md", folder="", references={"x.md": "https://ex.org/x/"})
    assert '<a href="https://ex.org/x/">a</a>' == absolutise(f'<a href="{reference}">a</a>', page)[0]


def test_a_lazy_picture_is_shown_once() -> None:
    """Its copy for browsers without scripts, which stands behind it, is the same picture."""
    made, _ = absolutise(
        '<p><img data-src="/a.png" alt="A"><img src="/a.png" alt="A"> <img src="/b.png"></p>', PAGE
    )
    assert ["https://ex.org/a.png", "https://ex.org/b.png"] == re.findall(r' src="([^"]*)"', made)
