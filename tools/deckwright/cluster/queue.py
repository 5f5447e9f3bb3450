"""Workers that a queueing system starts, each as a job of it, for one build."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from distributed.deploy.spec import ProcessInterface
from distributed.security import Security

from deckwright.cluster.address import QUEUES, Address
from deckwright.cluster.queue_jobs import queue_jobs
from deckwright.errors import ClusterError, ConfigError, ToolMissing
from deckwright.files.scratch import Scratch
from deckwright.project.settings import ClusterSettings

_MARGIN_SECONDS = 120
"""How long before a queue ends a worker that one ends by itself: a task is never cut off."""
_MOST_LEFT = 3
"""As often as this, the job of a worker is submitted anew although no worker has run anything."""
_LOOK_SECONDS = 5.0
"""How often a queue is asked for its jobs."""

ANY_PORT = ":0"
"""Where a scheduler reports its health: its usual port may be that of another one on this machine."""

_HINT = "check what pyproject.toml has in [tool.deckwright.cluster] keywords"

_HELD_HINT = "correct the reason, or let an administrator release such jobs; then build again"

_OF_QUEUES = {
    "job_name": "deckwright",
    "processes": 1,  # it forks a process for each script
    "nanny": False,  # which would start again what a script has ended
    "scheduler_options": {"dashboard": False, "dashboard_address": ANY_PORT},
}

_ONLY_CLUSTERS = {"n_workers", "scheduler_options", "shared_temp_directory", "silence_logs"}
"""Keywords of a cluster that its jobs do not have."""


class Queue(AbstractContextManager["Queue"]):
    """A scheduler here, whose workers are jobs of a queueing system. Leaving its context cancels them."""

    def __init__(
        self, address: Address, settings: ClusterSettings, security: Security | None, scratch: Path
    ) -> None:
        """Raises ConfigError, ToolMissing. Logs of the jobs are written to a folder below `scratch`."""
        self._address = address
        self._workers = settings.workers or 1
        self._submitted: SimpleQueue[Exception | None] = SimpleQueue()
        """For each job whether the queue has taken it: Dask itself drops the error."""
        self._came: set[str] = set()
        """The names of the workers that have been there."""
        self._left = 0
        """How many of them have left."""
        self._looked = time.monotonic()
        with ExitStack() as stack:
            self._logs = stack.enter_context(Scratch(scratch)).path
            self.cluster = queue_cluster(
                address,
                settings,
                security,
                log_directory=os.path.relpath(self._logs),
                say=self._submitted.put,
            )
            stack.enter_context(self.cluster)
            self._stack = stack.pop_all()

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def submit(self) -> None:
        """Submit the jobs; raises ClusterError or ToolMissing if the queue does not take one."""
        self.cluster.scale(self._workers)
        for _ in range(self._workers):
            self._raise(self._submitted.get())

    def keep(self, there: Mapping[str, Any], has_run: bool) -> None:
        """Submit a job for each worker that has left.

        Raises ClusterError if all ended before they came, or if they come and leave again and again. `there`
        is what the scheduler says of each worker; `has_run` is whether any has run something.
        """
        with suppress(Empty):
            while True:
                self._raise(self._submitted.get_nowait())
        names = {str(info["name"]) for info in there.values()}
        self._came |= names
        left = self._came & self.cluster.worker_spec.keys() - names
        for name in left:
            del self.cluster.worker_spec[name]
        self._left += len(left)
        if self._left > _MOST_LEFT * self._workers and not has_run:
            what = f"{self._left} workers of {self._address.text} left before one ran anything"
            raise ClusterError(f"{what}: {self._last_words()}", _HINT)
        if left:
            self.cluster.scale(self._workers)
        if not names and time.monotonic() > self._looked + _LOOK_SECONDS:
            self._looked = time.monotonic()
            self._check_jobs(has_run)

    def _check_jobs(self, has_run: bool) -> None:
        """Raise ClusterError if all jobs have ended, and no worker came of any, or if they are held."""
        workers = self.cluster.workers.items()
        jobs = {job.job_id: str(worker) for worker, job in workers if worker not in self._came}
        name = self._address.text
        if not jobs or (listed := queue_jobs(name, jobs)) is None:
            return
        if listed:
            if all(job.is_held for job in listed.values()):
                job = min(listed.values(), key=lambda job: not job.reason)
                why = job.reason or f"they are in state {job.state}"
                raise ClusterError(f"{name} holds the jobs of the workers: {why}", _HELD_HINT)
        elif has_run:  # they came, and left before we looked
            self._came |= {*jobs.values()}
        else:
            what = f"all jobs of {name} ended before a worker came: {self._last_words()}"
            raise ClusterError(what, _HINT)

    def _last_words(self) -> str:
        """Return the last line of the newest log that has one."""
        logs = sorted(self._logs.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        texts = (log.read_text("utf-8", "replace").strip() for log in logs)
        return next((text.splitlines()[-1] for text in texts if text), "they wrote nothing")

    def _raise(self, error: Exception | None) -> None:
        """Raise in our words what went wrong when a job was submitted."""
        name = self._address.text
        if isinstance(error, FileNotFoundError):
            raise ToolMissing(f"{name} needs the command {error.filename}", "build where jobs are submitted")
        if error is not None:
            said = re.search(r"^stderr:\n(.*?)\s*\Z", str(error), re.MULTILINE | re.DOTALL)
            what = (said[1] if said else first_line(error)).replace("\n", "; ")
            raise ClusterError(f"{name} does not take the job of a worker: {what}", _HINT)


def import_queues(address: Address) -> Any:
    """Return the package dask-jobqueue; the first import must be in the main thread. Raises ToolMissing."""
    handler = signal.getsignal(signal.SIGINT)
    try:
        import dask_jobqueue
    except ModuleNotFoundError:
        hint = "pip install 'deckwright[cluster]'"
        raise ToolMissing(f"{address.text} needs the package dask-jobqueue", hint) from None
    if signal.getsignal(signal.SIGINT) is not handler:  # its import makes of Ctrl-C a good end
        signal.signal(signal.SIGINT, handler)
    return dask_jobqueue


def queue_cluster(
    address: Address,
    settings: ClusterSettings,
    security: Security | None = None,
    log_directory: str | None = None,
    say: Any = lambda error: None,
) -> Any:
    """Return the cluster of a queueing system, without workers yet; raises ConfigError, ToolMissing.

    `say` is called with None or the error after each job that was submitted.
    """
    dask_jobqueue = import_queues(address)
    keywords = dict(settings.keywords)
    try:
        arguments = [*keywords.pop("worker_extra_args", []), *_lifetime(address, keywords.get("walltime"))]
        if settings.gpus:
            arguments += ["--resources", f"GPU={settings.gpus}"]
        given = {**_OF_QUEUES, "log_directory": log_directory, "security": security, **keywords}
        given["worker_extra_args"] = arguments
        kind = getattr(dask_jobqueue, QUEUES[address.text])
        # First the job alone: of a cluster that is made only in part, Dask complains at the end.
        kind.job_cls("tcp://", "worker", **{name: given[name] for name in given.keys() - _ONLY_CLUSTERS})
        return kind(job_cls=_saying(kind.job_cls, say), **given)
    except (TypeError, ValueError) as error:
        where = "pyproject.toml, [tool.deckwright.cluster] keywords"
        hint = f"they are those of dask_jobqueue.{QUEUES[address.text]}"
        raise ConfigError(f"{where}: {first_line(error)}", hint) from None


def _saying(kind: Any, say: Any) -> Any:
    """Return a class of jobs that report whether the queue has taken them."""

    class SayingJob(kind):  # type: ignore[misc]
        async def start(self) -> None:
            try:
                await super().start()
            except (OSError, RuntimeError, ValueError) as error:
                await ProcessInterface.start(self)  # one that has not started could not be closed
                say(error)
            else:
                say(None)

        async def close(self) -> None:
            await super().close()
            await ProcessInterface.close(self)  # which that of dask-jobqueue leaves out

    return SayingJob


def first_line(error: Exception) -> str:
    """Return what an error of Dask says, or else its kind."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _lifetime(address: Address, walltime: object) -> list[str]:
    """Return what makes a worker leave before its queue ends it; raises ValueError.

    A walltime is `HH:MM:SS`, with fewer parts at the left and days before a hyphen; for LSF `HH:MM`.
    """
    if not isinstance(walltime, str):
        return []
    days, _, clock = f"{walltime}:00".rpartition("-") if address.text == "lsf" else walltime.rpartition("-")
    if not re.fullmatch(r"\d+(:\d+){0,2}", clock):
        raise ValueError(f"no walltime: {walltime!r}")
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    seconds += int(days or 0) * 86_400
    return ["--lifetime", f"{max(seconds - _MARGIN_SECONDS, seconds // 2)}s"]
