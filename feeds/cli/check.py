"""`feeds check`: the real path minus the last step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feeds import pipeline
from feeds.cli import options, talk

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options.folder
@options.now
@options.jobs
@options.as_json
@click.pass_context
def command(
    context: click.Context, folder: Path | None, now: str | None, jobs: int | None, *, as_json: bool
) -> int:
    """Do all that build does, except to write, and print every problem with its file and line.

    \b
    Example, before a commit:
      feeds check
    """
    site = options.workspace(context, folder)
    done = pipeline.check(
        site, now=options.moment(now, site), jobs=options.processes(jobs), progress=talk.Bar()
    )
    if as_json:
        talk.data(talk.report(done))
        return talk.exit_code(done.problems)
    talk.problems(done.problems, err=False)
    talk.say(talk.counts(done))
    talk.say(talk.severities(done.problems) or "no problems")
    return talk.exit_code(done.problems)
