"""How the call-outs of several generators begin: `!!! note "Title"`, `:::tip[Title]`, `> [!NOTE] Title`."""

from __future__ import annotations

import re

ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?) +(?P<type>[\w-]+)[^\"]*(?:\"(?P<title>[^\"]*)\")? *$")
COLONS = re.compile(r" {0,3}:{3,} *(?:(?P<type>[A-Za-z][\w-]*)|(?=\{[.#:]?[A-Za-z]))(?P<rest>.*)$")
_BRACES = re.compile(r"\{(?P<inner>[^{}]*)\}")
_CLASS = re.compile(r"[.\w-]+")
_TITLE = re.compile(r"title=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
# What only arranges its content has no title of its own.
_ARRANGED = frozenset(
    {"code-group", "code-tabs", "column", "columns", "row", "tabs", "center", "left", "right"}
)
_CALLED_OUT = frozenset(
    "admonition attention bug caution danger details error example hint important info note question "  # noqa: SIM905
    "quote seealso success tip todo warning".split()
)
CALLOUT = re.compile(r"\[!(?P<type>[\w-]+)\][+-]?[ ]*(?P<title>.*)$")


def title(match: re.Match[str]) -> str:
    """Return a call-out's title, which may be said to be none (`""`); else its type."""
    given = match["title"]
    if given is None or (not given.strip() and "[!" in match[0]):
        given = match["type"].replace("-", " ").capitalize()
    return str(given).strip()


def colons(match: re.Match[str]) -> tuple[str, bool]:
    """Return the title of what colons begin, and whether it is set off from the text around it.

    Docusaurus writes `:::tip[Title]`, `:::tip Title`, `:::tip{title="Title"}`; MyST `:::{tip} Title`; Pandoc
    and Quarto `::: {.callout-tip title="Title"}`, and `::: {.column}` for what is nothing but looks.
    """
    rest = match["rest"]
    braces = _BRACES.search(rest)
    inner = braces["inner"] if braces else ""
    given = _TITLE.search(inner)
    if braces:
        rest = rest[: braces.start()] + rest[braces.end() :]
    said = (given["double"] or given["single"] or "") if given else rest.strip()
    if said.startswith("[") and said.endswith("]"):
        said = said[1:-1].strip()
    name = (match["type"] or next(iter(_CLASS.findall(inner)), "")).lstrip(".").lower()
    kind = name.removeprefix("callout-")
    if not said and (kind in _ARRANGED or not (match["type"] or kind != name or kind in _CALLED_OUT)):
        return "", False
    return said or kind.replace("-", " ").capitalize(), True
