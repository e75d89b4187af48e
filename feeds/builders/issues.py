"""The newsletter's archive: each issue as a page, a page that lists them, and what their feeds carry.

An issue's page is the letter itself, which any browser shows, without what is for subscribers only: the
link to unsubscribe, and the postal address, which nobody has asked to find with a search engine.
"""

from __future__ import annotations

import posixpath
import re
import uuid
from html import escape
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
    from pathlib import Path

    from feeds.model import Channel, Feed, Issue, Letter
    from feeds.settings import Settings

# What a letter brings is mostly what a service wants; only the head and the start of its body get something.
_LETTER = re.compile(
    r"(?P<head>.*?)(?P<between></head\s*>.*?<body\b[^>]*>)(?P<rest>.*)", re.DOTALL | re.IGNORECASE
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
    """The issues as a feed has them, newest first; of one moment, the later issue first."""
    ordered = sorted(letters, key=lambda each: (-each.issue.when.timestamp(), -each.issue.number))
    return tuple(_entry(letter, settings) for letter in ordered)


def _entry(letter: Letter, settings: Settings) -> Post:
    issue = letter.issue
    posts = issue.posts
    return Post(
        # Not the issue's own, which may be that of its post: readers would take the two for one.
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"issue:{issue.id}").urn,
        path="",
        url=web_url(issue, settings),
        title=issue.subject,
        label=issue.subject,
        published=issue.when,
        updated=max(issue.when, *(post.updated for post in posts)),
        categories=tuple(dict.fromkeys(term for post in posts for term in post.categories)),
        tags=tuple(dict.fromkeys(term for post in posts for term in post.tags)),
        authors=tuple(dict.fromkeys(author for post in posts for author in post.authors)),
        summary=issue.preheader,
        html=sanitize.clean(_on_the_web(letter.content, letter)),
        language=issue.post.language,
        direction=issue.post.direction,
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
    html = _on_the_web(letter.html, letter)
    if parts := _LETTER.fullmatch(html):
        values = {
            "generator": MARK,
            "head": templates.safe(parts["head"]),
            "between": templates.safe(parts["between"]),
            "rest": templates.safe(parts["rest"]),
            "site": _site(settings),
            "issue": _issue(issue, settings),
            "newsletter": {"title": settings.newsletter.name or settings.site.title, "href": "../"},
            "look": settings.newsletter.look,
            "feeds": [_feed(feed, channel, _page(issue.number, settings)) for feed in channel.feeds],
            "extra": settings.extra,
        }
        html = templates.fill(root, "newsletter_archive/issue.html", values)
    return _ours(html)


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
        "language": issue.post.language,
        "direction": issue.post.direction,
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
