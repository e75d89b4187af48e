"""Finished HTML that has to pass through Markdown unharmed, and its way back.

Everything that is HTML already (a figure, a code block, a raw `<details>`) is put aside and leaves a token
in the Markdown: plain lower-case letters and digits, which no Markdown rule looks at. `restore` swaps the
tokens of the rendered page for what they stand for.
"""

from __future__ import annotations

import re
from hashlib import sha256
from html import escape

from feeds.body.limits import Budget

_PARAGRAPH = re.compile(r"(<p(?: [^<>]*)?>)(.*?)</p>", re.DOTALL)
_OPENING = re.compile(r"<(?!br|img|input|wbr)[a-zA-Z]")
ANY_TOKEN = re.compile(r"fw[0-9a-f]{24}n\d+z")  # of whatever body


def without_tokens(text: str) -> str:
    """Return `text` with nothing where there are tokens, of whatever body."""
    return ANY_TOKEN.sub("", text)


class Stash:
    """The HTML put aside while one body is rendered.

    Tokens hold a digest of that body, so no text in it can name one of them: an author who wanted to would
    have to write the digest of what he is writing.
    """

    def __init__(self, markdown: str) -> None:
        self._key = "fw" + sha256(markdown.encode("utf-8", "surrogatepass")).hexdigest()[:24] + "n"
        self._hidden = {"{{": self._key + "b", "{%": self._key + "p"}  # what the last guard would drop
        self._kept: list[tuple[str, str, bool]] = []
        self._token = re.compile(self._key + r"(\d+)z")
        self._budget = Budget()
        self._tag_or_token = re.compile(r"<[a-zA-Z/][^<>]*>|" + self._token.pattern)

    def put(self, html: str, text: str = "", *, block: bool = False) -> str:
        """Keep `html` and return its token.

        `text` stands for it where only plain text can go (an attribute). A `block` may not stand inside a
        paragraph, which is ended before it. The HTML may hold tokens put earlier.
        """
        kept = (
            self._token.sub(lambda match: self._kept[int(match[1])][0], html) if self._key in html else html
        )
        self._kept.append((kept, text, block))
        return f"{self._key}{len(self._kept) - 1}z"

    def is_block(self, text: str) -> bool:
        """Tell whether `text` is nothing but the token of a block."""
        match = self._token.fullmatch(text)
        return match is not None and self._kept[int(match[1])][2]

    def restore(self, html: str) -> str:
        """Return `html` with every token swapped for what it stands for; raises `TooLargeError`."""
        return self._tag_or_token.sub(self._swap, _PARAGRAPH.sub(self._split, html))

    def hidden(self, text: str) -> str:
        """Return `text` with its braces hidden from the last guard, as they are to be seen."""
        for braces, token in self._hidden.items():
            text = text.replace(braces, token)
        return text

    def shown(self, html: str) -> str:
        """Return `html` with the braces that were hidden."""
        for braces, token in self._hidden.items():
            html = html.replace(token, braces)
        return html

    def _split(self, match: re.Match[str]) -> str:
        """Return a paragraph as the paragraphs and the blocks it is made of."""
        opening, inner = match[1], match[2]
        parts: list[str] = []
        start = 0
        for token in self._token.finditer(inner):
            before = inner[start : token.start()]
            if not self._kept[int(token[1])][2] or len(_OPENING.findall(before)) != before.count("</"):
                continue
            parts += [before, token[0]]
            start = token.end()
        if not parts:
            return match[0]
        parts.append(inner[start:])
        return "\n".join(
            part if index % 2 else f"{opening}{text}</p>"
            for index, part in enumerate(parts)
            if (text := re.sub(r"^(?:\s|<br ?/?>)+|(?:\s|<br ?/?>)+$", "", part))
        )

    def _swap(self, match: re.Match[str]) -> str:
        if match[1] is not None:
            html = self._kept[int(match[1])][0]
            self._budget.spend(len(html))  # a token can stand in a reference, and that in many places
            return html
        return self._token.sub(self._text, match[0])

    def _text(self, token: re.Match[str]) -> str:
        text = escape(self._kept[int(token[1])][1])
        self._budget.spend(len(text))
        return text
