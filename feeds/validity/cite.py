"""Finding → problem: who reads of a fault in a feed wants the line of the post that it comes from."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeds.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from feeds.validity.rules import Finding

Place = tuple[int, int]
_NOWHERE: Place = (0, 0)

# Fields of the front matter that a finding's field may go by as well, nearest first.
_ALSO = {
    "tags": ("tags", "categories"),
    "updated": ("updated", "corrections", "published"),
    "url": ("url", "slug"),
    "image": ("image", "enclosures"),
    "episode": ("episode", "enclosures"),
    "enclosures": ("enclosures", "episode"),
}
_HOST = re.compile(r"^[a-z]+://[^/]*")
_INITIAL = re.compile(r"^[A-Z](?![A-Z])")
_SHORTEST = 3  # characters that are worth looking for


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A file that findings can come from: a post, or the settings.

    `path` is relative to the site's folder. `places` are lines and columns by field, `body_line` is the
    first of the body. `source` gives the file's text; empty when it cannot be read now.
    """

    path: str
    places: Mapping[str, Place] = field(default_factory=dict)
    body_line: int = 0
    source: Callable[[], str] = str


def cite(
    found: Iterable[tuple[str, Finding]], posts: Mapping[str, Cited], settings: Cited | None = None
) -> tuple[Problem, ...]:
    """Problems for findings, each with the path of its document relative to the site's folder.

    `posts` are by the id and by the URL of each; `settings` has places by the field of a finding that
    concerns the whole feed. What one post breaks on one line in several documents is one problem.
    """
    groups: defaultdict[tuple[str, str, int, str], list[tuple[str, Finding]]] = defaultdict(list)
    for path, finding in found:
        post = posts.get(finding.entry) if finding.entry else None
        if post:
            line, _ = _place(finding, post)
            groups[finding.rule.id, post.path, line, ""].append((path, finding))
        else:
            groups[finding.rule.id, "", 0, finding.message].append((path, finding))
    return tuple(_problem(each, posts, settings) for each in groups.values())


def _problem(alike: list[tuple[str, Finding]], posts: Mapping[str, Cited], settings: Cited | None) -> Problem:
    path, finding = alike[0]
    rule = finding.rule
    others = len({other for other, _ in alike} - {path})
    where = f"{path}:{finding.line}" if finding.line else path
    more = f" and in {others} more feed{'s' if others > 1 else ''}" if others else ""
    at, line, column = path, finding.line, 0
    source = posts.get(finding.entry) if finding.entry else settings
    if source and (finding.entry or _is_of_settings(finding, source)):
        at = source.path
        line, column = _place(finding, source)
    return Problem(
        code="feed-invalid" if rule.severity == "error" else "feed-advice",
        message=f"{finding.message} ({rule.id} in {where}{more}; {rule.source})",
        path=at,
        line=line,
        column=column,
        hint=_INITIAL.sub(lambda found: found[0].lower(), rule.asks.rstrip(".")),
        severity=rule.severity,
    )


def _is_of_settings(finding: Finding, settings: Cited) -> bool:
    """Whether a fault of a whole feed comes from what all have in common: a tag's feed has its own title."""
    is_known = finding.field in settings.places if finding.field else len(finding.excerpt) >= _SHORTEST
    return is_known and finding.excerpt in settings.source()


def _place(finding: Finding, source: Cited) -> Place:
    """The line and column of a file that a finding comes from, as near as can be told."""
    for name in _ALSO.get(finding.field, (finding.field,)):
        if name in source.places:
            return source.places[name]
    place = _NOWHERE
    if len(finding.excerpt) >= _SHORTEST:
        place = _search(source.source(), finding.excerpt, source.body_line)
    return place if place != _NOWHERE else (source.body_line, 0)


def _search(text: str, excerpt: str, body_line: int) -> Place:
    """Where an excerpt stands in the source of a post, escaped in whatever way; in the body if it can be."""
    lines = text.split("\n")
    body = range(max(body_line - 1, 0), len(lines))
    head = range(min(max(body_line - 1, 0), len(lines)))
    for wanted in _spellings(excerpt):
        for number in (*body, *head):
            column = lines[number].lower().find(wanted.lower())
            if column >= 0:
                return number + 1, column + 1
    return _NOWHERE


def _spellings(excerpt: str) -> Iterator[str]:
    """What may stand for an excerpt in the source: as it is, decoded, and the last part of an address."""
    seen = set()
    for spelling in (
        excerpt,
        unescape(excerpt),
        unquote(excerpt),
        _HOST.sub("", excerpt),
        _HOST.sub("", unquote(excerpt)),
        unquote(excerpt).rstrip("/").rpartition("/")[2],
    ):
        if len(spelling) >= _SHORTEST and spelling not in seen:
            seen.add(spelling)
            yield spelling
