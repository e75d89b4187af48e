"""Values that the tests of several rooms start from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from feeds.model import Mailing, Post

_PLAIN = Post(
    id="urn:x:1",
    path="posts/hello.md",
    url="https://example.org/posts/hello/",
    title="Hello",
    label="Hello",
    published=datetime(2026, 4, 11, 9, 30, tzinfo=UTC),
    updated=datetime(2026, 4, 11, 9, 30, tzinfo=UTC),
    categories=(),
    tags=(),
    authors=(),
    summary="",
    html="<p>Hello</p>",
    language="en",
    direction="ltr",
    image="",
    enclosures=(),
    mailing=Mailing(),
)


def a_post(**changes: Any) -> Post:
    """A plain post in English, with `changes`."""
    return replace(_PLAIN, **changes)


def compact(html: str) -> str:
    """HTML without the blank space that means nothing; in code all of it does."""
    parts = re.split(r"(<pre>.*?</pre>)", html, flags=re.DOTALL)
    return "".join(
        part if at % 2 else re.sub(r"\s*\n\s*", "\n", part) for at, part in enumerate(parts)
    ).replace(">\n<", "><")
