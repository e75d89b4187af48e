"""A mail that keeps the contract, and for every rule an edit that breaks it and one close by that does not."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import msgspec

from feeds.model import Issue, Letter, MailingList, Person
from feeds.newsletter import contract
from feeds.settings import Newsletter, Settings, Site
from samples import a_post

if TYPE_CHECKING:
    from feeds.newsletter.contract import Finding

HEAD = """\
From: The Log <post@example.org>
To: The Log <post@example.org>
Reply-To: ines@example.org
Subject: =?utf-8?q?T=C3=A9a_by_the_harbour?=
Date: Sat, 11 Apr 2026 09:30:00 +0100
Message-ID: <0123456789abcdef0123456789abcdef@example.org>
List-Id: The Log <log.example.org>
List-Unsubscribe: <https://example.org/leave/?who=me>,
 <mailto:leave@example.org>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
List-Archive: <https://example.org/newsletter/3/>
List-Post: NO
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=_fixed"
"""

PREHEADER = """\
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">\
What a kettle teaches about waiting, and four sorts of leaves\u2007\u034f \u2007\u034f </div>
"""
CODE = "if tea:\n    pour( 2 )"
POST = f"""\
<p>Tea is <a href="https://example.org/tea/?a=1&amp;b=2">a drink</a>, with &lt;b&gt; in it.</p>
<p><img src="https://example.org/cup.png" alt="A cup"></p>
<pre><code>{CODE}
</code></pre>
<table><tr><th>Sort</th></tr><tr><td>Green</td></tr></table>
<p>Write to <a href="mailto:ines@example.org">Ines</a>.</p>
"""
HTML = f"""\
<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Téa by the harbour</title>
<style>
.wide{{border:0}}
@media (max-width:480px){{
.letter{{padding:0 !important}}
}}
@media (prefers-color-scheme:dark){{
.ground{{background-color:#16181c !important}}
.base{{color:#e6e8eb !important}}
a{{color:#8ab4f8 !important}}
}}
[data-ogsc] .base{{color:#e6e8eb !important}}
[data-ogsb] .ground{{background-color:#16181c !important}}
</style>
<!--[if mso]><style>td{{font-family:Arial}}</style><![endif]-->
</head>
<body class="ground" style="margin:0;background-color:#ffffff">
{PREHEADER}<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->
<table class="base" role="presentation" width="100%" style="max-width:600px;color:#1f2328">
<tr><td class="letter">
<h1>Téa by the harbour</h1>
<p>Tea is <a href="https://example.org/tea/?a=1&amp;b=2" style="color:#0b57d0">a drink</a>, with &lt;b&gt; in it.</p>
<p><img src="https://example.org/cup.png" alt="A cup" width="300"></p>
<pre>{CODE}
</pre>
<table><tr><th>Sort</th></tr><tr><td>Green</td></tr></table>
<p>Write to <a href="mailto:ines@example.org" style="color:#0b57d0">Ines</a>.</p>
</td></tr>
<tr><td>
<p><a href="https://example.org/newsletter/3/" style="color:#0b57d0">Read on the web</a>
<a href="https://example.org/leave/?who=me" style="color:#0b57d0">Unsubscribe</a></p>
<p>You get this mail because you subscribed to The Log.</p>
<p>Rua das Flores 12<br>Porto</p>
</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
<!--[if !mso]><!--><span></span><!--<![endif]-->
</body>
</html>
"""
TEXT = """\
Téa by the harbour

Tea is a drink [1], with <b> in it.

A cup

    if tea:
        pour( 2 )

Sort
-----
Green

Write to Ines [2].

[1] https://example.org/tea/?a=1&b=2
[2] ines@example.org

Read on the web: https://example.org/newsletter/3/
Unsubscribe: https://example.org/leave/?who=me

You get this mail because you subscribed to The Log.
Rua das Flores 12
Porto
"""

SETTINGS = Settings(
    site=Site(title="The Log", url="https://example.org"),
    newsletter=Newsletter(
        sender="The Log <post@example.org>",
        reply_to="ines@example.org",
        list_id="log.example.org",
        postal_address="Rua das Flores 12\nPorto",
        unsubscribe_url="https://example.org/leave/?who=me",
        unsubscribe_mail="leave@example.org",
    ),
)
WHEN = datetime(2026, 4, 11, 9, 30, tzinfo=timezone(timedelta(hours=1)))
ISSUE = Issue(
    number=3,
    id="urn:x:1",
    posts=(a_post(title="Téa by the harbour", html=POST, published=WHEN, url="https://example.org/tea/"),),
    when=WHEN,
    subject="Téa by the harbour",
    preheader="What a kettle teaches about waiting, and four sorts of leaves",
)
SENDER = Person(name="The Log", email="post@example.org")
LETTER = Letter(
    issue=ISSUE,
    headers=(
        ("From", SENDER),
        ("To", SENDER),
        ("Reply-To", Person(name="", email="ines@example.org")),
        ("Subject", "Téa by the harbour"),
        ("Date", "Sat, 11 Apr 2026 09:30:00 +0100"),
        ("Message-ID", "<0123456789abcdef0123456789abcdef@example.org>"),
        ("List-Id", MailingList(name="The Log", identifier="log.example.org")),
        ("List-Unsubscribe", "<https://example.org/leave/?who=me>, <mailto:leave@example.org>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Archive", "<https://example.org/newsletter/3/>"),
        ("List-Post", "NO"),
    ),
    html="<p>slot0123456789abcdefghijtag0z</p>",
    text="",
    content="",
    token="slot0123456789abcdefghij",  # noqa: S106 - what slots begin with
)
PLAIN = replace(LETTER, html="")


def judged(data: bytes, letter: Letter = PLAIN, settings: Settings = SETTINGS) -> tuple[Finding, ...]:
    """What the contract says of a mail."""
    return contract.judge(data, letter, settings)


def changed(settings: Settings, **changes: Any) -> Settings:
    """The settings with changes to `[newsletter]`."""
    look = changes.pop("look", {})
    newsletter = msgspec.structs.replace(settings.newsletter, **changes)
    newsletter = msgspec.structs.replace(newsletter, look=msgspec.structs.replace(newsletter.look, **look))
    return msgspec.structs.replace(settings, newsletter=newsletter)


def crlf(text: str) -> bytes:
    """Text as it is on the wire."""
    return text.replace("\n", "\r\n").encode()


def part(subtype: str, text: str, *, encoding: str = "") -> bytes:
    """A part of a message, in the shorter encoding or the one that is asked for."""
    data = crlf(text)
    ways = {
        "quoted-printable": binascii.b2a_qp(data, istext=True),
        "base64": base64.encodebytes(data).replace(b"\n", b"\r\n"),
    }
    chosen = encoding or min(ways, key=lambda way: len(ways[way]))
    head = f"Content-Type: text/{subtype}; charset=utf-8\nContent-Transfer-Encoding: {chosen}\n\n"
    return crlf(head) + ways[chosen]


def eml(head: str = HEAD, html: str = HTML, text: str = TEXT, parts: tuple[bytes, ...] = ()) -> bytes:
    """A message of a head and two parts, or of `parts`."""
    inside = parts or (part("plain", text), part("html", html))
    body = b"".join(b"\r\n--=_fixed\r\n" + each for each in inside)
    return crlf(head) + body + b"\r\n--=_fixed--\r\n"


def edited(where: str, old: str, new: str) -> bytes:
    """The mail with every `old` in its head, html, text or message (the finished bytes) replaced."""
    if where == "message":
        data = eml()
        assert crlf(old) in data, old
        return data.replace(crlf(old), new.encode("latin-1"))
    values = {"head": HEAD, "html": HTML, "text": TEXT}
    assert old in values[where], old
    return eml(**{where: values[where].replace(old, new)})  # type: ignore[arg-type] # texts, all of them


LONG = "https://example.org/" + "x" * 90

# rule, part, what stands there, what breaks the rule, what is close by and keeps it
CASES: list[tuple[str, str, str, str, str | None]] = [
    # H1, H2
    ("header-once", "head", "MIME-Version: 1.0\n", "", None),
    ("header-once", "head", "List-Post: NO", "List-Post: NO\nDate: Sat, 11 Apr 2026 09:30:00 +0100", None),
    ("header-line", "head", "List-Post: NO", "List-Post: NO\nno field", "List-Post: NO\n (a remark)"),
    ("header-line", "head", "List-Post: NO", "List-Post: NO\nX Y: 1", None),
    ("header-known", "head", "List-Post: NO", "List-Post: NO\nX-Extra: 1", "List-Post: NO\nReceived: from a"),
    ("header-as-written", "head", "=?utf-8?q?T=C3=A9a_by_the_harbour?=", "Tea by the harbour", "=?utf-8?b?VMOpYQ==?=\n =?utf-8?q?_by_the_harbour?="),
    ("header-as-written", "head", "From: The Log <", "From: The Dog <", 'From: "The Log" <'),
    ("header-as-written", "head", "From: The Log <post@", "From: The Log <toast@", None),
    ("header-as-written", "head", "From: The Log <post@example.org>", "From: a@example.org, b@example.org", None),
    ("header-control", "head", "by_the_harbour", "by_the_harbour=0D=0ABcc:_a", None),
    ("header-control", "message", "List-Post: NO", "List-Post: NO\x07", "List-Post: NO "),
    ("header-recipient", "head", "To: The Log <post@example.org>\nR", "To: a@example.org, b@example.org\nR", 'To: "The Log" <post@example.org>\nR'),
    ("header-recipient", "head", "To: The Log <post@example.org>\nR", "To: nobody\nR", None),
    ("header-recipient", "head", "List-Post: NO", "List-Post: NO\nBcc: all@example.org", None),
    ("header-date", "head", "11 Apr 2026 09:30:00 +0100", "11 Apr 2026 09:31:00 +0100", "11 Apr 2026 08:30:00 +0000"),
    ("header-date", "head", "Sat, 11 Apr 2026 09:30:00 +0100", "today", None),
    ("header-date", "head", "11 Apr 2026 09:30:00 +0100", "11 Apr 2026 09:30:00", None),
    ("header-ascii", "message", "List-Post: NO", "List-Post: NO (\xe9)", "List-Post: NO (e)"),
    ("header-line-length", "head", "List-Post: NO", f"List-Post: NO ({'x' * 990})", f"List-Post: NO ({'x' * 900})"),
    ("header-word-length", "head", "=?utf-8?q?T=C3=A9a_by_the_harbour?=", f"=?utf-8?q?T=C3=A9a_by_the_{'x' * 60}?=", None),
    ("header-word-length", "head", "=?utf-8?q?T=C3=A9a_by_the_harbour?=", "=?utf-8?q?T=C3=A9a?= =?utf-8?q?_by_the_harbour_and_the_lighthouse?= more", None),
    ("header-word-whole", "head", "=?utf-8?q?T=C3=A9a_by_the_harbour?=", "=?utf-8?q?T=C3?= =?utf-8?q?=A9a_by_the_harbour?=", "=?utf-8?q?T=C3=A9?= =?utf-8?q?a_by_the_harbour?="),
    ("header-word-whole", "head", "=?utf-8?q?", "=?latin-1?q?", "=?UTF-8?Q?"),
    ("header-word-whole", "head", "=?utf-8?q?", "=?utf-8?x?", None),
    ("header-word-whole", "head", "=?utf-8?q?T=C3=A9a_by_the_harbour?=", "=?utf-8?b?VMOpY?=", None),
    ("header-message-id", "head", "abcdef@example.org>", "abcdef@example.net>", "abcdef@Example.org>"),
    ("header-message-id", "head", "<0123456789abcdef0123456789abcdef@example.org>", "<1@example.org>", None),
    # H3 to H6
    ("list-id", "head", "<log.example.org>", "<log.example.org:80>", "<log-2.example.org>"),
    ("list-id", "head", "<log.example.org>", "log.example.org", None),
    ("list-id", "head", "<log.example.org>", "<log>", None),
    ("list-id", "head", "<log.example.org>", f"<{'.'.join(['x' * 60] * 5)}>", f"<{'.'.join(['x' * 60] * 4)}>"),
    ("list-unsubscribe", "head", "<https://example.org/leave/?who=me>,\n <mailto:", "<mailto:", "<https://example.org/leave/?who=me>, <mailto:"),
    ("list-unsubscribe", "head", "<mailto:leave@example.org>", "<https://example.org/b>", None),
    ("list-unsubscribe", "head", ",\n <mailto:leave@example.org>", "", None),
    ("list-unsubscribe", "head", "<https://example.org/leave/?who=me>,", "<https://example.org/leave/?who=me>", None),
    ("list-unsubscribe", "head", "<mailto:leave@example.org>", "<mailto:leave@example.org>, <ftp://example.org>", None),
    ("list-unsubscribe-post", "head", "List-Unsubscribe=One-Click", "One-Click", None),
    ("list-unsubscribe-post", "head", "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n", "", None),
    ("list-raw", "head", "<https://example.org/newsletter/3/>", "=?utf-8?q?=3Chttps=3A//example=2Eorg/newsletter/3/=3E?=", None),
    ("list-raw", "head", "<https://example.org/newsletter/3/>", "<https://example.org/\n newsletter/3/>", "\n <https://example.org/newsletter/3/>"),
    ("list-raw", "head", "<log.example.org>", "=?utf-8?q?x?= <=?utf-8?q?log?=.example.org>", "=?utf-8?q?x?= <log.example.org>"),
    ("list-archive", "head", "/newsletter/3/>", "/newsletter/4/>", "/newsletter/>"),
    ("list-archive", "head", "List-Archive: <https://example.org/newsletter/3/>\n", "", None),
    ("list-post", "head", "List-Post: NO\n", "", None),
    ("list-post", "head", "List-Post: NO", "List-Post: <mailto:all@example.org>", "List-Post: NO (posting is not allowed)"),
    # M
    ("mime-readable", "message", "--=_fixed--\n", "", None),
    ("mime-alternative", "head", "multipart/alternative", "multipart/mixed", None),
    ("mime-alternative", "message", "Content-Type: text/plain", "Content-Type: text/html", None),
    ("mime-charset", "message", "text/plain; charset=utf-8", "text/plain; charset=latin-1", "text/plain; charset=UTF-8"),
    ("mime-charset", "message", "T=C3=A9a by the harbour\n\nTea", "T=E9a by the harbour\r\n\r\nTea", None),
    ("mime-encoding", "message", "Content-Transfer-Encoding: quoted-printable\n\nT=C3=A9a", "Content-Transfer-Encoding: 8bit\r\n\r\nT=C3=A9a", "Content-Transfer-Encoding: Quoted-Printable\r\n\r\nT=C3=A9a"),
    ("mime-line-end", "message", "Porto\n", "Porto\n", None),
    ("mime-line-end", "message", "Porto\n", "Porto\r", None),
    ("mime-line-length", "message", "Porto\n", "Porto" + "x" * 72 + "\r\n", "Porto" + "x" * 71 + "\r\n"),
    ("mime-line-length", "message", "Porto\n", "Porto" + "x" * 1000 + "\r\n", None),
    ("mime-octets", "message", "Green", "Gr\xe9en", None),
    ("mime-octets", "message", "Green", "Gr\x00een", None),
    ("mime-boundary", "message", "Green", "Green =_fixed", "Green =3D_fixe"),
    ("mime-boundary", "text", "Green", "Green =_fixed", None),
    ("mime-boundary", "head", '"=_fixed"', '"=_fixed "', None),
    # D1, D2
    ("html-doctype", "html", "<!DOCTYPE html>", "<!doctype html>", None),
    ("html-doctype", "html", "<!DOCTYPE html>", "\n<!DOCTYPE html>", None),
    ("html-language", "html", ' lang="en"', "", None),
    ("html-language", "html", ' dir="ltr"', ' dir="rtl"', None),
    ("html-charset", "html", '<meta charset="utf-8">', "", '<meta charset="UTF-8">'),
    ("html-viewport", "html", "width=device-width,initial-scale=1", "width=600", "width=device-width, initial-scale=1"),
    ("html-color-scheme", "html", "light dark", "light", "dark light"),
    ("html-title", "html", "<title>Téa by the harbour</title>", "<title> </title>", "<title>Issue 3</title>"),
    ("html-title", "html", "<title>", "<title>a</title><title>", None),
    ("html-size", "html", "Green", "Green" + "x" * 99_000, None),
    ("html-size-near", "html", "<td>Green", f"<!--{'x' * 89_000}--><td>Green", f"<!--{'x' * 85_000}--><td>Green"),
    # D3, D5
    ("style-place", "html", "<h1>", "<style>b{border:0}</style><h1>", None),
    ("style-size", "html", ".wide{", f"/*{'x' * 8192}*/.wide{{", f"/*{'x' * 7000}*/.wide{{"),
    ("style-import", "html", ".wide{", "@import url(https://example.org/a.css);.wide{", "/*@import url(https://example.org/a.css);*/.wide{"),
    ("style-nested", "html", "@media (max-width:480px){", "@media screen{@media (max-width:480px){}", "@supports (x:y){@media (max-width:480px){}}@media print{"),
    ("style-colour", "html", "color:#e6e8eb", "color:rgb(230 232 235 / 1)", "color:rgba(230, 232, 235, 1)"),
    ("style-colour", "html", "color:#1f2328", "color:rgb(31 35 40)", "color:rgb(31,35,40)"),
    ("style-balanced", "html", ".wide{border:0}", ".wide{border:0", ".wide{border:0;content:'{'}"),
    ("style-balanced", "html", ".wide{border:0}", ".wide{border:0}}", None),
    ("style-variable", "html", "border:0", "border:var(--edge)", "border:calc(1px)"),
    ("style-variable", "html", "margin:0", "margin:var(--edge)", None),
    ("style-important-inline", "html", "margin:0", "margin:0 !important", "margin:0;quotes:'!important'"),
    ("style-important", "html", "#e6e8eb !important", "#e6e8eb!important", "#e6e8eb"),
    ("style-important", "html", "#e6e8eb !important", "#e6e8eb !IMPORTANT", None),
    ("style-important", "html", "#e6e8eb !important", "#e6e8eb ! important", None),
    ("html-well-formed", "html", "Green</td>", "Green", "Green<br></td>"),
    ("html-well-formed", "html", "Green", "Green</b>", "<b>Green</b>"),
    ("html-well-formed", "html", "<h1>", '<h1 class="a" class="b">', '<h1 class="a b">'),
    ("html-well-formed", "html", "Green", "Green < black", "Green &lt; black"),
    ("html-active", "html", "<h1>", "<script></script><h1>", None),
    ("html-active", "html", "<h1>", "<video src='https://example.org/v'></video><h1>", None),
    ("html-active", "html", "<h1>", "<picture></picture><h1>", None),
    ("html-active", "html", "<title>", '<meta http-equiv="refresh" content="0"><title>', '<meta http-equiv="x-ua-compatible" content="ie=edge"><title>'),
    ("html-active", "html", "<title>", '<link rel="stylesheet" href="https://example.org/a"><title>', None),
    ("html-handler", "html", "<h1>", '<h1 onclick="a()">', '<h1 class="onclick">'),
    # D4
    ("hidden-text", "html", "<h1>", '<h1 style="display:none">', '<h1 style="display:block">'),
    ("hidden-text", "html", "<h1>", '<h1 style="font-size:0">', '<h1 style="font-size:10px">'),
    ("hidden-text", "html", "<h1>", '<h1 style="max-height:0;overflow:hidden">', '<h1 style="max-height:0">'),
    ("hidden-text", "html", "<h1>", '<h1 style="opacity:0.0">', '<h1 style="opacity:0.9">'),
    ("style-hides", "html", ".wide{border:0}", "h1{display:none}", "h5{display:none}"),
    ("style-layout", "html", ' width="100%" style="max-width:600px;', ' width="100%" style="', ' width="600" style="'),
    # D6
    ("link-address", "html", "https://example.org/tea/?a=1", "/tea/?a=1", None),
    ("link-address", "html", "https://example.org/tea/?a=1", "//example.org/tea/?a=1", None),
    ("link-address", "html", "mailto:ines@example.org", "javascript:ines()", None),
    ("link-address", "html", "mailto:ines@example.org", "", "tel:+351"),
    ("link-address", "html", "mailto:ines@example.org", "@/post.md", None),
    ("link-address", "html", "mailto:ines@example.org", "https://exa mple.org/", None),
    ("link-address", "html", "mailto:ines@example.org", "https://[::1", None),
    ("link-place", "html", "mailto:ines@example.org", "#note", None),
    ("link-words", "html", ">a drink</a>", "></a>", '><img src="https://example.org/cup.png" alt="A cup" width="9"></a>'),
    ("link-other", "html", ' width="300"', ' width="300" srcset="https://example.org/2x.png 2x"', None),
    ("link-other", "html", '<td class="letter">', '<td class="letter" background="a.png">', '<td class="letter" background="https://example.org/a.png">'),
    ("link-style", "html", "margin:0", "margin:0;background-image:url(a.png)", "margin:0;background-image:url('https://example.org/a.png')"),
    ("link-style", "html", "border:0", "background:url(a.png)", "background:url(https://example.org/a.png)"),
    ("image-source", "html", "https://example.org/cup.png", "data:image/png;base64,AAAA", None),
    ("image-source", "html", "https://example.org/cup.png", "http://example.org/cup.png", None),
    ("image-source", "html", "https://example.org/cup.png", "cup.png", None),
    ("image-embedded", "html", "https://example.org/cup.png", "cid:cup@example.org", None),
    ("image-format", "html", "cup.png", "cup.webp", "cup.webp.png"),
    ("image-format", "html", "cup.png", "cup.svg?x=1", "cup?x=.svg"),
    # D7, D8
    ("image-alt", "html", ' alt="A cup"', "", ' alt=""'),
    ("image-alt-words", "html", 'alt="A cup"', 'alt="IMG_2041"', 'alt="A cup.png of tea"'),
    ("image-width", "html", ' width="300"', "", ' width="600"'),
    ("image-width", "html", 'width="300"', 'width="100%"', None),
    ("image-width", "html", 'width="300"', 'width="300.5"', None),
    ("image-width", "html", 'width="300"', 'width="601"', None),
    ("column-width", "html", '<td class="letter">', '<td class="letter" width="700">', '<td class="letter" width="500">'),
    ("column-width", "html", '<td class="letter">', '<td style="min-width:700px">', '<td style="max-width:700px">'),
    ("table-role", "html", "<tr><th>Sort</th></tr>", "<tr><td>Sort</td></tr>", "<tr><th>Sort</th></tr><tr><td></td></tr>"),
    ("table-role", "html", ' class="base" role="presentation"', ' class="base"', ' class="base" role="none"'),
    ("table-data", "html", "<table><tr><th>", '<table role="presentation"><tr><th>', None),
    # D9
    ("preheader-first", "html", "What a kettle", "What the kettle", None),
    ("preheader-first", "html", '<div style="display:none', 'Hello<div style="display:none', None),
    ("preheader-hidden", "html", ";mso-hide:all", "", None),
    ("preheader-hidden", "html", "display:none;", "", None),
    ("preheader-text", "text", "Tea is a drink", "What a kettle teaches about waiting,\nand four sorts of leaves\n\nTea is a drink", "What a kettle teaches about waiting\n\nTea is a drink"),
    # D10
    ("footer-unsubscribe", "html", 'href="https://example.org/leave/?who=me"', 'href="https://example.org/left"', None),
    ("footer-unsubscribe", "html", '<a href="https://example.org/leave', '<a hidden href="https://example.org/leave', None),
    ("footer-unsubscribe", "text", "Unsubscribe: https://example.org/leave/?who=me\n", "", "Leave: https://example.org/leave/?who=me\n"),
    ("footer-web", "html", 'href="https://example.org/newsletter/3/"', 'href="https://example.org/"', None),
    ("footer-web", "text", "https://example.org/newsletter/3/", "https://example.org/3/", "<https://example.org/newsletter/3/>"),
    ("footer-postal-address", "html", "<br>Porto", "<br>Lisboa", "<br><b>Porto</b>"),
    ("footer-postal-address", "text", "Rua das Flores 12\n", "", "Rua das\nFlores 12\n"),
    ("footer-reason", "html", "subscribed to The Log.", "subscribed.", "are on the list of <b>The Log</b>."),
    ("footer-reason", "text", "subscribed to The Log.", "subscribed.", None),
    # D11
    ("tag-filled", "html", "Green", "Green slot0123456789abcdefghijweburlz", None),
    ("tag-filled", "text", "Green", "Green slot0123456789abcdefghijweburlz", None),
    ("tag-foreign", "html", "Green", "{{ Green }}", "&#123;&#123; Green }}"),
    *(("tag-foreign", "html", "Green", f"{tag} Green", None) for tag in ("{%", "{#", "*|", "|*", "<%", "${", "[[", "%%", "%recipient.name%")),
    ("tag-foreign", "html", "Green", "Green{{", "Green 100% {x} [x] %20 *x|"),
    # D12
    ("conditional-balanced", "html", "<!--[if mso]></td></tr></table><![endif]-->", "<!--[if mso]></td></tr></table>-->", None),
    ("conditional-balanced", "html", "<!--<![endif]-->", "", None),
    ("conditional-balanced", "html", "<!--[if !mso]><!--><span></span>", "<span></span>", None),
    ("conditional-balanced", "html", "<!--[if !mso]><!-->", "<![if !mso]>", None),
    ("conditional-elements", "html", "<!--[if mso]></td></tr></table><![endif]-->", "<!--[if mso]></td></table><![endif]-->", "<!-- plain --><!--[if mso | IE]></td></tr></table><![endif]-->"),
    ("conditional-elements", "html", "<!--[if mso]></td></tr></table><![endif]-->", "", None),
    ("contrast", "html", "color:#1f2328", "color:#999999", "color:#767676"),
    ("contrast", "html", "background-color:#ffffff", "background-color:#808080", "background:#ffffff url(https://example.org/a.png)"),
    ("contrast", "html", ".base{color:#e6e8eb !important}\na", "a", None),
    ("contrast", "html", ".ground{background-color:#16181c !important}\n.base", ".base", None),
    ("contrast", "html", "a{color:#8ab4f8 !important}", "", "a:link{color:#8ab4f8 !important}"),
    ("contrast", "html", "[data-ogsc] .base{color:#e6e8eb !important}", "[data-ogsc] .base{color:#333 !important}", "[data-ogsc] .base{color:#eee !important}"),
    ("contrast", "html", ".letter{padding:0 !important}", ".letter{color:#ddd !important}", ".letter{padding:1px !important}"),
    ("contrast", "html", "<h1>", '<h1 style="opacity:.4">', '<h1 style="opacity:.9">'),
    ("contrast", "html", "<h1>", '<h1 style="color:hsl(60, 100%, 50%)">', '<h1 style="color:nonsense">'),
    ("contrast", "html", 'alt="A cup"', 'alt="A cup" style="color:silver"', 'alt="" style="color:silver"'),
    ("contrast", "html", "<h1>", '<h1 bgcolor="#333333">', '<h1 bgcolor="snow">'.replace("snow", "transparent")),
    # T
    ("text-there", "text", TEXT, " \n", None),
    ("text-links", "text", "https://example.org/tea/?a=1&b=2", "https://example.org/tea/?a=1", "<https://example.org/tea/?a=1&b=2>"),
    ("text-links", "text", "https://example.org/tea/?a=1&b=2", "https://example.org/\ntea/?a=1&b=2", None),
    ("text-links", "text", "https://example.org/tea/?a=1&b=2", "https://example.org/tea/?a=1&b=23", None),
    ("text-links", "text", "ines@example.org", "Ines", "mailto:ines@example.org"),
    ("text-words", "text", "Tea is a drink [1], with", "Tea", "Tea is a\ndrink [1], with"),
    ("text-markup", "text", "Green", "<em>Green</em>", "<b>Green"),
    ("text-markup", "text", "Green", "Green <!-- x -->", "Green <- x"),
    ("text-references", "text", "Green", "Green&nbsp;", "Green & co; black"),
    ("text-unseen", "text", "Green", "Gr\u00aden", "Gr\u200cen"),
    ("text-unseen", "text", "Green", "Green\u034f", None),
    ("text-code", "text", "        pour( 2 )", "    pour( 2 )", None),
    ("text-code", "text", "pour( 2 )", "pour(2)", None),
    ("text-columns", "text", "Green", "Green " + "tea " * 20, "Green " + "tea " * 17 + "tea"),
    ("text-columns", "text", "Green", "Green " + "茶" * 40, "Green " + "茶" * 36),
    ("text-columns", "text", "Green", "Green " + "tea " * 20 + LONG, f"Green {LONG}"),
]  # fmt: skip

Changes = dict[str, Any]
# rule, what is different in [newsletter], in the letter and in the issue, the mail; what then keeps it
OTHER_CASES: list[tuple[str, Changes, Changes, Changes, bytes | None]] = [
    ("setting-sender", {"sender": ""}, {}, {}, None),
    ("setting-list-id", {"list_id": ""}, {}, {}, None),
    ("setting-one-click", {"unsubscribe_url": "http://example.org/leave/?who=me"}, {}, {}, None),
    ("setting-unsubscribe", {"unsubscribe_url": "", "unsubscribe_mail": ""}, {}, {}, None),
    ("setting-postal-address", {"postal_address": " "}, {}, {}, None),
    ("html-size", {"max_bytes": 20_000}, {}, {}, edited("html", "Green", "Green" + "x" * 20_000)),
    ("preheader-length", {}, {}, {"preheader": "x" * 151}, edited("html", ISSUE.preheader, "x" * 151)),
    ("preheader-short", {}, {}, {"preheader": "Short"}, edited("html", ISSUE.preheader, "Short")),
    ("preheader-short", {}, {}, {"preheader": ""}, edited("html", PREHEADER, "")),
    ("tag-declared", {}, {"tags": ("{{ Sort }}",)}, {}, None),
    ("tag-declared", {}, {"tags": ("{{ Sort }}",)}, {}, edited("html", "Green", "{{ Sort }}{{ Sort }}")),
    ("tag-declared", {}, {"tags": ("{{ Sort }}",)}, {}, edited("html", "Green", "{{%20Sort%20}}")),
    (
        "tag-foreign",
        {"unsubscribe_url": "https://e.org/u?id={{id}}&x=1"},
        {},
        {},
        edited("html", "Green", "{{ x }}"),
    ),
    (
        "tag-foreign-text",
        {"unsubscribe_url": "https://e.org/{{id}}"},
        {},
        {},
        edited("text", "Green", "{{ x }}"),
    ),
    ("tag-foreign-text", {"unsubscribe_url": "{{ leave }}"}, {}, {}, edited("text", "Green", "{{ x }}")),
    ("footer-reason", {"reason": "You asked for it"}, {}, {}, None),
    ("footer-reason", {"words": {"reason": "You read {newsletter}"}}, {}, {}, None),
    ("footer-web", {"archive": ""}, {}, {}, None),
    ("list-archive", {"archive": "letters"}, {}, {}, None),
    ("image-width", {"look": {"width": 320}}, {}, {}, edited("html", 'width="300"', 'width="321"')),
]
