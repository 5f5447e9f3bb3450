"""The client of the fork server: it starts the server's process and talks to it through pipes."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from deckwright.execute.child_main import main_of
from deckwright.files.system_errors import as_ours
from deckwright.machine import processes

_TERMINATE_SECONDS = 0.2
"""How long the server may take to end itself."""

_LOOK_SECONDS = 0.5
_PULSE_SECONDS = 1.0
_LONG_SECONDS = 30.0
"""A recorder that has not answered for so long does not live, however busy the machine is."""


class ForkServer:
    """A server process, or the recorder that starts one.

    Requests and replies are as in `deckwright.child.fork_server`.
    """

    def __init__(
        self, python: str, fonts: Sequence[str], environment: Mapping[str, str], *, recorder: bool
    ) -> None:
        """Start the process; raises an error of ours if `python` cannot be started.

        `recorder`: the kernel reports what jobs read.
        """
        self._pulse = Pulse() if recorder else None
        descriptors = [self._pulse.theirs.fileno()] if self._pulse else []
        pulse = str(descriptors[0]) if descriptors else ""
        try:
            self._process = subprocess.Popen(
                [python, *main_of("fork_server"), "serve", pulse, *fonts],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=dict(environment),
                bufsize=0,
                start_new_session=True,
                pass_fds=descriptors,
            )
        except OSError as error:
            if self._pulse:
                self._pulse.close()
            raise as_ours(error, python) from error
        finally:
            if self._pulse:
                self._pulse.theirs.close()
        self._rest = b""
        self._looked = 0.0
        self._stopped: set[int] = set()
        """Its own processes that were stopped when we looked last."""
        self._hung = False

    @property
    def pid(self) -> int:
        """The process whose descendants are all that runs. Its session is that of the server."""
        return self._process.pid

    @property
    def has_recorder(self) -> bool:
        return self._pulse is not None

    def lost_recorder(self) -> bool:
        """Whether the server has ended because its recorder did, or does not answer."""
        if self._pulse is None or self._hung:
            return False
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(_TERMINATE_SECONDS) != 0
        # It is still there: the server has ended, or is of no use, for a reason of its own.
        return not self._pulse.beats(time.monotonic())

    def request(self, **request: Any) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            # `replies` reports that it has ended.
            self._process.stdin.write(json.dumps(request).encode("ascii") + b"\n")

    def replies(self, seconds: float) -> Iterator[dict[str, Any] | None]:
        """Yield the replies that come within some seconds; None if the server has ended."""
        assert self._process.stdout is not None
        if self._pulse and not self._pulse.beats(time.monotonic()):
            yield None
            return
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        if self._hangs(time.monotonic()) or (not ready and self._process.poll() is not None):
            yield None
            return
        if not ready:
            return
        data = os.read(self._process.stdout.fileno(), 65536)
        *lines, self._rest = (self._rest + data).split(b"\n")
        yield from map(parse_reply, lines)  # what is none was written by a script: others may be lost
        if not data:
            yield None

    def _hangs(self, now: float) -> bool:
        """Whether one of its own processes has been stopped, and nothing lets it go on."""
        if now - self._looked > _LOOK_SECONDS:
            stopped = processes.stopped(self._process.pid)
            self._hung = bool(stopped & self._stopped)
            self._looked, self._stopped = now, stopped
        return self._hung

    def kill(self) -> None:
        """End the server and all that descends from it, within a second."""
        processes.end_below(self._process.pid)
        with self._process:  # closes the pipes at its end
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_TERMINATE_SECONDS)
            self._process.kill()
        if self._pulse:
            self._pulse.close()


def parse_reply(line: bytes) -> dict[str, Any] | None:
    """Return the reply in a line; None if the server has not written it."""
    with suppress(ValueError, UnicodeError):
        match json.loads(line):
            case {"started": str(folder), "pid": int(pid), "keeper": int(keeper)}:
                return {"started": folder, "pid": pid, "keeper": keeper}
            case {"ended": str(folder), "status": int(status)}:
                return {"ended": folder, "status": status}
            case {"lost": str(folder)}:
                return {"lost": folder}
    return None


class Pulse:
    """A socket on which the recorder answers, to show that it lives: calls of jobs wait for it."""

    def __init__(self) -> None:
        self._ours, self.theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._asked = 0.0
        self._waits = False

    def beats(self, now: float) -> bool:
        """Ask the recorder once in a while; return False if it has not answered for long."""
        with suppress(OSError):
            if self._ours.recv(64):
                self._waits = False
        if not self._waits and now - self._asked > _PULSE_SECONDS:
            with suppress(OSError):
                self._ours.send(b".")
            self._asked, self._waits = now, True
        return not self._waits or now - self._asked < _LONG_SECONDS

    def close(self) -> None:
        self._ours.close()
