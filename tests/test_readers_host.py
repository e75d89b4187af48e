"""What the tests with readers stand on: a host that does what good hosts do, and stories that are told."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from readers import stories
from readers.server import fetch, serving

if TYPE_CHECKING:
    from pathlib import Path


def test_the_host_is_a_good_one(tmp_path: Path) -> None:
    """It says 304 to who has these very bytes, in this encoding, and to nobody else."""
    text = b"<p>Hello, hello, hello.</p>" * 20
    (tmp_path / "a.html").write_bytes(text)
    with serving(tmp_path) as host:
        url = f"{host.url}/a.html"
        plain, packed = fetch(url), fetch(url, accept_encoding="gzip")
        assert text == plain.body == gzip.decompress(packed.body)
        assert "text/html; charset=utf-8" == plain.headers["content-type"]
        assert plain.headers["etag"] != packed.headers["etag"]
        assert 304 == fetch(url, if_none_match=plain.headers["etag"]).status
        assert 304 == fetch(url, if_modified_since=plain.headers["last-modified"]).status
        # The ETag decides where there is one (RFC 9110 section 13.2.2).
        stale = {"if_none_match": '"other"', "if_modified_since": plain.headers["last-modified"]}
        assert 200 == fetch(url, **stale).status
        (tmp_path / "a.html").write_bytes(text + b"!")
        assert 200 == fetch(url, if_none_match=plain.headers["etag"]).status
        assert 404 == fetch(f"{host.url}/b.html").status
        assert [200, 200, 304, 304, 200, 200, 404] == [answer.status for answer in host.answers]


def test_each_story_says_what_it_shows() -> None:
    """The table of stories names every test of these files, each by one sentence."""
    told = list(stories.stories())
    assert 25 <= len(told)
    assert all(story.says.endswith(".") and f"`{story.test}`" in stories.table() for story in told)
