"""The whole run, from content files to a report: reads as the sentence that `feeds.model` draws."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds import channels, placement, publish, render, site_map
from feeds.builders import opml, page
from feeds.content import collect
from feeds.formats import FORMATS
from feeds.model import Document, Report
from feeds.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from feeds.model import Channel, Post, Source
    from feeds.problems import Problem
    from feeds.settings import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Every post to be published, newest first. `withheld` says, by content path, why another file is not.

    `sources` are what the posts were made of, and those that failed, without their bodies.
    """

    posts: tuple[Post, ...]
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
    placed, clashes = placement.place(collected.sources, workspace.settings)
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
        sources=tuple(replace(source, body="") for source in collected.sources),
        withheld=collected.withheld | dict.fromkeys(failed, "broken"),
        problems=in_order(
            [*collected.problems, *clashes, *(problem for item in rendered for problem in item.problems)]
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
        report, documents = _built(gathered, workspace)
        begin = time.perf_counter()
        target = output or workspace.root / workspace.settings.output.dir
        planned = publish.plan(documents, target, workspace.root, workspace.settings, force=force)
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


def checked(gathered: Gathered, workspace: Workspace) -> Report:
    """What `check` says of posts that are gathered already."""
    report, documents = _built(gathered, workspace)
    target = workspace.root / workspace.settings.output.dir
    publish.plan(documents, target, workspace.root, workspace.settings)
    return report


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file and line."""
    return tuple(
        sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column, problem.code))
    )


def _built(gathered: Gathered, workspace: Workspace) -> tuple[Report, list[Document]]:
    begin = time.perf_counter()
    planned = channels.plan(gathered.posts, workspace.settings)
    documents = list(_documents(planned, workspace))
    report = Report(
        posts=len(gathered.posts),
        channels=len(planned),
        held=gathered.held,
        written=(),
        unchanged=(),
        removed=(),
        problems=gathered.problems,
        durations=gathered.durations | {"build": time.perf_counter() - begin},
    )
    return report, documents


def _documents(planned: Sequence[Channel], workspace: Workspace) -> Iterable[Document]:
    """Every file of the site, first those that others link to: terms, the site's own feeds, the lists."""
    settings = workspace.settings
    for channel in reversed(planned):
        for feed in channel.feeds:
            yield Document(path=feed.path, data=FORMATS[feed.format].build(channel, feed, settings))
    yield Document(path=settings.output.names.opml, data=opml.build(planned, settings))
    yield Document(path=settings.output.names.page, data=page.build(planned, settings, workspace.root))
