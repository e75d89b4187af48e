"""Which generator a site's posts were written for, by what that generator left in the site's folder.

Where generators mean different things by the same words (`categories: a b`, `/:title/`, `%%`), the dialect
decides. Everything that only one of them knows (a shortcode, a wikilink) is read in every dialect.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds import regular
from feeds.settings import with_dialect

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.settings import Settings

_MOST = 200_000  # bytes of a configuration file that are looked at


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a generator is recognised, and what it does that others do not.

    `marks` are files and folders, relative to the site's folder, that only it has. A pattern behind a file's
    name must be found in it: several generators call theirs `config.toml`.
    """

    name: str
    marks: tuple[tuple[str, str], ...] = ()
    spaces_part_terms: bool = False  # `categories: a b` is two
    hides_comments: bool = False  # `%% what is between these %%`
    folder_is_category: bool = False  # of posts that give none
    permalinks: tuple[tuple[str, str], ...] = ()  # files that may set a pattern for all posts, and how
    future: tuple[tuple[str, str], ...] = ()  # files that may say that dates to come do not matter, and how

    def own_permalink(self, root: Path) -> tuple[str, int, str] | None:
        """The file in `root` that sets a pattern for the addresses of all posts, the line, and the pattern.

        The pattern is empty for a table of several.
        """
        for name, pattern in self.permalinks:
            text = _text(root, name)
            if found := re.search(pattern, text):
                given = found.groupdict().get("given") or ""
                return name, text.count("\n", 0, found.start()) + 1, given
        return None

    def publishes_the_future(self, root: Path) -> str:
        """The file in `root` that has posts published before the day that they are dated; empty for none."""
        return next((name for name, pattern in self.future if _marked(root, name, pattern)), "")

    def is_at_home(self, root: Path) -> bool:
        """Whether the site in the folder `root` is made with this generator."""
        return any(_marked(root, name, pattern) for name, pattern in self.marks)


_OWN_LINE = r"(?m)^permalink[ \t]*:[ \t]*(?P<quote>[\"']?)(?P<given>[^\"'#\s]+)(?P=quote)"
_FUTURE = r"(?m)^future[ \t]*:[ \t]*(?:true|yes|on)\b"
_ENDINGS = ("toml", "yaml", "yml", "json")
_HUGO_FILES = tuple(
    f"{name}.{ending}"
    for name in ("hugo", "config", "config/_default/hugo", "config/_default/config")
    for ending in _ENDINGS
)
# For posts, not for the pages of terms; of the site or of one language.
_HUGO_PERMALINKS = (
    r"(?mi)^[ \t]*\[[ \t]*(?:languages\.[\w-]+\.)?permalinks[ \t]*(?:\.[ \t]*page[ \t]*)?\]"
    r"|^permalinks(?:[ \t]*[:=]|\.)|\"permalinks\"[ \t]*:"
)

# Obsidian is last: people write in it what another generator publishes.
DIALECTS = {
    row.name: row
    for row in (
        Dialect(
            "docusaurus",
            tuple((f"docusaurus.config.{ending}", "") for ending in ("js", "ts", "mjs", "cjs", "mts")),
        ),
        Dialect(
            "zola",
            (("zola.toml", ""), ("config.toml", r"(?m)^\s*base_url\s*=")),
        ),
        Dialect(
            "hugo",
            (
                *((f"hugo.{ending}", "") for ending in _ENDINGS),
                *((f"config.{ending}", r"(?i)\bbaseURL\b") for ending in _ENDINGS),
                ("config/_default", ""),
                ("archetypes/default.md", ""),
            ),
            permalinks=(
                *((name, _HUGO_PERMALINKS) for name in _HUGO_FILES),
                *((f"config/_default/permalinks.{ending}", r"\w") for ending in _ENDINGS),
            ),
            future=tuple((name, r"(?mi)^[ \t]*\"?buildFuture\"?\s*[:=]\s*true\b") for name in _HUGO_FILES),
        ),
        Dialect(
            "pelican",
            (("pelicanconf.py", ""),),
            folder_is_category=True,
            permalinks=(
                ("pelicanconf.py", r"(?m)^ARTICLE_URL\s*=\s*(?P<quote>[\"'])(?P<given>[^\"'\n]+)(?P=quote)"),
            ),
        ),
        Dialect(
            "eleventy",
            (
                (".eleventy.js", ""),
                *((f"eleventy.config.{ending}", "") for ending in ("js", "mjs", "cjs", "ts", "mts")),
                ("package.json", r"\"@11ty/eleventy\""),
            ),
        ),
        Dialect("nikola", (("conf.py", r"(?m)^BLOG_TITLE\s*="),)),
        Dialect(
            "hexo",
            (("_config.yml", r"(?m)^(?:source_dir|skip_render|new_post_name)\s*:"),),
            permalinks=(("_config.yml", _OWN_LINE),),
            future=(("_config.yml", _FUTURE),),
        ),
        Dialect(
            "jekyll",
            (("_posts", ""), ("_config.yml", "")),
            permalinks=(("_config.yml", _OWN_LINE),),
            future=(("_config.yml", _FUTURE),),
            spaces_part_terms=True,
            folder_is_category=True,
        ),
        Dialect("obsidian", ((".obsidian", ""), ("quartz.config.ts", "")), hides_comments=True),
        Dialect("plain", hides_comments=True),
    )
}


def settled(settings: Settings, root: Path) -> Settings:
    """The settings with the dialect that the site in the folder `root` is written in, where it says `auto`.

    A site of no generator that we know is `plain`.
    """
    if settings.content.dialect != "auto":
        return settings
    return with_dialect(settings, detect(root, settings.content.dir))


def detect(root: Path, content: str = ".") -> str:
    """The name of the dialect of the site in `root`, whose posts are in the folder `content`, or `plain`."""
    for dialect in DIALECTS.values():
        if dialect.is_at_home(root):
            return dialect.name
    if content.rpartition("/")[2] == "_posts":
        return "jekyll"
    return "obsidian" if (root / content / ".obsidian").is_dir() else "plain"


def _marked(root: Path, name: str, pattern: str) -> bool:
    try:
        if not pattern:
            return (root / name).exists()
    except OSError:
        return False
    return re.search(pattern, _text(root, name)) is not None


def _text(root: Path, name: str) -> str:
    """The beginning of a file; empty for none."""
    return regular.beginning(root / name, root, _MOST).decode(errors="replace")
