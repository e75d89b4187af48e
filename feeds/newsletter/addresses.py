"""Where an issue is on the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.model import Issue
    from feeds.settings import Settings


def web_url(issue: Issue, settings: Settings) -> str:
    """The page that a letter's "read on the web" leads to: the issue's own in the site's archive.

    Without an archive (`[newsletter] archive = ""`) it is the post, or the site for a digest.
    """
    site = settings.site.url.rstrip("/")
    archive = settings.newsletter.archive.strip("/")
    if archive:
        return f"{site}/{archive}/{issue.number}/"
    return f"{site}/" if issue.is_digest else issue.post.url
