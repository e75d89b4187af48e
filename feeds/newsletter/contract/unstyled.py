"""D4: with every style sheet gone there is the same mail: many readers of Gmail's app have none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.contract import preheader, sheet, style
from feeds.newsletter.contract import selectors as selecting
from feeds.newsletter.contract.mail import squeezed
from feeds.newsletter.contract.page import hides, is_shown, text_of
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.page import Element
    from feeds.newsletter.contract.rules import Finding

RULES = table(
    [
        (
            "hidden-text",
            "D4",
            "error",
            "Nothing is hidden but the preheader.",
            "spam filters look for hidden text; Gmail's app has no style sheets that could show it",
        ),
        (
            "style-hides",
            "D4",
            "warning",
            "No style sheet hides what others see.",
            "Gmail's app with accounts of others has no style sheets",
        ),
        (
            "style-layout",
            "D4",
            "error",
            "The column has its width without a style sheet.",
            "Gmail's app with accounts of others has no style sheets",
        ),
    ]
)


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge what is seen without style sheets."""
    if not mail.html:
        return
    first = preheader.first(mail)
    for element in mail.page.elements():
        if (
            element is first
            or not hides(element.style)
            or (element.parent is not None and element.parent.hidden)
        ):
            continue
        words = squeezed(text_of(element, mail.page, hidden=True))
        if words:
            message = f"{words[:40]!r} is hidden"
            yield RULES["hidden-text"].broken(
                message, part="html", line=element.line, entry=mail.entry(words[:40]), excerpt=words[:40]
            )
    for rule in sheet.parse(style.css(mail)).rules:
        if not hides(rule.style):
            continue
        for selector in selecting.parse(rule.selectors):
            for element in mail.page.elements():
                if not element.hidden and is_shown(element) and selecting.matches(selector, element):
                    words = squeezed(text_of(element, mail.page))[:40]
                    message = f"a style sheet hides {words!r} ({rule.selectors[:40]})"
                    yield RULES["style-hides"].broken(
                        message, part="html", line=element.line, excerpt=rule.selectors
                    )
                    break
    if mail.page.source and not any(_is_limited(each) for each in mail.page.elements("table", "div", "td")):
        message = "nothing has a width or a max-width of its own"
        yield RULES["style-layout"].broken(message, part="html")


def _is_limited(element: Element) -> bool:
    return any(
        name in {"width", "max-width"} and re.fullmatch(r"\d+px", value) for name, value, _ in element.style
    ) or bool(re.fullmatch(r"\d+", element.attributes.get("width", "")))
