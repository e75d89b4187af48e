"""The lint of JSON Feed documents: what a feed and its items say (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.validity import content, jsonfeed_members, jsonfeed_rules, shared
from feeds.validity.jsonfeed_members import judged, kind_of, line_of, moment, wrong_elements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from feeds.validity.rules import Finding

RULES = jsonfeed_rules.RULES

VERSION = "https://jsonfeed.org/version/1.1"
_VERSIONS = (VERSION, "https://jsonfeed.org/version/1")


def lint(document: object, url: str = "", *, now: datetime | None = None) -> Iterator[Finding]:
    """Judge what `json_reading.read` read; dates to come are noticed when `now` is given."""
    if not isinstance(document, dict):
        yield RULES["json-object"].broken(f"the document is {kind_of(document)}", line=1)
        return
    yield from _feed(document, url, now)
    items = document.get("items")
    if not isinstance(items, list):
        said = f"items is {kind_of(items)}" if "items" in document else "there are no items"
        yield RULES["json-items"].broken(said, line=line_of(document, "items"))
        return
    seen: set[str] = set()
    for place, item in enumerate(items):
        if not isinstance(item, dict):
            message = f"item {place + 1} is {kind_of(item)}"
            yield RULES["json-type"].broken(message, line=line_of(document, "items"))
            continue
        name = name_of(item)
        yield from (replace(finding, entry=name) for finding in _item(item, seen, now))


def name_of(item: Mapping[str, object]) -> str:
    """What findings call an item: its id, else its address."""
    return next((str(item[name]) for name in ("id", "url") if item.get(name)), "")


def _feed(feed: dict[str, object], url: str, now: datetime | None) -> Iterator[Finding]:
    yield from _version(feed)
    title = feed.get("title")
    if title is None or (isinstance(title, str) and not title.strip()):
        yield RULES["json-title"].broken("the feed has no title", line=line_of(feed, "title"), field="title")
    for name in ("home_page_url", "feed_url"):
        if not feed.get(name):
            rule = RULES[f"json-{name.replace('_', '-')}"]
            yield rule.broken(f"the feed has no {name}", line=line_of(feed))
    own = feed.get("feed_url")
    if url and isinstance(own, str) and own and own != url:
        message = f"the feed is at {url!r}, and says that it is at {own!r}"
        yield RULES["json-feed-url-location"].broken(message, line=line_of(feed, "feed_url"))
    if own and feed.get("next_url") == own:
        yield RULES["json-next-url"].broken(
            f"next_url is the feed itself: {own!r}", line=line_of(feed, "next_url")
        )
    if not feed.get("language"):
        yield RULES["json-language-given"].broken(
            "the feed has no language", line=line_of(feed), field="language"
        )
    yield from judged(feed, jsonfeed_members.FEED, "the feed", now)
    yield from _authors(feed, "the feed", now)
    for hub in _objects(feed, "hubs"):
        yield from judged(hub, jsonfeed_members.HUB, "a hub", now)
        for name in jsonfeed_members.HUB:
            if not hub.get(name):
                yield RULES["json-hub"].broken(f"a hub has no {name}", line=line_of(hub))
        kind = hub.get("type")
        if isinstance(kind, str) and kind and kind not in {"WebSub", "rssCloud"}:
            yield RULES["json-hub-type"].broken(f"the type of a hub is {kind!r}", line=line_of(hub, "type"))
    if feed.get("hubs") and not own:
        message = "the feed has a hub, and no feed_url to subscribe to"
        yield RULES["json-hub-topic"].broken(message, line=line_of(feed, "hubs"))
    yield from wrong_elements(feed, {"authors": dict, "hubs": dict})


def _version(feed: dict[str, object]) -> Iterator[Finding]:
    version = feed.get("version")
    if version not in _VERSIONS:
        said = f"the version is {version!r}" if version else "there is no version"
        yield RULES["json-version"].broken(said, line=line_of(feed, "version"))
        return
    if version != VERSION:
        message = f"the version is {version!r}, not {VERSION!r}"
        yield RULES["json-version-current"].broken(message, line=line_of(feed, "version"))
    if next(iter(feed)) != "version":
        message = f"the first member is {next(iter(feed))!r}, not the version"
        yield RULES["json-version-first"].broken(message, line=line_of(feed, "version"))


def _item(item: dict[str, object], seen: set[str], now: datetime | None) -> Iterator[Finding]:
    own = item.get("id")
    if not isinstance(own, str) or not own.strip():
        said = f"the id is {kind_of(own)}" if own and not isinstance(own, str) else "an item has no id"
        yield RULES["json-item-id"].broken(said, line=line_of(item, "id"), field="id")
    elif own in seen:
        message = f"another item has the id {own!r}"
        yield RULES["json-item-id-unique"].broken(message, line=line_of(item, "id"), field="id", excerpt=own)
    else:
        seen.add(own)
    if not item.get("url"):
        yield RULES["json-item-url"].broken("an item has no url", line=line_of(item), field="url")
    said_html, said_text = item.get("content_html"), item.get("content_text")
    if said_html is None and said_text is None:
        message = "an item has neither content_html nor content_text"
        yield RULES["json-item-content"].broken(message, line=line_of(item), field="body")
    elif not any(str(said or "").strip() for said in (said_html, said_text)):
        yield RULES["json-item-content-blank"].broken(
            "the content is empty", line=line_of(item), field="body"
        )
    if isinstance(said_html, str):
        line = line_of(item, "content_html")
        # All the HTML stands on one line of the document, whatever line breaks it has.
        for finding in content.lint(said_html, line=0):
            yield replace(finding, line=line)
    yield from judged(item, jsonfeed_members.ITEM, "an item", now)
    yield from _authors(item, "an item", now)
    yield from _attachments(item, now)
    yield from wrong_elements(item, {"authors": dict, "attachments": dict, "tags": str})
    yield from _order_and_tags(item)


def _order_and_tags(item: dict[str, object]) -> Iterator[Finding]:
    published, updated = (moment(item.get(f"date_{name}")) for name in ("published", "modified"))
    if published and updated and updated < published:
        message = f"it was changed at {updated.isoformat()}, before it was published"
        yield RULES["json-item-date-order"].broken(
            message, line=line_of(item, "date_modified"), field="updated"
        )
    tags = item.get("tags")
    words = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    for tag, number in Counter(words).items():
        if number > 1:
            message = f"the tag {tag!r} stands {number} times"
            yield RULES["json-item-tag-once"].broken(
                message, line=line_of(item, "tags"), field="tags", excerpt=tag
            )
        if not tag.strip():
            yield RULES["json-text-blank"].broken("a tag is empty", line=line_of(item, "tags"), field="tags")


def _attachments(item: dict[str, object], now: datetime | None) -> Iterator[Finding]:
    for each in _objects(item, "attachments"):
        for finding in judged(each, jsonfeed_members.ATTACHMENT, "an attachment", now):
            yield replace(finding, field="enclosures")
        for name in ("url", "mime_type"):
            if not each.get(name):
                message = f"an attachment has no {name}"
                yield RULES["json-attachment"].broken(message, line=line_of(each), field="enclosures")
        kind = each.get("mime_type")
        if isinstance(kind, str) and kind and not shared.is_media_type(kind):
            message = f"the mime_type of an attachment is {kind!r}"
            yield RULES["json-attachment-type"].broken(
                message, line=line_of(each, "mime_type"), field="enclosures", excerpt=kind
            )
        for name in ("size_in_bytes", "duration_in_seconds"):
            number = each.get(name)
            if isinstance(number, int | float) and number < 0:
                message = f"the {name} of an attachment is {number}"
                yield RULES["json-attachment-number"].broken(
                    message, line=line_of(each, name), field="enclosures"
                )


def _authors(holder: dict[str, object], whose: str, now: datetime | None) -> Iterator[Finding]:
    if "author" in holder and "authors" not in holder:
        message = f"{whose} has author, and no authors"
        yield RULES["json-author-current"].broken(message, line=line_of(holder, "author"), field="authors")
    single = holder.get("author")
    for author in [*_objects(holder, "authors"), *([single] if isinstance(single, dict) else [])]:
        for finding in judged(author, jsonfeed_members.AUTHOR, "an author", now):
            yield replace(finding, field="authors")
        if not any(author.get(name) for name in jsonfeed_members.AUTHOR):
            message = f"an author of {whose} has neither name nor url nor avatar"
            yield RULES["json-author-said"].broken(message, line=line_of(author), field="authors")


def _objects(holder: Mapping[str, object], name: str) -> list[dict[str, object]]:
    value = holder.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
