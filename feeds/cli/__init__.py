"""The command line: one file per command, and the one door where errors become words and exit codes.

=====  ==========================================================
code   means
=====  ==========================================================
0      done
1      done, but some posts were skipped: they are named on stderr
2      wrong usage or settings; nothing was changed
3      another run is working on this site
4      the disk failed; what was published before is untouched
=====  ==========================================================
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds import __version__
from feeds.errors import FeedsError

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130  # what shells give for Ctrl-C: 128 + SIGINT

# Name → module, so that a command pays only for its own imports.
_COMMANDS = {
    "build": "feeds.cli.build",
    "newsletter": "feeds.cli.newsletter",
    "list": "feeds.cli.listing",
    "check": "feeds.cli.check",
    "init": "feeds.cli.init",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(_COMMANDS[cmd_name]).command
        assert isinstance(command, click.Command)  # noqa: S101 - the table above is ours
        return command


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 some posts skipped, 2 usage or settings, 3 another run, 4 disk.",
)
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="Work on the site in DIR instead of the current folder.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def app(context: click.Context, folder: Path) -> None:
    """Publish a folder of Markdown posts as RSS, Atom and JSON feeds, and as a newsletter.

    A site is a folder with a feeds.toml, or a pyproject.toml with [tool.feeds]; commands work from anywhere
    inside it.

    \b
    Example:
      feeds init blog && cd blog && feeds build
    """
    context.obj = folder


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # an ASCII terminal must not end a build
    try:
        code = app.main(args=arguments, prog_name=_program_name(), standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except FeedsError as error:
        from feeds.cli import talk  # noqa: PLC0415 - only when there is something to say

        talk.error(error)
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        code = INTERRUPTED
    sys.exit(code or 0)


def _program_name() -> str:
    name = Path(sys.argv[0]).stem
    return "feedwright" if name == "feedwright" else "feeds"
