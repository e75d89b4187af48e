"""How the call-outs of several generators begin: `!!! note "Title"`, `:::tip[Title]`, `> [!NOTE] Title`."""

from __future__ import annotations

import re

ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?) +(?P<type>[\w-]+)[^\"]*(?:\"(?P<title>[^\"]*)\")? *$")
COLONS = re.compile(r" {0,3}:{3,} *(?:(?P<type>[A-Za-z][\w-]*)|(?=\{[.#:]?[A-Za-z]))(?P<rest>.*)$")
_BRACES = re.compile(r"\{(?P<inner>[^{}]*)\}")
_CLASS = re.compile(r"[.\w-]+")
_TITLE = re.compile(r"title=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
# What only arranges its content has no title of its own.
_ARRANGED = frozenset(
    {"code-group", "code-tabs", "column", "columns", "row", "tabs", "center", "left", "right", "v-pre"}
)
_CALLED_OUT = frozenset(
    "admonition attention bug caution danger details error example hint important info note question "  # noqa: SIM905
    "quote seealso success tip todo warning".split()
)
# Behind a bar is what a theme of Obsidian's makes of it.
CALLOUT = re.compile(r"\[!(?P<type>[\w-]+)(?:\|[^\[\]]{0,100})?\][+-]?[ ]*(?P<title>.*)$")

_FENCE = re.compile(
    r"(?P<before>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})"
    r"[ \t]*(?:ad-(?P<type>[\w-]+))?"
)
_DEEPEST = 8  # call-outs in call-outs
_SETTING = re.compile(r"[ \t]*(?P<name>collapse|color|icon|title):[ \t]*(?P<value>.*)$")
_TAB = re.compile(r"[ \t]*===[!+]? +\"(?P<label>[^\"\n]+)\"[ \t]*$")
_TAB_INDENT = 4


def title(match: re.Match[str]) -> str:
    """Return a call-out's title, which may be said to be none (`""`); else its type."""
    given = match["title"]
    if given is None or (not given.strip() and "[!" in match[0]):
        given = match["type"].replace("-", " ").capitalize()
    return str(given).strip()


def colons(match: re.Match[str]) -> tuple[str, bool]:
    """Return the title of what colons begin, and whether it is set off from the text around it.

    Docusaurus writes `:::tip[Title]`, `:::tip Title`, `:::tip{title="Title"}`; MyST `:::{tip} Title`; Pandoc
    and Quarto `::: {.callout-tip title="Title"}`, and `::: {.column}` for what is nothing but looks.
    """
    rest = match["rest"]
    braces = _BRACES.search(rest)
    inner = braces["inner"] if braces else ""
    given = _TITLE.search(inner)
    if braces:
        rest = rest[: braces.start()] + rest[braces.end() :]
    said = (given["double"] or given["single"] or "") if given else rest.strip()
    if said.startswith("[") and said.endswith("]"):
        said = said[1:-1].strip()
    name = (match["type"] or next(iter(_CLASS.findall(inner)), "")).lstrip(".").lower()
    kind = name.removeprefix("callout-")
    if not said and (kind in _ARRANGED or not (match["type"] or kind != name or kind in _CALLED_OUT)):
        return "", False
    return said or kind.replace("-", " ").capitalize(), True


def from_fences(markdown: str) -> str:
    """Return `markdown` with the call-outs that Obsidian's Admonition plugin has in fences as quotes.

    ```` ```ad-note ```` begins one, and lines such as `title: Title` say how it looks. Every line keeps its
    number.
    """
    return "\n".join(_from_fences(markdown.split("\n"))) if "ad-" in markdown else markdown


def _from_fences(lines: list[str], depth: int = 0) -> list[str]:
    written: list[str] = []
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence is None:
            written.append(lines[at])
            at += 1
            continue
        end = _closing(lines, at + 1, fence["fence"])
        if fence["type"] and end < len(lines) and depth < _DEEPEST:
            written += _quoted(fence, lines[at + 1 : end], depth)
        else:
            written += lines[at : end + 1]
        at = end + 1
    return written


def _closing(lines: list[str], start: int, fence: str) -> int:
    """Return the number of the line that closes `fence`, else that of lines."""
    for number in range(start, len(lines)):
        bare = lines[number].strip(" \t>")
        if bare.startswith(fence) and not bare.strip(fence[0]):
            return number
    return len(lines)


def _quoted(fence: re.Match[str], inner: list[str], depth: int) -> list[str]:
    """Return the lines of the quote that a fence with these lines in it stands for."""
    before = fence["before"]
    rest = re.sub(r"[^\s>]", " ", before)
    inner = [line.removeprefix(rest if line.startswith(rest) else rest.rstrip()) for line in inner]
    settings: dict[str, str] = {}
    for line in inner:
        setting = _SETTING.match(line)
        if setting is None or setting["name"] in settings:
            break
        settings[setting["name"]] = setting["value"]
    content = _from_fences(inner[len(settings) :], depth + 1)
    return [
        f"{before}> [!{fence['type']}] {settings.get('title', '')}".rstrip(),
        *[f"{rest}>"] * len(settings),
        *(f"{rest}> {line}".rstrip(" ") for line in content),
        rest.rstrip(),
    ]


def from_tabs(markdown: str) -> str:
    """Return `markdown` with the tabs of Material for MkDocs as text below their labels, line for line.

    `=== "Label"` begins one, and what is indented below it belongs to it.
    """
    if "===" not in markdown or not any(_TAB.match(line) for line in markdown.split("\n")):
        return markdown
    written: list[str] = []
    tabs: list[int] = []  # how far the labels of those that are open are indented
    fence = ""
    for line in markdown.split("\n"):
        bare = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        while bare and tabs and indent < tabs[-1] + _TAB_INDENT:
            tabs.pop()
            fence = ""
        inside = line[_TAB_INDENT * len(tabs) :] if bare else ""
        if fence:
            fence = "" if bare.startswith(fence) and not bare.strip(fence[0]) else fence
        elif begins := _FENCE.match(line):
            fence = begins["fence"]
        elif tab := _TAB.match(line):
            tabs.append(indent)
            inside = inside[: len(inside) - len(inside.lstrip())] + f"**{tab['label']}**"
        written.append(inside)
    return "\n".join(written)
