"""The rooms of the contract: signatures, pictures within the mail, colours and the cascade of style sheets."""

from __future__ import annotations

import ast
import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import feeds
from feeds.newsletter.contract import addresses, colours, page, selectors, sheet, text, wire
from feeds.newsletter.contract.cascade import Cascade
from mail_cases import HEAD, HTML, TEXT, crlf, eml, judged, part

if TYPE_CHECKING:
    from feeds.newsletter.contract import Finding


def names(found: tuple[Finding, ...]) -> set[str]:
    """The rules that are broken."""
    return {finding.rule.id for finding in found}


def test_what_judges_has_no_part_in_writing() -> None:
    """A mistake in the writer cannot hide in what is to find it."""
    wanted = set()
    for path in (Path(feeds.__file__).parent / "newsletter/contract").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("feeds"):
                wanted.add(node.module)
    ours = {name for name in wanted if not name.startswith("feeds.newsletter.contract")}
    assert ours - {"feeds.newsletter.contract"} <= {
        *("feeds.model", "feeds.settings", "feeds.problems"),
        *("feeds.validity", "feeds.validity.cite", "feeds.validity.markup"),
    }


# --- DKIM


def signature(
    canonical: bytes, way: str = "simple/simple", domain: str = "example.org", covers: str = ""
) -> bytes:
    """The header of a signature, over a body that has this canonical form."""
    digest = base64.b64encode(hashlib.sha256(canonical).digest()).decode()
    covers = covers or "From:Subject:List-Unsubscribe:\n List-Unsubscribe-Post"
    return crlf(
        f"DKIM-Signature: v=1; a=rsa-sha256; c={way}; d={domain}; s=x;\n h={covers};\n bh={digest}; b=AAAA\n"
    )


def signed(data: bytes, domain: str = "example.org", covers: str = "") -> bytes:
    """A mail with a signature, whose hash of the body is right."""
    return signature(data.partition(b"\r\n\r\n")[2], domain=domain, covers=covers) + data


@pytest.mark.parametrize("domain", ["example.org", "EXAMPLE.org"])
def test_a_right_signature_breaks_nothing(domain: str) -> None:
    """Of the sender's domain, over what matters, and of this body."""
    assert set() == names(judged(signed(eml(), domain=domain)))


@pytest.mark.parametrize(
    ("way", "body", "canonical"),
    [
        ("relaxed/relaxed", b" C \r\nD \t E\r\n\r\n\r\n", b" C\r\nD E\r\n"),
        ("relaxed/simple", b" C \r\nD \t E\r\n\r\n\r\n", b" C \r\nD \t E\r\n"),
        ("relaxed", b" C \r\n\r\n", b" C \r\n"),
        ("relaxed/relaxed", b"\r\n", b""),
        ("simple/simple", b"\r\n", b"\r\n"),
    ],
)
def test_bodies_are_compared_in_their_canonical_form(way: str, body: bytes, canonical: bytes) -> None:
    """The examples of RFC 6376 section 3.4.5."""
    head = b"From: a@example.org\r\n\r\n"
    assert "dkim-body" not in names(judged(signature(canonical, way) + head + body))
    assert "dkim-body" in names(judged(signature(canonical + b"x", way) + head + body))


def test_a_signature_may_be_over_the_beginning() -> None:
    """With a length, which nobody should give (RFC 6376 section 8.2)."""
    head = signature(b"ab").replace(b"v=1;", b"v=1; l=2;") + b"From: a@example.org\r\n\r\nabc\r\n"
    assert "dkim-body" not in names(judged(head))


@pytest.mark.parametrize("domain", ["example.net", "ample.org", "org", ""])
def test_a_signature_of_another_domain_is_found(domain: str) -> None:
    """DMARC asks that it is the one of From."""
    assert {"dkim-aligned"} == names(judged(signed(eml(), domain=domain)))


@pytest.mark.parametrize(
    "covers", ["From:List-Unsubscribe", "Subject:List-Unsubscribe:List-Unsubscribe-Post"]
)
def test_a_signature_that_leaves_out_a_header_is_found(covers: str) -> None:
    """One click is only heard when both headers are signed."""
    assert {"dkim-covers"} == names(judged(signed(eml(), covers=covers)))


def test_a_body_that_was_changed_is_found() -> None:
    """Signed bytes are sent bytes."""
    data = signed(eml()).replace(b"Green", b"Black")
    assert {"dkim-body"} == names(judged(data))


# --- parts


PICTURE = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <cup@example.org>\r\n\r\niVBORw0KGgo=\r\n"


def related(*inside: bytes) -> bytes:
    """A part that holds others."""
    body = b"".join(b"\r\n--=_inner\r\n" + each for each in inside)
    return b'Content-Type: multipart/related; boundary="=_inner"\r\n' + body + b"\r\n--=_inner--\r\n"


EMBEDDED = HTML.replace("https://example.org/cup.png", "cid:cup@example.org")


def test_a_picture_within_the_mail_breaks_nothing() -> None:
    """The HTML first, and then what it shows."""
    inside = related(part("html", EMBEDDED), PICTURE)
    assert set() == names(judged(eml(parts=(part("plain", TEXT), inside))))


@pytest.mark.parametrize(
    ("inside", "rule"),
    [
        (related(PICTURE, part("html", EMBEDDED)), "mime-related"),
        (related(part("html", EMBEDDED), PICTURE.replace(b"Content-ID", b"X-ID")), "mime-related"),
        (related(part("html", EMBEDDED), PICTURE.replace(b"image/png", b"application/pdf")), "mime-related"),
        (related(part("html", HTML), PICTURE), "image-embedded"),
        (related(part("html", EMBEDDED), PICTURE.replace(b"cup@", b"cap@")), "image-embedded"),
    ],
)
def test_a_picture_that_is_not_shown_right_is_found(inside: bytes, rule: str) -> None:
    """In its place, with a name, and shown."""
    assert rule in names(judged(eml(parts=(part("plain", TEXT), inside))))


FAR = {"footer-reason"}  # which is then not near the end


def test_the_longer_encoding_is_found() -> None:
    """A mail in Persian is half as long in base64."""
    persian = part("plain", TEXT + "متن\n" * 500, encoding="quoted-printable")
    assert {"mime-shorter"} == names(judged(eml(parts=(persian, part("html", HTML))))) - FAR
    assert set() == names(judged(eml(text=TEXT + "متن\n" * 500))) - FAR


# --- the head


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?caf=C3=A9?=", "café"),
        ("=?UTF-8?B?Y2Fmw6k=?=", "café"),
        ("=?utf-8?q?a?= =?utf-8?q?b?= c", "ab c"),
        ("=?utf-8?q?a?=\t =?utf-8?q?b?=\t =?utf-8?q?c?=", "abc"),
        ("=?utf-8*en?q?a_b?=", "a b"),
        ("=?latin-1?q?=E9?=", "=?latin-1?q?=E9?="),
    ],
)
def test_encoded_words_are_read(value: str, expected: str) -> None:
    """RFC 2047; what is not UTF-8 stays as it is."""
    assert expected == wire.decoded(value)


def test_fields_are_as_they_were_written() -> None:
    """Folded lines are one value, and nothing is mended."""
    read = wire.read(crlf(HEAD.replace("List-Post: NO", "List-Post:  NO  \n (really)") + "\nbody"))
    (field,) = read.named("list-post")
    assert ("NO   (really)", ("List-Post:  NO  ", " (really)"), 12) == (field.raw, field.lines, field.line)
    assert b"body" == read.body


# --- HTML


def test_a_page_knows_its_elements_and_its_faults() -> None:
    """By line, and never mended."""
    read = page.read("<!doctype html>\n<p class=a>x<br>&amp;\n<b>y</p></i><style>a > b</style>")
    assert [("p", 2), ("br", 2), ("b", 3), ("style", 3)] == [
        (each.tag, each.line) for each in read.elements()
    ]
    assert ((3, "</i> closes nothing"), (3, "<b> is not closed")) == read.faults
    assert ["\n", "x", "&\n", "y"] == [each.data for each in read.texts()]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("color:red", (("color", "red", False),)),
        ("Color : RED ; ; x", (("color", "RED", False),)),
        ("a:url(x;y);b:';'", (("a", "url(x;y)", False), ("b", "';'", False))),
        ("a:b !IMPORTANT", (("a", "b", True),)),
        ("/* a:b; */c:d", (("c", "d", False),)),
        ("a:'", (("a", "'", False),)),
    ],
)
def test_declarations_are_read(style: str, expected: tuple[page.Declaration, ...]) -> None:
    """As CSS has them."""
    assert expected == page.declarations(style)


# --- colours


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("#fff", "#ffffff"),
        ("#1F2328", "#1f2328"),
        ("#1f2328ff", "#1f2328"),
        ("rgb(31, 35, 40)", "#1f2328"),
        ("rgba(31,35,40,.5)", "#1f2328"),
        ("rgb(100%, 0%, 0%)", "#ff0000"),
        ("hsl(120, 100%, 25%)", "#008000"),
        ("hsla(0, 0%, 100%, 1)", "#ffffff"),
        ("RebeccaPurple", "#663399"),
        ("transparent", "#000000"),
        ("#12345", None),
        ("red;", None),
        ("rgb(1,2)", None),
        ("rgb(a,b,c)", None),
        ("color(srgb 1 0 0)", None),
    ],
)
def test_colours_are_read(written: str, expected: str | None) -> None:
    """In the spellings that mail programs know."""
    found = colours.parse(written)
    assert expected == (colours.shown(found) if found else None)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000", "#fff", 21),
        ("#fff", "#000", 21),
        ("#777", "#fff", 4.48),
        ("#767676", "#fff", 4.54),
        ("#0b57d0", "#fff", 6.39),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    """As its own calculators say."""
    first, second = colours.parse(one), colours.parse(other)
    assert first is not None
    assert second is not None
    assert expected == pytest.approx(colours.contrast(first, second), abs=0.01)


# --- style sheets


@pytest.mark.parametrize(
    ("query", "light", "phone", "dark"),
    [
        ("(prefers-color-scheme:dark)", False, False, True),
        ("screen and (prefers-color-scheme: light)", True, True, False),
        ("(max-width:480px)", False, True, False),
        ("only screen and (min-width:40em)", True, False, True),
        ("(max-width:480px), (prefers-color-scheme:dark)", False, True, True),
        ("print", False, False, False),
        ("(hover:hover)", False, False, False),
        ("all", True, True, True),
    ],
)
def test_media_queries_hold_where_they_do(query: str, light: bool, phone: bool, dark: bool) -> None:  # noqa: FBT001 - of a table
    """On a wide window, a phone and in dark."""
    (rule,) = sheet.parse(f"@media {query}{{a{{color:red}}}}").rules
    variants = [
        sheet.Variant("", is_dark=False, width=800),
        sheet.Variant("", is_dark=False, width=375),
        sheet.Variant("", is_dark=True, width=800),
    ]
    assert [light, phone, dark] == [sheet.holds(rule, each) for each in variants]


def test_other_groups_hold_or_not() -> None:
    """What can be supported is; containers and fonts are for nobody here."""
    css = "@supports (a:b){a{b:c}}@container x{a{b:d}}@font-face{a:b}@keyframes k{from{a:b}}"
    rules = sheet.parse(css).rules
    variant = sheet.Variant("", is_dark=False, width=800)
    assert ["c"] == [each.style[0][1] for each in rules if sheet.holds(each, variant)]


TREE = page.read(
    '<html><body id="top" class="ground"><p class="a b" lang="en-GB">1</p><p>2</p><div><a href="/x.png">3</a><i>4</i></div></body></html>'
)


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("p", ["p", "p"]),
        (".a.b", ["p"]),
        ("p.c", []),
        ("#top", ["body"]),
        ("#top#other", []),
        ("body p", ["p", "p"]),
        ("html > p", []),
        ("body > p", ["p", "p"]),
        (".a + p", ["p"]),
        (".a ~ div i", ["i"]),
        ("html body div > i", ["i"]),
        ("div *", ["a", "i"]),
        ("[lang|=en]", ["p"]),
        ("[class~=b]", ["p"]),
        ('[href$=".png"]', ["a"]),
        ("[href^='/x']", ["a"]),
        ("[href*=x]", ["a"]),
        ("[href=x]", []),
        ("[lang]", ["p"]),
        (":root", ["html"]),
        ("a:link", ["a"]),
        ("i:link", []),
        ("a:hover", []),
        ("p:nth-child(2)", []),
        ("[data-ogsc] p", ["p", "p"]),
        ("p >", []),
        ("p, i", ["p", "p", "i"]),
        ("", []),
    ],
)
def test_selectors_mean_what_they_mean(selector: str, expected: list[str]) -> None:
    """Those that mails have; of the others, nothing."""
    found = [
        element.tag
        for element in TREE.elements()
        if any(selectors.matches(each, element) for each in selectors.parse(selector))
    ]
    assert expected == found


@pytest.mark.parametrize(
    ("html", "css", "text_", "ground"),
    [
        ("<p>x", "", "#000000", "#ffffff"),
        ("<p style='color:red'>x", "", "#ff0000", "#ffffff"),
        ("<p style='color:red'>x", "p{color:blue !important}", "#0000ff", "#ffffff"),
        ("<p style='color:red'>x", "p{color:blue}", "#ff0000", "#ffffff"),
        ("<p class=a>x", ".a{color:red}p{color:blue}", "#ff0000", "#ffffff"),
        ("<p class=a>x", "p{color:red}p{color:blue}", "#0000ff", "#ffffff"),
        ("<p bgcolor='#eeeeee'>x", "", "#000000", "#eeeeee"),
        ("<p bgcolor='#eeeeee'>x", "p{background:#111 url(a)}", "#000000", "#111111"),
        ("<p style='background:none'>x", "", "#000000", "#ffffff"),
        ("<p style='background-color:rgba(0,0,0,.5)'>x", "", "#000000", "#808080"),
        ("<p style='color:red;color:oklch(1 2 3)'>x", "", "#ff0000", "#ffffff"),
        ("<a href='x'><p style='color:inherit'>x", "", "#0000ee", "#ffffff"),
        ("<b style='color:red'><a href='x' style='color:inherit'><p>x", "", "#ff0000", "#ffffff"),
        ("<font color=green><p>x", "", "#008000", "#ffffff"),
        ("<mark><p>x", "", "#000000", "#ffff00"),
    ],
)
def test_the_cascade_is_that_of_css(html: str, css: str, text_: str, ground: str) -> None:
    """Of colours, in the order of origin, importance, weight and place."""
    read = page.read(html)
    looks = Cascade(read, sheet.parse(css)).looks(sheet.Variant("", is_dark=False, width=800))
    (paragraph,) = read.elements("p")
    look = looks[id(paragraph)]
    assert (text_, ground) == (colours.shown(look.text), colours.shown(look.ground))


def test_in_dark_programs_begin_with_dark_colours() -> None:
    """When the mail says that it is for both; so text on a ground of its own needs a colour of its own."""
    looks = {}
    for content in ("light dark", "light"):
        read = page.read(f"<meta name=color-scheme content='{content}'><p>x</p>")
        found = Cascade(read, sheet.parse("")).looks(sheet.Variant("", is_dark=True, width=800))
        looks[content] = colours.shown(found[0].text)
    assert {"light dark": "#ffffff", "light": "#000000"} == looks


# --- addresses and text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://EXAMPLE.org/a", "https://example.org/a"),
        ("https://example.org/caf%C3%A9", "https://example.org/café"),
        ("https://xn--bcher-kva.example/", "https://bücher.example/"),
        ("mailto:a@example.org", "a@example.org"),
        ("tel:+351", "+351"),
    ],
)
def test_spellings_of_an_address_are_the_same(one: str, other: str) -> None:
    """A link may be written for machines in the HTML, and for people in the text."""
    assert addresses.comparable(one) == addresses.comparable(other)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("abc", 3),
        ("茶", 2),
        ("e\u0301", 1),
        ("\u200b", 0),
        ("ｱ", 1),
        ("Ａ", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("👍🏽", 2),
        ("می\u200cشود", 5),
    ],
)
def test_columns_are_those_of_a_screen(line: str, expected: int) -> None:
    """Unicode Standard Annex 11."""
    assert expected == text.columns(line)
