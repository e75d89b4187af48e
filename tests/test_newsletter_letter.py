"""The finished letter: the contract of a mail that arrives right everywhere, held over posts of many kinds."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from feeds.errors import ConfigError
from feeds.model import Enclosure, Letter, Mailing, MailingList, Person, Post
from feeds.newsletter.compose import BUDGET, compose, missing
from feeds.newsletter.exports import EXPORTS
from feeds.newsletter.issue import choose
from feeds.settings import Newsletter, Settings, Site
from samples import a_post

if TYPE_CHECKING:
    from pathlib import Path

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
<video src="https://example.org/v.mp4" poster="https://example.org/p.jpg"></video>
<audio controls src="https://example.org/a.mp3"></audio>
<details><summary>More</summary><p>Inside.</p></details>
<div class="footnote"><hr><ol><li id="fn:1"><p>A note. <a href="#fnref:1">↩</a></p></li></ol></div>
"""
SETTINGS = Settings(
    site=Site(title="Ann & Bob's <blog>", url="https://example.org"),
    newsletter=Newsletter(
        sender="Ann & Bob <post@example.org>",
        reply_to="ann@example.org",
        list_id="news.example.org",
        postal_address="Rua das Flores 12 & 14, Porto",
        unsubscribe_url="https://example.org/leave/?list=1&who=me",
    ),
)


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
        mailing=Mailing(intro="An <intro> & more", subject="Own subject", preheader="Own words"),
        enclosures=(
            Enclosure(url="https://example.org/e.mp3?a=1&b=2", media_type="audio/mpeg", length=1),
            Enclosure(url="https://example.org/e.mp4", media_type="video/mp4", length=1),
            Enclosure(url="https://example.org/e.pdf", media_type="application/pdf", length=1),
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
    assert len(letter.issue.preheader) <= 150


def check_comments(html: str) -> None:
    """D12: what opens for Outlook closes for Outlook, and holds whole tables."""
    comments = re.findall(r"<!--(.*?)-->", html, re.DOTALL)
    assert all(re.fullmatch(r"\[if mso\]>.*<!\[endif\]", comment, re.DOTALL) for comment in comments)
    assert html.count("<!--") == len(comments)
    inside = "".join(comments)
    assert inside.count("<table") == inside.count("</table>") == 1


def check_footer(page: Reader, letter: Letter, settings: Settings) -> None:
    """D10: both parts say how to leave, where to read, who writes and why."""
    post, newsletter = letter.issue.post, settings.newsletter
    links = [values["href"] for tag, values in page.elements if tag == "a"]
    assert post.url in links
    assert newsletter.unsubscribe_url in links
    for text in (page.text, " ".join(letter.text.split())):
        assert newsletter.postal_address in text
        assert "because you subscribed to" in text
        assert settings.site.title in text
        assert " ".join(post.title.split()) in text
    assert f"Read on the web: {post.url}\n" in letter.text
    assert f"Unsubscribe: {newsletter.unsubscribe_url}\n" in letter.text


def check_contract(letter: Letter, settings: Settings = SETTINGS) -> Reader:
    """Everything a letter must keep, whatever the post."""
    html = letter.html
    page = Reader(html)
    check_head(page, html, letter)
    check_elements(page)
    check_preheader(page, html, letter)
    check_comments(html)
    check_footer(page, letter, settings)
    assert len(html.encode()) <= BUDGET
    assert "premailer" not in html
    assert "<!--cut-->" not in html
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
    letter = compose(choose([POSTS[kind]]), SETTINGS, tmp_path)
    page = check_contract(letter)
    bare = Reader(re.sub(r"<style\b.*?</style>", "", letter.html, flags=re.DOTALL))
    assert page.text == bare.text
    assert page.text.startswith(letter.issue.post.title)


@pytest.mark.parametrize("kind", POSTS)
def test_the_same_post_gives_the_same_bytes(kind: str, tmp_path: Path) -> None:
    """In every format, however often it is written."""
    letters = [compose(choose([POSTS[kind]]), SETTINGS, tmp_path) for _ in range(2)]
    for row in EXPORTS.values():
        assert row.write(letters[0]) == row.write(letters[1])


def test_the_headers_say_who_what_when_and_how_to_leave(tmp_path: Path) -> None:
    """In the order that people read them in."""
    letter = compose(choose([POSTS["rich"]]), SETTINGS, tmp_path)
    headers = dict(letter.headers)
    identifier = str(headers.pop("Message-ID"))
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", identifier)
    assert headers == {
        "From": Person(name="Ann & Bob", email="post@example.org"),
        "To": Person(name="Ann & Bob", email="post@example.org"),
        "Reply-To": Person(name="", email="ann@example.org"),
        "Subject": "Hello <world> & {{ title }}",
        "Date": "Sat, 11 Apr 2026 09:30:00 +0100",
        "List-Id": MailingList(name="Ann & Bob's <blog>", identifier="news.example.org"),
        "List-Unsubscribe": "<https://example.org/leave/?list=1&who=me>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Archive": "<https://example.org/posts/hello/>",
    }


def test_the_message_id_belongs_to_the_post_and_the_list(tmp_path: Path) -> None:
    """An edit keeps it; another post or another list does not."""

    def identifier(post: Post, list_id: str = "news.example.org") -> str:
        settings = Settings(site=SETTINGS.site, newsletter=Newsletter(list_id=list_id))
        return str(dict(compose(choose([post]), settings, tmp_path).headers)["Message-ID"])

    first = identifier(POSTS["rich"])
    assert first == identifier(make_post(title="New title", html="<p>x</p>", url="https://example.org/new/"))
    assert first != identifier(make_post(id="tag:example.org,2026:other"))
    assert first != identifier(POSTS["rich"], "other.example.org")


def test_a_site_without_newsletter_settings_still_gets_a_letter(tmp_path: Path) -> None:
    """The sender and the list are named after the host, and what is missing is told."""
    settings = Settings(site=Site(title="Bücher", url="https://bücher.example:8080/blog"))
    letter = compose(choose([POSTS["rich"]]), settings, tmp_path)
    headers = dict(letter.headers)
    assert headers["From"] == Person(name="Bücher", email="newsletter@xn--bcher-kva.example")
    assert headers["List-Id"] == MailingList(name="Bücher", identifier="newsletter.xn--bcher-kva.example")
    assert not {"Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post"} & set(headers)
    assert "nsubscribe" not in letter.html + letter.text
    assert [line.split()[0].removeprefix("newsletter.") for line in missing(settings)] == [
        "sender",
        "postal_address",
        "unsubscribe_url",
        "list_id",
    ]
    assert missing(SETTINGS) == ()


@pytest.mark.parametrize("url", ["https://[::1]", "http://127.0.0.1:8000", "http://localhost:1313"])
def test_a_site_without_a_host_name_gets_a_letter_too(url: str, tmp_path: Path) -> None:
    """From nowhere else: RFC 2919 keeps `localhost` for such lists."""
    headers = dict(
        compose(choose([POSTS["rich"]]), Settings(site=Site(title="E", url=url)), tmp_path).headers
    )
    assert headers["From"] == Person(name="E", email="newsletter@localhost")
    assert headers["List-Id"] == MailingList(name="E", identifier="newsletter.localhost")


def test_an_address_too_long_for_a_header_stays_out_of_it(tmp_path: Path) -> None:
    """List-Archive is optional; the mail is not."""
    post = make_post(url="https://example.org/" + "x" * 900)
    letter = compose(choose([post]), SETTINGS, tmp_path)
    assert "List-Archive" not in dict(letter.headers)
    assert f'href="{post.url}"' in letter.html


def test_a_postal_address_keeps_its_lines(tmp_path: Path) -> None:
    """As on an envelope, in both parts; empty lines are no lines."""
    settings = Settings(
        site=SETTINGS.site,
        newsletter=Newsletter(postal_address=" Ann & Bob\r\n\nRua  das Flores 12\nPorto\n"),
    )
    letter = compose(choose([POSTS["rich"]]), settings, tmp_path)
    assert letter.text.endswith("\nAnn & Bob\nRua das Flores 12\nPorto\n")
    assert ">Ann &amp; Bob<br>Rua das Flores 12<br>Porto</p>" in letter.html


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://e.org/u", {"List-Unsubscribe": "<https://e.org/u>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}),
        ("http://e.org/u", {"List-Unsubscribe": "<http://e.org/u>"}),
        ("mailto:leave@e.org", {"List-Unsubscribe": "<mailto:leave@e.org>"}),
        ("{{ UnsubscribeURL }}", {}),
        ("*|UNSUB|*", {}),
        ("<%asm_group_unsubscribe_raw_url%>", {}),
        ("%recipient.unsubscribe_url%", {}),
        ("https://e.org/?u={{ id }}", {}),
    ],
)  # fmt: skip
def test_one_click_is_promised_only_for_a_link_that_can_keep_it(
    url: str, expected: dict[str, str], tmp_path: Path
) -> None:
    """A mail service writes its own header; its tag is in both parts, byte for byte."""
    settings = Settings(site=SETTINGS.site, newsletter=Newsletter(unsubscribe_url=url))
    letter = compose(choose([POSTS["rich"]]), settings, tmp_path)
    assert expected == {name: value for name, value in letter.headers if "nsubscribe" in name}
    assert f'href="{url}"' in letter.html
    assert f"Unsubscribe: {url}\n" in letter.text


@pytest.mark.parametrize(
    ("newsletter", "where"),
    [
        ({"sender": "nobody"}, "newsletter.sender"),
        ({"reply_to": "a b@c"}, "newsletter.reply_to"),
        ({"list_id": "my list"}, "newsletter.list_id"),
        ({"unsubscribe_url": "https://example.org/" + "x" * 900}, "newsletter.unsubscribe_url"),
        ({"theme": "nowhere"}, "templates/"),
        ({"theme": "../default"}, "templates/"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    newsletter: dict[str, str], where: str, tmp_path: Path
) -> None:
    """Nothing is written on a guess."""
    settings = Settings(site=SETTINGS.site, newsletter=Newsletter(**newsletter))
    with pytest.raises(ConfigError) as caught:
        compose(choose([POSTS["rich"]]), settings, tmp_path)
    assert where == caught.value.where


def test_a_long_post_is_cut_between_blocks_and_continues_on_the_web(tmp_path: Path) -> None:
    """The footer is never clipped, and no heading is left alone at the end; the text part is whole."""
    letter = compose(choose([POSTS["huge"]]), SETTINGS, tmp_path)
    size = len(letter.html.encode())
    assert letter.cut
    assert BUDGET - 4000 < size <= BUDGET
    end = letter.html.index("Continue reading on the web")
    assert letter.html[:end].rpartition("</")[2].startswith("p>")
    assert "Part 199" not in letter.html
    assert "Part 199" in letter.text
    assert f'<a href="{POSTS["huge"].url}"' in letter.html[end - 200 : end]
    short = compose(choose([POSTS["rich"]]), SETTINGS, tmp_path)
    assert "Continue reading" not in short.html
    assert not short.cut


def test_a_post_of_one_huge_block_is_a_link(tmp_path: Path) -> None:
    """There is no place to cut."""
    letter = compose(choose([POSTS["one block"]]), SETTINGS, tmp_path)
    assert "code line" not in letter.html
    assert "Continue reading on the web" in letter.html


def test_a_note_without_a_title_is_not_headed_by_its_own_words(tmp_path: Path) -> None:
    """They are the subject; a reader who opens the mail wants them once."""
    letter = compose(choose([POSTS["note"]]), SETTINGS, tmp_path)
    assert ("Subject", "A date without a zone…") in letter.headers
    assert "<h1" not in letter.html
    assert letter.text.startswith("Ann & Bob's <blog> · 11 April 2026")


def test_the_text_part_wraps_what_stands_around_the_post(tmp_path: Path) -> None:
    """Title, meta line, intro and address fit 78 columns; addresses of pages are never broken."""
    post = make_post(
        title="A title of many words " * 8,
        authors=tuple(Person(name=f"Author number {number}") for number in range(9)),
        mailing=Mailing(intro="An intro of many words " * 9),
        url="https://example.org/" + "long-" * 30,
    )
    lines = compose(choose([post]), SETTINGS, tmp_path).text.splitlines()
    assert f"Read on the web: {post.url}" in lines
    assert max(len(line) for line in lines if "://" not in line) <= 78


def test_what_comes_with_the_post_is_linked_in_both_parts(tmp_path: Path) -> None:
    """An episode can be heard from the mail, and the intro is text."""
    letter = compose(choose([POSTS["podcast"]]), SETTINGS, tmp_path)
    assert ("Own subject", "Own words") == (letter.issue.subject, letter.issue.preheader)
    assert '<a lang="en" href="https://example.org/e.mp3?a=1&amp;b=2" style' in letter.html
    assert "Listen to the recording: https://example.org/e.mp3?a=1&b=2\n" in letter.text
    assert "Watch the video: https://example.org/e.mp4\n" in letter.text
    assert "Download the file that comes with it: https://example.org/e.pdf\n" in letter.text
    assert "An &lt;intro&gt; &amp; more" in letter.html
    assert "An <intro> & more\n" in letter.text


def test_a_right_to_left_post_is_mirrored_and_its_code_is_not(tmp_path: Path) -> None:
    """Margins, rules and alignment follow the script."""
    html = compose(choose([POSTS["persian"]]), SETTINGS, tmp_path).html
    assert "border-right:3px solid" in html
    assert "border-left" not in html
    assert '<code dir="ltr" style="font:15px monospace">' in html
    assert re.search(r'<pre dir="ltr" style="[^"]*text-align:left', html)
    assert "font-size:18px;line-height:32px" in html
    assert "2026-04-11" in html


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "11 April 2026"), ("en-GB", "11 April 2026"), ("de", "2026-04-11")]
)
def test_the_date_is_readable_in_the_language_of_the_post(
    language: str, expected: str, tmp_path: Path
) -> None:
    """Written out where we know how, and otherwise as everybody reads it."""
    letter = compose(choose([make_post(language=language)]), SETTINGS, tmp_path)
    assert expected in letter.html
    assert expected in letter.text


def test_a_zone_with_seconds_is_written_in_utc(tmp_path: Path) -> None:
    """RFC 5322 has no seconds in an offset, and the 19th century did."""
    old = datetime(1890, 1, 1, tzinfo=timezone(timedelta(minutes=19, seconds=32)))
    letter = compose(choose([make_post(published=old)]), SETTINGS, tmp_path)
    assert dict(letter.headers)["Date"] == "Tue, 31 Dec 1889 23:40:28 +0000"


@pytest.mark.parametrize(
    ("html", "expected"),
    [("<p>x</p>", 1), (f"<p>{'word ' * 1000}</p>", 5), (f"<p>{'日本語です' * 300}</p>", 4)],
)
def test_the_reading_time_counts_words_or_ideographs(html: str, expected: int, tmp_path: Path) -> None:
    """At two hundred and twenty words, or five hundred signs, a minute."""
    assert f"{expected} min read" in compose(choose([make_post(html=html)]), SETTINGS, tmp_path).text


def test_small_things_cost_few_bytes(tmp_path: Path) -> None:
    """Inline code and list items are what makes a mail too long for Gmail."""
    html = compose(choose([POSTS["rich"]]), SETTINGS, tmp_path).html
    code = re.search(r'<code style="([^"]*)"', html)
    assert code is not None
    assert len(code[1]) <= 30
    assert "<li>" in html
    assert "<li " not in html
    assert "<td>" in html


def test_prose_costs_little_more_than_itself(tmp_path: Path) -> None:
    """The frame is small, and a paragraph's style is not most of the paragraph."""
    prose = "".join(f"<p>{'A sentence with <em>some</em> words in it. ' * 12}</p>" for _ in range(30))
    html = compose(choose([make_post(html=prose)]), SETTINGS, tmp_path).html
    assert len(html.encode()) <= 1.35 * len(prose) + 5000


def test_the_sites_own_theme_wins(tmp_path: Path) -> None:
    """One file of the theme can be replaced, or all of it."""
    folder = tmp_path / "templates/newsletter/default"
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_text("{{ title }} by {{ extra.who }}: {{ body }}")
    settings = Settings(site=SETTINGS.site, newsletter=SETTINGS.newsletter, extra={"who": "me"})
    letter = compose(choose([make_post(title="T", html="<p>x</p>")]), settings, tmp_path)
    assert letter.text == "T by me: x\n"
    assert "<title>T</title>" in letter.html


@pytest.mark.parametrize("body", ["", "{{ body }}{{ body }}", "<!-- {{ title }} -->"])
def test_a_theme_that_does_not_show_the_post_once_is_an_error(body: str, tmp_path: Path) -> None:
    """With the file to look at."""
    folder = tmp_path / "templates/newsletter/mine"
    folder.mkdir(parents=True)
    (folder / "letter.html").write_text(f"<!DOCTYPE html><html><body>{body}<p>x</p></body></html>")
    for name in ("letter.txt", "inline.css", "keep.css"):
        (folder / name).write_text("")
    settings = Settings(site=SETTINGS.site, newsletter=Newsletter(theme="mine"))
    with pytest.raises(ConfigError) as caught:
        compose(choose([POSTS["rich"]]), settings, tmp_path)
    assert caught.value.where == "templates/newsletter/mine/letter.html"


def test_local_images_tell_their_width(tmp_path: Path) -> None:
    """Outlook shows an image as large as it is, unless its width is written down."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static/a.png").write_bytes(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (321).to_bytes(4, "big") + (9).to_bytes(4, "big") + bytes(9)
    )
    html = compose(choose([POSTS["rich"]]), SETTINGS, tmp_path).html
    assert '<img src="https://example.org/a.png" alt="A chart" width="321" class="block"' in html
