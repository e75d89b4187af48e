"""What the targets share: slots filled, addresses, JSON, and what is said when a tag is in the way."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape, unescape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds.model import Person
from feeds.newsletter import literals, slots
from feeds.newsletter.addresses import web_url
from feeds.newsletter.naming import last_segment
from feeds.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeds.model import Issue, Letter, Post
    from feeds.problems import Severity
    from feeds.settings import Settings

Given = dict[str, str | None]
"""What to put into the slots, by their names; None leaves the region of a slot out."""

_TAG = re.compile(r"\{\{|\{%|\*\||<%|%[A-Za-z_][\w.]*%|\$\{|\[\[|%%")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PAGE_END = re.compile(r"(?:^index)?\.html?$")
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
    unsubscribe = settings.newsletter.unsubscribe_url.strip()
    return {
        "unsubscribe": (unsubscribe if _TAG.search(unsubscribe) else escape(unsubscribe)) or None,
        "web": escape(web_url(letter.issue, settings)),
        "name": literals.in_html(escape(letter.addressee)) or None,
        "address": address_html(settings),
    }


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
    """The end of the address that a service gives its own page of the issue: that of the post."""
    if issue.is_digest:
        return name_of(issue)
    end = _PAGE_END.sub("", last_segment(issue.post.url)).casefold()
    return _NOT_IN_NAMES.sub("-", end).strip("-") or name_of(issue)


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
    settings: Settings,
    service: str,
    pattern: re.Pattern[str],
    given: Mapping[str, str | None],
) -> tuple[str, tuple[Problem, ...]]:
    """The text part for a service that has no way to write what `pattern` finds.

    Where an author wrote such a thing it is the subject, the issue's address, and the way to leave.
    """
    address = given["address"] or ""
    own = address if address == address_text(settings) else ""
    tag = foreign(letter, pattern, own)
    if not tag:
        return text(letter, given), ()
    lines = [letter.issue.subject, "", web_url(letter.issue, settings), "", given["unsubscribe"] or ""]
    if not first(pattern, own):
        lines += ["", address]
    message = f"{service} would take {tag!r} in the text part for a merge tag, so a link stands there"
    problem = _in_the_way(letter, settings, tag, "warning", message)
    return "\n".join(lines).strip("\n") + "\n", (problem,)


def refused(letter: Letter, settings: Settings, service: str, tag: str, where: str) -> Problem:
    """A text of the `where` ("subject") is a tag to the service, so that nothing is handed over."""
    return _in_the_way(
        letter, settings, tag, "error", f"{service} would take {tag!r} in the {where} for a merge tag"
    )


def _in_the_way(letter: Letter, settings: Settings, tag: str, severity: Severity, message: str) -> Problem:
    post = _written_in(letter.issue, tag)
    hints = {
        "error": "word it differently, for mails with `newsletter: {subject: …}`, or take another format",
        "warning": "nothing, if readers of the HTML part are all you have; else take another format",
    }
    return Problem(
        code="mail-merge-tag",
        message=message,
        path=str(PurePosixPath(settings.content.dir) / post.path),
        hint=hints[severity],
        severity=severity,
    )


def _written_in(issue: Issue, tag: str) -> Post:
    """The post that has `tag` in it; the newest when none has, as for one of the settings."""
    for post in issue.posts:
        if any(
            tag in each for each in (post.title, post.summary, post.mailing.subject, post.mailing.preheader)
        ):
            return post
    return next((post for post in issue.posts if tag in unescape(post.html)), issue.post)


def first(pattern: re.Pattern[str], *texts: str) -> str:
    """The first thing in `texts` that a service would take for a tag, or an empty text."""
    found = (each for each in map(pattern.search, texts) if each)
    return next((each[0] for each in found), "")


def foreign(letter: Letter, pattern: re.Pattern[str], *own: str) -> str:
    """The same for what authors wrote of the text part and of its greeting, and for `own`, from the settings.

    Where a slot is, the pattern sees U+0000.
    """
    mark = "\0"
    marks = slots.fill(letter.text, letter.token, dict.fromkeys(slots.NAMES, mark), [mark] * len(letter.tags))
    return first(pattern, marks, letter.addressee, *own)
