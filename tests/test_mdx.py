"""MDX: the text of a post that is half a program."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.body.markup import to_html
from feeds.body.page import Page
from samples import compact

PAGE = Page(path="content/a.mdx", line=5, folder="", url="https://ex.org/a/", site_url="https://ex.org")
PLAIN = Page(path="content/a.md", line=5, folder="", url="https://ex.org/a/", site_url="https://ex.org")


def html(markdown: str, page: Page = PAGE) -> str:
    """The HTML of a body of which everything is known, without the blank space that means nothing."""
    rendered, problems, _ = to_html(markdown, page)
    assert () == tuple(one for one in problems if not one.message.startswith("the value of "))
    return compact(rendered)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("import A from '@theme/A';\nimport './b.css'\n\na", "<p>a</p>"),
        ('import {\n  A,\n  B,\n} from "x"\nexport { C } from "./c"\n\n# a', '<h1 id="a">a</h1>'),
        ("export const meta = {\n  title: '}',\n\n  y: [1, `\n`], // }\n}\n\na", "<p>a</p>"),
        ("export const A =\n  () => (\n    <p>\n\n    x</p>\n  )\n\na", "<p>a</p>"),
        (
            "a\n\nexport default function B({ children }) {\n  return <p>{children}</p>\n}\n\nc",
            "<p>a</p><p>c</p>",
        ),
        ("import taxes rose.\n\nexport is up.", "<p>import taxes rose.</p><p>export is up.</p>"),
        ("a\nimport b from 'c' is a line of text", "<p>a\nimport b from 'c' is a line of text</p>"),
        ("import {\nthat never ends", "<p>import {\nthat never ends</p>"),
    ],
)
def test_modules_go(markdown: str, expected: str) -> None:
    """Imports and exports of any length leave nothing, and prose that begins with those words stays."""
    assert expected == html(markdown)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a {/* b\nc */} d", "<p>a\nd</p>"),
        ("{/* b\n\nc */}\n\nd", "<p>d</p>"),
        ("a {1 + {b: '}'}.b} c {props.title}.", "<p>a  c .</p>"),
        ("a{' '}\n{'*b*'} {`c`} {\"d\\n\"}", "<p>a\n*b* c d\n</p>"),
        ("{items.map(i => <li key={i}>{i}</li>)}\n\na", "<p>a</p>"),
        ("`{a}` ``{`b`}`` and\n\n```js\nimport x from 'y'\n{/* c */} <D/>\n```", "<p><code>{a}</code> <code>{`b`}</code> and</p><pre><code class=\"language-js\">import x from 'y'\n{/* c */} &lt;D/&gt;\n</code></pre>"),
        ("\\{a} and \\<B> c { d", "<p>{a} and &lt;B&gt; c { d</p>"),
        ("$\\frac{a}{b}$ and $$\nx^{2}\n$$ costs $5 {x}.", "<p>$\\frac{a}{b}$ and $$\nx^{2}\n$$ costs $5 .</p>"),
        ("# a {#b}\n\n## c {/* #d */}", '<h1 id="b">a</h1><h2 id="d">c</h2>'),
        ("a <!-- {b} --> c", "<p>a  c</p>"),
        ('export const title = "A *b*";\n\n# {title} {title.length}\n\n<Image src="/a.png" alt={title} />', '<h1 id="_1">A *b*</h1><p><img src="https://ex.org/a.png" alt="A *b*"></p>'),
        ("a < b and c > d, <https://ex.org/x>", '<p>a &lt; b and c &gt; d, <a href="https://ex.org/x">https://ex.org/x</a></p>'),
    ],
)  # fmt: skip
def test_expressions_go(markdown: str, expected: str) -> None:
    """Comments and expressions leave nothing but the text they quote; code, math and ids of headings stay."""
    assert expected == html(markdown)


NOTE = "<blockquote><p><strong>{}</strong></p><p>a <em>b</em></p></blockquote>"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<>a *b*</>", "<p>a <em>b</em></p>"),
        ('<Tabs groupId="x">\n  <TabItem value="js" label="JS">\n\n    ```js\n    if (a) {\n      b\n    }\n    ```\n\n  </TabItem>\n  <TabItem value="py">\n    *c*\n    - d\n  </TabItem>\n</Tabs>', '<p><strong>JS</strong></p><pre><code class="language-js">if (a) {\n  b\n}\n</code></pre><p><strong>py</strong></p><p><em>c</em></p><ul><li>d</li></ul>'),
        ('<Admonition type="tip">\n\na *b*\n\n</Admonition>', NOTE.format("Tip")),
        ('<Admonition type="tip" title="My < tip">\na *b*\n</Admonition>', NOTE.format("My &lt; tip")),
        ("<Note>\n  a *b*\n</Note>", NOTE.format("Note")),
        ("<Callout variant={'danger'}>\na *b*\n</Callout>\nc", NOTE.format("Danger") + "<p>c</p>"),
        ("- x\n  <Tip>\n\n  a *b*\n\n  </Tip>\n- y", "<ul><li><p>x</p>" + NOTE.format("Tip") + "</li><li><p>y</p></li></ul>"),
        ('<CodeBlock language="jsx" title="x">\n{`function A() {\n  return \\`<b>\\`;\n}`}\n</CodeBlock>', '<pre><code class="language-jsx">function A() {\n  return `&lt;b&gt;`;\n}\n</code></pre>'),
        ("<CodeBlock lang='sh'>a</CodeBlock>\n\n<CodeBlock>{source}</CodeBlock>", '<pre><code class="language-sh">a\n</code></pre>'),
        ("<CodeBlock>a", "<p>a</p>"),
        ("<Details summary='S'>\na *b*\n</Details>", "<details><summary>S</summary><p>a <em>b</em></p></details>"),
        ('<Link to="/x">a *b*</Link> c', '<p><a href="https://ex.org/x">a <em>b</em></a> c</p>'),
        ("import pic from './pic.png'\n\na <Image src={pic} alt='b' width={30} {...c} />", '<p>a <img src="https://ex.org/a/pic.png" alt="b" width="30"></p>'),
        ("<Figure src='/p.png' caption='c < d' />", '<figure><img src="https://ex.org/p.png" alt="c &lt; d"><figcaption>c &lt; d</figcaption></figure>'),
        ('<YouTube id="abc" />', '<p><a href="https://www.youtube.com/watch?v=abc">YouTube: youtube.com/watch?v=abc</a></p>'),
        ("| a | b |\n|---|---|\n| {x} | <Fragment>y</Fragment> |", "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td></td><td>y</td></tr></tbody></table>"),
        ("<Tabs>\na\n</Details>\n</Tabs>\nb", "<p>a</p><p>b</p>"),
    ],
)  # fmt: skip
def test_components_that_say_what_they_are(markdown: str, expected: str) -> None:
    """Call-outs, tabs, code, pictures and links become what they show; Markdown in them is Markdown."""
    assert expected == html(markdown)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<div className=\"x\" style={{color: 'red'}} onClick={() => a(1)}>\n  *b*\n</div>", "<div><p><em>b</em></p></div>"),
        ("a <img src={require('./x.png').default} alt=\"q\" /> <img src={useBaseUrl('/y.png')} alt={`z`}/>", '<p>a <img src="https://ex.org/a/x.png" alt="q"> <img src="https://ex.org/y.png" alt="z"></p>'),
        ("<img src={useBaseUrl('img/y.png')} /> <img src={useBaseUrl('https://y.org/z.png')} /> <img src={withBase('/a.png')} />", '<p><img src="https://ex.org/img/y.png"> <img src="https://y.org/z.png"> <img src="https://ex.org/a.png"></p>'),
        ("a<br/>b <kbd>c</kbd> <input disabled />d", "<p>a<br>b <kbd>c</kbd> d</p>"),
        ("<details>\n  <summary>S</summary>\n\n  *b*\n\n</details>", "<details><summary>S</summary><p><em>b</em></p></details>"),
        ("<a href=/b>c</a> <b {a}>d</b> <i a=>e</i>", '<p><a href="https://ex.org/b">c</a> <b>d</b> &lt;i a=&gt;e</p>'),
    ],
)  # fmt: skip
def test_elements_are_html(markdown: str, expected: str) -> None:
    """JSX's spelling of HTML is HTML's, without what only a program knows; Markdown goes on inside."""
    assert expected == html(markdown).replace("</i></p>", "</p>")


def test_what_is_not_known_leaves_its_text_and_one_warning() -> None:
    """A component's name is told once, with the line where it is first; its text stays Markdown."""
    body = to_html(
        "import x from 'y'\n\n<Chart\n  data={x}\n/>\n\n<ui.Box>a *b*</ui.Box>\n\n<Chart /> <ui.Box/>", PAGE
    )
    assert "<p>a <em>b</em></p>" == body.html.strip()
    assert [
        ("shortcode-unknown", "warning", "content/a.mdx", 7, "no component is called <Chart>"),
        ("shortcode-unknown", "warning", "content/a.mdx", 11, "no component is called <ui.Box>"),
    ] == [(one.code, one.severity, one.path, one.line, one.message) for one in body.problems]


def test_an_excerpt_ends_at_its_comment() -> None:
    """Docusaurus's `{/* truncate */}` is MDX's only way to write such a comment."""
    body = to_html("a *b*\n\n{/* truncate */}\n\nc", PAGE)
    assert ("<p>a <em>b</em></p>", "<p>a <em>b</em></p>\n\n<p>c</p>") == (body.opening, body.html)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("import A from '@theme/A';\n\n<Tabs>\n\na{x}\n\n</Tabs>", "<p>a</p>"),
        ("a\n\n{/* truncate */}\n\nb", "<p>a</p><p>b</p>"),
        ("import this", "<p>import this</p>"),
        ("a {b} `{/* truncate */}`", "<p>a {b} <code>{/* truncate */}</code></p>"),
    ],
)
def test_docusaurus_writes_mdx_into_md(markdown: str, expected: str) -> None:
    """Its posts are MDX whatever they are called; others, which do not begin like a module, are not."""
    assert expected == html(markdown, PLAIN)


@pytest.mark.parametrize(
    ("markdown", "expected", "values"),
    [
        ("a {frontMatter.title} {/* b */} {'c'} {}", "<p>a   c </p>", ["frontMatter.title"]),
        ("<a href={url}>b</a> <Link to={c}>d</Link>", "<p><a>b</a> d</p>", ["url", "c"]),
        ("a <Image src={b} alt='c' onClick={d} /> <img src={e} />", "<p>a c </p>", ["b", "e"]),
        ("{a.map(\n  b => b)}\n\nc", "<p>c</p>", ["a.map( b => b)"]),
        ("<CodeBlock>{source}</CodeBlock>a", "<p>a</p>", ["source"]),
        (f"{{{'a' * 70}}}b", "<p>b</p>", ["a" * 60 + " …"]),
    ],
)
def test_what_only_a_program_knows_is_reported(markdown: str, expected: str, values: list[str]) -> None:
    """An expression goes with a warning, and so does an address that is one; the link's text stays."""
    body = to_html(markdown, PAGE)
    assert expected == html(markdown)
    assert [f"the value of {value!r} is not known here" for value in values] == [
        problem.message for problem in body.problems
    ]


def test_expressions_without_number_are_reported_twenty_times() -> None:
    """A last line says how many more there are."""
    problems = to_html("{a}\n\n" * 50, PAGE).problems
    assert 21 == len(problems)
    assert "… and 30 more like this: the value of 'a' is not known here" == problems[-1].message


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<Foo.Bar a={{b: `x ${y}`}} {...c} />after\n\n{`d ${e}`}\n\nf", "<p>after</p><p>f</p>"),
        ("{`a ${b ? `c ${'}'}` : {d: 1}.d} e \\` `}f `g`", "<p>f <code>g</code></p>"),
        ("export const a = `b ${c}\n\nd`\n\ne `f` g", "<p>e <code>f</code> g</p>"),
        ("{`a ${ b", "<p>{`a ${ b</p>"),
    ],
)
def test_templates_in_templates_end_where_they_do(markdown: str, expected: str) -> None:
    """A template literal with values in it takes nothing of what follows."""
    problems = to_html(markdown, PAGE).problems
    rendered = to_html(markdown, PAGE).html
    assert {"shortcode-unknown"} >= {problem.code for problem in problems}
    assert expected == re.sub(r"\s*\n\s*", "", rendered)


def test_the_title_of_the_front_matter_is_known() -> None:
    """As what Docusaurus and Astro call it; the rest of the front matter is a program's."""
    page = replace(PAGE, title="A {b}")
    assert "<p>A {b}, A {b}, </p>" == html(
        "{frontmatter.title}, {frontMatter.title}, {frontmatter.tag}", page
    )


def test_a_post_of_docusaurus_is_mdx_in_a_file_of_markdown() -> None:
    """It needs neither an import nor the name; the attributes of its directives stay."""
    page = replace(PLAIN, dialect="docusaurus")
    assert '<pre><code class="language-js">const a = 1;\n</code></pre>' == html(
        '<CodeBlock language="js">{`const a = 1;`}</CodeBlock>', page
    )
    assert "<blockquote><p><strong>My</strong></p><p>a</p></blockquote>" == html(
        ':::tip{title="My"}\n\na\n\n:::', page
    )


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<div>\n  <div>\n    ![a](/m.jpg)\n  </div>\n</div>\n\nb", '<div><div><p><img alt="a" src="https://ex.org/m.jpg"></p></div></div><p>b</p>'),
        ("a\n\n    *b*\n\n    - c\n        - d\n\n      e\n\nf", "<p>a</p><p><em>b</em></p><ul><li><p>c</p><ul><li>d</li></ul><p>e</p></li></ul><p>f</p>"),
        ("\t*a*\n\n\t```\n\tb\n\t  c\n\t```\n", "<p><em>a</em></p><pre><code>b\n  c\n</code></pre>"),
        ("- a\n\n      b\n\nc\n\n    *d*", "<ul><li><p>a</p><pre><code>b\n</code></pre></li></ul><p>c</p><p><em>d</em></p>"),
        ("1. a\n\n    *b*\n", "<ol><li><p>a</p><p><em>b</em></p></li></ol>"),
    ],
)  # fmt: skip
def test_indentation_is_no_code(markdown: str, expected: str) -> None:
    """As people indent what stands in their elements; in lists it means what it always does."""
    assert expected == html(markdown)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("```mdx-code-block\nimport A from 'a'\n\n<Tip>\n\n*b*\n\n</Tip>\n```\n\nc", "<blockquote><p><strong>Tip</strong></p><p><em>b</em></p></blockquote><p>c</p>"),
        ("````mdx-code-block\n```js\n{a}\n```\n{/* b */}\n````\nc\n```\nd\n```", '<pre><code class="language-js">{a}\n</code></pre><p>c</p><pre><code>d\n</code></pre>'),
        ("~~~md\n```mdx-code-block\n<A/>\n```\n~~~", '<pre><code class="language-md">```mdx-code-block\n&lt;A/&gt;\n```\n</code></pre>'),
        ("```mdx-code-block\n<i>a</i>", "<p><i>a</i></p>"),
    ],
)  # fmt: skip
def test_a_fence_for_translators_is_no_code(markdown: str, expected: str) -> None:
    """Docusaurus unwraps it; in an example of it, nothing is."""
    assert expected == html(markdown)


FRAGMENTS = st.sampled_from(
    ["import a from 'b'\n", "import {\n", "export const a = ", "{", "}", "{/*", "*/}", "<", ">", "</", "/>", "<>", "</>",
     "<Foo", "<Foo>", "</Foo>", "<Tabs>\n", "</Tabs>\n", "<Note>", "</Note>", "<div ", "<div>\n", "</div>\n", "=", "={", "'", '"',
     "`", "```\n", "```mdx-code-block\n", "```ad-a\n", "$", "$$", "\\", "\n", "\n\n", "    ", "- ", "> ", "word ", "<CodeBlock>", "</CodeBlock>", "{'a'}", "{...b}",
     "<!--", "-->", "className='x' ", "onClick={a} ", "<Link to='javascript:x'>", "<script>", "</script>", "|", "#"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=40).map("".join)))
def test_no_mdx_raises_or_acts(markdown: str) -> None:
    """Any body gives harmless HTML, and the same every time."""
    rendered, problems, _ = to_html(markdown, PAGE)
    assert {problem.severity for problem in problems} <= {"warning"}
    assert "<script" not in rendered.lower()
    assert re.search(r"=\"\s*javascript:", rendered, re.IGNORECASE) is None
    assert (rendered, problems) == to_html(markdown, PAGE)[:2]


@given(
    st.lists(
        st.sampled_from(
            ["import a from 'b'\n\n", "{a.b}", "{/* c */}", "<Foo>", "</Foo>", "<Foo a={b} c='d'/>", "\n\n", "<>", "</>", "- ",
             "<Tabs>\n", "</Tabs>\n", "<div>\n", "</div>\n", "    ", "# "]
        ),
        max_size=20,
    )
)  # fmt: skip
def test_no_word_is_lost_and_no_markup_leaks(parts: list[str]) -> None:
    """Every word outside a module and an expression reaches the reader, and nothing of the program does."""
    markdown = "\n\n".join(f"w{at}q {part} w{at}p" for at, part in enumerate(parts))
    rendered = re.sub(r"<[^<>]*>", " ", to_html(markdown, PAGE)[0])
    assert [f"w{at}q" for at in range(len(parts))] == re.findall(r"w\d+q", rendered)
    assert [f"w{at}p" for at in range(len(parts))] == re.findall(r"w\d+p", rendered)
    assert re.search(r"\{|Foo|a\.b", rendered) is None
