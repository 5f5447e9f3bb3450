"""Commands in processes that are forked from a warm one, which may be killed at any moment."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).parents[1]


class Commands:
    """Commands in courses, one after the other."""

    def __init__(self, server: subprocess.Popen[str], printed: Path) -> None:
        self._server = server
        self._printed = printed

    def finish(self, folder: Path, *arguments: str) -> str:
        """Run a command to its good end; return what it printed."""
        self.start(folder, arguments)
        code, printed = self.ended()
        assert code == 0, printed
        return printed

    def kill(self, folder: Path, dice: random.Random, *arguments: str, **kinds: int) -> bool:
        """Start a command that is killed, with its group, before some event of one of these kinds.

        Return whether it was: each kind has a number of events, which a command may not reach. Moments are
        counted and not timed: a run of the tests kills at the moments of the run before.
        """
        kind, most = dice.choice(sorted(kinds.items()))
        self.start(folder, arguments, kind, dice.randrange(most))
        code, printed = self.ended()
        assert code in (0, 1, -signal.SIGKILL), printed
        return code == -signal.SIGKILL

    def start(self, folder: Path, arguments: Sequence[str], *moment: str | int) -> None:
        """Start a command, perhaps one that is killed at a moment."""
        assert self._server.stdin
        line = [str(folder), str(self._printed), arguments, *moment]
        self._server.stdin.write(json.dumps(line) + "\n")
        self._server.stdin.flush()

    def ended(self) -> tuple[int, str]:
        """Return how the command ended, and what it printed."""
        assert self._server.stdout
        return int(self._server.stdout.readline()), self._printed.read_text()


@contextmanager
def commands_in_processes(printed: Path) -> Iterator[Commands]:
    """Start what runs commands, which print to a file."""
    command = [sys.executable, "-m", "integration.killed"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent / "tools")])}
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        yield Commands(server, printed)
