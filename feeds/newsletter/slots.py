"""Slots: the places in a letter for what only the mail service knows, such as a reader's own link.

A letter is written once, for any service. Where the theme says `{{ unsubscribe.url }}`, the finished letter
has a token that no author can have written, because it is made from all that the authors wrote. Each format
puts its own merge tag, an address or nothing there: a region between `{{ unsubscribe.start }}` and
`{{ unsubscribe.end }}` goes altogether where the service has nothing to put.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from feeds.templates import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

NAMES = ("unsubscribe", "web", "name", "address")
"""What a slot is for: the link to unsubscribe, the issue on the web, a reader's name, the postal address."""

_START, _URL, _END = "start", "url", "end"


def token(said: Iterable[str]) -> str:
    """What the slots of a letter begin with: letters and digits, of which `said` holds no such."""
    digest = hashlib.sha256()
    for each in said:
        digest.update(each.encode(errors="surrogatepass") + b"\0")
    return f"slot{digest.hexdigest()[:20]}"


def values(of: str, *, html: bool) -> dict[str, object]:
    """What templates are handed for a letter whose slots begin with `of`: `NAMES`, each with three marks.

    In HTML the start and the end are comments, which can stand between any elements but within none.
    """
    found: dict[str, object] = {}
    for name in NAMES:
        marks = {mark: f"{of}{name}{mark}z" for mark in (_START, _URL, _END)}
        if html:
            marks |= {mark: f"<!--{marks[mark]}-->" for mark in (_START, _END)}
        found[name] = {mark: safe(text) for mark, text in marks.items()}
    return found


def tag(of: str, number: int) -> str:
    """The slot of the `number`th merge tag that the site's own theme writes for its service."""
    return f"{of}tag{number}z"


def fill(
    letter: str,
    of: str,
    given: Mapping[str, str | None],
    tags: Iterable[str] = (),
    *,
    escape: Callable[[str], str] = lambda text: text,
) -> str:
    """The HTML or the text of a letter with its slots, which begin with `of`, filled.

    `given` has, by a slot's name, what to put there, as it is to stand there; None for nothing, and then
    the regions of that slot are left out. Marks that are alone on a line take it along. `tags` are those of
    the theme, in order. `escape` is done to all that is between.
    """
    kept = tuple(tags)
    parts: list[str] = []
    hidden = 0
    end = 0
    for found in _pattern(of).finditer(letter):
        if not hidden:
            parts.append(escape(letter[end : found.start()]))
        end = found.end()
        if found["number"]:
            if not hidden:
                parts.append("".join(kept[int(found["number"]) :][:1]))  # of a record, which may be edited
            continue
        if found["value"]:
            if not hidden:
                parts.append(given.get(found["value"]) or "")
        elif given.get(found["name"]) is None:
            hidden += 1 if found["mark"] == _START else -1
    parts.append(escape(letter[end:]))
    return "".join(parts)


def names(letter: str, of: str) -> list[str]:
    """The slots of a letter that stand for something, in order, by name; of the theme's own tags, `tag`."""
    return [
        found["value"] or "tag"
        for found in _pattern(of).finditer(letter)
        if found["number"] or found["value"]
    ]


def _pattern(of: str) -> re.Pattern[str]:
    # A mark that is alone on its line takes the line with it. Only marks are comments, not what is filled in.
    known = "|".join(NAMES)
    return re.compile(
        rf"(?:^(?P<alone>)(?=(?:<!--)?{of}[a-z]+(?:{_START}|{_END})z(?:-->)?\n))?"
        rf"(?:(?P<comment><!--)?{of}(?P<name>{known})(?P<mark>{_START}|{_END})z(?(comment)-->)(?(alone)\n)"
        rf"|{of}(?:tag(?P<number>\d+)|(?P<value>{known}){_URL})z)",
        re.MULTILINE,
    )
