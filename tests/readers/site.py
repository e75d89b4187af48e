"""A blog on disk that its author works on: posts come, change and go, and `feeds build` runs for real."""

from __future__ import annotations

import contextlib
import io
import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from feeds import cli

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-03-01T12:00:00Z"  # when stories begin; all that they need a clock for is an argument


@dataclass(slots=True)
class Blog:
    """A site in `folder`. `settings` are the tables of its feeds.toml by name."""

    folder: Path
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def public(self) -> Path:
        """Where its feeds are."""
        return self.folder / "public"

    def set(self, table: str, **values: object) -> None:
        """Change some settings of a table."""
        self.settings.setdefault(table, {}).update(values)

    def write(self, path: str, text: str = "Some text.", **keys: object) -> None:
        """Write a post, or write it anew, with `keys` as its front matter; a key that is None is left empty."""
        lines = [f"{key}: {'' if value is None else json.dumps(value)}" for key, value in keys.items()]
        file = self.folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(["---", *lines, "---", text, ""]), encoding="utf-8")

    def remove(self, path: str) -> None:
        """Delete a post's file."""
        (self.folder / "content" / path).unlink()

    def build(self, now: str = NOW) -> dict[str, Any]:
        """Run `feeds build --now NOW`; returns its report. A build that finds any fault fails the test.

        What it writes is dated NOW as well, as if the story's days were real: for newsboat (it is libcurl's
        doing) a feed of the same second is no other feed, whatever its ETag says.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "feeds.toml").write_text(_toml(self.settings), encoding="utf-8")
        out, err = io.StringIO(), io.StringIO()
        arguments = ["-C", str(self.folder), "build", "--now", now, "--jobs", "1", "--json"]
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.raises(SystemExit) as left,
        ):
            cli.main(arguments)
        assert left.value.code == 0, f"feeds build failed: {err.getvalue()}{out.getvalue()}"
        report: dict[str, Any] = json.loads(out.getvalue())
        assert [] == [each for each in report["problems"] if each["severity"] != "note"]
        moment = datetime.fromisoformat(now).timestamp()
        for path in report["written"]:
            os.utime(self.public / path, (moment, moment))
        return report

    def files(self) -> dict[str, tuple[bytes, int]]:
        """What is published: bytes and modification time in nanoseconds, by path."""
        return {
            path.relative_to(self.public).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.public.rglob("*"))
            if path.is_file()
        }


def _toml(tables: dict[str, dict[str, Any]]) -> str:
    """The settings as a file: texts, numbers and lists look in TOML as they do in JSON."""
    return "\n".join(
        line
        for name, values in tables.items()
        for line in (
            f"[{name}]",
            *(f"{json.dumps(key)} = {json.dumps(value)}" for key, value in values.items()),
        )
    )
