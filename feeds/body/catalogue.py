"""The shortcodes that we know, whichever program they come from: what each of them becomes."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from feeds.body import embeds
from feeds.body.embeds import Arguments, Embed

if TYPE_CHECKING:
    from feeds.body.shortcodes import Expander

_BEGINS_LINE = re.compile(r"(?:\A|\n)[ \t]*\Z")
_WEB = re.compile(r"https?://")
_KINDS = frozenset("attention caution danger error important info note success tip warning".split())  # noqa: SIM905
QUOTES = _KINDS | frozenset(
    {"admonition", "alert", "blockquote", "box", "callout", "hint", "message", "notice", "quote"}
)
_FIGURES = frozenset({"fig", "figure", "image", "img", "imgproc", "photo", "picture", "resize_image"})
_FOLDED = frozenset({"details", "expand", "collapse", "spoiler"})
_LINKS = frozenset({"button", "a"})
# What only arranges its text, or decorates it.
_SILENT = frozenset({
    "toc", "table-of-contents", "more", "cut", "icon", "fa", "fab", "fas", "spacer", "clear",
    "tabs", "tabpane", "tabgroup", "cards", "cardpane", "steps", "columns", "column", "row", "col", "grid",
    "accordion", "center", "left", "right", "ltr", "rtl", "lead", "gallery", "markdown", "md", "timeline",
})  # fmt: skip
_LABELLED = frozenset(
    {"tab", "timelineitem", "tabitem", "tab-item", "step", "card", "accordion-item", "timeline-item", "item"}
)
_WORDS = frozenset({"ins", "kbd", "mark", "small", "sub", "sup", "u"})


def known(expander: Expander, name: str, arguments: Arguments, *, closed: bool, position: int) -> str:
    """Return what a shortcode of any dialect becomes. `closed` says that its end tag follows."""
    name = name.lower()
    name = name.rpartition("/")[2] if name.startswith(("shortcodes/", "_")) else name
    if name in {"ref", "relref"}:
        return expander.reference(arguments.get("path", 0), position)
    if name == "thumbnail" and closed:
        image = embeds.figure(Arguments(arguments.values[:1], arguments.named), expander.inline)
        return expander.put(replace(image, html=image.html.removesuffix("</figure>")))
    if name in _FIGURES | {"thumbnail"}:
        return expander.put(embeds.figure(arguments, expander.inline))
    if not closed and name in {"katex", "math", "mathjax"}:
        return expander.literal(arguments.get("body", 0))
    if closed and (opening := _opening(expander, name, arguments)):
        return opening
    if name in QUOTES:
        return _quote(expander, name, arguments, closed=closed)
    if name in _SILENT | _LABELLED or (name == "qr" and closed):
        return _label(expander, arguments, position) if name in _LABELLED else ""
    if embed := _alone(expander, name, arguments):
        return expander.put(embed)
    expander.unknown(name, position)
    if body := arguments.get("body"):
        return expander.literal(body)
    return _label(expander, arguments, position, positional=False) if closed else expander.gap(position)


def closing(expander: Expander, name: str) -> str:
    """Return what a shortcode's end tag becomes."""
    name = name.lower()
    if name in _FOLDED:
        return expander.put(Embed("</details>"))
    if name in _LINKS:
        return expander.put(Embed("</a>", block=False))
    if name == "thumbnail":
        return expander.put(Embed("</figure>"))
    if name in _WORDS:
        return expander.put(Embed(f"</{name}>", block=False))
    if name not in QUOTES:
        return ""
    author = expander.credits.pop() if expander.credits else ""
    return expander.put(Embed(embeds.credit(author) + "</blockquote>"))


def _opening(expander: Expander, name: str, arguments: Arguments) -> str:
    """Return the element that a pair of tags is, "" if it is none."""
    if name in _FOLDED:
        summary = arguments.get("summary", "title", 0)
        title = expander.inline(summary) if summary else "…"
        return expander.put(Embed(f"<details><summary>{title}</summary>"))
    if name in _LINKS and (target := arguments.get("href", "link", "url", "relref", 0)):
        return expander.put(Embed(f'<a href="{escape(target)}">', block=False))
    return expander.put(Embed(f"<{name}>", block=False)) if name in _WORDS else ""


def _alone(expander: Expander, name: str, arguments: Arguments) -> Embed | None:
    """Return what a tag without an end becomes, None if we do not know it."""
    first = arguments.get("text", 0)
    if name in {"video", "audio"} and not arguments.get("provider", "id"):
        source = escape(arguments.get("src", "url", "file", "mp4", 0))
        return Embed(f'<{name} src="{source}" controls></{name}>', source)
    if name == "video":
        name = arguments.get("provider") or "youtube"
    if name == "qr" and first:
        return embeds.link(first, first) if _WEB.match(first) else Embed(f"<p>{escape(first)}</p>", first)
    if name == "media" and (target := arguments.get("url", 0)):
        return embeds.link(target, target)
    if name in {"br", "linebreak", "newline"}:
        return Embed("<br>", " ", block=False)
    if name == "param" and first.lower() == "title" and expander.page.title:
        return embeds.literal(expander.stash.hidden(expander.page.title))
    if name in _WORDS and first:
        return Embed(f"<{name}>{escape(first)}</{name}>", first, block=False)
    return embeds.service(name, arguments)


def _label(expander: Expander, arguments: Arguments, position: int, *, positional: bool = True) -> str:
    """Return the name of one of several parts, such as a tab's, if its tag begins a line."""
    label = arguments.get("title", "label", "header", *((0, "name") if positional else ()))
    if label and _BEGINS_LINE.search(expander.text, max(position - 100, 0), position):
        return expander.put(Embed(f"<p><strong>{expander.inline(label)}</strong></p>"))
    return ""


def _quote(expander: Expander, name: str, arguments: Arguments, *, closed: bool) -> str:
    first = arguments.get(0)
    title = arguments.get("title")
    author = embeds.by(
        arguments.get("author", "by"), arguments.get("source", "cite"), arguments.get("url", "link")
    )
    kind = arguments.get("type") or (first if first.lower() in _KINDS else name)
    if not title and kind.lower() in _KINDS:
        title = kind.capitalize()
    head = f"<p><strong>{expander.inline(title)}</strong></p>" if title else ""
    if closed:
        expander.credits.append(author)
        return expander.put(Embed(f"<blockquote>{head}"))
    text = arguments.get("text", "content", "message", "body") or (
        first if first.lower() not in _KINDS else arguments.get(1)
    )
    return expander.put(embeds.quote(f"{head}<p>{expander.inline(text)}</p>", author))
