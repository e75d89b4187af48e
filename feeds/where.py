"""The language of `[[feeds.custom]] where`: which posts a feed of the site's own choice holds.

    tag:python and not tag:meta and (category:"week notes" or section:posts/linux)

A term is a field, a colon and a value, which wants quotes if it has spaces or parentheses. Words are `and`,
`or` and `not`, in any case; `not` binds closer than `and`, which binds closer than `or`. `-tag:meta` is
`not tag:meta`, and terms side by side must all hold. Names meet in whatever spelling makes them one term.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from feeds.taxonomies import TAXONOMIES, terms_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from feeds.model import Post
    from feeds.taxonomies import Taxonomy

    Predicate = Callable[[Post], bool]

_LONGEST = 2000  # characters
_DEEPEST = 32  # parentheses in parentheses; no reader follows more, and the stack has an end
_EXAMPLE = "write a term such as tag:python"

_WORD = re.compile(r"[^\s()\"':]+")
_BARE = re.compile(r"[^\s()]+")
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")

_BY_FIELD = {row.field: row for row in TAXONOMIES.values()}

_PARTS: dict[str, Predicate] = {
    "enclosure": lambda post: bool(post.enclosures),
    "audio": lambda post: any(each.media_type.startswith("audio/") for each in post.enclosures),
    "video": lambda post: any(each.media_type.startswith("video/") for each in post.enclosures),
    "image": lambda post: bool(post.image),
    "title": lambda post: bool(post.title),
    "episode": lambda post: post.episode is not None,
}
_PERIODS: dict[str, Callable[[str, str], bool]] = {  # both cut to the length of what the author wrote
    "year": lambda day, given: day == given,
    "since": lambda day, given: day >= given,
    "until": lambda day, given: day <= given,
}
FIELDS = (*_BY_FIELD, "has", *_PERIODS)


class Invalid(ValueError):  # noqa: N818 - what a text is, and no failure of ours
    """A text that is no expression.

    `message` is a sentence, `column` counts from 1 within the text, and `hint` says what to do.
    """

    def __init__(self, message: str, column: int, hint: str) -> None:
        super().__init__(f"{message} (column {column})")
        self.message = message
        self.column = column
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One test of a post: `tag:python`. `matches` says whether it is true of one.

    `taxonomy` is what its field stands for, if that is one, and `column` where the term is, from 1.
    """

    field: str
    value: str
    column: int
    matches: Predicate
    taxonomy: Taxonomy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """What was parsed: `matches` says whether it is true of a post; `terms` stand as they were written."""

    matches: Predicate
    terms: tuple[Term, ...]


def parse(text: str) -> Expression:
    """Return what `text` means. Raises Invalid at the first thing that means nothing."""
    if len(text) > _LONGEST:
        raise Invalid(f"it is longer than {_LONGEST} characters", _LONGEST + 1, "split it into several feeds")
    return _Parser(text).whole()


def closest(name: str, names: Iterable[str]) -> str:
    """The one of `names` that `name` most likely stands for, or an empty string."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake should pay for it

    return next(iter(get_close_matches(name.casefold(), sorted(names), n=1)), "")


class _Parser:
    """Recursive descent over the text; `_at` is the place of the next character."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self._terms: list[Term] = []

    def whole(self) -> Expression:
        if not self._text.strip():
            raise Invalid("it is empty", 1, _EXAMPLE)
        matches = self._any()
        if self._next() == ")":
            raise self._invalid("a `)` has no `(`", "leave it out, or open it")
        return Expression(matches=matches, terms=tuple(self._terms))

    def _any(self) -> Predicate:
        parts = [self._all()]
        while self._takes("or"):
            parts.append(self._all())
        return (lambda post: any(part(post) for part in parts)) if len(parts) > 1 else parts[0]

    def _all(self) -> Predicate:
        parts = [self._one()]
        while self._takes("and") or not (self._next() in {"", ")"} or self._word() == "or"):
            parts.append(self._one())
        return (lambda post: all(part(post) for part in parts)) if len(parts) > 1 else parts[0]

    def _one(self) -> Predicate:
        """A term, what is in parentheses, or the opposite of either."""
        mark, start = self._next(), self._at
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._invalid(f"it nests deeper than {_DEEPEST} levels", "write it more plainly")
        if self._takes("not") or self._takes("-"):
            opposite = self._one()
            found: Predicate = lambda post: not opposite(post)  # noqa: E731 - one of three ways to be found
        elif self._takes("("):
            found = self._any()
            if not self._takes(")"):
                raise Invalid("a `(` is never closed", start + 1, "add the `)`")
        else:
            found = self._term(mark)
        self._depth -= 1
        return found

    def _term(self, mark: str) -> Predicate:
        word, start = self._word(), self._at
        if word in {"and", "or"}:
            raise self._invalid(f"`{word}` stands where a term should be", "a term stands on each side of it")
        if mark in {"", ")"}:
            what = "a `)` stands" if mark else "it ends"
            raise self._invalid(f"{what} where a term should be", _EXAMPLE)
        if mark in "\"'":
            raise self._invalid("a quote has no field before it", "put the field before it, as in tag:")
        match = _WORD.match(self._text, start)
        written = match[0] if match else ""
        self._at += len(written)
        if self._text[self._at : self._at + 1] != ":" or not written:
            raise self._no_field(written, start)
        self._at += 1
        field = written.casefold()
        if field not in FIELDS:
            guess = closest(field, FIELDS)
            known = "choose from " + " ".join(f"{name}:" for name in FIELDS)
            hint = f"did you mean {guess}:?" if guess else known
            raise Invalid(f"`{written}:` is no field", start + 1, hint)
        value, is_any = self._value(field)
        term = _made(field, value, start + 1, is_any=is_any)
        self._terms.append(term)
        return term.matches

    def _no_field(self, written: str, start: int) -> Invalid:
        """What to say of a word that is no term; people bring several habits along."""
        bare = _BARE.match(self._text, start)
        whole = bare[0] if bare else written
        field, equals, value = written.partition("=")
        if whole in {"&&", "&", "||", "|", "!"}:
            hint = f"write {'and' if '&' in whole else 'or' if '|' in whole else 'not'}"
        elif equals and value and field.casefold() in FIELDS:
            hint = f"write {field.casefold()}:{value}"
        elif self._terms and self._text[:start].rstrip()[-1:] not in "()":
            last = self._terms[-1]
            hint = f'a value of several words wants quotes: {last.field}:"{last.value} {whole}"'
        else:
            hint = f"did you mean tag:{whole.lstrip('#:')}?" if whole.lstrip("#:") else _EXAMPLE
        return Invalid(f"`{whole}` names no field", start + 1, hint)

    def _value(self, field: str) -> tuple[str, bool]:
        """The value at the present place, and whether it stands for any."""
        start, mark = self._at, self._text[self._at : self._at + 1]
        if mark and mark in "\"'":
            end = self._text.find(mark, start + 1)
            if end < 0:
                raise self._invalid("a quote is never closed", f"add the {mark}")
            self._at = end + 1
            value = self._text[start + 1 : end]
        elif match := _BARE.match(self._text, start):
            self._at = match.end()
            value = match[0]
        else:
            value = ""
        if not value.strip():
            hint = f"write the value without a space before it, as in {field}:x"
            raise Invalid(f"`{field}:` has nothing behind it", start + 1, hint)
        return value, value == "*" and mark == "*"

    def _next(self) -> str:
        """Pass blank space by, and return the character behind it; nothing at the end."""
        while self._text[self._at : self._at + 1].isspace():
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _word(self) -> str:
        """The keyword at the present place, if one is there, in lower case."""
        match = _WORD.match(self._text, self._at)
        word = match[0].casefold() if match else ""
        is_field = self._text[self._at + len(word) :].startswith(":")
        return word if word in {"and", "or", "not"} and not is_field else ""

    def _takes(self, wanted: str) -> bool:
        """Go past a mark or a keyword if it is there."""
        mark = self._next()
        found = self._word() == wanted if wanted.isalpha() else mark == wanted
        if found:
            self._at += len(wanted)
        return found

    def _invalid(self, message: str, hint: str) -> Invalid:
        return Invalid(message, self._at + 1, hint)


def _made(field: str, value: str, column: int, *, is_any: bool) -> Term:
    taxonomy = _BY_FIELD.get(field)
    if taxonomy:
        matches = _of_taxonomy(taxonomy, value, is_any=is_any)
    elif field == "has":
        if value.casefold() not in _PARTS:
            guess = closest(value, _PARTS)
            hint = f"did you mean has:{guess}?" if guess else "choose from " + " ".join(_PARTS)
            raise Invalid(f"`has:{value}` is nothing that a post has", column, hint)
        matches = _PARTS[value.casefold()]
    else:
        matches = _of_period(field, value, column)
    return Term(field=field, value=value, column=column, matches=matches, taxonomy=taxonomy)


def _of_taxonomy(taxonomy: Taxonomy, value: str, *, is_any: bool) -> Predicate:
    if is_any:
        return lambda post: any(True for _ in taxonomy.terms_of(post))
    wanted = taxonomy.slug_of(value.strip("/") if taxonomy.field == "section" else value)
    if taxonomy.field == "language":  # `en` is `en-GB` too (RFC 4647 section 3.3.1)
        return lambda post: any(f"{slug}-".startswith(f"{wanted}-") for slug in terms_of(taxonomy, post))
    return lambda post: any(
        wanted in {taxonomy.slug_of(key), taxonomy.slug_of(name)} for key, name in taxonomy.terms_of(post)
    )


def _of_period(field: str, value: str, column: int) -> Predicate:
    example = f"{field}:2025" if field == "year" else f"{field}:2025-01-31, {field}:2025-01 or {field}:2025"
    try:
        if not _DAY.fullmatch(value) or (field == "year" and "-" in value):
            raise ValueError(value)  # noqa: TRY301 - one way out for both kinds of nonsense
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        kind = "year" if field == "year" else "date"
        raise Invalid(f"`{field}:{value}` is no {kind}", column, f"write {example}") from None
    compares, length = _PERIODS[field], len(value)
    return lambda post: compares(post.published.date().isoformat()[:length], value)
