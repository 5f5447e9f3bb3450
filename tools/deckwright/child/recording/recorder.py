"""The recorder: the process to which the kernel reports what jobs are about to do. It writes their read logs.

It is the parent of the warm server: the kernel may show the memory of a process only to its ancestors. A call
of a job waits until the recorder lets it go on, and fails where there is none. So the recorder waits for
nothing itself, and what the server replies goes through it: if it dies, the server and its jobs are killed,
and no job that has ended meanwhile can be reported.
"""

from __future__ import annotations

import _socket
import gc
import os
import select
import signal
import struct
from contextlib import suppress
from typing import NoReturn

from deckwright.child.prctl import adopt_orphans, die_with_parent
from deckwright.child.recording.announce import NOTHING, announce
from deckwright.child.recording.forks import Forks
from deckwright.child.recording.observed_job import ObservedJob
from deckwright.child.recording.process_memory import ProcessMemory
from deckwright.child.recording.seccomp import Listener, install, prepare
from deckwright.machine.process_tree import end_below

_MOST_BYTES = 65536
_WAIT_SECONDS = 0.05
_DESCRIPTOR = struct.Struct("i")


def start_recorder(pulse: int) -> int:
    """Fork, and become the recorder in the parent; return in the child, which becomes the server.

    `pulse` is a socket on which it answers each message, to show that it lives, and ends when the other side
    is closed. Returns the descriptor of the socket for `report_to`.
    """
    listeners, of_jobs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_DGRAM)
    replies, writer = os.pipe()
    parent = os.getpid()
    if os.fork():
        of_jobs.close()
        os.close(writer)
        _Recorder(listeners, replies, pulse).run()
    die_with_parent(parent)
    prepare()
    os.dup2(writer, 1)
    for descriptor in (writer, replies, pulse, listeners.detach()):
        os.close(descriptor)
    return of_jobs.detach()


def report_to(recorder: int, scratch: str, root: str, script: str, *, processes: int, threads: int) -> bool:
    """Let the kernel report what this process does from now on; return False if it refuses.

    All that descends from its parent may have so many processes and threads.
    """
    socket = _socket.socket(fileno=recorder)
    try:
        listener = install()
    except OSError:
        socket.close()
        return False
    texts = (*map(str, (os.getppid(), processes, threads)), scratch, root, script)
    name = b"\0".join(map(os.fsencode, texts))
    rights = (_socket.SOL_SOCKET, _socket.SCM_RIGHTS, _DESCRIPTOR.pack(listener))
    socket.sendmsg([name], [rights])
    socket.close()
    os.close(listener)
    announce(NOTHING)  # else a job of which no call is reported could have ended before the recorder has it
    return True


class _Recorder:
    def __init__(self, listeners: _socket.socket, replies: int, pulse: int) -> None:
        self._listeners, self._replies, self._pulse = listeners, replies, pulse
        self._jobs: dict[int, ObservedJob] = {}
        """By the descriptor of the listener."""
        self._unsent = b""
        self._memory = ProcessMemory()
        self._poll = select.epoll()

    def run(self) -> NoReturn:
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
            signal.signal(number, signal.SIG_IGN)
        gc.freeze()
        adopt_orphans()
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 2):
            os.dup2(null, descriptor)
        for descriptor in (1, self._pulse, self._listeners.fileno()):
            os.set_blocking(descriptor, False)
        for descriptor in (self._replies, self._pulse, self._listeners.fileno()):
            self._poll.register(descriptor, select.EPOLLIN)
        while True:
            waiting = [job.forks for job in self._jobs.values() if job.forks.waits]
            for forks in waiting:
                forks.go_on()
            for descriptor, event in self._poll.poll(_WAIT_SECONDS if self._unsent or waiting else None):
                if job := self._jobs.get(descriptor):
                    self._observe(job, event)
                elif descriptor == self._listeners.fileno():
                    self._take_job()
                elif descriptor == self._pulse:
                    self._answer()
                else:
                    self._relay()
            if self._unsent:
                self._send()

    def _observe(self, job: ObservedJob, event: int) -> None:
        if event & select.EPOLLIN:
            report = job.listener.receive()
            if report is not None:
                job.take(report)
        elif event & select.EPOLLHUP:  # all of its processes have ended
            self._poll.unregister(job.listener.descriptor)
            del self._jobs[job.listener.descriptor]
            job.close()
            self._memory.forget()

    def _take_job(self) -> None:
        data, rights, _, _ = self._listeners.recvmsg(_MOST_BYTES, _socket.CMSG_SPACE(_DESCRIPTOR.size))
        ((_, _, packed),) = rights
        (descriptor,) = _DESCRIPTOR.unpack(packed)
        keeper, processes, threads, *paths = map(os.fsdecode, data.split(b"\0"))
        scratch, root, script = paths
        listener = Listener(descriptor)
        forks = Forks(listener, int(keeper), int(processes), int(threads))
        self._jobs[descriptor] = ObservedJob(listener, forks, scratch, root, script, self._memory)
        self._poll.register(descriptor, select.EPOLLIN)

    def _answer(self) -> None:
        data = b""
        with suppress(OSError):  # the other side has ended, whatever it left unread
            data = os.read(self._pulse, _MOST_BYTES)
        if not data:
            self._end()
        with suppress(OSError):
            os.write(self._pulse, data)

    def _relay(self) -> None:
        data = os.read(self._replies, _MOST_BYTES)
        if not data:
            self._end()
        self._unsent += data

    def _send(self) -> None:
        try:
            self._unsent = self._unsent[os.write(1, self._unsent) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self._end()

    def _end(self) -> NoReturn:
        """Kill the server, its jobs and all that these left, and end."""
        self._send_rest()
        end_below(os.getpid())
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        os._exit(0)

    def _send_rest(self) -> None:
        with suppress(OSError):
            os.write(1, self._unsent)
