"""Two engines and a browser agree on what every element looks like, whatever the theme says."""

from __future__ import annotations

import builtins
import re
import subprocess
import sys
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.errors import ConfigError
from feeds.model import Issue
from feeds.newsletter import compose
from feeds.newsletter.inlining.inline import inline
from feeds.settings import Newsletter, Settings, Site, Workspace
from samples import a_post

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

pytest.importorskip("css_inline")

ENGINES = ("premailer", "css-inline")

PARTS = """
<h1>One</h1><h2>Two with <code>code</code></h2><h3>Three</h3><h4>Four</h4><h5>Five</h5><h6>Six</h6>
<p>Text with <a href="https://example.org/">a link</a>, <code>code</code>, <kbd>key</kbd>, <samp>out</samp>,
<em>some</em> <strong>weight</strong>, <sup>1</sup> and <sub>2</sub>.</p>
<ul><li>one<ul><li>two<ol><li>three</li></ol></li></ul></li></ul>
<ol><li><p>first</p></li><li><p>second</p></li></ol>
<dl><dt>Term</dt><dd>Meaning</dd></dl>
<blockquote><p>Quoted.</p></blockquote>
<pre><code>code
lines</code></pre>
<hr>
<p><img src="https://example.org/a.png" alt="Alt" width="544"></p>
<p>A badge <img src="https://example.org/b.png" alt="badge" width="90"></p>
<figure><img src="https://example.org/c.png" alt="c" width="10"><figcaption>A caption</figcaption></figure>
<table><caption>What</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr><tr><td>c</td></tr></tbody></table>
<table><tr><td>b</td><td>c</td></tr></table>
<section class="footnotes" role="doc-endnotes"><ol><li><p>A note.</p></li></ol></section>
<video src="https://example.org/a.mp4" poster="https://example.org/p.png"></video>
"""


class _Styles(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = dict(attrs).get("style") or ""
        pairs = (each.split(":", 1) for each in style.split(";") if each)
        self.found.append((tag, {name.strip(): value.strip() for name, value in pairs}))


def styles(html: str) -> list[tuple[str, dict[str, str]]]:
    """The declarations of every element, by a parser that has no part in writing them."""
    parser = _Styles()
    parser.feed(html)
    return parser.found


def page(body: str) -> str:
    """A whole document."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>T</title>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>"
    )


NEWEST = datetime(2026, 4, 11, 9, 30, tzinfo=UTC)


@pytest.fixture(params=["letter", "digest"])
def theme(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[str, str]:
    """The default theme, filled with one of each kind of content: its page and the rules to be inlined."""
    posts = (
        a_post(html=PARTS, summary="A summary"),
        a_post(id="2", html=PARTS, language="fa", direction="rtl"),
    )
    issue = Issue(
        number=7,
        id="x",
        posts=posts if request.param == "digest" else posts[:1],
        when=NEWEST,
        subject="Subject",
        preheader="Preheader",
        intro="An *intro*.",
    )
    asked: list[tuple[str, str]] = []

    def recording(html: str, css: str, engine: str) -> str:
        asked.append((html, css))
        return inline(html, css, engine)

    monkeypatch.setattr(compose, "inline", recording)
    site = Site(title="The example blog", url="https://example.org")
    newsletter = Newsletter(digest="full", postal_address="Rua das Flores 12, Porto")
    compose.compose(
        issue,
        Workspace(
            root=tmp_path, file=tmp_path / "feeds.toml", settings=Settings(site=site, newsletter=newsletter)
        ),
    )
    return asked[0]


TAGS = ("div", "p", "span", "b", "em", "code")
SELECTORS = st.sampled_from(
    [
        "p",
        "div",
        "*",
        ".a",
        ".b",
        ".a.b",
        "p.a",
        "#i",
        "div p",
        "div > p",
        "p + p",
        "p ~ span",
        ".a span",
        "div .b",
        "[title]",
        '[title="x:y"]',
        "[title^='x'] span",
        "a[href$=pdf]",
        ":first-child",
        "p:first-child",
        "p:last-child",
        "span:only-child",
        "p:nth-child(even)",
        "span:nth-child(2n+1)",
        ":nth-last-child(1)",
        "p:first-of-type",
        "span:nth-of-type(2)",
        "p:not(.a)",
        ":not(p)",
        "div:not(#i) > span",
        "p:not([title])",
        "p:not(:first-child)",
        "table td",
        "tbody > tr",
        "tr:nth-child(odd) td",
        "tr:first-child",
        r".x\:y",
        "body p",
        "html div",
        "SPAN",
    ]
)
DECLARATIONS = st.sampled_from(
    [
        "margin: 1px",
        "margin: 2px 3px",
        "margin-left: 4px",
        "margin-left: 5px",
        "padding: 6px",
        "padding-top: 7px",
        "color: #010203",
        "color: rgb(1 2 3 / 50%)",
        "color: var(--ink)",
        "background: #040506",
        "background-color: #070809",
        "font: italic 14px/20px serif",
        "font-size: 15px",
        "font-family: 'Segoe UI', Arial",
        "border: 1px solid #111111",
        "border-left: 2px dashed #222222",
        "border-color: #333333",
        "border-left-width: 8px",
        "text-align: right",
    ]
)


@st.composite
def declarations(draw: st.DrawFn) -> str:
    """Some declarations, a few important."""
    chosen = draw(
        st.lists(st.tuples(DECLARATIONS, st.sampled_from(["", "", " !important"])), min_size=1, max_size=4)
    )
    return "; ".join(name + important for name, important in chosen)


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """A small theme."""
    rules = draw(
        st.lists(
            st.tuples(st.lists(SELECTORS, min_size=1, max_size=2), declarations()), min_size=1, max_size=6
        )
    )
    return ":root { --ink: #0a0b0c }\n" + "\n".join(
        f"{', '.join(chosen)} {{ {said} }}" for chosen, said in rules
    )


@st.composite
def elements(draw: st.DrawFn, depth: int = 3, *, inline_only: bool = False) -> str:
    """An element with what it may have inside."""
    tag = draw(st.sampled_from(TAGS[2:] if inline_only else TAGS))
    attributes = [
        draw(st.sampled_from(["", ' class="a"', ' class="b"', ' class="b a"', ' class="x:y"'])),
        draw(st.sampled_from(["", "", ' title="x:y"', ' title="x > &quot;y"'])),
        draw(st.sampled_from(["", "", ' id="i"'])),
    ]
    if draw(st.booleans()) and draw(st.booleans()):
        attributes.append(f' style="{draw(declarations())}"')
    inside = "text"
    if depth:
        only = inline_only or tag != "div"
        inside += "".join(draw(st.lists(elements(depth - 1, inline_only=only), max_size=3)))
        if not only and draw(st.booleans()):
            inside += "<!--[if mso]><p><![endif]--><table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table>"
    return f"<{tag}{''.join(attributes)}>{inside}</{tag}>"


@given(st.lists(elements(), min_size=1, max_size=3), sheets())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_engines_say_the_same_of_every_element(bodies: Sequence[str], css: str) -> None:
    """For any small theme: the same declarations on each element, and the same bytes."""
    one, two = (inline(page("".join(bodies)), css, engine) for engine in ENGINES)
    assert styles(one) == styles(two)
    assert one == two


def test_both_engines_say_the_same_of_the_default_theme(theme: tuple[str, str]) -> None:
    """With one of each kind of content, alone and in a digest."""
    one, two = (inline(*theme, engine) for engine in ENGINES)
    assert styles(one) == styles(two)
    assert one == two
    assert sum(1 for _, said in styles(one) if said) > 40


# Both documents in frames of one page, so that thousands of properties are compared where they are.
COMPARED = """async documents => {
  const looks = await Promise.all(documents.map(async text => {
    const frame = document.createElement('iframe');
    frame.width = 800;
    frame.srcdoc = text;
    const loaded = new Promise(resolve => { frame.onload = resolve; });
    document.body.append(frame);
    await loaded;
    const inside = frame.contentDocument;
    const found = [...inside.querySelectorAll('body, body *')].map(element => {
      const style = frame.contentWindow.getComputedStyle(element);
      return [element.localName, new Map([...style].map(name => [name, style.getPropertyValue(name)]))];
    });
    frame.remove();
    return found;
  }));
  const [one, two] = looks;
  if (one.length !== two.length) return [`${one.length} elements became ${two.length}`];
  return one.flatMap(([name, style], at) => [...style]
    .filter(([key, value]) => !key.startsWith('--') && value !== two[at][1].get(key))
    .map(([key, value]) => `${name} ${key}: ${value} became ${two[at][1].get(key)}`));
}"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """An empty page that loads nothing."""
    page_ = browser.new_page(viewport={"width": 900, "height": 900})
    page_.route("**/*", lambda route: route.abort())
    page_.set_content("<body></body>")
    yield page_
    page_.close()


def differences(tab: Page, html: str, css: str, engine: str) -> list[str]:
    """Where a browser sees another look with the style in the elements than with it in a sheet."""
    sheet = html.replace("</head>", f"<style>{css}</style></head>")
    found: list[str] = tab.evaluate(COMPARED, [sheet, inline(html, css, engine)])
    return found


@pytest.mark.browser
@pytest.mark.parametrize("engine", ENGINES)
def test_a_browser_sees_the_default_theme_as_it_was_written(
    tab: Page, theme: tuple[str, str], engine: str
) -> None:
    """Every computed property of every element is the one that the sheet alone gives."""
    html, css = theme
    bare = re.sub(r"<style data-premailer.*?</style>", "", html, flags=re.DOTALL)
    assert [] == differences(tab, bare, css, engine)


@pytest.mark.browser
def test_a_browser_sees_any_theme_as_it_was_written(tab: Page) -> None:
    """The cascade is ours, and a browser is its judge."""

    @given(st.lists(elements(), min_size=1, max_size=3), sheets())
    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def judge(bodies: Sequence[str], css: str) -> None:
        assert [] == differences(tab, page("".join(bodies)), css, ENGINES[0])

    judge()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("row", ["<tr>{}</tr>", "<tbody><tr>{}</tr></tbody>", "<thead><tr>{}</tr></thead>"])
def test_rows_are_where_browsers_put_them(row: str, engine: str) -> None:
    """A `tbody` that nobody wrote does not make the engines differ, in tables within tables either."""
    table = f"<table>{row.format('<td><table>' + row.format('<td>x</td>') + '</table></td>')}</table>"
    html = inline(page(table), "table > * > tr > td { color: red } tr:first-child { top: 0 }", engine)
    assert [{"color": "red"}] * 2 == [said for tag, said in styles(html) if tag == "td"]
    assert [{"top": "0"}] * 2 == [said for tag, said in styles(html) if tag == "tr"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("css", "body", "expected"),
    [
        ("p { color: red !important } p { color: blue }", "<p>", "color:red"),
        ("p { color: red !important }", '<p style="color: blue">', "color:red"),
        ("p { color: red }", '<p style="color: blue !important">', "color:blue"),
        ("[title] { color: red } p { color: blue }", '<p title="x">', "color:red"),
        ('[title="#.#.#"] { color: red } #i { color: blue }', '<p id="i" title="#.#.#">', "color:blue"),
        ("div>p { color: red } p { color: blue }", "<div><p>", "color:red"),
        ("p:not(.a) { color: red } p { color: blue }", "<p>", "color:red"),
        ("p:not(#x) { color: red } .a.b { color: blue }", '<p class="a b">', "color:red"),
        ("p { color: blue } p:first-child { color: red }", "<div><script>1</script><p>", "color:blue"),
        ("* { color: red }", "<p>", "color:red"),
        ("p { margin-left: 1px } p { margin: 2px }", "<p>", "margin-left:1px;margin:2px"),
        (
            "p { margin: 1px; margin-left: 2px } .a { margin: 3px }",
            '<p class="a">',
            "margin-left:2px;margin:3px",
        ),
        ("p { color: unset }", "<p>", "color:unset"),
        ("P.a, p.A { color: red }", '<p class="A">', "color:red"),
    ],
)
def test_the_cascade_is_that_of_the_standard(css: str, body: str, expected: str, engine: str) -> None:
    """Where premailer alone is wrong: importance, weights of selectors, the order of shorthands."""
    found = [said for tag, said in styles(inline(page(body), css, engine)) if tag == "p"]
    assert expected == ";".join(f"{name}:{value}" for name, value in found[0].items())


def test_the_fast_engine_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for it without having it is told what to type."""
    load = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "css_inline":
            raise ImportError(name)
        return load(name, *rest)

    monkeypatch.delitem(sys.modules, "css_inline", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigError, match="not installed") as caught:
        inline(page("<p>x</p>"), "p { margin: 0 }", "css-inline")
    assert "pip install 'feedwright[fast]'" in caught.value.hint


@pytest.mark.parametrize("engine", ENGINES)
def test_the_bytes_are_the_same_in_every_process(engine: str) -> None:
    """Neither the order of sets nor a warm cache shows."""
    program = (
        "import hashlib\nfrom feeds.newsletter.inlining.inline import inline\n"
        f"html = {page(PARTS)!r}\ncss = 'p, .a, li {{ margin: 0 }} .post code {{ font: 15px monospace }} * {{ color: red }}'\n"
        f"print(hashlib.sha256(inline(html, css, {engine!r}).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert 1 == len(found)


def test_the_extra_is_named_in_the_package() -> None:
    """The hint must be true."""
    project = Path(__file__).parent.parent / "pyproject.toml"
    assert re.search(r"^fast = \[\"css-inline", project.read_text("utf-8"), re.MULTILINE)
