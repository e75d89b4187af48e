"""Names into path segments.

`term` serves tags and categories: their feeds live at these paths for years, so two different names never
share one, whatever else the site holds. Only case, white space, dashes and Unicode compatibility forms are
folded, for readers see no difference there. Punctuation is spelt out (`C++` is `c_plus_plus`, `C#` is
`c_sharp`), other scripts stay readable. `_` marks what was spelt out; as a character of a name it counts as
a space, so the spelling is unambiguous.

`post` serves the addresses of posts, which a site generator has usually given already: it does what Hugo
and its peers do to file names. Where they differ, `MAKERS` has what each of them does.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds import latin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Maker = Callable[[str], str]

_WORDS = {
    "!": "bang",
    '"': "quote",
    "#": "sharp",
    "$": "dollar",
    "%": "percent",
    "&": "and",
    "'": "apostrophe",
    "(": "open",
    ")": "close",
    "*": "star",
    "+": "plus",
    ",": "comma",
    ".": "dot",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "<": "less",
    "=": "equals",
    ">": "greater",
    "?": "question",
    "@": "at",
    "[": "bracket",
    "\\": "backslash",
    "]": "unbracket",
    "^": "caret",
    "`": "backtick",
    "{": "brace",
    "|": "bar",
    "}": "unbrace",
    "~": "tilde",
}
_SPELT = frozenset(_WORDS.values())
_DASHES = re.compile(r"[\s_‐‑‒–—―−﹘﹣-]+")
_JOINERS = frozenset("‌‍")  # ZWNJ and ZWJ: part of Persian words and of emoji
_NEVER = 0xFFFE  # the last two code points of every plane are for no character, ever
_LONGEST = 100  # bytes of UTF-8; file systems stop at 255, and a name gets percent-encoded in URLs

_RUNS = re.compile(r"[0-9a-z-]+|.", re.DOTALL)

# What Windows will not have as a file name, with or without an extension.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)")


def key(name: str) -> str:
    """What makes two names one term: `Go` and `go`, `JIT Compiler` and `JIT-Compiler`; not `C` and `C#`."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return _DASHES.sub("-", folded).strip("-")


def term(name: str) -> str:
    """Return the path segment of a tag or category: lower case, at most 100 bytes, never empty.

    Equal results mean equal `key`s. The segment is safe on any file system and as one segment of a URL path
    once it is percent-encoded.
    """
    spelt = _spell(key(name))
    if len(spelt.encode()) > _LONGEST:
        digest = hashlib.sha256(spelt.encode()).hexdigest()[:16]
        cut = spelt.encode()[: _LONGEST - 18].decode(errors="ignore").rstrip("._")
        return f"{cut}_~{digest}"
    return spelt


def _spell(folded: str) -> str:
    pieces: list[str] = []
    plain = ""
    for run in _RUNS.finditer(folded):
        character = run[0]
        # A dot between letters is at home in file names: node.js, 1.10.
        before, after = folded[max(run.start() - 1, 0) : run.start()], folded[run.end() : run.end() + 1]
        dotted = character == "." and before.isalnum() and after.isalnum()
        if len(character) > 1 or dotted or _readable(character):
            plain += character
            continue
        if plain:
            pieces.append(_plain(plain, first=not pieces))
            plain = ""
        pieces.append("_" + _WORDS.get(character, f"{ord(character):x}~"))
    if plain:
        pieces.append(_plain(plain, first=not pieces))
    spelt = "".join(pieces) or "_empty"
    return "_" + spelt if _RESERVED.match(spelt) else spelt


def _plain(run: str, *, first: bool) -> str:
    """A run of kept characters. After a spelt-out one, what could be mistaken for another gets two marks."""
    if first:
        return run
    return "__" + run if run in _SPELT else "_" + run


def _readable(character: str) -> bool:
    if character == "-" or character in _JOINERS:
        return True
    if character.isascii():
        return character.isalnum()
    # Letters, marks, numbers and symbols (emoji) of any script; not controls, spaces or bidi overrides.
    return _category(character)[0] in "LMNSP" and not "\ufff0" <= character <= "\uffff"


def _category(character: str) -> str:
    """The character's Unicode category, with letters for what this Python's tables do not know yet.

    The next Python's may know it, and an address must not move for that.
    """
    category = unicodedata.category(character)
    never = ord(character) & _NEVER == _NEVER or "\ufdd0" <= character <= "\ufdef"
    return "Lo" if category == "Cn" and not never else category


def post(name: str) -> str:
    """Return the path segment of a post called `name`: white space to dashes, lower case, as Hugo does it."""
    folded = unicodedata.normalize("NFC", name).strip().lower()
    dashed = re.sub(r"\s+", "-", folded)
    kept = "".join(c for c in dashed if c in "_.+~-" or c in _JOINERS or _category(c)[0] in "LMN")
    return re.sub(r"-{2,}", "-", kept).strip("-.")


def hugo(name: str) -> str:
    """Return what Hugo makes of names and titles: lower case, accents kept, marks other than `._#+~-@` gone.

    A slash stays and parts folders, as it does there (gohugoio/hugo, `Sanitize` in common/paths).
    """
    kept: list[str] = []
    space = False
    for character in unicodedata.normalize("NFC", name).lower():
        if character in "./_#+~-@" or _is_word(character):
            if space and kept and "-" not in {kept[-1], character}:
                kept.append("-")
            kept.append(character)
            space = False
        elif character.isspace():
            space = True
    return "".join(kept)


def jekyll(name: str) -> str:
    """Return what Jekyll's `:title` makes of a slug or a file name: case and `._~!$&'()+,;=@` stay."""
    kept = (c if c in "._~!$&'()+,;=@" or _is_word(c) else "-" for c in unicodedata.normalize("NFC", name))
    return re.sub("-+", "-", "".join(kept)).strip("-")


def plain(name: str) -> str:
    """Return what Jekyll's `:slug` makes of a name: letters and digits in lower case, and dashes."""
    kept = (c if _is_word(c) else "-" for c in unicodedata.normalize("NFC", name))
    return re.sub("-+", "-", "".join(kept)).strip("-").lower()


def zola(name: str) -> str:
    """Return what Zola makes of names and titles: Latin letters in lower case, and dashes for all else."""
    composed = unicodedata.normalize("NFC", name)
    letters = "".join(latin.letter(c) or ("" if _category(c)[0] == "M" else "-") for c in composed)
    return _dashed(letters)


def pelican(name: str) -> str:
    """Return what Pelican makes of titles: Latin letters in lower case, no tags and no punctuation."""
    text = html.unescape(re.sub(r"<[^<>]*>", "", name))
    return _without_marks(unicodedata.normalize("NFKC", text), but="_-")


def pelican_in_unicode(name: str) -> str:
    """Return what Pelican makes of titles if it is to keep their letters (`SLUGIFY_USE_UNICODE`)."""
    text = unicodedata.normalize("NFKC", html.unescape(re.sub(r"<[^<>]*>", "", name)))
    kept = (c for c in text if c in "_-" or c.isspace() or _is_word(c))
    return re.sub(r"[-\s]+", "-", "".join(kept).strip()).lower()


def zola_in_unicode(name: str) -> str:
    """Return what Zola makes of names with `slugify.paths = "safe"`: what file systems forbid goes."""
    safe = re.sub(r"[<>:/|?*#\\()\[\]\"\n\t]", "", unicodedata.normalize("NFC", name)).strip()
    return re.sub(r"\s", "_", safe.rstrip(". "))


def nikola(name: str) -> str:
    """Return what Nikola makes of file names: as Pelican of titles, but a plus stays."""
    return _without_marks(name, but="_-+")


def eleventy(name: str) -> str:
    """Return what Eleventy's `slugify` makes of titles: Latin letters in lower case, and some marks in words.

    It spells umlauts the German way, and the scripts of Europe and Arabic; others it leaves out.
    https://www.11ty.dev/docs/filters/slugify/
    """
    spelt = latin.spelt_in_eleventy(name)
    return _dashed(re.sub(r"([a-z0-9])'([ts])(?=\s|$)", r"\1\2", spelt))


def hexo(name: str) -> str:
    """Return what Hexo makes of categories: no accents, punctuation and white space to dashes."""
    kept = re.sub(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+", "-", _without_accents(name))
    return kept.strip("-")


def obsidian(name: str) -> str:
    """Return what sites made of Obsidian's notes do to names: white space to dashes, `&` and `%` in words."""
    dashed = re.sub(r"\s", "-", unicodedata.normalize("NFC", name.strip()))
    return re.sub("[?#]", "", dashed.replace("&", "-and-").replace("%", "-percent"))


def as_written(name: str) -> str:
    """Return the name itself, in the one form of Unicode that it has on every file system."""
    return unicodedata.normalize("NFC", name.strip())


# Letters that Unicode does not take apart, and dashes, as generators spell them in ASCII.
_SPELLINGS = str.maketrans(
    dict(zip("ßæœøđðþłħıŧŋ", ("ss", "ae", "oe", "o", "d", "d", "th", "l", "h", "i", "t", "n"), strict=True))
    | dict.fromkeys("‐‑‒–—―−", "-")
)


def _without_accents(name: str) -> str:
    """The name with its Latin letters in ASCII, as far as they have a plain form; other scripts unchanged."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFKD", name).translate(_SPELLINGS):
        if not (unicodedata.combining(character) and kept and kept[-1].isascii()):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def _without_marks(name: str, but: str) -> str:
    """The name in Latin letters and lower case, without marks `but` these, spaces and dashes as one dash."""
    kept = (c for c in latin.spelt(name) if c in but or c.isspace() or c.isalnum())
    return re.sub(r"[-\s]+", "-", "".join(kept).strip()).lower()


def _dashed(name: str) -> str:
    """The name in lower case, with one dash for everything between letters and digits."""
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")


def _is_word(character: str) -> bool:
    """Whether it is a letter, a mark on one, or a digit of any script."""
    return (category := _category(character))[0] in "LM" or category == "Nd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Makers:
    """How a generator makes path segments, of folders, file names, `slug:`, titles, categories, and of words.

    Words are names of months and the like. What comes back may be empty or hold slashes.
    """

    folder: Maker
    name: Maker
    slug: Maker
    title: Maker
    category: Maker
    word: Maker


def _alike(maker: Maker) -> Makers:
    return Makers(folder=maker, name=maker, slug=maker, title=maker, category=maker, word=maker)


def _post_path(slug: str) -> str:
    return "/".join(post(part) for part in slug.split("/"))


def _hexo_title(title: str) -> str:
    return hexo(title).lower()  # unlike categories (hexo/lib/plugins/filter/post_permalink)


PLAIN = Makers(folder=post, name=post, slug=_post_path, title=post, category=term, word=str.lower)
MAKERS: Mapping[str, Makers] = {
    "plain": PLAIN,
    "hugo": _alike(hugo),
    "jekyll": Makers(
        folder=as_written, name=jekyll, slug=jekyll, title=jekyll, category=str.lower, word=as_written
    ),
    "zola": Makers(folder=as_written, name=zola, slug=zola, title=zola, category=zola, word=str.lower),
    "eleventy": Makers(
        folder=as_written,
        name=as_written,
        slug=as_written,
        title=eleventy,
        category=eleventy,
        word=as_written,
    ),
    "pelican": Makers(
        folder=as_written, name=pelican, slug=as_written, title=pelican, category=pelican, word=as_written
    ),
    "obsidian": _alike(obsidian),
    "hexo": Makers(
        folder=as_written, name=as_written, slug=as_written, title=_hexo_title, category=hexo, word=as_written
    ),
    "nikola": Makers(
        folder=as_written, name=nikola, slug=as_written, title=nikola, category=nikola, word=as_written
    ),
    "docusaurus": _alike(as_written),
}
_IN_UNICODE = {"pelican": pelican_in_unicode, "zola": zola_in_unicode}


def makers(dialect: str, *, in_unicode: bool = False) -> Makers:
    """Return what a generator does, or does when it is told to keep the letters of other scripts."""
    own = MAKERS.get(dialect, PLAIN)
    if not in_unicode or dialect not in _IN_UNICODE:
        return own
    kept = _IN_UNICODE[dialect]
    slug = own.slug if own.slug is as_written else kept
    return replace(own, name=kept, title=kept, category=kept, slug=slug)
