"""Mailchimp: `POST /3.0/campaigns`, then `PUT /3.0/campaigns/{campaign_id}/content`. Neither sends.

The mail has its own unsubscribe link and address, as Mailchimp wants them, so that it adds no footer. There
is no way to write a merge tag literally but in HTML.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from feeds.newsletter import literals
from feeds.newsletter.issue import shorten
from feeds.newsletter.targets import engines, parts, refusals
from feeds.newsletter.targets.parts import Exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Letter
    from feeds.newsletter.message import Attachment
    from feeds.settings import Workspace

_SERVICE = "Mailchimp"
_UNSUBSCRIBE = "*|UNSUB|*"
_LONGEST = 150  # characters of a subject, which it refuses above that
_LINKS = {"unsubscribe": _UNSUBSCRIBE, "web": "*|ARCHIVE|*"}


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - Mailchimp takes none
    """Both requests, in order."""
    issue = letter.issue
    who = parts.sender(letter)
    if tag := parts.first(engines.MAILCHIMP, issue.subject):
        return Exported(b"", (refusals.refused(letter, workspace, _SERVICE, tag, "subject"),))
    in_html = {
        **_LINKS,
        "name": _name(literals.in_html(escape(letter.addressee))),
        "address": "*|HTML:LIST_ADDRESS_HTML|*",
    }
    in_text = {**_LINKS, "name": _name(letter.addressee), "address": "*|LIST:ADDRESSLINE|*"}
    text, problems = parts.text_or_link(letter, workspace, _SERVICE, engines.MAILCHIMP, in_text)
    requests = [
        {
            "method": "POST",
            "path": "/3.0/campaigns",
            "body": {
                "type": "regular",
                "settings": {
                    "subject_line": shorten(issue.subject, _LONGEST),
                    "title": shorten(parts.title_of(issue), _LONGEST),
                    "from_name": who.name or who.email,
                    "reply_to": parts.reply_to(letter),
                    "auto_footer": False,
                    "inline_css": False,
                },
            },
        },
        {
            "method": "PUT",
            "path": "/3.0/campaigns/{campaign_id}/content",
            "body": {"html": parts.html(letter, in_html), "plain_text": text},
        },
    ]
    return Exported(parts.to_json({"requests": requests}), problems)


def _name(otherwise: str) -> str:
    return f"*|IF:FNAME|**|FNAME|**|ELSE:|*{otherwise}*|END:IF|*" if otherwise else "*|FNAME|*"
