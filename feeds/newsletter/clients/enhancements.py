"""What a mail does well without: features for the programs that know them, and what the others show instead.

Nothing that a mail needs may hang on one of these. A use that is not explained here is a loss.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.newsletter.clients.uses import Use

    When = Callable[[Use], bool]

_LONG_WORD = "a long word may be wider than the line"
_PLAINER = "plainer, with nothing missing"
_OUTLOOK_ROW = "Outlook takes the table's `width` attribute"


IN_SHEET = "only in the style sheet, which the mail reads well without"
HIDING = "part of what hides the preheader, by several ways at once"


def without(slug: str, use: Use) -> str:
    """What readers have where the program does not know the feature; empty when they lose something by it."""
    if use.where == "sheet":
        return "" if slug in _HARMFUL else IN_SHEET
    if _is_hidden(use):
        return HIDING
    return next(
        (
            said
            for patterns, when, said in _EXPLAINED
            if any(fnmatchcase(slug, p) for p in patterns.split()) and when(use)
        ),
        "",
    )


# In a style sheet these cost more than themselves: the program drops the whole block, or shows another mail.
_HARMFUL = {"css-at-import", "css-rgb", "css-rgba", "css-nesting"}


def _is_hidden(use: Use) -> bool:
    return use.style.get("mso-hide") == "all" or (
        use.style.get("display", "").startswith("none") and use.style.get("max-height", "").startswith("0")
    )


def _always(_: Use) -> bool:
    return True


def _on(*elements: str) -> When:
    return lambda use: use.element in elements


def _is_plain(use: Use) -> bool:
    """Whether an element has no ground or edge of its own, so that its space is only space."""
    return not any(name.startswith(("background", "border")) for name in use.style)


def _is_wide_image(use: Use) -> bool:
    return use.element == "img" and bool(re.fullmatch(r"\d+", use.attributes.get("width", "")))


def _is_logo(use: Use) -> bool:
    """Whether it is a picture with a ground of its own, which a gradient keeps where colours are inverted."""
    return use.element == "img" and "background-color" in use.style


def _value(pattern: str) -> When:
    return lambda use: bool(re.fullmatch(pattern, use.value.strip(), re.IGNORECASE))


# Names of features, when a use of one is fine, and what is there instead.
_EXPLAINED: list[tuple[str, When, str]] = [
    ("html-doctype html-body", _always, "the ground and the fonts stand on a table too"),
    ("html-style", _on("head"), "every style that the mail needs is in its elements"),
    ("html-meta-color-scheme css-color-scheme", _always, "the program finds its own dark colours"),
    ("html-role html-aria-*", _always, "seen by nobody; screen readers say more than they need to"),
    ("html-lang", _always, "seen by nobody; screen readers guess the language"),
    (
        "html-dir",
        lambda use: use.value.lower() != "rtl" or use.element in {"html", "body", "table"},
        "the direction follows from the letters, or stands on the cells too",
    ),
    ("html-comments css-comments", _always, "nothing to see"),
    ("html-target html-loading-attribute html-hidden", _always, "the program decides by itself"),
    ("html-valign html-align html-cellpadding html-cellspacing", _always, "the style attribute says it too"),
    ("html-width html-height", _value(r"\d+%?"), "the size that the program gives, on few screens"),
    (
        "html-semantics",
        _on("article", "aside", "footer", "header", "main", "nav", "section"),
        "the tag goes, what is in it stays",
    ),
    ("html-semantics", _on("figcaption", "figure", "mark", "time"), "the tag goes, what is in it stays"),
    ("html-semantics", _on("details", "summary"), "shown open"),
    ("html-code html-pre", _always, "the style attribute sets the font"),
    ("html-abbr html-acronym html-dfn html-address", _always, "the tag goes, what is in it stays"),
    ("html-small html-del html-strike html-bdi html-wbr", _always, "the tag goes, what is in it stays"),
    ("html-ruby html-rt html-rp", _always, "the tag goes, what is in it stays"),
    ("html-blockquote", _always, "folded away behind a button"),
    ("html-srcset", _always, "the image of `src`"),
    ("image-gif", _always, "the first picture of an animation"),
    ("css-table-layout", _always, "a table with a long word may be wider than the screen"),
    ("css-overflow-wrap css-word-break css-hyphens css-word-wrap", _always, _LONG_WORD),
    ("css-white-space", _on("pre", "td", "code"), "`pre` keeps its lines, and long ones do not wrap"),
    ("css-overflow", _always, "what is too wide is shown whole"),
    ("css-max-height css-min-height css-min-width", _always, "as high and wide as what is in it"),
    ("css-max-width css-width", _on("table", "td"), _OUTLOOK_ROW),
    ("css-max-width css-width css-height", _is_wide_image, "the image's `width` attribute, an integer"),
    ("css-height", _value("auto"), "the height follows from the width anyway"),
    ("css-border-radius css-border-radius-logical", _always, "square corners"),
    ("css-box-shadow css-text-shadow css-opacity css-filter css-backdrop-filter", _always, _PLAINER),
    ("css-outline css-outline-offset css-accent-color css-cursor css-user-select", _always, _PLAINER),
    ("css-transition css-animation css-tab-size css-object-*", _always, _PLAINER),
    ("css-font-kerning css-text-wrap css-orphans css-widows css-hyphen*", _always, _PLAINER),
    ("css-text-underline-* css-text-decoration-*", _always, _PLAINER),
    ("css-letter-spacing css-word-spacing css-text-transform css-text-indent", _always, "set as usual"),
    ("css-sytem-ui", _always, "the next font of the list"),
    ("css-font-weight", _always, "normal or bold, whichever is nearer"),
    ("css-line-height", _always, "lines a little wider or closer together"),
    ("css-list-style css-list-style-*", _always, "the usual marks of a list"),
    ("css-border-collapse css-border-spacing", _always, "hairlines with gaps between cells"),
    ("css-caption-side", _always, "the caption at the other end"),
    ("css-vertical-align", _always, "the `valign` attribute, or the usual line"),
    ("css-margin", _value("(?!.*-).*auto.*"), "stands at the edge instead of in the middle"),
    ("css-margin", _on("body"), "a narrow margin around the mail"),
    ("css-margin", _value(r"(?:[\d.]+(?:px|em|%)?\s*){1,4}"), "space that has the colour of its ground"),
    ("css-margin css-padding", _value(r"0[a-z%]*(?:\s+0[a-z%]*)*"), "the program's own space"),
    ("css-border", _on("p", "div"), "a line that may be missing"),
    ("css-padding", _on("td", "th"), "more space in some cells of a row"),
    (
        "css-padding",
        _on("body", "ul", "ol", "blockquote", "p", "h1", "h2", "h3", "h4", "h5", "h6"),
        "the program's own indents",
    ),
    ("css-padding", _on("pre", "code"), "code touches the edge of its ground"),
    ("css-linear-gradient css-background-image", _is_logo, "its ground is a plain colour too"),
    ("css-padding", _is_logo, "less space around it on its own ground"),
    ("css-padding", _is_plain, "closer to what is around it"),
    ("css-display", _value("(?:inline-)?block|inline|table.*|none"), "in the line or below, as its kind is"),
    ("css-text-decoration", _value(r"(?:none|underline)(?:\s.*)?"), "links as the program underlines them"),
    ("css-float css-clear css-direction", _on("img", "figure", "br", "hr"), "stands alone, above the text"),
    ("css-direction", lambda use: bool(use.attributes.get("dir")), "the `dir` attribute says it too"),
    ("css-background", _value(r"#[\da-f]{3,8}|[a-z]+"), "the `bgcolor` attribute, or no ground"),
    ("css-unit-em css-unit-rem css-unit-percent css-unit-pt", _always, "as near as the program can"),
]
