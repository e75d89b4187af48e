"""Files that come with a post, such as a podcast's episodes: every shape that front matter gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import media_types
from feeds.content import durations
from feeds.content.fetchable import is_media
from feeds.content.header_keys import EPISODE, KEYS, fold, line, line_of, truth
from feeds.model import Enclosure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.content.header_keys import Keys
    from feeds.content.yaml_text import Place, Value
    from feeds.problems import Findings

# In a mapping, in this order; as keys at the top, only those in `KEYS`.
_ADDRESSES = ("url", "file", "src", "href", "path", "audio", "audiourl", "audiofile", "mp3", "mp3url")
_LENGTHS = (
    *("length", "size", "bytes", "filesize", "filelength", "enclosurelength", "audiosize"),
    *("podcastlength", "podcastbytes", "podcastfilesize"),
)
_TYPES = ("type", "mimetype", "mime", "mediatype", "contenttype", "enclosuretype", "audiotype")
_TITLES = ("title", "name", "label")
_INNER = ("enclosures", "enclosure", "audio", "file", "files", "media")
# At the top these say more than one thing: `file:` may be a picture, and `url:` is where the post itself is.
_VAGUE = frozenset({"episode", "file", "url", "link"})
# One recording in several files: `audio: {mp3: …, ogg: …}` of Octopod
_FORMATS = frozenset({"mp3", "m4a", "aac", "ogg", "oga", "opus", "flac", "wav", "mp4", "m4v", "webm"})
# Mappings of these say how long the episode is, which `feeds.content.podcast` reads.
_EPISODES = frozenset({"podcast", "episode"})

# These alone say that what they name is heard, whatever its address looks like.
_AUDIO = frozenset({"audio", "audiourl", "audiofile", "mp3", "mp3url", "podcastfile", "mediaoverride"})
_NAMELESS = re.compile(r"https?://[^/\s]+/[^\s?#]\S*", re.IGNORECASE)  # more than a host: its root is a page

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
            for given in _mappings(item, key, keys, listed=isinstance(value, list))
            if (enclosure := _one(given, keys.places[key], findings))
        ]
        if found:
            yield from ((enclosure, keys.places[key]) for enclosure in found)
            return


def _mappings(item: Value, key: str, keys: Keys, *, listed: bool) -> list[dict[str, Value]]:
    """What an item says of each file, as address, length and type."""
    if isinstance(item, str):
        return [given] if (given := _text(item, key, keys)) else []
    if not isinstance(item, dict):
        return []
    if key in _EPISODES and not listed:
        item = {name: value for name, value in item.items() if fold(name) not in EPISODE["duration"]}
    formats = [
        text for name, value in item.items() if fold(name) in _FORMATS and is_media(text := line(value))
    ]
    if len(formats) > 1:
        return [{"url": text, "title": line_of(item, _TITLES)} for text in formats]
    address = line_of(item, _ADDRESSES)
    if address and truth(address) is None:
        heard = [name for name in item if fold(name) in _AUDIO and line(item[name]) == address]
        if _is_audio(address, key, *map(fold, heard)):
            return [_audio(item)]
        return [] if key in _VAGUE and not is_media(address) else [item]
    media = [text for value in item.values() if is_media(text := line(value))]
    if len(media) == 1:
        return [{**item, "url": media[0]}]
    inner = next((item[name] for name in _INNER if isinstance(item.get(name), (dict, list))), None)
    around = {name: value for name, value in item.items() if name not in _INNER}
    return [
        {**around, **each}
        for each in (inner if isinstance(inner, list) else [inner])
        if isinstance(each, dict) and line_of(each, _ADDRESSES)
    ]


def _text(text: str, key: str, keys: Keys) -> dict[str, Value]:
    """The address that stands alone, and what stands beside it at the top of the front matter."""
    if found := _IN_ONE.fullmatch(text.strip()):
        return dict(found.groupdict())
    text = line(text)
    is_named = media_types.of(text) != media_types.UNKNOWN
    is_audio = _is_audio(text, key)
    if not text or not (is_named or is_audio or (key.startswith("enclosure") and "/" in text)):
        return {}
    if key in _VAGUE and not is_media(text):
        return {}
    around = {name: keys.values[name] for name in (*_LENGTHS, *_TYPES) if name in keys.values}
    given = {**around, "url": text}
    return _audio(given) if is_audio else given


def _is_audio(address: str, *keys: str) -> bool:
    """Whether only the key tells what is at an address of the web: hosts that count have such addresses."""
    return (
        any(key in _AUDIO for key in keys)
        and bool(_NAMELESS.fullmatch(address))
        and not media_types.is_told(address)
    )


def _audio(given: dict[str, Value]) -> dict[str, Value]:
    """What is said of a recording, with the type that most of them have unless it says one."""
    if _MEDIA_TYPE.fullmatch(line_of(given, _TYPES)):
        return given
    return {"type": "audio/mpeg"} | {name: value for name, value in given.items() if fold(name) not in _TYPES}


def _one(given: dict[str, Value], place: Place, findings: Findings) -> Enclosure | None:
    address = line_of(given, _ADDRESSES)
    if not address:
        return None
    media_type = line_of(given, _TYPES)
    if not _MEDIA_TYPE.fullmatch(media_type):
        media_type = media_types.of(address)
    duration = line_of(given, EPISODE["duration"])
    return Enclosure(
        url=address,
        media_type=media_types.registered(media_type),
        length=_length(given, place, findings),
        duration=durations.noted(duration, place, findings) if duration else 0,
        title=line_of(given, _TITLES),
    )


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
