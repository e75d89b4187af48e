"""What an author or the settings say of feeds, from the file it stands in to what subscribers and `check` get."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from feeds import channels, config, pipeline
from feeds.formats import FORMATS
from feeds.settings import Feeds, Settings, Site
from feeds.weights import Weights
from samples import a_post

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from feeds.model import Extent

    MakeSite = Callable[..., Path]
    Run = Callable[..., Ran]

NOW = "2026-01-01"
SITE = '[site]\ntitle = "S"\nurl = "https://example.org"\n'
ATOM = "{http://www.w3.org/2005/Atom}"


def built(site: Path, run: Run) -> dict[str, Any]:
    """Publish the site; its RSS and Atom as parsed elements, and its JSON."""
    ran = run("-C", site, "build", "--now", NOW)
    assert 0 == ran.code, ran.err
    public = site / "public"
    return {
        "rss": etree.parse(public / "rss.xml").getroot(),
        "atom": etree.parse(public / "atom.xml").getroot(),
        "json": json.loads((public / "feed.json").read_bytes()),
    }


@pytest.mark.parametrize("field", ["id", "guid"])
@pytest.mark.parametrize(
    "written",
    [
        "https://old.example/?p=1",
        "HTTPS://Old.Example/?P=1",
        "http://Old.Example:80/a/../B/%7eC/#",
        "https://old.example/?p=1&b=2",
        "tag:Old.Example,2010-01-01:/Blog/Post-ID/",
        "URN:UUID:6BA7B810-9DAD-11D1-80B4-00C04FD430C8",
    ],
)
def test_an_id_of_old_stays_to_the_byte(make_site: MakeSite, run: Run, field: str, written: str) -> None:
    """Any other spelling is another entry to readers, and all that subscribers have read comes once more."""
    text = f"---\ntitle: A\ndate: 2025-01-01\n{field}: '{written}'\n---\nHello.\n"
    found = built(make_site({"content/a.md": text}), run)
    guid = found["rss"].find("channel/item/guid")
    assert (written, "false") == (guid.text, guid.get("isPermaLink"))
    assert written == found["json"]["items"][0]["id"]
    assert written == found["atom"].findtext(f"{ATOM}entry/{ATOM}id")


@pytest.mark.parametrize("written", ["Post 7 (Draft)", "ABC-def", "https://Old.Example/?b=<2>"])
def test_an_id_that_is_no_iri_stays_where_any_text_may_stand(
    make_site: MakeSite, run: Run, written: str
) -> None:
    """In RSS and JSON; Atom wants an absolute IRI (RFC 4287 section 4.2.6), and never another for the same id."""
    site = make_site({"content/a.md": f"---\ndate: 2025-01-01\nid: '{written}'\n---\nHello.\n"})
    found = built(site, run)
    assert [written] * 2 == [found["rss"].findtext("channel/item/guid"), found["json"]["items"][0]["id"]]
    first = found["atom"].findtext(f"{ATOM}entry/{ATOM}id")
    (site / "content/a.md").rename(site / "content/moved.md")
    assert first == built(site, run)["atom"].findtext(f"{ATOM}entry/{ATOM}id")
    (site / "content/moved.md").write_text(f"---\ndate: 2025-01-01\nid: '{written.lower()}'\n---\nHello.\n")
    assert first != built(site, run)["atom"].findtext(f"{ATOM}entry/{ATOM}id")


EXTENTS = [("", "full"), ("", "summary"), *((a, b) for a in ("full", "summary") for b in ("full", "summary"))]


@pytest.mark.parametrize(("own", "of_feed"), EXTENTS)
def test_a_post_says_how_much_of_it_feeds_hold(make_site: MakeSite, run: Run, own: str, of_feed: str) -> None:
    """Whatever the feed has otherwise, in every format: who sells the rest must not find it in one of them."""
    said = f"feed_content: {own}\n" if own else ""
    text = f"---\ntitle: A\ndate: 2025-01-01\nsummary: Not much.\n{said}---\nHello.\n\nThe **whole** story.\n"
    site = make_site({"content/a.md": text}, f'{SITE}[feeds]\ncontent = "{of_feed}"\n')
    built(site, run)
    whole = (own or of_feed) == "full"
    for name in ("rss.xml", "atom.xml", "feed.json"):
        data = (site / "public" / name).read_text(encoding="utf-8")
        assert whole == ("story" in data), name
        assert "Not much." in data


@pytest.mark.parametrize(("own", "of_feed"), EXTENTS)
def test_a_post_weighs_as_much_as_feeds_hold_of_it(own: Extent, of_feed: Extent) -> None:
    """What is counted and what is written are decided alike."""
    settings = Settings(site=Site(title="S", url="https://example.org"), feeds=Feeds(content=of_feed))
    post = a_post(html="<p>x</p>" * 1000, summary="Not much.", extent=own or None)
    whole = (own or of_feed) == "full"
    assert whole == (Weights(settings).post(post, of_feed) > 8000)
    site, *_ = channels.plan([post], settings)
    for feed in site.feeds:
        assert whole == (len(FORMATS[feed.format].build(site, feed, settings)) > 8000)


def test_of_a_corpus_with_both_each_post_has_its_own(make_site: MakeSite, run: Run) -> None:
    """One post's words are no rule for the next."""
    files = {
        f"content/{name}.md": f"---\ntitle: {name}\ndate: 2025-01-0{day}\n{said}---\nOpen.\n\nSecret of {name}.\n"
        for day, (name, said) in enumerate(
            (("a", "feed_content: summary\nsummary: Short\n"), ("b", ""), ("c", "feed_content: full\n")), 1
        )
    }
    items = built(make_site(files), run)["json"]["items"]
    assert [True, True, False] == ["Secret of" in json.dumps(item) for item in items]


REMARKS = [
    (
        "feed-empty",
        "warning",
        'where = "tag:pyhton"',
        '[[feeds.custom]]\nname = "x"\nwhere = "tag:pyhton"\n',
        {},
    ),
    ("feed-unknown", "warning", '"tags/pyhton" =', '[feeds.channels]\n"tags/pyhton" = {limit = 3}\n', {}),
    ("feed-unknown", "warning", "channel =", '[podcast]\nchannel = "tags/pyhton"\n', {}),
    ("feed-unknown", "warning", '"index.xml" =', '[feeds.aliases]\n"index.xml" = "rrs.xml"\n', {}),
    (
        "podcast-unset",
        "note",
        "",
        "",
        {"content/e.md": "---\ndate: 2025-01-05\npodcast: {season: 1, number: 3}\n---\nHi\n"},
    ),
    (
        "feed-languages",
        "note",
        "",
        "",
        {"content/e.md": "---\ndate: 2025-01-05\nlang: pt\n---\nOlá\n"},
    ),
    (
        "podcast-cut",
        "note",
        "channel =",
        '[feeds.channels.site]\nlimit = 1\n[podcast]\nchannel = "site"\n',
        {
            f"content/e{day}.md": f"---\ndate: 2025-02-0{day}\nenclosure:\n  url: https://example.org/{day}.mp3\n"
            "  length: 9\n  type: audio/mpeg\n---\nHi\n"
            for day in (1, 2, 3)
        },
    ),
]


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(("code", "severity", "line", "settings", "more"), REMARKS)
def test_what_comes_to_nothing_is_told(
    make_site: MakeSite,
    run: Run,
    command: str,
    code: str,
    severity: str,
    line: str,
    settings: str,
    more: dict[str, str],
) -> None:
    """By `check` and by `build`, at the line of the settings that asks for it, and no feed fails for it."""
    post = "---\ntitle: A\ndate: 2025-01-01\nlang: en\ntags: [python]\n---\nHello.\n"
    site = make_site({"content/a.md": post, **more}, SITE + settings)
    ran = run("-C", site, command, "--json", "--now", NOW)
    assert 0 == ran.code
    (problem,) = [each for each in ran.json["problems"] if each["code"] == code]
    lines = (site / "feeds.toml").read_text(encoding="utf-8").splitlines()
    expected = next(number for number, each in enumerate(lines, 1) if each.startswith(line)) if line else 0
    assert ("feeds.toml", expected, severity) == (
        problem["path"],
        problem.get("line", 0),
        problem["severity"],
    )


@pytest.mark.parametrize("order", [1, -1])
def test_the_path_itself_names_a_channel_before_a_spelling(make_site: MakeSite, run: Run, order: int) -> None:
    """Whichever of the two stands first in the settings."""
    tables = [
        '[feeds.channels."tags/C++"]\ntitle = "Spelt"\n',
        '[feeds.channels."tags/{}"]\ntitle = "Path"\n',
    ]
    site = make_site({"content/a.md": "---\ndate: 2025-01-01\ntags: [C++]\n---\nHello.\n"}, SITE)
    run("-C", site, "build", "--now", NOW)
    (folder,) = (site / "public/tags").iterdir()
    text = SITE + "".join(tables[::order]).replace("{}", folder.name)
    (site / "feeds.toml").write_text(text, encoding="utf-8")
    run("-C", site, "build", "--now", NOW)
    assert "Path" == json.loads((folder / "feed.json").read_bytes())["title"]


@pytest.mark.parametrize(
    ("link", "expected"),
    [("https://other.example/", "https://other.example/"), ("https://example.org/about/", None)],
)
def test_only_a_page_of_others_is_what_a_post_is_about(
    make_site: MakeSite, run: Run, link: str, expected: str | None
) -> None:
    """A link to one's own site is none: readers would open it in the post's place."""
    text = f"---\ntitle: A\ndate: 2025-01-01\nexternal_url: {link}\n---\nHello.\n"
    found = built(make_site({"content/a.md": text}), run)
    assert expected == found["json"]["items"][0].get("external_url")


def test_feeds_of_terms_are_written_before_the_sites(make_site: MakeSite) -> None:
    """Archives, terms, the site, the lists: a reader that comes meanwhile finds all that is linked to."""
    text = "---\ndate: 2025-01-01\ntags: [a, b]\ncategories: [c]\n---\nHello.\n"
    site = config.load(make_site({"content/a.md": text}))
    gathered = pipeline.gather(site, now=datetime(2026, 1, 1, tzinfo=UTC))
    paths = [document.path for document in pipeline.documents(gathered, site)]
    own = [paths.index(name) for name in ("rss.xml", "atom.xml", "feed.json")]
    assert max(at for at, path in enumerate(paths) if "/" in path) < min(own)
    assert ["feeds.opml", "subscribe.html"] == paths[max(own) + 1 :]
