"""Obsidian's `[[links]]` and `%% comments %%`.

A comment is its author's private text, but `%%` also means other things: the rules below take it for one
only where nothing else is likely.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from html import escape
from typing import TYPE_CHECKING

from feeds.body import embeds
from feeds.body.embeds import Embed
from feeds.body.links import lookup, named, url

if TYPE_CHECKING:
    from feeds.body.shortcodes import Expander

_WIKILINK = re.compile(
    r"!?\[\[(?P<target>[^\[\]{}|\n]{1,300}?)(?:\\?\|(?P<text>[^\[\]{}\n]{0,300}))?\]\](?![(\[])"
)
_TITLE = re.compile(r"[^\W\d_a-z]|.*[ |#/]")
_PICTURE = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]+)\]:", re.MULTILINE)
_ALONE = re.compile(r"^[ \t]*%%[ \t]*$", re.MULTILINE)
_BLOCK = re.compile(rf"{_ALONE.pattern}.*?{_ALONE.pattern}", re.MULTILINE | re.DOTALL)
_BEFORE_COMMENT = re.compile(r"(?:^[ \t]*|[^\d\s]\s+)\Z", re.MULTILINE)
_BEHIND_COMMENT = re.compile(r"[\s.,;:!?)\]]|\Z")


def without_comments(markdown: str) -> str:
    """Return `markdown` without what stands between lines that are nothing but `%%`."""
    return _BLOCK.sub("", markdown) if "%%" in markdown else markdown


def wikilink(expander: Expander, mark: str, position: int) -> tuple[int, str | None]:
    """Return where the link or picture at `position` ends, and what is written for it (None: itself)."""
    match = _WIKILINK.match(expander.text, position)
    if match is None or match["target"] != match["target"].strip():
        return position + len(mark), None
    target, hash_sign, fragment = match["target"].partition("#")
    if mark[0] == "!" and _PICTURE.search(target):
        size = (match["text"] or "").partition("x")
        width, height = (size[0], size[2]) if size[0].isdigit() else ("", "")
        alt = "" if width else match["text"] or ""
        return match.end(), expander.put(embeds.image(target, alt=alt, width=width, height=height))
    page = expander.page
    text = match["text"] or target.rpartition("/")[2] or fragment
    found = page.url if not target else lookup(f"{target}.md", page) or named(target, page.references)
    if found is not None:
        anchor = "-".join(fragment.lower().split())
        goal = url(f"{found.partition('#')[0]}{hash_sign}{anchor}", page.url)
        link = Embed(f'<a href="{escape(goal)}">{escape(text)}</a>', text, block=False)
        return match.end(), expander.put(link)
    if expander.defined is None:
        expander.defined = frozenset(_DEFINITION.findall(expander.text))
    if match["target"] in expander.defined or not (match["text"] or _TITLE.match(match["target"])):
        return position + len(mark), None
    hint = "publish that note, or write a link to where it is"
    expander.warn("link-dangling", f"no post is called {target!r}", hint, position)
    return match.end(), text


def comment(expander: Expander, position: int, limit: int) -> tuple[int, str | None]:
    """Return where the comment at `position` ends and "", or None in its place if it is none.

    It is one between two lines that are nothing but `%%`. Inside a paragraph (before `limit`) it is one
    from a `%%` at the beginning of a line or behind white space, but not behind a number ("100 %% of"), to
    the very next `%%`, which ends a word or a line but begins none; with white space inside both or neither.
    """
    text = expander.text
    if _ALONE.match(text, text.rfind("\n", 0, position) + 1):
        if expander.comment_ends is None:
            expander.comment_ends = [match.end() for match in _ALONE.finditer(text)]
        index = bisect_left(expander.comment_ends, position + 3)
        if index < len(expander.comment_ends):
            return expander.comment_ends[index], ""
    end = text.find("%%", position + 2, limit)
    inner = text[position + 2 : end]
    fits = (
        end >= 0
        and inner.strip() != ""
        and "%" not in {inner[0], inner[-1], text[end + 2 : end + 3]}
        and inner[0].isspace() == inner[-1].isspace()
        and _BEFORE_COMMENT.search(text, max(position - 50, 0), position)
        and _BEHIND_COMMENT.match(text, end + 2)
    )
    line = text[text.rfind("\n", 0, end) + 1 : end]
    if fits and (line.strip() or _ALONE.match(text, end - len(line))):
        return end + 2, ""
    return position + 2, None
