"""What a mail header can hold, and that the settings take nothing else."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import mailboxes
from feeds.model import Issue, Person
from feeds.newsletter import envelope
from feeds.newsletter.headers import field
from feeds.setting_faults import faults
from feeds.settings import settings
from samples import a_post

POST = a_post(published=datetime(2026, 4, 11, tzinfo=UTC))
ISSUE = Issue(number=1, id="a", posts=(POST,), when=POST.published, subject="Hello", preheader="")
NO_HOST = ["", "-b.org", "a..b", "a.-b", ".org", "b.org.", "exa mple.org", "1.2.3.4", "::1", "[::1]", "a.2",
           "x" * 64 + ".org", "a." * 127 + "org", "a_.org/x", "ä..org", "a%20b.org"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann <ann@example.org>", Person(name="Ann", email="ann@example.org")),
        ('"Doe, Ann \\"A\\"" <ann@example.org>', Person(name='Doe, Ann "A"', email="ann@example.org")),
        ("ann@Example.org", Person(name="", email="ann@example.org")),
        ("<ann@example.org>", Person(name="", email="ann@example.org")),
        ("Zoë <post@bücher.example>", Person(name="Zoë", email="post@xn--bcher-kva.example")),
        ("a+b@日本語.example", Person(name="", email="a+b@xn--wgv71a119e.example")),
        ("a@localhost", Person(name="", email="a@localhost")),
    ],
)
def test_addresses_are_read_and_their_domain_is_ascii(text: str, expected: Person) -> None:
    """An international domain is written as mail servers know it."""
    assert expected == mailboxes.mailbox(text)


@pytest.mark.parametrize(
    "text",
    ["", "Ann", "a@b@c", "a b@example.org", "@example.org", "a@b.org, c@d.org", "A <a@b.org> <c@d.org>",
     "é@example.org", "a..b@c.org", ".a@b.org", 'x"y <a@b.org>', "x" * 65 + "@b.org", "A\n<a@b.org>",
     "A\u2028<a@b.org>", "a@b.org\n", *(f"a@{host}" for host in NO_HOST)],
)  # fmt: skip
def test_what_is_not_one_address_is_none(text: str) -> None:
    """Nor is anything with a line break in it."""
    assert mailboxes.mailbox(text) is None


@pytest.mark.parametrize("text", [*NO_HOST, "news"])
def test_what_cannot_name_a_list(text: str) -> None:
    """An identifier is a host name with a dot in it (RFC 2919)."""
    assert mailboxes.list_id(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("News.Example.org", "news.example.org"), ("a-b.bücher.de", "a-b.xn--bcher-kva.de")],
)
def test_a_list_is_named_in_lower_case_ascii(text: str, expected: str) -> None:
    """As mail programs compare it."""
    assert expected == mailboxes.list_id(text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/blog", "example.org"),
        ("https://bücher.example:8080", "xn--bcher-kva.example"),
        ("https://example.org.", "example.org"),
        ("http://localhost:1313", "localhost"),
        ("https://[::1]/", "localhost"),
        ("http://127.0.0.1:8000", "localhost"),
        ("https://-x-.tumblr.com", "localhost"),
    ],
)
def test_a_site_without_a_host_name_is_local(url: str, expected: str) -> None:
    """A preview at an IP address has a mail, too."""
    assert expected == mailboxes.site_host(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=c&d=%20", "<https://example.org/a?b=c&d=%20>"),
        ("https://example.org/é> ,\r\nBcc: x", "<https://example.org/%C3%A9%3E%20,Bcc:%20x>"),
        ("https://bücher.example:8080/", "<https://xn--bcher-kva.example:8080/>"),
        ("mailto:leave@example.org?subject=bye", "<mailto:leave@example.org?subject=bye>"),
        ("https://example.org/" + "x" * 880, "<https://example.org/" + "x" * 880 + ">"),
        ("https://example.org/" + "x" * 881, None),
        ("https://example.org/" + "é" * 300, None),
    ],
)
def test_links_in_headers_are_ascii(url: str, expected: str | None) -> None:
    """Nothing in an address can end the header that holds it; one that does not fit is not cut or folded."""
    assert expected == mailboxes.header_link(url)


@given(st.text(max_size=70))
def test_no_address_can_end_the_header_that_holds_it(text: str) -> None:
    """Whatever it says, it is one word of ASCII in angle brackets."""
    for start in ("https://example.org/", "mailto:"):
        link = mailboxes.header_link(start + text)
        assert link
        assert re.fullmatch(r"<[!-;=?-~]*>", link)


HOSTS = st.sampled_from([*NO_HOST, "b.org", "B.org", "bücher.example", "localhost", "news.b.org", "a-.org"])
NAMES = st.sampled_from(["", "Ann ", '"Doe, A" ', "ü ", "A <b> ", 'x" ', "=?utf-8?q?a?= ", "A\tb ", "x" * 99])
LOCALS = st.sampled_from(["a", "a.b", "a..b", "ü", "a b", ".a", "a+b", "x" * 65, '"a b"', ""])
ADDRESSES = st.builds("{}@{}".format, LOCALS, HOSTS)
BOXES = st.one_of(ADDRESSES, st.builds("{}<{}>".format, NAMES, ADDRESSES), st.text(max_size=20))
URLS = st.sampled_from(
    ["https://[::1]", "http://127.0.0.1:80", "https://-x-.org", "https://a..b", "http://localhost",
     "https://bücher.example", "https://example.org.", "https://a_b.org/blog"]
)  # fmt: skip
LINKS = st.builds(
    "{}{}".format,
    st.sampled_from(["https://e.org/", "mailto:a@e.org?subject=", "{{ x }}", "ü", ""]),
    st.sampled_from(["", "a b", "é" * 151, "x" * 881, "{{ y }}", "\u2028"]),
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "sender": BOXES,
            "reply_to": BOXES,
            "list_id": HOSTS,
            "unsubscribe_url": LINKS,
            "unsubscribe_mail": BOXES,
            "name": NAMES,
            "archive": st.sampled_from(["", "letters/old"]),
        },
    ),
    URLS,
)
def test_settings_that_are_accepted_make_a_mail(newsletter: dict[str, str], url: str) -> None:
    """One grammar: what `feeds check` has nothing against, `feeds newsletter` writes."""
    tree: dict[str, Any] = {"site": {"title": "T", "url": url}, "newsletter": newsletter}
    wrong = {fault.path[-1] for fault in faults(tree)}
    tree["newsletter"] = {key: value for key, value in newsletter.items() if key not in wrong}
    rows = envelope.headers(ISSUE, settings(tree))
    head = "".join(field(name, value) for name, value in rows).replace("\r\n ", " ")
    assert [line.partition(":")[0] for line in head.split("\r\n")[:-1]] == [name for name, _ in rows]
    assert re.match(r"From: (?:[^\r]*<)?[^\r@<>]+@[^\r@<>]+>?\r", head)
