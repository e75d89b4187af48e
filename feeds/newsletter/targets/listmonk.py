"""listmonk: `POST /api/campaigns`. What is made is a draft; only `PUT /api/campaigns/{id}/status` starts it.

Go's templates run in body, text, subject, sender and headers, each of which is escaped for what runs there
(listmonk's models/campaigns.go). listmonk adds List-Unsubscribe itself.
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

_LINKS = {"unsubscribe": "{{ UnsubscribeURL }}", "web": "{{ MessageURL }}"}
_NAME = ".Subscriber.FirstName"
_FIRST_LIST = 1  # which every installation has; a draft is shown with its lists, and they can be changed


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - they are uploaded apart
    """The body of the request."""
    settings, issue = workspace.settings, letter.issue
    name = f"or {_NAME} {engines.go_string(letter.addressee)}" if letter.addressee else _NAME
    address = parts.address_text(settings)
    in_html = {**_LINKS, "name": f"{{{{ {name} }}}}", "address": parts.address_html(settings)}
    in_text = {
        **_LINKS,
        "name": f"{{{{ Safe ({name}) }}}}",
        "address": engines.go_text_part(address) if address else None,
    }
    body = {
        "name": parts.title_of(issue),
        "subject": engines.go_text(issue.subject),
        "lists": [_FIRST_LIST],
        "from_email": engines.go_text(headers.shown(parts.sender(letter))),
        "type": "regular",
        "content_type": "html",
        "body": parts.html(letter, in_html, of=engines.go_html(letter.html, letter.token)),
        "altbody": parts.text(letter, in_text, engines.go_text_part),
        "messenger": "email",
        "tags": parts.tags_of(issue, most=20),
        "headers": [{name: engines.go_text(value)} for name, value in _headers(letter)],
    }
    return Exported(parts.to_json(body))


def _headers(letter: Letter) -> Iterator[tuple[str, str]]:
    """Those that listmonk has no field for, in ASCII: it writes them down as they are."""
    for name, value in letter.headers:
        if isinstance(value, MailingList):
            yield name, f"<{value.identifier}>"
        elif name in {"Reply-To", "List-Archive"}:
            yield name, value if isinstance(value, str) else value.email
