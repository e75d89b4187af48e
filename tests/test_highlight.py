"""Code told apart by weight: what is bold, what is italic, and that nothing else changes."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.body.highlight import highlighted, unmarked
from feeds.body.markup import to_html
from feeds.body.page import Page

PAGE = Page(
    path="content/a.md",
    line=1,
    folder="",
    url="https://ex.org/a/",
    site_url="https://ex.org",
    highlight="weight",
)


def block(code: str, language: str) -> str:
    """A block of code as the rest of the house writes it."""
    return f'<pre><code class="language-{language}">{escape(code, quote=False)}</code></pre>'


def shown(code: str, language: str) -> str:
    """What is inside a block afterwards."""
    found = re.fullmatch(
        rf'<pre><code class="language-{re.escape(language)}">(.*)</code></pre>',
        highlighted(block(code, language)),
        re.DOTALL,
    )
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("language", "code", "expected"),
    [
        ("python", 'class A:\n    """D."""\n    def f(self): # c\n        return x not in [None, "s"]\n', '<b>class</b> <b>A</b>:\n    <i>"""D."""</i>\n    <b>def</b> <b>f</b>(self): <i># c</i>\n        <b>return</b> x <b>not</b> <b>in</b> [None, "s"]\n'),
        ("Python", "import a", "<b>import</b> a"),
        ("js", "const a = `${b}` // c", "<b>const</b> a = `${b}` <i>// c</i>"),
        ("c", "#include <a.h>\nint main(void) { return 0; }", "#include &lt;a.h&gt;\nint <b>main</b>(void) { <b>return</b> 0; }"),
        ("html", "<p>a</p><!-- b\nc -->", "&lt;<b>p</b>&gt;a&lt;/<b>p</b>&gt;<i>&lt;!-- b\nc --&gt;</i>"),
        ("diff", "@@ -1 +1 @@\n-a\n+b\n", "<b>@@ -1 +1 @@</b>\n-a\n+b\n"),
        ("console", "$ echo 1\n1\n", "$ echo 1\n1\n"),
        ("jsonc", '{"a": true} // b', '{<b>"a"</b>: true} <i>// b</i>'),
        ("kt", "fun a() = 1", "<b>fun</b> <b>a</b>() = 1"),
    ],
)  # fmt: skip
def test_words_that_carry_a_program_are_bold(language: str, code: str, expected: str) -> None:
    """Keywords and the names that are defined are bold, comments and documentation italic."""
    assert expected == shown(code, language)


@pytest.mark.parametrize(
    ("language", "code"),
    [
        *(
            (name, "if a: # b\n")
            for name in ("text", "mermaid", "plaintext", "none", "no-such-language", "output")
        ),
        ("python", "if a: # b\n" * 5_000),
        ("python", "if a:" + " 'b' +" * 500),
        ("java", "the quick brown fox\n" * 100),
        ("c", "if (a)\n" + "  \n" * 1_000),
    ],
)
def test_what_no_lexer_is_up_to_stays_plain(language: str, code: str) -> None:
    """No language, an unknown one, what is long, and what is no program: all as they were."""
    assert block(code, language) == highlighted(block(code, language))


def test_a_body_has_a_budget() -> None:
    """A body of nothing but code does not cost more than so much, and the blocks at its top are served first."""
    found = highlighted(block("if a: # b\n" * 2_900, "python") * 20)
    assert found.startswith('<pre><code class="language-python"><b>if</b>')
    assert found.endswith("if a: # b\n</code></pre>")


@pytest.mark.parametrize(
    "html",
    [
        "<pre><code>if a: b</code></pre>",
        "<p><code>if</code></p>",
        '<pre><code class="language-python"><b>if</b> a: b</code></pre>',
        '<pre class="x"><code class="language-python">if</code></pre>',
        "",
    ],
)
def test_only_blocks_that_name_a_language(html: str) -> None:
    """Other code is as its author wrote it, and so is code with mark-up of its own."""
    assert html == highlighted(html)


def test_a_lexer_that_fails_or_loses_text_leaves_the_code_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A post is worth more than the weights of its code."""
    import pygments.lexers as library  # noqa: PLC0415 - for this test alone

    class Lexer:
        def get_tokens_unprocessed(self, code: str) -> list[tuple[int, str, str]]:
            if "fail" in code:
                raise RecursionError
            return [(0, "Token.Keyword", code[1:])]

    for found in (Lexer, None):
        monkeypatch.setattr(library, "find_lexer_class", lambda _, found=found: found)
        for code in ("fail()", "lose(text)"):
            assert code == shown(code, "python")


CODE = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            ["def ", "class A", "if ", "(", ")", "{", "}", "\n", "    ", '"', "'", "/*", "*/", "#", "//", "<!--", "-->",
             "<a>", "&lt;", "&", "é", "\t", "\r\n", "\u00a0", "\ufeff", "=>", "`", "${", "$ ", ">>> ", "\x0c", "\\"]
        ),
        max_size=30,
    ).map("".join),
)  # fmt: skip
LANGUAGES = st.sampled_from(
    ["python", "js", "ts", "html", "css", "bash", "console", "pycon", "c", "cpp", "csharp", "java", "go", "rust", "ruby",
     "php", "sql", "yaml", "toml", "json", "diff", "xml", "haskell", "perl", "make", "dockerfile", "markdown", "jinja"]
)  # fmt: skip


@given(CODE, LANGUAGES)
def test_text_in_is_text_out(code: str, language: str) -> None:
    """Every character of the code is there, in order, and nothing but weights around it."""
    after = shown(code, language)
    assert code == unescape(re.sub(r"</?[bi]>", "", after))
    assert set(re.findall(r"<[^<>]*>", after)) <= {"<b>", "</b>", "<i>", "</i>"}


@pytest.mark.parametrize(
    "markdown",
    [
        "```python\nif a: pass\n```",
        "~~~ {.python .numberLines}\nif a: pass\n~~~",
        "```python {linenos=true hl_lines=[1]}\nif a: pass\n```",
        "```python:file.py\nif a: pass\n```",
        "    :::python\n    if a: pass\n",
        "{% highlight python %}\nif a: pass\n{% endhighlight %}",
        '{{< highlight python "linenos=table" >}}\nif a: pass\n{{< /highlight >}}',
    ],
)
def test_every_spelling_of_a_block_is_highlighted(markdown: str) -> None:
    """Fences with any info string, Pelican's indented code, Liquid's and Hugo's tags; unless it is switched off."""
    expected = '<pre><code class="language-python"><b>if</b> a: <b>pass</b>\n</code></pre>'
    assert expected == to_html(markdown, PAGE).html
    plain = Page(path="a.md", line=1, folder="", url="https://ex.org/a/", site_url="https://ex.org")
    assert re.sub("</?b>", "", expected) == to_html(markdown, plain).html


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a\n  // highlight-next-line\nb\n/* highlight-start */\nc\n{/* highlight-end */}\n", "a\nb\nc\n"),
        ("# highlight-next-line\na\n<!-- highlight-start -->\nb\n-- highlight-end\n", "a\nb\n"),
        ("// highlight-next-line is how\na // highlight-end\nhighlight-start\n", None),
        ("a  // [!code ++]\nb; /* [!code word:b] */\n<i> <!-- [!code --] -->\n", "a\nb;\n<i>\n"),
        ("// [!code focus:2]\na # [!code hl] [!code --]\n\n", "a\n\n"),
        ("a [!code ++]\n# the [!code ++] sign\nb // [!code]\n", None),
    ],
)
def test_comments_for_the_generator_are_no_code(code: str, expected: str | None) -> None:
    """What says how a line is shown goes, with its line if there is nothing else on it; other comments stay."""
    left = block(code if expected is None else expected, "js")
    assert left == unmarked(block(code, "js"), "docusaurus")
    assert left == unmarked(block(code, "js"), "plain")
    assert block(code, "js") == unmarked(block(code, "js"), "hugo")
    assert code == unmarked(code, "plain")
