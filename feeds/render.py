"""Sources → posts: bodies become HTML, and what the front matter left open is filled in."""

from __future__ import annotations

import multiprocessing
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import languages, site_files
from feeds.body import addresses, markup, sanitize
from feeds.body.summary import summarise
from feeds.model import Enclosure, Page, Person, Placed, Post, Problem, Source
from feeds.people import person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor

    from feeds.settings import Settings, Workspace

_BATCH = 40  # posts a worker takes at once: enough to make sending them cheap, few enough to share
_PARALLEL_FROM = 4 * _BATCH  # below this, starting workers costs more than it saves


@dataclass(frozen=True, slots=True)
class Rendered:
    """A post, unless its body defeated us, and what was noticed on the way."""

    post: Post | None
    problems: tuple[Problem, ...]


def render_all(
    placed: Sequence[Placed],
    workspace: Workspace,
    *,
    jobs: int,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Rendered]:
    """Render `placed` in order, in `jobs` processes when there are many.

    `progress` is told the size of each batch that is done. The outcome does not depend on `jobs`.
    """
    references = {each.source.path: each.url for each in placed}
    batches = [placed[start : start + _BATCH] for start in range(0, len(placed), _BATCH)]
    if jobs == 1 or len(placed) < _PARALLEL_FROM:
        for batch in batches:
            yield from (render(each, workspace, references) for each in batch)
            progress(len(batch))
        return
    # Spawned, not forked: workers then start alike on every platform, and inherit no locks.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        max_workers=min(jobs, len(batches)),
        mp_context=context,
        initializer=_start_worker,
        initargs=(workspace, references),
    ) as executor:
        yield from _in_workers(executor, batches, progress)


def _in_workers(
    executor: Executor, batches: list[Sequence[Placed]], progress: Callable[[int], None]
) -> Iterator[Rendered]:
    for batch, rendered in zip(batches, executor.map(_render_batch, batches), strict=True):
        yield from rendered
        progress(len(batch))


_worker: tuple[Workspace, Mapping[str, str]] | None = None


def _start_worker(workspace: Workspace, references: Mapping[str, str]) -> None:
    global _worker  # noqa: PLW0603 - what every batch needs is sent to a worker process once
    _worker = (workspace, references)


def _render_batch(batch: Sequence[Placed]) -> list[Rendered]:
    assert _worker is not None  # noqa: S101 - the initializer has run
    return [render(each, *_worker) for each in batch]


def render(placed: Placed, workspace: Workspace, references: Mapping[str, str]) -> Rendered:
    """Turn one placed source into a post. `references` maps the content path of every post to its URL.

    A slip of ours costs that one post, like a fault of its author's.
    """
    try:
        return _rendered(placed, workspace, references)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the others
        problem = Problem(
            code="post-failed",
            message=f"this post failed through a fault in Feedwright ({type(error).__name__}: {error})",
            path=str(PurePosixPath(workspace.settings.content.dir) / placed.source.path),
            hint="please report it, with the post",
        )
        return Rendered(None, (problem,))


def _rendered(placed: Placed, workspace: Workspace, references: Mapping[str, str]) -> Rendered:
    settings = workspace.settings
    source, url = placed.source, placed.url
    head = source.header
    assert head.published is not None  # noqa: S101 - the collector saw to it
    page = Page(
        path=str(PurePosixPath(settings.content.dir) / source.path),
        line=source.body_line,
        folder=source.folder,
        url=url,
        site_url=settings.site.url,
        references=references,
    )
    html, problems, opening = markup.to_html(source.body, page)
    if any(problem.severity == "error" for problem in problems):
        return Rendered(None, problems)
    title = _title(source, html)
    html = _without_title(html, title)
    language = head.language or settings.site.language
    post = Post(
        id=placed.id,
        path=source.path,
        url=url,
        title=title,
        published=head.published,
        updated=max(head.published, head.updated or head.published),
        categories=head.categories,
        tags=head.tags,
        authors=_authors(head.authors, url) or _site_author(settings),
        summary=_summary(source, html, opening),
        html=html,
        language=language,
        direction=head.direction or languages.direction(language),
        image=addresses.url(head.image, url) if head.image else "",
        enclosures=tuple(_enclosure(each, source, url, workspace) for each in head.enclosures),
        mailing=head.mailing,
    )
    return Rendered(post, problems)


def _title(source: Source, html: str) -> str:
    """The title as plain text; without one, the first heading, else the file's name made readable."""
    return (
        sanitize.plain(source.header.title)
        or markup.first_heading(html)
        or _readable(source.name)
        or source.path
    )


def _readable(name: str) -> str:
    """A file's name as a title; the name of a daily note is a date and stays one."""
    if re.fullmatch(r"[\d-]+", name) and re.search(r"\d", name):
        return name
    return name.replace("-", " ").replace("_", " ").strip().capitalize()


def _without_title(html: str, title: str) -> str:
    """The body without a heading at its top that only says the title again: every reader shows that."""
    heading = re.match(r"\s*<h1[^>]*>(.*?)</h1>\s*", html, re.DOTALL)
    return html[heading.end() :] if heading and sanitize.plain(heading[1]) == title else html


def _summary(source: Source, html: str, opening: str) -> str:
    """The author's words, else all that stands above the "read more" mark, else the opening of the text."""
    if source.header.summary:
        return sanitize.plain(source.header.summary)
    return summarise(opening, limit=1000) if opening else summarise(html)


def _site_author(settings: Settings) -> tuple[Person, ...]:
    author = person(settings.site.author)
    return (author,) if author else ()


def _authors(people: tuple[Person, ...], url: str) -> tuple[Person, ...]:
    return tuple(replace(each, url=addresses.url(each.url, url)) if each.url else each for each in people)


def _enclosure(given: Enclosure, source: Source, url: str, workspace: Workspace) -> Enclosure:
    """The enclosure with its absolute URL, and with its length if the file is on this disk."""
    address = addresses.url(given.url, url)
    length = given.length
    if not length:
        file = site_files.find(
            address, post_url=url, folder=source.folder, settings=workspace.settings, root=workspace.root
        )
        length = file.stat().st_size if file else 0
    return Enclosure(url=address, media_type=given.media_type, length=length)
