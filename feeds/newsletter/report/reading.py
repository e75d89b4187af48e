"""A mail as a screen reader goes through it: headings, links, images and what they are called, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal

from feeds.newsletter.clients import style_sheets
from feeds.newsletter.content.tree import VOID

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["heading", "link", "image", "decoration", "code", "table"]

_SILENT = {"head", "style", "script", "title"}
_HEADING = re.compile(r"h([1-6])")
_FILE = re.compile(
    r"\S+\.(?:avif|gif|heic|jpe?g|png|svg|webp)|(?:img|dsc|image|screenshot)[\W_]*\d*", re.IGNORECASE
)
_VAGUE = frozenset({"click here", "here", "link", "more", "read more", "this", "this link"})


@dataclass(slots=True)
class Stop:
    """A place where a screen reader stops. `level` is a heading's; `remark` says what is wrong with it."""

    kind: Kind
    said: str
    line: int
    level: int = 0
    target: str = ""
    remark: str = ""


@dataclass(slots=True)
class _Open:
    tag: str
    is_hidden: bool
    stop: Stop | None
    said: list[str] = field(default_factory=list)


def stops(html: str) -> tuple[Stop, ...]:
    """Where a screen reader stops in a finished mail, in the order in which it does.

    What is hidden is left out. An image that is a link or a part of one, gives the link its name as well.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    while reader.open:
        reader.end()
    level = 0
    for stop in reader.found:
        if stop.kind == "heading":
            if level and stop.level > level + 1:
                stop.remark = f"h{stop.level} comes after h{level}"
            elif not stop.said:
                stop.remark = "a heading without words"
            level = stop.level
    return tuple(reader.found)


def _remark_on_link(said: str) -> str:
    if not said:
        return "a link without words"
    return "says little out of its place" if said.casefold().strip(" .…") in _VAGUE else ""


def _remark_on_image(alt: str) -> str:
    return "looks like the name of a file" if _FILE.fullmatch(alt) else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Stop] = []
        self.open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        is_hidden = bool(self.open and self.open[-1].is_hidden) or _is_hidden(tag, attributes)
        stop = None if is_hidden else self._stop(tag, attributes, {name for name, _ in attrs})
        if stop:
            self.found.append(stop)
            if stop.kind in {"image", "decoration"}:
                self._say(stop.said)
        if tag not in VOID:
            self.open.append(_Open(tag, is_hidden, stop))

    def handle_endtag(self, tag: str) -> None:
        if any(each.tag == tag for each in self.open):
            while self.end() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1].is_hidden):
            self._say(data)

    def end(self) -> str:
        """Close the innermost element: its words are known now."""
        closed = self.open.pop()
        said = " ".join("".join(closed.said).split())
        stop = closed.stop
        if stop and stop.kind in {"heading", "link"}:
            stop.said = said
            if stop.kind == "link":
                stop.remark = _remark_on_link(said)
        elif stop and stop.kind == "code":
            lines = "".join(closed.said).strip("\n").count("\n") + 1
            stop.said = f"{lines} line{'s' if lines > 1 else ''}"
        return closed.tag

    def _say(self, text: str) -> None:
        for each in self.open:
            if each.stop:
                each.said.append(text)

    def _stop(self, tag: str, attributes: Mapping[str, str], given: set[str]) -> Stop | None:
        line = self.getpos()[0]
        if heading := _HEADING.fullmatch(tag):
            return Stop("heading", "", line, level=int(heading[1]))
        if tag == "a" and "href" in given:
            return Stop("link", "", line, target=attributes["href"])
        if tag == "img":
            alt = " ".join(attributes.get("alt", "").split())
            remark = _remark_on_image(alt) if "alt" in given else "has no alt text"
            kind: Kind = "image" if alt or remark else "decoration"
            return Stop(kind, alt, line, target=attributes.get("src", ""), remark=remark)
        if tag == "pre":
            return Stop("code", "", line)
        if tag == "table" and attributes.get("role") not in {"presentation", "none"}:
            return Stop("table", "", line)
        return None


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    if tag in _SILENT or attributes.get("aria-hidden") == "true" or "hidden" in attributes:
        return True
    declared = style_sheets.declarations(attributes.get("style", ""))
    return any(each.name == "display" and each.value.lower().startswith("none") for each in declared)
