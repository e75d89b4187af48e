"""The whole run, from content files to a report: reads as the sentence that `feeds.model` draws."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds import (
    channel_remarks,
    channels,
    history,
    placement,
    posts,
    publish,
    render,
    site_documents,
    site_map,
)
from feeds.builders import issues
from feeds.content import collect
from feeds.model import Report
from feeds.newsletter import records
from feeds.problems import Problem
from feeds.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from feeds.model import Channel, Document, Letter, Post, Source, Tombstone
    from feeds.newsletter.records import Records
    from feeds.settings import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Every post to be published, newest first. `withheld` says, by content path, why another file is not.

    `tombstones` are left of posts that were published and are no more. `sources` are what the posts were made
    of, and those that failed, without their bodies.
    """

    posts: tuple[Post, ...]
    tombstones: tuple[Tombstone, ...]
    sources: tuple[Source, ...]
    withheld: dict[str, str]
    problems: tuple[Problem, ...]
    durations: dict[str, float]

    @property
    def held(self) -> dict[str, int]:
        """How many files are not published, by reason."""
        return dict(sorted(Counter(self.withheld.values()).items()))


def gather(
    workspace: Workspace, *, now: datetime, jobs: int = 1, progress: Progress | None = None
) -> Gathered:
    """Collect and render the posts that are to be published at `now`, in `jobs` processes."""
    told = progress or Progress()
    begin = time.perf_counter()
    collected = collect.collect(workspace, now=now)
    settings = workspace.settings
    placed, problems = placement.place(collected.sources, settings)
    if settings.content.updated == "git":
        changes = history.last_changes(workspace)
        placed = history.with_changes(placed, changes, now=now)
        problems += changes.problems
    deleted = placement.place_deleted(collected.deleted, placed, settings)
    collected_at = time.perf_counter()
    mapped = site_map.site_map(placed, collected, workspace)
    told.start(len(placed))
    try:
        rendered = list(render.render_all(placed, workspace, mapped, jobs=jobs, progress=told.advance))
    finally:
        told.stop()
    kept = {item.post.path for item in rendered if item.post}
    failed = [source.path for source in collected.sources if source.path not in kept]
    return Gathered(
        posts=channels.newest_first(item.post for item in rendered if item.post),
        tombstones=posts.tombstones(deleted, workspace),
        sources=tuple(replace(source, body="") for source in collected.sources),
        withheld=collected.withheld | dict.fromkeys(failed, "broken"),
        problems=in_order(
            [*collected.problems, *problems, *(problem for item in rendered for problem in item.problems)]
        ),
        durations={"collect": collected_at - begin, "render": time.perf_counter() - collected_at},
    )


def build(
    workspace: Workspace,
    *,
    now: datetime,
    output: Path | None = None,
    jobs: int = 1,
    force: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Publish the site's feeds below `output`, or where the settings say.

    Raises LockedError when another run is at work on the site, ConfigError when the settings cannot be
    used, and PublishError when the disk fails; faults of single posts are in the report.
    """
    with publish.lock(workspace.root):
        gathered = gather(workspace, now=now, jobs=jobs, progress=progress)
        target = output or workspace.root / workspace.settings.output.dir
        report, documents, spared = _built(gathered, workspace, target)
        begin = time.perf_counter()
        planned = publish.plan(
            documents, target, workspace.root, workspace.settings, force=force, spared=spared
        )
        publish.apply(planned, target, workspace.root)
        return replace(
            report,
            written=tuple(sorted(document.path for document in planned.write)),
            unchanged=planned.unchanged,
            removed=planned.remove,
            durations=dict(report.durations) | {"publish": time.perf_counter() - begin},
        )


def check(workspace: Workspace, *, now: datetime, jobs: int = 1, progress: Progress | None = None) -> Report:
    """Do all that `build` does, except to write; what it would raise is raised."""
    return checked(gather(workspace, now=now, jobs=jobs, progress=progress), workspace)


def checked(gathered: Gathered, workspace: Workspace, *, writable: bool = True) -> Report:
    """What `check` says of posts that are gathered already.

    With `writable`, what a build could not write is raised, too.
    """
    target = workspace.root / workspace.settings.output.dir
    report, documents, _ = _built(gathered, workspace, target)
    if writable:
        publish.plan(documents, target, workspace.root, workspace.settings)
    return report


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file and line."""
    return tuple(
        sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column, problem.code))
    )


def documents(gathered: Gathered, workspace: Workspace) -> list[Document]:
    """Every file that a build would write. Raises ConfigError when the settings cannot be used."""
    letters = remembered(workspace).letters
    return list(site_documents.documents(channels_of(gathered, letters, workspace), workspace, letters))


def remembered(workspace: Workspace) -> Records:
    """Read the issues of the newsletter that there were, in the order of their numbers."""
    folder = workspace.settings.newsletter.issues
    return records.read(workspace.root / folder, folder)


def channels_of(gathered: Gathered, letters: Sequence[Letter], workspace: Workspace) -> tuple[Channel, ...]:
    """Return what can be subscribed to: channels of posts, and that of the newsletter's `letters`."""
    settings = workspace.settings
    return channels.plan(gathered.posts, settings, gathered.tombstones, issues.entries(letters, settings))


def _built(gathered: Gathered, workspace: Workspace, target: Path) -> tuple[Report, list[Document], str]:
    """The report so far, what is to be written below `target`, and the folder that is to stay as it is."""
    begin = time.perf_counter()
    settings = workspace.settings
    known = remembered(workspace)
    planned = channels_of(gathered, known.letters, workspace)
    made = list(site_documents.documents(planned, workspace, known.letters))
    remarks = [*channel_remarks.remarks(planned, gathered.posts, workspace), *known.problems]
    # No reason to publish nothing: many sites have a page at /newsletter/ already.
    ours = {each.path for each in site_documents.of_newsletter(known.letters, workspace)}
    if foreign := publish.foreign(target, ours):
        made = [each for each in made if each.path not in foreign]
        remarks.append(site_documents.foreign_newsletter(foreign, settings))
    spared = ""
    archive = settings.newsletter.archive
    lost = bool(archive) and not known.letters and publish.is_ours(target, f"{archive}/index.html")
    if known.problems or lost:
        # Readers' mails lead to these pages, and what they should be is not known.
        spared = archive
        made = [each for each in made if each.path not in ours]
    if lost and not known.problems:
        remarks.append(site_documents.lost_issues(settings))
    # A generator's own file of redirects is not ours to replace, and no reason to publish nothing.
    name = workspace.settings.output.names.redirects
    if any(each.path == name for each in made) and publish.is_foreign(target, name):
        made = [each for each in made if each.path != name]
        remarks.append(_foreign_redirects(planned, workspace))
    report = Report(
        posts=len(gathered.posts),
        channels=len(planned),
        held=gathered.held,
        written=(),
        unchanged=(),
        removed=(),
        problems=in_order([*gathered.problems, *remarks]),
        durations=gathered.durations | {"build": time.perf_counter() - begin},
    )
    return report, made, spared


def _foreign_redirects(planned: Sequence[Channel], workspace: Workspace) -> Problem:
    settings = workspace.settings
    lines = "; ".join(site_documents.redirects(planned, settings))
    return Problem(
        path=f"{settings.output.dir}/{settings.output.names.redirects}",
        code="redirects-foreign",
        message="this file is not ours, so the redirects of [feeds.aliases] are not written",
        hint=f"add to it: {lines}",
        severity="note",
    )
