"""A static host on this machine, as good as the good ones: validators, compression, charsets, redirects.

A feed earns its 304s by not changing; this host makes sure that nothing else takes them away.
"""

from __future__ import annotations

import gzip
import hashlib
import http.client
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MEDIA_TYPES = {  # what static hosts say by extension
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
_WORTH_COMPRESSING = 256  # bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, and what came of it: the path, the status, how many bytes, whether on conditions."""

    path: str
    status: int
    length: int
    conditional: bool


@dataclass(slots=True)
class Host:
    """A folder at an address. `moved_to` is another host that every request is sent on to, for good."""

    folder: Path
    url: str
    answers: list[Answer] = field(default_factory=list)
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a plain client gets: the status, the headers with lower-case names, and the body as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(url: str, **headers: str) -> Reply:
    """GET `url` without proxies, redirects or any cache; `if_none_match="…"` becomes a header."""
    parts = urlsplit(url)
    assert parts.hostname == "127.0.0.1", f"tests stay on this machine, and {url} is not on it"
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        connection.request("GET", parts.path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


@contextmanager
def serving(folder: Path) -> Iterator[Host]:
    """Serve `folder` at a free port of 127.0.0.1 until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    host = server.host = Host(folder, f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Answers for the host that its server carries."""

    timeout = 10  # seconds; a client that says nothing must not hold a thread for ever

    def do_GET(self) -> None:
        """The file; or that it has not changed, is elsewhere, or is not there."""
        host: Host = self.server.host  # type: ignore[attr-defined]
        if host.moved_to:
            self._answer(host, HTTPStatus.MOVED_PERMANENTLY, {"Location": host.moved_to + self.path})
            return
        path = host.folder / unquote(urlsplit(self.path).path).lstrip("/")
        if not path.resolve().is_relative_to(host.folder.resolve()) or not path.is_file():
            self._answer(host, HTTPStatus.NOT_FOUND, {})
            return
        data, modified = path.read_bytes(), path.stat().st_mtime
        digest = hashlib.sha256(data).hexdigest()[:20]
        headers = {
            "Content-Type": MEDIA_TYPES.get(path.suffix, "application/octet-stream"),
            "Cache-Control": "max-age=0, must-revalidate",
            "Last-Modified": formatdate(int(modified), usegmt=True),
            "Vary": "Accept-Encoding",
        }
        # A strong validator is one of the bytes that travel (RFC 9110 section 8.8.3.3).
        if len(data) >= _WORTH_COMPRESSING and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers |= {"ETag": f'"{digest}-gzip"', "Content-Encoding": "gzip"}
            data = gzip.compress(data, mtime=0)
        else:
            headers |= {"ETag": f'"{digest}"'}
        if self._is_fresh(headers["ETag"], int(modified)):
            del headers["Content-Type"]
            headers.pop("Content-Encoding", None)
            self._answer(host, HTTPStatus.NOT_MODIFIED, headers)
        else:
            self._answer(host, HTTPStatus.OK, headers, data)

    def _is_fresh(self, etag: str, modified: int) -> bool:
        """Whether the client has it. Dates count only where there is no ETag (RFC 9110 section 13.2.2)."""
        if (wanted := self.headers.get("If-None-Match")) is not None:
            return etag in [tag.strip().removeprefix("W/") for tag in wanted.split(",")]
        if (since := self.headers.get("If-Modified-Since")) is not None:
            return modified <= parsedate_to_datetime(since).timestamp()
        return False

    def _answer(self, host: Host, status: HTTPStatus, headers: Mapping[str, str], data: bytes = b"") -> None:
        asked = {"If-None-Match", "If-Modified-Since"} & set(self.headers)
        # Before anything is sent: when the client has its answer, the test reads the list.
        host.answers.append(Answer(self.path, int(status), len(data), conditional=bool(asked)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """The answers are the log."""
