"""`feeds newsletter`: a post as a newsletter issue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds import _fs, pipeline
from feeds.cli import options, talk
from feeds.newsletter import compose, exports, issue
from feeds.publish import lock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.problems import Problem
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
    help="Write to this file or folder, or with - to stdout (default: a folder of its own in the outbox). "
    "It is a file when its name has a suffix, as in letter.html, and is not a folder that exists; "
    "else it is a folder, which gets issue.eml and the others.",
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
    DATE-SLUG/issue.eml, .html, .txt and .json; the paths are printed. A file's suffix says which format
    it is to have, unless --format does.

    \b
    Examples:
      feeds newsletter
      feeds newsletter --tag python --format html --output - | xclip
    """
    site = options.workspace(context, folder)
    gathered = pipeline.gather(
        site, now=options.moment(now, site), jobs=options.processes(None), progress=talk.Bar()
    )
    named = _name(post, site)
    _say_broken(gathered.problems, named)
    chosen = issue.choose(gathered.posts, name=named, category=category, tag=tag, withheld=gathered.withheld)
    letter = compose.compose(chosen, site.settings, site.root)
    for line in compose.missing(site.settings):
        talk.say(line)
    if letter.cut:
        talk.say("the post is too long for a mail: the HTML continues on the web, the text is whole")
    if output == _STDOUT:
        if name is None:
            raise click.UsageError("stdout takes one format: add --format html, text, eml or json")
        click.echo(exports.EXPORTS[name].write(letter), nl=False)
        return talk.exit_code(gathered.problems)
    outbox = site.root / site.settings.newsletter.dir / exports.folder_name(chosen.post, gathered.posts)
    targets = _targets(outbox, name, output)
    with lock(site.root):
        for path, export in targets:
            data = export.write(letter)
            if not _fs.holds(path, data):
                _fs.write(path, data)
            click.echo(path)
    return talk.exit_code(gathered.problems)


def _say_broken(problems: Iterable[Problem], named: str) -> None:
    """Say what is wrong with the file that was asked for, and how many others are broken."""
    errors = [problem for problem in problems if problem.severity == "error"]
    asked = [problem for problem in errors if named and issue.means(named, problem.path)]
    talk.problems(asked)
    if others := len({problem.path for problem in errors} - {problem.path for problem in asked}):
        which, them = ("is", "it") if others == 1 else ("are", "them")
        talk.say(f"{talk.plural(others, 'post')} {which} broken: `feeds check` names {them}")


def _name(post: str, site: Workspace) -> str:
    """What POST means: a file, as seen from here or from the site's folder, is named by its content path."""
    content = (site.root / site.settings.content.dir).resolve()
    for path in (Path(post), site.root / post):
        if post and path.is_file() and path.resolve().is_relative_to(content):
            return path.resolve().relative_to(content).as_posix()
    return post.removeprefix("./").removeprefix(f"{site.settings.content.dir}/")


def _targets(outbox: Path, name: str | None, output: str | None) -> list[tuple[Path, exports.Export]]:
    """Which files to write: one when a file or a format is named, else all formats."""
    rows = [exports.EXPORTS[name]] if name else list(exports.EXPORTS.values())
    folder = Path(output) if output else outbox
    if output and folder.suffix and not output.endswith("/") and not folder.is_dir():
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
