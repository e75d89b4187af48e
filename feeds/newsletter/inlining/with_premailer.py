"""The premailer wall: which elements of a document a selector matches.

Premailer gets nothing that it could fetch, misread or lose: no texts, no sheets, no values of declarations,
only the elements and the selectors. So its ways with `@import`, `!important` and merge tags do not matter.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

import cssutils
import premailer

from feeds.newsletter.inlining.document import styles

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOUND = re.compile(r"\bx(\d+)")
_COLON_IN_STRING = re.compile(r"\"[^\"]*\"|'[^']*'|\\:")

cssutils.log.setLevel(logging.CRITICAL + 1)  # it would talk about every property that it does not know


def matches(skeleton: str, selectors: Sequence[str]) -> dict[int, list[int]]:
    """By an element's number: the places in `selectors` of those that match it, in order.

    `skeleton` is of `inlining.document`, `selectors` are normal ones of `inlining.selectors`.
    """
    finder = _Finder(
        skeleton,
        css_text=[tuple(map(_for_premailer, selectors))],
        allow_network=False,
        allow_loading_external_files=False,
        disable_leftover_css=True,
        disable_validation=True,
        align_floating_images=False,
    )
    found = styles(finder.transform(pretty_print=False))
    return {number: sorted(map(int, _FOUND.findall(style))) for number, style in found.items()}


class _Finder(premailer.Premailer):  # type: ignore[misc]  # premailer has no types
    """Premailer, asked which rule matches instead of what it says."""

    def _parse_style_rules(
        self, css_body: Sequence[str], ruleset_index: int
    ) -> tuple[list[tuple[tuple[int, ...], str, str]], list[Any]]:
        return [((ruleset_index, at), selector, f"x{at}:1") for at, selector in enumerate(css_body)], []


def _for_premailer(selector: str) -> str:
    """A selector that premailer leaves whole: it cuts at the first colon unless `:nth-child` stands there."""
    escaped = _COLON_IN_STRING.sub(lambda found: found[0].removeprefix("\\").replace(":", r"\3a "), selector)
    return escaped.replace(":", ":nth-child(n):", 1)
