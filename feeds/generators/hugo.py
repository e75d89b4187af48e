"""Hugo: hugo.toml, or config.toml as it was called before, or the folder `config`; in YAML and JSON as well.

https://gohugo.io/configuration/ - keys are the same in any case, and tables may have files of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, first, is_on, one_line, relative
from feeds.generators.exclusions import exactly, expression, glob, take_over
from feeds.generators.reading import ENDINGS, Config, Layers, read
from feeds.generators.survey import survey

if TYPE_CHECKING:
    from feeds.generators.found import Found

_FOLDERS = ("config/production", "config/_default")  # what `hugo` builds with; the first one wins
_ROOTS = frozenset({"hugo", "config"})
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx")


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with Hugo."""
    found.generator, found.build = "Hugo", "hugo"
    site = _configuration(found)
    own = site.get("defaultcontentlanguage")
    languages = site.table("languages")
    code = own.text.lower() or ("en" if "en" in languages else next(iter(languages), "en"))
    mine = ("languages", code)
    found.text("title", site.get(*mine, "title"), site.get("title"))
    found.url(_either(site, mine, "baseurl"))
    parameters = [site.get(*mine, "params", "description"), site.get(*mine, "description")]
    found.text("description", *parameters, site.get("params", "description"), site.get("description"))
    tags = [site.get(*path, key) for path in (mine, ()) for key in ("locale", "languagecode")]
    found.language(*tags, own, Clue(code if code in languages else "en"))
    found.timezone(_either(site, mine, "timezone"))
    found.text("copyright", _either(site, mine, "copyright"))
    for people in _data_files(found, "data/authors", "data/author"):
        found.authors({people.name.rpartition("/")[2].partition(".")[0]: people.values}, people.name)
    table = read(found, *(f"data/authors.{ending}" for ending in ENDINGS))
    found.authors(table.values, table.name)
    found.author(
        *(
            site.get(*path, key)
            for path in (mine, (*mine, "params"), ("params",), ())
            for key in ("author", "authors")
        )
    )
    folder = _content_folder(found, site, languages, code)
    sections = _sections(found, folder, languages)
    _permalinks(found, site, mine, folder, sections)
    _main_sections(found, site, folder, sections)
    _left_out(found, site, folder, languages)
    wrapped = site.get("markup", "goldmark", "renderer", "hardwraps")
    if is_on(wrapped.value):
        found.set(("content", "hard_wraps"), "on", wrapped.place)
    media = first(*(site.get(*path, "params", "media_prefix") for path in (mine, ())))
    if media.text:
        found.set(("podcast", "media"), media.text, of=media)  # of Castanet and other themes for podcasts
    found.output(site.get("publishdir"), "public")
    if len(languages) > 1:
        found.doubt(
            f"the site has several languages ({', '.join(languages)}); the settings are those of {code}"
        )
    for key in ("disablepathtolower", "removepathaccents"):
        if is_on((clue := site.get(key)).value):
            found.doubt(f"{key} is set, and addresses here go without it", clue.place)
    if is_on((clue := site.get("buildfuture")).value):
        found.not_before(clue)
    if is_on((clue := site.get("defaultcontentlanguageinsubdir")).value):
        _put_language_first(found, code, clue.place)


def _either(site: Layers, mine: tuple[str, ...], key: str) -> Clue:
    """What the site's own language says, or else all of them."""
    clue = site.get(*mine, key)
    return clue if clue.text else site.get(key)


def _configuration(found: Found) -> Layers:
    """All files in the order of their weight."""
    layers = []
    for folder in _FOLDERS:
        for config in _data_files(found, folder):
            stem, _, language = config.name.rpartition("/")[2].rpartition(".")[0].partition(".")
            path = (
                *(("languages", language) if language else ()),
                *(() if stem in _ROOTS or (stem == "languages" and language) else (stem.lower(),)),
            )
            values = config.values
            for part in reversed(path):
                values = {part: values}
            layers.append(
                Config(config.name, values, {(*path, *key): line for key, line in config.lines.items()})
            )
    names = [f"{root}.{ending}" for root in ("hugo", "config") for ending in ENDINGS]
    return Layers([*layers, read(found, *names, fold=True)])


def _data_files(found: Found, *folders: str) -> list[Config]:
    """The data files right in some folders, by name."""
    files = []
    for folder in folders:
        paths = sorted((found.root / folder).glob("*"))
        names = [path.name for path in paths if path.suffix.lstrip(".") in ENDINGS and path.is_file()]
        files += [read(found, f"{folder}/{name}", fold=True) for name in names]
    return files


def _content_folder(found: Found, site: Layers, languages: dict[str, Clue], code: str) -> str:
    """Note where the content is, and return that folder."""
    clue = site.get("contentdir")
    mounts = site.get("module", "mounts")
    if not clue.text and isinstance(mounts.value, list):
        sources = [
            str(mount["source"])
            for mount in mounts.value
            if isinstance(mount, dict) and mount.get("target") == "content" and mount.get("source")
        ]
        clue = Clue(sources[0], mounts.place) if sources else clue
    own = {name: site.get("languages", name, "contentdir") for name in languages}
    folders = {name: relative(each.text) for name, each in own.items() if relative(each.text)}
    parents = {
        folder.rpartition("/")[0] if folder.rpartition("/")[2] == name else ""
        for name, folder in folders.items()
    }
    if len(folders) > 1 and len(parents) == 1 and "" not in parents:
        clue = Clue(
            parents.pop(), own.get(code, clue).place
        )  # a folder of each language, which the collector knows
    elif code in folders:
        clue = own[code]
        others = sorted(set(folders.values()) - {folders[code]})
        if others:
            found.doubt(
                f"the posts in {', '.join(others)} are left out: a site here has one content folder",
                clue.place,
            )
    folder = found.folder(clue, "content")
    found.content(folder, clue.place)
    return folder


def _sections(found: Found, folder: str, languages: dict[str, Clue]) -> dict[str, list[str]]:
    """The folders of each section below the content folder, by its name in lower case.

    There are several where each language has a folder of its own, and the sections are in those.
    """
    paths: list[str] = []
    for name in found.subfolders(folder):
        inside = found.subfolders(f"{folder}/{name}") if name.lower() in languages else []
        paths += [f"{name}/{each}" for each in inside] or [name]
    sections: dict[str, list[str]] = {}
    for path in paths:
        sections.setdefault(path.rpartition("/")[2].lower(), []).append(path)
    return sections


def _permalinks(
    found: Found, site: Layers, mine: tuple[str, ...], folder: str, sections: dict[str, list[str]]
) -> None:
    ugly = site.get("uglyurls")
    given = {
        name: clue
        for path in (
            ("permalinks",),
            ("permalinks", "page"),
            (*mine, "permalinks"),
            (*mine, "permalinks", "page"),
        )
        for name, clue in site.table(*path).items()
    }
    # With the date out of the file's name, what is left of the name is the post's slug.
    dates = site.get("frontmatter", "date").value
    dated = isinstance(dates, list) and ":filename" in dates
    usual = ":sections/:slug/" if dated else ":sections/:slugorfilename/"

    def translated(pattern: str, section: str) -> str | None:
        is_ugly = ugly.value.get(section) if isinstance(ugly.value, dict) else ugly.value
        return patterns.hugo(pattern, ugly=is_on(is_ugly), dated=dated)

    found.permalink(Clue(usual, ugly.place), translated(usual, ""))
    for section in ugly.value if isinstance(ugly.value, dict) else ():
        found.permalink(Clue(usual, ugly.place), translated(usual, section), section)
    for section, clue in given.items():
        name = section.strip("/")
        if not clue.text or (sections and name and name not in sections):
            continue  # of a taxonomy, or of nothing
        if name:
            found.permalink(clue, translated(clue.text, name), name)
        elif any((found.root / folder).glob("*.md")):
            found.doubt(f"permalink of posts in no section: {clue.shown()} is not taken over", clue.place)


def _main_sections(found: Found, site: Layers, folder: str, sections: dict[str, list[str]]) -> None:
    """Leave out what is in no main section, where the site says which these are."""
    clue = next(
        (clue for path in ((), ("params",)) if (clue := site.get(*path, "mainsections")).value), Clue()
    )
    named = clue.value if isinstance(clue.value, list) else [clue.value]
    main = {name.strip("/").split("/")[0].lower() for name in named if isinstance(name, str)}
    base = found.root / folder
    if not main & sections.keys():
        return
    others = sorted(path for name, paths in sections.items() if name not in main for path in paths)
    left_out = [f"{exactly(path)}/**" for path in others if survey(base / path).dated]
    files = sorted(path.name for path in base.glob("*") if path.suffix in _MARKDOWN and path.is_file())
    left_out += [exactly(name) for name in files if not name.startswith(("_index.", "index."))]
    found.exclude(left_out, clue.place)


def _left_out(found: Found, site: Layers, folder: str, languages: dict[str, Clue]) -> None:
    """Leave out what Hugo ignores, and what is in languages that are switched off."""
    ignored = site.get("ignorefiles")
    listed = ignored.value if isinstance(ignored.value, list) else [ignored.value]
    take_over(found, (Clue(each, ignored.place) for each in listed), expression, base=folder)
    mounts = site.get("module", "mounts")
    for mount in mounts.value if isinstance(mounts.value, list) else ():
        rows = {key.lower(): value for key, value in mount.items()} if isinstance(mount, dict) else {}
        source, named = relative(one_line(rows.get("source"))), rows.get("excludefiles")
        for each in named if isinstance(named, list) else [named]:
            take_over(found, [Clue(each, mounts.place)], glob, base=source or folder)
        target = one_line(rows.get("target")).strip("/")
        here = source.removeprefix(folder) if f"{source}/".startswith(f"{folder}/") else None
        if target.split("/")[0] == "content" and here is None:
            found.doubt(
                f"the posts in {source} are left out: a site here has one content folder", mounts.place
            )
        elif target.split("/")[0] == "content" and target != f"content{here}":
            found.doubt(
                f"{source} is mounted at {target}, and addresses here are as if it were not", mounts.place
            )
    switched = site.get("disablelanguages")
    off = [one_line(each) for each in switched.value] if isinstance(switched.value, list) else []
    off += [name for name in languages if is_on(site.get("languages", name, "disabled").value)]
    for name in filter(None, off):
        own = relative(site.get("languages", name, "contentdir").text) or f"{folder}/{name}"
        inside = own.removeprefix(f"{folder}/")
        whole = [f"{inside}/**"] if (found.root / folder / inside).is_dir() else []
        found.exclude(
            [f"**/*.{name}.*", *whole], switched.place or site.get("languages", name, "disabled").place
        )


def _put_language_first(found: Found, code: str, place: str) -> None:
    """Every address starts with the language, that of the site's own included."""
    for path, pattern in list(found.settings.items()):
        if path[:2] in {("content", "permalink"), ("content", "permalinks")}:
            found.set(path, f"/{{language}}{pattern}", place)
    found.language(Clue(code, place))  # as addresses have it
