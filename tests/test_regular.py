"""Files that others made are opened with care: nothing outside, nothing that waits, nothing too large."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from feeds import regular

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with everything that may stand where a file is expected."""
    site = tmp_path / "site"
    (site / "folder").mkdir(parents=True)
    (site / "file").write_bytes(b"0123456789")
    (tmp_path / "outside").write_bytes(b"secret")
    (site / "within").symlink_to("file")
    (site / "folder/up").symlink_to("../file")
    (site / "out").symlink_to("../outside")
    (site / "circle").symlink_to("circle")
    (site / "nowhere").symlink_to("gone")
    (site / "device").symlink_to("/dev/zero")
    os.mkfifo(site / "pipe")
    return site


@pytest.mark.parametrize("name", ["file", "within", "folder/up"])
def test_files_of_the_site(site: Path, name: str) -> None:
    """They are read, also by links within the site."""
    assert b"0123456789" == regular.whole(site / name, site, 10)
    assert b"0123" == regular.beginning(site / name, site, 4)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("out", "a link that leads out of its folder, which is not followed"),
        ("../outside", "a link that leads out of its folder, which is not followed"),
        ("device", "a link that leads out of its folder, which is not followed"),
        ("circle", "cannot be read: "),
        ("nowhere", "cannot be read: no such file or directory"),
        ("gone", "cannot be read: no such file or directory"),
        ("folder", "not a regular file, so it is not read"),
        ("pipe", "not a regular file, so it is not read"),
        ("a\0b", "cannot be read: no file has such a name"),
        ("x" * 1_000, "cannot be read: file name too long"),
    ],
)
def test_what_is_not_read(site: Path, name: str, reason: str) -> None:
    """It is said why, and who only wants to know how a file begins gets nothing."""
    with pytest.raises(regular.Refused) as refused:
        regular.whole(site / name, site, 10)
    assert reason == str(refused.value)[: len(reason)]
    assert b"" == regular.beginning(site / name, site, 10)


def test_what_is_too_large(site: Path) -> None:
    """Of such a file only the beginning can be had."""
    with pytest.raises(regular.Refused, match=r"^more than 9 bytes, so it is not read$"):
        regular.whole(site / "file", site, 9)


def test_circles_of_links_on_older_pythons(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.12 says so in its own way."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Symlink loop")

    monkeypatch.setattr("pathlib.Path.resolve", fail)
    with pytest.raises(regular.Refused, match=r"^cannot be read: links in a circle$"):
        regular.whole(site / "file", site, 10)
