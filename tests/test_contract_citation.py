"""Findings of the contract as problems, at the line that their author can mend."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from feeds.newsletter import contract
from feeds.validity.cite import Cited
from mail_cases import ISSUE, PLAIN, SETTINGS, changed, edited, eml

if TYPE_CHECKING:
    from feeds.model import Letter
    from feeds.settings import Settings

SOURCE = """\
---
title: Téa by the harbour
summary: What a kettle teaches
---
Tea is [a drink](https://example.org/tea/?a=1&b=2).

![A cup](cup.png)
"""
POST = Cited(
    path="content/tea.md",
    places={"title": (2, 1), "summary": (3, 1)},
    body_line=5,
    source=lambda: SOURCE,
)
CONFIG = Cited(path="feeds.toml", places={"postal_address": (7, 1), "look.dark.background": (9, 1)})
THEME = Cited(path="templates/newsletter/own/letter.html", source=lambda: "<html>\n<h1 onclick=\n</html>")
CITED = {ISSUE.post.id: POST, contract.SETTINGS: CONFIG, contract.THEME: THEME}


def problems(
    data: bytes, letter: Letter = PLAIN, settings: Settings = SETTINGS, path: str = ""
) -> list[tuple[str, int, str, str]]:
    """Path, line, severity and the beginning of the message of what is wrong with a mail."""
    found = contract.judge(data, letter, settings)
    return [
        (each.path, each.line, each.code, each.message.partition(";")[0])
        for each in contract.problems(found, CITED, path)
    ]


def test_a_fault_of_the_post_is_at_its_line() -> None:
    """Found by the address of the image, though that is absolute in the mail."""
    ((path, line, code, message),) = problems(edited("html", ' alt="A cup"', ""))
    assert ("content/tea.md", 7, "mail-invalid") == (path, line, code)
    assert "the image https://example.org/cup.png has no alt (D7 image-alt in the html, line 30" == message


def test_a_fault_of_the_front_matter_is_at_its_key() -> None:
    """The preheader is the summary where the front matter says none."""
    letter = replace(PLAIN, issue=replace(ISSUE, preheader="Short"))
    ((path, line, code, _),) = problems(edited("html", ISSUE.preheader, "Short"), letter)
    assert ("content/tea.md", 3, "mail-advice") == (path, line, code)


def test_a_fault_of_a_setting_is_at_its_line() -> None:
    """And one that is not set, at the file that it belongs in."""
    found = problems(edited("text", "Porto\n", "Lisboa\n"))
    assert [("feeds.toml", 7, "mail-invalid")] == [each[:3] for each in found]
    found = problems(eml(), settings=changed(SETTINGS, list_id=""))
    assert [("feeds.toml", 0, "mail-advice")] == [each[:3] for each in found]


def test_a_fault_of_the_theme_is_at_its_line() -> None:
    """Found by what stands there."""
    found = problems(edited("html", "<h1>", '<h1 onclick="a()">'))
    assert [("templates/newsletter/own/letter.html", 2, "mail-invalid")] == [each[:3] for each in found]


def test_a_fault_of_nowhere_is_at_the_message() -> None:
    """With the line, where it is one of the message."""
    found = problems(edited("head", "List-Post: NO", "List-Post: NO\nX-Extra: 1"), path="outbox/issue.eml")
    assert [("outbox/issue.eml", 13, "mail-invalid")] == [each[:3] for each in found]


def test_the_same_fault_of_a_line_is_told_once() -> None:
    """A line of a post can be in a mail many times."""
    found = problems(
        edited(
            "html",
            ' alt="A cup" width="300">',
            ' width="300"><img src="https://example.org/cup.png" width="300">',
        )
    )
    assert [("content/tea.md", 7)] == [each[:2] for each in found]


def test_without_anything_to_cite_there_are_problems_all_the_same() -> None:
    """With no path."""
    found = contract.judge(edited("html", ' alt="A cup"', ""), PLAIN, changed(SETTINGS, sender=""))
    listed = contract.problems(found, {})
    assert [("", 0), ("", 0)] == [(each.path, each.line) for each in listed]


@pytest.mark.parametrize("rule", contract.RULES.values(), ids=list(contract.RULES))
def test_a_hint_says_what_to_do(rule: contract.Rule) -> None:
    """In lower case but for names, without a full stop."""
    (problem,) = contract.problems([rule.broken("it is wrong", part="html")], {})
    assert not problem.hint.endswith(".")
    assert problem.hint.lower() == rule.asks.rstrip(".").lower()
