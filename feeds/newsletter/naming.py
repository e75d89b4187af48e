"""What people call a post, and which one they mean: its file, its slug, its address, its id, its terms."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeds import slugs
from feeds.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from feeds.model import Post

# What ends a sentence that starts with the file, and what to do about it.
_WITHHELD = {
    "draft": ("is a draft", "publish it before you mail it"),
    "scheduled": ("is scheduled for later", "--now TIME mails what is published at TIME"),
    "expired": ("has expired", "--now TIME mails what is published at TIME"),
    "hidden": ("is hidden", "publish it before you mail it"),
    "without a date": ("has no date, so it is no post", "add date: 2025-01-31 to publish it"),
    "broken": ("is broken", "`feeds check` says where, and what to do"),
}
_ALIKE = 0.75  # of 1: `helo` and `hello` are, `nope` and `no` are not
_DATE_PREFIX = re.compile(r"^\d{4}-\d{2}-\d{2}[-_]?(?=.)")


def means(name: str, path: str) -> bool:
    """Whether somebody who says `name` may mean the file at `path`."""
    return _plain(name) in _path_names(path)


def last_segment(url: str) -> str:
    """The last segment of a URL's path, decoded: `hello` for `https://example.org/posts/hello/`."""
    return unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])


def within(posts: Sequence[Post], category: str, tag: str) -> Sequence[Post]:
    """Those of `posts` in the category and with the tag, whatever their case; an empty name takes all.

    Raises UsageError, with the nearest names, when no post has one of the two.
    """
    pool = _within(posts, category, "category", [post.categories for post in posts])
    return _within(pool, tag, "tag", [post.tags for post in pool])


def named(posts: Sequence[Post], name: str, withheld: Mapping[str, str]) -> Post:
    """The one of `posts` that `name` means.

    A name is its path in the content folder or the end of that, with or without extension, the last
    segment of its URL, its URL or its id. `withheld` gives, by content path, why the other files are not
    published. Raises UsageError when nothing fits, saying why the file that `name` means is no published
    post or what the nearest names are, or when several posts do.
    """
    wanted = _plain(name)
    for names in (_full_names, _short_names):
        found = [post for post in posts if wanted in names(post)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                f"{name} could be {len(found)} posts",
                hint="say which: " + ", ".join(post.path for post in found),
            )
    for path, reason in withheld.items():
        if means(name, path):
            what, hint = _WITHHELD.get(reason, (f"is not published: {reason}", ""))
            raise UsageError(f"{path} {what}", hint=hint)
    known = dict.fromkeys(each for post in posts for each in _short_names(post))
    near = get_close_matches(wanted, known, cutoff=_ALIKE)
    raise UsageError(f"there is no post {name}", hint=_did_you_mean(near) or "`feeds list` shows all of them")


def _within(posts: Sequence[Post], term: str, kind: str, terms: list[tuple[str, ...]]) -> Sequence[Post]:
    if not term:
        return posts
    wanted = slugs.key(term)
    found = [post for post, of_post in zip(posts, terms, strict=True) if wanted in map(slugs.key, of_post)]
    if not found:
        known = {each.casefold(): each for of_post in terms for each in of_post}
        near = get_close_matches(term.casefold(), list(known), n=3, cutoff=_ALIKE)
        raise UsageError(
            f"no post has the {kind} {term}",
            hint=_did_you_mean([known[each] for each in near]) or "`feeds list feeds` shows all of them",
        )
    return found


def _plain(name: str) -> str:
    return name.removeprefix("./").rstrip("/")


def _full_names(post: Post) -> tuple[str, ...]:
    """The names that only one post can have."""
    return (post.id, post.url.rstrip("/"), post.path)


def _short_names(post: Post) -> tuple[str, ...]:
    """What people call a post: the end of its URL, or its path."""
    names = (last_segment(post.url), urlsplit(post.url).path.strip("/"), *_path_names(post.path))
    return tuple(each for each in dict.fromkeys(names) if each)


def _path_names(path: str) -> list[str]:
    """What people call a file: its path from any folder down, with or without date, extension and `index`."""
    key = (path.rpartition(".")[0] or path).removesuffix("/index")
    folder, slash, last = key.rpartition("/")
    names = []
    for whole in (folder + slash + _DATE_PREFIX.sub("", last), key, path):
        parts = whole.split("/")
        names += ["/".join(parts[start:]) for start in range(len(parts))]
    return [each for each in names if each != "index.md"]


def _did_you_mean(names: list[str]) -> str:
    return f"did you mean {' or '.join(names)}?" if names else ""
