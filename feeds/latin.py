"""Any script in Latin letters, as site generators spell names that they want in plain ASCII.

Pelican and Nikola have the tables of Text::Unidecode for it, from which those of Zola come as well. They know
one sound for each character, whatever the language: 日本 is always Chinese. Eleventy's tables know fewer
scripts, and are closer to what people write.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Where the tables of today's generators say something else than those of the library, which are older.
_NEWER = {
    **dict(zip("しシちチつツっッー", (*("shi", "shi", "chi", "chi"), *("tsu",) * 4, "-"), strict=True)),
    **dict(zip("אחךכקЄ", ("A", "H", "KH", "KH", "k", "Ie"), strict=True)),
    **dict.fromkeys("♥♡", "hearts"),
    "−": "-",
}
_UNKNOWN = frozenset({"", "[?]", "[?] "})

# What Eleventy's filter spells in another way, in lower case.
_ELEVENTY = {
    "&": " and ",
    "♥": " love ",
    "🦄": " unicorn ",
    **dict(zip("äöüёйщюяє", ("ae", "oe", "ue", "yo", "y", "sch", "yu", "ya", "ye"), strict=True)),
    **dict(zip("ηήυύϋΰφχξβ", ("i", "i", *"yyyy", "f", "x", "ks", "v"), strict=True)),
    **dict(zip("ةىعأاإؤئءکےې", "taeaaiweekee", strict=True)),
    **dict(zip("եըճոռցքև", ("ye", "y", "tch", "vo", "r", "c", "q", "yev"), strict=True)),
    **dict(zip("ფქღყცძწჭხ", ("p", "q", "gh", "k", "ts", "dz", "ts", "tch", "kh"), strict=True)),
    **dict(zip("€₹₺₽₴₩₿₫", "erlpswbs", strict=True)),
    **dict.fromkeys("`^¨´¯·¸", ""),  # which Unicode calls diacritics
}
# Letters without accents of the scripts that it knows: Latin, Greek, Cyrillic, Armenian, Arabic and Georgian.
_ELEVENTY_LETTERS = re.compile("[ßæðøþđħıłͰ-Ͽἀ-῿а-яіїґљњќ԰-֏ء-ۿა-ჿ]")


def spelt(text: str) -> str:
    """Return a text in ASCII; what nobody has a spelling for, such as most emoji, is not in it."""
    return text if text.isascii() else "".join(map(letter, unicodedata.normalize("NFC", text)))


@cache
def letter(character: str) -> str:
    """Return what one character is spelt as: several letters, perhaps with a space behind, or nothing."""
    if character.isascii():
        return character
    if character in _NEWER:
        return _NEWER[character]
    from text_unidecode import unidecode  # noqa: PLC0415 - most names are ASCII, and the tables are large

    found = str(unidecode(character))
    if found not in _UNKNOWN:
        return found
    plain = unicodedata.normalize("NFKC", character)  # ①, 𝐁, ﬡ and their like
    return spelt(plain) if plain != character else ""


def spelt_in_eleventy(text: str) -> str:
    """Return a text in lower case, in ASCII but for the letters of scripts that Eleventy does not know."""
    return "".join(map(_letter_in_eleventy, unicodedata.normalize("NFC", text))).lower()


def _letter_in_eleventy(character: str) -> str:
    lower = character.lower()
    if lower in _ELEVENTY:
        return _ELEVENTY[lower]
    if not _ELEVENTY_LETTERS.fullmatch(lower):
        return "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c))
    return "".join(c for c in letter(lower) if c.isalnum())
