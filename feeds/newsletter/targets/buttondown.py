"""Buttondown: `POST /v1/emails` with `status: draft`, which it needs to be told: the API has sent by default.

The body is the mail without its head. The comment in front says that it is HTML; Buttondown else looks for
Markdown in it. The template around it is a setting of the newsletter there, and no field of an email
(github.com/buttondown/openapi, EmailInput), so that one has to be `naked`, which adds nothing. Django's
templates run in subject and body. Buttondown writes the text part and List-Unsubscribe itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.targets import engines, parts
from feeds.newsletter.targets.parts import Exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Letter
    from feeds.newsletter.message import Attachment
    from feeds.settings import Workspace

_MODE = "<!-- buttondown-editor-mode: fancy -->"
_BODY = re.compile(r"<body\b[^>]*>(.*)</body\s*>", re.DOTALL | re.IGNORECASE)
_NAME = "subscriber.metadata.first_name"
_LONGEST_SLUG = 100  # characters: what Buttondown takes


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - they are uploaded apart
    """The body of the request."""
    settings, issue = workspace.settings, letter.issue
    given = {
        "unsubscribe": "{{ unsubscribe_url }}",
        "web": "{{ email_url }}",
        "name": _name(letter.addressee),
        "address": parts.address_html(settings),
    }
    page = parts.html(letter, given)
    inner = _BODY.search(page)
    body = {
        "subject": engines.django_text(issue.subject),
        "body": f"{_MODE}\n{inner[1].strip() if inner else page}\n",
        "status": "draft",
        "slug": parts.own_slug(issue, _LONGEST_SLUG),
        "description": issue.preheader,
        "canonical_url": "" if issue.is_digest else issue.post.url,
        "image": parts.image_of(issue),
        "secondary_id": issue.number,
        "metadata": {"issue": str(issue.number), "id": issue.id, "revision": str(issue.revision)},
    }
    return Exported(parts.to_json(parts.without_empty(body)))


def _name(addressee: str) -> str:
    """A reader's name, or what stands for one, as HTML: Django does not escape what stands in a tag."""
    word = engines.quoted_html(addressee)
    return f'{{{{ {_NAME}|default:"{word}" }}}}' if word else f"{{{{ {_NAME} }}}}"
