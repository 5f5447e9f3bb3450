"""The warm server's other end: its process, and the pipes to it."""

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

_PATIENCE_SECONDS = 0.2

_BOOT = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from deckwright.child.fork_server import main; main()"
)
"""Starts our child code in any interpreter, also one that does not have us installed."""


class ForkServer:
    """Takes requests and gives replies, as `deckwright.child.fork_server` describes them."""

    def __init__(self, python: str, fonts: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start the process; raises ServerError if there is no such Python."""
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
            # Its death is noticed where its replies are read.
            self._process.stdin.write(json.dumps(request).encode("ascii") + b"\n")

    def replies(self, seconds: float) -> Iterator[dict[str, Any] | None]:
        """Yield what has come within so many seconds; None when no more will ever come."""
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
        """End the server and everything below it within a second."""
        processes.kill(processes.descendants(self._process.pid))
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE_SECONDS)
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()
