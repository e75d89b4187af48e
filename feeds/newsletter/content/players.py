"""What plays on the web and not in a mail: a picture with a play label, and one link behind both."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.newsletter.content import images, pictures
from feeds.newsletter.content.tree import Element, text_of

if TYPE_CHECKING:
    from feeds.newsletter.content.manuscript import Manuscript, Spot
    from feeds.newsletter.content.tree import Node

PLAYERS = frozenset({"audio", "video", "iframe"})

_LINK = re.compile(r"(?i)https?://")
_PLAY = "\u25b6 "
_YOUTUBE = re.compile(
    r"https?://(?:(?:www|m)\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/|embed/)"
    r"|youtu\.be/)([\w-]{11})(?![\w-])"
)
_STILL = "https://i.ytimg.com/vi/{}/hqdefault.jpg"  # every video has one
_FILMS = re.compile(
    r"https?://(?:www\.|player\.)?(?:vimeo\.com/(?:video/)?\d+|dailymotion\.com/video/|twitch\.tv/videos/)"
)
# What embeds are called that their author gave no name.
_NAMELESS = re.compile(r"(?i)YouTube(?::|\s+(?:video )?player|$)|(?:https?://)?(?:www\.|m\.)?youtu")


def player(node: Element, spot: Spot, manuscript: Manuscript) -> list[Node]:
    """Make a player or a frame a link with its poster, or with a picture of the same name beside its file."""
    target = _target(node)
    if not target:
        return []
    if youtube := _YOUTUBE.match(target):
        return _paragraph(_youtube(target, youtube[1], node.get("title").strip(), spot, manuscript), spot)
    manuscript.meet(target)
    title = " ".join(node.get("title").split())
    label: Node = title or manuscript.said("listen" if node.tag == "audio" else "watch")
    if node.tag == "iframe" and not title:
        label = re.sub(r"^https?://(?:www\.)?", "", target)
    poster = node.get("poster")
    if not poster and node.tag != "iframe":
        poster = images.substitute(target, manuscript.files)
    if not poster and node.tag == "video":
        manuscript.note(
            "note",
            "mail-media",
            f"a video is a link in mail, and has no picture to show: {target.rpartition('/')[2]!r}",
            target,
            'give it one: <video poster="still.jpg">, or a still.jpg beside still.mp4',
        )
    still: list[Node] = []
    if poster:
        alt = text_of([manuscript.said("watch")]) if title and node.tag == "video" else ""
        image = Element("img", {"src": poster, "alt": alt})
        within = replace(spot, alone=True, linked=True, captioned=True)
        still = [pictures.picture(image, within, manuscript)]
    return _paragraph(_link(target, still, label, spot), spot)


def embed(link: Element, spot: Spot, manuscript: Manuscript) -> Node | None:
    """Make a link that stands alone and leads to a video a picture of it; None when it leads elsewhere.

    An embedded player has become such a link when its post was rendered. YouTube has a still of each video;
    of other services nothing is known without asking them.
    """
    target, text = link.get("href"), " ".join(text_of(link.children).split())
    if spot.linked or spot.cramped or any(each.tag == "img" for each in link.elements()):
        return None
    if youtube := _YOUTUBE.match(target):
        manuscript.meet(target)
        return _youtube(target, youtube[1], text, spot, manuscript)
    if _FILMS.match(target):
        manuscript.meet(target)
        manuscript.note(
            "note",
            "mail-media",
            f"a video is a link in mail, and has no picture to show: {target}",
            target,
            f"show a picture of it: [![What it is](still.jpg)]({target})",
        )
        return _link(target, [], text or target, spot)
    return None


def _youtube(target: str, number: str, text: str, spot: Spot, manuscript: Manuscript) -> Node:
    source = _STILL.format(number)
    image = Element("img", {"src": source, "alt": "YouTube", "width": str(spot.room), "class": "block"})
    label: Node = text if text and not _NAMELESS.match(text) else manuscript.said("watch")
    return _link(target, [image], label, spot)


def _link(target: str, still: list[Node], label: Node, spot: Spot) -> Node:
    """The picture, and below it the label: whoever sees only one of them can still go there."""
    inside = [*still, _PLAY, label]
    return Element("", {}, inside) if spot.linked else Element("a", {"href": target}, inside)


def _paragraph(link: Node, spot: Spot) -> list[Node]:
    return [Element("p", {}, [link]) if spot.tag in {"div", "figure", "blockquote", "body"} else link]


def _target(node: Element) -> str:
    """The address of what is played; the first of several, which the text part has as well."""
    sources = [node, *(child for child in node.elements() if child.tag == "source")]
    return next((src for each in sources if _LINK.match(src := each.get("src"))), "")
