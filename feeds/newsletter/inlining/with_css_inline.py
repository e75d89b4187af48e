"""The css-inline wall: which elements of a document a selector matches, found some twenty times faster.

css-inline reads files and the network for `<link>`, and breaks quotes in merge tags; it gets neither here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.newsletter.inlining.document import styles

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOUND = re.compile(r"\bx(\d+)")


def matches(skeleton: str, selectors: Sequence[str]) -> dict[int, list[int]]:
    """By an element's number: the places in `selectors` of those that match it, in order.

    `skeleton` is of `inlining.document`, `selectors` are normal ones of `inlining.selectors`.
    Raises ConfigError when css-inline is not installed: it is an extra.
    """
    try:
        import css_inline  # noqa: PLC0415 - an extra, which may not be there
    except ImportError as error:
        raise ConfigError(
            "`[newsletter] inliner` is css-inline, which is not installed",
            hint="pip install 'feedwright[fast]', or delete the key",
        ) from error
    inliner = css_inline.CSSInliner(
        inline_style_tags=False,
        load_remote_stylesheets=False,
        extra_css="".join(f"{selector}{{x{at}:1}}" for at, selector in enumerate(selectors)),
    )
    found = styles(inliner.inline(skeleton))
    return {number: sorted(map(int, _FOUND.findall(style))) for number, style in found.items()}
