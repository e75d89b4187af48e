"""`feeds newsletter`: a post as a newsletter issue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds import _fs, pipeline
from feeds.cli import options, talk
from feeds.newsletter import compose, exports, issue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.model import Letter
    from feeds.settings import Workspace

_STDOUT = "-"


@click.command()
@click.argument("post", required=False, default="")
@click.option("--category", metavar="C", default="", help="The latest post of this category.")
@click.option("--tag", metavar="T", default="", help="The latest post with this tag.")
@click.option(
    "--format",
    "name",
    type=click.Choice(list(exports.EXPORTS)),
    help="Write this format only (default: all).",
)
@click.option(
    "--output",
    metavar="FILE|DIR|-",
    help="Write to this file or folder, or with - to stdout (default: a folder of its own in the outbox).",
)
@options.folder
@options.now
@click.pass_context
def command(
    context: click.Context,
    post: str,
    category: str,
    tag: str,
    name: str | None,
    output: str | None,
    folder: Path | None,
    now: str | None,
) -> int:
    """Turn the latest post, or POST, into a mail: HTML with inlined styles, and text.

    POST is its file, its slug, its URL or its id. Without options the issue is written to the outbox as
    DATE-SLUG/issue.eml, .html, .txt and .json; the paths are printed.

    \b
    Examples:
      feeds newsletter
      feeds newsletter --tag python --format html --output - | xclip
    """
    site = options.workspace(context, folder)
    gathered = pipeline.gather(
        site, now=options.moment(now, site), jobs=options.processes(None), progress=talk.Bar()
    )
    talk.problems(problem for problem in gathered.problems if problem.severity == "error")
    chosen = issue.choose(gathered.posts, name=_name(post, site), category=category, tag=tag)
    letter = compose.compose(chosen, site.settings, site.root)
    for line in compose.missing(site.settings):
        talk.say(line)
    if output == _STDOUT:
        if name is None:
            raise click.UsageError("stdout takes one format: add --format html, text, eml or json")
        click.echo(exports.EXPORTS[name].write(letter), nl=False)
        return talk.exit_code(gathered.problems)
    for path, export in _targets(letter, name, output, site):
        data = export.write(letter)
        if not _fs.holds(path, data):
            _fs.write(path, data)
        click.echo(path)
    return talk.exit_code(gathered.problems)


def _name(post: str, site: Workspace) -> str:
    """What POST means: a file, as seen from here or from the site's folder, is named by its content path."""
    content = (site.root / site.settings.content.dir).resolve()
    for path in (Path(post), site.root / post):
        if post and path.is_file() and path.resolve().is_relative_to(content):
            return path.resolve().relative_to(content).as_posix()
    return post


def _targets(
    letter: Letter, name: str | None, output: str | None, site: Workspace
) -> Iterable[tuple[Path, exports.Export]]:
    """Which files to write: one when a file or a format is named, else all formats."""
    rows = [exports.EXPORTS[name]] if name else list(exports.EXPORTS.values())
    if output is None:
        folder = site.root / site.settings.newsletter.dir / exports.folder_name(letter.issue)
    else:
        folder = Path(output)
        if folder.suffix and not folder.is_dir():
            return [(folder, _by_suffix(folder, name))]
    return [(folder / row.file, row) for row in rows]


def _by_suffix(path: Path, name: str | None) -> exports.Export:
    """The format that a file's name asks for, when no format is named."""
    if name:
        return exports.EXPORTS[name]
    for row in exports.EXPORTS.values():
        if Path(row.file).suffix == path.suffix.lower():
            return row
    raise click.UsageError(f"which format {path.name} is to have is not clear: add --format")
