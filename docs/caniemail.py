"""Make feeds/newsletter/clients/support.json of the data of caniemail.com: `docs/caniemail.py data.json`.

The argument is a copy of https://www.caniemail.com/api/data.json; this reads no network. What is kept are
the facts: which mail program knows which feature, by the newest version that was tested. What the notes say
is put into conditions of our own, by which `feeds.newsletter.clients` tells whether they concern a mail. A
note that is not known here counts as always true, and is printed: give it a row in `NOTES`.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "feeds/newsletter/clients/support.json"

LICENCE = """\
MIT License. Copyright (c) 2019 HTeuMeuLeu

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and \
associated documentation files (the "Software"), to deal in the Software without restriction, including \
without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell \
copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the \
following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial \
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT \
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO \
EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER \
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR \
THE USE OR OTHER DEALINGS IN THE SOFTWARE."""

ABOUT = {
    "from": "https://www.caniemail.com/",
    "by": "Rémi Parmentier and the contributors of Can I email…",
    "made": "docs/caniemail.py",
    "licence": LICENCE.split("\n\n"),
}
PLATFORMS = {  # as we say it
    "desktop-webmail": "web",
    "outlook-com": "web",
    "mobile-webmail": "mobile-web",
    "windows-mail": "windows-mail",
}
SIDES = ("top", "right", "bottom", "left")
LOGICAL = ("inline", "block")


def _all(kind: str, *names: str) -> list[str]:
    return [f"{kind} {name}" for name in names]


def _logical(name: str, *ends: str) -> list[str]:
    return _all("property", *(f"{name}-{axis}{end}" for axis in LOGICAL for end in ends))


# What a feature is in a mail, where its name does not say it: kind, name, and for some a pattern of values.
IS: dict[str, list[str]] = {
    "amp": [],
    "bimi": [],
    "css-animation": _all("property", "animation", "animation-name", "animation-duration"),
    "css-at-media": ["at media"],
    "css-at-media-device-pixel-ratio": _all(
        "media", *(f"-webkit-{end}device-pixel-ratio" for end in ("", "min-", "max-"))
    ),
    "css-at-media-hover": _all("media", "hover", "any-hover"),
    "css-block-inline-size": _all("property", "block-size", "inline-size"),
    "css-border": _all(
        "property",
        *(
            f"border{side}{end}"
            for side in ("", *(f"-{s}" for s in SIDES))
            for end in ("", "-width", "-style", "-color")
        ),
    ),
    "css-border-image": _all("property", "border-image", "border-image-source"),
    "css-border-inline-block": _logical("border", ""),
    "css-border-inline-block-individual": _logical("border", "-width", "-style", "-color"),
    "css-border-inline-block-longhand": _logical("border", "-start", "-end"),
    "css-border-radius": _all(
        "property",
        "border-radius",
        *(f"border-{one}-{two}-radius" for one in ("top", "bottom") for two in ("left", "right")),
    ),
    "css-border-radius-logical": _all(
        "property", *(f"border-{one}-{two}-radius" for one in ("start", "end") for two in ("start", "end"))
    ),
    "css-column-layout-properties": _all("property", "column-width", "column-rule", "column-span", "columns"),
    "css-comments": ["comment css"],
    "css-conic-gradient": _all("function", "conic-gradient"),
    "css-display": ["property display ^(?!.*(?:flex|grid|none))"],
    "css-display-flex": [r"property display (?:inline-)?flex"],
    "css-display-grid": [r"property display (?:inline-)?grid"],
    "css-display-none": ["property display none"],
    "css-filter": ["property filter"],
    "css-flex-direction": ["property flex-direction column"],
    "css-flex-wrap": _all("property", "flex-wrap", "flex-flow"),
    "css-function-clamp": ["function clamp"],
    "css-function-light-dark": ["function light-dark"],
    "css-function-max": ["function max"],
    "css-function-min": ["function min"],
    "css-gap": _all("property", "gap", "column-gap", "row-gap", "grid-gap"),
    "css-grid-template": _all(
        "property", *(f"grid-template{end}" for end in ("", "-columns", "-rows", "-areas"))
    ),
    "css-important": ["keyword !important"],
    "css-inert-attribute": ["attribute inert"],
    "css-intrinsic-size": _all("keyword", "fit-content", "min-content", "max-content"),
    "css-left-right-top-bottom": _all("property", *SIDES),
    "css-linear-gradient": _all("function", "linear-gradient", "repeating-linear-gradient"),
    "css-margin": _all("property", "margin", *(f"margin-{side}" for side in SIDES)),
    "css-margin-block-start-end": _all("property", "margin-block-start", "margin-block-end"),
    "css-margin-inline-block": _logical("margin", ""),
    "css-margin-inline-start-end": _all("property", "margin-inline-start", "margin-inline-end"),
    "css-mask-image": _all("property", "mask-image", "mask"),
    "css-modern-color": _all("function", "lch", "oklch", "lab", "oklab"),
    "css-nesting": ["selector nesting"],
    "css-overflow": _all(
        "property", "overflow", "overflow-x", "overflow-y", "overflow-block", "overflow-inline"
    ),
    "css-padding": _all("property", "padding", *(f"padding-{side}" for side in SIDES)),
    "css-padding-block-start-end": _all("property", "padding-block-start", "padding-block-end"),
    "css-padding-inline-block": _logical("padding", ""),
    "css-padding-inline-start-end": _all("property", "padding-inline-start", "padding-inline-end"),
    "css-pseudo-class-lang": ["pseudo lang"],
    "css-radial-gradient": _all("function", "radial-gradient", "repeating-radial-gradient"),
    "css-rgb": ["function rgb"],
    "css-rgba": ["function rgba"],
    "css-scroll-snap": _all("property", "scroll-snap-type", "scroll-snap-align", "scroll-snap-stop"),
    "css-selector-adjacent-sibling": ["selector +"],
    "css-selector-attribute": ["selector []"],
    "css-selector-chaining": ["selector chained"],
    "css-selector-child": ["selector >"],
    "css-selector-class": ["selector class"],
    "css-selector-descendant": ["selector descendant"],
    "css-selector-general-sibling": ["selector ~"],
    "css-selector-grouping": ["selector grouped"],
    "css-selector-id": ["selector id"],
    "css-selector-type": ["selector type"],
    "css-selector-universal": ["selector *"],
    "css-sytem-ui": [
        f"property {name} \\b(?:system-ui|ui-(?:sans-serif|serif|rounded|monospace))\\b"
        for name in ("font-family", "font")
    ],
    "css-text-emphasis": _all("property", "text-emphasis", "text-emphasis-style", "text-emphasis-color"),
    "css-transition": _all("property", "transition", "transition-property", "transition-duration"),
    "css-unit-calc": ["function calc"],
    "css-unit-initial": ["keyword initial"],
    "css-unit-percent": ["unit %"],
    "css-variables": ["function var"],
    "html-align": ["attribute align"],
    "html-anchor-links": ["link #"],
    "html-background": ["attribute background"],
    "html-button-reset": ["button reset"],
    "html-button-submit": ["button submit"],
    "html-cellpadding": ["attribute cellpadding"],
    "html-cellspacing": ["attribute cellspacing"],
    "html-comments": ["comment html"],
    "html-doctype": ["element !doctype"],
    "html-h1-h6": _all("element", *(f"h{level}" for level in range(1, 7))),
    "html-image-maps": ["element map"],
    "html-lists": _all("element", "ul", "ol", "dl"),
    "html-loading-attribute": ["attribute loading"],
    "html-mailto-links": ["link mailto"],
    "html-meta-color-scheme": ["meta color-scheme"],
    "html-semantics": _all(
        "element",
        *("article", "aside", "details", "figcaption", "figure", "footer", "header", "main", "mark", "nav"),
        *("section", "summary", "time"),
    ),
    "html-srcset": _all("attribute", "srcset", "sizes"),
    "image-apng": ["image apng"],
    "image-base64": ["image data"],
    "image-heif": _all("image", "heif", "heic"),
    "image-jpg": _all("image", "jpg", "jpeg"),
    "image-tiff": _all("image", "tiff", "tif"),
    **{f"html-{name}": [f"attribute {name}"] for name in ("aria-describedby", "aria-hidden", "aria-label")},
    **{f"html-{name}": [f"attribute {name}"] for name in ("aria-labelledby", "aria-live", "dir", "height")},
    **{f"html-{name}": [f"attribute {name}"] for name in ("hidden", "lang", "popover", "required", "role")},
    **{f"html-{name}": [f"attribute {name}"] for name in ("target", "valign", "width")},
}
PREFIXES = {
    "css-at-media-": "media",
    "css-at-": "at",
    "css-pseudo-class-": "pseudo",
    "css-pseudo-element-": "pseudo",
    "css-unit-": "unit",
    "css-": "property",
    "html-input-": "input",
    "html-": "element",
    "image-": "image",
}

# When a note concerns a mail: `only` and `except` name elements, `value` is a pattern of values, `where` is
# "inline" or "sheet", `beside` is the beginning of another property of the same element; `never` is what a
# finished mail never has. `says` is what a reader of the report is told. The first row that fits is taken.
NEVER: dict[str, str] = {"never": "1"}
NOTES: list[tuple[str, str, dict[str, str]]] = [
    ("*", r"^(Partial\. )?Not supported with non Google accounts|Doesn't work with non Google accounts",
     {"says": "not with accounts of other providers"}),
    ("*", r"[Oo]nly (supported|works) with non Google|with non Google accounts only",
     {"says": "only with accounts of other providers"}),
    ("*", r"(Hotmail/Outlook|Microsoft|Outlook) accounts", {"says": "not with Microsoft accounts"}),
    ("*", r"non Outlook accounts", {"says": "only with Microsoft accounts"}),
    ("css-at-media", r"[Nn]ested", NEVER),
    ("css-at-media", r"height based", {"value": "height", "says": "not by height"}),
    ("css-at-media", r"landscape", {"value": "orientation", "says": "not by orientation"}),
    ("css-at-media", r"Only supports .screen", {
        "value": r"prefers|hover|orientation|resolution|pointer|print", "says": "only by width and height"}),
    ("css-at-media", r"simple", NEVER),
    ("css-background-color", r"keywords", {"value": r"^[a-z]+$", "says": "not all names of colours"}),
    ("css-background*", r"multiple values", {"value": r",(?![^(]*\))", "says": "one value only"}),
    ("css-background", r"/ value", {"value": r"/(?![^(]*\))", "says": "not with a size"}),
    ("css-background", r"Only .background-color", {"value": r"url|gradient|%", "says": "colours only"}),
    ("css-border-radius", r"slash", {"value": "/", "says": "not with a slash"}),
    ("css-border", r"8px", {"value": r"(?:9|\d\d)px", "says": "up to 8 px"}),
    ("css-border", r"Unreliable", {"only": "p div", "says": "unreliable on p and div"}),
    ("css-comments", r"inside .style. attribute strips",
     {"where": "inline", "says": "not in style attributes"}),
    ("css-comments", r"Comment inside .style.? ?attribute works|Comment inside .style:. attribute works",
     {"where": "sheet", "says": "only in style attributes"}),
    ("css-display-none", r"inherit", {"only": "div td table", "says": "not for tables inside"}),
    ("css-display-none", r"img", {"only": "img", "says": "not on images"}),
    ("css-display", r"inherit to inner",
     {"value": "none", "only": "div td table", "says": "not for tables inside"}),
    ("css-display", r"Only supports .display:none", {"value": r"^(?!none)", "says": "only none"}),
    ("css-display", r"flow-root", {
        "value": r"flex|grid|flow-root|contents|initial|revert|unset", "says": "not this value"}),
    ("css-display", r"two-value|Two-value", {"value": r" (?!!)", "says": "not with two values"}),
    ("css-cursor", r"URL", {"value": "url", "says": "no images"}),
    ("css-cursor", r"Only supports", {"says": "not every value"}),
    ("css-dir*", r"applies an", {"value": "rtl", "says": "turns the whole mail"}),
    ("css-float", r"Logical", {"value": "inline", "says": "not the logical values"}),
    ("css-clear", r"Logical", {"value": "inline", "says": "not the logical values"}),
    ("css-font-size", r"rem", {"value": "rem", "says": "not in rem"}),
    ("css-font-size", r"relative", {"value": r"%|larger|smaller", "says": "not relative to others"}),
    ("css-font-weight", r"number", {"value": r"\b(?!400|700)\d", "says": "only normal and bold"}),
    ("css-height", r"Not supported on", {"only": "body span div p", "says": "not on body, span, div and p"}),
    ("css-important", r"non Gmail|lack of .<style>",
     {"where": "sheet", "says": "only where style sheets are known"}),
    ("css-important", r"Not supported inline", {"where": "inline", "says": "not in style attributes"}),
    ("css-important", r"not written in lowercase", {"says": "not in lower case"}),
    ("css-important", r"lowercase", {"value": "[A-Z]", "says": "only in lower case"}),
    ("css-important", r"space before", {"value": r"\S!", "says": "only behind a space"}),
    ("css-letter-spacing", r"negative", {"value": "-", "says": "not below zero"}),
    ("css-letter-spacing", r"em", {"value": r"\dr?em", "says": "smaller in em"}),
    ("css-linear-gradient", r"inline", {"where": "inline", "says": "not in style attributes"}),
    ("css-radial-gradient", r"inline", {"where": "inline", "says": "not in style attributes"}),
    ("css-line-height", r"normal", {"value": "normal", "says": "not the value normal"}),
    ("css-line-height", r"weirdly", {"value": r"px|em", "says": "not quite as asked"}),
    ("css-list-style", r"image", {"value": "url", "says": "no images"}),
    ("css-list-style", r"Only .list-style-type", {"value": "inside|outside|url", "says": "types only"}),
    ("css-list-style", r"proton-url", {"value": "url", "says": "no images"}),
    ("css-margin", r"Negative", {"value": r"(?<![\w])-\d", "says": "not below zero"}),
    ("css-margin", r"span", {"only": "span body", "says": "not on span and body"}),
    ("css-margin", r"background-color", {"beside": "background", "says": "has the colour of the background"}),
    ("css-margin", r"auto", {"value": "auto", "says": "not auto"}),
    ("css-text-indent", r"egative", {"value": r"(?<![\w])-\d", "says": "not below zero"}),
    ("css-max-width", r"Only works on", {"except": "table", "says": "only on tables"}),
    ("css-max-width", r"Doesn't work on", {"only": "table", "says": "not on tables"}),
    ("css-overflow-wrap", r"word-break", {"says": "only with word-break: normal"}),
    ("css-overflow", r"overflow-block", {"never": "1"}),
    ("css-overflow", r"scroll", {"value": "auto|scroll", "says": "does not scroll"}),
    ("css-padding", r"table cells", {"except": "td th", "says": "only on table cells"}),
    ("css-padding", r"Vertical", {"only": "td th", "says": "the largest of a row for all of its cells"}),
    ("css-position", r"not .sticky. and", {"value": "sticky|fixed", "says": "not sticky and fixed"}),
    ("css-rgb*", r"whole", {
        "value": r"rgba?\([^),]*\)",
        "says": "only with commas; the whole style sheet or attribute is dropped"}),
    ("css-rgb*", r"hitespace", {"value": r"rgba?\([^),]*\)", "says": "only with commas"}),
    ("css-rgb", r"Alpha", {"value": r"rgb\([^),]*,[^),]*,[^),]*[,/]", "says": "not with an alpha value"}),
    ("css-selector-attribute", r"", {"says": "not every form"}),
    ("css-selector-*", r"class or ID", {"says": "only of classes and ids"}),
    ("css-pseudo-*", r"type selectors", {"says": "only behind names of elements"}),
    ("css-text-align", r"match-parent", {"value": "match-parent", "says": "not match-parent"}),
    ("css-text-align", r"Flow-relative", {"value": r"\b(?:start|end)\b", "says": "not start and end"}),
    ("css-text-decoration", r"overline", {"value": "overline", "says": "not overline"}),
    ("css-text-decoration", r"multiple values|Only supports",
     {"value": r"\S \S", "says": "not with several values"}),
    ("css-text-transform", r"lowercase", {"value": "lowercase", "says": "not lowercase"}),
    ("css-white-space", r"pre", {"value": r"^pre$", "says": "not the value pre"}),
    ("css-width", r"Not supported on", {
        "only": "body span div p img", "says": "not on body, span, div, p and img"}),
    ("css-width", r"inherit", {"only": "table", "says": "not on tables"}),
    ("css-word-break", r"Only .word-break:break-all", {"value": r"^(?!break-all)", "says": "only break-all"}),
    ("css-word-break", r"", {"says": "as break-word"}),
    ("css-transition", r"Longhand", {"says": "only the short form"}),
    ("css-unit-v*", r"zero", {"says": "taken for zero"}),
    ("html-align", r"<table>", {"only": "table", "value": "left|right", "says": "tables do not float"}),
    ("html-align", r"wrapped|Not supported on .<img>", {"only": "img", "says": "not on images"}),
    ("html-anchor-links", r"", {"says": "only to empty anchors with a name"}),
    ("html-background", r"body", {"except": "body", "says": "only on body"}),
    ("html-blockquote", r"", {"says": "folded away"}),
    ("html-body", r"", {"says": "turned into a div"}),
    ("html-dfn", r"", NEVER),
    ("html-dir", r"<table>", {"only": "table td", "says": "not on tables and cells"}),
    ("html-dir", r"anchor", {"only": "a", "says": "not on links"}),
    ("html-dir", r"applies an", {"value": "rtl", "says": "turns the whole mail"}),
    ("html-dir", r"reversed", {"says": "words of the other direction are turned around"}),
    ("html-height", r"Percent", {"value": "%", "only": "img", "says": "percentages are of the file's size"}),
    ("html-width", r"Percent", {"value": "%", "only": "img", "says": "percentages are of the file's size"}),
    ("html-height", r"dpi", {"value": r"^\d", "says": "does not grow on screens of 120 dpi"}),
    ("html-width", r"dpi", {"value": r"^\d", "says": "does not grow on screens of 120 dpi"}),
    ("html-hidden", r"unquoted", NEVER),
    ("html-lang", r"<td>", {"only": "td", "says": "not on cells"}),
    ("html-lists", r"reversed|value", NEVER),
    ("html-mailto-links", r"bcc", {"value": "cc=", "says": "without copies"}),
    ("html-role", r"<table>", {"except": "table", "says": "only on tables"}),
    ("html-semantics", r"summary", {"only": "details main nav summary article aside header section",
                                     "says": "the tag goes"}),
    ("html-semantics", r"Only .<time>", {"except": "time", "says": "the tag goes"}),
    ("html-semantics", r"stripped", NEVER),
    ("html-style", r"inside the", {"only": "body", "says": "only in the head"}),
    ("html-style", r"before|size|comment", NEVER),
    ("html-style", r"first .<head>", {"says": "only in a second head"}),
    ("html-target", r"", {"says": "always a new window"}),
    ("image-*", r"[Cc]onverts", NEVER),  # readers see it
    ("image-webp", r"anima", NEVER),  # hardly any are
    ("image-*", r"anima", {"says": "not animated"}),
    ("image-base64", r"", {"says": "not every format"}),
]  # fmt: skip


def features_of(data: dict[str, Any]) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The columns of the table, and its rows by the feature's name."""
    columns = sorted({
        f"{family}/{platform}"
        for feature in data["data"]
        for family, platforms in feature["stats"].items()
        for platform, versions in platforms.items()
        if versions
    })  # fmt: skip
    table = {}
    for feature in sorted(data["data"], key=lambda each: each["slug"]):
        slug = feature["slug"]
        if not (found := is_what(slug)):
            continue
        cells, used = [], set()
        for column in columns:
            family, platform = column.split("/")
            cell = newest(feature["stats"].get(family, {}).get(platform) or {})
            cells.append(cell)
            used.update(re.findall(r"\d+", cell))
        texts = feature["notes_by_num"] or {}
        notes = {number: condition(slug, texts.get(number, "")) for number in sorted(used, key=int)}
        row: dict[str, Any] = {"title": feature["title"].strip(), "tested": tested(feature["last_test_date"])}
        row |= {"is": found, "support": " ".join(cells)}
        table[slug] = row | ({"notes": notes} if notes else {})
    return columns, table


def is_what(slug: str) -> list[str]:
    """What to look for in a mail; nothing for what is not in the mail itself."""
    if slug in IS:
        return IS[slug]
    kind, name = next(
        (kind, slug.removeprefix(start)) for start, kind in PREFIXES.items() if slug.startswith(start)
    )
    return [f"{kind} {name}"]


def newest(versions: dict[str, str]) -> str:
    """What the newest version does: `y`, `n`, `u` for unknown, or `a` with its notes; `-` without any test.

    Versions stand in the order in which they came out: some are numbers, others dates.
    """
    if not versions:
        return "-"
    said = list(versions.values())[-1].split()
    numbers = [word.strip("#,") for word in said[1:] if word.startswith("#")]
    return said[0] + ("+".join(numbers) if said[0] == "a" else "")


def condition(slug: str, text: str) -> dict[str, str]:
    """When a note concerns a mail; nothing for a note that is not known."""
    for pattern, said, found in NOTES:
        if fnmatchcase(slug, pattern) and re.search(said, text):
            return found
    print(f"no row in NOTES for {slug}: {text[:100]}", file=sys.stderr)
    return {}


def tested(text: str) -> str:
    """A date as `2024-05-01`, which some are without the zeros of."""
    return date(*map(int, text.split("-"))).isoformat()


def written(data: dict[str, Any]) -> str:
    """The file: JSON with one line a feature, so that a difference can be read."""
    columns, table = features_of(data)
    families = {name: data["nicenames"]["family"].get(name, name.title()) for name in
                dict.fromkeys(column.split("/")[0] for column in columns)}  # fmt: skip
    names = [f"{family}-{PLATFORMS.get(at, at)}" for family, at in (column.split("/") for column in columns)]
    head = {
        "about": ABOUT | {"date": data["last_update_date"][:10]},
        "families": families,
        "clients": names,
    }
    rows = ",\n".join(f"{json.dumps(slug)}: {_json(row)}" for slug, row in table.items())
    top = ",\n".join(f"{json.dumps(key)}: {_json(value)}" for key, value in head.items())
    return f'{{\n{top},\n"features": {{\n{rows}\n}}\n}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    """Write the table."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the script and the file
        sys.exit(__doc__)
    TARGET.write_text(written(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
