"""Hugo's shortcodes `{{< name argument >}}` and `{{% name %}}`; `{{</* name */>}}` writes about them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.body import catalogue, site_shortcodes
from feeds.body.embeds import Arguments
from feeds.body.verbatim import LONGEST, VERBATIM, verbatim

if TYPE_CHECKING:
    from feeds.body.shortcodes import Expander

_NAME = re.compile(r"\{\{[<%]-?\s*(?P<close>/)?\s*(?P<name>[\w./:-]*[\w:-])?")
_ARGUMENT = re.compile(
    r"\s*+,?\s*+(?:(?P<key>[\w-]+)\s*=\s*)?"
    r"(?:\"(?P<double>[^\"\\]*+(?:\\.[^\"\\]*+)*)\"|`(?P<raw>[^`]*+)`|'(?P<single>[^'\n]*+)'(?=[\s/>%])|"
    r"(?P<bare>(?:(?!\s*/?-?[>%]\}\}|\{\{[<%])[^\s\"`])+))",
    re.DOTALL,
)
_END = re.compile(r"\s*+(?P<alone>/)?\s*-?[>%]\}\}")
_ESCAPED = re.compile(r"\{\{([<%])/\*((?:(?!\*/|\{\{)[\s\S]){0,1000})\*/([>%])\}\}")


def unescaped(code: str) -> str:
    """Return code as Hugo shows it: `{{</* x */>}}` is `{{< x >}}`."""
    return _ESCAPED.sub(r"{{\1\2\3}}", code) if "*/" in code else code


def shortcode(expander: Expander, position: int) -> tuple[int, str]:
    """Expand the shortcode at `position`: where it ends, and what is written for it."""
    text, limit = expander.text, min(len(expander.text), position + LONGEST)
    if escaped := _ESCAPED.match(text, position):
        return escaped.end(), expander.literal(unescaped(escaped[0]))
    close = ">}}" if text[position + 2] == "<" else "%}}"
    head = _NAME.match(text, position, limit)
    if head is None or not head["name"] or expander.ahead.find(close, position) < 0:
        return expander.unterminated(position), ""
    at, values, by_name = head.end(), [], {}
    while (end_match := _END.match(text, at, limit)) is None:
        argument = _ARGUMENT.match(text, at, limit)
        if argument is None:
            return expander.unterminated(position), ""
        double = argument["double"]
        value = re.sub(r"\\(.)", r"\1", double) if double is not None else (
            argument["raw"] or argument["single"] or argument["bare"] or ""
        )  # fmt: skip
        if argument["key"]:
            by_name[argument["key"]] = value
        else:
            values.append(value)
        at = argument.end()
    name, end = head["name"], end_match.end()
    if head["close"]:
        return end, catalogue.closing(expander, name)
    arguments = Arguments(tuple(values), by_name)
    partner = None if end_match["alone"] else expander.ahead.partner(position)
    if own := site_shortcodes.find(expander, name):
        return site_shortcodes.fill(expander, own, arguments, position, end, partner)
    if name == "blogdown/postref":  # where the post's own files are
        return end, expander.page.url
    if name == "doc" and partner is not None:
        label, _, slug = text[end : partner[0]].strip().rstrip(">").rpartition("<")
        return partner[1], f"[{label.strip() or slug}]({expander.reference(slug, position)})"
    closer = None if end_match["alone"] else expander.ahead.closer(f"/{name}", end)
    if name == "highlight" and closer is None and not end_match["alone"]:
        expander.warn_unterminated(position)
        until = expander.section_end(end)
        return until, verbatim(expander, name, unescaped(text[end:until]), arguments)
    if name.lower() in VERBATIM and closer is not None:
        inner = unescaped(text[end : closer[0]])
        return closer[1], verbatim(expander, name.lower(), inner, arguments)
    return end, catalogue.known(expander, name, arguments, closed=partner is not None, position=position)
