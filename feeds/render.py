"""Sources → posts: bodies become HTML, and what the front matter left open is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import authors, deadline, posts, workers
from feeds.body import markup
from feeds.body.page import Page, SiteMap
from feeds.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from feeds.model import Placed, Post, Source
    from feeds.settings import Settings, Workspace

# In characters of Markdown: starting workers costs half as much as so many, and one post that has them
# could be too much for its process. Even an empty post takes some time.
_PARALLEL_FROM = 400_000
_EACH = 500


@dataclass(frozen=True, slots=True)
class Rendered:
    """A post, unless its body defeated us, and what was noticed on the way."""

    post: Post | None
    problems: tuple[Problem, ...]


def render_all(
    placed: Sequence[Placed],
    workspace: Workspace,
    site_map: SiteMap,
    *,
    jobs: int,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Rendered]:
    """Render `placed` in order, in `jobs` processes when there is much to do.

    `progress` is told how many more are done. The outcome does not depend on `jobs`, unless a post kills the
    process that renders it: that is the end of a run without others.
    """
    outcomes: Iterator[Rendered | workers.Died]
    if jobs == 1 or sum(_EACH + len(each.source.body) for each in placed) < _PARALLEL_FROM:
        outcomes = (render(each, workspace, site_map) for each in placed)
    else:
        outcomes = workers.in_order(
            render,
            placed,
            (workspace, site_map),
            jobs=jobs,
            # Time on the clock, which a busy machine stretches; only native code can hang for longer.
            patience=6 * workspace.settings.content.max_seconds + 10,
        )
    for each, outcome in zip(placed, outcomes, strict=True):
        yield _crashed(each, outcome.how, workspace) if isinstance(outcome, workers.Died) else outcome
        progress(1)


def render(placed: Placed, workspace: Workspace, site_map: SiteMap) -> Rendered:
    """Turn one placed source into a post.

    A slip of ours costs that one post, like a fault of its author's; so does taking too long.
    """
    try:
        with deadline.deadline(workspace.settings.content.max_seconds):
            return _rendered(placed, workspace, site_map)
    except deadline.Overdue as late:
        return _failed(placed, workspace, "post-overdue", f"this post is given up: {late}", deadline.HINT)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the others
        fault = f"this post failed through a fault in Feedwright ({type(error).__name__}: {error})"
        return _failed(placed, workspace, "post-failed", fault, _REPORT)


_REPORT = "please report it, with the post"


def _crashed(placed: Placed, how: str, workspace: Workspace) -> Rendered:
    return _failed(placed, workspace, "post-crashed", f"the process that rendered this post {how}", _REPORT)


def _failed(placed: Placed, workspace: Workspace, code: str, message: str, hint: str) -> Rendered:
    path = _path(placed.source, workspace)
    return Rendered(None, (Problem(code=code, message=message, path=path, hint=hint),))


def _path(source: Source, workspace: Workspace) -> str:
    return str(PurePosixPath(workspace.settings.content.dir) / source.path)


def _rendered(placed: Placed, workspace: Workspace, site_map: SiteMap) -> Rendered:
    settings = workspace.settings
    source, url = placed.source, placed.url
    head = source.header
    page = Page(
        path=_path(source, workspace),
        line=source.body_line,
        folder=source.folder,
        url=url,
        site_url=settings.site.url,
        title=head.title,
        media_folder=head.media_folder,
        templates=head.templates,
        dialect="plain" if settings.content.dialect == "auto" else settings.content.dialect,
        highlight=settings.content.highlight,
        hard_wraps=_has_hard_wraps(settings),
        known=_known(settings),
        references=site_map.references,
        files=site_map.files,
        aliases=site_map.aliases,
        titles=site_map.titles,
        shortcodes=site_map.shortcodes,
        root=workspace.root,
    )
    html, problems, opening = markup.to_html(source.body, page)
    if any(problem.severity == "error" for problem in problems):
        return Rendered(None, problems)
    post, noticed = posts.post_of(placed, html, opening, page, workspace)
    return Rendered(post, (*problems, *noticed))


def _known(settings: Settings) -> dict[str, str]:
    """What templates say of the site, by the names that Jekyll and its kin have for it."""
    site = settings.site
    author = next(iter(authors.of_site(settings)), None)
    found = {"title": site.title, "description": site.description, "lang": site.language}
    if author:
        found |= {"author": author.name, "author.name": author.name, "email": author.email}
    return {f"site.{name}": value for name, value in found.items() if value}


def _has_hard_wraps(settings: Settings) -> bool:
    """Whether ends of lines are line breaks: for Hexo's own renderer they are."""
    given = settings.content.hard_wraps
    return given == "on" or (given == "generator" and settings.content.dialect == "hexo")
