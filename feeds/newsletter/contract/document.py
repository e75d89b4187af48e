"""D1, D2 and D5: what the HTML says of itself, how large it is, and that it is well-formed and at rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.newsletter.contract.mail import squeezed
from feeds.newsletter.contract.page import Text
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.page import Element
    from feeds.newsletter.contract.rules import Finding

DOCTYPE = "<!DOCTYPE html>"
MOST_BYTES, MANY_BYTES = 99_000, 90_000
"""Gmail hides what comes after some 102,000 bytes; clips were seen from 99,507 on."""

_ACTIVE = frozenset({
    "applet", "audio", "base", "button", "canvas", "dialog", "embed", "fieldset", "form", "frame",
    "frameset", "iframe", "input", "link", "math", "meter", "noscript", "object", "option", "output",
    "param", "picture", "portal", "progress", "script", "select", "slot", "source", "svg", "template",
    "textarea", "track", "video",
})  # fmt: skip

RULES = table(
    [
        (
            "html-doctype",
            "D1",
            "error",
            "The HTML begins with <!DOCTYPE html>, written so.",
            "HTML standard section 13.1.1; programs show anything else in quirks mode",
        ),
        (
            "html-language",
            "D1",
            "error",
            "<html> has the language and the direction of the post.",
            "WCAG 2.2 success criterion 3.1.1",
        ),
        (
            "html-charset",
            "D1",
            "error",
            "The head names UTF-8.",
            "HTML standard section 4.2.5.4",
        ),
        (
            "html-viewport",
            "D1",
            "error",
            "The head has a viewport of the width of the device.",
            "phones shrink the mail without it",
        ),
        (
            "html-color-scheme",
            "D1",
            "error",
            "The head says that the mail is for light and for dark.",
            "CSS Color Adjust section 2.2; Apple Mail",
        ),
        (
            "html-title",
            "D1",
            "error",
            "The head has one title, which is not empty.",
            "HTML standard section 4.2.2; WCAG 2.2 success criterion 2.4.2",
        ),
        (
            "html-size",
            "D2",
            "error",
            "The HTML has at most 99,000 bytes, and no more than newsletter.max_bytes.",
            "Gmail clips longer mail, and hides the link to unsubscribe",
        ),
        (
            "html-size-near",
            "D2",
            "warning",
            "The HTML has less than 90,000 bytes: services add tracking to links.",
            "Gmail clips longer mail",
        ),
        (
            "html-well-formed",
            "D5",
            "error",
            "Every element is closed in its turn, and no attribute stands twice.",
            "HTML standard section 13.1.2",
        ),
        (
            "html-active",
            "D5",
            "error",
            "There are no scripts, forms, frames, players, linked files or pictures with choices.",
            "mail programs remove them, or the mail",
        ),
        (
            "html-handler",
            "D5",
            "error",
            "No attribute runs a script.",
            "mail programs remove them, or the mail",
        ),
    ]
)


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the document as a whole."""
    if not mail.html:
        return
    if not mail.html.startswith(DOCTYPE):
        yield _broken("html-doctype", f"the HTML begins with {mail.html[:20]!r}", 1)
    yield from _head(mail)
    yield from _size(mail)
    for line, message in mail.page.faults:
        yield _broken("html-well-formed", message, line)
    for element in mail.page.elements():
        if element.tag in _ACTIVE or (
            element.tag == "meta" and _is_refresh(element.attributes.get("http-equiv", ""))
        ):
            message = f"there is <{element.tag}>"
            excerpt = f"<{element.tag}"
            yield _broken("html-active", message, element.line, mail.entry(excerpt), excerpt)
        for name in element.attributes:
            if name.startswith("on"):
                yield _broken("html-handler", f"<{element.tag}> has {name}", element.line, excerpt=f"{name}=")


def _broken(rule: str, message: str, line: int = 0, entry: str = "", excerpt: str = "") -> Finding:
    return RULES[rule].broken(message, part="html", line=line, entry=entry, excerpt=excerpt)


def _is_refresh(value: str) -> bool:
    return value.strip().lower() == "refresh"


def _head(mail: Mail) -> Iterator[Finding]:
    page, issue = mail.page, mail.letter.issue
    root = next(page.elements("html"), None)
    said = (root.attributes.get("lang", ""), root.attributes.get("dir", "")) if root else ("", "")
    post = issue.post if issue.posts else None
    wanted = (issue.language, issue.direction) if issue.language else said
    if post and not issue.language:
        wanted = (post.language, post.direction)
    if said != wanted or not all(said):
        message = f"the HTML is in {said[0] or 'no language'} ({said[1] or 'no direction'})"
        yield _broken(
            "html-language", f"{message}, and the post in {wanted[0]} ({wanted[1]})", root.line if root else 1
        )
    metas = [each.attributes for each in page.elements("meta") if _is_in_head(each)]
    named = {each.get("name", "").lower(): each.get("content", "").lower() for each in metas}
    if not any(each.get("charset", "").lower() == "utf-8" for each in metas):
        yield _broken("html-charset", "the head does not say charset=utf-8")
    if "width=device-width" not in named.get("viewport", ""):
        yield _broken("html-viewport", "the head has no viewport of width=device-width")
    if not {"light", "dark"} <= set(named.get("color-scheme", "").split()):
        yield _broken("html-color-scheme", "the head has no color-scheme of light and dark")
    titles = [
        "".join(node.data for node in page.nodes if isinstance(node, Text) and node.parent is each)
        for each in page.elements("title")
    ]
    if len(titles) != 1 or not squeezed(titles[0]):
        yield _broken("html-title", "there is no title" if len(titles) < 2 else "there are several titles")  # noqa: PLR2004 - two are several


def _is_in_head(element: Element) -> bool:
    return any(up.tag == "head" for up in element.above())


def _size(mail: Mail) -> Iterator[Finding]:
    size = len(mail.html.encode())
    most = min(mail.settings.newsletter.max_bytes, MOST_BYTES)
    if size > most:
        yield RULES["html-size"].broken(
            f"the HTML has {size:,} bytes, of {most:,} that it may have", part="html", setting="max_bytes"
        )
    elif size > MANY_BYTES and not mail.letter.cut:  # what was cut is as long as it may be
        yield RULES["html-size-near"].broken(
            f"the HTML has {size:,} bytes, which is near the {MOST_BYTES:,} where Gmail clips it", part="html"
        )
