"""The newsletter's archive: each issue as a page, a page that lists them, and what their feeds carry.

An issue's page is the letter itself, which any browser shows, without what is for subscribers only: the
link to unsubscribe, and the postal address, which nobody has asked to find with a search engine.
"""

from __future__ import annotations

import posixpath
import re
import uuid
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds import channels, languages, templates
from feeds.body import sanitize
from feeds.builders._entry import legal
from feeds.formats import COMMENT_MARK, FORMATS, MARK, is_marked
from feeds.model import Document, Mailing, Post
from feeds.newsletter import slots
from feeds.newsletter.addresses import web_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from feeds.model import Channel, Feed, Issue, Letter
    from feeds.settings import Settings

# What a letter brings is mostly what a service wants; only the head and the start of its body get something.
_HEAD = re.compile(
    r"\s*(?:<!doctype html>)?\s*(?:<html\b[^<>]{0,500}>)?\s*<head\b[^<>]{0,200}>", re.IGNORECASE
)
_END_OF_HEAD = re.compile(r"</head\s{0,9}>", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^<>]{0,2000}>", re.IGNORECASE)
# First of all, so that it holds for whatever a record that somebody edited brings along.
_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'; object-src 'none'; "
    "frame-src 'none'; base-uri 'none'; form-action 'none'\">"
)


def documents(letters: Sequence[Letter], settings: Settings, root: Path) -> tuple[Document, ...]:
    """Every page of the archive, those that the list links to first; none without issues or an archive.

    `root` is the site's folder. Raises ConfigError when one of the site's own templates does not work.
    """
    channel = channels.of_issues(entries(letters, settings), settings)
    if channel is None:
        return ()
    newest = sorted(letters, key=lambda letter: -letter.issue.number)
    pages = [
        Document(path=_page(letter.issue.number, settings), data=_issue_page(letter, channel, settings, root))
        for letter in newest
    ]
    return (*pages, Document(path=_list(settings), data=_list_page(newest, channel, settings, root)))


def entries(letters: Iterable[Letter], settings: Settings) -> tuple[Post, ...]:
    """The issues as a feed has them, by number, the latest first.

    None is dated earlier than the one before, for feed readers go by the dates; of records that a merge put
    behind each other one might be.
    """
    ordered = sorted(letters, key=lambda letter: letter.issue.number)
    dates = accumulate((letter.issue.when for letter in ordered), max)
    found = [_entry(letter, when, settings) for letter, when in zip(ordered, dates, strict=True)]
    return tuple(reversed(found))


def _entry(letter: Letter, when: datetime, settings: Settings) -> Post:
    issue = letter.issue
    posts = issue.posts
    return Post(
        # Not the issue's own, which may be that of its post: readers would take the two for one.
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"issue:{issue.id}").urn,
        path="",
        url=web_url(issue, settings),
        title=issue.subject,
        label=issue.subject,
        published=when,
        updated=max(when, *(post.updated for post in posts)),
        categories=tuple(dict.fromkeys(term for post in posts for term in post.categories)),
        tags=tuple(dict.fromkeys(term for post in posts for term in post.tags)),
        authors=tuple(dict.fromkeys(author for post in posts for author in post.authors)),
        summary=issue.preheader,
        html=sanitize.clean(_on_the_web(letter.content, letter)),
        language=issue.language,
        direction=issue.direction,
        image=issue.post.image,
        enclosures=(),
        mailing=Mailing(),
    )


def _on_the_web(text: str, letter: Letter) -> str:
    """HTML of a letter with its slots filled for somebody who came by, and no service's merge tags."""
    given = {"unsubscribe": None, "web": None, "address": None, "name": escape(letter.addressee) or None}
    return slots.fill(text, letter.token, given, [""] * len(letter.tags))


def _issue_page(letter: Letter, channel: Channel, settings: Settings, root: Path) -> bytes:
    issue = letter.issue
    html = _guarded(_on_the_web(letter.html, letter))
    end = _END_OF_HEAD.search(html)
    body = _BODY.search(html, end.end()) if end else None
    if end and body:
        values = {
            "generator": MARK,
            "head": templates.safe(html[: end.start()]),
            "between": templates.safe(html[end.start() : body.end()]),
            "rest": templates.safe(html[body.end() :]),
            "site": _site(settings),
            "issue": _issue(issue, settings),
            "newsletter": {"title": settings.newsletter.name or settings.site.title, "href": "../"},
            "look": settings.newsletter.look,
            "feeds": [_feed(feed, channel, _page(issue.number, settings)) for feed in channel.feeds],
            "extra": settings.extra,
        }
        html = templates.fill(root, "newsletter_archive/issue.html", values)
    return _ours(html)


def _guarded(html: str) -> str:
    """The page with a policy that lets nothing run, before anything else that it holds."""
    if head := _HEAD.match(html):
        return html[: head.end()] + _POLICY + html[head.end() :]
    return f"<!DOCTYPE html>\n<head>{_POLICY}</head>\n{html}"


def _list_page(newest: Sequence[Letter], channel: Channel, settings: Settings, root: Path) -> bytes:
    page = _list(settings)
    values = {
        "generator": MARK,
        "site": _site(settings),
        "newsletter": {
            "title": settings.newsletter.name or settings.site.title,
            "description": channel.description,
            "url": f"{settings.site.url}/{settings.newsletter.archive}/",
        },
        "issues": [_issue(letter.issue, settings) for letter in newest],
        "feeds": [_feed(feed, channel, page) for feed in channel.feeds],
        "subscribe": _relative(settings.output.names.page, page),
        "extra": settings.extra,
    }
    return _ours(templates.fill(root, "newsletter_archive/list.html", values))


def _list(settings: Settings) -> str:
    return f"{settings.newsletter.archive}/index.html"


def _page(number: int, settings: Settings) -> str:
    return f"{settings.newsletter.archive}/{number}/index.html"


def _ours(html: str) -> bytes:
    """A page in UTF-8 that the next build knows for ours, whatever a template of the site's own says."""
    data = legal(html).encode()
    return data if is_marked(data) else data + f"{COMMENT_MARK}\n".encode()


def _site(settings: Settings) -> dict[str, str]:
    site = settings.site
    return {
        "title": site.title,
        "url": f"{site.url}/",
        "description": site.description,
        "language": site.language,
        "direction": languages.direction(site.language),
    }


def _issue(issue: Issue, settings: Settings) -> dict[str, object]:
    """An issue as the templates get it."""
    own = web_url(issue, settings)
    return {
        "number": issue.number,
        "title": issue.subject,
        "summary": issue.preheader,
        "href": f"{issue.number}/",
        "url": own,
        # Of a post there should be one page that search engines show, and that is the post's own.
        "canonical": own if issue.is_digest else issue.post.url,
        "day": issue.when.date().isoformat(),
        "moment": issue.when.isoformat(timespec="seconds"),
        "language": issue.language,
        "direction": issue.direction,
        "image": issue.post.image,
        "posts": [{"title": post.label, "url": post.url} for post in issue.posts],
    }


def _feed(feed: Feed, channel: Channel, page: str) -> dict[str, str]:
    label = FORMATS[feed.format].label
    return {
        "label": label,
        "title": f"{channel.title} ({label})",
        "media_type": feed.media_type,
        "href": _relative(feed.path, page),
        "url": feed.url,
    }


def _relative(path: str, page: str) -> str:
    """The relative URL of `path`, seen from `page`; both are relative to the output folder."""
    return quote(posixpath.relpath(f"/{path}", posixpath.dirname(f"/{page}")))
