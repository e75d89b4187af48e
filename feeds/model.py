"""The types that travel from stage to stage, each complete from the moment it exists.

    content files ─ collect ─▶ Source ─ place ─▶ Placed ─ render ─▶ Post ─ plan ─▶ Channel
                                                                      │     ─ builders ─▶ Document
                                                                      │     ─ publish ─▶ Report
                                                                      └─ newsletter: issue ─▶ Issue
                                                                            ─ compose ─▶ Letter
                                                                            ─ export ─▶ files

All are frozen values made of plain data, so they can be compared and sent to worker processes. Every datetime
is aware and keeps the zone its author wrote it in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.problems import Problem

Direction = Literal["ltr", "rtl"]
Extent = Literal["full", "summary"]
"""How much of a post an entry holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who wrote something. `id` is that of the site's register, `[authors.ID]`; empty for others."""

    name: str
    email: str = ""
    url: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that comes with a post, such as a podcast's episode.

    `length` is in bytes and `duration` in seconds, and each is 0 when unknown.
    """

    url: str
    media_type: str
    length: int = 0
    duration: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The words of an episode as a file (Podcasting 2.0, `transcript`)."""

    url: str
    media_type: str
    language: str = ""
    captions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who is heard in an episode (Podcasting 2.0, `person`), in what role of what group."""

    name: str
    role: str = ""
    group: str = ""
    image: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """What podcast programs want to know of a post. `season` and `number` count from 1; 0 means none.

    A `number` between two others has a fraction, as 15.5 has, and every other is an int. `season_name` and
    `display` are what programs show in the place of the season's and the episode's number. `explicit` is None
    when the author does not say. `chapters` is the address of a JSON file.
    """

    season: int = 0
    number: float = 0
    kind: Literal["", "full", "trailer", "bonus"] = ""
    explicit: bool | None = None
    image: str = ""
    transcripts: tuple[Transcript, ...] = ()
    chapters: str = ""
    people: tuple[Participant, ...] = ()
    season_name: str = ""
    display: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A change that readers should notice: when it was made, and what it was, in plain text."""

    when: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The feed that a post comes from, when it was first published in another (Atom and RSS: `source`)."""

    title: str
    url: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """What the front matter's `newsletter:` key says about a post's mail."""

    subject: str = ""
    preheader: str = ""
    intro: str = ""
    skip: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Front matter, typed. An empty value means that the author did not say.

    `places` are where the file says something, by field: line and column, from 1. `media_folder` is what a
    theme puts in front of the relative addresses of images. `templates` says whether the generator runs those
    in the body, which else are text. `untitled` says that the title is empty on purpose. `comments` is None
    when the post has none, whatever the settings say.
    """

    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    embargo: datetime | None = None  # not to be published before, when that is not `published`
    expires: datetime | None = None
    withheld: str = ""  # why the author keeps the post back: "draft", "hidden"; empty to publish
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    summary: str = ""
    slug: str = ""
    url: str = ""
    aliases: tuple[str, ...] = ()  # addresses and names that the post had before, or goes by as well
    id: str = ""
    language: str = ""
    direction: Direction | Literal[""] = ""
    image: str = ""
    media_folder: str = ""
    templates: bool = True
    enclosures: tuple[Enclosure, ...] = ()
    mailing: Mailing = Mailing()
    untitled: bool = False
    in_feeds: bool = True
    extent: Extent | Literal[""] = ""
    deleted: datetime | None = None
    corrections: tuple[Correction, ...] = ()
    comments: str | None = ""
    rights: str = ""
    via: str = ""  # where the author found what the post is about
    subject: str = ""  # the page elsewhere that the post is about
    origin: Origin | None = None
    episode: Episode | None = None
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One content file that is a post: what it says, before anything is rendered.

    `path` and `folder` are relative to the content folder, with forward slashes. `key` is the path without
    extension or bundle index (`posts/hello` for `posts/hello/index.md`), `name` its last segment without a
    date (`hello` for `2025-01-31-hello.md`), `section` the folders between the content folder and the post,
    without one that names a language. `prefix` is that language as its generator puts it in front of the
    post's path (`ja` for `hello.ja.md`); empty for none. `body` is the Markdown; its first line is line
    `body_line` of the file.
    """

    path: str
    key: str
    name: str
    section: str
    folder: str
    header: Header
    body: str
    body_line: int
    prefix: str = ""
    dated_by_path: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A source with what readers will know it by: its id and its absolute URL, which no other source has."""

    source: Source
    id: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A rendered source, ready for any feed or mail.

    `html` is sanitised and every URL in it is absolute, as are all others. `title` and `summary` are plain
    text; a note without a title has an empty one, and `label` is what to call it where there must be a name.
    `updated` is never before `published`, and `corrected` is the last change that readers should notice.
    `id` does not change when title, date, slug or URL do. `section` is that of the source.
    """

    id: str
    path: str
    url: str
    title: str
    published: datetime
    updated: datetime
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    authors: tuple[Person, ...]
    summary: str
    html: str
    language: str
    direction: Direction
    image: str
    enclosures: tuple[Enclosure, ...]
    mailing: Mailing
    label: str
    section: str = ""
    in_feeds: bool = True
    extent: Extent | Literal[""] = ""
    corrected: datetime | None = None
    comments: str = ""
    rights: str = ""
    via: str = ""
    subject: str = ""
    origin: Origin | None = None
    episode: Episode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of a post that was deleted (RFC 6721): readers are told, and may forget it too.

    `post` is what it was, without its text, for the channels that it was in.
    """

    post: Post
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One file of a channel. `format` names a row of `feeds.formats`; `path` is below the output folder.

    `previous` is the URL of the document with the posts before these, empty when there are none. `current` is
    set in an archive: the URL of the feed that people subscribe to (RFC 5005 section 4).
    """

    format: str
    media_type: str
    path: str
    url: str
    previous: str = ""
    current: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One thing a reader can subscribe to: the site, a category, a tag, an author, what the settings name.

    `kind` is "site", the taxonomy's name ("categories") or "custom", `name` that of the term or the feed,
    `path` its folder below the output folder (empty for the site), and `label` what to call it among the
    others of its kind: a title of its own, else its name. `posts` are the newest, newest first, out of
    `total`. `extent` is that of the entries whose posts do not say. `id` does not change when the title does.
    `updated` is the last change of what the document holds, deletions among them.

    `archives` are documents of the same channel with all posts that were once among the newest, oldest first,
    and have no archives themselves. `is_podcast` says that podcast programs subscribe to it.
    """

    kind: str
    name: str
    slug: str
    path: str
    id: str
    title: str
    description: str
    home_url: str
    language: str
    extent: Extent
    updated: datetime
    feeds: tuple[Feed, ...]
    posts: tuple[Post, ...]
    total: int
    archives: tuple[Channel, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    is_podcast: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A finished file: where it goes below the output folder, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did. Paths are relative to the output folder, durations in seconds."""

    posts: int
    channels: int
    held: Mapping[str, int]  # why files are not posts, or posts not published yet, and how many
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]
    durations: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of one issue as it is made, instead of posts and settings; empty for nothing."""

    subject: str = ""
    preheader: str = ""
    intro: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What is mailed: one post, or several as a digest, with what the mail says around them.

    `number` counts from 1. `id` is that of the posts, newest first, that it carries, and lasts as long as
    theirs. `when` is its date: that of the newest post, and never before that of the issue before, so that
    the same issue has the same bytes on any day. `language` and `direction` are those of its posts when all
    have the same, else those of the site. `revision` counts how often it was made anew on purpose after it
    had gone out. `intro` is Markdown. `said` is what holds again when the issue is made anew. `began` is of
    the first issue only: when the newest post came out that the site had as the newsletter began.
    """

    number: int
    id: str
    posts: tuple[Post, ...]
    when: datetime
    subject: str
    preheader: str
    intro: str = ""
    revision: int = 0
    language: str = ""
    direction: Direction = "ltr"
    said: Said = Said()
    began: datetime | None = None

    @property
    def post(self) -> Post:
        """The newest of the posts."""
        return self.posts[0]

    @property
    def is_digest(self) -> bool:
        """Whether there are several posts."""
        return len(self.posts) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingList:
    """The list that a mail goes to: what people call it, and its lasting identifier (RFC 2919)."""

    name: str
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The finished mail, before any format and for any mail service: headers in order, both parts as text.

    A header's text is one line of Unicode. `html` and `text` have slots (`feeds.newsletter.slots`) where a
    service puts what only it knows; `token` is what these begin with, `addressee` what a reader is called
    whose name it does not know, and `tags` what the site's own theme says to one service. Nothing else in
    `html` can be taken for a service's merge tag, whatever the author wrote. `content` is the posts alone,
    fit for mail but without styles, for services that have a frame of their own. `cut` says that the posts
    were too long for the HTML part, which ends with a link to the rest; the text part is always whole.
    `given` is what the site itself had to put into the slots when the letter was made, and what it was called
    (`feeds.newsletter.addresses.given`), so that a change of the settings changes no letter.
    """

    issue: Issue
    headers: tuple[tuple[str, str | Person | MailingList], ...]
    html: str
    text: str
    content: str
    token: str
    addressee: str = ""
    tags: tuple[str, ...] = ()
    cut: bool = False
    given: tuple[tuple[str, str], ...] = ()
