"""Where an issue is on the web, and what else the site itself has to put into a letter's slots."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.model import Issue
    from feeds.settings import Settings

GIVEN = ("unsubscribe", "web", "address", "newsletter", "site_title", "site_url")
"""What `given` says, in this order."""


def web_url(issue: Issue, settings: Settings) -> str:
    """The page that a letter's "read on the web" leads to: the issue's own in the site's archive.

    Without an archive (`[newsletter] archive = ""`) it is the post, or the site for a digest.
    """
    site = settings.site.url.rstrip("/")
    archive = settings.newsletter.archive.strip("/")
    if archive:
        return f"{site}/{archive}/{issue.number}/"
    return f"{site}/" if issue.is_digest else issue.post.url


def given(issue: Issue, settings: Settings) -> tuple[tuple[str, str], ...]:
    """What the site has for the slots of a letter where no service is known, as plain text: `Letter.given`.

    `unsubscribe` is an address, a merge tag or empty, `web` is the issue's page, and `address` the postal
    address line by line, or empty. The others are what the newsletter and the site are called, and where the
    site is. What a reader is called, `name`, is the letter's own `addressee`.
    """
    site, newsletter = settings.site, settings.newsletter
    found = (
        newsletter.unsubscribe_url.strip(),
        web_url(issue, settings),
        postal_address(settings),
        newsletter.name or site.title,
        site.title,
        site.url,
    )
    return tuple(zip(GIVEN, found, strict=True))


def postal_address(settings: Settings) -> str:
    """The postal address of the settings, line by line; empty for none."""
    lines = (" ".join(line.split()) for line in settings.newsletter.postal_address.splitlines())
    return "\n".join(line for line in lines if line)
