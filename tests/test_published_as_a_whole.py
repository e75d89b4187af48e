"""What whole sites publish and what a killed run leaves: no style for browsers, nothing unaccounted for."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from lxml.html import fragment_fromstring, tostring

from feeds import _fs, config, pipeline, publish
from feeds.formats import MARK
from feeds.model import Document
from feeds.settings import Settings, Site

if TYPE_CHECKING:
    from collections.abc import Callable

    MakeSite = Callable[..., Path]

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SITES = sorted(path.name for path in (HERE / "sites").iterdir() if path.is_dir())
ATOM = "{http://www.w3.org/2005/Atom}"
# What authors got wrong on purpose: a page that is missing, an address that is none, a file of one's own disk.
BROKEN = {"zola": ["<a>none</a>"], "hostile": ["<a>a</a>", "<a>f</a>"]}
SETTINGS = Settings(site=Site(title="S", url="https://example.org"))


@pytest.fixture(scope="module", params=[*SITES, "own"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site; `own` is this repository's."""
    folder = tmp_path_factory.mktemp("whole") / str(request.param)
    if request.param == "own":
        shutil.copytree(HERE.parent / "content", folder / "content")
        shutil.copy(HERE.parent / "pyproject.toml", folder)
    else:
        shutil.copytree(HERE / "sites" / request.param, folder, symlinks=True)
    pipeline.build(config.load(folder), now=NOW)
    return folder


def test_no_feed_is_styled_by_xslt(site: Path) -> None:
    """Browsers are about to stop doing XSLT, and would show an empty page or a warning in place of the feed."""
    found = sorted((site / "public").rglob("*.xml"))
    assert found
    for file in found:
        styles = etree.parse(file).xpath("//processing-instruction()")
        assert [] == [each.text for each in styles if "xsl" in (each.text or "").lower()], file


def test_every_link_that_was_written_leads_somewhere(site: Path) -> None:
    """An address that was not resolved is dropped as unsafe, and would leave a link without one."""
    items = json.loads((site / "public/feed.json").read_bytes())["items"]
    honest = [item.get("content_html", "") for item in items if "/xss" not in item["url"]]
    found = [each for html in honest for each in without_address(html)]
    assert BROKEN.get(site.name, []) == found


def without_address(html: str) -> list[str]:
    """The links and pictures without an address, as they are written."""
    if not html.strip():
        return []
    tree = fragment_fromstring(html, create_parent="div")
    return [
        tostring(each, encoding="unicode", with_tail=False)
        for each in tree.iter("a", "img", "source")
        if not {"href", "src", "srcset", "id", "name"} & set(each.keys())
    ]


def test_rss_is_dated_by_its_newest_entry(site: Path) -> None:
    """As Atom is, whose builder looks at the entries itself: RSS says what the channel says."""
    for file in sorted((site / "public").rglob("rss.xml")):
        atom = etree.parse(file.with_name("atom.xml")).getroot()
        entries = [
            datetime.fromisoformat(each.text).replace(microsecond=0)
            for each in atom.iterfind(f"{ATOM}entry/{ATOM}updated")
        ]
        built = parsedate_to_datetime(etree.parse(file).findtext("channel/lastBuildDate"))
        assert max(entries, default=datetime(2000, 1, 1, tzinfo=UTC)) == built, file


def documents(*paths: str, text: str = "") -> list[Document]:
    """Files of ours at these paths."""
    return [Document(path=path, data=f"<generator>{MARK}</generator>{text}".encode()) for path in paths]


def put(root: Path, files: list[Document]) -> publish.Plan:
    """Publish these files and no others."""
    planned = publish.plan(files, root / "public", root, SETTINGS)
    publish.apply(planned, root / "public", root)
    return planned


OLD = ("old/x/rss.xml", "rss.xml")
NEW = ("new/x/rss.xml", "new/y/rss.xml", "rss.xml")


@pytest.mark.parametrize("fails_at", range(1, 4))
@pytest.mark.parametrize("first", [OLD, ()])
def test_a_killed_run_leaves_nothing_that_the_next_cannot_account_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: tuple[str, ...], fails_at: int
) -> None:
    """Whatever it wrote before it died is removed when the settings have changed again meanwhile.

    The folders are of feeds that the settings no longer know, so the manifest alone can lead there.
    """
    if first:
        put(tmp_path, documents(*first))
    write, written = _fs.write, []

    def killed(path: Path, data: bytes) -> None:
        if path.suffix == ".xml":
            written.append(path)
            if len(written) == fails_at:
                raise KeyboardInterrupt
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(_fs, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            put(tmp_path, documents(*NEW, text="new"))
    put(tmp_path, documents("rss.xml"))
    public = tmp_path / "public"
    assert ["rss.xml"] == [path.relative_to(public).as_posix() for path in public.rglob("*.xml")]
    assert [] == [path for path in public.iterdir() if path.is_dir()]
