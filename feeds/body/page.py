"""Where a body stands, and what it may refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


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
