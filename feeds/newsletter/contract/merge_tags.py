"""D11: what a mail service takes for one of its tags is of the settings or the theme, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from feeds.newsletter.contract.list_headers import is_of_service
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.rules import Finding

_SYNTAX = re.compile(
    r"\{\{|\{%|\{#|\*\||\|\*|<%|\$\{|\[\[|%%|%(?:recipient|unsubscribe|tag_unsubscribe|mailing_list)[\w.]*%"
)
_FILLED_IN = re.compile(
    r"\{\{.*?\}\}+|\{%.*?%\}|\*\|.*?\|\*|<%.*?%>|%%.*?%%|\$\{.*?\}|\[\[.*?\]\]|%\w[\w.]*%"
)
_AROUND = 30  # characters that say where it is

RULES = table(
    [
        (
            "tag-filled",
            "D11",
            "error",
            "Every slot is filled or gone.",
            "readers would see it",
        ),
        (
            "tag-declared",
            "D11",
            "error",
            "The merge tags of the theme and the settings stand in the HTML as often as the theme says.",
            "an inliner changes or loses them",
        ),
        (
            "tag-foreign",
            "D11",
            "error",
            (
                "Nothing else in the HTML can be taken for a merge tag: an author's braces are character "
                "references."
            ),
            "the template languages of mail services",
        ),
        (
            "tag-foreign-text",
            "D11",
            "warning",
            "The text part has nothing that the service of newsletter.unsubscribe_url takes for a merge tag.",
            "the template languages of mail services",
        ),
    ]
)


def declared(mail: Mail) -> list[str]:
    """The merge tags that a mail may have: those of the theme, and that of the settings to unsubscribe.

    That one may be an address with a tag in it, which HTML has with all around the tag escaped.
    """
    url = mail.settings.newsletter.unsubscribe_url.strip()
    tags = [tag for tag in mail.letter.tags if tag]
    if not is_of_service(url):
        return tags
    ends = [0, *(end for found in _FILLED_IN.finditer(url) for end in found.span()), len(url)]
    pieces = [url[begin:end] for begin, end in pairwise(ends)]
    in_html = "".join(piece if at % 2 else escape(piece) for at, piece in enumerate(pieces))
    return list(dict.fromkeys([*tags, url, in_html]))


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the tags, and what looks like some."""
    letter = mail.letter
    for part, text in (("html", mail.html), ("text", mail.text)):
        if letter.token and letter.token in text:
            name = "HTML" if part == "html" else "text"
            message = f"a slot of the letter is left in the {name}"
            yield RULES["tag-filled"].broken(message, part="html" if part == "html" else "text")
    yield from _counted(mail)
    rest = mail.html
    for tag in sorted(declared(mail), key=len, reverse=True):
        rest = rest.replace(tag, " " * len(tag))
    for found in _SYNTAX.finditer(rest):
        begin = max(found.start() - _AROUND, 0)
        around = rest[begin : found.end() + _AROUND].split("\n")
        line = rest.count("\n", 0, found.start()) + 1
        excerpt = next((each for each in around if found[0] in each), found[0])
        message = f"a mail service can take {found[0]} in {excerpt.strip()[:60]!r} for a tag of its own"
        behind = rest[found.start() : found.end() + 12].split("\n")[0]
        yield RULES["tag-foreign"].broken(
            message, part="html", line=line, entry=mail.entry(behind) or mail.entry(found[0]), excerpt=behind
        )
    yield from _in_text(mail)


def _in_text(mail: Mail) -> Iterator[Finding]:
    """What the service that the settings name can take for a tag: said once, for the first line."""
    tags = declared(mail)
    url = mail.settings.newsletter.unsubscribe_url.strip()
    own = _SYNTAX.search(url) if url in tags else None
    if own is None:
        return
    found: list[tuple[int, str]] = []
    for number, line in enumerate(mail.text.split("\n"), 1):
        plain = line
        for tag in tags:
            plain = plain.replace(tag, "")
        if own[0] in plain:
            found.append((number, plain.strip()))
    if found:
        line_, said = found[0]
        more = f" and {len(found) - 1} lines more" if len(found) > 1 else ""
        message = f"a mail service can take {own[0]} in {said[:60]!r}{more} for a tag of its own"
        yield RULES["tag-foreign-text"].broken(
            message, part="text", line=line_, entry=mail.entry(said), excerpt=said
        )


def _counted(mail: Mail) -> Iterator[Finding]:
    """Each tag of the theme stands as often as its slot does; one in a region may be left out."""
    letter = mail.letter
    if not letter.token:
        return
    slot = re.compile(rf"{re.escape(letter.token)}tag(\d{{1,6}})z")
    region = re.compile(
        rf"{re.escape(letter.token)}([a-z]+)startz.*?{re.escape(letter.token)}\1endz", re.DOTALL
    )
    most, least = Counter[str](), Counter[str]()
    for text, counter in ((letter.html, most), (region.sub("", letter.html), least)):
        for number in slot.findall(text):
            if int(number) < len(letter.tags):
                counter[letter.tags[int(number)]] += 1
    for tag in dict.fromkeys(letter.tags):
        # A tag may be part of another, or of what the settings say.
        others = [other for other in declared(mail) if other != tag and tag in other]
        count = mail.html.count(tag) - sum(
            mail.html.count(other) * other.count(tag) for other in dict.fromkeys(others)
        )
        if not least[tag] <= count <= most[tag]:
            message = f"the theme's {tag[:60]} stands {count} times in the HTML, and not {most[tag]}"
            yield RULES["tag-declared"].broken(message, part="html", excerpt=tag)
