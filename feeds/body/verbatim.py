"""Shortcodes whose text is no Markdown: code, diagrams, formulas, raw HTML, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.body import embeds

if TYPE_CHECKING:
    from feeds.body.embeds import Arguments
    from feeds.body.shortcodes import Expander

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
