"""Raw front matter → a typed `Header`: every rule on what a key means stands here and in the rooms it calls.

Under which keys a field is found is in `feeds.content.header_keys`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from feeds import languages, patterns
from feeds.content import (
    corrections,
    dates,
    elsewhere,
    enclosures,
    fetchable,
    mailing,
    misspelt,
    moments,
    podcast,
    syndication,
    terms,
)
from feeds.content import withheld as withholding
from feeds.content.header_keys import KEYS, NOTHING, NOWHERE, Keys, line, line_of, truth
from feeds.content.people import people
from feeds.content.text import one_line
from feeds.model import Header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from feeds.content.front_matter import FrontMatter
    from feeds.content.yaml_text import Value
    from feeds.model import Direction, Person
    from feeds.problems import Findings, Severity

_HOST = re.compile(r"^https?://[^/]*", re.IGNORECASE)
# With a word in it: `{{ }}` is what somebody writes about. Code in backticks is passed over.
_CODE_OR_TEMPLATE = re.compile(
    r"(?P<code>(?P<ticks>`+)[^`]+(?P=ticks)(?!`))"
    r"|\{\{(?=[^{}]*\w)[^{}]*\}\}|\{%(?=[^{}]*\w)[^{}]*%\}|<%(?=[^<>]*\w)[^<>]*%>"
)
_SOURCE_FILE = re.compile(r"\.(?:md|mdx|markdown|mdown|mkd|html?\.erb)$", re.IGNORECASE)
_HEADERS = ("image", "overlayimage", "teaser")
# Those where a slug is a part of the path, so that a slash before it means nothing.
_SLUG_IS_SEGMENT = frozenset({"docusaurus", "hexo", "hugo", "jekyll", "nikola", "pelican", "zola"})


def read(
    matter: FrontMatter,
    zone: ZoneInfo,
    findings: Findings,
    *,
    path_date: datetime | None = None,
    dialect: str = "plain",
    defaults: Mapping[str, Value] = NOTHING,
) -> Header:
    """Type the front matter; faults go to `findings`.

    `zone` is where dates without a zone are. `path_date` is the date that the file's path gives: it stands in
    for a missing date, and for one that cannot be read. `dialect` is a name in `feeds.dialects.DIALECTS`.
    `defaults` are values, in the shape of the front matter's, that hold where it says nothing.
    """
    keys = Keys(matter, defaults)
    misspelt.note(matter, keys, dialect, findings)
    withheld = withholding.reason(keys, dialect, findings)
    url = _url(keys, dialect, findings)
    slug = line(keys.first("slug")[1])
    slug = "" if patterns.holds_code(slug) else slug
    path_date = path_date or dates.in_address(url, zone) or dates.in_address(slug, zone)
    # What could publish a post too early, or for too long, keeps it back; what has a substitute does not.
    fatal: Severity = "warning" if withheld else "error"
    date = partial(moments.read, keys, zone, findings)
    # Alone, `publishDate` is both the date and the embargo, and must not be read, or be wrong, twice.
    embargoed = keys.first("published")[0] == "publishdate"
    updated = date("updated", "warning")
    found = [
        (each, place)
        for each, place in enclosures.read(keys, findings)
        if fetchable.check(each.url, place, findings)
    ]
    episode, files = podcast.read(keys, tuple(each for each, _ in found), findings)
    extent, extent_place = syndication.extent(keys, findings)
    # Hugo goes on with the last change: https://gohugo.io/configuration/front-matter/#dates
    instead = path_date or (updated if dialect == "hugo" else None)
    untitled = _is_untitled(keys)
    return Header(
        title=_title(keys, findings),
        published=date("published", "warning" if path_date and not embargoed else fatal) or instead,
        embargo=None if embargoed else date("embargo", fatal),
        updated=updated,
        expires=date("expires", fatal),
        withheld=withheld,
        categories=terms.read(keys, "categories", dialect, findings),
        tags=terms.read(keys, "tags", dialect, findings),
        authors=terms.at_most(dict.fromkeys(_people(keys, findings)), keys, "authors", findings),
        summary=next((text for key in KEYS["summary"] if (text := _prose(keys.values.get(key)))), ""),
        slug=slug.strip("/"),
        url=url or (slug if slug.startswith("/") and dialect not in _SLUG_IS_SEGMENT else ""),
        aliases=tuple(dict.fromkeys(_aliases(keys))),
        id=line(keys.first("id")[1]),
        language=_language(keys, findings),
        direction=_direction(line(keys.first("direction")[1])),
        image=_image(keys, findings),
        enclosures=files,
        media_folder=line(keys.first("media_folder")[1]),
        templates=_runs_templates(keys),
        mailing=mailing.read(keys, findings),
        untitled=untitled,
        in_feeds=syndication.in_feeds(keys),
        extent=extent,
        deleted=date("deleted", fatal),
        corrections=corrections.read(keys, zone, updated, findings),
        comments=elsewhere.comments(keys, findings),
        rights=elsewhere.rights(keys),
        via=elsewhere.via(keys),
        subject=elsewhere.subject(keys),
        origin=elsewhere.origin(keys),
        episode=episode,
        places=keys.said(
            extent=extent_place,
            enclosures=found[0][1] if found else NOWHERE,
            untitled=keys.places["title"] if untitled else NOWHERE,
        ),
    )


def _prose(value: Value) -> str:
    """A line for people to read, without templates, which only their generator could fill in."""
    text = line(value)
    if not fetchable.TEMPLATE.search(text):
        return text
    return one_line(_CODE_OR_TEMPLATE.sub(lambda found: found["code"] or "", text))


def _title(keys: Keys, findings: Findings) -> str:
    key, value = keys.first("title")
    if isinstance(value, (list, dict)):
        findings.add(
            "warning",
            "title-invalid",
            f"{keys.written[key]} is a {'list' if isinstance(value, list) else 'mapping'}, not a text",
            at=keys.places[key],
            hint=f'put it in quotes: {keys.written[key]}: "[draft] of a post"',
        )
    # What is written about templates keeps its title; one that is nothing else is for a generator to fill in.
    return line(value) if _prose(value) else ""


def _is_untitled(keys: Keys) -> bool:
    """Whether the front matter has a title with nothing in it, as it is for a note."""
    own = keys.own.get("title")
    value = line(own.value) if own and isinstance(own.value, str) else own and own.value
    return own is not None and not value and not line(keys.first("title")[1])


def _url(keys: Keys, dialect: str, findings: Findings) -> str:
    for key in KEYS["url"]:
        url = line(keys.values.get(key))
        if not url or truth(url) is not None or fetchable.is_media(url):
            continue
        if key == "path" and (_SOURCE_FILE.search(url) or not ("/" in url or dialect == "zola")):
            continue
        if patterns.is_unfillable(_HOST.sub("", url), dialect):
            findings.add(
                "warning",
                "url-template",
                f"{url!r} is a template that only its generator can fill in",
                at=keys.places[key],
                hint=f"write the path itself, such as {keys.written[key]}: /notes/hello/",
            )
            return ""
        if fetchable.SCHEME.match(url) and not re.match(r"https?://[^/?#]", url, re.IGNORECASE):
            findings.add(
                "warning",
                "url-invalid",
                f"{url!r} is not the address of a post",
                at=keys.places[key],
                hint=f"write a path on the site, such as {keys.written[key]}: /notes/hello/",
            )
            return ""
        return url
    return ""


def _aliases(keys: Keys) -> Iterable[str]:
    for key in KEYS["aliases"]:
        value = keys.values.get(key)
        items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else ()
        yield from (text for item in items if (text := line(item)))


def _language(keys: Keys, findings: Findings) -> str:
    key, value = keys.first("language")
    tag = line(value).replace("_", "-")
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


def _direction(text: str) -> Direction | Literal[""]:
    folded = text.lower()
    if folded == "rtl":
        return "rtl"
    return "ltr" if folded == "ltr" else ""


def _people(keys: Keys, findings: Findings) -> Iterable[Person]:
    """The authors, without addresses that are not of the web."""
    key, value = keys.first("authors")
    for each in people(value, plural=key == "authors"):
        yield each if fetchable.check(each.url, keys.places[key], findings) else replace(each, url="")


def _image(keys: Keys, findings: Findings) -> str:
    for key in KEYS["image"]:
        if reference := fetchable.image_of(keys.values.get(key)):
            return reference if fetchable.check(reference, keys.places[key], findings) else ""
    top = keys.values.get("header")  # of Minimal Mistakes
    reference = line_of(top, _HEADERS) if isinstance(top, dict) else ""
    return reference if reference and fetchable.check(reference, keys.places["header"], findings) else ""


def _runs_templates(keys: Keys) -> bool:
    """Whether the generator runs templates in the body: Jekyll, Hexo and Eleventy can be told not to."""
    engines = set(re.split(r"[\s,]+", line(keys.values.get("templateengineoverride")).lower())) - {""}
    return not (
        truth(keys.values.get("renderwithliquid")) is False
        or truth(keys.values.get("disablenunjucks")) is True
        or (engines and engines <= {"md", "html", "false"})
    )
