"""Selectors that can be inlined: what each engine understands alike, and how much each weighs.

Selectors Level 4 gives the weight (section 17): ids, then classes, attributes and pseudo-classes, then types.
"""

from __future__ import annotations

import re

from feeds.errors import ConfigError

_IDENT = r"(?:--|-?(?:[a-z_]|[^\x00-\x7f]|\\[^\n0-9a-f]))(?:[\w-]|[^\x00-\x7f]|\\[^\n0-9a-f])*"
_STRING = r'"[^"\\\n]*"|\'[^\'\\\n]*\''
_NTH = r"\(\s*(?:even|odd|[-+]?\d*n(?:\s*[-+]\s*\d+)?|[-+]?\d+)\s*\)"
_SIMPLE = rf"""
    (?P<id>\#{_IDENT})
  | (?P<class>\.{_IDENT})
  | (?P<attribute>
      \[\s*(?P<name>[a-z][\w-]*)\s*(?:(?P<operator>[~|^$*]?=)\s*(?P<value>{_IDENT}|{_STRING})\s*)?\]
    )
  | (?P<place>:(?:first|last|only)-(?:child|of-type))(?![\w-])
  | (?P<nth>:nth-(?:last-)?(?:child|of-type)){_NTH}
"""
_PART = re.compile(
    _SIMPLE
    + rf"""
  | (?P<not>:not)\((?P<inner>(?:[^()"']|{_STRING}|\([^()]*\))*)\)
  | (?P<type>{_IDENT})
  | (?P<any>\*)
  | (?P<between>\s*[>+~]\s*|\s+)
""",
    re.VERBOSE | re.IGNORECASE,
)
_OF_TYPE = re.compile(r"-of-type", re.IGNORECASE)
_STATES = re.compile(
    r":(?:hover|active|focus[\w-]*|visited|link|any-link|target|checked|disabled|enabled)\b"
    r"|::?(?:before|after|first-line|first-letter|selection|marker|placeholder)\b",
    re.IGNORECASE,
)

Weight = tuple[int, int, int]


def normal(selector: str) -> tuple[str, Weight]:
    """A selector as both engines read it, and its weight (specificity).

    Raises ConfigError for one that no element can carry in its `style`, or that not every engine understands.
    """
    if _STATES.search(selector):
        raise ConfigError(
            f"the style sheet to be inlined has the selector {selector}, which is about a state or a part",
            hint="put the rule into the sheet that is kept in the head",
        )
    parts: list[str] = []
    weight = (0, 0, 0)
    end = 0
    fresh = True  # whether a type may stand here: at the start of what is said about one element
    typed = False
    for found in _PART.finditer(selector):
        kind = found.lastgroup if found.lastgroup not in {"name", "operator", "value", "inner"} else None
        kind = kind or next(name for name in _KINDS if found[name] is not None)
        if found.start() != end or (kind in {"type", "any"} and not fresh) or (kind == "between" and fresh):
            raise _unknown(selector)
        end = found.end()
        if kind == "between":
            parts.append(found[0].strip() or " ")
            fresh, typed = True, False
            continue
        typed = typed or kind == "type"
        text, added = _simple(selector, kind, found, typed=typed)
        parts.append(text)
        weight = (weight[0] + added[0], weight[1] + added[1], weight[2] + added[2])
        fresh = False
    if end != len(selector) or fresh:
        raise _unknown(selector)
    return "".join(parts), weight


_KINDS = ("id", "class", "attribute", "place", "nth", "not", "type", "any", "between")


def attributes(selector: str) -> set[str]:
    """The names of the attributes that a selector asks for, in lower case, but for `id` and `class`."""
    return {found["name"].lower() for found in _PART.finditer(selector) if found["name"]} | {
        name
        for found in _PART.finditer(selector)
        if found["inner"]
        for name in attributes(found["inner"].strip())
    }


def _simple(selector: str, kind: str, found: re.Match[str], *, typed: bool) -> tuple[str, Weight]:
    match kind:
        case "id":
            return found[0], (1, 0, 0)
        case "type":
            return found[0].lower(), (0, 0, 1)
        case "any":
            return "*", (0, 0, 0)
        case "attribute":
            if found["name"].lower() == "style":
                raise _unknown(selector)
            if not found["operator"]:
                return f"[{found['name'].lower()}]", (0, 1, 0)
            value = found["value"] if found["value"][0] in "\"'" else f'"{found["value"]}"'
            return f"[{found['name'].lower()}{found['operator']}{value}]", (0, 1, 0)
        case "not":
            inner, weight = normal(found["inner"].strip())
            if re.search(r"[ >+~]", re.sub(r"\[[^\]]*\]|\([^()]*\)", "", inner)) or ":not" in inner:
                raise _unknown(selector)
            return f":not({inner})", weight
        case _ if _OF_TYPE.search(found[0]) and not typed:
            raise ConfigError(
                f"the style sheet to be inlined has the selector {selector} without a type",
                hint="name the element before the colon, such as `p:first-of-type`",
            )
    return (found[0].lower() if kind != "class" else found[0]), (0, 1, 0)


def _unknown(selector: str) -> ConfigError:
    return ConfigError(
        f"the style sheet to be inlined has the selector {selector or '(none)'}, which cannot be inlined",
        hint="use types, classes, ids, attributes, :first-child, :nth-child(), :not() or another class",
    )
