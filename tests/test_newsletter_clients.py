"""What mail programs know of a mail: facts of caniemail.com, told apart into losses and what is fine without."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import feeds
from feeds.newsletter.clients import audience, style_sheets
from feeds.newsletter.clients.losses import Support, support
from feeds.newsletter.clients.support import table
from feeds.newsletter.clients.uses import image_format, uses

TOP = Path(__file__).parent.parent
TABLE = Path(feeds.__file__).parent / "newsletter/clients/support.json"
OUTLOOK = {"outlook-windows": 1}


def mail(body: str, css: str = "") -> str:
    """A mail with this in its body and its head."""
    return f"<!DOCTYPE html>\n<html>\n<head>\n<style>{css}</style>\n</head>\n<body>\n{body}\n</body>\n</html>"


def losses(html: str, readers: dict[str, int] | None = None) -> dict[str, Support]:
    """What is lost, by feature."""
    return {each.slug: each for each in support(html, readers or {}) if each.is_loss}


def fine(html: str, readers: dict[str, int] | None = None) -> dict[str, str]:
    """What the mail does well without, by feature, and what is there instead."""
    return {each.slug: each.without for each in support(html, readers or {}) if not each.is_loss}


# -- the table


def test_the_table_names_its_source_its_date_and_its_licence() -> None:
    """The data are other people's, who ask for their notice to go along."""
    about = json.loads(TABLE.read_text(encoding="utf-8"))["about"]
    assert "https://www.caniemail.com/" == about["from"]
    assert "Rémi Parmentier" in about["by"]
    assert table().date == about["date"] >= "2026-05-13"
    assert any(line.startswith("MIT License. Copyright (c)") for line in about["licence"])
    assert any("notice shall be included" in line for line in about["licence"])


def test_every_row_has_a_cell_for_every_client() -> None:
    """A row that is off by one would speak of other programs."""
    assert 290 < len(table().features)
    assert {len(table().clients)} == {len(feature.support) for feature in table().features.values()}
    assert set("yanu-") >= {sign for feature in table().features.values() for sign, _ in feature.support}
    assert all(table().family_of(client) for client in table().clients)


DATA: dict[str, Any] = {
    "last_update_date": "2026-05-13 14:45:41 +0000",
    "nicenames": {"family": {"gmail": "Gmail", "outlook": "Outlook"}},
    "data": [
        {
            "slug": "css-padding",
            "title": "padding",
            "last_test_date": "2019-7-5",
            "stats": {
                "outlook": {"windows": {"2016": "n", "2019": "a #1 #2"}, "outlook-com": {"2020": "y"}},
                "gmail": {"ios": {"2019-02": "y"}, "android": {}},
            },
            "notes_by_num": {"1": "Partial. Only supported on table cells.", "2": "A new one."},
        },
        {"slug": "bimi", "title": "BIMI", "last_test_date": "2022-12-29", "stats": {}, "notes_by_num": None},
    ],
}


@pytest.mark.skipif(not (TOP / "docs" / "caniemail.py").exists(), reason="the script is not in the wheel")
def test_the_script_makes_the_table_from_a_copy_of_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    """The newest version counts, notes become conditions, unknown ones are named, and what no mail has goes."""
    made = json.loads(runpy.run_path(str(TOP / "docs" / "caniemail.py"))["written"](DATA))
    assert ["gmail-ios", "outlook-web", "outlook-windows"] == made["clients"]
    assert ["css-padding"] == list(made["features"])
    row = made["features"]["css-padding"]
    assert ("y y a1+2", "2019-07-05", "padding") == (row["support"], row["tested"], row["title"])
    assert "property padding-left" in row["is"]
    assert {"1": {"except": "td th", "says": "only on table cells"}, "2": {}} == row["notes"]
    assert "no row in NOTES for css-padding: A new one." in capsys.readouterr().err


# -- what a mail uses

KINDS = [
    ("<p>x</p>", "element p"),
    ('<td valign="top">x</td>', "attribute valign"),
    ('<p style="color:red;MARGIN-left: 3px">x</p>', "property margin-left"),
    ('<p style="width:calc(100% - 2em)">x</p>', "function calc"),
    ('<p style="width:calc(100% - 2em)">x</p>', "unit em"),
    ('<p style="width:50%">x</p>', "unit %"),
    ('<p style="width:fit-content">x</p>', "keyword fit-content"),
    ('<p style="color:red !IMPORTANT">x</p>', "keyword !important"),
    ("<p style=\"background:url('https://e.org/a.WEBP?x=.png')\">x</p>", "image webp"),
    ('<img src="https://e.org/a.svg#x">', "image svg"),
    ('<img srcset="https://e.org/a.avif 2x">', "image avif"),
    ('<td background="https://e.org/a.bmp">x</td>', "image bmp"),
    ('<img src="data:image/png;base64,AAAA">', "image data"),
    ('<video poster="https://e.org/a.heic"></video>', "image heic"),
    ('<a href="mailto:a@e.org">x</a>', "link mailto"),
    ('<a href="#x">x</a>', "link #"),
    ('<input type="CHECKBOX">', "input checkbox"),
    ('<meta name="color-scheme" content="light">', "meta color-scheme"),
    ("<!-- so -->", "comment html"),
    ('<p style="/* so */color:red">x</p>', "comment css"),
    ("<!DOCTYPE html>", "element !doctype"),
]
SHEETS = [
    ("@media (prefers-color-scheme:dark){p{color:red}}", "media prefers-color-scheme"),
    ("@media print{p{color:red}}", "at media"),
    ("@import url(x.css);", "at import"),
    ("@font-face{font-family:x}", "at font-face"),
    ("@media print{@supports (gap:1px){p{gap:1px}}}", "property gap"),
    ("a:hover{color:red}", "pseudo hover"),
    ("p::first-line{color:red}", "pseudo first-line"),
    ("p:not(.x){color:red}", "pseudo not"),
    ("a{color:red;&:hover{color:blue}}", "selector nesting"),
    ("a b{color:red}", "selector descendant"),
    ("a > b{color:red}", "selector >"),
    ("a+b{color:red}", "selector +"),
    ("a~b{color:red}", "selector ~"),
    ("[data-ogsc] a{color:red}", "selector []"),
    (".a.b{color:red}", "selector chained"),
    ("#a{color:red}", "selector id"),
    ("*{color:red}", "selector *"),
    ("a,b{color:red}", "selector grouped"),
    ("a{color:rgba(0,0,0,.5)}", "function rgba"),
    ("a{content:'}';gap:2vw}", "unit vw"),
    ("/* a{} */ a{gap:1px", "property gap"),
    ("/* a */", "comment css"),
]


@pytest.mark.parametrize(("html", "expected"), KINDS)
def test_what_an_element_uses_is_seen(html: str, expected: str) -> None:
    """Elements, attributes, properties, values, links and images."""
    assert expected in {f"{use.kind} {use.name}" for use in uses(html)}


@pytest.mark.parametrize(("css", "expected"), SHEETS)
def test_what_a_style_sheet_uses_is_seen(css: str, expected: str) -> None:
    """At-rules, selectors, and declarations however deep."""
    found = [use for use in uses(f"<style>{css}</style>") if use.where == "sheet"]
    assert expected in {f"{use.kind} {use.name}" for use in found}


NOT_SEEN = [
    ("<!--[if mso]><table width=600><![endif]-->", "element table"),
    ("<!--[if mso]><x><![endif]-->", "comment html"),
    ("<!--[if !mso]><!--><p>x</p><!--<![endif]-->", "comment html"),
    ("<p>flex; gap: 3px</p>", "property gap"),
    ("<p style=\"font-family:'3em'\">x</p>", "unit em"),
    ("<style>.a:after{}</style><p>b:hover{}</p>", "pseudo hover"),
    ("<style>@keyframes x{from{gap:1px}}</style>", "selector type"),
    ("<style>[title='a > b']{gap:1px}</style>", "selector >"),
    ("<style>p{background:url(a;b:c)}</style>", "property b"),
    ('<video src="a.mp4"></video>', "image mp4"),
    ('<p style="color:#1e3e5e">x</p>', "unit e"),
]


@pytest.mark.parametrize(("html", "wrong"), NOT_SEEN)
def test_what_only_looks_like_it_is_not_seen(html: str, wrong: str) -> None:
    """Text, strings, Outlook's own comments."""
    assert wrong not in {f"{use.kind} {use.name}" for use in uses(html)}


def test_uses_have_their_line_and_an_excerpt() -> None:
    """The first place of use can be found."""
    html = '<style>\na{\n color:red;\n gap:1px }\n</style>\n<p\nstyle="color:red;\ngap:1px">x'
    found = [use for use in uses(html) if use.name == "gap"]
    assert [(4, "a { gap:1px }"), (6, '<p style="gap:1px">')] == [(use.line, use.excerpt) for use in found]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://e.org/a.PNG?b=c.gif", "png"),
        ("https://e.org/a", ""),
        ("https://e.org/.webp", ""),
        ("http://[", ""),
    ],
)
def test_the_format_of_an_image_is_read_from_its_address(url: str, expected: str) -> None:
    """From the path's end alone."""
    assert expected == image_format(url)


HTML = st.lists(
    st.sampled_from(
        [
            '<p style="',
            "<style>",
            "</style>",
            "{",
            "}",
            ";",
            "@media (",
            ")",
            "/*",
            "*/",
            "'",
            '"',
            ":",
            "gap",
            "<!--",
        ]
    )
    | st.text(max_size=5)
).map("".join)


@given(HTML)
def test_any_text_is_read(html: str) -> None:
    """A report must not fail at what it is to report on."""
    assert isinstance(support(html, {}), tuple)
    assert isinstance(list(style_sheets.rules(html)), list)


def test_deep_sheets_are_read_to_a_depth() -> None:
    """Nothing nests as deep as this but an attack."""
    assert 21 == len(list(style_sheets.rules("@media x{" * 500 + "a{gap:1px}" + "}" * 500)))


# -- what is lost

LOST = [
    ('<div style="display:flex">x</div>', "css-display-flex"),
    ('<div style="display:grid">x</div>', "css-display-grid"),
    ('<p style="position:absolute">x</p>', "css-position"),
    ("<video></video>", "html-video"),
    ("<svg></svg>", "html-svg"),
    ('<img src="https://e.org/a.webp">', "image-webp"),
    ('<img src="https://e.org/a.avif">', "image-avif"),
    ('<p style="color:rgb(0 0 0 / 50%)">x</p>', "css-rgb"),
    ('<p style="margin:-4px 0">x</p>', "css-margin"),
    ('<a style="padding:9px;background:#06c">Buy</a>', "css-padding"),
    ('<div style="max-width:400px">x</div>', "css-max-width"),
    ('<div style="background-image:url(https://e.org/a.png)">x</div>', "css-background-image"),
    ('<p dir="rtl">x</p>', "html-dir"),
    ("<form></form>", "html-form"),
]


@pytest.mark.parametrize(("body", "slug"), LOST)
def test_what_readers_lose_is_a_loss(body: str, slug: str) -> None:
    """Layout that falls apart, images that are not shown."""
    assert slug in losses(mail(body))


@pytest.mark.parametrize("css", ["@import url(x.css);", "a{color:rgb(0 0 0 / .5)}", "a{b{gap:1px}}"])
def test_what_takes_the_whole_sheet_along_is_a_loss(css: str) -> None:
    """Some programs drop everything around these."""
    assert losses(mail("", css))


FINE = [
    ('<table style="table-layout:fixed"></table>', "css-table-layout"),
    ('<td style="overflow-wrap:break-word;word-break:break-word">x</td>', "css-overflow-wrap"),
    ('<td style="overflow-wrap:break-word;word-break:break-word">x</td>', "css-word-break"),
    (
        '<div style="display:none;max-height:0;overflow:hidden;opacity:0;mso-hide:all">x</div>',
        "css-display-none",
    ),
    (
        '<div style="display:none;max-height:0;overflow:hidden;opacity:0;mso-hide:all">x</div>',
        "css-max-height",
    ),
    ('<div style="overflow-x:auto">x</div>', "css-overflow"),
    ('<pre style="white-space:pre-wrap">x</pre>', "css-white-space"),
    ('<td style="border-radius:6px">x</td>', "css-border-radius"),
    ('<pre style="padding:14px 16px;background-color:#eee">x</pre>', "css-padding"),
    ('<ul style="padding:0;padding-left:26px"></ul>', "css-padding"),
    (
        '<img width="544" style="max-width:100%;height:auto" src="https://e.org/a.png" alt="x">',
        "css-max-width",
    ),
    (
        '<img style="padding:8px 0;background-color:#fff;background-image:linear-gradient(#fff,#fff)" width="9">',
        "css-linear-gradient",
    ),
    ('<table role="presentation" lang="en"></table>', "html-role"),
    ('<p lang="fr">x</p>', "html-lang"),
    ('<p dir="auto">x</p>', "html-dir"),
    ("<figure>x</figure>", "html-semantics"),
    ('<meta name="color-scheme" content="light dark">', "html-meta-color-scheme"),
]


@pytest.mark.parametrize(("body", "slug"), FINE)
def test_what_mails_do_well_without_is_explained(body: str, slug: str) -> None:
    """Progressive enhancements are needed, and called what they are."""
    html = mail(body)
    assert fine(html)[slug]
    assert {} == losses(html)


@pytest.mark.parametrize(
    "css",
    [
        "@media (max-width:480px){p{padding:0 !important}}",
        "@media (prefers-color-scheme:dark){p{color:#fff}}",
    ],
)
def test_style_sheets_for_phones_and_for_the_dark_are_fine(css: str) -> None:
    """A mail reads well without its style sheet, so what is only there is no loss."""
    assert {} == losses(mail("<p>x</p>", css))
    assert "only in the style sheet" in fine(mail("<p>x</p>", css))["css-at-media"]


def test_the_default_theme_loses_nothing_in_any_program() -> None:
    """Every issue of the golden trees: what some programs do not know is explained."""
    mails = sorted((Path(__file__).parent / "golden").rglob("issue.html"))
    assert mails
    for each in mails:
        html = each.read_text(encoding="utf-8")
        assert {} == losses(html)
        assert {"css-table-layout", "css-at-media", "html-role"} <= set(fine(html))


NOTED = [
    ('<p style="margin:4px">x</p>', '<p style="margin:-4px">x</p>', "css-margin", "not below zero"),
    ('<td style="padding:4px">x</td>', '<p style="padding:4px">x</p>', "css-padding", "only on table cells"),
    ('<p style="font-size:17px">x</p>', '<p style="font-size:1rem">x</p>', "css-font-size", "not in rem"),
    (
        '<td style="width:9px">x</td>',
        '<p style="width:9px">x</p>',
        "css-width",
        "not on body, span, div, p and img",
    ),
    (
        "<style>p{color:red !important}</style>",
        '<p style="color:red !important">x</p>',
        "css-important",
        "not in style attributes",
    ),
    (
        '<p style="margin:4px">x</p>',
        '<p style="margin:4px;background:red">x</p>',
        "css-margin",
        "has the colour of the background",
    ),
]


@pytest.mark.parametrize(("good", "bad", "slug", "says"), NOTED)
def test_partial_support_counts_where_it_concerns_the_mail(good: str, bad: str, slug: str, says: str) -> None:
    """Who uses only the part that a program knows is told nothing."""
    every = dict.fromkeys(("outlook-windows", "yahoo"), 1)
    assert says not in {said for each in support(good, every) if each.slug == slug for _, said in each.partly}
    assert says in {said for each in support(bad, every) if each.slug == slug for _, said in each.partly}


def test_a_loss_says_where_it_is_and_whom_it_hits() -> None:
    """All that one needs to decide."""
    html = mail('<p>x</p>\n<div style="display:flex">a</div>\n<div style="display:flex">b</div>')
    found = losses(html, {"outlook-windows": 20, "gmail": 60, "apple-mail": 15, "other": 5})[
        "css-display-flex"
    ]
    assert ("display:flex", "https://www.caniemail.com/features/css-display-flex/") == (
        found.title,
        found.url,
    )
    assert ('<div style="display:flex">', 8, 2) == (found.excerpt, found.line, found.count)
    assert ("outlook-windows",) == found.no
    assert {"gmail-ios", "gmail-android"} == {client for client, _ in found.partly}
    assert 0.5 == pytest.approx(found.readers)


def test_what_hits_most_readers_comes_first_and_losses_before_the_rest() -> None:
    """By the audience of this newsletter, not by that of the world."""
    html = mail(
        '<img src="https://e.org/a.webp"><img src="https://e.org/b.svg"><p style="border-radius:3px">x</p>'
    )
    by_outlook = support(html, {"outlook-windows": 9, "gmail-web": 1})
    by_gmail = support(html, {"outlook-windows": 1, "gmail-web": 9})
    assert ["image-webp", "image-svg"] == [each.slug for each in by_outlook if each.slug.startswith("image")]
    assert ["image-svg", "image-webp"] == [each.slug for each in by_gmail if each.slug.startswith("image")]
    kinds = [each.is_loss for each in by_outlook]
    assert sorted(kinds, reverse=True) == kinds


def test_programs_that_nobody_uses_are_not_spoken_of() -> None:
    """Newsletters whose readers all have Apple Mail may use what it knows."""
    assert {} == losses(mail('<div style="display:flex">x</div>'), {"apple-mail": 1})


def test_a_feature_can_be_a_loss_in_one_place_and_fine_in_another() -> None:
    """Both are told."""
    html = mail('<pre style="padding:3px">x</pre><a style="padding:3px;background:red">x</a>')
    assert [True, False] == [each.is_loss for each in support(html, OUTLOOK) if each.slug == "css-padding"]


def test_an_excerpt_shows_what_is_seen_rather_than_the_style_sheet() -> None:
    """The same property is in both."""
    html = mail('<pre style="padding:3px">x</pre>', "p{padding:9px}")
    (found,) = [each for each in support(html, OUTLOOK) if each.slug == "css-padding"]
    assert '<pre style="padding:3px">' == found.excerpt


# -- the audience


def test_without_an_audience_every_family_counts_the_same() -> None:
    """Those that were tested; Windows Mail is no more."""
    shares = audience.weights({})
    families: dict[str, float] = {}
    for client, share in shares.items():
        family = table().family_of(client)
        families[family] = families.get(family, 0) + share
    assert {"gmail", "apple-mail", "outlook", "yahoo", "thunderbird", "gmx", "samsung-email"} <= set(families)
    assert 1 == pytest.approx(sum(families.values()))
    assert max(families.values()) == pytest.approx(min(families.values()))
    assert "outlook-windows-mail" not in shares
    assert "rainloop" not in families


def test_a_family_s_readers_are_spread_over_the_platforms_that_are_not_named() -> None:
    """`outlook-windows` says how many of the Outlook readers have that one."""
    shares = audience.weights({"outlook": 40, "outlook-windows": 50, "other": 10})
    assert 0.5 == pytest.approx(shares["outlook-windows"])
    assert {0.1} == {round(shares[f"outlook-{at}"], 6) for at in ("android", "ios", "macos", "web")}
    assert 0.1 == pytest.approx(shares["other"])


@pytest.mark.parametrize(("name", "client"), [("hotmail", "outlook-web"), ("iphone", "apple-mail-ios")])
def test_programs_may_be_called_what_people_call_them(name: str, client: str) -> None:
    """A few other names."""
    assert {client: 1} == audience.weights({name: 3})


def test_readers_of_what_is_not_known_are_others() -> None:
    """They count among all, and are never said to be hit."""
    assert {"gmail-ios": 0.25, "other": 0.75} == audience.weights({"gmail-ios": 1, "pegasus": 3})
    assert {"rainloop-web": 1.0} == audience.weights({"rainloop": 1})


def test_programs_of_a_family_are_named_together() -> None:
    """All of them by the family's name alone, in the order that they are given in."""
    gmail = ["gmail-android", "gmail-ios", "gmail-mobile-web", "gmail-web"]
    assert ["Outlook (Windows, web)", "Gmail"] == audience.named(["outlook-windows", *gmail, "outlook-web"])


@given(st.dictionaries(st.sampled_from(audience.names()) | st.text(max_size=5), st.integers(-5, 99)))
def test_shares_are_of_one(readers: dict[str, int]) -> None:
    """Whatever the settings say."""
    assert 1 == pytest.approx(sum(audience.weights(readers).values()))
