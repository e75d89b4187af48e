"""How long a recording is, as people and programs write it down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.content.yaml_text import Place
    from feeds.problems import Findings

_LONGEST = 40  # characters
# 31:20, 1:02:03, 00:03:13.000
_CLOCK = re.compile(r"(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,4}):(?P<s>[0-5]?\d)(?:[.,]\d+)?", re.ASCII)
# PT31M20S (ISO 8601), 1h 2m 3s, 31 min, 1880s
_UNITS = re.compile(
    r"(?:pt)?(?:(?P<h>\d{1,3})\s?h[a-z]{0,4}\.?)?\s?(?:(?P<m>\d{1,4})\s?m[a-z]{0,6}\.?)?"
    r"\s?(?:(?P<s>\d{1,6})(?:[.,]\d+)?\s?s[a-z]{0,6}\.?)?",
    re.ASCII | re.IGNORECASE,
)
_SECONDS = re.compile(r"(?P<s>\d{1,6})(?:[.,]\d+)?", re.ASCII)


def read(text: str) -> int:
    """Return the whole seconds that `text` stands for; a plain number counts seconds.

    Raises ValueError when it is no duration.
    """
    if text and len(text) <= _LONGEST:
        for shape in (_SECONDS, _CLOCK, _UNITS):
            found = shape.fullmatch(text)
            said = found.groupdict() if found else {}
            part = {name: int(digits) for name, digits in said.items() if digits}
            hours, minutes = part.get("h", 0), part.get("m", 0)
            if part and not (hours and minutes > 59):  # noqa: PLR2004 - minutes of an hour
                return hours * 3600 + minutes * 60 + part.get("s", 0)
    raise ValueError(f"{text!r} is not a duration")


def noted(text: str, place: Place, findings: Findings) -> int:
    """The seconds of a duration; 0 for one that cannot be read, with a warning."""
    try:
        return read(text)
    except ValueError as error:
        findings.add(
            "warning",
            "podcast-invalid",
            f"{error}, and was left out",
            at=place,
            hint='write it as "31:20" or "1:02:03", or in seconds: 1880',
        )
        return 0
