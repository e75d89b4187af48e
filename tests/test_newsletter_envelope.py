"""Whom a letter is from, which list it belongs to, and that nothing anybody writes adds a header to it."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import ConfigError
from feeds.model import Issue, Letter, MailingList, Person, Post
from feeds.newsletter import envelope
from feeds.newsletter.message import to_eml
from feeds.settings import settings
from samples import a_post

POST = a_post(id="tag:example.org,2026:hello", published=datetime(2026, 4, 11, 9, 30, tzinfo=UTC))
FULL = {
    "name": "Letters",
    "sender": "Ines <post@example.org>",
    "reply_to": "ines@example.org",
    "list_id": "news.example.org",
    "unsubscribe_url": "https://example.org/leave/?u=1",
    "unsubscribe_mail": "leave@example.org",
}
NAMES = [
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Content-Language", "List-Id", "List-Unsubscribe",
    "List-Unsubscribe-Post", "List-Archive", "List-Post",
]  # fmt: skip


def an_issue(post: Post = POST, **changes: Any) -> Issue:
    """An issue of one post."""
    values: dict[str, Any] = {
        "number": 7,
        "id": post.id,
        "posts": (post,),
        "when": post.published,
        "subject": post.title,
        "preheader": "",
    }
    return Issue(**values | changes)


def headers(
    given: dict[str, Any], issue: Issue | None = None, **site: str
) -> dict[str, str | Person | MailingList]:
    """The headers of an issue under `[newsletter]`, none of which is there twice."""
    tree = {"site": {"title": "Blog", "url": "https://example.org/blog", **site}, "newsletter": given}
    rows = envelope.headers(issue or an_issue(), settings(tree))
    assert len(rows) == len(dict(rows))
    return dict(rows)


def wire(rows: dict[str, str | Person | MailingList]) -> str:
    """The header of the message that has them."""
    letter = Letter(issue=an_issue(), headers=tuple(rows.items()), html="", text="", content="", token="")
    return to_eml(letter, "", "").partition(b"\r\n\r\n")[0].decode("ascii")


def test_an_issue_has_every_header_that_lists_have() -> None:
    """Once each, in the order in which people read them."""
    found = headers(FULL)
    assert list(found) == NAMES
    sender = Person(name="Ines", email="post@example.org")
    assert found | {"Message-ID": ""} == {
        "From": sender,
        "To": sender,
        "Reply-To": Person(name="", email="ines@example.org"),
        "Subject": "Hello",
        "Date": "Sat, 11 Apr 2026 09:30:00 +0000",
        "Message-ID": "",
        "Content-Language": "en",
        "List-Id": MailingList(name="Letters", identifier="news.example.org"),
        "List-Unsubscribe": "<https://example.org/leave/?u=1>, <mailto:leave@example.org?subject=unsubscribe>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Archive": "<https://example.org/blog/newsletter/>",
        "List-Post": "NO",
    }
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", str(found["Message-ID"]))


def test_without_settings_everything_is_named_after_the_site() -> None:
    """No way to unsubscribe is made up; `feeds` says elsewhere that it lacks."""
    found = headers({})
    assert found["From"] == Person(name="Blog", email="newsletter@example.org")
    assert found["List-Id"] == MailingList(name="Blog", identifier="newsletter.example.org")
    assert {"Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post"} & set(found) == set()


@pytest.mark.parametrize(
    ("url", "mail", "expected"),
    [
        ("https://e.org/u", "", ("<https://e.org/u>", True)),
        ("HTTPS://e.org/u", "", ("<https://e.org/u>", True)),
        ("http://e.org/u", "", ("<http://e.org/u>", False)),
        ("mailto:leave@e.org?subject=bye", "other@e.org", ("<mailto:leave@e.org?subject=bye>", False)),
        ("", "leave@bücher.example", ("<mailto:leave@xn--bcher-kva.example?subject=unsubscribe>", False)),
        ("{{ unsubscribe_url }}", "", (None, False)),
        ("*|UNSUB|*", "l@e.org", ("<mailto:l@e.org?subject=unsubscribe>", False)),
        ("https://e.org/u?e={{ email }}", "", (None, False)),
        ("https://e.org/u?e=%recipient.email%", "l@e.org", ("<mailto:l@e.org?subject=unsubscribe>", False)),
        ("https://e.org/u?e=%40", "", ("<https://e.org/u?e=%40>", True)),
        ("https://[::1]/u", "", ("<https://[::1]/u>", True)),
        ("ftp://e.org/u", "", (None, False)),
        ("", "", (None, False)),
    ],
)
def test_how_to_leave(url: str, mail: str, expected: tuple[str | None, bool]) -> None:
    """One https address at most, and first; one click only with it (RFC 8058); a merge tag is no address."""
    found = headers({"unsubscribe_url": url, "unsubscribe_mail": mail})
    assert expected == (found.get("List-Unsubscribe"), "List-Unsubscribe-Post" in found)


@pytest.mark.parametrize(
    ("archive", "expected"),
    [
        ("newsletter", "<https://example.org/blog/newsletter/>"),
        ("/letters/old/", "<https://example.org/blog/letters/old/>"),
        ("", "<https://example.org/posts/hello/>"),
    ],
)
def test_where_past_issues_are(archive: str, expected: str) -> None:
    """The list of issues on the site, or else the post itself."""
    assert expected == headers({"archive": archive})["List-Archive"]


def test_the_same_issue_is_the_same_mail() -> None:
    """Whatever it is called; a revision, another issue and another list are others."""
    first = headers(FULL)["Message-ID"]
    assert first == headers(FULL, an_issue(subject="Other", number=9))["Message-ID"]
    others = {
        headers(FULL, an_issue(revision=1))["Message-ID"],
        headers(FULL, an_issue(id="another"))["Message-ID"],
        headers(FULL | {"list_id": "more.example.org"})["Message-ID"],
    }
    assert len(others | {first}) == 4


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (datetime(2026, 4, 11, 9, 30, tzinfo=timezone(timedelta(hours=3, minutes=30))), "+0330"),
        (
            datetime(1890, 1, 1, tzinfo=timezone(timedelta(minutes=34, seconds=52))),
            "Tue, 31 Dec 1889 23:25:08 +0000",
        ),
        (datetime(2026, 4, 11, 23, 59, 59, 999999, tzinfo=UTC), "Sat, 11 Apr 2026 23:59:59 +0000"),
    ],
)
def test_the_date_is_that_of_the_issue(when: datetime, expected: str) -> None:
    """In the zone of its author, as far as RFC 5322 knows it."""
    date = headers({}, an_issue(when=when))["Date"]
    assert str(date).endswith(expected)
    assert email.message_from_string(f"Date: {date}\n\n", policy=email.policy.default)["Date"].datetime


@pytest.mark.parametrize(
    "title",
    ["L" * 400, "Письма о погоде " * 30, "日本語の手紙" * 60, "😀" * 90, 'a "quoted" name, (really) ' * 12],
)
def test_a_list_id_is_never_too_long(title: str) -> None:
    """255 characters, of which the name leaves what the identifier needs (RFC 2919, contract H3)."""
    host = "x" * 60 + ".example.org"
    found = headers({"name": title, "list_id": host})["List-Id"]
    assert isinstance(found, MailingList)
    assert found.name
    assert title.startswith(found.name)
    (line,) = re.findall(r"(?m)^List-Id: .*$", re.sub(r"\r\n(?=[ \t])", "", wire({"List-Id": found})))
    assert len(line.strip()) <= 255
    assert line.strip().endswith(f"<{host}>")


def test_a_list_of_a_very_long_identifier_has_no_name() -> None:
    """The identifier is what matters."""
    host = ".".join(["x" * 60] * 4)
    assert headers({"list_id": host})["List-Id"] == MailingList(name="", identifier=host)


def test_a_language_that_is_none_is_not_said() -> None:
    """Front matter may hold anything."""
    assert "Content-Language" not in headers({}, an_issue(replace(POST, language="en\r\nBcc: x")))
    assert headers({}, an_issue(replace(POST, language="zh-Hant")))["Content-Language"] == "zh-Hant"


def test_a_letter_in_several_languages_says_that_of_its_frame() -> None:
    """Which need not be that of its newest post."""
    post = replace(POST, language="fa")
    assert headers({}, an_issue(post, language="en"))["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("key", "text"),
    [("sender", "Ann"), ("reply_to", "a@b@c"), ("list_id", "news"), ("unsubscribe_url", "https://e.org/" + "x" * 999),
     ("unsubscribe_mail", "nobody")],
)  # fmt: skip
def test_settings_that_never_were_checked_are_refused_by_name(key: str, text: str) -> None:
    """A program that makes settings by itself hears which is wrong."""
    with pytest.raises(ConfigError) as caught:
        headers({key: text})
    assert caught.value.where == f"newsletter.{key}"


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00", "\ud800", "Bcc: evil@example.org",
             "=?utf-8?q?=0D=0ABcc=3A_x?=", "=?", "?=", ">", "<", ",", ";", '"', "\\", " ", "\t", "é", "日", "a@b.org"]
        ),
        max_size=12,
    ).map("".join),
)  # fmt: skip


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_nothing_that_anybody_writes_adds_a_header(subject: str, title: str, name: str, url: str) -> None:
    """Titles, the newsletter's and the site's names, and addresses: the headers are those we meant, one each."""
    post = replace(POST, language=url, url="https://example.org/" + url)
    given_ = {"name": title, "archive": "", "sender": "Ines <post@example.org>"}
    rows = headers(given_, an_issue(post, subject=subject, id=subject), title=name or "x")
    message = email.message_from_string(wire(rows) + "\r\n\r\n", policy=email.policy.default)
    assert list(rows) == [each for each in message if each not in {"MIME-Version", "Content-Type"}]
    assert "Bcc" not in message
    assert len(message["To"].addresses) == 1
    assert message["To"].addresses[0].addr_spec == "post@example.org"
