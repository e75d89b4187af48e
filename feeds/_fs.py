"""The one seam through which files are written or removed.

A file appears whole or not at all: its bytes go to a temporary file in the same folder, reach the disk, and
then take the place of the old file in one step (POSIX rename). Every failure is a PublishError that names
the path.
"""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from feeds.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_NEW_FILE = (
    (os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)  # or Windows would translate line ends
)
_TEMPORARY = ".{}.feeds-tmp"


@contextmanager
def _naming(path: Path, action: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PublishError(
            f"cannot {action}: {reason}", where=str(path), hint=_HINTS.get(error.errno or 0, "")
        ) from error


_HINTS = {
    errno.EACCES: "check who owns the file and its folder",
    errno.ENOSPC: "free some space; what was published before is untouched",
    errno.EROFS: "the disk is mounted read-only",
    errno.EDQUOT: "the disk quota is used up; what was published before is untouched",
}


def holds(path: Path, data: bytes) -> bool:
    """Whether `path` is a plain file with exactly these bytes."""
    try:
        if path.is_symlink() or path.stat().st_size != len(data):
            return False
        return path.read_bytes() == data
    except OSError:
        return False


def write(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Put `data` at `path`, making its folders. `mode` holds whatever the umask: servers must read feeds."""
    temporary = path.with_name(_TEMPORARY.format(path.name))
    with _naming(path, "write"):
        make_folder(path.parent)
        temporary.unlink(missing_ok=True)  # of a run that was killed: we hold the lock
        try:
            with os.fdopen(os.open(temporary, _NEW_FILE, mode), "wb") as file:
                if hasattr(os, "fchmod"):
                    os.fchmod(file.fileno(), mode)
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)  # noqa: PTH105 - the call whose atomicity all this rests on
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it, readable by servers whatever the umask."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with _naming(folder, "make the folder"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)


def remove(path: Path) -> None:
    """Remove a file, if it is there."""
    with _naming(path, "remove"):
        path.unlink(missing_ok=True)


def remove_empty(folder: Path) -> bool:
    """Remove a folder if nothing is left in it; whether it is gone."""
    try:
        folder.rmdir()
    except OSError:
        return not folder.exists()
    return True


def settle(folders: Iterable[Path]) -> None:
    """Make the renames and removals in `folders` survive a power cut."""
    if os.name == "nt":  # pragma: no cover - folders cannot be opened there
        return
    for folder in sorted(folders):
        with _naming(folder, "settle"):
            try:
                descriptor = os.open(folder, os.O_RDONLY)
            except FileNotFoundError:
                continue
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed run left in `folder`."""
    if folder.is_dir():
        for left in sorted(folder.glob(_TEMPORARY.format("*"))):
            remove(left)
