"""Below docs/handover/ the same small issue as every service is handed it, which docs/handover.md explains.

The files are made by running the tool on the site that stands here, so they stay true.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from feeds import config, pipeline
from feeds.newsletter import compose, exports, issue

if TYPE_CHECKING:
    from feeds.model import Letter

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEMPLATE = "handover.xml"

SETTINGS = f"""\
[site]
title = "The Harbour Log"
url = "https://log.example.org"
language = "en"
author = "Ines Carvalho <ines@example.org>"

[newsletter]
sender = "The Harbour Log <post@log.example.org>"
reply_to = "ines@example.org"
list_id = "letters.log.example.org"
postal_address = "Rua das Flores 12, 4050-262 Porto, Portugal"
unsubscribe_url = "https://log.example.org/unsubscribe/"
greeting = "Dear {{name|reader}},"
template = "{TEMPLATE}"
"""

POST = """\
---
title: Splicing, and templates
date: 2025-03-01T09:00:00Z
category: Boats
tags: [rope, website]
summary: A long splice in four steps, and what our site does with braces.
---
Unlay the strands, [marry the ends](https://example.org/marry), and tuck each of them *twice*.

The site's own template says `Dear {{ name }}`, and `100 %` of you will see it as it stands here.
"""

OTHER_POST = """\
---
title: Splicing
date: 2025-03-01T09:00:00Z
category: Boats
tags: [rope]
summary: A long splice in four steps.
---
Unlay the strands, [marry the ends](https://example.org/marry), and tuck each of them *twice*.
"""

CUSTOM = """\
<?xml version="1.0" encoding="UTF-8"?>
<mailing number="{{ number }}">
  <subject>{{ subject }}</subject>
  <link>{{ url }}</link>
{% for tag in post.tags %}
  <tag>{{ tag }}</tag>
{% endfor %}
  <text>{{ text }}</text>
  <html>{{ html }}</html>
</mailing>
"""


def pages() -> dict[str, str]:
    """The text of every file, by its path. What a service cannot carry is of a post without braces."""
    made: dict[str, str] = {}
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for post in (POST, OTHER_POST):
            letter = _letter(root, post)
            workspace = config.load(root)
            for row in exports.EXPORTS.values():
                name = exports.file_name(row, workspace.settings)
                exported = row.write(letter, workspace)
                if not exported.problems:
                    made.setdefault(f"docs/handover/{name}", exported.data.decode().replace("\r\n", "\n"))
    return made


def _letter(root: Path, post: str) -> Letter:
    files = {
        "feeds.toml": SETTINGS,
        "content/posts/splicing.md": post,
        f"templates/newsletter/{TEMPLATE}": CUSTOM,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    workspace = config.load(root)
    gathered = pipeline.gather(workspace, now=NOW)
    chosen = issue.choose(gathered.posts, issue.Wanted(), (), workspace.settings)
    return compose.compose(chosen, workspace).letter
