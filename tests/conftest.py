"""What the tests of several rooms share: sites on disk, and the command line run in this process."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

import feeds
from feeds import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser

# Slow machines must not fail a test; CI must not find today what yesterday's run did not look for.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")

MINIMAL = '[site]\ntitle = "Example"\nurl = "https://example.org"\n'


def pytest_sessionstart() -> None:
    """When the built wheel is under test, refuse to test the checkout by mistake."""
    wheel = os.environ.get("FEEDS_TEST_WHEEL")
    if wheel and not Path(feeds.__file__).is_relative_to(wheel):
        pytest.exit(f"the wheel is under test, but feeds comes from {feeds.__file__}", returncode=3)


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Path]:
    """Write a site from a mapping of paths to text or bytes; returns its folder."""

    def make(files: Mapping[str, str | bytes] | None = None, settings: str = MINIMAL) -> Path:
        folder = tmp_path / "site"
        contents: dict[str, str | bytes] = {"feeds.toml": settings, **(files or {})}
        for name, content in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        (folder / "content").mkdir(exist_ok=True)
        return folder

    return make


CHROMIUM = Path("/usr/bin/chromium")  # where Debian's package puts it
CHROMIUM_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run"),  # works as root, and without a screen
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),  # and offline
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium; where it is missing the tests are skipped, except in CI, where they fail."""
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{CHROMIUM} is missing, and CI must see what people see")
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def with_git() -> None:
    """Git itself; where it is missing the tests are skipped, except in CI, where they fail."""
    if shutil.which("git") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("git is missing, and CI must ask the real one")
        pytest.skip("git is missing: apt-get install git")


@dataclass(frozen=True)
class Ran:
    """What a command left behind: its exit code, its data and its talk."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The object that `--json` printed."""
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run `feeds ARGUMENTS` in this process."""

    def command(*arguments: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        code = left.value.code
        assert isinstance(code, int)
        return Ran(code, out, err)

    return command


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` puts what was built in place of what was expected."""
    parser.addoption("--update-golden", action="store_true", help="write the expected trees anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the expected trees are to be written anew."""
    return bool(request.config.getoption("--update-golden"))
