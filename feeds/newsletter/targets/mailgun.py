"""Mailgun: `POST /v3/{domain}/messages`, a form. In test mode, which accepts the mail and delivers none.

Mailgun keeps no drafts: to send, put the address of the mailing list into `to` and leave `o:testmode` out. It
knows no page of a mail on the web, and no word to say where it has no name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.model import MailingList
from feeds.newsletter import headers
from feeds.newsletter.targets import engines, parts
from feeds.newsletter.targets.parts import Exported

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeds.model import Letter
    from feeds.newsletter.message import Attachment
    from feeds.settings import Workspace

_SERVICE = "Mailgun"
_UNSUBSCRIBE = "%unsubscribe_url%"
_MOST_TAGS = 3


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - a form for files is none of JSON
    """The request, with the fields of its form. Fields that come several times are lists."""
    settings, issue = workspace.settings, letter.issue
    if tag := parts.first(engines.MAILGUN, issue.subject):
        return Exported(b"", (parts.refused(letter, settings, _SERVICE, tag, "subject"),))
    own = {"unsubscribe": _UNSUBSCRIBE}
    if not letter.addressee:
        own["name"] = "%recipient_fname%"
    in_text = {**parts.plain_text(letter, settings), **own}
    text, problems = parts.text_or_link(letter, settings, _SERVICE, engines.MAILGUN, in_text)
    who = headers.shown(parts.sender(letter))
    form = {
        "from": who,
        "to": who,
        "subject": issue.subject,
        "html": parts.html(letter, {**parts.plain_html(letter, settings), **own}),
        "text": text,
        "o:testmode": "yes",
        "o:tag": [parts.name_of(issue), *parts.tags_of(issue, most=_MOST_TAGS - 1)],
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
