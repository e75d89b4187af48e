"""Style sheets into `style` attributes, so that a letter looks right where no style sheet is read.

An engine finds which rules match which elements; what they say is read, weighed and written here, the same
with any engine. Nothing but `style` attributes and the text of `<style>` changes in the HTML.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.newsletter.inlining import css as sheets
from feeds.newsletter.inlining import document, selectors, variables
from feeds.newsletter.inlining.css import AtRule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from feeds.newsletter.inlining.css import Declaration
    from feeds.newsletter.inlining.document import Close, Element
    from feeds.newsletter.inlining.variables import Variables

# What mail services put a reader's own address, name or links in place of, as the theme writes them.
# None holds < or >: two braces of an author, elements apart, are not one tag.
MERGE_TAG = re.compile(
    r"""\{\{\{[^<>]*?\}\}\}  # Postmark
      | \{\{[^<>]*?\}\}      # listmonk, Buttondown, Mustache and Handlebars
      | \{%[^<>]*?%\}        # Jinja and Liquid statements
      | \*\|[^<>]*?\|\*      # Mailchimp
      | <%[^<>]*?%>          # SendGrid
      | %%\{[^<>]*?\}%%      # Ghost
      | %[A-Za-z][\w.]{2,}%  # Mailgun
    """,
    re.VERBOSE,
)
_SLOT = re.compile(r"slot[0-9a-f]{20}[a-z]+\d*z")

KEPT = "data-premailer"
"""The attribute of a `<style>` that stays in the head. It goes, as readers have no use for it."""

_DOCTYPE = re.compile(r"\s*(?:<!doctype\b[^<>]*>)?\s*", re.IGNORECASE)
_KEPT_MARK = re.compile(rf"\s+{KEPT}(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?", re.IGNORECASE)
_CONDITION = re.compile(r"<!--\[(?P<opened>if)\b[^\]]*\]>|<!\[endif\]-->", re.IGNORECASE)
_BROKEN_CONDITION = re.compile(r"<!\[if\b[^<>]*>|<!\[endif\]>", re.IGNORECASE)
_BARE_ROW = re.compile(r"(?:^|[ >+~])table[^ >+~]*>tr\b")

_Weight = tuple[
    int, int, int, int
]  # whether it is a style attribute, which outweighs any selector; then theirs


@dataclass(frozen=True, slots=True)
class _Weighed:
    selector: str
    weight: _Weight
    declarations: tuple[Declaration, ...]


def inline(html: str, css: str, engine: str = "premailer") -> str:
    """Write the rules of the sheet `css`, and of each plain `<style>`, into the elements of the whole `html`.

    A `<style data-premailer="ignore">` or one with a `media` stays, for what no element can carry. In both
    kinds variables are replaced by what they are. `engine` is `premailer` or `css-inline`; the result is the
    same. All else stays byte for byte: comments, merge tags, slots; only the doctype becomes the exact one.

    Raises ConfigError when a sheet cannot be read, loads another one, nests rules, or would be inlined and
    has what cannot be, and when conditional comments or merge tags are not whole. Nothing is ever fetched.
    """
    whole = "<!DOCTYPE html>\n" + html[len(_DOCTYPE.match(html)[0]) :]  # type: ignore[index]  # it matches anything
    _check_conditions(whole)
    guarded, tags = _guard(whole)
    read = document.read(guarded)
    kept, loose = _style_elements(read)
    moved = [sheets.read(element.inside or "") for element in loose] + [sheets.read(css)]
    staying = {element.start: sheets.read(element.inside or "") for element in kept}
    known = variables.of([*moved, *staying.values()])
    twins = variables.twins([*moved, *staying.values()], known)
    rules = _rules(moved, known[""])
    styles = _styles(read, rules, _engine(engine), known[""])
    done: list[str] = []
    rest = 0
    for element in (tag for tag in read if not isinstance(tag, document.Close)):
        text = guarded[element.start : element.end]
        if element.start in staying:
            sheet = variables.resolve_sheet(staying[element.start], known, twins)
            opening = _KEPT_MARK.sub("", text[: text.rindex("</") - len(element.inside or "")], count=1)
            text = f"{opening}\n{sheets.write(sheet)}\n</style>" if sheet else ""
        elif element.name == "style":
            text = ""
        elif element.start in styles:
            text = document.styled(guarded, element, styles[element.start])
        done += [guarded[rest : element.start], text]
        rest = element.end
    return _restored("".join([*done, guarded[rest:]]), tags, whole)


def _style_elements(read: Iterable[Element | Close]) -> tuple[list[Element], list[Element]]:
    """The style sheets in the document: those that stay, and those to be inlined."""
    elements = [tag for tag in read if not isinstance(tag, document.Close)]
    for element in elements:
        if element.name == "link" and "stylesheet" in element.attributes.get("rel", "").lower():
            raise ConfigError(
                "the newsletter theme links a style sheet", hint="put the rules into inline.css or keep.css"
            )
    found = [element for element in elements if element.name == "style"]
    stays = [KEPT in element.attributes or "media" in element.attributes for element in found]
    return (
        [element for element, kept in zip(found, stays, strict=True) if kept],
        [element for element, kept in zip(found, stays, strict=True) if not kept],
    )


def _rules(read: Iterable[variables.Sheet], known: Variables) -> list[_Weighed]:
    """What the sheets to be inlined say, a selector each."""
    rules: list[_Weighed] = []
    for node in (node for sheet in read for node in sheet):
        if isinstance(node, AtRule):
            raise ConfigError(
                f"the style sheet to be inlined has {node.prelude}, which no element can carry",
                hint="put it into the sheet that is kept in the head",
            )
        said = variables.resolve(node.declarations, known)
        for each in node.selectors if said else ():
            selector, weight = selectors.normal(each)
            if _BARE_ROW.search(selector):
                raise ConfigError(
                    f"the style sheet to be inlined has the selector {each}, which matches nothing",
                    hint="write `table tr`: browsers put a tbody between the two",
                )
            rules.append(_Weighed(selector, (0, *weight), said))
    return rules


def _engine(name: str) -> Callable[[str, Sequence[str]], Mapping[int, Sequence[int]]]:
    # Imported where they are used: premailer takes a quarter of a second, and css-inline may be missing.
    if name == "css-inline":
        from feeds.newsletter.inlining import with_css_inline  # noqa: PLC0415 - see above

        return with_css_inline.matches
    from feeds.newsletter.inlining import with_premailer  # noqa: PLC0415 - see above

    return with_premailer.matches


def _styles(
    read: tuple[Element | Close, ...],
    rules: Sequence[_Weighed],
    matches: Callable[[str, Sequence[str]], Mapping[int, Sequence[int]]],
    known: Variables,
) -> dict[int, str]:
    """What the `style` of elements is to be, by where their tags start."""
    wanted = {name for rule in rules for name in selectors.attributes(rule.selector)}
    distinct = list(dict.fromkeys(rule.selector for rule in rules))
    places = {selector: at for at, selector in enumerate(distinct)}
    of_selector: list[list[tuple[int, _Weighed]]] = [[] for _ in distinct]
    for order, rule in enumerate(rules):
        of_selector[places[rule.selector]].append((order, rule))
    elements = [tag for tag in read if not isinstance(tag, document.Close) and tag.inside is None]
    matched = (
        matches(document.skeleton(read, {"id", "class", *wanted}), distinct) if distinct and elements else {}
    )
    written: dict[tuple[tuple[int, ...], str | None], str] = {}
    styles: dict[int, str] = {}
    for number, tag in enumerate(read):
        if isinstance(tag, document.Close):
            continue
        key = (tuple(matched.get(number, ())), tag.attributes.get("style"))
        if key[0] or key[1] is not None:
            if key not in written:
                own = variables.resolve(sheets.declarations(key[1] or ""), known)
                weighed = [each for at in key[0] for each in of_selector[at]]
                written[key] = _cascade([*weighed, (len(rules), _Weighed("", (1, 0, 0, 0), own))])
            styles[tag.start] = written[key]
    return styles


def _cascade(rules: Iterable[tuple[int, _Weighed]]) -> str:
    """What the rules that match an element come to, each with its place in the sheets (CSS Cascading, 6).

    A declaration stands where the winning rule puts it, as it may undo part of a shorthand that stands
    before it. None is important any more: nothing can win over a `style` attribute but an important rule of
    the head, and Outlook ignores a declaration that is.
    """
    in_order = sorted(rules, key=lambda each: (each[1].weight, each[0]))
    winning: dict[str, str] = {}
    for important in (False, True):
        for each in (each for _, rule in in_order for each in rule.declarations):
            if each.important == important:
                winning.pop(each.name, None)
                winning[each.name] = each.value
    return ";".join(f"{name}:{_in_attribute(value)}" for name, value in winning.items())


def _in_attribute(value: str) -> str:
    """A value with the quotes that an attribute has room for."""
    return value if "'" in value or "\\" in value else value.replace('"', "'")


def _check_conditions(html: str) -> None:
    if broken := _BROKEN_CONDITION.search(html):
        raise ConfigError(
            f"the newsletter theme has {broken[0]}, which is no comment",
            hint="write <!--[if !mso]><!--> before and <!--<![endif]--> behind",
        )
    opened = False
    for found in _CONDITION.finditer(html):
        if opened == bool(found["opened"]):
            raise ConfigError(
                f"the newsletter theme has {found[0]} without its other half",
                hint="close each conditional comment, with <![endif]-->, before the next begins",
            )
        opened = not opened
    if opened:
        raise ConfigError(
            "the newsletter theme has a conditional comment that is never closed",
            hint="write <![endif]--> behind it",
        )


def _guard(html: str) -> tuple[str, list[str]]:
    """The document with a word in place of each merge tag, whose quotes could end an attribute."""
    tags: list[str] = MERGE_TAG.findall(html)
    mark = _mark(html)
    numbers = iter(range(len(tags)))
    return MERGE_TAG.sub(lambda _: f"{mark}n{next(numbers)}e", html), tags


def _mark(html: str) -> str:
    return "tag" + hashlib.sha256(html.encode(errors="surrogatepass")).hexdigest()[:16]


def _restored(styled: str, tags: Sequence[str], html: str) -> str:
    """The document with its merge tags again. Raises ConfigError when one of them, or a slot, was lost."""
    mark = _mark(html)
    kept = [int(number) for number in re.findall(mark + r"n(\d+)e", styled)]
    done = re.sub(mark + r"n(\d+)e", lambda found: tags[int(found[1])], styled)
    slots = Counter(_SLOT.findall(html)) - Counter(_SLOT.findall(done))
    if kept != list(range(len(tags))) or slots:
        lost = [tag for number, tag in enumerate(tags) if kept.count(number) != 1] or list(slots)
        raise ConfigError(
            f"the newsletter theme has the merge tag {lost[0]} where it would be lost",
            hint="put it into the text of a cell or paragraph, or into one attribute",
        )
    return done
