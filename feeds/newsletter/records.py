"""The issues there were, one JSON file each: the whole letter, so that any can be written again.

The files are meant for version control. They are read as what anybody may have written: one that says what a
letter cannot be is a problem and costs no other issue, and nothing in them names a file outside the site.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds import regular
from feeds.errors import ConfigError
from feeds.model import Issue, Letter, Mailing, MailingList, Person, Post, Said
from feeds.newsletter import addresses, headers
from feeds.newsletter.record_fields import Fields, Unreadable
from feeds.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1
_WHAT = "feedwright issue"
_MOST = 64 * 2**20  # bytes of a record; a digest of a hundred long posts has a tenth of that
_HIGHEST = 999_999
_NAME = re.compile(r"0*([1-9]\d{0,5})")
_TOKEN = re.compile("[a-z0-9]{8,64}")
_BOTH = (
    "if two branches made an issue with this number, keep both: give the one that went out later the next "
    "free number, in its name and in `number`"
)
_ANOTHER = (
    "if it is another issue, give it the next free number, in its name and in `number`; if it is a copy, "
    "move it elsewhere"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The letters on record, by number, and what is wrong with the files that are none."""

    letters: tuple[Letter, ...]
    problems: tuple[Problem, ...]


def read(folder: Path, shown: str = "") -> Records:
    """Read the issues in `folder`, which `shown` names in problems as seen from the site's folder.

    Only files whose name ends in `.json` are taken for records; no folder, no issues.
    """
    letters: dict[int, Letter] = {}
    problems = []
    names = sorted(path.name for path in folder.glob("*.json")) if folder.is_dir() else []
    for name in names:
        try:
            letter = _record(folder, name)
        except (Unreadable, regular.Refused) as error:
            hint = error.hint if isinstance(error, Unreadable) else ""
            problems.append(_problem(f"{shown or folder.name}/{name}", str(error), hint))
            continue
        if letters.setdefault(letter.issue.number, letter) is not letter:
            reason = f"there is a file with issue {letter.issue.number} already"
            problems.append(_problem(f"{shown or folder.name}/{name}", reason, _ANOTHER))
    return Records(letters=tuple(letters[number] for number in sorted(letters)), problems=tuple(problems))


def complete(found: Records) -> tuple[Letter, ...]:
    """The letters, for whoever makes another: a number must not be given twice, nor a post be mailed twice.

    Raises ConfigError when one of the records could not be read, for then nobody knows what was mailed.
    """
    if found.problems:
        first, *others = found.problems
        more = f" (and {len(others)} more)" if others else ""
        raise ConfigError(
            f"what was mailed is not known: {first.message}{more}",
            where=first.path,
            hint=first.hint,
            problems=found.problems,
        )
    return found.letters


def file_name(issue: Issue) -> str:
    """The name of an issue's record: `0007.json`."""
    return f"{issue.number:04}.json"


def kept(letter: Letter) -> Letter:
    """What a record holds of `letter`, which is all there is when it is written again: posts without text.

    Raises Unreadable when a record of it could not be read, which would be a mistake of ours.
    """
    return from_bytes(to_bytes(letter))


def to_bytes(letter: Letter) -> bytes:
    """The record of `letter` in UTF-8. Long texts are lists of lines, which people can read and compare."""
    issue = letter.issue
    record = {
        "what": _WHAT,
        "version": VERSION,
        "number": issue.number,
        "revision": issue.revision,
        "id": issue.id,
        "when": issue.when.isoformat(),
        "subject": issue.subject,
        "preheader": issue.preheader,
        "intro": issue.intro.split("\n"),
        "language": issue.language,
        "direction": issue.direction,
        "said": {
            "subject": issue.said.subject,
            "preheader": issue.said.preheader,
            "intro": issue.said.intro.split("\n"),
        },
        **({"began": issue.began.isoformat()} if issue.began else {}),
        "posts": [_post(post) for post in issue.posts],
        "headers": [[name, _header(value)] for name, value in letter.headers],
        "given": dict(letter.given),
        "addressee": letter.addressee,
        "cut": letter.cut,
        "token": letter.token,
        "tags": list(letter.tags),
        "text": letter.text.split("\n"),
        "html": letter.html.split("\n"),
        "content": letter.content.split("\n"),
    }
    return f"{json.dumps(record, ensure_ascii=False, indent=1)}\n".encode(errors="replace")


def from_bytes(data: bytes) -> Letter:
    """The letter that a record holds. Raises Unreadable."""
    try:
        text = data.decode("utf-8-sig")
        if re.search("(?m)^(?:<{7}|>{7})", text):
            raise Unreadable("a merge left its marks", _BOTH)
        found = json.loads(text)
    except UnicodeDecodeError as error:
        raise Unreadable("it is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("it is not JSON") from error
    if not isinstance(found, dict) or found.get("what") != _WHAT:
        raise Unreadable("it is something else")
    fields = Fields(found)
    if (version := fields.count("version")) != VERSION:
        raise Unreadable(f"it is of version {version}, and this program knows {VERSION}")
    return _letter(fields)


def _record(folder: Path, name: str) -> Letter:
    letter = from_bytes(regular.whole(folder / name, folder, _MOST))
    called = _NAME.fullmatch(name.removesuffix(".json"))
    if called is None or int(called[1]) != letter.issue.number:
        raise Unreadable(
            f"it holds issue {letter.issue.number}, which belongs into {file_name(letter.issue)}",
            _ANOTHER,
        )
    return letter


def _letter(fields: Fields) -> Letter:
    number = fields.count("number")
    posts = tuple(_post_of(each) for each in fields.tables("posts"))
    if not posts or not 1 <= number <= _HIGHEST:
        raise Unreadable("it has no number" if posts else "it has no posts")
    token, tags = fields.text("token"), fields.texts("tags")
    html, text, content = (fields.lines(key) for key in ("html", "text", "content"))
    if not _TOKEN.fullmatch(token):
        raise Unreadable("its `token` is none")
    used = re.findall(rf"{token}tag(\d+)z", f"{html}{text}{content}", re.ASCII)
    if any(len(place) > len(str(_HIGHEST)) or int(place) >= len(tags) for place in used):
        raise Unreadable("it uses more than its `tags`")
    language, direction = posts[0].language, posts[0].direction
    if fields.has("language") and fields.text("language"):
        language, direction = fields.text("language"), fields.direction("direction")
    return Letter(
        issue=Issue(
            number=number,
            id=fields.text("id"),
            posts=posts,
            when=fields.moment("when"),
            subject=fields.text("subject"),
            preheader=fields.text("preheader"),
            intro=fields.lines("intro"),
            revision=fields.count("revision"),
            # What follows is not in the records of an earlier version.
            language=language,
            direction=direction,
            said=_said_of(fields.table("said")),
            began=fields.moment("began") if fields.has("began") else None,
        ),
        headers=_headers(fields),
        html=html,
        text=text,
        content=content,
        token=token,
        addressee=fields.text("addressee"),
        tags=tags,
        cut=fields.switch("cut"),
        given=_given_of(fields.table("given")),
    )


def _said_of(fields: Fields) -> Said:
    if fields.is_empty():
        return Said()
    return Said(
        subject=fields.text("subject"), preheader=fields.text("preheader"), intro=fields.lines("intro")
    )


def _given_of(fields: Fields) -> tuple[tuple[str, str], ...]:
    if fields.is_empty():
        return ()
    web = {"web", "site_url"}
    return tuple((key, fields.address(key) if key in web else fields.text(key)) for key in addresses.GIVEN)


def _post(post: Post) -> dict[str, object]:
    return {
        "id": post.id,
        "path": post.path,
        "url": post.url,
        "title": post.title,
        "label": post.label,
        "published": post.published.isoformat(),
        "updated": post.updated.isoformat(),
        "categories": list(post.categories),
        "tags": list(post.tags),
        "authors": [_person(author) for author in post.authors],
        "summary": post.summary,
        "language": post.language,
        "direction": post.direction,
        "image": post.image,
    }


def _post_of(fields: Fields) -> Post:
    return Post(
        id=fields.text("id"),
        path=fields.path("path"),
        url=fields.address("url"),
        title=fields.text("title"),
        label=fields.text("label"),
        published=fields.moment("published"),
        updated=fields.moment("updated"),
        categories=fields.texts("categories"),
        tags=fields.texts("tags"),
        authors=tuple(_person_of(each) for each in fields.tables("authors")),
        summary=fields.text("summary"),
        html="",
        language=fields.text("language"),
        direction=fields.direction("direction"),
        image=fields.address("image") if fields.text("image") else "",
        enclosures=(),
        mailing=Mailing(),
    )


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, "email": person.email, "url": person.url, "id": person.id}


def _person_of(fields: Fields) -> Person:
    return Person(**{key: fields.text(key) for key in ("name", "email", "url", "id")})


def _header(value: str | Person | MailingList) -> object:
    if isinstance(value, MailingList):
        return {"name": value.name, "identifier": value.identifier}
    return _person(value) if isinstance(value, Person) else value


def _headers(fields: Fields) -> tuple[tuple[str, str | Person | MailingList], ...]:
    """Those that issues have, each once: a record that somebody edited must not send mail to others."""
    found = {name: _header_of(value) for name, value in fields.pairs("headers")}
    if foreign := [name for name in found if name not in headers.NAMES]:
        raise Unreadable(f"it has a header {foreign[0]}, which no issue has")
    return tuple(found.items())


def _header_of(value: str | Fields) -> str | Person | MailingList:
    if isinstance(value, str):
        return value
    if value.has("identifier"):
        return MailingList(name=value.text("name"), identifier=value.text("identifier"))
    return _person_of(value)


def _problem(path: str, reason: str, hint: str) -> Problem:
    return Problem(
        path=path,
        code="issue-unreadable",
        message=f"the record of an issue cannot be read: {reason.removeprefix('cannot be read: ')}",
        hint=hint or "take it from your version control, or move it elsewhere if it is no issue",
    )
