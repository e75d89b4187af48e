"""`feeds newsletter`: a post, or several, as an issue of the newsletter."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds import mailing, pipeline
from feeds.cli import handover, inspection, options, sources, talk
from feeds.newsletter import exports, issue, records
from feeds.newsletter.contract import citation
from feeds.publish import lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from feeds.model import Letter
    from feeds.newsletter.issue import Wanted
    from feeds.pipeline import Gathered
    from feeds.problems import Problem
    from feeds.settings import Workspace
    from feeds.validity.cite import Cited


@click.command()
@click.argument("post", required=False, default="")
@click.option("--category", metavar="C", default="", help="Only posts of this category.")
@click.option("--tag", metavar="T", default="", help="Only posts with this tag.")
@click.option("--since", metavar="DATE", help="A digest of the posts since DATE.")
@click.option("--last", metavar="N", type=click.IntRange(min=1), help="A digest of the last N posts.")
@click.option(
    "--unsent", is_flag=True, help="A digest of posts that no issue has carried; without any, exit 6."
)
@click.option(
    "--issue", "number", metavar="N", type=click.IntRange(min=1), help="Issue N again, byte for byte."
)
@click.option("--revise", is_flag=True, help="With --issue: make it anew from its posts as they are now.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(list(exports.EXPORTS)),
    help="Write this format only; more than once for several (default: `[newsletter] formats`).",
)
@click.option(
    "--output",
    metavar="FILE|DIR|-",
    help="Write to this file or folder, or with - to stdout (default: a folder of its own in the outbox). "
    "It is a file when its name has a suffix, as in letter.html, and is not a folder that exists; "
    "else it is a folder, which gets issue.eml and the others.",
)
@click.option("--embed-images", is_flag=True, help="Put the site's own images into the mail (eml and mbox).")
@click.option("--check", is_flag=True, help="Write nothing; report what mail programs make of the issue.")
@click.option("--json", "as_json", is_flag=True, help="With --check: print one JSON object on stdout.")
@click.option(
    "--preview",
    "page",
    metavar="FILE",
    help="Write only a page that shows the mail as readers see it.",
)
@options.folder
@options.now
@click.pass_context
def command(
    context: click.Context,
    post: str,
    category: str,
    tag: str,
    since: str | None,
    last: int | None,
    unsent: bool,  # noqa: FBT001 - click hands it over by name
    number: int | None,
    revise: bool,  # noqa: FBT001 - likewise
    formats: tuple[str, ...],
    output: str | None,
    embed_images: bool,  # noqa: FBT001 - likewise
    check: bool,  # noqa: FBT001 - likewise
    as_json: bool,  # noqa: FBT001 - likewise
    page: str | None,
    folder: Path | None,
    now: str | None,
) -> int:
    """Turn the latest post, POST, or several posts into a mail: HTML with inlined styles, and text.

    POST is its file, its slug, its URL or its id. Issues have numbers and are remembered in `issues/`, which
    belongs into git. Without options the issue is written to the outbox as NUMBER-SLUG/issue.eml, .html, .txt
    and .json; the paths are printed. A file's suffix says which format it is to have, unless --format does.

    \b
    Examples:
      feeds newsletter
      feeds newsletter --unsent --format buttondown
      feeds newsletter --check --preview preview.html
      feeds newsletter --tag python --format html --output - | xclip
    """
    site = options.workspace(context, folder)
    _refuse_contradictions(post=post, since=since, last=last, unsent=unsent, number=number, revise=revise)
    wanted = issue.Wanted(
        name=_name(post, site),
        category=category,
        tag=tag,
        since=options.moment(since, site) if since else None,
        last=last or 0,
        unsent=unsent,
    )
    moment = options.moment(now, site)
    looks = bool(page or check)
    # From the first look at the record to the last file: two runs must not give one number to two issues.
    with nullcontext() if looks else lock(site.root):
        known = records.complete(pipeline.remembered(site))
        again = issue.numbered(known, number) if number else None
        made, gathered = _made(wanted, again, known, moment, site, revise=revise)
        problems = mailing.judged(made, _cited(gathered, site), site)
        if page:
            inspection.write_preview(Path(page), made, problems, site)
        if check:
            inspection.tell(made, problems, site, as_json=as_json)
        if not looks:
            targets = handover.targets(made.letter, formats, output, site)
            talk.problems(problems)
            inspection.tell_cut(made)
            if not made.stands:
                talk.problems(mailing.remember(made.letter, known, site))
            letter = records.kept(made.letter)
            problems = (*problems, *handover.write(letter, targets, site, embed=embed_images))
    return talk.exit_code([*problems, *(gathered.problems if gathered else ())])


def _made(
    wanted: Wanted,
    again: Letter | None,
    known: Sequence[Letter],
    moment: datetime,
    site: Workspace,
    *,
    revise: bool,
) -> tuple[mailing.Made, Gathered | None]:
    """The letter, and the posts if any were looked at."""
    if again and not revise:
        return mailing.Made(letter=again, stands=True), None
    gathered = pipeline.gather(site, now=moment, jobs=options.processes(None), progress=talk.Bar())
    _say_broken(gathered.problems, wanted.name)
    if again:
        return mailing.revised(gathered, again, site), gathered
    made = mailing.chosen(gathered, wanted, known, site)
    if made.stands:
        number = made.letter.issue.number
        talk.say(
            f"issue {number} carried this already, and others came after it: it is written as it was; "
            f"--issue {number} --revise makes it anew"
        )
    return made, gathered


def _cited(gathered: Gathered | None, site: Workspace) -> dict[str, Cited]:
    """What findings can be cited to."""
    posts = dict(sources.of_posts(gathered, site)) if gathered else {}
    theme = {f"{citation.THEME}{each.path}": each for each in sources.of_theme(site)}
    return posts | theme | {citation.SETTINGS: sources.of_table(site, "newsletter")}


def _refuse_contradictions(
    *, post: str, since: str | None, last: int | None, unsent: bool, number: int | None, revise: bool
) -> None:
    digests = {"--since": since, "--last": last, "--unsent": unsent}
    asked = [name for name, value in digests.items() if value]
    one = [name for name, value in {"POST": post, "--issue": number}.items() if value]
    if len(one) > 1 or (one and asked):
        raise click.UsageError(f"{' and '.join((*one, *asked))} say different things: choose one")
    if revise and not number:
        raise click.UsageError("--revise needs --issue N, the issue that is to be made anew")


def _say_broken(problems: Iterable[Problem], named: str) -> None:
    """Say what is wrong with the file that was asked for, and how many others are broken."""
    errors = [problem for problem in problems if problem.severity == "error"]
    asked = [problem for problem in errors if named and issue.means(named, problem.path)]
    talk.problems(asked)
    if others := len({problem.path for problem in errors} - {problem.path for problem in asked}):
        which, them = ("is", "it") if others == 1 else ("are", "them")
        talk.say(f"{talk.plural(others, 'post')} {which} broken: `feeds check` names {them}")


def _name(post: str, site: Workspace) -> str:
    """What POST means: a file, as seen from here or from the site's folder, is named by its content path."""
    content = (site.root / site.settings.content.dir).resolve()
    for path in (Path(post), site.root / post):
        if post and path.is_file() and path.resolve().is_relative_to(content):
            return path.resolve().relative_to(content).as_posix()
    return post.removeprefix("./").removeprefix(f"{site.settings.content.dir}/")
