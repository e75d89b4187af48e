"""D10: every reader can leave, read on the web, and learn who writes and why, in both parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.contract import links
from feeds.newsletter.contract.addresses import comparable
from feeds.newsletter.contract.list_headers import pages
from feeds.newsletter.contract.mail import squeezed
from feeds.newsletter.contract.page import text_of
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.rules import Finding, Part

_END = 1_500  # characters at the end of a part, among which the reason is
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)")

RULES = table(
    [
        (
            "footer-unsubscribe",
            "D10",
            "error",
            "Both parts have a visible link to unsubscribe.",
            "CAN-SPAM Act, 16 CFR 316.5; GDPR article 7(3)",
        ),
        (
            "footer-web",
            "D10",
            "error",
            "Both parts have a visible link to the issue on the web.",
            "who cannot read the mail reads it there",
        ),
        (
            "footer-postal-address",
            "D10",
            "error",
            "Both parts have the postal address.",
            "CAN-SPAM Act, 15 USC 7704(a)(5); UWG, § 5 DDG in Germany",
        ),
        (
            "footer-reason",
            "D10",
            "error",
            "Both parts end with why people get the mail: the name of the newsletter, or newsletter.reason.",
            "Gmail's and Yahoo's guidelines for senders",
        ),
        (
            "setting-unsubscribe",
            "D10",
            "warning",
            "The settings say where readers unsubscribe.",
            "CAN-SPAM Act, 16 CFR 316.5; Gmail and Yahoo ask for it",
        ),
        (
            "setting-postal-address",
            "D10",
            "warning",
            "The settings have the postal address.",
            "CAN-SPAM Act, 15 USC 7704(a)(5)",
        ),
    ]
)


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge what stands around the posts."""
    yield from _unsubscribe(mail)
    yield from _web(mail)
    yield from _postal_address(mail)
    yield from _reason(mail)


def _parts(mail: Mail) -> Iterator[tuple[Part, str, str]]:
    """Both parts: what they are called, their text, and all that they link to."""
    shown = [
        href
        for element, href in links.shown(mail)
        if text_of(element, mail.page).strip() or element.tag == "a"
    ]
    yield "html", mail.page.visible(), "\n".join(shown)
    yield "text", mail.text, mail.text


def _unsubscribe(mail: Mail) -> Iterator[Finding]:
    given = mail.settings.newsletter
    ways = [given.unsubscribe_url.strip(), given.unsubscribe_mail.strip()]
    if not any(ways):
        yield RULES["setting-unsubscribe"].broken(
            "newsletter.unsubscribe_url is not set: readers have no link to unsubscribe",
            part="html",
            setting="unsubscribe_url",
        )
        return
    wanted = ways[0] or ways[1]
    for part, _, linked in _parts(mail):
        words = linked.split()
        if wanted not in linked and comparable(wanted) not in {comparable(word) for word in words}:
            message = f"the {_named(part)} has no visible link to {wanted[:80]}"
            yield RULES["footer-unsubscribe"].broken(message, part=part, setting="unsubscribe_url")


def _web(mail: Mail) -> Iterator[Finding]:
    known = {comparable(each) for each in pages(mail)}
    for part, _, linked in _parts(mail):
        words = linked.split()
        if not known & {comparable(each) for word in words for each in (word, word.strip(".,;()<>"))}:
            where = max(known, key=len, default="")
            message = f"the {_named(part)} has no visible link to the issue on the web, {where}"
            yield RULES["footer-web"].broken(message, part=part)


def _postal_address(mail: Mail) -> Iterator[Finding]:
    given = mail.settings.newsletter.postal_address
    if not given.strip():
        yield RULES["setting-postal-address"].broken(
            "newsletter.postal_address is not set: the law of many countries asks for one",
            part="html",
            setting="postal_address",
        )
        return
    for part, text, _ in _parts(mail):
        have = _solid(text)
        for line in given.splitlines():
            if _solid(line) not in have:
                message = f"the {_named(part)} lacks {squeezed(line)[:60]!r} of the postal address"
                yield RULES["footer-postal-address"].broken(message, part=part, setting="postal_address")


def _reason(mail: Mail) -> Iterator[Finding]:
    given = mail.settings.newsletter
    name = given.name.strip() or mail.settings.site.title.strip()
    said = given.reason.strip() or given.words.get("reason", "").strip()
    wanted = _MARKUP.sub(r"\1", said).replace("{newsletter}", name) if said else name
    for part, text, _ in _parts(mail):
        # The address may be long, and stands behind the reason or before it.
        end = _solid(text)[-_END - len(_solid(given.postal_address + given.footer)) :]
        if _solid(wanted) not in end:
            message = f"the {_named(part)} does not end with why people get it: {wanted[:60]!r}"
            setting = "reason" if given.reason.strip() else ""
            yield RULES["footer-reason"].broken(message, part=part, setting=setting)


def _named(part: Part) -> str:
    return "HTML" if part == "html" else "text"


def _solid(text: str) -> str:
    """Text without blanks, for lines may be broken anywhere in it, and without what is not seen."""
    return re.sub("[\\s\u200b-\u200f\u2060\u00ad\ufeff]+", "", text)
