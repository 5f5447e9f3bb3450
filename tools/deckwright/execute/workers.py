"""Workers that run jobs through the warm server.

Every job gives a `Result`, whatever its script does; only the loss of the server raises.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from deckwright.child.libraries import THREAD_VARIABLES
from deckwright.child.recording.read_log import begin_log
from deckwright.child.task import Task, write_task
from deckwright.errors import Cancelled, ServerError
from deckwright.execute.cell_progress import CellProgress
from deckwright.execute.drawn_letters import drawn_letters
from deckwright.execute.fork_client import ForkServer
from deckwright.execute.leases import Lease, Leases
from deckwright.execute.live_output import Follower
from deckwright.execute.preload import preloads
from deckwright.execute.recorders import recorder_in_force
from deckwright.execute.running_job import Attempt, RunningJob
from deckwright.execute.temporary import TemporaryFolders
from deckwright.files.digests import digest
from deckwright.files.scratch import Scratch, remove_tree
from deckwright.machine.devices import cores, visible_gpus
from deckwright.machine.gpus import gpu_memory
from deckwright.model import FigureFonts, Job, OnCell, OnStart, OnText, Result

TICK_SECONDS = 0.02


class Workers(AbstractContextManager["Workers"]):
    """Runs several jobs at a time. Leaving its context ends all processes and removes all scratch files.

    A caller that leaves a `run` early leaves its jobs running: the next `run` takes over those that it
    needs, and ends the others. Only one run at a time. `interrupt` may be called from another thread.
    """

    def __init__(
        self,
        root: Path,
        *,
        jobs: int,
        spare: int = 0,
        threads: int = 0,
        scratch: Path,
        fonts: Sequence[Path] = (),
        figure_fonts: Callable[[frozenset[str]], FigureFonts] = lambda letters: FigureFonts(),
        python: str = sys.executable,
        gpus: tuple[str, ...] | None = None,
        kernel: bool | None = None,
    ) -> None:
        """`root` is the project's, absolute; `jobs` run at a time, and so many `spare` ones that are
        quick besides, each with so many `threads` (0 for its share of the cores); `scratch` is for
        temporary files.

        All figures may use `fonts`; `figure_fonts` returns those that some letters need besides.
        `kernel`: whether the kernel reports what jobs read; None for what is in force on this machine.
        """
        self._root = root
        self._fonts = tuple(str(font) for font in fonts)
        self._figure_fonts = figure_fonts
        self._lacking: dict[str, frozenset[str]] = {}
        """The letters that figures of a job's last run lacked."""
        self._python = python
        visible = visible_gpus() if gpus is None else gpus
        self._leases = Leases(jobs, visible, spare, partial(gpu_memory, visible))
        self._threads = threads or max(1, cores() // jobs)
        self._scratch = scratch
        self._folder: Scratch | None = None
        self._temporary = TemporaryFolders()
        self._server: ForkServer | None = None
        self._preload = True
        self._kernel = recorder_in_force().kernel if kernel is None else kernel
        self._trusts_recorder = True
        """Whether the recorder has not failed in this run."""
        self._watched = 0.0
        """When the processes of jobs were looked at last."""
        self._running: dict[str, RunningJob] = {}
        """By scratch folder."""
        self._cancelled = threading.Event()
        """Set when the latest run must raise `Cancelled`."""
        self._monitor: threading.Thread | None = None
        """Checks the limits of jobs between runs."""
        self._monitor_stopped = threading.Event()
        self._on_text: OnText | None = None
        self._on_cell: OnCell | None = None
        self._run_again: set[str] = set()
        """The jobs that this run has started a second time, because their files were removed."""

    def __exit__(self, *error: object) -> None:
        self.interrupt()
        self.restart()

    def warm(self, jobs: Iterable[Job]) -> None:
        """Begin to import what jobs import, for a later run; return at once."""
        server = self._warm_server()
        for modules in dict.fromkeys(tuple(preloads(job, self._root)) for job in jobs):
            server.request(task="", modules=modules, fresh=False)

    def interrupt(self) -> None:
        """Let the current run, if any, raise `Cancelled` within a tick; may be called from any thread.

        Its jobs are left running, for the next run to take over.
        """
        self._cancelled.set()

    def end_leftovers(self) -> None:
        """End the jobs of earlier runs that still run."""
        if self._running:
            list(self.run(()))

    def restart(self) -> None:
        """End all that runs, the server too: the next run uses Python as it is installed then."""
        self._stop_monitor()
        if self._server is not None:
            self._server.kill()
            self._server = None
        for run in list(self._running.values()):
            self._remove(run)
        if self._folder is not None:
            self._folder.close()
            self._folder = None
        self._temporary.close()

    def run(
        self,
        jobs: Sequence[Job],
        on_start: OnStart = lambda job, seconds: None,
        on_text: OnText | None = None,
        on_cell: OnCell | None = None,
    ) -> Iterator[Result]:
        """Start jobs in the order given, and yield the result of each as it ends.

        `on_start` is called with a job's id when it starts, or is taken over, and how long it has been
        running; `on_text` with what jobs print, as it comes; `on_cell` with each cell that begins. While a
        job waits for a GPU, later ones may start. Raises ServerError if the server dies again and again,
        Cancelled when interrupted.
        """
        self._stop_monitor()
        self._cancelled.set()  # an older run that was not closed must not go on beside this one
        self._cancelled = cancelled = threading.Event()
        self._preload = self._trusts_recorder = True
        self._run_again = set()
        self._on_text, self._on_cell = on_text, on_cell
        try:
            waiting = self._take_over(jobs, on_start)
            while waiting or any(not run.unwanted for run in self._running.values()):
                self._start(waiting, on_start)
                if not self._advance():
                    self._recover(waiting)
                self._poll_output()
                for result in self._collect(waiting):
                    yield result
                    _check(cancelled)
                _check(cancelled)
        finally:
            if self._cancelled is cancelled and self._running and self._server is not None:
                self._monitor_stopped.clear()
                self._monitor = threading.Thread(target=self._check_limits, daemon=True)
                self._monitor.start()

    def _take_over(self, jobs: Sequence[Job], on_start: OnStart) -> list[Attempt]:
        """Keep the running jobs that match, drop the others; return the jobs that have to start."""
        waiting = {job.id: job for job in jobs}
        for run in self._running.values():
            job = waiting.get(run.job.id)
            if job is not None and run.matches(job):
                run.wanted = waiting.pop(job.id)
                on_start(job.id, run.seconds)
            else:
                run.drop()
        self._watch()
        self._replace_server_without_recorder()
        return [Attempt(job) for job in waiting.values()]

    def _replace_server_without_recorder(self) -> None:
        """End a server that had to do without a recorder in an earlier run, unless a job still runs there."""
        if self._server is not None and self._server.has_recorder != self._kernel and not self._running:
            self._server.kill()
            self._server = None

    def _start(self, waiting: list[Attempt], on_start: OnStart) -> None:
        turn = self._leases.turn()
        for attempt in list(waiting):
            if turn.is_over:
                break  # thousands may wait
            if self._must_wait(attempt):
                continue
            lease = turn.take(attempt.job)
            if lease is None:
                continue  # it waits for slots or GPUs
            waiting.remove(attempt)
            run = self._prepare(attempt, lease)
            self._running[str(run.folder)] = run
            fresh = run.attempt.fresh
            modules = [] if fresh else preloads(run.job, self._root)
            self._warm_server().request(task=str(run.folder), modules=modules, fresh=fresh)
            on_start(run.job.id, 0.0)

    def _must_wait(self, attempt: Attempt) -> bool:
        """Whether a job must wait for the end of others: for all, or for one that runs alone."""
        return any(attempt.alone or run.attempt.alone for run in self._running.values())

    def _prepare(self, attempt: Attempt, lease: Lease) -> RunningJob:
        job, folder, temporary = attempt.job, self._new_folder(), self._temporary.new()
        fonts = self._figure_fonts(drawn_letters(job) | self._lacking.get(job.id, frozenset()))
        begin_log(str(folder))
        write_task(
            Task(
                *(job, str(self._root), str(folder), self._fonts, fonts.files, lease.visible),
                watched=self._on_text is not None,
                temporary=str(temporary or ""),
            )
        )
        fresh = attempt.fresh or job.options.isolate == "fresh" or not self._preload
        follower = Follower(folder, self._on_text, job.options.output_bytes) if self._on_text else None
        progress = CellProgress(job, folder, self._on_cell)
        attempt = replace(attempt, fresh=fresh)
        return RunningJob(attempt, self._root, folder, lease, progress, follower, fonts, temporary=temporary)

    def _new_folder(self) -> Path:
        """Return a new scratch folder for a job; the one above it may have been removed."""
        if self._folder is not None:
            with suppress(FileNotFoundError):
                return Path(tempfile.mkdtemp(prefix="job-", dir=self._folder.path))
            self._folder.close()
        self._folder = Scratch(self._scratch)
        return Path(tempfile.mkdtemp(prefix="job-", dir=self._folder.path))

    def _warm_server(self) -> ForkServer:
        if self._server is None:
            environment = job_environment(os.environ, self._threads)
            recorder = self._kernel and self._trusts_recorder
            self._server = ForkServer(self._python, self._fonts, environment, recorder=recorder)
        return self._server

    def _advance(self) -> bool:
        """Wait a tick, take the server's replies and check the limits; False without a server."""
        if self._server is None:
            return False
        alive = True
        for reply in self._server.replies(TICK_SECONDS):
            if reply is None:
                alive = False
            elif run := self._running.get(next(iter(reply.values()))):
                run.on_reply(reply)
        if time.monotonic() - self._watched >= TICK_SECONDS:  # replies may come much faster
            self._watch()
        return alive and not any(run.is_late_to_start for run in self._running.values())

    def _watch(self) -> None:
        self._watched = now = time.monotonic()
        for run in self._running.values():
            if run.pid and run.ended is None:
                run.watch(now)

    def _recover(self, waiting: list[Attempt]) -> None:
        """Replace the server. What it was about to start runs in a fresh interpreter: a module may crash it.

        Raises ServerError if that has happened before, and nothing was running that could have ended it.
        """
        if self._server is not None:
            self._trusts_recorder = not self._server.lost_recorder()
            self._server.kill()
            self._server = None
        lost = [run for run in self._running.values() if run.ended is None]
        if not self._preload and not any(run.pid for run in lost):
            raise ServerError("the Python server died twice", "try `deckwright build --jobs 1`")
        self._preload = False
        for run in lost:
            if run.pid:
                run.lose()
            else:
                self._remove(run)
                waiting[:0] = [] if run.unwanted else [replace(run.attempt, job=run.wanted or run.job)]

    def _poll_output(self) -> None:
        for run in self._running.values():
            if run.follower is not None:
                run.follower.poll()

    def _collect(self, waiting: list[Attempt]) -> Iterator[Result]:
        """Yield the results of the jobs that have ended; those that must run again wait again."""
        for run in [run for run in self._running.values() if run.ended is not None]:
            result = None if run.unwanted else run.result()
            self._remove(run)
            job = run.wanted or run.job
            if result is None:
                continue
            if run.is_innocent:
                waiting.append(Attempt(job, fresh=True, alone=True))
            elif run.wanted and result.text not in ("", digest(run.wanted.source)):
                waiting.append(Attempt(job))  # it looked at text that has changed since it started
            elif self._was_removed(result) or self._may_draw_more(run, result):
                waiting.append(Attempt(job))
            else:
                yield result

    def _was_removed(self, result: Result) -> bool:
        """Whether files of a run were removed, for the first time."""
        if not result.lost_files or result.job in self._run_again:
            return False
        self._run_again.add(result.job)
        return True

    def _may_draw_more(self, run: RunningJob, result: Result) -> bool:
        """Whether figures lack letters, as of data that a script reads, for which there are more fonts."""
        lacking = frozenset("".join(each.letters for each in result.missing_glyphs))
        before = self._lacking.pop(run.job.id, None)
        if not lacking or before is not None:
            return False
        fonts = self._figure_fonts(drawn_letters(run.job) | lacking)
        if set(fonts.files) <= set(run.fonts.files):
            return False
        self._lacking[run.job.id] = lacking
        return True

    def _remove(self, run: RunningJob) -> None:
        del self._running[str(run.folder)]
        self._leases.give(run.lease)
        for folder in filter(None, (run.folder, run.temporary)):
            remove_tree(folder)

    def _check_limits(self) -> None:
        while not self._monitor_stopped.is_set() and self._advance():
            pass

    def _stop_monitor(self) -> None:
        if self._monitor is not None:
            self._monitor_stopped.set()
            self._monitor.join()
            self._monitor = None


def job_environment(environ: Mapping[str, str], threads: int) -> dict[str, str]:
    """Return the environment of all jobs, without variables that would make two runs differ."""
    foreign = {"COLUMNS", "LINES", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONUNBUFFERED"}
    kept = {name: value for name, value in environ.items() if name not in foreign}
    counts = dict.fromkeys(THREAD_VARIABLES, str(threads))
    return {**kept, **counts, "PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}


def _check(cancelled: threading.Event) -> None:
    if cancelled.is_set():
        raise Cancelled
