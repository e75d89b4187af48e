"""Pelican: what its settings say of articles, for all of them, by folder, and by what a path looks like.

https://docs.getpelican.com/en/stable/settings.html#metadata - the settings are a program, of which the plain
values are read as text; it is never run.
"""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds.content import dates
from feeds.content.header_keys import NOTHING, line, truth
from feeds.generators.clues import relative

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.content.default_files import DefaultFiles
    from feeds.content.yaml_text import Value

_PUBLISHED = "publishconf.py"  # what it sets is what the published site is made with
_OWN = ("pelicanconf.py", "settings.py")  # one of both
_METADATA = ("DEFAULT_METADATA", "EXTRA_PATH_METADATA", "FILENAME_METADATA", "PATH_METADATA")
_UNSORTED = "misc"  # what Pelican's DEFAULT_CATEGORY is when nobody sets it


@dataclass(frozen=True, slots=True, kw_only=True)
class PelicanMetadata:
    """What holds for articles whose own metadata say nothing else.

    `folders` are values by a file or folder relative to the site's folder, empty for all articles, the
    farthest first. `patterns` are matched with an article's name and with its path below `top`, in this
    order. `date` and `category` are those of what nothing else dates or sorts, the date in `articles` only
    and not in `others`; `sorted_by_folder` says that a folder is a category.
    """

    folders: tuple[tuple[str, Mapping[str, Value]], ...] = ()
    patterns: tuple[re.Pattern[str] | None, re.Pattern[str] | None] = (None, None)
    top: str = "."
    articles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    date: str = ""
    category: str = ""
    sorted_by_folder: bool = True

    def of_path(self, path: str) -> Mapping[str, Value]:
        """What the path of an article says of it, `path` being relative to the site's folder."""
        full = PurePosixPath(path)
        below = full.relative_to(self.top) if full.is_relative_to(self.top) else full
        found: dict[str, Value] = {}
        for pattern, text in zip(self.patterns, (full.stem, str(below)), strict=True):
            matched = pattern.match(text) if pattern else None
            for key, value in matched.groupdict().items() if matched else ():
                said = value if value is None or key.lower() != "date" else _date_in_path(value)
                if said is not None:
                    found.setdefault(key.lower(), said)
        if self.category and not (self.sorted_by_folder and below.parent.parts):
            found.setdefault("category", self.category)
        if self.date and self._is_article(below) and not dates.in_path(str(full.parent), full.stem, UTC)[0]:
            found.setdefault("date", self.date)
        return found

    def _is_article(self, below: PurePosixPath) -> bool:
        """Whether Pelican looks for articles there: a page without a date is to stay one."""
        return (not self.articles or any(map(below.is_relative_to, self.articles))) and not any(
            map(below.is_relative_to, self.others)
        )


@dataclass(slots=True)
class _Settings:
    """The values of both programs, as texts, and where each of them stands."""

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, tuple[PurePosixPath, tuple[int, int]]] = field(default_factory=dict)


def load(files: DefaultFiles, content: str) -> PelicanMetadata:
    """Read the settings of the site whose files are `files` and whose content folder is `content`."""
    settings = _read(files)
    values = settings.values
    # Without a setting it is an argument of the command, which usually names this folder.
    top = relative(line(values.get("PATH"))) or ("content" if f"{content}/".startswith("content/") else ".")
    common = _mapping(values.get("DEFAULT_METADATA"))
    # Pelican has a default of its own for the category, which always wins over this one.
    folders: list[tuple[str, Mapping[str, Value]]] = [
        ("", {key: value for key, value in common.items() if key.lower() != "category"})
    ]
    extra = _mapping(values.get("EXTRA_PATH_METADATA"))
    for path in sorted(extra, key=len):
        folder = str(PurePosixPath(top, path.strip("/")))
        folders.append(("" if folder == "." else folder, _mapping(extra[path])))
    by_folder = truth(values.get("USE_FOLDER_AS_CATEGORY")) is not False
    return PelicanMetadata(
        folders=tuple((folder, said) for folder, said in folders if said),
        patterns=(
            _pattern(files, settings, "FILENAME_METADATA"),
            _pattern(files, settings, "PATH_METADATA"),
        ),
        top=top,
        articles=tuple(_paths(values.get("ARTICLE_PATHS"), "")),
        others=(
            *_paths(values.get("PAGE_PATHS"), "pages"),
            *_paths(values.get("ARTICLE_EXCLUDES"), "pages"),
        ),
        date=_date(values.get("DEFAULT_DATE")),
        category=line(values.get("DEFAULT_CATEGORY")) or ("" if by_folder else _UNSORTED),
        sorted_by_folder=by_folder,
    )


def _read(files: DefaultFiles) -> _Settings:
    settings = _Settings()
    own = next((name for name in _OWN if (files.root / name).exists()), _OWN[0])
    for name in map(PurePosixPath, (_PUBLISHED, own)):
        found = files.mapping(name)
        for key in found.values.keys() - settings.values.keys():
            settings.values[key] = found.values[key]
            settings.places[key] = name, found.places.get(key, (1, 1))
    for key in _METADATA:
        if key in settings.values and settings.values[key] is None:
            path, place = settings.places[key]
            files.note(
                path,
                f"{key} is worked out by the program, which is not run: what it says of posts is not known",
                place,
                f"write plain values behind {key} =",
                severity="note",
            )
    return settings


def _pattern(files: DefaultFiles, settings: _Settings, key: str) -> re.Pattern[str] | None:
    text = settings.values.get(key)
    if not isinstance(text, str) or not text:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sets that may mean something else one day
            return re.compile(text)
    except (re.error, ValueError, OverflowError, RecursionError) as error:
        path, place = settings.places[key]
        files.note(path, f"{key} is no regular expression: {error}", place, "mend it, for Pelican as well")
        return None


def _mapping(value: Value) -> Mapping[str, Value]:
    return value if isinstance(value, dict) else NOTHING


def _paths(value: Value, usual: str) -> list[str]:
    listed = [line(each) for each in value] if isinstance(value, list) else [usual]
    return [str(PurePosixPath(each)) for each in listed if each not in {"", "."}]


def _date(value: Value) -> str:
    """A date, which may be the arguments of one: `(2018, 1, 2)`; nothing for `fs`, the file's own time."""
    if isinstance(value, list):
        try:
            year, month, day, *clock = (int(line(part)) for part in value)
        except ValueError:
            return ""
        hour, minute, second, *_ = (*clock, 0, 0, 0)
        value = f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
    return line(value) if _is_date(line(value)) else ""


def _date_in_path(text: str) -> str | None:
    """A date as metadata have it, for there may be underscores in its place; None for what is none."""
    return next((each for mark in " -" if _is_date(each := text.replace("_", mark))), None)


def _is_date(text: str) -> bool:
    with suppress(ValueError):
        return dates.read(text, UTC) is not None
    return False
