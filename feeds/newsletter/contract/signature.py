"""H7: a DKIM signature, if a sender has put one there. Whether its key fits is for who can ask the DNS."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from feeds.newsletter.contract.headers import address
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.rules import Finding

RULES = table(
    [
        (
            "dkim-aligned",
            "H7",
            "error",
            "The domain of a DKIM signature is that of From, or one above it.",
            "RFC 7489 section 3.1.1",
        ),
        (
            "dkim-covers",
            "H7",
            "error",
            "A DKIM signature is over From, and over both headers to unsubscribe.",
            "RFC 8058 section 4; RFC 6376 section 5.4",
        ),
        (
            "dkim-body",
            "H7",
            "error",
            "The body is the one that was signed.",
            "RFC 6376 section 3.7",
        ),
    ]
)
_TAG = re.compile(r"\s*([a-z][a-z0-9_]*)\s*=([^;]*)")
_NEEDED = ("from", "list-unsubscribe", "list-unsubscribe-post")


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the signatures that there are."""
    sender = next((address(field.raw) for field in mail.wire.named("From")), "").rpartition("@")[2].lower()
    signed = [(field.line, _tags(field.raw)) for field in mail.wire.named("DKIM-Signature")]
    if signed and not any(_is_aligned(tags, sender) for _, tags in signed):
        domains = ", ".join(tags.get("d", "") for _, tags in signed)
        yield RULES["dkim-aligned"].broken(
            f"the mail is from {sender} and signed by {domains}", part="headers", line=signed[0][0]
        )
    for line, tags in signed:
        covered = {name.strip().lower() for name in tags.get("h", "").split(":")}
        missing = [name for name in _NEEDED if name not in covered and mail.wire.named(name)]
        if missing:
            message = f"the signature leaves out {', '.join(missing)}"
            yield RULES["dkim-covers"].broken(message, part="headers", line=line)
        if not _is_of_body(tags, mail.wire.body):
            message = "the body is not the one that was signed"
            yield RULES["dkim-body"].broken(message, part="headers", line=line)


def _tags(value: str) -> Mapping[str, str]:
    """The tags of a signature (RFC 6376 section 3.2), without the blanks that folding brings."""
    found = (_TAG.match(one) for one in value.split(";"))
    return {one[1]: "".join(one[2].split()) for one in found if one}


def _is_aligned(tags: Mapping[str, str], sender: str) -> bool:
    domain = tags.get("d", "").lower()
    return bool(domain) and "." in domain and f".{sender}".endswith(f".{domain}")


def _is_of_body(tags: Mapping[str, str], body: bytes) -> bool:
    """Whether `bh` is the hash of the body in its canonical form (RFC 6376 section 3.4)."""
    way = tags.get("c", "simple/simple").partition("/")[2] or "simple"
    if way == "relaxed":
        body = re.sub(rb"[ \t]+\r\n", b"\r\n", re.sub(rb"[ \t]+", b" ", body))
    plain = re.sub(rb"(?:\r\n)+\Z", b"", body)
    if plain or way == "simple":
        plain += b"\r\n"
    if tags.get("l", "").isdecimal():
        plain = plain[: int(tags["l"][:12])]
    name = "sha1" if tags.get("a", "").endswith("sha1") else "sha256"
    digest = hashlib.new(name, plain, usedforsecurity=False).digest()
    return tags.get("bh", "") == base64.b64encode(digest).decode()
