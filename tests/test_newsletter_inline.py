"""The inliner: style sheets into elements, with nothing fetched, nothing lost and nothing else touched."""

from __future__ import annotations

import builtins
import logging
import re
import socket
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.errors import ConfigError
from feeds.newsletter import slots
from feeds.newsletter.inlining.inline import inline

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (
    '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n<title>T</title>\n'
    '<style data-premailer="ignore">{keep}</style>\n</head>\n<body>{body}</body>\n</html>'
)


def page(body: str, keep: str = "a{margin:0}") -> str:
    """A whole document."""
    return PAGE.format(body=body, keep=keep)


def kept(keep: str, css: str = "") -> str:
    """What becomes of a sheet that stays."""
    found = re.search(r"<style>\n(.*?)\n</style>", inline(page("<p>x</p>", keep), css), re.DOTALL)
    return found[1] if found else ""


def styled(css: str, body: str = "<p>x</p>") -> str:
    """What becomes of the body."""
    found = re.search(r"<body>(.*)</body>", inline(page(body), css), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in this room may open a connection."""

    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("the inliner used the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_rules_end_up_in_the_elements_and_the_kept_sheet_stays() -> None:
    """Two sheets: one inlined, one left in the head with its marker gone."""
    keep = "@media (max-width:480px){p{margin:0 !important}}\n[data-ogsc] p{color:#fff !important}\nu + .body{margin:0}"
    html = inline(
        page('<p class="a">x</p>', keep), "p { margin: 0 0 20px; color: #1f2328 } .a { color: #57606a }"
    )
    assert html.startswith(
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n<title>'
    )
    assert '<p class="a" style="margin:0 0 20px;color:#57606a">x</p>' in html
    assert f"<style>\n{keep}\n</style>" in html
    assert "premailer" not in html


def test_a_plain_style_element_is_inlined_too() -> None:
    """A theme of one file works: its plain sheet goes into the elements, before the rules of `inline.css`."""
    html = inline(
        "<html><head><style>p { color: red; margin: 0 }</style>\n"
        '<style media="print">p { color: #000 }</style></head><body><p>x</p></body></html>',
        "p { color: blue }",
    )
    assert '<p style="margin:0;color:blue">x</p>' in html
    assert ['<style media="print">\np{color:#000}\n</style>'] == re.findall(
        r"<style.*?</style>", html, re.DOTALL
    )


def test_what_outlook_needs_survives() -> None:
    """Conditional comments, hidden text, and font names in quotes that an attribute has room for."""
    body = (
        '<!--[if mso]><table width="600"><tr><td><![endif]--><div>x</div><!--[if mso]></td></tr></table><![endif]-->'
        "<!--[if !mso]><!--><div>y</div><!--<![endif]-->"
    )
    html = styled('div { font-family: "Segoe UI", Arial; mso-hide: all; overflow-wrap: break-word }', body)
    style = "style=\"font-family:'Segoe UI',Arial;mso-hide:all;overflow-wrap:break-word\""
    assert body.replace("<div>", f"<div {style}>") == html


def test_nothing_but_style_changes() -> None:
    """What is not a tag stays to the last byte, and so do tags that get no style."""
    body = (
        '<p>style="a; b" and &lt;p style="c; d"&gt; &nbsp;é 日本 😀 &copy &#x27;</p>\n<!-- <p> -->\n'
        "<IMG SRC='a.png' alt = x><br/><hr />\r\n<b\nclass=q>z</b ><td>loose<p>open<p title='<p style=\"x\">'>t"
    )
    assert body == styled("u { color: red }", body)
    html = styled("p, img, br, hr, b { color: red }", body)
    assert body == re.sub(r" style=\"color:red\"(?: (?=/))?", "", html).replace("<hr/>", "<hr />")
    assert 7 == html.count("color:red")


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE html>",
        "<!doctype html>",
        "",
        "\n \n",
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n',
    ],
)
def test_the_doctype_is_the_exact_one(doctype: str) -> None:
    """Any other one sends mail programs back to the quirks of 1998."""
    assert inline(f"{doctype}<html><body><p>x</p></body></html>", "p { margin: 0 }") == (
        '<!DOCTYPE html>\n<html><body><p style="margin:0">x</p></body></html>'
    )


@pytest.mark.parametrize(
    "broken",
    [
        "<!--[if mso]><p>",
        "<!--[if mso]><p><!--[if mso]><![endif]-->",
        "x<![endif]-->",
        "<!--[if mso]>a<![endif]-->b<![endif]-->",
        "<![if !mso]><p>x</p><![endif]>",
    ],
)
def test_conditional_comments_are_balanced_or_refused(broken: str) -> None:
    """One that is never closed hides the rest of the letter from all but Outlook."""
    with pytest.raises(ConfigError, match=r"half|never closed|no comment"):
        inline(page(broken), "")


@pytest.mark.parametrize("engine", ["premailer", "css-inline"])
@pytest.mark.parametrize(
    "tag",
    [
        "{{ UnsubscribeURL }}",
        '{{ .Subscriber.Name "there" }}',
        "{{{ pm:unsubscribe }}}",
        "{% unsubscribe %}",
        "*|UNSUB|*",
        "<%asm_group_unsubscribe_raw_url%>",
        "%recipient.unsubscribe_url%",
        "%%{unsubscribe_url}%%",
    ],
)
def test_merge_tags_survive_byte_for_byte(tag: str, engine: str) -> None:
    """In a link, in the middle of a link and in text, as often as the theme wrote them."""
    body = f'<p><a href="{tag}">a</a> <a href="https://e.org/?u={tag}&amp;v=1">b</a> Dear {tag}</p>'
    html = inline(page(body), "a { color: #0b57d0 }", engine)
    assert html.count(tag) == 3
    assert f'<a href="{tag}" style="color:#0b57d0">' in html
    assert f'"https://e.org/?u={tag}&amp;v=1"' in html


@pytest.mark.parametrize("engine", ["premailer", "css-inline"])
def test_slots_survive_byte_for_byte(engine: str) -> None:
    """Between the rows of a table, in a link, in a style and around a region, each as often as written."""
    token = slots.token(["all that was said"])
    values: Any = slots.values(token, html=True)
    out, name = values["unsubscribe"], values["name"]
    body = (
        f"<table>\n{out['start']}\n<tr><td>Dear {name['url']}</td></tr>\n{out['end']}\n</table>"
        f'<p style="background: url(\'{slots.tag(token, 0)}\')"><a href="{out["url"]}">x</a></p>'
    )
    html = inline(page(body), "p, td, a { color: red }", engine)
    bare = html.replace(' style="color:red"', "").replace("color:red;background:", "background: ")
    assert body in bare
    assert slots.names(body, token) == slots.names(html, token)


def test_an_authors_braces_do_not_hide_elements_from_the_style() -> None:
    """Two pieces of code that open and close braces are styled like any other."""
    html = styled("code { color: red }", "<p><code>{{</code> and <code>}}</code></p>")
    assert '<code style="color:red">{{</code> and <code style="color:red">}}</code>' in html


@pytest.mark.parametrize("lost", ["{{ x }}", f"slot{'0' * 20}webs"[:24] + "weburlz"])
def test_a_merge_tag_that_would_be_lost_is_an_error(lost: str) -> None:
    """Better no mail than one without its unsubscribe link."""
    with pytest.raises(ConfigError, match="would be lost"):
        inline(page("<p>x</p>").replace("</head>", f"<style>/* {lost} */</style></head>"), "p { margin: 0 }")


@pytest.mark.parametrize(
    "sheet",
    [
        '@import "http://127.0.0.1:9/x.css";',
        "@IMPORT url(file:///etc/passwd);",
        "@\\69mport 'x.css';",
        "p{margin:0} @import/**/url(x.css);",
        "@namespace x url(http://127.0.0.1:9/);",
        "@import 'x.css'",
    ],
)
@pytest.mark.parametrize("stays", [True, False])
def test_a_sheet_that_loads_another_is_refused(sheet: str, *, stays: bool) -> None:
    """A mail program would not load it, and the inliner must not."""
    with pytest.raises(ConfigError, match="style sheet"):
        inline(page("<p>x</p>", sheet if stays else "a{margin:0}"), "" if stays else sheet)


@pytest.mark.parametrize(
    "address",
    ["logo.png", "/etc/passwd", "file:///etc/passwd", "'data:image/png;base64,AA=='", "//e.org/x.png"],
)
@pytest.mark.parametrize("stays", [True, False])
def test_an_address_that_leads_nowhere_from_a_mail_is_refused(address: str, *, stays: bool) -> None:
    """Backgrounds and fonts need whole addresses."""
    rule = f"p {{ background: url({address}) }}"
    with pytest.raises(ConfigError, match="has the address"):
        inline(page("<p>x</p>", rule if stays else "a{margin:0}"), "" if stays else rule)


def test_whole_addresses_stay_as_they_are_and_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even a file is opened, whatever the theme names."""
    css = "p { background: #fff url(https://127.0.0.1:9/a,b.png) } a { background: url('cid:logo@e.org') }"
    inline(page("<p>x</p>"), css)
    monkeypatch.setattr(builtins, "open", lambda *_, **__: pytest.fail("the inliner read a file"))
    html = styled(css, '<p>x <a href="file:///etc/passwd">y</a><img src="/etc/passwd"></p>')
    assert '<p style="background:#fff url(https://127.0.0.1:9/a,b.png)">' in html
    assert "style=\"background:url('cid:logo@e.org')\"" in html


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" href="x.css">',
        "<LINK href=//e.org/x.css rel=Stylesheet>",
        '<link title=">" rel="alternate stylesheet" href="http://127.0.0.1:9/x.css">',
    ],
)
def test_a_linked_sheet_is_refused(link: str) -> None:
    """A mail cannot fetch, so a theme may not link."""
    with pytest.raises(ConfigError, match="links a style sheet"):
        inline(page(link), "")


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (":root { --ink: red } p { color: var(--ink) }", "color:red"),
        ("p { color: VAR( --ink , #123456 ) }", "color:#123456"),
        ("p { font-family: var(--font, 'A, B', serif) }", "font-family:'A, B',serif"),
        ("html { --a: 1px; --b: var(--a) 2px } p { margin: var(--b) var(--a) }", "margin:1px 2px 1px"),
        ("html { --a: 1px } body { --a: 2px } p { margin: var(--a) }", "margin:2px"),
        ("body { --a: 2px } :root { --a: 1px } p { margin: var(--a) }", "margin:2px"),
        (":root { --a: 1px } :root { --a: 2px } p { margin: var(--a) }", "margin:2px"),
        (":root { --a: 1px !important } :root { --a: 2px } p { margin: var(--a) }", "margin:1px"),
        ("p { width: calc(var(--w, (100% - 2px)) / 2) }", "width:calc((100% - 2px) / 2)"),
        ("p { color: var(--a, var(--b, blue)) }", "color:blue"),
        (":root { --Ink: red; --ink: blue } p { color: var(--Ink) }", "color:red"),
        (":root { --c: 1 2 3 } p { color: rgb(var(--c) / .5) }", "color:rgba(1,2,3,0.5)"),
        (":root { --none: } p { margin: var(--none)1px }", "margin:1px"),
        ("p { quotes: 'var(--x)' }", "quotes:'var(--x)'"),
    ],
)
def test_variables_are_what_they_stand_for(css: str, expected: str) -> None:
    """Mail programs drop a declaration with a variable, so the letter has none."""
    assert f'<p style="{expected}">x</p>' == styled(css)


def test_variables_are_shared_by_both_sheets_and_by_style_attributes() -> None:
    """One `:root` is enough, wherever it stands."""
    html = inline(
        page('<p style="margin: var(--gap)">x</p>', "p{padding:var(--gap)} :root{--ink:red}"),
        ":root { --gap: 3px } p { color: var(--ink) }",
    )
    assert '<p style="color:red;margin:3px">' in html
    assert "<style>\np{padding:3px}\n</style>" in html


def test_a_variable_set_anew_in_the_dark_turns_every_rule_that_uses_it() -> None:
    """Dark mode by variables works, though the elements have the light values in them."""
    keep = (
        "i{color:var(--ink)} @media (prefers-color-scheme: dark) { :root { --ink: #eee } b { color: var(--ink) } }"
        "@media print{p{color:var(--ink)}}"
    )
    css = ":root { --ink: #111; --gap: 1px } p, .a { color: var(--ink); margin: var(--gap) } td { margin: 0 }"
    assert kept(keep, css) == (
        "i{color:#111}\n"
        "@media (prefers-color-scheme: dark){p,.a{color:#eee !important}\ni{color:#eee !important}\nb{color:#eee}}\n"
        "@media print{p{color:#111}}"
    )


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("p { color: var(--ink) }", "uses --ink, which is not set"),
        (":root { --a: var(--b); --b: var(--a) } p { margin: var(--a) }", "of itself"),
        (".card { --ink: red }", r"sets --ink for \.card"),
        (":root, .card { --ink: red }", "sets --ink for"),
        (
            ":root { --a0: xxxxxxxxxx;"
            + "".join(f"--a{n + 1}: var(--a{n}) var(--a{n});" for n in range(40))
            + "} p { margin: var(--a40) }",
            "more than 4000 characters",
        ),
    ],
)
def test_variables_that_mean_nothing_are_refused(css: str, message: str) -> None:
    """Unset, endless, set for a part of the letter, or growing without bound."""
    with pytest.raises(ConfigError, match=message):
        styled(css)


def test_variables_that_double_without_growing_take_no_time() -> None:
    """Each is resolved once: this one would take years otherwise."""
    css = ":root { --a0: ;" + "".join(f"--a{n + 1}: var(--a{n})var(--a{n});" for n in range(60)) + "}"
    assert '<p style="margin:1px">x</p>' == styled(css + "p { margin: var(--a60)1px }")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("rgb(0 0 0 / 50%)", "rgba(0,0,0,0.5)"),
        ("RGB(1 2 3/.25)", "rgba(1,2,3,0.25)"),
        ("rgba(1 2 3)", "rgb(1,2,3)"),
        ("hsl(120deg 50% 50% / 1)", "hsla(120deg,50%,50%,1)"),
        ("rgb(1, 2, 3)", "rgb(1,2,3)"),
        ("rgba(1,2,3,.5)", "rgba(1,2,3,.5)"),
    ],
)
def test_colours_are_written_as_gmail_reads_them(value: str, expected: str) -> None:
    """In both sheets: with the new notation Gmail drops the whole attribute or sheet."""
    assert f'<p style="color:{expected}">x</p>' == styled(f"p {{ color: {value} }}")
    assert f"p{{color:{expected}}}" == kept(f"p {{ color: {value} }}")


@pytest.mark.parametrize(
    "css",
    [
        "p { color: rgb(from red r g b / 50%) }",
        "p { color: rgb(calc(1 + 2) 0 0 / 1) }",
        "p { color: rgb(none 0 calc(1) / 50%) }",
    ],
)
def test_a_colour_that_cannot_be_written_so_is_refused(css: str) -> None:
    """With what to write in its place."""
    with pytest.raises(ConfigError, match="has the colour") as caught:
        kept(css)
    assert "rgba(0,0,0,0.5)" in caught.value.hint


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        ("p{margin:0!IMPORTANT}", "p{margin:0 !important}"),
        ("p { margin : 0  ! important ; }", "p{margin:0 !important}"),
        ("/* a */ P  >  b ,\n i { Margin: 0 /* b */ 1px; }", "P > b,i{margin:0 1px}"),
        ('@charset "utf-8"; p { margin: 0 }', "p{margin:0}"),
        ("<!-- p { margin: 0 } -->", "p{margin:0}"),
        (
            "@font-face { font-family: X; src: url(https://e.org/x.woff2) }",
            "@font-face{font-family:X;src:url(https://e.org/x.woff2)}",
        ),
        ("@MEDIA  screen  and (max-width: 480px), print { }", ""),
        ("@media print { p { margin: 0 } b { margin: 1px } }", "@media print{p{margin:0}\nb{margin:1px}}"),
        ("@supports (display: grid) { p { margin: 0 } }", "@supports (display: grid){p{margin:0}}"),
        ("@keyframes x { from { top: 0 } to { top: 1px } }", "@keyframes x{from{top:0}\nto{top:1px}}"),
        ('a[href="x;}{"] { content: "a  ;  }" }', 'a[href="x;}{"]{content:"a  ;  }"}'),
        ("a:hover, p::before { margin: 0 } ; ", "a:hover,p::before{margin:0}"),
        ("p { } @font-face { }", ""),
    ],
)
def test_the_kept_sheet_is_tight_and_as_mail_programs_want_it(keep: str, expected: str) -> None:
    """`!important` in lower case behind a space, no comments, no space that means nothing."""
    assert expected == kept(keep)


@pytest.mark.parametrize(
    ("keep", "message"),
    [
        ("@media screen { @media print { p { margin: 0 } } }", "@media print within @media screen"),
        ("@supports (x: y) { @media print { p { margin: 0 } } }", "@media print within @supports"),
        ("@media print { p }", "outside any rule"),
        ("p { b { margin: 0 } }", "a rule within the rule p"),
        ("@media print { p { &:hover { margin: 0 } } }", "a rule within the rule p"),
        ("p { margin: 0", "lacks a }"),
        ("p { margin: 0 } }", "} without its other half"),
        ("p { content: 'x }", "without its other half"),
        ("p { width: calc(1px + 2px }", "without its other half"),
        ("p { color: }", "gives color no value"),
        ("p { color }", "has color"),
        ("p { color: red !ie }", "!ie"),
        ("p { *zoom: 1 }", r"\*zoom"),
        ("p, { margin: 0 }", "an empty selector"),
        ("{ margin: 0 }", "an empty selector"),
        ("margin: 0;", "outside any rule"),
        ("@layer x;", "uses @layer x"),
        (f"p {{ {'x' * 80} }}", "x{60}…"),
        ("@font-face { --x: 1px }", "sets --x for @font-face"),
    ],
)
def test_what_browsers_would_skip_in_silence_is_refused(keep: str, message: str) -> None:
    """A mail cannot be mended once it is sent; and for nested rules Gmail drops the whole sheet."""
    with pytest.raises(ConfigError, match=message) as caught:
        kept(keep)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("p:hover { color: red }", "p:hover, which is about a state or a part"),
        ("a:link { color: red }", "a:link"),
        ("p::before { content: 'x' }", "p::before"),
        ("p:before { content: 'x' }", "p:before"),
        ("@media print { p { color: blue } }", "@media print, which no element can carry"),
        ("@font-face { font-family: X }", "@font-face"),
        (":is(p, b) { color: red }", "cannot be inlined"),
        ("p:not(.a, .b) { color: red }", "cannot be inlined"),
        ("p:not(.a .b) { color: red }", "cannot be inlined"),
        ("p:not(:not(.a)) { color: red }", "cannot be inlined"),
        (":first-of-type { color: red }", "without a type"),
        (".a > :nth-of-type(2) { color: red }", "without a type"),
        ("p > > b { color: red }", "cannot be inlined"),
        ("> b { color: red }", "cannot be inlined"),
        ("p > { color: red }", "cannot be inlined"),
        ("pb* { color: red }", "cannot be inlined"),
        ("svg|p { color: red }", "cannot be inlined"),
        ("[title=x i] { color: red }", "cannot be inlined"),
        ("[style] { color: red }", "cannot be inlined"),
        ("p:nth-child(2 of .a) { color: red }", "cannot be inlined"),
        ("p ! b { color: red }", "cannot be inlined"),
        (".frame, table.x > tr { color: red }", "matches nothing"),
        (":root { color: red }", "cannot be inlined"),
        ("p { content: '</STYLE>' }", "</style"),
    ],
)
def test_what_no_element_can_carry_is_refused_in_the_sheet_to_be_inlined(css: str, message: str) -> None:
    """Rules that would be lost without a word, or that one engine reads otherwise than the other."""
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        styled(css)
    assert caught.value.hint


def test_comments_and_class_names_are_not_mistaken_for_faults() -> None:
    """What only looks like an import, a variable or an end is fine."""
    css = "/* @import var(--x) } */ .a--b { color: red; content: '/* } */' }"
    assert '<p class="a--b" style="color:red;content:\'/* } */\'">x</p>' == styled(
        css, '<p class="a--b">x</p>'
    )


@pytest.mark.parametrize(
    ("css", "body", "expected"),
    [
        (
            "p { color: red }",
            '<p style="COLOR: blue; margin: 0">x</p>',
            '<p style="color:blue;margin:0">x</p>',
        ),
        (
            "p { color: red }",
            "<p style='margin:0' class=a>x</p>",
            '<p style="color:red;margin:0" class=a>x</p>',
        ),
        ("", "<p style=margin:0 class=a>x</p>", '<p style="margin:0" class=a>x</p>'),
        ("", '<p class="a" style="">x</p>', '<p class="a">x</p>'),
        ("", '<p style="margin: 0 !important">x</p>', '<p style="margin:0">x</p>'),
        ('p { quotes: "it\'s" }', "<p>x</p>", '<p style="quotes:&quot;it\'s&quot;">x</p>'),
        (
            "p { background: url(https://e.org/?a&b) }",
            "<p>",
            '<p style="background:url(https://e.org/?a&amp;b)">',
        ),
        ("", '<p title="a style=b" style="x: y">', '<p title="a style=b" style="x:y">'),
        ("img { border: 0 }", '<img alt="a>b" />', '<img alt="a>b" style="border:0" />'),
        (
            ":root { --a: b } p { margin: 0 }",
            "<p style='font-family:\"A B\"'>",
            "<p style=\"margin:0;font-family:'A B'\">",
        ),
    ],
)
def test_style_attributes_are_merged_and_tight(css: str, body: str, expected: str) -> None:
    """An element's own style wins; it stays where it is, in double quotes and with nothing important."""
    assert expected == styled(css, body)


def test_unusual_css_is_kept_without_a_word(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cssutils knows CSS 2.1 and would complain about everything since."""
    with caplog.at_level(logging.DEBUG):
        html = styled(
            "p { word-break: break-word; gap: 2px; color: #12; mso-hide: all; -webkit-hyphens: none }"
        )
    assert "word-break:break-word;gap:2px;color:#12;mso-hide:all;-webkit-hyphens:none" in html
    assert ([], ("", "")) == (caplog.records, tuple(capsys.readouterr()))


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Caches, warm or cold, do not show."""
    body = "".join(f'<p class="c{number}">x {tmp_path.anchor}</p>' for number in range(300))
    css = "".join(f".c{number} {{ margin: {number}px }}" for number in range(300))
    assert inline(page(body), css) == inline(page(body), css)


def test_a_long_letter_is_inlined_whole() -> None:
    """170 KB of prose, code and rows: every element has its style, and no text is lost."""
    body = "".join(
        f"<h2>{n}</h2><p>Prose <code>{n}</code> &amp; more</p><table><tr><td>{n}</td></tr></table>"
        for n in range(2000)
    )
    html = styled("h2, p, code, td { margin: 0 }", body)
    assert body == html.replace(' style="margin:0"', "")
    assert 8000 == html.count('style="margin:0"')


@given(st.text(alphabet="<>/=\"' \n!-[]pabdivstyle&;{}()@:,.#%|*x0", max_size=120))
@settings(max_examples=150, deadline=None)
def test_no_document_breaks_the_inliner(text: str) -> None:
    """Whatever a theme's template gives: a letter of which only `style` is new, or a ConfigError."""
    html = "<!DOCTYPE html>\n" + text.lstrip()
    try:
        done = inline(html, "b { color: red }")
    except ConfigError:
        return
    if "style" not in html.lower() and "doctype" not in text.lower():
        assert html == done.replace(' style="color:red"', "") or "/>" in html


@given(st.text(alphabet="<>/=\"'\\ \n!-[]pab&;{}()@:,.#%|*x0+~", max_size=80))
@settings(max_examples=300, deadline=None)
def test_no_sheet_breaks_the_inliner(css: str) -> None:
    """Whatever a theme's sheet says: style in the elements, or a ConfigError that names the place."""
    for keep, moved in (("a{margin:0}", css), (css.replace("<", ""), "")):
        try:
            html = inline(page("<p>x</p>", keep), moved)
        except ConfigError:
            continue
        assert ">x</p>" in html
