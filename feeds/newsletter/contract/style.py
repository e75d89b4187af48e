"""D3 and D5: style sheets that no mail program drops as a whole, and styles in elements that all read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.contract import sheet as sheets
from feeds.newsletter.contract.page import Text
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.rules import Finding

MOST_BYTES = 8_192
_SPACE_SEPARATED = re.compile(r"(?i)\b(?:rgb|hsl)a?\(\s*[^(),]*[\s/][^(),]*\)")
_IMPORTANT = re.compile(r"(?i)!\s*important\b")

RULES = table(
    [
        (
            "style-place",
            "D3",
            "error",
            "Style sheets stand in the head.",
            "HTML standard section 4.2.6; Gmail drops others",
        ),
        (
            "style-size",
            "D3",
            "error",
            "The style sheets have at most 8,192 bytes together.",
            "Gmail drops what is longer",
        ),
        (
            "style-import",
            "D3",
            "error",
            "No style sheet loads another.",
            "Gmail drops the sheet; mail loads nothing",
        ),
        (
            "style-nested",
            "D3",
            "error",
            "No media query stands in another.",
            "Gmail drops the sheet",
        ),
        (
            "style-colour",
            "D3",
            "error",
            "Colours have commas: rgba(0, 0, 0, 0.5), not rgb(0 0 0 / 0.5).",
            "Gmail drops the sheet or the attribute",
        ),
        (
            "style-balanced",
            "D3",
            "error",
            "Every brace of a style sheet has its other.",
            "CSS Syntax Level 3 section 5",
        ),
        (
            "style-variable",
            "D5",
            "error",
            "There are no variables: values stand where they are used.",
            "Gmail, Outlook and Yahoo drop them",
        ),
        (
            "style-important-inline",
            "D5",
            "error",
            "No style of an element is !important.",
            "Outlook on Windows drops the declaration",
        ),
        (
            "style-important",
            "D5",
            "error",
            "In a style sheet !important is lower case, with a space before it.",
            "programs that look for ' !important' drop others",
        ),
    ]
)


def css(mail: Mail) -> str:
    """The style sheets of a mail, one after the other, without those in comments for Outlook on Windows."""
    return "\n".join(text.data for text in _sheets(mail))


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the style sheets, and the styles of elements."""
    for element in mail.page.elements("style"):
        if not any(up.tag == "head" for up in element.above()):
            yield RULES["style-place"].broken(
                "there is a style sheet outside the head", part="html", line=element.line
            )
    size = sum(len(text.data.encode()) for text in _sheets(mail))
    if size > MOST_BYTES:
        yield RULES["style-size"].broken(f"the style sheets have {size:,} bytes", part="html")
    for text in _sheets(mail):
        yield from _sheet(text)
    yield from _inline(mail)


def _sheets(mail: Mail) -> Iterator[Text]:
    for node in mail.page.nodes:
        if isinstance(node, Text) and node.parent is not None and node.parent.tag == "style":
            yield node


def _sheet(text: Text) -> Iterator[Finding]:
    plain = re.sub(r"/\*.*?\*/", "", text.data, flags=re.DOTALL)
    parsed = sheets.parse(plain)
    for statement in parsed.statements:
        if statement.lower().startswith("@import"):
            yield _broken("style-import", f"a style sheet has {statement[:60]}", text.line, "@import")
    for query in parsed.nested:
        yield _broken("style-nested", f"{query[:60]} stands in another media query", text.line, query)
    if not parsed.is_balanced:
        yield _broken("style-balanced", "a brace of a style sheet has no other", text.line)
    if found := _SPACE_SEPARATED.search(plain):
        yield _broken("style-colour", f"a style sheet has {found[0]}", text.line, found[0])
    if "var(" in plain.lower():
        yield _broken("style-variable", "a style sheet has var()", text.line, "var(")
    for found in _IMPORTANT.finditer(plain):
        if found[0] != "!important" or plain[: found.start()][-1:] != " ":
            begin = max(found.start() - 20, 0)
            message = f"a style sheet has {plain[begin : found.end()].strip()!r}"
            yield _broken("style-important", message, text.line, plain[begin : found.end()].strip())
            return


def _broken(rule: str, message: str, line: int, excerpt: str = "", entry: str = "") -> Finding:
    return RULES[rule].broken(message, part="html", line=line, excerpt=excerpt, entry=entry)


def _inline(mail: Mail) -> Iterator[Finding]:
    for element in mail.page.elements():
        for name, value, is_important in element.style:
            said = f"{name}: {value}"
            if is_important:
                message = f"<{element.tag}> has {said[:60]} !important"
                yield _broken("style-important-inline", message, element.line, value, mail.entry(said))
            if "var(" in value.lower():
                message = f"<{element.tag}> has {said[:60]}"
                yield _broken("style-variable", message, element.line, value, mail.entry(value))
            if _SPACE_SEPARATED.search(value):
                message = f"<{element.tag}> has {said[:60]}"
                yield _broken("style-colour", message, element.line, value, mail.entry(value))
