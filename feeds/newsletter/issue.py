"""Which posts become an issue of the newsletter, what it is called and numbered, and which issue stands.

Nothing here asks the clock or the disk: the issues there were are `made`, the letters on record by number.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass
from datetime import UTC
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeds import languages
from feeds.errors import NothingNew, UsageError
from feeds.model import Issue, Said
from feeds.newsletter import naming
from feeds.newsletter.headers import one_line
from feeds.newsletter.theme import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from feeds.model import Direction, Letter, Post
    from feeds.problems import Problem
    from feeds.settings import Settings

__all__ = ["Said", "Wanted", "again", "choose", "numbered", "shorten", "standing"]

PREHEADER_LENGTH = 150  # characters; no mail client shows more next to the subject

NONE_WITHHELD: Mapping[str, str] = MappingProxyType({})
NOTHING_SAID = Said()

_PLACEHOLDER = re.compile(r"\{(title|number|count|newsletter)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks for; without anything, the latest post.

    `name` is one post, by any of its names. `category` and `tag` narrow the choice. The others ask for a
    digest: of the posts published at `since` or later, of the `last` so many, of those that are `unsent`
    because no issue has carried them, or of what fits all of these.

    A post counts as carried when one on record has its id, its address, on whatever host, its path in the
    content folder, or, of the same moment, its name or its summary: a post that was renamed, moved or
    retitled is no new one. What is taken for mailed by mistake can be mailed by its name; a second mail
    cannot be taken back. Without `since`, posts are unsent only if they came out later than all that the site
    had when its first issue was made: a newsletter begins with what is new. With `since` or `last`, which
    say where to begin, there need be no first issue.
    """

    name: str = ""
    category: str = ""
    tag: str = ""
    since: datetime | None = None
    last: int = 0
    unsent: bool = False


def choose(
    posts: Sequence[Post],
    wanted: Wanted,
    made: Sequence[Letter],
    settings: Settings,
    withheld: Mapping[str, str] = NONE_WITHHELD,
    said: Said = NOTHING_SAID,
) -> Issue:
    """Choose the posts to mail, out of `posts`, which are newest first, and say what the issue is called.

    Posts that say `newsletter: {skip: true}` are taken only by name. `made` are the issues on record; one
    with the same posts, by their ids, keeps its number, its revision and what was said of it; a new one gets
    the number after the highest. `withheld` gives, by content path, why the other files are not published.
    `said` wins over front matter and settings.

    Raises NothingNew when no post has come since what was asked for, and UsageError when the request makes
    no sense: nothing has the name, the category or the tag, or nothing was mailed that others could be
    newer than.
    """
    chosen = _chosen(posts, wanted, made, withheld)
    name = _id(chosen)
    before = next((letter.issue for letter in reversed(made) if letter.issue.id == name), None)
    following = max((letter.issue.number for letter in made), default=0) + 1
    number = before.number if before else following
    # As a record gives it back, for a letter's slots are made of all that its issue says.
    began = None if made else max(post.published for post in posts).astimezone(UTC)
    return _issue(
        chosen,
        settings,
        number=number,
        revision=before.revision if before else 0,
        dates=[letter.issue.when for letter in made if letter.issue.number < number],
        said=_together(said, before),
        began=before.began if before else began,
    )


def again(letter: Letter, posts: Sequence[Post], settings: Settings, said: Said = NOTHING_SAID) -> Issue:
    """The issue of `letter` from its posts as they are now among `posts`: the same issue, one revision later.

    What was said of it stays, unless it is `said` anew. Its date never goes back. Raises UsageError when one
    of its posts is not published any more.
    """
    now = {post.id: post for post in posts}
    gone = [post.label for post in letter.issue.posts if post.id not in now]
    number = letter.issue.number
    if gone:
        raise UsageError(
            f"issue {number} cannot be made anew: {gone[0]} is not published any more",
            hint=f"`--issue {number}` alone writes it as it was",
        )
    carried = {post.id for post in letter.issue.posts}
    chosen = tuple(post for post in posts if post.id in carried)
    return _issue(
        chosen,
        settings,
        number=number,
        revision=letter.issue.revision + 1,
        dates=[letter.issue.when],
        said=_together(said, letter.issue),
        began=letter.issue.began,
    )


def numbered(made: Sequence[Letter], number: int, problems: Sequence[Problem] = ()) -> Letter:
    """The letter of issue `number` as it is on record, whatever became of the other records.

    `problems` are those of the records that cannot be read. Raises UsageError when there is none.
    """
    for letter in made:
        if letter.issue.number == number:
            return letter
    numbers = sorted(letter.issue.number for letter in made)
    if problems:
        hint = f"it may be {problems[0].path}: {problems[0].message}"
    elif not numbers:
        hint = "no issue was made yet: `feeds newsletter` makes the first"
    elif len(numbers) > 1:
        hint = f"there are {numbers[0]} to {numbers[-1]}"
        hint += f", without {number}" if numbers[0] < number < numbers[-1] else ""
    else:
        hint = f"there is only {numbers[0]}"
    raise UsageError(f"there is no issue {number}", hint=hint)


def standing(issue: Issue, made: Sequence[Letter]) -> Letter | None:
    """The letter on record that must be written as it stands, instead of `issue` made anew; None for none.

    The last issue may still be on its writer's desk. One that others came after has gone out, and what
    readers have does not change, unless `issue` is a later revision of it.
    """
    for letter in made:
        before = letter.issue
        if before.id == issue.id and before.revision >= issue.revision:
            return letter if any(other.issue.number > before.number for other in made) else None
    return None


def shorten(text: str, length: int) -> str:
    """Cut `text` to at most `length` characters, at a space when there is one in the second half."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    space = cut.rfind(" ")
    if not text[length - 1].isspace() and space >= length // 2:
        cut = cut[:space]
    return cut.rstrip(" ,;:.–—-") + "…"


def _chosen(
    posts: Sequence[Post], wanted: Wanted, made: Sequence[Letter], withheld: Mapping[str, str]
) -> tuple[Post, ...]:
    """The posts of the issue, newest first: at least one."""
    waits = wanted.since is not None or wanted.unsent
    if wanted.name:
        if waits or wanted.last:
            raise UsageError(
                "one post by name and a digest cannot both be asked for", hint="leave one of the two out"
            )
        return (naming.named(naming.within(posts, wanted.category, wanted.tag), wanted.name, withheld),)
    if wanted.unsent and not made and wanted.since is None and not wanted.last:
        raise UsageError(
            "no issue is on record, so every post there is would be new",
            hint="begin with `feeds newsletter --last 1`, or say where to begin: `--unsent --since DATE`",
        )
    if not posts and not waits:
        raise UsageError("there is no post to mail", hint="`feeds list` shows what the collector sees")
    pool = naming.within(posts, wanted.category, wanted.tag) if posts else ()
    fitting = [post for post in pool if wanted.since is None or post.published >= wanted.since]
    fitting = _unsent(fitting, wanted, made) if wanted.unsent and made else fitting
    found = tuple(post for post in fitting if not post.mailing.skip)
    if found:
        return found[: wanted.last or (None if waits else 1)]
    if waits:
        raise NothingNew(_nothing(wanted, made, skipped=bool(fitting)), hint=_write_again(made))
    raise UsageError(
        "every post that fits says `newsletter: {skip: true}`", hint="name a post to mail it all the same"
    )


def _unsent(posts: Sequence[Post], wanted: Wanted, made: Sequence[Letter]) -> list[Post]:
    """Those of `posts` that no issue has carried, without what is older than the newsletter itself."""
    carried = {mark for letter in made for post in letter.issue.posts for mark in _marks(post)}
    new = [post for post in posts if carried.isdisjoint(_marks(post))]
    if wanted.since is not None:
        return new
    first = min((letter.issue for letter in made), key=lambda issue: issue.number)
    # Records of an earlier version do not say.
    began = first.began or max(post.published for post in first.posts)
    return [post for post in new if post.published > began]


def _marks(post: Post) -> Iterator[tuple[str, float, str]]:
    """What a post is known by, any of which tells that it is the same."""
    yield "id", 0, post.id
    yield "url", 0, post.url
    address = urlsplit(post.url)
    if (place := address.path.strip("/")) or address.query:
        yield "address", 0, f"{unquote(place)}?{address.query}"
    yield "path", 0, post.path
    moment = post.published.timestamp()
    yield "label", moment, post.label
    if post.summary:
        yield "summary", moment, post.summary


def _nothing(wanted: Wanted, made: Sequence[Letter], *, skipped: bool) -> str:
    if skipped:
        return "every new post says `newsletter: {skip: true}`"
    if wanted.unsent and made:
        return f"no post is new since issue {max(letter.issue.number for letter in made)}"
    if wanted.since is None:
        return "no post is published yet"
    since = f"{wanted.since:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    return f"no post was published since {since}"


def _write_again(made: Sequence[Letter]) -> str:
    number = max((letter.issue.number for letter in made), default=0)
    if not number:
        return ""
    return (
        f"`feeds newsletter --issue {number} --revise` makes the last one anew, "
        f"`--issue {number}` writes it again"
    )


def _together(said: Said, before: Issue | None) -> Said:
    """What is said of an issue now, and before of what is not said now; fit for a record."""
    last = before.said if before else NOTHING_SAID
    return Said(
        subject=one_line(said.subject) or last.subject,
        preheader=one_line(said.preheader) or last.preheader,
        # A terminal may hand over halves of characters.
        intro=said.intro.encode(errors="replace").decode().strip() or last.intro,
    )


def _id(posts: Sequence[Post]) -> str:
    """The id of the issue that carries `posts`: that of the only one, else one of its own."""
    if len(posts) == 1:
        return posts[0].id
    carried = "\0".join(sorted(post.id for post in posts)).encode(errors="surrogatepass")
    return uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(carried).hexdigest()).urn


def _issue(
    posts: tuple[Post, ...],
    settings: Settings,
    *,
    number: int,
    revision: int,
    dates: Sequence[datetime],
    said: Said,
    began: datetime | None,
) -> Issue:
    """The issue, which is dated no earlier than any of `dates`: mail programs and readers go by them."""
    newest = posts[0]
    language, direction = _language(posts, settings)
    subject = said.subject or _subject(posts, number, language, settings)
    several = len(posts) > 1
    preheader = _titles(posts, subject) if several else _preheader(newest, subject)
    return Issue(
        number=number,
        id=_id(posts),
        posts=posts,
        when=max(newest.published, *dates) if dates else newest.published,
        subject=subject,
        preheader=shorten(said.preheader or preheader, PREHEADER_LENGTH),
        intro=said.intro or ("" if several else newest.mailing.intro),
        revision=revision,
        language=language,
        direction=direction,
        said=said,
        began=began,
    )


def _language(posts: Sequence[Post], settings: Settings) -> tuple[str, Direction]:
    """The language of the posts, and how it runs; of posts in several languages that of the site."""
    found = {(post.language, post.direction) for post in posts}
    if len(found) == 1:
        return found.pop()
    return settings.site.language, languages.direction(settings.site.language)


def _subject(posts: Sequence[Post], number: int, language: str, settings: Settings) -> str:
    newest, given = posts[0], settings.newsletter
    several = len(posts) > 1
    if not several and (own := one_line(newest.mailing.subject)):
        return own
    pattern = given.digest_subject if several else given.subject
    if not pattern.strip():
        label = one_line(newest.label)
        return one_line(words.digest_subject(language, label, len(posts))) if several else label
    known = {
        "title": newest.label,
        "number": str(number),
        "count": str(len(posts)),
        "newsletter": given.name or settings.site.title,
    }
    # At once: a title may well be about `{number}`.
    return one_line(_PLACEHOLDER.sub(lambda mark: known[mark[1]], pattern)) or one_line(newest.label)


def _titles(posts: Sequence[Post], subject: str) -> str:
    """What is in a digest, but for what its subject says already."""
    titles = dict.fromkeys(one_line(post.label) for post in posts)
    return " · ".join(title for title in titles if title not in subject)


def _preheader(post: Post, subject: str) -> str:
    """What stands beside the subject; for a note that begins there, how it goes on."""
    if post.mailing.preheader:
        return one_line(post.mailing.preheader)
    summary = one_line(post.summary)
    begun = one_line(post.label).removesuffix("…")
    repeats = not post.title and begun in subject
    return summary.removeprefix(begun).lstrip(" ,;:.–—-") if repeats else summary
