"""Per-directory defaults: what Hugo's cascades, Jekyll's `defaults:` and Eleventy's data files say for posts.

A value nearer to the post wins over one from farther away, and the post's own front matter over all of them;
that is for `feeds.content.header` to see to. A file that cannot be read costs a warning, and the posts go
without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds.content.default_files import DefaultFiles
from feeds.content.header_keys import NOTHING, line, over, truth
from feeds.content.wildcards import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from feeds.content.mappings import Located
    from feeds.content.yaml_text import Value
    from feeds.model import Problem

_HUGO = tuple(
    f"{name}.{ending}"
    for name in ("hugo", "config", "config/_default/hugo", "config/_default/config")
    for ending in ("toml", "yaml", "yml", "json")
)
_JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Values for the posts in a folder, all that is around being equal.

    `folder` is relative to the site's folder; empty for all posts. `patterns` are Hugo's: the post's path as
    Hugo has it matches one of them. `kind` is Jekyll's type of page and `language` a pattern; empty for any.
    """

    values: Mapping[str, Value]
    folder: str = ""
    patterns: tuple[str, ...] = ()
    kind: str = ""
    language: str = ""

    def holds(self, path: str, content: str, language: str) -> bool:
        """Whether the rule is for the post at `path`, relative to the site's folder."""
        return (
            (not self.folder or _inside(path, self.folder))
            and (not self.kind or self.kind in _kinds(path))
            and (not self.language or not language or matches(self.language.lower(), language.lower()))
            and (
                not self.patterns
                or any(matches(p, known) for p in self.patterns for known in _known_to_hugo(path, content))
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """All rules, the farthest first, and what was wrong with the files that hold them."""

    content: str = "."
    rules: tuple[Rule, ...] = ()
    problems: tuple[Problem, ...] = ()

    def for_post(self, path: str, *, language: str = "") -> Mapping[str, Value]:
        """The values that hold for the post at `path`, relative to the content folder.

        They are in the shape of a front matter's. `language` is the post's, if its file or folder says it.
        """
        full = str(PurePosixPath(self.content) / path)
        found: dict[str, Value] = {}
        for rule in self.rules:
            if rule.holds(full, self.content, language):
                found = over(rule.values, found)
        return found or NOTHING


def load(root: Path, content: str, paths: Iterable[str], *, dialect: str) -> Defaults:
    """Read the files that hold defaults for posts.

    `root` is the site's folder, `content` the content folder in it, and `paths` are those of the posts,
    relative to the content folder. Cascades in `_index.md` are read in every dialect; what else there is
    depends on it.
    """
    files = DefaultFiles(root, content)
    rules: list[Rule] = []
    if dialect == "hugo":
        rules += _hugo_config(files)
    if dialect == "jekyll":
        rules += _jekyll_config(files)
    for folder in _folders(PurePosixPath(content), paths):
        rules += _cascades(files, folder)
        if dialect == "zola":
            rules += _zola_drafts(files, folder)
        if dialect == "eleventy":
            rules += _eleventy_data(files, folder)
    return Defaults(content=content, rules=tuple(rules), problems=tuple(files.problems))


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


def _known_to_hugo(path: str, content: str) -> set[str]:
    """The paths by which a cascade's target may mean a post: without extension, and with it as Hugo once did.

    They start at the content folder, which for Hugo is `content` also where ours is a folder in that.
    """
    known = set()
    for top in {content, content.partition("/")[0]}:
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
        rules = [rule for item in items if (rule := _jekyll_rule(item))]
        if len(rules) < len(items) or not isinstance(given or [], list):
            files.note(
                PurePosixPath(name),
                "defaults is not a list of mappings with scope and values",
                found.places.get("defaults", (1, 1)),
                "write - scope: {path: posts} and below it values: {author: Ana}",
            )
        yield from sorted(rules, key=lambda rule: (len(rule.folder), rule.kind != ""))


def _eleventy_data(files: DefaultFiles, folder: PurePosixPath) -> Iterator[Rule]:
    """Directory data files, which are named after their folder."""
    name = folder.name or files.root.resolve().name
    for ending in (".json", ".11tydata.json"):
        found = files.mapping(folder / f"{name}{ending}")
        if found.values:
            yield Rule(values=found.values, folder=_text_of(folder))
    for program in files.names(folder, f"{name}.11tydata.", "js"):
        files.note(
            folder / program,
            "this is a program, which is not run: what it says of posts is not known",
            hint=f"write what matters for feeds into {name}.11tydata.json",
            severity="note",
        )


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


def _jekyll_rule(item: Value) -> Rule | None:
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
    )
