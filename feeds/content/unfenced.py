"""Front matter that no fence opens: Pelican's, Nikola's, Pandoc's, Org's, and Hexo's with a fence below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.content import mappings, metadata
from feeds.content.fences import CLOSERS, TOML_LINE, check_size, end, first
from feeds.content.yaml_text import Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.content.mappings import Located
    from feeds.problems import Findings

_KEY_LINE = re.compile(r"[\"']?[A-Za-z_][\w .-]*[\"']?[ \t]*:(?:[ \t]|$)")
# What only YAML has: lists, brackets, quotes, blocks, keys inside keys, comments.
_YAML_LINE = re.compile(r"[ \t]*- |[ \t]*-$|[^:]*:[ \t]+[\[{\"'|>]|[ \t]+[\w-]+:(?:[ \t]|$)|#")
_JSON_LINE = re.compile(r'[ \t]*"[^"]+"[ \t]*:')
_MOST_LINES = 200  # of a header with a fence below it alone


def read(lines: Sequence[str], top: int, findings: Findings) -> tuple[Located, int] | None:
    """The front matter that starts in the line `top`, if any does, and the number of the first line below it.

    Raises Unreadable.
    """
    opener, near = lines[top], lines[: top + _MOST_LINES]
    if not opener.strip():
        return None
    if TOML_LINE.match(opener) and (below := end(near, top, CLOSERS["+"])):
        return _loaded(lines[top:below], top, mappings.toml, findings), below + 1
    if _JSON_LINE.match(opener) and (below := end(near, top, CLOSERS[";"])):
        return _loaded(lines[top:below], top, mappings.json, findings), below + 1
    blank = next((n for n in range(top, len(lines)) if not lines[n].strip()), len(lines))
    if opener.startswith(".. ") and metadata.opens_nikola(opener):
        check_size("\n".join(lines[top:blank]), top + 1)
        return metadata.nikola(lines, top, findings)
    if other := _of_another_markup(lines, top, blank, findings):
        return other
    closer = end(near[:blank], top, CLOSERS["-"])
    block = lines[top:closer]
    if closer and _is_yaml(block):
        return _loaded(block, top, mappings.yaml, findings), closer + 1
    if metadata.opens(opener) or (closer and len(block) > 1 and all(map(metadata.is_key, block))):
        check_size("\n".join(lines[top : closer or blank]), top + 1)
        return metadata.pelican(lines, top, findings, CLOSERS["-"])
    return None


def _of_another_markup(
    lines: Sequence[str], top: int, blank: int, findings: Findings
) -> tuple[Located, int] | None:
    """What people bring along from Pandoc, reStructuredText and Org."""
    opener = lines[top]
    if not opener.startswith(("%", ":", "#+")):
        return None
    if opener.startswith("%") and (block := metadata.pandoc(lines, top, findings)):
        return block
    if metadata.opens_fields(lines, top):
        check_size("\n".join(lines[top:blank]), top + 1)
        return metadata.fields(lines, top, findings)
    if metadata.opens_org(opener):
        check_size("\n".join(lines[top:blank]), top + 1)
        return metadata.org(lines, top, findings)
    return None


def _is_yaml(block: Sequence[str]) -> bool:
    return (
        all(_KEY_LINE.match(line) or _YAML_LINE.match(line) or line[:1].isspace() for line in block)
        and any(metadata.is_key(line) for line in block)
        and any(_YAML_LINE.match(line) for line in block)
    )


def _loaded(block: Sequence[str], offset: int, load: mappings.Load, findings: Findings) -> Located:
    header = "\n".join(block)
    check_size(header, offset + 1)
    return load(header, offset, findings)


def in_comment(lines: Sequence[str], top: int, findings: Findings) -> tuple[Located, int, str] | None:
    """Nikola's metadata in a comment at the top: with the line that closes it, and what is behind it there.

    Raises Unreadable.
    """
    if not lines[top].lstrip().startswith("<!--"):
        return None
    last = next((n for n in range(top, len(lines)) if "-->" in lines[n]), len(lines))
    inside, closed, rest = lines[last].partition("-->") if last < len(lines) else ("", "", "")
    # The marks become spaces, so that columns stay what they are.
    block = [*lines[:last], inside.rstrip()]
    block[top] = block[top].replace("<!--", "    ", 1).rstrip()
    begin = first(block, top)
    if not metadata.opens_nikola(block[begin]):
        return None
    if not closed:
        raise Unreadable(
            "front-matter-unclosed",
            "the comment with the metadata is never closed",
            (top + 1, 1),
            "write -->",
        )
    check_size("\n".join(block), top + 1)
    found, below = metadata.nikola(block, begin, findings)
    if unknown := first(block, below):
        raise Unreadable(
            "front-matter-invalid",
            "this line is not `.. key: value`",
            (unknown + 1, 1),
            "end the comment above it with -->",
        )
    return found, last, rest
