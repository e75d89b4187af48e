"""T1 to T4: the text part says all that the HTML does, to people who read mail as text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from feeds.newsletter.contract import addresses, links
from feeds.newsletter.contract.mail import squeezed
from feeds.newsletter.contract.merge_tags import declared
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.page import Element, Page
    from feeds.newsletter.contract.rules import Finding

COLUMNS = 78
_JUDGED = 2000  # characters of a line, which is too long by far then
LEAST_WORDS = 0.95
_FEW = 2  # words that may be missing of a short mail, of which they would be more than a twentieth

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--|-->")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNSEEN = re.compile("[\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff]")
_IDEOGRAPH = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003fffd"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|(?:(?![{_IDEOGRAPH}])\w)+")
_NOT_LETTERS = re.compile("[\u00ad\u034f\u200b-\u200f\u2060\ufeff]")
_ADDRESS = re.compile(r"(?i)(?:https?://|mailto:|www\.)\S+|\S+@\S+")
_GOES_ON = re.compile(r"[\w/?#=&%~+-]")

RULES = table(
    [
        (
            "text-there",
            "T2",
            "error",
            "There is a text part.",
            "RFC 2046 section 5.1.4",
        ),
        (
            "text-links",
            "T1",
            "error",
            "Every link of the HTML stands in the text, in one piece.",
            "who reads the text has nothing else to follow",
        ),
        (
            "text-words",
            "T2",
            "error",
            "At least 95 % of the words of the HTML are in the text.",
            "the two are alternatives of one message, RFC 2046 section 5.1.4",
        ),
        (
            "text-markup",
            "T3",
            "error",
            "The text has no tags and no comments, unless the post is about them.",
            "RFC 2046 section 4.1.3: plain text is shown as it is",
        ),
        (
            "text-references",
            "T3",
            "error",
            "The text has characters, and no references such as &amp;nbsp;.",
            "RFC 2046 section 4.1.3: plain text is shown as it is",
        ),
        (
            "text-unseen",
            "T3",
            "error",
            "The text has no characters without a width, such as soft hyphens.",
            "programs show boxes, and searches find nothing",
        ),
        (
            "text-code",
            "T4",
            "error",
            "Code stands in the text line by line, blanks and all.",
            "who copies it must get what the author wrote",
        ),
        (
            "text-columns",
            "T4",
            "error",
            "Prose has lines of at most 78 columns; wide characters take two.",
            "RFC 5322 section 2.1.1; Unicode Standard Annex 11",
        ),
    ]
)


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the text part, by the HTML and by the posts."""
    if not mail.text.strip():
        yield RULES["text-there"].broken("there is no text part, or it is empty", part="text")
        return
    yield from _links(mail)
    yield from _words(mail)
    lines = mail.text.split("\n")
    own = [*mail.posts.values()]
    every = _code(mail.page, *own)
    yield from _marks(mail, lines, every)
    # A digest may have the beginnings of its posts only; else the text is whole where the HTML is cut.
    yield from _verbatim(mail, lines, _code(mail.page) if mail.letter.issue.is_digest else every)
    yield from _columns(mail, lines, every)


def _links(mail: Mail) -> Iterator[Finding]:
    tags = declared(mail)
    forms = mail.text + "\n" + "\n".join(addresses.comparable(word) for word in mail.text.split())
    told: set[str] = set()
    for element, href in links.shown(mail):
        if href.startswith("#") or href in told:
            continue
        told.add(href)
        if href in tags:
            is_there = href in mail.text
        else:
            is_there = any(_stands(form, forms) for form in {href, addresses.comparable(href)})
        if not is_there:
            message = f"the text lacks the link to {href[:80]}"
            yield RULES["text-links"].broken(
                message, part="text", line=element.line, entry=mail.entry(href), excerpt=href
            )


def _stands(url: str, text: str) -> bool:
    """Whether an address stands in a text, and not only as the beginning of a longer one."""
    at = text.find(url) if url else -1
    while at >= 0:
        end = at + len(url)
        if not _GOES_ON.match(text[end : end + 1]) or (
            url[-1:] in {"/", "="} and text[end : end + 1].isspace()
        ):
            return True
        at = text.find(url, end)
    return False


def _split(text: str) -> list[str]:
    return _WORD.findall(_NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text)).casefold())


def _words(mail: Mail) -> Iterator[Finding]:
    words = _split(mail.page.visible())
    missing = Counter(words) - Counter(_split(mail.text))
    count = missing.total()
    if count > max(_FEW, (1 - LEAST_WORDS) * len(words)):
        first = next(word for word in words if word in missing)
        share = int(100 * (1 - count / len(words)))
        said = ", ".join(list(missing)[:5])
        message = f"the text has {share} % of the {len(words)} words of the HTML, and lacks {said[:80]}"
        yield RULES["text-words"].broken(message, part="text", entry=mail.entry(first), excerpt=first)


def _marks(mail: Mail, lines: list[str], code: list[str]) -> Iterator[Finding]:
    """Marks that no reader of the HTML sees: a post about HTML has tags in its text."""
    seen = "".join(_reference(mail))
    for pattern, rule in ((_TAG, "text-markup"), (_REFERENCE, "text-references"), (_UNSEEN, "text-unseen")):
        for found in pattern.finditer(mail.text):
            is_unseen = rule == "text-unseen"
            if not is_unseen and "".join(found[0].split()) in seen:
                continue
            if is_unseen and any(found[0] in each for each in code):
                continue
            line = mail.text.count("\n", 0, found.start()) + 1
            shown = f"U+{ord(found[0]):04X}" if is_unseen else found[0][:60]
            message = f"the text has {shown} in {lines[line - 1].strip()[:60]!r}"
            excerpt = squeezed(lines[line - 1]) if is_unseen else found[0]
            yield RULES[rule].broken(
                message, part="text", line=line, entry=mail.entry(excerpt), excerpt=excerpt
            )


def _reference(mail: Mail) -> Iterator[str]:
    """All that readers see of the posts, blanks apart: their text, and the texts that stand for images."""
    for page in (mail.page, *mail.posts.values()):
        yield "".join(page.visible().split())
        for element in page.elements():
            for name in ("alt", "title", "aria-label"):
                yield "".join(element.attributes.get(name, "").split()) + "\n"
    issue = mail.letter.issue
    yield "".join(issue.subject.split())
    for post in issue.posts:
        yield "".join(f"{post.title}\n{post.label}\n{post.summary}".split())


def _code(*pages: Page) -> list[str]:
    """The code in pages, each piece once."""
    found: dict[str, None] = {}
    for page in pages:
        for element in page.elements("pre"):
            if not element.hidden:
                found["\n".join(line.rstrip() for line in _lines(element, page)).strip("\n")] = None
    return [each for each in found if each.strip()]


def _lines(element: Element, page: Page) -> list[str]:
    """The lines of code in an element: a <br> ends one as well."""
    written = ""
    for node in page.nodes[element.begin : element.end]:
        tag = getattr(node, "tag", "")
        written += "\n" if tag == "br" else getattr(node, "data", "") if not tag else ""
    return written.replace("\u00a0", " ").split("\n")


def _verbatim(mail: Mail, lines: list[str], code: list[str]) -> Iterator[Finding]:
    bare = [line.replace("\u00a0", " ").rstrip() for line in lines]
    for each in code:
        wanted = each.split("\n")
        if not any(_continues(bare, at, wanted) for at in range(len(bare) - len(wanted) + 1)):
            message = f"the code that begins with {wanted[0].strip()[:50]!r} is not in the text as it is"
            first = wanted[0].strip()
            yield RULES["text-code"].broken(message, part="text", entry=mail.entry(first), excerpt=first)


def _continues(lines: list[str], at: int, wanted: list[str]) -> bool:
    """Whether the wanted lines begin at a line, all of them as far in as the first."""
    if not lines[at].endswith(wanted[0]):
        return False
    indent = len(lines[at]) - len(wanted[0])
    return all(lines[at + below][indent:] == line for below, line in enumerate(wanted))


def _columns(mail: Mail, lines: list[str], code: list[str]) -> Iterator[Finding]:
    known = {line.strip() for each in code for line in each.split("\n")}
    tags = declared(mail)
    for number, line in enumerate(lines, 1):
        if len(line) * 2 <= COLUMNS or columns(line) <= COLUMNS:
            continue
        begun = line[:_JUDGED]
        prose = _ADDRESS.sub("", begun)
        for tag in tags:
            prose = prose.replace(tag, "")
        if columns(prose.rstrip()) <= COLUMNS:
            continue
        stripped = line.replace("\u00a0", " ").strip()
        # A line of code may have the mark of a list or a quotation before it.
        is_code = stripped in known or any(
            stripped.endswith(one) and len(one) * 2 > len(stripped) for one in known if one
        )
        is_word = not re.search(rf"\s|[{_IDEOGRAPH}]", stripped.lstrip("•*->0123456789.) "))
        if not is_code and not is_word:
            message = f"a line has {columns(line)} columns: {stripped[:50]!r}"
            yield RULES["text-columns"].broken(
                message, part="text", line=number, entry=mail.entry(stripped[:50]), excerpt=stripped[:50]
            )


def columns(text: str) -> int:
    """How many columns a line takes: two for a wide character, none for one that combines or is not seen.

    What a joiner ties to an emoji, or colours its skin, is part of it (Unicode Technical Standard 51).
    """
    width, before = 0, ""
    for character in text:
        is_part = before == "\u200d" or "\U0001f3fb" <= character <= "\U0001f3ff"
        if not is_part and unicodedata.category(character) not in {"Mn", "Me", "Cf"}:
            width += 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
        before = character
    return width
