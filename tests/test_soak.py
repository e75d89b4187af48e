"""The soak in tests/soak is not run here, but it must not rust: each door opens, and says what it finds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STRETCH = Path(__file__).parent / "soak" / "stretch.py"
FILE = b"---\ntitle: x\ndate: 2025-01-31\n---\n# *a* <b>b</b>\n\0tags: [a]"


@pytest.mark.parametrize("door", ["header", "date", "slug", "Markdown", "HTML", "file"])
def test_every_door_opens(door: str) -> None:
    """A plain input goes through without a word."""
    done = subprocess.run(
        [sys.executable, STRETCH, door, "--input", repr(FILE)], capture_output=True, text=True, check=False
    )
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
