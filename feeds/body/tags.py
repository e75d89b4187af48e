"""Tags in prose that are no mark-up: `<path>`, `Vec<u8>`, a `<title>` without its end.

An HTML parser makes elements of them all, and what it makes of some takes the text behind it away. Here
they become the text that they were meant as; sanitising comes later and trusts none of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left

ELEMENTS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink "  # noqa: SIM905
    "blockquote body br button canvas caption center cite code col colgroup data datalist dd del details "
    "dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 "
    "h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link listing main "
    "map mark marquee math menu menuitem meta meter nav nobr noembed noframes noscript object ol optgroup "
    "option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search "
    "section select slot small source span strike strong style sub summary sup svg table tbody td "
    "template textarea tfoot th thead time title tr track tt u ul var video wbr xmp".split()
)
# Elements whose content is dropped, or is no HTML: `script` and the like.
_TAKES = (
    "applet|button|datalist|iframe|math|noembed|noframes|noscript|option|plaintext|script|select|style|svg|"
    "template|textarea|title|xmp"
)
_TAKING = re.compile(rf"<(/?)({_TAKES})(?=[\s>/])", re.IGNORECASE)
# Written without an attribute and ended in another paragraph, these are the subject of a text.
_NAMED_IN_PROSE = frozenset({"button", "datalist", "math", "option", "select", "svg", "textarea", "title"})
_PARAGRAPH = re.compile(r"</?p[\s>]", re.IGNORECASE)
_TAG = re.compile(
    rf"<(?P<whole>{_TAKES})(?=[\s>/]).*?</(?P=whole)(?=[\s>/])"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>]*)"
    r"(?P<attributes>(?:[^<>=]++|=\s*+(?:\"[^\"]*\"|'[^']*')|=)*)(?P<closed>>?)",
    re.IGNORECASE | re.DOTALL,
)


def as_meant(html: str) -> str:
    """Return `html` with every tag that is no element's as text, and none that takes the rest away."""
    return _without_unknown(_without_taking(html))


def begins_block(tag: str) -> bool:
    """Tell whether a tag that is alone on its line is mark-up: an element, or what a script makes of one."""
    match = _TAG.match(tag)
    return match is None or match["name"] is None or _is_markup(match) or match["name"].lower() in ELEMENTS


def _is_markup(tag: re.Match[str]) -> bool:
    """Tell whether a tag of no HTML element is one even so, such as a custom element; not a placeholder."""
    return bool(tag["end"]) or "=" in tag["attributes"] or tag["attributes"].endswith("/")


def _without_taking(html: str) -> str:
    """Escape `<title>`, `<script>` and the like where no end tag follows: they would take all that follows.

    People name them in prose and forget the backticks (GFM §6.11 does the same to some of them).
    """
    ends: dict[str, list[int]] = {}
    for match in _TAKING.finditer(html):
        if match[1]:
            ends.setdefault(match[2].lower(), []).append(match.start())
    paragraphs = [match.start() for match in _PARAGRAPH.finditer(html)]

    def shown(match: re.Match[str]) -> str:
        name = match[2].lower()
        if match[1]:
            return match[0]
        end = _next(ends.get(name, []), match.end())
        bare = html[match.end()] == ">" and name in _NAMED_IN_PROSE
        if end < 0 or name == "plaintext" or (bare and 0 <= _next(paragraphs, match.end()) < end):
            return "&lt;" + match[0][1:]
        return match[0]

    return _TAKING.sub(shown, html)


def _without_unknown(html: str) -> str:
    """Escape the tags of no element, and drop those that are mark-up all the same: their text stays.

    The sanitiser takes SVG's and MathML's names (`<path>`, `<set>`) for foreign content and drops that whole.
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for match in _TAG.finditer(html):
        if match["name"] and match["end"]:
            last[match["name"].lower()] = match.start()
        elif match["name"]:
            first.setdefault(match["name"].lower(), match.start())

    def shown(match: re.Match[str]) -> str:
        name = (match["name"] or "").lower()
        if not name or name in ELEMENTS:
            return match[0]
        if match["end"]:
            paired = name in first and first[name] < match.start()
        else:
            paired = last.get(name, -1) > match.start() or _is_markup(match)
        return "" if paired and match["closed"] else "&lt;" + match[0][1:]

    return _TAG.sub(shown, html)


def _next(places: list[int], position: int) -> int:
    index = bisect_left(places, position)
    return places[index] if index < len(places) else -1
