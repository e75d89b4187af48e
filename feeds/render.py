"""Sources → posts: bodies become HTML, and what the front matter left open is filled in."""

from __future__ import annotations

import multiprocessing
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import header, identity, languages, permalinks
from feeds.body import addresses, markup, plaintext, sanitize
from feeds.model import Enclosure, Findings, Page, Person, Post, Problem, Source

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
    sources: Sequence[Source],
    workspace: Workspace,
    *,
    jobs: int,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Rendered]:
    """Render `sources` in order, in `jobs` processes when there are many.

    `progress` is told the size of each batch that is done. The outcome does not depend on `jobs`.
    """
    references = {source.path: permalinks.of(source, workspace.settings) for source in sources}
    batches = [sources[start : start + _BATCH] for start in range(0, len(sources), _BATCH)]
    if jobs == 1 or len(sources) < _PARALLEL_FROM:
        for batch in batches:
            yield from (render(source, workspace, references) for source in batch)
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
    executor: Executor, batches: list[Sequence[Source]], progress: Callable[[int], None]
) -> Iterator[Rendered]:
    for batch, rendered in zip(batches, executor.map(_render_batch, batches), strict=True):
        yield from rendered
        progress(len(batch))


_worker: tuple[Workspace, Mapping[str, str]] | None = None


def _start_worker(workspace: Workspace, references: Mapping[str, str]) -> None:
    global _worker  # noqa: PLW0603 - what every batch needs is sent to a worker process once
    _worker = (workspace, references)


def _render_batch(batch: Sequence[Source]) -> list[Rendered]:
    assert _worker is not None  # noqa: S101 - the initializer has run
    return [render(source, *_worker) for source in batch]


def render(source: Source, workspace: Workspace, references: Mapping[str, str]) -> Rendered:
    """Turn one dated source into a post. `references` maps the content path of every post to its URL."""
    settings = workspace.settings
    head = source.header
    assert head.published is not None  # noqa: S101 - the collector saw to it
    url = references[source.path]
    page = Page(
        path=str(PurePosixPath(settings.content.dir) / source.path),
        line=source.body_line,
        folder=source.folder,
        url=url,
        site_url=settings.site.url,
        references=references,
    )
    html, problems = markup.to_html(source.body, page)
    if any(problem.severity == "error" for problem in problems):
        return Rendered(None, problems)
    title = _title(source)
    html = _without_title(html, title)
    findings = Findings(page.path)
    language = head.language or settings.site.language
    post = Post(
        id=identity.of_post(source.key, head.id, settings),
        path=source.path,
        url=url,
        title=title,
        published=head.published,
        updated=max(head.published, head.updated or head.published),
        categories=head.categories,
        tags=head.tags,
        authors=head.authors or _site_author(settings),
        summary=_summary(source, html, page),
        html=html,
        language=language,
        direction=head.direction or languages.direction(language),
        image=_on_the_web(head.image, url, findings),
        enclosures=tuple(_enclosures(source, url, workspace, findings)),
        mailing=head.mailing,
    )
    return Rendered(post, problems + findings.problems)


def _title(source: Source) -> str:
    """The title as plain text; without one, the first heading, else the file's name made readable."""
    return (
        sanitize.plain(source.header.title)
        or markup.first_heading(source.body)
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


def _summary(source: Source, html: str, page: Page) -> str:
    if source.header.summary:
        return sanitize.plain(source.header.summary)
    if opening := markup.before_more(source.body):
        return plaintext.summarise(markup.to_html(opening, page)[0], limit=1000)
    return plaintext.summarise(html)


def _site_author(settings: Settings) -> tuple[Person, ...]:
    author = header.person(settings.site.author)
    return (author,) if author else ()


def _on_the_web(reference: str, url: str, findings: Findings) -> str:
    """The absolute URL of a file that front matter names; a warning, if readers cannot fetch it."""
    address = addresses.url(reference, url) if reference else ""
    if address and not address.startswith(("http://", "https://")):
        findings.add(
            "warning",
            "address-invalid",
            f"{reference!r} is not an address that readers can fetch, and was left out",
            at=(1, 1),
            hint="write a path on the site, or an address that starts with https://",
        )
        return ""
    return address


def _enclosures(source: Source, url: str, workspace: Workspace, findings: Findings) -> Iterator[Enclosure]:
    """The enclosures with absolute URLs, and with their lengths where the files lie beside the post."""
    for given in source.header.enclosures:
        if address := _on_the_web(given.url, url, findings):
            length = given.length or _length(given.url, source, workspace)
            yield Enclosure(url=address, media_type=given.media_type, length=length)


def _length(reference: str, source: Source, workspace: Workspace) -> int:
    folder = workspace.root / workspace.settings.content.dir
    try:
        beside = (folder / source.folder / reference).resolve()
        if beside.is_relative_to(folder.resolve()) and beside.is_file():
            return beside.stat().st_size
    except (OSError, ValueError):
        pass  # what cannot be measured is as good as not there
    return 0
