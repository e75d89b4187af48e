"""Style sheets into `style` attributes (the premailer wall): no network, no file, no merge tag lost.

Not safe in threads: premailer and cssutils keep process-wide state, so two letters at once can differ in
their bytes. One after the other they do not.
"""

from __future__ import annotations

import hashlib
import logging
import re

import cssutils
import premailer

from feeds.errors import ConfigError

# What mail services put a reader's own address, name or links in place of, as the theme writes them.
# None holds < or >: two braces of an author, elements apart, are not one tag.
MERGE_TAG = re.compile(
    r"""\{\{\{[^<>]*?\}\}\}  # Postmark
      | \{\{[^<>]*?\}\}      # listmonk, Buttondown, Mustache and Handlebars
      | \{%[^<>]*?%\}        # Jinja and Liquid statements
      | \*\|[^<>]*?\|\*      # Mailchimp
      | <%[^<>]*?%>          # SendGrid
      | %%\{[^<>]*?\}%%      # Ghost
      | %[A-Za-z][\w.]{2,}%  # Mailgun
    """,
    re.VERBOSE,
)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style", re.DOTALL | re.IGNORECASE)
_STYLESHEET_LINK = re.compile(r"<link\b[^>]*\brel\s*=\s*[\"']?[^>\"']*stylesheet", re.IGNORECASE)
_TAG = re.compile(r"<[a-z][^<>]*>")
_STYLE_ATTRIBUTE = re.compile(r"""(?<= style=)("[^"]*"|'[^']*')""")
_FORBIDDEN = (
    (re.compile(r"@(?:import|\\)", re.IGNORECASE), "@import", "put the rules into the sheet itself"),
    (re.compile(r"\bvar\(|(?<![\w-])--[\w-]+\s*:", re.IGNORECASE), "variables", "write the value itself"),
)
_LEGACY_ATTRIBUTES = ["align", "valign", "bgcolor", "width", "height"]

cssutils.log.setLevel(logging.CRITICAL + 1)  # it would talk about every property that CSS 2.1 did not have


def inline(html: str, css: str) -> str:
    """Write the rules of the sheet `css` into the elements of `html`, a whole document.

    A `<style data-premailer="ignore">` in its head stays as it is, for what cannot be inlined. Merge tags
    are given back byte for byte. Raises ConfigError when a sheet loads another one or uses variables, which
    mail programs drop, and when a merge tag stands where HTML cannot keep it.
    """
    for sheet in (css, *_STYLE.findall(html)):
        _refuse(sheet)
    if _STYLESHEET_LINK.search(html):
        raise ConfigError(
            "the newsletter theme links a style sheet", hint="put the rules into inline.css or keep.css"
        )
    tags = MERGE_TAG.findall(html)
    mark = "tag" + hashlib.sha256(html.encode()).hexdigest()[:16]
    numbers = iter(range(len(tags)))
    guarded = MERGE_TAG.sub(lambda _: f"{mark}n{next(numbers)}e", html)
    styled = premailer.transform(
        guarded,
        css_text=css,
        allow_network=False,
        allow_loading_external_files=False,
        disable_leftover_css=True,
        disable_basic_attributes=_LEGACY_ATTRIBUTES,
        disable_validation=True,
        align_floating_images=False,
        pretty_print=False,
    )
    styled = _TAG.sub(_tightened, styled)
    kept = [int(number) for number in re.findall(mark + r"n(\d+)e", styled)]
    if kept != list(range(len(tags))):
        lost = [tag for number, tag in enumerate(tags) if kept.count(number) != 1] or tags
        raise ConfigError(
            f"the newsletter theme has the merge tag {lost[0]} where HTML cannot keep it",
            hint="put it into the text of a cell or paragraph, or into one attribute",
        )
    return re.sub(mark + r"n(\d+)e", lambda match: tags[int(match[1])], styled)


def _refuse(sheet: str) -> None:
    bare = _COMMENT.sub("", sheet)
    for pattern, what, hint in _FORBIDDEN:
        if pattern.search(bare):
            raise ConfigError(f"a style sheet of the newsletter theme uses {what}", hint=hint)


def _tightened(match: re.Match[str]) -> str:
    """A tag without the space after each declaration; in a long mail those are kilobytes."""
    return _STYLE_ATTRIBUTE.sub(lambda style: style[0].replace("; ", ";"), match[0])
