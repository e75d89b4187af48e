"""What a finished mail makes use of: elements, attributes, properties, at-rules, selectors, units, images.

What stands in conditional comments for Outlook is left out: only that program reads it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeds.newsletter.clients import style_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from feeds.newsletter.clients.style_sheets import Declaration, Rule

_LONGEST = 66  # characters of an excerpt: a line of a terminal, with something before it
_UNIT = re.compile(r"(?<![\w#.-])[+-]?(?:\d+\.?\d*|\.\d+)([a-z]+|%)", re.IGNORECASE)
_FUNCTION = re.compile(r"(?<![\w-])(-?[a-z][a-z-]*)\(", re.IGNORECASE)
_KEYWORD = re.compile(r"(?<![\w-])(?:initial|fit-content|min-content|max-content)(?![\w-])", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*["']?([^"')]*)""", re.IGNORECASE)
_FEATURE = re.compile(r"\(\s*([\w-]+)")
_PSEUDO = re.compile(r"::?([a-z-]+)", re.IGNORECASE)
_WITHOUT_STRINGS = re.compile(r"""\[[^\]]*\]?|\([^()]*\)""")
_SOURCES = {("img", "src"), ("input", "src"), ("video", "poster")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One thing that a mail makes use of: `kind` and `name`, such as `property` and `margin-left`.

    `value` is what the attribute or the property has. `element` is the tag, empty in a style sheet. `style`
    is what the element's style attribute declares. `where` is `html`, `inline` or `sheet`. `line` counts from
    1, `excerpt` shows the place.
    """

    kind: str
    name: str
    value: str = ""
    element: str = ""
    style: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    where: str = "html"
    line: int = 0
    excerpt: str = ""


def uses(html: str) -> tuple[Use, ...]:
    """Everything that a mail makes use of, in the order of the mail, each time that it does."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(reader.found)


def short(text: str, most: int = _LONGEST) -> str:
    """Text on one line, of at most `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Use] = []
        self.sheet = False
        self.region = ""

    def handle_decl(self, decl: str) -> None:
        name = "!" + (decl.split(maxsplit=1) or [""])[0].lower()
        self._add("element", name, element=name, excerpt=short(f"<!{decl}>"))

    def handle_comment(self, data: str) -> None:
        # Outlook's own are read by nobody else; the others are a comment to every program.
        if not re.match(r"\[if|<!\[endif|\[endif", data.strip(), re.IGNORECASE):
            self._add("comment", "html", excerpt=short(f"<!--{data}-->"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"head", "body"}:
            self.region = tag
        self.sheet = tag == "style"
        attributes = {name: value or "" for name, value in attrs}
        declared = style_sheets.declarations(style_sheets.without_comments(attributes.get("style", "")))
        style = {each.name: each.value for each in declared}
        # What matters of a style element is where it stands: many programs read only those of the head.
        as_element = (self.region or "html") if tag == "style" else tag
        self._add("element", tag, element=as_element, style=style, attributes=attributes, excerpt=f"<{tag}>")
        for name, value in attributes.items():
            excerpt = short(f'<{tag} {name}="{value}">')
            same: dict[str, Any] = {
                "element": tag,
                "style": style,
                "attributes": attributes,
                "value": value,
                "excerpt": excerpt,
            }
            self._add("attribute", name, **same)
            for kind, what in _in_attribute(tag, name, value):
                self._add(kind, what, **same)
        if "/*" in attributes.get("style", ""):
            self._add("comment", "css", element=tag, where="inline", excerpt=short(f"<{tag} style=…/*"))
        for each in declared:
            for use in _in_declaration(each):
                excerpt = short(f'<{tag} style="{each.name}:{each.value}">')
                at: dict[str, Any] = {
                    "element": tag,
                    "style": style,
                    "attributes": attributes,
                    "where": "inline",
                }
                self._add(*use, value=each.value, excerpt=excerpt, **at)

    def handle_data(self, data: str) -> None:
        if self.sheet:
            line = self.getpos()[0]
            starts = [-1, *(found.start() for found in re.finditer("\n", data))]
            for kind, name, value, offset, excerpt in _in_sheet(data):
                at = line + bisect_right(starts, offset - 1) - 1
                use = Use(kind=kind, name=name, value=value, where="sheet", line=at, excerpt=short(excerpt))
                self.found.append(use)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - any: an element ends only once
        self.sheet = False

    def _add(self, kind: str, name: str, **more: Any) -> None:  # noqa: ANN401 - fields of a Use
        self.found.append(Use(kind=kind, name=name, line=self.getpos()[0], **more))


def _in_attribute(tag: str, name: str, value: str) -> Iterator[tuple[str, str]]:
    if tag == "a" and name == "href":
        scheme = value.partition(":")[0].strip().lower()
        if value.startswith("#") and len(value) > 1:
            yield "link", "#"
        elif scheme == "mailto":
            yield "link", "mailto"
    elif name == "name" and tag == "meta":
        yield "meta", value.strip().lower()
    elif name == "type" and tag in {"input", "button"}:
        yield tag, value.strip().lower()
    elif value and ((tag, name) in _SOURCES or name == "background"):
        yield "image", image_format(value)
    elif name == "srcset":
        yield from (("image", image_format(each.split()[0])) for each in value.split(",") if each.strip())


def image_format(url: str) -> str:
    """What the end of an image's address says of its format, such as `webp`; `data` when it is one itself."""
    if url.strip().lower().startswith("data:"):
        return "data"
    try:
        path = urlsplit(url.strip()).path
    except ValueError:
        return ""
    stem, dot, suffix = path.rpartition("/")[2].rpartition(".")
    return suffix.lower() if dot and stem else ""


def _in_declaration(declared: Declaration) -> Iterator[tuple[str, str]]:
    name, value = declared.name, declared.value
    yield "property", name
    plain = style_sheets.without_comments(re.sub(r"\"[^\"]*\"|'[^']*'", "''", value))
    for found in dict.fromkeys(unit.lower() for unit in _UNIT.findall(plain)):
        yield "unit", found
    for found in dict.fromkeys(function.lower() for function in _FUNCTION.findall(plain)):
        yield "function", found
    for found in dict.fromkeys(keyword.lower() for keyword in _KEYWORD.findall(plain)):
        yield "keyword", found
    if re.search(r"!\s*important", plain, re.IGNORECASE):
        yield "keyword", "!important"
    for url in _URL.findall(value):
        yield "image", image_format(url)


def _in_sheet(css: str) -> Iterator[tuple[str, str, str, int, str]]:
    """Kind, name, value, offset and excerpt of all that a style sheet makes use of."""
    if comment := style_sheets.COMMENT.search(css):
        yield "comment", "css", "", comment.start(), comment[0]
    for rule in style_sheets.rules(style_sheets.without_comments(css)):
        title = f"@{rule.at} {rule.prelude}".strip() if rule.at else rule.prelude
        for kind, name in _in_prelude(rule):
            yield kind, name, rule.prelude, rule.offset, title
        for each in rule.declarations:
            for kind, name in _in_declaration(each):
                yield kind, name, each.value, each.offset, f"{title} {{ {each.name}:{each.value} }}"


def _in_prelude(rule: Rule) -> Iterable[tuple[str, str]]:
    if rule.at:
        yield "at", rule.at
        if rule.at == "media":
            yield from (("media", name.lower()) for name in _FEATURE.findall(rule.prelude))
        return
    if any(not outer.at for outer in rule.around):
        yield "selector", "nesting"
    if any(outer.at.endswith("keyframes") for outer in rule.around):
        return
    bare = _WITHOUT_STRINGS.sub(
        lambda found: found[0][0] + (")" if found[0][0] == "(" else "]"), rule.prelude
    )
    for name in dict.fromkeys(name.lower() for name in _PSEUDO.findall(bare)):
        yield "pseudo", name
    for name, pattern in _SELECTORS:
        if pattern.search(bare):
            yield "selector", name


_SELECTORS = [
    ("grouped", re.compile(",")),
    ("descendant", re.compile(r"[^\s,>+~]\s+[^\s,>+~]")),
    (">", re.compile(">")),
    ("+", re.compile(r"\+")),
    ("~", re.compile("~")),
    ("[]", re.compile(r"\[")),
    ("class", re.compile(r"\.[^\s\d]")),
    ("chained", re.compile(r"[\w-]\.[\w-]|[.#][\w-]+#")),
    ("id", re.compile("#")),
    ("*", re.compile(r"\*")),
    ("type", re.compile(r"(?:^|[\s,>+~])[a-zA-Z]")),
]
