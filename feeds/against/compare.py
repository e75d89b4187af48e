"""The posts against the site as its generator built it: does every post's URL lead to the post?

What is compared are addresses as browsers understand them: percent-encoding makes no difference, nor does a
slash that hosts add by themselves. Upper and lower case differ, as on most hosts.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import permalinks
from feeds.against import built_site, fitting
from feeds.against.built_site import below
from feeds.body import addresses
from feeds.problems import Problem
from feeds.settings import with_permalinks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from feeds.against.built_site import BuiltSite
    from feeds.against.fitting import Suggestion
    from feeds.model import Post, Source
    from feeds.settings import Settings

_ENOUGH_POSTS = 10  # before what their pattern says of other pages is worth saying
_NEARLY_ALL = 0.95  # of the posts follow the pattern
_MOST_CANDIDATES = 50  # pages that are looked at for the one that comes closest
_SHORT = 3  # letters of a word that says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How posts and built site agree.

    Of `posts`, `missing` have no page at their URL, one problem each; `elsewhere` have a URL that is not the
    site's, about which nothing can be said. `remarks` count what a host must do for those that were found:
    serve pages without their ".html" (`ending`), or with another slash (`slash`) or Unicode form (`form`).
    `present` counts the posts that the present pattern gives a page of their own. `others` are pages that the
    pattern would call posts and that are none of ours, where nearly all posts follow it.
    """

    posts: int
    missing: int
    elsewhere: int
    present: int
    remarks: Mapping[str, int]
    suggestion: Suggestion | None
    others: tuple[str, ...]
    problems: tuple[Problem, ...]


def compare(posts: Iterable[Post], sources: Sequence[Source], settings: Settings, given: Path) -> Comparison:
    """Look for every post in the folder or sitemap `given`.

    `sources` are those that the posts were made of, and others that a better pattern would make posts of.
    Raises UsageError when `given` is neither, or has no page of the site.
    """
    site = built_site.read(given, settings)
    sources = [s for s in sources if below(permalinks.of(s, settings), settings.site.url) is not None]
    suggestion = fitting.suggest(sources, settings, site)
    better = (
        with_permalinks(settings, suggestion.permalink, suggestion.permalinks) if suggestion else settings
    )
    by_path = {source.path: source for source in sources}
    names = _words_of(site)
    home = addresses.split(settings.site.url).path.rstrip("/") + "/"
    problems: list[Problem] = []
    remarks: Counter[str] = Counter()
    taken: set[str] = set()
    elsewhere = 0
    listed = tuple(posts)
    for post in listed:
        path = below(post.url, settings.site.url)
        if path is None:
            elsewhere += 1
            continue
        found = site.find(path)
        target = site.pages.get(found.path, "") if found else ""
        if found and not target:
            taken.add(found.path)
            remarks.update([found.remark] if found.remark else [])
            continue
        there = _there(by_path.get(post.path), better, site) if suggestion else None
        if there is not None:
            taken.add(there[0])
            hint = f"its page is {home}{there[0]}, as permalink = {json.dumps(there[1])} has it"
        else:
            hint = _hint(path, names, home, redirects=bool(target))
        problems.append(
            Problem(
                code="url-missing",
                message=f"{post.url} only redirects to {target}"
                if target
                else f"{post.url} is not in {given}",
                path=str(PurePosixPath(settings.content.dir) / post.path),
                hint=hint,
                severity="warning",
            )
        )
    present = fitting.fitting(sources, settings, site)
    fits = suggestion.fits if suggestion else present
    sure = fits >= max(_ENOUGH_POSTS, len(sources) * _NEARLY_ALL)
    return Comparison(
        posts=len(listed),
        missing=len(problems),
        elsewhere=elsewhere,
        present=present,
        remarks=dict(sorted(remarks.items())),
        suggestion=suggestion,
        others=tuple(home + path for path in fitting.alike(sources, better, site, taken)) if sure else (),
        problems=tuple(problems),
    )


def _there(source: Source | None, better: Settings, site: BuiltSite) -> tuple[str, str] | None:
    """The page that the suggested pattern gives a source, and that pattern, which may be its section's."""
    path = below(permalinks.of(source, better), better.site.url) if source else None
    page = site.find(path) if path is not None else None
    if source is None or page is None or site.pages.get(page.path):
        return None
    section = source.section.partition("/")[0]
    return page.path, better.content.permalinks.get(section) or permalinks.of_site(better)


def _hint(path: str, names: Mapping[str, Sequence[str]], home: str, *, redirects: bool) -> str:
    if redirects:
        return "that is an old address of the page: give the post its present one with `url:`"
    near = _closest(path, names)
    if near is None:
        return "build the site anew, give the post its address with `url:`, or exclude it as the site does"
    if near.casefold() == path.casefold():
        return f"the site has {home}{near}, and most hosts tell upper and lower case apart"
    return f"the closest page is {home}{near}"


def _words_of(site: BuiltSite) -> dict[str, list[str]]:
    """The pages that have a word in the last segment of their path, by that word."""
    names: dict[str, list[str]] = defaultdict(list)
    for path, target in site.pages.items():
        if not target:
            for word in _words(path):
                names[word].append(path)
    return names


def _words(path: str) -> set[str]:
    last = path.rstrip("/").rpartition("/")[2].casefold()
    last = re.sub(r"\.html?$", "", last)
    return {last, *(word for word in re.split(r"[\W_]+", last) if len(word) > _SHORT)} - {""}


def _closest(path: str, names: Mapping[str, Sequence[str]]) -> str | None:
    """The page that shares most words with `path`, the rarest of them in its name."""
    rarest = sorted(
        (word for word in _words(path) if word in names), key=lambda word: (len(names[word]), word)
    )
    candidates = [page for word in rarest for page in names[word][:_MOST_CANDIDATES]][:_MOST_CANDIDATES]
    wanted = _parts(path)

    def likeness(page: str) -> float:
        parts = _parts(page)
        return len(wanted & parts) / len(wanted | parts)

    return max(
        candidates, key=lambda page: (likeness(page), page.casefold() == path.casefold()), default=None
    )


def _parts(path: str) -> set[str]:
    return set(re.split(r"[\W_]+", re.sub(r"\.html?$", "", path.casefold()))) - {""}
