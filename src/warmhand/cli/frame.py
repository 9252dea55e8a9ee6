"""The frame of the command line: which commands there are, and how every one of them ends."""

from __future__ import annotations

import importlib
import importlib.util
import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from warmhand import __version__
from warmhand.cli.answers import Session, tell_problem
from warmhand.cli.exits import EXIT_OF_STATUS, Exit
from warmhand.problems import Problem

# Name of the command -> module and the click command in it. A module is loaded only when its
# command is called (or its help is asked for); one that is absent is not listed.
COMMANDS = {
    "serve": "warmhand.cli.serve:serve",
    "work": "warmhand.cli.work:work",
    "today": "warmhand.cli.today:today",
    "verdict": "warmhand.cli.verdict:verdict",
    "review-pack": "warmhand.cli.review_pack:review_pack",
    "compose-ask": "warmhand.cli.wording:compose_ask",
    "check-wording": "warmhand.cli.wording:check_wording",
    "ledger": "warmhand.cli.ledger:ledger",
    "packs": "warmhand.cli.packs:packs",
    "match": "warmhand.cli.match:match",
    "import": "warmhand.cli.importing:import_",
    "import-keys": "warmhand.cli.key_lists:import_keys",
    "directory": "warmhand.cli.directory:directory",
    "example": "warmhand.cli.example:example",
    "workspace": "warmhand.cli.workspace:workspace",
    "migrate": "warmhand.cli.migrate:migrate",
    "doctor": "warmhand.cli.doctor:doctor",
}
# Said here so that `warmhand --help` need not load every module; a test keeps them equal.
SUMMARIES = {
    "serve": "Serve the product in the browser and over HTTP.",
    "work": "Do the background jobs.",
    "today": "The moves of the day, best first.",
    "verdict": "May this client be asked, and why (not)?",
    "review-pack": "What was agreed and delivered, to bring to a review.",
    "compose-ask": "The words of an ask for a client who may be asked.",
    "check-wording": "Check anybody's own words for an ask.",
    "ledger": "What was given to allies and received from them, and why it is uneven.",
    "packs": "The legal packs of this version, and what they let your own trade do.",
    "match": "Which kind of provider does somebody need who says this?",
    "import": "Bring in clients, companies and records from a file.",
    "import-keys": "Take people from a list of connections onto a client's key ring.",
    "directory": "Take the directory of providers out, or bring one in.",
    "example": "Build the example workspace.",
    "workspace": "Make a workspace, list them, or make an API key.",
    "migrate": "Bring the database to this version.",
    "doctor": "Say what is wrong with this installation and how to mend it.",
}


class LazyGroup(click.Group):
    """A group whose commands are loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands whose modules are there, in the order of `COMMANDS`."""
        return [name for name, target in COMMANDS.items() if _exists(target)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None where there is none of that name."""
        target = COMMANDS.get(cmd_name)
        if target is None or not _exists(target):
            return None
        module, _, function = target.partition(":")
        found: click.Command = getattr(importlib.import_module(module), function)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their summaries, loading none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in self.list_commands(ctx)])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Say what the exit codes mean, and which settings every command heeds."""
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(int(code)), code.meaning) for code in Exit])
        with formatter.section("Environment"):
            formatter.write_dl(
                [
                    ("WARMHAND_DATA", "the folder for everything that is written (default: ./var)"),
                    ("DATABASE_URL", "a PostgreSQL of your own instead of the embedded one"),
                ]
            )


def _exists(target: str) -> bool:
    return importlib.util.find_spec(target.partition(":")[0]) is not None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="warmhand")
def warmhand() -> None:
    """Who has earned an ask for a referral today, what to do about each client, and why."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    signal.signal(signal.SIGTERM, _end_on_sigterm)
    sys.exit(run(arguments))


def _end_on_sigterm(number: int, frame: FrameType | None) -> NoReturn:
    """Leave in order, so that whatever was started for the command is ended with it."""
    sys.exit(Exit.TERMINATED)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. However it ends, it says so in the one error shape."""
    session = Session()
    try:
        ended = warmhand.main(arguments, prog_name="warmhand", standalone_mode=False, obj=session)
    except BrokenPipeError:  # `warmhand today | head`: the reader has had enough
        sys.stderr.close()
        return Exit.DONE
    except Exception as error:
        return _end(error, session)
    return int(ended) if isinstance(ended, int) else Exit.DONE


def _end(error: Exception, session: Session) -> int:
    if isinstance(error, click.Abort):
        return Exit.INTERRUPTED
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return Exit.USAGE
    problem, exit_code = _described(error)
    tell_problem(problem, as_json=session.json)
    return exit_code


def _described(error: Exception) -> tuple[Problem, int]:
    """Any exception as a problem in the one shape, and its exit code."""
    if isinstance(error, Problem):
        return error, EXIT_OF_STATUS.get(error.status, Exit.NO)
    if isinstance(error, click.ClickException):
        return Problem("usage", error.format_message(), lift=_usage_help(error)), error.exit_code
    traceback.print_exception(error)
    sentence = f"Something went wrong that should not: {type(error).__name__}: {error}"
    return Problem("bug", sentence, lift="Please report it with the lines above."), Exit.BUG


def _usage_help(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"See '{context.command_path} --help'." if context else ""
