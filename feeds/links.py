"""URLs: joining, encoding, and making every one in a page absolute (**the selectolax wall**).

Joining follows RFC 3986 §5.2, with what browsers do beyond it (https://url.spec.whatwg.org/): backslashes
are slashes, tabs and line ends inside a URL are nothing, and no input is refused.
"""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feeds.model import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.model import Page

_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_HOST = re.compile(r"(.*?)(:\d*)?$", re.DOTALL)
_ADDRESS = re.compile(r"\[[0-9A-Fa-f:.]+\]$")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CANDIDATE = re.compile(r"[\s,]*+(\S*[^\s,])(\s+[^,]+)?")
_CONTENT_FILE = re.compile(r"\.(?:md|markdown|mdown|mkd|mdx)$", re.IGNORECASE)
_PELICAN = re.compile(r"(?:\{(filename|static|attach|index|category|tag|author)\}|\|(filename|static|attach)\|)")
_SEPARATE = frozenset({"http", "https", "ftp"})  # schemes whose URLs are a host and a path
_ATTRIBUTES = ("href", "src", "poster", "cite", "background", "longdesc", "data", "action", "formaction")
_LAZY = {
    "src": ("data-src", "data-original", "data-lazy-src"),
    "srcset": ("data-srcset", "data-lazy-srcset"),
    "poster": ("data-poster",),
}
_PLAYERS = (
    (re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)"), "https://www.youtube.com/watch?v={}"),
    (re.compile(r"https?://player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
)


class Parts(NamedTuple):
    """A URL taken apart; what is absent is None (RFC 3986 §5.2.2)."""

    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None


def url(reference: str, base: str) -> str:
    """Return what a browser makes of `reference` on the page `base`: absolute, in ASCII, nothing encoded twice.

    References with a scheme of their own that is not the web's (`mailto:`, `obsidian:`) and Zola's `@/` are
    not joined. Never raises.
    """
    reference = re.sub(r"[\t\n\r]", "", reference.strip(" \t\n\r\f\v\0"))
    if reference.startswith("@/"):
        return reference
    parts = _split(reference)
    if parts.scheme is not None and parts.scheme not in _SEPARATE:
        return _quote(reference, safe="!#$&'()*+,/:;=?@[]~")
    if parts.scheme is None:
        parts = _join(_split(_slashed(reference)), _split(_slashed(base)))
    else:
        parts = _split(_slashed(reference))
        parts = parts._replace(path=_without_dots(parts.path))
    return _written(parts)


def ascii_host(host: str) -> str:
    """Return a host name as the DNS has it (UTS 46); one that is no such name comes back percent-encoded."""
    if host.isascii():
        return host.lower() if _ADDRESS.match(host) else _quote(host.lower(), safe="!$&'()*+,;=~")
    import idna  # noqa: PLC0415 - its tables take 20 ms to load, and few hosts need them

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError:
        return _quote(host, safe="!$&'()*+,;=~")


def absolutise(html: str, page: Page, markdown: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Return `html` with every URL in it absolute, and a warning for each link to a post that is not there.

    `markdown` is the body that the HTML was made from: the warnings' lines are looked up in it.

    Images that a script would load are promoted to real ones. What a feed cannot carry (`iframe`,
    `embed`, `object`) becomes a link to its target; `video` and `audio` get one inside.
    """
    tree = LexborHTMLParser(f"<!DOCTYPE html><body>{html}")
    body = tree.body
    if body is None:  # pragma: no cover - the parser makes a body for anything
        return "", ()
    dangling: dict[str, None] = {}
    for node in body.css("img, source, video, iframe"):
        _promote(node)
    for node in body.css(", ".join(f"[{name}]" for name in (*_ATTRIBUTES, "srcset"))):
        for name, value in node.attributes.items():
            if name in _ATTRIBUTES:
                node.attrs[name] = _resolved(value or "", page, dangling)
            elif name == "srcset":
                node.attrs[name] = _srcset(value or "", page, dangling)
    for node in body.css("iframe, embed, object"):
        _replace_embed(node, tree)
    for node in body.css("video, audio"):
        _add_fallback(node, tree)
    return body.inner_html or "", tuple(_dangling(reference, page, markdown) for reference in dangling)


def lookup(reference: str, page: Page) -> str | None:
    """Return the URL of the post that `reference` names as a file (`../x/index.md`), or None.

    It is looked for from the page's folder, then from the content folder.
    """
    path = unquote(reference.replace("\\", "/"))
    relative = normpath(f"{page.folder}/{path}" if page.folder else path)
    for candidate in (relative, normpath(path.lstrip("/")), normpath(f"content/{path}")):
        for key in (candidate.lstrip("/"), candidate.lstrip("/").removeprefix("content/")):
            if key in page.references:
                return page.references[key]
    return None


def named(stem: str, references: Mapping[str, str]) -> str | None:
    """Return the URL of the post whose file is called `stem`, whatever its folder; None if there is none or two."""
    wanted = stem.strip().strip("/").casefold()
    found = {
        target
        for key, target in references.items()
        if wanted in _names(key.casefold())
    }  # fmt: skip
    return found.pop() if len(found) == 1 else None


def _names(key: str) -> set[str]:
    path = _CONTENT_FILE.sub("", key)
    path = path.removesuffix("/index").removesuffix("/_index")
    name = path.rpartition("/")[2]
    return {key, path, name, re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-", "", name)}


def _resolved(value: str, page: Page, dangling: dict[str, None]) -> str:
    reference = value.strip()
    parts = _split(reference)
    if parts.scheme is not None or parts.authority is not None:
        return url(reference, page.url)
    if not reference or reference.startswith("#"):
        return url(page.url + reference, page.url)
    path, tail = parts.path, reference[len(parts.path) :]
    if path.startswith("@/"):
        found = lookup("/" + path[2:], page)
        if found is None:
            dangling[value] = None
        return value if found is None else url(found + tail, page.url)
    if match := _PELICAN.match(unquote(path)):
        return _pelican(match[1] or match[2], unquote(path)[match.end() :], tail, value, page, dangling)
    if _CONTENT_FILE.search(path):
        found = lookup(path, page)
        if found is not None:
            return url(found + tail, page.url)
        dangling[value] = None
    return url(reference, page.url)


def _pelican(kind: str, path: str, tail: str, value: str, page: Page, dangling: dict[str, None]) -> str:
    if kind == "filename" and (found := lookup(path, page)) is not None:
        return url(found + tail, page.url)
    if kind in {"filename", "category", "tag", "author"}:
        dangling[value] = None
    inside = path if path.startswith("/") or kind == "index" else f"{page.folder}/{path}"
    return url(f"{page.site_url}/{normpath(inside).lstrip('/.')}{tail}", page.url)


def _srcset(value: str, page: Page, dangling: dict[str, None]) -> str:
    return ", ".join(
        _resolved(match[1], page, dangling).replace(",", "%2C") + (" " + match[2].strip() if match[2] else "")
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
    link = _link(tree, target, (attributes.get("title") or "").strip() or target.partition("://")[2])
    parent = node.parent
    if parent is not None and parent.tag in {"body", "div", "section", "article", "blockquote"}:
        paragraph = tree.create_node("p")
        paragraph.insert_child(link)
        link = paragraph
    if node.tag == "object" and (node.text(deep=True) or "").strip():
        node.insert_before(link)
    else:
        node.replace_with(link)


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


def _split(reference: str) -> Parts:
    match = _PARTS.match(reference)
    scheme, authority, path, query, fragment = match.groups() if match else (None, None, reference, None, None)
    return Parts(scheme.lower() if scheme else None, authority, path or "", query, fragment)


def _slashed(reference: str) -> str:
    """Return a web reference with slashes where its author wrote backslashes."""
    end = next((at for at, character in enumerate(reference) if character in "?#"), len(reference))
    return reference[:end].replace("\\", "/") + reference[end:]


def _join(reference: Parts, base: Parts) -> Parts:
    """Resolve a reference without a scheme (RFC 3986 §5.2.2)."""
    if reference.authority is not None:
        return reference._replace(scheme="https", path=_without_dots(reference.path))
    query = reference.query
    if not reference.path:
        path = base.path
        query = base.query if query is None else query
    elif reference.path.startswith("/"):
        path = _without_dots(reference.path)
    else:
        path = _without_dots(base.path.rpartition("/")[0] + "/" + reference.path)
    return Parts(base.scheme, base.authority, path, query, reference.fragment)


def _without_dots(path: str) -> str:
    """Return `path` without `.` and `..` (RFC 3986 §5.2.4)."""
    if "." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)


def _written(parts: Parts) -> str:
    text = f"{parts.scheme}://{_authority(parts.authority or '')}" + _quote(parts.path or "/", safe="!$&'()*+,/:;=@~")
    if parts.query is not None:
        text += "?" + _quote(parts.query, safe="!$&'()*+,/:;=?@~")
    if parts.fragment is not None:
        text += "#" + _quote(parts.fragment, safe="!$&'()*+,/:;=?@~")
    return text


def _authority(authority: str) -> str:
    user, at, place = authority.rpartition("@")
    match = _HOST.match(place)
    host, port = (match[1], match[2] or "") if match else (place, "")
    return _quote(user, safe="!$&'()*+,:;=~") + at + ascii_host(host) + port


def _quote(text: str, *, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=safe + "%", errors="replace")
