"""What a record says, value by value, each of the kind that it must be of.

A record comes from a file that anybody may have written, so nothing of it is believed unseen.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeds.model import Direction

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_HEADER = re.compile("[A-Za-z][A-Za-z0-9-]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Unreadable(Exception):  # noqa: N818 - what a file is, and no error of ours
    """A record that says what no letter can be; its text says what, as the end of a sentence.

    `hint` is what to do about it, where it is something else than for most.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.hint = hint


class Fields:
    """A table of a record, each of whose values is of the kind that is asked for, or makes it Unreadable."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        return not self._values

    def has(self, key: str) -> bool:
        """Whether it says anything of `key`."""
        return key in self._values

    def text(self, key: str) -> str:
        """One text."""
        return _text(self._values.get(key), key)

    def lines(self, key: str) -> str:
        """A text that is kept as a list of its lines."""
        return "\n".join(self.texts(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(_text(each, key) for each in self._list(key))

    def count(self, key: str) -> int:
        """A whole number that is not negative."""
        value = self._values.get(key)
        if type(value) is not int or value < 0:
            raise _unfit(key)
        return value

    def switch(self, key: str) -> bool:
        """True or false."""
        value = self._values.get(key)
        if not isinstance(value, bool):
            raise _unfit(key)
        return value

    def moment(self, key: str) -> datetime:
        """A moment with its offset from UTC."""
        try:
            value = datetime.fromisoformat(self.text(key))
            value.astimezone(UTC)  # which some moments of the years 1 and 9999 are not in
        except (ValueError, OverflowError) as error:
            raise _unfit(key) from error
        if value.tzinfo is None:
            raise _unfit(key)
        return value

    def path(self, key: str) -> str:
        """A path that stays below the folder that it is relative to."""
        path = PurePath(self.text(key))
        if path.anchor or ".." in path.parts:
            raise _unfit(key)
        return self.text(key)

    def address(self, key: str) -> str:
        """An address on the web."""
        value = self.text(key)
        if not _WEB.match(value):
            raise _unfit(key)
        return value

    def direction(self, key: str) -> Direction:
        """How a text runs."""
        if self.text(key) not in {"ltr", "rtl"}:
            raise _unfit(key)
        return cast("Direction", self.text(key))

    def table(self, key: str) -> Fields:
        """A table of its own; an empty one when the record says nothing of `key`."""
        value = self._values.get(key, {})
        if not isinstance(value, dict):
            raise _unfit(key)
        return Fields(value)

    def tables(self, key: str) -> Iterator[Fields]:
        """A list of tables."""
        for each in self._list(key):
            if not isinstance(each, dict):
                raise _unfit(key)
            yield Fields(each)

    def pairs(self, key: str) -> Iterator[tuple[str, str | Fields]]:
        """A list of names with a text or a table each, fit for the head of a mail: no line ends."""
        for each in self._list(key):
            if not isinstance(each, list) or len(each) != 2:  # noqa: PLR2004 - a name and its value
                raise _unfit(key)
            name, value = each
            if not isinstance(name, str) or not _HEADER.fullmatch(name):
                raise _unfit(key)
            if isinstance(value, dict):
                if any(_CONTROL.search(str(part)) for part in value.values()):
                    raise _unfit(key)
                yield name, Fields(value)
            elif _CONTROL.search(text := _text(value, key)):
                raise _unfit(key)
            else:
                yield name, text

    def _list(self, key: str) -> list[object]:
        value = self._values.get(key)
        if not isinstance(value, list):
            raise _unfit(key)
        return value


def _text(value: object, key: str) -> str:
    if not isinstance(value, str) or _SURROGATE.search(value):
        raise _unfit(key)
    return value


def _unfit(key: str) -> Unreadable:
    return Unreadable(f"its `{key}` is missing or of another kind")
