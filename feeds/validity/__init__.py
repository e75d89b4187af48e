"""The lint of what is published: the rules of every format, and where a feed breaks them.

It judges any program's feeds by their bytes, and knows nothing of how ours are made. A rule is a row of its
format's module, with its source; what the W3C feed validator raises as an error or a warning is among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from feeds.validity import (
    atom,
    atom_in_rss,
    content,
    documents,
    extensions,
    history,
    json_reading,
    jsonfeed,
    media,
    namespaces,
    opml,
    podcasts,
    rss,
    schemas,
    together,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from feeds.validity.rules import Finding, Rule

FORMATS = {"rss": "RSS 2.0", "atom": "Atom 1.0", "json": "JSON Feed 1.1", "opml": "OPML 2.0"}

RULES: Mapping[str, Rule] = {
    **documents.RULES,
    **namespaces.RULES,
    **rss.RULES,
    **atom_in_rss.RULES,
    **atom.RULES,
    **extensions.RULES,
    **media.RULES,
    **podcasts.RULES,
    **content.RULES,
    **content.PLAIN,
    **json_reading.RULES,
    **jsonfeed.RULES,
    **opml.RULES,
    **history.RULES,
    **schemas.RULES,
    **together.RULES,
}
"""Every rule, by its id."""

_HEAD = 4_096  # bytes in which a document says what it is
_ROOT = re.compile(
    r"[\ufeff\s]*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<(?:[\w.-]+:)?(rss|feed|opml)[\s/>]",
    re.DOTALL | re.IGNORECASE,
)
_ATOM = "http://www.w3.org/2005/Atom"
_JSON = re.compile(r"""[\ufeff\s]*\{.*"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org""", re.DOTALL)


def format_of(data: bytes) -> str:
    """The format of a document, by what is at its beginning: a key of `FORMATS`; empty when it is no feed."""
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = data[:_HEAD].decode("utf-16" if is_wide else "utf-8", "replace")
    if _JSON.match(head):
        return "json"
    root = _ROOT.match(head)
    name = {"rss": "rss", "feed": "atom", "opml": "opml"}[root[1].lower()] if root else ""
    # Many vocabularies have a <feed>.
    return "" if name == "atom" and _ATOM not in head and "purl.org/atom" not in head else name


@dataclass(frozen=True, slots=True)
class Judged:
    """What is wrong with a document, by line, and what it says to others; None for nothing."""

    findings: tuple[Finding, ...]
    published: together.Published | None = None


def lint(data: bytes, *, url: str = "", now: datetime | None = None) -> tuple[Finding, ...]:
    """What is wrong with a document, by line; nothing for what is no feed.

    `url` is where it will be read from, when that is known. Dates after `now` are noticed when it is given.
    """
    return judge(data, url=url, now=now).findings


def judge(data: bytes, *, url: str = "", now: datetime | None = None) -> Judged:
    """As `lint`, with what `together.lint` judges all feeds of a site by."""
    name = format_of(data)
    if name == "json":
        return _json(data, url, now)
    document, unread = documents.read(data) if name else (None, ())
    if document is None:
        return Judged(unread)
    if name == "opml":
        return Judged(_by_line(unread, opml.lint(document, url)))
    found = [*(rss if name == "rss" else atom).lint(document, url, now=now), *history.lint(document, url)]
    if name == "atom":
        found += schemas.untold(found, schemas.lint_atom(document))
    return Judged(_by_line(unread, found), together.of_xml(document, url))


def _json(data: bytes, url: str, now: datetime | None) -> Judged:
    value, unread = json_reading.read(data)
    if value is None:
        return Judged(unread)
    found = [*jsonfeed.lint(value, url, now=now)]
    found += schemas.untold(found, schemas.lint_json(value))
    return Judged(_by_line(unread, found), together.of_json(value, url))


def _by_line(*found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(chain(*found), key=lambda finding: finding.line))
