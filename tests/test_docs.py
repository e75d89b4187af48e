"""The documentation says what the program does: nothing is missing, and every link leads somewhere."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import feeds

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP = Path(__file__).parent.parent
PAGES = sorted([*TOP.glob("*.md"), *(TOP / "docs").glob("*.md")])
CODE = re.compile(r"[a-z]+(-[a-z]+)+")


def codes() -> Iterator[str]:
    """Every problem code in the source: of `Problem(code=…)`, and of the calls that add one to findings."""
    for path in sorted(Path(feeds.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            texts = [a for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            severities = [t for t in texts if t.value in {"error", "warning", "note"}]
            if severities and len(texts) > 1 and CODE.fullmatch(texts[texts.index(severities[0]) + 1].value):
                yield texts[texts.index(severities[0]) + 1].value
            for keyword in node.keywords:
                if keyword.arg == "code" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value)
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in {"_Unreadable", "Fault", "Trouble", "_problem", "warn", "_warn"}:
                yield from (t.value for t in texts[:1] if CODE.fullmatch(t.value))


def test_the_page_of_commands_is_up_to_date() -> None:
    """docs/commands.md is what `make docs` would write now."""
    page = runpy.run_path(str(TOP / "docs/generate.py"))["commands_page"]()
    assert page == (TOP / "docs/commands.md").read_text(encoding="utf-8")


def test_every_problem_code_is_documented() -> None:
    """docs/problems.md and docs/settings.md have a row for each code, and none for a code that is gone."""
    page = (TOP / "docs/problems.md").read_text(encoding="utf-8")
    settings = (TOP / "docs/settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"(?m)^\| `([a-z-]+)` \|", page))
    found = set(codes())
    assert len(found) > 15
    assert set() == found - documented - set(re.findall(r"(?m)^\| `(config-[a-z-]+)` \|", settings))
    assert set() == documented - found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Relative links of the pages name files and headings that exist."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
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
