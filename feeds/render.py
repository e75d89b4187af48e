"""Sources → posts: bodies become HTML, and what the front matter left open is filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import authors, deadline, languages, site_files, workers
from feeds.body import addresses, markup, sanitize, targets
from feeds.body.page import Page, SiteMap
from feeds.body.summary import summarise
from feeds.model import Enclosure, Placed, Post, Source
from feeds.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from feeds.settings import Settings, Workspace

# In characters of Markdown: starting workers costs half as much as so many, and one post that has them
# could be too much for its process. Even an empty post takes some time.
_PARALLEL_FROM = 400_000
_EACH = 500
_TOP_HEADING = re.compile(r"\s*<(h[1-6])[^>]*>(.*?)</\1>\s*", re.DOTALL)
# Names of notes that are no titles: dates, numbers of slip boxes, and what was made for an address.
_MADE_FOR_MACHINES = re.compile(r"[\d\W_]+|[a-z0-9]+(?:[-_][a-z0-9]+)+")


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
    assert head.published is not None  # noqa: S101 - the collector saw to it
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
    title = _title(source, html, settings.content.dialect)
    html = _without_title(html, title)
    language = head.language or settings.site.language
    post = Post(
        id=placed.id,
        path=source.path,
        url=url,
        title=title,
        label=title,
        section=source.section,
        published=head.published,
        updated=max(head.published, head.updated or head.published),
        categories=head.categories,
        tags=head.tags,
        authors=authors.of_post(head.authors, url, settings) or authors.of_site(settings),
        summary=_summary(source, html, opening),
        html=html,
        language=language,
        direction=head.direction or languages.direction(language),
        image=targets.lead_image(head.image, page) if head.image else "",
        enclosures=tuple(_enclosure(each, source, url, workspace) for each in head.enclosures),
        mailing=head.mailing,
    )
    return Rendered(post, problems)


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


def _title(source: Source, html: str, dialect: str) -> str:
    """The title as plain text; without one, the first heading, else the file's name made readable.

    In a vault the file's name is the title, by which all other notes link to it.
    """
    given = sanitize.plain_line(source.header.title)
    if not given and dialect == "obsidian" and not _MADE_FOR_MACHINES.fullmatch(source.name):
        given = source.name.strip()
    return given or _heading(html, dialect) or _readable(source.name, dialect) or source.path


def _heading(html: str, dialect: str) -> str:
    """The heading that is the title; Docusaurus (`contentTitle`) has none but an `h1` at the very top."""
    if dialect not in {"docusaurus", "obsidian"}:
        return markup.first_heading(html)
    found = _TOP_HEADING.match(html)
    return sanitize.plain(found[2]) if found and found[1] == "h1" else ""


def _readable(name: str, dialect: str) -> str:
    """A file's name as a title. One with spaces is a title already, and that of a daily note is a date."""
    if dialect == "jekyll":  # which shows its readers just this
        return " ".join(word.capitalize() for word in name.split("-")).strip()
    is_date = re.fullmatch(r"[\d-]+", name) and re.search(r"\d", name)
    if dialect == "obsidian" or " " in name.strip() or is_date:
        return name.strip()
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _without_title(html: str, title: str) -> str:
    """The body without a heading at its top that only says the title again: every reader shows that."""
    heading = _TOP_HEADING.match(html)
    says_it = heading is not None and sanitize.plain(heading[2]).split() == title.split()
    return html[heading.end() :] if heading and says_it else html


def _summary(source: Source, html: str, opening: str) -> str:
    """The author's words, else all that stands above the "read more" mark, else the opening of the text."""
    if source.header.summary:
        return sanitize.plain_line(source.header.summary)
    return summarise(opening, limit=1000) if opening else summarise(html)


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
