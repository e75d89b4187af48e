"""The types that travel from stage to stage, each complete from the moment it exists.

    content files ─ collect ─▶ Source ─ place ─▶ Placed ─ render ─▶ Post ─ plan ─▶ Channel
                                                                      │     ─ builders ─▶ Document
                                                                      │     ─ publish ─▶ Report
                                                                      └─ newsletter: issue ─▶ Issue
                                                                            ─ compose ─▶ Letter
                                                                            ─ export ─▶ files

All but `Findings`, which collects, are frozen values made of plain data, so they can be compared and sent to
worker processes. Every datetime is aware and keeps the zone its author wrote it in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from feeds.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

Severity = Literal["error", "warning", "note"]
Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with one file.

    An `error` means that the post is not published, a `warning` that it is, with something lost or guessed.
    `path` is relative to the site's folder; `line` and `column` count from 1, and 0 means unknown.
    """

    code: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""
    severity: Severity = "error"

    def __post_init__(self) -> None:
        assert self.code in CODES, f"{self.code} is not in feeds.codes"  # noqa: S101 - a slip of ours, for tests to find


class Findings:
    """The problems found so far in one file: what a reading room writes into while it goes on reading."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._problems: list[Problem] = []

    def add(
        self,
        severity: Severity,
        code: str,
        message: str,
        *,
        at: tuple[int, int] = (0, 0),
        hint: str = "",
    ) -> None:
        """Note one problem; `at` is its line and column in the file."""
        self._problems.append(
            Problem(
                code=code,
                message=message,
                path=self.path,
                line=at[0],
                column=at[1],
                hint=hint,
                severity=severity,
            )
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything noted, in the order it was found."""
        return tuple(self._problems)

    @property
    def fatal(self) -> bool:
        """Whether the file cannot be published."""
        return any(problem.severity == "error" for problem in self._problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who wrote something."""

    name: str
    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that comes with a post, such as a podcast episode. `length` is in bytes, 0 when unknown."""

    url: str
    media_type: str
    length: int = 0


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
    in the body, which else are text.
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
class SiteMap:
    """What links and shortcodes of any post may refer to, made once for the whole site.

    `references` maps content paths of posts (`posts/hello.md`) to absolute URLs, `files` does so for what
    lies beside them (`posts/hello/desk.jpg`), and `aliases` maps other names and addresses of posts, as
    written (`/old/hello/`, `Hello again`). `titles` are the posts' titles by URL, `shortcodes` the site's own
    templates for them by name.
    """

    references: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    shortcodes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a body stands: what its links are resolved against and where its problems are reported.

    `path` is the file relative to the site's folder and `line` the file's line where the body starts;
    `folder` is the file's folder relative to the content folder. `url` is the post's absolute URL and
    `site_url` the site's, without a slash at the end. `title`, `media_folder` and `templates` are those of
    the header, `dialect` that of the site's settings, settled. `highlight` says how code is highlighted,
    `hard_wraps` whether ends of lines are line breaks. `known` are values of templates that hold for the site
    (`site.title`).

    `references`, `files`, `aliases`, `titles` and `shortcodes` are those of the `SiteMap`; the templates of
    the shortcodes are found from the site's folder `root`.
    """

    path: str
    line: int
    folder: str
    url: str
    site_url: str
    title: str = ""
    media_folder: str = ""
    templates: bool = True
    dialect: str = "plain"
    highlight: str = "none"
    hard_wraps: bool = False
    known: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    shortcodes: Mapping[str, str] = field(default_factory=dict)
    root: Path | None = None

    @property
    def content_folder(self) -> str:
        """The content folder, relative to the site's folder; empty when that is the content folder itself."""
        return self.path.rpartition("/")[0].removesuffix(self.folder).rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A rendered source, ready for any feed or mail.

    `html` is sanitised and every URL in it is absolute. `title` and `summary` are plain text; `title` is
    never empty. `updated` is never before `published`. `id` does not change when title, date, slug or URL do.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One file of a channel. `format` names a row of `feeds.formats`; `path` is below the output folder."""

    format: str
    media_type: str
    path: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One thing a reader can subscribe to: the site, a category, a tag.

    `kind` is "site" or the taxonomy's name ("categories"), `name` what people call it and `path` its folder
    below the output folder (empty for the site). `posts` are the newest, newest first, out of `total`. `full`
    says whether entries carry the whole post or its summary. `id` does not change when the title does.
    """

    kind: str
    name: str
    slug: str
    path: str
    id: str
    title: str
    description: str
    home_url: str
    full: bool
    updated: datetime
    feeds: tuple[Feed, ...]
    posts: tuple[Post, ...]
    total: int


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
class Issue:
    """A post chosen to be mailed, with what the mail says around it."""

    post: Post
    subject: str
    preheader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingList:
    """The list that a mail goes to: what people call it, and its lasting identifier (RFC 2919)."""

    name: str
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The finished mail, before any format: headers in order, and both parts as text.

    A header's text is one line of Unicode. `cut` says that the post was too long for the HTML part, which
    ends with a link to the rest; the text part is always whole.
    """

    issue: Issue
    headers: tuple[tuple[str, str | Person | MailingList], ...]
    html: str
    text: str
    cut: bool = False
