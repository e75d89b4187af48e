"""What HTML may leave the house: an allow-list, applied after the last transformation (**the nh3 wall**).

Readers and mail clients run what feeds bring along, so nothing is kept that can act, and nothing that
could reach out of its place: no scripts, styles, forms, frames, SVG or MathML (where mutation attacks live),
no `style` attribute, and only absolute URLs of schemes that people click on.
"""

from __future__ import annotations

import re
from html import unescape

import nh3

from feeds.body.tags import decoded, with_ampersands
from feeds.content.text import FORBIDDEN, one_line

_SCHEMES = {
    "ftp", "gemini", "geo", "http", "https", "irc", "ircs", "magnet", "mailto", "matrix", "sms", "tel",
    "webcal", "xmpp",
}  # fmt: skip
_TAGS = {
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "br",
    "caption", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div", "dl",
    "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "picture", "pre", "q", "rp", "rt",
    "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "track", "tt", "u", "ul",
    "var", "video", "wbr",
}  # fmt: skip
_DROPPED_WITH_CONTENT = {
    "annotation", "annotation-xml", "applet", "button", "datalist", "head", "iframe", "math", "noembed",
    "noframes", "noscript", "option", "script", "select", "style", "svg", "template", "textarea",
    "title", "xmp",
}  # fmt: skip
_CELL = {"align", "colspan", "headers", "rowspan", "scope", "abbr"}
_MEDIA = {"src", "controls", "preload", "loop", "muted"}
_ATTRIBUTES = {
    "*": {"id", "class", "dir", "lang", "title", "role"},
    "a": {"href", "hreflang", "rel", "type"},
    "audio": _MEDIA,
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "align"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "q": {"cite"},
    "source": {"src", "srcset", "sizes", "type", "media", "width", "height"},
    "td": _CELL,
    "th": _CELL,
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "video": {*_MEDIA, "poster", "width", "height", "playsinline"},
}
_WEB = re.compile(r"https?://", re.IGNORECASE)
_LOADED = frozenset({"src", "srcset", "poster", "cite"})
# Classes that say what a thing is. Others could meet rules of the reader's or the mail's own style sheet.
_CLASS = re.compile(r"language-[^\s]+|footnote[\w-]*")
_FIGURE_CLASS = re.compile(r"[A-Za-z][\w-]*")

_MARKUP = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|br|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|ol|p|q|rp|"
    r"rt|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|ul|var|wbr)(?:\s[^<>]*)?/?>|<!--[^<>]*-->",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"(?<![A-Za-z0-9_*\\])\*\*(?P<strong>[^\s*](?:[^*]{0,300}[^\s*\\])?)\*\*(?![A-Za-z0-9_*])"
    r"|(?<![\w*\\])(?P<mark>[*_])(?P<text>[^\W_][^*_]{0,300}[^\W_])(?P=mark)(?![\w*])"
)
# To something that looks like an address, or is what Pelican writes for one.
_LINK = re.compile(
    r"(?<![\w\\\])])!?\[(?P<text>[^\[\]]{0,300})\]"
    r"\((?=[^\s()]{0,200}[/.:#{])[^\s()]{1,2000}(?:[ \t]+\"[^\"]{0,300}\")?\)"
)
_LINE_BREAK = re.compile(r"</?(?:br|p|div|li|h[1-6])\b", re.IGNORECASE)
# For the cleaner, which takes quadratic time for entities in a text: what stands for them, of the characters
# that Unicode keeps for such a use, and what is written for that.
_ENTITY = re.compile(r"&[^;]*;")
_STANDING = {"&": "\ufdd0", "<": "\ufdd1", ">": "\ufdd2", "\u00a0": "\ufdd3"}
_WRITTEN = {0xFDD0: "&amp;", 0xFDD1: "&lt;", 0xFDD2: "&gt;", 0xFDD3: "&nbsp;"}
_BACKTICKS = re.compile(r"(?<!`)(`{1,2})(?!`)(.{1,300}?)(?<!`)\1(?!`)")


def _kept(tag: str, name: str, value: str) -> str | None:
    """Return the value that an allowed attribute keeps, or None to drop it."""
    if name == "title":
        return value or None
    if name == "class":
        pattern = _FIGURE_CLASS if tag in {"figure", "img"} else _CLASS
        return " ".join(word for word in value.split() if pattern.fullmatch(word)) or None
    if name in _LOADED:
        candidates = value.split(", ") if name == "srcset" else [value]
        return value if all(_WEB.match(candidate.strip()) for candidate in candidates) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes=_ATTRIBUTES,
    attribute_filter=_kept,
    strip_comments=True,
    link_rel=None,
    url_schemes=_SCHEMES,
    url_relative="deny",
)


def clean(html: str) -> str:
    """Return the part of `html` that is safe in a feed or a mail. Make relative URLs absolute before."""
    bare = with_ampersands(html.translate(dict.fromkeys(_WRITTEN)).replace("\u00a0", "&nbsp;"))
    cleaned: str = _CLEANER.clean(
        _ENTITY.sub(lambda entity: _STANDING.get(unescape(entity[0]), entity[0]), bare)
    )
    return cleaned.translate(_WRITTEN)


def plain(text: str) -> str:
    """Return a title or a summary as one line of plain text, as people meant it.

    Tags that format text go, others are text (a title may be about `<link>`); entities are decoded once;
    Markdown's backticks go and what is between them stays as it is.
    """
    parts: list[str] = []
    start = 0
    for code in _BACKTICKS.finditer(text):
        parts += [_without_markup(text[start : code.start()]), code[2]]
        start = code.end()
    parts.append(_without_markup(text[start:]))
    return one_line("".join(parts))


def plain_line(text: str) -> str:
    """Return a title or a summary of the front matter as `plain` does, without Markdown's marks.

    `**emphasis**` and `[links](https://…)` lose theirs. Marks stay where they stand for themselves:
    `__init__`, `*x*`, `5 * 3`, `snake_case`, `array[i](x)`.
    """
    parts: list[str] = []
    start = 0
    for code in _BACKTICKS.finditer(text):
        parts += [_without_marks(text[start : code.start()]), code[0]]
        start = code.end()
    return plain("".join([*parts, _without_marks(text[start:])]))


def _without_marks(text: str) -> str:
    unlinked = _LINK.sub(lambda link: link["text"], text) if "](" in text else text
    return _EMPHASIS.sub(lambda marked: marked["strong"] or marked["text"], unlinked)


def _without_markup(text: str) -> str:
    bare = _MARKUP.sub(lambda tag: " " if _LINE_BREAK.match(tag[0]) else "", text)
    return FORBIDDEN.sub("", decoded(bare))
