"""The finished letter: the contract of a mail that arrives right everywhere, held over posts of many kinds."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds import languages
from feeds.errors import ConfigError
from feeds.model import Enclosure, Issue, Letter, Person, Post
from feeds.newsletter import slots
from feeds.newsletter.compose import compose
from feeds.settings import Colours, Look, Newsletter, Settings, Site, Workspace
from samples import a_post

RICH = """
<p>A date is <a href="https://example.org/x/?a=1&amp;b=2">an instant</a>, <code>2026-04-11</code>.<sup id="fnref:1"><a
href="#fn:1">1</a></sup></p>
<h2 id="part">A part</h2>
<pre><code class="language-py">def f(x):
    return {{ x }} &lt; 2
</code></pre>
<table><thead><tr><th>A</th><th style="text-align:right">B</th></tr></thead>
<tbody><tr><td>1</td><td>2</td></tr></tbody></table>
<blockquote><p>Quoted.</p></blockquote>
<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul><ol><li>first</li></ol><dl><dt>T</dt><dd>D</dd></dl><hr>
<p><img src="https://example.org/a.png" alt="A chart"></p>
<figure><img src="https://example.org/b.png" alt="A roof" width="2000"><figcaption>A roof</figcaption></figure>
<p>Inline <img src="https://example.org/c.png"> image, 😀, 日本語.</p>
<video src="https://example.org/v.mp4" poster="https://example.org/p.jpg"><a href="https://example.org/v.mp4">A video</a></video>
<audio controls src="https://example.org/a.mp3"><a href="https://example.org/a.mp3">A recording</a></audio>
<details><summary>More</summary><p>Inside.</p></details>
<div class="footnote"><hr><ol><li id="fn:1"><p>A note. <a href="#fnref:1">↩</a></p></li></ol></div>
"""
SETTINGS = Settings(
    site=Site(title="Ann & Bob's <blog>", url="https://example.org"),
    newsletter=Newsletter(
        sender="Ann & Bob <post@example.org>",
        list_id="news.example.org",
        postal_address="Rua das Flores 12 & 14, Porto",
        unsubscribe_url="https://example.org/leave/?list=1&who=me",
    ),
)
LEAVE, WEB = "https://example.org/leave/?list=1&who=me", "https://example.org/newsletter/7/"
GIVEN = {"unsubscribe": LEAVE, "web": WEB, "name": "Zoë", "address": "Rua das Flores 12, Porto"}
NOTHING = dict.fromkeys(slots.NAMES)


def make_site(folder: Path, **newsletter: Any) -> Workspace:
    """The site in a folder, with changes to `[newsletter]`."""
    changed = msgspec.structs.replace(SETTINGS.newsletter, **newsletter)
    return Workspace(
        root=folder,
        file=folder / "feeds.toml",
        settings=msgspec.structs.replace(SETTINGS, newsletter=changed),
    )


def make_issue(*posts: Post, **changes: Any) -> Issue:
    """The seventh issue, with these posts and `changes`."""
    first = posts[0]
    values: dict[str, Any] = {
        "number": 7,
        "id": first.id,
        "posts": posts,
        "when": first.published,
        "subject": first.label,
        "preheader": first.summary[:110],
    }
    return Issue(**values | changes)


def write(*posts: Post, folder: Path, subject: str = "", intro: str = "", **newsletter: Any) -> Letter:
    """The letter with these posts."""
    changes = {"subject": subject} if subject else {}
    return compose(make_issue(*posts, intro=intro, **changes), make_site(folder, **newsletter)).letter


def html_of(letter: Letter, given: dict[str, str | None] | None = None) -> str:
    """The HTML as a reader gets it."""
    values = {name: value and escape(value) for name, value in (given or GIVEN).items()}
    return slots.fill(letter.html, letter.token, values, letter.tags)


def text_of(letter: Letter, given: dict[str, str | None] | None = None) -> str:
    """The text as a reader gets it."""
    return slots.fill(letter.text, letter.token, given or GIVEN, letter.tags)


def make_post(**changes: Any) -> Post:
    """A post, with `changes`."""
    values: dict[str, Any] = {
        "id": "tag:example.org,2026:hello",
        "path": "content/posts/hello.md",
        "url": "https://example.org/posts/hello/",
        "title": "Hello <world> & {{ title }}",
        "published": datetime(2026, 4, 11, 9, 30, tzinfo=timezone(timedelta(hours=1))),
        "updated": datetime(2026, 4, 11, 9, 30, tzinfo=UTC),
        "authors": (Person(name="Ines & co"), Person(name="Ann")),
        "summary": "What a <date> says & why it matters to everybody who reads along",
        "html": RICH,
    }
    values |= changes
    return a_post(**{"label": values["title"], **values})


POSTS = {
    "rich": make_post(),
    "empty": make_post(html="", summary="", authors=()),
    "note": make_post(title="", label="A date without a zone…"),
    "persian": make_post(title="خوراک چیست؟", language="fa", direction="rtl", html=RICH + "<p>متن فارسی</p>"),
    "japanese": make_post(title="フィード", language="ja", html="<p>日本語の文章です。</p>" * 30),
    "podcast": make_post(
        enclosures=(
            Enclosure(url="https://example.org/e.mp3?a=1&b=2", media_type="audio/mpeg", duration=3755),
            Enclosure(url="https://example.org/e.mp4", media_type="video/mp4", duration=65),
            Enclosure(url="https://example.org/e.pdf", media_type="application/pdf", title="The slides"),
        ),
    ),
    "huge": make_post(html="".join(f"<h2>Part {n}</h2><p>{'words and more ' * 80}</p>" for n in range(200))),
    "one block": make_post(html=f"<pre><code>{'code line' * 20000}</code></pre>"),
}
VOID = frozenset({"br", "hr", "img", "meta", "wbr"})
FORBIDDEN = frozenset(
    {"script", "form", "iframe", "link", "input", "button", "video", "audio", "object", "svg", "picture"}
)


class Reader(HTMLParser):
    """The elements of a page in order, and the text that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.path: list[tuple[str, dict[str, str]]] = []
        self.parents: list[list[str]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert not self.path, "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element, and what it stands in."""
        assert len({name for name, _ in attrs}) == len(attrs)
        element = (tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        self.parents.append([parent for parent, _ in self.path])
        if tag not in VOID:
            self.path.append(element)

    def handle_endtag(self, tag: str) -> None:
        """What opens last closes first."""
        assert self.path.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Note the text, unless a style says that nobody sees it."""
        hidden = any(
            tag in {"style", "title"} or "display:none" in values.get("style", "")
            for tag, values in self.path
        )
        if not hidden:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All that a reader sees."""
        return " ".join(" ".join(self.words).split())


def check_head(page: Reader, html: str, letter: Letter) -> None:
    """D1 and D3: what the document says of itself, and one small style sheet."""
    post = letter.issue.post
    assert html.startswith("<!DOCTYPE html>\n<html ")
    assert dict(page.elements)["html"] == {"lang": post.language, "dir": post.direction}
    metas = [values for tag, values in page.elements if tag == "meta"]
    assert {"charset": "utf-8"} in metas
    assert {"viewport", "color-scheme"} <= {values.get("name") for values in metas}
    assert [tag for tag, _ in page.elements].count("title") == 1
    for (tag, _), parents in zip(page.elements, page.parents, strict=True):
        assert tag != "style" or parents == ["html", "head"]
    style = "".join(re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL))
    assert len(style.encode()) <= 8192
    assert "@import" not in style
    assert not re.search(r"@media[^{]*\{[^}]*@media", style)


def check_elements(page: Reader) -> None:
    """D5 to D8: only elements, links, images and tables that mail programs show."""
    for tag, values in page.elements:
        assert tag not in FORBIDDEN
        assert not [name for name in values if name.startswith(("on", "data-")) or name in {"id", "srcset"}]
        assert "var(" not in values.get("style", "")
        assert "!important" not in values.get("style", "")
        if tag == "a":
            assert re.match(r"https?://[^/]|mailto:|tel:", values["href"])
        if tag == "img":
            assert values["src"].startswith("https://")
            assert "alt" in values
            assert 1 <= int(values["width"]) <= 544
    html = [(tag, values.get("role")) for tag, values in page.elements if tag in {"table", "th"}]
    for (tag, role), (following, _) in zip(html, [*html[1:], ("", "")], strict=True):
        assert tag != "table" or role == "presentation" or following == "th"


def check_preheader(page: Reader, html: str, letter: Letter) -> None:
    """D9: hidden, first, padded, and only in the HTML part."""
    body = [tag for tag, _ in page.elements].index("body")
    tag, values = page.elements[body + 1]
    if letter.issue.preheader:
        assert tag == "div"
        assert {"display:none", "mso-hide:all", "max-height:0"} <= set(values["style"].split(";"))
        padded = re.search(r"mso-hide:all\">([^<]*)</div>", html)
        assert padded is not None
        assert len(padded[1]) >= 150
    assert "\u034f" not in letter.text


def check_comments(html: str) -> None:
    """D12: what opens for Outlook closes for Outlook, and holds whole tables of a whole width."""
    comments = re.findall(r"<!--(.*?)-->", html, re.DOTALL)
    assert all(re.fullmatch(r"\[if mso\]>.*<!\[endif\]", comment, re.DOTALL) for comment in comments)
    assert html.count("<!--") == len(comments)
    inside = "".join(comments)
    assert inside.count("<table") == inside.count("</table>") == 1
    assert 'width="600"' in inside


def check_footer(page: Reader, letter: Letter) -> None:
    """D10: both parts say how to leave, where to read, who writes and why."""
    links = [values["href"] for tag, values in page.elements if tag == "a"]
    assert {LEAVE, WEB, "https://example.org"} <= set(links)
    text = text_of(letter)
    for url in links:
        assert url in text
    for part in (page.text, " ".join(text.split())):
        assert "Rua das Flores 12" in part
        assert (letter.issue.subject if letter.issue.is_digest else letter.issue.post.title) in part
        assert SETTINGS.site.title in part


def check_contract(letter: Letter) -> Reader:
    """Everything a letter must keep, whatever the post."""
    html = html_of(letter)
    page = Reader(html)
    check_head(page, html, letter)
    check_elements(page)
    check_preheader(page, html, letter)
    check_comments(html)
    check_footer(page, letter)
    assert len(html.encode()) <= 99_000
    assert "premailer" not in html
    assert not re.search(r"slot[0-9a-f]{20}", html + text_of(letter))
    return page


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter is written without asking anybody."""

    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("kind", POSTS)
def test_a_letter_keeps_the_contract(kind: str, tmp_path: Path) -> None:
    """Every clause, for every kind of post, also with all style sheets gone."""
    letter = write(POSTS[kind], folder=tmp_path)
    page = check_contract(letter)
    bare = Reader(re.sub(r"<style\b.*?</style>", "", html_of(letter), flags=re.DOTALL))
    assert page.text == bare.text


@pytest.mark.parametrize("digest", ["summary", "full"])
def test_a_digest_keeps_the_contract(digest: str, tmp_path: Path) -> None:
    """With posts of every kind, languages and directions mixed."""
    letter = write(*POSTS.values(), folder=tmp_path, subject="Eight posts", digest=digest, intro="*Hello*")
    check_contract(letter)
    assert letter.cut == (digest == "full")


def test_the_same_issue_gives_the_same_letter(tmp_path: Path) -> None:
    """However often it is written."""
    one, two = (write(POSTS["rich"], POSTS["persian"], folder=tmp_path, subject="Two") for _ in range(2))
    assert one == two


@pytest.mark.parametrize("posts", [("rich",), ("rich", "persian")])
def test_what_a_service_has_nothing_for_is_left_out(posts: tuple[str, ...], tmp_path: Path) -> None:
    """No empty link, no `Dear ,`, no dot between nothing and nothing."""
    letter = write(*(POSTS[kind] for kind in posts), folder=tmp_path, greeting="Dear {name},")
    html, text = html_of(letter, NOTHING), text_of(letter, NOTHING)
    for part in (html, text):
        assert "nsubscribe" not in part.replace("you subscribed", "")
        assert "View in browser" not in part
        assert "Dear" not in part
        assert "slot" not in part
    assert 'href=""' not in html
    assert html.count("&middot;&nbsp;") == 0
    assert "\n\n\n\n" not in text
    Reader(html)


@pytest.mark.parametrize(
    ("greeting", "named", "unnamed", "addressee"),
    [
        ("Dear {name|reader},", "Dear Zoë,", "Dear reader,", "reader"),
        ("Hello {name}!", "Hello Zoë!", "", ""),
        ("Hello & <welcome>", "Hello & <welcome>", "Hello & <welcome>", ""),
        ("{name|Friend} & {name|co},", "Zoë & ,", "Friend & ,", "Friend"),
        ("", "", "", ""),
    ],
)
def test_readers_are_greeted_by_name(
    greeting: str, named: str, unnamed: str, addressee: str, tmp_path: Path
) -> None:
    """Where the service knows it; else with the word that the site has chosen, or not at all."""
    letter = write(make_post(html="<p>Body.</p>"), folder=tmp_path, greeting=greeting)
    assert addressee == letter.addressee
    for name, expected in (("Zoë", named), (letter.addressee or None, unnamed)):
        given = {**GIVEN, "name": name}
        body = Reader(html_of(letter, given)).text.partition("min read ")[2]
        assert body.startswith(f"{expected} Body.".strip())
        assert f"min read\n\n{expected}\n\nBody.".replace("\n\n\n\n", "\n\n") in text_of(letter, given)


def test_the_footer_line_has_links_and_is_safe(tmp_path: Path) -> None:
    """It is Markdown, and what mail cannot have goes."""
    footer = "Also on [Mastodon](https://social.example/@us) <script>alert(1)</script>"
    letter = write(POSTS["empty"], folder=tmp_path, footer=footer)
    assert 'Also on <a href="https://social.example/@us" style="color:#57606a">Mastodon</a>' in letter.html
    assert "alert" not in letter.html + letter.text
    assert "Also on Mastodon [1]\n\n[1] https://social.example/@us\n" in letter.text


@pytest.mark.parametrize(
    ("reason", "html", "text"),
    [
        ("", ">You get this mail because you subscribed to <a ", "subscribed to Ann & Bob's <blog>\n(https://example.org).\n"),
        ("We met. So you read {newsletter} & more.", ">We met. So you read <a ", "We met. So you read Ann & Bob's <blog> (https://example.org) & more.\n"),
        ("You <asked> for it.", ">You &lt;asked&gt; for it.</p>", "You <asked> for it.\nAnn & Bob's <blog>: https://example.org\n"),
    ],
)  # fmt: skip
def test_readers_are_told_why_they_get_it(reason: str, html: str, text: str, tmp_path: Path) -> None:
    """In the site's words, if it has any."""
    letter = write(POSTS["empty"], folder=tmp_path, reason=reason)
    assert html in letter.html
    assert text in letter.text


def test_the_sites_words_win(tmp_path: Path) -> None:
    """In the letter's language, whatever ours are."""
    words = {"unsubscribe": "Leave & go", "minutes": "{n} minutes"}
    letter = write(make_post(html="<p>Body.</p>"), folder=tmp_path, words=words)
    assert ">Leave &amp; go</a>" in letter.html
    assert "Leave & go: " in letter.text
    assert "1 minutes" in letter.text


def test_words_in_another_language_say_so(tmp_path: Path) -> None:
    """We speak no Basque: what is English is marked as that, for screen readers, and the rest is not."""
    html = write(
        make_post(language="eu", html="<p>Kaixo</p>"), folder=tmp_path, words={"read": "Irakurri"}
    ).html
    assert re.search(r'<a lang="en" dir="ltr" [^>]*>Unsubscribe<', html)
    assert re.search(r"<a href=[^>]*>Irakurri<", html)
    assert '<p class="mailed" lang="en" dir="ltr" style="margin:0 0 8px">You get this mail' in html


def test_a_letter_speaks_the_language_of_its_post(tmp_path: Path) -> None:
    """Date, reading time and links."""
    letter = write(make_post(language="de", html="<p>Hallo</p>"), folder=tmp_path)
    page = Reader(html_of(letter))
    for words in ("11. April 2026", "1 Min. Lesezeit", "Im Browser ansehen", "Abbestellen"):
        assert words in page.text.replace("\u00a0", " ")
        assert words in letter.text
    assert 'lang="en"' not in letter.html


def test_who_writes_is_not_said_twice(tmp_path: Path) -> None:
    """A newsletter that is called like its author has the name once above the text."""
    letter = write(
        make_post(authors=(Person(name="ines carvalho"), Person(name="Ann"))),
        folder=tmp_path,
        name="Ines Carvalho",
    )
    head = letter.text.partition("min read")[0]
    assert "Ines Carvalho · 11 April 2026 · Ann · " in head
    assert Reader(html_of(letter)).text.count("arvalho") == 2


def test_a_long_post_is_cut_between_blocks_and_continues_on_the_web(tmp_path: Path) -> None:
    """The footer is never clipped; the text part is whole, and so is what services put into their own frame."""
    letter = write(POSTS["huge"], folder=tmp_path)
    assert letter.cut
    assert 90_000 < len(html_of(letter).encode()) <= 99_000
    assert re.search(rf'<a class="button" href="{POSTS["huge"].url}"[^>]*>Continue reading', letter.html)
    for part, expected in ((letter.html, False), (letter.text, True), (letter.content, True)):
        assert expected == ("Part 199" in part)
    short = write(POSTS["rich"], folder=tmp_path)
    assert "Continue reading" not in short.html
    assert not short.cut


def test_a_note_without_a_title_is_not_headed_by_its_own_words(tmp_path: Path) -> None:
    """They are the subject; a reader who opens the mail wants them once."""
    letter = write(POSTS["note"], folder=tmp_path)
    assert "<h1" not in letter.html
    assert letter.text.startswith("Ann & Bob's <blog> · 11 April 2026")


def test_the_text_part_wraps_what_stands_around_the_post(tmp_path: Path) -> None:
    """Title, meta line, intro and summaries fit 78 columns; addresses of pages are never broken."""
    post = make_post(
        title="A title of many words " * 8,
        authors=tuple(Person(name=f"Author number {number}") for number in range(9)),
        url="https://example.org/" + "long-" * 30,
        summary="Many words " * 30,
    )
    for posts in ((post,), (post, post)):
        lines = text_of(write(*posts, folder=tmp_path, intro="An intro of many words " * 9)).splitlines()
        assert any(line.endswith(f": {post.url}") for line in lines)
        assert max(len(line) for line in lines if "://" not in line) <= 78


def test_what_comes_with_the_post_is_linked_in_both_parts(tmp_path: Path) -> None:
    """An episode can be heard from the mail, and says how long it is."""
    letter = write(POSTS["podcast"], folder=tmp_path)
    assert (
        '<a href="https://example.org/e.mp3?a=1&amp;b=2" style="color:#0b57d0">Listen to the' in letter.html
    )
    assert "Listen to the recording (1:02:35): https://example.org/e.mp3?a=1&b=2\n" in letter.text
    assert "Watch the video (1:05): https://example.org/e.mp4\n" in letter.text
    assert "The slides: https://example.org/e.pdf\n" in letter.text


def test_an_episode_whose_player_is_in_the_post_is_linked_once(tmp_path: Path) -> None:
    """In a digest, which has no players, its entry has the link."""
    url = "https://example.org/e.mp3?a=1&b=2"
    post = make_post(
        html=f'<audio controls src="{escape(url)}"><a href="{escape(url)}">Listen</a></audio>',
        enclosures=(Enclosure(url=url, media_type="audio/mpeg"),),
    )
    assert write(post, folder=tmp_path).html.count("e.mp3") == 1
    assert write(post, post, folder=tmp_path, subject="x").html.count("e.mp3") == 2


def test_an_intro_is_markdown_of_the_post(tmp_path: Path) -> None:
    """With links from where the post is, images of a width, and nothing that runs."""
    intro = "A [link](../other/), ![a cat](cat.png)\n\n<script>alert(1)</script> <b>&</b>"
    letter = write(POSTS["rich"], folder=tmp_path, intro=intro)
    head = letter.html.partition("A date is")[0]
    assert 'href="https://example.org/posts/other/"' in head
    assert re.search(r'<img src="https://example.org/posts/hello/cat.png" alt="a cat" width="\d+"', head)
    assert "alert" not in letter.html + letter.text
    assert "https://example.org/posts/other/" in letter.text


def test_a_digest_shows_each_post_with_its_summary_and_picture(tmp_path: Path) -> None:
    """A list to choose from, each entry in its own language and direction."""
    first = make_post(image="https://example.org/lead.png", html="<p>The whole text.</p>")
    letter = write(first, POSTS["persian"], POSTS["note"], folder=tmp_path, subject="Three <new> posts")
    assert '<h1 class="title"' in letter.html
    assert ">Three &lt;new&gt; posts</h1>" in letter.html
    assert letter.html.count("<h2 ") == 2
    assert 'src="https://example.org/lead.png" alt="" width="544"' in letter.html
    assert "The whole text" not in letter.html + letter.text
    assert "What a &lt;date&gt; says" in letter.html
    assert '<div class="post entry turned arabic" lang="fa" dir="rtl"' in letter.html
    assert "ادامهٔ مطلب" in letter.html
    assert letter.html.count(">Continue reading") == 2
    assert f"Continue reading: {first.url}\n" in letter.text
    assert letter.text.count("-" * 40) == 4


def test_a_full_digest_has_the_texts(tmp_path: Path) -> None:
    """And no link to read on, unless one is cut."""
    posts = [make_post(title=f"Post {number}", html=f"<p>Text {number}.</p>") for number in range(3)]
    letter = write(*posts, folder=tmp_path, digest="full", subject="Three")
    for number in range(3):
        assert f"Text {number}." in letter.html
        assert f"Text {number}." in letter.text
        assert f"Text {number}." in letter.content
    assert "Continue reading" not in letter.html + letter.text


def test_a_right_to_left_post_is_mirrored_and_its_code_is_not(tmp_path: Path) -> None:
    """Margins, rules and alignment follow the script."""
    html = write(POSTS["persian"], folder=tmp_path).html
    assert "border-right:3px solid" in html
    assert "border-left" not in html
    assert '<code dir="ltr" style="font:15px monospace">' in html
    assert re.search(r'<pre dir="ltr" style="[^"]*text-align:left', html)
    assert "font-size:18px;line-height:32px" in html
    assert "۱۱\u00a0آوریل\u00a0۲۰۲۶" in html


def test_a_left_to_right_post_in_a_right_to_left_digest_is_turned_back(tmp_path: Path) -> None:
    """Its quotations and lists have their sides, not those of the letter."""
    html = write(POSTS["persian"], POSTS["rich"], folder=tmp_path, digest="full", subject="x").html
    turned = html.partition('<div class="post entry turned latin" lang="en" dir="ltr"')[2]
    assert re.search(r'<blockquote style="[^"]*border-left:3px solid #d8dee4', turned)
    assert re.search(r'<blockquote style="[^"]*border-right:0', turned)
    assert '<ul style="margin:0 0 20px 26px;padding:0"' in turned
    assert turned[:120].count("text-align:left") == 1


def test_content_for_other_frames_has_no_style(tmp_path: Path) -> None:
    """A service that has a design of its own gets the posts, and the greeting."""
    letter = write(
        POSTS["rich"],
        POSTS["persian"],
        folder=tmp_path,
        subject="x",
        greeting="Hi {name|you},",
        digest="full",
    )
    assert "style=" not in letter.content
    assert "<html" not in letter.content
    assert slots.names(letter.content, letter.token) == ["name"]
    assert letter.content.count("<h2") == letter.content.count("<h3") == 2
    assert "data-" not in letter.content
    Reader(letter.content)


def test_small_things_cost_few_bytes(tmp_path: Path) -> None:
    """Inline code and list items are what makes a mail too long for Gmail."""
    html = write(POSTS["rich"], folder=tmp_path).html
    code = re.search(r'<code style="([^"]*)"', html)
    assert code is not None
    assert len(code[1]) <= 30
    assert "<li>" in html
    assert "<li " not in html
    assert "<td>" in html


def test_prose_costs_little_more_than_itself(tmp_path: Path) -> None:
    """The frame is small, and a paragraph's style is not most of the paragraph."""
    prose = "".join(f"<p>{'A sentence with <em>some</em> words in it. ' * 12}</p>" for _ in range(30))
    html = html_of(write(make_post(html=prose), folder=tmp_path))
    assert len(html.encode()) <= 1.35 * len(prose) + 2500


def test_colours_width_font_and_logo_are_the_sites(tmp_path: Path) -> None:
    """Outlook hears of width and font too, and the logo stands on its own ground where colours are inverted."""
    look = Look(
        width=640, font="PT Serif, serif", logo="/logo.png", logo_width=120, colours=Colours(accent="#884400")
    )
    html = write(make_post(html="<p><a href='https://e.org/'>x</a></p>"), folder=tmp_path, look=look).html
    assert "max-width:640px" in html
    assert '<table role="presentation" width="640" align="center"' in html
    assert "font-family:'PT Serif',serif" in html or "font-family:&quot;PT Serif&quot;,serif" in html
    assert "h4,li{font-family:Georgia,serif}" in html
    assert 'color:#884400">x</a>' in html
    assert "#0b57d0" not in html
    logo = re.search(
        r'<img class="logo" src="https://example.org/logo.png" alt="Ann [^"]*" width="120"[^>]*>', html
    )
    assert logo is not None
    assert "background-image:linear-gradient(#ffffff,#ffffff)" in logo[0].replace(", ", ",")


def test_a_look_that_cannot_be_read_is_told_with_the_letter(tmp_path: Path) -> None:
    """It is written as the site wants it."""
    site = make_site(tmp_path, look=Look(colours=Colours(muted="#aaaaaa")))
    composed = compose(make_issue(POSTS["note"]), site)
    assert ["mail-advice"] == [problem.code for problem in composed.problems]
    assert "color:#aaaaaa" in composed.letter.html


def test_nothing_that_an_author_wrote_is_a_merge_tag(tmp_path: Path) -> None:
    """Of any service, wherever it stands; and readers see it as it was written."""
    hostile = "{{ a }} {% b %} *|C|* %%d%% <%e%> ${f} [[g]] %recipient.h%"
    post = make_post(
        title=hostile,
        authors=(Person(name=hostile),),
        html=f"<p>{escape(hostile)}</p><pre><code>{escape(hostile)}</code></pre>",
        summary=hostile,
    )
    for posts in ((post,), (post, post)):
        letter = write(*posts, folder=tmp_path, subject=hostile, intro=f"`{hostile}`", reason=hostile)
        for part in (letter.html, letter.content):
            assert not re.search(r"\{[{%#]|\*\||\|\*|%%|<%|\$\{|\[\[|%recipient", part)
        assert Reader(html_of(letter)).text.count(hostile) >= 3
        assert hostile in letter.text.replace("\n", " ")


def own_theme(folder: Path, name: str, **files: str) -> None:
    """Put files of a theme into the site; `letter_html` is `letter.html`."""
    theme = folder / "templates/newsletter" / name
    theme.mkdir(parents=True)
    for file, text in files.items():
        (theme / file.replace("_", ".")).write_text(text)


def test_one_file_of_the_default_theme_can_be_replaced(tmp_path: Path) -> None:
    """The others stay."""
    own_theme(tmp_path, "default", letter_txt="{{ title }} by {{ extra.who }}: {{ body }}")
    site = make_site(tmp_path)
    settings = msgspec.structs.replace(site.settings, extra={"who": "me"})
    post = make_post(title="T", html="<p>x</p>")
    letter = compose(make_issue(post), Workspace(root=tmp_path, file=site.file, settings=settings)).letter
    assert letter.text == "T by me: x\n"
    assert "<title>T</title>" in letter.html


def test_a_theme_of_the_sites_own_takes_the_rest_from_ours(tmp_path: Path) -> None:
    """File by file, and block by block; a rule more, a tag of its own service, another frame."""
    own_theme(
        tmp_path,
        "mine",
        base_html='{% extends "newsletter/default/base.html" %}{% block masthead %}{{ tag("*|MC_PREVIEW_TEXT|*") }}{{ tag("{{ x }}") }}{{ tag("*|MC_PREVIEW_TEXT|*") }}{% endblock %}',
        inline_css='{% include "newsletter/default/inline.css" %}\n.title { color: #123456 }\n',
    )
    for posts in ((POSTS["rich"],), (POSTS["rich"], POSTS["note"])):
        letter = write(*posts, folder=tmp_path, theme="mine")
        html = html_of(letter)
        assert letter.tags == ("*|MC_PREVIEW_TEXT|*", "{{ x }}")
        assert ">*|MC_PREVIEW_TEXT|*{{ x }}*|MC_PREVIEW_TEXT|*</td>" in html
        assert "View in browser" in html
        assert "line-height:37px;color:#123456" in html
        assert "Unsubscribe" in html


@pytest.mark.parametrize("theme", ["default", "mine"])
def test_the_example_of_the_documentation_makes_a_letter_that_keeps_the_contract(
    theme: str, tmp_path: Path
) -> None:
    """One block and one rule are replaced, also in files of our own theme's name, which do not name themselves."""
    own_theme(
        tmp_path,
        theme,
        base_html='{% extends "newsletter/default/base.html" %}\n'
        "{% block masthead %}{{ newsletter }} &middot; No. {{ number }}{% endblock %}\n",
        inline_css='{% include "newsletter/default/inline.css" %}\n.title { color: #123456 }\n',
    )
    letter = write(POSTS["rich"], folder=tmp_path, theme=theme)
    page = check_contract(letter)
    assert "No. 7" in page.text
    assert "color:#123456" in letter.html


def test_a_post_without_a_text_is_told(tmp_path: Path) -> None:
    """A file saved too early would go to everybody."""
    composed = compose(make_issue(POSTS["empty"]), make_site(tmp_path))
    (problem,) = composed.problems
    assert ("warning", "mail-advice") == (problem.severity, problem.code)
    assert "nothing stands below the title of 'Hello" in problem.message
    assert "min read" not in composed.letter.html + composed.letter.text


def test_a_theme_that_cannot_be_inlined_is_named(tmp_path: Path) -> None:
    """What is wrong with a sheet is said of the theme that has it."""
    own_theme(tmp_path, "mine", inline_css="@media print { p { color: red } }")
    with pytest.raises(ConfigError) as caught:
        write(POSTS["rich"], folder=tmp_path, theme="mine")
    assert caught.value.where == "templates/newsletter/mine/"


@pytest.mark.parametrize("language", ["th", "hi", "ur", "eo", "fa", "zh-Hant", "en-US"])
def test_every_language_makes_a_whole_letter(language: str, tmp_path: Path) -> None:
    """Also one whose words we do not have, in either direction."""
    post = make_post(language=language, direction=languages.direction(language))
    for posts in ((post,), (post, POSTS["rich"])):
        check_contract(write(*posts, folder=tmp_path))


def test_a_digest_of_several_languages_speaks_its_own(tmp_path: Path) -> None:
    """The frame is in the language of the issue, and each post in its own."""
    issue = make_issue(POSTS["persian"], POSTS["rich"], subject="x", language="en", direction="ltr")
    letter = compose(issue, make_site(tmp_path, greeting="Hello,")).letter
    html = html_of(letter)
    assert '<html lang="en" dir="ltr">' in html
    assert ">Unsubscribe</a>" in html
    assert "لغو اشتراک" not in html + letter.text
    assert re.search(r'<div class="post entry first turned arabic" lang="fa" dir="rtl"', html)
    assert "ادامهٔ مطلب" in html
    assert letter.text.rstrip().count("Unsubscribe:") == 1


def test_addresses_are_numbered_through_the_whole_text(tmp_path: Path) -> None:
    """No number stands for two of them."""
    link = "<p><a href='https://e.org/{}'>x</a></p>"
    letter = write(
        make_post(html=link.format(1)),
        make_post(html=link.format(2), id="b"),
        folder=tmp_path,
        digest="full",
        footer="[Write](https://e.org/3)",
        subject="x",
    )
    found = re.findall(r"^\[(\d)\] https://e.org/(\d)$", letter.text, re.MULTILINE)
    assert found == [("1", "1"), ("2", "2"), ("3", "3")]


@pytest.mark.parametrize("theme", ["nowhere", "../default", "default/letter.html"])
def test_a_theme_that_is_not_there_is_named(theme: str, tmp_path: Path) -> None:
    """Nothing is written on a guess."""
    with pytest.raises(ConfigError) as caught:
        write(POSTS["rich"], folder=tmp_path, theme=theme)
    assert caught.value.message == f"there is no newsletter theme {theme}"


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ({"letter_html": "\n{{ nothing }}"}, "templates/newsletter/mine/letter.html:2"),
        ({"letter_txt": "\n\n{% if %}"}, "templates/newsletter/mine/letter.txt:3"),
        ({"keep_css": "{{ 1 / 0 }}"}, "templates/newsletter/mine/keep.css:1"),
        ({"base_html": "{{ ''.__class__.__mro__ }}"}, "templates/newsletter/mine/base.html:1"),
        ({"letter_html": "<!DOCTYPE html><html><body><p>x</p></body></html>"}, "templates/newsletter/mine/letter.html"),
        ({"letter_html": "<!DOCTYPE html><html><body>{{ body }}{{ body }}</body></html>"}, "templates/newsletter/mine/letter.html"),
    ],
)  # fmt: skip
def test_a_theme_that_does_not_work_is_named_with_its_line(
    files: dict[str, str], where: str, tmp_path: Path
) -> None:
    """A name that is not there, a slip in the syntax, what the sandbox keeps out, a letter without its post."""
    own_theme(tmp_path, "mine", **files)
    with pytest.raises(ConfigError) as caught:
        write(POSTS["rich"], folder=tmp_path, theme="mine")
    assert where == caught.value.where


def test_a_zone_of_the_author_is_the_date_in_the_mail(tmp_path: Path) -> None:
    """A post of the evening is not from tomorrow."""
    late = datetime(2026, 4, 11, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert "11 April 2026" in write(make_post(published=late), folder=tmp_path).text


def test_local_images_tell_their_width(tmp_path: Path) -> None:
    """Outlook shows an image as large as it is, unless its width is written down."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static/a.png").write_bytes(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (321).to_bytes(4, "big") + (9).to_bytes(4, "big") + bytes(9)
    )
    html = write(POSTS["rich"], folder=tmp_path).html
    assert re.search(r'<img src="https://example.org/a.png" alt="A chart" width="321"', html)


SAID = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40).map(
    lambda text: " ".join(text.split())
)
HOSTILE = SAID | st.sampled_from(
    [
        "</title><script>",
        "<!--",
        "--><b>",
        "{{ unsubscribe.url }}",
        "{% raw %}",
        "*|X|*",
        "&amp;",
        "]]>",
        "<![endif]-->",
    ]
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(title=HOSTILE, author=HOSTILE, summary=HOSTILE, greeting=HOSTILE, reason=HOSTILE)
def test_no_words_of_anybody_break_a_letter(
    title: str, author: str, summary: str, greeting: str, reason: str
) -> None:
    """A letter and a digest stay whole, and the reader sees the words as they were written."""
    post = make_post(
        title=title,
        label=title or "A note",
        authors=(Person(name=author),),
        summary=summary,
        html="<p>Body.</p>",
    )
    for posts in ((post,), (post, post)):
        letter = write(
            *posts, folder=Path("nowhere"), greeting=greeting, reason=reason, subject=title or "A note"
        )
        page = Reader(html_of(letter))
        check_comments(html_of(letter))
        seen = " ".join(page.text.split())
        for words in (title, author, reason.replace("{newsletter}", "")):
            assert " ".join(words.split()) in seen or "{newsletter}" in reason
        assert "Unsubscribe" in seen
        assert "<script" not in html_of(letter)
