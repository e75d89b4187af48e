"""Write the pages and files that are made from the code: `python docs/generate.py` (`make docs`).

With `--check`, write nothing, and exit with 1 when one of them is not up to date.
"""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.cli import app
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
| 1 | done, but some posts were skipped: they are named, with the line; or a page is missing (`--against`) |
| 1 | `feeds newsletter`: the mail breaks a rule, or a service refused it; the issue is not remembered |
| 2 | wrong usage or settings; nothing was changed |
| 3 | another run is working on this site |
| 4 | the disk failed; what was published before is untouched |
| 6 | `feeds newsletter`: there is nothing to mail that was not mailed before; nothing was written |
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
| `counts` | an object: by code, how many problems there are of each severity |
| `durations` | an object: seconds of each stage |

`path` is relative to the site's folder; `line` and `column` count from 1, and 0 means unknown. A problem of
severity `error` keeps its post from being published; `warning` and `note` do not. The codes are listed in
[problems](problems.md). When the run ends with exit code 2, 3 or 4, the object holds `error` (`message`,
`where`, `hint`) and `problems`.

`--json` of `feeds check` is short for `--format json`. With `--code`, `problems` and `counts` hold only those
codes. With `--against`, the object holds `against` as well:

| key | holds |
|---|---|
| `posts` | how many posts were looked for |
| `missing`, `elsewhere` | how many have no page at their URL, and how many have a URL on another site |
| `remarks` | an object: how many are at a page that a host must serve without its `ending`, or with another \
`slash` or Unicode `form` |
| `fits` | how many posts the present permalink patterns fit |
| `suggestion` | `permalink` and `permalinks`, and how many posts they fit (`fits`, `of`); null for none |
| `others` | a list of paths: pages that look like posts and are none of these |

`feeds list posts --json` prints `posts` (a list, newest first), `held` and `problems`; `feeds list feeds
--json` prints `channels`, each with its `feeds`, and `problems`.

## `feeds check` in continuous integration

The exit code is 1 when a post is broken, and with `--against` also when a post's page is missing. In GitHub's
Actions, `--format github` puts every problem beside its line in the pull request:

```yaml
- run: hugo                                              # or whatever builds the site
- run: feeds check --against public --format github
```

DIR is the folder that the site's generator writes, and the root of `[site] url`. A sitemap can stand in for
it, also one that is packed, or an index whose sitemaps lie beside it; nothing is fetched. A page counts when
a host would serve it at the URL: `a/index.html` for `/a/` and `/a`, `a.html` for `/a.html`. That only some
hosts serve `a.html` for `/a` is remarked. Pages that only redirect do not count, and upper and lower case
differ.

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


def schema_file() -> str:
    """feeds/feeds.schema.json, which editors read."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def handover_pages() -> dict[str, str]:
    """An issue as it is handed to each mail service."""
    made: dict[str, str] = runpy.run_path(str(TOP / "docs/handover_pages.py"))["pages"]()
    return made


def problem_pages() -> dict[str, str]:
    """docs/problems.md and the pages below docs/problems/, from the module beside this one."""
    made: dict[str, str] = runpy.run_path(str(TOP / "docs/problem_pages.py"))["pages"]()
    return made


PAGES: dict[str, Callable[[], str]] = {
    "docs/settings.md": settings_page,
    "docs/commands.md": commands_page,
    "docs/rules.md": lambda: str(runpy.run_path(str(TOP / "docs/rule_pages.py"))["rules_page"]()),
    "docs/mail-rules.md": lambda: str(
        runpy.run_path(str(TOP / "docs/mail_rule_pages.py"))["mail_rules_page"]()
    ),
    "feeds/feeds.schema.json": schema_file,
}


def _sections(table: type[Struct], path: tuple[str, ...]) -> Iterator[str]:
    for row in rows(table):
        here = (*path, row.name)
        if row.kind not in TABLES:
            continue
        shown = ".".join((*here, "ID") if row.kind == "tables" else here)
        header = f"[[{shown}]]" if row.kind == "list of tables" else f"[{shown}]"
        yield f"\n## `{header}`\n\n{_sentence(row.description)}\n"
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
        "number": "whole number" + _limits(row),
        "choice": f"one of {choices}",
        "list": f"list of {choices}",
        "texts": "list of texts",
    }
    return kinds[row.kind]


def _limits(row: Row) -> str:
    least = "" if row.least is None else f", at least {row.least:,}"
    return least if row.most is None else f"{least} and at most {row.most:,}"


def _default(row: Row) -> str:
    if row.required:
        return "required"
    return f"`{json.dumps(row.default)}`" if row.default else ""


def main(arguments: list[str]) -> int:
    """Write every page that has changed, delete those of codes that are gone, and say so, or only say so."""
    pages = {name: make() for name, make in PAGES.items()} | problem_pages() | handover_pages()
    stale: dict[Path, str | None] = {
        file: None
        for file in sorted((TOP / "docs/problems").glob("*.md"))
        if f"docs/problems/{file.name}" not in pages
    }
    for name, text in pages.items():
        file = TOP / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale[file] = text
    for file, wanted in stale.items():
        if "--check" in arguments:
            continue
        if wanted is None:
            file.unlink()
        else:
            file.parent.mkdir(exist_ok=True)
            file.write_text(wanted, encoding="utf-8")
    sys.stdout.writelines(f"{file.relative_to(TOP)}\n" for file in stale)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
