"""What the templates of a letter are handed: plain values, and HTML that is finished.

docs/newsletter.md lists them for people who write a theme of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from feeds import languages
from feeds.body import columns, markup
from feeds.body.page import Page
from feeds.body.plaintext import to_text
from feeds.newsletter import slots
from feeds.newsletter.headers import one_line
from feeds.newsletter.theme import look as looks
from feeds.newsletter.theme import words
from feeds.templates import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feeds.model import Enclosure, Issue, Post
    from feeds.newsletter.theme.look import Look
    from feeds.newsletter.theme.words import Words
    from feeds.problems import Problem
    from feeds.settings import Settings, Workspace

Values = dict[str, Any]
"""What a template is handed, by name: texts, numbers, lists and dictionaries of such."""

TEXT_WIDTH = 78  # columns

# An invisible filler, so that no mail program shows the start of the body after the preheader.
_FILLER = "\u034f "
_PREVIEWED = 160  # characters: the longest preview that a mail program shows
_NAME = re.compile(r"\{name(?:\|(?P<otherwise>[^{}]*))?\}")
_NUMBERED = re.compile(r"^\[(\d{1,4})\] \S+$", re.MULTILINE)  # an address in the text part
_RULE = 40  # hyphens between the posts of a digest
_HOUR = 60  # minutes, and seconds of a minute
_KINDS = {"audio": "listen", "video": "watch"}


@dataclass(frozen=True, slots=True)
class Greeting:
    """The first line: what is before and behind the reader's name, and what to say where nobody knows it."""

    before: str
    after: str
    named: bool
    otherwise: str


def greeting(text: str) -> Greeting:
    """Read `[newsletter] greeting`: `Dear {name|reader},`, of which the first name counts."""
    found = _NAME.search(text)
    if found is None:
        return Greeting(text.strip(), "", named=False, otherwise="")
    before, after = text[: found.start()].lstrip(), _NAME.sub("", text[found.end() :]).rstrip()
    return Greeting(before, after, named=True, otherwise=(found["otherwise"] or "").strip())


def rendered(markdown: str, post: Post, workspace: Workspace) -> tuple[str, tuple[Problem, ...]]:
    """The HTML of Markdown from a post's front matter, as that of its body: sanitised, with absolute URLs."""
    settings = workspace.settings
    dialect = settings.content.dialect
    page = Page(
        path=str(PurePosixPath(settings.content.dir) / post.path),
        line=0,
        folder=post.path.rpartition("/")[0],
        url=post.url,
        site_url=settings.site.url,
        dialect="plain" if dialect == "auto" else dialect,
        root=workspace.root,
    )
    body = markup.to_html(markdown, page)
    return body.html, body.problems


def line(markdown: str, workspace: Workspace) -> tuple[str, tuple[Problem, ...]]:
    """The HTML of one line of Markdown from the settings."""
    settings = workspace.settings
    page = Page(
        path=workspace.file.name,
        line=0,
        folder="",
        url=settings.site.url + "/",
        site_url=settings.site.url,
        templates=False,
        root=workspace.root,
    )
    body = markup.to_html(one_line(markdown), page)
    return body.html, body.problems


@dataclass(frozen=True, slots=True)
class Parts:
    """The HTML of a letter's own lines: intro and footer, fit for mail."""

    intro: str
    footer: str


def shared(issue: Issue, posts: Sequence[Values], look: Look, said: Words, settings: Settings) -> Values:
    """What the templates of the HTML, the text and the style sheets are all handed.

    `posts` are those of the issue as `of_post` makes them. What holds for the first of them holds for the
    letter: its language, its direction, and what else is not said here.
    """
    post, first = issue.post, posts[0]
    language, direction = spoken(issue)
    rtl = direction == "rtl"
    script = looks.script(language)
    newsletter = title(settings)
    headline = issue.subject if issue.is_digest else post.title
    date = words.date(issue.when, language)
    return {
        **first,
        "language": language,
        "direction": direction,
        "start": "right" if rtl else "left",
        "end": "left" if rtl else "right",
        "script": script,
        "subject": issue.subject,
        "number": issue.number,
        "title": headline,
        "preheader": issue.preheader,
        "padding": _FILLER * max(8, (_PREVIEWED - len(issue.preheader)) // 2),
        "is_digest": issue.is_digest,
        "is_full": is_full(issue, settings),
        "is_mixed": any(each["direction"] != direction for each in posts),
        "date": date,
        "lines": {
            "title": in_lines(headline),
            "meta": in_lines(f"{newsletter} · {date if issue.is_digest else first['lines']['meta']}"),
        },
        "rule": "-" * _RULE,
        "newsletter": newsletter,
        "site_title": settings.site.title,
        "site_url": settings.site.url,
        "words": dict(said.said),
        "said_in": {
            **{key: _foreign(tag, language) for key, tag in said.languages.items()},
            **({"reason": safe(' dir="auto"')} if settings.newsletter.reason else {}),
        },
        "look": looks.values(look),
        "type": looks.measures(look, script),
        "types": {
            other: looks.measures(look, other)
            for other in sorted({each["script"] for each in posts} - {script})
        },
        "extra": settings.extra,
    }


def spoken(issue: Issue) -> tuple[str, str]:
    """The language of a letter's frame and the direction of its text."""
    said = issue if issue.language else issue.post
    return said.language, said.direction


def of_post(post: Post, issue: Issue, settings: Settings) -> Values:
    """What templates are handed of one post. `lang` says how its language differs from the letter's."""
    said = words.of(post.language, settings.newsletter.words)
    text = to_text(post.html, width=TEXT_WIDTH)
    date = words.date(post.published, post.language)
    authors = ", ".join(_authors(post, settings))
    reading = words.number(words.minutes(text), said.languages["minutes"])
    minutes = said.said["minutes"].replace("{n}", reading) if text else ""
    rtl = post.direction == "rtl"
    whole_text = is_full(issue, settings)
    return {
        "url": post.url,
        "title": post.title,
        "label": post.label,
        "date": date,
        "authors": authors,
        "minutes": minutes,
        "meta": [
            {"text": text.replace(" ", "\u00a0") if whole else text, "lang": safe(lang)}
            for text, whole, lang in (
                (date, True, ""),
                (authors, False, ' dir="auto"'),
                (minutes, True, _foreign(said.languages["minutes"], post.language)),
            )
            if text
        ],
        "more": said.said["more"],
        "more_in": _foreign(said.languages["more"], post.language),
        "summary": post.summary,
        "image": post.image,
        "comments": post.comments,
        "categories": list(post.categories),
        "tags": list(post.tags),
        "language": post.language,
        "direction": post.direction,
        "lang": ""
        if (post.language, post.direction) == spoken(issue)
        else safe(f' lang="{escape(post.language)}" dir="{post.direction}"'),
        "start": "right" if rtl else "left",
        "end": "left" if rtl else "right",
        "arrow": "←" if rtl else "→",
        "lines": {
            "title": in_lines(post.title),
            "meta": in_lines(" · ".join(filter(None, (date, authors, minutes)))),
            "summary": in_lines(post.summary),
        },
        "script": looks.script(post.language),
        "enclosures": [
            _enclosure(each, said, post)
            for each in post.enclosures
            if not (whole_text and escape(each.url) in post.html)  # its player is a link there
        ],
    }


def in_html(token: str, parts: Parts, said: Words, settings: Settings) -> Values:
    """What only the HTML's templates are handed: slots, and the lines with links in them."""
    marks = slots.values(token, html=True)
    return {
        **marks,
        "greeting": safe(_greeting(settings, marks["name"], '<p class="mailed" dir="auto">{}</p>', escape)),
        "intro": safe(parts.intro),
        "footer": safe(parts.footer),
        "reason": safe(_reason(said, settings)),
    }


def in_text(token: str, said: Words, settings: Settings) -> Values:
    """What only the text's templates are handed. Each is wrapped as it is to stand, on lines of its own.

    What has addresses, which are numbered through the whole text, is for the caller: intro and footer.
    """
    marks = slots.values(token, html=False)
    reason = settings.newsletter.reason or said.said["reason"]
    told = reason.replace("{newsletter}", f"{title(settings)} ({settings.site.url})")
    return {
        **marks,
        "greeting": _greeting(settings, marks["name"], "{}\n", str),
        "reason": in_lines(told) if "{newsletter}" in reason else f"{in_lines(told)}\n{_home(settings)}",
    }


def text_of(html: str, said: Words, *, behind: str = "") -> str:
    """HTML as the text part has it. Addresses are numbered on from the text that it is `behind`."""
    of_text = {"video": "watch", "audio": "listen", "image": "image", "deleted": "deleted"}
    first = 1 + max((int(found[1]) for found in _NUMBERED.finditer(behind)), default=0)
    wanted = {name: said.said[key] for name, key in of_text.items()}
    return to_text(html, width=TEXT_WIDTH, first=first, words=wanted).strip("\n")


def in_lines(text: str) -> str:
    """A line of text, wrapped."""
    return "\n".join(columns.wrapped(one_line(text), TEXT_WIDTH))


def title(settings: Settings) -> str:
    """What the newsletter is called."""
    return one_line(settings.newsletter.name or settings.site.title)


def is_full(issue: Issue, settings: Settings) -> bool:
    """Whether posts are there as a whole; else with their summaries."""
    return not issue.is_digest or settings.newsletter.digest == "full"


def with_html(post: Post, html: str) -> Post:
    """The post with other HTML, for what is to be made fit for mail in its place."""
    return replace(post, html=html)


def _greeting(settings: Settings, name: Any, around: str, escaped: Callable[[str], str]) -> str:  # noqa: ANN401 - marks of a slot
    """The greeting with a slot for the name. With no word to say instead, it goes where nobody knows one."""
    hello = greeting(settings.newsletter.greeting)
    if not hello.named:
        return around.format(escaped(hello.before)) if hello.before else ""
    whole = around.format(f"{escaped(hello.before)}{name['url']}{escaped(hello.after)}")
    return whole if hello.otherwise else f"{name['start']}\n{whole}\n{name['end']}"


def _reason(said: Words, settings: Settings) -> str:
    """Why the reader gets this, with a link to the site where it is named."""
    reason = settings.newsletter.reason or said.said["reason"]
    link = f'<a href="{escape(settings.site.url)}">{escape(title(settings))}</a>'
    return escape(reason).replace("{newsletter}", link)


def _home(settings: Settings) -> str:
    """Where the newsletter is at home: the link of the HTML's first line."""
    name, address = title(settings), settings.site.url
    line = f"{name}: {address}"
    return line if columns.columns(line) <= TEXT_WIDTH else f"{in_lines(name)}\n{address}"


def _authors(post: Post, settings: Settings) -> list[str]:
    """Who wrote it, unless the newsletter is called like that and says so already."""
    said = {title(settings).casefold(), settings.site.title.casefold()}
    names = [one_line(author.name) for author in post.authors]
    return [name for name in dict.fromkeys(names) if name and name.casefold() not in said]


def _enclosure(enclosure: Enclosure, said: Words, post: Post) -> Values:
    key = _KINDS.get(enclosure.media_type.partition("/")[0], "download")
    label = one_line(enclosure.title) or said.said[key]
    return {
        "url": enclosure.url,
        "label": label,
        "lang": "" if enclosure.title else _foreign(said.languages[key], post.language),
        "duration": _clock(enclosure.duration),
    }


def _clock(seconds: int) -> str:
    """`1:02:35`, or nothing for no time."""
    if seconds <= 0:
        return ""
    minutes, seconds = divmod(seconds, _HOUR)
    hours, minutes = divmod(minutes, _HOUR)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _foreign(tag: str, language: str) -> str:
    """The attributes of words that are in another language than what is around them."""
    direction = languages.direction(tag)
    return "" if tag == language else safe(f' lang="{escape(tag)}" dir="{direction}"')
