"""What findings are cited to: the posts and the settings of a site, with the places of what they say."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds import identity, toml_lines
from feeds.validity.cite import Cited

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feeds.pipeline import Gathered
    from feeds.settings import Workspace


def of_posts(gathered: Gathered, site: Workspace) -> Iterator[tuple[str, Cited]]:
    """Yield each post by its id, its id in Atom, and its URL."""
    content = PurePosixPath(site.settings.content.dir)
    sources = {source.path: source for source in gathered.sources}
    for post in gathered.posts:
        source = sources[post.path]
        cited = Cited(
            path=str(content / post.path),
            places=source.header.places,
            body_line=source.body_line,
            source=partial(_text, site.root / content / post.path),
        )
        yield post.id, cited
        yield identity.as_iri(post.id, site.settings), cited
        yield post.url, cited


def of_settings(site: Workspace, table: str, keys: Mapping[str, str]) -> Cited:
    """Return the settings file, with the places of the `keys` of a table, by what findings call them."""
    above = ("tool", "feeds", table) if site.file.name == "pyproject.toml" else (table,)
    located = toml_lines.locate(_text(site.file))
    places = {field: located[*above, key] for field, key in keys.items() if (*above, key) in located}
    return Cited(path=site.file.name, places=places, source=partial(_text, site.file))


def of_table(site: Workspace, table: str) -> Cited:
    """Return the settings file, with the place of every key of a table and of those below: `look.logo`."""
    above = ("tool", "feeds", table) if site.file.name == "pyproject.toml" else (table,)
    located = toml_lines.locate(_text(site.file))
    places = {
        ".".join(map(str, path[len(above) :])): place
        for path, place in located.items()
        if path[: len(above)] == above and len(path) > len(above)
    }
    return Cited(path=site.file.name, places=places, source=partial(_text, site.file))


def of_theme(site: Workspace) -> Iterator[Cited]:
    """Yield the site's own templates for mails."""
    for name in dict.fromkeys((site.settings.newsletter.theme, "default")):
        for path in sorted((site.root / "templates" / "newsletter" / name).glob("*.*")):
            yield Cited(path=path.relative_to(site.root).as_posix(), source=partial(_text, path))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
