"""The files with an episode's words and chapters: which text is the address of one, and its type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import languages
from feeds.content import fetchable
from feeds.content.header_keys import line, line_of, truth
from feeds.model import Transcript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.content.yaml_text import Place, Value
    from feeds.problems import Findings

_TYPES = {
    "html": "text/html",
    "htm": "text/html",
    "json": "application/json",
    "srt": "application/x-subrip",
    "txt": "text/plain",
    "vtt": "text/vtt",
}
_ADDRESSES = ("url", "src", "href", "file", "path", "link")
_EXTENSION = re.compile(r"[^/.]\.([a-z][a-z0-9]{1,4})$")
_HOST = re.compile(r"https?://[^/]*", re.IGNORECASE)
_CHAPTER = re.compile(r"\s*\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d+)?\s+\S", re.ASCII)  # 00:12:30.000 The storm
_LONGEST = 2000  # characters of an address
_MOST = 100


def transcripts(value: Value, written: str, place: Place, findings: Findings) -> Iterator[Transcript]:
    """The transcripts that a value names: an address, a mapping, or a list of either.

    The words themselves, which some themes have here, are no file.
    """
    for item in (value if isinstance(value, list) else [value])[:_MOST]:
        given: dict[str, Value] = item if isinstance(item, dict) else {"url": item}
        reference = line_of(given, _ADDRESSES)
        if not _is_address(reference):
            if isinstance(item, dict):
                findings.add(
                    "warning",
                    "podcast-invalid",
                    f"{written} does not say where the transcript is",
                    at=place,
                    hint=f"write {written}: {{url: /episodes/3.vtt, language: en}}",
                )
            continue
        if fetchable.check(reference, place, findings):
            media_type = line_of(given, ("type", "mimetype", "mime", "mediatype"))
            yield Transcript(
                url=reference,
                # What has no extension is the address of a page.
                media_type=media_type
                if "/" in media_type
                else _TYPES.get(_extension(reference), "text/html"),
                language=_language(line_of(given, ("language", "lang")), place, findings),
                captions=line_of(given, ("rel",)).lower() == "captions"
                or truth(line_of(given, ("captions",))) is True,
            )


def chapters(value: Value, written: str, place: Place, findings: Findings) -> str:
    """The address of the file with the chapters; those listed in place are for a player on a page."""
    if _is_list_of_chapters(value):
        findings.add(
            "note",
            "podcast-invalid",
            f"{written}: podcast programs want the address of a JSON file, not the chapters",
            at=place,
            hint=f"write {written}: /episodes/3/chapters.json",
        )
        return ""
    reference = line_of(value, _ADDRESSES) if isinstance(value, dict) else line(value)
    if not _is_address(reference):
        return ""
    if _extension(reference) not in {"", "json"}:
        findings.add(
            "warning",
            "podcast-invalid",
            f"{written}: {reference!r} is not the JSON file that podcast programs ask for",
            at=place,
            hint=f"write {written}: /episodes/3/chapters.json",
        )
        return ""
    return reference if fetchable.check(reference, place, findings) else ""


def _is_list_of_chapters(value: Value) -> bool:
    """Whether a value is lines such as `00:12:30 The storm`, in a list or in one text."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, str) and bool(_CHAPTER.match(first))


def _language(text: str, place: Place, findings: Findings) -> str:
    tag = text.replace("_", "-")
    if not tag or languages.is_tag(tag):
        return tag
    findings.add(
        "warning",
        "podcast-invalid",
        f"{text!r} is not the language tag of a transcript",
        at=place,
        hint="write language: en, or pt-BR",
    )
    return ""


def _is_address(text: str) -> bool:
    if not text or len(text) > _LONGEST or truth(text) is not None:
        return False
    if _extension(text) in _TYPES:
        return True
    return " " not in text and bool(fetchable.SCHEME.match(text) or text.startswith(("/", "./", "../")))


def _extension(reference: str) -> str:
    found = _EXTENSION.search(_HOST.sub("", re.split(r"[?#]", reference)[0].lower()))
    return found[1] if found else ""
