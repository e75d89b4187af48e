"""H3 to H6: which list the mail belongs to and how to leave it, in headers that mail programs act on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.contract import addresses
from feeds.newsletter.contract.headers import QUOTED, setting_of
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.rules import Finding
    from feeds.newsletter.contract.wire import Field

ONE_CLICK = "List-Unsubscribe=One-Click"
LONGEST_LINK = 900
"""Characters of an address that a header can hold: it is never folded."""

_LONGEST_ID = 255
_LIST_ID = re.compile(r"[^<>]*<([^<>\s]+)>")
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_LINKS = re.compile(r"<([^<>\s]*)>")
_ADDRESS = re.compile(r"(?i)(?:https?://|mailto:)")
_TAG = re.compile(r"\{\{|\{%|\*\||<%|%%|\[\[|\$\{|%(?![0-9A-Fa-f]{2})")

RULES = table(
    [
        (
            "list-id",
            "H3",
            "error",
            "List-Id is a name and <label.domain> of at most 255 characters, without a port.",
            "RFC 2919 section 2; Google's guidelines for senders",
        ),
        (
            "list-unsubscribe",
            "H4",
            "error",
            "List-Unsubscribe has one https address, and at most one mailto address beside it.",
            "RFC 8058 section 3.1; RFC 2369 section 3.2",
        ),
        (
            "list-unsubscribe-post",
            "H4",
            "error",
            "List-Unsubscribe-Post is List-Unsubscribe=One-Click, where there is an https address.",
            "RFC 8058 section 3.1",
        ),
        (
            "list-raw",
            "H5",
            "error",
            (
                "The headers of lists stand as they are: no encoded words, and no address is broken by a "
                "line's end."
            ),
            "RFC 2369 section 2; RFC 2047 section 5",
        ),
        (
            "list-archive",
            "H6",
            "error",
            "List-Archive is the address of the issue, or of all issues, on the web.",
            "RFC 2369 section 3.6",
        ),
        (
            "list-post",
            "H6",
            "error",
            "List-Post is NO: readers answer the sender, not the list.",
            "RFC 2369 section 3.4",
        ),
        (
            "setting-list-id",
            "H3",
            "warning",
            "The settings name the list for good.",
            "RFC 2919 section 3",
        ),
        (
            "setting-one-click",
            "H4",
            "warning",
            "The settings have an https address that a mail program can unsubscribe at.",
            "RFC 8058; Gmail and Yahoo ask for it",
        ),
    ]
)
_NAMES = ("list-id", "list-unsubscribe", "list-unsubscribe-post", "list-archive", "list-post", "message-id")


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge the headers that say which list it is, and how to leave it."""
    yield from _raw(mail)
    yield from _list_id(mail)
    yield from _unsubscribe(mail)
    yield from _archive(mail)
    posting = mail.wire.named("List-Post")
    if [field.raw.partition(" ")[0] for field in posting] != ["NO"]:
        said = posting[0].raw[:60] if posting else "not there"
        yield _broken("list-post", f"List-Post is {said}", posting)


def pages(mail: Mail) -> set[str]:
    """The addresses that the issue can have on the web, and that of all issues."""
    issue, given = mail.letter.issue, mail.settings.newsletter
    site = mail.settings.site.url.rstrip("/")
    if given.archive.strip("/"):
        folder = f"{site}/{given.archive.strip('/')}"
        return {f"{folder}/{issue.number}/", f"{folder}/"}
    return {site, f"{site}/"} if issue.is_digest else {post.url for post in issue.posts}


def is_of_service(url: str) -> bool:
    """Whether what the settings say to unsubscribe with is, or has in it, what the service fills in.

    The service then writes the header as well.
    """
    return bool(url) and (_ADDRESS.match(url) is None or _TAG.search(url) is not None)


def _broken(rule: str, message: str, fields: list[Field], setting: str = "") -> Finding:
    line = fields[0].line if fields else 0
    name = fields[0].name if fields else ""
    return RULES[rule].broken(message, part="headers", line=line, setting=setting or setting_of(name))


def _raw(mail: Mail) -> Iterator[Finding]:
    for field in mail.wire.fields:
        if field.name.lower() not in _NAMES:
            continue
        if "=?" in field.raw and field.name.lower() != "list-id":
            yield _broken("list-raw", f"{field.name} has an encoded word", [field])
        elif "=?" in field.raw.rpartition("<")[2]:
            yield _broken("list-raw", f"the identifier of {field.name} has an encoded word", [field])
        elif _is_broken(field):
            yield _broken("list-raw", f"an address of {field.name} is broken by a line's end", [field])


def _is_broken(field: Field) -> bool:
    lines = QUOTED.sub("", "\n".join(field.lines)).split("\n")
    return any(line.count("<") != line.count(">") for line in lines)


def _list_id(mail: Mail) -> Iterator[Finding]:
    fields = mail.wire.named("List-Id")
    # A quoted name can have anything in it.
    found = _LIST_ID.fullmatch(QUOTED.sub("", fields[0].raw)) if len(fields) == 1 else None
    if found is None:
        yield _broken("list-id", f"there is not one List-Id <label.domain> but {len(fields)} List-Id", fields)
    elif not _HOST.fullmatch(found[1]) or len(found[1]) > _LONGEST_ID:
        yield _broken("list-id", f"{found[1][:60]} is not the identifier of a list", fields)
    if not mail.settings.newsletter.list_id.strip():
        yield RULES["setting-list-id"].broken(
            "newsletter.list_id is not set: the list is named after the site's host, and moves with it",
            part="headers",
            setting="list_id",
        )


def _unsubscribe(mail: Mail) -> Iterator[Finding]:
    given = mail.settings.newsletter
    url = given.unsubscribe_url.strip()
    of_service = is_of_service(url)
    fields = mail.wire.named("List-Unsubscribe")
    links = [link for field in fields for link in _LINKS.findall(field.raw)]
    secure = [link for link in links if link.lower().startswith("https://")]
    mails = [link for link in links if link.lower().startswith("mailto:")]
    if not url:
        pass  # which the footer's rules say
    elif not url.lower().startswith("https://") and not of_service:
        yield RULES["setting-one-click"].broken(
            "newsletter.unsubscribe_url is no https address: mail programs have no button to unsubscribe",
            part="headers",
            setting="unsubscribe_url",
        )
    elif not of_service and len(secure) != 1:
        yield _broken(
            "list-unsubscribe",
            f"List-Unsubscribe has {len(secure)} https addresses",
            fields,
            "unsubscribe_url",
        )
    odd = [link for link in links if link not in secure and link not in mails]
    if len(fields) > 1 or len(mails) > 1 or (odd and secure) or (of_service and len(secure) > 1):
        message = "List-Unsubscribe has more than one https and one mailto address"
        yield _broken("list-unsubscribe", message, fields)
    if fields and not _is_list_of_links(fields[0].raw):
        yield _broken(
            "list-unsubscribe", f"List-Unsubscribe is no list of <addresses>: {fields[0].raw[:60]}", fields
        )
    if given.unsubscribe_mail.strip() and not mails:
        message = "List-Unsubscribe lacks newsletter.unsubscribe_mail"
        yield _broken("list-unsubscribe", message, fields, "unsubscribe_mail")
    posted = mail.wire.named("List-Unsubscribe-Post")
    if [field.raw for field in posted] != ([ONE_CLICK] if secure else []):
        said = posted[0].raw[:60] if posted else "not there"
        yield _broken("list-unsubscribe-post", f"List-Unsubscribe-Post is {said}", posted, "unsubscribe_url")


def _is_list_of_links(value: str) -> bool:
    return re.fullmatch(r"\s*<[^<>\s]+>\s*(?:,\s*<[^<>\s]+>\s*)*", value) is not None


def _archive(mail: Mail) -> Iterator[Finding]:
    fields = mail.wire.named("List-Archive")
    links = [link for field in fields for link in _LINKS.findall(field.raw)]
    known = pages(mail)
    if not fields and all(len(each) > LONGEST_LINK for each in known):
        return  # which is optional, and no line can hold it
    if len(links) != 1 or not addresses.host(links[0]):
        yield _broken("list-archive", f"List-Archive has {len(links)} web addresses", fields)
    elif addresses.comparable(links[0]) not in {addresses.comparable(each) for each in known}:
        yield _broken(
            "list-archive", f"List-Archive is {links[0]}, where the issue is not", fields, "archive"
        )
