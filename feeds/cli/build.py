"""`feeds build`: publish."""

from __future__ import annotations

from pathlib import Path

import click

from feeds import pipeline
from feeds.cli import options, talk


@click.command()
@options.folder
@click.option(
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the feeds below DIR instead of the output folder in the settings.",
)
@options.now
@options.jobs
@click.option("--force", is_flag=True, help="Write every file again, also those that would not change.")
@options.as_json
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but which posts were skipped, and why.")
@click.pass_context
def command(
    context: click.Context,
    folder: Path | None,
    output: Path | None,
    now: str | None,
    jobs: int | None,
    *,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Collect the posts and write the feeds of the site, of every category and of every tag.

    Only files that differ are written. A post that cannot be read is skipped and named, with the line to
    mend; the others are published, and the exit code is 1.

    \b
    Example, from cron, every minute:
      * * * * * feeds -C /srv/blog build --quiet
    """
    site = options.workspace(context, folder)
    done = pipeline.build(
        site,
        now=options.moment(now, site),
        output=output,
        jobs=options.processes(jobs),
        force=force,
        progress=talk.Bar(),
    )
    if as_json:
        talk.data(talk.report(done))
        return talk.exit_code(done.problems)
    if quiet:
        talk.problems(problem for problem in done.problems if problem.severity == "error")
    else:
        talk.main_problems(done.problems)
        talk.say(talk.counts(done))
        files = ", ".join(
            f"{len(paths)} {what}"
            for what, paths in (
                ("written", done.written),
                ("unchanged", done.unchanged),
                ("removed", done.removed),
            )
        )
        talk.say(f"{output or site.settings.output.dir}: {files}")
        if found := talk.severities(done.problems):
            talk.say(found)
    return talk.exit_code(done.problems)
