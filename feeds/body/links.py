"""Every URL in a page made absolute, and references between posts resolved (**the selectolax wall**)."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feeds.body.addresses import split, url
from feeds.model import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.model import Page

__all__ = ["absolutise", "lookup", "named", "url"]

_CANDIDATE = re.compile(r"[\s,]*+(\S*[^\s,])(\s+[^,]+)?")
_CONTENT_FILE = re.compile(r"\.(?:md|markdown|mdown|mkd|mdx)$", re.IGNORECASE)
_PELICAN = re.compile(
    r"(?:\{(filename|static|attach|index|category|tag|author)\}|\|(filename|static|attach)\|)"
)
_ATTRIBUTES = ("href", "src", "poster", "cite", "background", "longdesc", "data", "action", "formaction")
_LAZY = {
    "src": ("data-src", "data-original", "data-lazy-src"),
    "srcset": ("data-srcset", "data-lazy-srcset"),
    "poster": ("data-poster",),
}
_PLAYERS = (
    (
        re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)"),
        "https://www.youtube.com/watch?v={}",
    ),
    (re.compile(r"https?://player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
)


def absolutise(html: str, page: Page, markdown: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Return `html` with every URL in it absolute, and a warning for each link to a post that is not there.

    `markdown` is the body that the HTML was made from: the warnings' lines are looked up in it.

    Images that a script would load are promoted to real ones. What a feed cannot carry (`iframe`,
    `embed`, `object`) becomes a link to its target; `video` and `audio` get one inside.
    """
    tree = LexborHTMLParser(f"<!DOCTYPE html><body>{html}")
    body = tree.body
    assert body is not None  # noqa: S101 - the parser makes a body for anything
    for node in body.css("img, source, video, iframe"):
        _promote(node)
    dangling = _resolve_all(body, page)
    embedded = sum(_drop_unloadable(node) for node in body.css("img"))
    for node in body.css("iframe, embed, object"):
        _replace_embed(node, tree)
    for node in body.css("video, audio"):
        _add_fallback(node, tree)
    problems = [_dangling(reference, page, markdown) for reference in dangling]
    if embedded:
        problems.append(_embedded(embedded, page, markdown))
    return body.inner_html or "", tuple(problems)


def lookup(reference: str, page: Page) -> str | None:
    """Return the URL of the post that `reference` names as a file (`../x/index.md`), or None.

    It is looked for from the page's folder, then from the content folder, then from the site's folder.
    """
    path = unquote(reference.replace("\\", "/"))
    for candidate in (f"{page.folder}/{path}" if page.folder else path, path.lstrip("/")):
        key = normpath(candidate).lstrip("/")
        for name in (key, key.removeprefix(f"{page.content_folder}/")):
            if name in page.references:
                return page.references[name]
    return None


def named(stem: str, references: Mapping[str, str]) -> str | None:
    """Return the URL of the post whose file is called `stem`, whatever its folder; None for none, or two."""
    global _index  # noqa: PLW0603 - the references are the same for every post of a run
    if _index[0] is not references:
        index: dict[str, set[str]] = {}
        for key, target in references.items():
            for name in _names(key.casefold()):
                index.setdefault(name, set()).add(target)
        _index = (references, index)
    found = _index[1].get(stem.strip().strip("/").casefold(), set())
    return next(iter(found)) if len(found) == 1 else None


_index: tuple[Mapping[str, str], dict[str, set[str]]] = ({}, {})


def _names(key: str) -> set[str]:
    """Return what a content file may be called: with and without folder, suffix and date."""
    path = _CONTENT_FILE.sub("", key)
    path = path.removesuffix("/index").removesuffix("/_index")
    name = path.rpartition("/")[2]
    return {key, path, name, re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-", "", name)}


def _resolve_all(body: LexborNode, page: Page) -> dict[str, None]:
    """Make every URL absolute, and return the references to posts that are not there."""
    dangling: dict[str, None] = {}
    for node in body.css(", ".join(f"[{name}]" for name in (*_ATTRIBUTES, "srcset"))):
        for name, value in node.attributes.items():
            if name in _ATTRIBUTES:
                node.attrs[name] = _resolved(value or "", page, dangling)
            elif name == "srcset":
                node.attrs[name] = _srcset(value or "", page, dangling)
    return dangling


def _resolved(value: str, page: Page, dangling: dict[str, None]) -> str:
    reference = value.strip()
    parts = split(reference)
    if parts.scheme is not None or parts.authority is not None:
        return url(reference, page.url)
    if not reference or reference.startswith("#"):
        return url(page.url + reference, page.url)
    path, tail = parts.path, reference[len(parts.path) :]
    if path.startswith("@/"):
        post = lookup("/" + path[2:], page)
        if post is None:
            dangling[value] = None
        return value if post is None else url(post + tail, page.url)
    if match := _PELICAN.match(unquote(path)):
        goal, found = _pelican(match[1] or match[2], unquote(path)[match.end() :], page)
        if not found:
            dangling[value] = None
        return url(goal + tail, page.url)
    if _CONTENT_FILE.search(path):
        post = lookup(path, page)
        if post is not None:
            return url(post + tail, page.url)
        dangling[value] = None
    return url(reference, page.url)


def _pelican(kind: str, path: str, page: Page) -> tuple[str, bool]:
    """Return the address of Pelican's `{filename}path`, and whether what it names is there."""
    post = lookup(path, page) if kind == "filename" else None
    if post is not None:
        return post, True
    inside = path if path.startswith("/") or kind == "index" else f"{page.folder}/{path}"
    return f"{page.site_url}/{normpath(inside).lstrip('/.')}", kind in {"static", "attach", "index"}


def _srcset(value: str, page: Page, dangling: dict[str, None]) -> str:
    return ", ".join(
        f"{_resolved(match[1], page, dangling).replace(',', '%2C')} {(match[2] or '').strip()}".rstrip()
        for match in _CANDIDATE.finditer(value.strip(", \t\n\r\f"))
    )


def _dangling(reference: str, page: Page, markdown: str) -> Problem:
    reference = reference.strip()
    at = max(markdown.find(reference), 0)
    return Problem(
        code="link-dangling",
        message=f"no post is called {unquote(reference)!r}",
        path=page.path,
        line=page.line + markdown.count("\n", 0, at),
        hint="check the path, or whether that post is a draft",
        severity="warning",
    )


def _embedded(count: int, page: Page, markdown: str) -> Problem:
    return Problem(
        code="image-embedded",
        message=f"{count} image{'s' if count > 1 else ''} inside the text (data: URL) cannot go into a feed",
        path=page.path,
        line=page.line + markdown.count("\n", 0, max(markdown.find("data:"), 0)),
        hint="save it as a file and link to that",
        severity="warning",
    )


def _drop_unloadable(node: LexborNode) -> bool:
    """Put the alternative text in the place of an image that no reader can load; True for a data: URL."""
    source = node.attributes.get("src") or ""
    if source.startswith(("http://", "https://")) or (not source and node.attributes.get("srcset")):
        return False
    node.replace_with(node.attributes.get("alt") or "")
    return source.startswith("data:")


def _promote(node: LexborNode) -> None:
    """Give an image what a lazy-loading script would give it."""
    attributes = node.attributes
    for name, lazy in _LAZY.items():
        for candidate in lazy:
            if attributes.get(candidate):
                node.attrs[name] = attributes[candidate]
                break


def _replace_embed(node: LexborNode, tree: LexborHTMLParser) -> None:
    attributes = node.attributes
    target = attributes.get("src") or attributes.get("data") or ""
    for player, watch in _PLAYERS:
        if match := player.match(target):
            target = watch.format(match[1])
    if not target.startswith(("http://", "https://")):
        if node.tag != "object":
            node.decompose()
        return
    link = _link(tree, target, (attributes.get("title") or "").strip() or _shown(target))
    parent = node.parent
    if parent is not None and parent.tag in {"body", "div", "section", "article", "blockquote"}:
        paragraph = tree.create_node("p")
        paragraph.insert_child(link)
        link = paragraph
    if node.tag == "object" and (node.text(deep=True) or "").strip():
        node.insert_before(link)
    else:
        node.replace_with(link)


def _shown(target: str) -> str:
    return target.partition("://")[2].removeprefix("www.")


def _add_fallback(node: LexborNode, tree: LexborHTMLParser) -> None:
    """Put a link into a player, for readers that drop the player."""
    node.attrs["controls"] = ""
    source = node if node.attributes.get("src") else node.css_first("source[src]")
    target = (source.attributes.get("src") or "") if source is not None else ""
    if target and node.css_first("a[href]") is None:
        name = unquote(target.partition("?")[0].rstrip("/").rpartition("/")[2])
        node.insert_child(_link(tree, target, name or target))


def _link(tree: LexborHTMLParser, target: str, text: str) -> LexborNode:
    link = tree.create_node("a")
    link.attrs["href"] = target
    link.insert_child(text)
    return link
