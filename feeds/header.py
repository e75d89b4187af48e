"""Raw front matter → a typed `Header`: every rule on what a key means stands here.

Under which keys a field is found is in `feeds.header_keys`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from feeds import dates, languages, media_types
from feeds.header_keys import KEYS, Keys
from feeds.model import Enclosure, Header, Mailing, Person
from feeds.people import LINKED_NAME, person

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from feeds.front_matter import FrontMatter
    from feeds.model import Direction, Findings, Severity
    from feeds.yaml_text import Value

_YES = frozenset({"true", "yes", "on", "1", "y"})
_NO = frozenset({"false", "no", "off", "0", "n"})
# Statuses that say "not yet" or "not for everyone". Others are left alone: some write `status: seedling`.
_WITHHELD_STATUS = {
    **dict.fromkeys(("draft", "pending", "unpublished", "wip", "idea", "trash"), "draft"),
    **dict.fromkeys(("hidden", "unlisted", "private", "skip"), "hidden"),
}
_MOST_DIGITS = 15  # of a length in bytes; a petabyte has 16
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def read(
    matter: FrontMatter, zone: ZoneInfo, findings: Findings, *, path_date: datetime | None = None
) -> Header:
    """Type the front matter; faults go to `findings`.

    `zone` is where dates without a zone are. `path_date` is the date that the file's path gives: it stands in
    for a missing date, and for one that cannot be read.
    """
    keys = Keys(matter)
    withheld = _withheld(keys, findings)
    # What could publish a post too early, or for too long, keeps it back; what has a substitute does not.
    fatal: Severity = "warning" if withheld else "error"
    published = _date(keys, "published", zone, findings, "warning" if path_date else fatal)
    return Header(
        title=_line(keys.first("title")[1]),
        published=published or path_date,
        embargo=_date(keys, "embargo", zone, findings, fatal),
        updated=_date(keys, "updated", zone, findings, "warning"),
        expires=_date(keys, "expires", zone, findings, fatal),
        withheld=withheld,
        categories=_terms(keys, "categories", findings),
        tags=_terms(keys, "tags", findings),
        authors=_people(keys, findings),
        summary=_summary(keys),
        slug=_line(keys.first("slug")[1]).strip("/"),
        url=_url(keys, findings),
        id=_line(keys.first("id")[1]),
        language=_language(keys, findings),
        direction=_direction(_line(keys.first("direction")[1])),
        image=_image(keys, findings),
        enclosures=tuple(
            each for each in _enclosures(keys, findings) if _fetchable(each.url, keys, "enclosures", findings)
        ),
        mailing=_mailing(keys.first("newsletter")[1]),
    )


def _line(value: Value) -> str:
    """One line of text; anything else is absent."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _truth(value: Value) -> bool | None:
    text = _line(value).lower()
    return True if text in _YES else False if text in _NO else None


def _date(keys: Keys, field: str, zone: ZoneInfo, findings: Findings, severity: Severity) -> datetime | None:
    for key in KEYS[field]:
        text = _line(keys.values.get(key))
        if not text or (key == "published" and _truth(text) is not None):
            continue
        try:
            if (moment := dates.read(text, zone)) is not None:
                return moment
        except ValueError as error:
            findings.add(
                severity,
                "date-invalid",
                str(error),
                at=keys.places[key],
                hint=f"write {keys.written[key]}: 2025-01-31, or 2025-01-31T18:30:00+01:00",
            )
            return None
    return None


def _url(keys: Keys, findings: Findings) -> str:
    key, value = keys.first("url")
    url = _line(value)
    if _SCHEME.match(url) and not re.match(r"https?://[^/?#]", url, re.IGNORECASE):
        findings.add(
            "warning",
            "url-invalid",
            f"{url!r} is not the address of a post",
            at=keys.places[key],
            hint=f"write a path on the site, such as {keys.written[key]}: /notes/hello/",
        )
        return ""
    return url


def _language(keys: Keys, findings: Findings) -> str:
    key, value = keys.first("language")
    tag = _line(value).replace("_", "-")
    if tag and not languages.is_tag(tag):
        findings.add(
            "warning",
            "language-invalid",
            f"{tag!r} is not a language tag",
            at=keys.places[key],
            hint=f"write {keys.written[key]}: en, or pt-BR",
        )
        return ""
    return tag


def _withheld(keys: Keys, findings: Findings) -> str:
    draft = keys.values.get("draft")
    if draft not in (None, "") and _truth(draft) is None:
        # Nobody writes `draft:` on a finished post, so what is not a clear no is taken for a yes.
        findings.add(
            "warning",
            "draft-unclear",
            "draft is neither true nor false, so the post is kept back",
            at=keys.places["draft"],
            hint="write draft: true or draft: false",
        )
        return "draft"
    if _truth(draft) or any(_truth(keys.values.get(key)) is False for key in ("published", "publish")):
        return "draft"
    for key in ("hidden", "unlisted", "private"):
        if _truth(keys.values.get(key)):
            return "hidden"
    if status := _WITHHELD_STATUS.get(_line(keys.values.get("status")).lower()):
        return status
    # A post for members must never slip into a public feed: any visibility but public holds it back.
    visibility = _line(keys.values.get("visibility")).lower()
    return "" if visibility in {"", "public"} else "not public"


def _terms(keys: Keys, field: str, findings: Findings) -> tuple[str, ...]:
    key, value = keys.first(field)
    if isinstance(value, str):
        names: Iterable[str] = value.split(",")
    elif isinstance(value, list):
        names = list(_flat(value))
    elif value is None:
        return ()
    else:
        findings.add(
            "warning",
            "terms-invalid",
            f"{keys.written[key]} is a mapping, not a list of names",
            at=keys.places[key],
            hint=f"write {keys.written[key]}: [one, two]",
        )
        return ()
    named = (" ".join(name.split()) for name in names)
    return tuple(dict.fromkeys(name for name in named if name.strip("-_ ")))


def _flat(items: list[Value]) -> Iterable[str]:
    """The texts in a list, and in the lists inside it (Hexo's nested categories)."""
    for item in items:
        if isinstance(item, str):
            yield item
        elif isinstance(item, list):
            yield from _flat(item)


def _authors(key: str, value: Value) -> Iterable[Person]:
    if isinstance(value, str):
        links = list(LINKED_NAME.finditer(value))
        if len(links) > 1:
            yield from (Person(name=found["name"], url=found["url"]) for found in links)
            return
        # `author: Sammy Davis, Jr.` is one person; the plural key is where several are written in one line.
        texts = re.split(r"\s*[,;]\s*", value) if key == "authors" and not links else [value]
        yield from (somebody for text in texts if (somebody := person(text)))
    elif isinstance(value, list):
        for item in value:
            yield from _authors("author", item)
    elif isinstance(value, dict):
        name = _line(value.get("name"))
        address = next(
            (_line(value.get(k)) for k in ("url", "link", "website", "homepage") if value.get(k)), ""
        )
        if name:
            yield Person(name=name, email=_line(value.get("email")), url=address)


def _summary(keys: Keys) -> str:
    for key in KEYS["summary"]:
        if text := _line(keys.values.get(key)):
            return text
    return ""


def _direction(text: str) -> Direction | Literal[""]:
    folded = text.lower()
    if folded == "rtl":
        return "rtl"
    return "ltr" if folded == "ltr" else ""


def _fetchable(reference: str, keys: Keys, field: str, findings: Findings) -> bool:
    """Whether readers can fetch what `reference` names: a path, or an address of the web."""
    scheme = _SCHEME.match(reference)
    if not scheme or scheme[1].lower() in {"http", "https"}:
        return True
    findings.add(
        "warning",
        "address-invalid",
        f"{reference!r} is not an address that readers can fetch, and was left out",
        at=keys.places[keys.first(field)[0]],
        hint="write a path on the site, or an address that starts with https://",
    )
    return False


def _people(keys: Keys, findings: Findings) -> tuple[Person, ...]:
    """The authors, without addresses that are not of the web."""
    return tuple(
        each if _fetchable(each.url, keys, "authors", findings) else replace(each, url="")
        for each in _authors(*keys.first("authors"))
    )


def _image(keys: Keys, findings: Findings) -> str:
    reference = _address(keys.first("image")[1])
    return reference if _fetchable(reference, keys, "image", findings) else ""


def _address(value: Value) -> str:
    """The address of an image that is given as text, as a mapping, or first in a list of those."""
    if isinstance(value, list):
        return _address(value[0]) if value else ""
    if isinstance(value, dict):
        return next(
            (
                _line(value.get(k))
                for k in ("url", "src", "path", "image", "relative", "feature")
                if value.get(k)
            ),
            "",
        )
    return _line(value)


def _enclosures(keys: Keys, findings: Findings) -> Iterable[Enclosure]:
    key, value = keys.first("enclosures")
    for item in value if isinstance(value, list) else [value]:
        given = {"url": item} if isinstance(item, str) else item
        if not isinstance(given, dict):
            continue
        address = next((_line(given.get(k)) for k in ("url", "file", "src", "href") if given.get(k)), "")
        if not address:
            continue
        length = _line(given.get("length")) or _line(given.get("size"))
        if length and not (length.isdecimal() and len(length) <= _MOST_DIGITS):
            findings.add(
                "warning",
                "enclosure-length",
                f"{length!r} is not a length in bytes",
                at=keys.places[key],
                hint="write the file's size, such as length: 1048576",
            )
            length = ""
        media_type = _line(given.get("type")) or _line(given.get("mime_type"))
        if "/" not in media_type:
            media_type = media_types.of(address)
        yield Enclosure(url=address, media_type=media_type, length=int(length or 0))


def _mailing(value: Value) -> Mailing:
    if not isinstance(value, dict):
        return Mailing(skip=_truth(value) is False)
    intro = value.get("intro")
    return Mailing(
        subject=_line(value.get("subject")),
        preheader=_line(value.get("preheader")),
        intro=intro.strip() if isinstance(intro, str) else "",
        skip=_truth(value.get("skip")) is True,
    )
