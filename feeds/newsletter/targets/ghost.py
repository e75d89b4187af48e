"""Ghost: `POST /ghost/api/admin/posts/?source=html`, a post in draft. Ghost mails it when it is published.

Ghost has a frame of its own, with unsubscribe and web links, so it gets the posts alone, in an HTML card:
what is outside of one becomes Ghost's own blocks, which know few elements. Ghost decodes character references
before it looks for its tags, `%%{name}%%`, in the whole mail, title and excerpt included, and makes the text
part of the HTML. So a WORD JOINER, which nobody sees, keeps the first two signs apart in both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter import slots
from feeds.newsletter.issue import shorten
from feeds.newsletter.targets import engines, parts, refusals
from feeds.newsletter.targets.parts import Exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Letter
    from feeds.newsletter.message import Attachment
    from feeds.problems import Problem
    from feeds.settings import Workspace

_SERVICE = "Ghost"
_PERCENT = r"(?:%|&\#0*37;?|&\#x0*25;?|&percnt;)"
_BRACE = r"(?:\{|&\#0*123;?|&\#x0*7b;?|&lcub;|&lbrace;)"
_TAG = re.compile(rf"(?P<first>{_PERCENT})(?={_PERCENT}{_BRACE})", re.IGNORECASE)
_WORD_JOINER = "&#8288;"
_LONGEST_TITLE, _LONGEST_EXCERPT, _LONGEST_NAME = 255, 300, 191  # characters: what Ghost takes


def write(letter: Letter, workspace: Workspace, attachments: Sequence[Attachment] = ()) -> Exported:  # noqa: ARG001 - they are uploaded apart
    """The body of the request."""
    settings, issue = workspace.settings, letter.issue
    title = (issue.subject if issue.is_digest else issue.post.title) or issue.subject
    if tag := parts.first(engines.GHOST, title):
        return Exported(b"", (refusals.refused(letter, workspace, _SERVICE, tag, "title"),))
    excerpt = issue.preheader
    problems: list[Problem] = []
    if tag := parts.first(engines.GHOST, excerpt):
        excerpt = ""
        problems.append(refusals.left_out(letter, workspace, _SERVICE, tag, "excerpt"))
    name = parts.plain_html(letter, settings)["name"]
    given = {"name": _kept(name) if name else None}
    content = slots.fill(letter.content, letter.token, given, letter.tags, escape=_kept).strip()
    problems += refusals.too_large(letter, workspace, _SERVICE, content)
    post = {
        "title": shorten(title, _LONGEST_TITLE),
        "slug": parts.own_slug(issue, _LONGEST_NAME),
        "status": "draft",
        "html": f"<!--kg-card-begin: html-->\n{content}\n<!--kg-card-end: html-->",
        "custom_excerpt": shorten(excerpt, _LONGEST_EXCERPT),
        "feature_image": parts.image_of(issue),
        "canonical_url": "" if issue.is_digest else issue.post.url,
        "email_subject": shorten(issue.subject, _LONGEST_EXCERPT),
        "tags": [
            {"name": tag}
            for tag in parts.tags_of(issue, most=20, longest=_LONGEST_NAME)
            if not tag.startswith(",")  # which Ghost refuses
        ],
    }
    return Exported(parts.to_json({"posts": [parts.without_empty(post)]}), tuple(problems))


def _kept(html: str) -> str:
    """HTML with something unseen in all that Ghost would take for a tag of its own."""
    return _TAG.sub(rf"\g<first>{_WORD_JOINER}", html)
