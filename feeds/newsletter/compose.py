"""An issue as a finished letter: headers, HTML and text, filled from the templates of the site's theme.

post ─ fitting.fit ─▶ blocks ─ theme ─▶ page ─ inline ─▶ styled ─ literals ─▶ html ─ budget ─▶ Letter
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.model import Letter
from feeds.newsletter import addresses, budget, envelope, literals, slots
from feeds.newsletter.content import fitting
from feeds.newsletter.inlining.inline import inline
from feeds.newsletter.theme import files, values, words
from feeds.newsletter.theme import look as looks
from feeds.problems import Problem
from feeds.templates import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.model import Issue, Post
    from feeds.newsletter.budget import Shown
    from feeds.newsletter.theme.files import Theme
    from feeds.newsletter.theme.look import Look
    from feeds.newsletter.theme.values import Values
    from feeds.newsletter.theme.words import Words
    from feeds.newsletter.weighing import Weights
    from feeds.settings import Workspace


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter, what was lost or guessed on the way, and how many bytes of its HTML are of what."""

    letter: Letter
    problems: tuple[Problem, ...]
    weights: Weights


def compose(issue: Issue, workspace: Workspace) -> Composed:
    """Write the letter for `issue` with the theme of the site.

    When the HTML would pass `[newsletter] max_bytes`, posts are cut between two blocks and continue on the
    web, and the letter says `cut`. The text part is whole all the same: the limit is one of programs that
    show the HTML, and who reads the text may have nothing to follow a link with. Raises ConfigError when the
    theme or a setting of `[newsletter]` cannot be used.
    """
    settings = workspace.settings
    writer = _Writer(issue, workspace)
    sections, problems = writer.sections()
    budgeted = budget.within(sections, writer.html, settings.newsletter.max_bytes)
    letter = Letter(
        issue=issue,
        headers=envelope.headers(issue, settings),
        html=budgeted.html,
        text=writer.text(),
        content=writer.content(sections),
        token=writer.token,
        addressee=values.greeting(settings.newsletter.greeting).otherwise,
        tags=tuple(writer.tags),
        cut=budgeted.cut,
        given=addresses.given(issue, settings),
    )
    return Composed(letter, (*looks.problems(workspace), *problems), budgeted.weights)


class _Writer:
    """One letter in the making: what all of its templates share, filled in as often as it takes."""

    def __init__(self, issue: Issue, workspace: Workspace) -> None:
        self.issue, self.workspace = issue, workspace
        self.settings = workspace.settings
        self.theme: Theme = files.of(workspace)
        self.look: Look = looks.of(self.settings)
        self.said: Words = words.of(values.spoken(issue)[0], self.settings.newsletter.words)
        self.token = slots.token([repr(issue), repr(self.settings)])  # all that anybody wrote
        self.tags: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.parts = values.Parts(self._intro(), self._footer())
        self.posts = [values.of_post(post, issue, self.settings) for post in issue.posts]
        self.shared = values.shared(issue, self.posts, self.look, self.said, self.settings)
        self.css = self.theme.fill("inline.css", self.shared)
        self.keep = self.theme.fill("keep.css", self.shared).strip()

    def sections(self) -> tuple[list[tuple[str, ...]], tuple[Problem, ...]]:
        """The blocks of each post, as they are shown in the HTML."""
        found = []
        for post in self.issue.posts:
            whole = values.is_full(self.issue, self.settings)
            shown = post if whole else values.with_html(post, _opening(post))
            found.append(self._fit(shown, highest=3 if self.issue.is_digest else 1))
            if whole and not found[-1]:
                self.problems.append(self._empty(post))
        return found, tuple(self.problems)

    def _empty(self, post: Post) -> Problem:
        path = PurePosixPath(self.settings.content.dir) / post.path
        message = f"nothing stands below the title of {post.label!r}"
        hint = "write it, or keep it out of mails with `newsletter: {skip: true}`"
        return Problem(code="mail-advice", message=message, path=str(path), hint=hint, severity="warning")

    def html(self, shown: Sequence[Shown]) -> str:
        """The HTML part with as much of each post as `shown` says."""
        marks = [f"<!--{self.token}post{number}-->" for number in range(len(shown))]
        posts = [
            {**of_post, "body": safe(mark + "\n".join(part.blocks)), "continued": part.continued}
            for of_post, part, mark in zip(self.posts, shown, marks, strict=True)
        ]
        file = "digest.html" if self.issue.is_digest else "letter.html"
        own = values.in_html(self.token, self.parts, self.said, self.settings)
        page = self.theme.fill(file, {**posts[0], **self.shared, **own, **self._made(posts)})
        for mark in marks:
            if page.count(mark) != 1:
                raise ConfigError(
                    "the newsletter theme must show {{ body }} of each post once, in a place for paragraphs",
                    where=self.theme.place(file),
                )
            page = page.replace(mark, "")
        return literals.in_html(self._styled(page).rstrip() + "\n")

    def _styled(self, page: str) -> str:
        try:
            return inline(page, self.css, self.settings.newsletter.inliner)
        except ConfigError as error:
            where = error.where or self.theme.folder
            raise ConfigError(error.message, where=where, hint=error.hint) from error

    def content(self, sections: Sequence[Sequence[str]]) -> str:
        """The posts alone, whole and without style."""
        posts = [
            {**of_post, "body": safe("\n".join(blocks)), "continued": False}
            for of_post, blocks in zip(self.posts, sections, strict=True)
        ]
        own = values.in_html(self.token, self.parts, self.said, self.settings)
        filled = self.theme.fill("content.html", {**posts[0], **self.shared, **own, **self._made(posts)})
        return literals.in_html(filled.strip() + "\n")

    def text(self) -> str:
        """The text part."""
        full = values.is_full(self.issue, self.settings)
        intro = written = values.text_of(self.parts.intro, self.said)
        posts = []
        for of_post, post in zip(self.posts, self.issue.posts, strict=True):
            said = words.of(post.language, self.settings.newsletter.words)
            body = values.text_of(post.html, said, behind=written) if full else values.in_lines(post.summary)
            written += f"\n{body}"
            posts.append({**of_post, "body": body})
        lines = {
            "intro": intro,
            "footer": values.text_of(self.parts.footer, self.said, behind=written),
            **values.in_text(self.token, self.said, self.settings),
        }
        filled = {**posts[0], **self.shared, **lines, **self._made(posts)}
        file = "digest.txt" if self.issue.is_digest else "letter.txt"
        return self.theme.fill(file, filled).strip("\n") + "\n"

    def _made(self, posts: Sequence[Values]) -> Values:
        return {"posts": posts, "keep_css": safe(self.keep), "tag": self._tag}

    def _tag(self, text: str) -> object:
        """What a template's `tag("*|MC_PREVIEW_TEXT|*")` writes: a slot that no post can write."""
        return safe(slots.tag(self.token, self.tags.setdefault(str(text), len(self.tags))))

    def _fit(self, post: Post, *, highest: int = 1) -> tuple[str, ...]:
        fitted = fitting.fit(post, self.workspace, column=self.look.image, highest=highest)
        self.problems += fitted.problems
        return fitted.blocks

    def _intro(self) -> str:
        return self._own(*values.rendered(self.issue.intro, self.issue.post, self.workspace))

    def _footer(self) -> str:
        return self._own(*values.line(self.settings.newsletter.footer, self.workspace))

    def _own(self, html: str, problems: Sequence[Problem]) -> str:
        """HTML of the letter's own, fit for mail like that of its newest post."""
        self.problems += problems
        return "\n".join(self._fit(values.with_html(self.issue.post, html))) if html else ""


def _opening(post: Post) -> str:
    """What a digest shows of a post: its picture and its summary, as HTML."""
    image = f'<p><img src="{escape(post.image)}" alt=""></p>' if post.image else ""
    return image + (f"<p>{escape(post.summary)}</p>" if post.summary else "")
