"""Which language a file's path says that it is in: `hello.ja.md`, `hello/index.ja.md`, `ja/posts/hello.md`.

Hugo and Zola take the suffix for a language, Hugo only one of those that it is told of; elsewhere
`release.go.md` may be a name, so there a suffix counts when the same post is there in another language too.
Eleventy knows folders only. To Jekyll, Hexo and Pelican neither means anything: a folder may say in which
language a post is, and is a folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds import languages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePosixPath

    from feeds.content.hugo_languages import Declared

_SUFFIX = re.compile(r"(?P<stem>.+)\.(?P<tag>[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?)")
# Codes of languages that are words, or subjects of programmers, in names of folders as well.
_WORDS = frozenset(
    "am as be ch cr cs cv do he id io is it ml my no or os pl ps sa se sh si so st ti to ts vi".split()  # noqa: SIM905 - shorter to read
)
_WITHOUT_FOLDERS = frozenset({"hexo", "jekyll", "pelican"})
_WITHOUT_SUFFIXES = _WITHOUT_FOLDERS | {"eleventy"}


@dataclass(frozen=True, slots=True)
class Translation:
    """What a path says: the language, empty for none, and the path's parts without it.

    `prefix` is what the generator puts in front of the path of the post's page: nothing for the site's own
    language, except where the folder is simply a folder to it. `suffix` is the language in the file's name,
    `code` what Hugo's settings call it.
    """

    language: str
    prefix: str
    suffix: str
    folders: tuple[str, ...]
    stem: str
    code: str = ""


class Translations:
    """The languages of one site, from all its paths; `language` is the site's and `dialect` its dialect.

    `declared` are those that Hugo is told of, None for nobody knows. `by_folder` says that folders are
    languages where they else are not: Hexo can be told to write posts so.
    """

    def __init__(
        self,
        paths: Iterable[PurePosixPath],
        language: str,
        dialect: str,
        declared: Declared | None = None,
        *,
        by_folder: bool = False,
    ) -> None:
        self._are_folders = dialect in _WITHOUT_FOLDERS and not by_folder
        self._own = language.lower()
        self._declared = declared
        self._dialect = dialect
        self._spellings: dict[tuple[str, str], set[str]] = {}
        tops = set()
        for path in paths:
            stem, tag = _suffix(path.stem)
            self._spellings.setdefault((str(path.parent), stem), set()).add(tag)
            if len(path.parts) > 1 and _is_folder_of_language(path.parts[0]):
                tops.add(path.parts[0])
        self._folders = {top for top in tops if len(tops) > 1 or top not in _WORDS}
        if self._are_folders and not any(map(self._is_own, tops)):
            self._folders = set()

    def of(self, path: PurePosixPath) -> Translation:
        """The language of the file at `path`, relative to the content folder."""
        if self._declared is not None:
            return self._of_hugo(path, self._declared)
        stem, tag = _suffix(path.stem)
        folders = path.parts[:-1]
        by_name = self._dialect in {"hugo", "zola"} or stem == "index"
        if self._dialect in _WITHOUT_SUFFIXES:
            stem, tag = path.stem, ""
        if tag and (by_name or len(self._spellings.get((str(path.parent), stem), ())) > 1):
            return Translation(_tag(tag), "" if self._is_own(tag) else self._path(tag), tag, folders, stem)
        if folders and folders[0] in self._folders:
            hidden = self._dialect == "hugo" and self._is_own(folders[0])
            top = folders[0]
            if self._are_folders:
                return Translation(_tag(top), "", "", folders, path.stem)
            return Translation(_tag(top), "" if hidden else self._path(top), "", folders[1:], path.stem)
        return Translation("", "", "", folders, path.stem)

    def _of_hugo(self, path: PurePosixPath, declared: Declared) -> Translation:
        stem, _, code = path.stem.rpartition(".")
        folders = path.parts[:-1]
        if stem and code.lower() in declared.tags:
            found, suffix = code.lower(), code
        elif folders and (found := declared.folders.get(folders[0], "")):
            folders, stem, suffix = folders[1:], path.stem, ""
        else:
            return Translation("", "", "", folders, path.stem)
        own = self._is_own(found) or self._is_own(declared.tags[found])
        return Translation(declared.tags[found], "" if own else found, suffix, folders, stem, found)

    def _is_own(self, tag: str) -> bool:
        return _tag(tag).lower() in {self._own, self._own.partition("-")[0]}

    def _path(self, tag: str) -> str:
        return tag.lower() if self._dialect == "hugo" else tag


def _is_folder_of_language(name: str) -> bool:
    """Whether a folder may be called after a language: `CS` and `OS` are called after something else."""
    return languages.is_known(name) and (name.islower() or "-" in name or "_" in name)


def _tag(text: str) -> str:
    """A language in a path as BCP 47 writes it."""
    return text.replace("_", "-")


def _suffix(stem: str) -> tuple[str, str]:
    """A file's stem without the language at its end, and that language."""
    found = _SUFFIX.fullmatch(stem)
    return (found["stem"], found["tag"]) if found and languages.is_known(found["tag"]) else (stem, "")
