"""The HTML inside entries: what readers throw away, what leads nowhere, and what is no HTML."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5, name2codepoint
from typing import TYPE_CHECKING

from feeds.validity import markup, nesting
from feeds.validity.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.validity.documents import Document, Element
    from feeds.validity.markup import Token
    from feeds.validity.rules import Finding

RULES = table(
    "rss atom json",
    [
        (
            "html-well-formed",
            "warning",
            "Tags match, attributes stand once, and an ampersand that begins no reference is &amp;.",
            "W3C validator: NotHtml",
        ),
        (
            "html-element-known",
            "warning",
            "Every element is one of HTML; SVG, MathML and elements of one's own are none.",
            "W3C validator: NotHtml",
        ),
        (
            "html-element-safe",
            "warning",
            (
                "There are no elements that can act or reach out, such as script, style, iframe, object or "
                "embed."
            ),
            "W3C validator: SecurityRisk",
        ),
        (
            "html-attribute-safe",
            "warning",
            (
                "There are no attributes that can act, such as onclick, nor those that readers do not know "
                "to be safe."
            ),
            "W3C validator: SecurityRiskAttr",
        ),
        (
            "html-style-safe",
            "warning",
            "A style attribute has plain declarations that stay in their place.",
            "W3C validator: DangerousStyleAttr",
        ),
        (
            "html-address-absolute",
            "warning",
            "Every address is absolute, those that begin with # or // too: readers show the text elsewhere.",
            "RSS profile, item description; W3C validator: ContainsRelRef",
        ),
        (
            "html-address-characters",
            "warning",
            "An address has only characters that addresses have; others are escaped with %.",
            "RFC 3986 section 2; W3C validator: InvalidUriChar",
        ),
        (
            "html-address-safe",
            "warning",
            "No address runs a script.",
            "RFC 4287 section 8.1; RSS profile, item description",
        ),
        (
            "html-escaped-once",
            "warning",
            "The HTML is escaped once: readers show the tags of what is escaped twice.",
            "RSS 2.0, encoding examples; RSS profile, item description",
        ),
    ],
)
PLAIN = table(
    "rss atom",
    [
        (
            "text-without-markup",
            "warning",
            "What is plain text, such as a title, has no HTML in it.",
            "RSS profile, character data; W3C validator: ContainsHTML, ContainsUndeclaredHTML",
        ),
        (
            "text-escaped-in-hexadecimal",
            "warning",
            "A < or & of plain text that could be taken for HTML is written &#x3C; or &#x26;.",
            "RSS profile, character data; W3C validator: CharacterData, ContainsHTML",
        ),
    ],
)

_HARMLESS = frozenset(
    "a abbr acronym address area article aside audio b bdi big blockquote br button canvas caption center "  # noqa: SIM905
    "cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption "
    "figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li main map "
    "mark menu meter nav noscript ol optgroup option output p picture pre progress q rp rt ruby s samp "
    "section "
    "select small source span strike strong sub summary sup table tbody td template textarea tfoot th thead "
    "time tr track tt u ul var video wbr".split()
)
_ACTING = frozenset(
    "applet base basefont bdo body embed frame frameset head html iframe isindex link listing meta noframes "  # noqa: SIM905
    "object param plaintext script slot style title xmp".split()
)
_ATTRIBUTES = frozenset(
    "abbr accept accept-charset accesskey action align allow allowfullscreen alt as autocapitalize "  # noqa: SIM905
    "autocomplete autofocus autoplay axis background bgcolor border bordercolor cellpadding cellspacing char "
    "charoff charset checked cite class clear color cols colspan compact contenteditable coords crossorigin "
    "data datetime decoding default dir dirname disabled download draggable enctype enterkeyhint face for "
    "form "
    "formenctype frame headers height hidden high href hreflang hspace icon id inputmode is ismap itemid "
    "itemprop itemref itemscope itemtype kind label lang list loading longdesc loop low max maxlength media "
    "method min minlength multiple muted name nohref nonce noshade nowrap open optimum pattern ping "
    "placeholder playsinline poster preload prompt radiogroup readonly referrerpolicy rel required rev "
    "reversed rows rowspan rules scope selected shape size sizes span spellcheck src srclang srcset start "
    "step "
    "summary tabindex target title translate type usemap valign value vspace width wrap xml:lang "
    "xmlns".split()
)
_ADDRESSES = frozenset({"action", "background", "cite", "data", "href", "longdesc", "poster", "src"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ACTS = re.compile(r"(?:javascript|vbscript|livescript):|data:(?!image/(?!svg))", re.IGNORECASE)
_BLANKS = re.compile(r"[\x00-\x20]+")
_NO_ADDRESS = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_CANDIDATE = re.compile(r"[\s,]*([^\s,](?:[^\s]*[^\s,])?)(?:\s[^,]*)?,*")
_REFERENCE = re.compile(r"&(#x?[0-9A-Fa-f]+;?|[A-Za-z][A-Za-z0-9]*;?)?")
_TWICE = re.compile(
    r"\s*&lt;(p|div|h[1-6]|ul|ol|table|blockquote|figure|span|a)(?:\s[^<>]*?)?&gt;", re.IGNORECASE
)
_END_TAG = re.compile(r"</(\w+)>")
_LOOKS_LIKE_A_REFERENCE = re.compile(r"&(#?\w+)")
_LOOKS_LIKE_MARKUP = re.compile(r"&#[x0-9]|<[/a-zA-Z]")

_STYLE = re.compile(r"[\s\w:;,.#%!()'\"-]*")
_DECLARATION = re.compile(r"\s*([\w-]+)\s*:\s*([^:;]*?)\s*(?:;|$)")
_PROPERTIES = re.compile(
    r"azimuth|background(?:-color)?|border(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width))?"
    r"|border-(?:collapse|spacing)|clear|color|cursor|direction|display|elevation|float|height|width|volume"
    r"|font(?:-(?:family|size|style|variant|weight))?|letter-spacing|line-height|list-style-type|overflow"
    r"|(?:margin|padding)(?:-(?:top|right|bottom|left))?|pause(?:-(?:after|before))?|pitch(?:-range)?|richness"
    r"|speak(?:-(?:header|numeral|punctuation))?|speech-rate|stress|text-(?:align|decoration|indent)"
    r"|unicode-bidi|vertical-align|voice-family|white-space"
)
_BOXES = ("background", "border", "margin", "padding")
_VALUES = re.compile(
    r"#[0-9a-f]+|rgb\(\d+%?,\d*%?,?\d*%?\)?|\d?\.?\d?\d(?:cm|em|ex|in|mm|pc|pt|px|%|,|\))?"
    r"|aqua|auto|black|block|blue|bold|both|bottom|brown|center|collapse|dashed|dotted|fuchsia|gray|green"
    r"|!important|italic|left|lime|maroon|medium|none|navy|normal|nowrap|olive|pointer|purple|red|right|solid"
    r"|silver|teal|top|transparent|underline|white|yellow"
)


def lint(html: str, *, line: int = 0, entry: str = "", field: str = "body") -> Iterator[Finding]:
    """Judge the HTML of an entry, which stands in the document from `line` on."""
    tokens = list(markup.tokens(html))

    def found(rule: str, message: str, at: int, excerpt: str) -> Finding:
        place = line + html.count("\n", 0, at) if line else 0
        return RULES[rule].broken(message, line=place, entry=entry, field=field, excerpt=excerpt)

    slip = nesting.slip(tokens)
    if slip:
        yield found("html-well-formed", slip.message, slip.at, f"<{slip.tag}" if slip.tag else "")
    elif stray := next(_stray_ampersands(tokens), None):
        message = f"{stray[0]!r} begins no character reference; an ampersand is &amp;"
        yield found("html-well-formed", message, stray[1], stray[0])
    for token in tokens:
        if token.kind == "start":
            for rule, message, excerpt in _start(token.value, token.attributes):
                yield found(rule, message, token.start, excerpt)
    if _TWICE.match(html) and "&lt;/" in html and not any(token.kind == "start" for token in tokens):
        yield found("html-escaped-once", "its tags are escaped twice", 0, unescape(html)[:40])


def lint_xhtml(element: Element, *, entry: str = "", field: str = "body") -> Iterator[Finding]:
    """Judge XHTML that stands in the document as elements, the outermost too."""
    for each in element.walk():
        attributes = tuple((name, value) for name, value in each.attributes.items() if name[0] != "{")
        for rule, message, excerpt in _start(each.name, attributes):
            yield RULES[rule].broken(message, line=each.line, entry=entry, field=field, excerpt=excerpt)


def plain(
    element: Element, document: Document, *, entry: str = "", field: str = "", text: str | None = None
) -> Iterator[Finding]:
    """Judge what is plain text: that of an element, or of one of its attributes when `text` is given."""
    value = element.text.strip() if text is None else text
    tag = next((found[0] for found in _END_TAG.finditer(value) if _is_html(found[1])), "")
    if tag:
        rule, message, excerpt = "text-without-markup", f"<{element.label}> has {tag} in it", tag
    else:
        excerpt = _misleading(value)
        rule, message = "text-escaped-in-hexadecimal", f"<{element.label}> has {excerpt!r} in it"
        if not excerpt or "&#x" in document.source(element):
            return
    yield PLAIN[rule].broken(message, line=element.line, entry=entry, field=field, excerpt=excerpt)


def _is_html(tag: str) -> bool:
    return tag.lower() in _HARMLESS | _ACTING


def _misleading(text: str) -> str:
    """What a reader could take for HTML."""
    for found in _LOOKS_LIKE_A_REFERENCE.finditer(text):
        if found[1] in name2codepoint or found[1] == "apos" or not found[1].isalpha():
            return found[0]
    markup_like = _LOOKS_LIKE_MARKUP.search(text)
    return markup_like[0] if markup_like else ""


def _stray_ampersands(tokens: list[Token]) -> Iterator[tuple[str, int]]:
    """Every ampersand that begins no reference, with its place; one before a blank is fine."""
    for token in tokens:
        texts = [token.value] if token.kind == "text" else [value for _, value in token.attributes]
        for text in texts:
            for found in _REFERENCE.finditer(text):
                said = found[1] or ""
                known = said.startswith("#") or said in html5
                if said and not (known and said.endswith(";")):
                    yield found[0], token.start + (found.start() if token.kind == "text" else 0)


def _start(tag: str, attributes: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a start tag: rule, message, excerpt."""
    if tag in _ACTING:
        yield "html-element-safe", f"there is <{tag}>", f"<{tag}"
    elif tag not in _HARMLESS:
        yield "html-element-known", f"<{tag}> is no element of HTML", f"<{tag}"
    for name, written in attributes:
        value = unescape(written)
        if name == "style":
            if bad := _bad_style(value):
                yield "html-style-safe", f"<{tag}> has the style {bad!r}", bad
        elif name not in _ATTRIBUTES and not name.startswith("data-") and tag in _HARMLESS:
            yield "html-attribute-safe", f"<{tag}> has the attribute {name}", name
        if name in _ADDRESSES:
            yield from _address(tag, name, value)
        elif name == "srcset":
            for candidate in _CANDIDATE.finditer(value):
                yield from _address(tag, name, candidate[1])


def _address(tag: str, name: str, value: str) -> Iterator[tuple[str, str, str]]:
    value = value.strip()
    where = f"<{tag} {name}>"
    if _ACTS.match(_BLANKS.sub("", value)):
        yield "html-address-safe", f"{where} runs what is in it: {value[:60]!r}", value[:60]
    elif not _SCHEME.match(value):
        yield "html-address-absolute", f"{where} is relative: {value!r}", value
    if odd := _NO_ADDRESS.search(value):
        yield "html-address-characters", f"{where} has the character {odd[0]!r} in it: {value!r}", value


def _bad_style(style: str) -> str:
    """The part of a style attribute that is not plain."""
    if not _STYLE.fullmatch(style) or "url(" in style.lower() or "expression(" in style.lower():
        return style
    at = 0
    style = style.strip().lower()
    while at < len(style):
        found = _DECLARATION.match(style, at)
        if found is None:
            return style
        if not _PROPERTIES.fullmatch(found[1]):
            return found[1]
        if found[1].startswith(_BOXES):
            bad = next((word for word in found[2].split() if not _VALUES.fullmatch(word)), "")
            if bad:
                return bad
        at = found.end()
    return ""
