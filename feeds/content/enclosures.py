"""Files that come with a post, such as a podcast's episodes: every shape that front matter gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import media_types
from feeds.content.header_keys import KEYS, line, line_of, truth
from feeds.model import Enclosure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.content.header_keys import Keys
    from feeds.content.yaml_text import Place, Value
    from feeds.problems import Findings

# In a mapping, in this order; as keys at the top, only those in `KEYS`.
_ADDRESSES = ("url", "file", "src", "href", "path", "audio", "audiourl", "audiofile", "mp3", "mp3url")
_LENGTHS = ("length", "size", "bytes", "filesize", "filelength", "enclosurelength", "audiosize")
_TYPES = ("type", "mimetype", "mime", "mediatype", "contenttype", "enclosuretype")
_INNER = ("enclosure", "audio", "file", "media")
# At the top these say more than one thing: `file:` may be a picture, and `url:` is where the post itself is.
_VAGUE = frozenset({"episode", "file", "url"})

_MOST_DIGITS = 15  # of a length in bytes; a petabyte has 16
_GROUPED = re.compile(r"\d{1,3}(?:[\s,_'’]\d{3})+")  # 12,345,678
_UNIT = re.compile(r"\s*(?:bytes?|b)", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:\s*;.*)?")
# As WordPress keeps it: address, length and type
_IN_ONE = re.compile(r"(?P<url>\S+)\s+(?P<length>\d+)\s+(?P<type>\w+/[\w.+-]+)\b.*", re.DOTALL)


def read(keys: Keys, findings: Findings) -> Iterator[tuple[Enclosure, Place]]:
    """Each enclosure with the place of its key: under the first key that has any."""
    for key in KEYS["enclosures"]:
        value = keys.values.get(key)
        found = [
            enclosure
            for item in (value if isinstance(value, list) else [value])
            if (given := _mapping(item, key, keys)) and (enclosure := _one(given, keys.places[key], findings))
        ]
        if found:
            yield from ((enclosure, keys.places[key]) for enclosure in found)
            return


def is_media(reference: str) -> bool:
    """Whether an address names a file to listen to or to watch."""
    return media_types.of(reference).startswith(("audio/", "video/"))


def _mapping(item: Value, key: str, keys: Keys) -> dict[str, Value]:
    """What an item says, as address, length and type; empty when it names no file."""
    if isinstance(item, str):
        return _text(item, key, keys)
    if not isinstance(item, dict):
        return {}
    address = line_of(item, _ADDRESSES)
    if not address or truth(address) is not None:
        media = [text for value in item.values() if is_media(text := line(value))]
        if len(media) == 1:
            return {**item, "url": media[0]}
        inner = next((item[name] for name in _INNER if isinstance(item.get(name), dict)), None)
        return {**item, **inner} if isinstance(inner, dict) and line_of(inner, _ADDRESSES) else {}
    return {} if key in _VAGUE and not is_media(address) else item


def _text(text: str, key: str, keys: Keys) -> dict[str, Value]:
    """The address that stands alone, and what stands beside it at the top of the front matter."""
    if found := _IN_ONE.fullmatch(text.strip()):
        return dict(found.groupdict())
    text = line(text)
    is_named = media_types.of(text) != media_types.UNKNOWN
    if not text or not (is_named or (key.startswith("enclosure") and "/" in text)):
        return {}
    if key in _VAGUE and not is_media(text):
        return {}
    around = {name: keys.values[name] for name in (*_LENGTHS, *_TYPES) if name in keys.values}
    return {**around, "url": text}


def _one(given: dict[str, Value], place: Place, findings: Findings) -> Enclosure | None:
    address = line_of(given, _ADDRESSES)
    if not address:
        return None
    media_type = line_of(given, _TYPES)
    if not _MEDIA_TYPE.fullmatch(media_type):
        media_type = media_types.of(address)
    return Enclosure(url=address, media_type=media_type, length=_length(given, place, findings))


def _length(given: dict[str, Value], place: Place, findings: Findings) -> int:
    text = line_of(given, _LENGTHS)
    digits = _UNIT.sub("", text)
    if _GROUPED.fullmatch(digits):
        digits = re.sub(r"\D", "", digits)
    if digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        return int(digits)
    if text:
        findings.add(
            "warning",
            "enclosure-length",
            f"{text!r} is not a length in bytes",
            at=place,
            hint="write the file's size, such as length: 1048576",
        )
    return 0
