"""Mailgun: `POST /v3/{domain}/messages`, a form. In test mode, which accepts the mail and delivers none.

Mailgun keeps no drafts: to send, put the address of the mailing list into `to` and leave `o:testmode` out.
The link to leave is that of the mailing list; Mailgun's other one stops all mail of the domain. It knows no
page of a mail on the web, and no word to say where it has no name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.model import MailingList
from feeds.newsletter import headers
from feeds.newsletter.targets import engines, parts, refusals
from feeds.newsletter.targets.parts import Exported

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeds.model import Letter
    from feeds.newsletter.message import Attachment
    from feeds.settings import Workspace

_SERVICE = "Mailgun"
_UNSUBSCRIBE = "%mailing_list_unsubscribe_url%"
_MOST_TAGS, _LONGEST_TAG = 10, 128  # which are ASCII, and alike whatever their case


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - a form for files is none of JSON
    """The request, with the fields of its form. Fields that come several times are lists."""
    settings, issue = workspace.settings, letter.issue
    if tag := parts.first(engines.MAILGUN, issue.subject):
        return Exported(b"", (refusals.refused(letter, workspace, _SERVICE, tag, "subject"),))
    own = {"unsubscribe": _UNSUBSCRIBE}
    if not letter.addressee:
        own["name"] = "%recipient_fname%"
    in_text = {**parts.plain_text(letter, settings), **own}
    text, problems = parts.text_or_link(letter, workspace, _SERVICE, engines.MAILGUN, in_text)
    tags = [tag for tag in parts.tags_of(issue, most=99, longest=_LONGEST_TAG) if tag.isascii()]
    who = headers.shown(parts.sender(letter))
    form = {
        "from": who,
        "to": who,
        "subject": issue.subject,
        "html": parts.html(letter, {**parts.plain_html(letter, settings), **own}),
        "text": text,
        "o:testmode": "yes",
        "o:tag": [parts.name_of(issue), *tags][:_MOST_TAGS],
        **{f"h:{name}": value for name, value in _headers(letter)},
    }
    return Exported(
        parts.to_json({"method": "POST", "path": "/v3/{domain}/messages", "form": form}), problems
    )


def _headers(letter: Letter) -> Iterator[tuple[str, str]]:
    """Those that Mailgun has no field for; it writes List-Unsubscribe itself."""
    for name, value in letter.headers:
        if isinstance(value, MailingList):
            yield name, f"<{value.identifier}>"
        elif name in {"Reply-To", "Message-ID", "List-Archive"}:
            yield name, headers.shown(value)
