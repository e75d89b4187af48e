"""Where in a site's folder the posts are, when no configuration says so: the files that something dates."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import regular
from feeds.content.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_HEAD = 4096  # bytes of a file that are looked at
_DATED_NAME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\b")
_DATED_HEAD = re.compile(
    rb"""(?imx) (?:^|[{,])[ \t]* (?:\.\.[ \t]+)? ["']?
         (?: (?:pub|publish|published|publication|post|create|created)? [ _-]? date (?:time)?
           | date [ _-]? (?:created|published) | (?:published|created) (?:[ _-]?(?:at|on))? )
         ["']? [ \t]* [:=] [ \t]* ["']? (?:\[\[)? \w*,? [ ]? \d"""
)
_SPLIT = re.compile(r"\d+|\d{4}-\d{2}")  # folders of years or months are below the one that holds the posts
_MOST_PATHS = 20_000
_MOST = 0.8  # of the dated files, for a folder to be the one that holds the posts


@dataclass(frozen=True, slots=True)
class Survey:
    """What a folder holds, by path below it: Markdown with a date and without, and how much other mark-up."""

    dated: tuple[str, ...]
    undated: tuple[str, ...]
    other: Counter[str]  # by ending

    def folder(self) -> str:
        """The deepest folder that most of the dated files are in; `.` for the surveyed one itself."""
        folder = ""
        while True:
            inside = [path.removeprefix(folder) for path in self.dated if path.startswith(folder)]
            below = Counter(path.partition("/")[0] for path in inside if "/" in path)
            name, count = next(iter(below.most_common(1)), ("", 0))
            bundle = all(
                re.match(rf"{re.escape(name)}/(?:index\.|\+page\.|page\.mdx)|(?!{re.escape(name)}/)", path)
                for path in inside
            )
            if count < _MOST * len(inside) or bundle or _SPLIT.fullmatch(name) or _DATED_NAME.match(name):
                return folder.rstrip("/") or "."
            folder += f"{name}/"

    def outside(self, folder: str) -> list[str]:
        """The dated files that are not in `folder`."""
        return [path for path in self.dated if folder != "." and not path.startswith(f"{folder}/")]


def survey(folder: Path, without: Iterable[str] = (), *, dialect: str = "plain") -> Survey:
    """Look at the files below `folder`, but for those in the folders `without` (paths below it).

    Raises PublishError when a folder cannot be listed.
    """
    if not folder.is_dir():
        return Survey((), (), Counter())
    tree = walk(folder, avoid=[folder / path for path in without], dialect=dialect)
    dated = {path for path in map(str, tree.posts) if _is_dated(folder, path)}
    other = (path for path, reason in tree.withheld.items() if reason == "not Markdown")
    return Survey(
        dated=tuple(sorted(dated)),
        undated=tuple(path for path in map(str, tree.posts) if path not in dated),
        other=Counter(path[path.rfind(".") :].lower() for path in other),
    )


def beginning(folder: Path, path: str) -> bytes:
    """The first bytes of a file below a folder, with line feeds; nothing when it is not to be read."""
    return regular.beginning(folder / path, folder, _HEAD).replace(b"\r", b"\n")


def paths(root: Path, folder: str) -> Iterator[PurePosixPath]:
    """The files and folders below a folder of the site in `root`, up to a number; links are not followed."""
    top = root / folder
    if not top.resolve().is_relative_to(root.resolve()):
        return
    left = _MOST_PATHS
    for here, folders, files in os.walk(top):
        folders.sort()
        for name in sorted([*folders, *files])[:left]:
            yield PurePosixPath(os.path.relpath(here, top), name)
        left -= len(folders) + len(files)
        if left <= 0:
            return


def _is_dated(folder: Path, path: str) -> bool:
    if any(_DATED_NAME.match(part) for part in path.split("/")):
        return True
    return bool(_DATED_HEAD.search(beginning(folder, path)))
