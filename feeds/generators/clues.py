"""Values of a configuration with their place, and what text, numbers and folders among them are worth."""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple

from feeds.content.text import FORBIDDEN
from feeds.setting_rules import fault_of

_LARGEST = 64  # bits of a number that may mean something; more could not even be written
_LONGEST = 200  # characters of a folder: names longer than 255 bytes are an error of the system
_MARK_UP = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")


class Clue(NamedTuple):
    """A value as a configuration has it, and its place: `hugo.toml:3`, or a file's name alone.

    `variable` is that of the file .env that the value comes from, which is not to be shown then.
    """

    value: Any = None
    place: str = ""
    variable: str = ""

    @property
    def text(self) -> str:
        """The value as one line of text; empty when it is not text or a number."""
        return one_line(self.value)

    def shown(self, text: str = "") -> str:
        """How to speak of the value, or of the `text` that was made of it."""
        return f"the value of {self.variable} in .env" if self.variable else repr(text or self.text)


def first(*clues: Clue) -> Clue:
    """The first of `clues` that says something."""
    return next((clue for clue in clues if clue.text), Clue())


def one_line(value: object) -> str:
    """Text or a number, as one line without what no feed may hold; of anything else, nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, int) and value.bit_length() > _LARGEST:
        return ""
    return " ".join(FORBIDDEN.sub("", str(value)).split())


def is_on(value: object) -> bool:
    """Whether a configuration says yes; YAML is read as text."""
    return value is True or value == "true"


def relative(folder: str) -> str:
    """A folder of a configuration as the settings write it; empty when they would not have it.

    It may be absolute, lead out of the site, or be no name for a folder.
    """
    parts = [part for part in folder.replace("\\", "/").split("/") if part not in {"", "."}]
    outside = folder.startswith(("/", "\\", "~")) or ".." in parts or re.match("[A-Za-z]:", folder)
    if not folder or outside or len(folder) > _LONGEST or FORBIDDEN.search(folder):
        return ""
    plain = "/".join(parts) or "."
    return "" if fault_of("content", "dir", plain) else plain


def plain(text: str) -> str:
    """Text without tags, Markdown's links and entities."""
    return " ".join(html.unescape(_MARK_UP.sub("", _LINK.sub(r"\1", text))).split())
