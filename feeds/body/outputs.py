"""Outputs of templates, `{{ page.title | escape }}`, and the variables that a body sets for itself.

Of what a site's generator knows, a feed knows the post's address and title, and what the settings say of the
site. What the body sets to words or a number (`{% assign x = "…" %}`), or to a text (`{% capture x %}`), is
shown where it says; so is what filters that need nothing else make of it.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from feeds.body.addresses import url
from feeds.body.stash import without_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeds.body.shortcodes import Expander

EXPRESSION = re.compile(
    r"(?:(?P<number>-?\d+(?:\.\d+)?)|\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|(?P<variable>\$?[A-Za-z_][\w-]*(?:\.[\w-]+|\[[^\]\n]*\])*))"
    r"\s*(?P<filters>\|[^\n]*)?$"
)
_ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_][\w-]*)\s*(?P<given>=)?\s*(?P<expression>.*)", re.DOTALL)
_SITE_FILTER = re.compile(r"\|\s*(?:relative_url|absolute_url|url|prepend:\s*site\.(?:baseurl|url))\b")
_FILTER = re.compile(r"\|\s*(?P<name>\w+)(?P<given>(?:\"[^\"]*+\"|'[^']*+'|[^|\"'])*)")
_GIVEN = re.compile(r"\"[^\"]*+\"|'[^']*+'|[^\s,:()\"']++")
_WHOLE = re.compile(r"\s*(-?\d{1,15})\s*")
_WHOLE_SITE = frozenset({"config.base_url", "base_url", "site.base_url", "site_url", "SITEURL"})
_TITLES = frozenset(
    {
        "$frontmatter.title",
        "frontmatter.title",
        "$page.title",
        "page.title",
        "title",
        "post.title",
        "article.title",
    }
)
_ADDRESSES = frozenset({"page.url", "page.permalink", "permalink"})
_MOST = 2**18  # characters that variables may add to a body
_ESCAPES = ("e", "escape", "escape_once", "h", "xml_escape")
_FILTERS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("default", "markdownify", "raw", "safe", "smartify"), str),
    **dict.fromkeys(_ESCAPES, escape),
    **dict.fromkeys(("strip", "trim"), str.strip),
    **dict.fromkeys(("downcase", "lower"), str.lower),
    **dict.fromkeys(("upcase", "upper"), str.upper),
    "capitalize": str.capitalize,
    "lstrip": str.lstrip,
    "rstrip": str.rstrip,
    "size": lambda text: str(len(text)),
    "title": str.title,
}
_WITH_TEXT: Mapping[str, Callable[[str, str], str]] = {
    "append": lambda text, more: text + more,
    "prepend": lambda text, more: more + text,
    "remove": lambda text, part: text.replace(part, "") if part else text,
    "remove_first": lambda text, part: text.replace(part, "", 1),
}
_SUMS: Mapping[str, Callable[[int, int], int]] = {
    "plus": lambda number, other: number + other,
    "minus": lambda number, other: number - other,
    "times": lambda number, other: number * other,
}
_JOINING = frozenset({"append", "prepend"})  # leave what is there as it is


def value(expander: Expander, match: re.Match[str], position: int) -> str | None:
    """Return what is written for an `EXPRESSION`, None if only the site's generator knows it."""
    page = expander.page
    variable, filters = match["variable"], match["filters"] or ""
    root = url("/", page.site_url).rstrip("/")
    constant = match["number"] or (variable if variable in {"false", "true"} else None)
    if constant:
        return _filtered(expander, constant, filters, position)
    if variable is None:
        text = match["double"] if match["double"] is not None else match["single"]
        return _addressed(expander, text, filters, position)
    if variable in expander.variables:
        text = _addressed(expander, expander.variables[variable], filters, position)
        return _inserted(expander, text, filters)
    if variable in expander.counters:
        return _filtered(expander, str(expander.counters[variable]), filters, position)
    if variable in _WHOLE_SITE or (variable == "site.url" and "baseurl" in filters):
        return page.site_url
    if text := page.title if variable in _TITLES else page.known.get(variable):
        shown = _filtered(expander, text, filters, position, escapes=False)
        return None if shown is None else expander.literal(shown)
    if variable in _ADDRESSES:
        # Behind the site's address, as in `{{ site.url }}{{ page.url }}`, it is the path.
        return page.url.removeprefix(page.site_url) if position == expander.last else page.url
    return {"site.url": root, "site.baseurl": page.site_url.removeprefix(root)}.get(variable)


def assign(expander: Expander, text: str, position: int, inner: str | None) -> None:
    """Set the variable that `text` (`x = "words"`, or `x` with the text `inner`) gives a value.

    What the value depends on may be unknown; it is unknown then, too, which is said where it is asked for.
    """
    match = _ASSIGNMENT.match(text)
    if match is None:
        return
    name = match["name"]
    if match["given"]:
        expression = EXPRESSION.match(match["expression"].strip())
        found = value(expander, expression, position) if expression else None
    else:
        found = None if inner is None else _captured(expander, inner, position)
    expander.variables.pop(name, None)
    if found is not None and len(found) <= _MOST:
        expander.variables[name] = found


def count(expander: Expander, name: str, *, down: bool) -> str:
    """Return what Liquid's `increment` and `decrement` show: from 0 upwards, from -1 downwards."""
    number = expander.counters.get(name, 0)
    expander.counters[name] = number + (-1 if down else 1)
    return str(number - 1 if down else number)


def _captured(expander: Expander, inner: str, position: int) -> str | None:
    """Return a text with its shortcodes expanded; its problems are those of the body."""
    line = expander.line_at(position) + len(inner) - len(inner.lstrip("\n"))
    return expander.nested(inner.strip("\n"), line)


def _inserted(expander: Expander, text: str | None, filters: str) -> str | None:
    """Return the value of a variable as part of the body, unless such values have made it too long."""
    if text is None:
        return None
    expander.inserted += len(text)
    if expander.inserted > _MOST:
        return None
    return f"\n\n{text}\n\n" if expander.in_html and "markdownify" in filters else text


def _addressed(expander: Expander, text: str, filters: str, position: int) -> str | None:
    """Return what its filters make of a text, with the site's address before it if one says so."""
    page = expander.page
    others, inside = _SITE_FILTER.subn("", filters)
    found = _filtered(expander, text, others, position)
    if found is None or not inside:
        return found
    return url(f"{page.site_url}/{found.lstrip('/')}", page.url)


def _filtered(
    expander: Expander, text: str, filters: str, position: int, *, escapes: bool = True
) -> str | None:
    """Return what its filters make of a text, None if one is not known; `escapes` says that one may."""
    for each in _FILTER.finditer(filters):
        name = each["name"]
        if name in _ESCAPES and not escapes:
            continue
        changed = _changed(text, name, _given(expander, each["given"], position))
        if changed is None or len(changed) > _MOST:
            return None
        if name not in _JOINING and changed.strip() != text.strip() and without_tokens(text) != text:
            return None  # what is finished in it already cannot be changed
        text = changed
    return text


def _changed(text: str, name: str, given: list[str] | None) -> str | None:
    """Return what the filter `name` makes of a text with what it is given, None if nobody knows."""
    if function := _FILTERS.get(name):
        return function(text)
    if not given:
        return None
    if with_text := _WITH_TEXT.get(name):
        return with_text(text, given[0])
    if name in {"replace", "replace_first"} and len(given) > 1 and given[0]:
        times = 1 if name == "replace_first" else text.count(given[0])
        return text.replace(given[0], given[1], times) if times * len(given[1]) <= _MOST else None
    number, other = _WHOLE.fullmatch(text), _WHOLE.fullmatch(given[0])
    if name in _SUMS and number and other:
        return str(_SUMS[name](int(number[1]), int(other[1])))
    return None


def _given(expander: Expander, text: str, position: int) -> list[str] | None:
    """Return what a filter is given, None if a part of it is not known."""
    found = []
    for part in _GIVEN.findall(text):
        expression = EXPRESSION.match(part)
        known = value(expander, expression, position) if expression else None
        if known is None:
            return None
        found.append(known)
    return found
