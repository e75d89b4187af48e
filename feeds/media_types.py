"""File extensions → media types of what accompanies posts.

Our own table, because the standard library's depends on the machine's files and on the Python version, and
the same input must give the same bytes.
"""

from __future__ import annotations

import re

UNKNOWN = "application/octet-stream"

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


def of(url: str) -> str:
    """Return the media type that the path of `url` ends in, or `UNKNOWN`."""
    extension = re.split(r"[?#]", url)[0].rpartition(".")[2].lower()
    return _TYPES.get(extension, UNKNOWN)
