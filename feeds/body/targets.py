"""Where the links and images of a page lead: each as its site's generator reads it, made absolute."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeds.body.addresses import split, url
from feeds.body.references import (
    CONTENT_FILE,
    attachment,
    beside,
    in_vault,
    is_post,
    lookup,
    moved,
    named,
    of_docusaurus,
    without_suffix,
)

if TYPE_CHECKING:
    from feeds.body.page import Page

PELICAN = re.compile(
    r"(?:\{(filename|static|attach|index|category|tag|author)\}|\|(filename|static|attach|category|tag|author)\|)"
)
_GHOST = "__GHOST_URL__"  # what Ghost's exports have in the place of the site's address
_NIKOLA = "link://"
# Where Nikola has the pages of its terms, unless it is told otherwise
_NIKOLAS_TERMS = {"author": "{}/authors/{}/", "category": "{}/categories/cat_{}/", "tag": "{}/categories/{}/"}
# Whose addresses of images begin at the site, even in a folder of its host: in front matter, and in bodies
_ROOTED = frozenset({"docusaurus", "hexo", "hugo", "jekyll"})
_BASED = frozenset({"docusaurus", "hexo"})
_PROPERTY = re.compile(r"!?\[\[(?P<name>[^\[\]|]+)(?:\|[^\[\]]*)?\]\]")  # `cover: "[[a.png]]"`, in Obsidian
_SECTION = re.compile(r"(?:^|/)_index\.[a-z]+$")


def followed(value: str, page: Page, dangling: dict[str, None]) -> str:
    """Return the URL that a link leads to, as `resolved` does.

    Another post may be named without its suffix, or by an address that it no longer has.
    """
    reference = value.strip()
    if page.dialect == "docusaurus" and re.match(r"/(?!/)", reference):
        value = in_site(reference, page)
    found = resolved(value, page, dangling)
    path = split(reference).path
    last = path.rstrip("/").rpartition("/")[2]
    relative = split(reference).scheme is None and split(reference).authority is None
    if relative and last.strip(".") and "." not in last and not is_post(found, page):
        post = without_suffix(path, page)
        if post is not None:
            return url(post + reference[len(path) :], page.url)
    post = moved(found, page)
    return url(post + found[len(re.split(r"[?#]", found)[0]) :], page.url) if post else found


def resolved(value: str, page: Page, dangling: dict[str, None]) -> str:
    """Return the URL of what a page refers to, and note in `dangling` a post that is not there.

    What is relative is so to the post's URL, unless a file lies where it says, seen from the Markdown file.
    """
    reference = value.strip()
    if reference.startswith(_GHOST):
        reference = f"{page.site_url}/{reference[len(_GHOST) :].lstrip('/')}"
    if reference.startswith(_NIKOLA):
        return _nikola(reference, page, dangling)
    if named_file := of_docusaurus(reference, page):
        reference = named_file if CONTENT_FILE.search(split(named_file).path) else in_site(named_file, page)
    parts = split(reference)
    if parts.scheme is not None or parts.authority is not None:
        return url(reference, page.url)
    if not reference or reference.startswith("#"):
        return url(page.url + reference, page.url)
    path, tail = parts.path, reference[len(parts.path) :]
    instead = reference
    if match := PELICAN.match(unquote(path)):
        instead = unquote(path)[match.end() :]
        goal = _pelican(match[1] or match[2], instead, page)
    elif path.startswith("@/") and CONTENT_FILE.search(path):
        goal = _post("/" + path[2:], page)
    elif path.startswith("@/"):
        goal = page.files.get(normpath(unquote(path[2:]))) or f"{page.site_url}/{path[2:]}"
    elif CONTENT_FILE.search(path):
        goal = _post(path, page)
    else:
        return url((beside(path, page) or path) + tail, page.url)
    if goal is None:
        dangling[value] = None
        return url(instead, page.url)
    return url(goal + tail, page.url)


def image(value: str, page: Page) -> str:
    """Return the reference to an image in the body as its generator reads it, to be resolved.

    One without a slash in front is in the folder that the post's images are in, if it names one.
    """
    reference = value.strip()
    parts = split(reference)
    if parts.scheme or parts.authority or not parts.path:
        return value
    if parts.path.startswith("/"):
        return in_site(reference, page) if page.dialect in _BASED else value
    if not page.media_folder:
        return value
    inside = f"{page.media_folder.rstrip('/')}/{reference}"
    return in_site(inside, page) if inside.startswith("/") else inside


def lead_image(value: str, page: Page) -> str:
    """Return the URL of the image that the front matter names.

    Many generators and themes put the site's address in front of it, wherever the post is, unless the file
    is beside the post.
    """
    reference = _PROPERTY.sub(r"\g<name>", image(value, page).strip())
    if page.dialect == "obsidian" and (file := attachment(reference, page)):
        return url(file, page.url)
    if file := file_beside(reference, page):
        return file
    parts = split(reference)
    if page.dialect not in _ROOTED or not parts.path or parts.scheme or parts.authority:
        return url(reference, page.url)
    bundle = page.path.rpartition("/")[2].startswith("index.")
    if page.dialect == "hugo" and (bundle or parts.path.startswith("/")):
        return url(
            reference, page.url
        )  # https://gohugo.io/functions/urls/absurl/: from the host, with a slash
    return url(in_site(reference, page), page.url)


def file_beside(reference: str, page: Page) -> str | None:
    """Return the URL of the file beside the post that a reference names, as links in its body have it."""
    parts = split(reference)
    if not parts.path or parts.scheme or parts.authority:
        return None
    file = beside(parts.path, page)
    return url(file, page.url) if file else None


def in_site(reference: str, page: Page) -> str:
    """Return a reference below the site's address, which may be a folder of its host."""
    inside = f"/{reference.lstrip('/')}"
    base = split(page.site_url).path
    return inside if base and inside.startswith(f"{base}/") else page.site_url + inside


def _nikola(reference: str, page: Page, dangling: dict[str, None]) -> str:
    """Return the URL that Nikola's `link://kind/name` leads to: a post's by slug or file, or a term's."""
    kind, _, name = split(reference[len(_NIKOLA) :]).path.partition("/")
    found = None
    if name and (terms := _NIKOLAS_TERMS.get(kind)):
        found = terms.format(page.site_url, name.strip("/"))
    if kind == "slug":
        found = named(name, page.references)
    elif kind == "filename":
        found = lookup(f"/{name}", page) or named(name.rpartition("/")[2], page.references)
    if found is None:
        dangling[reference] = None
        return page.url
    return url(found + reference[len(re.split(r"[?#]", reference)[0]) :], page.url)


def _post(path: str, page: Page) -> str | None:
    """Return the URL of what is named as a content file: a post, a section, a file that is no post."""
    found = lookup(path, page)
    file = None if found else beside(path, page) or page.files.get(normpath(unquote(path).lstrip("/")))
    if file:
        return CONTENT_FILE.sub("/", file)  # a page that is no post
    if found is None and in_vault(page):
        found = named(unquote(path).rpartition("/")[2], page.references)
    if found is None and _SECTION.search(path):
        folder = path.lstrip("/") if path.startswith("/") else normpath(f"{page.folder}/{path}")
        return f"{page.site_url}/{_SECTION.sub('/', folder).lstrip('/.')}"
    return found


def _pelican(kind: str, path: str, page: Page) -> str | None:
    """Return the address of Pelican's `{filename}path`, None if the post that it names is not there.

    https://docs.getpelican.com/en/stable/content.html#linking-to-internal-content; the addresses of its
    terms are those that its settings have from the beginning.
    """
    if kind in {"author", "category", "tag"}:
        slug = re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", path).strip().lower())
        return f"{page.site_url}/{kind}/{slug}.html"
    if kind == "filename" and (post := lookup(path, page)):
        return post
    if kind == "filename" and CONTENT_FILE.search(path):
        below = normpath(path).lstrip("/")  # pages are no articles
        return f"{page.site_url}/{CONTENT_FILE.sub('.html', below)}" if below.startswith("pages/") else None
    if kind == "attach" and not path.startswith(("/", "..")):
        return url(path, page.url)
    inside = path if path.startswith("/") or kind == "index" else f"{page.folder}/{path}"
    key = normpath(inside).lstrip("/.")
    return page.files.get(key) or f"{page.site_url}/{key}"
