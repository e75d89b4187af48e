"""The documentation says what the program does: nothing is missing, and every link leads somewhere."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import feeds
from feeds.codes import CODES
from feeds.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP = Path(__file__).parent.parent
PAGES = sorted([*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")])


def strings() -> Iterator[str]:
    """Every text in the source, but for that of the table of codes."""
    for path in sorted(Path(feeds.__file__).parent.rglob("*.py")):
        if path.name != "codes.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def test_generated_pages_are_up_to_date() -> None:
    """They are what `make docs` would write now; each example of a problem shows it."""
    assert 0 == runpy.run_path(str(TOP / "docs/generate.py"))["main"](["--check"])


def test_every_documented_code_is_in_use() -> None:
    """A problem with a code that is not in the table cannot be made; nor does the table outlive its codes."""
    assert set() == set(CODES) - set(strings())
    with pytest.raises(AssertionError, match=r"feeds\.codes"):
        Problem(code="no-such-code", message="")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Relative links of the pages name files and headings that exist."""
    text = re.sub(r"```.*?```|`[^`\n]+`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, heading = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        if heading:
            titles = re.findall(r"(?m)^#+ (.+)$", linked.read_text(encoding="utf-8"))
            anchors = {re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in titles}
            assert heading in anchors, target


def test_the_changelog_has_this_version() -> None:
    """Each release is described."""
    assert f"## {feeds.__version__}" in (TOP / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_readme_names_only_make_targets_that_exist() -> None:
    """Its two commands are the way in."""
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)", (TOP / "README.md").read_text(encoding="utf-8")))
    assert {"run", "test"} <= named
    assert set() == {target for target in named if f"\n{target}:" not in makefile}


NAMED = re.compile(r"`(test_\w+\.py)::(test_\w+)`")


@pytest.mark.parametrize(("page", "least"), [("README.md", 24), ("docs/feeds.md", 27)])
def test_every_claim_names_a_test_that_exists(page: str, least: int) -> None:
    """A row of the comparison, or of what goes wrong elsewhere, that nothing holds would be a boast."""
    text = (TOP / page).read_text(encoding="utf-8")
    rows = [row for row in re.findall(r"(?m)^\|.+\|$", text) if "::" in row or re.match(r"\| \d+ \|", row)]
    assert len(rows) >= least
    assert [] == [row for row in rows if not NAMED.search(row)]
    named = {found for row in rows for found in NAMED.findall(row)}
    missing = {
        f"{file}::{test}"
        for file, test in named
        if not re.search(rf"(?m)^def {test}\b", (TOP / "tests" / file).read_text(encoding="utf-8"))
    }
    assert set() == missing
