"""What front matter says of other places: where the comments are, what a post is about; and rights."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.content import fetchable
from feeds.content.header_keys import KEYS, line, line_of, truth
from feeds.content.people import person
from feeds.content.text import one_line
from feeds.model import Origin

if TYPE_CHECKING:
    from feeds.content.header_keys import Keys
    from feeds.content.yaml_text import Value
    from feeds.problems import Findings

_CLOSED = frozenset({"closed", "disabled", "none", "never", "locked"})
_AGAINST = frozenset({"disablecomments", "nocomments", "hidecomments"})
_POST_OF_FEDIVERSE = re.compile(r"[\w-]{1,100}", re.ASCII)
_HOST = re.compile(r"(?:https?://)?([\w-]+(?:\.[\w-]+)+)(?::\d{1,5})?/?", re.ASCII | re.IGNORECASE)
_USER = re.compile(r"@?([\w.-]{1,100})(@[\w.-]+)?", re.ASCII)
_IMPORTED = ("wordpressid", "wpid", "wppostid", "tumblrid", "bloggerorigurl")
_FEEDS = ("feed", "feedurl", "rss", "atom", "xmlurl")


def comments(keys: Keys, findings: Findings) -> str | None:
    """The address of the comments, None if there are to be none, and empty if the author does not say."""
    closed = False
    for key in KEYS["comments"]:
        value = keys.values.get(key)
        if key in _AGAINST:
            closed = closed or truth(value) is True
            continue
        reference = _comments_of(value)
        if reference is None:
            closed = True
        elif reference and fetchable.check(reference, keys.places[key], findings):
            return reference
    return None if closed else ""


def _comments_of(value: Value) -> str | None:
    if isinstance(value, dict):
        if any(truth(value.get(key)) is False for key in ("enable", "enabled")):
            return None
        return _thread(value) or _comments_of(fetchable.url_of(value))
    text = line(value)
    if truth(text) is False or text.lower() in _CLOSED:
        return None
    # Else it is a switch or the name of a service, such as `giscus`.
    is_address = text.startswith(("/", "#", "./", "../")) or (
        fetchable.SCHEME.match(text) and " " not in text
    )
    return text if is_address else ""


def _thread(given: dict[str, Value]) -> str:
    """The post whose replies are the comments: Mastodon's `{host, username, id}`, as many themes have it."""
    host = _HOST.fullmatch(line_of(given, ("host", "instance", "server", "domain")))
    user = _USER.fullmatch(line_of(given, ("username", "user", "account", "handle")))
    post = line_of(given, ("id", "tootid", "postid", "statusid"))
    if not (host and user and _POST_OF_FEDIVERSE.fullmatch(post)):
        return ""
    return f"https://{host[1].lower()}/@{user[1]}{user[2] or ''}/{post}"


def rights(keys: Keys) -> str:
    """Who may do what with the post, as a text or an address."""
    for key in KEYS["rights"]:
        value = keys.values.get(key)
        if isinstance(value, dict):
            name = line_of(value, ("name", "title", "text", "holder"))
            url = fetchable.url_of(value)
            text = f"{name} ({url})" if name and url else name or url
        else:
            text = line(value)
        if text and truth(text) is None and not fetchable.TEMPLATE.search(text):
            return text
    return ""


def via(keys: Keys) -> str:
    """The address of where the author found what the post is about."""
    return next((url for key in KEYS["via"] if (url := _web_address(keys.values.get(key)))), "")


def subject(keys: Keys) -> str:
    """The address of the page elsewhere that the post is about; none of a file that comes with it."""
    # Programs that import blogs keep the post's own old address in `link`.
    imported = any(key in keys.values for key in _IMPORTED)
    for key in KEYS["subject"]:
        url = _web_address(keys.values.get(key))
        if url and not (key == "link" and (imported or fetchable.is_media(url))):
            return url
    return ""


def origin(keys: Keys) -> Origin | None:
    """The feed that the post comes from, if a mapping names it; `source: someone` means many things."""
    for key in KEYS["origin"]:
        value = keys.values.get(key)
        if not isinstance(value, dict):
            continue
        title = line_of(value, ("title",))
        url = line_of(value, _FEEDS) or (line_of(value, ("url",)) if title else "")
        title = title or line_of(value, ("name",))
        if title and fetchable.is_web(url):
            return Origin(title=title, url=url, id=line_of(value, ("id",)))
    return None


def _web_address(value: Value) -> str:
    """An address of the web: alone, with a name around it, in a mapping, or first in a list."""
    if isinstance(value, list):
        return _web_address(value[0]) if value else ""
    if isinstance(value, dict):
        url = fetchable.url_of(value)
        return url if fetchable.is_web(url) else ""
    text = line(value)
    if fetchable.is_web(text):
        return text
    named = person(one_line(text))
    return named.url if named and fetchable.is_web(named.url) else ""
