"""beehiiv: `POST /v2/publications/{publication_id}/posts` with `status: draft`; the default publishes.

beehiiv has a frame of its own, with unsubscribe and web links, strips style sheets and makes blocks of the
HTML, so it gets the posts alone. It reads character references before it looks for merge tags: what has `{{
… }}` in it cannot be handed over at all. What the site's own theme writes with `tag(…)` is handed over live.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from feeds.newsletter import slots
from feeds.newsletter.targets import engines, parts, refusals
from feeds.newsletter.targets.parts import Exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Letter
    from feeds.newsletter.message import Attachment
    from feeds.settings import Workspace

_SERVICE = "beehiiv"


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - beehiiv takes none
    """The body of the request."""
    settings, issue = workspace.settings, letter.issue
    title = (issue.subject if issue.is_digest else issue.post.title) or issue.subject
    given = {**parts.plain_html(letter, settings), "unsubscribe": None, "web": None, "address": None}
    content = parts.html(letter, given, of=letter.content).strip()
    marked = slots.fill(letter.content, letter.token, given, [refusals.SLOT] * len(letter.tags))
    for where, said in (
        ("subject", issue.subject),
        ("title", title),
        ("preheader", issue.preheader),
        ("post", unescape(marked)),
    ):
        if tag := parts.first(engines.LIQUID, said):
            return Exported(b"", (refusals.refused(letter, workspace, _SERVICE, tag, where),))
    body = {
        "title": title,
        "body_content": content,
        "status": "draft",
        "thumbnail_image_url": parts.image_of(issue),
        "content_tags": parts.tags_of(issue, most=20),
        "email_settings": parts.without_empty(
            {"email_subject_line": issue.subject, "email_preview_text": issue.preheader}
        ),
        "web_settings": parts.without_empty({"slug": parts.own_slug(issue)}),
    }
    large = refusals.too_large(letter, workspace, _SERVICE, content)
    return Exported(parts.to_json(parts.without_empty(body)), large)
