"""The command line: one file per command, and the one door where errors become words and exit codes.

=====  ==========================================================
code   means
=====  ==========================================================
0      done
1      done, but some posts were skipped: they are named on stderr
2      wrong usage or settings; nothing was changed
3      another run is working on this site
4      the disk failed; what was published before is untouched
70     Feedwright itself failed; please report it
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
CRASHED = 70  # EX_SOFTWARE of sysexits.h

# Name → module and what it does, so that a command pays only for its own imports, and help for none.
_COMMANDS = {
    "build": ("feeds.cli.build", "Write the feeds."),
    "newsletter": ("feeds.cli.newsletter", "Write an issue of the newsletter."),
    "list": ("feeds.cli.listing", "Show the posts, or the feeds."),
    "check": ("feeds.cli.check", "Name every problem; write nothing."),
    "init": ("feeds.cli.init", "Start a new site."),
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            from difflib import get_close_matches  # noqa: PLC0415 - only for a slip of the finger

            near = get_close_matches(cmd_name, _COMMANDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            ctx.fail(f"There is no command {cmd_name}.{hint}")
        command = import_module(_COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101 - the table above is ours
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 some posts skipped or a mail at fault, 2 usage or settings, 3 another run, "
    "4 disk, 6 nothing new to mail.",
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

        talk.error(error, as_json="--json" in (sys.argv[1:] if arguments is None else arguments))
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - scripts must be able to tell a crash from skipped posts
        from feeds.cli import talk  # noqa: PLC0415 - only when there is something to say

        talk.crash(error)
        code = CRASHED
    sys.exit(code or 0)


def _program_name() -> str:
    name = Path(sys.argv[0]).stem
    return "feedwright" if name == "feedwright" else "feeds"
