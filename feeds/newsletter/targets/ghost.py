"""Ghost: `POST /ghost/api/admin/posts/?source=html`, a post in draft. Ghost mails it when it is published.

Ghost has a frame of its own, with unsubscribe and web links, so it gets the posts alone, in an HTML card:
what is outside of one becomes Ghost's own blocks, which know few elements. Ghost decodes character
references before it looks for its tags, `%%{name}%%`; a comment keeps their first two characters apart, and
nobody sees it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.issue import shorten
from feeds.newsletter.targets import parts
from feeds.newsletter.targets.parts import Exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Letter
    from feeds.newsletter.message import Attachment
    from feeds.settings import Workspace

_PERCENT = r"(?:%|&\#37;|&\#x25;|&percnt;)"
_TAG = re.compile(rf"(?P<first>{_PERCENT})(?={_PERCENT}(?:\{{|&\#123;))", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"(<[a-z][^<>]*>)", re.IGNORECASE)
_LONGEST_TITLE, _LONGEST_EXCERPT, _LONGEST_TAG = 255, 300, 191  # characters: what Ghost takes


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - they are uploaded apart
    """The body of the request."""
    settings, issue = workspace.settings, letter.issue
    given = {**parts.plain_html(letter, settings), "unsubscribe": None, "web": None, "address": None}
    content = _kept(parts.html(letter, given, of=letter.content))
    title = (issue.subject if issue.is_digest else issue.post.title) or issue.subject
    post = {
        "title": shorten(title, _LONGEST_TITLE),
        "slug": parts.slug_of(issue),
        "status": "draft",
        "html": f"<!--kg-card-begin: html-->\n{content.strip()}\n<!--kg-card-end: html-->",
        "custom_excerpt": shorten(issue.preheader, _LONGEST_EXCERPT),
        "feature_image": parts.image_of(issue),
        "canonical_url": "" if issue.is_digest else issue.post.url,
        "email_subject": shorten(issue.subject, _LONGEST_EXCERPT),
        "tags": [{"name": tag} for tag in parts.tags_of(issue, most=20, longest=_LONGEST_TAG)],
    }
    return Exported(parts.to_json({"posts": [parts.without_empty(post)]}))


def _kept(html: str) -> str:
    """The HTML with a comment in all that Ghost would take for a tag of its own."""
    pieces = _ATTRIBUTES.split(html)
    return "".join(
        piece if at % 2 else _TAG.sub(r"\g<first><!-- -->", piece) for at, piece in enumerate(pieces)
    )
