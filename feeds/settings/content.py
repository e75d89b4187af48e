"""`[site]`, `[content]` and `[authors]`: who publishes, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta as Key
from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    icon: Annotated[
        str,
        Key(
            description="a square picture that stands for the site in readers: an address, or a path on the "
            "site"
        ),
    ] = ""
    id: Annotated[
        str,
        Key(
            description="what the ids of posts and feeds are derived from, instead of `url`, so that the "
            "site can move and no reader shows a post twice. `feeds init` makes one up; a site without one "
            "sets it to its old address when it moves"
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
    updated: Annotated[
        Literal["front-matter", "git"],
        Key(
            description="what says when a post was last changed: its front matter, or else also git, by the "
            "last commit that changed the file after the one that added it"
        ),
    ] = "front-matter"
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
