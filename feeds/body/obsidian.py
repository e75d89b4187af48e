"""Obsidian's `[[links]]`, `![[embeds]]`, `==highlights==`, `^names` of blocks and `%% comments %%`.

A comment is its author's private text, but `%%` also means other things: the rules below take it for one
only in a dialect that has comments, and where nothing else is likely.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from html import escape
from typing import TYPE_CHECKING

from feeds.body import embeds
from feeds.body.addresses import url
from feeds.body.blocks import Reader
from feeds.body.embeds import Embed
from feeds.body.references import CONTENT_FILE, attachment, in_vault, lookup, named, titled
from feeds.dialects import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.body.page import Page
    from feeds.body.shortcodes import Expander

_WIKILINK = re.compile(r"!?\[\[(?P<target>[^\[\]{}|\n]{1,300}?)(?:\\?\|(?P<text>[^\[\]{}\n]{0,300}))?\]\]")
_LINK_TEXT = re.compile(r"[(\[]")  # `[[Feature #1]](https://…)` is no wikilink
_LINK_TEXT_IN_VAULT = re.compile(r"\((?:\w+:|[/.#<])")
_TITLE = re.compile(r"[^\W\d_a-z]|.*[ |#/]")
_PICTURE = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)
_SOUND = re.compile(r"\.(?:3gp|flac|m4a|mp3|ogg|opus|wav)$", re.IGNORECASE)
_FILM = re.compile(r"\.(?:m4v|mkv|mov|mp4|ogv|webm)$", re.IGNORECASE)
_FILE = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_SIZE = re.compile(r"(?P<width>\d{1,5})(?:x(?P<height>\d{1,5}))?$")
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]+)\]:", re.MULTILINE)
# Not at the letters of a base64 text's end, nor of a comparison.
_HIGHLIGHT = re.compile(r"(?<![A-Za-z0-9=])==(?=[^\s=])(?:[^=\n]|=(?!=)){1,1000}?(?<!\s)==(?![A-Za-z0-9=])")
_BLOCK_NAME = re.compile(r"\^[A-Za-z0-9-]+[ \t]*")
_GIVEN_NAME = re.compile(r"\^(?=[a-z]*[0-9])(?=[0-9]*[a-z])[a-z0-9]{6}[ \t]*")
_CODE_OR_ADDRESS = re.compile(r"`+[^`]*`+|https?://[^\s<>]*")
_ALONE = re.compile(r"^[ \t]*%%[ \t]*$", re.MULTILINE)
_BEFORE_COMMENT = re.compile(r"(?:^[ \t]*|[^\d\s]\s+)\Z", re.MULTILINE)
_BEHIND_COMMENT = re.compile(r"[\s.,;:!?)\]]|\Z")

_LINKED = "a link stands for it; copy what readers are to see"


def mark(expander: Expander, text: str, position: int, end: int) -> tuple[int, str | None]:
    """Return where what begins at `position` with `text` ends, and what is written for it (None: itself).

    The line ends at `end`.
    """
    if text == "%%":
        limit = end if expander.one_line else expander.ahead.paragraph_end(position)
        return _comment(expander, position, limit)
    if text == "==":
        return _highlight(expander, position, end)
    return _block_name(expander, position, end) if text == "^" else _wikilink(expander, text, position)


def _wikilink(expander: Expander, mark: str, position: int) -> tuple[int, str | None]:
    """Return where the link or picture at `position` ends, and what is written for it (None: itself)."""
    match = _WIKILINK.match(expander.text, position)
    here = expander.page.dialect == "obsidian"
    if (
        match is None
        or (_LINK_TEXT_IN_VAULT if here else _LINK_TEXT).match(expander.text, match.end())
        or (match["target"] != match["target"].strip() and not here)
    ):
        return position + len(mark), None
    if expander.defined is None:
        expander.defined = frozenset(_DEFINITION.findall(expander.text))
    if match["target"] in expander.defined:
        return position + len(mark), None
    target, text = match["target"].strip(), (match["text"] or "").strip()
    if target.lower() in {"toc", "_toc_"}:
        return match.end(), ""  # a table of contents, for which a feed has no room
    whole = _note(target, expander.page) if "#" in target[1:] else None  # a file may be called `C# notes`
    path, hash_sign, heading = (target, "", "") if whole else target.partition("#")
    if embed := _attached(path, text, expander.page, shown=mark[0] == "!"):
        if here and attachment(path, expander.page) is None:
            _missing(expander, path, position)
        return match.end(), expander.put(embed)
    heading = heading.rpartition("#")[2]
    text = text or path.rpartition("/")[2] or heading.lstrip("^")
    found = _note(path, expander.page)
    if found is not None:
        if mark[0] == "!":
            expander.warn(
                "shortcode-unknown",
                f"the text of {target!r} is not put in here",
                _LINKED,
                position,
                severity="note",
            )
        # The name of a block is nowhere on the page, so its link leads to the top.
        anchor = "" if heading.startswith("^") or not hash_sign else f"#{_heading_id(heading)}"
        goal = url(found.partition("#")[0] + anchor, expander.page.url)
        link = Embed(f'<a href="{escape(goal)}">{escape(text)}</a>', text, block=False)
        return match.end(), expander.put(link)
    is_file = mark[0] == "!" and _FILE.search(path)
    likely = here or is_file or match["text"] or _TITLE.match(target)
    if not likely:
        return position + len(mark), None
    if is_file:
        _missing(expander, path, position)
    else:
        expander.dangling(path, position)
    return match.end(), expander.put(embeds.literal((match["text"] or "").strip() or _written(target)))


def _heading_id(heading: str) -> str:
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower())


def _written(target: str) -> str:
    """Return a target as Obsidian shows it: `Note#Heading` is `Note > Heading`, `C# notes` stays."""
    return re.sub(r"(?<=\S)#(?=[^\s#^])", " > ", target.rpartition("/")[2]).lstrip("#^")


def _missing(expander: Expander, path: str, position: int) -> None:
    hint = "put it into the content folder, or mend its name"
    expander.warn("link-dangling", f"no file is called {path!r}", hint, position)


def _note(path: str, page: Page) -> str | None:
    """Return the URL of the note that is meant by a path, a name, or another name of its own."""
    if not path:
        return page.url
    name = path if CONTENT_FILE.search(path) else f"{path}.md"
    return lookup(name, page) or named(path, page.references) or titled(path, page)


def _attached(path: str, text: str, page: Page, *, shown: bool) -> Embed | None:
    """Return the picture, the sound, the film or the link that a file becomes; None if it is none."""
    if not _FILE.search(path) or CONTENT_FILE.search(path):
        return None
    found = attachment(path, page)
    source = found or path
    if shown and _PICTURE.search(path):
        label, _, last = text.rpartition("|")
        size = _SIZE.match(last)
        label, width, height = (label, size["width"], size["height"] or "") if size else (text, "", "")
        return embeds.image(source, alt=label, width=width, height=height)
    name = "audio" if _SOUND.search(path) else "video" if _FILM.search(path) else ""
    if shown and name:
        return Embed(f'<{name} src="{escape(source)}" controls></{name}>', path)
    if found is None:
        return None
    label = text or path.rpartition("/")[2]
    return Embed(f'<a href="{escape(found)}">{escape(label)}</a>', label, block=False)


def _highlight(expander: Expander, position: int, limit: int) -> tuple[int, str | None]:
    """Return where the mark at `position` ends, and what begins a highlight there (None: itself)."""
    match = _HIGHLIGHT.match(expander.text, position, limit)
    if match is None:
        return position + 2, None
    closing = expander.put(Embed("</mark>", block=False))
    expander.endings[match.end() - 2] = (match.end(), closing)
    return position + 2, expander.put(Embed("<mark>", block=False))


def _block_name(expander: Expander, position: int, limit: int) -> tuple[int, str | None]:
    """Drop a block's name at its line's end; where this may be another program's, only one by Obsidian."""
    page = expander.page
    pattern = _BLOCK_NAME if page.dialect == "obsidian" else _GIVEN_NAME
    match = pattern.match(expander.text, position, limit) if in_vault(page) else None
    return (position + 1, None) if match is None or match.end() != limit else (limit, "")


def _comment(expander: Expander, position: int, limit: int) -> tuple[int, str | None]:
    """Return where the comment at `position` ends and "", or None in its place if it is none.

    It is one between two lines that are nothing but `%%`. Inside a paragraph (before `limit`) it is one
    from a `%%` at the beginning of a line or behind white space, but not behind a number ("100 %% of"), to
    the very next `%%`, which ends a word or a line but begins none; with white space inside both or neither.
    In a vault, whose owner sees nothing of it either, any two of them are enough.
    """
    if not DIALECTS.get(expander.page.dialect, DIALECTS["plain"]).hides_comments:
        return position + 2, None
    text = expander.text
    if _ALONE.match(text, text.rfind("\n", 0, position) + 1):
        if expander.comment_ends is None:
            expander.comment_ends = [match.end() for match in _ALONE.finditer(text)]
        index = bisect_left(expander.comment_ends, position + 3)
        if index < len(expander.comment_ends):
            return expander.comment_ends[index], ""
    end = text.find("%%", position + 2, limit)
    inner = text[position + 2 : end]
    fits = (
        end >= 0
        and inner.strip() != ""
        and "%" not in {inner[0], inner[-1], text[end + 2 : end + 3]}
        and inner[0].isspace() == inner[-1].isspace()
        and _BEFORE_COMMENT.search(text, max(position - 50, 0), position)
        and _BEHIND_COMMENT.match(text, end + 2)
    )
    line = text[text.rfind("\n", 0, end) + 1 : end]
    if fits and (line.strip() or _ALONE.match(text, end - len(line))):
        return end + 2, ""
    if expander.page.dialect == "obsidian":
        return _comment_in_vault(expander, position)
    return position + 2, None


def _comment_in_vault(expander: Expander, position: int) -> tuple[int, str | None]:
    """Return where the comment at `position` ends: at the next mark, over whatever is in between."""
    if expander.comment_marks is None:
        expander.comment_marks = list(_comment_marks(expander.text))
    marks = expander.comment_marks
    index = bisect_left(marks, position)
    if index == len(marks) or marks[index] != position:
        return position + 2, None  # a part of an address
    if index + 1 < len(marks):
        return marks[index + 1] + 2, ""
    hint = "write %% behind it, or put it between backticks to show it"
    expander.warn("shortcode-unterminated", "a comment is not closed, so it is shown", hint, position)
    return position + 2, None


def _comment_marks(text: str) -> Iterator[int]:
    """Yield where the `%%` are that are in neither code nor addresses."""
    reader, start = Reader(), 0
    for line in text.split("\n"):
        if reader.read(line).kind not in {"fence", "code"}:
            bare = _CODE_OR_ADDRESS.sub(lambda found: " " * len(found[0]), line)
            yield from (start + found.start() for found in re.finditer("%%", bare))
        start += len(line) + 1
