"""The settings tree: every key there is, its type, its default and what it does.

This package is the single source (and the msgspec wall): `feeds.config` checks a site's file against `rows`,
and the JSON Schema, docs/settings.md and the file that `feeds init` writes are generated from them. The tree
is closed, except for `[extra]`, which is the site's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta as Key
from msgspec import Struct, convert, field, json
from msgspec.structs import replace

from feeds.settings.channels import Custom, Feeds, Options, Podcast
from feeds.settings.content import PLACEHOLDERS, Author, Content, Site
from feeds.settings.newsletter import Colours, Dark, Look, Newsletter
from feeds.settings.output import Names, Output
from feeds.settings.rows import TABLES, Row, rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "PLACEHOLDERS",
    "TABLES",
    "Author",
    "Colours",
    "Content",
    "Custom",
    "Dark",
    "Feeds",
    "Look",
    "Names",
    "Newsletter",
    "Options",
    "Output",
    "Podcast",
    "Row",
    "Settings",
    "Site",
    "Workspace",
    "json_schema",
    "rows",
    "settings",
    "with_dialect",
    "with_permalinks",
]


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A site's whole configuration."""

    site: Site
    content: Content = field(default_factory=Content)
    feeds: Feeds = field(default_factory=Feeds)
    output: Output = field(default_factory=Output)
    podcast: Podcast = field(default_factory=Podcast)
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
