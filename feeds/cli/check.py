"""`feeds check`: the real path minus the last step; the posts against the built site; the feeds judged."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds import config, pipeline
from feeds.against.compare import compare
from feeds.cli import diagnosis, github, options, talk
from feeds.codes import CODES
from feeds.errors import FeedsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from feeds.against.compare import Comparison
    from feeds.cli.published import Judged
    from feeds.model import Report
    from feeds.pipeline import Gathered
    from feeds.settings import Workspace


def _known(context: click.Context, parameter: click.Parameter, codes: Sequence[str]) -> Sequence[str]:
    """The codes that are asked for, all of which exist."""
    for code in codes:
        if code not in CODES:
            from difflib import get_close_matches  # noqa: PLC0415 - only for a slip of the finger

            near = get_close_matches(code, CODES, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.BadParameter(f"there is no code {code}.{hint}", context, parameter)
    return codes


def _built_site(given: Path, root: Path) -> Path:
    """Where the built site is: as seen from here, or else from the site's folder.

    Raises click.BadParameter when it is in neither place.
    """
    places = (given, root / given)
    for place in places:
        if place.exists():
            return place
    named = " and no ".join(dict.fromkeys(str(place.absolute()) for place in places))
    raise click.BadParameter(f"there is no {named}", param_hint="--against")


_BUILD = "\0"  # what --output is without a folder, and no folder's name


@click.command()
@options.folder
@options.now
@options.jobs
@click.option(
    "--against",
    "built",
    metavar="DIR|SITEMAP",
    type=click.Path(path_type=Path),
    help="Look for every post's page in the site that its generator built, and for the permalink that fits.",
)
@click.option(
    "--output",
    "feeds_in",
    metavar="[DIR]",
    is_flag=False,
    flag_value=_BUILD,
    help="Judge the feeds by the rules of their formats: those that build would write, or any in DIR.",
)
@click.option(
    "--code",
    "codes",
    metavar="CODE",
    multiple=True,
    callback=_known,
    help="Print the problems with this code only, all of them.  [repeatable]",
)
@click.option("--all", "everything", is_flag=True, help="Print every problem, file by file.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="Print text, one JSON object, or annotations for GitHub's pull requests.",
)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.pass_context
def command(
    context: click.Context,
    folder: Path | None,
    now: str | None,
    jobs: int | None,
    built: Path | None,
    feeds_in: str | None,
    codes: Sequence[str],
    shape: str,
    *,
    everything: bool,
    as_json: bool,
) -> int:
    """Do all that build does, except to write, and say what is wrong, with file and line.

    All errors are printed, and the first few problems of every other code. With --against, a post whose page
    is missing makes the exit code 1; with --output, so does a feed that breaks a rule of its format.

    \b
    Examples, before a commit, and after a build of the site:
      feeds check
      feeds check --code link-dangling
      feeds check --output
      feeds check --against _site
      feeds check --output _site
    """
    shape = "json" if as_json else shape
    everything = everything or bool(codes)
    try:
        if _is_elsewhere(feeds_in, folder or context.find_object(Path) or Path()):
            return _check_folder(Path(feeds_in or ""), now, shape, codes, everything=everything)
        site = options.workspace(context, folder)
        built = _built_site(built, site.root) if built else None
        moment = options.moment(now, site)
        gathered = pipeline.gather(site, now=moment, jobs=options.processes(jobs), progress=talk.Bar())
        # What lies in a folder can be judged whatever a build of ours would meet there.
        done = pipeline.checked(gathered, site, writable=feeds_in in {None, _BUILD})
        judged = _judged(feeds_in, gathered, site, moment) if feeds_in else None
        compared = compare(gathered.posts, gathered.sources, site.settings, built) if built else None
    except FeedsError as error:
        _failed(error, shape, folder or context.find_object(Path) or Path())
        return error.exit_code
    more = [*(compared.problems if compared else ()), *(judged.problems if judged else ())]
    done = replace(done, problems=pipeline.in_order([*done.problems, *more]))
    _print(done, site, compared, judged, shape, codes, everything=everything)
    return talk.exit_code(done.problems) or int(compared is not None and compared.missing > 0)


def _judged(feeds_in: str, gathered: Gathered, site: Workspace, now: datetime) -> Judged:
    from feeds.cli import published  # noqa: PLC0415 - only who judges feeds waits for what that takes

    if feeds_in == _BUILD:
        return published.of_build(gathered, site, now)
    return published.of_folder(Path(feeds_in), now, gathered, site)


def _is_elsewhere(feeds_in: str | None, start: Path) -> bool:
    """Whether a folder is to be judged where no site is: anybody's feeds can be."""
    if feeds_in in {None, _BUILD}:
        return False
    try:
        config.find(start)
    except FeedsError:
        return True
    return False


def _check_folder(given: Path, now: str | None, shape: str, codes: Sequence[str], *, everything: bool) -> int:
    """Judge the feeds in a folder that belongs to no site of ours."""
    from feeds.cli import published  # noqa: PLC0415 - likewise

    judged = published.of_folder(given, options.moment(now, None), None, None)
    asked = [problem for problem in pipeline.in_order(judged.problems) if not codes or problem.code in codes]
    if shape == "json":
        talk.data({"output": judged.data(), "problems": [asdict(problem) for problem in asked]})
        return talk.exit_code(judged.problems)
    if shape == "github":
        for line in github.commands(asked, Path()):
            click.echo(line)
    else:
        diagnosis.show(asked, Path(), everything=everything)
    talk.say(judged.said())
    return talk.exit_code(judged.problems)


def _failed(error: FeedsError, shape: str, start: Path) -> None:
    if shape == "github":
        for line in github.failure(error, start):
            click.echo(line)
    if shape == "text" and (found := getattr(error, "problems", ())):
        talk.problems(found, excerpt=diagnosis.excerpts(config.find(start).parent, sys.stderr))
    else:
        talk.error(error, as_json=shape == "json")


def _print(
    done: Report,
    site: Workspace,
    compared: Comparison | None,
    judged: Judged | None,
    shape: str,
    codes: Sequence[str],
    *,
    everything: bool,
) -> None:
    asked = [problem for problem in done.problems if not codes or problem.code in codes]
    if shape == "json":
        found = talk.report(replace(done, problems=tuple(asked)))
        found |= {"against": _data(compared)} if compared else {}
        talk.data(found | ({"output": judged.data()} if judged else {}))
        return
    if shape == "github":
        for line in github.commands(asked, site.root):
            click.echo(line)
    else:
        diagnosis.show(asked, site.root, everything=everything)
    talk.say(talk.counts(done))
    for line in _said(compared) if compared else ():
        talk.say(line)
    if judged:
        talk.say(judged.said())
    talk.say(talk.severities(done.problems) or "no problems")


def _data(compared: Comparison) -> dict[str, object]:
    """The comparison as `--json` prints it; its problems are among all the others."""
    suggestion = compared.suggestion
    return {
        "posts": compared.posts,
        "missing": compared.missing,
        "elsewhere": compared.elsewhere,
        "remarks": dict(compared.remarks),
        "fits": compared.present,
        "suggestion": {
            "permalink": suggestion.permalink,
            "permalinks": dict(suggestion.permalinks),
            "fits": suggestion.fits,
            "of": suggestion.posts,
        }
        if suggestion
        else None,
        "others": list(compared.others),
    }


_FEW = 3  # pages that are named; --json names all
_REMARKS = {
    "ending": "at a file with an ending that the URL has not: see that the host serves it without",
    "slash": "with a slash at the end where the URL has none, or the other way round: the host must redirect",
    "form": "in another Unicode form (NFC or NFD), which hosts tell apart",
}


def _said(compared: Comparison) -> Iterator[str]:
    """The comparison in words."""
    found = compared.posts - compared.missing - compared.elsewhere
    yield f"{found} of {talk.plural(compared.posts, 'post')} found in the site"
    for remark, count in compared.remarks.items():
        yield f"  {count} {_REMARKS[remark]}"
    if compared.elsewhere:
        yield f"  {compared.elsewhere} at an address of another site, which was not looked for"
    if compared.others:
        few = ", ".join(compared.others[:_FEW])
        more = ", …" if len(compared.others) > _FEW else ""
        yield f"  pages that look like posts and are none of these: {len(compared.others)} ({few}{more})"
    if suggestion := compared.suggestion:
        fits = f"{suggestion.fits} of {suggestion.posts} posts; now {compared.present}"
        if not suggestion.permalinks:
            yield f"permalink = {json.dumps(suggestion.permalink)} fits {fits}"
            return
        yield f"these patterns fit {fits}:"
        yield "  [content]"
        yield f"  permalink = {json.dumps(suggestion.permalink)}"
        yield "  [content.permalinks]"
        for section, pattern in suggestion.permalinks.items():
            yield f"  {json.dumps(section)} = {json.dumps(pattern)}"
