"""The content folder → sources: every file that is a post, by path, and why the others are not.

A file is a post when it is Markdown and something dates it: its front matter, its name or its folders.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import deadline, patterns
from feeds.content.reader import Reader
from feeds.content.walk import printable, walk
from feeds.dialects import DIALECTS
from feeds.errors import ConfigError
from feeds.problems import Findings, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from feeds.model import Source
    from feeds.settings import Workspace

_UNDATED = "without a date"
_SCHEDULED = "scheduled"
_DELETED = "deleted"
_EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What the content folder holds.

    `withheld` gives, by content path, why a file is not published. `pages` are those among them that have
    no date, which a generator makes pages of, and `deleted` those that were published and are no more: their
    header's `deleted` is when they went. `files` are those that are no Markdown, such as images, by content
    path.
    """

    sources: tuple[Source, ...]
    pages: tuple[Source, ...]
    deleted: tuple[Source, ...]
    files: tuple[str, ...]
    withheld: dict[str, str]
    problems: tuple[Problem, ...]


def collect(workspace: Workspace, *, now: datetime) -> Collected:
    """Read every post that is to be published at `now`.

    Raises ConfigError when the content folder is not there, and PublishError when a folder in it cannot be
    listed.
    """
    settings = workspace.settings
    folder = workspace.root / settings.content.dir
    if not folder.is_dir():
        raise ConfigError(
            f"there is no folder {settings.content.dir}",
            where=workspace.file.name,
            hint="set dir under [content] to the folder that holds the posts",
        )
    ours = (settings.output.dir, settings.newsletter.dir, settings.newsletter.issues)
    tree = walk(
        folder,
        exclude=settings.content.exclude,
        avoid=[workspace.root / each for each in ours],
        dialect=settings.content.dialect,
    )
    withheld = {printable(path): reason for path, reason in tree.withheld.items()}
    reader = Reader(workspace, tree)
    problems = [*_unset_permalink(workspace, reader.permalinks), *reader.problems]
    early = DIALECTS.get(settings.content.dialect, DIALECTS["plain"]).publishes_the_future(workspace.root)
    sources: list[Source] = []
    pages: list[Source] = []
    gone: list[Source] = []
    base = PurePosixPath(settings.content.dir)
    for path in tree.posts:
        if reader.is_part_of_bundle(path):
            withheld[printable(str(path))] = "part of a bundle"
            continue
        findings = Findings(printable(str(base / path)))
        source = _guarded(reader, path, findings, seconds=settings.content.max_seconds)
        reason = "broken" if findings.fatal else _reason(source, now)
        if source is None or reason:
            withheld[printable(str(path))] = reason
            pages += [source] if source and reason == _UNDATED else []
            if source and reason in {_DELETED, _EXPIRED} and (buried := _buried(source, now)):
                gone.append(buried)
            if source and reason == _SCHEDULED and early:
                _note_scheduled(source, early, findings)
        else:
            sources.append(_without_future(source, now, findings))
        problems.extend(findings.problems)
    if reader.marked:
        unmarked = [source.path for source in sources if source.path not in reader.marked]
        withheld |= dict.fromkeys(unmarked, "not marked publish")
        sources = [source for source in sources if source.path in reader.marked]
        gone = [source for source in gone if source.path in reader.marked]
    return Collected(
        sources=tuple(sources),
        pages=tuple(pages),
        deleted=tuple(gone),
        files=tuple(tree.files),
        withheld=withheld,
        problems=tuple(problems),
    )


def _unset_permalink(workspace: Workspace, others: Iterable[tuple[str, int, str]]) -> Iterator[Problem]:
    """Say that the site's generator is told a pattern for addresses, and we are told none.

    `others` are patterns that are no settings of the generator's, but defaults for posts.
    """
    content = workspace.settings.content
    dialect = DIALECTS.get(content.dialect)
    if content.permalink or content.permalinks or dialect is None:
        return
    own = dialect.own_permalink(workspace.root)
    for file, line, given in (*((own,) if own else ()), *others):
        if given and patterns.DEFAULTS[dialect.name] in _translated(given, dialect.name):
            continue
        pattern = f" ({given})" if given else ""
        yield Problem(
            path=file,
            line=line,
            code="permalink-unset",
            message=f"addresses are set here{pattern}, and not in {workspace.file.name}",
            hint="feeds init --from . writes it, or set permalink under [content]",
            severity="note",
        )


def _translated(given: str, dialect: str) -> tuple[str | None, ...]:
    """What a generator's pattern may mean in our terms."""
    if dialect == "hexo":
        return patterns.hexo(given), patterns.hexo(given, dated=True)
    translate = {"pelican": patterns.pelican, "eleventy": patterns.eleventy}.get(dialect, patterns.jekyll)
    return (translate(given),)


def _note_scheduled(source: Source, file: str, findings: Findings) -> None:
    """Say that a post is on the site already and not in the feeds: readers distrust what is to come."""
    published = source.header.published
    assert published is not None, "what has no date is not scheduled"  # noqa: S101 - see `_reason`
    findings.add(
        "note",
        "date-future",
        f"{published:%Y-%m-%d} is still to come, so feeds get the post then; {file} has the site show it now",
        at=source.header.places.get("published", (0, 0)),
        hint="date it today to publish it now",
    )


def _guarded(reader: Reader, path: PurePosixPath, findings: Findings, *, seconds: int) -> Source | None:
    """Read one file in limited time. A slip of ours costs that one post, like a fault of its author's."""
    try:
        with deadline.deadline(seconds):
            return reader.read(path, findings)
    except deadline.Overdue:
        findings.add(
            "error",
            "post-overdue",
            f"reading this post took more than {seconds} seconds",
            hint=deadline.HINT,
        )
        return None
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the others
        findings.add(
            "error",
            "post-failed",
            f"this post cannot be read, through a fault in Feedwright ({type(error).__name__}: {error})",
            hint="please report it, with the post",
        )
        return None


def _without_future(source: Source, now: datetime, findings: Findings) -> Source:
    """The source without changes that are still to come: readers distrust feeds from the future."""
    head = source.header
    if head.updated and head.updated > now:
        findings.add(
            "note",
            "date-future",
            f"the last change, {head.updated:%Y-%m-%d}, is still to come, and does not count until then",
        )
        head = replace(head, updated=None)
    for each in head.corrections:
        if each.when > now:
            findings.add(
                "note",
                "date-future",
                f"the correction of {each.when:%Y-%m-%d} is still to come, and is not shown until then",
                at=head.places.get("corrections", (0, 0)),
            )
    past = tuple(each for each in head.corrections if each.when <= now)
    return replace(source, header=replace(head, corrections=past))


def _reason(source: Source | None, now: datetime) -> str:
    """Why a readable file is not published at `now`; empty when it is."""
    if source is None:
        return "broken"
    head = source.header
    if head.withheld:
        return head.withheld
    if head.published is None:
        return _UNDATED
    if max(head.published, head.embargo or head.published) > now:
        return _SCHEDULED
    if head.deleted and head.deleted <= now:
        return _DELETED
    return _EXPIRED if head.expires and head.expires <= now else ""


def _before(end: datetime, start: datetime) -> bool:
    """Whether a post ended on a day before it came: of an end, often only the day is written down."""
    return end.astimezone(start.tzinfo).date() < start.date()


def _buried(source: Source, now: datetime) -> Source | None:
    """A source that is no longer published, with the moment it went; None for one that never came."""
    head = source.header
    ends = [end for end in (head.deleted, head.expires) if end and end <= now]
    if (
        head.published is None
        or not ends
        or _before(min(ends), max(head.published, head.embargo or head.published))
    ):
        return None
    buried = replace(source, header=replace(head, deleted=min(ends)))
    return _without_future(buried, now, Findings(source.path))  # nobody needs to be told any more
