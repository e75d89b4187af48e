"""Opening files that others made: regular ones only, inside the folder that they belong to, up to a size.

A site may hold anything: a named pipe would hold the run up for ever, a link may lead to any file of the
machine, and what was built may be of any size.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Refused(Exception):  # noqa: N818 - what happened to a file, and no error of ours
    """A file that is not read; its text says why, as the end of a sentence."""


def beginning(path: Path, inside: Path, most: int) -> bytes:
    """The first `most` bytes of a file in the folder `inside`; nothing for what is not there or not read."""
    try:
        return _read(path, inside, most)[0]
    except Refused:
        return b""


def whole(path: Path, inside: Path, most: int) -> bytes:
    """All of a file in the folder `inside`, of at most `most` bytes. Raises Refused."""
    data, size = _read(path, inside, most)
    if size > most:
        raise Refused(f"more than {most} bytes, so it is not read")
    return data


def _read(path: Path, inside: Path, most: int) -> tuple[bytes, int]:
    """The first bytes of a file, and the size that it had."""
    try:
        # Links within the folder are part of how the site is made.
        if not path.resolve(strict=True).is_relative_to(inside.resolve()):
            raise Refused("a link that leads out of its folder, which is not followed")
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(path, flags)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise Refused("not a regular file, so it is not read")
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                return file.read(most), status.st_size
        finally:
            os.close(descriptor)
    except OSError as error:
        raise Refused(f"cannot be read: {(error.strerror or str(error)).lower()}") from error
    except RuntimeError as error:  # what Python 3.12 raises for a circle of links
        raise Refused("cannot be read: links in a circle") from error
    except ValueError as error:
        raise Refused("cannot be read: no file has such a name") from error
