"""A letter as a message, and as the other formats: what the bytes hold, and what they can never hold."""

from __future__ import annotations

import email
import email.policy
import json
import re
from datetime import UTC, datetime
from email.header import decode_header, make_header
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Issue, Letter, MailingList, Person, Post
from feeds.newsletter import headers
from feeds.newsletter.exports import EXPORTS, folder_name
from feeds.newsletter.issue import one_line
from feeds.newsletter.message import to_eml
from samples import a_post

if TYPE_CHECKING:
    from email.message import EmailMessage

LONG_URL = "https://example.org/unsubscribe/" + "x" * 300
HOSTILE = [
    "=?utf-8?q?Hi=0D=0ABcc=3A_evil=40example=2Eorg?=",
    "=?utf-8?b?QmNjOiBldmls?=",
    "a\r\nBcc: evil@example.org",
    "a\nBcc: x\r\rTo: y",
    "a\u2028Bcc: x\u2029\x85\x0b\x0c\x00",
    "Café — déjà vu",
    "ё" * 120,
    "😀" * 60,
    "日本語の" * 30,
    "plain words " * 20,
    "x" * 300,
    'He said "hi" \\ (and left)',
    "Sara <sara@example.org>, Ann; group:;",
    "Dr. A. B. C., Esq.",
    "خوراک چیست؟",
    "=?",
    "?=",
    "a =?utf-8?q?b",
    "  two  spaces  ",
    "",
]
NAMES = [
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe",
    "List-Unsubscribe-Post", "List-Archive", "MIME-Version", "Content-Type",
]  # fmt: skip


def make_post(**changes: Any) -> Post:
    """A post, with `changes`."""
    values: dict[str, Any] = {
        "id": "tag:example.org,2026:hello",
        "path": "content/posts/hello.md",
        "url": "https://example.org/posts/hello/",
        "title": "Hello",
        "published": datetime(2026, 4, 11, 9, 30, tzinfo=UTC),
        "updated": datetime(2026, 4, 11, 9, 30, tzinfo=UTC),
        "html": "<p>Hello</p>",
    }
    return a_post(**values | changes)


def make_letter(
    subject: str = "Hello", name: str = "Example", text: str = "Hello\n", html: str = "<p>Hello</p>\n"
) -> Letter:
    """A letter with the headers that every issue has."""
    sender = Person(name=one_line(name), email="post@example.org")
    return Letter(
        issue=Issue(post=make_post(), subject=subject, preheader="A greeting"),
        headers=(
            ("From", sender),
            ("To", sender),
            ("Reply-To", Person(name="", email="ines@example.org")),
            ("Subject", one_line(subject)),
            ("Date", "Sat, 11 Apr 2026 09:30:00 +0000"),
            ("Message-ID", "<0123456789abcdef@example.org>"),
            ("List-Id", MailingList(name=one_line(name), identifier="news.example.org")),
            ("List-Unsubscribe", f"<{LONG_URL}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("List-Archive", "<https://example.org/posts/hello/>"),
        ),
        html=html,
        text=text,
    )


def parsed(data: bytes) -> EmailMessage:
    """The message as the standard library's modern parser understands it."""
    return cast("EmailMessage", email.message_from_bytes(data, policy=email.policy.default))


def squeezed(name: str) -> str:
    """A name without white space: the library's parser keeps what stands between two encoded words of a name."""
    return "".join(name.split())


def check_bytes(data: bytes) -> None:
    """What no message may break, whatever it says."""
    data.decode("ascii")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\0", data)
    head, _, body = data.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        encoded = re.findall(rb"=\?.*?\?.\?.*?\?=", line)
        assert len(line) <= (76 if encoded else 998)
        assert all(len(word) <= 75 for word in encoded)
        assert line.strip()
    assert max(map(len, body.split(b"\r\n"))) <= 76
    for line in re.findall(rb"(?m)^List-(?:Unsubscribe|Archive).*\r\n(?=(.))", data):
        assert line not in b" \t"
    assert not re.search(rb"(?m)^List-(?:Unsubscribe|Archive)[^\r]*=\?", data)


@pytest.mark.parametrize("subject", HOSTILE, ids=ascii)
def test_no_subject_can_add_a_header_or_be_misread(subject: str) -> None:
    """Every mail program shows the title as its author wrote it, and the headers are ours."""
    data = to_eml(make_letter(subject=subject))
    check_bytes(data)
    message = parsed(data)
    assert message.keys() == NAMES
    assert str(message["Subject"]) == one_line(subject)
    assert not message["Subject"].defects


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_no_name_can_add_a_header_or_be_misread(name: str) -> None:
    """The sender's and the list's name likewise."""
    data = to_eml(make_letter(name=name))
    check_bytes(data)
    message = parsed(data)
    assert message.keys() == NAMES
    for field in ("From", "To"):
        (address,) = message[field].addresses
        assert squeezed(address.display_name) == squeezed(one_line(name))
        assert address.addr_spec == "post@example.org"
        raw = email.message_from_bytes(data)[field].rpartition("<")[0].strip()
        if raw.startswith("=?"):
            assert str(make_header(decode_header(raw))) == one_line(name)


@given(st.text(max_size=200), st.text(max_size=100))
def test_any_text_round_trips(subject: str, name: str) -> None:
    """Hypothesis has no better idea either."""
    data = to_eml(make_letter(subject=subject, name=name))
    check_bytes(data)
    message = parsed(data)
    assert message.keys() == NAMES
    assert str(message["Subject"]) == one_line(subject)
    (address,) = message["From"].addresses
    assert squeezed(address.display_name) == squeezed(one_line(name))
    assert address.addr_spec == "post@example.org"


PIECES = [
    "=?",
    "?=",
    "utf-8",
    "?q?",
    "?b?",
    "=0D=0A",
    "Bcc:",
    "é",
    '"',
    "<",
    ">",
    "(",
    "\\",
    "_",
    "日",
    " ",
    "\r\n",
    "\u2028",
    "x" * 40,
]


@given(st.lists(st.sampled_from(PIECES)))
def test_pieces_of_encoded_words_round_trip(pieces: list[str]) -> None:
    """Text made to look like what we write is still text."""
    text = "".join(pieces)
    message = parsed(to_eml(make_letter(subject=text, name=text)))
    assert message.keys() == NAMES
    assert str(message["Subject"]) == one_line(text)
    assert squeezed(message["From"].addresses[0].display_name) == squeezed(one_line(text))


@given(st.text(min_size=1, max_size=200), st.integers(0, 60))
def test_encoded_words_hold_whole_characters(text: str, offset: int) -> None:
    """RFC 2047: at most 75 characters a word, each of them decodable alone."""
    words = headers.encoded_words(one_line(text) or "x", offset)
    assert len(words[0]) + offset <= 76 or len(one_line(text)[:1].encode()) > 1
    for word in words:
        assert len(word) <= 75
        email.message_from_string(f"Subject: {word}\n\n", policy=email.policy.default)["Subject"].encode()
        assert "\ufffd" not in str(parsed(f"Subject: {word}\r\n\r\n".encode())["Subject"]) or "\ufffd" in text


def test_the_message_holds_text_then_html() -> None:
    """multipart/alternative goes from plain to rich (RFC 2046 section 5.1.4)."""
    message = parsed(to_eml(make_letter(text="a — b\n", html="<p>a — b</p>\n")))
    assert message.get_content_type() == "multipart/alternative"
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [part.get_content().replace("\r\n", "\n") for part in parts] == ["a — b\n", "<p>a — b</p>\n"]
    assert not message.defects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain words, and a dash —\n" * 9, "quoted-printable"),
        ("متن فارسی\n" * 9, "base64"),
        ("", "quoted-printable"),
    ],
)
def test_each_part_takes_the_shorter_encoding(text: str, expected: str) -> None:
    """A Persian mail in quoted-printable would be three times its size."""
    data = to_eml(make_letter(text=text, html="<p>x</p>"))
    check_bytes(data)
    plain, html = parsed(data).iter_parts()
    assert (expected, "quoted-printable") == (
        plain["Content-Transfer-Encoding"],
        html["Content-Transfer-Encoding"],
    )


@given(st.text(max_size=400), st.text(max_size=400))
def test_bodies_round_trip_with_lines_of_any_length(text: str, html: str) -> None:
    """Line breaks are normalised; everything else arrives as it left."""
    data = to_eml(make_letter(text=text, html=html))
    check_bytes(data)
    parts = [part.get_payload(decode=True) for part in parsed(data).iter_parts()]
    assert parts == [re.sub("\r\n?|\n", "\r\n", body).encode() for body in (text, html)]


def test_the_boundary_comes_from_the_content() -> None:
    """Same letter, same bytes; another letter, another boundary; and no body can hold it."""
    one, two = to_eml(make_letter()), to_eml(make_letter(text="other"))
    assert to_eml(make_letter()) == one
    boundaries = [parsed(data).get_boundary() for data in (one, two)]
    assert boundaries[0] != boundaries[1]
    assert all(str(boundary).startswith("=_") for boundary in boundaries)
    tricky = to_eml(make_letter(text=f"--{boundaries[0]}--\n"))
    assert len(list(parsed(tricky).iter_parts())) == 2


def test_a_long_unsubscribe_link_is_never_folded_or_encoded() -> None:
    """Gmail ignores the button otherwise."""
    data = to_eml(make_letter())
    assert f"\r\nList-Unsubscribe: <{LONG_URL}>\r\n".encode() in data


def test_every_format_writes_its_part_of_the_letter() -> None:
    """One row each, with the names that scripts rely on."""
    letter = make_letter(subject="Hé", name='Ann "A"', text="té\n", html="<p>é</p>\n")
    written = {name: (row.name, row.file, row.write(letter)) for name, row in EXPORTS.items()}
    assert list(written) == ["eml", "html", "text", "json"]
    assert written["eml"] == ("eml", "issue.eml", to_eml(letter))
    assert written["html"] == ("html", "issue.html", "<p>é</p>\n".encode())
    assert written["text"] == ("text", "issue.txt", "té\n".encode())
    assert written["json"][:2] == ("json", "issue.json")
    data = json.loads(written["json"][2])
    assert list(data) == ["subject", "preheader", "headers", "html", "text", "cut", "post"]
    assert data["headers"] == dict(letter.headers) | {
        "From": '"Ann \\"A\\"" <post@example.org>',
        "To": '"Ann \\"A\\"" <post@example.org>',
        "Reply-To": "ines@example.org",
        "List-Id": 'Ann "A" <news.example.org>',
    }
    assert data["cut"] is False
    assert data["post"] == {
        "id": "tag:example.org,2026:hello",
        "url": "https://example.org/posts/hello/",
        "title": "Hello",
        "date": "2026-04-11T09:30:00+00:00",
    }


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://e.org/posts/hello/", "2026-04-11-hello"),
        ("https://e.org/posts/Hello%20World.html", "2026-04-11-hello-world"),
        ("https://e.org/posts/hello/index.html", "2026-04-11-hello"),
        ("https://e.org/posts/html/", "2026-04-11-html"),
        ("https://e.org/posts/v1.2/", "2026-04-11-v1.2"),
        ("https://e.org/%D8%AE%D9%88/", "2026-04-11-خو"),
        ("https://e.org/", "2026-04-11-post"),
        ("https://e.org/%2e%2e/", "2026-04-11-post"),
        ("https://e.org/..%2f..%5cetc/", "2026-04-11-etc"),
        ("https://e.org/a%00b/", "2026-04-11-ab"),
    ],
)
def test_an_issue_has_a_folder_of_its_own(url: str, expected: str) -> None:
    """Named by date and address, and never a way out of the outbox."""
    assert expected == folder_name(make_post(url=url), [make_post(url=url)])


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["en/hello/", "fr/hello/"], ["en-hello", "fr-hello"]),
        (["hello/", "fr/hello/"], ["hello", "fr-hello"]),
        (["a/b/hello/", "a/c/hello.html", "other/"], ["b-hello", "c-hello", "other"]),
        (["en/hello/", "fr/hello/", "en-hello/"], ["en-hello-2c26b46b", "fr-hello", "en-hello-baa5a096"]),
        (["x" * 120 + "/", "x" * 121 + "/"], [f"{'x' * 100}-2c26b46b", f"{'x' * 100}-fcde2b2e"]),
    ],
)
def test_posts_of_one_day_do_not_share_a_folder(paths: list[str], expected: list[str]) -> None:
    """Whatever the order; a post of another day takes no name away."""
    ids = ["foo", "bar", "baz"]
    posts = [make_post(url=f"https://e.org/{path}", id=name) for path, name in zip(paths, ids, strict=False)]
    other = make_post(url=posts[0].url, id="x", published=datetime(2026, 4, 12, tzinfo=UTC))
    assert [f"2026-04-11-{each}" for each in expected] == [folder_name(post, posts) for post in posts]
    assert [folder_name(post, [other, *posts[::-1]]) for post in posts] == [
        folder_name(post, posts) for post in posts
    ]


SEGMENT = st.sampled_from(["a", "b", "a-b", "A", "a.html", "", "index.html", "é", "%61"])


@given(st.lists(st.lists(SEGMENT, max_size=3), max_size=6))
def test_folder_names_are_unique(paths: list[list[str]]) -> None:
    """Nothing is overwritten, whatever the addresses."""
    posts = [make_post(url="https://e.org/" + "/".join(path), id=f"{n}") for n, path in enumerate(paths)]
    assert len(posts) == len({folder_name(post, posts) for post in posts})


@given(st.text())
def test_a_folder_name_is_one_safe_segment(text: str) -> None:
    """Whatever the address says."""
    post = make_post(url="https://e.org/" + text.replace("?", "").replace("#", ""))
    name = folder_name(post, [post])
    assert name.startswith("2026-04-11-")
    assert len(name) > len("2026-04-11-")
    assert len(name.encode()) <= 120
    assert not set('/\\\0:*?"<>|\r\n') & set(name)
