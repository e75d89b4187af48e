"""What front matter says of a podcast's episode: under `podcast:` or `episode:`, or key by key at the top.

Plain words such as `season` or `duration` count at the top only where there is something to hear or to watch,
for elsewhere they are of recipes and travels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.content import durations, fetchable, transcripts
from feeds.content.header_keys import EPISODE, PREFIXED, UNPREFIXED, fold, line, line_of, truth
from feeds.content.participants import participants
from feeds.model import Episode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Literal

    from feeds.content.header_keys import Entry, Keys
    from feeds.content.yaml_text import Place, Value
    from feeds.model import Enclosure, Participant, Transcript
    from feeds.problems import Findings

_MAPPINGS = ("podcast", "episode")
_INNER = {spelling: field for field, spellings in EPISODE.items() for spelling in spellings}
# What may hold for a whole folder; the rest is of one episode.
_SHARED = frozenset({"season", "kind", "explicit", "image", "hosts"})
_ROLES = {"people": "", "hosts": "host", "guests": "guest"}
_KINDS: dict[str, Literal["full", "trailer", "bonus"]] = {
    "full": "full",
    "trailer": "trailer",
    "bonus": "bonus",
}
_CLEAN = {"clean": False, "explicit": True}
_NUMBER = re.compile(
    r"(?:#|no\.|ep\.|ep(?:isode)?|e|s(?:eason)?)?\s*(\d{1,6})(\.\d{1,3})?", re.ASCII | re.IGNORECASE
)
_MOST = 100  # transcripts or people of one episode


@dataclass(frozen=True, slots=True)
class _Said:
    """A value, its key as written and its place."""

    value: Value
    written: str
    place: Place


def read(
    keys: Keys, enclosures: tuple[Enclosure, ...], findings: Findings
) -> tuple[Episode | None, tuple[Enclosure, ...]]:
    """What is said of the episode, None for nothing; and the enclosures, each with a duration if one is said.

    What cannot be read is left out, with a warning.
    """
    said = _gather(keys, heard=any(_is_heard(each) for each in enclosures))
    seconds = _duration(said["duration"], findings) if "duration" in said else 0
    timed = tuple(
        replace(each, duration=seconds) if _is_heard(each) and not each.duration else each
        for each in enclosures
    )
    season, number = said.get("season"), said.get("number")
    episode = Episode(
        season=int(_number(season, "season", findings)),
        number=_number(number, "episode", findings),
        kind=_kind(said.get("kind"), findings),
        explicit=_explicit(said.get("explicit"), findings),
        image=_image(said.get("image"), findings),
        transcripts=_transcripts(said.get("transcripts"), findings),
        chapters=_chapters(said.get("chapters"), findings),
        people=tuple(dict.fromkeys(_people(said, findings)))[:_MOST],
        season_name=_name(season, "name", "title"),
        display=_name(number, "display") or _display(said.get("display")),
    )
    return (None if episode == Episode() else episode), timed


def _is_heard(enclosure: Enclosure) -> bool:
    return enclosure.media_type.startswith(("audio/", "video/"))


def _gather(keys: Keys, *, heard: bool) -> dict[str, _Said]:
    """What is said, by field: what the post says wins over what its folder does."""
    said: dict[str, _Said] = {}
    for field, value in _spoken(keys.own, keys.places, heard=heard):
        said.setdefault(field, value)
    if heard or said:
        for field, value in _spoken(keys.shared, {}, heard=True):
            if field in _SHARED:
                said.setdefault(field, value)
    return said


def _spoken(
    entries: Mapping[str, Entry], places: Mapping[str, Place], *, heard: bool
) -> Iterator[tuple[str, _Said]]:
    """Each field that some entries say something of, those in mappings first."""
    mappings = [
        (key, value) for key in _MAPPINGS if key in entries and isinstance(value := entries[key].value, dict)
    ]
    for key, mapping in mappings:
        for written, value in mapping.items():
            name = fold(written)
            field = _INNER.get(name) or PREFIXED.get(name)
            if field and _says(name, value):
                yield field, _Said(value, written, places.get(key, (0, 0)))
    for key, entry in entries.items():
        if (key, entry.value) in mappings:
            continue
        field = PREFIXED.get(key) or (UNPREFIXED.get(key) if heard or mappings else None)
        if field and _says(key, entry.value):
            yield field, _Said(entry.value, entry.written, places.get(key, (0, 0)))


def _says(key: str, value: Value) -> bool:
    """Whether a key says anything of an episode; an empty list says that there is to be nobody."""
    if key.endswith("type") and not key.endswith("episodetype"):  # else it is that of a file or of a podcast
        return line(value).lower() in _KINDS
    return value not in (None, "", {})


def _fault(said: _Said, what: str, hint: str, findings: Findings) -> None:
    shown = repr(line(said.value)) if isinstance(said.value, str) else f"a {_shape(said.value)}"
    findings.add("warning", "podcast-invalid", f"{said.written}: {shown} is {what}", at=said.place, hint=hint)


def _shape(value: Value) -> str:
    return "list" if isinstance(value, list) else "mapping"


def _duration(said: _Said, findings: Findings) -> int:
    if isinstance(said.value, str):
        return durations.noted(line(said.value), said.place, findings)
    _fault(said, "not a duration", 'write duration: "31:20"', findings)
    return 0


def _number(said: _Said | None, noun: Literal["season", "episode"], findings: Findings) -> float:
    """The number from 1, an int unless it is that of an episode between two others; 0 for none."""
    if said is None:
        return 0
    text = line_of(said.value, ("number",)) if isinstance(said.value, dict) else line(said.value)
    found = _NUMBER.fullmatch(text)
    fraction = float(found[2] or 0) if found else 0
    if found and not (fraction and noun == "season"):
        return float(f"{found[1]}{found[2]}") if fraction else int(found[1])
    _fault(
        said,
        f"not the number of {'an' if noun == 'episode' else 'a'} {noun}",
        f"write {said.written}: 3",
        findings,
    )
    return 0


def _name(said: _Said | None, *keys: str) -> str:
    """What stands beside a number in its mapping, to be shown in its place."""
    return line_of(said.value, keys) if said and isinstance(said.value, dict) else ""


def _display(said: _Said | None) -> str:
    """What is to be shown in the place of the number; `display: true` is a switch of a theme."""
    return line(said.value) if said and truth(said.value) is None else ""


def _kind(said: _Said | None, findings: Findings) -> Literal["", "full", "trailer", "bonus"]:
    if said is None:
        return ""
    kind = _KINDS.get(line(said.value).lower())
    if kind is None:
        _fault(said, "no type of episode", f"write {said.written}: full, trailer or bonus", findings)
    return kind or ""


def _explicit(said: _Said | None, findings: Findings) -> bool | None:
    if said is None:
        return None
    word = line(said.value).lower()
    answer = truth(word) if word not in _CLEAN else _CLEAN[word]
    if answer is None:
        _fault(said, "neither yes nor no", f"write {said.written}: true or {said.written}: false", findings)
    return answer


def _image(said: _Said | None, findings: Findings) -> str:
    reference = fetchable.image_of(said.value) if said else ""
    return reference if said and reference and fetchable.check(reference, said.place, findings) else ""


def _transcripts(said: _Said | None, findings: Findings) -> tuple[Transcript, ...]:
    if said is None:
        return ()
    return tuple(dict.fromkeys(transcripts.transcripts(said.value, said.written, said.place, findings)))


def _chapters(said: _Said | None, findings: Findings) -> str:
    return transcripts.chapters(said.value, said.written, said.place, findings) if said else ""


def _people(said: Mapping[str, _Said], findings: Findings) -> Iterator[Participant]:
    for field, role in _ROLES.items():
        if field in said:
            yield from participants(said[field].value, role, said[field].place, findings)
