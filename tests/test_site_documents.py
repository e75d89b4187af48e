"""Every file of a site: in which order, at which places, and where feeds were before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    MakeSite = Callable[..., Path]
    Run = Callable[..., Ran]

NOW = "2026-01-01"
SITE = '[site]\ntitle = "Example"\nurl = "https://example.org{}"\n'
ALIASES = (
    '[feeds.aliases]\n"index.xml" = "rss.xml"\n"blog/tag.xml" = "tags/t/atom.xml"\n"/feed/" = "/atom.xml"\n'
)
POST = "---\ndate: 2025-01-{:02}\ntags: [t]\n---\nText\n"


def test_a_feed_is_at_its_old_place_too(make_site: MakeSite, run: Run) -> None:
    """Byte for byte; in a folder, as WordPress has them, the file that hosts look for there."""
    site = make_site({"content/a.md": POST.format(1)}, SITE.format("") + ALIASES)
    assert 0 == run("-C", site, "build", "--now", NOW).code
    public = site / "public"
    assert (public / "index.xml").read_bytes() == (public / "rss.xml").read_bytes()
    assert (public / "blog/tag.xml").read_bytes() == (public / "tags/t/atom.xml").read_bytes()
    assert (public / "feed/index.xml").read_bytes() == (public / "atom.xml").read_bytes()


@pytest.mark.parametrize("base", ["", "/blog"])
def test_hosts_are_told_where_feeds_are_now(make_site: MakeSite, run: Run, base: str) -> None:
    """By paths from the host's root, one to a line, behind a comment that says whose file it is."""
    site = make_site({"content/a.md": POST.format(1)}, SITE.format(base) + ALIASES)
    run("-C", site, "build", "--now", NOW)
    expected = (
        "# written by Feedwright\n"
        f"{base}/index.xml {base}/rss.xml 301\n"
        f"{base}/blog/tag.xml {base}/tags/t/atom.xml 301\n"
        f"{base}/feed {base}/atom.xml 301\n"
        f"{base}/feed/ {base}/atom.xml 301\n"
    )
    assert expected == (site / "public/_redirects").read_text()


def test_redirects_go_with_the_aliases(make_site: MakeSite, run: Run) -> None:
    """The file is ours by its mark, and is removed like any other that is no longer wanted."""
    site = make_site({"content/a.md": POST.format(1)}, SITE.format("") + ALIASES)
    run("-C", site, "build", "--now", NOW)
    (site / "feeds.toml").write_text(SITE.format(""))
    removed = run("-C", site, "build", "--json", "--now", NOW).json["removed"]
    assert ["_redirects", "blog/tag.xml", "feed/index.xml", "index.xml"] == removed


def test_somebody_elses_redirects_are_left_alone(make_site: MakeSite, run: Run) -> None:
    """The feeds are published all the same, and a note says what to add."""
    own = {"content/a.md": POST.format(1), "public/_redirects": "/old /new\n"}
    site = make_site(own, SITE.format("") + ALIASES)
    ran = run("-C", site, "build", "--json", "--now", NOW)
    assert (0, "/old /new\n") == (ran.code, (site / "public/_redirects").read_text())
    assert "index.xml" in ran.json["written"]
    (problem,) = ran.json["problems"]
    assert ("note", "redirects-foreign", "public/_redirects") == (
        problem["severity"],
        problem["code"],
        problem["path"],
    )
    assert "/index.xml /rss.xml 301; /blog/tag.xml /tags/t/atom.xml 301" in problem["hint"]


def test_what_is_linked_to_is_written_first(
    make_site: MakeSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A subscriber who comes in the middle of a run finds all that the feeds name."""
    posts = {f"content/{number}.md": POST.format(number) for number in range(1, 9)}
    site = make_site(posts, SITE.format("") + "[feeds]\nlimit = 2\narchives = 'all'\n")
    from feeds import _fs  # noqa: PLC0415 - what is watched

    written: list[str] = []
    write = _fs.write

    def watched(path: Path, data: bytes, **options: int) -> None:
        written.append(str(path))
        write(path, data, **options)

    monkeypatch.setattr(_fs, "write", watched)
    run("-C", site, "build", "--now", NOW)
    order = [path.partition("/public/")[2] for path in written if "/public/" in path]
    kinds = ["archive/" in path for path in order if path.startswith("tags/")]
    assert sorted(kinds, reverse=True) == kinds
    own = [path for path in order if not path.startswith("tags/")]
    archives = [path for path in own if path.startswith("archive/")]
    assert archives
    assert [*archives, "rss.xml", "atom.xml", "feed.json", "feeds.opml", "subscribe.html"] == own
    assert archives == sorted(archives, key=lambda path: path.split("/")[1])
