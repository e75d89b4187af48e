"""The template engines of mail services: how each writes an author's text literally, or what it cannot write.

Each function takes what stands between two merge tags of ours, and gives what the engine turns back into
that. Where an engine has no way, a pattern finds what it would take for a tag.
"""

from __future__ import annotations

import re

# A brace at the end may stand before a tag of ours, and one in a row with others before the tag they become.
_GO = re.compile(r"(?:\{|@(?=TrackLink))+")
_GO_IN_HTML = re.compile(r"(?:[{<]|@(?=TrackLink))+")
_DJANGO = re.compile(r"\{(?:[{%#]|\Z)")
_DJANGO_NAMES = {"{{": "openvariable", "{%": "openblock", "{#": "opencomment", "{": "openbrace"}
_BRACES = re.compile(r"\{(?:\{+|\Z)")
_COMMENT = re.compile(r"(\{*)(<!--.*?-->)", re.DOTALL)
_GO_QUOTED = re.compile(r'[\\"{}<@\x00-\x1f]')

HANDLEBARS = re.compile(r"\{\{[^{}]*\}\}|\{\{|\{(?=\0)|(?<=\0)\}")
"""What Handlebars would run; a U+0000 is where a tag of ours will be."""

MAILCHIMP = re.compile(r"\*\|[^|*]*\|\*")
MAILGUN = re.compile(
    r"%(?:recipient|(?:tag_|mailing_list_)?unsubscribe_(?:url|email))(?:[._]\w+)*(?:%|(?=\0))", re.IGNORECASE
)
"""Mailgun's own variables and those of its recipients; any other `%word%` stays. U+0000 is as above."""

LIQUID = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")


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


def go_html(html: str) -> str:
    """HTML for Go's html/template, which drops comments; those for Outlook must stay."""
    return _COMMENT.sub(_go_comment, html)


def _go_comment(found: re.Match[str]) -> str:
    comment = go_string(found[2]) if re.search("`|@TrackLink", found[2]) else f"`{found[2]}`"
    return "&#123;" * len(found[1]) + f"{{{{ Safe {comment} }}}}"


def go_string(text: str) -> str:
    """A text as a string of Go's in a tag."""
    escaped = _GO_QUOTED.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
    return f'"{escaped}"'


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
