"""The content folder → sources: every file that is a post, by path, and why the others are not.

A file is a post when it is Markdown and something dates it: its front matter, its name or its folders.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from feeds import dates, front_matter, header, text
from feeds.errors import ConfigError, PublishError
from feeds.model import Findings, Problem, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feeds.settings import Workspace

EXTENSIONS = (".md", ".markdown", ".mdown", ".mkd")
MAX_BYTES = 2 * 1024 * 1024

# Files of Markdown that no generator takes for a post.
_NOT_POSTS = re.compile(r"_index|readme|template|changelog|contributing|license", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What the content folder holds. `withheld` gives, by content path, why a file is not published."""

    sources: tuple[Source, ...]
    withheld: dict[str, str]
    problems: tuple[Problem, ...]


def collect(workspace: Workspace, *, now: datetime) -> Collected:
    """Read every post that is to be published at `now`.

    Raises ConfigError when the content folder is not there, and PublishError when a folder in it cannot be
    listed: what cannot be seen must not be taken for gone, or its posts would vanish from every feed.
    """
    folder = workspace.root / workspace.settings.content.dir
    if not folder.is_dir():
        raise ConfigError(
            f"there is no folder {workspace.settings.content.dir}",
            where=workspace.file.name,
            hint="set dir under [content] to the folder that holds the posts",
        )
    zone = ZoneInfo(workspace.settings.site.timezone)
    withheld: dict[str, str] = {}
    problems: list[Problem] = []
    sources: list[Source] = []
    base = PurePosixPath(workspace.settings.content.dir)
    for path in _walk(folder, PurePosixPath()):
        findings = Findings(printable(str(base / path)))
        source = _guarded(folder, path, zone, findings)
        reason = "broken" if findings.fatal else _reason(source, now)
        if source is None or reason:
            withheld[printable(str(path))] = reason
        else:
            sources.append(_without_future(source, now, findings))
        problems.extend(findings.problems)
    return Collected(sources=tuple(sources), withheld=withheld, problems=tuple(problems))


def printable(path: str) -> str:
    """A path that can be shown: bytes of a file name that are not UTF-8 become question marks."""
    return path.encode(errors="surrogateescape").decode(errors="replace")


def _guarded(folder: Path, path: PurePosixPath, zone: ZoneInfo, findings: Findings) -> Source | None:
    """Read one file. A slip of ours costs that one post, like a fault of its author's."""
    try:
        return _read(folder, path, zone, findings)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the others
        findings.add(
            "error",
            "post-failed",
            f"this post cannot be read, through a fault in Feedwright ({type(error).__name__}: {error})",
            hint="please report it, with the post",
        )
        return None


def _without_future(source: Source, now: datetime, findings: Findings) -> Source:
    """The source without a change that is still to come: readers distrust feeds from the future."""
    if source.header.updated is None or source.header.updated <= now:
        return source
    findings.add(
        "note",
        "date-future",
        f"the last change, {source.header.updated:%Y-%m-%d}, is still to come, and does not count until then",
    )
    return replace(source, header=replace(source.header, updated=None))


def _walk(folder: Path, below: PurePosixPath) -> Iterator[PurePosixPath]:
    """Every Markdown file below `folder`, sorted by name whatever order the file system gives.

    Links to folders are not followed: they could lead out of the content folder, or round in a circle.
    """
    try:
        with os.scandir(folder / below) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PublishError(
            f"cannot list the folder: {reason}",
            where=printable(str(folder / below)),
            hint="look at its permissions; nothing was changed",
        ) from error
    for entry in entries:
        path = below / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder, path)
        elif entry.is_symlink() and entry.is_dir():
            yield path  # to be named as what is not followed
        elif entry.name.lower().endswith(EXTENSIONS) and not _NOT_POSTS.fullmatch(path.stem):
            yield path


def _read(folder: Path, path: PurePosixPath, zone: ZoneInfo, findings: Findings) -> Source | None:
    if not _decodable(str(path), findings):
        return None
    data = _bytes(folder, path, findings)
    if data is None:
        return None
    content = text.decode(data, findings)
    if findings.fatal:
        return None
    matter = front_matter.split(content, findings)
    if findings.fatal:
        return None
    parts = path.with_suffix("").parts
    bundle = parts[-1] == "index" and len(parts) > 1
    path_date, name = dates.in_path("/".join(parts[:-1]), parts[-2] if bundle else parts[-1], zone)
    head = header.read(matter, zone, findings, path_date=path_date)
    if "_drafts" in parts:
        head = replace(head, withheld=head.withheld or "draft")
    if head.published is None and not head.withheld and matter.present and not findings.fatal:
        findings.add(
            "warning",
            "date-missing",
            "there is no date in the front matter, the file name or the folders, so this is no post",
            at=(1, 1),
            hint="add date: 2025-01-31 to publish it",
        )
    if head.published and path_date and abs((head.published - path_date).days) > 1:
        findings.add(
            "note",
            "date-differs",
            f"the front matter says {head.published:%Y-%m-%d} and the name {path_date:%Y-%m-%d}; "
            "the front matter wins",
        )
    folders = parts[:-2] if bundle else parts[:-1]
    return Source(
        path=str(path),
        key="/".join(parts[:-1] if bundle else parts),
        name=name,
        section="/".join(folders),
        folder="/".join(parts[:-1]),
        header=head,
        body=matter.body,
        body_line=matter.body_line,
    )


def _decodable(path: str, findings: Findings) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        findings.add(
            "error",
            "name-invalid",
            "the name of the file is not UTF-8, so no address can be made of it",
            hint="rename the file",
        )
        return False
    return True


def _reason(source: Source | None, now: datetime) -> str:
    """Why a readable file is not published at `now`; empty when it is."""
    if source is None:
        return "broken"
    head = source.header
    if head.withheld:
        return head.withheld
    if head.published is None:
        return "without a date"
    if max(head.published, head.embargo or head.published) > now:
        return "scheduled"
    return "expired" if head.expires and head.expires <= now else ""


def _bytes(folder: Path, path: PurePosixPath, findings: Findings) -> bytes | None:
    """The file's bytes, if it is a regular file inside the content folder of a bearable size."""
    full = folder / path
    try:
        if full.is_symlink() and not full.resolve().is_relative_to(folder.resolve()):
            findings.add(
                "error",
                "link-outside",
                "a link that leads out of the content folder",
                hint="put the file itself there",
            )
            return None
        if full.is_dir():
            findings.add(
                "error",
                "link-folder",
                "a link to a folder, which is not followed",
                hint="put the folder itself there",
            )
            return None
        # Without O_NONBLOCK a named pipe would hold the run up for ever.
        descriptor = os.open(full, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                findings.add("error", "file-special", "not a regular file")
                return None
            if status.st_size > MAX_BYTES:
                findings.add(
                    "error",
                    "file-too-large",
                    f"the file has {status.st_size} bytes, more than {MAX_BYTES}",
                    hint="split the post, or link to what makes it so large",
                )
                return None
            return file.read()
    except OSError as error:
        findings.add("error", "file-unreadable", (error.strerror or str(error)).lower())
        return None
