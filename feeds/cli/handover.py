"""Where `feeds newsletter` writes an issue: a folder of its own in the outbox, another place, or stdout."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds import _fs
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
"""Files and their formats; None is stdout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is to be written, with None where a service refused; and what services cannot carry."""

    files: tuple[tuple[Path | None, bytes | None], ...]
    problems: tuple[Problem, ...]


def targets(letter: Letter, formats: Sequence[str], output: str | None, site: Workspace) -> Targets:
    """Which files to write: one when a file is named, else one for each format.

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


def prepare(letter: Letter, targets: Targets, site: Workspace, *, embed: bool) -> Prepared:
    """The bytes of each file; nothing is written.

    With `embed`, the formats that can carry files get the site's own images. Raises click.UsageError when
    none of them can.
    """
    whole = letter
    images: tuple[attachments.Attachment, ...] = ()
    found: list[Problem] = []
    if embed:
        if not any(export.name in _EMBEDDING for _, export in targets):
            raise click.UsageError(f"--embed-images is for {' and '.join(_EMBEDDING)}: add --format eml")
        embedded = attachments.embed(letter.html, letter.issue, site)
        whole, images = replace(letter, html=embedded.html), embedded.attachments
        found += embedded.problems
    files: list[tuple[Path | None, bytes | None]] = []
    for path, export in targets:
        carries = export.name in _EMBEDDING
        exported = export.write(whole if carries else letter, site, images if carries else ())
        found += exported.problems
        files.append((path, None if exported.is_refused else exported.data))
    return Prepared(files=tuple(files), problems=tuple(found))


def write(prepared: Prepared) -> None:
    """Write the files and print their paths; of a format that was refused no older file stays."""
    for path, data in prepared.files:
        if path is None:
            click.echo(data or b"", nl=False)
        elif data is None:
            _fs.remove(path)
        else:
            if not _fs.holds(path, data):
                _fs.write(path, data)
            click.echo(path)


def _by_suffix(path: Path, formats: Sequence[str]) -> Export:
    """The format that a file's name asks for, when no format is named."""
    if len(formats) == 1:
        return exports.EXPORTS[formats[0]]
    if formats:
        raise click.UsageError(f"{path.name} is one file: name a folder for several formats")
    for row in exports.EXPORTS.values():
        if Path(row.file).suffix == path.suffix.lower():
            return row
    raise click.UsageError(f"which format {path.name} is to have is not clear: add --format")
