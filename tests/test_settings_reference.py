"""What people and editors are told about the settings is what the program reads."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from feeds import config
from feeds.settings import TABLES, Settings, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP = Path(__file__).parent.parent
GENERATOR = TOP / "docs" / "generate.py"


def _tables(table: Any = Settings, path: str = "") -> Iterator[tuple[str, Any]]:
    for row in rows(table):
        if row.table:
            name = f"{path}{row.name}.ID" if row.kind == "tables" else f"{path}{row.name}"
            name = f"[{name}]" if row.kind == "list of tables" else name
            yield name, row.table
            yield from _tables(row.table, f"{name}.")


def test_the_page_of_settings_is_up_to_date() -> None:
    """docs/settings.md is what `make docs` would write now."""
    page = runpy.run_path(str(GENERATOR))["settings_page"]()
    assert page == (TOP / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", [*_tables()], ids=lambda table: table[0])
def test_every_key_is_documented(table: tuple[str, Any]) -> None:
    """Each key has a line of its own in its table's section, saying what it does."""
    name, keys = table
    page = (TOP / "docs" / "settings.md").read_text(encoding="utf-8")
    section = page.split(f"\n## `[{name}]`\n")[1].split("\n## ")[0]
    assert all(row.description for row in rows(keys))
    expected = [row.name for row in rows(keys) if row.kind not in TABLES]
    assert expected == re.findall(r"(?m)^\| `(\w+)` \|", section)


def test_the_examples_of_the_page_can_be_used() -> None:
    """Every TOML block of docs/settings.md is a whole and valid feeds.toml."""
    page = (TOP / "docs" / "settings.md").read_text(encoding="utf-8")
    examples = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    titles = [config.parse(example).site.title for example in examples]
    assert ["Example", "The Harbour Log"] == titles


def test_the_shipped_schema_is_up_to_date() -> None:
    """The schema inside the package is what the settings are now."""
    shipped = files("feeds").joinpath("feeds.schema.json").read_text(encoding="utf-8")
    assert config.schema() == json.loads(shipped)
    assert runpy.run_path(str(GENERATOR))["schema_file"]() == shipped


def test_the_schema_says_what_an_editor_needs() -> None:
    """Every key is explained and has its default or is required; nothing but [extra] is open."""
    schema = config.schema()
    assert "https://json-schema.org/draft/2020-12/schema" == schema["$schema"]
    assert {"type": "object"}.items() <= schema["properties"]["extra"].items()
    for part in (schema, *schema["$defs"].values()):
        assert part["additionalProperties"] is False
        for name, entry in part["properties"].items():
            assert entry["description"]
            assert "$ref" in entry or "default" in entry or name in part["required"]
    assert ["rss", "atom", "json"] == schema["$defs"]["Feeds"]["properties"]["formats"]["items"]["enum"]


def test_the_generator_checks_without_writing() -> None:
    """`python docs/generate.py --check` says nothing when all is well."""
    ran = subprocess.run([sys.executable, GENERATOR, "--check"], capture_output=True, text=True, check=False)
    assert (0, "", "") == (ran.returncode, ran.stdout, ran.stderr)


def test_the_generator_writes_what_is_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Checking names the stale pages and fails; writing brings them up to date."""
    space = runpy.run_path(str(GENERATOR))
    main = space["main"]
    main.__globals__.update(
        TOP=tmp_path, PAGES={"page.md": lambda: "new\n"}, problem_pages=dict, handover_pages=dict
    )
    (tmp_path / "page.md").write_text("old\n")
    assert (1, "page.md\n") == (main(["--check"]), capsys.readouterr().out)
    assert "old\n" == (tmp_path / "page.md").read_text()
    assert (0, "page.md\n", "new\n") == (
        main([]),
        capsys.readouterr().out,
        (tmp_path / "page.md").read_text(),
    )
    assert (0, "") == (main(["--check"]), capsys.readouterr().out)
