"""Style sheets as rules: read strictly, written tightly, with only what mail programs can bear.

What a browser would skip in silence is refused here, because a mail cannot be mended once it is sent. The
grammar is that of CSS Syntax Level 3, without nested rules; a sheet may load nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRING = r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
_STRINGS = re.compile(_STRING, re.DOTALL)
_COMMENTS = re.compile(rf"({_STRING})|/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_MARKS = re.compile(rf"{_STRING}|url\(\s*[^\s\"'()][^()]*\)|[{{}}()\[\];:,\"']", re.DOTALL | re.IGNORECASE)
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_LONELY = frozenset(")]}\"'")
_SPACE = re.compile(r"\s+")
_AROUND_COMMAS = re.compile(r"\s*,\s*")
_IMPORTANT = re.compile(r"!\s*important\s*\Z", re.IGNORECASE)
_NAME = re.compile(r"--[\w-]+|-?[a-z][\w-]*", re.IGNORECASE)
_AT_NAME = re.compile(r"@([\w-]*)")
_URL = re.compile(r"\burl\(\s*[\"']?\s*([^\"')\s]*)", re.IGNORECASE)
_WHOLE = ("https://", "http://", "cid:", "slot")  # a slot is the service's to fill

# CSS Color Level 4 writes `rgb(0 0 0 / 50%)`; Gmail drops the whole attribute or sheet that has it.
_COLOUR = re.compile(
    r"\b(?P<kind>rgb|hsl)a?\(\s*(?P<first>[-+.\w%]+)\s+(?P<second>[-+.\w%]+)\s+(?P<third>[-+.\w%]+)"
    r"\s*(?:/\s*(?P<alpha>\d*\.?\d+)(?P<percent>%?)\s*)?\)",
    re.IGNORECASE,
)
_MODERN = re.compile(r"\b(?:rgb|hsl)a?\((?:[^()]|\([^()]*\))*/", re.IGNORECASE)
_DESCRIBING = frozenset({"font-face", "page", "viewport", "-ms-viewport"})  # at-rules that hold no rules


@dataclass(frozen=True, slots=True)
class Declaration:
    """`name:value`, the value without `!important`."""

    name: str
    value: str
    important: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Declarations for all elements that one of the selectors matches."""

    selectors: tuple[str, ...]
    declarations: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class AtRule:
    """`@media (...)` with its rules; of `@font-face`, the declarations are in a rule without selectors."""

    prelude: str
    rules: tuple[Rule, ...]


def read(sheet: str) -> tuple[Rule | AtRule, ...]:
    """Read a style sheet. Raises ConfigError, quoting the place, when something in it cannot be used."""
    bare = _COMMENTS.sub(lambda found: found[1] or " ", sheet)
    if "</style" in bare.lower():
        raise _fault("has </style in it", "HTML ends a style sheet there")
    return tuple(node for prelude, body in _blocks(bare) if (node := _node(prelude, body)) is not None)


def declarations(text: str) -> tuple[Declaration, ...]:
    """Read what stands between the braces of a rule, or in a `style` attribute."""
    bare = _COMMENTS.sub(lambda found: found[1] or " ", text)
    return tuple(_declaration(each) for each in split(bare, ";") if each.strip())


def split(text: str, mark: str) -> list[str]:
    """The parts of `text` between the marks that stand in no string and no brackets."""
    ends = [found.span() for found, depth in _marks(text) if found[0] == mark and depth == 0]
    starts = [0, *(end for _, end in ends)]
    return [
        text[start:end] for start, end in zip(starts, [*(end for end, _ in ends), len(text)], strict=True)
    ]


def write(nodes: tuple[Rule | AtRule, ...]) -> str:
    """A sheet, a rule a line. Gmail knows `!important` only in lower case and behind a space."""
    return "\n".join(
        f"{node.prelude}{{{_inside(node)}}}" if isinstance(node, AtRule) else _written(node) for node in nodes
    )


def write_declarations(given: tuple[Declaration, ...]) -> str:
    """What stands between the braces of a rule."""
    return ";".join(f"{each.name}:{each.value}{' !important' * each.important}" for each in given)


def tight(text: str) -> str:
    """`text` without the space that means nothing; what is in strings stays."""
    parts = re.split(f"({_STRING})", text, flags=re.DOTALL)
    parts[::2] = [_AROUND_COMMAS.sub(",", _SPACE.sub(" ", part)) for part in parts[::2]]
    return "".join(parts).strip()


def usable(value: str) -> str:
    """A value of a declaration, tight and with colours as old programs write them.

    Raises ConfigError for an address that leads nowhere from a mail, and for a colour that Gmail would drop.
    """
    outside = _STRINGS.sub("''", value)
    for address in _URL.findall(value):
        if not address.lower().startswith(_WHOLE):
            raise _fault(f"has the address {address or 'of nothing'}", "write the whole address: https://…")
    if "(" in outside:
        value = _COLOUR.sub(_with_commas, value)
        if _MODERN.search(_STRINGS.sub("''", value)):
            raise _fault(f"has the colour {tight(value)}", "write rgba(0,0,0,0.5), which all programs know")
    return tight(value)


def _fault(what: str, hint: str) -> ConfigError:
    return ConfigError(f"a style sheet of the newsletter theme {what}", hint=hint)


def _quoted(text: str) -> str:
    shown = tight(text)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"  # noqa: PLR2004 - what a terminal's line has room for


def _inside(node: AtRule) -> str:
    return "\n".join(map(_written, node.rules)) if node.rules[0].selectors else _written(node.rules[0])


def _written(rule: Rule) -> str:
    inside = write_declarations(rule.declarations)
    return f"{','.join(rule.selectors)}{{{inside}}}" if rule.selectors else inside


def _marks(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """What gives `text` its structure, each with how many brackets and braces are open behind it."""
    awaited: list[str] = []
    for found in _MARKS.finditer(text):
        sign = found[0]
        if sign in _PAIRS:
            awaited.append(_PAIRS[sign])
        elif awaited and sign == awaited[-1]:
            awaited.pop()
        elif sign in _LONELY:
            raise _fault(f"has {sign} without its other half", f"look near: {_quoted(text[found.start() :])}")
        yield found, len(awaited)
    if awaited:
        raise _fault(f"lacks a {awaited[-1]}", f"look near: {_quoted(text)}")


def _blocks(sheet: str) -> Iterator[tuple[str, str | None]]:
    """Each rule as its prelude and what is in its braces; None for a statement such as `@charset`."""
    rest = 0
    opening = None
    for found, depth in _marks(sheet):
        if found[0] == "{" and depth == 1:
            opening = found.start()
        elif depth == 0 and found[0] == "}" and opening is not None:
            yield sheet[rest:opening].strip(), sheet[opening + 1 : found.start()]
            rest, opening = found.end(), None
        elif depth == 0 and found[0] == ";":
            yield sheet[rest : found.start()].strip(), None
            rest = found.end()
    if sheet[rest:].strip():
        yield sheet[rest:].strip(), None


def _node(prelude: str, body: str | None) -> Rule | AtRule | None:
    if not prelude.startswith("@"):
        if body is None:
            if prelude:
                raise _fault(
                    f"has {_quoted(prelude)} outside any rule", "put it between braces, or delete it"
                )
            return None
        return _rule(prelude, body)
    named = _AT_NAME.match(prelude)
    name = named[1].lower() if named else ""
    if name == "charset":
        return None
    if not name or name in {"import", "namespace"} or "\\" in prelude.split(maxsplit=1)[0]:
        raise _fault(f"uses {_quoted(prelude)}", "put the rules themselves into the sheet; a mail loads none")
    if body is None:
        raise _fault(f"uses {_quoted(prelude)}", "delete it; mail programs do not know it")
    prelude = f"@{name} {tight(prelude[len(name) + 1 :])}".strip()
    if name in _DESCRIBING:
        return AtRule(prelude, (Rule((), declarations(body)),)) if body.strip() else None
    rules = tuple(_rule_in(prelude, inner, text) for inner, text in _blocks(body))
    return AtRule(prelude, rules)


def _rule_in(outer: str, prelude: str, body: str | None) -> Rule:
    if prelude.startswith("@"):
        raise _fault(
            f"has {_quoted(prelude)} within {_quoted(outer)}",
            "write one at-rule with both conditions (`and`); Gmail drops the whole sheet for nested ones",
        )
    if body is None:
        raise _fault(f"has {_quoted(prelude)} outside any rule", "put it between braces, or delete it")
    return _rule(prelude, body)


def _rule(prelude: str, body: str) -> Rule:
    if "{" in _STRINGS.sub("", body):
        raise _fault(
            f"has a rule within the rule {_quoted(prelude)}", "write it behind, with its whole selector"
        )
    selectors = tuple(tight(each) for each in split(prelude, ","))
    if not all(selectors):
        raise _fault(f"has an empty selector in {_quoted(prelude) or '{…}'}", "delete the comma too many")
    return Rule(selectors, declarations(body))


def _declaration(text: str) -> Declaration:
    name, colon, value = text.partition(":")
    name = name.strip()
    important = _IMPORTANT.search(value)
    value = value[: important.start()] if important else value
    if not colon or not _NAME.fullmatch(name) or "!" in _STRINGS.sub("", value):
        raise _fault(f"has {_quoted(text)}", "write `name: value`, with a semicolon behind")
    if name.startswith("--"):
        return Declaration(name, tight(value), important is not None)
    if not value.strip():
        raise _fault(f"gives {name} no value", "give it one, or delete it")
    return Declaration(name.lower(), tight(value), important is not None)


def _with_commas(found: re.Match[str]) -> str:
    kind, three = found["kind"].lower(), ",".join(found.group("first", "second", "third"))
    if found["alpha"] is None:
        return f"{kind}({three})"
    alpha = float(found["alpha"]) / (100 if found["percent"] else 1)
    return f"{kind}a({three},{alpha:g})"
