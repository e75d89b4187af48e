"""What a reference between files means: a post by path, name or old address, or a file beside it.

Paths are those below the content folder. Names are compared without case and however accents are written.
"""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

from feeds.body.addresses import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from feeds.body.page import Page

CONTENT_FILE = re.compile(r"\.(?:md|markdown|mdown|mkdn?|mdx|rst|ipynb)$", re.IGNORECASE)
ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
_SUFFIXES = (".md", ".markdown", ".mdx", "/index.md", "/index.mdx", "/_index.md", ".rst")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-(?=.)")
_DOCUMENT = re.compile(r"docs/.*\.mdx?$", re.IGNORECASE)
_NUMBER = re.compile(r"(?<=/)\d+ *[-_.]+ *(?=[^/\d])")  # by which Docusaurus orders its documents
_VAULTS = frozenset({"obsidian", "plain", "auto"})
UNKNOWN = "\ufdd0"  # in an address: what only the site's generator knows; no character of anybody's
CHECK = "check the path, or whether that post is a draft"
_SUGGESTED = 3  # characters that a misspelt name may be longer or shorter


def in_vault(page: Page) -> bool:
    """Whether the post's links may mean files anywhere in the content folder, as they do in Obsidian."""
    return page.dialect in _VAULTS


def lookup(reference: str, page: Page) -> str | None:
    """Return the URL of the post that `reference` names as a file (`../x/index.md`), or None.

    It is looked for from the page's folder, then from the content folder, then from the site's folder.
    """
    path = unquote(reference.replace("\\", "/"))
    for key in (_from_folder(path, page), normpath(path.lstrip("/"))):
        for name in (key, *_below(key, page.content_folder)):
            if found := _at(name, page.references):
                return found
    return None


def _below(path: str, folder: str) -> Iterator[str]:
    """Yield `path` seen from a folder whose path, or the end of it, it names: `blog/a` in `content/blog`."""
    while folder:
        if path.startswith(f"{folder}/"):
            yield path[len(folder) + 1 :]
        folder = folder.partition("/")[2]


def without_suffix(path: str, page: Page) -> str | None:
    """Return the URL of the post that `path` names but for its suffix (`./other`, `/a/other/`), or None."""
    path = unquote(path).rstrip("/")
    key = normpath(path.lstrip("/")) if path.startswith("/") else _from_folder(path, page)
    return next((found for suffix in _SUFFIXES if (found := _at(key + suffix, page.references))), None)


def anywhere(reference: str, page: Page) -> str | None:
    """Return the URL of what a template's tag (`ref`, `post_url`, `link`) names, or None.

    A post may be named by its path with or without a suffix, from any folder, or by its name alone.
    """
    path = reference.strip()
    for suffix in ("", *_SUFFIXES):
        if found := lookup(path.rstrip("/") + suffix, page):
            return found
    name = path.removeprefix("_posts/")
    found = named(name, page.references) or beside(path, page) or _at(normpath(path.lstrip("/")), page.files)
    if found is None and re.search(r"\.(?!md|markdown|html)[A-Za-z][A-Za-z0-9]{1,4}$", path):
        found = f"{page.site_url}/{path.lstrip('/')}"  # a file: `{% link assets/a.pdf %}`
    found = found or named(name.rstrip("/").rpartition("/")[2], page.references)
    folder = _from_folder(path, page) if path.startswith(".") else normpath(path.strip("/"))
    if found is None and folder in _index("folders", page.references, _folders):
        return f"{page.site_url}/{folder}/"  # a section, which is a list of its posts
    return found


def named(stem: str, references: Mapping[str, str]) -> str | None:
    """Return the URL of the post whose file is called `stem`, whatever its folder; None for none, or two.

    Folders before the name may be left out from the left, the suffix and a date may be left out as well.
    """
    return _only(
        _index("names", references, _names).get(_folded(CONTENT_FILE.sub("", stem.strip().strip("/"))))
    )


def titled(name: str, page: Page) -> str | None:
    """Return the URL of the post that goes by `name` as well, by its aliases; None for none, or two."""
    return _only(_index("titles", page.aliases, lambda alias: (_folded(alias),)).get(_folded(name)))


def moved(address: str, page: Page) -> str | None:
    """Return the present URL of the post that was at the absolute URL `address`, by the posts' aliases."""
    site, parts = split(page.site_url), split(address)
    if not page.aliases or (parts.authority or "").lower() != (site.authority or "").lower():
        return None
    index = _index("addresses", page.aliases, lambda alias: (_address(split(alias).path),))
    path = _address(parts.path)
    below = path.removeprefix(_address(site.path) + "/")
    for candidate in (path, below):
        found = _only(index.get(candidate)) if candidate else None
        if found and not is_post(address, page):
            return found
    return None


def is_post(address: str, page: Page) -> bool:
    """Whether there is a post at the absolute URL `address`, with or without a slash at its end."""
    index = _index(
        "posts", page.references, lambda key: (page.references[key].partition("#")[0].rstrip("/"),)
    )
    return re.split(r"[?#]", address)[0].rstrip("/") in index


def beside(path: str, page: Page) -> str | None:
    """Return the URL of the file that lies where `path` says, seen from the Markdown file; None for none.

    In Obsidian paths may begin at the content folder, or in any folder if only one file has them there; in
    Hexo they may begin in the folder that is called like the post.
    """
    path = path.replace("\\", "/")
    keys = [] if path.startswith("/") else [_from_folder(path, page)]
    keys += [normpath(path.lstrip("/"))] if in_vault(page) and path.strip("/") else []
    if page.dialect == "hexo" and not path.startswith("/"):
        keys.append(_from_folder(f"{CONTENT_FILE.sub('', page.path).rpartition('/')[2]}/{path}", page))
    for key in keys:
        if found := _at(key, page.files) or _at(unquote(key), page.files):
            return found
    return _by_its_end(unquote(path), page) if page.dialect == "obsidian" else None


def attachment(name: str, page: Page) -> str | None:
    """Return the URL of the file that Obsidian finds by its path or, if only one has it, its name."""
    return beside(name, page) or _at(normpath(name.lstrip("/")), page.files) or _by_its_end(name, page)


def _by_its_end(path: str, page: Page) -> str | None:
    return _only(_index("files", page.files, _trails).get(_folded(path.strip("/"))))


def of_docusaurus(reference: str, page: Page) -> str | None:
    """Return what Docusaurus' own ways to name a file of the site lead to, None if `reference` is none.

    `pathname:///a.zip` is a path that is no page's (https://docusaurus.io/docs/advanced/routing), and
    `@site/` the site's folder, in which `static/` is what the site's address stands for. A document is no
    post of ours, and what follows is where it is by its file's name.
    """
    if reference.startswith("pathname://"):
        return "/" + reference.removeprefix("pathname://").lstrip("/")
    if not reference.startswith("@site/"):
        return None
    path = reference.removeprefix("@site/")
    if path.startswith("static/"):
        return "/" + path.removeprefix("static/")
    path, tail = _parted(path)
    if lookup(f"/{path}", page) or not _DOCUMENT.match(path):
        return f"/{path}{tail}"
    below = _NUMBER.sub("", CONTENT_FILE.sub("", f"/{path}"))
    return re.sub(r"/(?:index|README)$", "/", below) + tail


def _parted(reference: str) -> tuple[str, str]:
    """Return an address in two parts: the path, and what may stand behind it."""
    path = re.split(r"[?#]", reference)[0]
    return path, reference[len(path) :]


def advice(reference: str, page: Page) -> str:
    """Return the hint for a reference to no post: what its author may have meant."""
    stem = _stem(_folded(unquote(re.split(r"[?#]", reference.replace("\\", "/"))[0])))
    near = [
        other
        for other in _index("stems", page.references, lambda key: (_initial(key),)).get(stem[:1], {})
        if abs(len(_stem(_folded(other))) - len(stem)) <= _SUGGESTED
    ]
    if near:
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistake should pay for it

        stems: dict[str, str] = {}
        for other in near:
            stems.setdefault(_stem(_folded(other)), other)
        if match := get_close_matches(stem, stems, n=1):
            return f"did you mean {stems[match[0]]!r}?"
    return CHECK


_indexes: dict[str, tuple[Mapping[str, str], dict[str, dict[str, str]]]] = {}


def _index(
    kind: str, mapping: Mapping[str, str], names: Callable[[str], Iterable[str]]
) -> dict[str, dict[str, str]]:
    """Return `mapping` by other names: of each, the keys that go by it, in order, with their values.

    The mappings are the same for every post of a run, so the latest index of each kind is kept.
    """
    known = _indexes.get(kind)
    if known is None or known[0] is not mapping:
        index: dict[str, dict[str, str]] = {}
        for key, target in mapping.items():
            for name in names(key):
                index.setdefault(name, {})[key] = target
        known = _indexes[kind] = (mapping, index)
    return known[1]


def _only(found: Mapping[str, str] | None) -> str | None:
    targets = set(found.values()) if found else set()
    return targets.pop() if len(targets) == 1 else None


def _at(key: str, mapping: Mapping[str, str]) -> str | None:
    """Return what is at this path, however its accents are written."""
    key = key.lstrip("/")
    found = mapping.get(key)
    if found is None and not key.isascii():
        found = mapping.get(normalize("NFC", key)) or mapping.get(normalize("NFD", key))
    return found


def _from_folder(path: str, page: Page) -> str:
    return normpath(f"{page.folder}/{path}" if page.folder else path)


def _folded(name: str) -> str:
    return normalize("NFC", name).casefold()


def _trails(key: str) -> list[str]:
    """Return the path, and what is left of it without the first folder, the first two and so on."""
    parts = _folded(key).split("/")
    return ["/".join(parts[at:]) for at in range(len(parts))]


def _folders(key: str) -> list[str]:
    parts = key.split("/")[:-1]
    return ["/".join(parts[: at + 1]) for at in range(len(parts))]


def _names(key: str) -> set[str]:
    """Return what a content file may be called: with and without folders, suffix and date."""
    path = CONTENT_FILE.sub("", key).removesuffix("/index").removesuffix("/_index")
    names = set(_trails(path))
    names |= {
        f"{folders}{slash}{_DATE.sub('', name)}"
        for folders, slash, name in (one.rpartition("/") for one in tuple(names))
    }
    return names


def _stem(key: str) -> str:
    path = CONTENT_FILE.sub("", key).removesuffix("/index").removesuffix("/_index")
    return _DATE.sub("", path.strip("/").rpartition("/")[2])


def _initial(key: str) -> str:
    return _stem(_folded(key))[:1]


def _address(path: str) -> str:
    """Return the path of an address without what does not matter: slashes at the ends, `index.html`."""
    return re.sub(r"(?:^|/)index\.html?$", "", unquote(path)).strip("/")
