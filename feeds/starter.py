"""What `feeds init` writes: explained settings and a first post. It only decides; the command writes."""

from __future__ import annotations

import json
import re
from textwrap import wrap
from typing import TYPE_CHECKING

from feeds.model import Document
from feeds.setting_rules import fault_of
from feeds.settings import TABLES, Settings, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from msgspec import Struct

    from feeds.settings import Row

CONTENT = "content"
SETTINGS = "feeds.toml"
GITIGNORE = ".gitignore"

Value = str | list[str]

# Issues that were mailed are worth keeping, so the outbox is not here.
_IGNORED = ("/.feeds/", "/public/")

_EXAMPLES: Mapping[tuple[str, ...], Value] = {
    ("site", "title"): "My site",
    ("site", "url"): "https://example.org",
}

_OPENING = """\
# The settings of this site. Only the title and the url are required. A key behind a # shows what holds
# without it: take the # away to change it. `feeds check` says whether everything is right.
"""

_POST = """\
---
title: Hello, world
date: {today:%Y-%m-%d}
{language}categories: [Notes]
tags: [first post, {today.year}]
---
This is the first post of a new site. Change it, or delete it and write your own: every Markdown file in this
folder becomes an entry of the feeds, and the newest one can be sent as a newsletter.

## What a post can hold

Text with *emphasis*, **weight** and [links](https://example.org/), lists, quotes and footnotes[^note], and
what blogs need beyond that. A figure, written as Hugo does, shows a picture of your site:

{{{{< figure src="/images/desk.jpg" alt="A desk by a window" caption="Put your own picture here" >}}}}

Code keeps its shape, in readers and in mail:

```python
def greet(name: str) -> str:
    return f"Hello, {{name}}!"
```

So do tables:

| command            | what it does                               |
|--------------------|--------------------------------------------|
| `feeds check`      | says what is wrong, and writes nothing     |
| `feeds build`      | writes the feeds into `public/`            |
| `feeds newsletter` | writes this post as a mail into `outbox/`  |

[^note]: The tags above are what you wrote: a year is a tag like any other.
"""


def starter(
    folder: Path, *, today: date, author: str = "", language: str = "", identity: str = ""
) -> tuple[Document, ...]:
    """The files of a new site in `folder`. Only its name is used, to guess the site's title from.

    `author` is `Name` or `Name <mail@example.org>`, `language` a BCP 47 tag or a locale (`pt_BR.UTF-8`). A
    guess that the settings would not take is left out. `identity` is a name that no other site has: with it
    from the first day on, no later address of the site changes an id. The paths are relative to `folder`.
    """
    language = re.split("[.@]", language)[0].replace("_", "-")
    values: dict[tuple[str, ...], Value] = {("site", "title"): _title(folder.name)}
    for key, guess in {"author": author, "language": language, "id": identity}.items():
        if guess and not fault_of("site", key, guess):
            values["site", key] = guess
    is_english = re.match(r"en\b", str(values.get(("site", "language"), "en")), re.IGNORECASE)
    post = _POST.format(today=today, language="" if is_english else "language: en\n")
    return (
        Document(path=SETTINGS, data=settings_file(values).encode()),
        Document(path=f"{CONTENT}/posts/first-post.md", data=post.encode()),
        Document(path=GITIGNORE, data=merge_gitignore("").encode()),
    )


def imported(
    folder: Path, values: Mapping[tuple[str, ...], Value], *, own_output: bool, identity: str = ""
) -> tuple[Document, ...]:
    """The files for a site in `folder` that another generator makes. `values` are what is known of it.

    No post is among them, and `identity` is as above. `own_output` says that the output folder is not that
    generator's, so git need not keep it.
    """
    named = {("site", "title"): _title(folder.name), **values}
    if identity:
        named = {**named, ("site", "id"): identity}
    ignored = _IGNORED[: 2 if own_output else 1]
    return (
        Document(path=SETTINGS, data=settings_file(named).encode()),
        Document(path=GITIGNORE, data=merge_gitignore("", ignored).encode()),
    )


def settings_file(values: Mapping[tuple[str, ...], Value]) -> str:
    """The text of a `feeds.toml` with every key in it, explained; those in `values` hold what these say.

    A key that must be there and is not in `values` gets an example.
    """
    return _OPENING + "".join(_table(Settings, (), {**_EXAMPLES, **values}))


def merge_gitignore(old: str, needed: Iterable[str] = _IGNORED) -> str:
    """The text of a `.gitignore` with the lines that a site needs. Lines that are there stay as they are."""
    present = {line.strip().strip("/") for line in old.splitlines()}
    missing = [line for line in needed if line.strip("/") not in present]
    end = "\r\n" if "\r\n" in old else "\n"
    start = old if not old or not missing or old.endswith("\n") else old + end
    return start + "".join(line + end for line in missing)


def toml(value: object) -> str:
    """A default, or a value that a user gave, as TOML writes it."""
    return json.dumps(value, ensure_ascii=False)


def _title(name: str) -> str:
    words = "".join(letter if letter.isprintable() else " " for letter in name)
    title = " ".join(words.replace("-", " ").replace("_", " ").split())
    return title[:1].upper() + title[1:] if title else "My site"


def _table(
    table: type[Struct], path: tuple[str, ...], values: Mapping[tuple[str, ...], Value]
) -> Iterator[str]:
    """The keys of a table, and then the tables in it: what stands below a header is that table's."""
    known = rows(table)
    for row in known:
        if row.kind not in TABLES:
            here = (*path, row.name)
            value = values.get(here)
            yield _comment(row.description)
            key = f"{row.name} = {toml(row.default if value is None else value)}"
            note = "  # change this to your own" if row.name == "url" and value == _EXAMPLES.get(here) else ""
            yield f"#{key}\n" if value is None else f"{key}{note}\n"
    for row in known:
        if row.kind in TABLES:
            here = (*path, row.name)
            yield f"\n{_comment(row.description)}"
            if row.kind == "list of tables":
                yield from _example(row, f"[[{_header(here)}]]")
            elif row.kind == "tables":
                yield from _named_tables(row, here, values)
            else:
                yield f"[{_header(here)}]\n"
                yield from _table(row.table, here, values) if row.table else _named_values(here, values)


def _named_values(
    path: tuple[str, ...], values: Mapping[tuple[str, ...], Value], order: Iterable[str] = ()
) -> Iterator[str]:
    """The keys right below `path` that have a value, those in `order` first."""
    given = [each[-1] for each in values if each[:-1] == path]
    for name in dict.fromkeys((*(name for name in order if name in given), *given)):
        yield f"{_header((name,))} = {toml(values[(*path, name)])}\n"


def _named_tables(row: Row, path: tuple[str, ...], values: Mapping[tuple[str, ...], Value]) -> Iterator[str]:
    """A table for each name below `path` that has values; when there is none, one as an example."""
    inner = rows(row.table) if row.table else ()
    names = dict.fromkeys(each[len(path)] for each in values if each[: len(path)] == path)
    for number, name in enumerate(names):
        yield "\n" if number else ""
        yield f"[{_header((*path, name))}]\n"
        yield from _named_values((*path, name), values, [each.name for each in inner])
    if not names:
        yield from _example(row, f"[{_header(path)}.ID]")


def _example(row: Row, header: str) -> Iterator[str]:
    """A table of which there may be many, and is none."""
    yield f"# {header}\n"
    for each in rows(row.table) if row.table else ():
        default = "" if each.default is None else each.default
        yield f"# {each.name} = {toml(default)}  # {each.description}\n"


def _header(path: tuple[str, ...]) -> str:
    """A key path as TOML writes it."""
    return ".".join(name if re.fullmatch("[A-Za-z0-9_-]+", name) else toml(name) for name in path)


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in wrap(text, 100, break_long_words=False, break_on_hyphens=False))
