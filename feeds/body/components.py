"""What the components of MDX become that say by their names what they are: call-outs, tabs, pictures, links.

They are those of Docusaurus, Astro's Starlight, Next.js and their kin, many of which have several names.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from feeds.body import embeds
from feeds.body.embeds import Arguments, Embed

_TYPED = frozenset({"admonition", "alert", "aside", "callout"})
_NOTES = _TYPED | {"caution", "danger", "hint", "important", "info", "note", "tip", "warning"}
_FOLDED = frozenset({"accordion", "collapsible", "details"})
_SILENT = frozenset({
    "cardgroup", "cards", "codegroup", "codetabs", "fragment", "steps", "tabs", "toc", "tocinline",
})  # fmt: skip
_LABELLED = frozenset({"tab", "tabitem", "tabpanel"})
_PICTURES = frozenset({"figure", "image", "img", "themedimage", "zoomableimage"})
_LINKS = frozenset({"link", "navlink", "nextlink"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is written where a component begins, if anything, and the HTML where it ends."""

    opening: Embed | None = None
    closing: str = ""


def meaning(kind: str, given: Arguments, *, holds_text: bool) -> Meaning | None:
    """Return what a component becomes, None for one that is not known.

    `kind` is the last part of its name in lower case. One that does not close itself `holds_text`.
    """
    if kind in _NOTES and holds_text:
        said = given.get("type", "variant") if kind in _TYPED else kind
        title = given.get("title") or (said or "note").capitalize()
        return Meaning(Embed(f"<blockquote><p><strong>{escape(title)}</strong></p>"), "</blockquote>")
    if kind in _FOLDED and holds_text:
        summary = escape(given.get("summary", "title") or "…")
        return Meaning(Embed(f"<details><summary>{summary}</summary>"), "</details>")
    if kind in _LABELLED:
        label = given.get("label", "title", "value", "name")
        return Meaning(Embed(f"<p><strong>{escape(label)}</strong></p>") if label else None)
    if kind in _PICTURES:
        return Meaning(_picture(given))
    if kind in _LINKS:
        target = given.get("to", "href")
        link = Embed(f'<a href="{escape(target)}">', block=False)
        return Meaning(link, "</a>") if target else Meaning()
    number = given.get("id", "videoId", "url", "tweetId")
    if embed := embeds.service(kind, Arguments(named={"id": number})):
        return Meaning(embed)
    return Meaning() if kind in _SILENT else None


def _picture(given: Arguments) -> Embed | None:
    """Return a picture, with its caption if it has one; the words for it if nobody knows where it is."""
    source, alt, caption = given.get("src", "source", "light"), given.get("alt"), given.get("caption")
    sizes = {"width": given.get("width"), "height": given.get("height")}
    if source and caption:
        figure = {"src": source, "alt": alt, "caption": caption, **sizes}
        return embeds.figure(Arguments(named=figure), escape)
    if source:
        return embeds.image(source, alt=alt, **sizes)
    return embeds.literal(alt) if alt else None
