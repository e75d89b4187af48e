"""Python-Markdown, set up to read Markdown as GitHub does and in linear time (**the Markdown wall**)."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import markdown as library
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.inlinepatterns import InlineProcessor, LinkInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.magiclink import MagiclinkExtension
from pymdownx.tilde import DeleteSubExtension

from feeds.body import kramdown
from feeds.body.addresses import without_punctuation
from feeds.body.limits import Budget
from feeds.body.stash import ANY_TOKEN, without_tokens
from feeds.body.tags import decoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown import Markdown
    from markdown.blockparser import BlockParser

_PUNCTUATION = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")  # what a backslash escapes in CommonMark
_BRACKETS = re.compile(r"[\[\]]")
_PARENTHESES = re.compile(r"[()]")
_BRACKETED = 32  # brackets inside the text of a link, or parentheses inside its target
_LINKS = ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref")
_TITLE = 300  # characters
_NOTE_REFERENCE = re.compile(r"\[\^([^\]\[\s]{1,200})\]", re.DOTALL)
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\[\s]{1,200})\]: *(.*)$", re.MULTILINE)
_MATHEMATICS = (
    r"\\\\\((?P<escaped>[^\n]{1,1000}?)\\\\\)|\\\\\[(?P<escaped_block>[\s\S]{1,2000}?)\\\\\](?!\()"
    r"|\\\((?P<inline>[^\n]{1,1000}?)\\\)(?!\()"
    r"|\\\[(?P<block>[\s\S]{1,2000}?)\\\](?!\()"
)
# As magiclink's own, which keeps a place to return to for each letter of a long word.
_MAIL = re.compile(
    r"(?P<mail>(?<![-/+@a-z\d_])(?<![-+a-z\d_]\.)[-+a-z\d_]{1,100}(?:\.[-+a-z\d_]{1,100}){0,20}"
    r"@(?:[-a-z\d_]{1,63}\.){1,20}[-a-z\d_]{0,62}[a-z]\b(?![-@]))",
    re.IGNORECASE,
)
# What an address ends before, if it is neither a character that is escaped nor the entity for `&`.
_BEHIND_ADDRESS = re.compile(
    rf"[\s<]|\x02[^\x03]*(?P<kept>\d{{4,}})\x03|{ANY_TOKEN.pattern}|&#?[0-9a-zA-Z]{{1,32}};"
)
_ADDRESS = 10_000  # characters
_BARE_ADDRESS = re.compile(r"""(?<![^\s*_~^[('"\x03])(?:(?:ht|f)tps?://|www\.)""", re.IGNORECASE)
_HOST = re.compile(r"[^_\W][-\w.]*")
_Found = tuple[Element | None, int | None, int | None]
_ESCAPED = re.compile(r"\x02\d+\x03")
# Neither `~5` nor the folders of `~/a:~/b` nor a subscript.
_STRUCK = r"(?<![\w~\\/\x03])~(?![\s~/])([^~\n]{1,300}?)(?<![\s\\])~(?![\w~/])"
_TITLE_IN_PARENTHESES = re.compile(r"(\S+)\s+\(([^()]*)\)")
_UNINDENTED = re.compile(r"\n\n+(?=[^ \n])")
_AT_ONCE = 20_000  # characters; Python-Markdown moves the list of all blocks for each of them
_FORMULA = re.compile(r"[\\_^={]")  # what tells one from brackets that are only escaped


def convert(markdown: str, key: str = "") -> str:
    """Return the HTML of what `normalise` has written; `key` is what the ids of its footnotes begin with.

    Raises `TooLargeError`, and whatever Python-Markdown and its extensions raise.
    """
    try:
        renderer, notes = _renderer()
        notes.key = key
        return str(renderer.reset().convert(markdown))
    except BaseException:
        _renderer.cache_clear()  # what is left of this body in it must not reach the next
        raise


class _References(dict[str, tuple[str, str]]):
    """The link references of a body, which may be of any length and used any number of times."""

    budget = Budget()

    def clear(self) -> None:
        super().clear()
        self.budget = Budget()

    def __getitem__(self, name: str) -> tuple[str, str]:
        found = super().__getitem__(name)
        self.budget.spend(sum(len(part or "") for part in found))
        return found


class _Footnotes(FootnoteExtension):
    """Notes as GitHub has them: in the order they are referred to, by their first definition.

    Their ids are of their post alone (`fn:3fa9c1:note`), for several posts may stand on one page.
    """

    key = ""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name for it
        super().extendMarkdown(md)
        # Their own take quadratic time.
        md.parser.blockprocessors["footnote"].RE = _NOTE  # type: ignore[attr-defined] # it has one
        md.inlinePatterns.register(_NoteReference(_NOTE_REFERENCE.pattern, self), "footnote", 175)
        md.treeprocessors.register(_NoteOrder(self), "footnote-reorder", 19)

    def reset(self) -> None:
        super().reset()
        self._counts: dict[str, int] = {}

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - as above
        self.footnotes.setdefault(id.lower(), text)

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802 - as above
        return f"fn:{self.key}:{id}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, FBT001, FBT002, N802 - as above
        if found:
            self._counts[id] = self._counts.get(id, 0) + 1
            self.found_refs[f"fnref:{self.key}:{id}"] = self._counts[id]
        number = self._counts[id] if found and self._counts[id] > 1 else ""
        return f"fnref{number}:{self.key}:{id}"


class _NoteReference(FootnoteInlineProcessor):
    """Finds a note whether or not its name is written in capitals."""

    def handleMatch(  # type: ignore[override] # noqa: N802 - as above
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Return the reference to a note that is there."""
        lowered = self.compiled_re.match(m[0].lower())
        element = super().handleMatch(lowered, data)[0] if lowered else None
        return (None, None, None) if element is None else (element, m.start(), m.end())


class _NoteOrder(Treeprocessor):
    """Puts the notes into the order of their references; those that nothing refers to go."""

    def __init__(self, notes: _Footnotes) -> None:
        super().__init__()
        self.notes = notes

    def run(self, root: Element) -> None:
        """Rewrite the list of notes, which has its items in the order of their definition."""
        found = next((one for one in root.iter("div") if one.get("class") == "footnote"), None)
        items = found.find("ol") if found is not None else None
        if found is None or items is None:
            return
        by_id = {item.get("id"): item for item in items}
        for item in by_id.values():
            items.remove(item)
        items.extend(by_id[self.notes.makeFootnoteId(name)] for name in self.notes.footnote_order)
        if not len(items):
            root.remove(found)


class _House(Extension):
    """What Python-Markdown does not do by itself."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name for it
        md.inlinePatterns.register(_Mathematics(_MATHEMATICS, md), "mathematics", 185)
        md.inlinePatterns.register(_Struck(_STRUCK, md), "struck", 55)
        md.treeprocessors.register(_Loose(md), "loose", 30)
        md.treeprocessors.register(_Headless(md), "headless", 30)
        md.treeprocessors.register(_Attributes(md), "attr_list", 8)


class _Attributes(AttrListTreeprocessor):
    """Takes up attributes, and nothing that is only between braces; its own takes all up to the last one."""

    HEADER_RE = re.compile(rf"(?<! ) +{kramdown.IN_HEADING} *$")  # type: ignore[misc] # not final enough
    BLOCK_RE = re.compile(rf"\n *{kramdown.INLINE} *$")  # type: ignore[misc] # not final enough
    INLINE_RE = re.compile(kramdown.INLINE)  # type: ignore[misc] # not final enough


class _Mathematics(InlineProcessor):
    r"""Leaves `\(a_b\)` and `\[a_b\]` as they are, before backslashes and underscores mean anything."""

    def handleMatch(  # type: ignore[override] # noqa: N802 - as InlineProcessor's documentation says
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - as above
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the text, which only an element keeps from further patterns."""
        if not _FORMULA.search(m["escaped"] or m["escaped_block"] or m["inline"] or m["block"]):
            return None, None, None
        element = Element("span")
        # Who escapes the first backslash escapes them all.
        escaped = m["escaped"] or m["escaped_block"]
        element.text = AtomicString(m[0].replace("\\\\", "\\") if escaped else m[0])
        return element, m.start(), m.end()


class _Struck(InlineProcessor):
    """Strikes out what is between single tildes, which GitHub takes for two; `H~2~O` stays."""

    def handleMatch(  # type: ignore[override] # noqa: N802 - as above
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - as above
    ) -> tuple[Element, int, int]:
        """Return the element, whose text is looked at further."""
        element = Element("del")
        element.text = m[1]
        return element, m.start(), m.end()


class _Loose(Treeprocessor):
    """Makes all items of a list paragraphs if one of them holds any (CommonMark 5.3)."""

    def run(self, root: Element) -> None:
        """Put the bare text of items into paragraphs, before what is inline in it is looked at."""
        for items in root.iter():
            if items.tag in {"ul", "ol"} and any(len(item) and item[0].tag == "p" for item in items):
                for item in items:
                    if (item.text or "").strip():
                        paragraph = Element("p")
                        paragraph.text, item.text = item.text, "\n"
                        item.insert(0, paragraph)


class _Headless(Treeprocessor):
    """Takes the head away from tables in which it is empty, which all but GitHub's may be without."""

    def run(self, root: Element) -> None:
        """Leave out heads before what is inline in them is looked at."""
        for one in root.iter("table"):
            if one[0].tag == "thead" and not "".join(one[0].itertext()).strip():
                one.remove(one[0])


@lru_cache(maxsize=1)
def _renderer() -> tuple[library.Markdown, _Footnotes]:
    notes = _Footnotes(SEPARATOR=":", BACKLINK_TEXT="↩", BACKLINK_TITLE="", USE_DEFINITION_ORDER=False)
    renderer = library.Markdown(
        output_format="html",
        extensions=[
            "sane_lists",
            "def_list",
            TableExtension(use_align_attribute=True),
            notes,
            _House(),
            TocExtension(marker="", slugify=_slug),
            DeleteSubExtension(subscript=False),
            MagiclinkExtension(),
        ],
    )
    # Blocks of raw HTML are in the stash by now; this step would only look for more, in quadratic time.
    renderer.preprocessors.deregister("html_block")
    renderer.inlinePatterns["magic-mail"].compiled_re = _MAIL
    address = renderer.inlinePatterns["magic-link"]
    assert isinstance(address, InlineProcessor)  # noqa: S101 - magiclink's is one
    address.compiled_re = _BARE_ADDRESS
    address.handleMatch = partial(_address, address)  # type: ignore[method-assign] # as its documentation says
    renderer.parser.parseChunk = partial(_parse, renderer.parser)  # type: ignore[method-assign] # as above
    renderer.ESCAPED_CHARS = _PUNCTUATION
    renderer.references = _References()
    for name in _LINKS:
        pattern = renderer.inlinePatterns[name]
        assert isinstance(pattern, LinkInlineProcessor)  # noqa: S101 - as its documentation says
        pattern.getText = _bracketed  # type: ignore[method-assign,assignment] # its own takes quadratic time
        pattern.getLink = partial(_target, pattern.getLink)  # type: ignore[method-assign] # as above
    return renderer, notes


def _parse(parser: BlockParser, parent: Element, text: str) -> None:
    """Parse a text in parts, each of which begins at the margin and so goes on with nothing."""
    start = 0
    while start < len(text):
        gap = _UNINDENTED.search(text, start + _AT_ONCE)
        end = gap.end() if gap else len(text)
        parser.parseBlocks(parent, text[start:end].rstrip("\n").split("\n\n"))
        start = end


def _address(pattern: InlineProcessor, match: re.Match[str], text: str) -> _Found:
    """Return the link that a bare address becomes (GFM section 6.9), and where it begins and ends.

    Magiclink's own goes on into the HTML behind an address, and ends elsewhere in each version.
    """
    kept = pattern.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined] # it has them
    start = match.start()
    end = min(len(text), start + _ADDRESS)
    for found in _BEHIND_ADDRESS.finditer(text, match.end(), end):
        if found["kept"]:
            goes_on = _ESCAPED.fullmatch(str(kept.get(found["kept"], ""))) is not None
        else:
            goes_on = found[0].startswith("&") and decoded(found[0]) in {"&", found[0]}
        if not goes_on:
            end = found.start()
            break
    if end - start == _ADDRESS:
        return None, None, None  # and looking for its end from each of its parts would take quadratic time
    host = _HOST.match(text, match.end(), end)
    if host is None or any("_" in label for label in host[0].rstrip(".").split(".")[-2:]):
        return None, None, None
    address = without_punctuation(text[start:end])
    link = Element("a", href=pattern.unescape(address if "://" in address[:8] else f"http://{address}"))
    link.text = AtomicString(address)
    return link, start, start + len(address)


def _bracketed(text: str, start: int) -> tuple[str, int, bool]:
    """Return the text up to the bracket that closes, where it ends, and whether there is one.

    Python-Markdown's own looks through the whole text for each bracket that is never closed.
    """
    depth = 1
    for bracket in _BRACKETS.finditer(text, start):
        depth += 1 if bracket[0] == "[" else -1
        if depth in {0, _BRACKETED}:
            return text[start : bracket.start()], bracket.end(), depth == 0
    return "", start, False


def _target(
    read: Callable[[str, int], tuple[str, str | None, int, bool]], text: str, start: int
) -> tuple[str, str | None, int, bool]:
    """Return what Python-Markdown reads for a link's target; it would look for the end everywhere."""
    if not text.startswith("(", start):
        return "", None, start, False
    depth = 0
    near = start
    for parenthesis in _PARENTHESES.finditer(text, start):
        depth += 1 if parenthesis[0] == "(" else -1
        if depth in {0, _BRACKETED}:
            near = start if depth else parenthesis.end()
            break
    # A title may hold parentheses of its own.
    target, title, end, found = read(text[start : near + _TITLE], 0)
    if title is None and (match := _TITLE_IN_PARENTHESES.fullmatch(target)):
        target, title = match[1], match[2]
    return target, title, start + end, found


def _slug(text: str, separator: str) -> str:
    return str(slugify_unicode(without_tokens(text), separator))
