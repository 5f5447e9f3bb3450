"""The door to user code: workers that run jobs through the warm server.

Every job gives a `Result`, whatever its script does; only the loss of the server itself raises.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from deckwright.child.task import Task, write_task
from deckwright.child.threads import VARIABLES
from deckwright.errors import Cancelled, ServerError
from deckwright.execute.fork_client import ForkServer
from deckwright.execute.leases import Lease, Leases
from deckwright.execute.live_output import Follower, OnText
from deckwright.execute.preload import preloads
from deckwright.execute.running_job import RunningJob
from deckwright.files.scratch import Scratch
from deckwright.machine import processes
from deckwright.machine.devices import cores, visible_gpus
from deckwright.model import Job, Result

TICK_SECONDS = 0.02


class Workers:
    """Runs jobs, so many at a time. A context: leaving it ends every process and scratch file.

    It may live long. Who leaves a `run` early leaves its jobs running; the next `run` takes over
    what it still wants and ends the rest. One run at a time; only `interrupt` may be called from
    another thread.
    """

    def __init__(
        self,
        root: Path,
        *,
        jobs: int,
        scratch: Path,
        fonts: Sequence[Path] = (),
        python: str = sys.executable,
        gpus: tuple[str, ...] | None = None,
    ) -> None:
        """`root` is the project's, absolute; `jobs` run at a time; `scratch` is ours to fill."""
        self._root = root
        self._fonts = tuple(str(font) for font in fonts)
        self._python = python
        self._leases = Leases(jobs, visible_gpus() if gpus is None else gpus)
        self._threads = max(1, cores() // jobs)
        self._scratch = scratch
        self._folder: Scratch | None = None
        self._server: ForkServer | None = None
        self._preload = True
        self._running: dict[str, RunningJob] = {}
        """By scratch folder."""
        self._over = threading.Event()
        """Set when the latest run shall raise `Cancelled`."""
        self._keeper: _Keeper | None = None
        self._on_text: OnText | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def warm(self, jobs: Iterable[Job]) -> None:
        """Begin to import what these jobs import, for a run that may come; returns at once."""
        server = self._warm_server()
        for module in dict.fromkeys(name for job in jobs for name in preloads(job)):
            server.request(task="", modules=[module], fresh=False)

    def interrupt(self) -> None:
        """Make the run that goes on now raise `Cancelled` within a tick; do nothing if none does.

        Its jobs are left running, for the next run to take over. May be called from any thread.
        """
        self._over.set()

    def end_leftovers(self) -> None:
        """End what runs that were left early have left running: nobody wants it any more."""
        if self._running:
            list(self.run(()))

    def restart(self) -> None:
        """End all that runs; the next run starts in a new Python, as it is installed then."""
        self._stop_keeping()
        if self._server is not None:
            self._server.kill()
            self._server = None
        for run in self._running.values():
            self._leases.give(run.lease)
        self._running.clear()
        if self._folder is not None:
            self._folder.close()
            self._folder = None

    def close(self) -> None:
        """End all that runs and remove all that it left."""
        self.interrupt()
        self.restart()

    def run(
        self,
        jobs: Sequence[Job],
        on_start: Callable[[str], None] | None = None,
        on_text: OnText | None = None,
    ) -> Iterator[Result]:
        """Yield the result of every job as it ends; start them in the order given.

        `on_start` is called with a job's id when it starts, or is taken over; `on_text` with what
        jobs print, as it comes. A job that waits for a GPU lets later ones pass. Raises ServerError
        if the server cannot be kept alive, Cancelled when interrupted.
        """
        self._stop_keeping()
        self._over.set()  # an older run that nobody closed must not go on beside this one
        self._over = over = threading.Event()
        self._preload = True
        self._on_text = on_text
        try:
            waiting = self._take_over(jobs, on_start or _ignore)
            while waiting or any(not run.unwanted for run in self._running.values()):
                self._start(waiting, on_start or _ignore)
                if self._server is None or not self._advance():
                    self._recover(waiting)
                self._follow()
                for result in self._collect():
                    yield result
                    _check(over)
                _check(over)
            self._end_rest()
        finally:
            if self._over is over and self._running and self._server is not None:
                self._keeper = _Keeper(self._advance)

    def _take_over(self, jobs: Sequence[Job], on_start: Callable[[str], None]) -> list[Job]:
        """Keep of what runs what is asked for, drop the rest; return the jobs that have to start."""
        waiting = {job.id: job for job in jobs}
        for run in self._running.values():
            job = waiting.get(run.job.id)
            if job is not None and run.serves(job):
                run.job = waiting.pop(job.id)
                on_start(job.id)
            else:
                run.drop()
        self._watch()
        return list(waiting.values())

    def _start(self, waiting: list[Job], on_start: Callable[[str], None]) -> None:
        for job in list(waiting):
            if not self._leases.slots:
                break
            lease = self._leases.take(job.device)
            if lease is None:
                continue  # it waits for a GPU and lets others pass
            waiting.remove(job)
            run = self._prepare(job, lease)
            self._running[str(run.folder)] = run
            modules = [] if run.fresh else preloads(job)
            self._warm_server().request(task=str(run.folder), modules=modules, fresh=run.fresh)
            on_start(job.id)

    def _prepare(self, job: Job, lease: Lease) -> RunningJob:
        if self._folder is None:
            self._folder = Scratch(self._scratch)
        folder = Path(tempfile.mkdtemp(prefix="job-", dir=self._folder.path))
        watched = self._on_text is not None
        write_task(Task(job, str(self._root), str(folder), self._fonts, lease.visible, watched))
        fresh = job.options.isolate == "fresh" or not self._preload
        follower = Follower(folder, self._on_text) if self._on_text else None
        return RunningJob(job, self._root, folder, lease, fresh, follower)

    def _warm_server(self) -> ForkServer:
        if self._server is None:
            environment = job_environment(os.environ, self._threads)
            self._server = ForkServer(self._python, self._fonts, environment)
        return self._server

    def _advance(self) -> bool:
        """Wait a tick, take the server's news and watch the limits; False if it is dead."""
        assert self._server is not None
        alive = True
        for reply in self._server.replies(TICK_SECONDS):
            if reply is None:
                alive = False
            elif run := self._running.get(reply.get("started") or reply["ended"]):
                run.hear(reply)
        self._watch()
        return alive

    def _watch(self) -> None:
        started = [run for run in self._running.values() if run.pid and run.ended is None]
        if started and self._server is not None:
            sessions, now = processes.sessions(self._server.pid), time.monotonic()
            for run in started:
                run.watch(sessions.get(run.pid, []), now)

    def _recover(self, waiting: list[Job]) -> None:
        """RunningJob what a dead server took with it again, in fresh interpreters.

        A module that brings the server down when it is imported ahead must not cost more than
        the job that names it.
        """
        if not self._preload:
            raise ServerError("the Python server died twice", "try `deckwright build --jobs 1`")
        self._preload = False
        lost = [run for run in self._running.values() if run.ended is None]
        for run in lost:
            self._forget(run)
        waiting[:0] = [run.job for run in lost if not run.unwanted]
        if self._server is not None:
            self._server.kill()
            self._server = None

    def _follow(self) -> None:
        for run in self._running.values():
            if run.follower is not None:
                run.follower.poll()

    def _collect(self) -> Iterator[Result]:
        """Yield the results of what has ended."""
        for run in [run for run in self._running.values() if run.ended is not None]:
            result = None if run.unwanted else run.result()
            self._forget(run)
            if result is not None:
                yield result

    def _forget(self, run: RunningJob) -> None:
        del self._running[str(run.folder)]
        self._leases.give(run.lease)
        run.forget()

    def _end_rest(self) -> None:
        """End what jobs left behind in sessions of its own, once it can belong to no running job."""
        if self._server is not None and not self._running and processes.sessions(self._server.pid):
            processes.kill(processes.descendants(self._server.pid))

    def _stop_keeping(self) -> None:
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None


class _Keeper:
    """Watches jobs while nobody waits for their results, so that their limits hold."""

    def __init__(self, advance: Callable[[], bool]) -> None:
        self._advance = advance
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Return when it watches no more."""
        self._stopped.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._stopped.is_set() and self._advance():
            pass


def job_environment(environ: Mapping[str, str], threads: int) -> dict[str, str]:
    """Return the environment of all jobs: nothing in it may make two runs differ."""
    foreign = {"COLUMNS", "LINES", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONUNBUFFERED"}
    kept = {name: value for name, value in environ.items() if name not in foreign}
    counts = dict.fromkeys(VARIABLES, str(threads))
    return {**kept, **counts, "PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}


def _check(over: threading.Event) -> None:
    if over.is_set():
        raise Cancelled


def _ignore(job: str) -> None:
    """Nobody wants to know."""
