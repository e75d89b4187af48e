"""A letter with every slot in it, for the tests of the targets: what a theme makes, in a few lines."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.model import Issue, Letter, MailingList, Person
from feeds.newsletter import literals, slots
from feeds.settings import Workspace, settings
from samples import a_post

if TYPE_CHECKING:
    from feeds.model import Post

ADDRESS = "Rua das Flores 12\n4050-262 Porto"


def a_workspace(root: Path = Path("/nowhere"), **newsletter: Any) -> Workspace:
    """A site whose newsletter has all that it should have, with `newsletter` on top."""
    table = {
        "name": "Harbour letters",
        "sender": "The Harbour Log <post@log.example.org>",
        "postal_address": ADDRESS,
        "unsubscribe_url": "https://log.example.org/leave/?a=1&b=2",
    }
    tree = {
        "site": {"title": "The Harbour Log", "url": "https://log.example.org"},
        "newsletter": table | newsletter,
    }
    return Workspace(root=root, file=root / "feeds.toml", settings=settings(tree))


def an_issue(*posts: Post, **changes: Any) -> Issue:
    """The seventh issue."""
    posts = posts or (
        a_post(
            path="posts/rope.md",
            url="https://log.example.org/posts/Rope_work.html",
            title="Rope",
            categories=("Boats",),
            tags=("rope", "boats", "knots"),
            image="https://log.example.org/rope.png",
        ),
    )
    values: dict[str, Any] = {
        "number": 7,
        "id": "urn:issue:7",
        "posts": posts,
        "when": datetime(2026, 4, 11, 9, 30, tzinfo=UTC),
        "subject": "Rope",
        "preheader": "How to splice it",
    }
    return Issue(**values | changes)


def a_letter(issue: Issue | None = None, *, said: str = "Splice it.", **changes: Any) -> Letter:
    """A letter that says `said` in a paragraph, in an attribute and in the text part, around its slots."""
    issue = issue or an_issue()
    of = slots.token([said])
    html, text = ({name: _marks(of, name, html=html) for name in slots.NAMES} for html in (True, False))
    hidden = escape(said, quote=False)
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Rope</title>\n'
        "<style>a{color:#0b57d0}\n@media (max-width:480px){.x{width:100%!important}}</style>\n"
        "<!--[if mso]><style>td{font-family:Arial}</style><![endif]-->\n</head>\n"
        '<body class="x">\n<!--[if mso]><table role="presentation"><tr><td><![endif]-->\n'
        f"<p>Dear {html['name']['url']},</p>\n"
        f'<p id="said" title="{escape(said)}">{hidden}</p>\n'
        f'<p><!--[if !mso]><!--><a href="{html["web"]["url"]}">On the web</a><!--<![endif]--></p>\n'
        f'{html["unsubscribe"]["start"]}<p><a href="{html["unsubscribe"]["url"]}">Leave</a></p>{html["unsubscribe"]["end"]}\n'
        f"{html['address']['start']}<p>{html['address']['url']}</p>{html['address']['end']}\n"
        "<!--[if mso]></td></tr></table><![endif]-->\n</body>\n</html>\n"
    )
    plain = (
        f"Dear {text['name']['url']},\n\n{said}\n\nOn the web: {text['web']['url']}\n"
        f"{text['unsubscribe']['start']}\nLeave: {text['unsubscribe']['url']}\n{text['unsubscribe']['end']}\n"
        f"{text['address']['start']}\n{text['address']['url']}\n{text['address']['end']}\n"
    )
    sender = Person(name="The Harbour Log", email="post@log.example.org")
    values: dict[str, Any] = {
        "issue": issue,
        "headers": (
            ("From", sender),
            ("To", sender),
            ("Reply-To", Person(name="", email="ines@log.example.org")),
            ("Subject", issue.subject),
            ("Date", "Sat, 11 Apr 2026 09:30:00 +0000"),
            ("Message-ID", "<0123456789abcdef@log.example.org>"),
            ("List-Id", MailingList(name="Harbour letters", identifier="letters.log.example.org")),
            ("List-Unsubscribe", "<https://log.example.org/leave/?a=1&b=2>"),
            ("List-Archive", "<https://log.example.org/newsletter/7/>"),
        ),
        "html": literals.in_html(page),
        "text": plain,
        "content": literals.in_html(f'<p id="said" title="{escape(said)}">{hidden}</p>\n'),
        "token": of,
        "addressee": "reader",
    }
    return Letter(**values | changes)


def _marks(of: str, name: str, *, html: bool) -> dict[str, str]:
    marks: Any = slots.values(of, html=html)[name]
    return {key: str(value) for key, value in marks.items()}
