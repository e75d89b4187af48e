"""SendGrid: `POST /v3/marketing/singlesends`, a Single Send, which stays a draft until it is scheduled.

Its Handlebars and its older tags run in subject and both parts, and the documentation knows no way to write
those literally.
Sender, lists and unsubscribe group are of the account, and chosen in the draft.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.issue import shorten
from feeds.newsletter.targets import engines, parts, refusals
from feeds.newsletter.targets.parts import Exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Letter
    from feeds.newsletter.message import Attachment
    from feeds.settings import Workspace

_SERVICE = "SendGrid"
_UNSUBSCRIBE = "{{{unsubscribe}}}"
_SENDERS = "{{Sender_Address}}, {{Sender_City}}, {{Sender_State}} {{Sender_Zip}}, {{Sender_Country}}"
_NOT_IN_STRINGS = re.compile(r'["\\{}]')
_LONGEST_NAME, _MOST_CATEGORIES = 100, 10


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - a Single Send has none
    """The body of the request."""
    settings, issue = workspace.settings, letter.issue
    if tag := parts.first(engines.SENDGRID, issue.subject):
        return Exported(b"", (refusals.refused(letter, workspace, _SERVICE, tag, "subject"),))
    in_html = {
        **parts.plain_html(letter, settings),
        "unsubscribe": _UNSUBSCRIBE,
        "web": "{{Weblink}}",
        "address": parts.address_html(settings) or _SENDERS,
    }
    in_text = {
        **parts.plain_text(letter, settings),
        "unsubscribe": _UNSUBSCRIBE,
        "web": "{{{Weblink}}}",
        "address": parts.address_text(settings) or _SENDERS,
    }
    in_html["name"] = _name(engines.quoted_html(letter.addressee))
    if not _NOT_IN_STRINGS.search(letter.addressee):
        in_text["name"] = _name(letter.addressee)
    text, problems = parts.text_or_link(letter, workspace, _SERVICE, engines.SENDGRID, in_text)
    body = {
        "name": shorten(parts.title_of(issue), _LONGEST_NAME),
        "categories": parts.tags_of(issue, most=_MOST_CATEGORIES),
        "email_config": {
            "subject": issue.subject,
            "html_content": parts.html(letter, in_html),
            "plain_content": text,
            "generate_plain_content": False,
            "editor": "code",
        },
    }
    return Exported(parts.to_json(parts.without_empty(body)), problems)


def _name(otherwise: str) -> str:
    return f'{{{{insert first_name "default={otherwise}"}}}}' if otherwise else "{{first_name}}"
