"""D12: what only Outlook on Windows reads, in comments that open and close."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.contract import page as pages
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.rules import Finding

_CONDITION = r"\[if [!()&| \w.]+\]"
_WHOLE = re.compile(rf"{_CONDITION}>(.*)<!\[endif\]", re.DOTALL)
_OPENS = re.compile(rf"{_CONDITION}><!")
_CLOSES = re.compile(r"\s*<!\[endif\]")
_MARK = re.compile(r"(?i)\[if\b|\[endif\]")

RULES = table(
    [
        (
            "conditional-balanced",
            "D12",
            "error",
            "A conditional comment opens and closes, and stands in no other.",
            "Outlook on Windows hides the rest of the mail otherwise",
        ),
        (
            "conditional-elements",
            "D12",
            "error",
            "The elements that conditional comments open, they close.",
            "Outlook on Windows would nest the mail otherwise",
        ),
    ]
)


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the conditional comments."""
    inside: list[str] = []
    opened = 0
    for comment in mail.page.comments():
        whole = _WHOLE.fullmatch(comment.data)
        if whole and not _MARK.search(whole[1]) and "<!--" not in whole[1]:
            inside.append(whole[1])
            continue
        if _OPENS.fullmatch(comment.data) and not opened:
            opened = comment.line
        elif _CLOSES.fullmatch(comment.data) and opened:
            opened = 0
        elif _MARK.search(comment.data):
            message = f"<!--{comment.data[:40]} does not open and close"
            yield RULES["conditional-balanced"].broken(message, part="html", line=comment.line)
    if opened:
        message = "a conditional comment has no end"
        yield RULES["conditional-balanced"].broken(message, part="html", line=opened)
    if found := re.search(r"<!\[(?:if|endif)", re.sub(r"<!--.*?-->", _blank, mail.html, flags=re.DOTALL)):
        message = "a conditional comment has no <!-- before it"
        line = mail.html.count("\n", 0, found.start()) + 1
        yield RULES["conditional-balanced"].broken(message, part="html", line=line)
    for _, fault in pages.read("".join(inside)).faults:
        yield RULES["conditional-elements"].broken(f"in conditional comments, {fault}", part="html")


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
