"""From a finding in a feed to the line of the post; and `feeds check --output`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from feeds import validity
from feeds.cli import published
from feeds.validity.cite import Cited, cite
from feeds.validity.rules import Finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]
    MakeSite = Callable[..., Path]

NOW = "2026-01-01"
SOURCE = "---\ntitle: Rope\n---\nSplice it.\n<b>A&nbsp;knot</b>\n[a](/Some%20where/rope.html)\n"
POST = Cited(path="content/rope.md", places={"title": (2, 8)}, body_line=4, source=lambda: SOURCE)
SITE = Cited(path="feeds.toml", places={"title": (2, 1)}, source=lambda: '[site]\ntitle = "Log"\n')


def finding(rule: str = "rss-blank", **changes: object) -> Finding:
    """A finding about the post."""
    given = {"message": "no", "line": 7, "entry": "urn:x:rope", "field": "", "excerpt": ""} | changes
    return Finding(rule=validity.RULES[rule], **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "excerpt", "expected"),
    [
        ("title", "", (2, 8)),
        ("body", "", (4, 0)),
        ("body", "<b>", (5, 1)),
        ("body", "A\u00a0knot", (4, 0)),  # as the source has it, and not as it reads
        ("body", "A&nbsp;knot", (5, 4)),
        ("body", "https://log.example.org/Some%20where/rope.html", (6, 5)),
        ("body", "/Some%20where/rope.html", (6, 5)),
        ("body", "not there", (4, 0)),
        ("body", "https://other.example/b", (4, 0)),  # a part as short as this is everywhere
        ("body", "it", (4, 0)),
        ("", "Rope", (6, 19)),
        ("published", "", (4, 0)),
    ],
)
def test_a_finding_is_at_the_line_of_its_post(field: str, excerpt: str, expected: tuple[int, int]) -> None:
    """The key of the front matter, or where the text stands, or at least the beginning of the body."""
    (problem,) = cite([("public/rss.xml", finding(field=field, excerpt=excerpt))], {"urn:x:rope": POST})
    assert "content/rope.md" == problem.path
    assert expected == (problem.line, problem.column)


def test_related_fields_stand_for_each_other() -> None:
    """A category of a feed may come from either list."""
    post = Cited(path="a.md", places={"categories": (3, 1)}, body_line=9)
    (problem,) = cite([("rss.xml", finding(field="tags"))], {"urn:x:rope": post})
    assert 3 == problem.line


def test_one_fault_in_several_feeds_is_one_problem() -> None:
    """A post is in many feeds, and its author wants to hear of it once."""
    found = [(f"public/{name}.xml", finding(field="title")) for name in ("a", "b", "c", "a")]
    (problem,) = cite(found, {"urn:x:rope": POST})
    assert (
        problem.message
        == "no (rss-blank in public/a.xml:7 and in 2 more feeds; RSS profile, title; W3C validator: NotBlank)"
    )
    assert problem.hint == "a title, category, guid or date that stands there is not blank"


def test_a_hint_keeps_the_case_of_names() -> None:
    """XHTML is written so at the beginning of a sentence, and elsewhere."""
    (problem,) = cite([("rss.xml", finding("extension-xhtml"))], {})
    assert problem.hint.startswith("XHTML does not")


def test_two_faults_on_two_lines_are_two() -> None:
    """Both are to be mended."""
    found = [("rss.xml", finding(field="body", excerpt=text)) for text in ("Splice", "knot")]
    assert [4, 5] == [problem.line for problem in cite(found, {"urn:x:rope": POST})]


def test_a_fault_of_the_feed_is_at_the_settings_or_the_feed() -> None:
    """Nobody's post is blamed for the site's title."""
    found = [
        ("public/rss.xml", finding(entry="", field="title")),
        ("public/rss.xml", finding(entry="", message="no field", excerpt="Log")),
        ("public/rss.xml", finding(entry="", message="other")),
        ("public/rss.xml", finding(entry="", field="title", message="a tag's", excerpt="</b>")),
        ("public/rss.xml", finding(entry="urn:x:unknown", message="unknown")),
    ]
    problems = cite(found, {"urn:x:rope": POST}, SITE)
    assert [("feeds.toml", 2), ("feeds.toml", 2), *[("public/rss.xml", 7)] * 3] == [
        (problem.path, problem.line) for problem in problems
    ]


@pytest.mark.parametrize(
    ("rule", "code", "severity"),
    [("rss-address", "feed-invalid", "error"), ("rss-blank", "feed-advice", "warning")],
)
def test_the_code_says_how_grave_it_is(rule: str, code: str, severity: str) -> None:
    """Scripts look for it."""
    (problem,) = cite([("rss.xml", finding(rule))], {})
    assert (code, severity) == (problem.code, problem.severity)


GOOD = "---\ntitle: Good\ndate: 2025-01-31\n---\nHello *you*.\n"
# A date is its author's, however old, and the W3C validator has its doubts before 1990.
BAD = "---\ntitle: Bad\ndate: 1985-01-30\n---\nHello.\n"
FEED = """<rss version="2.0">
<channel><title>Other</title><link>https://example.net/</link><description>Other</description>
<item><title>a</title><description>b</description><guid isPermaLink="false">urn:x-other:1</guid>
<enclosure url="https://example.net/a.mp3" type="audio/mpeg"/></item>
</channel></rss>
"""


def test_a_site_without_findings(make_site: MakeSite, run: Run) -> None:
    """All its feeds are judged, and the exit code says that they are good."""
    ran = run("-C", make_site({"content/a.md": GOOD}), "check", "--output", "--now", NOW)
    assert 0 == ran.code
    assert f"checked by {len(validity.RULES)} rules: no findings" in ran.err


def test_a_finding_is_shown_at_the_post(make_site: MakeSite, run: Run) -> None:
    """With the line, the rule, the feed, and the source of the rule."""
    site = make_site({"content/bad.md": BAD})
    ran = run("-C", site, "check", "--output", "--now", NOW)
    assert 0 == ran.code
    assert "content/bad.md:3:7: warning[feed-advice]: <pubDate> is 'Wed, 30 Jan 1985" in ran.out
    assert "(rss-date-plausible in public/rss.xml:" in ran.out
    assert "3 | date: 1985-01-30" in ran.out


@pytest.mark.parametrize(("name", "table"), [("feeds.toml", "site"), ("pyproject.toml", "tool.feeds.site")])
def test_the_title_of_the_site_is_at_the_settings(
    make_site: MakeSite, run: Run, name: str, table: str
) -> None:
    """The generator took it from there, and its author can mend it there."""
    settings = f'[{table}]\nurl = "https://example.org"\ntitle = "a</b>"\n'
    site = make_site({name: settings, "_site/index.xml": FEED.replace(">Other</title>", ">a&lt;/b></title>")})
    if name != "feeds.toml":
        (site / "feeds.toml").unlink()
    ran = run("-C", site, "check", "--output", site / "_site", "--all")
    assert f"{name}:3:1: warning[feed-advice]: <title> has </b> in it" in ran.out
    assert "_site/index.xml:4: error[feed-invalid]: <enclosure> has no length" in ran.out


@pytest.mark.parametrize("shape", ["text", "json", "github"])
def test_a_folder_of_another_program(run: Run, tmp_path: Path, shape: str) -> None:
    """No site of ours is needed, and an error makes the exit code 1."""
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog/index.xml").write_text(FEED, encoding="utf-8")
    (tmp_path / "blog/sitemap.xml").write_text("<urlset/>", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/rss.xml").write_text(FEED, encoding="utf-8")
    ran = run("check", "--output", tmp_path, "-C", tmp_path, "--format", shape, "--now", NOW)
    assert 1 == ran.code
    assert "rss-enclosure-length" in ran.out
    assert "blog/index.xml" in ran.out
    if shape == "json":
        assert {"feeds": 1, "rules": len(validity.RULES)} == json.loads(ran.out)["output"]
    else:
        assert "1 feed checked by" in ran.err


def test_codes_can_be_asked_for(run: Run, tmp_path: Path) -> None:
    """As of any other problems."""
    (tmp_path / "index.xml").write_text(FEED, encoding="utf-8")
    ran = run("check", "--output", tmp_path, "-C", tmp_path, "--code", "feed-advice")
    assert 1 == ran.code
    assert "rss-self-link" in ran.out
    assert "rss-enclosure-length" not in ran.out


def test_what_was_built_is_judged_with_its_posts(make_site: MakeSite, run: Run) -> None:
    """The folder may be the output of our own, or that of the site's generator."""
    site = make_site({"content/bad.md": BAD})
    assert 0 == run("-C", site, "build", "--now", NOW).code
    ran = run("-C", site, "check", "--output", site / "public", "--now", NOW, "--json")
    told = json.loads(ran.out)
    (problem,) = (each for each in told["problems"] if "<pubDate> is" in each["message"])
    assert "content/bad.md" == problem["path"]
    assert told["output"]["feeds"] > 3


def test_a_feed_at_another_place_than_it_says(make_site: MakeSite, run: Run) -> None:
    """What lies in the output folder will be read from there."""
    site = make_site({"content/a.md": GOOD})
    assert 0 == run("-C", site, "build", "--now", NOW).code
    rss = (site / "public/rss.xml").read_bytes()
    (site / "public/rss.xml").unlink()
    (site / "public/index.xml").write_bytes(rss)
    assert "atom-link-self-true" in run("-C", site, "check", "--output", site / "public", "--now", NOW).out


def test_the_old_place_of_a_feed_is_no_fault(make_site: MakeSite, run: Run) -> None:
    """Its copy there says where it is now."""
    settings = (
        '[site]\ntitle = "A"\nurl = "https://example.org"\n[feeds.aliases]\n"index.xml" = "rss.xml"\n'
        '"feed.xml" = "atom.xml"\n'
    )
    site = make_site({"content/a.md": GOOD}, settings=settings)
    ran = run("-C", site, "check", "--output", "--now", NOW)
    assert "no findings" in ran.err
    assert "" == ran.out


def test_no_such_folder(make_site: MakeSite, run: Run, tmp_path: Path) -> None:
    """A slip of the finger is wrong usage, in a site and outside of one."""
    assert 2 == run("-C", make_site(), "check", "--output", "nowhere").code
    assert 2 == run("-C", tmp_path, "check", "--output", "nowhere").code


def test_a_feed_that_is_too_large_is_not_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What anybody can put into a folder must not fill the memory."""
    monkeypatch.setattr("feeds.validity.documents.LARGEST", 400)
    (tmp_path / "rss.xml").write_text(FEED + " " * 400, encoding="utf-8")
    assert "so it is not read" in run("check", "--output", tmp_path, "-C", tmp_path).out


@pytest.mark.skipif(sys.platform == "win32", reason="links need privileges there")
def test_links_out_of_the_folder_are_not_followed(tmp_path: Path, run: Run) -> None:
    """A folder that somebody sent you reads nothing else."""
    (tmp_path / "secret.xml").write_text(FEED, encoding="utf-8")
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent/rss.xml").symlink_to(tmp_path / "secret.xml")
    ran = run("check", "--output", tmp_path / "sent", "-C", tmp_path)
    assert "0 feeds checked" in ran.err


def test_the_summary_counts() -> None:
    """In one line."""
    judged = published.Judged(feeds=2, problems=cite([("a.xml", finding("rss-address"))], {}))
    assert f"2 feeds checked by {len(validity.RULES)} rules: 1 error" == judged.said()
