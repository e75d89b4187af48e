"""The site's own shortcodes: `templates/shortcodes/NAME.html`, which win over those that we know.

A template is handed `args` (what was given by position), `params` (by name, so `params.get("x")`; what is
always given may be called by its name alone), `inner` (the text between the two tags as it was written),
`body` (the same as HTML: its Markdown rendered, its shortcodes expanded), `page.url`, `page.title` and
`site.url`.

`body` is a mark that the post's own Markdown takes the place of, so that footnotes, references and nested
shortcodes work in it as anywhere: it can be shown once, and asked whether it is empty, but not be changed.

What a template called `NAME.md` makes is Markdown, as in Zola; its `body` is Markdown too.

Zola keeps its own templates in the same place, written in Tera: they are given what those most often ask for
besides. One that even so does not work is as if it were not there.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from feeds import templates
from feeds.body import catalogue
from feeds.body.addresses import url
from feeds.body.embeds import Embed
from feeds.errors import ConfigError

if TYPE_CHECKING:
    from feeds.body.embeds import Arguments
    from feeds.body.shortcodes import Expander

_LARGEST = 2**20  # characters that one template may make
_ALTOGETHER = 5 * 2**20  # of all those in one post
_BODY = "\uffff"  # the text gate lets none pass, so it is nobody's text
_BLOCK = re.compile(
    r"</?(?:address|article|aside|audio|blockquote|center|dd|details|div|dl|dt|figcaption|figure|footer|form|"
    r"h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video)\b",
    re.IGNORECASE,
)
_IN_PARAGRAPH = re.compile(rf"<p(?:\s[^<>]*)?>\s*{_BODY}\s*</p>", re.IGNORECASE)


def find(expander: Expander, name: str) -> str | None:
    """Return the name of the site's own template for what is written as `name`, None if there is none."""
    if expander.page.root is None:
        return None
    spellings = (name, name.replace("::", "/").removesuffix(".html"))
    return next((one for one in spellings if one in expander.page.shortcodes), None)


def fill(
    expander: Expander,
    name: str,
    arguments: Arguments,
    position: int,
    end: int,
    closer: tuple[int, int] | None,
) -> tuple[int, str]:
    """Expand the tag from `position` to `end`, which `closer` may close, with the site's template `name`.

    Returns where what it takes up ends, and what is written for it. A template that fails is an error.
    """
    after = closer[1] if closer else end
    if name in expander.failed:
        return after, ""
    inner = _plain(expander.text[end : closer[0]] if closer else "")
    named = {key: _plain(value) for key, value in (arguments.named or {}).items()}
    tera = expander.page.dialect == "zola"
    file = expander.page.shortcodes[name]
    written: str | None = _BODY
    if file.endswith(".md"):
        line = expander.line_at(position) + expander.text.count("\n", position, end)
        written = expander.nested(inner.strip("\n"), line)
    values = {
        **(_zola(expander) if tera else {}),
        **named,
        "args": [_plain(value) for value in arguments.values],
        "params": named,
        "inner": inner,
        "body": templates.safe(written) if inner.strip() and written else "",
        "page": {
            "url": expander.page.url,
            "permalink": expander.page.url,
            "title": expander.page.title,
        },
        "site": {"url": expander.page.site_url},
    }
    assert expander.page.root is not None  # noqa: S101 - or the name would not have been found
    try:
        made = templates.fill(expander.page.root, file, values, tera=tera).strip()
    except ConfigError as error:
        if tera:
            closed = closer is not None
            expander.open += [name] * closed
            return end, catalogue.known(expander, name, arguments, closed=closed, position=position)
        _fail(expander, name, f"{error.where}: {error.message}", position)
        return after, ""
    expander.filled += len(made)
    if len(made) > _LARGEST or expander.filled > _ALTOGETHER:
        most = "1 MiB" if len(made) > _LARGEST else "5 MiB in one post"
        _fail(expander, name, f"templates/{file}: the template makes more than {most}", position)
        return after, ""
    if file.endswith(".md"):
        return after, made
    before, shown, behind = _IN_PARAGRAPH.sub(_BODY, made).partition(_BODY)
    block = _BLOCK.search(made) is not None
    if not shown or closer is None:
        return after, _put(expander, before, block=block)
    expander.endings[closer[0]] = (after, _put(expander, behind.replace(_BODY, ""), block=block))
    return end, _put(expander, before, block=block)


def _zola(expander: Expander) -> dict[str, object]:
    """Return what Zola's templates can call on, as far as a feed knows it."""
    page = expander.page

    def get_url(path: str = "", **_: object) -> str:
        return expander.reference(path, max(expander.last, 0)) if path.startswith("@/") else (
            url(f"{page.site_url}/{path.lstrip('/')}", page.url)
        )  # fmt: skip

    def markdown(text: object, *, inline: bool = False) -> str:
        if _BODY in str(text):
            return templates.safe(str(text))
        html = expander.inline(str(text))
        return templates.safe(html if inline else f"<p>{html}</p>")

    return {"config": {"base_url": page.site_url}, "get_url": get_url, "markdown": markdown, "nth": 1}


def _put(expander: Expander, html: str, *, block: bool) -> str:
    text = " ".join(unescape(re.sub(r"<[^<>]*>", "", html)).split())
    return expander.put(Embed(html, text, block=block)) if html.strip() else ""


def _plain(text: str) -> str:
    return text.replace(_BODY, "")


def _fail(expander: Expander, name: str, message: str, position: int) -> None:
    expander.failed.add(name)
    hint = "mend the template, or write the post without it"
    expander.warn("shortcode-failed", f"shortcode {name!r}: {message}", hint, position, severity="error")
