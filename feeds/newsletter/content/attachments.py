"""`--embed-images`: the pictures of the site as parts of the mail, which show without asking anybody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from html import escape, unescape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import regular, site_files
from feeds.body import addresses
from feeds.newsletter.content import images
from feeds.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.model import Issue
    from feeds.settings import Workspace

MOST = 10_000_000
"""Bytes of a mail, as it travels: many providers accept no more, and those that do fetch it unwillingly."""

_TEXTS = 400_000  # bytes that are left for the mail's own parts, as they travel
_IMAGE = re.compile(r"(?i)<img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_SOURCE = re.compile(r"(?i)(\ssrc\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')")
_UNSAFE = re.compile(r"[^\w.-]+")  # in a header
_BEGINNING = 1024  # bytes
_KINDS = frozenset({"png", "jpeg", "gif", "webp", "avif"})


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture in the mail: its Content-ID without brackets (RFC 2392), and the file."""

    cid: str
    media_type: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Embedded:
    """HTML whose pictures are those attached, in order of appearance, and what could not be."""

    html: str
    attachments: tuple[Attachment, ...]
    problems: tuple[Problem, ...]


def embed(html: str, issue: Issue, workspace: Workspace) -> Embedded:
    """Attach each picture in `html` that is a file of the site, once, and refer to it as `cid:…`.

    What lies elsewhere stays there, and so do pictures that would make the mail larger than `MOST`, each with
    a warning. A picture's Content-ID is that of its bytes, so that the same mail has the same ones.
    """
    parcel = _Parcel(issue, workspace)
    written = _IMAGE.sub(lambda image: _SOURCE.sub(parcel.source, image[0], count=1), html)
    return Embedded(written, tuple(parcel.attached.values()), tuple(parcel.problems))


class _Parcel:
    """What is attached so far, by Content-ID."""

    def __init__(self, issue: Issue, workspace: Workspace) -> None:
        self.attached: dict[str, Attachment] = {}
        self.problems: list[Problem] = []
        self._issue = issue
        self._workspace = workspace
        self._host = re.split(r"[:@]", addresses.split(workspace.settings.site.url).authority or "")[0]
        self._left = MOST - _TEXTS
        self._known: dict[str, str] = {}  # Content-IDs by address; empty for what is not attached

    def source(self, found: re.Match[str]) -> str:
        """The `src` of an image: the picture that is attached for it, or what it was."""
        url = unescape(found[2] if found[2] is not None else found[3])
        if url not in self._known:
            self._known[url] = self._attach(url)
        cid = self._known[url]
        return f'{found[1]}"cid:{escape(cid)}"' if cid else found[0]

    def _attach(self, url: str) -> str:
        for post in self._issue.posts:
            folder = str(PurePosixPath(post.path).parent)
            site = site_files.Site(self._workspace.root, self._workspace.settings, post.url, folder)
            if path := site_files.find(url, site):
                named = escape(url) in post.html or escape(url, quote=False) in post.html
                where = str(PurePosixPath(self._workspace.settings.content.dir) / post.path) if named else ""
                return self._put(path, where)
        return ""

    def _put(self, path: Path, where: str) -> str:
        name = _UNSAFE.sub("-", path.name)
        try:
            data = regular.whole(path, self._workspace.root, MOST)
        except regular.Refused as refused:
            return self._refuse(name, where, str(refused))
        kind = images.kind_of(data[:_BEGINNING])
        if kind not in _KINDS:
            return ""
        cid = f"{sha256(data).hexdigest()[:32]}@{self._host or 'localhost'}"
        if cid in self.attached:
            return cid
        size = _encoded(len(data))
        if size > self._left:
            return self._refuse(name, where, f"the mail would have more than {MOST:,} bytes")
        self._left -= size
        self.attached[cid] = Attachment(cid, f"image/{kind}", name, data)
        return cid

    def _refuse(self, name: str, where: str, why: str) -> str:
        self.problems.append(
            Problem(
                code="mail-image",
                message=f"{name!r} is not embedded, and stays on the web: {why}",
                path=where,
                hint="make the picture smaller: a mail shows some 1,200 pixels of it at most",
                severity="warning",
            )
        )
        return ""


def _encoded(size: int) -> int:
    """How many bytes a file takes in base64, with its lines of 76 characters (RFC 2045 section 6.8)."""
    characters = -(-size // 3) * 4
    return characters + 2 * -(-characters // 76)
