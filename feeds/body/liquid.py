"""Template tags in a body: Jekyll's and Hexo's `{% tag %}`, Zola's `{% tag() %}` and `{{ call() }}`, outputs.

No condition and no loop is run: a tag that is known becomes HTML, an output that a feed can know its value,
and of the rest only the text between the tags stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.body import catalogue, embeds, hexo, outputs, site_shortcodes
from feeds.body.embeds import Arguments, Embed
from feeds.body.verbatim import LONGEST, QUOTED_BRACES, VERBATIM, verbatim

if TYPE_CHECKING:
    from feeds.body.shortcodes import Expander

_TAG = re.compile(r"(?P<name>[A-Za-z_][\w:./-]*)\s*(?P<call>\()?(?P<arguments>.*)", re.DOTALL)
_TAG_START = re.compile(r"\{%-?\s*[A-Za-z_]")
_CALL = re.compile(r"(?P<name>[A-Za-z_][\w:]*)\s*\((?P<arguments>.*)\)$", re.DOTALL)
_ARGUMENT = re.compile(
    r"[\s,]*+(?:(?P<key>[\w-]+)\s*(?:=|:(?!//))\s*)?"
    r"(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|`(?P<raw>[^`]*+)`|(?P<bare>[^\s,\"'`]++)|(?P<stray>[\"'`]))",
    re.DOTALL,
)
_TAB = re.compile(
    r"\s*<!--\s*(?:tab|timeline)\s+(?P<label>[^@\n]{1,200}?)\s*(?:@[^\n]{0,200}?)?-->\s*$", re.IGNORECASE
)
_BEFORE_REFERENCE = re.compile(r"(?:\{\{[^{}\n]{1,100}\}\}){0,2}\{%-?\s*(?:post_url|link)\b")
_RAW_TAGS = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}\n?")
_PULLED = re.compile(r"\{\"\s*|\s*\"\}")
# What stands before braces of mathematics: `\\frac`, `x^`, `x_`; before `_` alone emphasis begins.
_FORMULA_BEFORE = re.compile(r"(?:\\[A-Za-z]+|[$^{}]|[\w)}]_)\Z")
_CONTENTS = frozenset({"toc", "page.toc", "content | toc", "content | toc | safe"})
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\[\[")
_VERBATIM = {"highlight": "highlight", "codeblock": "codeblock", "code": "codeblock", "mermaid": "mermaid"}
_LITERAL = frozenset({"comment", "raw", "verbatim"})
_HIDDEN = frozenset({"css", "doc", "javascript", "js", "macro", "schema", "style", "stylesheet"})
_SETTING = frozenset({"assign", "capture", "set"})
_LOOPS = frozenset({"for", "tablerow"})
_BRANCHES = frozenset({"else", "elseif", "elsif", "elif", "when"})
_QUOTED = frozenset({"blockquote", "centerquote", "cq", "pullquote"})


def tag(expander: Expander, position: int) -> tuple[int, str | None]:
    """Expand the `{% tag %}` at `position`: where it ends, and what is written for it (None: itself)."""
    content, end = _content(expander, position, "%}")
    if content is None:
        starts = _TAG_START.match(expander.text, position)
        return (expander.unterminated(position), "") if starts else (position + 2, None)
    match = _TAG.match(content)
    if match is None:
        if content.startswith("/*") and content.endswith("*/"):
            return end, expander.literal(f"{{% {content[2:-2].strip()} %}}")
        return end, ("" if content.startswith("#") else None)
    name, text = match["name"], match["arguments"].strip()
    if name == "end" or (match["call"] is None and name.startswith("end")):
        opened = expander.open.pop() if name == "end" and expander.open else ""
        return end, catalogue.closing(expander, opened or name.removeprefix("end"))
    if match["call"] is not None:
        return _call(expander, name, _arguments(text.removesuffix(")")), position, end)
    return _liquid(expander, name, text, position, end)


def _call(
    expander: Expander, name: str, arguments: Arguments, position: int, end: int
) -> tuple[int, str | None]:
    """Expand Zola's `{% name() %}`, which ends at `end`; where what it takes up ends, and its HTML."""
    partner = expander.ahead.partner(position)
    if own := site_shortcodes.find(expander, name):
        return site_shortcodes.fill(expander, own, arguments, position, end, partner)
    if partner is not None and name.lower() in VERBATIM:
        inner = expander.text[end : partner[0]]
        return partner[1], verbatim(expander, name.lower(), inner, arguments)
    if partner is not None:
        expander.open.append(name)
    closed = partner is not None
    return end, catalogue.known(expander, name, arguments, closed=closed, position=position)


def _liquid(expander: Expander, name: str, text: str, position: int, end: int) -> tuple[int, str | None]:
    """Expand a tag of Jekyll's or Hexo's that ends at `end`; where what it takes up ends, and its HTML."""
    arguments = _arguments(text)
    partner = expander.ahead.partner(position)
    if own := site_shortcodes.find(expander, name):
        return site_shortcodes.fill(expander, own, arguments, position, end, partner)
    if name in _SETTING:
        inner = None if partner is None else expander.text[end : partner[0]]
        takes = inner is not None and "=" not in text
        outputs.assign(expander, text, position, inner if takes else None)
        return (partner[1] if partner and takes else end), ""
    if name in _LOOPS and partner is not None and "{{" in expander.text[end : partner[0]]:
        hint = "what it would show is only known to the site's generator; it is left out"
        expander.warn("shortcode-unknown", f"a {name!r} loop cannot be run", hint, position)
        return partner[1], ""
    closer = expander.ahead.closer(f"end{name}", end)
    if name in _LITERAL and closer is None:
        expander.warn_unterminated(position)
        return end, ""
    if name in _HIDDEN and closer is not None:
        return closer[1], ""
    if closer is not None and (name in _LITERAL or name in _VERBATIM or name in _QUOTED):
        return closer[1], _paired(expander, name, expander.text[end : closer[0]], text)
    if name in _BRANCHES:
        return end, ""
    if name == "highlight":
        expander.warn_unterminated(position)
        until = expander.section_end(end)
        return until, _paired(expander, name, expander.text[end:until], text)
    if name.startswith("include") and (own := site_shortcodes.find(expander, arguments.get(0))):
        given = Arguments(arguments.values[1:], arguments.named)
        return site_shortcodes.fill(expander, own, given, position, end, None)
    written = _single(expander, name, text, arguments, position)
    if written is None:
        closed = partner is not None
        written = catalogue.known(expander, name, arguments, closed=closed, position=position)
    return end, written


def tab(expander: Expander, line: str) -> str | None:
    """Return what Hexo's `<!-- tab NAME -->` becomes, inside tabs or a timeline; None for any other line."""
    match = _TAB.match(line) if expander.has_tabs else None
    if match is None:
        return None
    label = expander.inline(match["label"])
    return "\n" + expander.put(Embed(f"<p><strong>{label}</strong></p>")) + "\n"


def output(expander: Expander, position: int) -> tuple[int, str | None]:
    """Expand the `{{ output }}` at `position`: where it ends, and what is written for it (None: itself)."""
    if quoted := QUOTED_BRACES.match(expander.text, position):
        return quoted.end(), expander.literal(quoted["double"] or quoted["single"])
    content, end = _content(expander, position, "}}")
    call = _CALL.match(content) if content else None
    over_lines = content is not None and "\n" in content and call is None
    if content is None or not content or over_lines or _is_formula(expander, position):
        return position + 2, None  # mathematics, or braces that are only written about
    if content.startswith("/*") and content.endswith("*/"):
        said = content[2:-2].strip()
        shown = expander.page.dialect == "zola" or _CALL.match(said)
        return end, expander.literal(f"{{{{ {said} }}}}") if shown else ""
    if content.startswith("{") and expander.text.startswith("}", end):
        content, end = content[1:].strip(), end + 1  # Handlebars' `{{{ x }}}`
    if content.lower() in _CONTENTS:
        return end, ""
    if call:
        arguments = _arguments(call["arguments"])
        if own := site_shortcodes.find(expander, call["name"]):
            return site_shortcodes.fill(expander, own, arguments, position, end, None)
        written = catalogue.known(expander, call["name"], arguments, closed=False, position=position)
        return end, written
    match = outputs.EXPRESSION.match(content)
    if match is None:
        return end, _unknown_value(expander, content, position)
    if (match["variable"] or "").startswith("site.") and _BEFORE_REFERENCE.match(expander.text, end):
        return end, ""  # what follows gives the whole address
    value = outputs.value(expander, match, position)
    return end, _unknown_value(expander, content, position) if value is None else value


def _unknown_value(expander: Expander, content: str, position: int) -> str:
    hint = "write what it shows, or put it between backticks to show it as it is"
    expander.warn("shortcode-unknown", f"the value of {content!r} is not known here", hint, position)
    return expander.gap(position)


def _is_formula(expander: Expander, position: int) -> bool:
    """Tell whether the braces at `position` belong to what is written before them."""
    if position == expander.last:
        return False  # that was a template's, too
    return _FORMULA_BEFORE.search(expander.text, max(position - 30, 0), position) is not None


def _single(expander: Expander, name: str, text: str, arguments: Arguments, position: int) -> str | None:
    """Return what a tag without an end becomes, None if it is none of these."""
    first = arguments.get(0)
    if name in {"post_url", "link"} and len(arguments.values) <= 1:
        return expander.reference(first.removeprefix("_posts/"), position)
    if name in {"break", "continue", "cycle", "from", "import"}:
        return ""
    if name in {"decrement", "increment"}:
        return outputs.count(expander, first, down=name == "decrement") if first else ""
    if name.startswith("include") and name != "include_code":
        return _include(expander, text, arguments, position)
    return hexo.tag(expander, name, text, arguments, position)


def _include(expander: Expander, text: str, arguments: Arguments, position: int) -> str:
    """Return what an included file most likely shows, going by its name."""
    file = arguments.get(0) or text
    if file in {"toc", "toc.html"}:
        return ""
    return catalogue.included(expander, file, Arguments(arguments.values[1:], arguments.named), position)


def _paired(expander: Expander, name: str, inner: str, text: str) -> str:
    """Return what a tag with the arguments `text` becomes whose text is not Markdown, or no template."""
    arguments = _arguments(text)
    if name in _LITERAL:
        return "" if name == "comment" else _shown(expander, inner)
    if name in _QUOTED:
        inner = _PULLED.sub("", inner) if name == "pullquote" else inner
        parts = re.split(r"\n\s*\n", inner)
        paragraphs = "".join(f"<p>{expander.inline(part)}</p>" for part in parts if part.strip())
        return expander.put(embeds.quote(paragraphs, hexo.source(text)))
    language = arguments.get("lang", "language")
    if _VERBATIM[name] == "highlight":
        language = language or arguments.get(0)
    elif name == "mermaid":
        language = name
    return expander.put(embeds.code(_RAW_TAGS.sub("", inner), language))


def _shown(expander: Expander, inner: str) -> str:
    """Return text that is Markdown but no template: its braces go through the stash."""
    return _BRACES.sub(lambda match: expander.literal(match[0]), inner)


def _content(expander: Expander, position: int, close: str) -> tuple[str | None, int]:
    """Return what stands between the braces and where the tag ends; None if it has no end."""
    end = expander.ahead.find(close, position + 2)
    if end < 0 or end - position > LONGEST:
        return None, position
    content = expander.text[position + 2 : end]
    if "{{" in content or "{%" in content:
        return None, position
    return content.removeprefix("-").removesuffix("-").strip(), end + 2


def _arguments(text: str) -> Arguments:
    values: list[str] = []
    by_name: dict[str, str] = {}
    for match in _ARGUMENT.finditer(text):
        value = next(
            (match[name] for name in ("double", "single", "raw", "bare") if match[name] is not None), ""
        )
        if match["key"]:
            by_name[match["key"]] = value
        elif match["stray"] is None:
            values.append(value)
    return Arguments(tuple(values), by_name)
