"""The site's own shortcodes: templates that win over those that we know, and what they may not do."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds import config, pipeline
from feeds.body.markup import to_html
from feeds.body.page import Page
from feeds.body.shortcodes import expand
from feeds.body.stash import Stash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeds.body.markup import Body

TEMPLATES = {
    "box": '<div title="{{ params.get("kind", "none") }}">{{ body }}</div>',
    "glow": "<mark>{{ body }}</mark>",
    "plain": "<pre>{{ inner }}</pre>",
    "paragraph": "<p>{{ body }}</p>",
    "maybe": "{% if body %}<b>{{ body }}</b>{% else %}nothing{% endif %}",
    "twice": "{{ body }}{{ body }}",
    "args": "<b>{{ args | join('/') }}</b> {{ params.x }}",
    "named": "<i>{{ x }}{{ page.title }}</i>",
    "count": "{{ args | length }}",
    "deep/count": "{{ args | length }}",
    "deep/er": "<i>{{ args[0] }}</i>",
    "youtube": "<p>my {{ args[0] | default(params.get('id')) }}</p>",
    "highlight": "<pre>mine {{ inner }}</pre>",
    "address": "https://x.example/{{ args[0] }}",
    "about": "{{ page.title }} {{ page.url }} {{ site.url }}",
    "part": "{% include 'shortcodes/count.html' %}",
    "script": "<script>alert(1)</script><b onclick='x()'>ok</b> {{ '{{< box >}}' }}",
    "empty": "",
    "much": "{{ 'y' * 1000000 }}",
}
MARKDOWN = {
    "shout": "**{{ params.get('word', 'Oh') }}!**",
    "listed": "- one\n- {{ args[0] }}",
    "warned": "> **Mind**\n>\n> {{ body }}",
}
BROKEN = {
    "syntax": ("one\n{% if %}", "templates/shortcodes/syntax.html:2: the template does not parse: Expected an expression"),
    "missing": ("\n\n{{ params.x }}", "templates/shortcodes/missing.html:3: the template does not work: 'dict object' has no attribute 'x'"),
    "gone": ("{% include 'nowhere.html' %}", "templates/: there is no template nowhere.html"),
    "outside": ("{% include '../feeds.toml' %}", "templates/: there is no template ../feeds.toml"),
    "itself": ("{% include 'shortcodes/itself.html' %}", "templates/shortcodes/itself.html:1: the template does not work: maximum recursion"),
    "within": ("{% include 'shortcodes/missing.html' %}", "templates/shortcodes/missing.html:3: the template does not work"),
    "bomb": ("{{ 'x' * 10**9 }}", "templates/shortcodes/bomb.html:1: the template does not work: a value is larger"),
    "long": ("{% for i in range(99999) %}xxxxxxxxxxxx{% endfor %}", "templates/shortcodes/long.html: the template makes more than 1 MiB"),
    "changes": ("{% set _ = args.append(1) %}", "templates/shortcodes/changes.html:1: the template does not work"),
}  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A post of a site that has all these templates."""
    root: Path = tmp_path_factory.mktemp("site")
    texts = TEMPLATES | MARKDOWN | {name: text for name, (text, _) in BROKEN.items()}
    files = {name: f"shortcodes/{name}.{'md' if name in MARKDOWN else 'html'}" for name in texts}
    for name, text in texts.items():
        file = root / "templates" / files[name]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return Page(
        path="content/posts/a.md",
        line=5,
        folder="posts",
        url="https://ex.org/posts/a/",
        site_url="https://ex.org",
        title="On <b>",
        shortcodes=files,
        root=root,
    )


def squeezed(body: Body) -> str:
    """The HTML without the blank space between blocks."""
    return re.sub(r"\n+", "\n", body.html)


SPELLINGS = {
    '{{< box kind="a<b" >}}\n*x*\n\n- y\n{{< /box >}}\nafter':
        '<div title="a&lt;b">\n<p><em>x</em></p>\n<ul>\n<li>y</li>\n</ul>\n</div>\n<p>after</p>',
    "{{% box %}}a **b**{{% /box %}}": '<div title="none">\n<p>a <strong>b</strong></p>\n</div>',
    '{% box(kind="k") %}\na *b*\n{% end %}': '<div title="k">\n<p>a <em>b</em></p>\n</div>',
    "{% box kind:k %}\na *b*\n{% endbox %}": '<div title="k">\n<p>a <em>b</em></p>\n</div>',
    '{{ box(kind="k") }}': '<div title="k"></div>',
    '{% include box.html kind="k" %}': '<div title="k"></div>',
    '{% include "box.html" kind="k" %}': '<div title="k"></div>',
    "{{< box />}} a {{< box >}}b{{< /box >}}": '<div title="none"></div>\n<p>a</p>\n<div title="none">\n<p>b</p>\n</div>',
    "a {{< glow >}}b *c*{{< /glow >}} d": "<p>a <mark>b <em>c</em></mark> d</p>",
    "# H {{< glow >}}x{{< /glow >}}": '<h1 id="h-x">H <mark>x</mark></h1>',
    "| a |\n|---|\n| {% glow %}b{% endglow %} |":
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><mark>b</mark></td>\n</tr>\n</tbody>\n</table>",
    "{{< plain >}}\n<b> {{< box >}} *x* & y\n{{< /plain >}}": "<pre>&lt;b&gt; {{&lt; box &gt;}} *x* &amp; y\n</pre>",
    "{{< paragraph >}}x{{< /paragraph >}}": "<p>x</p>",
    "{{< maybe >}}{{< /maybe >}} {{< maybe / >}} {{< maybe >}}x{{< /maybe >}}": "<p>nothing nothing <b>x</b></p>",
    "{{< twice >}}x{{< /twice >}}": "<p>x</p>",
    '{{ shout(word="A & b") }} {{< shout >}}': "<p><strong>A &amp; b!</strong> <strong>Oh!</strong></p>",
    "a\n\n{{< listed `*two*` >}}\n\nb": "<p>a</p>\n<ul>\n<li>one</li>\n<li><em>two</em></li>\n</ul>\n<p>b</p>",
    "{% warned() %}\nof *the* {{< shout >}}\n{% end %}":
        "<blockquote>\n<p><strong>Mind</strong></p>\n<p>of <em>the</em> <strong>Oh!</strong></p>\n</blockquote>",
    '{{< args "q<" 2 x=`&` >}}': "<p><b>q&lt;/2</b> &amp;</p>",
    '{% args a "b c" x=d %}': "<p><b>a/b c</b> d</p>",
    '{{< named x="1" page="2" >}}': "<p><i>1On &lt;b&gt;</i></p>",
    "{{< count >}}{{< part 1 2 >}}": "<p>02</p>",
    "{{< deep/er a >}} {% include deep/er.html b %}": "<p><i>a</i> <i>b</i></p>",
    "{{ deep::count(x=1) }}": "<p>0</p>",
    "{{< youtube abc >}}": "<p>my abc</p>",
    '{{ youtube(id="abc") }}': "<p>my abc</p>",
    "{% highlight go %}x{% endhighlight %}": "<pre>mine x</pre>",
    "[a]({{< address b >}}) {{< address c >}}": '<p><a href="https://x.example/b">a</a> https://x.example/c</p>',
    "{{< about >}}": "<p>On &lt;b&gt; https://ex.org/posts/a/ https://ex.org</p>",
    "{{< script >}}": "<p><b>ok</b> </p>",
    "a\n\n{{< empty >}}\n\nb": "<p>a</p>\n<p>b</p>",
    "{{< box >}}\n{{< box kind=in >}}\nx\n{{< /box >}}\n{{< /box >}}":
        '<div title="none">\n<div title="in">\n<p>x</p>\n</div>\n</div>',
    "{% box() %}{% glow() %}x{% end %}{% end %}": '<div title="none">\n<p><mark>x</mark></p>\n</div>',
    '{{< box >}}\n{{< figure src="a.png" >}}\n```\n{{< /box >}}\n```\n{{< /box >}}':
        '<div title="none">\n<figure><img src="https://ex.org/posts/a/a.png" alt=""></figure>\n<pre><code>{{&lt; /box &gt;}}\n</code></pre>\n</div>',
    "~~~\n{{< box >}}\n~~~\n`{{< box >}}` {{< box >}}x{{< /box >}}":
        '<pre><code>{{&lt; box &gt;}}\n</code></pre>\n<p><code>{{&lt; box &gt;}}</code></p>\n<div title="none">\n<p>x</p>\n</div>',
    "- a\n  {{< glow >}}b{{< /glow >}}\n- c": "<ul>\n<li>a\n    <mark>b</mark></li>\n<li>c</li>\n</ul>",
    "`{{< box >}}` {{</* box */>}}": "<p><code>{{&lt; box &gt;}}</code> {{&lt; box &gt;}}</p>",
    "{{< /box >}}a{% endbox %}": "<p>a</p>",
}  # fmt: skip


@pytest.mark.parametrize(("markdown", "expected"), SPELLINGS.items())
def test_a_template_of_the_sites_own_wins(markdown: str, expected: str, page: Page) -> None:
    """In every spelling, alone or around a text; the text is the post's own Markdown."""
    body = to_html(markdown, page)
    assert expected == squeezed(body)
    assert () == body.problems


def test_notes_and_references_work_inside(page: Page) -> None:
    """The text between the tags belongs to the post, not to a document of its own."""
    html = to_html(
        "{{< box >}}\nx[^1] [y]\n{{< /box >}}\n\n[^1]: A note.\n\n[y]: https://y.example", page
    ).html
    assert '<a href="https://y.example">y</a>' in html
    assert "A note." in html.partition("</div>")[2]


@pytest.mark.parametrize("name", BROKEN)
def test_a_template_that_fails_is_an_error(name: str, page: Page) -> None:
    """It names the template and its line, and the line of the post, once."""
    problems = to_html(f"a\n\n  b {{{{< {name} >}}}} c {{{{< {name} >}}}}\n", page).problems
    assert [("shortcode-failed", "error", 7, 5)] == [
        (problem.code, problem.severity, problem.line, problem.column) for problem in problems
    ]
    assert problems[0].message.startswith(f"shortcode {name!r}: {BROKEN[name][1]}")


def test_all_of_a_post_is_bounded(page: Page) -> None:
    """Templates that make much stop, together, at a size that a feed can hold."""
    few, many = ("{{< much >}}\n" * number for number in (5, 6))
    assert () == expand(few, page, Stash(few), str)[1]
    problems = expand(many, page, Stash(many), str)[1]
    assert [("shortcode-failed", 10)] == [(problem.code, problem.line) for problem in problems]
    assert problems[0].message.endswith("the template makes more than 5 MiB in one post")


def test_a_name_without_a_template_is_unknown(page: Page) -> None:
    """Having some templates does not make every name one."""
    assert ["shortcode-unknown"] == [problem.code for problem in to_html("{{< sparkle >}}", page).problems]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["{{< box >}}", "{{< /box >}}", "{% glow() %}", "{% end %}", "{% maybe %}", "{% endmaybe %}", "{{% plain %}}",
             "{{% /plain %}}", "\n", "\n\n", "x", "*", "`", "```\n", "- ", "> ", "    ", "\uffff", "<div>", "[", "](", ")"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_whatever_is_mixed_nothing_leaks(page: Page, pieces: list[str]) -> None:
    """Neither mark-up of shortcodes outside code, nor what stands for the text inside."""
    body = to_html("".join(pieces), page)
    assert {"shortcode-unterminated", "character-forbidden"} >= {problem.code for problem in body.problems}
    text = re.sub(r"<(pre|code)\b.*?</\1>", "", body.html, flags=re.DOTALL)
    assert re.search(r"\{\{(?:&lt;|%)\s*/?(?:box|plain)|fw[0-9a-f]{24}", text) is None
    assert "\uffff" not in text or "\uffff" in pieces


ZOLA = {
    "note": "<div>{% if title %}<b>{{ title }}</b>{% endif %}\n{{ body | markdown | safe }}</div>",
    "picture": '<img src="{{ get_url(path=src) }}" alt="{{ alt | default(value="x") }}">{% if w is defined %}w{% endif %}',
    "post": '<a href="{{ get_url(path="@/posts/hello.md") }}">{{ config.base_url }} {{ page.permalink }} {{ nth }}</a>',
    "said": '<i>{{ text | markdown(inline=true) | safe }}</i> {{ "a-b c" | replace(from="-", to="+") | split(pat=" ") | join(sep="/") }}',
    "words": '{{ "Ä b" | slugify }} {{ "abc" | truncate(length=2) }} {{ "a b" | urlencode }} {{ "3.7" | int }} {{ "ab" | split(pat="") | join(sep="-") }} {{ "a" | replace(to="b") }}',
    "resized": '{% set i = resize_image(path=src, width=10, op="fit") %}<img src="{{ i.url }}">{{ body }}',
    "macro": "{% macro %}",
    "youtube": "{% import 'macros.html' as m %}",
}  # fmt: skip


@pytest.mark.parametrize(
    ("markdown", "expected", "codes"),
    [
        ('{% note(title="T") %}\n*a*\n{% end %}', "<div><b>T</b>\n<p><em>a</em></p>\n</div>", []),
        ('{{ picture(src="a/b.png") }}', '<p><img src="https://ex.org/a/b.png" alt="x"></p>', []),
        ("{{ post() }}", '<p><a href="https://ex.org/hello/">https://ex.org https://ex.org/posts/a/ 1</a></p>', []),
        ('{{ said(text="*a*") }}', "<p><i><em>a</em></i> a+b/c</p>", []),
        ("{{ words() }}", "<p>a-b ab… a%20b 3 a-b a</p>", []),
        ("{% resized(src=1) %}*a*{% end %} b", "<p><em>a</em> b</p>", ["shortcode-unknown"]),
        ("a {{ macro() }} b", "<p>a  b</p>", ["shortcode-unknown"]),
        ('{{ youtube(id="x") }}', '<p><a href="https://www.youtube.com/watch?v=x">YouTube: youtube.com/watch?v=x</a></p>', []),
    ],
)  # fmt: skip
def test_zolas_own_templates(tmp_path: Path, markdown: str, expected: str, codes: list[str]) -> None:
    """They are Tera; one that does not work here costs its mark-up, never the post."""
    folder = tmp_path / "templates" / "shortcodes"
    folder.mkdir(parents=True)
    for name, text in ZOLA.items():
        (folder / f"{name}.html").write_text(text)
    page = Page(
        path="content/posts/a.md", line=5, folder="posts", url="https://ex.org/posts/a/", site_url="https://ex.org",
        dialect="zola", references={"posts/hello.md": "https://ex.org/hello/"}, shortcodes={name: f"shortcodes/{name}.html" for name in ZOLA}, root=tmp_path,
    )  # fmt: skip
    body = to_html(markdown, page)
    assert (expected, codes) == (re.sub(r"\n+", "\n", body.html), [problem.code for problem in body.problems])


def test_a_template_that_is_a_link_out_of_the_site_is_none(
    make_site: Callable[..., Path], tmp_path: Path
) -> None:
    """It could put any file of the machine into the feeds."""
    (tmp_path / "secret").write_text("secret")
    site = make_site(
        {
            "templates/shortcodes/a.md": "A",
            "content/a.md": "---\ndate: 2025-01-31\n---\n{{ a() }} {{ b() }}\n",
        }
    )
    (site / "templates" / "shortcodes" / "b.md").symlink_to(tmp_path / "secret")
    (site / "templates" / "shortcodes" / "large.md").write_text("x" * (2**20 + 1))
    workspace = config.load(site)
    gathered = pipeline.gather(workspace, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert ["<p>A </p>"] == [post.html for post in gathered.posts]
