"""The last guard: mark-up of shortcodes and kramdown that is still there when the page is HTML goes.

Unpaired backticks and stray tags can make `shortcodes` see code where Markdown sees none. Here the HTML says
what is code.
"""

from __future__ import annotations

import re

from feeds.body.kramdown import LEFT_OVER

_LEAK = re.compile(
    rf"\{{{{2,}}+(?:&lt;|[<%])(?:[^<>{{}}]{{0,1000}}?(?:&gt;|[>%])\}}\}})?"
    rf"|\{{%-?\s*[A-Za-z_](?:[^<>{{}}]{{0,1000}}?%\}})?| ?{LEFT_OVER}",
    re.IGNORECASE,
)
_PART = re.compile(
    r"<(pre|code|kbd|samp)(?:\s[^<>]*)?>.*?</\1>"
    r"|<[^<>\"]*(?:\"[^\"]*\"[^<>\"]*){0,100}>"
    r"|[^<]+",
    re.DOTALL,
)


def without_leaks(html: str, *, attributes: bool = True) -> str:
    """Return a parser's HTML without template mark-up outside code, in text and, if asked, in attributes."""
    if "{{" not in html and "{%" not in html and "{:" not in html:
        return html

    def clean(part: re.Match[str]) -> str:
        kept = part[1] or (part[0][0] == "<" and not attributes)
        return part[0] if kept else _LEAK.sub("", part[0])

    return _PART.sub(clean, html)
