"""Marks of programs that have one or two of their own: WordPress, VitePress, MkDocs, Hashnode, Templater."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from feeds.body import embeds
from feeds.body.embeds import Arguments, Embed

if TYPE_CHECKING:
    from feeds.body.shortcodes import Expander

# The beginnings of all of them.
MARKS = (
    r"<%|\{#|\{>>|%\[(?=https?://)|\[(?:audio|caption|embed|gallery|sourcecode|video|youtube)\b"
    r"|^<<<(?=[ \t]*[@./\w])|^::(?=[a-z][\w-]*[\[{])|^-+8<-+(?=[ \t]*(?:[\"']|$))"
)
_LONGEST = 5_000  # characters
_OPENING = re.compile(r"\[(?P<name>[a-z]+)(?P<rest>[^\[\]\n]{0,500})\]")
_ARGUMENT = re.compile(r"([\w-]+)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_FORMAT = re.compile(r"mp3|m4a|ogg|wav|wma|mp4|m4v|webm|ogv|wmv|flv")
_IMAGE = re.compile(r"\s*(?P<image>(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?|!\[[^\]\n]*\]\([^()\n]*\))")
_EMBED = re.compile(r"%\[(https?://[^\s\[\]<>]{1,2000})\]")
_LEAF = re.compile(r"::(?P<name>[a-z][\w-]*)(?:\[(?P<text>[^\[\]\n]{0,500})\])?(?:\{[^{}\n]{0,500}\})?")


def mark(expander: Expander, text: str, position: int) -> tuple[int, str | None]:
    """Return where what begins at `position` with `text` ends, and what is written for it (None: itself)."""
    if text == "<%":
        return _template(expander, position)
    if text == "{#":
        end = expander.ahead.find("#}", position + 2)
        inner = expander.text[position + 2 : end] if position < end < position + _LONGEST else "{#"
        return (end + 2, "") if "{#" not in inner else (position + 2, None)
    if text == "<<<":
        name = expander.text[position + 3 : expander.ahead.line_end(position)].strip()
        expander.warn("shortcode-unknown", f"the file {name!r} is not shown here", _HINT, position)
        return expander.ahead.line_end(position), ""
    if text == "{>>":  # a comment of CriticMarkup
        end = expander.ahead.find("<<}", position)
        return (end + 3, "") if position < end < position + _LONGEST else (position + 3, None)
    if text == "%[":
        embed = _EMBED.match(expander.text, position)
        return (embed.end(), f"<{embed[1]}>") if embed else (position + 2, None)
    if text[0] == "-":
        return _snippets(expander, text, position)
    if text == "::":
        leaf = _LEAF.match(expander.text, position)
        if leaf is None:
            return position + 2, None
        expander.unknown(f"::{leaf['name']}", position)
        return leaf.end(), leaf["text"] or ""
    return _wordpress(expander, position)


_HINT = "write what it shows, or put it between backticks to show it as it is"


def _snippets(expander: Expander, text: str, position: int) -> tuple[int, str | None]:
    """Drop the names of files that Material for MkDocs puts in: `--8<-- "a.md"`, or lines between two."""
    end = expander.ahead.line_end(position)
    names = expander.text[position + len(text) : end].strip()
    if not names:
        close = expander.ahead.find(f"\n{text}", end)
        if not end <= close < end + _LONGEST:
            return position + len(text), None
        names = " ".join(expander.text[end:close].split())
        end = expander.ahead.line_end(close + 1)
    name = names.strip("\"'")
    expander.warn("shortcode-unknown", f"the file {name!r} is not shown here", _HINT, position)
    return end, ""


def _template(expander: Expander, position: int) -> tuple[int, str | None]:
    """Drop the code of a template that is run in an editor, or on a server: `<% tp.date.now() %>`."""
    end = expander.ahead.find("%>", position + 2)
    if not position < end < position + _LONGEST:
        return position + 2, None
    expander.warn("shortcode-unknown", "what '<% … %>' would show is not known here", _HINT, position)
    return end + 2, ""


def _media(given: dict[str, str]) -> str:
    """Return the address of what a player is given, under its format's name or as `src`."""
    return next((value for key, value in given.items() if key == "src" or _FORMAT.fullmatch(key)), "")


def _wordpress(expander: Expander, position: int) -> tuple[int, str | None]:
    """Expand one of WordPress's shortcodes (https://codex.wordpress.org/Shortcode), if it is one."""
    opening = _OPENING.match(expander.text, position)
    if opening is None:
        return position + 1, None
    name, rest = opening["name"], opening["rest"]
    close = f"[/{name}]"
    behind = expander.text[opening.end() : opening.end() + len(close)]
    if behind[:1] in {"(", "["} and behind != close:
        return position + 1, None  # the text of a link
    end = expander.ahead.find(close, opening.end())
    inner = expander.text[opening.end() : end] if end >= 0 else ""
    given = {match[1]: match[2] or match[3] or match[4] or "" for match in _ARGUMENT.finditer(rest)}
    if name in {"audio", "video"} and (source := _media(given)):
        player = Embed(f'<{name} src="{escape(source)}" controls></{name}>', source)
        return (end + len(close) if end >= 0 and not inner.strip() else opening.end()), expander.put(player)
    if name == "gallery" and given:
        expander.unknown(name, position)
        return opening.end(), ""
    if name == "youtube" and (link := embeds.service(name, Arguments((rest.strip(" ="),)))):
        return opening.end(), expander.put(link)
    if end < 0 or len(inner) > _LONGEST:
        return position + 1, None
    if name == "embed":
        return end + len(close), expander.put(embeds.link(inner.strip(), inner.strip()))
    if name == "sourcecode":
        code = embeds.code(inner, given.get("language") or given.get("lang", ""))
        return end + len(close), expander.put(code)
    image = _IMAGE.match(inner)
    if name != "caption" or image is None:
        return position + 1, None
    caption = expander.inline(inner[image.end() :]) or escape(given.get("caption", ""))
    shown = image["image"] if image["image"].startswith("<") else expander.inline(image["image"])
    legend = f"<figcaption>{caption}</figcaption>" if caption else ""
    return end + len(close), expander.put(Embed(f"<figure>{shown}{legend}</figure>", caption))
