"""Placed sources and their HTML → posts: what feeds and mails say of each, with every address absolute."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from feeds import authors, languages, site_files, titles
from feeds.body import addresses, sanitize, targets
from feeds.body.summary import summarise
from feeds.model import Person, Post, Tombstone
from feeds.problems import Findings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from feeds.body.page import Page
    from feeds.model import Correction, Enclosure, Episode, Extent, Header, Origin, Participant, Placed
    from feeds.problems import Problem
    from feeds.settings import Settings, Workspace

LARGEST_ENTRY = 5_000_000  # bytes of the HTML in a feed; readers give up on feeds that are larger


class Made(NamedTuple):
    """A post, and what was noticed while it was made."""

    post: Post
    problems: tuple[Problem, ...]


def post_of(placed: Placed, html: str, opening: str, page: Page, workspace: Workspace) -> Made:
    """Make the post that `placed` is to be.

    `html` is its body, sanitised, and `opening` the part of it above the "read more" mark. `page` is where
    the body stands.
    """
    settings = workspace.settings
    head, url = placed.source.header, placed.url
    findings = Findings(page.path)
    title = titles.title_of(placed.source, html, settings.content.dialect)
    html = titles.without_title(html, title)
    whole = _corrections(head.corrections) + html
    post = replace(
        _bare(placed, title, titles.label_of(title, html, url), settings),
        summary=_summary(head, html, opening),
        html=whole,
        image=targets.lead_image(head.image, page) if head.image else "",
        enclosures=tuple(_enclosure(each, placed, workspace, findings) for each in head.enclosures),
        extent=_extent(head, whole, findings),
        comments=_comments(head.comments, url, settings),
        rights=sanitize.plain_line(head.rights),
        via=_url(head.via, url),
        subject=_subject(head.subject, url, settings),
        origin=_origin(head.origin, url),
        episode=_episode(head.episode, page, settings),
    )
    return Made(post, findings.problems)


def tombstones(placed: Iterable[Placed], workspace: Workspace) -> tuple[Tombstone, ...]:
    """Return what is left of deleted and expired posts, in the order they come; none of a post of no feed.

    Their bodies are not rendered: a tombstone says of which channels and when, and no more.
    """
    return tuple(_tombstones(placed, workspace.settings))


def _tombstones(placed: Iterable[Placed], settings: Settings) -> Iterable[Tombstone]:
    for each in placed:
        head = each.source.header
        ends = [moment for moment in (head.deleted, head.expires) if moment]
        if ends and head.published and head.in_feeds:
            title = sanitize.plain_line(head.title)
            yield Tombstone(post=_bare(each, title, title or each.url, settings), when=min(ends))


def _bare(placed: Placed, title: str, label: str, settings: Settings) -> Post:
    """The post without what is made of its body or lies beside it."""
    source, url = placed.source, placed.url
    head = source.header
    assert head.published is not None  # noqa: S101 - the collector saw to it
    language = head.language or settings.site.language
    corrected = max((each.when for each in head.corrections), default=None)
    return Post(
        id=placed.id,
        path=source.path,
        url=url,
        title=title,
        label=label,
        section=source.section,
        published=head.published,
        updated=_latest(head.published, head.updated, corrected),
        corrected=corrected,
        categories=head.categories,
        tags=head.tags,
        authors=authors.of_post(head.authors, url, settings) or authors.of_site(settings),
        summary="",
        html="",
        language=language,
        direction=head.direction or languages.direction(language),
        image="",
        enclosures=(),
        mailing=head.mailing,
        in_feeds=head.in_feeds,
        extent=head.extent,
    )


def _latest(*moments: datetime | None) -> datetime:
    return max(moment for moment in moments if moment)


def _summary(head: Header, html: str, opening: str) -> str:
    """The author's words, else all that stands above the "read more" mark, else the opening of the text."""
    if head.summary:
        return sanitize.plain_line(head.summary)
    return summarise(opening, limit=1000) if opening else summarise(html)


def _corrections(given: Iterable[Correction]) -> str:
    """The corrections as HTML, the newest first: readers look for a date, in any language."""
    paragraphs = [
        f"<p><strong>{each.when.date().isoformat()}</strong>: "
        f"{escape(sanitize.plain_line(each.text), quote=False)}</p>"
        for each in sorted(given, key=lambda each: each.when, reverse=True)
    ]
    return "<aside>" + "".join(paragraphs) + "</aside>\n" if paragraphs else ""


def _extent(head: Header, html: str, findings: Findings) -> Extent | Literal[""]:
    """How much of the post an entry may hold, whatever its channel says."""
    # What XML escapes takes four bytes more, or three.
    size = len(html.encode(errors="replace")) + 4 * html.count("&") + 3 * (html.count("<") + html.count(">"))
    if size <= LARGEST_ENTRY or head.extent == "summary":
        return head.extent
    findings.add(
        "warning",
        "entry-too-large",
        f"the text has {size:,} bytes in a feed, more than any reader bears, so entries carry the summary",
        hint="split the post, or write feed_content: summary",
    )
    return "summary"


def _comments(given: str | None, url: str, settings: Settings) -> str:
    """Where the comments are: a post without any says so, whatever the settings say of all."""
    return "" if given is None else _url(given or settings.feeds.comments, url)


def _url(reference: str, url: str) -> str:
    return addresses.url(reference, url) if reference else ""


def _origin(given: Origin | None, url: str) -> Origin | None:
    return replace(given, url=_url(given.url, url)) if given else None


def _subject(given: str, url: str, settings: Settings) -> str:
    """The page elsewhere that the post is about; what is on the site itself is no such page."""
    found = _url(given, url)
    return "" if addresses.split(found).authority == addresses.split(settings.site.url).authority else found


def _episode(given: Episode | None, page: Page, settings: Settings) -> Episode | None:
    if given is None:
        return None
    url = page.url
    return replace(
        given,
        image=targets.lead_image(given.image, page) if given.image else "",
        chapters=_url(given.chapters, url),
        transcripts=tuple(replace(each, url=_url(each.url, url)) for each in given.transcripts),
        people=tuple(_participant(each, url, settings) for each in given.people),
    )


def _participant(given: Participant, url: str, settings: Settings) -> Participant:
    """Somebody by the name and the address that the site's register has, unless the post gives them."""
    (known,) = authors.of_post((Person(name=given.name, url=given.url),), url, settings)
    return replace(given, name=known.name, url=known.url, image=_url(given.image, url))


def _enclosure(given: Enclosure, placed: Placed, workspace: Workspace, findings: Findings) -> Enclosure:
    """The enclosure with its absolute URL, and with its length if the file is on this disk."""
    found = replace(given, url=addresses.url(given.url, placed.url))
    if found.length:
        return found
    site = site_files.Site(workspace.root, workspace.settings, placed.url, placed.source.folder)
    file = site_files.find(found.url, site)
    if file:
        return replace(found, length=file.stat().st_size)
    if site_files.is_of_site(found.url, site):
        # Large files are often kept elsewhere and put onto the site by other means: that is no mistake, but
        # where their neighbours are here, the name may be wrong.
        expected = site_files.has_place_for(found.url, site)
        findings.add(
            "warning" if expected else "note",
            "enclosure-missing",
            f"there is no file for {given.url!r} here, so its length is unknown",
            at=placed.source.header.places.get("enclosures", (0, 0)),
            hint="mend the name, or write the file's size in bytes: length: 1048576",
        )
    return found
