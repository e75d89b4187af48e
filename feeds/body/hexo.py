"""Hexo's tags without an end, those of its themes and of Octopress, where they come from.

https://hexo.io/docs/tag-plugins
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from feeds.body import embeds
from feeds.body.addresses import url
from feeds.body.embeds import Embed

if TYPE_CHECKING:
    from feeds.body.embeds import Arguments
    from feeds.body.shortcodes import Expander

_ADDRESS = re.compile(r"(https?://\S+)")
_GROUPED = re.compile(r"(?:^|\s)[\"'\[]")
_OPTION = re.compile(r"\s--(\w[\w-]*)(?:\s|$)")
_SCHEME = re.compile(r"(?:https?:)?//|/")
_ASSETS = frozenset({"asset_img", "asset_image", "img", "image"})
# Tags of Hexo's themes that dress up a text, and what stands before it.
_SAID = {
    "checkbox": re.compile(r"^[^,]*,(?=.)"),
    "p": re.compile(r"^[^,]*,(?=.)"),
    "label": re.compile(r"^[\w ]*@"),
    "span": re.compile(r"^[^,]*,(?=.)"),
}
_DRESSED = {"del": "del", "emp": "em", "kbd": "kbd", "psw": "span", "s": "s", "u": "u", "wavy": "u"}


def tag(expander: Expander, name: str, text: str, arguments: Arguments, position: int) -> str | None:
    """Return what the tag `name` at `position` becomes, None if it is none of these.

    `text` is all that stands behind its name, and `arguments` the same taken apart.
    """
    first, rest = arguments.get(0), " ".join(arguments.values[1:])
    if name == "link":
        target = next((value for value in arguments.values if _SCHEME.match(value)), "")
        label = " ".join(value for value in arguments.values if value not in {target, "true", "false"})
        return _link(expander, target, label)
    if name == "post_link":
        words = arguments.values[1:]
        label = " ".join(words[:-1] if words[-1:] in {("true",), ("false",)} else words)
        target = expander.reference(first, position)
        return _link(expander, target, label or expander.page.titles.get(target.partition("#")[0]) or first)
    if name == "post_path":
        return expander.reference(first, position)
    if name == "asset_link":
        return _link(expander, first, rest or first)
    if name == "asset_path":
        return url(first, expander.page.url)
    if name in _ASSETS and not arguments.named:
        return _asset(expander, arguments.values if _GROUPED.search(text) else tuple(text.split()), text)
    if name == "picture" and (options := _OPTION.split(text))[1:]:
        return _picture(expander, options)
    return _of_a_theme(expander, name, text)


def _of_a_theme(expander: Expander, name: str, text: str) -> str | None:
    if name in _SAID and text:
        return expander.put(embeds.literal(_SAID[name].sub("", text).strip()))
    if name in _DRESSED and text:
        element = _DRESSED[name]
        return expander.put(Embed(f"<{element}>{escape(text)}</{element}>", text, block=False))
    if name == "hideInline" and text:
        return expander.put(embeds.literal(" ".join(text.split(",")[:2])))
    if name in {"btn", "iframe"} and text:
        target, _, label = text.partition(",")
        target = target.strip("\"' ").split(" ")[0]
        return _link(expander, target, label.partition(",")[0].strip() or target)
    return None


def _link(expander: Expander, target: str, label: str) -> str:
    return expander.put(Embed(f'<a href="{escape(target)}">{escape(label)}</a>', label, block=False))


def _picture(expander: Expander, options: list[str]) -> str:
    """Return jekyll_picture_tag's image: preset and file, then options with what each is given."""
    given = {name: words.strip() for name, words in zip(options[1::2], options[2::2], strict=True)}
    words = options[0].split()
    source = next((word for word in words if "." in word), words[-1] if words else "")
    image = embeds.image(source, alt=given.get("alt", "").strip("\"'"))
    if target := given.get("link"):
        image = Embed(f'<a href="{escape(target)}">{image.html}</a>', image.text, block=False)
    return expander.put(image)


def _asset(expander: Expander, values: tuple[str, ...], text: str) -> str:
    """Return Hexo's image: classes, file, sizes, title and alternative text, most of them optional."""
    at = next((index for index, value in enumerate(values) if re.search(r"[./]", value)), 0)
    rest = [value.strip("[]") for value in values[at + 1 :]]
    sizes = [rest.pop(0) for _ in range(2) if rest and rest[0].isdigit()]
    width, height = (*sizes, "", "")[:2]
    if not _GROUPED.search(text):
        rest = [" ".join(rest)] if rest else []
    if expander.page.dialect == "eleventy":  # its plugin's: file, alternative text, sizes
        del rest[1:]
    title = rest[0] if len(rest) > 1 else ""
    alt = rest[-1] if rest else ""
    source = values[at] if values else ""
    return expander.put(embeds.image(source, alt=alt, title=title, width=width, height=height))


def source(text: str) -> str:
    """Return who is quoted by Octopress's `Author, Source http://address title of the link`."""
    said = re.sub(r"^(?:right|left)\b\s*", "", text.replace('"', "").strip())
    before, address, title = (*_ADDRESS.split(said, maxsplit=1), "", "")[:3]
    author, _, work = before.strip().rpartition(", ") if address else (before, "", "")
    author, work = (author, work) if author or not address else (work, "")
    return embeds.by(author, title.strip() or work.strip(), address) if address else embeds.by(said)
