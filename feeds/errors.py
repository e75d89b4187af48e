"""What can go wrong with a whole run, as opposed to one post.

The tree, each leaf with the exit code that the command line gives it::

    FeedsError
    ├── UsageError    2  the request makes no sense: an unknown post, a missing argument
    ├── ConfigError   2  the settings cannot be used; nothing was changed
    ├── LockedError   3  another run is working on this site
    ├── PublishError  4  a file could not be written or may not be replaced
    └── NothingNew    6  there is nothing to mail that was not mailed before; nothing was written

A fault in one content file is never raised: it travels as a `feeds.problems.Problem`, so that the other
posts are still published. Anything else that escapes is a bug.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.problems import Problem


class FeedsError(Exception):
    """Something the user can act on.

    `message` says what is wrong, `where` names the file (and line), `hint` says what to do.
    """

    exit_code = 2

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint


class UsageError(FeedsError):
    """The request cannot be met as asked."""


class ConfigError(FeedsError):
    """The settings cannot be used. `problems` holds every fault of the file, not just the first."""

    def __init__(
        self, message: str, *, where: str = "", hint: str = "", problems: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__(message, where=where, hint=hint)
        self.problems = problems


class LockedError(FeedsError):
    """Another run holds the site's lock."""

    exit_code = 3


class PublishError(FeedsError):
    """A file could not be written, or is not ours to replace."""

    exit_code = 4


class NothingNew(FeedsError):  # noqa: N818 - it is no error, and has an exit code of its own
    """Every post that was asked for has been mailed, or there is none; nothing was written."""

    exit_code = 6
