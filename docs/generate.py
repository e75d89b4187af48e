"""Write the pages and files that are made from the code: `python docs/generate.py` (`make docs`).

With `--check`, write nothing, and exit with 1 when one of them is not up to date.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.cli import app
from feeds.codes import CODES
from feeds.config import schema
from feeds.settings import PLACEHOLDERS, TABLES, Settings, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from msgspec import Struct

    from feeds.settings import Row

TOP = Path(__file__).parent.parent

SETTINGS_START = """\
<!-- made by docs/generate.py: change that, or feeds/settings.py, and run `make docs` -->
# Settings

A site is a folder with a file `feeds.toml`, or with a `pyproject.toml` that has a table `[tool.feeds]`.
Commands look for it in the folder they are started in and in the folders above, and take the nearest;
`feeds.toml` wins over a `pyproject.toml` beside it. `feeds -C DIR …` starts somewhere else. `feeds init`
writes a file with every key.

Two keys are enough:

```toml
[site]
title = "Example"
url = "https://example.org"
```

In `pyproject.toml` every table is called `[tool.feeds.…]`, as in `[tool.feeds.site]`.

All folders are relative to the folder of the settings file and stay inside it, so that building a site
somebody sent you reads and writes nothing else on your disk. `feeds build --output DIR` writes anywhere.

## A full example

```toml
[site]
title = "The Harbour Log"
url = "https://log.example.org"
description = "Notes from a small boatyard"
language = "en-GB"
timezone = "Europe/Lisbon"
author = "Ines Carvalho <ines@example.org>"
copyright = "CC BY 4.0, Ines Carvalho"

[content]
dir = "blog/posts"
permalink = "/{year}/{month}/{slug}/"

[feeds]
formats = ["atom", "json"]
limit = 30
content = "summary"
taxonomies = ["tags"]

[output]
dir = "public"

[output.names]
atom = "index.atom"
json = "index.json"

[newsletter]
sender = "The Harbour Log <post@log.example.org>"
reply_to = "ines@example.org"
list_id = "letters.log.example.org"
postal_address = "Rua das Flores 12, 4050-262 Porto, Portugal"
unsubscribe_url = "https://log.example.org/unsubscribe/"

[extra]
mastodon = "https://social.example/@harbour"
```
"""

SETTINGS_END = """
## When something is wrong

Every problem of the file is reported in one go, nothing is written, and the exit code is 2. The codes are
stable:

| code | meaning |
|---|---|
| `config-syntax` | the file is not UTF-8 or not TOML; nothing else could be checked |
| `config-unknown-key` | there is no such key or table here; the hint says what comes closest |
| `config-missing` | a required key is not given |
| `config-type` | the value is of another type, such as a number in quotes |
| `config-value` | the value cannot be used; the hint says what can |

## Completion in your editor

A JSON Schema comes with the package. Editors with a TOML language server (Taplo, Tombi, Even Better TOML)
complete and explain the keys when you name it in the first line of `feeds.toml`:

    #:schema /the/path/to/feeds.schema.json

This prints the path:

    python -c "from importlib.resources import files; print(files('feeds') / 'feeds.schema.json')"

`feeds init` does not write that line, because the path is another one on every machine.
"""


def settings_page() -> str:
    """docs/settings.md: a table for every section, between what is written by hand."""
    return SETTINGS_START + "".join(_sections(Settings, ())) + SETTINGS_END


COMMANDS_START = """\
<!-- made by docs/generate.py from the commands' own help: change that, and run `make docs` -->
# Commands

What a program may rely on: the names of commands and options, the exit codes, and the keys of `--json`.
stdout is data and can be piped; everything said to people goes to stderr. `NO_COLOR` is heeded.

| exit code | means |
|---|---|
| 0 | done |
| 1 | done, but some posts were skipped: they are named with the line to mend |
| 2 | wrong usage or settings; nothing was changed |
| 3 | another run is working on this site |
| 4 | the disk failed; what was published before is untouched |
| 70 | Feedwright itself failed; please report it |

`feedwright` is a second name of `feeds`, and `python -m feeds` a third.
"""

COMMANDS_END = """
## What `--json` prints

`feeds build` and `feeds check` print one object:

| key | holds |
|---|---|
| `posts`, `channels` | how many there are |
| `held` | an object: why files are not published, and how many |
| `written`, `unchanged`, `removed` | lists of paths below the output folder |
| `problems` | a list of objects: `code`, `message`, `path`, `line`, `column`, `hint`, `severity` |
| `durations` | an object: seconds of each stage |

`path` is relative to the site's folder; `line` and `column` count from 1, and 0 means unknown. A problem of
severity `error` keeps its post from being published; `warning` and `note` do not. The codes are listed in
[problems](problems.md). When the run ends with exit code 2, 3 or 4, the object holds `error` (`message`,
`where`, `hint`) and `problems`.

`feeds list posts --json` prints `posts` (a list, newest first), `held` and `problems`; `feeds list feeds
--json` prints `channels`, each with its `feeds`, and `problems`.

## Completion in your shell

For bash, put this line into `~/.bashrc`; zsh and fish have `zsh_source` and `fish_source`:

    eval "$(_FEEDS_COMPLETE=bash_source feeds)"
"""


def commands_page() -> str:
    """docs/commands.md: the help of every command, as the command prints it."""
    context = click.Context(app, info_name="feeds", terminal_width=90, **app.context_settings)
    pages = [COMMANDS_START, _help(context)]
    for name in app.list_commands(context):
        command = app.get_command(context, name)
        assert command is not None, name
        pages.append(_help(click.Context(command, parent=context, info_name=name, terminal_width=90)))
    return "".join(pages) + COMMANDS_END


def _help(context: click.Context) -> str:
    return f"\n## `{context.command_path}`\n\n```text\n{context.get_help()}\n```\n"


PROBLEMS_START = """\
<!-- made by docs/generate.py from feeds/codes.py: change that, and run `make docs` -->
# Problems

What `feeds build` and `feeds check` can say, by the code in brackets:

    content/posts/a.md:4:7: error[date-invalid]: '2025-02-30' is not a date: day is out of range for month
      hint: write date: 2025-01-31, or 2025-01-31T18:30:00+01:00

An `error` keeps that one post from being published, and makes the exit code 1; the other posts are published.
After a `warning` the post is published, with something left out or guessed. A `note` is for your information.

| code | what it means | what to do |
|---|---|---|
"""


def problems_page() -> str:
    """docs/problems.md: a row for every problem code."""
    rows = [f"| `{code}` | {meaning} | {remedy} |\n" for code, (meaning, remedy) in CODES.items()]
    return PROBLEMS_START + "".join(rows)


def schema_file() -> str:
    """feeds/feeds.schema.json, which editors read."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/settings.md": settings_page,
    "docs/commands.md": commands_page,
    "docs/problems.md": problems_page,
    "feeds/feeds.schema.json": schema_file,
}


def _sections(table: type[Struct], path: tuple[str, ...]) -> Iterator[str]:
    for row in rows(table):
        here = (*path, row.name)
        if row.kind not in TABLES:
            continue
        shown = (*here, "ID") if row.kind == "tables" else here
        yield f"\n## `[{'.'.join(shown)}]`\n\n{_sentence(row.description)}\n"
        if row.table:
            keys = [key for key in rows(row.table) if key.kind not in TABLES]
            yield "\n| key | type | default | meaning |\n|---|---|---|---|\n"
            yield "".join(
                f"| `{key.name}` | {_kind(key)} | {_default(key)} | {key.description} |\n" for key in keys
            )
            yield from _sections(row.table, here)
        if here == ("content",):
            yield _placeholders()


def _placeholders() -> str:
    """What a permalink can be made of."""
    lines = (f"| `{{{name}}}` | {meaning} |\n" for name, meaning in PLACEHOLDERS.items())
    return "\nA permalink is made of\n\n| placeholder | stands for |\n|---|---|\n" + "".join(lines)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:].rstrip('.')}."


def _kind(row: Row) -> str:
    choices = ", ".join(f"`{choice}`" for choice in row.choices)
    kinds = {
        "text": "text",
        "number": f"whole number, at least {row.least}" if row.least is not None else "whole number",
        "choice": f"one of {choices}",
        "list": f"list of {choices}",
        "texts": "list of texts",
    }
    return kinds[row.kind]


def _default(row: Row) -> str:
    if row.required:
        return "required"
    return f"`{json.dumps(row.default)}`" if row.default else ""


def main(arguments: list[str]) -> int:
    """Write every page that has changed and say so, or only say so."""
    stale = {}
    for name, make in PAGES.items():
        file, text = TOP / name, make()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale[file] = text
    for file, text in stale.items():
        if "--check" not in arguments:
            file.write_text(text, encoding="utf-8")
    sys.stdout.writelines(f"{file.relative_to(TOP)}\n" for file in stale)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
