"""What the settings say of feeds that comes to nothing: a feed without posts, a name that nothing has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import where
from feeds.channel_options import SITE, path_of
from feeds.problems import Problem
from feeds.toml_lines import locate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from feeds.model import Channel, Post
    from feeds.problems import Severity
    from feeds.settings import Custom, Settings, Workspace

    KeyPath = tuple[str | int, ...]
    Said = tuple[Severity, str, str, str]  # severity, code, message, hint


def remarks(planned: Sequence[Channel], posts: Sequence[Post], workspace: Workspace) -> Iterator[Problem]:
    """Yield what is amiss between the settings and the channels that were planned, each with its line."""
    settings = workspace.settings
    shown = [post for post in posts if post.in_feeds]
    found = [*_empty(planned, shown, settings), *_unknown(planned, settings), *_unset(shown, settings)]
    positions = _positions(workspace.file) if found else {}
    prefix = ("tool", "feeds") if workspace.file.name == "pyproject.toml" else ()
    for key, (severity, code, message, hint) in found:
        line, column = positions.get((*prefix, *key), (0, 0)) if key else (0, 0)
        yield Problem(
            path=workspace.file.name,
            line=line,
            column=column,
            code=code,
            message=message,
            hint=hint,
            severity=severity,
        )


def _empty(
    planned: Sequence[Channel], posts: Sequence[Post], settings: Settings
) -> Iterator[tuple[KeyPath, Said]]:
    written = {channel.name for channel in planned if channel.kind == "custom"}
    for number, custom in enumerate(settings.feeds.custom):
        if custom.name not in written:
            misspelt = _misspelt(custom, posts)
            message = f"the feed `{custom.name}` holds no post, and is not written"
            hint = misspelt or "no post is all that its `where` asks for"
            severity: Severity = "warning" if misspelt else "note"  # it may have to wait for its first post
            yield ("feeds", "custom", number, "where"), (severity, "feed-empty", message, hint)


def _misspelt(custom: Custom, posts: Sequence[Post]) -> str:
    """What to do about the first name in a `where` that no post has; nothing if there is none."""
    for term in where.parse(custom.where).terms:
        if term.taxonomy and not any(term.matches(post) for post in posts):
            names = {name for post in posts for name in term.taxonomy.terms_of(post)}
            by_spelling = {name.casefold(): name for name in sorted(names, reverse=True)}
            guess = by_spelling.get(where.closest(term.value, by_spelling), "")
            hint = f"no post has {_written(term.field, term.value)}"
            return f"{hint}; did you mean {_written(term.field, guess)}?" if guess else hint
    return ""


def _unknown(planned: Sequence[Channel], settings: Settings) -> Iterator[tuple[KeyPath, Said]]:
    feeds, podcast = settings.feeds, settings.podcast.channel
    paths = {channel.path or SITE for channel in planned}
    customs = {custom.name for custom in feeds.custom}
    for key in feeds.channels:
        if key in customs:
            message, hint = f"`{key}` has a table of its own", "move these keys into its [[feeds.custom]]"
            yield ("feeds", "channels", key), ("warning", "feed-unknown", message, hint)
        elif key.strip("/") not in feeds.taxonomies and not path_of(key, paths):
            yield ("feeds", "channels", key), _no_such("channel", key, {*paths, *feeds.taxonomies})
    if podcast and not path_of(podcast, paths):
        yield ("podcast", "channel"), _no_such("channel", podcast, paths)
    files = {feed.path for channel in planned for feed in channel.feeds}
    for old, new in feeds.aliases.items():
        if new not in files:
            yield ("feeds", "aliases", old), _no_such("feed", new, files)


def _unset(posts: Sequence[Post], settings: Settings) -> Iterator[tuple[KeyPath, Said]]:
    episodes = sum(post.episode is not None for post in posts)
    if episodes and not settings.podcast.channel:
        what = "a post is an episode" if episodes == 1 else f"{episodes} posts are episodes"
        message = f"{what}, and no feed has what podcast programs ask for"
        hint = 'set channel = "site" under [podcast], or the name of the feed that is the podcast'
        yield (), ("note", "podcast-unset", message, hint)


def _no_such(what: str, name: str, known: Collection[str]) -> Said:
    guess = where.closest(name, known)
    hint = f"did you mean `{guess}`?" if guess else "`feeds list feeds` shows all there are"
    return "warning", "feed-unknown", f"there is no {what} `{name}`", hint


def _written(field: str, value: str) -> str:
    plain = not any(character.isspace() or character in "()\"'" for character in value)
    return f"`{field}:{value}`" if plain else f'`{field}:"{value}"`'


def _positions(file: Path) -> Mapping[tuple[str | int, ...], tuple[int, int]]:
    try:
        return locate(file.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError):  # it was read when the run began, and may be gone since
        return {}
