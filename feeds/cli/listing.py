"""`feeds list`: what the collector sees, and what can be subscribed to."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from feeds import channel_remarks, pipeline
from feeds.cli import options, talk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from feeds.model import Channel, Post


@click.command()
@click.argument("what", metavar="[posts|feeds]", type=click.Choice(["posts", "feeds"]), default="posts")
@options.folder
@options.now
@options.jobs
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    what: str,
    folder: Path | None,
    now: str | None,
    jobs: int | None,
    *,
    as_json: bool,
) -> int:
    """Show the posts that are published, newest first, or the feeds there are to subscribe to.

    On a terminal it is a table; into a pipe or a file, columns are separated by tabs.

    \b
    Example, the addresses of all tag feeds:
      feeds list feeds | grep ^tags
    """
    site = options.workspace(context, folder)
    gathered = pipeline.gather(
        site, now=options.moment(now, site), jobs=options.processes(jobs), progress=talk.Bar()
    )
    problems = [asdict(problem) for problem in gathered.problems]
    if what == "posts":
        if as_json:
            talk.data(
                {
                    "posts": [_post(post) for post in gathered.posts],
                    "held": gathered.held,
                    "problems": problems,
                }
            )
        else:
            _table(
                ("date", "title", "categories", "tags", "url"),
                [
                    (
                        f"{post.published:%Y-%m-%d}",
                        post.label,
                        ", ".join(post.categories),
                        ", ".join(post.tags),
                        post.url,
                    )
                    for post in gathered.posts
                ],
                site.settings.site.url,
            )
    else:
        planned = pipeline.channels_of(gathered, pipeline.remembered(site).letters, site)
        if as_json:
            problems += [asdict(each) for each in channel_remarks.remarks(planned, gathered.posts, site)]
            talk.data({"channels": [_channel(channel) for channel in planned], "problems": problems})
        else:
            _table(
                ("kind", "name", "newest", "posts", "url"),
                [
                    (
                        channel.kind,
                        channel.label,
                        f"{channel.posts[0].published:%Y-%m-%d}" if channel.posts else "-",
                        str(channel.total),
                        feed.url,
                    )
                    for channel in planned
                    for feed in channel.feeds
                ],
                site.settings.site.url,
            )
    if not as_json:
        talk.problems(problem for problem in gathered.problems if problem.severity == "error")
    return talk.exit_code(gathered.problems)


def _post(post: Post) -> dict[str, object]:
    return {
        "path": post.path,
        "url": post.url,
        "id": post.id,
        "title": post.title,
        "label": post.label,
        "published": post.published.isoformat(),
        "updated": post.updated.isoformat(),
        "categories": list(post.categories),
        "tags": list(post.tags),
        "authors": [asdict(author) for author in post.authors],
        "section": post.section,
        "language": post.language,
        "in_feeds": post.in_feeds,
        "summary": post.summary,
        "enclosures": [asdict(enclosure) for enclosure in post.enclosures],
    }


def _channel(channel: Channel) -> dict[str, object]:
    return {
        "kind": channel.kind,
        "name": channel.name,
        "label": channel.label,
        "slug": channel.slug,
        "path": channel.path,
        "id": channel.id,
        "title": channel.title,
        "posts": [post.id for post in channel.posts],
        "total": channel.total,
        "is_podcast": channel.is_podcast,
        "archives": len(channel.archives),
        "feeds": [asdict(feed) for feed in channel.feeds],
    }


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], site_url: str) -> None:
    """Print rows: all of them for programs, and for people without what would only take up room."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(talk.printable(cell) for cell in row))
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    shown = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    table = Table(box=None, pad_edge=False)
    for place in shown:
        table.add_column(heads[place], no_wrap=heads[place] in {"date", "newest", "posts"}, overflow="fold")
    for row in rows:
        table.add_row(*(Text(talk.printable(row[place]).removeprefix(site_url)) for place in shown))
    Console().print(table)
