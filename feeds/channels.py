"""Posts → channels: what there is to subscribe to, which posts each holds, and where its feeds go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds import archives, identity, where
from feeds.channel_options import SITE, Choices, path_of
from feeds.channel_paths import refuse_clashes
from feeds.errors import ConfigError
from feeds.formats import FORMATS
from feeds.model import Channel, Feed
from feeds.taxonomies import TAXONOMIES, groups, terms_of
from feeds.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feeds.archives import Division
    from feeds.channel_options import Chosen
    from feeds.model import Post, Tombstone
    from feeds.settings import Custom, Settings

# Atom wants a date even of a feed without entries (RFC 4287 section 4.1.1), and the clock must not be it.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_NEWSLETTER = "Newsletter"  # which most languages call it
_ALL = 1_000_000  # posts; always the same, for it says where archives end as well


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What a channel is about: all its posts, newest first, and those that are gone."""

    kind: str
    name: str
    path: str
    language: str
    title: str
    chosen: Chosen
    posts: Sequence[Post]
    gone: Sequence[Tombstone]


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Order posts by publication, newest first; posts of one moment by URL."""
    return tuple(sorted(posts, key=lambda post: (-post.published.timestamp(), post.url)))


def plan(
    posts: Sequence[Post],
    settings: Settings,
    tombstones: Sequence[Tombstone] = (),
    issues: Sequence[Post] = (),
) -> tuple[Channel, ...]:
    """Return the site's channel, one per term of each taxonomy, by slug, and those of the site's own choice.

    Behind them is that of the newsletter, which holds its `issues`. `posts` and `issues` are newest first. A
    channel without posts is left out, except the site's own. Raises ConfigError when two files would have
    one place.
    """
    shown = [post for post in posts if post.in_feeds]
    gone = [each for each in tombstones if each.post.in_feeds]
    weights = Weights(settings)
    subjects = [each for each in _subjects(shown, gone, settings) if each.posts or each.kind == SITE]
    podcast = path_of(settings.podcast.channel, {each.path or SITE for each in subjects})
    planned = tuple(
        _channel(each, settings, weights, is_podcast=(each.path or SITE) == podcast) for each in subjects
    )
    newsletter = of_issues(issues, settings)
    planned += (newsletter,) if newsletter else ()
    refuse_clashes(planned, settings)
    return planned


def of_issues(issues: Sequence[Post], settings: Settings) -> Channel | None:
    """Return the newsletter's channel, whose entries are its `issues`, newest first.

    None when there are no issues, or no place for them on the site: `[newsletter] archive` is empty.
    """
    path, site, given = settings.newsletter.archive, settings.site, settings.newsletter.name
    if not path or not issues:
        return None
    chosen = Choices(settings).of("newsletter", given or _NEWSLETTER, path)
    if chosen.home_url == f"{site.url}/":  # which is what everything has that the settings say nothing of
        chosen = replace(chosen, home_url=f"{site.url}/{quote(path)}/")
    subject = _Subject(
        kind="newsletter",
        name=given or _NEWSLETTER,
        path=path,
        language=site.language,
        # Beside the site's own channel it must have another name.
        title=given if given not in {"", site.title} else f"{site.title} – {_NEWSLETTER}",
        chosen=chosen,
        posts=issues,
        gone=(),
    )
    return _channel(subject, settings, Weights(settings), is_podcast=False)


def _subjects(posts: Sequence[Post], gone: Sequence[Tombstone], settings: Settings) -> Iterator[_Subject]:
    choices = Choices(settings)
    site = settings.site
    yield _Subject(
        kind=SITE,
        name=site.title,
        path="",
        language=site.language,
        title=site.title,
        chosen=choices.of(SITE, site.title, ""),
        posts=posts,
        gone=gone,
    )
    titles = set()
    for kind in settings.feeds.taxonomies:
        taxonomy = TAXONOMIES[kind]
        lost: dict[str, list[Tombstone]] = {}
        for each in gone:
            for slug in terms_of(taxonomy, each.post):
                lost.setdefault(slug, []).append(each)
        for group in groups(taxonomy, posts):
            path = f"{kind}/{group.slug}"
            subject = _Subject(
                kind=kind,
                name=group.name,
                path=path,
                language=group.name if kind == "languages" else site.language,
                title=taxonomy.title.format(site=site.title, name=group.name),
                chosen=choices.of(kind, group.name, path, group.key),
                posts=group.posts,
                gone=lost.get(group.slug, ()),
            )
            titles.add(subject.title)
            yield subject
    for custom in settings.feeds.custom:
        accepts = _expression(custom).matches
        title = f"{site.title} – {custom.name}"
        yield _Subject(
            kind="custom",
            name=custom.name,
            path=custom.name.strip("/"),
            language=site.language,
            title=f"{title}*" if title in titles else title,  # a category may have this name
            chosen=choices.of_custom(custom),
            posts=[post for post in posts if accepts(post)],
            gone=[each for each in gone if accepts(each.post)],
        )


def _expression(custom: Custom) -> where.Expression:
    try:
        return where.parse(custom.where)
    except where.Invalid as error:
        message = f"`where` cannot be read at column {error.column}: {error.message}"
        raise ConfigError(message, where=f"[[feeds.custom]] {custom.name}", hint=error.hint) from error


def _channel(subject: _Subject, settings: Settings, weights: Weights, *, is_podcast: bool) -> Channel:
    chosen, path = subject.chosen, subject.path
    title = chosen.title or subject.title
    head = weights.head((title, chosen.description, chosen.home_url), path)
    mode = settings.feeds.archives
    division = archives.divide(
        subject.posts,
        _budget(_most(chosen, settings, is_podcast=is_podcast), settings.feeds.max_bytes, head),
        lambda post: weights.post(post, chosen.extent),
        archived=mode == "all" or (mode == "site" and subject.kind == SITE),
    )
    gone = _fresh(subject.gone, division)
    shown = division.window + division.republished
    moments = [*(post.updated for post in shown), *(each.when for each in gone)]
    channel = Channel(
        kind=subject.kind,
        name=subject.name,
        slug=path.partition("/")[2] if subject.kind in TAXONOMIES else path,
        path=path,
        id=identity.of_channel(path, settings),
        title=title,
        description=chosen.description,
        home_url=chosen.home_url,
        language=subject.language,
        extent=chosen.extent,
        updated=max(moments, default=_NEVER),
        feeds=tuple(_feed(path, name, settings) for name in chosen.formats),
        posts=shown,
        total=len(subject.posts),
        tombstones=tuple(_fitting(gone, division.left, weights)),
        is_podcast=is_podcast,
        label=chosen.own_title or subject.name,
    )
    return _with_archives(channel, division.archives, settings)


def _most(chosen: Chosen, settings: Settings, *, is_podcast: bool) -> int:
    """How many posts a feed holds. Directories show what is in a podcast's feed, and forget the rest."""
    return chosen.limit or (_ALL if is_podcast else settings.feeds.limit)


def _budget(posts: int, most: int, head: int) -> archives.Budget:
    """What fits into a feed of `most` bytes beside its head.

    An archive leaves room for any head, so that no other description or hub moves all of history, and for
    corrections beside as many posts.
    """
    size = max(most - head, 0)
    return archives.Budget(posts=posts, size=size, filed=min(most * 3 // 8, size))


def _with_archives(channel: Channel, divided: Sequence[tuple[Post, ...]], settings: Settings) -> Channel:
    """The channel with its archives, each of whose feeds leads to that of the archive before it."""
    made: list[Channel] = []
    previous = [""] * len(channel.feeds)
    for posts in divided:
        path = f"{channel.path}/archive/{archives.name_of(posts)}".lstrip("/")
        feeds = tuple(
            replace(_feed(path, feed.format, settings), previous=before, current=feed.url)
            for feed, before in zip(channel.feeds, previous, strict=True)
        )
        updated = max(post.updated for post in posts)
        # The id is the channel's: its documents are parts of one feed (RFC 5005 section 4).
        made.append(
            replace(
                channel, path=path, feeds=feeds, posts=posts, total=len(posts), updated=updated, tombstones=()
            )
        )
        previous = [feed.url for feed in feeds]
    linked = (replace(feed, previous=before) for feed, before in zip(channel.feeds, previous, strict=True))
    return replace(channel, feeds=tuple(linked), archives=tuple(made))


def _fresh(gone: Sequence[Tombstone], division: Division) -> list[Tombstone]:
    """Those of the posts that are gone that readers may not have heard of, the latest first."""
    since = division.window[-1].published if division.window else _NEVER
    found = [each for each in gone if each.when > since]
    return sorted(found, key=lambda each: (-each.when.timestamp(), each.post.url))


def _fitting(gone: Sequence[Tombstone], left: int, weights: Weights) -> Iterator[Tombstone]:
    """As many of the latest as the feed has room for: they must not push a post out."""
    for each in gone:
        left -= weights.tombstone(each)
        if left < 0:
            return
        yield each


def _feed(folder: str, name: str, settings: Settings) -> Feed:
    file_name: str = getattr(settings.output.names, name)
    path = f"{folder}/{file_name}" if folder else file_name
    return Feed(
        format=name,
        media_type=FORMATS[name].media_type,
        path=path,
        url=f"{settings.site.url}/{quote(path)}",
    )
