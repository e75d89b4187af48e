"""Finding → problem: at the line of the post, the setting or the theme's template that it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.problems import Problem
from feeds.validity import rules as validity
from feeds.validity.cite import cite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.newsletter.contract.rules import Finding
    from feeds.validity.cite import Cited

SETTINGS = "[newsletter]"
THEME = "[theme]"
"""Keys of `cited` beside those of posts: the settings file, with places by key, and the theme's templates."""

# What the front matter may say it by, nearest first.
_FIELDS = {"subject": ("newsletter", "title"), "preheader": ("newsletter", "summary", "title")}


def problems(found: Iterable[Finding], cited: Mapping[str, Cited], path: str = "") -> tuple[Problem, ...]:
    """Problems for findings, in order; what the same rule says of the same line is one.

    `cited` has posts by their ids, the settings file as `SETTINGS` with the places of the keys of
    `[newsletter]` ("postal_address", "look.colours.text"), and the theme's templates as `THEME` and whatever
    begins with it. `path` is that of the message, relative to the site's folder: the place of what comes from
    nowhere else.
    """
    listed: dict[tuple[object, ...], Problem] = {}
    for finding in found:
        problem = _problem(finding, cited, path)
        is_placed = bool(problem.line) and problem.path != path
        key = (problem.path, problem.line, finding.rule.id, "" if is_placed else problem.message)
        listed.setdefault(key, problem)
    return tuple(listed.values())


def _problem(finding: Finding, cited: Mapping[str, Cited], path: str) -> Problem:
    rule = finding.rule
    at, line, column = _place(finding, cited)
    if not at:
        at, line = path, finding.line if finding.part in {"headers", "message"} else 0
    where = finding.part if not finding.line else f"{finding.part}, line {finding.line}"
    return Problem(
        code="mail-invalid" if rule.severity == "error" else "mail-advice",
        message=f"{finding.message} ({rule.clause} {rule.id} in the {where}; {rule.source})",
        path=at,
        line=line,
        column=column,
        hint=_hint(rule.asks),
        severity=rule.severity,
    )


def _hint(asks: str) -> str:
    """A rule as a hint: in lower case, unless it begins with a name."""
    first, _, rest = asks.rstrip(".").partition(" ")
    return f"{first.lower() if first.istitle() and '-' not in first else first} {rest}"


def _place(finding: Finding, cited: Mapping[str, Cited]) -> tuple[str, int, int]:
    if finding.setting:
        settings = cited.get(SETTINGS)
        if settings is None:
            return "", 0, 0
        return settings.path, *settings.places.get(finding.setting, (0, 0))
    if post := cited.get(finding.entry) if finding.entry else None:
        fields = _FIELDS.get(finding.field, (finding.field,))
        field = next((each for each in fields if each in post.places), "")
        if field:
            return post.path, *post.places[field]
        return _found(finding, post)
    for name, template in cited.items():
        if name.startswith(THEME) and finding.excerpt and finding.excerpt in template.source():
            return _found(finding, template)
    return "", 0, 0


def _found(finding: Finding, source: Cited) -> tuple[str, int, int]:
    """Where an excerpt stands in a file, as the lint of feeds looks for it."""
    rule = validity.Rule(finding.rule.id, finding.rule.severity, (), finding.rule.asks, finding.rule.source)
    asked = rule.broken("", entry="this", excerpt=finding.excerpt)
    (problem,) = cite([("", asked)], {"this": source})
    return problem.path, problem.line, problem.column
