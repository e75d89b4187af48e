"""A real hop: what a mail server receives from a mail client is what was written, octet for octet."""

from __future__ import annotations

import asyncio
import re
import smtplib
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.smtp import SMTP
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.model import Issue, Letter, Person
from feeds.newsletter.message import to_eml
from samples import a_post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiosmtpd.smtp import Envelope, Session

POST = a_post()
HOST = "127.0.0.1"
ADDRESS = "post@example.org"


class Inbox:
    """What arrived at the server, as it was before anything else looked at it."""

    def __init__(self) -> None:
        self.arrived: list[bytes] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name for it
        assert isinstance(envelope.original_content, bytes)
        self.arrived.append(envelope.original_content)
        return "250 OK"


@contextmanager
def a_server(inbox: Inbox) -> Iterator[int]:
    """A mail server on a port that the system chooses."""
    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event, int]] = Future()

    async def serve() -> None:
        loop, end = asyncio.get_running_loop(), asyncio.Event()
        server = await loop.create_server(lambda: SMTP(inbox, hostname="localhost"), HOST, 0)
        async with server:
            ready.set_result((loop, end, server.sockets[0].getsockname()[1]))
            await end.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    loop, end, port = ready.result(timeout=10)
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(timeout=10)


def a_letter(subject: str, html: str, text: str) -> bytes:
    """A message from and to its own sender."""
    sender = Person(name="Post", email=ADDRESS)
    letter = Letter(
        issue=Issue(number=1, id="a", posts=(POST,), when=POST.published, subject=subject, preheader=""),
        headers=(("From", sender), ("To", sender), ("Subject", subject)),
        html=html,
        text=text,
        content="",
        token="",
    )
    return to_eml(letter, html, text)


def sent(inbox: Inbox, port: int, message: bytes) -> bytes:
    """The message as it arrived."""
    with smtplib.SMTP(HOST, port, local_hostname="localhost") as client:
        client.sendmail(ADDRESS, [ADDRESS], message)
    return inbox.arrived[-1]


@pytest.fixture(scope="module")
def hop() -> Iterator[tuple[Inbox, int]]:
    """One server for all tests, which takes one message after another."""
    inbox = Inbox()
    with a_server(inbox) as port:
        yield inbox, port


@pytest.mark.parametrize(
    "text",
    [
        "Hello\n",
        ".\n",
        "..\n.\n...\n",
        "a\n.\nQUIT\nMAIL FROM:<evil@example.org>\n",
        "a\r\n.\r\nDATA\r\n",
        "a\r.\rb\n.\r",
        "." * 400 + "\n",
        "From me\n\n\n",
        "trailing   \n\t\n",
        "日本語。\n.\n" * 50,
        "\0\x1b[31m\x7f\n",
        "",
    ],
    ids=ascii,
)
def test_what_arrives_is_what_was_sent(hop: tuple[Inbox, int], text: str) -> None:
    """Whatever the body holds: lines of a dot, SMTP commands, blanks at the end, other scripts."""
    message = a_letter("Grüße — .", f"<p>{text}</p>\n", text)
    assert message == sent(*hop, message)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.text("ab. \r\n=é日\t", max_size=300), st.text("ab. \r\n=é日\t", max_size=300), st.text(max_size=60))
def test_any_message_arrives_as_it_is(hop: tuple[Inbox, int], text: str, html: str, subject: str) -> None:
    """Dots, line ends of all kinds and blanks, in any order."""
    message = a_letter(subject, html, text)
    assert message == sent(*hop, message)
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|(?m:^\.\r$)", message)
