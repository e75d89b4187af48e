"""Shortcodes whose text is no Markdown: code, diagrams, formulas, raw HTML, comments; `raw` in code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.body import embeds

if TYPE_CHECKING:
    from feeds.body.embeds import Arguments
    from feeds.body.lookahead import Lookahead
    from feeds.body.shortcodes import Expander

RUNNING = frozenset({"eleventy", "hexo", "jekyll"})  # whose bodies are templates, their code too
# How Liquid's authors show braces: `{{ "{{" }}`.
QUOTED_BRACES = re.compile(
    r"\{\{-?\s*(?:'(?P<single>[^'\n]*[{}][^'\n]*)'|\"(?P<double>[^\"\n]*[{}][^\"\n]*)\")\s*-?\}\}"
)
_RAW = re.compile(r"\{%-?\s*(?P<name>raw|verbatim)\s*-?%\}")
_ESCAPED = re.compile(r"(\{[{%]-?)/\*((?:(?!\*/|\{[{%])[\s\S]){0,1000})\*/(-?[}%]\})")
LONGEST = 10_000  # characters of one tag; a longer one is a mistake
VERBATIM = frozenset(
    {
        "comment",
        "highlight",
        "code",
        "mermaid",
        "plantuml",
        "raw",
        "rawhtml",
        "html",
        "math",
        "katex",
        "latex",
        "tex",
    }
)


def verbatim(expander: Expander, name: str, inner: str, arguments: Arguments) -> str:
    """Return what a shortcode becomes whose text is not Markdown."""
    if name == "comment":
        return ""
    if name in {"rawhtml", "html"}:
        return expander.stash.put(inner, block=True)
    if name == "raw":
        return expander.literal(inner)
    if name in {"math", "katex", "latex", "tex"}:
        return expander.literal(inner.strip())
    language = arguments.get("lang", "language", 0) if name in {"highlight", "code"} else name
    return expander.put(embeds.code(inner, language))


def unescaped(code: str) -> str:
    """Return code as Zola shows it: `{{/* x() */}}` is `{{ x() }}`, and so is `{%/* x() */%}`."""
    return _ESCAPED.sub(lambda found: found[1] + found[2] + found[3], code) if "*/" in code else code


def without_raw(
    ahead: Lookahead, start: int, end: int, raw: tuple[int, int] | None
) -> tuple[str, tuple[int, int] | None]:
    """Return the code from `start` to `end` as a generator shows that runs the templates in it.

    `raw` is the end tag of the `{% raw %}` that is open where the code begins, and comes back if it still is.
    One that is never closed is only written about.
    """
    shown: list[str] = []
    at = start
    while at < end:
        if raw is not None and raw[1] <= at:
            raw = None
        if raw is not None:
            shown.append(ahead.text[at : min(raw[0], end)])
            at = max(raw[1], at)
            if at <= end:
                raw = None
            continue
        opened = _RAW.search(ahead.text, at, end)
        while opened and (raw := ahead.closer(f"end{opened['name']}", opened.end())) is None:
            opened = _RAW.search(ahead.text, opened.end(), end)
        before = ahead.text[at : opened.start() if opened else end]
        shown.append(QUOTED_BRACES.sub(lambda quoted: quoted["double"] or quoted["single"], before))
        at = opened.end() if opened else end
    return "".join(shown), raw
