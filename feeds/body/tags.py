"""Tags in prose that are no mark-up: `<path>`, `Vec<u8>`, a `<title>` without its end; and `&` likewise.

An HTML parser makes elements of them all, and what it makes of some takes the text behind it away. Here
they become the text that they were meant as, and what no reader is shown goes with all that is in it.
Every `<` that is left begins a tag that all parsers read alike; sanitising comes later and trusts none of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from html import unescape
from html.entities import html5
from typing import NamedTuple

from feeds.body.lookahead import Lookahead

# `noscript` is none: readers run no scripts, so its tags go and what is between them stays.
ELEMENTS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink "  # noqa: SIM905
    "blockquote body br button canvas caption center cite code col colgroup data datalist dd del details "
    "dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 "
    "h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link listing main "
    "map mark marquee math menu menuitem meta meter nav nobr noembed noframes object ol optgroup "
    "option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search "
    "section select slot small source span strike strong style sub summary sup svg table tbody td "
    "template textarea tfoot th thead time title tr track tt u ul var video wbr xmp".split()
)
# What readers are not shown, with all that is in it. An `iframe` becomes a link later; its text goes.
_HIDDEN = frozenset(
    "applet button datalist iframe math noembed noframes option plaintext script select style svg "  # noqa: SIM905
    "template textarea title xmp".split()
)
# Those whose text is no HTML (https://html.spec.whatwg.org/#parsing-html-fragments).
_RAW = frozenset("iframe noembed noframes script style textarea title xmp".split())  # noqa: SIM905
# Tags that go without what is between them. Those of a page would act on the one around the post; a form's
# end tag may come from anywhere.
_DROPPED = frozenset("base basefont bgsound body form frame frameset head html link meta".split())  # noqa: SIM905
# Written without an attribute and ended in another paragraph, these are the subject of a text.
_NAMED_IN_PROSE = frozenset({"button", "datalist", "math", "option", "select", "svg", "textarea", "title"})
_NOTE = "d-footnote"  # Distill's, which stands in the sentence
_PARAGRAPH = re.compile(r"</?p[\s>]", re.IGNORECASE)
_RAW_END = re.compile(rf"</(?P<name>{'|'.join(sorted(_RAW))})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_PIECES = 400  # attributes of one tag and the spaces between them; parsers compare each with all others
_SPACE = r" \t\n\f\r"
# All that HTML's own tokenizer takes for a tag, but for a few mistakes that GFM does not take for one (§6.6).
# A value that goes on behind a paragraph of Markdown's, which ends its line, has a quotation mark too few.
TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>[a-zA-Z][^{_SPACE}/<>]*+)(?P<attributes>(?:[{_SPACE}/]++|[^{_SPACE}/<>=]++"
    rf"(?:[{_SPACE}]*+=[{_SPACE}]*+(?:\"(?:[^\"<]++|<(?!/p>\n))*\"|'(?:[^'<]++|<(?!/p>\n))*'"
    rf"|[^{_SPACE}\"'<>=`][^{_SPACE}<>]*+))?){{0,{_PIECES}}})>"
)
# Of a document's type and of CDATA all goes, with what stands in their brackets.
_OTHER = r"<![A-Za-z\[][^<>\[]{0,1000}\[[^\]]{0,2000}\]{1,2}\s*>|<[!?][^<>]*+>"
_AMPERSAND = re.compile(
    r"&(?:(?P<reference>#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|(?P<name>[a-zA-Z][a-zA-Z0-9]{1,31}));)?"
)
_TOKEN = re.compile(rf"{TAG.pattern}|<!--(?P<comment>)|(?P<other>{_OTHER})|<")


class _Tags(NamedTuple):
    """What has to be known of all tags before one of them can be judged."""

    partners: dict[int, int]  # where what is hidden begins, and where it ends
    raw_ends: dict[str, list[int]]
    iframes: list[int]
    first: dict[str, int]  # where a name that is no element's is first begun
    last: dict[str, int]  # and where it is last ended
    paragraphs: list[int]


def as_meant(html: str) -> str:
    """Return `html` with every tag that is no element's as text, and none that takes the rest away.

    People name elements in prose and forget the backticks (GFM §6.11 does the same to some of them).
    """
    html = with_ampersands(html)
    tags = _survey(html)
    written: list[str] = []
    ahead = Lookahead(html)
    start = 0
    while (token := _TOKEN.search(html, start)) is not None:
        position = token.start()
        written.append(html[start:position])
        start = token.end()
        if token["name"]:
            shown, start = _tag(token, tags, start)
        elif token["comment"] is not None:
            end = ahead.find("-->", start - 2)  # `<!-->` is one, too
            shown, start = _comment(html[position : end + 3], start) if end >= 0 else ("&lt;!--", start)
        else:
            shown = "" if token["other"] is not None else "&lt;"
        written.append(shown)
    written.append(html[start:])
    return "".join(written)


def with_ampersands(html: str) -> str:
    """Return `html` with `&amp;` for each `&` that begins no entity with a semicolon (CommonMark 6.2).

    Parsers take `&notify;` for `¬ify;`, and quadratic time for many of them.
    """
    return _AMPERSAND.sub(lambda match: match[0] if _is_entity(match) else "&amp;" + match[0][1:], html)


def decoded(text: str) -> str:
    """Return `text` with the character for each entity, and all that is none as it is."""
    return _AMPERSAND.sub(lambda match: unescape(match[0]) if _is_entity(match) else match[0], text)


def _is_entity(match: re.Match[str]) -> bool:
    return match["reference"] is not None and (match["name"] is None or match["name"] + ";" in html5)


def begins_block(tag: str) -> bool:
    """Tell whether a tag that is alone on its line is mark-up: an element, or what a script makes of one."""
    match = TAG.match(tag)
    return match is not None and (_is_markup(match) or match["name"].lower() in ELEMENTS)


def _is_markup(tag: re.Match[str]) -> bool:
    """Tell whether a tag of no HTML element is one even so, such as a custom element; not a placeholder."""
    return bool(tag["end"]) or "=" in tag["attributes"] or tag["attributes"].endswith("/")


def _comment(text: str, start: int) -> tuple[str, int]:
    """Return a comment that may be a mark, and where it ends; about others parsers are not of one mind."""
    return (text if re.fullmatch("<!--[^<>]*-->", text) else ""), start - len("<!--") + len(text)


def _tag(tag: re.Match[str], tags: _Tags, end: int) -> tuple[str, int]:
    """Return what is written for a tag that ends at `end`, and where what it stands for ends."""
    name = tag["name"].lower()
    if name in _DROPPED:
        return "", end
    if name in _HIDDEN:
        return _hidden(tag, name, tags, end)
    if name in ELEMENTS:
        return tag[0], end
    # The sanitiser takes SVG's and MathML's names (`<path>`, `<set>`) for foreign content: all would go.
    if tag["end"]:
        paired = tags.first.get(name, end) < tag.start()
    else:
        paired = tags.last.get(name, -1) > tag.start() or _is_markup(tag)
    if name == _NOTE and paired:
        return (")" if tag["end"] else " ("), end
    return ("" if paired else "&lt;" + tag[0][1:]), end


def _hidden(tag: re.Match[str], name: str, tags: _Tags, end: int) -> tuple[str, int]:
    if tag["end"]:
        return ("&lt;" + tag[0][1:] if name in _RAW else ""), end
    after = _next(tags.raw_ends[name], end) if name in _RAW else tags.partners.get(tag.start(), -1)
    if name == "iframe" and 0 <= _next(tags.iframes, end) < after:
        after = -1
    if name == "iframe" and "src" in tag["attributes"]:
        return f"{tag[0]}</iframe>", max(end, after)
    if after < 0 and tag["attributes"].endswith("/"):
        return "", end
    bare = not tag["attributes"] and name in _NAMED_IN_PROSE
    if after < 0 or name == "plaintext" or (bare and 0 <= _next(tags.paragraphs, end) < after):
        return "&lt;" + tag[0][1:], end
    return "", after


def _survey(html: str) -> _Tags:
    paragraphs = [match.start() for match in _PARAGRAPH.finditer(html)]
    tags = _Tags({}, {name: [] for name in _RAW}, [], {}, {}, paragraphs)
    for end in _RAW_END.finditer(html):
        tags.raw_ends[end["name"].lower()].append(end.end())
    opened: dict[str, list[int]] = {}
    for tag in TAG.finditer(html):
        name = tag["name"].lower()
        if name == "iframe" and not tag["end"]:
            tags.iframes.append(tag.start())
        elif name in _HIDDEN and not tag["end"]:
            opened.setdefault(name, []).append(tag.start())
        elif name in _HIDDEN and opened.get(name):
            tags.partners[opened[name].pop()] = tag.end()
        elif name not in ELEMENTS and tag["end"]:
            tags.last[name] = tag.start()
        elif name not in ELEMENTS:
            tags.first.setdefault(name, tag.start())
    return tags


def _next(places: list[int], position: int) -> int:
    """Return the first of `places`, which are in order, from `position` on; -1 for none."""
    index = bisect_left(places, position)
    return places[index] if index < len(places) else -1
