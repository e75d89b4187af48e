"""What authors wrote, so that no mail service takes it for a merge tag: as character references.

Each service looks for tags of its own in the bytes of a mail and knows nothing of HTML; a mail program reads
`&#123;{ name }}` and shows `{{ name }}`. This is done once, for all services, and readers see no difference.
"""

from __future__ import annotations

import re

_SLOT = r"slot[0-9a-f]{20}(?:tag\d+|[a-z]+)z"  # as feeds.newsletter.slots writes them
_LONE = r"[{}%*|#$\[\]<@]"

# The first character of what some service starts a tag with. Next to a slot even one character
# can make a tag of another kind: a brace in front of `{{ name }}`.
_OPENS = re.compile(
    rf"""
    (?: [{{](?=[{{%#])           # Go, Django, Jinja, Liquid, Handlebars, Mustache
      | \*(?=\|) | \|(?=\*)      # Mailchimp
      | %(?=%)                   # Ghost, Salesforce
      | %(?=[A-Za-z_]{{3,}}[\w.]*%)          # Mailgun: %recipient.name%, %unsubscribe_url%
      | <(?=%)                   # SendGrid's unsubscribe groups, ERB
      | [$#](?=\{{)              # Velocity, FreeMarker
      | \[(?=[\[%])              # Mailjet, SendGrid's older tags
      | \[(?=(?:unsubscribe|weblink|sender_)\w*\])
      | @(?=TrackLink)           # listmonk: https://example.org@TrackLink
      | %(?=[\w.]*{_SLOT})
      | {_LONE}(?=(?:<!--)?{_SLOT})
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER_SLOT = re.compile(rf"({_SLOT}(?:-->)?)({_LONE})")
_PIECE = re.compile(
    rf"""
      (?P<text> (?: [^<]+ | <!--{_SLOT}--> | <(?![A-Za-z/!?]) )+ )
    | (?P<opens> <!--\[if\b[^\]<>]*\]>(?!<!--(?!{_SLOT}-->)|-->) )
      (?P<hidden> (?: <!--{_SLOT}--> | (?!-->). )*? ) (?P<closes> <!\[endif\]--> )
    | (?P<kept> <!--.*?(?:-->|\Z) | <(?P<raw>style|script)\b.*?(?:</(?P=raw)\s*>|\Z) )
    | (?P<tag>  <(?:"[^"]*"|'[^']*'|[^>"'])*>? )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"""(=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""")


def in_html(html: str) -> str:
    """Finished HTML in which nothing that an author wrote can be taken for a merge tag by any service.

    Texts and attribute values are looked at, also in a comment for Outlook, which is HTML to Outlook; style
    sheets, other comments and slots are as they were. Done again, it changes nothing.
    """
    return _PIECE.sub(_piece, html)


def _piece(found: re.Match[str]) -> str:
    if found["text"]:
        return _referenced(found["text"])
    if found["opens"]:
        return found["opens"] + in_html(found["hidden"]) + found["closes"]
    if found["tag"]:
        return _VALUE.sub(lambda value: value[1] + _referenced(value[2]), found["tag"])
    return found[0]


def _referenced(text: str) -> str:
    text = _OPENS.sub(lambda opens: f"&#{ord(opens[0])};", text)
    return _AFTER_SLOT.sub(lambda after: f"{after[1]}&#{ord(after[2])};", text)
