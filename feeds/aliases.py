"""Where feeds were before: the file that lies at the old place, and the addresses that lead on.

An old place that has no suffix is a folder, as WordPress's `feed/` is: its file is called `index`, and hosts
serve it or follow the redirect.
"""

from __future__ import annotations

from pathlib import PurePosixPath


def file_of(old: str, new: str) -> str:
    """The path below the output folder of the copy of `new` that stands at `old`."""
    return f"{old.rstrip('/')}/index{PurePosixPath(new).suffix}" if is_folder(old) else old


def addresses_of(old: str) -> tuple[str, ...]:
    """The paths below the site's root that readers may ask for."""
    folder = old.rstrip("/")
    return (folder, f"{folder}/") if is_folder(old) else (old,)


def is_folder(old: str) -> bool:
    """Whether an old place is a folder."""
    return old.endswith("/") or not PurePosixPath(old).suffix
