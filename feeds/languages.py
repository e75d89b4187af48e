"""What a language tag says about how its text is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.model import Direction

# From right to left: the scripts (ISO 15924), and the languages that are written in them unless they say not.
_SCRIPT_LENGTH = 4
_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"})
_LANGUAGES = frozenset(
    {
        *("ar", "arc", "arz", "ckb", "dv", "fa", "he", "iw", "ji", "ks"),
        *("nqo", "ps", "sd", "syr", "ug", "ur", "yi"),
    }
)


def direction(language: str) -> Direction:
    """The direction of the script that `language`, a BCP 47 tag, is written in: its own, or its usual one."""
    primary, *subtags = language.lower().split("-")
    script = next((subtag for subtag in subtags[:2] if len(subtag) == _SCRIPT_LENGTH), "")
    right_to_left = script in _SCRIPTS if script else primary in _LANGUAGES
    return "rtl" if right_to_left else "ltr"
