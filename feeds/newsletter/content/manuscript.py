"""A post on its way into a mail: its files, the words said in its language, what its author is told."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeds import regular, site_files
from feeds.body.highlight import highlighted
from feeds.newsletter.content.tree import Element, parse
from feeds.newsletter.theme import words
from feeds.problems import Findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.model import Post
    from feeds.newsletter.content.tree import Node
    from feeds.problems import Problem, Severity
    from feeds.settings import Workspace

_LARGEST = 2 * 1024 * 1024  # bytes: what a post may have
_SHORTEST = 3  # characters that are worth looking for
_FENCE = re.compile(r"(---|\+\+\+)\s*$")
_HOST = re.compile(r"^[a-z]+://[^/]*/?")


@dataclass(frozen=True, slots=True)
class Spot:
    """What an element stands in.

    `room` is how many pixels wide it can be, `tag` that of its parent. `alone` says that nothing else shares
    its block, `cramped` that it is in a list or a table, `captioned` that a caption says what it shows.
    """

    room: int
    rtl: bool
    tag: str = "div"
    alone: bool = True
    linked: bool = False
    cramped: bool = False
    captioned: bool = False
    coded: bool = False  # in a block of code that has been highlighted
    silent: bool = False  # in a heading or in code, where nothing is added


class Manuscript:
    """One post that is made fit for mail. Gathers what is noticed, with the line of the post's file."""

    def __init__(self, post: Post, workspace: Workspace) -> None:
        self.post = post
        self.files = site_files.Site(
            workspace.root, workspace.settings, post.url, str(PurePosixPath(post.path).parent)
        )
        self.colours = workspace.settings.newsletter.highlight == "on"
        self.nodes = parse(highlighted(post.html) if self.colours else post.html)
        self.written_out: set[str] = set()  # abbreviations
        self._said = words.of(post.language, workspace.settings.newsletter.words)
        path = PurePosixPath(workspace.settings.content.dir) / post.path
        self._file = workspace.root / path
        self._findings = Findings(str(path))
        self._met: Counter[str] = Counter()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was noticed, in the order of the post."""
        return self._findings.problems

    def said(self, key: str) -> Node:
        """One of the theme's words, marked when it is in another language than the post."""
        language = self._said.languages[key]
        text = self._said.said[key]
        return text if language == self.post.language else Element("span", {"lang": language}, [text])

    def meet(self, reference: str) -> None:
        """Remember that the post refers to an address once more, so that `note` finds the right line."""
        self._met[reference] += 1

    def note(self, severity: Severity, code: str, message: str, reference: str, hint: str) -> None:
        """Tell the author something about where the post refers to the address `reference`."""
        self._findings.add(severity, code, message, at=self._place(reference), hint=hint)

    def line(self, reference: str) -> str:
        """The line of the post's file that refers to an address; empty when it is not found."""
        number, _ = self._place(reference)
        return self._lines[number - 1] if number else ""

    @cached_property
    def _lines(self) -> list[str]:
        data = regular.beginning(self._file, self.files.root, _LARGEST)
        return data.decode("utf-8", "replace").split("\n")

    def _place(self, reference: str) -> tuple[int, int]:
        """Line and column, from 1, of the mention that was met last; the front matter comes behind."""
        lines = self._lines
        fences = [number for number, line in enumerate(lines) if _FENCE.match(line)][:2]
        body = fences[1] + 1 if fences[:1] == [0] and len(fences) > 1 else 0
        for spelling in _spellings(reference, self.post.url):
            wanted = re.compile(rf"(?<![\w.+-]){re.escape(spelling)}(?!\w)")
            places = [
                (number + 1, found.start() + 1)
                for number in (*range(body, len(lines)), *range(body))
                for found in wanted.finditer(lines[number])
            ]
            if places:
                return places[min(self._met[reference], len(places)) - 1]
        return 0, 0


def _spellings(url: str, base: str) -> Iterator[str]:
    """How the file at `base` may write an address: whole, relative, or its last part; decoded or not."""
    bare = re.split(r"[?#]", url)[0]
    relative, rooted, name = url.removeprefix(base), _HOST.sub("", bare), bare.rstrip("/").rpartition("/")[2]
    for form in (url, relative, _HOST.sub("", url), rooted, name):
        yield from (each for each in (form, unquote(form), unescape(form)) if len(each) >= _SHORTEST)
