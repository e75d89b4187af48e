"""The newsletter on the web: a page for each issue, a list of them all, feeds, and how they are published."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from feeds import channel_remarks, channels, config, publish, site_documents, validity
from feeds.builders import issues
from feeds.errors import ConfigError
from feeds.formats import is_marked
from feeds.model import Document, Issue, Letter, Person, Post
from feeds.newsletter import addresses, records, slots
from feeds.settings import Workspace
from feeds.validity import together
from samples import a_post

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Browser

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SITE = '[site]\ntitle = "Harbour Log"\nurl = "https://example.org/blog"\ndescription = "Boats"\n'
TOKEN = "slot0123456789"  # noqa: S105 - what slots begin with
PAGE = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body class="ground">
{web[start]}<a href="{web[url]}">View in browser</a>{web[end]}
<p>Dear {name[start]}{name[url]}{name[end]},</p>
<p>Use &#123;&#123; name &#125;&#125; in a template.</p>
<p>{unsubscribe[start]}<a href="{unsubscribe[url]}">Leave</a>{unsubscribe[end]} {tag}</p>
{address[start]}<p>{address[url]}</p>{address[end]}
</body>
</html>
"""


def a_letter(number: int, *posts: Post, **changes: Any) -> Letter:
    """Issue `number`, as it is on record."""
    moment = datetime(2026, 5, number, tzinfo=UTC)
    url = f"https://example.org/posts/{number}/"
    own = a_post(id=f"tag:example.org,2026:{number}", url=url, published=moment, updated=moment)
    posts = posts or (own,)
    issue = Issue(
        number=number,
        id=posts[0].id if len(posts) == 1 else f"urn:x:digest-{number}",
        posts=posts,
        when=posts[0].published,
        subject=f"Subject <{number}>",
        preheader=f"Beside & {number}",
    )
    html = PAGE.format(
        language=issue.post.language,
        direction=issue.post.direction,
        title=f"Subject &lt;{number}&gt;",
        tag=slots.tag(TOKEN, 0),
        **slots.values(TOKEN, html=True),
    )
    content = f'<p>Post of {number}</p><!-- c --><script>alert(1)</script><p onclick="x()">End</p>'
    letter = Letter(
        issue=issue,
        headers=(),
        html=html,
        text="",
        content=content,
        token=TOKEN,
        addressee="reader & <friend>",
        tags=("*|SURVEY|*",),
    )
    return records.kept(replace(letter, **changes))


LETTERS = tuple(a_letter(number) for number in (1, 2, 3))


def workspace(folder: Path, settings: str = "") -> Workspace:
    """A site in a folder."""
    return Workspace(root=folder, file=folder / "feeds.toml", settings=config.parse(SITE + settings))


def built(
    site: Workspace, letters: Iterable[Letter] = LETTERS, posts: Iterable[Post] = ()
) -> dict[str, bytes]:
    """Every file that a build writes, by path."""
    kept = tuple(letters)
    planned = channels.plan(tuple(posts), site.settings, (), issues.entries(kept, site.settings))
    documents = list(site_documents.documents(planned, site, kept))
    found = {document.path: document.data for document in documents}
    assert len(found) == len(documents)
    return found


def page(data: bytes) -> LexborHTMLParser:
    """A page as browsers read it."""
    return LexborHTMLParser(data.decode())


def attribute(parsed: LexborHTMLParser, selector: str, name: str) -> list[str | None]:
    """An attribute of all that a selector means."""
    return [node.attributes[name] for node in parsed.css(selector)]


def test_every_issue_has_a_page_and_all_are_listed(tmp_path: Path) -> None:
    """At the addresses that the mails name; the latest first."""
    found = built(workspace(tmp_path))
    assert {
        *(f"newsletter/{path}" for path in ("1/index.html", "2/index.html", "3/index.html", "index.html")),
        *(f"newsletter/{path}" for path in ("rss.xml", "atom.xml", "feed.json")),
    } == {path for path in found if path.startswith("newsletter/")}
    listed = page(found["newsletter/index.html"])
    assert ["3/", "2/", "1/"] == attribute(listed, "h2 a, h3 a", "href")
    assert ["Subject <3>", "Subject <2>", "Subject <1>"] == [node.text() for node in listed.css("h2 a, h3 a")]
    assert ["2026-05-03", "2026-05-02", "2026-05-01"] == [node.text() for node in listed.css("time")]


def test_an_issue_is_shown_without_what_is_for_subscribers(tmp_path: Path) -> None:
    """No link to unsubscribe somebody, no postal address, no view in the browser that shows it, no merge tag."""
    text = built(workspace(tmp_path))["newsletter/2/index.html"].decode()
    parsed = page(text.encode())
    words = parsed.body.text() if parsed.body else ""
    assert "Dear reader & <friend>," in words
    assert "Use {{ name }} in a template." in words
    assert not [word for word in ("Leave", "View in browser", "SURVEY", TOKEN) if word in text]


def test_a_page_says_where_it_belongs(tmp_path: Path) -> None:
    """Its one address for search engines, its feeds, a picture for those who share it, and the way to the list."""
    digest = a_letter(4, *(a_post(id=str(day), image="https://example.org/a.png") for day in (1, 2)))
    found = built(workspace(tmp_path), [*LETTERS, digest])
    one, several = page(found["newsletter/2/index.html"]), page(found["newsletter/4/index.html"])
    assert ["https://example.org/posts/2/"] == attribute(one, "link[rel=canonical]", "href")
    assert ["https://example.org/blog/newsletter/4/"] == attribute(several, "link[rel=canonical]", "href")
    assert ["../rss.xml", "../atom.xml", "../feed.json"] == attribute(one, "link[rel=alternate]", "href")
    assert ["../"] == attribute(one, "nav a", "href")
    assert ["Beside & 2"] == attribute(one, "meta[name=description]", "content")
    assert ["https://example.org/a.png"] == attribute(several, "meta[property='og:image']", "content")
    assert [] == attribute(one, "meta[property='og:image']", "content")
    assert one.head
    assert 1 == len(one.head.css("title"))
    assert all(is_marked(data) for data in found.values())


def test_no_script_runs_on_a_page_whatever_a_record_says(tmp_path: Path) -> None:
    """A record is a file like any other, and may be a stranger's."""
    parsed = page(built(workspace(tmp_path))["newsletter/1/index.html"])
    (policy,) = attribute(parsed, "meta[http-equiv=Content-Security-Policy]", "content")
    assert policy
    assert "script-src 'none'" in policy


def test_feeds_carry_the_issues(tmp_path: Path) -> None:
    """By ids of their own, at their pages, with the posts in them made clean."""
    found = built(workspace(tmp_path))
    feed = json.loads(found["newsletter/feed.json"])
    assert "https://example.org/blog/newsletter/" == feed["home_page_url"]
    items = feed["items"]
    assert [f"https://example.org/blog/newsletter/{number}/" for number in (3, 2, 1)] == [
        item["url"] for item in items
    ]
    assert "<p>Post of 3</p><p>End</p>" == items[0]["content_html"]
    assert not {item["id"] for item in items} & {letter.issue.id for letter in LETTERS}
    assert 3 == len({item["id"] for item in items})


def test_pages_and_entries_are_where_the_site_is_now(tmp_path: Path) -> None:
    """They are published today, whatever address was in the mail."""
    given = tuple((key, "https://old.example/7/") for key in addresses.GIVEN)
    moved = a_letter(1, given=given)
    found = built(workspace(tmp_path), [moved])
    assert [] == [path for path, data in found.items() if b"old.example" in data]
    (item,) = json.loads(found["newsletter/feed.json"])["items"]
    assert "https://example.org/blog/newsletter/1/" == item["url"]


def test_an_entry_is_of_all_the_posts_of_its_issue(tmp_path: Path) -> None:
    """Their authors and terms, and the time of the last change to one of them."""
    first = a_post(id="a", authors=(Person(name="Ines"),), tags=("x",), language="fa", direction="rtl")
    changed = datetime(2026, 5, 9, tzinfo=UTC)
    second = a_post(
        id="b", authors=(Person(name="Ines"), Person(name="Leila")), tags=("x", "y"), updated=changed
    )
    (entry,) = issues.entries([a_letter(1, first, second)], workspace(tmp_path).settings)
    assert ((Person(name="Ines"), Person(name="Leila")), ("x", "y")) == (entry.authors, entry.tags)
    assert (first.published, changed, "fa", "rtl") == (
        entry.published,
        entry.updated,
        entry.language,
        entry.direction,
    )


def test_an_issue_in_several_languages_is_in_that_of_its_frame(tmp_path: Path) -> None:
    """Which the record says, on its page, in the list and in feeds."""
    posts = (a_post(id="a", language="fa", direction="rtl"), a_post(id="b"))
    mixed = a_letter(1, *posts)
    mixed = replace(mixed, issue=replace(mixed.issue, language="en", direction="ltr"))
    site = workspace(tmp_path)
    (entry,) = issues.entries([mixed], site.settings)
    assert ("en", "ltr") == (entry.language, entry.direction)
    found = built(site, [mixed])
    assert ["ltr"] == attribute(page(found["newsletter/1/index.html"]), "nav.in-archive", "dir")


def test_feed_and_list_are_by_number(tmp_path: Path) -> None:
    """An old post that was mailed late is the newest issue, and in the feed no older than the one before."""
    old = a_letter(9, a_post(id="old", published=datetime(2020, 1, 1, tzinfo=UTC)))
    twin = a_letter(10, a_post(id="twin", published=LETTERS[2].issue.when))
    site = workspace(tmp_path, "[feeds]\nlimit = 2\n")
    entries = issues.entries([old, *LETTERS, twin], site.settings)
    assert ["10", "9", "3", "2", "1"] == [entry.url.split("/")[-2] for entry in entries]
    assert [3, 3, 3, 2, 1] == [entry.published.day for entry in entries]
    assert all(entry.updated >= entry.published for entry in entries)
    found = built(site, [*LETTERS, old, twin])
    assert [f"https://example.org/blog/newsletter/{number}/" for number in (10, 9)] == [
        item["url"] for item in json.loads(found["newsletter/feed.json"])["items"]
    ]
    listed = page(found["newsletter/index.html"])
    assert ["10/", "9/", "3/", "2/", "1/"] == attribute(listed, "h2 a, h3 a", "href")


@pytest.mark.parametrize(
    "settings",
    [
        "",
        '[newsletter]\nname = "Letters from the Quay"\narchive = "letters"\n',
        '[feeds]\nlimit = 2\narchives = "all"\ncontent = "summary"\n',
    ],
)
def test_the_feeds_break_no_rule(tmp_path: Path, settings: str) -> None:
    """Of their formats, or of each other."""
    site = workspace(tmp_path, settings)
    letters = [
        *LETTERS,
        a_letter(4, a_post(id="tag:example.org,2026:d", direction="rtl", language="fa"), a_post(id="e")),
    ]
    published = []
    for path, data in built(site, letters, [letter.issue.post for letter in letters]).items():
        if validity.format_of(data):
            judged = validity.judge(data, url=f"https://example.org/blog/{path}", now=NOW)
            assert [] == [(path, finding) for finding in judged.findings]
            published += [judged.published] if judged.published else []
    assert published
    assert [] == list(together.lint(published))


def test_the_newsletter_is_offered_with_the_other_feeds(tmp_path: Path) -> None:
    """In the list for feed readers and in that for people, where its entries are issues."""
    found = built(workspace(tmp_path, '[newsletter]\nname = "Letters"\n'))
    outlines = ET.fromstring(found["feeds.opml"]).iter("outline")  # noqa: S314 - of our own making
    urls = [each.get("xmlUrl") for each in outlines if each.get("text") == "Letters"]
    assert ["https://example.org/blog/newsletter/rss.xml"] == urls
    text = found["subscribe.html"].decode()
    assert "The newsletter" in text
    assert "3 issues" in text
    assert 'href="newsletter/atom.xml"' in text


def test_a_channel_of_its_own_can_be_set_like_any_other(tmp_path: Path) -> None:
    """Title, home, formats; and its settings are no mistake before the first issue."""
    options = '[feeds.channels.newsletter]\ntitle = "T"\nhome = "/letters/"\nformats = ["atom"]\n'
    site = workspace(tmp_path, options)
    channel = channels.of_issues(issues.entries(LETTERS, site.settings), site.settings)
    assert channel
    assert ("T", "https://example.org/letters/", ["newsletter/atom.xml"]) == (
        channel.title,
        channel.home_url,
        [feed.path for feed in channel.feeds],
    )
    assert [] == list(channel_remarks.remarks(channels.plan((), site.settings), (), site))


@pytest.mark.parametrize(
    ("title", "expected"),
    [("", "Harbour Log – Newsletter"), ("Harbour Log", "Harbour Log – Newsletter"), ("Quay", "Quay")],
)
def test_no_two_channels_have_one_title(tmp_path: Path, title: str, expected: str) -> None:
    """Readers show both in one list."""
    settings = workspace(tmp_path, f'[newsletter]\nname = "{title}"\n').settings
    channel = channels.of_issues(issues.entries(LETTERS, settings), settings)
    assert channel
    assert expected == channel.title


@pytest.mark.parametrize(("settings", "letters"), [('[newsletter]\narchive = ""\n', LETTERS), ("", ())])
def test_without_issues_or_a_place_for_them_there_are_no_pages(
    tmp_path: Path, settings: str, letters: tuple[Letter, ...]
) -> None:
    """A site that sends no newsletter is what it was."""
    assert {"rss.xml", "atom.xml", "feed.json", "feeds.opml", "subscribe.html"} == set(
        built(workspace(tmp_path, settings), letters)
    )


@pytest.mark.parametrize(
    "settings",
    [
        "[[feeds.custom]]\nname = 'newsletter'\nwhere = 'has:title'\n",
        "[feeds.aliases]\n'newsletter/index.html' = 'rss.xml'\n",
        "[feeds.aliases]\n'newsletter/2/index.html' = 'rss.xml'\n",
    ],
)
def test_two_files_at_one_place_are_refused(tmp_path: Path, settings: str) -> None:
    """The newsletter is named, and where its place is set."""
    with pytest.raises(ConfigError, match="newsletter") as caught:
        built(workspace(tmp_path, settings), LETTERS, (a_post(),))
    assert "[newsletter] archive" in caught.value.where


def test_a_site_can_have_pages_of_its_own(tmp_path: Path) -> None:
    """And whatever is on them, the next build knows them for ours."""
    folder = tmp_path / "templates/newsletter_archive"
    folder.mkdir(parents=True)
    (folder / "list.html").write_text(
        "<h1>{{ newsletter.title }}</h1>{% for i in issues %}{{ i.url }}\n{% endfor %}"
    )
    (folder / "issue.html").write_text("{{ head }}{{ between }}<b>{{ issue.title }}</b>{{ rest }}")
    found = built(workspace(tmp_path, "[extra]\na = 1\n"))
    assert found["newsletter/index.html"].startswith(
        b"<h1>Harbour Log</h1>https://example.org/blog/newsletter/3/\n"
    )
    assert b'<body class="ground"><b>Subject &lt;1&gt;</b>\n' in found["newsletter/1/index.html"]
    assert all(is_marked(data) for data in found.values())


def test_a_theme_without_a_head_gets_nothing_but_a_policy(tmp_path: Path) -> None:
    """There is no place for anything else, and no script may run."""
    bare = a_letter(1, html="<p>Hello</p>\n")
    found = built(workspace(tmp_path), [bare])
    page = found["newsletter/1/index.html"]
    assert page.startswith(b'<!DOCTYPE html>\n<head><meta http-equiv="Content-Security-Policy"')
    assert page.endswith(b"</head>\n<p>Hello</p>\n<!-- written by Feedwright -->\n")


def test_the_newsletter_alone_writes_what_a_build_writes(tmp_path: Path) -> None:
    """The pages and feeds have the same bytes, whoever is first."""
    site = workspace(tmp_path)
    alone = {document.path: document.data for document in site_documents.of_newsletter(LETTERS, site)}
    everything = built(site, LETTERS, (a_post(title="Of the site"),))
    assert 7 == len(alone)
    assert alone.items() <= everything.items()
    assert () == site_documents.of_newsletter((), site)


def added(site: Workspace, letters: Iterable[Letter] = LETTERS) -> tuple[str, ...]:
    """What `feeds newsletter` writes into the output folder."""
    return publish.add(
        site_documents.of_newsletter(tuple(letters), site), site.root / "public", site.root, site.settings
    )


def rebuilt(site: Workspace, letters: Iterable[Letter] = LETTERS) -> publish.Plan:
    """What a whole build does after that."""
    found = [Document(path=path, data=data) for path, data in built(site, letters).items()]
    planned = publish.plan(found, site.root / "public", site.root, site.settings)
    publish.apply(planned, site.root / "public", site.root)
    return planned


def test_an_issue_is_added_to_what_is_published(tmp_path: Path) -> None:
    """Nothing else is touched, and the next build finds everything as it is to be."""
    site = workspace(tmp_path)
    rebuilt(site, LETTERS[:2])
    before = (tmp_path / "public/rss.xml").stat().st_mtime_ns
    assert {"newsletter/3/index.html", "newsletter/index.html"} < set(added(site))
    assert () == added(site)
    assert before == (tmp_path / "public/rss.xml").stat().st_mtime_ns
    planned = rebuilt(site)
    # Only the lists of all feeds know when the newest came.
    assert {"feeds.opml", "subscribe.html"} >= {document.path for document in planned.write}
    assert () == planned.remove


def test_pages_go_with_their_archive(tmp_path: Path) -> None:
    """Those that `feeds newsletter` wrote, too, whether or not it is remembered where they are."""
    site = workspace(tmp_path)
    added(site)
    for state in (tmp_path / ".feeds").glob("published-*"):
        state.unlink()
    moved = workspace(tmp_path, '[newsletter]\narchive = "letters"\n')
    (tmp_path / "public/mine").mkdir()
    added(site, LETTERS[:1])
    assert "newsletter/3/index.html" in rebuilt(moved).remove
    assert not (tmp_path / "public/newsletter").exists()
    assert (tmp_path / "public/letters/3/index.html").exists()


def test_the_first_issue_forgets_no_feed(tmp_path: Path) -> None:
    """Where the list of what was published is lost, what is ours is looked for before it is written anew."""
    site = workspace(tmp_path)
    rebuilt(workspace(tmp_path, '[output.names]\nrss = "old.xml"\n'), ())
    for state in (tmp_path / ".feeds").glob("published-*"):
        state.unlink()
    added(workspace(tmp_path, '[output.names]\nrss = "old.xml"\n'))
    assert "old.xml" in rebuilt(site).remove


def test_somebody_elses_page_is_in_the_way_of_one_file_only(tmp_path: Path) -> None:
    """A generator may have a page there; it stays, a note says so, and all else is published."""
    site = workspace(tmp_path)
    own = tmp_path / "public/newsletter/index.html"
    own.parent.mkdir(parents=True)
    own.write_text("<h1>Sign up</h1>")
    with pytest.raises(ConfigError, match="a file that is not ours is in the way"):
        added(site)
    assert ["index.html"] == [path.name for path in own.parent.iterdir()]
    left = publish.foreign(tmp_path / "public", [d.path for d in site_documents.of_newsletter(LETTERS, site)])
    assert ["newsletter/index.html"] == left
    problem = site_documents.foreign_newsletter(left, site.settings)
    assert ("public/newsletter/index.html", "newsletter-foreign", "note") == (
        problem.path,
        problem.code,
        problem.severity,
    )
    assert site_documents.foreign_newsletter([*left, "a", "b"], site.settings).message.endswith(
        "(and 2 more)"
    )


def test_a_link_that_leads_out_is_in_the_way(tmp_path: Path) -> None:
    """Nothing is written through it, wherever it leads."""
    (tmp_path / "public").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "public/newsletter").symlink_to(tmp_path / "elsewhere")
    assert ["newsletter/index.html"] == publish.foreign(
        tmp_path / "public", ["newsletter/index.html", "rss.xml"]
    )
    with pytest.raises(ConfigError):
        added(workspace(tmp_path))
    assert [] == list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_words_of_the_list_are_english_and_say_so(tmp_path: Path, language: str) -> None:
    """For screen readers, and for the direction of a page that runs the other way."""
    settings = config.parse(SITE.replace('title = "', f'language = "{language}"\ntitle = "', 1))
    site = Workspace(root=tmp_path, file=tmp_path / "feeds.toml", settings=settings)
    parsed = page(built(site)["newsletter/index.html"])
    (title,) = parsed.css("#earlier-title")
    assert (None if language == "en" else "en") == title.attributes.get("lang")
    assert [language] == attribute(parsed, "html", "lang")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 375, 1200])
def test_the_pages_fit_every_screen_and_lead_to_each_other(
    tmp_path: Path, browser: Browser, width: int, scheme: Any
) -> None:
    """Without scrolling sideways, with long titles and with ones that run the other way."""
    long = a_letter(4, a_post(id="l", language="fa", direction="rtl"), a_post(id="m"))
    long = replace(long, issue=replace(long.issue, subject="https://example.org/" + "a" * 150))
    folder = tmp_path / "public"
    for path, data in built(workspace(tmp_path), [*LETTERS, long]).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    shown = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    try:
        for path in ("newsletter/index.html", "newsletter/4/index.html"):
            shown.goto((folder / path).as_uri())
            assert width == shown.evaluate("document.documentElement.scrollWidth")
        ground = "rgb(23, 21, 18)" if scheme == "dark" else "rgb(251, 249, 245)"
        shown.goto((folder / "newsletter/index.html").as_uri())
        assert ground == shown.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (folder / "newsletter/4").as_uri() + "/" == shown.evaluate(
            "document.querySelector('.card a').href"
        )
        shown.goto((folder / "newsletter/4/index.html").as_uri())
        assert (folder / "newsletter").as_uri() + "/" == shown.evaluate(
            "document.querySelector('nav a').href"
        )
    finally:
        shown.close()


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb` or `#rgb` (WCAG 2.2)."""
    digits = colour[1:] if len(colour) > 4 else "".join(2 * each for each in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_stands_out_from_its_ground(tmp_path: Path) -> None:
    """In both schemes, by 4.5 to 1."""
    text = built(workspace(tmp_path))["newsletter/index.html"].decode()
    for scheme in re.findall(r":root \{(.*?)\}", text, re.DOTALL):
        colours = dict(re.findall(r"--([\w-]+): (#\w+)", scheme))
        for ink in ("ink", "soft", "accent"):
            for ground in ("paper", "card", "wash"):
                low, high = sorted(luminance(colours[name]) for name in (ink, ground))
                assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)
