"""File extensions → media types of what accompanies posts.

Our own table, because the standard library's depends on the machine's files and on the Python version, and
the same input must give the same bytes.
"""

from __future__ import annotations

import re

UNKNOWN = "application/octet-stream"

_EXTENSION = re.compile(r"/[^/]+\.[A-Za-z][A-Za-z0-9]{0,7}$")

_TYPES = {
    "aac": "audio/aac",
    "aif": "audio/aiff",
    "aiff": "audio/aiff",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "m4b": "audio/mp4",
    "mp3": "audio/mpeg",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "m4v": "video/mp4",
    "mkv": "video/x-matroska",
    "mov": "video/quicktime",
    "mp4": "video/mp4",
    "ogv": "video/ogg",
    "webm": "video/webm",
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "epub": "application/epub+zip",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
# What people and programs write for types that have another name in the register of media types
_REGISTERED = {
    **dict.fromkeys(
        ("audio/mp3", "audio/x-mp3", "audio/mpg", "audio/x-mpeg", "audio/mpeg3", "audio/x-mpeg-3"),
        "audio/mpeg",
    ),
    **dict.fromkeys(("audio/m4a", "audio/x-m4a", "audio/m4b", "audio/x-m4b"), "audio/mp4"),
    **dict.fromkeys(("video/m4v", "video/x-m4v"), "video/mp4"),
}


def registered(media_type: str) -> str:
    """Return the name that a media type is registered under, with its parameters; others as they are."""
    name, semicolon, parameters = media_type.partition(";")
    return _REGISTERED.get(name.strip().lower(), name) + semicolon + parameters


def is_told(url: str) -> bool:
    """Whether the path of `url` ends in an extension, of whatever kind."""
    return bool(_EXTENSION.search(re.split(r"[?#]", url)[0]))


def of(url: str) -> str:
    """Return the media type that the path of `url` ends in, or `UNKNOWN`."""
    extension = re.split(r"[?#]", url)[0].rpartition(".")[2].lower()
    return _TYPES.get(extension, UNKNOWN)
