"""YAML with every scalar as its author wrote it (the python-frontmatter wall).

python-frontmatter's handler loads it, through a loader of ours: the tag `2025` is "2025" and `No` is "No",
where YAML 1.1 would say 2025 and false; and nothing that nests or repeats itself without end gets built.
"""

from __future__ import annotations

import base64
import re

import yaml
from frontmatter.default_handlers import YAMLHandler

from feeds.problems import Findings

Value = str | list["Value"] | dict[str, "Value"] | None
Place = tuple[int, int]  # line and column in the file, both from 1

_MAX_DEPTH = 32
_MAX_NODES = 20_000  # counted with what aliases stand for: a few lines of them can mean millions

# YAML 1.1 starts a new line at each of these, which editors and Python's `split("\n")` do not.
_OTHER_BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " "}
_CONTROLS = re.compile(r"[\x80-\x84\x86-\x9f]")  # what YAML forbids and XML does not
_TIGHT_KEY = re.compile(r"[ \t]*(?:- )?([A-Za-z_][\w-]*):(?!//)[^ \t\n]")
_OPEN_QUOTE = re.compile(r"[ \t]*(?:- )?(?:[\w .-]+:[ \t]+)?([\"'])(.*)")
_NO_COLON = "could not find expected ':'"
_TAG = re.compile("!(?:ruby/.*|str|int|float|bool|null|timestamp|)$")
_TABS = re.compile(r"(?m)^( *)\t[ \t]*")
_CLOSERS = {"[": "]", "{": "}"}
_MARKS = frozenset("@`%*&!|>[{")  # what a plain value may not start with
_VALUE = re.compile(r"([ \t]*(?:- )?[^:\"'\[{]*?:|[ \t]*-)[ \t]+(.*)")
_LONGEST_HINT = 500  # characters


class Unreadable(Exception):  # noqa: N818 - caught by `feeds.content.front_matter`, which makes a problem of it
    """What keeps front matter from being read, and where in the file."""

    def __init__(self, code: str, message: str, place: Place, hint: str = "") -> None:
        super().__init__(message)
        # A line as it should be is of no help when nobody can read it.
        hint = hint if len(hint) <= _LONGEST_HINT else hint.partition(": ")[0]
        self.code, self.message, self.place, self.hint = code, message, place, hint


class _AsWritten(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # libyaml where it is built in
    """A loader that builds text, lists and mappings straight from the parser's events.

    Events come one at a time, so depth and aliases are bounded before anything is built from them: the
    composer of libyaml recurses in C and can be crashed by nesting.
    """

    offset: int  # lines of the file above the header
    findings: Findings

    def get_single_data(self) -> tuple[Value, dict[str, Place], dict[str, Place]]:
        self._keys: dict[str, Place] = {}
        self._anchors: dict[str, tuple[Value, int]] = {}
        self._nodes = 0
        self._places: dict[str, Place] = {}
        self.get_event()  # the stream starts
        if self.check_event(yaml.StreamEndEvent):
            return None, {}, {}
        self.get_event()  # the document starts
        value = self._value(0, in_list=False)
        self.get_event()  # the document ends
        if not self.check_event(yaml.StreamEndEvent):
            raise Unreadable(
                "front-matter-invalid",
                "the front matter holds a second document",
                self._place(self.get_event()),
            )
        return value, self._places, self._keys

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return (mark.line + 1 + self.offset, mark.column + 1) if mark else (self.offset + 1, 1)

    def _value(self, depth: int, *, in_list: bool) -> Value:
        event = self.get_event()
        before = self._nodes
        self._nodes += 1
        value: Value
        if isinstance(event, yaml.AliasEvent):
            value, size = self._anchors.get(event.anchor or "", (None, 0))
            self._nodes += size
        elif isinstance(event, yaml.ScalarEvent):
            value = _untagged(event)
            if not (event.style or event.tag) and (
                event.value in {"", "~"} or (not in_list and event.value in {"null", "Null", "NULL"})
            ):
                value = None
        elif depth >= _MAX_DEPTH:
            raise Unreadable(
                "front-matter-too-deep", f"values nest deeper than {_MAX_DEPTH} levels", self._place(event)
            )
        elif isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not self.check_event(yaml.SequenceEndEvent):
                items.append(self._value(depth + 1, in_list=True))
            self.get_event()
            value = items
        else:
            value = self._mapping(depth)
        if self._nodes > _MAX_NODES:
            message = f"the front matter stands for more than {_MAX_NODES} values"
            raise Unreadable("front-matter-too-deep", message, self._place(event))
        if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
            self._anchors[event.anchor] = (value, self._nodes - before)
        return value

    def _mapping(self, depth: int) -> Value:
        mapping: dict[str, Value] = {}
        inherited: dict[str, Value] = {}
        lines: dict[str, int] = {}
        while not self.check_event(yaml.MappingEndEvent):
            key_place = self._place(self.peek_event())
            key = self._value(depth + 1, in_list=True)
            value_place = self._place(self.peek_event())
            value = self._value(depth + 1, in_list=False)
            if not isinstance(key, str):
                continue
            if key == "<<" and isinstance(value, dict | list):
                # Of several, the first one wins (https://yaml.org/type/merge.html).
                for item in reversed(value if isinstance(value, list) else [value]):
                    inherited.update(item if isinstance(item, dict) else {})
                continue
            if key in lines:
                duplicate(key, lines[key], key_place, self.findings)
            lines[key] = key_place[0]
            mapping[key] = value
            if depth == 0:
                self._places[key] = value_place if value is not None else key_place
                self._keys[key] = key_place
        self.get_event()
        return inherited | mapping


def _untagged(event: yaml.ScalarEvent) -> str:
    """What a scalar says without its tag, which is for Ruby or to say what we do not ask."""
    if (event.tag or "").endswith("binary"):
        try:
            return base64.b64decode(event.value, validate=False).decode()
        except ValueError:
            return str(event.value)
    if not event.tag or event.style or not event.tag.startswith("!") or _TAG.match(event.tag):
        return str(event.value)
    return f"{event.tag} {event.value}".rstrip()  # `!important news` is a title, to its author


def duplicate(key: str, line: int, at: Place, findings: Findings) -> None:
    """Warn of a key that was already set in `line`."""
    findings.add(
        "warning",
        "key-duplicate",
        f"{key} is already set in line {line}; this line wins",
        at=at,
        hint="keep one of the two",
    )


def load(header: str, offset: int, findings: Findings) -> tuple[Value, dict[str, Place], dict[str, Place]]:
    """Read the YAML below line `offset` of the file: its value, and where each top-level value and key is.

    Raises Unreadable, with the place in the file and a guess at what is wrong.
    """

    def loader(stream: str) -> _AsWritten:
        opened = _AsWritten(stream)
        opened.offset, opened.findings = offset, noted
        return opened

    noted = Findings(findings.path)  # what is noted before the parser gives up does not count

    header = header.translate(_OTHER_BREAKS)
    if control := _CONTROLS.search(header):
        line = header.count("\n", 0, control.start())
        raise Unreadable(
            "front-matter-invalid",
            f"not valid YAML: the control character U+{ord(control[0]):04X}",
            (line + 1 + offset, control.start() - header.rfind("\n", 0, control.start())),
            "delete it; it may have been a quotation mark or a dash of Windows",
        )
    try:
        value, places, keys = YAMLHandler().load(header, Loader=loader)
    except yaml.YAMLError as error:
        if tab := _TABS.search(header):
            # Hexo reads tabs so, and nothing else can be meant.
            spaced = _TABS.sub(lambda found: found[0].replace("\t", "  "), header)
            loaded = load(spaced, offset, findings)
            findings.add(
                "warning",
                "front-matter-invalid",
                "YAML cannot be indented with tabs, and each is read as two spaces",
                at=(header.count("\n", 0, tab.start()) + 1 + offset, len(tab[1]) + 1),
                hint="indent with spaces",
            )
            return loaded
        reason = getattr(error, "problem", None) or str(error)
        # A key without its colon is missed on the line below it.
        where = "context_mark" if reason == _NO_COLON else "problem_mark"
        mark = getattr(error, where, None)
        line, column = (mark.line, mark.column) if mark else (0, 0)
        rows = header.split("\n")
        culprit, hint = _guess(rows, min(line, len(rows) - 1))
        if culprit != line:
            line, column = culprit, max(0, rows[culprit].find(_open_quote(rows[culprit])))
        if "unknown escape" in reason:
            hint = "write a backslash twice in double quotes, or put the value in single quotes"
        if not hint and reason == _NO_COLON:
            hint = "write it as `key: value`, or indent it if it belongs to the line above"
        raise Unreadable(
            "front-matter-invalid", f"not valid YAML: {reason}", (line + 1 + offset, column + 1), hint
        ) from error
    for each in noted.problems:
        findings.add(each.severity, each.code, each.message, at=(each.line, each.column), hint=each.hint)
    return value, places, keys


def spacing(header: str) -> str:
    """The hint for a header whose colons have no space behind them, or nothing."""
    return next((_tight(line) for line in header.split("\n") if _TIGHT_KEY.match(line)), "")


def _guess(lines: list[str], line: int) -> tuple[int, str]:
    """On which line the mistake that YAML stumbled on in `line` probably is, and what to do about it.

    YAML goes on until nothing makes sense any more: an open quote, for one, ends at the next quote.
    """
    if hint := _hint(lines[line]):
        return line, hint
    for above in range(line - 1, -1, -1):
        opened = _open_quote(lines[above])
        if opened and not any(opened in between for between in lines[above + 1 : line]):
            return above, f"close the quote: {opened}"
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), line)
    if hint := _hint(lines[above]):
        return above, hint
    differs = _indented(lines[above]) != _indented(lines[line])
    return line, "start it where the line above it starts, if both belong together" if differs else ""


def _indented(line: str) -> int:
    return len(line) - len(line.lstrip())


def _hint(line: str) -> str:
    """What is most often wrong about a line that is no YAML."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return "indent with spaces, not tabs"
    if indent.strip(" "):
        return "indent with plain spaces"
    found = _VALUE.match(line)
    key, value = (found[1], found[2].strip()) if found else ("", "")
    if value[:1] in {"“", "”", "„", "«", "‘", "’"} and ": " in value:
        return f'use straight quotes: {key.lstrip()} "{value[1:-1]}"'
    if opened := _open_quote(line):
        return f"close the quote: {opened}"
    if value[:1] in _CLOSERS and _CLOSERS[value[0]] not in value:
        return f"close the bracket: {value[0]}"
    if value[:1] == "'" and value.count("'") != 2:  # noqa: PLR2004 - one at each end
        inner = value.strip("'")
        return f'put the value in double quotes: {key.lstrip()} "{inner}"'
    if value[:1] == '"' == value[-1:] and '"' in re.sub(r"\\.", "", value[1:-1]):
        inner = value[1:-1].replace("'", "''")
        return f"put the value in single quotes: {key.lstrip()} '{inner}'"
    if value[:1] in {'"', "'"} and not value.endswith(value[0]):
        other = "'" if value[0] == '"' else '"'
        return f"put the whole value in quotes: {key.lstrip()} {other}{value}{other}"
    if value[:1] in _MARKS or (": " in f"{value} " and value[:1] not in {'"', "'"}):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        reason = "put the value in quotes" if value[0] in _MARKS else "a value with a colon goes in quotes"
        return f'{reason}: {key.lstrip()} "{quoted}"'
    return _tight(line) if _TIGHT_KEY.match(line) else ""


def _tight(line: str) -> str:
    key = line.strip().partition(":")[0]
    return f"put a space behind the colon: {key}: …"


def _open_quote(line: str) -> str:
    """The quote that a value opens and its line does not close, if there is one."""
    found = _OPEN_QUOTE.match(line)
    if not found:
        return ""
    rest = found[2].replace("''", "") if found[1] == "'" else re.sub(r"\\.", "", found[2])
    return "" if found[1] in rest else found[1]
