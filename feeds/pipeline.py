"""The whole run, from content files to a report: reads as the sentence that `feeds.model` draws."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import channels, collect, render
from feeds.builders import opml, page
from feeds.formats import FORMATS
from feeds.model import Document, Problem, Report
from feeds.progress import Progress
from feeds.publish import lock, publish

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from feeds.model import Channel, Post
    from feeds.render import Rendered
    from feeds.settings import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Every post to be published, newest first, and what happened to the other files."""

    posts: tuple[Post, ...]
    held: dict[str, int]
    problems: tuple[Problem, ...]
    durations: dict[str, float]


def gather(
    workspace: Workspace, *, now: datetime, jobs: int = 1, progress: Progress | None = None
) -> Gathered:
    """Collect and render the posts that are to be published at `now`, in `jobs` processes."""
    told = progress or Progress()
    begin = time.perf_counter()
    collected = collect.collect(workspace, now=now)
    collected_at = time.perf_counter()
    told.start(len(collected.sources))
    rendered = render.render_all(collected.sources, workspace, jobs=jobs, progress=told.advance)
    posts, problems = _apart(rendered, workspace)
    failed = sum(problem.severity == "error" for problem in problems)
    held = collected.held | ({"broken": collected.held.get("broken", 0) + failed} if failed else {})
    return Gathered(
        posts=channels.newest_first(posts),
        held=dict(sorted(held.items())),
        problems=in_order(collected.problems + problems),
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
    with lock(workspace.root):
        gathered = gather(workspace, now=now, jobs=jobs, progress=progress)
        report, documents = _built(gathered, workspace)
        begin = time.perf_counter()
        target = output or workspace.root / workspace.settings.output.dir
        done = publish(documents, target, workspace.root, workspace.settings, force=force)
        return replace(
            report,
            written=done.written,
            unchanged=done.unchanged,
            removed=done.removed,
            durations=dict(report.durations) | {"publish": time.perf_counter() - begin},
        )


def check(workspace: Workspace, *, now: datetime, jobs: int = 1, progress: Progress | None = None) -> Report:
    """Do all that `build` does, except to write."""
    return _built(gather(workspace, now=now, jobs=jobs, progress=progress), workspace)[0]


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file and line."""
    return tuple(
        sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column, problem.code))
    )


def _apart(rendered: Iterable[Rendered], workspace: Workspace) -> tuple[list[Post], tuple[Problem, ...]]:
    """Part posts from problems.

    What has the URL or the id of an earlier path is a problem, for readers show only one of the two.
    """
    posts: list[Post] = []
    problems: list[Problem] = []
    taken: dict[str, Post] = {}
    for item in rendered:
        problems.extend(item.problems)
        post = item.post
        if post is None:
            continue
        if other := taken.get(post.url):
            hint = "give one of them another slug, or use {section}, {year} or {name} in the permalink"
            problems.append(_clash(post, other, f"{post.url} is already the address", hint, workspace))
        elif other := taken.get(post.id):
            hint = "an id is for one post only: remove it from the copy"
            problems.append(_clash(post, other, f"{post.id} is already the id", hint, workspace))
        else:
            taken[post.url] = taken[post.id] = post
            posts.append(post)
    return posts, tuple(problems)


def _clash(post: Post, other: Post, what: str, hint: str, workspace: Workspace) -> Problem:
    folder = PurePosixPath(workspace.settings.content.dir)
    return Problem(
        code="post-duplicate",
        message=f"{what} of {folder / other.path}",
        path=str(folder / post.path),
        hint=hint,
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
