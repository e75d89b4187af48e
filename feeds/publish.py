"""Documents → the output folder, which may be a site generator's own.

Only files that we wrote are ever replaced or removed. A manifest below `.feeds/` remembers them; when it is
lost, our files are known by the mark that every format carries. A file whose bytes would not change is not
touched, so its date and its ETag stand.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from feeds import _fs
from feeds.errors import ConfigError, LockedError, PublishError
from feeds.formats import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feeds.model import Document
    from feeds.settings import Settings

STATE = ".feeds"
_MARK_WITHIN = 4096  # bytes from the start or the end of a file

# Not the bare word: a post may well talk about us, but in its text every one of these would be escaped.
_MARKS = re.compile(
    rf"<generator[^<>]*>{MARK}</generator>|<!-- written by {MARK} -->|"
    rf'"_feedwright"|<meta name="generator" content="{MARK}">'.encode()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Which files a run wrote, left as they were, and removed: paths below the output folder, sorted."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


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


def publish(
    documents: Sequence[Document], output: Path, root: Path, settings: Settings, *, force: bool = False
) -> Published:
    """Make the files below `output` that are ours exactly `documents`. The caller holds the site's lock.

    `documents` come in the order to write them in: what others link to first. With `force`, files are
    written even when their bytes would not change. Raises ConfigError, before anything is written, when a
    file that is not ours is in the way, and PublishError when the disk fails.
    """
    manifest = _Manifest(output, root)
    ours = manifest.read()
    if ours is None:
        ours = set(_marked(output, settings))
    wanted = {document.path: document for document in documents}
    _refuse_foreign(output, wanted, ours)
    for folder in {(output / path).parent for path in ours | wanted.keys()}:
        _fs.sweep(folder)
    # Before the first file changes, so that a run that is killed half-way leaves nothing unaccounted for.
    manifest.write(ours | wanted.keys())
    written: list[str] = []
    for path, document in wanted.items():
        if force or not _fs.holds(output / path, document.data):
            _fs.write(output / path, document.data)
            written.append(path)
    removed = [path for path in sorted(ours - wanted.keys()) if _remove(output, path)]
    _fs.settle({(output / path).parent for path in (*written, *removed)})
    manifest.write(wanted.keys())
    changed = set(written)
    return Published(
        written=tuple(sorted(written)),
        unchanged=tuple(sorted(path for path in wanted if path not in changed)),
        removed=tuple(removed),
    )


def _refuse_foreign(output: Path, wanted: Iterable[str], ours: set[str]) -> None:
    foreign = [path for path in sorted(wanted) if path not in ours and not _free(output, path)]
    if foreign:
        others = f" (and {len(foreign) - 1} more)" if len(foreign) > 1 else ""
        raise ConfigError(
            f"a file that is not ours is in the way{others}",
            where=str(output / foreign[0]),
            hint="remove it, turn it off in your site generator, or choose another name under [output.names]",
        )


def _free(output: Path, path: str) -> bool:
    """Whether we may write there: nothing is in the way, or a file that carries our mark."""
    target = output / path
    for folder in (output / path).relative_to(output).parents:
        above = output / folder
        if above != output and (above.is_symlink() or (above.exists() and not above.is_dir())):
            return False
    return not os.path.lexists(target) or _is_marked(target)


def _remove(output: Path, path: str) -> bool:
    """Remove a file of ours and the folders that it leaves empty; whether it was there."""
    target = output / path
    if not os.path.lexists(target):
        return False
    _fs.remove(target)
    for folder in target.relative_to(output).parents:
        if folder == Path() or not _fs.remove_empty(output / folder):
            break
    return True


def _marked(output: Path, settings: Settings) -> Iterator[str]:
    """Find our files without the manifest, at the places where they can be."""
    names = settings.output.names
    at_top = (names.rss, names.atom, names.json, names.opml, names.page)
    per_channel = (names.rss, names.atom, names.json)
    candidates = [output / name for name in at_top]
    for taxonomy in ("categories", "tags"):
        for term in sorted((output / taxonomy).glob("*/")):
            candidates += [term / name for name in per_channel]
    return (path.relative_to(output).as_posix() for path in candidates if _is_marked(path))


def _is_marked(path: Path) -> bool:
    try:
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(_MARK_WITHIN)
            file.seek(max(0, path.stat().st_size - _MARK_WITHIN))
            return bool(_MARKS.search(head) or _MARKS.search(file.read()))
    except OSError:
        return False


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


def _below(path: str) -> bool:
    """Whether a path of the manifest stays below the output folder."""
    parts = path.split("/")
    return bool(path) and not path.startswith("/") and ".." not in parts and "" not in parts
