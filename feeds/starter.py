"""What `feeds init` writes: explained settings and a first post. It only decides; the command writes."""

from __future__ import annotations

import json
import re
from textwrap import wrap
from typing import TYPE_CHECKING

from feeds.model import Document
from feeds.setting_rules import fault_of
from feeds.settings import Settings, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from msgspec import Struct

CONTENT = "content"

# Issues that were mailed are worth keeping, so the outbox is not here.
_IGNORED = ("/.feeds/", "/public/")

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


def starter(folder: Path, *, today: date, author: str = "", language: str = "") -> tuple[Document, ...]:
    """The files of a new site in `folder`. Only its name is used, to guess the site's title from.

    `author` is `Name` or `Name <mail@example.org>`, `language` a BCP 47 tag or a locale (`pt_BR.UTF-8`). A
    guess that the settings would not take is left out. The paths are relative to `folder`.
    """
    language = re.split("[.@]", language)[0].replace("_", "-")
    values: dict[tuple[str, ...], str] = {
        ("site", "title"): _title(folder.name),
        ("site", "url"): "https://example.org",
    }
    for key, guess in {"author": author, "language": language}.items():
        if guess and not fault_of("site", key, guess):
            values["site", key] = guess
    is_english = re.match(r"en\b", values.get(("site", "language"), "en"), re.IGNORECASE)
    post = _POST.format(today=today, language="" if is_english else "language: en\n")
    return (
        Document(path="feeds.toml", data=_settings_file(values).encode()),
        Document(path=f"{CONTENT}/posts/first-post.md", data=post.encode()),
        Document(path=".gitignore", data=merge_gitignore("").encode()),
    )


def merge_gitignore(old: str) -> str:
    """The text of a `.gitignore` with the lines that a site needs. Lines that are there stay as they are."""
    present = {line.strip().strip("/") for line in old.splitlines()}
    missing = [line for line in _IGNORED if line.strip("/") not in present]
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


def _settings_file(values: Mapping[tuple[str, ...], str]) -> str:
    return _OPENING + "".join(_table(Settings, (), values))


def _table(
    table: type[Struct], path: tuple[str, ...], values: Mapping[tuple[str, ...], str]
) -> Iterator[str]:
    for row in rows(table):
        here = (*path, row.name)
        if row.kind in {"table", "open table"}:
            yield f"\n{_comment(row.description)}[{'.'.join(here)}]\n"
            yield from _table(row.table, here, values) if row.table else ()
        else:
            yield _comment(row.description)
            key = f"{row.name} = {toml(values.get(here, row.default))}"
            note = "  # change this to your own" if row.name == "url" else ""
            yield f"{key}{note}\n" if here in values else f"#{key}\n"


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in wrap(text, 100, break_long_words=False, break_on_hyphens=False))
