"""The content folder → what is in it: posts to read, files beside them, and why others are neither.

Nothing is opened here. Order is by name, whatever the file system gives.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds.content.wildcards import matches
from feeds.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EXTENSIONS = (".md", ".markdown", ".mdown", ".mkd", ".mdx")

# What other programs make pages of, and we do not. HTML is one of these only where posts are expected.
_OTHER_MARKUP = frozenset(
    {".adoc", ".asciidoc", ".ipynb", ".mdoc", ".org", ".qmd", ".rmd", ".rst", ".svx", ".textile"}
)
_HTML = frozenset({".htm", ".html"})
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[-_ .]")

# Markdown that no generator takes for a post.
_LIST_PAGE = re.compile(r"_index(?:\.[a-z]{2,3}(?:[-_][a-z]{2,4})?)?", re.IGNORECASE)
_NO_POST = re.compile(
    r"readme|template|changelog|contributing|license|code[-_]of[-_]conduct|security|.*\.excalidraw",
    re.IGNORECASE,
)
# The page of a folder is its README in VuePress, whose own folder may be around the content folder.
_ABOVE = 3

# Folders of what pages are made with. Below others, the names in plain words are those of sections.
_MADE_WITH = frozenset({"_data", "_includes", "_layouts", "_plugins", "_sass", "_templates"})
_MADE_WITH_AT_THE_TOP = frozenset({"archetypes", "templates"})
# Folders of other people's files, and of what was built.
_FOREIGN = frozenset({"_site", "node_modules"})
_BUNDLED_GEMS = frozenset({"bundle", "cache", "gems", "ruby"})


@dataclass(slots=True)
class Tree:
    """What was found, by path relative to the content folder: `withheld` says why Markdown is no post."""

    posts: list[PurePosixPath] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)  # `_index.md` and the like
    withheld: dict[str, str] = field(default_factory=dict)


def walk(
    folder: Path, *, exclude: Sequence[str] = (), avoid: Sequence[Path] = (), dialect: str = "plain"
) -> Tree:
    """Look through the content folder `folder`.

    What a pattern of `exclude` matches is left out (`*` stays within a folder, `**` does not), and the
    folders `avoid` are not entered, nor hidden ones. Folders of what pages are made with, such as
    `_includes`, hold no posts; in a vault (`dialect` is `obsidian`) templates may be anywhere. Links to
    folders are not followed, for they could lead out of the content folder or round in a circle: they are
    among the posts, for their reader to refuse.

    Raises PublishError when a folder cannot be listed: what cannot be seen must not be taken for gone, or
    its posts would vanish from every feed.
    """
    tree = Tree()
    has_readmes = any((place / ".vuepress").is_dir() for place in (folder, *folder.parents[:_ABOVE]))
    avoided = frozenset(avoid)
    patterns = [pattern.strip("/") for pattern in exclude]
    todo = [(PurePosixPath(), "")]
    while todo:
        below, outside = todo.pop()
        for entry in _listed(folder, below):
            if entry.name.startswith("."):
                continue
            path = below / entry.name
            left_out = any(matches(pattern, str(path)) for pattern in patterns)
            why = "excluded" if left_out else outside
            if entry.is_dir(follow_symlinks=False):
                if folder / path not in avoided and not _is_foreign(path):
                    todo.append((path, why or ("no post" if _is_made_with(path, dialect) else "")))
            elif entry.is_symlink() and _is_folder(entry):
                tree.posts += [] if why else [path]
            else:
                _sort(path, tree, why, dialect, has_readmes=has_readmes)
    tree.posts.sort()
    tree.files.sort()
    return tree


def printable(path: str) -> str:
    """A path that can be shown: bytes of a file name that are not UTF-8 become question marks."""
    return path.encode(errors="surrogateescape").decode(errors="replace")


def _listed(folder: Path, below: PurePosixPath) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder / below) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PublishError(
            f"cannot list the folder: {reason}",
            where=printable(str(folder / below)),
            hint="look at its permissions; nothing was changed",
        ) from error


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether a link leads to a folder; one that leads back to itself leads nowhere."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_foreign(path: PurePosixPath) -> bool:
    return path.name.lower() in _FOREIGN or (path.name in _BUNDLED_GEMS and path.parent.name == "vendor")


def _is_made_with(path: PurePosixPath, dialect: str) -> bool:
    name = path.name.lower()
    at_the_top = len(path.parts) == 1 or dialect == "obsidian"
    return name in _MADE_WITH or (at_the_top and name in _MADE_WITH_AT_THE_TOP)


def _sort(path: PurePosixPath, tree: Tree, outside: str, dialect: str, *, has_readmes: bool) -> None:
    """Put one file where it belongs; `outside` says why its folder holds no posts, if it does not.

    With `has_readmes` a README is the page of its folder.
    """
    kind = path.suffix.lower()
    if kind in EXTENSIONS:
        reason = outside
        if not reason and _LIST_PAGE.fullmatch(path.stem):
            reason = "list page"
            tree.lists.append(str(path))
        elif has_readmes and len(path.parts) > 1 and path.stem.lower() == "readme":
            pass
        elif not reason and _NO_POST.fullmatch(path.stem):
            reason = "no post"
        if reason:
            tree.withheld[str(path)] = reason
        else:
            tree.posts.append(path)
        return
    if outside == "no post":  # the files of a layout are nothing that a post could mean
        return
    if not outside and (kind in _OTHER_MARKUP or (kind in _HTML and _is_post_in_html(path, dialect))):
        tree.withheld[str(path)] = "not Markdown"
    tree.files.append(str(path))


def _is_post_in_html(path: PurePosixPath, dialect: str) -> bool:
    # To Hugo the file `hello/index.html` is a post like `hello/index.md`.
    bundle = dialect == "hugo" and path.stem == "index" and len(path.parts) > 1
    return bundle or bool(_DATED.match(path.name)) or "_posts" in path.parts
