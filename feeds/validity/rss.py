"""RSS 2.0, judged: the channel and what holds for every element; items have a file of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.validity import content, extensions, namespaces, podcasts, rss_items, shared
from feeds.validity.namespaces import ATOM, KNOWN
from feeds.validity.rss_rules import RULES
from feeds.validity.rss_values import Judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feeds.validity.documents import Document, Element
    from feeds.validity.rules import Finding

__all__ = ["RULES", "lint"]

_VERSIONS = {"2.0", "2.0.1", "0.91", "0.92", "0.93", "0.94"}
_CHILDREN = {
    "rss": {"channel"},
    "channel": {
        *("title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate"),
        *("lastBuildDate", "category", "generator", "docs", "cloud", "ttl", "image", "rating", "textInput"),
        *("skipHours", "skipDays", "item"),
    },
    "item": {
        *("title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate"),
        "source",
    },
    "image": {"url", "title", "link", "width", "height", "description"},
    "textInput": {"title", "description", "name", "link"},
    "skipHours": {"hour"},
    "skipDays": {"day"},
}
_OFTEN = {"item", "category", "enclosure", "hour", "day"}
_ATTRIBUTES = {
    "rss": {"version"},
    "category": {"domain"},
    "cloud": {"domain", "port", "path", "registerProcedure", "protocol"},
    "enclosure": {"url", "length", "type"},
    "guid": {"isPermaLink"},
    "source": {"url"},
}
_PLAIN = ("title", "description", "copyright")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:._]*")  # of a field of a form
_HOURS = 24
_WIDEST, _HIGHEST = 144, 400  # pixels
_PICTURES = {"gif", "jpeg", "jpg", "png"}
_TWICE = (
    ("managingEditor", "creator"),
    ("webMaster", "publisher"),
    ("category", "subject"),
    ("pubDate", "date"),
    ("language", "language"),
    ("copyright", "rights"),
    ("lastBuildDate", "modified"),
    ("generator", "generatorAgent"),
)


def lint(document: Document, url: str = "", *, now: datetime | None = None) -> Iterator[Finding]:
    """Judge a document that will be read from `url`; dates to come are noticed when `now` is given."""
    root = document.root
    judge = Judge(document, root.namespace, now)
    yield from namespaces.lint(document)
    if root.namespace:
        yield judge.found("rss-namespace", root, f"<rss> is in the namespace {root.namespace!r}")
    version = root.get("version")
    if version not in _VERSIONS:
        yield judge.found(
            "rss-version", root, f"the version is {version!r}" if version else "there is no version"
        )
    channels = root.all("channel", root.namespace)
    if len(channels) != 1:
        yield judge.found("rss-channel", root, f"there are {len(channels)} channels")
    yield from _structure(root, judge)
    for channel in channels[:1]:
        yield from _channel(channel, judge, url)
        items = channel.all("item", root.namespace)
        yield from podcasts.whole_podcast(channel, document, items)
        yield from rss_items.lint(channel, items, judge, url)


def _structure(element: Element, judge: Judge, entry: str = "") -> Iterator[Finding]:
    """What holds for every element of RSS: its children, attributes and text."""
    name = element.name
    allowed = _CHILDREN.get(name, set())
    entry = judge.entry(element) if name == "item" else entry
    if name in _CHILDREN and element.text.strip():
        excerpt = element.text.strip()[:40]
        yield judge.found("rss-text-placed", element, f"<{name}> has text in it: {excerpt!r}", entry=entry)
    for attribute in element.attributes:
        namespace = attribute[1:].partition("}")[0] if attribute[0] == "{" else ""
        if namespace and namespace not in KNOWN:
            yield judge.found("rss-attribute-foreign", element, f"<{name}> has {attribute}", entry=entry)
        elif not namespace and attribute not in _ATTRIBUTES.get(name, ()):
            message = f"<{name}> has the attribute {attribute}"
            yield judge.found("rss-attribute-known", element, message, entry=entry)
    seen = set()
    for child in element.children:
        if child.namespace != judge.namespace:
            for inner in child.walk():
                if not inner.namespace and not judge.namespace:
                    message = f"<{inner.name}> stands in <{child.label}>"
                    yield judge.found("rss-element-in-namespace", inner, message, entry=entry)
            continue
        if child.name not in allowed:
            message = f"<{child.name}> is unknown in <{name}>"
            yield judge.found("rss-element-known", child, message, entry=entry)
            continue
        if child.name in seen and child.name not in _OFTEN:
            yield judge.found("rss-element-unique", child, f"<{child.name}> stands twice", entry=entry)
        seen.add(child.name)
        yield from _structure(child, judge, entry)


def _channel(channel: Element, judge: Judge, url: str) -> Iterator[Finding]:
    for name in ("title", "link", "description"):
        if channel.first(name, judge.namespace) is None:
            yield judge.found(f"rss-channel-{name}", channel, f"there is no <{name}>")
    yield from _order(channel, judge)
    links = channel.all("link", ATOM)
    is_current = channel.parent is not None and channel.parent.get("version") == "2.0"
    if is_current and not any(link.get("rel") == "self" for link in links):
        yield judge.found("rss-self-link", channel, 'there is no <atom:link rel="self">')
    yield from judge.twice(channel, _TWICE)
    for child in channel.children:
        if child.namespace == judge.namespace:
            yield from _of_channel(child, judge)
    yield from extensions.lint(channel, judge.document, "channel", url=url)


def _order(channel: Element, judge: Judge) -> Iterator[Finding]:
    items = [place for place, child in enumerate(channel.children) if child.name == "item"]
    late = [
        child
        for child in channel.children[items[0] if items else len(channel.children) :]
        if child.name != "item" and child.namespace in {judge.namespace, ATOM}
    ]
    if late:
        yield judge.found("rss-item-placed", late[0], f"<{late[0].label}> stands behind an item")


def _of_channel(child: Element, judge: Judge) -> Iterator[Finding]:
    """Judge one element of the channel by its name."""
    name, text = child.name, child.text.strip()
    if name in {"title", "pubDate", "lastBuildDate", "ttl"} and not text:
        yield judge.found("rss-blank", child, f"<{name}> is blank")
    elif name in {"link", "docs"}:
        yield from judge.address(child, text)
    elif name in {"pubDate", "lastBuildDate"}:
        yield from judge.date(child)
    elif name in {"managingEditor", "webMaster"}:
        yield from judge.mail(child)
    elif name == "language" and not shared.is_language(text):
        yield judge.found("rss-language", child, f"<{name}> is {text!r}", field="language", excerpt=text)
    elif name == "ttl" and not shared.is_whole(text, least=1):
        yield judge.found("rss-ttl", child, f"<{name}> is {text!r}")
    elif name in _PARTS:
        yield from _PARTS[name](child, judge)
    if name in _PLAIN or name == "category":
        yield from content.plain(child, judge.document, field=name)


def _cloud(cloud: Element, judge: Judge) -> Iterator[Finding]:
    for attribute in sorted(_ATTRIBUTES["cloud"]):
        value = cloud.get(attribute)
        if not value:
            yield judge.found("rss-cloud", cloud, f"<cloud> has no {attribute}")
        elif attribute == "port" and not shared.is_whole(value, least=1):
            yield judge.found("rss-cloud", cloud, f"the port of <cloud> is {value!r}")


def _skip_hours(skipped: Element, judge: Judge) -> Iterator[Finding]:
    hours = [hour.text.strip() for hour in skipped.all("hour", judge.namespace)]
    if not hours:
        yield judge.found("rss-skip-hours", skipped, "<skipHours> has no hours")
    for number, hour in enumerate(hours):
        if hour == str(_HOURS):
            yield judge.found("rss-skip-hours-midnight", skipped, "<skipHours> has the hour 24")
        elif not shared.is_whole(hour) or int(hour) >= _HOURS:
            yield judge.found("rss-skip-hours", skipped, f"<skipHours> has the hour {hour!r}")
        elif int(hour) in [int(before) % _HOURS for before in hours[:number] if shared.is_whole(before)]:
            yield judge.found("rss-skip-hours", skipped, f"<skipHours> has the hour {hour} twice")


def _skip_days(skipped: Element, judge: Judge) -> Iterator[Finding]:
    days = [day.text.strip() for day in skipped.all("day", judge.namespace)]
    if not days:
        yield judge.found("rss-skip-days", skipped, "<skipDays> has no days")
    for number, day in enumerate(days):
        if day not in _DAYS:
            yield judge.found("rss-skip-days", skipped, f"<skipDays> has the day {day!r}")
        elif day in days[:number]:
            yield judge.found("rss-skip-days", skipped, f"<skipDays> has {day} twice")


def _image(image: Element, judge: Judge) -> Iterator[Finding]:
    namespace, channel = judge.namespace, image.parent
    for name in ("url", "title", "link"):
        if not image.value(name, namespace):
            yield judge.found("rss-image-complete", image, f"<image> has no <{name}>")
    for name, most in (("width", _WIDEST), ("height", _HIGHEST)):
        size = image.first(name, namespace)
        text = size.text.strip() if size else "1"
        if not shared.is_whole(text, least=1) or int(text) > most:
            yield judge.found("rss-image-size", size or image, f"<{name}> is {text!r}")
    for name in ("url", "link"):
        for part in image.all(name, namespace):
            yield from judge.address(part, part.text.strip())
    ending = image.value("url", namespace).rpartition(".")[2].lower()
    if ending.isalnum() and ending not in _PICTURES:
        yield judge.found("rss-image-format", image, f"<url> ends in .{ending}")
    for name in ("title", "link"):
        own, above = image.value(name, namespace), channel.value(name, namespace) if channel else ""
        if own and above and own != above:
            yield judge.found(
                f"rss-image-{name}", image, f"<{name}> is {own!r}, and that of the channel {above!r}"
            )
    for name in ("title", "description"):
        for part in image.all(name, namespace):
            yield from content.plain(part, judge.document)


def _text_input(element: Element, judge: Judge) -> Iterator[Finding]:
    yield judge.found("rss-text-input", element, "there is a <textInput>")
    for name in ("title", "description", "name", "link"):
        if not element.value(name, judge.namespace):
            yield judge.found("rss-text-input-complete", element, f"<textInput> has no <{name}>")
    name = element.value("name", judge.namespace)
    if name and not _NAME.fullmatch(name):
        yield judge.found("rss-text-input-name", element, f"<name> is {name!r}")
    for link in element.all("link", judge.namespace):
        yield from judge.address(link, link.text.strip())
    for name in ("title", "name"):
        for part in element.all(name, judge.namespace):
            yield from content.plain(part, judge.document)


_PARTS = {
    "cloud": _cloud,
    "skipHours": _skip_hours,
    "skipDays": _skip_days,
    "image": _image,
    "textInput": _text_input,
}
