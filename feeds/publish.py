"""Documents → the output folder, which may be a site generator's own.

Only files that carry our mark are ever replaced or removed, whatever wrote them last. A manifest below
`.feeds/` remembers where we wrote, to find what is no longer wanted; losing it costs a search. A file whose
bytes would not change is not touched, so its date and its ETag stand.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from feeds import _fs
from feeds.errors import ConfigError, LockedError, PublishError
from feeds.formats import FORMATS, is_marked
from feeds.taxonomies import TAXONOMIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feeds.model import Document
    from feeds.settings import Settings

STATE = ".feeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What publishing would do to the output folder: files to write, in order, to leave alone, to remove."""

    write: tuple[Document, ...]
    unchanged: tuple[str, ...]
    remove: tuple[str, ...]


@contextmanager
def lock(root: Path) -> Iterator[None]:
    """Hold the site's lock. Raises LockedError at once when another run has it; a killed run frees it."""
    import filelock  # noqa: PLC0415 - not needed by the commands that write nothing

    _fs.make_folder(root / STATE)
    held = filelock.FileLock(root / STATE / "lock", timeout=0)
    try:
        held.acquire()
    except filelock.Timeout as error:
        raise LockedError(
            "another run is working on this site",
            where=str(root),
            hint="wait until it has ended, then run again",
        ) from error
    except OSError as error:
        raise PublishError(
            f"cannot lock: {(error.strerror or str(error)).lower()}", where=str(root / STATE / "lock")
        ) from error
    try:
        yield
    finally:
        held.release()


def plan(
    documents: Sequence[Document],
    output: Path,
    root: Path,
    settings: Settings,
    *,
    force: bool = False,
    spared: str = "",
) -> Plan:
    """Work out how the files below `output` that are ours become exactly `documents`; nothing is written.

    `documents` come in the order to write them in: what others link to first. With `force`, files are
    written even when their bytes would not change. What is ours in the folder `spared` stays as it is, for
    nobody knows now what it should be. Raises ConfigError when a file that is not ours is in the way.
    """
    wanted = {document.path: document for document in documents}
    assert len(wanted) == len(documents), "two documents have one path"  # noqa: S101 - paths are ours to keep apart
    _refuse_foreign(output, wanted)
    known = _Manifest(output, root).read()
    left = set(_marked(output, settings)) if known is None else known
    write = tuple(
        document for path, document in wanted.items() if force or not _fs.holds(output / path, document.data)
    )
    changed = {document.path for document in write}
    ours = [path for path in sorted(left - wanted.keys()) if is_ours(output, path)]
    stays = {path for path in ours if spared and path.startswith(f"{spared}/")}
    return Plan(
        write=write,
        unchanged=tuple(sorted({path for path in wanted if path not in changed} | stays)),
        remove=tuple(path for path in ours if path not in stays),
    )


def is_foreign(output: Path, path: str) -> bool:
    """Whether something that is not ours is at `path` below `output`."""
    return os.path.lexists(output / path) and not is_ours(output, path)


def apply(planned: Plan, output: Path, root: Path) -> None:
    """Do what is planned. The caller holds the site's lock. Raises PublishError when the disk fails."""
    manifest = _Manifest(output, root)
    wanted = {document.path for document in planned.write} | set(planned.unchanged)
    touched = {output / path for path in (*wanted, *planned.remove)}
    for folder in {path.parent for path in touched}:
        _fs.sweep(folder)
    # Before the first file changes, so that a run that is killed half-way leaves nothing unaccounted for.
    manifest.write(wanted | set(planned.remove))
    for document in planned.write:
        _fs.write(output / document.path, document.data)
    for path in planned.remove:
        _remove(output, path)
    _settle(output, [*(document.path for document in planned.write), *planned.remove])
    manifest.write(wanted)


def add(documents: Sequence[Document], output: Path, root: Path, settings: Settings) -> tuple[str, ...]:
    """Put `documents` among our files below `output`, and leave all others as they are; which were written.

    The caller holds the site's lock. Raises ConfigError when a file that is not ours is in the way, before
    anything is written, and PublishError when the disk fails.
    """
    wanted = {document.path for document in documents}
    _refuse_foreign(output, wanted)
    manifest = _Manifest(output, root)
    known = manifest.read()
    if known is None:
        known = {path for path in _marked(output, settings) if is_ours(output, path)}
    for folder in {(output / path).parent for path in wanted}:
        _fs.sweep(folder)
    manifest.write(known | wanted)
    changed = [document for document in documents if not _fs.holds(output / document.path, document.data)]
    for document in changed:
        _fs.write(output / document.path, document.data)
    _settle(output, [document.path for document in changed])
    return tuple(sorted(document.path for document in changed))


def foreign(output: Path, paths: Iterable[str]) -> list[str]:
    """Those of `paths` below `output` where we cannot write, because something that is not ours is there."""
    return [
        path for path in sorted(paths) if not _below_real_folders(output, path) or is_foreign(output, path)
    ]


def _settle(output: Path, changed: Iterable[str]) -> None:
    if folders := {output / folder for path in changed for folder in Path(path).parents}:
        _fs.settle({output.parent} | folders)


def _refuse_foreign(output: Path, wanted: Iterable[str]) -> None:
    found = foreign(output, wanted)
    if found:
        others = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise ConfigError(
            f"a file that is not ours is in the way{others}",
            where=str(output / found[0]),
            hint="remove it, turn it off in your site generator, or choose another name under [output.names]",
        )


def _below_real_folders(output: Path, path: str) -> bool:
    """Whether nothing between `output` and the file is a link or a file: we never follow one out."""
    above = [output / folder for folder in Path(path).parents if folder != Path()]
    return all(not folder.is_symlink() and (folder.is_dir() or not folder.exists()) for folder in above)


def is_ours(output: Path, path: str) -> bool:
    """Whether a file of ours is at `path`, by its mark."""
    target = output / path
    try:
        if not _below_real_folders(output, path) or target.is_symlink() or not target.is_file():
            return False
        return is_marked(target.read_bytes())
    except OSError:
        return False


def _remove(output: Path, path: str) -> None:
    """Remove a file of ours and the folders that it leaves empty."""
    _fs.remove(output / path)
    for folder in Path(path).parents:
        if folder == Path() or not _fs.remove_empty(output / folder):
            break


def _marked(output: Path, settings: Settings) -> Iterator[str]:
    """Find our files without the manifest, at the places where they can be.

    Not everywhere: another site may be published into a folder of this one, and its files are ours as well
    by their mark. A feed that the settings no longer know is left.
    """
    names = settings.output.names
    yield from (names.opml, names.page, names.redirects, *settings.feeds.aliases)
    per_channel = {getattr(names, name) for name in FORMATS}
    yield from sorted(per_channel)
    below = dict.fromkeys(
        [*TAXONOMIES, *(custom.name for custom in settings.feeds.custom), "archive"], per_channel
    )
    if newsletter := settings.newsletter.archive:
        below[newsletter] = per_channel | {"index.html"}
    for top, names_there in below.items():
        for folder, folders, files in os.walk(output / top):
            folders.sort()
            place = Path(folder).relative_to(output).as_posix()
            yield from (f"{place}/{name}" for name in sorted(names_there.intersection(files)))


class _Manifest:
    """The list of our files below one output folder. Losing it costs a search, never a file."""

    def __init__(self, output: Path, root: Path) -> None:
        place = os.path.relpath(output.resolve(), root.resolve())
        digest = hashlib.sha256(place.encode(errors="surrogateescape")).hexdigest()[:16]
        self._path = root / STATE / f"published-{digest}.json"

    def read(self) -> set[str] | None:
        """The paths; None when there is no manifest, or none that can be read."""
        try:
            paths = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(paths, list) or not all(isinstance(path, str) and _below(path) for path in paths):
            return None
        return set(paths)

    def write(self, paths: Iterable[str]) -> None:
        """Remember `paths`."""
        data = (json.dumps(sorted(paths), indent=0, ensure_ascii=False) + "\n").encode()
        if not _fs.holds(self._path, data):
            _fs.write(self._path, data)
            _fs.settle([self._path.parent])


def _below(path: str) -> bool:
    """Whether a path of the manifest stays below the output folder."""
    parts = path.split("/")
    return bool(path) and not path.startswith("/") and ".." not in parts and "" not in parts
