"""The warm server: a tree of processes, each of which has imported one module more than its parent.

A job is forked from the process that has imported the job's own modules, and no others: what other jobs
import changes warnings, loggers and variables, and must not change its result.

It reads requests and writes replies as JSON lines, on what were its stdin and stdout.
Request: {"task": folder, "modules": [name, ...], "fresh": false}; without a task (""), it only
imports. A process hands it on without the first module, to the branch that has imported that.
Replies: {"started": folder, "pid": pid, "keeper": pid}, {"ended": folder, "status": wait status}, and
{"lost": folder} for a job whose keeper has ended first. At the end of its input it ends, with all of its jobs
and branches.
It creates no tensor, opens no device and starts no thread: the processes that it forks would inherit them.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from deckwright.child.display import matplotlib_setup, notebook
from deckwright.child.job import run_job
from deckwright.child.keeper import fork, reply, start_below_keeper
from deckwright.child.libraries import limit_threads
from deckwright.child.prctl import adopt_orphans, die_with_parent
from deckwright.child.recording.recorder import start_recorder
from deckwright.child.streams import order_streams
from deckwright.child.task import FAULT, read_task
from deckwright.machine.process_tree import end_below

_MOST_BRANCHES = 8
"""Of one process. A job for which there is no branch imports its modules itself."""

_POLLS = 40
_POLL_SECONDS = 0.005
"""How often the server looks, before it ends, whether killed jobs have ended."""


def main() -> None:
    """Serve (`serve PULSE FONT...`) or run one job in this very interpreter (`run FOLDER RECORDER`).

    PULSE is a descriptor for `start_recorder`, RECORDER one for `report_to`: empty without a recorder.
    """
    _remove_our_path()
    order_streams()
    limit_threads()
    notebook.prepare()
    command, *arguments = sys.argv[1:]
    if command == "run":
        folder, recorder = arguments
        run_job(read_task(folder), int(recorder) if recorder else None)
    pulse, *fonts = arguments
    to_recorder = start_recorder(int(pulse)) if pulse else None
    _Server(sys.orig_argv[: -len(sys.argv) + 1], tuple(fonts), to_recorder).serve()


def _remove_our_path() -> None:
    """Remove the launcher's entries from sys.path: scripts must not find our modules there."""
    del sys.path[0]
    if sys.path and sys.path[0] == "":
        del sys.path[0]


class _Server:
    def __init__(self, command: list[str], fonts: tuple[str, ...], recorder: int | None) -> None:
        self._command = command
        """The command that starts this module in a new interpreter, without arguments."""
        self._recorder = recorder
        self._requests, self._replies = _take_over_streams()
        self._wake = _wake_on_child()
        self._waiting: list[dict[str, Any]] = []
        self._jobs: dict[int, str] = {}
        """Folders by the pid of their keeper."""
        self._rest = b""
        self._branches: dict[str, tuple[int, int]] = {}
        """Of each process that has imported one more module: its pid, and the pipe with its requests."""
        adopt_orphans()
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
                self._read_requests()
            if self._waiting:
                self._start_next()

    def _read_requests(self) -> None:
        data = os.read(self._requests, 65536)
        if not data:
            self._end()
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._waiting += [json.loads(line) for line in lines]

    def _start_next(self) -> None:
        """Fork a job, or hand the request on to the branch that has imported its first module."""
        request = self._waiting.pop(0)
        folder = request["task"]
        modules = [name for name in request["modules"] if name not in sys.modules]
        if modules and (modules[0] in self._branches or len(self._branches) < _MOST_BRANCHES):
            self._hand_on({**request, "modules": modules[1:]}, modules[0])
        elif folder:
            gc.freeze()
            server, pid = os.getpid(), fork()
            if pid == 0:
                self._run_in_fork(folder, server, fresh=request["fresh"])
            self._jobs[pid] = folder

    def _hand_on(self, request: dict[str, Any], module: str) -> None:
        if module not in self._branches:
            requests, writer = os.pipe()
            gc.freeze()
            server, pid = os.getpid(), fork()
            if pid == 0:
                die_with_parent(server)
                self._become_branch(requests, writer, module)
            os.close(requests)
            self._branches[module] = pid, writer
        with suppress(BrokenPipeError):  # it has died, which `_reap` sees
            os.write(self._branches[module][1], json.dumps(request).encode("ascii") + b"\n")

    def _become_branch(self, requests: int, writer: int, module: str) -> NoReturn:
        """Be a server of its own, which has imported a module."""
        adopt_orphans()
        for descriptor in (writer, self._requests, *self._drop_branches()):
            os.close(descriptor)
        self._requests, self._wake = requests, _wake_on_child(self._wake)
        self._waiting, self._jobs, self._rest = [], {}, b""
        _import_quietly(module)
        self.serve()

    def _drop_branches(self) -> list[int]:
        """Forget the branches, and return the pipes to them."""
        pipes = [pipe for _, pipe in self._branches.values()]
        self._branches = {}
        return pipes

    def _run_in_fork(self, folder: str, server: int, *, fresh: bool) -> NoReturn:
        """Run a job below a keeper, without anything of the server."""
        try:
            for descriptor in (signal.set_wakeup_fd(-1), self._requests, self._wake, *self._drop_branches()):
                os.close(descriptor)
            for number in (signal.SIGCHLD, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            start_below_keeper(folder, self._replies, server)
            os.setsid()
            signal.signal(signal.SIGINT, signal.default_int_handler)
            gc.enable()
            if fresh:
                self._run_fresh(folder)
            task = read_task(folder)
        except BaseException:
            os._exit(FAULT)
        run_job(task, self._recorder)

    def _run_fresh(self, folder: str) -> NoReturn:
        recorder = ""
        if self._recorder is not None:
            os.set_inheritable(self._recorder, True)
            recorder = str(self._recorder)
        os.execv(sys.executable, [*self._command, "run", folder, recorder])

    def _reap(self) -> None:
        """Report the jobs whose keepers did not: then what these kept is ours, and ends."""
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                pid, status = ended
                if pid in self._branch_pids:
                    self._end()  # a module crashes when it is imported
                if (folder := self._jobs.pop(pid, "")) and status:
                    end_below(os.getpid(), spared={*self._jobs, *self._branch_pids})
                    reply(self._replies, lost=folder)

    @property
    def _branch_pids(self) -> set[int]:
        return {pid for pid, _ in self._branches.values()}

    def _end(self) -> NoReturn:
        """Kill all jobs and wait for them: in a container there may be no init process to do so."""
        for pid in self._jobs:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        for pipe in self._drop_branches():
            os.close(pipe)  # they end, too
        with suppress(ChildProcessError):
            for _ in range(_POLLS):
                if not os.waitpid(-1, os.WNOHANG)[0]:
                    time.sleep(_POLL_SECONDS)
        end_below(os.getpid())
        os._exit(0)


def _take_over_streams() -> tuple[int, int]:
    """Return copies of stdin and stdout, and let both, and stderr, go nowhere: imports may print."""
    requests, replies = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    return requests, replies


def _wake_on_child(old: int | None = None) -> int:
    """Return a descriptor that becomes readable when a job ends; close the old one."""
    if old is not None:
        os.close(signal.set_wakeup_fd(-1))
        os.close(old)
    reader, writer = os.pipe()
    for descriptor in (reader, writer):
        os.set_blocking(descriptor, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    return reader


def _import_quietly(name: str) -> None:
    """Import a module; if that fails, the job that needs it will show the error."""
    with suppress(BaseException):
        if _is_installed(name.partition(".")[0]):
            importlib.import_module(name)


def _is_installed(package: str) -> bool:
    """Whether a package is installed: one in a project may be edited while the server runs."""
    spec = importlib.util.find_spec(package)
    folders = Path(spec.origin).parts if spec and spec.origin else ()
    return "site-packages" in folders or "dist-packages" in folders
