"""What a language tag says about how its text is set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.model import Direction

# RFC 5646 section 2.1, without grandfathered tags and language subtags of 4 to 8 letters: there are none.
_TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([0-9a-z]{5,8}|\d[0-9a-z]{3}))*"
    r"(-[0-9a-wyz](-[0-9a-z]{2,8})+)*(-x(-[0-9a-z]{1,8})+)?",
    re.ASCII | re.IGNORECASE,
)

# From right to left: the scripts (ISO 15924), and the languages that are written in them unless they say not.
_SCRIPT_LENGTH = 4
_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"})
_LANGUAGES = frozenset(
    {
        *("ar", "arc", "arz", "ckb", "dv", "fa", "he", "iw", "ji", "ks"),
        *("nqo", "ps", "sd", "syr", "ug", "ur", "yi"),
    }
)


def is_tag(text: str) -> bool:
    """Whether `text` has the shape of a BCP 47 language tag; whether it is registered is not looked up."""
    return bool(_TAG.fullmatch(text))


def direction(language: str) -> Direction:
    """The direction of the script that `language`, a BCP 47 tag, is written in: its own, or its usual one."""
    primary, *subtags = language.lower().split("-")
    script = next((subtag for subtag in subtags[:2] if len(subtag) == _SCRIPT_LENGTH), "")
    right_to_left = script in _SCRIPTS if script else primary in _LANGUAGES
    return "rtl" if right_to_left else "ltr"
