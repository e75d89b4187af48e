"""What the settings say of feeds that comes to nothing: a feed without posts, a name that nothing has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import where
from feeds.channel_options import SITE, Choices, path_of
from feeds.problems import Problem
from feeds.taxonomies import TAXONOMIES, terms_of
from feeds.toml_lines import locate

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from feeds.model import Channel, Post
    from feeds.problems import Severity
    from feeds.settings import Custom, Settings, Workspace

    KeyPath = tuple[str | int, ...]
    Said = tuple[Severity, str, str, str]  # severity, code, message, hint

_MOST_HINTS = 3


def remarks(planned: Sequence[Channel], posts: Sequence[Post], workspace: Workspace) -> Iterator[Problem]:
    """Yield what is amiss between the settings and the channels that were planned, each with its line."""
    settings = workspace.settings
    shown = [post for post in posts if post.in_feeds]
    found = [
        *_empty(planned, shown, settings),
        *_unknown(planned, settings),
        *_unset(shown, settings),
        *_mixed(shown, settings),
        *_cut(planned, shown, settings),
    ]
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
    """What to do about the names in a `where` that no post has; nothing if there are none."""
    hints: list[str] = []
    for term in where.parse(custom.where).terms:
        if term.taxonomy and not any(term.matches(post) for post in posts):
            names = {name for post in posts for each in term.taxonomy.terms_of(post) for name in each}
            by_spelling = {name.casefold(): name for name in sorted(names, reverse=True)}
            guess = by_spelling.get(where.closest(term.value, by_spelling), "")
            hint = f"no post has {_written(term.field, term.value)}"
            hints.append(f"{hint}; did you mean {_written(term.field, guess)}?" if guess else hint)
    return " ".join(dict.fromkeys(hints[:_MOST_HINTS]))


def _unknown(planned: Sequence[Channel], settings: Settings) -> Iterator[tuple[KeyPath, Said]]:
    feeds, podcast = settings.feeds, settings.podcast.channel
    paths = {channel.path or SITE for channel in planned}
    customs = {custom.name for custom in feeds.custom}
    own = {*feeds.taxonomies, settings.newsletter.archive}  # there may be no issue yet
    for key in feeds.channels:
        if key in customs:
            message, hint = f"`{key}` has a table of its own", "move these keys into its [[feeds.custom]]"
            yield ("feeds", "channels", key), ("warning", "feed-unknown", message, hint)
        elif key.strip("/") not in own and not path_of(key, paths):
            known = {*paths, *feeds.taxonomies}
            yield ("feeds", "channels", key), _no_such("channel", key, known, feeds.taxonomies)
    if podcast and not path_of(podcast, paths):
        yield ("podcast", "channel"), _no_such("channel", podcast, paths, feeds.taxonomies)
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


def _cut(
    planned: Sequence[Channel], posts: Sequence[Post], settings: Settings
) -> Iterator[tuple[KeyPath, Said]]:
    """The episodes that are not in the podcast's feed: no podcast program walks its archives."""
    for channel in planned:
        if not channel.is_podcast:
            continue
        shown = {post.id for post in channel.posts}
        asked = next((each for each in settings.feeds.custom if each.name == channel.name), None)
        asked = asked if channel.kind == "custom" else None
        holds = _holds(channel, asked)
        episodes = [post.id for post in posts if _is_episode(post) and holds(post)]
        left = len(set(episodes) - shown)
        if not left:
            continue
        choices = Choices(settings)
        chosen = choices.of_custom(asked) if asked else choices.of(channel.kind, channel.name, channel.path)
        message = f"the podcast's feed lacks {left} of {len(episodes)} episodes, so directories do, too"
        severity: Severity = "warning"
        hint = f"raise `[feeds] max_bytes`, which is {settings.feeds.max_bytes:_}"
        if chosen.limit and len(channel.posts) >= chosen.limit:
            severity = "note"  # somebody wants it so
            hint = f"raise the limit of {chosen.limit} or take it out: only `[feeds] max_bytes` holds then"
        elif channel.extent == "full":
            hint += ', or set content = "summary" for that feed'
        yield ("podcast", "channel"), (severity, "podcast-cut", message, hint)


def _is_episode(post: Post) -> bool:
    return any(each.media_type.startswith(("audio/", "video/")) for each in post.enclosures)


def _holds(channel: Channel, asked: Custom | None) -> Callable[[Post], bool]:
    """Whether a post is one of the channel's, in its feed or not."""
    if asked:
        return where.parse(asked.where).matches
    taxonomy = TAXONOMIES.get(channel.kind)
    return lambda post: taxonomy is None or channel.slug in terms_of(taxonomy, post)


def _mixed(posts: Sequence[Post], settings: Settings) -> Iterator[tuple[KeyPath, Said]]:
    spoken = sorted({post.language for post in posts if post.language})
    asked = "languages" in settings.feeds.taxonomies or any(
        term.field == "language"
        for custom in settings.feeds.custom
        for term in where.parse(custom.where).terms
    )
    if len(spoken) > 1 and not asked:
        message = f"posts are in {len(spoken)} languages ({', '.join(spoken)}), and no feed is in one of them"
        yield (), ("note", "feed-languages", message, 'add "languages" to taxonomies under [feeds]')


def _no_such(what: str, name: str, known: Collection[str], grouped: Collection[str] = TAXONOMIES) -> Said:
    kind = name.strip("/").partition("/")[0]
    guess = where.closest(name, known)
    hint = f"did you mean `{guess}`?" if guess else "`feeds list feeds` shows all there are"
    if kind in TAXONOMIES and kind not in grouped:
        hint = f"add `{kind}` to `[feeds] taxonomies`"
    return "warning", "feed-unknown", f"there is no {what} `{name}`", hint


def _written(field: str, value: str) -> str:
    plain = not any(character.isspace() or character in "()\"'" for character in value)
    return f"`{field}:{value}`" if plain else f'`{field}:"{value}"`'


def _positions(file: Path) -> Mapping[tuple[str | int, ...], tuple[int, int]]:
    try:
        return locate(file.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError):  # it was read when the run began, and may be gone since
        return {}
