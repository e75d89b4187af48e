"""The settings tree: every key there is, its type, its default and what it does.

This file is the single source (and the msgspec wall): `feeds.config` checks a site's file against `rows`,
and the JSON Schema, docs/settings.md and the file that `feeds init` writes are generated from them. The tree
is closed, except for `[extra]`, which is the site's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from msgspec import NODEFAULT, Meta, Struct, convert, field, json
from msgspec.structs import FieldInfo, fields, replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Key = Meta  # a row reads `Annotated[type, Key(description=…)]`

PLACEHOLDERS: Mapping[str, str] = {  # of `[content] permalink`
    "section": "the folders between the content folder and the post",
    "first_section": "the first of those folders",
    "slug": "the post's `slug:`, else its name",
    "name": "the file's name without date and extension; a bundle's folder",
    "title": "the title, as its generator makes a path segment of it",
    "slug_or_title": "the post's `slug:`, else its title",
    "filename": "the file's name with its date, without extension; a bundle's folder",
    "slug_or_filename": "the post's `slug:`, else that",
    "slug_or_path": "the post's `slug:`, else the file's path, with a date in it as folders in front",
    "year": "four digits",
    "short_year": "the last two of them",
    "month": "two digits",
    "month_number": "one digit or two",
    "month_name": "`january`",
    "short_month": "`jan`",
    "day": "two digits",
    "day_number": "one digit or two",
    "yearday": "the day of the year, three digits",
    "week": "the week of the year (ISO 8601), two digits",
    "weekday": "`monday`",
    "short_day": "`mon`",
    "hour": "two digits",
    "minute": "two digits",
    "second": "two digits",
    "category": "the first category",
    "categories": "all categories, each a folder",
    "author": "the first author",
    "language": "the post's language",
    # As Jekyll's :slug, :name and :slugified_categories, where :title and :categories keep more.
    "plain_slug": "the post's `slug:`, else its name, in lower case letters, digits and dashes",
    "plain_filename": "the file's name with its date, likewise",
    "plain_categories": "all categories, each a folder, likewise",
}


class Site(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who publishes, and where."""

    title: Annotated[str, Key(min_length=1, description="the site's name, as readers will see it")]
    url: Annotated[
        str,
        Key(
            description="the absolute address of the site's home page",
            extra_json_schema={"format": "uri", "pattern": "^https?://"},
        ),
    ]
    description: Annotated[str, Key(description="one sentence about the site")] = ""
    language: Annotated[str, Key(description="BCP 47 tag of the language most posts are in")] = "en"
    timezone: Annotated[str, Key(description="IANA name of the zone that dates without one are read in")] = (
        "UTC"
    )
    author: Annotated[
        str, Key(description="who writes when a post does not say: `Name` or `Name <mail@example.org>`")
    ] = ""
    copyright: Annotated[str, Key(description="the rights notice of every feed")] = ""
    id: Annotated[
        str,
        Key(
            description="what the ids of posts and feeds are derived from, instead of `url`; set it to the "
            "old address when the site moves to a new one, and no reader shows a post twice"
        ),
    ] = ""


class Content(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the posts are, and which address each one has on the site."""

    dir: Annotated[str, Key(description="the folder that holds the posts")] = "content"
    permalink: Annotated[
        str,
        Key(
            description="the path of a post on the site, such as `/{year}/{slug}/`; without it, what the "
            "dialect's generator does by itself, which is `/{section}/{slug}/` for `plain`. A post's own "
            "`url:` or `permalink:` wins",
            extra_json_schema={"pattern": "^/"},
        ),
    ] = ""
    permalinks: Annotated[
        dict[str, str],
        Key(description='patterns for single sections, by folder: `posts = "/{year}/{slug}/"`'),
    ] = field(default_factory=dict)
    dialect: Annotated[
        Literal[
            "auto",
            "plain",
            "hugo",
            "jekyll",
            "zola",
            "eleventy",
            "pelican",
            "hexo",
            "nikola",
            "docusaurus",
            "obsidian",
        ],
        Key(
            description="which generator the posts were written for, where generators differ; `auto` goes "
            "by the files it left in the site's folder, and `plain` is none of them"
        ),
    ] = "auto"
    slug_letters: Annotated[
        Literal["generator", "unicode"],
        Key(
            description="the letters of addresses: what the dialect's generator makes of names by itself, "
            "or those of any script (Pelican's `SLUGIFY_USE_UNICODE`, Zola's `slugify.paths`)"
        ),
    ] = "generator"
    hard_wraps: Annotated[
        Literal["generator", "on", "off"],
        Key(
            description="whether each end of a line in a paragraph is a line break; `generator` is on for "
            "`hexo` (Goldmark's `hardWraps`, kramdown's `hard_wrap`, marked's `breaks`)"
        ),
    ] = "generator"
    exclude: Annotated[
        list[str],
        Key(description="files and folders that hold no posts, below `dir`: `about.md`, `drafts/**`"),
    ] = field(default_factory=list)
    highlight: Annotated[
        Literal["weight", "none"],
        Key(
            description="how code is highlighted: by bold and italic type, which every reader and mail "
            "program shows, or not at all"
        ),
    ] = "weight"
    max_bytes: Annotated[int, Key(ge=1024, description="the largest file that is read as a post")] = 2_097_152
    max_seconds: Annotated[
        int, Key(ge=1, description="how much processor time one post may take before it is given up")
    ] = 5


class Author(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody that posts name by an id: `author: ines` for `[authors.ines]`."""

    name: Annotated[str, Key(min_length=1, description="the name that readers see")]
    email: Annotated[str, Key(description="a mail address, which feeds then show")] = ""
    url: Annotated[str, Key(description="the author's home page: an address, or a path on the site")] = ""


class Feeds(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which feeds are written, and what an entry holds."""

    formats: Annotated[
        list[Literal["rss", "atom", "json"]],
        Key(
            min_length=1,
            description="the formats that every channel is written in",
            extra_json_schema={"uniqueItems": True},
        ),
    ] = field(default_factory=lambda: ["rss", "atom", "json"])
    limit: Annotated[int, Key(ge=1, description="how many of the newest posts a feed holds")] = 20
    max_bytes: Annotated[
        int,
        Key(
            ge=1,
            description="how large their text may be together, since readers give up on large feeds; the "
            "newest post is always there",
        ),
    ] = 500_000
    content: Annotated[
        Literal["full", "summary"], Key(description="whether entries carry the whole post or its summary")
    ] = "full"
    taxonomies: Annotated[
        list[Literal["categories", "tags"]],
        Key(
            description="the groupings that get a feed for each of their terms",
            extra_json_schema={"uniqueItems": True},
        ),
    ] = field(default_factory=lambda: ["categories", "tags"])


class Names(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the files in the output folder are called."""

    rss: Annotated[str, Key(description="every channel's RSS feed")] = "rss.xml"
    atom: Annotated[str, Key(description="every channel's Atom feed")] = "atom.xml"
    json: Annotated[str, Key(description="every channel's JSON feed")] = "feed.json"
    opml: Annotated[str, Key(description="the list of all feeds, for feed readers")] = "feeds.opml"
    page: Annotated[str, Key(description="the list of all feeds, for people")] = "subscribe.html"


class Output(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the feeds are written. The folder may be a site generator's own."""

    dir: Annotated[str, Key(description="the folder that is published as the root of the site")] = "public"
    names: Names = field(default_factory=Names)


class Newsletter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The newsletter. All keys are optional; an issue that lacks one is still written, and says so."""

    sender: Annotated[str, Key(description="who the mail is from: `Name <mail@example.org>`")] = ""
    reply_to: Annotated[str, Key(description="where answers go, when not to the sender")] = ""
    list_id: Annotated[
        str, Key(description="the list's lasting name, such as `news.example.org` (RFC 2919)")
    ] = ""
    postal_address: Annotated[
        str, Key(description="the postal address that the law asks for in the footer")
    ] = ""
    unsubscribe_url: Annotated[
        str, Key(description="where readers unsubscribe: an https address or your mail service's merge tag")
    ] = ""
    theme: Annotated[str, Key(description="the folder of templates below `templates/newsletter/`")] = (
        "default"
    )
    dir: Annotated[str, Key(description="the folder that issues are written to")] = "outbox"


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A site's whole configuration."""

    site: Site
    content: Content = field(default_factory=Content)
    feeds: Feeds = field(default_factory=Feeds)
    output: Output = field(default_factory=Output)
    newsletter: Newsletter = field(default_factory=Newsletter)
    authors: Annotated[
        dict[str, Author], Key(description="the people that posts name by an id, one table for each")
    ] = field(default_factory=dict)
    extra: Annotated[dict[str, Any], Key(description="anything you like, for your own templates")] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Workspace:
    """A site on disk: its folder, the file its settings came from, and the settings."""

    root: Path
    file: Path
    settings: Settings


Kind = Literal["text", "number", "choice", "list", "texts", "table", "open table", "named texts", "tables"]
TABLES = frozenset({"table", "open table", "named texts", "tables"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One key of a table, as data.

    `choices` are the values a "choice" or the items of a "list" may have, `least` is the smallest number or
    the fewest items, `table` the table that a "table" holds, or that each name in "tables" stands for. In
    an "open table" anything goes; "named texts" are texts by names that are the site's own. A required key
    has no `default`.
    """

    name: str
    kind: Kind
    description: str
    required: bool
    default: Any = None
    choices: tuple[str, ...] = ()
    least: int | None = None
    table: type[Struct] | None = None


@lru_cache
def rows(table: type[Struct] = Settings) -> tuple[Row, ...]:
    """The keys of a table, in the order they are written above."""
    return tuple(_row(info) for info in fields(table))


def _row(info: FieldInfo) -> Row:
    kind, key = get_args(info.type) if get_origin(info.type) is Annotated else (info.type, Key())
    inner = get_args(kind)[-1] if get_origin(kind) in {list, dict} else kind
    table = inner if isinstance(inner, type) and issubclass(inner, Struct) else None
    made = info.default_factory is not NODEFAULT
    return Row(
        name=info.name,
        kind=_kind(kind, inner),
        description=key.description or (table.__doc__ or "").strip(),
        required=info.required,
        default=info.default_factory() if made else None if info.required else info.default,
        choices=get_args(inner) if get_origin(inner) is Literal else (),
        least=key.ge if key.ge is not None else key.min_length,
        table=table,
    )


def _kind(kind: object, inner: object) -> Kind:
    """What a row of the type `kind` is, whose items, if it has any, are of the type `inner`."""
    kinds: Mapping[object, Kind] = {str: "text", int: "number"}
    if get_origin(kind) is dict:
        return "open table" if inner is Any else "named texts" if inner is str else "tables"
    if get_origin(kind) is list:
        return "texts" if inner is str else "list"
    return "choice" if get_origin(kind) is Literal else kinds.get(kind, "table")


def settings(tree: Mapping[str, Any]) -> Settings:
    """The typed form of a tree that `feeds.config` has found no fault with."""
    return convert(tree, Settings)


def with_dialect(given: Settings, name: str) -> Settings:
    """The settings with another `[content] dialect`."""
    return replace(given, content=replace(given.content, dialect=name))


def with_permalinks(given: Settings, pattern: str, sections: Mapping[str, str]) -> Settings:
    """The settings with other permalink patterns: one for all posts, and those of single sections."""
    return replace(given, content=replace(given.content, permalink=pattern, permalinks=dict(sections)))


def json_schema() -> dict[str, Any]:
    """The tree as msgspec describes it in JSON Schema: a `$defs` entry for each table, named by its class."""
    return json.schema(Settings)
