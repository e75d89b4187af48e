"""How large the HTML of one body may become, and the exception for one that goes beyond.

A text of 80 KB can ask for gigabytes: one long reference that is used ten thousand times, a table of ten
thousand columns. What multiplies is counted where it does, before the memory is gone.
"""

from __future__ import annotations

LARGEST = 5 * 2**20  # bytes
_TIMES = 50  # what a text may grow by, once its HTML is larger than this:
_UNREMARKABLE = 2**20  # bytes


class TooLargeError(Exception):
    """The HTML would become too large."""


class Budget:
    """What is left of the characters that one body may be multiplied to."""

    def __init__(self) -> None:
        self.left = LARGEST

    def spend(self, characters: int) -> None:
        """Take off what is about to be written; raises `TooLargeError` when it is more than there is."""
        self.left -= characters
        if self.left < 0:
            raise TooLargeError


def is_too_large(html: str, markdown: str) -> bool:
    """Tell whether the HTML is larger than any feed can carry, or out of all proportion to its text."""
    size = _bytes(html)
    return size > LARGEST or size > max(_UNREMARKABLE, _TIMES * _bytes(markdown))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
