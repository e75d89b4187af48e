"""Per-directory defaults: what Hugo's cascades, Jekyll's `defaults:` and Eleventy's data files say for posts.

A value nearer to the post wins over one from farther away, and the post's own front matter over all of them;
that is for `feeds.content.header` to see to. A file that cannot be read costs a warning, and the posts go
without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds.content import eleventy_data, pelican_metadata
from feeds.content.default_files import DefaultFiles
from feeds.content.header_keys import NOTHING, fold, line, over, truth
from feeds.content.wildcards import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from feeds.content.front_matter import FrontMatter
    from feeds.content.mappings import Located
    from feeds.content.pelican_metadata import PelicanMetadata
    from feeds.content.yaml_text import Value
    from feeds.problems import Problem

_HUGO = tuple(
    f"{name}.{ending}"
    for name in ("hugo", "config", "config/_default/hugo", "config/_default/config")
    for ending in ("toml", "yaml", "yml", "json")
)
_JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
_QUARTZ = "quartz.config.ts"
_EXPLICIT = re.compile(r"(?m)^(?![ \t]*//).*\bPlugin\.ExplicitPublish\(")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Values for the posts in a folder, all that is around being equal.

    `folder` is relative to the site's folder; empty for all posts. `patterns` are Hugo's: the post's path as
    Hugo has it matches one of them. `kind` is Jekyll's type of page and `language` a pattern; empty for any.
    `place` is the file that says so, and the line of a `permalink` in it.
    """

    values: Mapping[str, Value]
    folder: str = ""
    patterns: tuple[str, ...] = ()
    kind: str = ""
    language: str = ""
    place: tuple[str, int] = ("", 0)

    def holds(self, path: str, content: str, language: str) -> bool:
        """Whether the rule is for the post at `path`, relative to the site's folder."""
        return (
            (not self.folder or _inside(path, self.folder))
            and (not self.kind or self.kind in _kinds(path))
            and (not self.language or not language or matches(self.language.lower(), language.lower()))
            and (
                not self.patterns
                or any(
                    matches(pattern, known)
                    for pattern in self.patterns
                    for known in _known_to_hugo(path, content, language)
                )
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """All rules, the farthest first, and what was wrong with the files that hold them.

    `permalinks` are the patterns for addresses among them that hold for any post: file, line and pattern.
    `merging` says that lists are put together where a nearer value else wins, `pelican` what paths say.
    """

    content: str = "."
    rules: tuple[Rule, ...] = ()
    problems: tuple[Problem, ...] = ()
    permalinks: tuple[tuple[str, int, str], ...] = ()
    merging: bool = False
    pelican: PelicanMetadata | None = None

    def for_post(self, path: str, *, language: str = "") -> Mapping[str, Value]:
        """The values that hold for the post at `path`, relative to the content folder.

        They are in the shape of a front matter's. `language` is the post's, if its file or folder says it.
        """
        full = str(PurePosixPath(self.content) / path)
        found: dict[str, Value] = {}
        for rule in self.rules:
            if rule.holds(full, self.content, language):
                values = eleventy_data.merged(rule.values, found) if self.merging else rule.values
                found = over(values, found)
        return found or NOTHING

    def completed(self, matter: FrontMatter, path: str, *, language: str = "") -> FrontMatter:
        """The front matter of the post at `path` with what its path says, and with Eleventy's data merged.

        Unlike defaults these belong to the single post, as if its author had written them there.
        """
        if self.merging:
            values = eleventy_data.merged(matter.values, self.for_post(path, language=language))
            places = {eleventy_data.plain(key): place for key, place in matter.places.items()}
            keys = {eleventy_data.plain(key): place for key, place in matter.key_places.items()}
            return replace(matter, values=values, places=places, key_places=keys)
        said = self.pelican.of_path(str(PurePosixPath(self.content) / path)) if self.pelican else NOTHING
        if not said or not matter.present:  # a file without metadata has no title, and is no article
            return matter
        own = {key: value for key, value in matter.values.items() if value or fold(key) not in said}
        values = over(own, said)
        nowhere = dict.fromkeys(values, (0, 0))
        return replace(
            matter,
            values=values,
            places=nowhere | {**matter.places},
            key_places=nowhere | {**matter.key_places},
        )


def load(root: Path, content: str, paths: Iterable[str], *, dialect: str) -> Defaults:
    """Read the files that hold defaults for posts.

    `root` is the site's folder, `content` the content folder in it, and `paths` are those of the posts,
    relative to the content folder. Cascades in `_index.md` are read in every dialect; what else there is
    depends on it.
    """
    files = DefaultFiles(root, content)
    rules: list[Rule] = []
    posts = list(paths)
    merging, pelican = False, None
    if dialect == "hugo":
        rules += _hugo_config(files)
    if dialect == "jekyll":
        rules += _jekyll_config(files)
    if dialect == "pelican":
        pelican = pelican_metadata.load(files, content)
        rules += [Rule(values=values, folder=folder) for folder, values in pelican.folders]
    if dialect == "eleventy":
        program = eleventy_data.config(files)
        merging = program.find("setDataDeepMerge").value != "false"
        if program.find("markdownTemplateEngine").value == "false":
            rules.append(Rule(values={"templateEngineOverride": "md"}))
    if dialect == "obsidian" and _EXPLICIT.search(files.text(PurePosixPath(_QUARTZ))):
        rules.append(Rule(values={"publish": "false"}))
    for folder in _folders(PurePosixPath(content), posts):
        rules += _cascades(files, folder)
        if dialect == "zola":
            rules += _zola_drafts(files, folder)
        if dialect == "eleventy":
            rules += (
                Rule(values=values, folder=_text_of(folder), place=place)
                for values, place in eleventy_data.of_folder(files, folder)
            )
    return Defaults(
        content=content,
        rules=tuple(rules),
        problems=tuple(files.problems),
        permalinks=tuple(_permalinks(rules, content, posts)),
        merging=merging,
        pelican=pelican,
    )


def _permalinks(rules: Iterable[Rule], content: str, posts: list[str]) -> Iterator[tuple[str, int, str]]:
    for rule in rules:
        given = line(rule.values.get("permalink"))
        if rule.place[0] and given and truth(given) is None:
            full = (str(PurePosixPath(content) / path) for path in posts)
            if any(rule.holds(path, content, "") for path in full):
                yield *rule.place, given


def _folders(content: PurePosixPath, paths: Iterable[str]) -> list[PurePosixPath]:
    """The folders of the posts and those around them, up to the site's, the farthest first."""
    found = {folder for path in paths for folder in (content / path).parents} | {content, *content.parents}
    inside = (folder for folder in found if ".." not in folder.parts or folder.is_relative_to(content))
    return sorted(inside, key=lambda folder: (len(folder.parts), folder))


def _inside(path: str, folder: str) -> bool:
    if "*" in folder:  # which Jekyll allows
        return matches(f"{folder}/**", path) or matches(folder, path)
    return path == folder or path.startswith(f"{folder}/")


def _kinds(path: str) -> set[str]:
    """What Jekyll calls a file, by the folder with an underscore that it is in; without one, both may be."""
    marked = [part[1:] for part in PurePosixPath(path).parts[:-1] if part.startswith("_")]
    kind = marked[0] if marked else ""
    return {kind} if kind else {"posts", "pages"}


def _known_to_hugo(path: str, content: str, language: str) -> set[str]:
    """The paths by which a cascade's target may mean a post: without extension, and with it as Hugo once did.

    They start at the content folder, which for Hugo is `content` also where ours is a folder in that, or at
    the one of the language, where each has its own.
    """
    known = set()
    parts = (
        PurePosixPath(path).relative_to(content).parts if PurePosixPath(path).is_relative_to(content) else ()
    )
    own = (
        {f"{content}/{parts[0]}"}
        if len(parts) > 1 and language and parts[0].lower() == language.lower()
        else set()
    )
    for top in {content, content.partition("/")[0], *own}:
        below = PurePosixPath(path)
        if top != "." and below.is_relative_to(top):
            below = below.relative_to(top)
        whole = f"/{below}".lower()
        bare = f"/{below.with_suffix('')}".lower()
        known |= {whole, bare, bare.removesuffix("/index"), bare.replace(" ", "-")}
    return known


# ── the files of each generator ──────────────────────────────────────────────────────────────────────────


def _cascades(files: DefaultFiles, folder: PurePosixPath) -> Iterator[Rule]:
    """The cascades of `_index.md`, and for French of `_index.fr.md`."""
    for name in files.names(folder, "_index.", ".md"):
        found = files.front_matter(folder / name, "cascade")
        language = name.removeprefix("_index.").removesuffix("md").rstrip(".")
        yield from _cascade(files, found, folder / name, _text_of(folder), language)


def _zola_drafts(files: DefaultFiles, folder: PurePosixPath) -> Iterator[Rule]:
    """A section that is a draft, which Zola leaves out with all that is in it."""
    for name in files.names(folder, "_index.", ".md"):
        if truth(files.front_matter(folder / name, "draft").values.get("draft")):
            yield Rule(values={"draft": "true"}, folder=_text_of(folder))


def _hugo_config(files: DefaultFiles) -> Iterator[Rule]:
    for name in _HUGO:
        found = files.mapping(PurePosixPath(name), "cascade")
        yield from _cascade(files, found, PurePosixPath(name))


def _jekyll_config(files: DefaultFiles) -> Iterator[Rule]:
    """The `defaults:` of the configuration: the longest path wins, then a type, then the last one."""
    for name in _JEKYLL:
        found = files.mapping(PurePosixPath(name), "defaults")
        given = found.values.get("defaults")
        items = given if isinstance(given, list) else []
        place = name, found.places.get("defaults", (1, 1))[0]
        rules = [rule for item in items if (rule := _jekyll_rule(item, place))]
        if len(rules) < len(items) or not isinstance(given or [], list):
            files.note(
                PurePosixPath(name),
                "defaults is not a list of mappings with scope and values",
                found.places.get("defaults", (1, 1)),
                "write - scope: {path: posts} and below it values: {author: Ana}",
            )
        yield from sorted(rules, key=lambda rule: (len(rule.folder), rule.kind != ""))


def _cascade(
    files: DefaultFiles, found: Located, path: PurePosixPath, folder: str = "", language: str = ""
) -> Iterator[Rule]:
    value = found.values.get("cascade")
    items = value if isinstance(value, list) else [value] if value else []
    if not all(isinstance(item, dict) for item in items):
        files.note(
            path,
            "cascade is neither a mapping nor a list of mappings",
            found.places.get("cascade", (1, 1)),
            "write cascade: {author: Ana}",
        )
    # Of two in one list the first wins for Hugo, and for us the last rule does.
    for item in reversed(items):
        if isinstance(item, dict) and (rule := _cascade_rule(item, folder, language)):
            yield rule


def _text_of(folder: PurePosixPath) -> str:
    return "" if not folder.parts else str(folder)


def _cascade_rule(item: dict[str, Value], folder: str, language: str) -> Rule | None:
    target = item.get("_target", item.get("target"))
    aim = target if isinstance(target, dict) else {}
    kind, environment = line(aim.get("kind")), line(aim.get("environment"))
    if (kind and not matches(kind, "page")) or (environment and not matches(environment, "production")):
        return None
    path = line(aim.get("path")).lower()
    return Rule(
        values={key: value for key, value in item.items() if key not in {"_target", "target"}},
        folder=folder,
        patterns=(path if path[:1] in "/*{" else f"/{path}",) if path else (),
        language=line(aim.get("lang")) or language,
    )


def _jekyll_rule(item: Value, place: tuple[str, int]) -> Rule | None:
    if not isinstance(item, dict):
        return None
    scope, values = item.get("scope"), item.get("values")
    if not isinstance(values, dict) or not isinstance(scope or {}, dict):
        return None
    where = scope if isinstance(scope, dict) else {}
    return Rule(
        values=values,
        folder=line(where.get("path")).strip("/").removeprefix("./"),
        kind=line(where.get("type")),
        place=place,
    )
