"""What the targets share: slots filled, addresses, JSON, and a text part that stands for another."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from feeds.model import Person
from feeds.newsletter import literals, slots
from feeds.newsletter.addresses import web_url
from feeds.newsletter.naming import last_segment
from feeds.newsletter.targets import refusals
from feeds.newsletter.theme import values, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeds.model import Issue, Letter
    from feeds.problems import Problem
    from feeds.settings import Settings, Workspace

Given = dict[str, str | None]
"""What to put into the slots, by their names; None leaves the region of a slot out."""

# A merge tag in the setting for the link to leave, alone or in an address, in which %aa is a byte.
_TAG = re.compile(
    r"(\{\{.*?\}\}+|\{%.*?%\}|\*\|.*?\|\*|<%.*?%>|%%.*?%%|\$\{.*?\}|\[\[.*?\]\]"
    r"|%[A-Za-z_][\w.]*%(?![0-9A-Fa-f]{2})|%(?![0-9A-Fa-f]{2})[A-Za-z_][\w.]*%)"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_PAGE_END = re.compile(r"(?:^index)?\.html?$")
_MARK = re.compile("[\u0300-\u036f]")
_LONGEST_SLUG = 191
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Exported:
    """One file for a service: its bytes, and what was lost or refused.

    An error among the problems means that the service would show something else than the author wrote; then
    there is no file, and `data` is empty.
    """

    data: bytes
    problems: tuple[Problem, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the issue cannot be handed to this service."""
        return any(problem.severity == "error" for problem in self.problems)


def html(letter: Letter, given: Mapping[str, str | None], *, of: str | None = None) -> str:
    """The letter's HTML, or another HTML `of` it, with its slots filled."""
    return slots.fill(letter.html if of is None else of, letter.token, given, letter.tags)


def text(
    letter: Letter, given: Mapping[str, str | None], escaped: Callable[[str], str] = lambda each: each
) -> str:
    """The letter's text part with its slots filled, and what stands between them `escaped`."""
    return slots.fill(letter.text, letter.token, given, letter.tags, escape=escaped)


def plain_html(letter: Letter, settings: Settings) -> Given:
    """What goes into the slots of the HTML where no service is known."""
    return {
        "unsubscribe": link_html(settings.newsletter.unsubscribe_url.strip()) or None,
        "web": escape(web_url(letter.issue, settings)),
        "name": literals.in_html(escape(letter.addressee)) or None,
        "address": address_html(settings),
    }


def link_html(url: str) -> str:
    """An address as HTML, with the merge tags in it as they are."""
    return "".join(piece if at % 2 else escape(piece) for at, piece in enumerate(_TAG.split(url)))


def plain_text(letter: Letter, settings: Settings) -> Given:
    """What goes into the slots of the text part where no service is known."""
    return {
        "unsubscribe": settings.newsletter.unsubscribe_url.strip() or None,
        "web": web_url(letter.issue, settings),
        "name": letter.addressee or None,
        "address": address_text(settings),
    }


def address_html(settings: Settings) -> str | None:
    """The postal address of the settings, as HTML."""
    lines = (address_text(settings) or "").split("\n")
    return literals.in_html("<br>".join(map(escape, lines))) or None


def address_text(settings: Settings) -> str | None:
    """The postal address of the settings, line by line."""
    lines = (" ".join(line.split()) for line in settings.newsletter.postal_address.splitlines())
    return "\n".join(line for line in lines if line) or None


def to_json(value: object) -> bytes:
    """Write a request body as people read JSON; the same value gives the same bytes."""
    return encoded(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def encoded(text: str) -> bytes:
    """A text in UTF-8, with U+FFFD for what that cannot write."""
    return _SURROGATES.sub("\ufffd", text).encode()


def without_empty(values: Mapping[str, object]) -> dict[str, object]:
    """Leave out what the author did not say: services take an empty text for one that was meant."""
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}


def sender(letter: Letter) -> Person:
    """Who the letter is from."""
    return next(value for name, value in letter.headers if name == "From" and isinstance(value, Person))


def reply_to(letter: Letter) -> str:
    """The address that answers go to."""
    found = dict(letter.headers).get("Reply-To")
    return found.email if isinstance(found, Person) else sender(letter).email


def name_of(issue: Issue) -> str:
    """What an issue is called among the drafts of a service, in letters, digits and dashes: `issue-0007`."""
    return f"issue-{issue.number:04}"


def title_of(issue: Issue) -> str:
    """What an issue is called among the drafts of a service, for people."""
    return f"{issue.number}: {issue.subject}"


def slug_of(issue: Issue) -> str:
    """The end of the address of the issue's page, in ASCII: that of its post, or else what it is called."""
    return own_slug(issue) or name_of(issue)


def own_slug(issue: Issue, longest: int = _LONGEST_SLUG) -> str:
    """The same for a service that makes one itself where there is none, in at most `longest` characters.

    It is empty where the post's has letters that ASCII lacks, which services transliterate.
    """
    if issue.is_digest:
        return name_of(issue)
    end = _PAGE_END.sub("", last_segment(issue.post.url)).casefold()
    plain = _MARK.sub("", unicodedata.normalize("NFKD", end))
    if any(sign.isalnum() and not sign.isascii() for sign in plain):
        return ""
    slug = _NOT_IN_NAMES.sub("-", plain).strip("-")
    if len(slug) <= longest:
        return slug
    whole = slug[: longest + 1].rpartition("-")[0]
    return (whole if len(whole) >= longest // 2 else slug[:longest]).strip("-")


def tags_of(issue: Issue, most: int, longest: int = 100) -> list[str]:
    """The first `most` of the posts' categories and tags, each once, whatever its case."""
    terms = [term for post in issue.posts for term in (*post.categories, *post.tags)]
    found = {term.casefold(): term for term in reversed(terms)}
    kept = [found[key] for key in dict.fromkeys(term.casefold() for term in terms)]
    return [term for term in kept if len(term) <= longest][:most]


def image_of(issue: Issue) -> str:
    """The picture of the issue: that of its newest post."""
    return issue.post.image


def text_or_link(
    letter: Letter,
    workspace: Workspace,
    service: str,
    pattern: re.Pattern[str],
    given: Mapping[str, str | None],
) -> tuple[str, tuple[Problem, ...]]:
    """The text part for a service that has no way to write what `pattern` finds.

    Where an author wrote such a thing it is the subject, the issue's address, the way to leave, and why the
    reader gets it.
    """
    settings = workspace.settings
    address = given["address"] or ""
    own = address if address == address_text(settings) else ""
    tag = foreign(letter, pattern, own)
    if not tag:
        return text(letter, given), ()
    said = words.of(values.spoken(letter.issue)[0], settings.newsletter.words)
    links = [("view", web_url(letter.issue, settings)), ("unsubscribe", given["unsubscribe"] or "")]
    labels = [(said.said[name], link) for name, link in links]
    reason = str(values.in_text(letter.token, said, settings)["reason"])
    lines = [
        letter.issue.subject,
        "",
        *(link if first(pattern, label) else f"{label}: {link}" for label, link in labels),
        "",
        *([] if first(pattern, reason) else [reason]),
        *([] if first(pattern, own) else [address]),
    ]
    return "\n".join(lines).rstrip("\n") + "\n", (refusals.replaced(letter, workspace, service, tag),)


def first(pattern: re.Pattern[str], *texts: str) -> str:
    """The first thing in `texts` that a service would take for a tag, or an empty text."""
    found = (each for each in map(pattern.search, texts) if each)
    return next((each[0] for each in found), "")


def foreign(letter: Letter, pattern: re.Pattern[str], *own: str) -> str:
    """The same for what authors wrote of the text part and of its greeting, and for `own`, from the settings.

    Where a slot is, the pattern sees U+0000.
    """
    mark = refusals.SLOT
    marks = slots.fill(letter.text, letter.token, dict.fromkeys(slots.NAMES, mark), [mark] * len(letter.tags))
    return first(pattern, marks, letter.addressee, *own)
