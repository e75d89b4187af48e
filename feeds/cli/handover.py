"""Where `feeds newsletter` writes an issue: a folder of its own in the outbox, another place, or stdout."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds import _fs
from feeds.cli import talk
from feeds.newsletter import exports
from feeds.newsletter.content import attachments
from feeds.newsletter.exports import Export

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Letter
    from feeds.problems import Problem
    from feeds.settings import Workspace

_STDOUT = "-"
_EMBEDDING = ("eml", "mbox")  # the formats that can carry files


Targets = list[tuple[Path | None, Export]]


def write(letter: Letter, targets: Targets, site: Workspace, *, embed: bool) -> tuple[Problem, ...]:
    """Write the letter in each format and print the paths; return, and say, what a service cannot carry.

    With `embed`, the formats that can carry files get the site's own images.
    """
    whole = letter
    images: tuple[attachments.Attachment, ...] = ()
    found: list[Problem] = []
    if embed:
        embedded = attachments.embed(letter.html, letter.issue, site)
        whole, images = replace(letter, html=embedded.html), embedded.attachments
        found += embedded.problems
    for path, export in targets:
        carries = export.name in _EMBEDDING
        exported = export.write(whole if carries else letter, site, images if carries else ())
        found += exported.problems
        if exported.is_refused:
            continue
        if path is None:
            click.echo(exported.data, nl=False)
            continue
        if not _fs.holds(path, exported.data):
            _fs.write(path, exported.data)
        click.echo(path)
    talk.problems(found)
    return tuple(found)


def targets(letter: Letter, formats: Sequence[str], output: str | None, site: Workspace) -> Targets:
    """Which files to write, None for stdout: one when a file is named, else one for each format.

    Raises click.UsageError when that cannot be told.
    """
    settings = site.settings.newsletter
    rows = [exports.EXPORTS[name] for name in dict.fromkeys(formats or settings.formats)]
    if output == _STDOUT:
        if len(formats) != 1:
            raise click.UsageError("stdout takes one format: add --format html, text, eml or json")
        return [(None, rows[0])]
    folder = Path(output) if output else site.root / settings.dir / exports.folder_name(letter.issue)
    if output and folder.suffix and not output.endswith("/") and not folder.is_dir():
        return [(folder, _by_suffix(folder, formats))]
    return [(folder / exports.file_name(row, site.settings), row) for row in rows]


def _by_suffix(path: Path, formats: Sequence[str]) -> Export:
    """The format that a file's name asks for, when no format is named."""
    if len(formats) == 1:
        return exports.EXPORTS[formats[0]]
    for row in exports.EXPORTS.values():
        if not formats and Path(row.file).suffix == path.suffix.lower():
            return row
    raise click.UsageError(f"which format {path.name} is to have is not clear: add --format")
