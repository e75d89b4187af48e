"""Placed sources and their HTML → posts: what feeds and mails say of each, with every address absolute."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from feeds import authors, languages, site_files, titles
from feeds.body import addresses, sanitize, targets
from feeds.body.summary import summarise
from feeds.model import Person, Post, Tombstone
from feeds.problems import Findings
from feeds.weights import markup

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from feeds.body.page import Page
    from feeds.model import Correction, Enclosure, Episode, Extent, Header, Origin, Participant, Placed
    from feeds.problems import Problem
    from feeds.settings import Settings, Workspace

_MOMENT = timedelta(seconds=1)
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
    site = site_files.Site(workspace.root, settings, url, placed.source.folder)
    findings = Findings(page.path)
    title = titles.title_of(placed.source, html, settings.content.dialect)
    html = titles.without_title(html, title)
    subject = _subject(head.subject, url, settings)
    whole = _corrections(head.corrections) + (html if html.strip() else _link(subject))
    post = replace(
        _bare(placed, title, titles.label_of(title, html, url), settings),
        summary=_summary(head, html, opening),
        html=whole,
        image=targets.lead_image(head.image, page) if head.image else "",
        enclosures=tuple(_enclosure(each, placed, page, site, findings) for each in head.enclosures),
        extent=_extent(head, whole, findings),
        comments=_comments(head.comments, url, settings),
        rights=sanitize.plain_line(head.rights),
        via=_url(head.via, url),
        subject=subject,
        origin=_origin(head.origin, url),
        episode=_episode(head.episode, page, site),
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
            post = _bare(each, title, title or each.url, settings)
            # Older than the entry it would say nothing (RFC 6721 section 3), as where only the day is known.
            yield Tombstone(post=post, when=max(min(ends), post.updated + _MOMENT))


def _bare(placed: Placed, title: str, label: str, settings: Settings) -> Post:
    """The post without what is made of its body or lies beside it."""
    source, url = placed.source, placed.url
    head = source.header
    assert head.published is not None  # noqa: S101 - the collector saw to it
    language = head.language or settings.site.language
    # Readers see a post when it is let out, and feeds go by that.
    published = max(head.published, head.embargo or head.published)
    corrected = _corrected(published, head.corrections)
    return Post(
        id=placed.id,
        path=source.path,
        url=url,
        title=title,
        label=label,
        section=source.section,
        published=published,
        updated=_latest(published, head.updated, corrected),
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


def _corrected(published: datetime, corrections: Iterable[Correction]) -> datetime | None:
    """When the post was last corrected: each time later than before, also if only the day is known."""
    last = published
    for each in sorted(corrections, key=lambda each: each.when):
        last = max(each.when, last + _MOMENT)
    return last if last > published else None


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
    size = markup(html)
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


def _link(subject: str) -> str:
    """What a post that only points elsewhere has to say."""
    shown = subject.partition("://")[2].rstrip("/")
    return f'<p><a href="{escape(subject)}">{escape(shown, quote=False)}</a></p>' if subject else ""


def _episode(given: Episode | None, page: Page, site: site_files.Site) -> Episode | None:
    if given is None:
        return None
    return replace(
        given,
        image=targets.lead_image(given.image, page) if given.image else "",
        chapters=_media(given.chapters, page, site) if given.chapters else "",
        transcripts=tuple(replace(each, url=_media(each.url, page, site)) for each in given.transcripts),
        people=tuple(_participant(each, page.url, site.settings) for each in given.people),
    )


def _participant(given: Participant, url: str, settings: Settings) -> Participant:
    """Somebody by the name and the address that the site's register has, unless the post gives them."""
    (known,) = authors.of_post((Person(name=given.name, url=given.url),), url, settings)
    return replace(given, name=known.name, url=known.url, image=_url(given.image, url))


def _media(reference: str, page: Page, site: site_files.Site) -> str:
    """The URL of a file that a post names: one beside it is where links of its body find it."""
    return targets.file_beside(reference, page) or site_files.address(reference, site)


def _enclosure(
    given: Enclosure, placed: Placed, page: Page, site: site_files.Site, findings: Findings
) -> Enclosure:
    """The enclosure with its absolute URL, and with the length of its file if that is on this disk."""
    found = replace(given, url=_media(given.url, page, site))
    place = placed.source.header.places.get("enclosures", (0, 0))
    if file := site_files.find(found.url, site):
        length = file.stat().st_size
        if given.length not in {0, length}:
            findings.add(
                "warning",
                "enclosure-length",
                f"{given.url!r} is said to have {given.length} bytes, and the file here has {length}",
                at=place,
                hint="leave the length out: that of the file is taken",
            )
        return replace(found, length=length)
    if site_files.is_of_site(found.url, site):
        _note_missing(given, found.url, site, place, findings)
    elif (
        not given.length
        and site.settings.podcast.channel
        and given.media_type.startswith(("audio/", "video/"))
    ):
        findings.add(
            "note",
            "enclosure-length",
            f"the length of {given.url!r} is unknown, which podcast programs ask for",
            at=place,
            hint="write the file's size in bytes: length: 1048576",
        )
    return found


def _note_missing(
    given: Enclosure, url: str, site: site_files.Site, place: tuple[int, int], findings: Findings
) -> None:
    """Say that a file of the site is not here.

    Large files are often kept elsewhere and put onto the site by other means: that is no mistake. But where
    their neighbours are here, the name may be wrong, and a bare one is most likely to be of another place.
    """
    is_lost = site_files.is_bare(given.url) and not site.settings.podcast.media
    if is_lost:
        otherwise = "say where such files are: [podcast] media"
    elif given.length:
        otherwise = "leave it if the file comes onto the site by other means"
    else:
        otherwise = "write the file's size in bytes: length: 1048576"
    findings.add(
        "warning" if is_lost or site_files.has_place_for(url, site) else "note",
        "enclosure-missing",
        f"there is no file for {given.url!r} here" + ("" if given.length else ", so its length is unknown"),
        at=place,
        hint=f"mend the name, or {otherwise}",
    )
