"""The client of the fork server: it starts the server's process and talks to it through pipes."""

from __future__ import annotations

import json
import os
import select
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from deckwright.errors import ServerError
from deckwright.machine import processes

_TERMINATE_SECONDS = 0.2
"""How long the server may take to end itself."""

_BOOT = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from deckwright.child.fork_server import main; main()"
)
"""Starts the server in any interpreter, also in one without Deckwright."""


class ForkServer:
    """A server process. Requests and replies are as in `deckwright.child.fork_server`."""

    def __init__(self, python: str, fonts: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start the process; raises ServerError if `python` cannot be started."""
        tools = str(Path(__file__).parents[2])
        try:
            self._process = subprocess.Popen(
                [python, "-c", _BOOT, tools, "serve", *fonts],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=dict(environment),
                bufsize=0,
                start_new_session=True,
            )
        except OSError as error:
            raise ServerError(f"cannot start {python}: {error.strerror}") from error
        self._rest = b""

    @property
    def pid(self) -> int:
        return self._process.pid

    def request(self, **request: Any) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            # `replies` reports that it has ended.
            self._process.stdin.write(json.dumps(request).encode("ascii") + b"\n")

    def replies(self, seconds: float) -> Iterator[dict[str, Any] | None]:
        """Yield the replies that come within some seconds; None if the server has ended."""
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        if not ready:
            return
        data = os.read(self._process.stdout.fileno(), 65536)
        *lines, self._rest = (self._rest + data).split(b"\n")
        yield from map(json.loads, lines)
        if not data:
            yield None

    def kill(self) -> None:
        """End the server and all that descends from it, within a second."""
        processes.kill(processes.descendants(self._process.pid))
        with self._process:  # closes the pipes at its end
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_TERMINATE_SECONDS)
            self._process.kill()
