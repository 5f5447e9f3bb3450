"""The `deckwright` command: its subcommands, its exit codes, and how it ends."""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence

import click

from deckwright import __version__
from deckwright.cli.adopt import adopt
from deckwright.cli.build import build
from deckwright.cli.check import check
from deckwright.cli.clean import clean
from deckwright.cli.doctor import doctor
from deckwright.cli.output import print_error
from deckwright.cli.plan import plan
from deckwright.cli.run import run
from deckwright.cli.serve import serve
from deckwright.cli.sync import sync
from deckwright.errors import BAD_DECK, GOOD, INTERRUPTED, ConfigError, DeckwrightError, foreign

SYSTEM = os.name

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_HELP)
@click.version_option(__version__, prog_name="deckwright")
def cli() -> None:
    """Build lecture decks from Marp Markdown and runnable Python files, and prove every slide."""


for _command in (build, serve, check, plan, sync, adopt, run, doctor, clean):
    cli.add_command(_command)


class Interrupt:
    """A signal handler that ends the command.

    A second signal must not cut short how the first one ends what runs. Much later it counts again:
    Python drops what is raised in a callback of its own, such as that of an import.
    """

    PATIENCE_SECONDS = 10.0

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._raised = float("-inf")

    def __call__(self, number: int, frame: object) -> None:
        now = self._clock()
        if now - self._raised > self.PATIENCE_SECONDS:
            self._raised = now
            raise KeyboardInterrupt


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit. Never shows a traceback for what a user can mend."""
    _prepare_process()
    try:
        _check_system()
        code = cli.main(arguments, prog_name="deckwright", standalone_mode=False)
        sys.exit(code or GOOD)
    except DeckwrightError as error:
        print_error(error)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort) as error:
        if isinstance(error.__context__, EOFError):
            sys.exit(_unanswered())
        click.echo("interrupted; finished results are kept", err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        print_error(foreign(error))
        sys.exit(BAD_DECK)


def _check_system() -> None:
    if SYSTEM != "posix":
        raise ConfigError("Deckwright runs on Linux and macOS", "on Windows, install it in WSL")


def _prepare_process() -> None:
    """End in good order when told to, and print what the terminal's encoding lacks as `?`."""
    interrupt = Interrupt()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # What is ignored stays so: `nohup`, or a script that runs us in the background.
        if number and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, interrupt)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _unanswered() -> int:
    """Say that a question found nobody, as in a pipe; return the exit code."""
    click.echo()  # ends the line of the question
    nobody = ConfigError("nobody answered, and nothing was written", "write with --yes, or look with --check")
    print_error(nobody)
    return nobody.exit_code
