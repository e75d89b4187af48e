"""The items of an RSS 2.0 feed, judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.validity import content, extensions, shared
from feeds.validity.namespaces import CONTENT, SLASH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.validity.documents import Element
    from feeds.validity.rss_values import Judge
    from feeds.validity.rules import Finding

_TWICE = (("author", "creator"), ("category", "subject"), ("pubDate", "date"), ("source", "source"))
_SHORT = 9  # digits of a guid that others may well have too
_UNKNOWN_LENGTH = "-1"
_NO_PAGES = ("tag:", "urn:")


def lint(channel: Element, items: list[Element], judge: Judge, url: str) -> Iterator[Finding]:
    """Judge the items of a channel."""
    seen: dict[str, int] = {}
    for item in items:
        entry = judge.entry(item)
        yield from _item(item, judge, entry)
        yield from extensions.lint(item, judge.document, "item", entry=entry, url=url)
        for guid in item.all("guid", judge.namespace)[:1]:
            text = guid.text.strip()
            if text in seen:
                message = f"<guid> is {text!r}, as in line {seen[text]}"
                yield judge.found(
                    "rss-item-guid-unique", guid, message, entry=entry, field="id", excerpt=text
                )
            elif text:
                seen[text] = guid.line
    counted = next((item for item in items if item.first("comments", SLASH)), None)
    if counted and channel.first("lastBuildDate", judge.namespace) is None:
        yield judge.found("rss-comments-dated", counted, "there is <slash:comments>, and no <lastBuildDate>")


def _item(item: Element, judge: Judge, entry: str) -> Iterator[Finding]:
    namespace = judge.namespace
    if not (item.first("title", namespace) or item.first("description", namespace)):
        message = "there is neither <title> nor <description>"
        yield judge.found("rss-item-content", item, message, entry=entry, field="title")
    if item.first("guid", namespace) is None:
        yield judge.found("rss-item-guid", item, "there is no <guid>", entry=entry, field="id")
    enclosures = item.all("enclosure", namespace)
    for enclosure in enclosures[1:]:
        message = f"<enclosure> stands {len(enclosures)} times"
        yield judge.found("rss-enclosure-single", enclosure, message, entry=entry, field="enclosures")
    yield from judge.twice(item, _TWICE, entry=entry)
    yield from _contents(item, judge, entry)
    for child in item.children:
        if child.namespace == namespace:
            yield from _part(child, judge, entry)


def _contents(item: Element, judge: Judge, entry: str) -> Iterator[Finding]:
    """Judge the description and content:encoded, both of which are HTML."""
    description = item.first("description", judge.namespace)
    encoded = item.first("encoded", CONTENT)
    if encoded and not (description and item.children.index(description) < item.children.index(encoded)):
        message = "<content:encoded> has no <description> before it"
        yield judge.found("rss-description-first", encoded, message, entry=entry, field="summary")
    if description:
        field = "summary" if encoded else "body"
        yield from content.lint(description.text, line=description.line, entry=entry, field=field)
    if encoded:
        yield from content.lint(encoded.text, line=encoded.line, entry=entry)


def _part(child: Element, judge: Judge, entry: str) -> Iterator[Finding]:
    """Judge one element of an item by its name."""
    name, text = child.name, child.text.strip()
    if name in {"title", "category", "guid"} and not text:
        field = {"title": "title", "category": "tags", "guid": "id"}[name]
        yield judge.found("rss-blank", child, f"<{name}> is blank", entry=entry, field=field)
        return
    if name in {"title", "category"}:
        field = "title" if name == "title" else "tags"
        yield from content.plain(child, judge.document, entry=entry, field=field)
    elif name == "link":
        yield from judge.address(child, text, entry=entry, field="url")
    elif name == "comments":
        yield from judge.address(child, text, entry=entry, field="comments")
    elif name == "pubDate":
        yield from judge.date(child, entry=entry, field="published")
    elif name == "author":
        yield from judge.mail(child, entry=entry)
    elif name == "guid":
        yield from _guid(child, judge, entry)
    elif name == "enclosure":
        yield from _enclosure(child, judge, entry)
    elif name == "source":
        yield from judge.address(
            child, child.get("url") or "", entry=entry, field="origin", rule="rss-source"
        )
        yield from content.plain(child, judge.document, entry=entry, field="origin")


def _guid(guid: Element, judge: Judge, entry: str) -> Iterator[Finding]:
    text, said = guid.text.strip(), guid.get("isPermaLink")
    if said not in {None, "true", "false"}:
        message = f"isPermaLink is {said!r}"
        yield judge.found("rss-item-guid-boolean", guid, message, entry=entry, field="id")
    if said in {None, "true"}:
        fault = shared.uri_fault(text) or ("is no page" if text.lower().startswith(_NO_PAGES) else "")
        if fault:
            message = f"<guid> {fault}, and isPermaLink is not false: {text!r}"
            yield judge.found("rss-item-guid-permalink", guid, message, entry=entry, field="id", excerpt=text)
    elif len(text) < _SHORT and text.isdigit():
        message = f"<guid> is {text!r}"
        yield judge.found("rss-item-guid-worldwide", guid, message, entry=entry, field="id", excerpt=text)


def _enclosure(enclosure: Element, judge: Judge, entry: str) -> Iterator[Finding]:
    def found(rule: str, message: str, excerpt: str = "") -> Finding:
        return judge.found(rule, enclosure, message, entry=entry, field="enclosures", excerpt=excerpt)

    url, length, media_type = (enclosure.get(name) for name in ("url", "length", "type"))
    if url is None:
        yield found("rss-enclosure-url", "<enclosure> has no url")
    elif fault := shared.web_fault(url):
        yield found("rss-enclosure-url", f"<enclosure url> {fault}: {url!r}", url)
    if length is None:
        yield found("rss-enclosure-length", "<enclosure> has no length")
    elif not shared.is_whole(length):
        hint = ", which wants to be 0 for unknown" if length == _UNKNOWN_LENGTH else ""
        yield found("rss-enclosure-length", f"<enclosure length> is {length!r}{hint}", length)
    if media_type is None:
        yield found("rss-enclosure-type", "<enclosure> has no type")
    elif not shared.is_media_type(media_type):
        yield found("rss-enclosure-type", f"<enclosure type> is {media_type!r}", media_type)
