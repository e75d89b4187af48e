"""Code in a feed told apart by weight (**the Pygments wall**).

As in a printed book: keywords and the names that are defined are bold, comments and documentation italic.
Nothing else: readers strip classes and inline styles, and colours that are legible on white are not in the
dark. `<b>` and `<i>` come through everywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from itertools import groupby

_CODE = re.compile(r'(<pre><code class="language-([^"<>]+)">)([^<]+)(?=</code></pre>)')
_BLOCK = 32_768  # characters of one block
_BODY = 16 * _BLOCK  # characters of a whole body: lexers make about a million a second
_LINE = 2_000  # characters; what has longer lines was written by a program, and lexers choke on it
# No program has a thousand characters without a sign, and several lexers take quadratic time for them.
_SIGNLESS = re.compile(r"[\w\s.,\[\]]+")
_LONGEST_SIGNLESS = 1_000
# What writers call languages that Pygments has under another name, or has the nearest kin of.
_ALSO = {
    "astro": "html",
    "asciidoc": "text",
    "cc": "cpp",
    "cshtml": "html",
    "cmd": "bat",
    "dotenv": "bash",
    "ejs": "html",
    "env": "bash",
    "go-html-template": "html",
    "gql": "graphql",
    "gradle": "groovy",
    "h": "c",
    "handlebars": "html",
    "hbs": "html",
    "hpp": "cpp",
    "ino": "cpp",
    "ipython": "python",
    "jinja2": "jinja",
    "json5": "json",
    "jsonc": "json",
    "kt": "kotlin",
    "mustache": "html",
    "node": "javascript",
    "njk": "jinja",
    "nunjucks": "jinja",
    "patch": "diff",
    "postcss": "css",
    "svelte": "html",
    "svg": "xml",
    "vb": "vbnet",
    "viml": "vim",
    "vue": "html",
}
_WEIGHTS = (
    ("Keyword.Constant", ""),  # `true`, `None`: values like any other
    ("Keyword.Type", ""),  # `int`, `String`: in C every other word would be bold
    ("Keyword", "b"),
    ("Operator.Word", "b"),  # `and`, `not`, `in`
    ("Name.Class", "b"),
    ("Name.Function", "b"),
    ("Name.Tag", "b"),
    ("Generic.Heading", "b"),
    ("Generic.Subheading", "b"),
    ("Comment.Preproc", ""),  # `#include <stdio.h>`, `<?php`: no comment at all
    ("Comment.PreprocFile", ""),
    ("Comment", "i"),
    ("String.Doc", "i"),
)

_ANY_CODE = re.compile(r"(<pre><code[^<>]*>)([^<]+)(?=</code></pre>)")
_COMMENT = r"(?://|#|&lt;!--|\{?/\*|--|%|;)[ \t]*"
_COMMENT_ENDS = r"[ \t]*(?:\*/\}?|--&gt;)?[ \t]*$"
_MARKED = frozenset({"docusaurus", "plain"})  # where Docusaurus, Gatsby, VitePress and Astro are read
_LINE_MARK = re.compile(rf"[ \t]*{_COMMENT}highlight-(?:next-line|start|end){_COMMENT_ENDS}")
_MARK_AT_END = re.compile(
    rf"{_COMMENT}\[!code [^\]\n]{{1,100}}\](?:[ \t]*\[!code [^\]\n]{{1,100}}\])*{_COMMENT_ENDS}"
)


def unmarked(html: str, dialect: str) -> str:
    """Return `html` without the comments in code that say how its lines are shown.

    These are Docusaurus' `// highlight-next-line`, and `// [!code ++]` of VitePress and Astro.
    """
    if dialect not in _MARKED or not ("highlight-" in html or "[!code " in html):
        return html
    return _ANY_CODE.sub(lambda block: block[1] + _without_marks(block[2]), html)


def _without_marks(code: str) -> str:
    written = []
    for line in code.split("\n"):
        if "highlight-" in line and _LINE_MARK.match(line):
            continue
        mark = _MARK_AT_END.search(line) if "[!code " in line else None
        left = line[: mark.start()].rstrip() if mark else line
        if left or not mark:
            written.append(left)
    return "\n".join(written)


def highlighted(html: str) -> str:
    """Return `html` with the weights of all its `<pre><code class="language-…">`; the text stays the same.

    What Pygments does not know, or fails at, and what is too long, stays plain.
    """
    left = _BODY

    def block(match: re.Match[str]) -> str:
        nonlocal left
        code = unescape(match[3])
        if len(code) > min(_BLOCK, left) or not _is_program(code):
            return match[0]
        left -= len(code)
        return match[1] + (_weighted(code, match[2].lower()) or match[3])

    return _CODE.sub(block, html) if "<pre><code class=" in html else html


def _is_program(code: str) -> bool:
    """Tell whether code looks as if a person wrote it for a machine, so that a lexer is up to it."""
    return (
        max(map(len, code.split("\n"))) <= _LINE
        and max((len(run[0]) for run in _SIGNLESS.finditer(code)), default=0) <= _LONGEST_SIGNLESS
    )


def _weighted(code: str, language: str) -> str:
    """Return code as HTML with weights, "" if it stays plain."""
    name = _lexer(language)
    if not name:
        return ""
    from pygments.lexers import find_lexer_class  # noqa: PLC0415 - most posts have no code

    kind = find_lexer_class(name)
    if kind is None:
        return ""
    try:
        tokens = [(str(token), text) for _, token, text in kind().get_tokens_unprocessed(code)]
    except Exception:  # noqa: BLE001 - six hundred lexers raise anything
        return ""
    if "".join(text for _, text in tokens) != code:  # some leave out what they do not expect
        return ""
    return "".join(
        _run("".join(text for _, text in run), weight)
        for weight, run in groupby(tokens, key=lambda token: _weight(token[0]))
    )


def _run(text: str, weight: str) -> str:
    shown = escape(text, quote=False)
    if not weight or not text.strip():
        return shown
    end = len(shown.rstrip())
    return f"<{weight}>{shown[:end]}</{weight}>{shown[end:]}"


@lru_cache(maxsize=512)
def _weight(token: str) -> str:
    """Return the element for a kind of token, such as `Token.Keyword.Reserved`."""
    kind = token.removeprefix("Token.").removeprefix("Literal.")
    return next((weight for name, weight in _WEIGHTS if f"{kind}.".startswith(f"{name}.")), "")


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Return Pygments's name of each lexer by its short names, without those that plug-ins add."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415 - as above

    return {alias.lower(): name for name, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases}


def _lexer(language: str) -> str:
    known = _names()
    return known.get(language) or known.get(_ALSO.get(language, ""), "")
