"""What is said when a service would take a text for a merge tag, or gets more than mail programs show.

A text is the author's or of the settings: the one who can mend it is named, with what can be done.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from feeds.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.model import Issue, Letter, Post
    from feeds.problems import Severity
    from feeds.settings import Settings, Workspace

SLOT = "\0"
"""What stands for a slot in a text that is searched for tags, and so in what is found."""

_GREETING = "newsletter.greeting"  # the only setting that a slot can stand in
_ELEMENT = re.compile(r"<[^<>]*>")

# What to do about a tag of an author's, by the place that it is in.
_MENDED = {
    "subject": "word it differently, for mails with `newsletter: {subject: …}`, or take another format",
    "title": "give the post a title without it, or take another format",
    "preheader": "word it differently, for this issue with `--preheader TEXT`, or take another format",
    "excerpt": "word it differently, for this issue with `--preheader TEXT`; else the service makes its own",
    "post": "describe the tag without writing it, or take another format",
    "text part": "nothing, if readers of the HTML part are all you have; else take another format",
}


class _Origin(NamedTuple):
    """Whose a text is: the file that has it, and its key in the settings, empty for a post."""

    path: str
    key: str = ""


def refused(letter: Letter, workspace: Workspace, service: str, tag: str, where: str) -> Problem:
    """A text of the `where` ("subject") is a tag to the service, so that nothing is handed over."""
    return _in_the_way(letter, workspace, service, tag, where, "error")


def replaced(letter: Letter, workspace: Workspace, service: str, tag: str) -> Problem:
    """The text part is a link, because of a tag in it."""
    return _in_the_way(letter, workspace, service, tag, "text part", "warning", "a link stands there")


def left_out(letter: Letter, workspace: Workspace, service: str, tag: str, where: str) -> Problem:
    """What the file goes without, because of a tag in it."""
    return _in_the_way(letter, workspace, service, tag, where, "warning", "there is none")


def too_large(letter: Letter, workspace: Workspace, service: str, content: str) -> tuple[Problem, ...]:
    """A warning when the posts, which go to the service whole, are more than `[newsletter] max_bytes`."""
    size, most = len(content.encode(errors="replace")), workspace.settings.newsletter.max_bytes
    if size <= most:
        return ()
    message = (
        f"{service} gets {size:,} bytes of HTML, more than newsletter.max_bytes ({most:,}): Gmail hides the "
        "end of such mails, and with it the link to unsubscribe"
    )
    return (
        Problem(
            code="mail-advice",
            message=message,
            path=_path(letter.issue.post, workspace),
            hint=f"{service} takes posts whole, for its page on the web as well: split the post, or mail its "
            "summary in a digest",
            severity="warning",
        ),
    )


def _in_the_way(
    letter: Letter,
    workspace: Workspace,
    service: str,
    tag: str,
    where: str,
    severity: Severity,
    instead: str = "",
) -> Problem:
    origin = _origin(letter, workspace, tag)
    hint = _MENDED[where]
    place = f"the {where}"
    if origin.key:
        place += f", from {origin.key},"
        hint = "word that setting differently, or take another format"
    message = f"{service} would take {tag.replace(SLOT, '…')!r} in {place} for a merge tag"
    return Problem(
        code="mail-merge-tag",
        message=f"{message}, so {instead}" if instead else message,
        path=origin.path,
        hint=hint,
        severity=severity,
    )


def _origin(letter: Letter, workspace: Workspace, tag: str) -> _Origin:
    """The post that has `tag` in it, or else the setting; the newest post when neither has it."""
    pieces = [_plain(piece) for piece in tag.split(SLOT) if piece.strip()]
    if SLOT not in tag:
        for post in letter.issue.posts:
            if any(_plain(tag) in _plain(text) for text in _of_post(post, letter.issue)):
                return _Origin(_path(post, workspace))
    for key, text in _of_settings(workspace.settings):
        if all(piece in _plain(text) for piece in pieces) and (SLOT not in tag or key == _GREETING):
            return _Origin(workspace.file.name, key)
    return _Origin(_path(letter.issue.post, workspace))


def _of_post(post: Post, issue: Issue) -> Iterator[str]:
    said = post.mailing
    yield from (post.title, post.summary, said.subject, said.preheader, said.intro)
    yield from (*post.categories, *post.tags, *(author.name for author in post.authors))
    yield unescape(post.html)
    yield unescape(_ELEMENT.sub("", post.html))
    if post is issue.post:
        yield issue.intro


def _of_settings(settings: Settings) -> Iterator[tuple[str, str]]:
    """The settings that a letter is made of, by their keys."""
    given = settings.newsletter
    names = ("greeting", "footer", "reason", "postal_address", "subject", "digest_subject", "name", "sender")
    for name in names:
        yield f"newsletter.{name}", getattr(given, name)
    for name, words in given.words.items():
        yield f"newsletter.words.{name}", words
    yield "site.title", settings.site.title


def _plain(text: str) -> str:
    return " ".join(text.split())


def _path(post: Post, workspace: Workspace) -> str:
    return str(PurePosixPath(workspace.settings.content.dir) / post.path)
