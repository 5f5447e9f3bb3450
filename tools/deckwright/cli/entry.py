"""The `deckwright` command: its subcommands and exit codes."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence

import click

from deckwright import __version__
from deckwright.cli.adopt import adopt
from deckwright.cli.build import build
from deckwright.cli.check import check
from deckwright.cli.clean import clean
from deckwright.cli.doctor import doctor
from deckwright.cli.kit import kit
from deckwright.cli.marp_options import usage_hint
from deckwright.cli.new import new
from deckwright.cli.output import echo, print_error
from deckwright.cli.plan import plan
from deckwright.cli.present import present
from deckwright.cli.publish import publish, release
from deckwright.cli.results import results
from deckwright.cli.run import run
from deckwright.cli.serve import serve
from deckwright.cli.sync import sync
from deckwright.errors import GOOD, INTERRUPTED, ConfigError, DeckwrightError, InternalError, SystemLimit
from deckwright.files.system_errors import LESS_AT_ONCE, as_ours

_NO_THREAD = "can't start new thread"
"""What Python says, as RuntimeError, where the system has no room for one."""
_ISSUES = "https://github.com/deckwright/deckwright/issues"
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


_COMMANDS = (
    new,
    build,
    serve,
    present,
    check,
    plan,
    sync,
    adopt,
    run,
    kit,
    publish,
    release,
    results,
    doctor,
    clean,
)


@click.group(context_settings=_HELP, commands=_COMMANDS)
@click.version_option(__version__, prog_name="deckwright")
def cli() -> None:
    """Build lecture decks from Marp Markdown and runnable Python files, and prove every slide."""


class Interrupt:
    """A signal handler that ends the command.

    A second signal must not interrupt the clean-up after the first; much later it counts again.
    """

    CLEAN_UP_SECONDS = 10.0
    AGAIN_SECONDS = 0.05

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._raised = float("-inf")
        self._number = signal.SIGINT

    def __call__(self, number: int, frame: object) -> None:
        now = self._clock()
        if now - self._raised > self.CLEAN_UP_SECONDS:
            self._raised, self._number = now, signal.Signals(number)
            raise KeyboardInterrupt

    def on_unraisable(self, dropped: sys.UnraisableHookArgs) -> None:
        """Send the signal again if Python drops the exception: it does so in callbacks of weak references."""
        if not issubclass(dropped.exc_type, KeyboardInterrupt):
            sys.__unraisablehook__(dropped)
            return
        self._raised = float("-inf")
        main_thread = threading.main_thread().ident or 0
        again = threading.Timer(self.AGAIN_SECONDS, signal.pthread_kill, (main_thread, self._number))
        again.daemon = True
        again.start()


def main(arguments: Sequence[str] | None = None, system: str = os.name) -> None:
    """Run a command and exit. Shows no traceback for errors that a user can fix."""
    _prepare_process()
    try:
        sys.exit(_exit_code(arguments, system))
    finally:
        _drop_unwritten()
        gc.freeze()  # Python would look through all objects once more before it ends


def _exit_code(arguments: Sequence[str] | None, system: str) -> int:
    """Run a command; return its exit code."""
    try:
        _check_system(system)
        code = cli.main(arguments, prog_name="deckwright", standalone_mode=False)
        sys.stdout.flush()
        return code or GOOD
    except (DeckwrightError, OSError, MemoryError) as error:
        return print_error(as_ours(error))
    except click.ClickException as error:
        error.show()
        if hint := usage_hint(error):
            echo(f"{click.style('hint:', fg='blue')} {hint}", err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort) as error:
        if isinstance(error.__context__, EOFError):
            return _unanswered()
        click.echo("interrupted; finished results are kept", err=True)
        return INTERRUPTED
    except Exception as error:
        return _unexpected(error)


def _drop_unwritten() -> None:
    """Drop what a full disk or a closed pipe does not take.

    Else Python tries again when it ends, complains, and changes the exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _check_system(system: str) -> None:
    if system != "posix":
        raise ConfigError("Deckwright runs on Linux and macOS", "on Windows, install it in WSL")


def _prepare_process() -> None:
    """Handle signals, and print characters that the terminal's encoding lacks as `?`."""
    _open_streams()
    gc.set_threshold(100_000, 10, 10)  # imports and decks make many objects that stay, and no circles
    interrupt = Interrupt()
    sys.unraisablehook = interrupt.on_unraisable
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # A signal that is ignored stays ignored, as `nohup` and background jobs need it.
        if number and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, interrupt)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _open_streams() -> None:
    """Let streams that the caller has closed go nowhere: else the next file would take their place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it takes the lowest number: this one
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8")
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8")


def _unexpected(error: Exception) -> int:
    """Report an exception that nothing has handled; return the exit code."""
    if _NO_THREAD in str(error):
        return print_error(SystemLimit(f"the system has no room for another thread: {error}", LESS_AT_ONCE))
    import traceback

    traceback.print_exc()
    hint = f"report it, with the lines above and what `deckwright doctor` prints: {_ISSUES}"
    return print_error(InternalError(f"a fault of Deckwright: {error!r}", hint))


def _unanswered() -> int:
    """Report that a question had no answer, as in a pipe; return the exit code."""
    click.echo()  # ends the line of the question
    return print_error(
        ConfigError("there was no answer, and nothing was written", "use --yes to write, or --check")
    )
