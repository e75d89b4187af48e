"""The formats that are for no service in particular: a mail, a mailbox, a page, a text, and JSON.

What stands in the slots is what the site had to put there when the letter was made. So an issue of the record
has the same bytes whatever the settings are now, and its links are those that its headers have.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from feeds.newsletter import addresses, headers, literals, message
from feeds.newsletter.targets import parts
from feeds.newsletter.targets.parts import Exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Letter, Post
    from feeds.newsletter.message import Attachment
    from feeds.settings import Settings, Workspace


def to_eml(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:
    """The mail itself (RFC 5322), for mail programs and SMTP."""
    return Exported(message.to_eml(letter, *_both(letter, workspace), attachments))


def to_mbox(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:
    """The mail in a mailbox of one (RFC 4155)."""
    return Exported(message.to_mbox([to_eml(letter, workspace, attachments).data]))


def to_html(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - a page has none
    """The HTML part, as a page that a browser shows and a form of any service takes."""
    return Exported(parts.encoded(_both(letter, workspace)[0]))


def to_text(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - a text has none
    """The text part."""
    return Exported(parts.encoded(_both(letter, workspace)[1]))


def to_json(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - scripts take the mail
    """Everything as one JSON object, for scripts of one's own."""
    return Exported(parts.to_json(said(letter, workspace)))


def said(letter: Letter, workspace: Workspace) -> dict[str, object]:
    """All of a letter as plain values, with its slots filled."""
    issue = letter.issue
    has = given(letter, workspace.settings)
    html, text = _both(letter, workspace)
    posts = [_post(post) for post in issue.posts]
    return {
        "number": issue.number,
        "id": issue.id,
        "revision": issue.revision,
        "date": issue.when.isoformat(),
        "subject": issue.subject,
        "preheader": issue.preheader,
        "url": has["web"],
        "headers": {name: headers.shown(value) for name, value in letter.headers},
        "html": html,
        "text": text,
        "content": parts.html(letter, _in_html(letter, has), of=letter.content),
        "cut": letter.cut,
        "post": posts[0],
        "posts": posts,
    }


def given(letter: Letter, settings: Settings) -> dict[str, str]:
    """What the site had for the letter's slots as it was made; today's for a letter that does not say."""
    return dict(letter.given or addresses.given(letter.issue, settings))


def _both(letter: Letter, workspace: Workspace) -> tuple[str, str]:
    has = given(letter, workspace.settings)
    return parts.html(letter, _in_html(letter, has)), parts.text(letter, _in_text(letter, has))


def _in_html(letter: Letter, has: dict[str, str]) -> parts.Given:
    leave = has["unsubscribe"]
    return {
        "unsubscribe": parts.link_html(leave) or None,
        "web": escape(has["web"]),
        "name": literals.in_html(escape(letter.addressee)) or None,
        "address": literals.in_html("<br>".join(map(escape, has["address"].split("\n")))) or None,
    }


def _in_text(letter: Letter, has: dict[str, str]) -> parts.Given:
    return {
        "unsubscribe": has["unsubscribe"] or None,
        "web": has["web"],
        "name": letter.addressee or None,
        "address": has["address"] or None,
    }


def _post(post: Post) -> dict[str, object]:
    return {
        "id": post.id,
        "url": post.url,
        "title": post.title,
        "date": post.published.isoformat(),
        "summary": post.summary,
        "authors": [author.name for author in post.authors],
        "categories": list(post.categories),
        "tags": list(post.tags),
        "language": post.language,
        "image": post.image,
    }
