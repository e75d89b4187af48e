"""Outputs of templates, `{{ page.title | escape }}`, and the variables that a body sets for itself.

Of what a site's generator knows, a feed knows the site's and the post's address and the post's title. What
the body sets to words (`{% assign x = "…" %}`) or to a text (`{% capture x %}`) is shown where it says.
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
    r"(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|(?P<variable>\$?[A-Za-z_][\w-]*(?:\.[\w-]+|\[[^\]\n]*\])*))"
    r"\s*(?P<filters>\|[^\n]*)?$"
)
_ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_][\w-]*)\s*(?P<given>=)?\s*(?P<expression>.*)", re.DOTALL)
_SITE_FILTER = re.compile(r"\|\s*(?:relative_url|absolute_url|url|prepend:\s*site\.(?:baseurl|url))\b")
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
    "title": str.title,
}


def value(expander: Expander, match: re.Match[str], position: int) -> str | None:
    """Return what is written for an `EXPRESSION`, None if only the site's generator knows it."""
    page = expander.page
    variable, filters = match["variable"], match["filters"] or ""
    root = url("/", page.site_url).rstrip("/")
    if variable is None:
        text = match["double"] if match["double"] is not None else match["single"]
        if _SITE_FILTER.search(filters):
            return url(f"{page.site_url}/{text.lstrip('/')}", page.url)
        return _filtered(text, filters)
    if variable in expander.variables:
        return _inserted(expander, _filtered(expander.variables[variable], filters), filters)
    if variable in _WHOLE_SITE or (variable == "site.url" and "baseurl" in filters):
        return page.site_url
    if variable in _TITLES and page.title:
        title = _filtered(page.title, filters, escapes=False)
        return None if title is None else expander.literal(title)
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


def _filtered(text: str, filters: str, *, escapes: bool = True) -> str | None:
    """Return what its filters make of a text, None if one is not known; `escapes` says that one may."""
    for each in filters.split("|")[1:]:
        name = re.split(r"[:(\s]", each.strip(), maxsplit=1)[0]
        if name in _ESCAPES and not escapes:
            continue
        function = _FILTERS.get(name)
        if function is None:
            return None
        changed = function(text)
        if changed.strip() != text.strip() and without_tokens(text) != text:
            return None  # what is finished in it already cannot be changed
        text = changed
    return text
