"""A letter as a message: what its bytes hold, what they can never hold, and what other parsers make of them."""

from __future__ import annotations

import email
import email.policy
import mailbox
import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from typing import TYPE_CHECKING

import fast_mail_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Issue, Letter, MailingList, Person
from feeds.newsletter import headers
from feeds.newsletter.headers import one_line
from feeds.newsletter.message import to_eml, to_mbox
from samples import a_post

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

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


POST = a_post()


@dataclass(frozen=True)
class Picture:
    """An attachment, as the room that embeds images makes it."""

    cid: str = "0123456789abcdef@example.org"
    media_type: str = "image/png"
    name: str = "desk.png"
    data: bytes = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def make_letter(
    subject: str = "Hello", name: str = "Example", text: str = "Hello\n", html: str = "<p>Hello</p>\n"
) -> Letter:
    """A letter with the headers that every issue has."""
    sender = Person(name=one_line(name), email="post@example.org")
    return Letter(
        issue=Issue(
            number=1, id="a", posts=(POST,), when=POST.published, subject=subject, preheader="A greeting"
        ),
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
        content="",
        token="",
    )


def an_eml(letter: Letter, attachments: tuple[Picture, ...] = ()) -> bytes:
    """The message of a letter that has no slots."""
    return to_eml(letter, letter.html, letter.text, attachments)


def parsed(data: bytes) -> EmailMessage:
    """The message as the standard library's modern parser understands it."""
    return email.message_from_bytes(data, policy=email.policy.default)


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
    data = an_eml(make_letter(subject=subject))
    check_bytes(data)
    message = parsed(data)
    assert message.keys() == NAMES
    assert str(message["Subject"]) == one_line(subject)
    assert not message["Subject"].defects


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_no_name_can_add_a_header_or_be_misread(name: str) -> None:
    """The sender's and the list's name likewise."""
    data = an_eml(make_letter(name=name))
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
    data = an_eml(make_letter(subject=subject, name=name))
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
    message = parsed(an_eml(make_letter(subject=text, name=text)))
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
    message = parsed(an_eml(make_letter(text="a — b\n", html="<p>a — b</p>\n")))
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
    data = an_eml(make_letter(text=text, html="<p>x</p>"))
    check_bytes(data)
    plain, html = parsed(data).iter_parts()
    assert (expected, "quoted-printable") == (
        plain["Content-Transfer-Encoding"],
        html["Content-Transfer-Encoding"],
    )


@given(st.text(max_size=400), st.text(max_size=400))
def test_bodies_round_trip_with_lines_of_any_length(text: str, html: str) -> None:
    """Line breaks are normalised; everything else arrives as it left."""
    data = an_eml(make_letter(text=text, html=html))
    check_bytes(data)
    parts = [part.get_payload(decode=True) for part in parsed(data).iter_parts()]
    assert parts == [re.sub("\r\n?|\n", "\r\n", body).encode() for body in (text, html)]


def test_the_boundary_comes_from_the_content() -> None:
    """Same letter, same bytes; another letter, another boundary; and no body can hold it."""
    one, two = an_eml(make_letter()), an_eml(make_letter(text="other"))
    assert an_eml(make_letter()) == one
    boundaries = [parsed(data).get_boundary() for data in (one, two)]
    assert boundaries[0] != boundaries[1]
    assert all(str(boundary).startswith("=_") for boundary in boundaries)
    tricky = an_eml(make_letter(text=f"--{boundaries[0]}--\n"))
    assert len(list(parsed(tricky).iter_parts())) == 2


def test_a_long_unsubscribe_link_is_never_folded_or_encoded() -> None:
    """Gmail ignores the button otherwise."""
    data = an_eml(make_letter())
    assert f"\r\nList-Unsubscribe: <{LONG_URL}>\r\n".encode() in data


PARTS = ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "image/gif"]


def test_pictures_go_with_the_html_alone() -> None:
    """What a program chooses from is text and HTML; the pictures are the HTML's own (RFC 2387)."""
    pictures = (Picture(), Picture(cid="b@e.org", media_type="image/gif", name="spin.gif", data=b"GIF89a"))
    data = an_eml(make_letter(html='<img src="cid:0123456789abcdef@example.org">\n'), pictures)
    check_bytes(data)
    message = parsed(data)
    assert [part.get_content_type() for part in message.walk()] == PARTS
    related = list(message.iter_parts())[1]
    assert related.get_param("type") == "text/html"
    one, two = list(related.iter_parts())[1:]
    assert (one["Content-ID"], one.get_filename(), one.get_content_disposition()) == (
        "<0123456789abcdef@example.org>",
        "desk.png",
        "inline",
    )
    assert [one.get_content(), two.get_content()] == [picture.data for picture in pictures]
    assert {part.get_boundary() for part in (message, related)} & {None} == set()
    assert message.get_boundary() != related.get_boundary()
    assert data == an_eml(make_letter(html='<img src="cid:0123456789abcdef@example.org">\n'), pictures)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("desk.png", "desk.png"),
        ("", None),
        ("机.png", "机.png"),
        ('a"b\r\nBcc: x.png', 'a"b Bcc: x.png'),
        ("x" * 300 + ".jpeg", "x" * 55 + ".jpeg"),
        ("é" * 300, "é" * 60),
        ("a b;c.png", "a b;c.png"),
        ("...", "..."),
    ],
)
def test_any_name_of_a_file_arrives(name: str, expected: str | None) -> None:
    """Shortened where it would make a header too long; it adds no header."""
    data = an_eml(make_letter(), (Picture(name=name),))
    check_bytes(data)
    picture = list(parsed(data).walk())[-1]
    assert picture.get_filename() == expected
    assert picture.keys() == [
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-ID",
        "Content-Disposition",
    ]


def test_a_picture_of_no_known_kind_is_a_file() -> None:
    """A media type that is none cannot reach a header; what cannot be an id is a fault of ours."""
    data = an_eml(make_letter(), (Picture(media_type="image/png\r\nBcc: x"),))
    assert list(parsed(data).walk())[-1].get_content_type() == "application/octet-stream"
    with pytest.raises(ValueError, match="cannot be a Content-ID"):
        an_eml(make_letter(), (Picture(cid="a>\r\nBcc: x"),))


@pytest.mark.parametrize("value", ["a\r\nBcc: x", "a\nBcc: x", "é\x0bb", "a\u2028Bcc: x", "\ud800"])
def test_a_record_that_was_edited_adds_no_header(value: str) -> None:
    """Issues are remembered in files; whatever somebody writes into one, a header stays one line."""
    letter = make_letter()
    rows = tuple(
        (name, old if isinstance(old, Person | MailingList) or name == "Subject" else value)
        for name, old in letter.headers
    )
    rows = (
        ("From", Person(name=value, email=f"a@e.org>{value}, <b@e.org")),
        *rows[1:6],
        ("List-Id", MailingList(name=value, identifier=f"x.e.org> {value}")),
        *rows[7:],
    )
    data = an_eml(Letter(issue=letter.issue, headers=rows, html="", text="", content="", token=""))
    assert list(email.message_from_bytes(data).keys()) == NAMES
    assert not re.search(rb"(?m)^Bcc|(?<!\r)\n", data)


def test_two_ways_to_leave_that_are_long_take_two_lines() -> None:
    """No line passes 998 characters, and neither address is broken."""
    links = f"<https://example.org/{'x' * 880}>, <mailto:{'y' * 60}@{'z' * 60}.example?subject=unsubscribe>"
    assert headers.field("List-Unsubscribe", links) == (
        f"List-Unsubscribe: {links.split(' ', maxsplit=1)[0]}\r\n {links.split(' ')[1]}\r\n"
    )


RUST = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120)


@given(RUST, RUST, st.text(max_size=300), st.text(max_size=300))
def test_a_parser_written_by_others_reads_the_same(subject: str, name: str, text: str, html: str) -> None:
    """One in Rust, which shares no line with the standard library, finds what was put in."""
    data = an_eml(make_letter(subject=subject, name=name, text=text, html=html))
    found = fast_mail_parser.parse_email(data)
    assert " ".join(found.subject.split()) == " ".join(one_line(subject).split())
    for parts, part in ((found.text_plain, text), (found.text_html, html)):
        expected = re.sub("\r\n?|\n", "\r\n", part)
        assert [one.replace("\r\n", "\n") for one in parts] == [expected.replace("\r\n", "\n")]
    assert found.attachments == []


def test_lone_surrogates_arrive_as_replacement_characters() -> None:
    """Half a character cannot be sent, and must not stop the mail."""
    message = parsed(an_eml(make_letter(subject="a\ud800b", text="x\udfff\n")))
    assert str(message["Subject"]) == "a\ufffdb"
    assert next(iter(message.iter_parts())).get_payload(decode=True) == "x\ufffd\r\n".encode()


def test_a_mailbox_holds_every_message_as_it_was(tmp_path: Path) -> None:
    """The standard library reads as many as were written, each the same but for the ends of its lines."""
    messages = [
        an_eml(make_letter(subject="One", text="From here\n>From there\nFrom\n\n\n")),
        an_eml(make_letter(subject="Zwei — 2", text="日本語\n" * 9), (Picture(),)),
    ]
    data = to_mbox(messages)
    assert data == to_mbox(iter(messages))
    assert b"\r" not in data
    assert re.findall(rb"(?m)^From .*", data) == [b"From post@example.org Sat Apr 11 09:30:00 2026"] * 2
    assert b"\n>From here\n>>From there\nFrom\n" in data
    (tmp_path / "issues.mbox").write_bytes(data)
    box = mailbox.mbox(tmp_path / "issues.mbox")
    read = [box.get_bytes(key) for key in box.iterkeys()]
    box.close()
    unquoted = [re.sub(rb"(?m)^>(>*From )", rb"\1", each).rstrip(b"\n") for each in read]
    assert unquoted == [each.replace(b"\r\n", b"\n").rstrip(b"\n") for each in messages]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Sat, 11 Apr 2026 09:30:00 +0330", b"Sat Apr 11 06:00:00 2026"),
        ("Thu, 1 Jan 2026 00:30:00 +0100", b"Wed Dec 31 23:30:00 2025"),
        ("Sat, 11 Apr 2026 09:30:00 -0000", b"Sat Apr 11 09:30:00 2026"),
        ("yesterday", b"Thu Jan  1 00:00:00 1970"),
    ],
)
def test_the_line_before_a_message_has_its_date(date: str, expected: bytes) -> None:
    """In UTC, as RFC 4155 asks, on a machine in any zone; and the year of Unix when there is none."""
    data = to_mbox([f"From: a@e.org\r\nDate: {date}\r\n\r\nx\r\n".encode()])
    assert data == b"From a@e.org " + expected + b"\nFrom: a@e.org\nDate: " + date.encode() + b"\n\nx\n\n"
    assert to_mbox([b"Date: x\r\n\r\n"]).startswith(b"From MAILER-DAEMON Thu Jan  1 ")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Grüße\r\nBcc: x", "Grüße Bcc: x"),
        (Person(name='Ann "A"', email="a@e.org"), '"Ann \\"A\\"" <a@e.org>'),
        (Person(name="日本\n", email="a@e.org"), '"日本" <a@e.org>'),
        (Person(name="", email="a@e.org"), "a@e.org"),
        (MailingList(name="Letters", identifier="l.e.org"), "Letters <l.e.org>"),
        (MailingList(name="", identifier="l.e.org"), "<l.e.org>"),
    ],
)
def test_a_header_as_text(value: str | Person | MailingList, expected: str) -> None:
    """As mail programs show it, and services take it: one line, nothing encoded."""
    assert expected == headers.shown(value)


@pytest.mark.parametrize("line", ["x" * 74 + " ", "x" * 75 + " ", "x" * 76 + "\t", "é" * 12 + "x" * 2 + " "])
def test_a_line_with_a_blank_at_its_end_is_no_longer_than_others(line: str) -> None:
    """Lines of quoted-printable have at most 76 octets (RFC 2045 section 6.7), and the blank arrives."""
    message = to_eml(make_letter(), f"<pre>{line}</pre>\n", f"{line}\nb\n" * 3)
    body = message.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76
    text = email.message_from_bytes(message, policy=email.policy.default).get_body(("plain",))
    assert text is not None
    assert f"{line}\nb\n" * 3 == text.get_content().replace("\r\n", "\n")
