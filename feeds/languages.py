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

# The two-letter codes of ISO 639-1.
_CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "  # noqa: SIM905
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw "
    "ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)


def is_known(text: str) -> bool:
    """Whether `text` is a language as folders and files are named by: `ja`, `pt-br`, `zh_Hant`."""
    code, _, rest = text.lower().replace("_", "-").partition("-")
    return code in _CODES and (not rest or bool(re.fullmatch("[a-z]{2}|[a-z]{4}", rest)))


def is_tag(text: str) -> bool:
    """Whether `text` has the shape of a BCP 47 language tag; whether it is registered is not looked up."""
    return bool(_TAG.fullmatch(text))


def direction(language: str) -> Direction:
    """The direction of the script that `language`, a BCP 47 tag, is written in: its own, or its usual one."""
    primary, *subtags = language.lower().split("-")
    script = next((subtag for subtag in subtags[:2] if len(subtag) == _SCRIPT_LENGTH), "")
    right_to_left = script in _SCRIPTS if script else primary in _LANGUAGES
    return "rtl" if right_to_left else "ltr"
