"""A format is a row and a file: everything else follows."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import feeds
from feeds.formats import FORMATS
from feeds.settings import Feeds, Names, rows

PACKAGE = Path(feeds.__file__).parent
TEMPLATES = Path(__file__).parent.parent / "templates"
_ROWS = "    for row in (\n"
_BUILDER = '''\
"""A format that is only here to show how one is added."""

def build(channel, feed, settings):
    lines = [f"{channel.title} <{feed.url}>", *(post.url for post in channel.posts)]
    return ("# written by Feedwright\\n" + "\\n".join(lines) + "\\n").encode()
'''
_SITE = """\
[site]
title = "Example"
url = "https://example.org"
[feeds]
formats = ["lines", "atom"]
[output.names]
lines = "list.txt"
"""


def test_settings_follow_the_rows() -> None:
    """Every format can be chosen and named, and no other can."""
    keys = {row.name: row for row in rows(Feeds)}
    assert (tuple(FORMATS), [*FORMATS]) == (keys["formats"].choices, keys["formats"].default)
    names = {row.name: row.default for row in rows(Names)}
    assert {row.name: row.file_name for row in FORMATS.values()}.items() <= names.items()


@pytest.fixture
def with_a_new_format(tmp_path: Path) -> Path:
    """A copy of the package with one file and one row more."""
    package = tmp_path / "feeds"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    if not (package / "_templates").is_dir():  # a checkout has them beside the package
        shutil.copytree(TEMPLATES, package / "_templates")
    (package / "builders" / "lines.py").write_text(_BUILDER)
    table = package / "formats.py"
    row = '        Format("lines", "Lines", "text/plain", "lines.txt", "feeds.builders.lines"),\n'
    assert 1 == table.read_text().count(_ROWS)
    table.write_text(table.read_text().replace(_ROWS, _ROWS + row))
    return tmp_path


def test_adding_a_format_takes_one_row_and_one_file(with_a_new_format: Path) -> None:
    """Settings take it, every channel gets its file, and the lists of feeds name it."""
    site = with_a_new_format / "site"
    (site / "content").mkdir(parents=True)
    (site / "feeds.toml").write_text(_SITE)
    (site / "content" / "a.md").write_text("---\ndate: 2025-01-01\ntags: [t]\n---\nText\n")
    # The copy is no part of the package whose coverage is measured.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    environment["PYTHONPATH"] = str(with_a_new_format)
    run = subprocess.run(
        [sys.executable, "-P", "-m", "feeds", "-C", str(site), "build", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    written = json.loads(run.stdout)["written"]
    assert {"list.txt", "tags/t/list.txt", "atom.xml", "tags/t/atom.xml"} <= set(written)
    text = (site / "public/list.txt").read_text()
    assert "Example <https://example.org/list.txt>\nhttps://example.org/a/\n" in text
    assert "list.txt" in (site / "public/subscribe.html").read_text()


def test_no_other_room_names_a_format() -> None:
    """Whoever adds a format need not look for places that list them; the exception is the list for readers."""
    allowed = {
        "formats",
        "builders.opml",  # which prefers any format to JSON
        "dialects",  # where it is the ending of settings
        "settings.newsletter",  # where it is a way to write an issue
    }
    found = set()
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if name.startswith(("validity.", "generators.", "body.", "cli.", "content.", "newsletter.")):
            continue  # these speak of other things by these names
        texts = {
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        if texts & set(FORMATS):
            found.add(name)
    assert found <= allowed
