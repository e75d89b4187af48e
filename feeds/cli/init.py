"""`feeds init`: a new site, or one that another generator makes already."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds import _fs, starter
from feeds.cli import talk
from feeds.errors import PublishError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.generators.found import Found
    from feeds.model import Document

_FOLDERS = {("content", "dir"), ("output", "dir")}


@click.command()
@click.option(
    "--from",
    "source",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Take over what a site's own settings say: Hugo, Jekyll, Zola, Eleventy, Pelican, Hexo, Nikola, "
    "Docusaurus, Obsidian. DIR is then PATH, or a folder above it.",
)
@click.argument(
    "folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), required=False, default=None
)
@click.pass_context
def command(context: click.Context, source: Path | None, folder: Path | None) -> int:
    """Write explained settings and a first post into DIR. Files that are there already stay as they are.

    With --from, the settings are those of a site that another generator makes: what was found is said, and
    so is what could not be told. Nothing of that site is changed or run.

    \b
    Examples:
      feeds init blog
      cd blog && feeds build
    \b
      cd my-hugo-site
      feeds init --from .
    """
    base = context.find_object(Path) or Path()
    if source is not None:
        return _take_over(base / source, base / folder if folder else None)
    target = base / (folder or ".")
    documents = starter.starter(
        target.resolve(),
        today=datetime.now(UTC).astimezone().date(),
        author=_author(),
        language=os.environ.get("LC_ALL") or os.environ.get("LANG") or "",
        identity=uuid.uuid4().urn,
    )
    posts = target / starter.CONTENT
    if posts.is_dir() and any(
        posts.iterdir()
    ):  # a sample among somebody's posts would go out to their readers
        documents = tuple(each for each in documents if not each.path.startswith(f"{starter.CONTENT}/"))
    _write(target, documents)
    talk.say(
        f"now set the title and the url in {target / starter.SETTINGS}, then run: {_feeds(target)} build"
    )
    return 0


def _take_over(source: Path, target: Path | None) -> int:
    """Write the settings of the site in `source`, which another generator makes, into `target`."""
    from feeds.generators import recognise  # noqa: PLC0415 - a new site needs no other's

    root = source if source.is_dir() else source.parent
    if not source.exists():
        raise UsageError("there is no such folder", where=str(source), hint="name the folder of the site")
    target = target or root
    if not root.resolve().is_relative_to(target.resolve()):
        raise UsageError(
            f"the posts of {root} would be outside of {target}",
            where=str(target),
            hint=f"run `feeds init --from {source}` without a folder, or copy the posts there first",
        )
    above = root.resolve().relative_to(target.resolve()).as_posix()
    found = recognise.find_out(root.resolve())
    values = dict(found.settings)
    for path in _FOLDERS & values.keys():
        values[path] = "/".join(part for part in (above, str(values[path])) if part != ".") or "."
    _say_what_was_found(found)
    output = root / str(found.settings["output", "dir"])
    own_output = not found.build and not output.exists()
    _write(target, starter.imported(root.resolve(), values, own_output=own_output, identity=uuid.uuid4().urn))
    built = root / found.built if found.built else output
    run = _feeds(target)
    if ("site", "url") not in found.settings:
        talk.say(f"next: set the url in {target / starter.SETTINGS}, then run: {run} check")
    elif any(built.glob("*.html")):
        talk.say(f"next: {run} check --against {built}")
    else:
        talk.say(f"next: {run} check")
    if found.build:
        talk.say(f"then, each time that {found.build} has made the site: {run} build")
    return 0


def _say_what_was_found(found: Found) -> None:
    talk.say(
        f"made with {found.generator}"
        if found.generator
        else "no generator's configuration is here, so this is what the files themselves say"
    )
    people = Counter(
        found.places[path] for path in found.settings if path[0] == "authors" and path[2] == "name"
    )
    if ("site", "title") not in found.settings:
        talk.say("note: title: no file says what it is, so the folder's name is taken")
    for path, value in found.settings.items():
        if path[0] != "authors":
            place = f"{found.places[path]}: " if found.places[path] else ""
            talk.say(f"{place}{'.'.join(path)} = {starter.toml(value)}")
    for place, count in people.items():
        talk.say(f"{place}: {talk.plural(count, 'author')}")
    for doubt in found.doubts:
        talk.say(f"{doubt.place}: note: {doubt.text}" if doubt.place else f"note: {doubt.text}")


def _write(target: Path, documents: Iterable[Document]) -> None:
    """Write what is not there yet, and add to a `.gitignore`."""
    for document in documents:
        path = target / document.path
        data = document.data
        if path.name == starter.GITIGNORE and path.is_file():
            old = _text(path)
            data = starter.merge_gitignore(old, data.decode().splitlines()).encode()
            if data == old.encode():
                continue
        elif os.path.lexists(path):
            talk.say(f"{path} is there already and stays as it is")
            continue
        _fs.write(path, data)
        click.echo(path)


def _feeds(target: Path) -> str:
    """The command that works on the site in `target` from here."""
    return "feeds" if target.resolve() == Path.cwd() else f"feeds -C {target}"


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()  # not read_text, which would change line ends
    except (OSError, UnicodeDecodeError) as error:
        raise PublishError("cannot read this file to add to it", where=str(path)) from error


def _author() -> str:
    """The name that git knows the user by, without the address: a public file is no place for a guess."""
    git = shutil.which("git")
    if git is None:
        return ""
    try:
        found = subprocess.run(  # noqa: S603 - the arguments are constants
            [git, "config", "user.name"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return found.stdout.strip()
