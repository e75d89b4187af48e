"""The options that several commands share, and what they mean."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from feeds import config
from feeds.content import dates

if TYPE_CHECKING:
    from feeds.settings import Workspace

folder = click.option(
    "-C",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Work on the site in DIR instead of the current folder.",
)
now = click.option(
    "--now",
    metavar="TIME",
    help="Publish what is due at TIME, such as 2026-01-31T18:00 (default: the present).",
)
jobs = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Render in N processes (default: one per processor). The outcome does not depend on it.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")


def workspace(context: click.Context, given: Path | None) -> Workspace:
    """Find the site: in the command's own -C, else in the one before the command, else here."""
    return config.load(given or context.find_object(Path) or Path())


def moment(text: str | None, site: Workspace | None, option: str = "--now") -> datetime:
    """A time that an option gives, in the site's zone, or UTC where there is no site; else the present."""
    if text is None:
        return datetime.now(UTC)
    try:
        given = dates.read(text, ZoneInfo(site.settings.site.timezone if site else "UTC"))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from error
    if given is None:
        raise click.BadParameter(f"{text!r} is no date", param_hint=option)
    return given


def processes(given: int | None) -> int:
    """How many processes to render in: those asked for, or one for each processor that we may use."""
    if given:
        return given
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
