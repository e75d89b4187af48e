"""The template engines of mail services: how each writes an author's text literally, or what it cannot write.

Each function takes what stands between two merge tags of ours, and gives what the engine turns back into
that. Where an engine has no way, a pattern finds what it would take for a tag.
"""

from __future__ import annotations

import re
from html import escape

from feeds.newsletter import literals

# A brace at the end may stand before a tag of ours, and one in a row with others before the tag they become.
_GO = re.compile(r"(?:\{|@(?=TrackLink))+")
_GO_IN_HTML = re.compile(r"(?:[{<]|@(?=TrackLink))+")
_DJANGO = re.compile(r"\{(?:[{%#]|\Z)")
_DJANGO_NAMES = {"{{": "openvariable", "{%": "openblock", "{#": "opencomment", "{": "openbrace"}
_BRACES = re.compile(r"\{(?:\{+|\Z)")
_NOT_QUOTED = re.compile(r"[\\{}]")
_GO_QUOTED = re.compile(r'[\\"{}<@\x00-\x1f]')

# In what follows a U+0000 is where a tag of ours will be.

SENDGRID = re.compile(
    r"\{\{(?:[^{}]*\}\})?|\{\0|\0\}|<%(?:[^%<>]*%>)?|\[%(?:[^%\[\]]*%\])?|\[(?:unsubscribe|weblink|sender_)\w*\]",
    re.IGNORECASE,
)
"""What SendGrid would run: its Handlebars, its tags for unsubscribe groups, and those of its older mails."""

MAILCHIMP = re.compile(r"\*\|[^|*]*\|\*")
MAILGUN = re.compile(
    r"%(?:recipient|(?:tag_|mailing_list_)?unsubscribe_(?:url|email))(?:[._]\w+)*[%\0]", re.IGNORECASE
)
"""Mailgun's own variables and those of its recipients; any other `%word%` stays."""

LIQUID = re.compile(r"\{\{(?:[^{}]*\}\})?|\{%(?:[^{}]*%\})?|\{\0")
"""What begins a tag of Liquid's, which may have braces in its strings."""

GHOST = re.compile(r"%%\{(?:[^{}]*\}%%)?")


def go_text(text: str) -> str:
    """A text for Go's text/template, as listmonk's subject and headers are."""
    return _GO.sub(_go_literal, text)


def go_text_part(text: str) -> str:
    """A text for Go's html/template, in which listmonk runs text parts: it knows elements.

    `Safe` is listmonk's own function for HTML as it is.
    """
    return _GO_IN_HTML.sub(_go_literal, text)


def _go_literal(found: re.Match[str]) -> str:
    run = found[0]
    if run == "{" and found.end() < len(found.string):
        return run
    return f'{{{{ Safe "{run}" }}}}' if "<" in run else f'{{{{ "{run}" }}}}'


def go_html(html: str, token: str) -> str:
    """HTML for Go's html/template, which drops comments; those for Outlook must stay.

    Go runs nothing that stands in a string, so that a comment is in pieces around its slots, which begin with
    `token`. Comments that mark where the region of a slot begins and ends are none of those.
    """
    mark = rf"<!--{token}[a-z]+z-->"
    comment = re.compile(rf"(\{{*)(<!--(?!{token}[a-z]+z-->)(?:{mark}|.)*?-->)", re.DOTALL)
    slot = re.compile(rf"({mark}|{token}(?:tag\d+|[a-z]+)z)")

    def in_pieces(found: re.Match[str]) -> str:
        pieces = slot.split(found[2])
        safe = [piece if at % 2 else _go_safe(piece) for at, piece in enumerate(pieces)]
        return "&#123;" * len(found[1]) + "".join(safe)

    return comment.sub(in_pieces, html)


def _go_safe(html: str) -> str:
    if not html:
        return ""
    return f"{{{{ Safe {go_string(html) if re.search('`|@TrackLink', html) else f'`{html}`'} }}}}"


def go_string(text: str) -> str:
    """A text as a string of Go's in a tag."""
    escaped = _GO_QUOTED.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
    return f'"{escaped}"'


def quoted_html(text: str) -> str:
    """A text as HTML, for a string in double quotes in a tag of Django's or Handlebars'."""
    html = literals.in_html(escape(text))
    return _NOT_QUOTED.sub(lambda found: f"&#{ord(found[0])};", html)


def django_text(text: str) -> str:
    """A text for Django's templates."""
    return _DJANGO.sub(lambda found: f"{{% templatetag {_DJANGO_NAMES[found[0]]} %}}", text)


def mustachio_text(text: str) -> str:
    """A text for Mustachio, Postmark's engine, which drops comments: one after each brace but the last.

    Its tags are `{{` and `}}` with no brace within, so that what is cut like that is none.
    """
    return _BRACES.sub(_cut, text)


def _cut(found: re.Match[str]) -> str:
    braces = found[0]
    ends = found.end() == len(found.string)
    return "{{!}}".join(braces) + ("{{!}}" if ends else "")
