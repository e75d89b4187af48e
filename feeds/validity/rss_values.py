"""Values of RSS 2.0 that stand in channels and items alike: dates, addresses, people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.validity import shared
from feeds.validity.rss_rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

_DATE_RULES = {"invalid": "rss-date", "weekday": "rss-date-weekday", "odd": "rss-date-form"}
_MAIL_RULES = {"no address": "rss-mail", "no name": "rss-mail-name", "other form": "rss-mail-name"}


@dataclass(frozen=True, slots=True)
class Judge:
    """What every judgement on a document needs: it, the namespace of its own elements, the time."""

    document: Document
    namespace: str
    now: datetime | None = None

    def found(
        self,
        rule: str,
        element: Element,
        message: str,
        *,
        entry: str = "",
        field: str = "",
        excerpt: str = "",
    ) -> Finding:
        """A finding at the line of an element."""
        return RULES[rule].broken(message, line=element.line, entry=entry, field=field, excerpt=excerpt)

    def entry(self, item: Element) -> str:
        """What a finding calls an item: its guid, its link or its title."""
        names = ("guid", "link", "title")
        return next((text for name in names if (text := item.value(name, self.namespace))), "")

    def date(self, element: Element, *, entry: str = "", field: str = "") -> Iterator[Finding]:
        """Judge a date."""
        text = element.text.strip()
        moment = shared.rfc822(text)
        rule = _DATE_RULES.get(moment.fault, "")
        if moment.when and not rule and shared.is_implausible(moment.when, self.now):
            rule = "rss-date-plausible"
        if rule:
            message = f"<{element.name}> is {text!r}"
            yield self.found(rule, element, message, entry=entry, field=field, excerpt=text)

    def address(
        self, element: Element, text: str, *, entry: str = "", field: str = "", rule: str = "rss-address"
    ) -> Iterator[Finding]:
        """Judge an address, which must be absolute."""
        if fault := shared.uri_fault(text):
            message = f"<{element.name}> {fault}: {text!r}"
            yield self.found(rule, element, message, entry=entry, field=field, excerpt=text)
        elif scheme := shared.unregistered_scheme(text):
            message = f"<{element.name}> has the scheme {scheme!r}"
            yield self.found("rss-address-scheme", element, message, entry=entry, field=field, excerpt=text)

    def mail(self, element: Element, *, entry: str = "") -> Iterator[Finding]:
        """Judge a mail address with a name."""
        text = element.text.strip()
        fault = shared.mail_with_name_fault(text)
        if fault:
            message = f"<{element.name}> is {text!r}"
            rule = _MAIL_RULES[fault]
            yield self.found(rule, element, message, entry=entry, field="authors", excerpt=text)

    def twice(
        self, parent: Element, pairs: Iterable[tuple[str, str]], *, entry: str = ""
    ) -> Iterator[Finding]:
        """What is said by an element of RSS and by one of a namespace that means the same."""
        foreign = {child.name: child for child in parent.children if child.namespace in _SAYING}
        for own, other in pairs:
            if other in foreign and parent.first(own, self.namespace):
                message = f"<{foreign[other].label}> says what <{own}> says"
                yield self.found("rss-semantics-once", foreign[other], message, entry=entry)


_SAYING = {"http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/", "http://webns.net/mvcb/"}
