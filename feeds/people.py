"""People as authors and settings write them down."""

from __future__ import annotations

import re

from feeds.model import Person

LINKED_NAME = re.compile(r"\[(?P<name>[^\]]+)\]\((?P<url>[^()\s]+)\)")
_NAME_WITH_LINK = re.compile(r"(?P<name>[^\[(<]+?)\s*\(\s*\[[^\]]*\]\((?P<url>[^()\s]+)\)\s*\)")
_NAME_WITH_MAIL = re.compile(r"(?P<name>[^<]*?)\s*<(?P<email>[^<>\s]+@[^<>\s]+)>")


def person(text: str) -> Person | None:
    """Read `Name`, `Name <mail>`, `[Name](url)` or `Name ([@handle](url))`; None when it names nobody."""
    text = " ".join(text.split())
    for shape in (LINKED_NAME, _NAME_WITH_LINK, _NAME_WITH_MAIL):
        if found := shape.fullmatch(text):
            part = found.groupdict()
            name = part["name"] or part.get("email", "").partition("@")[0]
            return Person(name=name, email=part.get("email", ""), url=part.get("url", ""))
    return Person(name=text) if text else None
