"""`feeds newsletter`: a post, or several, as an issue of the newsletter."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds import mailing, pipeline
from feeds.cli import handover, inspection, options, sources, talk
from feeds.newsletter import exports, issue, naming, records
from feeds.newsletter.contract import citation
from feeds.publish import lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feeds.model import Letter
    from feeds.newsletter.issue import Said, Wanted
    from feeds.pipeline import Gathered
    from feeds.problems import Problem
    from feeds.settings import Workspace
    from feeds.validity.cite import Cited


@click.command()
@click.argument("post", required=False)
@click.option("--category", metavar="C", help="Only posts of this category.")
@click.option("--tag", metavar="T", help="Only posts with this tag.")
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
@click.option("--subject", metavar="TEXT", default="", help="The subject, for this issue.")
@click.option("--preheader", metavar="TEXT", default="", help="What stands behind it in the inbox.")
@click.option("--intro", metavar="MARKDOWN", default="", help="A few words above the first post.")
@click.option("--embed-images", is_flag=True, help="Put the site's own images into the mail (eml and mbox).")
@click.option("--allow-errors", is_flag=True, help="Remember the issue although something is wrong with it.")
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
    post: str | None,
    category: str | None,
    tag: str | None,
    since: str | None,
    last: int | None,
    unsent: bool,  # noqa: FBT001 - click hands it over by name
    number: int | None,
    revise: bool,  # noqa: FBT001 - likewise
    formats: tuple[str, ...],
    output: str | None,
    subject: str,
    preheader: str,
    intro: str,
    embed_images: bool,  # noqa: FBT001 - likewise
    allow_errors: bool,  # noqa: FBT001 - likewise
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
    _refuse_empty({"POST": post, "--category": category, "--tag": tag, "--since": since})
    site = options.workspace(context, folder)
    looks = bool(page or check)
    _refuse_contradictions(
        {"POST": post, "--issue": number},
        {"--category": category, "--tag": tag, "--since": since, "--last": last, "--unsent": unsent},
        {
            "--format": formats,
            "--output": output,
            "--embed-images": embed_images,
            "--allow-errors": allow_errors,
        },
        looks=looks,
    )
    if number and not revise and (subject or preheader or intro):
        raise click.UsageError(f"issue {number} stands as it was: --revise makes it anew, with what is said")
    if revise and not number:
        raise click.UsageError("--revise needs --issue N, the issue that is to be made anew")
    if as_json and not check:
        raise click.UsageError("--json is for --check; --format json writes the issue as JSON")
    wanted = issue.Wanted(
        name=_name(post, site) if post else "",
        category=category or "",
        tag=tag or "",
        since=options.moment(since, site, "--since") if since else None,
        last=last or 0,
        unsent=unsent,
    )
    said = issue.Said(subject=subject, preheader=preheader, intro=intro)
    moment = options.moment(now, site)
    # From the first look at the record to the last file: two runs must not give one number to two issues.
    with nullcontext() if looks else lock(site.root):
        found = pipeline.remembered(site)
        again = issue.numbered(found.letters, number, found.problems) if number else None
        if again and not revise:
            made = mailing.Made(letter=again, stands=True)
            problems: tuple[Problem, ...] = ()
        else:
            known = records.complete(found)
            gathered = pipeline.gather(site, now=moment, jobs=options.processes(None), progress=talk.Bar())
            _say_broken(gathered.problems, wanted.name)
            made = _made(gathered, wanted, said, again, known, site)
            problems = mailing.judged(made, _cited(gathered, site), site)
        if page:
            inspection.write_preview(Path(page), made, problems, site)
        if check:
            inspection.tell(made, problems, site, as_json=as_json)
        if looks:
            return talk.exit_code(problems)
        return _hand_over(
            made,
            problems,
            found.letters,
            handover.targets(made.letter, formats, output, site),
            site,
            embed=embed_images,
            allow_errors=allow_errors,
        )


def _hand_over(
    made: mailing.Made,
    problems: Sequence[Problem],
    known: Sequence[Letter],
    targets: handover.Targets,
    site: Workspace,
    *,
    embed: bool,
    allow_errors: bool,
) -> int:
    """Write the issue, and remember it last: what could not be written, or has a fault, was not mailed."""
    letter = records.kept(made.letter)
    prepared = handover.prepare(letter, targets, site, embed=embed)
    found = (*problems, *prepared.problems)
    talk.problems(found)
    inspection.tell_cut(made)
    if not made.stands:
        mailing.refuse_taken(letter, known, site)
    handover.write(prepared)
    faulty = talk.exit_code(found)
    if faulty and not made.stands and not allow_errors:
        talk.say(f"issue {letter.issue.number} is not remembered: mend what is named and ask again, or")
        talk.say("  add --allow-errors if it goes out as it is")
    elif not made.stands:
        talk.problems(mailing.remember(letter, known, site))
    return 0 if allow_errors else faulty


def _made(
    gathered: Gathered,
    wanted: Wanted,
    said: Said,
    again: Letter | None,
    known: Sequence[Letter],
    site: Workspace,
) -> mailing.Made:
    """The letter that is wanted, or that of the record anew."""
    if again:
        return mailing.revised(gathered, again, site, said=said)
    made = mailing.chosen(gathered, wanted, known, site, said=said)
    if made.stands:
        number = made.letter.issue.number
        talk.say(
            f"issue {number} carried this already, and others came after it: it is written as it was; "
            f"--issue {number} --revise makes it anew"
        )
    return made


def _cited(gathered: Gathered, site: Workspace) -> dict[str, Cited]:
    """What findings can be cited to."""
    theme = {f"{citation.THEME}{each.path}": each for each in sources.of_theme(site)}
    settings = {citation.SETTINGS: sources.of_table(site, "newsletter")}
    return dict(sources.of_posts(gathered, site)) | theme | settings


def _refuse_empty(given: Mapping[str, str | None]) -> None:
    """Refuse the empty text of a script's variable that is not set: it would ask for the latest post."""
    for name, value in given.items():
        if value == "":
            raise click.UsageError(f"{name} is empty")


def _refuse_contradictions(
    one: Mapping[str, object], several: Mapping[str, object], writing: Mapping[str, object], *, looks: bool
) -> None:
    """Refuse options that would do nothing: beside a post or a number, and where nothing is written."""
    named = [name for name, value in one.items() if value]
    asked = [name for name, value in several.items() if value]
    if named == ["POST"]:
        asked = [name for name in asked if name not in {"--category", "--tag"}]
    if len(named) > 1 or (named and asked):
        raise click.UsageError(f"{' and '.join((*named, *asked))} say different things: choose one")
    if looks and (useless := [name for name, value in writing.items() if value]):
        raise click.UsageError(f"--check and --preview write no issue: leave out {' and '.join(useless)}")


def _say_broken(problems: Iterable[Problem], named: str) -> None:
    """Say what is wrong with the file that was asked for, and how many others are broken."""
    errors = [problem for problem in problems if problem.severity == "error"]
    asked = [problem for problem in errors if named and naming.means(named, problem.path)]
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
