"""HTML to a summary: the beginning of a post's prose, in one line."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from feeds.body.columns import joined
from feeds.body.plaintext import BLOCKS, VOID
from feeds.content.text import one_line

_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？．]+[」』”）]*|[؟۔।]")
_NO_PROSE = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "figure", "figcaption", "script", "style",
    "video", "audio", "dt", "summary",
})  # fmt: skip


class _Prose(HTMLParser):
    """Gathers the running text of paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skip = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skip:
            self._depth += tag == self._skip
        elif tag not in VOID:
            kind = dict(attrs).get("class") or ""
            if tag in _NO_PROSE or "footnote" in kind:
                self._skip, self._depth = tag, 1
        if tag in BLOCKS or tag == "br":
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._skip:
            self._depth -= tag == self._skip
            self._skip = self._skip if self._depth else ""
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.parts.append(data)


def summarise(html: str, limit: int = 280) -> str:
    """Return the beginning of a post's prose as one line of at most `limit` characters.

    It ends with a sentence if one ends in its second half, else with a word and "…". Headings, code,
    tables, figures and footnotes are no prose.
    """
    prose = _Prose()
    prose.feed(html)
    prose.close()
    text = one_line(joined(prose.parts))
    if len(text) <= limit:
        return text
    head = text[: limit + 1]
    ends = [match.end() for match in _SENTENCE_END.finditer(head) if match.end() <= limit]
    if ends and ends[-1] >= limit // 2:
        return head[: ends[-1]].strip()
    cut = head[: limit - 1]
    if " " in cut[limit // 2 :] and not head[limit - 1].isspace():
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" ,;:–—-") + "…"
