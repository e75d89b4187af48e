"""One content file → a source: its bytes, its front matter, and what its path says."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from feeds.content import (
    dates,
    defaults,
    front_matter,
    hashtags,
    header,
    hugo_languages,
    metadata,
    text,
    withheld,
)
from feeds.content.default_files import DefaultFiles
from feeds.content.header_keys import Keys, over
from feeds.content.translations import Translations
from feeds.dialects import DIALECTS
from feeds.model import Source
from feeds.problems import Findings

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.content.front_matter import FrontMatter
    from feeds.content.translations import Translation
    from feeds.content.walk import Tree
    from feeds.model import Header
    from feeds.problems import Problem
    from feeds.settings import Workspace

_DRAFTS = "_drafts"
_POSTS = "_posts"
_BY_LANGUAGE = re.compile(r"(?m)^new_post_name[ \t]*:[ \t]*[\"']?:lang/")
_JEKYLL_NAME = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-")  # Document::DATE_FILENAME_MATCHER
# What SvelteKit, Next.js and VuePress call the page of a folder; elsewhere a README is no post at all.
_PAGES = frozenset({"+page.md", "page.mdx", "README.md", "readme.md"})


class Reader:
    """What holds for all files of a site: where they are, their zone, dialect, languages and bundles."""

    def __init__(self, workspace: Workspace, tree: Tree) -> None:
        settings = workspace.settings
        self._folder = workspace.root / settings.content.dir
        # Who marks what is to be published, keeps the rest private: Obsidian's Publish and Digital Garden.
        self.marked: set[str] = set()
        self._files = frozenset(tree.files)
        self._posts = frozenset(tree.posts)
        self._most_bytes = settings.content.max_bytes
        self._zone = ZoneInfo(settings.site.timezone)
        self._dialect = DIALECTS.get(settings.content.dialect, DIALECTS["plain"])
        hugo = self._dialect.name == "hugo"
        declared = hugo_languages.declared(workspace.root, settings.content.dir) if hugo else None
        self._declared = declared or hugo_languages.Declared()
        self._translations = Translations(
            tree.posts,
            settings.site.language,
            self._dialect.name,
            declared if declared and declared.tags else None,
            by_folder=self._dialect.name == "hexo" and _writes_by_language(workspace),
        )
        self._defaults = defaults.load(
            workspace.root, settings.content.dir, map(str, tree.posts), dialect=self._dialect.name
        )
        # Hugo's page bundles: Markdown beside their index is a resource of that page.
        self._bundles = {
            path.parent
            for path in tree.posts
            if self._dialect.name == "hugo" and len(path.parts) > 1 and self._is_index(path)
        }

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the files that hold defaults for the posts."""
        # The settings of Hugo are read for both, and complained of once.
        return tuple(dict.fromkeys((*self._defaults.problems, *self._declared.problems)))

    @property
    def permalinks(self) -> tuple[tuple[str, int, str], ...]:
        """The patterns for addresses that those files give posts: file, line and pattern."""
        return self._defaults.permalinks

    def is_part_of_bundle(self, path: PurePosixPath) -> bool:
        """Whether a file belongs to a post, as text that the post's own page may show, and is none itself."""
        return not self._is_index(path) and any(parent in self._bundles for parent in path.parents)

    def read(self, path: PurePosixPath, findings: Findings) -> Source | None:
        """Read the file at `path`, relative to the content folder; None when it cannot be a post."""
        if not _is_decodable(path, findings):
            return None
        matter = self._matter(path, findings)
        if matter is None or findings.fatal:
            return None
        return self._source(path, self._with_original(path, matter), findings)

    def _matter(self, path: PurePosixPath, findings: Findings) -> FrontMatter | None:
        """The front matter and the body of the file at `path`; None if it cannot be read."""
        data = self._bytes(path, findings)
        if data is None:
            return None
        content = text.decode(data, findings)
        if findings.fatal:
            return None
        matter = front_matter.split(content, findings)
        beside = str(path.with_suffix(".meta"))
        if not matter.present and self._dialect.name == "nikola" and beside in self._files:
            return self._with_metadata(matter, beside, findings)
        return matter

    def _with_original(self, path: PurePosixPath, matter: FrontMatter) -> FrontMatter:
        """A translation with what Nikola takes from the post that it is one of."""
        said = self._translations.of(path)
        original = path.with_name(f"{said.stem}{path.suffix}")
        if self._dialect.name != "nikola" or not said.suffix or original not in self._posts:
            return matter
        first = self._matter(original, Findings(str(original)))  # whoever reads the original is told
        if first is None:
            return matter
        return replace(
            matter,
            values=over(matter.values, first.values),
            places=dict.fromkeys(first.values, (0, 0)) | {**matter.places},
            present=matter.present or first.present,
        )

    def _with_metadata(self, matter: FrontMatter, beside: str, findings: Findings) -> FrontMatter:
        """A post with what the file `beside` it says of it."""
        data = self._bytes(PurePosixPath(beside), findings)
        said = metadata.nikola_beside(text.decode(data, findings)) if data else {}
        return replace(matter, values=said, present=True)

    def _source(self, path: PurePosixPath, matter: FrontMatter, findings: Findings) -> Source:
        said = self._translations.of(path)
        matter = self._defaults.completed(matter, str(path), language=said.language)
        folders = said.folders
        bundle = self._is_index(path) and bool(path.parent.parts)
        path_date, name = dates.in_path(
            str(path.parent), path.parent.name if bundle else said.stem, self._zone
        )
        head = header.read(
            matter,
            self._zone,
            findings,
            path_date=path_date,
            dialect=self._dialect.name,
            defaults=self._defaults.for_post(str(path), language=said.language),
        )
        in_vault = self._dialect.name == "obsidian"
        if in_vault and withheld.is_marked(Keys(matter)):
            self.marked.add(str(path))
        head = replace(head, withheld=head.withheld or self._why_no_post(path, said, head, findings))
        self._note_dates(head, matter, path, path_date, findings)
        section = [part for part in (folders[:-1] if bundle else folders) if part not in {_POSTS, _DRAFTS}]
        if path.name in _PAGES:  # there, a folder in brackets is a group and no part of the address
            section = [part for part in section if not re.fullmatch(r"\(.*\)", part)]
        suffix = f".{said.suffix}" if said.suffix else ""
        key = path.parent if bundle else path.with_name(said.stem)
        return Source(
            path=str(path),
            key=f"{key}{suffix}",
            name=name,
            section="/".join(section),
            folder="" if not path.parent.parts else str(path.parent),
            header=replace(
                head,
                language=head.language or said.language,
                categories=self._categories(head, path, section),
                tags=hashtags.with_hashtags(head.tags, matter.body) if in_vault else head.tags,
            ),
            body=matter.body,
            body_line=matter.body_line,
            prefix=said.prefix,
            dated_by_path=path_date is not None and head.published is path_date,
        )

    def _why_no_post(self, path: PurePosixPath, said: Translation, head: Header, findings: Findings) -> str:
        """Why a file is no post by its place; empty when it may be one."""
        if said.code in self._declared.off:
            return "in a language that is switched off"
        if _DRAFTS in path.parts:
            return "draft"
        if self._dialect.name == "obsidian" and str(path) == "index.md":
            return "list page"  # the home page, for Quartz
        if self._dialect.name != "jekyll" or _POSTS not in (self._folder.name, *path.parts[:-1]):
            return ""
        if head.published is None or _JEKYLL_NAME.match(path.name):
            return ""
        findings.add(
            "note",
            "date-missing",
            "the file's name does not start with a date, so Jekyll makes no post of it",
            at=(1, 1),
            hint="call it 2025-01-31-name.md",
        )
        return "without a date in its name"

    def _is_index(self, path: PurePosixPath) -> bool:
        return self._translations.of(path).stem == "index" or path.name in _PAGES

    def _categories(self, head: Header, path: PurePosixPath, section: list[str]) -> tuple[str, ...]:
        """The post's categories, with those that its folders stand for in some dialects."""
        if not self._dialect.folder_is_category:
            return head.categories
        if self._dialect.name == "jekyll":  # the folders above `_posts`, besides those of the front matter
            above = path.parts[: path.parts.index(_POSTS)] if _POSTS in path.parts else ()
            return tuple(dict.fromkeys((*above, *head.categories)))
        return head.categories or tuple(section[-1:])

    def _note_dates(
        self,
        head: Header,
        matter: FrontMatter,
        path: PurePosixPath,
        path_date: datetime | None,
        findings: Findings,
    ) -> None:
        """Say what is odd about the post's date: that there is none, or that there are two."""
        page = self._dialect.name == "jekyll" and not {_POSTS, _DRAFTS} & {self._folder.name, *path.parts}
        # A vault is full of notes that are not meant for anybody.
        noted = matter.present or self._dialect.name != "obsidian"
        if head.published is None and not head.withheld and noted and not (findings.fatal or page):
            findings.add(
                "note",
                "date-missing",
                "there is no date in the front matter, the file name or the folders, so this is no post",
                at=(1, 1),
                hint="add date: 2025-01-31 to publish it",
            )
        if head.published and path_date and _apart(head.published, path_date, self._zone) > timedelta(days=1):
            findings.add(
                "note",
                "date-differs",
                f"the front matter says {head.published:%Y-%m-%d} and the name {path_date:%Y-%m-%d}; "
                "the front matter wins",
                hint="rename the file, or change the date in it, if that one is wrong",
            )

    def _bytes(self, path: PurePosixPath, findings: Findings) -> bytes | None:
        """The file's bytes, if it is a regular file inside the content folder of a bearable size."""
        full = self._folder / path
        try:
            if full.is_symlink() and not full.resolve().is_relative_to(self._folder.resolve()):
                findings.add(
                    "error",
                    "link-outside",
                    "a link that leads out of the content folder",
                    hint="put the file itself there",
                )
                return None
            if full.is_dir():
                findings.add(
                    "error",
                    "link-folder",
                    "a link to a folder, which is not followed",
                    hint="put the folder itself there",
                )
                return None
            # Without O_NONBLOCK a named pipe would hold the run up for ever.
            flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
            descriptor = os.open(full, flags)
            with os.fdopen(descriptor, "rb") as file:
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode):
                    findings.add(
                        "error",
                        "file-special",
                        "not a regular file",
                        hint="move the pipe, socket or device out of the content folder",
                    )
                    return None
                if status.st_size > self._most_bytes:
                    findings.add(
                        "error",
                        "file-too-large",
                        f"the file has {status.st_size} bytes, more than {self._most_bytes}",
                        hint="split the post, link to what makes it so large, or raise [content] max_bytes",
                    )
                    return None
                return file.read()
        except (OSError, RuntimeError) as error:  # Python 3.12 raises RuntimeError for a circle of links
            reason = getattr(error, "strerror", None) or "links in a circle"
            hint = "look at its permissions"
            if full.is_symlink():
                hint = "the link leads nowhere: delete it, or put the file itself there"
            findings.add("error", "file-unreadable", reason.lower(), hint=hint)
            return None


def _writes_by_language(workspace: Workspace) -> bool:
    """Whether Hexo is told to put new posts into a folder of their language."""
    files = DefaultFiles(workspace.root, workspace.settings.content.dir)
    return _BY_LANGUAGE.search(files.text(PurePosixPath("_config.yml"), "new_post_name")) is not None


def _apart(published: datetime, path_date: datetime, zone: ZoneInfo) -> timedelta:
    """How far the dates are apart on the calendar: the day of a name may be one of either zone."""
    named = path_date.replace(tzinfo=None)
    return min(abs(each.replace(tzinfo=None) - named) for each in (published, published.astimezone(zone)))


def _is_decodable(path: PurePosixPath, findings: Findings) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        findings.add(
            "error",
            "name-invalid",
            "the name of the file is not UTF-8, so no address can be made of it",
            hint="rename the file",
        )
        return False
    return True
