"""`feeds init`: a new site."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import click

from feeds import _fs, starter
from feeds.cli import talk
from feeds.errors import PublishError

_GITIGNORE = ".gitignore"


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.pass_context
def command(context: click.Context, folder: Path) -> int:
    """Write explained settings and a first post into DIR. Files that are there already stay as they are.

    \b
    Example:
      feeds init blog
      cd blog && feeds build
    """
    target = (context.find_object(Path) or Path()) / folder
    documents = starter.starter(
        target.resolve(),
        today=datetime.now(UTC).astimezone().date(),
        author=_author(),
        language=os.environ.get("LC_ALL") or os.environ.get("LANG") or "",
    )
    posts = target / starter.CONTENT
    has_posts = posts.is_dir() and any(posts.iterdir())
    for document in documents:
        path = target / document.path
        if has_posts and document.path.startswith(f"{starter.CONTENT}/"):
            continue  # a sample among somebody's posts would go out to their readers
        if path.name == _GITIGNORE and path.is_file():
            old = _text(path)
            data = starter.merge_gitignore(old).encode()
            if data == old.encode():
                continue
        elif os.path.lexists(path):
            talk.say(f"{path} is there already and stays as it is")
            continue
        else:
            data = document.data
        _fs.write(path, data)
        click.echo(path)
    place = "" if target.resolve() == Path.cwd() else f" -C {target}"
    talk.say(f"now set the title and the url in {target / 'feeds.toml'}, then run: feeds{place} build")
    return 0


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
