"""A style sheet as its rules, each with the media that it is for: as much of CSS as mails have.

The grammar is that of CSS Syntax Level 3, section 5, for well-formed sheets; of others, the broken rules are
left out. Nothing here calls itself, and time grows with the length of the sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from feeds.newsletter.contract.page import Declaration, declarations

_PIECES = re.compile(
    r"""/\*.*?(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|[{};]|[^{};"'/]+|/""", re.DOTALL
)
_GROUPS = ("@media", "@supports", "@layer", "@container", "@scope")
_PREFERS = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(\w+)\s*\)")
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*(\d+(?:\.\d+)?)(px|em|rem)\s*\)")
_CONDITION = re.compile(r"\([^()]*\)")
_PIXELS = {"px": 1.0, "em": 16.0, "rem": 16.0}


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A rule: its selectors as written, what it declares, and the conditions of the groups that it is in."""

    selectors: str
    style: tuple[Declaration, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet. `statements` are at-rules without a block, `nested` the media queries in others."""

    rules: tuple[StyleRule, ...]
    statements: tuple[str, ...]
    nested: tuple[str, ...]
    is_balanced: bool


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to show a mail. `width` is in pixels; without `has_sheet` there are only the styles of elements.

    `is_outlook` is Outlook's own dark mode, which says so by attributes that it adds.
    """

    name: str
    is_dark: bool
    width: int
    has_sheet: bool = True
    is_outlook: bool = False


def parse(css: str) -> Sheet:
    """Read a style sheet, whatever it is."""
    rules: list[StyleRule] = []
    statements: list[str] = []
    nested: list[str] = []
    open_: list[str] = []  # preludes of what is open
    written: list[str] = []
    is_balanced = True
    for piece in _PIECES.findall(css):
        if piece.startswith("/*"):
            continue
        if piece == "{":
            prelude = "".join(written).strip()
            if prelude.lower().startswith("@media") and any(
                each.lower().startswith("@media") for each in open_
            ):
                nested.append(prelude)
            open_.append(prelude)
            written = []
        elif piece == "}":
            if not open_:
                is_balanced = False
            else:
                prelude = open_.pop()
                if not prelude.startswith("@") and all(each.lower().startswith(_GROUPS) for each in open_):
                    rules.append(StyleRule(prelude, declarations("".join(written)), tuple(open_)))
            written = []
        elif piece == ";" and not (open_ and not open_[-1].lower().startswith(_GROUPS)):
            statements.append("".join(written).strip())
            written = []
        else:
            written.append(piece)
    return Sheet(tuple(rules), tuple(statements), tuple(nested), is_balanced and not open_)


def holds(rule: StyleRule, variant: Variant) -> bool:
    """Whether a rule is in force: all the groups that it is in are."""
    return all(_is_true(group, variant) for group in rule.groups)


def _is_true(group: str, variant: Variant) -> bool:
    name, _, query = group.lower().partition(" ")
    if name.partition("(")[0] != "@media":
        return name.startswith(("@supports", "@layer"))
    query = query or name.removeprefix("@media")
    return any(_matches(one.strip(), variant) for one in query.split(","))


def _matches(query: str, variant: Variant) -> bool:
    """Whether one query of a list does; one with something that is not known here does not."""
    for condition in _CONDITION.findall(query):
        if found := _PREFERS.fullmatch(condition):
            if (found[1] == "dark") != variant.is_dark:
                return False
        elif found := _WIDTH.fullmatch(condition):
            pixels = float(found[2]) * _PIXELS[found[3]]
            if (variant.width > pixels) if found[1] == "max" else (variant.width < pixels):
                return False
        else:
            return False
    words = set(_CONDITION.sub(" ", query).split()) - {"and", "only"}
    return words <= {"screen", "all"}
