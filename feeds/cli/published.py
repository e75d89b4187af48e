"""What `feeds check --output` judges: the feeds that a build would write, or those that lie in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from feeds import pipeline, validity
from feeds.cli import sources, talk
from feeds.validity import folder, together
from feeds.validity.cite import cite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from feeds.pipeline import Gathered
    from feeds.problems import Problem
    from feeds.settings import Workspace
    from feeds.validity.rules import Finding

# The key of `[site]` that a finding about a whole feed comes from, by its field.
_SITE_KEYS = {
    "title": "title",
    "description": "description",
    "language": "language",
    "authors": "author",
    "copyright": "copyright",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How many feeds were judged, and what is wrong with them."""

    feeds: int
    problems: tuple[Problem, ...]

    def said(self) -> str:
        """One line that sums it up."""
        found = talk.severities(self.problems) or "no findings"
        return f"{talk.plural(self.feeds, 'feed')} checked by {len(validity.RULES)} rules: {found}"

    def data(self) -> dict[str, int]:
        """What `--json` prints of it; the problems are among all the others."""
        return {"feeds": self.feeds, "rules": len(validity.RULES)}


def of_build(gathered: Gathered, site: Workspace, now: datetime) -> Judged:
    """Judge what a build would write. Raises ConfigError when the settings cannot be used."""
    documents = [(each.path, each.data) for each in pipeline.documents(gathered, site)]
    out = site.settings.output.dir
    found = _found(documents, lambda path: f"{site.settings.site.url}/{quote(path)}", now)
    return _judged(found, out, gathered, site)


def of_folder(given: Path, now: datetime, gathered: Gathered | None, site: Workspace | None) -> Judged:
    """Judge the feeds in a folder, with the posts that they are of if there are any.

    Raises click.BadParameter when there is no such folder.
    """
    places = (given, site.root / given) if site else (given,)
    top = next((place for place in places if place.is_dir()), None)
    if top is None:
        raise click.BadParameter(f"there is no folder {given}", param_hint="--output")
    root = site.root if site else Path()
    inside = top.resolve().is_relative_to(root.resolve())
    shown = top.resolve().relative_to(root.resolve()) if inside else top
    is_ours = site is not None and top.resolve() == (site.root / site.settings.output.dir).resolve()
    base = site.settings.site.url if site and is_ours else ""
    found = _found(folder.feeds_below(top), lambda path: f"{base}/{quote(path)}" if base else "", now)
    return _judged(found, shown.as_posix(), gathered, site)


def _found(
    documents: Iterable[tuple[str, bytes]], address: Callable[[str], str], now: datetime
) -> dict[str, list[Finding]]:
    """Findings by the path of each feed; `address` says where a path will be read from, if that is known."""
    found: dict[str, list[Finding]] = {}
    first_of: dict[bytes, str] = {}
    paths: dict[str, str] = {}
    published = []
    for path, data in documents:
        if not validity.format_of(data):
            continue
        judged = validity.judge(data, url=address(path), now=now)
        found[path] = list(judged.findings)
        # Of a feed that moved, both places have the same bytes, and only one of them can be the right one.
        first = first_of.setdefault(data, path)
        if first != path:
            found[first] = min(found[first], found[path], key=len)
            found[path] = []
        if judged.published and address(path):
            paths[address(path)] = path
            published.append(judged.published)
    for url, finding in together.lint(published):
        found[paths[url]].append(finding)
    return found


def _judged(
    found: Mapping[str, list[Finding]], folder: str, gathered: Gathered | None, site: Workspace | None
) -> Judged:
    listed = [
        (str(PurePosixPath(folder) / path), finding) for path, each in found.items() for finding in each
    ]
    posts = dict(sources.of_posts(gathered, site)) if gathered and site else {}
    settings = sources.of_settings(site, "site", _SITE_KEYS) if site else None
    return Judged(feeds=len(found), problems=cite(listed, posts, settings))
