"""The permalink patterns of site generators, translated into ours: `/:year/:title/` into `/{year}/{slug}/`.

Each generator is a table from its tokens to the placeholders of `feeds.settings.PLACEHOLDERS`. A translation
is None where the pattern holds something that no placeholder stands for, such as a condition or a post's own
number; `unknown` then names what it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.settings import PLACEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Translator = Callable[[str], str | None]

# What generators take when their configuration gives no pattern.
DEFAULTS: Mapping[str, str] = {
    "jekyll": "/{categories}/{year}/{month}/{day}/{slug}.html",
    "hugo": "/{section}/{slug_or_filename}/",
    "zola": "/{section}/{slug}/",
    "eleventy": "/{section}/{filename}/",
    "pelican": "/{slug_or_title}.html",
    "hexo": "/{year}/{month}/{day}/{section}/{filename}/",
    "nikola": "/posts/{section}/{slug_or_filename}/",
    "docusaurus": "/blog/{slug_or_path}",
    "obsidian": "/{section}/{filename}",
    "plain": "/{section}/{slug}/",
}


def _table(*rows: str) -> dict[str, str]:
    """Tokens and their placeholders, written `token=placeholder`."""
    return dict(pair.split("=") for row in rows for pair in row.split())


_DAY = "year=year month=month i_month=month_number day=day i_day=day_number"
_TIME = "hour=hour minute=minute second=second"

# https://jekyllrb.com/docs/permalinks/#placeholders
_JEKYLL = _table(
    _DAY,
    _TIME,
    "title=slug slug=plain_slug name=plain_filename path={section}/{filename}",
    "categories=categories slugified_categories=plain_categories",
    "short_year=short_year short_month=short_month long_month=month_name",
    "y_day=yearday week=week short_day=short_day long_day=weekday",
)
_JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}

# https://gohugo.io/configuration/permalinks/#tokens, and the fields of Go's time layouts
_HUGO = _table(
    "year=year month=month monthname=month_name day=day weekdayname=weekday",
    "section=first_section sectionslug=first_section sections=section sectionslugs=section",
    "title=title slug=slug_or_title slugorfilename=slug_or_filename slugorcontentbasename=slug_or_filename",
    "filename=filename contentbasename=filename",
    "2006=year 06=short_year 01=month 1=month_number Jan=short_month January=month_name",
    "02=day 2=day_number 002=yearday Mon=short_day Monday=weekday 15=hour 04=minute 05=second",
)
_HUGO_DATED = _table("slug=slug slugorfilename=slug slugorcontentbasename=slug")
_HUGO_CUTS = _table("0=first_section :1=first_section 0:1=first_section :=section 0:=section")

# https://hexo.io/docs/permalinks
_HEXO = _table(
    _DAY,
    _TIME,
    "title={section}/{filename} name=filename post_title=title category=categories lang=language",
    "abbrlink=slug urlname=slug",  # of plugins, for which a post says them as others say a slug
)
_HEXO_DATED = _table("title={section}/{name} name=name")

# https://docs.getpelican.com/en/stable/settings.html#url-settings
_PELICAN = _table("category=category author=author lang=language title=title")

_STRFTIME = _table(
    "Y=year y=short_year m=month -m=month_number B=month_name b=short_month h=short_month",
    "d=day -d=day_number e=day_number j=yearday V=week A=weekday a=short_day H=hour M=minute S=second",
)
# The letters of Moment, Day.js, date-fns and Luxon, as far as they agree on them
_LETTERS = _table(
    "YYYY=year yyyy=year YY=short_year yy=short_year",
    "MMMM=month_name LLLL=month_name MMM=short_month LLL=short_month MM=month LL=month M=month_number",
    "L=month_number DD=day dd=day D=day_number d=day_number",
    "HH=hour mm=minute ss=second",
)

# https://www.11ty.dev/docs/data-eleventy-supplied/#page-variable
_ELEVENTY = {
    "page.fileSlug": "name",
    "page.filePathStem": "{section}/{name}",
    "slug": "slug",
    "title": "title",
    "category": "category",
    "categories[0]": "category",
    "categories | first": "category",
    "author": "author",
    "lang": "language",
    "language": "language",
    "locale": "language",
    "page.lang": "language",
    "slug or title": "slug_or_title",
    "slug or page.fileSlug": "slug",
    "page.date.getFullYear()": "year",
    "page.date.getUTCFullYear()": "year",
}
# Filters that make a segment of a text, as its placeholder does anyway
_SLUGGED = re.compile(r" ?\| ?(?:slug|slugify|urlize|url_encode|downcase|lower|safe|trim|strip)\b")
_DATED = re.compile(r"(?:page\.)?date ?\| ?\w*date\w* ?[:(] ?[\"']([^\"']*)[\"'] ?\)?", re.IGNORECASE)

_COLON_TOKEN = re.compile(r":([a-z_]+)")
_HUGO_TOKEN = re.compile(r":(\w+)(?:\[([^\[\]]*)\])?")
_BRACE_TOKEN = re.compile(r"\{([^{}]*)\}")
_TEMPLATE = re.compile(r"\{\{([^{}]*)\}\}|\$\{([^{}]*)\}|\{[%#][^{}]*\}")
_TOKEN = re.compile(r"(?:\{|\$)?\{[^{}]*\}\}?|:[A-Za-z_0-9]+(?:\[[^\[\]]*\])?")
_BRACED = re.compile(r"[{}]|<%")
_COLON = re.compile(r"(?:^|/):[a-z_]|:(?:" + "|".join((*_JEKYLL, "output_ext", "post_title")) + r")(?![a-z])")


def jekyll(text: str, collection: str = "posts") -> str | None:
    """Return a `permalink:` of Jekyll's, a style's name or a template, for posts of one collection."""
    text = _JEKYLL_STYLES.get(text.strip(), text.strip())
    text = re.sub(":collection(?![a-z])", lambda _: collection, text).replace(":output_ext", ".html")
    return _checked(_COLON_TOKEN.sub(lambda found: _colon(found, _JEKYLL), text))


def vuepress(text: str) -> str | None:
    """Return VuePress's `permalinkPattern`, whose `:slug` is the name of the file as it is."""
    return jekyll(re.sub(":slug(?![a-z])", ":title", text))


def hugo(text: str, *, ugly: bool = False, dated: bool = False) -> str | None:
    """Return one of Hugo's `[permalinks]`, or a page's `url:` with tokens.

    `ugly` is Hugo's `uglyURLs`. `dated` says that dates come from the names of files (`:filename` in Hugo's
    `[frontmatter] date`), for then the rest of the name is the post's slug.
    """
    known = _HUGO | (_HUGO_DATED if dated else {})

    def token(found: re.Match[str]) -> str:
        if found[2] is None:
            return _placeholder(known.get(found[1]), found[0])
        cut = _HUGO_CUTS.get(found[2].replace(" ", "").lower())
        return _placeholder(cut if found[1] in {"sections", "sectionslugs"} else None, found[0])

    made = _HUGO_TOKEN.sub(token, text.strip()).rstrip("/")
    return _checked(f"{made}.html" if ugly else f"{made}/")


def hexo(text: str, *, dated: bool = False) -> str | None:
    """Return Hexo's `permalink:`; `dated` says that its `new_post_name` has the date in it."""
    known = _HEXO | (_HEXO_DATED if dated else {})
    return _checked(_COLON_TOKEN.sub(lambda found: _colon(found, known), text.strip()))


def pelican(text: str, slug: str = "slug_or_title") -> str | None:
    """Return Pelican's `ARTICLE_URL` or `ARTICLE_SAVE_AS`.

    `slug` is the placeholder for `{slug}`: another one if `SLUGIFY_SOURCE` is not the title.
    """

    def token(found: re.Match[str]) -> str:
        name, _, form = found[1].partition(":")
        if name in {"date", "modified"} and form:
            return _in_letters(form, r"%(-?[A-Za-z%])", _STRFTIME) if name == "date" else found[0]
        return _placeholder(slug if name == "slug" else _PELICAN.get(name), found[0])

    return _checked(_BRACE_TOKEN.sub(token, text.strip()))


def of_translations(pattern: str) -> str:
    """Return a pattern of Pelican's for articles in other languages, which have theirs behind the slug.

    It is the relation of its own `ARTICLE_LANG_URL` to its `ARTICLE_URL`.
    """
    if "{language}" in pattern:
        return pattern
    return re.sub(r"\{(?:slug\w*|name|title)\}", r"\g<0>-{language}", pattern)


def eleventy(text: str) -> str | None:
    """Return an Eleventy `permalink:` in Nunjucks, Liquid or a JavaScript template literal."""
    return _checked(
        _TEMPLATE.sub(lambda found: _expression(found[1] or found[2] or "") or found[0], text.strip())
    )


def ours(text: str) -> str | None:
    """Return a pattern that is one of ours already."""
    return _checked(text.strip())


def unknown(text: str, translate: Translator) -> str:
    """Return the first token of a pattern that `translate` does not know, for a message."""
    tokens = (found[0] for found in _TOKEN.finditer(text))
    return next((token for token in tokens if translate(token) is None), text)


def is_template(text: str, dialect: str) -> bool:
    """Whether an address in front matter is to be filled in, rather than taken as it is."""
    if holds_code(text) or _COLON.search(text):
        return True
    return dialect in {"jekyll", "plain", "auto"} and text in _JEKYLL_STYLES


def holds_code(text: str) -> bool:
    """Whether a text has the marks of a template language in it."""
    return _BRACED.search(text) is not None


def of_post(text: str, dialect: str) -> str | None:
    """Return the translation of a template in the front matter of a post written for `dialect`."""
    if "://" in text:
        return None
    for translate in _readers(text, dialect):
        if (made := translate(text)) is not None:
            return made
    return None


def is_unfillable(text: str, dialect: str) -> bool:
    """Whether an address in front matter is a template that only its generator can fill in."""
    return is_template(text, dialect) and of_post(text, dialect) is None


def _readers(text: str, dialect: str) -> tuple[Translator, ...]:
    if _TEMPLATE.search(text):
        return (eleventy,)
    if "{" in text:
        return (pelican, ours) if dialect == "pelican" else (ours, pelican)
    return (_url_of_hugo,) if dialect == "hugo" else (jekyll, hexo, hugo)


def _url_of_hugo(text: str) -> str | None:
    """A page's own `url:`, which is a file if there is a dot in it, unlike one of the `[permalinks]`."""
    made = hugo(text)
    return made.removesuffix("/") if made and "." in text and not text.endswith("/") else made


def _colon(found: re.Match[str], known: Mapping[str, str]) -> str:
    """What a token such as `:year` becomes; an underscore behind it is not part of it."""
    name = found[1].rstrip("_")
    return _placeholder(known.get(name), f":{name}") + found[1][len(name) :]


def _placeholder(name: str | None, written: str) -> str:
    """The placeholder called `name`, or what is two of them already; what was written if there is none."""
    if not name:
        return written
    return name if "{" in name else f"{{{name}}}"


def _in_letters(form: str, token: str, known: Mapping[str, str]) -> str:
    """A date's format in placeholders; a letter that none stands for stays as a brace too many."""
    return re.sub(token, lambda found: _placeholder(known.get(found[1]), "{"), form)


def _expression(code: str) -> str:
    """What one template expression becomes; empty when it is none that a placeholder stands for."""
    code = re.sub(r"\b(?:data|this\.ctx|this)\.(?=\w)", "", " ".join(code.split()).strip("- "))
    code = _SLUGGED.sub("", code)
    code = re.sub(r"(?:\bslug|\bslugify)?\( ?([\w.]+) ?\)", r"\1", code)
    code = re.sub(r" ?(?:\|\||\?\?| or |\| ?default ?[:(]) ?([\w.]+)\)?", r" or \1", code)
    if dated := _DATED.fullmatch(code):
        return _date(dated[1])
    return _placeholder(_ELEVENTY.get(code), "")


def _date(form: str) -> str:
    if "%" in form:
        return _in_letters(form, r"%(-?[A-Za-z%])", _STRFTIME)
    return _in_letters(form, r"(([A-Za-z])\2*)", _LETTERS)


def _checked(made: str) -> str | None:
    """A finished pattern, or None if anything in it is neither a plain path nor a placeholder."""
    made = re.sub(r"/{2,}", "/", f"/{made}")
    made = re.sub(r"/index\.html?$", "/", made)
    plain = _BRACE_TOKEN.sub("", made)
    if any(name not in PLACEHOLDERS for name in _BRACE_TOKEN.findall(made)) or re.search(
        r"[{}\s?#\\]|:\w", plain
    ):
        return None
    return None if {".", ".."} & set(plain.split("/")) else made
