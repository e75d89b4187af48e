"""Buttondown: `POST /v1/emails` with `status: draft`, which it needs to be told: the API has sent by default.

The body is the mail without its head, for Buttondown's `naked` template, which adds nothing. The comment in
front says that it is HTML; Buttondown else looks for Markdown in it. Django's templates run in subject and
body. Buttondown writes the text part and List-Unsubscribe itself.
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
_NOT_IN_STRINGS = re.compile(r'["\\{}%#]')


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - they are uploaded apart
    """The body of the request."""
    settings, issue = workspace.settings, letter.issue
    given = {
        "unsubscribe": "{{ unsubscribe_url }}",
        "web": "{{ email_url }}",
        "name": _name(letter.addressee, parts.plain_html(letter, settings)["name"]),
        "address": parts.address_html(settings),
    }
    page = parts.html(letter, given)
    inner = _BODY.search(page)
    body = {
        "subject": engines.django_text(issue.subject),
        "body": f"{_MODE}\n{inner[1].strip() if inner else page}\n",
        "status": "draft",
        "email_type": "public",
        "template": "naked",
        "slug": parts.slug_of(issue),
        "description": issue.preheader,
        "canonical_url": "" if issue.is_digest else issue.post.url,
        "image": parts.image_of(issue),
        "metadata": {"issue": str(issue.number), "id": issue.id, "revision": str(issue.revision)},
    }
    return Exported(parts.to_json(parts.without_empty(body)))


def _name(addressee: str, otherwise: str | None) -> str | None:
    """A reader's name, or what stands for one; where that does not fit into a tag it stands alone."""
    if _NOT_IN_STRINGS.search(addressee):
        return otherwise
    return f'{{{{ {_NAME}|default:"{addressee}" }}}}' if addressee else f"{{{{ {_NAME} }}}}"
