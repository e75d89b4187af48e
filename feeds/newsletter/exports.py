"""The formats of an issue, one row each. A new one is a module in `targets/` and a row here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from feeds import slugs
from feeds.newsletter.naming import last_segment
from feeds.newsletter.targets import (
    beehiiv,
    buttondown,
    custom,
    ghost,
    listmonk,
    mailchimp,
    mailgun,
    plain,
    postmark,
    sendgrid,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Issue, Letter
    from feeds.newsletter.message import Attachment
    from feeds.newsletter.targets.parts import Exported
    from feeds.settings import Settings, Workspace

_LONGEST_SLUG = 100  # bytes; with the number in front, far below the 255 of every file system


class Write(Protocol):
    """What every target has."""

    def __call__(
        self, letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()
    ) -> Exported:
        """Give the bytes of the file, and what could not be carried."""


@dataclass(frozen=True, slots=True)
class Export:
    """A way to write an issue down. `name` is what the command line calls it, `file` what it is called."""

    name: str
    file: str
    write: Write


EXPORTS = {
    row.name: row
    for row in (
        Export("eml", "issue.eml", plain.to_eml),
        Export("mbox", "issue.mbox", plain.to_mbox),
        Export("html", "issue.html", plain.to_html),
        Export("text", "issue.txt", plain.to_text),
        Export("json", "issue.json", plain.to_json),
        Export("listmonk", "listmonk.json", listmonk.write),
        Export("buttondown", "buttondown.json", buttondown.write),
        Export("mailchimp", "mailchimp.json", mailchimp.write),
        Export("ghost", "ghost.json", ghost.write),
        Export("beehiiv", "beehiiv.json", beehiiv.write),
        Export("mailgun", "mailgun.json", mailgun.write),
        Export("sendgrid", "sendgrid.json", sendgrid.write),
        Export("postmark", "postmark.json", postmark.write),
        Export("custom", "custom.txt", custom.write),
    )
}


def file_name(export: Export, settings: Settings) -> str:
    """What the file of an export is called: a site's own template gives its own name."""
    template = settings.newsletter.template
    return template.rpartition("/")[2] if export.name == "custom" and template else export.file


def folder_name(issue: Issue) -> str:
    """The folder for an issue, `0007-slug`: one path segment that every file system takes.

    The slug is the end of its post's address; a digest's is `digest`. Numbers tell issues apart.
    """
    slug = "digest" if issue.is_digest else _slug(issue.post.url)
    return f"{issue.number:04}-{slug}"


def _slug(url: str) -> str:
    end = slugs.post(last_segment(url))
    for suffix in (".html", ".htm"):
        end = end.removesuffix(suffix)
    return end.encode()[:_LONGEST_SLUG].decode(errors="ignore").strip("-.") or "post"
