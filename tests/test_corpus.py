"""Single posts as real blogs hold them, one oddity each, against what stands beside each of them.

`tests/corpus/ROW/NAME.md` is a post and `NAME.json` says what is to become of it, where `ROW` is what the oddity
is about. The post is put into a site of its own, which is gathered and then written in every format.

The expectation has these keys, and no others:

- `about`: the oddity in a sentence
- `path`: where the file goes below `content/`, if not to `posts/NAME.md`
- `site` and `content`: lines of TOML for these tables of the settings; tables of their own may follow in `content`
- `files`: other files of the site and their text, by path below `content/`
- `repeat`: `{"text": …, "times": …}`, which stands for the word REPEAT in the post
- `post`: what the post holds, by names of `feeds.model.Post`
- `contains` and `lacks`: what is, and what is not, in the HTML of the post
- `channels`: the names of all tags and categories, by the paths of their feeds
- `withheld`: why the file is not published; without this key it must be
- `problems`: all that is said of the site, each as `path:line:column: severity[code]: message | hint: …`
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from feeds import channels, config, pipeline
from feeds.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.model import Channel, Post
    from feeds.problems import Problem
    from feeds.settings import Settings

CORPUS = Path(__file__).parent / "corpus"
POSTS = sorted(path for path in CORPUS.glob("*/*") if path.suffix != ".json")
EXPECTATIONS = sorted(CORPUS.glob("*/*.json"))
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEYS = frozenset(
    {
        *("about", "path", "site", "content", "files", "repeat"),
        *("post", "contains", "lacks", "channels", "withheld", "problems"),
    }
)
ASSERTIONS = frozenset({"post", "contains", "lacks", "channels", "withheld", "problems"})
FEWEST_POSTS = 170
FEWEST_OF_A_ROW = 3


def expectation_of(post: Path) -> dict[str, Any]:
    """What is expected of a post of the corpus."""
    expected: dict[str, Any] = json.loads(post.with_suffix(".json").read_text(encoding="utf-8"))
    return expected


def write_site(folder: Path, post: Path, expected: Mapping[str, Any]) -> str:
    """Write a site with the post in it, and return the post's path below `content/`."""
    content = expected.get("content", "")
    if "highlight" not in content:
        content = f'highlight = "none"\n{content}'
    path: str = expected.get("path", f"posts/{post.name}")
    data = post.read_bytes()
    if repeat := expected.get("repeat"):
        assert data.count(b"REPEAT") == 1
        data = data.replace(b"REPEAT", repeat["text"].encode() * repeat["times"])
    settings = (
        '[site]\ntitle = "Example"\nurl = "https://example.org"\ntimezone = "Europe/Berlin"\n'
        f"{expected.get('site', '')}\n[content]\n{content}\n"
    )
    files = {name: text.encode() for name, text in expected.get("files", {}).items()}
    for name, written in {"../feeds.toml": settings.encode(), path: data, **files}.items():
        target = folder / "content" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(written)
    return path


def said(problem: Problem) -> str:
    """A problem as one line."""
    line = f":{problem.line}" if problem.line else ""
    column = f":{problem.column}" if problem.column else ""
    hint = f" | hint: {problem.hint}" if problem.hint else ""
    return f"{problem.path}{line}{column}: {problem.severity}[{problem.code}]: {problem.message}{hint}"


def told(value: Any) -> Any:
    """A value of a post as it is written in an expectation: without what is empty, dates as text."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [told(item) for item in value]
    if isinstance(value, dict):
        return {key: told(item) for key, item in value.items() if item not in ("", 0, (), None)}
    return value


def spaced(html: str) -> str:
    """HTML without the blank lines between blocks, which nobody sees."""
    return re.sub(r"\n+", "\n", html).strip("\n")


def compare(expected: Mapping[str, Any], post: Post) -> None:
    """Hold a post against what is expected of it."""
    actual = asdict(post) | {"html": spaced(post.html)}
    wanted = expected.get("post", {})
    assert wanted == {key: told(actual[key]) for key in wanted}
    for text in expected.get("contains", []):
        assert text in post.html
    for text in expected.get("lacks", []):
        assert text not in post.html


def check_feeds(channel: Channel, settings: Settings) -> None:
    """Every format of the feed can be read, and has all titles; Atom also of posts without one."""
    titles = [post.title for post in channel.posts if post.title]
    for feed in channel.feeds:
        data = FORMATS[feed.format].build(channel, feed, settings).replace("\u2060".encode(), b"")
        if feed.format == "json":
            assert titles == [item["title"] for item in json.loads(data)["items"] if "title" in item]
            continue
        tree = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
        path = "channel/item/title" if feed.format == "rss" else "{*}entry/{*}title"
        wanted = titles if feed.format == "rss" else [post.label for post in channel.posts]
        assert wanted == [re.sub(r"[ \t\n]+", " ", title.text or "").strip() for title in tree.findall(path)]


def test_every_post_has_an_expectation() -> None:
    """A post without one would be tested for nothing, and one without a post would be forgotten."""
    assert [path.with_suffix(".json") for path in POSTS] == EXPECTATIONS
    assert len(POSTS) >= FEWEST_POSTS


@pytest.mark.parametrize("row", sorted(folder.name for folder in CORPUS.iterdir()))
def test_every_row_has_several_posts(row: str) -> None:
    """One post is too few to hold a kind of oddity."""
    assert len([path for path in POSTS if path.parent.name == row]) >= FEWEST_OF_A_ROW


@pytest.mark.parametrize("post", POSTS, ids=lambda path: path.relative_to(CORPUS).as_posix())
def test_a_post_becomes_what_its_author_meant(post: Path, tmp_path: Path) -> None:
    """All that is expected is there, nothing else is complained about, and the feeds can be read."""
    expected = expectation_of(post)
    assert expected.keys() <= KEYS
    assert expected.keys() & ASSERTIONS
    assert expected["about"]
    path = write_site(tmp_path, post, expected)
    workspace = config.load(tmp_path)

    gathered = pipeline.gather(workspace, now=NOW)
    problems = [said(problem) for problem in gathered.problems]
    assert expected.get("problems", []) == problems
    assert expected.get("withheld", "") == gathered.withheld.get(path, "")
    found = [each for each in gathered.posts if each.path == path]
    assert len(found) == ("withheld" not in expected)
    for each in found:
        compare(expected, each)

    planned = channels.plan(gathered.posts, workspace.settings)
    check_feeds(planned[0], workspace.settings)
    if "channels" in expected:
        assert expected["channels"] == {channel.path: channel.name for channel in planned[1:]}
