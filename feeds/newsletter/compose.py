"""An issue as a finished letter: headers, HTML and text, filled from the templates of the site's theme.

post ─ fitting.fit ─▶ blocks ─ theme ─▶ page ─ inline ─▶ styled ─ literals ─▶ html ─ budget ─▶ Letter
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.model import Letter
from feeds.newsletter import budget, envelope, literals, slots
from feeds.newsletter.content import fitting
from feeds.newsletter.inlining.inline import inline
from feeds.newsletter.theme import files, values, words
from feeds.newsletter.theme import look as looks
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
    from feeds.problems import Problem
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
    )
    return Composed(letter, (*looks.problems(workspace), *problems), budgeted.weights)


class _Writer:
    """One letter in the making: what all of its templates share, filled in as often as it takes."""

    def __init__(self, issue: Issue, workspace: Workspace) -> None:
        self.issue, self.workspace = issue, workspace
        self.settings = workspace.settings
        self.theme: Theme = files.of(workspace)
        self.look: Look = looks.of(self.settings)
        self.said: Words = words.of(issue.post.language, self.settings.newsletter.words)
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
            found.append(self._fit(post if whole else values.with_html(post, _opening(post))))
        return found, tuple(self.problems)

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
        return literals.in_html(inline(page, self.css, self.settings.newsletter.inliner).rstrip() + "\n")

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
        posts = [
            {**of_post, "body": values.text_of(post.html) if full else values.in_lines(post.summary)}
            for of_post, post in zip(self.posts, self.issue.posts, strict=True)
        ]
        own = values.in_text(self.token, self.parts, self.said, self.settings)
        filled = {**posts[0], **self.shared, **own, **self._made(posts)}
        file = "digest.txt" if self.issue.is_digest else "letter.txt"
        return self.theme.fill(file, filled).strip("\n") + "\n"

    def _made(self, posts: Sequence[Values]) -> Values:
        return {"posts": posts, "keep_css": safe(self.keep), "tag": self._tag}

    def _tag(self, text: str) -> object:
        """What a template's `tag("*|MC_PREVIEW_TEXT|*")` writes: a slot that no post can write."""
        return safe(slots.tag(self.token, self.tags.setdefault(str(text), len(self.tags))))

    def _fit(self, post: Post) -> tuple[str, ...]:
        fitted = fitting.fit(post, self.workspace, column=self.look.image)
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
