"""A Node process that answers JSON requests, and ends with us together with all that it started."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from deckwright.errors import RenderError, RenderTimeout

DOCTOR = "correct what the message names; `deckwright doctor` shows which Node and Marp are in use"
_LINES_OF_OUTPUT = 20
GRACE_SECONDS = 3.0
"""How long the process may take to end by itself, and then to end after a signal."""
_OUTPUT_SECONDS = 1.0
"""How long we wait for the output of a process that ended; a browser that outlives it may write more."""


class NodeProcess:
    """A Node process, and all that it starts."""

    def __init__(self, command: list[str], env: Mapping[str, str], cwd: Path) -> None:
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                env=dict(env),
                cwd=cwd,
                # A group of its own: Ctrl-C reaches only us, and we end it.
                start_new_session=True,
            )
        except OSError as error:
            raise RenderError(f"cannot start Node: {error}", DOCTOR) from error
        streams = (self._process.stdin, self._process.stdout, self._process.stderr)
        self._stdin, self._stdout, self._stderr = cast(tuple[IO[str], ...], streams)
        self._ids = itertools.count(1)
        self._waiting: dict[int, Future[Any]] = {}
        self._lock = threading.Lock()
        self._silent = False
        """Whether it will not answer any more, although it may still accept requests."""
        self._output: deque[str] = deque(maxlen=_LINES_OF_OUTPUT)
        self._errors = self._listen(self._read_errors)
        self._listeners = (self._listen(self._read_answers), self._errors)

    def ask(self, method: str, /, **params: Any) -> Future[Any]:
        """Send a request; return a future of the answer, or of a `RenderError`."""
        answer: Future[Any] = Future()
        with self._lock:
            if self._silent:
                answer.set_exception(self._died())
                return answer
            number = next(self._ids)
            self._waiting[number] = answer
            try:
                request = {"id": number, "method": method, "params": params}
                print(json.dumps(request), file=self._stdin, flush=True)
            except (OSError, ValueError):
                self._waiting.pop(number, None)
                answer.set_exception(self._died())
        return answer

    def call(self, method: str, /, timeout_seconds: float | None, **params: Any) -> Any:
        """Send a request and wait for its answer; raises RenderTimeout if there is none in time."""
        try:
            return self.ask(method, **params).result(timeout_seconds)
        except FutureTimeout as error:
            message = f"Marp or the browser did not finish within {timeout_seconds:g} s"
            hint = "give it more seconds: browser_timeout in [tool.deckwright.marp], 0 for no limit"
            raise RenderTimeout(message, hint) from error

    def close(self, grace_seconds: float = GRACE_SECONDS) -> None:
        """End the process and everything that it started, if necessary by force."""
        from deckwright.machine import processes  # loads psutil, which only the end needs

        others = processes.descendants(self._process.pid)
        with self._lock, suppress(OSError):
            self._stdin.close()
        for number in (signal.SIGTERM, signal.SIGKILL):
            if not self._ends_within(grace_seconds):
                processes.signal_group(self._process.pid, number)
        self._ends_within(grace_seconds)
        # A browser leads a group of its own, which the group's signals do not reach.
        processes.kill(others, GRACE_SECONDS)
        for listener in self._listeners:
            listener.join(GRACE_SECONDS)
        for output in (self._stdout, self._stderr):
            with suppress(OSError):
                output.close()

    def _ends_within(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _listen(self, work: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def _read_answers(self) -> None:
        for line in _lines(self._stdout):
            try:
                message = json.loads(line)
            except ValueError:  # a package wrote to stdout directly
                self._output.append(line.rstrip())
                continue
            answer = self._waiting.pop(message["id"], None)
            if answer and "error" in message:
                answer.set_exception(RenderError(message["error"], DOCTOR))
            elif answer:
                answer.set_result(message["result"])
        self._errors.join(_OUTPUT_SECONDS)
        with self._lock:
            self._silent = True
            lost = list(self._waiting.values())
            self._waiting.clear()
        for answer in lost:
            answer.set_exception(self._died())

    def _read_errors(self) -> None:
        for line in _lines(self._stderr):
            self._output.append(line.rstrip())

    def _died(self) -> RenderError:
        return RenderError("the Node process ended\n" + "\n".join(self._output), DOCTOR)


def _lines(stream: IO[str]) -> Iterator[str]:
    """Yield lines until the stream ends or is closed."""
    with suppress(ValueError):
        yield from stream
