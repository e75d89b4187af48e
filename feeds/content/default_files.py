"""The files that hold defaults: opened with care, read as text, and what is wrong with them noted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from feeds import regular
from feeds.content import front_matter, mappings, text
from feeds.content.mappings import Located
from feeds.content.yaml_text import Unreadable
from feeds.generators import python
from feeds.problems import Findings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path, PurePosixPath

    from feeds.content.yaml_text import Place, Value
    from feeds.problems import Problem

_MOST_BYTES = 2 * 1024 * 1024


def _python(content: str, offset: int, findings: Findings) -> Located:  # noqa: ARG001 - a loader like the others
    """What a program assigns at its top, as far as it is plain; it is not run. Raises Unreadable."""
    try:
        read, lines = python.read(content)
        values = {key: mappings.as_text(value) for key, value in read.items()}
    except SyntaxError as error:
        place = (error.lineno or 1) + offset, error.offset or 1
        raise Unreadable("front-matter-invalid", f"not valid Python: {error.msg}", place, "") from error
    except (ValueError, RecursionError, MemoryError) as error:
        message = "not a program that Python could read"
        raise Unreadable("front-matter-invalid", message, (offset + 1, 1), "") from error
    places = {key: (number + offset, 1) for (key,), number in lines.items()}
    return Located(values, places, places)


_LOADS: dict[str, mappings.Load] = {
    "toml": mappings.toml,
    "json": mappings.json,
    "yaml": mappings.yaml,
    "yml": mappings.yaml,
    "py": _python,
}


class DefaultFiles:
    """Reads files of the site in the folder `root`; paths are relative to it.

    Those below `content` have to be in that folder, and others in the site's, wherever links lead.
    """

    def __init__(self, root: Path, content: str) -> None:
        self.problems: list[Problem] = []
        self.root = root
        self._content = content

    def front_matter(self, path: PurePosixPath, marker: str) -> Located:
        """The front matter of a file; nothing when the file has not the word `marker`."""
        content = self.text(path, marker)
        if not content:
            return Located()
        findings = Findings(str(path))
        found = front_matter.split(content, findings)
        for problem in findings.problems:
            if problem.severity == "error":
                self.note(path, problem.message, (problem.line, problem.column), problem.hint)
        return Located(found.values, found.places, found.key_places)

    def mapping(self, path: PurePosixPath, marker: str = "") -> Located:
        """What a file of data holds; nothing when it is not there, or has not the word `marker`."""
        content = self.text(path, marker)
        if not content.strip():
            return Located()
        try:
            return _LOADS[path.suffix[1:]](content, 0, Findings(str(path)))
        except Unreadable as error:
            self.note(path, error.message.replace("the front matter", "this"), error.place, error.hint)
            return Located()

    def literal(self, content: str) -> Mapping[str, Value]:
        """What a literal of JavaScript holds; nothing when it is more than data, which is not run."""
        try:
            return mappings.javascript(content, 0, Findings("")).values
        except Unreadable:
            return {}

    def names(self, folder: PurePosixPath, start: str, end: str) -> list[str]:
        """The names of the files in a folder that start and end so."""
        try:
            with os.scandir(self.root / folder) as entries:
                return sorted(e.name for e in entries if e.name.startswith(start) and e.name.endswith(end))
        except OSError:
            return []  # whoever collects the posts says so

    def note(
        self,
        path: PurePosixPath,
        message: str,
        place: Place = (0, 0),
        hint: str = "",
        severity: Literal["warning", "note"] = "warning",
    ) -> None:
        """Note what is wrong with a file."""
        findings = Findings(str(path).encode(errors="surrogateescape").decode(errors="replace"))
        findings.add(severity, "defaults-invalid", message, at=place, hint=hint)
        self.problems.extend(findings.problems)

    def text(self, path: PurePosixPath, marker: str = "") -> str:
        """The text of a file; nothing when it is not there, or has not the word `marker`."""
        data = self._bytes(path)
        if marker.encode() not in data:
            return ""
        findings = Findings(str(path))
        content = text.decode(data, findings)
        if findings.fatal:
            broken = findings.problems[0]
            self.note(path, broken.message, (broken.line, broken.column), broken.hint)
        return content

    def _bytes(self, path: PurePosixPath) -> bytes:
        """The bytes of a regular file of bearable size, inside the folder that it has to be in."""
        full = self.root / path
        if not os.path.lexists(full) or full.is_dir():
            return b""
        home = self.root / self._content if path.is_relative_to(self._content) else self.root
        try:
            return regular.whole(full, home, _MOST_BYTES)
        except regular.Refused as error:
            self.note(path, str(error), hint="put the file itself there" if full.is_symlink() else "")
            return b""
