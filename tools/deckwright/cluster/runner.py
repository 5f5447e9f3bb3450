"""Runs jobs on a cluster: gives each to a worker, and sends again what that worker lacked."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from distributed import Future
from distributed.scheduler import KilledWorker

from deckwright.cluster.assignment import Assignment, Reply, unpack
from deckwright.cluster.connection import Connection, gpus_of
from deckwright.cluster.digests import KnownDigests
from deckwright.cluster.needs import Needs
from deckwright.cluster.same_machine import difference, packages_of
from deckwright.cluster.scheduler import Scheduler
from deckwright.cluster.worker import Contained
from deckwright.errors import Cancelled, ClusterError
from deckwright.execute.drawn_letters import drawn_letters
from deckwright.files.atomic import write_atomic
from deckwright.files.disk import Disk
from deckwright.frozen import dataclass
from deckwright.machine.environment import Environment
from deckwright.model import Failure, FailureKind, FigureFonts, Job, OnCell, OnStart, OnText, Result

_POLL_SECONDS = 0.5
_PATIENCE_SECONDS = 60.0
"""How long jobs wait for a worker that can run them, where none comes from a queue."""
_ATTEMPTS = 30
"""How often a job is sent; each time something is there that it lacked before."""

_UNSEEN_LOSSES = 2
"""How often a job is sent again whose worker was lost before it said that it started the job."""

_NO_FONTS = FigureFonts()


@dataclass
class _Task:
    """A job on its way."""

    assignment: Assignment
    future: Future[Any]
    priority: int
    attempt: int
    worker: str = ""
    """The address of the worker that runs it."""
    host: str = ""
    since: float = field(default_factory=time.monotonic)

    @property
    def job(self) -> Job:
        return self.assignment.job

    @property
    def seconds(self) -> float:
        """How long it has been waiting, or running."""
        return time.monotonic() - self.since


class ClusterRunner(AbstractContextManager["ClusterRunner"]):
    """Runs jobs on the workers of a scheduler. Leaving its context ends all that it has started there.

    As with `Workers`, a caller that leaves a `run` early leaves its jobs running, for the next `run` to take
    over; `interrupt` may be called from another thread.
    """

    def __init__(
        self,
        root: Path,
        open_scheduler: Callable[[], AbstractContextManager[Scheduler]],
        find_environment: Callable[[], Environment],
        *,
        scratch: Path,
        threads: int,
        waits: bool,
        read_before: Callable[[str], Collection[str]],
        fonts: Sequence[Path] = (),
        figure_fonts: Callable[[frozenset[str]], FigureFonts] = lambda letters: _NO_FONTS,
        warn: Callable[[str], None] = lambda text: None,
        on_cards: Callable[[str, Mapping[str, str]], None] = lambda job, cards: None,
    ) -> None:
        """`waits`: whether workers may come late, from a queue. `read_before` returns what the last run of
        a job read. `warn` is called with each worker that is refused, in words; `on_cards` with each job
        that has run, and the GPUs of its machine.
        """
        self._root = root
        self._open_scheduler = open_scheduler
        self._find_environment = find_environment
        self._scratch = scratch
        self._threads = threads
        self._waits = waits
        self._read_before = read_before
        self._fonts = [str(path) for path in fonts]
        self._figure_fonts = figure_fonts
        self._warn = warn
        self._on_cards = on_cards
        self._connection: Connection | None = None
        self._packages: Mapping[str, str] = {}
        """What the jobs of the current run import, with versions."""
        self._tasks: dict[str, _Task] = {}
        """By key."""
        self._started: set[str] = set()
        """The jobs of the current run that have started."""
        self._messages: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
        self._cancelled = threading.Event()

    def __exit__(self, *error: object) -> None:
        self.interrupt()
        self.restart()

    def warm(self, jobs: Iterable[Job]) -> None:
        """Do nothing: which worker will run a job is not known ahead."""

    def interrupt(self) -> None:
        """Let the current run raise `Cancelled`; may be called from any thread."""
        self._cancelled.set()

    def end_leftovers(self) -> None:
        """End the jobs of earlier runs that still run."""
        for key in list(self._tasks):
            self._drop(key)

    def restart(self) -> None:
        """End all that runs, and the connection: the next run sees this machine as it is then."""
        self.end_leftovers()
        if self._connection is not None:
            self._connection.__exit__()
            self._connection = None

    def run(
        self,
        jobs: Sequence[Job],
        on_start: OnStart = lambda job, seconds: None,
        on_text: OnText | None = None,
        on_cell: OnCell | None = None,
    ) -> Iterator[Result]:
        """Submit jobs, the first with the highest priority, and yield the result of each as it ends.

        Raises ClusterError if the scheduler is lost or no worker can run a job, Cancelled when interrupted.
        """
        self._cancelled = cancelled = threading.Event()
        self._started = set()
        self._connect()
        new = self._take_over(jobs, on_start)
        self._packages = packages_of(new, self._environment)
        self._refuse_differing()
        for number, job in enumerate(new):
            self._submit(self._assignment(job), priority=len(new) - number)
        while self._tasks:
            yield from self._advance(on_start, on_cell or (lambda job, cell: None))
            if cancelled.is_set():
                raise Cancelled

    def _connect(self) -> Connection:
        if self._connection is None:
            self._environment = self._find_environment()
            self._connection = Connection(
                self._root,
                self._open_scheduler(),
                scratch=self._scratch,
                threads=self._threads,
                python=self._environment.python,
                on_event=self._messages.put,
                warn=self._warn,
            )
            self._digests = KnownDigests(Disk(self._root), self._connection.session.name)
            self._needs = Needs(self._root, self._digests, self._read_before)
        return self._connection

    def _refuse_differing(self) -> None:
        """Refuse the workers that differ in what jobs need; those that come later say so themselves."""
        self._connect().refuse_differing(self._environment.python, self._packages)

    def _take_over(self, jobs: Sequence[Job], on_start: OnStart) -> list[Job]:
        """Keep the tasks whose jobs are wanted again, drop the others; return the jobs that are new."""
        wanted = {job.id: job for job in jobs}
        for key, task in list(self._tasks.items()):
            if wanted.get(task.job.id) != task.job:
                self._drop(key)
                continue
            del wanted[task.job.id]
            if task.worker:
                self._say_started(task, on_start)
        return list(wanted.values())

    def _drop(self, key: str) -> _Task:
        task = self._tasks.pop(key)
        task.future.cancel()
        return task

    def _assignment(self, job: Job) -> Assignment:
        files, folders = self._needs.of(job)
        assignment = Assignment(
            *(self._connect().session, job, self._packages),
            contents=files,
            folders=folders,
            fonts=self._needs.digests(self._fonts),
        )
        return self._with_fonts(assignment, self._figure_fonts(drawn_letters(job)))

    def _with_fonts(self, assignment: Assignment, fonts: FigureFonts) -> Assignment:
        digests = self._needs.digests(file.path for file in fonts.files)
        return replace(assignment, figure_fonts=fonts, fonts_besides=digests)

    def _submit(
        self,
        assignment: Assignment,
        *,
        priority: int,
        attempt: int = 1,
        contents: Contained | None = None,
        worker: str = "",
    ) -> None:
        if attempt > _ATTEMPTS:
            hint = "put the project into a folder that all machines of the cluster see"
            raise ClusterError(f"{assignment.job.id} needs files that change or cannot be sent", hint)
        key, future = self._connect().submit(assignment, priority, contents or {}, worker)
        self._tasks[key] = _Task(assignment, future, priority, attempt)
        future.add_done_callback(lambda done: self._messages.put({"key": key, "done": True}))

    def _advance(self, on_start: OnStart, on_cell: OnCell) -> Iterator[Result]:
        """Take one message, or look for what no message says; yield the results that come of it."""
        try:
            message = self._messages.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            yield from self._lost_results()
            return
        key = message["key"]
        task = self._tasks.get(key)
        if task is None:
            return
        if "done" in message:
            for result in self._ended(key, task):
                self._say_started(task, on_start)  # its end may be reported before its start
                yield result
        elif "cell" in message:
            on_cell(task.job.id, message["cell"])
        elif task.worker not in ("", message["worker"]):  # the scheduler lost one, and gave it to another
            yield self._lost(key)
        else:
            task.worker, task.host, task.since = message["worker"], message["host"], time.monotonic()
            self._say_started(task, on_start)

    def _say_started(self, task: _Task, on_start: OnStart) -> None:
        if task.job.id not in self._started:
            self._started.add(task.job.id)
            on_start(task.job.id, task.seconds if task.worker else 0.0)

    def _lost_results(self) -> Iterator[Result]:
        """Yield results of jobs whose worker is gone; raises ClusterError if a job waits for none."""
        workers = self._connect().workers()
        for key, task in list(self._tasks.items()):
            if task.worker and task.worker not in workers and not task.future.done():
                yield self._lost(key)
            elif not task.worker and not self._waits and task.seconds > _PATIENCE_SECONDS:
                self._check_workers(task, workers)
        if any(not task.worker for task in self._tasks.values()):
            self._connect().keep_workers(bool(self._started))

    def _lost(self, key: str) -> Result:
        task = self._drop(key)
        machine = f"machine {task.host} ({task.worker})" if task.worker else "machine that ran it"
        failure = Failure(FailureKind.KILLED, f"was lost with the {machine}")
        return Result(task.job.id, task.job.device, task.seconds, failure=failure)

    def _check_workers(self, task: _Task, workers: Mapping[str, int]) -> None:
        """Raise ClusterError if no worker can run a job."""
        refused, gpus = self._connect().refused, gpus_of(task.job)
        fit = [worker for worker, its_gpus in workers.items() if its_gpus >= gpus]
        if set(fit) - refused.keys():
            return
        reasons = "; ".join(dict.fromkeys(refused[worker] for worker in fit))
        why = reasons or ("none has a GPU" if gpus and workers else "none is there")
        hint = "start one with the same packages as here, and room on its disk: dask worker ADDRESS"
        raise ClusterError(f"no worker can run {task.job.id}: {why}", hint)

    def _ended(self, key: str, task: _Task) -> Iterator[Result]:
        try:
            data, contents = task.future.result()
        except KilledWorker:
            if task.worker or task.attempt > _UNSEEN_LOSSES:
                yield self._lost(key)
            else:  # it may only have waited at the worker that another one has ended
                self._again(self._drop(key))
            return
        except ModuleNotFoundError:  # a worker that came later could not even read the call
            self._refuse_differing()
            self._check_workers(task, self._connect().workers())
            self._again(self._drop(key))
            return
        except Exception as error:
            what = f"the cluster failed on {task.job.id}: {type(error).__name__}: {error}"
            raise ClusterError(what, "start its scheduler and workers again, and build again") from error
        del self._tasks[key]
        yield from self._took(task, unpack(Reply, data), contents)

    def _again(self, task: _Task, assignment: Assignment | None = None, **how: Any) -> None:
        """Submit a job once more."""
        self._submit(assignment or task.assignment, priority=task.priority, attempt=task.attempt + 1, **how)

    def _took(self, task: _Task, reply: Reply, contents: Contained) -> Iterator[Result]:
        """Yield the result of a reply, or submit the job again with what it lacked."""
        job, result = task.job, reply.result
        if refused := reply.refused or self._differs(reply):
            self._connect().refuse(reply.worker, refused)
            self._check_workers(task, self._connect().workers())  # to name no worker would allow all of them
            self._again(task)
        elif result is None:
            lacking = self._needs.contents(reply.lacks, job.id)
            self._again(task, contents=lacking, worker=reply.worker)
        elif reply.is_copy and self._needs.lack(job, reply.digests):
            self._again(task, self._assignment(job), worker=reply.worker)
        elif more := self._more_fonts(task.assignment, result):
            self._again(task, self._with_fonts(task.assignment, more), worker=reply.worker)
        else:
            for path, digest in reply.written.items():
                write_atomic(self._root / path, contents[digest])
            self._on_cards(job.id, reply.cards)
            yield replace(result, reads=self._digests.stamps(result, reply.digests))

    def _differs(self, reply: Reply) -> str:
        """Return in words which package that a run imported has another version there."""
        installed = self._environment.versions
        here = {name: installed.get(name, "none of it") for name in reply.packages}
        return difference("", here, "", reply.packages)

    def _more_fonts(self, assignment: Assignment, result: Result) -> FigureFonts | None:
        """Return the fonts for letters that figures lack, if there are more than the job had."""
        lacking = frozenset("".join(each.letters for each in result.missing_glyphs))
        if not lacking:
            return None
        fonts = self._figure_fonts(drawn_letters(assignment.job) | lacking)
        return None if set(fonts.files) <= set(assignment.figure_fonts.files) else fonts
