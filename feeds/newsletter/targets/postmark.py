"""Postmark: `POST /templates`, a template that is kept and mails nobody; what sends it names its alias.

Mustachio runs in subject and both parts (github.com/ActiveCampaign/mustachio), and any text can be written
literally there. Postmark knows no page of a mail on the web. On broadcast streams it adds List-Unsubscribe.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from feeds.newsletter import literals
from feeds.newsletter.issue import shorten
from feeds.newsletter.targets import engines, parts
from feeds.newsletter.targets.parts import Exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Letter
    from feeds.newsletter.message import Attachment
    from feeds.settings import Workspace

_UNSUBSCRIBE = "{{{ pm:unsubscribe }}}"
_LONGEST_NAME = 100


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - they come with what sends
    """The body of the request."""
    settings, issue = workspace.settings, letter.issue
    plain = parts.plain_text(letter, settings)
    in_html = {
        **parts.plain_html(letter, settings),
        "unsubscribe": _UNSUBSCRIBE,
        "name": _name(literals.in_html(escape(letter.addressee))),
    }
    in_text = {
        **{name: engines.mustachio_text(value) if value else None for name, value in plain.items()},
        "unsubscribe": _UNSUBSCRIBE,
        "name": _name(engines.mustachio_text(letter.addressee)),
    }
    body = {
        "Name": shorten(parts.title_of(issue), _LONGEST_NAME),
        "Alias": parts.name_of(issue),
        "TemplateType": "Standard",
        "Subject": engines.mustachio_text(issue.subject),
        "HtmlBody": parts.html(letter, in_html),
        "TextBody": parts.text(letter, in_text, engines.mustachio_text),
    }
    return Exported(parts.to_json(body))


def _name(otherwise: str) -> str:
    """A reader's first name, or what is said instead. A dot is the value of the section that it stands in."""
    named = "{{#first_name}}{{.}}{{/first_name}}"
    return named + f"{{{{^first_name}}}}{otherwise}{{{{/first_name}}}}" if otherwise else named
