"""The run of the newsletter, from posts to a letter that is judged, remembered and put on the web."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds import _fs, publish, site_documents
from feeds.errors import ConfigError
from feeds.newsletter import compose, contract, issue, records
from feeds.newsletter.contract import citation
from feeds.newsletter.exports import EXPORTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from feeds.model import Issue, Letter
    from feeds.newsletter.issue import Said, Wanted
    from feeds.pipeline import Gathered
    from feeds.problems import Problem
    from feeds.settings import Workspace
    from feeds.validity.cite import Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A letter, what was noticed while it was made, and where the bytes of its HTML went.

    `stands` says that it is on record, and not made of the posts as they are now.
    """

    letter: Letter
    problems: tuple[Problem, ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    stands: bool = False


def chosen(
    gathered: Gathered,
    wanted: Wanted,
    known: Sequence[Letter],
    workspace: Workspace,
    *,
    said: Said = issue.NOTHING_SAID,
) -> Made:
    """Make the issue that is wanted; one that others came after is taken from the record.

    Raises UsageError when there is no such post, NothingNew when all that was asked for has been mailed, and
    ConfigError when the theme or a setting cannot be used.
    """
    settings = workspace.settings
    found = issue.choose(gathered.posts, wanted, known, settings, gathered.withheld, said=said)
    standing = issue.standing(found, known)
    return Made(letter=standing, stands=True) if standing else _composed(found, workspace)


def revised(
    gathered: Gathered, letter: Letter, workspace: Workspace, *, said: Said = issue.NOTHING_SAID
) -> Made:
    """Make an issue of the record anew, from its posts as they are now: its number and its id stay.

    Raises UsageError when one of its posts is not published any more.
    """
    return _composed(issue.again(letter, gathered.posts, workspace.settings, said=said), workspace)


def judged(made: Made, cited: Mapping[str, Cited], workspace: Workspace) -> tuple[Problem, ...]:
    """All problems of a letter: those of its making, and what it breaks of the contract of a mail."""
    mail = EXPORTS["eml"].write(made.letter, workspace)
    findings = contract.judge(mail.data, made.letter, workspace.settings)
    return (*made.problems, *citation.problems(findings, cited))


def refuse_taken(letter: Letter, known: Sequence[Letter], workspace: Workspace) -> None:
    """Raise ConfigError when the site has a page of an issue with this number that no record knows.

    Its readers' link would show another letter.
    """
    number = letter.issue.number
    settings = workspace.settings
    archive = settings.newsletter.archive
    page = f"{archive}/{number}/index.html" if archive else ""
    output = workspace.root / settings.output.dir
    is_known = any(each.issue.number == number for each in known)
    if page and not is_known and publish.is_ours(output, page):
        raise ConfigError(
            f"this would be issue {number}, which is on the site already, and not on record",
            where=f"{settings.output.dir}/{page}",
            hint=f"take {settings.newsletter.issues}/ from your version control, or remove the page if that "
            "issue never went out",
        )


def remember(letter: Letter, known: Sequence[Letter], workspace: Workspace) -> tuple[Problem, ...]:
    """Put an issue on record, and on the web, where the link in its mail leads. The caller holds the lock.

    Return what stood in the way on the web. Raises PublishError when the disk fails.
    """
    settings = workspace.settings
    path = workspace.root / settings.newsletter.issues / records.file_name(letter.issue)
    data = records.to_bytes(letter)
    if not _fs.holds(path, data):
        _fs.write(path, data)
        _fs.settle([path.parent])
    others = [each for each in known if each.issue.number != letter.issue.number]
    letters = sorted([*others, records.kept(letter)], key=lambda each: each.issue.number)
    pages = site_documents.of_newsletter(letters, workspace)
    output = workspace.root / settings.output.dir
    foreign = publish.foreign(output, {each.path for each in pages})
    publish.add([each for each in pages if each.path not in foreign], output, workspace.root, settings)
    return (site_documents.foreign_newsletter(foreign, settings),) if foreign else ()


def _composed(found: Issue, workspace: Workspace) -> Made:
    composed = compose.compose(found, workspace)
    return Made(letter=composed.letter, problems=composed.problems, weights=composed.weights)
