"""A Node process that stays: JSON requests go in, JSON answers come out, and nothing of it outlives us."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import IO, Any

from deckwright.errors import RenderError

_REMEMBERED_LINES = 20
GRACE_SECONDS = 3.0
"""How long the process may take to end itself, then to end when told to."""
_LAST_WORDS_SECONDS = 1.0
"""How long is waited for what a process that ended has said; a browser that outlives it may say more."""


class NodeProcess:
    """Owns one Node process and all that it starts."""

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
                # A group of its own: Ctrl-C reaches us alone, and we end it in order.
                start_new_session=True,
            )
        except OSError as error:
            raise RenderError(f"cannot start Node: {error}") from error
        self._ids = itertools.count(1)
        self._waiting: dict[int, Future[Any]] = {}
        self._lock = threading.Lock()
        self._silent = False
        """Whether it will answer nothing more, although it may still take what is written."""
        self._said: deque[str] = deque(maxlen=_REMEMBERED_LINES)
        self._errors = self._listen(self._read_errors)
        self._listeners = (self._listen(self._read_answers), self._errors)

    def ask(self, method: str, /, **params: Any) -> Future[Any]:
        """Send a request; the future holds the answer, or a `RenderError`."""
        answer: Future[Any] = Future()
        with self._lock:
            if self._silent:
                answer.set_exception(self._died())
                return answer
            number = next(self._ids)
            self._waiting[number] = answer
            try:
                _input(self._process).write(
                    json.dumps({"id": number, "method": method, "params": params}) + "\n"
                )
                _input(self._process).flush()
            except (OSError, ValueError):
                self._waiting.pop(number, None)
                answer.set_exception(self._died())
        return answer

    def call(self, method: str, /, timeout_seconds: float, **params: Any) -> Any:
        """Send a request and wait for its answer."""
        try:
            return self.ask(method, **params).result(timeout_seconds)
        except FutureTimeout as error:
            raise RenderError(f"Marp did not answer within {timeout_seconds:.0f} s") from error

    def close(self, grace_seconds: float = GRACE_SECONDS) -> None:
        """End the process and everything that it started; gently first."""
        others = self._descendants()
        with self._lock:
            _close(self._process.stdin)
        for signal_number in (None, signal.SIGTERM, signal.SIGKILL):
            if signal_number is not None:
                self._signal(signal_number)
            if self._ended(grace_seconds):
                break
        _kill(others)
        for listener in self._listeners:
            listener.join(GRACE_SECONDS)
        _close(self._process.stdout)
        _close(self._process.stderr)

    def _ended(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _signal(self, number: int) -> None:
        try:
            os.killpg(self._process.pid, number)
        except (ProcessLookupError, PermissionError):
            return

    def _descendants(self) -> list[Any]:
        import psutil  # only at the end

        try:
            return psutil.Process(self._process.pid).children(recursive=True)
        except psutil.Error:
            return []

    def _listen(self, work: Any) -> threading.Thread:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def _read_answers(self) -> None:
        for line in _lines(self._process.stdout):
            try:
                message = json.loads(line)
            except ValueError:  # a package wrote past our console
                self._said.append(line.rstrip())
                continue
            answer = self._waiting.pop(message["id"], None)
            if answer is None:
                continue
            if "error" in message:
                answer.set_exception(RenderError(message["error"]))
            else:
                answer.set_result(message["result"])
        self._errors.join(_LAST_WORDS_SECONDS)
        with self._lock:
            self._silent = True
            lost = list(self._waiting.values())
            self._waiting.clear()
        for answer in lost:
            answer.set_exception(self._died())

    def _read_errors(self) -> None:
        for line in _lines(self._process.stderr):
            self._said.append(line.rstrip())

    def _died(self) -> RenderError:
        return RenderError("the Node process ended\n" + "\n".join(self._said))


def _input(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdin is not None
    return process.stdin


def _lines(stream: IO[str] | None) -> Any:
    """Lines until the stream ends, or is closed while we wait for one."""
    assert stream is not None
    try:
        yield from stream
    except ValueError:
        return


def _close(stream: IO[str] | None) -> None:
    assert stream is not None
    try:
        stream.close()
    except OSError:
        return


def _kill(processes: list[Any]) -> None:
    """Kill what is left; a browser leads a group of its own, so the group's signals do not reach it."""
    import psutil

    left = [process for process in processes if _lives(process)]
    for process in left:
        try:
            process.kill()
        except psutil.Error:
            continue
    psutil.wait_procs(left, timeout=GRACE_SECONDS)


def _lives(process: Any) -> bool:
    import psutil

    try:
        # A dead one may wait a while to be collected by a parent that is not us.
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False
