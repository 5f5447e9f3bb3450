"""The connection to a scheduler for one build: its client, and the workers that can be used."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any

from distributed import Client, Future

from deckwright.cluster.assignment import Assignment, Session, pack
from deckwright.cluster.same_machine import difference
from deckwright.cluster.scheduler import Scheduler
from deckwright.cluster.worker import Contained, end_session, environment_there, run_assignment
from deckwright.errors import ClusterError
from deckwright.files.atomic import write_atomic
from deckwright.files.scratch import Scratch
from deckwright.model import Job

_ANSWER_SECONDS = 60.0
"""A scheduler that says nothing for so long hangs, or its machine does."""
_END_SECONDS = 10.0


class Connection(AbstractContextManager["Connection"]):
    """Submits assignments to the workers of a scheduler, but not to those that are refused.

    Leaving its context ends all that it has started there.
    """

    def __init__(
        self,
        root: Path,
        opened: AbstractContextManager[Scheduler],
        *,
        scratch: Path,
        threads: int,
        python: str,
        on_event: Callable[[Mapping[str, Any]], None],
        warn: Callable[[str], None],
    ) -> None:
        """`on_event` is called, in another thread, with what workers say; `warn` with each refusal."""
        self._warn = warn
        self.refused: dict[str, str] = {}
        """Why workers are not used, by their address."""
        name = secrets.token_hex(8)
        with ExitStack() as stack:
            mark = stack.enter_context(Scratch(scratch)).path / "session"
            write_atomic(mark, name.encode())
            self.session = Session(name, str(root), str(mark), threads, python)
            scheduler = stack.enter_context(opened)
            self._client, self._queue = scheduler.client, scheduler.queue
            stack.callback(self._end_session)
            self._client.subscribe_topic(name, lambda event: on_event(event[1]))
            self._stack = stack.pop_all()

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def submit(
        self, assignment: Assignment, priority: int, contents: Contained, worker: str
    ) -> tuple[str, Future[Any]]:
        """Submit a job; return the task's key and its future.

        Contents are for the one `worker` that lacks them. Empty: any that is not refused.
        """
        key = f"deckwright-{self.session.name}-{secrets.token_hex(4)}-{assignment.job.id}"
        gpus = gpus_of(assignment.job)
        # Large ones go to the worker itself, not by the scheduler.
        sent = self._client.scatter([contents], workers=[worker], hash=False)[0] if contents else {}
        future = self._client.submit(
            *(run_assignment, key, pack(assignment), sent),
            key=key,
            pure=False,
            retries=0,
            priority=priority,
            resources={"GPU": gpus} if gpus else None,
            workers=[worker] if worker else self._allowed(),
        )
        return key, future

    def _allowed(self) -> list[str] | None:
        """Return the workers that are not refused; None for all, also those that come later."""
        return [each for each in self.workers() if each not in self.refused] if self.refused else None

    def workers(self) -> dict[str, int]:
        """Return the workers that are there, each with the number of its GPUs; raises ClusterError."""
        return {address: gpus_there(info) for address, info in workers_of(self._client).items()}

    def keep_workers(self, has_run: bool) -> None:
        """Submit jobs to the queue in place of those that have ended; raises ClusterError if none can run.

        `has_run` is whether any of its workers has run something.
        """
        if self._queue:
            self._queue.keep(workers_of(self._client), has_run)

    def refuse(self, worker: str, why: str) -> None:
        """Use a worker no more."""
        if worker not in self.refused:
            self.refused[worker] = why
            self._warn(f"the worker {worker} is not used: {why}")

    def refuse_differing(self, python: str, packages: Mapping[str, str]) -> None:
        """Refuse the workers that are there and have another Python, or other versions of packages."""
        for worker, why in refusals(self._client, python, packages).items():
            self.refuse(worker, why)

    def _end_session(self) -> None:
        with suppress(Exception):  # the scheduler may have gone
            end = partial(self._client._run, end_session, self.session.name, on_error="ignore")
            _answer(self._client, end, _END_SECONDS)


def workers_of(client: Client) -> Mapping[str, Any]:
    """Return what a scheduler says of each worker, by address; raises ClusterError."""
    # Not `scheduler_info`, in which a heartbeat may have dropped the workers.
    said: Mapping[str, Any] = _answer(client, lambda: client.scheduler.identity(n_workers=-1))  # type: ignore[union-attr]
    workers: Mapping[str, Any] = said["workers"]
    return workers


def _answer(client: Client, ask: Callable[[], Any], seconds: float = _ANSWER_SECONDS) -> Any:
    """Return what the scheduler says, or its workers; raises ClusterError if they do not in time."""
    try:
        return client.sync(ask, callback_timeout=seconds)
    except TimeoutError:
        why = f"it, or a worker of it, has not answered for {seconds:.0f} s"
    except (AttributeError, OSError) as error:
        why = str(error)
    hint = "start it again, and build again: what ended is kept"
    raise ClusterError(f"the scheduler is lost: {why}", hint)


def refusals(client: Client, python: str, packages: Mapping[str, str]) -> dict[str, str]:
    """Return in words why workers cannot be used, by address: they have another Python, or other packages."""
    said = _answer(client, partial(client._run, environment_there, on_error="return"))  # `run` waits for ever
    # It is an error where Deckwright is not installed.
    whys = {
        worker: difference(python, packages, *there) if isinstance(there, tuple) else "it has no deckwright"
        for worker, there in said.items()
    }
    return {worker: why for worker, why in whys.items() if why}


def gpus_there(info: Mapping[str, Any]) -> int:
    """Return how many GPUs a worker offers, from what the scheduler says of it."""
    return int(info.get("resources", {}).get("GPU", 0))


def gpus_of(job: Job) -> int:
    """Return how many GPUs a job needs."""
    return job.options.gpus if job.device.startswith("cuda") else 0
