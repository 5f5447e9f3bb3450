"""The keeper of a job: a process between the server and the job, which does nothing but wait for its end.

What a job leaves behind, in sessions of its own too, becomes a child of the keeper: so all that descends from
it belongs to the job, and it ends all of that when the job has ended. A script that kills or stops its parent
harms only itself.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from contextlib import suppress
from typing import Any, NoReturn

from deckwright.child.prctl import adopt_orphans, die_with_parent
from deckwright.machine.process_tree import end_below

_TRIES = 100
_TRY_SECONDS = 0.05
"""How often, and after which time, a process is started again where the system has no room for it."""


def main() -> NoReturn:
    """Run a program below a keeper: `PARENT PROGRAM ARGUMENT...`, where PARENT is the pid that starts this.

    Ends as the program does, and after all that it started.
    """
    parent, *program = sys.argv[1:]
    job = _fork_below_keeper(int(parent))
    if not job:
        os.setsid()
        os.execv(program[0], program)
    status = _wait(job)
    _end_rest(job)
    end_with(status)


def start_below_keeper(folder: str, replies: int, server: int) -> None:
    """Fork: return in the process of the job in a folder, and be its keeper in this one, without returning.

    `server` is the pid of what has forked this one. The keeper writes when the job has started and when it
    has ended, as `deckwright.child.fork_server` says.
    """
    job = _fork_below_keeper(server)
    if job:
        _keep(job, folder, replies)
    os.close(replies)


def _fork_below_keeper(parent: int) -> int:
    """Fork: return 0 in the process of a job; be its keeper in this one, and return the pid of the job.

    `parent` is the pid of what has started this process.
    """
    die_with_parent(parent)
    adopt_orphans()
    keeper = os.getpid()
    job = fork()
    if job:
        signal.signal(signal.SIGTERM, lambda *_: _end(job))
    else:
        die_with_parent(keeper)
    return job


def _keep(job: int, folder: str, replies: int) -> NoReturn:
    try:
        reply(replies, started=folder, pid=job, keeper=os.getpid())
        status = _wait(job)
        _end_rest(job)
        reply(replies, ended=folder, status=status)
        os._exit(0)
    finally:
        os._exit(1)


def fork() -> int:
    """Fork; wait for a while if the system has too many processes."""
    for _ in range(_TRIES):
        with suppress(OSError):
            return os.fork()
        time.sleep(_TRY_SECONDS)
    return os.fork()


def reply(replies: int, **fields: Any) -> None:
    """Write a reply, whole."""
    with suppress(BrokenPipeError):
        os.write(replies, json.dumps(fields).encode("ascii") + b"\n")


def _wait(job: int) -> int:
    """Wait for the process of a job, and return its wait status."""
    ended, status = 0, 0
    while ended != job:
        ended, status = os.waitpid(-1, 0)  # orphans of the job are our children, too
    return status


def end_with(status: int) -> NoReturn:
    """End this process with a wait status: with the same code, or by the same signal."""
    if os.WIFSIGNALED(status):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        number = os.WTERMSIG(status)
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.waitstatus_to_exitcode(status))


def _end(job: int) -> NoReturn:
    _end_rest(job)
    os._exit(0)


def _end_rest(job: int) -> None:
    """End what is left of a job: first its group, which is all that other systems than Linux know."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(job, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel waits for those that end
        end_below(os.getpid())  # it has children
