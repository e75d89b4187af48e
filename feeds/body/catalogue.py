"""The shortcodes that we know, whichever program they come from: what each of them becomes."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from feeds.body import embeds
from feeds.body.addresses import split
from feeds.body.embeds import Arguments, Embed
from feeds.body.references import beside

if TYPE_CHECKING:
    from feeds.body.page import Page
    from feeds.body.shortcodes import Expander

_BEGINS_LINE = re.compile(r"(?:\A|\n)[ \t]*\Z")
_WEB = re.compile(r"https?://")
_KINDS = frozenset("attention caution danger error important info note success tip warning".split())  # noqa: SIM905
QUOTES = _KINDS | frozenset(
    {"admonition", "alert", "blockquote", "box", "callout", "hint", "message", "notice", "quote"}
)
_FIGURES = frozenset(
    {"fig", "figure", "image", "img", "imgproc", "photo", "picture", "resize_image", "thumbnail"}
)
_FOLDED = frozenset({"details", "expand", "collapse", "spoiler", "folding", "hideblock", "hidetoggle"})
_LINKS = frozenset({"button", "a"})
# What only arranges its text, or decorates it.
_SILENT = frozenset({
    "toc", "table-of-contents", "more", "cut", "icon", "fa", "fab", "fas", "spacer", "clear",
    "tabs", "tabpane", "tabgroup", "cards", "cardpane", "steps", "columns", "column", "row", "col", "grid",
    "accordion", "center", "left", "right", "ltr", "rtl", "lead", "gallery", "markdown", "md",
})  # fmt: skip
_LABELLED = frozenset({
    "tab", "timelineitem", "tabitem", "tab-item", "step", "card", "accordion-item", "timeline-item", "item",
    "timeline",
})  # fmt: skip
# Words of Hexo's themes that say how a note looks; what else stands in its tag is its title.
_LOOK = re.compile(
    rf"{'|'.join(sorted(_KINDS))}|blue|cyan|dark|default|disabled|flat|gr[ae]y|green|light|modern|no-icon|orange|"
    r"pink|primary|purple|red|simple|yellow|fa[bsr]?|fa-[\w-]+|icon-[\w-]+"
)
_TITLED = frozenset({"admonition", "alert", "callout", "hint", "note", "notice"})
# Figures whose caption stands between their tags: what is written before it, and behind it.
_CAPTIONED = {"imgproc": "<figcaption></figcaption></figure>", "thumbnail": "</figure>"}
_PICTURES = ("jpg", "png", "jpeg", "webp", "gif", "svg")
_INCLUDED_FIGURE = re.compile(r"fig|image|img|photo|picture")
_PLAYER = re.compile(r"[-_]?(?:embed|player)$")
_FILES = ("src", "url", "image_path", "path", "image", "file", "image_url")
_WORDS = frozenset({"ins", "kbd", "mark", "small", "sub", "sup", "u"})


def known(expander: Expander, name: str, arguments: Arguments, *, closed: bool, position: int) -> str:
    """Return what a shortcode of any dialect becomes. `closed` says that its end tag follows."""
    name = name.lower()
    name = name.rpartition("/")[2] if name.startswith(("shortcodes/", "_")) else name
    if name in {"ref", "relref"}:
        return expander.reference(arguments.get("path", 0), position)
    if name == "imgproc":
        arguments = Arguments((_resource(expander.page, arguments.get(0)),), arguments.named)
    if closed and name in _CAPTIONED:
        image = embeds.figure(Arguments(arguments.values[:1], arguments.named), expander.inline)
        opened = image.html.removesuffix("</figure>") + _CAPTIONED[name].partition("</")[0]
        return expander.put(replace(image, html=opened))
    if name in _FIGURES:
        return expander.put(embeds.figure(arguments, expander.inline))
    if not closed and name in {"katex", "math", "mathjax"}:
        return expander.literal(arguments.get("body", 0))
    if closed and (opening := _opening(expander, name, arguments, position)):
        return opening
    if name in QUOTES:
        return _quote(expander, name, arguments, position, closed=closed)
    label = arguments.get("title", "label", "header")
    if name in _LABELLED:
        return _label(expander, label or _named(expander, name, arguments, position), position)
    if name in _SILENT or (name == "qr" and closed):
        return ""
    if embed := _alone(expander, name, arguments):
        return expander.put(embed)
    expander.unknown(name, position)
    if body := arguments.get("body"):
        return expander.literal(body)
    return _label(expander, label, position) if closed else expander.gap(position)


def included(expander: Expander, file: str, arguments: Arguments, position: int) -> str:
    """Return what a file that Liquid includes most likely shows, going by its name.

    Jekyll's themes have its pictures begin at the site's address.
    """
    name = file.rpartition("/")[2].partition(".")[0]
    if expander.page.dialect == "jekyll":
        named = {
            key: _from_the_root(value, expander.page) if key in {*_FILES, "poster"} else value
            for key, value in (arguments.named or {}).items()
        }
        arguments = Arguments(arguments.values, named)
    if _INCLUDED_FIGURE.search(name) and arguments.get(*_FILES):
        return expander.put(embeds.figure(arguments, expander.inline))
    if name.lower() in QUOTES and arguments.get("text", "content", "message", "body"):
        return known(expander, name, arguments, closed=False, position=position)
    if name in {"audio", "video"} and (source := arguments.get(*_FILES)):
        return expander.put(embeds.player(name, source, arguments, expander.inline))
    embed = embeds.service(arguments.get("provider") or _PLAYER.sub("", name), arguments)
    return expander.put(embed) if embed else expander.unknown(f"include {file}", position)


def _from_the_root(address: str, page: Page) -> str:
    """Return a file's address as Jekyll's `relative_url` would: below the site's, if it says no other."""
    parts = split(address)
    root = split(page.site_url).path
    if parts.scheme or parts.authority is not None or not parts.path or beside(address, page):
        return address
    if page.media_folder and not address.startswith("/"):
        return address
    return address if address.startswith(f"{root}/") and root else f"{root}/{address.lstrip('/')}"


def closing(expander: Expander, name: str) -> str:
    """Return what a shortcode's end tag becomes."""
    name = name.lower()
    if name in _FOLDED:
        return expander.put(Embed("</details>"))
    if name in _LINKS:
        return expander.put(Embed("</a>", block=False))
    if name in _CAPTIONED:
        return expander.put(Embed("</" + _CAPTIONED[name].partition("</")[2]))
    if name in _WORDS:
        return expander.put(Embed(f"</{name}>", block=False))
    if name not in QUOTES:
        return ""
    author = expander.credits.pop() if expander.credits else ""
    return expander.put(Embed(embeds.credit(author) + "</blockquote>"))


def _opening(expander: Expander, name: str, arguments: Arguments, position: int) -> str:
    """Return the element that a pair of tags is, "" if it is none."""
    if name in _FOLDED:
        summary = arguments.get("summary", "title") or _summary(expander, name, arguments, position)
        title = expander.inline(summary) if summary else "…"
        return expander.put(Embed(f"<details><summary>{title}</summary>"))
    if name in _LINKS and (target := arguments.get("href", "link", "url", "relref", 0)):
        return expander.put(Embed(f'<a href="{escape(target)}">', block=False))
    return expander.put(Embed(f"<{name}>", block=False)) if name in _WORDS else ""


def _alone(expander: Expander, name: str, arguments: Arguments) -> Embed | None:
    """Return what a tag without an end becomes, None if we do not know it."""
    first = arguments.get("text", 0)
    if name in {"video", "audio"} and not arguments.get("provider", "id"):
        source = arguments.get("src", "url", "file", "mp4", 0)
        return embeds.player(name, source, arguments, expander.inline)
    if name == "video":
        name = arguments.get("provider") or "youtube"
    if name == "qr" and first:
        return embeds.link(first, first) if _WEB.match(first) else Embed(f"<p>{escape(first)}</p>", first)
    if name in {"button", "link"} and (target := arguments.get("href", "link", "url", 0)):
        label = arguments.get("content", "text", 1) or target
        return Embed(f'<a href="{escape(target)}">{escape(label)}</a>', label, block=False)
    if name == "media" and (target := arguments.get("url", 0)):
        return embeds.link(target, target)
    if name in {"br", "linebreak", "newline"}:
        return Embed("<br>", " ", block=False)
    if name == "param" and first.lower() == "title" and expander.page.title:
        return embeds.literal(expander.stash.hidden(expander.page.title))
    if name in _WORDS and first:
        return Embed(f"<{name}>{escape(first)}</{name}>", first, block=False)
    return embeds.service(name, arguments)


def _said(expander: Expander, arguments: Arguments, position: int) -> str:
    """Return the words of a tag, which in Liquid need no quotation marks around them."""
    end = expander.ahead.find("%}", position)
    if len(arguments.values) > 1 and not arguments.named and expander.text.startswith("{%", position):
        return " ".join(expander.text[position + 2 : end].strip("- \n").split()[1:])
    return arguments.get(0)


def _summary(expander: Expander, name: str, arguments: Arguments, position: int) -> str:
    """Return what is shown of a text that is folded away; tags of Hexo's themes say more, between commas."""
    said = _said(expander, arguments, position)
    if name == "folding":
        return said.partition(",")[2].strip() or said
    return said.partition(",")[0] if name.startswith("hide") else said


def _label(expander: Expander, label: str, position: int) -> str:
    """Return the name of one of several parts, such as a tab's, if its tag begins a line."""
    if label and _BEGINS_LINE.search(expander.text, max(position - 100, 0), position):
        return expander.put(Embed(f"<p><strong>{expander.inline(label)}</strong></p>"))
    return ""


def _named(expander: Expander, name: str, arguments: Arguments, position: int) -> str:
    """Return what a part is called by position; jekyll-tabs' name their group before themselves."""
    said = _said(expander, arguments, position)
    if name == "timeline":
        return said.partition(",")[0]
    group = arguments.get(0)
    if name == "tab" and said.startswith(f"{group} "):
        return said[len(group) :].strip()
    return group or arguments.get("name")


def _quote(expander: Expander, name: str, arguments: Arguments, position: int, *, closed: bool) -> str:
    first = arguments.get(0)
    title = arguments.get("title")
    author = embeds.by(
        arguments.get("author", "by"), arguments.get("source", "cite"), arguments.get("url", "link")
    )
    kind = arguments.get("type") or (first if first.lower() in _KINDS else name)
    if closed and not title and name in _TITLED:
        title = _title(expander, arguments, position)
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


def _title(expander: Expander, arguments: Arguments, position: int) -> str:
    """Return the title that is given by position: behind the kind, or behind all that says how it looks."""
    if not expander.text.startswith("{%", position):
        title = arguments.get(1) if arguments.get(0).lower() in _KINDS else ""
        return "" if title in {"false", "true"} else title
    words = [word.strip("\"',") for word in _said(expander, arguments, position).split()]
    looks = next((at for at, word in enumerate(words) if not _LOOK.fullmatch(word)), len(words))
    return " ".join(words[looks:])


def _resource(page: Page, name: str) -> str:
    """Return the file of a bundle that Docsy's `imgproc` means, which is named by how it begins."""
    if name.rpartition("/")[2].count("."):
        return name
    return next((f"{name}.{one}" for one in _PICTURES if f"{page.folder}/{name}.{one}" in page.files), name)
