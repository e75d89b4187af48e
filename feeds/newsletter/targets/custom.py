"""Any other service: a template of the site's own says what it takes.

Names that end in `.txt` or `.md` are filled as they are; in all others HTML and XML are escaped, so that
`<body>{{ html }}</body>` is right in XML, and `{{ html | tojson }}` in JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import templates
from feeds.errors import ConfigError
from feeds.newsletter.targets import parts, plain
from feeds.newsletter.targets.parts import Exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Letter
    from feeds.newsletter.message import Attachment
    from feeds.settings import Workspace


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - templates have text only
    """Fill `[newsletter] template`. Raises ConfigError when there is none, or it does not work."""
    settings = workspace.settings
    name = settings.newsletter.template
    if not name:
        raise ConfigError(
            "the format custom needs a template",
            where=f"{workspace.file.name}: newsletter.template",
            hint='write one below templates/newsletter/, and its name here: template = "handover.xml"',
        )
    has = plain.given(letter, settings)
    values = {
        **plain.said(letter, workspace),
        "unsubscribe_url": has["unsubscribe"],
        "postal_address": has["address"],
        "newsletter": has["newsletter"],
        "site_title": has["site_title"],
        "site_url": has["site_url"],
        "slug": parts.slug_of(letter.issue),
        "extra": settings.extra,
    }
    return Exported(parts.encoded(templates.fill(workspace.root, f"newsletter/{name}", values)))
