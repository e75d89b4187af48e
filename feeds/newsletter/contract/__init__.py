"""The contract of a mail that arrives right everywhere: its clauses as rules, which every issue is judged by.

What is judged is the finished message, by code that had no part in writing it. A rule is a row of its room's
table, with the clause that it is of and its source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.newsletter.contract import (
    conditional,
    contrast,
    document,
    footer,
    headers,
    images,
    links,
    list_headers,
    mail,
    merge_tags,
    mime,
    preheader,
    signature,
    style,
    tables,
    text,
    unstyled,
)
from feeds.newsletter.contract.citation import SETTINGS, THEME, problems
from feeds.newsletter.contract.rules import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.model import Letter
    from feeds.settings import Settings

__all__ = ["RULES", "SETTINGS", "THEME", "Finding", "Rule", "judge", "problems"]

_ROOMS = (
    headers,
    list_headers,
    signature,
    mime,
    document,
    style,
    unstyled,
    links,
    images,
    tables,
    preheader,
    footer,
    merge_tags,
    conditional,
    contrast,
    text,
)

RULES: Mapping[str, Rule] = {name: rule for room in _ROOMS for name, rule in room.RULES.items()}
"""Every rule, by its id."""


def contrasts(eml: bytes, letter: Letter, settings: Settings) -> list[tuple[str, float, str]]:
    """In light, in dark and otherwise: the least contrast of a text, to 1, and that text (WCAG 2.2)."""
    return contrast.lowest(mail.read(eml, letter, settings))


def judge(eml: bytes, letter: Letter, settings: Settings) -> tuple[Finding, ...]:
    """What is wrong with a message that is to be the letter of a site with these settings.

    Clause by clause; never raises, whatever the bytes are.
    """
    taken = mail.read(eml, letter, settings)
    return tuple(finding for room in _ROOMS for finding in room.lint(taken))
