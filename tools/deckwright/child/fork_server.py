"""The warm server: imports what jobs will import, then forks a process for each.

It reads requests and writes replies as JSON lines, on what were its stdin and stdout.
Request: {"task": folder, "modules": [name, ...], "fresh": false}; without a task (""), it only
imports. Replies: {"started": folder, "pid": pid} and {"ended": folder, "status": wait status}. The
end of its input ends it and all of its jobs.
It touches no tensor and no device and starts no thread, so that a fork is a clean copy.
"""

from __future__ import annotations

import ctypes
import gc
import importlib.util
import json
import os
import select
import signal
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from deckwright.child import matplotlib_setup, threads
from deckwright.child.job import work
from deckwright.child.task import read_task

_PR_SET_CHILD_SUBREAPER = 36
_BURIALS = 40
_BURIAL_SECONDS = 0.005


def main() -> None:
    """Serve (`serve FONT...`) or run one job in this very interpreter (`run FOLDER`)."""
    _forget_our_path()
    threads.share()
    command, *arguments = sys.argv[1:]
    if command == "run":
        work(read_task(arguments[0]))
    _Server(sys.orig_argv[: -len(sys.argv) + 1], tuple(arguments)).serve()


def _forget_our_path() -> None:
    """Take off what the launcher put on sys.path: scripts must not find our modules by it."""
    del sys.path[0]
    if sys.path and sys.path[0] == "":
        del sys.path[0]


class _Server:
    def __init__(self, command: list[str], fonts: tuple[str, ...]) -> None:
        self._command = command
        """The command line that starts this module in a new interpreter, without arguments."""
        self._requests, self._replies = _take_over_streams()
        self._wake = _wake_on_child()
        self._waiting: list[dict[str, Any]] = []
        self._jobs: dict[int, str] = {}
        self._rest = b""
        _adopt_orphans()
        signal.signal(signal.SIGTERM, lambda *_: self._end())
        matplotlib_setup.prepare(fonts)
        gc.disable()

    def serve(self) -> NoReturn:
        while True:
            timeout = 0 if self._waiting else None
            ready, _, _ = select.select([self._requests, self._wake], [], [], timeout)
            if self._wake in ready:
                os.read(self._wake, 4096)
            self._reap()
            if self._requests in ready:
                self._listen()
            if self._waiting:
                self._start_next()

    def _listen(self) -> None:
        data = os.read(self._requests, 65536)
        if not data:
            self._end()
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._waiting += [json.loads(line) for line in lines]

    def _start_next(self) -> None:
        """Start a job that lacks no module if there is one, else import for the first."""
        self._waiting.sort(key=lambda request: bool(_missing(request)))
        request = self._waiting.pop(0)
        for name in _missing(request):
            _import_quietly(name)
        folder = request["task"]
        if not folder:
            return
        gc.freeze()
        pid = os.fork()
        if pid == 0:
            self._become(folder, fresh=request["fresh"])
        self._jobs[pid] = folder
        self._reply(started=folder, pid=pid)

    def _become(self, folder: str, *, fresh: bool) -> NoReturn:
        """In the forked process: leave everything of the server behind and do the job."""
        try:
            os.setsid()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            for descriptor in (self._requests, self._replies, self._wake):
                os.close(descriptor)
            gc.enable()
            if fresh:
                os.execv(sys.executable, [*self._command, "run", folder])
            work(read_task(folder))
        except BaseException:
            # A mistake of ours, not of the script: let it show in what the script printed.
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(70)

    def _reap(self) -> None:
        """Report the jobs that ended. Orphans of jobs come to us too, and are only buried."""
        with suppress(ChildProcessError):
            while pid_and_status := _next_ended():
                pid, status = pid_and_status
                if pid in self._jobs:
                    # What a job leaves running behind itself ends with it.
                    _kill_group(pid)
                    self._reply(ended=self._jobs.pop(pid), status=status)

    def _reply(self, **reply: Any) -> None:
        with suppress(BrokenPipeError):
            os.write(self._replies, json.dumps(reply).encode("ascii") + b"\n")

    def _end(self) -> NoReturn:
        """Kill every job and bury it: in a container, there may be nobody else to do so."""
        for pid in self._jobs:
            _kill_group(pid)
        with suppress(ChildProcessError):
            for _ in range(_BURIALS):
                if not _next_ended():
                    time.sleep(_BURIAL_SECONDS)
        os._exit(0)


def _take_over_streams() -> tuple[int, int]:
    """Keep the pipes for ourselves; what imports print goes nowhere."""
    requests, replies = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    return requests, replies


def _wake_on_child() -> int:
    """Return a descriptor that becomes readable when a job ends."""
    reader, writer = os.pipe()
    for descriptor in (reader, writer):
        os.set_blocking(descriptor, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    return reader


def _next_ended() -> tuple[int, int] | None:
    pid, status = os.waitpid(-1, os.WNOHANG)
    return (pid, status) if pid else None


def _adopt_orphans() -> None:
    """Where the kernel can, become the parent of what jobs leave behind, so that it is found."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _missing(request: dict[str, Any]) -> list[str]:
    return [name for name in request["modules"] if name not in _tried]


def _import_quietly(name: str) -> None:
    """Import a module ahead; if that fails, the job itself will show how."""
    _tried.add(name)
    with suppress(BaseException):
        if _is_installed(name.partition(".")[0]):
            importlib.import_module(name)


def _is_installed(package: str) -> bool:
    """Whether it lies where installers put it: what lies in a project is edited while we live."""
    spec = importlib.util.find_spec(package)
    folders = Path(spec.origin).parts if spec and spec.origin else ()
    return "site-packages" in folders or "dist-packages" in folders


def _kill_group(leader: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


_tried: set[str] = set()
