"""D9: what lists of mails show behind the subject, which is in the HTML and seen nowhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.contract.mail import squeezed
from feeds.newsletter.contract.page import Element, Text, text_of
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.rules import Finding

FEWEST, MOST = 40, 150
"""Characters: programs show 40 to 110 of them, and no more than 150."""

_ADDRESS = re.compile(r"[a-z]+://\S+")
_FILLER = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2007\u2060-\u2064\ufeff\u00a0]")

RULES = table(
    [
        (
            "preheader-first",
            "D9",
            "error",
            "The preheader of the issue is the first thing in the body.",
            "mail programs show the first text that they find",
        ),
        (
            "preheader-hidden",
            "D9",
            "error",
            "The preheader is hidden in every program: display:none, and mso-hide:all for Outlook.",
            "Outlook on Windows shows what is only display:none",
        ),
        (
            "preheader-length",
            "D9",
            "error",
            "The preheader has at most 150 characters.",
            "no program shows more",
        ),
        (
            "preheader-text",
            "D9",
            "error",
            "The preheader is not in the text part.",
            "who reads the text would read it twice",
        ),
        (
            "preheader-short",
            "D9",
            "warning",
            "The preheader has 40 characters or more.",
            "programs fill up with what comes next",
        ),
    ]
)


def first(mail: Mail) -> Element | None:
    """The element that the preheader is in: the first of the body, when that is hidden."""
    found = None
    for node in mail.page.nodes:
        if isinstance(node, Element) and node.parent is not None and node.parent.tag == "body":
            found = node
            break
        if (
            isinstance(node, Text)
            and node.parent is not None
            and node.parent.tag == "body"
            and node.data.strip()
        ):
            break
    return found if found is not None and found.hidden else None


def written(mail: Mail) -> str:
    """What the preheader says, without what fills it up."""
    element = first(mail)
    if element is None:
        return ""
    said = text_of(element, mail.page, hidden=True)
    return squeezed(_FILLER.sub(" ", said))


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the preheader."""
    if not mail.html:
        return
    wanted = squeezed(_FILLER.sub(" ", mail.letter.issue.preheader))
    # That of a digest is of no single post.
    entry = mail.letter.issue.post.id if len(mail.letter.issue.posts) == 1 else ""
    element, said = first(mail), written(mail)
    if wanted and said != wanted:
        shown = repr(said[:40]) if said else "no preheader"
        message = f"the body begins with {shown}, and not with {wanted[:40]!r}"
        yield RULES["preheader-first"].broken(message, part="html", line=element.line if element else 0)
    if element is not None and said:
        style = {name: value.lower() for name, value, _ in element.style}
        if style.get("display") != "none" or style.get("mso-hide") != "all":
            message = "the preheader lacks display:none or mso-hide:all"
            yield RULES["preheader-hidden"].broken(message, part="html", line=element.line)
        if len(said) > MOST:
            message = f"the preheader has {len(said)} characters"
            yield RULES["preheader-length"].broken(
                message, part="html", entry=entry, field="preheader", excerpt=said
            )
        seen = squeezed(mail.page.visible()) + "".join(
            squeezed(post.visible()) for post in mail.posts.values()
        )
        # An address may hold the words of a short one.
        if squeezed(_ADDRESS.sub(" ", mail.text)).count(said) > seen.count(said):
            message = f"the text part has the preheader, {said[:40]!r}"
            yield RULES["preheader-text"].broken(message, part="text", excerpt=said)
    if len(said or wanted) < FEWEST:
        message = f"the preheader has {len(said or wanted)} characters"
        yield RULES["preheader-short"].broken(message, part="html", entry=entry, field="preheader")
