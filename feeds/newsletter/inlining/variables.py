"""Variables of style sheets, resolved when the letter is written: mail programs drop what has one.

The grammar is that of CSS Custom Properties Level 1. Variables can be set for the whole letter (`:root`,
`html`, `body` or `*`), and anew in a media query; then each rule that uses one gets a twin in that query.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.newsletter.inlining.css import AtRule, Declaration, Rule, split, usable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Sheet = tuple[Rule | AtRule, ...]

_PLACES = ("html", ":root", "body", "*")  # from the weakest to the strongest for what is in the body
_USE = re.compile(r"\bvar\(", re.IGNORECASE)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'', re.DOTALL)
_LONGEST = 4_000  # characters of one value: variables made of variables grow as fast as one likes


class Variables:
    """What variables are at one place, each resolved once."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self._resolved: dict[str, str] = {}

    def in_value(self, text: str, within: tuple[str, ...] = ()) -> str:
        """`text` with its variables replaced; `within` are those that it is the value of."""
        strings = [found.span() for found in _STRING.finditer(text)]
        done: list[str] = []
        rest = 0
        for found in _USE.finditer(text):
            if found.start() < rest or any(start < found.start() < end for start, end in strings):
                continue
            end = _closing(text, found.end())
            name, *fallback = split(text[found.end() : end], ",")
            done += [text[rest : found.start()], self._one(name.strip(), fallback, within)]
            rest = end + 1
        value = "".join([*done, text[rest:]])
        if len(value) > _LONGEST:
            raise _fault(f"makes a value of more than {_LONGEST} characters", "write the value itself")
        return value

    def _one(self, name: str, fallback: list[str], within: tuple[str, ...]) -> str:
        if name in within:
            raise _fault(f"makes {name} of itself", "give it a value that stands alone")
        if name in self.texts:
            if name not in self._resolved:
                self._resolved[name] = self.in_value(self.texts[name], (*within, name))
            return self._resolved[name]
        if not fallback:
            raise _fault(f"uses {name}, which is not set", f"set it for :root, or write var({name},fallback)")
        return self.in_value(",".join(fallback).strip(), within)


def of(sheets: Iterable[Sheet]) -> dict[str, Variables]:
    """What the variables of all the sheets are: by media query, which is empty for the letter at large."""
    found: dict[str, dict[str, tuple[tuple[bool, int], str]]] = {"": {}}
    for prelude, rule in _rules(sheets):
        for each in rule.declarations:
            if not each.name.startswith("--"):
                continue
            places = [_PLACES.index(place.lower()) for place in rule.selectors if place.lower() in _PLACES]
            if not places or len(places) != len(rule.selectors):
                where = ", ".join(rule.selectors) or prelude
                raise _fault(f"sets {each.name} for {where}", "set it for :root")
            names = found.setdefault(prelude, {})
            strength = (each.important, max(places))
            if each.name not in names or strength >= names[each.name][0]:
                names[each.name] = (strength, each.value)
    at_large = {name: value for name, (_, value) in found[""].items()}
    return {
        prelude: Variables(at_large | {name: value for name, (_, value) in names.items()})
        for prelude, names in found.items()
    }


def resolve(declarations: Iterable[Declaration], known: Variables) -> tuple[Declaration, ...]:
    """The declarations with values in place of variables, and without those that set one."""
    return tuple(
        Declaration(each.name, usable(known.in_value(each.value)), each.important)
        for each in declarations
        if not each.name.startswith("--")
    )


def resolve_sheet(sheet: Sheet, known: Mapping[str, Variables], twins: Mapping[str, Sheet]) -> Sheet:
    """A sheet that stays, resolved. `twins` has, by media query, the rules that come first in it."""
    done: list[Rule | AtRule] = []
    for node in sheet:
        if isinstance(node, Rule):
            if inside := resolve(node.declarations, known[""]):
                done.append(Rule(node.selectors, inside))
            continue
        names = known.get(node.prelude, known[""])
        rules = [
            Rule(rule.selectors, inside)
            for rule in node.rules
            if (inside := resolve(rule.declarations, names))
        ]
        first = [rule for rule in twins.get(node.prelude, ()) if isinstance(rule, Rule)]
        if first and any(each.name.startswith("--") for rule in node.rules for each in rule.declarations):
            rules = first + rules
        if rules:
            done.append(AtRule(node.prelude, tuple(rules)))
    return tuple(done)


def twins(sheets: Iterable[Sheet], known: Mapping[str, Variables]) -> dict[str, Sheet]:
    """For each media query that sets variables anew: what they change in the rules outside it.

    They are important, as they must win over what is in the elements.
    """
    plain = [node for sheet in sheets for node in sheet if isinstance(node, Rule)]
    found: dict[str, Sheet] = {}
    for prelude in known:
        if prelude:
            changed = ((rule.selectors, _changed(rule, known[""], known[prelude])) for rule in plain)
            found[prelude] = tuple(Rule(selectors, inside) for selectors, inside in changed if inside)
    return found


def _changed(rule: Rule, usual: Variables, here: Variables) -> tuple[Declaration, ...]:
    using = [each for each in rule.declarations if _USE.search(each.value)]
    return tuple(
        Declaration(new.name, new.value, important=True)
        for old, new in zip(resolve(using, usual), resolve(using, here), strict=True)
        if old != new
    )


def _rules(sheets: Iterable[Sheet]) -> Iterator[tuple[str, Rule]]:
    for sheet in sheets:
        for node in sheet:
            if isinstance(node, Rule):
                yield "", node
            else:
                yield from ((node.prelude, rule) for rule in node.rules)


def _closing(text: str, start: int) -> int:
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if not depth:
            return at
    raise _fault(f"has {text}", "close the parenthesis")  # pragma: no cover


def _fault(what: str, hint: str) -> ConfigError:
    return ConfigError(f"a style sheet of the newsletter theme {what}", hint=hint)
