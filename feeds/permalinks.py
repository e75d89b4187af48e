"""Where a post lives on the site: the permalink pattern filled in, unless the post says it itself.

Generators make path segments in different ways, so values are those of the settings' dialect (`feeds.slugs`).
Whatever front matter says, the address stays below the site's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from feeds import patterns, slugs
from feeds.body import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from feeds.model import Source
    from feeds.settings import Settings

# Not from the calendar of the machine's language: an address is the same wherever it is made.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = 3

# What generators that put every post into a category call that of a post without one.
_UNSORTED = {"hexo": ("uncategorized",), "pelican": ("misc",)}

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_APART = re.compile(r"[/\\]")
_DOTS = frozenset({".", ".."})
_ABSOLUTE = re.compile(r"(https?://[^/?#]*)([^?#]*)(.*)", re.DOTALL)
_MOST_DECODINGS = 8
_DOCUSAURUS_DATE = re.compile(r"(?P<folder>.*)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<text>.*)")
# Where pages have the addresses of their files, as in VitePress, that of a folder ends in a slash.
_PAGES_OF_FOLDERS = ("/index.md", "/README.md", "/readme.md")
_PATH_OF_FILE = re.compile(r"\{section\}/\{filename\}(?:\.html)?$")
_NOTHING = re.compile(r"[./\\\s]*")


def of(source: Source, settings: Settings) -> str:
    """Return the absolute, percent-encoded URL of a dated source."""
    given = _below(source.header.url, settings.site.url)
    dialect = settings.content.dialect
    if given and not patterns.is_template(given, dialect):
        if re.match(r"https?://", given, re.IGNORECASE):
            return _elsewhere(given, settings)
        return _address(_given(given, source, dialect), settings)
    own = patterns.of_post(given, dialect) if given else None
    pattern = own or _pattern(source, settings)
    if dialect == "pelican" and not own:
        pattern = _translated(pattern, source, settings)
    path = _filled(pattern, source, settings)
    # A post's own pattern is the whole path; in Hugo only with a slash in front, else below the language.
    whole = own is not None and (dialect != "hugo" or given.startswith("/"))
    bare = whole or dialect == "pelican" or "{language}" in pattern
    return _address(path if bare else f"{source.prefix}/{path}", settings)


def of_page(source: Source, settings: Settings) -> str:
    """Return the absolute URL of a page without a date, such as `about.md`, as its generator makes it."""
    given = source.header.url
    dialect = settings.content.dialect
    if given and not patterns.is_template(given, dialect) and not given.startswith("http"):
        return _address(_given(given, source, dialect), settings)
    make = _makers(settings)
    folders = [make.folder(part) for part in source.section.split("/")]
    name, end = make.slug(source.header.slug) or make.name(source.name), "/"
    if (
        dialect == "jekyll"
    ):  # the posts' pattern says how its pages end; `_docs` is the collection called docs
        folders[0] = folders[0].removeprefix("_")
        name, end = slugs.as_written(source.name), "/" if of_site(settings).endswith("/") else ".html"
    if dialect == "pelican":
        name, end = source.header.slug or make.title(source.header.title) or name, ".html"
    prefix = "" if dialect == "pelican" else source.prefix
    return _address("/".join((prefix, *folders, name)) + end, settings)


def of_document(path: str, given: str, settings: Settings) -> str:
    """Return the absolute URL of a page of a Jekyll site at `path`, without extension, in the site's folder.

    `given` is the address that it gives itself, if any.
    """
    folders, _, name = path.rpartition("/")
    top, _, below = folders.partition("/")
    collection = "" if top in {"_pages", "_tabs"} else top.removeprefix("_")
    end = "/" if not top or of_site(settings).endswith("/") else ".html"
    return _address(given or f"{collection}/{below}/{name}{end}", settings)


def _makers(settings: Settings) -> slugs.Makers:
    return slugs.makers(settings.content.dialect, in_unicode=settings.content.slug_letters == "unicode")


def _below(given: str, site: str) -> str:
    """What the front matter gives, as a path if it is an address of the site itself."""
    rest = given[len(site) :] if given.lower().startswith(site.lower() + "/") else ""
    return rest if rest and not re.search("[?#]", rest) else given


def _given(path: str, source: Source, dialect: str) -> str:
    """The path that a post gives, as its generator reads it."""
    # https://gohugo.io/content-management/urls/#url
    if dialect == "hugo":
        start = "" if path.startswith("/") else f"{source.prefix}/"
        return start + path + ("" if "." in path else "/")
    if dialect == "hexo":
        return path if path.endswith(".html") else f"{path}/"
    return f"{path}/" if dialect == "zola" else path


def _translated(pattern: str, source: Source, settings: Settings) -> str:
    """The pattern of a post that Pelican takes for a translation, since it is in another language."""
    language = source.header.language.lower()
    own = settings.site.language.lower()
    return pattern if language in {"", own, own.partition("-")[0]} else patterns.of_translations(pattern)


def _pattern(source: Source, settings: Settings) -> str:
    """The pattern of the closest section that has one of its own, else the site's."""
    found = {folder.strip("/"): pattern for folder, pattern in settings.content.permalinks.items()}
    section = source.section
    while section and section not in found:
        section = section.rpartition("/")[0]
    return found.get(section) or of_site(settings)


def of_site(settings: Settings) -> str:
    """The pattern of the posts whose section has none: the settings', else that of the dialect."""
    return settings.content.permalink or patterns.DEFAULTS.get(
        settings.content.dialect, patterns.DEFAULTS["plain"]
    )


@dataclass(frozen=True, slots=True)
class _Post:
    """What a placeholder's value is made of."""

    source: Source
    settings: Settings
    date: datetime
    make: slugs.Makers

    def name(self, name: str) -> str:
        return self.make.name(name) or slugs.term(name)

    def slug(self) -> str:
        slug = _slug(self.source)
        return self.make.slug(slug) if slug else ""

    def title(self) -> str:
        title = self.source.header.title
        return self.make.title(title) if title else ""

    def term(self, name: str) -> str:
        return (self.make.category(name) or slugs.term(name)) if name else ""


def _slug(source: Source) -> str:
    """The slug that the front matter gives; empty for a template, and for one that says nothing."""
    slug = source.header.slug
    return "" if _NOTHING.fullmatch(slug) or patterns.holds_code(slug) else slug


def _folders(post: _Post) -> list[str]:
    return [post.make.folder(part) for part in post.source.section.split("/")]


def _filename(post: _Post) -> str:
    """The last part of the path, with its date and without its language.

    Hugo, once it is told to take a date from the name, takes it out of the address too.
    """
    if post.source.dated_by_path and post.settings.content.dialect == "hugo":
        return post.name(post.source.name)
    return post.name(_last(post))


def _last(post: _Post) -> str:
    full, name = post.source.key.rpartition("/")[2], post.source.name
    end = full.rfind(name)
    return full[: end + len(name)] if end >= 0 else full


def _plain(name: str) -> str:
    return (slugs.plain(name) or slugs.term(name)) if name else ""


def _path(post: _Post) -> str:
    """The path in the content folder; Docusaurus makes folders of a date in it, in front of the others."""
    path = "/".join((*_folders(post), _filename(post))).lstrip("/")
    dated = _DOCUSAURUS_DATE.fullmatch(path)
    return f"{dated['date'].replace('-', '/')}/{dated['folder']}{dated['text']}" if dated else path


def _language(post: _Post) -> str:
    return post.source.header.language or post.source.prefix or post.settings.site.language


def _categories(post: _Post) -> tuple[str, ...]:
    return post.source.header.categories or _UNSORTED.get(post.settings.content.dialect, ())


def _author(post: _Post) -> str:
    authors = post.source.header.authors
    return authors[0].name if authors else re.sub(r"\s*<.*", "", post.settings.site.author)


def _month(post: _Post) -> str:
    return _MONTHS[post.date.month - 1]


def _weekday(post: _Post) -> str:
    return _WEEKDAYS[post.date.weekday()]


_VALUES: Mapping[str, Callable[[_Post], str]] = {
    "section": lambda post: "/".join(_folders(post)),
    "first_section": lambda post: _folders(post)[0],
    "slug": lambda post: post.slug() or post.name(post.source.name),
    "name": lambda post: post.name(post.source.name),
    "title": lambda post: post.title() or post.name(post.source.name),
    "slug_or_title": lambda post: post.slug() or post.title() or post.name(post.source.name),
    "filename": _filename,
    "slug_or_filename": lambda post: post.slug() or _filename(post),
    "slug_or_path": lambda post: post.slug() or _path(post),
    "year": lambda post: f"{post.date.year:04}",
    "short_year": lambda post: f"{post.date.year % 100:02}",
    "month": lambda post: f"{post.date.month:02}",
    "month_number": lambda post: str(post.date.month),
    "month_name": lambda post: post.make.word(_month(post)),
    "short_month": lambda post: post.make.word(_month(post)[:_SHORT]),
    "day": lambda post: f"{post.date.day:02}",
    "day_number": lambda post: str(post.date.day),
    "yearday": lambda post: f"{post.date.timetuple().tm_yday:03}",
    "week": lambda post: f"{post.date.isocalendar().week:02}",
    "weekday": lambda post: post.make.word(_weekday(post)),
    "short_day": lambda post: post.make.word(_weekday(post)[:_SHORT]),
    "hour": lambda post: f"{post.date.hour:02}",
    "minute": lambda post: f"{post.date.minute:02}",
    "second": lambda post: f"{post.date.second:02}",
    "category": lambda post: post.term(next(iter(_categories(post)), "")),
    "categories": lambda post: "/".join(dict.fromkeys(map(post.term, _categories(post)))),
    "author": lambda post: post.term(_author(post)),
    "language": lambda post: post.make.word(_language(post)),
    "plain_slug": lambda post: _plain(_slug(post.source) or post.source.name),
    "plain_filename": lambda post: _plain(_last(post)),
    "plain_categories": lambda post: "/".join(dict.fromkeys(map(_plain, _categories(post)))),
}


def _filled(pattern: str, source: Source, settings: Settings) -> str:
    published = source.header.published
    assert published is not None, "only dated sources have an address"  # noqa: S101 - the collector saw to it
    dialect = settings.content.dialect
    if dialect in {"hexo", "jekyll"}:  # whose days are those of the site's zone, whatever zone a post gives
        published = published.astimezone(ZoneInfo(settings.site.timezone))
    if dialect == "hexo" and "{name}" in pattern:
        source = _in_hexo(source)
    if dialect == "plain" and source.path.endswith(_PAGES_OF_FOLDERS):
        pattern = _PATH_OF_FILE.sub("{section}/{filename}/", pattern)
    post = _Post(source, settings, published, _makers(settings))
    # A value is no path yet: what looks like an escape in it is none.
    path = re.sub(r"\{(\w+)\}", lambda found: _VALUES[found[1]](post).replace("%", "%25"), pattern)
    # A folder's own page, in sites made of vaults
    if dialect == "obsidian" and source.path.endswith("/index.md") and not path.endswith("/"):
        return f"{path}/"
    # Eleventy's own pattern makes one folder of `hello/hello.md` (TemplatePermalink._hasDuplicateFolder).
    if dialect == "eleventy" and pattern.endswith(("/{section}/{name}/", "/{section}/{filename}/")):
        return re.sub(r"(/[^/]+)\1/$", r"\1/", path)
    return path


def _in_hexo(source: Source) -> Source:
    """The source as Hexo knows it, where the names of files begin with a date (`new_post_name`).

    Another path is made into one name, folders and all (hexo/lib/plugins/processor/post, `parseFilename`).
    """
    folders, _, file = source.key.rpartition("/")
    fits = file != source.name and (not folders or folders[0].isdecimal())
    return source if fits else replace(source, section="", name=slugs.hexo(source.key) or source.name)


def _address(path: str, settings: Settings) -> str:
    return addresses.url(f"{settings.site.url}/{_inside(path)}", settings.site.url)


def _elsewhere(given: str, settings: Settings) -> str:
    """An absolute address, which is left as it is unless its path holds what ours may not hold either."""
    written = addresses.url(given, settings.site.url)
    host, path, rest = _ABSOLUTE.findall(written)[0]
    decoded = _decoded(path)
    if not _CONTROL.search(decoded) and {part.strip() for part in _APART.split(decoded)}.isdisjoint(_DOTS):
        return written
    return addresses.url(f"{host}/{_inside(path)}{rest}", settings.site.url)


def _inside(path: str) -> str:
    """The path without empty, `.` and `..` segments, and without the name of a folder's own page.

    Browsers and hosts take `%2e` for a dot, and some of them `%252e`: a segment counts as what it can become.
    """
    path = re.sub(r"(^|[/\\])index\.html?$", r"\1", _CONTROL.sub("", path))
    parts = [part for written in _APART.split(path) for part in _parts(written)]
    kept = [part for part in parts if part and part not in _DOTS]
    inside = "/".join(kept) + ("/" if kept and not parts[-1] else "")
    return inside.replace("?", "%3F").replace("#", "%23")


def _parts(written: str) -> list[str]:
    """The segments that one may turn into once it is decoded; itself if it stays one, and harmless."""
    if "%" not in written:
        return [written.strip()]
    decoded = _decoded(written)
    clean = _CONTROL.sub("", decoded)
    parts = [part.strip() for part in _APART.split(clean)]
    if clean == decoded and len(parts) == 1 and parts[0] and parts[0] not in _DOTS:
        return [written.strip()]
    return [part.replace("%", "%25") for part in parts]


def _decoded(text: str) -> str:
    for _ in range(_MOST_DECODINGS):
        text = unquote(text)
    return text
